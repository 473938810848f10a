// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"

#include <QObject>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

class TestCatalog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstSyncStoresAppAndFunctions();
    void unchangedSyncWritesNothing();
    void changedFunctionGetsANewVersion();
    void removedFunctionStartsNothing();
    void functionKeepsItsIdForEver();
    void runsOfARemovedFunctionWaitForIt();
    void twoAppsDoNotDisturbEachOther();
    void placeholderIsReplaced();
    void foundAppSaysSoUntilItIsNamed();
    void namedAppIsAddedOnce();
    void removedAppStartsNothingAndItsRunsWait();
    void removedAppIsNotFoundAgain();
    void appsWithoutAddressLiveBesideRemovedOnes();
    void whatIsNotEnforcedIsNamedOnce();
    void whatIsNotEnforcedIsNamedTogether();
    void badExpressionsRefuseTheSync();
    void filtersThatAreNotEvaluatedAreNamed();
    void pollErrorsAreKeptOnce();
    void syncClearsAPollError();
    void catalogSurvivesACrash();
    void archivedNamesakeDoesNotHideAFunction_data();
    void archivedNamesakeDoesNotHideAFunction();
    void placeholderThatOnlyAnswersStaysInError();
    void refusedRegistrationIsToldOnce();
    void refusedRegistrationOfAKnownApp();
    void refusedRegistrationWithoutAName();
    void whoAsksAnAppHearsWhatIsStored();
    void whoAsksAPlaceholderHearsItsName();
    void whoAsksAnAppThatRefusesHearsIt();
    void whoAsksAnAppThatIsRemovedHearsIt();
    void answerOfAnOldAddressIsNotOfTheNewOne();
    void anotherAppAtTheAddressTakesItsPlace();
    void eachAppAtTheAddressTellsWhetherItWasFound_data();
    void eachAppAtTheAddressTellsWhetherItWasFound();
    void whoHadTheAddressComesBackElsewhere();
    void whoIsAskedAtATakenAddressIsTheNewOne();
    void whoOnlyAnswersHearsWhatHelps();
};

const SyncDone *syncReply(const engine::Outcome &outcome)
{
    for (const engine::Action &action : outcome.actions) {
        if (const auto *reply = std::get_if<engine::Reply>(&action))
            return std::get_if<SyncDone>(&reply->body);
    }
    return nullptr;
}

Registration shop(const QByteArray &checksum, std::vector<FunctionConfig> functions = {})
{
    return {.appName = "shop",
            .url = "http://127.0.0.1:3000/api",
            .checksum = checksum,
            .functions = std::move(functions)};
}

FunctionConfig config(const QByteArray &slug)
{
    return {.slug = slug, .name = slug, .triggers = {{.event = slug}}, .url = "http://x/" + slug};
}

/// Polls with somebody who waits. \returns what he hears; null if it is an error
const App *ask(EngineFixture &engine, const AppId &app, const QByteArray &error = {})
{
    constexpr engine::ReplyToken token = 99;
    engine.step({engine::AppPolled{
        .token = token, .app = app, .url = shop({}).url, .error = error, .detail = "why"}});
    return engine.lastReply().token == token ? std::get_if<App>(&engine.lastReply().body) : nullptr;
}

engine::Outcome sync(EngineFixture &engine, const Registration &registration)
{
    return engine.step({engine::FunctionsSynced{.token = 1, .registration = registration}});
}

void TestCatalog::firstSyncStoresAppAndFunctions()
{
    EngineFixture engine;
    const engine::Outcome outcome = sync(engine, shop("1", {config("a"), config("b")}));
    QVERIFY(syncReply(outcome) != nullptr);
    QVERIFY(syncReply(outcome)->isModified);
    QCOMPARE(syncReply(outcome)->app, engine.appId());
    QCOMPARE(engine.disk().apps.size(), 1U);
    QCOMPARE(engine.disk().functions.size(), 2U);
    QCOMPARE(outcome.writes.size(), 3U);
}

void TestCatalog::unchangedSyncWritesNothing()
{
    EngineFixture engine;
    sync(engine, shop("1", {config("a")}));
    const engine::Outcome again = sync(engine, shop("1", {config("a")}));
    QVERIFY(again.writes.empty());
    QVERIFY(again.changes.empty());
    QVERIFY(!syncReply(again)->isModified);
}

void TestCatalog::changedFunctionGetsANewVersion()
{
    EngineFixture engine;
    sync(engine, shop("1", {config("a"), config("b")}));
    FunctionConfig changed = config("a");
    changed.retries = 7;
    const engine::Outcome outcome = sync(engine, shop("2", {changed, config("b")}));
    QVERIFY(syncReply(outcome)->isModified);
    QCOMPARE(outcome.writes.size(), 2U); // the app and the one that changed
    engine.send("a");
    engine.send("b");
    QCOMPARE(engine.run(engine.runsOf("a").front()).functionVersion, 2);
    QCOMPARE(engine.run(engine.runsOf("b").front()).functionVersion, 1);
    QCOMPARE(engine.calls()[0].maxAttempts, 8);
}

void TestCatalog::removedFunctionStartsNothing()
{
    EngineFixture engine;
    engine.registerFunction("a");
    engine.registerFunction("b");
    engine.unregisterFunction("a");
    engine.send("a");
    QVERIFY(engine.runsOf("a").empty());
    engine.send("b");
    QCOMPARE(engine.runsOf("b").size(), 1U);
}

void TestCatalog::functionKeepsItsIdForEver()
{
    EngineFixture engine;
    const FunctionId before = engine.registerFunction("a");
    engine.unregisterFunction("a");
    engine.crash();
    engine.registerFunction("a");
    QCOMPARE(engine.disk().functions.size(), 1U);
    QVERIFY(!engine.disk().functions.at(before).isArchived);
    QCOMPARE(engine.disk().functions.at(before).version, 1); // nothing about it changed
    engine.send("a");
    QCOMPARE(engine.runsOf("a").size(), 1U);
}

void TestCatalog::runsOfARemovedFunctionWaitForIt()
{
    EngineFixture engine;
    engine.registerFunction("a", {.retries = 0});
    engine.registerFunction("b");
    const RunId id = engine.start("a");
    engine.answer(id, ops({op::sleep("nap", 1h)}));
    engine.unregisterFunction("a");
    engine.advance(1h);
    QVERIFY(engine.openCalls().empty()); // nobody would know what to do with it
    QCOMPARE(engine.disk().jobs.begin()->second.state, JobState::NoHandler);
    QCOMPARE(engine.shown(id).activities.at(0).kind, ActivityKind::NoHandler);
    QVERIFY(!engine.wakeAt()); // only a sync helps
    QCOMPARE(engine.notices().size(), 1);
    QVERIFY(engine.notices()[0].startsWith("function a is not registered any more"));
    engine.crash();
    QCOMPARE(engine.shown(id).activities.at(0).kind, ActivityKind::NoHandler);
    engine.registerFunction("a", {.retries = 0});
    QCOMPARE(engine.notices().constLast(), "function a is registered again"_ba);
    QCOMPARE(engine.openCall(id).attempt, 0);
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestCatalog::twoAppsDoNotDisturbEachOther()
{
    EngineFixture engine;
    engine.registerFunction("a", {.event = "order"});
    engine.registerFunction("b", {.app = "mail", .event = "order"});
    engine.unregisterFunction("a");
    engine.registerFunction("c", {.event = "other"});
    engine.send("order");
    QVERIFY(engine.runsOf("a").empty());
    QCOMPARE(engine.runsOf("b").size(), 1U);
    QCOMPARE(engine.disk().apps.size(), 2U);
}

void TestCatalog::placeholderIsReplaced()
{
    EngineFixture engine;
    engine.step({engine::AppNamed{.url = "http://127.0.0.1:3000/api"}});
    QCOMPARE(engine.state().apps.size(), 1U);
    QVERIFY(engine.disk().apps.empty());
    const engine::Outcome outcome = sync(engine, shop("1", {config("a")}));
    QCOMPARE(engine.state().apps.size(), 1U);
    QCOMPARE(engine.state().apps.begin()->first, engine.appId());
    const auto *gone = std::get_if<AppChanged>(&outcome.changes.front());
    QVERIFY(gone != nullptr && gone->isGone);
}

void TestCatalog::foundAppSaysSoUntilItIsNamed()
{
    const QByteArray url = "http://127.0.0.1:3000/api"_ba;
    EngineFixture engine;
    engine.step({engine::AppNamed{.url = url, .isFound = true}});
    sync(engine, shop("1"));
    QVERIFY(engine.disk().apps.at(engine.appId()).isFound);
    sync(engine, shop("2", {config("a")}));
    engine.step({engine::AppNamed{.url = url, .isFound = true}});
    QVERIFY(engine.disk().apps.at(engine.appId()).isFound);
    QVERIFY(!engine.disk().apps.at(engine.appId()).isNamed);
    engine.step({engine::AppNamed{.url = url}});
    QVERIFY(!engine.disk().apps.at(engine.appId()).isFound);
    QVERIFY(engine.disk().apps.at(engine.appId()).isNamed);
    // A scan that finds it again does not take that back.
    QVERIFY(engine.step({engine::AppNamed{.url = url, .isFound = true}}).changes.empty());
}

void TestCatalog::namedAppIsAddedOnce()
{
    EngineFixture engine;
    engine.step({engine::AppNamed{.url = "http://127.0.0.1:3000/api"}});
    QVERIFY(engine.step({engine::AppNamed{.url = "http://127.0.0.1:3000/api"}}).changes.empty());
    sync(engine, shop("1"));
    QVERIFY(engine.step({engine::AppNamed{.url = "http://127.0.0.1:3000/api"}}).changes.empty());
    QCOMPARE(engine.state().apps.size(), 1U);
}

void TestCatalog::removedAppStartsNothingAndItsRunsWait()
{
    EngineFixture engine;
    sync(engine, shop("1", {config("a")}));
    engine.send("a");
    const RunId id = engine.runsOf("a").front();
    engine.step({engine::AppRemoved{.token = 2, .url = "http://127.0.0.1:3000/api"}});
    QVERIFY(engine.disk().apps.empty());
    engine.send("a");
    QCOMPARE(engine.runsOf("a").size(), 1U);
    engine.answer(id, ops({op::run("s")}));
    engine.crash();
    engine.advance(1s);
    QCOMPARE(engine.shown(id).activities.at(0).kind, ActivityKind::NoHandler);
    QVERIFY(syncReply(sync(engine, shop("1", {config("a")})))->isModified);
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
    engine.send("a");
    QCOMPARE(engine.runsOf("a").size(), 2U);
}

void TestCatalog::removedAppIsNotFoundAgain()
{
    EngineFixture engine;
    sync(engine, shop("1"));
    const engine::AppRemoved removal{.token = 2, .url = "http://127.0.0.1:3000/api"};
    engine.step({removal});
    QVERIFY(std::holds_alternative<SyncDone>(engine.lastReply().body));
    engine.step({removal});
    QCOMPARE(std::get<Error>(engine.lastReply().body).code, ErrorCode::NotFound);
}

void TestCatalog::appsWithoutAddressLiveBesideRemovedOnes()
{
    EngineFixture engine;
    sync(engine, shop("1", {config("a")}));
    engine.send("a");
    const RunId id = engine.runsOf("a").front();
    engine.step({engine::AppRemoved{.token = 2, .url = "http://127.0.0.1:3000/api"}});
    Registration sample{.appName = "sample", .kind = AppKind::InProcess, .checksum = "1"};
    sample.functions = {config("s")};
    sync(engine, sample);
    engine.answer(id, ops({op::run("step")}));
    engine.crash();
    sync(engine, sample);
    engine.advance(1s);
    sync(engine, shop("2", {config("a")}));
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestCatalog::whatIsNotEnforcedIsNamedOnce()
{
    EngineFixture engine;
    FunctionConfig later = config("a");
    later.notEnforced = {"rateLimit", "cancelOn"};
    const engine::Outcome first = sync(engine, shop("1", {later}));
    // The window has one bar for all apps of which that is said.
    QCOMPARE(std::count_if(first.changes.begin(), first.changes.end(),
                           [](const Change &change) {
                               const auto *notice = std::get_if<Notice>(&change);
                               return notice != nullptr && notice->about == aboutNotEnforced;
                           }),
             1);
    QCOMPARE(engine.notices().size(), 1);
    QCOMPARE(engine.notices()[0], "app shop uses settings that this version accepts but does not "
                                  "enforce: a (rateLimit, cancelOn)"_ba);
    sync(engine, shop("1", {later}));
    sync(engine, shop("2", {later, config("b")}));
    QCOMPARE(engine.notices().size(), 1);
    later.notEnforced.push_back("timeouts");
    sync(engine, shop("3", {later, config("b")}));
    QCOMPARE(engine.notices().size(), 2);
    later.notEnforced = {"cron"};
    sync(engine, shop("4", {later, config("b")}));
    QCOMPARE(engine.notices().constLast(),
             "app shop uses settings that this version accepts but does not enforce: a (cron); "
             "a cron trigger does not start its function"_ba);
}

void TestCatalog::whatIsNotEnforcedIsNamedTogether()
{
    EngineFixture engine;
    std::vector<FunctionConfig> functions;
    for (int number = 1; number <= 10; ++number) {
        functions.push_back(config("f" + QByteArray::number(number)));
        functions.back().notEnforced = {"throttle"};
    }
    sync(engine, shop("1", functions));
    QCOMPARE(engine.notices().size(), 1);
    QVERIFY2(engine.notices()[0].endsWith(": f1 (throttle), f2 (throttle), f3 (throttle), "
                                          "f4 (throttle), f5 (throttle), f6 (throttle), "
                                          "f7 (throttle), f8 (throttle) and 2 more"),
             engine.notices()[0].constData());
}

void TestCatalog::pollErrorsAreKeptOnce()
{
    EngineFixture engine;
    sync(engine, shop("1"));
    const engine::AppPolled down{
        .app = engine.appId(), .url = {}, .error = "unreachable", .detail = "refused"};
    QCOMPARE(engine.step({down}).writes.size(), 1U);
    QCOMPARE(engine.disk().apps.begin()->second.error, "unreachable"_ba);
    QVERIFY(engine.step({down}).writes.empty());
    const engine::AppPolled up{.app = engine.appId(), .url = {}, .error = {}, .detail = {}};
    QCOMPARE(engine.step({up}).writes.size(), 1U);
    QVERIFY(engine.step({up}).writes.empty());
    QVERIFY(engine.disk().apps.begin()->second.error.isEmpty());
    const engine::AppPolled unknown{
        .app = AppId{Uuid::fromName("app", "no")}, .url = {}, .error = "unreachable", .detail = {}};
    QVERIFY(engine.step({unknown}).writes.empty());
}

void TestCatalog::syncClearsAPollError()
{
    EngineFixture engine;
    sync(engine, shop("1"));
    engine.step(
        {engine::AppPolled{.app = engine.appId(), .url = {}, .error = "no_route", .detail = "x"}});
    sync(engine, shop("1"));
    QVERIFY(engine.disk().apps.begin()->second.error.isEmpty());
}

void TestCatalog::catalogSurvivesACrash()
{
    EngineFixture engine;
    sync(engine, shop("1", {config("a"), config("b")}));
    sync(engine, shop("2", {config("a")}));
    engine.crash();
    QVERIFY(!syncReply(sync(engine, shop("2", {config("a")})))->isModified);
    engine.send("a");
    engine.send("b");
    QCOMPARE(engine.runsOf("a").size(), 1U);
    QVERIFY(engine.runsOf("b").empty());
}

void TestCatalog::archivedNamesakeDoesNotHideAFunction_data()
{
    QTest::addColumn<QByteArray>("gone");
    QTest::addRow("the first one") << "a"_ba;
    QTest::addRow("the last one") << "a-b"_ba;
}

void TestCatalog::archivedNamesakeDoesNotHideAFunction()
{
    QFETCH(const QByteArray, gone);
    EngineFixture engine;
    engine.registerFunction("a-b-c", {.app = "a"});
    engine.registerFunction("a-b-c", {.app = "a-b"});
    engine.unregisterFunction("a-b-c", gone);
    engine.send(EventDraft{.name = "inngest/function.invoked", .target = "a-b-c"});
    QCOMPARE(engine.disk().runs.size(), 1U);
}

void TestCatalog::badExpressionsRefuseTheSync()
{
    EngineFixture engine;
    sync(engine, shop("1", {config("a")}));
    Registration bad = shop("2", {config("a"), config("b"), config("c")});
    bad.expressions = {
        {.function = "a", .path = "triggers[0].expression", .text = "event.data.x =="},
        {.function = "a", .path = "priority.run", .text = "120"},
        {.function = "a", .path = "debounce.key", .text = ""},
        {.function = "b", .path = "cancel[1].if", .text = "event.id == asynk.id"}};
    const engine::Outcome outcome = sync(engine, bad);
    const auto &error = std::get<Error>(engine.lastReply().body);
    QCOMPARE(error.code, ErrorCode::InvalidInput);
    QCOMPARE(
        error.message,
        u"At least one function is invalid: a: triggers[0].expression \"event.data.x ==\" does "
        "not compile: column 16: expected a value, found the end; debounce.key \"\" does not "
        "compile: column 1: expected a value, found the end | b: cancel[1].if \"event.id == "
        "asynk.id\" does not compile: column 13: asynk is unknown here, where only event and "
        "async are known"_s);
    QVERIFY(outcome.writes.empty());
    QCOMPARE(outcome.changes.size(), 1U);
    QVERIFY(engine.notices().constLast().startsWith(
        "the registration of app shop was refused: At least one function is invalid: a: "));
    QCOMPARE(engine.disk().functions.size(), 1U);

    bad.expressions = {{.function = "a", .path = "priority.run", .text = "120"}};
    QVERIFY(syncReply(sync(engine, bad)) != nullptr);
    QCOMPARE(engine.disk().functions.size(), 3U);
}

void TestCatalog::placeholderThatOnlyAnswersStaysInError() // protocol 2.5
{
    const QByteArray url = "http://127.0.0.1:3000/api";
    EngineFixture engine;
    engine.step({engine::AppNamed{.url = url}});
    const AppId id{Uuid::fromName("url", url)};
    engine.step({engine::AppPolled{.app = id, .url = {}, .error = {}, .detail = {}}});
    QCOMPARE(engine.state().apps.at(id).app.error, "bad_response"_ba);
    QCOMPARE(engine.state().apps.at(id).app.errorDetail,
             "the app answered, but did not register at this address"_ba);
    const engine::Outcome again =
        engine.step({engine::AppPolled{.app = id, .url = {}, .error = {}, .detail = {}}});
    QVERIFY(again.changes.empty());
    sync(engine, shop("1"));
    QVERIFY(!engine.state().apps.contains(id));
}

void TestCatalog::refusedRegistrationIsToldOnce()
{
    const QByteArray url = "http://127.0.0.1:3000/api";
    EngineFixture engine;
    engine.step({engine::AppNamed{.url = url}});
    const AppId id{Uuid::fromName("url", url)};
    const auto refuse = [&](const QByteArray &reason) {
        engine.step({engine::SyncRefused{.appName = "shop", .url = url, .reason = reason}});
        // Python answers 200 all the same, others repeat what they were told.
        engine.step({engine::AppPolled{.app = id, .url = {}, .error = {}, .detail = {}}});
        engine.step(
            {engine::AppPolled{.app = id, .url = {}, .error = "bad_request", .detail = "no"}});
    };
    refuse("no good");
    refuse("no good");
    QCOMPARE(engine.notices(), QByteArrayList{"the registration of app shop was refused: no good"});
    QCOMPARE(engine.state().apps.at(id).app.errorDetail, "no good"_ba);
    refuse("no better");
    QCOMPARE(engine.notices().size(), 2);
    QCOMPARE(engine.state().apps.at(id).app.errorDetail, "no better"_ba);
    engine.step(
        {engine::AppPolled{.app = id, .url = {}, .error = "unreachable", .detail = "refused"}});
    QCOMPARE(engine.state().apps.at(id).app.error, "unreachable"_ba);
    QCOMPARE(engine.notices().constLast(), "app " + url + " does not answer any more");

    const engine::SyncRefused unknown{.appName = {}, .url = {}, .reason = "no JSON"};
    engine.step({unknown});
    engine.step({unknown});
    QCOMPARE(engine.notices().size(), 4);
    QCOMPARE(engine.notices().constLast(), "the registration of an app was refused: no JSON"_ba);
}

void TestCatalog::refusedRegistrationOfAKnownApp()
{
    EngineFixture engine;
    sync(engine, shop("1", {config("a")}));
    const engine::AppPolled up{.app = engine.appId(), .url = {}, .error = {}, .detail = {}};
    engine.step({engine::SyncRefused{
        .appName = "shop", .url = "http://127.0.0.1:3000/api", .reason = "no good"}});
    QVERIFY(engine.disk().apps.begin()->second.error.isEmpty()); // protocol 2.5: no change
    engine.step({up});
    QCOMPARE(engine.disk().apps.begin()->second.errorDetail, "no good"_ba);
    QVERIFY(engine.step({up}).writes.empty());
    sync(engine, shop("2", {config("a")}));
    QVERIFY(engine.disk().apps.begin()->second.error.isEmpty());
    engine.step({up});
    QVERIFY(engine.disk().apps.begin()->second.error.isEmpty());
}

void TestCatalog::filtersThatAreNotEvaluatedAreNamed()
{
    EngineFixture engine;
    FunctionConfig filtered = config("a");
    filtered.triggers[0].expression = "event.data.x > 1";
    FunctionConfig handler = config("b");
    handler.triggers[0].expression = "event.data.function_id == 'a'";
    sync(engine, shop("1", {filtered, handler}));
    QCOMPARE(engine.disk().functions.size(), 2U);
    for (const auto &[id, function] : engine.disk().functions) {
        QCOMPARE(function.config.notEnforced.join(','),
                 function.config.slug == "a" ? "expression"_ba : ""_ba);
    }
}

void TestCatalog::refusedRegistrationWithoutAName() // what was sent could not be read
{
    EngineFixture engine;
    sync(engine, shop("1"));
    engine.step({engine::SyncRefused{
        .appName = {}, .url = "http://127.0.0.1:3000/api", .reason = "no good"}});
    QCOMPARE(ask(engine, engine.appId())->errorDetail, "no good"_ba);
}

void TestCatalog::whoAsksAnAppHearsWhatIsStored()
{
    EngineFixture engine;
    sync(engine, shop("1"));
    QCOMPARE(*ask(engine, engine.appId()), engine.disk().apps.begin()->second);
    sync(engine, shop("2", {config("a")}));
    QCOMPARE(ask(engine, engine.appId())->checksum, "2"_ba);
    QCOMPARE(ask(engine, engine.appId(), "unreachable")->error, "unreachable"_ba);
    QCOMPARE(ask(engine, engine.appId(), "unreachable")->error, "unreachable"_ba); // no news
    QCOMPARE(ask(engine, engine.appId())->error, QByteArray());
}

void TestCatalog::whoAsksAPlaceholderHearsItsName()
{
    EngineFixture engine;
    const QByteArray url = shop({}).url;
    engine.step({engine::AppNamed{.url = url}});
    const AppId id{Uuid::fromName("url", url)};
    QCOMPARE(ask(engine, id, "unreachable")->name, QByteArray());
    sync(engine, shop("1"));
    QCOMPARE(ask(engine, id)->name, "shop"_ba);
    QCOMPARE(ask(engine, id)->error, QByteArray());
}

void TestCatalog::whoAsksAnAppThatRefusesHearsIt() // protocol 2.5: Python answers 200
{
    EngineFixture engine;
    sync(engine, shop("1"));
    const engine::SyncRefused refused{.appName = "shop", .url = shop({}).url, .reason = "no good"};
    engine.step({refused});
    QCOMPARE(ask(engine, engine.appId())->error, "bad_request"_ba);
    engine.step({refused});
    QCOMPARE(ask(engine, engine.appId())->error, "bad_request"_ba);
}

void TestCatalog::whoAsksAnAppThatIsRemovedHearsIt()
{
    EngineFixture engine;
    sync(engine, shop("1"));
    engine.step({engine::AppRemoved{.token = 1, .url = shop({}).url}});
    QCOMPARE(ask(engine, engine.appId()), nullptr);
    QCOMPARE(std::get<Error>(engine.lastReply().body).code, ErrorCode::NotFound);
}

void TestCatalog::answerOfAnOldAddressIsNotOfTheNewOne()
{
    EngineFixture engine;
    sync(engine, shop("1"));
    Registration moved = shop("2");
    moved.url = "http://127.0.0.1:4000/api";
    sync(engine, moved);
    const App *heard = ask(engine, engine.appId(), "unreachable"); // at the address it had
    QVERIFY(heard != nullptr);
    QCOMPARE(heard->url, moved.url);
    QCOMPARE(engine.disk().apps.begin()->second.error, QByteArray());
    engine.step({engine::AppNamed{.url = shop({}).url}}); // somebody else may be there now
    QCOMPARE(ask(engine, engine.appId(), "unreachable")->url, shop({}).url);
    QCOMPARE(engine.state().apps.at(engine.appId()).app.error, QByteArray());
}

/// Another name at the address of the shop.
Registration store(std::vector<FunctionConfig> functions = {})
{
    Registration other = shop("other", std::move(functions));
    other.appName = "store";
    return other;
}

void TestCatalog::anotherAppAtTheAddressTakesItsPlace()
{
    EngineFixture engine;
    engine.step({engine::AppNamed{.url = shop({}).url, .isFound = true}});
    sync(engine, shop("1", {config("a")}));
    const engine::Outcome outcome = sync(engine, store({config("b")}));
    QVERIFY(syncReply(outcome)->isModified);
    QCOMPARE(engine.disk().apps.size(), 1U); // one is asked, and shown
    QCOMPARE(engine.disk().apps.begin()->second.name, "store"_ba);
    QVERIFY(engine.disk().apps.begin()->second.isFound);
    const auto gone =
        std::find_if(outcome.changes.begin(), outcome.changes.end(), [](const Change &change) {
            const auto *app = std::get_if<AppChanged>(&change);
            return app != nullptr && app->isGone;
        });
    QVERIFY(gone != outcome.changes.end());
    QCOMPARE(std::get<AppChanged>(*gone).app.name, "shop"_ba);
    QCOMPARE(engine.notices().constLast(),
             "app store registered at http://127.0.0.1:3000/api, where app shop was: the functions "
             "of shop start no more runs, and its runs wait until it registers again"_ba);
    engine.send("a");
    engine.send("b");
    QVERIFY(engine.runsOf("a").empty());
    QCOMPARE(engine.runsOf("b").size(), 1U);
    // As often as they change places.
    sync(engine, shop("1", {config("a")}));
    QCOMPARE(engine.disk().apps.begin()->second.name, "shop"_ba);
    engine.send("a");
    QCOMPARE(engine.runsOf("a").size(), 1U);
    QVERIFY(sync(engine, shop("1", {config("a")})).writes.empty());
}

void TestCatalog::eachAppAtTheAddressTellsWhetherItWasFound_data()
{
    QTest::addColumn<bool>("isFirstFound");
    QTest::newRow("the first") << true;
    QTest::newRow("the second") << false;
}

/// Two of a data file at one address.
void TestCatalog::eachAppAtTheAddressTellsWhetherItWasFound()
{
    QFETCH(const bool, isFirstFound);
    Snapshot snapshot;
    for (const QByteArray &name : {"left"_ba, "right"_ba}) {
        App app;
        app.id = AppId{Uuid::fromName("app", name)};
        app.name = name;
        app.url = shop({}).url;
        app.checksum = name;
        snapshot.apps.push_back(app);
    }
    std::sort(snapshot.apps.begin(), snapshot.apps.end(),
              [](const App &a, const App &b) { return a.id < b.id; }); // as the engine has them
    snapshot.apps.at(isFirstFound ? 0 : 1).isFound = true;
    engine::Engine engine;
    engine.restore(snapshot);
    static_cast<void>(engine.step(
        fromMs(1000), {engine::FunctionsSynced{.token = 1, .registration = shop("1")}}));
    const AppId id{Uuid::fromName("app", "shop")};
    QVERIFY(engine.state().apps.at(id).app.isFound);
}

void TestCatalog::whoHadTheAddressComesBackElsewhere()
{
    EngineFixture engine;
    sync(engine, shop("1", {config("a")}));
    engine.send("a");
    const RunId id = engine.runsOf("a").front();
    sync(engine, store({config("b")}));
    engine.answer(id, ops({op::run("step")}));
    engine.crash();
    engine.advance(1s);
    QVERIFY(engine.openCalls().empty()); // the other app does not know the function
    QCOMPARE(engine.shown(id).activities.at(0).kind, ActivityKind::NoHandler);
    Registration moved = shop("1", {config("a")});
    moved.url = "http://127.0.0.1:4000/api";
    sync(engine, moved);
    QCOMPARE(engine.disk().apps.size(), 2U);
    engine.answer(id, result());
    QCOMPARE(engine.status(id), "Completed"_ba);
}

void TestCatalog::whoIsAskedAtATakenAddressIsTheNewOne()
{
    EngineFixture engine;
    sync(engine, shop("1"));
    const AppId asked = engine.appId();
    sync(engine, store()); // on the way to its answer
    QCOMPARE(ask(engine, asked)->name, "store"_ba);
    QCOMPARE(ask(engine, asked, "unreachable")->name, "store"_ba);
    QCOMPARE(engine.disk().apps.begin()->second.error, "unreachable"_ba);
}

void TestCatalog::whoOnlyAnswersHearsWhatHelps()
{
    const QByteArray url = shop({}).url;
    EngineFixture engine;
    engine.step({engine::AppNamed{.url = url}});
    const AppId id{Uuid::fromName("url", url)};
    const engine::AppPolled up{.app = id, .url = url, .error = {}, .detail = "do this"};
    engine.step({up});
    QCOMPARE(engine.state().apps.at(id).app.errorDetail,
             "the app answered, but did not register at this address; do this"_ba);
    sync(engine, shop("1"));
    engine.step({up});
    QCOMPARE(engine.disk().apps.begin()->second.errorDetail, QByteArray());
}

QTEST_GUILESS_MAIN(TestCatalog)
#include "tst_catalog.moc"
