// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/httphead.h"

#include "devserver/transport/http.h"

#include <algorithm>

namespace devserver::transport {

namespace {

bool isTokenChar(char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return true;
    return c != '\0' && QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, isTokenChar);
}

bool isFieldValueChar(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return c == '\t' || (byte >= 0x20 && byte != 0x7f);
}

bool isTargetChar(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte != 0x7f; // raw UTF-8 is common, and harmless to the framing
}

QByteArrayView trimmed(QByteArrayView text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

/// Digits only, without sign; nothing on anything else or more than 18 of them.
std::optional<qint64> parseLength(QByteArrayView text)
{
    if (text.isEmpty() || text.size() > 18)
        return std::nullopt;
    qint64 value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

} // namespace

HttpHead::State HttpHead::scan(QByteArrayView bytes)
{
    while (m_scanned < bytes.size()) {
        const qsizetype lineFeed = bytes.indexOf('\n', m_scanned);
        const qsizetype known = lineFeed < 0 ? bytes.size() : lineFeed + 1;
        if (!m_haveRequestLine && known - m_lineBegin > m_limits.requestLine + 2) {
            fail(414, "the request line is too long");
            return State::Failed;
        }
        if (known - m_begin > m_limits.bytes) {
            fail(431, "the request header is too large");
            return State::Failed;
        }
        m_scanned = known;
        if (lineFeed < 0)
            return State::Incomplete;
        if (lineFeed == m_lineBegin || bytes[lineFeed - 1] != '\r') {
            fail(400, "a line of the request header does not end with CR LF");
            return State::Failed;
        }
        const QByteArrayView line = bytes.sliced(m_lineBegin, lineFeed - 1 - m_lineBegin);
        m_lineBegin = known;
        if (line.isEmpty() && m_haveRequestLine)
            return finish() ? State::Complete : State::Failed;
        if (!takeLine(line))
            return State::Failed;
    }
    return State::Incomplete;
}

void HttpHead::reset()
{
    *this = HttpHead(m_limits);
}

bool HttpHead::takeLine(QByteArrayView line)
{
    if (m_haveRequestLine)
        return takeField(line);
    if (line.isEmpty()) {
        if (m_begin > 0)
            return fail(400, "the request begins with empty lines");
        m_begin = m_lineBegin; // RFC 9112 2.2: clients that end a body with an extra CR LF
        return true;
    }
    m_haveRequestLine = true;
    return takeRequestLine(line);
}

bool HttpHead::takeRequestLine(QByteArrayView line)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype second = first < 0 ? -1 : line.indexOf(' ', first + 1);
    if (second < 0 || line.indexOf(' ', second + 1) >= 0)
        return fail(400, "the request line is not \"method target version\"");
    const QByteArrayView method = line.first(first);
    if (!isToken(method))
        return fail(400, "the method is not a token");
    return takeVersion(line.sliced(second + 1))
           && takeTarget(method, line.sliced(first + 1, second - first - 1));
}

bool HttpHead::takeTarget(QByteArrayView method, QByteArrayView target)
{
    if (target.isEmpty() || !std::ranges::all_of(target, isTargetChar))
        return fail(400, "the request target has forbidden characters");
    if (target.startsWith('/') || (target == "*" && method == "OPTIONS"))
        return true;
    constexpr QByteArrayView scheme = "http://";
    if (target.size() <= scheme.size() || !equalsIgnoringCase(target.first(scheme.size()), scheme))
        return fail(400, "the request target is not a path");
    const QByteArrayView rest = target.sliced(scheme.size());
    const auto end = std::ranges::find_if(rest, [](char c) { return c == '/' || c == '?'; });
    m_authority = QByteArrayView(rest.begin(), end).toByteArray();
    if (m_authority.isEmpty())
        return fail(400, "the request target has no host");
    return true;
}

bool HttpHead::takeVersion(QByteArrayView version)
{
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (version.size() != 8 || !version.startsWith("HTTP/") || !isDigit(version[5])
        || version[6] != '.' || !isDigit(version[7]))
        return fail(400, "the request line does not end with an HTTP version");
    if (version[5] != '1' || version[7] > '1')
        return fail(505, "only HTTP/1.0 and HTTP/1.1 are spoken here");
    m_http10 = version[7] == '0';
    return true;
}

bool HttpHead::takeField(QByteArrayView line)
{
    if (++m_fields > m_limits.fields)
        return fail(431, "the request has too many header fields");
    if (line.front() == ' ' || line.front() == '\t')
        return fail(400, "a header field is folded over two lines");
    const qsizetype colon = line.indexOf(':');
    if (colon < 0)
        return fail(400, "a header field has no colon");
    const QByteArrayView name = line.first(colon);
    if (!isToken(name))
        return fail(400, "the name of a header field is not a token");
    const QByteArrayView value = trimmed(line.sliced(colon + 1));
    if (!std::ranges::all_of(value, isFieldValueChar))
        return fail(400, "the value of a header field has control characters");
    return takeFramingField(name, value);
}

bool HttpHead::takeFramingField(QByteArrayView name, QByteArrayView value)
{
    if (equalsIgnoringCase(name, "host")) {
        if (++m_hosts > 1)
            return fail(400, "the request has more than one Host");
        m_host = value.toByteArray();
    } else if (equalsIgnoringCase(name, "content-length")) {
        if (m_contentLength)
            return fail(400, "the request has more than one Content-Length");
        m_contentLength = parseLength(value);
        if (!m_contentLength)
            return fail(400, "Content-Length is not a number");
    } else if (equalsIgnoringCase(name, "transfer-encoding")) {
        if (m_chunked || !equalsIgnoringCase(value, "chunked"))
            return fail(400, "Transfer-Encoding is not exactly chunked");
        m_chunked = true;
    } else if (equalsIgnoringCase(name, "expect")) {
        if (!equalsIgnoringCase(value, "100-continue"))
            return fail(417, "only Expect: 100-continue is understood");
        m_expectsContinue = true;
    }
    return true;
}

bool HttpHead::finish()
{
    if (m_chunked && m_contentLength)
        return fail(400, "the request has both Content-Length and Transfer-Encoding");
    if (m_chunked && m_http10)
        return fail(400, "HTTP/1.0 has no Transfer-Encoding");
    if (m_hosts == 0 && !m_http10)
        return fail(400, "the request has no Host");
    if (!m_authority.isNull() && m_hosts > 0 && !equalsIgnoringCase(m_authority, m_host))
        return fail(400, "the request target names another host than Host");
    return true;
}

bool HttpHead::fail(int status, const char *message)
{
    m_failure = HttpFailure{status, QString::fromLatin1(message)};
    return false;
}

} // namespace devserver::transport
