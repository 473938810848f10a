// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/attemptmodel.h"
#include "ui/core/format.h"
#include "ui/core/subjectfacts.h"

#include <vector>

namespace console {

/// `Attempt 5 · charge-card`; of equal errors `Attempts 1–4 · charge-card`. The number comes first,
/// as in the list. \a retries  of the run so far
[[nodiscard]] QString attemptTitle(const AttemptModel::Row &row, int retries);

/// `attempt 1`, `attempt 1 after the retry`; `after retry 2` where there was more than one.
[[nodiscard]] QString attemptWords(const AttemptModel::Row &row, int retries);

/// Beside a request, whose `"attempt"` is one less than the number that is said everywhere else.
[[nodiscard]] QString countingNote();

/// An instant of an attempt (semantics §1.5), with its word.
struct AttemptInstant {
    QString word;
    devserver::TimePoint at;
};

/// Those that are known, in order: started, connected, first byte, answered, recorded.
[[nodiscard]] std::vector<AttemptInstant> attemptInstants(const devserver::Attempt &attempt);

/// What is known of one row of the attempts, for those who have not the room for all columns.
[[nodiscard]] SubjectFacts attemptFacts(const AttemptModel::Row &row, devserver::TimePoint now,
                                        TimeStyle style);

} // namespace console
