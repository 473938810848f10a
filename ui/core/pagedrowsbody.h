// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

// The longer members of PagedRows; included by pagedrows.h only.
#include "ui/core/pagedrows.h"

namespace console {

template<typename Traits>
void PagedRows<Traits>::change(int at, Row row, std::vector<qint64> &changed,
                               std::vector<Row> &fresh)
{
    Entry &entry = m_rows[static_cast<std::size_t>(at)];
    const Fit fits = fit(row);
    if (takesNew() && isMoved(entry.row, row)) {
        removeRange(at, at);
        if (fits == Fit::Yes)
            fresh.push_back(std::move(row));
        return;
    }
    intern(row);
    entry.row = std::move(row);
    changed.push_back(entry.place);
    if (fits == Fit::No && !entry.leavingSince) {
        entry.leavingSince = now();
        m_leaving.insert(entry.place);
    } else if (fits != Fit::No && entry.leavingSince) {
        entry.leavingSince.reset();
        m_leaving.erase(entry.place);
    }
}

template<typename Traits>
void PagedRows<Traits>::consider(Row row, std::vector<Row> &fresh)
{
    const Key key = Traits::key(row);
    if (isAsking())
        m_late.insert_or_assign(key, row);
    const Fit fits = fit(row);
    if (fits == Fit::No) {
        m_unseen.erase(key);
        return;
    }
    if (fits == Fit::Yes && takesNew()) {
        // Behind the last loaded row it will be found by the next page.
        if (m_rows.empty() || !hasMore() || comesBefore(row, m_rows.back().row))
            fresh.push_back(std::move(row));
        return;
    }
    if (Traits::bornAt(row) >= m_madeAt)
        m_unseen.insert(key);
}

template<typename Traits>
void PagedRows<Traits>::insertNew(std::vector<Row> rows)
{
    const auto before = [this](const Row &a, const Row &b) { return comesBefore(a, b); };
    std::sort(rows.begin(), rows.end(), before);
    // Mostly one block on top; those that come late go to their place.
    auto from = rows.begin();
    while (from != rows.end()) {
        const auto spot = std::upper_bound(
            m_rows.begin(), m_rows.end(), *from,
            [&](const Row &row, const Entry &entry) { return before(row, entry.row); });
        auto to = std::next(from);
        while (to != rows.end() && (spot == m_rows.end() || before(*to, spot->row)))
            ++to;
        insert(static_cast<int>(spot - m_rows.begin()),
               {std::make_move_iterator(from), std::make_move_iterator(to)});
        from = to;
    }
}

template<typename Traits>
void PagedRows<Traits>::insert(int at, std::vector<Row> rows)
{
    if (rows.empty())
        return;
    const auto count = static_cast<qint64>(rows.size());
    const auto index = static_cast<std::size_t>(at);
    const auto placeOf = [&](std::size_t row) { return m_rows[row].place; };
    const auto room = [&] {
        return at == 0 || at == rowCount() ? gap
                                           : (placeOf(index) - placeOf(index - 1)) / (count + 1);
    };
    if (room() == 0)
        renumber();
    const qint64 step = std::max<qint64>(room(), 1);
    qint64 place = 0;
    if (at > 0)
        place = placeOf(index - 1) + step;
    else if (!m_rows.empty())
        place = placeOf(0) - count * gap;
    beginInsertRows({}, at, at + static_cast<int>(count) - 1);
    std::vector<Entry> entries;
    for (Row &row : rows) {
        intern(row);
        m_places.insert_or_assign(Traits::key(row), place);
        entries.push_back({.row = std::move(row), .place = place, .leavingSince = {}});
        place += step;
    }
    m_rows.insert(m_rows.begin() + at, std::make_move_iterator(entries.begin()),
                  std::make_move_iterator(entries.end()));
    endInsertRows();
}

template<typename Traits>
void PagedRows<Traits>::renumber()
{
    // So far apart that any block fits in between; hardly ever needed.
    std::map<qint64, qint64> moved;
    qint64 place = 0;
    for (Entry &entry : m_rows) {
        place += gap;
        moved[entry.place] = place;
        entry.place = place;
        m_places[Traits::key(entry.row)] = place;
    }
    std::set<qint64> leaving;
    for (const qint64 old : m_leaving)
        leaving.insert(moved.at(old));
    m_leaving = std::move(leaving);
    for (PageEnd &end : m_ends) {
        const auto next = moved.lower_bound(end.place);
        end.place = next == moved.end() ? place : next->second;
    }
}

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

} // namespace console
