// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The REST API of dead letters (semantics §9.4, §9.5).

#include "devserver/model/jsonvalue.h"
#include "devserver/protocol/restcodec.h"
#include "devserver/transport/routeparts.h"
#include "devserver/transport/routes.h"

#include <array>

namespace devserver::transport {

using namespace Qt::StringLiterals;

namespace {

Result<std::optional<LetterState>> stateOf(const HttpRequest &request)
{
    const std::optional<QByteArray> text = parameter(request, "state");
    if (!text || text->isEmpty())
        return std::optional<LetterState>();
    constexpr std::array states{LetterState::Open, LetterState::Retrying, LetterState::Resolved,
                                LetterState::Discarded};
    for (const LetterState state : states) {
        if (toName(state) == *text)
            return std::optional(state);
    }
    return failure(ErrorCode::InvalidInput,
                   u"state must be open, retrying, resolved or discarded, not \"%1\""_s.arg(
                       QString::fromUtf8(*text)));
}

Result<api::LetterFilter> filterOf(const HttpRequest &request)
{
    const auto state = stateOf(request);
    const auto after = timeOf(request, "after");
    const auto before = timeOf(request, "before");
    if (!state)
        return tl::unexpected(state.error());
    if (!after)
        return tl::unexpected(after.error());
    if (!before)
        return tl::unexpected(before.error());
    return api::LetterFilter{.state = *state,
                             .function = parameter(request, "function").value_or(QByteArray()),
                             .fingerprint =
                                 parameter(request, "fingerprint").value_or(QByteArray()),
                             .after = *after,
                             .before = *before};
}

/// `{"reason": "…"}`, which a discard must give.
Result<QByteArray> reasonOf(const QByteArray &body)
{
    const Result<RawJson> json = RawJson::parse(body);
    if (!json)
        return failure(ErrorCode::InvalidInput,
                       u"the body must be {\"reason\": \"…\"}: "_s + json.error().message);
    const JsonValue root = JsonValue::of(*json);
    if (std::optional<Error> problem = foreignMember(root, {"reason"}))
        return tl::unexpected<Error>(*std::move(problem));
    const std::optional<JsonValue> reason = root.find("reason");
    QByteArray text = reason && reason->isString() ? reason->toUtf8().trimmed() : QByteArray();
    if (text.isEmpty())
        return failure(ErrorCode::InvalidInput,
                       u"reason is missing: a discard must say why, {\"reason\": \"…\"}"_s);
    return text;
}

} // namespace

void Routes::listLetters(const Call &call)
{
    if (const std::optional<Error> problem =
            foreignParameter(call.request, {"limit", "cursor", "state", "function", "fingerprint",
                                            "after", "before"})) {
        call.respond(failed(*problem));
        return;
    }
    const Result<api::LetterFilter> filter = filterOf(call.request);
    const Result<int> limit = limitOf(call.request, 20, 100);
    if (!filter || !limit) {
        call.respond(failed(filter ? limit.error() : filter.error()));
        return;
    }
    api::LettersQuery query{.filter = *filter,
                            .limit = *limit,
                            .cursor = parameter(call.request, "cursor").value_or(QByteArray())};
    m_door.query(std::move(query), [this, respond = call.respond](Result<api::QueryAnswer> page) {
        respond(page ? jsonReply(
                    200, protocol::encodeLetters(std::get<api::LetterPage>(*page), m_clock.now()))
                     : failed(page.error()));
    });
}

void Routes::groupLetters(const Call &call)
{
    if (const std::optional<Error> problem = foreignParameter(
            call.request, {"state", "function", "fingerprint", "after", "before"})) {
        call.respond(failed(*problem));
        return;
    }
    const Result<api::LetterFilter> filter = filterOf(call.request);
    if (!filter) {
        call.respond(failed(filter.error()));
        return;
    }
    m_door.query(api::LetterGroupsQuery{*filter}, [this, respond = call.respond](
                                                      Result<api::QueryAnswer> groups) {
        respond(groups ? jsonReply(200, protocol::encodeLetterGroups(
                                            std::get<api::LetterGroups>(*groups), m_clock.now()))
                       : failed(groups.error()));
    });
}

void Routes::showLetter(const Call &call)
{
    const std::optional<RunId> run = runIn(call.parts.at(0), call.respond);
    if (!run)
        return;
    replyWithLetter(*run, call.respond);
}

void Routes::replyWithLetter(const RunId &run, const Responder &respond)
{
    m_door.query(api::LetterQuery{run}, [this, respond](Result<api::QueryAnswer> letter) {
        respond(letter ? jsonReply(200, protocol::encodeLetter(std::get<api::LetterDetail>(*letter),
                                                               m_clock.now()))
                       : failed(letter.error()));
    });
}

EngineDoor::Done<VerbDone> Routes::showAfterwards(const RunId &run, const Responder &respond)
{
    return [this, run, respond](const Result<VerbDone> &done) {
        if (done)
            replyWithLetter(run, respond);
        else
            respond(failed(done.error()));
    };
}

void Routes::retryLetter(const Call &call)
{
    const std::optional<RunId> run = runIn(call.parts.at(0), call.respond);
    if (!run)
        return;
    if (const std::optional<Error> problem = plainBodyProblem(call.request, {"reason"})) {
        call.respond(failed(*problem));
        return;
    }
    m_door.request(RetryLetter{*run}, [this, respond = call.respond](const Result<VerbDone> &done) {
        respond(
            done ? jsonReply(200, protocol::encodeRetryReply(done->run, done->cycle, m_clock.now()))
                 : failed(done.error()));
    });
}

void Routes::discardLetter(const Call &call)
{
    const Result<RunId> run = runIdOf(call.parts.at(0));
    const Result<QByteArray> reason = reasonOf(call.request.body);
    if (!run || !reason) {
        call.respond(failed(run ? reason.error() : run.error()));
        return;
    }
    m_door.request(DiscardLetter{*run, *reason}, showAfterwards(*run, call.respond));
}

void Routes::restoreLetter(const Call &call)
{
    const std::optional<RunId> run = runIn(call.parts.at(0), call.respond);
    if (!run)
        return;
    if (const std::optional<Error> problem = plainBodyProblem(call.request, {"reason"})) {
        call.respond(failed(*problem));
        return;
    }
    m_door.request(RestoreLetter{*run}, showAfterwards(*run, call.respond));
}

} // namespace devserver::transport
