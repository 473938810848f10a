// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/figures.h"
#include "ui/core/listcell.h"

#include <QAbstractTableModel>

#include <vector>

namespace console {

/// The steps that a function tried in its last runs, in their order. Rows are changed, inserted and
/// removed at the end, never reset. GUI thread.
class StepStatsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Step, Runs, Failures, Mean, Median, P95, LastOutput, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] static std::vector<ColumnSpec> columns();

    void setSteps(const std::vector<devserver::api::StepStats> &steps);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] static QString failuresOf(const devserver::api::StepStats &step);
    [[nodiscard]] static QString tip(const devserver::api::StepStats &step, int column);
    [[nodiscard]] Cell cell(const devserver::api::StepStats &step, int column) const;

    std::vector<devserver::api::StepStats> m_steps;
};

} // namespace console
