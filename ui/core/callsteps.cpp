// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/callsteps.h"

#include "devserver/model/jsonvalue.h"
#include "ui/core/attemptmodel.h"
#include "ui/core/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Attempt;
using devserver::AttemptOutcome;

CallSteps::CallSteps(const devserver::api::RunRecord &record)
{
    for (const Attempt &attempt : record.attempts) {
        if (!attempt.step.isEmpty())
            m_named[{attempt.job, attempt.cycle}] = {.id = attempt.step, .name = attempt.stepName};
    }
}

CallSteps::Step CallSteps::of(const Attempt &attempt) const
{
    const Step own{.id = attempt.step, .name = attempt.stepName};
    if (!own.id.isEmpty() && !own.name.isEmpty())
        return own;
    // An answer without a step is about the code between them.
    if (own.id.isEmpty() && !hasBrokenOff(attempt))
        return own;
    const auto named = m_named.find({attempt.job, attempt.cycle});
    if (named == m_named.end() || (!own.id.isEmpty() && named->second.id != own.id))
        return own;
    return named->second;
}

bool hasBrokenOff(const Attempt &attempt)
{
    const bool hasFailed = attempt.outcome == AttemptOutcome::RetryableError
                           || attempt.outcome == AttemptOutcome::FinalError;
    if (attempt.httpStatus == 0) // in this process there is never one
        return attempt.outcome != AttemptOutcome::Ok && !(hasFailed && attempt.url.isEmpty());
    const auto code = devserver::JsonValue::of(attempt.error).find("code");
    return code && code->toUtf8() == "not_sdk"; // of a proxy before the app
}

bool isEndUnknown(const Attempt &attempt)
{
    // What the server itself breaks off when it stops has no next time yet.
    return attempt.outcome == AttemptOutcome::Interrupted && attempt.nextAttemptAt
           && attempt.finishedAt;
}

RetryFate retryFate(const devserver::api::RunRecord &record, const Attempt &attempt)
{
    using std::chrono::milliseconds;
    if (attempt.outcome != AttemptOutcome::RetryableError || !attempt.finishedAt)
        return {};
    const std::vector<Attempt> &all = record.attempts;
    auto next = std::find_if(all.begin(), all.end(), [&attempt](const Attempt &each) {
        return each.request == attempt.request;
    });
    if (next != all.end())
        next = std::find_if(next + 1, all.end(), [&attempt](const Attempt &each) {
            return each.job == attempt.job && each.cycle == attempt.cycle;
        });
    if (next != all.end())
        return {.kind = attempt.nextAttemptAt && next->sentAt < *attempt.nextAttemptAt
                            ? RetryFate::Kind::ByHand
                            : RetryFate::Kind::Came,
                .after = next->sentAt - *attempt.finishedAt};
    const bool isOver = isTerminal(record.run.status) || attempt.cycle != record.run.cycle;
    const bool isCancelled = record.run.status == devserver::RunStatus::Cancelled;
    return {.kind = !isOver       ? RetryFate::Kind::Planned
                    : isCancelled ? RetryFate::Kind::Cancelled
                                  : RetryFate::Kind::Dropped,
            .after = attempt.nextAttemptAt.value_or(*attempt.finishedAt) - *attempt.finishedAt};
}

QString attemptWord(const Attempt &attempt, RetryFate::Kind fate)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Attempts", text); };
    if (attempt.outcome != AttemptOutcome::RetryableError || fate == RetryFate::Kind::Planned)
        return attemptWord(attempt);
    return fate == RetryFate::Kind::Came || fate == RetryFate::Kind::ByHand
               ? tr("Failed (retried)")
               : tr("Failed (not retried)");
}

QString callDuration(const Attempt &attempt, devserver::TimePoint now)
{
    if (!attempt.finishedAt)
        return formatElapsed(now - attempt.sentAt);
    const QString took = formatDuration(*attempt.finishedAt - attempt.sentAt);
    return isEndUnknown(attempt) ? QCoreApplication::translate("Attempts", "at most %1").arg(took)
                                 : took;
}

QString shortCallDuration(const Attempt &attempt, devserver::TimePoint now)
{
    if (!isEndUnknown(attempt))
        return callDuration(attempt, now);
    return u"\u2264\u00a0"_s + formatDuration(*attempt.finishedAt - attempt.sentAt);
}

} // namespace console
