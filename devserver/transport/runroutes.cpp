// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The REST API: questions about events and runs, and what can be asked of a run (protocol §12).

#include "devserver/protocol/callcodec.h"
#include "devserver/protocol/restcodec.h"
#include "devserver/transport/routeparts.h"
#include "devserver/transport/routes.h"

namespace devserver::transport {

using namespace Qt::StringLiterals;

namespace {

/// Runs a query and encodes the answer that it must have.
template<typename Answer, typename Encode>
void ask(const EngineDoor &door, api::Query query, const Responder &respond, const Encode &encode)
{
    door.query(std::move(query), [respond, encode](Result<api::QueryAnswer> answer) {
        if (answer)
            respond(encode(std::get<Answer>(*answer)));
        else
            respond(failed(answer.error()));
    });
}

/// Asks about the run that the path names.
template<typename Query, typename Answer, typename Encode>
void askAboutRun(const EngineDoor &door, const QByteArray &id, const Responder &respond,
                 const Clock &clock, Encode encode)
{
    const std::optional<RunId> run = runIn(id, respond);
    if (!run)
        return;
    ask<Answer>(door, Query{*run}, respond, [encode, &clock](const Answer &answer) {
        return jsonReply(200, encode(answer, clock.now()));
    });
}

/// State of a live run for `use_api`; 410 when it has ended (protocol §5.6).
template<typename Encode>
void askForState(const EngineDoor &door, const QByteArray &id, const Responder &respond,
                 Encode encode)
{
    const std::optional<RunId> run = runIn(id, respond);
    if (!run)
        return;
    door.query(api::RunStateQuery{*run}, [respond, encode](Result<api::QueryAnswer> answer) {
        const api::RunState *state = answer ? &std::get<api::RunState>(*answer) : nullptr;
        if (state == nullptr && answer.error().code != ErrorCode::NotFound)
            respond(failed(answer.error()));
        else if (state == nullptr || isTerminal(state->status))
            respond(errorReply(410, u"the run is gone or has ended"_s));
        else
            respond(jsonReply(200, encode(*state)));
    });
}

} // namespace

void Routes::listEvents(const Call &call)
{
    api::EventsQuery query{.name = parameter(call.request, "name").value_or(QByteArray())};
    const Result<int> limit = limitOf(call.request, 20, 50);
    const auto after = timeOf(call.request, "received_after");
    const auto before = timeOf(call.request, "received_before");
    const QByteArray cursor = parameter(call.request, "cursor").value_or(QByteArray());
    const Result<EventId> from = cursor.isEmpty() ? Result<EventId>(EventId{}) : eventIdOf(cursor);
    for (const auto *error : {limit ? nullptr : &limit.error(), after ? nullptr : &after.error(),
                              before ? nullptr : &before.error(), from ? nullptr : &from.error()}) {
        if (error != nullptr) {
            call.respond(failed(*error));
            return;
        }
    }
    query.limit = *limit;
    query.receivedAfter = *after;
    query.receivedBefore = *before;
    if (!from->isNull())
        query.before = *from;
    ask<api::EventPage>(m_door, std::move(query), call.respond, [this](const api::EventPage &page) {
        return jsonReply(200, protocol::encodeEvents(page, m_clock.now()));
    });
}

void Routes::showEvent(const Call &call)
{
    const Result<EventId> id = eventIdOf(call.parts.at(0));
    if (!id) {
        call.respond(failed(id.error()));
        return;
    }
    ask<api::EventPage>(m_door, api::EventQuery{*id}, call.respond,
                        [this](const api::EventPage &page) {
                            return jsonReply(200, protocol::encodeEvent(page, m_clock.now()));
                        });
}

void Routes::showEventRuns(const Call &call)
{
    const Result<EventId> id = eventIdOf(call.parts.at(0));
    if (!id) {
        call.respond(failed(id.error()));
        return;
    }
    ask<api::EventRuns>(m_door, api::EventRunsQuery{*id}, call.respond,
                        [this](const api::EventRuns &runs) {
                            return jsonReply(200, protocol::encodeEventRuns(runs, m_clock.now()));
                        });
}

void Routes::showRun(const Call &call)
{
    askAboutRun<api::RunQuery, api::RunDetail>(m_door, call.parts.at(0), call.respond, m_clock,
                                               protocol::encodeRun);
}

void Routes::showJobs(const Call &call)
{
    askAboutRun<api::RunQuery, api::RunDetail>(m_door, call.parts.at(0), call.respond, m_clock,
                                               protocol::encodeJobs);
}

void Routes::showTimeline(const Call &call)
{
    askAboutRun<api::TimelineQuery, api::Timeline>(m_door, call.parts.at(0), call.respond, m_clock,
                                                   protocol::encodeTimeline);
}

void Routes::showAttempts(const Call &call)
{
    askAboutRun<api::AttemptsQuery, api::Attempts>(m_door, call.parts.at(0), call.respond, m_clock,
                                                   protocol::encodeAttempts);
}

void Routes::showBatch(const Call &call)
{
    askForState(m_door, call.parts.at(0), call.respond,
                [](const api::RunState &state) { return protocol::encodeBatch(state.events); });
}

void Routes::showActions(const Call &call)
{
    askForState(m_door, call.parts.at(0), call.respond,
                [](const api::RunState &state) { return protocol::encodeActions(state.memos); });
}

void Routes::showApp(const Call &call)
{
    const QByteArray name = call.parts.at(0);
    ask<api::Catalog>(
        m_door, api::CatalogQuery{name}, call.respond, [this, name](const api::Catalog &catalog) {
            if (catalog.apps.empty())
                return errorReply(404, u"there is no app "_s + QString::fromUtf8(name));
            return jsonReply(200, protocol::encodeApp(catalog, m_clock.now()));
        });
}

void Routes::cancelRun(const Call &call)
{
    const std::optional<RunId> run = runIn(call.parts.at(0), call.respond);
    if (!run)
        return;
    m_door.request(CancelRun{*run}, [respond = call.respond](const Result<VerbDone> &done) {
        respond(done ? HttpReply{.status = 200, .headers = {}, .body = {}} : failed(done.error()));
    });
}

void Routes::cancelRunV0(const Call &call)
{
    const std::optional<RunId> run = runIn(call.parts.at(0), call.respond);
    if (!run)
        return;
    m_door.request(CancelRun{*run}, [respond = call.respond](const Result<VerbDone> &done) {
        respond(done ? HttpReply{.status = 204, .headers = {}, .body = {}} : failed(done.error()));
    });
}

void Routes::rerun(const Call &call)
{
    const std::optional<RunId> run = runIn(call.parts.at(0), call.respond);
    if (!run)
        return;
    if (const std::optional<Error> problem = plainBodyProblem(call.request)) {
        call.respond(failed(*problem));
        return;
    }
    m_door.request(RerunRun{*run}, [this, respond = call.respond](const Result<VerbDone> &done) {
        respond(done ? jsonReply(
                    201, protocol::encodeRerunReply(done->run, done->originalRun, m_clock.now()))
                     : failed(done.error()));
    });
}

} // namespace devserver::transport
