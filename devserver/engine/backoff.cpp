// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// How long until the next attempt (semantics §2.4, §2.5), and whether there is one (§2.2).

#include "devserver/engine/stages.h"
#include "devserver/model/jsonvalue.h"

#include <algorithm>
#include <array>

namespace devserver::engine {

using namespace std::chrono_literals;

namespace {

constexpr std::array<std::chrono::seconds, 10> table{15s,  30s,   60s,   120s,  300s,
                                                     600s, 1200s, 2400s, 3600s, 7200s};
constexpr std::uint64_t jitterMs = 30'000;
constexpr std::chrono::milliseconds shortestRetryAfter = 1s;
constexpr std::chrono::milliseconds longestRetryAfter = 24h;

struct ToDelay {
    TimePoint now;

    std::chrono::milliseconds operator()(std::chrono::seconds delay) const
    {
        // Clamped before it becomes milliseconds: seven digits of seconds are fine, more never
        // come.
        return std::min<std::chrono::milliseconds>(delay, longestRetryAfter);
    }

    std::chrono::milliseconds operator()(TimePoint at) const { return at - now; }
};

std::chrono::milliseconds delayAfter(Turn &turn, int failedAttempt, const CallAnswer &answer)
{
    if (answer.retryAfter)
        return std::clamp(std::visit(ToDelay{turn.now}, *answer.retryAfter), shortestRetryAfter,
                          longestRetryAfter);
    if (turn.state.options.retryInterval)
        return *turn.state.options.retryInterval;
    const auto row =
        static_cast<std::size_t>(std::clamp(failedAttempt, 0, static_cast<int>(table.size()) - 1));
    return table[row] + std::chrono::milliseconds(turn.state.ids.below(jitterMs));
}

bool saysNoRetry(const RawJson &error)
{
    const std::optional<JsonValue> flag = JsonValue::of(error).find("noRetry");
    return flag && flag->toBool().value_or(false);
}

} // namespace

bool mayRetry(const Turn &turn, const Answered &answered, const RawJson &error)
{
    // The header decides if there is one (protocol §8.6).
    if (answered.answer.noRetry ? *answered.answer.noRetry : saysNoRetry(error))
        return false;
    // The current configuration decides, also for a job that was already backing off.
    const Function &function = turn.state.functions.at(answered.run.run.function);
    return answered.job.job.attempt < function.config.retries;
}

TimePoint backOff(Turn &turn, const Answered &answered)
{
    Job &job = answered.job.job;
    if (answered.answer.hasBadRetryAfter)
        record(
            turn, answered.run, TimelineType::Warning, job.step, job.attempt,
            QByteArrayLiteral(
                R"({"message":"the Retry-After header cannot be read; the backoff table applies"})"));
    const TimePoint next =
        turn.now + turn.state.options.clockStep + delayAfter(turn, job.attempt, answered.answer);
    ++job.attempt;
    job.interruptions = 0;
    job.state = JobState::BackingOff;
    requeue(turn, answered.job, next);
    return next;
}

} // namespace devserver::engine
