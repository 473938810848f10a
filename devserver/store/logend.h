// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace devserver::store {

/// How a write-ahead log ends that a killed server left (semantics §10.7, 10.14), in frames: pages
/// with a header, the last one of a commit marked as such (sqlite.org/fileformat2.html §4).
struct LogEnd {
    qint64 committed = 0;  ///< up to the last whole commit; SQLite keeps these
    qint64 unfinished = 0; ///< behind them, of a commit that nobody was told about
    bool isTorn = false;   ///< behind them, the end of a commit cannot be read

    bool operator==(const LogEnd &) const = default;
};

/// Reads as SQLite does when it recovers. Nothing of a file that is missing or no log. One pass
/// over the log, which is a few MiB long.
[[nodiscard]] LogEnd readLogEnd(const QString &path);

} // namespace devserver::store
