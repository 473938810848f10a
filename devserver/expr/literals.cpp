// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/expr/literals.h"

#include <QChar>
#include <QString>

#include <charconv>
#include <limits>
#include <optional>

namespace devserver::expr {

using namespace Qt::StringLiterals;

namespace {

using Decoded = tl::expected<Literal, Problem>;

tl::unexpected<Problem> problem(qsizetype at, QByteArray text)
{
    return tl::unexpected(Problem{.at = at, .text = std::move(text)});
}

/// Decimal or `0x…`; nothing if it is over 64 bits.
std::optional<std::uint64_t> wholeNumber(QByteArrayView digits)
{
    const bool isHex = digits.startsWith("0x");
    if (isHex)
        digits = digits.sliced(2);
    std::uint64_t value = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, isHex ? 16 : 10);
    if (error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

Decoded decodeInt(QByteArrayView digits, qsizetype at, bool isNegative)
{
    constexpr std::uint64_t largest = std::numeric_limits<std::int64_t>::max();
    const std::optional<std::uint64_t> value = wholeNumber(digits);
    if (!value || *value > largest + (isNegative ? 1 : 0))
        return problem(at, "the number "_ba + digits + " is over 64 bits"_ba);
    if (!isNegative)
        return Literal(static_cast<std::int64_t>(*value));
    if (*value > largest)
        return Literal(std::numeric_limits<std::int64_t>::min());
    return Literal(-static_cast<std::int64_t>(*value));
}

/// Of a number that no double can hold: whether it is too large, not too close to 0.
bool isHuge(QByteArrayView digits)
{
    const QByteArray lower = digits.toByteArray().toLower();
    const qsizetype mark = lower.indexOf('e');
    const QByteArray mantissa = lower.left(mark < 0 ? lower.size() : mark);
    if (mark >= 0 && lower[mark + 1] == '-')
        return false; // only a text of hundreds of digits could be large for all that
    const qsizetype point = mantissa.indexOf('.');
    const QByteArray whole = mantissa.left(point < 0 ? mantissa.size() : point);
    return mark >= 0 ? mantissa.count('0') + mantissa.count('.') < mantissa.size()
                     : whole.count('0') < whole.size();
}

Decoded decodeDouble(QByteArrayView digits, qsizetype at, bool isNegative)
{
    bool isOk = false;
    const double value = digits.toByteArray().toDouble(&isOk);
    // Too small a number is reported like too large a one, but it is just 0.
    if (!isOk && isHuge(digits))
        return problem(at, "the number "_ba + digits + " is too large"_ba);
    return Literal(isNegative ? -value : value);
}

/// Undoes the escapes of one quoted literal.
class Unescaper
{
public:
    Unescaper(QByteArrayView text, qsizetype begin, qsizetype end, bool isBytes)
        : m_text(text)
        , m_at(begin)
        , m_end(end)
        , m_isBytes(isBytes)
    {}

    tl::expected<QByteArray, Problem> run()
    {
        while (m_at < m_end && m_problem.isEmpty()) {
            const qsizetype start = m_at;
            if (m_text[m_at++] == '\\')
                escape();
            else if (m_text[start] == '\r')
                lineEnd();
            else
                m_out.append(m_text[start]);
            if (!m_problem.isEmpty())
                return tl::unexpected(Problem{.at = start, .text = m_problem});
        }
        return m_out;
    }

private:
    /// A line ends with one \n, however it was written (only triple quotes have lines).
    void lineEnd()
    {
        if (m_at >= m_end || m_text[m_at] != '\n')
            m_out.append('\n');
    }

    void escape()
    {
        constexpr QByteArrayView letters = "abfnrtv\\'\"`?";
        constexpr QByteArrayView meanings = "\a\b\f\n\r\t\v\\'\"`?";
        const char c = m_at < m_end ? m_text[m_at++] : '\0';
        if (const qsizetype found = c == '\0' ? -1 : letters.indexOf(c); found >= 0)
            m_out.append(meanings[found]);
        else if (c == 'x' || c == 'X')
            append(digits(2, 16), m_isBytes);
        else if ((c == 'u' || c == 'U') && m_isBytes)
            m_problem = "bytes have no \\"_ba + c + " escapes"_ba;
        else if (c == 'u' || c == 'U')
            append(digits(c == 'u' ? 4 : 8, 16), false);
        else if (c >= '0' && c <= '3')
            append(digits(3, 8, m_at - 1), m_isBytes);
        else
            m_problem = "the escape is unknown, write \\\\ for a backslash"_ba;
    }

    /// Exactly that many digits, from \a from or from here on.
    std::uint32_t digits(qsizetype count, int base, qsizetype from = -1)
    {
        if (from >= 0)
            m_at = from;
        std::uint32_t value = 0;
        const char *begin = m_text.data() + m_at;
        const char *end = begin + std::min(count, m_end - m_at);
        const auto [read, error] = std::from_chars(begin, end, value, base);
        if (error != std::errc() || read != begin + count)
            m_problem = "the escape needs "_ba + QByteArray::number(count)
                        + (base == 16 ? " hexadecimal digits"_ba : " octal digits"_ba);
        m_at += count;
        return value;
    }

    void append(std::uint32_t value, bool isByte)
    {
        if (!m_problem.isEmpty())
            return;
        if (isByte) {
            m_out.append(static_cast<char>(value));
            return;
        }
        if (value > QChar::LastValidCodePoint || QChar::isSurrogate(value)) {
            m_problem = "the escape is no Unicode character"_ba;
            return;
        }
        const char32_t character = value;
        m_out.append(QString::fromUcs4(&character, 1).toUtf8());
    }

    QByteArrayView m_text;
    qsizetype m_at;
    qsizetype m_end;
    bool m_isBytes;
    QByteArray m_out;
    QByteArray m_problem;
};

Decoded decodeQuoted(QByteArrayView text, const Token &token)
{
    const bool isBytes = token.kind == TokenKind::Bytes;
    qsizetype begin = token.span.begin + (isBytes ? 1 : 0);
    const bool isRaw = (text[begin] | 0x20) == 'r';
    begin += isRaw ? 1 : 0;
    const QByteArrayView body = text.sliced(begin, token.span.end - begin);
    const bool isTriple = body.size() >= 6 && body[1] == body[0] && body[2] == body[0];
    const qsizetype marks = isTriple ? 3 : 1;
    QByteArray value = body.sliced(marks, body.size() - 2 * marks).toByteArray();
    if (!isRaw && value.contains('\\')) {
        const auto plain = Unescaper(text, begin + marks, token.span.end - marks, isBytes).run();
        if (!plain)
            return tl::unexpected(plain.error());
        value = *plain;
    } else if (isTriple) {
        value.replace("\r\n", "\n").replace('\r', '\n');
    }
    return isBytes ? Literal(Bytes{value}) : Literal(value);
}

} // namespace

Decoded decodeLiteral(QByteArrayView text, const Token &token, bool isNegative)
{
    const QByteArrayView source = text.sliced(token.span.begin, token.span.end - token.span.begin);
    switch (token.kind) {
    case TokenKind::Int:
        return decodeInt(source, token.span.begin, isNegative);
    case TokenKind::Double:
        return decodeDouble(source, token.span.begin, isNegative);
    case TokenKind::Uint: {
        const std::optional<std::uint64_t> value = wholeNumber(source.chopped(1));
        if (!value)
            return problem(token.span.begin, "the number "_ba + source + " is over 64 bits"_ba);
        return Literal(*value);
    }
    default:
        return decodeQuoted(text, token);
    }
}

} // namespace devserver::expr
