// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/access.h"
#include "devserver/host/server.h"

#include <vector>

namespace devserver::host {

/// What the window may know of the settings: of keys no more than their ends.
[[nodiscard]] api::ServerAccess accessOf(const ServerSettings &settings);

/// As people write them.
[[nodiscard]] std::vector<api::BoundAddress>
boundAddresses(const std::vector<QHostAddress> &addresses, quint16 port);

} // namespace devserver::host
