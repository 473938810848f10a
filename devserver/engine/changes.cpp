// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What the window's list of runs shows of a run; all of it is at hand here.

#include "devserver/engine/stages.h"

#include <algorithm>

namespace devserver::engine {

namespace {

Activity activityOf(const JobEntry &entry, TimePoint now)
{
    const Job &job = entry.job;
    Activity activity{.kind = ActivityKind::Queued,
                      .job = job.id,
                      .stepName = job.name,
                      .attempt = job.attempt,
                      .until = job.runAt};
    const bool isInLine = entry.place == QueuePlace::Ready; // due, but its app is busy
    switch (job.state) {
    case JobState::Leased:
        activity.kind = ActivityKind::Executing;
        activity.until.reset();
        break;
    case JobState::BackingOff:
        if (!isInLine)
            activity.kind = ActivityKind::BackingOff;
        break;
    case JobState::AppOffline:
        activity.kind = ActivityKind::AppOffline;
        activity.until.reset();
        break;
    case JobState::NoHandler:
        activity.kind = ActivityKind::NoHandler;
        activity.until.reset();
        break;
    case JobState::Queued:
    case JobState::Interrupted:
        if (job.kind == JobKind::Sleep)
            activity.kind = ActivityKind::Sleeping;
        else if (job.runAt > now)
            activity.kind = ActivityKind::Delayed;
        break;
    }
    return activity;
}

/// What a live run is doing, soonest first (semantics §1.1).
std::vector<Activity> activitiesOf(const Turn &turn, const RunState &run)
{
    std::vector<Activity> activities;
    activities.reserve(run.jobs.size());
    for (const JobId &id : run.jobs)
        activities.push_back(activityOf(turn.state.jobs.at(id), turn.now));
    std::stable_sort(
        activities.begin(), activities.end(), [](const Activity &a, const Activity &b) {
            return a.until.value_or(TimePoint::min()) < b.until.value_or(TimePoint::min());
        });
    return activities;
}

/// Steps that are planned, running or tried again (by a discovery, which then has their name).
int openSteps(const Turn &turn, const RunState &run)
{
    return static_cast<int>(std::count_if(run.jobs.begin(), run.jobs.end(), [&](const JobId &id) {
        const Job &job = turn.state.jobs.at(id).job;
        return job.kind == JobKind::Step || job.kind == JobKind::Sleep || !job.name.isEmpty();
    }));
}

RawJson errorOf(const Turn &turn, const RunState &run)
{
    if (run.run.status == RunStatus::Failed)
        return run.run.output;
    if (run.run.status == RunStatus::Cancelled)
        return run.cancelledAfter;
    const JobEntry *soonest = nullptr;
    for (const JobId &id : run.jobs) {
        const JobEntry &entry = turn.state.jobs.at(id);
        if (!entry.lastError.isEmpty() && entry.job.state != JobState::Leased
            && (soonest == nullptr || entry.job.runAt < soonest->job.runAt))
            soonest = &entry;
    }
    return soonest == nullptr ? RawJson() : soonest->lastError;
}

std::optional<LetterState> letterStateOf(const Turn &turn, const RunState &run)
{
    if (const auto changed = turn.changedLetters.find(run.run.id);
        changed != turn.changedLetters.end())
        return changed->second.state;
    return run.letter ? std::optional(run.letter->state) : std::nullopt;
}

} // namespace

RunChanged changeOf(const Turn &turn, const RunState &run)
{
    const Event &first = *run.events.front();
    const int memos = static_cast<int>(run.memos.size());
    RunChanged change{.run = run.run,
                      .slug = {},
                      .activities = activitiesOf(turn, run),
                      .trigger = first.name,
                      .source = first.source,
                      .key = run.run.scheduleKey,
                      .isEditedRetry = run.isEditedRetry,
                      .stepsDone = memos - run.errorMemos,
                      .stepsKnown = memos + openSteps(turn, run),
                      .attempt = run.highestAttempt,
                      .letter = letterStateOf(turn, run),
                      .error = errorOf(turn, run)};
    const auto function = turn.state.functions.find(run.run.function);
    if (function != turn.state.functions.end()) {
        change.slug = function->second.config.slug;
        change.maxAttempts = function->second.config.retries + 1;
    }
    return change;
}

} // namespace devserver::engine
