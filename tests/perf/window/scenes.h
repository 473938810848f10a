// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

/// The window's budgets (ui.md §4.2 and §27.4), one function each; they print figures.
namespace console::test {

void measureRuns();
void measureTimeline();
void measureDeadLetters();
void measurePayload();
void measureIdle();
void measureLive();
void measureStart();
/// Likewise with few runs and one start: seconds, so that a test can see that it works.
void measureSmallStart();

/// One start of the window on this file, in a process of its own; prints milliseconds since
/// \a begin and those of filter changes. \returns the exit code.
int startOnce(const QString &file, double begin);

} // namespace console::test
