// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What is recorded of jobs and calls (semantics §1.4 to §1.6).

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

QTEST_GUILESS_MAIN(TestRecords)
#include "tst_records.moc"
