// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/attemptmodel.h"
#include "ui/core/format.h"
#include "ui/core/subjectfacts.h"

namespace console {

/// `charge-card #5`; of equal errors `charge-card #1–#4`.
[[nodiscard]] QString attemptTitle(const AttemptModel::Row &row);

/// What is known of one row of the attempts, for those who have not the room for all columns.
[[nodiscard]] SubjectFacts attemptFacts(const AttemptModel::Row &row, devserver::TimePoint now,
                                        TimeStyle style);

} // namespace console
