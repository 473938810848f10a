// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

class TestLifecycle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void delayOfTheStartIsSplit();
    void endEventsFollowTheStatus_data();
    void endEventsFollowTheStatus();
    void runsOfCancelledEventsEmit();
    void endEventCarriesMetaOfItsEvent();
    void aCancelledRunTellsWhatWasTriedAgain_data();
    void aCancelledRunTellsWhatWasTriedAgain();
    void anErrorThatIsOverIsNotTold();
};

void TestLifecycle::delayOfTheStartIsSplit() // semantics 1.5, 1.6
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const auto startedOf = [&](RunId id) {
        for (const TimelineRecord &record : engine.disk().timelines.at(id)) {
            if (record.type == TimelineType::RunStarted)
                return record.payload.bytes();
        }
        return QByteArray();
    };
    engine.answer(engine.start("orders"), unreachable());
    const RunId waiting = engine.start("orders"); // for its app
    engine.advance(250ms);
    engine.answerProbe(true);
    QCOMPARE(startedOf(waiting),
             R"({"queue_delay_ms":250,"expected_delay_ms":0,"constraint_wait_ms":250})"_ba);
    engine.send(EventDraft{.name = "orders", .ts = engine.now() + 10min});
    const RunId late = engine.runsOf("orders").back();
    engine.setClock(engine.now() + 10min + 7ms); // the alarm came late
    engine.step({engine::TimeReached{}});
    QCOMPARE(startedOf(late),
             R"({"queue_delay_ms":600007,"expected_delay_ms":600000,"latency_ms":7})"_ba);
}

void TestLifecycle::endEventsFollowTheStatus_data()
{
    QTest::addColumn<int>("end"); // 0 completes, 1 fails, 2 is cancelled
    QTest::addColumn<int>("failed");
    QTest::addColumn<int>("cancelled");
    QTest::addRow("11.1 a run that completes: finished only") << 0 << 0 << 0;
    QTest::addRow("11.2 a run that fails: finished and failed") << 1 << 1 << 0;
    QTest::addRow("11.3 a cancelled run: finished and cancelled") << 2 << 0 << 1;
}

void TestLifecycle::endEventsFollowTheStatus()
{
    QFETCH(const int, end);
    QFETCH(const int, failed);
    QFETCH(const int, cancelled);
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    if (end == 2)
        QCOMPARE(engine.obey(CancelRun{id}), "done"_ba);
    else
        engine.answer(id, end == 0 ? result() : finally(failure()));
    QCOMPARE(engine.events("inngest/function.finished").size(), 1);
    QVERIFY(engine.events("inngest/function.finished").front() != id.toText());
    QCOMPARE(engine.events("inngest/function.failed").size(), failed);
    QCOMPARE(engine.events("inngest/function.cancelled").size(), cancelled);
    if (failed == 1)
        QCOMPARE(engine.events("inngest/function.failed").front(), id.toText());
    if (cancelled == 1)
        QCOMPARE(engine.events("inngest/function.cancelled").front(), id.toText());
}

void TestLifecycle::runsOfCancelledEventsEmit() // semantics 11.1
{
    EngineFixture engine;
    engine.registerFunction("orders");
    engine.registerFunction("cleanup", {.event = "inngest/function.cancelled"});
    engine.obey(CancelRun{engine.start("orders")});
    const RunId cleanup = engine.runsOf("cleanup").front();
    engine.answer(cleanup, result());
    QCOMPARE(engine.events("inngest/function.finished").size(), 2);
}

void TestLifecycle::endEventCarriesMetaOfItsEvent() // semantics 11
{
    EngineFixture engine;
    engine.registerFunction("orders");
    engine.send(EventDraft{.name = "orders", .meta = json(R"({"sessions":["s"]})")});
    engine.answer(engine.runsOf("orders").front(), result());
    QCOMPARE(engine.events("inngest/function.finished").size(), 1);
    const EventPtr last = engine.disk().events.rbegin()->second;
    QCOMPARE(last->name, "inngest/function.finished"_ba);
    QVERIFY(last->json.bytes().contains(R"("meta":{"sessions":["s"]})"));
}

void TestLifecycle::aCancelledRunTellsWhatWasTriedAgain_data()
{
    QTest::addColumn<bool>("isInNextAttempt");
    QTest::addColumn<bool>("isAfterRestart");
    QTest::addRow("backing off") << false << false;
    QTest::addRow("in the next attempt") << true << false;
    QTest::addRow("backing off, after a restart") << false << true;
    QTest::addRow("in the next attempt, after a restart") << true << true;
}

void TestLifecycle::aCancelledRunTellsWhatWasTriedAgain()
{
    QFETCH(const bool, isInNextAttempt);
    QFETCH(const bool, isAfterRestart);
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::planned("a"), op::planned("b")}));
    engine.answerStep(id, "b", ops({op::error("b", "earlier")}));
    engine.answerStep(id, "a", ops({op::error("a", "before the last")}));
    engine.advanceToNextCall();
    engine.advance(31s); // both are tried again
    engine.answerStep(id, "a", ops({op::error("a", "the last")}));
    if (isInNextAttempt)
        engine.advance(91s);
    QCOMPARE(engine.openCalls().size(), std::size_t(isInNextAttempt ? 2 : 1));
    if (isAfterRestart)
        engine.crash();
    QCOMPARE(engine.obey(CancelRun{id}), "done"_ba);
    QCOMPARE(engine.shown(id).run.status, RunStatus::Cancelled);
    const QByteArray error = engine.shown(id).error.bytes();
    QVERIFY2(error.contains("the last"), error.constData());
}

void TestLifecycle::anErrorThatIsOverIsNotTold()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const auto failOnce = [&engine] {
        const RunId id = engine.start("orders");
        engine.answer(id, ops({op::error("a")}));
        engine.advanceToNextCall();
        engine.answer(id, ops({op::run("a")}));
        return id;
    };
    const RunId completed = failOnce();
    engine.answer(completed, result());
    QCOMPARE(engine.status(completed), "Completed"_ba);
    QVERIFY(engine.shown(completed).error.isEmpty());
    const RunId cancelled = failOnce();
    QCOMPARE(engine.obey(CancelRun{cancelled}), "done"_ba);
    QVERIFY(engine.shown(cancelled).error.isEmpty());
}

QTEST_GUILESS_MAIN(TestLifecycle)
#include "tst_lifecycle.moc"
