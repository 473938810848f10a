// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/statecell.h"

#include "ui/core/coarseformat.h"
#include "ui/core/format.h"
#include "ui/core/runwords.h"

#include <QCoreApplication>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::TimePoint;
using devserver::api::RunSummary;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RunColumns", text);
}

/// Without a time.
QString briefReason(WaitReason reason)
{
    switch (reason) {
    case WaitReason::AppOffline:
        return tr("for app");
    case WaitReason::NoHandler:
        return tr("gone");
    default:
        return {};
    }
}

Cell cellOf(DisplayState state, WaitReason reason)
{
    Cell cell{.text = stateWord(state)};
    cell.icon = stateIcon(state, reason);
    cell.iconToken = cell.token = stateToken(state, reason);
    cell.second = waitWord(reason);
    if (const QString brief = briefReason(reason); !brief.isEmpty())
        cell.secondBriefs = {brief};
    return cell;
}

} // namespace

Cell stateCell(const RunSummary &run, TimePoint now)
{
    Cell cell = cellOf(displayState(run), waitReason(run));
    const std::optional<TimePoint> end = waitEnd(run);
    if (!end)
        return cell;
    const QString reason = cell.second.isEmpty() ? QString() : QString(cell.second + u" · "_s);
    const QString brief = formatCoarseCountdown(*end, now);
    cell.second = reason + formatCountdown(*end, now);
    cell.secondBriefs = {reason + brief, brief};
    if (waitReason(run) == WaitReason::Backoff) // a bare time might be how long it has waited
        cell.secondBriefs.insert(1, tr("retry \u00b7 %1").arg(brief));
    return cell;
}

ColumnSpec withStateWidth(ColumnSpec column)
{
    constexpr TimePoint now;
    for (const DisplayState state :
         {DisplayState::Queued, DisplayState::Running, DisplayState::Waiting, DisplayState::Paused,
          DisplayState::Completed, DisplayState::Failed, DisplayState::Dead,
          DisplayState::Cancelled, DisplayState::Skipped})
        column.leastCells.push_back(cellOf(state, WaitReason::None));
    column.usualCells = column.leastCells;
    for (const WaitReason reason : {WaitReason::Sleep, WaitReason::Backoff, WaitReason::Delayed}) {
        Cell usual = cellOf(DisplayState::Waiting, reason);
        const QString brief = formatCoarseCountdown(now + 59min, now);
        const QString why = usual.second + u" · "_s;
        usual.second = brief;
        column.leastCells.push_back(usual);
        for (const QString &words : {brief, formatCountdown(now + 59s, now)}) {
            usual.second = why + words;
            column.usualCells.push_back(usual);
        }
    }
    return column;
}

} // namespace console
