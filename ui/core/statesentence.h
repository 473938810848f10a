// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"

#include <QString>

/// State and reason as a sentence: `Failed for good: 5 of 5 attempts used. The last error was
/// TimeoutError.` (ui.md §8)
namespace console {

struct Inspection;

/// `attempt 2 of 5`, beside the state; empty for a first one. While something is running it is the
/// attempt of that, as in the sentence; other steps may have needed more.
[[nodiscard]] QString triedWords(const devserver::api::RunSummary &run);
[[nodiscard]] QString runSentence(const devserver::api::RunRecord &record,
                                  devserver::TimePoint now);
/// Of the step or the attempt that is inspected.
[[nodiscard]] QString stepSentence(const Inspection &inspection, devserver::TimePoint now);

} // namespace console
