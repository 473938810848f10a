// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringList>

class QWidget;

namespace console {

struct Context;

/// In the order of the dialog.
enum class SettingsPage { Appearance, Keyboard, Editor, Data, Questions, Security };

/// The settings: one dialog, categories at the left, applied at once (ui.md §25). Only one is open
/// at a time.
/// Without a \a parent it is the active window.
void openSettings(Context &context, QWidget *parent, SettingsPage page = SettingsPage::Appearance);

/// Translated, in the order of SettingsPage.
[[nodiscard]] QStringList settingsPageNames();

} // namespace console
