// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGlobal>

#include <functional>

class QWidget;

namespace console {

struct Context;

/// What quitting would interrupt.
struct WorkInFlight {
    qint64 running = 0;      ///< runs being executed
    bool isKept = true;      ///< in a data file
    bool isForOther = false; ///< another data file takes the place of this one
};

/// Asks whether to quit while runs are executed, unless it is asked already (ui.md §20).
void askToQuit(Context &context, const WorkInFlight &work, QWidget *window,
               std::function<void()> quit);

} // namespace console
