// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonreader.h"

#include "devserver/model/jsonscan.h"

namespace devserver {

JsonReader::JsonReader(QByteArrayView text)
    : m_begin(text.data())
    , m_at(text.data())
    , m_end(text.data() + text.size())
    , m_tokenBegin(text.data())
    , m_tokenEnd(text.data())
{}

inline void JsonReader::skipSpace()
{
    while (m_at != m_end && jsonscan::isSpace(*m_at))
        ++m_at;
}

inline bool JsonReader::insideObject() const
{
    const auto index = static_cast<unsigned>(m_depth - 1);
    return (m_objectBits[index / 64] >> (index % 64) & 1U) != 0;
}

inline JsonToken JsonReader::accept(JsonToken token, const char *end)
{
    m_tokenBegin = m_at;
    m_tokenEnd = end;
    m_at = end;
    m_token = token;
    return token;
}

JsonToken JsonReader::fail(const char *where, const char *reason)
{
    m_tokenBegin = where;
    m_tokenEnd = where;
    m_reason = reason;
    m_token = JsonToken::Error;
    return m_token;
}

JsonToken JsonReader::next()
{
    if (m_token == JsonToken::End || m_token == JsonToken::Error)
        return m_token;
    skipSpace();
    switch (m_expect) {
    case Expect::CommaOrEnd:
        return afterValue();
    case Expect::ValueOrEnd:
        if (m_at != m_end && *m_at == ']')
            return close();
        return value();
    case Expect::Value:
        return value();
    case Expect::KeyOrEnd:
        if (m_at != m_end && *m_at == '}')
            return close();
        return key();
    case Expect::Key:
        return key();
    }
    Q_UNREACHABLE();
}

inline JsonToken JsonReader::afterValue()
{
    if (m_depth == 0) {
        if (m_at != m_end)
            return fail(m_at, "text after the value");
        return accept(JsonToken::End, m_at);
    }
    if (m_at == m_end)
        return fail(m_at, "unexpected end");
    const bool isObject = insideObject();
    if (*m_at == ',') {
        ++m_at;
        skipSpace();
        return isObject ? key() : value();
    }
    if (*m_at == (isObject ? '}' : ']'))
        return close();
    return fail(m_at, isObject ? "expected ',' or '}'" : "expected ',' or ']'");
}

inline JsonToken JsonReader::value()
{
    if (m_at == m_end)
        return fail(m_at, "unexpected end");
    switch (*m_at) {
    case '"': {
        const char *end = scanString(m_at + 1);
        if (!end)
            return m_token;
        m_expect = Expect::CommaOrEnd;
        return accept(JsonToken::String, end);
    }
    case '{':
        return open(true);
    case '[':
        return open(false);
    case 't':
        return literal("true", JsonToken::True);
    case 'f':
        return literal("false", JsonToken::False);
    case 'n':
        return literal("null", JsonToken::Null);
    default:
        return number();
    }
}

JsonToken JsonReader::literal(QByteArrayView word, JsonToken token)
{
    if (!QByteArrayView(m_at, m_end).startsWith(word))
        return fail(m_at, "expected a value");
    m_expect = Expect::CommaOrEnd;
    return accept(token, m_at + word.size());
}

inline JsonToken JsonReader::number()
{
    const char *at = m_at;
    const auto skipDigits = [&] {
        const char *first = at;
        while (at != m_end && jsonscan::isDigit(*at))
            ++at;
        return at != first;
    };

    if (*at == '-')
        ++at;
    else if (!jsonscan::isDigit(*at))
        return fail(at, "expected a value");
    const char *integer = at;
    if (!skipDigits())
        return fail(at, "expected a digit");
    if (*integer == '0' && at - integer > 1)
        return fail(integer, "number with a leading zero");
    if (at != m_end && *at == '.') {
        ++at;
        if (!skipDigits())
            return fail(at, "expected a digit");
    }
    if (at != m_end && (*at == 'e' || *at == 'E')) {
        ++at;
        if (at != m_end && (*at == '+' || *at == '-'))
            ++at;
        if (!skipDigits())
            return fail(at, "expected a digit");
    }
    m_expect = Expect::CommaOrEnd;
    return accept(JsonToken::Number, at);
}

inline JsonToken JsonReader::key()
{
    if (m_at == m_end)
        return fail(m_at, "unexpected end");
    if (*m_at != '"')
        return fail(m_at, "expected a member name");
    const char *end = scanString(m_at + 1);
    if (!end)
        return m_token;
    accept(JsonToken::Key, end);

    skipSpace();
    if (m_at == m_end)
        return fail(m_at, "unexpected end");
    if (*m_at != ':')
        return fail(m_at, "expected ':'");
    ++m_at;
    m_expect = Expect::Value;
    return m_token;
}

inline JsonToken JsonReader::open(bool isObject)
{
    if (m_depth == jsonDepthLimit)
        return fail(m_at, "nested deeper than 512 levels");
    const auto index = static_cast<unsigned>(m_depth);
    const quint64 bit = quint64{1} << (index % 64);
    if (isObject)
        m_objectBits[index / 64] |= bit;
    else
        m_objectBits[index / 64] &= ~bit;
    ++m_depth;
    m_expect = isObject ? Expect::KeyOrEnd : Expect::ValueOrEnd;
    return accept(isObject ? JsonToken::BeginObject : JsonToken::BeginArray, m_at + 1);
}

inline JsonToken JsonReader::close()
{
    const bool isObject = insideObject();
    --m_depth;
    m_expect = Expect::CommaOrEnd;
    return accept(isObject ? JsonToken::EndObject : JsonToken::EndArray, m_at + 1);
}

/// \param at  behind the opening quote.
/// \returns behind the closing quote; null after `fail`.
inline const char *JsonReader::scanString(const char *at)
{
    while (true) {
        at = jsonscan::findStop<jsonscan::Stop::AtSpecialOrNonAscii>(at, m_end);
        if (at == m_end) {
            fail(at, "unexpected end inside a string");
            return nullptr;
        }
        if (*at == '"')
            return at + 1;
        if (*at == '\\')
            at = scanEscape(at);
        else
            at = scanMultiByte(at);
        if (!at)
            return nullptr;
    }
}

const char *JsonReader::scanEscape(const char *at)
{
    if (m_end - at < 2) {
        fail(m_end, "unexpected end inside a string");
        return nullptr;
    }
    switch (at[1]) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        return at + 2;
    case 'u':
        break;
    default:
        fail(at, "unknown escape");
        return nullptr;
    }
    for (const char *digit = at + 2; digit != at + 6; ++digit) {
        if (digit == m_end || jsonscan::hexValue(*digit) < 0) {
            fail(digit, "expected four hexadecimal digits");
            return nullptr;
        }
    }
    return at + 6;
}

const char *JsonReader::scanMultiByte(const char *at)
{
    do {
        if (static_cast<uchar>(*at) < 0x20) {
            fail(at, "control character inside a string");
            return nullptr;
        }
        const int length = jsonscan::multiByteLength(at, m_end);
        if (length == 0) {
            fail(at, "not valid UTF-8");
            return nullptr;
        }
        at += length;
    } while (at != m_end && static_cast<uchar>(*at) >= 0x80);
    return at;
}

QByteArrayView JsonReader::takeValue()
{
    const char *begin = m_tokenBegin;
    if (m_token == JsonToken::BeginObject || m_token == JsonToken::BeginArray) {
        const int outside = m_depth - 1;
        while (m_depth != outside && next() != JsonToken::Error) {}
    }
    return m_token == JsonToken::Error ? QByteArrayView() : QByteArrayView(begin, m_tokenEnd);
}

Error JsonReader::error() const
{
    qsizetype line = 1;
    const char *lineBegin = m_begin;
    for (const char *at = m_begin; at != m_tokenBegin; ++at) {
        if (*at == '\n') {
            ++line;
            lineBegin = at + 1;
        }
    }
    return Error{ErrorCode::InvalidJson,
                 QStringLiteral("invalid JSON at byte %1 (line %2, column %3): %4")
                     .arg(offset())
                     .arg(line)
                     .arg(m_tokenBegin - lineBegin + 1)
                     .arg(QLatin1StringView(m_reason ? m_reason : "no error"))};
}

Result<void> validateJson(QByteArrayView text)
{
    JsonReader reader(text);
    while (true) {
        switch (reader.next()) {
        case JsonToken::End:
            return {};
        case JsonToken::Error:
            return tl::unexpected<Error>(reader.error());
        default:
            break;
        }
    }
}

} // namespace devserver
