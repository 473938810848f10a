// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/cronsyntax.h"

#include <QByteArrayList>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace devserver::protocol {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<QByteArrayView, 12> monthNames{"jan", "feb", "mar", "apr", "may", "jun",
                                                    "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<QByteArrayView, 7> dayNames{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

struct Field {
    QByteArrayView name;
    int lowest;
    int highest;
    std::span<const QByteArrayView> names; ///< the first stands for `lowest`
};

const std::array<Field, 5> fields{{{"minute", 0, 59, {}},
                                   {"hour", 0, 23, {}},
                                   {"day of month", 1, 31, {}},
                                   {"month", 1, 12, monthNames},
                                   {"day of week", 0, 6, dayNames}}};

tl::unexpected<Error> invalid(const QByteArray &reason)
{
    return failure(ErrorCode::InvalidInput, QString::fromUtf8(reason));
}

std::optional<int> number(QByteArrayView text)
{
    const bool isDigits = !text.isEmpty() && text.size() <= 4
                          && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    return isDigits ? std::optional(text.toInt()) : std::nullopt;
}

std::optional<int> valueOf(const Field &field, QByteArrayView text)
{
    const auto name = std::ranges::find_if(field.names, [text](QByteArrayView n) {
        return n.compare(text, Qt::CaseInsensitive) == 0;
    });
    if (name != field.names.end())
        return field.lowest + static_cast<int>(name - field.names.begin());
    const std::optional<int> value = number(text);
    return value && *value >= field.lowest && *value <= field.highest ? value : std::nullopt;
}

/// One entry of a list: `*`, `?`, `N`, `N-M`, each with an optional `/step`.
bool isEntry(const Field &field, QByteArrayView entry)
{
    if (const qsizetype slash = entry.indexOf('/'); slash >= 0) {
        const std::optional<int> step = number(entry.sliced(slash + 1));
        if (!step || *step == 0)
            return false;
        entry = entry.first(slash);
    }
    if (entry == "*" || entry == "?")
        return true;
    const qsizetype dash = entry.indexOf('-');
    if (dash < 0)
        return valueOf(field, entry).has_value();
    const std::optional<int> from = valueOf(field, entry.first(dash));
    const std::optional<int> to = valueOf(field, entry.sliced(dash + 1));
    return from && to && *from <= *to;
}

} // namespace

Result<void> validateCron(QByteArrayView text)
{
    if (text.size() > 255)
        return invalid("it has more than 255 characters"_ba);
    QByteArray expression = text.toByteArray().simplified();
    for (const QByteArrayView prefix : {QByteArrayView("CRON_TZ="), QByteArrayView("TZ=")}) {
        if (!expression.startsWith(prefix))
            continue;
        const qsizetype space = expression.indexOf(' ');
        const QByteArray zone = expression.left(space).mid(prefix.size());
        if (space < 0 || !QTimeZone(zone).isValid())
            return invalid("the time zone \""_ba + zone + "\" is unknown"_ba);
        expression = expression.sliced(space + 1);
        break;
    }
    if (expression.startsWith('@'))
        return invalid("descriptors such as @daily are not taken, write five fields"_ba);

    const QByteArrayList given = expression.split(' ');
    if (expression.isEmpty() || std::size_t(given.size()) != fields.size())
        return invalid("it does not have five fields"_ba);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const QByteArray &list = given[qsizetype(i)];
        for (const QByteArray &entry : list.split(',')) {
            if (!isEntry(fields.at(i), entry))
                return invalid("the field "_ba + fields.at(i).name + " is \""_ba + list + '"');
        }
    }
    return {};
}

} // namespace devserver::protocol
