// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/bulk.h"
#include "devserver/model/event.h"
#include "devserver/model/function.h"
#include "devserver/model/job.h"
#include "devserver/model/run.h"

#include <optional>
#include <vector>

namespace devserver {

/// What a job that is tried again failed with last.
struct JobError {
    JobId job;
    RequestId request; ///< of the attempt that failed
    RawJson error;
};

/// A run with everything that the engine needs to go on with it, or to run it again.
struct RunSnapshot {
    Run run;
    std::vector<EventPtr> events; ///< as many as Run::events, same order
    std::vector<MemoPtr> memos;   ///< all, also dropped ones, by index
    std::vector<Job> jobs;
    std::vector<JobError> jobErrors;   ///< of jobs that are tried again
    std::vector<Attempt> openAttempts; ///< started, not finished
    int highestAttempt = 0;            ///< of its calls in Run::cycle, counted from 0
    std::optional<DeadLetter> letter;
    bool isEditedRetry = false; ///< its timeline begins so; no column has it
};

/// A bulk retry that has not ended, with its letters in the order of the plan.
struct BulkSnapshot {
    Bulk bulk;
    std::vector<BulkItem> items;
};

/// All that is alive, read once at start (semantics §10.3/11: work is proportional to live work).
struct Snapshot {
    std::vector<App> apps;
    std::vector<Function> functions; ///< archived ones too
    std::vector<RunSnapshot> runs;   ///< those that are not terminal, by id
    std::vector<BulkSnapshot>
        bulks;   ///< that have not ended, by id; a stopped one may be among them
    Ulid lastId; ///< the largest id on disk; new ones sort after it
};

/// What the engine has to know of the past before it can take an input. The host asks the store for
/// it, after the last commit and before the step, so that memory does not grow with history.
struct Recall {
    std::vector<EventId> seededEvents;    ///< were they stored before?
    std::vector<QByteArray> scheduleKeys; ///< which runs hold them?
    std::vector<RunId> runs;              ///< whole runs, for retry, rerun, cancel

    [[nodiscard]] bool isEmpty() const
    {
        return seededEvents.empty() && scheduleKeys.empty() && runs.empty();
    }
};

/// A run that was started by an event whose sender chose the id.
struct KeyHolder {
    QByteArray scheduleKey;
    FunctionId function;
    RunId run; ///< its time is when the 24 h began
};

/// The answer to a Recall; what is not there does not exist.
struct Recalled {
    std::vector<EventId> storedEvents;
    std::vector<KeyHolder> holders;
    std::vector<RunSnapshot> runs;
    std::vector<RunId> missingRuns; ///< asked for, and not there
};

} // namespace devserver
