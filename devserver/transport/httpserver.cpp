// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/httpserver.h"

#include "devserver/transport/epollset.h"
#include "devserver/transport/httpconnection.h"
#include "devserver/transport/log.h"

#include <QHostAddress>
#include <QThread>
#include <QTimer>

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace devserver::transport {

namespace {

constexpr int acceptsPerWakeUp = 64;
// Over the cap this many more are told so at a time; the rest is just closed.
constexpr qsizetype turnedAway = 64;

/// A socket address of either family.
struct Address {
    sockaddr_storage storage{};
    socklen_t size = 0;

    sockaddr *raw() { return reinterpret_cast<sockaddr *>(&storage); }
};

Address toNative(const QHostAddress &address, quint16 port)
{
    Address native;
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        v4.sin_addr.s_addr = htonl(address.toIPv4Address());
        std::memcpy(&native.storage, &v4, sizeof v4);
        native.size = sizeof v4;
        return native;
    }
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    const Q_IPV6ADDR bytes = address.toIPv6Address(); // QHostAddress::Any is "::" here
    std::memcpy(&v6.sin6_addr, &bytes, sizeof bytes);
    std::memcpy(&native.storage, &v6, sizeof v6);
    native.size = sizeof v6;
    return native;
}

void setOption(int fd, int level, int name, int value)
{
    ::setsockopt(fd, level, name, &value, sizeof value);
}

quint16 portOf(int fd)
{
    Address address;
    address.size = sizeof address.storage;
    ::getsockname(fd, address.raw(), &address.size);
    // The port is at the same place in both families.
    sockaddr_in v4{};
    std::memcpy(&v4, &address.storage, sizeof v4);
    return ntohs(v4.sin_port);
}

tl::unexpected<Error> listenFailure(int error, const QHostAddress &address, quint16 port)
{
    const QString number = QString::number(port);
    if (error == EADDRINUSE)
        return failure(ErrorCode::AddressInUse, u"port "_s + number + u" is in use"_s);
    const QString what = u"cannot listen on "_s + address.toString() + u" port "_s + number
                         + u": "_s + qt_error_string(error);
    return failure(error == EACCES ? ErrorCode::Forbidden : ErrorCode::Network, what);
}

} // namespace

HttpServer::HttpServer(EpollSet &epoll, HttpHooks hooks, HttpLimits limits, QObject *parent)
    : QObject(parent)
    , m_shared(std::make_shared<HttpShared>(epoll, std::move(hooks), limits))
{
    Q_ASSERT(m_shared->hooks.handler);
    m_shared->connectionClosed = [this] { resumeAccepting(); };
}

HttpServer::~HttpServer()
{
    m_shared->connectionClosed = nullptr;
    close();
}

Result<quint16> HttpServer::listen(const QHostAddress &address, quint16 port)
{
    Q_ASSERT(QThread::currentThread() == thread());
    const bool isV4 = address.protocol() == QAbstractSocket::IPv4Protocol;
    const bool isAny = address.protocol() == QAbstractSocket::AnyIPProtocol;
    const int fd =
        ::socket(isV4 ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 && isAny && errno == EAFNOSUPPORT)
        return listen(QHostAddress(QHostAddress::AnyIPv4), port); // a kernel without IPv6
    if (fd < 0)
        return listenFailure(errno, address, port);
    setOption(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    if (!isV4)
        setOption(fd, IPPROTO_IPV6, IPV6_V6ONLY, isAny ? 0 : 1);
    Address native = toNative(address, port);
    if (::bind(fd, native.raw(), native.size) != 0 || ::listen(fd, SOMAXCONN) != 0
        || !m_shared->epoll.watch(fd, EPOLLIN, [this, fd](std::uint32_t) { accept(fd); })) {
        const int error = errno;
        ::close(fd);
        return listenFailure(error, address, port);
    }
    m_listeners.push_back(fd);
    const quint16 bound = portOf(fd);
    qCInfo(lcTransport) << "listening"
                        << "address" << address.toString() << "port" << bound;
    return bound;
}

void HttpServer::stopAccepting()
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_shared->stopping = true;
    for (const int fd : std::exchange(m_listeners, {})) {
        m_shared->epoll.unwatch(fd);
        ::close(fd);
    }
    const std::vector<HttpConnection *> all(m_shared->connections.begin(),
                                            m_shared->connections.end());
    for (HttpConnection *connection : all) {
        if (connection->isIdle())
            connection->close();
    }
}

void HttpServer::close()
{
    stopAccepting();
    const std::vector<HttpConnection *> all(m_shared->connections.begin(),
                                            m_shared->connections.end());
    for (HttpConnection *connection : all)
        connection->close();
}

qsizetype HttpServer::connectionCount() const
{
    return static_cast<qsizetype>(m_shared->connections.size());
}

void HttpServer::accept(int listener)
{
    for (int i = 0; i < acceptsPerWakeUp; ++i) {
        Address address;
        address.size = sizeof address.storage;
        const int fd =
            ::accept4(listener, address.raw(), &address.size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) {
            if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
                pauseAccepting();
            if (errno == ECONNABORTED || errno == EINTR)
                continue;
            return;
        }
        setOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);
        refuseOrServe(fd, QHostAddress(address.raw()));
    }
}

void HttpServer::refuseOrServe(int fd, const QHostAddress &peer)
{
    const qsizetype cap = m_shared->limits.connections;
    if (connectionCount() >= cap + turnedAway) {
        ::close(fd);
        return;
    }
    const bool isOver = connectionCount() >= cap;
    const auto connection = std::make_shared<HttpConnection>(fd, peer, m_shared);
    if (!connection->start()) {
        connection->close();
        return;
    }
    if (isOver)
        connection->turnAway(
            errorReply(503, u"too many connections: the limit is "_s + QString::number(cap)));
}

// Out of descriptors: the listeners stay readable, so watching on would spin.
void HttpServer::pauseAccepting()
{
    if (std::exchange(m_paused, true))
        return;
    qCWarning(lcTransport) << "accepting paused"
                           << "errno" << errno << "connections" << connectionCount();
    for (const int fd : m_listeners)
        m_shared->epoll.modify(fd, 0);
    QTimer::singleShot(1s, this, &HttpServer::resumeAccepting);
}

void HttpServer::resumeAccepting()
{
    if (!std::exchange(m_paused, false))
        return;
    for (const int fd : m_listeners)
        m_shared->epoll.modify(fd, EPOLLIN);
}

} // namespace devserver::transport
