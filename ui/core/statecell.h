// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/listcell.h"

/// The state of a run in a list: its word, what it waits for and how long.
namespace console {

[[nodiscard]] Cell stateCell(const devserver::api::RunSummary &run, devserver::TimePoint now);
/// In a column of one width, whatever the rows say: room for each state, and for what is waited for
/// within a minute; what takes longer is said in a shorter form. Where room is scarce, all times
/// are, and then stand alone.
[[nodiscard]] ColumnSpec withStateWidth(ColumnSpec column);

} // namespace console
