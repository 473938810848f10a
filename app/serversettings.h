// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/options.h"
#include "devserver/host/server.h"

namespace console {

/// The command line, as the server wants it.
[[nodiscard]] devserver::host::ServerSettings serverSettings(const Options &options);

} // namespace console
