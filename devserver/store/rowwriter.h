// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/write.h"
#include "devserver/store/sqlite.h"

namespace devserver::store {

/// Maps each alternative of `Write` to one prepared statement. Belongs to the writer thread.
class RowWriter
{
public:
    /// Prepares the statements; the schema must be there.
    [[nodiscard]] Result<void> prepare(Database *database);
    /// Writes one row inside the transaction of the caller.
    [[nodiscard]] Result<void> write(const Write &write);
    /// Keeps an id that no event, run or request is larger than, if one has become so.
    [[nodiscard]] Result<void> writeLastId();

    /// What was written since the last commit does not count.
    void forgetUncommitted() { m_lastId = m_reserved = m_committedReserve; }

    void confirmCommitted() { m_committedReserve = m_reserved; }

    void startAfter(const Ulid &lastId) { m_lastId = m_reserved = m_committedReserve = lastId; }

private:
    Result<void> writeRow(const EventPtr &event);
    Result<void> writeRow(const Run &run);
    Result<void> writeRow(const MemoWrite &write);
    Result<void> writeRow(const Job &job);
    Result<void> writeRow(const JobGone &gone);
    Result<void> writeRow(const Attempt &attempt);
    Result<void> writeRow(const TimelineRecord &record);
    Result<void> writeRow(const DeadLetter &letter);
    Result<void> writeRow(const Delivery &delivery);
    Result<void> writeRow(const App &app);
    Result<void> writeRow(const AppGone &gone);
    Result<void> writeRow(const Function &function);
    Result<void> writeRow(const ReleaseDiscarded &release);
    Result<void> writeRow(const Bulk &bulk);
    Result<void> writeRow(const BulkItemWrite &write);
    Result<void> writeFurtherEvents(const Run &run);
    void note(const Ulid &id);

    Database *m_database = nullptr;
    Statement m_event;
    Statement m_run;
    Statement m_runInPlace;
    Statement m_runEvent;
    Statement m_memo;
    Statement m_job;
    Statement m_jobGone;
    Statement m_attempt;
    Statement m_timeline;
    Statement m_letter;
    Statement m_delivery;
    Statement m_app;
    Statement m_appGone;
    Statement m_function;
    Statement m_release;
    Statement m_bulk;
    Statement m_bulkItem;
    Statement m_meta;
    Ulid m_lastId;           ///< the largest one written since the last start
    Ulid m_reserved;         ///< on disk with this commit; no id up to here is given away again
    Ulid m_committedReserve; ///< on disk
};

} // namespace devserver::store
