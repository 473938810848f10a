// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/runsstage.h"
#include "tests/ui/support/shownbars.h"

#include <QAbstractButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;
using devserver::api::RunSummary;

/// What is done with several selected runs, and what it costs that many are (ui.md 6.3).
class TestSeveralRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void severalThatAreCancelledCanBeRerun();
    void ofThoseThatWereRefusedAnotherBarTells();
    void ofManyOnlyNumbersAreMeant();
    void whatIsNotOnScreenCounts();
};

namespace {

RunSummary sleeping(int number)
{
    return runIn(DisplayState::Waiting, WaitReason::Sleep, number);
}

void chooseAll(Stage &stage)
{
    stage.clickRow(0);
    QTest::keyClick(stage.table, Qt::Key_A, Qt::ControlModifier);
    QCoreApplication::processEvents();
}

void cancel(Stage &stage)
{
    (void)stage.actionNow("run.cancel"_ba);
    QTest::keyClick(stage.table, Qt::Key_Period, Qt::ControlModifier);
}

} // namespace

void TestSeveralRuns::severalThatAreCancelledCanBeRerun()
{
    Stage stage({sleeping(3), sleeping(2), sleeping(1)});
    chooseAll(stage);
    stage.fixture.backend.refuseNext({devserver::ErrorCode::Conflict, u"it has just ended"_s});
    stage.clickRow(0);
    cancel(stage);
    QTRY_COMPARE(shownBars(*stage.view),
                 QStringList{u"Cancel run was refused: it has just ended"_s});
    chooseAll(stage);
    stage.fixture.backend.advance(1s);
    cancel(stage);
    QTRY_COMPARE(shownBars(*stage.view),
                 QStringList{u"3 runs cancelled"_s}); // and no other any more
    QCOMPARE(stage.fixture.backend.actedWith<devserver::CancelRun>().size(), 1U + 3U);
    stage.fixture.backend.advance(1s);
    for (auto *button : stage.view->findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->text() == u"Rerun"_s
            && button->parentWidget()->objectName() == u"infoBar"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(stage.fixture.backend.actedWith<devserver::RerunRun>().size(), 3U);
    QTRY_COMPARE(shownBars(*stage.view), QStringList{u"Rerun started: 3 runs"_s});
}

void TestSeveralRuns::ofThoseThatWereRefusedAnotherBarTells()
{
    Stage stage({sleeping(3), sleeping(2), sleeping(1)});
    chooseAll(stage);
    stage.fixture.backend.refuseNext({devserver::ErrorCode::Conflict, u"it has just ended"_s});
    cancel(stage);
    const QString refused = u"Cancel run was refused (1 of 3): it has just ended"_s;
    QTRY_VERIFY2(allBars(*stage.view).contains(refused), qPrintable(allBars(*stage.view)));
    QVERIFY2(allBars(*stage.view).contains(u"2 runs cancelled"_s),
             qPrintable(allBars(*stage.view)));
}

/// They are looked at now and then, and what changes no number changes nothing.
void TestSeveralRuns::ofManyOnlyNumbersAreMeant()
{
    Stage stage(completedRuns(100));
    chooseAll(stage);
    QCOMPARE(stage.table->selectedRows().size(), 100U);
    const auto retry = [&stage] { return stage.fixture.actions.action("run.retry"_ba); };
    const auto post = [&stage](int row, bool isDead) {
        RunSummary run = stage.list()->at(row);
        ++run.stepsDone;
        if (isDead) {
            run.status = devserver::RunStatus::Failed;
            run.letter = devserver::LetterState::Open;
        }
        stage.fixture.backend.post(run);
        stage.settle();
        QCOMPARE(stage.list()->at(row).stepsDone, run.stepsDone);
    };
    post(3, true);
    QTRY_COMPARE(retry()->text(), u"Retry 1 of 100"_s);
    QSignalSpy checked(&stage.fixture.actions, &ActionRegistry::refreshed);
    for (int row = 1; row < 20; ++row) // the first one is the current one
        post(row, false);
    post(5, true);
    QTRY_COMPARE(retry()->text(), u"Retry 2 of 100"_s);
    QCOMPARE(checked.size(), 1);
}

void TestSeveralRuns::whatIsNotOnScreenCounts()
{
    Stage stage(completedRuns(100));
    chooseAll(stage);
    QVERIFY(!stage.fixture.actions.action("run.retry"_ba)->isEnabled());
    RunSummary run = stage.list()->at(90);
    run.status = devserver::RunStatus::Failed;
    run.letter = devserver::LetterState::Open;
    stage.fixture.backend.post(run);
    stage.settle();
    QTRY_VERIFY(stage.fixture.actions.action("run.retry"_ba)->isEnabled());
    QCOMPARE(stage.fixture.actions.action("run.retry"_ba)->text(), u"Retry 1 of 100"_s);
}

UI_TEST_MAIN(TestSeveralRuns)

#include "tst_severalruns.moc"
