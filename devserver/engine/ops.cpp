// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Stage 10, apply: what an answer reported becomes memos, jobs and timeline records.

#include "devserver/engine/stages.h"
#include "devserver/model/jsonwriter.h"

#include <algorithm>
#include <array>

namespace devserver::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::hours longestSleep{24 * 366};
constexpr int mostEmptyAnswers = 50;
constexpr int mostFruitlessAnswers = 1000; // as many steps as a run may plan

/// The ops of one answer, while they are applied.
struct Applying {
    Turn &turn;
    RunState &run;
    Job job;                            ///< that the answer was for; its entry may be gone
    const RawJson *completed = nullptr; ///< data of a RunComplete, applied last
};

using Apply = void (*)(Applying &, const StepOp &);

void applyStepRun(Applying &, const StepOp &);
void applyStep(Applying &, const StepOp &);
void applyStepFailed(Applying &, const StepOp &);
void applyStepPlanned(Applying &, const StepOp &);
void applySleep(Applying &, const StepOp &);
void applyRunComplete(Applying &, const StepOp &);
void applyDiscoveryRequest(Applying &, const StepOp &);
void applyUnsupported(Applying &, const StepOp &);
void applyNothing(Applying &, const StepOp &);

struct OpRow {
    OpCode code;
    Apply apply;
    const char *section; ///< of semantics.md
};

constexpr std::array opTable{
    OpRow{OpCode::None, applyNothing, "5.1"},
    OpRow{OpCode::StepRun, applyStepRun, "5.2"},
    OpRow{OpCode::Step, applyStep, "5.2"},
    OpRow{OpCode::StepError, applyStepFailed, "2.7"}, // one with attempts left never gets here
    OpRow{OpCode::StepFailed, applyStepFailed, "2.7"},
    OpRow{OpCode::StepPlanned, applyStepPlanned, "5.9"},
    OpRow{OpCode::Sleep, applySleep, "5.4"},
    OpRow{OpCode::RunComplete, applyRunComplete, "1.2"},
    OpRow{OpCode::DiscoveryRequest, applyDiscoveryRequest, "5.1"},
    OpRow{OpCode::WaitForEvent, applyUnsupported, "5.5"},
    OpRow{OpCode::WaitForSignal, applyUnsupported, "5.6"},
    OpRow{OpCode::InvokeFunction, applyUnsupported, "5.7"},
    OpRow{OpCode::Gateway, applyUnsupported, "5.8"},
    OpRow{OpCode::AiGateway, applyUnsupported, "5.8"},
    OpRow{OpCode::SyncRunComplete, applyUnsupported, "5.1"},
    OpRow{OpCode::DeferAdd, applyUnsupported, "5.10"},
    OpRow{OpCode::DeferAbort, applyUnsupported, "5.10"},
};

bool isLazy(OpCode code)
{
    return code == OpCode::None || code == OpCode::DeferAdd || code == OpCode::DeferAbort;
}

/// A discovery that has not been sent yet will carry this memo, too.
bool hasWaitingDiscovery(const Turn &turn, const RunState &run)
{
    return std::ranges::any_of(run.jobs, [&](const JobId &id) {
        const JobEntry &entry = turn.state.jobs.at(id);
        return entry.job.kind == JobKind::Discovery && entry.job.state == JobState::Queued
               && entry.place != QueuePlace::None && entry.job.runAt <= turn.now;
    });
}

/// Discovery after a memo: at once, or when the whole parallel group is done (protocol §8.4).
void discoverAfter(Turn &turn, RunState &run, const StepId &step, bool isRace)
{
    std::vector<StepId> &pending = run.run.pending;
    const bool wasGroup = !pending.empty();
    std::erase(pending, step);
    touch(turn, run);
    const bool waitsForOthers =
        run.run.requestVersion >= 2 && wasGroup && !pending.empty() && !isRace;
    if (waitsForOthers)
        return;
    // While another branch is at work there may be two discoveries at once, and the step that comes
    // next must run once: both plan it (semantics §5.9, rejoining).
    if (run.run.requestVersion >= 2 && pending.empty() && run.jobs.empty())
        run.run.forceStepPlan = false;
    if (run.run.requestVersion >= 2 && hasWaitingDiscovery(turn, run))
        return; // two steps in one answer: what comes next must be found once
    enqueue(turn, run,
            {.kind = JobKind::Discovery, .cause = step, .step = {}, .name = {}, .runAt = turn.now});
}

/// Stores a memo; the first one for a step wins (semantics §0.3/2).
bool saveMemo(Turn &turn, RunState &run, Memo memo)
{
    if (run.memoised.contains(memo.step))
        return false;
    memo.index = run.run.memoNext++;
    memo.at = turn.now;
    run.emptyAnswers = 0;
    run.fruitlessAnswers = 0;
    MemoPtr shared = std::make_shared<const Memo>(std::move(memo));
    turn.outcome.writes.emplace_back(MemoWrite{.run = run.run.id, .memo = shared});
    const qint64 addedBytes = shared->json.sizeBytes();
    keepMemo(run, std::move(shared));
    touch(turn, run);
    return checkState(turn, run, addedBytes);
}

void writeStep(JsonWriter &json, const StepOp &op)
{
    json.key("name").string(op.name).key("op").string(toName(op.code));
    if (op.userId.isEmpty())
        return;
    json.key("user_id").string(op.userId);
    json.key("user_index").value(op.userIndex);
}

QByteArray stepPayload(const StepOp &op, const Memo &memo)
{
    JsonWriter json;
    writeStep(json.beginObject(), op);
    if (memo.kind == MemoKind::Error)
        json.key("error").raw(op.error);
    else
        json.key("output_bytes").value(memo.json.sizeBytes());
    return json.endObject().take();
}

void completeStep(Applying &on, const StepOp &op, MemoKind kind, QByteArray json)
{
    Memo memo{.step = op.id,
              .kind = kind,
              .name = op.name,
              .json = RawJson::fromTrusted(std::move(json)),
              .at = {},
              .attempts = on.job.attempt + 1};
    const TimelineType type =
        kind == MemoKind::Error ? TimelineType::StepFailed : TimelineType::StepCompleted;
    const QByteArray payload = stepPayload(op, memo);
    const bool isRace = op.isRace || on.job.isRace;
    if (!saveMemo(on.turn, on.run, std::move(memo)))
        return; // reported again, which is no progress, or over a limit
    record(on.turn, on.run, type, op.id, on.job.attempt, payload);
    discoverAfter(on.turn, on.run, op.id, isRace);
}

QByteArray wrap(QByteArrayView key, const RawJson &value)
{
    JsonWriter json(value.sizeBytes() + 16);
    return json.beginObject().key(key).raw(value).endObject().take();
}

void applyStepRun(Applying &on, const StepOp &op)
{
    completeStep(on, op, MemoKind::Data, wrap("data", op.data));
}

void applyStep(Applying &on, const StepOp &op)
{
    completeStep(on, op, MemoKind::Plain, op.data.isEmpty() ? "null"_ba : op.data.bytes());
}

void applyStepFailed(Applying &on, const StepOp &op)
{
    completeStep(on, op, MemoKind::Error, wrap("error", op.error));
}

void applyStepPlanned(Applying &on, const StepOp &op)
{
    // Reported again while it is planned or done: harmless (protocol §8.3). Planned by the very
    // call that was to run it: no progress.
    if (on.run.memoised.contains(op.id) || op.id == on.job.step)
        return;
    const std::size_t before = on.run.jobs.size();
    enqueue(on.turn, on.run,
            {.kind = JobKind::Step,
             .cause = op.id,
             .step = op.id,
             .name = op.name,
             .runAt = on.turn.now,
             .isRace = op.isRace});
    if (on.run.jobs.size() == before)
        return;
    JsonWriter json;
    writeStep(json.beginObject(), op);
    record(on.turn, on.run, TimelineType::StepPlanned, op.id, -1, json.endObject().take());
}

/// A date as it is; a duration from now on, never too short (the clock has whole milliseconds).
TimePoint wakeTime(const Turn &turn, const StepOp &op)
{
    if (std::holds_alternative<TimePoint>(op.sleep))
        return std::get<TimePoint>(op.sleep);
    const auto duration = std::get<std::chrono::milliseconds>(op.sleep);
    if (duration <= std::chrono::milliseconds(0))
        return turn.now;
    // Whatever is over the limit is refused, so it need not be exact, only not overflow.
    const std::chrono::milliseconds most = longestSleep + std::chrono::hours(1);
    return turn.now + std::min(duration, most) + turn.state.options.clockStep;
}

void applySleep(Applying &on, const StepOp &op)
{
    if (on.run.memoised.contains(op.id))
        return;
    const TimePoint now = on.turn.now;
    const TimePoint until = wakeTime(on.turn, op);
    if (until - now > longestSleep + on.turn.state.options.clockStep) {
        failEarly(
            on.turn, on.run, "InngestErrTimeoutTooLong"_ba,
            "The sleep \"" + op.name
                + "\" ends more than one year in the future; sleeps may last at most one year.");
        return;
    }
    const std::size_t before = on.run.jobs.size();
    enqueue(on.turn, on.run,
            {.kind = JobKind::Sleep,
             .cause = op.id,
             .step = op.id,
             .name = op.name,
             .runAt = std::max(until, now),
             .isRace = op.isRace});
    if (on.run.jobs.size() == before)
        return;
    checkSleep(on.turn, on.run, op.name, until - now, longestSleep);
    JsonWriter json;
    json.beginObject().key("name").string(op.name);
    json.key("until").string(toRfc3339(std::max(until, now)));
    json.key("duration_ms").value(std::max(until - now, std::chrono::milliseconds(0)).count());
    record(on.turn, on.run, TimelineType::StepSleeping, op.id, -1, json.endObject().take());
}

void applyRunComplete(Applying &on, const StepOp &op)
{
    on.completed = &op.data;
}

void applyDiscoveryRequest(Applying &on, const StepOp &op)
{
    if (on.run.jobs.empty())
        return; // `redrive` discovers, and counts answers that bring nothing new
    enqueue(on.turn, on.run,
            {.kind = JobKind::Discovery,
             .cause = "request:" + op.id + ':' + QByteArray::number(on.run.run.generation),
             .step = {},
             .name = {},
             .runAt = on.turn.now});
}

void applyUnsupported(Applying &on, const StepOp &op)
{
    const QByteArray name = toName(op.code);
    failEarly(on.turn, on.run, "UnsupportedOpcode"_ba,
              "The step \"" + op.name + "\" needs the opcode " + name
                  + ", which this version of Redrive does not handle yet.");
}

void applyNothing(Applying &, const StepOp &) {}

void apply(Applying &on, const StepOp &op)
{
    const auto row =
        std::ranges::find_if(opTable, [&](const OpRow &each) { return each.code == op.code; });
    Q_ASSERT(row != opTable.end());
    row->apply(on, op);
}

/// Two or more ops at once, one of them asynchronous: a parallel group (protocol §8.4).
void noteGroup(Turn &turn, RunState &run, const std::vector<StepOp> &ops)
{
    std::vector<StepId> ids;
    int count = 0;
    bool hasAsync = false;
    for (const StepOp &op : ops) {
        if (isLazy(op.code))
            continue;
        ++count;
        hasAsync = hasAsync || op.code == OpCode::StepPlanned || op.code == OpCode::Sleep;
        // Nobody waits for a member of a race: each discovers by itself.
        if (!op.isRace && !run.memoised.contains(op.id))
            ids.push_back(op.id);
    }
    if (count < 2)
        return;
    run.run.forceStepPlan = true;
    if (run.run.requestVersion >= 2 && hasAsync)
        run.run.pending = std::move(ids);
    touch(turn, run);
}

/// Nothing new was reported: drive the run again, unless a branch of it is still at work.
void redrive(Turn &turn, RunState &run)
{
    if (!run.jobs.empty())
        return;
    run.run.pending.clear(); // members that the app lost would be waited for in vain
    if (++run.emptyAnswers > mostEmptyAnswers) {
        failEarly(turn, run, "NoProgress"_ba,
                  "The app answered " + QByteArray::number(run.emptyAnswers)
                      + " times in a row with nothing to do and no result.");
        return;
    }
    enqueue(turn, run,
            {.kind = JobKind::Discovery,
             .cause = "again:" + QByteArray::number(run.run.generation),
             .step = {},
             .name = {},
             .runAt = turn.now});
}

/// Steps that plan each other, or ask for discovery after discovery, would do so for ever.
bool goesInCircles(Turn &turn, RunState &run)
{
    if (++run.fruitlessAnswers <= mostFruitlessAnswers)
        return false;
    failEarly(turn, run, "NoProgress"_ba,
              "The app answered " + QByteArray::number(run.fruitlessAnswers)
                  + " times in a row without finishing a step.");
    return true;
}

/// The ops that make the job itself be tried again (semantics §2.7).
std::vector<const StepOp *> retriedOps(const Turn &turn, const Answered &answered,
                                       const std::vector<StepOp> &ops)
{
    std::vector<const StepOp *> retried;
    for (const StepOp &op : ops) {
        if (op.code == OpCode::StepError && mayRetry(turn, answered, op.error))
            retried.push_back(&op);
    }
    return retried;
}

AttemptEnd endOf(const std::vector<StepOp> &ops)
{
    AttemptEnd end;
    for (const StepOp &op : ops) {
        if (op.code == OpCode::StepError || op.code == OpCode::StepFailed)
            return {.outcome = AttemptOutcome::FinalError,
                    .error = op.error,
                    .next = {},
                    .step = op.id,
                    .stepName = op.name};
        if (op.code == OpCode::StepRun || op.code == OpCode::Step)
            end = {.outcome = AttemptOutcome::Ok,
                   .error = {},
                   .next = {},
                   .step = op.id,
                   .stepName = op.name};
    }
    return end;
}

void retrySteps(Turn &turn, const Answered &answered, const std::vector<const StepOp *> &ops)
{
    Job &job = answered.job.job;
    const int failed = job.attempt;
    if (job.step.isEmpty())
        job.name = ops.front()->name; // so that people see what is tried again
    answered.job.lastError = ops.front()->error;
    answered.job.failedRequest = answered.attempt.request;
    const TimePoint next = backOff(turn, answered);
    finishAttempt(turn, answered.run, answered.attempt, answered.answer,
                  {.outcome = AttemptOutcome::RetryableError,
                   .error = ops.front()->error,
                   .next = next,
                   .step = ops.front()->id,
                   .stepName = ops.front()->name});
    for (const StepOp *op : ops) {
        JsonWriter json;
        json.beginObject().key("name").string(op->name).key("error").raw(op->error);
        json.key("next_attempt_at").string(toRfc3339(next));
        record(turn, answered.run, TimelineType::StepErrored, op->id, failed,
               json.endObject().take());
    }
}

/// Too many at once: none of them is applied (protocol §8.8).
void refuseOps(Turn &turn, const Answered &answered)
{
    const QByteArray name = "InngestErrFunctionOverflowed"_ba;
    const QByteArray message =
        "The function run exceeded the step limit of 1000 steps: one answer had more of them."_ba;
    finishAttempt(turn, answered.run, answered.attempt, answered.answer,
                  {.outcome = AttemptOutcome::FinalError, .error = errorJson(name, message)});
    failEarly(turn, answered.run, name, message);
}

} // namespace

void applyOps(Turn &turn, const Answered &answered, const std::vector<StepOp> &ops)
{
    if (ops.size() > mostOpsPerAnswer) {
        refuseOps(turn, answered);
        return;
    }
    RunState &run = answered.run;
    if (run.run.requestVersion < 0 && answered.answer.requestVersion)
        run.run.requestVersion = *answered.answer.requestVersion;
    const Job job = answered.job.job;
    const std::vector<const StepOp *> retried = retriedOps(turn, answered, ops);
    if (!retried.empty()) {
        retrySteps(turn, answered, retried);
    } else {
        finishAttempt(turn, run, answered.attempt, answered.answer, endOf(ops));
        removeJob(turn, run, job.id);
    }
    noteGroup(turn, run, ops);
    const int memosBefore = run.run.memoNext;
    Applying on{.turn = turn, .run = run, .job = job};
    for (const StepOp &op : ops) {
        if (std::ranges::find(retried, &op) != retried.end())
            continue;
        apply(on, op);
        if (isTerminal(run.run.status))
            return;
    }
    if (on.completed != nullptr)
        complete(turn, run, *on.completed);
    else if (!retried.empty() || run.run.memoNext > memosBefore || !goesInCircles(turn, run))
        redrive(turn, run);
}

void wakeSleep(Turn &turn, const JobId &id, bool isByHand)
{
    const Job job = turn.state.jobs.at(id).job;
    RunState &run = turn.state.runs.at(job.run);
    removeJob(turn, run, id);
    Memo memo{.step = job.step,
              .kind = MemoKind::Sleep,
              .name = job.name,
              .json = RawJson::null(),
              .at = {}};
    if (saveMemo(turn, run, std::move(memo))) {
        JsonWriter json;
        json.beginObject().key("name").string(job.name);
        if (isByHand)
            json.key("skipped").value(true).key("until").string(toRfc3339(job.runAt));
        else
            json.key("late_ms").value((turn.now - job.runAt).count());
        record(turn, run, TimelineType::StepWoke, job.step, -1, json.endObject().take());
    }
    if (isTerminal(run.run.status))
        return;
    discoverAfter(turn, run, job.step, job.isRace);
    redrive(turn, run);
}

} // namespace devserver::engine
