// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/stepstatsmodel.h"

#include "ui/core/format.h"

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::StepStats;

void StepStatsModel::setSteps(const std::vector<StepStats> &steps)
{
    const auto before = static_cast<int>(m_steps.size());
    const auto after = static_cast<int>(steps.size());
    const int both = std::min(before, after);
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_steps.resize(steps.size());
        endRemoveRows();
    }
    std::copy(steps.begin(), steps.begin() + both, m_steps.begin());
    if (both > 0)
        Q_EMIT dataChanged(index(0, 0), index(both - 1, ColumnCount - 1));
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_steps = steps;
        endInsertRows();
    }
}

int StepStatsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_steps.size());
}

int StepStatsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

Cell StepStatsModel::cell(const StepStats &step, int column) const
{
    switch (column) {
    case Step:
        return {.text = QString::fromUtf8(step.name.isEmpty() ? step.step : step.name)};
    case Runs:
        return {.text = formatCount(step.runs), .isRight = true};
    case Failures:
        return {.text = formatCount(step.failures),
                .token = step.failures > 0 ? Token::StateFailed : Token::TextDim,
                .isRight = true};
    default:
        return {.text = step.median ? formatDuration(*step.median) : u"–"_s, .isRight = true};
    }
}

QVariant StepStatsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const StepStats &step = m_steps[static_cast<std::size_t>(index.row())];
    const Cell shown = cell(step, index.column());
    switch (role) {
    case CellDataRole:
        return QVariant::fromValue(shown);
    case Qt::DisplayRole:
        return shown.text;
    case Qt::AccessibleTextRole:
        return QString(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString()
                       + u": "_s + shown.text);
    case Qt::ToolTipRole:
        return index.column() == Step ? QString::fromUtf8(step.step) : QString();
    default:
        return {};
    }
}

QVariant StepStatsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section != Step)
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Step:
        return tr("Step");
    case Runs:
        return tr("Runs");
    case Failures:
        return tr("Failed attempts");
    default:
        return tr("Median");
    }
}

} // namespace console
