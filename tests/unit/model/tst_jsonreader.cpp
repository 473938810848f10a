// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonreader.h"

#include <QObject>
#include <QTest>

#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

using namespace devserver;

namespace {

const char *tokenName(JsonToken token)
{
    switch (token) {
    case JsonToken::BeginObject:
        return "{";
    case JsonToken::EndObject:
        return "}";
    case JsonToken::BeginArray:
        return "[";
    case JsonToken::EndArray:
        return "]";
    case JsonToken::Key:
        return "key";
    case JsonToken::String:
        return "string";
    case JsonToken::Number:
        return "number";
    case JsonToken::True:
        return "true";
    case JsonToken::False:
        return "false";
    case JsonToken::Null:
        return "null";
    case JsonToken::End:
        return "end";
    case JsonToken::Error:
        return "error";
    }
    return "?";
}

/// All tokens as `name:raw` in one line.
QByteArray printed(QByteArrayView text)
{
    JsonReader reader(text);
    QByteArray out;
    while (true) {
        const JsonToken token = reader.next();
        out += tokenName(token);
        if (token == JsonToken::Key || token == JsonToken::String || token == JsonToken::Number)
            out += ':' + reader.raw().toByteArray();
        if (token == JsonToken::End || token == JsonToken::Error)
            return out;
        out += ' ';
    }
}

} // namespace

class TestJsonReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokensAreInOrder();
    void tokensBeforeAnErrorAreReported();
    void lastTokenRepeats();
    void positionsAreByteOffsets();
    void takeValueGivesTheRawSlice();
    void takeValueStopsAtAnError();
    void errorsNameThePosition_data();
    void errorsNameThePosition();
    void depthIsLimited_data();
    void depthIsLimited();
    void depthCountsObjectsAndArraysTogether();
    void emptyViewIsAnError();
};

void TestJsonReader::tokensAreInOrder()
{
    QCOMPARE(
        printed(R"( { "a" : [ 1 , -2.5e3 , { } , [ ] ] , "b\u0041" : "x\n" , "c":true,"d":false,
                          "d":null } )"_ba),
        R"({ key:"a" [ number:1 number:-2.5e3 { } [ ] ] key:"b\u0041" string:"x\n" key:"c" )"
        R"(true key:"d" false key:"d" null } end)"_ba);
    QCOMPARE(printed("7"_ba), "number:7 end"_ba);
}

void TestJsonReader::tokensBeforeAnErrorAreReported()
{
    QCOMPARE(printed(R"({"a":[1,2}})"_ba), R"({ key:"a" [ number:1 number:2 error)"_ba);
    QCOMPARE(printed(R"({"a" 1})"_ba), "{ error"_ba);
    QCOMPARE(printed("1 2"_ba), "number:1 error"_ba);
}

void TestJsonReader::lastTokenRepeats()
{
    JsonReader good("1"_ba);
    good.next();
    QCOMPARE(good.next(), JsonToken::End);
    QCOMPARE(good.next(), JsonToken::End);

    const QByteArray text("]");
    JsonReader bad(text);
    QCOMPARE(bad.next(), JsonToken::Error);
    QCOMPARE(bad.next(), JsonToken::Error);
    QCOMPARE(bad.error().code, ErrorCode::InvalidJson);
}

void TestJsonReader::positionsAreByteOffsets()
{
    const QByteArray text = "{\"\xc3\xa4\": [true]}"_ba;
    JsonReader reader(text);
    const std::vector<std::pair<qsizetype, int>> expected{{0, 1},  {1, 1},  {7, 2}, {8, 2},
                                                          {12, 1}, {13, 0}, {14, 0}};
    for (const auto &[offset, depth] : expected) {
        reader.next();
        QCOMPARE(reader.offset(), offset);
        QCOMPARE(reader.depth(), depth);
    }
    QCOMPARE(reader.token(), JsonToken::End);
}

void TestJsonReader::takeValueGivesTheRawSlice()
{
    const QByteArray text = R"({"data": {"a":[1, {"b":2}], "c":"}"} , "n": 1e400})"_ba;
    JsonReader reader(text);
    reader.next();
    QCOMPARE(reader.next(), JsonToken::Key);
    reader.next();
    QCOMPARE(reader.takeValue().toByteArray(), R"({"a":[1, {"b":2}], "c":"}"})"_ba);
    QCOMPARE(reader.next(), JsonToken::Key);
    QCOMPARE(reader.next(), JsonToken::Number);
    QCOMPARE(reader.takeValue().toByteArray(), "1e400"_ba);
    QCOMPARE(reader.next(), JsonToken::EndObject);
    QCOMPARE(reader.next(), JsonToken::End);
}

void TestJsonReader::takeValueStopsAtAnError()
{
    const QByteArray text = "[[1,[2,]]"_ba;
    JsonReader reader(text);
    reader.next();
    reader.next();
    QVERIFY(reader.takeValue().isEmpty());
    QCOMPARE(reader.token(), JsonToken::Error);
}

void TestJsonReader::errorsNameThePosition_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");

    const auto row = [](const char *name, const QByteArray &text, const QString &message) {
        QTest::addRow("%s", name) << text << u"invalid JSON at byte "_s + message;
    };
    row("empty", ""_ba, u"0 (line 1, column 1): unexpected end"_s);
    row("white space only", " \n\t"_ba, u"3 (line 2, column 2): unexpected end"_s);
    row("word", "nul"_ba, u"0 (line 1, column 1): expected a value"_s);
    row("second line", "{\n  \"a\": x\n}"_ba, u"9 (line 2, column 8): expected a value"_s);
    row("comma missing", "[1 2]"_ba, u"3 (line 1, column 4): expected ',' or ']'"_s);
    row("comma missing in object", R"({"a":1 "b":2})"_ba,
        u"7 (line 1, column 8): expected ',' or '}'"_s);
    row("colon missing", R"({"a"})"_ba, u"4 (line 1, column 5): expected ':'"_s);
    row("name is a number", "{1:2}"_ba, u"1 (line 1, column 2): expected a member name"_s);
    row("text behind", "{}\n\n!"_ba, u"4 (line 3, column 1): text after the value"_s);
    row("control character", "\"a\nb\""_ba,
        u"2 (line 1, column 3): control character inside a string"_s);
    row("open string", "\"abc"_ba, u"4 (line 1, column 5): unexpected end inside a string"_s);
    row("bad escape", R"("\x")"_ba, u"1 (line 1, column 2): unknown escape"_s);
    row("short escape", R"("\u12g4")"_ba,
        u"5 (line 1, column 6): expected four hexadecimal digits"_s);
    row("bad UTF-8", "\"ab\xff\""_ba, u"3 (line 1, column 4): not valid UTF-8"_s);
    row("leading zero", "[012]"_ba, u"1 (line 1, column 2): number with a leading zero"_s);
    row("no digit", "-"_ba, u"1 (line 1, column 2): expected a digit"_s);
}

void TestJsonReader::errorsNameThePosition()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, message);
    const Result<void> result = validateJson(text);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::InvalidJson);
    QCOMPARE(result.error().message, message);
}

void TestJsonReader::depthIsLimited_data()
{
    QTest::addColumn<int>("depth");
    QTest::addColumn<bool>("isValid");
    QTest::addRow("63") << 63 << true;
    QTest::addRow("64") << 64 << true;
    QTest::addRow("65") << 65 << true;
    QTest::addRow("512") << 512 << true;
    QTest::addRow("513") << 513 << false;
    QTest::addRow("100000") << 100'000 << false;
}

void TestJsonReader::depthIsLimited()
{
    QFETCH(int, depth);
    QFETCH(bool, isValid);
    const QByteArray arrays = QByteArray(depth, '[') + QByteArray(depth, ']');
    QCOMPARE(validateJson(arrays).has_value(), isValid);
    const QByteArray objects = QByteArray("{\"a\":").repeated(depth) + "1" + QByteArray(depth, '}');
    QCOMPARE(validateJson(objects).has_value(), isValid);
    if (!isValid)
        QVERIFY(validateJson(arrays).error().message.contains(
            u"byte 512 (line 1, column 513): nested deeper than 512 levels"_s));
}

void TestJsonReader::depthCountsObjectsAndArraysTogether()
{
    const QByteArray open = QByteArray("[{\"a\":").repeated(256);
    const QByteArray close = QByteArray("}]").repeated(256);
    QVERIFY(validateJson(QByteArray(open + "1" + close)));
    QVERIFY(!validateJson(QByteArray(open + "[]" + close)));

    // A bracket of the wrong kind must be noticed at every depth.
    const QByteArray text = open + "1" + close;
    for (qsizetype i = open.size() + 1; i < text.size(); ++i) {
        QByteArray wrong = text;
        wrong[i] = wrong[i] == '}' ? ']' : '}';
        QVERIFY2(!validateJson(wrong), QByteArray::number(i).constData());
    }
}

void TestJsonReader::emptyViewIsAnError()
{
    JsonReader reader{QByteArrayView()};
    QCOMPARE(reader.next(), JsonToken::Error);
    QVERIFY(reader.takeValue().isEmpty());
}

QTEST_GUILESS_MAIN(TestJsonReader)

#include "tst_jsonreader.moc"
