// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/store/sqlcondition.h"

namespace devserver::store {

/// Whose rows a filter chooses; also the name of the table in the statement.
enum class FilterTarget {
    Runs,
    Events,
    Letters,
};

/// The WHERE clause of a filter (ui.md §17), for a statement over `runs`, `events` or `letters`.
///
/// \returns InvalidInput, naming the term, for one that has no meaning for the target or that this
/// version cannot evaluate: a filter never silently does nothing.
[[nodiscard]] Result<SqlCondition> compileFilter(const api::Filter &filter, FilterTarget target,
                                                 TimePoint now);

/// Whether a term with this key and one of these values stands anywhere in the filter.
[[nodiscard]] bool hasTerm(const api::Filter &filter, QByteArrayView key,
                           QByteArrayView valueBegin = {});

/// A live run: 2 if something executes, 1 if it waits (sleep, backoff, …), else 0. An expression
/// over `runs`, the same rule as `ui/core/runwords.h` has.
[[nodiscard]] QByteArray liveState(TimePoint now);

} // namespace devserver::store
