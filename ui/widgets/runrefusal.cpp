// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/runrefusal.h"

#include "ui/core/runwords.h"
#include "ui/widgets/infobar.h"

#include <QCoreApplication>

namespace console {

using namespace Qt::StringLiterals;
using devserver::LetterState;
using devserver::api::RunSummary;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RunRefusal", text);
}

/// `Nothing to retry: %1`
QString nothingTo(const QByteArray &action)
{
    if (action == "run.retry")
        return tr("Nothing to retry: %1");
    if (action == "run.retryNow")
        return tr("Nothing to retry now: %1");
    if (action == "run.skip")
        return tr("Nothing to skip: %1");
    if (action == "run.cancel")
        return tr("Nothing to cancel: %1");
    return tr("Nothing to rerun yet: %1");
}

QString whatItDoes(const RunSummary &run, const QByteArray &action)
{
    switch (displayState(run)) {
    case DisplayState::Queued:
        return tr("this run is queued.");
    case DisplayState::Running:
        return tr("this run is running.");
    case DisplayState::Waiting:
        switch (waitReason(run)) {
        case WaitReason::Sleep:
            return tr("this run sleeps.");
        case WaitReason::Backoff:
            return tr("this run waits for its next attempt.");
        default:
            return tr("this run waits.");
        }
    case DisplayState::Paused:
        return tr("this run is paused.");
    case DisplayState::Completed:
        return tr("this run completed.");
    case DisplayState::Failed:
    case DisplayState::Dead:
        return run.letter ? whatBecameOf(*run.letter, action) : tr("this run failed.");
    case DisplayState::Cancelled:
        return tr("this run was cancelled.");
    case DisplayState::Skipped:
        return tr("this run was skipped.");
    }
    Q_UNREACHABLE();
}

} // namespace

QString whatBecameOf(LetterState letter, const QByteArray &action)
{
    switch (letter) {
    case LetterState::Open:
        return tr("this run failed for good.");
    case LetterState::Retrying:
        return tr("this run is being retried.");
    case LetterState::Resolved:
        return tr("this run failed, and it was retried as a new run.");
    case LetterState::Discarded:
        return action == "run.retry"
                   ? tr("this run failed, and its dead letter was discarded; restore it first.")
                   : tr("this run failed, and its dead letter was discarded.");
    }
    Q_UNREACHABLE();
}

const QByteArrayList &answeringRunActions()
{
    static const QByteArrayList actions = {"run.retry"_ba,      "run.retryNow"_ba, "run.rerun"_ba,
                                           "run.rerunWatch"_ba, "run.skip"_ba,     "run.cancel"_ba};
    return actions;
}

QString runRefusal(const QByteArray &action, const RunSummary *run, const QString &reason)
{
    return run == nullptr ? reason : runRefusal(action, whatItDoes(*run, action));
}

QString runRefusal(const QByteArray &action, const QString &why)
{
    return nothingTo(action).arg(why);
}

InfoText refusalBar(const QString &text)
{
    return {.id = "run.refused"_ba,
            .kind = InfoKind::Info,
            .text = text,
            .buttons = {},
            .details = {},
            .lasts = passingBar};
}

} // namespace console
