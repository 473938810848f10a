// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

class TestBulk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void restFollowsACompletedFirstOne();
    void failedFirstOneLeavesTheOthersAlone();
    void refusedOrCancelledFirstOneIsNoProof();
    void paceIsKept_data();
    void paceIsKept();
    void paceDoesNotCatchUpAfterAPause();
    void allAtOnceTakesFewRunsPerStep();
    void sameErrorStops_data();
    void sameErrorStops();
    void lastFailureEndsWithoutAStop();
    void whatCannotBeRetriedIsRefused();
    void eachLetterCountsOnce();
    void secondBulkFindsTheLettersRetrying();
    void cancelledRunsAreCounted();
    void stoppedByHand();
    void stopOfWhatDoesNotRun();
    void wrongPlansAreRefused_data();
    void wrongPlansAreRefused();
    void windowIsTold();
    void timelineSaysWhoRetried();
    void stoppingServerStartsNothing();
    void thousandLettersSurviveACrash();
    void stoppedBulkSurvivesACrash();
};

namespace {

RunId deadRun(EngineFixture &engine, const QByteArray &message = "card declined")
{
    const RunId id = engine.start("orders");
    engine.answer(id, finally(failure(message)));
    return id;
}

std::vector<RunId> deadRuns(EngineFixture &engine, int count)
{
    engine.registerFunction("orders", {.retries = 0});
    std::vector<RunId> runs;
    for (int i = 0; i < count; ++i)
        runs.push_back(deadRun(engine));
    return runs;
}

BulkPlan planOf(std::vector<RunId> runs)
{
    return {.title = "all",
            .runs = std::move(runs),
            .triesOneFirst = false,
            .perSecond = 0,
            .stopAfterSame = 0};
}

} // namespace

void TestBulk::restFollowsACompletedFirstOne()
{
    EngineFixture engine;
    const std::vector<RunId> runs = deadRuns(engine, 5);
    engine.advance(1h);
    const BulkId id = engine.startBulk({.runs = runs, .perSecond = 5});
    QCOMPARE(engine.bulk(id), "running waiting 5"_ba);
    engine.advance(10min);
    QCOMPARE(engine.bulk(id), "running waiting 4 retrying 1"_ba);
    QCOMPARE(engine.openCalls().size(), 1U);
    QCOMPARE(engine.openCalls()[0].run, runs[0]);
    QVERIFY(!engine.wakeAt());

    engine.answer(runs[0], result());
    QCOMPARE(engine.wakeAt(), std::optional(engine.now()));
    engine.advance(0ms);
    QCOMPARE(engine.bulk(id), "running waiting 3 retrying 1 completed 1"_ba);
    engine.advance(600ms);
    QCOMPARE(engine.bulk(id), "running retrying 4 completed 1"_ba);
    for (std::size_t i = 1; i < runs.size(); ++i)
        engine.answer(runs[i], i == 2 ? failure("other") : result());
    QCOMPARE(engine.bulk(id), "done completed 4 failed 1, ended"_ba);
    QCOMPARE(engine.bulkItems(id), "completed completed failed_again completed completed"_ba);
    QVERIFY(engine.state().bulks.empty());
    QVERIFY(engine.letter(runs[0]).startsWith("resolved"));
    QVERIFY(engine.letter(runs[2]).startsWith("open"));
}

void TestBulk::failedFirstOneLeavesTheOthersAlone()
{
    EngineFixture engine;
    const std::vector<RunId> runs = deadRuns(engine, 3);
    const BulkId id = engine.startBulk({.runs = runs});
    engine.advance(0ms);
    engine.answer(runs[0], failure("card declined"));
    QCOMPARE(engine.bulk(id), "stopped_by_errors waiting 2 failed 1 same 1, ended"_ba);
    engine.advance(1h);
    QVERIFY(engine.openCalls().empty());
    QCOMPARE(engine.letter(runs[1]), "open attempts_exhausted cycle 0"_ba);
    QCOMPARE(engine.run(runs[1]).cycle, 0);
}

void TestBulk::refusedOrCancelledFirstOneIsNoProof()
{
    EngineFixture engine;
    const std::vector<RunId> runs = deadRuns(engine, 5);
    engine.obey(DiscardLetter{runs[0], "no"});
    const BulkId id = engine.startBulk({.runs = runs});
    engine.advance(0ms);
    QCOMPARE(engine.bulkItems(id), "refused retrying waiting waiting waiting"_ba);
    engine.obey(CancelRun{runs[1]});
    engine.advance(1h);
    QCOMPARE(engine.bulkItems(id), "refused cancelled retrying waiting waiting"_ba);
    engine.answer(runs[2], result());
    engine.advance(1s);
    QCOMPARE(engine.bulkItems(id), "refused cancelled completed retrying retrying"_ba);
}

void TestBulk::paceIsKept_data()
{
    QTest::addColumn<int>("perSecond");
    QTest::addColumn<int>("afterMs");
    QTest::addColumn<int>("started");
    QTest::newRow("at once") << 5 << 0 << 1;
    QTest::newRow("not too early") << 5 << 199 << 1;
    QTest::newRow("second") << 5 << 200 << 2;
    QTest::newRow("a second") << 5 << 1000 << 6;
    QTest::newRow("uneven") << 3 << 1000 << 4;
    QTest::newRow("default") << 50 << 100 << 6;
    QTest::newRow("fast") << 1000 << 9 << 10;
    QTest::newRow("once a second") << 1 << 999 << 1;
}

void TestBulk::paceIsKept()
{
    QFETCH(const int, perSecond);
    QFETCH(const int, afterMs);
    QFETCH(const int, started);
    EngineFixture engine;
    BulkPlan plan = planOf(deadRuns(engine, 12));
    plan.perSecond = perSecond;
    engine.startBulk(plan);
    engine.advance(std::chrono::milliseconds(afterMs));
    QCOMPARE(engine.openCalls().size(), static_cast<std::size_t>(started));
}

void TestBulk::paceDoesNotCatchUpAfterAPause()
{
    EngineFixture engine;
    BulkPlan plan = planOf(deadRuns(engine, 60));
    plan.perSecond = 50;
    engine.startBulk(plan);
    engine.advance(0ms);
    engine.setClock(engine.now() + 1h); // the machine slept
    engine.step({devserver::engine::TimeReached{}});
    QCOMPARE(engine.openCalls().size(), 7U); // what 100 ms may have missed
    engine.setClock(engine.now() - 2h);      // and somebody set the clock
    engine.step({devserver::engine::TimeReached{}});
    QCOMPARE(engine.openCalls().size(), 8U);
    engine.advance(19ms);
    QCOMPARE(engine.openCalls().size(), 8U);
    engine.advance(1ms);
    QCOMPARE(engine.openCalls().size(), 9U);
}

void TestBulk::allAtOnceTakesFewRunsPerStep()
{
    EngineFixture engine;
    const BulkId id = engine.startBulk(planOf(deadRuns(engine, 120)));
    const std::size_t before = engine.commits();
    engine.advance(0ms);
    QCOMPARE(engine.commits(), before + 3);
    QCOMPARE(engine.bulk(id), "running retrying 120"_ba);
    QCOMPARE(engine.openCalls().size(), 120U);
}

void TestBulk::sameErrorStops_data()
{
    QTest::addColumn<int>("stopAfterSame");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("bulk");
    QTest::newRow("the same, twice") << 2 << "card declined"_ba
                                     << "stopped_by_errors waiting 3 failed 2 same 2, ended"_ba;
    QTest::newRow("the first") << 1 << "card declined"_ba
                               << "stopped_by_errors waiting 4 failed 1 same 1, ended"_ba;
    QTest::newRow("another error") << 2 << "no such card"_ba
                                   << "done failed 5, ended"_ba;
    QTest::newRow("never") << 0 << "card declined"_ba
                           << "done failed 5 same 5, ended"_ba;
}

void TestBulk::sameErrorStops()
{
    QFETCH(const int, stopAfterSame);
    QFETCH(const QByteArray, message);
    EngineFixture engine;
    BulkPlan plan = planOf(deadRuns(engine, 5));
    plan.perSecond = 5;
    plan.stopAfterSame = stopAfterSame;
    const BulkId id = engine.startBulk(plan);
    for (int i = 0; i < 5; ++i) {
        engine.advance(i == 0 ? 0ms : 200ms);
        for (const CallRequest &call : engine.openCalls())
            engine.answer(call, failure(message));
    }
    QTEST(engine.bulk(id), "bulk");
}

/// Nothing is left that a stop could spare.
void TestBulk::lastFailureEndsWithoutAStop()
{
    EngineFixture engine;
    const std::vector<RunId> runs = deadRuns(engine, 1);
    const BulkId id = engine.startBulk({.runs = runs});
    engine.advance(0ms);
    engine.answer(runs[0], failure("card declined"));
    QCOMPARE(engine.bulk(id), "done failed 1 same 1, ended"_ba);
}

void TestBulk::whatCannotBeRetriedIsRefused()
{
    EngineFixture engine;
    std::vector<RunId> runs = deadRuns(engine, 3);
    engine.obey(DiscardLetter{runs[0], "no"});
    engine.registerFunction("gone", {.retries = 0});
    const RunId gone = engine.start("gone");
    engine.answer(gone, failure());
    engine.unregisterFunction("gone");
    const RunId completed = engine.start("orders");
    engine.answer(completed, result());
    runs.insert(runs.end(), {gone, completed, RunId{Ulid{}}});
    engine.obey(RetryLetter{runs[1]});

    const BulkId id = engine.startBulk(planOf(runs));
    engine.advance(0ms);
    QCOMPARE(engine.bulkItems(id), "refused refused retrying refused refused refused"_ba);
    const auto &items = engine.disk().bulkItems.at(id);
    QCOMPARE(items.at(0).detail, "only an open dead letter can be retried: it is discarded"_ba);
    QCOMPARE(items.at(1).detail, "only an open dead letter can be retried: it is retrying"_ba);
    QCOMPARE(items.at(2).detail, ""_ba);
    QCOMPARE(items.at(3).detail, "the function of this run is not registered any more"_ba);
    QVERIFY(items.at(4).detail.startsWith("there is no dead letter "));
    QVERIFY(items.at(5).detail.startsWith("there is no dead letter "));
    engine.answer(runs[2], result());
    QCOMPARE(engine.bulk(id), "done completed 1 refused 5, ended"_ba);
}

void TestBulk::eachLetterCountsOnce()
{
    EngineFixture engine;
    const std::vector<RunId> runs = deadRuns(engine, 2);
    const BulkId id = engine.startBulk(planOf({runs[0], runs[1], runs[0]}));
    QCOMPARE(engine.disk().bulks.at(id).total, 2);
    engine.advance(0ms);
    engine.answer(runs[0], failure());
    engine.answer(runs[1], failure());
    QCOMPARE(engine.bulk(id), "done failed 2, ended"_ba);
    QCOMPARE(engine.run(runs[0]).cycle, 1);
}

void TestBulk::secondBulkFindsTheLettersRetrying()
{
    EngineFixture engine;
    const std::vector<RunId> runs = deadRuns(engine, 2);
    const BulkId first = engine.startBulk(planOf(runs));
    const BulkId second = engine.startBulk(planOf(runs));
    engine.advance(0ms);
    QCOMPARE(engine.bulk(first), "running retrying 2"_ba);
    QCOMPARE(engine.bulk(second), "done refused 2, ended"_ba);
}

void TestBulk::cancelledRunsAreCounted()
{
    EngineFixture engine;
    const std::vector<RunId> runs = deadRuns(engine, 2);
    const BulkId id = engine.startBulk(planOf(runs));
    engine.advance(0ms);
    engine.obey(CancelRun{runs[0]});
    engine.answer(runs[1], result());
    QCOMPARE(engine.bulk(id), "done completed 1 refused 1, ended"_ba);
    QCOMPARE(engine.bulkItems(id), "cancelled completed"_ba);
}

void TestBulk::stoppedByHand()
{
    EngineFixture engine;
    const std::vector<RunId> runs = deadRuns(engine, 4);
    BulkPlan plan = planOf(runs);
    plan.perSecond = 5;
    const BulkId id = engine.startBulk(plan);
    engine.advance(200ms);
    QCOMPARE(engine.obey(StopBulk{id}), "done"_ba);
    QCOMPARE(engine.bulk(id), "stopped waiting 2 retrying 2"_ba);
    engine.advance(1h);
    QCOMPARE(engine.openCalls().size(), 2U);
    engine.answer(runs[0], result());
    engine.answer(runs[1], failure("card declined"));
    QCOMPARE(engine.bulk(id), "stopped waiting 2 completed 1 failed 1 same 1, ended"_ba);
    QVERIFY(engine.letter(runs[3]).startsWith("open"));
    QCOMPARE(engine.obey(RetryLetter{runs[3]}), "done"_ba);
}

void TestBulk::stopOfWhatDoesNotRun()
{
    EngineFixture engine;
    const std::vector<RunId> runs = deadRuns(engine, 1);
    QCOMPARE(engine.obey(StopBulk{BulkId{Ulid{}}}), "NotFound"_ba);
    const BulkId id = engine.startBulk(planOf(runs));
    engine.advance(0ms);
    engine.obey(StopBulk{id});
    QCOMPARE(engine.obey(StopBulk{id}), "Conflict"_ba);
    QCOMPARE(engine.refusal(), "only a running bulk retry can be stopped: it is stopped"_ba);
    engine.answer(runs[0], result());
    QCOMPARE(engine.obey(StopBulk{id}), "NotFound"_ba);
    QVERIFY(engine.refusal().contains(id.toText()));
}

void TestBulk::wrongPlansAreRefused_data()
{
    QTest::addColumn<int>("letters");
    QTest::addColumn<int>("perSecond");
    QTest::addColumn<int>("stopAfterSame");
    QTest::newRow("no letters") << 0 << 5 << 3;
    QTest::newRow("negative pace") << 1 << -1 << 3;
    QTest::newRow("too fast") << 1 << 1001 << 3;
    QTest::newRow("negative stop") << 1 << 5 << -1;
}

void TestBulk::wrongPlansAreRefused()
{
    QFETCH(const int, letters);
    QFETCH(const int, perSecond);
    QFETCH(const int, stopAfterSame);
    EngineFixture engine;
    const BulkPlan plan{
        .runs = deadRuns(engine, letters), .perSecond = perSecond, .stopAfterSame = stopAfterSame};
    QCOMPARE(engine.obey(StartBulk{plan}), "InvalidInput"_ba);
    QVERIFY(engine.disk().bulks.empty());
    QVERIFY(!engine.wakeAt());
}

void TestBulk::windowIsTold()
{
    EngineFixture engine;
    const std::vector<RunId> runs = deadRuns(engine, 1);
    engine.startBulk(planOf(runs));
    engine.advance(0ms);
    const auto outcome = engine.answer(runs[0], result());
    std::vector<Bulk> told;
    for (const Change &change : outcome.changes) {
        if (const auto *bulk = std::get_if<BulkChanged>(&change))
            told.push_back(bulk->bulk);
    }
    QCOMPARE(told.size(), 1U);
    QCOMPARE(told[0].state, BulkState::Done);
    QCOMPARE(told[0].title, "all"_ba);
    QCOMPARE(told[0].endedAt, std::optional(engine.now()));
}

void TestBulk::timelineSaysWhoRetried()
{
    EngineFixture engine;
    const std::vector<RunId> runs = deadRuns(engine, 1);
    const BulkId id = engine.startBulk(planOf(runs));
    engine.advance(0ms);
    bool isSaid = false;
    for (const TimelineRecord &record : engine.disk().timelines.at(runs[0])) {
        if (record.type == TimelineType::RunResumed)
            isSaid = record.payload.bytes().contains(QByteArray("\"bulk_id\":\"" + id.toText()));
    }
    QVERIFY(isSaid);
}

void TestBulk::stoppingServerStartsNothing()
{
    EngineFixture engine;
    const BulkId id = engine.startBulk(planOf(deadRuns(engine, 2)));
    engine.step({devserver::engine::Stopping{}});
    QVERIFY(!engine.wakeAt());
    QCOMPARE(engine.bulk(id), "running waiting 2"_ba);
    engine.crash(1h);
    engine.advance(0ms);
    QCOMPARE(engine.bulk(id), "running retrying 2"_ba);
}

void TestBulk::thousandLettersSurviveACrash() // 9.5
{
    EngineFixture engine;
    const std::vector<RunId> runs = deadRuns(engine, 1000);
    BulkPlan plan = planOf(runs);
    plan.triesOneFirst = true;
    plan.perSecond = 50;
    const BulkId id = engine.startBulk(plan);
    engine.advance(0ms);
    engine.answer(runs[0], result());
    engine.advance(10s);
    for (std::size_t i = 1; i < 400; ++i)
        engine.answer(runs[i], i % 10 == 0 ? failure("card declined") : result());
    QCOMPARE(engine.bulk(id),
             "running waiting 498 retrying 102 completed 361 failed 39 same 39"_ba);

    engine.crash(engine.commits() - 5, 1min); // and five answers did not reach the disk
    QVERIFY(engine.openCalls().size() <= 1U);
    engine.advance(1s);
    for (int i = 0; i < 2000 && !engine.disk().bulks.at(id).endedAt; ++i) {
        for (const CallRequest &call : engine.openCalls())
            engine.answer(call, result());
        engine.advance(100ms);
    }
    QVERIFY(engine.bulk(id).startsWith("done completed 96"));
    QVERIFY(engine.bulk(id).endsWith(", ended"));
    for (const RunId &run : runs) {
        QCOMPARE(engine.run(run).cycle, 1);
        QCOMPARE(engine.timeline(run).count("run.resumed"), 1);
    }
}

void TestBulk::stoppedBulkSurvivesACrash()
{
    EngineFixture engine;
    const std::vector<RunId> runs = deadRuns(engine, 3);
    BulkPlan plan = planOf(runs);
    plan.perSecond = 1;
    const BulkId id = engine.startBulk(plan);
    engine.advance(0ms);
    engine.obey(StopBulk{id});
    engine.crash();
    engine.advance(1h);
    QCOMPARE(engine.bulk(id), "stopped waiting 2 retrying 1"_ba);
    engine.answer(runs[0], result());
    QCOMPARE(engine.bulk(id), "stopped waiting 2 completed 1, ended"_ba);
}

QTEST_GUILESS_MAIN(TestBulk)
#include "tst_bulk.moc"
