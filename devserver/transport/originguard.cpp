// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/transport/originguard.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>

using namespace Qt::StringLiterals;

namespace devserver::transport {

namespace {

/// "host", "host:1", "[::1]:1" in parts; the host is lower case, without brackets and final dot.
struct Authority {
    QByteArray host;
    QByteArray port; ///< digits, or empty
    bool isBracketed = false;
};

struct Origin {
    QByteArray scheme;
    Authority authority;
};

bool isDigits(QByteArrayView text)
{
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Authority> parseAuthority(QByteArrayView text)
{
    Authority result;
    QByteArrayView rest;
    if (text.startsWith('[')) {
        const qsizetype end = text.indexOf(']');
        if (end < 0)
            return std::nullopt;
        result.isBracketed = true;
        result.host = text.sliced(1, end - 1).toByteArray().toLower();
        rest = text.sliced(end + 1);
    } else {
        const qsizetype colon = text.indexOf(':');
        result.host = (colon < 0 ? text : text.first(colon)).toByteArray().toLower();
        rest = colon < 0 ? QByteArrayView() : text.sliced(colon);
        if (result.host.endsWith('.'))
            result.host.chop(1);
    }
    if (result.host.isEmpty())
        return std::nullopt;
    if (!rest.isEmpty()) {
        if (rest.front() != ':' || !isDigits(rest.sliced(1)))
            return std::nullopt;
        result.port = rest.sliced(1).toByteArray();
    }
    return result;
}

std::optional<Origin> parseOrigin(QByteArrayView text)
{
    const qsizetype separator = text.indexOf("://");
    if (separator <= 0)
        return std::nullopt;
    const std::optional<Authority> authority = parseAuthority(text.sliced(separator + 3));
    if (!authority)
        return std::nullopt;
    return Origin{text.first(separator).toByteArray().toLower(), *authority};
}

// inet_pton() is strict: four decimal numbers, no "127.1", no zone. Names never parse.
bool isIp(const Authority &authority)
{
    std::array<unsigned char, 16> address{};
    return ::inet_pton(authority.isBracketed ? AF_INET6 : AF_INET, authority.host.constData(),
                       address.data())
           == 1;
}

bool isLocalName(const QByteArray &host)
{
    return host == "localhost" || host.endsWith(".localhost");
}

/// Names that `Host` may always have.
bool isBuiltIn(const QByteArray &host)
{
    return isLocalName(host) || host == "host.docker.internal";
}

bool isLoopback(const Authority &authority)
{
    std::array<unsigned char, 16> address{};
    if (authority.isBracketed) {
        return ::inet_pton(AF_INET6, authority.host.constData(), address.data()) == 1
               && std::all_of(address.begin(), address.end() - 1, [](auto b) { return b == 0; })
               && address.back() == 1;
    }
    return ::inet_pton(AF_INET, authority.host.constData(), address.data()) == 1
           && address.front() == 127;
}

/// As it is given on the command line.
std::optional<Origin> parseGivenOrigin(QByteArrayView text)
{
    return parseOrigin(text.endsWith('/') ? text.chopped(1) : text);
}

QByteArray normalized(const Origin &origin)
{
    const Authority &authority = origin.authority;
    QByteArray text = origin.scheme + "://"_ba;
    text += authority.isBracketed ? '[' + authority.host + ']' : authority.host;
    const bool isDefault = (origin.scheme == "http" && authority.port == "80")
                           || (origin.scheme == "https" && authority.port == "443");
    if (!authority.port.isEmpty() && !isDefault)
        text += ':' + authority.port;
    return text;
}

bool isSafe(const QByteArray &method)
{
    return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

QString quoted(QByteArrayView text)
{
    constexpr qsizetype longest = 200;
    return QString::fromUtf8(text.first(std::min(text.size(), longest)));
}

HttpReply foreignOrigin(QByteArrayView origin)
{
    return errorReply(403,
                      u"origin %1 may not change anything here; to allow it, start the server with "
                      "--allow-origin %1"_s.arg(quoted(origin)));
}

} // namespace

OriginGuard::OriginGuard(const QList<QByteArray> &hosts, const QList<QByteArray> &origins)
    : m_hosts(addedHosts(hosts, origins))
{
    for (const QByteArray &text : origins) {
        if (const auto origin = parseGivenOrigin(text))
            m_origins.append(normalized(*origin));
        else if (const auto authority = parseAuthority(text))
            m_origins.append(authority->host);
    }
}

QList<QByteArray> OriginGuard::addedHosts(const QList<QByteArray> &hosts,
                                          const QList<QByteArray> &origins)
{
    QList<QByteArray> added;
    const auto add = [&added](const std::optional<Authority> &authority) {
        if (authority && !authority->isBracketed && !isIp(*authority) && !isBuiltIn(authority->host)
            && !added.contains(authority->host))
            added.append(authority->host);
    };
    for (const QByteArray &host : hosts)
        add(parseAuthority(host));
    for (const QByteArray &text : origins) {
        const std::optional<Origin> origin = parseGivenOrigin(text);
        add(origin ? origin->authority : parseAuthority(text));
    }
    return added;
}

std::optional<HttpReply> OriginGuard::check(const HttpRequest &head) const
{
    // Only HTTP/1.0 comes here without Host, and no browser speaks that.
    const QByteArray *host = head.headers.find("Host");
    if (host && !allowsHost(*host)) {
        return errorReply(
            403, u"host %1 is not served here; use localhost or the IP address, or start "
                 "the server with --host or --allow-origin naming it"_s.arg(quoted(*host)));
    }
    if (isSafe(head.method))
        return std::nullopt;
    for (const Header &header : head.headers) {
        if (equalsIgnoringCase(header.name, "Origin") && !allowsOrigin(header.value))
            return foreignOrigin(header.value);
    }
    return std::nullopt;
}

std::optional<HttpReply> OriginGuard::preflight(const HttpRequest &head) const
{
    if (head.method != "OPTIONS" || !head.headers.contains("Access-Control-Request-Method"))
        return std::nullopt;
    const QByteArray *origin = head.headers.find("Origin");
    if (!origin)
        return std::nullopt;
    if (!allowsOrigin(*origin))
        return foreignOrigin(*origin);
    HttpReply reply;
    reply.status = 204;
    reply.headers = corsHeaders(head);
    reply.headers.add("Access-Control-Max-Age"_ba, "600"_ba);
    return reply;
}

Headers OriginGuard::corsHeaders(const HttpRequest &head) const
{
    Headers headers;
    const QByteArray *origin = head.headers.find("Origin");
    if (!origin)
        return headers;
    headers.add("Vary"_ba, "Origin"_ba);
    if (!allowsOrigin(*origin))
        return headers;
    headers.add("Access-Control-Allow-Origin"_ba, *origin);
    headers.add("Access-Control-Allow-Methods"_ba, "GET, POST, PUT, DELETE, OPTIONS"_ba);
    const QByteArray *requested = head.headers.find("Access-Control-Request-Headers");
    headers.add("Access-Control-Allow-Headers"_ba, requested ? *requested : "*"_ba);
    return headers;
}

bool OriginGuard::allowsHost(QByteArrayView host) const
{
    const std::optional<Authority> authority = parseAuthority(host);
    if (!authority)
        return false;
    if (authority->isBracketed || isIp(*authority))
        return isIp(*authority);
    return isBuiltIn(authority->host) || m_hosts.contains(authority->host);
}

bool OriginGuard::allowsOrigin(QByteArrayView text) const
{
    const std::optional<Origin> origin = parseOrigin(text);
    if (!origin || (origin->scheme != "http" && origin->scheme != "https"))
        return origin && m_origins.contains(normalized(*origin));
    const Authority &authority = origin->authority;
    return isLoopback(authority) || (!authority.isBracketed && isLocalName(authority.host))
           || m_origins.contains(normalized(*origin)) || m_origins.contains(authority.host);
}

} // namespace devserver::transport
