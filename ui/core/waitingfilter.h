// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/filter.h"
#include "ui/core/waitingrow.h"

namespace console {

/// Whether a filter line finds a row of the agenda. All of it is here, so nobody else is asked; a
/// time of `due` lies ahead: `due<5m` is what happens within five minutes.
[[nodiscard]] bool waitingFits(const devserver::api::Filter &filter, const WaitingRow &row,
                               devserver::TimePoint now);

} // namespace console
