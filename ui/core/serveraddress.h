// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace console {

/// What programs of this machine ask to reach a server that listens at \a address: of all
/// interfaces (`0.0.0.0:8288`, `[::]:8288`) the loopback, else the same.
[[nodiscard]] QString reachable(const QString &address);

} // namespace console
