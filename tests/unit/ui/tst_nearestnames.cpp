// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/nearestnames.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace console;

class TestNearestNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void patternsFollowTheProtocol();
    void distanceCountsSwapsOnce_data();
    void distanceCountsSwapsOnce();
    void nearestOnesComeFirst();
};

void TestNearestNames::patternsFollowTheProtocol()
{
    // protocol §4.1
    QCOMPARE(triggerPatterns("app/user.created"_ba),
             QByteArrayList({"app/user.created"_ba, "app/*"_ba, "app/user.*"_ba}));
    QVERIFY(triggerFits("api/v1/*"_ba, "api/v1/users"_ba));
    QVERIFY(triggerFits("api/*"_ba, "api/v1/users"_ba));
    QVERIFY(!triggerFits("api/*"_ba, "apis/v1"_ba));
    QVERIFY(!triggerFits("*"_ba, "api/v1"_ba));
    QVERIFY(!triggerFits(""_ba, ""_ba));
}

void TestNearestNames::distanceCountsSwapsOnce_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<int>("distance");
    QTest::newRow("same") << "user/signup"_ba
                          << "user/signup"_ba << 0;
    QTest::newRow("swap") << "user/singup"_ba
                          << "user/signup"_ba << 1;
    QTest::newRow("insert") << "user/signup"_ba
                            << "user/sign-up"_ba << 1;
    QTest::newRow("replace and remove") << "usar/signup"_ba
                                        << "user/sigup"_ba << 2;
    QTest::newRow("far") << "order/created"_ba
                         << "user/signup"_ba << 3;
    QTest::newRow("empty") << ""_ba
                           << "ab"_ba << 2;
}

void TestNearestNames::distanceCountsSwapsOnce()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(int, distance);
    QCOMPARE(editDistance(a, b, 2), distance);
    QCOMPARE(editDistance(b, a, 2), distance);
}

void TestNearestNames::nearestOnesComeFirst()
{
    const QByteArrayList known = {"user/sign-up"_ba, "user/signup"_ba, "order/created"_ba,
                                  "User/SingUp"_ba, "ping"_ba};
    QCOMPARE(nearestNames("user/singup"_ba, known),
             QByteArrayList({"User/SingUp"_ba, "user/signup"_ba, "user/sign-up"_ba}));
    QVERIFY(nearestNames("zzz"_ba, known).isEmpty());
    QCOMPARE(nearestNames("pingx"_ba, known), QByteArrayList{"ping"_ba});
    QVERIFY2(nearestNames("pixxy"_ba, known).isEmpty(), "short names are near to everything");
}

QTEST_GUILESS_MAIN(TestNearestNames)

#include "tst_nearestnames.moc"
