// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonreader.h"
#include "devserver/model/jsonvalue.h"
#include "devserver/model/rawjson.h"

#include <QObject>
#include <QTest>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

using namespace devserver;

class TestJsonValue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kinds_data();
    void kinds();
    void defaultAndAbsentAreNull();
    void integers_data();
    void integers();
    void doubles_data();
    void doubles();
    void strings_data();
    void strings();
    void booleans();
    void findComparesUnescapedNames();
    void findTakesTheLastDuplicate();
    void findIgnoresCaseOfAsciiLetters();
    void findLooksOnlyAtTheTopLevel();
    void membersInWrittenOrder();
    void elementsWithAnySpacing();
    void otherKindsHaveNoParts();
    void deepTextIsWalked();
};

void TestJsonValue::kinds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("kind");
    const auto row = [](const QByteArray &text, JsonValue::Kind kind) {
        QTest::addRow("%s", text.constData()) << text << static_cast<int>(kind);
    };
    row("null"_ba, JsonValue::Kind::Null);
    row("true"_ba, JsonValue::Kind::Bool);
    row("false"_ba, JsonValue::Kind::Bool);
    row("0"_ba, JsonValue::Kind::Number);
    row("-1e400"_ba, JsonValue::Kind::Number);
    row("\"null\""_ba, JsonValue::Kind::String);
    row("[{}]"_ba, JsonValue::Kind::Array);
    row("{\"a\":[]}"_ba, JsonValue::Kind::Object);
}

void TestJsonValue::kinds()
{
    QFETCH(QByteArray, text);
    QFETCH(int, kind);
    const QByteArray spaced = " \n" + text + "\t\r ";
    const JsonValue value(spaced);
    QCOMPARE(static_cast<int>(value.kind()), kind);
    QCOMPARE(value.toBytes(), text);
    QCOMPARE(value.isNull(), kind == static_cast<int>(JsonValue::Kind::Null));
    QCOMPARE(value.isBool(), kind == static_cast<int>(JsonValue::Kind::Bool));
    QCOMPARE(value.isNumber(), kind == static_cast<int>(JsonValue::Kind::Number));
    QCOMPARE(value.isString(), kind == static_cast<int>(JsonValue::Kind::String));
    QCOMPARE(value.isArray(), kind == static_cast<int>(JsonValue::Kind::Array));
    QCOMPARE(value.isObject(), kind == static_cast<int>(JsonValue::Kind::Object));
}

void TestJsonValue::defaultAndAbsentAreNull()
{
    QVERIFY(JsonValue().isNull());
    const RawJson absent;
    QVERIFY(JsonValue::of(absent).isNull());
    QCOMPARE(JsonValue::of(absent).raw().toByteArray(), "null"_ba);
}

void TestJsonValue::integers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isInteger");
    QTest::addColumn<qint64>("expected");
    const auto yes = [](const QByteArray &text, qint64 expected) {
        QTest::addRow("%s", text.constData()) << text << true << expected;
    };
    const auto no = [](const QByteArray &text) {
        QTest::addRow("not %s", text.constData()) << text << false << qint64{0};
    };
    yes("0"_ba, 0);
    yes("-0"_ba, 0);
    yes("0.000"_ba, 0);
    yes("0e999999999999999999999"_ba, 0);
    yes("42"_ba, 42);
    yes("-42"_ba, -42);
    yes("5.0"_ba, 5);
    yes("1e3"_ba, 1000);
    yes("1E+3"_ba, 1000);
    yes("1.5e1"_ba, 15);
    yes("0.5e1"_ba, 5);
    yes("0.0001e4"_ba, 1);
    yes("120e-1"_ba, 12);
    yes("1000000000000000000000000e-24"_ba, 1);
    yes("1020300"_ba, 1020300);
    yes("1700000000000"_ba, 1'700'000'000'000);
    yes("9007199254740993"_ba, 9'007'199'254'740'993);
    yes("9223372036854775807"_ba, std::numeric_limits<qint64>::max());
    yes("9223372036854775807.0"_ba, std::numeric_limits<qint64>::max());
    yes("-9223372036854775808"_ba, std::numeric_limits<qint64>::min());
    yes("-922337203685477580.8e1"_ba, std::numeric_limits<qint64>::min());
    no("9223372036854775808"_ba);
    no("-9223372036854775809"_ba);
    no("9999999999999999999"_ba);
    no("18446744073709551616"_ba);
    no("18446744073709551617"_ba);
    no("123456789012345678901234567890"_ba);
    no("1e19"_ba);
    no("1e400"_ba);
    no("1e99999999999999999999999"_ba);
    no("0.5"_ba);
    no("5e-1"_ba);
    no("1e-99999999999999999999999"_ba);
    no("1.00000000000000000000000001"_ba);
    no("\"1\""_ba);
    no("null"_ba);
    no("true"_ba);
    no("[1]"_ba);
}

void TestJsonValue::integers()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isInteger);
    QFETCH(qint64, expected);
    const std::optional<qint64> value = JsonValue(text).toInt64();
    QCOMPARE(value.has_value(), isInteger);
    if (value)
        QCOMPARE(*value, expected);
}

void TestJsonValue::doubles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isDouble");
    QTest::addColumn<double>("expected");
    const auto yes = [](const QByteArray &text, double expected) {
        QTest::addRow("%s", text.constData()) << text << true << expected;
    };
    const auto no = [](const QByteArray &text) {
        QTest::addRow("not %s", text.constData()) << text << false << 0.0;
    };
    yes("0"_ba, 0.0);
    yes("-0"_ba, -0.0);
    yes("-0.0"_ba, -0.0);
    yes("1"_ba, 1.0);
    yes("0.1"_ba, 0.1);
    yes("-1.5E+2"_ba, -150.0);
    yes("1.7976931348623157e308"_ba, std::numeric_limits<double>::max());
    yes("5e-324"_ba, std::numeric_limits<double>::denorm_min());
    yes("1e-400"_ba, 0.0);
    yes("-1e-400"_ba, -0.0);
    yes("0e400"_ba, 0.0);
    yes("123456789012345678901234567890"_ba, 123456789012345678901234567890.0);
    yes("0." + QByteArray(400, '0') + "1e401", 1.0);
    no("1e400"_ba);
    no("-1e400"_ba);
    no("1e99999999999999999999999"_ba);
    no("\"1\""_ba);
    no("null"_ba);
}

void TestJsonValue::doubles()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isDouble);
    QFETCH(double, expected);
    const std::optional<double> value = JsonValue(text).toDouble();
    QCOMPARE(value.has_value(), isDouble);
    if (value) {
        QVERIFY(*value == expected);
        QCOMPARE(std::signbit(*value), std::signbit(expected));
    }
}

void TestJsonValue::strings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::addRow("empty") << R"("")"_ba
                           << ""_ba;
    QTest::addRow("plain") << R"("abc")"_ba
                           << "abc"_ba;
    QTest::addRow("escapes") << R"("\"\\\/\b\f\n\r\t")"_ba
                             << "\"\\/\b\f\n\r\t"_ba;
    QTest::addRow("NUL") << R"("a\u0000b")"_ba
                         << "a\0b"_ba;
    QTest::addRow("two bytes") << R"("\u00E4\u07ff")"_ba
                               << "\xc3\xa4\xdf\xbf"_ba;
    QTest::addRow("three bytes") << R"("\u0800\uffff")"_ba
                                 << "\xe0\xa0\x80\xef\xbf\xbf"_ba;
    QTest::addRow("pair") << R"("\ud83d\ude00")"_ba
                          << "\xf0\x9f\x98\x80"_ba;
    QTest::addRow("last code point") << R"("\udbff\udfff")"_ba
                                     << "\xf4\x8f\xbf\xbf"_ba;
    QTest::addRow("lone high") << R"("a\ud800")"_ba
                               << "a\xef\xbf\xbd"_ba;
    QTest::addRow("lone low") << R"("\udc00z")"_ba
                              << "\xef\xbf\xbdz"_ba;
    QTest::addRow("swapped") << R"("\udc00\ud800")"_ba
                             << "\xef\xbf\xbd\xef\xbf\xbd"_ba;
    QTest::addRow("high then pair") << R"("\ud800\ud83d\ude00")"_ba
                                    << "\xef\xbf\xbd\xf0\x9f\x98\x80"_ba;
    QTest::addRow("high then letter") << R"("\ud800\u0041")"_ba
                                      << "\xef\xbf\xbd"
                                         "A"_ba;
    QTest::addRow("escaped backslash u") << R"("\\u0041")"_ba
                                         << R"(\u0041)"_ba;
    QTest::addRow("UTF-8 kept") << "\"\xc3\xa4\\n\xf0\x9f\x98\x80\""_ba
                                << "\xc3\xa4\n\xf0\x9f\x98\x80"_ba;
    QTest::addRow("not a string") << "17"_ba
                                  << ""_ba;
}

void TestJsonValue::strings()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(JsonValue(text).toUtf8(), expected);
    QCOMPARE(JsonValue(text).toString(), QString::fromUtf8(expected));
}

void TestJsonValue::booleans()
{
    QCOMPARE(JsonValue("true").toBool(), std::optional<bool>(true));
    QCOMPARE(JsonValue("false").toBool(), std::optional<bool>(false));
    QCOMPARE(JsonValue("null").toBool(), std::nullopt);
    QCOMPARE(JsonValue("\"true\"").toBool(), std::nullopt);
}

void TestJsonValue::findComparesUnescapedNames()
{
    const QByteArray text = R"({"plain":1,"\u0061b":2,"a\nb":3,"":4,"\u00e4":5,"a\\nb":6})"_ba;
    const JsonValue object(text);
    QCOMPARE(object.find("plain")->toInt64(), 1);
    QCOMPARE(object.find("ab")->toInt64(), 2);
    QCOMPARE(object.find("a\nb")->toInt64(), 3);
    QCOMPARE(object.find("")->toInt64(), 4);
    QCOMPARE(object.find("\xc3\xa4")->toInt64(), 5);
    QCOMPARE(object.find("a\\nb")->toInt64(), 6);
    QVERIFY(!object.find("\\u0061b"));
    QVERIFY(!object.find("plai"));
    QVERIFY(!object.find("Plain"));
}

void TestJsonValue::findTakesTheLastDuplicate()
{
    const QByteArray text = R"({"a":1,"b":0,"\u0061":[2],"c":0})"_ba;
    QCOMPARE(JsonValue(text).find("a")->toBytes(), "[2]"_ba);
    QCOMPARE(JsonValue(text).size(), 4);
}

void TestJsonValue::findIgnoresCaseOfAsciiLetters()
{
    const QByteArray text = R"({"appname":"py","sdk_":1,"\u0041B":2,"Ä":3,"[":4})"_ba;
    const JsonValue object(text);
    QCOMPARE(object.findIgnoringCase("appName")->toUtf8(), "py"_ba);
    QCOMPARE(object.findIgnoringCase("SDK_")->toInt64(), 1);
    QCOMPARE(object.findIgnoringCase("ab")->toInt64(), 2);
    QVERIFY(!object.findIgnoringCase("ä"));
    QVERIFY(!object.findIgnoringCase("{"));
    QVERIFY(!object.findIgnoringCase("app"));
}

void TestJsonValue::findLooksOnlyAtTheTopLevel()
{
    const QByteArray text = R"({"x":{"a":1},"y":"\"a\":2","z":[{"a":3}]})"_ba;
    const JsonValue object(text);
    QVERIFY(!object.find("a"));
    QCOMPARE(object.find("x")->find("a")->toInt64(), 1);
    QCOMPARE(object.find("y")->toUtf8(), "\"a\":2"_ba);
}

void TestJsonValue::membersInWrittenOrder()
{
    const QByteArray text = R"({ "b" : 1 , "a":{"x":[1,2]},"c\"" : "}" ,"d":null})"_ba;
    QByteArray printed;
    for (const auto &[key, value] : JsonValue(text).members())
        printed += key.toUtf8() + '|' + key.raw() + '|' + value.raw() + ' ';
    QCOMPARE(printed, R"(b|"b"|1 a|"a"|{"x":[1,2]} c"|"c\""|"}" d|"d"|null )"_ba);
}

void TestJsonValue::elementsWithAnySpacing()
{
    const QByteArray text = "[1, 2.5 ,\n\"a,]\\\"\" ,[ ],{ } , true\t,[3,[4]]\r\n]"_ba;
    QByteArray printed;
    for (const JsonValue element : JsonValue(text).elements())
        printed += element.raw() + '|';
    QCOMPARE(printed, "1|2.5|\"a,]\\\"\"|[ ]|{ }|true|[3,[4]]|"_ba);
    QCOMPARE(JsonValue(text).size(), 7);
}

void TestJsonValue::otherKindsHaveNoParts()
{
    for (const QByteArrayView text : {"[]", "{}", "[ ]", "{\n}", "\"[1,2]\"", "7", "null"}) {
        const JsonValue value(text);
        QCOMPARE(value.size(), 0);
        QVERIFY(!value.find("a"));
        QVERIFY(value.members().begin() == value.members().end());
        QVERIFY(value.elements().begin() == value.elements().end());
    }
    const JsonValue array("[1]");
    QVERIFY(array.members().begin() == array.members().end());
    const JsonValue object("{\"a\":1}");
    QVERIFY(object.elements().begin() == object.elements().end());
}

void TestJsonValue::deepTextIsWalked()
{
    const QByteArray text =
        QByteArray("[0,").repeated(jsonDepthLimit - 1) + "[7" + QByteArray(jsonDepthLimit, ']');
    QVERIFY(validateJson(text));
    JsonValue value(text);
    for (int i = 0; i < jsonDepthLimit - 1; ++i) {
        QCOMPARE(value.size(), 2);
        auto part = value.elements().begin();
        value = *++part;
    }
    QCOMPARE(value.toBytes(), "[7]"_ba);
}

QTEST_GUILESS_MAIN(TestJsonValue)

#include "tst_jsonvalue.moc"
