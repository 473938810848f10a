// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/embeddedbackend.h"
#include "devserver/sdk/app.h"
#include "tests/unit/host/blocking.h"
#include "tests/unit/host/replywait.h"
#include "tests/unit/transport/scriptserver.h"

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
    app->function({.id = "blocking", .trigger = "demo/block"}, tests::blocking);
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

    template<typename T>
    Result<T> wait(api::Reply *reply) const
    {
        return tests::answerOf<T>(reply);
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

/// A server whose app is asked only when somebody wants it.
struct AskingFixture : Fixture {
    AskingFixture()
    {
        ServerSettings asking = settings();
        asking.pollInterval = 1h;
        backend = std::make_unique<EmbeddedBackend>(asking);
    }

    /// Its id is null if there is none of that name.
    [[nodiscard]] App app(const QByteArray &name) const
    {
        for (const auto &[id, known] : desk.apps) {
            if (known.app.name == name && !known.isGone)
                return known.app;
        }
        return {};
    }

    [[nodiscard]] bool has(const QByteArray &name) const { return !app(name).id.isNull(); }

    Result<api::AppSynced> sync(const AppId &id) const
    {
        return wait<api::AppSynced>(backend->syncApp(id));
    }
};

/// An app that does as SDKs do: it registers before it answers, and that with 200 (as Python's)
/// even if it was refused.
class RegisteringApp final : public tests::ScriptServer
{
public:
    explicit RegisteringApp(const Fixture &on)
        : ScriptServer([this](QTcpSocket *asked, const tests::SeenRequest &request) {
            take(asked, request.head.startsWith("PUT "));
        })
        , m_on(on)
    {}

    [[nodiscard]] QByteArray address() const { return url("/api/inngest"); }

    [[nodiscard]] QByteArray function(const QByteArray &slug) const
    {
        return R"({"id":")" + slug
               + R"(","name":"F","triggers":[{"event":"f"}],"steps":{"step":{"id":"step","name":)"
                 R"("step","runtime":{"type":"http","url":")"
               + address() + "?fnId=" + slug + R"(&stepId=step"}}}})";
    }

    static void answer(QTcpSocket *asked)
    {
        asked->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
        asked->disconnectFromHost();
    }

    QByteArray functions;
    bool isRegistering = true;
    bool isSlow = false;            ///< keeps its answers for `answer`
    std::vector<QTcpSocket *> kept; ///< has registered, has not answered

private:
    void take(QTcpSocket *asked, bool isToRegister) // else somebody looks who is there
    {
        if (!isRegistering || !isToRegister) {
            answer(asked);
            return;
        }
        auto *socket = new QTcpSocket(asked);
        socket->connectToHost(QHostAddress::LocalHost, m_on.backend->server().port);
        const QByteArray body =
            R"({"url":")" + address()
            + R"(","deployType":"ping","framework":"x","appName":"shop","sdk":"js:v4","v":"0.1",)"
              R"("functions":[)"
            + functions + "]}";
        socket->write("POST /fn/register HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                      "application/json\r\nContent-Length: "
                      + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        const auto registered = [this, asked] {
            if (isSlow)
                kept.push_back(asked);
            else
                answer(asked);
        };
        QObject::connect(socket, &QTcpSocket::readyRead, asked, registered,
                         Qt::SingleShotConnection);
    }

    const Fixture &m_on;
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
    void anAddressThatIsAskedSaysItsName();
    void anAppThatIsRefusedIsNotSynced();
    void anAppThatIsBeingAskedIsAskedAgain();
    void bulksKnowWhatIsEligible();
    void nobodyIsHeardBeforeTheStateIsThere();
    void stopsAlthoughAFunctionBlocks();
    void endsAlthoughAFunctionBlocks();
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
    const auto use = on.wait<api::StorageUse>(on.backend->ask(api::StorageQuery{}));
    QVERIFY(use);
    const qint64 all =
        use->events + use->runs + use->steps + use->calls + use->letters + use->other + use->free;
    QVERIFY(all > 0);
    QVERIFY(on.waitFor([&] { return on.desk.counters.dataBytes == all; }));

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
    QVERIFY(on.waitFor([&] { return on.desk.counters.all == 2; }));
    QVERIFY(on.desk.notices.empty()); // it only slept
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
    AskingFixture on;
    QVERIFY(on.start());
    RegisteringApp app(on);
    QVERIFY(on.wait<api::AppNoted>(on.backend->addApp(app.address())));
    QVERIFY(on.waitFor([&] { return on.has("shop"); }));
    const AppId id = on.app("shop").id;

    Result<api::AppSynced> synced = on.sync(id);
    QVERIFY(synced && synced->error.isEmpty());
    QVERIFY(!synced->isModified);
    app.functions = app.function("shop-f");
    synced = on.sync(id);
    QVERIFY(synced && synced->error.isEmpty());
    QVERIFY(synced->isModified);
    QCOMPARE(synced->name, "shop");
    app.close();
    synced = on.sync(id);
    QVERIFY(synced);
    QCOMPARE(synced->error, "unreachable");
    QVERIFY(!synced->isModified);
    QCOMPARE(on.sync(AppId()).error().code, ErrorCode::NotFound);
}

void TestEmbeddedBackend::anAddressThatIsAskedSaysItsName()
{
    AskingFixture on;
    QVERIFY(on.start());
    RegisteringApp app(on);
    app.isRegistering = false;
    QVERIFY(on.wait<api::AppNoted>(on.backend->addApp(app.address())));
    QVERIFY(on.waitFor([&] { return on.app({}).error == "bad_response"; }));
    const AppId id = on.app({}).id;
    Result<api::AppSynced> synced = on.sync(id);
    QVERIFY(synced);
    QCOMPARE(synced->name, QByteArray());
    QCOMPARE(synced->error, "bad_response");

    app.isRegistering = true;
    synced = on.sync(id);
    QVERIFY2(synced, qPrintable(synced ? QString() : synced.error().message));
    QCOMPARE(synced->name, "shop");
    QCOMPARE(synced->error, QByteArray());
    QVERIFY(synced->isModified);
    QVERIFY(on.waitFor([&] { return on.has("shop") && !on.has({}); }));
}

void TestEmbeddedBackend::anAppThatIsRefusedIsNotSynced() // protocol 2.5
{
    AskingFixture on;
    QVERIFY(on.start());
    RegisteringApp app(on);
    app.functions = app.function("shop-f");
    QVERIFY(on.wait<api::AppNoted>(on.backend->addApp(app.address())));
    QVERIFY(on.waitFor([&] { return on.has("shop"); }));
    const AppId id = on.app("shop").id;

    app.functions = R"({"id":"shop-f"})";
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"shop was refused"_s));
    Result<api::AppSynced> synced = on.sync(id);
    QVERIFY(synced);
    QCOMPARE(synced->error, "bad_request");
    QVERIFY(!synced->isModified);
    app.functions = app.function("shop-f");
    synced = on.sync(id);
    QVERIFY(synced);
    QCOMPARE(synced->error, QByteArray());
}

void TestEmbeddedBackend::anAppThatIsBeingAskedIsAskedAgain()
{
    AskingFixture on;
    QVERIFY(on.start());
    RegisteringApp app(on);
    QVERIFY(on.wait<api::AppNoted>(on.backend->addApp(app.address())));
    QVERIFY(on.waitFor([&] { return on.has("shop"); }));
    const AppId id = on.app("shop").id;

    app.isSlow = true;
    const auto first = tests::hear<api::AppSynced>(on.backend->syncApp(id));
    QVERIFY(on.waitFor([&] { return app.kept.size() == 1; }));
    app.functions = app.function("shop-f"); // mended while the old one is still answering
    app.isSlow = false;
    const auto second = tests::hear<api::AppSynced>(on.backend->syncApp(id));
    QVERIFY(on.wait<api::Count>(on.backend->ask(api::CountQuery{}))); // that has arrived before
    RegisteringApp::answer(app.kept.front());
    QVERIFY(on.waitFor([&] { return second->has_value(); }));
    QVERIFY(first->has_value() && **first && !(**first)->isModified);
    QVERIFY(**second);
    QCOMPARE((**second)->error, QByteArray());
    QVERIFY((**second)->isModified);
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

void TestEmbeddedBackend::stopsAlthoughAFunctionBlocks()
{
    Fixture on;
    QVERIFY(on.start());
    QVERIFY(on.wait<api::Sent>(on.backend->send(R"({"name":"demo/block"})"_ba)));
    QVERIFY(tests::blocked.tryAcquire(1, 10'000));
    QVERIFY(on.wait<api::Done>(on.backend->stopServer()));
    // What was not recorded is done again, although the first one still is at it.
    QVERIFY(on.start());
    QVERIFY(tests::blocked.tryAcquire(1, 10'000));
    tests::mayReturn.release(2);
    QVERIFY(on.waitFor([&] { return on.desk.isIn("demo-blocking", RunStatus::Completed); }));
    const RunId run = on.desk.runOf("demo-blocking")->id;
    const auto attempts = on.wait<api::Attempts>(on.backend->ask(api::AttemptsQuery{run}));
    QVERIFY(attempts);
    QCOMPARE(attempts->attempts.size(), std::size_t{3}); // broken off, done again, and the end
    QVERIFY(attempts->attempts.front().outcome == AttemptOutcome::Interrupted);
}

void TestEmbeddedBackend::endsAlthoughAFunctionBlocks()
{
    Fixture on;
    QVERIFY(on.start());
    QVERIFY(on.wait<api::Sent>(on.backend->send(R"({"name":"demo/block"})"_ba)));
    QVERIFY(tests::blocked.tryAcquire(1, 10'000));
    on.backend.reset(); // would never return
    tests::mayReturn.release();
}

QTEST_GUILESS_MAIN(TestEmbeddedBackend)
#include "tst_embeddedbackend.moc"
