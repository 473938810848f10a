// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/engine/state.h"
#include "devserver/model/snapshot.h"
#include "devserver/model/write.h"

#include <QString>

#include <map>
#include <vector>

namespace devserver::test {

/// What a store would hold, in memory: applies every write, and answers the two questions that the
/// engine has to a store.
struct MemoryDisk {
    std::map<EventId, EventPtr> events;
    std::map<RunId, Run> runs;
    std::map<RunId, std::map<int, MemoPtr>> memos;
    std::map<JobId, Job> jobs;
    std::map<RequestId, Attempt> attempts;
    std::map<RunId, std::vector<TimelineRecord>> timelines;
    std::map<RunId, DeadLetter> letters;
    std::vector<Delivery> deliveries;
    std::map<AppId, App> apps;
    std::map<FunctionId, Function> functions;
    std::map<BulkId, Bulk> bulks;
    std::map<BulkId, std::map<int, BulkItem>> bulkItems;
    Ulid lastId;
    QString problem; ///< first write that breaks a rule; empty if there is none

    /// One transaction.
    void apply(const Writes &writes);
    /// All that is alive.
    [[nodiscard]] Snapshot snapshot() const;
    [[nodiscard]] Recalled recall(const Recall &wanted) const;

    /// Finds what must never be on disk after a commit (semantics §10.3), and rows that are not
    /// what the engine has in memory. Empty if all is well.
    [[nodiscard]] QString inconsistency(const engine::State &state) const;

private:
    [[nodiscard]] QString bulkInconsistency(const engine::State &state) const;
    [[nodiscard]] RunSnapshot runSnapshot(const Run &run) const;
    void sawId(const Ulid &id);

    friend struct ApplyWrite;
};

} // namespace devserver::test
