// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/durations.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using namespace devserver;

namespace {

constexpr auto day = std::chrono::hours(24);

QString failureText(const Result<std::chrono::milliseconds> &result)
{
    return result ? QString() : result.error().message;
}

} // namespace

class TestDurations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void durations_data();
    void durations();
    void notDurations_data();
    void notDurations();
    void tooLongIsSaid();
    void strictHasNoDaysAndWeeks();
    void dates_data();
    void dates();
    void notDates_data();
    void notDates();
    void sleepStrings();
    void retryAfter();
};

void TestDurations::durations_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("ms");
    const auto row = [](const QByteArray &text, std::chrono::milliseconds expected) {
        QTest::addRow("%s", text.constData()) << text << qint64{expected.count()};
    };
    row("0"_ba, 0ms);
    row("-0"_ba, 0ms);
    row("+0"_ba, 0ms);
    row("0s"_ba, 0ms);
    row("1ms"_ba, 1ms);
    row("1s"_ba, 1s);
    row("1m"_ba, 1min);
    row("1h"_ba, 1h);
    row("1d"_ba, day);
    row("1w"_ba, 7 * day);
    row("1w2d"_ba, 9 * day);
    row("1.5h"_ba, 90min);
    row("1m30s"_ba, 90s);
    row("1h30m"_ba, 90min);
    row("100m100s"_ba, 100min + 100s);
    row("3s2h"_ba, 2h + 3s);
    row("1s1s"_ba, 2s);
    row("+5s"_ba, 5s);
    row("-5s"_ba, -5s);
    row("-1.5h30m"_ba, -2h);
    row(".5s"_ba, 500ms);
    row("5.s"_ba, 5s);
    row("0.001s"_ba, 1ms);
    row("1.0009s"_ba, 1000ms);
    row("0.1w"_ba, 16h + 48min);
    row("0.333333333333333333333333h"_ba, 20min - 1ms);
    row("1ns"_ba, 0ms);
    row("999999ns"_ba, 0ms);
    row("1000000ns"_ba, 1ms);
    row("600us600us"_ba, 1ms);
    row("1500us"_ba, 1ms);
    row("2500\xc2\xb5s"_ba, 2ms);
    row("2500\xce\xbcs"_ba, 2ms);
    row("-1500us"_ba, -1ms);
    row("007s"_ba, 7s);
    row("366d"_ba, 366 * day);
    row("8784h0m0.001s"_ba, 366 * day + 1ms);
    row("9223372036854775807ns"_ba, 9223372036854ms);
    row("15250w"_ba, 15250 * 7 * day);
}

void TestDurations::durations()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, ms);
    const Result<std::chrono::milliseconds> result = parseDuration(text);
    QVERIFY2(result, qPrintable(failureText(result)));
    QCOMPARE(qint64{result->count()}, ms);
}

void TestDurations::notDurations_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const QByteArray &text : {""_ba,
                                   " "_ba,
                                   "-"_ba,
                                   "+"_ba,
                                   "--1s"_ba,
                                   "+-1s"_ba,
                                   "1"_ba,
                                   "1.5"_ba,
                                   "00"_ba,
                                   "s"_ba,
                                   ".s"_ba,
                                   "."_ba,
                                   "-.h"_ba,
                                   "1 s"_ba,
                                   " 1s"_ba,
                                   "1s "_ba,
                                   "1y"_ba,
                                   "1mo"_ba,
                                   "1S"_ba,
                                   "1sec"_ba,
                                   "1s2"_ba,
                                   "1s-2s"_ba,
                                   "1..5s"_ba,
                                   "1.5.5s"_ba,
                                   "1e3s"_ba,
                                   "1,5s"_ba,
                                   "P1D"_ba,
                                   "PT5M"_ba,
                                   "1h, 2m"_ba,
                                   "1\xb5s"_ba,
                                   "1\0s"_ba,
                                   "0x1s"_ba,
                                   "inf"_ba,
                                   "2030-01-01"_ba,
                                   "\xff"_ba,
                                   "15251w"_ba,
                                   "9223372036854775808ns"_ba,
                                   "99999999999999999999999999999h"_ba,
                                   "15250w2d"_ba,
                                   "9223372036854775807ns1ns"_ba,
                                   "106751.99999d"_ba})
        QTest::addRow("'%s'", text.constData()) << text;
}

void TestDurations::notDurations()
{
    QFETCH(QByteArray, text);
    const Result<std::chrono::milliseconds> result = parseDuration(text);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::InvalidInput);
}

void TestDurations::tooLongIsSaid()
{
    QCOMPARE(failureText(parseDuration("1000000w")), u"duration \"1000000w\" is too long"_s);
    QCOMPARE(failureText(parseDuration("soon")), u"\"soon\" is not a duration"_s);
    QVERIFY(failureText(parseDuration(QByteArray(1'000'000, '9'))).size() < 100);
}

void TestDurations::strictHasNoDaysAndWeeks()
{
    QCOMPARE(*parseStrictDuration("1h30m"), std::chrono::milliseconds(90min));
    QCOMPARE(*parseStrictDuration("0"), 0ms);
    QVERIFY(!parseStrictDuration("1d"));
    QVERIFY(!parseStrictDuration("1w"));
    QVERIFY(!parseStrictDuration("1h1d"));
    QVERIFY(!parseStrictDuration(""));
}

void TestDurations::dates_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &text, const QByteArray &expected) {
        QTest::addRow("%s", name) << text << expected;
    };
    const QByteArray whole = "2006-01-02T15:04:05.000Z"_ba;
    const QByteArray west = "2006-01-02T22:04:05.000Z"_ba; // 15:04:05 at -0700
    row("RFC 3339", "2006-01-02T15:04:05Z"_ba, whole);
    row("RFC 3339 lower case", "2006-01-02t15:04:05z"_ba, whole);
    row("RFC 3339 offset", "2006-01-02T15:04:05-07:00"_ba, west);
    row("RFC 3339 offset east", "2006-01-02T15:04:05+05:30"_ba, "2006-01-02T09:34:05.000Z"_ba);
    row("RFC 3339 ms", "2030-01-02T03:04:05.678Z"_ba, "2030-01-02T03:04:05.678Z"_ba);
    row("RFC 3339 tenth", "2030-01-02T03:04:05.6Z"_ba, "2030-01-02T03:04:05.600Z"_ba);
    row("RFC 3339 ns", "2030-01-02T03:04:05.678999999+00:00"_ba, "2030-01-02T03:04:05.678Z"_ba);
    row("RFC 3339 30 digits", "2030-01-02T03:04:05.678999999999999999999999999999Z"_ba,
        "2030-01-02T03:04:05.678Z"_ba);
    row("no zone", "2006-01-02T15:04:05"_ba, whole);
    row("no zone, fraction", "2006-01-02T15:04:05.25"_ba, "2006-01-02T15:04:05.250Z"_ba);
    row("day", "2006-01-02"_ba, "2006-01-02T00:00:00.000Z"_ba);
    row("leap day", "2024-02-29"_ba, "2024-02-29T00:00:00.000Z"_ba);
    row("before 1970", "1969-12-31T23:59:59.5Z"_ba, "1969-12-31T23:59:59.500Z"_ba);
    row("RFC 1123", "Mon, 02 Jan 2006 15:04:05 GMT"_ba, whole);
    row("RFC 1123 UTC", "Mon, 02 Jan 2006 15:04:05 UTC"_ba, whole);
    row("RFC 1123 MST", "Mon, 02 Jan 2006 15:04:05 MST"_ba, west);
    row("RFC 1123 numeric", "Mon, 02 Jan 2006 15:04:05 -0700"_ba, west);
    row("RFC 1123 one digit", "Mon, 2 Jan 2006 15:04:05 GMT"_ba, whole);
    row("RFC 1123 unknown zone", "Mon, 02 Jan 2006 15:04:05 CEST"_ba, whole);
    row("weekday is not checked", "Sun, 02 Jan 2006 15:04:05 GMT"_ba, whole);
    row("names in upper case", "MON, 02 JAN 2006 15:04:05 GMT"_ba, whole);
    row("RFC 822", "02 Jan 06 15:04 GMT"_ba, "2006-01-02T15:04:00.000Z"_ba);
    row("RFC 822 named", "02 Jan 06 15:04 EST"_ba, "2006-01-02T20:04:00.000Z"_ba);
    row("RFC 822 numeric", "02 Jan 06 15:04 +0200"_ba, "2006-01-02T13:04:00.000Z"_ba);
    row("RFC 850", "Monday, 02-Jan-06 15:04:05 GMT"_ba, whole);
    row("RFC 850 last century", "Tuesday, 06-Nov-94 08:49:37 GMT"_ba,
        "1994-11-06T08:49:37.000Z"_ba);
    row("ANSI C", "Mon Jan  2 15:04:05 2006"_ba, whole);
    row("ANSI C two digits", "Sun Nov 26 08:49:37 2023"_ba, "2023-11-26T08:49:37.000Z"_ba);
    row("Unix", "Mon Jan  2 15:04:05 UTC 2006"_ba, whole);
    row("Unix named", "Mon Jan  2 15:04:05 PDT 2006"_ba, west);
    row("Ruby", "Mon Jan 02 15:04:05 -0700 2006"_ba, west);
}

void TestDurations::dates()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const std::optional<TimePoint> date = parseDate(text);
    QVERIFY(date);
    QCOMPARE(toRfc3339(*date), expected);
}

void TestDurations::notDates_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const QByteArray &text : {""_ba,
                                   "2006"_ba,
                                   "2006-01"_ba,
                                   "2006-1-2"_ba,
                                   "2006-13-01"_ba,
                                   "2006-00-01"_ba,
                                   "2006-01-00"_ba,
                                   "2006-02-29"_ba,
                                   "2006-04-31"_ba,
                                   "20060102"_ba,
                                   "2006-01-02 15:04:05"_ba,
                                   "2006-01-02T15:04"_ba,
                                   "2006-01-02T15:04:05."_ba,
                                   "2006-01-02T15:04:05.Z"_ba,
                                   "2006-01-02T24:00:00Z"_ba,
                                   "2006-01-02T15:60:05Z"_ba,
                                   "2006-01-02T15:04:60Z"_ba,
                                   "2006-01-02T15:04:05ZZ"_ba,
                                   "2006-01-02T15:04:05Z "_ba,
                                   " 2006-01-02"_ba,
                                   "2006-01-02T"_ba,
                                   "2006-01-02Z"_ba,
                                   "2006-01-02T15:04:05+7"_ba,
                                   "2006-01-02T15:04:05+24:00"_ba,
                                   "2006-01-02T15:04:05+07:60"_ba,
                                   "2006-01-02T15:04:05 UTC"_ba,
                                   "2006-01-02T15:04:05UTC"_ba,
                                   "-2006-01-02"_ba,
                                   "12006-01-02"_ba,
                                   "Mon, 02 Jan 2006 15:04:05"_ba,
                                   "Mon, 02 Jan 2006 15:04:05 "_ba,
                                   "Mon, 02 Foo 2006 15:04:05 GMT"_ba,
                                   "Foo, 02 Jan 2006 15:04:05 GMT"_ba,
                                   "Mon, 32 Jan 2006 15:04:05 GMT"_ba,
                                   "Mon, 02 Jan 206 15:04:05 GMT"_ba,
                                   "Mon, 02-Jan 2006 15:04:05 GMT"_ba,
                                   "Mon Jan  2 15:04:05"_ba,
                                   "Mon Jan  2 15:04 2006"_ba,
                                   "Mon Jan  2 15:04:05 UTC 06"_ba,
                                   "tomorrow morning"_ba,
                                   "1700000000000"_ba,
                                   "1h30m10s500ms"_ba,
                                   "2006-01-02\0"_ba})
        QTest::addRow("'%s'", text.constData()) << text;
}

void TestDurations::notDates()
{
    QFETCH(QByteArray, text);
    QVERIFY(!parseDate(text));
}

void TestDurations::sleepStrings()
{
    const auto duration = [](QByteArrayView text) {
        return std::get<std::chrono::milliseconds>(*parseSleep(text));
    };
    QCOMPARE(duration(""), 0ms);
    QCOMPARE(duration("1s"), 1000ms);
    QCOMPARE(duration("-1s"), -1000ms);
    QCOMPARE(duration("1h0m0s500ms"), std::chrono::milliseconds(1h) + 500ms); // 10 and more
    QCOMPARE(toRfc3339(std::get<TimePoint>(*parseSleep("2030-01-02"))),
             "2030-01-02T00:00:00.000Z"_ba);
    QCOMPARE(toRfc3339(std::get<TimePoint>(*parseSleep("2030-01-02T03:04:05.678Z"))),
             "2030-01-02T03:04:05.678Z"_ba);
    QVERIFY(!parseSleep("soon"));
    QVERIFY(!parseSleep("2030-13-02"));
    QVERIFY(!parseSleep("2030-01-0"));
}

void TestDurations::retryAfter()
{
    QCOMPARE(parseRetryAfter("3"), RetryAfter(3s));
    QCOMPARE(parseRetryAfter("0"), RetryAfter(0s));
    QCOMPARE(parseRetryAfter("0000120"), RetryAfter(120s));
    QCOMPARE(parseRetryAfter("9999999"), RetryAfter(9999999s));
    const TimePoint date = *parseDate("2030-01-02T03:04:05Z");
    QCOMPARE(parseRetryAfter("2030-01-02T03:04:05Z"), RetryAfter(date));
    QCOMPARE(parseRetryAfter("Wed, 02 Jan 2030 03:04:05 GMT"), RetryAfter(date));
    QCOMPARE(parseRetryAfter("Wednesday, 02-Jan-30 03:04:05 GMT"), RetryAfter(date));
    QCOMPARE(parseRetryAfter("Wed Jan  2 03:04:05 2030"), RetryAfter(date));
    for (const QByteArrayView text : {"", "10000000", "-1", "+1", "1.5", "30s", "soon", "1 "})
        QCOMPARE(parseRetryAfter(text), std::nullopt);
}

QTEST_GUILESS_MAIN(TestDurations)

#include "tst_durations.moc"
