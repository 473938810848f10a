// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"

#include <QString>

#include <chrono>
#include <map>
#include <utility>
#include <vector>

/// What the calls of a run were about: one truth for the drawing and for all lists.
namespace console {

/// The step of each call. All calls for one job belong to one step, which may only have been named
/// by the answer to the last of them: a call that broke off before its answer was of that step.
/// Cost of making it: O(n log n) in the attempts.
class CallSteps
{
public:
    struct Step {
        devserver::StepId id; ///< empty: the code between the steps, or not known
        QByteArray name;
    };

    CallSteps() = default;
    explicit CallSteps(const devserver::api::RunRecord &record);

    [[nodiscard]] Step of(const devserver::Attempt &attempt) const;

private:
    // A job that is made again after a retry by hand has the same id, but may be of another step.
    std::map<std::pair<devserver::JobId, int>, Step> m_named;
};

/// No answer of the app came that could say which step it was.
[[nodiscard]] bool hasBrokenOff(const devserver::Attempt &attempt);

/// The server died meanwhile: when it did is not known, only when it was there again.
[[nodiscard]] bool isEndUnknown(const devserver::Attempt &attempt);

/// How long calls were under way that broke off so: at most so long the server was down meanwhile.
[[nodiscard]] std::chrono::milliseconds
downTime(const std::vector<const devserver::Attempt *> &attempts);

/// `at most 7.1 s`, and where there is little room `≤ 7.1 s`.
[[nodiscard]] QString atMost(std::chrono::milliseconds duration);
[[nodiscard]] QString shortAtMost(std::chrono::milliseconds duration);

/// What came of an attempt that failed and was to be retried.
struct RetryFate {
    enum class Kind {
        Planned, ///< or of an attempt that was not to be retried
        Came,
        ByHand,    ///< before it was due
        Cancelled, ///< with the run, before it was due
        Dropped,   ///< the run ended otherwise
    };

    Kind kind = Kind::Planned;
    std::chrono::milliseconds after{}; ///< the failure: when it came, or was to come

    bool operator==(const RetryFate &) const = default;
};

/// Cost O(n) in the attempts.
[[nodiscard]] RetryFate retryFate(const devserver::api::RunRecord &record,
                                  const devserver::Attempt &attempt);

/// The same where \a next, the call for the same job that followed, is known; null: there is none.
[[nodiscard]] RetryFate retryFate(const devserver::api::RunRecord &record,
                                  const devserver::Attempt &attempt,
                                  const devserver::Attempt *next);

/// Of an attempt that was to be retried, what came, not what was planned before it: `Retry after
/// 4 s`, `Retried after 5.0 s by hand`, `Was to be retried after 48 s; cancelled before`.
[[nodiscard]] QString retryWords(const devserver::Attempt &attempt, const RetryFate &fate);

/// `Failed (will retry)`, or `(retried)`, `(not retried)` as it came.
[[nodiscard]] QString failedWord(RetryFate::Kind fate);

/// The same of an attempt that was to be retried; of others `attemptWord`.
[[nodiscard]] QString attemptWord(const devserver::Attempt &attempt, RetryFate::Kind fate);

/// How long a call took, or takes; `at most 7.1 s` where its end is not known.
[[nodiscard]] QString callDuration(const devserver::Attempt &attempt, devserver::TimePoint now);

/// The same of a cell, where there is little room: `≤ 7.1 s`.
[[nodiscard]] QString shortCallDuration(const devserver::Attempt &attempt,
                                        devserver::TimePoint now);

} // namespace console
