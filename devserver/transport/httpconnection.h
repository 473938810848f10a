// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/transport/deadlines.h"
#include "devserver/transport/epollset.h"
#include "devserver/transport/http.h"
#include "devserver/transport/httpframing.h"
#include "devserver/transport/httpserver.h"

#include <QByteArray>
#include <QHostAddress>

#include <cstdint>
#include <functional>
#include <memory>
#include <sys/epoll.h>
#include <unordered_set>
#include <vector>

namespace devserver::transport {

class HttpConnection;

/// What all connections of one server use. Connections own it, so that the server may go first.
struct HttpShared {
    HttpShared(EpollSet &set, HttpHooks serverHooks, const HttpLimits &serverLimits);

    EpollSet &epoll;
    const HttpHooks hooks;
    const HttpLimits limits;
    Deadlines deadlines;
    std::unordered_set<HttpConnection *> connections;
    std::vector<char> scratch; ///< what recv() writes to, before it is copied to a connection
    bool stopping = false;
    std::function<void()> connectionClosed; ///< null when the server is gone
};

/// One accepted socket: reads requests, one in flight, writes their replies in order.
///
/// Owned by its watch in the EpollSet; close() ends it. Responders hold it weakly.
class HttpConnection : public std::enable_shared_from_this<HttpConnection>
{
public:
    /// Takes over the non-blocking socket.
    HttpConnection(int fd, const QHostAddress &peer, std::shared_ptr<HttpShared> shared);
    ~HttpConnection();
    Q_DISABLE_COPY_MOVE(HttpConnection)

    /// Begins to serve. False if the kernel cannot watch one more descriptor.
    bool start();
    /// Answers without having read anything, and ends.
    void turnAway(HttpReply reply);
    void close();
    void expired(Lane lane);

    /// Nothing of a request has come, nothing is to be sent.
    bool isIdle() const;

private:
    enum class State {
        Reading,   ///< of a head or body
        Handling,  ///< a request is with the handler
        Lingering, ///< the last reply is queued or out; input is dropped
        Closed,
    };

    void onEvents(std::uint32_t events);
    void receive();
    void drop(qsizetype bytes);
    void process();
    bool step();
    bool checkHead();
    void hand();
    void reply(HttpReply reply);
    void refuse(HttpReply reply);
    void queue(HttpReply &reply);
    bool flush();
    void wrote();
    void pause();
    void listenForInput();
    void awaitInput();
    void setLane(Lane lane);

    bool hasOutput() const { return !m_outHead.isEmpty(); }

    int m_fd;
    const std::shared_ptr<HttpShared> m_shared;
    const Deadlines::Position m_deadline;
    HttpFraming m_framing;
    State m_state = State::Reading;
    std::uint32_t m_events = EPOLLIN; ///< what the EpollSet watches for

    // Of the request in flight.
    bool m_isHead = false;
    bool m_isHttp10 = false;
    bool m_keepAlive = true;

    bool m_processing = false; ///< process() is on the stack: replies must not recurse into it
    bool m_closeWhenSent = false;
    bool m_lingers = false;   ///< wait for the client to close, so that it can read the reply
    qint64 m_windowBytes = 0; ///< of the body, in this window
    qint64 m_dropped = 0;

    QByteArray m_outHead; ///< status line, fields, and a small body; empty when all is sent
    QByteArray m_outBody; ///< a large body, shared with the reply
    qsizetype m_sent = 0; ///< of head and body together
};

} // namespace devserver::transport
