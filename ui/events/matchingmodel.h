// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/matchingverdicts.h"

#include <QAbstractTableModel>

namespace console {

/// The rows of the Matching tab: function, verdict, why; last how many listen to other events.
class MatchingModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { FunctionColumn, VerdictColumn, WhyColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows that stay the same are not announced.
    void setMatching(const Matching &matching);

    /// Null for the last row.
    [[nodiscard]] const MatchingVerdict *verdict(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] static int rowsOf(const Matching &matching);

    Matching m_matching;
};

} // namespace console
