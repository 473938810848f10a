// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

// How PagedRows stays small; included by pagedrows.h only.
#include "ui/core/pagedrows.h"

namespace console {

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
    setLettingEndGo(true);
    removeRange(kept, rowCount() - 1);
    setLettingEndGo(false);
    const Entry &last = m_rows.back();
    std::erase_if(m_ends, [&last](const PageEnd &end) { return end.place >= last.place; });
    m_ends.push_back({last.place, devserver::api::pageBehind(Traits::key(last.row).toBytes())});
    setNext(m_ends.back().next);
}

template<typename Traits>
void PagedRows<Traits>::trim()
{
    // Whole pages go, because only where a page ended it is known how to go on.
    while (rowCount() > maxRows && m_ends.size() > 1) {
        m_ends.pop_back();
        const auto keep =
            std::upper_bound(m_rows.begin(), m_rows.end(), m_ends.back().place,
                             [](qint64 place, const Entry &entry) { return place < entry.place; });
        if (keep != m_rows.end())
            removeRange(static_cast<int>(keep - m_rows.begin()), rowCount() - 1);
        setNext(m_ends.back().next);
    }
    // Nothing but live rows: the oldest go and are found by a filter.
    if (rowCount() > maxRows)
        removeRange(maxRows, rowCount() - 1);
}

} // namespace console
