// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/function.h"
#include "devserver/model/id.h"
#include "devserver/transport/enginedoor.h"
#include "devserver/transport/httpclient.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <map>
#include <vector>

namespace devserver::transport {

/// What an app answered when it was asked to register.
struct AppPoll {
    /// Gets the app as it is afterwards.
    using Asker = EngineDoor::Done<App>;

    AppId app;
    QByteArray url;
    QByteArray error; ///< codes of protocol §2.3, or `cloudMode`; empty: it answered well
    QByteArray detail;
    std::vector<Asker> askers; ///< to be told once that is stored; empty: nobody asked
};

/// Keeps the known apps in sync: asks each with a PUT to register itself, again and again, because
/// SDKs never do so by themselves (protocol §2.3). Before that it looks who is there: one in cloud
/// mode is not told. Silent unless there are apps. Engine thread.
class AppPoller final : public QObject
{
    Q_OBJECT

public:
    struct Settings {
        std::chrono::milliseconds interval{5000};
        bool pollsHealthyApps = true; ///< false: only apps in error (`--no-poll`)
        QByteArray signingKey;        ///< empty: not signed
    };

    using Polled = std::function<void(AppPoll poll)>;

    AppPoller(HttpClient &client, Settings settings, Polled polled, QObject *parent = nullptr);

    /// Polls this app from now on; at once if it is new or elsewhere, and has an error.
    void follow(const App &app);
    /// Asks it no more. Who waits for its answer is still told.
    void forget(const AppId &app);

    /// Asks all apps now, not only when the interval is over.
    void pollNow() { pollAll(); }

    /// Asks one app now, also with `--no-poll`. If it is being asked already, then again after
    /// that: what it answers may be older than what was mended since. Stopping if it is not
    /// followed, or is not asked any more.
    void pollOne(const AppId &app, AppPoll::Asker asker);

    /// For good: what is still told of apps, as while a server stops, asks nobody.
    void stop();

private:
    struct Followed {
        QByteArray url;
        bool hasError = false;
        bool isAsking = false;
        bool asksAgain = false;              ///< its address changed while it was being asked
        bool isLeaving = false;              ///< forgotten while it was being asked
        std::vector<AppPoll::Asker> askers;  ///< of the poll that is out
        std::vector<AppPoll::Asker> waiting; ///< for the one after it
    };

    void pollAll();
    void poll(const AppId &id, Followed &app);
    void look(const AppId &id, const QByteArray &url);
    void looked(const AppId &id, const QByteArray &url, const HttpResult &result);
    void tellToRegister(const AppId &id, const QByteArray &url);
    void sign(HttpCall &call) const;
    void finished(const AppId &id, const QByteArray &url, const HttpResult &result);
    void judged(AppPoll answered);
    [[nodiscard]] bool isFollowed(const QByteArray &url) const;
    static void refuse(const std::vector<AppPoll::Asker> &askers);

    HttpClient &m_client;
    Settings m_settings;
    Polled m_polled;
    std::map<AppId, Followed> m_apps;
    QTimer m_timer;
    bool m_isStopped = false;
};

} // namespace devserver::transport
