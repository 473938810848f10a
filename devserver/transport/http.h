// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHostAddress>
#include <QString>

#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <vector>

namespace devserver::transport {

/// One field line; the name is kept as it was sent.
struct Header {
    QByteArray name;
    QByteArray value;

    bool operator==(const Header &) const = default;
};

/// Header fields in the order of the wire; names compare without case.
class Headers
{
public:
    Headers() = default;

    Headers(std::initializer_list<Header> headers)
        : m_headers(headers)
    {}

    void add(QByteArray name, QByteArray value);
    /// Replaces all fields of that name by one.
    void set(QByteArray name, QByteArray value);
    void remove(QByteArrayView name);

    bool contains(QByteArrayView name) const { return find(name) != nullptr; }

    /// The first field of that name, null if there is none. Valid until the next change.
    const QByteArray *find(QByteArrayView name) const;

    /// The first value of that name, a null QByteArray if there is none.
    QByteArray value(QByteArrayView name) const;

    bool isEmpty() const { return m_headers.empty(); }

    std::size_t size() const { return m_headers.size(); }

    auto begin() const { return m_headers.cbegin(); }

    auto end() const { return m_headers.cend(); }

    void reserve(std::size_t count) { m_headers.reserve(count); }

    bool operator==(const Headers &) const = default;

private:
    std::vector<Header> m_headers;
};

/// A request as it came in; nothing is percent-decoded.
struct HttpRequest {
    QByteArray method; ///< as sent, upper case by convention
    QByteArray target; ///< as sent: "/e/key?x=1"
    QByteArray path;   ///< the target without query: "/e/key"
    QByteArray query;  ///< what follows the first '?', may be empty
    Headers headers;
    QByteArray body; ///< decoded if it was chunked; empty in heads
    QHostAddress peer;

    /// The first value of that name, a null QByteArray if there is none.
    QByteArray header(QByteArrayView name) const { return headers.value(name); }
};

/// The answer. The server adds Content-Length, Connection and its default headers.
struct HttpReply {
    int status = 200;
    Headers headers;
    QByteArray body;
    bool close = false; ///< end the connection after this reply
};

/// Answers one request, once; copies share the one answer.
///
/// The first call counts, later ones are ignored (and logged). When all copies are gone without
/// an answer, 500 is sent. Harmless after the client left or the server is gone. Thread: that of
/// the server.
class Responder
{
public:
    using Sink = std::function<void(HttpReply)>;

    explicit Responder(Sink sink);

    void operator()(HttpReply reply) const;
    bool isAnswered() const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/// `{"error":"<message>","status":<status>}` as application/json (protocol.md 1.3).
HttpReply errorReply(int status, const QString &message);

/// A reply with a JSON body.
HttpReply jsonReply(int status, QByteArray json);

/// "Not Found" for 404; "Unknown" for codes without a name.
QByteArrayView reasonPhrase(int status);

/// ASCII case-insensitive comparison, as names of fields and hosts need it.
bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b);

} // namespace devserver::transport
