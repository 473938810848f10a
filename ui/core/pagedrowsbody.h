// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

// The longer members of PagedRows; included by pagedrows.h only.
#include "ui/core/pagedrows.h"

namespace console {

template<typename Traits>
devserver::api::PageToken PagedRows<Traits>::takePage(const devserver::api::Answer &answer)
{
    const auto *page = devserver::api::answerAs<typename Traits::Page>(answer);
    if (page == nullptr)
        return {};
    std::vector<Row> fresh;
    for (const Row &row : page->rows) {
        if (m_places.count(Traits::key(row)) != 0)
            continue;
        // A change that came while the page was read is newer than the page.
        const auto late = m_late.find(Traits::key(row));
        fresh.push_back(late == m_late.end() ? row : late->second);
        m_unseen.erase(Traits::key(row));
    }
    m_late.clear();
    const bool isMore = !m_rows.empty();
    insert(rowCount(), std::move(fresh));
    if (isMore)
        m_askedRows = rowCount();
    m_ends.push_back({m_rows.empty() ? 0 : m_rows.back().place, page->next});
    tellUnseen();
    return page->next;
}

template<typename Traits>
void PagedRows<Traits>::flush()
{
    std::vector<Row> fresh;
    std::vector<qint64> changed;
    for (auto &[key, row] : std::exchange(m_pending, {})) {
        if (const int at = rowOfKey(key); at >= 0)
            change(at, std::move(row), changed, fresh);
        else
            consider(std::move(row), fresh);
    }
    m_accepted.clear();
    insertNew(std::move(fresh));
    removeLeft();
    std::vector<int> rows;
    for (const qint64 place : changed) {
        if (const int at = rowAtPlace(place); at >= 0)
            rows.push_back(at);
    }
    announceChanged(std::move(rows));
    letEndGo();
    trim();
    askAboutDoubtful();
    lookAgain();
    tellUnseen();
}

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
    const bool isAccepted = m_accepted.erase(key) > 0;
    const Fit fits = fit(row);
    if (fits == Fit::Unknown && !isAccepted) {
        doubt(row);
        return;
    }
    m_doubtful.erase(key);
    if (fits == Fit::No) {
        m_unseen.erase(key);
        return;
    }
    if (takesNew()) {
        // Behind the last loaded row it will be found by the next page.
        if (isBeforeEnd(row))
            fresh.push_back(std::move(row));
        return;
    }
    // An older one may be on a page that was not read; of a whole list it is known that it is new.
    if (!hasMore() || Traits::bornAt(row) >= m_madeAt)
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

} // namespace console
