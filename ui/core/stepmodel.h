// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/timelinedata.h"

#include <QAbstractTableModel>

#include <vector>

namespace console {

/// The steps of a run as a table: the twin of the drawing (ui.md §7.1). Changes by inserts,
/// removals and changes, never by a reset.
class StepModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Number,
        Step,
        Kind,
        State,
        Attempts,
        Queued,
        Started,
        Ended,
        Waited,
        Duration,
        Error,
        OutputSize,
        ColumnCount,
    };

    enum Role {
        SortRole = Qt::UserRole, ///< numbers for what is counted or timed, else the text
        StateRole,               ///< int of BarState
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setTimeline(const TimelineDataPtr &data);
    /// For steps that still run.
    void setNow(devserver::TimePoint now);

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
    [[nodiscard]] QString text(const TimelineRow &row, int number, int column) const;
    [[nodiscard]] QVariant sortValue(const TimelineRow &row, int number, int column) const;

    std::vector<TimelineRow> m_rows;
    devserver::TimePoint m_start;
    devserver::TimePoint m_now;
};

} // namespace console
