// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/rawjson.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;

using namespace devserver;

class TestRawJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheBytes();
    void cutsWhiteSpaceAround();
    void refusesInvalidText();
    void absentIsNotNull();
    void equalityComparesBytes();
};

void TestRawJson::keepsTheBytes()
{
    const QByteArray text = R"({"b":1.0, "a" : 12345678901234567890123,"b":"\u00e4\/"})"_ba;
    const Result<RawJson> json = RawJson::parse(text);
    QVERIFY(json);
    QCOMPARE(json->bytes(), text);
    QVERIFY(json->bytes().constData() == text.constData()); // shared, not copied
    QCOMPARE(json->sizeBytes(), text.size());
}

void TestRawJson::cutsWhiteSpaceAround()
{
    QCOMPARE(RawJson::parse(" \r\n\t[ 1 ]\n "_ba)->bytes(), "[ 1 ]"_ba);
    QCOMPARE(RawJson::parse("7 "_ba)->bytes(), "7"_ba);
    QVERIFY(!RawJson::parse("7\v"_ba));
}

void TestRawJson::refusesInvalidText()
{
    const Result<RawJson> json = RawJson::parse("{\"a\":}"_ba);
    QVERIFY(!json);
    QCOMPARE(json.error().code, ErrorCode::InvalidJson);
    QCOMPARE(json.error().message,
             u"invalid JSON at byte 5 (line 1, column 6): expected a value"_s);
}

void TestRawJson::absentIsNotNull()
{
    QVERIFY(RawJson().isEmpty());
    QVERIFY(!RawJson::null().isEmpty());
    QCOMPARE(RawJson::null().bytes(), "null"_ba);
    QVERIFY(RawJson() != RawJson::null());
}

void TestRawJson::equalityComparesBytes()
{
    QVERIFY(RawJson::fromTrusted("[1]"_ba) == *RawJson::parse(" [1] "_ba));
    QVERIFY(RawJson::fromTrusted("[1]"_ba) != RawJson::fromTrusted("[1.0]"_ba));
}

QTEST_GUILESS_MAIN(TestRawJson)

#include "tst_rawjson.moc"
