// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/lowscroll.h"

#include <QScrollBar>

#include <algorithm>

namespace console {

namespace {

constexpr int usualTextHeight = 17;

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
    setFocusProxy(content);
    content->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
}

QSize LowScroll::minimumSizeHint() const
{
    const QSize content = widget()->minimumSizeHint();
    const int least =
        m_leastHeight * std::max(usualTextHeight, fontMetrics().height()) / usualTextHeight;
    return {content.width() + verticalScrollBar()->sizeHint().width(),
            std::min(content.height(), least)};
}

QSize LowScroll::sizeHint() const
{
    return widget()->sizeHint();
}

} // namespace console
