// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/datafile.h"

#include "devserver/store/log.h"
#include "devserver/store/logend.h"
#include "devserver/store/migrations.h"

#include <QDir>
#include <QFileInfo>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

// A full check reads the whole file, which a start may not wait for when there is much history
// (100,000 runs: about 100 MB). Damage elsewhere is found when the page is read.
constexpr qint64 fullCheckBelowBytes = 8 * 1024 * 1024;

constexpr qint64 smallestDatabase = 512;

// A log with less is left as it is: an idle server does nothing, and a start writes a few rows.
constexpr std::size_t checkpointFromRows = 100;

// The cache is small on purpose: a commit after which pages of a tree changed places looks through
// all that the cache has (the temporary page number of SQLite's balancing is above every page).
// With 64 MiB this took a tenth of the server's time; what is not in 4 MiB is in the system's
// cache.
constexpr char settings[] = R"(
PRAGMA foreign_keys = ON;
PRAGMA cache_size = -4096;
PRAGMA temp_store = MEMORY;
PRAGMA secure_delete = FAST;
)";

/// Before SQLite opens the file: it recovers without a word.
void reportLogEnd(const QString &file)
{
    const LogEnd end = readLogEnd(file + u"-wal"_s);
    if (end.isTorn)
        qCWarning(lcStore) << "torn write-ahead log, cut off after the last whole commit"
                           << "file" << file << "frames kept" << end.committed << "frames dropped"
                           << end.unfinished + 1;
    else if (end.unfinished > 0)
        qCInfo(lcStore) << "the last commit was not finished and is left out"
                        << "file" << file << "frames dropped" << end.unfinished;
}

} // namespace

Result<Snapshot> DataFile::open(const QString &path, Durability durability)
{
    if (m_database.isOpen())
        return reopen();
    m_path = path;
    m_writer = std::make_unique<RowWriter>();
    m_restorer = std::make_unique<Restorer>();
    Result<void> ready = prepareFile();
    if (ready)
        ready = m_lock.take(m_path);
    if (ready)
        ready = checkFile();
    if (ready)
        ready = configure(durability);
    if (ready)
        ready = migrate(&m_database);
    if (ready)
        ready = m_writer->prepare(&m_database);
    if (ready)
        ready = m_restorer->prepare(&m_database);
    Result<Snapshot> snapshot = ready ? m_restorer->snapshot() : tl::unexpected(ready.error());
    if (!snapshot) {
        close();
        return tl::unexpected(named(snapshot.error()));
    }
    m_writer->startAfter(snapshot->lastId);
    return snapshot;
}

/// The engine dropped its state, after a full disk or while another program wrote: it reads again
/// what is committed, if that is over.
Result<Snapshot> DataFile::reopen()
{
    // There may be nothing to commit at first, or little, but the work that would follow needs it.
    if (const Result<void> tried = m_database.tryToWrite(m_wasFull); !tried)
        return tl::unexpected(named(tried.error()));
    Result<Snapshot> snapshot = m_restorer->snapshot();
    if (!snapshot)
        return tl::unexpected(named(snapshot.error()));
    m_writer->startAfter(snapshot->lastId);
    return snapshot;
}

Result<void> DataFile::prepareFile()
{
    const QFileInfo info(m_path);
    if (!QDir().mkpath(info.absolutePath()))
        return failure(errno == EACCES || errno == EROFS ? ErrorCode::StoreReadOnly
                                                         : ErrorCode::Store,
                       u"cannot create its folder"_s);
    // Two names of one file (symbolic links) must meet at the same lock.
    if (info.exists())
        m_path = info.canonicalFilePath();
    else
        m_path = QFileInfo(info.absolutePath()).canonicalFilePath() + u'/' + info.fileName();
    const QFileInfo file(m_path);
    if (file.exists() && !file.isFile())
        return failure(ErrorCode::Store, u"not a file"_s);
    return {};
}

Result<void> DataFile::checkFile()
{
    const qint64 size = QFileInfo(m_path).size();
    // SQLite takes an empty file for a new one and deletes the log that belonged to the old one.
    if (size == 0 && QFileInfo(m_path + u"-wal"_s).size() > 0) {
        return failure(ErrorCode::StoreDamaged,
                       u"the file is empty, but its write-ahead log (-wal) is not"_s);
    }
    // A file of one byte counts as empty there, too.
    if (size > 0 && size < smallestDatabase)
        return failure(ErrorCode::StoreDamaged, u"the file is too short for a database"_s);
    reportLogEnd(m_path);
    Result<void> opened = m_database.open(m_path);
    if (opened)
        opened = checkOrigin(&m_database);
    if (!opened || size == 0 || size > fullCheckBelowBytes)
        return opened;
    const Result<QByteArray> verdict = m_database.text("PRAGMA quick_check(1)"_ba);
    if (!verdict)
        return tl::unexpected(verdict.error());
    if (*verdict != "ok")
        return failure(ErrorCode::StoreDamaged, QString::fromUtf8(*verdict));
    return {};
}

Result<void> DataFile::configure(Durability durability)
{
    const Result<QByteArray> mode = m_database.text("PRAGMA journal_mode = WAL"_ba);
    if (!mode)
        return tl::unexpected(mode.error());
    if (*mode != "wal")
        return failure(ErrorCode::Store, u"the file system cannot hold a write-ahead log"_s);
    m_database.watchLog();
    m_isDurable = durability == Durability::Full;
    const QByteArray synchronous = durability == Durability::Full ? "FULL"_ba : "OFF"_ba;
    return m_database.execute(settings + "PRAGMA synchronous = "_ba + synchronous);
}

Result<void> DataFile::commit(const Writes &writes)
{
    if (m_failure)
        return tl::unexpected(*m_failure);
    if (!m_database.isOpen())
        return failure(ErrorCode::Store, u"the store is not open"_s);
    const Result<void> done = writeAll(writes);
    if (done) {
        m_writer->confirmCommitted();
        m_rowsInLog += writes.size();
        m_wasFull = false;
        return done;
    }
    m_writer->forgetUncommitted();
    const Error error = named(done.error());
    m_wasFull = error.code == ErrorCode::StoreFull;
    // A full disk and a foreign program that writes to the file come to an end.
    if (error.code != ErrorCode::StoreFull && error.code != ErrorCode::StoreLocked)
        m_failure = error;
    return tl::unexpected(error);
}

Result<void> DataFile::writeAll(const Writes &writes)
{
    Transaction transaction(&m_database);
    if (Result<void> begun = transaction.begin(); !begun)
        return begun;
    for (const Write &write : writes) {
        if (Result<void> written = m_writer->write(write); !written)
            return written;
    }
    if (Result<void> written = m_writer->writeLastId(); !written)
        return written;
    return transaction.commit();
}

Result<Recalled> DataFile::recall(const Recall &recall)
{
    if (m_failure)
        return tl::unexpected(*m_failure);
    if (!m_database.isOpen())
        return failure(ErrorCode::Store, u"the store is not open"_s);
    Result<Recalled> recalled = m_restorer->recall(recall);
    if (!recalled)
        return tl::unexpected(named(recalled.error()));
    return recalled;
}

bool DataFile::wantsLongerLog() const
{
    return m_isDurable && m_database.wantsLongerLog();
}

void DataFile::lengthenLog()
{
    if (wantsLongerLog())
        m_database.lengthenLog();
}

void DataFile::checkpoint()
{
    if (!m_database.isOpen() || m_rowsInLog < checkpointFromRows)
        return;
    m_database.checkpoint();
    m_rowsInLog = 0;
}

void DataFile::close()
{
    m_rowsInLog = 0;
    m_writer.reset();
    m_restorer.reset();
    m_database.close();
    m_lock.release();
}

Error DataFile::named(const Error &error) const
{
    return Error{error.code, m_path + u": "_s + error.message};
}

} // namespace devserver::store
