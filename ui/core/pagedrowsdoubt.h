// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

// How PagedRows learns of rows that it cannot judge or place; included by pagedrows.h only.
#include "ui/core/pagedrows.h"

namespace console {

/// Not those that a page will find that was not read yet.
template<typename Traits>
void PagedRows<Traits>::doubt(const Row &row)
{
    if (takesNew() ? !isBeforeEnd(row) : hasMore() && Traits::bornAt(row) < m_madeAt)
        return;
    if (m_doubtful.size() < mostDoubtful)
        m_doubtful.insert(Traits::key(row));
    else
        m_hasMissed = true;
}

/// One question at a time, a pause after each, and a longer one if the answer took long: a filter
/// that looks into payloads must not keep the store busy.
template<typename Traits>
void PagedRows<Traits>::askAboutDoubtful()
{
    using namespace std::chrono_literals;
    if (m_doubtful.empty() || m_question)
        return;
    const auto time = backend().steadyNow();
    if (time < m_askFrom) {
        requestFrameIn(std::chrono::ceil<std::chrono::milliseconds>(m_askFrom - time));
        return;
    }
    std::vector<Key> keys;
    for (auto it = m_doubtful.rbegin(); it != m_doubtful.rend() && keys.size() < mostAskedAbout;
         ++it)
        keys.push_back(*it); // the newest first: they are looked at
    for (const Key &key : keys)
        m_doubtful.erase(key);
    m_asked = {keys.begin(), keys.end()};
    m_question = askAbout(std::move(keys));
    if (!m_question) {
        m_hasMissed = true;
        return;
    }
    m_askedAt = time;
    const auto settle = [this] {
        const auto end = backend().steadyNow();
        m_question = nullptr;
        m_asked.clear();
        m_askFrom = end + std::max<std::chrono::nanoseconds>(250ms, 4 * (end - m_askedAt));
        requestFrame();
    };
    QObject::connect(m_question, &devserver::api::Reply::finished, this,
                     [this, settle](const devserver::api::Answer &answer) {
                         noteAnswer(answer);
                         settle();
                     });
    QObject::connect(m_question, &devserver::api::Reply::failed, this, [this, settle] {
        m_hasMissed = true;
        settle();
    });
}

template<typename Traits>
void PagedRows<Traits>::noteAnswer(const devserver::api::Answer &answer)
{
    const auto *page = devserver::api::answerAs<typename Traits::Page>(answer);
    if (page == nullptr)
        return;
    for (const Row &row : page->rows) {
        const Key key = Traits::key(row);
        m_asked.erase(key);
        if (m_places.count(key) == 0)
            m_accepted.insert(key);
        m_pending.try_emplace(key, row); // what changed meanwhile is newer
    }
    for (const Key &key : m_asked)
        m_unseen.erase(key);
}

/// Nobody can scroll in a list without rows, and its place says that nothing matches.
template<typename Traits>
void PagedRows<Traits>::lookAgain()
{
    if (!m_rows.empty() || hasMore() || isAsking() || (m_unseen.empty() && !m_hasMissed))
        return;
    const auto time = backend().steadyNow();
    if (time < m_lookFrom) {
        requestFrameIn(std::chrono::ceil<std::chrono::milliseconds>(m_lookFrom - time));
        return;
    }
    m_lookFrom = time + std::chrono::seconds(1);
    m_unseen.clear();
    m_hasMissed = false;
    m_ends.clear();
    load();
}

} // namespace console
