// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/ui/runstory.h"
#include "ui/core/englishplurals.h"
#include "ui/core/stepmodel.h"
#include "ui/core/timeaxis.h"
#include "ui/core/timelinedata.h"
#include "ui/core/timelinetext.h"

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <utility>

using namespace console;
using namespace console::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

TimelineDataPtr dataOf(const RunStory &story)
{
    return makeTimeline(story.record(), story.now());
}

const TimelineRow &rowOf(const TimelineDataPtr &data, const QByteArray &name)
{
    for (const TimelineRow &row : data->rows) {
        if (row.name == QString::fromUtf8(name))
            return row;
    }
    qFatal("no row %s", name.constData());
}

/// `WillRetry Backoff Succeeded`
QByteArray barsOf(const TimelineRow &row)
{
    QByteArrayList words;
    for (const TimelineBar &bar : row.bars)
        words.append(barWord(bar.state).toUtf8());
    return words.join(", ");
}

} // namespace

class TestTimelineData final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QCoreApplication::installTranslator(new EnglishPlurals(this)); }

    void stepsStandInOrderOfTheirStart();
    void attemptsOfAStepShareItsRow();
    void quietDiscoveryIsNoRow();
    void failureOfTheBodyIsARow();
    void aRetryMendsTheBody();
    void theBodyOfARetriedRunIsNotFailedYet();
    void stepsAreCountedWithoutTheBody();
    void breaksSayTheWholeWait();
    void sleepEnds_data();
    void sleepEnds();
    void parallelStepsFormAGroup();
    void plannedStepsThatWereNotReached();
    void retryKeepsFinishedSteps();
    void whatIsMadeAnewAtOnceIsNotKept();
    void attemptsAreThoseOfTheLastCycle();
    void aJobMadeAgainBelongsToItsCycle();
    void recoveredRunIsMarked_data();
    void recoveredRunIsMarked();
    void appOfflineIsAWait();
    void runningStepIsOpen();
    void cancelledRunCutsWhatIsOpen();
    void whatWasTriedAgainKeepsItsErrorWhenItIsCancelled();
    void ticksWhenACountdownReadsOtherwise();
    void takenOverStepsAreKept();
    void activeTimeLeavesOutWaits();
    void stepModelChangesWithoutReset();
};

void TestTimelineData::stepsStandInOrderOfTheirStart()
{
    RunStory story;
    const auto data =
        dataOf(story.pass(5ms).start().step("load", 800ms).step("charge", 90ms).complete());
    QCOMPARE(data->rows.size(), std::size_t{3});
    QCOMPARE(data->rows[0].kind, RowKind::Run);
    QCOMPARE(data->rows[1].name, u"load"_s);
    QCOMPARE(data->rows[2].name, u"charge"_s);
    QCOMPARE(data->rows[2].state, BarState::Succeeded);
    QCOMPARE(*data->rows[1].startedAt - data->start, 5ms);
    QCOMPARE(*data->rows[1].endedAt - *data->rows[1].startedAt, 800ms);
    QVERIFY(!data->isLive);
}

void TestTimelineData::attemptsOfAStepShareItsRow()
{
    RunStory story;
    story.start().failAttempt("charge", 100ms, 1s).pass(1s).failAttempt("charge", 100ms, 2s);
    story.pass(2s).step("charge", 50ms).complete();
    const auto data = dataOf(story);
    QCOMPARE(data->rows.size(), std::size_t{2});
    const TimelineRow &row = rowOf(data, "charge");
    QCOMPARE(barsOf(row), "Failed (will retry), Waiting · backoff, Failed (will retry), "
                          "Waiting · backoff, Succeeded"_ba);
    QCOMPARE(row.attempts, 3);
    QCOMPARE(row.maxAttempts, 5);
    QCOMPARE(row.state, BarState::Succeeded);
    QCOMPARE(row.bars[1].end(data->end) - row.bars[1].from, 1s);
    QVERIFY(row.error.startsWith(u"TimeoutError: "_s));
}

void TestTimelineData::quietDiscoveryIsNoRow()
{
    RunStory story;
    const auto data = dataOf(story.start().step("load", 10ms).complete());
    QCOMPARE(data->indexOf({}, RowKind::Body), -1);
    RunStory without; // nothing else is there to show
    const auto alone = dataOf(without.start().complete());
    QCOMPARE(alone->indexOf({}, RowKind::Body), 1);
}

void TestTimelineData::failureOfTheBodyIsARow()
{
    RunStory story;
    auto record = story.start().step("load", 10ms).complete().record();
    record.attempts.back().outcome = devserver::AttemptOutcome::FinalError;
    const auto data = makeTimeline(record, story.now());
    QCOMPARE(data->indexOf({}, RowKind::Body), 2);
    QCOMPARE(data->rows[2].state, BarState::Failed);
}

namespace {

/// In the first cycle the code behind the step threw its error on.
RunStory &retriedOnce(RunStory &story)
{
    story.start().step("load", 10ms).failForGood("charge", 20ms).failBody(3ms).fail();
    return story.pass(1h).resume().step("charge", 15ms);
}

const TimelineRow &bodyOf(const TimelineDataPtr &data)
{
    return data->rows.at(static_cast<std::size_t>(data->indexOf({}, RowKind::Body)));
}

} // namespace

void TestTimelineData::aRetryMendsTheBody()
{
    RunStory story;
    const auto data = dataOf(retriedOnce(story).step("ship", 5ms).complete());
    QCOMPARE(barsOf(bodyOf(data)), "Failed, Succeeded"_ba);
    QCOMPARE(bodyOf(data).state, BarState::Succeeded);
    QCOMPARE(bodyOf(data).name, u"function body"_s);
}

void TestTimelineData::theBodyOfARetriedRunIsNotFailedYet()
{
    RunStory story;
    const auto data = dataOf(retriedOnce(story));
    QVERIFY(data->isLive);
    QCOMPARE(barsOf(bodyOf(data)), "Failed"_ba);
    QCOMPARE(bodyOf(data).state, BarState::NotReached);
    QVERIFY(!bodyOf(data).startedAt); // and nothing of it grows
}

void TestTimelineData::stepsAreCountedWithoutTheBody()
{
    RunStory story;
    const auto data = dataOf(retriedOnce(story).step("ship", 5ms).complete());
    QCOMPARE(data->stepCount(), 3);
    StepModel model;
    model.setTimeline(data);
    QByteArrayList numbers;
    for (int row = 0; row < model.rowCount(); ++row)
        numbers.append(model.index(row, StepModel::Number).data().toString().toUtf8());
    QCOMPARE(numbers.join(','), "1,2,,3"_ba); // load, charge, the code, ship
}

void TestTimelineData::breaksSayTheWholeWait()
{
    RunStory story;
    story.start().step("load", 9s).failAttempt("charge", 5s, 48'600ms).pass(48'600ms);
    const auto data = dataOf(story.step("charge", 9s).complete());
    const TimelineBar &wait = rowOf(data, "charge").bars[1];
    QCOMPARE(wait.state, BarState::Backoff);
    const TimeAxis axis = TimeAxis::squeezed(*data, 80'000, {});
    QVERIFY(axis.segments()[1].isBreak);
    QVERIFY(axis.segments()[1].length() < 48'600); // a little of it is drawn beside the break
    QCOMPARE(axis.segments()[1].idle,
             static_cast<double>((wait.end(data->end) - wait.from).count()));
}

void TestTimelineData::sleepEnds_data()
{
    QTest::addColumn<bool>("isByHand");
    QTest::addColumn<QByteArray>("bars");
    QTest::addRow("by itself") << false << "Succeeded"_ba;
    QTest::addRow("skipped by hand") << true << "Skipped"_ba;
}

void TestTimelineData::sleepEnds()
{
    QFETCH(bool, isByHand);
    QFETCH(QByteArray, bars);
    RunStory story;
    story.start().beginSleep("nap", 2h).pass(30min).endSleep("nap", isByHand).complete();
    const auto data = dataOf(story);
    const TimelineRow &row = rowOf(data, "nap");
    QCOMPARE(row.kind, RowKind::Sleep);
    QCOMPARE(barsOf(row), bars);
    QCOMPARE(row.bars[0].end(data->end) - row.bars[0].from, 30min);
    QVERIFY(row.bars[0].until.has_value());
}

void TestTimelineData::parallelStepsFormAGroup()
{
    RunStory story;
    const auto data =
        dataOf(story.start().parallel({"stock", "fraud"}, 40ms).step("ship", 5ms).complete());
    QCOMPARE(rowOf(data, "stock").group, 0);
    QCOMPARE(rowOf(data, "fraud").group, 0);
    QCOMPARE(rowOf(data, "ship").group, -1);
}

void TestTimelineData::plannedStepsThatWereNotReached()
{
    RunStory story;
    const auto data = dataOf(story.start().plan({"stock", "fraud"}).pass(1s).cancel());
    QCOMPARE(rowOf(data, "fraud").state, BarState::NotReached);
    QCOMPARE(barsOf(rowOf(data, "fraud")), "Not reached"_ba);
    RunStory live;
    QCOMPARE(rowOf(dataOf(live.start().plan({"stock", "fraud"})), "stock").state, BarState::Queued);
}

void TestTimelineData::retryKeepsFinishedSteps()
{
    RunStory story;
    story.start().step("load", 10ms).failForGood("charge", 20ms).fail().pass(1h).resume();
    story.step("charge", 15ms).complete();
    const auto data = dataOf(story);
    QVERIFY(rowOf(data, "load").isKept);
    QCOMPARE(barsOf(rowOf(data, "load")), "Succeeded, Kept"_ba);
    QVERIFY(!rowOf(data, "charge").isKept);
    QCOMPARE(barsOf(rowOf(data, "charge")), "Failed, Succeeded"_ba);
    QCOMPARE(rowOf(data, "charge").state, BarState::Succeeded);
    QCOMPARE(data->marks.size(), std::size_t{1});
    QCOMPARE(data->marks[0].kind, TimelineMark::Kind::Resumed);
    QCOMPARE(barsOf(data->rows[0]), "Queued, Failed, Succeeded"_ba);
}

void TestTimelineData::attemptsAreThoseOfTheLastCycle()
{
    RunStory story;
    story.start().failAttempt("charge", 100ms, 1s).pass(1s).failForGood("charge", 20ms).fail();
    story.pass(1h).resume().step("charge", 15ms).complete();
    const auto data = dataOf(story);
    const TimelineRow &row = rowOf(data, "charge");
    QCOMPARE(row.attempts, 1);
    QCOMPARE(row.attemptsBefore, 2);
    QCOMPARE(triesWords(row), u"attempt 1 of 5 in this retry"_s);
    QCOMPARE(*row.endedAt - *row.startedAt, 15ms); // as the time beside it

    // Kept by another retry it was not this one.
    RunStory again;
    again.start().failForGood("charge", 20ms).fail().pass(1h).resume().step("charge", 15ms);
    again.failForGood("mail", 20ms).fail().pass(1h).resume();
    const auto later = dataOf(again);
    QVERIFY(rowOf(later, "charge").isKept);
    QCOMPARE(rowOf(later, "charge").attemptsBefore, 1);
    QCOMPARE(triesWords(rowOf(later, "charge")), u"attempt 1 of 5"_s);
    TimelineLayout layout;
    layout.setData(later);
    const int charge = layout.shownIndex(later->indexOf(RunStory::idOf("charge"), RowKind::Step));
    const std::pair<QString, QString> before(u"before that"_s, u"1 attempt"_s);
    const auto lines = cardFor(layout, charge, -1).lines;
    QVERIFY(std::find(lines.begin(), lines.end(), before) != lines.end());
}

void TestTimelineData::whatIsMadeAnewAtOnceIsNotKept()
{
    RunStory story;
    story.start().step("load", 10ms).failForGood("charge", 20ms).fail().pass(1h).resume();
    story.step("charge", 0ms).complete(); // in this process, within the millisecond of the retry
    const auto data = dataOf(story);
    QVERIFY(rowOf(data, "load").isKept);
    QVERIFY(!rowOf(data, "charge").isKept);
    QCOMPARE(barsOf(rowOf(data, "charge")), "Failed, Succeeded"_ba);
}

void TestTimelineData::aJobMadeAgainBelongsToItsCycle()
{
    RunStory story;
    story.start().failForGood("charge", 20ms).fail().pass(1h).resume();
    auto record = story.step("charge", 15ms).step("ship", 5ms).complete().record();
    // In the first cycle the job that finds `ship` now was the call in which the body failed.
    const auto ship =
        std::find_if(record.attempts.begin(), record.attempts.end(),
                     [](const devserver::Attempt &attempt) { return attempt.stepName == "ship"; });
    QVERIFY(ship != record.attempts.end());
    devserver::Attempt body = *ship;
    body.cycle = record.attempts.front().cycle;
    body.step.clear();
    body.stepName.clear();
    body.outcome = devserver::AttemptOutcome::FinalError;
    body.sentAt = record.attempts.front().sentAt + 30ms;
    body.finishedAt = body.sentAt + 1ms;
    record.attempts.insert(ship, body);
    const auto data = makeTimeline(record, story.now());
    QCOMPARE(barsOf(rowOf(data, "ship")), "Succeeded"_ba);
    const int row = data->indexOf({}, RowKind::Body);
    QVERIFY(row >= 0);
    QCOMPARE(data->rows[static_cast<std::size_t>(row)].bars.front().state, BarState::Failed);
}

void TestTimelineData::recoveredRunIsMarked_data()
{
    QTest::addColumn<QByteArray>("cause");
    QTest::addColumn<int>("calls");
    QTest::addColumn<int>("kept");
    QTest::addColumn<QString>("text");
    QTest::addRow("nothing was pending")
        << "restart"_ba << 0 << 0 << u"Recovered after a restart: it had no pending work"_s;
    QTest::addRow("one call") << "restart"_ba << 1 << 0
                              << u"Recovered after a restart: 1 call made again"_s;
    QTest::addRow("several calls, with steps")
        << "restart"_ba << 2 << 3
        << u"Recovered after a restart: 2 calls made again, 3 steps kept"_s;
    QTest::addRow("full disk")
        << "disk"_ba << 1 << 2
        << u"Recovered after the data file could not be written: 1 call made again, 2 steps kept"_s;
    QTest::addRow("full disk, nothing was pending")
        << "disk"_ba << 0 << 0
        << u"Recovered after the data file could not be written: it had no pending work"_s;
    QTest::addRow("old record") << QByteArray() << 1 << 0
                                << u"Recovered after a restart: 1 call made again"_s;
}

void TestTimelineData::recoveredRunIsMarked()
{
    QFETCH(QByteArray, cause);
    QFETCH(int, calls);
    QFETCH(int, kept);
    RunStory story;
    const auto data = dataOf(story.start().step("load", 10ms).recover(cause, calls, kept));
    QCOMPARE(data->marks.size(), std::size_t{1});
    QCOMPARE(data->marks[0].kind, TimelineMark::Kind::Recovered);
    QTEST(data->marks[0].text, "text");
}

void TestTimelineData::appOfflineIsAWait()
{
    RunStory story;
    story.start().step("load", 10ms).offline("charge").pass(30s);
    const auto waiting = dataOf(story);
    QCOMPARE(waiting->rows.back().kind, RowKind::Body);
    QCOMPARE(waiting->rows.back().state, BarState::Offline);
    QVERIFY(waiting->rows.back().bars.back().isOpen());
    const auto done = dataOf(story.step("charge", 5ms).complete());
    QCOMPARE(barsOf(rowOf(done, "charge")), "Waiting · for its app, Succeeded"_ba);
    QCOMPARE(rowOf(done, "charge").bars[0].end(done->end) - rowOf(done, "charge").bars[0].from,
             30s);
}

void TestTimelineData::runningStepIsOpen()
{
    RunStory story;
    const auto data = dataOf(story.start().plan({"stock"}).pass(20ms).sendStep("stock").pass(1s));
    const TimelineRow &row = rowOf(data, "stock");
    QCOMPARE(barsOf(row), "Queued, Running"_ba);
    QVERIFY(row.bars.back().isOpen());
    QVERIFY(data->isLive);
    QVERIFY(data->isExecuting);
}

void TestTimelineData::whatWasTriedAgainKeepsItsErrorWhenItIsCancelled()
{
    RunStory story;
    const auto data = dataOf(story.start().failAttempt("charge", 100ms, 12s).pass(5s).cancel());
    const TimelineRow &charge = rowOf(data, "charge");
    QCOMPARE(charge.state, BarState::Cancelled);
    QVERIFY(!charge.openError().isEmpty());
    RunStory mended;
    const auto other =
        dataOf(mended.start().failAttempt("charge", 100ms, 1s).pass(1s).step("charge", 10ms));
    QCOMPARE(rowOf(other, "charge").openError(), QString());
}

/// Not a second after any other moment: the same countdown stands in the list.
void TestTimelineData::ticksWhenACountdownReadsOtherwise()
{
    RunStory story;
    const auto data = dataOf(story.start().failAttempt("charge", 100ms, 12s));
    const devserver::TimePoint due = *rowOf(data, "charge").bars.back().until;
    QCOMPARE(timeUntilTick(*data, due - 11'600ms), 600ms);
    QCOMPARE(timeUntilTick(*data, due - 11s), 1s);
    RunStory idle;
    QCOMPARE(timeUntilTick(*dataOf(idle.start()), idle.now()), 1s);
}

void TestTimelineData::cancelledRunCutsWhatIsOpen()
{
    RunStory story;
    const auto data = dataOf(story.start().beginSleep("nap", 2h).pass(5s).cancel());
    const TimelineRow &row = rowOf(data, "nap");
    QCOMPARE(row.state, BarState::Cancelled);
    QCOMPARE(row.bars[0].end(data->end), data->end);
    QVERIFY(!row.bars[0].isOpen());
}

void TestTimelineData::takenOverStepsAreKept()
{
    RunStory story;
    auto record = story.start().step("charge", 10ms).complete().record();
    const std::vector<devserver::Memo> own = std::exchange(record.memos, {});
    record.memos.push_back({.step = "other", .name = "load", .at = record.run.queuedAt - 1h});
    record.memos.insert(record.memos.end(), own.begin(), own.end());
    const auto data = makeTimeline(record, story.now());
    QCOMPARE(data->rows[1].name, u"load"_s);
    QVERIFY(data->rows[1].isKept);
    QCOMPARE(barsOf(data->rows[1]), "Kept"_ba);
}

void TestTimelineData::activeTimeLeavesOutWaits()
{
    RunStory story;
    story.start().step("load", 100ms).beginSleep("nap", 1h).pass(1h).endSleep("nap");
    const auto data = dataOf(story.step("charge", 50ms).complete());
    QCOMPARE(data->activeTime(), 100ms + 2ms + 50ms + 2ms);
}

void TestTimelineData::stepModelChangesWithoutReset()
{
    StepModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    RunStory story;
    model.setTimeline(dataOf(story.start().step("load", 10ms).plan({"stock"})));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(1, StepModel::State).data().toString(), u"Queued"_s);
    model.setTimeline(dataOf(story.sendStep("stock").pass(1s)));
    QCOMPARE(model.index(1, StepModel::State).data().toString(), u"Running"_s);
    QCOMPARE(model.index(1, StepModel::Duration).data().toString(), u"1.0 s"_s);
    QCOMPARE(inserts.size(), 1);
    QCOMPARE(changes.size(), 1);
    RunStory other(2);
    model.setTimeline(dataOf(other.start().step("only", 10ms)));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, StepModel::Step).data().toString(), u"only"_s);
    QCOMPARE(resets.size(), 0);
}

QTEST_GUILESS_MAIN(TestTimelineData)
#include "tst_timelinedata.moc"
