// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>

namespace console::sample {

/// Whether the parser of `poison-job` can read its messages: what a developer would mend in the
/// code. The event `sample/repair` does it here, so that one can see a retry succeed.
inline std::atomic<bool> isParserRepaired = false;

} // namespace console::sample
