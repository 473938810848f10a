// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/journeys/window/desk.h"
#include "tests/ui/support/clicks.h"
#include "tests/unit/host/replywait.h"
#include "ui/core/pagedtablemodel.h"
#include "ui/runs/timelineview.h"
#include "ui/shell/cleardialog.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/view.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <limits>
#include <map>
#include <utility>
#include <vector>

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
    void secondStart();
    void clearData();

private:
    static constexpr int longWait = 30'000;
};

#define TRY_COUNT(desk, table, column, text, expected)                                             \
    QTRY_COMPARE_WITH_TIMEOUT((desk).count(table, column, text), qsizetype(expected), longWait)
#define TRY_SEEN(text, expected)                                                                   \
    QTRY_VERIFY2_WITH_TIMEOUT((text).contains(expected), qPrintable(text), longWait)

namespace {

constexpr int pace = 5; // per second

/// Retries the whole group of dead letters: one first, then the rest at that pace.
void retryGroup(Desk &desk, int count)
{
    desk.click(child<QWidget>(&desk.window(), "deadRetryGroup"));
    auto *canary = child<QWidget>(&desk.window(), "deadSheetCanary");
    QTest::mouseClick(canary, Qt::LeftButton, {}, {8, canary->height() / 2});
    auto *rate = child<QWidget>(&desk.window(), "deadSheetRate");
    QVERIFY(rate->isEnabled());
    rate->setFocus();
    desk.press(Qt::Key_A, Qt::ControlModifier);
    desk.press(Qt::Key_0 + pace);
    auto *go = child<QPushButton>(&desk.window(), "deadSheetGo");
    QTRY_COMPARE(go->text(), u"Retry %1"_s.arg(count));
    desk.click(go);
}

/// The run with this text in the column gets the focus.
void selectRun(Desk &desk, const QString &column, const QString &text)
{
    QTableView *runs = desk.table("runsTable");
    const qsizetype row = desk.column(runs, column).indexOf(text);
    QVERIFY(row >= 0);
    clickCell(runs, runs->model()->index(static_cast<int>(row), 0));
    // The details come a little later.
    const auto *kind = child<QLabel>(&desk.window(), "inspKind");
    QTRY_VERIFY_WITH_TIMEOUT(kind->text().startsWith(u"Run"_s), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>(&desk.window(), "runTabs")->isVisible(), 30'000);
}

/// The state of the run of this function.
QString stateOf(Desk &desk, const QString &function)
{
    const QTableView *runs = desk.table("runsTable");
    const qsizetype row = desk.column(desk.table("runsTable"), u"Function"_s).indexOf(function);
    return row < 0 ? QString() : runs->model()->index(static_cast<int>(row), 0).data().toString();
}

/// The frames of one's own code, as the Error tab shows them.
QString ownFrames(Desk &desk)
{
    QStringList texts;
    for (const QToolButton *link : desk.window().findChildren<QToolButton *>(u"frameLink"_s)) {
        if (link->isVisible())
            texts.append(link->text());
    }
    return texts.join(u'\n');
}

/// Each row of the Steps tab of the run that is selected.
QString stepRows(Desk &desk)
{
    return desk.cells(desk.table("stepTable"));
}

/// Lines of the shop's log, by run.
std::map<QByteArray, QByteArrayList> stepsByRun(const Desk &desk)
{
    std::map<QByteArray, QByteArrayList> steps;
    for (const QByteArray &line : desk.shopLog())
        steps[line.split(' ').constFirst()].append(line.split(' ').constLast());
    return steps;
}

/// Where people are, one line for each part of it.
QStringList whatIsSeen(Desk &desk)
{
    MainWindow &window = desk.window();
    const auto *tabs = tabBarOf(child<QWidget>(&window, "inspectorTabs"));
    const auto *runs = qobject_cast<ListTable *>(desk.table("runsTable"));
    const auto *editor = child<QPlainTextEdit>(&window, "composerEditor");
    QStringList seen = {
        u"window %1 x %2"_s.arg(window.width()).arg(window.height()),
        u"view "_s + window.currentView()->objectName(),
        u"filter "_s + child<QLineEdit>(&window, "runsFilter")->text(),
        u"run "_s + QString::fromLatin1(runs->currentId()),
        u"tab "_s + tabs->tabText(tabs->currentIndex()),
    };
    if (editor->isVisible())
        seen += {u"name "_s + child<QLineEdit>(&window, "composerName")->text(),
                 u"data "_s + editor->toPlainText()};
    return seen;
}

/// When the second try of a run began and when it ended, in ms since 1970.
struct Span {
    qint64 began;
    qint64 ended;
};

/// By the shop's own log: from its second `charge` to `ship`.
std::vector<Span> retriesInLog(const Desk &desk)
{
    std::map<QByteArray, std::vector<std::pair<QByteArray, qint64>>> steps;
    for (const QByteArray &line : desk.shopLog()) {
        const QByteArrayList parts = line.split(' ');
        steps[parts.value(0)].emplace_back(parts.value(2), parts.value(1).toLongLong());
    }
    std::vector<Span> spans;
    for (const auto &[run, ran] : steps) {
        if (ran.size() == 4 && ran[2].first == "charge" && ran[3].first == "ship")
            spans.push_back({ran[2].second, ran[3].second});
    }
    return spans;
}

/// By what is recorded of the calls to the sample, of runs that failed once.
std::vector<Span> retriesOnRecord(Desk &desk)
{
    std::vector<Span> spans;
    const auto *list = child<ListTable>(&desk.window(), "runsTable")->list();
    for (int row = 0; row < list->rowCount(); ++row) {
        const auto record = devserver::tests::answerOf<api::RunRecord>(
            desk.backend().ask(api::RunRecordQuery{*devserver::RunId::fromText(list->idAt(row))}));
        if (!record)
            return {};
        Span span{std::numeric_limits<qint64>::max(), 0};
        for (const devserver::Attempt &attempt : record->attempts) {
            if (attempt.cycle == 0)
                continue;
            span.began = std::min(span.began, devserver::toMs(attempt.sentAt));
            span.ended =
                std::max(span.ended, devserver::toMs(attempt.finishedAt.value_or(attempt.sentAt)));
        }
        if (span.ended > 0)
            spans.push_back(span);
    }
    return spans;
}

/// One went first and had ended when the next began. It says something of runs that take longer
/// than it is to the next.
void checkCanary(std::vector<Span> spans)
{
    QVERIFY(spans.size() > 1);
    std::ranges::sort(spans, {}, &Span::began);
    QVERIFY2(spans[0].ended <= spans[1].began,
             qPrintable(u"the first ended at %1, the second began at %2"_s.arg(spans[0].ended)
                            .arg(spans[1].began)));
}

/// Behind the first, no more than so many a second began.
void checkPace(std::vector<Span> spans, int count)
{
    /// A pace that fell behind may catch up with so much (bulk.cpp); the rest is for the calls.
    constexpr qint64 grace = 150;
    QCOMPARE(spans.size(), static_cast<std::size_t>(count));
    std::ranges::sort(spans, {}, &Span::began);
    const qint64 took = spans.back().began - spans[1].began;
    const qint64 least = (count - 2) * 1000 / pace;
    QVERIFY2(took >= least - grace,
             qPrintable(u"they began within %1 ms, not %2"_s.arg(took).arg(least)));
}

} // namespace

void TestWindowJourneys::tryIt()
{
    Desk desk(true);
    desk.sendProposed(u"order/cr"_s, u"order/created"_s,
                      uR"({"orderId":"7","total":12.5,"customer":"ada"})"_s);
    TRY_COUNT(desk, "runsTable", u"Function"_s, u"process-order"_s, 1);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Completed"_s, 1);
    // The same run stands in the composer's answers, live.
    const auto *answers = child<QAbstractItemView>(&desk.window(), "composerAnswers");
    TRY_SEEN(desk.cells(answers), u"process-order | Completed"_s);
    shoot(&desk.window(), u"journey_try"_s);
}

void TestWindowJourneys::tryItWithTheSdk()
{
    Desk desk(false);
    desk.startShop();
    desk.sendProposed(u"shop/or"_s, u"shop/order"_s, uR"({"id":"o_1"})"_s);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Completed"_s, 1);
    const auto *answers = child<QAbstractItemView>(&desk.window(), "composerAnswers");
    TRY_SEEN(desk.cells(answers), u"order | Completed"_s);
    QCOMPARE(desk.shopLog().size(), 3);
}

void TestWindowJourneys::failAndFix()
{
    Desk desk(true);
    desk.send(u"sample/poison"_s, uR"({"message":"hello"})"_s);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Dead"_s, 1);
    selectRun(desk, u"State"_s, u"Dead"_s);
    desk.openTab("inspectorTabs", u"Error"_s);
    TRY_SEEN(desk.words(&desk.window()), u"RetryAfterError"_s);
    TRY_SEEN(ownFrames(desk), u"poisonjob.cpp"_s);
    shoot(&desk.window(), u"journey_fail"_s);

    desk.send(u"sample/repair"_s, uR"({"works":true})"_s);
    TRY_COUNT(desk, "runsTable", u"Function"_s, u"repair"_s, 1);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(desk, u"repair"_s), u"Completed"_s, longWait);
    selectRun(desk, u"State"_s, u"Dead"_s);
    desk.press(Qt::Key_R, Qt::ShiftModifier);
    // The same run, with the first step kept and marked so.
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(desk, u"poison-job"_s), u"Completed"_s, longWait);
    TRY_COUNT(desk, "runsTable", u"Function"_s, u"poison-job"_s, 1);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Dead"_s, 0);
    selectRun(desk, u"Function"_s, u"poison-job"_s);
    desk.openTab("runTabs", u"Steps"_s);
    TRY_SEEN(stepRows(desk), u"fetch-message | step | Succeeded, kept"_s);
    QVERIFY(!stepRows(desk).contains(u"parse-message | step | Succeeded, kept"_s));
    shoot(&desk.window(), u"journey_fixed"_s);
}

void TestWindowJourneys::failAndFixWithTheSdk()
{
    Desk desk(false);
    desk.startShop();
    desk.send(u"shop/order"_s, uR"({"id":"o_1","bad":true})"_s);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Dead"_s, 1);
    selectRun(desk, u"State"_s, u"Dead"_s);
    desk.openTab("inspectorTabs", u"Error"_s);
    TRY_SEEN(desk.words(&desk.window()), u"the card was declined"_s);
    TRY_SEEN(ownFrames(desk), u"shop.mjs:"_s);
    desk.repairShop();
    selectRun(desk, u"State"_s, u"Dead"_s);
    desk.press(Qt::Key_R, Qt::ShiftModifier);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Completed"_s, 1);
    desk.openTab("runTabs", u"Steps"_s);
    TRY_SEEN(stepRows(desk), u"load | step | Succeeded, kept"_s);
    // The app's own log: one run id, the finished step ran once, the failed one again.
    const auto steps = stepsByRun(desk);
    QCOMPARE(steps.size(), std::size_t(1));
    QCOMPARE(steps.begin()->second, (QByteArrayList{"load", "charge", "charge", "ship"}));
}

void TestWindowJourneys::nothingHappened()
{
    Desk desk(true);
    desk.send(u"sample/sleeep"_s, u"{}"_s);
    const auto *composer = child<QWidget>(&desk.window(), "composer");
    TRY_SEEN(desk.words(composer), u"sample/sleep"_s);
    const auto *answers = child<QAbstractItemView>(&desk.window(), "composerAnswers");
    TRY_SEEN(desk.cells(answers), u"Closest: sample/sleep"_s);
    desk.open("navEvents");
    QTableView *events = desk.table("eventsTable");
    QTRY_COMPARE_WITH_TIMEOUT(desk.column(events, u"Event"_s).count(u"sample/sleeep"_s), 1,
                              longWait);
    clickCell(events, events->model()->index(0, 0));
    desk.openTab("eventTabs", u"Matching"_s);
    const auto *view = child<QWidget>(&desk.window(), "eventsView");
    TRY_SEEN(desk.words(view), u"No function listens to"_s);
    TRY_SEEN(desk.words(view), u"sample/sleep"_s);
    // An event that is listened to has a verdict for each function.
    desk.send(u"sample/sleep"_s, uR"({"seconds":172800})"_s);
    QTRY_COMPARE_WITH_TIMEOUT(desk.column(events, u"Event"_s).value(0), u"sample/sleep"_s,
                              longWait);
    clickCell(events, events->model()->index(0, 0));
    const auto *verdicts = child<QAbstractItemView>(&desk.window(), "eventMatching");
    TRY_SEEN(desk.cells(verdicts), u"sleeper | started | run "_s);
    TRY_SEEN(desk.cells(verdicts), u"listen to other events"_s);
    shoot(&desk.window(), u"journey_nothing"_s);
}

void TestWindowJourneys::deadLetters()
{
    Desk desk(true);
    for (int i = 0; i < 9; ++i)
        desk.send(u"sample/poison"_s, uR"({"message":"hello"})"_s);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Dead"_s, 9);
    desk.send(u"sample/repair"_s, u"{}"_s);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(desk, u"repair"_s), u"Completed"_s, longWait);
    desk.open("navDead");
    QTRY_COMPARE_WITH_TIMEOUT(desk.rows("deadTable"), 9, longWait);
    QTRY_COMPARE(child<QToolButton>(&desk.window(), "deadRetryGroup")->text(), u"Retry 9…"_s);
    shoot(&desk.window(), u"journey_dead"_s);
    retryGroup(desk, 9);
    QTRY_COMPARE_WITH_TIMEOUT(desk.rows("deadTable"), 0, longWait);
    desk.open("navActivity");
    QTRY_COMPARE_WITH_TIMEOUT(desk.rows("activityTable"), 1, longWait);
    QTableView *activity = desk.table("activityTable");
    TRY_SEEN(desk.column(activity, u"State"_s).value(0), u"Done"_s);
    QCOMPARE(desk.column(activity, u"Completed"_s).value(0), u"9"_s);
    QVERIFY(desk.column(activity, u"Progress"_s).value(0).contains(u"9 of 9"_s));
    shoot(&desk.window(), u"journey_activity"_s);
    desk.open("navRuns");
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Dead"_s, 0);
    TRY_COUNT(desk, "runsTable", u"Function"_s, u"poison-job"_s, 9);
    checkPace(retriesOnRecord(desk), 9);
}

void TestWindowJourneys::deadLettersWithTheSdk()
{
    Desk desk(false);
    desk.startShop();
    for (int i = 0; i < 7; ++i)
        desk.send(u"shop/order"_s, uR"({"id":"o","bad":true})"_s);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Dead"_s, 7);
    desk.repairShop();
    desk.open("navDead");
    QTRY_COMPARE_WITH_TIMEOUT(desk.rows("deadTable"), 7, longWait);
    retryGroup(desk, 7);
    QTRY_COMPARE_WITH_TIMEOUT(desk.rows("deadTable"), 0, longWait);
    desk.open("navRuns");
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Completed"_s, 7);
    const auto stepsOfRun = stepsByRun(desk);
    QCOMPARE(stepsOfRun.size(), std::size_t(7));
    for (const auto &[run, steps] : stepsOfRun)
        QCOMPARE(steps, (QByteArrayList{"load", "charge", "charge", "ship"}));
    checkCanary(retriesInLog(desk));
    checkPace(retriesInLog(desk), 7);
}

void TestWindowJourneys::doNotWait()
{
    Desk desk(true);
    desk.send(u"sample/sleep"_s, uR"({"seconds":172800})"_s);
    TRY_COUNT(desk, "runsTable", u"Function"_s, u"sleeper"_s, 1);
    desk.open("navWaiting");
    QTableView *waiting = desk.table("waitingTable");
    QTRY_COMPARE_WITH_TIMEOUT(desk.rows("waitingTable"), 1, longWait);
    clickCell(waiting, waiting->model()->index(0, 0));
    shoot(&desk.window(), u"journey_waiting"_s);
    desk.press(Qt::Key_K);
    QTRY_COMPARE_WITH_TIMEOUT(desk.rows("waitingTable"), 0, longWait);
    desk.open("navRuns");
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Completed"_s, 1);
}

/// The server goes in the middle of a step, with the call to the app in flight, and comes back.
void TestWindowJourneys::restart()
{
    Desk desk(false);
    desk.startShop();
    desk.send(u"shop/audit"_s, u"{}"_s);
    QTRY_COMPARE_WITH_TIMEOUT(desk.shopLog().size(), 2, longWait); // `compare` is under way
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Running"_s, 1);
    desk.choose("statusServer", u"Stop server"_s);
    QTRY_COMPARE_WITH_TIMEOUT(desk.backend().server().phase, api::ServerPhase::Stopped, longWait);
    TRY_SEEN(desk.words(&desk.window()), u"The server is stopped"_s);
    desk.letAuditGoOn();
    desk.choose("statusServer", u"Start server"_s);
    QTRY_COMPARE_WITH_TIMEOUT(desk.backend().server().phase, api::ServerPhase::Serving, longWait);
    TRY_SEEN(desk.words(&desk.window()),
             u"1 run was taken up again after the server was stopped in a call"_s);
    const auto shows = desk.window().findChildren<QPushButton *>();
    const auto show = std::find_if(shows.begin(), shows.end(), [](const QPushButton *each) {
        return each->text() == u"Show 1 run"_s && each->isVisible();
    });
    QVERIFY(show != shows.end());
    desk.click(*show);
    QTRY_COMPARE_WITH_TIMEOUT(child<QWidget>(&desk.window(), "runPanel")->isVisible(), true,
                              longWait);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Completed"_s, 1);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Running"_s, 0);
    QCOMPARE(stepsByRun(desk).begin()->second.count("count"), 1);
    // The call that was cut off stands in the run's timeline.
    selectRun(desk, u"Function"_s, u"audit"_s);
    desk.openTab("runTabs", u"Timeline"_s);
    const auto *timeline = child<TimelineView>(&desk.window(), "timelineView");
    const auto isInterrupted = [timeline] {
        const TimelineDataPtr &data = timeline->timeline().data();
        return data != nullptr
               && std::any_of(data->rows.begin(), data->rows.end(), [](const TimelineRow &row) {
                      return std::any_of(row.bars.begin(), row.bars.end(), [](const auto &bar) {
                          return bar.state == BarState::Interrupted;
                      });
                  });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isInterrupted(), longWait);
    // So does what was recovered.
    const std::vector<TimelineMark> &marks = timeline->timeline().data()->marks;
    QCOMPARE(marks.size(), std::size_t{1});
    QCOMPARE(marks[0].text, u"Recovered after a restart: 1 call made again, 1 step kept"_s);
    shoot(&desk.window(), u"journey_restart"_s);
}

/// What the data file knows is there although nothing of it changes, and people are where they
/// were.
void TestWindowJourneys::secondStart()
{
    Desk desk(true);
    const auto functions = [&desk] {
        desk.open("navFunctions");
        return child<QAbstractItemView>(&desk.window(), "functionsTree")->model()->rowCount();
    };
    QTRY_VERIFY_WITH_TIMEOUT(functions() > 0, longWait);
    const int before = functions();
    for (int i = 0; i < 2; ++i)
        desk.send(u"sample/poison"_s, uR"({"message":"hello"})"_s);
    desk.open("navRuns");
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Dead"_s, 2);
    desk.send(u"sample/repair"_s, u"{}"_s);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(desk, u"repair"_s), u"Completed"_s, longWait);
    desk.click(desk.table("runsTable")->viewport());
    desk.press(Qt::Key_Slash);
    QTest::keyClicks(QApplication::focusWidget(), u"state:dead"_s);
    desk.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(desk.rows("runsTable"), 2, longWait);
    selectRun(desk, u"State"_s, u"Dead"_s);
    desk.press(Qt::Key_Down); // not the one that a new window would choose
    const auto *runs = qobject_cast<ListTable *>(desk.table("runsTable"));
    QTRY_COMPARE(desk.window().currentView()->place().subject, runs->currentId());
    desk.openTab("inspectorTabs", u"Error"_s);
    desk.write(u"order/later"_s, uR"({"not":"sent"})"_s);
    desk.window().resize(1380, 940);
    QTRY_COMPARE(whatIsSeen(desk).size(), 7);
    const QStringList seen = whatIsSeen(desk);
    QVERIFY2(seen.contains(u"filter state:dead"_s) && seen.contains(u"tab Error"_s)
                 && seen.contains(u"window 1380 x 940"_s)
                 && seen.contains(uR"(data {"not":"sent"})"_s),
             qPrintable(seen.join(u'\n')));

    desk.startProgramAgain();
    QTRY_VERIFY2_WITH_TIMEOUT(
        whatIsSeen(desk) == seen,
        qPrintable(whatIsSeen(desk).join(u'\n') + u"\ninstead of\n"_s + seen.join(u'\n')),
        longWait);
    shoot(&desk.window(), u"journey_again"_s);
    QTRY_COMPARE_WITH_TIMEOUT(functions(), before, longWait);
}

/// One run is done and one in the middle of a call; afterwards the app goes on with an empty list.
void TestWindowJourneys::clearData()
{
    Desk desk(false);
    desk.startShop();
    desk.send(u"shop/order"_s, uR"({"id":"o_1"})"_s);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Completed"_s, 1);
    desk.send(u"shop/audit"_s, u"{}"_s);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Running"_s, 1);
    QTRY_COMPARE_WITH_TIMEOUT(desk.shopLog().size(), 5, longWait); // `compare` is under way
    const QString url = desk.url();
    const QString draft = child<QLineEdit>(&desk.window(), "composerName")->text();
    QVERIFY(!draft.isEmpty());

    const QPointer<MainWindow> old = &desk.window();
    desk.press(Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"clear data"_s);
    desk.press(Qt::Key_Return);
    QTRY_VERIFY(old->findChild<ClearDialog *>() != nullptr);
    auto *dialog = old->findChild<ClearDialog *>();
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    const auto *warning = child<QLabel>(dialog, "clearWarningText");
    QTRY_COMPARE(warning->text(), u"1 run is under way: it ends here, unfinished."_s);
    const auto *hint = child<QLabel>(dialog, "clearHistoryHint");
    TRY_SEEN(hint->text(), u"KiB). Apps and their functions stay"_s);
    shoot(dialog, u"journey_clear_dialog"_s);
    QTest::keyClicks(child<QLineEdit>(dialog, "clearName"), QFileInfo(desk.folder()).fileName());
    auto *go = child<QPushButton>(dialog, "clearGo");
    QVERIFY(go->isEnabled());
    QTest::mouseClick(go, Qt::LeftButton);

    QTRY_VERIFY_WITH_TIMEOUT(old.isNull(), longWait);
    QTRY_COMPARE_WITH_TIMEOUT(desk.backend().server().phase, api::ServerPhase::Serving, longWait);
    QCOMPARE(desk.url(), url); // where the app knows it
    TRY_SEEN(desk.words(&desk.window()), u"The old file is beside the new one: redrive.cleared-"_s);
    shoot(&desk.window(), u"journey_cleared"_s);
    const QStringList aside =
        QDir(desk.folder()).entryList({u"redrive.cleared-*.db"_s}, QDir::Files);
    QCOMPARE(aside.size(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(child<QLineEdit>(&desk.window(), "composerName")->text(), draft,
                              longWait);
    desk.open("navApps");
    TRY_COUNT(desk, "appsTable", u"App"_s, u"shop"_s, 1);
    desk.open("navRuns");
    QTRY_COMPARE_WITH_TIMEOUT(desk.rows("runsTable"), 0, longWait);
    desk.letAuditGoOn(); // its answer comes to a server that knows nothing of the run
    desk.send(u"shop/order"_s, uR"({"id":"o_2"})"_s);
    TRY_COUNT(desk, "runsTable", u"State"_s, u"Completed"_s, 1);
    QCOMPARE(desk.rows("runsTable"), 1);
    QCOMPARE(desk.count("runsTable", u"Function"_s, u"order"_s), 1);
}

UI_TEST_MAIN(TestWindowJourneys)

#include "tst_windowjourneys.moc"
