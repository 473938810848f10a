// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/clickguard.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QMouseEvent>
#include <QToolButton>

namespace console {

namespace {

constexpr char toggles[] = "toggles";

} // namespace

ClickGuard::ClickGuard(QObject *parent)
    : QObject(parent)
{
    qApp->installEventFilter(this);
}

ClickGuard::Target ClickGuard::targetOf(QWidget *widget, const QMouseEvent &mouse)
{
    Target target;
    target.widget = widget;
    if (const auto *button = qobject_cast<QAbstractButton *>(widget)) {
        target.text = button->text();
        if (const auto *tool = qobject_cast<const QToolButton *>(button))
            target.action = tool->defaultAction();
    } else if (const auto *view = qobject_cast<QAbstractItemView *>(widget->parentWidget());
               view != nullptr && view->viewport() == widget) {
        target.cell = view->indexAt(mouse.position().toPoint());
    }
    return target;
}

void ClickGuard::letToggle(QAbstractButton *button)
{
    button->setProperty(toggles, true);
}

bool ClickGuard::isToggle(const QWidget *widget)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    return button != nullptr && (button->isCheckable() || button->property(toggles).toBool());
}

/// Qt makes double clicks of two each: the third one is a single click again.
bool ClickGuard::goesOn(const Press &press) const
{
    if (press.type == QEvent::MouseButtonDblClick)
        return true;
    const auto interval = static_cast<quint64>(QApplication::doubleClickInterval());
    return m_last && press.button == m_last->button && press.timestamp >= m_last->timestamp
           && press.timestamp - m_last->timestamp < interval
           && (press.at - m_last->at).manhattanLength() <= QApplication::startDragDistance();
}

bool ClickGuard::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonRelease && watched->isWidgetType())
        return m_isLost; // a list would take it for the end of the click before
    const bool isPress =
        event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick;
    if (!isPress || !watched->isWidgetType())
        return QObject::eventFilter(watched, event);
    const auto &mouse = *static_cast<QMouseEvent *>(event);
    const Press press{.timestamp = mouse.timestamp(),
                      .type = mouse.type(),
                      .button = mouse.button(),
                      .at = mouse.globalPosition().toPoint()};
    const bool isOfferedAgain = m_last && press.timestamp != 0
                                && press.timestamp == m_last->timestamp
                                && press.type == m_last->type;
    const bool isOneMore = goesOn(press);
    m_last = press;
    if (isOfferedAgain)
        return false; // what it hit has been looked at, a child that lets it through
    m_isLost = false;
    const Target hit = targetOf(static_cast<QWidget *>(watched), mouse);
    if (!isOneMore) {
        m_first = hit;
        return false;
    }
    const bool isGuarded =
        qobject_cast<QAbstractButton *>(watched) != nullptr || hit.cell.isValid();
    const bool isSame = hit.widget == m_first.widget && hit.action == m_first.action
                        && (hit.text == m_first.text || isToggle(hit.widget))
                        && hit.cell == m_first.cell;
    if (!isGuarded || isSame)
        return false;
    m_isLost = true;
    event->accept(); // nor is it for what is below
    return true;
}

} // namespace console
