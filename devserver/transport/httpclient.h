// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/transport/http.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QTimer>

#include <tl/expected.hpp>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace devserver::transport {

class CurlTransfer;
class EpollSet;

/// One request to an app or a gateway. The body is shared with the caller, never copied.
///
/// Content-Length and Accept-Encoding are added; a body gets no Content-Type unless one is given.
struct HttpCall {
    QByteArray method = QByteArrayLiteral("GET");
    QByteArray url; ///< absolute, http or https
    Headers headers;
    QByteArray body;
    std::chrono::milliseconds timeout = std::chrono::seconds(30);       ///< for everything; 0: none
    std::chrono::milliseconds connectTimeout = std::chrono::seconds(5); ///< DNS, TCP and TLS
    qint64 maxBody = 4 * 1024 * 1024; ///< limit of the response in bytes, counted after decoding
    bool followRedirects = true;      ///< at most 60; method, body and headers stay
};

/// A complete answer of any status. The headers are those of the last hop, as sent (so
/// Content-Encoding and Content-Length describe the bytes before decoding), without trailers.
struct HttpResponse {
    int status = 0;
    Headers headers;
    QByteArray body; ///< decoded
};

/// Why there is no answer. Closed (semantics §10.6 decides by it whether an attempt is used up).
enum class CallFailureKind {
    Unreachable, ///< the request was never sent: refused, DNS, no route, connect timeout, TLS
    Broken,      ///< the connection ended after sending had begun, before the answer was complete
    TimedOut,    ///< sent, but no complete answer within HttpCall::timeout
    TooLarge,    ///< more bytes than HttpCall::maxBody, or headers over 256 KiB
    Protocol,    ///< not HTTP, redirects without end, other scheme, invalid URL or header
    Aborted,     ///< by HttpClient::abortAll()
};

struct CallFailure {
    CallFailureKind kind = CallFailureKind::Broken;
    QString message; ///< English; names host and port, never user, path or query of the URL
    /// The head of an answer that was broken off, and the first part of its body. Nothing if its
    /// head was not complete, and if it is Unreachable or Aborted.
    std::optional<HttpResponse> arrived = std::nullopt;
    qint64 arrivedBytes = 0; ///< of its body, decoded, until it was broken off
};

/// Where the time went; zero for what did not happen (all of the first three on a reused
/// connection). With redirects the first three are curl's sums over the hops.
struct HttpTimings {
    std::chrono::microseconds dns{};
    std::chrono::microseconds connect{};
    std::chrono::microseconds tls{};
    std::chrono::microseconds firstByte{}; ///< send() -> first byte of the (last hop's) answer
    std::chrono::microseconds total{};     ///< send() -> answer complete, with queueing and retry
};

struct HttpResult {
    tl::expected<HttpResponse, CallFailure> outcome;
    HttpTimings timings;
    bool reusedConnection = false; ///< of the last hop
};

enum class CallId : quint64 {};

/// HTTP/1.1 client for many parallel calls on one thread: libcurl multi behind an EpollSet.
///
/// * Connections are kept and used again until they were idle for 4 s, since SDK servers close them
///   after 5 s. If a reused one is closed in order and the other machine took no byte of the
///   request (TCP acknowledges what it takes), it is sent once more on a fresh connection: that is
///   the race between our request and the server's idle timeout (tech.md 2). After anything else
///   the app may have begun: Broken.
/// * No limit of connections per host. Nothing here blocks; names are resolved by a thread,
///   `localhost` (::1, then 127.0.0.1) without one. Loopback never goes through a proxy; for
///   other hosts the environment (http_proxy...) decides.
/// * Callbacks run from the event loop, never inside send() or abort(). They may send, abort and
///   destroy the client. After abort(id) and after destruction none is called.
///
/// Thread: the one it lives in, also that of the EpollSet, which must outlive it.
class HttpClient final : public QObject
{
    Q_OBJECT

public:
    using Callback = std::function<void(HttpResult)>;

    explicit HttpClient(EpollSet &sockets, QObject *parent = nullptr);
    ~HttpClient() override;

    /// Makes libcurl and OpenSSL ready; the first client does, unless this was called before.
    ///
    /// They keep a state for the thread that does it, and free it when that is at its very end,
    /// which QThread::wait() does not wait for. So it belongs onto a thread that lives as long as
    /// the process: call it there before another thread makes a client. Once per process.
    static void initialise();

    /// Sends; the callback gets the result exactly once, unless aborted by id.
    CallId send(HttpCall call, Callback callback);

    /// Ends the call without its callback; harmless if it is over.
    void abort(CallId id);

    /// Ends all calls; each callback gets Aborted (so that whoever waits goes on and can drain).
    void abortAll();

    int activeCount() const { return static_cast<int>(m_active.size()); }

private:
    struct Active {
        std::unique_ptr<CurlTransfer> transfer;
        Callback callback;
    };

    struct Finished {
        CallId id{};
        Callback callback;
        HttpResult result;
    };

    static int onSocket(void *easy, int fd, int what, void *self, void *watched);
    static int onTimer(void *multi, long timeoutMs, void *self);

    void openMulti();
    void closeMulti();
    std::unique_ptr<CurlTransfer> takeTransfer();
    void recycle(std::unique_ptr<CurlTransfer> transfer);
    void finish(CallId id, Callback callback, HttpResult result);
    void kickSoon();
    void kick();
    void timerFired();
    void act(int fd, int events);
    void drive(int fd, int events);
    void collect();
    void completed(void *easy, int code);
    void deliver();
    void dropIdleConnections();

    EpollSet &m_sockets;
    void *m_multi = nullptr; ///< CURLM
    QTimer m_timer;
    QTimer m_idleTimer;
    std::optional<std::chrono::steady_clock::time_point> m_due; ///< when curl wants to be called
    std::chrono::steady_clock::time_point m_lastUse;
    bool m_kickPending = false;
    bool m_isAdding = false; ///< send() drives curl itself
    quint64 m_lastId = 0;
    std::unordered_map<quint64, Active> m_active;
    std::deque<Finished> m_finished; ///< over, callback not yet called
    std::vector<std::unique_ptr<CurlTransfer>> m_pool;
};

} // namespace devserver::transport
