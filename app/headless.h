// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/options.h"
#include "devserver/host/server.h"

namespace console {

/// Runs the server without a window until it is told to stop; prints its address and what its runs
/// do.
///
/// \param settings  of the server, as `serverSettings` makes them from \a options
/// \returns the exit code. SIGINT and SIGTERM end it within 2 s, a second one at once.
[[nodiscard]] int runHeadless(const Options &options, devserver::host::ServerSettings settings);

} // namespace console
