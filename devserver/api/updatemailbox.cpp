// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/api/updatemailbox.h"

#include <utility>

namespace devserver::api {

bool Mail::isEmpty() const
{
    return runs.empty() && events.empty() && letters.empty() && apps.empty() && functions.empty()
           && bulks.empty() && notices.empty() && !counters;
}

template<typename Put>
void UpdateMailbox::putAndRing(const Put &put)
{
    std::function<void()> bell;
    {
        const std::lock_guard lock(m_mutex);
        if (isEmptyLocked())
            bell = m_bell;
        put();
    }
    // Outside the lock: the bell is foreign code (style.md 2.6).
    if (bell)
        bell();
}

void UpdateMailbox::post(RunSummary run)
{
    putAndRing([&] { m_runs.put(run.id, std::move(run)); });
}

void UpdateMailbox::post(EventSummary event)
{
    putAndRing([&] { m_events.put(event.internalId, std::move(event)); });
}

void UpdateMailbox::post(LetterSummary letter)
{
    putAndRing([&] { m_letters.put(letter.run, std::move(letter)); });
}

void UpdateMailbox::post(AppChanged app)
{
    putAndRing([&] { m_apps.put(app.app.id, std::move(app)); });
}

void UpdateMailbox::post(FunctionChanged function)
{
    putAndRing([&] { m_functions.put(function.function.id, std::move(function)); });
}

void UpdateMailbox::post(Bulk bulk)
{
    putAndRing([&] { m_bulks.put(bulk.id, std::move(bulk)); });
}

void UpdateMailbox::post(Notice notice)
{
    putAndRing([&] { m_notices.push_back(std::move(notice)); });
}

void UpdateMailbox::post(const Counters &counters)
{
    putAndRing([&] { m_counters = counters; });
}

Mail UpdateMailbox::take(std::size_t limit)
{
    const std::lock_guard lock(m_mutex);
    Mail mail;
    mail.runs = m_runs.take(limit);
    mail.events = m_events.take(limit);
    mail.letters = m_letters.take(limit);
    mail.apps = m_apps.take(limit);
    mail.functions = m_functions.take(limit);
    mail.bulks = m_bulks.take(limit);
    mail.notices = std::exchange(m_notices, {});
    mail.counters = std::exchange(m_counters, std::nullopt);
    return mail;
}

std::size_t UpdateMailbox::waitingRuns() const
{
    const std::lock_guard lock(m_mutex);
    return m_runs.size();
}

bool UpdateMailbox::isEmpty() const
{
    const std::lock_guard lock(m_mutex);
    return isEmptyLocked();
}

bool UpdateMailbox::isEmptyLocked() const
{
    return m_runs.isEmpty() && m_events.isEmpty() && m_letters.isEmpty() && m_apps.isEmpty()
           && m_functions.isEmpty() && m_bulks.isEmpty() && m_notices.empty() && !m_counters;
}

void UpdateMailbox::setBell(std::function<void()> bell)
{
    const std::lock_guard lock(m_mutex);
    m_bell = std::move(bell);
}

} // namespace devserver::api
