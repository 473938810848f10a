// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPalette>

#include <functional>

class QObject;

/// Version guards live here and nowhere else (ui.md §22).
namespace console::compat {

/// Whether the desktop wants dark windows: what Qt knows (6.5 and newer), else the lightness of
/// \a original, the palette before ours.
[[nodiscard]] bool isSystemDark(const QPalette &original);
/// Calls \a changed whenever that may have changed; never on Qt versions that do not tell.
void onSystemThemeChange(QObject *context, std::function<void()> changed);
/// Window frames follow our theme, where Qt can do that (6.8 and newer).
void tellFrames(bool isDark);

} // namespace console::compat
