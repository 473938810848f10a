// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/store/storefixture.h"

#include <QDateTime>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <map>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::store;

namespace {

constexpr int runCount = 23;

Event event(int number, const QByteArray &name)
{
    Event made = fullEvent(number);
    made.name = name;
    made.target = {};
    return made;
}

/// Completed runs 1..count of one function.
Writes completedRuns(int count)
{
    Function orders = fullFunction("shop", "shop-orders");
    orders.isArchived = false;
    Writes all{fullApp("shop"), orders};
    for (int number = 1; number <= count; ++number) {
        all.emplace_back(share(event(number, "order")));
        Run run = fullRun(number, {eventId(number)});
        run.function = orders.id;
        run.status = RunStatus::Completed;
        all.emplace_back(run);
    }
    return all;
}

/// In the file each page of a payload of \a letter  ends it: who reads behind it finds an error.
/// \returns how many pages there are.
int cutPayload(const QString &path, char letter)
{
    constexpr int pageSize = 4096;
    constexpr int nextSize = 4;
    QFile file(path);
    int cut = 0;
    if (!file.open(QIODevice::ReadWrite))
        return cut;
    for (qint64 at = 0; at < file.size(); at += pageSize) {
        file.seek(at);
        const QByteArray page = file.read(pageSize);
        if (page.size() != pageSize || page.sliced(nextSize).count(letter) != pageSize - nextSize)
            continue;
        file.seek(at);
        file.write(QByteArray(nextSize, '\0'));
        ++cut;
    }
    return cut;
}

/// Runs 1..23 with the event of the same number: live ones are multiples of 5, failed ones of 4.
Writes writes()
{
    Function orders = fullFunction("shop", "shop-orders");
    orders.isArchived = false;
    Function mails = fullFunction("shop", "shop-mails");
    Writes all{fullApp("shop"), orders, mails};
    for (int number = 1; number <= runCount; ++number) {
        all.emplace_back(share(event(number, number % 2 == 0 ? "b/even" : "a/odd")));
        Run run = fullRun(number, {eventId(number)});
        run.function = functionId(number % 3 == 0 ? "shop-mails" : "shop-orders");
        run.status = number % 5 == 0   ? RunStatus::Running
                     : number % 4 == 0 ? RunStatus::Failed
                                       : RunStatus::Completed;
        run.cycle = 0;
        run.originalRun = number == 7 ? runId(1) : RunId();
        run.startedAt = timeAt(1000 - number % 6);
        run.endedAt = *run.startedAt + std::chrono::milliseconds(number * 13 % 7);
        if (!isTerminal(run.status))
            run.endedAt.reset();
        if (run.status == RunStatus::Failed)
            run.output = json(R"({"name":"E","message":"first\nsecond"})");
        all.emplace_back(run);
        if (!isTerminal(run.status)) {
            Job job = fullJob("job-" + QByteArray::number(number), run.id);
            job.runAt = timeAt(10'000 - number);
            all.emplace_back(job);
        }
        if (run.status == RunStatus::Failed) {
            DeadLetter letter = fullLetter(run.id);
            letter.state = LetterState::Open;
            letter.function = run.function;
            letter.error = run.output;
            letter.fingerprint = number > 10 ? "new" : "old";
            letter.failedAt = timeAt(number);
            all.emplace_back(letter);
        }
    }
    all.emplace_back(share(event(90, "inngest/function.failed")));
    Memo done = fullMemo(0);
    done.kind = MemoKind::Data;
    done.droppedInCycle = 0;
    Memo failed = fullMemo(1);
    failed.droppedInCycle = 0;
    all.emplace_back(memoOf(runId(5), done));
    all.emplace_back(memoOf(runId(5), failed));
    all.emplace_back(fullRecord(runId(5), 0));
    Attempt attempt = fullAttempt(50, runId(5));
    attempt.job = runId(5).toText() + ":job-5";
    attempt.cycle = 0; // as that of the run
    attempt.error = json(R"({"name":"Busy","message":"later"})");
    all.emplace_back(attempt);
    all.emplace_back(Delivery{.event = eventId(1),
                              .function = functionId("shop-mails"),
                              .refusal = Refusal::Idempotency,
                              .heldBy = runId(2),
                              .detail = "d",
                              .at = timeAt(1)});
    all.emplace_back(Bulk{.id = {ulidAt(70)}, .title = "t", .total = 2, .startedAt = timeAt(0)});
    return all;
}

} // namespace

Q_DECLARE_METATYPE(devserver::api::RunSort)

class TestWindowQueries : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        m_store = std::make_unique<StoreFixture>();
        QVERIFY(m_store->open());
        QVERIFY(m_store->commit(writes()));
    }

    void pagesMeetWithoutGapOrDouble_data()
    {
        QTest::addColumn<api::RunSort>("sort");
        QTest::addColumn<bool>("isDescending");
        const std::pair<const char *, api::RunSort> sorts[] = {
            {"queued", api::RunSort::Queued},     {"started", api::RunSort::Started},
            {"ended", api::RunSort::Ended},       {"duration", api::RunSort::Duration},
            {"waited", api::RunSort::Waited},     {"function", api::RunSort::Function},
            {"trigger", api::RunSort::Trigger},   {"state", api::RunSort::State},
            {"attempts", api::RunSort::Attempts},
        };
        for (const auto &[name, sort] : sorts) {
            QTest::addRow("%s down", name) << sort << true;
            QTest::addRow("%s up", name) << sort << false;
        }
    }

    void pagesMeetWithoutGapOrDouble()
    {
        QFETCH(const api::RunSort, sort);
        QFETCH(const bool, isDescending);
        api::RunsQuery query{.sort = sort, .isDescending = isDescending, .limit = 500};
        const auto whole = m_store->ask<api::RunPage>(query);
        QCOMPARE(whole.rows.size(), std::size_t{runCount});
        QVERIFY(whole.next.isEmpty());

        std::vector<RunId> paged;
        query.limit = 4;
        do {
            const auto page = m_store->ask<api::RunPage>(query);
            for (const api::RunSummary &run : page.rows)
                paged.push_back(run.id);
            query.after = page.next;
        } while (!query.after.isEmpty());
        std::vector<RunId> all;
        for (const api::RunSummary &run : whole.rows)
            all.push_back(run.id);
        QVERIFY(paged == all);
    }

    void sortsByWhatItSays()
    {
        const auto rows = [this](api::RunSort sort) {
            return m_store->ask<api::RunPage>(api::RunsQuery{.sort = sort}).rows;
        };
        QCOMPARE(rows(api::RunSort::Queued).front().id, runId(runCount));
        QCOMPARE(rows(api::RunSort::Trigger).front().trigger, "b/even");
        QCOMPARE(rows(api::RunSort::Function).front().slug, "shop-orders");
        QVERIFY(!rows(api::RunSort::Ended).back().endedAt);
        // Unfinished ones have lasted longest: they count until now.
        QCOMPARE(rows(api::RunSort::Attempts).front().id, runId(5));
        QCOMPARE(rows(api::RunSort::Started).front().startedAt, timeAt(1000));
    }

    /// The numbers that a server starts with are those that the filters find.
    void takesStock()
    {
        const auto counters = m_store->ask<api::Counters>(api::StockQuery{});
        const auto found = [this](const QByteArray &state) {
            api::CountQuery query{.isFull = true};
            query.filter.kind = api::Filter::Kind::Term;
            query.filter.term = {.key = "state"_ba, .values = {state}};
            return m_store->ask<api::Count>(query).rows;
        };
        QCOMPARE(counters.completed, found("completed"_ba));
        QCOMPARE(counters.dead, found("dead"_ba));
        QCOMPARE(counters.dead + counters.failed, found("failed"_ba));
        QCOMPARE(counters.cancelled, found("cancelled"_ba));
        QCOMPARE(counters.skipped, found("skipped"_ba));
        QCOMPARE(counters.completed, 15);
        QCOMPARE(counters.dead, 4);
        QCOMPARE(counters.all, 19);    // without those that live
        QCOMPARE(counters.events, 23); // without the internal one
    }

    void goesOnBehindARow()
    {
        const api::PageToken behind = api::pageBehind(runId(5).toBytes());
        const auto page = m_store->ask<api::RunPage>(api::RunsQuery{.after = behind, .limit = 2});
        QCOMPARE(page.rows.size(), std::size_t{2});
        QCOMPARE(page.rows.front().id, runId(4));
        const auto events = m_store->ask<api::EventSummaryPage>(
            api::EventListQuery{.after = api::pageBehind(eventId(5).toBytes()), .limit = 2});
        QCOMPARE(events.rows.size(), std::size_t{2});
        QCOMPARE(events.rows.front().internalId, eventId(4));
        // In another order the row's place is not known.
        const auto refused = m_store->askAny(
            api::RunsQuery{.sort = api::RunSort::Duration, .after = behind, .limit = 2});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
        const auto letters = m_store->askAny(api::LetterListQuery{.after = behind});
        QVERIFY(!letters);
        QCOMPARE(letters.error().code, ErrorCode::InvalidInput);
    }

    void aForeignTokenIsRefused()
    {
        const auto refused = m_store->askAny(api::RunsQuery{.after = {"nonsense"_ba}});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    }

    void aRowHasWhatItShows()
    {
        api::RunsQuery query;
        query.filter.kind = api::Filter::Kind::Term;
        query.filter.term = {.key = "id"_ba, .values = {runId(5).toText()}};
        const auto page = m_store->ask<api::RunPage>(query);
        QCOMPARE(page.rows.size(), std::size_t{1});
        const api::RunSummary &run = page.rows.front();
        QCOMPARE(run.slug, "shop-orders");
        QCOMPARE(run.functionName, "Name of shop-orders");
        QCOMPARE(run.appName, "shop");
        QCOMPARE(run.trigger, "a/odd");
        QCOMPARE(run.event, eventId(5));
        QCOMPARE(run.key, "key-5");
        QCOMPARE(run.stepsDone, 1);
        QCOMPARE(run.attempt, 2);
        QCOMPARE(run.maxAttempts, 11);
        QCOMPARE(run.activities.size(), std::size_t{1});
        QCOMPARE(run.activities.front().kind, ActivityKind::BackingOff);
        QCOMPARE(run.errorName, "Busy");
        QVERIFY(!run.letter);
    }

    void counts()
    {
        QCOMPARE(m_store->ask<api::Count>(api::CountQuery{}).rows, runCount);
        QVERIFY(m_store->ask<api::Count>(api::CountQuery{}).isExact);
        QCOMPARE(m_store->ask<api::Count>(api::CountQuery{.of = api::CountQuery::Of::Events}).rows,
                 runCount);
        QCOMPARE(m_store->ask<api::Count>(api::CountQuery{.of = api::CountQuery::Of::Letters}).rows,
                 4);
    }

    void listsEvents()
    {
        api::EventListQuery query{.limit = 10};
        const auto page = m_store->ask<api::EventSummaryPage>(query);
        QCOMPARE(page.rows.size(), std::size_t{10});
        QCOMPARE(page.rows.front().internalId, eventId(runCount));
        QCOMPARE(page.rows.front().preview, R"({"n":23})");
        QCOMPARE(page.rows.front().started.size(), std::size_t{1});
        query.after = page.next;
        const auto second = m_store->ask<api::EventSummaryPage>(query);
        QCOMPARE(second.rows.front().internalId, eventId(runCount - 10));

        const auto record = m_store->ask<api::EventRecord>(api::EventRecordQuery{eventId(1)});
        QCOMPARE(record.runs.size(), std::size_t{1});
        QCOMPARE(record.refusals.size(), std::size_t{1});
        QCOMPARE(record.holders.size(), std::size_t{1});
        QCOMPARE(record.holders.front(),
                 (api::KeyHolder{.run = runId(2), .event = eventId(2), .receivedAt = timeAt(2)}));
        QVERIFY(!m_store->askAny(api::EventRecordQuery{eventId(99)}));

        const auto names = m_store->ask<api::EventNames>(api::EventNamesQuery{}).names;
        QCOMPARE(names.size(), std::size_t{3});
        QCOMPARE(names.front().name, "a/odd");
        QCOMPARE(names.front().count, 12);
        QCOMPARE(names.front().lastSeen, timeAt(23));
    }

    void recordsARun()
    {
        const auto record = m_store->ask<api::RunRecord>(api::RunRecordQuery{runId(5)});
        QCOMPARE(record.run.id, runId(5));
        QVERIFY(record.function.has_value());
        QCOMPARE(record.jobs.size(), std::size_t{1});
        QCOMPARE(record.timeline.size(), std::size_t{1});
        QCOMPARE(record.attempts.size(), std::size_t{1});
        QCOMPARE(record.memos.size(), std::size_t{2});
        QCOMPARE(record.events.size(), std::size_t{1});
        QVERIFY(!record.letter);
        QVERIFY(m_store->ask<api::RunRecord>(api::RunRecordQuery{runId(4)}).letter.has_value());
        const auto chain = m_store->ask<api::RunRecord>(api::RunRecordQuery{runId(7)});
        QCOMPARE(chain.related.size(), std::size_t{1});
        QCOMPARE(chain.related.front().id, runId(1));
        QCOMPARE(m_store->ask<api::RunRecord>(api::RunRecordQuery{runId(1)}).related.front().id,
                 runId(7));
    }

    /// Whatever the ids say of the time: they run ahead of a clock that was set back.
    void aFailureKnowsItsHandlers()
    {
        StoreFixture store;
        QVERIFY(store.open());
        Writes all = completedRuns(3);
        const auto handle = [&all](int number, const QByteArray &failure) {
            Event failed = ::event(1000 * number, "inngest/function.failed");
            failed.id = failure;
            all.emplace_back(share(failed));
            Run run = fullRun(number, {failed.internalId});
            run.originalRun = {};
            all.emplace_back(run);
        };
        Run failed = fullRun(4, {eventId(1)});
        failed.originalRun = {};
        failed.status = RunStatus::Failed;
        all.emplace_back(failed);
        handle(5, failed.id.toText());
        handle(6, failed.id.toText() + "-1"); // after it was retried
        handle(7, runId(3).toText());
        QVERIFY(store.commit(all));
        const auto record = store.ask<api::RunRecord>(api::RunRecordQuery{failed.id});
        std::vector<RunId> related;
        for (const api::RunSummary &run : record.related)
            related.push_back(run.id);
        std::sort(related.begin(), related.end());
        QCOMPARE(related, (std::vector{runId(1), runId(5), runId(6)})); // 1: of the same event
    }

    void listsLetters()
    {
        api::LetterListQuery query{.limit = 3};
        const auto page = m_store->ask<api::LetterSummaryPage>(query);
        QCOMPARE(page.rows.size(), std::size_t{3});
        const api::LetterSummary &letter = page.rows.front();
        QCOMPARE(letter.run, runId(16));
        QCOMPARE(letter.errorMessage, "first");
        QCOMPARE(letter.maxAttempts, 11);
        QCOMPARE(letter.keptSteps, (QByteArrayList{"a", "b"}));
        QCOMPARE(letter.preview, R"({"n":16})");
        query.after = page.next;
        const auto rest = m_store->ask<api::LetterSummaryPage>(query);
        QCOMPARE(rest.rows.size(), std::size_t{1});
        QVERIFY(rest.next.isEmpty());
        const api::LetterListQuery old{.fingerprint = "old"_ba, .slug = "shop-orders"_ba};
        QCOMPARE(m_store->ask<api::LetterSummaryPage>(old).rows.size(), std::size_t{2});

        const auto groups = m_store->ask<api::LetterGroupList>(api::LetterGroupListQuery{}).groups;
        QCOMPARE(groups.size(), std::size_t{3});
        QCOMPARE(groups.front().count, 2);
        QCOMPARE(groups.front().fingerprint, "old");
        QCOMPARE(groups.front().firstSeen, timeAt(4));
        QCOMPARE(groups.front().trend.size(), std::size_t{30});
        int inTrend = 0;
        for (const int part : groups.front().trend)
            inTrend += part;
        QCOMPARE(inTrend, 2);
        QCOMPARE(groups.front().appName, "shop");
        QVERIFY(!groups.front().hour.has_value());

        const auto hours =
            m_store->ask<api::LetterGroupList>(api::LetterGroupListQuery{.isByHour = true}).groups;
        QCOMPARE(hours.size(), std::size_t{3}); // all of them failed in the same hour
        QCOMPARE(hours.front().hour, std::chrono::floor<std::chrono::hours>(timeAt(4)));
        const auto part = static_cast<std::size_t>((timeAt(4) - *hours.front().hour) / 2min);
        QCOMPARE(hours.front().trend.at(part), 2); // 30 parts of 2 minutes

        QCOMPARE(m_store->ask<api::LetterIds>(api::LetterIdsQuery{}).runs.size(), std::size_t{4});
        const api::LetterIdsQuery fresh{.fingerprint = "new"_ba};
        QCOMPARE(m_store->ask<api::LetterIds>(fresh).runs.size(), std::size_t{2});
    }

    void trendsOfAllGroupsHaveTheSameAxis()
    {
        StoreFixture store;
        QVERIFY(store.open());
        Writes all = completedRuns(1);
        const TimePoint now = fromMs(QDateTime::currentMSecsSinceEpoch()); // as the store's
        for (const int number : {2, 3}) {
            Run run = fullRun(number, {eventId(1)});
            DeadLetter letter = fullLetter(run.id);
            letter.state = LetterState::Open;
            letter.function = functionId("shop-orders");
            letter.fingerprint = number == 2 ? "old"_ba : "new"_ba;
            letter.failedAt = now - (number == 2 ? 60min : 29min);
            all.emplace_back(run);
            all.emplace_back(letter);
        }
        QVERIFY(store.commit(all));
        const auto groups = store.ask<api::LetterGroupList>(api::LetterGroupListQuery{}).groups;
        QCOMPARE(groups.size(), std::size_t{2});
        QCOMPARE(groups[0].fingerprint, "new");
        QCOMPARE(groups[0].trend.at(15), 1); // between 30 and 32 minutes after the first one
        QCOMPARE(groups[1].trend.front(), 1);
    }

    void listsTheRest()
    {
        const auto waiting = m_store->ask<api::RunPage>(api::WaitingQuery{}).rows;
        QCOMPARE(waiting.size(), std::size_t{4});
        QCOMPARE(waiting.front().id, runId(20)); // its backoff ends first
        QCOMPARE(m_store->ask<api::Bulks>(api::BulksQuery{}).bulks.size(), std::size_t{1});
        const auto stats =
            m_store->ask<api::FunctionStats>(api::FunctionStatsQuery{"shop-orders"_ba});
        QCOMPARE(stats.last.size(), std::size_t{16});
        QCOMPARE(stats.last.front().id, runId(23));
        QCOMPARE(stats.failed, 3);
        QVERIFY(stats.median.has_value());
        QVERIFY(*stats.median <= *stats.p95);
        QCOMPARE(stats.steps.size(), std::size_t{1});
        const api::StepStats expected{.step = "step-1"_ba,
                                      .name = "charge card"_ba,
                                      .runs = 1,
                                      .failures = 1,
                                      .median = std::nullopt,
                                      .p95 = std::nullopt};
        QCOMPARE(stats.steps.front(), expected);
    }

    void listsRunsWhoseFunctionIsGoneAsWaiting()
    {
        StoreFixture store;
        QVERIFY(store.open());
        Writes all = completedRuns(1);
        Run run = fullRun(2, {eventId(1)});
        run.function = functionId("shop-orders");
        run.status = RunStatus::Running;
        Job job = fullJob("job", run.id);
        job.state = JobState::NoHandler;
        all.emplace_back(run);
        all.emplace_back(job);
        QVERIFY(store.commit(all));
        const auto waiting = store.ask<api::RunPage>(api::WaitingQuery{}).rows;
        QCOMPARE(waiting.size(), std::size_t{1});
        QCOMPARE(waiting.front().slug, "shop-orders"_ba);
        QCOMPARE(waiting.front().activities.size(), std::size_t{1});
        QCOMPARE(waiting.front().activities.front().kind, ActivityKind::NoHandler);
        QVERIFY(!waiting.front().activities.front().until);
    }

    void countsTheStepsOfTheLastRuns()
    {
        StoreFixture store;
        QVERIFY(store.open());
        Writes all = completedRuns(60); // ten more than are looked at
        for (int number = 1; number <= 60; ++number) {
            for (int tried = 0; tried < (number == 60 ? 2 : 1); ++tried) {
                Attempt attempt = fullAttempt(number * 10 + tried, runId(number));
                attempt.outcome = number == 60 && tried == 0 ? AttemptOutcome::RetryableError
                                                             : AttemptOutcome::Ok;
                attempt.finishedAt = attempt.sentAt + std::chrono::milliseconds(number);
                all.emplace_back(attempt);
            }
        }
        QVERIFY(store.commit(all));
        const auto stats = store.ask<api::FunctionStats>(api::FunctionStatsQuery{"shop-orders"_ba});
        QCOMPARE(stats.steps.size(), std::size_t{1});
        QCOMPARE(stats.steps.front().runs, 50);
        QCOMPARE(stats.steps.front().failures, 1);
        QCOMPARE(stats.steps.front().successes, 50);
        QCOMPARE(stats.steps.front().mean, std::optional(35ms)); // 35.5
        QCOMPARE(stats.steps.front().median, std::optional(35ms));
        QCOMPARE(stats.steps.front().p95, std::optional(58ms)); // the 48th of 50
        QCOMPARE(stats.steps.front().lastOutput, QByteArray());
    }

    /// An error is none, and what newer runs did not get to is in an older one.
    void showsTheLastOutputOfAStep()
    {
        QFETCH(const QByteArray, memo);
        QFETCH(const MemoKind, kind);
        QFETCH(const QByteArray, expected);
        StoreFixture store;
        QVERIFY(store.open());
        Writes all = completedRuns(4);
        const auto remember = [&all](int number, MemoKind of, const QByteArray &text) {
            all.emplace_back(fullAttempt(number, runId(number)));
            Memo made = fullMemo(1);
            made.kind = of;
            made.json = json(text);
            all.emplace_back(memoOf(runId(number), made));
        };
        remember(1, MemoKind::Data, R"({"data":"old"})");
        remember(2, kind, memo);
        remember(4, MemoKind::Error, R"({"error":{"name":"E"}})");
        QVERIFY(store.commit(all));
        const auto stats = store.ask<api::FunctionStats>(api::FunctionStatsQuery{"shop-orders"_ba});
        QCOMPARE(stats.steps.size(), std::size_t{1});
        QCOMPARE(stats.steps.front().lastOutput, expected);
    }

    void showsTheLastOutputOfAStep_data()
    {
        QTest::addColumn<QByteArray>("memo");
        QTest::addColumn<MemoKind>("kind");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("object") << R"({"data":{"b":1.0, "a":2}})"_ba << MemoKind::Data
                                << R"({"b":1.0, "a":2})"_ba;
        QTest::newRow("null") << R"({"data":null})"_ba << MemoKind::Data << "null"_ba;
        QTest::newRow("as reported") << R"({"x":{}})"_ba << MemoKind::Plain << R"({"x":{}})"_ba;
        QTest::newRow("of an older run") << R"({"error":1})"_ba << MemoKind::Error << "\"old\""_ba;
        const QByteArray large(10'000, 'x');
        QTest::newRow("large") << QByteArray("{\"data\":\"" + large + "\"}") << MemoKind::Data
                               << QByteArray('"' + QByteArray(118, 'x') + "\u2026");
    }

    /// After 7 days nobody can restore it (semantics 9.6).
    void emptiesTheBin()
    {
        StoreFixture store;
        QVERIFY(store.open());
        Writes all = completedRuns(2);
        const TimePoint now = fromMs(QDateTime::currentMSecsSinceEpoch()); // as the store's
        for (const int number : {1, 2}) {
            DeadLetter letter = fullLetter(runId(number));
            letter.closedAt = now - 7 * 24h + (number == 1 ? -1min : 1min);
            all.emplace_back(letter);
        }
        QVERIFY(store.commit(all));
        const api::Filter discarded{.kind = api::Filter::Kind::Term,
                                    .term = {.key = "state"_ba, .values = {"discarded"_ba}}};
        const auto page =
            store.ask<api::LetterSummaryPage>(api::LetterListQuery{.filter = discarded});
        QCOMPARE(page.rows.size(), std::size_t{1});
        QCOMPARE(page.rows.front().run, runId(2));
        const api::CountQuery count{.of = api::CountQuery::Of::Letters, .filter = discarded};
        QCOMPARE(store.ask<api::Count>(count).rows, 1);
    }

    /// However many runs of another one are newer.
    void findsTheLastRunOfEachFunction()
    {
        StoreFixture store;
        QVERIFY(store.open());
        Writes all = completedRuns(600);
        std::erase_if(all, [](const Write &write) { // two of them are of another function
            const auto *run = std::get_if<Run>(&write);
            return run != nullptr && (run->id == runId(3) || run->id == runId(7));
        });
        const Function rare = fullFunction("shop", "shop-rare");
        all.emplace_back(rare);
        all.emplace_back(fullFunction("shop", "shop-never"));
        for (Write &write : all) {
            if (auto *function = std::get_if<Function>(&write))
                function->isArchived = false;
        }
        Function archived = fullFunction("shop", "shop-archived"); // no view shows its last run
        archived.isArchived = true;
        all.emplace_back(archived);
        for (const int number : {3, 7, 601}) {
            Run run = fullRun(number, {eventId(1)});
            run.function = number == 601 ? archived.id : rare.id;
            run.status = number == 7 ? RunStatus::Running : RunStatus::Completed;
            all.emplace_back(run);
        }
        QVERIFY(store.commit(all));
        std::map<QByteArray, RunId> last;
        for (const api::RunSummary &run : store.ask<api::RunPage>(api::LastRunsQuery{}).rows)
            QVERIFY(last.emplace(run.slug, run.id).second);
        const std::map<QByteArray, RunId> expected = {{"shop-orders"_ba, runId(600)},
                                                      {"shop-rare"_ba, runId(7)}};
        QCOMPARE(last, expected);
    }

    void saysWhatTakesTheSpace()
    {
        StoreFixture store;
        QVERIFY(store.open());
        const auto empty = store.ask<api::StorageUse>(api::StorageQuery{});
        QVERIFY(empty.events > 0 && empty.calls > 0 && empty.other > 0); // each has a page
        constexpr qint64 much = 1024 * 1024;
        Event large = ::event(1, "order");
        large.json = json("{\"a\":\"" + QByteArray(much, 'x') + "\"}");
        Attempt failed = fullAttempt(50, runId(5));
        failed.responseBody = QByteArray(2 * much, 'y');
        Memo result = fullMemo(1);
        result.json = json('"' + QByteArray(3 * much, 'z') + '"');
        QVERIFY(store.commit({share(large), failed, memoOf(runId(5), result)}));
        const auto full = store.ask<api::StorageUse>(api::StorageQuery{});
        const auto isMore = [much](qint64 grown, qint64 before, qint64 times) {
            return grown - before >= times * much && grown - before < times * much + much / 10;
        };
        QVERIFY(isMore(full.events, empty.events, 1));
        QVERIFY(isMore(full.calls, empty.calls, 2));
        QVERIFY(isMore(full.steps, empty.steps, 3));
        QCOMPARE(full.letters, empty.letters);
        QCOMPARE(full.events + full.runs + full.steps + full.calls + full.letters + full.other
                     + full.free,
                 store.dataBytes());
    }

    void sourceOfALargeEventIsReadWithoutItsPayload()
    {
        StoreFixture store;
        QVERIFY(store.open());
        Writes all = completedRuns(2);
        Event large = ::event(1, "order");
        large.json = json("{\"a\":\"" + QByteArray(100'000, 'y') + "\"}");
        large.source = "composer";
        all[2] = share(large);
        QVERIFY(store.commit(all));
        store.close(); // all is in the file itself
        QVERIFY(store.open());
        QVERIFY(cutPayload(store.path(), 'y') > 20);

        const auto page = store.ask<api::RunPage>(api::RunsQuery{});
        QCOMPARE(page.rows.size(), std::size_t{2});
        QCOMPARE(page.rows.at(0).source, "app shop");
        QCOMPARE(page.rows.at(1).source, "composer");
        api::RunsQuery sent;
        sent.filter = {.kind = api::Filter::Kind::Term, .term = {}, .parts = {}};
        sent.filter.term.key = "source"_ba;
        sent.filter.term.values = {"composer"_ba};
        const auto found = store.ask<api::RunPage>(sent);
        QCOMPARE(found.rows.size(), std::size_t{1});
        QCOMPARE(found.rows.front().id, runId(1));
    }

private:
    std::unique_ptr<StoreFixture> m_store;
};

QTEST_GUILESS_MAIN(TestWindowQueries)
#include "tst_windowqueries.moc"
