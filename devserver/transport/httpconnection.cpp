// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/httpconnection.h"

#include "devserver/transport/httpwriter.h"
#include "devserver/transport/log.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace devserver::transport {

namespace {

constexpr std::size_t scratchBytes = 128 * 1024;
// Smaller bodies are copied behind their header: one buffer, one packet.
constexpr qsizetype largeBody = 16 * 1024;
constexpr qint64 defaultBodyLimit = 1024 * 1024;

std::array<std::chrono::milliseconds, laneCount> laneLengths(const HttpLimits &limits)
{
    return {std::chrono::milliseconds(0), limits.headerTimeout, limits.bodyWindow,
            limits.idleTimeout,           limits.writeTimeout,  limits.lingerTimeout};
}

} // namespace

HttpShared::HttpShared(EpollSet &set, HttpHooks serverHooks, const HttpLimits &serverLimits)
    : epoll(set)
    , hooks(std::move(serverHooks))
    , limits(serverLimits)
    , deadlines(laneLengths(limits),
                [](HttpConnection &connection, Lane lane) { connection.expired(lane); })
    , scratch(scratchBytes)
{}

HttpConnection::HttpConnection(int fd, const QHostAddress &peer, std::shared_ptr<HttpShared> shared)
    : m_fd(fd)
    , m_shared(std::move(shared))
    , m_deadline(m_shared->deadlines.add(*this))
    , m_framing(m_shared->limits.head, peer)
{
    m_shared->connections.insert(this);
}

HttpConnection::~HttpConnection()
{
    close();
    m_shared->deadlines.remove(m_deadline);
}

bool HttpConnection::start()
{
    setLane(Lane::Idle);
    return m_shared->epoll.watch(m_fd, m_events, [self = shared_from_this()](std::uint32_t events) {
        self->onEvents(events);
    });
}

void HttpConnection::turnAway(HttpReply reply)
{
    if (m_state == State::Reading && !hasOutput())
        refuse(std::move(reply));
}

void HttpConnection::close()
{
    if (m_state == State::Closed)
        return;
    const auto self = weak_from_this().lock(); // the watch may be the last owner
    m_state = State::Closed;
    setLane(Lane::None);
    m_shared->connections.erase(this);
    m_shared->epoll.unwatch(m_fd);
    ::close(m_fd);
    m_fd = -1;
    if (m_shared->connectionClosed)
        m_shared->connectionClosed();
}

bool HttpConnection::isIdle() const
{
    return m_state == State::Reading && m_framing.isIdle() && !hasOutput();
}

void HttpConnection::expired(Lane lane)
{
    const auto self = shared_from_this();
    switch (lane) {
    case Lane::Header:
        refuse(errorReply(408, u"the request header did not come in time"_s));
        break;
    case Lane::Body: {
        const auto seconds = std::chrono::duration<double>(m_shared->limits.bodyWindow).count();
        const auto needed =
            static_cast<qint64>(static_cast<double>(m_shared->limits.bodyRate) * seconds);
        if (m_windowBytes < std::max<qint64>(needed, 1)) {
            refuse(errorReply(408, u"the request body comes too slowly"_s));
            break;
        }
        m_windowBytes = 0;
        setLane(Lane::Body);
        break;
    }
    case Lane::None:
    case Lane::Idle:
    case Lane::Write:
    case Lane::Linger:
        close();
        break;
    }
}

void HttpConnection::onEvents(std::uint32_t events)
{
    const auto self = shared_from_this();
    // Lingering ends with the client's FIN, which with ours makes a hang-up: read what is there.
    if ((events & EPOLLERR) != 0 || ((events & EPOLLHUP) != 0 && m_state != State::Lingering)) {
        close();
        return;
    }
    if ((events & EPOLLOUT) != 0 && hasOutput() && flush())
        process();
    if (m_state != State::Closed && (events & (EPOLLIN | EPOLLHUP)) != 0)
        receive();
}

void HttpConnection::receive()
{
    if (m_state == State::Handling || (hasOutput() && m_state != State::Lingering)) {
        pause(); // backpressure: the next request waits in the kernel
        return;
    }
    std::vector<char> &scratch = m_shared->scratch;
    const ssize_t count = ::recv(m_fd, scratch.data(), scratch.size(), 0);
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) {
        // The client is done or gone, and no complete request waits for an answer: those in the
        // buffer were taken before reading on.
        close();
        return;
    }
    if (count < 0)
        return;
    if (m_state == State::Lingering) {
        drop(count);
        return;
    }
    m_windowBytes += count;
    m_framing.append(QByteArrayView(scratch.data(), count));
    process();
}

void HttpConnection::drop(qsizetype bytes)
{
    m_dropped += bytes;
    if (m_dropped > m_shared->limits.lingerBytes)
        close();
}

void HttpConnection::process()
{
    if (m_processing)
        return;
    m_processing = true;
    while (m_state == State::Reading && !hasOutput() && step()) {}
    m_processing = false;
}

bool HttpConnection::step()
{
    switch (m_framing.advance()) {
    case HttpFraming::Event::NeedMore:
        awaitInput();
        return false;
    case HttpFraming::Event::Head:
        return checkHead();
    case HttpFraming::Event::Request:
        hand();
        return true;
    case HttpFraming::Event::Failed:
        refuse(errorReply(m_framing.failure().status, m_framing.failure().message));
        return false;
    }
    Q_UNREACHABLE();
}

bool HttpConnection::checkHead()
{
    const HttpHooks &hooks = m_shared->hooks;
    m_isHead = m_framing.head().method == "HEAD";
    m_isHttp10 = m_framing.isHttp10();
    m_keepAlive = m_framing.keepsAlive();
    if (hooks.guard) {
        if (std::optional<HttpReply> refusal = hooks.guard(m_framing.head())) {
            if (m_framing.hasBody()) {
                refuse(std::move(*refusal));
                return false;
            }
            m_framing.takeRequest();
            m_state = State::Handling;
            reply(std::move(*refusal));
            return true;
        }
    }
    if (!m_framing.hasBody())
        return true;
    m_framing.setBodyLimit(hooks.bodyLimit ? hooks.bodyLimit(m_framing.head()) : defaultBodyLimit);
    m_windowBytes = m_framing.buffered();
    // RFC 9110 10.1.1: not needed when the client did not wait.
    if (m_framing.isInBody() && m_framing.expectsContinue() && m_framing.buffered() == 0) {
        m_outHead = "HTTP/1.1 100 Continue\r\n\r\n"_ba;
        return flush();
    }
    return true;
}

void HttpConnection::hand()
{
    m_state = State::Handling;
    setLane(Lane::None);
    Responder responder([weak = weak_from_this()](HttpReply r) {
        if (const auto self = weak.lock())
            self->reply(std::move(r));
    });
    m_shared->hooks.handler(m_framing.takeRequest(), std::move(responder));
}

void HttpConnection::reply(HttpReply reply)
{
    if (m_state != State::Handling)
        return; // the client left
    if (reply.close || m_shared->stopping) {
        m_keepAlive = false;
        m_lingers = true; // the client did not ask for it and may be sending the next request
    }
    m_closeWhenSent = !m_keepAlive;
    m_lingers = m_lingers || (m_closeWhenSent && m_framing.buffered() > 0);
    m_state = m_closeWhenSent ? State::Lingering : State::Reading;
    queue(reply);
    if (flush())
        process();
}

void HttpConnection::refuse(HttpReply reply)
{
    m_keepAlive = false;
    m_closeWhenSent = true;
    m_lingers = true;
    m_state = State::Lingering;
    queue(reply);
    flush();
}

void HttpConnection::queue(HttpReply &reply)
{
    const ReplyFraming framing{.isHttp10 = m_isHttp10, .keepAlive = m_keepAlive};
    m_outHead += replyHead(reply, m_shared->hooks.defaultHeaders, framing);
    // What goes wrong before the next head is read is no answer to this request.
    const bool isHead = std::exchange(m_isHead, false);
    m_isHttp10 = false;
    if (isHead || !mayHaveBody(reply.status))
        return;
    if (reply.body.size() < largeBody)
        m_outHead += reply.body;
    else
        m_outBody = std::move(reply.body);
}

bool HttpConnection::flush()
{
    const qsizetype total = m_outHead.size() + m_outBody.size();
    while (m_sent < total) {
        const qsizetype headSent = std::min(m_sent, m_outHead.size());
        const qsizetype bodySent = m_sent - headSent;
        // sendmsg() does not write to what iov_base points to.
        std::array<iovec, 2> parts{
            iovec{const_cast<char *>(m_outHead.constData()) + headSent,
                  static_cast<std::size_t>(m_outHead.size() - headSent)},
            iovec{const_cast<char *>(m_outBody.constData()) + bodySent,
                  static_cast<std::size_t>(m_outBody.size() - bodySent)},
        };
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = m_outBody.isEmpty() ? 1 : 2;
        const ssize_t count = ::sendmsg(m_fd, &message, MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN) {
            setLane(Lane::Write);
            m_events |= EPOLLOUT;
            m_shared->epoll.modify(m_fd, m_events);
            return false;
        }
        if (count <= 0) {
            close();
            return false;
        }
        m_sent += count;
    }
    wrote();
    return m_state != State::Closed;
}

void HttpConnection::wrote()
{
    m_outHead.resize(0); // keeps its memory for the next reply while the client is busy
    m_outBody = QByteArray();
    m_sent = 0;
    if ((m_events & EPOLLOUT) != 0) {
        m_events &= ~static_cast<std::uint32_t>(EPOLLOUT);
        m_shared->epoll.modify(m_fd, m_events);
    }
    if (!m_closeWhenSent)
        return;
    if (!m_lingers) {
        close();
        return;
    }
    // Closing with unread input would reset the connection, and the client lose the reply.
    ::shutdown(m_fd, SHUT_WR);
    setLane(Lane::Linger);
    listenForInput();
}

void HttpConnection::pause()
{
    m_events &= ~static_cast<std::uint32_t>(EPOLLIN);
    m_shared->epoll.modify(m_fd, m_events);
}

void HttpConnection::listenForInput()
{
    if ((m_events & EPOLLIN) != 0)
        return;
    m_events |= EPOLLIN;
    m_shared->epoll.modify(m_fd, m_events);
}

void HttpConnection::awaitInput()
{
    listenForInput();
    if (m_framing.isIdle()) {
        if (m_shared->stopping) {
            close();
            return;
        }
        setLane(Lane::Idle);
        return;
    }
    const Lane lane = m_framing.isInBody() ? Lane::Body : Lane::Header;
    if (Deadlines::lane(m_deadline) != lane) // more bytes do not restart it
        setLane(lane);
}

void HttpConnection::setLane(Lane lane)
{
    m_shared->deadlines.set(m_deadline, lane);
}

} // namespace devserver::transport
