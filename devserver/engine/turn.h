// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/engine/outcome.h"
#include "devserver/engine/state.h"
#include "devserver/model/snapshot.h"

#include <set>
#include <utility>

namespace devserver::engine {

/// A call that was cut short, or could not be sent, is delivered again after this.
inline constexpr std::chrono::seconds redeliveryDelay{1};

/// One step in progress: the state that it changes and the outcome that it fills. Rows that change
/// several times in a step are written once, at its end.
struct Turn {
    TimePoint now;
    State &state;
    const Recalled &recalled;
    Outcome &outcome;

    std::set<RunId> changedRuns;
    std::set<JobId> changedJobs;
    std::set<JobId> goneJobs; ///< whose rows are on disk
    std::map<RequestId, Attempt> changedAttempts;
    std::set<EventId> seededEvents; ///< that are stored, by this step too
    std::map<std::pair<QByteArray, FunctionId>, RunId>
        scheduleKeys; ///< that are taken, by this step too
    std::map<RunId, DeadLetter> changedLetters;
    std::set<RunId> shownRuns; ///< look different, though their rows are the same
    std::set<BulkId> changedBulks;
    std::set<std::pair<BulkId, int>> changedBulkItems; ///< by place in the plan
    QByteArray actor;                                  ///< of the verb that is obeyed
};

/// A run as the store gave it for this step; null if it did not.
[[nodiscard]] const RunSnapshot *recalledRun(const Turn &turn, RunId id);

/// The row of a live run will be written at the end of the step.
void touch(Turn &turn, const RunState &run);

/// Appends a record to the timeline of a run (semantics §1.6). \a payload is a JSON object.
void record(Turn &turn, RunState &run, TimelineType type, const StepId &step, int attempt,
            QByteArray payload);

/// Moves a run to another status; asserts that the table allows it.
void moveTo(Turn &turn, RunState &run, RunStatus to, Cause cause);

void reply(Turn &turn, ReplyToken token,
           std::variant<EventsAccepted, SyncDone, App, VerbDone, Error> body);

void notice(Turn &turn, QByteArray text, NoticeLevel level = NoticeLevel::Warning);
void notice(Turn &turn, Notice notice);

/// Turns what was touched into writes and changes.
void flush(Turn &turn);

} // namespace devserver::engine
