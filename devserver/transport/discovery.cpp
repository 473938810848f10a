// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/discovery.h"

#include "devserver/model/appports.h"
#include "devserver/protocol/signing.h"

#include <QUrl>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace devserver::transport {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const std::array<QByteArray, 4> paths{"/api/inngest"_ba, "/x/inngest"_ba,
                                      "/.netlify/functions/inngest"_ba,
                                      "/.redwood/functions/inngest"_ba};

/// Where a redirect leads if that is the same server; else empty.
QByteArray besideOf(const QByteArray &url, const QByteArray &location)
{
    const QUrl from = QUrl::fromEncoded(url);
    const QUrl to = from.resolved(QUrl::fromEncoded(location));
    const bool isSame =
        to.scheme() == from.scheme() && to.host() == from.host() && to.port() == from.port();
    return location.isEmpty() || !isSame ? QByteArray() : to.toEncoded();
}

} // namespace

Discovery::Discovery(HttpClient &client, std::chrono::milliseconds interval, quint16 ownPort,
                     QByteArray signingKey, Found found, Looked looked, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_signingKey(std::move(signingKey))
    , m_found(std::move(found))
    , m_looked(std::move(looked))
    , m_ports(appPorts(ownPort))
    , m_timer(this)
{
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &Discovery::scan);
}

void Discovery::start()
{
    m_isStopped = false;
    m_isFinishing = false;
    m_timer.start();
    scan();
}

void Discovery::finish()
{
    m_isFinishing = true;
    m_timer.stop();
}

void Discovery::stop()
{
    m_isStopped = true;
    m_timer.stop();
}

void Discovery::scan()
{
    if (m_pending > 0)
        return;
    m_others.clear();
    m_hasFound = false;
    for (const quint16 port : m_ports)
        ask(port, 0);
}

void Discovery::ask(quint16 port, std::size_t path)
{
    const QByteArray url = "http://localhost:" + QByteArray::number(port) + paths[path];
    askAt({.url = url, .port = port, .path = path});
}

void Discovery::askAt(const Spot &spot)
{
    HttpCall call;
    call.url = spot.url;
    call.timeout = 4s; // 2 s to connect, 2 s to answer
    call.connectTimeout = 2s;
    call.maxBody = 1024 * 1024;
    call.followRedirects = false; // whoever listens there must not send us off this machine
    if (spot.isSigned)
        call.headers.add("X-Inngest-Signature"_ba,
                         protocol::signature(call.body, m_signingKey,
                                             std::chrono::floor<std::chrono::milliseconds>(
                                                 std::chrono::system_clock::now())));
    ++m_pending;
    m_client.send(std::move(call),
                  [this, spot](const HttpResult &result) { answered(spot, result); });
}

void Discovery::answered(const Spot &spot, const HttpResult &result)
{
    --m_pending;
    if (m_isStopped)
        return;
    judge(spot, result);
    if (m_pending == 0 && !m_isFinishing)
        tellOthers();
}

void Discovery::judge(const Spot &spot, const HttpResult &result)
{
    if (!result.outcome && result.outcome.error().kind == CallFailureKind::Unreachable)
        return;
    const bool isRedirect = result.outcome && result.outcome->status / 100 == 3;
    const QByteArray moved =
        isRedirect ? besideOf(spot.url, result.outcome->headers.value("location")) : QByteArray();
    // TypeScript SDKs in cloud mode tell no more than this to who does not sign with their key.
    const bool isReserved =
        result.outcome && !isRedirect && result.outcome->headers.contains("x-inngest-sdk-handled");
    // Only what says that it is an SDK gets to see a signature.
    const bool wantsSignature = isReserved && result.outcome->status == 401;
    Spot next = spot;
    if (!moved.isEmpty() && !spot.isMoved) {
        next.url = moved;
        next.isMoved = true;
        askAt(next);
    } else if (wantsSignature && !spot.isSigned && !m_signingKey.isEmpty()) {
        next.isSigned = true;
        askAt(next);
    } else if (isReserved
               || (result.outcome && !isRedirect
                   && result.outcome->headers.contains("x-inngest-sdk"))) {
        m_hasFound = true;
        m_found(spot.url);
    } else if (spot.path + 1 < paths.size())
        ask(spot.port, spot.path + 1);
    else
        m_others.push_back(spot.port);
}

void Discovery::tellOthers()
{
    std::sort(m_others.begin(), m_others.end());
    const bool isOnlyApps = m_hasFound && m_others.empty(); // it is not so that nothing listens
    if (m_toldOthers == m_others || (isOnlyApps && !m_toldOthers))
        return;
    m_toldOthers = m_others;
    m_looked(m_others);
}

} // namespace devserver::transport
