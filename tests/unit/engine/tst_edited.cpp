// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonvalue.h"
#include "tests/support/enginefixture.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

/// Dead letters that are retried with other data (semantics §9.5).
class TestEdited : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newRunHasTheNewData();
    void stepsAreTakenOverOnlyIfToldSo_data();
    void stepsAreTakenOverOnlyIfToldSo();
    void letterIsResolvedByTheNewRun();
    void noteStaysWithBothRuns();
    void eventKeepsTheIdOfItsSender();
    void chainOfEdits();
    void rowsSayIt();
    void startsOnlyItsFunction();
    void refusals_data();
    void refusals();
    void survivesACrash();
};

namespace {

RunId failedAtStepB(EngineFixture &engine, const QByteArray &ownId = {})
{
    engine.registerFunction("orders", {.retries = 0});
    EventDraft draft{.name = "orders", .data = json(R"({"n":1})"), .v = json("\"2026-01\"")};
    if (!ownId.isEmpty())
        draft.id = ownId;
    engine.send(std::move(draft));
    const RunId id = engine.runsOf("orders").back();
    engine.answer(id, ops({op::run("a")}));
    engine.answer(id, ops({op::failed("b", "card declined")}));
    engine.answer(id, finally(failure("card declined")));
    return id;
}

VerbDone edit(EngineFixture &engine, RunId id, bool reusesSteps = false)
{
    const QByteArray told = engine.obey(RetryEdited{id, json(R"({"n":2})"), reusesSteps});
    return told == "done" ? std::get<VerbDone>(engine.lastReply().body) : VerbDone{};
}

} // namespace

void TestEdited::newRunHasTheNewData() // 9.7
{
    EngineFixture engine;
    const RunId id = failedAtStepB(engine);
    engine.advance(1h);
    const VerbDone done = edit(engine, id);
    QVERIFY(done.run != id);
    QCOMPARE(done.originalRun, id);
    QCOMPARE(engine.run(done.run).originalRun, id);
    QCOMPARE(engine.run(done.run).function, engine.run(id).function);
    const CallRequest call = engine.openCall(done.run);
    QVERIFY(call.memos.empty());
    QCOMPARE(call.events.size(), 1U);
    const Event &fresh = *call.events[0];
    const Event &old = *engine.disk().events.at(engine.run(id).events[0]);
    QVERIFY(fresh.internalId != old.internalId);
    QCOMPARE(fresh.id, fresh.internalId.toText());
    QCOMPARE(fresh.ts, old.ts);
    QByteArray expected = old.json.bytes();
    expected.replace(R"({"n":1})", R"({"n":2})").replace(old.id, fresh.id);
    QCOMPARE(fresh.json.bytes(), expected);
    QVERIFY(expected.contains("2026-01"));
    engine.answer(done.run, result());
    QCOMPARE(engine.status(done.run), "Completed"_ba);
    QCOMPARE(engine.status(id), "Failed"_ba);
}

void TestEdited::stepsAreTakenOverOnlyIfToldSo_data()
{
    QTest::addColumn<bool>("reuses");
    QTest::addColumn<QByteArray>("memos");
    QTest::newRow("anew") << false << ""_ba;
    QTest::newRow("taken over") << true << "a={\"data\":1}"_ba;
}

void TestEdited::stepsAreTakenOverOnlyIfToldSo()
{
    QFETCH(const bool, reuses);
    QFETCH(const QByteArray, memos);
    EngineFixture engine;
    const VerbDone done = edit(engine, failedAtStepB(engine), reuses);
    QCOMPARE(engine.memos(done.run), memos);
    QCOMPARE(engine.openCall(done.run).memos.size(), reuses ? 1U : 0U);
    const QByteArray scheduled = engine.disk().timelines.at(done.run)[0].payload.bytes();
    QVERIFY(scheduled.contains(R"("source":"retry")"));
    QCOMPARE(scheduled.contains(R"("reused_steps":1)"), reuses);
    if (!reuses)
        engine.answer(done.run, ops({op::run("a")}));
    engine.answer(done.run, ops({op::run("b")}));
    engine.answer(done.run, result());
    QCOMPARE(engine.memos(done.run), "a={\"data\":1} b={\"data\":1}"_ba);
}

void TestEdited::letterIsResolvedByTheNewRun()
{
    EngineFixture engine;
    const RunId id = failedAtStepB(engine);
    const VerbDone done = edit(engine, id);
    QVERIFY(engine.letter(id).startsWith("resolved"));
    const DeadLetter &letter = engine.disk().letters.at(id);
    QCOMPARE(letter.resolution.bytes(),
             QByteArray(R"({"how":"edited","at":")" + toRfc3339(engine.now())
                        + R"(","by":"api","run_id":")" + done.run.toText() + R"("})"));
    QCOMPARE(letter.closedAt, std::optional(engine.now()));
    QCOMPARE(engine.shown(id).letter, std::optional(LetterState::Resolved));
    QCOMPARE(edit(engine, id).run, RunId());
    engine.answer(done.run, finally(failure()));
    QVERIFY(engine.letter(done.run).startsWith("open"));
}

void TestEdited::noteStaysWithBothRuns()
{
    EngineFixture engine;
    const RunId id = failedAtStepB(engine);
    const QByteArray note = "the \"customer\" had moved"_ba;
    const QByteArray written = R"("note":"the \"customer\" had moved")"_ba;
    QCOMPARE(engine.obey(RetryEdited{id, json(R"({"n":2})"), false, note}), "done"_ba);
    const RunId fresh = std::get<VerbDone>(engine.lastReply().body).run;
    QVERIFY(engine.disk().timelines.at(fresh)[0].payload.bytes().contains(written));
    QVERIFY(engine.disk().letters.at(id).resolution.bytes().contains(written));
}

void TestEdited::eventKeepsTheIdOfItsSender()
{
    EngineFixture engine;
    const VerbDone done = edit(engine, failedAtStepB(engine, "order-7"));
    QCOMPARE(engine.openCall(done.run).events[0]->id, "order-7"_ba);
    QVERIFY(engine.run(done.run).scheduleKey.isEmpty());
    QVERIFY(engine.shown(done.run).key.isEmpty());
    const std::size_t before = engine.disk().runs.size();
    engine.send(EventDraft{.name = "orders", .id = "order-7"}); // still taken by the first run
    QCOMPARE(engine.disk().runs.size(), before);
}

void TestEdited::chainOfEdits()
{
    EngineFixture engine;
    const RunId id = failedAtStepB(engine);
    const VerbDone first = edit(engine, id, true);
    engine.answer(first.run, finally(failure()));
    const VerbDone second = edit(engine, first.run, true);
    QCOMPARE(second.originalRun, id);
    QVERIFY(engine.disk().timelines.at(second.run)[0].payload.bytes().contains(
        QByteArray("\"retry_of\":\"" + first.run.toText())));
    QCOMPARE(engine.memos(second.run), "a={\"data\":1}"_ba);
}

/// Also after a restart, and when it is resumed itself. A rerun of one has the same data as that.
void TestEdited::rowsSayIt()
{
    EngineFixture engine;
    const RunId id = failedAtStepB(engine);
    const RunId fresh = edit(engine, id).run;
    QVERIFY(!engine.shown(id).isEditedRetry);
    QVERIFY(engine.shown(fresh).isEditedRetry);
    engine.crash();
    QVERIFY(engine.shown(fresh).isEditedRetry);
    engine.advance(1h);
    engine.answer(fresh, finally(failure()));
    QVERIFY(engine.shown(fresh).isEditedRetry);
    QCOMPARE(engine.obey(RetryLetter{fresh}), "done"_ba);
    QVERIFY(engine.shown(fresh).isEditedRetry);
    engine.answer(fresh, result());
    QCOMPARE(engine.obey(RerunRun{fresh}), "done"_ba);
    const RunId rerun = std::get<VerbDone>(engine.lastReply().body).run;
    QVERIFY(!engine.shown(rerun).isEditedRetry);
}

void TestEdited::startsOnlyItsFunction()
{
    EngineFixture engine;
    engine.registerFunction("other", {.event = "orders"});
    const RunId id = failedAtStepB(engine);
    const std::size_t before = engine.disk().runs.size();
    edit(engine, id);
    QCOMPARE(engine.disk().runs.size(), before + 1);
    QCOMPARE(engine.runsOf("other").size(), 1U);
}

void TestEdited::refusals_data()
{
    QTest::addColumn<QByteArray>("what");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("array") << "open"_ba
                           << "[1]"_ba
                           << "InvalidInput"_ba
                           << "the data of an event must be a JSON object"_ba;
    QTest::newRow("nothing") << "open"_ba
                             << ""_ba
                             << "InvalidInput"_ba
                             << "the data of an event must be a JSON object"_ba;
    QTest::newRow("discarded") << "discarded"_ba
                               << "{}"_ba
                               << "Conflict"_ba
                               << "only an open dead letter can be retried: it is discarded"_ba;
    QTest::newRow("retrying") << "retrying"_ba
                              << "{}"_ba
                              << "Conflict"_ba
                              << "only an open dead letter can be retried: it is retrying"_ba;
    QTest::newRow("function gone") << "gone"_ba
                                   << "{}"_ba
                                   << "Conflict"_ba
                                   << "the function of this run is not registered any more"_ba;
    QTest::newRow("no such run") << "unknown"_ba
                                 << "{}"_ba
                                 << "NotFound"_ba
                                 << "there is no dead letter 00000000000000000000000000"_ba;
}

void TestEdited::refusals()
{
    QFETCH(const QByteArray, what);
    QFETCH(const QByteArray, data);
    EngineFixture engine;
    RunId id = failedAtStepB(engine);
    if (what == "discarded")
        engine.obey(DiscardLetter{id, "no"});
    else if (what == "retrying")
        engine.obey(RetryLetter{id});
    else if (what == "gone")
        engine.unregisterFunction("orders");
    else if (what == "unknown")
        id = RunId{Ulid{}};
    const std::size_t before = engine.disk().runs.size();
    QTEST(engine.obey(RetryEdited{id, json(data.constData())}), "kind");
    QTEST(engine.refusal(), "message");
    QCOMPARE(engine.disk().runs.size(), before);
}

void TestEdited::survivesACrash()
{
    EngineFixture engine;
    const VerbDone done = edit(engine, failedAtStepB(engine), true);
    engine.crash();
    engine.advance(1s);
    QCOMPARE(engine.openCall(done.run).memos.size(), 1U);
    engine.answer(done.run, ops({op::run("b")}));
    engine.answer(done.run, result());
    QCOMPARE(engine.memos(done.run), "a={\"data\":1} b={\"data\":1}"_ba);
}

QTEST_GUILESS_MAIN(TestEdited)
#include "tst_edited.moc"
