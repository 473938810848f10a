// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/shell/mainwindow.h"

/// As arrange.h, of the whole window: what an earlier start left in it.
namespace console::test::arrange {

/// Where the last start ended.
inline void place(MainWindow &window, const Place &place)
{
    window.go(place);
}

inline void theme(MainWindow &window, ThemeChoice theme)
{
    window.workspace().settings.setTheme(theme);
}

inline void density(MainWindow &window, Density density)
{
    window.workspace().settings.setDensity(density);
}

/// The application's font is that of all windows: tests put it back.
inline void fontPercent(MainWindow &window, int percent)
{
    window.workspace().settings.setFontPercent(percent);
}

} // namespace console::test::arrange
