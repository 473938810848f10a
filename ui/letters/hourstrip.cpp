// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/hourstrip.h"

#include "devserver/api/consolebackend.h"
#include "ui/widgets/context.h"

#include <QMouseEvent>
#include <QPainter>

#include <array>
#include <cmath>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::TimePoint;

namespace {

constexpr int side = 12; ///< as what stands above and below it
constexpr int laterGap = 16;
constexpr int dotSize = 7;
constexpr int dotStep = 8; // dots at the same place stand on each other
constexpr int mostStacked = 3;
constexpr std::chrono::milliseconds span = 1h;
constexpr auto tick = 10min;

} // namespace

HourStrip::HourStrip(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    setObjectName(u"waitingStrip"_s);
    setAccessibleName(tr("The next hour"));
    setToolTip(tr("The next hour"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&context.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void HourStrip::setDue(std::vector<std::pair<TimePoint, WaitingKind>> due, int later)
{
    m_due = std::move(due);
    m_later = later;
    const QString soon =
        tr("%n thing(s) (is|are) due in the next hour", nullptr, static_cast<int>(m_due.size()));
    setAccessibleDescription(later == 0 ? soon : tr("%1, %2 later").arg(soon).arg(later));
    const QString after = tr("%n thing(s) (is|are) due later", nullptr, later);
    setToolTip(later == 0 ? tr("The next hour") : QString(tr("The next hour") + u'\n' + after));
    update();
}

/// The same for all that it can show: the rows below it stand still.
QSize HourStrip::sizeHint() const
{
    return {400, fontMetrics().height() + mostStacked * dotStep + 14};
}

QString HourStrip::laterText() const
{
    return m_later == 0 ? QString() : tr("%1 later \u2192").arg(m_later);
}

/// Behind it there is room for its own label, which has its middle there, and for what is later.
int HourStrip::axisEnd() const
{
    const int end = width() - side;
    if (m_later == 0)
        return end;
    const QFontMetrics metrics = fontMetrics();
    return end - metrics.horizontalAdvance(laterText()) - laterGap
           - metrics.horizontalAdvance(tr("1 h")) / 2;
}

HourStrip::Axis HourStrip::axisNow() const
{
    return {.now = m_context.backend.now(), .end = axisEnd()};
}

double HourStrip::Axis::xOf(TimePoint time) const
{
    const auto part = std::chrono::duration<double>(time - now).count()
                      / std::chrono::duration<double>(span).count();
    return side + std::clamp(part, 0.0, 1.0) * (end - side);
}

void HourStrip::paintAxis(QPainter &painter, int line) const
{
    const Theme &theme = m_context.theme;
    const Axis axis = axisNow();
    const int last = width() - side;
    const int base = height() - 4 - fontMetrics().descent();
    painter.setPen(theme.color(Token::LineStrong));
    painter.drawLine(side, line, axisEnd(), line);
    if (m_later > 0) { // the line goes on, out of scale
        painter.setPen(QPen(theme.color(Token::LineStrong), 1, Qt::DotLine));
        painter.drawLine(axisEnd() + 3, line, last, line);
        painter.setPen(theme.color(Token::TextDim));
        painter.drawText(last - fontMetrics().horizontalAdvance(laterText()), base, laterText());
    }
    for (std::chrono::milliseconds at{}; at <= span; at += tick) {
        const auto x = static_cast<int>(axis.xOf(axis.now + at));
        painter.setPen(theme.color(Token::LineStrong));
        painter.drawLine(x, line, x, line + 4);
        painter.setPen(theme.color(Token::TextDim));
        const QString text = at == 0ms    ? tr("now")
                             : at == span ? tr("1 h")
                                          : tr("%1 m").arg(at / 1min);
        const int wide = fontMetrics().horizontalAdvance(text);
        const int left = std::clamp(x - wide / 2, side, std::max(side, last - wide));
        painter.drawText(left, base, text);
    }
}

void HourStrip::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    const Theme &theme = m_context.theme;
    const Axis axis = axisNow();
    const int line = height() - fontMetrics().height() - 8;
    painter.fillRect(rect(), theme.color(Token::Base));
    paintAxis(painter, line);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    if (m_due.empty()) {
        painter.setPen(theme.color(Token::TextDim));
        painter.drawText(QRect(side, 0, axis.end - side, line), Qt::AlignCenter,
                         tr("Nothing is due in the next hour"));
        painter.setPen(Qt::NoPen);
    }
    int lastCell = -1;
    int stacked = 0;
    for (const auto &[time, kind] : m_due) {
        if (time - axis.now > span)
            break;
        const double x = axis.xOf(time);
        const auto cell = static_cast<int>(x) / dotSize;
        stacked = cell == lastCell ? stacked + 1 : 0;
        lastCell = cell;
        if (stacked >= mostStacked)
            continue;
        painter.setBrush(theme.color(waitingToken(kind)));
        painter.drawEllipse(QPointF(x, line - 6 - stacked * dotStep), dotSize / 2.0, dotSize / 2.0);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(0, height() - 1, width(), 1, theme.color(Token::Line));
}

void HourStrip::mousePressEvent(QMouseEvent *event)
{
    const Axis axis = axisNow();
    const auto nearest =
        std::min_element(m_due.begin(), m_due.end(), [&](const auto &a, const auto &b) {
            const double x = event->position().x();
            return std::abs(axis.xOf(a.first) - x) < std::abs(axis.xOf(b.first) - x);
        });
    if (nearest != m_due.end())
        Q_EMIT timeChosen(nearest->first);
}

} // namespace console
