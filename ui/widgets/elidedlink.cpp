// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/elidedlink.h"

#include <QFontMetrics>

#include <algorithm>

namespace console {

namespace {

constexpr int roundingRoom = 4; ///< widths of a text are rounded, elision is not

} // namespace

ElidedLink::ElidedLink(const QString &text, QWidget *parent)
    : QToolButton(parent)
    , m_whole(text)
{
    setText(text);
    setAutoRaise(true);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

int ElidedLink::frameWidth() const
{
    return QToolButton::sizeHint().width() - fontMetrics().horizontalAdvance(text());
}

QSize ElidedLink::sizeHint() const
{
    return {frameWidth() + fontMetrics().horizontalAdvance(m_whole) + roundingRoom,
            QToolButton::sizeHint().height()};
}

QSize ElidedLink::minimumSizeHint() const
{
    return {0, QToolButton::sizeHint().height()};
}

void ElidedLink::resizeEvent(QResizeEvent *event)
{
    const int room = std::max(0, width() - frameWidth());
    const QString shown = fontMetrics().elidedText(m_whole, Qt::ElideLeft, room);
    if (shown != text())
        setText(shown);
    QToolButton::resizeEvent(event);
}

} // namespace console
