// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/filterparser.h"
#include "ui/core/waitingfilter.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using console::FilterSubject;
using console::WaitingColumn;
using console::WaitingKind;
using console::WaitingRow;

namespace {

// Tuesday, 2030-01-01T12:00Z
constexpr auto noon =
    std::chrono::sys_days(std::chrono::year(2030) / 1 / 1) + std::chrono::hours(12);

WaitingRow row()
{
    WaitingRow row;
    row.kind = WaitingKind::Retry;
    row.due = noon + 3min;
    row.run.value = devserver::Ulid::fromParts(noon, {1, 2, 3});
    row.job = "job"_ba;
    row.step = u"charge-card"_s;
    row.function = u"Charge order"_s;
    row.app = u"shop"_s;
    row.slug = "shop-charge-order"_ba;
    row.attempt = 3;
    row.error = u"TimeoutError"_s;
    row.errorMessage = u"the gateway did not answer"_s;
    row.event = "order/created"_ba;
    row.idempotencyKey = "o_1"_ba;
    row.queuedAt = noon - 2min;
    return row;
}

} // namespace

class TestWaitingFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { qputenv("TZ", "UTC"); }

    void finds_data();
    void finds();
    void cellsAreFoundByTheirTerms();
    void timesReadWell_data();
    void timesReadWell();
};

void TestWaitingFilter::finds_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("fits");
    const auto rows = {
        std::pair("", true),
        {"is:retry", true},
        {"is:sleep,retry", true},
        {"is:sleep", false},
        {"-is:sleep", true},
        {"is!=retry", false},
        {"fn:charge-*", true},
        {"fn:\"charge order\"", true},
        {"fn!=charge-order", false},
        {"fn:refund", false},
        {"app:shop", true},
        {"step:charge-card", true},
        {"step~^charge", true},
        {"step:refund", false},
        {"event:order/*", true},
        {"error:timeout*", true},
        {"error:gateway", true},
        {"error!=TimeoutError", false},
        {"attempts:2", true},
        {"attempts>2", false},
        {"due<5m", true},
        {"due<2m", false},
        {"due:12:03", true},
        {"due>12:10", false},
        {"queued<5m", true},
        {"key:o_1", true},
        {"charge", true},
        {"gateway", true},
        {"refund", false},
        {"is:retry app:shop", true},
        {"is:sleep or app:shop", true},
        {"is:retry -app:shop", false},
    };
    for (const auto &[line, fits] : rows)
        QTest::addRow("%s", line) << QString::fromLatin1(line) << fits;
}

void TestWaitingFilter::finds()
{
    QFETCH(const QString, line);
    QFETCH(const bool, fits);
    const console::ParsedFilter parsed = parseFilter(line, noon, FilterSubject::Waiting);
    QVERIFY2(!parsed.error, parsed.error ? qPrintable(parsed.error->message) : "");
    QCOMPARE(waitingFits(parsed.filter, row(), noon), fits);
}

void TestWaitingFilter::cellsAreFoundByTheirTerms()
{
    using enum WaitingColumn;
    WaitingRow sleep = row();
    sleep.kind = WaitingKind::Sleep;
    sleep.error.clear();
    WaitingRow offline = console::offlineRow(row());
    for (const WaitingColumn column : {When, What, Function, Why, Run}) {
        for (const WaitingRow &one : {row(), sleep}) {
            const QString term = waitingTerm(one, column);
            const auto parsed = parseFilter(term, noon, FilterSubject::Waiting);
            QVERIFY2(!parsed.error && !parsed.filter.isAll(), qPrintable(term));
            QVERIFY2(waitingFits(parsed.filter, one, noon), qPrintable(term));
        }
    }
    QCOMPARE(waitingTerm(offline, Function), u"app:shop"_s);
    QCOMPARE(waitingTerm(offline, When), QString());
    QVERIFY(parseFilter(u"data.total:1"_s, noon, FilterSubject::Waiting).error);
}

void TestWaitingFilter::timesReadWell_data()
{
    QTest::addColumn<std::chrono::milliseconds>("left");
    QTest::addColumn<QString>("text");
    using std::chrono::milliseconds;
    QTest::addRow("soon") << milliseconds(4s) << u"in 4 s"_s;
    QTest::addRow("within the hour") << milliseconds(59min) << u"in 59 m 00 s"_s;
    QTest::addRow("today") << milliseconds(2h) << u"14:00:00"_s;
    QTest::addRow("tomorrow") << milliseconds(21h) << u"Wed 09:00"_s;
    QTest::addRow("this week") << milliseconds(70h) << u"Fri 10:00"_s;
    QTest::addRow("the same day of the next week")
        << milliseconds(7 * 24h) << u"2030-01-08 12:00"_s;
    QTest::addRow("far") << milliseconds(40 * 24h) << u"2030-02-10 12:00"_s;
}

void TestWaitingFilter::timesReadWell()
{
    QFETCH(const std::chrono::milliseconds, left);
    QFETCH(const QString, text);
    WaitingRow one = row();
    one.due = noon + left;
    QCOMPARE(waitingWhen(one, noon, console::TimeStyle::Relative), text);
}

QTEST_GUILESS_MAIN(TestWaitingFilter)

#include "tst_waitingfilter.moc"
