// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/stepmodel.h"

#include "ui/core/format.h"
#include "ui/core/timelinefolding.h"
#include "ui/core/timelinetext.h"

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::TimePoint;

namespace {

bool isSameStep(const TimelineRow &a, const TimelineRow &b)
{
    return a.step == b.step && a.kind == b.kind;
}

QVariant alignmentOf(int column)
{
    const bool isNumber = column == StepModel::Number || column >= StepModel::Queued;
    return QVariant::fromValue(
        (isNumber && column != StepModel::Error ? Qt::AlignRight : Qt::AlignLeft)
        | Qt::AlignVCenter);
}

qint64 sortTime(const std::optional<TimePoint> &time)
{
    return time ? devserver::toMs(*time) : -1;
}

} // namespace

void StepModel::setTimeline(const TimelineDataPtr &data)
{
    std::vector<TimelineRow> fresh(data->rows.begin() + (data->rows.empty() ? 0 : 1),
                                   data->rows.end());
    m_start = data->start;
    m_now = data->end;
    std::size_t same = 0; // nearly always all that was there
    while (same < m_rows.size() && same < fresh.size() && isSameStep(m_rows[same], fresh[same])) {
        if (m_rows[same] != fresh[same]) {
            m_rows[same] = fresh[same];
            const int row = static_cast<int>(same);
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
        ++same;
    }
    if (same < m_rows.size()) {
        beginRemoveRows({}, static_cast<int>(same), rowCount() - 1);
        m_rows.resize(same);
        endRemoveRows();
    }
    if (same < fresh.size()) {
        beginInsertRows({}, static_cast<int>(same), static_cast<int>(fresh.size()) - 1);
        m_rows = std::move(fresh);
        endInsertRows();
    }
}

void StepModel::setNow(TimePoint now)
{
    m_now = now;
    for (std::size_t at = 0; at < m_rows.size(); ++at) {
        if (m_rows[at].startedAt && !m_rows[at].endedAt) {
            const QModelIndex changed = index(static_cast<int>(at), Duration);
            Q_EMIT dataChanged(changed, changed, {Qt::DisplayRole, SortRole});
        }
    }
}

int StepModel::indexOf(const devserver::StepId &step) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&](const TimelineRow &each) { return each.step == step; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int StepModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int StepModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant StepModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("#");
    case Step:
        return tr("Step");
    case Kind:
        return tr("Kind");
    case State:
        return tr("State");
    case Attempts:
        return tr("Attempts");
    case Queued:
        return tr("Queued");
    case Started:
        return tr("Started");
    case Ended:
        return tr("Ended");
    case Waited:
        return tr("Waited");
    case Duration:
        return tr("Duration");
    case Error:
        return tr("Error");
    case OutputSize:
        return tr("Output");
    default:
        return {};
    }
}

QString StepModel::text(const TimelineRow &row, int number, int column) const
{
    const auto time = [this](const std::optional<TimePoint> &at) {
        return at ? u"+"_s + formatDuration(*at - m_start) : QString();
    };
    switch (column) {
    case Number:
        return QString::number(number);
    case Step:
        return row.name;
    case Kind:
        return row.kind == RowKind::Sleep  ? tr("sleep")
               : row.kind == RowKind::Body ? tr("function")
                                           : tr("step");
    case State:
        return row.isKept ? tr("%1, kept").arg(barWord(row.state)) : barWord(row.state);
    case Attempts:
        return row.attempts > 0 ? tr("%1 of %2").arg(row.attempts).arg(row.maxAttempts) : QString();
    case Queued:
        return time(row.queuedAt);
    case Started:
        return time(row.startedAt);
    case Ended:
        return time(row.endedAt);
    case Waited:
        return row.queuedAt && row.startedAt ? timelineDuration(*row.startedAt - *row.queuedAt)
                                             : QString();
    case Duration:
        return row.startedAt ? timelineDuration(durationOf(row, m_now)) : QString();
    case Error:
        return row.error;
    case OutputSize:
        return row.outputBytes >= 0 && row.kind == RowKind::Step ? formatSize(row.outputBytes)
                                                                 : QString();
    default:
        return {};
    }
}

QVariant StepModel::sortValue(const TimelineRow &row, int number, int column) const
{
    switch (column) {
    case Number:
        return number;
    case Attempts:
        return row.attempts;
    case Queued:
        return sortTime(row.queuedAt);
    case Started:
        return sortTime(row.startedAt);
    case Ended:
        return sortTime(row.endedAt);
    case Waited:
        return row.queuedAt && row.startedAt
                   ? QVariant::fromValue<qint64>((*row.startedAt - *row.queuedAt).count())
                   : QVariant(-1);
    case Duration:
        return QVariant::fromValue<qint64>(row.startedAt ? durationOf(row, m_now).count() : -1);
    case OutputSize:
        return row.outputBytes;
    default:
        return text(row, number, column);
    }
}

QVariant StepModel::data(const QModelIndex &at, int role) const
{
    if (!at.isValid())
        return {};
    const TimelineRow &row = m_rows[static_cast<std::size_t>(at.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, at.row() + 1, at.column());
    case Qt::ToolTipRole:
        return at.column() == Error || at.column() == Step ? text(row, 0, at.column()) : QVariant();
    case Qt::AccessibleTextRole:
        return at.column() == Number ? tr("step %1").arg(at.row() + 1)
                                     : text(row, at.row() + 1, at.column());
    case Qt::TextAlignmentRole:
        return alignmentOf(at.column());
    case SortRole:
        return sortValue(row, at.row() + 1, at.column());
    case StateRole:
        return static_cast<int>(row.state);
    default:
        return {};
    }
}

} // namespace console
