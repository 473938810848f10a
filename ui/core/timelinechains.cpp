// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Attempts of one job, and what lies between them.

#include "ui/core/timelinebuilder.h"

#include <algorithm>
#include <utility>

namespace console {

using namespace std::chrono_literals;
using devserver::Attempt;
using devserver::AttemptOutcome;
using devserver::Job;
using devserver::JobId;
using devserver::JobState;
using devserver::StepId;
using devserver::TimelineRecord;
using devserver::TimelineType;
using devserver::TimePoint;

namespace {

constexpr std::chrono::milliseconds shownQueueTime{2}; // less is the scheduler, not a queue

} // namespace

QString TimelineBuilder::decidedWords(BarState state, const Attempt &attempt, const RetryFate &fate)
{
    return state == BarState::WillRetry ? retryWords(attempt, fate) : QString();
}

void TimelineBuilder::numberAttempts()
{
    // Request ids and records count up together, so the n-th belongs to the n-th.
    std::vector<devserver::RequestId> requests;
    for (const Attempt &attempt : m_record.attempts)
        requests.push_back(attempt.request);
    std::sort(requests.begin(), requests.end());
    auto request = requests.begin();
    for (const TimelineRecord &record : m_record.timeline) {
        if (record.type != TimelineType::AttemptStarted || request == requests.end())
            continue;
        m_numbers.emplace(*request, record.number);
        ++request;
    }
}

void TimelineBuilder::readAttempts()
{
    // A job that is made again after a retry by hand has the same id, but may be of another step.
    using Key = std::pair<JobId, int>;
    std::vector<Key> order;
    std::map<Key, std::vector<const Attempt *>> chains;
    for (const Attempt &attempt : m_record.attempts) {
        const Key key(attempt.job, attempt.cycle);
        std::vector<const Attempt *> &chain = chains[key];
        if (chain.empty())
            order.push_back(key);
        chain.push_back(&attempt);
    }
    for (const Key &key : order)
        addChain(chains.at(key));
}

/// All deliveries for one job.
void TimelineBuilder::addChain(const std::vector<const Attempt *> &chain)
{
    for (std::size_t index = 0; index < chain.size(); ++index) {
        const Attempt &attempt = *chain[index];
        const auto number = m_numbers.find(attempt.request);
        const CallSteps::Step step = m_steps.of(attempt);
        const StepId &at = step.id;
        TimelineDraft &on = draft(at, at.isEmpty() ? RowKind::Body : RowKind::Step, attempt.sentAt,
                                  number == m_numbers.end() ? 0 : number->second);
        if (!at.isEmpty() && on.row.name.isEmpty())
            on.row.name = QString::fromUtf8(step.name);
        if (index == 0 && on.row.queuedAt && attempt.sentAt - *on.row.queuedAt > shownQueueTime
            && attempt.kind == devserver::JobKind::Step)
            on.row.bars.push_back({.state = BarState::Queued,
                                   .from = *on.row.queuedAt,
                                   .to = attempt.sentAt,
                                   .job = attempt.job});
        const Attempt *next = index + 1 < chain.size() ? chain[index + 1] : nullptr;
        addAttempt(on, attempt, next);
        addGap(on, attempt, next);
    }
}

void TimelineBuilder::addAttempt(TimelineDraft &on, const Attempt &attempt, const Attempt *next)
{
    BarState state = BarState::Succeeded;
    switch (attempt.outcome) {
    case AttemptOutcome::Started:
        state = m_isLive ? BarState::Running : BarState::Cancelled;
        break;
    case AttemptOutcome::Ok:
        break;
    case AttemptOutcome::RetryableError:
        state = BarState::WillRetry;
        break;
    case AttemptOutcome::FinalError:
        state = BarState::Failed;
        break;
    case AttemptOutcome::Discarded:
        state = BarState::Cancelled;
        break;
    case AttemptOutcome::Interrupted:
        state = BarState::Interrupted;
        break;
    case AttemptOutcome::AppOffline:
        return; // nothing ran; the wait that follows is what is shown
    }
    const RetryFate fate = retryFate(m_record, attempt, next);
    std::optional<TimePoint> to = attempt.finishedAt;
    if (!to && !m_isLive)
        to = m_end;
    on.row.bars.push_back(
        {.state = state,
         .from = attempt.sentAt,
         .to = to,
         .until = {},
         .attempt = attempt.attempt,
         .maxAttempts = attempt.maxAttempts,
         .delivery = attempt.delivery,
         .cycle = attempt.cycle,
         .isEndUnknown = isEndUnknown(attempt),
         .fate = fate,
         .decided = decidedWords(state, attempt, fate),
         .request = attempt.request,
         .job = attempt.job,
         .httpStatus = attempt.httpStatus,
         .error = errorLine(attempt.error),
         .took = attempt.timing.total,
         .connected = attempt.timing.dns + attempt.timing.connect + attempt.timing.tls,
         .answered = attempt.timing.firstByte});
}

/// What lies between this attempt and the next one of the same job.
void TimelineBuilder::addGap(TimelineDraft &on, const Attempt &attempt, const Attempt *next)
{
    const TimePoint from = attempt.finishedAt.value_or(attempt.sentAt);
    BarState state = BarState::Queued;
    if (attempt.outcome == AttemptOutcome::RetryableError)
        state = BarState::Backoff;
    else if (attempt.outcome == AttemptOutcome::AppOffline)
        state = BarState::Offline;
    else if (attempt.outcome != AttemptOutcome::Interrupted)
        return;
    TimelineBar gap{.state = state,
                    .from = from,
                    .until = attempt.nextAttemptAt,
                    .attempt = -1,
                    .maxAttempts = attempt.maxAttempts,
                    .cycle = attempt.cycle,
                    .job = attempt.job,
                    .error = state == BarState::Offline ? errorLine(attempt.error) : QString()};
    if (next == nullptr) {
        if (const Job *live = job(attempt.job))
            addOpenGap(on, attempt, *live);
        else if (!m_isLive) {
            gap.to = m_end;
            on.row.bars.push_back(std::move(gap));
        }
        return;
    }
    gap.to = next->sentAt;
    const bool isLate = state == BarState::Backoff && attempt.nextAttemptAt
                        && next->sentAt - *attempt.nextAttemptAt > 5ms;
    if (isLate)
        gap.to = attempt.nextAttemptAt;
    on.row.bars.push_back(std::move(gap));
    if (isLate)
        on.row.bars.push_back({.state = BarState::Queued,
                               .from = *attempt.nextAttemptAt,
                               .to = next->sentAt,
                               .job = attempt.job});
}

void TimelineBuilder::addOpenGap(TimelineDraft &on, const Attempt &attempt, const Job &live)
{
    BarState state = BarState::Queued;
    if (live.state == JobState::BackingOff)
        state = BarState::Backoff;
    else if (live.state == JobState::AppOffline)
        state = BarState::Offline;
    else if (live.state == JobState::Leased)
        return;
    on.row.bars.push_back(
        {.state = state,
         .from = attempt.finishedAt.value_or(attempt.sentAt),
         .until = state == BarState::Offline ? std::nullopt : std::optional(live.runAt),
         .attempt = -1,
         .maxAttempts = attempt.maxAttempts,
         .cycle = attempt.cycle,
         .job = live.id});
}

const Job *TimelineBuilder::job(const JobId &id) const
{
    const auto found = std::find_if(m_record.jobs.begin(), m_record.jobs.end(),
                                    [&](const Job &each) { return each.id == id; });
    return found == m_record.jobs.end() ? nullptr : &*found;
}

void TimelineBuilder::addActive(TimelineData &data) const
{
    std::vector<const Attempt *> calls;
    for (const Attempt &attempt : m_record.attempts)
        calls.push_back(&attempt);
    data.down = downTime(calls);
    std::vector<TimeSpan> spans;
    const auto add = [&](TimePoint from, TimePoint to) {
        from = std::clamp(from, data.start, data.end);
        spans.push_back({from, std::clamp(to, from, data.end)});
    };
    for (const Attempt &attempt : m_record.attempts) {
        if (attempt.outcome == AttemptOutcome::AppOffline)
            continue;
        data.isExecuting = data.isExecuting || (m_isLive && !attempt.finishedAt);
        add(attempt.sentAt, attempt.finishedAt.value_or(m_end));
    }
    for (const TimelineRow &row : data.rows) {
        for (const TimelineBar &bar : row.bars) {
            if (bar.state == BarState::Queued && row.kind != RowKind::Run)
                add(bar.from, bar.end(m_end));
        }
    }
    std::sort(spans.begin(), spans.end(),
              [](const TimeSpan &a, const TimeSpan &b) { return a.from < b.from; });
    for (const TimeSpan &span : spans) {
        if (data.active.empty() || data.active.back().to < span.from)
            data.active.push_back(span);
        else
            data.active.back().to = std::max(data.active.back().to, span.to);
    }
}

} // namespace console
