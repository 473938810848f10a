// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/host/server.h"

namespace console::sample {

/// The bundled sample functions, ready for the server: `sample` in the list of apps.
[[nodiscard]] devserver::host::InProcessApp inProcessApp();

} // namespace console::sample
