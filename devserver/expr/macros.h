// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/expr/syntax.h"

#include <tl/expected.hpp>

namespace devserver::expr {

/// Turns a call or method call into the node of the macro that it is (`has(a.b)`,
/// `list.exists(x, x > 1)`); leaves it as it is if it is none. Its children are already in \a tree.
[[nodiscard]] tl::expected<void, Problem> expandMacro(const Tree &tree, Node &call);

} // namespace devserver::expr
