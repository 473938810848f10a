// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"

#include <QObject>
#include <QTest>

#include <map>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::test;

class TestEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameIdStartsOneRun();
    void sameIdStartsEachFunctionOnce();
    void idIsFreeAgainAfterADay();
    void refusedDuplicateLeavesARow();
    void seededEventIsStoredOnce();
    void seedFromTheFutureIsNone();
    void rerunIgnoresTheEventId();
    void emptyIdIsNone();
    void triggersMatch_data();
    void triggersMatch();
    void functionStartsOnceHoweverManyTriggersMatch();
    void filterThatCannotBeEvaluatedSaysSo();
    void falseFilterLeavesARow();
    void oneFunctionForTheTarget();
    void targetThatIsNotThere_data();
    void targetThatIsNotThere();
    void eventKeepsTheBytesOfItsSender();
    void arrayIsOneReply();
    void saysWhoSentIt_data();
    void saysWhoSentIt();
    void systemEventsAreOurs();
};

EventDraft withId(const QByteArray &id, const QByteArray &name = "orders")
{
    return {.name = name, .id = id};
}

void TestEvents::sameIdStartsOneRun() // 3.1
{
    EngineFixture engine;
    engine.registerFunction("orders");
    std::vector<EventDraft> drafts(2, withId("a"));
    for (EventDraft &draft : drafts)
        draft.data = draft.user = json("{}");
    engine.step({engine::EventsReceived{.token = 1, .drafts = drafts},
                 engine::EventsReceived{.token = 2, .drafts = drafts}});
    QCOMPARE(engine.disk().events.size(), 4U);
    QCOMPARE(engine.runsOf("orders").size(), 1U);
    QCOMPARE(std::get<engine::EventsAccepted>(engine.lastReply().body).ids.size(), 2U);
    engine.send(withId("a")); // also in a later step
    QCOMPARE(engine.disk().events.size(), 5U);
    QCOMPARE(engine.runsOf("orders").size(), 1U);
}

void TestEvents::sameIdStartsEachFunctionOnce() // 3.2
{
    EngineFixture engine;
    engine.registerFunction("orders");
    engine.registerFunction("audit", {.event = "orders"});
    engine.send(withId("a"));
    engine.send(withId("a"));
    QCOMPARE(engine.runsOf("orders").size(), 1U);
    QCOMPARE(engine.runsOf("audit").size(), 1U);
}

void TestEvents::idIsFreeAgainAfterADay() // 3.3
{
    EngineFixture engine;
    engine.registerFunction("orders");
    engine.send(withId("a"));
    engine.answer(engine.runsOf("orders").front(), result());
    engine.advance(23h);
    engine.send(withId("a"));
    QCOMPARE(engine.runsOf("orders").size(), 1U);
    engine.crash(); // the key is on the disk
    engine.send(withId("a"));
    QCOMPARE(engine.runsOf("orders").size(), 1U);
    engine.advance(1h + 1s);
    engine.send(withId("a"));
    QCOMPARE(engine.runsOf("orders").size(), 2U);
    engine.send(withId("a")); // the new run holds it now
    QCOMPARE(engine.runsOf("orders").size(), 2U);
}

void TestEvents::refusedDuplicateLeavesARow()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    engine.send(withId("a"));
    const EventId second = engine.send(withId("a"));
    QCOMPARE(engine.disk().deliveries.size(), 1U);
    const Delivery &delivery = engine.disk().deliveries.front();
    QCOMPARE(delivery.event, second);
    QCOMPARE(delivery.refusal, Refusal::Idempotency);
    QCOMPARE(delivery.heldBy, engine.runsOf("orders").front());
    QVERIFY(delivery.detail.contains("2030-01-02T00:00:00.000Z")); // when the key expires
}

void TestEvents::seededEventIsStoredOnce() // 3.7
{
    EngineFixture engine;
    engine.registerFunction("orders");
    EventDraft draft{.name = "orders"};
    draft.seededId = EventId{Ulid::fromParts(startTime, {1, 2, 3})};
    QCOMPARE(engine.send(draft), *draft.seededId);
    QCOMPARE(engine.send(draft), *draft.seededId);
    engine.crash();
    QCOMPARE(engine.send(draft), *draft.seededId);
    QCOMPARE(engine.disk().events.size(), 1U);
    QCOMPARE(engine.runsOf("orders").size(), 1U);
}

void TestEvents::seedFromTheFutureIsNone()
{
    EngineFixture engine;
    EventDraft draft{.name = "orders"};
    draft.seededId = EventId{Ulid::fromParts(startTime + std::chrono::hours(1), {1, 2, 3})};
    const EventId id = engine.send(draft);
    QVERIFY(id != *draft.seededId);
    QCOMPARE(id.value.time(), engine.now());
}

void TestEvents::rerunIgnoresTheEventId() // 3.11
{
    EngineFixture engine;
    engine.registerFunction("orders");
    engine.send(withId("a"));
    const RunId first = engine.runsOf("orders").front();
    engine.answer(first, result());
    QCOMPARE(engine.obey(RerunRun{first}), "done"_ba);
    const RunId second = engine.runsOf("orders").back();
    QVERIFY(first != second);
    QCOMPARE(engine.run(second).events, engine.run(first).events);
    QCOMPARE(engine.run(second).scheduleKey, ""_ba);
    engine.answer(second, result());
    QCOMPARE(engine.disk().events.size(), 3U); // the trigger and two function.finished
}

void TestEvents::emptyIdIsNone()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    engine.send(withId(""));
    const EventId second = engine.send(withId(""));
    QCOMPARE(engine.runsOf("orders").size(), 2U);
    QCOMPARE(engine.disk().events.at(second)->id, second.toText());
}

void TestEvents::triggersMatch_data()
{
    QTest::addColumn<QByteArray>("trigger");
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<bool>("matches");
    QTest::addRow("the name itself") << "a/b.c"_ba
                                     << "a/b.c"_ba << true;
    QTest::addRow("another name") << "a/b.c"_ba
                                  << "a/b.d"_ba << false;
    QTest::addRow("case counts") << "a/b.c"_ba
                                 << "A/b.c"_ba << false;
    QTest::addRow("slash wildcard") << "app/*"_ba
                                    << "app/user.created"_ba << true;
    QTest::addRow("dot wildcard") << "app/user.*"_ba
                                  << "app/user.created"_ba << true;
    QTest::addRow("deeper slash wildcard") << "api/v1/*"_ba
                                           << "api/v1/users"_ba << true;
    QTest::addRow("outer slash wildcard") << "api/*"_ba
                                          << "api/v1/users"_ba << true;
    QTest::addRow("a bare star never matches") << "*"_ba
                                               << "app"_ba << false;
    QTest::addRow("a prefix wildcard never matches") << "app/us*"_ba
                                                     << "app/user"_ba << false;
    QTest::addRow("the delimiter must be there") << "app/*"_ba
                                                 << "app"_ba << false;
    QTest::addRow("wildcard with nothing behind it") << "app/*"_ba
                                                     << "app/"_ba << true;
}

void TestEvents::triggersMatch()
{
    QFETCH(const QByteArray, trigger);
    QFETCH(const QByteArray, event);
    QFETCH(const bool, matches);
    EngineFixture engine;
    engine.registerFunction("orders", {.event = trigger});
    engine.send(event);
    QCOMPARE(engine.runsOf("orders").size(), matches ? 1U : 0U);
}

void TestEvents::functionStartsOnceHoweverManyTriggersMatch()
{
    EngineFixture engine;
    Registration registration{.appName = "shop", .url = "http://127.0.0.1:3000/"};
    registration.checksum = "1";
    FunctionConfig config{.slug = "orders", .name = "orders"};
    config.triggers = {{.event = "app/*", .expression = "event.data.x == 1"},
                       {.event = "app/a"},
                       {.event = "app/b", .expression = "event.data.y == 1"}};
    registration.functions = {config};
    engine.step({engine::FunctionsSynced{.token = 1, .registration = registration}});
    engine.send("app/a");
    QCOMPARE(engine.runsOf("orders").size(), 1U);
    QVERIFY(engine.disk().deliveries.empty());
}

void TestEvents::filterThatCannotBeEvaluatedSaysSo()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.expression = "event.data.total > 100"});
    engine.send("orders");
    QVERIFY(engine.runsOf("orders").empty());
    QCOMPARE(engine.disk().deliveries.at(0).refusal, Refusal::FilterNotSupported);
    QCOMPARE(engine.disk().deliveries.at(0).detail, "event.data.total > 100"_ba);
    QVERIFY(engine.notices().last().contains("orders"));
    QVERIFY(engine.notices().last().contains("event.data.total > 100"));
}

void TestEvents::falseFilterLeavesARow()
{
    EngineFixture engine;
    engine.registerFunction("orders", {.expression = "event.data.function_id == 'x'"});
    engine.send("orders");
    QVERIFY(engine.runsOf("orders").empty());
    QCOMPARE(engine.disk().deliveries.at(0).refusal, Refusal::FilterFalse);
    engine.send(EventDraft{.name = "orders", .data = json(R"({"function_id":"x"})")});
    QCOMPARE(engine.runsOf("orders").size(), 1U);
}

void TestEvents::oneFunctionForTheTarget() // protocol 3.8
{
    EngineFixture engine;
    engine.registerFunction("orders", {.event = "a", .expression = "event.data.total > 100"});
    engine.registerFunction("all", {.event = "inngest/*"});
    engine.send(EventDraft{.name = "inngest/function.invoked", .target = "orders"});
    QCOMPARE(engine.runsOf("orders").size(), 1U);
    QVERIFY(engine.runsOf("all").empty());
    const RunId id = engine.runsOf("orders").front();
    QVERIFY(
        engine.disk().timelines.at(id).front().payload.bytes().contains(R"("source":"invoke")"));
}

void TestEvents::targetThatIsNotThere_data()
{
    QTest::addColumn<bool>("wasThere");
    QTest::addRow("never registered") << false;
    QTest::addRow("registered before, not any more") << true;
}

void TestEvents::targetThatIsNotThere()
{
    QFETCH(const bool, wasThere);
    EngineFixture engine;
    engine.registerFunction("orders");
    if (wasThere) {
        engine.registerFunction("gone");
        engine.unregisterFunction("gone");
    }
    EventDraft draft{.name = "inngest/function.invoked", .target = "gone"};
    draft.data = draft.user = json("{}");
    engine.step({engine::EventsReceived{.token = 5, .drafts = {draft}}});
    const auto *error = std::get_if<Error>(&engine.lastReply().body);
    QVERIFY(error != nullptr);
    QCOMPARE(error->code, ErrorCode::NotFound);
    QVERIFY(error->message.contains(u"gone"_s));
    QVERIFY(engine.disk().events.empty());
}

void TestEvents::eventKeepsTheBytesOfItsSender()
{
    EngineFixture engine;
    EventDraft draft = withId("a-1", "order/created");
    draft.ts = startTime - 10s;
    draft.data = json(R"({"n":1.50,"text":"\u00e4"})");
    draft.v = json("\"2\"");
    const EventId id = engine.send(draft);
    QCOMPARE(engine.disk().events.at(id)->json.bytes(),
             R"({"name":"order/created","data":{"n":1.50,"text":"\u00e4"},"id":"a-1",)"
             R"("ts":1893455990000,"user":{},"v":"2"})"_ba);
    QCOMPARE(engine.disk().events.at(id)->receivedAt, startTime);
}

void TestEvents::arrayIsOneReply()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    EventDraft draft{.name = "orders", .data = json("{}"), .user = json("{}")};
    const engine::Outcome outcome =
        engine.step({engine::EventsReceived{.token = 3, .drafts = {draft, draft, draft}}});
    QCOMPARE(engine.runsOf("orders").size(), 3U);
    const auto *reply = std::get_if<engine::Reply>(&outcome.actions.front());
    QVERIFY(reply != nullptr);
    QCOMPARE(reply->token, 3U);
    const auto &ids = std::get<engine::EventsAccepted>(reply->body).ids;
    QCOMPARE(ids.size(), 3U);
    QVERIFY(ids[0] < ids[1] && ids[1] < ids[2]);
}

void TestEvents::saysWhoSentIt_data()
{
    QTest::addColumn<EventSender>("sender");
    QTest::addColumn<QByteArray>("source");
    const auto row = [](const char *name, const EventSender &sender, const QByteArray &source) {
        QTest::newRow(name) << sender << source;
    };
    row("nobody said", {}, {});
    row("the console", {.kind = "composer"}, "composer");
    row("another program", {.kind = "http", .name = "wget"}, "http wget");
    row("the only app with this SDK", {.kind = "app", .name = "inngest-js:v4.1.0"}, "app shop");
    row("two apps with this SDK", {.kind = "app", .name = "inngest-py:v0.5.0"},
        "app (inngest-py:v0.5.0)");
    row("no app with this SDK", {.kind = "app", .name = "inngest-go:v1.0.0"},
        "app (inngest-go:v1.0.0)");
    row("no run with this trace", {.kind = "curl", .run = RunId{Ulid::fromParts(startTime, {7})}},
        "curl");
}

void TestEvents::saysWhoSentIt()
{
    QFETCH(const EventSender, sender);
    QFETCH(const QByteArray, source);
    EngineFixture engine;
    for (const auto &[app, sdk] : std::map<QByteArray, QByteArray>{
             {"shop", "js:v4.1.0"}, {"mail", "py:v0.5.0"}, {"post", "inngest-py:v0.5.0"}})
        engine.step({engine::FunctionsSynced{
            .token = 1,
            .registration = {
                .appName = app, .url = "http://127.0.0.1/" + app, .sdk = sdk, .checksum = app}}});
    engine.registerFunction("orders", {.app = "own"});
    const EventId event = engine.send(EventDraft{.name = "orders", .sender = sender});
    QCOMPARE(engine.disk().events.at(event)->source, source);

    // What a run sends is the function's, however it was sent.
    EventSender inside = sender;
    inside.run = engine.runsOf("orders").front();
    const EventId sent = engine.send(EventDraft{.name = "other", .sender = inside});
    QCOMPARE(engine.disk().events.at(sent)->source, "function orders"_ba);
}

void TestEvents::systemEventsAreOurs()
{
    EngineFixture engine;
    engine.registerFunction("orders");
    const RunId run = engine.start("orders");
    engine.answer(run, result("1"));
    QVERIFY(!engine.disk().events.empty());
    for (const auto &[id, event] : engine.disk().events)
        QCOMPARE(event->source, event->name.startsWith("inngest/") ? "redrive"_ba : QByteArray());
}

QTEST_GUILESS_MAIN(TestEvents)
#include "tst_events.moc"
