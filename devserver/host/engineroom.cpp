// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The life of the server inside the window; what is asked of it is in engineroomasks.cpp.

#include "devserver/host/engineroom.h"

#include "devserver/host/access.h"
#include "devserver/host/log.h"
#include "devserver/host/portholder.h"

#include <QCoroFuture>
#include <QCoroTimer>
#include <QThread>
#include <QThreadPool>

#include <utility>

namespace devserver::host {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using api::ServerPhase;

namespace {

/// The answer of the reader, for a coroutine.
QFuture<Result<api::QueryAnswer>> answerOf(const transport::EngineDoor &door, api::Query query)
{
    auto promise = std::make_shared<QPromise<Result<api::QueryAnswer>>>();
    promise->start();
    QFuture<Result<api::QueryAnswer>> future = promise->future();
    door.query(std::move(query), [promise](Result<api::QueryAnswer> answer) {
        promise->addResult(std::move(answer));
        promise->finish();
    });
    return future;
}

/// On a thread of its own: it waits for the disk.
QFuture<Result<api::DataCleared>> clearingOf(const ServerSettings &settings, api::ClearScope scope)
{
    auto promise = std::make_shared<QPromise<Result<api::DataCleared>>>();
    promise->start();
    QFuture<Result<api::DataCleared>> future = promise->future();
    store::ClearHooks hooks;
    if (settings.trash)
        hooks.trash = settings.trash;
    QThreadPool::globalInstance()->start([promise, file = settings.dataFile, scope, hooks] {
        promise->addResult(store::clearDataFile(file, scope, hooks));
        promise->finish();
    });
    return future;
}

} // namespace

EngineRoom::EngineRoom(ServerSettings settings, std::optional<InProcessApp> sample,
                       api::UpdateMailbox &mailbox, Noted noted)
    : m_settings(std::move(settings))
    , m_givenUrls(m_settings.routes.sdkUrls)
    , m_sample(sample ? std::move(sample) : m_settings.sample)
    , m_mailbox(mailbox)
    , m_noted(std::move(noted))
    , m_tasks(this)
{
    m_state.port = m_settings.port;
    m_state.dataFile = m_settings.dataFile;
    m_state.access = accessOf(m_settings);
}

EngineRoom::~EngineRoom() = default;

void EngineRoom::start(quint16 port, const Done &done)
{
    enqueue({.kind = Job::Kind::Start, .port = port, .done = done});
}

void EngineRoom::stop(const Done &done)
{
    enqueue({.kind = Job::Kind::Stop, .port = 0, .done = done});
}

void EngineRoom::clear(api::ClearScope scope, const Done &done)
{
    enqueue({.kind = Job::Kind::Clear, .port = 0, .scope = scope, .done = done});
}

void EngineRoom::leave()
{
    enqueue({.kind = Job::Kind::Leave, .port = 0, .done = {}});
}

void EngineRoom::enqueue(Job job)
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_jobs.push_back(std::move(job));
    if (!m_isWorking)
        m_tasks.spawn("engine room", work());
}

QCoro::Task<> EngineRoom::work()
{
    m_isWorking = true;
    while (!m_jobs.empty()) {
        const Job job = std::move(m_jobs.front());
        m_jobs.pop_front();
        if (job.kind == Job::Kind::Clear) {
            job.done(co_await clearData(job.scope));
            continue;
        }
        if (job.kind != Job::Kind::Start) {
            co_await stopServer();
            if (job.done)
                job.done(api::Answer(api::Done{}));
            if (job.kind == Job::Kind::Leave)
                thread()->quit();
            continue;
        }
        const Result<void> started = co_await startServer(job.port);
        if (started)
            job.done(api::Answer(api::Done{}));
        else
            job.done(tl::unexpected<Error>(started.error()));
    }
    m_isWorking = false;
}

QCoro::Task<Result<void>> EngineRoom::startServer(quint16 port)
{
    const bool isOtherPort = port != 0 && port != m_state.port;
    if (m_server && !isOtherPort)
        co_return Result<void>{};
    co_await stopServer();
    if (port != 0)
        m_settings.port = port;
    m_state.port = m_settings.port;
    note(ServerPhase::Starting);
    makeServer();
    const Result<quint16> listening = co_await m_server->start();
    if (!listening) {
        const Error error = listening.error();
        co_await dropServer();
        if (error.code == ErrorCode::AddressInUse)
            m_state.portHolder = holderOfPort(m_state.port);
        note(ServerPhase::Failed, error);
        co_return tl::unexpected<Error>(error);
    }
    m_state.port = *listening;
    note(ServerPhase::Serving);
    co_return Result<void>{};
}

void EngineRoom::makeServer()
{
    m_server = std::make_unique<Server>(m_settings);
    m_feed =
        std::make_unique<WindowFeed>(m_mailbox, m_server->door().query,
                                     [server = m_server.get()] { return server->dataBytes(); });
    m_server->publisher().watch(
        [this](const std::vector<Change> &changes) { m_feed->follow(changes); });
    m_server->setOpened([this](const Snapshot &snapshot) { return takeStock(snapshot); });
    connect(m_server.get(), &Server::failed, this, &EngineRoom::failed);
    const auto noteChange = [this] {
        if (m_state.phase == ServerPhase::Serving)
            note(ServerPhase::Serving);
    };
    connect(m_server.get(), &Server::discoveryChanged, this, noteChange);
    connect(m_server.get(), &Server::pauseChanged, this, noteChange);
}

QCoro::Task<> EngineRoom::takeStock(Snapshot snapshot)
{
    const api::StockQuery stock;
    const Result<api::QueryAnswer> answer = co_await answerOf(m_server->door(), stock);
    if (!answer)
        qCWarning(lcHost).noquote() << "the counters start at 0:" << answer.error().message;
    const auto *counters = answer ? std::get_if<api::Counters>(&*answer) : nullptr;
    m_feed->start(snapshot, counters == nullptr ? api::Counters{} : *counters);
}

QCoro::Task<> EngineRoom::stopServer()
{
    if (!m_server)
        co_return;
    if (m_state.phase != ServerPhase::Failed)
        note(ServerPhase::Stopping);
    co_await m_server->stop();
    co_await dropServer();
    if (m_state.phase != ServerPhase::Failed)
        note(ServerPhase::Stopped);
}

QCoro::Task<Result<api::Answer>> EngineRoom::clearData(api::ClearScope scope)
{
    co_await stopServer();
    if (m_settings.dataFile.isEmpty())
        co_return failure(ErrorCode::Unsupported, u"nothing is kept in a file"_s);
    const api::ServerState before = m_state;
    note(ServerPhase::Stopping);
    const Result<api::DataCleared> cleared = co_await clearingOf(m_settings, scope);
    note(cleared || before.phase != ServerPhase::Failed ? ServerPhase::Stopped : before.phase,
         cleared ? Error() : before.error);
    if (!cleared)
        co_return tl::unexpected<Error>(cleared.error());
    if (scope == api::ClearScope::Everything)
        m_settings.routes.sdkUrls = m_givenUrls;
    co_return api::Answer(*cleared);
}

QCoro::Task<> EngineRoom::dropServer()
{
    // We may have been woken by one of its own signals.
    co_await QCoro::sleepFor(0ms);
    m_settings.routes.sdkUrls = m_server->sdkUrls();
    m_server.reset();
    m_feed.reset();
}

/// The data file is of no use any more: the state says why, and stays so.
void EngineRoom::failed(const Error &error)
{
    note(ServerPhase::Failed, error);
    stop({});
}

void EngineRoom::note(ServerPhase phase, const Error &error)
{
    m_state.phase = phase;
    m_state.error = error;
    m_state.pause = phase == ServerPhase::Serving && m_server ? m_server->pause() : std::nullopt;
    if (phase == ServerPhase::Serving && m_server)
        m_state.dataFileBornAt = m_server->dataFileBornAt();
    if (phase != ServerPhase::Failed)
        m_state.portHolder.clear();
    const QString host =
        m_settings.addresses.empty() ? QString() : m_settings.addresses.front().toString();
    m_state.address =
        (host.contains(u':') ? u'[' + host + u']' : host) + u':' + QString::number(m_state.port);
    m_state.hasSample = m_settings.sample.has_value();
    m_state.isDiscovering = m_server && m_server->isDiscovering();
    m_state.otherPorts = m_server ? m_server->otherPorts() : std::nullopt;
    m_state.access.addresses = phase == ServerPhase::Serving
                                   ? boundAddresses(m_server->addresses(), m_state.port)
                                   : std::vector<api::BoundAddress>();
    m_noted(m_state);
}

} // namespace devserver::host
