// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGlobal>

#include <bit>
#include <cstring>

/// Byte scans shared by the JSON reader, views and writer; nobody else includes this.
namespace devserver::jsonscan {

enum class Stop {
    AtSpecial, ///< quote, backslash, control character
    AtSpecialOrNonAscii,
};

inline bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

inline bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

template<Stop stop>
bool stopsAt(char c)
{
    const auto byte = static_cast<uchar>(c);
    return byte < 0x20 || c == '"' || c == '\\'
           || (stop == Stop::AtSpecialOrNonAscii && byte >= 0x80);
}

/// Marks the bytes of a word at which `stop` applies; only the lowest mark is exact.
template<Stop stop>
quint64 stopMarks(quint64 word)
{
    constexpr quint64 ones = 0x0101010101010101U;
    constexpr quint64 highs = 0x8080808080808080U;
    const quint64 quotes = word ^ (ones * '"');
    const quint64 backslashes = word ^ (ones * '\\');
    const quint64 marks = ((quotes - ones) & ~quotes) | ((backslashes - ones) & ~backslashes)
                          | ((word - ones * 0x20) & ~word);
    if constexpr (stop == Stop::AtSpecialOrNonAscii)
        return (marks | word) & highs;
    else
        return marks & highs;
}

/// The first byte in [at, end) at which `stop` applies, or end.
template<Stop stop>
const char *findStop(const char *at, const char *end)
{
    if constexpr (std::endian::native == std::endian::little) {
        for (; end - at >= 8; at += 8) {
            quint64 word = 0;
            std::memcpy(&word, at, sizeof word);
            const quint64 marks = stopMarks<stop>(word);
            if (marks != 0)
                return at + std::countr_zero(marks) / 8;
        }
    }
    while (at != end && !stopsAt<stop>(*at))
        ++at;
    return at;
}

/// Length of the well-formed UTF-8 sequence of two to four bytes at `at`, 0 if it is malformed:
/// overlong, a surrogate, above U+10FFFF or cut off. `*at` is not ASCII.
inline int multiByteLength(const char *at, const char *end)
{
    const auto byte = [at](int index) { return static_cast<uchar>(at[index]); };
    const auto follows = [&](int index) { return (byte(index) & 0xc0) == 0x80; };
    const uchar lead = byte(0);
    if (lead < 0xc2 || lead > 0xf4)
        return 0;
    if (lead < 0xe0)
        return end - at >= 2 && follows(1) ? 2 : 0;
    if (lead < 0xf0) {
        if (end - at < 3 || !follows(1) || !follows(2))
            return 0;
        const bool isOverlong = lead == 0xe0 && byte(1) < 0xa0;
        const bool isSurrogate = lead == 0xed && byte(1) >= 0xa0;
        return isOverlong || isSurrogate ? 0 : 3;
    }
    if (end - at < 4 || !follows(1) || !follows(2) || !follows(3))
        return 0;
    const bool isOverlong = lead == 0xf0 && byte(1) < 0x90;
    const bool isTooLarge = lead == 0xf4 && byte(1) >= 0x90;
    return isOverlong || isTooLarge ? 0 : 4;
}

/// Value of a hexadecimal digit, -1 for another character.
inline int hexValue(char c)
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/// The code unit of a validated `\uXXXX` whose backslash is at `at`.
inline char16_t escapedUnit(const char *at)
{
    int unit = 0;
    for (int i = 2; i < 6; ++i)
        unit = unit * 16 + hexValue(at[i]);
    return static_cast<char16_t>(unit);
}

/// The character of a validated two-character escape, `c` being the one after the backslash.
inline char simpleEscape(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c; // quote, backslash, slash
    }
}

} // namespace devserver::jsonscan
