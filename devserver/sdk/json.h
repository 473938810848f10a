// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/rawjson.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <concepts>
#include <cstddef>
#include <vector>

namespace devserver::sdk {

template<typename T>
concept Utf8Text = std::convertible_to<const T &, QByteArray>;

/// A JSON value: what events carry, steps return and functions answer. Plain values convert to it.
///
/// Reading never fails: a missing member is `null`, a value of another kind is the fallback. Bytes
/// that came from outside stay as they are (`raw()`); nothing is parsed before it is asked for.
/// \code
///     const Json total = order["items"]["total"];
///     return Json::object().with("paid", total.toInt()).with("currency", "EUR");
/// \endcode
class Json
{
public:
    Json(); ///< null
    Json(std::nullptr_t);
    Json(double number);
    Json(const QString &text);
    Json(RawJson raw);
    Json(const std::vector<Json> &elements);

    template<std::integral T>
    Json(T number)
        : m_raw(fromInteger(number))
    {}

    /// UTF-8 text: literals, QByteArray.
    template<Utf8Text Text>
    Json(const Text &text)
        : m_raw(fromText(text))
    {}

    /// `{}`, to be continued with `with`.
    [[nodiscard]] static Json object();

    /// This object and one more member. Does not look for a member of that name: give each once.
    [[nodiscard]] Json with(QByteArrayView key, const Json &value) const;

    /// The member of that name; null if there is none.
    [[nodiscard]] Json operator[](QByteArrayView key) const;
    /// The elements of an array; empty for other kinds.
    [[nodiscard]] std::vector<Json> elements() const;

    [[nodiscard]] bool isNull() const;
    [[nodiscard]] bool toBool(bool fallback = false) const;
    [[nodiscard]] qint64 toInt(qint64 fallback = 0) const;
    [[nodiscard]] double toDouble(double fallback = 0) const;
    [[nodiscard]] QByteArray toText() const; ///< UTF-8; empty for other kinds
    [[nodiscard]] QString toString() const;  ///< empty for other kinds

    [[nodiscard]] const RawJson &raw() const { return m_raw; } ///< never empty

    /// Compares bytes: `1.0` is not `1`.
    bool operator==(const Json &) const = default;

private:
    static RawJson fromInteger(bool value);

    static RawJson fromInteger(std::signed_integral auto number) { return fromSigned(number); }

    static RawJson fromInteger(std::unsigned_integral auto number) { return fromUnsigned(number); }

    static RawJson fromSigned(qint64 number);
    static RawJson fromUnsigned(quint64 number);
    static RawJson fromText(const QByteArray &utf8);

    RawJson m_raw;
};

} // namespace devserver::sdk
