// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/load.h"

#include "tests/perf/http.h"
#include "tests/perf/measure.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <stdexcept>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace perf {

namespace {

constexpr std::size_t stampDigits = 19;
constexpr std::int64_t patienceNs = 30'000'000'000;

struct Sender {
    int socket = -1;
    std::string out;
    std::string in;
    std::int64_t sentNs = 0; ///< 0 while idle
    bool isBlocked = false;  ///< waits for EPOLLOUT
};

/// The state of one drive(): senders on one epoll.
class Driver
{
public:
    explicit Driver(const LoadPlan &plan);
    ~Driver();
    Driver(const Driver &) = delete;
    Driver &operator=(const Driver &) = delete;

    LoadResult run();

private:
    void startAllowed();
    void watch(int descriptor, std::uint32_t events, std::size_t index, int operation) const;
    void flush(std::size_t index);
    void receive(std::size_t index);
    void complete(std::size_t index, int status);
    void fail(std::size_t index);

    const LoadPlan &m_plan;
    LoadResult m_result;
    std::vector<Sender> m_senders;
    std::vector<std::size_t> m_idle;
    std::size_t m_started = 0;
    std::size_t m_ended = 0;
    int m_epoll = -1;
};

constexpr std::size_t wakeIndex = ~std::size_t{0};

Driver::Driver(const LoadPlan &plan)
    : m_plan(plan)
    , m_senders(plan.connections)
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
{
    m_result.latencyMs.reserve(plan.total);
    for (std::size_t i = 0; i < m_senders.size(); ++i) {
        const int socket = connectTo(plan.port);
        if (socket < 0)
            throw std::runtime_error("the load program cannot connect");
        ::fcntl(socket, F_SETFL, O_NONBLOCK);
        m_senders[i].socket = socket;
        watch(socket, EPOLLIN, i, EPOLL_CTL_ADD);
        m_idle.push_back(i);
    }
    if (plan.wakeFd >= 0)
        watch(plan.wakeFd, EPOLLIN, wakeIndex, EPOLL_CTL_ADD);
}

Driver::~Driver()
{
    for (const Sender &sender : m_senders)
        ::close(sender.socket);
    ::close(m_epoll);
}

void Driver::watch(int descriptor, std::uint32_t events, std::size_t index, int operation) const
{
    epoll_event event{};
    event.events = events;
    event.data.u64 = index;
    ::epoll_ctl(m_epoll, operation, descriptor, &event);
}

LoadResult Driver::run()
{
    const std::int64_t begin = nowNs();
    std::int64_t lastProgress = begin;
    std::array<epoll_event, 64> events{};
    while (m_ended < m_plan.total && !m_senders.empty()) {
        startAllowed();
        const std::size_t before = m_ended;
        const int timeout = m_plan.allowed ? 1 : 1000;
        const int count =
            ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), timeout);
        for (int i = 0; i < count; ++i) {
            const epoll_event &event = events[static_cast<std::size_t>(i)];
            if (event.data.u64 == wakeIndex) {
                eventfd_t ignored = 0;
                ::eventfd_read(m_plan.wakeFd, &ignored);
                continue;
            }
            if ((event.events & EPOLLOUT) != 0)
                flush(event.data.u64);
            if ((event.events & ~std::uint32_t{EPOLLOUT}) != 0)
                receive(event.data.u64);
        }
        if (m_ended != before)
            lastProgress = nowNs();
        else if (nowNs() - lastProgress > patienceNs)
            break;
    }
    m_result.failed += m_plan.total - m_ended;
    m_result.seconds = static_cast<double>(nowNs() - begin) / 1e9;
    return std::move(m_result);
}

void Driver::startAllowed()
{
    const std::size_t limit = m_plan.allowed ? m_plan.allowed() : m_plan.total;
    while (!m_idle.empty() && m_started < m_plan.total && m_started < limit) {
        const std::size_t index = m_idle.back();
        m_idle.pop_back();
        ++m_started;
        m_senders[index].sentNs = nowNs();
        m_senders[index].out = m_plan.request();
        flush(index);
    }
}

void Driver::flush(std::size_t index)
{
    Sender &sender = m_senders[index];
    const ssize_t sent = ::send(sender.socket, sender.out.data(), sender.out.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) {
        fail(index);
        return;
    }
    sender.out.erase(0, sent < 0 ? 0 : static_cast<std::size_t>(sent));
    const bool isBlocked = !sender.out.empty();
    if (isBlocked != sender.isBlocked)
        watch(sender.socket, isBlocked ? EPOLLIN | EPOLLOUT : EPOLLIN, index, EPOLL_CTL_MOD);
    sender.isBlocked = isBlocked;
}

void Driver::receive(std::size_t index)
{
    Sender &sender = m_senders[index];
    std::array<char, 16384> block; // NOLINT: filled by recv
    const ssize_t size = ::recv(sender.socket, block.data(), block.size(), 0);
    if (size < 0 && errno == EAGAIN)
        return;
    if (size <= 0) {
        fail(index);
        return;
    }
    sender.in.append(block.data(), static_cast<std::size_t>(size));
    if (const auto message = parseMessage(sender.in)) {
        const int status = statusOf(message->head);
        sender.in.erase(0, message->sizeBytes);
        complete(index, status);
    }
}

void Driver::complete(std::size_t index, int status)
{
    Sender &sender = m_senders[index];
    m_result.latencyMs.push_back(static_cast<double>(nowNs() - sender.sentNs) / 1e6);
    if (status != 200)
        ++m_result.failed;
    sender.sentNs = 0;
    ++m_ended;
    m_idle.push_back(index);
}

void Driver::fail(std::size_t index)
{
    Sender &sender = m_senders[index];
    ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, sender.socket, nullptr);
    if (sender.sentNs != 0) {
        sender.sentNs = 0;
        ++m_ended;
        ++m_result.failed;
    }
    std::erase(m_idle, index);
    if (m_idle.empty()) {
        // Nobody else may be left to send the rest.
        for (const Sender &other : m_senders) {
            if (other.sentNs != 0)
                return;
        }
        m_result.failed += m_plan.total - m_ended;
        m_ended = m_plan.total;
    }
}

} // namespace

EventRequest::EventRequest(int port, std::string_view name, std::size_t events)
{
    std::string event(R"({"name":")");
    event.append(name).append(R"(","data":{"sentAt":")");
    const std::size_t stamp = event.size();
    event.append(stampDigits, '0').append(R"(","text":")");
    event.append(eventBytes - event.size() - 3, 'x').append("\"}}");

    std::string body(events > 1 ? "[" : "");
    for (std::size_t i = 0; i < events; ++i) {
        if (i > 0)
            body += ',';
        m_stamps.push_back(body.size() + stamp);
        body += event;
    }
    if (events > 1)
        body += ']';
    m_bytes = requestBytes(port, "POST", "/e/bench", body);
    for (std::size_t &position : m_stamps)
        position += m_bytes.size() - body.size();
}

std::string_view EventRequest::stamped()
{
    std::array<char, stampDigits + 1> digits{};
    std::snprintf(digits.data(), digits.size(), "%019lld", static_cast<long long>(nowNs()));
    for (const std::size_t position : m_stamps)
        m_bytes.replace(position, stampDigits, digits.data(), stampDigits);
    return m_bytes;
}

LoadResult drive(const LoadPlan &plan)
{
    return Driver(plan).run();
}

IdleConnections::IdleConnections(int port, std::size_t count)
{
    const std::string request = requestBytes(port, "GET", "/health", {});
    for (std::size_t i = 0; i < count; ++i) {
        const int socket = connectTo(port);
        if (socket < 0)
            break;
        m_sockets.push_back(socket);
        std::array<char, 4096> block{};
        if (::send(socket, request.data(), request.size(), MSG_NOSIGNAL) > 0) [[maybe_unused]]
            const ssize_t size = ::recv(socket, block.data(), block.size(), 0);
    }
}

IdleConnections::~IdleConnections()
{
    for (const int socket : m_sockets)
        ::close(socket);
}

std::size_t IdleConnections::open() const
{
    std::size_t count = 0;
    std::array<char, 4096> block{};
    for (const int socket : m_sockets) {
        const ssize_t size = ::recv(socket, block.data(), block.size(), MSG_DONTWAIT | MSG_PEEK);
        if (size > 0 || (size < 0 && errno == EAGAIN))
            ++count;
    }
    return count;
}

} // namespace perf
