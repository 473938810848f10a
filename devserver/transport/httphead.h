// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace devserver::transport {

/// Sizes that a request head may have (tech.md 1).
struct HeadLimits {
    qsizetype requestLine = 8 * 1024; ///< bytes without its line end
    qsizetype bytes = 64 * 1024;      ///< request line and fields
    int fields = 100;
};

/// Why a request is refused before anybody handles it.
struct HttpFailure {
    int status = 400;
    QString message;
};

/// Checks the raw bytes of a request head line by line, stricter than the parser behind it.
///
/// Beast takes some framing that two readers could understand differently: Transfer-Encoding other
/// than chunked (as "no body"), no or two Host fields, equal Content-Lengths (style.md 2.14). All
/// of it is refused here, with bare LF, folded lines, white space before the colon and control
/// characters.
class HttpHead
{
public:
    enum class State {
        Incomplete,
        Complete,
        Failed,
    };

    explicit HttpHead(HeadLimits limits = {})
        : m_limits(limits)
    {}

    /// `bytes` starts at the first byte of the request and only grows from call to call; what was
    /// looked at is not looked at again. Bytes after the head are not touched.
    State scan(QByteArrayView bytes);
    /// Prepares for the next request.
    void reset();

    bool hasStarted() const { return m_scanned > 0; }

    const HttpFailure &failure() const { return m_failure; }

    // Valid when complete.
    qsizetype begin() const { return m_begin; } ///< 2 if one empty line came first

    qsizetype length() const { return m_scanned; } ///< end of the empty line, from the start

    bool isChunked() const { return m_chunked; }

    bool isHttp10() const { return m_http10; }

    bool expectsContinue() const { return m_expectsContinue && !m_http10; }

    std::optional<qint64> contentLength() const { return m_contentLength; }

private:
    bool takeLine(QByteArrayView line);
    bool takeRequestLine(QByteArrayView line);
    bool takeTarget(QByteArrayView method, QByteArrayView target);
    bool takeVersion(QByteArrayView version);
    bool takeField(QByteArrayView line);
    bool takeFramingField(QByteArrayView name, QByteArrayView value);
    bool finish();
    bool fail(int status, const char *message);

    HeadLimits m_limits;
    HttpFailure m_failure;
    qsizetype m_begin = 0;
    qsizetype m_scanned = 0; ///< searched for line ends up to here
    qsizetype m_lineBegin = 0;
    int m_fields = 0;
    int m_hosts = 0;
    bool m_haveRequestLine = false;
    bool m_http10 = false;
    bool m_chunked = false;
    bool m_expectsContinue = false;
    std::optional<qint64> m_contentLength;
    QByteArray m_host;
    QByteArray m_authority; ///< of an absolute target; null otherwise
};

} // namespace devserver::transport
