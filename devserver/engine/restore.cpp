// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// After a crash: the state is built from rows, and what was half done is put right (semantics
// §10.3).

#include "devserver/engine/engine.h"
#include "devserver/engine/stages.h"
#include "devserver/model/jsonwriter.h"

namespace devserver::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostInterruptions = 10;
constexpr std::chrono::hours releasePause{24};

/// Jobs of functions whose app is unknown queue at an entry that is not on disk.
void restoreApp(State &state, const Function &function)
{
    AppEntry &entry = state.apps[function.app];
    if (entry.app.id.isNull()) {
        entry.isPlaceholder = true;
        entry.app.id = function.app;
    }
}

/// The server died during the call: same attempt index, new request, after a short delay.
/// \returns  whether the call is made again; else this was its last chance, and it has failed
bool redeliver(Turn &turn, RunState &run, const JobId &id, Attempt attempt)
{
    JobEntry &entry = turn.state.jobs.at(id);
    entry.job.request = {};
    ++entry.job.interruptions;
    if (entry.job.interruptions >= mostInterruptions) {
        const QByteArray message = "worker lost: the server died "
                                   + QByteArray::number(entry.job.interruptions)
                                   + " times during this attempt";
        const RawJson error = errorJson("WorkerLost"_ba, message);
        const CallAnswer answer;
        failAttempt(turn,
                    {.run = run, .job = entry, .attempt = std::move(attempt), .answer = answer},
                    error);
        return false;
    }
    const TimePoint next = turn.now + redeliveryDelay;
    finishAttempt(turn, run, std::move(attempt), {},
                  {.outcome = AttemptOutcome::Interrupted, .next = next});
    entry.job.state = JobState::Interrupted;
    requeue(turn, entry, next);
    return true;
}

QByteArrayView nameOf(RestoreCause cause)
{
    return cause == RestoreCause::Disk ? "disk" : "restart";
}

/// One record for all calls of the run that were broken off.
void tellRecovered(Turn &turn, RunState &run, RestoreCause cause, int calls)
{
    const QByteArray message =
        "calls that were broken off are made again: " + QByteArray::number(calls);
    JsonWriter json;
    json.beginObject().key("message").string(message);
    json.key("cause").string(nameOf(cause)).key("calls").value(calls);
    json.key("kept_steps").value(static_cast<qint64>(run.memos.size()));
    record(turn, run, TimelineType::RunRecovered, {}, -1, json.endObject().take());
}

/// No run may be left without a job, or it would be running for ever (semantics §10.3/9).
void driveOn(Turn &turn, RunState &run, RestoreCause cause)
{
    JsonWriter json;
    json.beginObject().key("message").string("the run had no pending work");
    json.key("cause").string(nameOf(cause));
    record(turn, run, TimelineType::RunRecovered, {}, -1, json.endObject().take());
    enqueue(turn, run,
            {.kind = run.run.startedAt ? JobKind::Discovery : JobKind::Start,
             .cause = "recovered:" + QByteArray::number(run.run.generation),
             .step = {},
             .name = {},
             .runAt = turn.now});
}

/// After a full disk they were taken back, as all that never registered.
void tellKeptAddresses(Turn &turn)
{
    for (const auto &[id, entry] : turn.state.apps) {
        if (entry.isKept)
            turn.outcome.changes.emplace_back(AppChanged{.app = entry.app});
    }
}

} // namespace

void Engine::restore(const Snapshot &snapshot)
{
    m_state.ids.startAfter(snapshot.lastId);
    for (const App &app : snapshot.apps) {
        AppEntry &entry = m_state.apps[app.id];
        entry.app = app;
        entry.isPlaceholder = app.kind == AppKind::Http && app.name.isEmpty();
        entry.isKept = entry.isPlaceholder;
        entry.isOffline = entry.isMoving();
    }
    for (const Function &function : snapshot.functions) {
        m_state.functions.emplace(function.id, function);
        indexFunction(m_state, function);
        restoreApp(m_state, function);
    }
    for (const RunSnapshot &each : snapshot.runs) {
        RunState run = stateOf(each);
        for (const Job &job : each.jobs) {
            run.jobs.insert(job.id);
            m_state.jobs.emplace(
                job.id,
                JobEntry{.job = job, .isStored = true, .firstEligibleAt = job.firstEligibleAt});
        }
        for (const JobError &failed : each.jobErrors) {
            if (const auto job = m_state.jobs.find(failed.job); job != m_state.jobs.end()) {
                job->second.lastError = failed.error;
                job->second.failedRequest = failed.request;
            }
        }
        for (const Attempt &attempt : each.openAttempts)
            m_state.openCalls.emplace(attempt.request, OpenCall{.attempt = attempt, .app = {}});
        m_state.runs.emplace(each.run.id, std::move(run));
    }
    for (const BulkSnapshot &each : snapshot.bulks)
        restoreBulk(m_state, each);
}

void repair(Turn &turn, const Restored &input)
{
    tellKeptAddresses(turn);
    repairBulks(turn);
    const std::map<RequestId, OpenCall> interrupted = std::exchange(turn.state.openCalls, {});
    std::vector<RunId> live;
    live.reserve(turn.state.runs.size());
    for (const auto &[id, run] : turn.state.runs)
        live.push_back(id);
    for (const RunId &id : live) {
        RunState &run = turn.state.runs.at(id);
        const std::set<JobId> jobs = run.jobs;
        int calls = 0; // that are made again
        for (const JobId &job : jobs) {
            if (isTerminal(run.run.status))
                break;
            JobEntry &entry = turn.state.jobs.at(job);
            const auto open = interrupted.find(entry.job.request);
            if (!entry.job.request.isNull() && open != interrupted.end()) {
                calls += redeliver(turn, run, job, open->second.attempt) ? 1 : 0;
                continue;
            }
            // The server was stopped during the call, and could still record that.
            calls += entry.job.state == JobState::Interrupted ? 1 : 0;
            entry.job.request = {};
            if (entry.job.state == JobState::AppOffline || entry.job.state == JobState::Leased
                || entry.job.state == JobState::NoHandler)
                entry.job.state = JobState::Queued;
            lineUp(turn, entry);
        }
        if (isTerminal(run.run.status))
            continue;
        if (calls > 0)
            tellRecovered(turn, run, input.cause, calls);
        if (run.jobs.empty())
            driveOn(turn, run, input.cause);
    }
    releaseDiscarded(turn);
}

/// Without a deadline of its own: where nothing happens, nothing grows.
void releaseDiscarded(Turn &turn)
{
    turn.outcome.writes.emplace_back(ReleaseDiscarded{.before = turn.now - restoreWindow});
    turn.state.nextRelease = turn.now + releasePause;
}

} // namespace devserver::engine
