// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

class QLabel;
class QWidget;

namespace console {

/// Left and right of what stands in the panes of the composer.
inline constexpr int paneMargin = 12;

/// Small strong words above a part of a pane.
[[nodiscard]] QLabel *paneHeading(const QString &text, QWidget *parent);

} // namespace console
