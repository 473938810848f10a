// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/clockwatch.h"

#include <QTest>

using namespace devserver::host;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestClockWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void notices_data()
    {
        QTest::addColumn<qint64>("wall");
        QTest::addColumn<qint64>("sinceBoot");
        QTest::addColumn<qint64>("awake");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *name, std::chrono::milliseconds wall,
                            std::chrono::milliseconds sinceBoot, std::chrono::milliseconds awake,
                            const QString &said) {
            QTest::addRow("%s", name) << qint64{wall.count()} << qint64{sinceBoot.count()}
                                      << qint64{awake.count()} << said;
        };
        row("time goes by", 10h, 10h, 10h, {});
        row("adjusted", 10h + 2s, 10h, 10h, {});
        row("a nap", 60s, 60s, 40s, {});
        row("slept", 1h, 1h, 10s,
            u"the machine slept for 3590 s; what was due meanwhile starts now"_s);
        row("set forward", 1h, 10s, 10s,
            u"the clock was set forward by 3590 s; what was due meanwhile starts now"_s);
        row("set back", -1h, 10s, 10s,
            u"the clock was set back by 3610 s; what waits for a time waits longer"_s);
    }

    void notices()
    {
        QFETCH(const qint64, wall);
        QFETCH(const qint64, sinceBoot);
        QFETCH(const qint64, awake);
        QFETCH(const QString, said);
        using std::chrono::milliseconds;
        const ClockWatch::Reading start{
            .wall = milliseconds(1'900'000'000'000), .sinceBoot = 100h, .awake = 50h};
        const ClockWatch::Reading later{.wall = start.wall + milliseconds(wall),
                                        .sinceBoot = start.sinceBoot + milliseconds(sinceBoot),
                                        .awake = start.awake + milliseconds(awake)};
        ClockWatch watch;
        QCOMPARE(watch.look(start), QString()); // nothing to compare with
        QCOMPARE(watch.look(later), said);
        QCOMPARE(watch.look(later), QString()); // said once
    }

    void readsTheClocksOfThisMachine()
    {
        const ClockWatch::Reading now = ClockWatch::read();
        QVERIFY(now.wall > 400'000h); // after 2015
        QVERIFY(now.sinceBoot >= now.awake - 10ms);
        ClockWatch watch;
        QCOMPARE(watch.look(now), QString());
        QCOMPARE(watch.look(ClockWatch::read()), QString());
    }
};

QTEST_GUILESS_MAIN(TestClockWatch)
#include "tst_clockwatch.moc"
