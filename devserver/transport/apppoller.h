// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/function.h"
#include "devserver/model/id.h"
#include "devserver/transport/httpclient.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <map>
#include <vector>

namespace devserver::transport {

/// Keeps the known apps in sync: asks each with a PUT to register itself, again and again, because
/// SDKs never do so by themselves (protocol §2.3). Silent unless there are apps. Engine thread.
class AppPoller final : public QObject
{
    Q_OBJECT

public:
    struct Settings {
        std::chrono::milliseconds interval{5000};
        bool pollsHealthyApps = true; ///< false: only apps in error (`--no-poll`)
        QByteArray signingKey;        ///< empty: not signed
    };

    /// Empty error: the app answered well. Codes of protocol §2.3.
    using Polled = std::function<void(AppId app, QByteArray error, QByteArray detail)>;

    AppPoller(HttpClient &client, Settings settings, Polled polled, QObject *parent = nullptr);

    /// Polls this app from now on, at once if it has an error.
    void follow(const App &app);
    void forget(const AppId &app);

    /// Asks all apps now, not only when the interval is over.
    void pollNow() { pollAll(); }

    /// What one app answered; the codes of `Polled`, or `aborted` if nobody waited for it.
    using Asked = std::function<void(const QByteArray &error, const QByteArray &detail)>;

    /// Asks one app now, also with `--no-poll`, and tells \a asked once. One that is not followed
    /// is `aborted`.
    void pollOne(const AppId &app, Asked asked);

    void stop();

private:
    struct Followed {
        QByteArray url;
        bool hasError = false;
        bool isAsking = false;
        std::vector<Asked> waiting; ///< told of the next answer
    };

    void pollAll();
    void poll(const AppId &id, Followed &app);
    void finished(const AppId &id, const HttpResult &result);
    static void tell(Followed *app, const QByteArray &error, const QByteArray &detail);

    HttpClient &m_client;
    Settings m_settings;
    Polled m_polled;
    std::map<AppId, Followed> m_apps;
    QTimer m_timer;
};

} // namespace devserver::transport
