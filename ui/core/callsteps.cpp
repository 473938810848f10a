// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/callsteps.h"

#include "devserver/model/jsonvalue.h"
#include "ui/core/attemptmodel.h"
#include "ui/core/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

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
    // Of a proxy before the app, or of an SDK that does not take the call.
    return code && (code->toUtf8() == "not_sdk" || code->toUtf8() == "cloud_mode");
}

bool isEndUnknown(const Attempt &attempt)
{
    // What the server itself breaks off when it stops has no next time yet.
    return attempt.outcome == AttemptOutcome::Interrupted && attempt.nextAttemptAt
           && attempt.finishedAt;
}

RetryFate retryFate(const devserver::api::RunRecord &record, const Attempt &attempt)
{
    if (attempt.outcome != AttemptOutcome::RetryableError) // most: no search for each of them
        return {};
    const std::vector<Attempt> &all = record.attempts;
    auto next = std::find_if(all.begin(), all.end(), [&attempt](const Attempt &each) {
        return each.request == attempt.request;
    });
    if (next != all.end())
        next = std::find_if(next + 1, all.end(), [&attempt](const Attempt &each) {
            return each.job == attempt.job && each.cycle == attempt.cycle;
        });
    return retryFate(record, attempt, next == all.end() ? nullptr : &*next);
}

RetryFate retryFate(const devserver::api::RunRecord &record, const Attempt &attempt,
                    const Attempt *next)
{
    if (attempt.outcome != AttemptOutcome::RetryableError || !attempt.finishedAt)
        return {};
    if (next != nullptr)
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

QString failedWord(RetryFate::Kind fate)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Attempts", text); };
    switch (fate) {
    case RetryFate::Kind::Planned:
        return tr("Failed (will retry)");
    case RetryFate::Kind::Came:
    case RetryFate::Kind::ByHand:
        return tr("Failed (retried)");
    case RetryFate::Kind::Cancelled:
    case RetryFate::Kind::Dropped:
        return tr("Failed (not retried)");
    }
    Q_UNREACHABLE();
}

QString attemptWord(const Attempt &attempt, RetryFate::Kind fate)
{
    return attempt.outcome == AttemptOutcome::RetryableError ? failedWord(fate)
                                                             : attemptWord(attempt);
}

QString retryWords(const Attempt &attempt, const RetryFate &fate)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Attempts", text); };
    const QString after = formatDuration(fate.after);
    switch (fate.kind) {
    case RetryFate::Kind::Planned:
        return attempt.nextAttemptAt && attempt.finishedAt ? tr("Retry after %1").arg(after)
                                                           : tr("Retry");
    case RetryFate::Kind::Came:
        return tr("Retried after %1").arg(after);
    case RetryFate::Kind::ByHand:
        return tr("Retried after %1 by hand").arg(after);
    case RetryFate::Kind::Cancelled:
        return tr("Was to be retried after %1; cancelled before").arg(after);
    case RetryFate::Kind::Dropped:
        return tr("Was to be retried after %1; the run ended before").arg(after);
    }
    Q_UNREACHABLE();
}

std::chrono::milliseconds downTime(const std::vector<const Attempt *> &attempts)
{
    // Calls that were under way side by side broke off together.
    using Span = std::pair<devserver::TimePoint, devserver::TimePoint>;
    std::vector<Span> spans;
    for (const Attempt *attempt : attempts) {
        if (isEndUnknown(*attempt))
            spans.emplace_back(attempt->sentAt, *attempt->finishedAt);
    }
    std::sort(spans.begin(), spans.end());
    std::chrono::milliseconds sum{};
    std::optional<devserver::TimePoint> end;
    for (const Span &span : spans) {
        const devserver::TimePoint from = std::max(span.first, end.value_or(span.first));
        if (span.second <= from)
            continue;
        sum += span.second - from;
        end = span.second;
    }
    return sum;
}

QString atMost(std::chrono::milliseconds duration)
{
    return QCoreApplication::translate("Attempts", "at most %1").arg(formatDuration(duration));
}

QString shortAtMost(std::chrono::milliseconds duration)
{
    return u"\u2264\u00a0"_s + formatDuration(duration);
}

QString callDuration(const Attempt &attempt, devserver::TimePoint now)
{
    if (!attempt.finishedAt)
        return formatElapsed(now - attempt.sentAt);
    const auto took = *attempt.finishedAt - attempt.sentAt;
    return isEndUnknown(attempt) ? atMost(took) : formatDuration(took);
}

QString shortCallDuration(const Attempt &attempt, devserver::TimePoint now)
{
    if (!isEndUnknown(attempt))
        return callDuration(attempt, now);
    return shortAtMost(*attempt.finishedAt - attempt.sentAt);
}

} // namespace console
