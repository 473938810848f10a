// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/answers.h"
#include "devserver/store/sqlselect.h"
#include "devserver/store/tables.h"

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

constexpr char functionNames[] = R"(,
    (SELECT slug FROM functions WHERE functions.id = runs.function_id),
    (SELECT name FROM functions WHERE functions.id = runs.function_id)
FROM runs )";

Result<Run> runOf(const QSqlDatabase &database, RunId id)
{
    Result<std::vector<Run>> runs =
        SqlSelect(database, runsTable.select("WHERE id = ?"_ba)).bind(id).rows<Run>();
    if (!runs)
        return tl::unexpected(runs.error());
    if (runs->empty())
        return failure(ErrorCode::NotFound, u"no such run"_s);
    return std::move(runs->front());
}

} // namespace

Result<std::vector<Memo>> memosOf(const QSqlDatabase &database, RunId run,
                                  const QByteArray &condition)
{
    const QByteArray rest = "WHERE run_id = ? "_ba + condition + " ORDER BY idx";
    return SqlSelect(database, memosTable.select(rest)).bind(run).rows<Memo>();
}

Result<std::vector<api::RunDetail>> runDetails(const QSqlDatabase &database,
                                               const QByteArray &condition,
                                               const std::vector<QByteArray> &values)
{
    std::vector<api::RunDetail> details;
    SqlSelect select(database, "SELECT "_ba + runsTable.columns() + functionNames + condition);
    for (const QByteArray &value : values)
        select.bind(value);
    const Result<void> read = select.each([&details](const QSqlQuery &query) {
        api::RunDetail detail;
        RowReader<QueryColumns> reader(QueryColumns{&query});
        reader >> detail.run >> detail.slug >> detail.functionName;
        details.push_back(std::move(detail));
    });
    if (!read)
        return tl::unexpected(read.error());
    const QByteArray jobsOfRun = jobsTable.select("WHERE run_id = ? ORDER BY enqueued_at, id"_ba);
    for (api::RunDetail &detail : details) {
        if (isTerminal(detail.run.status))
            continue;
        Result<std::vector<Job>> jobs =
            SqlSelect(database, jobsOfRun).bind(detail.run.id).rows<Job>();
        if (!jobs)
            return tl::unexpected(jobs.error());
        detail.jobs = std::move(*jobs);
    }
    return details;
}

Result<std::vector<Attempt>> attemptsOf(const QSqlDatabase &database, RunId run)
{
    const QByteArray rest = "WHERE run_id = ? ORDER BY sent_at, request"_ba;
    return SqlSelect(database, attemptsTable.select(rest)).bind(run).rows<Attempt>();
}

Answer answerQuery(const QSqlDatabase &database, const api::RunQuery &query)
{
    Result<std::vector<api::RunDetail>> runs =
        runDetails(database, "WHERE id = ?"_ba, {query.run.toBytes()});
    if (!runs)
        return tl::unexpected(runs.error());
    if (runs->empty())
        return failure(ErrorCode::NotFound, u"no such run"_s);
    return std::move(runs->front());
}

Answer answerQuery(const QSqlDatabase &database, const api::TimelineQuery &query)
{
    if (const Result<Run> run = runOf(database, query.run); !run)
        return tl::unexpected(run.error());
    const QByteArray rest = "WHERE run_id = ? ORDER BY number"_ba;
    Result<std::vector<TimelineRecord>> records =
        SqlSelect(database, timelineTable.select(rest)).bind(query.run).rows<TimelineRecord>();
    if (!records)
        return tl::unexpected(records.error());
    return api::Timeline{std::move(*records)};
}

Answer answerQuery(const QSqlDatabase &database, const api::AttemptsQuery &query)
{
    const Result<Run> run = runOf(database, query.run);
    if (!run)
        return tl::unexpected(run.error());
    Result<std::vector<Attempt>> attempts = attemptsOf(database, query.run);
    if (!attempts)
        return tl::unexpected(attempts.error());
    Result<std::vector<Memo>> memos = memosOf(database, query.run, {});
    if (!memos)
        return tl::unexpected(memos.error());
    Result<std::vector<Event>> events = eventsById(database, run->events);
    if (!events)
        return tl::unexpected(events.error());
    return api::Attempts{std::move(*attempts), std::move(*memos), std::move(*events)};
}

Answer answerQuery(const QSqlDatabase &database, const api::RunStateQuery &query)
{
    const Result<Run> run = runOf(database, query.run);
    if (!run)
        return tl::unexpected(run.error());
    Result<std::vector<Event>> events = eventsById(database, run->events);
    if (!events)
        return tl::unexpected(events.error());
    Result<std::vector<Memo>> memos = memosOf(database, query.run, "AND dropped_in_cycle = 0"_ba);
    if (!memos)
        return tl::unexpected(memos.error());
    return api::RunState{run->status, std::move(*events), std::move(*memos)};
}

} // namespace devserver::store
