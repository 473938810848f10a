// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/eventsummaries.h"
#include "devserver/api/lettersummaries.h"
#include "devserver/api/summaries.h"

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace devserver::api {

/// What lay in the mailbox, each key once, in order of its first change.
struct Mail {
    std::vector<RunSummary> runs;
    std::vector<EventSummary> events;
    std::vector<LetterSummary> letters;
    std::vector<AppChanged> apps;
    std::vector<FunctionChanged> functions;
    std::vector<Bulk> bulks;
    std::vector<Notice> notices; ///< all of them, in order
    std::optional<Counters> counters;

    [[nodiscard]] bool isEmpty() const;
};

/// One topic: last one wins by key, in order of the first change.
template<typename Key, typename Value>
class Letterbox final
{
public:
    void put(Key key, Value value)
    {
        const auto known = m_places.find(key);
        if (known != m_places.end() && known->second >= m_taken) {
            m_values[known->second - m_taken] = std::move(value);
            return;
        }
        m_places[key] = m_taken + m_values.size();
        m_keys.push_back(std::move(key));
        m_values.push_back(std::move(value));
    }

    [[nodiscard]] std::vector<Value> take(std::size_t limit)
    {
        std::vector<Value> taken;
        for (; !m_values.empty() && taken.size() < limit; ++m_taken) {
            taken.push_back(std::move(m_values.front()));
            m_places.erase(m_keys.front());
            m_values.pop_front();
            m_keys.pop_front();
        }
        return taken;
    }

    [[nodiscard]] bool isEmpty() const { return m_values.empty(); }

    [[nodiscard]] std::size_t size() const { return m_values.size(); }

private:
    std::map<Key, std::size_t> m_places; ///< absolute; minus m_taken it is the index
    std::deque<Key> m_keys;
    std::deque<Value> m_values;
    std::size_t m_taken = 0;
};

/// Stage 12: where the engine's side leaves what changed and the window takes it once per frame
/// (ui.md §4.1). Any thread may post. Changes of the same key merge, the last one wins.
class UpdateMailbox final
{
public:
    UpdateMailbox() = default;
    Q_DISABLE_COPY_MOVE(UpdateMailbox)

    void post(RunSummary run);
    void post(EventSummary event);
    void post(LetterSummary letter);
    void post(AppChanged app);
    void post(FunctionChanged function);
    void post(Bulk bulk);
    void post(Notice notice);
    void post(const Counters &counters);

    /// At most \a limit of each topic; the rest stays for the next time. GUI thread.
    [[nodiscard]] Mail take(std::size_t limit);
    [[nodiscard]] bool isEmpty() const;
    /// Runs that changed and were not taken; what a paused window shows as news.
    [[nodiscard]] std::size_t waitingRuns() const;

    /// Called, on the thread of the poster, when the first mail comes into an empty box.
    void setBell(std::function<void()> bell);

private:
    template<typename Put>
    void putAndRing(const Put &put);
    [[nodiscard]] bool isEmptyLocked() const;

    mutable std::mutex m_mutex;
    Letterbox<RunId, RunSummary> m_runs;
    Letterbox<EventId, EventSummary> m_events;
    Letterbox<RunId, LetterSummary> m_letters;
    Letterbox<AppId, AppChanged> m_apps;
    Letterbox<FunctionId, FunctionChanged> m_functions;
    Letterbox<BulkId, Bulk> m_bulks;
    std::vector<Notice> m_notices;
    std::optional<Counters> m_counters;
    std::function<void()> m_bell;
};

} // namespace devserver::api
