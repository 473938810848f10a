// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Stage 9, call: a due job becomes one delivery of one attempt, recorded before it is sent.

#include "devserver/engine/stages.h"
#include "devserver/model/jsonwriter.h"

#include <algorithm>

namespace devserver::engine {

using namespace Qt::StringLiterals;

namespace {

QByteArray startedPayload(const Attempt &attempt)
{
    JsonWriter json;
    json.beginObject().key("request_id").string(attempt.request.toText());
    json.key("kind").string(toName(attempt.kind)).key("job_id").string(attempt.job);
    if (!attempt.url.isEmpty())
        json.key("url").string(attempt.url);
    json.key("max_attempts").value(attempt.maxAttempts);
    if (attempt.delivery > 0)
        json.key("delivery").value(attempt.delivery);
    return json.endObject().take();
}

/// Phases that took no time, as nearly always on a kept connection, are left out.
void writeTiming(JsonWriter &json, const CallTiming &timing)
{
    const std::pair<QByteArrayView, std::chrono::microseconds> phases[] = {
        {"dns_us", timing.dns},
        {"connect_us", timing.connect},
        {"tls_us", timing.tls},
        {"first_byte_us", timing.firstByte}};
    for (const auto &[key, length] : phases) {
        if (length.count() > 0)
            json.key(key).value(length.count());
    }
    json.key("duration_us").value(timing.total.count());
}

QByteArray finishedPayload(const Attempt &attempt)
{
    JsonWriter json;
    json.beginObject().key("request_id").string(attempt.request.toText());
    json.key("outcome").string(toName(attempt.outcome));
    if (attempt.httpStatus != 0)
        json.key("status").value(attempt.httpStatus);
    writeTiming(json, attempt.timing);
    if (attempt.noRetry)
        json.key("no_retry").value(true);
    if (!attempt.error.isEmpty())
        json.key("error").raw(attempt.error);
    if (attempt.nextAttemptAt)
        json.key("next_attempt_at").string(toRfc3339(*attempt.nextAttemptAt));
    return json.endObject().take();
}

/// The first call of a run is about to be sent (semantics §1.2). Of the parts of its delay (§1.5),
/// the last two are left out when there was none, as nearly always.
void start(Turn &turn, RunState &run, const JobEntry &entry)
{
    if (run.run.status != RunStatus::Queued)
        return;
    moveTo(turn, run, RunStatus::Running, Cause::FirstCall);
    run.run.startedAt = turn.now;
    JsonWriter json;
    json.beginObject().key("queue_delay_ms").value((turn.now - run.run.queuedAt).count());
    json.key("expected_delay_ms").value((run.run.scheduledAt - run.run.queuedAt).count());
    const TimePoint eligibleAt = entry.firstEligibleAt.value_or(turn.now);
    if (turn.now > eligibleAt)
        json.key("constraint_wait_ms").value((turn.now - eligibleAt).count());
    if (eligibleAt > run.run.scheduledAt)
        json.key("latency_ms").value((eligibleAt - run.run.scheduledAt).count());
    record(turn, run, TimelineType::RunStarted, {}, -1, json.endObject().take());
}

CallRequest requestFor(const RunState &run, const Attempt &attempt, const Function &function,
                       const AppEntry &app)
{
    return {.request = attempt.request,
            .run = run.run.id,
            .job = attempt.job,
            .app = app.app.id,
            .appKind = app.app.kind,
            .slug = function.config.slug,
            .url = function.config.url,
            .step = attempt.step,
            .attempt = attempt.attempt,
            .maxAttempts = attempt.maxAttempts,
            .generation = attempt.generation,
            .requestVersion = attempt.requestVersion,
            .forceStepPlan = attempt.forceStepPlan,
            .events = run.events,
            .memos = run.memos};
}

} // namespace

void lease(Turn &turn, AppEntry &app, JobEntry &entry)
{
    Job &job = entry.job;
    RunState &run = turn.state.runs.at(job.run);
    const Function &function = turn.state.functions.at(run.run.function);
    if (function.isArchived) {
        parkJob(turn, function, entry);
        return;
    }
    if (static_cast<int>(run.memos.size()) >= turn.state.options.stepLimit) {
        failEarly(turn, run, "InngestErrFunctionOverflowed"_ba,
                  "The function run exceeded the step limit of "
                      + QByteArray::number(turn.state.options.stepLimit) + " steps.");
        return;
    }
    start(turn, run, entry);
    Attempt attempt{.request = RequestId{turn.state.ids.next(turn.now)},
                    .run = run.run.id,
                    .job = job.id,
                    .kind = job.kind,
                    .step = job.step,
                    .stepName = job.name,
                    .attempt = job.attempt,
                    .maxAttempts = function.config.retries + 1,
                    .delivery = job.interruptions,
                    .cycle = run.run.cycle,
                    .url = function.config.url,
                    .generation = ++run.run.generation,
                    .requestVersion = run.run.requestVersion,
                    .forceStepPlan = run.run.forceStepPlan,
                    .memoCount = run.run.memoNext,
                    .enqueuedAt = job.enqueuedAt,
                    .runAt = job.runAt,
                    .firstEligibleAt = entry.firstEligibleAt,
                    .sentAt = turn.now};
    run.highestAttempt = std::max(run.highestAttempt, job.attempt + 1);
    job.state = JobState::Leased;
    job.request = attempt.request;
    turn.changedJobs.insert(job.id);
    record(turn, run, TimelineType::AttemptStarted, job.step, job.attempt, startedPayload(attempt));
    turn.outcome.actions.emplace_back(SendCall{requestFor(run, attempt, function, app)});
    const RequestId request = attempt.request;
    turn.changedAttempts[request] = attempt;
    turn.state.openCalls.emplace(request, OpenCall{std::move(attempt), app.app.id});
    ++app.inFlight;
}

void finishAttempt(Turn &turn, RunState &run, Attempt attempt, const CallAnswer &answer,
                   const AttemptEnd &end)
{
    attempt.finishedAt = turn.now;
    attempt.outcome = end.outcome;
    attempt.httpStatus = answer.httpStatus;
    attempt.responseHeaders = answer.headers;
    attempt.responseSize = answer.bodySize;
    attempt.error = end.error;
    attempt.noRetry = answer.noRetry.value_or(false);
    attempt.nextAttemptAt = end.next;
    attempt.timing = answer.timing;
    attempt.signature = answer.signature;
    // What a good answer said is in the memos and in the output; an error is kept as it came.
    if (end.outcome != AttemptOutcome::Ok)
        attempt.responseBody = answer.body;
    if (attempt.step.isEmpty()) {
        attempt.step = end.step;
        attempt.stepName = end.stepName;
    }
    record(turn, run, TimelineType::AttemptFinished, attempt.step, attempt.attempt,
           finishedPayload(attempt));
    const RequestId request = attempt.request;
    turn.changedAttempts[request] = std::move(attempt);
}

void discardAttempt(Turn &turn, const RequestId &request)
{
    const auto open = turn.state.openCalls.find(request);
    if (open == turn.state.openCalls.end())
        return;
    Attempt &attempt = open->second.attempt;
    attempt.finishedAt = turn.now;
    attempt.outcome = AttemptOutcome::Discarded;
    turn.changedAttempts[request] = attempt;
}

} // namespace devserver::engine
