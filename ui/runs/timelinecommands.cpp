// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What people do with a timeline (ui.md §7.5, §7.6), whatever they do it with.

#include "ui/core/axislabels.h"
#include "ui/core/timelinetext.h"
#include "ui/runs/cameraglide.h"
#include "ui/runs/timelineaccessible.h"
#include "ui/runs/timelinetip.h"
#include "ui/runs/timelineview.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/settings.h"

#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace console {

namespace {

auto muteBreaks(const TimelineCamera &camera)
{
    const std::vector<AxisSegment> &segments = camera.axis().segments();
    return std::count_if(segments.begin(), segments.end(), [](const AxisSegment &segment) {
        return segment.isBreak && segment.width < segment.need;
    });
}

/// Where the axis would say no more than `0`, unless a wait would be silent for that: how long it
/// was is worth as much.
void makeRoomForEnd(TimelineLayout &layout, const TimelineView &view, const QFontMetrics &metrics)
{
    const AxisLabelStyle style{.usesClockTime = view.usesClockTime(), .taken = {}};
    const auto labels = [&] { return axisLabels(layout, view.ticks(), style, metrics); };
    const AxisLabels now = labels();
    if (now.times.size() >= leastTimes)
        return;
    TimelineCamera &camera = layout.camera();
    const double before = camera.endMargin();
    const auto mute = muteBreaks(camera);
    camera.setEndMargin(std::max(before, std::ceil(endTimeRoom(layout, style, metrics))));
    const bool isWorthIt = now.waits.empty() || muteBreaks(camera) <= mute;
    if (!isWorthIt || labels().times.size() < leastTimes)
        camera.setEndMargin(before);
}

} // namespace

/// Behind the end of the run as much room as what is written there needs; where it is narrow, the
/// labels of breaks need it more.
void TimelineView::fitMargin()
{
    TimelineCamera &camera = m_layout.camera();
    if (!camera.isFit())
        return;
    camera.setEndMargin(TimelineCamera::usualMargin); // the same result however often
    if (m_layout.mode() == AxisMode::Order)
        return;
    const double needed = TimelinePainter(m_layout, m_style).neededMargin();
    camera.setEndMargin(needed);
    if (m_layout.data()->isLive)
        return;
    if (muteBreaks(camera) > 0) {
        camera.setEndMargin(TimelinePainter::leastMargin);
        if (muteBreaks(camera) > 0) // it helps nobody
            camera.setEndMargin(needed);
    }
    makeRoomForEnd(m_layout, *this, QFontMetrics(m_style.smallFont));
}

void TimelineView::zoom(double factor, double x)
{
    m_followsNow = false;
    moveCamera([&] { m_layout.camera().zoomAt(x, factor); });
}

void TimelineView::pinch(double factor, double x)
{
    m_followsNow = false;
    m_glide->finish();
    m_layout.camera().zoomAt(std::max(x, 0.0), std::clamp(factor, 0.5, 2.0));
    cameraMoved();
}

void TimelineView::moveCamera(const std::function<void()> &change)
{
    m_glide->move(change, isVisible() && !m_context.settings.reducesMotion());
}

void TimelineView::pan(double pixels)
{
    m_followsNow = false;
    m_glide->finish();
    m_layout.camera().pan(pixels);
    cameraMoved();
}

void TimelineView::showRange(double from, double to)
{
    m_followsNow = false;
    moveCamera([&] { m_layout.camera().showRange(std::min(from, to), std::max(from, to)); });
}

void TimelineView::dragRange(double from, double to, bool isFirst)
{
    m_followsNow = false;
    m_glide->finish();
    m_layout.camera().showRange(std::min(from, to), std::max(from, to), isFirst);
    cameraMoved();
}

void TimelineView::fit()
{
    m_followsNow = true;
    moveCamera([&] { m_layout.camera().fit(); });
}

void TimelineView::zoomBack()
{
    moveCamera([&] { (void)m_layout.camera().back(); });
}

void TimelineView::zoomToCurrent()
{
    const int row = m_cursor.dataRow();
    if (row < 0)
        return;
    const std::size_t bars = m_layout.data()->rows[static_cast<std::size_t>(row)].bars.size();
    if (bars == 0)
        return;
    const int first = m_cursor.bar() < 0 ? 0 : m_cursor.bar();
    const int last = m_cursor.bar() < 0 ? static_cast<int>(bars) - 1 : m_cursor.bar();
    const double from = m_layout.extent(row, first).first;
    const double to = m_layout.extent(row, last).second;
    const double margin = std::max(0.2 * (to - from), 0.05);
    showRange(from - margin, to + margin);
}

void TimelineView::toggleFollow()
{
    m_followsNow = !m_followsNow;
    m_glide->finish();
    followNow();
    cameraMoved();
}

void TimelineView::currentMoved(bool isTold)
{
    ensureShown(m_cursor.shownRow());
    viewport()->update();
    tellFocus(*this);
    m_context.actions.refresh();
    if (isTold)
        Q_EMIT currentChanged(m_cursor.selection());
    Q_EMIT viewChanged();
}

void TimelineView::ensureShown(int shown)
{
    if (shown < 0)
        return;
    const int top = shown * m_style.rowHeight;
    QScrollBar *bar = verticalScrollBar();
    if (top < bar->value())
        bar->setValue(top);
    else if (top + m_style.rowHeight > bar->value() + viewport()->height())
        bar->setValue(top + m_style.rowHeight - viewport()->height());
}

void TimelineView::moveCurrent(int rows)
{
    m_cursor.moveRow(rows);
    currentMoved(true);
}

void TimelineView::selectRow(int shown)
{
    m_cursor.setShownRow(shown);
    currentMoved(true);
}

void TimelineView::step(int direction)
{
    const int shown = m_cursor.shownRow();
    if (shown < 0)
        return;
    const ShownRow row = m_layout.rows()[static_cast<std::size_t>(shown)];
    if (row.isFold()) {
        m_layout.setOpen(row.fold, direction > 0);
        updateBars();
    } else if (row.row == 0) {
        stepBreak(direction);
    } else if (!m_cursor.moveBar(direction) && direction < 0) {
        if (m_cursor.bar() >= 0) {
            m_cursor.setShownRow(m_layout.shownIndex(row.row));
        } else if (row.fold >= 0) { // to the fold that it is in
            const auto &rows = m_layout.rows();
            const auto head = std::find_if(rows.begin(), rows.end(), [&](const ShownRow &each) {
                return each.isFold() && each.fold == row.fold;
            });
            m_cursor.setShownRow(static_cast<int>(head - rows.begin()));
        }
    }
    currentMoved(true);
}

void TimelineView::stepBreak(int direction)
{
    const TimelineCamera &camera = m_layout.camera();
    const std::vector<AxisSegment> &segments = camera.axis().segments();
    int next = m_break + direction;
    while (next >= 0 && next < static_cast<int>(segments.size())
           && !segments[static_cast<std::size_t>(next)].isBreak)
        next += direction;
    if (next >= static_cast<int>(segments.size()))
        return; // stays on the last one
    m_break = std::max(next, -1);
    if (m_break < 0)
        return;
    const AxisSegment &segment = segments[static_cast<std::size_t>(m_break)];
    const double x = camera.xAt(segment.from);
    if (x < 0 || x + segment.width > camera.viewWidth())
        pan(x - camera.viewWidth() / 2);
}

void TimelineView::nextFailed(int direction)
{
    if (!m_cursor.moveToFailed(direction))
        return;
    updateBars();
    currentMoved(true);
}

void TimelineView::nextFound(int direction)
{
    if (!m_cursor.moveToFound(direction))
        return;
    updateBars();
    currentMoved(true);
}

void TimelineView::setAllOpen(bool areOpen)
{
    m_layout.setAllOpen(areOpen);
    updateBars();
    currentMoved(false);
}

void TimelineView::activateCurrent()
{
    const int shown = m_cursor.shownRow();
    if (shown < 0)
        return;
    const ShownRow row = m_layout.rows()[static_cast<std::size_t>(shown)];
    if (isOnBreak()) {
        toggleBreak(m_break);
    } else if (row.row == 0 && m_layout.hasOpenedBreaks()) {
        toggleBreak(-1);
    } else if (row.isFold()) {
        m_layout.setOpen(row.fold, !row.isOpen);
        updateBars();
        currentMoved(true);
    } else {
        zoomToCurrent();
    }
}

void TimelineView::toggleBreak(int segment)
{
    m_glide->finish();
    m_break = -1;
    if (segment >= 0)
        m_layout.openBreak(segment);
    else
        m_layout.closeBreaks();
    cameraMoved();
}

void TimelineView::clickBreak(double x)
{
    if (const int segment = m_layout.breakAt(x); segment >= 0) {
        toggleBreak(segment);
        return;
    }
    m_glide->finish();
    if (!m_layout.closeBreakAt(x))
        return;
    m_break = -1;
    cameraMoved();
}

void TimelineView::startRuler()
{
    m_awaitsRuler = true;
    viewport()->setCursor(Qt::CrossCursor);
}

bool TimelineView::leaveRuler()
{
    const bool was = m_awaitsRuler || m_ruler;
    m_awaitsRuler = false;
    m_ruler.reset();
    viewport()->unsetCursor();
    viewport()->update();
    return was;
}

void TimelineView::showCard()
{
    const int shown = m_cursor.shownRow();
    if (shown < 0)
        return;
    m_tip->setCard(cardFor(m_layout, shown, m_cursor.bar()));
    m_tip->showAt(
        viewport()->mapToGlobal(QPoint(namesRect().center().x(), rowRect(shown).bottom() + 4)));
    m_tip->pin();
}

QString TimelineView::currentText() const
{
    if (m_ruler)
        return timelineDuration(
            std::chrono::milliseconds(std::llround(std::abs(m_ruler->to - m_ruler->from))));
    const int shown = m_cursor.shownRow();
    return shown < 0 ? QString() : cardFor(m_layout, shown, m_cursor.bar()).toText();
}

QString TimelineView::currentBreakWords() const
{
    return isOnBreak() ? breakWords(m_layout, m_break) : QString();
}

} // namespace console
