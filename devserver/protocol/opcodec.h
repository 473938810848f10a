// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/call.h"
#include "devserver/model/result.h"

#include <vector>

namespace devserver::protocol {

/// Largest output and input of one step (protocol.md 1.4).
inline constexpr qsizetype maxStepBytes = mostStepBytes;

/// Body of a 206 (protocol.md 7): an array of ops or a single one; `[]` counts as one `None`.
///
/// The error names the op and what is wrong with it; then the attempt has failed.
[[nodiscard]] Result<std::vector<StepOp>> decodeOps(const QByteArray &body);

} // namespace devserver::protocol
