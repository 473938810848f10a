// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

class TestFencing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answerAfterTheEndIsDiscarded_data();
    void answerAfterTheEndIsDiscarded();
    void doubledAnswerIsIgnored();
    void unknownAnswerIsIgnored();
    void answerWithAnotherJobIsIgnored();
    void cancelInEveryState_data();
    void cancelInEveryState();
    void firstOfTwoEndsInOneStepWins_data();
    void firstOfTwoEndsInOneStepWins();
    void nothingIsLeasedWhileStopping();
    void abortedCallIsDeliveredAgain();
};

void TestFencing::answerAfterTheEndIsDiscarded_data()
{
    QTest::addColumn<int>("kind");
    QTest::addRow("7.8 a step answer after the cancel") << 0;
    QTest::addRow("7.8 the final answer after the cancel") << 1;
    QTest::addRow("an error after the cancel") << 2;
    QTest::addRow("unreachable after the cancel") << 3;
}

CallAnswer lateAnswer(int kind)
{
    switch (kind) {
    case 0:
        return ops({op::run("a")});
    case 1:
        return result();
    case 2:
        return failure();
    default:
        return unreachable();
    }
}

void TestFencing::answerAfterTheEndIsDiscarded()
{
    QFETCH(const int, kind);
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    const CallRequest call = engine.openCall(id);
    engine.obey(CancelRun{id});
    const Run before = engine.run(id);
    QCOMPARE(engine.attempts(id), "0:discarded"_ba);
    QCOMPARE(engine.state().apps.at(engine.appId()).inFlight, 1); // its code still runs
    engine.setClock(startTime + 3s);
    engine.answer(call, lateAnswer(kind));
    QCOMPARE(engine.run(id), before);
    QCOMPARE(engine.memos(id), ""_ba);
    QCOMPARE(engine.attempts(id), "0:discarded"_ba);
    QCOMPARE(engine.disk().attempts.at(call.request).httpStatus, lateAnswer(kind).httpStatus);
    QCOMPARE(engine.state().apps.at(engine.appId()).inFlight, 0);
    QVERIFY(!engine.wakeAt());
}

void TestFencing::doubledAnswerIsIgnored()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    const CallRequest call = engine.openCall(id);
    engine.answer(call, ops({op::run("a", "1")}));
    const engine::Outcome second = engine.answer(call, ops({op::run("a", "2"), op::run("b")}));
    QVERIFY(second.writes.empty());
    QVERIFY(second.actions.empty());
    QCOMPARE(engine.memos(id), R"(a={"data":1})"_ba);
}

void TestFencing::unknownAnswerIsIgnored()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    const engine::Outcome outcome = engine.step({engine::CallFinished{
        .run = id, .job = engine.openCall(id).job, .request = {}, .answer = result()}});
    QVERIFY(outcome.writes.empty());
    QCOMPARE(engine.status(id), "Running"_ba);
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestFencing::answerWithAnotherJobIsIgnored()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    CallRequest call = engine.openCall(id);
    const JobId job = std::exchange(call.job, "nonsense");
    QVERIFY(engine.answer(call, result()).writes.empty());
    call.job = job;
    engine.answer(call, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestFencing::cancelInEveryState_data()
{
    QTest::addColumn<int>("state");
    QTest::addRow("queued for a future start") << 0;
    QTest::addRow("7.8 first call in flight") << 1;
    QTest::addRow("sleeping") << 2;
    QTest::addRow("7.8 backing off") << 3;
    QTest::addRow("app offline") << 4;
    QTest::addRow("parallel: in flight, backing off and asleep") << 5;
}

void bringInto(EngineFixture &engine, int state)
{
    EventDraft draft{.name = "orders"};
    if (state == 0)
        draft.ts = startTime + 1h;
    engine.send(draft);
    const RunId id = engine.runsOf("orders").front();
    if (state == 2)
        engine.answer(id, ops({op::sleep("nap", 1h)}));
    if (state == 3)
        engine.answer(id, failure());
    if (state == 4)
        engine.answer(id, unreachable());
    if (state == 5) {
        engine.answer(id, ops({op::planned("a"), op::planned("b"), op::sleep("c", 1h)}));
        engine.answerStep(id, "a", ops({op::error("a")}));
    }
}

void TestFencing::cancelInEveryState()
{
    QFETCH(const int, state);
    EngineFixture engine;
    engine.registerFunction("orders");
    bringInto(engine, state);
    const RunId id = engine.runsOf("orders").front();
    QCOMPARE(engine.obey(CancelRun{id}), "done"_ba);
    QCOMPARE(engine.status(id), "Cancelled"_ba);
    QVERIFY(engine.disk().jobs.empty());
    QVERIFY(!engine.wakeAt());
    QCOMPARE(engine.events("inngest/function.cancelled"), QByteArrayList{id.toText()});
    QVERIFY(engine.events("inngest/function.failed").isEmpty());
    QVERIFY(engine.timeline(id).endsWith("run.cancel_requested run.cancelled"));
    QCOMPARE(engine.letter(id), "none"_ba);
    QCOMPARE(engine.obey(CancelRun{id}), "done"_ba); // idempotent
    QCOMPARE(engine.events("inngest/function.cancelled").size(), 1);
}

void TestFencing::firstOfTwoEndsInOneStepWins_data()
{
    QTest::addColumn<bool>("isCancelFirst");
    QTest::addRow("cancel, then the final answer") << true;
    QTest::addRow("the final answer, then cancel") << false;
}

void TestFencing::firstOfTwoEndsInOneStepWins()
{
    QFETCH(const bool, isCancelFirst);
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    const CallRequest call = engine.openCall(id);
    std::vector<engine::Input> inputs;
    inputs.emplace_back(engine::CallFinished{
        .run = id, .job = call.job, .request = call.request, .answer = result()});
    inputs.emplace_back(engine::VerbRequested{.token = 7, .verb = CancelRun{id}});
    if (isCancelFirst)
        std::swap(inputs[0], inputs[1]);
    engine.step(inputs);
    QCOMPARE(engine.status(id), isCancelFirst ? "Cancelled"_ba : "Completed"_ba);
    QCOMPARE(std::holds_alternative<Error>(engine.lastReply().body), !isCancelFirst);
    QCOMPARE(engine.events("inngest/function.finished").size(), 1);
}

void TestFencing::nothingIsLeasedWhileStopping() // semantics 10.4
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.step({engine::Stopping{}});
    engine.answer(id, ops({op::run("a")})); // answers that come in time still count
    QCOMPARE(engine.memos(id), R"(a={"data":1})"_ba);
    engine.send("orders");
    QCOMPARE(engine.calls().size(), 1U);
    engine.crash();
    QCOMPARE(engine.openCalls().size(), 2U);
}

void TestFencing::abortedCallIsDeliveredAgain() // semantics 10.4
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    const CallRequest first = engine.openCall(id);
    engine.answer(first, aborted());
    engine.advance(1s);
    const CallRequest second = engine.openCall(id);
    QCOMPARE(second.attempt, 0);
    QVERIFY(second.request != first.request);
    QVERIFY(second.generation > first.generation);
    QCOMPARE(engine.disk().attempts.at(second.request).delivery, 1);
    QCOMPARE(engine.attempts(id), "0:interrupted 0:started"_ba);
}

QTEST_GUILESS_MAIN(TestFencing)
#include "tst_fencing.moc"
