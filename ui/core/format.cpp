// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::TimePoint;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds calmFrom = 10s; ///< from here on seconds count in steps
constexpr milliseconds calmStep = 5s;

QString tr(const char *text)
{
    return QCoreApplication::translate("Format", text);
}

QString twoDigits(qint64 number)
{
    return u"%1"_s.arg(number, 2, 10, QLatin1Char('0'));
}

QString durationText(milliseconds duration, bool keepsSeconds)
{
    const qint64 ms = duration.count();
    if (ms < 0)
        return u"-"_s + durationText(-duration, keepsSeconds);
    if (ms < 1000)
        return tr("%1 ms").arg(ms);
    // Rounded before the unit is chosen, so that nobody reads 60 s.
    const auto rounded = [ms](qint64 unit) { return (ms + unit / 2) / unit; };
    if (const qint64 tenths = rounded(100); tenths < 100)
        return tr("%1 s").arg(QLocale().toString(static_cast<double>(tenths) / 10.0, 'f', 1));
    const qint64 seconds = rounded(1000);
    if (seconds < 60)
        return tr("%1 s").arg(seconds);
    if (seconds < 3600) {
        return seconds % 60 == 0 && !keepsSeconds
                   ? tr("%1 m").arg(seconds / 60)
                   : tr("%1 m %2 s").arg(seconds / 60).arg(twoDigits(seconds % 60));
    }
    const qint64 minutes = rounded(60'000);
    if (minutes < 24 * 60) {
        return minutes % 60 == 0 ? tr("%1 h").arg(minutes / 60)
                                 : tr("%1 h %2 m").arg(minutes / 60).arg(twoDigits(minutes % 60));
    }
    const qint64 hours = rounded(3'600'000);
    return hours % 24 == 0 ? tr("%1 d").arg(hours / 24)
                           : tr("%1 d %2 h").arg(hours / 24).arg(hours % 24);
}

QDateTime dateTime(TimePoint time, TimeStyle style)
{
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(devserver::toMs(time), Qt::UTC);
    return style == TimeStyle::Utc ? utc : utc.toLocalTime();
}

/// What the last figure of a time counts that goes on.
milliseconds elapsedUnit(milliseconds elapsed)
{
    return elapsed < 1s    ? 1ms
           : elapsed < 10s ? 100ms
           : elapsed < 1h  ? 1s
           : elapsed < 24h ? milliseconds(1min)
                           : milliseconds(1h);
}

/// Controls, and what turns the direction of what follows or has no width. Not joiners, which
/// letters of some scripts need.
bool isUnseen(char16_t letter)
{
    if (letter < 0x7f) [[likely]]
        return letter < 0x20;
    if (letter < 0xa0)
        return true;
    if (letter < 0x200b)
        return letter == 0x061c;
    return letter == 0x200b || letter == 0x200e || letter == 0x200f || letter == 0xfeff
           || (letter >= 0x2028 && letter <= 0x202e) || (letter >= 0x2066 && letter <= 0x2069);
}

/// Where a text has lines: what ends them, and what moves in them.
bool isLayout(char16_t letter)
{
    return letter == '\n' || letter == '\t' || letter == 0x2028 || letter == 0x2029;
}

/// Of one that is not seen.
QString signOf(char16_t letter)
{
    constexpr char16_t pictures = 0x2400;
    constexpr char16_t pictureOfDelete = 0x2421;
    if (letter < 0x20)
        return QChar(static_cast<char16_t>(pictures + letter));
    if (letter == 0x7f)
        return QChar(pictureOfDelete);
    return u"\\u%1"_s.arg(static_cast<int>(letter), 4, 16, QLatin1Char('0'));
}

} // namespace

QString formatDuration(milliseconds duration)
{
    return durationText(duration, false);
}

QString formatCounting(milliseconds duration)
{
    return durationText(duration, true);
}

QString formatElapsed(milliseconds duration)
{
    return formatCounting(duration - duration % elapsedUnit(duration));
}

milliseconds calmAge(milliseconds age)
{
    return age < calmFrom || age >= 1min ? age : age - age % calmStep;
}

QString formatTime(TimePoint time, TimePoint now, TimeStyle style)
{
    const milliseconds age = now - time;
    if (style == TimeStyle::Relative) {
        if (age >= 0ms && age < 1s)
            return tr("now");
        if (age >= 0ms && age < 1min)
            return tr("%1 s ago").arg(calmAge(age) / 1s);
        if (age >= 0ms && age < 1h)
            return tr("%1 m ago").arg(age / 1min);
        if (age < 0ms && age > -1h)
            return formatCountdown(time, now);
    }
    const QDateTime when = dateTime(time, style);
    if (when.date() == dateTime(now, style).date())
        return when.toString(u"HH:mm:ss"_s);
    return when.toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString formatTimeExactly(TimePoint time, TimeStyle style)
{
    const QDateTime when = dateTime(time, style);
    return when.toString(u"yyyy-MM-dd HH:mm:ss.zzz "_s) + when.timeZoneAbbreviation();
}

QString formatCountdown(TimePoint due, TimePoint now)
{
    const milliseconds left = due - now;
    if (left <= 0ms)
        return tr("now");
    // Rounded up: it says `in 1 s` until it happens.
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(left);
    return tr("in %1").arg(seconds < 10s ? tr("%1 s").arg(seconds.count())
                                         : formatCounting(seconds));
}

std::optional<milliseconds> timeUntilTextChanges(TimePoint time, TimePoint now)
{
    const milliseconds age = now - time;
    if (age >= 1h)
        return std::nullopt;
    if (age >= 1min)
        return 1min - age % 1min;
    if (age >= calmFrom)
        return calmStep - age % calmStep;
    if (age >= 0ms)
        return 1s - age % 1s;
    const milliseconds left = -age;
    // Rounded to hours, below a day to minutes, and before that up to seconds.
    constexpr milliseconds leastDay = 24h - 31s;
    constexpr milliseconds leastHour = 1h - 1s;
    if (left > leastHour) {
        const bool isDay = left > leastDay;
        const milliseconds unit = isDay ? milliseconds(1h) : milliseconds(1min);
        const milliseconds until = (left - unit / 2 + 1s) % unit;
        return std::min(until == 0ms ? unit : until, left - (isDay ? leastDay : leastHour));
    }
    return left % 1s == 0ms ? milliseconds(1s) : left % 1s;
}

milliseconds timeUntilElapsedChanges(milliseconds elapsed)
{
    const milliseconds unit = std::max(elapsedUnit(elapsed), milliseconds(1s));
    return unit - elapsed % unit;
}

QString formatSize(qint64 bytes)
{
    constexpr double unit = 1024;
    // As short as the units of more: a column and a line of facts have room for it.
    if (bytes < 1024)
        return tr("%1 B").arg(bytes);
    auto number = static_cast<double>(bytes);
    while (number >= unit)
        number /= unit;
    return QLocale().formattedDataSize(bytes, number < 99.95 ? 1 : 0); // three figures are enough
}

QString formatCount(qint64 count)
{
    return QLocale().toString(count);
}

QString shortId(const QByteArray &text)
{
    const QString id = QString::fromUtf8(text); // those of senders are of any letters
    if (id.size() <= 10)
        return id;
    qsizetype head = 5;
    qsizetype tail = 4;
    if (id[head].isLowSurrogate()) // half a character is none
        ++head;
    if (id[id.size() - tail].isLowSurrogate())
        ++tail;
    return head + tail >= id.size() ? id : QString(id.left(head) + u'…' + id.right(tail));
}

QString visibleText(const QString &text, LineEnds lineEnds)
{
    const bool hasLines = lineEnds == LineEnds::Kept;
    const auto isSign = [hasLines](QChar letter) {
        return isUnseen(letter.unicode()) && !(hasLines && isLayout(letter.unicode()));
    };
    const auto *first = std::find_if(text.cbegin(), text.cend(), isSign);
    if (first == text.cend())
        return text;
    QString shown = text.left(first - text.cbegin());
    for (const auto *at = first; at != text.cend(); ++at) {
        const bool isHalfOfEnd = *at == u'\r' && at + 1 != text.cend() && at[1] == u'\n';
        if (hasLines && isHalfOfEnd)
            continue;
        shown += isSign(*at) ? signOf(at->unicode()) : QString(*at);
    }
    return shown;
}

} // namespace console
