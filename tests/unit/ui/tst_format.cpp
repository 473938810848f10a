// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/coarseformat.h"
#include "ui/core/format.h"
#include "ui/core/serveraddress.h"

#include <QTest>

using namespace console;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestFormat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void durations_data();
    void durations();
    void whatCountsKeepsItsSeconds();
    void shortFormsAreTheFirstFigure();
    void aTextStaysUntilItIsSaid_data();
    void aTextStaysUntilItIsSaid();
    void agesCountCalmly_data();
    void agesCountCalmly();
    void serversOfAllInterfacesAreReachedHere_data();
    void serversOfAllInterfacesAreReachedHere();
    void shortIdsCutNoCharacter_data();
    void shortIdsCutNoCharacter();
    void whatNobodySeesHasASign_data();
    void whatNobodySeesHasASign();
};

void TestFormat::durations_data()
{
    QTest::addColumn<std::chrono::milliseconds>("duration");
    QTest::addColumn<QString>("text");

    const auto add = [](std::chrono::milliseconds duration, const QString &text) {
        QTest::addRow("%lld ms", static_cast<long long>(duration.count())) << duration << text;
    };
    add(0ms, u"0 ms"_s);
    add(999ms, u"999 ms"_s);
    add(1s, u"1.0 s"_s);
    add(1949ms, u"1.9 s"_s);
    add(1999ms, u"2.0 s"_s);
    add(9949ms, u"9.9 s"_s);
    add(9950ms, u"10 s"_s);
    add(59'499ms, u"59 s"_s);
    add(59'960ms, u"1 m"_s);
    add(125s, u"2 m 05 s"_s);
    add(3599'499ms, u"59 m 59 s"_s);
    add(3599'500ms, u"1 h"_s);
    add(1h + 1min, u"1 h 01 m"_s);
    add(2h + 4min + 30s, u"2 h 05 m"_s);
    add(24h - 31s, u"23 h 59 m"_s);
    add(24h - 30s, u"1 d"_s);
    add(48h, u"2 d"_s);
    add(76h + 29min, u"3 d 4 h"_s);
    add(76h + 30min, u"3 d 5 h"_s);
    add(-1999ms, u"-2.0 s"_s);
}

void TestFormat::durations()
{
    QFETCH(const std::chrono::milliseconds, duration);
    QTEST(formatDuration(duration), "text");
}

void TestFormat::whatCountsKeepsItsSeconds()
{
    const devserver::TimePoint now(1'900'000'000s);
    QCOMPARE(formatElapsed(60'900ms), u"1 m 00 s"_s);
    QCOMPARE(formatCounting(2min), u"2 m 00 s"_s);
    QCOMPARE(formatCountdown(now + 20min, now), u"in 20 m 00 s"_s);
    QCOMPARE(formatCountdown(now + 2h, now), u"in 2 h"_s); // changes no more than once a minute
    QCOMPARE(formatCountdown(now + 48h, now), u"in 2 d"_s);
}

void TestFormat::shortFormsAreTheFirstFigure()
{
    const devserver::TimePoint now(1'900'000'000s);
    for (const std::chrono::milliseconds time :
         {80ms, 1'200ms, 59'400ms, 59'960ms, 725'000ms, 779'900ms, 3'599'600ms, 7'500'000ms,
          86'399'000ms, 100'000'000ms}) {
        const QString whole = formatDuration(time);
        const QString brief = formatCoarsely(time);
        const bool isOneFigure = whole.count(u' ') == 1;
        QCOMPARE(brief, isOneFigure ? whole : whole.section(u' ', 0, 1));
    }
    for (const auto time :
         {59'900ms, 60'000ms, 3'599'600ms, 3'600'000ms, 86'399'000ms, 100'000'000ms, 172'799'000ms})
        QCOMPARE(formatCoarseElapsed(time), formatElapsed(time).section(u' ', 0, 1));
    QCOMPARE(formatCoarseCountdown(now + 59min + 34s, now), u"59 m"_s);
    QCOMPARE(formatCoarseCountdown(now + 50h, now), u"2 d"_s);
    QCOMPARE(formatCoarseCountdown(now + 31s, now), u"31 s"_s);
    QCOMPARE(formatCoarseCountdown(now + 3'400ms, now), u"4 s"_s);
    QCOMPARE(formatCoarseCountdown(now, now), formatCountdown(now, now));
}

void TestFormat::aTextStaysUntilItIsSaid_data()
{
    QTest::addColumn<std::chrono::milliseconds>("left");
    for (const auto left :
         {1500ms, 59'999ms, 3'599'000ms, 3'599'001ms, 3'600'000ms, 3'601'000ms, 3'629'500ms,
          7'169'000ms, 9'000'000ms, 86'368'500ms, 86'369'000ms, 86'369'001ms, 86'390'000ms,
          86'400'000ms, 87'000'000ms, 88'199'000ms, 90'000'000ms, 300'000'000ms})
        QTest::addRow("%lld ms", static_cast<long long>(left.count()))
            << std::chrono::milliseconds(left);
}

void TestFormat::aTextStaysUntilItIsSaid()
{
    QFETCH(const std::chrono::milliseconds, left);
    const devserver::TimePoint now(1'900'000'000s);
    const devserver::TimePoint due = now + left;
    const QString text = formatCountdown(due, now);
    const auto until = timeUntilTextChanges(due, now);
    QVERIFY(until.has_value());
    QVERIFY(*until > 0ms);
    QCOMPARE(formatCountdown(due, now + *until - 1ms), text);
    QVERIFY(formatCountdown(due, now + *until) != text);
}

void TestFormat::agesCountCalmly_data()
{
    QTest::addColumn<std::chrono::milliseconds>("age");
    QTest::addColumn<QString>("text");
    const auto add = [](std::chrono::milliseconds age, const char *text) {
        QTest::addRow("%lld ms", static_cast<long long>(age.count())) << age << text;
    };
    add(999ms, "now");
    add(1s, "1 s ago");
    add(9999ms, "9 s ago");
    add(10s, "10 s ago");
    add(14'999ms, "10 s ago");
    add(15s, "15 s ago");
    add(59'999ms, "55 s ago");
    add(60s, "1 m ago");
    add(119s, "1 m ago");
}

void TestFormat::agesCountCalmly()
{
    QFETCH(const std::chrono::milliseconds, age);
    const devserver::TimePoint then(1'900'000'000s);
    const devserver::TimePoint now = then + age;
    const auto textAt = [then](devserver::TimePoint at) {
        return formatTime(then, at, TimeStyle::Relative);
    };
    QTEST(textAt(now), "text");
    const auto until = timeUntilTextChanges(then, now);
    QVERIFY(until.has_value());
    QCOMPARE(textAt(now + *until - 1ms), textAt(now));
    QVERIFY(textAt(now + *until) != textAt(now));
}

void TestFormat::serversOfAllInterfacesAreReachedHere_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("reached");

    QTest::addRow("all") << u"0.0.0.0:8288"_s << u"127.0.0.1:8288"_s;
    QTest::addRow("all, IPv6") << u"[::]:9000"_s << u"[::1]:9000"_s;
    QTest::addRow("one") << u"192.168.0.7:8288"_s << u"192.168.0.7:8288"_s;
    QTest::addRow("loopback") << u"127.0.0.1:8288"_s << u"127.0.0.1:8288"_s;
}

void TestFormat::serversOfAllInterfacesAreReachedHere()
{
    QFETCH(const QString, address);
    QTEST(reachable(address), "reached");
}

void TestFormat::shortIdsCutNoCharacter_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("text");
    QTest::newRow("short") << u"evt-123456"_s << u"evt-123456"_s;
    QTest::newRow("usual") << u"01J2XABCDEFGH"_s << u"01J2X…EFGH"_s;
    QTest::newRow("at the start") << u"abcd\U0001F600-1234567"_s << u"abcd\U0001F600…4567"_s;
    QTest::newRow("at the end") << u"abcdefg123\U0001F600xyz"_s << u"abcde…\U0001F600xyz"_s;
    QTest::newRow("nothing between")
        << u"abcd\U0001F600\U0001F600xyz"_s << u"abcd\U0001F600\U0001F600xyz"_s;
}

void TestFormat::shortIdsCutNoCharacter()
{
    QFETCH(const QString, id);
    QTEST(shortId(id.toUtf8()), "text");
}

void TestFormat::whatNobodySeesHasASign_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("shownInLines");
    const auto same = [](const char *name, const QString &text) {
        QTest::newRow(name) << text << text << text;
    };
    same("nothing", QString());
    same("usual", u"billing/charge"_s);
    same("letters with marks", u"Zahlung/geändert · 注文 · שלום"_s);
    same("joined signs", u"\U0001F468\u200d\U0001F469"_s);
    QTest::newRow("line end") << u"line\nbreak"_s << u"line␊break"_s << u"line\nbreak"_s;
    QTest::newRow("at the end") << u"billing/charge\n"_s << u"billing/charge␊"_s
                                << u"billing/charge\n"_s;
    QTest::newRow("tab and return") << u"a\tb\r"_s << u"a␉b␍"_s << u"a\tb␍"_s;
    QTest::newRow("tab alone") << u"a\tb"_s << u"a␉b"_s << u"a\tb"_s;
    QTest::newRow("lines of Windows") << u"one\r\ntwo\r\n"_s << u"one␍␊two␍␊"_s << u"one\ntwo\n"_s;
    QTest::newRow("two returns") << u"a\r\r\nb"_s << u"a␍␍␊b"_s << u"a␍\nb"_s;
    QTest::newRow("nul") << QString(QChar(0)) << u"␀"_s << u"␀"_s;
    QTest::newRow("delete") << u"a\u007f"_s << u"a␡"_s << u"a␡"_s;
    QTest::newRow("next line") << u"a\u0085"_s << u"a\\u0085"_s << u"a\\u0085"_s;
    QTest::newRow("right to left")
        << u"evil/\u202etxt.exe"_s << u"evil/\\u202etxt.exe"_s << u"evil/\\u202etxt.exe"_s;
    QTest::newRow("isolate") << u"\u2067a\u2069"_s << u"\\u2067a\\u2069"_s << u"\\u2067a\\u2069"_s;
    QTest::newRow("no width") << u"a\u200bb"_s << u"a\\u200bb"_s << u"a\\u200bb"_s;
    QTest::newRow("paragraph") << u"a\u2029b"_s << u"a\\u2029b"_s << u"a\u2029b"_s;
}

void TestFormat::whatNobodySeesHasASign()
{
    QFETCH(const QString, text);
    QTEST(visibleText(text), "shown");
    QTEST(visibleText(text, LineEnds::Kept), "shownInLines");
    if (visibleText(text) == text) // not copied either, for the lists
        QCOMPARE(visibleText(text).constData(), text.constData());
}

QTEST_APPLESS_MAIN(TestFormat)
#include "tst_format.moc"
