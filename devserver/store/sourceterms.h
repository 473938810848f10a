// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/store/sqlcondition.h"

/// The key `source` of a filter: a word for a kind of event or run, or who sent the event. The
/// first word of Event::source stands for all names behind it, and a name for itself: `app` and
/// `shop` both find `app shop`.
namespace devserver::store {

/// Who sent an event: what reads `events.source` without the payload that it lies behind. Over
/// `events`; NULL where that is.
inline constexpr char sourceOfEvent[] = R"(IFNULL(
        (SELECT large.source
            FROM events AS large INDEXED BY events_large
            WHERE large.id = events.id AND LENGTH(large.json) > 3000),
        events.source))";

/// Asks for columns of the first event (see `joinOfRuns`).
[[nodiscard]] Result<SqlCondition> runSource(const api::FilterTerm &term);
[[nodiscard]] Result<SqlCondition> eventSource(const api::FilterTerm &term);

} // namespace devserver::store
