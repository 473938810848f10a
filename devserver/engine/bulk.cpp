// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Bulk retries (semantics §9.5, ui.md 11). Letters of ended runs are not in memory: those that are
// due are recalled for the step that retries them.

#include "devserver/engine/stages.h"
#include "devserver/engine/verbs.h"

#include <algorithm>
#include <set>

namespace devserver::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostPerStep = 50;
constexpr std::size_t mostItems = 100'000;
constexpr int highestPace = 1000;
/// A pace that fell behind catches up with so much; after a longer pause it starts anew.
constexpr std::chrono::milliseconds mostLateness{100};

std::chrono::microseconds intervalOf(const Bulk &bulk)
{
    return std::chrono::microseconds(bulk.perSecond == 0 ? 0 : 1'000'000 / bulk.perSecond);
}

/// When the next one may start; the clock may have been set meanwhile.
BulkEntry::Pace paceAt(const BulkEntry &entry, TimePoint now)
{
    if (entry.nextAt > now + intervalOf(entry.bulk))
        return now;
    return std::max<BulkEntry::Pace>(entry.nextAt, now - mostLateness);
}

bool mayStart(const Bulk &bulk)
{
    const bool isProven = !bulk.triesOneFirst || bulk.completed > 0;
    return bulk.state == BulkState::Running && bulk.waiting > 0 && (isProven || bulk.retrying == 0);
}

/// How many may start now.
std::size_t slots(const BulkEntry &entry, TimePoint now)
{
    const Bulk &bulk = entry.bulk;
    if (!mayStart(bulk))
        return 0;
    const BulkEntry::Pace next = paceAt(entry, now);
    if (next > now)
        return 0;
    if (bulk.triesOneFirst && bulk.completed == 0)
        return 1;
    if (bulk.perSecond == 0)
        return mostPerStep;
    return std::min(mostPerStep, 1 + static_cast<std::size_t>((now - next) / intervalOf(bulk)));
}

std::size_t nextWaiting(const BulkEntry &entry, std::size_t from)
{
    while (from < entry.items.size() && entry.items[from].state != BulkItemState::Waiting)
        ++from;
    return from;
}

int &countOf(Bulk &bulk, BulkItemState state)
{
    switch (state) {
    case BulkItemState::Waiting:
        return bulk.waiting;
    case BulkItemState::Retrying:
        return bulk.retrying;
    case BulkItemState::Completed:
        return bulk.completed;
    case BulkItemState::FailedAgain:
        return bulk.failedAgain;
    case BulkItemState::Refused:
    case BulkItemState::Cancelled:
        break;
    }
    return bulk.refused;
}

void moveItem(Turn &turn, BulkEntry &entry, std::size_t index, BulkItemState to,
              QByteArray detail = {})
{
    BulkItem &item = entry.items[index];
    --countOf(entry.bulk, item.state);
    item.state = to;
    item.detail = std::move(detail);
    ++countOf(entry.bulk, to);
    turn.changedBulks.insert(entry.bulk.id);
    turn.changedBulkItems.emplace(entry.bulk.id, static_cast<int>(index));
}

/// Done when nothing waits any more; ended when nothing retries either.
void settle(Turn &turn, Bulk &bulk)
{
    if (bulk.retrying > 0 || (bulk.state == BulkState::Running && bulk.waiting > 0))
        return;
    if (bulk.state == BulkState::Running)
        bulk.state = BulkState::Done;
    bulk.endedAt = turn.now;
    turn.changedBulks.insert(bulk.id);
}

Result<int> retryItem(Turn &turn, const BulkItem &item, const BulkId &bulk)
{
    const RunSnapshot *snapshot = recalledRun(turn, item.run);
    if (snapshot == nullptr)
        return tl::unexpected(noLetter(item.run));
    if (const Result<const Function *> function = functionOf(turn, *snapshot); !function)
        return tl::unexpected(function.error());
    return resumeLetter(turn, item.run, bulk);
}

/// Whether the store was asked for this run before the step.
bool wasAsked(const Turn &turn, RunId id)
{
    const std::vector<RunId> &missing = turn.recalled.missingRuns;
    return recalledRun(turn, id) != nullptr
           || std::find(missing.begin(), missing.end(), id) != missing.end();
}

void advance(Turn &turn, BulkEntry &entry)
{
    std::size_t left = slots(entry, turn.now);
    entry.nextAt = paceAt(entry, turn.now);
    while (left > 0) {
        const std::size_t index = nextWaiting(entry, entry.firstWaiting);
        entry.firstWaiting = index;
        if (index == entry.items.size() || !wasAsked(turn, entry.items[index].run))
            break;
        const RunId run = entry.items[index].run;
        const Result<int> retried = retryItem(turn, entry.items[index], entry.bulk.id);
        if (!retried) { // costs the app nothing, so it takes no place in the pace
            moveItem(turn, entry, index, BulkItemState::Refused, retried.error().message.toUtf8());
            continue;
        }
        moveItem(turn, entry, index, BulkItemState::Retrying);
        turn.state.bulkRuns[run] = {.bulk = entry.bulk.id, .index = static_cast<int>(index)};
        entry.nextAt += intervalOf(entry.bulk);
        --left;
    }
    settle(turn, entry.bulk);
}

/// The first one failed again, or the same error came back too often: leave the others alone.
bool mustStop(const Bulk &bulk, BulkItemState last)
{
    if (bulk.state != BulkState::Running || last != BulkItemState::FailedAgain || bulk.waiting == 0)
        return false;
    const bool wasFirst = bulk.triesOneFirst && bulk.completed == 0;
    return wasFirst || (bulk.stopAfterSame > 0 && bulk.sameError >= bulk.stopAfterSame);
}

BulkItemState resultOf(RunStatus status)
{
    if (status == RunStatus::Completed)
        return BulkItemState::Completed;
    return status == RunStatus::Failed ? BulkItemState::FailedAgain : BulkItemState::Cancelled;
}

} // namespace

Result<VerbDone> perform(Turn &turn, const StartBulk &verb)
{
    const BulkPlan &plan = verb.plan;
    if (plan.runs.empty())
        return failure(ErrorCode::InvalidInput, u"a bulk retry needs at least one dead letter"_s);
    if (plan.runs.size() > mostItems)
        return failure(ErrorCode::TooLarge,
                       u"a bulk retry takes at most %1 dead letters, not %2"_s.arg(mostItems).arg(
                           plan.runs.size()));
    if (plan.perSecond < 0 || plan.perSecond > highestPace || plan.stopAfterSame < 0)
        return failure(ErrorCode::InvalidInput,
                       u"a bulk retry goes at 0 (all at once) to %1 per second"_s.arg(highestPace));
    BulkEntry entry;
    std::set<RunId> seen;
    for (const RunId &run : plan.runs) {
        if (seen.insert(run).second) // each letter once per operation
            entry.items.push_back({.run = run});
    }
    const int total = static_cast<int>(entry.items.size());
    entry.nextAt = turn.now;
    entry.bulk = {.id = BulkId{turn.state.ids.next(turn.now)},
                  .title = plan.title,
                  .triesOneFirst = plan.triesOneFirst,
                  .perSecond = plan.perSecond,
                  .stopAfterSame = plan.stopAfterSame,
                  .total = total,
                  .waiting = total,
                  .startedAt = turn.now,
                  .endedAt = {}};
    const BulkId id = entry.bulk.id;
    for (int i = 0; i < total; ++i)
        turn.changedBulkItems.emplace(id, i);
    turn.changedBulks.insert(id);
    turn.state.bulks.emplace(id, std::move(entry));
    return VerbDone{.bulk = id};
}

Result<VerbDone> perform(Turn &turn, const StopBulk &verb)
{
    const auto found = turn.state.bulks.find(verb.bulk);
    if (found == turn.state.bulks.end())
        return failure(ErrorCode::NotFound, u"there is no bulk retry under way with the id "_s
                                                + QString::fromLatin1(verb.bulk.toText()));
    Bulk &bulk = found->second.bulk;
    if (bulk.state != BulkState::Running)
        return tl::unexpected(
            conflict(u"only a running bulk retry can be stopped"_s, toName(bulk.state)));
    bulk.state = BulkState::StoppedByHand;
    turn.changedBulks.insert(bulk.id);
    settle(turn, bulk);
    return VerbDone{.bulk = bulk.id};
}

void restoreBulk(State &state, const BulkSnapshot &snapshot)
{
    BulkEntry entry;
    entry.bulk = snapshot.bulk;
    entry.items = snapshot.items;
    for (std::size_t i = 0; i < entry.items.size(); ++i) {
        if (entry.items[i].state == BulkItemState::Retrying)
            state.bulkRuns[entry.items[i].run] = {.bulk = entry.bulk.id,
                                                  .index = static_cast<int>(i)};
    }
    state.bulks.emplace(entry.bulk.id, std::move(entry));
}

void repairBulks(Turn &turn)
{
    for (auto &[id, entry] : turn.state.bulks)
        entry.nextAt = turn.now;
}

std::vector<RunId> dueBulkRuns(const State &state, TimePoint now)
{
    std::vector<RunId> runs;
    if (state.isStopping)
        return runs;
    for (const auto &[id, entry] : state.bulks) {
        std::size_t index = entry.firstWaiting;
        for (std::size_t left = slots(entry, now); left > 0 && runs.size() < mostPerStep; --left) {
            index = nextWaiting(entry, index);
            if (index == entry.items.size())
                break;
            runs.push_back(entry.items[index++].run);
        }
    }
    return runs;
}

void advanceBulks(Turn &turn)
{
    if (turn.state.isStopping)
        return;
    for (auto &[id, entry] : turn.state.bulks)
        advance(turn, entry);
}

void tellBulk(Turn &turn, const RunState &run)
{
    const auto found = turn.state.bulkRuns.extract(run.run.id);
    if (found.empty())
        return;
    BulkEntry &entry = turn.state.bulks.at(found.mapped().bulk);
    Bulk &bulk = entry.bulk;
    const BulkItemState result = resultOf(run.run.status);
    if (result == BulkItemState::FailedAgain && run.letter) {
        const DeadLetter &fresh = turn.changedLetters.at(run.run.id);
        bulk.sameError += fresh.fingerprint == run.letter->fingerprint ? 1 : 0;
    }
    moveItem(turn, entry, static_cast<std::size_t>(found.mapped().index), result);
    if (mustStop(bulk, result))
        bulk.state = BulkState::StoppedByErrors;
    if (bulk.triesOneFirst && result == BulkItemState::Completed && bulk.completed == 1)
        entry.nextAt = turn.now; // the rest starts now, it has not fallen behind
    settle(turn, bulk);
}

std::optional<TimePoint> nextBulkDeadline(const State &state)
{
    std::optional<TimePoint> next;
    if (state.isStopping)
        return next;
    for (const auto &[id, entry] : state.bulks) {
        if (!mayStart(entry.bulk))
            continue;
        const TimePoint at = std::chrono::ceil<TimePoint::duration>(entry.nextAt);
        next = std::min(next.value_or(at), at);
    }
    return next;
}

void flushBulks(Turn &turn, Writes &rows)
{
    for (const auto &[id, index] : turn.changedBulkItems)
        rows.emplace_back(
            BulkItemWrite{.bulk = id,
                          .index = index,
                          .item = turn.state.bulks.at(id).items[static_cast<std::size_t>(index)]});
    for (const BulkId &id : turn.changedBulks) {
        const Bulk &bulk = turn.state.bulks.at(id).bulk;
        rows.emplace_back(bulk);
        turn.outcome.changes.emplace_back(BulkChanged{.bulk = bulk});
        if (bulk.endedAt)
            turn.state.bulks.erase(id);
    }
}

} // namespace devserver::engine
