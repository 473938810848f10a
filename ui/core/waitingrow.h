// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/format.h"
#include "ui/core/listcell.h"

#include <array>
#include <optional>
#include <tuple>
#include <vector>

/// What happens by itself, and when (ui.md 12).
namespace console {

enum class WaitingKind {
    Retry,
    Sleep,
    Delayed,
    Offline,
    Gone, ///< its app does not have the function any more
};

inline constexpr std::array waitingKinds = {WaitingKind::Retry, WaitingKind::Sleep,
                                            WaitingKind::Delayed, WaitingKind::Offline,
                                            WaitingKind::Gone};

enum class WaitingColumn { When, What, Function, Why, Action, Run };

/// One branch of a run that waits; what waits for an app that does not answer is one row together.
struct WaitingRow {
    WaitingKind kind = WaitingKind::Retry;
    std::optional<devserver::TimePoint> due; ///< unknown: nothing but the app decides
    devserver::RunId run;                    ///< null: all that wait for `app`
    devserver::JobId job;
    QString step;
    QString function;
    QString app;
    QByteArray slug;
    int attempt = 0; ///< the one to come, counted from 1
    int maxAttempts = 0;
    QString error; ///< of the attempt before
    QString errorMessage;
    QByteArray event; ///< name of the one that started the run
    QByteArray idempotencyKey;
    devserver::TimePoint queuedAt;
    int count = 1; ///< runs in the row

    [[nodiscard]] bool isGroup() const { return run.isNull(); }

    /// The order of the list: by time, unknown ones last.
    [[nodiscard]] std::tuple<devserver::TimePoint, devserver::RunId, devserver::JobId> key() const
    {
        return {due.value_or(devserver::TimePoint::max()), run, job};
    }

    [[nodiscard]] QByteArray id() const { return run.toText() + '/' + job; }

    bool operator==(const WaitingRow &) const = default;
};

/// Of each branch of the run that waits for something; empty for a run that works or has ended.
[[nodiscard]] std::vector<WaitingRow> waitingRows(const devserver::api::RunSummary &run);
/// The row of all that wait for the app of \a one; count and error are those of nobody yet.
[[nodiscard]] WaitingRow offlineRow(const WaitingRow &one);
/// `fn:charge-order`, for `Only this value`; empty: the language has no word for the cell.
[[nodiscard]] QString waitingTerm(const WaitingRow &row, WaitingColumn column);

[[nodiscard]] Cell waitingCell(const WaitingRow &row, WaitingColumn column,
                               devserver::TimePoint now, TimeStyle style);
/// `in 4 s`, `12:30:00`, `Fri 09:00`, `when shop answers`, `when shop has it`.
[[nodiscard]] QString waitingWhen(const WaitingRow &row, devserver::TimePoint now, TimeStyle style);
/// `Retry, attempt 3 of 5`
[[nodiscard]] QString waitingWhat(const WaitingRow &row);
[[nodiscard]] QString waitingWhy(const WaitingRow &row, devserver::TimePoint now);
/// `Retries`, for chips.
[[nodiscard]] QString waitingKindWord(WaitingKind kind);
/// For chips and settings: `retry`.
[[nodiscard]] QByteArray waitingKindKey(WaitingKind kind);
[[nodiscard]] QString waitingIcon(WaitingKind kind);
[[nodiscard]] Token waitingToken(WaitingKind kind);

} // namespace console
