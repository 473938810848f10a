// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

/// The verbs that end a backoff or a sleep, and what the window is told of runs that wait.
class TestWaiting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void retryNowUsesTheNextAttempt();
    void retryNowOfOneJob();
    void retryNowWaitsForAnAppThatIsOffline();
    void sleepIsSkipped();
    void oneSleepOfTwoIsSkipped();
    void refusals_data();
    void refusals();
    void hurriedJobsSurviveACrash();
    void shownWhileItBacksOff();
    void shownErrorSurvivesACrash();
    void shownSteps();
    void shownLetter();
    void shownKey();
    void shownInLineWhenTheAppIsBusy();
};

namespace {

JobId jobOf(const EngineFixture &engine, const QByteArray &step)
{
    for (const auto &[id, job] : engine.disk().jobs) {
        if (job.name == step)
            return id;
    }
    return {};
}

RunId backingOff(EngineFixture &engine)
{
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::run("a")}));
    engine.answer(id, ops({op::error("b", "card declined")}));
    return id;
}

RunId parallel(EngineFixture &engine)
{
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(
        id, ops({op::planned("a"), op::planned("b"), op::sleep("nap", 1h), op::sleep("rest", 2h)}));
    engine.answerStep(id, "a", ops({op::error("a")}));
    engine.answerStep(id, "b", ops({op::error("b")}));
    return id;
}

} // namespace

void TestWaiting::retryNowUsesTheNextAttempt()
{
    EngineFixture engine;
    const RunId id = backingOff(engine);
    const TimePoint due = engine.wakeAt().value();
    QCOMPARE(engine.obey(RetryNow{id}), "done"_ba);
    QCOMPARE(std::get<VerbDone>(engine.lastReply().body).run, id);
    const CallRequest call = engine.openCall(id);
    QCOMPARE(call.attempt, 1);
    QVERIFY(!engine.wakeAt());
    QVERIFY(engine.timeline(id).endsWith("attempt.hurried:1 attempt.started:1"));
    const auto &records = engine.disk().timelines.at(id);
    QCOMPARE(records[records.size() - 2].payload.bytes(),
             QByteArray(R"({"name":"b","was_due_at":")" + toRfc3339(due) + R"("})"));
    engine.answer(id, ops({op::error("b")}));
    QCOMPARE(engine.run(id).status, RunStatus::Running);
    engine.advanceToNextCall();
    QCOMPARE(engine.openCall(id).attempt, 2);
}

void TestWaiting::retryNowOfOneJob()
{
    EngineFixture engine;
    const RunId id = parallel(engine);
    QCOMPARE(engine.obey(RetryNow{id, jobOf(engine, "b")}), "done"_ba);
    QCOMPARE(engine.openCalls().size(), 1U);
    QCOMPARE(engine.openCalls()[0].step, "b"_ba);
    QCOMPARE(engine.obey(RetryNow{id}), "done"_ba);
    QCOMPARE(engine.openCalls().size(), 2U);
}

void TestWaiting::retryNowWaitsForAnAppThatIsOffline()
{
    EngineFixture engine;
    const RunId id = backingOff(engine);
    const RunId other = engine.start("orders");
    engine.answer(other, unreachable());
    QCOMPARE(engine.obey(RetryNow{id}), "done"_ba);
    QVERIFY(engine.openCalls().empty());
    QCOMPARE(engine.disk().jobs.at(jobOf(engine, "b")).state, JobState::AppOffline);
    QCOMPARE(engine.obey(RetryNow{id}), "Conflict"_ba);
}

void TestWaiting::sleepIsSkipped()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::sleep("nap", 24h)}));
    engine.advance(1h);
    QCOMPARE(engine.obey(SkipSleep{id}), "done"_ba);
    QCOMPARE(engine.memos(id), "nap=null"_ba);
    QCOMPARE(engine.openCall(id).memos.size(), 1U);
    const auto &records = engine.disk().timelines.at(id);
    const TimelineRecord &woke = records[records.size() - 2];
    QCOMPARE(woke.type, TimelineType::StepWoke);
    QCOMPARE(woke.payload.bytes(), QByteArray(R"({"name":"nap","skipped":true,"until":")"
                                              + toRfc3339(startTime + 24h) + R"("})"));
    engine.answer(id, result());
    QVERIFY(!engine.wakeAt());
}

void TestWaiting::oneSleepOfTwoIsSkipped()
{
    EngineFixture engine;
    const RunId id = parallel(engine);
    QCOMPARE(engine.obey(SkipSleep{id, jobOf(engine, "rest")}), "done"_ba);
    QCOMPARE(engine.memos(id), "rest=null"_ba);
    QCOMPARE(engine.obey(SkipSleep{id}), "done"_ba);
    QCOMPARE(engine.memos(id), "rest=null nap=null"_ba);
}

void TestWaiting::refusals_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("nothing backs off") << 0 << "Conflict"_ba
                                       << "nothing here waits for its next attempt"_ba;
    QTest::newRow("nothing sleeps") << 1 << "Conflict"_ba
                                    << "nothing here sleeps"_ba;
    QTest::newRow("ended, retry") << 2 << "Conflict"_ba
                                  << "the run has ended: it is Completed"_ba;
    QTest::newRow("ended, skip") << 3 << "Conflict"_ba
                                 << "the run has ended: it is Completed"_ba;
    QTest::newRow("a sleep does not back off") << 4 << "Conflict"_ba
                                               << "nothing here waits for its next attempt"_ba;
    QTest::newRow("no such job") << 5 << "Conflict"_ba
                                 << "nothing here sleeps"_ba;
    QTest::newRow("no such run") << 6 << "NotFound"_ba
                                 << "there is no run 00000000000000000000000000"_ba;
}

void TestWaiting::refusals()
{
    QFETCH(const int, number);
    EngineFixture engine;
    const RunId waiting = parallel(engine);
    const RunId busy = engine.start("orders");
    const RunId ended = engine.start("orders");
    engine.answer(ended, result());
    const std::array<Verb, 7> verbs{RetryNow{busy, {}},
                                    SkipSleep{busy, {}},
                                    RetryNow{ended, {}},
                                    SkipSleep{ended, {}},
                                    RetryNow{waiting, jobOf(engine, "nap")},
                                    SkipSleep{waiting, "no such job"},
                                    SkipSleep{RunId{Ulid{}}, {}}};
    QTEST(engine.obey(verbs[static_cast<std::size_t>(number)]), "kind");
    QTEST(engine.refusal(), "message");
}

void TestWaiting::hurriedJobsSurviveACrash()
{
    EngineFixture engine;
    const RunId id = parallel(engine);
    engine.obey(RetryNow{id});
    engine.obey(SkipSleep{id});
    engine.crash();
    engine.advance(1s);
    QCOMPARE(engine.openCall(id, "a").attempt, 1);
    QCOMPARE(engine.openCall(id, "b").attempt, 1);
    QCOMPARE(engine.memos(id), "nap=null rest=null"_ba);
}

void TestWaiting::shownWhileItBacksOff()
{
    EngineFixture engine;
    const RunId id = backingOff(engine);
    const RunChanged &shown = engine.shown(id);
    QCOMPARE(shown.activities.size(), 1U);
    QCOMPARE(shown.activities[0].kind, ActivityKind::BackingOff);
    QCOMPARE(shown.activities[0].stepName, "b"_ba);
    QCOMPARE(shown.activities[0].until, engine.wakeAt());
    QCOMPARE(shown.attempt, 1);
    QCOMPARE(shown.maxAttempts, 5);
    QVERIFY(shown.error.bytes().contains("card declined"));
    QCOMPARE(shown.trigger, "orders"_ba);
    engine.advanceToNextCall();
    QCOMPARE(engine.shown(id).activities[0].kind, ActivityKind::Executing);
    QCOMPARE(engine.shown(id).attempt, 2);
    QVERIFY(engine.shown(id).error.isEmpty());
    engine.answer(id, failure("body"));
    QCOMPARE(engine.shown(id).activities[0].stepName, ""_ba);
    QVERIFY(engine.shown(id).error.bytes().contains("body"));
    engine.advanceToNextCall();
    engine.answer(id, result());
    QCOMPARE(engine.shown(id).attempt, 3);
    QVERIFY(engine.shown(id).error.isEmpty());
    QVERIFY(engine.shown(id).activities.empty());
}

void TestWaiting::shownErrorSurvivesACrash()
{
    EngineFixture engine;
    const RunId id = backingOff(engine);
    engine.crash();
    QVERIFY(engine.shown(id).error.bytes().contains("card declined"));
    QCOMPARE(engine.shown(id).attempt, 1);
    QCOMPARE(engine.shown(id).stepsDone, 1);
}

void TestWaiting::shownSteps()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    QCOMPARE(engine.shown(id).stepsKnown, 0);
    engine.answer(id, ops({op::planned("a"), op::planned("b"), op::sleep("nap", 1h)}));
    QCOMPARE(engine.shown(id).stepsDone, 0);
    QCOMPARE(engine.shown(id).stepsKnown, 3);
    engine.answerStep(id, "a", ops({op::run("a")}));
    engine.answerStep(id, "b", ops({op::failed("b")}));
    QCOMPARE(engine.shown(id).stepsDone, 1);
    QCOMPARE(engine.shown(id).stepsKnown, 3);
    engine.advance(1h);
    QCOMPARE(engine.shown(id).stepsDone, 2);
    QCOMPARE(engine.shown(id).stepsKnown, 3);
}

void TestWaiting::shownLetter()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    engine.answer(id, ops({op::run("a")}));
    QVERIFY(!engine.shown(id).letter);
    engine.answer(id, failure("card declined"));
    QCOMPARE(engine.shown(id).letter, std::optional(LetterState::Open));
    QVERIFY(engine.shown(id).error.bytes().contains("card declined"));
    engine.obey(DiscardLetter{id, "no"});
    const RunChanged discarded = engine.shown(id);
    QCOMPARE(discarded.letter, std::optional(LetterState::Discarded));
    QCOMPARE(discarded.run, engine.run(id));
    QCOMPARE(discarded.stepsDone, 1);
    QCOMPARE(discarded.attempt, 1);
    QCOMPARE(discarded.slug, "orders"_ba);
    engine.obey(RestoreLetter{id});
    QCOMPARE(engine.shown(id).letter, std::optional(LetterState::Open));
    engine.obey(RetryLetter{id});
    QCOMPARE(engine.shown(id).letter, std::optional(LetterState::Retrying));
    QVERIFY(engine.shown(id).error.isEmpty());
    engine.answer(id, result());
    QCOMPARE(engine.shown(id).letter, std::optional(LetterState::Resolved));
}

void TestWaiting::shownKey()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    engine.send(EventDraft{.name = "orders", .id = "order-7"});
    QCOMPARE(engine.shown(engine.runsOf("orders").front()).key, "order-7"_ba);
    QCOMPARE(engine.shown(engine.start("orders")).key, ""_ba);
}

void TestWaiting::shownInLineWhenTheAppIsBusy()
{
    EngineFixture engine({.retryInterval = 1s, .maxCallsPerApp = 1});
    const RunId id = backingOff(engine);
    const RunId other = engine.start("orders");
    QCOMPARE(engine.shown(id).activities[0].kind, ActivityKind::BackingOff);
    engine.advance(1s);
    QCOMPARE(engine.shown(id).activities[0].kind, ActivityKind::Queued);
    QCOMPARE(engine.obey(RetryNow{id}), "Conflict"_ba);
    engine.answer(other, result());
    QCOMPARE(engine.shown(id).activities[0].kind, ActivityKind::Executing);
}

QTEST_GUILESS_MAIN(TestWaiting)
#include "tst_waiting.moc"
