// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/expr/syntax.h"

#include <tl/expected.hpp>

namespace devserver::expr {

/// Parses an expression and looks up its names: what compiles here may be registered (semantics
/// §6.2). Types are not checked, as most of an event has none before it arrives.
[[nodiscard]] tl::expected<Tree, Problem> compile(const QByteArray &text);

/// `column 16: expected a value, found the end`; with the line if \a text has several. Counts
/// characters from 1.
[[nodiscard]] QByteArray describe(const Problem &problem, const QByteArray &text);

} // namespace devserver::expr
