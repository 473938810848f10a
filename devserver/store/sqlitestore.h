// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/store/datafile.h"
#include "devserver/store/store.h"
#include "devserver/store/workthread.h"

#include <QTemporaryDir>
#include <QThreadPool>

#include <atomic>
#include <memory>

namespace devserver::store {

class QueryReader;

/// The store in an SQLite file (WAL). A writer thread has the one writing connection (SQLite's C
/// API); a reader thread answers the queries of REST and of the window from a read-only one (Qt
/// Sql). What must look at the whole file gets a thread and a connection for itself, for as long as
/// it takes.
class SqliteStore final : public Store
{
public:
    /// \param path  the data file; its folder is created. Not used with Durability::None, which
    /// keeps
    ///              its file in a temporary folder until `close()`.
    explicit SqliteStore(const QString &path, Durability durability = Durability::Full);
    ~SqliteStore() override;

    [[nodiscard]] QFuture<Result<Snapshot>> open(Finished finished = {}) override;
    [[nodiscard]] QFuture<Result<void>> commit(Writes writes, Finished finished = {}) override;
    [[nodiscard]] QFuture<Result<Recalled>> recall(Recall recall, Finished finished = {}) override;
    [[nodiscard]] QFuture<Result<api::QueryAnswer>> query(api::Query query,
                                                          Withdrawn withdrawn = {}) override;
    void close() override;

    /// Bytes of what is committed: as many as a StorageUse has together. Neither what the log has
    /// twice nor the zeros at its end count. Any thread.
    [[nodiscard]] qint64 dataBytes() const { return m_dataBytes; }

    /// When the data file was begun, in ms since 1970; 0: not open yet, or the file system does not
    /// know. A file that takes the place of another one at the same path has another time. Any
    /// thread.
    [[nodiscard]] qint64 bornAt() const { return m_bornAt; }

    /// The data file.
    [[nodiscard]] QString path() const { return m_path; }

private:
    [[nodiscard]] QFuture<Result<api::QueryAnswer>> survey(api::Query query, Withdrawn withdrawn);
    [[nodiscard]] Result<api::QueryAnswer> answer(QueryReader *reader, const api::Query &query,
                                                  const Withdrawn &withdrawn) const;

    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_path;
    Durability m_durability;
    DataFile m_file;                        // used on the writer thread only
    std::unique_ptr<QueryReader> m_queries; // used on the reader thread only
    std::atomic<bool> m_closing = false;
    std::atomic<qint64> m_dataBytes = 0;
    std::atomic<qint64> m_bornAt = 0;
    WorkThread m_writer;
    WorkThread m_reader;
    QThreadPool m_surveys;
};

} // namespace devserver::store
