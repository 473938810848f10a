// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/api/excerpts.h"
#include "devserver/store/answers.h"
#include "devserver/store/summaries.h"
#include "devserver/store/tables.h"

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

// A run that was rerun is the first of its chain, and names nobody.
constexpr char relatedRuns[] = R"(
SELECT id FROM runs WHERE event_id = ?
UNION
SELECT id FROM runs WHERE original_run = ?
UNION
SELECT id FROM runs WHERE id = ?
ORDER BY 1 DESC
LIMIT 100)";

// Each time that the run failed for good may have started functions. The own id of such an event is
// that of the run, with `-` and the cycle behind it from the second one on. Not by time: ids run
// ahead of the clock after it was set back, and after a restart.
constexpr char handlersOfFailure[] = R"(
SELECT runs.id
FROM events INDEXED BY events_of_failures
    CROSS JOIN runs ON runs.event_id = events.id
WHERE events.name = CAST('inngest/function.failed' AS BLOB)
    AND events.own_id >= ?
    AND events.own_id < ?
ORDER BY 1 DESC
LIMIT 20)";

constexpr int bulkLimit = 200;

/// Puts the rows into \a place, or tells why there are none.
template<typename T>
Result<void> fill(std::vector<T> *place, Result<std::vector<T>> rows)
{
    if (!rows)
        return tl::unexpected(rows.error());
    *place = std::move(*rows);
    return {};
}

template<typename T>
Result<void> fillOne(std::optional<T> *place, Result<std::vector<T>> rows)
{
    if (!rows)
        return tl::unexpected(rows.error());
    if (!rows->empty())
        *place = std::move(rows->front());
    return {};
}

Result<std::vector<api::RunSummary>> relatedTo(const QSqlDatabase &database,
                                               const api::RunRecord &record, TimePoint now)
{
    const Run &run = record.run;
    const RunId chain = run.originalRun.isNull() ? run.id : run.originalRun;
    std::vector<RunId> ids;
    SqlSelect select(database, relatedRuns);
    select.bind(run.events.front()).bind(chain).bind(chain);
    const Result<void> read = select.each([&](const QSqlQuery &row) {
        const RunId id = RunId::fromBytes(row.value(0).toByteArray());
        if (id != run.id)
            ids.push_back(id);
    });
    if (!read)
        return tl::unexpected(read.error());
    if (!record.events.empty()) {
        if (const RunId failed = api::failedRunOf(record.events.front()); !failed.isNull())
            ids.push_back(failed);
    }
    const QByteArray failures = run.id.toText();
    SqlSelect handlers(database, handlersOfFailure);
    handlers.bind(failures).bind(QByteArray(failures + char('-' + 1)));
    const Result<void> added = handlers.each([&ids](const QSqlQuery &row) {
        ids.push_back(RunId::fromBytes(row.value(0).toByteArray()));
    });
    if (!added)
        return tl::unexpected(added.error());
    return runSummaries(database, ids, now);
}

/// Everything but the summary and the run itself.
Result<void> fillIn(const QSqlDatabase &database, TimePoint now, api::RunRecord *record)
{
    const Run &run = record->run;
    const auto ofRun = [&database, &run](const Table &table, const QByteArray &rest) {
        SqlSelect select(database, table.select("WHERE run_id = ? "_ba + rest));
        select.bind(run.id);
        return select;
    };
    SqlSelect function(database, functionsTable.select("WHERE id = ?"_ba));
    Result<void> done = fillOne(&record->function, function.bind(run.function).rows<Function>());
    if (done)
        done = fill(&record->jobs, ofRun(jobsTable, "ORDER BY enqueued_at, id"_ba).rows<Job>());
    if (done) {
        done = fill(&record->timeline,
                    ofRun(timelineTable, "ORDER BY number"_ba).rows<TimelineRecord>());
    }
    if (done)
        done = fill(&record->attempts, attemptsOf(database, run.id));
    if (done)
        done = fill(&record->memos, memosOf(database, run.id, {}));
    if (done)
        done = fill(&record->events, eventsById(database, run.events));
    if (done)
        done = fillOne(&record->letter, letterOf(database, run.id));
    if (done)
        done = fill(&record->related, relatedTo(database, *record, now));
    return done;
}

} // namespace

Answer answerQuery(const QSqlDatabase &database, const api::RunRecordQuery &query)
{
    const TimePoint now = systemNow();
    Result<std::vector<Run>> runs =
        SqlSelect(database, runsTable.select("WHERE id = ?"_ba)).bind(query.run).rows<Run>();
    if (!runs)
        return tl::unexpected(runs.error());
    Result<std::vector<api::RunSummary>> summaries = runSummaries(database, {query.run}, now);
    if (!summaries)
        return tl::unexpected(summaries.error());
    if (runs->empty() || summaries->empty())
        return failure(ErrorCode::NotFound, u"no such run"_s);
    api::RunRecord record;
    record.summary = std::move(summaries->front());
    record.run = std::move(runs->front());
    if (const Result<void> filled = fillIn(database, now, &record); !filled)
        return tl::unexpected(filled.error());
    return record;
}

Answer answerQuery(const QSqlDatabase &database, const api::BulksQuery &)
{
    Result<std::vector<Bulk>> bulks =
        SqlSelect(database, bulksTable.select("ORDER BY id DESC LIMIT ?"_ba))
            .bind(bulkLimit)
            .rows<Bulk>();
    if (!bulks)
        return tl::unexpected(bulks.error());
    return api::Bulks{std::move(*bulks)};
}

} // namespace devserver::store
