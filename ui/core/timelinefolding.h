// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/timelinedata.h"

#include <QByteArray>
#include <QString>

#include <set>
#include <vector>

namespace console {

/// Many steps whose names differ only in a number (ui.md §7.3/10).
struct StepFold {
    QString name; ///< `resize-image-*`
    QByteArray key;
    std::vector<int> rows; ///< indexes into TimelineData::rows
    int succeeded = 0;
    int failed = 0;
    int open = 0; ///< running or waiting
    std::chrono::milliseconds shortest{};
    std::chrono::milliseconds mean{};
    std::chrono::milliseconds longest{};
    BarState worst = BarState::Queued;
};

/// Which rows are shown; zoom is something else (ui.md §2/7).
struct RowFilter {
    enum class Only { All, Failed, Waiting, Slow };

    Only only = Only::All;
    QString find; ///< rows without it are dimmed

    bool operator==(const RowFilter &) const = default;
};

/// The step is not hidden, and its name has what is looked for; false if nothing is.
[[nodiscard]] bool isFound(const TimelineRow &row, const RowFilter &filter,
                           const TimelineData &data);

/// A line of the drawing: a row of the data, or a fold.
struct ShownRow {
    int row = -1;  ///< index into TimelineData::rows; -1: a fold
    int fold = -1; ///< the fold that it is, or that it is in
    int depth = 0;
    bool isOpen = false;
    bool isDimmed = false;
    int found = -1; ///< of a fold: how many of its steps have what is looked for; -1: nothing is
    int call = -1; ///< under its step: one call to the app, index into TimelineRow::bars

    [[nodiscard]] bool isCall() const { return call >= 0; }

    [[nodiscard]] bool isFold() const { return row < 0; }

    bool operator==(const ShownRow &) const = default;
};

/// Folds of more than 20 similar steps.
[[nodiscard]] std::vector<StepFold> findFolds(const TimelineData &data);

/// In the order of the rows; a fold stands where its first step would. With \a showsCalls each call
/// to the app has a row under its step.
[[nodiscard]] std::vector<ShownRow> shownRows(const TimelineData &data,
                                              const std::vector<StepFold> &folds,
                                              const std::set<QByteArray> &opened,
                                              const RowFilter &filter, bool showsCalls = false);

/// Of a row with a start: until its end, or until \a now.
[[nodiscard]] std::chrono::milliseconds durationOf(const TimelineRow &row,
                                                   devserver::TimePoint now);

} // namespace console
