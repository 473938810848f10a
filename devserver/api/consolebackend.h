// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/access.h"
#include "devserver/api/clearing.h"
#include "devserver/api/reply.h"
#include "devserver/api/updatemailbox.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace devserver::api {

enum class ServerPhase {
    Stopped,
    Starting,
    Serving,
    Stopping,
    Failed, ///< with an error
};

/// The server as the window's status bar shows it.
struct ServerState {
    ServerPhase phase = ServerPhase::Stopped;
    QString address; ///< `127.0.0.1:8288`; of the one that was tried, if it failed
    quint16 port = 0;
    Error error; ///< why it failed
    /// While it serves: why nothing is stored and no work is done for now (StoreFull, StoreLocked).
    /// It goes on by itself when that is over.
    std::optional<Error> pause = {};
    QString portHolder; ///< `node (pid 123)` if the port is taken and its holder can be known
    QString dataFile;   ///< empty: nothing is kept
    /// When it was begun, in ms since 1970: another one at its path has another time. 0: not known.
    qint64 dataFileBornAt = 0;
    bool hasSample = false;
    bool isDiscovering = false; ///< looks for apps on the usual ports
    /// Of these the ones where something listens that is no app, ascending; nothing: not known yet.
    std::optional<std::vector<quint16>> otherPorts = {};
    ServerAccess access = {}; ///< who gets in

    bool operator==(const ServerState &) const = default;
};

/// The only door between the window and the engine (ui.md §4.1). GUI thread; every call returns at
/// once, answers come as Reply, changes come through the mailbox.
class ConsoleBackend : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~ConsoleBackend() override = default;
    Q_DISABLE_COPY_MOVE(ConsoleBackend)

    [[nodiscard]] virtual UpdateMailbox &mailbox() = 0;
    /// The time that countdowns are measured against.
    [[nodiscard]] virtual TimePoint now() const = 0;

    /// What work in the window is measured with: never set back or forward.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steadyNow() const
    {
        return std::chrono::steady_clock::now();
    }

    [[nodiscard]] virtual ServerState server() const = 0;

    /// -> the answer that the query names
    [[nodiscard]] virtual Reply *ask(Query query) = 0;
    /// -> VerbDone
    [[nodiscard]] virtual Reply *act(Verb verb) = 0;
    /// -> BulkPreview
    [[nodiscard]] virtual Reply *preview(const BulkPlan &plan) = 0;
    /// -> BulkStarted; progress comes through the mailbox
    [[nodiscard]] virtual Reply *start(BulkPlan plan) = 0;
    /// -> Done
    [[nodiscard]] virtual Reply *stopBulk(BulkId bulk) = 0;

    /// One event or an array of events, as over HTTP (protocol §3). -> Sent
    [[nodiscard]] virtual Reply *send(QByteArray json) = 0;
    /// Starts one function directly with these data. -> Sent
    [[nodiscard]] virtual Reply *invoke(QByteArray slug, QByteArray data) = 0;

    /// Takes up an address as `--sdk-url` does. -> AppNoted
    [[nodiscard]] virtual Reply *addApp(QByteArray url) = 0;
    /// Asks it to register, and waits for its answer. -> AppSynced
    [[nodiscard]] virtual Reply *syncApp(AppId app) = 0;
    /// -> Done
    [[nodiscard]] virtual Reply *removeApp(AppId app) = 0;
    /// Takes up another address instead of the one it has. A registered app stays what it is; its
    /// calls wait until it registers at the new address. Changes nothing if that one is none, or
    /// belongs to another app. -> AppNoted
    [[nodiscard]] virtual Reply *moveApp(AppId app, QByteArray url) = 0;
    /// Switches the sample functions on or off. -> Done
    [[nodiscard]] virtual Reply *setSample(bool isOn) = 0;

    /// Starts the server, on another port if one is given. -> Done, or why not
    [[nodiscard]] virtual Reply *startServer(quint16 port) = 0;
    /// -> Done
    [[nodiscard]] virtual Reply *stopServer() = 0;
    /// Stops the server and puts a cleared data file in the place of the old one, which is kept.
    /// The server does not start again, whatever came of it; after an error the file is as before.
    /// -> DataCleared
    [[nodiscard]] virtual Reply *clearData(ClearScope scope) = 0;
    /// Whether an app with this key and the server understand each other. -> KeyComparison
    [[nodiscard]] virtual Reply *compareSigningKey(QByteArray key) = 0;

Q_SIGNALS:
    void serverChanged();
};

} // namespace devserver::api
