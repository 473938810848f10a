// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// A new run instead of an ended one: for the same events, or for a letter with edited data
// (semantics §9.5, §9.6).

#include "devserver/engine/stages.h"
#include "devserver/engine/verbs.h"
#include "devserver/model/jsonvalue.h"
#include "devserver/model/jsonwriter.h"

namespace devserver::engine {

using namespace Qt::StringLiterals;

namespace {

RunId firstOfChain(const Run &run)
{
    return run.originalRun.isNull() ? run.id : run.originalRun;
}

/// The event again with other data. One whose sender chose no id gets its own.
EventPtr edited(Turn &turn, const Event &old, const RawJson &data)
{
    Event event = old;
    event.internalId = EventId{turn.state.ids.next(turn.now)};
    if (!event.hasOwnId)
        event.id = event.internalId.toText();
    event.isSeeded = false;
    event.receivedAt = turn.now;
    event.source = turn.actor == "window" ? "composer"_ba : "http"_ba;
    JsonWriter json(old.json.sizeBytes() + data.sizeBytes());
    json.beginObject();
    for (const auto &[key, value] : JsonValue::of(old.json).members()) {
        json.key(key.toUtf8());
        if (key.equals("data"))
            json.raw(data.bytes());
        else if (key.equals("id"))
            json.string(event.id);
        else
            json.raw(value.raw());
    }
    event.json = RawJson::fromTrusted(json.endObject().take());
    return std::make_shared<const Event>(std::move(event));
}

QByteArray editedResolution(const Turn &turn, RunId fresh, const QByteArray &note)
{
    JsonWriter json;
    json.beginObject().key("how").string("edited").key("at").string(toRfc3339(turn.now));
    json.key("by").string(turn.actor);
    if (!note.isEmpty())
        json.key("note").string(note);
    return json.key("run_id").string(fresh.toText()).endObject().take();
}

} // namespace

Result<VerbDone> perform(Turn &turn, const RerunRun &verb)
{
    const RunSnapshot *snapshot = recalledRun(turn, verb.run);
    if (snapshot == nullptr)
        return tl::unexpected(noRun(verb.run));
    const auto live = turn.state.runs.find(verb.run);
    const RunStatus status =
        live == turn.state.runs.end() ? snapshot->run.status : live->second.run.status;
    if (!isTerminal(status))
        return tl::unexpected(
            conflict(u"only a run that has ended can be run again"_s, toName(status)));
    const Result<const Function *> function = functionOf(turn, *snapshot);
    if (!function)
        return tl::unexpected(function.error());
    const RunId original = firstOfChain(snapshot->run);
    const RunId fresh =
        schedule(turn, **function, snapshot->events, {.source = "rerun", .originalRun = original});
    return VerbDone{.run = fresh, .originalRun = original};
}

Result<VerbDone> perform(Turn &turn, const RetryEdited &verb)
{
    std::optional<DeadLetter> letter = letterOf(turn, verb.run);
    const RunSnapshot *snapshot = recalledRun(turn, verb.run);
    if (!letter || snapshot == nullptr)
        return tl::unexpected(noLetter(verb.run));
    if (letter->state != LetterState::Open || turn.state.runs.contains(verb.run))
        return tl::unexpected(
            conflict(u"only an open dead letter can be retried"_s, toName(letter->state)));
    if (!JsonValue::of(verb.data).isObject())
        return failure(ErrorCode::InvalidInput, u"the data of an event must be a JSON object"_s);
    const Result<const Function *> function = functionOf(turn, *snapshot);
    if (!function)
        return tl::unexpected(function.error());

    std::vector<EventPtr> events = snapshot->events;
    events.front() = edited(turn, *events.front(), verb.data);
    turn.outcome.writes.emplace_back(events.front());
    turn.outcome.changes.emplace_back(EventStored{.event = events.front(), .runs = 1});
    const RunId original = firstOfChain(snapshot->run);
    const RunId fresh =
        schedule(turn, **function, std::move(events),
                 {.source = "retry",
                  .originalRun = original,
                  .retryOf = verb.run,
                  .note = verb.note,
                  .memos = verb.reusesSteps ? reusableMemos(*snapshot) : std::vector<MemoPtr>(),
                  .requestVersion = snapshot->run.requestVersion});
    letter->state = LetterState::Resolved;
    letter->closedAt = turn.now;
    letter->resolution = RawJson::fromTrusted(editedResolution(turn, fresh, verb.note));
    turn.changedLetters.insert_or_assign(verb.run, std::move(*letter));
    return VerbDone{.run = fresh, .originalRun = original};
}

} // namespace devserver::engine
