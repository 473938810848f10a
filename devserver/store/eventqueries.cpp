// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/answers.h"
#include "devserver/store/sqlselect.h"
#include "devserver/store/tables.h"

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

// Both halves use an index: most runs have one event, batches have more.
constexpr char runsOfEventSql[] = R"(
WHERE id IN (
    SELECT id
    FROM runs
    WHERE event_id = ?
    UNION
    SELECT run_id
    FROM run_events
    WHERE event_id = ?)
ORDER BY id)";

QByteArray conditionsOf(const api::EventsQuery &query)
{
    QByteArrayList conditions;
    if (!query.name.isEmpty())
        conditions.append("name = ?"_ba);
    if (query.before)
        conditions.append("id < ?"_ba);
    if (query.receivedAfter)
        conditions.append("received_at >= ?"_ba);
    if (query.receivedBefore)
        conditions.append("received_at < ?"_ba);
    return conditions.isEmpty() ? QByteArray() : "WHERE "_ba + conditions.join(" AND ");
}

} // namespace

Result<std::vector<Event>> eventsById(const QSqlDatabase &database, const std::vector<EventId> &ids)
{
    std::vector<Event> events;
    for (const EventId &id : ids) {
        Result<std::vector<Event>> found =
            SqlSelect(database, eventsTable.select("WHERE id = ?"_ba)).bind(id).rows<Event>();
        if (!found)
            return found;
        events.insert(events.end(), found->begin(), found->end());
    }
    return events;
}

Answer answerQuery(const QSqlDatabase &database, const api::EventsQuery &query)
{
    const QByteArray rest = conditionsOf(query) + " ORDER BY id DESC LIMIT ?";
    SqlSelect select(database, eventsTable.select(rest));
    if (!query.name.isEmpty())
        select.bind(query.name);
    if (query.before)
        select.bind(*query.before);
    if (query.receivedAfter)
        select.bind(*query.receivedAfter);
    if (query.receivedBefore)
        select.bind(*query.receivedBefore);
    Result<std::vector<Event>> events = select.bind(query.limit).rows<Event>();
    if (!events)
        return tl::unexpected(events.error());
    return api::EventPage{std::move(*events)};
}

Answer answerQuery(const QSqlDatabase &database, const api::EventQuery &query)
{
    Result<std::vector<Event>> events = eventsById(database, {query.event});
    if (!events)
        return tl::unexpected(events.error());
    if (events->empty())
        return failure(ErrorCode::NotFound, u"no such event"_s);
    return api::EventPage{std::move(*events)};
}

Answer answerQuery(const QSqlDatabase &database, const api::EventRunsQuery &query)
{
    const Result<std::vector<Event>> events = eventsById(database, {query.event});
    if (!events)
        return tl::unexpected(events.error());
    if (events->empty())
        return failure(ErrorCode::NotFound, u"no such event"_s);
    const QByteArray id = query.event.toBytes();
    Result<std::vector<api::RunDetail>> runs = runDetails(database, runsOfEventSql, {id, id});
    if (!runs)
        return tl::unexpected(runs.error());
    const QByteArray refusals =
        deliveriesTable.select("WHERE event_id = ? ORDER BY at, function_id"_ba);
    Result<std::vector<Delivery>> refused = SqlSelect(database, refusals).bind(id).rows<Delivery>();
    if (!refused)
        return tl::unexpected(refused.error());
    return api::EventRuns{std::move(*runs), std::move(*refused)};
}

} // namespace devserver::store
