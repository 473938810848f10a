// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"

#include <QString>

/// Bars about a run that is cancelled or started again (ui.md §6.3).
namespace console {

class InfoBarStack;
struct Context;

/// Starts the run again, and says in \a bars, by a bar of this \a id, that it was or why it was
/// not. \a bars  ends no later than \a context
void rerunAndTell(Context &context, InfoBarStack &bars, devserver::RunId run, const QByteArray &id);

/// Says that the run is cancelled, which nobody was asked about: *Rerun* starts it again.
/// \a function  the name of its function
void tellCancelled(Context &context, InfoBarStack &bars, const QString &function,
                   devserver::RunId run, const QByteArray &id);

/// The name of its function, as people read it.
[[nodiscard]] QString functionOf(const devserver::api::RunSummary &run);

} // namespace console
