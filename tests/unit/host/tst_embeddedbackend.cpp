// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/embeddedbackend.h"
#include "devserver/sdk/app.h"
#include "tests/unit/transport/scriptserver.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <memory>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using namespace devserver::host;

namespace {

sdk::Json double_(const sdk::Json &number)
{
    return sdk::Json(number.toInt(0) * 2);
}

sdk::Json refuse()
{
    throw sdk::NonRetriable("the card was refused");
}

sdk::Task<sdk::Json> good(sdk::Context ctx)
{
    co_return co_await ctx.step("double", double_, ctx.event().data["n"]);
}

sdk::Task<sdk::Json> bad(sdk::Context ctx)
{
    co_return co_await ctx.step("charge", refuse);
}

sdk::Task<sdk::Json> sleepy(sdk::Context ctx)
{
    co_await ctx.sleep("nap", 3600s);
    co_return sdk::Json(1);
}

InProcessApp scripted()
{
    const auto app = std::make_shared<sdk::App>("demo");
    app->function({.id = "good", .trigger = "demo/good"}, good);
    app->function({.id = "bad", .trigger = "demo/bad", .retries = 0}, bad);
    app->function({.id = "sleepy", .trigger = "demo/sleep"}, sleepy);
    return {.registration = app->registration(),
            .runner = [app](const CallRequest &request) { return app->run(request); }};
}

/// Everything that came by mail, the last of each kind by its key.
struct Desk {
    std::map<RunId, api::RunSummary> runs;
    std::map<EventId, api::EventSummary> events;
    std::map<RunId, api::LetterSummary> letters;
    std::map<AppId, AppChanged> apps;
    std::vector<Notice> notices;
    api::Counters counters;

    void empty(api::UpdateMailbox &mailbox)
    {
        api::Mail mail = mailbox.take(1000);
        for (api::RunSummary &run : mail.runs)
            runs.insert_or_assign(run.id, run);
        for (api::EventSummary &event : mail.events)
            events.insert_or_assign(event.internalId, event);
        for (api::LetterSummary &letter : mail.letters)
            letters.insert_or_assign(letter.run, letter);
        for (AppChanged &app : mail.apps)
            apps.insert_or_assign(app.app.id, app);
        notices.insert(notices.end(), mail.notices.begin(), mail.notices.end());
        if (mail.counters)
            counters = *mail.counters;
    }

    [[nodiscard]] const api::RunSummary *runOf(const QByteArray &slug) const
    {
        for (const auto &[id, run] : runs) {
            if (run.slug == slug)
                return &run;
        }
        return nullptr;
    }

    [[nodiscard]] bool isIn(const QByteArray &slug, RunStatus status) const
    {
        const api::RunSummary *run = runOf(slug);
        return run != nullptr && run->status == status;
    }
};

struct Fixture {
    QTemporaryDir folder;
    std::unique_ptr<EmbeddedBackend> backend;
    Desk desk;

    ServerSettings settings(quint16 port = 0) const
    {
        ServerSettings made;
        made.addresses = {QHostAddress(QHostAddress::LocalHost)};
        made.port = port;
        made.dataFile = folder.filePath(u"redrive.db"_s);
        made.engine.clockStep = 1ms;
        made.routes.hasDiscovery = false;
        made.sample = scripted();
        return made;
    }

    void open() { backend = std::make_unique<EmbeddedBackend>(settings()); }

    /// The answer, or the error, of one call.
    template<typename T>
    Result<T> wait(api::Reply *reply) const
    {
        std::optional<Result<T>> result;
        api::then<T>(
            reply, backend.get(), [&result](const T &answer) { result = answer; },
            [&result](const Error &error) { result = tl::unexpected<Error>(error); });
        if (!QTest::qWaitFor([&result] { return result.has_value(); }, 10'000))
            return failure(ErrorCode::Timeout, u"no answer"_s);
        return *result;
    }

    bool start()
    {
        if (!backend)
            open();
        return wait<api::Done>(backend->startServer(0)).has_value();
    }

    template<typename Condition>
    bool waitFor(Condition condition)
    {
        return QTest::qWaitFor(
            [&] {
                desk.empty(backend->mailbox());
                return condition();
            },
            10'000);
    }
};

api::Filter term(const QByteArray &key, const QByteArray &value)
{
    api::Filter filter;
    filter.kind = api::Filter::Kind::Term;
    filter.term.key = key;
    filter.term.values = {value};
    return filter;
}

} // namespace

class TestEmbeddedBackend : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEventBecomesACompletedRun();
    void aFailureBecomesALetterThatCanBeRetried();
    void whatCannotBeSentSaysWhy();
    void aRestartKeepsEverything();
    void aTakenPortNamesItsHolder();
    void aDamagedFileIsSaid();
    void nothingIsAnsweredWithoutAServer();
    void aCancelledReplyStaysSilent();
    void theSampleGoesAndComes();
    void anAppThatIsAskedSaysWhetherAnythingChanged();
    void bulksKnowWhatIsEligible();
    void nobodyIsHeardBeforeTheStateIsThere();
    void endsWithinTwoSeconds();
};

void TestEmbeddedBackend::anEventBecomesACompletedRun()
{
    Fixture on;
    QVERIFY(on.start());
    QCOMPARE(on.backend->server().phase, api::ServerPhase::Serving);
    QVERIFY(on.backend->server().port != 0);
    QVERIFY(on.backend->server().hasSample);

    const auto sent = on.wait<api::Sent>(
        on.backend->send(R"({"name":"demo/good","id":"my-key","data":{"n":21}})"_ba));
    QVERIFY(sent);
    QCOMPARE(sent->events.size(), std::size_t{1});
    QVERIFY(on.waitFor([&] { return on.desk.isIn("demo-good", RunStatus::Completed); }));

    const api::RunSummary *run = on.desk.runOf("demo-good");
    QCOMPARE(run->functionName, "good");
    QCOMPARE(run->appName, "demo");
    QCOMPARE(run->trigger, "demo/good");
    QCOMPARE(run->event, sent->events.front());
    QCOMPARE(run->key, "my-key");
    QVERIFY(run->endedAt.has_value());

    // Its event shows what became of it, and counts.
    QVERIFY(on.waitFor([&] {
        const api::EventSummary &event = on.desk.events[sent->events.front()];
        return event.started.size() == 1 && event.started.front().status == RunStatus::Completed;
    }));
    QCOMPARE(on.desk.events[sent->events.front()].preview, R"({"n":21})");
    QVERIFY(on.waitFor([&] { return on.desk.counters.completed == 1; }));
    QCOMPARE(on.desk.counters.all, 1);
    QCOMPARE(on.desk.counters.events, 1);
    QVERIFY(on.desk.counters.dataBytes > 0);

    // What the store says is what the mail said.
    const auto page = on.wait<api::RunPage>(on.backend->ask(api::RunsQuery{}));
    QVERIFY(page);
    QCOMPARE(page->rows.size(), std::size_t{1});
    QCOMPARE(page->rows.front(), *on.desk.runOf("demo-good"));
    const auto record = on.wait<api::RunRecord>(on.backend->ask(api::RunRecordQuery{run->id}));
    QVERIFY(record);
    QCOMPARE(record->run.output.bytes(), "42");
    QVERIFY(!record->timeline.empty());
    QCOMPARE(record->memos.size(), std::size_t{1});
}

void TestEmbeddedBackend::aFailureBecomesALetterThatCanBeRetried()
{
    Fixture on;
    QVERIFY(on.start());
    QVERIFY(on.wait<api::Sent>(on.backend->send(R"({"name":"demo/bad","data":{"n":1}})"_ba)));
    QVERIFY(on.waitFor([&] { return on.desk.letters.size() == 1; }));
    const api::LetterSummary letter = on.desk.letters.begin()->second;
    QCOMPARE(letter.state, LetterState::Open);
    QCOMPARE(letter.errorMessage, "the card was refused");
    QCOMPARE(letter.failedStepName, "charge");
    QCOMPARE(letter.functionName, "bad");
    QCOMPARE(letter.preview, R"({"n":1})");
    QVERIFY(on.waitFor([&] { return on.desk.counters.dead == 1; }));

    const auto done = on.wait<VerbDone>(on.backend->act(RetryLetter{letter.run}));
    QVERIFY(done);
    QVERIFY(on.waitFor([&] {
        const api::LetterSummary &now = on.desk.letters[letter.run];
        return now.state == LetterState::Open && now.cycle == 1;
    }));
    QVERIFY(
        on.waitFor([&] { return on.desk.counters.dead == 1 && on.desk.counters.running == 0; }));
    QCOMPARE(on.desk.counters.all, 1);

    QVERIFY(on.wait<VerbDone>(on.backend->act(DiscardLetter{letter.run, "not needed"_ba})));
    QVERIFY(on.waitFor([&] {
        return on.desk.letters[letter.run].state == LetterState::Discarded
               && on.desk.counters.dead == 0;
    }));
    QCOMPARE(on.desk.letters[letter.run].discardReason, "not needed");
    QCOMPARE(on.desk.counters.failed, 1);
    QCOMPARE(on.desk.runs[letter.run].letter, LetterState::Discarded);

    const auto again = on.wait<VerbDone>(on.backend->act(RetryLetter{letter.run}));
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::Conflict);
}

void TestEmbeddedBackend::whatCannotBeSentSaysWhy()
{
    Fixture on;
    QVERIFY(on.start());
    const auto broken = on.wait<api::Sent>(on.backend->send("{\"name\":"_ba));
    QVERIFY(!broken);
    QCOMPARE(broken.error().code, ErrorCode::InvalidJson);
    QVERIFY(!on.wait<api::Sent>(on.backend->send("[]"_ba)));
    const auto nobody = on.wait<api::Sent>(on.backend->invoke("no-such"_ba, "{}"_ba));
    QVERIFY(!nobody);
    QCOMPARE(nobody.error().code, ErrorCode::NotFound);
    QVERIFY(on.wait<api::Sent>(on.backend->invoke("demo-good"_ba, R"({"n":4})"_ba)));
    QVERIFY(on.waitFor([&] { return on.desk.isIn("demo-good", RunStatus::Completed); }));
    QVERIFY(!on.wait<api::AppNoted>(on.backend->addApp("ftp://x"_ba)));
    api::RunsQuery query;
    query.filter = term("colour"_ba, "red"_ba);
    const auto filtered = on.wait<api::RunPage>(on.backend->ask(query));
    QVERIFY(!filtered);
    QCOMPARE(filtered.error().code, ErrorCode::InvalidInput);
    QVERIFY(filtered.error().message.contains(u"colour:red"_s));
}

void TestEmbeddedBackend::aRestartKeepsEverything()
{
    Fixture on;
    QVERIFY(on.start());
    QVERIFY(on.wait<api::Sent>(
        on.backend->send(R"([{"name":"demo/good","data":{"n":1}},{"name":"demo/sleep"}])"_ba)));
    QVERIFY(on.waitFor([&] {
        const api::RunSummary *sleepy = on.desk.runOf("demo-sleepy");
        return on.desk.isIn("demo-good", RunStatus::Completed) && sleepy != nullptr
               && sleepy->status == RunStatus::Running && !sleepy->activities.empty()
               && sleepy->activities.front().kind == ActivityKind::Sleeping;
    }));
    QSignalSpy changes(on.backend.get(), &api::ConsoleBackend::serverChanged);
    QVERIFY(on.wait<api::Done>(on.backend->stopServer()));
    QTRY_COMPARE(on.backend->server().phase, api::ServerPhase::Stopped);
    QVERIFY(changes.size() >= 2);

    on.desk = {};
    on.open(); // the old backend ends here
    QVERIFY(on.start());
    QVERIFY(on.waitFor([&] { return !on.desk.notices.empty(); }));
    QCOMPARE(on.desk.notices.front().text, "1 run was taken up again");
    QVERIFY(on.waitFor([&] { return on.desk.counters.all == 2; }));
    QCOMPARE(on.desk.counters.waiting, 1);
    QCOMPARE(on.desk.counters.completed, 1);
    QCOMPARE(on.desk.counters.events, 2);
    const auto waiting = on.wait<api::RunPage>(on.backend->ask(api::WaitingQuery{}));
    QVERIFY(waiting);
    QCOMPARE(waiting->rows.size(), std::size_t{1});

    QVERIFY(on.wait<VerbDone>(on.backend->act(SkipSleep{waiting->rows.front().id, {}})));
    QVERIFY(on.waitFor([&] { return on.desk.isIn("demo-sleepy", RunStatus::Completed); }));
    QVERIFY(on.waitFor([&] { return on.desk.counters.completed == 2; }));
    QCOMPARE(on.desk.counters.all, 2);
}

void TestEmbeddedBackend::aTakenPortNamesItsHolder()
{
    QTcpServer holder;
    QVERIFY(holder.listen(QHostAddress::LocalHost));
    Fixture on;
    on.backend = std::make_unique<EmbeddedBackend>(on.settings(holder.serverPort()));
    const auto started = on.wait<api::Done>(on.backend->startServer(0));
    QVERIFY(!started);
    QCOMPARE(started.error().code, ErrorCode::AddressInUse);
    QTRY_COMPARE(on.backend->server().phase, api::ServerPhase::Failed);
    const api::ServerState state = on.backend->server();
    QCOMPARE(state.port, holder.serverPort());
    QCOMPARE(state.error.code, ErrorCode::AddressInUse);
    QVERIFY2(
        state.portHolder.contains(u"pid "_s + QString::number(QCoreApplication::applicationPid())),
        qPrintable(state.portHolder));

    holder.close();
    QVERIFY(on.wait<api::Done>(on.backend->startServer(0)));
    QTRY_COMPARE(on.backend->server().phase, api::ServerPhase::Serving);
    QVERIFY(on.backend->server().portHolder.isEmpty());
}

void TestEmbeddedBackend::aDamagedFileIsSaid()
{
    Fixture on;
    QFile file(on.folder.filePath(u"redrive.db"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    on.open();
    const auto started = on.wait<api::Done>(on.backend->startServer(0));
    QVERIFY(!started);
    QCOMPARE(started.error().code, ErrorCode::StoreDamaged);
    QTRY_COMPARE(on.backend->server().phase, api::ServerPhase::Failed);
}

void TestEmbeddedBackend::nothingIsAnsweredWithoutAServer()
{
    Fixture on;
    on.open();
    const auto sent = on.wait<api::Sent>(on.backend->send(R"({"name":"a"})"_ba));
    QVERIFY(!sent);
    QCOMPARE(sent.error().code, ErrorCode::Stopping);
    QCOMPARE(on.backend->server().phase, api::ServerPhase::Stopped);
}

void TestEmbeddedBackend::aCancelledReplyStaysSilent()
{
    Fixture on;
    QVERIFY(on.start());
    api::Reply *reply = on.backend->ask(api::RunsQuery{});
    int calls = 0;
    connect(reply, &api::Reply::finished, this, [&calls] { ++calls; });
    connect(reply, &api::Reply::failed, this, [&calls] { ++calls; });
    QSignalSpy gone(reply, &QObject::destroyed);
    reply->cancel();
    // A later question is answered, so the earlier answer has come and was dropped.
    QVERIFY(on.wait<api::RunPage>(on.backend->ask(api::RunsQuery{})));
    QTRY_COMPARE(gone.size(), 1);
    QCOMPARE(calls, 0);
}

void TestEmbeddedBackend::theSampleGoesAndComes()
{
    Fixture on;
    QVERIFY(on.start());
    QVERIFY(on.waitFor([&] { return !on.desk.apps.empty(); }));
    QVERIFY(on.wait<api::Done>(on.backend->setSample(false)));
    QTRY_VERIFY(!on.backend->server().hasSample);
    QVERIFY(on.wait<api::Sent>(on.backend->send(R"({"name":"demo/good","data":{"n":1}})"_ba)));
    const auto none = on.wait<api::Count>(on.backend->ask(api::CountQuery{}));
    QVERIFY(none);
    QCOMPARE(none->rows, 0);

    QVERIFY(on.wait<api::Done>(on.backend->setSample(true)));
    QVERIFY(on.wait<api::Sent>(on.backend->send(R"({"name":"demo/good","data":{"n":1}})"_ba)));
    QVERIFY(on.waitFor([&] { return on.desk.isIn("demo-good", RunStatus::Completed); }));
    QVERIFY(on.backend->server().hasSample);
}

void TestEmbeddedBackend::anAppThatIsAskedSaysWhetherAnythingChanged()
{
    Fixture on;
    ServerSettings settings = on.settings();
    settings.pollInterval = 1h; // only when it is asked for
    on.backend = std::make_unique<EmbeddedBackend>(settings);
    QVERIFY(on.start());
    QByteArray functions;
    // As SDKs do: it registers before it answers.
    tests::ScriptServer app([&](QTcpSocket *asked, const tests::SeenRequest &) {
        auto *socket = new QTcpSocket(asked);
        socket->connectToHost(QHostAddress::LocalHost, on.backend->server().port);
        const QByteArray body = R"({"url":")" + app.url("/api/inngest")
                                + R"(","deployType":"ping","framework":"x","appName":"shop",)"
                                  R"("sdk":"js:v4","v":"0.1","functions":[)"
                                + functions + "]}";
        socket->write("POST /fn/register HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                      "application/json\r\nContent-Length: "
                      + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        const auto answer = [asked] {
            asked->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
            asked->disconnectFromHost();
        };
        QObject::connect(socket, &QTcpSocket::readyRead, asked, answer, Qt::SingleShotConnection);
    });
    QVERIFY(on.wait<api::AppNoted>(on.backend->addApp(app.url("/api/inngest"))));
    const auto shop = [&on]() -> const App * {
        for (const auto &[id, known] : on.desk.apps) {
            if (known.app.name == "shop")
                return &known.app;
        }
        return nullptr;
    };
    QVERIFY(on.waitFor([&] { return shop() != nullptr; }));
    const AppId id = shop()->id;
    const auto sync = [&] { return on.wait<api::AppSynced>(on.backend->syncApp(id)); };

    Result<api::AppSynced> synced = sync();
    QVERIFY(synced && synced->error.isEmpty());
    QVERIFY(!synced->isModified);
    functions = R"({"id":"shop-f","name":"F","triggers":[{"event":"f"}],"steps":{"step":)"
                R"({"id":"step","name":"step","runtime":{"type":"http","url":")"
                + app.url("/api/inngest?fnId=shop-f&stepId=step") + R"("}}}})";
    synced = sync();
    QVERIFY(synced && synced->error.isEmpty());
    QVERIFY(synced->isModified);
    app.close();
    synced = sync();
    QVERIFY(synced);
    QCOMPARE(synced->error, "unreachable");
    QVERIFY(!synced->isModified);
    QCOMPARE(on.wait<api::AppSynced>(on.backend->syncApp(AppId())).error().code,
             ErrorCode::NotFound);
}

void TestEmbeddedBackend::bulksKnowWhatIsEligible()
{
    Fixture on;
    QVERIFY(on.start());
    QVERIFY(on.wait<api::Sent>(
        on.backend->send(R"([{"name":"demo/bad"},{"name":"demo/bad"},{"name":"demo/bad"}])"_ba)));
    QVERIFY(on.waitFor([&] { return on.desk.letters.size() == 3; }));
    BulkPlan plan;
    for (const auto &[run, letter] : on.desk.letters)
        plan.runs.push_back(run);
    QVERIFY(on.wait<VerbDone>(on.backend->act(DiscardLetter{plan.runs.front(), "x"_ba})));
    auto preview = on.wait<api::BulkPreview>(on.backend->preview(plan));
    QVERIFY(preview);
    QCOMPARE(preview->eligible, 2);
    QCOMPARE(preview->notOpen, 1);
    QVERIFY(on.wait<api::Done>(on.backend->setSample(false)));
    // Done means that it is on its way; the preview asks what is stored.
    QVERIFY(on.waitFor([&] {
        preview = on.wait<api::BulkPreview>(on.backend->preview(plan));
        return preview && preview->functionGone == 2;
    }));
}

void TestEmbeddedBackend::nobodyIsHeardBeforeTheStateIsThere()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    const quint16 port = taken.serverPort();
    taken.close();
    const Fixture on;
    Server server(on.settings(port));
    bool wasHeard = true;
    server.setOpened([&wasHeard, port](const Snapshot &) -> QCoro::Task<> {
        QTcpSocket early;
        early.connectToHost(QHostAddress::LocalHost, port);
        wasHeard = early.waitForConnected(1000);
        co_return;
    });
    const Result<quint16> started = QCoro::waitFor(server.start());
    QVERIFY(started);
    QCOMPARE(*started, port);
    QVERIFY(!wasHeard);
    QCoro::waitFor(server.stop());
}

void TestEmbeddedBackend::endsWithinTwoSeconds()
{
    Fixture on;
    QVERIFY(on.start());
    QVERIFY(on.wait<api::Sent>(on.backend->send(R"({"name":"demo/good","data":{"n":1}})"_ba)));
    QElapsedTimer timer;
    timer.start();
    on.backend.reset();
    QVERIFY(timer.elapsed() < 2000);
}

QTEST_GUILESS_MAIN(TestEmbeddedBackend)
#include "tst_embeddedbackend.moc"
