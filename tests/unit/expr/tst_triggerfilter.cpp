// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/expr/triggerfilter.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace devserver;
using expr::Verdict;

class TestTriggerFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void slugIsFound_data();
    void slugIsFound();
    void otherExpressionsAreNotGuessed_data();
    void otherExpressionsAreNotGuessed();
    void verdict_data();
    void verdict();
};

void TestTriggerFilter::slugIsFound_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("slug");
    QTest::addRow("single quotes") << "event.data.function_id == 'app-fn'"_ba
                                   << "app-fn"_ba;
    QTest::addRow("double quotes") << "event.data.function_id == \"app-fn\""_ba
                                   << "app-fn"_ba;
    QTest::addRow("no spaces") << "event.data.function_id=='app-fn'"_ba
                               << "app-fn"_ba;
    QTest::addRow("more spaces") << "  event.data.function_id  ==  'a b' \n"_ba
                                 << "a b"_ba;
    QTest::addRow("quote of the other kind") << "event.data.function_id == \"it's\""_ba
                                             << "it's"_ba;
    QTest::addRow("escape") << "event.data.function_id == 'x\\'y'"_ba
                            << "x'y"_ba;
    QTest::addRow("in brackets") << "(event.data.function_id == 'x')"_ba
                                 << "x"_ba;
    QTest::addRow("empty slug") << "event.data.function_id == ''"_ba
                                << ""_ba;
}

void TestTriggerFilter::slugIsFound()
{
    QFETCH(const QByteArray, expression);
    QFETCH(const QByteArray, slug);
    QCOMPARE(expr::functionIdFilter(expression), std::optional(slug));
}

void TestTriggerFilter::otherExpressionsAreNotGuessed_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addRow("empty") << ""_ba;
    QTest::addRow("another path") << "event.data.total == 'x'"_ba;
    QTest::addRow("a longer path") << "event.data.function_id2 == 'x'"_ba;
    QTest::addRow("another operator") << "event.data.function_id != 'x'"_ba;
    QTest::addRow("no literal") << "event.data.function_id == x"_ba;
    QTest::addRow("open literal") << "event.data.function_id == 'x"_ba;
    QTest::addRow("a lone quote") << "event.data.function_id == '"_ba;
    QTest::addRow("quotes do not match") << "event.data.function_id == 'x\""_ba;
    QTest::addRow("and more") << "event.data.function_id == 'x' && true"_ba;
    QTest::addRow("two literals") << "event.data.function_id == 'x' || 1 == 'y'"_ba;
    QTest::addRow("bytes") << "event.data.function_id == b'x'"_ba;
    QTest::addRow("of another variable") << "async.data.function_id == 'x'"_ba;
    QTest::addRow("turned round") << "'x' == event.data.function_id"_ba;
}

void TestTriggerFilter::otherExpressionsAreNotGuessed()
{
    QFETCH(const QByteArray, expression);
    QVERIFY(!expr::functionIdFilter(expression));
    QCOMPARE(expr::evaluateTriggerFilter(expression, RawJson::fromTrusted("{}")),
             Verdict::Unsupported);
}

void TestTriggerFilter::verdict_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<bool>("isTrue");
    QTest::addRow("equal") << R"({"data":{"function_id":"app-fn"}})"_ba << true;
    QTest::addRow("equal, written with an escape")
        << R"({"data":{"function_id":"app\u002dfn"}})"_ba << true;
    QTest::addRow("another function") << R"({"data":{"function_id":"app-fn2"}})"_ba << false;
    QTest::addRow("missing") << R"({"data":{}})"_ba << false;
    QTest::addRow("no data") << "{}"_ba << false;
    QTest::addRow("null") << R"({"data":{"function_id":null}})"_ba << false;
    QTest::addRow("a number") << R"({"data":{"function_id":7}})"_ba << false;
    QTest::addRow("data is no object") << R"({"data":"app-fn"})"_ba << false;
}

void TestTriggerFilter::verdict()
{
    QFETCH(const QByteArray, event);
    QFETCH(const bool, isTrue);
    QCOMPARE(expr::evaluateTriggerFilter("event.data.function_id == 'app-fn'",
                                         RawJson::fromTrusted(event)),
             isTrue ? Verdict::True : Verdict::False);
}

QTEST_GUILESS_MAIN(TestTriggerFilter)
#include "tst_triggerfilter.moc"
