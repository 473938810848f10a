// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/server.h"

#include "devserver/host/log.h"
#include "devserver/host/pump.h"
#include "devserver/store/sqlitestore.h"
#include "devserver/transport/apppoller.h"
#include "devserver/transport/discovery.h"
#include "devserver/transport/epollset.h"
#include "devserver/transport/httpcaller.h"
#include "devserver/transport/httpclient.h"
#include "devserver/transport/httpserver.h"

#include <QCoroFuture>
#include <QCoroSignal>
#include <QDeadlineTimer>
#include <QFutureWatcher>
#include <QTimer>

namespace devserver::host {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds grace =
    1500ms; // of the 2 s of semantics §10.4, the rest is for us
constexpr std::chrono::milliseconds longestStop = 1800ms;

/// How an app finds a server that is not where SDKs look for it; nothing if it is there.
QByteArray addressHint(quint16 port)
{
    constexpr quint16 standardPort = 8288;
    if (port == standardPort)
        return {};
    return "start it with INNGEST_DEV=http://localhost:" + QByteArray::number(port)
           + " (without it, SDKs register at port 8288)";
}

} // namespace

Server::Server(ServerSettings settings, QObject *parent)
    : QObject(parent)
    , m_settings(std::move(settings))
    , m_switchboard([this](engine::Input input) { m_pump->post(std::move(input)); })
{
    m_store =
        m_settings.dataFile.isEmpty()
            ? std::make_unique<store::SqliteStore>(QString(), store::Durability::None)
            : std::make_unique<store::SqliteStore>(m_settings.dataFile, store::Durability::Full);
    m_pump = std::make_unique<Pump>(
        m_settings.engine, *m_store, m_clock,
        Pump::Outlets{
            .perform = [this](engine::Action action) { perform(std::move(action)); },
            .publish = [this](const std::vector<Change> &changes) { m_publisher.post(changes); },
            .abandonCalls = [this] { ++m_epoch; }});
    connect(m_pump.get(), &Pump::failed, this, &Server::failed);
    connect(m_pump.get(), &Pump::pauseChanged, this, &Server::pauseChanged);
    connect(m_pump.get(), &Pump::idle, this, &Server::announceSettled);
    connect(m_pump.get(), &Pump::reloaded, this, [this] {
        forgetNamelessApps();
        startWork();
    });
    m_publisher.watch([this](const std::vector<Change> &changes) { follow(changes); });

    m_sockets = std::make_unique<transport::EpollSet>();
    m_client = std::make_unique<transport::HttpClient>(*m_sockets);
    m_httpCaller =
        std::make_unique<transport::HttpCaller>(*m_client, m_clock, m_settings.routes.signingKey);
    if (m_settings.sample)
        m_localCaller = std::make_unique<transport::InProcessCaller>(m_settings.sample->runner);
    m_poller = std::make_unique<transport::AppPoller>(
        *m_client,
        transport::AppPoller::Settings{.interval = m_settings.pollInterval,
                                       .pollsHealthyApps = m_settings.routes.hasPoll,
                                       .signingKey = m_settings.routes.signingKey},
        [this](transport::AppPoll poll) { notePoll(std::move(poll)); });

    m_routes = std::make_unique<transport::Routes>(door("api"_ba), m_clock, m_settings.routes);
    m_http = std::make_unique<transport::HttpServer>(
        *m_sockets,
        transport::HttpHooks{
            .handler =
                [this](transport::HttpRequest request, transport::Responder respond) {
                    m_routes->handle(std::move(request), std::move(respond));
                },
            .guard = [this](const transport::HttpRequest &head) { return m_routes->guard(head); },
            .bodyLimit =
                [](const transport::HttpRequest &head) {
                    return transport::Routes::bodyLimit(head);
                },
            .defaultHeaders = {{"X-Inngest-Server-Kind"_ba, "dev"_ba}}});
}

Server::~Server()
{
    // Before the pump: their callbacks post to it.
    m_http.reset();
    m_localCaller.reset();
    m_discovery.reset();
    m_poller.reset();
    m_client.reset();
    m_store->close();
}

QCoro::Task<Result<quint16>> Server::start()
{
    const Result<Snapshot> snapshot = co_await m_store->open();
    if (!snapshot)
        co_return tl::unexpected<Error>(snapshot.error());
    if (m_opened)
        co_await m_opened(*snapshot);
    // Nothing may wait between these two: what is accepted before the engine has its state is lost.
    const Result<quint16> port = listen();
    if (!port)
        co_return tl::unexpected<Error>(port.error());
    m_port = *port;
    m_pump->restore(*snapshot);
    for (const App &app : snapshot->apps) {
        m_poller->follow(app);
        if (app.name.isEmpty())
            m_namelessApps.insert_or_assign(app.id, app);
        else
            m_namedApps.insert_or_assign(app.id, app.url);
        if (app.kind == AppKind::InProcess)
            m_localApps.insert_or_assign(app.id, app);
    }
    startWork();
    m_poller->pollNow();
    // Also when apps are known from before: today's may be another one, on another port.
    if (m_settings.routes.hasDiscovery)
        startDiscovery(*port);
    co_return *port;
}

QCoro::Task<> Server::stop()
{
    m_http->stopAccepting();
    m_poller->stop();
    finishDiscovery();
    if (m_discovery)
        m_discovery->stop();
    m_pump->post(engine::Stopping{});
    const QDeadlineTimer forCalls(grace);
    const QDeadlineTimer forAll(longestStop);
    while (m_callsInFlight > 0 && !forCalls.hasExpired()) {
        announceAt(forCalls);
        co_await qCoro(this, &Server::settled);
    }
    m_httpCaller->abortAll();
    if (m_localCaller)
        m_localCaller->abortAll();
    // The calls that were broken off come back as inputs; what they change is committed, too.
    while ((m_callsInFlight > 0 || !m_pump->isIdle()) && !forAll.hasExpired()) {
        announceAt(forAll);
        co_await qCoro(this, &Server::settled);
    }
    const Error stopping{ErrorCode::Stopping, u"the server is stopping"_s};
    m_switchboard.refuseAll(stopping);
    m_http->close();
    m_store->close();
}

/// From the event loop: whoever waits must not go on inside the pump or a caller. One at a time:
/// an awaited signal is a queued call, and a second one on its way would find the waiter gone. For
/// the same reason nobody waits with a timeout.
void Server::announceSettled()
{
    if (std::exchange(m_isAnnouncing, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isAnnouncing = false;
            Q_EMIT settled();
        },
        Qt::QueuedConnection);
}

void Server::announceAt(const QDeadlineTimer &deadline)
{
    QTimer::singleShot(std::chrono::milliseconds(deadline.remainingTime() + 1), Qt::PreciseTimer,
                       this, &Server::announceSettled);
}

transport::EngineDoor Server::door(const QByteArray &actor)
{
    transport::EngineDoor door = m_switchboard.door(actor);
    door.query = [this](api::Query query, auto done) {
        ask(std::move(query), {}, std::move(done));
    };
    door.removeApp = [this, remove = door.removeApp](QByteArray url, auto done) {
        forgetAddress(url);
        remove(std::move(url), std::move(done));
    };
    door.namelessApps = [this] {
        std::vector<App> apps;
        for (const auto &[id, app] : m_namelessApps)
            apps.push_back(app);
        return apps;
    };
    return door;
}

void Server::nameApp(QByteArray url)
{
    rememberAddress(url);
    m_keptUrls.insert(url);
    m_pump->post(engine::AppNamed{.url = std::move(url), .isKept = true});
}

void Server::moveApp(AppId app, const QByteArray &url, transport::EngineDoor::Done<SyncDone> done)
{
    const auto nameless = m_namelessApps.find(app);
    const QByteArray before =
        nameless == m_namelessApps.end() ? QByteArray() : nameless->second.url;
    m_switchboard.moveApp(
        app, url, [this, url, before, done = std::move(done)](const Result<SyncDone> &moved) {
            if (moved) {
                if (before != url)
                    forgetAddress(before);
                rememberAddress(url);
            }
            done(moved);
        });
}

void Server::rememberAddress(const QByteArray &url)
{
    if (!m_settings.routes.sdkUrls.contains(url))
        m_settings.routes.sdkUrls.append(url);
}

/// An address that was given up is not asked again.
void Server::forgetAddress(const QByteArray &url)
{
    m_settings.routes.sdkUrls.removeAll(url);
    m_keptUrls.erase(url);
}

/// The app is where it registered last.
void Server::noteAddress(const App &app)
{
    QByteArray &known = m_namedApps[app.id];
    if (known != app.url)
        forgetAddress(known);
    known = app.url;
}

void Server::syncApp(const AppId &app, transport::EngineDoor::Done<App> done)
{
    m_poller->pollOne(app, std::move(done));
}

void Server::notePoll(transport::AppPoll poll)
{
    if (poll.error.isEmpty() && m_namedApps.contains(poll.app))
        finishDiscovery();
    if (const QByteArray hint = addressHint(m_port); !hint.isEmpty()) {
        // An app that answers may register elsewhere, or try to: "fetch failed" are the words of
        // the TypeScript SDK, those of the Python SDK name the address.
        if (poll.error.isEmpty())
            poll.detail = hint;
        else if (poll.detail.contains("fetch failed") || poll.detail.contains("/fn/register"))
            poll.detail += "; " + hint;
    }
    engine::AppPolled polled{.app = poll.app,
                             .url = std::move(poll.url),
                             .error = std::move(poll.error),
                             .detail = std::move(poll.detail)};
    if (poll.askers.empty()) {
        m_pump->post(std::move(polled));
        return;
    }
    m_switchboard.notePoll(std::move(polled),
                           [askers = std::move(poll.askers)](const Result<App> &app) {
                               for (const transport::AppPoll::Asker &asker : askers)
                                   asker(app);
                           });
}

void Server::setSample(std::optional<InProcessApp> sample)
{
    m_settings.sample = std::move(sample);
    if (!m_settings.sample) {
        retireSample();
        return;
    }
    if (!m_localCaller)
        m_localCaller = std::make_unique<transport::InProcessCaller>(m_settings.sample->runner);
    m_pump->post(
        engine::FunctionsSynced{.token = 0, .registration = m_settings.sample->registration});
}

qint64 Server::dataBytes() const
{
    return m_settings.dataFile.isEmpty() ? 0 : m_store->dataBytes();
}

qint64 Server::dataFileBornAt() const
{
    return m_settings.dataFile.isEmpty() ? 0 : m_store->bornAt();
}

const std::optional<Error> &Server::pause() const
{
    return m_pump->pause();
}

void Server::startDiscovery(quint16 port)
{
    m_discovery = std::make_unique<transport::Discovery>(
        *m_client, m_settings.pollInterval, port, m_settings.routes.signingKey,
        [this](QByteArray url) {
            m_pump->post(engine::AppNamed{.url = std::move(url), .isFound = true});
        },
        [this](std::vector<quint16> others) {
            m_otherPorts = std::move(others);
            Q_EMIT discoveryChanged();
        });
    m_discovery->start();
    m_isDiscovering = true;
    Q_EMIT discoveryChanged();
}

void Server::finishDiscovery()
{
    if (!m_isDiscovering)
        return;
    m_discovery->finish();
    m_isDiscovering = false;
    m_otherPorts.reset();
    Q_EMIT discoveryChanged();
}

Result<quint16> Server::listen()
{
    quint16 port = m_settings.port;
    bool isFirst = true;
    for (const QHostAddress &address : m_settings.addresses) {
        const Result<quint16> bound = m_http->listen(address, port);
        // A machine without IPv6 still has the other loopback address.
        if (!bound && !isFirst && address == QHostAddress(QHostAddress::LocalHostIPv6)
            && bound.error().code != ErrorCode::AddressInUse)
            continue;
        if (!bound)
            return bound;
        port = *bound;
        isFirst = false;
        m_addresses.push_back(address);
    }
    return port;
}

/// After a full disk the engine does not know them any more, so it would never tell that one is
/// gone.
void Server::forgetNamelessApps()
{
    std::vector<Change> gone;
    for (const auto &[id, app] : m_namelessApps)
        gone.emplace_back(AppChanged{.app = app, .isGone = true});
    m_publisher.post(gone);
}

/// Also after a full disk, which may have swallowed it: the engine keeps no address that it was
/// only told.
void Server::startWork()
{
    if (m_settings.sample)
        m_pump->post(
            engine::FunctionsSynced{.token = 0, .registration = m_settings.sample->registration});
    else
        retireSample();
    for (const QByteArray &url : m_settings.routes.sdkUrls)
        m_pump->post(engine::AppNamed{.url = url, .isKept = m_keptUrls.contains(url)});
}

/// Without the sample its functions start no more runs, though the data file knows them.
void Server::retireSample()
{
    for (const auto &[id, app] : m_localApps) {
        m_pump->post(engine::FunctionsSynced{.token = 0,
                                             .registration = {.appName = app.name,
                                                              .kind = AppKind::InProcess,
                                                              .url = {},
                                                              .sdk = app.sdk,
                                                              .framework = app.framework,
                                                              .appVersion = app.version,
                                                              .checksum = "retired"_ba,
                                                              .functions = {}}});
    }
}

void Server::perform(engine::Action action)
{
    if (auto *reply = std::get_if<engine::Reply>(&action))
        m_switchboard.deliver(std::move(*reply));
    else if (auto *call = std::get_if<engine::SendCall>(&action))
        send(std::move(call->request));
    else
        probe(std::get<engine::ProbeApp>(action));
}

void Server::send(CallRequest request)
{
    const engine::CallFinished finished{
        .run = request.run, .job = request.job, .request = request.request, .answer = {}};
    ++m_callsInFlight;
    const auto done = [this, finished, epoch = m_epoch](CallAnswer answer) {
        if (--m_callsInFlight == 0)
            announceSettled();
        if (epoch != m_epoch)
            return;
        engine::CallFinished input = finished;
        input.answer = std::move(answer);
        m_pump->post(std::move(input));
    };
    if (request.appKind == AppKind::Http)
        m_httpCaller->call(std::move(request), done);
    else if (m_localCaller && m_settings.sample)
        m_localCaller->call(std::move(request), done);
    else // started with --no-sample: its runs wait until it is there again
        QMetaObject::invokeMethod(
            this,
            [done] {
                CallAnswer away;
                away.outcome = AppUnreachable{RawJson::fromTrusted(
                    R"({"error":"the sample functions are switched off","name":"Error","message":"the sample functions are switched off"})"_ba)};
                done(away);
            },
            Qt::QueuedConnection);
}

void Server::probe(const engine::ProbeApp &probe)
{
    if (probe.url.isEmpty()) { // in this process: there or not, for as long as the server runs
        if (m_settings.sample)
            m_pump->post(engine::ProbeFinished{.app = probe.app, .isReachable = true});
        return;
    }
    transport::HttpCall call;
    call.url = probe.url;
    call.timeout = 2s;
    call.connectTimeout = 2s;
    call.headers = {{"X-Inngest-Server-Kind"_ba, "dev"_ba}};
    m_client->send(std::move(call), [this, app = probe.app](const transport::HttpResult &result) {
        if (!result.outcome && result.outcome.error().kind == transport::CallFailureKind::Aborted)
            return; // the server stops, and knows nothing about the app
        const bool isReachable =
            result.outcome
            || result.outcome.error().kind != transport::CallFailureKind::Unreachable;
        m_pump->post(engine::ProbeFinished{.app = app, .isReachable = isReachable});
    });
}

void Server::follow(const std::vector<Change> &changes)
{
    for (const Change &change : changes) {
        const auto *app = std::get_if<AppChanged>(&change);
        if (app == nullptr)
            continue;
        if (app->isGone) {
            m_poller->forget(app->app.id);
            m_namedApps.erase(app->app.id);
            m_namelessApps.erase(app->app.id);
            m_localApps.erase(app->app.id);
            continue;
        }
        if (app->app.kind == AppKind::InProcess)
            m_localApps.insert_or_assign(app->app.id, app->app);
        m_poller->follow(app->app);
        if (app->app.name.isEmpty())
            m_namelessApps.insert_or_assign(app->app.id, app->app);
        else
            noteAddress(app->app);
        const bool isSynced = app->app.kind == AppKind::Http && !app->app.name.isEmpty()
                              && (app->app.error.isEmpty() || app->app.error == callsRefused);
        if (isSynced)
            finishDiscovery();
    }
}

void Server::ask(api::Query query, store::Withdrawn withdrawn,
                 std::function<void(Result<api::QueryAnswer>)> done)
{
    // Not QFuture::then(context): it asserts when the context dies first (style.md A 11).
    auto *watcher = new QFutureWatcher<Result<api::QueryAnswer>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [watcher, done = std::move(done)] {
        watcher->deleteLater();
        done(watcher->result());
    });
    watcher->setFuture(m_store->query(std::move(query), std::move(withdrawn)));
}

} // namespace devserver::host
