// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/pump.h"

#include <QPromise>
#include <QSignalSpy>
#include <QTest>

#include <deque>
#include <functional>

using namespace devserver;
using namespace devserver::host;
using namespace Qt::StringLiterals;

namespace {

/// A disk as slow as the test wants: every commit waits for `finishCommit`.
class SlowStore final : public store::Store
{
public:
    QFuture<Result<Snapshot>> open(store::Finished finished) override
    {
        if (!isOpeningSlowly)
            return ready(Result<Snapshot>(snapshot), finished);
        m_opened = std::move(finished);
        opening.emplace();
        opening->start();
        return opening->future();
    }

    void finishOpening(Result<Snapshot> result)
    {
        opening->addResult(std::move(result));
        opening->finish();
        m_opened();
    }

    QFuture<Result<void>> commit(Writes writes, store::Finished finished) override
    {
        commits.push_back(std::move(writes));
        m_waiting.push_back({.promise = {}, .finished = std::move(finished)});
        m_waiting.back().promise.start();
        return m_waiting.back().promise.future();
    }

    QFuture<Result<Recalled>> recall(Recall, store::Finished finished) override
    {
        if (recallError)
            return ready(Result<Recalled>(tl::unexpected(*recallError)), finished);
        return ready(Result<Recalled>(Recalled{}), finished);
    }

    QFuture<Result<api::QueryAnswer>> query(api::Query, store::Withdrawn) override { return {}; }

    void close() override {}

    void finishCommit(Result<void> result)
    {
        Commit commit = std::move(m_waiting.front());
        m_waiting.pop_front();
        commit.promise.addResult(std::move(result));
        commit.promise.finish();
        commit.finished();
    }

    Snapshot snapshot;
    std::vector<Writes> commits;
    std::optional<Error> recallError;
    bool isOpeningSlowly = false;
    std::optional<QPromise<Result<Snapshot>>> opening;

private:
    struct Commit {
        QPromise<Result<void>> promise;
        store::Finished finished;
    };

    template<typename T>
    static QFuture<T> ready(T answer, const store::Finished &finished)
    {
        finished();
        return QtFuture::makeReadyFuture(std::move(answer));
    }

    std::deque<Commit> m_waiting;
    store::Finished m_opened;
};

engine::EventsReceived eventInput(engine::ReplyToken token)
{
    EventDraft draft;
    draft.name = "demo/ping"_ba;
    draft.data = RawJson::fromTrusted("{}"_ba);
    draft.user = RawJson::fromTrusted("{}"_ba);
    return {.token = token, .drafts = {draft}};
}

/// A run that nothing would ever wake; its function is gone, so that nothing is called.
Snapshot runWithoutWork()
{
    Function function;
    function.id = FunctionId{Uuid::fromName("function", "f")};
    function.app = AppId{Uuid::fromName("app", "a")};
    function.isArchived = true;
    RunSnapshot run;
    run.run.id = *RunId::fromText("01HF0000000000000000000000");
    run.run.function = function.id;
    run.run.status = RunStatus::Running;
    run.run.startedAt = TimePoint{};
    run.run.events = {EventId{}};
    run.events = {std::make_shared<const Event>()};
    Snapshot snapshot;
    snapshot.functions = {function};
    snapshot.runs = {run};
    return snapshot;
}

QByteArray recordOf(const Writes &writes, TimelineType type)
{
    for (const Write &write : writes) {
        const auto *record = std::get_if<TimelineRecord>(&write);
        if (record != nullptr && record->type == type)
            return record->payload.bytes();
    }
    return {};
}

struct Fixture {
    SlowStore store;
    SystemClock clock;
    std::vector<engine::Reply> replies;
    std::function<void(const engine::Reply &)> heard = [](const engine::Reply &) {};
    int abandoned = 0;
    Pump pump{{},
              store,
              clock,
              {.perform =
                   [this](engine::Action action) {
                       replies.push_back(std::get<engine::Reply>(std::move(action)));
                       const engine::Reply reply = replies.back();
                       heard(reply);
                   },
               .publish = [](const std::vector<Change> &) {},
               .abandonCalls = [this] { ++abandoned; }}};
};

tl::unexpected<Error> fails(ErrorCode code)
{
    return failure(code, u"on purpose"_s);
}

} // namespace

class TestPump : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void nobodyIsAnsweredBeforeTheCommit()
    {
        Fixture on;
        on.pump.post(eventInput(1));
        QTRY_COMPARE(on.store.commits.size(), std::size_t{1});
        QVERIFY(on.replies.empty());

        on.store.finishCommit({});
        QTRY_COMPARE(on.replies.size(), std::size_t{1});
        QVERIFY(std::holds_alternative<engine::EventsAccepted>(on.replies.front().body));
    }

    void whoAskedAnAppIsToldAfterTheCommit()
    {
        Fixture on;
        const QByteArray url = "http://127.0.0.1:3000/api";
        const AppId app{Uuid::fromName("app", "shop")};
        on.pump.post(engine::FunctionsSynced{
            .token = 0, .registration = {.appName = "shop", .url = url, .checksum = "1"}});
        QTRY_COMPARE(on.store.commits.size(), std::size_t{1});
        on.store.finishCommit({});
        QTRY_VERIFY(on.pump.isIdle());
        on.pump.post(engine::SyncRefused{.appName = "shop", .url = url, .reason = "no good"});
        on.pump.post(
            engine::AppPolled{.token = 7, .app = app, .url = url, .error = {}, .detail = {}});
        QTRY_COMPARE(on.store.commits.size(), std::size_t{2});
        QVERIFY(on.replies.empty());
        on.store.finishCommit({});
        QTRY_COMPARE(on.replies.size(), std::size_t{1});
        QCOMPARE(std::get<App>(on.replies.front().body).error, "bad_request"_ba);
        // Nobody waits for ever.
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"commit failed"_s));
        on.pump.post(engine::AppPolled{
            .token = 8, .app = app, .url = url, .error = "unreachable", .detail = {}});
        QTRY_COMPARE(on.store.commits.size(), std::size_t{3});
        on.store.finishCommit(fails(ErrorCode::StoreDamaged));
        QTRY_COMPARE(on.replies.size(), std::size_t{2});
        QCOMPARE(std::get<Error>(on.replies.back().body).code, ErrorCode::StoreDamaged);
    }

    void whatArrivesDuringACommitIsTheNextBatch()
    {
        Fixture on;
        on.pump.post(eventInput(1));
        on.pump.post(eventInput(2));
        on.pump.post(eventInput(3));
        QTRY_COMPARE(on.store.commits.size(), std::size_t{1});
        on.store.finishCommit({});
        QTRY_COMPARE(on.store.commits.size(), std::size_t{2});
        QCOMPARE(on.replies.size(), std::size_t{1});

        on.store.finishCommit({});
        QTRY_COMPARE(on.replies.size(), std::size_t{3});
        QTRY_VERIFY(on.pump.isIdle());
    }

    void aBrokenDiskEndsThePump()
    {
        Fixture on;
        QSignalSpy failed(&on.pump, &Pump::failed);
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"commit failed"_s));
        on.pump.post(eventInput(1));
        QTRY_COMPARE(on.store.commits.size(), std::size_t{1});
        on.pump.post(eventInput(2));
        on.store.finishCommit(fails(ErrorCode::StoreDamaged));
        QTRY_COMPARE(failed.size(), 1);

        // Those of the batch, those in line, and those who come later: all are told.
        on.pump.post(eventInput(3));
        QCOMPARE(on.replies.size(), std::size_t{3});
        for (const engine::Reply &reply : on.replies)
            QCOMPARE(std::get<Error>(reply.body).code, ErrorCode::StoreDamaged);
    }

    void aFailedRecallIsToldToThoseWhoAsked()
    {
        Fixture on;
        QSignalSpy failed(&on.pump, &Pump::failed);
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"commit failed"_s));
        on.store.recallError = Error{ErrorCode::StoreDamaged, u"on purpose"_s};
        on.pump.post(engine::VerbRequested{.token = 1, .verb = CancelRun{}});
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(on.replies.size(), std::size_t{1});
        QCOMPARE(on.replies.front().token, engine::ReplyToken{1});
        QCOMPARE(std::get<Error>(on.replies.front().body).code, ErrorCode::StoreDamaged);
    }

    void aFullDiskPausesAndThenGoesOn_data()
    {
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("said");
        QTest::newRow("10.13 disk full") << ErrorCode::StoreFull << u"disk full"_s;
        QTest::newRow("locked by another program") << ErrorCode::StoreLocked << u"in use"_s;
    }

    void aFullDiskPausesAndThenGoesOn()
    {
        QFETCH(const ErrorCode, code);
        QFETCH(const QString, said);
        Fixture on;
        QSignalSpy reloaded(&on.pump, &Pump::reloaded);
        QSignalSpy pauses(&on.pump, &Pump::pauseChanged);
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(said));
        on.pump.post(eventInput(1));
        QTRY_COMPARE(on.store.commits.size(), std::size_t{1});
        on.store.finishCommit(fails(code));
        QTRY_VERIFY(on.pump.isPaused());
        QCOMPARE(std::get<Error>(on.replies.at(0).body).code, code);
        QCOMPARE(on.abandoned, 1);
        on.pump.post(eventInput(2));
        QCOMPARE(std::get<Error>(on.replies.at(1).body).code, code);

        // After a second it reads the disk again and repairs; that commit shows whether there is
        // room.
        QTRY_COMPARE(on.store.commits.size(), std::size_t{2});
        QCOMPARE(pauses.size(), 1);
        QCOMPARE(on.pump.pause(), std::get<Error>(on.replies.at(0).body));
        QCOMPARE(reloaded.size(), 1); // what was refused meanwhile may be posted again
        // There is none: that is no news.
        on.store.finishCommit(fails(code));
        QTRY_COMPARE(on.store.commits.size(), std::size_t{3});
        QCOMPARE(pauses.size(), 1);
        on.store.finishCommit({});
        QTRY_VERIFY(!on.pump.pause());
        QCOMPARE(pauses.size(), 2);
        QVERIFY(!on.pump.isPaused());
        on.pump.post(eventInput(3));
        QTRY_COMPARE(on.store.commits.size(), std::size_t{4});
        on.store.finishCommit({});
        QTRY_COMPARE(on.replies.size(), std::size_t{3});
        QVERIFY(std::holds_alternative<engine::EventsAccepted>(on.replies.back().body));
    }

    void whatIsTakenUpSaysWhy() // 10.13
    {
        Fixture on;
        on.store.snapshot = runWithoutWork();
        on.pump.restore(on.store.snapshot);
        QTRY_COMPARE(on.store.commits.size(), std::size_t{1});
        const QByteArray restart = R"({"message":"the run had no pending work","cause":"restart"})";
        QCOMPARE(recordOf(on.store.commits.back(), TimelineType::RunRecovered), restart);
        // Nothing of that is stored: the restart is still the cause.
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"disk full"_s));
        on.store.finishCommit(fails(ErrorCode::StoreFull));
        QTRY_COMPARE(on.store.commits.size(), std::size_t{2});
        QCOMPARE(recordOf(on.store.commits.back(), TimelineType::RunRecovered), restart);
        on.store.finishCommit({});
        QTRY_VERIFY(on.pump.isIdle());

        on.pump.post(eventInput(1));
        QTRY_COMPARE(on.store.commits.size(), std::size_t{3});
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"disk full"_s));
        on.store.finishCommit(fails(ErrorCode::StoreFull));
        QTRY_COMPARE(on.store.commits.size(), std::size_t{4});
        QCOMPARE(recordOf(on.store.commits.back(), TimelineType::RunRecovered),
                 R"({"message":"the run had no pending work","cause":"disk"})"_ba);
        on.store.finishCommit({});
        QTRY_VERIFY(on.pump.isIdle());
    }

    void aStopDuringTheReloadIsNoFailure()
    {
        Fixture on;
        QSignalSpy failed(&on.pump, &Pump::failed);
        QSignalSpy idle(&on.pump, &Pump::idle);
        on.store.isOpeningSlowly = true;
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"disk full"_s));
        on.pump.post(eventInput(1));
        QTRY_COMPARE(on.store.commits.size(), std::size_t{1});
        on.store.finishCommit(fails(ErrorCode::StoreFull));
        QTRY_VERIFY(on.store.opening.has_value());
        QVERIFY(!on.pump.isIdle()); // who stops waits for it
        const qsizetype before = idle.size();
        on.store.finishOpening(fails(ErrorCode::Stopping));
        QTRY_VERIFY(on.pump.isIdle());
        QCOMPARE(idle.size(), before + 1);
        QVERIFY(failed.isEmpty());
        on.pump.post(eventInput(2));
        QCOMPARE(std::get<Error>(on.replies.back().body).code, ErrorCode::Stopping);
    }

    void whoAsksAgainWhenRefusedIsToldAtOnce_data()
    {
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("said");
        QTest::newRow("disk full") << ErrorCode::StoreFull << u"disk full"_s;
        QTest::newRow("failed for good") << ErrorCode::StoreDamaged << u"commit failed"_s;
    }

    void whoAsksAgainWhenRefusedIsToldAtOnce()
    {
        QFETCH(const ErrorCode, code);
        QFETCH(const QString, said);
        Fixture on;
        // As a client that has sent its next request before the answer to this one.
        on.heard = [&on](const engine::Reply &reply) {
            if (reply.token < 10)
                on.pump.post(eventInput(reply.token + 10));
        };
        on.pump.post(eventInput(1));
        QTRY_COMPARE(on.store.commits.size(), std::size_t{1});
        on.pump.post(eventInput(2));
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(said));
        on.store.finishCommit(fails(code));
        QTRY_COMPARE(on.replies.size(), std::size_t{4});
        std::vector<engine::ReplyToken> tokens;
        for (const engine::Reply &reply : on.replies) {
            QCOMPARE(std::get<Error>(reply.body).code, code);
            tokens.push_back(reply.token);
        }
        QCOMPARE(tokens, (std::vector<engine::ReplyToken>{1, 11, 2, 12}));
    }
};

QTEST_GUILESS_MAIN(TestPump)

#include "tst_pump.moc"
