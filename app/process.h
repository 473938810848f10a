// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace console {

/// Limits and memory as a server needs them. At the start of the process, before other threads.
void prepareProcess();

} // namespace console
