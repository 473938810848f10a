// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/matchingmodel.h"

#include "ui/core/format.h"
#include "ui/core/listcell.h"

namespace console {

using namespace Qt::StringLiterals;

int MatchingModel::rowsOf(const Matching &matching)
{
    return static_cast<int>(matching.verdicts.size()) + (matching.others > 0 ? 1 : 0);
}

void MatchingModel::setMatching(const Matching &matching)
{
    const int before = rowCount();
    const int after = rowsOf(matching);
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_matching = matching;
        endRemoveRows();
    } else if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_matching = matching;
        endInsertRows();
    } else {
        m_matching = matching;
    }
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const MatchingVerdict *MatchingModel::verdict(int row) const
{
    const auto at = static_cast<std::size_t>(row);
    return row < 0 || at >= m_matching.verdicts.size() ? nullptr : &m_matching.verdicts[at];
}

int MatchingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : rowsOf(m_matching);
}

int MatchingModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MatchingModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const MatchingVerdict *each = verdict(index.row());
    Cell cell;
    if (each == nullptr) {
        if (index.column() == FunctionColumn)
            cell.text =
                m_matching.others == 1
                    ? tr("1 function listens to other events")
                    : tr("%1 functions listen to other events").arg(formatCount(m_matching.others));
        cell.token = Token::TextDim;
    } else if (index.column() == FunctionColumn) {
        cell.text = QString::fromUtf8(each->functionName);
    } else if (index.column() == VerdictColumn) {
        cell.text = each->verdict;
        cell.icon = each->icon;
        cell.iconToken = each->token;
    } else {
        cell.text = each->why;
        cell.token = each->run.isNull() ? Token::TextDim : Token::Accent;
    }
    switch (role) {
    case CellDataRole:
        return QVariant::fromValue(cell);
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return cell.text;
    case Qt::ToolTipRole:
        if (each != nullptr && index.column() == WhyColumn)
            return each->run.isNull() ? each->why : tr("Enter opens the run");
        return {};
    default:
        return {};
    }
}

QVariant MatchingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case FunctionColumn:
        return tr("Function");
    case VerdictColumn:
        return tr("Verdict");
    default:
        return tr("Why");
    }
}

} // namespace console
