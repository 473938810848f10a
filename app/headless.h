// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/options.h"
#include "devserver/model/change.h"

#include <vector>

namespace console {

/// Runs the server without a window until it is told to stop; prints its address and what its runs
/// do.
///
/// \returns the exit code. SIGINT and SIGTERM end it within 2 s, a second one at once.
[[nodiscard]] int runHeadless(const Options &options);

} // namespace console
