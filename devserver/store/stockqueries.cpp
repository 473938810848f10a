// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/answers.h"
#include "devserver/store/sqlselect.h"

namespace devserver::store {

namespace {

// The server does not listen before it has these numbers. Mostly runs are completed: those are
// what is left of all, which SQLite counts without a look at a row.
constexpr char otherEnds[] = R"(
SELECT IFNULL(SUM(status = 400), 0), IFNULL(SUM(status = 500), 0), IFNULL(SUM(status = 600), 0)
FROM runs INDEXED BY runs_ended
WHERE status >= 300 AND status <> 300)";

constexpr char allRuns[] = "SELECT COUNT(*) FROM runs";

constexpr char liveRuns[] = "SELECT COUNT(*) FROM runs INDEXED BY runs_live WHERE status < 300";

constexpr char deadRuns[] = R"(
SELECT COUNT(*)
FROM letters INDEXED BY letters_by_state CROSS JOIN runs ON runs.id = letters.run_id
WHERE letters.state IN (1, 2) AND runs.status = 400)";

constexpr char allEvents[] = "SELECT COUNT(*) FROM events";

// As a range of bytes: `0` comes after `/`.
constexpr char internalEvents[] = R"(
SELECT COUNT(*)
FROM events INDEXED BY events_by_name
WHERE name >= CAST('inngest/' AS BLOB) AND name < CAST('inngest0' AS BLOB))";

} // namespace

Answer answerQuery(const QSqlDatabase &database, const api::StockQuery &)
{
    api::Counters counters;
    const Result<void> ended = SqlSelect(database, otherEnds).each([&](const QSqlQuery &row) {
        counters.failed = row.value(0).toLongLong();
        counters.cancelled = row.value(1).toLongLong();
        counters.skipped = row.value(2).toLongLong();
    });
    if (!ended)
        return tl::unexpected(ended.error());
    qint64 live = 0;
    qint64 internal = 0;
    const std::pair<const char *, qint64 *> counts[] = {{allRuns, &counters.all},
                                                        {liveRuns, &live},
                                                        {deadRuns, &counters.dead},
                                                        {allEvents, &counters.events},
                                                        {internalEvents, &internal}};
    for (const auto &[sql, place] : counts) {
        const Result<void> counted =
            SqlSelect(database, sql).each([place = place](const QSqlQuery &row) {
                *place = row.value(0).toLongLong();
            });
        if (!counted)
            return tl::unexpected(counted.error());
    }
    counters.all -= live;
    counters.completed = counters.all - counters.failed - counters.cancelled - counters.skipped;
    counters.failed -= counters.dead;
    counters.events -= internal;
    return counters;
}

} // namespace devserver::store
