// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The list of runs: a page finds ids first and then reads the rows that are shown.

#include "devserver/api/excerpts.h"
#include "devserver/store/answers.h"
#include "devserver/store/filtersql.h"
#include "devserver/store/filterterms.h"
#include "devserver/store/runpager.h"
#include "devserver/store/summaries.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

using api::RunSort;

constexpr int countLimit = 10'000;

/// Rows of a statement, at most \a limit.
Result<qint64> countOf(const QSqlDatabase &database, const QByteArray &from,
                       const SqlCondition &filter, qint64 limit)
{
    qint64 rows = 0;
    SqlSelect select(database, "SELECT COUNT(*) FROM (SELECT 1 FROM "_ba + from + " WHERE "
                                   + filter.sql + " LIMIT ?)");
    bindAll(&select, filter.values);
    const Result<void> done = select.bind(limit).each(
        [&rows](const QSqlQuery &query) { rows = query.value(0).toLongLong(); });
    if (!done)
        return tl::unexpected(done.error());
    return rows;
}

Result<std::vector<RunId>> idsOf(SqlSelect *select)
{
    std::vector<RunId> ids;
    const Result<void> done = select->each([&ids](const QSqlQuery &query) {
        ids.push_back(RunId::fromBytes(query.value(0).toByteArray()));
    });
    if (!done)
        return tl::unexpected(done.error());
    return ids;
}

std::optional<TimePoint> endOfWait(const api::RunSummary &run)
{
    return run.activities.empty() ? std::nullopt : run.activities.front().until;
}

constexpr char ofFunction[] =
    " AND runs.function_id IN (SELECT functions.id FROM functions WHERE functions.slug = ?)";

constexpr char endedOfFunction[] = R"(
SELECT runs.status, runs.ended_at - IFNULL(runs.started_at, runs.ended_at)
FROM runs INDEXED BY runs_ended
WHERE runs.status >= 300
    AND runs.function_id IN (SELECT functions.id FROM functions WHERE functions.slug = ?)
ORDER BY runs.id DESC
LIMIT 1000)";

constexpr int lastRuns = 50;

// Attempts of functions of this process have no phases, so the times of the engine it is.
constexpr char attemptsOfSteps[] = R"(
SELECT attempts.step, attempts.step_name, attempts.outcome,
    attempts.finished_at - attempts.sent_at
FROM attempts
WHERE attempts.run_id = ? AND LENGTH(attempts.step) > 0 AND attempts.finished_at IS NOT NULL
ORDER BY attempts.request)";

// Outputs can be large; a list shows how they begin.
constexpr char outputsOfSteps[] = R"(
SELECT memos.step, memos.kind, SUBSTR(memos.json, 1, 2048), LENGTH(memos.json)
FROM memos
WHERE memos.run_id = ? AND memos.kind IN (1, 4)
ORDER BY memos.idx DESC)";

/// The attempts of one step in some runs, as they are read.
struct StepTally {
    api::StepStats stats;
    std::vector<qint64> durations; ///< ms, of those that succeeded
    RunId last;                    ///< the run that was counted last

    void add(RunId run, AttemptOutcome outcome, qint64 duration)
    {
        stats.runs += last == run ? 0 : 1;
        last = run;
        if (outcome == AttemptOutcome::Ok)
            durations.push_back(duration);
        else if (outcome == AttemptOutcome::RetryableError || outcome == AttemptOutcome::FinalError)
            ++stats.failures;
    }
};

/// The duration that \a percent  of them do not exceed.
std::optional<std::chrono::milliseconds> percentile(std::vector<qint64> *durations,
                                                    std::size_t percent)
{
    if (durations->empty())
        return std::nullopt;
    const std::size_t last = (durations->size() * percent + 99) / 100 - 1;
    const auto at = durations->begin() + static_cast<qsizetype>(last);
    std::nth_element(durations->begin(), at, durations->end());
    return std::chrono::milliseconds(*at);
}

std::optional<std::chrono::milliseconds> meanOf(const std::vector<qint64> &durations)
{
    if (durations.empty())
        return std::nullopt;
    const qint64 sum = std::accumulate(durations.begin(), durations.end(), qint64{0});
    return std::chrono::milliseconds(sum / static_cast<qint64>(durations.size()));
}

/// What a step gave back, of its memo or the beginning of that.
QByteArray outputIn(const QByteArray &memo, MemoKind kind, bool isWhole)
{
    constexpr QByteArrayView wrapped = R"({"data":)";
    const bool isWrapped = kind == MemoKind::Data && memo.startsWith(wrapped);
    QByteArrayView output = memo;
    if (isWrapped)
        output = output.sliced(wrapped.size()).chopped(isWhole ? 1 : 0);
    return api::jsonPreview(output);
}

/// From the newest run to older ones, until each step has one.
Result<void> addLastOutputs(const QSqlDatabase &database, const std::vector<RunId> &newestFirst,
                            std::vector<api::StepStats> *steps)
{
    SqlSelect memos(database, outputsOfSteps);
    std::map<QByteArray, api::StepStats *> wanted;
    for (api::StepStats &step : *steps)
        wanted.emplace(step.step, &step);
    for (const RunId &run : newestFirst) {
        if (wanted.empty())
            break;
        const Result<void> done = memos.again().bind(run).each([&](const QSqlQuery &row) {
            const auto found = wanted.find(row.value(0).toByteArray());
            if (found == wanted.end())
                return;
            const QByteArray memo = row.value(2).toByteArray();
            found->second->lastOutput = outputIn(memo, static_cast<MemoKind>(row.value(1).toInt()),
                                                 row.value(3).toLongLong() == memo.size());
            wanted.erase(found);
        });
        if (!done)
            return done;
    }
    return {};
}

Result<std::vector<api::StepStats>> stepStats(const QSqlDatabase &database,
                                              const std::vector<RunId> &newestFirst)
{
    std::vector<StepTally> steps;
    SqlSelect attempts(database, attemptsOfSteps);
    for (auto run = newestFirst.rbegin(); run != newestFirst.rend(); ++run) {
        const Result<void> done = attempts.again().bind(*run).each([&](const QSqlQuery &row) {
            const QByteArray step = row.value(0).toByteArray();
            auto known = std::find_if(steps.begin(), steps.end(), [&step](const StepTally &tally) {
                return tally.stats.step == step;
            });
            if (known == steps.end())
                known = steps.insert(
                    steps.end(), StepTally{.stats = {.step = step, .name = {}}, .durations = {}});
            known->stats.name = row.value(1).toByteArray();
            known->add(*run, static_cast<AttemptOutcome>(row.value(2).toInt()),
                       row.value(3).toLongLong());
        });
        if (!done)
            return tl::unexpected(done.error());
    }
    std::vector<api::StepStats> result;
    for (StepTally &tally : steps) {
        tally.stats.successes = static_cast<int>(tally.durations.size());
        tally.stats.mean = meanOf(tally.durations);
        tally.stats.median = percentile(&tally.durations, 50);
        tally.stats.p95 = percentile(&tally.durations, 95);
        result.push_back(std::move(tally.stats));
    }
    if (const Result<void> read = addLastOutputs(database, newestFirst, &result); !read)
        return tl::unexpected(read.error());
    return result;
}

} // namespace

Answer answerQuery(const QSqlDatabase &database, const api::RunsQuery &query)
{
    const TimePoint now = systemNow();
    Result<SqlCondition> filter = compileFilter(query.filter, FilterTarget::Runs, now);
    if (!filter)
        return tl::unexpected(filter.error());
    std::optional<PageEnd> after;
    if (!query.after.isEmpty()) {
        Result<PageEnd> end = endOf(query.after);
        if (!end)
            return tl::unexpected(end.error());
        const qsizetype idSize = query.sort == RunSort::Trigger ? 32 : 16;
        if (end->id.size() != idSize || (end->isIdOnly && query.sort != RunSort::Queued))
            return failure(ErrorCode::InvalidInput, u"the page token is of another sort"_s);
        after = std::move(*end);
    }
    const int limit = std::clamp(query.limit, 1, pageLimit);
    if (!query.among.empty())
        filter = joined({isAmong("runs.id"_ba, query.among), *filter}, "AND"_ba);
    const RunPager pager(database, query, std::move(*filter), std::move(after), now);
    Result<std::vector<RunPager::Row>> rows = pager.rows(limit + 1);
    if (!rows)
        return tl::unexpected(rows.error());
    api::RunPage page;
    if (rows->size() > static_cast<std::size_t>(limit)) {
        rows->pop_back();
        page.next = tokenOf({rows->back().key, rows->back().id, pager.now()});
    }
    std::vector<RunId> ids;
    for (const RunPager::Row &row : *rows)
        ids.push_back(RunId::fromBytes(QByteArrayView(row.id).last(16)));
    Result<std::vector<api::RunSummary>> summaries = runSummaries(database, ids, now);
    if (!summaries)
        return tl::unexpected(summaries.error());
    page.rows = std::move(*summaries);
    return page;
}

Answer answerQuery(const QSqlDatabase &database, const api::CountQuery &query)
{
    const TimePoint now = systemNow();
    const FilterTarget target = query.of == api::CountQuery::Of::Runs     ? FilterTarget::Runs
                                : query.of == api::CountQuery::Of::Events ? FilterTarget::Events
                                                                          : FilterTarget::Letters;
    const Result<SqlCondition> filter = compileFilter(query.filter, target, now);
    if (!filter)
        return tl::unexpected(filter.error());
    std::vector<RunPart> sources;
    if (target == FilterTarget::Runs)
        sources = runParts();
    else if (target == FilterTarget::Events)
        sources = {{hiddenEvents(query.filter), "events"_ba}};
    else
        sources = {{hiddenLetters(query.filter, now), "letters"_ba}};
    api::Count count;
    const qint64 limit = query.isFull ? std::numeric_limits<qint64>::max() : countLimit + 1;
    for (const RunPart &source : sources) {
        const QByteArray join = target == FilterTarget::Runs ? joinOfRuns(*filter) : QByteArray();
        const Result<qint64> rows = countOf(database, source.from + join,
                                            filter->within(source.condition + " AND ", {}), limit);
        if (!rows)
            return tl::unexpected(rows.error());
        count.rows += *rows;
    }
    count.isExact = query.isFull || count.rows <= countLimit;
    if (!count.isExact)
        count.rows = countLimit;
    return count;
}

Answer answerQuery(const QSqlDatabase &database, const api::WaitingQuery &query)
{
    const TimePoint now = systemNow();
    SqlSelect select(database, "SELECT runs.id FROM runs INDEXED BY runs_live WHERE runs.status < "
                               "300 AND "_ba
                                   + liveState(now) + " = 1 LIMIT ?");
    const Result<std::vector<RunId>> ids =
        idsOf(&select.bind(std::clamp(query.limit, 1, pageLimit)));
    if (!ids)
        return tl::unexpected(ids.error());
    Result<std::vector<api::RunSummary>> runs = runSummaries(database, *ids, now);
    if (!runs)
        return tl::unexpected(runs.error());
    std::sort(runs->begin(), runs->end(), [](const api::RunSummary &a, const api::RunSummary &b) {
        // What has no time, such as an app that is away, comes last.
        const TimePoint endOfA = endOfWait(a).value_or(TimePoint::max());
        const TimePoint endOfB = endOfWait(b).value_or(TimePoint::max());
        return endOfA == endOfB ? a.id < b.id : endOfA < endOfB;
    });
    return api::RunPage{std::move(*runs), {}};
}

Answer answerQuery(const QSqlDatabase &database, const api::FunctionStatsQuery &query)
{
    std::vector<RunId> newest;
    for (const RunPart &part : runParts()) {
        SqlSelect select(database, "SELECT runs.id FROM "_ba + part.from + " WHERE "
                                       + part.condition + ofFunction
                                       + " ORDER BY runs.id DESC LIMIT ?");
        const Result<std::vector<RunId>> ids = idsOf(&select.bind(query.slug).bind(lastRuns));
        if (!ids)
            return tl::unexpected(ids.error());
        newest.insert(newest.end(), ids->begin(), ids->end());
    }
    std::sort(newest.begin(), newest.end(), std::greater());
    newest.resize(std::min(newest.size(), std::size_t{lastRuns}));
    Result<std::vector<api::RunSummary>> last = runSummaries(database, newest, systemNow());
    if (!last)
        return tl::unexpected(last.error());
    Result<std::vector<api::StepStats>> steps = stepStats(database, newest);
    if (!steps)
        return tl::unexpected(steps.error());
    api::FunctionStats stats;
    stats.last = std::move(*last);
    stats.steps = std::move(*steps);
    std::vector<qint64> durations;
    SqlSelect ended(database, endedOfFunction);
    const Result<void> done = ended.bind(query.slug).each([&](const QSqlQuery &row) {
        const auto status = static_cast<RunStatus>(row.value(0).toInt());
        if (status == RunStatus::Completed)
            durations.push_back(row.value(1).toLongLong());
        else if (status == RunStatus::Failed)
            ++stats.failed;
    });
    if (!done)
        return tl::unexpected(done.error());
    stats.completed = static_cast<qint64>(durations.size());
    stats.median = percentile(&durations, 50);
    stats.p95 = percentile(&durations, 95);
    return stats;
}

} // namespace devserver::store
