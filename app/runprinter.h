// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/options.h"
#include "devserver/model/change.h"

#include <QTimer>

#include <map>
#include <optional>
#include <vector>

namespace console {

/// Follows runs in the terminal: one line for each start, finished step, retry and end, and for
/// each notice; of these, the warnings also at log level warning. Never blocks, and writes a moment
/// later, so that no step waits for the terminal. Engine thread.
class RunPrinter final
{
public:
    explicit RunPrinter(LogLevel level);
    ~RunPrinter();
    Q_DISABLE_COPY_MOVE(RunPrinter)

    void print(const std::vector<devserver::Change> &changes);

private:
    /// A record to put into words, or a line that is ready.
    struct Pending {
        std::optional<devserver::TimelineRecord> record;
        QByteArray text; ///< with a record: the slug of its function
    };

    void takeAll(const std::vector<devserver::Change> &changes);
    void takeWarnings(const std::vector<devserver::Change> &changes);
    void printPending();
    void printRecord(const devserver::TimelineRecord &record, const QByteArray &slug);
    void printLine(const QByteArray &line);
    void write();

    LogLevel m_level;
    QTimer m_soon;
    std::vector<Pending> m_pending;
    QByteArray m_text;                              ///< lines to write
    std::map<devserver::RunId, QByteArray> m_slugs; ///< of live runs
    qsizetype m_dropped = 0;                        ///< lines that nobody read
};

} // namespace console
