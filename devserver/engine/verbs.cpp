// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What people ask for (semantics §7.5, §9.5, §9.6): picks the function of the verb and replies;
// here are also those that only change a state.

#include "devserver/engine/verbs.h"

#include "devserver/engine/stages.h"
#include "devserver/model/jsonwriter.h"

namespace devserver::engine {

using namespace Qt::StringLiterals;

Error noRun(RunId id)
{
    return {ErrorCode::NotFound, u"there is no run "_s + QString::fromLatin1(id.toText())};
}

Error noLetter(RunId id)
{
    return {ErrorCode::NotFound, u"there is no dead letter "_s + QString::fromLatin1(id.toText())};
}

Error conflict(const QString &what, const QByteArray &state)
{
    return {ErrorCode::Conflict, what + u": it is "_s + QString::fromLatin1(state)};
}

std::optional<DeadLetter> letterOf(const Turn &turn, RunId id)
{
    if (const auto changed = turn.changedLetters.find(id); changed != turn.changedLetters.end())
        return changed->second;
    const RunSnapshot *snapshot = recalledRun(turn, id);
    return snapshot == nullptr ? std::nullopt : snapshot->letter;
}

Result<const Function *> functionOf(const Turn &turn, const RunSnapshot &snapshot)
{
    const auto function = turn.state.functions.find(snapshot.run.function);
    if (function == turn.state.functions.end() || function->second.isArchived)
        return failure(ErrorCode::Conflict,
                       u"the function of this run is not registered any more"_s);
    return &function->second;
}

Result<VerbDone> perform(Turn &turn, const CancelRun &verb)
{
    const auto live = turn.state.runs.find(verb.run);
    if (live != turn.state.runs.end() && !isTerminal(live->second.run.status)) {
        JsonWriter json;
        json.beginObject().key("cause").string("manual").key("actor").string(turn.actor);
        record(turn, live->second, TimelineType::CancelRequested, {}, -1, json.endObject().take());
        finish(turn, live->second,
               {.status = RunStatus::Cancelled,
                .output = {},
                .cancelCause = "manual"_ba,
                .letterReason = {}});
        return VerbDone{.run = verb.run};
    }
    const RunSnapshot *ended = recalledRun(turn, verb.run);
    if (live == turn.state.runs.end() && ended == nullptr)
        return tl::unexpected(noRun(verb.run));
    const RunStatus status =
        live != turn.state.runs.end() ? live->second.run.status : ended->run.status;
    if (status == RunStatus::Cancelled)
        return VerbDone{.run = verb.run}; // semantics §7.5: idempotent
    return tl::unexpected(conflict(u"cannot cancel an ended run"_s, toName(status)));
}

Result<VerbDone> perform(Turn &turn, const DiscardLetter &verb)
{
    std::optional<DeadLetter> letter = letterOf(turn, verb.run);
    if (!letter)
        return tl::unexpected(noLetter(verb.run));
    if (letter->state != LetterState::Open)
        return tl::unexpected(
            conflict(u"only an open dead letter can be discarded"_s, toName(letter->state)));
    letter->state = LetterState::Discarded;
    letter->closedAt = turn.now;
    JsonWriter json;
    json.beginObject().key("how").string("discarded").key("at").string(toRfc3339(turn.now));
    json.key("by").string(turn.actor).key("reason").string(verb.reason);
    letter->resolution = RawJson::fromTrusted(json.endObject().take());
    turn.changedLetters.insert_or_assign(verb.run, std::move(*letter));
    return VerbDone{.run = verb.run};
}

Result<VerbDone> perform(Turn &turn, const RestoreLetter &verb)
{
    std::optional<DeadLetter> letter = letterOf(turn, verb.run);
    if (!letter)
        return tl::unexpected(noLetter(verb.run));
    if (letter->state != LetterState::Discarded)
        return tl::unexpected(
            conflict(u"only a discarded dead letter can be restored"_s, toName(letter->state)));
    if (letter->closedAt && turn.now - *letter->closedAt > restoreWindow)
        return failure(
            ErrorCode::Conflict,
            u"the dead letter was discarded more than 7 days ago; its steps are released"_s);
    letter->state = LetterState::Open;
    letter->closedAt.reset();
    letter->resolution = {};
    turn.changedLetters.insert_or_assign(verb.run, std::move(*letter));
    return VerbDone{.run = verb.run};
}

void obey(Turn &turn, const VerbRequested &input)
{
    turn.actor = input.actor;
    Result<VerbDone> done =
        std::visit([&turn](const auto &verb) { return perform(turn, verb); }, input.verb);
    if (done)
        reply(turn, input.token, *done);
    else
        reply(turn, input.token, std::move(done.error()));
}

} // namespace devserver::engine
