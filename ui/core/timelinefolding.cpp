// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/timelinefolding.h"

#include <algorithm>
#include <map>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t mostAlike = 20;
constexpr double slowShare = 0.1; // of the active time of the run

/// The name without its numbers.
QString patternOf(const QString &name)
{
    QString pattern;
    pattern.reserve(name.size());
    bool inNumber = false;
    for (const QChar letter : name) {
        if (!letter.isDigit())
            pattern += letter;
        else if (!inNumber)
            pattern += u'*';
        inNumber = letter.isDigit();
    }
    return pattern;
}

bool isOpenState(BarState state)
{
    return state == BarState::Running || state == BarState::Sleeping || state == BarState::Backoff
           || state == BarState::Offline || state == BarState::Queued;
}

void count(StepFold &fold, const TimelineData &data)
{
    std::chrono::milliseconds sum{};
    int timed = 0;
    for (const int index : fold.rows) {
        const TimelineRow &row = data.rows[static_cast<std::size_t>(index)];
        if (row.state == BarState::Succeeded || row.state == BarState::Slept)
            ++fold.succeeded;
        else if (isError(row.state))
            ++fold.failed;
        else if (isOpenState(row.state))
            ++fold.open;
        fold.worst = worse(fold.worst, row.state);
        if (!row.startedAt)
            continue;
        const std::chrono::milliseconds took = durationOf(row, data.end);
        fold.shortest = timed == 0 ? took : std::min(fold.shortest, took);
        fold.longest = std::max(fold.longest, took);
        sum += took;
        ++timed;
    }
    if (timed > 0)
        fold.mean = sum / timed;
}

bool matches(const TimelineRow &row, RowFilter::Only only, const TimelineData &data)
{
    switch (only) {
    case RowFilter::Only::All:
        return true;
    case RowFilter::Only::Failed:
        return std::any_of(row.bars.begin(), row.bars.end(),
                           [](const TimelineBar &bar) { return isError(bar.state); });
    case RowFilter::Only::Waiting:
        return std::any_of(row.bars.begin(), row.bars.end(),
                           [](const TimelineBar &bar) { return isWait(bar.state); });
    case RowFilter::Only::Slow:
        return static_cast<double>(durationOf(row, data.end).count())
               >= slowShare * static_cast<double>(std::max(data.activeTime(), 1ms).count());
    }
    Q_UNREACHABLE();
}

/// Of the row that was added last.
void addCalls(std::vector<ShownRow> &shown, const TimelineRow &row)
{
    ShownRow call = shown.back();
    ++call.depth;
    for (std::size_t bar = 0; bar < row.bars.size(); ++bar) {
        if (!isCall(row.bars[bar].state))
            continue;
        call.call = static_cast<int>(bar);
        shown.push_back(call);
    }
}

} // namespace

std::chrono::milliseconds durationOf(const TimelineRow &row, devserver::TimePoint now)
{
    if (!row.startedAt)
        return {};
    return std::max(row.endedAt.value_or(now), *row.startedAt) - *row.startedAt;
}

bool isFound(const TimelineRow &row, const RowFilter &filter, const TimelineData &data)
{
    return !filter.find.isEmpty() && row.kind != RowKind::Run
           && row.name.contains(filter.find, Qt::CaseInsensitive)
           && matches(row, filter.only, data);
}

std::vector<StepFold> findFolds(const TimelineData &data)
{
    std::map<QString, std::vector<int>> alike;
    for (std::size_t index = 0; index < data.rows.size(); ++index) {
        const TimelineRow &row = data.rows[index];
        if (row.kind == RowKind::Step || row.kind == RowKind::Sleep)
            alike[patternOf(row.name)].push_back(static_cast<int>(index));
    }
    std::vector<StepFold> folds;
    for (auto &[name, rows] : alike) {
        if (rows.size() <= mostAlike)
            continue;
        folds.push_back({.name = name, .key = name.toUtf8(), .rows = std::move(rows)});
        count(folds.back(), data);
    }
    return folds;
}

std::vector<ShownRow> shownRows(const TimelineData &data, const std::vector<StepFold> &folds,
                                const std::set<QByteArray> &opened, const RowFilter &filter,
                                bool showsCalls)
{
    std::vector<int> foldOf(data.rows.size(), -1);
    for (std::size_t fold = 0; fold < folds.size(); ++fold) {
        for (const int row : folds[fold].rows)
            foldOf[static_cast<std::size_t>(row)] = static_cast<int>(fold);
    }
    const bool isLooking = !filter.find.isEmpty();
    const auto countFound = [&](const StepFold &fold) {
        return static_cast<int>(std::count_if(fold.rows.begin(), fold.rows.end(), [&](int index) {
            return isFound(data.rows[static_cast<std::size_t>(index)], filter, data);
        }));
    };
    std::vector<bool> isShown(folds.size(), false);
    std::vector<ShownRow> shown;
    for (std::size_t index = 0; index < data.rows.size(); ++index) {
        const TimelineRow &row = data.rows[index];
        const bool isRun = row.kind == RowKind::Run;
        if (!isRun && !matches(row, filter.only, data))
            continue;
        const int fold = foldOf[index];
        bool isOpen = true;
        if (fold >= 0) {
            const StepFold &in = folds[static_cast<std::size_t>(fold)];
            isOpen = opened.contains(in.key);
            if (!isShown[static_cast<std::size_t>(fold)]) {
                const int found = isLooking ? countFound(in) : -1;
                shown.push_back({.row = -1,
                                 .fold = fold,
                                 .depth = 1,
                                 .isOpen = isOpen,
                                 .isDimmed = found == 0,
                                 .found = found});
                isShown[static_cast<std::size_t>(fold)] = true;
            }
        }
        if (!isOpen)
            continue;
        shown.push_back({.row = static_cast<int>(index),
                         .fold = fold,
                         .depth = isRun ? 0 : (fold >= 0 ? 2 : 1),
                         .isOpen = false,
                         .isDimmed = isLooking && !isRun && !isFound(row, filter, data)});
        if (showsCalls && !isRun)
            addCalls(shown, row);
    }
    return shown;
}

} // namespace console
