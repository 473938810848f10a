// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/time.h"

#include <algorithm>

namespace devserver {

namespace {

void writeDigits(char *end, quint32 number, int count)
{
    for (; count > 0; --count, number /= 10)
        *--end = static_cast<char>('0' + number % 10);
}

} // namespace

QByteArray toRfc3339(TimePoint time)
{
    using namespace std::chrono;
    constexpr TimePoint first = sys_days(year(0) / January / 1);
    constexpr TimePoint last = sys_days(year(10000) / January / 1) - milliseconds(1);

    const TimePoint writable = std::clamp(time, first, last);
    const sys_days day = floor<days>(writable);
    const year_month_day date(day);
    const quint32 ms = static_cast<quint32>((writable - day).count());

    QByteArray out("0000-00-00T00:00:00.000Z");
    char *data = out.data();
    writeDigits(data + 4, static_cast<quint32>(static_cast<int>(date.year())), 4);
    writeDigits(data + 7, static_cast<unsigned>(date.month()), 2);
    writeDigits(data + 10, static_cast<unsigned>(date.day()), 2);
    writeDigits(data + 13, ms / 3'600'000, 2);
    writeDigits(data + 16, ms / 60'000 % 60, 2);
    writeDigits(data + 19, ms / 1000 % 60, 2);
    writeDigits(data + 23, ms % 1000, 3);
    return out;
}

} // namespace devserver
