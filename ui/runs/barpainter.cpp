// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/barpainter.h"

#include <QPainter>
#include <QPainterPath>
#include <QVarLengthArray>

#include <algorithm>
#include <cmath>

namespace console {

namespace {

constexpr double lineDistance = 4;
constexpr double cornerFrom = 6; // narrower bars have square corners
constexpr double corner = 2;
constexpr double notch = 3;
constexpr double smallNotch = 2; // leaves room for a digit
constexpr double notchFrom = 16; // narrower bars have the small one

void fill(QPainter &painter, const QRectF &rect, const QColor &color)
{
    if (rect.width() < cornerFrom) {
        painter.fillRect(rect, color);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(rect, corner, corner);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void outline(QPainter &painter, const QRectF &rect, const QColor &color, Qt::PenStyle style)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, 1, style));
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
}

void verticalLines(QPainter &painter, const QRectF &rect, const QColor &color)
{
    QVarLengthArray<QLineF, 512> lines;
    for (double x = rect.left() + 1; x < rect.right(); x += lineDistance)
        lines.append({x, rect.top() + 1, x, rect.bottom() - 1});
    painter.setPen(QPen(color, 1));
    painter.drawLines(lines.constData(), static_cast<int>(lines.size()));
}

/// The right end is cut in, so that a failed bar has another shape.
void notched(QPainter &painter, const QRectF &rect, const QColor &color)
{
    if (rect.width() < 2 * notch) {
        painter.fillRect(rect, color);
        return;
    }
    QPainterPath path(rect.topLeft());
    path.lineTo(rect.topRight());
    path.lineTo(rect.right() - notchOf(rect.width()), rect.center().y());
    path.lineTo(rect.bottomRight());
    path.lineTo(rect.bottomLeft());
    path.closeSubpath();
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.fillPath(path, color);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void running(QPainter &painter, const QRectF &rect, const Theme &theme, double pulse)
{
    const QColor color = theme.color(Token::StateRunning);
    painter.fillRect(rect, color);
    // Higher than the bar: in grey, too, it is not a completed one.
    const QRectF edge(rect.right() - 2, rect.top() - 2, 2, rect.height() + 4);
    painter.fillRect(edge, theme.blend(Token::StateRunning, 0.4 + 0.6 * pulse));
}

} // namespace

double notchOf(double width)
{
    return width < notchFrom ? smallNotch : notch;
}

void paintDiagonalLines(QPainter &painter, const QRectF &rect, const QColor &color, double distance)
{
    painter.save();
    painter.setClipRect(rect, Qt::IntersectClip);
    QVarLengthArray<QLineF, 512> lines;
    for (double x = rect.left() - rect.height(); x < rect.right(); x += distance)
        lines.append({x, rect.bottom(), x + rect.height(), rect.top()});
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(color, 1.2));
    painter.drawLines(lines.constData(), static_cast<int>(lines.size()));
    painter.restore();
}

void paintWaitLine(QPainter &painter, const QPointF &from, double to, BarState state,
                   const Theme &theme)
{
    const bool isBackoff = state == BarState::Backoff;
    const double width = isBackoff ? 1 : 2;
    const double dash = isBackoff ? 4 : 2;
    const double gap = isBackoff ? 3 : 4;
    const double dashes = std::floor((std::floor(std::abs(to - from.x())) + gap) / (dash + gap));
    if (dashes < 1)
        return;
    QPen pen(theme.color(barToken(state)), width);
    pen.setDashPattern({dash / width, gap / width});
    pen.setCapStyle(Qt::FlatCap);
    painter.setPen(pen);
    const double length = dashes * (dash + gap) - gap;
    const double x = to < from.x() ? std::floor(from.x()) : std::ceil(from.x());
    const double y = std::floor(from.y()) + 0.5;
    painter.drawLine(QPointF(x, y), QPointF(to < from.x() ? x - length : x + length, y));
}

void paintBarFill(QPainter &painter, const QRectF &rect, BarState state, const Theme &theme,
                  double pulse)
{
    const Token token = barToken(state);
    const QColor color = theme.color(token);
    switch (state) {
    case BarState::Succeeded:
        fill(painter, rect, color);
        break;
    case BarState::Failed:
        notched(painter, rect, color);
        break;
    case BarState::WillRetry:
        notched(painter, rect, theme.blend(token, 0.55));
        painter.fillRect(
            QRectF(rect.left(), rect.top(), std::min(2.0, rect.width()), rect.height()), color);
        break;
    case BarState::Running:
        running(painter, rect, theme, pulse);
        break;
    case BarState::Queued:
        if (rect.width() >= 2)
            outline(painter, rect.adjusted(0, 2, 0, -2), color, Qt::SolidLine);
        break;
    case BarState::NotReached:
        outline(painter, rect, color, Qt::DashLine);
        break;
    case BarState::Cancelled:
    case BarState::Interrupted:
        painter.fillRect(rect, theme.blend(token, 0.2));
        paintDiagonalLines(painter, rect, color, 5);
        outline(painter, rect, color, Qt::SolidLine);
        break;
    case BarState::Sleeping:
    case BarState::Slept:
    case BarState::SleepSkipped:
        painter.fillRect(rect, theme.blend(token, 0.16));
        verticalLines(painter, rect, theme.blend(token, 0.6));
        painter.fillRect(
            QRectF(rect.left(), rect.top(), std::min(2.0, rect.width()), rect.height()), color);
        if (state != BarState::Sleeping && rect.width() > 4)
            painter.fillRect(QRectF(rect.right() - 2, rect.top(), 2, rect.height()), color);
        break;
    case BarState::Kept:
        painter.fillRect(rect, theme.blend(token, 0.2));
        paintDiagonalLines(painter, rect, theme.blend(token, 0.45), 4);
        outline(painter, rect, theme.blend(token, 0.6), Qt::SolidLine);
        break;
    case BarState::Backoff:
    case BarState::Offline:
        paintWaitLine(painter, QPointF(rect.left(), rect.center().y()), rect.right(), state, theme);
        break;
    }
}

} // namespace console
