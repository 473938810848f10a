// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/fittingtabs.h"

#include <QStyleOptionFocusRect>
#include <QStyleOptionTab>
#include <QStylePainter>
#include <QToolButton>

#include <algorithm>

namespace console {

namespace {

constexpr int usualPadding = 24;
constexpr int leastPadding = 10;

} // namespace

FittingTabs::FittingTabs(QWidget *parent)
    : QTabBar(parent)
{
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideNone);
}

int FittingTabs::padding() const
{
    int words = 0;
    int tabs = 0;
    for (int tab = 0; tab < count(); ++tab) {
        if (!isTabVisible(tab))
            continue;
        words += fontMetrics().horizontalAdvance(tabText(tab));
        ++tabs;
    }
    if (tabs == 0)
        return usualPadding;
    const int room = 2 * (width() - words) - usualPadding; // what stands before the first is kept
    return std::clamp(room / (2 * tabs - 1), leastPadding, usualPadding);
}

int FittingTabs::before(int index) const
{
    for (int tab = 0; tab < index; ++tab) {
        if (isTabVisible(tab))
            return 0;
    }
    return (usualPadding - padding()) / 2;
}

QSize FittingTabs::tabSizeHint(int index) const
{
    return {fontMetrics().horizontalAdvance(tabText(index)) + padding() + before(index),
            QTabBar::tabSizeHint(index).height()};
}

QSize FittingTabs::minimumTabSizeHint(int index) const
{
    return tabSizeHint(index);
}

/// What the arrows leave.
QRect FittingTabs::tabsRoom() const
{
    QRect room = rect();
    for (const auto *arrow : findChildren<QToolButton *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (!arrow->isVisible())
            continue;
        if (arrow->geometry().center().x() > room.center().x())
            room.setRight(std::min(room.right(), arrow->x() - 1));
        else
            room.setLeft(std::max(room.left(), arrow->geometry().right() + 1));
    }
    return room;
}

/// The style cuts words that have less room around them than it gives itself.
void FittingTabs::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QStylePainter painter(this);
    const QRect room = tabsRoom();
    for (int tab = 0; tab < count(); ++tab) {
        if (!isTabVisible(tab))
            continue;
        QStyleOptionTab option;
        initStyleOption(&option, tab);
        option.rect.setLeft(option.rect.left() + before(tab));
        const QRect seen = option.rect & room;
        // No part of a word: the arrows say that there is more.
        if (tab != currentIndex() && seen != option.rect)
            continue;
        painter.drawControl(QStyle::CE_TabBarTabShape, option);
        const QString text =
            seen == option.rect
                ? tabText(tab)
                : fontMetrics().elidedText(tabText(tab), Qt::ElideRight, seen.width());
        style()->drawItemText(&painter, seen, Qt::AlignCenter | Qt::TextHideMnemonic,
                              option.palette, isTabEnabled(tab), text, QPalette::WindowText);
        if (!option.state.testFlag(QStyle::State_HasFocus))
            continue;
        QStyleOptionFocusRect focus;
        focus.initFrom(this);
        focus.rect = option.rect.adjusted(1, 3, -1, -3);
        painter.drawPrimitive(QStyle::PE_FrameFocusRect, focus);
    }
    // Words of the tabs that do not fit would be seen through the arrows.
    for (const auto *arrow : findChildren<QToolButton *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (arrow->isVisible())
            painter.fillRect(arrow->geometry(), palette().window());
    }
}

QSize FittingTabs::minimumSizeHint() const
{
    return {0, QTabBar::minimumSizeHint().height()};
}

} // namespace console
