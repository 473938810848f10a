// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/engine/state.h"
#include "devserver/host/publisher.h"
#include "devserver/host/switchboard.h"
#include "devserver/model/clock.h"
#include "devserver/model/function.h"
#include "devserver/model/result.h"
#include "devserver/model/snapshot.h"
#include "devserver/store/cleardata.h"
#include "devserver/store/store.h"
#include "devserver/transport/enginedoor.h"
#include "devserver/transport/inprocesscaller.h"
#include "devserver/transport/routes.h"

#include <QCoroTask>
#include <QDeadlineTimer>
#include <QHostAddress>
#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace devserver::transport {
class AppPoller;
class Discovery;
class EpollSet;
class FunctionCaller;
class HttpClient;
class HttpServer;
struct AppPoll;
} // namespace devserver::transport

namespace devserver::store {
class SqliteStore;
} // namespace devserver::store

namespace devserver::host {

class Pump;

/// Functions of this process: what they register, and what runs them.
struct InProcessApp {
    Registration registration;
    transport::FunctionRunner runner;
};

struct ServerSettings {
    std::vector<QHostAddress> addresses; ///< to listen on
    quint16 port = 8288;                 ///< 0: any free one
    QString dataFile;                    ///< empty: `--memory`
    engine::Options engine;
    transport::RouteSettings routes;
    QString eventKeysFrom; ///< where they were given: `--event-key`
    QString signingKeyFrom;
    std::chrono::milliseconds pollInterval{5000};
    std::optional<InProcessApp> sample;
    /// Where the old file goes when data are cleared; empty: the desktop's trash.
    store::ToTrash trash;
};

/// The dev server: puts engine, store and transport together (style.md 2.6). Everything but the
/// store's own threads lives on the thread that made it.
class Server final : public QObject
{
    Q_OBJECT

public:
    explicit Server(ServerSettings settings, QObject *parent = nullptr);
    ~Server() override;

    /// Opens the data file, listens, and takes up the work that was left. The port, or why not.
    [[nodiscard]] QCoro::Task<Result<quint16>> start();
    /// Stops taking work, gives calls in flight 1.5 s, then breaks them off; all commits are done
    /// afterwards. Functions of this process may go on, but count no more. Killing the process
    /// instead is harmless, only slower to recover from.
    [[nodiscard]] QCoro::Task<> stop();

    [[nodiscard]] Publisher &publisher() { return m_publisher; }

    /// Called once with what the data file has of live work; the server takes it up afterwards.
    using Opened = std::function<QCoro::Task<>(const Snapshot &)>;

    void setOpened(Opened opened) { m_opened = std::move(opened); }

    // What the window asks of it, besides what comes over HTTP. While it runs.

    /// For \a actor, as the records of what it does call it.
    [[nodiscard]] transport::EngineDoor door(const QByteArray &actor = QByteArrayLiteral("window"));
    /// As the door's query, but \a withdrawn ends the work; \a done is called all the same.
    void ask(api::Query query, store::Withdrawn withdrawn,
             std::function<void(Result<api::QueryAnswer>)> done);
    /// Takes up an address, normalised, as `--sdk-url` does.
    void nameApp(QByteArray url);

    /// Another address, normalised, for an app that has one. \a done hears when that is stored.
    void moveApp(AppId app, const QByteArray &url, transport::EngineDoor::Done<SyncDone> done);

    /// Those of the settings and those that were named, without what was removed or moved away: a
    /// start after this one asks them.
    [[nodiscard]] const QByteArrayList &sdkUrls() const { return m_settings.routes.sdkUrls; }

    /// Asks the app for its functions now; \a done gets it as it is once that is stored.
    void syncApp(const AppId &app, transport::EngineDoor::Done<App> done);
    /// Runs these functions from now on, or retires those of this process.
    void setSample(std::optional<InProcessApp> sample);

    [[nodiscard]] bool hasSample() const { return m_settings.sample.has_value(); }

    /// What the data file has, see SqliteStore::dataBytes(); 0 if nothing is kept.
    [[nodiscard]] qint64 dataBytes() const;
    /// See SqliteStore::bornAt(); 0 if nothing is kept.
    [[nodiscard]] qint64 dataFileBornAt() const;

    [[nodiscard]] bool isDiscovering() const { return m_isDiscovering; }

    /// Why no work is done for now: the disk is full, or another program holds the data file.
    [[nodiscard]] const std::optional<Error> &pause() const;

    /// Usual ports of apps where something else listens, ascending; nothing: not known.
    [[nodiscard]] const std::optional<std::vector<quint16>> &otherPorts() const
    {
        return m_otherPorts;
    }

    /// That it listens on: those of the settings, less what the machine does not have.
    [[nodiscard]] const std::vector<QHostAddress> &addresses() const { return m_addresses; }

Q_SIGNALS:
    /// The data file failed for good; the server must be stopped.
    void failed(const devserver::Error &error);
    /// `pause` is another one.
    void pauseChanged();
    /// Looking for apps has begun, has brought something else, or has ended.
    void discoveryChanged();
    /// No call is in flight, or no commit is under way: a stop may go on.
    void settled();

private:
    [[nodiscard]] Result<quint16> listen();
    void perform(engine::Action action);
    void send(CallRequest request);
    void probe(const engine::ProbeApp &probe);
    void follow(const std::vector<Change> &changes);
    void notePoll(transport::AppPoll poll);
    void startWork();
    void rememberAddress(const QByteArray &url);
    void forgetAddress(const QByteArray &url);
    void noteAddress(const App &app);
    void forgetNamelessApps();
    void retireSample();
    void startDiscovery(quint16 port);
    void finishDiscovery();
    void announceSettled();
    void announceAt(const QDeadlineTimer &deadline);

    ServerSettings m_settings;
    SystemClock m_clock;
    Publisher m_publisher;
    std::unique_ptr<store::SqliteStore> m_store;
    std::unique_ptr<Pump> m_pump;
    Switchboard m_switchboard;
    std::unique_ptr<transport::EpollSet> m_sockets;
    std::unique_ptr<transport::HttpClient> m_client;
    std::unique_ptr<transport::FunctionCaller> m_httpCaller;
    std::unique_ptr<transport::InProcessCaller> m_localCaller;
    std::unique_ptr<transport::AppPoller> m_poller;
    std::unique_ptr<transport::Discovery> m_discovery;
    std::unique_ptr<transport::Routes> m_routes;
    std::unique_ptr<transport::HttpServer> m_http;
    Opened m_opened;
    std::map<AppId, QByteArray> m_namedApps; ///< that registered, today or before, and where
    std::map<AppId, App> m_namelessApps;     ///< that did not, and only their address is known
    std::set<QByteArray> m_keptUrls;         ///< given by a person, not by an option
    std::map<AppId, App> m_localApps;        ///< in this process, also those that are switched off
    std::vector<QHostAddress> m_addresses;   ///< that it listens on
    quint16 m_port = 0;                      ///< at each of them
    bool m_isDiscovering = false;
    std::optional<std::vector<quint16>> m_otherPorts;
    int m_callsInFlight = 0;
    bool m_isAnnouncing = false;
    quint64 m_epoch = 0; ///< counts drops of the engine's state; answers of an older epoch are void
};

} // namespace devserver::host
