// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/store/storefixture.h"
#include "ui/core/filterparser.h"
#include "ui/core/payloadfilter.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace console;

class TestPayloadFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void says_data();
    void says();
    void findsWhatItSays_data();
    void findsWhatItSays();
    void drafts();
};

void TestPayloadFilter::says_data()
{
    using Role = PayloadRole;
    QTest::addColumn<Role>("role");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("filter"); // empty: it cannot be said
    const auto row = [](const char *name, Role role, const QString &path, const QByteArray &value,
                        const QString &filter) {
        QTest::newRow(name) << role << path << value << filter;
    };
    row("text", Role::Event, u"data.sku"_s, R"("a")"_ba, u"data.sku:a"_s);
    row("words", Role::Event, u"data.x"_s, R"("a \"b\", c")"_ba, u"data.x:\"a \\\"b\\\", c\""_s);
    row("number as sent", Role::Event, u"data.n"_s, "1.0"_ba, u"data.n:1.0"_s);
    row("in an array", Role::Event, u"data.items[3].sku"_s, "true"_ba, u"data.items[3].sku:true"_s);
    row("request", Role::Request, u"event.data.n"_s, "1"_ba, u"data.n:1"_s);
    row("first of a batch", Role::Request, u"events[0].data.n"_s, "1"_ba, u"data.n:1"_s);
    row("second of a batch", Role::Request, u"events[1].data.n"_s, "1"_ba, {});
    row("context", Role::Request, u"ctx.run_id"_s, R"("x")"_ba, {});
    row("output", Role::Output, u"ok"_s, "true"_ba, u"output.ok:true"_s);
    row("output itself", Role::Output, {}, "7"_ba, u"output:7"_s);
    row("no event", Role::Other, u"data.n"_s, "1"_ba, {});
    row("object", Role::Event, u"data.o"_s, "{}"_ba, {});
    row("odd name", Role::Event, u"data[\"a b\"]"_s, "1"_ba, {});
    row("lines", Role::Event, u"data.x"_s, R"("a\nb")"_ba, {});
    row("nothing to look for", Role::Event, u"data.x"_s, R"("")"_ba, {});
    row("name of the event", Role::Event, u"name"_s, R"("a/b")"_ba, {});
}

void TestPayloadFilter::says()
{
    QFETCH(PayloadRole, role);
    QFETCH(QString, path);
    QFETCH(QByteArray, value);
    const std::optional<QString> filter = payloadFilter(role, {.path = path, .value = value});
    QTEST(filter.value_or(QString()), "filter");
    if (filter)
        QVERIFY2(!parseFilter(*filter, {}).error, qPrintable(*filter));
}

void TestPayloadFilter::findsWhatItSays_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("text") << u"data.sku"_s << R"("a")"_ba;
    QTest::newRow("number as sent") << u"data.n"_s << "9.98e2"_ba;
    QTest::newRow("in an array") << u"data.items[3].sku"_s << "true"_ba;
    QTest::newRow("last in arrays") << u"data.rows[1][0]"_s << "3"_ba;
    QTest::newRow("words") << u"data.words"_s << R"("a \"b\", c")"_ba;
}

/// The store reads the term as the window means it.
void TestPayloadFilter::findsWhatItSays()
{
    using namespace devserver;
    QFETCH(const QString, path);
    QFETCH(const QByteArray, value);
    store::StoreFixture store;
    QVERIFY(store.open());
    Event event = store::fullEvent(1);
    event.json =
        store::json(R"({"name":"x","data":{"sku":"a","n":9.98e2,"items":[0,0,0,{"sku":true}],)"
                    R"("rows":[[1,2],[3]],"words":"a \"b\", c"}})");
    Event other = store::fullEvent(2);
    other.json = store::json(
        R"({"name":"x","data":{"sku":"b","n":998.5,"items":[{"sku":true}],"rows":[[3]]}})");
    QVERIFY(store.commit({store::share(event), store::share(other)}));
    const std::optional<QString> text =
        payloadFilter(PayloadRole::Event, {.path = path, .value = value});
    QVERIFY(text);
    api::EventListQuery query;
    query.filter = parseFilter(*text, {}, FilterSubject::Events).filter;
    const auto page = store.ask<api::EventSummaryPage>(query);
    QCOMPARE(page.rows.size(), std::size_t{1});
    QCOMPARE(page.rows.front().internalId, store::eventId(1));
}

void TestPayloadFilter::drafts()
{
    const QByteArray event = R"({"name":"a/b","data":{"z":1.0,"a":2}})";
    const auto whole = payloadDraft(PayloadRole::Event, {.path = {}, .value = event});
    QVERIFY(whole);
    QCOMPARE(whole->name, "a/b"_ba);
    QCOMPARE(whole->data, R"({"z":1.0,"a":2})"_ba);
    const auto part = payloadDraft(PayloadRole::Output, {.path = u"x"_s, .value = R"({"k":1})"_ba});
    QVERIFY(part);
    QCOMPARE(part->name, QByteArray());
    QCOMPARE(part->data, R"({"k":1})"_ba);
    QVERIFY(!payloadDraft(PayloadRole::Event, {.path = u"data.n"_s, .value = "1"_ba}));
}

QTEST_APPLESS_MAIN(TestPayloadFilter)
#include "tst_payloadfilter.moc"
