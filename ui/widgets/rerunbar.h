// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"

#include <QByteArray>
#include <QString>

#include <vector>

/// Bars about a run that is cancelled or started again (ui.md §6.3).
namespace console {

class InfoBarStack;
struct Context;

/// Starts the run again, and says in \a bars, by a bar of this \a id, that it was or why it was
/// not. \a bars  ends no later than \a context
void rerunAndTell(Context &context, InfoBarStack &bars, devserver::RunId run, const QByteArray &id);

/// Says that the run is cancelled, which nobody was asked about: *Rerun* starts it again.
/// \a function  the name of its function. The bar takes the place of the one of this \a id, but
/// each run has its own: one after the other can be started again.
void tellCancelled(Context &context, InfoBarStack &bars, const QString &function,
                   devserver::RunId run, const QByteArray &id);

/// The same of several, of which one bar tells: *Rerun* starts each of them again.
void tellCancelled(Context &context, InfoBarStack &bars, const std::vector<devserver::RunId> &runs,
                   const QByteArray &id);

} // namespace console
