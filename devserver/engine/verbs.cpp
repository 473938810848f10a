// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What people ask for: cancel, retry, discard, restore, rerun (semantics §7.5, §9.5, §9.6).

#include "devserver/engine/stages.h"
#include "devserver/model/jsonwriter.h"

#include <algorithm>

namespace devserver::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::hours restoreWindow{24 * 7};

const RunSnapshot *recalledRun(const Turn &turn, RunId id)
{
    const auto &runs = turn.recalled.runs;
    const auto found = std::find_if(runs.begin(), runs.end(),
                                    [&](const RunSnapshot &each) { return each.run.id == id; });
    return found == runs.end() ? nullptr : &*found;
}

Error notFound(RunId id)
{
    return {ErrorCode::NotFound, u"there is no run "_s + QString::fromLatin1(id.toText())};
}

Error conflict(const QString &what, const QByteArray &state)
{
    return {ErrorCode::Conflict, what + u": it is "_s + QString::fromLatin1(state)};
}

/// The letter of a run, also if this very step changed it.
std::optional<DeadLetter> letterOf(const Turn &turn, RunId id)
{
    if (const auto changed = turn.changedLetters.find(id); changed != turn.changedLetters.end())
        return changed->second;
    const RunSnapshot *snapshot = recalledRun(turn, id);
    return snapshot == nullptr ? std::nullopt : snapshot->letter;
}

bool isOverLimit(const Turn &turn, const RunSnapshot &snapshot)
{
    int steps = 0;
    qint64 bytes = 0;
    for (const EventPtr &event : snapshot.events)
        bytes += event->json.sizeBytes();
    for (const MemoPtr &memo : snapshot.memos) {
        if (memo->droppedInCycle > 0)
            continue;
        ++steps;
        bytes += memo->json.sizeBytes();
    }
    return steps >= turn.state.options.stepLimit || bytes > turn.state.options.stateLimit;
}

/// A failed run comes back to life with its memos, less those of the step that failed.
RunState revive(Turn &turn, const RunSnapshot &snapshot)
{
    RunState run;
    run.run = snapshot.run;
    run.isStored = true;
    run.events = snapshot.events;
    ++run.run.cycle;
    int failedIndex = -1;
    for (const MemoPtr &memo : snapshot.memos) {
        if (memo->step == snapshot.run.failedStep && memo->droppedInCycle == 0)
            failedIndex = memo->index;
    }
    int lastKept = -1;
    for (const MemoPtr &memo : snapshot.memos) {
        if (memo->kind != MemoKind::Error)
            lastKept = memo->index;
    }
    for (const EventPtr &event : run.events)
        run.stateBytes += event->json.sizeBytes();
    for (const MemoPtr &memo : snapshot.memos) {
        if (memo->droppedInCycle > 0)
            continue;
        // The failing step, and errors after it that nothing followed: branches of one parallel
        // group fail together. An error that something followed may have been caught.
        const bool isFailing = memo->index == failedIndex;
        const bool failedWithIt =
            failedIndex >= 0 && memo->index > failedIndex && memo->index > lastKept;
        if (memo->kind == MemoKind::Error && (isFailing || failedWithIt)) {
            Memo dropped = *memo;
            dropped.droppedInCycle = run.run.cycle;
            turn.outcome.writes.emplace_back(MemoWrite{
                .run = run.run.id, .memo = std::make_shared<const Memo>(std::move(dropped))});
            continue;
        }
        run.memoised.insert(memo->step);
        run.stateBytes += memo->json.sizeBytes();
        run.memos.push_back(memo);
    }
    return run;
}

QByteArray resumedPayload(const RunState &run, const RunSnapshot &snapshot)
{
    JsonWriter json;
    json.beginObject().key("cycle").value(run.run.cycle).key("dropped_steps").beginArray();
    for (const MemoPtr &memo : snapshot.memos) {
        if (memo->droppedInCycle == 0 && !run.memoised.contains(memo->step))
            json.string(memo->step);
    }
    json.endArray();
    json.key("kept_steps").value(run.memos.size());
    return json.endObject().take();
}

void resume(Turn &turn, const RunSnapshot &snapshot, DeadLetter letter)
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
    record(turn, run, TimelineType::RunResumed, {}, -1, resumedPayload(run, snapshot));
    enqueue(turn, run,
            {.kind = JobKind::Discovery,
             .cause = "cycle:" + QByteArray::number(run.run.cycle),
             .step = {},
             .name = {},
             .runAt = turn.now});
    letter.state = LetterState::Retrying;
    letter.resolution = {};
    letter.closedAt.reset();
    run.letter = letter;
    turn.changedLetters.insert_or_assign(id, std::move(letter));
}

struct Obey {
    Turn &turn;
    ReplyToken token;

    void operator()(const CancelRun &verb) const
    {
        const auto live = turn.state.runs.find(verb.run);
        if (live != turn.state.runs.end() && !isTerminal(live->second.run.status)) {
            record(turn, live->second, TimelineType::CancelRequested, {}, -1,
                   R"({"cause":"manual"})"_ba);
            finish(turn, live->second,
                   {.status = RunStatus::Cancelled,
                    .output = {},
                    .cancelCause = "manual"_ba,
                    .letterReason = {}});
            reply(turn, token, VerbDone{.run = verb.run, .originalRun = {}});
            return;
        }
        const RunSnapshot *ended = recalledRun(turn, verb.run);
        if (live == turn.state.runs.end() && ended == nullptr) {
            reply(turn, token, notFound(verb.run));
            return;
        }
        const RunStatus status =
            live != turn.state.runs.end() ? live->second.run.status : ended->run.status;
        if (status == RunStatus::Cancelled)
            reply(turn, token,
                  VerbDone{.run = verb.run, .originalRun = {}}); // semantics §7.5: idempotent
        else
            reply(turn, token, conflict(u"cannot cancel an ended run"_s, toName(status)));
    }

    void operator()(const RetryLetter &verb) const
    {
        const std::optional<DeadLetter> letter = letterOf(turn, verb.run);
        const RunSnapshot *snapshot = recalledRun(turn, verb.run);
        if (!letter || snapshot == nullptr) {
            reply(turn, token,
                  Error{ErrorCode::NotFound,
                        u"there is no dead letter "_s + QString::fromLatin1(verb.run.toText())});
            return;
        }
        if (letter->state != LetterState::Open || turn.state.runs.contains(verb.run)) {
            reply(turn, token,
                  conflict(u"only an open dead letter can be retried"_s, toName(letter->state)));
            return;
        }
        if (letter->reason == "limit_exceeded" && isOverLimit(turn, *snapshot)) {
            reply(turn, token,
                  Error{ErrorCode::Conflict,
                        u"the run exceeded a limit and would exceed it again"_s});
            return;
        }
        resume(turn, *snapshot, *letter);
        reply(turn, token,
              VerbDone{.run = verb.run, .originalRun = {}, .cycle = snapshot->run.cycle + 1});
    }

    void operator()(const DiscardLetter &verb) const
    {
        std::optional<DeadLetter> letter = letterOf(turn, verb.run);
        if (!letter) {
            reply(turn, token,
                  Error{ErrorCode::NotFound,
                        u"there is no dead letter "_s + QString::fromLatin1(verb.run.toText())});
            return;
        }
        if (letter->state != LetterState::Open) {
            reply(turn, token,
                  conflict(u"only an open dead letter can be discarded"_s, toName(letter->state)));
            return;
        }
        letter->state = LetterState::Discarded;
        letter->closedAt = turn.now;
        JsonWriter json;
        json.beginObject().key("how").string("discarded").key("at").string(toRfc3339(turn.now));
        json.key("reason").string(verb.reason);
        letter->resolution = RawJson::fromTrusted(json.endObject().take());
        turn.changedLetters.insert_or_assign(verb.run, std::move(*letter));
        reply(turn, token, VerbDone{.run = verb.run, .originalRun = {}});
    }

    void operator()(const RestoreLetter &verb) const
    {
        std::optional<DeadLetter> letter = letterOf(turn, verb.run);
        if (!letter) {
            reply(turn, token,
                  Error{ErrorCode::NotFound,
                        u"there is no dead letter "_s + QString::fromLatin1(verb.run.toText())});
            return;
        }
        if (letter->state != LetterState::Discarded) {
            reply(
                turn, token,
                conflict(u"only a discarded dead letter can be restored"_s, toName(letter->state)));
            return;
        }
        if (letter->closedAt && turn.now - *letter->closedAt > restoreWindow) {
            reply(
                turn, token,
                Error{
                    ErrorCode::Conflict,
                    u"the dead letter was discarded more than 7 days ago; its steps are released"_s});
            return;
        }
        letter->state = LetterState::Open;
        letter->closedAt.reset();
        letter->resolution = {};
        turn.changedLetters.insert_or_assign(verb.run, std::move(*letter));
        reply(turn, token, VerbDone{.run = verb.run, .originalRun = {}});
    }

    void operator()(const RerunRun &verb) const
    {
        const RunSnapshot *snapshot = recalledRun(turn, verb.run);
        if (snapshot == nullptr) {
            reply(turn, token, notFound(verb.run));
            return;
        }
        const auto live = turn.state.runs.find(verb.run);
        const RunStatus status =
            live == turn.state.runs.end() ? snapshot->run.status : live->second.run.status;
        if (!isTerminal(status)) {
            reply(turn, token,
                  conflict(u"only a run that has ended can be run again"_s, toName(status)));
            return;
        }
        const auto function = turn.state.functions.find(snapshot->run.function);
        if (function == turn.state.functions.end() || function->second.isArchived) {
            reply(turn, token,
                  Error{ErrorCode::Conflict,
                        u"the function of this run is not registered any more"_s});
            return;
        }
        const RunId original =
            snapshot->run.originalRun.isNull() ? verb.run : snapshot->run.originalRun;
        const RunId fresh = schedule(turn, function->second, snapshot->events,
                                     {.source = "rerun", .originalRun = original});
        reply(turn, token, VerbDone{.run = fresh, .originalRun = original});
    }
};

} // namespace

void obey(Turn &turn, VerbRequested input)
{
    std::visit(Obey{turn, input.token}, input.verb);
}

} // namespace devserver::engine
