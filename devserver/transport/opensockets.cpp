// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/opensockets.h"

#include <algorithm>
#include <cstddef>
#include <linux/tcp.h> // the one of the C library ends before the member that we need
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace devserver::transport {

namespace {

constexpr int stateClose = 7; // TCP_CLOSE of netinet/tcp.h, which cannot stand beside linux/tcp.h

/// Nothing also after a reset: what it acknowledges is not counted, while an end in order counts.
std::optional<quint64> acknowledgedBytes(curl_socket_t socket)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0
        || size < offsetof(tcp_info, tcpi_bytes_acked) + sizeof info.tcpi_bytes_acked
        || info.tcpi_state == stateClose)
        return std::nullopt;
    return info.tcpi_bytes_acked;
}

/// \a ask: getsockname or getpeername.
int portOf(curl_socket_t socket, int (*ask)(int, sockaddr *, socklen_t *))
{
    union {
        sockaddr any;
        sockaddr_in four;
        sockaddr_in6 six;
    } address{};

    socklen_t size = sizeof address;
    if (ask(socket, &address.any, &size) != 0)
        return -1;
    return ntohs(address.any.sa_family == AF_INET6 ? address.six.sin6_port : address.four.sin_port);
}

} // namespace

OpenSockets &OpenSockets::ofThread()
{
    thread_local OpenSockets sockets;
    return sockets;
}

void OpenSockets::watch(CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &OpenSockets::open);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &OpenSockets::close);
}

curl_socket_t OpenSockets::open(void * /*self*/, curlsocktype /*purpose*/, curl_sockaddr *address)
{
    const curl_socket_t socket =
        ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (socket != CURL_SOCKET_BAD)
        ofThread().m_unnamed.push_back(socket);
    return socket;
}

int OpenSockets::close(void * /*self*/, curl_socket_t socket)
{
    OpenSockets &sockets = ofThread();
    sockets.m_closed[socket] = acknowledgedBytes(socket);
    std::erase(sockets.m_unnamed, socket);
    std::erase_if(sockets.m_byEnds, [socket](const auto &named) { return named.second == socket; });
    return ::close(socket);
}

std::optional<curl_socket_t> OpenSockets::find(const char *peer, int peerPort, const char *local,
                                               int localPort)
{
    const std::string ends = std::string(peer) + ' ' + std::to_string(peerPort) + ' ' + local + ' '
                             + std::to_string(localPort);
    if (const auto named = m_byEnds.find(ends); named != m_byEnds.end())
        return named->second;
    const auto found = std::ranges::find_if(m_unnamed, [=](curl_socket_t socket) {
        return portOf(socket, &getsockname) == localPort
               && portOf(socket, &getpeername) == peerPort;
    });
    if (found == m_unnamed.end())
        return std::nullopt;
    const curl_socket_t socket = *found;
    m_unnamed.erase(found);
    m_byEnds.emplace(ends, socket);
    return socket;
}

std::optional<quint64> OpenSockets::taken(curl_socket_t socket)
{
    m_closed.erase(socket);
    return acknowledgedBytes(socket);
}

std::optional<quint64> OpenSockets::takenAtClose(curl_socket_t socket) const
{
    const auto closed = m_closed.find(socket);
    return closed == m_closed.end() ? std::nullopt : closed->second;
}

} // namespace devserver::transport
