// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/sdk/json.h"

#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using devserver::RawJson;
using devserver::sdk::Json;

class TestSdkValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesPlainValues_data();
    void writesPlainValues();
    void buildsObjects();
    void readsWithFallbacks();
    void keepsForeignBytes();
};

void TestSdkValues::writesPlainValues_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const Json &json, const char *expected) {
        QTest::addRow("%s", name) << json.raw().bytes() << QByteArray(expected);
    };
    row("nothing", Json(), "null");
    row("null pointer", nullptr, "null");
    row("absent", RawJson(), "null");
    row("true", true, "true");
    row("int", -5, "-5");
    row("largest", std::numeric_limits<quint64>::max(), "18446744073709551615");
    row("double", 0.5, "0.5");
    row("no number", std::numeric_limits<double>::quiet_NaN(), "null");
    row("literal", "a \"b\"", R"("a \"b\"")");
    row("bytes", "a"_ba, R"("a")");
    row("string", u"\u00e4"_s, "\"\xc3\xa4\"");
    row("array", std::vector<Json>{1, "two", nullptr}, R"([1,"two",null])");
    row("empty array", std::vector<Json>(), "[]");
}

void TestSdkValues::writesPlainValues()
{
    QFETCH(QByteArray, written);
    QFETCH(QByteArray, expected);
    QCOMPARE(written, expected);
}

void TestSdkValues::buildsObjects()
{
    QCOMPARE(Json::object().raw().bytes(), "{}");
    const Json object = Json::object().with("a", 1).with("b \"c\"", Json::object().with("d", true));
    QCOMPARE(object.raw().bytes(), R"({"a":1,"b \"c\"":{"d":true}})");
    const Json padded = Json(RawJson::fromTrusted("{ }")).with("a", nullptr);
    QCOMPARE(padded["a"], Json());
    QVERIFY(RawJson::parse(padded.raw().bytes()));
}

void TestSdkValues::readsWithFallbacks()
{
    const Json json(RawJson::fromTrusted(
        R"({"id":7,"price":1.5,"paid":true,"name":"\u00e4","items":[{"n":1},{"n":2}]})"));
    QCOMPARE(json["id"].toInt(), 7);
    QCOMPARE(json["price"].toDouble(), 1.5);
    QVERIFY(json["paid"].toBool());
    QCOMPARE(json["name"].toText(), "\xc3\xa4");
    QCOMPARE(json["name"].toString(), u"\u00e4"_s);
    QCOMPARE(json["items"].elements().size(), std::size_t(2));
    QCOMPARE(json["items"].elements().back()["n"].toInt(), 2);

    QVERIFY(json["missing"]["deeper"].isNull());
    QCOMPARE(json["missing"].toInt(3), 3);
    QCOMPARE(json["name"].toDouble(2.5), 2.5);
    QVERIFY(json["id"].toText().isEmpty());
    QVERIFY(json["id"].elements().empty());
}

void TestSdkValues::keepsForeignBytes()
{
    const Json json(RawJson::fromTrusted(R"({"n":1.0,"big":123456789012345678901234567890})"));
    QCOMPARE(json["n"].raw().bytes(), "1.0");
    QCOMPARE(Json::object().with("copy", json["big"]).raw().bytes(),
             R"({"copy":123456789012345678901234567890})");
}

QTEST_GUILESS_MAIN(TestSdkValues)
#include "tst_sdkvalues.moc"
