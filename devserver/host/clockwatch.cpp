// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/clockwatch.h"

#include <ctime>
#include <utility>

namespace devserver::host {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr milliseconds longSleep = 30s;
constexpr milliseconds farJump = 5s; // a clock that is only adjusted drifts less

milliseconds timeOf(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return seconds(time.tv_sec)
           + std::chrono::duration_cast<milliseconds>(std::chrono::nanoseconds(time.tv_nsec));
}

QString inSeconds(milliseconds duration)
{
    return QString::number(std::chrono::round<seconds>(duration).count()) + u" s"_s;
}

} // namespace

ClockWatch::Reading ClockWatch::read()
{
    return {.wall = timeOf(CLOCK_REALTIME),
            .sinceBoot = timeOf(CLOCK_BOOTTIME),
            .awake = timeOf(CLOCK_MONOTONIC)};
}

QString ClockWatch::look(const Reading &now)
{
    const Reading last = std::exchange(m_last, now).value_or(now);
    const milliseconds slept = (now.sinceBoot - now.awake) - (last.sinceBoot - last.awake);
    const milliseconds set = (now.wall - now.sinceBoot) - (last.wall - last.sinceBoot);
    if (slept > longSleep)
        return u"the machine slept for "_s + inSeconds(slept)
               + u"; what was due meanwhile starts now"_s;
    if (set > farJump)
        return u"the clock was set forward by "_s + inSeconds(set)
               + u"; what was due meanwhile starts now"_s;
    if (set < -farJump)
        return u"the clock was set back by "_s + inSeconds(-set)
               + u"; what waits for a time waits longer"_s;
    return {};
}

} // namespace devserver::host
