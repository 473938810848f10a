// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

class QWidget;

namespace console {

struct Context;

/// All actions with their keys in force, made of the registry, with a search line (ui.md §18).
void openShortcutSheet(Context &context, QWidget *parent);

} // namespace console
