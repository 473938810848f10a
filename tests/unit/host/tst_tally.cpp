// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/tally.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::host;

namespace {

TimePoint at(std::chrono::milliseconds later)
{
    return fromMs(1'000'000) + later;
}

api::RunSummary run(quint8 number, RunStatus status, std::optional<ActivityKind> kind = {},
                    int cycle = 0)
{
    api::RunSummary summary;
    summary.id.value.bytes[15] = number;
    summary.status = status;
    summary.cycle = cycle;
    if (kind)
        summary.activities = {Activity{.kind = *kind}};
    return summary;
}

} // namespace

class TestTally : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void aRunIsInOnePlaceAtATime()
    {
        Tally tally;
        tally.add(run(1, RunStatus::Queued, ActivityKind::Queued), true);
        QCOMPARE(tally.counters(at(0ms)).queued, 1);
        tally.add(run(1, RunStatus::Running, ActivityKind::Executing), false);
        QCOMPARE(tally.counters(at(0ms)).running, 1);
        tally.add(run(1, RunStatus::Running, ActivityKind::BackingOff), false);
        QCOMPARE(tally.counters(at(0ms)).waiting, 1);
        tally.add(run(1, RunStatus::Completed), false);
        const api::Counters end = tally.counters(at(0ms));
        QCOMPARE(end.queued + end.running + end.waiting, 0);
        QCOMPARE(end.completed, 1);
        QCOMPARE(end.all, 1);
    }

    void aResumedRunIsNoNewOne()
    {
        Tally tally;
        api::Counters stored;
        stored.all = 3;
        stored.failed = 1;
        stored.dead = 2;
        tally.start(stored, {});
        QCOMPARE(tally.counters(at(0ms)).dead, 2);
        tally.add(run(1, RunStatus::Running, ActivityKind::Queued, 1), false);
        tally.setDead(1);
        const api::Counters now = tally.counters(at(0ms));
        QCOMPARE(now.all, 3);
        QCOMPARE(now.dead, 1);
        QCOMPARE(now.failed, 1);
        QCOMPARE(now.running, 1);
    }

    void anEndedRunThatIsToldOfAgainCountsOnce()
    {
        Tally tally;
        tally.add(run(1, RunStatus::Running, ActivityKind::Executing), true);
        tally.add(run(1, RunStatus::Failed), false);
        tally.add(run(1, RunStatus::Failed), false); // its letter was discarded
        tally.add(run(2, RunStatus::Skipped), true); // ended where it began
        const api::Counters now = tally.counters(at(0ms));
        QCOMPARE(now.all, 2);
        QCOMPARE(now.failed, 1);
        QCOMPARE(now.skipped, 1);
    }

    void liveRunsOfTheStartAreKnown()
    {
        Tally tally;
        tally.start({}, {run(1, RunStatus::Running, ActivityKind::Sleeping, 2)});
        QCOMPARE(tally.counters(at(0ms)).waiting, 1);
        tally.add(run(1, RunStatus::Completed, {}, 2), false);
        QCOMPARE(tally.counters(at(0ms)).waiting, 0);
        QCOMPARE(tally.counters(at(0ms)).completed, 1);
        QCOMPARE(tally.counters(at(0ms)).all, 1);
    }

    void theRateIsOfTheLastSecond()
    {
        Tally tally;
        tally.addEvents(5, at(0ms));
        tally.addEvents(3, at(600ms));
        QCOMPARE(tally.counters(at(700ms)).eventsPerSecond, 8.0);
        QCOMPARE(tally.counters(at(1200ms)).eventsPerSecond, 3.0);
        QCOMPARE(tally.counters(at(5000ms)).eventsPerSecond, 0.0);
        QCOMPARE(tally.counters(at(5000ms)).events, 8);
    }
};

QTEST_GUILESS_MAIN(TestTally)
#include "tst_tally.moc"
