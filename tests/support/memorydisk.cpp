// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/memorydisk.h"

#include <algorithm>

namespace devserver::test {

using namespace Qt::StringLiterals;

struct ApplyWrite {
    MemoryDisk &disk;

    void complain(const QString &what) const
    {
        if (disk.problem.isEmpty())
            disk.problem = what;
    }

    void operator()(const EventPtr &event) const
    {
        if (!disk.events.emplace(event->internalId, event).second)
            complain(u"an event was stored twice"_s);
        disk.sawId(event->internalId.value);
    }

    void operator()(const Run &run) const
    {
        const auto known = disk.runs.find(run.id);
        if (known != disk.runs.end() && isTerminal(known->second.status)
            && run.cycle == known->second.cycle)
            complain(u"an ended run was written again"_s);
        disk.runs.insert_or_assign(run.id, run);
        disk.sawId(run.id.value);
    }

    void operator()(const MemoWrite &write) const
    {
        auto &rows = disk.memos[write.run];
        const auto known = rows.find(write.memo->index);
        if (known != rows.end() && known->second->json != write.memo->json)
            complain(u"a memo was overwritten"_s);
        for (const auto &[index, memo] : rows) {
            if (index != write.memo->index && memo->step == write.memo->step
                && memo->droppedInCycle == 0)
                complain(u"a step has two memos"_s);
        }
        rows.insert_or_assign(write.memo->index, write.memo);
    }

    void operator()(const Job &job) const { disk.jobs.insert_or_assign(job.id, job); }

    void operator()(const JobGone &gone) const
    {
        if (disk.jobs.erase(gone.job) == 0)
            complain(u"a job was removed that is not there"_s);
    }

    void operator()(const Attempt &attempt) const
    {
        if (!disk.attempts.contains(attempt.request) && attempt.outcome != AttemptOutcome::Started)
            complain(u"an attempt was finished that was not started"_s);
        disk.attempts.insert_or_assign(attempt.request, attempt);
        disk.sawId(attempt.request.value);
    }

    void operator()(const TimelineRecord &record) const
    {
        auto &rows = disk.timelines[record.run];
        if (record.number != static_cast<int>(rows.size()))
            complain(u"the timeline has a gap"_s);
        rows.push_back(record);
    }

    void operator()(const DeadLetter &letter) const
    {
        disk.letters.insert_or_assign(letter.run, letter);
    }

    void operator()(const Delivery &delivery) const { disk.deliveries.push_back(delivery); }

    void operator()(const App &app) const { disk.apps.insert_or_assign(app.id, app); }

    void operator()(const AppGone &gone) const { disk.apps.erase(gone.app); }

    void operator()(const Function &function) const
    {
        disk.functions.insert_or_assign(function.id, function);
    }

    void operator()(const Bulk &bulk) const
    {
        const auto known = disk.bulks.find(bulk.id);
        if (known != disk.bulks.end() && known->second.endedAt)
            complain(u"an ended bulk was written again"_s);
        disk.bulks.insert_or_assign(bulk.id, bulk);
        disk.sawId(bulk.id.value);
    }

    void operator()(const BulkItemWrite &write) const
    {
        disk.bulkItems[write.bulk].insert_or_assign(write.index, write.item);
    }

    void operator()(const ReleaseDiscarded &release) const
    {
        for (const auto &[run, letter] : disk.letters) {
            if (letter.state == LetterState::Discarded && letter.closedAt < release.before)
                disk.memos.erase(run);
        }
    }
};

void MemoryDisk::sawId(const Ulid &id)
{
    lastId = std::max(lastId, id);
}

void MemoryDisk::apply(const Writes &writes)
{
    for (const Write &write : writes)
        std::visit(ApplyWrite{*this}, write);
}

RunSnapshot MemoryDisk::runSnapshot(const Run &run) const
{
    RunSnapshot snapshot{.run = run};
    for (const EventId &id : run.events)
        snapshot.events.push_back(events.at(id));
    if (const auto rows = memos.find(run.id); rows != memos.end()) {
        for (const auto &[index, memo] : rows->second)
            snapshot.memos.push_back(memo);
    }
    for (const auto &[id, job] : jobs) {
        if (job.run == run.id)
            snapshot.jobs.push_back(job);
    }
    for (const auto &[request, attempt] : attempts) {
        if (attempt.run == run.id && attempt.outcome == AttemptOutcome::Started)
            snapshot.openAttempts.push_back(attempt);
    }
    for (const auto &[request, attempt] : attempts) {
        if (attempt.run == run.id && attempt.cycle == run.cycle)
            snapshot.highestAttempt = std::max(snapshot.highestAttempt, attempt.attempt);
    }
    if (const auto rows = timelines.find(run.id); rows != timelines.end() && !rows->second.empty())
        snapshot.isEditedRetry =
            rows->second.front().payload.bytes().contains(R"("source":"retry")");
    for (const Job &job : snapshot.jobs) {
        JobError failed{.job = job.id, .request = {}, .error = {}};
        for (const auto &[request, attempt] : attempts) {
            if (attempt.job == job.id && attempt.outcome == AttemptOutcome::RetryableError) {
                failed.request = request;
                failed.error = attempt.error;
            }
        }
        if (job.attempt > 0 && !failed.request.isNull())
            snapshot.jobErrors.push_back(std::move(failed));
    }
    if (const auto letter = letters.find(run.id); letter != letters.end())
        snapshot.letter = letter->second;
    return snapshot;
}

Snapshot MemoryDisk::snapshot() const
{
    Snapshot result;
    for (const auto &[id, app] : apps)
        result.apps.push_back(app);
    for (const auto &[id, function] : functions)
        result.functions.push_back(function);
    for (const auto &[id, run] : runs) {
        if (!isTerminal(run.status))
            result.runs.push_back(runSnapshot(run));
    }
    for (const auto &[id, bulk] : bulks) {
        if (bulk.endedAt)
            continue;
        BulkSnapshot open{.bulk = bulk, .items = {}};
        for (const auto &[index, item] : bulkItems.at(id))
            open.items.push_back(item);
        result.bulks.push_back(std::move(open));
    }
    result.lastId = lastId;
    return result;
}

Recalled MemoryDisk::recall(const Recall &wanted) const
{
    Recalled recalled;
    for (const EventId &id : wanted.seededEvents) {
        if (events.contains(id))
            recalled.storedEvents.push_back(id);
    }
    for (const QByteArray &key : wanted.scheduleKeys) {
        for (const auto &[id, run] : runs) {
            if (run.scheduleKey == key)
                recalled.holders.push_back(
                    {.scheduleKey = key, .function = run.function, .run = id});
        }
    }
    for (const RunId &id : wanted.runs) {
        if (const auto run = runs.find(id); run != runs.end())
            recalled.runs.push_back(runSnapshot(run->second));
        else
            recalled.missingRuns.push_back(id);
    }
    return recalled;
}

// NOLINTNEXTLINE(readability-function-cognitive-complexity): one flat check after the other
QString MemoryDisk::bulkInconsistency(const engine::State &state) const
{
    std::size_t open = 0;
    std::size_t retrying = 0;
    for (const auto &[id, bulk] : bulks) {
        std::map<BulkItemState, int> counts;
        for (const auto &[index, item] : bulkItems.at(id))
            ++counts[item.state];
        const bool isCounted =
            bulk.waiting == counts[BulkItemState::Waiting]
            && bulk.retrying == counts[BulkItemState::Retrying]
            && bulk.completed == counts[BulkItemState::Completed]
            && bulk.failedAgain == counts[BulkItemState::FailedAgain]
            && bulk.refused == counts[BulkItemState::Refused] + counts[BulkItemState::Cancelled];
        if (!isCounted)
            return u"a bulk has counted its items wrongly"_s;
        if (bulk.endedAt) {
            if (bulk.state == BulkState::Running || bulk.retrying > 0)
                return u"a bulk ended before its runs"_s;
            continue;
        }
        ++open;
        const auto entry = state.bulks.find(id);
        if (entry == state.bulks.end() || entry->second.bulk != bulk)
            return u"the row of a bulk is not what the engine has"_s;
        for (const auto &[index, item] : bulkItems.at(id)) {
            if (entry->second.items.at(static_cast<std::size_t>(index)) != item)
                return u"the row of a bulk's item is not what the engine has"_s;
            if (item.state != BulkItemState::Retrying)
                continue;
            ++retrying;
            if (isTerminal(runs.at(item.run).status) || !state.bulkRuns.contains(item.run))
                return u"nobody waits for a run that a bulk retries"_s;
        }
    }
    if (state.bulks.size() != open || state.bulkRuns.size() != retrying)
        return u"the engine has bulks that are not on disk"_s;
    return {};
}

// NOLINTNEXTLINE(readability-function-cognitive-complexity): one flat check after the other
QString MemoryDisk::inconsistency(const engine::State &state) const
{
    if (!problem.isEmpty())
        return problem;
    for (const auto &[id, job] : jobs) {
        const auto run = runs.find(job.run);
        if (run == runs.end() || isTerminal(run->second.status))
            return u"a job has no live run: "_s + QString::fromUtf8(id);
        const auto entry = state.jobs.find(id);
        if (entry == state.jobs.end() || entry->second.job != job)
            return u"the row of a job is not what the engine has: "_s + QString::fromUtf8(id);
        if ((job.state == JobState::Leased) != attempts.contains(job.request))
            return u"a job is leased without an attempt: "_s + QString::fromUtf8(id);
    }
    if (state.jobs.size() != jobs.size())
        return u"the engine has jobs that are not on disk"_s;
    std::size_t live = 0;
    for (const auto &[id, run] : runs) {
        if (isTerminal(run.status)) {
            if (!run.endedAt || (run.status == RunStatus::Failed) != letters.contains(id))
                if (!letters.contains(id) || letters.at(id).state != LetterState::Resolved)
                    return u"an ended run lacks its end or its letter"_s;
            continue;
        }
        ++live;
        const auto known = state.runs.find(id);
        if (known == state.runs.end() || known->second.run != run)
            return u"the row of a run is not what the engine has"_s;
        if (known->second.jobs.empty())
            return u"a live run has no job: it would be running for ever"_s;
    }
    if (state.runs.size() != live)
        return u"the engine has runs that are not on disk"_s;
    for (const auto &[request, attempt] : attempts) {
        const auto job = jobs.find(attempt.job);
        const bool isOpen = job != jobs.end() && job->second.request == request;
        if ((attempt.outcome == AttemptOutcome::Started) != isOpen)
            return u"an attempt is open and nobody waits for it"_s;
    }
    return bulkInconsistency(state);
}

} // namespace devserver::test
