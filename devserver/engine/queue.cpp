// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Stage 7, queue: which job may run now, and when must we look again?

#include "devserver/engine/stages.h"

#include <algorithm>
#include <utility>

namespace devserver::engine {

namespace {

constexpr std::chrono::milliseconds longestProbe{5000};
constexpr std::chrono::seconds notSdkGrace{30};

QueueKey keyOf(const JobEntry &entry)
{
    return {.at = entry.job.runAt, .number = entry.number, .job = entry.job.id};
}

QByteArray nameOf(const AppEntry &app)
{
    return app.app.name.isEmpty() ? app.app.url : app.app.name;
}

QByteArray aboutOf(const AppEntry &app)
{
    return aboutApp(app.app.id);
}

QByteArray aboutOf(const Function &function)
{
    return "function:" + function.id.toText();
}

AppEntry &appOf(Turn &turn, const Job &job)
{
    const Function &function = turn.state.functions.at(turn.state.runs.at(job.run).run.function);
    return turn.state.apps.at(function.app);
}

void unpark(Turn &turn, const JobEntry &entry)
{
    const auto parked = turn.state.parked.find(turn.state.runs.at(entry.job.run).run.function);
    parked->second.erase(keyOf(entry));
    if (parked->second.empty())
        turn.state.parked.erase(parked);
}

void takeOutOfLine(Turn &turn, JobEntry &entry)
{
    if (entry.place == QueuePlace::Due)
        turn.state.due.erase(keyOf(entry));
    else if (entry.place == QueuePlace::Ready)
        appOf(turn, entry.job).ready.erase(keyOf(entry));
    else if (entry.place == QueuePlace::Parked)
        unpark(turn, entry);
    entry.place = QueuePlace::None;
}

void makeReady(Turn &turn, JobEntry &entry)
{
    AppEntry &app = appOf(turn, entry.job);
    if (app.isOffline && entry.job.state != JobState::AppOffline) {
        entry.job.state = JobState::AppOffline;
        turn.changedJobs.insert(entry.job.id);
        turn.changedRuns.insert(entry.job.run);
    } else if (!app.isOffline && entry.job.state == JobState::AppOffline) { // no more than in line
        entry.job.state = JobState::Queued;
        turn.changedJobs.insert(entry.job.id);
        turn.changedRuns.insert(entry.job.run);
    }
    entry.place = QueuePlace::Ready;
    if (!entry.firstEligibleAt)
        entry.firstEligibleAt = turn.now;
    app.ready.insert(keyOf(entry));
    turn.shownRuns.insert(entry.job.run);
}

/// Moves what is due on: sleeps wake, calls get in line for their app.
bool takeDue(Turn &turn)
{
    bool hasMoved = false;
    std::set<QueueKey> &due = turn.state.due;
    while (!due.empty() && due.begin()->at <= turn.now) {
        const JobId id = due.begin()->job;
        due.erase(due.begin());
        JobEntry &entry = turn.state.jobs.at(id);
        entry.place = QueuePlace::None;
        if (entry.job.kind == JobKind::Sleep)
            wakeSleep(turn, id, false);
        else
            makeReady(turn, entry);
        hasMoved = true;
    }
    return hasMoved;
}

bool leaseReady(Turn &turn, AppEntry &app)
{
    bool hasMoved = false;
    while (!app.isOffline && !app.ready.empty()
           && app.inFlight < turn.state.options.maxCallsPerApp) {
        JobEntry &entry = turn.state.jobs.at(app.ready.begin()->job);
        app.ready.erase(app.ready.begin());
        entry.place = QueuePlace::None;
        lease(turn, app, entry);
        hasMoved = true;
    }
    return hasMoved;
}

/// One that is moving, or refuses its calls, is asked to register instead: that something answers
/// says nothing of it.
bool isProbed(const AppEntry &app)
{
    return app.isOffline && !app.isProbing && !app.ready.empty() && !app.isMoving()
           && !app.isRefusing;
}

void setReadyJobs(Turn &turn, AppEntry &app, JobState state)
{
    for (const QueueKey &key : app.ready) {
        JobEntry &entry = turn.state.jobs.at(key.job);
        entry.job.state = state;
        turn.changedJobs.insert(key.job);
        turn.changedRuns.insert(entry.job.run);
    }
}

void probe(Turn &turn, AppEntry &app)
{
    if (!isProbed(app) || turn.now < app.nextProbe)
        return;
    const Job &job = turn.state.jobs.at(app.ready.begin()->job).job;
    const Function &function = turn.state.functions.at(turn.state.runs.at(job.run).run.function);
    app.isProbing = true;
    turn.outcome.actions.emplace_back(ProbeApp{.app = app.app.id, .url = function.config.url});
}

void tellOfPark(Turn &turn, const AppEntry &app, const QByteArray &why)
{
    notice(turn,
           Notice{.text = "app " + nameOf(app) + why + "; its runs wait, attempts are not used up",
                  .about = aboutOf(app)});
}

} // namespace

QByteArray aboutApp(const AppId &app)
{
    return "app:" + app.toText();
}

void enqueue(Turn &turn, RunState &run, NewJob fresh)
{
    JobId id = run.run.id.toText() + ':' + toName(fresh.kind) + ':' + fresh.cause;
    if (turn.state.jobs.contains(id))
        return;
    Job job{.id = id,
            .run = run.run.id,
            .kind = fresh.kind,
            .step = std::move(fresh.step),
            .name = std::move(fresh.name),
            .enqueuedAt = turn.now,
            .runAt = fresh.runAt,
            .firstEligibleAt = {},
            .request = {},
            .isRace = fresh.isRace};
    JobEntry &entry = turn.state.jobs.emplace(id, JobEntry{.job = std::move(job)}).first->second;
    entry.isStored = turn.goneJobs.contains(id); // removed and back in one step: the row is there
    run.jobs.insert(id);
    lineUp(turn, entry);
}

void requeue(Turn &turn, JobEntry &entry, TimePoint runAt)
{
    entry.job.enqueuedAt = turn.now;
    entry.job.runAt = runAt;
    entry.firstEligibleAt.reset();
    lineUp(turn, entry);
}

void lineUp(Turn &turn, JobEntry &entry)
{
    entry.number = turn.state.nextQueueNumber++;
    entry.place = QueuePlace::Due;
    turn.state.due.insert(keyOf(entry));
    turn.goneJobs.erase(entry.job.id);
    turn.changedJobs.insert(entry.job.id);
    turn.changedRuns.insert(entry.job.run);
}

void hurry(Turn &turn, JobEntry &entry)
{
    takeOutOfLine(turn, entry);
    entry.job.runAt = std::min(entry.job.runAt, turn.now);
    lineUp(turn, entry);
}

void removeJob(Turn &turn, RunState &run, const JobId &id)
{
    const auto found = turn.state.jobs.find(id);
    if (found == turn.state.jobs.end())
        return;
    JobEntry &entry = found->second;
    takeOutOfLine(turn, entry);
    if (!entry.job.request.isNull())
        discardAttempt(turn, entry.job.request);
    turn.changedJobs.erase(id);
    if (entry.isStored)
        turn.goneJobs.insert(id);
    run.jobs.erase(id);
    turn.state.jobs.erase(found);
}

void dispatch(Turn &turn)
{
    // A step may end a run, which starts its failure handler, which may be leased at once: go on
    // until nothing moves. Every round takes jobs out of line, so it ends.
    bool hasMoved = true;
    while (hasMoved) {
        hasMoved = takeDue(turn);
        if (turn.state.isStopping)
            break;
        for (auto &[id, app] : turn.state.apps)
            hasMoved = leaseReady(turn, app) || hasMoved;
    }
    for (auto &[id, app] : turn.state.apps)
        probe(turn, app);
}

std::optional<TimePoint> nextDeadline(const State &state)
{
    std::optional<TimePoint> next = nextBulkDeadline(state);
    if (!state.due.empty())
        next = std::min(next.value_or(state.due.begin()->at), state.due.begin()->at);
    for (const auto &[id, app] : state.apps) {
        if (isProbed(app))
            next = std::min(next.value_or(app.nextProbe), app.nextProbe);
    }
    return next;
}

void holdApp(Turn &turn, AppEntry &app)
{
    if (std::exchange(app.isOffline, true))
        return;
    app.probeInterval = firstProbe;
    app.nextProbe = turn.now + firstProbe;
    setReadyJobs(turn, app, JobState::AppOffline);
}

void parkApp(Turn &turn, AppEntry &app)
{
    if (app.isOffline)
        return;
    holdApp(turn, app);
    tellOfPark(turn, app, " cannot be reached");
}

void parkRefusing(Turn &turn, AppEntry &app)
{
    holdApp(turn, app);
    if (!std::exchange(app.isRefusing, true))
        tellOfPark(turn, app, " runs in cloud mode and refuses its calls");
}

void releaseApp(Turn &turn, AppEntry &app, const QByteArray &words)
{
    if (!app.isOffline || app.isMoving())
        return;
    app.isOffline = false;
    app.isRefusing = false;
    app.graceUntil = turn.now + notSdkGrace;
    notice(turn, Notice{.text = "app " + nameOf(app) + words,
                        .level = NoticeLevel::Info,
                        .about = aboutOf(app),
                        .isPassing = true});
    setReadyJobs(turn, app, JobState::Queued);
}

void parkJob(Turn &turn, const Function &function, JobEntry &entry)
{
    std::set<QueueKey> &parked = turn.state.parked[function.id];
    if (parked.empty())
        notice(turn, Notice{.text = "function " + function.config.slug
                                    + " is not registered any more; its runs wait for it, attempts"
                                      " are not used up",
                            .about = aboutOf(function)});
    parked.insert(keyOf(entry));
    entry.place = QueuePlace::Parked;
    entry.job.state = JobState::NoHandler;
    turn.changedJobs.insert(entry.job.id);
    turn.changedRuns.insert(entry.job.run);
}

void releaseFunction(Turn &turn, const Function &function)
{
    const auto parked = turn.state.parked.extract(function.id);
    if (parked.empty())
        return;
    notice(turn, Notice{.text = "function " + function.config.slug + " is registered again",
                        .level = NoticeLevel::Info,
                        .about = aboutOf(function),
                        .isPassing = true});
    for (const QueueKey &key : parked.mapped()) {
        JobEntry &entry = turn.state.jobs.at(key.job);
        entry.job.state = JobState::Queued;
        makeReady(turn, entry);
        turn.changedJobs.insert(entry.job.id);
        turn.changedRuns.insert(entry.job.run);
    }
}

void finishProbe(Turn &turn, const ProbeFinished &input)
{
    const auto found = turn.state.apps.find(input.app);
    if (found == turn.state.apps.end() || !found->second.isProbing)
        return;
    AppEntry &app = found->second;
    app.isProbing = false;
    if (input.isReachable) {
        if (!app.isRefusing) // found out meanwhile
            releaseApp(turn, app);
        return;
    }
    app.probeInterval = std::min(app.probeInterval * 2, longestProbe);
    app.nextProbe = turn.now + app.probeInterval;
}

} // namespace devserver::engine
