// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Mouse and keyboard of the timeline (ui.md §7.5, §7.6).

#include "ui/core/timelinetext.h"
#include "ui/runs/timelinetip.h"
#include "ui/runs/timelineview.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/settings.h"

#include <QContextMenuEvent>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QStyle>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr double zoomStep = 1.2;
constexpr double panShare = 0.15; // of the plot
constexpr int notch = 120;
constexpr int dividerReach = 4;
constexpr int smallestNames = 120;
constexpr int largestNames = 600;
constexpr double namesShare = 0.4; // of the view, unless the plot has room enough
constexpr int roomyPlot = 420;

QString namesKey()
{
    return u"timeline/names"_s;
}

struct KeyRow {
    int key;
    Qt::KeyboardModifiers modifiers;
    void (*run)(TimelineView &);
};

int page(const TimelineView &view)
{
    return std::max(1, view.viewport()->height() / view.rowHeight() - 1);
}

double center(const TimelineView &view)
{
    return view.timeline().camera().viewWidth() / 2;
}

/// What these keys do in every list and table; all others are actions (timelineactions.cpp).
const std::vector<KeyRow> &keyTable()
{
    using View = TimelineView;
    static const std::vector<KeyRow> table = {
        {Qt::Key_Up, {}, [](View &view) { view.moveCurrent(-1); }},
        {Qt::Key_Down, {}, [](View &view) { view.moveCurrent(1); }},
        {Qt::Key_PageUp, {}, [](View &view) { view.moveCurrent(-page(view)); }},
        {Qt::Key_PageDown, {}, [](View &view) { view.moveCurrent(page(view)); }},
        {Qt::Key_Home, {}, [](View &view) { view.selectRow(0); }},
        {Qt::Key_End, {}, [](View &view) { view.selectRow(view.timeline().rowCount() - 1); }},
        {Qt::Key_Left, {}, [](View &view) { view.step(-1); }},
        {Qt::Key_Right, {}, [](View &view) { view.step(1); }},
        {Qt::Key_Return, {}, [](View &view) { view.activateCurrent(); }},
        {Qt::Key_Enter, Qt::KeypadModifier, [](View &view) { view.activateCurrent(); }},
    };
    return table;
}

} // namespace

void TimelineView::readNames()
{
    const QVariant kept = m_context.settings.value(namesKey(), m_style.nameWidth);
    m_namesWish = std::clamp(kept.toInt(), smallestNames, largestNames);
    m_style.nameWidth = m_namesWish;
}

void TimelineView::keepNames()
{
    m_context.settings.setValue(namesKey(), m_namesWish);
}

/// Where it is narrow the names give way: time is what the drawing is about.
void TimelineView::shareNames()
{
    const int whole = viewport()->width();
    const int share = std::max(static_cast<int>(namesShare * whole), whole - roomyPlot);
    int most = std::max(share, smallestNames);
    // And what they do not need. While it lives that would move with its durations.
    const bool isKnown = m_layout.rowCount() > 0 && !m_layout.data()->isLive;
    if (m_namesWish > most && m_drag != Drag::Divider && isKnown)
        most = std::max(TimelinePainter(m_layout, m_style).neededNames(most), smallestNames);
    m_style.nameWidth = std::min(m_namesWish, most);
}

/// Rows that are opened or let in again may have longer names than those before. The column does
/// not become narrower for fewer rows: nothing jumps while one types a filter.
void TimelineView::growNames()
{
    if (m_layout.rowCount() == m_namedRows)
        return;
    m_namedRows = m_layout.rowCount();
    const int before = m_style.nameWidth;
    shareNames();
    m_style.nameWidth = std::max(before, m_style.nameWidth);
    if (m_style.nameWidth != before)
        m_layout.camera().setViewWidth(plotRect().width());
}

void TimelineView::fitNames()
{
    const QFontMetrics metrics(m_style.font);
    int widest = 0;
    for (int shown = 0; shown < m_layout.rowCount(); ++shown)
        widest = std::max(widest, metrics.horizontalAdvance(cellText(m_layout, shown, 0)));
    setNameWidth(std::clamp(widest + 170, smallestNames, largestNames));
}

void TimelineView::setNameWidth(int width)
{
    m_namesWish = width;
    keepNames();
    shareNames();
    m_layout.camera().setViewWidth(plotRect().width());
    cameraMoved();
}

QRect TimelineView::plotRect() const
{
    const QRect whole = viewport()->rect();
    const QRect plot(m_style.nameWidth, 0, std::max(1, whole.width() - m_style.nameWidth),
                     whole.height());
    return QStyle::visualRect(layoutDirection(), whole, plot);
}

QRect TimelineView::namesRect() const
{
    return QStyle::visualRect(layoutDirection(), viewport()->rect(),
                              QRect(0, 0, m_style.nameWidth, viewport()->height()));
}

/// Between names and plot.
bool TimelineView::isOnDivider(int x) const
{
    const int divider = isRightToLeft() ? namesRect().left() : plotRect().left();
    return std::abs(x - divider) <= dividerReach;
}

void TimelineView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange)
        restyle();
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        if (m_tip->isVisible())
            m_tip->hide();
        else if (!leaveRuler())
            event->ignore(); // the panel goes back
        return;
    }
    for (const KeyRow &row : keyTable()) {
        if (row.key != event->key() || row.modifiers != event->modifiers())
            continue;
        m_tip->hide();
        row.run(*this);
        return;
    }
    event->ignore();
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    const QPoint turned = event->angleDelta();
    if (event->modifiers() & Qt::ControlModifier) {
        const QRect plot = plotRect();
        const double x = event->position().x() - plot.left();
        zoom(std::pow(zoomStep, static_cast<double>(turned.y()) / notch),
             std::clamp(x, 0.0, static_cast<double>(plot.width())));
    } else if ((event->modifiers() & Qt::ShiftModifier) || turned.x() != 0) {
        const int by = turned.x() != 0 ? turned.x() : turned.y();
        pan(-static_cast<double>(by) / notch * panShare * 2 * center(*this));
    } else {
        QAbstractScrollArea::wheelEvent(event);
    }
    event->accept();
}

void TimelineView::press(const QPoint &position, bool isRuler)
{
    const QRect plot = plotRect();
    const double x = position.x() - plot.left();
    const bool isOnNames = namesRect().contains(position);
    m_dragFrom = position;
    m_canToggleBreak = false;
    m_pressedRow = -1;
    m_breaksBefore.reset();
    if (isOnDivider(position.x())) {
        m_drag = Drag::Divider;
        return;
    }
    if (isRuler && !isOnNames) {
        m_drag = Drag::Ruler;
        const double at = m_layout.camera().msAt(x);
        m_ruler = Ruler{at, at};
        return;
    }
    const int shown = shownAt(position.y());
    if (isOnNames) {
        if (shown < 0)
            return;
        const ShownRow row = m_layout.rows()[static_cast<std::size_t>(shown)];
        m_cursor.setShownRow(shown);
        const int inwards = isRightToLeft() ? viewport()->width() - position.x() : position.x();
        if (row.isFold() && inwards < 30 + row.depth * 14) {
            m_layout.setOpen(row.fold, !row.isOpen);
            updateBars();
        }
        currentMoved(true);
        return;
    }
    const std::optional<DrawnBar> hit = m_layout.hit(shown, x);
    const bool isWide = hit && hit->width > plot.width() / 2.0; // leave something to drag
    m_canToggleBreak = !hit;
    m_pressedRow = hit ? hit->row : -1;
    m_break = -1; // it is no longer the current item
    if (hit && shown >= 0 && !m_layout.rows()[static_cast<std::size_t>(shown)].isFold()) {
        // A bar in a break waits: the first click chooses it, another one is for the break.
        m_canToggleBreak =
            hit->row == 0 || (m_cursor.dataRow() == hit->row && m_cursor.bar() == hit->bar);
        m_cursor.setBar(hit->row, hit->bar);
        currentMoved(true);
        if (!isWide)
            return;
    } else if (shown >= 0) {
        m_cursor.setShownRow(shown);
        currentMoved(true);
    }
    m_drag = Drag::Pan;
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    m_hoverTimer.stop();
    m_tip->hide();
    if (event->button() != Qt::LeftButton)
        return;
    press(event->pos(), m_awaitsRuler || (event->modifiers() & Qt::ShiftModifier));
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint position = event->pos();
    const QRect plot = plotRect();
    switch (m_drag) {
    case Drag::Divider:
        m_namesWish =
            std::clamp(isRightToLeft() ? viewport()->width() - position.x() : position.x(),
                       smallestNames, largestNames);
        shareNames();
        m_namesWish = m_style.nameWidth; // not more than what is seen
        m_layout.camera().setViewWidth(plotRect().width());
        cameraMoved();
        return;
    case Drag::Pan:
        viewport()->setCursor(Qt::ClosedHandCursor);
        pan(m_dragFrom.x() - position.x());
        m_canToggleBreak = false; // it was no click
        m_dragFrom = position;
        return;
    case Drag::Ruler:
        m_ruler->to = m_layout.camera().msAt(position.x() - plot.left());
        viewport()->update();
        return;
    case Drag::None:
        break;
    }
    if (isOnDivider(position.x()))
        viewport()->setCursor(Qt::SplitHCursor);
    else if (!m_awaitsRuler)
        viewport()->unsetCursor();
    const int shown = shownAt(position.y());
    if (shown != m_hoveredRow) {
        m_hoveredRow = shown;
        m_tip->leave();
        viewport()->update();
    }
    m_hoverTimer.start();
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    const Drag was = m_drag;
    m_drag = Drag::None;
    viewport()->unsetCursor();
    if (was == Drag::Divider)
        keepNames();
    if (was == Drag::Ruler) {
        m_awaitsRuler = false;
        if (m_ruler && m_ruler->from == m_ruler->to)
            m_ruler.reset();
        viewport()->update();
        return;
    }
    const bool isClick = event->button() == Qt::LeftButton && event->pos() == m_dragFrom;
    if (!isClick || !std::exchange(m_canToggleBreak, false))
        return;
    std::vector<double> before = m_layout.openedBreaks();
    clickBreak(event->pos().x() - plotRect().left());
    if (before != m_layout.openedBreaks())
        m_breaksBefore = std::move(before);
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPoint position = event->pos();
    const int shown = shownAt(position.y());
    if (isOnDivider(position.x())) {
        fitNames();
    } else if (shown >= 0
               && (namesRect().contains(position)
                   || m_layout.rows()[static_cast<std::size_t>(shown)].isFold())) {
        activateCurrent();
    } else if (m_pressedRow > 0 || (m_pressedRow == 0 && !m_breaksBefore)) {
        // The first click was about the bar, and not about the break that it is in; that of the run
        // is everywhere.
        if (m_breaksBefore)
            m_layout.setOpenedBreaks(*m_breaksBefore);
        zoomToCurrent();
    }
}

void TimelineView::hover(const QPoint &position)
{
    const int shown = shownAt(position.y());
    if (shown < 0 || !viewport()->rect().contains(position))
        return;
    const double x = position.x() - plotRect().left();
    const bool isOnNames = namesRect().contains(position);
    const bool isFold = m_layout.rows()[static_cast<std::size_t>(shown)].isFold();
    const std::optional<DrawnBar> hit = isOnNames || isFold ? std::nullopt : m_layout.hit(shown, x);
    if (!isOnNames && !hit && !isFold)
        return;
    m_tip->setCard(cardFor(m_layout, shown, hit ? hit->bar : -1));
    m_tip->showAt(viewport()->mapToGlobal(position + QPoint(12, 18)));
}

void TimelineView::contextMenuEvent(QContextMenuEvent *event)
{
    m_tip->hide();
    const bool isByMouse = event->reason() == QContextMenuEvent::Mouse;
    if (isByMouse)
        press(viewport()->mapFromGlobal(event->globalPos()), false);
    m_drag = Drag::None;
    QMenu *menu = m_context.actions.contextMenu(this, {"run.retry"_ba,
                                                       "run.retryNow"_ba,
                                                       "run.skip"_ba,
                                                       "run.rerun"_ba,
                                                       "run.cancel"_ba,
                                                       {},
                                                       "list.copy"_ba,
                                                       "run.copyId"_ba,
                                                       {},
                                                       "timeline.calls"_ba,
                                                       "timeline.wrap"_ba,
                                                       "timeline.zoomTo"_ba,
                                                       "timeline.whole"_ba,
                                                       "timeline.unfold"_ba,
                                                       "timeline.fold"_ba});
    const int shown = std::max(0, m_cursor.shownRow());
    menu->popup(isByMouse
                    ? event->globalPos()
                    : viewport()->mapToGlobal(QPoint(namesRect().left() + m_style.nameWidth / 3,
                                                     rowRect(shown).bottom())));
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TimelineView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace console
