// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/matchingmodel.h"

#include "ui/core/format.h"

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

int MatchingModel::rowsOf(const Matching &matching) const
{
    const auto others = static_cast<int>(matching.others.size());
    return static_cast<int>(matching.verdicts.size()) + (others > 0 ? 1 : 0)
           + (m_isUnfolded ? others : 0);
}

void MatchingModel::setMatching(const Matching &matching)
{
    const int before = rowCount();
    const int after = rowsOf(matching);
    if (after == before) {
        m_matching = matching;
        if (after > 0)
            Q_EMIT dataChanged(index(0, 0), index(after - 1, ColumnCount - 1));
        return;
    }
    // Verdicts come in above the others: no row may be told to have moved without it.
    if (before > 0) {
        beginRemoveRows({}, 0, before - 1);
        m_matching = {};
        endRemoveRows();
    }
    if (after > 0) {
        beginInsertRows({}, 0, after - 1);
        m_matching = matching;
        endInsertRows();
    }
}

const MatchingVerdict *MatchingModel::verdict(int row) const
{
    const auto at = static_cast<std::size_t>(row);
    return row < 0 || at >= m_matching.verdicts.size() ? nullptr : &m_matching.verdicts[at];
}

bool MatchingModel::isOthersRow(int row) const
{
    return !m_matching.others.empty() && row == static_cast<int>(m_matching.verdicts.size());
}

const OtherListener *MatchingModel::other(int row) const
{
    const int at = row - static_cast<int>(m_matching.verdicts.size()) - 1;
    return at < 0 || at >= static_cast<int>(m_matching.others.size())
               ? nullptr
               : &m_matching.others[static_cast<std::size_t>(at)];
}

QByteArray MatchingModel::slugAt(int row) const
{
    if (const MatchingVerdict *each = verdict(row))
        return each->slug;
    const OtherListener *listener = other(row);
    return listener == nullptr ? QByteArray() : listener->slug;
}

void MatchingModel::toggleOthers()
{
    if (m_matching.others.empty())
        return;
    const auto first = static_cast<int>(m_matching.verdicts.size()) + 1;
    const int last = first + static_cast<int>(m_matching.others.size()) - 1;
    if (m_isUnfolded)
        beginRemoveRows({}, first, last);
    else
        beginInsertRows({}, first, last);
    m_isUnfolded = !m_isUnfolded;
    if (m_isUnfolded)
        endInsertRows();
    else
        endRemoveRows();
    Q_EMIT dataChanged(index(first - 1, 0), index(first - 1, ColumnCount - 1));
}

int MatchingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : rowsOf(m_matching);
}

int MatchingModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

Cell MatchingModel::cell(int row, int column) const
{
    Cell cell;
    if (const MatchingVerdict *each = verdict(row)) {
        if (column == FunctionColumn) {
            cell.text = QString::fromUtf8(each->functionName);
        } else if (column == VerdictColumn) {
            cell.text = each->verdict;
            cell.icon = each->icon;
            cell.iconToken = each->token;
        } else {
            cell.isMono = !each->code.isEmpty();
            cell.text = cell.isMono ? each->code : each->why;
            if (!each->target.isEmpty())
                cell.text = each->target;
            if (!each->error.isEmpty()) // words behind the code
                cell.text = each->why.chopped(each->error.size());
            QString rest = each->why; // wherever a translation names the target
            const qsizetype at = std::max<qsizetype>(rest.indexOf(cell.text), 0);
            cell.second = rest.remove(at, cell.text.size()).trimmed();
            cell.secondIcon = each->stateIcon;
            if (!each->stateIcon.isEmpty())
                cell.secondToken = each->stateToken;
            cell.isLink = !each->target.isEmpty();
            cell.token = cell.isLink ? Token::Accent : Token::TextDim;
            cell.underlineFrom = each->falsePart.from;
            cell.underlineSize = each->falsePart.size;
        }
        return cell;
    }
    cell.token = Token::TextDim;
    if (const OtherListener *listener = other(row)) {
        cell.text = column == FunctionColumn  ? QString::fromUtf8(listener->functionName)
                    : column == VerdictColumn ? tr("listens to")
                                              : listener->triggers;
    } else if (column == FunctionColumn) {
        const auto others = static_cast<int>(m_matching.others.size());
        cell.text = tr("%Ln function(s) (listens|listen) to other events", nullptr, others);
        cell.icon = m_isUnfolded ? u"chevron-down"_s : u"chevron-right"_s;
        cell.iconToken = Token::TextDim;
    }
    return cell;
}

QString MatchingModel::toolTip(int row, int column) const
{
    const MatchingVerdict *each = verdict(row);
    if (each == nullptr)
        return isOthersRow(row) ? tr("Click or Enter shows them") : tr("Enter opens the function");
    if (!each->run.isNull())
        return tr("Enter opens the run");
    return column == WhyColumn ? why(*each) : tr("Enter opens the function");
}

/// With what is shown by a line only.
QString MatchingModel::why(const MatchingVerdict &verdict) const
{
    if (verdict.falsePart.size == 0)
        return verdict.why;
    return tr("%1, where this is false: %2")
        .arg(verdict.why, verdict.code.mid(verdict.falsePart.from, verdict.falsePart.size));
}

QVariant MatchingModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    switch (role) {
    case CellDataRole:
        return QVariant::fromValue(cell(index.row(), index.column()));
    case Qt::AccessibleTextRole:
        if (const MatchingVerdict *each = verdict(index.row());
            each != nullptr && index.column() == WhyColumn)
            return why(*each);
        return cell(index.row(), index.column()).text;
    case Qt::DisplayRole:
        if (const MatchingVerdict *each = verdict(index.row());
            each != nullptr && index.column() == WhyColumn)
            return each->why;
        return cell(index.row(), index.column()).text;
    case Qt::ToolTipRole:
        return toolTip(index.row(), index.column());
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
