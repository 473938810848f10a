// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringView>

#include <concepts>

namespace devserver {

class RawJson;

/// `utf8` as a JSON string with quotes. Invalid UTF-8 becomes U+FFFD.
QByteArray jsonString(QByteArrayView utf8);

/// The number text that JavaScript's `JSON.stringify` writes: shortest that reads back as the same
/// double; `null` for infinities and NaN.
QByteArray jsonNumber(double number);

/// Appends JSON text without spaces; commas and colons are automatic.
///
/// Escapes only quote, backslash and control characters; other UTF-8 stays as it is. The caller
/// keeps the order right (a key before each member value, each begin with its end).
class JsonWriter
{
public:
    /// \param reserveBytes  expected size of the result.
    explicit JsonWriter(qsizetype reserveBytes = 0);

    JsonWriter &beginObject() { return open('{'); }

    JsonWriter &endObject() { return close('}'); }

    JsonWriter &beginArray() { return open('['); }

    JsonWriter &endArray() { return close(']'); }

    JsonWriter &key(QByteArrayView utf8);

    /// Text in UTF-8, written as a JSON string. Invalid UTF-8 becomes U+FFFD.
    JsonWriter &string(QByteArrayView utf8);
    JsonWriter &value(QStringView text);
    JsonWriter &value(double number);
    JsonWriter &value(const char *) = delete; // would be a bool; string() takes literals

    template<std::integral T>
    JsonWriter &value(T number)
    {
        if constexpr (std::same_as<T, bool>)
            return raw(number ? QByteArrayView("true") : QByteArrayView("false"));
        else if constexpr (std::signed_integral<T>)
            return signedNumber(number);
        else
            return unsignedNumber(number);
    }

    JsonWriter &null() { return raw("null"); }

    /// Splices a whole JSON value as it is; the caller vouches that it is valid.
    JsonWriter &raw(QByteArrayView json);
    /// Splices; an absent value is written as `null`.
    JsonWriter &raw(const RawJson &json);

    /// What was written; the writer is empty afterwards.
    [[nodiscard]] QByteArray take();

private:
    JsonWriter &open(char bracket);
    JsonWriter &close(char bracket);
    JsonWriter &signedNumber(qint64 number);
    JsonWriter &unsignedNumber(quint64 number);
    void separate();

    QByteArray m_out;
    bool m_needsComma = false;
};

} // namespace devserver
