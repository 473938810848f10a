// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringList>

class QWidget;

namespace console::test {

/// Parts of Qt's own widgets are the business of their owner.
[[nodiscard]] bool isPartOfQt(const QWidget *widget);

/// Whether Tab is meant to come to the widget as things are now.
[[nodiscard]] bool canHaveFocus(const QWidget *widget);

/// Class and object name, for people who read a finding.
[[nodiscard]] QString nameOf(const QWidget *widget);

/// One round of the window of \a root with Tab alone (ui.md §23, §27.2): each control of \a root is
/// reached, none of them twice, and within a pane they come as they are read: from the top, in a
/// row from the side on which reading begins. Panes of a window may follow each other in any order.
/// \returns one line per finding.
[[nodiscard]] QStringList tabWalkFindings(QWidget *root);

} // namespace console::test
