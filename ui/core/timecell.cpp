// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/timecell.h"

#include <QDateTime>
#include <QLocale>

#include <cstdlib>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::TimePoint;

namespace {

constexpr qint64 nearDays = 300; ///< so far the year is clear without being said

QDateTime dateTime(TimePoint time, TimeStyle style)
{
    return QDateTime::fromMSecsSinceEpoch(devserver::toMs(time),
                                          style == TimeStyle::Utc ? Qt::UTC : Qt::LocalTime);
}

/// `30 Dec 09:28`
QString dayOf(const QDateTime &when, bool isNear)
{
    return QLocale().toString(when, isNear ? u"d MMM HH:mm"_s : u"d MMM yyyy"_s);
}

/// `30 Dec`: a time that is cut would be another one.
QString bareDayOf(const QDateTime &when, bool isNear)
{
    return QLocale().toString(when, isNear ? u"d MMM"_s : u"MMM yyyy"_s);
}

} // namespace

Cell timeCell(TimePoint time, TimePoint now, TimeStyle style)
{
    Cell cell{.text = formatTime(time, now, style)};
    const QDateTime when = dateTime(time, style);
    const QDate today = dateTime(now, style).date();
    const bool isAge = style == TimeStyle::Relative && std::chrono::abs(now - time) < 1h;
    if (when.date() != today && !isAge) {
        const bool isNear = std::abs(when.date().daysTo(today)) < nearDays;
        cell.brief = dayOf(when, isNear);
        cell.briefer = bareDayOf(when, isNear);
    }
    cell.token = Token::TextDim;
    return cell;
}

ColumnSpec withTimeWidth(ColumnSpec column)
{
    constexpr TimePoint time;
    column.leastCells = {{.text = formatTime(time, time + 59min, TimeStyle::Relative)},
                         {.text = u"00:00:00"_s},
                         {.text = bareDayOf(QDateTime(QDate(2000, 12, 28), QTime(0, 0)), false)}};
    column.usualCells = column.leastCells;
    column.usualCells.push_back({.text = dayOf(QDateTime(QDate(2000, 12, 28), QTime(0, 0)), true)});
    return column;
}

ColumnSpec withDurationWidth(ColumnSpec column)
{
    column.leastCells = {{.text = formatDuration(59min)}, {.text = formatDuration(59'900ms)}};
    column.usualCells = column.leastCells;
    column.usualCells.push_back({.text = formatDuration(59min + 59s)});
    return column;
}

} // namespace console
