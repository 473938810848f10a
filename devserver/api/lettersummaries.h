// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/filter.h"
#include "devserver/api/summaries.h"
#include "devserver/model/bulk.h"
#include "devserver/model/job.h"

#include <QByteArray>
#include <QByteArrayList>

#include <optional>
#include <vector>

/// Dead letters and bulk retries in the window's lists (summaries.h has the runs).
namespace devserver::api {

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
    /// 30 equal parts of the time between the oldest letter of all groups and now, which they have
    /// in common, or of the hour.
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

/// Bulk retries, newest first, with those that have ended. -> Bulks
struct BulksQuery {};

struct Bulks {
    std::vector<Bulk> bulks;
};

} // namespace devserver::api
