// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/timelinecursor.h"

#include <algorithm>

namespace console {

namespace {

struct FailedBar {
    devserver::TimePoint at;
    int row = 0;
    int bar = 0;

    auto operator<=>(const FailedBar &) const = default;
};

std::vector<FailedBar> failedBars(const TimelineData &data)
{
    std::vector<FailedBar> failed;
    for (std::size_t row = 1; row < data.rows.size(); ++row) {
        const std::vector<TimelineBar> &bars = data.rows[row].bars;
        for (std::size_t bar = 0; bar < bars.size(); ++bar) {
            if (isError(bars[bar].state))
                failed.push_back({bars[bar].from, static_cast<int>(row), static_cast<int>(bar)});
        }
    }
    std::sort(failed.begin(), failed.end());
    return failed;
}

} // namespace

int TimelineCursor::dataRow() const
{
    return m_fold.isEmpty() ? m_layout.data()->indexOf(m_step, m_kind) : -1;
}

const TimelineRow *TimelineCursor::row() const
{
    const int index = dataRow();
    return index < 0 ? nullptr : &m_layout.data()->rows[static_cast<std::size_t>(index)];
}

int TimelineCursor::shownRow() const
{
    if (m_fold.isEmpty()) {
        const int index = dataRow();
        return index < 0 ? -1 : m_layout.shownIndex(index, m_bar);
    }
    const std::vector<ShownRow> &rows = m_layout.rows();
    for (std::size_t index = 0; index < rows.size(); ++index) {
        if (rows[index].isFold() && m_layout.fold(rows[index].fold).key == m_fold)
            return static_cast<int>(index);
    }
    return -1;
}

void TimelineCursor::setShownRow(int shown)
{
    if (shown < 0 || shown >= m_layout.rowCount())
        return;
    const ShownRow &to = m_layout.rows()[static_cast<std::size_t>(shown)];
    if (to.isCall()) {
        setBar(to.row, to.call);
        return;
    }
    m_bar = -1;
    m_request.reset();
    m_fold.clear();
    if (to.isFold()) {
        m_fold = m_layout.fold(to.fold).key;
        return;
    }
    m_kind = m_layout.rowOf(to).kind;
    m_step = m_layout.rowOf(to).step;
}

void TimelineCursor::setBar(int dataRow, int bar)
{
    const TimelineRow &to = m_layout.data()->rows[static_cast<std::size_t>(dataRow)];
    m_fold.clear();
    m_kind = to.kind;
    m_step = to.step;
    m_bar = to.kind == RowKind::Run ? -1 : bar;
    m_request.reset();
    if (m_bar >= 0)
        m_request = to.bars[static_cast<std::size_t>(bar)].request;
}

void TimelineCursor::moveRow(int by)
{
    const int last = m_layout.rowCount() - 1;
    setShownRow(std::clamp(shownRow() + by, 0, std::max(last, 0)));
}

bool TimelineCursor::moveBar(int direction)
{
    const TimelineRow *on = row();
    if (on == nullptr || on->kind == RowKind::Run)
        return false;
    const int next = m_bar + direction;
    if (next < 0 || next >= static_cast<int>(on->bars.size()))
        return false;
    setBar(dataRow(), next);
    return true;
}

bool TimelineCursor::moveToFailed(int direction)
{
    const std::vector<FailedBar> failed = failedBars(*m_layout.data());
    const TimelineRow *on = row();
    auto next = failed.end();
    if (on != nullptr && m_bar >= 0) {
        const FailedBar here{on->bars[static_cast<std::size_t>(m_bar)].from, dataRow(), m_bar};
        next = direction > 0 ? std::upper_bound(failed.begin(), failed.end(), here)
                             : std::lower_bound(failed.begin(), failed.end(), here);
    } else {
        next = direction > 0 ? failed.begin() : failed.end();
    }
    if (direction < 0)
        next = next == failed.begin() ? failed.end() : std::prev(next);
    if (next == failed.end())
        return false;
    if (m_layout.shownIndex(next->row) < 0)
        return false;
    reveal(next->row);
    setBar(next->row, next->bar);
    return true;
}

/// Opens the fold that it is in; it is not hidden by the filter.
void TimelineCursor::reveal(int dataRow)
{
    const int shown = m_layout.shownIndex(dataRow);
    const ShownRow &at = m_layout.rows()[static_cast<std::size_t>(shown)];
    if (at.isFold())
        m_layout.setOpen(at.fold, true);
}

bool TimelineCursor::moveToFound(int direction)
{
    const TimelineData &data = *m_layout.data();
    const int count = static_cast<int>(data.rows.size());
    int at = dataRow();
    if (const int shown = shownRow(); at < 0 && shown >= 0) { // a fold stands before its steps
        const int fold = m_layout.rows()[static_cast<std::size_t>(shown)].fold;
        at = m_layout.fold(fold).rows.front() - (direction > 0 ? 1 : 0);
    }
    at = std::max(at, 0);
    for (int tried = 0; tried < count; ++tried) {
        at = (at + direction + count) % count;
        if (!isFound(data.rows[static_cast<std::size_t>(at)], m_layout.filter(), data))
            continue;
        reveal(at);
        setBar(at, -1);
        return true;
    }
    return false;
}

Selection TimelineCursor::selection() const
{
    Selection selection{.kind = Selection::Kind::Run, .run = m_layout.data()->run};
    const TimelineRow *on = row();
    if (on == nullptr || on->kind == RowKind::Run)
        return selection;
    selection.kind = Selection::Kind::Step;
    selection.step = on->step;
    selection.stepName = on->step.isEmpty() ? QByteArray() : on->name.toUtf8();
    if (m_request) {
        selection.kind = Selection::Kind::Attempt;
        selection.attempt = m_request;
    }
    return selection;
}

bool TimelineCursor::follow(const Selection &to)
{
    if (to.run != m_layout.data()->run || to == selection())
        return to.run == m_layout.data()->run;
    if (to.kind == Selection::Kind::Run) {
        if (m_fold.isEmpty())
            setShownRow(0);
        return true;
    }
    if (to.kind != Selection::Kind::Step && to.kind != Selection::Kind::Attempt)
        return false;
    const int index = m_layout.data()->indexOf(to.step, RowKind::Step);
    if (index < 0)
        return false;
    const TimelineRow &on = m_layout.data()->rows[static_cast<std::size_t>(index)];
    const auto bar = std::find_if(on.bars.begin(), on.bars.end(), [&](const TimelineBar &each) {
        return to.attempt && each.request == to.attempt;
    });
    setBar(index, bar == on.bars.end() ? -1 : static_cast<int>(bar - on.bars.begin()));
    return true;
}

void TimelineCursor::adjust()
{
    const TimelineRow *on = row();
    if (on == nullptr) {
        if (m_fold.isEmpty() || shownRow() < 0)
            setShownRow(0);
        return;
    }
    if (m_bar < 0)
        return;
    if (m_request) {
        const auto bar =
            std::find_if(on->bars.begin(), on->bars.end(),
                         [&](const TimelineBar &each) { return each.request == m_request; });
        m_bar = bar == on->bars.end() ? -1 : static_cast<int>(bar - on->bars.begin());
    }
    m_bar = std::min(m_bar, static_cast<int>(on->bars.size()) - 1);
}

} // namespace console
