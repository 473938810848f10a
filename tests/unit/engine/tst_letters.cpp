// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

class TestLetters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void retryReusesCompletedSteps();
    void aRetryCountsAttemptsAnew();
    void attemptsOfACycleSurviveARestart();
    void aRetryThatWaitsIsAtItsFirstAttempt();
    void failedRetryOpensTheLetterAgain();
    void eachCycleHasItsOwnFailureEvent();
    void nonRetriableErrorIsALetterAtOnce();
    void letterIsWrittenWithTheFailure();
    void letterSaysWhatARetryReuses();
    void fingerprintMasksNumbersAndIds_data();
    void fingerprintMasksNumbersAndIds();
    void caughtFailuresAreKept();
    void caughtFailureIsNotTakenForTheLastOne();
    void failureThatWasFollowedIsKept();
    void parallelFailuresAreDroppedTogether();
    void bodyErrorDropsNothing();
    void droppedMemosStayToBeSeen();
    void discardAndRestore();
    void restoreIsPossibleForAWeek_data();
    void restoreIsPossibleForAWeek();
    void wrongStatesAreRefused_data();
    void wrongStatesAreRefused();
    void unknownRunsAreNotFound_data();
    void unknownRunsAreNotFound();
    void retryOverALimitNeedsAHigherOne_data();
    void retryOverALimitNeedsAHigherOne();
    void cancelledRetryResolvesTheLetter();
    void rerunIsANewRun();
    void rerunNeedsARegisteredFunction();
    void retryOfAGoneFunctionWaitsForIt();
    void discardedMemosAreReleased();
    void discardedMemosAreReleasedWhileTheServerRuns();
};

/// A run of two steps whose second failed: `a` is done, `b` is not.
RunId failedAtStepB(EngineFixture &engine)
{
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::run("a")}));
    engine.answer(id, ops({op::error("b", "card declined")}));
    engine.answer(id, finally(failure("card declined")));
    return id;
}

void TestLetters::retryReusesCompletedSteps() // 9.2
{
    EngineFixture engine;
    const RunId id = failedAtStepB(engine);
    QCOMPARE(engine.letter(id), "open attempts_exhausted cycle 0"_ba);
    engine.advance(1h);
    QCOMPARE(engine.obey(RetryLetter{id}), "done"_ba);
    const auto &done = std::get<VerbDone>(engine.lastReply().body);
    QCOMPARE(done.run, id);
    QCOMPARE(done.cycle, 1);
    QCOMPARE(engine.status(id), "Running"_ba);
    QVERIFY(!engine.run(id).endedAt);
    QVERIFY(engine.run(id).output.isEmpty());
    QCOMPARE(engine.letter(id), "retrying attempts_exhausted cycle 0"_ba);

    const CallRequest call = engine.openCall(id);
    QCOMPARE(call.attempt, 0);
    QCOMPARE(call.memos.size(), 1U);
    QCOMPARE(call.memos[0]->step, "a"_ba);
    engine.answer(id, ops({op::run("b")}));
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
    QVERIFY(engine.letter(id).startsWith("resolved"));
    QVERIFY(engine.disk().letters.at(id).resolution.bytes().contains(R"("how":"retried")"));
    QVERIFY(engine.disk().letters.at(id).resolution.bytes().contains(R"("by":"api")"));
    QVERIFY(engine.log().contains(R"({"cycle":1,"actor":"api","dropped_steps":["b"],)"));
    QCOMPARE(engine.disk().letters.at(id).closedAt, std::optional(engine.now()));
    QCOMPARE(engine.attempts(id, "a"), "0:ok"_ba);
    QCOMPARE(engine.run(id).startedAt, std::optional(startTime));
}

/// What the window says of a run counts from its retry on.
void TestLetters::aRetryCountsAttemptsAnew()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 1});
    const RunId id = engine.start("orders");
    engine.answer(id, failure("no"));
    engine.advance(1h);
    engine.answer(id, failure("no"));
    QCOMPARE(engine.shown(id).attempt, 2);
    engine.advance(1h);
    QCOMPARE(engine.obey(RetryLetter{id}), "done"_ba);
    QCOMPARE(engine.shown(id).attempt, 1);
    engine.crash();
    QCOMPARE(engine.shown(id).attempt, 1);
}

/// What a restart, and a look at an ended run, say of it is what was said while it ran.
void TestLetters::attemptsOfACycleSurviveARestart()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 2});
    const RunId id = engine.start("orders");
    engine.answer(id, failure("no"));
    engine.advance(1h);
    engine.answer(id, failure("no"));
    engine.advance(1h);
    engine.answer(id, failure("no"));
    QCOMPARE(engine.obey(RetryLetter{id}), "done"_ba);
    engine.answer(id, failure("no"));
    engine.advance(1h);
    engine.answer(id, ops({op::run("a")}));
    QCOMPARE(engine.shown(id).attempt, 2);
    engine.crash();
    QCOMPARE(engine.shown(id).attempt, 2);
    engine.advance(1h);
    engine.answer(id, finally(failure("no")));
    QCOMPARE(engine.shown(id).attempt, 2);
    engine.obey(DiscardLetter{id, "no"});
    QCOMPARE(engine.shown(id).attempt, 2);
}

/// A retried run that cannot be called yet.
void TestLetters::aRetryThatWaitsIsAtItsFirstAttempt()
{
    EngineFixture engine;
    const RunId id = failedAtStepB(engine);
    engine.unregisterFunction("orders");
    engine.obey(RetryLetter{id});
    QCOMPARE(engine.shown(id).attempt, 1);
}

void TestLetters::failedRetryOpensTheLetterAgain() // 9.3
{
    EngineFixture engine;
    const RunId id = failedAtStepB(engine);
    engine.obey(RetryLetter{id});
    engine.answer(id, ops({op::error("b", "still declined")}));
    engine.answer(id, finally(failure("still declined")));
    QCOMPARE(engine.letter(id), "open attempts_exhausted cycle 1"_ba);
    QVERIFY(engine.disk().letters.at(id).resolution.isEmpty());
    QCOMPARE(engine.timeline(id).count("run.failed"), 2);
    QCOMPARE(engine.timeline(id).count("run.resumed"), 1);
    QCOMPARE(engine.obey(RetryLetter{id}), "done"_ba);
    QCOMPARE(engine.run(id).cycle, 2);
}

void TestLetters::eachCycleHasItsOwnFailureEvent()
{
    EngineFixture engine;
    engine.registerFunction("handler", {.event = "inngest/function.failed"});
    const RunId id = failedAtStepB(engine);
    engine.obey(RetryLetter{id});
    engine.answer(engine.openCalls().back(), finally(failure()));
    QCOMPARE(engine.events("inngest/function.failed"),
             (QByteArrayList{id.toText(), id.toText() + "-1"}));
    QCOMPARE(engine.runsOf("handler").size(), 2U);
}

void TestLetters::nonRetriableErrorIsALetterAtOnce() // 9.4
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, finally(failure()));
    QCOMPARE(engine.letter(id), "open non_retriable cycle 0"_ba);
    QCOMPARE(engine.disk().letters.at(id).failedStepAttempts, 1);
    QCOMPARE(engine.disk().letters.at(id).failedStepName, ""_ba);
}

void TestLetters::letterIsWrittenWithTheFailure() // 9.13
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    const engine::Outcome outcome = engine.answer(id, failure());
    bool hasRun = false;
    bool hasLetter = false;
    bool hasEvent = false;
    for (const Write &write : outcome.writes) {
        const auto *run = std::get_if<Run>(&write);
        hasRun = hasRun || (run != nullptr && run->status == RunStatus::Failed);
        hasLetter = hasLetter || std::holds_alternative<DeadLetter>(write);
        const auto *event = std::get_if<EventPtr>(&write);
        hasEvent = hasEvent || (event != nullptr && (*event)->name == "inngest/function.failed");
    }
    QVERIFY(hasRun && hasLetter && hasEvent);
}

void TestLetters::letterSaysWhatARetryReuses()
{
    EngineFixture engine;
    const RunId id = failedAtStepB(engine);
    const DeadLetter letter = engine.disk().letters.at(id);
    QCOMPARE(letter.completedSteps.bytes(), R"(["a"])"_ba);
    QCOMPARE(letter.failedStep, "b"_ba);
    QCOMPARE(letter.failedStepName, "b"_ba);
    QCOMPARE(letter.failedStepAttempts, 1);
    QVERIFY(letter.error.bytes().contains("card declined"));
    QCOMPARE(letter.failedAt, engine.run(id).endedAt.value());
}

void TestLetters::fingerprintMasksNumbersAndIds_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    QTest::addColumn<bool>("isEqual");
    QTest::addRow("the same") << "boom"_ba
                              << "boom"_ba << true;
    QTest::addRow("numbers") << "order 17 not found"_ba
                             << "order 2345 not found"_ba << true;
    QTest::addRow("ids") << "user 4f1c-99 is gone"_ba
                         << "user 88aa-12 is gone"_ba << true;
    QTest::addRow("quoted") << R"(unknown currency \"XXX\")"_ba
                            << R"(unknown currency \"XTS\")"_ba << true;
    QTest::addRow("an open quote") << R"(5\" is too \"long)"_ba
                                   << R"(5\" is too \"short)"_ba << false;
    QTest::addRow("other words") << "order 17 not found"_ba
                                 << "order 17 not paid"_ba << false;
}

void TestLetters::fingerprintMasksNumbersAndIds()
{
    QFETCH(const QByteArray, first);
    QFETCH(const QByteArray, second);
    QFETCH(const bool, isEqual);
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    QByteArrayList prints;
    for (const QByteArray &message : {first, second}) {
        const RunId id = engine.start("orders");
        engine.answer(id, failure(message));
        prints.push_back(engine.disk().letters.at(id).fingerprint);
    }
    QVERIFY(!prints[0].isEmpty());
    QCOMPARE(prints[0] == prints[1], isEqual);
}

QByteArray keptSteps(EngineFixture &engine, RunId id)
{
    QByteArrayList kept;
    for (const MemoPtr &memo : engine.openCall(id).memos)
        kept.push_back(memo->step);
    return kept.join(' ');
}

void TestLetters::caughtFailuresAreKept() // semantics 9.6
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::error("primary", "not here")}));
    engine.answer(id, ops({op::run("fallback")}));
    engine.answer(id, ops({op::error("last", "out of paper")}));
    engine.answer(id, finally(failure("out of paper")));
    QCOMPARE(engine.disk().letters.at(id).failedStep, "last"_ba);
    engine.obey(RetryLetter{id});
    QCOMPARE(keptSteps(engine, id), "primary fallback"_ba);
    engine.answer(id, ops({op::run("last")}));
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestLetters::caughtFailureIsNotTakenForTheLastOne() // 9.6: the body failed, with a longer text
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::error("primary", "timeout")}));
    engine.answer(id, ops({op::run("fallback")}));
    engine.answer(id, finally(failure("no timeout was configured")));
    QCOMPARE(engine.disk().letters.at(id).failedStep, ""_ba);
    engine.obey(RetryLetter{id});
    QCOMPARE(keptSteps(engine, id), "primary fallback"_ba);
}

void TestLetters::failureThatWasFollowedIsKept() // 9.6: `b` was caught, its compensation ran
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::error("a", "a broke")}));
    engine.answer(id, ops({op::error("b", "b broke")}));
    engine.answer(id, ops({op::run("undo-b")}));
    engine.answer(id, finally(failure("a broke")));
    QCOMPARE(engine.disk().letters.at(id).failedStep, "a"_ba);
    engine.obey(RetryLetter{id});
    QCOMPARE(keptSteps(engine, id), "b undo-b"_ba);
}

void TestLetters::parallelFailuresAreDroppedTogether()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::planned("a"), op::planned("b"), op::planned("c")}));
    engine.answerStep(id, "a", ops({op::failed("a", "a broke")}));
    engine.answerStep(id, "b", ops({op::run("b")}));
    engine.answerStep(id, "c", ops({op::failed("c", "c broke")}));
    engine.answer(id, finally(failure("a broke")));
    engine.obey(RetryLetter{id});
    QCOMPARE(engine.memos(id), R"(b={"data":1})"_ba);
    QCOMPARE(engine.openCall(id).memos.size(), 1U);
    QVERIFY(!engine.openCall(id).forceStepPlan);
}

void TestLetters::bodyErrorDropsNothing()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::run("a")}));
    engine.answer(id, failure("in the body"));
    engine.obey(RetryLetter{id});
    QCOMPARE(engine.openCall(id).memos.size(), 1U);
    QCOMPARE(engine.openCall(id).attempt, 0);
    QCOMPARE(engine.openCall(id).maxAttempts, 1);
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestLetters::droppedMemosStayToBeSeen()
{
    EngineFixture engine;
    const RunId id = failedAtStepB(engine);
    engine.obey(RetryLetter{id});
    QCOMPARE(engine.disk().memos.at(id).at(1)->step, "b"_ba);
    QCOMPARE(engine.disk().memos.at(id).at(1)->droppedInCycle, 1);
    engine.answer(id, ops({op::run("b")}));
    QCOMPARE(engine.disk().memos.at(id).at(2)->step, "b"_ba); // no index is used twice
    engine.crash();
    engine.advance(1s);
    QCOMPARE(engine.openCall(id).memos.size(), 2U);
}

void TestLetters::discardAndRestore() // 9.6
{
    EngineFixture engine;
    const RunId id = failedAtStepB(engine);
    QCOMPARE(engine.obey(DiscardLetter{id, "not needed"}), "done"_ba);
    QVERIFY(engine.letter(id).startsWith("discarded"));
    QVERIFY(engine.disk().letters.at(id).resolution.bytes().contains("not needed"));
    QCOMPARE(engine.status(id), "Failed"_ba);
    QCOMPARE(engine.obey(RetryLetter{id}), "Conflict"_ba);
    QCOMPARE(engine.obey(RestoreLetter{id}), "done"_ba);
    QVERIFY(engine.letter(id).startsWith("open"));
    QVERIFY(!engine.disk().letters.at(id).closedAt);
    QCOMPARE(engine.obey(RetryLetter{id}), "done"_ba);
}

void TestLetters::restoreIsPossibleForAWeek_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QByteArray>("reply");
    QTest::addRow("after 7 days") << 7 * 86'400 << "done"_ba;
    QTest::addRow("after 7 days and a second") << 7 * 86'400 + 1 << "Conflict"_ba;
}

void TestLetters::restoreIsPossibleForAWeek()
{
    QFETCH(const int, seconds);
    QFETCH(const QByteArray, reply);
    EngineFixture engine;
    const RunId id = failedAtStepB(engine);
    engine.obey(DiscardLetter{id, "no"});
    engine.advance(std::chrono::seconds(seconds));
    QCOMPARE(engine.obey(RestoreLetter{id}), reply);
}

void TestLetters::wrongStatesAreRefused_data()
{
    QTest::addColumn<QByteArray>("state");
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QByteArray>("reply");
    const auto row = [](const char *state, const char *verb, const char *reply) {
        QTest::addRow("%s: %s", state, verb)
            << QByteArray(state) << QByteArray(verb) << QByteArray(reply);
    };
    row("running", "retry", "NotFound");
    row("running", "discard", "NotFound");
    row("running", "restore", "NotFound");
    row("running", "rerun", "Conflict");
    row("completed", "retry", "NotFound");
    row("completed", "cancel", "Conflict");
    row("completed", "rerun", "done");
    row("open", "cancel", "Conflict");
    row("open", "restore", "Conflict");
    row("open", "rerun", "done");
    row("retrying", "retry", "Conflict");
    row("retrying", "discard", "Conflict");
    row("retrying", "restore", "Conflict");
    row("retrying", "rerun", "Conflict");
    row("retrying", "cancel", "done");
    row("resolved", "retry", "Conflict"); // 9.12
    row("resolved", "discard", "Conflict");
    row("resolved", "restore", "Conflict");
    row("discarded", "retry", "Conflict");
    row("discarded", "discard", "Conflict");
    row("discarded", "rerun", "done");
}

RunId bringInto(EngineFixture &engine, const QByteArray &state)
{
    if (state == "running" || state == "completed") {
        engine.registerFunction("orders");
        const RunId id = engine.start("orders");
        if (state == "completed")
            engine.answer(id, result());
        return id;
    }
    const RunId id = failedAtStepB(engine);
    if (state == "discarded")
        engine.obey(DiscardLetter{id, "no"});
    if (state == "retrying" || state == "resolved")
        engine.obey(RetryLetter{id});
    if (state == "resolved")
        engine.answer(id, result());
    return id;
}

Verb verbNamed(const QByteArray &name, RunId id)
{
    if (name == "cancel")
        return CancelRun{id};
    if (name == "retry")
        return RetryLetter{id};
    if (name == "discard")
        return DiscardLetter{id, "no"};
    if (name == "restore")
        return RestoreLetter{id};
    return RerunRun{id};
}

void TestLetters::wrongStatesAreRefused()
{
    QFETCH(const QByteArray, state);
    QFETCH(const QByteArray, verb);
    QFETCH(const QByteArray, reply);
    EngineFixture engine;
    const RunId id = bringInto(engine, state);
    const Run before = engine.run(id);
    const QByteArray letter = engine.letter(id);
    QCOMPARE(engine.obey(verbNamed(verb, id)), reply);
    if (reply != "done") {
        QCOMPARE(engine.run(id), before);
        QCOMPARE(engine.letter(id), letter);
    }
}

void TestLetters::unknownRunsAreNotFound_data()
{
    QTest::addColumn<QByteArray>("verb");
    for (const char *verb : {"cancel", "retry", "discard", "restore", "rerun"})
        QTest::addRow("%s", verb) << QByteArray(verb);
}

void TestLetters::unknownRunsAreNotFound()
{
    QFETCH(const QByteArray, verb);
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId unknown{Ulid::fromParts(startTime, {9})};
    QCOMPARE(engine.obey(verbNamed(verb, unknown)), "NotFound"_ba);
    QVERIFY(engine.disk().runs.empty());
}

void TestLetters::retryOverALimitNeedsAHigherOne_data()
{
    QTest::addColumn<bool>("isSteps");
    QTest::addColumn<bool>("isRaised");
    QTest::addRow("steps, same limit") << true << false;
    QTest::addRow("steps, higher limit") << true << true;
    QTest::addRow("state, same limit") << false << false;
    QTest::addRow("state, higher limit") << false << true;
}

void TestLetters::retryOverALimitNeedsAHigherOne()
{
    QFETCH(const bool, isSteps);
    QFETCH(const bool, isRaised);
    engine::Options options;
    (isSteps ? options.stepLimit : options.maxCallsPerApp) = 3;
    if (!isSteps)
        options.stateLimit = 100;
    EngineFixture engine(options);
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    for (int i = 0; i < 3 && engine.status(id) == "Running"; ++i)
        engine.answer(id, ops({op::run("s" + QByteArray::number(i))}));
    QCOMPARE(engine.letter(id), "open limit_exceeded cycle 0"_ba);
    if (isRaised) {
        engine.setOptions({});
        engine.crash();
    }
    QCOMPARE(engine.obey(RetryLetter{id}), isRaised ? "done"_ba : "Conflict"_ba);
    if (isRaised)
        QCOMPARE(engine.openCall(id).memos.size(), engine.disk().memos.at(id).size());
}

void TestLetters::cancelledRetryResolvesTheLetter()
{
    EngineFixture engine;
    const RunId id = failedAtStepB(engine);
    engine.obey(RetryLetter{id});
    engine.crash(); // the letter is still known afterwards
    engine.obey(CancelRun{id});
    QCOMPARE(engine.status(id), "Cancelled"_ba);
    QVERIFY(engine.letter(id).startsWith("resolved"));
    QVERIFY(engine.disk().letters.at(id).resolution.bytes().contains(R"("how":"cancelled")"));
    QCOMPARE(engine.events("inngest/function.cancelled"), QByteArrayList{id.toText() + "-1"});
}

void TestLetters::rerunIsANewRun()
{
    EngineFixture engine;
    const RunId first = failedAtStepB(engine);
    engine.obey(RerunRun{first});
    const auto done = std::get<VerbDone>(engine.lastReply().body);
    QVERIFY(done.run != first);
    QCOMPARE(done.originalRun, first);
    QVERIFY(engine.openCall(done.run).memos.empty());
    QCOMPARE(engine.openCall(done.run).attempt, 0);
    QCOMPARE(engine.run(done.run).events, engine.run(first).events);
    engine.answer(done.run, result());
    engine.obey(RerunRun{done.run}); // of a rerun: linked to the very first of the chain
    QCOMPARE(std::get<VerbDone>(engine.lastReply().body).originalRun, first);
    QVERIFY(engine.letter(first).startsWith("open")); // a rerun resolves nothing
}

void TestLetters::rerunNeedsARegisteredFunction()
{
    EngineFixture engine;
    const RunId id = failedAtStepB(engine);
    engine.unregisterFunction("orders");
    QCOMPARE(engine.obey(RerunRun{id}), "Conflict"_ba);
    QCOMPARE(engine.obey(RetryLetter{id}), "done"_ba); // semantics 9.5: accepted
}

void TestLetters::retryOfAGoneFunctionWaitsForIt() // semantics 9.5
{
    EngineFixture engine;
    const RunId id = failedAtStepB(engine);
    engine.unregisterFunction("orders");
    QCOMPARE(engine.obey(RetryLetter{id}), "done"_ba);
    QVERIFY(engine.openCalls().empty());
    QCOMPARE(engine.status(id), "Running"_ba);
    QCOMPARE(engine.shown(id).activities.at(0).kind, ActivityKind::NoHandler);
    engine.registerFunction("orders", {.retries = 0});
    engine.answer(id, ops({op::run("b")}));
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);

    const RunId other = failedAtStepB(engine);
    engine.unregisterFunction("orders");
    engine.obey(RetryLetter{other});
    QCOMPARE(engine.obey(CancelRun{other}), "done"_ba);
    QVERIFY(engine.state().parked.empty());
    QVERIFY(engine.disk().jobs.empty());
}

void TestLetters::discardedMemosAreReleasedWhileTheServerRuns()
{
    EngineFixture engine;
    const RunId id = failedAtStepB(engine);
    engine.crash();
    engine.obey(DiscardLetter{id, "no"});
    QVERIFY(!engine.wakeAt()); // nothing is polled for
    engine.advance(24h * 7 - 1s);
    engine.send("anything");
    QVERIFY(engine.disk().memos.contains(id));
    engine.advance(25h);
    engine.send("anything");
    QVERIFY(!engine.disk().memos.contains(id));
    const std::size_t writes = engine.step({engine::TimeReached{}}).writes.size();
    QCOMPARE(writes, 0U); // once a day is enough
}

void TestLetters::discardedMemosAreReleased()
{
    EngineFixture engine;
    const RunId id = failedAtStepB(engine);
    engine.obey(DiscardLetter{id, "no"});
    engine.advance(24h * 7 - 1s);
    engine.crash();
    QVERIFY(engine.disk().memos.contains(id));
    engine.crash(2s);
    QVERIFY(!engine.disk().memos.contains(id));
}

QTEST_GUILESS_MAIN(TestLetters)
#include "tst_letters.moc"
