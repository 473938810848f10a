// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace perf {

/// A `POST /e/{key}` request with one event or an array of them, whose send time is written into
/// the prepared bytes just before each sending.
class EventRequest
{
public:
    static constexpr std::size_t eventBytes = 300; ///< of each event's JSON text

    EventRequest(int port, std::string_view name, std::size_t events = 1);

    /// The bytes, stamped with the present time as `data.sentAt`.
    std::string_view stamped();

private:
    std::string m_bytes;
    std::vector<std::size_t> m_stamps; ///< positions of the 19 digits
};

/// What drive() does: \a total requests over \a connections, one in flight on each.
struct LoadPlan {
    int port = 0;
    std::size_t connections = 1;
    std::size_t total = 0;
    /// The bytes of the next request; must stay valid until the next call.
    std::function<std::string_view()> request{};
    /// How many requests may have been started by now; without it all of them.
    std::function<std::size_t()> allowed{};
    int wakeFd = -1; ///< an eventfd after which \a allowed may have grown
};

struct LoadResult {
    std::vector<double> latencyMs{};
    std::size_t failed = 0; ///< replies other than 200, and broken connections
    double seconds = 0;
};

/// Sends as planned and returns when all replies are there; gives up (counted as failed) after
/// 30 s without any reply.
LoadResult drive(const LoadPlan &plan);

/// Opens \p count connections that were used for one request each and stay open; closes them at
/// the end of its life.
class IdleConnections
{
public:
    IdleConnections(int port, std::size_t count);
    ~IdleConnections();
    IdleConnections(const IdleConnections &) = delete;
    IdleConnections &operator=(const IdleConnections &) = delete;

    /// How many the server has not closed.
    std::size_t open() const;

private:
    std::vector<int> m_sockets;
};

} // namespace perf
