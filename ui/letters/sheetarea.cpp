// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/sheetarea.h"

#include <QEvent>

namespace console {

SheetArea::SheetArea(QWidget *parent)
    : QWidget(parent)
{}

void SheetArea::setContent(QWidget *content)
{
    m_content = content;
    content->setParent(this);
    place();
}

void SheetArea::setTop(int top)
{
    m_top = top;
    place();
}

void SheetArea::place()
{
    if (m_content != nullptr)
        m_content->setGeometry(0, m_top, width(), height() - m_top);
}

QSize SheetArea::sizeHint() const
{
    return m_content == nullptr ? QWidget::sizeHint() : m_content->sizeHint();
}

QSize SheetArea::minimumSizeHint() const
{
    if (m_content == nullptr)
        return QWidget::minimumSizeHint();
    const QSize hint = m_content->minimumSizeHint();
    const int least = m_content->minimumHeight(); // as in a layout: instead of the hint
    return {hint.width(), least > 0 ? least : hint.height()};
}

void SheetArea::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

bool SheetArea::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        updateGeometry(); // the content wants another size
    return QWidget::event(event);
}

} // namespace console
