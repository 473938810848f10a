// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/durations.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace devserver {

namespace {

constexpr std::array<QByteArrayView, 12> monthNames{
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december",
};
constexpr std::array<QByteArrayView, 7> weekdayNames{
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
};
constexpr std::array<std::pair<QByteArrayView, minutes>, 8> namedZones{{
    {"EST", -5h},
    {"EDT", -4h},
    {"CST", -6h},
    {"CDT", -5h},
    {"MST", -7h},
    {"MDT", -6h},
    {"PST", -8h},
    {"PDT", -7h},
}};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The parts of a date as they are met; checked by `instant`.
struct Fields {
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    milliseconds fraction{0};
    minutes zone{0};
};

std::optional<TimePoint> instant(const Fields &fields)
{
    using namespace std::chrono;
    const year_month_day date(year(fields.year), month(static_cast<unsigned>(fields.month)),
                              day(static_cast<unsigned>(fields.day)));
    if (!date.ok() || fields.hour > 23 || fields.minute > 59 || fields.second > 59)
        return std::nullopt;
    return sys_days(date) + hours(fields.hour) + minutes(fields.minute) + seconds(fields.second)
           + fields.fraction - fields.zone;
}

/// Reads a text from left to right; each call returns false where the text does not fit.
class Cursor
{
public:
    explicit Cursor(QByteArrayView text)
        : m_rest(text)
    {}

    bool atEnd() const { return m_rest.isEmpty(); }

    char peek() const { return m_rest.isEmpty() ? '\0' : m_rest.front(); }

    bool skip(char c)
    {
        if (peek() != c || atEnd())
            return false;
        m_rest = m_rest.sliced(1);
        return true;
    }

    /// As many digits as there are, which must be `least` to `most`.
    bool number(int least, int most, int &out)
    {
        int count = 0;
        for (out = 0; count < most && isDigit(peek()); ++count) {
            out = out * 10 + (peek() - '0');
            m_rest = m_rest.sliced(1);
        }
        return count >= least && !isDigit(peek());
    }

    QByteArrayView word()
    {
        qsizetype size = 0;
        while (size < m_rest.size() && isLetter(m_rest[size]))
            ++size;
        return take(size);
    }

    QByteArrayView digits()
    {
        qsizetype size = 0;
        while (size < m_rest.size() && isDigit(m_rest[size]))
            ++size;
        return take(size);
    }

private:
    QByteArrayView take(qsizetype size)
    {
        const QByteArrayView taken = m_rest.first(size);
        m_rest = m_rest.sliced(size);
        return taken;
    }

    QByteArrayView m_rest;
};

bool takeMonth(Cursor &cursor, int &month)
{
    const QByteArray name = cursor.word().toByteArray().toLower();
    for (std::size_t i = 0; i < monthNames.size(); ++i) {
        if (name == monthNames[i].first(3)) {
            month = static_cast<int>(i) + 1;
            return true;
        }
    }
    return false;
}

bool takeWeekday(Cursor &cursor)
{
    const QByteArray name = cursor.word().toByteArray().toLower();
    // Whether it fits the date is not checked, as in the reference.
    return std::ranges::any_of(weekdayNames, [&](QByteArrayView weekday) {
        return name == weekday || name == weekday.first(3);
    });
}

bool takeYear(Cursor &cursor, int &year)
{
    Cursor start = cursor;
    const bool isShort = start.digits().size() == 2;
    if (!cursor.number(isShort ? 2 : 4, 4, year))
        return false;
    if (isShort)
        year += year >= 69 ? 1900 : 2000;
    return true;
}

/// `HH:MM`, then `:SS`.
bool takeClock(Cursor &cursor, Fields &fields, bool needsSeconds)
{
    if (!cursor.number(2, 2, fields.hour) || !cursor.skip(':')
        || !cursor.number(2, 2, fields.minute))
        return false;
    if (cursor.skip(':'))
        return cursor.number(2, 2, fields.second);
    return !needsSeconds;
}

/// `+hhmm`, `+hh:mm`, `Z` or a name; unknown names are UTC.
bool takeZone(Cursor &cursor, minutes &zone)
{
    const bool isWest = cursor.peek() == '-';
    if (isWest || cursor.peek() == '+') {
        cursor.skip(cursor.peek());
        int hour = 0;
        int minute = 0;
        Cursor start = cursor;
        if (start.digits().size() == 4) {
            cursor.number(4, 4, minute);
            hour = std::exchange(minute, minute % 100) / 100;
        } else if (!cursor.number(2, 2, hour) || !cursor.skip(':')
                   || !cursor.number(2, 2, minute)) {
            return false;
        }
        zone = (isWest ? -1 : 1) * minutes(hour * 60 + minute);
        return hour < 24 && minute < 60;
    }
    const QByteArrayView name = cursor.word();
    for (const auto &[known, offset] : namedZones) {
        if (known == name)
            zone = offset;
    }
    return name == "Z" || name == "z" || (name.size() >= 2 && name.size() <= 5);
}

bool takeFraction(Cursor &cursor, milliseconds &fraction)
{
    if (!cursor.skip('.'))
        return true;
    const QByteArray digits = cursor.digits().toByteArray();
    fraction = milliseconds(digits.leftJustified(3, '0', true).toInt());
    return !digits.isEmpty();
}

/// `YYYY-MM-DD`, optionally `THH:MM:SS[.fraction][zone]`.
bool takeIso(Cursor &cursor, Fields &fields)
{
    if (!cursor.number(4, 4, fields.year) || !cursor.skip('-') || !cursor.number(2, 2, fields.month)
        || !cursor.skip('-') || !cursor.number(2, 2, fields.day))
        return false;
    if (cursor.atEnd())
        return true;
    if (!cursor.skip('T') && !cursor.skip('t'))
        return false;
    if (!takeClock(cursor, fields, true) || !takeFraction(cursor, fields.fraction))
        return false;
    if (cursor.atEnd())
        return true;
    if (cursor.skip('Z') || cursor.skip('z'))
        return true;
    return !isLetter(cursor.peek()) && takeZone(cursor, fields.zone);
}

/// `02 Jan 06 15:04 MST` and its relatives: RFC 822, 1123 (after `Mon, `), 850 (`02-Jan-06`).
bool takeMailDate(Cursor &cursor, Fields &fields)
{
    if (!cursor.number(1, 2, fields.day))
        return false;
    const char separator = cursor.peek() == '-' ? '-' : ' ';
    return cursor.skip(separator) && takeMonth(cursor, fields.month) && cursor.skip(separator)
           && takeYear(cursor, fields.year) && cursor.skip(' ') && takeClock(cursor, fields, false)
           && cursor.skip(' ') && takeZone(cursor, fields.zone);
}

/// After the weekday: `Jan _2 15:04:05 [zone] 2006` (ANSI C, Unix and Ruby date).
bool takeUnixDate(Cursor &cursor, Fields &fields)
{
    if (!takeMonth(cursor, fields.month) || !cursor.skip(' '))
        return false;
    cursor.skip(' ');
    if (!cursor.number(1, 2, fields.day) || !cursor.skip(' ') || !takeClock(cursor, fields, true)
        || !cursor.skip(' '))
        return false;
    if (!isDigit(cursor.peek()) && (!takeZone(cursor, fields.zone) || !cursor.skip(' ')))
        return false;
    return cursor.number(4, 4, fields.year);
}

bool takeDate(Cursor &cursor, QByteArrayView text, Fields &fields)
{
    if (isDigit(cursor.peek()))
        return text.size() > 4 && text[4] == '-' ? takeIso(cursor, fields)
                                                 : takeMailDate(cursor, fields);
    if (!takeWeekday(cursor))
        return false;
    if (cursor.skip(','))
        return cursor.skip(' ') && takeMailDate(cursor, fields);
    return cursor.skip(' ') && takeUnixDate(cursor, fields);
}

} // namespace

std::optional<TimePoint> parseDate(QByteArrayView text)
{
    Cursor cursor(text);
    Fields fields;
    if (!takeDate(cursor, text, fields) || !cursor.atEnd())
        return std::nullopt;
    return instant(fields);
}

} // namespace devserver
