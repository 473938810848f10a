// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/lettersummaries.h"

#include <functional>
#include <optional>

class QWidget;

namespace console {

class InfoBarStack;
struct Context;

/// Where a dead letter is edited: the dialog opens over \a over, and \a bars say how it went.
struct LetterEditing {
    Context &context;
    InfoBarStack &bars;
    QWidget &over; ///< nothing is done any more when it is gone
};

/// Reads the run, and asks in EditDialog for the data that it is to be retried with (ui.md 11).
/// \a letter  as a list knows it; without it, it is read with the run
/// \a done    a new run has begun
void editAndRetry(const LetterEditing &where, devserver::RunId run,
                  const std::optional<devserver::api::LetterSummary> &letter,
                  std::function<void()> done);

/// Views of runs ask for it by Navigator::editRun(): once for each window.
void editRunsWhenAsked(Context &context);

} // namespace console
