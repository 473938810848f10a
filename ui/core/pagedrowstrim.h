// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

// How rows of PagedRows leave; included by pagedrows.h only.
#include "ui/core/pagedrows.h"

namespace console {

template<typename Traits>
void PagedRows<Traits>::removeLeft()
{
    if (m_leaving.empty() || isHeld())
        return;
    const devserver::TimePoint time = now();
    std::chrono::milliseconds wait = std::chrono::milliseconds::max();
    std::vector<int> due;
    for (const qint64 place : m_leaving) {
        const int row = rowAtPlace(place);
        const auto left =
            leavingTime - (time - *m_rows[static_cast<std::size_t>(row)].leavingSince);
        if (left <= left.zero())
            due.push_back(row);
        else
            wait = std::min<std::chrono::milliseconds>(wait, left);
    }
    // From the end, so that rows above keep their numbers; neighbours go together.
    while (!due.empty()) {
        const int last = due.back();
        int first = last;
        due.pop_back();
        for (; !due.empty() && due.back() == first - 1; due.pop_back())
            first = due.back();
        removeRange(first, last);
    }
    if (!m_leaving.empty())
        requestFrameIn(wait);
}

template<typename Traits>
void PagedRows<Traits>::removeRange(int first, int last)
{
    beginRemoveRows({}, first, last);
    const auto from = m_rows.begin() + first;
    const auto to = m_rows.begin() + last + 1;
    for (auto it = from; it != to; ++it) {
        m_places.erase(Traits::key(it->row));
        m_leaving.erase(it->place);
    }
    m_rows.erase(from, to);
    endRemoveRows();
}

/// A list that new rows come into must not grow for as long as the program runs: its end goes,
/// unless somebody was there or has chosen rows of it, and is asked for again when somebody comes.
template<typename Traits>
void PagedRows<Traits>::letEndGo()
{
    if (rowCount() <= keptRows + pageSize || !isByIds() || isHeld() || isAsking())
        return;
    const int kept = std::max({keptRows, m_askedRows, lastRowInUse() + pageSize});
    if (rowCount() <= kept + pageSize)
        return;
    const Entry &last = m_rows[static_cast<std::size_t>(kept) - 1];
    std::erase_if(m_ends, [&last](const PageEnd &end) { return end.place >= last.place; });
    m_ends.push_back({last.place, devserver::api::pageBehind(Traits::key(last.row).toBytes())});
    setNext(m_ends.back().next); // before anybody hears that rows go and tells how many there are
    setLettingEndGo(true);
    removeRange(kept, rowCount() - 1);
    setLettingEndGo(false);
}

template<typename Traits>
void PagedRows<Traits>::trim()
{
    // Whole pages go, because only where a page ended it is known how to go on.
    while (rowCount() > maxRows && m_ends.size() > 1) {
        m_ends.pop_back();
        setNext(m_ends.back().next);
        const auto keep =
            std::upper_bound(m_rows.begin(), m_rows.end(), m_ends.back().place,
                             [](qint64 place, const Entry &entry) { return place < entry.place; });
        if (keep != m_rows.end())
            removeRange(static_cast<int>(keep - m_rows.begin()), rowCount() - 1);
    }
    // Nothing but live rows: the oldest go and are found by a filter.
    if (rowCount() > maxRows)
        removeRange(maxRows, rowCount() - 1);
}

} // namespace console
