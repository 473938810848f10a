// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

class TestSteps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void repeatedIdsAreTwoSteps();
    void sleepWakesAtTheExactInstant();
    void sleepOfThePastEndsAtOnce_data();
    void sleepOfThePastEndsAtOnce();
    void longestSleep_data();
    void longestSleep();
    void firstMemoWins();
    void memosTravelInCompletionOrder();
    void tooLargeOutputIsAnAttemptError();
    void stepLimit_data();
    void stepLimit();
    void stepLimitBeforeTheFirstCall();
    void tooManyOpsInOneAnswer();
    void tooManyOpsAreNotWritten();
    void stateLimit();
    void limitsWarnAtFourFifths();
    void limitsOfAnAnswerWarnAtFourFifths_data();
    void limitsOfAnAnswerWarnAtFourFifths();
    void outputCountsAsState_data();
    void outputCountsAsState();
    void discoveryRequestIsFollowedAtOnce();
    void branchNotTakenLeavesNothing();
    void unsupportedOpcodesFailTheRun_data();
    void unsupportedOpcodesFailTheRun();
    void emptyAnswersDriveAgain_data();
    void emptyAnswersDriveAgain();
    void loopWithoutProgressEnds_data();
    void loopWithoutProgressEnds();
    void stepsThatPlanEachOtherEnd_data();
    void stepsThatPlanEachOtherEnd();
    void runCompleteEndsTheRun();
    void requestVersionIsThatOfTheFirstAnswer();
};

void TestSteps::repeatedIdsAreTwoSteps() // 5.1; the SDK hashes `id` and `id:1`
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    StepOp first = op::run("hash-of-a", "1");
    StepOp second = op::run("hash-of-a:1", "2");
    first.name = second.name = "a";
    first.userId = second.userId = "a";
    second.userIndex = 1;
    engine.answer(id, ops({first}));
    engine.answer(id, ops({second}));
    engine.answer(id, result());
    QCOMPARE(engine.memos(id), R"(hash-of-a={"data":1} hash-of-a:1={"data":2})"_ba);
    QCOMPARE(engine.calls().size(), 3U);
}

void TestSteps::sleepWakesAtTheExactInstant() // 5.2
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::sleep("nap", 1s)}));
    QCOMPARE(engine.wakeAt(), std::optional(startTime + 1s));
    engine.advance(999ms);
    QCOMPARE(engine.calls().size(), 1U);
    QCOMPARE(engine.memos(id), ""_ba); // written when the timer fires, not before
    engine.advance(1ms);
    QCOMPARE(engine.calls().size(), 2U);
    QCOMPARE(engine.memos(id), "nap=null"_ba);
    QCOMPARE(engine.openCall(id).run, id);
    QCOMPARE(engine.openCall(id).attempt, 0);
}

void TestSteps::sleepOfThePastEndsAtOnce_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<bool>("isDate");
    QTest::addRow("5.3 a date in the past") << -60'000LL << true;
    QTest::addRow("no time at all") << 0LL << false;
    QTest::addRow("a negative duration") << -5LL << false;
}

void TestSteps::sleepOfThePastEndsAtOnce()
{
    QFETCH(const qint64, ms);
    QFETCH(const bool, isDate);
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    const std::chrono::milliseconds duration(ms);
    engine.answer(id, ops({isDate ? op::sleepUntil("nap", startTime + duration)
                                  : op::sleep("nap", duration)}));
    QCOMPARE(engine.openCalls().size(), 1U);
    QCOMPARE(engine.memos(id), "nap=null"_ba);
}

void TestSteps::longestSleep_data()
{
    QTest::addColumn<int>("hours");
    QTest::addColumn<bool>("isDate");
    QTest::addColumn<bool>("isAccepted");
    QTest::addRow("12.4 366 days") << 366 * 24 << false << true;
    QTest::addRow("12.4 until in 366 days") << 366 * 24 << true << true;
    QTest::addRow("5.4 367 days") << 367 * 24 << false << false;
    QTest::addRow("5.4 until in 367 days") << 367 * 24 << true << false;
    QTest::addRow("a duration that would overflow") << 2'000'000'000 << false << false;
}

void TestSteps::longestSleep()
{
    QFETCH(const int, hours);
    QFETCH(const bool, isDate);
    QFETCH(const bool, isAccepted);
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    const std::chrono::milliseconds duration = std::chrono::hours(hours);
    engine.answer(id, ops({isDate ? op::sleepUntil("nap", startTime + duration)
                                  : op::sleep("nap", duration)}));
    if (isAccepted) {
        QCOMPARE(engine.status(id), "Running"_ba);
        QCOMPARE(engine.wakeAt(), std::optional(startTime + duration));
        return;
    }
    QCOMPARE(engine.status(id), "Failed"_ba);
    QVERIFY(engine.run(id).output.bytes().contains("InngestErrTimeoutTooLong"));
    QVERIFY(engine.run(id).output.bytes().contains("sleeps may last at most one year"));
    QVERIFY(!engine.wakeAt());
    QCOMPARE(engine.letter(id), "open limit_exceeded cycle 0"_ba);
}

void TestSteps::firstMemoWins()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::run("a", "1")}));
    engine.answer(id, ops({op::run("a", "2")}));
    QCOMPARE(engine.memos(id), R"(a={"data":1})"_ba);
    QCOMPARE(engine.openCalls().size(), 1U);
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestSteps::memosTravelInCompletionOrder()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::planned("a"), op::planned("b"), op::sleep("c", 1s)}));
    engine.answerStep(id, "b", ops({op::run("b")}));
    engine.advance(1s);
    engine.answerStep(id, "a", ops({op::run("a")}));
    QByteArrayList order;
    for (const MemoPtr &memo : engine.openCall(id).memos)
        order.push_back(memo->step);
    QCOMPARE(order.join(','), "b,c,a"_ba);
}

void TestSteps::tooLargeOutputIsAnAttemptError() // 5.21; the decoder makes it an error
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 1});
    const RunId id = engine.start("orders");
    engine.answer(id, failure("output_too_large"));
    QCOMPARE(engine.status(id), "Running"_ba);
    engine.advanceToNextCall();
    engine.answer(id, failure("output_too_large"));
    QCOMPARE(engine.status(id), "Failed"_ba);
    QCOMPARE(engine.attempts(id), "0:retryable_error 1:final_error"_ba);
}

void TestSteps::stepLimit_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("steps");
    QTest::addColumn<bool>("isOver");
    QTest::addRow("999 steps are the practical maximum") << 1000 << 999 << false;
    QTest::addRow("5.22 the 1000th memo fails the run") << 1000 << 1000 << true;
    QTest::addRow("a limit of 1: the first step") << 1 << 1 << true;
}

void TestSteps::stepLimit()
{
    QFETCH(const int, limit);
    QFETCH(const int, steps);
    QFETCH(const bool, isOver);
    EngineFixture engine({.retryInterval = {}, .stepLimit = limit});
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    for (int i = 0; i < steps; ++i)
        engine.answer(id, ops({op::run("s" + QByteArray::number(i))}));
    QCOMPARE(engine.status(id), isOver ? "Failed"_ba : "Running"_ba);
    if (!isOver) {
        engine.answer(id, result());
        QCOMPARE(engine.status(id), "Completed"_ba);
        return;
    }
    const QByteArray output = engine.run(id).output.bytes();
    QVERIFY(output.contains("InngestErrFunctionOverflowed"));
    QVERIFY(output.contains(QByteArray("step limit of " + QByteArray::number(limit) + " steps")));
    QCOMPARE(engine.letter(id), "open limit_exceeded cycle 0"_ba);
    QCOMPARE(engine.events("inngest/function.failed").size(), 1);
}

void TestSteps::stepLimitBeforeTheFirstCall()
{
    EngineFixture engine({.retryInterval = {}, .stepLimit = 0});
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    QCOMPARE(engine.status(id), "Failed"_ba);
    QVERIFY(!engine.run(id).startedAt);
    QVERIFY(engine.calls().empty());
}

void TestSteps::tooManyOpsInOneAnswer()
{
    EngineFixture engine({.retryInterval = {}, .maxCallsPerApp = 5000});
    engine.registerFunction("many");
    engine.registerFunction("tooMany");
    std::vector<StepOp> plans;
    plans.reserve(1000);
    for (int i = 0; i < 1000; ++i)
        plans.push_back(op::planned("s" + QByteArray::number(i)));
    const RunId many = engine.start("many");
    engine.answer(many, ops(plans));
    QCOMPARE(engine.openCalls().size(), 1000U);
    engine.obey(CancelRun{many});

    plans.push_back(op::planned("one more"));
    const RunId tooMany = engine.start("tooMany");
    engine.answer(tooMany, ops(plans));
    QCOMPARE(engine.status(tooMany), "Failed"_ba);
    QVERIFY(engine.run(tooMany).output.bytes().contains("InngestErrFunctionOverflowed"));
}

void TestSteps::stateLimit() // 5.23
{
    EngineFixture engine({.retryInterval = {}, .stateLimit = 4000});
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    const QByteArray kilobyte = '"' + QByteArray(1000, 'x') + '"';
    for (int i = 0; i < 3; ++i) {
        engine.answer(id, ops({op::run("s" + QByteArray::number(i), kilobyte.constData())}));
        QCOMPARE(engine.status(id), "Running"_ba);
    }
    engine.answer(id, ops({op::run("s3", kilobyte.constData())}));
    QCOMPARE(engine.status(id), "Failed"_ba);
    QVERIFY(engine.run(id).output.bytes().contains("InngestErrStateOverflowed"));
    QVERIFY(engine.run(id).output.bytes().contains("4000"));
    QCOMPARE(engine.letter(id), "open limit_exceeded cycle 0"_ba);
}

void TestSteps::limitsWarnAtFourFifths() // 12.6
{
    EngineFixture engine({.retryInterval = {}, .stepLimit = 10, .stateLimit = 100'000});
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    for (int i = 0; i < 9; ++i) {
        QCOMPARE(engine.timeline(id).count("warning"), i < 8 ? 0 : 1);
        engine.answer(id, ops({op::run("s" + QByteArray::number(i))}));
    }
    const QByteArray large = '"' + QByteArray(80'000, 'x') + '"';
    const RunId other = engine.start("orders");
    engine.answer(other, ops({op::run("large", large.constData())}));
    QCOMPARE(engine.timeline(other).count("warning"), 1);
}

void TestSteps::limitsOfAnAnswerWarnAtFourFifths_data()
{
    QTest::addColumn<CallAnswer>("answer");
    QTest::addColumn<QByteArray>("below");
    const auto row = [](const char *name, const CallAnswer &answer, const QByteArray &said) {
        QTest::addRow("%s", name) << answer << said;
    };
    const auto outputOf = [](qsizetype bytes) {
        return ops({op::run("a", QByteArray('"' + QByteArray(bytes - 2, 'x') + '"').constData())});
    };
    constexpr qsizetype outputMark = mostStepBytes / 5 * 4;
    row("output below", outputOf(outputMark - 1), {});
    row("output", outputOf(outputMark), "the output of step \\\"a\\\" has 3355440 bytes");
    StepOp input = op::run("a");
    input.opts = RawJson::fromTrusted('"' + QByteArray(outputMark, 'x') + '"');
    row("input", ops({input}), "the input of step \\\"a\\\" has 3355442 bytes");
    CallAnswer large = ops({op::run("a")});
    large.bodySize = mostAnswerBytes - 1;
    row("answer", large, "the answer has 8388607 bytes, over 80 % of the limit of 8388608");
    CallAnswer slow = ops({op::run("a")});
    slow.timing.total = 100min;
    row("call", slow, "the call took 100 minutes, over 80 % of the limit of 120");
    std::vector<StepOp> many;
    for (int i = 0; i < 800; ++i)
        many.push_back(op::planned("s" + QByteArray::number(i)));
    row("steps", ops(many), "the answer has 800 steps, over 80 % of the limit of 1000");
    row("sleep below", ops({op::sleep("nap", 24h * 290)}), {});
    row("sleep", ops({op::sleep("nap", 24h * 300)}),
        "the sleep \\\"nap\\\" lasts 300 days, over 80 % of the limit of 366");
}

void TestSteps::limitsOfAnAnswerWarnAtFourFifths()
{
    QFETCH(const CallAnswer, answer);
    QFETCH(const QByteArray, below);
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, answer);
    QCOMPARE(engine.timeline(id).count("warning"), below.isEmpty() ? 0 : 1);
    QVERIFY(below.isEmpty() || engine.log().contains(below));
}

void TestSteps::outputCountsAsState_data()
{
    QTest::addColumn<bool>("isOp");
    QTest::addRow("200") << false;
    QTest::addRow("RunComplete") << true;
}

void TestSteps::outputCountsAsState() // 5.13
{
    QFETCH(const bool, isOp);
    EngineFixture engine({.retryInterval = {}, .stateLimit = 100'000});
    engine.registerFunction("orders");
    const QByteArray half = '"' + QByteArray(49'000, 'x') + '"';
    const QByteArray more = '"' + QByteArray(60'000, 'x') + '"';
    const auto end = [&](const QByteArray &output) {
        return isOp ? ops({op::complete(output.constData())}) : result(output.constData());
    };
    const RunId fits = engine.start("orders");
    engine.answer(fits, ops({op::run("a", half.constData())}));
    engine.answer(fits, end(half));
    QCOMPARE(engine.status(fits), "Completed"_ba);
    const RunId tooMuch = engine.start("orders");
    engine.answer(tooMuch, ops({op::run("a", half.constData())}));
    engine.answer(tooMuch, end(more));
    QCOMPARE(engine.status(tooMuch), "Failed"_ba);
    QVERIFY(engine.run(tooMuch).output.bytes().contains("InngestErrStateOverflowed"));
    QCOMPARE(engine.letter(tooMuch), "open limit_exceeded cycle 0"_ba);
}

void TestSteps::discoveryRequestIsFollowedAtOnce() // 5.25
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    for (int i = 0; i < 3; ++i) {
        engine.answer(id, ops({op::of(OpCode::DiscoveryRequest)}));
        QCOMPARE(engine.openCalls().size(), 1U);
        QCOMPARE(engine.openCall(id).attempt, 0);
    }
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestSteps::branchNotTakenLeavesNothing() // 5.26
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::run("then")}));
    engine.answer(id, result());
    QVERIFY(!engine.timeline(id).contains("else"));
    QCOMPARE(engine.memos(id), R"(then={"data":1})"_ba);
}

void TestSteps::unsupportedOpcodesFailTheRun_data()
{
    QTest::addColumn<int>("code");
    for (const OpCode code :
         {OpCode::WaitForEvent, OpCode::WaitForSignal, OpCode::InvokeFunction, OpCode::Gateway,
          OpCode::AiGateway, OpCode::SyncRunComplete, OpCode::DeferAdd, OpCode::DeferAbort})
        QTest::addRow("%s", toName(code).constData()) << static_cast<int>(code);
}

void TestSteps::unsupportedOpcodesFailTheRun()
{
    QFETCH(const int, code);
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::failed("caught")}));
    engine.answer(id, ops({op::of(static_cast<OpCode>(code), "wait for it")}));
    QCOMPARE(engine.status(id), "Failed"_ba);
    const QByteArray output = engine.run(id).output.bytes();
    QVERIFY2(output.contains(toName(static_cast<OpCode>(code))), output.constData());
    QVERIFY2(output.contains("wait for it"), output.constData());
    // The failure that user code caught is not what ended the run: a retry keeps it.
    QCOMPARE(engine.letter(id), "open non_retriable cycle 0"_ba);
    QCOMPARE(engine.disk().letters.at(id).failedStep, ""_ba);
}

/// An answer that reports nothing new.
CallAnswer idle(int kind)
{
    switch (kind) {
    case 0:
        return ops({});
    case 1:
        return ops({op::of(OpCode::None)});
    case 2:
        return ops({op::planned("done")});
    case 3:
        return ops({op::sleep("done", 1h)});
    default:
        return ops({op::run("done", "2")});
    }
}

void addIdleRows()
{
    QTest::addColumn<int>("kind");
    QTest::addRow("no ops") << 0;
    QTest::addRow("None") << 1;
    QTest::addRow("a plan of a step that is done") << 2;
    QTest::addRow("a sleep that is over") << 3;
    QTest::addRow("a step that is done, again") << 4;
}

void TestSteps::emptyAnswersDriveAgain_data()
{
    addIdleRows();
}

void TestSteps::emptyAnswersDriveAgain()
{
    QFETCH(const int, kind);
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::run("done")}));
    engine.answer(id, idle(kind));
    QCOMPARE(engine.openCalls().size(), 1U);
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestSteps::loopWithoutProgressEnds_data()
{
    addIdleRows();
}

void TestSteps::loopWithoutProgressEnds()
{
    QFETCH(const int, kind);
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::run("done")}));
    int answers = 0;
    while (engine.status(id) == "Running" && answers < 200 && !QTest::currentTestFailed()) {
        engine.answer(id, idle(kind));
        ++answers;
    }
    QCOMPARE(engine.status(id), "Failed"_ba);
    QVERIFY(engine.run(id).output.bytes().contains("nothing to do"));
}

void TestSteps::tooManyOpsAreNotWritten() // protocol 8.8
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    std::vector<StepOp> many;
    for (int i = 0; i <= 1000; ++i)
        many.push_back(op::error("s" + QByteArray::number(i)));
    const engine::Outcome outcome = engine.answer(id, ops(many));
    QVERIFY(outcome.writes.size() < 20);
    QCOMPARE(engine.status(id), "Failed"_ba);
    QVERIFY(engine.run(id).output.bytes().contains("InngestErrFunctionOverflowed"));
    QCOMPARE(engine.attempts(id), "0:final_error"_ba);
    QCOMPARE(engine.letter(id), "open limit_exceeded cycle 0"_ba);
}

void TestSteps::stepsThatPlanEachOtherEnd_data()
{
    QTest::addColumn<bool>("isByDiscovery");
    QTest::addRow("each plans the other one") << false;
    QTest::addRow("each asks for discovery, which plans it") << true;
}

void TestSteps::stepsThatPlanEachOtherEnd()
{
    QFETCH(const bool, isByDiscovery);
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::run("done")}));
    int answers = 0;
    while (engine.status(id) == "Running" && answers < 2000 && !QTest::currentTestFailed()) {
        const CallRequest call = engine.openCall(id);
        if (isByDiscovery && !call.step.isEmpty())
            engine.answer(call, ops({op::planned("y"), op::of(OpCode::DiscoveryRequest, "d")}));
        else
            engine.answer(call, ops({op::planned(call.step == "x" ? "y" : "x")}));
        ++answers;
    }
    QCOMPARE(engine.status(id), "Failed"_ba);
    QVERIFY(answers > 900); // as many as an honest run may have
    QVERIFY(engine.run(id).output.bytes().contains("without finishing a step"));
}

void TestSteps::runCompleteEndsTheRun()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::run("a"), op::complete(R"({"ok":true})")}));
    QCOMPARE(engine.status(id), "Completed"_ba);
    QCOMPARE(engine.run(id).output.bytes(), R"({"ok":true})"_ba);
    QCOMPARE(engine.memos(id), R"(a={"data":1})"_ba);
}

void TestSteps::requestVersionIsThatOfTheFirstAnswer()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    QCOMPARE(engine.openCall(id).requestVersion, -1);
    engine.answer(id, ops({op::run("a")}, 1));
    QCOMPARE(engine.openCall(id).requestVersion, 1);
    engine.answer(id, ops({op::run("b")}, 2));
    QCOMPARE(engine.openCall(id).requestVersion, 1);
}

QTEST_GUILESS_MAIN(TestSteps)
#include "tst_steps.moc"
