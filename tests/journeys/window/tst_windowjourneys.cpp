// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/journeys/window/desk.h"

#include <QApplication>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;
namespace api = devserver::api;

/// The loops of ui.md §27.5 on the real engine, by keys and mouse; with the sample functions, and
/// the first, second and fourth with an app of the real TypeScript SDK.
class TestWindowJourneys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tryIt();
    void tryItWithTheSdk();
    void failAndFix();
    void failAndFixWithTheSdk();
    void nothingHappened();
    void deadLetters();
    void deadLettersWithTheSdk();
    void doNotWait();
    void restart();

private:
    static constexpr int longWait = 30'000;
};

#define TRY_COUNT(desk, table, column, text, expected)                                             \
    QTRY_COMPARE_WITH_TIMEOUT((desk).count(table, column, text), qsizetype(expected), longWait)

namespace {

/// Retries the whole group of dead letters: one first, then the rest.
void retryGroup(Desk &desk)
{
    desk.click(child<QWidget>(&desk.window(), "deadRetryGroup"));
    desk.click(child<QPushButton>(&desk.window(), "deadSheetGo"));
}

/// The run with this state at the top of Runs gets the focus.
void selectRun(Desk &desk, const QString &state)
{
    QTableView *runs = desk.table("runsTable");
    const qsizetype row = desk.column(runs, u"State"_s).indexOf(state);
    QVERIFY(row >= 0);
    desk.click(runs, runs->model()->index(static_cast<int>(row), 0));
}

} // namespace

void TestWindowJourneys::tryIt()
{
    Desk desk(true);
    desk.send(u"order/created"_s, uR"({"orderId":"7","total":12.5,"customer":"ada"})"_s);
    TRY_COUNT(desk, "runsTable", u"Function"_s, u"process-order"_s, 1);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Completed"_s, 1);
    // The same run stands in the composer's answers.
    QVERIFY(desk.words(child<QWidget>(&desk.window(), "composer")).size() > 0);
    shoot(&desk.window(), u"journey_try"_s);
}

void TestWindowJourneys::tryItWithTheSdk()
{
    Desk desk(false);
    desk.startShop();
    desk.send(u"shop/order"_s, uR"({"id":"o_1"})"_s);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Completed"_s, 1);
    QCOMPARE(desk.shopLog().size(), 3);
}

void TestWindowJourneys::failAndFix()
{
    Desk desk(true);
    desk.send(u"sample/poison"_s, uR"({"message":"hello"})"_s);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Dead"_s, 1);
    selectRun(desk, u"Dead"_s);
    QTRY_VERIFY_WITH_TIMEOUT(desk.words(&desk.window()).contains(u"RetryAfterError"_s), longWait);
    shoot(&desk.window(), u"journey_fail"_s);

    desk.send(u"sample/repair"_s, uR"({"works":true})"_s);
    TRY_COUNT(desk, "runsTable", u"Function"_s, u"repair"_s, 1);
    selectRun(desk, u"Dead"_s);
    desk.press(Qt::Key_R, Qt::ShiftModifier);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Dead"_s, 0);
    // The same run, with the first step kept and marked so.
    TRY_COUNT(desk, "runsTable", u"Function"_s, u"poison-job"_s, 1);
    const QTableView *runs = desk.table("runsTable");
    const qsizetype row =
        desk.column(desk.table("runsTable"), u"Function"_s).indexOf(u"poison-job"_s);
    QTRY_COMPARE_WITH_TIMEOUT(runs->model()->index(static_cast<int>(row), 0).data().toString(),
                              u"Completed"_s, longWait);
    shoot(&desk.window(), u"journey_fixed"_s);
}

void TestWindowJourneys::failAndFixWithTheSdk()
{
    Desk desk(false);
    desk.startShop();
    desk.send(u"shop/order"_s, uR"({"id":"o_1","bad":true})"_s);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Dead"_s, 1);
    selectRun(desk, u"Dead"_s);
    QTRY_VERIFY_WITH_TIMEOUT(desk.words(&desk.window()).contains(u"Error"_s), longWait);
    desk.repairShop();
    selectRun(desk, u"Dead"_s);
    desk.press(Qt::Key_R, Qt::ShiftModifier);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Completed"_s, 1);
    // The app's own log: one run id, the finished step ran once, the failed one again.
    const QByteArrayList log = desk.shopLog();
    QByteArrayList steps;
    for (const QByteArray &line : log) {
        QCOMPARE(line.split(' ').constFirst(), log.constFirst().split(' ').constFirst());
        steps.append(line.split(' ').constLast());
    }
    QCOMPARE(steps, (QByteArrayList{"load", "charge", "charge", "ship"}));
}

void TestWindowJourneys::nothingHappened()
{
    Desk desk(true);
    desk.send(u"sample/sleeep"_s, u"{}"_s);
    const auto *composer = child<QWidget>(&desk.window(), "composer");
    QTRY_VERIFY2_WITH_TIMEOUT(desk.words(composer).contains(u"sample/sleep"_s),
                              qPrintable(desk.words(composer)), longWait);
    desk.open("navEvents");
    QTableView *events = desk.table("eventsTable");
    QTRY_COMPARE_WITH_TIMEOUT(desk.column(events, u"Event"_s).count(u"sample/sleeep"_s), 1,
                              longWait);
    desk.click(events, events->model()->index(0, 0));
    auto *tabs = child<QTabWidget>(&desk.window(), "eventTabs");
    for (int tab = 0; tab < tabs->count(); ++tab) {
        if (tabs->tabText(tab).startsWith(u"Matching"_s))
            QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {},
                              tabs->tabBar()->tabRect(tab).center());
    }
    const auto *view = child<QWidget>(&desk.window(), "eventsView");
    QTRY_VERIFY2_WITH_TIMEOUT(desk.words(view).contains(u"sample/sleep"_s),
                              qPrintable(desk.words(view)), longWait);
    shoot(&desk.window(), u"journey_nothing"_s);
}

void TestWindowJourneys::deadLetters()
{
    Desk desk(true);
    for (int i = 0; i < 9; ++i)
        desk.send(u"sample/poison"_s, uR"({"message":"hello"})"_s);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Dead"_s, 9);
    desk.send(u"sample/repair"_s, u"{}"_s);
    TRY_COUNT(desk, "runsTable", u"Function"_s, u"repair"_s, 1);
    desk.open("navDead");
    QTRY_COMPARE_WITH_TIMEOUT(desk.rows("deadTable"), 9, longWait);
    shoot(&desk.window(), u"journey_dead"_s);
    retryGroup(desk);
    QTRY_COMPARE_WITH_TIMEOUT(desk.rows("deadTable"), 0, longWait);
    desk.open("navActivity");
    QTRY_COMPARE_WITH_TIMEOUT(desk.rows("activityTable"), 1, longWait);
    shoot(&desk.window(), u"journey_activity"_s);
    desk.open("navRuns");
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Dead"_s, 0);
}

void TestWindowJourneys::deadLettersWithTheSdk()
{
    Desk desk(false);
    desk.startShop();
    for (int i = 0; i < 4; ++i)
        desk.send(u"shop/order"_s, uR"({"id":"o","bad":true})"_s);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Dead"_s, 4);
    desk.repairShop();
    desk.open("navDead");
    QTRY_COMPARE_WITH_TIMEOUT(desk.rows("deadTable"), 4, longWait);
    retryGroup(desk);
    QTRY_COMPARE_WITH_TIMEOUT(desk.rows("deadTable"), 0, longWait);
    desk.open("navRuns");
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Completed"_s, 4);
    std::map<QByteArray, QByteArrayList> stepsOfRun;
    for (const QByteArray &line : desk.shopLog())
        stepsOfRun[line.split(' ').constFirst()].append(line.split(' ').constLast());
    QCOMPARE(stepsOfRun.size(), std::size_t(4));
    for (const auto &[run, steps] : stepsOfRun)
        QCOMPARE(steps, (QByteArrayList{"load", "charge", "charge", "ship"}));
}

void TestWindowJourneys::doNotWait()
{
    Desk desk(true);
    desk.send(u"sample/sleep"_s, uR"({"seconds":172800})"_s);
    TRY_COUNT(desk, "runsTable", u"Function"_s, u"sleeper"_s, 1);
    desk.open("navWaiting");
    QTableView *waiting = desk.table("waitingTable");
    QTRY_COMPARE_WITH_TIMEOUT(desk.rows("waitingTable"), 1, longWait);
    desk.click(waiting, waiting->model()->index(0, 0));
    shoot(&desk.window(), u"journey_waiting"_s);
    desk.press(Qt::Key_K);
    QTRY_COMPARE_WITH_TIMEOUT(desk.rows("waitingTable"), 0, longWait);
    desk.open("navRuns");
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Completed"_s, 1);
}

void TestWindowJourneys::restart()
{
    Desk desk(true);
    desk.send(u"sample/sleep"_s, uR"({"seconds":2})"_s);
    TRY_COUNT(desk, "runsTable", u"Function"_s, u"sleeper"_s, 1);
    // The server goes, as when the program is closed, and comes back.
    std::ignore = desk.backend().stopServer();
    QTRY_COMPARE_WITH_TIMEOUT(desk.backend().server().phase, api::ServerPhase::Stopped, longWait);
    std::ignore = desk.backend().startServer(0);
    QTRY_COMPARE_WITH_TIMEOUT(desk.backend().server().phase, api::ServerPhase::Serving, longWait);
    QTRY_VERIFY2_WITH_TIMEOUT(desk.words(&desk.window()).contains(u"taken up again"_s),
                              qPrintable(desk.words(&desk.window())), longWait);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Completed"_s, 1);
    shoot(&desk.window(), u"journey_restart"_s);
}

UI_TEST_MAIN(TestWindowJourneys)

#include "tst_windowjourneys.moc"
