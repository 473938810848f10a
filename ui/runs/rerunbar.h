// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"

/// Bars about a run that is cancelled or started again (ui.md §6.3).
namespace console {

class InfoBarStack;
struct Context;

/// Starts the run again, and says in \a bars, by a bar of this \a id, that it was or why it was
/// not. \a bars  ends no later than \a context
void rerunAndTell(Context &context, InfoBarStack &bars, devserver::RunId run, const QByteArray &id);

/// Says that the run is cancelled, which nobody was asked about: *Rerun* starts it again.
void tellCancelled(Context &context, InfoBarStack &bars, const devserver::api::RunSummary &run,
                   const QByteArray &id);

} // namespace console
