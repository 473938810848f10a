// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/transport/http.h"
#include "devserver/transport/httphead.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QHostAddress>

#include <memory>
#include <optional>

namespace devserver::transport {

/// Bytes of one connection in, requests out; knows no sockets and no time.
///
/// HttpHead checks the raw head, Boost.Beast's parser reads head and body. Requests that follow
/// each other in the bytes come out one after the other. After Failed nothing more is read: where
/// the next request begins is not known.
class HttpFraming
{
public:
    enum class Event {
        NeedMore, ///< append() and ask again
        Head,     ///< head() is there; setBodyLimit() now, then ask again
        Request,  ///< all of it is there: takeRequest()
        Failed,   ///< failure() says what to answer before closing
    };

    /// `peer` is copied into every request.
    explicit HttpFraming(HeadLimits limits = {}, const QHostAddress &peer = {});
    ~HttpFraming();
    Q_DISABLE_COPY_MOVE(HttpFraming)

    void append(QByteArrayView bytes);

    /// Reads up to the next event. Each is reported once, except NeedMore and Failed.
    Event advance();

    /// The request without its body; valid from Head until takeRequest().
    const HttpRequest &head() const { return m_request; }

    /// The most bytes that the decoded body may have; more is Failed with 413.
    void setBodyLimit(qint64 bytes);

    /// The complete request; the framing is ready for the next one.
    HttpRequest takeRequest();

    /// No byte of a request has come yet.
    bool isIdle() const;

    /// The head is complete, the body is not.
    bool isInBody() const { return m_stage == Stage::Body; }

    /// Bytes that came in but were not read yet.
    qsizetype buffered() const { return m_buffer.size() - m_offset; }

    const HttpFailure &failure() const { return m_failure; }

    // Of the request whose head was read; valid from Head until takeRequest().
    bool hasBody() const { return m_hasBody; }

    bool keepsAlive() const { return m_keepsAlive; }

    bool isHttp10() const { return m_head.isHttp10(); }

    bool expectsContinue() const { return m_head.expectsContinue(); }

    std::optional<qint64> contentLength() const { return m_head.contentLength(); }

private:
    struct Parser;

    enum class Stage {
        Head,
        Body,
        Complete,
        Failed,
    };

    Event advanceHead();
    Event advanceBody();
    Event fail(HttpFailure failure);
    void takeHead();
    void consume(qsizetype bytes);

    HttpHead m_head;
    QHostAddress m_peer;
    std::unique_ptr<Parser> m_parser;
    QByteArray m_buffer;
    qsizetype m_offset = 0; ///< read up to here
    Stage m_stage = Stage::Head;
    bool m_hasBody = false;
    bool m_keepsAlive = false;
    qint64 m_bodyLimit = 0;
    HttpRequest m_request;
    HttpFailure m_failure;
};

} // namespace devserver::transport
