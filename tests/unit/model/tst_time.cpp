// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/time.h"

#include <QObject>
#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;

using namespace devserver;

class TestTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textHasMillisecondsAndZone_data();
    void textHasMillisecondsAndZone();
    void millisecondsComeBack();
};

void TestTime::textHasMillisecondsAndZone_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QByteArray>("text");
    QTest::addRow("epoch") << qint64{0} << "1970-01-01T00:00:00.000Z"_ba;
    QTest::addRow("before the epoch") << qint64{-1} << "1969-12-31T23:59:59.999Z"_ba;
    QTest::addRow("all parts") << qint64{1893553445678} << "2030-01-02T03:04:05.678Z"_ba;
    QTest::addRow("leap day") << qint64{1709251199001} << "2024-02-29T23:59:59.001Z"_ba;
    QTest::addRow("year 0") << qint64{-62167219200000} << "0000-01-01T00:00:00.000Z"_ba;
    QTest::addRow("year 9999") << qint64{253402300799999} << "9999-12-31T23:59:59.999Z"_ba;
    QTest::addRow("later") << std::numeric_limits<qint64>::max() << "9999-12-31T23:59:59.999Z"_ba;
    QTest::addRow("earlier") << std::numeric_limits<qint64>::min() << "0000-01-01T00:00:00.000Z"_ba;
}

void TestTime::textHasMillisecondsAndZone()
{
    QFETCH(qint64, ms);
    QFETCH(QByteArray, text);
    QCOMPARE(toRfc3339(fromMs(ms)), text);
}

void TestTime::millisecondsComeBack()
{
    for (const qint64 ms : {qint64{0}, qint64{-1}, qint64{1893553445678}})
        QCOMPARE(toMs(fromMs(ms)), ms);
}

QTEST_GUILESS_MAIN(TestTime)

#include "tst_time.moc"
