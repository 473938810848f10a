// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/fakeapp.h"

#include "tests/perf/measure.h"

#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace perf {

namespace {

int listenAnywhere(int &port)
{
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    void *raw = &address;
    auto *generic = static_cast<sockaddr *>(raw);
    if (listener < 0 || ::bind(listener, generic, size) < 0 || ::listen(listener, 1024) < 0
        || ::getsockname(listener, generic, &size) < 0)
        throw std::runtime_error("the fake app cannot listen");
    port = ntohs(address.sin_port);
    return listener;
}

void watch(int epoll, int descriptor, std::uint32_t events, int operation)
{
    epoll_event event{};
    event.events = events;
    event.data.fd = descriptor;
    ::epoll_ctl(epoll, operation, descriptor, &event);
}

std::string httpReply(const AppAnswer &answer)
{
    std::string text("HTTP/1.1 ");
    text.append(std::to_string(answer.status))
        .append(" Answer\r\nContent-Type: application/json\r\n");
    text.append("x-inngest-sdk: inngest-js:v4.24.0\r\nx-inngest-req-version: 2\r\n");
    if (answer.asksForRetry)
        text.append("x-inngest-no-retry: false\r\nRetry-After: 1\r\n");
    text.append("Content-Length: ").append(std::to_string(answer.body.size()));
    return text.append("\r\n\r\n").append(answer.body);
}

} // namespace

FakeApp::FakeApp()
    : m_listener(listenAnywhere(m_port))
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_finishedFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , m_stopFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    watch(m_epoll, m_listener, EPOLLIN, EPOLL_CTL_ADD);
    watch(m_epoll, m_stopFd, EPOLLIN, EPOLL_CTL_ADD);
    m_thread = std::thread(&FakeApp::run, this);
}

FakeApp::~FakeApp()
{
    m_isStopping = true;
    ::eventfd_write(m_stopFd, 1);
    m_thread.join();
    for (const auto &[socket, connection] : m_connections)
        ::close(socket);
    for (const int descriptor : {m_listener, m_epoll, m_finishedFd, m_stopFd})
        ::close(descriptor);
}

bool FakeApp::registerAtServer()
{
    return httpRequest(m_serverPort, "POST", "/fn/register", AppScript::registration(m_port)).status
           == 200;
}

AppRecords FakeApp::takeRecords()
{
    const std::lock_guard lock(m_scriptMutex);
    m_finished = 0;
    return m_script.takeRecords();
}

void FakeApp::run()
{
    std::array<epoll_event, 64> events{};
    while (!m_isStopping) {
        const int count = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), -1);
        for (int i = 0; i < count; ++i) {
            const epoll_event &event = events[static_cast<std::size_t>(i)];
            if (event.data.fd == m_listener)
                acceptAll();
            else if (event.data.fd != m_stopFd)
                readFrom(event.data.fd);
        }
    }
}

void FakeApp::acceptAll()
{
    while (true) {
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (socket < 0)
            return;
        const int on = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        m_connections[socket] = {};
        watch(m_epoll, socket, EPOLLIN, EPOLL_CTL_ADD);
    }
}

void FakeApp::close(int socket)
{
    m_connections.erase(socket);
    ::close(socket);
}

void FakeApp::readFrom(int socket)
{
    Connection &connection = m_connections[socket];
    std::array<char, 65536> block; // NOLINT: filled by recv
    while (true) {
        const ssize_t size = ::recv(socket, block.data(), block.size(), 0);
        if (size == 0 || (size < 0 && errno != EAGAIN && errno != EWOULDBLOCK)) {
            close(socket);
            return;
        }
        if (size < 0)
            break;
        connection.in.append(block.data(), static_cast<std::size_t>(size));
        if (static_cast<std::size_t>(size) < block.size())
            break;
    }
    answerAll(connection);
    writeTo(socket, connection);
}

void FakeApp::answerAll(Connection &connection)
{
    std::size_t done = 0;
    while (const auto request = parseMessage(std::string_view(connection.in).substr(done))) {
        connection.out += reply(*request);
        done += request->sizeBytes;
    }
    connection.in.erase(0, done);
    // libcurl asks for this before a body of more than 1 MiB.
    if (!connection.in.empty() && connection.out.empty()
        && connection.in.find("Expect: 100-continue\r\n\r\n") != std::string::npos
        && connection.in.ends_with("\r\n\r\n"))
        connection.out = "HTTP/1.1 100 Continue\r\n\r\n";
}

void FakeApp::writeTo(int socket, Connection &connection) const
{
    while (!connection.out.empty()) {
        const ssize_t sent =
            ::send(socket, connection.out.data(), connection.out.size(), MSG_NOSIGNAL);
        if (sent < 0)
            break;
        connection.out.erase(0, static_cast<std::size_t>(sent));
    }
    const bool isBlocked = !connection.out.empty();
    if (isBlocked != connection.isBlocked)
        watch(m_epoll, socket, isBlocked ? EPOLLIN | EPOLLOUT : EPOLLIN, EPOLL_CTL_MOD);
    connection.isBlocked = isBlocked;
}

std::string FakeApp::reply(const HttpMessage &request)
{
    const std::string_view line = request.head.substr(0, request.head.find("\r\n"));
    if (line.starts_with("PUT")) {
        ++m_syncs;
        const bool isKnown = m_serverPort == 0 || registerAtServer();
        return httpReply({.status = isKnown ? 200 : 500,
                          .body = R"({"message":"Successfully registered","modified":false})"});
    }
    if (!line.starts_with("POST"))
        return httpReply({.status = 200, .body = R"({"mode":"dev","function_count":8})"});
    AppCall call{.target = line, .body = request.body, .receivedNs = nowNs()};
    AppAnswer answer;
    {
        const std::lock_guard lock(m_scriptMutex);
        answer = m_script.answer(call);
    }
    if (answer.status == 200) {
        ++m_finished;
        ::eventfd_write(m_finishedFd, 1);
    }
    return httpReply(answer);
}

} // namespace perf
