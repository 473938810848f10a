// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/filter.h"
#include "ui/core/filtervocabulary.h"

#include <QString>

#include <optional>
#include <vector>

namespace console {

/// A part of the line with one colour.
struct FilterSpan {
    enum class Kind { Key, Operator, Value, Word, Keyword };

    int start = 0;
    int length = 0;
    Kind kind = Kind::Word;

    bool operator==(const FilterSpan &) const = default;
};

struct FilterError {
    int position = 0; ///< in characters of the line; its length: something is missing at the end
    int length = 0;
    QString message;           ///< translated
    bool isIncomplete = false; ///< going on to type may make it right
};

struct ParsedFilter {
    devserver::api::Filter filter; ///< what was understood up to the error
    std::optional<FilterError> error;
    std::vector<FilterSpan> spans;
};

/// Filter line -> what it means (ui.md §17). Times (`12:03`, `today`) are resolved in the local
/// zone at \a now. Never fails hard: any text gives a filter or an error with its position.
[[nodiscard]] ParsedFilter parseFilter(const QString &line, devserver::TimePoint now,
                                       FilterSubject subject = FilterSubject::Runs);

} // namespace console
