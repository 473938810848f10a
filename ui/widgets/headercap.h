// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

class QAbstractScrollArea;
class QTableView;
class QWidget;

namespace console {

class Theme;

/// The header of a table goes on to the edge of the pane, and the scroll bar begins below it.
void capScrollBar(QTableView &table, Theme &theme);
void capScrollBar(QAbstractScrollArea &area, QWidget &header, Theme &theme);

} // namespace console
