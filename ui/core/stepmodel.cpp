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
    const bool isText = column == StepModel::Step || column == StepModel::Kind
                        || column == StepModel::State || column == StepModel::Error;
    return QVariant::fromValue((isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
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

std::optional<std::chrono::milliseconds> StepModel::setNow(TimePoint now)
{
    std::optional<std::chrono::milliseconds> next;
    m_now = now;
    for (std::size_t at = 0; at < m_rows.size(); ++at) {
        if (m_rows[at].startedAt && !m_rows[at].endedAt) {
            const QModelIndex changed = index(static_cast<int>(at), Duration);
            Q_EMIT dataChanged(changed, changed, {Qt::DisplayRole, SortRole});
            const auto until = timeUntilElapsedChanges(durationOf(m_rows[at], m_now));
            next = std::min(until, next.value_or(until));
        }
    }
    return next;
}

void StepModel::setTimeStyle(TimeStyle style)
{
    if (style == m_style)
        return;
    m_style = style;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
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

/// Of the steps that the progress of the run counts.
QString StepModel::numberOf(int row) const
{
    if (this->row(row).kind == RowKind::Body)
        return {};
    const auto bodies =
        std::count_if(m_rows.begin(), m_rows.begin() + row,
                      [](const TimelineRow &each) { return each.kind == RowKind::Body; });
    return QString::number(row + 1 - bodies);
}

std::optional<TimePoint> StepModel::timeIn(const TimelineRow &row, int column)
{
    switch (column) {
    case Queued:
        return row.queuedAt;
    case Started:
        return row.startedAt;
    case Ended:
        return row.endedAt;
    default:
        return std::nullopt;
    }
}

QString StepModel::timeText(const std::optional<TimePoint> &at) const
{
    if (!at)
        return {};
    return m_style == TimeStyle::Relative ? QString(u"+"_s + formatDuration(*at - m_start))
                                          : formatTime(*at, m_now, m_style);
}

QString StepModel::text(int at, int column) const
{
    const TimelineRow &row = this->row(at);
    switch (column) {
    case Number:
        return numberOf(at);
    case Step:
        return row.name;
    case Kind:
        return row.kind == RowKind::Sleep  ? tr("sleep")
               : row.kind == RowKind::Body ? tr("code")
                                           : tr("step");
    case State:
        return row.isKept ? tr("%1, kept").arg(rowWord(row)) : rowWord(row);
    case Attempts:
        if (row.isTriedAgain())
            return tr("%1 of %2, retry").arg(row.attempts).arg(row.maxAttempts);
        // How many there may be says something of those only that might need more.
        if (row.attempts == 1 && row.state == BarState::Succeeded)
            return u"1"_s;
        return row.attempts > 0 ? tr("%1 of %2").arg(row.attempts).arg(row.maxAttempts) : QString();
    case Queued:
    case Started:
    case Ended:
        return timeText(timeIn(row, column));
    case Waited:
        return row.queuedAt && row.startedAt ? timelineDuration(*row.startedAt - *row.queuedAt)
                                             : QString();
    case Duration:
        return row.startedAt ? tookText(row, m_now) : QString();
    case Error:
        return row.error;
    case OutputSize:
        return row.outputBytes >= 0 && row.kind == RowKind::Step ? formatSize(row.outputBytes)
                                                                 : QString();
    default:
        return {};
    }
}

QVariant StepModel::sortValue(int at, int column) const
{
    const TimelineRow &row = this->row(at);
    switch (column) {
    case Number:
        return at;
    case Attempts:
        return row.attempts;
    case Queued:
    case Started:
    case Ended:
        return sortTime(timeIn(row, column));
    case Waited:
        return row.queuedAt && row.startedAt
                   ? QVariant::fromValue<qint64>((*row.startedAt - *row.queuedAt).count())
                   : QVariant(-1);
    case Duration:
        return QVariant::fromValue<qint64>(row.startedAt ? durationOf(row, m_now).count() : -1);
    case OutputSize:
        return row.outputBytes;
    default:
        return text(at, column);
    }
}

QVariant StepModel::toolTip(int at, int column) const
{
    if (const std::optional<TimePoint> time = timeIn(row(at), column))
        return formatTimeExactly(*time,
                                 m_style == TimeStyle::Relative ? TimeStyle::Absolute : m_style);
    if (row(at).attemptsBefore > 0 && (column == Attempts || column == Duration))
        return row(at).isKept
                   ? tr("In an earlier retry; %n attempt(s) before it", nullptr,
                        row(at).attemptsBefore)
                   : tr("In this retry; %n attempt(s) before it", nullptr, row(at).attemptsBefore);
    if (column == Attempts && row(at).attempts > 0)
        return tr("%n attempt(s) used; %1 allowed", nullptr, row(at).attempts)
            .arg(row(at).maxAttempts);
    return column == Error || column == Step ? text(at, column) : QVariant();
}

QVariant StepModel::data(const QModelIndex &at, int role) const
{
    if (!at.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(at.row(), at.column());
    case Qt::ToolTipRole:
        return toolTip(at.row(), at.column());
    case Qt::AccessibleTextRole: {
        QString words = text(at.row(), at.column());
        if (at.column() == State) // what the user wrote stays
            words.replace(u" · "_s, u", "_s);
        return at.column() == Number && !words.isEmpty() ? tr("step %1").arg(words) : words;
    }
    case Qt::TextAlignmentRole:
        return alignmentOf(at.column());
    case SortRole:
        return sortValue(at.row(), at.column());
    case StateRole:
        return static_cast<int>(row(at.row()).state);
    case KindRole:
        return static_cast<int>(row(at.row()).kind);
    default:
        return {};
    }
}

} // namespace console
