// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/time.h"

#include <QByteArray>
#include <QByteArrayView>

#include <chrono>

namespace devserver::protocol {

/// How far the clocks of app and server may differ (protocol.md 14.3).
constexpr std::chrono::minutes signatureTolerance{5};

/// True for a key that can sign: hex digits of even length behind an optional prefix
/// (protocol.md 14.1). The functions below expect such a key.
bool isSigningKey(QByteArrayView key);

/// The key without `signkey-<env>-` (protocol.md 14.2); unchanged if there is no such prefix.
QByteArray strippedKey(QByteArrayView key);

/// Lower-case hex SHA-256 of the hex-decoded stripped key; what SDKs send as bearer token,
/// with or without the prefix (protocol.md 14.2).
QByteArray hashedKey(QByteArrayView key);

/// Whether the value of an Authorization header is `Bearer ` and this key, raw or hashed, each with
/// or without prefix. Always false for an empty key. Takes the same time wherever they differ.
bool bearerMatches(QByteArrayView authorization, QByteArrayView signingKey);

/// `t=<unix seconds>&s=<hex>` for X-Inngest-Signature. The body is signed as it is: requests need
/// the canonical form (protocol.md 14.3).
QByteArray signature(QByteArrayView body, QByteArrayView signingKey, TimePoint now);

/// Whether `header` is a signature of `body` with this key, made within the tolerance around `now`.
bool verifySignature(QByteArrayView header, QByteArrayView body, QByteArrayView signingKey,
                     TimePoint now);

} // namespace devserver::protocol
