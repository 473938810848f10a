// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

namespace devserver::store {

/// Columns of a table in the order in which rowwriter.cpp binds and rows.h reads them.
struct Table {
    const char *name;
    const char *key;      ///< what an upsert replaces by
    const char *fixed;    ///< never change once the row exists; begins with the key
    const char *changing; ///< replaced by an upsert

    [[nodiscard]] QByteArray columns() const
    {
        return changing[0] == '\0' ? QByteArray(fixed) : QByteArray(fixed) + ", " + changing;
    }

    /// All columns; \a rest begins with WHERE or ORDER BY.
    [[nodiscard]] QByteArray select(const QByteArray &rest) const
    {
        return "SELECT " + columns() + " FROM " + name + ' ' + rest;
    }
};

// Indexed columns that never change are fixed: rewriting them would cost an index entry each time.

inline constexpr Table eventsTable = {
    "events",
    "id",
    "id, name, received_at, ts, has_own_id, own_id, target, source, json",
    "",
};

inline constexpr Table runsTable = {
    "runs",
    "id",
    "id, function_id, event_id, more_events, schedule_key, original_run, queued_at",
    "function_version, status, cycle, scheduled_at, started_at, ended_at, request_version, "
    "force_step_plan, generation, timeline_next, memo_next, failed_step, cancel_cause, pending, "
    "output",
};

inline constexpr Table memosTable = {
    "memos",
    "run_id, idx",
    "run_id, idx",
    "kind, at, attempts, dropped_in_cycle, step, name, json",
};

inline constexpr Table jobsTable = {
    "jobs",
    "run_id, id",
    "id, run_id",
    "kind, step, name, state, attempt, interruptions, enqueued_at, run_at, "
    "first_eligible_at, request, is_race",
};

inline constexpr Table attemptsTable = {
    "attempts",
    "run_id, request",
    "run_id, request",
    "job_id, kind, attempt, max_attempts, delivery, cycle, generation, request_version, "
    "force_step_plan, memo_count, enqueued_at, run_at, first_eligible_at, sent_at, outcome, "
    "finished_at, http_status, response_size, no_retry, next_attempt_at, dns_us, connect_us, "
    "tls_us, first_byte_us, total_us, step, step_name, url, "
    "response_headers, error, response_body, signature",
};

inline constexpr Table timelineTable = {
    "timeline",
    "run_id, number",
    "run_id, number",
    "at, type, step, attempt, payload",
};

inline constexpr Table lettersTable = {
    "letters",
    "run_id",
    "run_id, function_id",
    "state, cycle, failed_at, closed_at, fingerprint, reason, failed_step, failed_step_name, "
    "failed_step_attempts, completed_steps, resolution, error",
};

inline constexpr Table deliveriesTable = {
    "deliveries",
    "event_id, function_id",
    "event_id, function_id",
    "refusal, held_by, at, detail",
};

inline constexpr Table appsTable = {
    "apps",
    "id",
    "id",
    "name, kind, url, sdk, framework, version, checksum, error, error_detail, synced_at, "
    "is_found, is_named",
};

inline constexpr Table functionsTable = {
    "functions",
    "id",
    "id",
    "app_id, version, is_archived, slug, name, url, retries, triggers, not_enforced, config",
};

inline constexpr Table bulksTable = {
    "bulks",
    "id",
    "id, title, tries_one_first, per_second, stop_after_same, total, started_at",
    "state, waiting, retrying, completed, failed_again, refused, same_error, ended_at",
};

inline constexpr Table bulkItemsTable = {
    "bulk_items",
    "bulk_id, idx",
    "bulk_id, idx, run_id",
    "state, detail",
};

} // namespace devserver::store
