// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

class QWidget;

namespace console {

class ActionRegistry;
class MainWindow;
class Settings;

/// Binds what the window itself can do; views bind the rest.
void bindWindowActions(MainWindow &window);

/// Changed shortcuts and the switch for single letters.
void applyKeySettings(const Settings &settings, ActionRegistry &actions);

/// Gives the focus to a pane: to what it had the last time, else to its first control.
/// \returns false if there is nothing in it that can have the focus.
bool focusInside(QWidget *pane, MainWindow &window);

} // namespace console
