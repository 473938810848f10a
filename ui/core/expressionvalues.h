// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

namespace console {

/// Characters of a text.
struct TextRange {
    int from = 0;
    int size = 0;

    bool operator==(const TextRange &) const = default;
};

/// A trigger's expression with the values of the event put in, to see why it is false:
/// `event.data.plan == "pro"` becomes `"free" == "pro"` (ui.md §9). What the event does not have
/// stands there as `(missing)`. Strings and calls of the expression stay as they are. Empty if
/// there is nothing to put in, or the event is large. Cost: a pass over the event per path.
/// \param part  of the expression; becomes where the same stands in what is returned
[[nodiscard]] QString withValues(const QByteArray &expression, const QByteArray &eventJson,
                                 TextRange *part = nullptr);

/// `event.data.plan`, all of the text.
[[nodiscard]] bool isEventPath(const QString &text);
/// The bytes of the value at such a path; empty: the event has none.
[[nodiscard]] QByteArray eventValueAt(const QString &path, const QByteArray &eventJson);

} // namespace console
