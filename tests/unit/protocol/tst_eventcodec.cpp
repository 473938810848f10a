// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/eventcodec.h"
#include "tests/unit/protocol/fixtures.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace devserver;
using devserver::protocol::decodeEvents;
using devserver::protocol::decodeInvoke;
using devserver::protocol::EventBatch;

namespace {

constexpr QByteArrayView json = "application/json";
constexpr QByteArrayView form = "application/x-www-form-urlencoded";
constexpr QByteArrayView seed = "1700000000000,AAECAwQF/////w=="; // entropy ends with ff ff ff ff

EventBatch decode(QByteArrayView body)
{
    return decodeEvents(body, json, {});
}

/// `name|id|ts|data|user|v|meta`, one line per draft.
QByteArray print(const EventBatch &batch)
{
    QByteArray out;
    for (const EventDraft &draft : batch.drafts) {
        const QByteArray ts = draft.ts ? QByteArray::number(toMs(*draft.ts)) : "-"_ba;
        const QByteArrayList parts{draft.name,         draft.id.value_or("-"_ba), ts,
                                   draft.data.bytes(), draft.user.bytes(),        draft.v.bytes(),
                                   draft.meta.bytes()};
        out += parts.join('|') + '\n';
    }
    return out;
}

} // namespace

class TestEventCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesFixtures_data();
    void takesFixtures();
    void decodesFields_data();
    void decodesFields();
    void refuses_data();
    void refuses();
    void keepsDraftsBeforeTheFirstBadOne();
    void refusesTooManyEventsAsAWhole();
    void manyTinyPartsCostNoMemory_data();
    void manyTinyPartsCostNoMemory();
    void countsSizesExactly();
    void takesForms_data();
    void takesForms();
    void takesMultipart();
    void seedsAreRepeatable();
    void ignoresMalformedSeeds_data();
    void ignoresMalformedSeeds();
    void invokeNamesItsTarget();
    void invokeRefuses_data();
    void invokeRefuses();
};

void TestEventCodec::takesFixtures_data()
{
    fixtures::addRows(u"event"_s);
}

void TestEventCodec::takesFixtures()
{
    QFETCH(QString, path);
    QFETCH(bool, isGood);
    const EventBatch batch = decodeEvents(fixtures::read(path), form, seed);
    QVERIFY(!batch.drafts.empty());
    QCOMPARE(!batch.error, isGood);
    QVERIFY(batch.drafts.front().seededId.has_value());
}

void TestEventCodec::decodesFields_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("drafts");
    QTest::addRow("row 24: one object") << R"({"name":"a/b"})"_ba
                                        << "a/b|-|-|{}|{}||\n"_ba;
    QTest::addRow("row 24: array") << R"([{"name":"a"},{"name":"b"}])"_ba
                                   << "a|-|-|{}|{}||\nb|-|-|{}|{}||\n"_ba;
    QTest::addRow("empty body") << ""_ba
                                << ""_ba;
    QTest::addRow("white space only") << " \r\n\t"_ba
                                      << ""_ba;
    QTest::addRow("empty array") << " [ ] "_ba
                                 << ""_ba;
    QTest::addRow("row 28: data null") << R"({"name":"a","data":null})"_ba
                                       << "a|-|-|{}|{}||\n"_ba;
    QTest::addRow("data bytes unchanged")
        << R"({"name":"a","data":{ "x" : 1.0, "x":1e400,"s":"\ud800 é" }})"_ba
        << "a|-|-|{ \"x\" : 1.0, \"x\":1e400,\"s\":\"\\ud800 \xc3\xa9\" }|{}||\n"_ba;
    QTest::addRow("all fields")
        << R"({"id":"i","name":"a","ts":1700000000000,"data":{"k":1},"user":{"u":2},"v":"3","z":0})"_ba
        << "a|i|1700000000000|{\"k\":1}|{\"u\":2}|\"3\"|\n"_ba;
    QTest::addRow("row 29: ts 0 is now") << R"({"name":"a","ts":0})"_ba
                                         << "a|-|-|{}|{}||\n"_ba;
    QTest::addRow("ts as a whole number with exponent") << R"({"name":"a","ts":1.7e12})"_ba
                                                        << "a|-|1700000000000|{}|{}||\n"_ba;
    QTest::addRow("first instant") << R"({"name":"a","ts":315532800000})"_ba
                                   << "a|-|315532800000|{}|{}||\n"_ba;
    QTest::addRow("nulls are absent")
        << R"({"name":"a","id":null,"ts":null,"user":null,"v":null,"meta":null})"_ba
        << "a|-|-|{}|{}||\n"_ba;
    QTest::addRow("empty id is absent") << R"({"name":"a","id":""})"_ba
                                        << "a|-|-|{}|{}||\n"_ba;
    QTest::addRow("keys in any case") << R"({"NAME":"a","Data":{"A":1},"TS":1700000000000})"_ba
                                      << "a|-|1700000000000|{\"A\":1}|{}||\n"_ba;
    QTest::addRow("last duplicate counts") << R"({"name":"a","name":"b"})"_ba
                                           << "b|-|-|{}|{}||\n"_ba;
    QTest::addRow("escaped name") << R"({"name":"a\/\u00e9"})"_ba
                                  << "a/\xc3\xa9|-|-|{}|{}||\n"_ba;
    QTest::addRow("row 40: _inngest first")
        << R"({"name":"a","data":{ "_inngest" : {"x":[1]} , "b":2 }})"_ba
        << "a|-|-|{ \"b\":2 }|{}||\n"_ba;
    QTest::addRow("_inngest last") << R"({"name":"a","data":{"b":2, "_inngest":1 }})"_ba
                                   << "a|-|-|{\"b\":2 }|{}||\n"_ba;
    QTest::addRow("_inngest in the middle, twice")
        << R"({"name":"a","data":{"a":1, "_inngest":1,"_inngest":2, "b":2}})"_ba
        << "a|-|-|{\"a\":1, \"b\":2}|{}||\n"_ba;
    QTest::addRow("_inngest alone") << R"({"name":"a","data":{"_inngest":{}}})"_ba
                                    << "a|-|-|{}|{}||\n"_ba;
    QTest::addRow("_inngest with escapes") << R"({"name":"a","data":{"\u005finngest":1,"b":2}})"_ba
                                           << "a|-|-|{\"b\":2}|{}||\n"_ba;
    QTest::addRow("_inngest deeper stays") << R"({"name":"a","data":{"b":{"_inngest":1}}})"_ba
                                           << "a|-|-|{\"b\":{\"_inngest\":1}}|{}||\n"_ba;
    QTest::addRow("sessions merge, null removes")
        << R"({"name":"a","meta":{"sessions":{"u":"1","old":null},"propagated_sessions":{"old":"x","c":"9"}}})"_ba
        << "a|-|-|{}|{}||{\"sessions\":{\"c\":\"9\",\"u\":\"1\"}}\n"_ba;
    QTest::addRow("meta without sessions") << R"({"name":"a","meta":{"x":1}})"_ba
                                           << "a|-|-|{}|{}||\n"_ba;
    QTest::addRow("name of 512 characters")
        << QByteArray("{\"name\":\"" + QByteArray("\xc3\xa9").repeated(512) + "\"}")
        << QByteArray(QByteArray("\xc3\xa9").repeated(512) + "|-|-|{}|{}||\n");
}

void TestEventCodec::decodesFields()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, drafts);
    const EventBatch batch = decode(body);
    QVERIFY2(!batch.error, batch.error ? qPrintable(batch.error->message) : "");
    QCOMPARE(print(batch), drafts);
}

void TestEventCodec::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("message");
    QTest::addRow("row 26: no name")
        << R"([{"name":"a"},{"name":"b"},{"data":{}},{"name":"d"},{"name":"e"}])"_ba
        << u"event 3 of 5: name is missing"_s;
    QTest::addRow("empty name") << R"({"name":""})"_ba << u"event 1 of 1: name is empty"_s;
    QTest::addRow("name is a number")
        << R"({"name":1})"_ba << u"event 1 of 1: name is a number, not a string"_s;
    QTest::addRow("row 27: reserved")
        << R"({"name":"Inngest/foo"})"_ba
        << u"event 1 of 1: event name is reserved for internal use: Inngest/foo"_s;
    QTest::addRow("long name") << QByteArray(
        "{\"name\":\"" + QByteArray(513, 'x')
        + "\"}") << u"event 1 of 1: name has 513 characters, at most 512 are allowed"_s;
    QTest::addRow("row 30: ts too small")
        << R"({"name":"a","ts":5})"_ba
        << u"event 1 of 1: ts 5 is not between the years 1980 and 2100 in milliseconds"_s;
    QTest::addRow("ts at the end")
        << R"({"name":"a","ts":4102444800000})"_ba
        << u"event 1 of 1: ts 4102444800000 is not between the years 1980 and 2100 in milliseconds"_s;
    QTest::addRow("ts with fraction")
        << R"({"name":"a","ts":1700000000000.5})"_ba
        << u"event 1 of 1: ts is 1700000000000.5, not an integer of milliseconds"_s;
    QTest::addRow("ts as text")
        << R"({"name":"a","ts":"2030"})"_ba
        << u"event 1 of 1: ts is a string, not an integer of milliseconds"_s;
    QTest::addRow("data is text") << R"({"name":"a","data":"x"})"_ba
                                  << u"event 1 of 1: data is a string, not an object"_s;
    QTest::addRow("data is an array")
        << R"({"name":"a","data":[]})"_ba << u"event 1 of 1: data is an array, not an object"_s;
    QTest::addRow("user is a number")
        << R"({"name":"a","user":1})"_ba << u"event 1 of 1: user is a number, not an object"_s;
    QTest::addRow("id is a number")
        << R"({"name":"a","id":7})"_ba << u"event 1 of 1: id is a number, not a string"_s;
    QTest::addRow("session is a number")
        << R"({"name":"a","meta":{"sessions":{"u":1}}})"_ba
        << u"event 1 of 1: meta.sessions.u is a number, not a string"_s;
    QTest::addRow("element is null")
        << R"([null])"_ba << u"event 1 of 1: an event is an object, not null"_s;
    QTest::addRow("neither JSON nor a form")
        << "hello"_ba << u"the body is neither a JSON object, a JSON array, nor a form"_s;
}

void TestEventCodec::refuses()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, message);
    const EventBatch batch = decode(body);
    QVERIFY(batch.error.has_value());
    QCOMPARE(batch.error->message, message);
}

void TestEventCodec::keepsDraftsBeforeTheFirstBadOne()
{
    // semantics §4.6, 4.16
    QCOMPARE(print(decode(R"([{"name":"a"},{"name":5},{"name":"c"}])")), "a|-|-|{}|{}||\n"_ba);

    const EventBatch cut = decode(R"([{"name":"a"},{"name":"b")");
    QCOMPARE(print(cut), "a|-|-|{}|{}||\n"_ba);
    QVERIFY(cut.error->message.startsWith("the body is not valid JSON: "_L1));

    const EventBatch trailing = decode(R"({"name":"a"} x)");
    QVERIFY(trailing.drafts.empty());
    QCOMPARE(trailing.error->code, ErrorCode::InvalidJson);
}

void TestEventCodec::refusesTooManyEventsAsAWhole()
{
    const QByteArray event = R"({"name":"a"})"_ba;
    const QByteArray most = '[' + QByteArray(event + ',').repeated(4999) + event + ']';
    const EventBatch full = decode(most);
    QVERIFY(!full.error);
    QCOMPARE(full.drafts.size(), std::size_t(5000));

    const QByteArray tooMany = '[' + QByteArray(event + ',').repeated(5000) + event + ']';
    const EventBatch refused = decode(tooMany); // row 41
    QVERIFY(refused.drafts.empty());
    QCOMPARE(refused.error->message, u"the request has 5001 events, at most 5000 are allowed"_s);
}

void TestEventCodec::manyTinyPartsCostNoMemory_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("message");
    constexpr qsizetype parts = 16 * 1024 * 1024;
    QTest::addRow("numbers") << QByteArray('[' + "1,"_ba.repeated(parts - 1) + "1]")
                             << json.toByteArray()
                             << u"the request has 16777216 events, at most 5000 are allowed"_s;
    QTest::addRow("fields") << "a&"_ba.repeated(parts - 1) + 'a' << form.toByteArray()
                            << u"the form has 16777216 fields, at most 10000 are allowed"_s;
    QTest::addRow("parts") << "--x\r\nA: b\r\n\r\nc\r\n"_ba.repeated(1024 * 1024) + "--x--"
                           << "multipart/form-data; boundary=x"_ba
                           << u"the form has 1048576 fields, at most 10000 are allowed"_s;
}

void TestEventCodec::manyTinyPartsCostNoMemory()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, type);
    QFETCH(const QString, message);
    const qint64 before = fixtures::peakMemoryBytes();
    const EventBatch batch = decodeEvents(body, type, {});
    QVERIFY(batch.drafts.empty());
    QVERIFY(batch.error.has_value());
    QCOMPARE(batch.error->code, ErrorCode::TooLarge);
    QCOMPARE(batch.error->message, message);
    QVERIFY(fixtures::peakMemoryBytes() - before < 16 * 1024 * 1024);
}

void TestEventCodec::countsSizesExactly()
{
    const auto eventOf = [](qsizetype bytes) -> QByteArray {
        const QByteArray frame = R"({"name":"a","data":{"x":""}})"_ba;
        return R"({"name":"a","data":{"x":")" + QByteArray(bytes - frame.size(), 'y') + R"("}})";
    };
    QVERIFY(!decode(eventOf(3145728)).error);
    const EventBatch refused = decode(QByteArray('[' + eventOf(3145729) + ']')); // semantics 12.1
    QCOMPARE(refused.error->code, ErrorCode::TooLarge);
    QCOMPARE(refused.error->message,
             u"event 1 of 1: the event has 3145729 bytes, at most 3145728 are allowed"_s);
}

void TestEventCodec::takesForms_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("drafts");
    QTest::addRow("row 35: fields become arrays") << "a=1&name=x"_ba
                                                  << R"(x|-|-|{"a":["1"],"name":["x"]}|{}||)"_ba;
    QTest::addRow("repeated and encoded")
        << "name=a%2Fb&t=x+y&t=%C3%A9&&empty"_ba
        << "a/b|-|-|{\"name\":[\"a/b\"],\"t\":[\"x y\",\"\xc3\xa9\"],"
           "\"empty\":[\"\"]}|{}||"_ba;
    QTest::addRow("data as JSON") << "name=n&id=7&ts=1700000000000&data=%7B%22k%22%3A1%7D"_ba
                                  << R"(n|7|1700000000000|{"k":1}|{}||)"_ba;
}

void TestEventCodec::takesForms()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, drafts);
    const EventBatch batch =
        decodeEvents(body, "Application/x-www-form-urlencoded; charset=utf-8", {});
    QVERIFY2(!batch.error, batch.error ? qPrintable(batch.error->message) : "");
    QCOMPARE(print(batch), QByteArray(drafts + '\n'));

    const EventBatch bad = decodeEvents("name=n&data=text", form, {});
    QCOMPARE(bad.error->message, u"event 1 of 1: data is a string, not an object"_s);
    const EventBatch nameless = decodeEvents("a=1", form, {});
    QCOMPARE(nameless.error->message, u"event 1 of 1: name is missing"_s);
}

void TestEventCodec::takesMultipart()
{
    const QByteArray body =
        "--X1\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nhook/in\r\n"
        "--X1\r\ncontent-disposition: form-data; name=\"a\"\r\n"
        "Content-Type: text/plain\r\n\r\nline\r\nline\r\n"
        "--X1\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.txt\"\r\n"
        "\r\nfile\r\n--X1--\r\n"_ba;
    const EventBatch batch = decodeEvents(body, "multipart/form-data; boundary=\"X1\"", {});
    QVERIFY2(!batch.error, batch.error ? qPrintable(batch.error->message) : "");
    QCOMPARE(print(batch),
             R"(hook/in|-|-|{"name":["hook/in"],"a":["line\r\nline"]}|{}||)"_ba + "\n"_ba);

    QVERIFY(decodeEvents(body, "multipart/form-data; boundary=other", {}).error.has_value());
    QVERIFY(decodeEvents(body.first(80), "multipart/form-data; boundary=X1", {}).error.has_value());
}

void TestEventCodec::seedsAreRepeatable()
{
    const QByteArray body = R"([{"name":"a"},{"name":"b"}])"_ba;
    const EventBatch first = decodeEvents(body, json, seed); // row 34
    QCOMPARE(decodeEvents(body, json, seed), first);
    const EventId one = *first.drafts[0].seededId;
    const EventId two = *first.drafts[1].seededId;
    QCOMPARE(toMs(one.value.time()), 1700000000000);
    // The counter is 1-based in /e and wraps.
    QCOMPARE(one.toBytes().last(10).toHex(), "00010203040500000000"_ba);
    QCOMPARE(two.toBytes().last(10).toHex(), "00010203040500000001"_ba);
    const EventBatch invoked = decodeInvoke("{}", "app-fn", seed);
    QCOMPARE(invoked.drafts[0].seededId->toBytes().last(10).toHex(), "000102030405ffffffff"_ba);
}

void TestEventCodec::ignoresMalformedSeeds_data()
{
    QTest::addColumn<QByteArray>("header");
    for (const char *header : {"", "1700000000000", "x,AAECAwQFBgcICQ==", "0,AAECAwQFBgcICQ==",
                               "-5,AAECAwQFBgcICQ==", "1700000000000,AAEC", "1700000000000,!!!",
                               "999999999999999999,AAECAwQFBgcICQ==", "1,2,3"})
        QTest::addRow("<%s>", header) << QByteArray(header);
}

void TestEventCodec::ignoresMalformedSeeds()
{
    QFETCH(QByteArray, header);
    const EventBatch batch = decodeEvents(R"({"name":"a"})", json, header);
    QVERIFY(!batch.error);
    QVERIFY(!batch.drafts[0].seededId);
}

void TestEventCodec::invokeNamesItsTarget()
{
    const EventBatch batch =
        decodeInvoke(R"({"name":"ignored","data":{"a":1, "_inngest":2 },"user":{"u":1},"id":"i"})",
                     "app-fn", {});
    QVERIFY(!batch.error);
    QCOMPARE(print(batch),
             R"(inngest/function.invoked|i|-|{"a":1,"_inngest":{"fn_id":"app-fn"}}|{"u":1}||)"_ba
                 + "\n"_ba);
    QCOMPARE(batch.drafts[0].target, "app-fn"_ba);
    QCOMPARE(print(decodeInvoke({}, "a\"b", {})),
             R"(inngest/function.invoked|-|-|{"_inngest":{"fn_id":"a\"b"}}|{}||)"_ba + "\n"_ba);
}

void TestEventCodec::invokeRefuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addRow("two") << "[{},{}]"_ba;
    QTest::addRow("empty array") << "[]"_ba;
    QTest::addRow("text") << "\"x\""_ba;
    QTest::addRow("syntax") << "{"_ba;
    QTest::addRow("data is text") << R"({"data":"x"})"_ba;
}

void TestEventCodec::invokeRefuses()
{
    QFETCH(QByteArray, body);
    const EventBatch batch = decodeInvoke(body, "app-fn", {});
    QVERIFY(batch.error.has_value());
    QVERIFY(batch.drafts.empty());
}

QTEST_GUILESS_MAIN(TestEventCodec)

#include "tst_eventcodec.moc"
