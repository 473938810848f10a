// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/listpage.h"

#include "ui/core/theme.h"
#include "ui/widgets/context.h"
#include "ui/widgets/pill.h"

#include <QPainter>
#include <QVBoxLayout>

namespace console {

ListPage::ListPage(Context &context, QWidget *list, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(list, 1);
    m_pill = new Pill(context, this); // after the list, which tells of what is new until its end
    QSizePolicy kept = m_pill->sizePolicy();
    kept.setRetainSizeWhenHidden(true);
    m_pill->setSizePolicy(kept);
    layout->addWidget(m_pill);
    setFocusProxy(list);
    connect(&context.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

int ListPage::stripHeight() const
{
    return m_pill->sizeHint().height();
}

void ListPage::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    const Theme &theme = m_context.theme;
    QPainter painter(this);
    const QRect strip(0, height() - stripHeight(), width(), stripHeight());
    painter.fillRect(strip, theme.color(Token::Window));
    painter.fillRect(strip.x(), strip.y(), width(), 1, theme.color(Token::Line));
}

} // namespace console
