// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/function.h"
#include "devserver/model/result.h"

#include <QByteArrayView>

namespace devserver::protocol {

/// Body of `POST /fn/register` (protocol.md 2.4 to 2.6).
///
/// Keys match in any letter case, null members count as absent. The error says all that is wrong
/// with all functions, but for expressions, which are the engine's to compile; it is `Unsupported`
/// for versions of the JS SDK that are refused
/// (`sdk_version_denied`), else `InvalidJson` or `InvalidInput`.
[[nodiscard]] Result<Registration> decodeRegistration(QByteArrayView body);

/// Who sent a registration that was refused; what cannot be read is empty.
struct RegistrationSender {
    QByteArray appName;
    QByteArray url; ///< normalised
};

[[nodiscard]] RegistrationSender senderOf(QByteArrayView body);

} // namespace devserver::protocol
