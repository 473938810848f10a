// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

namespace console {

/// Turns \a rows into \a wanted (both sorted by \a key, keys unique) by single removals, insertions
/// and updates, so that a model never has to be reset. The callables bracket each change of
/// \a rows: `remove(row)` and `insert(row, value)` do it themselves, `update(row, value)` too.
template<typename Row, typename Wanted, typename RowKey, typename WantedKey, typename Remove,
         typename Insert, typename Update>
void mergeSorted(const std::vector<Row> &rows, const std::vector<Wanted> &wanted,
                 const RowKey &rowKey, const WantedKey &wantedKey, const Remove &remove,
                 const Insert &insert, const Update &update)
{
    std::size_t at = 0;
    for (const Wanted &next : wanted) {
        while (at < rows.size() && rowKey(rows[at]) < wantedKey(next))
            remove(static_cast<int>(at));
        if (at < rows.size() && rowKey(rows[at]) == wantedKey(next))
            update(static_cast<int>(at), next);
        else
            insert(static_cast<int>(at), next);
        ++at;
    }
    while (rows.size() > at)
        remove(static_cast<int>(rows.size()) - 1);
}

} // namespace console
