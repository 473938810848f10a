// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/elidedlink.h"

#include <QFontMetrics>
#include <QStyleOptionFocusRect>
#include <QStylePainter>

#include <algorithm>

namespace console {

namespace {

constexpr int iconRoom = 4;
constexpr int upright = 3;
constexpr int leastHeight = 24; // to be hit
constexpr int roundingRoom = 4; ///< widths of a text are rounded, elision is not

} // namespace

ElidedLink::ElidedLink(const QString &text, QWidget *parent)
    : QToolButton(parent)
    , m_whole(text)
{
    setText(text);
    setAutoRaise(true);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

/// Of what stands before the text: it begins where other texts do, without the room of a button.
/// Where it stands alone it can have margins, so that the ring of the focus does not touch it.
int ElidedLink::textLeft() const
{
    return contentsMargins().left() + (icon().isNull() ? 0 : iconSize().width() + iconRoom);
}

QSize ElidedLink::sizeHint() const
{
    return {textLeft() + fontMetrics().horizontalAdvance(m_whole) + roundingRoom
                + contentsMargins().right(),
            std::max(fontMetrics().height() + 2 * upright, leastHeight)};
}

QSize ElidedLink::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

void ElidedLink::resizeEvent(QResizeEvent *event)
{
    const int room = std::max(0, width() - textLeft() - contentsMargins().right());
    const QString shown = fontMetrics().elidedText(m_whole, Qt::ElideLeft, room);
    if (shown != text())
        setText(shown);
    QToolButton::resizeEvent(event);
}

void ElidedLink::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    const QPoint iconAt(contentsMargins().left(), (height() - iconSize().height()) / 2);
    if (!icon().isNull())
        icon().paint(&painter, QRect(iconAt, iconSize()));
    QFont shown = font();
    shown.setUnderline(true); // as linklabel.h says
    painter.setFont(shown);
    painter.setPen(palette().color(QPalette::ButtonText));
    painter.drawText(rect().adjusted(textLeft(), 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text());
    if (!hasFocus())
        return;
    QStyleOptionFocusRect ring;
    ring.initFrom(this);
    painter.drawPrimitive(QStyle::PE_FrameFocusRect, ring);
}

} // namespace console
