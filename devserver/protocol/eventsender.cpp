// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/eventsender.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace devserver::protocol {

namespace {

constexpr qsizetype longestName = 60;

/// The beginning of a header that is a name: `curl` of `curl/7.88.1 (x86_64)`. Headers are the
/// sender's, the name is shown.
QByteArray nameIn(QByteArrayView header, QByteArrayView further)
{
    const auto *end = std::find_if_not(header.begin(), header.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
               || further.contains(c);
    });
    return header.first(std::min<qsizetype>(end - header.begin(), longestName)).toByteArray();
}

/// The run that `callcodec.cpp` made the trace of; any other trace names none that exists.
RunId runOfTrace(QByteArrayView traceParent)
{
    constexpr qsizetype versionDigits = 3; // `00-`
    constexpr qsizetype traceDigits = 32;
    if (traceParent.size() < versionDigits + traceDigits || !traceParent.startsWith("00-"))
        return {};
    const QByteArray id =
        QByteArray::fromHex(traceParent.sliced(versionDigits, traceDigits).toByteArray());
    return id.size() == traceDigits / 2 ? RunId::fromBytes(id) : RunId();
}

} // namespace

EventSender senderOf(const SenderHeaders &headers)
{
    EventSender sender{.kind = "http"_ba, .name = {}, .run = runOfTrace(headers.traceParent)};
    const bool isAgentSdk = headers.userAgent.startsWith("inngest-");
    if (!headers.sdk.isEmpty() || isAgentSdk) {
        sender.kind = "app"_ba;
        sender.name = nameIn(headers.sdk.isEmpty() ? headers.userAgent : headers.sdk, "-_.:+");
        return sender;
    }
    sender.name = nameIn(headers.userAgent, "-_.+");
    if (sender.name == "curl") {
        sender.kind = "curl"_ba;
        sender.name.clear();
    } else if (sender.name == "Mozilla") { // all browsers say so
        sender.name = "browser"_ba;
    }
    return sender;
}

} // namespace devserver::protocol
