// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/relatedmodel.h"

#include "devserver/api/consolebackend.h"
#include "ui/core/runcolumns.h"
#include "ui/core/runwords.h"
#include "ui/widgets/settings.h"

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::RunSummary;

RelatedModel::RelatedModel(Context &context, QObject *parent)
    : QAbstractTableModel(parent)
    , m_context(context)
{}

void RelatedModel::setRuns(devserver::RunId of, devserver::RunId original, devserver::EventId event,
                           const std::vector<RunSummary> &runs)
{
    m_of = of;
    m_original = original;
    m_event = event;
    std::vector<RunSummary> fresh;
    for (const RunSummary &each : runs) {
        if (each.id != of)
            fresh.push_back(each);
    }
    std::size_t same = 0;
    while (same < m_runs.size() && same < fresh.size() && m_runs[same].id == fresh[same].id) {
        m_runs[same] = fresh[same];
        const auto row = static_cast<int>(same);
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        ++same;
    }
    if (same < m_runs.size()) {
        beginRemoveRows({}, static_cast<int>(same), rowCount() - 1);
        m_runs.resize(same);
        endRemoveRows();
    }
    if (same < fresh.size()) {
        beginInsertRows({}, static_cast<int>(same), static_cast<int>(fresh.size()) - 1);
        m_runs = std::move(fresh);
        endInsertRows();
    }
}

int RelatedModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int RelatedModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RelatedModel::relation(const RunSummary &run) const
{
    if (run.id == m_original)
        return tr("This run is a rerun of it");
    if (run.originalRun == m_of)
        return tr("Rerun of this run");
    if (!m_original.isNull() && run.originalRun == m_original)
        return tr("Another rerun of the same run");
    if (run.event == m_event)
        return tr("Started by the same event");
    return tr("Related");
}

Cell RelatedModel::cell(const RunSummary &run, int column) const
{
    const RunCellStyle style{.now = m_context.backend.now(),
                             .times = m_context.settings.timeStyle()};
    switch (column) {
    case Function:
        return runCell(run, RunColumn::Function, style);
    case State:
        return runCell(run, RunColumn::State, style);
    case Duration:
        return runCell(run, RunColumn::Duration, style);
    case Run:
        return runCell(run, RunColumn::RunId, style);
    default:
        return {.text = relation(run), .token = Token::TextDim};
    }
}

QVariant RelatedModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const RunSummary &of = run(index.row());
    switch (role) {
    case CellDataRole:
        return QVariant::fromValue(cell(of, index.column()));
    case Qt::DisplayRole:
        return cell(of, index.column()).text;
    case Qt::AccessibleTextRole:
        return index.column() == State ? stateWords(of) : cell(of, index.column()).text;
    case Qt::ToolTipRole:
        return QString(tr("Enter opens it") + u"\n"_s + QString::fromLatin1(of.id.toText()));
    default:
        return {};
    }
}

QVariant RelatedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Duration)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Function:
        return tr("Function");
    case State:
        return tr("State");
    case Duration:
        return tr("Duration");
    case Run:
        return tr("Run ID");
    default:
        return tr("Relation");
    }
}

} // namespace console
