// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/access.h"

#include "devserver/protocol/signing.h"
#include "devserver/transport/originguard.h"

namespace devserver::host {

namespace {

constexpr qsizetype shownEnd = 4;
/// Of a shorter key the end would be too much of it.
constexpr qsizetype leastSecret = 16;

api::KeyTrace traceOf(const QByteArray &start, const QByteArray &secret)
{
    return {.start = start,
            .end = secret.size() < leastSecret ? QByteArray() : secret.last(shownEnd)};
}

} // namespace

api::ServerAccess accessOf(const ServerSettings &settings)
{
    const transport::RouteSettings &routes = settings.routes;
    api::ServerAccess access;
    access.hosts = transport::OriginGuard::addedHosts(routes.allowedHosts, routes.allowedOrigins);
    access.origins = routes.allowedOrigins;
    for (const QByteArray &key : routes.eventKeys)
        access.eventKeys.push_back(traceOf({}, key));
    access.eventKeysFrom = settings.eventKeysFrom;
    if (!routes.signingKey.isEmpty()) {
        const QByteArray secret = protocol::strippedKey(routes.signingKey);
        access.signingKey = traceOf(routes.signingKey.chopped(secret.size()), secret);
    }
    access.signingKeyFrom = settings.signingKeyFrom;
    return access;
}

std::vector<api::BoundAddress> boundAddresses(const std::vector<QHostAddress> &addresses,
                                              quint16 port)
{
    std::vector<api::BoundAddress> bound;
    for (const QHostAddress &address : addresses) {
        const QString host = address.protocol() == QAbstractSocket::IPv6Protocol
                                 ? u'[' + address.toString() + u']'
                                 : address.toString();
        bound.push_back(
            {.text = host + u':' + QString::number(port), .isLoopback = address.isLoopback()});
    }
    return bound;
}

} // namespace devserver::host
