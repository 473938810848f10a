// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/appurl.h"

#include <QByteArrayList>

#include <algorithm>

namespace devserver::protocol {

using namespace Qt::StringLiterals;

namespace {

struct Parts {
    QByteArray scheme;
    QByteArray userInfo; ///< with its `@`
    QByteArray host;
    QByteArray port; ///< empty if not written
    QByteArray path;
    QByteArray query; ///< without its `?`
};

tl::unexpected<Error> invalid(QByteArrayView url, const QByteArray &reason)
{
    return failure(ErrorCode::InvalidInput,
                   QString::fromUtf8("the URL \""_ba + url + "\" "_ba + reason));
}

bool isPort(const QByteArray &text)
{
    bool isNumber = false;
    const int port = text.toInt(&isNumber);
    return isNumber && port > 0 && port <= 65535;
}

/// Splits `user@host:port`; an IPv6 host keeps its brackets.
void splitAuthority(Parts &parts, QByteArrayView authority)
{
    const qsizetype at = authority.lastIndexOf('@');
    parts.userInfo = authority.first(at + 1).toByteArray();
    authority = authority.sliced(at + 1);
    const qsizetype colon =
        authority.indexOf(':', std::max<qsizetype>(0, authority.lastIndexOf(']')));
    parts.host = (colon < 0 ? authority : authority.first(colon)).toByteArray().toLower();
    if (colon >= 0)
        parts.port = authority.sliced(colon + 1).toByteArray();
}

Parts split(QByteArrayView url)
{
    Parts parts{
        .scheme = "http"_ba, .userInfo = {}, .host = {}, .port = {}, .path = {}, .query = {}};
    if (const qsizetype end = url.indexOf("://"); end >= 0) {
        parts.scheme = url.first(end).toByteArray().toLower();
        url = url.sliced(end + 3);
    }
    if (const qsizetype hash = url.indexOf('#'); hash >= 0)
        url = url.first(hash);
    if (const qsizetype question = url.indexOf('?'); question >= 0) {
        parts.query = url.sliced(question + 1).toByteArray();
        url = url.first(question);
    }
    if (const qsizetype slash = url.indexOf('/'); slash >= 0) {
        parts.path = url.sliced(slash).toByteArray();
        url = url.first(slash);
    }
    splitAuthority(parts, url);
    return parts;
}

QByteArrayView queryKey(QByteArrayView pair)
{
    const qsizetype equals = pair.indexOf('=');
    return equals < 0 ? pair : pair.first(equals);
}

QByteArray withoutSyncParameters(const QByteArray &query)
{
    QByteArrayList kept = query.split('&');
    kept.removeIf([](const QByteArray &pair) {
        const QByteArrayView key = queryKey(pair);
        return pair.isEmpty() || key == "deployId" || key == "probe";
    });
    return kept.join('&');
}

} // namespace

Result<QByteArray> normaliseUrl(QByteArrayView url)
{
    const QByteArrayView text = url.trimmed();
    const bool isClean = std::ranges::none_of(
        text, [](char c) { return static_cast<uchar>(c) <= 0x20 || c == 0x7f; });
    if (!isClean)
        return invalid(text, "has spaces or control characters"_ba);
    Parts parts = split(text);
    if (parts.scheme != "http" && parts.scheme != "https")
        return invalid(text, "is neither http nor https"_ba);
    if (parts.host.isEmpty())
        return invalid(text, "has no host"_ba);
    if (!parts.port.isEmpty() && !isPort(parts.port))
        return invalid(text, "has no valid port"_ba);

    if (!parts.port.isEmpty() && (parts.host == "127.0.0.1" || parts.host == "0.0.0.0"))
        parts.host = "localhost"_ba;
    if (parts.port == (parts.scheme == "http" ? "80"_ba : "443"_ba))
        parts.port.clear();

    QByteArray out = parts.scheme + "://"_ba + parts.userInfo + parts.host;
    if (!parts.port.isEmpty())
        out += ':' + parts.port;
    out += parts.path;
    if (const QByteArray query = withoutSyncParameters(parts.query); !query.isEmpty())
        out += '?' + query;
    return out;
}

QByteArray withQueryValue(QByteArrayView url, QByteArrayView key, QByteArrayView value)
{
    const qsizetype question = url.indexOf('?');
    QByteArrayList pairs;
    if (question >= 0) {
        pairs = url.sliced(question + 1).toByteArray().split('&');
        pairs.removeIf(
            [key](const QByteArray &pair) { return pair.isEmpty() || queryKey(pair) == key; });
    }
    pairs.append(key.toByteArray() + '=' + value.toByteArray().toPercentEncoding());
    return (question < 0 ? url : url.first(question)).toByteArray() + '?' + pairs.join('&');
}

} // namespace devserver::protocol
