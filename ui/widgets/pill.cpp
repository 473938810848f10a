// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/pill.h"

#include "ui/core/theme.h"
#include "ui/widgets/context.h"
#include "ui/widgets/icons.h"

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>

namespace console {

namespace {

constexpr int iconExtent = 14;
constexpr int side = 12;
constexpr int gap = 6;
constexpr int ring = 2;

} // namespace

Pill::Pill(Context &context, QWidget *list, int top)
    : QAbstractButton(list)
    , m_context(context)
    , m_list(list)
    , m_top(top)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    list->installEventFilter(this);
    connect(&context.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void Pill::say(const QString &text, const QString &icon)
{
    setText(text);
    setAccessibleName(text);
    m_icon = icon;
    setVisible(!text.isEmpty());
    place();
    update();
}

QSize Pill::sizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    const int icon = m_icon.isEmpty() ? 0 : iconExtent + gap;
    return {metrics.horizontalAdvance(text()) + icon + 2 * side + 2 * ring,
            metrics.height() + 10 + 2 * ring};
}

void Pill::place()
{
    resize(sizeHint());
    move((m_list->width() - width()) / 2, m_top);
    raise();
}

bool Pill::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::Resize)
        place();
    return QAbstractButton::eventFilter(watched, event);
}

void Pill::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    const Theme &theme = m_context.theme;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body = QRectF(rect()).adjusted(ring, ring, -ring, -ring);
    const double radius = body.height() / 2;
    QColor fill = theme.color(Token::Selection);
    if (underMouse() || isDown())
        fill = fill.lighter(isDown() ? 95 : 112);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(body, radius, radius);
    if (hasFocus()) {
        painter.setPen(QPen(theme.color(Token::Accent), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius + ring,
                                radius + ring);
    }
    QRect space = rect().adjusted(ring + side, 0, -ring - side, 0);
    if (!m_icon.isEmpty()) {
        painter.drawPixmap(
            space.left(), (height() - iconExtent) / 2,
            m_context.icons.pixmap(m_icon, Token::SelectionText, iconExtent, devicePixelRatioF()));
        space.setLeft(space.left() + iconExtent + gap);
    }
    painter.setPen(theme.color(Token::SelectionText));
    painter.drawText(space, Qt::AlignLeft | Qt::AlignVCenter, text());
}

} // namespace console
