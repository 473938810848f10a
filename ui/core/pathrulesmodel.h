// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/pathrewrite.h"

#include <QAbstractTableModel>

#include <vector>

namespace console {

class PathRules;

/// The folders of the project's errors and where they are here, in the order of `PathRules`, which
/// outlives it. GUI thread.
class PathRulesModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { From, To, ColumnCount };

    explicit PathRulesModel(const PathRules &rules, QObject *parent = nullptr);

    [[nodiscard]] const PathRewrite &rule(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    void follow();

    const PathRules &m_rules;
    std::vector<PathRewrite> m_rows; ///< as the views know them
};

} // namespace console
