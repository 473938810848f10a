// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QTimer>

#include <array>
#include <chrono>
#include <functional>
#include <list>

namespace devserver::transport {

class HttpConnection;

/// What a connection is waiting for.
enum class Lane : std::size_t {
    None, ///< no deadline: a request is being handled
    Header,
    Body,
    Idle,
    Write,
    Linger,
};

constexpr std::size_t laneCount = 6;

/// The deadlines of all connections of a server, with one coarse timer.
///
/// All waits of one lane have the same length, so each lane is a list in order of expiry and
/// setting a deadline moves a node to its end: O(1), no allocation. The timer runs only while some
/// lane has a node and is not re-armed for each request: when it fires early it looks again.
class Deadlines
{
    using Clock = std::chrono::steady_clock;

    struct Node {
        HttpConnection *connection = nullptr;
        Lane lane = Lane::None;
        Clock::time_point due;
    };

public:
    using Position = std::list<Node>::iterator;
    using Expired = std::function<void(HttpConnection &, Lane)>;

    /// `lengths` by lane; that of None is not used.
    Deadlines(std::array<std::chrono::milliseconds, laneCount> lengths, Expired expired);

    Position add(HttpConnection &connection);
    void remove(Position position);
    /// (Re)starts the wait of that lane.
    void set(Position position, Lane lane);

    static Lane lane(Position position) { return position->lane; }

private:
    std::list<Node> &listOf(Lane lane) { return m_lanes[static_cast<std::size_t>(lane)]; }

    void arm(Clock::time_point due, Clock::time_point now);
    void sweep();

    std::array<std::chrono::milliseconds, laneCount> m_lengths;
    Expired m_expired;
    std::array<std::list<Node>, laneCount> m_lanes;
    QTimer m_timer;
    Clock::time_point m_timerDue;
};

} // namespace devserver::transport
