// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/expressionvalues.h"

#include <QTest>

namespace console::test {

using namespace Qt::StringLiterals;

class TestExpressionValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesStandInTheExpression_data();
    void valuesStandInTheExpression();
    void largeEventsAreLeftAlone();
};

void TestExpressionValues::valuesStandInTheExpression_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QString>("with");
    QTest::addRow("text") << R"(event.data.plan == "pro")"_ba << uR"("free" == "pro")"_s;
    QTest::addRow("spaces of a string") << "event.data.wide == ''"_ba << uR"("pro  x" == '')"_s;
    QTest::addRow("lines of an array") << "event.data.list == []"_ba << u"[1, 2] == []"_s;
    QTest::addRow("several") << "event.data.n > 5 && event.name == 'a'"_ba
                             << uR"(1.50 > 5 && "user/signup" == 'a')"_s;
    QTest::addRow("deeper, by index") << R"(event.data.at["a b"].c == 1)"_ba << u"7 == 1"_s;
    QTest::addRow("missing") << "event.data.no == 1"_ba << u"(missing) == 1"_s;
    QTest::addRow("method") << "event.data.plan.startsWith('p')"_ba
                            << u"\"free\".startsWith('p')"_s;
    QTest::addRow("in a string") << "'event.data.n' == 'x'"_ba << QString();
    QTest::addRow("nothing of the event") << "1 == 2"_ba << QString();
    QTest::addRow("other names") << "my.event.data.n == preevent.data.n"_ba << QString();
    QTest::addRow("long") << "event.data.long == ''"_ba
                          << QString(u'"' + QString(59, u'x') + u"… == ''");
}

void TestExpressionValues::valuesStandInTheExpression()
{
    QFETCH(const QByteArray, expression);
    QFETCH(const QString, with);
    const QByteArray event =
        R"({"name":"user/signup","data":{"plan":"free","wide":"pro  x","list":[1,
  2],"n":1.50,"at":{"a b":{"c":7}},"long":")"
        + QByteArray(500, 'x') + "\"}}";
    QCOMPARE(withValues(expression, event), with);
}

void TestExpressionValues::largeEventsAreLeftAlone()
{
    const QByteArray event = R"({"data":{"n":1,"text":")" + QByteArray(100'000, 'x') + "\"}}";
    QCOMPARE(withValues("event.data.n == 2"_ba, event), QString());
}

} // namespace console::test

QTEST_GUILESS_MAIN(console::test::TestExpressionValues)
#include "tst_expressionvalues.moc"
