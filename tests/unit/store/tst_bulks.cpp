// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/migrations.h"
#include "tests/unit/store/storefixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace devserver;
using namespace devserver::store;

/// Bulk retries on disk, and what a recall says besides runs.
class TestBulks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void openOnesComeBack();
    void endedOnesStayOnDisk();
    void stoppedOneComesBackUntilItsRunsEnd();
    void idIsNotGivenAwayAgain();
    void olderFileGetsTheTables();
    void recallNamesMissingRuns();
    void recallTellsWhyAJobIsTriedAgain();
};

namespace {

BulkId bulkId(int number)
{
    return BulkId{ulidAt(number)};
}

/// No member has its default value; it has not ended.
Bulk fullBulk(int number)
{
    return {.id = bulkId(number),
            .state = BulkState::StoppedByErrors,
            .title = "3 letters in \"TimeoutError\"",
            .triesOneFirst = false,
            .perSecond = 7,
            .stopAfterSame = 4,
            .total = 21,
            .waiting = 1,
            .retrying = 2,
            .completed = 3,
            .failedAgain = 4,
            .refused = 11,
            .sameError = 5,
            .startedAt = timeAt(100),
            .endedAt = {}};
}

BulkItemWrite item(int bulk, int index, BulkItemState state, const QByteArray &detail = {})
{
    return {.bulk = bulkId(bulk),
            .index = index,
            .item = {.run = runId(100 + index), .state = state, .detail = detail}};
}

} // namespace

void TestBulks::openOnesComeBack()
{
    StoreFixture store;
    QVERIFY(store.open());
    const BulkItemWrite first = item(1, 0, BulkItemState::Refused, "it is discarded");
    const BulkItemWrite second = item(1, 1, BulkItemState::Waiting);
    QVERIFY(store.commit({second, first, fullBulk(1), fullBulk(2)}));
    const Result<Snapshot> snapshot = store.open();
    QVERIFY(snapshot);
    QCOMPARE(snapshot->bulks.size(), 2U);
    QCOMPARE(snapshot->bulks[0].bulk, fullBulk(1));
    QCOMPARE(snapshot->bulks[0].items, (std::vector{first.item, second.item}));
    QCOMPARE(snapshot->bulks[1].bulk, fullBulk(2));
    QVERIFY(snapshot->bulks[1].items.empty());
}

void TestBulks::endedOnesStayOnDisk()
{
    StoreFixture store;
    QVERIFY(store.open());
    QVERIFY(store.commit({item(1, 0, BulkItemState::Retrying), fullBulk(1)}));
    Bulk ended = fullBulk(1);
    ended.state = BulkState::Done;
    ended.completed = 9;
    ended.endedAt = timeAt(200);
    QVERIFY(store.commit({item(1, 0, BulkItemState::Completed), ended}));
    const Result<Snapshot> snapshot = store.open();
    QVERIFY(snapshot);
    QVERIFY(snapshot->bulks.empty());
    store.close();
    Database database;
    QVERIFY(database.open(store.path()));
    QCOMPARE(database.number("SELECT completed FROM bulks WHERE ended_at IS NOT NULL"_ba), 9);
    QCOMPARE(database.number("SELECT state FROM bulk_items"_ba),
             qint64{static_cast<int>(BulkItemState::Completed)});
}

void TestBulks::stoppedOneComesBackUntilItsRunsEnd()
{
    StoreFixture store;
    QVERIFY(store.open());
    Bulk stopped = fullBulk(1);
    stopped.state = BulkState::StoppedByHand;
    QVERIFY(store.commit({stopped, item(1, 0, BulkItemState::Retrying)}));
    const Result<Snapshot> snapshot = store.open();
    QVERIFY(snapshot);
    QCOMPARE(snapshot->bulks.size(), 1U);
    QCOMPARE(snapshot->bulks[0].items[0].state, BulkItemState::Retrying);
}

void TestBulks::idIsNotGivenAwayAgain()
{
    StoreFixture store;
    QVERIFY(store.open());
    QVERIFY(store.commit({fullBulk(77)}));
    const Result<Snapshot> snapshot = store.open();
    QVERIFY(snapshot);
    QVERIFY(snapshot->lastId >= ulidAt(77)); // reserved ahead
}

void TestBulks::olderFileGetsTheTables()
{
    QTemporaryDir folder;
    Database database;
    QVERIFY(database.open(folder.filePath(u"a.db"_s)));
    QVERIFY(migrate(&database, {migrations().front()}));
    const QByteArray count =
        "SELECT count(*) FROM sqlite_schema WHERE name IN ('bulks', 'bulk_items', 'bulks_open')"_ba;
    QCOMPARE(database.number(count), 0);
    QVERIFY(migrate(&database));
    QCOMPARE(database.number(count), 3);
}

void TestBulks::recallNamesMissingRuns()
{
    StoreFixture store;
    QVERIFY(store.open());
    const Event event = fullEvent(1);
    const Run run = fullRun(2, {event.internalId});
    QVERIFY(store.commit({share(event), run}));
    Recall wanted;
    wanted.runs = {runId(9), run.id, runId(8)};
    const Result<Recalled> recalled = store.recall(wanted);
    QVERIFY2(recalled, recalled ? "" : qPrintable(recalled.error().message));
    QCOMPARE(recalled->runs.size(), 1U);
    QCOMPARE(recalled->missingRuns, (std::vector{runId(9), runId(8)}));
}

void TestBulks::recallTellsWhyAJobIsTriedAgain()
{
    StoreFixture store;
    QVERIFY(store.open());
    const Event event = fullEvent(1);
    const Run run = fullRun(2, {event.internalId});
    Job waiting = fullJob("a", run.id);
    waiting.state = JobState::BackingOff;
    Job never = fullJob("b", run.id);
    never.state = JobState::BackingOff;
    Job leased = fullJob("c", run.id);
    leased.state = JobState::Leased;
    const auto attempt = [&](int number, AttemptOutcome outcome, const Job &of) {
        Attempt made = fullAttempt(number, run.id);
        made.job = of.id;
        made.outcome = outcome;
        made.error = json(QByteArray::number(number));
        return made;
    };
    const auto failed = AttemptOutcome::RetryableError;
    QVERIFY(store.commit({share(event), run, waiting, never, leased, attempt(10, failed, waiting),
                          attempt(11, failed, leased), attempt(12, failed, waiting),
                          attempt(13, AttemptOutcome::AppOffline, waiting)}));
    const std::optional<RunSnapshot> back = store.recallRun(run.id);
    QVERIFY(back);
    QCOMPARE(back->jobErrors.size(), 2U); // the other one never failed
    QCOMPARE(back->jobErrors[0].job, waiting.id);
    QCOMPARE(back->jobErrors[0].request, requestId(12));
    QCOMPARE(back->jobErrors[0].error, json("12"));
    QCOMPARE(back->jobErrors[1].job, leased.id);
    QCOMPARE(back->jobErrors[1].error, json("11"));
}

QTEST_GUILESS_MAIN(TestBulks)
#include "tst_bulks.moc"
