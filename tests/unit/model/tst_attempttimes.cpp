// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/attempttimes.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using namespace devserver;

namespace {

constexpr TimePoint sent = TimePoint(1'900'000'000s);

QByteArray ms(const std::optional<TimePoint> &time)
{
    return time ? QByteArray::number(qint64{(*time - sent).count()}) : "-"_ba;
}

} // namespace

class TestAttemptTimes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void instantsFollowFromTheTiming_data();
    void instantsFollowFromTheTiming();
    void delaysAddUp_data();
    void delaysAddUp();
    void oldRecordsHaveNoDelays();
};

void TestAttemptTimes::instantsFollowFromTheTiming_data()
{
    QTest::addColumn<CallTiming>("timing");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isHttp");
    QTest::addColumn<QByteArray>("times"); // connected, first byte, responded, recorded: ms

    const auto row = [](const char *name, const CallTiming &timing, int status, bool isHttp,
                        const QByteArray &times) {
        QTest::newRow(name) << timing << status << isHttp << times;
    };
    row("fresh connection", {1ms, 2ms, 3ms, 20ms, 50ms}, 200, true, "6 20 50 60"_ba);
    row("kept connection", {0us, 0us, 0us, 20ms, 50ms}, 200, true, "0 20 50 60"_ba);
    row("less than a millisecond", {0us, 80us, 0us, 400us, 900us}, 206, true, "0 0 0 60"_ba);
    row("broke before it answered", {0us, 2ms, 0us, 0us, 50ms}, 0, true, "2 - - 60"_ba);
    row("kept one broke before it answered", {0us, 0us, 0us, 0us, 50ms}, 0, true, "- - - 60"_ba);
    row("nothing was reached", {0us, 0us, 0us, 0us, 5ms}, 0, true, "- - - 60"_ba);
    row("in this process", {0us, 0us, 0us, 0us, 50ms}, 0, false, "- - 50 60"_ba);
    row("the server died", {}, 0, true, "- - - 60"_ba);
}

void TestAttemptTimes::instantsFollowFromTheTiming()
{
    QFETCH(CallTiming, timing);
    QFETCH(int, status);
    QFETCH(bool, isHttp);
    Attempt attempt;
    attempt.url = isHttp ? "http://localhost:3000/api/inngest"_ba : QByteArray();
    attempt.sentAt = sent;
    attempt.finishedAt = sent + 60ms;
    attempt.httpStatus = status;
    attempt.timing = timing;
    const AttemptTimes times = timesOf(attempt);
    const QByteArray found = ms(times.connectedAt) + ' ' + ms(times.firstByteAt) + ' '
                             + ms(times.respondedAt) + ' ' + ms(times.recordedAt);
    QTEST(found, "times");
}

void TestAttemptTimes::delaysAddUp_data()
{
    QTest::addColumn<int>("enqueued"); // all in ms before it was sent
    QTest::addColumn<int>("due");
    QTest::addColumn<int>("eligible");
    QTest::addColumn<QByteArray>("delays"); // expected, constraint, latency

    QTest::newRow("at once") << 0 << 0 << 0 << "0 0 0"_ba;
    QTest::newRow("backoff") << 10'000 << 0 << 0 << "10000 0 0"_ba;
    QTest::newRow("woke late") << 10'000 << 4 << 0 << "9996 0 4"_ba;
    QTest::newRow("app was offline") << 700 << 700 << 700 << "0 700 0"_ba;
    QTest::newRow("all three") << 5000 << 1000 << 900 << "4000 900 100"_ba;
    QTest::newRow("due before it was written") << 50 << 9000 << 20 << "0 20 30"_ba;
}

void TestAttemptTimes::delaysAddUp()
{
    QFETCH(int, enqueued);
    QFETCH(int, due);
    QFETCH(int, eligible);
    Attempt attempt;
    attempt.sentAt = sent;
    attempt.enqueuedAt = sent - std::chrono::milliseconds(enqueued);
    attempt.runAt = sent - std::chrono::milliseconds(due);
    attempt.firstEligibleAt = sent - std::chrono::milliseconds(eligible);
    const std::optional<QueueDelays> delays = delaysOf(attempt);
    QVERIFY(delays);
    const QByteArray found = QByteArray::number(qint64{delays->expected.count()}) + ' '
                             + QByteArray::number(qint64{delays->constraintWait.count()}) + ' '
                             + QByteArray::number(qint64{delays->latency.count()});
    QTEST(found, "delays");
    QCOMPARE(delays->expected + delays->constraintWait + delays->latency,
             std::chrono::milliseconds(enqueued));
}

void TestAttemptTimes::oldRecordsHaveNoDelays()
{
    Attempt attempt;
    attempt.sentAt = sent;
    QVERIFY(!delaysOf(attempt));
}

QTEST_GUILESS_MAIN(TestAttemptTimes)

#include "tst_attempttimes.moc"
