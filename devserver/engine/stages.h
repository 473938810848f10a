// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/engine/turn.h"

#include <optional>

/// The stages of an event in the order in which they happen (style.md 2.2); each in the file of its
/// name. Every function takes the step in progress and fills its outcome.
namespace devserver::engine {

/// The text of Event::source.
[[nodiscard]] QByteArray sourceOf(const State &state, const EventSender &sender);

// 3 ingest: id, time, de-duplication, event row
void ingest(Turn &turn, const EventsReceived &input);
/// Stores an event that the engine itself makes (semantics §11) and matches it.
void ingestSystemEvent(Turn &turn, QByteArray name, QByteArray id, QByteArray data,
                       const Event &about);

// 4 match: event -> functions, with a verdict for each candidate
struct MatchCount {
    int runs = 0;
    int refusals = 0;
};

MatchCount match(Turn &turn, const EventPtr &event);

// 5 gate: may this event start this function?
/// The event ids that earlier runs hold (semantics §3.2).
void takeHeldKeys(Turn &turn);
[[nodiscard]] std::optional<Delivery> gate(Turn &turn, const Function &function,
                                           const Event &event);

// 6 schedule: run row, first job
struct RunOrigin {
    const char *source = "event"; ///< `event`, `invoke`, `rerun`, `retry`
    RunId originalRun;            ///< of a rerun: first of the chain
    RunId retryOf;                ///< whose dead letter was retried with other data
    QByteArray note = {};         ///< why, in the words of who did that
    std::vector<MemoPtr> memos;   ///< that it takes over
    int requestVersion = -1;      ///< in which they were made
};

RunId schedule(Turn &turn, const Function &function, std::vector<EventPtr> events,
               const RunOrigin &origin);

// 7 queue: which job may run now, next deadline (queue.cpp)
struct NewJob {
    JobKind kind = JobKind::Discovery;
    QByteArray cause; ///< with run and kind it makes the id
    StepId step;
    QByteArray name;
    TimePoint runAt;
    bool isRace = false;
};

/// Does nothing if the job exists already (semantics §0.3/4).
void enqueue(Turn &turn, RunState &run, NewJob fresh);
/// Puts a job back for another delivery or attempt at \a runAt.
void requeue(Turn &turn, JobEntry &entry, TimePoint runAt);
/// Puts a job in line as it is, at the end of those with the same `runAt`.
void lineUp(Turn &turn, JobEntry &entry);
/// A job that waits for its time is due now.
void hurry(Turn &turn, JobEntry &entry);
void removeJob(Turn &turn, RunState &run, const JobId &id);
/// Runs all that is due: wakes sleeps, leases calls, starts probes.
void dispatch(Turn &turn);
[[nodiscard]] std::optional<TimePoint> nextDeadline(const State &state);
/// Calls of this app wait from now on.
void holdApp(Turn &turn, AppEntry &app);
/// As above, for an app that did not answer; that is told.
void parkApp(Turn &turn, AppEntry &app);
/// As above, for an app that refused a call: no probe lets them go, a good poll or a sync does.
void parkRefusing(Turn &turn, AppEntry &app);
/// Of notices that tell the state of this app.
[[nodiscard]] QByteArray aboutApp(const AppId &app);
/// Lets its calls go, and tells that with \a words behind its name.
void releaseApp(Turn &turn, AppEntry &app, const QByteArray &words = " is back");
/// A due call of a function that is archived waits until it is registered again (semantics §9.5).
void parkJob(Turn &turn, const Function &function, JobEntry &entry);
void releaseFunction(Turn &turn, const Function &function);
void finishProbe(Turn &turn, const ProbeFinished &input);

// 9 call: leases a due job and records its attempt (attempts.cpp)
void lease(Turn &turn, AppEntry &app, JobEntry &entry);

struct AttemptEnd {
    AttemptOutcome outcome = AttemptOutcome::Ok;
    RawJson error;
    std::optional<TimePoint> next; ///< when the next attempt is due
    StepId step;                   ///< that the answer was about, if the call did not target one
    QByteArray stepName;
};

void finishAttempt(Turn &turn, RunState &run, Attempt attempt, const CallAnswer &answer,
                   const AttemptEnd &end);
/// The run ended while the call was in flight: whatever it answers is not used.
void discardAttempt(Turn &turn, const RequestId &request);

// 10 apply: answers -> memos, jobs, timeline (ops.cpp, errors.cpp)
/// An answer that belongs to the live delivery of a live job.
struct Answered {
    RunState &run;
    JobEntry &job;
    Attempt attempt;
    const CallAnswer &answer;
};

void applyAnswer(Turn &turn, const CallFinished &input);
void applyOps(Turn &turn, const Answered &answered, const std::vector<StepOp> &ops);
/// A sleep is over, or somebody does not want to wait for its end.
void wakeSleep(Turn &turn, const JobId &id, bool isByHand);
/// An attempt of a job failed at function level (semantics §2.8).
void failAttempt(Turn &turn, const Answered &answered, const RawJson &error);
/// Puts the job back for its next attempt, and says when that is due.
TimePoint backOff(Turn &turn, const Answered &answered);
[[nodiscard]] bool mayRetry(const Turn &turn, const Answered &answered, const RawJson &error);

// 11 finish: terminal state, failure handler, system events
struct Ending {
    RunStatus status = RunStatus::Completed;
    RawJson output;
    QByteArray cancelCause;
    QByteArray letterReason; ///< `limit_exceeded`, or empty: it follows from the attempts
    int attempts = 0;        ///< of what failed
};

void finish(Turn &turn, RunState &run, const Ending &ending);
/// The function returned; fails the run if its state has no room for that.
void complete(Turn &turn, RunState &run, const RawJson &output);
/// An error of our own, as SDKs write theirs.
[[nodiscard]] RawJson errorJson(const QByteArray &name, const QByteArray &message);
/// Fails the run at once, whatever attempts remain (semantics §2.8 "fail-early").
void failEarly(Turn &turn, RunState &run, const QByteArray &name, const QByteArray &message);

// limits (limits.cpp): what is near one is told in the timeline (semantics §5.13)
/// After a memo of so many bytes. \returns whether there is room; else the run has failed.
[[nodiscard]] bool checkState(Turn &turn, RunState &run, qint64 addedBytes);
/// The output of the function counts as state. \returns as checkState.
[[nodiscard]] bool checkOutput(Turn &turn, RunState &run, const RawJson &output);
void checkAnswer(Turn &turn, RunState &run, const CallAnswer &answer);
void checkSleep(Turn &turn, RunState &run, const QByteArray &name, std::chrono::milliseconds length,
                std::chrono::hours longest);

// dead letters (letters.cpp)
void writeLetter(Turn &turn, RunState &run, const Ending &ending);
void closeLetter(Turn &turn, RunState &run, const Ending &ending);
[[nodiscard]] QByteArray fingerprint(const RawJson &error);

// catalogue of apps and functions (catalog.cpp)
void sync(Turn &turn, const FunctionsSynced &input);
void nameApp(Turn &turn, const AppNamed &input);
void removeApp(Turn &turn, const AppRemoved &input);
void moveApp(Turn &turn, const AppMoved &input);
void notePoll(Turn &turn, const AppPolled &input);
void noteRefusal(Turn &turn, const SyncRefused &input);

// what the window is told of a run (changes.cpp)
[[nodiscard]] RunChanged changeOf(const Turn &turn, const RunState &run);

// bulk retries (bulk.cpp)
void restoreBulk(State &state, const BulkSnapshot &snapshot);
/// Paces go on from now.
void repairBulks(Turn &turn);
/// Letters whose runs must be recalled, because they are to be retried in this step.
[[nodiscard]] std::vector<RunId> dueBulkRuns(const State &state, TimePoint now);
/// Retries what is due and was recalled.
void advanceBulks(Turn &turn);
/// The run has just ended; its letter is written.
void tellBulk(Turn &turn, const RunState &run);
[[nodiscard]] std::optional<TimePoint> nextBulkDeadline(const State &state);
void flushBulks(Turn &turn, Writes &rows);

// verbs of people (verbs.cpp) and repair after a crash (restore.cpp)
void obey(Turn &turn, const VerbRequested &input);
void repair(Turn &turn, const Restored &input);
/// Memos of letters that were discarded long ago; about once a day.
void releaseDiscarded(Turn &turn);

} // namespace devserver::engine
