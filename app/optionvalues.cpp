// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/optionvalues.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <cmath>

namespace console {

using namespace Qt::StringLiterals;

namespace {

bool isHostName(const QString &text)
{
    static const QRegularExpression pattern(
        u"^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\\.?$"_s);
    return text.size() <= 253 && pattern.match(text).hasMatch();
}

bool isNumber(const QString &text)
{
    return std::ranges::all_of(text, [](QChar c) { return c.isDigit(); });
}

void addOnce(QStringList &list, const QString &value)
{
    if (!list.contains(value))
        list.append(value);
}

/// Empty unless the text is an absolute http or https address with a host.
QUrl httpUrl(const QString &text)
{
    QUrl url(text, QUrl::StrictMode);
    const bool isHttp = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!url.isValid() || !isHttp || url.host().isEmpty() || url.port(1) == 0)
        return {};
    return url;
}

std::optional<std::chrono::milliseconds> seconds(const QString &text)
{
    constexpr double mostSeconds = 366.0 * 24 * 3600; // semantics §12.5: longest delay
    bool isNumber = false;
    const double value = text.toDouble(&isNumber);
    if (!isNumber || !(value >= 0) || value > mostSeconds)
        return std::nullopt;
    return std::chrono::milliseconds(std::llround(value * 1000));
}

} // namespace

Expected setSdkUrl(Options &options, const QString &value)
{
    const QUrl url = httpUrl(value.contains("://"_L1) ? value : "http://"_L1 + value);
    // A lone port would be read as the address 0.0.11.184.
    if (url.isEmpty() || isNumber(value))
        return u"the address of an app, such as http://localhost:3000/api/inngest"_s;
    addOnce(options.sdkUrls, url.toString(QUrl::FullyEncoded));
    return std::nullopt;
}

Expected setPort(Options &options, const QString &value)
{
    bool isPort = false;
    const quint16 port = value.toUShort(&isPort);
    if (!isPort)
        return u"a number from 0 to 65535"_s;
    options.port = port;
    options.isPortGiven = true;
    return std::nullopt;
}

Expected setHost(Options &options, const QString &value)
{
    QString name = value.toLower();
    if (name.startsWith(u'[') && name.endsWith(u']'))
        name = name.mid(1, name.size() - 2);
    // QHostAddress would take "1" for 0.0.0.1.
    const bool looksLikeIp = name.count(u'.') == 3 || name.contains(u':');
    if (QHostAddress address; looksLikeIp && address.setAddress(name)) {
        addOnce(options.bindAddresses, address.toString());
        return std::nullopt;
    }
    // A host name would have a letter: 300.1.1.1 is an address with a mistake.
    static const QRegularExpression onlyNumbers(u"^[0-9.]*\\.[0-9.]*$"_s);
    if (name == "localhost"_L1) {
        addOnce(options.bindAddresses, u"127.0.0.1"_s);
        addOnce(options.bindAddresses, u"::1"_s);
        return std::nullopt;
    }
    if (!isHostName(name) || onlyNumbers.match(name).hasMatch())
        return u"an IP address to listen on, or a host name without port"_s;
    addOnce(options.hostNames, name);
    return std::nullopt;
}

Expected setPollInterval(Options &options, const QString &value)
{
    const auto interval = seconds(value);
    if (!interval || interval->count() < 100)
        return u"seconds, 0.1 or more"_s;
    options.pollInterval = *interval;
    return std::nullopt;
}

Expected setRetryInterval(Options &options, const QString &value)
{
    const auto interval = seconds(value);
    if (!interval)
        return u"seconds, or 0 for the usual backoff"_s;
    options.retryInterval = *interval;
    return std::nullopt;
}

Expected setEventKey(Options &options, const QString &value)
{
    const bool hasSpace =
        std::ranges::any_of(value, [](QChar c) { return c.isSpace() || c == u'/'; });
    if (value.isEmpty() || hasSpace)
        return u"a key without spaces and slashes"_s;
    addOnce(options.eventKeys, value);
    return std::nullopt;
}

Expected setSigningKey(Options &options, const QString &value)
{
    // protocol §14.2: the prefix is optional, what follows is decoded as hex.
    static const QRegularExpression pattern(u"^(signkey-\\w+-)?([0-9a-fA-F]{2})+$"_s);
    if (!pattern.match(value).hasMatch())
        return u"an even number of hex digits, with or without a prefix such as signkey-test-"_s;
    options.signingKey = value.toLatin1();
    return std::nullopt;
}

Expected setData(Options &options, const QString &value)
{
    if (value.isEmpty() || value.endsWith(u'/'))
        return u"the path of a file"_s;
    options.dataFile = value;
    return std::nullopt;
}

Expected setAllowOrigin(Options &options, const QString &value)
{
    QString origin = value.toLower();
    if (origin.endsWith(u'/'))
        origin.chop(1);
    const QUrl url = httpUrl(origin);
    const bool isOrigin =
        url.path().isEmpty() && !url.hasQuery() && !url.hasFragment() && url.userInfo().isEmpty();
    if (url.isEmpty() || !isOrigin)
        return u"an origin such as https://app.example.com, with its port if it has one"_s;
    addOnce(options.allowedOrigins, origin);
    addOnce(options.hostNames, url.host());
    return std::nullopt;
}

Expected setLogLevel(Options &options, const QString &value)
{
    static const QMap<QString, LogLevel> levels{
        {u"debug"_s, LogLevel::Debug},
        {u"info"_s, LogLevel::Info},
        {u"warning"_s, LogLevel::Warning},
        {u"error"_s, LogLevel::Error},
    };
    const auto level = levels.constFind(value.toLower());
    if (level == levels.constEnd())
        return u"debug, info, warning or error"_s;
    options.logLevel = *level;
    return std::nullopt;
}

} // namespace console
