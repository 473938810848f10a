// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

#include <chrono>

namespace devserver {

/// An instant, UTC, millisecond precision (semantics §0).
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

/// Milliseconds since 1970-01-01T00:00Z; negative before.
constexpr qint64 toMs(TimePoint time)
{
    return time.time_since_epoch().count();
}

constexpr TimePoint fromMs(qint64 ms)
{
    return TimePoint(std::chrono::milliseconds(ms));
}

/// `2030-01-02T03:04:05.678Z`, always with milliseconds. Years outside 0000-9999 are clamped to the
/// nearest instant that RFC 3339 can write.
QByteArray toRfc3339(TimePoint time);

} // namespace devserver
