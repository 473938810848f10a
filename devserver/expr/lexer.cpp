// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/expr/lexer.h"

#include <QString> // operator+ of QByteArray

#include <algorithm>
#include <array>

namespace devserver::expr {

using namespace Qt::StringLiterals;

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// The whole character at the start of \a text, which may be of several bytes.
QByteArray firstCharacter(QByteArrayView text)
{
    qsizetype length = 1;
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xc0U) == 0x80U)
        ++length;
    return text.first(length).toByteArray();
}

} // namespace

Lexer::Lexer(QByteArrayView text)
    : m_text(text)
{}

char Lexer::at(qsizetype index) const
{
    return index < m_text.size() ? m_text[index] : '\0';
}

void Lexer::skipBlanks()
{
    while (m_at < m_text.size()) {
        if (QByteArrayView(" \t\r\n\f").contains(m_text[m_at])) {
            ++m_at;
        } else if (at(m_at) == '/' && at(m_at + 1) == '/') {
            const qsizetype end = m_text.indexOf('\n', m_at);
            m_at = end < 0 ? m_text.size() : end;
        } else {
            return;
        }
    }
}

Token Lexer::take(TokenKind kind, qsizetype length)
{
    const Token token{.kind = kind, .span = {m_at, m_at + length}};
    m_at += length;
    return token;
}

Token Lexer::invalid(qsizetype at, QByteArray text) const
{
    return {.kind = TokenKind::Invalid,
            .span = {m_at, m_at},
            .problem = {.at = at, .text = std::move(text)}};
}

bool Lexer::isQuoteAhead(qsizetype index) const
{
    return at(index) == '"' || at(index) == '\'';
}

/// Of a quoted literal: 0 to 2 letters of `b` and `r`; -1 if none starts here.
qsizetype Lexer::prefixLength() const
{
    const auto is = [this](qsizetype index, char lower) { return (at(index) | 0x20) == lower; };
    qsizetype length = 0;
    if (is(m_at, 'b'))
        ++length;
    if (is(m_at + length, 'r'))
        ++length;
    return isQuoteAhead(m_at + length) ? length : -1;
}

Token Lexer::next()
{
    skipBlanks();
    if (m_at >= m_text.size())
        return take(TokenKind::End, 0);
    if (const qsizetype prefix = prefixLength(); prefix >= 0)
        return quoted(prefix);
    const char c = m_text[m_at];
    if (isDigit(c) || (c == '.' && isDigit(at(m_at + 1))))
        return number();
    return isNameStart(c) ? name() : symbol();
}

Token Lexer::number()
{
    const auto digits = [this](qsizetype from) {
        while (isDigit(at(from)))
            ++from;
        return from;
    };
    TokenKind kind = TokenKind::Int;
    qsizetype end = 0; // behind the last digit
    if (at(m_at) == '0' && at(m_at + 1) == 'x' && isHexDigit(at(m_at + 2))) {
        end = m_at + 2;
        while (isHexDigit(at(end)))
            ++end;
    } else {
        end = digits(m_at);
        if (at(end) == '.' && isDigit(at(end + 1))) {
            kind = TokenKind::Double;
            end = digits(end + 1);
        }
        const qsizetype sign = at(end + 1) == '+' || at(end + 1) == '-' ? 1 : 0;
        if ((at(end) | 0x20) == 'e' && isDigit(at(end + 1 + sign))) {
            kind = TokenKind::Double;
            end = digits(end + 1 + sign);
        }
    }
    if (kind == TokenKind::Int && (at(end) | 0x20) == 'u') {
        kind = TokenKind::Uint;
        ++end;
    }
    return take(kind, end - m_at);
}

Token Lexer::name()
{
    constexpr std::array<QByteArrayView, 4> keywords{"true", "false", "null", "in"};
    qsizetype end = m_at;
    while (isNameStart(at(end)) || isDigit(at(end)))
        ++end;
    const QByteArrayView text = m_text.sliced(m_at, end - m_at);
    const bool isKeyword = std::find(keywords.begin(), keywords.end(), text) != keywords.end();
    return take(isKeyword ? TokenKind::Keyword : TokenKind::Name, end - m_at);
}

/// Finds the end only; what escapes mean is for `decodeQuoted`.
Token Lexer::quoted(qsizetype prefix)
{
    const TokenKind kind =
        prefix > 0 && (at(m_at) | 0x20) == 'b' ? TokenKind::Bytes : TokenKind::String;
    const bool isRaw = prefix > 0 && (at(m_at + prefix - 1) | 0x20) == 'r';
    const qsizetype open = m_at + prefix;
    const char quote = at(open);
    const bool isTriple = at(open + 1) == quote && at(open + 2) == quote;
    const QByteArray mark(isTriple ? 3 : 1, quote);
    qsizetype end = open + mark.size();
    while (end < m_text.size()) {
        if (m_text.sliced(end).startsWith(mark))
            return take(kind, end + mark.size() - m_at);
        if (!isTriple && (m_text[end] == '\n' || m_text[end] == '\r'))
            return invalid(m_at, "the quote "_ba + mark + " is not closed on its line"_ba);
        end += !isRaw && m_text[end] == '\\' ? 2 : 1;
    }
    return invalid(m_at, "the quote "_ba + mark + " is not closed"_ba);
}

Token Lexer::symbol()
{
    constexpr std::array<QByteArrayView, 6> pairs{"==", "!=", "<=", ">=", "&&", "||"};
    const QByteArrayView rest = m_text.sliced(m_at);
    for (const QByteArrayView pair : pairs) {
        if (rest.startsWith(pair))
            return take(TokenKind::Symbol, 2);
    }
    const char c = rest.front();
    if (QByteArrayView("<>()[]{}.,-!?:+*/%").contains(c))
        return take(TokenKind::Symbol, 1);
    if (c == '=' || c == '&' || c == '|')
        return invalid(m_at, QByteArray(1, c) + " is no operator, write "_ba + c + c);
    const bool isControl = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    return invalid(m_at, isControl ? "a control character is outside of a string"_ba
                                   : "nothing starts with "_ba + firstCharacter(rest));
}

} // namespace devserver::expr
