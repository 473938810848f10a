// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/job.h"

#include <chrono>
#include <optional>

namespace devserver {

/// The instants of an attempt (semantics §1.5), which follow from what is recorded of it.
///
/// The phases of a call count from when it really left, which is after the commit of the step that
/// leased it: the first three are early by the length of that commit.
struct AttemptTimes {
    /// A connection was there. None if that is not known: nothing was reached, the function is in
    /// this process, or a kept connection broke before it answered.
    std::optional<TimePoint> connectedAt;
    std::optional<TimePoint> firstByteAt; ///< none for a function in this process
    std::optional<TimePoint> respondedAt; ///< the answer was complete, or was broken off
    /// The step that recorded the outcome; durable with its commit.
    std::optional<TimePoint> recordedAt;

    bool operator==(const AttemptTimes &) const = default;
};

[[nodiscard]] AttemptTimes timesOf(const Attempt &attempt);

/// Why an attempt was not sent earlier (semantics §1.5); each at least 0.
struct QueueDelays {
    std::chrono::milliseconds expected{};       ///< sleep, backoff, future start
    std::chrono::milliseconds constraintWait{}; ///< app offline or busy, function gone
    std::chrono::milliseconds latency{};        ///< of the server itself

    bool operator==(const QueueDelays &) const = default;
};

/// None for records of before format 5.
[[nodiscard]] std::optional<QueueDelays> delaysOf(const Attempt &attempt);

} // namespace devserver
