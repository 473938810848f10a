// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/store/storefixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace devserver;
using namespace devserver::store;

/// Which error a run has, in its row of the list and for filters: both say the same.
class TestErrorTerms : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QVERIFY(m_store.open()); }

    void rowsAndFiltersSayTheSame_data();
    void rowsAndFiltersSayTheSame();
    void theRowShowsTheErrorWhileItIsTriedAgain_data();
    void theRowShowsTheErrorWhileItIsTriedAgain();
    void ofTwoBranchesTheOneThatIsDueFirstIsShown_data();
    void ofTwoBranchesTheOneThatIsDueFirstIsShown();

private:
    struct Try {
        char job;
        AttemptOutcome outcome;
        const char *error;
        bool isOld = false; ///< of before the run was retried as a whole
    };

    using Tries = std::vector<Try>;

    StoreFixture m_store;
    int m_runs = 0;

    Writes runWith(RunStatus status, const Tries &tries);
};

Q_DECLARE_METATYPE(devserver::RunStatus)
Q_DECLARE_METATYPE(devserver::JobState)

/// The next run, which was retried as a whole once.
Writes TestErrorTerms::runWith(RunStatus status, const Tries &tries)
{
    ++m_runs;
    Function orders = fullFunction("shop", "shop-orders");
    orders.isArchived = false;
    Run run = fullRun(m_runs, {eventId(m_runs)});
    run.function = orders.id;
    run.status = status;
    run.cycle = 1;
    run.output = status == RunStatus::Completed ? json("1") : RawJson();
    if (!isTerminal(status))
        run.endedAt.reset();
    Writes all{fullApp("shop"), orders, share(fullEvent(m_runs)), run};
    int number = 100 * m_runs;
    for (const Try &each : tries) {
        Attempt attempt = fullAttempt(++number, run.id);
        attempt.job = run.id.toText() + ':' + each.job;
        attempt.outcome = each.outcome;
        attempt.cycle = each.isOld ? 0 : 1;
        attempt.error = RawJson();
        if (each.error != nullptr)
            attempt.error = json(R"({"name":"Busy","message":")" + QByteArray(each.error) + "\"}");
        all.emplace_back(attempt);
    }
    return all;
}

void TestErrorTerms::rowsAndFiltersSayTheSame_data()
{
    constexpr auto ok = AttemptOutcome::Ok;
    constexpr auto retried = AttemptOutcome::RetryableError;
    constexpr auto final = AttemptOutcome::FinalError;
    constexpr auto late = AttemptOutcome::Discarded;
    constexpr auto cut = AttemptOutcome::Interrupted;
    QTest::addColumn<RunStatus>("status");
    QTest::addColumn<Tries>("tries");
    QTest::addColumn<QByteArray>("error");
    const auto cancelled = RunStatus::Cancelled;
    QTest::newRow("never called") << cancelled << Tries{} << ""_ba;
    QTest::newRow("nothing failed") << cancelled << Tries{{'a', ok, nullptr}} << ""_ba;
    QTest::newRow("backing off") << cancelled
                                 << Tries{{'a', retried, "first"}, {'a', retried, "second"}}
                                 << "second"_ba;
    QTest::newRow("in the next attempt")
        << cancelled << Tries{{'a', retried, "first"}, {'a', cut, nullptr}, {'a', late, nullptr}}
        << "first"_ba;
    QTest::newRow("went well since")
        << cancelled << Tries{{'a', retried, "first"}, {'a', ok, nullptr}} << ""_ba;
    QTest::newRow("failed for good since, and the code went on")
        << cancelled << Tries{{'a', retried, "first"}, {'a', final, "second"}, {'b', ok, nullptr}}
        << ""_ba;
    QTest::newRow("another branch went well")
        << cancelled << Tries{{'a', retried, "first"}, {'b', ok, nullptr}} << "first"_ba;
    QTest::newRow("of two branches the last error")
        << cancelled << Tries{{'b', retried, "first"}, {'a', retried, "second"}} << "second"_ba;
    QTest::newRow("before its retry as a whole")
        << cancelled << Tries{{'a', retried, "first", true}, {'a', ok, nullptr}} << ""_ba;
    QTest::newRow("completed after errors")
        << RunStatus::Completed << Tries{{'a', retried, "first"}, {'a', ok, nullptr}} << ""_ba;
    QTest::newRow("completed, one branch left behind")
        << RunStatus::Completed << Tries{{'a', retried, "first"}, {'b', ok, nullptr}} << ""_ba;
}

void TestErrorTerms::rowsAndFiltersSayTheSame()
{
    QFETCH(const RunStatus, status);
    QFETCH(const Tries, tries);
    QFETCH(const QByteArray, error);
    QVERIFY(m_store.commit(runWith(status, tries)));
    api::RunsQuery query;
    query.among = {runId(m_runs)};
    const auto page = m_store.ask<api::RunPage>(query);
    QCOMPARE(page.rows.size(), std::size_t(1));
    QCOMPARE(page.rows.front().errorMessage, error);
    QCOMPARE(page.rows.front().errorName, error.isEmpty() ? ""_ba : "Busy"_ba);
    const auto finds = [&](const QByteArray &key, const QByteArray &value) {
        query.filter.kind = api::Filter::Kind::Term;
        query.filter.term.key = key;
        query.filter.term.values = {value};
        return !m_store.ask<api::RunPage>(query).rows.empty();
    };
    const bool hasError = !error.isEmpty();
    QCOMPARE(finds("has"_ba, "error"_ba), hasError);
    QCOMPARE(finds("error"_ba, "busy"_ba), hasError);
    QCOMPARE(finds({}, "busy"_ba), hasError);
    QCOMPARE(finds("error"_ba, "first"_ba), error == "first");
    QCOMPARE(finds("error"_ba, "second"_ba), error == "second");
}

/// As the engine tells it of a live run.
void TestErrorTerms::theRowShowsTheErrorWhileItIsTriedAgain_data()
{
    QTest::addColumn<JobState>("state");
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("backs off") << JobState::BackingOff << "first"_ba;
    QTest::newRow("in the next attempt") << JobState::Leased << ""_ba;
    QTest::newRow("tried again at once") << JobState::Queued << "first"_ba;
    QTest::newRow("the app went away") << JobState::AppOffline << "first"_ba;
}

void TestErrorTerms::theRowShowsTheErrorWhileItIsTriedAgain()
{
    QFETCH(const JobState, state);
    QFETCH(const QByteArray, error);
    Writes all = runWith(RunStatus::Running, {{'a', AttemptOutcome::RetryableError, "first"}});
    Job job = fullJob("a", runId(m_runs));
    job.state = state;
    all.emplace_back(job);
    QVERIFY(m_store.commit(all));
    api::RunsQuery query;
    query.among = {runId(m_runs)};
    const auto page = m_store.ask<api::RunPage>(query);
    QCOMPARE(page.rows.size(), std::size_t(1));
    QCOMPARE(page.rows.front().errorMessage, error);
}

void TestErrorTerms::ofTwoBranchesTheOneThatIsDueFirstIsShown_data()
{
    constexpr auto retried = AttemptOutcome::RetryableError;
    constexpr auto final = AttemptOutcome::FinalError;
    QTest::addColumn<Tries>("tries");
    QTest::addColumn<JobState>("stateOfSecond");
    QTest::addColumn<QByteArray>("error");
    const Tries both{{'b', retried, "second"}, {'a', retried, "first"}};
    QTest::newRow("both back off") << both << JobState::BackingOff << "second"_ba;
    QTest::newRow("one is in its next attempt") << both << JobState::Leased << "first"_ba;
    QTest::newRow("a branch failed for good, and the code went on")
        << Tries{{'b', retried, "second"}, {'a', retried, "first"}, {'c', final, "caught"}}
        << JobState::BackingOff << "second"_ba;
}

void TestErrorTerms::ofTwoBranchesTheOneThatIsDueFirstIsShown()
{
    QFETCH(const Tries, tries);
    QFETCH(const JobState, stateOfSecond);
    QFETCH(const QByteArray, error);
    Writes all = runWith(RunStatus::Running, tries);
    Job first = fullJob("a", runId(m_runs));
    first.state = JobState::BackingOff;
    Job second = fullJob("b", runId(m_runs));
    second.state = stateOfSecond;
    second.runAt = first.runAt - std::chrono::seconds(1);
    all.emplace_back(first);
    all.emplace_back(second);
    QVERIFY(m_store.commit(all));
    api::RunsQuery query;
    query.among = {runId(m_runs)};
    const auto page = m_store.ask<api::RunPage>(query);
    QCOMPARE(page.rows.size(), std::size_t(1));
    QCOMPARE(page.rows.front().errorMessage, error);
    query.filter.kind = api::Filter::Kind::Term;
    query.filter.term.key = "error"_ba;
    query.filter.term.values = {"caught"_ba};
    QVERIFY(m_store.ask<api::RunPage>(query).rows.empty());
}

QTEST_GUILESS_MAIN(TestErrorTerms)
#include "tst_errorterms.moc"
