// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/event.h"

#include <QByteArrayView>

namespace devserver::protocol {

/// Headers of a request that tell who sends it; empty ones were absent.
struct SenderHeaders {
    QByteArrayView sdk;         ///< `x-inngest-sdk`: `inngest-js:v4.24.0`
    QByteArrayView userAgent;   ///< `user-agent`: `curl/7.88.1`
    QByteArrayView traceParent; ///< `traceparent`, as calls carry it: SDKs send it back (callcodec)
};

/// Who sends an event: an SDK (`app`), `curl`, or some other program (`http`).
[[nodiscard]] EventSender senderOf(const SenderHeaders &headers);

} // namespace devserver::protocol
