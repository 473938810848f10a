// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/overviewstrip.h"

#include "ui/core/theme.h"
#include "ui/runs/timelineview.h"

#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int stripHeight = 36;
constexpr int reach = 5;
constexpr int margin = 4;
constexpr int inset = 12;    // as all of the panel
constexpr int mostLanes = 7; // thinner ones cannot be seen
constexpr double narrowest = 1.5;

} // namespace

OverviewStrip::OverviewStrip(TimelineView &view, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_theme(theme)
{
    setObjectName(u"overviewStrip"_s);
    setAccessibleName(tr("Overview of the run"));
    setToolTip(tr("The whole run; drag the frame to move through it"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMouseTracking(true);
    connect(&view, &TimelineView::viewChanged, this, qOverload<>(&QWidget::update));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize OverviewStrip::sizeHint() const
{
    return {400, stripHeight};
}

TimeAxis OverviewStrip::axis() const
{
    TimeAxis axis = m_view.timeline().camera().axis();
    axis.setScale(axis.scaleToFit(m_view.timeline().camera().fitWidth()));
    return axis;
}

/// Over the plot below; where that has a scroll bar at its end the strip goes on.
QRect OverviewStrip::plotRect() const
{
    const QRect plot = m_view.plotRect().translated(m_view.viewport()->x(), 0);
    const int right = isRightToLeft() ? plot.right() + 1 : width();
    return QRect(plot.left(), 0, right - plot.left(), height());
}

QRect OverviewStrip::frameRect() const
{
    const TimelineCamera &camera = m_view.timeline().camera();
    const TimeAxis whole = axis();
    const int left = plotLeft() + static_cast<int>(whole.xAt(camera.msAt(0)));
    const int right =
        plotLeft() + static_cast<int>(std::ceil(whole.xAt(camera.msAt(camera.viewWidth()))));
    return QRect(left, 0, std::max(right - left, 3), height());
}

QPixmap OverviewStrip::drawn() const
{
    const TimelineLayout &timeline = m_view.timeline();
    const TimelineData &run = *timeline.data();
    const TimeAxis whole = axis();
    QPixmap picture(size() * devicePixelRatioF());
    picture.setDevicePixelRatio(devicePixelRatioF());
    picture.fill(m_theme.color(Token::Window));
    QPainter painter(&picture);
    painter.setFont(m_view.smallFont());
    painter.setPen(m_theme.color(Token::TextDim));
    painter.setLayoutDirection(Qt::LeftToRight);
    const QRect label(inset, 0, m_view.nameWidth() - inset, height());
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), label),
                     static_cast<int>(QStyle::visualAlignment(layoutDirection(),
                                                              Qt::AlignLeft | Qt::AlignVCenter)),
                     tr("Overview"));
    painter.setClipRect(plotRect());
    painter.translate(plotLeft(), 0);
    for (std::size_t index = 0; index < whole.segments().size(); ++index) {
        const AxisSegment &segment = whole.segments()[index];
        if (segment.isBreak)
            TimelinePainter::paintBreak(painter,
                                        QRectF(whole.segmentX(index), 0,
                                               whole.xAt(segment.to) - whole.segmentX(index),
                                               height()),
                                        m_theme);
    }
    // Rows share lanes when there are more of them than pixels; errors are drawn last.
    const int rows = std::max(1, static_cast<int>(run.rows.size()) - 1);
    const int lanes = std::min(rows, mostLanes);
    const int lane = std::min(6, (height() - 2 * margin) / lanes); // whole pixels: all alike
    const int top = (height() - lanes * lane) / 2;
    const int gap = rows > lanes ? 0 : 1;
    for (const bool areErrors : {false, true}) {
        for (std::size_t row = 1; row < run.rows.size(); ++row) {
            const int on = (static_cast<int>(row) - 1) * lanes / rows;
            for (std::size_t bar = 0; bar < run.rows[row].bars.size(); ++bar) {
                const BarState state = run.rows[row].bars[bar].state;
                if (isError(state) != areErrors || state == BarState::Queued)
                    continue;
                const auto [from, to] =
                    timeline.extent(static_cast<int>(row), static_cast<int>(bar));
                const double width = std::max(whole.xAt(to) - whole.xAt(from), narrowest);
                const double x = std::max(whole.xAt(to) - width, 0.0); // it ends where it ends
                const bool isThin = isWait(state) || state == BarState::NotReached;
                painter.fillRect(QRectF(x, top + on * lane + (isThin ? lane / 3 : 0), width,
                                        std::max(isThin ? lane / 3 : lane - gap, 1)),
                                 isThin ? m_theme.blend(barToken(state), 0.5)
                                        : m_theme.color(barToken(state)));
            }
        }
    }
    return picture;
}

void OverviewStrip::paintEvent(QPaintEvent *)
{
    const TimelineDataPtr &run = m_view.timeline().data();
    const TimeAxis whole = axis();
    if (m_drawnData != run || m_drawnSize != size() || m_drawnDark != m_theme.isDark()
        || m_drawnAxis != whole) {
        m_picture = drawn();
        m_drawnData = run;
        m_drawnAxis = whole;
        m_drawnSize = size();
        m_drawnDark = m_theme.isDark();
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color(Token::Line));
    if (m_view.timeline().camera().isFit())
        return;
    const QRect frame = frameRect();
    QColor shade = m_theme.color(Token::Window);
    shade.setAlphaF(0.65F);
    const QRect plot = plotRect();
    painter.fillRect(QRect(plot.left(), 0, frame.left() - plot.left(), height()), shade);
    painter.fillRect(QRect(frame.right() + 1, 0, plot.right() - frame.right(), height()), shade);
    painter.setPen(QPen(m_theme.color(Token::Accent), 2));
    painter.drawRect(frame.adjusted(1, 1, -1, -1));
}

OverviewStrip::Grip OverviewStrip::gripAt(int x) const
{
    if (m_view.timeline().camera().isFit())
        return Grip::None;
    const QRect frame = frameRect();
    const bool isNarrow = frame.width() < 3 * reach;
    if (!isNarrow && std::abs(x - frame.left()) <= reach)
        return Grip::Left;
    if (!isNarrow && std::abs(x - frame.right()) <= reach)
        return Grip::Right;
    return frame.adjusted(-reach, 0, reach, 0).contains(x, height() / 2) ? Grip::Middle
                                                                         : Grip::None;
}

void OverviewStrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_view.timeline().camera().isFit())
        return;
    const int x = event->pos().x();
    const QRect frame = frameRect();
    m_grip = gripAt(x);
    m_isFirstDrag = true;
    m_gripOffset = x - frame.left();
    if (m_grip == Grip::None) { // centre it here
        m_grip = Grip::Middle;
        m_gripOffset = frame.width() / 2.0;
        dragTo(x);
    }
}

void OverviewStrip::dragTo(int x)
{
    const TimelineCamera &camera = m_view.timeline().camera();
    const TimeAxis whole = axis();
    switch (m_grip) {
    case Grip::Middle:
        m_view.pan(camera.axis().xAt(whole.msAt(x - plotLeft() - m_gripOffset)) - camera.offset());
        break;
    case Grip::Left:
        m_view.dragRange(whole.msAt(x - plotLeft()), camera.msAt(camera.viewWidth()),
                         m_isFirstDrag);
        break;
    case Grip::Right:
        m_view.dragRange(camera.msAt(0), whole.msAt(x - plotLeft()), m_isFirstDrag);
        break;
    case Grip::None:
        break;
    }
    m_isFirstDrag = false;
}

void OverviewStrip::mouseMoveEvent(QMouseEvent *event)
{
    if (m_grip != Grip::None) {
        dragTo(event->pos().x());
        return;
    }
    const Grip grip = gripAt(event->pos().x());
    if (grip == Grip::None)
        unsetCursor();
    else
        setCursor(grip == Grip::Middle ? Qt::OpenHandCursor : Qt::SizeHorCursor);
}

void OverviewStrip::mouseReleaseEvent(QMouseEvent *)
{
    m_grip = Grip::None;
}

} // namespace console
