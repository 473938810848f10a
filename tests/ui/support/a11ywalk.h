// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/tabwalk.h"

#include <QStringList>

class QWidget;

namespace console::test {

/// What a screen reader or a keyboard would miss in \a root as it is shown now, one line per
/// finding (ui.md §23, §27.2): focusable widgets without an accessible name, icon-only buttons
/// without a tooltip, the same mnemonic twice, targets under 24 px, text of labels and buttons that
/// is cut off. Use: `QCOMPARE(a11yFindings(view), QStringList())`.
[[nodiscard]] QStringList a11yFindings(const QWidget *root);

/// Controls and labels of \a root that are partly outside of what can be seen, such as a button
/// that the edge of the window or of a panel cuts; what can be scrolled to does not count.
[[nodiscard]] QStringList cutOffFindings(const QWidget *root);

} // namespace console::test
