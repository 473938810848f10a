// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/transport/httpclient.h"

#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace devserver::transport {

/// Looks for apps on the usual ports of this machine until one is synced (protocol §2.3). Quiet: it
/// asks only where something listens, and logs nothing there. It stays on this machine: a redirect
/// is no app, and is followed once and on the same port only (frameworks add a slash to the path).
/// An app in cloud mode asks who wants to know: with a signing key it is asked again, signed. It is
/// found even if it does not take that: what is wrong with it is for who asks it to register.
/// Engine thread.
class Discovery final : public QObject
{
    Q_OBJECT

public:
    /// Called with the address of each serve endpoint that it finds.
    using Found = std::function<void(QByteArray url)>;
    /// Called after the first look, and after each that brought something else, with the ports
    /// where something listens that is no app, ascending.
    using Looked = std::function<void(std::vector<quint16> others)>;

    /// \param ownPort  not looked at.
    /// \param signingKey  empty: nothing is signed
    Discovery(HttpClient &client, std::chrono::milliseconds interval, quint16 ownPort,
              QByteArray signingKey, Found found, Looked looked, QObject *parent = nullptr);

    void start();
    /// No more looks. What the one under way still finds is told; not what else is there.
    void finish();
    /// Nothing is told any more.
    void stop();

private:
    void scan();

    /// What is asked: one of the usual paths, or where it sent us on the same port.
    struct Spot {
        QByteArray url;
        quint16 port = 0;
        std::size_t path = 0;
        bool isMoved = false;
        bool isSigned = false;
    };

    void ask(quint16 port, std::size_t path);
    void askAt(const Spot &spot);
    void answered(const Spot &spot, const HttpResult &result);
    void judge(const Spot &spot, const HttpResult &result);
    void tellOthers();

    HttpClient &m_client;
    QByteArray m_signingKey;
    Found m_found;
    Looked m_looked;
    std::vector<quint16> m_ports;
    QTimer m_timer;
    std::vector<quint16> m_others;                    ///< of the look that is under way
    std::optional<std::vector<quint16>> m_toldOthers; ///< of the last one
    int m_pending = 0;
    bool m_hasFound = false; ///< by the look that is under way
    bool m_isFinishing = false;
    bool m_isStopped = true;
};

} // namespace devserver::transport
