// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/serversettings.h"

#include "app/sample/sampleapp.h"
#include "devserver/protocol/appurl.h"

#include <QRandomGenerator>

namespace console {

namespace {

QByteArrayList bytesOf(const QStringList &texts)
{
    QByteArrayList result;
    for (const QString &text : texts)
        result.append(text.toUtf8());
    return result;
}

} // namespace

devserver::host::ServerSettings serverSettings(const Options &options)
{
    devserver::host::ServerSettings settings;
    for (const QString &address : options.bindAddresses)
        settings.addresses.emplace_back(address);
    settings.port = options.port;
    settings.dataFile = options.memory ? QString() : options.dataFile;
    settings.engine.seed = QRandomGenerator::system()->generate64();
    settings.engine.clockStep = std::chrono::milliseconds(1); // SystemClock has whole milliseconds
    if (options.retryInterval.count() > 0)
        settings.engine.retryInterval = options.retryInterval;
    settings.pollInterval = options.pollInterval;
    settings.routes = {.eventKeys = bytesOf(options.eventKeys),
                       .signingKey = options.signingKey,
                       .allowedHosts = bytesOf(options.hostNames),
                       .allowedOrigins = bytesOf(options.allowedOrigins),
                       .sdkUrls = {},
                       .hasDiscovery = options.discovery,
                       .hasPoll = options.poll,
                       .pollSeconds = std::chrono::duration<double>(options.pollInterval).count(),
                       .retrySeconds =
                           std::chrono::duration<double>(options.retryInterval).count()};
    settings.eventKeysFrom = options.eventKeysFrom;
    settings.signingKeyFrom = options.signingKeyFrom;
    for (const QString &url : options.sdkUrls)
        settings.routes.sdkUrls.append(
            devserver::protocol::normaliseUrl(url.toUtf8()).value_or(url.toUtf8()));
    if (options.sample)
        settings.sample = sample::inProcessApp();
    return settings;
}

} // namespace console
