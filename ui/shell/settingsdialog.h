// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

class QWidget;

namespace console {

struct Context;

/// The settings: one dialog, categories at the left, applied at once (ui.md §25). Only one is open
/// at a time.
void openSettings(Context &context, QWidget *parent);

} // namespace console
