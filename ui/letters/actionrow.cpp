// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/actionrow.h"

#include "ui/letters/actionbuttons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

namespace console {

namespace {

constexpr int side = 12;
constexpr int above = 8;
constexpr int spacing = 8;

} // namespace

ActionRow::ActionRow(Context &context,
                     const std::vector<std::pair<const char *, const char *>> &actions,
                     QWidget *parent)
    : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(side, above, side, above);
    row->setSpacing(spacing);
    for (const auto &[action, name] : actions) {
        m_buttons.push_back(makeActionButton(context, action, QString::fromLatin1(name), this));
        row->addWidget(m_buttons.back());
    }
    row->addStretch();
}

QSize ActionRow::minimumSizeHint() const
{
    int width = 2 * side - spacing;
    for (const QToolButton *button : m_buttons) {
        if (!button->isHidden())
            width += spacing
                     + (button == m_buttons.front() ? button->sizeHint().width()
                                                    : button->sizeHint().height());
    }
    return {width, sizeHint().height()};
}

void ActionRow::setWords(QToolButton *button, bool hasWords)
{
    const auto style = hasWords ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly;
    if (button->toolButtonStyle() != style)
        button->setToolButtonStyle(style);
}

int ActionRow::widthOf(QToolButton *button)
{
    const auto known = m_widths.constFind(button->text());
    if (known != m_widths.cend())
        return *known;
    setWords(button, true);
    return *m_widths.insert(button->text(), button->sizeHint().width());
}

void ActionRow::fit()
{
    int width = 2 * side - spacing;
    for (QToolButton *button : m_buttons)
        width += button->isHidden() ? 0 : spacing + widthOf(button);
    for (auto button = m_buttons.rbegin(); button != m_buttons.rend(); ++button) {
        const bool isTooWide = width > this->width() && *button != m_buttons.front();
        if ((*button)->isHidden())
            continue;
        if (isTooWide)
            width -= widthOf(*button) - (*button)->sizeHint().height();
        setWords(*button, !isTooWide);
    }
}

void ActionRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

bool ActionRow::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest) // other words, or a button came or went
        fit();
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        m_widths.clear();
    return QWidget::event(event);
}

} // namespace console
