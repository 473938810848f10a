// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonwriter.h"

#include "devserver/model/jsonscan.h"
#include "devserver/model/rawjson.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace devserver {

namespace {

constexpr std::array<char, 16> hexDigits{'0', '1', '2', '3', '4', '5', '6', '7',
                                         '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

void appendEscape(QByteArray &out, char c)
{
    out.append('\\');
    switch (c) {
    case '"':
    case '\\':
        out.append(c);
        return;
    case '\b':
        out.append('b');
        return;
    case '\f':
        out.append('f');
        return;
    case '\n':
        out.append('n');
        return;
    case '\r':
        out.append('r');
        return;
    case '\t':
        out.append('t');
        return;
    default:
        out.append("u00");
        out.append(hexDigits[static_cast<uchar>(c) / 16U]);
        out.append(hexDigits[static_cast<uchar>(c) % 16U]);
    }
}

void appendString(QByteArray &out, QByteArrayView utf8)
{
    out.append('"');
    const char *at = utf8.data();
    const char *const end = at + utf8.size();
    while (at != end) {
        const char *run = at;
        at = jsonscan::findStop<jsonscan::Stop::AtSpecialOrNonAscii>(at, end);
        int length = 0;
        while (at != end && static_cast<uchar>(*at) >= 0x80
               && (length = jsonscan::multiByteLength(at, end)) != 0)
            at += length;
        out.append(QByteArrayView(run, at));
        if (at == end)
            break;
        if (static_cast<uchar>(*at) >= 0x80) {
            out.append("\xef\xbf\xbd");
            ++at;
        } else if (jsonscan::stopsAt<jsonscan::Stop::AtSpecial>(*at)) {
            appendEscape(out, *at);
            ++at;
        }
    }
    out.append('"');
}

/// ECMAScript Number::toString: `digits` without point, of which the first `point` are whole.
QByteArray layOutNumber(const QByteArray &digits, int point)
{
    const auto count = static_cast<int>(digits.size());
    if (count <= point && point <= 21)
        return digits + QByteArray(point - count, '0');
    if (point > 0 && point <= 21)
        return digits.first(point) + '.' + digits.sliced(point);
    if (point > -6 && point <= 0)
        return "0." + QByteArray(-point, '0') + digits;

    QByteArray out = digits.first(1);
    if (count > 1)
        out += '.' + digits.sliced(1);
    out += point > 0 ? "e+" : "e-";
    return out + QByteArray::number(std::abs(point - 1));
}

} // namespace

QByteArray jsonString(QByteArrayView utf8)
{
    QByteArray out;
    out.reserve(utf8.size() + 2);
    appendString(out, utf8);
    return out;
}

QByteArray jsonNumber(double number)
{
    if (!std::isfinite(number))
        return QByteArrayLiteral("null");
    if (number == 0)
        return QByteArrayLiteral("0"); // also for -0, as JSON.stringify does

    // "d.ddde-xx", the shortest digits that read back as the same double.
    std::array<char, 32> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                            std::abs(number), std::chars_format::scientific);
    Q_ASSERT(error == std::errc());
    const QByteArrayView text(buffer.data(), end);
    const qsizetype mark = text.indexOf('e');
    QByteArray digits = text.first(1).toByteArray();
    if (mark > 2)
        digits.append(text.sliced(2, mark - 2));
    const int point = text.sliced(mark + 1).toInt() + 1;
    return (number < 0 ? "-" : "") + layOutNumber(digits, point);
}

JsonWriter::JsonWriter(qsizetype reserveBytes)
{
    if (reserveBytes > 0)
        m_out.reserve(reserveBytes);
}

void JsonWriter::separate()
{
    if (m_needsComma)
        m_out.append(',');
    m_needsComma = true;
}

JsonWriter &JsonWriter::open(char bracket)
{
    separate();
    m_out.append(bracket);
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::close(char bracket)
{
    m_out.append(bracket);
    m_needsComma = true;
    return *this;
}

JsonWriter &JsonWriter::key(QByteArrayView utf8)
{
    separate();
    appendString(m_out, utf8);
    m_out.append(':');
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::string(QByteArrayView utf8)
{
    separate();
    appendString(m_out, utf8);
    return *this;
}

JsonWriter &JsonWriter::value(QStringView text)
{
    return string(text.toUtf8());
}

JsonWriter &JsonWriter::value(double number)
{
    return raw(jsonNumber(number));
}

JsonWriter &JsonWriter::signedNumber(qint64 number)
{
    return raw(QByteArray::number(number));
}

JsonWriter &JsonWriter::unsignedNumber(quint64 number)
{
    return raw(QByteArray::number(number));
}

JsonWriter &JsonWriter::raw(QByteArrayView json)
{
    separate();
    m_out.append(json);
    return *this;
}

JsonWriter &JsonWriter::raw(const RawJson &json)
{
    return json.isEmpty() ? null() : raw(QByteArrayView(json.bytes()));
}

QByteArray JsonWriter::take()
{
    m_needsComma = false;
    return std::exchange(m_out, QByteArray());
}

} // namespace devserver
