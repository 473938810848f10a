// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/time.h"

#include <QByteArray>
#include <QByteArrayList>

#include <chrono>
#include <optional>
#include <vector>

/// What a filter line means, as a tree of values (ui.md §17). `ui/core/filterparser.h` makes it of
/// text, `store/` makes SQL of it.
namespace devserver::api {

enum class FilterOp {
    Equal, ///< also patterns with `*`
    NotEqual,
    Greater,
    GreaterEqual,
    Less,
    LessEqual,
    Matches, ///< `~`: a regular expression
};

struct FilterTerm {
    /// `state`, `fn`, … or a path such as `data.total`; empty: a free word, which is looked for in
    /// names, error texts and as a prefix of ids.
    QByteArray key;
    FilterOp op = FilterOp::Equal;
    QByteArrayList values; ///< any of them, as written without quotes
    // At most one of these is set, when the key takes it; comparisons use it.
    std::optional<double> number;
    std::optional<std::chrono::milliseconds> duration;
    std::optional<TimePoint> time; ///< `today`, `12:03`, … resolved when the line was parsed

    bool operator==(const FilterTerm &) const = default;
};

struct Filter {
    enum class Kind {
        All, ///< no condition
        Term,
        Not, ///< of one part
        And,
        Or,
    };

    Kind kind = Kind::All;
    FilterTerm term;
    std::vector<Filter> parts;

    [[nodiscard]] bool isAll() const { return kind == Kind::All; }

    bool operator==(const Filter &) const = default;
};

} // namespace devserver::api
