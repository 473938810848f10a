// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/timelinetext.h"

#include "ui/core/format.h"

#include <QCoreApplication>
#include <QStringList>

#include <cmath>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Timeline", text);
}

QString kindWord(RowKind kind)
{
    switch (kind) {
    case RowKind::Run:
        return tr("run");
    case RowKind::Body:
        return tr("code between the steps");
    case RowKind::Step:
        return tr("step");
    case RowKind::Sleep:
        return tr("sleep");
    }
    Q_UNREACHABLE();
}

QString when(const TimelineLayout &layout, devserver::TimePoint time)
{
    return formatTimeExactly(time, TimeStyle::Absolute) + u"  "_s
           + tr("(+%1)").arg(timelineDuration(time - layout.data()->start));
}

QString startWords(const TimelineLayout &layout, devserver::TimePoint time)
{
    return timelineDuration(time - layout.data()->start);
}

QString stateWordOf(const TimelineLayout &layout, const TimelineRow &row)
{
    if (row.kind != RowKind::Run)
        return row.isKept ? tr("%1, kept by the retry").arg(rowWord(row)) : rowWord(row);
    const QString word = stateWord(layout.data()->state);
    const QString reason = waitWord(layout.data()->reason);
    return reason.isEmpty() ? word : QString(word + u" · "_s + reason);
}

void addBarLines(TimelineCard &card, const TimelineLayout &layout, const TimelineBar &bar)
{
    card.lines.emplace_back(tr("from"), when(layout, bar.from));
    if (bar.to)
        card.lines.emplace_back(tr("to"), when(layout, *bar.to));
    if (bar.until && (!bar.to || *bar.until != *bar.to))
        card.lines.emplace_back(tr("until"), when(layout, *bar.until));
    const milliseconds took = bar.end(layout.now()) - bar.from;
    const bool isShort = took < 10ms && bar.took > 0us;
    card.lines.emplace_back(tr("took"), isShort            ? tr("%1 us").arg(bar.took.count())
                                        : bar.isEndUnknown ? atMost(took)
                                                           : tookText(bar, layout.now()));
    if (!bar.decided.isEmpty())
        card.lines.emplace_back(tr("decided"), bar.decided);
    if (bar.httpStatus != 0)
        card.lines.emplace_back(tr("answer"), tr("HTTP %1").arg(bar.httpStatus));
    if (bar.delivery > 0)
        card.lines.emplace_back(tr("delivery"), QString::number(bar.delivery + 1));
}

/// Deliveries for one step follow each other.
milliseconds downTimeOf(const TimelineRow &row)
{
    milliseconds sum{};
    for (const TimelineBar &bar : row.bars) {
        if (bar.isEndUnknown && bar.to)
            sum += *bar.to - bar.from;
    }
    return sum;
}

void addRowLines(TimelineCard &card, const TimelineLayout &layout, const TimelineRow &row)
{
    if (row.queuedAt)
        card.lines.emplace_back(tr("queued"), when(layout, *row.queuedAt));
    if (row.startedAt)
        card.lines.emplace_back(tr("started"), when(layout, *row.startedAt));
    if (row.endedAt)
        card.lines.emplace_back(tr("ended"), when(layout, *row.endedAt));
    if (row.queuedAt && row.startedAt && *row.startedAt - *row.queuedAt > 0ms)
        card.lines.emplace_back(tr("waited"), timelineDuration(*row.startedAt - *row.queuedAt));
    if (row.startedAt)
        card.lines.emplace_back(row.isTriedAgain() ? tr("took in this retry") : tr("took"),
                                tookText(row, layout.now()));
    if (const milliseconds down = downTimeOf(row); down > 0ms)
        card.lines.emplace_back(tr("server down"), atMost(down));
    if (row.attemptsBefore > 0) // of a kept step: before the retry that called it last
        card.lines.emplace_back(
            row.isKept ? tr("before that") : tr("before it"),
            QCoreApplication::translate("Timeline", "%n attempt(s)", nullptr, row.attemptsBefore));
    if (row.outputBytes >= 0 && row.kind == RowKind::Step)
        card.lines.emplace_back(tr("output"), formatSize(row.outputBytes));
}

TimelineCard foldCard(const StepFold &fold)
{
    TimelineCard card{
        .title = tr("%1  ×%2").arg(fold.name).arg(fold.rows.size()),
        .word =
            tr("%1 done, %2 failed, %3 open").arg(fold.succeeded).arg(fold.failed).arg(fold.open),
        .icon = barIcon(fold.worst),
        .token = barIconToken(fold.worst),
        .lines = {},
        .note = {}};
    card.lines.emplace_back(tr("shortest"), timelineDuration(fold.shortest));
    card.lines.emplace_back(tr("mean"), timelineDuration(fold.mean));
    card.lines.emplace_back(tr("longest"), timelineDuration(fold.longest));
    card.note = tr("Right arrow unfolds them.");
    return card;
}

/// `attempt 2`, or `attempt 2, delivery 3` if the server had to send it again.
QString callName(const TimelineBar &bar)
{
    const QString name = tr("attempt %1").arg(bar.attempt + 1);
    return bar.delivery > 0 ? tr("%1, delivery %2").arg(name).arg(bar.delivery + 1) : name;
}

const TimelineBar &callOf(const TimelineLayout &layout, const ShownRow &at)
{
    return layout.rowOf(at).bars[static_cast<std::size_t>(at.call)];
}

QString callCell(const TimelineLayout &layout, const ShownRow &at, int column)
{
    const TimelineBar &bar = callOf(layout, at);
    switch (column) {
    case 0:
        return callName(bar);
    case 1:
        return barWord(bar);
    case 2:
        return tr("%1 of %2").arg(bar.attempt + 1).arg(bar.maxAttempts);
    case 3:
        return startWords(layout, bar.from);
    default:
        return tookText(bar, layout.now());
    }
}

/// Of a fold, while something is looked for.
QString foundWords(const TimelineLayout &layout, const ShownRow &fold)
{
    return tr("%1 of %2 found")
        .arg(formatCount(fold.found),
             formatCount(static_cast<qint64>(layout.fold(fold.fold).rows.size())));
}

} // namespace

QString rowIcon(const TimelineLayout &layout, const TimelineRow &row)
{
    return row.kind == RowKind::Run ? stateIcon(layout.data()->state, layout.data()->reason)
                                    : barIcon(row.state);
}

Token rowToken(const TimelineLayout &layout, const TimelineRow &row)
{
    return row.kind == RowKind::Run ? stateToken(layout.data()->state, layout.data()->reason)
                                    : barIconToken(row.state);
}

QString rowName(const TimelineLayout &layout, int shown)
{
    const ShownRow &at = layout.rows()[static_cast<std::size_t>(shown)];
    if (at.isFold())
        return layout.fold(at.fold).name;
    return at.isCall() ? callName(callOf(layout, at)) : layout.rowOf(at).name;
}

QString timelineDuration(milliseconds duration)
{
    return duration == 0ms ? tr("< 1 ms") : formatDuration(duration);
}

QString tookText(const TimelineRow &row, devserver::TimePoint now)
{
    const milliseconds took = durationOf(row, now);
    return row.endedAt || took == 0ms ? timelineDuration(took) : formatElapsed(took);
}

QString tookText(const TimelineBar &bar, devserver::TimePoint now)
{
    const milliseconds took = bar.end(now) - bar.from;
    if (bar.isEndUnknown)
        return shortAtMost(took);
    return !bar.isOpen() || took == 0ms ? timelineDuration(took) : formatElapsed(took);
}

QString breakWords(const TimelineLayout &layout, int segment)
{
    const AxisSegment &of = layout.camera().axis().segments()[static_cast<std::size_t>(segment)];
    return tr("%1 of waiting, squeezed; Enter shows it").arg(breakDuration(of));
}

QString breaksWords(const TimelineLayout &layout)
{
    QStringList lengths;
    for (const AxisSegment &segment : layout.camera().axis().segments()) {
        if (segment.isBreak)
            lengths.append(breakDuration(segment));
    }
    return lengths.isEmpty() ? QString() : tr("squeezed: %1").arg(lengths.join(u", "_s));
}

QString breakDuration(const AxisSegment &segment)
{
    const milliseconds idle(std::llround(segment.idle));
    return segment.isOpen ? formatElapsed(idle) : timelineDuration(idle);
}

QString attemptWords(int attempt, int of)
{
    return of > 0 ? tr("attempt %1 of %2").arg(attempt).arg(of) : tr("attempt %1").arg(attempt);
}

QString triesWords(const TimelineRow &row)
{
    const QString words = attemptWords(row.attempts, row.maxAttempts);
    return row.isTriedAgain() ? tr("%1 in this retry").arg(words) : words;
}

QString TimelineCard::toText() const
{
    QStringList parts{title, word};
    for (const auto &[what, value] : lines)
        parts.append(what + u' ' + value);
    if (!note.isEmpty())
        parts.append(note);
    return parts.join(u'\n');
}

TimelineCard cardFor(const TimelineLayout &layout, int shown, int barIndex)
{
    const ShownRow &at = layout.rows()[static_cast<std::size_t>(shown)];
    if (at.isFold())
        return foldCard(layout.fold(at.fold));
    if (at.isCall() && barIndex < 0)
        barIndex = at.call;
    const TimelineRow &row = layout.rowOf(at);
    TimelineCard card{.title = row.name,
                      .word = {},
                      .icon = rowIcon(layout, row),
                      .token = rowToken(layout, row),
                      .lines = {},
                      .note = {}};
    if (barIndex >= 0 && barIndex < static_cast<int>(row.bars.size()) && row.kind != RowKind::Run) {
        const TimelineBar &bar = row.bars[static_cast<std::size_t>(barIndex)];
        card.icon = barIcon(bar.state);
        card.token = barIconToken(bar.state);
        card.word = barWord(bar);
        if (bar.attempt >= 0)
            card.word += u" · "_s + attemptWords(bar.attempt + 1, bar.maxAttempts);
        addBarLines(card, layout, bar);
        card.note = bar.error;
        card.isError = !bar.error.isEmpty();
        if (card.note.isEmpty() && bar.state == BarState::Succeeded)
            card.note = row.preview;
        return card;
    }
    card.word = kindWord(row.kind) + u" · "_s + stateWordOf(layout, row);
    if (row.attempts > 1 || row.isTriedAgain())
        card.word += u" · "_s + triesWords(row);
    addRowLines(card, layout, row);
    card.isError = isError(row.state) || !row.openError().isEmpty();
    card.note = card.isError ? row.error : row.preview;
    if (card.note.isEmpty() && row.kind == RowKind::Body)
        card.note = tr("What the function did itself, outside of its steps.");
    return card;
}

QString foldDuration(const StepFold &fold, bool isShort)
{
    QString shortest = timelineDuration(fold.shortest);
    QString mean = timelineDuration(fold.mean);
    const QString longest = timelineDuration(fold.longest);
    // One unit for all is enough.
    const QString unit = u' ' + longest.section(u' ', -1);
    const auto isPlain = [&unit](const QString &text) {
        return text.endsWith(unit) && text.count(u' ') == 1;
    };
    if (isPlain(shortest) && isPlain(mean) && isPlain(longest)) {
        shortest.chop(unit.size());
        mean.chop(unit.size());
    }
    const QString times = isShort ? tr("%1–%2").arg(shortest, longest)
                                  : tr("min %1 · mean %2 · max %3").arg(shortest, mean, longest);
    return u"×"_s + formatCount(static_cast<qint64>(fold.rows.size())) + u" · "_s + times;
}

QString rowDuration(const TimelineLayout &layout, int shown)
{
    const ShownRow &at = layout.rows()[static_cast<std::size_t>(shown)];
    if (at.isFold() && at.found > 0)
        return foundWords(layout, at);
    if (at.isFold())
        return foldDuration(layout.fold(at.fold), false);
    const TimelineRow &row = layout.rowOf(at);
    if (at.isCall())
        return tookText(callOf(layout, at), layout.now());
    return row.startedAt ? tookText(row, layout.now()) : u"–"_s;
}

QString cellText(const TimelineLayout &layout, int shown, int column)
{
    const ShownRow &at = layout.rows()[static_cast<std::size_t>(shown)];
    if (at.isFold()) {
        const TimelineCard card = foldCard(layout.fold(at.fold));
        if (column == 0)
            return card.title;
        return column == 1 ? card.word : QString();
    }
    if (at.isCall())
        return callCell(layout, at, column);
    const TimelineRow &row = layout.rowOf(at);
    switch (column) {
    case 0:
        return row.name;
    case 1:
        return stateWordOf(layout, row);
    case 2:
        return row.attempts > 0 ? tr("%1 of %2").arg(row.attempts).arg(row.maxAttempts) : QString();
    case 3:
        return row.startedAt ? startWords(layout, *row.startedAt) : QString();
    default:
        return row.startedAt ? tookText(row, layout.now()) : QString();
    }
}

QString rowWords(const TimelineLayout &layout, int shown, int barIndex)
{
    const ShownRow &at = layout.rows()[static_cast<std::size_t>(shown)];
    if (at.isFold()) {
        const QString words = cellText(layout, shown, 0) + u", "_s + cellText(layout, shown, 1);
        return at.found > 0 ? words + u", "_s + foundWords(layout, at) : words;
    }
    if (at.isCall() && barIndex < 0)
        barIndex = at.call;
    const TimelineRow &row = layout.rowOf(at);
    QStringList parts{row.name};
    const bool isBar = barIndex >= 0 && barIndex < static_cast<int>(row.bars.size());
    if (isBar) {
        const TimelineBar &bar = row.bars[static_cast<std::size_t>(barIndex)];
        parts.append(barWord(bar).toLower().replace(u" · "_s, u", "_s));
        if (bar.attempt >= 0)
            parts.append(attemptWords(bar.attempt + 1, bar.maxAttempts));
        parts.append(tr("started %1 after start").arg(startWords(layout, bar.from)));
        parts.append(tookText(bar, layout.now()));
        if (!bar.error.isEmpty())
            parts.append(bar.error);
        return parts.join(u", "_s);
    }
    parts.append(stateWordOf(layout, row).toLower().replace(u" · "_s, u", "_s));
    if (row.attempts > 0)
        parts.append(triesWords(row));
    if (row.startedAt) {
        parts.append(tr("started %1 after start").arg(startWords(layout, *row.startedAt)));
        parts.append(tookText(row, layout.now()));
    }
    if (const QString error = row.openError(); !error.isEmpty())
        parts.append(error);
    return parts.join(u", "_s);
}

std::chrono::milliseconds timeUntilTick(const TimelineData &run, devserver::TimePoint now)
{
    std::chrono::milliseconds soonest = 1s;
    for (const TimelineRow &row : run.rows) {
        if (row.bars.empty() || !row.bars.back().isOpen() || !row.bars.back().until)
            continue;
        if (const auto change = timeUntilTextChanges(*row.bars.back().until, now))
            soonest = std::min(soonest, *change);
    }
    return soonest;
}

} // namespace console
