// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/httpwriter.h"

using namespace Qt::StringLiterals;

namespace devserver::transport {

namespace {

bool hasLineEnd(const QByteArray &text)
{
    return text.contains('\r') || text.contains('\n');
}

bool isFramingField(const QByteArray &name)
{
    return equalsIgnoringCase(name, "content-length") || equalsIgnoringCase(name, "connection")
           || equalsIgnoringCase(name, "transfer-encoding");
}

void appendField(QByteArray &out, const Header &header)
{
    // A value echoed from a request must not start a field of its own.
    if (isFramingField(header.name) || hasLineEnd(header.name) || hasLineEnd(header.value))
        return;
    out += header.name;
    out += ": "_ba;
    out += header.value;
    out += "\r\n"_ba;
}

} // namespace

bool mayHaveBody(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

QByteArray replyHead(const HttpReply &reply, const Headers &defaults, const ReplyFraming &framing)
{
    QByteArray out;
    out.reserve(256 + (reply.body.size() < 16 * 1024 ? reply.body.size() : 0));
    out += "HTTP/1.1 "_ba;
    out += QByteArray::number(reply.status);
    out += ' ';
    out += reasonPhrase(reply.status);
    out += "\r\n"_ba;
    for (const Header &header : reply.headers)
        appendField(out, header);
    for (const Header &header : defaults) {
        if (!reply.headers.contains(header.name))
            appendField(out, header);
    }
    if (mayHaveBody(reply.status)) {
        out += "Content-Length: "_ba;
        out += QByteArray::number(reply.body.size());
        out += "\r\n"_ba;
    }
    if (!framing.keepAlive)
        out += "Connection: close\r\n"_ba;
    else if (framing.isHttp10)
        out += "Connection: keep-alive\r\n"_ba;
    out += "\r\n"_ba;
    return out;
}

} // namespace devserver::transport
