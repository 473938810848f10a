// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/listcell.h"

/// How lists say an error (ui.md §6.1).
namespace console {

/// `Error` and `Exception`: all of the errors of an app may be of that class.
[[nodiscard]] bool saysNothing(const QByteArray &errorName);

/// `TimeoutError: the gateway did not answer`, of the message the first line. The class stays whole
/// as long as it has room; one that says nothing gives way to the message.
[[nodiscard]] Cell errorCell(const QByteArray &name, const QByteArray &message);

/// `error:…` of a name or a message as rows have it, which may be the beginning of one. Empty: of
/// none.
[[nodiscard]] QString errorTerm(const QByteArray &words);

/// `sig:…` of the dead letter. A run that is still tried has none; then its class, but not one that
/// says nothing. Empty: it has no error.
[[nodiscard]] QString sameErrorTerm(const devserver::api::RunSummary &run);

} // namespace console
