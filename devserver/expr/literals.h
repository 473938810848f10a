// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/expr/lexer.h"

#include <tl/expected.hpp>

namespace devserver::expr {

/// The value of a number, string or bytes token of \a text. \a isNegative: a minus belongs to it,
/// so that -9223372036854775808 can be written.
[[nodiscard]] tl::expected<Literal, Problem> decodeLiteral(QByteArrayView text, const Token &token,
                                                           bool isNegative = false);

} // namespace devserver::expr
