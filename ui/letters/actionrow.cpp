// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/actionrow.h"

#include "ui/widgets/actionbuttons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

#include <array>
#include <optional>

namespace console {

namespace {

constexpr int side = 12;
constexpr int above = 8;
constexpr int spacing = 8;
/// The first one that fits.
constexpr std::array styles = {Qt::ToolButtonTextBesideIcon, Qt::ToolButtonTextOnly,
                               Qt::ToolButtonIconOnly};

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
    fit();
}

QSize ActionRow::minimumSizeHint() const
{
    return {m_least, sizeHint().height()};
}

int ActionRow::widthOf(QToolButton *button, Qt::ToolButtonStyle style)
{
    const QString key = QString::number(style) + button->text();
    const auto known = m_widths.constFind(key);
    if (known != m_widths.cend())
        return *known;
    button->setToolButtonStyle(style);
    return *m_widths.insert(key, button->sizeHint().width());
}

void ActionRow::standBeside(ActionRow &other)
{
    m_beside = &other;
    other.m_beside = this;
}

/// The one that a button has where all have \a style.
Qt::ToolButtonStyle ActionRow::styleOf(const QToolButton *button, Qt::ToolButtonStyle style) const
{
    const bool isFirst = button == m_buttons.front();
    return isFirst && style == Qt::ToolButtonIconOnly ? Qt::ToolButtonTextBesideIcon : style;
}

void ActionRow::fit()
{
    std::optional<Qt::ToolButtonStyle> fitting;
    int need = 0;
    for (const Qt::ToolButtonStyle style : styles) {
        need = 2 * side - spacing;
        for (QToolButton *button : m_buttons) {
            if (!button->isHidden())
                need += spacing + widthOf(button, styleOf(button, style));
        }
        if (!fitting && need <= width())
            fitting = style;
    }
    m_least = need;
    m_style = fitting.value_or(styles.back());
    showStyle();
    if (ActionRow *beside = m_beside.data(); beside != nullptr)
        beside->showStyle();
}

/// All in the same way: a button with an icon beside one without looks like another kind of thing.
void ActionRow::showStyle()
{
    const ActionRow *beside = m_beside.data();
    const Qt::ToolButtonStyle other = beside == nullptr ? m_style : beside->m_style;
    Qt::ToolButtonStyle style = m_style;
    if (other == Qt::ToolButtonTextOnly && style == styles.front())
        style = Qt::ToolButtonTextOnly;
    else if (other == Qt::ToolButtonIconOnly && style == Qt::ToolButtonTextOnly)
        style = Qt::ToolButtonIconOnly;
    for (QToolButton *button : m_buttons)
        button->setToolButtonStyle(styleOf(button, style));
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
