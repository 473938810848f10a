// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/clicks.h"
#include "tests/ui/support/contextmenu.h"
#include "tests/ui/support/listrows.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/windowstage.h"
#include "ui/core/runlistmodel.h"
#include "ui/shell/runwindow.h"
#include "ui/shell/statesaver.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/projectplaces.h"

#include <QCheckBox>
#include <QDialog>
#include <QDockWidget>
#include <QListWidget>
#include <QSignalSpy>
#include <QTemporaryDir>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What the window does is kept, whatever was used of it and wherever its data are.
class TestKeptState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isSavedAfterUseOfEveryWindowOfIt();
    void isSavedAfterAPanelThatFloatsIsMoved();
    void isSavedAfterAShortcutAndNotForAModifier();
    void aRowThatIsPassedIsNotChosen();
    void orderOfAnOlderVersionStays();
    void orderStaysWithoutADataFile();
};

namespace {

/// Counts as it would be saved, but at once.
struct Saves {
    int count = 0;
    StateSaver saver;

    explicit Saves(QWidget &window)
        : saver(
            window, [this] { ++count; }, 0ms)
    {}
};

RunListModel *runs(const WindowStage &stage)
{
    return qobject_cast<RunListModel *>(child<ListTable>(stage.window.get(), "runsTable")->list());
}

void goToRuns(WindowStage &stage)
{
    stage.key(Qt::Key_1, Qt::ControlModifier);
    stage.settle();
}

void goToEvents(WindowStage &stage)
{
    stage.key(Qt::Key_2, Qt::ControlModifier);
    stage.settle();
}

void closeAndOpen(WindowStage &stage)
{
    stage.settle();
    stage.window->closeNow();
    stage.window.reset();
    stage.open();
    stage.settle();
}

} // namespace

void TestKeptState::isSavedAfterUseOfEveryWindowOfIt()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    stage.settle();
    Saves saves(*stage.window);
    auto *table = child<ListTable>(stage.window.get(), "runsTable");

    QMenu *menu = contextMenuOf(table->header()->viewport());
    QVERIFY(menu != nullptr);
    stage.beat();
    saves.count = 0;
    QVERIFY(clickAction(menu, [](const QAction *each) {
        return each->isCheckable() && each->isChecked() && each->isEnabled();
    }));
    QTRY_VERIFY(saves.count > 0);
    stage.settle();

    stage.key(Qt::Key_Comma, Qt::ControlModifier);
    stage.settle();
    auto *dialog = child<QDialog>(stage.window.get(), "settingsDialog");
    saves.count = 0;
    QTest::mouseClick(child<QListWidget>(dialog, "settingsCategories")->viewport(), Qt::LeftButton,
                      {}, {10, 10});
    QTRY_VERIFY(saves.count > 0);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(stage.window->findChild<QDialog *>(u"settingsDialog"_s) == nullptr);
    stage.window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(stage.window.get()));
    stage.settle();

    clickRowOf(table, scene.completed.toText());
    stage.settle();
    QTest::keyClick(table, Qt::Key_Return, Qt::ControlModifier);
    stage.settle();
    auto *runWindow = stage.window->findChild<RunWindow *>();
    QVERIFY(runWindow != nullptr);
    saves.count = 0;
    runWindow->resize(760, 555);
    QTRY_VERIFY(saves.count > 0);
    stage.window->activateWindow();

    // It is a window of its own.
    QWidget other;
    other.show();
    stage.settle();
    saves.count = 0;
    QTest::mouseClick(&other, Qt::LeftButton);
    other.resize(300, 200);
    stage.beat();
    QCOMPARE(saves.count, 0);
}

void TestKeptState::isSavedAfterAPanelThatFloatsIsMoved()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    stage.settle();
    QDockWidget *composer = stage.window->dock("composer"_ba);
    stage.key(Qt::Key_J, Qt::ControlModifier);
    stage.settle();
    QTest::mouseClick(child<QWidget>(stage.window.get(), "composerDockFloat"), Qt::LeftButton);
    QTRY_VERIFY(composer->isFloating());
    QTRY_VERIFY(composer->isVisible());
    stage.settle();
    Saves saves(*stage.window);
    composer->move(composer->pos() + QPoint(20, 30));
    QTRY_VERIFY(saves.count > 0);
}

void TestKeptState::isSavedAfterAShortcutAndNotForAModifier()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    stage.settle();
    Saves saves(*stage.window);
    QWidget *focus = QApplication::focusWidget();
    QVERIFY(focus != nullptr);
    for (const Qt::Key key : {Qt::Key_Shift, Qt::Key_Control, Qt::Key_Alt, Qt::Key_Meta}) {
        QTest::keyClick(focus, key);
        stage.beat();
        QCOMPARE(saves.count, 0);
    }
    // It is the action's, and no key of the widget.
    QTest::keyClick(focus, Qt::Key_B, Qt::ControlModifier);
    QTRY_VERIFY(saves.count > 0);
}

/// What is kept while somebody goes on is where one is, and not a choice.
void TestKeptState::aRowThatIsPassedIsNotChosen()
{
    QTemporaryDir folder;
    WindowStage stage(folder.filePath(u"settings.ini"_s));
    fillScene(stage.backend);
    stage.open();
    goToRuns(stage);
    auto *table = child<ListTable>(stage.window.get(), "runsTable");
    table->setFocus();
    const Settings &settings = stage.window->workspace().settings;
    const QVariant before = settings.value(u"window/geometry"_s);
    stage.window->resize(1300, 850);
    const QSignalSpy chosen(&stage.window->workspace().navigator, &Navigator::selectionChanged);
    qsizetype atKey = 0;
    bool isDown = false;
    const auto goOn = [&] {
        isDown = !isDown;
        QTest::keyClick(table, isDown ? Qt::Key_Down : Qt::Key_Up);
        atKey = chosen.size();
        return false;
    };
    QTRY_VERIFY(settings.value(u"window/geometry"_s) != before || goOn());
    QCOMPARE(chosen.size(), atKey);
}

/// It had one for all data files, with the widths of the columns.
void TestKeptState::orderOfAnOlderVersionStays()
{
    const QTemporaryDir folder;
    WindowStage stage(folder.filePath(u"settings.ini"_s));
    fillScene(stage.backend);
    {
        Settings settings(stage.options.settingsPath);
        settings.setValue(u"views/runs/state"_s,
                          R"({"columns":"","sort":3,"descending":false})"_ba);
        settings.setValue(u"views/events/state"_s, R"({"columns":"","internal":true})"_ba);
        ProjectPlaces(settings, stage.backend.state.dataFile).touch();
    }
    stage.open();
    stage.settle();
    QCOMPARE(runs(stage)->query().sort, static_cast<devserver::api::RunSort>(3));
    QVERIFY(!runs(stage)->query().isDescending);
    goToEvents(stage);
    QVERIFY(child<QCheckBox>(stage.window.get(), "eventsInternal")->isChecked());
    // From now on it is kept with the file.
    QTest::mouseClick(child<QCheckBox>(stage.window.get(), "eventsInternal"), Qt::LeftButton);
    closeAndOpen(stage);
    QVERIFY(!child<QCheckBox>(stage.window.get(), "eventsInternal")->isChecked());
    goToRuns(stage);
    QCOMPARE(runs(stage)->query().sort, static_cast<devserver::api::RunSort>(3));
}

void TestKeptState::orderStaysWithoutADataFile()
{
    const QTemporaryDir folder;
    WindowStage stage(folder.filePath(u"settings.ini"_s));
    fillScene(stage.backend);
    stage.backend.state.dataFile.clear();
    stage.open();
    stage.settle();
    const auto *header = child<ListTable>(stage.window.get(), "runsTable")->horizontalHeader();
    const int trigger = header->sectionViewportPosition(static_cast<int>(RunColumn::Trigger));
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {trigger + 20, 12});
    stage.settle();
    QCOMPARE(runs(stage)->query().sort, devserver::api::RunSort::Trigger);
    goToEvents(stage);
    QTest::mouseClick(child<QCheckBox>(stage.window.get(), "eventsInternal"), Qt::LeftButton);
    closeAndOpen(stage);
    QVERIFY(child<QCheckBox>(stage.window.get(), "eventsInternal")->isChecked());
    goToRuns(stage);
    QCOMPARE(runs(stage)->query().sort, devserver::api::RunSort::Trigger);
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestKeptState)
#include "tst_keptstate.moc"
