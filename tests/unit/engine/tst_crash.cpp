// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"
#include "tests/unit/engine/scenarios.h"

#include <QObject>
#include <QTest>

#include <set>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

class TestCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCommitOfAScenario_data();
    void everyCommitOfAScenario();
    void everyPairOfCommitsOfAScenario_data();
    void everyPairOfCommitsOfAScenario();
    void acknowledgedEventsStartOneRunEach_data();
    void acknowledgedEventsStartOneRunEach();
    void sleepAndBackoffKeepTheirInstant();
    void memoWithoutFollowUpGoesOn();
    void manyLiveRunsAllFinish();
    void engineThatDiesTenTimesCountsAsAnError();
    void interruptionsUseNoAttempt();
    void parkedRunsAreTriedAgain();
    void idsSortAfterOldOnesWhenTheClockGoesBack_data();
    void idsSortAfterOldOnesWhenTheClockGoesBack();
};

void TestCrash::everyCommitOfAScenario_data()
{
    QTest::addColumn<int>("number");
    for (std::size_t i = 0; i < scenarios().size(); ++i)
        QTest::addRow("%s", scenarios()[i].name) << static_cast<int>(i);
}

void TestCrash::everyCommitOfAScenario()
{
    QFETCH(const int, number);
    const Scenario &scenario = scenarios()[static_cast<std::size_t>(number)];
    EngineFixture calm(scenario.options);
    Player reference(calm, scenario);
    reference.play();
    const QByteArray expected = reference.summary();
    QVERIFY(expected.contains("orders "));
    QVERIFY(expected.endsWith("0 jobs left\n"));

    const std::size_t commits = calm.commits();
    QVERIFY(commits > reference.firstCommit());
    for (const std::chrono::milliseconds downtime : {0ms, 7'200'000ms}) {
        for (std::size_t kept = reference.firstCommit(); kept <= commits; ++kept) {
            EngineFixture engine(scenario.options);
            Player player(engine, scenario);
            player.play();
            player.crashAndPlay(kept, downtime);
            if (QTest::currentTestFailed())
                qWarning("after a crash with %zu of %zu commits", kept, commits);
            QCOMPARE(player.summary(), expected);
        }
    }
}

void TestCrash::everyPairOfCommitsOfAScenario_data()
{
    everyCommitOfAScenario_data();
}

/// A second crash while the first is still being repaired.
void TestCrash::everyPairOfCommitsOfAScenario()
{
    QFETCH(const int, number);
    const Scenario &scenario = scenarios()[static_cast<std::size_t>(number)];
    EngineFixture calm(scenario.options);
    Player reference(calm, scenario);
    reference.play();
    for (std::size_t first = reference.firstCommit(); first <= calm.commits(); ++first) {
        for (std::size_t more = 1; more <= 4; ++more) {
            EngineFixture engine(scenario.options);
            Player player(engine, scenario);
            player.play();
            player.crashAndPlay(first, 0ms);
            player.crashAndPlay(std::min(first + more, engine.commits()), 1s);
            QCOMPARE(player.summary(), reference.summary());
        }
    }
}

void TestCrash::acknowledgedEventsStartOneRunEach_data()
{
    QTest::addColumn<int>("acknowledged"); // when the server is killed
    QTest::addColumn<int>("stored");       // of those, and of the next ones
    QTest::newRow("10.1 killed after the first of 1000 events") << 10 << 10;
    QTest::newRow("10.1 killed in the middle") << 700 << 700;
    QTest::newRow("10.1 killed in the middle, an answer was lost") << 500 << 510;
    QTest::newRow("10.1 killed before the last answer") << 990 << 1000;
    QTest::newRow("10.1 killed after all") << 1000 << 1000;
}

/// The sender, who sends ten at a time, sends what was not acknowledged again.
void TestCrash::acknowledgedEventsStartOneRunEach()
{
    QFETCH(const int, acknowledged);
    QFETCH(const int, stored);
    EngineFixture engine;
    engine.registerFunction("orders");
    const auto send = [&](int from, int to) {
        for (int ten = from; ten < to; ten += 10) {
            std::vector<EventDraft> drafts;
            for (int i = ten; i < ten + 10; ++i)
                drafts.push_back({.name = "orders", .id = "e" + QByteArray::number(i)});
            for (EventDraft &draft : drafts)
                draft.data = draft.user = json("{}");
            engine.step({engine::EventsReceived{.token = 1, .drafts = drafts}});
            engine.answer(engine.openCalls().back(), ops({op::run("a")})); // one is ahead
        }
    };
    send(0, stored);
    engine.crash();
    engine.advance(1s);
    QCOMPARE(static_cast<int>(engine.runsOf("orders").size()), stored);
    send(acknowledged, 1000);
    std::set<QByteArray> keys;
    for (const RunId &id : engine.runsOf("orders"))
        keys.insert(engine.run(id).scheduleKey);
    QCOMPARE(keys.size(), 1000U); // each event has a run
    QCOMPARE(engine.runsOf("orders").size(), 1000U);
    QCOMPARE(engine.openCalls().size(), 1000U);
}

void TestCrash::sleepAndBackoffKeepTheirInstant()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId sleeper = engine.start("orders");
    engine.answer(sleeper, ops({op::sleep("nap", 1h)}));
    engine.crash(10min);
    QCOMPARE(engine.wakeAt(), std::optional(startTime + 1h));
    const RunId failing = engine.start("orders");
    engine.answer(failing, failure());
    const TimePoint next = engine.wakeAt().value();
    engine.crash(5s);
    QCOMPARE(engine.wakeAt(), std::optional(next));
    engine.advanceToNextCall();
    QCOMPARE(engine.now(), next);
    QCOMPARE(engine.openCall(failing).attempt, 1);
}

void TestCrash::memoWithoutFollowUpGoesOn() // 5.24
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::run("a")}));
    // Never written by us, but a store that lost the job must not leave the run without work.
    engine.crashWithout(engine.openCall(id).job);
    QVERIFY(engine.timeline(id).contains("run.recovered"));
    QCOMPARE(engine.openCall(id).memos.size(), 1U);
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestCrash::manyLiveRunsAllFinish() // 13.1
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const auto app = [](const CallRequest &call) {
        if (call.memos.empty())
            return ops({op::sleep("nap", 10s)});
        return call.memos.size() == 1 && call.attempt == 0 ? ops({op::error("a")}) : result();
    };
    for (int i = 0; i < 200; ++i) {
        engine.send("orders");
        if (i % 4 != 0)
            engine.answer(engine.openCalls().back(), app(engine.openCalls().back()));
        if (i % 50 == 0)
            engine.advance(10s);
    }
    engine.crash(1s);
    for (int i = 0; i < 2000 && !engine.state().runs.empty(); ++i) {
        engine.advanceToNextCall();
        for (const CallRequest &call : engine.openCalls())
            engine.answer(call, app(call));
    }
    QCOMPARE(engine.runsOf("orders").size(), 200U);
    for (const RunId &id : engine.runsOf("orders"))
        QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestCrash::engineThatDiesTenTimesCountsAsAnError() // semantics 10.4
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 1});
    const RunId id = engine.start("orders");
    for (int i = 0; i < 9; ++i) {
        engine.crash();
        engine.advance(1s);
        QCOMPARE(engine.openCall(id).attempt, 0);
    }
    engine.crash();
    QCOMPARE(engine.disk().jobs.begin()->second.state, JobState::BackingOff);
    engine.advanceToNextCall();
    QCOMPARE(engine.openCall(id).attempt, 1);
    for (int i = 0; i < 10; ++i) {
        engine.crash();
        engine.advance(1s);
    }
    QCOMPARE(engine.status(id), "Failed"_ba);
    QVERIFY(engine.run(id).output.bytes().contains("worker lost"));
}

void TestCrash::interruptionsUseNoAttempt()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    for (int i = 0; i < 3; ++i) {
        engine.crash();
        engine.advance(1s);
    }
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
    QCOMPARE(engine.attempts(id), "0:interrupted 0:interrupted 0:interrupted 0:ok"_ba);
}

void TestCrash::parkedRunsAreTriedAgain()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    engine.answer(id, unreachable());
    engine.crash();
    QCOMPARE(engine.openCall(id).attempt, 0);
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestCrash::idsSortAfterOldOnesWhenTheClockGoesBack_data()
{
    QTest::addColumn<bool>("isKilled");
    QTest::newRow("10.11 clock set back while it runs") << false;
    QTest::newRow("10.11 clock set back while it was off") << true;
}

void TestCrash::idsSortAfterOldOnesWhenTheClockGoesBack()
{
    QFETCH(const bool, isKilled);
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId before = engine.start("orders");
    const EventId sentBefore = engine.run(before).events.front();
    const RequestId calledBefore = engine.openCall(before).request;
    if (isKilled)
        engine.crash(-1h);
    else
        engine.setClock(startTime - 1h);
    const RunId after = engine.start("orders");
    QVERIFY(before < after);
    QVERIFY(sentBefore < engine.run(after).events.front());
    QVERIFY(calledBefore < engine.openCall(after).request);
    // What is due is reckoned by the new clock, and what was under way goes on.
    engine.answer(after, ops({op::sleep("nap", 10s)}));
    engine.advance(10s);
    QCOMPARE(engine.memos(after), "nap=null"_ba);
    QCOMPARE(engine.now(), startTime - 1h + 10s);
    engine.advanceToNextCall();
    engine.answer(after, result());
    engine.answer(before, result());
    QCOMPARE(engine.status(after), "Completed"_ba);
    QCOMPARE(engine.status(before), "Completed"_ba);
    QCOMPARE(engine.runsOf("orders").size(), 2U);
}

QTEST_GUILESS_MAIN(TestCrash)
#include "tst_crash.moc"
