// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/signing.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using namespace devserver;
using namespace devserver::protocol;

namespace {

// Observed with a real SDK (protocol.md 14.2).
const QByteArray rawKey = "signkey-prod-12345678"_ba;
const QByteArray sentHash = "b2ed992186a5cb19f6668aade821f502c1d00970dfd0e35128d51bac4649916c"_ba;

constexpr TimePoint now = fromMs(1'700'000'000'999);

} // namespace

class TestSigning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stripsThePrefix_data();
    void stripsThePrefix();
    void hashesLikeTheSdk();
    void acceptsBearers_data();
    void acceptsBearers();
    void signsBodyAndTime();
    void verifiesItsOwnSignature();
    void refusesWrongSignatures_data();
    void refusesWrongSignatures();
    void toleratesFiveMinutes_data();
    void toleratesFiveMinutes();
};

void TestSigning::stripsThePrefix_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("stripped");
    QTest::addColumn<bool>("valid");

    QTest::newRow("prefix") << rawKey << "12345678"_ba << true;
    QTest::newRow("other environment") << "signkey-my_test1-ab"_ba
                                       << "ab"_ba << true;
    QTest::newRow("no prefix") << "12345678"_ba
                               << "12345678"_ba << true;
    QTest::newRow("upper case") << "ABCDEF"_ba
                                << "ABCDEF"_ba << true;
    QTest::newRow("odd length") << "signkey-prod-123"_ba
                                << "123"_ba << false;
    QTest::newRow("not hex") << "signkey-prod-secret12"_ba
                             << "secret12"_ba << false;
    QTest::newRow("environment missing") << "signkey--12"_ba
                                         << "signkey--12"_ba << false;
    QTest::newRow("only a prefix") << "signkey-prod-"_ba
                                   << ""_ba << false;
    QTest::newRow("empty") << ""_ba
                           << ""_ba << false;
}

void TestSigning::stripsThePrefix()
{
    QFETCH(QByteArray, key);
    QTEST(strippedKey(key), "stripped");
    QTEST(isSigningKey(key), "valid");
}

void TestSigning::hashesLikeTheSdk()
{
    QCOMPARE(hashedKey(rawKey), sentHash);
    QCOMPARE(hashedKey("12345678"), sentHash);
}

void TestSigning::acceptsBearers_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<bool>("accepted");

    QTest::newRow("hashed with prefix") << "Bearer signkey-prod-" + sentHash << true;
    QTest::newRow("hashed") << "Bearer " + sentHash << true;
    QTest::newRow("raw with prefix") << "Bearer " + rawKey << true;
    QTest::newRow("raw") << "Bearer 12345678"_ba << true;
    QTest::newRow("scheme in lower case") << "bearer  " + sentHash + ' ' << true;
    QTest::newRow("no scheme") << sentHash << false;
    QTest::newRow("other scheme") << "Basic " + sentHash << false;
    QTest::newRow("other key") << "Bearer signkey-prod-12345679"_ba << false;
    QTest::newRow("cut off") << "Bearer " + sentHash.chopped(1) << false;
    QTest::newRow("longer") << "Bearer " + sentHash + '0' << false;
    QTest::newRow("sent by SDKs without key") << "Bearer undefined"_ba << false;
    QTest::newRow("empty token") << "Bearer "_ba << false;
    QTest::newRow("empty") << ""_ba << false;
}

void TestSigning::acceptsBearers()
{
    QFETCH(QByteArray, authorization);
    QTEST(bearerMatches(authorization, rawKey), "accepted");
    QTEST(bearerMatches(authorization, "12345678"), "accepted");
    QVERIFY(!bearerMatches(authorization, ""));
    QVERIFY(!bearerMatches(authorization, "signkey-prod-"));
}

void TestSigning::signsBodyAndTime()
{
    // printf '{"a":1}1700000000' | openssl dgst -sha256 -hmac 12345678
    QCOMPARE(signature(R"({"a":1})", rawKey, now),
             "t=1700000000&s=67a82077baa52522b1f612a154a25275c00a0338efc32be5ee396bd2391ba5e0"_ba);
    // printf '1700000000' | openssl dgst -sha256 -hmac 12345678
    QCOMPARE(signature("", rawKey, now),
             "t=1700000000&s=189656184e486419febc1f6fd73e1c45bc8595c99633a32ebe1ea40ac8adf630"_ba);
}

void TestSigning::verifiesItsOwnSignature()
{
    for (const QByteArray &body : {""_ba, "{}"_ba, QByteArray(100'000, 'x'), "\0\xff"_ba})
        QVERIFY(verifySignature(signature(body, rawKey, now), body, "12345678", now));
}

void TestSigning::refusesWrongSignatures_data()
{
    QTest::addColumn<QByteArray>("header");

    const QByteArray good = signature("body", rawKey, now);
    QTest::newRow("other body") << signature("Body", rawKey, now);
    QTest::newRow("other key") << signature("body", "signkey-prod-12345679", now);
    QTest::newRow("other time") << "t=1700000001" + good.sliced(12);
    QTest::newRow("cut off") << good.chopped(1);
    QTest::newRow("nothing behind s") << good.first(good.indexOf("&s=") + 3);
    QTest::newRow("no s") << good.first(12);
    QTest::newRow("no t") << good.sliced(12);
    QTest::newRow("no digits") << "t=" + good.sliced(12);
    QTest::newRow("sign before the digits") << "t=+1700000000" + good.sliced(12);
    QTest::newRow("too many digits") << "t=99999999999999999999999" + good.sliced(12);
    QTest::newRow("empty") << ""_ba;
}

void TestSigning::refusesWrongSignatures()
{
    QFETCH(QByteArray, header);
    QVERIFY(verifySignature(signature("body", rawKey, now), "body", rawKey, now));
    QVERIFY(!verifySignature(header, "body", rawKey, now));
    QVERIFY(!verifySignature(signature("body", "", now), "body", "", now));
}

void TestSigning::toleratesFiveMinutes_data()
{
    QTest::addColumn<qint64>("checkedAtMs");
    QTest::addColumn<bool>("accepted");

    const qint64 made = 1'700'000'000'000; // signatures carry whole seconds
    QTest::newRow("five minutes late") << made + 300'000 << true;
    QTest::newRow("later") << made + 300'001 << false;
    QTest::newRow("five minutes early") << made - 300'000 << true;
    QTest::newRow("earlier") << made - 300'001 << false;
}

void TestSigning::toleratesFiveMinutes()
{
    QFETCH(qint64, checkedAtMs);
    const QByteArray header = signature("body", rawKey, now);
    QTEST(verifySignature(header, "body", rawKey, fromMs(checkedAtMs)), "accepted");
}

QTEST_GUILESS_MAIN(TestSigning)

#include "tst_signing.moc"
