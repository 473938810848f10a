// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Why not SQLite's own JSON functions: they refuse valid payloads of apps (an empty output, deep
// nesting), and one such row would end the whole query.

#include "devserver/store/sqlfunctions.h"

#include "devserver/model/jsonvalue.h"
#include "devserver/store/memberscan.h"

#include <QRegularExpression>
#include <QVarLengthArray>

#include <sqlite3.h>

#include <algorithm>
#include <cmath>

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

std::optional<JsonValue> elementAt(const JsonValue &array, QByteArrayView name)
{
    // Digits only, as MemberScan takes a name for an index: toInt() alone reads signs and spaces.
    const bool isDigits =
        std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
    bool isIndex = false;
    int index = name.toByteArray().toInt(&isIndex);
    if (!isDigits || !isIndex)
        return std::nullopt;
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
        const std::optional<JsonValue> next =
            value.isArray() ? elementAt(value, name) : value.find(name);
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

bool isSame(const JsonValue &part, double number, QByteArrayView text)
{
    if (part.isString())
        return part.toUtf8() == text;
    if (const std::optional<qint64> integer = part.toInt64()) {
        // Beyond 2^53 the double may be another number than the one that was written.
        return QByteArray::number(*integer) == text
               || (static_cast<double>(*integer) == number && std::abs(number) < 0x1p53);
    }
    const std::optional<double> real = part.toDouble();
    return part.raw() == text || (real && *real == number);
}

/// As the operator LIKE is, with the escape character `\`.
/// \a pattern  ends with a zero
bool isLike(QByteArrayView text, const char *pattern)
{
    QVarLengthArray<char, 256> terminated(text.begin(), text.end());
    terminated.append('\0');
    return sqlite3_strlike(pattern, terminated.constData(), '\\') == 0;
}

/// Whether the part may be there and \a fits its value, as that is written. Only a walk can tell
/// what a container, a literal or anything with an escape is.
template<typename Fits>
bool mayBe(QByteArrayView json, QByteArrayView path, Fits fits)
{
    MemberScan scan(json, path);
    if (!scan.isSure())
        return true;
    for (QByteArrayView value = scan.next(); !value.isEmpty(); value = scan.next()) {
        if (fits(value))
            return true;
    }
    return false;
}

template<typename Fits>
std::optional<JsonValue> askedPart(sqlite3_value **arguments, Fits fits)
{
    const QByteArrayView json = bytesOf(arguments[0]);
    const QByteArrayView path = bytesOf(arguments[1]);
    if (json.isEmpty() || !mayBe(json, path, fits))
        return std::nullopt;
    return partOf(JsonValue(json), path);
}

bool isAny(QByteArrayView)
{
    return true;
}

/// `json_part(json, path)`: a number, or a text; NULL if there is no such part.
void jsonPart(sqlite3_context *context, int, sqlite3_value **arguments)
{
    if (const std::optional<JsonValue> part = askedPart(arguments, isAny))
        give(context, *part);
}

/// `json_part(json, path, pattern)`: also NULL if the part is a text that is not LIKE the pattern.
void jsonPartLike(sqlite3_context *context, int, sqlite3_value **arguments)
{
    sqlite3_value *pattern = arguments[2];
    const auto fits = [pattern](QByteArrayView value) {
        if (value.front() != '"' || value.size() < 2)
            return true;
        const void *text = sqlite3_value_text(pattern);
        return isLike(value.sliced(1, value.size() - 2), static_cast<const char *>(text));
    };
    if (const std::optional<JsonValue> part = askedPart(arguments, fits))
        give(context, *part);
}

/// `json_number(json, path)`: NULL if the part is no number.
void jsonNumber(sqlite3_context *context, int, sqlite3_value **arguments)
{
    const std::optional<JsonValue> part = askedPart(arguments, isAny);
    if (part && part->isNumber())
        give(context, *part);
}

/// `json_equals(json, path, number, text)`: whether the part is this number, or a text that reads
/// so.
void jsonEquals(sqlite3_context *context, int, sqlite3_value **arguments)
{
    const double number = sqlite3_value_double(arguments[2]);
    const QByteArrayView text = bytesOf(arguments[3]);
    const auto fits = [number, text](QByteArrayView value) {
        const char first = value.front();
        const bool isString = first == '"' && value.size() > 1;
        if (!isString && first != '-' && (first < '0' || first > '9'))
            return true;
        return isSame(JsonValue(value), number, text);
    };
    if (const std::optional<JsonValue> part = askedPart(arguments, fits))
        sqlite3_result_int(context, isSame(*part, number, text) ? 1 : 0);
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
    sqlite3_create_function_v2(connection, "json_part", 3, flags, nullptr, jsonPartLike, nullptr,
                               nullptr, nullptr);
    sqlite3_create_function_v2(connection, "json_number", 2, flags, nullptr, jsonNumber, nullptr,
                               nullptr, nullptr);
    sqlite3_create_function_v2(connection, "json_equals", 4, flags, nullptr, jsonEquals, nullptr,
                               nullptr, nullptr);
    sqlite3_create_function_v2(connection, "regexp", 2, flags, nullptr, regexp, nullptr, nullptr,
                               nullptr);
}

} // namespace devserver::store
