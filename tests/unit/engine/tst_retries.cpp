// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

class TestRetries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void uncaughtStepFailureEndsTheRun_data();
    void uncaughtStepFailureEndsTheRun();
    void headerWinsOverTheErrorObject();
    void counterIsOfTheJob();
    void twelveStepsWithoutRetries();
    void onlyTheFailingStepIsRetried();
    void everyAttemptIsInspectable();
};

void TestRetries::uncaughtStepFailureEndsTheRun_data()
{
    QTest::addColumn<int>("retries");
    QTest::addColumn<bool>("saysFailed");
    QTest::addRow("2.2 retries 0, StepError") << 0 << false;
    QTest::addRow("2.2 retries 0, StepFailed") << 0 << true;
    QTest::addRow("2.3 retries 1, StepError") << 1 << false;
    QTest::addRow("2.3 retries 1, StepFailed") << 1 << true;
    QTest::addRow("default retries") << 4 << false;
}

void TestRetries::uncaughtStepFailureEndsTheRun()
{
    QFETCH(const int, retries);
    QFETCH(const bool, saysFailed);
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = retries});
    const RunId id = engine.start("orders");
    for (int i = 0; i <= retries; ++i) {
        QCOMPARE(engine.openCall(id).attempt, i);
        QVERIFY(engine.openCall(id).memos.empty());
        const bool isLast = i == retries && saysFailed;
        engine.answer(id, ops({isLast ? op::failed("charge") : op::error("charge")}));
        engine.advanceToNextCall();
    }
    // The step is over: the body is called once more, with a fresh counter, to receive the error.
    const CallRequest last = engine.openCall(id);
    QCOMPARE(last.attempt, 0);
    QCOMPARE(last.memos.size(), 1U);
    QVERIFY(last.memos[0]->json.bytes().startsWith(R"({"error":{"error":"boom")"));
    engine.answer(id, finally(failure()));
    QCOMPARE(engine.status(id), "Failed"_ba);
    QCOMPARE(static_cast<int>(engine.calls().size()), retries + 2);
    QCOMPARE(engine.letter(id), "open attempts_exhausted cycle 0"_ba);
    QCOMPARE(engine.disk().letters.at(id).failedStepAttempts, retries + 1);
}

void TestRetries::headerWinsOverTheErrorObject() // protocol 8.6
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 1});
    const RunId id = engine.start("orders");
    StepOp op = op::error("charge");
    op.error = json(R"({"name":"Error","message":"boom","noRetry":true})");
    CallAnswer answer = ops({op});
    answer.noRetry = false;
    engine.answer(id, answer);
    QCOMPARE(engine.attempts(id), "0:retryable_error"_ba);
}

void TestRetries::counterIsOfTheJob()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 2});
    const RunId id = engine.start("orders");
    for (const char *step : {"a", "b"}) {
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(engine.openCall(id).attempt, i);
            engine.answer(id, ops({op::error(step)}));
            engine.advanceToNextCall();
        }
        QCOMPARE(engine.openCall(id).attempt, 2);
        engine.answer(id, ops({op::run(step)}));
    }
    QCOMPARE(engine.openCall(id).attempt, 0);
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestRetries::twelveStepsWithoutRetries() // 13.3
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    for (int i = 0; i < 12; ++i)
        engine.answer(id, ops({op::run("s" + QByteArray::number(i))}));
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
    QCOMPARE(engine.calls().size(), 13U);
    QCOMPARE(engine.now(), startTime);
    QCOMPARE(engine.disk().memos.at(id).size(), 12U);
}

void TestRetries::onlyTheFailingStepIsRetried()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::run("a")}));
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(engine.openCall(id).memos.size(), 1U);
        QCOMPARE(engine.openCall(id).memos[0]->step, "a"_ba);
        engine.answer(id, ops({op::error("b")}));
        engine.advanceToNextCall();
    }
    engine.answer(id, ops({op::run("b")}));
    QCOMPARE(engine.attempts(id, "a"), "0:ok"_ba);
    QCOMPARE(engine.disk().memos.at(id).at(1)->attempts, 4);
}

void TestRetries::everyAttemptIsInspectable()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.setClock(startTime + 40ms);
    CallAnswer answer = failure("card declined");
    answer.headers = json(R"([["content-type","application/json"]])");
    answer.signature = SignatureCheck::Invalid;
    engine.answer(id, answer);
    const Attempt attempt = engine.disk().attempts.begin()->second;
    QCOMPARE(attempt.signature, SignatureCheck::Invalid);
    QCOMPARE(attempt.sentAt, startTime);
    QCOMPARE(attempt.finishedAt, std::optional(startTime + 40ms));
    QCOMPARE(attempt.httpStatus, 500);
    QCOMPARE(attempt.responseBody, "card declined"_ba);
    QCOMPARE(attempt.responseHeaders, answer.headers);
    QVERIFY(attempt.error.bytes().contains("card declined"));
    QCOMPARE(attempt.nextAttemptAt, engine.wakeAt());
    QCOMPARE(attempt.maxAttempts, 5);
}

QTEST_GUILESS_MAIN(TestRetries)
#include "tst_retries.moc"
