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
    void bodyIsTriedAsOftenAsConfigured_data();
    void bodyIsTriedAsOftenAsConfigured();
    void uncaughtStepFailureEndsTheRun_data();
    void uncaughtStepFailureEndsTheRun();
    void caughtStepFailureLetsTheRunComplete();
    void nonRetriableErrorInAStepFailsTheStepOnly_data();
    void nonRetriableErrorInAStepFailsTheStepOnly();
    void headerWinsOverTheErrorObject();
    void nonRetriableErrorInTheBodyEndsTheRun();
    void counterIsOfTheJob();
    void bodyAndInlineStepShareACounter();
    void referenceScenarioOfTheCounters();
    void twelveStepsWithoutRetries();
    void onlyTheFailingStepIsRetried();
    void notSdkIsRetriable();
    void changedBudgetDecides_data();
    void changedBudgetDecides();
    void everyAttemptIsInspectable();
};

/// Lets every attempt fail with the same answer until the run has ended or nothing is called.
int failAll(EngineFixture &engine, RunId id, const CallAnswer &answer)
{
    int calls = 0;
    while (!isTerminal(engine.run(id).status) && !engine.openCalls().empty() && calls < 100) {
        engine.answer(id, answer);
        ++calls;
        if (!isTerminal(engine.run(id).status))
            engine.advanceToNextCall();
    }
    return calls;
}

void TestRetries::bodyIsTriedAsOftenAsConfigured_data()
{
    QTest::addColumn<int>("retries");
    QTest::addColumn<int>("attempts");
    QTest::addRow("2.1 default: 5 attempts") << 4 << 5;
    QTest::addRow("retries 10: 11 attempts") << 10 << 11;
    QTest::addRow("retries 0: one attempt") << 0 << 1;
    QTest::addRow("retries 1: two attempts") << 1 << 2;
    QTest::addRow("2.8 the clamp of the registration: 21 attempts") << 20 << 21;
}

void TestRetries::bodyIsTriedAsOftenAsConfigured()
{
    QFETCH(const int, retries);
    QFETCH(const int, attempts);
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = retries});
    const RunId id = engine.start("orders");
    QCOMPARE(failAll(engine, id, failure()), attempts);
    QCOMPARE(engine.status(id), "Failed"_ba);
    for (int i = 0; i < attempts; ++i) {
        const CallRequest &call = engine.calls()[static_cast<std::size_t>(i)];
        QCOMPARE(call.attempt, i);
        QCOMPARE(call.maxAttempts, attempts);
        QVERIFY(call.step.isEmpty());
    }
    QCOMPARE(engine.events("inngest/function.failed").size(), 1);
    QCOMPARE(engine.letter(id), "open attempts_exhausted cycle 0"_ba);
}

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

void TestRetries::caughtStepFailureLetsTheRunComplete() // 2.4, 5.27
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::error("primary")}));
    engine.answer(id, ops({op::run("fallback")}));
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
    QCOMPARE(engine.letter(id), "none"_ba);
    QVERIFY(engine.timeline(id).contains("step.failed(primary):0"));
    QVERIFY(engine.timeline(id).contains("step.completed(fallback):0"));
    QCOMPARE(engine.attempts(id), "0:final_error 0:ok 0:ok"_ba);
}

void TestRetries::nonRetriableErrorInAStepFailsTheStepOnly_data()
{
    answer.signature = SignatureCheck::Invalid;
    QTest::addColumn<int>("how");
    QTest::addRow("2.5 header no-retry on a StepError") << 0;
    QCOMPARE(attempt.signature, SignatureCheck::Invalid);
    QTest::addRow("2.5 StepFailed with attempts left") << 1;
    QTest::addRow("2.5 noRetry in the error object") << 2;
}

void TestRetries::nonRetriableErrorInAStepFailsTheStepOnly()
{
    QFETCH(const int, how);
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 1});
    const RunId id = engine.start("orders");
    StepOp op = how == 1 ? op::failed("charge") : op::error("charge");
    if (how == 2)
        op.error = json(R"({"name":"Error","message":"boom","noRetry":true})");
    const CallAnswer answer = ops({op});
    engine.answer(id, how == 0 ? finally(answer) : answer);
    QCOMPARE(engine.openCalls().size(), 1U); // at once, no backoff
    QCOMPARE(engine.openCall(id).attempt, 0);
    engine.answer(id, result("\"caught\""));
    QCOMPARE(engine.status(id), "Completed"_ba);
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

void TestRetries::nonRetriableErrorInTheBodyEndsTheRun() // 2.6
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 1});
    const RunId id = engine.start("orders");
    engine.answer(id, finally(failure()));
    QCOMPARE(engine.status(id), "Failed"_ba);
    QCOMPARE(engine.calls().size(), 1U);
    QCOMPARE(engine.attempts(id), "0:final_error"_ba);
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

void TestRetries::bodyAndInlineStepShareACounter() // 2.12
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, failure());
    engine.advanceToNextCall();
    engine.answer(id, ops({op::error("charge")}));
    engine.advanceToNextCall();
    engine.answer(id, ops({op::run("charge")}));
    QCOMPARE(engine.attempts(id, "charge"), "1:retryable_error 2:ok"_ba);
}

void TestRetries::referenceScenarioOfTheCounters() // semantics 2.3
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::error("a")}));
    engine.advanceToNextCall();
    engine.answer(id, ops({op::error("a")}));
    engine.advanceToNextCall();
    engine.answer(id, ops({op::run("a")}));
    engine.answer(id, failure("body"));
    engine.advanceToNextCall();
    QCOMPARE(engine.openCall(id).attempt, 1);
    QCOMPARE(engine.openCall(id).memos.size(), 1U); // the step is not repeated
    engine.answer(id, result());
    QCOMPARE(engine.attempts(id), "0:retryable_error 1:retryable_error 2:ok "
                                  "0:retryable_error 1:ok"_ba);
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

void TestRetries::notSdkIsRetriable() // 2.14, 2.15
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 1});
    const RunId id = engine.start("orders");
    engine.answer(id, notSdk());
    QCOMPARE(engine.attempts(id), "0:retryable_error"_ba);
    engine.advanceToNextCall();
    engine.answer(id, notSdk());
    QCOMPARE(engine.attempts(id), "0:retryable_error 1:final_error"_ba);
    QCOMPARE(engine.status(id), "Failed"_ba);
}

void TestRetries::changedBudgetDecides_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("after");
    QTest::addColumn<bool>("isStep");
    QTest::addColumn<bool>("isRetried");
    QTest::addRow("2.18 from 4 to 0 while a body backs off") << 4 << 0 << false << false;
    QTest::addRow("2.18 from 4 to 0 while a step backs off") << 4 << 0 << true << false;
    QTest::addRow("2.19 from 0 to 4 while a step runs") << 0 << 4 << true << true;
    QTest::addRow("2.19 from 0 to 4 while the body runs") << 0 << 4 << false << true;
}

void TestRetries::changedBudgetDecides()
{
    QFETCH(const int, before);
    QFETCH(const int, after);
    QFETCH(const bool, isStep);
    QFETCH(const bool, isRetried);
    const CallAnswer bad = isStep ? ops({op::error("charge")}) : failure();
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = before});
    const RunId id = engine.start("orders");
    if (before > 0)
        engine.answer(id, bad);
    engine.registerFunction("orders", {.retries = after});
    engine.advanceToNextCall();
    const int attempt = engine.openCall(id).attempt;
    engine.answer(id, bad);
    engine.advanceToNextCall();
    if (isRetried) {
        QCOMPARE(engine.openCall(id).attempt, attempt + 1);
        QCOMPARE(engine.openCall(id).maxAttempts, after + 1);
    } else if (isStep) {
        QCOMPARE(engine.openCall(id).attempt, 0);
        QCOMPARE(engine.openCall(id).memos.size(), 1U);
    } else {
        QCOMPARE(engine.status(id), "Failed"_ba);
    }
}

void TestRetries::everyAttemptIsInspectable()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.setClock(startTime + 40ms);
    CallAnswer answer = failure("card declined");
    answer.headers = json(R"([["content-type","application/json"]])");
    engine.answer(id, answer);
    const Attempt attempt = engine.disk().attempts.begin()->second;
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
