// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/runcolumns.h"

#include "ui/core/coarseformat.h"
#include "ui/core/errorcell.h"
#include "ui/core/filtertext.h"
#include "ui/core/runwords.h"
#include "ui/core/statecell.h"
#include "ui/core/timecell.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <iterator>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::TimePoint;
using devserver::api::RunSort;
using devserver::api::RunSummary;
using std::chrono::milliseconds;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RunColumns", text);
}

QString utf8(const QByteArray &text)
{
    return QString::fromUtf8(text);
}

constexpr int leastErrorChars = 11; ///< its class
constexpr int mostErrorChars = 80;
constexpr int nameChars = 18;
constexpr int mostNameChars = 28;
constexpr std::pair<RunColumn, RunSort> sorts[] = {
    {RunColumn::State, RunSort::State},     {RunColumn::Function, RunSort::Function},
    {RunColumn::Trigger, RunSort::Trigger}, {RunColumn::Attempts, RunSort::Attempts},
    {RunColumn::Queued, RunSort::Queued},   {RunColumn::Started, RunSort::Started},
    {RunColumn::Ended, RunSort::Ended},     {RunColumn::Duration, RunSort::Duration},
    {RunColumn::Waited, RunSort::Waited},
};
constexpr int mostProgressChars = 14; ///< `120/120` behind its bar

std::optional<milliseconds> runTime(const RunSummary &run, TimePoint now)
{
    if (!run.startedAt)
        return std::nullopt;
    return std::max(run.endedAt.value_or(now) - *run.startedAt, 0ms);
}

std::optional<milliseconds> waitTime(const RunSummary &run, TimePoint now)
{
    return std::max(run.startedAt.value_or(run.endedAt.value_or(now)) - run.queuedAt, 0ms);
}

std::optional<TimePoint> timeIn(const RunSummary &run, RunColumn column)
{
    switch (column) {
    case RunColumn::Queued:
        return run.queuedAt;
    case RunColumn::Started:
        return run.startedAt;
    case RunColumn::Ended:
        return run.endedAt;
    default:
        return std::nullopt;
    }
}

/// \a isOver  else it still grows
Cell durationCell(const std::optional<milliseconds> &duration, bool isOver, bool isLive = false)
{
    Cell cell;
    if (duration) {
        cell.text = isOver ? formatDuration(*duration)
                           : formatElapsed(calmAge(*duration)); // as the age beside it
        if (*duration >= 1min)
            cell.brief = isOver ? formatCoarsely(*duration) : formatCoarseElapsed(*duration);
    }
    cell.isRight = true;
    cell.token = isLive ? Token::StateRunning : Token::Text;
    return cell;
}

/// All steps that are known so far are done, but more may come, or would have come if nobody had
/// cancelled: a full bar would look like the end.
bool isOpenEnded(const RunSummary &run)
{
    const DisplayState state = displayState(run);
    return (!hasEnded(state) || state == DisplayState::Cancelled)
           && run.stepsDone >= run.stepsKnown;
}

Cell progressCell(const RunSummary &run)
{
    if (run.stepsKnown == 0)
        return {};
    const DisplayState state = displayState(run);
    Cell cell;
    cell.isRight = true; // numbers above each other end alike
    cell.token = Token::TextDim;
    if (isOpenEnded(run)) {
        cell.text = tr("%1 done").arg(run.stepsDone);
        return cell;
    }
    cell.text = tr("%1/%2").arg(run.stepsDone).arg(run.stepsKnown);
    cell.fraction = static_cast<double>(run.stepsDone) / run.stepsKnown;
    cell.iconToken = stateToken(state, waitReason(run));
    return cell;
}

QString errorText(const RunSummary &run)
{
    if (run.errorName.isEmpty())
        return utf8(run.errorMessage);
    if (run.errorMessage.isEmpty())
        return utf8(run.errorName);
    return utf8(run.errorName) + u": "_s + utf8(run.errorMessage);
}

Cell runErrorCell(const RunSummary &run)
{
    Cell cell = errorCell(run.errorName, run.errorMessage);
    cell.token = hasEnded(displayState(run)) ? Token::Text : Token::TextDim;
    return cell;
}

/// Of an id, the folder that its slashes and dots make; a name that somebody wrote has none.
int folderLength(const RunSummary &run)
{
    const QByteArray &name = run.functionName;
    if (name.isEmpty() || (run.slug != name && !run.slug.endsWith(QByteArray('-' + name))))
        return 0;
    const qsizetype cut = std::max(name.lastIndexOf('/'), name.lastIndexOf('.')) + 1;
    return cut == name.size() ? 0 : static_cast<int>(utf8(name.first(cut)).size());
}

Cell functionCell(const RunSummary &run, const RunCellStyle &style)
{
    Cell cell{.text = utf8(run.functionName.isEmpty() ? run.slug : run.functionName)};
    cell.quietStart = folderLength(run);
    if (style.showsApps)
        cell.second = utf8(run.appName);
    return cell;
}

Cell attemptsCell(const RunSummary &run)
{
    Cell cell;
    if (run.attempt > 1)
        cell.text = tr("%1/%2").arg(run.attempt).arg(run.maxAttempts);
    cell.isRight = true;
    if (displayState(run) == DisplayState::Completed)
        cell.token = Token::TextDim; // that it took some is no warning any more
    return cell;
}

Cell originCell(const RunSummary &run)
{
    Cell cell;
    const QString event = run.event.isNull() ? QString() : shortId(run.event.toText());
    if (!run.originalRun.isNull())
        cell.text = (run.isEditedRetry ? tr("edited retry of %1") : tr("rerun of %1"))
                        .arg(shortId(run.originalRun.toText()));
    else if (run.trigger == "inngest/function.invoked")
        cell = {.text = tr("invoked"), .second = event};
    else if (run.trigger == "inngest/function.failed")
        cell = {.text = tr("failure handler"), .second = event};
    else
        cell.text = tr("event %1").arg(event);
    cell.token = Token::Accent;
    cell.isLink = true;
    return cell;
}

Cell monoCell(const QString &text)
{
    Cell cell{.text = text};
    cell.isMono = true;
    cell.token = Token::TextDim;
    return cell;
}

QString longTime(TimePoint time)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(devserver::toMs(time)),
                              u"dddd d MMMM yyyy HH:mm:ss"_s);
}

/// To the minute; the filter takes that as the whole minute.
QByteArray minuteOf(TimePoint time)
{
    return QDateTime::fromMSecsSinceEpoch(devserver::toMs(time))
        .toString(u"yyyy-MM-ddTHH:mm"_s)
        .toLatin1();
}

ColumnSpec idColumn(ColumnSpec column)
{
    column.isId = true;
    return column;
}

} // namespace

std::vector<ColumnSpec> runColumns()
{
    const auto hidden = [](ColumnSpec column) {
        column.isShown = false;
        return column;
    };
    const auto fixed = [](ColumnSpec column) {
        column.isSortable = false;
        column.whyUnsorted = tr("Runs cannot be sorted by this column: %1").arg(column.title);
        return column;
    };
    const auto upFirst = [](ColumnSpec column) {
        column.isAscendingFirst = true;
        return column;
    };
    const auto right = [](ColumnSpec column) {
        column.isRight = true;
        return column;
    };
    const auto atLeast = [](ColumnSpec column, int chars) {
        column.leastChars = chars;
        return column;
    };
    const auto growing = [](ColumnSpec column, int chars) {
        column.mostChars = chars;
        return column;
    };
    const auto ranked = [](int rank, ColumnSpec column) {
        column.rank = rank;
        return column;
    };
    const auto withApps = [](ColumnSpec column) {
        column.hasSecondsOfAll = true;
        return column;
    };
    return {
        ranked(6, withStateWidth(upFirst({"state"_ba, tr("State"), nameChars}))),
        withApps(ranked(5, growing(atLeast(upFirst({"function"_ba, tr("Function"), nameChars}), 11),
                                   mostNameChars))),
        ranked(3, growing(atLeast(upFirst({"trigger"_ba, tr("Trigger"), 17}), 12), mostNameChars)),
        growing(atLeast(fixed({"progress"_ba, tr("Progress"), 12}), 7), mostProgressChars),
        ranked(1, atLeast(right({"attempts"_ba, tr("Attempts"), 8}), 7)),
        ranked(4, withTimeWidth({"queued"_ba, tr("Queued"), 10})),
        hidden(withTimeWidth({"started"_ba, tr("Started"), 12})),
        hidden(withTimeWidth({"ended"_ba, tr("Ended"), 12})),
        ranked(2, withDurationWidth(right({"duration"_ba, tr("Duration"), 8}))),
        hidden(withDurationWidth(right({"waited"_ba, tr("Waited"), 8}))),
        growing(atLeast(fixed({"error"_ba, tr("Error"), 40}), leastErrorChars), mostErrorChars),
        idColumn(growing(atLeast(fixed({"id"_ba, tr("Run ID"), 11}), 11), 14)),
        fixed(hidden({"app"_ba, tr("App"), 14})),
        fixed(hidden({"origin"_ba, tr("Origin"), 22})),
        fixed(hidden({"key"_ba, tr("Key"), 18})),
    };
}

std::optional<RunSort> sortOf(RunColumn column)
{
    const auto *known = std::find_if(std::begin(sorts), std::end(sorts),
                                     [&](const auto &each) { return each.first == column; });
    return known == std::end(sorts) ? std::nullopt : std::optional(known->second);
}

std::optional<RunColumn> columnOf(RunSort sort)
{
    const auto *known = std::find_if(std::begin(sorts), std::end(sorts),
                                     [&](const auto &each) { return each.second == sort; });
    return known == std::end(sorts) ? std::nullopt : std::optional(known->first);
}

Cell runCell(const RunSummary &run, RunColumn column, const RunCellStyle &style)
{
    switch (column) {
    case RunColumn::State:
        return stateCell(run, style.now);
    case RunColumn::Function:
        return functionCell(run, style);
    case RunColumn::Trigger:
        return {.text = triggerText(run.trigger)};
    case RunColumn::Progress:
        return progressCell(run);
    case RunColumn::Attempts:
        return attemptsCell(run);
    case RunColumn::Queued:
    case RunColumn::Started:
    case RunColumn::Ended:
        if (const std::optional<TimePoint> time = timeIn(run, column))
            return timeCell(*time, style.now, style.times);
        return {};
    case RunColumn::Duration:
        return durationCell(runTime(run, style.now), run.endedAt.has_value(),
                            displayState(run) == DisplayState::Running);
    case RunColumn::Waited:
        return durationCell(waitTime(run, style.now), run.startedAt || run.endedAt);
    case RunColumn::Error:
        return runErrorCell(run);
    case RunColumn::RunId:
        return monoCell(shortId(run.id.toText()));
    case RunColumn::App:
        return {.text = utf8(run.appName)};
    case RunColumn::Origin:
        return originCell(run);
    case RunColumn::Key:
        return monoCell(utf8(run.key));
    }
    Q_UNREACHABLE();
}

QString runToolTip(const RunSummary &run, RunColumn column, const RunCellStyle &style)
{
    if (const std::optional<TimePoint> time = timeIn(run, column))
        return formatTimeExactly(*time, style.times);
    switch (column) {
    case RunColumn::State:
        if (const std::optional<TimePoint> end = waitEnd(run))
            return stateWords(run) + u" · "_s + formatCountdown(*end, style.now) + u'\n'
                   + formatTimeExactly(*end, style.times);
        return {};
    case RunColumn::Duration:
    case RunColumn::Waited:
        if (const std::optional<milliseconds> time =
                column == RunColumn::Duration ? runTime(run, style.now) : waitTime(run, style.now))
            return runCell(run, column, style).text + u'\n'
                   + tr("%1 ms").arg(QLocale().toString(qlonglong(time->count())));
        return {};
    case RunColumn::Progress:
        return run.stepsKnown > 0 ? progressWords(run) : QString();
    case RunColumn::RunId:
        return QString::fromLatin1(run.id.toText());
    case RunColumn::Function:
        return utf8(run.slug);
    case RunColumn::Trigger:
        return utf8(run.trigger);
    case RunColumn::Error:
        return errorText(run);
    case RunColumn::App:
        return utf8(run.appName);
    case RunColumn::Key:
        return utf8(run.key);
    default:
        return {};
    }
}

QString runSpoken(const RunSummary &run, RunColumn column, const RunCellStyle &style)
{
    if (const std::optional<TimePoint> time = timeIn(run, column))
        return longTime(*time);
    const Cell cell = runCell(run, column, style);
    switch (column) {
    case RunColumn::State: {
        QString words = cell.text;
        if (const QString reason = waitWord(waitReason(run)); !reason.isEmpty())
            words += u", "_s + reason;
        if (const std::optional<TimePoint> end = waitEnd(run))
            words += u", "_s + tr("ends %1").arg(longTime(*end));
        return words;
    }
    case RunColumn::Progress:
        if (run.stepsKnown > 0 && isOpenEnded(run))
            return hasEnded(displayState(run)) ? tr("%1 steps done").arg(run.stepsDone)
                                               : tr("%1 steps done so far").arg(run.stepsDone);
        if (run.stepsKnown > 0)
            return tr("%1 of %2 steps").arg(run.stepsDone).arg(run.stepsKnown);
        return {};
    case RunColumn::Attempts:
        return run.attempt > 1 ? tr("attempt %1 of %2").arg(run.attempt).arg(run.maxAttempts)
                               : QString();
    case RunColumn::RunId:
        return QString::fromLatin1(run.id.toText());
    default:
        return cell.second.isEmpty() ? cell.text : QString(cell.text + u", "_s + cell.second);
    }
}

QString runFilterTerm(const RunSummary &run, RunColumn column)
{
    if (const std::optional<TimePoint> time = timeIn(run, column)) {
        const QByteArray key = runColumns()[static_cast<std::size_t>(column)].id;
        return filterTermText(key, {minuteOf(*time)});
    }
    const auto unlessEmpty = [](const QByteArray &key, const QByteArray &value) {
        return value.isEmpty() ? QString() : filterTermText(key, {value});
    };
    switch (column) {
    case RunColumn::State:
        return filterTermText("state"_ba, {stateKey(displayState(run))});
    case RunColumn::Function:
        return unlessEmpty("fn"_ba, run.functionName.isEmpty() ? run.slug : run.functionName);
    case RunColumn::Trigger:
        return unlessEmpty("event"_ba, run.trigger);
    case RunColumn::Attempts:
        return run.attempt > 0 ? filterTermText("attempts"_ba, {QByteArray::number(run.attempt)})
                               : QString();
    case RunColumn::Error:
        return sameErrorTerm(run);
    case RunColumn::RunId:
        return filterTermText("id"_ba, {run.id.toText()});
    case RunColumn::App:
        return unlessEmpty("app"_ba, run.appName);
    case RunColumn::Origin:
        return run.originalRun.isNull() ? QString() : filterTermText("is"_ba, {"rerun"_ba});
    case RunColumn::Key:
        return unlessEmpty("key"_ba, run.key);
    default:
        return {};
    }
}

QString runCopyText(const RunSummary &run, RunColumn column, const RunCellStyle &style)
{
    if (const std::optional<TimePoint> time = timeIn(run, column))
        return formatTimeExactly(*time, style.times);
    if (column == RunColumn::RunId)
        return QString::fromLatin1(run.id.toText());
    if (column == RunColumn::State)
        return stateWords(run);
    if (column == RunColumn::Function)
        return functionCell(run, {}).text; // the app is another column
    if (column == RunColumn::Error)
        return errorText(run);
    return {};
}

std::optional<milliseconds> runTextChange(const RunSummary &run, const RunCellStyle &style)
{
    std::optional<milliseconds> soonest;
    const auto note = [&soonest](const std::optional<milliseconds> &change) {
        if (change)
            soonest = soonest ? std::min(*soonest, *change) : *change;
    };
    if (const std::optional<TimePoint> end = waitEnd(run); end && *end > style.now)
        note(timeUntilTextChanges(*end, style.now));
    const DisplayState state = displayState(run);
    if (state == DisplayState::Running)
        note(1s); // its duration
    else if (state == DisplayState::Waiting && run.startedAt)
        note(timeUntilTextChanges(*run.startedAt, style.now));
    if (style.times == TimeStyle::Relative) {
        note(timeUntilTextChanges(run.queuedAt, style.now));
        if (run.endedAt)
            note(timeUntilTextChanges(*run.endedAt, style.now));
    }
    return soonest;
}

QString progressWords(const RunSummary &run)
{
    if (!isOpenEnded(run))
        return tr("%1 of %2 done").arg(run.stepsDone).arg(run.stepsKnown);
    return hasEnded(displayState(run)) ? tr("%1 done").arg(run.stepsDone)
                                       : tr("%1 done so far").arg(run.stepsDone);
}

QString triggerText(const QByteArray &eventName)
{
    if (eventName == "inngest/function.invoked")
        return tr("invoke");
    if (eventName == "inngest/function.failed")
        return tr("failure");
    return utf8(eventName);
}

} // namespace console
