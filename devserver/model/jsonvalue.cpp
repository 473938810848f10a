// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonvalue.h"

#include "devserver/model/jsonscan.h"
#include "devserver/model/rawjson.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace devserver {

namespace {

const char *skipSpace(const char *at)
{
    while (jsonscan::isSpace(*at))
        ++at;
    return at;
}

/// From behind the opening quote to behind the closing one.
const char *skipString(const char *at, const char *end)
{
    while (true) {
        at = jsonscan::findStop<jsonscan::Stop::AtSpecial>(at, end);
        if (*at == '"')
            return at + 1;
        at += 2; // an escape; the digits of \uXXXX are plain characters
    }
}

const char *skipContainer(const char *at, const char *end)
{
    int depth = 0;
    while (true) {
        switch (*at++) {
        case '"':
            at = skipString(at, end);
            break;
        case '{':
        case '[':
            ++depth;
            break;
        case '}':
        case ']':
            if (--depth == 0)
                return at;
            break;
        default:
            break;
        }
    }
}

/// From the start of a value inside a container to its end.
const char *skipValue(const char *at, const char *end)
{
    if (*at == '"')
        return skipString(at + 1, end);
    if (*at == '{' || *at == '[')
        return skipContainer(at, end);
    while (*at != ',' && *at != '}' && *at != ']' && !jsonscan::isSpace(*at))
        ++at;
    return at;
}

void appendCodePoint(QByteArray &out, char32_t code)
{
    const auto tail = [&](unsigned shift) {
        out.append(static_cast<char>(0x80 | (code >> shift & 0x3f)));
    };
    if (code < 0x80) {
        out.append(static_cast<char>(code));
    } else if (code < 0x800) {
        out.append(static_cast<char>(0xc0 | code >> 6));
        tail(0);
    } else if (code < 0x10000) {
        out.append(static_cast<char>(0xe0 | code >> 12));
        tail(6);
        tail(0);
    } else {
        out.append(static_cast<char>(0xf0 | code >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

/// Appends the character of the \uXXXX at `at`, or of the pair that starts there.
/// \returns behind it.
const char *appendUnicodeEscape(QByteArray &out, const char *at, const char *end)
{
    const char16_t unit = jsonscan::escapedUnit(at);
    at += 6;
    if (!QChar::isSurrogate(unit)) {
        appendCodePoint(out, unit);
        return at;
    }
    if (QChar::isHighSurrogate(unit) && end - at >= 6 && at[0] == '\\' && at[1] == 'u') {
        const char16_t low = jsonscan::escapedUnit(at);
        if (QChar::isLowSurrogate(low)) {
            appendCodePoint(out, QChar::surrogateToUcs4(unit, low));
            return at + 6;
        }
    }
    appendCodePoint(out, QChar::ReplacementCharacter);
    return at;
}

QByteArrayView withoutQuotes(QByteArrayView raw)
{
    return raw.sliced(1, raw.size() - 2);
}

QByteArray unescape(QByteArrayView raw)
{
    const QByteArrayView inner = withoutQuotes(raw);
    const char *at = inner.data();
    const char *const end = at + inner.size();
    QByteArray out;
    out.reserve(inner.size());
    while (at != end) {
        const char *run = at;
        at = std::find(at, end, '\\');
        out.append(QByteArrayView(run, at));
        if (at == end)
            break;
        if (at[1] == 'u') {
            at = appendUnicodeEscape(out, at, end);
        } else {
            out.append(jsonscan::simpleEscape(at[1]));
            at += 2;
        }
    }
    return out;
}

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool sameIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    return std::ranges::equal(a, b, [](char x, char y) { return lowered(x) == lowered(y); });
}

/// A number text as `digits * 10^exponent`, `digits` without trailing zeros.
struct Decimal {
    quint64 digits = 0; ///< only right for up to 19 of them
    qint64 digitCount = 0;
    qint64 exponent = 0;
    bool isNegative = false;

    void add(char c, bool isFraction)
    {
        exponent -= isFraction ? 1 : 0;
        if (c == '0') {
            pendingZeros += digitCount > 0 ? 1 : 0;
            return;
        }
        for (digitCount += pendingZeros + 1; pendingZeros >= 0; --pendingZeros)
            digits *= 10; // wraps beyond 19 digits, which nobody reads
        digits += static_cast<quint64>(c - '0');
        pendingZeros = 0;
    }

    qint64 pendingZeros = 0;
};

qint64 parseExponent(QByteArrayView text)
{
    constexpr qint64 beyondAnyText = 1'000'000'000'000'000;
    const bool isNegative = text.startsWith('-');
    qint64 exponent = 0;
    for (const char c : text) {
        if (jsonscan::isDigit(c) && exponent < beyondAnyText)
            exponent = exponent * 10 + (c - '0');
    }
    return isNegative ? -exponent : exponent;
}

Decimal parseDecimal(QByteArrayView text)
{
    Decimal decimal;
    bool isFraction = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '-') {
            decimal.isNegative = true;
        } else if (c == '.') {
            isFraction = true;
        } else if (c == 'e' || c == 'E') {
            decimal.exponent += parseExponent(text.sliced(i + 1));
            break;
        } else {
            decimal.add(c, isFraction);
        }
    }
    decimal.exponent += decimal.pendingZeros;
    return decimal;
}

template<typename Parts>
qsizetype count(const Parts &parts)
{
    qsizetype number = 0;
    for (auto part = parts.begin(); !(part == parts.end()); ++part)
        ++number;
    return number;
}

template<typename Matches>
std::optional<JsonValue> findLast(const JsonValue &object, Matches matches)
{
    std::optional<JsonValue> found;
    for (const auto &[key, value] : object.members()) {
        if (matches(key))
            found = value;
    }
    return found;
}

} // namespace

QByteArray JsonKey::toUtf8() const
{
    return unescape(m_raw);
}

QString JsonKey::toString() const
{
    return QString::fromUtf8(toUtf8());
}

bool JsonKey::equals(QByteArrayView utf8) const
{
    const QByteArrayView inner = withoutQuotes(m_raw);
    return inner.contains('\\') ? unescape(m_raw) == utf8 : inner == utf8;
}

bool JsonKey::equalsIgnoringCase(QByteArrayView utf8) const
{
    const QByteArrayView inner = withoutQuotes(m_raw);
    return sameIgnoringCase(inner.contains('\\') ? QByteArrayView(unescape(m_raw)) : inner, utf8);
}

JsonValue::JsonValue(QByteArrayView raw)
    : m_raw(raw)
{
    while (jsonscan::isSpace(m_raw.front()))
        m_raw = m_raw.sliced(1);
    while (jsonscan::isSpace(m_raw.back()))
        m_raw.chop(1);
}

JsonValue JsonValue::of(const RawJson &json)
{
    JsonValue value;
    if (!json.isEmpty())
        value.m_raw = json.bytes();
    return value;
}

JsonValue::Kind JsonValue::kind() const
{
    switch (m_raw.front()) {
    case 'n':
        return Kind::Null;
    case 't':
    case 'f':
        return Kind::Bool;
    case '"':
        return Kind::String;
    case '[':
        return Kind::Array;
    case '{':
        return Kind::Object;
    default:
        return Kind::Number;
    }
}

QString JsonValue::toString() const
{
    return QString::fromUtf8(toUtf8());
}

QByteArray JsonValue::toUtf8() const
{
    return isString() ? unescape(m_raw) : QByteArray();
}

std::optional<qint64> JsonValue::toInt64() const
{
    if (!isNumber())
        return std::nullopt;
    const Decimal decimal = parseDecimal(m_raw);
    if (decimal.digitCount == 0)
        return 0;
    if (decimal.exponent < 0 || decimal.digitCount + decimal.exponent > 19)
        return std::nullopt;

    quint64 magnitude = decimal.digits;
    for (qint64 i = 0; i < decimal.exponent; ++i)
        magnitude *= 10;
    constexpr quint64 largest = std::numeric_limits<qint64>::max();
    if (magnitude > largest + (decimal.isNegative ? 1 : 0))
        return std::nullopt;
    return static_cast<qint64>(decimal.isNegative ? 0 - magnitude : magnitude);
}

std::optional<double> JsonValue::toDouble() const
{
    if (!isNumber())
        return std::nullopt;
    double number = 0;
    const std::errc error = std::from_chars(m_raw.begin(), m_raw.end(), number).ec;
    if (error == std::errc() && std::isfinite(number))
        return number;
    const Decimal decimal = parseDecimal(m_raw);
    if (decimal.digitCount + decimal.exponent > 0)
        return std::nullopt;
    return decimal.isNegative ? -0.0 : 0.0; // too small for a double
}

std::optional<bool> JsonValue::toBool() const
{
    if (!isBool())
        return std::nullopt;
    return m_raw.front() == 't';
}

std::optional<JsonValue> JsonValue::find(QByteArrayView key) const
{
    return findLast(*this, [key](const JsonKey &name) { return name.equals(key); });
}

std::optional<JsonValue> JsonValue::findIgnoringCase(QByteArrayView key) const
{
    return findLast(*this, [key](const JsonKey &name) { return name.equalsIgnoringCase(key); });
}

JsonMembers JsonValue::members() const
{
    return JsonMembers(isObject() ? m_raw : QByteArrayView());
}

JsonElements JsonValue::elements() const
{
    return JsonElements(isArray() ? m_raw : QByteArrayView());
}

qsizetype JsonValue::size() const
{
    return isObject() ? count(members()) : count(elements());
}

JsonIterator::JsonIterator(QByteArrayView container, bool hasKeys)
    : m_end(container.end())
    , m_hasKeys(hasKeys)
{
    if (container.isEmpty())
        return;
    const char *first = skipSpace(container.begin() + 1);
    if (*first != '}' && *first != ']')
        read(first);
}

void JsonIterator::read(const char *at)
{
    m_at = at;
    if (m_hasKeys) {
        const char *keyEnd = skipString(at + 1, m_end);
        m_member.key = JsonKey(QByteArrayView(at, keyEnd));
        at = skipSpace(skipSpace(keyEnd) + 1); // over the colon
    }
    m_next = skipValue(at, m_end);
    m_member.value.m_raw = QByteArrayView(at, m_next);
}

void JsonIterator::advance()
{
    const char *at = skipSpace(m_next);
    if (*at == ',')
        read(skipSpace(at + 1));
    else
        m_at = nullptr;
}

} // namespace devserver
