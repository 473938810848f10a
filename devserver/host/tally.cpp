// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/tally.h"

#include "devserver/api/excerpts.h"

#include <algorithm>

namespace devserver::host {

using namespace std::chrono_literals;

void Tally::start(const api::Counters &stored, const std::vector<api::RunSummary> &live)
{
    *this = Tally();
    m_counts = stored;
    m_counts.failed = stored.failed + stored.dead;
    m_dead = stored.dead;
    for (const api::RunSummary &run : live) {
        ++countIn(bucketOf(run));
        ++m_counts.all;
        m_live.emplace(run.id, bucketOf(run));
    }
}

void Tally::add(const api::RunSummary &run, bool isNew)
{
    const Bucket bucket = bucketOf(run);
    if (const auto known = m_live.find(run.id); known != m_live.end())
        --countIn(known->second);
    else if (isNew)
        ++m_counts.all;
    else // a failed run that goes on, or that is told of again because its letter has changed
        --m_counts.failed;
    ++countIn(bucket);
    if (isTerminal(run.status))
        m_live.erase(run.id);
    else
        m_live.insert_or_assign(run.id, bucket);
}

void Tally::addEvents(int count, TimePoint at)
{
    m_counts.events += count;
    m_arrivals.emplace_back(at, count);
}

api::Counters Tally::counters(TimePoint now)
{
    while (!m_arrivals.empty() && m_arrivals.front().first <= now - 1s)
        m_arrivals.pop_front();
    api::Counters result = m_counts;
    result.eventsPerSecond = 0;
    for (const auto &[at, count] : m_arrivals)
        result.eventsPerSecond += count;
    result.dead = std::min(m_dead, m_counts.failed);
    result.failed = m_counts.failed - result.dead;
    return result;
}

Tally::Bucket Tally::bucketOf(const api::RunSummary &run)
{
    switch (run.status) {
    case RunStatus::Completed:
        return Bucket::Completed;
    case RunStatus::Failed:
        return Bucket::Failed;
    case RunStatus::Cancelled:
        return Bucket::Cancelled;
    case RunStatus::Skipped:
        return Bucket::Skipped;
    case RunStatus::Queued:
    case RunStatus::Running:
        break;
    }
    const std::optional<ActivityKind> kind = api::leadingKind(run.activities);
    if (!kind || *kind == ActivityKind::Queued)
        return run.status == RunStatus::Queued ? Bucket::Queued : Bucket::Running;
    return *kind == ActivityKind::Executing ? Bucket::Running : Bucket::Waiting;
}

qint64 &Tally::countIn(Bucket bucket)
{
    switch (bucket) {
    case Bucket::Queued:
        return m_counts.queued;
    case Bucket::Running:
        return m_counts.running;
    case Bucket::Waiting:
        return m_counts.waiting;
    case Bucket::Completed:
        return m_counts.completed;
    case Bucket::Failed:
        return m_counts.failed;
    case Bucket::Cancelled:
        return m_counts.cancelled;
    case Bucket::Skipped:
        return m_counts.skipped;
    }
    Q_UNREACHABLE();
}

} // namespace devserver::host
