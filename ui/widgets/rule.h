// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

class QPalette;
class QWidget;

namespace console {

/// Of borders and rules with these colours: 2 with those of high contrast (ui.md §22), whose lines
/// are as dark as their text.
[[nodiscard]] int lineWidth(const QPalette &palette);

/// A thin line between two parts of a panel.
[[nodiscard]] QWidget *makeRule(QWidget *parent);

} // namespace console
