// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/expressionvalues.h"
#include "ui/core/falsecomparison.h"

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
    void theFailingComparisonIsFound_data();
    void theFailingComparisonIsFound();
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

void TestExpressionValues::theFailingComparisonIsFound_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QString>("part"); ///< with the values
    const auto row = [](const char *name, const char *expression, const char *part) {
        QTest::addRow("%s", name) << QByteArray(expression) << QString::fromUtf8(part);
    };
    row("one", R"(event.data.plan == "pro")", R"("free" == "pro")");
    row("the second", R"(event.data.n > 1 && event.data.plan == "pro")", R"("free" == "pro")");
    row("the first of two", R"(event.data.n < 1 && event.data.plan == "pro")", "1.50 < 1");
    row("in brackets", R"(event.data.n > 1 && (event.data.plan == "pro"))", R"("free" == "pro")");
    row("brackets around all", R"((event.data.n > 1 && event.data.plan != 'free'))",
        R"("free" != 'free')");
    row("either", R"(event.data.n == 2 || event.data.n == 3)", "1.50 == 2 || 1.50 == 3");
    row("either behind and", R"(event.data.n >= 1.5 && (event.data.n == 2 || event.data.n == 3))",
        "1.50 == 2 || 1.50 == 3");
    row("operators in strings", R"(event.data.plan != "a && b" && event.data.n <= 1)", "1.50 <= 1");
    row("missing", R"(event.data.n > 1 && event.data.no == "x")", R"((missing) == "x")");
    row("the only one that may be", R"(event.data.n > 1 && event.data.plan.startsWith("p"))",
        R"("free".startsWith("p"))");
    row("two that may be", R"(event.data.plan.startsWith("p") && event.data.plan.endsWith("x"))",
        "");
    row("a text is no number", R"(event.data.plan > 1 && event.data.plan.endsWith("x"))", "");
}

void TestExpressionValues::theFailingComparisonIsFound()
{
    QFETCH(const QByteArray, expression);
    QFETCH(const QString, part);
    const QByteArray event = R"({"name":"user/signup","data":{"plan":"free","n":1.50}})";
    TextRange range = falseComparison(QString::fromUtf8(expression), event);
    const QString values = withValues(expression, event, &range);
    QCOMPARE(values.mid(range.from, range.size), part);
}

} // namespace console::test

QTEST_GUILESS_MAIN(console::test::TestExpressionValues)
#include "tst_expressionvalues.moc"
