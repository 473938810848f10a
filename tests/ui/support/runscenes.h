// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/runwords.h"

#include <vector>

namespace console::test {

/// What the ids and times of `runRow` count from.
[[nodiscard]] devserver::TimePoint noon();

/// A run in this state, with what belongs to it.
[[nodiscard]] devserver::api::RunSummary
runIn(DisplayState state, WaitReason reason = WaitReason::None, int number = 3590);

/// About forty runs of a shop, an hour after noon: every state, newest first.
[[nodiscard]] std::vector<devserver::api::RunSummary> sampleRuns();
[[nodiscard]] devserver::api::Counters sampleCounters();

} // namespace console::test
