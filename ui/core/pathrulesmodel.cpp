// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/pathrulesmodel.h"

#include "ui/core/listcell.h"
#include "ui/core/pathrules.h"

#include <algorithm>

namespace console {

PathRulesModel::PathRulesModel(const PathRules &rules, QObject *parent)
    : QAbstractTableModel(parent)
    , m_rules(rules)
    , m_rows(rules.rules())
{
    connect(&rules, &PathRules::changed, this, &PathRulesModel::follow);
}

const PathRewrite &PathRulesModel::rule(int row) const
{
    return m_rows.at(static_cast<std::size_t>(row));
}

/// Rows that stay keep their place, so that what is selected stays selected.
void PathRulesModel::follow()
{
    const std::vector<PathRewrite> &wanted = m_rules.rules();
    const auto takeAway = [this](int row) {
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    };
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (std::ranges::find(wanted, rule(row)) == wanted.end())
            takeAway(row);
    }
    for (int row = 0; row < static_cast<int>(wanted.size()); ++row) {
        const PathRewrite &next = wanted.at(static_cast<std::size_t>(row));
        if (row < rowCount() && rule(row) == next)
            continue;
        beginInsertRows({}, row, row);
        m_rows.insert(m_rows.begin() + row, next);
        endInsertRows();
    }
    while (m_rows.size() > wanted.size()) // one that was told again is the last one now
        takeAway(rowCount() - 1);
}

int PathRulesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PathRulesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PathRulesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const PathRewrite &shown = rule(index.row());
    const bool isRelative = index.column() == From && shown.from.isEmpty();
    const QString text = isRelative               ? tr("(relative paths)")
                         : index.column() == From ? shown.from
                                                  : shown.to;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return text;
    case CellDataRole:
        return QVariant::fromValue(
            Cell{.text = text, .isMono = !isRelative, .elide = Qt::ElideMiddle});
    default:
        return {};
    }
}

QVariant PathRulesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == From ? tr("In the error") : tr("On this machine");
}

} // namespace console
