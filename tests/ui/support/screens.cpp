// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/screens.h"

#include "tests/ui/support/clicks.h"
#include "tests/ui/support/listrows.h"

#include <QApplication>
#include <QDir>

namespace console::test {

using namespace Qt::StringLiterals;

ScreenStage::ScreenStage()
{
    QDir(folder.path()).mkdir(u"shop"_s); // the project is called as its folder
    backend.state.dataFile = folder.filePath(u"shop/redrive.db"_s);
    backend.state.isDiscovering = true; // unless --no-discovery, until an app is found
}

void ScreenStage::goTo(const QByteArray &view)
{
    for (const ViewEntry &entry : viewTable()) {
        if (entry.name == view)
            WindowStage::goTo(entry);
    }
    settle();
    QCOMPARE(currentView(), QString::fromLatin1(view) + u"View"_s);
}

void ScreenStage::openRun(devserver::RunId run)
{
    goTo("runs"_ba);
    pick("runsTable", run.toText());
    key(Qt::Key_Return);
    settle();
}

void ScreenStage::click(const char *name)
{
    auto *widget = child<QWidget>(window.get(), name);
    QTRY_VERIFY2(widget->isVisible() && widget->isEnabled(), name);
    QTest::mouseClick(widget, Qt::LeftButton);
    beat();
}

void ScreenStage::click(QAbstractItemView *view, const QModelIndex &index,
                        Qt::KeyboardModifiers modifiers)
{
    clickCell(view, index, modifiers);
    beat();
}

void ScreenStage::pick(const char *table, const QByteArray &id)
{
    auto *list = child<ListTable>(window.get(), table);
    QTRY_VERIFY2((beat(), list->list() != nullptr && list->list()->rowOf(id) >= 0), table);
    clickRowOf(list, id);
    settle(); // details come 80 ms after the last key
}

void ScreenStage::openTab(const char *tabs, const QString &title)
{
    clickTab(child<QWidget>(window.get(), tabs), title);
    beat();
}

void ScreenStage::type(const QString &text)
{
    for (const QChar c : text) {
        if (c == u'\n') // keyClicks of Qt 6.4 does not know line ends
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        else
            QTest::keyClicks(QApplication::focusWidget(), QString(c));
    }
    beat();
}

void ScreenStage::type(const char *widget, const QString &text)
{
    child<QWidget>(window.get(), widget)->setFocus();
    key(Qt::Key_A, Qt::ControlModifier);
    key(Qt::Key_Delete);
    type(text);
}

void ScreenStage::closeList()
{
    if (QApplication::activePopupWidget() != nullptr)
        key(Qt::Key_Escape);
    window->activateWindow(); // a window manager does it; offscreen a closed list stays active
    QVERIFY(QTest::qWaitForWindowActive(window.get()));
}

void ScreenStage::chooseInPalette(const QString &text)
{
    key(Qt::Key_K, Qt::ControlModifier);
    type(u'>' + QString(text).remove(u'…'));
    const auto *list = child<QAbstractItemView>(window.get(), "paletteList");
    QTRY_COMPARE((beat(), list->model()->index(0, 0).data().toString()), text);
    key(Qt::Key_Return);
}

void ScreenStage::keyTo(QWidget *widget, Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(widget, key, modifiers);
    beat();
}

const std::vector<Screen> &screens()
{
    static const std::vector<Screen> all = [] {
        std::vector<Screen> together;
        for (const std::vector<Screen> &some :
             {runScreens(), eventScreens(), letterScreens(), catalogScreens(), settingsScreens(),
              stateScreens()})
            together.insert(together.end(), some.begin(), some.end());
        return together;
    }();
    return all;
}

void fillDay(ScreenStage &stage)
{
    stage.scene = fillScene(stage.backend);
}

QWidget *openScreen(ScreenStage &stage, const Screen &screen)
{
    if (screen.fill != nullptr)
        screen.fill(stage);
    stage.open(screen.size);
    stage.settle();
    screen.open(stage);
    stage.settle();
    QWidget *shown = stage.shown.isNull() ? stage.window.get() : stage.shown.data();
    settle(shown, [&stage] { stage.beat(); });
    return shown;
}

} // namespace console::test
