// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/bulk.h"
#include "devserver/model/event.h"
#include "devserver/model/function.h"
#include "devserver/model/job.h"
#include "devserver/model/run.h"

#include <variant>
#include <vector>

namespace devserver {

/// The memo of a run; replaces the row with the same run and index.
struct MemoWrite {
    RunId run;
    MemoPtr memo;
};

/// The job is done, or belongs to a run that ended.
struct JobGone {
    JobId job;
};

struct AppGone {
    AppId app;
};

/// Memos of letters that were discarded before then are released (semantics §9.5).
struct ReleaseDiscarded {
    TimePoint before;
};

/// One letter of a bulk retry, by its place in the plan.
struct BulkItemWrite {
    BulkId bulk;
    int index = 0;
    BulkItem item;
};

/// One row for the store. Each alternative replaces a whole row with the same key; `…Gone` removes
/// one.
using Write =
    std::variant<EventPtr, Run, MemoWrite, Job, JobGone, Attempt, TimelineRecord, DeadLetter,
                 Delivery, App, AppGone, Function, ReleaseDiscarded, Bulk, BulkItemWrite>;

/// What one step of the engine changes on disk: one transaction.
using Writes = std::vector<Write>;

} // namespace devserver
