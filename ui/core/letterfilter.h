// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/lettersummaries.h"
#include "ui/core/pagedrows.h"

/// Filters of dead letters: which ones a live row fits, and which states a list asks for.
namespace console {

/// The word of the filter language for a code of semantics 9.4: `used-up`; empty: there is none.
[[nodiscard]] QByteArray letterReasonKey(const QByteArray &reason);

/// Says the same as the store, or Unknown: what needs data that a row does not have.
[[nodiscard]] Fit letterFits(const devserver::api::Filter &filter,
                             const devserver::api::LetterSummary &letter, devserver::TimePoint now);

/// Whether a line says which states it wants.
[[nodiscard]] bool namesLetterStates(const devserver::api::Filter &filter);

/// The line, and only open letters; with \a discarded those of the bin, too. A line that names
/// states says it alone.
[[nodiscard]] devserver::api::Filter letterStates(const devserver::api::Filter &filter,
                                                  bool discarded);

} // namespace console
