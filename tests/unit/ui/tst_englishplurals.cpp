// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/englishplurals.h"

#include <QCoreApplication>
#include <QTest>

using namespace Qt::StringLiterals;

class TestEnglishPlurals : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QCoreApplication::installTranslator(new console::EnglishPlurals(this)); }

    void chooses_data();
    void chooses();
    void leavesOtherTextsAlone();
};

void TestEnglishPlurals::chooses_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("text");
    QTest::newRow("one") << "%n run(s)"_ba << 1 << u"1 run"_s;
    QTest::newRow("none") << "%n run(s)"_ba << 0 << u"0 runs"_s;
    QTest::newRow("many") << "%n run(s)"_ba << 61 << u"61 runs"_s;
    QTest::newRow("thousands") << "%Ln run(s)"_ba << 8214 << u"8,214 runs"_s;
    QTest::newRow("verb, one") << "%n function(s) (listens|listen) to it"_ba << 1
                               << u"1 function listens to it"_s;
    QTest::newRow("verb, many") << "%n function(s) (listens|listen) to it"_ba << 3
                                << u"3 functions listen to it"_s;
    QTest::newRow("whole words") << "retried (once|%n times)"_ba << 1 << u"retried once"_s;
    QTest::newRow("whole words, many") << "retried (once|%n times)"_ba << 3 << u"retried 3 times"_s;
}

void TestEnglishPlurals::chooses()
{
    QFETCH(const QByteArray, source);
    QFETCH(const int, count);
    QFETCH(const QString, text);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(QCoreApplication::translate("Any", source.constData(), nullptr, count), text);
}

void TestEnglishPlurals::leavesOtherTextsAlone()
{
    QCOMPARE(QCoreApplication::translate("Any", "Object(s) (a|b)"), u"Object(s) (a|b)"_s);
}

QTEST_GUILESS_MAIN(TestEnglishPlurals)
#include "tst_englishplurals.moc"
