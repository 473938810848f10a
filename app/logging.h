// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/options.h"

namespace console {

/// Which lines of the log are printed (style.md 2.9).
void setLogLevel(LogLevel level);

} // namespace console
