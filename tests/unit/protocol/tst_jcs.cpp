// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/jcs.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;

using namespace devserver;

class TestJcs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void canonicalForm_data();
    void canonicalForm();
    void absentIsEmpty();
    void deepTextIsDone();
};

void TestJcs::canonicalForm_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("canonical");

    // RFC 8785 §3.2.2 and §3.2.3
    QTest::addRow("RFC sample")
        << R"({
  "numbers": [333333333.33333329, 1E30, 4.50,
              2e-3, 0.000000000000000000000000001],
  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
  "literals": [null, true, false]
})"_ba
        << R"({"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],)"
           "\"string\":\"\xe2\x82\xac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"_ba;
    QTest::addRow("RFC sorting")
        << R"({
  "\u20ac": "Euro Sign",
  "\r": "Carriage Return",
  "\ufb33": "Hebrew Letter Dalet With Dagesh",
  "1": "One",
  "\ud83d\ude00": "Emoji: Grinning Face",
  "\u0080": "Control",
  "\u00f6": "Latin Small Letter O With Diaeresis"
})"_ba
        << "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\","
           "\"\xc3\xb6\":\"Latin Small Letter O With Diaeresis\",\"\xe2\x82\xac\":\"Euro Sign\","
           "\"\xf0\x9f\x98\x80\":\"Emoji: Grinning Face\","
           "\"\xef\xac\xb3\":\"Hebrew Letter Dalet With Dagesh\"}"_ba;

    QTest::addRow("array keeps order") << "[ 3, 1,2 ]"_ba
                                       << "[3,1,2]"_ba;
    QTest::addRow("nested objects are sorted") << R"({"b":{"z":1,"y":[{"d":0,"c":0}]},"a":{}})"_ba
                                               << R"({"a":{},"b":{"y":[{"c":0,"d":0}],"z":1}})"_ba;
    QTest::addRow("prefix first") << R"({"aa":1,"a":2,"":3,"A":4})"_ba
                                  << R"({"":3,"A":4,"a":2,"aa":1})"_ba;
    QTest::addRow("last duplicate") << R"({"a":1,"b":2,"\u0061":3,"a":4})"_ba
                                    << R"({"a":4,"b":2})"_ba;
    QTest::addRow("empty containers") << "[ { } , [ ] ]"_ba
                                      << "[{},[]]"_ba;
    QTest::addRow("scalar") << "\"x\""_ba
                            << "\"x\""_ba;
    QTest::addRow("integers as doubles") << "[1.0,-0,1e2,12345678901234567890,-5.0e-1]"_ba
                                         << "[1,0,100,12345678901234567000,-0.5]"_ba;
    QTest::addRow("exponents") << "[1e21,1e20,1E-6,1e-7,123e-20]"_ba
                               << "[1e+21,100000000000000000000,0.000001,1e-7,1.23e-18]"_ba;
    QTest::addRow("out of range") << "[1e400,-1e400,1e-400]"_ba
                                  << "[1e400,-1e400,0]"_ba;
    QTest::addRow("least escapes") << R"("\u0000\b\t\n\f\r\u001b\u007f\/\u00e9")"_ba
                                   << "\"\\u0000\\b\\t\\n\\f\\r\\u001b\x7f/\xc3\xa9\""_ba;
    QTest::addRow("lone surrogates") << R"(["\uD800","a\uDFFFb","\uDC00\uD83D\uDE00\ud83d"])"_ba
                                     << "[\"\\ud800\",\"a\\udfffb\",\"\\udc00\xf0\x9f\x98\x80"
                                        "\\ud83d\"]"_ba;
    QTest::addRow("lone surrogate in a name") << R"({"\uD801":1,"\uD800":2,"\ud801":3})"_ba
                                              << R"({"\ud800":2,"\ud801":3})"_ba;
}

void TestJcs::canonicalForm()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, canonical);
    const Result<RawJson> json = RawJson::parse(text);
    QVERIFY(json);
    QCOMPARE(canonicalJson(*json), canonical);
    QVERIFY(RawJson::parse(canonical));
    QCOMPARE(canonicalJson(RawJson::fromTrusted(canonical)), canonical);
}

void TestJcs::absentIsEmpty()
{
    QCOMPARE(canonicalJson(RawJson()), ""_ba);
    QCOMPARE(canonicalJson(RawJson::null()), "null"_ba);
}

void TestJcs::deepTextIsDone()
{
    const QByteArray text = QByteArray("{\"b\":[").repeated(256) + QByteArray("]}").repeated(256);
    QCOMPARE(canonicalJson(*RawJson::parse(text)), text);
}

QTEST_GUILESS_MAIN(TestJcs)

#include "tst_jcs.moc"
