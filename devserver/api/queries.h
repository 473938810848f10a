// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/eventsummaries.h"
#include "devserver/api/figures.h"
#include "devserver/api/lettersummaries.h"
#include "devserver/api/summaries.h"
#include "devserver/model/event.h"
#include "devserver/model/function.h"
#include "devserver/model/job.h"
#include "devserver/model/result.h"
#include "devserver/model/run.h"

#include <QByteArray>

#include <functional>
#include <optional>
#include <variant>
#include <vector>

/// Questions about what is stored, for the REST API and the window. Answered by the reader thread
/// from a read-only connection; they never pass through the engine (style.md 2.6). Lists are
/// keyset-paged, newest first.
namespace devserver::api {

/// `GET /v1/events` (protocol §12.2). -> EventPage
struct EventsQuery {
    int limit = 20;
    std::optional<EventId> before; ///< cursor: events older than this one
    QByteArray name;               ///< empty: all; system events are included
    std::optional<TimePoint> receivedAfter;
    std::optional<TimePoint> receivedBefore;
};

/// -> EventPage with one event, or NotFound
struct EventQuery {
    EventId event;
};

/// Runs that an event started, oldest first, and refusals. -> EventRuns, or NotFound for an unknown
/// event
struct EventRunsQuery {
    EventId event;
};

/// -> RunDetail, or NotFound
struct RunQuery {
    RunId run;
};

/// -> Timeline, or NotFound for an unknown run
struct TimelineQuery {
    RunId run;
};

/// -> Attempts, or NotFound for an unknown run
struct AttemptsQuery {
    RunId run;
};

/// Events and memos of a live run, as `use_api` fetches them (protocol §5.6). -> RunState, or
/// NotFound
struct RunStateQuery {
    RunId run;
};

/// Filter of dead letters; unset members do not filter.
struct LetterFilter {
    std::optional<LetterState> state;
    QByteArray function; ///< slug
    QByteArray fingerprint;
    std::optional<TimePoint> after;  ///< failed at or after
    std::optional<TimePoint> before; ///< failed before
};

/// -> LetterPage
struct LettersQuery {
    LetterFilter filter;
    int limit = 20;    ///< 1..100
    QByteArray cursor; ///< opaque `LetterPage::next`, empty for the first page
};

/// -> LetterGroups, most letters first
struct LetterGroupsQuery {
    LetterFilter filter;
};

/// -> LetterDetail, or NotFound
struct LetterQuery {
    RunId run;
};

/// Apps with their functions; empty name: all. -> Catalog
struct CatalogQuery {
    QByteArray appName;
};

using Query = std::variant<EventsQuery, EventQuery, EventRunsQuery, RunQuery, TimelineQuery,
                           AttemptsQuery, RunStateQuery, LettersQuery, LetterGroupsQuery,
                           LetterQuery, CatalogQuery, RunsQuery, CountQuery, EventListQuery,
                           EventRecordQuery, EventNamesQuery, RunRecordQuery, LetterListQuery,
                           LetterGroupListQuery, LetterIdsQuery, WaitingQuery, BulksQuery,
                           FunctionStatsQuery, LastRunsQuery, StorageQuery, StockQuery>;

struct EventPage {
    std::vector<Event> events;
};

/// A run with the names that only its function knows.
struct RunDetail {
    Run run;
    QByteArray slug;
    QByteArray functionName;
    std::vector<Job> jobs; ///< of a live run
};

struct EventRuns {
    std::vector<RunDetail> runs;
    std::vector<Delivery> refusals;
};

struct Timeline {
    std::vector<TimelineRecord> records;
};

struct Attempts {
    std::vector<Attempt> attempts; ///< by time sent
    std::vector<Memo> memos;   ///< all of the run by stack index, to show what a request carried
    std::vector<Event> events; ///< of the run, for the same
};

struct RunState {
    RunStatus status = RunStatus::Running;
    std::vector<Event> events;
    std::vector<Memo> memos; ///< live ones in stack order
};

struct LetterDetail {
    DeadLetter letter;
    QByteArray slug;
    QByteArray functionName;
    int functionVersion = 1;
    EventId event;                 ///< the first one of its run
    std::vector<Attempt> attempts; ///< empty in lists
    std::vector<Event> events;     ///< empty in lists
};

struct LetterPage {
    std::vector<LetterDetail> letters;
    QByteArray next; ///< empty on the last page
};

struct LetterGroup {
    QByteArray fingerprint;
    QByteArray slug;
    RawJson error; ///< of the newest letter
    int count = 0;
    TimePoint firstSeen;
    TimePoint lastSeen;
};

struct LetterGroups {
    std::vector<LetterGroup> groups;
};

struct CatalogApp {
    App app;
    std::vector<Function> functions;
};

struct Catalog {
    std::vector<CatalogApp> apps;
};

using QueryAnswer =
    std::variant<EventPage, EventRuns, RunDetail, Timeline, Attempts, RunState, LetterPage,
                 LetterGroups, LetterDetail, Catalog, RunPage, Count, EventSummaryPage, EventRecord,
                 EventNames, RunRecord, LetterSummaryPage, LetterGroupList, LetterIds, Bulks,
                 FunctionStats, StorageUse, Counters>;

/// Runs a query and calls back once, on the thread of the caller.
using QueryRunner = std::function<void(Query, std::function<void(Result<QueryAnswer>)>)>;

} // namespace devserver::api
