// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"
#include "tests/unit/engine/scenarios.h"

#include <QObject>
#include <QTest>

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
    void acknowledgedEventsStartOneRunEach();
    void stepInFlightIsDeliveredAgain();
    void sleepThatPassedWakesAtOnce();
    void sleepAndBackoffKeepTheirInstant();
    void memoWithoutFollowUpGoesOn();
    void finalisationIsOneUnit();
    void manyLiveRunsAllFinish();
    void engineThatDiesTenTimesCountsAsAnError();
    void interruptionsUseNoAttempt();
    void parkedRunsAreTriedAgain();
    void newIdsSortAfterOldOnes();
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

void TestCrash::acknowledgedEventsStartOneRunEach() // 10.1
{
    EngineFixture engine;
    engine.registerFunction("orders");
    for (int i = 0; i < 1000; ++i) {
        engine.send(EventDraft{.name = "orders", .id = "e" + QByteArray::number(i)});
        if (i % 3 == 0)
            engine.answer(engine.openCalls().front(), ops({op::run("a")}));
    }
    engine.crash();
    engine.advance(1s);
    QCOMPARE(engine.runsOf("orders").size(), 1000U);
    for (int i = 0; i < 1000; i += 100) // senders that got no answer send again
        engine.send(EventDraft{.name = "orders", .id = "e" + QByteArray::number(i)});
    QCOMPARE(engine.runsOf("orders").size(), 1000U);
    QCOMPARE(engine.openCalls().size(), 1000U);
}

void TestCrash::stepInFlightIsDeliveredAgain() // 10.2
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::run("a")}));
    engine.answer(id, ops({op::error("b")}));
    engine.advanceToNextCall();
    const CallRequest before = engine.openCall(id);
    QCOMPARE(before.attempt, 1);
    engine.crash(5s);
    QVERIFY(engine.openCalls().empty());
    QCOMPARE(engine.wakeAt(), std::optional(engine.now() + 1s));
    engine.advance(1s);
    const CallRequest again = engine.openCall(id);
    QCOMPARE(again.attempt, 1);
    QCOMPARE(again.memos.size(), 1U);
    QVERIFY(again.request != before.request);
    QVERIFY(again.generation > before.generation);
    QCOMPARE(engine.disk().attempts.at(again.request).delivery, 1);
    QCOMPARE(engine.attempts(id), "0:ok 0:retryable_error 1:interrupted 1:started"_ba);
}

void TestCrash::sleepThatPassedWakesAtOnce() // 10.3
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::sleep("nap", 1h)}));
    engine.crash(2h);
    QCOMPARE(engine.openCalls().size(), 1U);
    QCOMPARE(engine.memos(id), "nap=null"_ba);
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

void TestCrash::finalisationIsOneUnit() // 10.8
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    const std::size_t before = engine.commits();
    engine.answer(id, failure());
    QCOMPARE(engine.commits(), before + 1);
    engine.crash(before);
    QVERIFY(engine.events("inngest/function.failed").isEmpty());
    QCOMPARE(engine.letter(id), "none"_ba);
    engine.advance(1s);
    engine.answer(id, failure());
    engine.crash();
    engine.advance(1h);
    QCOMPARE(engine.events("inngest/function.failed"), QByteArrayList{id.toText()});
    QCOMPARE(engine.status(id), "Failed"_ba);
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

void TestCrash::newIdsSortAfterOldOnes() // 10.11
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId before = engine.start("orders");
    engine.crash(-1h); // the clock was set back meanwhile
    const RunId after = engine.start("orders");
    QVERIFY(before < after);
    engine.answer(after, result());
    QCOMPARE(engine.status(after), "Completed"_ba);
}

QTEST_GUILESS_MAIN(TestCrash)
#include "tst_crash.moc"
