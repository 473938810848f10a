// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>

class QWidget;

namespace console {

/// What Tab stops at in \a window as it is shown now, in the order in which it is read (ui.md §23):
/// from the top, in a row from the side on which reading begins. What lies in one container stays
/// together. Of buttons of which one is chosen, that one.
[[nodiscard]] QList<QWidget *> tabStops(const QWidget *window);

/// Moves the focus of \a window to the next, or the previous, of its tabStops(); after the last
/// comes the first. Qt's own order is that in which widgets were made: what is made when it is
/// first needed, as views, tabs and rows of links, would come after everything else. For
/// QWidget::focusNextPrevChild of a window. \returns false if there is none.
bool moveFocusAsRead(QWidget *window, bool forwards);

} // namespace console
