// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Stage 10, apply: sorts an answer by what it is, and handles those that are errors (semantics §2).

#include "devserver/engine/registrations.h"
#include "devserver/engine/stages.h"
#include "devserver/model/jsonwriter.h"

namespace devserver::engine {

using namespace std::chrono_literals;

namespace {

/// The attempt is not used up; the job is delivered again with the same index.
void deliverAgain(Turn &turn, const Answered &answered, JobState state, TimePoint at)
{
    answered.job.job.state = state;
    requeue(turn, answered.job, at);
}

/// An SDK in cloud mode sends us away before it looks at the function. That lasts until the app
/// runs in dev mode, which the poll finds out.
bool isRefusal(const CallAnswer &answer)
{
    const auto *error = std::get_if<AnswerError>(&answer.outcome);
    return error != nullptr && error->isCloudMode;
}

struct ApplyOutcome {
    Turn &turn;
    const Answered &answered;
    AppEntry &app;

    void operator()(const AnswerOps &ops) const { applyOps(turn, answered, ops.ops); }

    void operator()(const AnswerResult &result) const
    {
        RunState &run = answered.run;
        finishAttempt(turn, run, answered.attempt, answered.answer, {});
        removeJob(turn, run, answered.job.job.id);
        complete(turn, run, result.result);
    }

    void operator()(const AnswerError &error) const
    {
        if (error.isCloudMode) {
            waitForApp(error.error, turn.now);
            parkRefusing(turn, app);
        } else if (!error.isSdk && turn.now < app.graceUntil) {
            // The app has just come back or changed: a dev server shows its error page meanwhile.
            waitForApp(error.error, turn.now + redeliveryDelay);
        } else {
            failAttempt(turn, answered, error.error);
        }
    }

    void operator()(const AppUnreachable &unreachable) const
    {
        waitForApp(unreachable.error, turn.now);
        parkApp(turn, app);
    }

    void operator()(const CallAborted &) const
    {
        finishAttempt(turn, answered.run, answered.attempt, answered.answer,
                      {.outcome = AttemptOutcome::Interrupted,
                       .error = {},
                       .next = {},
                       .step = {},
                       .stepName = {}});
        ++answered.job.job.interruptions;
        deliverAgain(turn, answered, JobState::Interrupted, turn.now + redeliveryDelay);
    }

private:
    /// Nothing of the function was run.
    void waitForApp(const RawJson &error, TimePoint at) const
    {
        finishAttempt(turn, answered.run, answered.attempt, answered.answer,
                      {.outcome = AttemptOutcome::AppOffline,
                       .error = error,
                       .next = at > turn.now ? std::optional(at) : std::nullopt,
                       .step = {},
                       .stepName = {}});
        deliverAgain(turn, answered, JobState::AppOffline, at);
    }
};

/// An answer that nobody waits for any more: shown with its attempt, otherwise ignored.
void noteLateAnswer(Turn &turn, Attempt attempt, const CallAnswer &answer)
{
    attempt.httpStatus = answer.httpStatus;
    attempt.responseHeaders = answer.headers;
    attempt.responseSize = answer.bodySize;
    attempt.timing = answer.timing;
    attempt.signature = answer.signature;
    attempt.outcome = AttemptOutcome::Discarded;
    if (!attempt.finishedAt)
        attempt.finishedAt = turn.now;
    turn.changedAttempts[attempt.request] = std::move(attempt);
}

} // namespace

void applyAnswer(Turn &turn, const CallFinished &input)
{
    const auto known = turn.state.openCalls.find(input.request);
    if (known == turn.state.openCalls.end() || known->second.attempt.run != input.run
        || known->second.attempt.job != input.job)
        return;
    auto open = turn.state.openCalls.extract(known);
    const auto app = turn.state.apps.find(open.mapped().app);
    if (app == turn.state.apps.end())
        return;
    --app->second.inFlight;
    const bool hasAnswered = !std::holds_alternative<AppUnreachable>(input.answer.outcome)
                             && !std::holds_alternative<CallAborted>(input.answer.outcome);
    noteCall(turn, app->second, input.answer);
    if (hasAnswered && !isRefusal(input.answer))
        releaseApp(turn, app->second);

    const auto job = turn.state.jobs.find(input.job);
    if (job == turn.state.jobs.end() || job->second.job.request != input.request) {
        noteLateAnswer(turn, std::move(open.mapped().attempt), input.answer);
        return;
    }
    RunState &run = turn.state.runs.at(job->second.job.run);
    job->second.job.request = {};
    job->second.job.state = JobState::Queued;
    touch(turn, run);
    checkAnswer(turn, run, input.answer);
    const Answered answered{.run = run,
                            .job = job->second,
                            .attempt = std::move(open.mapped().attempt),
                            .answer = input.answer};
    std::visit(ApplyOutcome{turn, answered, app->second}, input.answer.outcome);
}

void failAttempt(Turn &turn, const Answered &answered, const RawJson &error)
{
    if (mayRetry(turn, answered, error)) {
        if (answered.job.job.step.isEmpty())
            answered.job.job.name.clear(); // the body is tried again, whatever failed before
        answered.job.lastError = error;
        answered.job.failedRequest = answered.attempt.request;
        const TimePoint next = backOff(turn, answered);
        finishAttempt(turn, answered.run, answered.attempt, answered.answer,
                      {.outcome = AttemptOutcome::RetryableError,
                       .error = error,
                       .next = next,
                       .step = {},
                       .stepName = {}});
        return;
    }
    finishAttempt(turn, answered.run, answered.attempt, answered.answer,
                  {.outcome = AttemptOutcome::FinalError,
                   .error = error,
                   .next = {},
                   .step = {},
                   .stepName = {}});
    const int attempts = answered.job.job.attempt + 1;
    removeJob(turn, answered.run, answered.job.job.id);
    finish(turn, answered.run,
           {.status = RunStatus::Failed,
            .output = error,
            .cancelCause = {},
            .letterReason = {},
            .attempts = attempts});
}

} // namespace devserver::engine
