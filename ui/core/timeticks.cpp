// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/timeticks.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostTicks = 200;
constexpr double breakGap = 4; // nearer to a break, a line would double its edge
constexpr double second = 1'000;
constexpr double minute = 60 * second;
constexpr double hour = 60 * minute;
constexpr double day = 24 * hour;

constexpr std::array steps{0.01,        0.02,        0.05,        0.1,     0.2,        0.5,
                           1.0,         2.0,         5.0,         10.0,    20.0,       50.0,
                           100.0,       200.0,       500.0,       second,  2 * second, 5 * second,
                           10 * second, 15 * second, 30 * second, minute,  2 * minute, 5 * minute,
                           10 * minute, 15 * minute, 30 * minute, hour,    2 * hour,   3 * hour,
                           6 * hour,    12 * hour,   day,         2 * day, 7 * day,    30 * day,
                           90 * day,    365 * day};

QString twoDigits(qint64 number)
{
    return u"%1"_s.arg(number, 2, 10, QLatin1Char('0'));
}

/// In the words of formatDuration, with what the step needs of the smaller units. \a isWhole  no
/// seconds follow: units of none are left out.
QString largerUnits(qint64 minutes, double step, bool isWhole)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Timeline", text); };
    const qint64 hours = minutes / 60;
    const QString rest = twoDigits(minutes % 60);
    if (hours == 0)
        return tr("+%1 m").arg(minutes);
    if (hours < 24)
        return isWhole && minutes % 60 == 0 ? tr("+%1 h").arg(hours)
                                            : tr("+%1 h %2 m").arg(hours).arg(rest);
    const qint64 days = hours / 24;
    if ((isWhole || step < minute) && minutes % (24 * 60) == 0)
        return tr("+%1 d").arg(days);
    const QString text = tr("+%1 d %2 h").arg(days).arg(hours % 24);
    return step < hour && !(isWhole && minutes % 60 == 0)
               ? QString(text + u' ' + tr("%1 m").arg(rest))
               : text;
}

} // namespace

TimeTicks timeTicks(const TimelineCamera &camera, double distance, double phase)
{
    const double scale = std::max(camera.pose().scale, 1e-12);
    const auto *found = std::find_if(steps.begin(), steps.end(),
                                     [&](double step) { return step * scale >= distance; });
    TimeTicks result{.step = found == steps.end() ? steps.back() : *found, .ticks = {}};
    const double left = camera.msAt(0);
    const double right = camera.msAt(camera.viewWidth());
    const std::vector<AxisSegment> &segments = camera.axis().segments();
    for (std::size_t index = 0; index < segments.size(); ++index) {
        const AxisSegment &segment = segments[index];
        if (segment.isBreak || segment.to < left || segment.from > right)
            continue;
        const double from = std::max(segment.from, left) + phase;
        double number = std::ceil(from / result.step - 1e-9); // sums of steps would drift
        for (; result.ticks.size() < mostTicks; ++number) {
            const double at = number * result.step - phase;
            if (at > std::min(segment.to, right))
                break;
            const double x = camera.xAt(at);
            const bool isAtBreak =
                (index > 0 && x < camera.xAt(segment.from) + breakGap)
                || (index + 1 < segments.size() && x > camera.xAt(segment.to) - breakGap);
            if (!isAtBreak)
                result.ticks.push_back({x, at});
        }
    }
    return result;
}

QString relativeTickText(double at, double step, double length)
{
    // What misses a whole second by rounding is one.
    const double nearest = std::round(at / second) * second;
    const double ms = std::abs(at - nearest) < step / 100 ? nearest : at;
    if (length < 2 * second && ms < second) {
        const int decimals = step >= 1 ? 0 : (step >= 0.1 ? 1 : 2);
        return QCoreApplication::translate("Timeline", "+%1 ms")
            .arg(QLocale().toString(ms, 'f', decimals));
    }
    // Between parts of milliseconds a whole second stands for itself.
    const bool isWhole = length < 2 * second && std::fmod(ms, second) < 1e-6 && step < 1;
    const int decimals =
        step >= second || isWhole
            ? 0
            : std::clamp(static_cast<int>(std::ceil(-std::log10(step / second))), 1, 5);
    if (ms < minute)
        return QCoreApplication::translate("Timeline", "+%1 s")
            .arg(QLocale().toString(ms / second, 'f', decimals));
    const auto whole = static_cast<qint64>(std::floor(ms / second + 1e-9));
    const bool hasSeconds = step < minute && (decimals > 0 || whole % 60 != 0);
    const QString larger = largerUnits(whole / 60, step, !hasSeconds);
    if (!hasSeconds)
        return larger;
    // Behind `+2 d` the hours and minutes are left out if they are none.
    const bool isShort = whole >= 24 * 3600 && whole % (24 * 3600) < 60;
    QString seconds = isShort ? QString::number(whole % 60) : twoDigits(whole % 60);
    if (decimals > 0)
        seconds += QString::number(ms / second - static_cast<double>(whole), 'f', decimals).mid(1);
    return larger + u' ' + QCoreApplication::translate("Timeline", "%1 s").arg(seconds);
}

QString clockTickText(devserver::TimePoint start, double ms, double step)
{
    const qint64 at = std::llround(ms);
    const QDateTime time =
        QDateTime::fromMSecsSinceEpoch(devserver::toMs(start) + at).toLocalTime();
    if (step >= day)
        return time.toString(u"MMM d"_s);
    if (step >= minute)
        return time.toString(u"HH:mm"_s);
    return time.toString(step >= second ? u"HH:mm:ss"_s : u"HH:mm:ss.zzz"_s);
}

} // namespace console
