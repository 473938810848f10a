// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/api/excerpts.h"
#include "devserver/store/answers.h"
#include "devserver/store/filtersql.h"
#include "devserver/store/summaries.h"
#include "devserver/store/tables.h"

#include <algorithm>
#include <map>
#include <tuple>

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

constexpr int trendParts = 30;
constexpr qint64 msOfHour = 3'600'000;

constexpr char functionOfLetters[] =
    "letters.function_id IN (SELECT functions.id FROM functions WHERE functions.slug = ?)";

constexpr char letterColumns[] = R"(,
    (SELECT functions.slug FROM functions WHERE functions.id = letters.function_id),
    (SELECT functions.name FROM functions WHERE functions.id = letters.function_id),
    (SELECT apps.name
        FROM functions JOIN apps ON apps.id = functions.app_id
        WHERE functions.id = letters.function_id),
    (SELECT functions.retries + 1 FROM functions WHERE functions.id = letters.function_id),
    (SELECT events.json
        FROM runs JOIN events ON events.id = runs.event_id
        WHERE runs.id = letters.run_id)
FROM letters
WHERE )";

constexpr char groupColumns[] = R"(
SELECT letters.run_id, letters.function_id, letters.fingerprint, letters.failed_at
FROM letters
WHERE )";

constexpr char errorOfLetter[] = R"(
SELECT letters.error, functions.slug, functions.name, apps.name
FROM letters LEFT JOIN functions ON functions.id = letters.function_id
    LEFT JOIN apps ON apps.id = functions.app_id
WHERE letters.run_id = ?)";

/// What a selection of letters has in common in all three queries.
Result<SqlCondition> conditionOf(const api::Filter &filter, const QByteArray &fingerprint,
                                 const QByteArray &slug, const QByteArray &state)
{
    Result<SqlCondition> compiled = compileFilter(filter, FilterTarget::Letters, systemNow());
    if (!compiled)
        return compiled;
    std::vector<SqlCondition> all = {{state, {}}, *compiled};
    if (!fingerprint.isEmpty())
        all.push_back({"letters.fingerprint = ?"_ba, {fingerprint}});
    if (!slug.isEmpty())
        all.push_back({functionOfLetters, {slug}});
    return joined(all, "AND"_ba);
}

api::LetterSummary summaryOf(const QSqlQuery &query)
{
    DeadLetter letter;
    RawJson event;
    api::LetterSummary row;
    RowReader<QueryColumns> reader(QueryColumns{&query});
    reader >> letter >> row.slug >> row.functionName >> row.appName >> row.maxAttempts >> event;
    const api::ErrorExcerpt error = api::excerptOf(letter.error);
    row.run = letter.run;
    row.state = letter.state;
    row.cycle = letter.cycle;
    row.failedAt = letter.failedAt;
    row.reason = letter.reason;
    row.errorName = error.name;
    row.errorMessage = error.message;
    row.fingerprint = letter.fingerprint;
    row.failedStepName = letter.failedStepName;
    row.failedStepAttempts = letter.failedStepAttempts;
    row.keptSteps = api::namesIn(letter.completedSteps);
    row.preview = event.isEmpty() ? QByteArray() : api::dataPreview(event);
    if (letter.state == LetterState::Discarded)
        row.discardReason = api::reasonIn(letter.resolution);
    row.closedAt = letter.closedAt;
    return row;
}

struct Group {
    RunId newest;
    std::vector<qint64> times; ///< rising
};

/// Function, fingerprint, and the hour since 1970 if they are asked for; else -1.
using GroupKey = std::tuple<QByteArray, QByteArray, qint64>;
using Groups = std::map<GroupKey, Group>;

/// 30 equal parts of the time from \a first to \a end.
std::vector<int> trendOf(const std::vector<qint64> &times, qint64 first, qint64 end)
{
    std::vector<int> trend(trendParts, 0);
    const qint64 span = std::max<qint64>(1, end - first);
    for (const qint64 time : times) {
        const qint64 part =
            std::clamp<qint64>((time - first) * trendParts / span, 0, trendParts - 1);
        ++trend[static_cast<std::size_t>(part)];
    }
    return trend;
}

/// \a since is the oldest letter of all groups: their trends can be compared, and added up.
Result<api::LetterGroupRow> rowOf(const QSqlDatabase &database, const GroupKey &key,
                                  const Group &group, qint64 since, qint64 now)
{
    const qint64 hour = std::get<2>(key);
    api::LetterGroupRow row;
    row.fingerprint = std::get<1>(key);
    row.count = static_cast<int>(group.times.size());
    row.firstSeen = fromMs(group.times.front());
    row.lastSeen = fromMs(group.times.back());
    if (hour >= 0) {
        row.hour = fromMs(hour * msOfHour);
        row.trend = trendOf(group.times, hour * msOfHour, (hour + 1) * msOfHour);
    } else {
        row.trend = trendOf(group.times, since, now + 1);
    }
    SqlSelect select(database, errorOfLetter);
    const Result<void> read = select.bind(group.newest).each([&row](const QSqlQuery &query) {
        const api::ErrorExcerpt error =
            api::excerptOf(RawJson::fromTrusted(query.value(0).toByteArray()));
        row.errorName = error.name;
        row.errorMessage = error.message;
        row.slug = query.value(1).toByteArray();
        row.functionName = query.value(2).toByteArray();
        row.appName = query.value(3).toByteArray();
    });
    if (!read)
        return tl::unexpected(read.error());
    return row;
}

} // namespace

QByteArray hiddenLetters(const api::Filter &filter, TimePoint now)
{
    const bool asks = hasTerm(filter, "state") || hasTerm(filter, "is", "discarded")
                      || hasTerm(filter, "is", "resolved");
    if (!asks)
        return "letters.state IN (1, 2)"_ba;
    // The bin is emptied: what was discarded so long ago cannot be restored.
    return "(letters.state <> 4 OR letters.closed_at >= "_ba
           + QByteArray::number(toMs(now - restoreWindow)) + ')';
}

Result<std::vector<DeadLetter>> letterOf(const QSqlDatabase &database, RunId run)
{
    return SqlSelect(database, lettersTable.select("WHERE run_id = ?"_ba))
        .bind(run)
        .rows<DeadLetter>();
}

Answer answerQuery(const QSqlDatabase &database, const api::LetterListQuery &query)
{
    Result<SqlCondition> condition = conditionOf(query.filter, query.fingerprint, query.slug,
                                                 hiddenLetters(query.filter, systemNow()));
    if (!condition)
        return tl::unexpected(condition.error());
    if (!query.after.isEmpty()) {
        const Result<PageEnd> end = endOf(query.after);
        if (!end)
            return tl::unexpected(end.error());
        if (end->isIdOnly) // letters stand in the order of their failures, not of the ids
            return failure(ErrorCode::InvalidInput, u"the page token is of another list"_s);
        condition = joined(
            {*condition, {"(letters.failed_at, letters.run_id) < (?, ?)"_ba, {end->key, end->id}}},
            "AND"_ba);
    }
    const int limit = std::clamp(query.limit, 1, pageLimit);
    SqlSelect select(database,
                     "SELECT "_ba + lettersTable.columns() + letterColumns + condition->sql
                         + " ORDER BY letters.failed_at DESC, letters.run_id DESC LIMIT ?");
    bindAll(&select, condition->values);
    api::LetterSummaryPage page;
    const Result<void> read = select.bind(limit + 1).each(
        [&page](const QSqlQuery &row) { page.rows.push_back(summaryOf(row)); });
    if (!read)
        return tl::unexpected(read.error());
    if (page.rows.size() > static_cast<std::size_t>(limit)) {
        page.rows.pop_back();
        const api::LetterSummary &last = page.rows.back();
        page.next = tokenOf({toMs(last.failedAt), last.run.toBytes(), 0});
    }
    return page;
}

Answer answerQuery(const QSqlDatabase &database, const api::LetterGroupListQuery &query)
{
    const Result<SqlCondition> condition =
        conditionOf(query.filter, {}, {}, hiddenLetters(query.filter, systemNow()));
    if (!condition)
        return tl::unexpected(condition.error());
    Groups groups;
    const qint64 now = toMs(systemNow());
    qint64 since = now;
    SqlSelect select(database,
                     groupColumns + condition->sql + " ORDER BY letters.failed_at, letters.run_id");
    bindAll(&select, condition->values);
    const Result<void> read = select.each([&](const QSqlQuery &row) {
        const qint64 failedAt = row.value(3).toLongLong();
        Group &group = groups[{row.value(1).toByteArray(), row.value(2).toByteArray(),
                               query.isByHour ? failedAt / msOfHour : -1}];
        since = std::min(since, failedAt);
        group.newest = RunId::fromBytes(row.value(0).toByteArray());
        group.times.push_back(failedAt);
    });
    if (!read)
        return tl::unexpected(read.error());
    api::LetterGroupList list;
    for (const auto &[key, group] : groups) {
        Result<api::LetterGroupRow> row = rowOf(database, key, group, since, now);
        if (!row)
            return tl::unexpected(row.error());
        list.groups.push_back(std::move(*row));
    }
    std::stable_sort(list.groups.begin(), list.groups.end(),
                     [](const api::LetterGroupRow &a, const api::LetterGroupRow &b) {
                         return a.count == b.count ? a.lastSeen > b.lastSeen : a.count > b.count;
                     });
    return list;
}

Answer answerQuery(const QSqlDatabase &database, const api::LetterIdsQuery &query)
{
    const Result<SqlCondition> condition =
        conditionOf(query.filter, query.fingerprint, query.slug, "letters.state = 1"_ba);
    if (!condition)
        return tl::unexpected(condition.error());
    SqlSelect select(database, "SELECT letters.run_id FROM letters WHERE "_ba + condition->sql
                                   + " ORDER BY letters.failed_at DESC, letters.run_id DESC");
    bindAll(&select, condition->values);
    api::LetterIds ids;
    const Result<void> read = select.each([&ids](const QSqlQuery &row) {
        ids.runs.push_back(RunId::fromBytes(row.value(0).toByteArray()));
    });
    if (!read)
        return tl::unexpected(read.error());
    return ids;
}

} // namespace devserver::store
