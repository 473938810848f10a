// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/lettersstage.h"
#include "tests/ui/support/panelstage.h"
#include "tests/ui/support/runscenes.h"
#include "tests/ui/support/runsstage.h"
#include "tests/ui/support/waitingstage.h"
#include "ui/core/format.h"
#include "ui/widgets/mutedgroups.h"
#include "ui/widgets/navigator.h"

#include <QApplication>
#include <QComboBox>
#include <QDateTime>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTimer>
#include <QToolButton>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::ActivityKind;
using devserver::LetterState;
using devserver::RunStatus;
using devserver::api::LetterSummary;
using devserver::api::RunSummary;

/// What is said of a deed, what comes of it, what is chosen after it, and how it is taken back.
class TestDeedBars : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRetryTellsWhatCameOut_data();
    void aRetryTellsWhatCameOut();
    void aRetryInRunsTellsWhatCameOut();
    void aRetryInThePanelTellsWhatCameOut();
    void severalThatFailAgainAreCounted();
    void aFailureWaitsUntilItIsSeen();
    void aBarInUseChangesInItsPlace();
    void eachKeyPressActs();
    void whatNothingWasDoneWithStaysChosen();
    void aSecondCancelIsNotForTheNextRun();
    void keysOfRunsSayWhyNotInDeadLetters_data();
    void keysOfRunsSayWhyNotInDeadLetters();
    void keysOfRunsSayWhatBecameOfALetter();
    void keysOfRunsSayWhyNotInWaiting_data();
    void keysOfRunsSayWhyNotInWaiting();
    void afterAKeyTheNextRowIsChosen();
    void aRunCancelledInWaitingCanBeRerun();
    void anUndoneDiscardOfAGroupRestoresTheChoice();
    void anUndoneDiscardWaitsForNothingElse();
    void undoIsOfItsOwnDiscard();
    void mutingSaysUntilWhenAndIsUndone();
    void theRowSaysUntilWhen();
};

namespace {

QString barsOf(const QWidget &view)
{
    QStringList all;
    for (const QWidget *bar : view.findChildren<QWidget *>(u"infoBar"_s)) {
        if (bar->isVisible())
            all.append(bar->accessibleName());
    }
    return all.join(u'\n');
}

/// The run of `letter(number)` after it was retried.
RunSummary retried(int number, RunStatus status)
{
    RunSummary run = runRow(number);
    run.status = status;
    run.cycle = 1;
    run.attempt = 5;
    if (status == RunStatus::Failed) {
        run.letter = LetterState::Open;
        run.errorName = "TimeoutError";
        run.errorMessage = "the gateway did not answer";
    }
    return run;
}

QPushButton *barButton(const QWidget &view, const QString &text)
{
    for (auto *button : view.findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text() == text)
            return button;
    }
    return nullptr;
}

QByteArray rowOf(int number)
{
    return runId(number).toText() + '/' + runId(number).toText() + ":step";
}

void discardSelected(LettersStage &stage)
{
    QTest::keyClick(stage.table, Qt::Key_Delete);
    stage.settle();
    auto *reason = child<QComboBox>(stage.view.get(), "deadDiscardReason");
    QTest::keyClicks(reason->lineEdit(), u"test data"_s);
    QTest::keyClick(reason->lineEdit(), Qt::Key_Return);
    stage.settle();
}

void postLetter(LettersStage &stage, int number, LetterState state)
{
    LetterSummary row = letter(number);
    row.state = state;
    stage.ui.backend.post(row);
    stage.passTime();
}

void chooseMute(LettersStage &stage, const QString &entry)
{
    auto *menu = child<QMenu>(stage.view.get(), "deadMuteMenu");
    QTimer::singleShot(0, menu, [menu, entry] { // the menu has an event loop of its own
        for (QAction *action : menu->actions()) {
            if (action->text() == entry)
                QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
        }
    });
    QTest::mouseClick(child<QToolButton>(stage.view.get(), "deadMute"), Qt::LeftButton);
    QTRY_VERIFY(!menu->isVisible());
    stage.view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(stage.view.get()));
    stage.settle();
}

} // namespace

void TestDeedBars::aRetryTellsWhatCameOut_data()
{
    QTest::addColumn<RunStatus>("status");
    QTest::addColumn<bool>("isLate"); // the bar that it has begun is gone
    QTest::addColumn<QString>("words");
    const QString failed = u"Failed again: TimeoutError: the gateway did not answer (attempt 5)"_s;
    QTest::newRow("failed again") << RunStatus::Failed << false << failed;
    QTest::newRow("failed again, later") << RunStatus::Failed << true << failed;
    QTest::newRow("completed") << RunStatus::Completed << false << u"Completed: charge-order"_s;
    QTest::newRow("completed, later") << RunStatus::Completed << true << QString();
}

void TestDeedBars::aRetryTellsWhatCameOut()
{
    QFETCH(const RunStatus, status);
    QFETCH(const bool, isLate);
    QFETCH(const QString, words);
    LettersStage stage({letter(40), letter(30)});
    stage.focusRow(1);
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    stage.settle();
    QVERIFY2(barsOf(*stage.view).startsWith(u"Retry started"_s), qPrintable(barsOf(*stage.view)));
    RunSummary before = retried(30, RunStatus::Failed); // told late
    before.cycle = 0;
    stage.ui.backend.post(before);
    stage.ui.backend.post(retried(30, RunStatus::Running));
    stage.settle();
    QVERIFY2(barsOf(*stage.view).startsWith(u"Retry started"_s), qPrintable(barsOf(*stage.view)));
    if (isLate) {
        stage.ui.backend.advance(20s);
        QTRY_COMPARE(barsOf(*stage.view), QString());
    }
    stage.ui.backend.post(retried(30, status));
    stage.settle();
    QTRY_VERIFY2(barsOf(*stage.view).startsWith(words), qPrintable(barsOf(*stage.view)));
    QVERIFY(!barsOf(*stage.view).contains(u"Retry started"_s));
    QCOMPARE(barsOf(*stage.view).isEmpty(), words.isEmpty());
    if (words.isEmpty())
        return;
    QSignalSpy went(&stage.ui.navigator, &Navigator::goRequested);
    stage.ui.backend.advance(1s);
    stage.pressBarButton(u"Open run"_s);
    QCOMPARE(went.count(), 1);
    QCOMPARE(went[0][0].value<Place>().subject, runId(30).toText());
}

void TestDeedBars::aRetryInRunsTellsWhatCameOut()
{
    RunSummary dead = retried(2, RunStatus::Failed);
    dead.cycle = 0;
    Stage stage({dead, runRow(1)});
    stage.clickRow(0);
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    QTRY_VERIFY(barsOf(*stage.view).startsWith(u"Retry started"_s));
    stage.fixture.backend.post(retried(2, RunStatus::Failed));
    stage.fixture.beat();
    QTRY_VERIFY2(
        barsOf(*stage.view)
            .startsWith(u"Failed again: TimeoutError: the gateway did not answer (attempt 5)"_s),
        qPrintable(barsOf(*stage.view)));
    QVERIFY(!barsOf(*stage.view).contains(u"Retry started"_s));
}

void TestDeedBars::aRetryInThePanelTellsWhatCameOut()
{
    RunSummary dead = retried(2, RunStatus::Failed);
    dead.cycle = 0;
    PanelStage stage;
    devserver::api::RunRecord record;
    record.summary = dead;
    record.run.id = dead.id;
    stage.show(record, noon());
    QTest::mouseClick(child<QToolButton>(&stage.panel, "runRetry"), Qt::LeftButton);
    stage.ui.beat();
    QTRY_VERIFY2(barsOf(stage.panel).startsWith(u"Retry started"_s),
                 qPrintable(barsOf(stage.panel)));
    RunSummary again = retried(2, RunStatus::Failed);
    again.errorName.clear();
    again.errorMessage.clear();
    stage.ui.backend.post(again);
    stage.ui.beat();
    QTRY_COMPARE(barsOf(stage.panel),
                 u"Failed again (attempt 5) \u00b7 %1 %2"_s.arg(
                     QString::fromUtf8(dead.functionName), shortId(dead.id.toText())));
}

/// None takes the place of another one.
void TestDeedBars::severalThatFailAgainAreCounted()
{
    LettersStage stage({letter(40), letter(30), letter(20), letter(10)});
    stage.focusRow(0);
    for (int press = 0; press < 3; ++press) {
        QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
        stage.settle();
    }
    const auto fails = [&stage](int number) {
        stage.ui.backend.post(retried(number, RunStatus::Failed));
        stage.settle();
        return barsOf(*stage.view);
    };
    QVERIFY2(fails(40).contains(u"Failed again: TimeoutError"_s), qPrintable(barsOf(*stage.view)));
    QVERIFY2(fails(30).contains(u"2 runs failed again"_s), qPrintable(barsOf(*stage.view)));
    QCOMPARE(fails(20), u"3 runs failed again"_s);
    QSignalSpy went(&stage.ui.navigator, &Navigator::goRequested);
    stage.ui.backend.advance(1s);
    stage.pressBarButton(u"Show them"_s);
    QCOMPARE(went.count(), 1);
    const QString filter = went[0][0].value<Place>().filter;
    for (const int number : {40, 30, 20})
        QVERIFY2(filter.contains(QString::fromLatin1(runId(number).toText())), qPrintable(filter));

    // So it is with some that were retried at once.
    LettersStage both({letter(40), letter(30)});
    both.focusRow(0);
    QTest::keyClick(both.table, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(both.table, Qt::Key_R, Qt::ShiftModifier);
    both.settle();
    QCOMPARE(both.ui.backend.actedWith<devserver::RetryLetter>().size(), 2U);
    for (const int number : {40, 30})
        both.ui.backend.post(retried(number, RunStatus::Failed));
    both.settle();
    QVERIFY2(barsOf(*both.view).contains(u"2 runs failed again"_s), qPrintable(barsOf(*both.view)));
}

void TestDeedBars::aFailureWaitsUntilItIsSeen()
{
    LettersStage stage({letter(40), letter(30)});
    stage.focusRow(0);
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    stage.settle();
    stage.view->hide(); // somebody looks at another view
    stage.ui.feed.setPaused(true);
    stage.ui.backend.post(retried(40, RunStatus::Failed));
    stage.settle();
    stage.ui.backend.advance(10min);
    stage.settle();
    stage.view->show();
    stage.view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(stage.view.get()));
    stage.settle();
    QVERIFY2(barsOf(*stage.view).startsWith(u"Failed again"_s), qPrintable(barsOf(*stage.view)));
    stage.ui.backend.advance(29s);
    stage.settle();
    QVERIFY(!barsOf(*stage.view).isEmpty());
    stage.ui.backend.advance(2s);
    stage.settle();
    QCOMPARE(barsOf(*stage.view), QString());
}

/// The focus stays at the same button, whatever nobody asked for comes meanwhile.
void TestDeedBars::aBarInUseChangesInItsPlace()
{
    LettersStage stage({letter(40), letter(30)});
    stage.focusRow(0);
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    stage.settle();
    QPushButton *open = barButton(*stage.view, u"Open run"_s);
    QVERIFY(open != nullptr);
    open->setFocus(Qt::TabFocusReason);
    const QPoint place = open->mapTo(stage.view.get(), QPoint());
    stage.ui.backend.post(retried(40, RunStatus::Failed));
    stage.settle();
    QTRY_VERIFY(barsOf(*stage.view).startsWith(u"Failed again"_s));
    const auto *focus = qobject_cast<QPushButton *>(QApplication::focusWidget());
    QVERIFY(focus != nullptr);
    QCOMPARE(focus->text(), u"Open run"_s);
    QTRY_COMPARE(focus->mapTo(stage.view.get(), QPoint()), place);
    QSignalSpy went(&stage.ui.navigator, &Navigator::goRequested);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(went.count(), 1);
    QCOMPARE(went[0][0].value<Place>().subject, runId(40).toText());
}

/// Only the mouse makes two presses of one gesture.
void TestDeedBars::eachKeyPressActs()
{
    LettersStage letters({letter(40), letter(30), letter(20), letter(10)});
    letters.focusRow(0);
    for (int press = 0; press < 3; ++press) {
        QTest::keyClick(letters.table, Qt::Key_R, Qt::ShiftModifier);
        letters.settle();
    }
    QCOMPARE(letters.ui.backend.actedWith<devserver::RetryLetter>().size(), 3U);

    WaitingStage waits({waiting(1, ActivityKind::BackingOff, 4s),
                        waiting(2, ActivityKind::BackingOff, 9s),
                        waiting(3, ActivityKind::BackingOff, 20s)});
    waits.clickCell(0, WaitingColumn::What);
    QTest::keyClick(waits.table, Qt::Key_T);
    waits.post(runRow(1)); // has left
    for (int press = 0; press < 2; ++press) {
        waits.ui.backend.advance(1s); // a quicker one would be for the row that left
        QTest::keyClick(waits.table, Qt::Key_T);
        waits.settle();
    }
    const auto sent = waits.ui.backend.actedWith<devserver::RetryNow>();
    QCOMPARE(sent.size(), 3U);
    QCOMPARE(sent[1].run, runId(2));
    QCOMPARE(sent[2].run, runId(3));
    // One that is held is one deed.
    waits.ui.backend.advance(1s);
    waits.clickCell(0, WaitingColumn::What);
    for (int repeated = 0; repeated < 5; ++repeated)
        QTest::simulateEvent(waits.table, true, Qt::Key_T, {}, u"t"_s, repeated > 0);
    QTest::keyRelease(waits.table, Qt::Key_T);
    waits.settle();
    QCOMPARE(waits.ui.backend.actedWith<devserver::RetryNow>().size(), 4U);

    // What is not done a second time is said, at once.
    Stage runs({runIn(DisplayState::Waiting, WaitReason::Backoff)});
    runs.clickRow(0);
    QTest::keyClick(runs.table, Qt::Key_T);
    RunSummary works = runIn(DisplayState::Running);
    works.id = runs.list()->at(0).id;
    runs.fixture.backend.post(works);
    runs.fixture.beat();
    (void)runs.actionNow("run.retryNow");
    QTest::keyClick(runs.table, Qt::Key_T);
    QVERIFY2(barsOf(*runs.view).contains(u"Nothing to retry now: this run is running."_s),
             qPrintable(barsOf(*runs.view)));
}

void TestDeedBars::keysOfRunsSayWhyNotInDeadLetters_data()
{
    QTest::addColumn<QKeyCombination>("keys");
    QTest::addColumn<QString>("words");
    QTest::newRow("T") << QKeyCombination(Qt::Key_T) << u"Nothing to retry now: "_s;
    QTest::newRow("K") << QKeyCombination(Qt::Key_K) << u"Nothing to skip: "_s;
    QTest::newRow("R") << QKeyCombination(Qt::Key_R) << u"Nothing to rerun yet: "_s;
}

/// What is so of a letter that is not open.
void TestDeedBars::keysOfRunsSayWhatBecameOfALetter()
{
    LetterSummary discarded = letter(40);
    discarded.state = LetterState::Discarded;
    discarded.closedAt = runRow(600).queuedAt;
    LettersStage stage({discarded, letter(30)});
    arrange::place(*stage.view, {.view = "dead"_ba, .filter = u"state:discarded,open"_s});
    stage.settle();
    stage.focusRow(0);
    QTest::keyClick(stage.table, Qt::Key_T);
    QCOMPARE(barsOf(*stage.view),
             u"Nothing to retry now: this run failed, and its dead letter was discarded."_s);
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    QCOMPARE(barsOf(*stage.view), u"Nothing to retry: this run failed, and its dead letter was "
                                  "discarded; restore it first."_s);
    stage.focusRow(1);
    QTest::keyClick(stage.table, Qt::Key_Delete);
    stage.settle();
    stage.table->setFocus();
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    QCOMPARE(barsOf(*stage.view), u"Answer or cancel the question above"_s);

    WaitingStage waits({waiting(1, ActivityKind::AppOffline, std::nullopt),
                        waiting(2, ActivityKind::AppOffline, std::nullopt)});
    waits.clickCell(0, WaitingColumn::What);
    QTest::keyClick(waits.table, Qt::Key_T);
    QCOMPARE(barsOf(*waits.view), u"Nothing to retry now: these runs wait for their app."_s);
}

void TestDeedBars::keysOfRunsSayWhyNotInDeadLetters()
{
    QFETCH(const QKeyCombination, keys);
    QFETCH(const QString, words);
    LettersStage stage({letter(40), letter(30)});
    stage.focusRow(0);
    QTest::keyClick(stage.table, keys.key(), keys.keyboardModifiers());
    QVERIFY2(barsOf(*stage.view).startsWith(words), qPrintable(barsOf(*stage.view)));
    QVERIFY(stage.ui.backend.acted.empty());
}

void TestDeedBars::keysOfRunsSayWhyNotInWaiting_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QKeyCombination>("keys");
    QTest::addColumn<QString>("words");
    QTest::newRow("T, a sleep") << 1 << QKeyCombination(Qt::Key_T)
                                << u"Nothing to retry now: this run sleeps."_s;
    QTest::newRow("K, a backoff") << 0 << QKeyCombination(Qt::Key_K)
                                  << u"Nothing to skip: this run waits for its next attempt."_s;
    QTest::newRow("R") << 1 << QKeyCombination(Qt::Key_R)
                       << u"Nothing to rerun yet: this run sleeps."_s;
    QTest::newRow("Shift+R") << 1 << QKeyCombination(Qt::ShiftModifier, Qt::Key_R)
                             << u"Nothing to retry: this run sleeps."_s;
}

void TestDeedBars::keysOfRunsSayWhyNotInWaiting()
{
    QFETCH(const int, row);
    QFETCH(const QKeyCombination, keys);
    QFETCH(const QString, words);
    WaitingStage stage(
        {waiting(1, ActivityKind::BackingOff, 4s), waiting(2, ActivityKind::Sleeping, 9s)});
    stage.clickCell(row, WaitingColumn::What);
    QTest::keyClick(stage.table, keys.key(), keys.keyboardModifiers());
    QCOMPARE(barsOf(*stage.view), words);
    QVERIFY(stage.ui.backend.acted.empty());
}

/// Whatever comes of the run.
void TestDeedBars::afterAKeyTheNextRowIsChosen()
{
    RunSummary again = waiting(1, ActivityKind::BackingOff, 4s);
    WaitingStage stage(
        {again, waiting(2, ActivityKind::BackingOff, 9s), waiting(3, ActivityKind::Sleeping, 20s)});
    const auto ids = [&stage](int number) {
        return QByteArrayList{runId(number).toText() + '/' + runId(number).toText() + ":step"};
    };
    stage.clickCell(0, WaitingColumn::What);
    QTest::keyClick(stage.table, Qt::Key_T);
    QCOMPARE(stage.table->selectedIds(), ids(2));
    RunSummary works = again;
    works.activities.clear();
    stage.post(works);
    again.activities.front().attempt = 3; // fails again, at once
    again.activities.front().until = stage.ui.backend.now() + 6s;
    stage.post(again);
    QCOMPARE(stage.table->selectedIds(), ids(2));
    stage.ui.backend.advance(1s);
    QTest::keyClick(stage.table, Qt::Key_T);
    QCOMPARE(stage.table->selectedIds(), ids(3));
    stage.post(runRow(2)); // completes
    QCOMPARE(stage.table->selectedIds(), ids(3));
    // Behind the last one the one before.
    stage.ui.backend.advance(1s);
    QTest::keyClick(stage.table, Qt::Key_K);
    QCOMPARE(stage.ui.backend.actedWith<devserver::SkipSleep>().size(), 1U);
    stage.settle();
    QCOMPARE(stage.table->selectedIds(), ids(1));
    // By the mouse the choice stays until the row leaves.
    stage.ui.backend.advance(1s);
    QTest::mouseClick(child<QWidget>(stage.view.get(), "waitingRetryNow"), Qt::LeftButton);
    stage.settle();
    QCOMPARE(stage.table->selectedIds(), ids(1));
}

void TestDeedBars::whatNothingWasDoneWithStaysChosen()
{
    WaitingStage stage(
        {waiting(1, ActivityKind::BackingOff, 4s), waiting(2, ActivityKind::Sleeping, 9s),
         waiting(3, ActivityKind::BackingOff, 20s), waiting(4, ActivityKind::Sleeping, 30s)});
    stage.clickCell(0, WaitingColumn::What);
    for (int row = 0; row < 2; ++row)
        QTest::keyClick(stage.table, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(stage.table->selectedIds().size(), 3);
    QTest::keyClick(stage.table, Qt::Key_T);
    stage.settle();
    QCOMPARE(stage.ui.backend.actedWith<devserver::RetryNow>().size(), 2U);
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{rowOf(2)});
    QTest::keyClick(stage.table, Qt::Key_K);
    stage.settle();
    const auto skipped = stage.ui.backend.actedWith<devserver::SkipSleep>();
    QCOMPARE(skipped.size(), 1U);
    QCOMPARE(skipped.front().run, runId(2));
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{rowOf(3)});
}

/// It cannot be undone.
void TestDeedBars::aSecondCancelIsNotForTheNextRun()
{
    WaitingStage stage({waiting(1, ActivityKind::BackingOff, 4s),
                        waiting(2, ActivityKind::BackingOff, 9s),
                        waiting(3, ActivityKind::Sleeping, 20s)});
    const auto cancel = [&stage] {
        QTest::keyClick(stage.table, Qt::Key_Period, Qt::ControlModifier);
        stage.settle();
        return stage.ui.backend.actedWith<devserver::CancelRun>().size();
    };
    stage.clickCell(0, WaitingColumn::What);
    QCOMPARE(cancel(), 1U);
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{rowOf(1)}); // it has not left
    QCOMPARE(cancel(), 1U);
    QVERIFY2(barsOf(*stage.view).contains(u"this is being cancelled already."_s),
             qPrintable(barsOf(*stage.view)));
    stage.post(runRow(1)); // has left
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{rowOf(2)});
    QCOMPARE(cancel(), 1U);
    QVERIFY2(barsOf(*stage.view).contains(u"Nothing was cancelled: "_s),
             qPrintable(barsOf(*stage.view)));
    stage.ui.backend.advance(1s);
    QCOMPARE(cancel(), 2U);
    // Both can be started again.
    for (const int number : {1, 2})
        QVERIFY2(barsOf(*stage.view).contains(shortId(runId(number).toText())),
                 qPrintable(barsOf(*stage.view)));
}

void TestDeedBars::aRunCancelledInWaitingCanBeRerun()
{
    WaitingStage stage({waiting(1, ActivityKind::BackingOff, 4s)});
    stage.clickCell(0, WaitingColumn::What);
    QTest::keyClick(stage.table, Qt::Key_Period, Qt::ControlModifier);
    stage.settle();
    QCOMPARE(stage.ui.backend.actedWith<devserver::CancelRun>().size(), 1U);
    const QString words = u"Cancelled %1 %2"_s.arg(QString::fromUtf8(runRow(1).functionName),
                                                   shortId(runId(1).toText()));
    QTRY_COMPARE(barsOf(*stage.view), words);
    stage.ui.backend.advance(1s);
    for (auto *button : stage.view->findChildren<QPushButton *>()) {
        if (button->isVisible() && button->text() == u"Rerun"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    const auto rerun = stage.ui.backend.actedWith<devserver::RerunRun>();
    QCOMPARE(rerun.size(), 1U);
    QCOMPARE(rerun.front().run, runId(1));
}

void TestDeedBars::anUndoneDiscardOfAGroupRestoresTheChoice()
{
    LettersStage stage({letter(40), letter(30), letter(20), letter(10)});
    stage.focusRow(2);
    stage.click("deadDiscardGroup");
    auto *reason = child<QComboBox>(stage.view.get(), "deadDiscardReason");
    QTest::keyClicks(reason->lineEdit(), u"test data"_s);
    QTest::keyClick(reason->lineEdit(), Qt::Key_Return);
    stage.settle();
    QCOMPARE(stage.ui.backend.actedWith<devserver::DiscardLetter>().size(), 4U);
    const auto post = [&stage](LetterState state) {
        for (const int number : {40, 30, 20, 10}) {
            LetterSummary row = letter(number);
            row.state = state;
            stage.ui.backend.post(row);
        }
    };
    post(LetterState::Discarded);
    stage.passTime();
    stage.pressBarButton(u"Undo"_s);
    QCOMPARE(stage.ui.backend.actedWith<devserver::RestoreLetter>().size(), 4U);
    post(LetterState::Open);
    stage.passTime();
    QTRY_COMPARE(stage.table->model()->rowCount(), 4);
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{runId(20).toText()});
    QCOMPARE(stage.table->currentId(), runId(20).toText());
}

/// Nor for who chooses another one meanwhile.
void TestDeedBars::anUndoneDiscardWaitsForNothingElse()
{
    LettersStage stage({letter(40), letter(30), letter(20), letter(10)});
    stage.focusRow(0);
    QTest::keyClick(stage.table, Qt::Key_Down, Qt::ShiftModifier);
    discardSelected(stage);
    for (const int number : {40, 30})
        postLetter(stage, number, LetterState::Discarded);
    stage.ui.backend.refuseNext({devserver::ErrorCode::StoreFull, u"no space left"_s});
    stage.pressBarButton(u"Undo"_s);
    QCOMPARE(stage.ui.backend.actedWith<devserver::RestoreLetter>().size(), 2U);
    postLetter(stage, 30, LetterState::Open); // the other one was refused
    QTRY_COMPARE(stage.table->selectedIds(), QByteArrayList{runId(30).toText()});

    LettersStage other({letter(40), letter(30), letter(20), letter(10)});
    other.focusRow(0);
    discardSelected(other);
    postLetter(other, 40, LetterState::Discarded);
    other.pressBarButton(u"Undo"_s);
    other.focusRow(2);
    const QByteArrayList chosen = other.table->selectedIds();
    QCOMPARE(chosen, QByteArrayList{runId(10).toText()});
    postLetter(other, 40, LetterState::Open);
    QCOMPARE(other.table->model()->rowCount(), 4);
    QCOMPARE(other.table->selectedIds(), chosen);
}

void TestDeedBars::undoIsOfItsOwnDiscard()
{
    LettersStage stage({letter(40), letter(30)});
    stage.focusRow(0);
    discardSelected(stage);
    postLetter(stage, 40, LetterState::Discarded);
    stage.focusRow(0);
    stage.ui.backend.refuseNext({devserver::ErrorCode::StoreFull, u"no space left"_s});
    discardSelected(stage);
    stage.table->setFocus();
    QTest::keyClick(stage.table, Qt::Key_Z, Qt::ControlModifier);
    stage.settle();
    const auto restored = stage.ui.backend.actedWith<devserver::RestoreLetter>();
    QCOMPARE(restored.size(), 1U);
    QCOMPARE(restored.front().run, runId(40));
}

void TestDeedBars::mutingSaysUntilWhenAndIsUndone()
{
    LettersStage stage({letter(30), letter(20)});
    stage.focusRow(0);
    chooseMute(stage, u"For a week"_s);
    QTRY_COMPARE(stage.ui.muted.letters(), 2);
    const devserver::TimePoint until = stage.ui.backend.now() + std::chrono::days(7);
    QCOMPARE(barsOf(*stage.view), u"All dead letters: muted until %1"_s.arg(formatTime(
                                      until, stage.ui.backend.now(), TimeStyle::Absolute)));
    chooseMute(stage, u"Until the error changes"_s);
    QCOMPARE(barsOf(*stage.view),
             u"All dead letters: muted until you unmute it or its error changes"_s);
    // Back to what was before, by the key.
    stage.table->setFocus();
    stage.settle();
    QTest::keyClick(stage.table, Qt::Key_Z, Qt::ControlModifier);
    stage.settle();
    const MutedGroups::Group group{"shop-charge-order"_ba, "print-TimeoutError"_ba};
    QCOMPARE(stage.ui.muted.until(group), MutedGroups::Until(until));
    QCOMPARE(barsOf(*stage.view), QString());
    // Which is gone when it is unmuted: that is what is taken back then.
    chooseMute(stage, u"Unmute"_s);
    QCOMPARE(barsOf(*stage.view), u"All dead letters: not muted any more"_s);
    for (int press = 0; press < 2; ++press) { // the second one has nothing to take back
        QTest::keyClick(stage.table, Qt::Key_Z, Qt::ControlModifier);
        stage.settle();
        QCOMPARE(stage.ui.muted.until(group), MutedGroups::Until(until));
    }
    // And by the button.
    chooseMute(stage, u"Unmute"_s);
    chooseMute(stage, u"For an hour"_s);
    QVERIFY(stage.ui.muted.isMuted(group));
    stage.ui.backend.advance(1s);
    stage.pressBarButton(u"Undo"_s);
    QVERIFY(!stage.ui.muted.isMuted(group));
}

void TestDeedBars::theRowSaysUntilWhen()
{
    LettersStage stage({letter(30), letter(20)});
    stage.focusRow(0);
    const auto look = [&stage] {
        stage.settle();
        return stage.tree->viewport()->grab().toImage();
    };
    chooseMute(stage, u"For an hour"_s);
    const QImage hour = look();
    chooseMute(stage, u"For a week"_s);
    QVERIFY(look() != hour);
    chooseMute(stage, u"For an hour"_s);
    QCOMPARE(look(), hour);
    // And to who cannot see it.
    const devserver::TimePoint end = stage.ui.backend.now() + 1h;
    const QModelIndex row = stage.tree->model()->index(0, 0);
    QCOMPARE(row.data(LetterGroupModel::MutedRole).toString(),
             u"until "_s
                 + QDateTime::fromMSecsSinceEpoch(devserver::toMs(end)).toString(u"HH:mm"_s));
    const QString words =
        u"muted until "_s + formatTime(end, stage.ui.backend.now(), TimeStyle::Absolute);
    for (const int role :
         {static_cast<int>(Qt::AccessibleTextRole), static_cast<int>(Qt::ToolTipRole)})
        QVERIFY2(row.data(role).toString().contains(words), qPrintable(row.data(role).toString()));
    chooseMute(stage, u"Unmute"_s);
    QVERIFY(!row.data(Qt::AccessibleTextRole).toString().contains(u"muted"_s));
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestDeedBars)
#include "tst_deedbars.moc"
