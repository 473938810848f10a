// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/savedviews.h"

class QWidget;

namespace console {

struct Context;

/// Asks for a name and keeps \a saved under it.
void openSaveViewDialog(Context &context, const SavedView &saved, QWidget *parent);
/// All saved views of the project: rename with F2, remove with Del and undo.
void openSavedViewsDialog(Context &context, QWidget *parent);

} // namespace console
