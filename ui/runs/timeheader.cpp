// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/timeheader.h"

#include "ui/runs/timelineview.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/context.h"

#include <QContextMenuEvent>
#include <QFontMetrics>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int shortestDrag = 4;
constexpr int breakLabelTop = 4;
constexpr double leastMarkGap = 6;

} // namespace

TimeHeader::TimeHeader(TimelineView &view, Context &context, QWidget *parent)
    : QWidget(parent)
    , m_view(view)
    , m_theme(context.theme)
    , m_actions(context.actions)
{
    setObjectName(u"timelineHeader"_s);
    setToolTip(tr("Drag to zoom to a range; right click for clock time"));
}

void TimeHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // of time; the names are mirrored here
    painter.fillRect(rect(), m_theme.color(Token::Window));
    painter.setFont(font());
    painter.setPen(m_theme.color(Token::TextDim));
    const auto visual = [this](const QRect &part) {
        return QStyle::visualRect(layoutDirection(), rect(), part);
    };
    const QRect names = visual(QRect(12, 0, m_view.nameWidth() - 22, height())); // as the rows
    const auto side = [this](Qt::Alignment logical) {
        return static_cast<int>(QStyle::visualAlignment(layoutDirection(), logical));
    };
    painter.drawText(names, side(Qt::AlignLeft | Qt::AlignVCenter), tr("Step"));
    painter.drawText(names, side(Qt::AlignRight | Qt::AlignVCenter), tr("Duration"));
    const QRect plot = plotRect();
    painter.save();
    painter.setClipRect(plot);
    paintTimes(painter, plot);
    if (m_from >= 0 && std::abs(m_to - m_from) >= shortestDrag) {
        QColor shade = m_theme.color(Token::Accent);
        shade.setAlphaF(0.2F);
        painter.fillRect(QRect(std::min(m_from, m_to), 0, std::abs(m_to - m_from), height()),
                         shade);
    }
    painter.restore();
    painter.fillRect(visual(QRect(m_view.nameWidth() - 1, 0, 1, height())),
                     m_theme.color(Token::Line));
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color(Token::Line));
}

/// As that of the drawing below.
QRect TimeHeader::plotRect() const
{
    const QRect plot = m_view.plotRect();
    return QRect(plot.left(), 0, plot.width(), height());
}

AxisLabels TimeHeader::labels() const
{
    const QRect plot = plotRect();
    const QRectF flag = nowRect(plot).translated(-plot.left(), 0);
    return axisLabels(
        m_view.timeline(), m_view.ticks(),
        {.usesClockTime = m_view.usesClockTime(), .taken = {flag.left(), flag.right()}},
        QFontMetrics(font()));
}

void TimeHeader::paintBreaks(QPainter &painter, const QRect &plot) const
{
    const TimelineCamera &camera = m_view.timeline().camera();
    for (const AxisSegment &segment : camera.axis().segments()) {
        const double from = plot.left() + camera.xAt(segment.from);
        const double to = plot.left() + camera.xAt(segment.to);
        if (segment.isBreak && to >= plot.left() && from <= plot.right())
            TimelinePainter::paintBreak(painter, QRectF(from, 0, to - from, height() - 1), m_theme);
    }
}

void TimeHeader::paintMark(QPainter &painter, double x) const
{
    painter.setPen(m_theme.color(Token::LineStrong));
    painter.drawLine(QPointF(x, height() - 6), QPointF(x, height() - 2));
}

void TimeHeader::paintLabels(QPainter &painter, const QRect &plot, const AxisLabels &labels) const
{
    const QFontMetrics metrics(font());
    const double base = (height() + metrics.ascent() - metrics.descent()) / 2.0;
    for (const AxisLabel &time : labels.times) {
        const double x = plot.left() + time.x;
        paintMark(painter, plot.left() + time.mark);
        painter.setPen(m_theme.color(Token::TextDim));
        painter.drawText(QPointF(x, base), time.text);
    }
    for (const AxisLabel &wait : labels.waits) {
        // On a label of its own: it is a length, not a time as those beside it.
        const QRectF label(plot.left() + wait.x, breakLabelTop, wait.width,
                           height() - 2 * breakLabelTop - 1);
        painter.setRenderHint(QPainter::Antialiasing, true);
        painter.setPen(m_theme.color(Token::LineStrong));
        painter.setBrush(m_theme.color(Token::Base));
        painter.drawRoundedRect(label.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(m_theme.color(Token::TextDim));
        painter.drawText(label, Qt::AlignCenter, wait.text);
    }
}

void TimeHeader::paintTimes(QPainter &painter, const QRect &plot) const
{
    const TimelineLayout &timeline = m_view.timeline();
    if (timeline.mode() == AxisMode::Order) {
        painter.drawText(plot.adjusted(8, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         tr("in order of start"));
        return;
    }
    paintBreaks(painter, plot);
    const AxisLabels written = labels();
    const auto isBeside = [&](double x) { // one of two marks so near says nothing
        return std::any_of(written.times.begin(), written.times.end(), [x](const AxisLabel &time) {
            return std::abs(time.mark - x) < leastMarkGap;
        });
    };
    for (const TimeTick &tick : m_view.ticks().ticks) {
        if (!isBeside(std::floor(tick.x)))
            paintMark(painter, plot.left() + std::floor(tick.x));
    }
    paintLabels(painter, plot, written);
    const QRectF flag = nowRect(plot);
    if (flag.isEmpty())
        return;
    painter.setPen(Qt::NoPen);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setBrush(m_theme.color(Token::Accent));
    painter.drawRoundedRect(flag, 3, 3);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(m_theme.color(Token::Base));
    painter.drawText(flag, Qt::AlignCenter, tr("now"));
}

/// The flag on top of the line at now; empty if that is not in the plot.
QRectF TimeHeader::nowRect(const QRect &plot) const
{
    const TimelineLayout &timeline = m_view.timeline();
    const double x = timeline.camera().xAt(timeline.msOf(timeline.now()));
    if (!timeline.data()->isLive || x < 0 || x > plot.width() + 1)
        return {};
    const double width = QFontMetrics(font()).horizontalAdvance(tr("now")) + 8;
    const double left = plot.left() + std::floor(x) - width / 2;
    return QRectF(std::clamp(left, static_cast<double>(plot.left()), plot.right() - width + 1), 3,
                  width, height() - 7);
}

void TimeHeader::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !plotRect().contains(event->pos()))
        return;
    m_from = event->pos().x();
    m_to = m_from;
}

void TimeHeader::mouseMoveEvent(QMouseEvent *event)
{
    if (m_from < 0)
        return;
    m_to = event->pos().x();
    update();
}

void TimeHeader::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_from < 0)
        return;
    const double from = m_from - plotRect().left();
    const double to = event->pos().x() - plotRect().left();
    m_from = -1;
    update();
    const TimelineLayout &timeline = m_view.timeline();
    if (std::abs(to - from) >= shortestDrag)
        m_view.showRange(timeline.camera().msAt(from), timeline.camera().msAt(to));
    else
        m_view.clickBreak(from);
}

/// Its first click has opened a break, or closed one: the second one is no other wish.
void TimeHeader::mouseDoubleClickEvent(QMouseEvent *) {}

void TimeHeader::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = m_actions.contextMenu(&m_view, {"timeline.clock"_ba, "timeline.whole"_ba});
    menu->popup(event->globalPos());
}

} // namespace console
