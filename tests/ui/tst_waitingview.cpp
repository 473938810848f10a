// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/modelwatch.h"
#include "tests/ui/support/arrange.h"
#include "tests/ui/support/largedata.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/waitingstage.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/statechips.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;
using devserver::ActivityKind;
using devserver::api::RunSummary;
using Stage = WaitingStage;

class TestWaitingView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mixedKindsStandInOrderOfTime();
    void rowsMoveWithoutReset();
    void whenOneLeavesTheNextIsChosen();
    void whenOneLeavesByItselfNoneIsChosen();
    void aClickForTheOneThatLeftIsNotForTheNext();
    void whatFailsAgainIsChosenAgain();
    void countdownFollowsTheClock();
    void keysAndCellsActOnTheJob();
    void oneGestureIsOneAttempt();
    void offlineOpensApps();
    void offlineRunsAreOneRow();
    void aRunWhoseFunctionIsGoneSaysHowToGoOn();
    void chipsFilterByKind();
    void aWordFilters();
    void theLineKnowsItsWords();
    void cellsThatFilter();
    void cancellingManyAsks();
    void theStripCountsWhatComesLater();
    void theStripIsAlwaysAsHigh();
    void theChosenRowIsRemembered();
    void manyRows();
    void nothingWaits();
    void theFocusStaysWhenAllHasEnded();
    void whatItIsAndItsButtonAreWhole();
    void theReasonTakesWhatOthersDoNotNeed();
    void pictures();
};

void TestWaitingView::mixedKindsStandInOrderOfTime()
{
    Stage stage({waiting(4, ActivityKind::AppOffline, std::nullopt),
                 waiting(3, ActivityKind::Sleeping, 70h), waiting(2, ActivityKind::BackingOff, 57s),
                 waiting(1, ActivityKind::BackingOff, 4s),
                 waiting(5, ActivityKind::Delayed, 20min)});
    QCOMPARE(stage.column(WaitingColumn::What),
             QStringList({u"Retry, attempt 3 of 5"_s, u"Retry, attempt 3 of 5"_s, u"Run starts"_s,
                          u"Sleep ends"_s, u"Waiting for app"_s}));
    QCOMPARE(stage.column(WaitingColumn::When),
             QStringList({u"in 4 s"_s, u"in 57 s"_s, u"in 20 m 00 s"_s, u"Fri 10:00"_s,
                          u"when shop takes calls"_s}));
    QCOMPARE(
        stage.column(WaitingColumn::Action),
        QStringList({u"Retry now"_s, u"Retry now"_s, QString(), u"Skip sleep"_s, u"Open app"_s}));
    QCOMPARE(stage.column(WaitingColumn::Why).at(3), u"Sleep charge-card, 2 d 22 h left"_s);
    QCOMPARE(child<QToolButton>(stage.view.get(), "waitingOpen")->text(), u"Open run"_s);
}

void TestWaitingView::rowsMoveWithoutReset()
{
    Stage stage({waiting(1, ActivityKind::BackingOff, 4s), waiting(2, ActivityKind::Sleeping, 9s)});
    QAbstractItemModel *model = stage.table->model();
    const ModelWatch watch(model, "WaitingModel");
    QSignalSpy resets(model, &QAbstractItemModel::modelReset);
    stage.ui.backend.post(waiting(3, ActivityKind::BackingOff, 6s));  // in between
    stage.ui.backend.post(waiting(1, ActivityKind::BackingOff, 30s)); // later than before
    stage.settle();
    QCOMPARE(stage.column(WaitingColumn::When),
             QStringList({u"in 6 s"_s, u"in 9 s"_s, u"in 30 s"_s}));
    RunSummary done = waiting(2, ActivityKind::Sleeping, 9s);
    done.status = devserver::RunStatus::Completed;
    done.activities.clear();
    stage.ui.backend.post(done);
    stage.settle();
    QCOMPARE(stage.column(WaitingColumn::When), QStringList({u"in 6 s"_s, u"in 30 s"_s}));
    RunSummary executing = waiting(3, ActivityKind::Executing, std::nullopt);
    stage.ui.backend.post(executing);
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 1);
    QCOMPARE(resets.count(), 0);
    QCOMPARE(stage.table->model(), model);
}

/// At the same place: one after the other can be done by the same key.
void TestWaitingView::whenOneLeavesTheNextIsChosen()
{
    Stage stage({waiting(1, ActivityKind::BackingOff, 4s), waiting(2, ActivityKind::BackingOff, 9s),
                 waiting(3, ActivityKind::BackingOff, 20s)});
    const PagedTableModel *list = stage.table->list();
    const auto leaves = [&stage, list](int run) {
        const int before = list->rowCount();
        stage.ui.backend.post(runRow(run)); // completed
        stage.settle();
        QTRY_COMPARE(list->rowCount(), before - 1);
        stage.ui.backend.advance(3s);
        stage.settle();
    };
    stage.clickCell(1, WaitingColumn::What);
    QTest::keyClick(stage.table, Qt::Key_T);
    leaves(2);
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{list->idAt(1)});
    QTRY_VERIFY(child<QAbstractButton>(stage.view.get(), "waitingRetryNow")->isEnabled());
    QTest::keyClick(stage.table, Qt::Key_T);
    leaves(3); // the last one: the one before it
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{list->idAt(0)});
    QTest::keyClick(stage.table, Qt::Key_T);
    const auto retried = stage.ui.backend.actedWith<devserver::RetryNow>();
    QCOMPARE(retried.size(), 3U);
    QCOMPARE(retried[0].run, runId(2));
    QCOMPARE(retried[1].run, runId(3));
    QCOMPARE(retried[2].run, runId(1));
}

/// A key that comes late would be for another run.
void TestWaitingView::whenOneLeavesByItselfNoneIsChosen()
{
    Stage stage({waiting(1, ActivityKind::BackingOff, 4s), waiting(2, ActivityKind::BackingOff, 9s),
                 waiting(3, ActivityKind::BackingOff, 20s)});
    const auto leaves = [&stage](int run) {
        const int before = stage.model().rowCount();
        stage.post(runRow(run));
        QTRY_COMPARE(stage.model().rowCount(), before - 1);
        QCOMPARE(stage.table->selectedIds(), QByteArrayList());
        stage.ui.backend.advance(1s);
        QTest::keyClick(stage.table, Qt::Key_Period, Qt::ControlModifier);
        stage.settle();
        QVERIFY(stage.ui.backend.actedWith<devserver::CancelRun>().empty());
    };
    stage.clickCell(0, WaitingColumn::What);
    leaves(1); // its time was up
    stage.clickCell(0, WaitingColumn::What);
    QTest::mouseClick(child<QWidget>(stage.view.get(), "waitingRetryNow"), Qt::LeftButton);
    QCOMPARE(stage.ui.backend.actedWith<devserver::RetryNow>().size(), 1U);
    stage.ui.backend.advance(11s); // too long ago
    leaves(2);
}

/// One gesture is one deed, also where the row changes below it.
void TestWaitingView::aClickForTheOneThatLeftIsNotForTheNext()
{
    Stage stage({waiting(1, ActivityKind::BackingOff, 4s), waiting(2, ActivityKind::BackingOff, 9s),
                 waiting(3, ActivityKind::BackingOff, 20s)});
    const auto sent = [&stage] { return stage.ui.backend.actedWith<devserver::RetryNow>().size(); };
    const auto click = [&stage](const char *button) {
        QTest::mouseClick(child<QWidget>(stage.view.get(), button), Qt::LeftButton);
    };
    stage.clickCell(0, WaitingColumn::What);
    click("waitingRetryNow");
    QCOMPARE(sent(), 1U);
    stage.post(runRow(1));
    QTRY_COMPARE(stage.table->list()->rowCount(), 2);
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{stage.table->list()->idAt(0)});
    click("waitingRetryNow");
    click("waitingCancel");
    QCOMPARE(sent(), 1U);
    QVERIFY(stage.ui.backend.actedWith<devserver::CancelRun>().empty());
    stage.ui.backend.advance(std::chrono::milliseconds(QApplication::doubleClickInterval()));
    click("waitingRetryNow");
    QCOMPARE(sent(), 2U);
}

void TestWaitingView::whatFailsAgainIsChosenAgain()
{
    RunSummary again = waiting(1, ActivityKind::BackingOff, 4s);
    Stage stage({again});
    const QByteArray id = stage.table->list()->idAt(0);
    stage.clickCell(0, WaitingColumn::What);
    auto *retry = child<QAbstractButton>(stage.view.get(), "waitingRetryNow");
    QTest::mouseClick(retry, Qt::LeftButton);
    RunSummary works = again;
    works.activities.clear();
    stage.ui.backend.post(works);
    stage.settle();
    stage.ui.backend.advance(3s);
    stage.settle();
    QTRY_COMPARE(stage.table->list()->rowCount({}), 0);
    stage.post(waiting(2, ActivityKind::Sleeping, 9s));
    QVERIFY(stage.table->selectedIds().isEmpty());
    QVERIFY(!retry->isEnabled());
    again.activities.front().attempt = 3;
    again.activities.front().until = stage.ui.backend.now() + 20s; // behind the other one
    stage.ui.backend.post(again);
    stage.settle();
    QTRY_COMPARE(stage.table->selectedIds(), QByteArrayList{id});
    QCOMPARE(stage.table->list()->rowOf(id), 1);
    QTRY_VERIFY(retry->isEnabled());
}

void TestWaitingView::countdownFollowsTheClock()
{
    Stage stage({waiting(1, ActivityKind::BackingOff, 4s)});
    QVERIFY(stage.table->list()->isTicking());
    QSignalSpy changed(stage.table->model(), &QAbstractItemModel::dataChanged);
    stage.ui.backend.advance(1s);
    QTRY_VERIFY(changed.count() > 0); // by itself, a second later
    QCOMPARE(stage.column(WaitingColumn::When), QStringList({u"in 3 s"_s}));
    stage.ui.backend.advance(5s);
    QCOMPARE(stage.column(WaitingColumn::When), QStringList({u"now"_s}));
    stage.view->hide();
    QVERIFY(!stage.table->list()->isTicking());
}

void TestWaitingView::keysAndCellsActOnTheJob()
{
    Stage stage({waiting(1, ActivityKind::BackingOff, 4s), waiting(2, ActivityKind::Sleeping, 9s)});
    stage.clickCell(0, WaitingColumn::Action);
    auto now = stage.ui.backend.actedWith<devserver::RetryNow>();
    QCOMPARE(now.size(), 1U);
    QCOMPARE(now.front().run, runId(1));
    QCOMPARE(now.front().job, runId(1).toText() + ":step");
    stage.clickCell(1, WaitingColumn::Action);
    QCOMPARE(stage.ui.backend.actedWith<devserver::SkipSleep>().size(), 1U);

    stage.clickCell(0, WaitingColumn::Why);
    QTest::keyClick(stage.table, Qt::Key_K); // it does not sleep
    stage.settle();
    QCOMPARE(stage.ui.backend.actedWith<devserver::SkipSleep>().size(), 1U);
    QVERIFY(!child<QToolButton>(stage.view.get(), "waitingSkip")->isEnabled());
    stage.ui.backend.advance(1s);
    QTest::keyClick(stage.table, Qt::Key_T);
    stage.settle();
    QCOMPARE(stage.ui.backend.actedWith<devserver::RetryNow>().size(), 2U);
    stage.clickCell(1, WaitingColumn::Why);
    QTest::keyClick(stage.table, Qt::Key_K);
    stage.settle();
    const auto skipped = stage.ui.backend.actedWith<devserver::SkipSleep>();
    QCOMPARE(skipped.size(), 2U);
    QCOMPARE(skipped.back().job, runId(2).toText() + ":step");
}

/// Of each job that is chosen: a run may have several.
void TestWaitingView::oneGestureIsOneAttempt()
{
    RunSummary run = waiting(1, ActivityKind::BackingOff, 4s);
    devserver::Activity other = run.activities.front();
    other.job += "2";
    run.activities.push_back(other);
    Stage stage({run});
    const auto sent = [&stage] { return stage.ui.backend.actedWith<devserver::RetryNow>().size(); };
    stage.clickCell(0, WaitingColumn::Why);
    QTest::keyClick(stage.table, Qt::Key_A, Qt::ControlModifier);
    stage.settle();
    QTest::mouseClick(child<QWidget>(stage.view.get(), "waitingRetryNow"), Qt::LeftButton);
    QCOMPARE(sent(), 2U);
    stage.ui.backend.advance(60ms);
    QTest::mouseClick(child<QWidget>(stage.view.get(), "waitingRetryNow"), Qt::LeftButton);
    QCOMPARE(sent(), 2U);
    stage.ui.backend.advance(1s);
    stage.clickCell(0, WaitingColumn::Action);
    QCOMPARE(sent(), 3U);
    stage.clickCell(0, WaitingColumn::Action);
    QCOMPARE(sent(), 3U);
    stage.clickCell(1, WaitingColumn::Action); // another step of the run
    QCOMPARE(sent(), 4U);
}

void TestWaitingView::offlineOpensApps()
{
    Stage stage({waiting(1, ActivityKind::AppOffline, std::nullopt)});
    QSignalSpy gone(&stage.ui.navigator, &Navigator::goRequested);
    stage.clickCell(0, WaitingColumn::Action);
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone[0][0].value<Place>().view, "apps"_ba);
    QVERIFY(stage.ui.backend.acted.empty());
}

void TestWaitingView::offlineRunsAreOneRow()
{
    RunSummary mail = waiting(3, ActivityKind::AppOffline, std::nullopt);
    mail.appName = "mail"_ba;
    Stage stage({waiting(1, ActivityKind::AppOffline, std::nullopt),
                 waiting(2, ActivityKind::AppOffline, std::nullopt), mail});
    QAbstractItemModel *model = stage.table->model();
    QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy resets(model, &QAbstractItemModel::modelReset);
    QCOMPARE(stage.column(WaitingColumn::When),
             QStringList({u"when mail takes calls"_s, u"when shop takes calls"_s}));
    QCOMPARE(stage.column(WaitingColumn::Function), QStringList({u"charge-order"_s, u"2 runs"_s}));
    // What was tried, as soon as it is known.
    devserver::App app;
    app.id.value = devserver::Uuid::fromName("apps", "shop");
    app.name = "shop"_ba;
    app.url = "http://localhost:3000/api/inngest"_ba;
    app.error = "unreachable"_ba;
    app.errorDetail = "connection refused"_ba;
    stage.ui.backend.post(devserver::AppChanged{.app = app, .isGone = false});
    stage.settle();
    QTRY_COMPARE(stage.column(WaitingColumn::Why).at(1),
                 u"http://localhost:3000/api/inngest: connection refused"_s);
    stage.ui.backend.post(waiting(4, ActivityKind::AppOffline, std::nullopt));
    stage.settle();
    QCOMPARE(stage.column(WaitingColumn::Function).at(1), u"3 runs"_s);
    QSignalSpy gone(&stage.ui.navigator, &Navigator::goRequested);
    stage.clickCell(1, WaitingColumn::What);
    stage.settle();
    QTRY_COMPARE(stage.ui.navigator.selection().kind, Selection::Kind::App); // to inspect
    const devserver::App *shown = stage.ui.context.catalog.app(stage.ui.navigator.selection().app);
    QVERIFY(shown != nullptr);
    QCOMPARE(shown->name, "shop"_ba);
    QTest::keyClick(stage.table, Qt::Key_Return);
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone[0][0].value<Place>().filter, u"app:shop state:waiting"_s);
    for (const int number : {1, 2, 4})
        stage.ui.backend.post(waiting(number, ActivityKind::Executing, std::nullopt));
    stage.settle();
    QCOMPARE(model->rowCount(), 1);
    QCOMPARE(resets.count(), 0);
}

void TestWaitingView::aRunWhoseFunctionIsGoneSaysHowToGoOn()
{
    Stage stage({waiting(1, ActivityKind::NoHandler, std::nullopt),
                 waiting(2, ActivityKind::AppOffline, std::nullopt),
                 waiting(3, ActivityKind::Sleeping, 9s)});
    QCOMPARE(stage.column(WaitingColumn::What).count(u"Function is gone"_s), 1);
    const auto row =
        static_cast<int>(stage.column(WaitingColumn::What).indexOf(u"Function is gone"_s));
    QCOMPARE(stage.column(WaitingColumn::When).at(row), u"when shop has it"_s);
    QCOMPARE(stage.column(WaitingColumn::Why).at(row),
             u"shop-charge-order is not registered any more: put it back into the app, or cancel "
             "the run"_s);
    QSignalSpy gone(&stage.ui.navigator, &Navigator::goRequested);
    stage.clickCell(row, WaitingColumn::Action);
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone[0][0].value<Place>().view, "apps"_ba);
    QVERIFY(stage.ui.backend.acted.empty());
    QTest::mouseClick(child<QAbstractButton>(stage.view.get(), "waitingChipGone"), Qt::LeftButton);
    stage.settle();
    QCOMPARE(stage.column(WaitingColumn::What), QStringList({u"Function is gone"_s}));
    QCOMPARE(child<QLineEdit>(stage.view.get(), "waitingFilter")->text(), u"is:gone"_s);
    stage.ui.backend.post(waiting(1, ActivityKind::Executing, std::nullopt));
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 0);
}

void TestWaitingView::chipsFilterByKind()
{
    Stage stage({waiting(1, ActivityKind::BackingOff, 4s), waiting(2, ActivityKind::Sleeping, 9s)});
    auto *chip = child<QAbstractButton>(stage.view.get(), "waitingChipSleep");
    QTest::mouseClick(chip, Qt::LeftButton);
    stage.settle();
    QCOMPARE(stage.column(WaitingColumn::What), QStringList({u"Sleep ends"_s}));
    QCOMPARE(child<QLineEdit>(stage.view.get(), "waitingFilter")->text(), u"is:sleep"_s);
    QCOMPARE(stage.view->place().filter, u"is:sleep"_s);
    stage.ui.backend.post(waiting(3, ActivityKind::BackingOff, 6s));
    stage.ui.backend.post(waiting(4, ActivityKind::Sleeping, 6s));
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 2);
}

void TestWaitingView::aWordFilters()
{
    RunSummary other = waiting(2, ActivityKind::Sleeping, 9s);
    other.functionName = "trial-reminder"_ba;
    Stage stage({waiting(1, ActivityKind::BackingOff, 4s), other});
    auto *line = child<QLineEdit>(stage.view.get(), "waitingFilter");
    QCOMPARE(stage.view->filterLine(), line);
    line->setFocus();
    QTest::keyClicks(line, u"TRIAL"_s);
    QTRY_COMPARE(stage.column(WaitingColumn::Function), QStringList({u"trial-reminder"_s}));
    QCOMPARE(stage.view->place().filter, u"TRIAL"_s);
    const auto said = [&](const char *name) {
        return child<QAbstractButton>(stage.view.get(), name)->accessibleName();
    };
    // What each would find beside the word.
    QCOMPARE(said("waitingChipAll"), u"All, 1"_s);
    QCOMPARE(said("waitingChipRetry"), u"Retries, 0"_s);
    QCOMPARE(said("waitingChipSleep"), u"Sleeps, 1"_s);
    QCOMPARE(child<QAbstractButton>(stage.view.get(), "waitingChipRetry")->isVisible(), true);
    QTest::keyClicks(line, u"x"_s);
    QTRY_VERIFY(child<QWidget>(stage.view.get(), "waitingEmpty")->isVisible());
    QTest::keyClick(line, Qt::Key_Escape);
    QTRY_COMPARE(stage.table->model()->rowCount(), 2);
    QTest::keyClick(line, Qt::Key_Escape); // and out of it
    QVERIFY(stage.table->hasFocus());
    arrange::place(*stage.view,
                   {.view = "waiting"_ba, .filter = u"is:sleep trial"_s, .subject = {}});
    stage.settle();
    QTRY_COMPARE(stage.table->model()->rowCount(), 1);
    QCOMPARE(line->text(), u"is:sleep trial"_s);
    QVERIFY(child<QAbstractButton>(stage.view.get(), "waitingChipSleep")->isChecked());
}

void TestWaitingView::theLineKnowsItsWords()
{
    Stage stage({waiting(1, ActivityKind::BackingOff, 4s), waiting(2, ActivityKind::Sleeping, 9s),
                 waiting(3, ActivityKind::Sleeping, 20min)});
    auto *line = child<QLineEdit>(stage.view.get(), "waitingFilter");
    line->setFocus();
    QTest::keyClicks(line, u"is:"_s);
    const auto *popup = qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
    QVERIFY(popup != nullptr);
    QCOMPARE(popup->objectName(), u"filterCompletion"_s);
    QCOMPARE(popup->model()->rowCount(), 5);
    QTRY_COMPARE(popup->model()->index(1, 0).data().toString(),
                 u"sleep   2"_s); // how many it finds
    QTest::keyClicks(line, u"sleep"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(stage.table->model()->rowCount(), 2);
    QTest::keyClicks(line, u" due:<5m"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(stage.table->model()->rowCount(), 1);
    QTest::keyClicks(line, u" data.total:1"_s); // nobody knows it here
    QTRY_VERIFY(!line->accessibleDescription().isEmpty());
    QCOMPARE(stage.table->model()->rowCount(), 1);
    QTest::keyClick(line, Qt::Key_Escape);
    QTRY_COMPARE(stage.table->model()->rowCount(), 3);
    QTest::keyClick(line, Qt::Key_Up); // the last line
    QCOMPARE(line->text(), u"is:sleep due:<5m"_s);
}

void TestWaitingView::cellsThatFilter()
{
    RunSummary other = waiting(2, ActivityKind::BackingOff, 9s);
    other.errorName = "CurrencyError"_ba;
    Stage stage({waiting(1, ActivityKind::BackingOff, 4s), other,
                 waiting(3, ActivityKind::Sleeping, 20min)});
    auto *line = child<QLineEdit>(stage.view.get(), "waitingFilter");
    stage.clickCell(0, WaitingColumn::What);
    QTest::keyClick(stage.table, Qt::Key_Equal);
    QCOMPARE(line->text(), u"is:retry"_s);
    QTRY_COMPARE(stage.table->model()->rowCount(), 2);
    stage.clickCell(0, WaitingColumn::Why);
    QTest::keyClick(stage.table, Qt::Key_Minus);
    QCOMPARE(line->text(), u"is:retry -error:TimeoutError"_s);
    QTRY_COMPARE(stage.table->model()->rowCount(), 1);
    // What the language cannot say is said.
    stage.table->setFocus();
    QTest::keyClick(stage.table, Qt::Key_Right); // Action
    stage.settle();
    QTest::keyClick(stage.table, Qt::Key_Equal);
    stage.settle();
    QVERIFY(line->text().startsWith(u"is:retry"_s));
}

void TestWaitingView::cancellingManyAsks()
{
    Stage stage({waiting(1, ActivityKind::AppOffline, std::nullopt),
                 waiting(2, ActivityKind::AppOffline, std::nullopt),
                 waiting(3, ActivityKind::Sleeping, 20min)});
    auto *cancel = child<QToolButton>(stage.view.get(), "waitingCancel");
    stage.clickCell(0, WaitingColumn::What); // one that is seen: at once
    QCOMPARE(cancel->text(), u"Cancel run"_s);
    QTest::mouseClick(cancel, Qt::LeftButton);
    stage.settle();
    QCOMPARE(stage.ui.backend.actedWith<devserver::CancelRun>().size(), 1U);
    stage.clickCell(1, WaitingColumn::What); // two that stand in one row
    QCOMPARE(cancel->text(), u"Cancel 2"_s);
    QTest::mouseClick(cancel, Qt::LeftButton);
    stage.settle();
    auto *box = child<QMessageBox>(stage.view.get(), "waitingConfirm");
    QCOMPARE(box->defaultButton()->text(), u"Keep them"_s);
    QCOMPARE(stage.ui.backend.actedWith<devserver::CancelRun>().size(), 1U);
    for (QAbstractButton *button : box->buttons()) {
        if (button->text() == u"Cancel 2 runs"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    stage.settle();
    QCOMPARE(stage.ui.backend.actedWith<devserver::CancelRun>().size(), 3U);
}

void TestWaitingView::theStripCountsWhatComesLater()
{
    Stage stage(
        {waiting(1, ActivityKind::BackingOff, 4s), waiting(2, ActivityKind::Sleeping, 48h)});
    QCOMPARE(child<QWidget>(stage.view.get(), "waitingStrip")->accessibleDescription(),
             u"1 thing is due in the next hour, 1 later"_s);
    QCOMPARE(child<QWidget>(stage.view.get(), "waitingStrip")->toolTip(),
             u"The next hour\n1 thing is due later"_s);
    auto *strip = child<QWidget>(stage.view.get(), "waitingStrip");
    const QImage after = strip->grab().toImage();
    Stage soon({waiting(1, ActivityKind::BackingOff, 4s)});
    auto *other = child<QWidget>(soon.view.get(), "waitingStrip");
    QCOMPARE(other->toolTip(), u"The next hour"_s);
    QVERIFY(other->grab().toImage() != after);
}

/// The rows below it stand still.
void TestWaitingView::theStripIsAlwaysAsHigh()
{
    Stage stage({waiting(1, ActivityKind::Sleeping, 48h)});
    auto *strip = child<QWidget>(stage.view.get(), "waitingStrip");
    QVERIFY(strip->isVisible());
    const int height = strip->height();
    const int rows = stage.table->mapTo(stage.view.get(), QPoint()).y();
    for (int number = 2; number <= 5; ++number) {
        stage.ui.backend.post(waiting(number, ActivityKind::BackingOff, 4s));
        QTRY_COMPARE((stage.settle(), stage.table->model()->rowCount()), number);
        QCOMPARE(strip->height(), height);
        QCOMPARE(stage.table->mapTo(stage.view.get(), QPoint()).y(), rows);
    }
    for (int number = 1; number <= 5; ++number)
        stage.ui.backend.post(runRow(number));
    QTRY_VERIFY((stage.settle(), !strip->isVisible())); // what would it be about
}

void TestWaitingView::theChosenRowIsRemembered()
{
    Stage stage({waiting(1, ActivityKind::BackingOff, 4s), waiting(2, ActivityKind::Sleeping, 9s)});
    stage.clickCell(1, WaitingColumn::What);
    const Place place = stage.view->place();
    QCOMPARE(place.subject, stage.table->list()->idAt(1));
    WaitingView again(stage.ui.context);
    arrange::place(again, place);
    stage.ui.show(&again);
    stage.settle();
    QTRY_COMPARE(child<ListTable>(&again, "waitingTable")->currentId(), place.subject);
}

void TestWaitingView::manyRows()
{
    std::vector<RunSummary> runs;
    for (int i = 0; i < 10'000; ++i)
        runs.push_back(waiting(i, i % 2 == 0 ? ActivityKind::BackingOff : ActivityKind::Sleeping,
                               std::chrono::seconds(10'000 - i)));
    Stage stage(std::move(runs));
    QCOMPARE(stage.table->model()->rowCount(), 10'000);
    QSignalSpy resets(stage.table->model(), &QAbstractItemModel::modelReset);
    for (int i = 0; i < 500; ++i)
        stage.ui.backend.post(
            waiting(i * 3, ActivityKind::BackingOff, std::chrono::seconds(i + 5)));
    const double slow = slowness();
    const double start = threadMs();
    stage.settle();
    const double taken = threadMs() - start;
    QVERIFY2(taken < 1500 * std::max(slow, slowness()), qPrintable(QString::number(taken)));
    QCOMPARE(stage.table->model()->rowCount(), 10'000);
    const auto *model = qobject_cast<WaitingModel *>(stage.table->list());
    for (int row = 1; row < model->rowCount(); ++row)
        QVERIFY(model->at(row - 1).key() < model->at(row).key());
    QCOMPARE(resets.count(), 0);
}

void TestWaitingView::nothingWaits()
{
    Stage stage({});
    QVERIFY(child<QWidget>(stage.view.get(), "waitingEmpty")->isVisible());
    const auto *act = child<QWidget>(stage.view.get(), "waitingRetryNow");
    QVERIFY(!act->isVisible()); // there is nothing to do it with
    shoot(stage.view.get(), u"waiting_empty"_s);
    stage.ui.backend.post(waiting(1, ActivityKind::Sleeping, 9s));
    stage.settle();
    QVERIFY(!child<QWidget>(stage.view.get(), "waitingEmpty")->isVisible());
    QVERIFY(act->isVisible());
    QCOMPARE(stage.table->model()->rowCount(), 1);
}

void TestWaitingView::theFocusStaysWhenAllHasEnded()
{
    QWidget window;
    auto *before = new QPushButton(u"Runs"_s, &window); // as in the navigation of the window
    Stage stage({waiting(1, ActivityKind::Sleeping, 9s)});
    auto *layout = new QVBoxLayout(&window);
    layout->addWidget(before);
    layout->addWidget(stage.view.get());
    stage.ui.show(&window);
    stage.clickCell(0, WaitingColumn::What);
    QVERIFY(stage.table->hasFocus());
    stage.ui.backend.post(runRow(1)); // completed
    stage.settle();
    stage.ui.backend.advance(3s); // the row says so before it leaves
    stage.settle();
    QTRY_VERIFY(child<QWidget>(stage.view.get(), "waitingEmpty")->isVisible());
    const auto hasFocus = [&stage](const char *name) {
        const auto *widget = child<QWidget>(stage.view.get(), name);
        const QWidget *focus = QApplication::focusWidget();
        return widget == focus || widget->isAncestorOf(focus);
    };
    QVERIFY(hasFocus("waitingEmpty") || hasFocus("waitingFilter"));
}

/// In the font of most desktops, whose letters are wide, and beside the inspector.
void TestWaitingView::whatItIsAndItsButtonAreWhole()
{
    const QFont font = QApplication::font();
    const auto back = qScopeGuard([&font] { QApplication::setFont(font); });
    for (const QFont &used : {font, QFont(u"DejaVu Sans"_s, 9)}) {
        QApplication::setFont(used);
        Stage stage(
            {waiting(1, ActivityKind::BackingOff, 32s), waiting(2, ActivityKind::Sleeping, 9min)});
        stage.view->resize(818, 700);
        stage.settle();
        for (int row = 0; row < 2; ++row) {
            for (const WaitingColumn column : {WaitingColumn::What, WaitingColumn::Action}) {
                const QModelIndex index =
                    stage.table->model()->index(row, static_cast<int>(column));
                const int need = RowDelegate::widthsOf(stage.table->font(), index).whole;
                QTRY_VERIFY2(
                    stage.table->columnWidth(index.column()) >= need,
                    qPrintable(u"%1 of %2: %3"_s.arg(stage.table->columnWidth(index.column()))
                                   .arg(need)
                                   .arg(index.data().toString())));
            }
        }
    }
}

/// At the usual size of the window with the inspector open.
void TestWaitingView::theReasonTakesWhatOthersDoNotNeed()
{
    RunSummary retried = waiting(1, ActivityKind::BackingOff, 4s);
    retried.errorMessage = "card gateway did not answer in 3 s";
    Stage stage({retried, waiting(2, ActivityKind::Sleeping, 9s)});
    const QModelIndex why = stage.table->model()->index(0, static_cast<int>(WaitingColumn::Why));
    const QFontMetrics metrics = stage.table->fontMetrics();
    const auto words = [&] {
        const int room = stage.table->columnWidth(why.column()) - 2 * RowDelegate::padding;
        return RowDelegate::wordsIn(room, why.data(CellDataRole).value<Cell>(), metrics);
    };
    for (const int width : {1'000, 836}) {
        stage.view->resize(width, 800);
        QTRY_COMPARE(stage.table->horizontalHeader()->length(), stage.table->viewport()->width());
        QVERIFY2(words().startsWith(u"charge-card failed with TimeoutError: card"_s)
                     && (words().endsWith(u'…') || words().endsWith(u"in 3 s"_s)),
                 qPrintable(words()));
        for (const WaitingColumn whole : {WaitingColumn::When, WaitingColumn::Function}) {
            const QModelIndex cell = why.siblingAtColumn(static_cast<int>(whole));
            const int need = RowDelegate::widthsOf(stage.table->font(), cell).whole;
            const int room = stage.table->columnWidth(cell.column());
            QVERIFY2(room >= need, qPrintable(u"%1 of %2"_s.arg(room).arg(need)));
        }
    }
    QVERIFY(stage.table->columnWidth(static_cast<int>(WaitingColumn::When)) < 100);
}

void TestWaitingView::pictures()
{
    Stage stage({});
    std::vector<std::chrono::seconds> times = {4s, 12s, 57s, 300s, 310s, 900s, 1500s, 2800s, 3500s};
    int number = 1;
    for (const auto time : times) {
        RunSummary run = waiting(
            number, number % 3 == 0 ? ActivityKind::Sleeping : ActivityKind::BackingOff, time);
        run.errorMessage = "the card gateway did not answer within 30 s"_ba;
        if (number % 3 == 0) {
            run.functionName = "process-order"_ba;
            run.activities.front().stepName = "cool-down"_ba;
        }
        stage.ui.backend.post(run);
        ++number;
    }
    RunSummary far = waiting(20, ActivityKind::Sleeping, 68h);
    far.functionName = "trial-reminder"_ba;
    far.appName = "mail"_ba;
    far.activities.front().stepName = "wait-for-trial-end"_ba;
    stage.ui.backend.post(far);
    RunSummary other = waiting(22, ActivityKind::AppOffline, std::nullopt);
    other.appName = "mail"_ba;
    stage.ui.backend.post(other);
    RunSummary off = waiting(21, ActivityKind::AppOffline, std::nullopt);
    off.functionName = "send-welcome"_ba;
    off.appName = "mail"_ba;
    stage.ui.backend.post(off);
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 11);
    stage.clickCell(1, WaitingColumn::What);
    shoot(stage.view.get(), u"waiting"_s);
    stage.ui.theme.choose(ThemeChoice::Dark, false);
    stage.settle();
    shoot(stage.view.get(), u"waiting_dark"_s);
}

UI_TEST_MAIN(TestWaitingView)

#include "tst_waitingview.moc"
