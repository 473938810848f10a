// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAbstractItemView>
#include <QPushButton>
#include <QTabBar>
#include <QTest>

namespace console::test {

/// Clicks into the middle of a cell, which is scrolled to.
inline void clickCell(QAbstractItemView *view, const QModelIndex &index,
                      Qt::KeyboardModifiers modifiers = {})
{
    QVERIFY(index.isValid());
    view->scrollTo(index);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, modifiers,
                      view->visualRect(index).center());
}

[[nodiscard]] inline QString cellOf(const QAbstractItemView *view, int row, int column)
{
    return view->model()->index(row, column).data().toString();
}

/// Its first button that is seen.
inline void clickButtonIn(const QWidget *bar)
{
    QList<QPushButton *> all = bar->findChildren<QPushButton *>();
    all.removeIf([](const QPushButton *each) { return !each->isVisible(); });
    QVERIFY(!all.isEmpty());
    QTest::mouseClick(all.first(), Qt::LeftButton);
}

/// \a tabs  a QTabBar, or what has one
inline QTabBar *tabBarOf(QWidget *tabs)
{
    auto *bar = qobject_cast<QTabBar *>(tabs);
    return bar == nullptr ? tabs->findChild<QTabBar *>() : bar;
}

inline void clickTab(QWidget *tabs, int tab)
{
    QTabBar *bar = tabBarOf(tabs);
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(tab).center());
    QTRY_COMPARE(bar->currentIndex(), tab);
}

/// The tab whose title begins so.
inline void clickTab(QWidget *tabs, const QString &title)
{
    const QTabBar *bar = tabBarOf(tabs);
    for (int tab = 0; tab < bar->count(); ++tab) {
        if (bar->tabText(tab).startsWith(title))
            return clickTab(tabs, tab);
    }
    QTest::qFail(qPrintable(QStringLiteral("no tab ") + title), __FILE__, __LINE__);
}

} // namespace console::test
