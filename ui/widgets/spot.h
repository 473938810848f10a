// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QJsonObject>

class QAbstractButton;
class QWidget;

/// Where people were in a part of the window, so that it is found as it was after closing and
/// starting again (ui.md §25). What has an object name takes part: the tab of each QTabWidget, the
/// scrolling and selection of each ListTable, and the buttons that `remember` was called for.
namespace console {

/// Whether this button is checked is part of the spot.
void remember(QAbstractButton *button);

[[nodiscard]] QJsonObject widgetSpot(const QWidget &root);
/// Lists go there as soon as they have their rows.
void showWidgetSpot(const QWidget &root, const QJsonObject &spot);

} // namespace console
