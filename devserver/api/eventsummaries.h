// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "devserver/model/event.h"

#include <QByteArray>

#include <optional>
#include <vector>

/// Events in the window's lists, and what one of them did (summaries.h has the runs).
namespace devserver::api {

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
    QByteArray source; ///< who sent it, see Event::source
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
    std::vector<EventId> among = {}; ///< only these are looked at; empty: all
};

struct EventSummaryPage {
    std::vector<EventSummary> rows;
    PageToken next;
};

/// An event with all that is known of what it did. -> EventRecord, or NotFound
struct EventRecordQuery {
    EventId event;
};

/// The event that started a run which holds a key.
struct KeyHolder {
    RunId run;
    EventId event;
    TimePoint receivedAt;

    bool operator==(const KeyHolder &) const = default;
};

struct EventRecord {
    Event event;
    std::vector<RunSummary> runs; ///< started by it
    std::vector<Delivery> refusals;
    std::vector<KeyHolder> holders; ///< of the refusals that name a run; by run
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

} // namespace devserver::api
