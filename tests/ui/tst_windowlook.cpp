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
    void whatWasDecidedIsReadWhole();
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

/// With what the texts of the other columns do without.
void TestWindowLook::whatWasDecidedIsReadWhole()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    arrange::place(*stage.window, {.view = "dead"_ba, .subject = scene.deadCharge.toText()});
    stage.settle();
    clickTab(child<QWidget>(stage.window.get(), "deadTabs"), u"Attempts"_s);
    stage.settle();
    const auto *table = child<QTableView>(stage.window.get(), "deadAttempts");
    QTRY_VERIFY(table->isVisible());
    const int decided = table->model()->columnCount() - 1;
    QVERIFY(table->model()->rowCount() > 2);
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        const QModelIndex cell = table->model()->index(row, decided);
        const QString text = cell.data().toString();
        QVERIFY2(table->visualRect(cell).width()
                     >= table->fontMetrics().horizontalAdvance(text) + 16,
                 qPrintable(text));
    }
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestWindowLook)
#include "tst_windowlook.moc"
