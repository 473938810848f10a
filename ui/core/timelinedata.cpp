// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/timelinedata.h"

#include "devserver/model/jsonvalue.h"

#include <QCoreApplication>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Timeline", text);
}

int badness(BarState state)
{
    switch (state) {
    case BarState::Failed:
        return 9;
    case BarState::WillRetry:
        return 8;
    case BarState::Cancelled:
    case BarState::Interrupted:
        return 7;
    case BarState::Running:
        return 6;
    case BarState::Offline:
        return 5;
    case BarState::Backoff:
        return 4;
    case BarState::Sleeping:
        return 3;
    case BarState::Succeeded:
        return 2;
    case BarState::Slept:
    case BarState::SleepSkipped:
    case BarState::Kept:
        return 1;
    case BarState::Queued:
    case BarState::NotReached:
        break;
    }
    return 0;
}

/// As the lists say it of runs.
QString waiting(WaitReason reason)
{
    return stateWord(DisplayState::Waiting) + u" · "_s + waitWord(reason);
}

} // namespace

bool isCall(BarState state)
{
    switch (state) {
    case BarState::Running:
    case BarState::Succeeded:
    case BarState::WillRetry:
    case BarState::Failed:
    case BarState::Cancelled:
    case BarState::Interrupted:
        return true;
    default:
        return false;
    }
}

bool isWait(BarState state)
{
    switch (state) {
    case BarState::Sleeping:
    case BarState::Slept:
    case BarState::SleepSkipped:
    case BarState::Backoff:
    case BarState::Offline:
        return true;
    default:
        return false;
    }
}

bool isError(BarState state)
{
    return state == BarState::Failed || state == BarState::WillRetry;
}

QString TimelineRow::openError() const
{
    return isError(state) || state == BarState::Cancelled ? error : QString();
}

BarState worse(BarState one, BarState other)
{
    return badness(one) >= badness(other) ? one : other;
}

Token barToken(BarState state)
{
    switch (state) {
    case BarState::Queued:
        return Token::StateQueued;
    case BarState::Running:
        return Token::StateRunning;
    case BarState::Succeeded:
    case BarState::Kept:
        return Token::StateCompleted;
    case BarState::WillRetry:
    case BarState::Failed:
        return Token::StateFailed;
    case BarState::Cancelled:
    case BarState::Interrupted:
        return Token::StateCancelled;
    case BarState::Sleeping:
    case BarState::Slept:
    case BarState::SleepSkipped:
        return Token::StateWaiting;
    case BarState::Backoff:
    case BarState::Offline:
        return Token::StateBackoff;
    case BarState::NotReached:
        return Token::StateSkipped;
    }
    Q_UNREACHABLE();
}

Token barIconToken(BarState state)
{
    return state == BarState::Slept ? Token::StateCompleted : barToken(state);
}

QString barIcon(BarState state)
{
    switch (state) {
    case BarState::Queued:
        return u"state-queued"_s;
    case BarState::Running:
        return u"state-running"_s;
    case BarState::Succeeded:
    case BarState::Slept:
    case BarState::Kept:
        return u"state-completed"_s;
    case BarState::WillRetry:
    case BarState::Failed:
        return u"state-failed"_s;
    case BarState::Cancelled:
    case BarState::Interrupted:
        return u"state-cancelled"_s;
    case BarState::Sleeping:
        return u"state-waiting"_s;
    case BarState::SleepSkipped:
    case BarState::NotReached:
        return u"state-skipped"_s;
    case BarState::Backoff:
        return u"state-backoff"_s;
    case BarState::Offline:
        return u"state-offline"_s;
    }
    Q_UNREACHABLE();
}

QString barWord(BarState state)
{
    switch (state) {
    case BarState::Queued:
        return tr("Queued");
    case BarState::Running:
        return tr("Running");
    case BarState::Succeeded:
    case BarState::Slept: // what it was is its kind
        return tr("Succeeded");
    case BarState::WillRetry:
        return failedWord(RetryFate::Kind::Planned);
    case BarState::Failed:
        return tr("Failed");
    case BarState::Cancelled:
        return tr("Cancelled");
    case BarState::Interrupted:
        return tr("Interrupted");
    case BarState::Sleeping:
        return waiting(WaitReason::Sleep);
    case BarState::SleepSkipped:
        return tr("Skipped");
    case BarState::Backoff:
        return waiting(WaitReason::Backoff);
    case BarState::Offline:
        return waiting(WaitReason::AppOffline);
    case BarState::Kept:
        return tr("Kept");
    case BarState::NotReached:
        return tr("Not reached");
    }
    Q_UNREACHABLE();
}

QString barWord(const TimelineBar &bar)
{
    return bar.state == BarState::WillRetry ? failedWord(bar.fate.kind) : barWord(bar.state);
}

QString rowWord(const TimelineRow &row)
{
    if (row.state != BarState::WillRetry)
        return barWord(row.state);
    const auto failed =
        std::find_if(row.bars.rbegin(), row.bars.rend(),
                     [](const TimelineBar &bar) { return bar.state == BarState::WillRetry; });
    return failed == row.bars.rend() ? barWord(row.state) : barWord(*failed);
}

std::chrono::milliseconds TimelineData::activeTime() const
{
    std::chrono::milliseconds sum{};
    for (const TimeSpan &span : active)
        sum += span.to - span.from;
    return sum;
}

int TimelineData::retries() const
{
    return static_cast<int>(std::count_if(marks.begin(), marks.end(), [](const TimelineMark &mark) {
        return mark.kind == TimelineMark::Kind::Resumed;
    }));
}

std::chrono::milliseconds TimelineData::deadTime() const
{
    std::chrono::milliseconds sum{};
    const std::vector<TimelineBar> &cycles = rows.front().bars; // the first one waits for the start
    for (std::size_t cycle = 2; cycle < cycles.size(); ++cycle)
        sum += cycles[cycle].from - cycles[cycle - 1].end(end);
    return sum;
}

int TimelineData::indexOf(const devserver::StepId &step, RowKind kind) const
{
    for (std::size_t index = 0; index < rows.size(); ++index) {
        const TimelineRow &row = rows[index];
        const bool isSameKind = (kind == RowKind::Run) == (row.kind == RowKind::Run);
        if (isSameKind && row.step == step)
            return static_cast<int>(index);
    }
    return -1;
}

int TimelineData::stepCount() const
{
    return static_cast<int>(std::count_if(rows.begin(), rows.end(), [](const TimelineRow &row) {
        return row.kind == RowKind::Step || row.kind == RowKind::Sleep;
    }));
}

QString functionBodyName()
{
    return tr("function body");
}

QString errorLine(const devserver::RawJson &error)
{
    if (error.isEmpty())
        return {};
    const auto value = devserver::JsonValue::of(error);
    const auto text = [&](QByteArrayView key) {
        const auto part = value.find(key);
        return part && part->isString() ? part->toString() : QString();
    };
    const QString name = text("name");
    QString message = text("message");
    if (message.isEmpty() && value.isString())
        message = value.toString();
    message = message.section(u'\n', 0, 0);
    const QString line = name.isEmpty()      ? message
                         : message.isEmpty() ? name
                                             : QString(name + u": "_s + message);
    return line.left(200);
}

} // namespace console
