// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/shownbars.h"
#include "tests/ui/support/waitingstage.h"

#include <QAbstractButton>
#include <QDialog>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;
using devserver::ActivityKind;
using devserver::api::RunSummary;
using Stage = WaitingStage;

/// What a change costs where much is waiting, and that it touches nothing else (ui.md 4.2, 12).
class TestWaitingMany : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aChangeLooksAtNoOtherRow_data();
    void aChangeLooksAtNoOtherRow();
    void chipsFollowWhatChanges();
    void anotherAppIsNotChosenForTheOneThatIsBack();
    void whereFewWaitNoneIsRetriedTwiceInOneGesture();
    void norIsASleepSkippedByTheSamePress();
    void severalThatAreCancelledCanBeRerun();
    void manyAreNotSentInOneTick();
    void ofThoseThatWereRefusedAnotherBarTells();
};

namespace {

constexpr int many = 10'000;

RunSummary sleeping(int number)
{
    return waiting(number, ActivityKind::Sleeping, std::chrono::seconds(number % 3'000));
}

QString chip(const WaitingStage &stage, const char *name)
{
    return child<QAbstractButton>(stage.view.get(), name)->accessibleName();
}

} // namespace

void TestWaitingMany::aChangeLooksAtNoOtherRow_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<bool>("isShown");
    QTest::newRow("no filter") << QString() << true;
    QTest::newRow("filter") << u"fn:charge-*"_s << true;
    QTest::newRow("filter, another view is shown") << u"fn:charge-*"_s << false;
}

void TestWaitingMany::aChangeLooksAtNoOtherRow()
{
    QFETCH(const QString, filter);
    QFETCH(const bool, isShown);
    std::vector<RunSummary> runs;
    for (int i = 0; i < many; ++i)
        runs.push_back(sleeping(i));
    Stage stage(std::move(runs), filter);
    QTRY_COMPARE(stage.model().rowCount(), many);
    stage.view->setVisible(isShown);
    stage.settle();
    const qint64 before = stage.model().judged();
    QVERIFY(before >= many);
    constexpr int changes = 5;
    for (int i = 0; i < changes; ++i)
        stage.post(waiting(many / 2 + i, ActivityKind::BackingOff, 4s));
    QCOMPARE(stage.model().count(WaitingKind::Retry), changes);
    const qint64 looks = stage.model().judged() - before;
    QVERIFY2(looks <= 4 * changes, qPrintable(QString::number(looks)));
}

void TestWaitingMany::chipsFollowWhatChanges()
{
    RunSummary other = sleeping(3);
    other.functionName = "trial-reminder"_ba;
    other.slug = "shop-trial-reminder"_ba;
    Stage stage({sleeping(1), sleeping(2), other}, u"is:sleep fn:charge-*"_s);
    QTRY_COMPARE(chip(stage, "waitingChipSleep"), u"Sleeps, 2"_s);
    QCOMPARE(chip(stage, "waitingChipAll"), u"All, 2"_s);
    stage.post(waiting(2, ActivityKind::BackingOff, 4s));
    QCOMPARE(chip(stage, "waitingChipSleep"), u"Sleeps, 1"_s);
    QCOMPARE(chip(stage, "waitingChipRetry"), u"Retries, 1"_s);
    QCOMPARE(chip(stage, "waitingChipAll"), u"All, 2"_s);
    stage.view->hide();
    stage.post(runRow(1)); // completed
    stage.post(sleeping(4));
    stage.post(sleeping(5));
    stage.view->show();
    stage.settle();
    QCOMPARE(chip(stage, "waitingChipSleep"), u"Sleeps, 2"_s);
    QCOMPARE(chip(stage, "waitingChipAll"), u"All, 3"_s);
}

void TestWaitingMany::anotherAppIsNotChosenForTheOneThatIsBack()
{
    RunSummary mail = waiting(3, ActivityKind::AppOffline, std::nullopt);
    mail.appName = "mail"_ba;
    Stage stage({mail});
    QCOMPARE(stage.model().rowCount(), 1);
    const QByteArray id = stage.model().idAt(0);
    QVERIFY(id.endsWith("mail"));
    const QRect cell = stage.table->visualRect(stage.table->model()->index(0, 1));
    QTest::mouseClick(stage.table->viewport(), Qt::LeftButton, {}, cell.center());
    stage.settle();
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{id});
    RunSummary works = mail;
    works.activities.clear();
    stage.post(works);
    stage.ui.backend.advance(3s);
    stage.settle();
    QTRY_COMPARE(stage.model().rowCount(), 0);
    stage.post(waiting(1, ActivityKind::AppOffline, std::nullopt));
    QTRY_COMPARE(stage.model().rowCount(), 1);
    stage.settle();
    QCOMPARE(stage.table->selectedIds(), QByteArrayList());
    stage.post(mail); // away again
    QTRY_COMPARE(stage.table->selectedIds(), QByteArrayList{id});
}

/// A key that is pressed again comes back to them: what failed again meanwhile is not tried once
/// more before anybody has seen it.
void TestWaitingMany::whereFewWaitNoneIsRetriedTwiceInOneGesture()
{
    Stage stage(
        {waiting(1, ActivityKind::BackingOff, 4s), waiting(2, ActivityKind::BackingOff, 9s)});
    stage.clickCell(0, WaitingColumn::What);
    const auto retried = [&stage] { return stage.ui.backend.actedWith<devserver::RetryNow>(); };
    for (const std::size_t retries : {1U, 2U, 3U}) {
        for (int press = 0; press < 3; ++press) { // the next row was chosen after the first one
            QTest::keyClick(stage.table, Qt::Key_T);
            stage.settle();
            QCOMPARE(retried().size(), retries);
        }
        QVERIFY2(allBars(*stage.view).contains(u"Nothing was retried: the next row"_s),
                 qPrintable(allBars(*stage.view)));
        stage.ui.backend.advance(1s);
    }
    QCOMPARE(retried()[0].run, runId(1));
    QCOMPARE(retried()[1].run, runId(2));
    QCOMPARE(retried()[2].run, runId(1));
}

void TestWaitingMany::norIsASleepSkippedByTheSamePress()
{
    Stage stage({sleeping(1), sleeping(2)});
    stage.clickCell(0, WaitingColumn::What);
    const auto skipped = [&stage] { return stage.ui.backend.actedWith<devserver::SkipSleep>(); };
    for (const std::size_t skips : {1U, 2U}) {
        for (int press = 0; press < 3; ++press) {
            QTest::keyClick(stage.table, Qt::Key_K);
            stage.settle();
            QCOMPARE(skipped().size(), skips);
        }
        QVERIFY2(allBars(*stage.view).contains(u"Nothing was skipped: the next row"_s),
                 qPrintable(allBars(*stage.view)));
        stage.ui.backend.advance(1s);
    }
    QCOMPARE(skipped()[0].run, runId(1));
    QCOMPARE(skipped()[1].run, runId(2));
}

void TestWaitingMany::manyAreNotSentInOneTick()
{
    std::vector<RunSummary> runs;
    for (int i = 0; i < 200; ++i)
        runs.push_back(sleeping(i));
    Stage stage(std::move(runs));
    QTRY_COMPARE(stage.model().rowCount(), 200);
    stage.clickCell(0, WaitingColumn::What);
    QTest::keyClick(stage.table, Qt::Key_A, Qt::ControlModifier);
    stage.settle();
    QTest::keyClick(stage.table, Qt::Key_Period, Qt::ControlModifier);
    stage.ui.backend.holdReplies(true);
    auto *box = child<QDialog>(stage.view->window(), "waitingConfirm");
    for (auto *button : box->findChildren<QAbstractButton *>()) {
        if (button->text() == u"Cancel 200 runs"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(stage.ui.backend.actedWith<devserver::CancelRun>().size(), 64U);
    stage.ui.backend.holdReplies(false);
    stage.ui.backend.releaseReplies();
    QTRY_COMPARE(shownBars(*stage.view), QStringList{u"200 runs cancelled"_s});
    stage.ui.backend.advance(1s);
    stage.ui.backend.holdReplies(true);
    for (auto *button : stage.view->findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->text() == u"Rerun"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    const auto begun = [&stage] {
        return stage.ui.backend.actedWith<devserver::RerunRun>().size();
    };
    QCOMPARE(begun(), 64U); // the next one with each answer
    stage.ui.backend.holdReplies(false);
    stage.ui.backend.releaseReplies();
    QTRY_COMPARE(begun(), 200U);
    QTRY_COMPARE(shownBars(*stage.view), QStringList{u"Rerun started: 200 runs"_s});
}

void TestWaitingMany::severalThatAreCancelledCanBeRerun()
{
    Stage stage({sleeping(1), sleeping(2), sleeping(3)});
    stage.clickCell(0, WaitingColumn::What);
    QTest::keyClick(stage.table, Qt::Key_A, Qt::ControlModifier);
    stage.settle();
    QTest::keyClick(stage.table, Qt::Key_Period, Qt::ControlModifier);
    stage.settle();
    QCOMPARE(stage.ui.backend.actedWith<devserver::CancelRun>().size(), 3U);
    QTRY_COMPARE(shownBars(*stage.view), QStringList{u"3 runs cancelled"_s});
    stage.ui.backend.advance(1s);
    for (auto *button : stage.view->findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->text() == u"Rerun"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(stage.ui.backend.actedWith<devserver::RerunRun>().size(), 3U);
    QTRY_COMPARE(shownBars(*stage.view), QStringList{u"Rerun started: 3 runs"_s});
}

void TestWaitingMany::ofThoseThatWereRefusedAnotherBarTells()
{
    Stage stage({sleeping(1), sleeping(2), sleeping(3)});
    stage.clickCell(0, WaitingColumn::What);
    QTest::keyClick(stage.table, Qt::Key_A, Qt::ControlModifier);
    stage.settle();
    stage.ui.backend.refuseNext({devserver::ErrorCode::Conflict, u"it has just ended"_s});
    QTest::keyClick(stage.table, Qt::Key_Period, Qt::ControlModifier);
    stage.settle();
    const auto said = [&stage] { return allBars(*stage.view); };
    QTRY_VERIFY2(said().contains(u"2 runs cancelled"_s), qPrintable(said()));
    QVERIFY2(said().contains(u"Cancel run was refused: it has just ended"_s), qPrintable(said()));
    // Done at the second try, nothing is refused any more.
    stage.ui.backend.advance(1s);
    QTest::keyClick(stage.table, Qt::Key_Period, Qt::ControlModifier);
    stage.settle();
    QTRY_VERIFY2(!said().contains(u"refused"_s), qPrintable(said()));
}

UI_TEST_MAIN(TestWaitingMany)

#include "tst_waitingmany.moc"
