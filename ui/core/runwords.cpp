// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/runwords.h"

#include "devserver/api/lettersummaries.h"

#include <QCoreApplication>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Activity;
using devserver::ActivityKind;
using devserver::LetterState;
using devserver::RunStatus;
using devserver::api::RunSummary;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RunWords", text);
}

std::optional<ActivityKind> firstKind(const RunSummary &run)
{
    std::optional<ActivityKind> first;
    for (const Activity &activity : run.activities) {
        if (activity.kind == ActivityKind::Executing)
            return activity.kind;
        if (!first)
            first = activity.kind;
    }
    return first;
}

} // namespace

DisplayState displayState(RunStatus status, const std::optional<ActivityKind> &first,
                          const std::optional<LetterState> &letter)
{
    switch (status) {
    case RunStatus::Completed:
        return DisplayState::Completed;
    case RunStatus::Cancelled:
        return DisplayState::Cancelled;
    case RunStatus::Skipped:
        return DisplayState::Skipped;
    case RunStatus::Failed:
        return letter == LetterState::Open || letter == LetterState::Retrying
                   ? DisplayState::Dead
                   : DisplayState::Failed;
    case RunStatus::Queued:
    case RunStatus::Running:
        break;
    }
    if (!first || *first == ActivityKind::Queued)
        return status == RunStatus::Queued ? DisplayState::Queued : DisplayState::Running;
    return *first == ActivityKind::Executing ? DisplayState::Running : DisplayState::Waiting;
}

DisplayState displayState(const RunSummary &run)
{
    return displayState(run.status, firstKind(run), run.letter);
}

WaitReason waitReason(const RunSummary &run)
{
    if (displayState(run) != DisplayState::Waiting)
        return WaitReason::None;
    switch (*firstKind(run)) {
    case ActivityKind::Sleeping:
        return WaitReason::Sleep;
    case ActivityKind::BackingOff:
        return WaitReason::Backoff;
    case ActivityKind::AppOffline:
        return WaitReason::AppOffline;
    case ActivityKind::NoHandler:
        return WaitReason::NoHandler;
    case ActivityKind::Delayed:
        return WaitReason::Delayed;
    case ActivityKind::Executing:
    case ActivityKind::Queued:
        break;
    }
    return WaitReason::None;
}

std::optional<devserver::TimePoint> waitEnd(const RunSummary &run)
{
    if (displayState(run) != DisplayState::Waiting)
        return std::nullopt;
    return run.activities.front().until;
}

QString stateWord(DisplayState state)
{
    switch (state) {
    case DisplayState::Queued:
        return tr("Queued");
    case DisplayState::Running:
        return tr("Running");
    case DisplayState::Waiting:
        return tr("Waiting");
    case DisplayState::Paused:
        return tr("Paused");
    case DisplayState::Completed:
        return tr("Completed");
    case DisplayState::Failed:
        return tr("Failed");
    case DisplayState::Dead:
        return tr("Dead");
    case DisplayState::Cancelled:
        return tr("Cancelled");
    case DisplayState::Skipped:
        return tr("Skipped");
    }
    Q_UNREACHABLE();
}

QString waitWord(WaitReason reason)
{
    switch (reason) {
    case WaitReason::None:
        return {};
    case WaitReason::Sleep:
        return tr("sleep");
    case WaitReason::Backoff:
        return tr("backoff");
    case WaitReason::AppOffline:
        return tr("for its app");
    case WaitReason::NoHandler:
        return tr("function is gone");
    case WaitReason::Delayed:
        return tr("delayed");
    }
    Q_UNREACHABLE();
}

QString stateWords(const RunSummary &run)
{
    const QString word = stateWord(displayState(run));
    const QString reason = waitWord(waitReason(run));
    return reason.isEmpty() ? word : QString(word + u" · "_s + reason);
}

QByteArray stateKey(DisplayState state)
{
    switch (state) {
    case DisplayState::Queued:
        return "queued"_ba;
    case DisplayState::Running:
        return "running"_ba;
    case DisplayState::Waiting:
        return "waiting"_ba;
    case DisplayState::Paused:
        return "paused"_ba;
    case DisplayState::Completed:
        return "completed"_ba;
    case DisplayState::Failed:
        return "failed"_ba;
    case DisplayState::Dead:
        return "dead"_ba;
    case DisplayState::Cancelled:
        return "cancelled"_ba;
    case DisplayState::Skipped:
        return "skipped"_ba;
    }
    Q_UNREACHABLE();
}

QString stateIcon(DisplayState state, WaitReason reason)
{
    if (state == DisplayState::Waiting && reason == WaitReason::Backoff)
        return u"state-backoff"_s;
    if (state == DisplayState::Waiting
        && (reason == WaitReason::AppOffline || reason == WaitReason::NoHandler))
        return u"state-offline"_s;
    return u"state-"_s + QString::fromLatin1(stateKey(state));
}

Token stateToken(DisplayState state, WaitReason reason)
{
    switch (state) {
    case DisplayState::Queued:
        return Token::StateQueued;
    case DisplayState::Running:
        return Token::StateRunning;
    case DisplayState::Waiting:
        return reason == WaitReason::Backoff || reason == WaitReason::AppOffline
                       || reason == WaitReason::NoHandler
                   ? Token::StateBackoff
                   : Token::StateWaiting;
    case DisplayState::Paused:
        return Token::StatePaused;
    case DisplayState::Completed:
        return Token::StateCompleted;
    case DisplayState::Failed:
        return Token::StateFailed;
    case DisplayState::Dead:
        return Token::StateDead;
    case DisplayState::Cancelled:
        return Token::StateCancelled;
    case DisplayState::Skipped:
        return Token::StateSkipped;
    }
    Q_UNREACHABLE();
}

bool hasEnded(DisplayState state)
{
    return state == DisplayState::Completed || state == DisplayState::Failed
           || state == DisplayState::Dead || state == DisplayState::Cancelled
           || state == DisplayState::Skipped;
}

QString functionOf(const RunSummary &run)
{
    return QString::fromUtf8(run.functionName.isEmpty() ? run.slug : run.functionName);
}

QString functionOf(const devserver::api::LetterSummary &letter)
{
    return QString::fromUtf8(letter.functionName.isEmpty() ? letter.slug : letter.functionName);
}

} // namespace console
