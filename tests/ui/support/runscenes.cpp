// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/runscenes.h"

#include "tests/ui/support/uifixture.h"

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::ActivityKind;
using devserver::LetterState;
using devserver::RunStatus;
using devserver::api::RunSummary;

namespace {

struct Job {
    const char *function;
    const char *app;
    const char *event;
    int steps;
};

constexpr Job jobs[] = {
    {"charge-order", "shop", "order/created", 5},
    {"resize-image", "media", "media/uploaded", 3},
    {"send-receipt", "shop", "order/paid", 2},
    {"sync-customer", "crm", "customer/updated", 8},
    {"nightly-report", "shop", "report/requested", 12},
};

void wait(RunSummary &run, ActivityKind kind, std::chrono::milliseconds left)
{
    devserver::Activity activity;
    activity.kind = kind;
    activity.until = noon() + 1h + left;
    run.activities = {activity};
}

void fail(RunSummary &run, const char *name, const char *message)
{
    run.errorName = name;
    run.errorMessage = message;
}

} // namespace

devserver::TimePoint noon()
{
    return std::chrono::sys_days(std::chrono::year(2030) / 1 / 1) + 12h;
}

RunSummary runIn(DisplayState state, WaitReason reason, int number)
{
    RunSummary run = runRow(number);
    const bool isLive = !hasEnded(state);
    run.status = isLive ? RunStatus::Running : RunStatus::Failed;
    run.stepsDone = isLive ? 2 : 3;
    run.stepsKnown = 4;
    if (isLive)
        run.endedAt.reset();
    switch (state) {
    case DisplayState::Queued:
        run.status = RunStatus::Queued;
        run.startedAt.reset();
        run.stepsDone = run.stepsKnown = run.attempt = 0;
        break;
    case DisplayState::Running:
        wait(run, ActivityKind::Executing, 0ms);
        break;
    case DisplayState::Waiting:
    case DisplayState::Paused:
        if (reason == WaitReason::Backoff) {
            wait(run, ActivityKind::BackingOff, 12s);
            fail(run, "TimeoutError", "POST https://api.stripe.com/v1/charges timed out");
            run.attempt = 3;
        } else if (reason == WaitReason::AppOffline) {
            wait(run, ActivityKind::AppOffline, 5s);
        } else {
            wait(run, ActivityKind::Sleeping, 2h);
        }
        break;
    case DisplayState::Completed:
        run.status = RunStatus::Completed;
        run.stepsDone = run.stepsKnown;
        break;
    case DisplayState::Dead:
        run.letter = LetterState::Open;
        run.attempt = 5;
        fail(run, "CardDeclinedError",
             "Your card was declined: insufficient funds (request req_8Zk2Lm0Qx)");
        break;
    case DisplayState::Failed:
        run.letter = LetterState::Discarded;
        run.attempt = 5;
        fail(run, "TypeError", "Cannot read properties of undefined (reading 'id')");
        break;
    case DisplayState::Cancelled:
        run.status = RunStatus::Cancelled;
        break;
    case DisplayState::Skipped:
        run.status = RunStatus::Skipped;
        run.startedAt.reset();
        run.stepsDone = run.stepsKnown = run.attempt = 0;
        break;
    }
    return run;
}

std::vector<RunSummary> sampleRuns()
{
    using enum DisplayState;
    static constexpr DisplayState states[] = {
        Running,   Running, Waiting, Completed, Dead,      Completed, Waiting, Completed, Queued,
        Completed, Failed,  Waiting, Cancelled, Completed, Completed, Skipped, Completed};
    static constexpr WaitReason reasons[] = {WaitReason::Backoff, WaitReason::Sleep,
                                             WaitReason::AppOffline};
    std::vector<RunSummary> runs;
    std::size_t waits = 0;
    int number = 3599;
    for (std::size_t at = 0; at < 42; ++at) {
        const DisplayState state = states[at % std::size(states)];
        const WaitReason reason =
            state == Waiting ? reasons[waits++ % std::size(reasons)] : WaitReason::None;
        RunSummary run = runIn(state, reason, number);
        const Job &job = jobs[(at * 7 + at / 5) % std::size(jobs)];
        run.functionName = job.function;
        run.appName = job.app;
        run.slug = run.appName + '-' + run.functionName;
        run.trigger = job.event;
        if (run.stepsKnown > 0) {
            run.stepsKnown = job.steps;
            run.stepsDone = state == Completed ? job.steps : job.steps / 2;
        }
        if (run.endedAt)
            run.endedAt = *run.startedAt + std::chrono::milliseconds(80 + (at * 977) % 9000);
        runs.push_back(run);
        number -= static_cast<int>(2 + at * at / 3);
    }
    return runs;
}

devserver::api::Counters sampleCounters()
{
    devserver::api::Counters counters;
    counters.all = 8214;
    counters.queued = 3;
    counters.running = 12;
    counters.waiting = 148;
    counters.completed = 7968;
    counters.failed = 4;
    counters.dead = 57;
    counters.cancelled = 19;
    counters.skipped = 3;
    return counters;
}

} // namespace console::test
