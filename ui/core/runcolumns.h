// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/format.h"
#include "ui/core/listcell.h"

#include <optional>
#include <vector>

/// What the columns of a list of runs say (ui.md §6.1); for the list, for copies and for tooltips.
namespace console {

enum class RunColumn {
    State,
    Function,
    Trigger,
    Progress,
    Attempts,
    Queued,
    Started,
    Ended,
    Duration,
    Waited,
    Error,
    RunId,
    App,
    Origin,
    Key,
};

/// In the order of RunColumn.
[[nodiscard]] std::vector<ColumnSpec> runColumns();
/// By what the engine sorts for a click on the header; nothing: not at all.
[[nodiscard]] std::optional<devserver::api::RunSort> sortOf(RunColumn column);
[[nodiscard]] std::optional<RunColumn> columnOf(devserver::api::RunSort sort);

/// How cells are written now.
struct RunCellStyle {
    devserver::TimePoint now;
    TimeStyle times = TimeStyle::Relative;
    bool showsApps = false; ///< the function column names the app: there are several
};

[[nodiscard]] Cell runCell(const devserver::api::RunSummary &run, RunColumn column,
                           const RunCellStyle &style);
[[nodiscard]] QString runToolTip(const devserver::api::RunSummary &run, RunColumn column,
                                 const RunCellStyle &style);
/// Full words: `Waiting, sleep, ends Tuesday 09:00:00`.
[[nodiscard]] QString runSpoken(const devserver::api::RunSummary &run, RunColumn column,
                                const RunCellStyle &style);
/// `fn:charge-order`; empty for columns that have nothing to filter by.
[[nodiscard]] QString runFilterTerm(const devserver::api::RunSummary &run, RunColumn column);
[[nodiscard]] QString runCopyText(const devserver::api::RunSummary &run, RunColumn column,
                                  const RunCellStyle &style);
/// When a text of the row will read differently.
[[nodiscard]] std::optional<std::chrono::milliseconds>
runTextChange(const devserver::api::RunSummary &run, const RunCellStyle &style);

/// `2 of 3 done`; `1 done so far` as long as more steps may come.
[[nodiscard]] QString progressWords(const devserver::api::RunSummary &run);

/// `order/created`, `invoke`, `failure of …`: what people call what started it.
[[nodiscard]] QString triggerText(const QByteArray &eventName);

} // namespace console
