// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/statesentence.h"

#include "devserver/api/excerpts.h"
#include "ui/core/attemptmodel.h"
#include "ui/core/callsteps.h"
#include "ui/core/format.h"
#include "ui/core/inspection.h"
#include "ui/core/runwords.h"
#include "ui/core/timelinetext.h"

#include <QCoreApplication>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Attempt;
using devserver::AttemptOutcome;
using devserver::DeadLetter;
using devserver::Job;
using devserver::JobState;
using devserver::TimePoint;
using devserver::api::RunRecord;

namespace {

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("Sentences", text, nullptr, n);
}

QString errorName(const devserver::RawJson &error)
{
    return QString::fromUtf8(devserver::api::excerptOf(error).name);
}

/// `Error` alone says nothing: most code throws it, and the message is what tells.
QString lastError(const QByteArray &name, const QByteArray &message)
{
    if (name.isEmpty())
        return {};
    if (name != "Error" || message.isEmpty())
        return u' ' + tr("The last error was %1.").arg(QString::fromUtf8(name));
    const QString text = u' ' + tr("The last error: %1").arg(QString::fromUtf8(message));
    return u".!?\u2026"_s.contains(text.back()) ? text : QString(text + u'.');
}

QString lastError(const devserver::RawJson &error)
{
    const devserver::api::ErrorExcerpt excerpt = devserver::api::excerptOf(error);
    return lastError(excerpt.name, excerpt.message);
}

QString whyDead(const DeadLetter &letter, const QString &steps)
{
    if (letter.reason == "attempts_exhausted") {
        return tr("Failed for good: (its only attempt|all %n attempts)%1 (was|were) used.",
                  letter.failedStepAttempts)
                   .arg(steps)
               + lastError(letter.error);
    }
    if (letter.reason == "non_retriable")
        return tr("Failed for good: %1 must not be retried.").arg(errorName(letter.error));
    if (letter.reason == "limit_exceeded")
        return tr("Failed for good: a limit was exceeded (%1).").arg(errorName(letter.error));
    return tr("Failed for good.") + lastError(letter.error);
}

QString failedSentence(const RunRecord &record)
{
    if (!record.letter)
        return tr("Failed for good.") + lastError(record.run.output);
    const QString step = QString::fromUtf8(record.letter->failedStepName);
    QString text =
        whyDead(*record.letter, step.isEmpty() ? QString() : tr(" of step %1").arg(step));
    if (record.letter->state == devserver::LetterState::Discarded)
        text += u' ' + tr("Its dead letter was discarded.");
    return text;
}

QString jobSentence(const Job &job, int maxAttempts, TimePoint now)
{
    switch (job.state) {
    case JobState::Leased:
        return tr("Attempt %1 of %2 is running.").arg(job.attempt + 1).arg(maxAttempts);
    case JobState::BackingOff:
        return tr("Attempt %1 of %2 failed. The next one starts %3.")
            .arg(QString::number(job.attempt), QString::number(maxAttempts),
                 formatCountdown(job.runAt, now));
    case JobState::AppOffline:
        return tr("Its app takes no calls now. It goes on as soon as the app does.");
    case JobState::NoHandler:
        return tr("Its app does not have the function any more. It goes on as soon as it has it "
                  "again.");
    case JobState::Interrupted:
        return tr("The server stopped during the call. It is delivered again %1.")
            .arg(formatCountdown(job.runAt, now));
    case JobState::Queued:
        break;
    }
    if (job.kind == devserver::JobKind::Sleep)
        return tr("Sleeps and wakes up %1.").arg(formatCountdown(job.runAt, now));
    return job.runAt > now ? tr("Starts %1.").arg(formatCountdown(job.runAt, now))
                           : tr("Waits for its turn.");
}

QString failedOnSentence(const RunRecord &record, const Attempt &attempt, const QString &which)
{
    const QString error = errorName(attempt.error);
    switch (retryFate(record, attempt).kind) {
    case RetryFate::Kind::Planned:
        break;
    case RetryFate::Kind::Came:
        return tr("Failed on %1 with %2; another attempt followed.").arg(which, error);
    case RetryFate::Kind::ByHand:
        return tr("Failed on %1 with %2; it was retried by hand.").arg(which, error);
    case RetryFate::Kind::Cancelled:
        return tr("Failed on %1 with %2; the run was cancelled before the next attempt.")
            .arg(which, error);
    case RetryFate::Kind::Dropped:
        return tr("Failed on %1 with %2; the run ended before the next attempt.").arg(which, error);
    }
    return tr("Failed on %1 with %2; another attempt follows.").arg(which, error);
}

QString cancelledSentence(const RunRecord &record)
{
    const QString text = record.run.cancelCause == "manual"
                             ? tr("Cancelled by hand.")
                             : tr("Cancelled (%1).").arg(QString::fromUtf8(record.run.cancelCause));
    return text + lastError(record.summary.errorName, record.summary.errorMessage);
}

} // namespace

QString triedWords(const devserver::api::RunSummary &run)
{
    const DisplayState state = displayState(run);
    if (state == DisplayState::Completed)
        return {};
    int attempt = 0;
    if (state == DisplayState::Running) {
        for (const devserver::Activity &activity : run.activities) {
            if (activity.kind == devserver::ActivityKind::Executing)
                attempt = std::max(attempt, activity.attempt + 1);
        }
    }
    if (attempt == 0)
        attempt = run.attempt;
    return attempt > 1 ? attemptWords(attempt, run.maxAttempts) : QString();
}

QString runSentence(const RunRecord &record, TimePoint now)
{
    const DisplayState state = displayState(record.summary);
    const devserver::Run &run = record.run;
    switch (state) {
    case DisplayState::Dead:
    case DisplayState::Failed:
        return failedSentence(record);
    case DisplayState::Completed: {
        const QString took = run.endedAt && run.startedAt
                                 ? formatDuration(*run.endedAt - *run.startedAt)
                                 : QString();
        const QString text =
            record.summary.stepsDone > 0
                ? tr("Completed in %1 with %n step(s).", record.summary.stepsDone).arg(took)
                : tr("Completed in %1.").arg(took);
        return run.cycle > 0 ? QString(text + u' ' + tr("It was retried after a failure.")) : text;
    }
    case DisplayState::Cancelled:
        return cancelledSentence(record);
    case DisplayState::Skipped:
        return tr("Skipped: it was never started.");
    case DisplayState::Queued:
    case DisplayState::Running:
    case DisplayState::Waiting:
    case DisplayState::Paused:
        break;
    }
    const Job *next = nullptr;
    for (const Job &job : record.jobs) {
        const bool isFirst = next == nullptr || job.state == JobState::Leased
                             || (next->state != JobState::Leased && job.runAt < next->runAt);
        if (isFirst)
            next = &job;
    }
    if (next == nullptr)
        return stateWord(state) + u'.';
    const QString name = QString::fromUtf8(next->name);
    const QString text = jobSentence(*next, record.summary.maxAttempts, now);
    return name.isEmpty() ? text : QString(tr("Step %1: ").arg(name) + text);
}

QString stepSentence(const Inspection &inspection, TimePoint now)
{
    const Attempt *attempt = inspection.attempt();
    const Job *job = inspection.job();
    const bool isWaiting = job != nullptr && inspection.subject.kind != Selection::Kind::Attempt
                           && inspection.memo() == nullptr;
    if (isWaiting) {
        const int most =
            attempt == nullptr ? inspection.run->summary.maxAttempts : attempt->maxAttempts;
        return jobSentence(*job, most, now);
    }
    if (attempt == nullptr)
        return inspection.memo() != nullptr ? tr("Done.") : tr("Not started yet.");
    const QString which =
        tr("attempt %1 of %2").arg(attempt->attempt + 1).arg(attempt->maxAttempts);
    switch (attempt->outcome) {
    case AttemptOutcome::Started:
        return tr("Running: %1.").arg(which);
    case AttemptOutcome::Ok:
        return tr("Succeeded on %1.").arg(which);
    case AttemptOutcome::RetryableError:
        return failedOnSentence(*inspection.run, *attempt, which);
    case AttemptOutcome::FinalError:
        if (!inspection.isUsedUp(*attempt))
            return tr("Failed for good on %1: %2 must not be retried.")
                .arg(which, errorName(attempt->error));
        if (attempt->attempt + 1 < attempt->maxAttempts)
            return failedSentence(*inspection.run); // of the step whose error it passes on
        return tr("Failed for good: %1 of %n attempt(s) used.", attempt->maxAttempts)
                   .arg(attempt->attempt + 1)
               + lastError(attempt->error);
    case AttemptOutcome::Discarded:
        return tr("The run had ended before the answer came.");
    case AttemptOutcome::Interrupted:
        return tr("The server stopped during %1; it was delivered again.").arg(which);
    case AttemptOutcome::AppOffline:
        return attempt->httpStatus > 0
                   ? tr("The app answered, but did not take the call; the attempt does not count.")
                   : tr("The app could not be reached; the attempt does not count.");
    }
    Q_UNREACHABLE();
}

} // namespace console
