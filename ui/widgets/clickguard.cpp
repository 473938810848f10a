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

bool ClickGuard::eventFilter(QObject *watched, QEvent *event)
{
    const bool isSecond = event->type() == QEvent::MouseButtonDblClick;
    if ((event->type() != QEvent::MouseButtonPress && !isSecond) || !watched->isWidgetType())
        return QObject::eventFilter(watched, event);
    const auto &mouse = *static_cast<QMouseEvent *>(event);
    const Target hit = targetOf(static_cast<QWidget *>(watched), mouse);
    const bool isOfferedAgain =
        mouse.timestamp() != 0 && mouse.timestamp() == m_pressedAt && isSecond == m_wasSecond;
    m_pressedAt = mouse.timestamp();
    m_wasSecond = isSecond;
    if (isOfferedAgain)
        return false; // what it hit has been looked at, a child that lets it through
    if (!isSecond) {
        m_first = hit;
        return false;
    }
    const bool isGuarded =
        qobject_cast<QAbstractButton *>(watched) != nullptr || hit.cell.isValid();
    const bool isSame = hit.widget == m_first.widget && hit.action == m_first.action
                        && hit.text == m_first.text && hit.cell == m_first.cell;
    if (!isGuarded || isSame)
        return false;
    event->accept(); // nor is it for what is below
    return true;
}

} // namespace console
