// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/function.h"
#include "devserver/model/result.h"

namespace devserver::engine {

/// Refuses (`InvalidInput`) a registration with expressions that do not compile (semantics §6.2);
/// the error names them all, with function, member, place and reason.
[[nodiscard]] Result<void> checkExpressions(const Registration &registration);

/// \a config with `expression` in `notEnforced` if this version cannot evaluate one of its filters.
[[nodiscard]] FunctionConfig withFilterNote(FunctionConfig config);

} // namespace devserver::engine
