// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace devserver::host {

/// Who listens on a TCP port of this machine: `node (pid 123)`. Empty if nobody does, or if it is a
/// process of somebody else. Reads /proc; some milliseconds.
[[nodiscard]] QString holderOfPort(quint16 port);

} // namespace devserver::host
