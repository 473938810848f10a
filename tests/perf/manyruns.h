// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/store/store.h"

/// A store as a busy project has it, for the figures of the window (ui.md 4.2).
namespace devserver::test {

/// Id of a run, and of its event.
[[nodiscard]] Ulid ulidOf(int number);
/// Runs of 12 functions with 3 steps each, 5 of 100 dead, the last 200 asleep. False if the store
/// fails.
[[nodiscard]] bool fillWithRuns(store::Store &store, int runs);

} // namespace devserver::test
