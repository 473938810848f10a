// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonvalue.h"
#include "devserver/protocol/answererror.h"
#include "devserver/protocol/callanswercodec.h"
#include "devserver/protocol/opcodec.h"
#include "devserver/protocol/signing.h"
#include "tests/fuzz/answerfile.h"
#include "tests/unit/protocol/fixtures.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using devserver::protocol::CallResponse;
using devserver::protocol::decodeAnswer;
using devserver::protocol::HeaderList;

namespace {

constexpr TimePoint now = fromMs(1'700'000'000'999);

const HeaderList sdk{{"x-inngest-sdk"_ba, "inngest-js:v4.24.0"_ba},
                     {"X-Inngest-Req-Version"_ba, "2"_ba}};

CallAnswer answer(int status, const QByteArray &body, const HeaderList &more = {})
{
    HeaderList headers = sdk;
    headers.insert(headers.end(), more.begin(), more.end());
    return decodeAnswer({.status = status, .headers = headers, .body = body});
}

QByteArray printOp(const StepOp &op)
{
    QByteArrayList parts{toName(op.code), op.id, op.name};
    if (!op.data.isEmpty())
        parts.append("data="_ba + op.data.bytes());
    if (!op.error.isEmpty())
        parts.append("error="_ba + op.error.bytes());
    if (!op.opts.isEmpty())
        parts.append("opts="_ba + op.opts.bytes());
    if (!op.userId.isEmpty())
        parts.append("user="_ba + op.userId + ':' + QByteArray::number(op.userIndex));
    if (op.isRace)
        parts.append("race"_ba);
    if (op.code == OpCode::Sleep) {
        const auto *length = std::get_if<std::chrono::milliseconds>(&op.sleep);
        parts.append(length ? QByteArray::number(length->count())
                            : toRfc3339(std::get<TimePoint>(op.sleep)));
    }
    return parts.join(' ');
}

/// `ops: …`, `result: …`, `error: …`, `not sdk: …`
QByteArray print(const CallAnswer &answer)
{
    if (const auto *ops = std::get_if<AnswerOps>(&answer.outcome)) {
        QByteArrayList lines;
        for (const StepOp &op : ops->ops)
            lines.append(printOp(op));
        return "ops: "_ba + lines.join(" / ");
    }
    if (const auto *result = std::get_if<AnswerResult>(&answer.outcome))
        return "result: "_ba + result->result.bytes();
    if (const auto *error = std::get_if<AnswerError>(&answer.outcome))
        return (error->isSdk ? "error: "_ba : "not sdk: "_ba) + error->error.bytes();
    return "other"_ba;
}

QByteArray messageOf(const CallAnswer &answer)
{
    const auto *error = std::get_if<AnswerError>(&answer.outcome);
    return error ? JsonValue::of(error->error).find("message")->toUtf8() : "no error"_ba;
}

} // namespace

class TestCallAnswerCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesFixtures_data();
    void takesFixtures();
    void decodesResults_data();
    void decodesResults();
    void decodesOps_data();
    void decodesOps();
    void refusesOps_data();
    void refusesOps();
    void takesOneOpMoreThanThereMayBe();
    void limitsStepSizes();
    void normalisesErrors_data();
    void normalisesErrors();
    void readsNoRetry_data();
    void readsNoRetry();
    void noRetryInsideAnErrorCounts();
    void readsRetryAfter_data();
    void readsRetryAfter();
    void readsTheRequestVersion();
    void unwrapsStreams_data();
    void unwrapsStreams();
    void knowsWhatIsNoSdk();
    void saysWhatAnAppInCloudModeNeeds_data();
    void saysWhatAnAppInCloudModeNeeds();
    void refusesOversizeBodies();
    void keepsBodyAndHeaders();
    void checksSignatures_data();
    void checksSignatures();
    void describesTransportFailures();
};

void TestCallAnswerCodec::takesFixtures_data()
{
    fixtures::addRows(u"callanswer"_s);
}

void TestCallAnswerCodec::takesFixtures()
{
    QFETCH(QString, path);
    QFETCH(bool, isGood);
    const QByteArray file = fixtures::read(path);
    const CallAnswer decoded = decodeAnswer(fuzz::readAnswerFile(file));
    const auto *error = std::get_if<AnswerError>(&decoded.outcome);
    const bool isReport = error != nullptr && error->isSdk
                          && JsonValue::of(error->error).find("code").value_or(JsonValue()).toUtf8()
                                 != "invalid_response";
    QCOMPARE(error == nullptr || isReport, isGood);
}

void TestCallAnswerCodec::decodesResults_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("result");
    QTest::addRow("row 54: object") << R"( {"a": 1.0} )"_ba
                                    << R"({"a": 1.0})"_ba;
    QTest::addRow("string") << "\"x\""_ba
                            << "\"x\""_ba;
    QTest::addRow("number") << "42"_ba
                            << "42"_ba;
    QTest::addRow("null") << "null"_ba
                          << "null"_ba;
    QTest::addRow("text") << "all \"done\""_ba
                          << R"("all \"done\"")"_ba;
    QTest::addRow("bytes that are no UTF-8") << "\xff!"_ba
                                             << "\"\xef\xbf\xbd!\""_ba;
    QTest::addRow("empty") << ""_ba
                           << "null"_ba;
}

void TestCallAnswerCodec::decodesResults()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, result);
    QCOMPARE(print(answer(200, body)), QByteArray("result: " + result));
    QCOMPARE(answer(200, body).httpStatus, 200);
}

void TestCallAnswerCodec::decodesOps_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("ops");
    const auto row = [](const char *name, const QByteArray &body, const QByteArray &ops) {
        QTest::addRow("%s", name) << body << ops;
    };
    row("TS StepRun",
        R"([{"id":"b78f","op":"StepRun","name":"p1","opts":{},"displayName":"P 1","userland":{"id":"p1"},"data":1,"timing":{"a":1,"b":0},"mode":"x"}])",
        "StepRun b78f P 1 data=1 opts={} user=p1:0");
    row("single object", R"({"op":"stepplanned","id":"a","name":"n"})", "StepPlanned a n");
    row("falsy data is kept",
        R"([{"op":"StepRun","id":"a","data":0},{"op":"StepRun","id":"b","data":""},{"op":"StepRun","id":"c","data":false},{"op":"StepRun","id":"d","data":null}])",
        "StepRun a a data=0 / StepRun b b data=\"\" / StepRun c c data=false / StepRun d d "
        "data=null");
    row("absent data", R"([{"op":"StepRun","id":"a"}])", "StepRun a a");
    row("Python nulls",
        R"([{"op":"StepRun","id":"a","name":null,"displayName":"s","opts":null,"userland":{"id":"s","index":null},"data":{"n":1},"error":null}])",
        "StepRun a s data={\"n\":1} user=s:0");
    row("repeated step", R"([{"op":"StepRun","id":"a","userland":{"id":"s","index":3},"data":1}])",
        "StepRun a a data=1 user=s:3");
    row("keys in any case", R"([{"OP":"StepRun","ID":"a","Data":5}])", "StepRun a a data=5");
    row("step error is kept verbatim",
        R"([{"op":"StepError","id":"a","error":{"name":"E","message":"m","stack":"s","data":[1.0],"x":1}}])",
        R"(StepError a a error={"name":"E","message":"m","stack":"s","data":[1.0],"x":1})");
    row("row 61: sleep by name", R"([{"op":"Sleep","id":"a","name":"1h30m"}])",
        "Sleep a 1h30m 5400000");
    row("sleep by option", R"([{"op":"Sleep","id":"a","name":"nap","opts":{"duration":"1.5s"}}])",
        "Sleep a nap opts={\"duration\":\"1.5s\"} 1500");
    row("sleep until",
        R"([{"op":"Sleep","id":"a","displayName":"s","name":"2030-01-02T03:04:05.678Z"}])",
        "Sleep a s 2030-01-02T03:04:05.678Z");
    row("sleep without time", R"([{"op":"Sleep","id":"a","name":""}])", "Sleep a a 0");
    row("race", R"([{"op":"StepPlanned","id":"a","opts":{"parallelMode":"race"}}])",
        R"(StepPlanned a a opts={"parallelMode":"race"} race)");
    row("row 56: RunComplete",
        R"([{"op":"StepRun","id":"a","data":1},{"op":"RunComplete","id":"c","data":{"v":1}}])",
        "StepRun a a data=1 / RunComplete c c data={\"v\":1}");
    row("row 73: nothing", "[]", "None  ");
    row("None", R"([{"op":"None","id":""}])", "None  ");
    row("later opcodes are known",
        R"([{"op":"WaitForEvent","id":"a","opts":{"event":"x"}},{"op":"AIGateway","id":"b"}])",
        R"(WaitForEvent a a opts={"event":"x"} / AIGateway b b)");
    row("step input", R"([{"op":"StepRun","id":"a","opts":{"input":[1]},"data":1}])",
        R"(StepRun a a data=1 opts={"input":[1]})");
}

void TestCallAnswerCodec::decodesOps()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, ops);
    QCOMPARE(print(answer(206, body)), QByteArray("ops: " + ops));
}

void TestCallAnswerCodec::refusesOps_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char *name, const QByteArray &body, const QByteArray &reason) {
        QTest::addRow("%s", name) << body << reason;
    };
    row("row 72: unknown", R"([{"op":"StepRun","id":"a"},{"op":"StepDance","id":"x"}])",
        "op 2: unknown opcode \"StepDance\"");
    row("null element", "[null]", "op 1: it is null, not an object");
    row("null", "null", "it is null, not an object");
    row("empty", " ", "the body is empty");
    row("no op", R"([{"id":"a"}])", "op 1: op is missing");
    row("no id", R"([{"op":"StepRun","data":1}])", "op 1: StepRun without id");
    row("step error without error", R"([{"op":"StepError","id":"a","error":null}])",
        "op 1: StepError: it has no error object");
    row("step failure without error", R"([{"op":"StepFailed","id":"a"}])",
        "op 1: StepFailed: it has no error object");
    row("error is text", R"([{"op":"StepError","id":"a","error":"x"}])",
        "op 1: StepError: it has no error object");
    row("input is no array", R"([{"op":"StepRun","id":"a","opts":{"input":{}}}])",
        "op 1: StepRun: opts.input is an object, not an array");
    row("sleep", R"([{"op":"Sleep","id":"a","name":"soon"}])",
        "op 1: Sleep: the sleep \"soon\" is neither a duration nor a time");
}

void TestCallAnswerCodec::refusesOps()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, reason);
    const CallAnswer decoded = answer(206, body);
    QCOMPARE(messageOf(decoded), QByteArray("The app's answer cannot be used: " + reason));
    QVERIFY(print(decoded).startsWith(R"(error: {"error":"invalid_response","name":"Error",)"));
    QCOMPARE(messageOf(answer(206, "[{")).first(32), "The app's answer cannot be used:"_ba);
}

void TestCallAnswerCodec::takesOneOpMoreThanThereMayBe() // the engine refuses so many
{
    const QByteArray op = R"({"op":"StepPlanned","id":"a"})"_ba;
    const CallAnswer decoded = answer(206, '[' + QByteArray(op + ',').repeated(1500) + op + ']');
    QCOMPARE(std::get<AnswerOps>(decoded.outcome).ops.size(), std::size_t(1001));
}

void TestCallAnswerCodec::limitsStepSizes()
{
    const auto stepOf = [](qsizetype bytes) -> QByteArray {
        return R"([{"op":"StepRun","id":"a","name":"big","data":")" + QByteArray(bytes - 2, 'x')
               + "\"}]";
    };
    const CallAnswer largest = answer(206, stepOf(protocol::maxStepBytes)); // semantics 12.5
    QVERIFY(std::holds_alternative<AnswerOps>(largest.outcome));
    QCOMPARE(messageOf(answer(206, stepOf(protocol::maxStepBytes + 1))),
             "The app's answer cannot be used: op 1: StepRun: the output of step \"big\" has "
             "4194305 bytes, at most 4194304 are allowed"_ba);
}

void TestCallAnswerCodec::normalisesErrors_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("error");
    const auto row = [](const char *name, const QByteArray &body, const QByteArray &error) {
        QTest::addRow("%s", name) << body << error;
    };
    row("row 88: TS",
        R"({"name":"MyError","message":"boom","stack":"at x","cause":{"name":"Inner","n":1.0},"__serialized":true})",
        R"({"error":"boom","name":"MyError","message":"boom","stack":"at x","cause":{"name":"Inner","n":1.0}})");
    row("Python", R"({"code":"step_errored","name":"ValueError","message":"bad","stack":"tb"})",
        R"({"error":"bad","name":"ValueError","message":"bad","stack":"tb","code":"step_errored"})");
    row("Go", R"({"message":"boom"})", R"({"error":"boom","name":"Error","message":"boom"})");
    row("row 89: data", R"({"name":"E","message":"m","data":{"v":[1]}})",
        R"({"error":"m","name":"E","message":"m","data":{"v":[1]}})");
    row("short form", R"({"error":"short","message":"long"})",
        R"({"error":"short","name":"Error","message":"long"})");
    row("short form alone", R"({"error":"short","requestedStep":"x"})",
        R"({"error":"short","name":"Error","message":"short"})");
    row("nested under error", R"({"error":{"name":"E","message":"m"}})",
        R"({"error":"m","name":"E","message":"m"})");
    row("nested under body, serialised", R"({"body":"{\"name\":\"E\",\"message\":\"m\"}"})",
        R"({"error":"m","name":"E","message":"m"})");
    row("nested twice", R"({"body":{"error":{"message":"m"}}})",
        R"({"error":"m","name":"Error","message":"m"})");
    row("string", R"("boom \"x\"")",
        R"({"error":"boom \"x\"","name":"Error","message":"boom \"x\""})");
    row("number", "42", R"({"error":"42","name":"Error","message":"42"})");
    row("message is an object", R"({"message":{"a":1}})",
        R"({"error":"{\"a\":1}","name":"Error","message":"{\"a\":1}"})");
    row("empty", "",
        R"({"error":"Function execution error","name":"Error","message":"Function execution error"})");
    row("empty object", "{}",
        R"({"error":"Function execution error","name":"Error","message":"Function execution error"})");
    row("null", "null",
        R"({"error":"Function execution error","name":"Error","message":"Function execution error"})");
    row("text", "Internal <error>",
        R"({"error":"Function execution error","name":"Error","message":"Function execution error","stack":"Internal <error>"})");
}

void TestCallAnswerCodec::normalisesErrors()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, error);
    for (const int status : {400, 500}) {
        const CallAnswer decoded = answer(status, body);
        QCOMPARE(print(decoded), QByteArray("error: " + error));
        QCOMPARE(decoded.httpStatus, status);
    }
}

void TestCallAnswerCodec::readsNoRetry_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("flag"); // -1: none
    QTest::addRow("true") << "true"_ba << 1;
    QTest::addRow("false") << "false"_ba << 0;
    QTest::addRow("upper case") << " TRUE "_ba << 1;
    QTest::addRow("nonsense") << "maybe"_ba << -1;
}

void TestCallAnswerCodec::readsNoRetry()
{
    QFETCH(QByteArray, value);
    QFETCH(int, flag);
    const CallAnswer decoded =
        answer(500, R"({"message":"m"})", {{"X-Inngest-No-Retry"_ba, value}});
    QCOMPARE(decoded.noRetry, flag < 0 ? std::nullopt : std::optional(flag == 1));
    QVERIFY(!answer(500, "{}").noRetry);

    const CallAnswer final = answer(200, R"({"a":1})", {{"x-inngest-no-retry"_ba, "true"_ba}});
    QCOMPARE(print(final),
             R"(error: {"error":"Function execution error","name":"NonRetriableError",)"
             R"("message":"Function execution error"})"_ba);
}

void TestCallAnswerCodec::noRetryInsideAnErrorCounts()
{
    const QByteArray body = R"({"message":"m","noRetry":true})"_ba;
    const HeaderList mayRetry{{"x-inngest-no-retry"_ba, "false"_ba}};
    QCOMPARE(answer(500, body).noRetry, true);
    QCOMPARE(answer(500, body, mayRetry).noRetry, false); // the header wins

    const QByteArray step =
        R"([{"op":"StepError","id":"a","error":{"name":"E","message":"m","noRetry":true}}])"_ba;
    QVERIFY(print(answer(206, step)).startsWith("ops: StepFailed a"));
    QVERIFY(print(answer(206, step, mayRetry)).startsWith("ops: StepError a"));
}

void TestCallAnswerCodec::readsRetryAfter_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("text"); // seconds or instant; empty: cannot be read
    QTest::addRow("row 79: seconds") << "3"_ba
                                     << "3"_ba;
    QTest::addRow("row 80: ISO") << "2030-01-02T03:04:05.678Z"_ba
                                 << "2030-01-02T03:04:05.678Z"_ba;
    QTest::addRow("HTTP date") << "Wed, 02 Jan 2030 03:04:05 GMT"_ba
                               << "2030-01-02T03:04:05.000Z"_ba;
    QTest::addRow("nonsense") << "later"_ba
                              << ""_ba;
}

void TestCallAnswerCodec::readsRetryAfter()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, text);
    for (const int status : {500, 206}) {
        const QByteArray body =
            status == 206 ? R"([{"op":"StepError","id":"a","error":{"name":"E","message":"m"}}])"_ba
                          : R"({"message":"m"})"_ba;
        const CallAnswer decoded = answer(status, body, {{"Retry-After"_ba, value}});
        QCOMPARE(decoded.hasBadRetryAfter, text.isEmpty());
        QCOMPARE(decoded.retryAfter.has_value(), !text.isEmpty());
        if (!decoded.retryAfter)
            continue;
        const auto *seconds = std::get_if<std::chrono::seconds>(&*decoded.retryAfter);
        QCOMPARE(seconds ? QByteArray::number(seconds->count())
                         : toRfc3339(std::get<TimePoint>(*decoded.retryAfter)),
                 text);
    }
    QVERIFY(!answer(500, "{}").hasBadRetryAfter);
}

void TestCallAnswerCodec::readsTheRequestVersion()
{
    QCOMPARE(answer(206, "[]").requestVersion, 2);
    const CallAnswer none =
        decodeAnswer({.status = 206, .headers = {{"x-inngest-sdk"_ba, "x"_ba}}, .body = "[]"_ba});
    QVERIFY(!none.requestVersion);
}

void TestCallAnswerCodec::unwrapsStreams_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("outcome");
    QTest::addColumn<int>("status");
    QTest::addRow("row 70: TS")
        << R"(   {"status":206,"headers":{"x-inngest-req-version":"2"},"body":"[{\"op\":\"StepPlanned\",\"id\":\"a\"}]","version":2})"_ba
        << "ops: StepPlanned a a"_ba << 206;
    QTest::addRow("body as JSON") << R"({"status":200,"body":{"a":1}})"_ba
                                  << R"(result: {"a":1})"_ba << 200;
    QTest::addRow("result is a string") << R"({"status":200,"body":"\"x\""})"_ba
                                        << R"(result: "x")"_ba << 200;
    QTest::addRow("error")
        << R"({"status":500,"headers":{"x-inngest-no-retry":"true"},"body":"{\"message\":\"m\"}"})"_ba
        << R"(error: {"error":"m","name":"Error","message":"m"})"_ba << 500;
    QTest::addRow("error member")
        << R"({"status":500,"error":"gone"})"_ba
        << R"(error: {"error":"Function execution error","name":"Error","message":"Function execution error","stack":"gone"})"_ba
        << 500;
    QTest::addRow("no status")
        << R"({"body":"x"})"_ba
        << R"(error: {"error":"invalid_response","name":"Error","message":"the streamed answer has no status of its own","code":"invalid_response"})"_ba
        << 201;
    QTest::addRow("stream in a stream")
        << R"({"status":201,"body":"x"})"_ba
        << R"(error: {"error":"invalid_response","name":"Error","message":"the streamed answer has no status of its own","code":"invalid_response"})"_ba
        << 201;
}

void TestCallAnswerCodec::unwrapsStreams()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, outcome);
    QFETCH(int, status);
    const CallAnswer decoded =
        decodeAnswer({.status = 201, .headers = {{"x-inngest-sdk"_ba, "x"_ba}}, .body = body});
    QCOMPARE(print(decoded), outcome);
    QCOMPARE(decoded.httpStatus, status);
    QCOMPARE(decoded.requestVersion.has_value(), status == 206);
    QCOMPARE(decoded.noRetry.has_value(), body.contains("no-retry"));
    QVERIFY(messageOf(answer(201, "   ")).startsWith("the streamed answer is not complete JSON"));
}

void TestCallAnswerCodec::knowsWhatIsNoSdk()
{
    const HeaderList html{{"content-type"_ba, "text/html"_ba}};
    const CallAnswer ok = decodeAnswer({.status = 200, .headers = html, .body = "{}"_ba}); // row 55
    QVERIFY(print(ok).startsWith(
        R"(not sdk: {"error":"not_sdk","name":"Error","message":"The response did not)"));
    for (const int status : {201, 206})
        QVERIFY(print(decodeAnswer({.status = status, .headers = html, .body = "[]"_ba}))
                    .startsWith("not sdk: "));

    const CallAnswer bad = decodeAnswer( // row 93
        {.status = 502, .headers = html, .body = "<h1>\"Bad\"</h1>"_ba});
    QCOMPARE(print(bad),
             R"(not sdk: {"error":"Your server returned HTTP 502 before the SDK responded.",)"
             R"("name":"Server returned a fatal error",)"
             R"("message":"Your server returned HTTP 502 before the SDK responded.",)"
             R"("stack":"<h1>\"Bad\"</h1>","code":"not_sdk"})"_ba);
    QCOMPARE(bad.httpStatus, 502);

    QVERIFY(!std::get<AnswerError>(bad.outcome).isCloudMode);

    const CallAnswer large =
        decodeAnswer({.status = 500, .headers = html, .body = QByteArray(20000, 'x')});
    const RawJson &error = std::get<AnswerError>(large.outcome).error;
    QCOMPARE(JsonValue::of(error).find("stack")->toUtf8().size(), 8192);
}

void TestCallAnswerCodec::saysWhatAnAppInCloudModeNeeds_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("needed");
    const QByteArray mode = "Set INNGEST_DEV=1 for it, so that it runs in dev mode."_ba;
    const QByteArray same = "The INNGEST_SIGNING_KEY of the app and the signing key of this server"
                            " must be the same."_ba;
    QTest::newRow("not signed") << QByteArray() << 401 << mode;
    QTest::newRow("not signed, and the app has no key") << QByteArray() << 500 << mode;
    QTest::newRow("signed with another key") << "signkey-test-12345678"_ba << 401 << same;
    QTest::newRow("signed, and the app has no key") << "signkey-test-12345678"_ba << 500 << same;
}

/// Dev mode takes calls without a signature; one that has a wrong one is refused for its key.
void TestCallAnswerCodec::saysWhatAnAppInCloudModeNeeds()
{
    QFETCH(const QByteArray, key);
    QFETCH(const int, status);
    QFETCH(const QByteArray, needed);
    const CallAnswer cloud = decodeAnswer({.status = status,
                                           .headers = {{"x-inngest-sdk-handled"_ba, "true"_ba}},
                                           .body = R"({"code":"internal_server_error"})"_ba},
                                          key);
    const auto &error = std::get<AnswerError>(cloud.outcome);
    QCOMPARE(error.isCloudMode, key.isEmpty()); // signed: the keys differ, which no poll mends
    QCOMPARE(JsonValue::of(error.error).find("message")->toUtf8(),
             "The app runs in cloud mode and refused the call (HTTP "_ba
                 + QByteArray::number(status) + "). "_ba + needed);
}

void TestCallAnswerCodec::refusesOversizeBodies()
{
    const QByteArray largest = '"' + QByteArray(protocol::maxAnswerBytes - 2, 'x') + '"';
    QVERIFY(std::holds_alternative<AnswerResult>(answer(200, largest).outcome));
    for (const int status : {200, 201, 206, 500}) {
        const CallAnswer decoded = answer(status, largest + 'x');
        QVERIFY(print(decoded).startsWith(R"(error: {"error":"output_too_large")"));
    }
}

void TestCallAnswerCodec::keepsBodyAndHeaders()
{
    const CallAnswer decoded = answer(200, QByteArray(100000, '1'));
    QCOMPARE(decoded.body.size(), 64 * 1024);
    QCOMPARE(decoded.bodySize, 100000);
    QCOMPARE(decoded.headers.bytes(),
             R"([["x-inngest-sdk","inngest-js:v4.24.0"],["X-Inngest-Req-Version","2"]])"_ba);
}

void TestCallAnswerCodec::checksSignatures_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("signature"); ///< header; null: there is none
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("check");
    const QByteArray key = "signkey-test-0123abcd"_ba;
    const QByteArray body = R"({"ok":true})"_ba;
    const QByteArray good = protocol::signature(body, key, now);
    QTest::addRow("no key") << 200 << body << good << QByteArray() << "unchecked"_ba;
    QTest::addRow("valid") << 200 << body << good << key << "valid"_ba;
    QTest::addRow("valid, of an error") << 500 << body << good << key << "valid"_ba;
    QTest::addRow("none") << 200 << body << QByteArray() << key << "missing"_ba;
    QTest::addRow("empty") << 200 << body << " "_ba << key << "missing"_ba;
    QTest::addRow("of another key")
        << 200 << body << protocol::signature(body, "ffff"_ba, now) << key << "invalid"_ba;
    QTest::addRow("of another body") << 200 << "{}"_ba << good << key << "invalid"_ba;
    QTest::addRow("too old") << 200 << body << protocol::signature(body, key, now - 6min) << key
                             << "invalid"_ba;
    // Its own header and its own body, not those of the stream (protocol.md 6.3).
    const QByteArray stream = R"({"status":200,"headers":{"x-inngest-signature":")"_ba + good
                              + R"("},"body":"{\"ok\":true}"})"_ba;
    QTest::addRow("streamed") << 201 << stream << QByteArray() << key << "valid"_ba;
}

void TestCallAnswerCodec::checksSignatures()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, signature);
    QFETCH(QByteArray, key);
    HeaderList headers = sdk;
    if (!signature.isNull())
        headers.emplace_back("X-Inngest-Signature"_ba, signature);
    const CallAnswer decoded =
        decodeAnswer({.status = status, .headers = headers, .body = body}, key, now);
    QTEST(toName(decoded.signature), "check");
}

void TestCallAnswerCodec::describesTransportFailures()
{
    const CallAnswer offline = protocol::unreachableError("connection refused"_ba);
    QCOMPARE(
        std::get<AppUnreachable>(offline.outcome).error.bytes(),
        R"({"error":"http_unreachable","name":"Error",)"
        R"("message":"Unable to reach SDK URL: connection refused","code":"http_unreachable"})"_ba);
    const CallAnswer broken = protocol::brokenError("timeout", "no answer within 2 h"_ba);
    QCOMPARE(
        print(broken),
        R"(error: {"error":"timeout","name":"Error","message":"no answer within 2 h","code":"timeout"})"_ba);
}

QTEST_GUILESS_MAIN(TestCallAnswerCodec)

#include "tst_callanswercodec.moc"
