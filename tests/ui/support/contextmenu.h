// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/uifixture.h"

#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QTest>

namespace console::test {

/// Asked for by its key; null if there is none.
inline QMenu *contextMenuOf(QWidget *viewport)
{
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {5, 5},
                            viewport->mapToGlobal(QPoint(5, 5)));
    QApplication::sendEvent(viewport, &event);
    return qobject_cast<QMenu *>(QApplication::activePopupWidget());
}

/// Asked for by the right button, which is pressed first; null if there is none.
inline QMenu *contextMenuAt(QWidget *viewport, const QPoint &at)
{
    QTest::mouseClick(viewport, Qt::RightButton, {}, at);
    // Offscreen no platform makes the event of a right click.
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, viewport->mapToGlobal(at));
    QApplication::sendEvent(viewport, &event);
    return qobject_cast<QMenu *>(QApplication::activePopupWidget());
}

/// Ids of what can be chosen in it.
inline QStringList entriesOf(const QMenu *menu)
{
    QStringList ids;
    for (const QAction *action : menu->actions()) {
        if (!action->isSeparator())
            ids.append(action->objectName());
    }
    return ids;
}

/// By the mouse. \returns false if no action \a isIt.
template<typename IsIt>
bool clickAction(QMenu *menu, const IsIt &isIt)
{
    for (QAction *action : menu->actions()) {
        if (isIt(action)) {
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
            return true;
        }
    }
    return false;
}

/// Chooses the action with this id from the context menu, or from \a part of it, which is a menu of
/// its own.
inline void chooseInMenu(UiFixture &ui, QWidget *viewport, const QString &part, const QString &id)
{
    ui.actions.refresh();
    QCoreApplication::processEvents();
    QMenu *menu = contextMenuOf(viewport);
    QVERIFY(menu != nullptr);
    if (!part.isEmpty()) {
        QVERIFY(clickAction(menu, [&](const QAction *each) { return each->text() == part; }));
        QTRY_VERIFY(QApplication::activePopupWidget() != menu);
        menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu != nullptr);
    }
    QVERIFY2(clickAction(menu, [&](const QAction *each) { return each->objectName() == id; }),
             qPrintable(id));
    ui.beat();
}

} // namespace console::test
