// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/queryreader.h"
#include "tests/unit/store/storefixture.h"

#include <QFuture>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace Qt::StringLiterals;
using namespace devserver;
using namespace devserver::store;

/// The questions of api/queries.h, answered by the reader thread.
class TestQueries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void eventsAreFilteredAndNewestFirst_data();
    void eventsAreFilteredAndNewestFirst();
    void eventsArePagedById();
    void oneEvent();
    void runsOfAnEventIncludeBatchesAndRefusals();
    void runHasItsNamesAndJobs();
    void timelineIsInOrder();
    void attemptsAreInOrderWithAllMemos();
    void stateHasOnlyLiveMemos();
    void lettersAreFiltered_data();
    void lettersAreFiltered();
    void lettersArePagedAlsoWithinOneInstant();
    void foreignCursorIsRefused();
    void lettersAreGrouped();
    void letterHasAttemptsAndEvents();
    void catalogIsSorted();
    void unknownThingsAreNotFound();
    void whatNobodyWaitsForEnds();
    void whatIsUnderWayEndsWithTheStore();
    void closingWaitsForASurvey();
    void surveyHoldsUpNobody();

private:
    std::vector<int> numbersOf(const api::EventsQuery &query);
    void commitLetter(int number, LetterState state, const QByteArray &slug,
                      const QByteArray &fingerprint, qint64 failedAt);

    std::unique_ptr<StoreFixture> m_store;
};

namespace {

constexpr int noTime = -1;

std::optional<TimePoint> timeOrNone(int ms)
{
    return ms == noTime ? std::nullopt : std::optional(timeAt(ms));
}

int numberOf(const Ulid &id)
{
    int number = 0;
    while (number < 1000 && ulidAt(number) != id)
        ++number;
    return number;
}

} // namespace

void TestQueries::init()
{
    m_store = std::make_unique<StoreFixture>();
    QVERIFY(m_store->open());
}

std::vector<int> TestQueries::numbersOf(const api::EventsQuery &query)
{
    std::vector<int> numbers;
    for (const Event &event : m_store->ask<api::EventPage>(query).events)
        numbers.push_back(numberOf(event.internalId.value));
    return numbers;
}

void TestQueries::eventsAreFilteredAndNewestFirst_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("receivedAfter");
    QTest::addColumn<int>("receivedBefore");
    QTest::addColumn<QList<int>>("expected");
    QTest::addRow("all") << ""_ba << 0 << noTime << noTime << QList{5, 4, 3, 2, 1};
    QTest::addRow("name") << "odd"_ba << 0 << noTime << noTime << QList{5, 3, 1};
    QTest::addRow("name and cursor") << "odd"_ba << 5 << noTime << noTime << QList{3, 1};
    QTest::addRow("cursor that is not there")
        << ""_ba << 9 << noTime << noTime << QList{5, 4, 3, 2, 1};
    QTest::addRow("received between") << ""_ba << 0 << 2 << 4 << QList{3, 2};
    QTest::addRow("everything") << "odd"_ba << 5 << 2 << 5 << QList{3};
    QTest::addRow("nothing") << "none"_ba << 0 << noTime << noTime << QList<int>();
}

void TestQueries::eventsAreFilteredAndNewestFirst()
{
    QFETCH(const QByteArray, name);
    QFETCH(const int, before);
    QFETCH(const int, receivedAfter);
    QFETCH(const int, receivedBefore);
    QFETCH(const QList<int>, expected);
    Writes writes;
    for (const int number : {3, 1, 5, 2, 4}) {
        Event event = fullEvent(number);
        event.name = number % 2 == 1 ? "odd" : "even";
        writes.emplace_back(share(event));
    }
    QVERIFY(m_store->commit(writes));
    api::EventsQuery query;
    query.name = name;
    if (before > 0)
        query.before = eventId(before);
    query.receivedAfter = timeOrNone(receivedAfter);
    query.receivedBefore = timeOrNone(receivedBefore);
    QCOMPARE(numbersOf(query), std::vector<int>(expected.begin(), expected.end()));
}

void TestQueries::eventsArePagedById()
{
    Writes writes;
    for (int number = 1; number <= 5; ++number)
        writes.emplace_back(share(fullEvent(number)));
    QVERIFY(m_store->commit(writes));
    api::EventsQuery query;
    query.limit = 2;
    QCOMPARE(numbersOf(query), (std::vector{5, 4}));
    query.before = eventId(4);
    QCOMPARE(numbersOf(query), (std::vector{3, 2}));
    query.before = eventId(2);
    QCOMPARE(numbersOf(query), std::vector{1});
}

void TestQueries::oneEvent()
{
    QVERIFY(m_store->commit({share(fullEvent(1)), share(fullEvent(2))}));
    const auto page = m_store->ask<api::EventPage>(api::EventQuery{eventId(2)});
    QCOMPARE(page.events, std::vector{fullEvent(2)});
}

void TestQueries::runsOfAnEventIncludeBatchesAndRefusals()
{
    const EventId wanted = eventId(1);
    const EventId other = eventId(2);
    const Delivery refusal{wanted,   functionId("x"), Refusal::Idempotency,
                           runId(9), "held",          timeAt(7)};
    const Delivery elsewhere{other, functionId("x"), Refusal::FilterFalse, {}, "no", timeAt(7)};
    QVERIFY(m_store->commit({share(fullEvent(1)), share(fullEvent(2)), fullRun(12, {wanted}),
                             fullRun(10, {other, wanted}), fullRun(11, {other}),
                             fullRun(13, {wanted, other}), refusal, elsewhere}));
    // Written again, as each transition does.
    QVERIFY(m_store->commit({fullRun(10, {other, wanted})}));
    const auto answer = m_store->ask<api::EventRuns>(api::EventRunsQuery{wanted});
    QCOMPARE(answer.runs.size(), 3U);
    QCOMPARE(answer.runs[0].run, fullRun(10, {other, wanted}));
    QCOMPARE(answer.runs[1].run.id, runId(12));
    QCOMPARE(answer.runs[2].run.id, runId(13));
    QCOMPARE(answer.refusals, std::vector{refusal});
}

void TestQueries::runHasItsNamesAndJobs()
{
    Run run = fullRun(2, {eventId(1)});
    QVERIFY(m_store->commit({share(fullEvent(1)), run, fullJob("j", run.id)}));
    auto detail = m_store->ask<api::RunDetail>(api::RunQuery{run.id});
    QCOMPARE(detail.run, run);
    QCOMPARE(detail.slug, QByteArray()); // the function is not there
    QCOMPARE(detail.jobs, std::vector{fullJob("j", run.id)});

    run.status = RunStatus::Failed;
    QVERIFY(m_store->commit({fullFunction("shop", "shop-orders"), run}));
    detail = m_store->ask<api::RunDetail>(api::RunQuery{run.id});
    QCOMPARE(detail.slug, "shop-orders"_ba);
    QCOMPARE(detail.functionName, "Name of shop-orders"_ba);
    QVERIFY(detail.jobs.empty());
}

void TestQueries::timelineIsInOrder()
{
    const RunId run = runId(2);
    QVERIFY(m_store->commit({share(fullEvent(1)), fullRun(2, {eventId(1)}), fullRecord(run, 10),
                             fullRecord(run, 9), fullRecord(runId(3), 0)}));
    const auto timeline = m_store->ask<api::Timeline>(api::TimelineQuery{run});
    QCOMPARE(timeline.records, (std::vector{fullRecord(run, 9), fullRecord(run, 10)}));
}

void TestQueries::attemptsAreInOrderWithAllMemos()
{
    const RunId run = runId(2);
    QVERIFY(m_store->commit({share(fullEvent(1)), fullRun(2, {eventId(1)}), fullAttempt(6, run),
                             fullAttempt(5, run), fullAttempt(7, runId(3)),
                             memoOf(run, fullMemo(1)), memoOf(run, fullMemo(0))}));
    const auto answer = m_store->ask<api::Attempts>(api::AttemptsQuery{run});
    QCOMPARE(answer.attempts, (std::vector{fullAttempt(5, run), fullAttempt(6, run)}));
    QCOMPARE(answer.memos, (std::vector{fullMemo(0), fullMemo(1)}));
}

void TestQueries::stateHasOnlyLiveMemos()
{
    const RunId run = runId(2);
    Memo live = fullMemo(2);
    live.droppedInCycle = 0;
    Memo first = fullMemo(0);
    first.droppedInCycle = 0;
    QVERIFY(m_store->commit({share(fullEvent(1)), fullRun(2, {eventId(1)}), memoOf(run, live),
                             memoOf(run, fullMemo(1)), memoOf(run, first)}));
    const auto state = m_store->ask<api::RunState>(api::RunStateQuery{run});
    QCOMPARE(state.status, RunStatus::Running);
    QCOMPARE(state.events, std::vector{fullEvent(1)});
    QCOMPARE(state.memos, (std::vector{first, live}));
}

void TestQueries::commitLetter(int number, LetterState state, const QByteArray &slug,
                               const QByteArray &fingerprint, qint64 failedAt)
{
    DeadLetter letter = fullLetter(runId(number));
    letter.state = state;
    letter.function = functionId(slug);
    letter.fingerprint = fingerprint;
    letter.failedAt = timeAt(failedAt);
    letter.error = json(QByteArray::number(number));
    QVERIFY(m_store->commit(
        {share(fullEvent(1)), fullFunction("shop", slug), fullRun(number, {eventId(1)}), letter}));
}

void TestQueries::lettersAreFiltered_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<QByteArray>("function");
    QTest::addColumn<QByteArray>("fingerprint");
    QTest::addColumn<int>("after");
    QTest::addColumn<int>("before");
    QTest::addColumn<QList<int>>("expected");
    QTest::addRow("all") << 0 << ""_ba
                         << ""_ba << noTime << noTime << QList{11, 13, 10, 12};
    QTest::addRow("state") << 1 << ""_ba
                           << ""_ba << noTime << noTime << QList{13, 10};
    QTest::addRow("function") << 0 << "shop-a"_ba
                              << ""_ba << noTime << noTime << QList{11, 10};
    QTest::addRow("unknown function") << 0 << "shop"_ba
                                      << ""_ba << noTime << noTime << QList<int>();
    QTest::addRow("fingerprint") << 0 << ""_ba
                                 << "f1"_ba << noTime << noTime << QList{11, 13};
    QTest::addRow("from one instant to before another") << 0 << ""_ba
                                                        << ""_ba << 200 << 400 << QList{13, 10};
    QTest::addRow("everything") << 1 << "shop-b"_ba
                                << "f1"_ba << 300 << 301 << QList{13};
}

void TestQueries::lettersAreFiltered()
{
    QFETCH(const int, state);
    QFETCH(const QByteArray, function);
    QFETCH(const QByteArray, fingerprint);
    QFETCH(const int, after);
    QFETCH(const int, before);
    QFETCH(const QList<int>, expected);
    commitLetter(10, LetterState::Open, "shop-a", "f2", 200);
    commitLetter(11, LetterState::Resolved, "shop-a", "f1", 400);
    commitLetter(12, LetterState::Discarded, "shop-b", "f2", 100);
    commitLetter(13, LetterState::Open, "shop-b", "f1", 300);
    api::LettersQuery query;
    if (state > 0)
        query.filter.state = static_cast<LetterState>(state);
    query.filter.function = function;
    query.filter.fingerprint = fingerprint;
    query.filter.after = timeOrNone(after);
    query.filter.before = timeOrNone(before);
    QList<int> found;
    const auto page = m_store->ask<api::LetterPage>(query);
    for (const api::LetterDetail &detail : page.letters)
        found.append(numberOf(detail.letter.run.value));
    QCOMPARE(found, expected);
    QCOMPARE(page.next, QByteArray());
}

void TestQueries::lettersArePagedAlsoWithinOneInstant()
{
    for (int number = 10; number < 15; ++number)
        commitLetter(number, LetterState::Open, "shop-a", "f", number == 14 ? -700 : 500);
    api::LettersQuery query;
    query.limit = 2;
    QList<int> found;
    for (int pages = 1; pages <= 3; ++pages) {
        const auto page = m_store->ask<api::LetterPage>(query);
        for (const api::LetterDetail &detail : page.letters) {
            found.append(numberOf(detail.letter.run.value));
            QCOMPARE(detail.slug, "shop-a"_ba);
            QCOMPARE(detail.functionVersion, 3);
            QVERIFY(detail.attempts.empty() && detail.events.empty());
        }
        QCOMPARE(page.next.isEmpty(), pages == 3);
        query.cursor = page.next;
    }
    QCOMPARE(found, (QList{13, 12, 11, 10, 14}));
}

void TestQueries::foreignCursorIsRefused()
{
    for (const QByteArray &cursor : {"x"_ba, "!!"_ba, runId(1).toText()}) {
        api::LettersQuery query;
        query.cursor = cursor;
        const Result<api::QueryAnswer> answer = m_store->askAny(query);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::InvalidInput);
    }
}

void TestQueries::lettersAreGrouped()
{
    commitLetter(10, LetterState::Open, "shop-a", "f1", 100);
    commitLetter(11, LetterState::Open, "shop-a", "f1", 300);
    commitLetter(12, LetterState::Open, "shop-a", "f1", 200);
    commitLetter(13, LetterState::Open, "shop-b", "f1", 500);
    commitLetter(14, LetterState::Resolved, "shop-a", "f1", 900);
    api::LetterGroupsQuery query;
    query.filter.state = LetterState::Open;
    const auto answer = m_store->ask<api::LetterGroups>(query);
    QCOMPARE(answer.groups.size(), 2U);
    const api::LetterGroup &first = answer.groups[0];
    QCOMPARE(first.fingerprint, "f1"_ba);
    QCOMPARE(first.slug, "shop-a"_ba);
    QCOMPARE(first.count, 3);
    QCOMPARE(first.firstSeen, timeAt(100));
    QCOMPARE(first.lastSeen, timeAt(300));
    QCOMPARE(first.error.bytes(), "11"_ba);
    QCOMPARE(answer.groups[1].slug, "shop-b"_ba);
    QCOMPARE(answer.groups[1].count, 1);
}

void TestQueries::letterHasAttemptsAndEvents()
{
    commitLetter(10, LetterState::Open, "shop-a", "f1", 100);
    QVERIFY(m_store->commit({fullAttempt(11, runId(10))}));
    const auto detail = m_store->ask<api::LetterDetail>(api::LetterQuery{runId(10)});
    QCOMPARE(detail.letter.run, runId(10));
    QCOMPARE(detail.functionName, "Name of shop-a"_ba);
    QCOMPARE(detail.attempts, std::vector{fullAttempt(11, runId(10))});
    QCOMPARE(detail.events, std::vector{fullEvent(1)});
}

void TestQueries::catalogIsSorted()
{
    QVERIFY(m_store->commit(
        {fullApp("b"), fullApp("a"), fullFunction("b", "b-2"), fullFunction("b", "b-1")}));
    const auto catalog = m_store->ask<api::Catalog>(api::CatalogQuery{});
    QCOMPARE(catalog.apps.size(), 2U);
    QCOMPARE(catalog.apps[0].app, fullApp("a"));
    QVERIFY(catalog.apps[0].functions.empty());
    QCOMPARE(catalog.apps[1].functions,
             (std::vector{fullFunction("b", "b-1"), fullFunction("b", "b-2")}));
    QVERIFY(m_store->ask<api::Catalog>(api::CatalogQuery{"none"}).apps.empty());
}

void TestQueries::unknownThingsAreNotFound()
{
    const RunId run = runId(1);
    const api::Query queries[] = {api::EventQuery{eventId(1)}, api::EventRunsQuery{eventId(1)},
                                  api::RunQuery{run},          api::TimelineQuery{run},
                                  api::AttemptsQuery{run},     api::RunStateQuery{run},
                                  api::LetterQuery{run}};
    for (const api::Query &query : queries) {
        const Result<api::QueryAnswer> answer = m_store->askAny(query);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::NotFound);
    }
}

void TestQueries::whatNobodyWaitsForEnds()
{
    Writes writes;
    for (int number = 1; number <= 900; ++number) // more work than between two looks at the flag
        writes.emplace_back(share(fullEvent(number)));
    QVERIFY(m_store->commit(writes));
    api::EventListQuery query;
    query.filter.kind = api::Filter::Kind::Term;
    query.filter.term.key = "data.nothing"_ba;
    query.filter.term.values = {"x"_ba};
    std::atomic<bool> withdrawn = false;
    QueryReader reader(m_store->path());
    QVERIFY(reader.answer(query, &withdrawn));
    withdrawn = true;
    const Result<api::QueryAnswer> ended = reader.answer(query, &withdrawn); // under way
    QVERIFY(!ended);
    QVERIFY2(ended.error().message.contains(u"interrupted"_s), qPrintable(ended.error().message));
    QVERIFY(reader.answer(query)); // nobody's flag stays behind
    reader.close();
    // Still in the queue: not even begun.
    const auto gone = std::make_shared<std::atomic<bool>>(true);
    QVERIFY(!m_store->store().query(api::EventNamesQuery{}, gone).takeResult());
    QVERIFY(m_store->store().query(api::EventNamesQuery{}).takeResult());
}

void TestQueries::whatIsUnderWayEndsWithTheStore()
{
    Writes writes;
    for (int number = 1; number <= 900; ++number) {
        Event event = fullEvent(number);
        event.json = json("{\"a\":\"" + QByteArray(4000, 'x') + "\"}");
        writes.emplace_back(share(event));
    }
    QVERIFY(m_store->commit(writes));
    std::atomic<bool> closing = false;
    QueryReader reader(m_store->path(), &closing);
    QVERIFY(reader.answer(api::StorageQuery{}));
    closing = true;
    const Result<api::QueryAnswer> ended = reader.answer(api::StorageQuery{});
    QVERIFY(!ended);
    QVERIFY2(ended.error().message.contains(u"interrupted"_s), qPrintable(ended.error().message));
    reader.close();
}

/// It reads the file that is about to be closed.
void TestQueries::closingWaitsForASurvey()
{
    Store &store = m_store->store();
    QSemaphore closed;
    std::atomic<bool> wasClosedBefore = false;
    bool hasEndedHere = false; // before it was told what to do then
    QFuture<void> survey;
    do {
        hasEndedHere = false;
        survey = store.query(api::StorageQuery{})
                     .then(QtFuture::Launch::Sync,
                           [&, here = QThread::currentThread()](const Result<api::QueryAnswer> &) {
                               if (QThread::currentThread() == here)
                                   hasEndedHere = true;
                               else // long enough for everything else that is closed
                                   wasClosedBefore = closed.tryAcquire(1, 500);
                           });
    } while (hasEndedHere);
    store.close();
    const bool hasEnded = survey.isFinished();
    closed.release();
    survey.waitForFinished();
    QVERIFY(!wasClosedBefore);
    QVERIFY(hasEnded);
}

void TestQueries::surveyHoldsUpNobody()
{
    // Its thread is stopped when it has its answer: what else is asked must not need it.
    enum class Place { Nowhere, Here, There };
    std::atomic<Place> place = Place::Nowhere;
    QSemaphore mayGoOn;
    QFuture<void> survey;
    const auto letGo = qScopeGuard([&] { // also when a check fails: the store waits for it
        mayGoOn.release();
        survey.waitForFinished();
    });
    do { // until it was told in time what to do when it is done
        place = Place::Nowhere;
        survey = m_store->store()
                     .query(api::StorageQuery{})
                     .then(QtFuture::Launch::Sync,
                           [&, here = QThread::currentThread()](const Result<api::QueryAnswer> &) {
                               place =
                                   QThread::currentThread() == here ? Place::Here : Place::There;
                               if (place == Place::There)
                                   mayGoOn.acquire();
                           });
        QTRY_VERIFY(place != Place::Nowhere);
    } while (place == Place::Here);
    const QFuture<Result<api::QueryAnswer>> names = m_store->store().query(api::EventNamesQuery{});
    const bool isAnswered = QTest::qWaitFor([&names] { return names.isFinished(); });
    QVERIFY(!survey.isFinished());
    mayGoOn.release();
    survey.waitForFinished();
    QVERIFY(isAnswered);
}

QTEST_GUILESS_MAIN(TestQueries)
#include "tst_queries.moc"
