// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/transport/http.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace devserver::transport {

/// Keeps web pages of others away from a server that has no login.
///
/// Two attacks: a page whose name is made to point at this machine (DNS rebinding; refused by
/// `Host`), and a page that posts across sites (refused by `Origin`). Pure; any thread.
/// Source: protocol.md 1.3.
class OriginGuard
{
public:
    /// `hosts`: names (without port) that `Host` may have besides IP literals, localhost and names
    /// below it, and host.docker.internal.
    /// `origins`: web origins that may change things ("https://app.example.com:8443"), or bare
    /// names, which stand for any scheme and port. Their names are allowed hosts as well.
    explicit OriginGuard(const QList<QByteArray> &hosts = {},
                         const QList<QByteArray> &origins = {});

    /// The names that `Host` may have because of these settings, each once: lower case, without
    /// port, and without what it may always have.
    [[nodiscard]] static QList<QByteArray> addedHosts(const QList<QByteArray> &hosts,
                                                      const QList<QByteArray> &origins);

    /// 403 with a reason if the request must not be served.
    std::optional<HttpReply> check(const HttpRequest &head) const;

    /// The answer to a CORS preflight; nothing if the request is none.
    std::optional<HttpReply> preflight(const HttpRequest &head) const;

    /// The fields that let the page of an allowed origin read the reply.
    Headers corsHeaders(const HttpRequest &head) const;

    bool allowsHost(QByteArrayView host) const;
    /// True for origins on this machine (any port) and allowed ones; "null" is neither.
    bool allowsOrigin(QByteArrayView text) const;

private:
    QList<QByteArray> m_hosts;   ///< lower case
    QList<QByteArray> m_origins; ///< lower case, without default port
};

} // namespace devserver::transport
