// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/ratetip.h"

#include "ui/core/theme.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto shownTime = 60s;
constexpr QSize lineSize(180, 40);
constexpr int margin = 10;
constexpr int above = 4;

QString number(double rate)
{
    return QLocale().toString(rate, 'f', rate > 0 && rate < 10 ? 1 : 0);
}

} // namespace

RateTip::RateTip(const Theme &theme, QWidget *parent)
    : QWidget(parent, Qt::ToolTip)
    , m_theme(theme)
{
    setObjectName(u"statusRateTip"_s);
    setAccessibleName(tr("Events per second in the last minute"));
    setFocusPolicy(Qt::NoFocus);
}

void RateTip::add(devserver::TimePoint at, double rate)
{
    // The newest one before the minute still holds when the minute begins.
    while (m_samples.size() > 1 && m_samples[1].at <= at - shownTime)
        m_samples.pop_front();
    if (!m_samples.empty() && m_samples.back().rate == rate)
        return;
    m_samples.push_back({at, rate});
    update();
}

QString RateTip::words() const
{
    double most = 0;
    double sum = 0;
    const devserver::TimePoint first = m_now - shownTime;
    for (std::size_t i = 0; i < m_samples.size(); ++i) {
        const devserver::TimePoint from = std::max(m_samples[i].at, first);
        const devserver::TimePoint to = i + 1 < m_samples.size() ? m_samples[i + 1].at : m_now;
        if (to < first)
            continue;
        most = std::max(most, m_samples[i].rate);
        sum += m_samples[i].rate * std::chrono::duration<double>(std::max(to - from, {})).count();
    }
    const double mean = sum / std::chrono::duration<double>(shownTime).count();
    return tr("Events per second, last minute: most %1, mean %2").arg(number(most), number(mean));
}

void RateTip::showAbove(QWidget &place, devserver::TimePoint now)
{
    m_now = now;
    setAccessibleDescription(words());
    const int width =
        std::max(lineSize.width(), fontMetrics().horizontalAdvance(words())) + 2 * margin;
    resize(width, lineSize.height() + fontMetrics().height() + 3 * margin);
    move(place.mapToGlobal(QPoint(0, -height() - above)));
    place.installEventFilter(this);
    show();
}

void RateTip::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setPen(m_theme.color(Token::LineStrong));
    painter.setBrush(m_theme.color(Token::Raised));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    painter.setPen(m_theme.color(Token::Text));
    painter.drawText(rect().adjusted(margin, margin, -margin, 0), Qt::AlignTop | Qt::AlignLeft,
                     words());
    const QRectF plot(margin, height() - margin - lineSize.height(), width() - 2 * margin,
                      lineSize.height());
    painter.setPen(m_theme.color(Token::Line));
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    double most = 1;
    for (const Sample &sample : m_samples)
        most = std::max(most, sample.rate);
    const auto x = [&](devserver::TimePoint at) {
        const double ago = std::chrono::duration<double>(m_now - at).count();
        return plot.right()
               - plot.width()
                     * std::clamp(ago / std::chrono::duration<double>(shownTime).count(), 0.0, 1.0);
    };
    QPolygonF line;
    for (std::size_t i = 0; i < m_samples.size(); ++i) {
        const double y = plot.bottom() - plot.height() * m_samples[i].rate / most;
        line << QPointF(x(m_samples[i].at), y)
             << QPointF(i + 1 < m_samples.size() ? x(m_samples[i + 1].at) : plot.right(), y);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(m_theme.color(Token::Accent), 1.5));
    painter.drawPolyline(line);
}

bool RateTip::eventFilter(QObject *watched, QEvent *event)
{
    const bool isOver = event->type() == QEvent::Leave || event->type() == QEvent::MouseButtonPress
                        || event->type() == QEvent::WindowDeactivate
                        || event->type() == QEvent::Hide;
    if (isOver) {
        hide();
        watched->removeEventFilter(this);
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace console
