// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/sqlite.h"

#include <QFile>

#include <sqlite3.h>

#include <cerrno>
#include <sys/statvfs.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

// Somebody with the sqlite3 shell may hold the write lock for a moment.
constexpr int busyTimeoutMs = 5000;

constexpr qint64 pageSize = 4096;
constexpr qint64 frameBytes = 24 + pageSize; // with its header
constexpr int checkpointFromFrames = 4000;
// What makes the tables, and a few commits, tell nothing about those to come.
constexpr int usedLogFrames = 128;
constexpr qint64 longLogBytes = (checkpointFromFrames + 256) * frameBytes;
constexpr int logPieceBytes = 1024 * 1024;
constexpr int logWriteBytes = 64 * 1024; // SQLite's own layer takes less than 128 KiB at once
constexpr qint64 leastFreeBytes = 256LL * 1024 * 1024;

bool isForbidden(int error)
{
    return error == EACCES || error == EPERM || error == EROFS;
}

bool isNoSpace(int error)
{
    return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

qint64 freeBytes(const char *path)
{
    struct statvfs space {};

    return ::statvfs(path, &space) == 0
               ? static_cast<qint64>(space.f_bavail) * static_cast<qint64>(space.f_frsize)
               : 0;
}

/// Behind the last frame: whoever reads the log after a crash stops at the first frame that is
/// none, and zeros are none.
int addZeros(sqlite3_file *log, sqlite3_int64 end)
{
    static const std::vector<char> zeros(logWriteBytes);
    int code = SQLITE_OK;
    for (int at = 0; at < logPieceBytes && code == SQLITE_OK; at += logWriteBytes)
        code = log->pMethods->xWrite(log, zeros.data(), logWriteBytes, end + at);
    return code;
}

ErrorCode codeFor(int code, sqlite3 *handle)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return ErrorCode::StoreFull;
    case SQLITE_IOERR:
        if (code == SQLITE_IOERR_CORRUPTFS)
            return ErrorCode::StoreDamaged;
        // SQLite 3.40 forgets to note the system's error when COMMIT fails, so errno is asked as
        // well.
        return isNoSpace(sqlite3_system_errno(handle)) || isNoSpace(errno) ? ErrorCode::StoreFull
                                                                           : ErrorCode::Store;
    case SQLITE_READONLY:
        return code == SQLITE_READONLY_DBMOVED ? ErrorCode::Store : ErrorCode::StoreReadOnly;
    case SQLITE_CANTOPEN:
        return isForbidden(sqlite3_system_errno(handle)) ? ErrorCode::StoreReadOnly
                                                         : ErrorCode::Store;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorCode::StoreDamaged;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::StoreLocked;
    default:
        return ErrorCode::Store;
    }
}

} // namespace

void Database::Closer::operator()(sqlite3 *handle) const
{
    sqlite3_close_v2(handle);
}

Database::Database() = default;

Database::~Database() = default;

Result<void> Database::open(const QString &path)
{
    sqlite3 *handle = nullptr;
    const int code = sqlite3_open_v2(QFile::encodeName(path).constData(), &handle,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                         | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                                     nullptr);
    m_handle.reset(handle);
    if (code != SQLITE_OK) {
        const Error error = lastError(code);
        m_handle.reset();
        return tl::unexpected(error);
    }
    // SQLite is content to read what it may not write.
    if (sqlite3_db_readonly(handle, "main") == 1) {
        m_handle.reset();
        return failure(ErrorCode::StoreReadOnly, u"the file may not be written to"_s);
    }
    sqlite3_busy_timeout(handle, busyTimeoutMs);
    return {};
}

void Database::close()
{
    m_begin.reset();
    m_commit.reset();
    m_pageCount.reset();
    m_handle.reset();
    m_logFrames = 0;
    m_mayLengthenLog = true;
}

Result<void> Database::execute(const QByteArray &script)
{
    errno = 0; // see codeFor()
    const int code = sqlite3_exec(m_handle.get(), script.constData(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return tl::unexpected(lastError(code));
    return {};
}

Result<Statement> Database::prepare(const QByteArray &sql)
{
    sqlite3_stmt *handle = nullptr;
    const int code =
        sqlite3_prepare_v3(m_handle.get(), sql.constData(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    if (code != SQLITE_OK)
        return tl::unexpected(lastError(code));
    return Statement(this, handle);
}

Result<qint64> Database::number(const QByteArray &sql)
{
    Result<Statement> statement = prepare(sql);
    if (!statement)
        return tl::unexpected(statement.error());
    const Result<bool> row = statement->next();
    if (!row)
        return tl::unexpected(row.error());
    return *row ? statement->numberAt(0) : 0;
}

Result<QByteArray> Database::text(const QByteArray &sql)
{
    Result<Statement> statement = prepare(sql);
    if (!statement)
        return tl::unexpected(statement.error());
    const Result<bool> row = statement->next();
    if (!row)
        return tl::unexpected(row.error());
    return *row ? statement->bytesAt(0) : QByteArray();
}

void Database::checkpoint()
{
    // The log starts again from its beginning but keeps its size: writing over it is quicker than
    // growing it. A failure loses nothing: the WAL keeps what it has, and the next checkpoint tries
    // again.
    sqlite3_busy_timeout(m_handle.get(), 0);
    sqlite3_wal_checkpoint_v2(m_handle.get(), nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
    sqlite3_busy_timeout(m_handle.get(), busyTimeoutMs);
}

void Database::watchLog()
{
    // Replaces the automatic checkpoint, which is such a hook, too.
    sqlite3_wal_hook(m_handle.get(), &Database::onLog, this);
}

int Database::onLog(void *self, sqlite3 *handle, const char *name, int frames)
{
    static_cast<Database *>(self)->m_logFrames = frames;
    if (frames >= checkpointFromFrames)
        sqlite3_wal_checkpoint_v2(handle, name, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    return SQLITE_OK;
}

bool Database::wantsLongerLog() const
{
    return m_mayLengthenLog && m_logFrames >= usedLogFrames;
}

void Database::lengthenLog()
{
    // Nobody else may write behind the end that is found here.
    Transaction transaction(this);
    if (!beginAtOnce(&transaction))
        return; // the next commit tells whether to try again
    m_mayLengthenLog = false;
    sqlite3_file *log = nullptr;
    sqlite3_file_control(m_handle.get(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    sqlite3_int64 size = 0;
    if (!log || !log->pMethods || log->pMethods->xFileSize(log, &size) != SQLITE_OK
        || size >= longLogBytes
        || freeBytes(sqlite3_db_filename(m_handle.get(), "main")) < leastFreeBytes)
        return;
    int code = addZeros(log, size);
    if (code == SQLITE_OK)
        code = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
    m_mayLengthenLog = code == SQLITE_OK;
    if (!m_mayLengthenLog)
        log->pMethods->xTruncate(log, size);
}

Result<void> Database::tryToWrite(bool needsRoom)
{
    Transaction transaction(this);
    if (Result<void> begun = beginAtOnce(&transaction); !begun || !needsRoom)
        return begun;
    sqlite3_file *log = nullptr;
    sqlite3_file_control(m_handle.get(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    sqlite3_int64 size = 0;
    if (!log || !log->pMethods || log->pMethods->xFileSize(log, &size) != SQLITE_OK)
        return {};
    const bool hasRoom = addZeros(log, size) == SQLITE_OK;
    log->pMethods->xTruncate(log, size);
    if (!hasRoom)
        return failure(ErrorCode::StoreFull, u"there is still no room"_s);
    return {};
}

Result<void> Database::beginAtOnce(Transaction *transaction)
{
    sqlite3_busy_timeout(m_handle.get(), 0);
    Result<void> begun = transaction->begin();
    sqlite3_busy_timeout(m_handle.get(), busyTimeoutMs);
    return begun;
}

qint64 Database::pageBytes()
{
    if (!m_pageCount) {
        Result<Statement> prepared = prepare(QByteArrayLiteral("PRAGMA page_count"));
        if (!prepared)
            return 0;
        m_pageCount = std::make_unique<Statement>(std::move(*prepared));
    }
    const Result<bool> row = m_pageCount->next();
    const qint64 pages = row && *row ? m_pageCount->numberAt(0) : 0;
    m_pageCount->reset();
    return pages * pageSize;
}

bool Database::isInTransaction() const
{
    return m_handle && sqlite3_get_autocommit(m_handle.get()) == 0;
}

qint64 Database::changedRows() const
{
    return sqlite3_changes64(m_handle.get());
}

Result<void> Database::runKept(std::unique_ptr<Statement> *kept, const QByteArray &sql)
{
    if (!*kept) {
        Result<Statement> prepared = prepare(sql);
        if (!prepared)
            return tl::unexpected(prepared.error());
        *kept = std::make_unique<Statement>(std::move(*prepared));
    }
    errno = 0; // see codeFor()
    return (*kept)->run();
}

Error Database::lastError(int code) const
{
    if (!m_handle)
        return Error{ErrorCode::Store, u"out of memory"_s};
    return Error{codeFor(code, m_handle.get()), QString::fromUtf8(sqlite3_errmsg(m_handle.get()))
                                                    + u" (SQLite "_s + QString::number(code)
                                                    + u')'};
}

Statement::Statement(const Database *database, sqlite3_stmt *handle)
    : m_database(database)
    , m_handle(handle)
{}

void Statement::Finalizer::operator()(sqlite3_stmt *handle) const
{
    sqlite3_finalize(handle);
}

// Binding can only fail for a wrong index or a value over 1 GB: the first is a bug, the second
// makes SQLite refuse the row because the parameter stays NULL.

Statement &Statement::number(qint64 value)
{
    sqlite3_bind_int64(m_handle.get(), ++m_bound, value);
    return *this;
}

Statement &Statement::bytes(QByteArrayView value)
{
    // A null pointer would bind NULL.
    const char *data = value.isEmpty() ? "" : value.data();
    sqlite3_bind_blob64(m_handle.get(), ++m_bound, data, static_cast<sqlite3_uint64>(value.size()),
                        SQLITE_STATIC);
    return *this;
}

Statement &Statement::null()
{
    sqlite3_bind_null(m_handle.get(), ++m_bound);
    return *this;
}

Result<void> Statement::run()
{
    const int code = sqlite3_step(m_handle.get());
    if (code != SQLITE_DONE && code != SQLITE_ROW) {
        const Error error = m_database->lastError(code);
        reset();
        return tl::unexpected(error);
    }
    reset();
    return {};
}

Result<bool> Statement::next()
{
    const int code = sqlite3_step(m_handle.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        reset();
        return false;
    }
    const Error error = m_database->lastError(code);
    reset();
    return tl::unexpected(error);
}

void Statement::reset()
{
    sqlite3_reset(m_handle.get());
    m_bound = 0;
}

qint64 Statement::numberAt(int column) const
{
    return sqlite3_column_int64(m_handle.get(), column);
}

QByteArray Statement::bytesAt(int column) const
{
    const void *data = sqlite3_column_blob(m_handle.get(), column);
    const int size = sqlite3_column_bytes(m_handle.get(), column);
    return QByteArray(static_cast<const char *>(data), size);
}

bool Statement::isNullAt(int column) const
{
    return sqlite3_column_type(m_handle.get(), column) == SQLITE_NULL;
}

Transaction::~Transaction()
{
    // SQLite may have rolled back by itself (full disk), then there is nothing to do.
    if (m_database->isInTransaction())
        static_cast<void>(m_database->execute(QByteArrayLiteral("ROLLBACK")));
}

Result<void> Transaction::begin()
{
    return m_database->runKept(&m_database->m_begin, QByteArrayLiteral("BEGIN IMMEDIATE"));
}

Result<void> Transaction::commit()
{
    return m_database->runKept(&m_database->m_commit, QByteArrayLiteral("COMMIT"));
}

} // namespace devserver::store
