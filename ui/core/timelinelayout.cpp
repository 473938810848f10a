// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/timelinelayout.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace console {

using devserver::TimePoint;

namespace {

constexpr double growth = 1.1;
constexpr double keptWidth = 14;
constexpr double cell = 4; // pixels of a fold's density strip

/// Drawn later means on top: waits lie below calls, errors above all.
int layerOf(const DrawnBar &bar)
{
    if (isError(bar.state))
        return 3;
    if (bar.state == BarState::Kept)
        return 2;
    return isCall(bar.state) ? 1 : 0;
}

void sortForPainting(std::vector<DrawnBar> &bars)
{
    std::stable_sort(bars.begin(), bars.end(),
                     [](const DrawnBar &a, const DrawnBar &b) { return layerOf(a) < layerOf(b); });
}

} // namespace

void TimelineLayout::setData(TimelineDataPtr data)
{
    if (data->run != m_data->run) {
        m_openFolds.clear();
        m_openedBreaks.clear();
        m_axisEnd = 0;
    }
    m_data = std::move(data);
    m_now = m_data->isLive ? std::max(m_now, m_data->end) : m_data->end;
    if (m_data->isLive && m_now - m_data->end > std::chrono::hours(1))
        m_now = m_data->end;
    if (!m_data->isLive || msOf(m_now) > m_axisEnd)
        m_axisEnd = msOf(m_now) * (m_data->isLive ? growth : 1);
    refold();
    rebuildAxis();
}

AxisMode TimelineLayout::suitableMode() const
{
    const auto total = m_data->end - m_data->start;
    const bool idles = m_data->activeTime() < total / 2;
    return idles && total > std::chrono::seconds(2) ? AxisMode::Squeezed : AxisMode::Real;
}

bool TimelineLayout::setNow(TimePoint now)
{
    if (!m_data->isLive || now <= m_now)
        return false;
    const auto seconds = [&](TimePoint at) { return static_cast<qint64>(msOf(at) / 1'000); };
    const bool hasTicked = seconds(now) != seconds(m_now);
    m_now = now;
    if (m_mode == AxisMode::Order)
        return false;
    // A break at the end says how long it is, as the bars in it do: at the same time.
    const bool endsInBreak = m_camera.axis().segments().back().isBreak;
    const bool isIdle = m_mode == AxisMode::Squeezed && !m_data->isExecuting;
    if (msOf(now) <= m_axisEnd && !(isIdle && hasTicked) && !endsInBreak)
        return false;
    if (msOf(now) > m_axisEnd)
        m_axisEnd = msOf(now) * growth;
    rebuildAxis();
    return true;
}

void TimelineLayout::setMode(AxisMode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    // What was seen on the other axis means nothing on this one.
    m_camera.fit();
    rebuildAxis();
}

void TimelineLayout::setFilter(const RowFilter &filter)
{
    m_filter = filter;
    refold();
    rebuildAxis();
}

int TimelineLayout::foundCount() const
{
    return static_cast<int>(
        std::count_if(m_data->rows.begin(), m_data->rows.end(),
                      [this](const TimelineRow &row) { return isFound(row, m_filter, *m_data); }));
}

void TimelineLayout::setShowsCalls(bool shows)
{
    m_showsCalls = shows;
    refold();
    rebuildAxis();
}

void TimelineLayout::setBreakNeed(TimeAxis::BreakNeed need)
{
    m_breakNeed = std::move(need);
    rebuildAxis();
}

double TimelineLayout::msOf(TimePoint time) const
{
    return static_cast<double>((time - m_data->start).count());
}

void TimelineLayout::refold()
{
    m_folds = findFolds(*m_data);
    m_rows = shownRows(*m_data, m_folds, m_openFolds, m_filter, m_showsCalls);
    m_slots.assign(m_data->rows.size(), 0);
    int slot = 0;
    for (const ShownRow &shown : m_rows) {
        if (shown.isFold()) {
            for (const int row : fold(shown.fold).rows)
                m_slots[static_cast<std::size_t>(row)] = slot;
            slot += shown.isOpen ? 0 : 1;
        } else if (shown.row > 0 && !shown.isCall()) {
            m_slots[static_cast<std::size_t>(shown.row)] = slot++;
        }
    }
}

void TimelineLayout::rebuildAxis()
{
    if (m_mode == AxisMode::Order) {
        const int last = m_slots.empty() ? 0 : *std::max_element(m_slots.begin(), m_slots.end());
        m_camera.setAxis(TimeAxis(last + 1.0));
        return;
    }
    if (m_mode == AxisMode::Real) {
        m_camera.setAxis(TimeAxis(m_axisEnd));
        return;
    }
    const bool waits = m_data->isLive && !m_data->isExecuting;
    TimeAxis axis = TimeAxis::squeezed(*m_data, waits ? msOf(m_now) : m_axisEnd, m_openedBreaks);
    if (m_breakNeed)
        axis.setBreakNeed(m_breakNeed);
    m_camera.setAxis(std::move(axis));
}

int TimelineLayout::shownIndex(int dataRow) const
{
    int closedFold = -1;
    for (std::size_t index = 0; index < m_rows.size(); ++index) {
        const ShownRow &shown = m_rows[index];
        if (shown.row == dataRow)
            return static_cast<int>(index);
        if (shown.isFold() && !shown.isOpen) {
            const std::vector<int> &rows = fold(shown.fold).rows;
            if (std::binary_search(rows.begin(), rows.end(), dataRow))
                closedFold = static_cast<int>(index);
        }
    }
    return closedFold;
}

int TimelineLayout::shownIndex(int dataRow, int bar) const
{
    if (m_showsCalls && bar >= 0) {
        const auto call = std::find_if(m_rows.begin(), m_rows.end(), [&](const ShownRow &each) {
            return each.row == dataRow && each.call == bar;
        });
        if (call != m_rows.end())
            return static_cast<int>(call - m_rows.begin());
    }
    return shownIndex(dataRow);
}

void TimelineLayout::setOpen(int foldIndex, bool isOpen)
{
    if (isOpen)
        m_openFolds.insert(fold(foldIndex).key);
    else
        m_openFolds.erase(fold(foldIndex).key);
    refold();
    rebuildAxis();
}

void TimelineLayout::setAllOpen(bool areOpen)
{
    m_openFolds.clear();
    if (areOpen) {
        for (const StepFold &each : m_folds)
            m_openFolds.insert(each.key);
    }
    refold();
    rebuildAxis();
}

std::pair<double, double> TimelineLayout::extent(int dataRow, int barIndex) const
{
    const TimelineRow &row = m_data->rows[static_cast<std::size_t>(dataRow)];
    const TimelineBar &bar = row.bars[static_cast<std::size_t>(barIndex)];
    if (m_mode != AxisMode::Order)
        return {msOf(bar.from), msOf(bar.end(m_now))};
    if (row.kind == RowKind::Run)
        return {0, m_camera.axis().length()};
    const double share = 1.0 / static_cast<double>(row.bars.size());
    const double from = m_slots[static_cast<std::size_t>(dataRow)] + barIndex * share;
    return {from, from + share};
}

std::vector<DrawnBar> TimelineLayout::bars(int index) const
{
    const ShownRow &shown = m_rows[static_cast<std::size_t>(index)];
    if (shown.isFold())
        return foldBars(fold(shown.fold));
    const TimelineRow &row = rowOf(shown);
    std::vector<DrawnBar> wide;
    std::map<qint64, DrawnBar> blocks; ///< by cell of the axis, so that panning moves them as one
    for (std::size_t each = 0; each < row.bars.size(); ++each) {
        if (shown.isCall() && static_cast<int>(each) != shown.call)
            continue;
        const auto [from, to] = extent(shown.row, static_cast<int>(each));
        DrawnBar drawn{.x = m_camera.xAt(from),
                       .width = m_camera.xAt(to) - m_camera.xAt(from),
                       .state = row.bars[each].state,
                       .row = shown.row,
                       .bar = static_cast<int>(each)};
        if (drawn.x > m_camera.viewWidth() || drawn.x + std::max(drawn.width, keptWidth) < 0)
            continue;
        if (drawn.state == BarState::Kept)
            drawn.width = keptWidth;
        if (drawn.width >= narrowest) {
            wide.push_back(drawn);
            continue;
        }
        if (drawn.state == BarState::Queued)
            continue; // too short to be worth a pixel that a call needs
        drawn.width = narrowest;
        const auto place =
            static_cast<qint64>(std::floor((drawn.x + m_camera.offset()) / narrowest));
        const auto [known, isNew] = blocks.try_emplace(place, drawn);
        if (isNew)
            continue;
        DrawnBar &block = known->second;
        const int count = block.count + 1;
        if (worse(block.state, drawn.state) != block.state)
            block = drawn;
        block.count = count;
        block.x = static_cast<double>(place) * narrowest - m_camera.offset();
    }
    for (const auto &[place, block] : blocks)
        wide.push_back(block);
    sortForPainting(wide);
    return wide;
}

/// Cells of some pixels, each as high as much happens in it.
std::vector<DrawnBar> TimelineLayout::foldBars(const StepFold &foldOf) const
{
    const auto cells = static_cast<std::size_t>(std::ceil(m_camera.viewWidth() / cell)) + 1;
    std::vector<DrawnBar> strip(cells);
    for (DrawnBar &each : strip) {
        each.count = 0;
        each.density = 0; // pixels of bars, until all are there
    }
    double begin = m_camera.viewWidth();
    double end = 0;
    for (const int dataRow : foldOf.rows) {
        const TimelineRow &row = m_data->rows[static_cast<std::size_t>(dataRow)];
        for (std::size_t each = 0; each < row.bars.size(); ++each) {
            const BarState state = row.bars[each].state;
            if (state == BarState::Queued)
                continue;
            const auto [from, to] = extent(dataRow, static_cast<int>(each));
            const double left = m_camera.xAt(from);
            const double right = std::max(m_camera.xAt(to), left + 1);
            begin = std::min(begin, left);
            end = std::max(end, right);
            const double first = std::floor(left / cell);
            const double last = std::max(first, std::ceil(right / cell) - 1);
            for (double at = std::max(first, 0.0); at <= last && at < static_cast<double>(cells);
                 ++at) {
                DrawnBar &into = strip[static_cast<std::size_t>(at)];
                const int count = into.count + 1;
                const double pixels = std::min(right, (at + 1) * cell) - std::max(left, at * cell);
                const double density = into.density + pixels;
                if (into.count == 0 || worse(into.state, state) != into.state)
                    into = {.x = at * cell,
                            .width = cell,
                            .state = state,
                            .row = dataRow,
                            .bar = static_cast<int>(each)};
                into.count = count;
                into.density = density;
            }
        }
    }
    std::erase_if(strip, [](const DrawnBar &each) { return each.count == 0; });
    double most = 0;
    for (DrawnBar &each : strip) {
        // It begins and ends as the bars do that it stands for, not with a cell.
        const double right = std::min(each.x + cell, end);
        each.x = std::min(std::max(each.x, begin), right - 1);
        each.width = right - each.x;
        each.density /= each.width;
        most = std::max(most, each.density);
    }
    for (DrawnBar &each : strip)
        each.density /= most;
    return strip;
}

std::optional<DrawnBar> TimelineLayout::hit(int index, double x) const
{
    if (index < 0 || index >= rowCount())
        return std::nullopt;
    const std::vector<DrawnBar> drawn = bars(index);
    const auto exact = std::find_if(drawn.rbegin(), drawn.rend(),
                                    [x](const DrawnBar &bar) { return bar.contains(x); });
    if (exact != drawn.rend())
        return *exact;
    std::optional<DrawnBar> nearest;
    double best = easiestToHit / 2;
    for (const DrawnBar &bar : drawn) {
        const double distance = std::min(std::abs(x - bar.x), std::abs(x - bar.x - bar.width));
        if (bar.width < easiestToHit && distance <= best) {
            best = distance;
            nearest = bar;
        }
    }
    return nearest;
}

int TimelineLayout::breakAt(double x) const
{
    const TimeAxis &axis = m_camera.axis();
    const double at = x + m_camera.offset();
    for (std::size_t index = 0; index < axis.segments().size(); ++index) {
        const double from = axis.segmentX(index);
        const double to =
            index + 1 < axis.segments().size() ? axis.segmentX(index + 1) : axis.width();
        if (axis.segments()[index].isBreak && at >= from && at < to)
            return static_cast<int>(index);
    }
    return -1;
}

void TimelineLayout::openBreak(int segment)
{
    m_openedBreaks.push_back(m_camera.axis().segments()[static_cast<std::size_t>(segment)].from);
    rebuildAxis();
}

void TimelineLayout::setOpenedBreaks(const std::vector<double> &starts)
{
    m_openedBreaks = starts;
    rebuildAxis();
}

bool TimelineLayout::closeBreakAt(double x)
{
    if (m_mode != AxisMode::Squeezed)
        return false;
    const double ms = m_camera.msAt(x);
    const std::vector<AxisSegment> &opened = m_camera.axis().opened();
    const auto at = std::find_if(opened.begin(), opened.end(), [ms](const AxisSegment &each) {
        return ms >= each.from && ms <= each.to;
    });
    if (at == opened.end())
        return false;
    std::erase(m_openedBreaks, at->from);
    rebuildAxis();
    return true;
}

} // namespace console
