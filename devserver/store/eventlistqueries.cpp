// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/api/excerpts.h"
#include "devserver/store/answers.h"
#include "devserver/store/filtersql.h"
#include "devserver/store/summaries.h"
#include "devserver/store/tables.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

constexpr char refusalsOfEvent[] = "SELECT COUNT(*) FROM deliveries WHERE event_id = ?";

constexpr char knownNames[] = R"(
WITH named AS (
    SELECT name, COUNT(*) AS total, MAX(id) AS newest
    FROM events INDEXED BY events_by_name
    GROUP BY name)
SELECT name, total, (SELECT events.received_at FROM events WHERE events.id = named.newest)
FROM named
ORDER BY name)";

constexpr char holderOfKey[] = R"(
SELECT runs.id, events.id, events.received_at
FROM runs
    JOIN events ON events.id = runs.event_id
WHERE runs.id = ?)";

/// The events that hold the keys because of which others were refused.
Result<std::vector<api::KeyHolder>> holdersOf(const QSqlDatabase &database,
                                              const std::vector<Delivery> &refusals)
{
    std::vector<api::KeyHolder> holders;
    SqlSelect select(database, holderOfKey);
    for (const Delivery &refusal : refusals) {
        if (refusal.heldBy.isNull())
            continue;
        const Result<void> read =
            select.again().bind(refusal.heldBy).each([&holders](const QSqlQuery &row) {
                holders.push_back({.run = RunId::fromBytes(row.value(0).toByteArray()),
                                   .event = EventId::fromBytes(row.value(1).toByteArray()),
                                   .receivedAt = fromMs(row.value(2).toLongLong())});
            });
        if (!read)
            return tl::unexpected(read.error());
    }
    return holders;
}

/// What the event did, as its row shows it.
Result<void> addEffects(const QSqlDatabase &database, TimePoint now, api::EventSummary *event)
{
    const Result<std::vector<RunId>> ids = runsOfEvent(database, event->internalId);
    if (!ids)
        return tl::unexpected(ids.error());
    const Result<std::vector<api::RunSummary>> runs = runSummaries(database, *ids, now);
    if (!runs)
        return tl::unexpected(runs.error());
    for (const api::RunSummary &run : *runs)
        event->started.push_back(api::chipOf(run));
    SqlSelect refusals(database, refusalsOfEvent);
    return refusals.bind(event->internalId).each([event](const QSqlQuery &query) {
        event->refusals = query.value(0).toInt();
    });
}

bool asksForInternal(const api::Filter &filter)
{
    return hasTerm(filter, "is", "internal") || hasTerm(filter, "event", "inngest/")
           || hasTerm(filter, "source", "internal") || hasTerm(filter, "source", "invoke")
           || hasTerm(filter, "source", "redrive") || hasTerm(filter, "", "inngest/")
           || hasTerm(filter, "id");
}

} // namespace

QByteArray hiddenEvents(const api::Filter &filter)
{
    // As a range of bytes: `0` comes after `/`.
    return asksForInternal(filter)
               ? "1"_ba
               : "NOT (events.name >= CAST('inngest/' AS BLOB) AND events.name < "
                 "CAST('inngest0' AS BLOB))"_ba;
}

Answer answerQuery(const QSqlDatabase &database, const api::EventListQuery &query)
{
    const TimePoint now = systemNow();
    Result<SqlCondition> filter = compileFilter(query.filter, FilterTarget::Events, now);
    if (!filter)
        return tl::unexpected(filter.error());
    if (!query.among.empty())
        filter = joined({isAmong("events.id"_ba, query.among), *filter}, "AND"_ba);
    QByteArray where = "WHERE "_ba + hiddenEvents(query.filter) + " AND " + filter->sql;
    QByteArray after;
    if (!query.after.isEmpty()) {
        const Result<PageEnd> end = endOf(query.after);
        if (!end)
            return tl::unexpected(end.error());
        after = end->id;
        where += " AND events.id < ?";
    }
    const int limit = std::clamp(query.limit, 1, pageLimit);
    SqlSelect select(database, eventsTable.select(where + " ORDER BY events.id DESC LIMIT ?"));
    bindAll(&select, filter->values);
    if (!after.isEmpty())
        select.bind(after);
    api::EventSummaryPage page;
    const Result<void> read = select.bind(limit + 1).each([&page](const QSqlQuery &row) {
        page.rows.push_back(api::summaryOf(readRow<Event>(QueryColumns(&row))));
    });
    if (!read)
        return tl::unexpected(read.error());
    if (page.rows.size() > static_cast<std::size_t>(limit)) {
        page.rows.pop_back();
        page.next = tokenOf({qint64{0}, page.rows.back().internalId.toBytes(), toMs(now)});
    }
    for (api::EventSummary &event : page.rows) {
        if (const Result<void> added = addEffects(database, now, &event); !added)
            return tl::unexpected(added.error());
    }
    return page;
}

Answer answerQuery(const QSqlDatabase &database, const api::EventRecordQuery &query)
{
    Result<std::vector<Event>> events = eventsById(database, {query.event});
    if (!events)
        return tl::unexpected(events.error());
    if (events->empty())
        return failure(ErrorCode::NotFound, u"no such event"_s);
    const Result<std::vector<RunId>> ids = runsOfEvent(database, query.event);
    if (!ids)
        return tl::unexpected(ids.error());
    Result<std::vector<api::RunSummary>> runs = runSummaries(database, *ids, systemNow());
    if (!runs)
        return tl::unexpected(runs.error());
    Result<std::vector<Delivery>> refusals =
        SqlSelect(database,
                  deliveriesTable.select("WHERE event_id = ? ORDER BY at, function_id"_ba))
            .bind(query.event)
            .rows<Delivery>();
    if (!refusals)
        return tl::unexpected(refusals.error());
    Result<std::vector<api::KeyHolder>> holders = holdersOf(database, *refusals);
    if (!holders)
        return tl::unexpected(holders.error());
    return api::EventRecord{.event = std::move(events->front()),
                            .runs = std::move(*runs),
                            .refusals = std::move(*refusals),
                            .holders = std::move(*holders)};
}

Answer answerQuery(const QSqlDatabase &database, const api::EventNamesQuery &)
{
    api::EventNames names;
    SqlSelect select(database, knownNames);
    const Result<void> read = select.each([&names](const QSqlQuery &row) {
        names.names.push_back({.name = row.value(0).toByteArray(),
                               .lastSeen = fromMs(row.value(2).toLongLong()),
                               .count = row.value(1).toLongLong()});
    });
    if (!read)
        return tl::unexpected(read.error());
    return names;
}

} // namespace devserver::store
