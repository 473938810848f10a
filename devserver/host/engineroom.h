// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/consolebackend.h"
#include "devserver/host/server.h"
#include "devserver/host/taskscope.h"
#include "devserver/host/windowfeed.h"

#include <QByteArrayList>
#include <QObject>

#include <deque>
#include <functional>
#include <memory>

namespace devserver::host {

/// The engine thread's side of EmbeddedBackend: owns the server while it runs, and answers. All
/// functions belong to the engine thread; every `Done` is called exactly once.
class EngineRoom final : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(Result<api::Answer>)>;
    using Noted = std::function<void(const api::ServerState &)>;

    /// \param sample  what `setSample(true)` runs; on from the start if the settings have one
    EngineRoom(ServerSettings settings, std::optional<InProcessApp> sample,
               api::UpdateMailbox &mailbox, Noted noted);
    ~EngineRoom() override;

    void start(quint16 port, const Done &done);
    void stop(const Done &done);
    /// Stops the server, then clears the data file; nobody starts it meanwhile.
    void clear(api::ClearScope scope, const Done &done);
    /// Stops the server, then ends the event loop of this thread.
    void leave();

    /// \param withdrawn  true once nobody waits for the answer any more
    void ask(api::Query query, store::Withdrawn withdrawn, const Done &done);
    void act(Verb verb, const Done &done);
    void preview(BulkPlan plan, const Done &done);
    void startBulk(BulkPlan plan, const Done &done);
    void stopBulk(BulkId bulk, const Done &done);
    void send(const QByteArray &json, const Done &done);
    void invoke(const QByteArray &slug, const QByteArray &data, const Done &done);
    void addApp(const QByteArray &url, const Done &done);
    void syncApp(AppId app, const Done &done);
    void removeApp(AppId app, const Done &done);
    void moveApp(AppId app, const QByteArray &url, const Done &done);
    void setSample(bool isOn, const Done &done);
    /// Also while no server runs.
    void compareSigningKey(const QByteArray &key, const Done &done) const;

private:
    /// Starting and stopping take a while; they are done one after the other.
    struct Job {
        enum class Kind { Start, Stop, Clear, Leave };
        Kind kind = Kind::Start;
        quint16 port = 0;
        api::ClearScope scope = api::ClearScope::History;
        Done done;
    };

    void enqueue(Job job);
    QCoro::Task<> work();
    QCoro::Task<Result<void>> startServer(quint16 port);
    QCoro::Task<> stopServer();
    QCoro::Task<> dropServer();
    QCoro::Task<Result<api::Answer>> clearData(api::ClearScope scope);
    QCoro::Task<> takeStock(Snapshot snapshot);
    void makeServer();
    void failed(const Error &error);
    void note(api::ServerPhase phase, const Error &error = {});
    [[nodiscard]] api::QueryAnswer withNamelessApps(api::QueryAnswer answer) const;
    void sendDrafts(std::vector<EventDraft> drafts, const Done &done);
    /// Whether there is a server to ask; else \a done is told.
    [[nodiscard]] bool isServing(const Done &done) const;

    ServerSettings m_settings;
    const QByteArrayList m_givenUrls; ///< as the program was started; later ones go with the data
    std::optional<InProcessApp> m_sample;
    api::UpdateMailbox &m_mailbox;
    Noted m_noted;
    api::ServerState m_state;
    std::deque<Job> m_jobs;
    bool m_isWorking = false;
    TaskScope m_tasks;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<WindowFeed> m_feed;
};

} // namespace devserver::host
