// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/clicks.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/windowstage.h"

#include <QDialog>
#include <QLabel>
#include <QScrollBar>
#include <QTableView>
#include <QTemporaryDir>

namespace console::test {

using namespace Qt::StringLiterals;

/// What is seen in the usual window, whatever the theme is.
class TestWindowLook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDialogFollowsTheTheme();
    void runsOfAnEventNeedNoScrolling();
};

void TestWindowLook::aDialogFollowsTheTheme()
{
    const QTemporaryDir folder;
    WindowStage stage(folder.filePath(u"settings.ini"_s));
    fillScene(stage.backend);
    stage.backend.state.dataFile = folder.filePath(u"shop.db"_s);
    stage.open();
    stage.settle();
    arrange::theme(*stage.window, ThemeChoice::Light);
    stage.key(Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"Clear data"_s);
    stage.settle();
    stage.key(Qt::Key_Return);
    QTRY_VERIFY(stage.window->findChild<QDialog *>(u"clearDialog"_s) != nullptr);
    const auto *icon =
        child<QLabel>(stage.window->findChild<QDialog *>(u"clearDialog"_s), "clearWarningIcon");
    const QImage light = icon->pixmap(Qt::ReturnByValue).toImage();
    arrange::theme(*stage.window, ThemeChoice::Dark);
    stage.settle();
    QVERIFY(icon->pixmap(Qt::ReturnByValue).toImage() != light);
}

void TestWindowLook::runsOfAnEventNeedNoScrolling()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    arrange::place(*stage.window, {.view = "events"_ba, .subject = scene.order.toText()});
    stage.settle();
    clickTab(child<QWidget>(stage.window.get(), "eventTabs"), u"Runs"_s);
    stage.settle();
    const auto *table = child<QTableView>(stage.window.get(), "eventRuns");
    QTRY_VERIFY(table->isVisible());
    QVERIFY(table->model()->rowCount() > 0);
    QVERIFY(table->width() < 900); // the inspector is beside it
    QCOMPARE(table->horizontalScrollBar()->maximum(), 0);
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestWindowLook)
#include "tst_windowlook.moc"
