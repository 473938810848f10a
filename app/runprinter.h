// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/options.h"
#include "devserver/model/change.h"

#include <map>
#include <vector>

namespace console {

/// Follows runs in the terminal: one line for each start, finished step, retry and end. Never
/// blocks.
class RunPrinter final
{
public:
    explicit RunPrinter(LogLevel level);

    void print(const std::vector<devserver::Change> &changes);

private:
    void printRecord(const devserver::TimelineRecord &record);
    void printApp(const devserver::AppChanged &change);
    void printLine(const QByteArray &line);

    LogLevel m_level;
    std::map<devserver::RunId, QByteArray> m_slugs; ///< of live runs
    int m_dropped = 0;                              ///< lines that nobody read
};

} // namespace console
