// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace console {

class FilterEdit;
class MainWindow;

/// The filter line of the view that is shown, or null.
[[nodiscard]] FilterEdit *filterOf(MainWindow &window);

/// Below the star of the filter line: save, the saved views and those that come with the program,
/// manage.
void openSavedViewsMenu(MainWindow &window);
/// Asks for the name of the current filter.
void openSaveView(MainWindow &window);

} // namespace console
