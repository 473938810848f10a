// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

/// The window's budgets (ui.md §4.2 and §27.4), one function each; they print figures.
namespace console::test {

void measureRuns();
void measureTimeline();
void measureDeadLetters();
void measurePayload();
void measureIdle();

} // namespace console::test
