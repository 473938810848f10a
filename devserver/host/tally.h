// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"

#include <deque>
#include <map>

namespace devserver::host {

/// Keeps the numbers of the status bar: what the store had at the start, and every change since.
/// Memory grows with live runs only. A value; no thread of its own.
class Tally final
{
public:
    /// Ended runs and events of the store, and its live runs (id, status, activities).
    void start(const api::Counters &stored, const std::vector<api::RunSummary> &live);
    /// A run has changed; \a isNew: it was scheduled just now.
    void add(const api::RunSummary &run, bool isNew);
    void addEvents(int count, TimePoint at);

    /// Open letters, counted anew after letters have changed.
    void setDead(qint64 letters) { m_dead = letters; }

    /// With the events of the second before \a now.
    [[nodiscard]] api::Counters counters(TimePoint now);

private:
    enum class Bucket { Queued, Running, Waiting, Completed, Failed, Cancelled, Skipped };

    [[nodiscard]] static Bucket bucketOf(const api::RunSummary &run);
    [[nodiscard]] qint64 &countIn(Bucket bucket);

    api::Counters m_counts; ///< `failed` with the dead ones
    qint64 m_dead = 0;
    std::map<RunId, Bucket> m_live;
    std::deque<std::pair<TimePoint, int>> m_arrivals; ///< of the last second
};

} // namespace devserver::host
