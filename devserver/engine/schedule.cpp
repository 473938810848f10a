// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Stage 6, schedule: the run and its first job.

#include "devserver/engine/stages.h"
#include "devserver/model/jsonwriter.h"

#include <algorithm>

namespace devserver::engine {

namespace {

QByteArray scheduledPayload(const RunState &run, const Function &function, const RunOrigin &origin)
{
    JsonWriter json;
    json.beginObject().key("source").string(origin.source);
    json.key("function").string(function.config.slug);
    json.key("function_version").value(function.version);
    json.key("event_ids").beginArray();
    for (const EventId &id : run.run.events)
        json.string(id.toText());
    json.endArray();
    if (!run.run.scheduleKey.isEmpty())
        json.key("idempotency_key").string(run.run.scheduleKey);
    if (!origin.originalRun.isNull())
        json.key("original_run_id").string(origin.originalRun.toText());
    if (!origin.retryOf.isNull())
        json.key("retry_of").string(origin.retryOf.toText());
    if (!origin.note.isEmpty())
        json.key("note").string(origin.note);
    if (!origin.memos.empty())
        json.key("reused_steps").value(origin.memos.size());
    return json.endObject().take();
}

/// The finished steps of another run, as if this one had run them.
void takeOver(Turn &turn, RunState &run, const RunOrigin &origin)
{
    for (const MemoPtr &memo : origin.memos) {
        Memo copy = *memo;
        copy.index = run.run.memoNext++;
        MemoPtr shared = std::make_shared<const Memo>(std::move(copy));
        turn.outcome.writes.emplace_back(MemoWrite{.run = run.run.id, .memo = shared});
        keepMemo(run, std::move(shared));
    }
    if (!origin.memos.empty())
        run.run.requestVersion = origin.requestVersion;
}

} // namespace

RunId schedule(Turn &turn, const Function &function, std::vector<EventPtr> events,
               const RunOrigin &origin)
{
    const Event &first = *events.front();
    RunState fresh;
    fresh.run.id = RunId{turn.state.ids.next(turn.now)};
    fresh.run.function = function.id;
    fresh.run.functionVersion = function.version;
    fresh.run.originalRun = origin.originalRun;
    fresh.isEditedRetry = !origin.retryOf.isNull();
    fresh.run.queuedAt = turn.now;
    for (const EventPtr &event : events) {
        fresh.run.events.push_back(event->internalId);
        fresh.stateBytes += event->json.sizeBytes();
    }
    // A rerun is never held back by the id of its event, nor does it hold others (semantics §9.6).
    if (origin.originalRun.isNull() && first.hasOwnId) {
        fresh.run.scheduleKey = first.id;
        turn.scheduleKeys[{first.id, function.id}] = fresh.run.id;
    }
    const TimePoint startAt = origin.originalRun.isNull() ? std::max(turn.now, first.ts) : turn.now;
    fresh.run.scheduledAt = startAt;
    fresh.events = std::move(events);

    const RunId id = fresh.run.id;
    RunState &run = turn.state.runs.emplace(id, std::move(fresh)).first->second;
    takeOver(turn, run, origin);
    record(turn, run, TimelineType::RunScheduled, {}, -1, scheduledPayload(run, function, origin));
    enqueue(turn, run,
            {.kind = JobKind::Start, .cause = "start", .step = {}, .name = {}, .runAt = startAt});
    return id;
}

} // namespace devserver::engine
