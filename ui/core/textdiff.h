// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include <vector>

/// What differs between two texts, line by line.
namespace console {

struct DiffLine {
    enum class Kind { Same, Removed, Added };

    Kind kind = Kind::Same;
    QString text;
    /// The part that differs from the line that it replaces; 0, 0: all of it, or nothing.
    int markStart = 0;
    int markLength = 0;

    bool operator==(const DiffLine &) const = default;
};

/// Removed lines stand before the added ones that replace them. Cost O(n * m) in the lines that
/// are not the same at both ends; beyond some million it says that everything between differs.
[[nodiscard]] std::vector<DiffLine> diffLines(const QString &before, const QString &after);

[[nodiscard]] bool differs(const std::vector<DiffLine> &lines);

/// Long runs of equal lines are replaced by one line of `…`; \a around stay at both ends.
[[nodiscard]] std::vector<DiffLine> withoutEqual(const std::vector<DiffLine> &lines, int around);

} // namespace console
