// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/taborder.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QGuiApplication>
#include <QStyleHints>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace console {

namespace {

/// A child of a container, and the stops in it.
struct Branch {
    QRect area;
    QList<QWidget *> stops;
};

using Branches = QList<Branch>;

bool takesTab(const QWidget *widget)
{
    const Qt::FocusPolicy wanted =
        QGuiApplication::styleHints()->tabFocusBehavior() == Qt::TabFocusAllControls
            ? Qt::TabFocus
            : Qt::StrongFocus;
    return (widget->focusPolicy() & wanted) == wanted;
}

/// Those of which one is chosen, itself among them; empty: it stands for itself.
QList<QAbstractButton *> choiceOf(const QAbstractButton *button)
{
    if (button->group() != nullptr)
        return button->group()->exclusive() ? button->group()->buttons()
                                            : QList<QAbstractButton *>();
    if (!button->autoExclusive() || button->parentWidget() == nullptr)
        return {};
    QList<QAbstractButton *> choice = button->parentWidget()->findChildren<QAbstractButton *>(
        QString(), Qt::FindDirectChildrenOnly);
    choice.removeIf([](const QAbstractButton *each) {
        return !each->autoExclusive() || each->group() != nullptr;
    });
    return choice;
}

bool isStop(const QWidget *widget)
{
    if (!widget->isEnabled() || widget->focusProxy() != nullptr)
        return false;
    if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
        // Qt leaves Tab to the one of them that had the focus last, chosen or not.
        const QList<QAbstractButton *> choice = choiceOf(button);
        if (std::any_of(choice.begin(), choice.end(), [](const QAbstractButton *each) {
                return each->isChecked() && each->isVisible() && each->isEnabled();
            }))
            return button->isChecked() && std::any_of(choice.begin(), choice.end(), takesTab);
    }
    return takesTab(widget);
}

/// Divides what is sorted by `from` at its first gap. \returns how many come before it.
template<typename Edges>
qsizetype firstGap(const Branches &branches, Edges edges)
{
    int end = edges(branches.constFirst().area).second;
    for (qsizetype at = 1; at < branches.size(); ++at) {
        const auto [from, to] = edges(branches[at].area);
        if (from >= end)
            return at;
        end = std::max(end, to);
    }
    return branches.size();
}

/// The middle half counts: what stands in one row is not of one height.
std::pair<int, int> heightOf(const QRect &area)
{
    return {area.top() + area.height() / 4, area.bottom() - area.height() / 4};
}

std::pair<int, int> widthOf(const QRect &area)
{
    return {area.left(), area.right()};
}

QList<QWidget *> inOrder(Branches branches, bool isMirrored);

/// Row by row if there are rows, else column by column. \returns false if there is no such gap.
template<typename Edges>
bool divide(Branches &branches, Edges edges, bool isFromTheEnd, bool isMirrored,
            QList<QWidget *> &stops)
{
    std::stable_sort(branches.begin(), branches.end(), [&](const Branch &a, const Branch &b) {
        return edges(a.area).first < edges(b.area).first;
    });
    const qsizetype gap = firstGap(branches, edges);
    if (gap == branches.size())
        return false;
    const QList<QWidget *> before = inOrder(branches.mid(0, gap), isMirrored);
    const QList<QWidget *> after = inOrder(branches.mid(gap), isMirrored);
    stops = isFromTheEnd ? after + before : before + after;
    return true;
}

QList<QWidget *> inOrder(Branches branches, bool isMirrored)
{
    QList<QWidget *> stops;
    if (branches.size() > 1
        && (divide(branches, heightOf, false, isMirrored, stops)
            || divide(branches, widthOf, isMirrored, isMirrored, stops)))
        return stops;
    for (const Branch &branch : std::as_const(branches)) // one, or some that overlap
        stops += branch.stops;
    return stops;
}

/// \a focus  counts as well, whatever it is: its place is where people are
QList<QWidget *> stopsIn(const QWidget *container, const QWidget *focus)
{
    Branches branches;
    for (QObject *object : container->children()) {
        auto *child = qobject_cast<QWidget *>(object);
        if (child == nullptr || child->isWindow() || !child->isVisible())
            continue;
        QList<QWidget *> stops = stopsIn(child, focus);
        if (isStop(child) || child == focus)
            stops.prepend(child);
        if (!stops.isEmpty())
            branches.append({child->geometry(), stops});
    }
    return inOrder(std::move(branches), container->layoutDirection() == Qt::RightToLeft);
}

} // namespace

QList<QWidget *> tabStops(const QWidget *window)
{
    return stopsIn(window, nullptr);
}

bool moveFocusAsRead(QWidget *window, bool forwards)
{
    const QWidget *focus = window->focusWidget();
    const QList<QWidget *> stops = stopsIn(window, focus);
    const qsizetype count = stops.size();
    const auto now = std::find(stops.begin(), stops.end(), focus) - stops.begin();
    if (count == 0)
        return false;
    const qsizetype next =
        now == count ? (forwards ? 0 : count - 1) : (now + (forwards ? 1 : -1) + count) % count;
    if (stops[next] == focus)
        return false;
    stops[next]->setFocus(forwards ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

} // namespace console
