// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/engine/turn.h"

#include "devserver/model/jsonwriter.h"

#include <algorithm>

namespace devserver::engine {

namespace {

/// What a live run is doing, soonest first (semantics §1.1).
std::vector<Activity> activitiesOf(const Turn &turn, const RunState &run)
{
    std::vector<Activity> activities;
    activities.reserve(run.jobs.size());
    for (const JobId &id : run.jobs) {
        const Job &job = turn.state.jobs.at(id).job;
        Activity activity{.kind = ActivityKind::Queued,
                          .job = id,
                          .stepName = job.name,
                          .attempt = job.attempt,
                          .until = job.runAt};
        switch (job.state) {
        case JobState::Leased:
            activity.kind = ActivityKind::Executing;
            activity.until.reset();
            break;
        case JobState::BackingOff:
            activity.kind = ActivityKind::BackingOff;
            break;
        case JobState::AppOffline:
            activity.kind = ActivityKind::AppOffline;
            activity.until.reset();
            break;
        case JobState::Queued:
        case JobState::Interrupted:
            if (job.kind == JobKind::Sleep)
                activity.kind = ActivityKind::Sleeping;
            else if (job.runAt > turn.now)
                activity.kind = ActivityKind::Delayed;
            break;
        }
        activities.push_back(std::move(activity));
    }
    std::stable_sort(
        activities.begin(), activities.end(), [](const Activity &a, const Activity &b) {
            return a.until.value_or(TimePoint::min()) < b.until.value_or(TimePoint::min());
        });
    return activities;
}

} // namespace

void touch(Turn &turn, const RunState &run)
{
    turn.changedRuns.insert(run.run.id);
}

void record(Turn &turn, RunState &run, TimelineType type, const StepId &step, int attempt,
            QByteArray payload)
{
    TimelineRecord entry{.run = run.run.id,
                         .number = run.run.timelineNext++,
                         .at = turn.now,
                         .type = type,
                         .step = step,
                         .attempt = attempt,
                         .payload = RawJson::fromTrusted(std::move(payload))};
    turn.outcome.changes.emplace_back(entry);
    turn.outcome.writes.emplace_back(std::move(entry));
    touch(turn, run);
}

void moveTo(Turn &turn, RunState &run, RunStatus to, Cause cause)
{
    ++turn.state.transitions[transitionIndex(run.run.status, to, cause)];
    run.run.status = to;
    touch(turn, run);
}

void reply(Turn &turn, ReplyToken token,
           std::variant<EventsAccepted, SyncDone, VerbDone, Error> body)
{
    if (token != 0)
        turn.outcome.actions.emplace_back(Reply{.token = token, .body = std::move(body)});
}

void notice(Turn &turn, QByteArray text)
{
    turn.outcome.changes.emplace_back(Notice{.text = std::move(text)});
}

void flush(Turn &turn)
{
    Writes rows;
    rows.reserve(turn.changedRuns.size() + turn.changedJobs.size() + turn.outcome.writes.size()
                 + 8);
    for (const RunId &id : turn.changedRuns) {
        RunState &run = turn.state.runs.at(id);
        rows.emplace_back(run.run);
        run.isStored = true;
        const auto function = turn.state.functions.find(run.run.function);
        turn.outcome.changes.emplace_back(RunChanged{.run = run.run,
                                                     .slug = function == turn.state.functions.end()
                                                                 ? QByteArray()
                                                                 : function->second.config.slug,
                                                     .activities = activitiesOf(turn, run)});
        if (isTerminal(run.run.status))
            turn.state.runs.erase(id);
    }
    std::move(turn.outcome.writes.begin(), turn.outcome.writes.end(), std::back_inserter(rows));
    for (const JobId &id : turn.goneJobs)
        rows.emplace_back(JobGone{.job = id});
    for (const JobId &id : turn.changedJobs) {
        JobEntry &entry = turn.state.jobs.at(id);
        entry.isStored = true;
        rows.emplace_back(entry.job);
    }
    for (auto &[request, attempt] : turn.changedAttempts)
        rows.emplace_back(std::move(attempt));
    for (auto &[run, letter] : turn.changedLetters) {
        turn.outcome.changes.emplace_back(LetterChanged{.letter = letter});
        rows.emplace_back(std::move(letter));
    }
    turn.outcome.writes = std::move(rows);
}

} // namespace devserver::engine
