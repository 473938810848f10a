// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

namespace console {

/// A trigger's expression with the values of the event put in, to see why it is false:
/// `event.data.plan == "pro"` becomes `"free" == "pro"` (ui.md §9). What the event does not have
/// stands there as `(missing)`. Strings and calls of the expression stay as they are. Empty if
/// there is nothing to put in, or the event is large. Cost: a pass over the event per path.
[[nodiscard]] QString withValues(const QByteArray &expression, const QByteArray &eventJson);

} // namespace console
