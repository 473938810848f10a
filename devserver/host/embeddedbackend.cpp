// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/embeddedbackend.h"

#include "devserver/host/access.h"
#include "devserver/host/engineroom.h"
#include "devserver/transport/httpclient.h"

#include <QPointer>
#include <QThread>

#include <atomic>
#include <map>
#include <utility>

namespace devserver::host {

using namespace Qt::StringLiterals;
using api::Reply;

/// Replies never leave the GUI thread: a call is a number on the other side.
class EmbeddedBackend::Private
{
public:
    Private(EmbeddedBackend *backend, ServerSettings settings, std::optional<InProcessApp> sample)
        : m_backend(backend)
    {
        state.port = settings.port;
        state.dataFile = settings.dataFile;
        state.access = accessOf(settings);
        m_thread.setObjectName(u"engine"_s);
        m_room = new EngineRoom(std::move(settings), std::move(sample), mailbox,
                                [this](const api::ServerState &now) { postState(now); });
        m_room->moveToThread(&m_thread);
        // Deleted on its own thread, when that ends.
        QObject::connect(&m_thread, &QThread::finished, m_room, &QObject::deleteLater);
        transport::HttpClient::initialise(); // here: this thread ends with the process
        m_thread.start();
    }

    ~Private()
    {
        QMetaObject::invokeMethod(
            m_room, [room = m_room] { room->leave(); }, Qt::QueuedConnection);
        m_thread.wait();
    }

    Q_DISABLE_COPY_MOVE(Private)

    /// \a command is called on the engine thread with the room and with what to do with the answer.
    template<typename Command>
    [[nodiscard]] Reply *call(Command command)
    {
        Q_ASSERT(QThread::currentThread() == m_backend->thread());
        auto *reply = new Reply(m_backend);
        const quint64 number = ++m_lastCall;
        m_calls.emplace(number, reply);
        QObject::connect(reply, &Reply::cancelled, m_backend,
                         [this, number] { m_calls.erase(number); });
        EngineRoom::Done done = [this, number](Result<api::Answer> answer) {
            // The engine thread ends before the backend does, so `this` is still there.
            QMetaObject::invokeMethod(
                m_backend, [this, number, answer = std::move(answer)] { deliver(number, answer); },
                Qt::QueuedConnection);
        };
        QMetaObject::invokeMethod(
            m_room,
            [room = m_room, command = std::move(command), done = std::move(done)]() mutable {
                command(room, done);
            },
            Qt::QueuedConnection);
        return reply;
    }

    api::UpdateMailbox mailbox;
    api::ServerState state;
    SystemClock clock;

private:
    void deliver(quint64 number, const Result<api::Answer> &answer)
    {
        const auto found = m_calls.extract(number);
        if (!found.empty() && found.mapped())
            found.mapped()->deliver(answer);
    }

    void postState(const api::ServerState &now)
    {
        QMetaObject::invokeMethod(
            m_backend,
            [this, now] {
                if (state == now)
                    return;
                state = now;
                Q_EMIT m_backend->serverChanged();
            },
            Qt::QueuedConnection);
    }

    EmbeddedBackend *m_backend;
    QThread m_thread;
    EngineRoom *m_room = nullptr; // belongs to its thread
    quint64 m_lastCall = 0;
    std::map<quint64, QPointer<Reply>> m_calls;
};

EmbeddedBackend::EmbeddedBackend(ServerSettings settings, std::optional<InProcessApp> sample,
                                 QObject *parent)
    : ConsoleBackend(parent)
    , d(std::make_unique<Private>(this, std::move(settings), std::move(sample)))
{}

EmbeddedBackend::~EmbeddedBackend() = default;

api::UpdateMailbox &EmbeddedBackend::mailbox()
{
    return d->mailbox;
}

TimePoint EmbeddedBackend::now() const
{
    return d->clock.now();
}

api::ServerState EmbeddedBackend::server() const
{
    return d->state;
}

Reply *EmbeddedBackend::ask(api::Query query)
{
    // A newer filter cancels the older question: the reader must not go on with it.
    const auto withdrawn = std::make_shared<std::atomic<bool>>(false);
    Reply *reply = d->call(
        [query = std::move(query), withdrawn](EngineRoom *room, const EngineRoom::Done &done) {
            room->ask(query, withdrawn, done);
        });
    connect(reply, &Reply::cancelled, this, [withdrawn] { *withdrawn = true; });
    return reply;
}

Reply *EmbeddedBackend::act(Verb verb)
{
    return d->call([verb = std::move(verb)](EngineRoom *room, const EngineRoom::Done &done) {
        room->act(verb, done);
    });
}

Reply *EmbeddedBackend::preview(const BulkPlan &plan)
{
    return d->call(
        [plan](EngineRoom *room, const EngineRoom::Done &done) { room->preview(plan, done); });
}

Reply *EmbeddedBackend::start(BulkPlan plan)
{
    return d->call([plan = std::move(plan)](EngineRoom *room, const EngineRoom::Done &done) {
        room->startBulk(plan, done);
    });
}

Reply *EmbeddedBackend::stopBulk(BulkId bulk)
{
    return d->call(
        [bulk](EngineRoom *room, const EngineRoom::Done &done) { room->stopBulk(bulk, done); });
}

Reply *EmbeddedBackend::send(QByteArray json)
{
    return d->call([json = std::move(json)](EngineRoom *room, const EngineRoom::Done &done) {
        room->send(json, done);
    });
}

Reply *EmbeddedBackend::invoke(QByteArray slug, QByteArray data)
{
    return d->call([slug = std::move(slug), data = std::move(data)](EngineRoom *room,
                                                                    const EngineRoom::Done &done) {
        room->invoke(slug, data, done);
    });
}

Reply *EmbeddedBackend::addApp(QByteArray url)
{
    return d->call([url = std::move(url)](EngineRoom *room, const EngineRoom::Done &done) {
        room->addApp(url, done);
    });
}

Reply *EmbeddedBackend::syncApp(AppId app)
{
    return d->call(
        [app](EngineRoom *room, const EngineRoom::Done &done) { room->syncApp(app, done); });
}

Reply *EmbeddedBackend::removeApp(AppId app)
{
    return d->call(
        [app](EngineRoom *room, const EngineRoom::Done &done) { room->removeApp(app, done); });
}

Reply *EmbeddedBackend::moveApp(AppId app, QByteArray url)
{
    return d->call([app, url = std::move(url)](EngineRoom *room, const EngineRoom::Done &done) {
        room->moveApp(app, url, done);
    });
}

Reply *EmbeddedBackend::setSample(bool isOn)
{
    return d->call(
        [isOn](EngineRoom *room, const EngineRoom::Done &done) { room->setSample(isOn, done); });
}

Reply *EmbeddedBackend::startServer(quint16 port)
{
    return d->call(
        [port](EngineRoom *room, const EngineRoom::Done &done) { room->start(port, done); });
}

Reply *EmbeddedBackend::stopServer()
{
    return d->call([](EngineRoom *room, const EngineRoom::Done &done) { room->stop(done); });
}

Reply *EmbeddedBackend::clearData(api::ClearScope scope)
{
    return d->call(
        [scope](EngineRoom *room, const EngineRoom::Done &done) { room->clear(scope, done); });
}

Reply *EmbeddedBackend::compareSigningKey(QByteArray key)
{
    return d->call([key = std::move(key)](EngineRoom *room, const EngineRoom::Done &done) {
        room->compareSigningKey(key, done);
    });
}

} // namespace devserver::host
