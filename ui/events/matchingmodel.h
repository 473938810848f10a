// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/listcell.h"
#include "ui/core/matchingverdicts.h"

#include <QAbstractTableModel>

namespace console {

/// The rows of the Matching tab: function, verdict, why; last how many listen to other events, and
/// below that, if it is unfolded, which ones.
class MatchingModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { FunctionColumn, VerdictColumn, WhyColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Rows that stay the same are not announced.
    void setMatching(const Matching &matching);

    /// Shows those that listen to other events, or hides them.
    void toggleOthers();

    /// Null for the rows behind the verdicts.
    [[nodiscard]] const MatchingVerdict *verdict(int row) const;
    /// The row that unfolds.
    [[nodiscard]] bool isOthersRow(int row) const;
    /// Of the row's function; empty for the row that unfolds.
    [[nodiscard]] QByteArray slugAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] int rowsOf(const Matching &matching) const;
    [[nodiscard]] const OtherListener *other(int row) const;
    [[nodiscard]] Cell cell(int row, int column) const;
    [[nodiscard]] QString why(const MatchingVerdict &verdict) const;
    [[nodiscard]] QString toolTip(int row, int column) const;

    Matching m_matching;
    bool m_isUnfolded = false;
};

} // namespace console
