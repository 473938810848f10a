// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/format.h"
#include "ui/core/timelinedata.h"

#include <QAbstractTableModel>

#include <chrono>
#include <optional>
#include <vector>

namespace console {

/// The steps of a run as a table: the twin of the drawing (ui.md §7.1). Changes by inserts,
/// removals and changes, never by a reset.
class StepModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// What matters most comes first: where there is little room, the last ones wait for more.
    enum Column {
        Number,
        Step,
        Kind,
        State,
        Attempts,
        Started,
        Duration,
        Error,
        OutputSize,
        Queued,
        Ended,
        Waited,
        ColumnCount,
    };

    enum Role {
        SortRole = Qt::UserRole, ///< numbers for what is counted or timed, else the text
        StateRole,               ///< int of BarState
        KindRole,                ///< int of RowKind
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setTimeline(const TimelineDataPtr &data);
    /// For steps that still run. \returns how long their durations read so; nothing if none does
    std::optional<std::chrono::milliseconds> setNow(devserver::TimePoint now);
    /// Relative: since the start of the run.
    void setTimeStyle(TimeStyle style);

    [[nodiscard]] const TimelineRow &row(int index) const
    {
        return m_rows[static_cast<std::size_t>(index)];
    }

    [[nodiscard]] int indexOf(const devserver::StepId &step) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QString numberOf(int row) const;
    [[nodiscard]] QString text(int row, int column) const;
    [[nodiscard]] QString timeText(const std::optional<devserver::TimePoint> &at) const;
    [[nodiscard]] static std::optional<devserver::TimePoint> timeIn(const TimelineRow &row,
                                                                    int column);
    [[nodiscard]] QVariant toolTip(int row, int column) const;
    [[nodiscard]] QVariant sortValue(int row, int column) const;

    std::vector<TimelineRow> m_rows;
    devserver::TimePoint m_start;
    devserver::TimePoint m_now;
    TimeStyle m_style = TimeStyle::Relative;
};

} // namespace console
