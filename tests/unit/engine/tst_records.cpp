// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What is recorded of jobs, calls and restarts (semantics §1.4 to §1.6).

#include "devserver/model/attempttimes.h"
#include "tests/support/enginefixture.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

namespace {

/// Of the attempts of a run, in the order in which they were sent: expected delay, wait for a
/// constraint and latency, in ms.
QByteArray delays(const EngineFixture &engine, RunId run)
{
    QByteArrayList parts;
    for (const auto &[request, attempt] : engine.disk().attempts) {
        if (attempt.run != run)
            continue;
        const std::optional<QueueDelays> split = delaysOf(attempt);
        parts.append(split ? QByteArray::number(qint64{split->expected.count()}) + '+'
                                 + QByteArray::number(qint64{split->constraintWait.count()}) + '+'
                                 + QByteArray::number(qint64{split->latency.count()})
                           : "none"_ba);
    }
    return parts.join(' ');
}

/// Payloads of the records of this type.
QByteArrayList payloads(const EngineFixture &engine, RunId run, TimelineType type)
{
    QByteArrayList found;
    for (const TimelineRecord &record : engine.disk().timelines.at(run)) {
        if (record.type == type)
            found.append(record.payload.bytes());
    }
    return found;
}

QByteArrayList recovered(const EngineFixture &engine, RunId run)
{
    return payloads(engine, run, TimelineType::RunRecovered);
}

QByteArray recoveredText(int calls, int keptSteps, const QByteArray &cause = "restart")
{
    const QByteArray number = QByteArray::number(calls);
    return R"({"message":"calls that were broken off are made again: )" + number + R"(","cause":")"
           + cause + R"(","calls":)" + number + R"(,"kept_steps":)" + QByteArray::number(keptSteps)
           + '}';
}

} // namespace

class TestRecords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jobThatNeedNotWaitIsEligibleWhenItIsLeased();
    void jobWaitsForABusyApp();
    void waitForABusyAppGoesOnAfterARestart();
    void jobWaitsForAnAppThatIsOffline();
    void jobWaitsForItsFunction();
    void backoffIsExpected();
    void sleepIsExpectedOfItsOwnJob();
    void startTellsItsWait();
    void attemptRecordsTellUrlAndPhases();
    void restartTellsWhichCallsAreMadeAgain();
    void fullDiskTellsThatItWasNoRestart();
    void restartTellsOncePerRunAndRestart();
    void restartTellsNothingOfRunsThatOnlyWait();
    void restartAfterAStopTellsIt();
    void lastInterruptionIsNoRecovery();
};

void TestRecords::jobThatNeedNotWaitIsEligibleWhenItIsLeased() // 1.5
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    const Job job = engine.disk().jobs.begin()->second;
    QCOMPARE(job.firstEligibleAt, std::optional(startTime));
    engine.answer(id, ops({op::run("a")}));
    QCOMPARE(delays(engine, id), "0+0+0 0+0+0"_ba);
}

void TestRecords::jobWaitsForABusyApp()
{
    EngineFixture engine({.maxCallsPerApp = 1});
    engine.registerFunction("orders");
    const RunId first = engine.start("orders");
    const RunId second = engine.start("orders");
    engine.advance(3s);
    engine.answer(first, result());
    QCOMPARE(engine.openCall(second).attempt, 0);
    QCOMPARE(delays(engine, first), "0+0+0"_ba);
    QCOMPARE(delays(engine, second), "0+3000+0"_ba);
}

void TestRecords::waitForABusyAppGoesOnAfterARestart()
{
    EngineFixture engine({.maxCallsPerApp = 1});
    engine.registerFunction("orders");
    engine.start("orders");
    const RunId second = engine.start("orders");
    engine.crash(5s);
    QCOMPARE(delays(engine, second), "0+5000+0"_ba); // the first one backs off from the crash
}

void TestRecords::jobWaitsForAnAppThatIsOffline()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    engine.answer(engine.start("orders"), unreachable());
    const RunId id = engine.start("orders");
    engine.advance(250ms);
    engine.answerProbe(true);
    QCOMPARE(engine.openCall(id).attempt, 0);
    QCOMPARE(delays(engine, id), "0+250+0"_ba);
}

void TestRecords::jobWaitsForItsFunction() // 9.5
{
    EngineFixture engine;
    engine.registerFunction("orders");
    engine.registerFunction("other");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::sleep("nap", 1h)}));
    engine.unregisterFunction("orders");
    engine.advance(1h);
    QCOMPARE(engine.disk().jobs.begin()->second.firstEligibleAt, std::optional(startTime + 1h));
    engine.crash(10min);
    engine.registerFunction("orders");
    QCOMPARE(engine.openCall(id).memos.size(), 1U);
    QCOMPARE(delays(engine, id), "0+0+0 0+600000+0"_ba);
}

void TestRecords::backoffIsExpected()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.advance(2s);
    engine.answer(id, failure());
    const auto backoff = *engine.wakeAt() - engine.now();
    engine.advanceToNextCall();
    const QByteArray expected = "0+0+0 " + QByteArray::number(qint64{backoff.count()}) + "+0+0";
    QCOMPARE(delays(engine, id), expected);
}

void TestRecords::sleepIsExpectedOfItsOwnJob()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::sleep("nap", 1h)}));
    engine.setClock(startTime + 1h + 7ms); // the alarm was late
    engine.step({engine::TimeReached{}});
    QCOMPARE(delays(engine, id), "0+0+0 0+0+0"_ba); // the discovery after it is another job
    const RunId failing = engine.start("orders");
    engine.answer(failing, retryAfter(failure(), 60s));
    engine.setClock(*engine.wakeAt() + 7ms);
    engine.step({engine::TimeReached{}});
    QCOMPARE(delays(engine, failing), "0+0+0 60000+0+7"_ba);
}

void TestRecords::startTellsItsWait()
{
    EngineFixture engine({.maxCallsPerApp = 1});
    engine.registerFunction("orders");
    const RunId first = engine.start("orders");
    const RunId second = engine.start("orders");
    engine.advance(3s);
    engine.answer(first, result());
    const QByteArray split =
        R"({"queue_delay_ms":3000,"expected_delay_ms":0,"constraint_wait_ms":3000})"_ba;
    QCOMPARE(payloads(engine, second, TimelineType::RunStarted), QByteArrayList{split});
}

void TestRecords::attemptRecordsTellUrlAndPhases() // 1.6
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    const QByteArray started = payloads(engine, id, TimelineType::AttemptStarted)[0];
    const QByteArray url = R"("url":"http://127.0.0.1:3000/api?fnId=orders&stepId=step")"_ba;
    QVERIFY2(started.contains(url), started.constData());
    CallAnswer answer = result();
    answer.timing = {.dns = 1us, .connect = 2us, .tls = 0us, .firstByte = 40us, .total = 90us};
    engine.answer(id, answer);
    const QByteArray finished = payloads(engine, id, TimelineType::AttemptFinished)[0];
    const QByteArray phases = R"("dns_us":1,"connect_us":2,"first_byte_us":40,"duration_us":90)"_ba;
    QVERIFY2(finished.contains(phases), finished.constData());
}

void TestRecords::restartTellsWhichCallsAreMadeAgain()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::run("a")}));
    engine.answer(id, ops({op::planned("b"), op::planned("c"), op::sleep("nap", 1h)}));
    QCOMPARE(engine.openCalls().size(), 2U);
    engine.crash(1min);
    QCOMPARE(recovered(engine, id), QByteArrayList{recoveredText(2, 1)});
    QVERIFY(
        engine.timeline(id).endsWith("attempt.finished(b):0 attempt.finished(c):0 run.recovered"));
}

void TestRecords::fullDiskTellsThatItWasNoRestart() // 10.13
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId called = engine.start("orders");
    engine.reload();
    QCOMPARE(recovered(engine, called), QByteArrayList{recoveredText(1, 0, "disk")});
}

void TestRecords::restartTellsOncePerRunAndRestart()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.crash();
    engine.advance(1s);
    QCOMPARE(engine.openCall(id).attempt, 0);
    engine.crash();
    QCOMPARE(recovered(engine, id), (QByteArrayList{recoveredText(1, 0), recoveredText(1, 0)}));
}

void TestRecords::restartTellsNothingOfRunsThatOnlyWait()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId sleeping = engine.start("orders");
    engine.answer(sleeping, ops({op::sleep("nap", 1h)}));
    const RunId backingOff = engine.start("orders");
    engine.answer(backingOff, failure());
    engine.crash(1s);
    QVERIFY(recovered(engine, sleeping).isEmpty());
    QVERIFY(recovered(engine, backingOff).isEmpty());
}

void TestRecords::restartAfterAStopTellsIt()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, aborted()); // the grace was over, and that could be recorded
    QVERIFY(recovered(engine, id).isEmpty());
    engine.crash();
    QCOMPARE(recovered(engine, id), QByteArrayList{recoveredText(1, 0)});
}

void TestRecords::lastInterruptionIsNoRecovery() // 10.4
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    for (int i = 0; i < 10; ++i) {
        engine.crash();
        engine.advance(1s);
    }
    QCOMPARE(engine.status(id), "Failed"_ba);
    QCOMPARE(recovered(engine, id).size(), 9);
    QVERIFY(engine.timeline(id).endsWith("run.failed"));
}

QTEST_GUILESS_MAIN(TestRecords)
#include "tst_records.moc"
