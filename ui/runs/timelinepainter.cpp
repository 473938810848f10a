// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/timelinepainter.h"

#include "ui/core/format.h"
#include "ui/core/timelinetext.h"
#include "ui/runs/barpainter.h"
#include "ui/widgets/icons.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int iconSize = 16;
constexpr int indent = 14;
constexpr int padding = 8;
constexpr double runBarHeight = 6;
constexpr double callBarHeight = 6;

QString tr(const char *text)
{
    return QCoreApplication::translate("Timeline", text);
}

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

} // namespace

void TimelinePainter::paintIcon(QPainter &painter, const QString &name, Token token,
                                const QRectF &box) const
{
    const QPixmap pixmap = m_style.icons->pixmap(name, token, iconSize, m_style.pixelRatio);
    painter.drawPixmap(QPointF(std::round(box.center().x() - iconSize / 2.0),
                               std::round(box.center().y() - iconSize / 2.0)),
                       pixmap);
}

void TimelinePainter::paintBreak(QPainter &painter, const QRectF &rect, const Theme &theme)
{
    painter.fillRect(rect, theme.blend(Token::TextDim, 0.07));
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
    // See-through, so that lines and breaks stay visible.
    QColor ground = theme.color(look.isCurrent ? Token::Selection : Token::Text);
    ground.setAlphaF(look.isCurrent ? (theme.isDark() ? 0.35F : 0.12F) : 0.04F);
    if (look.isCurrent || look.isHovered)
        painter.fillRect(rect, ground);
    const QRect plot = rect.adjusted(m_style.nameWidth, 0, 0, 0);
    painter.save();
    if (m_layout.rows()[static_cast<std::size_t>(shown)].isDimmed)
        painter.setOpacity(0.35);
    paintName(painter, shown, rect, look);
    painter.setClipRect(plot, Qt::IntersectClip);
    paintPlot(painter, shown, plot, look);
    painter.restore();
    if (look.isCurrent)
        painter.fillRect(QRect(rect.left(), rect.top(), look.hasFocus ? 3 : 2, rect.height()),
                         theme.color(look.hasFocus ? Token::Selection : Token::LineStrong));
}

void TimelinePainter::paintName(QPainter &painter, int shown, const QRect &rect,
                                const RowLook &look) const
{
    const Theme &theme = *m_style.theme;
    const ShownRow &at = m_layout.rows()[static_cast<std::size_t>(shown)];
    const QRect column(rect.left(), rect.top(), m_style.nameWidth - 1, rect.height());
    int x = padding + 4 + at.depth * indent;
    const TimelineRow *row = at.isFold() ? nullptr : &m_layout.rowOf(at);
    if (at.isFold())
        paintIcon(painter, at.isOpen ? u"chevron-down"_s : u"chevron-right"_s, Token::TextDim,
                  QRectF(x - iconSize - 1, column.top(), iconSize, column.height()));
    const bool isRun = row != nullptr && row->kind == RowKind::Run;
    BarState state = row == nullptr ? m_layout.fold(at.fold).worst : row->state;
    if (row != nullptr && at.isCall())
        state = row->bars[static_cast<std::size_t>(at.call)].state;
    const QString icon =
        isRun ? stateIcon(m_layout.data()->state, m_layout.data()->reason) : barIcon(state);
    const Token token =
        isRun ? stateToken(m_layout.data()->state, m_layout.data()->reason) : barToken(state);
    if (!at.isCall()) {
        paintIcon(painter, icon, token, QRectF(x, column.top(), iconSize, column.height()));
        x += iconSize + 6;
    } else {
        x += iconSize / 2; // where the name of the step begins
    }

    const QFontMetrics small(m_style.smallFont);
    const QString duration = rowDuration(m_layout, shown);
    int right = column.right() - padding;
    painter.setFont(m_style.smallFont);
    painter.setPen(theme.color(Token::TextDim));
    painter.drawText(QRect(column.left(), column.top(), right - column.left(), column.height()),
                     Qt::AlignRight | Qt::AlignVCenter, duration);
    right -= small.horizontalAdvance(duration) + padding;
    if (row != nullptr && row->attempts > 1 && !isRun && !at.isCall()) {
        const QString attempts = u"%1/%2"_s.arg(row->attempts).arg(row->maxAttempts);
        painter.setPen(theme.color(isError(state) ? Token::StateFailed : Token::StateBackoff));
        painter.drawText(QRect(column.left(), column.top(), right - column.left(), column.height()),
                         Qt::AlignRight | Qt::AlignVCenter, attempts);
        right -= small.horizontalAdvance(attempts) + padding;
    }
    if (row != nullptr && row->isKept && !at.isCall()) {
        paintIcon(painter, u"redo"_s, Token::StateCompleted,
                  QRectF(right - iconSize, column.top(), iconSize, column.height()));
        right -= iconSize + padding;
    }
    const QString name = rowName(m_layout, shown);
    QFont font = at.isCall() ? m_style.smallFont : m_style.font;
    font.setBold(isRun);
    painter.setFont(font);
    const bool isDim = state == BarState::NotReached || at.isCall();
    painter.setPen(theme.color(isDim ? Token::TextDim : Token::Text));
    const QString shownName = QFontMetrics(font).elidedText(name, Qt::ElideMiddle, right - x);
    painter.drawText(QRect(x, column.top(), right - x, column.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, shownName);
    if (row != nullptr && row->group >= 0 && at.fold < 0)
        paintBracket(painter, column, look);
}

/// Steps that were started together.
void TimelinePainter::paintBracket(QPainter &painter, const QRect &column,
                                   const RowLook &look) const
{
    const Theme &theme = *m_style.theme;
    const int bracket = padding - 2;
    const int top = look.opensBracket ? column.top() + column.height() / 2 : column.top();
    const int bottom =
        look.closesBracket ? column.top() + column.height() / 2 : column.bottom() + 1;
    painter.fillRect(QRect(bracket, top, 2, bottom - top), theme.color(Token::LineStrong));
    if (look.opensBracket || look.closesBracket)
        painter.fillRect(QRect(bracket, column.top() + column.height() / 2 - 1, 6, 2),
                         theme.color(Token::LineStrong));
}

void TimelinePainter::paintPlot(QPainter &painter, int shown, const QRect &plot,
                                const RowLook &look) const
{
    const ShownRow &at = m_layout.rows()[static_cast<std::size_t>(shown)];
    const std::vector<DrawnBar> bars = m_layout.bars(shown);
    const bool isRun = !at.isFold() && m_layout.rowOf(at).kind == RowKind::Run;
    for (const DrawnBar &bar : bars) {
        if (isRun)
            paintRunBar(painter, bar, plot);
        else if (at.isFold())
            paintFold(painter, bar, plot);
        else if (at.isCall())
            paintCall(painter, bar, plot);
        else
            paintBar(painter, bar, plot);
        if (look.isCurrent && !isRun && !at.isFold() && bar.bar == look.currentBar) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(m_style.theme->color(Token::Text), 1));
            const QRectF box(plot.left() + bar.x, plot.top() + 3, bar.width, plot.height() - 6);
            painter.drawRect(box.adjusted(-1.5, 0.5, 1.5, -0.5));
        }
    }
    if (isRun) {
        paintActivity(painter, plot);
        paintMarks(painter, plot);
    } else if (!at.isFold()) {
        paintTail(painter, shown, bars, plot);
    }
}

void TimelinePainter::paintRunBar(QPainter &painter, const DrawnBar &bar, const QRect &plot) const
{
    const Theme &theme = *m_style.theme;
    const double y = std::floor(plot.top() + (plot.height() - runBarHeight) / 2);
    const QRectF rect(plot.left() + bar.x, y, bar.width, runBarHeight);
    if (bar.state == BarState::Queued)
        paintBarFill(painter, rect.adjusted(0, -2, 0, 2), bar.state, theme, 0);
    else
        painter.fillRect(rect, theme.blend(barToken(bar.state), 0.3));
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
        BarState state = data.rows.front().state;
        for (const TimelineBar &cycle : cycles) {
            if (cycle.state != BarState::Queued && cycle.from <= data.active[index].from)
                state = cycle.state;
        }
        painter.fillRect(QRectF(plot.left() + from, y, drawnTo - from, runBarHeight),
                         theme.color(barToken(state)));
    }
}

void TimelinePainter::paintMarks(QPainter &painter, const QRect &plot) const
{
    if (m_layout.mode() == AxisMode::Order)
        return;
    for (const TimelineMark &mark : m_layout.data()->marks) {
        const double x = plot.left() + m_layout.camera().xAt(m_layout.msOf(mark.at));
        const QRectF box(x - iconSize / 2.0, plot.top(), iconSize, plot.height());
        painter.setRenderHint(QPainter::Antialiasing, true);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_style.theme->color(Token::Base));
        painter.drawEllipse(box.center(), iconSize / 2.0 + 1, iconSize / 2.0 + 1);
        painter.setRenderHint(QPainter::Antialiasing, false);
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

/// Thin, with its phases: until the connection stood, until the first byte came, and the transfer.
void TimelinePainter::paintCall(QPainter &painter, const DrawnBar &bar, const QRect &plot) const
{
    const Theme &theme = *m_style.theme;
    const TimelineBar &of = m_layout.data()
                                ->rows[static_cast<std::size_t>(bar.row)]
                                .bars[static_cast<std::size_t>(bar.bar)];
    const double y = std::floor(plot.top() + (plot.height() - callBarHeight) / 2);
    const QRectF rect(plot.left() + bar.x, y, bar.width, callBarHeight);
    painter.fillRect(rect, theme.color(barToken(bar.state)));
    const auto us = static_cast<double>(of.took.count());
    if (us <= 0 || bar.width < 2 * TimelineLayout::narrowest || of.answered <= of.connected)
        return;
    const double connected = bar.width * static_cast<double>(of.connected.count()) / us;
    const double answered =
        std::min(bar.width, bar.width * static_cast<double>(of.answered.count()) / us);
    painter.fillRect(QRectF(rect.left(), y, connected, callBarHeight),
                     theme.color(Token::LineStrong));
    painter.fillRect(QRectF(rect.left() + connected, y, answered - connected, callBarHeight),
                     theme.blend(barToken(bar.state), 0.45));
}

QString TimelinePainter::callTail(const TimelineBar &bar) const
{
    if (bar.isOpen())
        return timelineDuration(bar.end(m_layout.now()) - bar.from);
    const QString status =
        bar.httpStatus == 0 ? tr("no answer") : tr("HTTP %1").arg(bar.httpStatus);
    return isError(bar.state) && !bar.error.isEmpty() ? QString(status + u" · "_s + bar.error)
                                                      : status;
}

void TimelinePainter::paintBar(QPainter &painter, const DrawnBar &bar, const QRect &plot) const
{
    // Far outside of the plot there is nothing to see and lines to save.
    const double from = std::max(bar.x, -50.0);
    const double to = std::min(bar.x + bar.width, plot.width() + 50.0);
    const QRectF rect(plot.left() + from, plot.top() + 5, to - from, plot.height() - 10);
    if (bar.state == BarState::Backoff || bar.state == BarState::Offline) {
        paintGap(painter, bar, rect);
        return;
    }
    paintBarFill(painter, rect, bar.state, *m_style.theme, m_style.pulse);
    paintBarText(painter, bar, rect);
}

void TimelinePainter::paintBarText(QPainter &painter, const DrawnBar &bar, const QRectF &rect) const
{
    if (bar.count > 1 || rect.width() < 12)
        return;
    const Theme &theme = *m_style.theme;
    const TimelineRow &row = m_layout.data()->rows[static_cast<std::size_t>(bar.row)];
    const TimelineBar &of = row.bars[static_cast<std::size_t>(bar.bar)];
    const QFontMetrics metrics(m_style.smallFont);
    painter.setFont(m_style.smallFont);
    if (bar.state == BarState::Kept) {
        paintIcon(painter, u"redo"_s, Token::StateCompleted, rect);
        return;
    }
    if (isCall(bar.state) && of.attempt > 0) {
        const QString text = QString::number(of.attempt + 1);
        const bool isPale = bar.state == BarState::WillRetry || bar.state == BarState::Cancelled
                            || bar.state == BarState::Interrupted;
        if (metrics.horizontalAdvance(text) + 6 > rect.width())
            return;
        painter.setPen(theme.color(isPale ? Token::Text : Token::Base));
        painter.drawText(rect.adjusted(0, 0, -2, 0), Qt::AlignCenter, text);
        return;
    }
    if (row.kind != RowKind::Sleep || bar.state == BarState::Cancelled)
        return;
    QString text = timelineDuration(of.end(m_layout.now()) - of.from);
    if (bar.state == BarState::SleepSkipped)
        text = tr("skipped after %1").arg(text);
    const double width = metrics.horizontalAdvance(text) + 12;
    if (width + 8 > rect.width())
        return;
    const QRectF pill(std::round(rect.center().x() - width / 2), rect.top(), width, rect.height());
    painter.fillRect(pill, theme.color(Token::Base));
    painter.setPen(theme.color(Token::StateWaiting));
    painter.drawText(pill, Qt::AlignCenter, text);
}

/// A dashed line, with the wait as text where it fits.
void TimelinePainter::paintGap(QPainter &painter, const DrawnBar &bar, const QRectF &rect) const
{
    const Theme &theme = *m_style.theme;
    paintBarFill(painter, rect, bar.state, theme, 0);
    if (bar.count > 1)
        return;
    const TimelineRow &row = m_layout.data()->rows[static_cast<std::size_t>(bar.row)];
    const TimelineBar &of = row.bars[static_cast<std::size_t>(bar.bar)];
    QString text = timelineDuration(of.end(m_layout.now()) - of.from);
    if (bar.state == BarState::Offline)
        text = tr("app offline %1").arg(text);
    const double width = QFontMetrics(m_style.smallFont).horizontalAdvance(text) + 8;
    if (width + 4 > rect.width())
        return;
    const QRectF box(std::round(rect.center().x() - width / 2), rect.top(), width, rect.height());
    painter.fillRect(box, theme.color(Token::Base));
    painter.setFont(m_style.smallFont);
    painter.setPen(theme.color(Token::StateBackoff));
    painter.drawText(box, Qt::AlignCenter, text);
    if (rect.width() > width + 3 * iconSize && bar.state == BarState::Backoff)
        paintIcon(painter, u"state-backoff"_s, Token::StateBackoff,
                  QRectF(rect.right() - iconSize - 4, rect.top(), iconSize, rect.height()));
}

QString TimelinePainter::tailText(const TimelineRow &row) const
{
    if (row.isKept)
        return tr("kept");
    switch (row.state) {
    case BarState::NotReached:
        return tr("not reached");
    case BarState::Failed:
    case BarState::WillRetry:
        return row.error;
    case BarState::Backoff:
    case BarState::Sleeping: {
        const std::optional<devserver::TimePoint> until = row.bars.back().until;
        return until ? formatCountdown(*until, m_layout.now()) : QString();
    }
    case BarState::Queued:
        return tr("queued");
    case BarState::Running:
    case BarState::Succeeded:
        return timelineDuration(durationOf(row, m_layout.now()));
    default:
        return {};
    }
}

/// What the row came to, behind its last bar or before its first one; only if all of it fits.
void TimelinePainter::paintTail(QPainter &painter, int shown, const std::vector<DrawnBar> &bars,
                                const QRect &plot) const
{
    if (bars.empty())
        return;
    const ShownRow &at = m_layout.rows()[static_cast<std::size_t>(shown)];
    const TimelineRow &row = m_layout.rowOf(at);
    const BarState state =
        at.isCall() ? row.bars[static_cast<std::size_t>(at.call)].state : row.state;
    QString text =
        at.isCall() ? callTail(row.bars[static_cast<std::size_t>(at.call)]) : tailText(row);
    double left = plot.width();
    double right = 0;
    for (const DrawnBar &bar : bars) {
        left = std::min(left, bar.x);
        right = std::max(right, bar.x + bar.width);
    }
    const QFontMetrics metrics(m_style.smallFont);
    if (right + metrics.horizontalAdvance(text) + 8 > plot.width() && isError(state))
        text = text.section(u':', 0, 0);
    if (text.isEmpty())
        return;
    const double width = metrics.horizontalAdvance(text);
    painter.setFont(m_style.smallFont);
    painter.setPen(m_style.theme->color(isError(state) ? Token::StateFailed : Token::TextDim));
    double x = right + 6;
    if (x + width > plot.width())
        x = left - 6 - width;
    if (x < 0)
        return;
    painter.drawText(QRectF(plot.left() + x, plot.top(), width + 2, plot.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, text);
}

} // namespace console
