// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Somebody does not want to wait: backoffs and sleeps end now.

#include "devserver/engine/stages.h"
#include "devserver/engine/verbs.h"
#include "devserver/model/jsonwriter.h"

namespace devserver::engine {

using namespace Qt::StringLiterals;

namespace {

Result<RunState *> liveRun(Turn &turn, RunId id)
{
    const auto live = turn.state.runs.find(id);
    if (live != turn.state.runs.end() && !isTerminal(live->second.run.status))
        return &live->second;
    const RunSnapshot *ended = recalledRun(turn, id);
    if (live == turn.state.runs.end() && ended == nullptr)
        return tl::unexpected(noRun(id));
    return tl::unexpected(conflict(
        u"the run has ended"_s,
        toName(live != turn.state.runs.end() ? live->second.run.status : ended->run.status)));
}

bool isBackingOff(const JobEntry &entry)
{
    return entry.job.state == JobState::BackingOff && entry.place == QueuePlace::Due;
}

bool isSleeping(const JobEntry &entry)
{
    return entry.job.kind == JobKind::Sleep;
}

/// The jobs that are meant: \a only, or all if it is empty.
template<typename Condition>
std::vector<JobId> waitingJobs(const Turn &turn, const RunState &run, const JobId &only,
                               Condition condition)
{
    std::vector<JobId> found;
    for (const JobId &id : run.jobs) {
        if ((only.isEmpty() || id == only) && condition(turn.state.jobs.at(id)))
            found.push_back(id);
    }
    return found;
}

} // namespace

Result<VerbDone> perform(Turn &turn, const RetryNow &verb)
{
    const Result<RunState *> run = liveRun(turn, verb.run);
    if (!run)
        return tl::unexpected(run.error());
    const std::vector<JobId> jobs = waitingJobs(turn, **run, verb.job, isBackingOff);
    if (jobs.empty())
        return failure(ErrorCode::Conflict, u"nothing here waits for its next attempt"_s);
    for (const JobId &id : jobs) {
        JobEntry &entry = turn.state.jobs.at(id);
        JsonWriter json;
        json.beginObject().key("name").string(entry.job.name);
        json.key("was_due_at").string(toRfc3339(entry.job.runAt));
        record(turn, **run, TimelineType::RetryRequested, entry.job.step, entry.job.attempt,
               json.endObject().take());
        hurry(turn, entry);
    }
    return VerbDone{.run = verb.run};
}

Result<VerbDone> perform(Turn &turn, const SkipSleep &verb)
{
    const Result<RunState *> run = liveRun(turn, verb.run);
    if (!run)
        return tl::unexpected(run.error());
    const std::vector<JobId> jobs = waitingJobs(turn, **run, verb.job, isSleeping);
    if (jobs.empty())
        return failure(ErrorCode::Conflict, u"nothing here sleeps"_s);
    for (const JobId &id : jobs) {
        if (turn.state.jobs.contains(id)) // an earlier one may have ended the run
            wakeSleep(turn, id, true);
    }
    return VerbDone{.run = verb.run};
}

} // namespace devserver::engine
