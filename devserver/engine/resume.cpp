// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// A failed run goes on in place (semantics §9.6): same run, next cycle, its finished steps kept.

#include "devserver/engine/stages.h"
#include "devserver/engine/verbs.h"
#include "devserver/model/jsonwriter.h"

#include <algorithm>

namespace devserver::engine {

using namespace Qt::StringLiterals;

namespace {

bool isOverLimit(const Turn &turn, const RunState &run)
{
    return static_cast<int>(run.memos.size()) >= turn.state.options.stepLimit
           || run.stateBytes > turn.state.options.stateLimit;
}

/// A failed run comes back to life with its memos, less those of the step that failed.
RunState revive(Turn &turn, const RunSnapshot &snapshot)
{
    RunState run;
    run.run = snapshot.run;
    run.isEditedRetry = snapshot.isEditedRetry;
    run.isStored = true;
    run.events = snapshot.events;
    ++run.run.cycle;
    for (const EventPtr &event : run.events)
        run.stateBytes += event->json.sizeBytes();
    for (const MemoPtr &memo : reusableMemos(snapshot))
        keepMemo(run, memo);
    for (const MemoPtr &memo : snapshot.memos) {
        if (memo->droppedInCycle > 0 || run.memoised.contains(memo->step))
            continue;
        Memo dropped = *memo;
        dropped.droppedInCycle = run.run.cycle;
        turn.outcome.writes.emplace_back(
            MemoWrite{.run = run.run.id, .memo = std::make_shared<const Memo>(std::move(dropped))});
    }
    return run;
}

QByteArray resumedPayload(const RunState &run, const RunSnapshot &snapshot, const BulkId &bulk,
                          const QByteArray &actor)
{
    JsonWriter json;
    json.beginObject().key("cycle").value(run.run.cycle).key("actor").string(actor);
    json.key("dropped_steps").beginArray();
    for (const MemoPtr &memo : snapshot.memos) {
        if (memo->droppedInCycle == 0 && !run.memoised.contains(memo->step))
            json.string(memo->step);
    }
    json.endArray();
    json.key("kept_steps").value(run.memos.size());
    if (!bulk.isNull())
        json.key("bulk_id").string(bulk.toText());
    return json.endObject().take();
}

QByteArray byJson(const QByteArray &actor)
{
    JsonWriter json;
    return json.beginObject().key("by").string(actor).endObject().take();
}

void resume(Turn &turn, const RunSnapshot &snapshot, DeadLetter letter, const BulkId &bulk)
{
    const RunId id = snapshot.run.id;
    RunState &run = turn.state.runs.emplace(id, revive(turn, snapshot)).first->second;
    moveTo(turn, run, RunStatus::Running, Cause::Resumed);
    run.run.endedAt.reset();
    run.run.output = {};
    run.run.failedStep.clear();
    run.run.pending.clear();
    run.run.forceStepPlan = false;
    if (!run.run.startedAt)
        run.run.startedAt = turn.now;
    run.highestAttempt = 1; // they start over
    const QByteArray actor = bulk.isNull() ? turn.actor : "bulk"_ba;
    record(turn, run, TimelineType::RunResumed, {}, -1, resumedPayload(run, snapshot, bulk, actor));
    enqueue(turn, run,
            {.kind = JobKind::Discovery,
             .cause = "cycle:" + QByteArray::number(run.run.cycle),
             .step = {},
             .name = {},
             .runAt = turn.now});
    letter.state = LetterState::Retrying;
    letter.resolution = RawJson::fromTrusted(byJson(actor)); // for when it is resolved
    letter.closedAt.reset();
    run.letter = letter;
    turn.changedLetters.insert_or_assign(id, std::move(letter));
}

} // namespace

std::vector<MemoPtr> reusableMemos(const RunSnapshot &snapshot)
{
    int failedIndex = -1;
    int lastKept = -1;
    for (const MemoPtr &memo : snapshot.memos) {
        if (memo->step == snapshot.run.failedStep && memo->droppedInCycle == 0)
            failedIndex = memo->index;
        if (memo->kind != MemoKind::Error)
            lastKept = memo->index;
    }
    std::vector<MemoPtr> kept;
    for (const MemoPtr &memo : snapshot.memos) {
        if (memo->droppedInCycle > 0)
            continue;
        // The failing step, and errors after it that nothing followed: branches of one parallel
        // group fail together. An error that something followed may have been caught.
        const bool isFailing = memo->index == failedIndex;
        const bool failedWithIt =
            failedIndex >= 0 && memo->index > failedIndex && memo->index > lastKept;
        if (memo->kind != MemoKind::Error || !(isFailing || failedWithIt))
            kept.push_back(memo);
    }
    return kept;
}

Result<int> resumeLetter(Turn &turn, RunId id, const BulkId &bulk)
{
    const std::optional<DeadLetter> letter = letterOf(turn, id);
    const RunSnapshot *snapshot = recalledRun(turn, id);
    if (!letter || snapshot == nullptr)
        return tl::unexpected(noLetter(id));
    if (letter->state != LetterState::Open || turn.state.runs.contains(id))
        return tl::unexpected(
            conflict(u"only an open dead letter can be retried"_s, toName(letter->state)));
    if (letter->reason == "limit_exceeded" && isOverLimit(turn, stateOf(*snapshot)))
        return failure(ErrorCode::Conflict,
                       u"the run exceeded a limit and would exceed it again"_s);
    resume(turn, *snapshot, *letter, bulk);
    return snapshot->run.cycle + 1;
}

Result<VerbDone> perform(Turn &turn, const RetryLetter &verb)
{
    const Result<int> cycle = resumeLetter(turn, verb.run);
    if (!cycle)
        return tl::unexpected(cycle.error());
    return VerbDone{.run = verb.run, .originalRun = {}, .cycle = *cycle};
}

} // namespace devserver::engine
