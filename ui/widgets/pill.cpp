// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/pill.h"

#include "ui/core/theme.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"

#include <QFontMetrics>
#include <QMouseEvent>
#include <QPainter>

#include <utility>

namespace console {

namespace {

constexpr int iconExtent = 14;
constexpr int side = 12;
constexpr int gap = 6;
constexpr int ring = 2;
constexpr int line = 1; ///< between the rows and the strip; drawn by who has the strip

} // namespace

Pill::Pill(Context &context, QWidget *parent)
    : QAbstractButton(parent)
    , m_context(context)
{
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&context.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void Pill::say(const QString &text, const QString &icon)
{
    setText(text);
    setAccessibleName(text);
    m_icon = icon;
    setVisible(!text.isEmpty());
    updateGeometry();
    update();
}

QSize Pill::bodySize() const
{
    const QFontMetrics metrics = fontMetrics();
    const int icon = m_icon.isEmpty() ? 0 : iconExtent + gap;
    return {metrics.horizontalAdvance(text()) + icon + 2 * side, metrics.height() + 2};
}

QRect Pill::body() const
{
    QRect body({}, bodySize());
    body.moveCenter({width() / 2, (height() + line) / 2});
    return body;
}

QSize Pill::sizeHint() const
{
    return bodySize() + QSize(2 * ring, line + 2 * ring);
}

bool Pill::hitButton(const QPoint &at) const
{
    return body().contains(at);
}

void Pill::setHovered(bool isHovered)
{
    if (std::exchange(m_isHovered, isHovered) == isHovered)
        return;
    setCursor(isHovered ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void Pill::mouseMoveEvent(QMouseEvent *event)
{
    QAbstractButton::mouseMoveEvent(event);
    setHovered(hitButton(event->position().toPoint()));
}

void Pill::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    setHovered(false);
}

void Pill::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    const Theme &theme = m_context.theme;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF round(body());
    const double radius = round.height() / 2;
    QColor fill = theme.color(Token::Selection);
    if (m_isHovered || isDown())
        fill = fill.lighter(isDown() ? 95 : 112);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(round, radius, radius);
    if (hasFocus()) {
        painter.setPen(QPen(theme.color(Token::Accent), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(round.adjusted(-1.5, -1.5, 1.5, 1.5), radius + ring, radius + ring);
    }
    QRect space = body().adjusted(side, 0, -side, 0);
    if (!m_icon.isEmpty()) {
        painter.drawPixmap(
            space.left(), space.top() + (space.height() - iconExtent) / 2,
            m_context.icons.pixmap(m_icon, Token::SelectionText, iconExtent, devicePixelRatioF()));
        space.setLeft(space.left() + iconExtent + gap);
    }
    painter.setPen(theme.color(Token::SelectionText));
    painter.drawText(space, Qt::AlignLeft | Qt::AlignVCenter, text());
}

} // namespace console
