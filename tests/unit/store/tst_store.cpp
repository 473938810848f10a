// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/store/storefixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace devserver;
using namespace devserver::store;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(devserver::store::Durability)

/// One suite for both ways to keep data.
class TestStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void emptyStoreHasNothing();
    void liveRunComesBackWhole();
    void runWithDefaultsComesBack();
    void highestAttemptIsThatOfTheCycle();
    void editedRetriesAreKnown_data();
    void editedRetriesAreKnown();
    void terminalRunIsRecalledButNotRestored();
    void rowsAreReplacedByKey();
    void goneRowsAreGone();
    void memosOfDiscardedLettersAreReleased();
    void appsAndFunctionsComeBack();
    void runningRunIsUpdatedInPlace();
    void lastIdIsNeverBehindAnyKind();
    void recallFindsSeededEvents();
    void recallFindsTheNewestHolderPerFunction();
    void commitIsAllOrNothing();
    void errorIsFinal();
    void bytesAreUnchanged_data();
    void bytesAreUnchanged();
    void callsAreAnsweredInOrder();
    void closedStoreAnswersStopping();
};

namespace {

StoreFixture openedStore()
{
    QFETCH_GLOBAL(const Durability, durability);
    return StoreFixture(durability);
}

#define OPEN_STORE(store)                                                                          \
    StoreFixture store = openedStore();                                                            \
    QVERIFY(store.open())

} // namespace

void TestStore::initTestCase_data()
{
    QTest::addColumn<Durability>("durability");
    QTest::addRow("file") << Durability::Full;
    QTest::addRow("memory") << Durability::None;
}

void TestStore::emptyStoreHasNothing()
{
    StoreFixture store = openedStore();
    const Result<Snapshot> snapshot = store.open();
    QVERIFY(snapshot);
    QVERIFY(snapshot->apps.empty() && snapshot->functions.empty() && snapshot->runs.empty());
    QVERIFY(snapshot->lastId.isNull());
    QVERIFY(!store.recallRun(runId(1)));
}

void TestStore::liveRunComesBackWhole()
{
    OPEN_STORE(store);
    const Event first = fullEvent(1);
    const Event second = fullEvent(2);
    const Run run = fullRun(3, {second.internalId, first.internalId});
    Attempt open = fullAttempt(4, run.id);
    open.outcome = AttemptOutcome::Started;
    open.finishedAt.reset();
    open.nextAttemptAt.reset();
    QVERIFY(
        store.commit({share(first), share(second), run, memoOf(run.id, fullMemo(1)),
                      memoOf(run.id, fullMemo(0)), fullJob("b", run.id), fullJob("a", run.id), open,
                      fullAttempt(5, run.id), fullLetter(run.id), fullRecord(run.id, 0)}));

    const std::optional<RunSnapshot> back = store.recallRun(run.id);
    QVERIFY(back);
    QCOMPARE(back->run, run);
    QCOMPARE(back->events.size(), 2U);
    QCOMPARE(*back->events[0], second);
    QCOMPARE(*back->events[1], first);
    QCOMPARE(back->memos.size(), 2U);
    QCOMPARE(*back->memos[0], fullMemo(0));
    QCOMPARE(*back->memos[1], fullMemo(1));
    QCOMPARE(back->jobs, (std::vector{fullJob("a", run.id), fullJob("b", run.id)}));
    QCOMPARE(back->openAttempts, std::vector{open});
    QVERIFY(back->letter);
    QCOMPARE(*back->letter, fullLetter(run.id));
}

void TestStore::runWithDefaultsComesBack()
{
    OPEN_STORE(store);
    Event event;
    event.internalId = eventId(1);
    Run run;
    run.id = runId(2);
    run.events = {event.internalId};
    run.function = functionId("f");
    Job job;
    job.id = "j";
    job.run = run.id;
    DeadLetter letter;
    letter.run = run.id;
    letter.function = run.function;
    QVERIFY(store.commit({share(event), run, job, letter}));
    const std::optional<RunSnapshot> back = store.recallRun(run.id);
    QVERIFY(back);
    QCOMPARE(back->run, run);
    QCOMPARE(*back->events.front(), event);
    QCOMPARE(back->jobs, std::vector{job});
    QCOMPARE(*back->letter, letter);
}

void TestStore::highestAttemptIsThatOfTheCycle()
{
    OPEN_STORE(store);
    const Event event = fullEvent(1);
    Run run = fullRun(2, {event.internalId});
    run.cycle = 1;
    Writes writes = {share(event), run};
    const std::pair<int, int> attempts[] = {{0, 4}, {1, 0}, {1, 2}, {1, 1}}; // cycle, attempt
    int number = 10;
    for (const auto &[cycle, at] : attempts) {
        Attempt attempt = fullAttempt(number++, run.id);
        attempt.cycle = cycle;
        attempt.attempt = at;
        writes.emplace_back(attempt);
    }
    QVERIFY(store.commit(std::move(writes)));
    QCOMPARE(store.recallRun(run.id)->highestAttempt, 2);
    run.cycle = 2;
    QVERIFY(store.commit({run}));
    QCOMPARE(store.recallRun(run.id)->highestAttempt, 0);
}

void TestStore::editedRetriesAreKnown_data()
{
    QTest::addColumn<bool>("isMadeOfAnother");
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<bool>("isEdited");
    QTest::newRow("edited") << true << "retry"_ba << true;
    QTest::newRow("rerun") << true << "rerun"_ba << false;
    QTest::newRow("of an event") << false << "event"_ba << false;
    QTest::newRow("without a record") << true << QByteArray() << false;
}

/// A run that was made of a dead letter with other data says so in its first record alone.
void TestStore::editedRetriesAreKnown()
{
    QFETCH(const bool, isMadeOfAnother);
    QFETCH(const QByteArray, source);
    QFETCH(const bool, isEdited);
    OPEN_STORE(store);
    const Event event = fullEvent(1);
    Run run = fullRun(2, {event.internalId});
    if (!isMadeOfAnother)
        run.originalRun = {};
    Writes writes = {share(event), run};
    if (!source.isEmpty()) {
        TimelineRecord first = fullRecord(run.id, 0);
        first.type = TimelineType::RunScheduled;
        first.payload = json(R"({"source":")" + source + R"(","function":"shop-orders"})");
        writes.emplace_back(first);
        writes.emplace_back(fullRecord(run.id, 1));
    }
    QVERIFY(store.commit(std::move(writes)));
    QCOMPARE(store.recallRun(run.id)->isEditedRetry, isEdited);
    const auto page = store.ask<api::RunPage>(api::RunsQuery{});
    QCOMPARE(page.rows.size(), 1U);
    QCOMPARE(page.rows.front().isEditedRetry, isEdited);
}

void TestStore::terminalRunIsRecalledButNotRestored()
{
    QFETCH_GLOBAL(const Durability, durability);
    OPEN_STORE(store);
    const Event event = fullEvent(1);
    Writes writes = {share(event)};
    const RunStatus all[] = {RunStatus::Queued, RunStatus::Running,   RunStatus::Completed,
                             RunStatus::Failed, RunStatus::Cancelled, RunStatus::Skipped};
    for (int i = 0; i < 6; ++i) {
        Run run = fullRun(10 + i, {event.internalId});
        run.status = all[i];
        writes.emplace_back(run);
    }
    // One that was live before must have left the live ones.
    Run ended = fullRun(9, {event.internalId});
    writes.emplace_back(ended);
    QVERIFY(store.commit(writes));
    ended.status = RunStatus::Completed;
    QVERIFY(store.commit({ended}));

    const Result<Snapshot> snapshot = store.open();
    QVERIFY(snapshot);
    if (durability == Durability::None) {
        QVERIFY(snapshot->runs.empty()); // nothing is kept
        return;
    }
    QCOMPARE(snapshot->runs.size(), 2U);
    QCOMPARE(snapshot->runs[0].run.id, runId(10));
    QCOMPARE(snapshot->runs[1].run.id, runId(11));
    QCOMPARE(snapshot->runs[0].events.front(), snapshot->runs[1].events.front()); // shared
    for (int number = 9; number < 16; ++number)
        QVERIFY(store.recallRun(runId(number)));
}

void TestStore::rowsAreReplacedByKey()
{
    OPEN_STORE(store);
    const Event event = fullEvent(1);
    Run run = fullRun(2, {event.internalId});
    Job job = fullJob("j", run.id);
    Memo memo = fullMemo(0);
    DeadLetter letter = fullLetter(run.id);
    Attempt attempt = fullAttempt(3, run.id);
    TimelineRecord record = fullRecord(run.id, 0);
    const Delivery before{event.internalId, run.function, Refusal::Idempotency,
                          run.id,           "held",       timeAt(1)};
    QVERIFY(store.commit(
        {share(event), run, job, memoOf(run.id, memo), letter, attempt, record, before}));

    run.status = RunStatus::Failed;
    run.output = json("\"other\"");
    run.pending.clear();
    run.startedAt.reset();
    job.state = JobState::Leased;
    job.firstEligibleAt.reset();
    job.request = {};
    memo.droppedInCycle = 5;
    memo.json = json("null");
    letter.state = LetterState::Open;
    letter.closedAt.reset();
    attempt.outcome = AttemptOutcome::Ok;
    attempt.error = {};
    attempt.firstEligibleAt.reset();
    record.payload = json("{}");
    const Delivery after{event.internalId, run.function, Refusal::FilterFalse, {}, "no", timeAt(2)};
    QVERIFY(store.commit(
        {share(event), run, job, memoOf(run.id, memo), letter, attempt, record, after}));

    const std::optional<RunSnapshot> back = store.recallRun(run.id);
    QVERIFY(back);
    QCOMPARE(back->run, run);
    QCOMPARE(back->jobs, std::vector{job});
    QCOMPARE(back->memos.size(), 1U);
    QCOMPARE(*back->memos[0], memo);
    QCOMPARE(*back->letter, letter);
    QCOMPARE(store.ask<api::Attempts>(api::AttemptsQuery{run.id}).attempts, std::vector{attempt});
    QCOMPARE(store.ask<api::Timeline>(api::TimelineQuery{run.id}).records, std::vector{record});
    const auto runs = store.ask<api::EventRuns>(api::EventRunsQuery{event.internalId});
    QCOMPARE(runs.refusals, std::vector{after});
}

void TestStore::goneRowsAreGone()
{
    OPEN_STORE(store);
    const Event event = fullEvent(1);
    const Run run = fullRun(2, {event.internalId});
    QVERIFY(store.commit({share(event), run, fullJob("a", run.id), fullJob("b", run.id),
                          fullApp("x"), fullApp("y")}));
    QVERIFY(store.commit({JobGone{fullJob("a", run.id).id}, JobGone{"unknown"},
                          JobGone{fullJob("b", runId(99)).id}, AppGone{fullApp("x").id}}));
    QCOMPARE(store.recallRun(run.id)->jobs, std::vector{fullJob("b", run.id)});
    const auto catalog = store.ask<api::Catalog>(api::CatalogQuery{});
    QCOMPARE(catalog.apps.size(), 1U);
    QCOMPARE(catalog.apps[0].app, fullApp("y"));
}

void TestStore::memosOfDiscardedLettersAreReleased()
{
    OPEN_STORE(store);
    const Event event = fullEvent(1);
    Writes writes = {share(event)};
    const auto add = [&](int number, LetterState state, std::optional<TimePoint> closedAt) {
        writes.emplace_back(fullRun(number, {event.internalId}));
        writes.emplace_back(memoOf(runId(number), fullMemo(0)));
        DeadLetter letter = fullLetter(runId(number));
        letter.state = state;
        letter.closedAt = closedAt;
        writes.emplace_back(letter);
    };
    add(10, LetterState::Discarded, timeAt(99));
    add(11, LetterState::Discarded, timeAt(100)); // the limit itself stays
    add(12, LetterState::Resolved, timeAt(1));
    add(13, LetterState::Open, std::nullopt);
    QVERIFY(store.commit(writes));
    QVERIFY(store.commit({ReleaseDiscarded{timeAt(100)}}));
    QCOMPARE(store.recallRun(runId(10))->memos.size(), 0U);
    for (int number = 11; number < 14; ++number)
        QCOMPARE(store.recallRun(runId(number))->memos.size(), 1U);
}

void TestStore::appsAndFunctionsComeBack()
{
    QFETCH_GLOBAL(const Durability, durability);
    OPEN_STORE(store);
    Function plain = fullFunction("shop", "shop-b");
    plain.config.triggers.clear();
    plain.config.notEnforced.clear();
    QVERIFY(store.commit({fullApp("shop"), fullFunction("shop", "shop-a"), plain}));
    const auto catalog = store.ask<api::Catalog>(api::CatalogQuery{"shop"});
    QCOMPARE(catalog.apps.size(), 1U);
    QCOMPARE(catalog.apps[0].functions, (std::vector{fullFunction("shop", "shop-a"), plain}));
    if (durability == Durability::None)
        return;
    const Result<Snapshot> snapshot = store.open();
    QVERIFY(snapshot);
    QCOMPARE(snapshot->apps, std::vector{fullApp("shop")});
    QCOMPARE(snapshot->functions.size(), 2U);
}

void TestStore::lastIdIsNeverBehindAnyKind()
{
    QFETCH_GLOBAL(const Durability, durability);
    OPEN_STORE(store);
    if (durability == Durability::None) {
        QVERIFY(store.commit({share(fullEvent(1))}));
        QCOMPARE(store.open()->lastId, Ulid()); // nothing is kept
        return;
    }
    // It is reserved ahead, so it may be later than the last id, but not by more than a moment.
    const auto covers = [&store](const Ulid &last) {
        const Ulid kept = store.open()->lastId;
        return kept >= last && kept.time() - last.time() <= 200ms;
    };
    constexpr int apart = 1000; // more than what is reserved at once
    const Event event = fullEvent(apart);
    QVERIFY(store.commit({share(event)}));
    QVERIFY(covers(ulidAt(apart)));
    QVERIFY(store.commit({fullRun(5 * apart, {event.internalId})}));
    QVERIFY(covers(ulidAt(5 * apart)));
    const RunId run = runId(5 * apart);
    QVERIFY(store.commit({fullAttempt(9 * apart, run), fullAttempt(7 * apart, run)}));
    const Ulid kept = store.open()->lastId;
    QVERIFY(covers(ulidAt(9 * apart)));
    // What is covered already, and one behind it, change nothing.
    QVERIFY(store.commit({share(fullEvent(9 * apart + 1)), share(fullEvent(8 * apart))}));
    QCOMPARE(store.open()->lastId, kept);
    Event seeded = fullEvent(99 * apart); // computed by its sender; our own ids do not follow it
    seeded.isSeeded = true;
    QVERIFY(store.commit({share(seeded)}));
    QCOMPARE(store.open()->lastId, kept);
    // The same in one session: each commit covers what it brought.
    for (int i = 1; i <= 20; ++i)
        QVERIFY(store.commit({share(fullEvent(9 * apart + 90 * i))}));
    QVERIFY(covers(ulidAt(9 * apart + 90 * 20)));
}

void TestStore::runningRunIsUpdatedInPlace()
{
    OPEN_STORE(store);
    const Event event = fullEvent(1);
    Run run = fullRun(2, {event.internalId});
    run.status = RunStatus::Queued;
    Run other = fullRun(3, {event.internalId});
    QVERIFY(store.commit({share(event), run, other}));
    run.status = RunStatus::Running;
    QVERIFY(store.commit({run}));
    QCOMPARE(store.recallRun(run.id)->run, run);
    run.generation = 70;
    run.memoNext = 71;
    run.timelineNext = 72;
    run.startedAt.reset();
    run.pending = {"z"_ba};
    run.output = json(R"({"n":3})");
    QVERIFY(store.commit({run}));
    QCOMPARE(store.recallRun(run.id)->run, run);
    QCOMPARE(store.recallRun(other.id)->run, other);
    run.status = RunStatus::Completed;
    QVERIFY(store.commit({run}));
    QCOMPARE(store.recallRun(run.id)->run, run);
    run.status = RunStatus::Running; // a retry in place
    QVERIFY(store.commit({run}));
    QCOMPARE(store.recallRun(run.id)->run, run);
}

void TestStore::recallFindsSeededEvents()
{
    OPEN_STORE(store);
    QVERIFY(store.commit({share(fullEvent(1)), share(fullEvent(3))}));
    const Result<Recalled> recalled = store.recall({{eventId(1), eventId(2), eventId(3)}, {}, {}});
    QVERIFY(recalled);
    QCOMPARE(recalled->storedEvents, (std::vector{eventId(1), eventId(3)}));
}

void TestStore::recallFindsTheNewestHolderPerFunction()
{
    OPEN_STORE(store);
    Writes writes = {share(fullEvent(1))};
    const auto add = [&](int number, const QByteArray &key, const QByteArray &function) {
        Run run = fullRun(number, {eventId(1)});
        run.scheduleKey = key;
        run.function = functionId(function);
        run.status = RunStatus::Completed;
        writes.emplace_back(run);
    };
    add(10, "k", "a");
    add(12, "k", "a");
    add(11, "k", "b");
    add(13, "other", "a");
    add(14, {}, "a");
    QVERIFY(store.commit(writes));
    const Result<Recalled> recalled = store.recall({{}, {"k", "unknown", ""}, {}});
    QVERIFY(recalled);
    QCOMPARE(recalled->holders.size(), 2U);
    for (const KeyHolder &holder : recalled->holders) {
        QCOMPARE(holder.scheduleKey, "k"_ba);
        QCOMPARE(holder.run, holder.function == functionId("a") ? runId(12) : runId(11));
    }
    QVERIFY(recalled->holders[0].function != recalled->holders[1].function);
}

void TestStore::commitIsAllOrNothing()
{
    OPEN_STORE(store);
    Run withoutEvent = fullRun(2, {});
    const Result<void> done =
        store.commit({share(fullEvent(1)), withoutEvent, share(fullEvent(3))});
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::Store);
    QVERIFY(store.ask<api::EventPage>(api::EventsQuery{}).events.empty());
}

void TestStore::errorIsFinal()
{
    OPEN_STORE(store);
    QVERIFY(store.commit({share(fullEvent(1))}));
    const Result<void> failed = store.commit({fullRun(2, {})});
    const Result<void> next = store.commit({share(fullEvent(3))});
    QVERIFY(!failed && !next);
    QCOMPARE(next.error(), failed.error());
    QCOMPARE(store.ask<api::EventPage>(api::EventsQuery{}).events.size(), 1U);
}

void TestStore::bytesAreUnchanged_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QByteArray all;
    for (int value = 0; value < 256; ++value)
        all.append(static_cast<char>(value));
    QTest::addRow("all byte values") << all;
    QTest::addRow("1 MB") << all.repeated(4096);
    QTest::addRow("unicode") << u"\"Grüße, 世界 \U0001f600\""_s.toUtf8();
    QTest::addRow("numbers and order")
        << R"({"b":1.0,"a":12345678901234567890,"a":1e400,"c":"\ud800"})"_ba;
}

void TestStore::bytesAreUnchanged()
{
    QFETCH(const QByteArray, bytes);
    OPEN_STORE(store);
    Event event = fullEvent(1);
    event.json = json(bytes);
    event.name = bytes.first(10);
    Run run = fullRun(2, {event.internalId});
    run.output = json(bytes);
    Memo memo = fullMemo(0);
    memo.json = json(bytes);
    memo.droppedInCycle = 0;
    QVERIFY(store.commit({share(event), run, memoOf(run.id, memo)}));
    const std::optional<RunSnapshot> back = store.recallRun(run.id);
    QCOMPARE(*back->events[0], event);
    QCOMPARE(back->run.output.bytes(), bytes);
    QCOMPARE(back->memos[0]->json.bytes(), bytes);
    const auto state = store.ask<api::RunState>(api::RunStateQuery{run.id});
    QCOMPARE(state.events, std::vector{event});
    QCOMPARE(state.memos, std::vector{memo});
}

void TestStore::callsAreAnsweredInOrder()
{
    OPEN_STORE(store);
    std::vector<QFuture<Result<void>>> commits;
    for (int i = 1; i <= 200; ++i)
        commits.push_back(store.store().commit({share(fullEvent(i))}));
    Recall wanted;
    wanted.seededEvents = {eventId(200)};
    const Result<Recalled> recalled = store.store().recall(wanted).takeResult();
    QCOMPARE(recalled->storedEvents.size(), 1U);
    for (QFuture<Result<void>> &commit : commits) {
        QVERIFY(commit.isFinished());
        QVERIFY(commit.takeResult());
    }
}

void TestStore::closedStoreAnswersStopping()
{
    OPEN_STORE(store);
    QFuture<Result<void>> given = store.store().commit({share(fullEvent(1))});
    store.store().close();
    store.store().close();
    QVERIFY(given.isFinished());
    QVERIFY(given.takeResult());
    QCOMPARE(store.commit({share(fullEvent(2))}).error().code, ErrorCode::Stopping);
    QCOMPARE(store.askAny(api::EventsQuery{}).error().code, ErrorCode::Stopping);
    QCOMPARE(store.recall({}).error().code, ErrorCode::Stopping);
}

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
