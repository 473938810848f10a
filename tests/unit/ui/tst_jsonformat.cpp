// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/jsonformat.h"
#include "ui/core/jsonhighlighting.h"
#include "ui/core/jsonoutline.h"
#include "ui/core/lineindex.h"
#include "ui/core/payloadreading.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace console;

class TestJsonFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formats_data();
    void formats();
    void keepsEveryToken();
    void stopsAtLimit();
    void cutsBetweenCharacters();
    void namesTheError();
    void highlights();
    void wrapsLongLines();
    void finds();
    void findsPlaces();
    void dumpsBytes();
    void tellsKinds();
};

void TestJsonFormat::formats_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("scalar") << "1.0"_ba
                            << "1.0"_ba;
    QTest::newRow("empty") << "[ ]"_ba
                           << "[]"_ba;
    QTest::newRow("empty inside") << R"({"a":{},"b":[ ]})"_ba
                                  << "{\n  \"a\": {},\n  \"b\": []\n}"_ba;
    QTest::newRow("nested") << R"([[1],{"a":null}])"_ba
                            << "[\n  [\n    1\n  ],\n  {\n    \"a\": null\n  }\n]"_ba;
    QTest::newRow("duplicates") << R"({"a":1,"a":1e0})"_ba
                                << "{\n  \"a\": 1,\n  \"a\": 1e0\n}"_ba;
    QTest::newRow("brackets in text") << R"(["]{,:"])"_ba
                                      << "[\n  \"]{,:\"\n]"_ba;
}

void TestJsonFormat::formats()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QByteArray, text);
    const FormattedJson formatted = formatJson(json);
    QCOMPARE(formatted.text, text);
    QVERIFY(formatted.isWhole);
    QVERIFY(!formatted.error);
}

void TestJsonFormat::keepsEveryToken()
{
    const QByteArray json =
        R"({"z":-0,"a":1.50,"a":12345678901234567890123,"\u00e9":"\ud800 \/ é","e":1E+400})"_ba;
    QByteArray packed = formatJson(json).text;
    packed.replace("\n", "").replace("  ", "").replace("\": ", "\":");
    QCOMPARE(packed, json);
}

void TestJsonFormat::stopsAtLimit()
{
    QByteArray json = "[0";
    for (int i = 0; i < 10'000; ++i)
        json += ",1";
    json += "]";
    const FormattedJson formatted = formatJson(json, {.sourceBytes = 100});
    QVERIFY(!formatted.isWhole);
    QVERIFY(formatted.text.size() < 500);
    CancelFlag cancelled(true);
    QVERIFY(!formatJson(json, {.isCancelled = &cancelled}).isWhole);
}

void TestJsonFormat::cutsBetweenCharacters()
{
    const FormattedJson escapes = formatJson(R"("abc\u00e9\"defgh")", {.longestString = 5});
    QCOMPARE(escapes.text, R"("abc\u00e9\"… [5 characters more]")"_ba);
    QCOMPARE(escapes.cutStrings, 1);
    const FormattedJson letters = formatJson("\"ééééé\"", {.longestString = 3});
    QCOMPARE(letters.text, "\"ééé… [2 characters more]\""_ba);
    // What is cut is still JSON, so that places are found in it.
    QVERIFY(!formatJson(escapes.text).error);
    QCOMPARE(formatJson("\"abc\"", {.longestString = 3}).text, "\"abc\""_ba);
}

void TestJsonFormat::namesTheError()
{
    const FormattedJson formatted = formatJson("{\"a\": 1,\n\"b\": tru}");
    QVERIFY(formatted.error);
    QVERIFY(formatted.error->message.contains(u"line 2"_s));
    QVERIFY(formatted.text.contains("\"a\": 1"));
}

void TestJsonFormat::highlights()
{
    const std::vector<JsonSpan> spans = highlightJson(u"  \"a\\\"b\": [\"x\", -1.5e3, true]");
    QCOMPARE(spans.size(), std::size_t(4));
    QCOMPARE(spans[0], (JsonSpan{.start = 2, .length = 6, .token = Token::JsonKey}));
    QCOMPARE(spans[1].token, Token::JsonString);
    QCOMPARE(spans[2], (JsonSpan{.start = 16, .length = 6, .token = Token::JsonNumber}));
    QCOMPARE(spans[3].token, Token::JsonLiteral);
}

void TestJsonFormat::wrapsLongLines()
{
    const QByteArray line = QByteArray(1023, 'x') + "é" + QByteArray(3000, 'y');
    const LineIndexPtr index = LineIndex::of("a\n" + line + "\n\nend");
    QCOMPARE(index->rowCount(), 1 + 4 + 1 + 1);
    QByteArray joined;
    for (int row = 1; row <= 4; ++row)
        joined += index->row(row).toByteArray();
    QCOMPARE(joined, line);
    QVERIFY(!index->isContinued(1));
    QVERIFY(index->isContinued(2));
    // The letter is not torn apart.
    QCOMPARE(index->row(1).size(), 1023);
    QCOMPARE(index->row(5).toByteArray(), QByteArray());
    QCOMPARE(index->row(6).toByteArray(), "end"_ba);
    QCOMPARE(index->rowAt(0), 0);
    QCOMPARE(index->rowAt(2), 1);
    QCOMPARE(index->rowAt(index->text().size()), 6);
    QCOMPARE(index->longestLine(), line.size());
}

void TestJsonFormat::finds()
{
    QCOMPARE(findAll("Abcabc ABC", "abc", 10), (std::vector<qsizetype>{0, 3, 7}));
    QCOMPARE(findAll("aaaa", "aa", 10), (std::vector<qsizetype>{0, 2}));
    QCOMPARE(findAll("aaaa", "a", 3).size(), std::size_t(3));
    QVERIFY(findAll("abc", "", 10).empty());
    QVERIFY(findAll("ab", "abc", 10).empty());
}

void TestJsonFormat::findsPlaces()
{
    const QByteArray json = R"({"a":[10,{"odd key":true}],"a":"x"})";
    const QByteArray pretty = formatJson(json).text;
    const auto partAt = [&](QByteArrayView words) {
        return jsonPart(json, jsonPlaceAt(pretty, pretty.indexOf(words)));
    };
    QCOMPARE(partAt("10").path, u"a[0]"_s);
    QCOMPARE(partAt("true").path, u"a[1][\"odd key\"]"_s);
    QCOMPARE(partAt("odd").value.toByteArray(), "true"_ba);
    QCOMPARE(partAt("\"x\"").value.toByteArray(), "\"x\""_ba);
    QCOMPARE(jsonPart(json, {}).value.toByteArray(), json);
}

void TestJsonFormat::dumpsBytes()
{
    QCOMPARE(hexDump("0123456789abcdefg"),
             "00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|\n"
             "00000010  67                                                |g|\n"_ba);
}

void TestJsonFormat::tellsKinds()
{
    QCOMPARE(readPayload("{}"_ba, {}).kind, PayloadKind::Json);
    QCOMPARE(readPayload("<html>"_ba, {}).kind, PayloadKind::Text);
    QCOMPARE(readPayload("\xff\xfe"_ba, {}).kind, PayloadKind::Binary);
    QVERIFY(!readPayload("<html>"_ba, {}).reason.isEmpty());
    const QByteArray wide = '"' + QByteArray(20'000, 'x') + '"';
    QVERIFY(fitsPlainText(*readPayload(wide, {}).pretty));
    QVERIFY(!fitsPlainText(*readPayload(wide, {.longestString = 0}).pretty));
    const QByteArray large = "[" + QByteArray(5000, ' ') + "1]";
    const PayloadReading part = readPayload(large, {.wholeBytes = 1000, .partBytes = 100});
    QVERIFY(part.isPart);
    QCOMPARE(part.raw->text().size(), 100);
}

QTEST_APPLESS_MAIN(TestJsonFormat)
#include "tst_jsonformat.moc"
