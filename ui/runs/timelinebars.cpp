// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The bars of a row, what is written in them and behind them.

#include "ui/core/format.h"
#include "ui/core/timelinetext.h"
#include "ui/runs/barpainter.h"
#include "ui/runs/timelinepainter.h"
#include "ui/widgets/icons.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr double callBarHeight = 6;
constexpr double tailGap = 6;
constexpr double mostMargin = 160;
constexpr double textSide = 4;
constexpr double leastTextSide = 2; // where it is narrow
constexpr double digitSide = 1;
constexpr double stripe = 2; // at the start of a bar that is tried again
constexpr int signSize = 12;
constexpr double signGap = 3; // from the text before it
constexpr double narrowestText = 9;
constexpr int mostMeasured = 200; // rows

QString tr(const char *text)
{
    return QCoreApplication::translate("Timeline", text);
}

/// Of the bar that it stands beside; that of all attempts is in the column of names.
QString lastCallDuration(const TimelineRow &row, devserver::TimePoint now)
{
    const auto last = std::find_if(row.bars.rbegin(), row.bars.rend(),
                                   [](const TimelineBar &bar) { return isCall(bar.state); });
    return last == row.bars.rend() ? QString() : tookText(*last, now);
}

} // namespace

void TimelinePainter::paintIcon(QPainter &painter, const QString &name, Token token,
                                const QRectF &box, int size) const
{
    const QPixmap pixmap = m_style.icons->pixmap(name, token, size, m_style.pixelRatio);
    painter.drawPixmap(QPointF(std::round(box.center().x() - size / 2.0),
                               std::round(box.center().y() - size / 2.0)),
                       pixmap);
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
        return tookText(bar, m_layout.now());
    const QString status =
        bar.httpStatus == 0 ? tr("no answer") : tr("HTTP %1").arg(bar.httpStatus);
    return isError(bar.state) && !bar.error.isEmpty() ? QString(status + u" · "_s + bar.error)
                                                      : status;
}

/// Far outside of the plot there is nothing to see and lines to save.
QRectF TimelinePainter::barRect(const DrawnBar &bar, const QRect &plot)
{
    const double from = std::max(bar.x, -50.0);
    const double to = std::min(bar.x + bar.width, plot.width() + 50.0);
    return QRectF(plot.left() + from, plot.top() + 5, to - from, plot.height() - 10);
}

void TimelinePainter::paintBar(QPainter &painter, const DrawnBar &bar, const QRect &plot,
                               const BarLook &look) const
{
    const QRectF rect = barRect(bar, plot);
    if (look.gap != nullptr) {
        paintGap(painter, bar, rect, plot.left(), look);
        return;
    }
    paintBarFill(painter, rect, bar.state, *m_style.theme, m_style.pulse);
    paintBarText(painter, bar, rect, plot.left(), look.row);
}

void TimelinePainter::paintBarText(QPainter &painter, const DrawnBar &bar, const QRectF &rect,
                                   double plotLeft, const RowLook &look) const
{
    if (bar.count > 1 || rect.width() < narrowestText)
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
    const bool isOneOfSeveral =
        of.attempt > 0 || row.attempts > 1 || bar.state == BarState::WillRetry;
    if (isCall(bar.state) && isOneOfSeveral) {
        const QString text = QString::number(of.attempt + 1);
        const bool isPale = bar.state == BarState::WillRetry || bar.state == BarState::Cancelled
                            || bar.state == BarState::Interrupted;
        // Between its edges: the ends of failed ones are cut in, and some begin with a stripe.
        const bool isNotched = bar.state == BarState::Failed || bar.state == BarState::WillRetry;
        const QRectF room = rect.adjusted(bar.state == BarState::WillRetry ? stripe : 0, 0,
                                          isNotched ? -notchOf(rect.width()) : 0, 0);
        const double digits = metrics.horizontalAdvance(text);
        if (digits + 2 * digitSide > room.width())
            return;
        // On a whole pixel: beside a notch that is close, half of one more is seen.
        const double left = room.center().x() - digits / 2;
        const double x = room.width() < 2 * digits ? std::floor(left) : std::round(left);
        painter.setPen(theme.color(isPale ? Token::Text : Token::Base));
        painter.drawText(QRectF(x, room.top(), room.width(), room.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
        return;
    }
    if (row.kind != RowKind::Sleep || bar.state == BarState::Cancelled)
        return;
    QString text = tookText(of, m_layout.now());
    if (bar.state == BarState::SleepSkipped)
        text = tr("skipped after %1").arg(text);
    const std::optional<QRectF> pill = waitBox(text, rect, plotLeft);
    if (!pill)
        return;
    painter.fillRect(*pill, groundAt(pill->center().x() - plotLeft, look));
    painter.setPen(theme.color(Token::StateWaiting));
    painter.drawText(*pill, Qt::AlignCenter, text);
}

/// In the middle of a bar that waits, or of a break in it: the edges of breaks are not written
/// over. \a beside  pixels for what follows the text.
std::optional<QRectF> TimelinePainter::waitBox(const QString &text, const QRectF &bar,
                                               double plotLeft, double beside) const
{
    const double width =
        QFontMetrics(m_style.smallFont).horizontalAdvance(text) + 2 * textSide + beside;
    const double spare = beside > 0 ? 0 : 2 * (textSide - leastTextSide);
    const auto boxIn = [&](double from, double to) -> std::optional<QRectF> {
        if (width - spare > to - from)
            return std::nullopt;
        const double taken = std::min(width, to - from);
        return QRectF(std::round((from + to - taken) / 2), bar.top(), taken, bar.height());
    };
    std::optional<QRectF> box = boxIn(bar.left() + 2, bar.right() - 2);
    const auto crosses = [&box](double edge) {
        return edge > box->left() - edgeGap && edge < box->right() + edgeGap;
    };
    std::optional<QRectF> inside;
    bool isCrossed = false;
    for (const AxisSegment &segment : m_layout.camera().axis().segments()) {
        if (!segment.isBreak || !box)
            continue;
        const double from = plotLeft + m_layout.camera().xAt(segment.from);
        const double to = plotLeft + m_layout.camera().xAt(segment.to);
        if (!inside)
            inside = boxIn(std::max(from + edgeGap, bar.left() + 2),
                           std::min(to - edgeGap, bar.right() - 2));
        isCrossed = isCrossed || crosses(from) || crosses(to);
    }
    return isCrossed ? inside : box;
}

bool TimelinePainter::isOnBreakEdge(double from, double to, double plotLeft) const
{
    const TimelineCamera &camera = m_layout.camera();
    const std::vector<AxisSegment> &segments = camera.axis().segments();
    return std::any_of(segments.begin(), segments.end(), [&](const AxisSegment &segment) {
        const auto isCrossed = [&](double ms) {
            const double edge = plotLeft + camera.xAt(ms);
            return edge > from - edgeGap && edge < to + edgeGap;
        };
        return segment.isBreak && (isCrossed(segment.from) || isCrossed(segment.to));
    });
}

/// How long it waits, and the sign of another attempt at its end. Where the edge of a break is in
/// the way, the sign follows the text.
TimelinePainter::Gap TimelinePainter::gapIn(const DrawnBar &bar, const QRectF &rect,
                                            double plotLeft) const
{
    Gap gap;
    if (bar.count > 1)
        return gap;
    const TimelineRow &row = m_layout.data()->rows[static_cast<std::size_t>(bar.row)];
    gap.text = tookText(row.bars[static_cast<std::size_t>(bar.bar)], m_layout.now());
    if (bar.state == BarState::Offline)
        gap.text = tr("waits for its app %1").arg(gap.text);
    gap.words = waitBox(gap.text, rect, plotLeft);
    if (bar.state != BarState::Backoff)
        return gap;
    QRectF sign(rect.right() - signSize - signGap, rect.top(), signSize, rect.height());
    if (sign.left() - rect.left() >= signSize
        && (!gap.words || sign.left() > gap.words->right() - textSide + signGap)
        && !isOnBreakEdge(sign.left(), sign.right(), plotLeft)) {
        gap.sign = sign;
        gap.wordsBySign = gap.words;
        return gap;
    }
    constexpr double overlap = textSide - signGap; // of the room that the text has
    const double beside = gap.words ? signSize - overlap : signSize - 2 * textSide;
    const auto both = waitBox(gap.words ? gap.text : QString(), rect, plotLeft, beside);
    if (!both)
        return gap;
    sign.moveLeft(both->right() - signSize);
    gap.sign = sign;
    gap.wordsBySign = gap.words;
    if (gap.wordsBySign)
        gap.wordsBySign->moveLeft(both->left());
    return gap;
}

/// Those of a row, in order.
std::vector<TimelinePainter::Gap> TimelinePainter::gapsIn(const std::vector<DrawnBar> &bars,
                                                          const QRect &plot) const
{
    std::vector<Gap> gaps;
    for (const DrawnBar &bar : bars) {
        if (isGap(bar.state))
            gaps.push_back(gapIn(bar, barRect(bar, plot), plot.left()));
    }
    // All waits of a row that are written have the sign behind them, or none: it is no sign of
    // theirs that some have.
    auto gap = gaps.begin();
    const bool haveSigns = std::all_of(bars.begin(), bars.end(), [&](const DrawnBar &bar) {
        if (!isGap(bar.state))
            return true;
        const Gap &each = *gap++;
        return bar.state == BarState::Offline || bar.x > plot.width() || bar.x + bar.width < 0
               || !each.words || each.sign.has_value();
    });
    for (Gap &each : gaps) {
        if (!haveSigns)
            each.sign.reset();
        else if (each.sign)
            each.words = each.wordsBySign;
    }
    return gaps;
}

/// A dashed line with what has room in it.
void TimelinePainter::paintGap(QPainter &painter, const DrawnBar &bar, const QRectF &rect,
                               double plotLeft, const BarLook &look) const
{
    const Theme &theme = *m_style.theme;
    const Gap &gap = *look.gap;
    const auto line = [&](double from, double to) {
        paintWaitLine(painter, QPointF(from, rect.center().y()), to, bar.state, theme);
    };
    const auto clear = [&](const QRectF &box) { // the lines of times
        painter.fillRect(box, groundAt(box.center().x() - plotLeft, look.row));
    };
    if (!gap.words && !gap.sign) {
        line(rect.left(), rect.right());
        return;
    }
    // Whole dashes, the same on both sides.
    line(rect.left(), gap.words ? gap.words->left() : gap.sign->left());
    line(rect.right(), gap.sign ? gap.sign->right() + signGap : gap.words->right());
    if (gap.sign) {
        if (gap.words)
            line(gap.words->right(), gap.sign->left());
        clear(*gap.sign);
    }
    if (gap.words) {
        clear(*gap.words);
        painter.setFont(m_style.smallFont);
        painter.setPen(theme.color(Token::StateBackoff));
        painter.drawText(*gap.words, Qt::AlignCenter, gap.text);
    }
    if (gap.sign)
        paintIcon(painter, u"state-backoff"_s, Token::StateBackoff, *gap.sign, signSize);
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
        return lastCallDuration(row, m_layout.now());
    default:
        return {};
    }
}

/// What the row came to, in full and, if there is a shorter form that says something, in short.
QStringList TimelinePainter::tails(int shown) const
{
    const ShownRow &at = m_layout.rows()[static_cast<std::size_t>(shown)];
    if (at.isFold() || at.row == 0)
        return {};
    const TimelineRow &row = m_layout.rowOf(at);
    const TimelineBar *call = at.isCall() ? &row.bars[static_cast<std::size_t>(at.call)] : nullptr;
    const QString text = call != nullptr ? callTail(*call) : tailText(row);
    if (text.isEmpty())
        return {};
    QStringList texts{text};
    if (isError(call != nullptr ? call->state : row.state) && text.contains(u':'))
        texts.append(text.section(u':', 0, 0));
    return texts;
}

/// Neither breaks nor the line of a retry are written over.
bool TimelinePainter::isFree(double from, double to) const
{
    if (m_layout.mode() == AxisMode::Order)
        return true;
    if (meetsRetry(from, to))
        return false;
    const TimelineCamera &camera = m_layout.camera();
    const auto meets = [&](double left, double right) { return from < right && left < to; };
    for (const AxisSegment &segment : camera.axis().segments()) {
        if (segment.isBreak && meets(camera.xAt(segment.from), camera.xAt(segment.to)))
            return false;
    }
    return true;
}

/// The line of one.
bool TimelinePainter::meetsRetry(double from, double to) const
{
    const std::vector<TimelineMark> &marks = m_layout.data()->marks;
    return std::any_of(marks.begin(), marks.end(), [&](const TimelineMark &mark) {
        const double x = m_layout.camera().xAt(m_layout.msOf(mark.at));
        return mark.kind == TimelineMark::Kind::Resumed && from < x + 2 && x - 2 < to;
    });
}

std::optional<TimelinePainter::Tail> TimelinePainter::tail(int shown, double plotWidth) const
{
    const std::vector<DrawnBar> bars = m_layout.bars(shown);
    if (bars.empty())
        return std::nullopt;
    double left = plotWidth;
    double right = 0;
    for (const DrawnBar &bar : bars) {
        left = std::min(left, bar.x);
        right = std::max(right, bar.x + bar.width);
    }
    const QFontMetrics metrics(m_style.smallFont);
    for (const QString &text : tails(shown)) {
        const double width = metrics.horizontalAdvance(text);
        const double behind = right + tailGap;
        if (behind + width <= plotWidth && isFree(behind, behind + width))
            return Tail{.text = text, .x = behind, .width = width};
        const double before = left - tailGap - width;
        if (before >= 0 && isFree(before, before + width))
            return Tail{.text = text, .x = before, .width = width};
    }
    return std::nullopt;
}

void TimelinePainter::paintTail(QPainter &painter, int shown, const QRect &plot,
                                const RowLook &look) const
{
    const std::optional<Tail> drawn = tail(shown, plot.width());
    if (!drawn)
        return;
    const ShownRow &at = m_layout.rows()[static_cast<std::size_t>(shown)];
    const TimelineRow &row = m_layout.rowOf(at);
    const BarState state =
        at.isCall() ? row.bars[static_cast<std::size_t>(at.call)].state : row.state;
    const int height = QFontMetrics(m_style.smallFont).height(); // no line crosses it
    painter.fillRect(QRectF(plot.left() + drawn->x - 1, plot.center().y() - height / 2,
                            drawn->width + 2, height),
                     groundAt(drawn->x, look));
    painter.setFont(m_style.smallFont);
    painter.setPen(m_style.theme->color(isError(state) ? Token::StateFailed : Token::TextDim));
    painter.drawText(QRectF(plot.left() + drawn->x, plot.top(), drawn->width + 2, plot.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, drawn->text);
}

double TimelinePainter::neededMargin() const
{
    if (m_layout.data()->isLive) // what is written there changes all the time
        return TimelineCamera::usualMargin;
    const TimelineCamera &camera = m_layout.camera();
    const double end = camera.xAt(camera.axis().length());
    const QFontMetrics metrics(m_style.smallFont);
    double needed = leastMargin;
    for (int shown = 1; shown < std::min(m_layout.rowCount(), mostMeasured); ++shown) {
        const QStringList texts = tails(shown);
        if (texts.isEmpty())
            continue;
        double right = 0;
        for (const DrawnBar &bar : m_layout.bars(shown))
            right = std::max(right, bar.x + bar.width);
        needed =
            std::max(needed, right + 2 * tailGap + metrics.horizontalAdvance(texts.last()) - end);
    }
    return std::min(std::ceil(needed), mostMargin);
}

} // namespace console
