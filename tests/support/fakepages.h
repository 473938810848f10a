// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/queries.h"

#include <algorithm>
#include <vector>

/// How a FakeBackend turns pages of its rows.
namespace devserver::test {

inline QByteArray idOf(const api::RunSummary &run)
{
    return run.id.toBytes();
}

inline QByteArray idOf(const api::EventSummary &event)
{
    return event.internalId.toBytes();
}

inline QByteArray idOf(const api::LetterSummary &letter)
{
    return letter.run.toBytes();
}

/// \a ids of a query that asks about some rows only; none: about all.
template<typename Key, typename Row>
bool isAmong(const std::vector<Key> &ids, const Row &row)
{
    return ids.empty() || std::any_of(ids.begin(), ids.end(), [&row](const Key &id) {
               return id.toBytes() == idOf(row);
           });
}

/// Page `after` (an offset as text, or what `pageBehind` made) of the rows that pass.
template<typename Page, typename Row, typename Passes>
Page pageOf(const std::vector<Row> &all, const api::PageToken &after, int limit,
            const Passes &passes)
{
    Page page;
    std::size_t at = after.bytes.toULongLong();
    if (after.bytes.startsWith('i')) {
        const auto row = std::find_if(all.begin(), all.end(), [&after](const Row &one) {
            return api::pageBehind(idOf(one)) == after;
        });
        const auto older = std::find_if(all.begin(), all.end(), [&after](const Row &one) {
            return api::pageBehind(idOf(one)).bytes < after.bytes;
        });
        at = static_cast<std::size_t>((row == all.end() ? older : row) - all.begin())
             + (row == all.end() ? 0 : 1);
    }
    for (; at < all.size() && page.rows.size() < static_cast<std::size_t>(limit); ++at) {
        if (passes(all[at]))
            page.rows.push_back(all[at]);
    }
    if (at < all.size())
        page.next.bytes = QByteArray::number(static_cast<qulonglong>(at));
    return page;
}

} // namespace devserver::test
