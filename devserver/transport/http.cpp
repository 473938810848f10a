// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/http.h"

#include "devserver/transport/log.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace devserver::transport {

namespace {

// Own few lines: a message here may quote any bytes of a request, which are no JSON values.
void appendEscaped(QByteArray &out, const QByteArray &utf8)
{
    constexpr char digits[] = "0123456789abcdef";
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00"_ba;
            out += digits[byte >> 4U];
            out += digits[byte & 0x0fU];
        } else {
            out += c;
        }
    }
}

} // namespace

void Headers::add(QByteArray name, QByteArray value)
{
    m_headers.push_back(Header{std::move(name), std::move(value)});
}

void Headers::set(QByteArray name, QByteArray value)
{
    remove(name);
    add(std::move(name), std::move(value));
}

void Headers::remove(QByteArrayView name)
{
    std::erase_if(m_headers,
                  [name](const Header &header) { return equalsIgnoringCase(header.name, name); });
}

const QByteArray *Headers::find(QByteArrayView name) const
{
    const auto it = std::ranges::find_if(
        m_headers, [name](const Header &header) { return equalsIgnoringCase(header.name, name); });
    return it == m_headers.end() ? nullptr : &it->value;
}

QByteArray Headers::value(QByteArrayView name) const
{
    const QByteArray *found = find(name);
    return found ? *found : QByteArray();
}

struct Responder::State {
    explicit State(Sink s)
        : sink(std::move(s))
    {}

    ~State()
    {
        if (sink)
            sink(errorReply(500, u"the request was not answered"_s));
    }

    Q_DISABLE_COPY_MOVE(State)

    Sink sink;
};

Responder::Responder(Sink sink)
    : m_state(std::make_shared<State>(std::move(sink)))
{}

void Responder::operator()(HttpReply reply) const
{
    // Taken out first: the sink may drop the last copy of this responder.
    const Sink sink = std::exchange(m_state->sink, nullptr);
    if (!sink) {
        qCWarning(lcTransport) << "second reply ignored"
                               << "status" << reply.status;
        return;
    }
    sink(std::move(reply));
}

bool Responder::isAnswered() const
{
    return !m_state->sink;
}

HttpReply errorReply(int status, const QString &message)
{
    QByteArray json = "{\"error\":\""_ba;
    appendEscaped(json, message.toUtf8());
    json += "\",\"status\":"_ba;
    json += QByteArray::number(status);
    json += '}';
    return jsonReply(status, std::move(json));
}

HttpReply jsonReply(int status, QByteArray json)
{
    HttpReply reply;
    reply.status = status;
    reply.headers.add("Content-Type"_ba, "application/json"_ba);
    reply.body = std::move(json);
    return reply;
}

QByteArrayView reasonPhrase(int status)
{
    static constexpr std::pair<int, const char *> phrases[] = {
        {100, "Continue"},
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {206, "Partial Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
        {507, "Insufficient Storage"},
    };
    for (const auto &[code, phrase] : phrases) {
        if (code == status)
            return QByteArrayView(phrase);
    }
    return "Unknown";
}

bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && a.compare(b, Qt::CaseInsensitive) == 0;
}

} // namespace devserver::transport
