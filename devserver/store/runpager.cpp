// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/runpager.h"

#include "devserver/store/answers.h"
#include "devserver/store/filtersql.h"
#include "devserver/store/filterterms.h"
#include "devserver/store/sqlselect.h"

#include <algorithm>
#include <iterator>
#include <utility>

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

using api::RunSort;

/// Payloads that are looked up run by run, in the order of the list: among so many it is seen how
/// frequent is what is looked for.
constexpr int firstPayloads = 4'000;
/// To read one in the order of the file costs half of looking it up.
constexpr int readsPerLookUp = 2;

/// The sort value of a row as SQL; never NULL.
QByteArray keyOf(RunSort sort, qint64 now)
{
    const QByteArray nowText = QByteArray::number(now);
    switch (sort) {
    case RunSort::Queued:
    case RunSort::Trigger: // has a statement of its own
        return "0"_ba;
    case RunSort::Started:
        return "IFNULL(runs.started_at, 0)"_ba;
    case RunSort::Ended:
        return "IFNULL(runs.ended_at, 0)"_ba;
    case RunSort::Duration:
        return "CASE WHEN runs.started_at IS NULL THEN -1 ELSE IFNULL(runs.ended_at, "_ba + nowText
               + ") - runs.started_at END";
    case RunSort::Waited:
        return "IFNULL(runs.started_at, IFNULL(runs.ended_at, "_ba + nowText
               + ")) - runs.queued_at";
    case RunSort::Function:
        return "IFNULL((SELECT functions.name FROM functions WHERE functions.id = "
               "runs.function_id), x'')"_ba;
    case RunSort::State:
        return "CASE WHEN runs.status < 300 THEN CASE "_ba + liveState(fromMs(now))
               + R"( WHEN 2 THEN 200 WHEN 1 THEN 250 ELSE runs.status END
                 WHEN runs.status = 400 AND EXISTS (
                     SELECT 1 FROM letters WHERE letters.run_id = runs.id AND letters.state IN (1, 2))
                 THEN 450 ELSE runs.status END)";
    case RunSort::Attempts:
        return R"(CASE WHEN runs.started_at IS NULL THEN 0 ELSE 1 + IFNULL((
            SELECT MAX(attempts.attempt)
            FROM attempts
            WHERE attempts.run_id = runs.id AND attempts.attempt > 0
                AND attempts.cycle = runs.cycle), 0) END)"_ba;
    }
    Q_UNREACHABLE();
}

SqlValue valueOf(const QVariant &value)
{
    if (value.userType() == QMetaType::QByteArray)
        return value.toByteArray();
    return qint64{value.toLongLong()};
}

using Row = RunPager::Row;

bool isBefore(const Row &a, const Row &b)
{
    return a.key == b.key ? a.id < b.id : a.key < b.key;
}

Result<std::vector<Row>> read(SqlSelect *select)
{
    std::vector<Row> rows;
    const Result<void> done = select->each([&rows](const QSqlQuery &query) {
        Row &row = rows.emplace_back();
        row.key = valueOf(query.value(0));
        row.id = query.value(1).toByteArray();
    });
    if (!done)
        return tl::unexpected(done.error());
    return rows;
}

} // namespace

const std::vector<RunPart> &runParts()
{
    static const std::vector<RunPart> both = {
        {"runs.status < 300"_ba, "runs INDEXED BY runs_live"_ba},
        {"runs.status >= 300"_ba, "runs INDEXED BY runs_ended"_ba},
    };
    return both;
}

RunPager::RunPager(const QSqlDatabase &database, const api::RunsQuery &query, SqlCondition filter,
                   std::optional<PageEnd> after, TimePoint now)
    : m_database(database)
    , m_query(query)
    , m_filter(std::move(filter))
    , m_after(std::move(after))
    , m_now(m_after ? m_after->now : toMs(now))
    , m_order(query.isDescending ? " DESC"_ba : " ASC"_ba)
    , m_next(query.isDescending ? " < "_ba : " > "_ba)
    , m_previous(query.isDescending ? " > "_ba : " < "_ba)
{}

Result<std::vector<RunPager::Row>> RunPager::rows(int limit) const
{
    if (m_query.sort == RunSort::Trigger)
        return byTrigger(limit);
    if (!asksForPayloads())
        return byRun(limit, {});
    const Result<QByteArray> until = endOfFirst();
    if (!until)
        return tl::unexpected(until.error());
    Result<std::vector<Row>> first = byRun(limit, *until);
    if (!first || std::ssize(*first) >= limit || until->isEmpty())
        return first;
    const Result<qint64> all = payloads();
    if (!all)
        return tl::unexpected(all.error());
    const qint64 found = std::ssize(*first);
    const bool isFrequent = qint64{limit} * firstPayloads * readsPerLookUp < found * *all;
    return isFrequent ? byRun(limit, {}) : byPayload(limit);
}

/// At most so many; cost: none.
Result<qint64> RunPager::payloads() const
{
    qint64 count = 0;
    SqlSelect select(m_database, "SELECT IFNULL(MAX(events.seq), 0) FROM events"_ba);
    const Result<void> done =
        select.each([&count](const QSqlQuery &query) { count = query.value(0).toLongLong(); });
    if (!done)
        return tl::unexpected(done.error());
    return count;
}

/// And for nothing that a run itself has.
bool RunPager::asksForPayloads() const
{
    return m_query.sort == RunSort::Queued && m_filter.sql.contains("(events.json")
           && !m_filter.sql.contains("runs.");
}

/// \a until  id of the run that is not looked at any more; empty: all are.
Result<std::vector<RunPager::Row>> RunPager::byRun(int limit, const QByteArray &until) const
{
    const auto isFirst = [this](const Row &a, const Row &b) {
        return m_query.isDescending ? isBefore(b, a) : isBefore(a, b);
    };
    std::vector<Row> all;
    for (const RunPart &part : runParts()) {
        const Result<std::vector<Row>> some = ofPart(part, limit, until);
        if (!some)
            return some;
        std::vector<Row> before = std::exchange(all, {});
        std::merge(before.begin(), before.end(), some->begin(), some->end(),
                   std::back_inserter(all), isFirst);
    }
    all.resize(std::min(all.size(), static_cast<std::size_t>(limit)));
    return all;
}

/// The run behind the first payloads; empty: there are not so many.
Result<QByteArray> RunPager::endOfFirst() const
{
    const QByteArray after = m_after ? " AND runs.id" + m_next + '?' : QByteArray();
    SqlSelect select(m_database,
                     "SELECT runs.id FROM runs INDEXED BY runs_ended WHERE runs.status >= 300"
                         + after + " ORDER BY runs.id" + m_order + " LIMIT 1 OFFSET ?");
    if (m_after)
        select.bind(m_after->id);
    QByteArray id;
    const Result<void> done = select.bind(firstPayloads).each([&id](const QSqlQuery &query) {
        id = query.value(0).toByteArray();
    });
    if (!done)
        return tl::unexpected(done.error());
    return id;
}

/// All are read: it never ends early.
Result<std::vector<RunPager::Row>> RunPager::byPayload(int limit) const
{
    const QByteArray after = m_after ? " AND runs.id" + m_next + '?' : QByteArray();
    SqlSelect select(m_database,
                     "SELECT 0, runs.id FROM events CROSS JOIN runs INDEXED BY runs_by_event "
                     "ON runs.event_id = events.id WHERE "
                         + m_filter.sql + after + " ORDER BY runs.id" + m_order + " LIMIT ?");
    bindAll(&select, m_filter.values);
    if (m_after)
        select.bind(m_after->id);
    return read(&select.bind(limit));
}

Result<std::vector<RunPager::Row>> RunPager::ofPart(const RunPart &part, int limit,
                                                    const QByteArray &until) const
{
    const bool isById = m_query.sort == RunSort::Queued;
    QByteArray sql = "SELECT "_ba + keyOf(m_query.sort, m_now) + " AS k, runs.id FROM " + part.from
                     + joinOfRuns(m_filter) + " WHERE " + part.condition + " AND " + m_filter.sql;
    if (m_after)
        sql += isById ? QByteArray(" AND runs.id" + m_next + "?")
                      : QByteArray(" AND (k, runs.id)" + m_next + "(?, ?)");
    if (!until.isEmpty())
        sql += " AND runs.id" + m_previous + '?';
    sql += " ORDER BY "_ba + (isById ? QByteArray() : QByteArray("k" + m_order + ", ")) + "runs.id"
           + m_order + " LIMIT ?";
    SqlSelect select(m_database, sql);
    bindAll(&select, m_filter.values);
    if (m_after) {
        if (!isById)
            bindAll(&select, {m_after->key});
        select.bind(m_after->id);
    }
    if (!until.isEmpty())
        select.bind(until);
    return read(&select.bind(limit));
}

/// In the order of the index by name, so that a page need not look at all runs.
Result<std::vector<RunPager::Row>> RunPager::byTrigger(int limit) const
{
    QByteArray sql =
        "SELECT events.name, events.id, runs.id FROM events INDEXED BY events_by_name CROSS "
        "JOIN runs ON runs.event_id = events.id WHERE "_ba
        + m_filter.sql;
    if (m_after)
        sql += " AND (events.name, events.id, runs.id)"_ba + m_next + "(?, ?, ?)";
    sql += " ORDER BY events.name"_ba + m_order + ", events.id" + m_order + ", runs.id" + m_order
           + " LIMIT ?";
    SqlSelect select(m_database, sql);
    bindAll(&select, m_filter.values);
    if (m_after) {
        bindAll(&select, {m_after->key});
        select.bind(m_after->id.first(16)).bind(m_after->id.sliced(16));
    }
    std::vector<Row> rows;
    const Result<void> done = select.bind(limit).each([&rows](const QSqlQuery &query) {
        Row &row = rows.emplace_back();
        row.key = query.value(0).toByteArray();
        row.id = query.value(1).toByteArray() + query.value(2).toByteArray();
    });
    if (!done)
        return tl::unexpected(done.error());
    return rows;
}

} // namespace devserver::store
