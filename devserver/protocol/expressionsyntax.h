// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace devserver::protocol {

/// What makes it certain that an expression cannot compile: it is blank, or a quote or bracket is
/// not closed. Empty if nothing is; the rest is left to the evaluator.
[[nodiscard]] QByteArray expressionProblem(QByteArrayView expression);

/// `event.data.function_id == '<slug>'`, which SDKs give their onFailure functions
/// (protocol.md 2.6) and which this version evaluates.
[[nodiscard]] bool isFailureFilter(QByteArrayView expression);

} // namespace devserver::protocol
