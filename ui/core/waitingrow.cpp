// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/waitingrow.h"

#include "ui/core/coarseformat.h"
#include "ui/core/filtertext.h"
#include "ui/core/runwords.h"
#include "ui/core/timecell.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::Activity;
using devserver::ActivityKind;
using devserver::TimePoint;

namespace {

constexpr int daysByName = 6; // a week later the same name would mean today

QString tr(const char *text, int count = -1)
{
    return QCoreApplication::translate("Waiting", text, nullptr, count);
}

/// `12:30:00`, `Fri 09:00`, `2030-02-01 09:00`; of what lies ahead.
QString dayAndTime(TimePoint due, TimePoint now)
{
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(devserver::toMs(due));
    const QDate today = QDateTime::fromMSecsSinceEpoch(devserver::toMs(now)).date();
    const qint64 days = today.daysTo(when.date());
    if (days == 0)
        return when.toString(u"HH:mm:ss"_s);
    return days > 0 && days <= daysByName ? QLocale().toString(when, u"ddd HH:mm"_s)
                                          : when.toString(u"yyyy-MM-dd HH:mm"_s);
}

std::optional<WaitingKind> kindOf(ActivityKind kind)
{
    switch (kind) {
    case ActivityKind::BackingOff:
        return WaitingKind::Retry;
    case ActivityKind::Sleeping:
        return WaitingKind::Sleep;
    case ActivityKind::Delayed:
        return WaitingKind::Delayed;
    case ActivityKind::AppOffline:
        return WaitingKind::Offline;
    case ActivityKind::NoHandler:
        return WaitingKind::Gone;
    case ActivityKind::Executing:
    case ActivityKind::Queued:
        break;
    }
    return std::nullopt;
}

Cell actionCell(const WaitingRow &row)
{
    Cell cell;
    cell.token = Token::Accent;
    cell.iconToken = Token::Accent;
    switch (row.kind) {
    case WaitingKind::Retry:
        cell.text = tr("Retry now");
        cell.icon = u"retry-now"_s;
        break;
    case WaitingKind::Sleep:
        cell.text = tr("Skip sleep");
        cell.icon = u"skip"_s;
        break;
    case WaitingKind::Offline:
    case WaitingKind::Gone:
        cell.text = tr("Open app");
        cell.icon = u"nav-apps"_s;
        break;
    case WaitingKind::Delayed:
        break; // nobody can hurry it
    }
    return cell;
}

/// Instead of `waitingWhen` where that has no room; empty: there is no shorter form.
QString waitingWhenBriefly(const WaitingRow &row, TimePoint now, TimeStyle style)
{
    if (!row.due || row.kind == WaitingKind::Offline || row.kind == WaitingKind::Gone)
        return {};
    if (style == TimeStyle::Relative && *row.due - now < 1h)
        return formatCoarseCountdown(*row.due, now);
    return timeCell(*row.due, now, style).brief;
}

} // namespace

std::vector<WaitingRow> waitingRows(const devserver::api::RunSummary &run)
{
    std::vector<WaitingRow> rows;
    if (devserver::isTerminal(run.status))
        return rows;
    for (const Activity &activity : run.activities) {
        const std::optional<WaitingKind> kind = kindOf(activity.kind);
        if (!kind)
            continue;
        WaitingRow row;
        row.kind = *kind;
        row.due = activity.until;
        row.run = run.id;
        row.job = activity.job;
        row.step = QString::fromUtf8(activity.stepName);
        row.function = QString::fromUtf8(run.functionName.isEmpty() ? run.slug : run.functionName);
        row.app = QString::fromUtf8(run.appName);
        row.slug = run.slug;
        row.attempt = activity.attempt + 1;
        row.maxAttempts = run.maxAttempts;
        row.error = QString::fromUtf8(run.errorName);
        row.errorMessage = QString::fromUtf8(run.errorMessage);
        row.event = run.trigger;
        row.idempotencyKey = run.key;
        row.queuedAt = run.queuedAt;
        rows.push_back(std::move(row));
    }
    return rows;
}

WaitingRow offlineRow(const WaitingRow &one)
{
    WaitingRow row;
    row.kind = WaitingKind::Offline;
    row.job = "app:" + one.app.toUtf8();
    row.app = one.app;
    row.count = 0;
    return row;
}

QString waitingTerm(const WaitingRow &row, WaitingColumn column)
{
    switch (column) {
    case WaitingColumn::When: {
        if (!row.due)
            return {};
        const QDateTime when = QDateTime::fromMSecsSinceEpoch(devserver::toMs(*row.due));
        return filterTermText("due"_ba, {when.toString(u"yyyy-MM-ddTHH:mm"_s).toLatin1()});
    }
    case WaitingColumn::What:
        return filterTermText("is"_ba, {waitingKindKey(row.kind)});
    case WaitingColumn::Function:
        if (!row.function.isEmpty())
            return filterTermText("fn"_ba, {row.function.toUtf8()});
        return row.app.isEmpty() ? QString() : filterTermText("app"_ba, {row.app.toUtf8()});
    case WaitingColumn::Why:
        if (row.kind == WaitingKind::Retry && !row.error.isEmpty())
            return filterTermText("error"_ba, {row.error.toUtf8()});
        return row.step.isEmpty() ? QString() : filterTermText("step"_ba, {row.step.toUtf8()});
    case WaitingColumn::Run:
        return row.isGroup() ? QString() : filterTermText("id"_ba, {row.run.toText()});
    case WaitingColumn::Action:
        break;
    }
    return {};
}

QString waitingWhen(const WaitingRow &row, TimePoint now, TimeStyle style)
{
    if (row.kind == WaitingKind::Offline)
        return row.app.isEmpty() ? tr("when it takes calls")
                                 : tr("when %1 takes calls").arg(row.app);
    if (row.kind == WaitingKind::Gone)
        return row.app.isEmpty() ? tr("when it is back") : tr("when %1 has it").arg(row.app);
    if (!row.due)
        return tr("unknown");
    if (style == TimeStyle::Relative && *row.due - now < 1h)
        return formatCountdown(*row.due, now);
    return style == TimeStyle::Relative ? dayAndTime(*row.due, now)
                                        : formatTime(*row.due, now, style);
}

QString waitingWhat(const WaitingRow &row)
{
    switch (row.kind) {
    case WaitingKind::Retry:
        return row.maxAttempts > 0
                   ? tr("Retry, attempt %1 of %2").arg(row.attempt).arg(row.maxAttempts)
                   : tr("Retry, attempt %1").arg(row.attempt);
    case WaitingKind::Sleep:
        return tr("Sleep ends");
    case WaitingKind::Delayed:
        return tr("Run starts");
    case WaitingKind::Offline:
        return tr("Waiting for app");
    case WaitingKind::Gone:
        return tr("Function is gone");
    }
    Q_UNREACHABLE();
}

QString waitingWhy(const WaitingRow &row, TimePoint now)
{
    switch (row.kind) {
    case WaitingKind::Retry: {
        if (row.error.isEmpty())
            return row.step.isEmpty() ? tr("Backoff") : tr("Backoff of %1").arg(row.step);
        const QString after = row.step.isEmpty() ? tr("Failed with %1").arg(row.error)
                                                 : tr("%1 failed with %2").arg(row.step, row.error);
        return row.errorMessage.isEmpty() ? after : QString(after + u": "_s + row.errorMessage);
    }
    case WaitingKind::Sleep: {
        const QString step = row.step.isEmpty() ? tr("Sleep") : tr("Sleep %1").arg(row.step);
        if (!row.due || *row.due <= now)
            return step;
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(*row.due - now);
        return tr("%1, %2 left").arg(step, formatCounting(seconds));
    }
    case WaitingKind::Delayed:
        return tr("Its event is dated in the future");
    case WaitingKind::Offline:
        return row.errorMessage.isEmpty() ? tr("The app takes no calls; they go on by themselves")
                                          : row.errorMessage;
    case WaitingKind::Gone:
        return tr("%1 is not registered any more: put it back into the app, or cancel the run")
            .arg(QString::fromUtf8(row.slug));
    }
    Q_UNREACHABLE();
}

Cell waitingCell(const WaitingRow &row, WaitingColumn column, TimePoint now, TimeStyle style)
{
    Cell cell;
    switch (column) {
    case WaitingColumn::When:
        cell.text = waitingWhen(row, now, style);
        cell.brief = waitingWhenBriefly(row, now, style);
        if (row.due && *row.due - now < 10s && row.kind != WaitingKind::Offline)
            cell.token = Token::StateRunning; // about to happen
        break;
    case WaitingColumn::What:
        cell.text = waitingWhat(row);
        cell.icon = waitingIcon(row.kind);
        cell.iconToken = waitingToken(row.kind);
        break;
    case WaitingColumn::Function:
        cell.text = row.count > 1 ? tr("%n runs", row.count) : row.function;
        break;
    case WaitingColumn::Run:
        if (row.isGroup())
            break;
        cell.text = shortId(row.run.toText());
        cell.isMono = true;
        cell.token = Token::TextDim;
        break;
    case WaitingColumn::Why:
        cell.text = waitingWhy(row, now);
        cell.token = Token::TextDim;
        if (row.kind == WaitingKind::Retry && !row.error.isEmpty()
            && !row.errorMessage.isEmpty()) // step and class are read whole
            cell.keptStart = static_cast<int>(cell.text.size() - row.errorMessage.size());
        break;
    case WaitingColumn::Action:
        return actionCell(row);
    }
    return cell;
}

QString waitingKindWord(WaitingKind kind)
{
    switch (kind) {
    case WaitingKind::Retry:
        return tr("Retries");
    case WaitingKind::Sleep:
        return tr("Sleeps");
    case WaitingKind::Delayed:
        return tr("Delayed");
    case WaitingKind::Offline:
        return tr("Waiting for app");
    case WaitingKind::Gone:
        return tr("Function gone");
    }
    Q_UNREACHABLE();
}

QByteArray waitingKindKey(WaitingKind kind)
{
    switch (kind) {
    case WaitingKind::Retry:
        return "retry"_ba;
    case WaitingKind::Sleep:
        return "sleep"_ba;
    case WaitingKind::Delayed:
        return "delayed"_ba;
    case WaitingKind::Offline:
        return "offline"_ba;
    case WaitingKind::Gone:
        return "gone"_ba;
    }
    Q_UNREACHABLE();
}

QString waitingIcon(WaitingKind kind)
{
    switch (kind) {
    case WaitingKind::Retry:
        return stateIcon(DisplayState::Waiting, WaitReason::Backoff);
    case WaitingKind::Sleep:
        return stateIcon(DisplayState::Waiting, WaitReason::Sleep);
    case WaitingKind::Delayed:
        return u"calendar"_s;
    case WaitingKind::Offline:
        return stateIcon(DisplayState::Waiting, WaitReason::AppOffline);
    case WaitingKind::Gone:
        return stateIcon(DisplayState::Waiting, WaitReason::NoHandler);
    }
    Q_UNREACHABLE();
}

Token waitingToken(WaitingKind kind)
{
    switch (kind) {
    case WaitingKind::Retry:
        return Token::StateBackoff;
    case WaitingKind::Sleep:
        return Token::StateWaiting;
    case WaitingKind::Delayed:
        return Token::StateQueued;
    case WaitingKind::Offline:
    case WaitingKind::Gone:
        return Token::StateFailed;
    }
    Q_UNREACHABLE();
}

} // namespace console
