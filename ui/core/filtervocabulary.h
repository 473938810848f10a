// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <vector>

/// Keys and words of the filter language (ui.md §17); one table for parser and completion. Of
/// what `devserver/store/filterterms.cpp` answers it has the words that can find something today.
namespace console {

/// Which list a line filters.
enum class FilterSubject { Runs, Events, Letters, Waiting };

struct FilterKey {
    enum class Takes {
        Text,   ///< : != ~, patterns with *
        Id,     ///< : !=
        Words,  ///< : !=, one of `words`
        Number, ///< all but ~
        Duration,
        Time,  ///< a time, or a duration: how long ago
        Bound, ///< a time or a duration, : only
    };

    QByteArray name;
    Takes takes = Takes::Text;
    QByteArrayList words;
    QString what; ///< translated, for completion: `function name`
};

[[nodiscard]] const std::vector<FilterKey> &filterKeys(FilterSubject subject);
/// Null if the list has no such key; paths are no keys.
[[nodiscard]] const FilterKey *filterKey(FilterSubject subject, QByteArrayView name);
/// `data`, `data.total`, `output.count`, …
[[nodiscard]] bool isFilterPath(QByteArrayView name);

} // namespace console
