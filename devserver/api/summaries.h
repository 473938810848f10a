// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/filter.h"
#include "devserver/model/bulk.h"
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
    QByteArray errorName;    ///< of a failed run, or of the attempt that it backs off from
    QByteArray errorMessage; ///< first line, at most 200 bytes
    RunId originalRun;       ///< of a rerun, else null
    QByteArray key;          ///< idempotency key that its event's sender chose, or empty

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

/// -> RunPage
struct RunsQuery {
    Filter filter;
    RunSort sort = RunSort::Queued;
    bool isDescending = true;
    PageToken after;
    int limit = 500;
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

/// A run that an event started, as much as a chip shows.
struct StartedRun {
    RunId id;
    QByteArray functionName;
    RunStatus status = RunStatus::Queued;
    std::optional<ActivityKind> activity;
    std::optional<LetterState> letter;

    bool operator==(const StartedRun &) const = default;
};

/// A row of Events.
struct EventSummary {
    EventId internalId;
    QByteArray id; ///< the sender's, or the internal one as text
    bool hasOwnId = false;
    QByteArray name;
    TimePoint ts;
    TimePoint receivedAt;
    QByteArray preview; ///< of `data`, one line, at most 120 characters
    qint64 sizeBytes = 0;
    QByteArray target; ///< slug if it was made by an invocation
    std::vector<StartedRun> started;
    int refusals = 0;

    bool operator==(const EventSummary &) const = default;
};

/// Newest first. Internal events (`inngest/…`) only when the filter asks for them (`is:internal`)
/// or names one. -> EventSummaryPage
struct EventListQuery {
    Filter filter;
    PageToken after;
    int limit = 500;
};

struct EventSummaryPage {
    std::vector<EventSummary> rows;
    PageToken next;
};

/// An event with all that is known of what it did. -> EventRecord, or NotFound
struct EventRecordQuery {
    EventId event;
};

struct EventRecord {
    Event event;
    std::vector<RunSummary> runs; ///< started by it
    std::vector<Delivery> refusals;
};

/// Names of events that were received, with the newest one's time; for completion. -> EventNames
struct EventNamesQuery {};

struct EventName {
    QByteArray name;
    TimePoint lastSeen;
    qint64 count = 0;
};

struct EventNames {
    std::vector<EventName> names;
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
    std::vector<RunSummary> related; ///< of the same first event or the same chain of reruns
};

/// A row of Dead letters.
struct LetterSummary {
    RunId run;
    QByteArray slug;
    QByteArray functionName;
    QByteArray appName;
    LetterState state = LetterState::Open;
    int cycle = 0; ///< how often it was retried before
    TimePoint failedAt;
    QByteArray reason; ///< code of semantics §9.4
    QByteArray errorName;
    QByteArray errorMessage; ///< first line, at most 200 bytes
    QByteArray fingerprint;
    QByteArray failedStepName; ///< empty: the body
    int failedStepAttempts = 0;
    int maxAttempts = 0;
    QByteArrayList keptSteps; ///< names that a retry reuses
    QByteArray preview;       ///< of the event's data, at most 120 characters
    QByteArray discardReason; ///< of a discarded one
    std::optional<TimePoint> closedAt;

    bool operator==(const LetterSummary &) const = default;
};

/// Newest failure first. Without a `state:` term: open and retrying ones. -> LetterSummaryPage
struct LetterListQuery {
    Filter filter;
    QByteArray fingerprint; ///< empty: all
    QByteArray slug;        ///< empty: all
    PageToken after;
    int limit = 500;
};

struct LetterSummaryPage {
    std::vector<LetterSummary> rows;
    PageToken next;
};

/// Groups by function and error signature, largest first. -> LetterGroupList
struct LetterGroupListQuery {
    Filter filter;
    bool isByHour = false; ///< and by the hour of the failure, in UTC
};

struct LetterGroupRow {
    QByteArray fingerprint;
    QByteArray slug;
    QByteArray functionName;
    QByteArray appName;
    QByteArray errorName;
    QByteArray errorMessage; ///< of the newest letter
    int count = 0;
    TimePoint firstSeen;
    TimePoint lastSeen;
    std::optional<TimePoint> hour; ///< its beginning, if it was asked for
    /// 30 equal parts of the time between the first and now, or of the hour.
    std::vector<int> trend;

    bool operator==(const LetterGroupRow &) const = default;
};

struct LetterGroupList {
    std::vector<LetterGroupRow> groups;
};

/// All open letters of a selection, for a bulk retry or discard. -> LetterIds
struct LetterIdsQuery {
    Filter filter;
    QByteArray fingerprint;
    QByteArray slug;
};

struct LetterIds {
    std::vector<RunId> runs;
};

/// Live runs that are not executing, soonest first. -> RunPage (without a next page)
struct WaitingQuery {
    int limit = 10'000;
};

/// Bulk retries, newest first, with those that have ended. -> Bulks
struct BulksQuery {};

struct Bulks {
    std::vector<Bulk> bulks;
};

/// Last runs and durations of one function. -> FunctionStats
struct FunctionStatsQuery {
    QByteArray slug;
};

struct FunctionStats {
    std::vector<RunSummary> last; ///< at most 50, newest first
    qint64 completed = 0;         ///< of the last 1,000 ended ones
    qint64 failed = 0;
    std::optional<std::chrono::milliseconds> median; ///< of the completed ones
    std::optional<std::chrono::milliseconds> p95;
};

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
