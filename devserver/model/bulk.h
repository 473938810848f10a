// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"

#include <QByteArray>

#include <optional>
#include <vector>

/// Many dead letters retried as one operation that survives a restart (semantics §9.5, ui.md §11).
namespace devserver {

using BulkId = Id<struct BulkTag, Ulid>;

/// How a bulk retry goes about it.
struct BulkPlan {
    QByteArray title;          ///< for people: `48 letters in "TimeoutError"`
    std::vector<RunId> runs;   ///< the letters, in this order
    bool triesOneFirst = true; ///< the rest only if the first one completes
    int perSecond = 50;        ///< 0: all at once
    int stopAfterSame = 3; ///< stop when so many failed again with their old fingerprint; 0: never

    bool operator==(const BulkPlan &) const = default;
};

enum class BulkState {
    Running = 1,
    Done,
    StoppedByHand,
    StoppedByErrors, ///< the canary failed, or the same error came back too often
};

enum class BulkItemState {
    Waiting = 1, ///< not touched yet; stays so when the bulk is stopped
    Retrying,
    Completed,
    FailedAgain,
    Refused, ///< not open any more, or its function is gone
    Cancelled,
};

/// What became of one letter; in the order of the plan.
struct BulkItem {
    RunId run;
    BulkItemState state = BulkItemState::Waiting;
    QByteArray detail; ///< why it was refused

    bool operator==(const BulkItem &) const = default;
};

/// One operation as lists show it; the items are rows of their own.
struct Bulk {
    BulkId id;
    BulkState state = BulkState::Running;
    QByteArray title;
    bool triesOneFirst = true;
    int perSecond = 50;
    int stopAfterSame = 3;
    int total = 0;
    int waiting = 0;
    int retrying = 0;
    int completed = 0;
    int failedAgain = 0;
    int refused = 0;   ///< also those cancelled meanwhile
    int sameError = 0; ///< failed again with their old fingerprint
    TimePoint startedAt;
    std::optional<TimePoint> endedAt;

    bool operator==(const Bulk &) const = default;
};

[[nodiscard]] QByteArray toName(BulkState state);
[[nodiscard]] QByteArray toName(BulkItemState state);

} // namespace devserver
