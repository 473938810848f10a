// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/durations.h"

#include <algorithm>
#include <array>
#include <limits>

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace devserver {

namespace {

struct Unit {
    QByteArrayView name;
    quint64 ns;
};

constexpr quint64 nsPerSecond = 1'000'000'000;
constexpr std::array<Unit, 10> units{{
    {"ns", 1},
    {"us", 1'000},
    {"\xc2\xb5s", 1'000}, // U+00B5 micro sign
    {"\xce\xbcs", 1'000}, // U+03BC Greek mu
    {"ms", 1'000'000},
    {"s", nsPerSecond},
    {"m", 60 * nsPerSecond},
    {"h", 3600 * nsPerSecond},
    {"d", 24 * 3600 * nsPerSecond},
    {"w", 168 * 3600 * nsPerSecond},
}};

constexpr quint64 largestNs = std::numeric_limits<qint64>::max();

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

enum class Units { All, Strict };
enum class Outcome { Done, Malformed, Overflow };

struct Decimal {
    quint64 whole = 0;
    quint64 fraction = 0;
    double scale = 1; ///< what to divide `fraction` by
};

/// Cuts `digits[.digits]` off the front of `text`; one of the two parts may be empty.
Outcome takeDecimal(QByteArrayView &text, Decimal &decimal)
{
    qsizetype at = 0;
    qsizetype digitCount = 0;
    for (; at < text.size() && isDigit(text[at]); ++at, ++digitCount) {
        if (decimal.whole > largestNs / 10)
            return Outcome::Overflow;
        decimal.whole = decimal.whole * 10 + static_cast<quint64>(text[at] - '0');
    }
    if (at < text.size() && text[at] == '.') {
        for (++at; at < text.size() && isDigit(text[at]); ++at, ++digitCount) {
            if (decimal.fraction > largestNs / 100)
                continue; // further digits are far below 1 ns
            decimal.fraction = decimal.fraction * 10 + static_cast<quint64>(text[at] - '0');
            decimal.scale *= 10;
        }
    }
    text = text.sliced(at);
    return digitCount > 0 ? Outcome::Done : Outcome::Malformed;
}

const Unit *takeUnit(QByteArrayView &text, Units allowed)
{
    const auto end = std::ranges::find_if(text, [](char c) { return isDigit(c) || c == '.'; });
    const QByteArrayView name(text.begin(), end);
    const auto unit =
        std::ranges::find_if(units, [name](const Unit &known) { return known.name == name; });
    if (unit == units.end() || (allowed == Units::Strict && (name == "d" || name == "w")))
        return nullptr;
    text = text.sliced(name.size());
    return &*unit;
}

Outcome addParts(QByteArrayView text, Units allowed, quint64 &totalNs)
{
    while (!text.isEmpty()) {
        Decimal decimal;
        if (const Outcome outcome = takeDecimal(text, decimal); outcome != Outcome::Done)
            return outcome;
        const Unit *unit = takeUnit(text, allowed);
        if (!unit)
            return Outcome::Malformed;
        if (decimal.whole > largestNs / unit->ns)
            return Outcome::Overflow;
        const double fractionNs =
            static_cast<double>(decimal.fraction) * (static_cast<double>(unit->ns) / decimal.scale);
        totalNs += decimal.whole * unit->ns; // both are at most 2^63: no wrap
        if (totalNs > largestNs)
            return Outcome::Overflow;
        totalNs += static_cast<quint64>(fractionNs);
        if (totalNs > largestNs)
            return Outcome::Overflow;
    }
    return Outcome::Done;
}

Result<milliseconds> parse(QByteArrayView text, Units allowed)
{
    QByteArrayView parts = text;
    const bool isNegative = parts.startsWith('-');
    if (isNegative || parts.startsWith('+'))
        parts = parts.sliced(1);
    if (parts == "0")
        return milliseconds(0);

    quint64 totalNs = 0;
    const Outcome outcome =
        parts.isEmpty() ? Outcome::Malformed : addParts(parts, allowed, totalNs);
    if (outcome != Outcome::Done) {
        const QString shown = QString::fromUtf8(text.first(std::min<qsizetype>(text.size(), 60)));
        return failure(ErrorCode::InvalidInput, outcome == Outcome::Overflow
                                                    ? u"duration \"%1\" is too long"_s.arg(shown)
                                                    : u"\"%1\" is not a duration"_s.arg(shown));
    }
    const auto ms = static_cast<qint64>(totalNs / 1'000'000);
    return milliseconds(isNegative ? -ms : ms);
}

} // namespace

Result<milliseconds> parseDuration(QByteArrayView text)
{
    return parse(text, Units::All);
}

Result<milliseconds> parseStrictDuration(QByteArrayView text)
{
    return parse(text, Units::Strict);
}

Result<SleepSpec> parseSleep(QByteArrayView text)
{
    if (text.isEmpty())
        return SleepSpec(milliseconds(0));
    if (text.size() >= 10) {
        if (const std::optional<TimePoint> date = parseDate(text))
            return SleepSpec(*date);
    }
    const Result<milliseconds> duration = parseDuration(text);
    if (!duration)
        return tl::unexpected<Error>(duration.error());
    return SleepSpec(*duration);
}

std::optional<RetryAfter> parseRetryAfter(QByteArrayView text)
{
    if (!text.isEmpty() && text.size() <= 7 && std::ranges::all_of(text, isDigit))
        return RetryAfter(std::chrono::seconds(text.toInt()));
    if (const std::optional<TimePoint> date = parseDate(text))
        return RetryAfter(*date);
    return std::nullopt;
}

} // namespace devserver
