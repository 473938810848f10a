// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"

#include <QByteArray>
#include <QString>

#include <memory>

struct sqlite3;
struct sqlite3_stmt;

/// The SQLite C API in three classes: the writer's door to the file (style.md 2.10). Readers of the
/// window and of REST use Qt Sql instead.
namespace devserver::store {

class Statement;
class Transaction;

/// One connection. Belongs to the thread that opened it.
class Database
{
public:
    Database();
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    /// Opens or creates \a path for reading and writing. SQLite reads nothing yet.
    [[nodiscard]] Result<void> open(const QString &path);
    /// All statements must be gone.
    void close();

    [[nodiscard]] bool isOpen() const { return m_handle != nullptr; }

    /// Runs a script of any number of statements; rows are ignored.
    [[nodiscard]] Result<void> execute(const QByteArray &script);
    [[nodiscard]] Result<Statement> prepare(const QByteArray &sql);
    /// First column of the first row of \a sql, 0 if there is none.
    [[nodiscard]] Result<qint64> number(const QByteArray &sql);
    [[nodiscard]] Result<QByteArray> text(const QByteArray &sql);

    /// Moves the WAL into the file and empties it, unless somebody reads it right now.
    void checkpoint();
    /// Follows the length of the WAL: moves it into the file when it gets long, and knows when
    /// `lengthenLog()` is worth while.
    void watchLog();
    /// The WAL is in use and not as long as it will get.
    [[nodiscard]] bool wantsLongerLog() const;
    /// Adds a piece of zeros to the end of the WAL for the commits to come: a sync that need not
    /// note a new length of the file is about 0.1 ms quicker. Not when the disk is nearly full, nor
    /// while another program writes.
    void lengthenLog();
    /// Whether a commit could begin now: nobody else writes, and if it \a needsRoom such a piece
    /// can be added (it is gone again afterwards). Changes nothing, waits for nobody.
    /// \returns else StoreLocked, StoreFull
    [[nodiscard]] Result<void> tryToWrite(bool needsRoom);
    /// Bytes of all pages as the last commit left them, in the file or still in the WAL. Cheap.
    [[nodiscard]] qint64 pageBytes();
    [[nodiscard]] bool isInTransaction() const;
    /// Rows that the last INSERT, UPDATE or DELETE changed.
    [[nodiscard]] qint64 changedRows() const;
    /// The error of the last call: StoreFull, StoreReadOnly, StoreDamaged,
    /// StoreLocked or Store.
    [[nodiscard]] Error lastError(int code) const;

private:
    struct Closer {
        void operator()(sqlite3 *handle) const;
    };

    static int onLog(void *self, sqlite3 *handle, const char *name, int frames);

    friend class Transaction;
    /// Runs a statement that is prepared once and kept.
    Result<void> runKept(std::unique_ptr<Statement> *kept, const QByteArray &sql);
    /// Without waiting for who writes just now.
    [[nodiscard]] Result<void> beginAtOnce(Transaction *transaction);

    std::unique_ptr<sqlite3, Closer> m_handle;
    std::unique_ptr<Statement> m_begin; // after the handle: they must go first
    std::unique_ptr<Statement> m_commit;
    std::unique_ptr<Statement> m_pageCount;
    int m_logFrames = 0; ///< after the last commit
    bool m_mayLengthenLog = true;
};

/// A prepared statement that is used again and again: bind left to right, run, read left to right.
///
/// Bound bytes are not copied: they must live until `run()` returned or the rows were read.
class Statement
{
public:
    Statement() = default;

    Statement &number(qint64 value);
    Statement &bytes(QByteArrayView value);
    Statement &null();

    /// Executes a statement without rows; ready to be bound again afterwards, also after an error.
    [[nodiscard]] Result<void> run();
    /// \returns whether there is a row. After the last one it is ready to be bound again.
    [[nodiscard]] Result<bool> next();
    /// Ends the reading before the last row.
    void reset();

    [[nodiscard]] qint64 numberAt(int column) const;
    [[nodiscard]] QByteArray bytesAt(int column) const;
    [[nodiscard]] bool isNullAt(int column) const;

private:
    friend class Database;
    Statement(const Database *database, sqlite3_stmt *handle);

    struct Finalizer {
        void operator()(sqlite3_stmt *handle) const;
    };

    const Database *m_database = nullptr;
    std::unique_ptr<sqlite3_stmt, Finalizer> m_handle;
    int m_bound = 0;
};

/// Rolls back unless it was committed.
class Transaction
{
public:
    explicit Transaction(Database *database)
        : m_database(database)
    {}

    ~Transaction();
    Q_DISABLE_COPY_MOVE(Transaction)

    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<void> commit();

private:
    Database *m_database;
};

} // namespace devserver::store
