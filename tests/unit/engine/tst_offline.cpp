// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

class TestOffline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runWaitsForItsApp();
    void probesDoubleUpToFiveSeconds();
    void hundredRunsWaitAndComplete();
    void releaseIsInQueueOrder();
    void syncAndPollRelease_data();
    void syncAndPollRelease();
    void otherAppsGoOn();
    void backoffThatEndsOfflineWaits();
    void nothingIsProbedWithoutWork();
    void graceAfterAFlap();
    void graceAfterAChangedSync();
    void noGraceAfterTheFirstSync();
    void errorsOfTheSdkHaveNoGrace();
    void hotReloadFailsNoRun();
    void refusedCallsAreToldOfTheApp();
    void runsOfAnAppInCloudModeWait();
    void cloudModeAndDown();
    void theFirst401InCloudModeUsesUpNoAttempt();
    void whatOnlyAPollSaysStopsNoProbe();
    void whoRefusesCallsKeepsItsPlace();
};

void TestOffline::runWaitsForItsApp() // 10.9
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    const engine::Outcome outcome = engine.answer(id, unreachable());
    QCOMPARE(engine.status(id), "Running"_ba);
    QCOMPARE(engine.disk().jobs.begin()->second.state, JobState::AppOffline);
    const auto *changed = std::get_if<RunChanged>(&outcome.changes.back());
    QVERIFY(changed != nullptr);
    QCOMPARE(changed->activities.at(0).kind, ActivityKind::AppOffline);
    QCOMPARE(engine.notices().size(), 1);
    const auto aboutOf = [](const engine::Outcome &told) {
        for (const Change &change : told.changes) {
            if (const auto *notice = std::get_if<Notice>(&change))
                return notice->about;
        }
        return QByteArray();
    };
    const QByteArray about = aboutOf(outcome);
    QVERIFY(about.startsWith("app:"));
    const TimePoint back = startTime + 20min;
    while (engine.now() < back) {
        engine.advance(250ms);
        if (!engine.probes().empty())
            engine.answerProbe(engine.now() >= back);
    }
    while (engine.openCalls().empty()) {
        engine.advance(1s);
        if (!engine.probes().empty())
            engine.answerProbe(true);
    }
    QVERIFY(engine.now() < back + 6s);
    QCOMPARE(engine.openCall(id).attempt, 0);
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
    QCOMPARE(engine.attempts(id), "0:app_offline 0:ok"_ba);
    QCOMPARE(engine.notices().size(), 2); // gone, back
}

void TestOffline::probesDoubleUpToFiveSeconds()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    engine.answer(engine.start("orders"), unreachable());
    for (const auto pause : {250ms, 500ms, 1000ms, 2000ms, 4000ms, 5000ms, 5000ms}) {
        QCOMPARE(engine.wakeAt(), std::optional(engine.now() + pause));
        engine.advance(pause - 1ms);
        QVERIFY(engine.probes().empty());
        engine.advance(1ms);
        QCOMPARE(engine.probes().size(), 1U);
        QVERIFY(!engine.wakeAt()); // one probe at a time
        engine.answerProbe(false);
    }
    QCOMPARE(engine.calls().size(), 1U);
}

void TestOffline::hundredRunsWaitAndComplete() // 13.2
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    engine.answer(engine.start("orders"), unreachable());
    for (int i = 1; i < 100; ++i)
        engine.send("orders");
    QVERIFY(engine.openCalls().empty());
    engine.advance(250ms);
    engine.answerProbe(true);
    QCOMPARE(engine.openCalls().size(), 100U);
    for (const CallRequest &call : engine.openCalls()) {
        QCOMPARE(call.attempt, 0);
        engine.answer(call, result());
    }
    for (const RunId &id : engine.runsOf("orders"))
        QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestOffline::releaseIsInQueueOrder()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId first = engine.start("orders");
    engine.answer(first, unreachable());
    engine.advance(1ms);
    const RunId second = engine.start("orders");
    engine.advance(1ms);
    const RunId third = engine.start("orders");
    engine.advance(248ms);
    engine.answerProbe(true);
    QCOMPARE(engine.openCalls().size(), 3U);
    QCOMPARE(engine.openCalls()[0].run, first);
    QCOMPARE(engine.openCalls()[1].run, second);
    QCOMPARE(engine.openCalls()[2].run, third);
}

void TestOffline::syncAndPollRelease_data()
{
    QTest::addColumn<bool>("isSync");
    QTest::addRow("the app syncs") << true;
    QTest::addRow("a poll finds it") << false;
}

void TestOffline::syncAndPollRelease()
{
    QFETCH(const bool, isSync);
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, unreachable());
    if (isSync)
        engine.syncApp("shop");
    else
        engine.step(
            {engine::AppPolled{.app = engine.appId(), .url = {}, .error = {}, .detail = {}}});
    QCOMPARE(engine.openCall(id).attempt, 0);
    engine.advance(10s);
    QVERIFY(engine.probes().empty());
}

void TestOffline::otherAppsGoOn()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    engine.registerFunction("mail", {.app = "post"});
    engine.answer(engine.start("orders"), unreachable());
    const RunId mail = engine.start("mail");
    engine.answer(mail, result());
    QCOMPARE(engine.status(mail), "Completed"_ba);
    engine.advance(250ms);
    QCOMPARE(engine.probes().size(), 1U);
    QCOMPARE(engine.probes()[0].app, engine.appId());
}

void TestOffline::backoffThatEndsOfflineWaits()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId failing = engine.start("orders");
    engine.answer(failing, retryAfter(failure(), 2s));
    const RunId other = engine.start("orders");
    engine.answer(other, unreachable());
    engine.advance(250ms);
    engine.advance(3s);
    QVERIFY(engine.openCalls().empty());
    engine.answerProbe(true);
    QCOMPARE(engine.openCall(failing).attempt, 1);
    QCOMPARE(engine.openCall(other).attempt, 0);
}

void TestOffline::nothingIsProbedWithoutWork()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId id = engine.start("orders");
    engine.answer(id, unreachable());
    engine.obey(CancelRun{id});
    QVERIFY(!engine.wakeAt());
    engine.advance(1h);
    QVERIFY(engine.probes().empty());
    engine.send("orders"); // whether it is still offline is found out at once
    QCOMPARE(engine.probes().size(), 1U);
    engine.answerProbe(true);
    QCOMPARE(engine.openCalls().size(), 1U);
}

void TestOffline::graceAfterAFlap()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    engine.answer(id, unreachable());
    engine.advance(250ms);
    engine.answerProbe(true);
    const TimePoint back = engine.now();
    int deliveries = 0;
    while (engine.now() < back + 30s && deliveries < 100) {
        QCOMPARE(engine.openCall(id).attempt, 0);
        engine.answer(id, notSdk());
        QCOMPARE(engine.status(id), "Running"_ba);
        QCOMPARE(engine.disk().jobs.begin()->second.state,
                 JobState::AppOffline); // not of an event in the future
        engine.advanceToNextCall();
        ++deliveries;
    }
    QCOMPARE(deliveries, 30);
    engine.answer(id, notSdk()); // 30 s are over
    QCOMPARE(engine.status(id), "Failed"_ba);
}

void TestOffline::graceAfterAChangedSync()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    engine.registerFunction("another");
    engine.answer(id, notSdk());
    QCOMPARE(engine.status(id), "Running"_ba);
    engine.advance(1s);
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestOffline::noGraceAfterTheFirstSync()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    engine.answer(id, notSdk());
    QCOMPARE(engine.status(id), "Failed"_ba);
}

void TestOffline::errorsOfTheSdkHaveNoGrace()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId id = engine.start("orders");
    engine.registerFunction("another");
    engine.answer(id, failure());
    QCOMPARE(engine.status(id), "Failed"_ba);
}

void TestOffline::hotReloadFailsNoRun() // 13.5
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    std::vector<RunId> runs;
    for (int i = 0; i < 5; ++i)
        runs.push_back(engine.start("orders"));
    engine.registerFunction("orders", {.retries = 0, .notEnforced = {"cron"}}); // changed code
    const TimePoint ready = engine.now() + 3s;
    for (int i = 0; i < 10; ++i) {
        for (const CallRequest &call : engine.openCalls())
            engine.answer(call, engine.now() < ready ? notSdk() : result());
        engine.advance(1s);
    }
    for (const RunId &id : runs) {
        QCOMPARE(engine.status(id), "Completed"_ba);
        QVERIFY(engine.attempts(id).startsWith("0:app_offline"));
        QVERIFY(engine.attempts(id).endsWith("0:ok"));
    }
}

namespace {

/// As it is known already, as with each poll, or from another address.
void registerAgain(EngineFixture &engine, const QByteArray &url = {})
{
    const App &known = engine.disk().apps.at(engine.appId());
    Registration same;
    same.appName = known.name;
    same.url = url.isEmpty() ? known.url : url;
    same.checksum = known.checksum + url;
    engine.step({engine::FunctionsSynced{.token = 0, .registration = same}});
}

} // namespace

/// It registers all the while: an app in cloud mode does that without a key, too.
void TestOffline::refusedCallsAreToldOfTheApp()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const auto error = [&engine] { return engine.disk().apps.at(engine.appId()).error; };
    const auto poll = [&engine] {
        engine.step(
            {engine::AppPolled{.app = engine.appId(), .url = {}, .error = {}, .detail = {}}});
    };
    CallAnswer refused = notSdk();
    refused.httpStatus = 401;
    engine.answer(engine.start("orders"), refused);
    QCOMPARE(error(), QByteArray(callsRefused));
    poll();
    registerAgain(engine);
    QCOMPARE(error(), QByteArray(callsRefused));
    engine.crash();
    poll();
    QCOMPARE(error(), QByteArray(callsRefused));
    engine.advance(1min);
    engine.answer(engine.start("orders"), notSdk()); // says nothing of it
    QCOMPARE(error(), QByteArray(callsRefused));
    engine.answer(engine.start("orders"), failure()); // its own code was called
    QCOMPARE(error(), QByteArray());
    engine.answer(engine.start("orders"), refused);
    QCOMPARE(error(), QByteArray(callsRefused));
    engine.answer(engine.start("orders"), result());
    QCOMPARE(error(), QByteArray());
    engine.answer(engine.start("orders"), refused);
    QCOMPARE(error(), QByteArray(callsRefused));
    engine.syncApp("shop"); // changed meanwhile: its next answer tells
    QCOMPARE(error(), QByteArray());
}

namespace {

CallAnswer refusedInCloudMode()
{
    CallAnswer refused = notSdk();
    std::get<AnswerError>(refused.outcome).isCloudMode = true;
    return refused;
}

void poll(EngineFixture &engine, const QByteArray &error = {})
{
    engine.step(
        {engine::AppPolled{.app = engine.appId(), .url = {}, .error = error, .detail = {}}});
}

} // namespace

/// Nothing of the function was run. Only a poll tells that the app is in dev mode again.
void TestOffline::runsOfAnAppInCloudModeWait()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const auto error = [&engine] { return engine.disk().apps.at(engine.appId()).error; };
    const RunId run = engine.start("orders");
    engine.answer(run, refusedInCloudMode());
    QCOMPARE(error(), QByteArray(cloudMode));
    QVERIFY(engine.notices().last().contains("runs in cloud mode and refuses its calls"));
    engine.advance(10min);
    QVERIFY(engine.openCalls().empty());
    QVERIFY(engine.probes().empty()); // it answers, which says nothing
    const RunId second = engine.start("orders");
    QVERIFY(engine.openCalls().empty());
    for (const QByteArray &other : {QByteArray(cloudMode), "unauthorized"_ba, "bad_response"_ba}) {
        poll(engine, other);
        engine.advance(10min);
        QVERIFY(engine.openCalls().empty());
        QVERIFY(engine.probes().empty());
    }
    QCOMPARE(engine.attempts(run), "0:app_offline"_ba);
    poll(engine);
    QCOMPARE(error(), QByteArray());
    QCOMPARE(engine.openCalls().size(), 2U);
    engine.answer(run, result());
    engine.answer(second, result());
    QCOMPARE(engine.status(run), "Completed"_ba);
    QCOMPARE(engine.status(second), "Completed"_ba);
}

/// It was down before, or is so afterwards; over a restart it is asked once more.
void TestOffline::cloudModeAndDown()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId run = engine.start("orders");
    engine.answer(run, unreachable());
    engine.advance(250ms);
    engine.answerProbe(true);
    engine.answer(run, refusedInCloudMode()); // no grace: that is for what passes by itself
    QVERIFY(engine.openCalls().empty());
    engine.crash();
    QCOMPARE(engine.openCalls().size(), 1U);
    engine.answer(run, refusedInCloudMode());
    engine.advance(1h);
    QVERIFY(engine.openCalls().empty());
    poll(engine, "unreachable");
    QCOMPARE(engine.probes().size(), 1U);
    poll(engine, cloudMode); // it came back before the probe's answer, and is asked by a call
    engine.answerProbe(true);
    engine.answer(run, refusedInCloudMode());
    engine.advance(10min);
    QVERIFY(engine.openCalls().empty());
    registerAgain(engine);
    QCOMPARE(engine.openCalls().size(), 1U);
    engine.answer(run, result());
    QCOMPARE(engine.status(run), "Completed"_ba);
}

/// Python SDKs, and TypeScript ones that have a key, say it with a 401.
void TestOffline::theFirst401InCloudModeUsesUpNoAttempt()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    CallAnswer refused = refusedInCloudMode();
    refused.httpStatus = 401;
    const RunId run = engine.start("orders");
    engine.answer(run, refused);
    QCOMPARE(engine.disk().apps.at(engine.appId()).error, QByteArray(cloudMode));
    QCOMPARE(engine.status(run), "Running"_ba);
    registerAgain(engine);
    QCOMPARE(engine.openCall(run).attempt, 0);
}

/// A poll that says so is no refusal: its GET may be answered by something else.
void TestOffline::whatOnlyAPollSaysStopsNoProbe()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const RunId run = engine.start("orders");
    poll(engine, cloudMode);
    engine.answer(run, unreachable());
    engine.advance(250ms);
    engine.answerProbe(true);
    engine.answer(run, result());
    QCOMPARE(engine.status(run), "Completed"_ba);
}

void TestOffline::whoRefusesCallsKeepsItsPlace()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.retries = 0});
    const QByteArray place = engine.disk().apps.at(engine.appId()).url;
    CallAnswer refused = notSdk();
    refused.httpStatus = 401;
    engine.answer(engine.start("orders"), refused);
    const QByteArray elsewhere = "http://127.0.0.1:3999/api";
    engine.step({engine::AppNamed{.url = elsewhere, .isFound = true}});
    registerAgain(engine, elsewhere);
    const App &app = engine.disk().apps.at(engine.appId());
    QCOMPARE(app.url, place);
    QCOMPARE(app.error, QByteArray(callsRefused));
}

QTEST_GUILESS_MAIN(TestOffline)
#include "tst_offline.moc"
