// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/snapshot.h"
#include "devserver/store/sqlite.h"

#include <QHash>

namespace devserver::store {

/// What the engine reads: everything alive at start, and pieces of the past on request. Runs on the
/// writer's connection, so that it sees all earlier commits.
class Restorer
{
public:
    /// Prepares the statements; the schema must be there.
    [[nodiscard]] Result<void> prepare(Database *database);
    /// Cost is proportional to live work, not to history.
    [[nodiscard]] Result<Snapshot> snapshot();
    [[nodiscard]] Result<Recalled> recall(const Recall &recall);

private:
    using EventCache = QHash<QByteArray, EventPtr>;

    Result<std::optional<JobError>> errorOf(const Job &job);
    Result<std::vector<BulkSnapshot>> openBulks();
    Result<std::optional<Run>> findRun(RunId id);
    Result<RunSnapshot> complete(Run run, EventCache *cache);
    Result<int> highestAttemptOf(const Run &run);
    Result<bool> isEdited(const Run &run);
    Result<std::vector<EventPtr>> eventsOf(const Run &run, EventCache *cache);
    Result<bool> isStored(EventId id);
    Result<std::vector<KeyHolder>> holdersOf(const QByteArray &scheduleKey);

    Statement m_apps;
    Statement m_functions;
    Statement m_liveRuns;
    Statement m_lastId;
    Statement m_run;
    Statement m_event;
    Statement m_eventExists;
    Statement m_memos;
    Statement m_jobs;
    Statement m_openAttempts;
    Statement m_highestAttempt;
    Statement m_isEditedRetry;
    Statement m_letter;
    Statement m_holders;
    Statement m_jobError;
    Statement m_openBulks;
    Statement m_bulkItems;
};

} // namespace devserver::store
