// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/expr/syntax.h"

#include <tl/expected.hpp>

namespace devserver::expr {

/// Brackets, calls and conditionals inside each other; as the reference has it.
constexpr int maxNesting = 250;
/// Height of the tree: whoever walks it by recursion needs no more stack than this.
constexpr int maxHeight = 1000;
/// Characters; as the reference has it.
constexpr qsizetype maxLength = 100'000;

/// Parses by the grammar of CEL (semantics §8.2) and expands its macros. Names are not looked up:
/// that is for `compile`.
[[nodiscard]] tl::expected<Tree, Problem> parse(const QByteArray &text);

} // namespace devserver::expr
