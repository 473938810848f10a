// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/queryreader.h"

#include "devserver/store/answers.h"
#include "devserver/store/sqlfunctions.h"
#include "devserver/store/sqlselect.h"

#include <QSqlDriver>
#include <QUuid>

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

Error errorOf(const QSqlError &error)
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    constexpr int corrupt = 11;      // SQLITE_CORRUPT
    constexpr int notADatabase = 26; // SQLITE_NOTADB
    return Error{code == corrupt || code == notADatabase ? ErrorCode::StoreDamaged
                                                         : ErrorCode::Store,
                 error.text()};
}

/// Ends the read transaction, so that the log can be emptied.
class ReadTransaction
{
public:
    explicit ReadTransaction(QSqlDatabase *database)
        : m_database(database)
    {
        m_database->transaction();
    }

    ~ReadTransaction() { m_database->rollback(); }
    Q_DISABLE_COPY_MOVE(ReadTransaction)

private:
    QSqlDatabase *m_database;
};

/// Lets a statement that takes long end by itself, on this thread, once one of these is true:
/// nobody waits for it, or the store is closing. Null: never.
class Interruption
{
public:
    Interruption(sqlite3 *connection, const std::atomic<bool> *withdrawn,
                 const std::atomic<bool> *closing)
        : m_connection(connection)
        , m_withdrawn(withdrawn)
        , m_closing(closing)
    {
        constexpr int instructions = 2000; // some 0.2 ms
        if (m_connection != nullptr)
            sqlite3_progress_handler(m_connection, instructions, isOver, this);
    }

    ~Interruption()
    {
        if (m_connection != nullptr)
            sqlite3_progress_handler(m_connection, 0, nullptr, nullptr);
    }

    Q_DISABLE_COPY_MOVE(Interruption)

private:
    static bool isSet(const std::atomic<bool> *flag) { return flag != nullptr && *flag; }

    static int isOver(void *self)
    {
        const auto *interruption = static_cast<const Interruption *>(self);
        return isSet(interruption->m_withdrawn) || isSet(interruption->m_closing) ? 1 : 0;
    }

    sqlite3 *m_connection;
    const std::atomic<bool> *m_withdrawn;
    const std::atomic<bool> *m_closing;
};

/// Qt's driver has the connection of SQLite inside; null if it is another driver.
sqlite3 *handleOf(const QSqlDatabase &database)
{
    const QVariant handle = database.driver()->handle();
    return handle.isValid() && qstrcmp(handle.typeName(), "sqlite3*") == 0
               ? *static_cast<sqlite3 *const *>(handle.constData())
               : nullptr;
}

} // namespace

SqlSelect::SqlSelect(const QSqlDatabase &database, const QByteArray &sql)
    : m_query(database)
{
    m_query.setForwardOnly(true);
    m_isPrepared = m_query.prepare(QString::fromUtf8(sql));
}

SqlSelect &SqlSelect::bind(const QByteArray &value)
{
    // A null array would bind NULL.
    m_query.bindValue(m_bound++, value.isNull() ? QByteArray("") : value);
    return *this;
}

SqlSelect &SqlSelect::bind(qint64 value)
{
    m_query.bindValue(m_bound++, value);
    return *this;
}

SqlSelect &SqlSelect::bind(double value)
{
    m_query.bindValue(m_bound++, value);
    return *this;
}

SqlSelect &SqlSelect::bind(const QString &value)
{
    m_query.bindValue(m_bound++, value.isNull() ? u""_s : value);
    return *this;
}

SqlSelect &SqlSelect::again()
{
    m_query.finish();
    m_bound = 0;
    return *this;
}

Result<void> SqlSelect::execute()
{
    if (!m_isPrepared || !m_query.exec())
        return tl::unexpected(errorOf(m_query.lastError()));
    return {};
}

Result<void> SqlSelect::outcome() const
{
    // next() says false at the end and on an error.
    if (m_query.lastError().isValid())
        return tl::unexpected(errorOf(m_query.lastError()));
    return {};
}

QueryReader::QueryReader(QString path, const std::atomic<bool> *closing)
    : m_path(std::move(path))
    , m_closing(closing)
{}

Result<void> QueryReader::connect()
{
    if (!m_connection.isEmpty())
        return {};
    const QString name = u"redrive-reader-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
    QString problem;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(m_path);
        database.setConnectOptions(u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=2000"_s);
        if (!database.open())
            problem = database.lastError().text();
        else
            m_handle = handleOf(database);
    }
    if (!problem.isEmpty()) {
        QSqlDatabase::removeDatabase(name);
        return failure(ErrorCode::Store, m_path + u": "_s + problem);
    }
    if (m_handle != nullptr)
        addFilterFunctions(m_handle);
    m_connection = name;
    return {};
}

Answer QueryReader::answer(const api::Query &query, const std::atomic<bool> *withdrawn)
{
    if (const Result<void> connected = connect(); !connected)
        return tl::unexpected(connected.error());
    QSqlDatabase database = QSqlDatabase::database(m_connection, false);
    const ReadTransaction transaction(&database);
    const Interruption interruption(m_handle, withdrawn, m_closing);
    return std::visit([&database](const auto &one) { return answerQuery(database, one); }, query);
}

void QueryReader::close()
{
    if (m_connection.isEmpty())
        return;
    QSqlDatabase::removeDatabase(m_connection);
    m_connection.clear();
    m_handle = nullptr;
}

} // namespace devserver::store
