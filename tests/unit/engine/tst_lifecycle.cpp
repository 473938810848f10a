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
    void functionWithoutStepsCompletes();
    void futureEventDelaysTheStart();
    void delayOfTheStartIsSplit();
    void failedAttemptsOfAStepAreRecorded();
    void sleepingRunHoldsNothing();
    void cancelEndsASleep();
    void twoEndsAreOne();
    void endEventsFollowTheStatus_data();
    void endEventsFollowTheStatus();
    void failureHandlerRunsOnce();
    void failingHandlerEmitsNothing();
    void runsOfCancelledEventsEmit();
    void endEventCarriesMetaOfItsEvent();
};

void TestLifecycle::functionWithoutStepsCompletes() // 1.1
{
    EngineFixture engine;
    engine.registerFunction("orders");
    engine.send("orders");
    const RunId id = engine.runsOf("orders").front();
    QCOMPARE(engine.status(id), "Running"_ba);
    engine.setClock(startTime + 70ms);
    engine.answer(id, result("42"));

    const Run run = engine.run(id);
    QCOMPARE(run.status, RunStatus::Completed);
    QCOMPARE(run.output.bytes(), "42"_ba);
    QVERIFY(run.queuedAt <= run.scheduledAt);
    QVERIFY(run.scheduledAt <= run.startedAt.value());
    QVERIFY(run.startedAt.value() < run.endedAt.value());
    QCOMPARE(run.id.value.time(), run.queuedAt);
    QCOMPARE(engine.attempts(id), "0:ok"_ba);
    QCOMPARE(engine.timeline(id), "run.scheduled run.started attempt.started:0 "
                                  "attempt.finished:0 run.completed"_ba);
}

void TestLifecycle::futureEventDelaysTheStart() // 1.2
{
    EngineFixture engine;
    engine.registerFunction("orders");
    engine.send(EventDraft{.name = "orders", .ts = startTime + 10min});
    const RunId id = engine.runsOf("orders").front();
    QCOMPARE(engine.status(id), "Scheduled"_ba);
    QCOMPARE(engine.run(id).scheduledAt, startTime + 10min);
    QCOMPARE(engine.wakeAt(), std::optional(startTime + 10min));
    engine.advance(10min - 1ms);
    QVERIFY(engine.calls().empty());
    engine.advance(1ms);
    QCOMPARE(engine.calls().size(), 1U);
    QCOMPARE(engine.run(id).startedAt, std::optional(startTime + 10min));
}

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

void TestLifecycle::failedAttemptsOfAStepAreRecorded() // 1.3
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    for (int i = 0; i < 2; ++i) {
        engine.answer(id, ops({op::error("charge")}));
        engine.advanceToNextCall();
    }
    engine.answer(id, ops({op::run("charge")}));
    QCOMPARE(engine.attempts(id, "charge"), "0:retryable_error 1:retryable_error 2:ok"_ba);
    QCOMPARE(engine.memos(id), R"(charge={"data":1})"_ba);
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
    QVERIFY(engine.timeline(id).contains("step.errored(charge):0"));
    QVERIFY(engine.timeline(id).contains("step.errored(charge):1"));
    QVERIFY(engine.timeline(id).contains("step.completed(charge):2"));
}

void TestLifecycle::sleepingRunHoldsNothing() // 1.4
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    const engine::Outcome outcome = engine.answer(id, ops({op::sleep("nap", 1h)}));
    const auto *changed = std::get_if<RunChanged>(&outcome.changes.back());
    QVERIFY(changed != nullptr);
    QCOMPARE(changed->activities.size(), 1U);
    QCOMPARE(changed->activities[0].kind, ActivityKind::Sleeping);
    QCOMPARE(changed->activities[0].until, std::optional(startTime + 1h));
    engine.advance(1min);
    QCOMPARE(engine.status(id), "Running"_ba);
    QVERIFY(engine.openCalls().empty());
    QCOMPARE(engine.state().apps.at(engine.appId()).inFlight, 0);
}

void TestLifecycle::cancelEndsASleep() // 1.6
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::sleep("nap", 1h)}));
    engine.advance(1min);
    QCOMPARE(engine.obey(CancelRun{id}), "done"_ba);
    QCOMPARE(engine.status(id), "Cancelled"_ba);
    QCOMPARE(engine.run(id).endedAt, std::optional(startTime + 1min));
    QCOMPARE(engine.run(id).cancelCause, "manual"_ba);
    QVERIFY(engine.disk().jobs.empty());
    QVERIFY(!engine.wakeAt());
    engine.advance(2h);
    QCOMPARE(engine.calls().size(), 1U);
}

void TestLifecycle::twoEndsAreOne() // 1.8
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::planned("a"), op::planned("b")}, 1));
    const CallRequest a = engine.openCall(id, "a");
    const CallRequest b = engine.openCall(id, "b");
    engine.answer(a, result("\"first\""));
    const TimePoint ended = engine.run(id).endedAt.value();
    engine.setClock(startTime + 5s);
    engine.answer(b, result("\"second\""));
    QCOMPARE(engine.run(id).output.bytes(), "\"first\""_ba);
    QCOMPARE(engine.run(id).endedAt.value(), ended);
    QCOMPARE(engine.events("inngest/function.finished").size(), 1);
    QCOMPARE(engine.timeline(id).count("run.completed"), 1);
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

const char *const handlerFilter = "event.data.function_id == 'orders'";

void TestLifecycle::failureHandlerRunsOnce() // 2.16, 11.7
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 1});
    engine.registerFunction("orders-failure",
                            {.event = "inngest/function.failed", .expression = handlerFilter});
    engine.registerFunction("other");
    const RunId other = engine.start("other");
    engine.answer(other, finally(failure()));
    QVERIFY(engine.runsOf("orders-failure").empty());

    const EventId trigger = engine.send(EventDraft{.name = "orders", .data = json(R"({"n":7})")});
    const RunId id = engine.runsOf("orders").front();
    engine.answer(id, failure());
    QVERIFY(engine.runsOf("orders-failure").empty()); // not after an error
    engine.advanceToNextCall();
    engine.answer(id, failure("card declined"));
    QCOMPARE(engine.runsOf("orders-failure").size(), 1U);

    const CallRequest call = engine.openCall(engine.runsOf("orders-failure").front());
    const QByteArray seen = call.events.front()->json.bytes();
    const QByteArray original = engine.disk().events.at(trigger)->json.bytes();
    QVERIFY2(seen.contains(QByteArray("\"event\":" + original)), seen.constData());
    QVERIFY(seen.contains(R"("error":{"error":"card declined")"));
    QVERIFY(seen.contains(id.toText()));
    QVERIFY(seen.contains(R"("_inngest":{"status":"Failed"})"));
}

void TestLifecycle::failingHandlerEmitsNothing() // 2.17, 11.5
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    engine.registerFunction("any-failure", {.retries = 0, .event = "inngest/function.failed"});
    engine.send("orders");
    engine.answer(engine.runsOf("orders").front(), failure());
    const RunId handler = engine.runsOf("any-failure").front();
    const std::size_t before = engine.disk().events.size();
    engine.answer(handler, failure());
    QCOMPARE(engine.status(handler), "Failed"_ba);
    QCOMPARE(engine.disk().events.size(), before);
    QCOMPARE(engine.runsOf("any-failure").size(), 1U);
    QCOMPARE(engine.letter(handler), "open attempts_exhausted cycle 0"_ba);
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
    for (const auto &[id, event] : engine.disk().events) {
        if (event->name == "inngest/function.finished")
            QVERIFY(event->json.bytes().contains(R"("meta":{"sessions":["s"]})"));
    }
}

QTEST_GUILESS_MAIN(TestLifecycle)
#include "tst_lifecycle.moc"
