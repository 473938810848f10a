// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

class QMenuBar;
class QWidget;

namespace console {

struct Context;

/// The menu bar, made of the action table; actions of views that do not exist are left out.
[[nodiscard]] QMenuBar *makeMenuBar(Context &context, QWidget *parent);

} // namespace console
