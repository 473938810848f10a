// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/discovery.h"

#include "devserver/model/appports.h"

#include <array>

namespace devserver::transport {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const std::array<QByteArray, 4> paths{"/api/inngest"_ba, "/x/inngest"_ba,
                                      "/.netlify/functions/inngest"_ba,
                                      "/.redwood/functions/inngest"_ba};

} // namespace

Discovery::Discovery(HttpClient &client, std::chrono::milliseconds interval, quint16 ownPort,
                     Found found, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_found(std::move(found))
    , m_ports(appPorts(ownPort))
    , m_timer(this)
{
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &Discovery::scan);
}

void Discovery::start()
{
    m_isStopped = false;
    m_timer.start();
    scan();
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
    for (const quint16 port : m_ports)
        ask(port, 0);
}

void Discovery::ask(quint16 port, std::size_t path)
{
    HttpCall call;
    const QByteArray url = "http://localhost:" + QByteArray::number(port) + paths[path];
    call.url = url;
    call.timeout = 4s; // 2 s to connect, 2 s to answer
    call.connectTimeout = 2s;
    call.maxBody = 1024 * 1024;
    call.followRedirects = false; // whoever listens there must not send us off this machine
    ++m_pending;
    m_client.send(std::move(call), [this, port, path, url](const HttpResult &result) {
        answered(port, path, url, result);
    });
}

void Discovery::answered(quint16 port, std::size_t path, const QByteArray &url,
                         const HttpResult &result)
{
    --m_pending;
    if (m_isStopped
        || (!result.outcome && result.outcome.error().kind == CallFailureKind::Unreachable))
        return;
    const bool isRedirect = result.outcome && result.outcome->status / 100 == 3;
    if (result.outcome && !isRedirect && result.outcome->headers.contains("x-inngest-sdk"))
        m_found(url);
    else if (path + 1 < paths.size())
        ask(port, path + 1);
}

} // namespace devserver::transport
