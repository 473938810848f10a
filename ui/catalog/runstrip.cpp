// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/catalog/runstrip.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/format.h"
#include "ui/core/runwords.h"
#include "ui/core/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::RunSummary;

namespace {

constexpr int tickWidth = 7;
constexpr int tickGap = 3;
constexpr int stripHeight = 40;
constexpr int above = 3;    // for the line around the current one
constexpr int shortest = 6; // of the fastest run: it can be seen and clicked

double lengthMs(const RunSummary &run)
{
    if (!run.startedAt || !run.endedAt)
        return 0;
    return static_cast<double>((*run.endedAt - *run.startedAt).count());
}

} // namespace

RunStrip::RunStrip(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Last runs"));
}

void RunStrip::setRuns(std::vector<RunSummary> runs)
{
    std::reverse(runs.begin(), runs.end());
    m_runs = std::move(runs);
    m_current = std::min(m_current, static_cast<int>(m_runs.size()) - 1);
    update();
}

QSize RunStrip::sizeHint() const
{
    return {50 * (tickWidth + tickGap), stripHeight + 2 * above};
}

/// One that has not ended is as tall as it gets: nobody knows yet how long it will take.
QRect RunStrip::tick(int place) const
{
    const RunSummary &one = m_runs[static_cast<std::size_t>(place)];
    const double longest =
        std::accumulate(m_runs.begin(), m_runs.end(), 1.0, [](double most, const RunSummary &run) {
            return std::max(most, lengthMs(run));
        });
    const double share = hasEnded(displayState(one)) ? lengthMs(one) / longest : 1;
    const int height = std::max(shortest, static_cast<int>(std::lround(stripHeight * share)));
    return {place * (tickWidth + tickGap), above + stripHeight - height, tickWidth, height};
}

int RunStrip::placeAt(QPoint pos) const
{
    const int place = (pos.x() + tickGap / 2) / (tickWidth + tickGap);
    return pos.x() >= 0 && place >= 0 && place < static_cast<int>(m_runs.size()) ? place : -1;
}

QString RunStrip::words(int place) const
{
    const RunSummary &run = m_runs[static_cast<std::size_t>(place)];
    QString text = stateWords(run) + u" · "_s
                   + formatTime(run.queuedAt, m_context.backend.now(), TimeStyle::Relative);
    if (run.startedAt && run.endedAt)
        text += u" · "_s + formatDuration(*run.endedAt - *run.startedAt);
    return text;
}

void RunStrip::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int place = 0; place < static_cast<int>(m_runs.size()); ++place) {
        const RunSummary &run = m_runs[static_cast<std::size_t>(place)];
        const DisplayState state = displayState(run);
        const QColor color = m_context.theme.color(stateToken(state, waitReason(run)));
        const QRectF rect = QRectF(tick(place)).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(color);
        // Solid for what went well, hollow for what did not end yet, notched for failures: not by
        // colour alone.
        painter.setBrush(hasEnded(state) ? QBrush(color) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(rect, 1.5, 1.5);
        if (state == DisplayState::Failed || state == DisplayState::Dead) {
            painter.setPen(QPen(m_context.theme.color(Token::Base), 1.5));
            painter.drawLine(QPointF(rect.left() + 1.5, rect.top() + 3),
                             QPointF(rect.right() - 1.5, rect.top() + 7));
        }
        if (hasFocus() && place == m_current) {
            painter.setPen(QPen(m_context.theme.color(Token::Selection), 2));
            painter.setBrush(Qt::NoBrush);
            // The first one stands at the edge.
            const QRectF around = rect.adjusted(-2, -2, 2, 2);
            painter.drawRoundedRect(around & QRectF(this->rect()).adjusted(1, 1, -1, -1), 3, 3);
        }
    }
}

void RunStrip::mousePressEvent(QMouseEvent *event)
{
    const int place = placeAt(event->position().toPoint());
    if (place < 0 || event->button() != Qt::LeftButton)
        return;
    setCurrent(place);
    Q_EMIT opened(m_runs[static_cast<std::size_t>(place)].id);
}

void RunStrip::mouseMoveEvent(QMouseEvent *event)
{
    const int place = placeAt(event->position().toPoint());
    setCursor(place < 0 ? Qt::ArrowCursor : Qt::PointingHandCursor);
    if (place < 0)
        QToolTip::hideText();
    else
        QToolTip::showText(event->globalPosition().toPoint(), words(place), this);
}

void RunStrip::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_runs.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        setCurrent(std::max(0, m_current - 1));
        break;
    case Qt::Key_Right:
        setCurrent(std::min(last, m_current + 1));
        break;
    case Qt::Key_Home:
        setCurrent(0);
        break;
    case Qt::Key_End:
        setCurrent(last);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current >= 0 && m_current <= last)
            Q_EMIT opened(m_runs[static_cast<std::size_t>(m_current)].id);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void RunStrip::setCurrent(int place)
{
    if (m_runs.empty())
        return;
    m_current = place;
    setAccessibleDescription(words(place));
    update();
}

void RunStrip::focusInEvent(QFocusEvent *event)
{
    if (m_current < 0)
        setCurrent(static_cast<int>(m_runs.size()) - 1);
    QWidget::focusInEvent(event);
    update();
}

void RunStrip::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace console
