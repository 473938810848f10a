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

/// Whether a run was made of a dead letter with other data, which only its first record tells. Over
/// `runs`; most of them were no reruns, and then nothing is looked up.
inline constexpr char isEditedRetry[] = R"((runs.original_run IS NOT NULL AND EXISTS (
        SELECT 1
        FROM timeline
        WHERE timeline.run_id = runs.id AND timeline.number = 0
            AND json_extract(CAST(timeline.payload AS TEXT), '$.source') = 'retry')))";

/// Asks for columns of the first event (see `joinOfRuns`).
[[nodiscard]] Result<SqlCondition> runSource(const api::FilterTerm &term);
[[nodiscard]] Result<SqlCondition> eventSource(const api::FilterTerm &term);

} // namespace devserver::store
