// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/coarseformat.h"

#include "ui/core/format.h"

#include <QCoreApplication>

namespace console {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

/// Rounded where the whole text is, so that both name the same unit.
QString formatCoarsely(milliseconds duration)
{
    const auto rounded = [duration](milliseconds unit) {
        return (duration + unit / 2) / unit * unit;
    };
    const auto whole = [](milliseconds time, milliseconds unit) { return time / unit * unit; };
    const milliseconds seconds = rounded(1s);
    if (seconds < 1min)
        return formatDuration(duration);
    if (seconds < 1h)
        return formatDuration(whole(seconds, 1min));
    if (const milliseconds minutes = rounded(1min); minutes < 24h)
        return formatDuration(whole(minutes, 1h));
    return formatDuration(whole(rounded(1h), 24h));
}

/// Never rounded up: neither is the whole text.
QString formatCoarseElapsed(milliseconds elapsed)
{
    if (elapsed < 1min)
        return formatElapsed(elapsed);
    const milliseconds unit = elapsed < 1h ? 1min : elapsed < 24h ? 1h : milliseconds(24h);
    return formatCoarsely(elapsed - elapsed % unit);
}

QString formatCoarseCountdown(devserver::TimePoint due, devserver::TimePoint now)
{
    const milliseconds left = due - now;
    if (left <= 0ms)
        return formatCountdown(due, now);
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(left); // as the whole text
    return seconds < 10s ? QCoreApplication::translate("Format", "%1 s").arg(seconds.count())
                         : formatCoarsely(seconds);
}

} // namespace console
