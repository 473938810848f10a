// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"

#include <QObject>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

class TestParallel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void groupDiscoversOnceInVersionTwo();
    void everyCompletionDiscoversInVersionOne();
    void raceEndsWithTheFirst();
    void branchesAdvanceInOrder_data();
    void branchesAdvanceInOrder();
    void firstOfWaitsForAllWithoutRaceMode();
    void stepsOutsideGroupsRunOnce();
    void planIsForcedUntilTheGroupIsDone();
    void groupThatLosesAMemberGoesOn();
    void mixedGroupOfRunAndPlan();
    void twoFailingStepsInOneAnswer();
    void limitOfCallsPerApp();
};

/// Names of the steps in the order in which they were called; `-` is a discovery.
QByteArray called(const EngineFixture &engine, RunId id)
{
    QByteArrayList steps;
    for (const CallRequest &call : engine.calls()) {
        if (call.run == id)
            steps.push_back(call.step.isEmpty() ? "-"_ba : call.step);
    }
    return steps.join(' ');
}

void TestParallel::groupDiscoversOnceInVersionTwo() // 5.15
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::planned("a"), op::planned("b"), op::planned("c")}));
    QCOMPARE(engine.run(id).pending, (std::vector<StepId>{"a", "b", "c"}));
    for (const char *step : {"a", "b", "c"}) {
        QVERIFY(engine.openCall(id, step).forceStepPlan);
        QCOMPARE(engine.openCall(id, step).attempt, 0);
    }
    engine.answerStep(id, "b", ops({op::run("b")}));
    engine.answerStep(id, "a", ops({op::run("a")}));
    QCOMPARE(engine.openCalls().size(), 1U);
    engine.answerStep(id, "c", ops({op::run("c")}));
    QCOMPARE(called(engine, id), "- a b c -"_ba);
    QVERIFY(engine.run(id).pending.empty());
    QVERIFY(!engine.openCall(id).forceStepPlan);
    QCOMPARE(engine.openCall(id).memos.size(), 3U);
}

void TestParallel::everyCompletionDiscoversInVersionOne()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::planned("a"), op::planned("b")}, 1));
    QVERIFY(engine.run(id).pending.empty());
    engine.answerStep(id, "a", ops({op::run("a")}, 1));
    QCOMPARE(called(engine, id), "- a b -"_ba);
    QVERIFY(engine.calls().back().forceStepPlan);
    // v1 SDKs plan what is unfinished again; it runs once.
    engine.answer(engine.calls().back(), ops({op::planned("b")}, 1));
    QCOMPARE(called(engine, id), "- a b -"_ba);
    engine.answerStep(id, "b", ops({op::run("b")}, 1));
    QCOMPARE(called(engine, id), "- a b - -"_ba);
    engine.answer(id, ops({op::planned("after")}, 1));
    engine.answerStep(id, "after", ops({op::run("after")}, 1));
    QVERIFY(engine.openCall(id).forceStepPlan); // to the end of the run
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestParallel::raceEndsWithTheFirst() // 5.16
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::race(op::planned("fast")), op::race(op::planned("slow"))}));
    const CallRequest slow = engine.openCall(id, "slow");
    engine.answerStep(id, "fast", ops({op::race(op::run("fast"))}));
    engine.answer(engine.calls().back(), result("\"fast\""));
    QCOMPARE(engine.status(id), "Completed"_ba);
    engine.answer(slow, ops({op::race(op::run("slow"))}));
    QCOMPARE(engine.memos(id), R"(fast={"data":1})"_ba);
    QCOMPARE(engine.disk().attempts.at(slow.request).outcome, AttemptOutcome::Discarded);
}

void TestParallel::branchesAdvanceInOrder_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<bool>("isRace");
    QTest::addColumn<QByteArray>("order");
    QTest::addRow("5.17 wait mode: lock-step") << 2 << false << "a1 b1 a2 b2"_ba;
    QTest::addRow("5.18 race mode") << 2 << true << "a1 a2 b1 b2"_ba;
    QTest::addRow("5.18 version 1") << 1 << false << "a1 a2 b1 b2"_ba;
}

/// Two branches, a1 -> a2 and b1 -> b2, as an SDK reports them.
CallAnswer twoBranches(const CallRequest &call, int version, bool isRace)
{
    const auto has = [&](const char *step) {
        return std::any_of(call.memos.begin(), call.memos.end(),
                           [&](const MemoPtr &memo) { return memo->step == step; });
    };
    const auto mode = [&](StepOp op) { return isRace ? op::race(std::move(op)) : op; };
    if (!call.step.isEmpty())
        return ops({mode(op::run(call.step))}, version);
    if (has("a2") && has("b2"))
        return result();
    std::vector<StepOp> plans;
    for (const auto &[first, second] : {std::pair{"a1", "a2"}, std::pair{"b1", "b2"}}) {
        if (!has(second))
            plans.push_back(mode(op::planned(has(first) ? second : first)));
    }
    if (plans.size() == 1 && !call.forceStepPlan)
        return ops({mode(op::run(plans[0].id))}, version);
    return ops(plans, version);
}

void TestParallel::branchesAdvanceInOrder()
{
    QFETCH(const int, version);
    QFETCH(const bool, isRace);
    QFETCH(const QByteArray, order);
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    // Everything is fast but b1, which takes 2 s.
    for (int i = 0; i < 40 && engine.status(id) == "Running"; ++i) {
        std::vector<CallRequest> open = engine.openCalls();
        QVERIFY(!open.empty());
        std::stable_partition(open.begin(), open.end(),
                              [](const CallRequest &call) { return call.step != "b1"; });
        if (open.front().step == "b1")
            engine.advance(2s);
        engine.answer(open.front(), twoBranches(open.front(), version, isRace));
    }
    QCOMPARE(engine.status(id), "Completed"_ba);
    QByteArrayList done;
    for (const auto &[index, memo] : engine.disk().memos.at(id))
        done.push_back(memo->step);
    QCOMPARE(done.join(' '), order);
    for (const char *step : {"a1", "a2", "b1", "b2"})
        QCOMPARE(engine.attempts(id, step), "0:ok"_ba); // once each, whatever was planned twice
}

void TestParallel::firstOfWaitsForAllWithoutRaceMode() // 5.19, with sleeps
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::sleep("short", 1s), op::sleep("long", 10s)}));
    engine.advance(9s);
    QVERIFY(engine.openCalls().empty());
    QCOMPARE(engine.memos(id), "short=null"_ba);
    engine.advance(1s);
    QCOMPARE(engine.openCalls().size(), 1U);
    engine.answer(id, result());
    QCOMPARE(engine.calls().size(), 2U);
}

void TestParallel::stepsOutsideGroupsRunOnce() // semantics 5.9, rejoining
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::race(op::planned("a")), op::race(op::planned("b"))}));
    engine.answerStep(id, "a", ops({op::race(op::run("a"))}));
    const CallRequest first = engine.calls().back();
    engine.answerStep(id, "b", ops({op::race(op::run("b"))}));
    const CallRequest second = engine.calls().back();
    QVERIFY(first.request != second.request);
    // Two discoveries at once: neither may run the step that comes next, both may plan it.
    QVERIFY(first.forceStepPlan);
    QVERIFY(second.forceStepPlan);
    engine.answer(first, ops({op::planned("after")}));
    engine.answer(second, ops({op::planned("after")}));
    QCOMPARE(called(engine, id).count("after"), 1);
    engine.answerStep(id, "after", ops({op::run("after")}));
    QVERIFY(!engine.openCall(id).forceStepPlan);
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestParallel::planIsForcedUntilTheGroupIsDone()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    QVERIFY(!engine.openCall(id).forceStepPlan);
    engine.answer(id, ops({op::planned("a"), op::sleep("nap", 1h)}));
    QVERIFY(engine.openCall(id, "a").forceStepPlan);
    engine.answerStep(id, "a", ops({op::error("a")}));
    engine.advanceToNextCall();
    QVERIFY(engine.openCall(id, "a").forceStepPlan); // a retry is still of the group
    QCOMPARE(engine.run(id).pending, (std::vector<StepId>{"a", "nap"}));
    engine.answerStep(id, "a", ops({op::run("a")}));
    QCOMPARE(engine.run(id).pending, (std::vector<StepId>{"nap"}));
    engine.advance(1h);
    QVERIFY(!engine.openCall(id).forceStepPlan);
}

void TestParallel::groupThatLosesAMemberGoesOn()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::planned("a"), op::planned("b")}));
    engine.answerStep(id, "a", ops({op::run("a")}));
    engine.answerStep(id, "b", ops({})); // the code changed: b is not there any more
    engine.answer(id, ops({op::run("c")}));
    QCOMPARE(engine.openCalls().size(), 1U);
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);

    const RunId sleeper = engine.start("orders");
    engine.answer(sleeper, ops({op::planned("a"), op::sleep("nap", 1s)}));
    engine.answerStep(sleeper, "a", ops({}));
    engine.advance(1s);
    QCOMPARE(engine.openCalls().size(), 1U);
}

void TestParallel::mixedGroupOfRunAndPlan()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::run("a"), op::planned("b"), op::sleep("nap", 1s)}));
    QCOMPARE(called(engine, id), "- b"_ba);
    engine.answerStep(id, "b", ops({op::run("b")}));
    QVERIFY(engine.openCalls().empty());
    engine.advance(1s);
    QCOMPARE(called(engine, id), "- b -"_ba);
    QCOMPARE(engine.openCall(id).memos.size(), 3U);
}

void TestParallel::twoFailingStepsInOneAnswer()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 1});
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::error("a"), op::error("b")}));
    QCOMPARE(engine.memos(id), ""_ba); // each of them has an attempt left
    engine.advanceToNextCall();
    engine.answer(id, ops({op::run("a"), op::run("b")}));
    QCOMPARE(engine.memos(id), R"(a={"data":1} b={"data":1})"_ba);
}

void TestParallel::limitOfCallsPerApp()
{
    EngineFixture engine({.retryInterval = {}, .maxCallsPerApp = 2});
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::planned("a"), op::planned("b"), op::planned("c")}));
    QCOMPARE(called(engine, id), "- a b"_ba);
    engine.answerStep(id, "a", ops({op::run("a")}));
    QCOMPARE(called(engine, id), "- a b c"_ba);
}

QTEST_GUILESS_MAIN(TestParallel)
#include "tst_parallel.moc"
