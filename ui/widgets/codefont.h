// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFont>

class QWidget;

namespace console {

/// The fixed-width font that looks as large as the text of \a like.
[[nodiscard]] QFont codeFont(const QFont &like);
/// Gives it to a widget, and again whenever the font of the window changes.
void useCodeFont(QWidget *widget);

} // namespace console
