// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/snapshot.h"
#include "devserver/store/filelock.h"
#include "devserver/store/restorer.h"
#include "devserver/store/rowwriter.h"
#include "devserver/store/sqlite.h"

#include <optional>

namespace devserver::store {

/// How much of a commit survives.
enum class Durability {
    Full, ///< SIGKILL and power loss
    None, ///< nothing is kept (`--memory`)
};

/// The one writing connection: lock, check, migrate, restore, commit. Belongs to the writer thread.
/// All errors name the file.
class DataFile
{
public:
    [[nodiscard]] Result<Snapshot> open(const QString &path, Durability durability);
    [[nodiscard]] Result<void> commit(const Writes &writes);
    [[nodiscard]] Result<Recalled> recall(const Recall &recall);

    /// Bytes of what is committed, 0 if the file is not open; see Database::pageBytes().
    [[nodiscard]] qint64 dataBytes() { return m_database.isOpen() ? m_database.pageBytes() : 0; }

    /// Between two commits, see Database::lengthenLog().
    [[nodiscard]] bool wantsLongerLog() const;
    void lengthenLog();
    /// For when there is nothing else to do; leaves a small log alone.
    void checkpoint();
    void close();

private:
    Result<Snapshot> reopen();
    Result<void> prepareFile();
    Result<void> checkFile();
    Result<void> configure(Durability durability);
    Result<void> writeAll(const Writes &writes);
    [[nodiscard]] Error named(const Error &error) const;

    QString m_path;
    FileLock m_lock;
    Database m_database;
    // After the database, because statements must go first.
    std::unique_ptr<RowWriter> m_writer;
    std::unique_ptr<Restorer> m_restorer;
    std::optional<Error> m_failure; ///< final
    bool m_wasFull = false;         ///< the last commit found no room
    bool m_isDurable = false;
    std::size_t m_rowsInLog = 0; ///< about; since the last checkpoint for want of work
};

} // namespace devserver::store
