// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonreader.h"
#include "devserver/model/jsonvalue.h"
#include "devserver/protocol/callcodec.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace devserver;
using devserver::protocol::encodeCall;
using devserver::protocol::exceedsCallLimit;
using devserver::protocol::HeaderList;
using devserver::protocol::headerValue;

namespace {

constexpr const char *runText = "01KRYN00000000000000000000";
constexpr const char *requestText = "01KREQ00000000000000000000";

EventPtr eventOf(const QByteArray &json)
{
    Event value;
    value.json = RawJson::fromTrusted(json);
    return std::make_shared<const Event>(value);
}

MemoPtr memo(const QByteArray &step, const QByteArray &json)
{
    return std::make_shared<const Memo>(
        Memo{.step = step, .name = step, .json = RawJson::fromTrusted(json), .at = {}});
}

CallRequest request()
{
    CallRequest call;
    call.run = *RunId::fromText(runText);
    call.request = *RequestId::fromText(requestText);
    call.job = "01KRYN00000000000000000000:start:"_ba;
    call.url = "http://localhost:3940/api/inngest?fnId=demo-app-one&stepId=step"_ba;
    call.events = {eventOf(R"({"name":"demo/two","data":{"n":1.0},"id":"e","ts":1,"user":{}})"_ba)};
    return call;
}

/// A request whose events and memos have this many bytes as the limit counts them.
CallRequest requestOfState(qsizetype bytes)
{
    CallRequest call = request();
    const qsizetype others = call.events.front()->json.sizeBytes() + 1;
    const qsizetype frame = 1 + 2 + 4; // step id, quotes, key marks
    call.memos = {memo("m"_ba, '"' + QByteArray(bytes - others - frame, 'x') + '"')};
    return call;
}

} // namespace

class TestCallCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void encodesTheFirstCall();
    void encodesMemosInStackOrder();
    void leavesStateOutWithUseApi();
    void hasTheTypesThatPythonRequires();
    void reservesEnough();
    void switchesToUseApi_data();
    void switchesToUseApi();
    void sendsAllHeaders();
    void keepsHeadersAndUrlsInOneLine();
    void putsTheStepIntoTheUrl_data();
    void putsTheStepIntoTheUrl();
    void encodesBatchAndActions();
};

void TestCallCodec::encodesTheFirstCall()
{
    QCOMPARE(
        encodeCall(request(), false),
        R"({"ctx":{"run_id":"01KRYN00000000000000000000","env":"","step_id":"step","attempt":0,)"
        R"("max_attempts":5,"stack":{"stack":[],"current":0},)"
        R"("request_id":"01KREQ00000000000000000000","generation_id":0,)"
        R"("job_id":"01KRYN00000000000000000000:start:",)"
        R"("disable_immediate_execution":false,"use_api":false},)"
        R"("event":{"name":"demo/two","data":{"n":1.0},"id":"e","ts":1,"user":{}},)"
        R"("events":[{"name":"demo/two","data":{"n":1.0},"id":"e","ts":1,"user":{}}],)"
        R"("steps":{},"defers":{},"version":-1,"use_api":false})"_ba);
}

void TestCallCodec::encodesMemosInStackOrder()
{
    CallRequest call = request();
    call.memos = {memo("bbb"_ba, R"({"data":{ "v" : 1e2 }})"_ba), memo("aaa"_ba, "null"_ba),
                  memo("c\"c"_ba, R"({"error":{"name":"E","message":"m"}})"_ba)};
    call.attempt = 2;
    call.requestVersion = 2;
    call.generation = 7;
    call.forceStepPlan = true;
    call.step = "aaa"_ba;
    const QByteArray body = encodeCall(call, false);
    QVERIFY(validateJson(body).has_value());
    const JsonValue root(body);
    const JsonValue ctx = *root.find("ctx");
    QCOMPARE(ctx.find("stack")->toBytes(), R"({"stack":["bbb","aaa","c\"c"],"current":3})"_ba);
    QCOMPARE(
        root.find("steps")->toBytes(),
        R"({"bbb":{"data":{ "v" : 1e2 }},"aaa":null,"c\"c":{"error":{"name":"E","message":"m"}}})"_ba);
    QCOMPARE(ctx.find("step_id")->toUtf8(), "step"_ba);
    QCOMPARE(ctx.find("attempt")->toInt64(), 2);
    QCOMPARE(ctx.find("generation_id")->toInt64(), 7);
    QCOMPARE(ctx.find("disable_immediate_execution")->toBool(), true);
    QCOMPARE(root.find("version")->toInt64(), 2);
    QVERIFY(!ctx.find("fn_id") && !ctx.find("qi_id"));
}

void TestCallCodec::leavesStateOutWithUseApi()
{
    CallRequest call = request();
    call.memos = {memo("a"_ba, "1"_ba)};
    const QByteArray body = encodeCall(call, true);
    const JsonValue root(body);
    QCOMPARE(root.find("events")->toBytes(), "[]"_ba);
    QCOMPARE(root.find("steps")->toBytes(), "{}"_ba);
    QCOMPARE(root.find("use_api")->toBool(), true);
    QCOMPARE(root.find("ctx")->find("use_api")->toBool(), true);
    QCOMPARE(root.find("event")->find("name")->toUtf8(), "demo/two"_ba);
    QCOMPARE(root.find("ctx")->find("stack")->toBytes(), R"({"stack":["a"],"current":1})"_ba);
}

void TestCallCodec::hasTheTypesThatPythonRequires()
{
    // protocol row 42
    const QByteArray body = encodeCall(request(), false);
    const JsonValue root(body);
    const JsonValue ctx = *root.find("ctx");
    for (const char *name : {"attempt", "max_attempts", "generation_id"})
        QVERIFY2(ctx.find(name) && ctx.find(name)->toInt64(), name);
    for (const char *name : {"disable_immediate_execution", "use_api"})
        QVERIFY2(ctx.find(name) && ctx.find(name)->isBool(), name);
    for (const char *name : {"run_id", "env", "step_id", "request_id", "job_id"})
        QVERIFY2(ctx.find(name) && ctx.find(name)->isString(), name);
    QVERIFY(ctx.find("stack")->isObject());
    QVERIFY(root.find("event")->isObject());
    QVERIFY(root.find("events")->isArray());
    QVERIFY(root.find("steps")->isObject());
    QVERIFY(root.find("defers")->isObject());
    QVERIFY(root.find("use_api")->isBool());
}

void TestCallCodec::reservesEnough()
{
    CallRequest call = request();
    for (int i = 0; i < 500; ++i)
        call.memos.push_back(memo(QByteArray(40, 'a'), R"({"data":1})"_ba));
    const qsizetype bytes = encodeCall(call, false).size();
    QVERIFY2(bytes <= protocol::callSizeBytes(call), qPrintable(QString::number(bytes)));
    QVERIFY(protocol::callSizeBytes(call) - bytes < 200);
}

void TestCallCodec::switchesToUseApi_data()
{
    QTest::addColumn<qsizetype>("stateBytes");
    QTest::addColumn<bool>("exceeds");
    QTest::addRow("small") << qsizetype(1000) << false;
    QTest::addRow("4 MiB - 1 KiB") << qsizetype(4 * 1024 * 1024 - 1024) << false;
    QTest::addRow("one byte more") << qsizetype(4 * 1024 * 1024 - 1023) << true;
}

void TestCallCodec::switchesToUseApi()
{
    QFETCH(qsizetype, stateBytes);
    QFETCH(bool, exceeds);
    const CallRequest call = requestOfState(stateBytes);
    QCOMPARE(exceedsCallLimit(call), exceeds);

    // The event is carried twice, so a large one exceeds the whole before the state.
    CallRequest large = request();
    large.events = {eventOf('"' + QByteArray(3 * 1024 * 1024 - 2, 'x') + '"')};
    QVERIFY(exceedsCallLimit(large));
    QVERIFY(encodeCall(large, true).size() < 4 * 1024 * 1024);
}

void TestCallCodec::sendsAllHeaders()
{
    CallRequest call = request();
    call.requestVersion = 2;
    HeaderList headers = protocol::callHeaders(call);
    QCOMPARE(headerValue(headers, "content-type"), "application/json"_ba);
    QCOMPARE(headerValue(headers, "x-inngest-req-version"), "2"_ba);
    QCOMPARE(headerValue(headers, "x-run-id"), QByteArray(runText));
    QCOMPARE(headerValue(headers, "x-request-id"), QByteArray(requestText));
    QCOMPARE(headerValue(headers, "x-inngest-job-id"), call.job);
    QCOMPARE(headerValue(headers, "x-inngest-step-id"), "step"_ba);
    QCOMPARE(headerValue(headers, "account-id"), "00000000-0000-4000-a000-000000000000"_ba);
    QCOMPARE(headerValue(headers, "traceparent"),
             QByteArray("00-" + call.run.toBytes().toHex() + '-'
                        + call.request.toBytes().last(8).toHex() + "-01"));
    QCOMPARE(headerValue(headers, "tracestate"), QByteArray("redrive=" + call.run.toText()));
    QVERIFY(!headerValue(headers, "x-inngest-generation-id"));

    call.generation = 3;
    call.step = "b78f576611ec06f96af3ca654c22172a5d746c40"_ba;
    headers = protocol::callHeaders(call);
    QCOMPARE(headerValue(headers, "x-inngest-generation-id"), "3"_ba);
    QCOMPARE(headerValue(headers, "x-inngest-step-id"), call.step);
}

void TestCallCodec::keepsHeadersAndUrlsInOneLine()
{
    // Step ids come from the app and are opaque: they must not end a header or a query.
    CallRequest call = request();
    call.step = "a\r\nX-Evil: 1 &stepId=b#\xc3\xa9"_ba;
    call.job = "j\n"_ba;
    const HeaderList headers = protocol::callHeaders(call);
    QVERIFY(headerValue(headers, "x-inngest-step-id")->contains("stepId=b"));
    for (const auto &[name, value] : headers) {
        for (const char c : value)
            QVERIFY2(c >= 0x20 && c < 0x7f, value.constData());
    }
    QCOMPARE(protocol::callUrl(call), "http://localhost:3940/api/inngest?fnId=demo-app-one&stepId="
                                      "a%0D%0AX-Evil%3A%201%20%26stepId%3Db%23%C3%A9"_ba);
}

void TestCallCodec::putsTheStepIntoTheUrl_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("step");
    QTest::addColumn<QByteArray>("called");
    QTest::addRow("discovery") << "http://h/x?fnId=a&stepId=step"_ba
                               << ""_ba
                               << "http://h/x?fnId=a&stepId=step"_ba;
    QTest::addRow("planned step") << "http://h/x?fnId=a&stepId=step"_ba
                                  << "b78f"_ba
                                  << "http://h/x?fnId=a&stepId=b78f"_ba;
    QTest::addRow("other order") << "http://h/x?stepId=step&fnId=a"_ba
                                 << "b78f"_ba
                                 << "http://h/x?fnId=a&stepId=b78f"_ba;
    QTest::addRow("no stepId") << "http://h/x?fnId=a"_ba
                               << "b"_ba
                               << "http://h/x?fnId=a&stepId=b"_ba;
    QTest::addRow("no query") << "http://h/x"_ba
                              << ""_ba
                              << "http://h/x?stepId=step"_ba;
}

void TestCallCodec::putsTheStepIntoTheUrl()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, step);
    QFETCH(QByteArray, called);
    CallRequest call = request();
    call.url = url;
    call.step = step;
    QCOMPARE(protocol::callUrl(call), called);
}

void TestCallCodec::encodesBatchAndActions()
{
    QCOMPARE(protocol::encodeBatch({}), "[]"_ba);
    QCOMPARE(protocol::encodeActions({}), "{}"_ba);
    QCOMPARE(protocol::encodeBatch({*eventOf("{\"n\": 1}"_ba), *eventOf("{}"_ba)}),
             "[{\"n\": 1},{}]"_ba);
    QCOMPARE(
        protocol::encodeActions({*memo("b"_ba, "{\"data\": 1.0}"_ba), *memo("a"_ba, "null"_ba)}),
        "{\"b\":{\"data\": 1.0},\"a\":null}"_ba);
}

QTEST_GUILESS_MAIN(TestCallCodec)

#include "tst_callcodec.moc"
