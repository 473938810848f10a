// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace console {

class ActionRegistry;
class MainWindow;
class Settings;

/// Binds what the window itself can do; views bind the rest.
void bindWindowActions(MainWindow &window);

/// Changed shortcuts and the switch for single letters.
void applyKeySettings(const Settings &settings, ActionRegistry &actions);

} // namespace console
