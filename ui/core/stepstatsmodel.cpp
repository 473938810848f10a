// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/stepstatsmodel.h"

#include "ui/core/format.h"

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::StepStats;

namespace {

constexpr int enoughForShare = 20; ///< attempts that succeeded: of fewer, 95 % are all

QString durationOr(const std::optional<std::chrono::milliseconds> &duration)
{
    return duration ? formatDuration(*duration) : u"–"_s;
}

} // namespace

/// The output is seen in the runs, too, and has what is left; of the times the mean says most.
std::vector<ColumnSpec> StepStatsModel::columns()
{
    const auto spec = [](const char *id, const QString &title, int rank, const QString &help) {
        return ColumnSpec{.id = id,
                          .title = title,
                          .chars = 5,
                          .isSortable = false,
                          .isRight = true,
                          .leastChars = 5,
                          .mostChars = 10, // no wider than its figures: the output has the rest
                          .rank = rank,
                          .whyUnsorted = help};
    };
    ColumnSpec step = spec("step", tr("Step"), 5, tr("Step, in the order in which they run"));
    step.isRight = false;
    step.chars = step.leastChars = 12;
    step.mostChars = 40;
    ColumnSpec runs = spec("runs", tr("Runs"), 2, tr("In how many of these runs it was tried"));
    runs.chars = runs.leastChars = 3;
    ColumnSpec output = spec("output", tr("Last output"), -1, tr("Of the newest of these runs"));
    output.isRight = false;
    output.chars = 28;
    output.leastChars = 10;
    output.mostChars = 80;
    return {
        step,
        runs,
        spec("failures", tr("Failed"), 4, tr("How many attempts failed, and their share")),
        spec("mean", tr("Mean"), 3, tr("Mean duration of the attempts that succeeded")),
        spec("median", tr("Median"), 1,
             tr("Half of the attempts that succeeded took no longer than this")),
        spec("p95", tr("95 % within"), 0,
             tr("95 % of the attempts that succeeded took no longer than this")),
        output,
    };
}

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
        return {.text = failuresOf(step),
                .token = step.failures > 0 ? Token::StateFailed : Token::TextDim,
                .isRight = true};
    case Mean:
        return {.text = durationOr(step.mean), .isRight = true};
    case Median:
        return {.text = durationOr(step.median), .isRight = true};
    case P95:
        return {.text = step.successes >= enoughForShare ? durationOr(step.p95) : u"–"_s,
                .isRight = true};
    default:
        return {.text = step.lastOutput.isEmpty() ? u"–"_s : QString::fromUtf8(step.lastOutput),
                .token = Token::TextDim,
                .isMono = !step.lastOutput.isEmpty()};
    }
}

/// `3 (12 %)` of the attempts that ended.
QString StepStatsModel::failuresOf(const StepStats &step)
{
    const int ended = step.failures + step.successes;
    return step.failures == 0
               ? formatCount(0)
               : tr("%1 (%2 %)")
                     .arg(formatCount(step.failures), QString::number(100 * step.failures / ended));
}

QString StepStatsModel::tip(const StepStats &step, int column)
{
    switch (column) {
    case Step:
        return QString::fromUtf8(step.step);
    case Failures:
        return tr("%1 of %2 attempts failed")
            .arg(formatCount(step.failures), formatCount(step.failures + step.successes));
    case P95:
        return step.successes >= enoughForShare
                   ? tr("95 % of the attempts that succeeded took no longer")
                   : tr("Said once %1 attempts have succeeded").arg(enoughForShare);
    case LastOutput:
        return step.lastOutput.isEmpty() ? tr("None of these runs has one")
                                         : QString::fromUtf8(step.lastOutput);
    case Mean:
    case Median:
        return step.mean ? tr("Of %1 attempts that succeeded").arg(formatCount(step.successes))
                         : tr("No attempt has succeeded");
    default:
        return {};
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
        return tip(step, index.column());
    default:
        return {};
    }
}

QVariant StepStatsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const std::vector<ColumnSpec> specs = columns();
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0
        || section >= ColumnCount)
        return {};
    return specs[static_cast<std::size_t>(section)].title;
}

} // namespace console
