// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace console {

/// Limits and memory as a server needs them. At the start of the process, before other threads.
void prepareProcess();

/// What main() returns, \a code, once everything is destroyed. Does not come back if a function of
/// this process still runs: it might use what is taken down after main(), so the process ends here.
[[nodiscard]] int endProcess(int code);

} // namespace console
