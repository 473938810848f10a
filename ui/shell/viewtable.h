// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

#include <functional>
#include <vector>

class QWidget;

namespace console {

class View;
struct Context;

/// One entry of the navigation rail; the view is made when it is first shown.
struct ViewEntry {
    QByteArray name;       ///< Place::view
    QByteArray objectName; ///< of its button: `navRuns`
    QByteArray action;     ///< `go.runs`
    const char *title;     ///< marked with QT_TRANSLATE_NOOP("Rail", …)
    const char *icon;
    std::function<View *(Context &, QWidget *)> make;
};

/// A panel beside or below the views, in a dock.
struct PanelEntry {
    QByteArray name;   ///< `inspector`; the dock is `inspectorDock`
    QByteArray action; ///< shows and hides it
    const char *title; ///< marked with QT_TRANSLATE_NOOP("Rail", …)
    Qt::DockWidgetArea area;
    std::function<QWidget *(Context &, QWidget *)> make;
};

/// All views of the window, in the order of the rail.
[[nodiscard]] const std::vector<ViewEntry> &viewTable();
[[nodiscard]] const std::vector<PanelEntry> &panelTable();

} // namespace console
