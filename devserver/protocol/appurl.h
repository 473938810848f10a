// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace devserver::protocol {

/// The one form of an app or call URL (protocol.md 2.5): without `deployId`, `probe`, fragment and
/// default port; `127.0.0.1` and `0.0.0.0` with a port are `localhost`. Without a scheme it is
/// http.
///
/// \returns `InvalidInput` if it is not an absolute http or https URL.
[[nodiscard]] Result<QByteArray> normaliseUrl(QByteArrayView url);

/// `url` with this query parameter, which replaces one of the same name.
[[nodiscard]] QByteArray withQueryValue(QByteArrayView url, QByteArrayView key,
                                        QByteArrayView value);

} // namespace devserver::protocol
