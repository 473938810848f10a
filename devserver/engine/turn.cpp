// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/engine/turn.h"

#include "devserver/engine/stages.h"

#include <algorithm>
#include <iterator>

namespace devserver::engine {

namespace {

void flushRuns(Turn &turn, Writes &rows)
{
    for (const RunId &id : turn.changedRuns) {
        RunState &run = turn.state.runs.at(id);
        rows.emplace_back(run.run);
        run.isStored = true;
        turn.outcome.changes.emplace_back(changeOf(turn, run));
        if (isTerminal(run.run.status))
            turn.state.runs.erase(id);
    }
    for (const RunId &id : turn.shownRuns) {
        const auto run = turn.state.runs.find(id);
        if (run != turn.state.runs.end() && !turn.changedRuns.contains(id))
            turn.outcome.changes.emplace_back(changeOf(turn, run->second));
    }
    // A letter that was discarded or restored makes its ended run look different.
    for (const auto &[id, letter] : turn.changedLetters) {
        if (turn.changedRuns.contains(id))
            continue;
        if (const RunSnapshot *ended = recalledRun(turn, id))
            turn.outcome.changes.emplace_back(changeOf(turn, stateOf(*ended)));
    }
}

void flushJobs(Turn &turn, Writes &rows)
{
    for (const JobId &id : turn.goneJobs)
        rows.emplace_back(JobGone{.job = id});
    for (const JobId &id : turn.changedJobs) {
        JobEntry &entry = turn.state.jobs.at(id);
        entry.isStored = true;
        entry.job.firstEligibleAt = entry.firstEligibleAt;
        rows.emplace_back(entry.job);
    }
    for (auto &[request, attempt] : turn.changedAttempts)
        rows.emplace_back(std::move(attempt));
}

void flushLetters(Turn &turn, Writes &rows)
{
    for (auto &[run, letter] : turn.changedLetters) {
        turn.outcome.changes.emplace_back(LetterChanged{.letter = letter});
        rows.emplace_back(std::move(letter));
    }
}

} // namespace

const RunSnapshot *recalledRun(const Turn &turn, RunId id)
{
    const auto &runs = turn.recalled.runs;
    const auto found =
        std::ranges::find_if(runs, [&](const RunSnapshot &each) { return each.run.id == id; });
    return found == runs.end() ? nullptr : &*found;
}

void touch(Turn &turn, const RunState &run)
{
    turn.changedRuns.insert(run.run.id);
}

void record(Turn &turn, RunState &run, TimelineType type, const StepId &step, int attempt,
            QByteArray payload)
{
    TimelineRecord entry{.run = run.run.id,
                         .number = run.run.timelineNext++,
                         .at = turn.now,
                         .type = type,
                         .step = step,
                         .attempt = attempt,
                         .payload = RawJson::fromTrusted(std::move(payload))};
    turn.outcome.changes.emplace_back(entry);
    turn.outcome.writes.emplace_back(std::move(entry));
    touch(turn, run);
}

void moveTo(Turn &turn, RunState &run, RunStatus to, Cause cause)
{
    ++turn.state.transitions[transitionIndex(run.run.status, to, cause)];
    run.run.status = to;
    touch(turn, run);
}

void reply(Turn &turn, ReplyToken token,
           std::variant<EventsAccepted, SyncDone, App, VerbDone, Error> body)
{
    if (token != 0)
        turn.outcome.actions.emplace_back(Reply{.token = token, .body = std::move(body)});
}

void notice(Turn &turn, QByteArray text, NoticeLevel level)
{
    notice(turn, Notice{.text = std::move(text), .level = level});
}

void notice(Turn &turn, Notice notice)
{
    turn.outcome.changes.emplace_back(std::move(notice));
}

void flush(Turn &turn)
{
    Writes rows;
    rows.reserve(turn.changedRuns.size() + turn.changedJobs.size() + turn.outcome.writes.size()
                 + 8);
    flushRuns(turn, rows);
    std::ranges::move(turn.outcome.writes, std::back_inserter(rows));
    flushJobs(turn, rows);
    flushLetters(turn, rows);
    flushBulks(turn, rows);
    turn.outcome.writes = std::move(rows);
}

} // namespace devserver::engine
