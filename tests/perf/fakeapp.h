// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/perf/appscript.h"
#include "tests/perf/http.h"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

namespace perf {

/// An app that answers the call protocol, on a thread of its own: HTTP/1.1 with keep-alive and
/// pipelining on 127.0.0.1. A `PUT` makes it register itself, as an SDK does. Public functions may
/// be called from any thread.
class FakeApp
{
public:
    /// Throws std::runtime_error if it cannot listen.
    FakeApp();
    ~FakeApp();
    FakeApp(const FakeApp &) = delete;
    FakeApp &operator=(const FakeApp &) = delete;

    int port() const { return m_port; }

    /// Where a `PUT` registers from now on.
    void setServerPort(int port) { m_serverPort = port; }

    /// Registers the app at the server now; false if the server refuses.
    bool registerAtServer();

    /// Readable whenever runs finished since it was last read (an eventfd).
    int finishedFd() const { return m_finishedFd; }

    /// Runs that were answered 200 since the last takeRecords().
    std::uint64_t finished() const { return m_finished; }

    /// `PUT` requests since the start.
    std::uint64_t syncs() const { return m_syncs; }

    AppRecords takeRecords();

private:
    struct Connection {
        std::string in;
        std::string out;
        bool isBlocked = false; ///< waits for EPOLLOUT
    };

    void run();
    void acceptAll();
    void close(int socket);
    void readFrom(int socket);
    void writeTo(int socket, Connection &connection) const;
    void answerAll(Connection &connection);
    std::string reply(const HttpMessage &request);

    AppScript m_script;
    std::mutex m_scriptMutex;
    std::unordered_map<int, Connection> m_connections; ///< of the app's thread
    std::atomic<std::uint64_t> m_finished = 0;
    std::atomic<std::uint64_t> m_syncs = 0;
    std::atomic<int> m_serverPort = 0;
    std::atomic<bool> m_isStopping = false;
    int m_port = 0;
    int m_listener = -1;
    int m_epoll = -1;
    int m_finishedFd = -1;
    int m_stopFd = -1;
    std::thread m_thread;
};

} // namespace perf
