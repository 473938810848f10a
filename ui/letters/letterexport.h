// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"
#include "ui/widgets/backgroundjob.h"

#include <vector>

namespace console {

class View;
struct Context;

/// Writes dead letters to a file, one JSON object a line: run, function, error, and the event as it
/// was received (ui.md 11). One letter after the other is read and written off the GUI thread;
/// progress and `Stop` are in Activity.
class LetterExport final : public QObject
{
    Q_OBJECT

public:
    LetterExport(Context &context, View &view);

    /// Asks where to.
    void begin(std::vector<devserver::RunId> runs);

    [[nodiscard]] bool isRunning() const { return m_job != 0; }

private:
    void start(const QString &path, std::vector<devserver::RunId> runs);
    void next();
    void noteUnread(const devserver::Error &error);

    [[nodiscard]] int unread() const { return m_gone + m_refused; }

    void write(const devserver::api::RunRecord &record);
    void fail(const QString &why);
    void finish();

    Context &m_context;
    View &m_view;
    QString m_path;
    std::vector<devserver::RunId> m_runs;
    std::size_t m_at = 0;
    int m_gone = 0;    ///< deleted meanwhile
    int m_refused = 0; ///< could not be read for another reason, the first of which is:
    devserver::Error m_refusal;
    int m_job = 0; ///< in Activity; 0: nothing runs
    BackgroundJob m_work;
};

} // namespace console
