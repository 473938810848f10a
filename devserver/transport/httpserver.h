// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"
#include "devserver/transport/http.h"
#include "devserver/transport/httphead.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QHostAddress;

namespace devserver::transport {

class EpollSet;
struct HttpShared;

/// What a client may ask of the listener (style.md 2.14, tech.md 1); tests use shorter ones.
struct HttpLimits {
    HeadLimits head;
    qsizetype connections = 4096;                    ///< over it: 503 and close
    std::chrono::milliseconds headerTimeout{10'000}; ///< first to last byte of a head, then 408
    std::chrono::milliseconds bodyWindow{60'000};    ///< the body's rate is looked at this often
    qint64 bodyRate = 256; ///< bytes per second within a window; slower is 408
    std::chrono::milliseconds idleTimeout{60'000};  ///< between requests, then close
    std::chrono::milliseconds writeTimeout{60'000}; ///< nothing of a reply taken, then close
    std::chrono::milliseconds lingerTimeout{5'000}; ///< to read a refusal, then close
    qint64 lingerBytes = 32 * 1024 * 1024; ///< of a refused body read and dropped, then close
};

/// What the server asks and tells; all on its thread.
struct HttpHooks {
    /// A complete request. May answer at once or later. One at a time for each connection.
    std::function<void(HttpRequest, Responder)> handler;
    /// After the header, before the body: a reply refuses the request. May be empty.
    std::function<std::optional<HttpReply>(const HttpRequest &head)> guard;
    /// After the guard: most bytes of this request's body; over it 413. Empty: 1 MiB.
    std::function<qint64(const HttpRequest &head)> bodyLimit;
    /// Added to every reply that has no field of that name, also to those of the server itself.
    Headers defaultHeaders;
};

/// The HTTP listener: bytes to requests, replies to bytes (style.md 2.2 stage 1; routes elsewhere).
///
/// HTTP/1.0 and 1.1 with keep-alive; pipelined requests one after the other, the next is read when
/// the reply is out; chunked bodies, Expect: 100-continue, HEAD. Ambiguous framing, slow clients
/// and connections over the cap are refused. Idle connections cost no CPU.
/// Thread: that of `epoll`, which outlives the server. May be destroyed in a hook.
class HttpServer : public QObject
{
    Q_OBJECT

public:
    HttpServer(EpollSet &epoll, HttpHooks hooks, HttpLimits limits = {}, QObject *parent = nullptr);
    ~HttpServer() override;

    /// Also listens on this address; 0 picks a free port. Returns the port.
    /// Errors: AddressInUse ("port 8288 is in use"), Forbidden (privileged port), Network.
    [[nodiscard]] Result<quint16> listen(const QHostAddress &address, quint16 port);

    /// Closes the listening sockets and idle connections; requests in flight are still answered,
    /// then their connections close.
    void stopAccepting();

    /// stopAccepting(), and closes all connections, also those with a request in flight.
    void close();

    /// Open connections, including those that are only told to go away.
    qsizetype connectionCount() const;

private:
    void accept(int listener);
    void refuseOrServe(int fd, const QHostAddress &peer);
    void pauseAccepting();
    void resumeAccepting();

    std::shared_ptr<HttpShared> m_shared;
    std::vector<int> m_listeners;
    bool m_paused = false;
};

} // namespace devserver::transport
