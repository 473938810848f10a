// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/transport/epollset.h"
#include "devserver/transport/httpclient.h"
#include "tests/unit/transport/scriptserver.h"

#include <QEventLoop>
#include <QTimer>

#include <chrono>
#include <memory>
#include <sys/socket.h>
#include <vector>

namespace devserver::tests {

using namespace devserver::transport;

inline const QByteArray okAnswer =
    QByteArrayLiteral("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

/// Collects results; `client` can be thrown away by the test.
struct Calls {
    EpollSet sockets;
    std::unique_ptr<HttpClient> client = std::make_unique<HttpClient>(sockets);
    std::vector<HttpResult> results;
    QEventLoop loop;
    std::size_t wanted = 0;

    CallId send(HttpCall call)
    {
        return client->send(std::move(call), [this](HttpResult result) {
            results.push_back(std::move(result));
            if (results.size() >= wanted)
                loop.quit();
        });
    }

    CallId get(const QByteArray &url) { return send({.url = url}); }

    CallId post(const QByteArray &url, const QByteArray &body)
    {
        return send({.method = QByteArrayLiteral("POST"), .url = url, .body = body});
    }

    bool waitFor(std::size_t count)
    {
        // Not qWaitFor: it sleeps 10 ms between two looks at the sockets.
        wanted = count;
        QTimer::singleShot(std::chrono::seconds(20), &loop, &QEventLoop::quit);
        if (results.size() < count)
            loop.exec();
        return results.size() >= count;
    }
};

inline void answerOk(QTcpSocket *socket, const SeenRequest & /*request*/)
{
    socket->write(okAnswer);
}

/// A reset instead of an orderly end.
inline void reset(QTcpSocket *socket)
{
    const linger now{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(static_cast<int>(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now,
                 sizeof now);
    socket->abort();
}

inline QByteArray kindName(const HttpResult &result)
{
    if (result.outcome)
        return QByteArrayLiteral("ok");
    switch (result.outcome.error().kind) {
    case CallFailureKind::Unreachable:
        return QByteArrayLiteral("unreachable");
    case CallFailureKind::Broken:
        return QByteArrayLiteral("broken");
    case CallFailureKind::TimedOut:
        return QByteArrayLiteral("timed out");
    case CallFailureKind::TooLarge:
        return QByteArrayLiteral("too large");
    case CallFailureKind::Protocol:
        return QByteArrayLiteral("protocol");
    case CallFailureKind::Aborted:
        return QByteArrayLiteral("aborted");
    }
    return {};
}

inline QByteArray messageOf(const HttpResult &result)
{
    return result.outcome ? QByteArray() : result.outcome.error().message.toUtf8();
}

} // namespace devserver::tests
