// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/lowscroll.h"

#include <QEvent>

#include <algorithm>

namespace console {

namespace {

constexpr int usualTextHeight = 17;
constexpr int usualWindow = 200; ///< so much higher than the smallest one

} // namespace

LowScroll::LowScroll(QWidget *content, int leastHeight, QWidget *parent)
    : QScrollArea(parent)
    , m_leastHeight(leastHeight)
{
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setWidget(content);
    content->setMinimumWidth(1); // it is squeezed as it would be without this, not cut
    setFocusProxy(content);
    content->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
}

QSize LowScroll::minimumSizeHint() const
{
    const QSize content = widget()->minimumSizeHint();
    const int least =
        m_leastHeight * std::max(usualTextHeight, fontMetrics().height()) / usualTextHeight;
    const bool isWhole =
        m_isGrowing && window()->height() >= window()->minimumHeight() + usualWindow;
    return {content.width(), isWhole ? content.height() : std::min(content.height(), least)};
}

QSize LowScroll::sizeHint() const
{
    return widget()->sizeHint();
}

bool LowScroll::eventFilter(QObject *watched, QEvent *event)
{
    const bool isHigher = watched == window() && event->type() == QEvent::Resize;
    const bool needsOther = watched == widget() && event->type() == QEvent::LayoutRequest;
    if (m_isGrowing && (isHigher || needsOther))
        updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}

void LowScroll::showEvent(QShowEvent *event)
{
    QScrollArea::showEvent(event);
    if (!m_isGrowing)
        return;
    window()->installEventFilter(this);
    updateGeometry();
}

} // namespace console
