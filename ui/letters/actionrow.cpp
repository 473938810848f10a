// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/letters/actionrow.h"

#include "ui/widgets/actionbuttons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

#include <algorithm>
#include <array>
#include <iterator>

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

int ActionRow::widthOf(QToolButton *button, Qt::ToolButtonStyle style)
{
    const QString key = QString::number(style) + button->text();
    const auto known = m_widths.constFind(key);
    if (known != m_widths.cend())
        return *known;
    button->setToolButtonStyle(style);
    return *m_widths.insert(key, button->sizeHint().width());
}

void ActionRow::fit()
{
    static constexpr std::array styles = {Qt::ToolButtonTextBesideIcon, Qt::ToolButtonTextOnly,
                                          Qt::ToolButtonIconOnly};
    std::vector<QToolButton *> shown;
    std::copy_if(m_buttons.begin(), m_buttons.end(), std::back_inserter(shown),
                 [](const QToolButton *button) { return !button->isHidden(); });
    std::vector<std::size_t> chosen(shown.size(), 0);
    int width = 2 * side - spacing;
    for (QToolButton *button : shown)
        width += spacing + widthOf(button, styles.front());
    for (std::size_t next = 1; next < styles.size(); ++next) {
        for (std::size_t at = shown.size(); at-- > 1 && width > this->width();) {
            width += widthOf(shown[at], styles[next]) - widthOf(shown[at], styles[next - 1]);
            chosen[at] = next;
        }
    }
    for (std::size_t at = 0; at < shown.size(); ++at) {
        if (shown[at]->toolButtonStyle() != styles[chosen[at]])
            shown[at]->setToolButtonStyle(styles[chosen[at]]);
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
