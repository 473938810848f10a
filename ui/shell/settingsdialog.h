// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringList>

class QWidget;

namespace console {

struct Context;

/// The settings: one dialog, categories at the left, applied at once (ui.md §25). Only one is open
/// at a time.
/// \a page is an index of `settingsPageNames`; without a \a parent it is the active window.
void openSettings(Context &context, QWidget *parent, int page = 0);

/// Translated, in the order of the dialog.
[[nodiscard]] QStringList settingsPageNames();

} // namespace console
