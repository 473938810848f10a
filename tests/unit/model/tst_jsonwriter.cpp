// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonreader.h"
#include "devserver/model/jsonvalue.h"
#include "devserver/model/jsonwriter.h"
#include "devserver/model/rawjson.h"

#include <QObject>
#include <QTest>

#include <bit>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

using namespace devserver;

class TestJsonWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commasAndColonsAreAutomatic();
    void takeEmptiesTheWriter();
    void integersOfAllSizes();
    void spliceIsUnchanged();
    void stringsAreEscaped_data();
    void stringsAreEscaped();
    void everyControlCharacterComesBack();
    void numbersAreThoseOfJavaScript_data();
    void numbersAreThoseOfJavaScript();
    void numbersComeBackExactly();
};

void TestJsonWriter::commasAndColonsAreAutomatic()
{
    JsonWriter writer(256);
    writer.beginObject();
    writer.key("a").value(1).key("b").beginArray().endArray();
    writer.key("c").beginArray().value(1).value(true).null().beginObject().endObject();
    writer.beginArray().string("x").endArray().value(false).endArray();
    writer.key("d").beginObject().key("e").value(u"\u00e4"_s).key("f").value(0.5).endObject();
    writer.endObject();
    QCOMPARE(writer.take(),
             R"({"a":1,"b":[],"c":[1,true,null,{},["x"],false],"d":{"e":"ä","f":0.5}})"_ba);
}

void TestJsonWriter::takeEmptiesTheWriter()
{
    JsonWriter writer;
    QCOMPARE(writer.value(1).take(), "1"_ba);
    QCOMPARE(writer.value(2).take(), "2"_ba);
    QCOMPARE(writer.take(), ""_ba);
}

void TestJsonWriter::integersOfAllSizes()
{
    JsonWriter writer;
    writer.beginArray();
    writer.value(std::numeric_limits<qint64>::min()).value(std::numeric_limits<qint64>::max());
    writer.value(std::numeric_limits<quint64>::max()).value(short(-1)).value(7U).value(8L);
    writer.endArray();
    QCOMPARE(writer.take(),
             "[-9223372036854775808,9223372036854775807,18446744073709551615,-1,7,8]"_ba);
}

void TestJsonWriter::spliceIsUnchanged()
{
    const QByteArray large = "{\"x\": \"" + QByteArray(100'000, 'x') + "\" }";
    JsonWriter writer(large.size() + 100);
    writer.beginObject().key("a").raw(large).key("b").raw(RawJson()).key("c");
    writer.raw(RawJson::fromTrusted("1.0"_ba)).endObject();
    QCOMPARE(writer.take(), "{\"a\":" + large + ",\"b\":null,\"c\":1.0}");
}

void TestJsonWriter::stringsAreEscaped_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("written");
    QTest::addRow("empty") << ""_ba
                           << R"("")"_ba;
    QTest::addRow("plain") << "plain / text"_ba
                           << R"("plain / text")"_ba;
    QTest::addRow("quotes") << R"(a"b\c)"_ba
                            << R"("a\"b\\c")"_ba;
    QTest::addRow("short escapes") << "\b\f\n\r\t"_ba
                                   << R"("\b\f\n\r\t")"_ba;
    QTest::addRow("control") << "\0\x01\x1f\x7f"_ba
                             << "\"\\u0000\\u0001\\u001f\x7f\""_ba;
    QTest::addRow("UTF-8 stays") << "\xc3\xa4\xf0\x9f\x98\x80"_ba
                                 << "\"\xc3\xa4\xf0\x9f\x98\x80\""_ba;
    QTest::addRow("UTF-8 among text") << "12345678\xc3\xa4\n\xc3\xa4"_ba
                                      << "\"12345678\xc3\xa4\\n\xc3\xa4\""_ba;
    QTest::addRow("bad byte") << "a\xff"
                                 "b"_ba
                              << "\"a\xef\xbf\xbd"
                                 "b\""_ba;
    QTest::addRow("cut sequence") << "a\xc3"_ba
                                  << "\"a\xef\xbf\xbd\""_ba;
    QTest::addRow("bad between good") << "\xc3\xa4\x80\xc3\xa4"_ba
                                      << "\"\xc3\xa4\xef\xbf\xbd\xc3\xa4\""_ba;
    QTest::addRow("surrogate") << "\xed\xa0\x80"_ba
                               << "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""_ba;
}

void TestJsonWriter::stringsAreEscaped()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, written);
    QCOMPARE(jsonString(text), written);
    QVERIFY(validateJson(written));
    JsonWriter writer;
    writer.beginObject().key(text).string(text).endObject();
    QCOMPARE(writer.take(), "{" + written + ":" + written + "}");
}

void TestJsonWriter::everyControlCharacterComesBack()
{
    for (int c = 0; c < 0x80; ++c) {
        for (const int before : {0, 6, 7, 8}) {
            const QByteArray text = QByteArray(before, 'x') + static_cast<char>(c) + "y";
            const QByteArray written = jsonString(text);
            QVERIFY(validateJson(written));
            QCOMPARE(JsonValue(written).toUtf8(), text);
        }
    }
}

void TestJsonWriter::numbersAreThoseOfJavaScript_data()
{
    QTest::addColumn<quint64>("bits");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](quint64 bits, const QByteArray &text) {
        QTest::addRow("%016llx %s", bits, text.constData()) << bits << text;
    };
    // RFC 8785, appendix B
    row(0x0000000000000000, "0"_ba);
    row(0x8000000000000000, "0"_ba);
    row(0x0000000000000001, "5e-324"_ba);
    row(0x8000000000000001, "-5e-324"_ba);
    row(0x7fefffffffffffff, "1.7976931348623157e+308"_ba);
    row(0xffefffffffffffff, "-1.7976931348623157e+308"_ba);
    row(0x4340000000000000, "9007199254740992"_ba);
    row(0xc340000000000000, "-9007199254740992"_ba);
    row(0x4430000000000000, "295147905179352830000"_ba);
    row(0x44b52d02c7e14af5, "9.999999999999997e+22"_ba);
    row(0x44b52d02c7e14af6, "1e+23"_ba);
    row(0x44b52d02c7e14af7, "1.0000000000000001e+23"_ba);
    row(0x444b1ae4d6e2ef4e, "999999999999999700000"_ba);
    row(0x444b1ae4d6e2ef4f, "999999999999999900000"_ba);
    row(0x444b1ae4d6e2ef50, "1e+21"_ba);
    row(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"_ba);
    row(0x3eb0c6f7a0b5ed8d, "0.000001"_ba);
    row(0x41b3de4355555553, "333333333.3333332"_ba);
    row(0x41b3de4355555554, "333333333.33333325"_ba);
    row(0x41b3de4355555555, "333333333.3333333"_ba);
    row(0x41b3de4355555556, "333333333.3333334"_ba);
    row(0x41b3de4355555557, "333333333.33333343"_ba);
    row(0xbecbf647612f3696, "-0.0000033333333333333333"_ba);
    row(0x43143ff3c1cb0959, "1424953923781206.2"_ba);
    // not numbers of JSON
    row(0x7fffffffffffffff, "null"_ba);
    row(0x7ff0000000000000, "null"_ba);
    row(0xfff0000000000000, "null"_ba);
    // everyday values
    row(std::bit_cast<quint64>(1.0), "1"_ba);
    row(std::bit_cast<quint64>(-1.5), "-1.5"_ba);
    row(std::bit_cast<quint64>(100.0), "100"_ba);
    row(std::bit_cast<quint64>(0.1), "0.1"_ba);
    row(std::bit_cast<quint64>(0.1 + 0.2), "0.30000000000000004"_ba);
    row(std::bit_cast<quint64>(1e-7), "1e-7"_ba);
    row(std::bit_cast<quint64>(1.25e-9), "1.25e-9"_ba);
    row(std::bit_cast<quint64>(1.7e12), "1700000000000"_ba);
}

void TestJsonWriter::numbersAreThoseOfJavaScript()
{
    QFETCH(quint64, bits);
    QFETCH(QByteArray, text);
    QCOMPARE(jsonNumber(std::bit_cast<double>(bits)), text);
    JsonWriter writer;
    QCOMPARE(writer.value(std::bit_cast<double>(bits)).take(), text);
}

void TestJsonWriter::numbersComeBackExactly()
{
    quint64 bits = 88172645463325252U;
    for (int i = 0; i < 20'000; ++i) {
        bits ^= bits << 13; // xorshift: the same numbers in every run
        bits ^= bits >> 7;
        bits ^= bits << 17;
        const double number = std::bit_cast<double>(bits);
        if (!std::isfinite(number))
            continue;
        const QByteArray text = jsonNumber(number);
        QVERIFY(validateJson(text));
        QCOMPARE(std::bit_cast<quint64>(*JsonValue(text).toDouble()), bits);
    }
}

QTEST_GUILESS_MAIN(TestJsonWriter)

#include "tst_jsonwriter.moc"
