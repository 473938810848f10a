// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/engine/transitions.h"
#include "devserver/model/bulk.h"
#include "devserver/model/call.h"
#include "devserver/model/event.h"
#include "devserver/model/function.h"
#include "devserver/model/job.h"
#include "devserver/model/run.h"
#include "devserver/model/snapshot.h"

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_set>
#include <vector>

/// What is alive: apps, functions, runs that have not ended, their jobs. Ended runs are in the
/// store only. Sorted containers throughout wherever an order can reach an outcome (style.md 2.3).
namespace devserver::engine {

struct Options {
    std::uint64_t seed = 1;
    /// Fixed delay between attempts instead of the table of semantics §2.4.
    std::optional<std::chrono::milliseconds> retryInterval;
    /// What the clock cuts off: delays from now on get that much more, so that none is ever too
    /// short.
    std::chrono::milliseconds clockStep{0};
    int maxCallsPerApp = 1000;      ///< calls in flight to one app; more wait in order
    int stepLimit = 1000;           ///< memos of a run (semantics §5.13)
    qint64 stateLimit = 32LL << 20; ///< bytes of events and memos of a run
};

/// A run that has not ended.
struct RunState {
    Run run;
    std::vector<EventPtr> events;
    std::vector<MemoPtr> memos;          ///< the stack
    std::vector<MemoPtr> droppedMemos;   ///< taken off by a resume
    std::unordered_set<StepId> memoised; ///< looked up only, never iterated
    std::set<JobId> jobs;
    qint64 stateBytes = 0;
    int errorMemos = 0;       ///< on the stack
    int highestAttempt = 0;   ///< of a call since the last retry, counted from 1; for the window
    int emptyAnswers = 0;     ///< in a row; a loop of them is broken off
    int fruitlessAnswers = 0; ///< that were no errors, since the last memo; the same
    RawJson cancelledAfter;   ///< the error that was tried again when it was cancelled
    std::optional<DeadLetter> letter; ///< of a run that was resumed
    bool isStored = false;            ///< the row is on disk
    bool isEditedRetry = false;       ///< with other data than the dead letter; for the window
};

/// Where a job stands in line.
enum class QueuePlace {
    None,   ///< a call is in flight
    Due,    ///< in State::due, waits for its time
    Ready,  ///< in AppEntry::ready, waits for a place or for the app
    Parked, ///< in State::parked, waits for its function
};

/// A job, its place in line, and whether its row is on disk (a job that comes and goes in one step
/// is never written).
struct JobEntry {
    Job job;
    bool isStored = false;
    QueuePlace place = QueuePlace::None;
    std::uint64_t number = 0; ///< age in line
    RawJson lastError;        ///< why it is tried again
    RequestId failedRequest;  ///< the attempt of that error
    /// Goes into the job when its row is written anyway.
    std::optional<TimePoint> firstEligibleAt;
};

/// Order in which jobs run: due time, then age.
struct QueueKey {
    TimePoint at;
    std::uint64_t number = 0;
    JobId job;

    bool operator<(const QueueKey &other) const
    {
        return std::tie(at, number) < std::tie(other.at, other.number);
    }
};

/// From the moment that an app was found to be unreachable to the first question whether it is
/// back.
inline constexpr std::chrono::milliseconds firstProbe{250};

struct AppEntry {
    /// It was given another address and has not registered there: its calls wait.
    [[nodiscard]] bool isMoving() const
    {
        return !isPlaceholder && app.kind == AppKind::Http && !app.url.isEmpty()
               && app.checksum.isEmpty();
    }

    App app;
    bool isPlaceholder = false; ///< named, never synced; on disk only if it is kept
    bool isKept = false;        ///< of a placeholder: a person gave its address
    std::set<QueueKey> ready;   ///< due calls that wait for a place or for the app to come back
    int inFlight = 0;
    bool isOffline = false;
    bool isProbing = false;
    bool isRefusing = false; ///< offline because it refused a call: that something answers there
                             ///< says nothing; until a poll finds it good, or not there at all
    std::chrono::milliseconds probeInterval = firstProbe;
    TimePoint nextProbe;
    TimePoint graceUntil;       ///< answers that are not of an SDK are forgiven until then
    QByteArray refusal;         ///< why its last registration was refused; empty if it was not
    QByteArray refusalCode;     ///< of the same, as `App::error`
    bool isRefusalTold = false; ///< by a notice that nothing took the place of
    bool isConfirmed = false;   ///< it answered since the start, and not badly since
    int silences = 0;           ///< polls in a row that nothing answered; a scan begins anew
    AppId calledElsewhere; ///< of a placeholder: the app that registered there and is not called
                           ///< there
};

/// A delivery whose answer has not come.
struct OpenCall {
    Attempt attempt;
    AppId app;
};

/// A bulk retry that goes on, or was stopped while some of its runs are still retrying.
struct BulkEntry {
    using Pace = std::chrono::sys_time<std::chrono::microseconds>;

    Bulk bulk;
    std::vector<BulkItem> items;
    std::size_t firstWaiting = 0; ///< items before it are not waiting
    Pace nextAt;                  ///< when the next one may start
};

/// Where a retrying run belongs to.
struct BulkPlace {
    BulkId bulk;
    int index = 0;
};

struct State {
    explicit State(const Options &given);

    Options options;
    UlidSource ids;
    std::map<AppId, AppEntry> apps;
    std::map<FunctionId, Function> functions;
    std::map<QByteArray, FunctionId> bySlug;
    std::map<QByteArray, std::set<FunctionId>> byTrigger; ///< event name or pattern -> functions
    std::map<RunId, RunState> runs;
    std::map<JobId, JobEntry> jobs;
    std::set<QueueKey> due; ///< jobs that wait for their time
    /// Due calls of functions that are archived.
    std::map<FunctionId, std::set<QueueKey>> parked;
    std::uint64_t nextQueueNumber = 1;
    std::map<RequestId, OpenCall>
        openCalls; ///< deliveries in flight, also of runs that ended meanwhile
    std::map<BulkId, BulkEntry> bulks;
    std::map<RunId, BulkPlace> bulkRuns; ///< runs that a bulk retries right now
    bool isStopping = false;
    TimePoint nextRelease = TimePoint::max(); ///< of memos of discarded letters, or later
    QByteArray lastRefusal;       ///< of a registration; the same one is not told twice in a row
    AppId lastRefused;            ///< whose it was; null: it had no name
    TransitionCounts transitions; ///< how often each row was taken; for the coverage test
};

/// The app of a function; null only for a function whose app was never known.
[[nodiscard]] AppEntry *findApp(State &state, const Function &function);

/// Puts a memo on the stack of a run in memory.
void keepMemo(RunState &run, MemoPtr memo);

/// A run as it is on disk, without its jobs.
[[nodiscard]] RunState stateOf(const RunSnapshot &snapshot);

/// Rebuilds `byTrigger` and `bySlug` of one function after its row changed.
void indexFunction(State &state, const Function &function);

} // namespace devserver::engine
