// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/expressionvalues.h"

#include <QByteArray>
#include <QString>

namespace console {

/// Of an expression that was false for an event, the comparison because of which it was: of
/// `a && b` the first part that is false, of `a || b` all of it. Empty where that cannot be told:
/// calls and arithmetic are for the engine, here values are only compared (ui.md §9).
[[nodiscard]] TextRange falseComparison(const QString &expression, const QByteArray &eventJson);

} // namespace console
