// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Why not SQLite's own JSON functions: they refuse valid payloads of apps (an empty output, deep
// nesting), and one such row would end the whole query.

#include "devserver/store/sqlfunctions.h"

#include "devserver/model/jsonvalue.h"

#include <QRegularExpression>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

QByteArrayView bytesOf(sqlite3_value *value)
{
    const void *data = sqlite3_value_blob(value);
    return {static_cast<const char *>(data), sqlite3_value_bytes(value)};
}

void giveText(sqlite3_context *context, QByteArrayView text)
{
    // A null pointer would be NULL.
    sqlite3_result_text(context, text.isEmpty() ? "" : text.data(), static_cast<int>(text.size()),
                        SQLITE_TRANSIENT);
}

std::optional<JsonValue> elementAt(const JsonValue &array, int index)
{
    for (const JsonValue &element : array.elements()) {
        if (index-- == 0)
            return element;
    }
    return std::nullopt;
}

std::optional<JsonValue> partOf(JsonValue value, QByteArrayView path)
{
    while (!path.isEmpty()) {
        const qsizetype dot = path.indexOf('.');
        const QByteArrayView name = dot < 0 ? path : path.first(dot);
        path = dot < 0 ? QByteArrayView() : path.sliced(dot + 1);
        bool isIndex = false;
        const int index = name.toByteArray().toInt(&isIndex);
        const std::optional<JsonValue> next =
            value.isArray() && isIndex && index >= 0 ? elementAt(value, index) : value.find(name);
        if (!next)
            return std::nullopt;
        value = *next;
    }
    return value;
}

void give(sqlite3_context *context, const JsonValue &value)
{
    if (value.isString()) {
        giveText(context, value.toUtf8());
        return;
    }
    if (value.isNumber()) {
        if (const std::optional<qint64> integer = value.toInt64()) {
            sqlite3_result_int64(context, *integer);
            return;
        }
        if (const std::optional<double> number = value.toDouble()) {
            sqlite3_result_double(context, *number);
            return;
        }
    }
    giveText(context, value.raw());
}

void jsonPart(sqlite3_context *context, int, sqlite3_value **arguments)
{
    const QByteArrayView json = bytesOf(arguments[0]);
    if (json.isEmpty())
        return; // NULL
    if (const std::optional<JsonValue> part = partOf(JsonValue(json), bytesOf(arguments[1])))
        give(context, *part);
}

/// `text REGEXP pattern` calls it with the pattern first.
void regexp(sqlite3_context *context, int, sqlite3_value **arguments)
{
    if (sqlite3_value_type(arguments[1]) == SQLITE_NULL)
        return;
    auto *pattern = static_cast<QRegularExpression *>(sqlite3_get_auxdata(context, 0));
    std::unique_ptr<QRegularExpression> fresh;
    if (pattern == nullptr) {
        fresh = std::make_unique<QRegularExpression>(QString::fromUtf8(bytesOf(arguments[0])),
                                                     QRegularExpression::CaseInsensitiveOption);
        fresh->optimize();
        pattern = fresh.get();
    }
    const QString text = QString::fromUtf8(bytesOf(arguments[1]));
    sqlite3_result_int(context, pattern->match(text).hasMatch() ? 1 : 0);
    if (fresh) {
        // SQLite owns it from here on, and may free it at once.
        sqlite3_set_auxdata(context, 0, fresh.release(), [](void *old) {
            const std::unique_ptr<QRegularExpression> gone(static_cast<QRegularExpression *>(old));
        });
    }
}

} // namespace

void addFilterFunctions(sqlite3 *connection)
{
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    sqlite3_create_function_v2(connection, "json_part", 2, flags, nullptr, jsonPart, nullptr,
                               nullptr, nullptr);
    sqlite3_create_function_v2(connection, "regexp", 2, flags, nullptr, regexp, nullptr, nullptr,
                               nullptr);
}

} // namespace devserver::store
