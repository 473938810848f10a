// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/events/eventrunsmodel.h"

#include "ui/core/feed.h"
#include "ui/widgets/settings.h"

#include <algorithm>
#include <array>

namespace console {

using devserver::api::RunSummary;

namespace {

constexpr std::array shownColumns = {RunColumn::Function, RunColumn::State,    RunColumn::Progress,
                                     RunColumn::Attempts, RunColumn::Duration, RunColumn::RunId,
                                     RunColumn::Error};

RunColumn columnAt(int column)
{
    return shownColumns[static_cast<std::size_t>(column)];
}

} // namespace

EventRunsModel::EventRunsModel(Context &context, QObject *parent)
    : QAbstractTableModel(parent)
    , m_context(context)
{
    connect(&context.feed, &Feed::runsChanged, this, &EventRunsModel::take);
}

void EventRunsModel::setRuns(devserver::EventId event, const std::vector<RunSummary> &runs)
{
    if (event != m_event && !m_runs.empty()) {
        beginRemoveRows({}, 0, rowCount() - 1);
        m_runs.clear();
        endRemoveRows();
    }
    m_event = event;
    take(runs);
}

void EventRunsModel::take(const std::vector<RunSummary> &runs)
{
    for (const RunSummary &run : runs) {
        if (m_event.isNull() || run.event != m_event)
            continue;
        const auto known = std::find_if(m_runs.begin(), m_runs.end(),
                                        [&](const RunSummary &each) { return each.id == run.id; });
        const auto row = static_cast<int>(known - m_runs.begin());
        if (known == m_runs.end()) {
            beginInsertRows({}, row, row);
            m_runs.push_back(run);
            endInsertRows();
        } else {
            *known = run;
            Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
        }
        Q_EMIT runChanged(run);
    }
}

std::optional<std::chrono::milliseconds> EventRunsModel::showTexts()
{
    // No column is an age: only what still goes on changes.
    const RunCellStyle style{.now = m_context.backend.now(), .times = TimeStyle::Absolute};
    std::optional<std::chrono::milliseconds> next;
    for (std::size_t row = 0; row < m_runs.size(); ++row) {
        const auto change = runTextChange(m_runs[row], style);
        if (!change)
            continue;
        next = std::min(*change, next.value_or(*change));
        const int at = static_cast<int>(row);
        Q_EMIT dataChanged(index(at, 0), index(at, columnCount() - 1));
    }
    return next;
}

int EventRunsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int EventRunsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(shownColumns.size());
}

QVariant EventRunsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const RunCellStyle style{.now = m_context.backend.now(),
                             .times = m_context.settings.timeStyle()};
    const RunColumn column = columnAt(index.column());
    const RunSummary &of = run(index.row());
    switch (role) {
    case CellDataRole:
        return QVariant::fromValue(runCell(of, column, style));
    case Qt::DisplayRole:
        return runCell(of, column, style).text;
    case Qt::ToolTipRole:
        return runToolTip(of, column, style);
    case Qt::AccessibleTextRole:
        return runSpoken(of, column, style);
    default:
        return {};
    }
}

QVariant EventRunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::vector<ColumnSpec> columns = runColumns();
    return columns[static_cast<std::size_t>(columnAt(section))].title;
}

} // namespace console
