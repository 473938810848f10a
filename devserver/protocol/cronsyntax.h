// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"

#include <QByteArrayView>

namespace devserver::protocol {

/// Whether `text` is a cron expression that the reference registers (semantics.md 4.3): five fields
/// with an optional `TZ=` or `CRON_TZ=` prefix. When it fires is not computed here.
[[nodiscard]] Result<void> validateCron(QByteArrayView text);

} // namespace devserver::protocol
