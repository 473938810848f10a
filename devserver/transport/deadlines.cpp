// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/deadlines.h"

#include <algorithm>
#include <optional>

namespace devserver::transport {

Deadlines::Deadlines(std::array<std::chrono::milliseconds, laneCount> lengths, Expired expired)
    : m_lengths(lengths)
    , m_expired(std::move(expired))
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { sweep(); });
}

Deadlines::Position Deadlines::add(HttpConnection &connection)
{
    std::list<Node> &list = listOf(Lane::None);
    return list.insert(list.end(), Node{&connection, Lane::None, {}});
}

void Deadlines::remove(Position position)
{
    listOf(position->lane).erase(position);
}

void Deadlines::set(Position position, Lane lane)
{
    std::list<Node> &target = listOf(lane);
    target.splice(target.end(), listOf(position->lane), position);
    position->lane = lane;
    if (lane == Lane::None)
        return;
    const Clock::time_point now = Clock::now();
    position->due = now + m_lengths[static_cast<std::size_t>(lane)];
    if (!m_timer.isActive() || position->due < m_timerDue)
        arm(position->due, now);
}

void Deadlines::arm(Clock::time_point due, Clock::time_point now)
{
    m_timerDue = due;
    // A coarse timer may fire early; one more millisecond saves most of the second looks.
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(due - now);
    m_timer.start(std::max(wait, std::chrono::milliseconds(0)) + std::chrono::milliseconds(1));
}

void Deadlines::sweep()
{
    const Clock::time_point now = Clock::now();
    std::optional<Clock::time_point> next;
    for (std::list<Node> &list : m_lanes) {
        if (&list == &listOf(Lane::None))
            continue;
        while (!list.empty() && list.front().due <= now) {
            const auto expired = list.begin();
            const Lane lane = expired->lane;
            set(expired, Lane::None);
            m_expired(*expired->connection, lane); // may remove the node, or set a lane again
        }
    }
    for (const std::list<Node> &list : m_lanes) {
        if (&list != &listOf(Lane::None) && !list.empty())
            next = next ? std::min(*next, list.front().due) : list.front().due;
    }
    if (next)
        arm(*next, now);
}

} // namespace devserver::transport
