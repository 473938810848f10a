// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/attempttimes.h"

#include <algorithm>

namespace devserver {

using std::chrono::microseconds;
using std::chrono::milliseconds;

AttemptTimes timesOf(const Attempt &attempt)
{
    const CallTiming &timing = attempt.timing;
    const auto after = [&attempt](microseconds passed) {
        return attempt.sentAt + std::chrono::duration_cast<milliseconds>(passed);
    };
    AttemptTimes times{
        .connectedAt = {}, .firstByteAt = {}, .respondedAt = {}, .recordedAt = attempt.finishedAt};
    const microseconds connected = timing.dns + timing.connect + timing.tls;
    const bool isAnswered = timing.firstByte > microseconds(0);
    if (isAnswered)
        times.firstByteAt = after(timing.firstByte);
    if (isAnswered || connected > microseconds(0)) // over a kept connection at once
        times.connectedAt = after(isAnswered ? std::min(connected, timing.firstByte) : connected);
    const bool isInProcess = attempt.url.isEmpty();
    if (timing.total > microseconds(0) && (attempt.httpStatus != 0 || isInProcess))
        times.respondedAt = after(timing.total);
    return times;
}

std::optional<QueueDelays> delaysOf(const Attempt &attempt)
{
    if (!attempt.enqueuedAt || !attempt.runAt || !attempt.firstEligibleAt)
        return std::nullopt;
    const auto since = [](TimePoint from, TimePoint to) {
        return std::max(to - from, milliseconds(0));
    };
    const TimePoint due = std::max(*attempt.runAt, *attempt.enqueuedAt);
    return QueueDelays{.expected = since(*attempt.enqueuedAt, *attempt.runAt),
                       .constraintWait = since(*attempt.firstEligibleAt, attempt.sentAt),
                       .latency = since(due, *attempt.firstEligibleAt)};
}

} // namespace devserver
