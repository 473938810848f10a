// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/filter.h"
#include "devserver/model/change.h"
#include "devserver/model/event.h"
#include "devserver/model/function.h"
#include "devserver/model/job.h"
#include "devserver/model/run.h"

#include <QByteArray>

#include <optional>
#include <vector>

/// What the window's lists show: small rows with everything a row needs, so that painting asks
/// nobody. Meaning only; words and looks are made in `ui/core`.
namespace devserver::api {

/// A row of Runs; also what changes of a run come as.
struct RunSummary {
    RunId id;
    QByteArray slug;
    QByteArray functionName;
    QByteArray appName;
    QByteArray trigger; ///< name of the first event
    QByteArray source;  ///< who sent it, see Event::source
    EventId event;      ///< the first one
    RunStatus status = RunStatus::Queued;
    std::vector<Activity> activities;  ///< of a live run, soonest first
    std::optional<LetterState> letter; ///< of a run that failed at least once
    int cycle = 0;
    int stepsDone = 0;
    int stepsKnown = 0; ///< done, planned and running
    int attempt = 0;    ///< the highest used by one step, counted from 1; 0: none yet
    int maxAttempts = 0;
    TimePoint queuedAt;
    std::optional<TimePoint> startedAt;
    std::optional<TimePoint> endedAt;
    /// Of a failed run, of the attempt that it backs off from, or of the one that was tried again
    /// when it was cancelled.
    QByteArray errorName;
    QByteArray errorMessage;    ///< first line, at most 200 bytes
    QByteArray fingerprint;     ///< signature of that error; only of a failed run with a letter
    RunId originalRun;          ///< of a rerun, else null
    bool isEditedRetry = false; ///< a rerun with other data than the dead letter that it is made of
    QByteArray key;             ///< idempotency key that its event's sender chose, or empty

    bool operator==(const RunSummary &) const = default;
};

enum class RunSort {
    Queued, ///< the order of ids; newest first is the default
    Started,
    Ended,
    Duration,
    Waited, ///< from queued to started
    Function,
    Trigger,
    State,
    Attempts,
};

/// Where a page ends: sort value and id of its last row; opaque to the window.
struct PageToken {
    QByteArray bytes; ///< empty: from the start, or no more pages

    [[nodiscard]] bool isEmpty() const { return bytes.isEmpty(); }

    bool operator==(const PageToken &) const = default;
};

/// The page behind the row with this id (16 bytes), for a list that let its end go. Only where the
/// order is that of the ids: runs as queued, events.
[[nodiscard]] inline PageToken pageBehind(const QByteArray &id)
{
    return {"i" + id};
}

/// -> RunPage
struct RunsQuery {
    Filter filter;
    RunSort sort = RunSort::Queued;
    bool isDescending = true;
    PageToken after;
    int limit = 500;
    std::vector<RunId> among = {}; ///< only these are looked at; empty: all
};

struct RunPage {
    std::vector<RunSummary> rows;
    PageToken next;
};

/// How many rows a filter finds. -> Count
struct CountQuery {
    enum class Of { Runs, Events, Letters };
    Of of = Of::Runs;
    Filter filter;
    bool isFull = false; ///< counts on after 10,000; for few and simple questions
};

struct Count {
    qint64 rows = 0;
    bool isExact = true; ///< else at least that many
};

/// One snapshot of everything that the run panel and the inspector show. -> RunRecord, or NotFound
struct RunRecordQuery {
    RunId run;
};

struct RunRecord {
    RunSummary summary;
    Run run;
    std::optional<Function> function; ///< as registered now
    std::vector<Job> jobs;            ///< of a live run
    std::vector<TimelineRecord> timeline;
    std::vector<Attempt> attempts; ///< by time sent
    std::vector<Memo> memos;       ///< by stack index, dropped ones too
    std::vector<Event> events;
    std::optional<DeadLetter> letter;
    /// Of the same first event or the same chain of reruns; what its failures started, or the run
    /// whose failure started it.
    std::vector<RunSummary> related;
};

/// Live runs that are not executing, soonest first. -> RunPage (without a next page)
struct WaitingQuery {
    int limit = 10'000;
};

/// What a server starts to count from: runs that have ended, by state, and events. Nothing is
/// written meanwhile. -> Counters
struct StockQuery {};

/// Numbers of the status bar and the navigation; at most 4 times a second.
struct Counters {
    qint64 all = 0; ///< runs
    qint64 queued = 0;
    qint64 running = 0; ///< executing now
    qint64 waiting = 0;
    qint64 completed = 0;
    qint64 failed = 0; ///< without an open letter
    qint64 dead = 0;   ///< with an open letter
    qint64 cancelled = 0;
    qint64 skipped = 0;
    qint64 events = 0;
    double eventsPerSecond = 0; ///< mean of the last second
    qint64 dataBytes = 0;

    bool operator==(const Counters &) const = default;
};

} // namespace devserver::api
