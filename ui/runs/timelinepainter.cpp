// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/timelinepainter.h"

#include "ui/core/timelinetext.h"
#include "ui/runs/barpainter.h"
#include "ui/widgets/icons.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr double runBarHeight = 6;
constexpr double runNotch = 4;
constexpr double runEdge = 2;
constexpr double leastLineGap = 4;  // and two pixels that are the line's
constexpr double leastPattern = 10; // narrower ones are only filled

QString markIcon(TimelineMark::Kind kind)
{
    switch (kind) {
    case TimelineMark::Kind::Resumed:
        return u"retry"_s;
    case TimelineMark::Kind::Recovered:
        return u"refresh"_s;
    case TimelineMark::Kind::CancelRequested:
        return u"cancel"_s;
    case TimelineMark::Kind::Warning:
        return u"warning"_s;
    }
    Q_UNREACHABLE();
}

Token markToken(TimelineMark::Kind kind)
{
    switch (kind) {
    case TimelineMark::Kind::Resumed:
        return Token::Accent;
    case TimelineMark::Kind::Recovered:
    case TimelineMark::Kind::Warning:
        return Token::StateBackoff;
    case TimelineMark::Kind::CancelRequested:
        return Token::StateCancelled;
    }
    Q_UNREACHABLE();
}

QColor veiled(const QColor &ground, const QColor &veil)
{
    const float alpha = veil.alphaF();
    const auto mix = [alpha](float over, float under) {
        return over * alpha + under * (1 - alpha);
    };
    return QColor::fromRgbF(mix(veil.redF(), ground.redF()), mix(veil.greenF(), ground.greenF()),
                            mix(veil.blueF(), ground.blueF()));
}

/// See-through: the ground differs from place to place.
QColor breakVeil(const Theme &theme)
{
    QColor veil = theme.color(Token::TextDim);
    veil.setAlphaF(theme.isDark() ? 0.1F : 0.07F);
    return veil;
}

/// See-through, so that lines and breaks stay visible.
QColor rowVeil(const Theme &theme, const RowLook &look)
{
    QColor veil = theme.color(look.isCurrent ? Token::Selection : Token::Text);
    veil.setAlphaF(look.isCurrent ? (theme.isDark() ? 0.35F : 0.12F) : 0.04F);
    return veil;
}

} // namespace

void TimelinePainter::paintBreak(QPainter &painter, const QRectF &rect, const Theme &theme)
{
    painter.fillRect(rect, breakVeil(theme));
    constexpr double step = 5;
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(theme.color(Token::LineStrong), 1));
    for (const double x : {rect.left(), rect.right()}) {
        QPainterPath zigzag(QPointF(x, rect.top()));
        bool isOut = true;
        for (double y = rect.top() + step; y < rect.bottom() + step; y += step) {
            zigzag.lineTo(x + (isOut ? 2.5 : -2.5), y);
            isOut = !isOut;
        }
        painter.drawPath(zigzag);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void TimelinePainter::paintGround(QPainter &painter, const QRect &plot,
                                  const TimeTicks &ticks) const
{
    const Theme &theme = *m_style.theme;
    const TimelineCamera &camera = m_layout.camera();
    painter.setPen(QPen(theme.blend(Token::Line, 0.7), 0));
    for (const TimeTick &tick : ticks.ticks) {
        if (meetsRetry(tick.x - leastLineGap, tick.x + leastLineGap))
            continue; // it would double the line of a retry
        const double x = plot.left() + std::floor(tick.x);
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    }
    for (const AxisSegment &segment : camera.axis().segments()) {
        if (!segment.isBreak)
            continue;
        const double from = camera.xAt(segment.from);
        const double to = camera.xAt(segment.to);
        if (to > 0 && from < plot.width())
            paintBreak(painter, QRectF(plot.left() + from, plot.top(), to - from, plot.height()),
                       theme);
    }
    if (m_layout.mode() == AxisMode::Order)
        return;
    for (const TimelineMark &mark : m_layout.data()->marks) {
        if (mark.kind != TimelineMark::Kind::Resumed)
            continue;
        const double x = plot.left() + std::floor(camera.xAt(m_layout.msOf(mark.at)));
        painter.setPen(QPen(theme.blend(Token::Accent, 0.6), 1, Qt::DotLine));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    }
}

void TimelinePainter::paintNow(QPainter &painter, const QRect &plot) const
{
    if (!m_layout.data()->isLive || m_layout.mode() == AxisMode::Order)
        return;
    const double x = m_layout.camera().xAt(m_layout.msOf(m_layout.now()));
    if (x < 0 || x > plot.width())
        return;
    painter.setPen(QPen(m_style.theme->color(Token::Accent), 1, Qt::DashLine));
    const double at = std::min(plot.left() + std::floor(x), static_cast<double>(plot.right()));
    painter.drawLine(QPointF(at, plot.top()), QPointF(at, plot.bottom()));
}

void TimelinePainter::paintRow(QPainter &painter, int shown, const QRect &rect,
                               const RowLook &look) const
{
    const Theme &theme = *m_style.theme;
    if (look.isCurrent || look.isHovered)
        painter.fillRect(rect, rowVeil(theme, look));
    const int air = (rect.height() - m_style.barHeight) / 2; // names of two lines
    const QRect plot = mirrored(rect, rect.adjusted(m_style.nameWidth, air, 0, -air));
    painter.save();
    if (m_layout.rows()[static_cast<std::size_t>(shown)].isDimmed)
        painter.setOpacity(0.35);
    paintName(painter, shown, rect, look);
    painter.setClipRect(plot, Qt::IntersectClip);
    paintPlot(painter, shown, plot, look);
    painter.restore();
    if (look.isCurrent)
        painter.fillRect(
            mirrored(rect, QRect(rect.left(), rect.top(), look.hasFocus ? 3 : 2, rect.height())),
            theme.color(look.hasFocus ? Token::Accent : Token::Control));
}

/// What is behind a text, without the lines that would cross it; \a x  in the plot.
QColor TimelinePainter::groundAt(double x, const RowLook &look) const
{
    const Theme &theme = *m_style.theme;
    QColor ground = theme.color(Token::Base);
    if (m_layout.mode() != AxisMode::Order && m_layout.breakAt(x) >= 0)
        ground = veiled(ground, breakVeil(theme));
    return look.isCurrent || look.isHovered ? veiled(ground, rowVeil(theme, look)) : ground;
}

/// Where the part of it stands in this direction.
QRect TimelinePainter::mirrored(const QRect &whole, const QRect &part) const
{
    return QStyle::visualRect(m_style.isMirrored ? Qt::RightToLeft : Qt::LeftToRight, whole, part);
}

void TimelinePainter::paintPlot(QPainter &painter, int shown, const QRect &plot,
                                const RowLook &look) const
{
    const ShownRow &at = m_layout.rows()[static_cast<std::size_t>(shown)];
    const std::vector<DrawnBar> bars = m_layout.bars(shown);
    const bool isRun = !at.isFold() && m_layout.rowOf(at).kind == RowKind::Run;
    if (isRun) {
        paintRun(painter, bars, plot);
        return;
    }
    const bool hasGaps = !at.isFold() && !at.isCall();
    const std::vector<Gap> gaps = hasGaps ? gapsIn(bars, plot) : std::vector<Gap>();
    auto gap = gaps.begin();
    for (const DrawnBar &bar : bars) {
        if (at.isFold())
            paintFold(painter, bar, plot);
        else if (at.isCall())
            paintCall(painter, bar, plot);
        else
            paintBar(painter, bar, plot,
                     {.row = look, .gap = isGap(bar.state) ? &*gap++ : nullptr});
        if (look.isCurrent && !at.isFold() && bar.bar == look.currentBar) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(m_style.theme->color(Token::Text), 1));
            const QRectF box(plot.left() + bar.x, plot.top() + 3, bar.width, plot.height() - 6);
            painter.drawRect(box.adjusted(-1.5, 0.5, 1.5, -0.5));
        }
    }
    if (!at.isFold())
        paintTail(painter, shown, plot, look);
}

/// The last cycle is what the run is now; the ones before it have failed.
Token TimelinePainter::cycleToken(std::size_t cycle) const
{
    const TimelineRow &run = m_layout.data()->rows.front();
    return cycle + 1 == run.bars.size() ? rowToken(m_layout, run) : barToken(run.bars[cycle].state);
}

/// What the run was at the end of it.
DisplayState TimelinePainter::cycleState(std::size_t cycle) const
{
    const TimelineData &data = *m_layout.data();
    const std::vector<TimelineBar> &cycles = data.rows.front().bars;
    if (cycle + 1 == cycles.size())
        return data.state;
    return isError(cycles[cycle].state) ? DisplayState::Failed : DisplayState::Completed;
}

QRectF TimelinePainter::runRect(const DrawnBar &bar, const QRect &plot) const
{
    const double y = std::floor(plot.top() + (plot.height() - runBarHeight) / 2);
    return QRectF(plot.left() + bar.x, y, bar.width, runBarHeight);
}

/// The end of a failed one is cut in, that of a dead one is a second edge (ui.md §3.1): not only
/// their colours differ.
void TimelinePainter::paintRun(QPainter &painter, const std::vector<DrawnBar> &bars,
                               const QRect &plot) const
{
    QPainterPath whole;
    whole.addRect(plot);
    for (const DrawnBar &bar : bars) {
        const QRectF rect = runRect(bar, plot);
        const DisplayState state = cycleState(static_cast<std::size_t>(bar.bar));
        QPainterPath cut;
        if (state == DisplayState::Failed && rect.width() >= leastPattern) {
            cut.moveTo(rect.topRight());
            cut.lineTo(rect.right() - runNotch, rect.center().y());
            cut.lineTo(rect.bottomRight());
        } else if (state == DisplayState::Dead && rect.width() >= leastPattern) {
            cut.addRect(QRectF(rect.right() - 2 * runEdge, rect.top(), runEdge, rect.height()));
        }
        whole -= cut;
    }
    painter.save();
    painter.setClipPath(whole, Qt::IntersectClip);
    for (const DrawnBar &bar : bars)
        paintRunBar(painter, bar, plot);
    paintActivity(painter, plot);
    painter.restore();
    for (const DrawnBar &bar : bars)
        paintRunPattern(painter, bar, plot);
    paintMarks(painter, plot);
}

void TimelinePainter::paintRunPattern(QPainter &painter, const DrawnBar &bar,
                                      const QRect &plot) const
{
    const QRectF rect = runRect(bar, plot);
    const auto cycle = static_cast<std::size_t>(bar.bar);
    if (rect.width() < leastPattern)
        return;
    if (cycleState(cycle) == DisplayState::Dead) {
        painter.fillRect(QRectF(rect.right() - runEdge, rect.top() - runEdge, runEdge,
                                rect.height() + 2 * runEdge),
                         m_style.theme->color(cycleToken(cycle)));
    } else if (cycleState(cycle) == DisplayState::Cancelled) {
        const QRectF seen = rect & QRectF(plot);
        paintDiagonalLines(painter, seen, m_style.theme->color(Token::Base), 8);
    }
}

void TimelinePainter::paintRunBar(QPainter &painter, const DrawnBar &bar, const QRect &plot) const
{
    const Theme &theme = *m_style.theme;
    const QRectF rect = runRect(bar, plot);
    if (bar.state == BarState::Queued)
        paintBarFill(painter, rect.adjusted(0, -2, 0, 2), bar.state, theme, 0);
    else
        painter.fillRect(rect, theme.blend(cycleToken(static_cast<std::size_t>(bar.bar)), 0.5));
}

/// Where calls were made, the bar of the run is solid: the rest is waiting.
void TimelinePainter::paintActivity(QPainter &painter, const QRect &plot) const
{
    if (m_layout.mode() == AxisMode::Order)
        return;
    const Theme &theme = *m_style.theme;
    const TimelineData &data = *m_layout.data();
    const TimelineCamera &camera = m_layout.camera();
    const double y = std::floor(plot.top() + (plot.height() - runBarHeight) / 2);
    const std::vector<TimelineBar> &cycles = data.rows.front().bars;
    double drawnTo = -1;
    for (std::size_t index = 0; index < data.active.size(); ++index) {
        const bool grows = data.isExecuting && index + 1 == data.active.size();
        const double from = camera.xAt(m_layout.msOf(data.active[index].from));
        const double to = camera.xAt(m_layout.msOf(grows ? m_layout.now() : data.active[index].to));
        if (from > plot.width())
            break;
        if (to < 0 || std::max(to, from + 1) <= drawnTo)
            continue;
        drawnTo = std::max(to, from + 1);
        // A run that was retried has one colour per cycle.
        std::size_t cycle = cycles.size() - 1;
        while (cycle > 1 && cycles[cycle].from > data.active[index].from)
            --cycle;
        painter.fillRect(QRectF(plot.left() + from, y, drawnTo - from, runBarHeight),
                         theme.color(cycleToken(cycle)));
    }
}

/// Before the line of the retry; where the edge of the break before it is in the way, inside of
/// that.
double TimelinePainter::retrySignAt(double line, double plotLeft) const
{
    const double usual = line - iconSize - 3;
    if (!isOnBreakEdge(usual, usual + iconSize, plotLeft))
        return usual;
    const TimelineCamera &camera = m_layout.camera();
    double left = usual;
    for (const AxisSegment &segment : camera.axis().segments()) {
        const double edge = plotLeft + camera.xAt(segment.to);
        if (segment.isBreak && edge < line)
            left = edge - edgeGap - iconSize;
    }
    return isOnBreakEdge(left, left + iconSize, plotLeft) ? usual : left;
}

void TimelinePainter::paintMarks(QPainter &painter, const QRect &plot) const
{
    if (m_layout.mode() == AxisMode::Order)
        return;
    for (const TimelineMark &mark : m_layout.data()->marks) {
        const double x = plot.left() + m_layout.camera().xAt(m_layout.msOf(mark.at));
        // Before a retry there is a gap in the bar of the run: its mark stands there.
        const bool isInGap = mark.kind == TimelineMark::Kind::Resumed;
        const double left = isInGap ? retrySignAt(x, plot.left()) : x - iconSize / 2.0;
        const QRectF box(left, plot.top(), iconSize, plot.height());
        if (!isInGap) {
            painter.setRenderHint(QPainter::Antialiasing, true);
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_style.theme->color(Token::Base));
            painter.drawEllipse(box.center(), iconSize / 2.0 + 1, iconSize / 2.0 + 1);
            painter.setRenderHint(QPainter::Antialiasing, false);
        }
        paintIcon(painter, markIcon(mark.kind), markToken(mark.kind), box);
    }
}

void TimelinePainter::paintFold(QPainter &painter, const DrawnBar &bar, const QRect &plot) const
{
    const double full = plot.height() - 10;
    const double height = std::round(std::max(4.0, full * (0.3 + 0.7 * bar.density)));
    painter.fillRect(QRectF(plot.left() + bar.x, plot.bottom() - 4 - height, bar.width, height),
                     m_style.theme->color(barToken(bar.state)));
}

} // namespace console
