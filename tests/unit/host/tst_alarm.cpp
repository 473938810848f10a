// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/alarm.h"

#include <QSignalSpy>
#include <QTest>

#include <fcntl.h>
#include <memory>
#include <sys/timerfd.h>
#include <unistd.h>

using namespace devserver;
using namespace devserver::host;
using namespace std::chrono_literals;

/// The one alarm of the engine, with its own timer and with what stands for one.
class TestAlarm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ringsWhenTheTimeHasCome();
    void timeInThePastRingsAtOnce();
    void canBeTakenBack();
    void sameTimeAgainRingsAgain();
    void failedReadRingsAndForgetsTheTime();
};

namespace {

TimePoint soon(std::chrono::milliseconds later)
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) + later;
}

} // namespace

void TestAlarm::ringsWhenTheTimeHasCome()
{
    Alarm alarm;
    QSignalSpy rings(&alarm, &Alarm::rang);
    const TimePoint at = soon(30ms);
    alarm.set(at);
    QVERIFY(rings.wait());
    QVERIFY(std::chrono::system_clock::now() >= at);
    QCOMPARE(rings.size(), 1);
}

void TestAlarm::timeInThePastRingsAtOnce()
{
    Alarm alarm;
    QSignalSpy rings(&alarm, &Alarm::rang);
    alarm.set(TimePoint{});
    QVERIFY(rings.wait());
}

void TestAlarm::canBeTakenBack()
{
    Alarm alarm;
    QSignalSpy rings(&alarm, &Alarm::rang);
    alarm.set(soon(20ms));
    alarm.set(std::nullopt);
    QVERIFY(!rings.wait(60));
}

void TestAlarm::sameTimeAgainRingsAgain()
{
    Alarm alarm;
    QSignalSpy rings(&alarm, &Alarm::rang);
    const TimePoint at = soon(10ms);
    alarm.set(at);
    alarm.set(at); // not set twice
    QVERIFY(rings.wait());
    alarm.set(at); // the first one is used up
    QVERIFY(rings.wait());
}

/// As after a set clock, where the read ends with ECANCELED: here it ends with EISDIR. The timer is
/// then put under the same number, and must be set although the time is the one of before.
void TestAlarm::failedReadRingsAndForgetsTheTime()
{
    const int stand = ::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC); // always ready, never read
    QVERIFY(stand >= 0);
    Alarm alarm(stand);
    const TimePoint at = soon(50ms);
    alarm.set(at);
    const int timer = ::timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
    const auto putTimer = [&] {
        ::dup3(timer, stand, O_CLOEXEC);
        ::close(timer);
    };
    QSignalSpy rings(&alarm, &Alarm::rang);
    connect(&alarm, &Alarm::rang, this, putTimer, Qt::SingleShotConnection);
    QVERIFY(rings.wait());
    rings.clear();
    alarm.set(at);
    QVERIFY(rings.wait());
    QVERIFY(std::chrono::system_clock::now() >= at);
}

QTEST_GUILESS_MAIN(TestAlarm)
#include "tst_alarm.moc"
