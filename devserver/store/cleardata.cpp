// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/cleardata.h"

#include "devserver/store/filelock.h"
#include "devserver/store/migrations.h"
#include "devserver/store/sqlite.h"
#include "devserver/store/tables.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

tl::unexpected<Error> systemFailure(const QString &what, int error)
{
    const bool isFull = error == ENOSPC || error == EDQUOT;
    return failure(isFull ? ErrorCode::StoreFull : ErrorCode::Store,
                   what + u": "_s + qt_error_string(error));
}

Result<void> sync(const QString &path, int flags)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC);
    const bool isDone = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int error = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    if (!isDone)
        return systemFailure(u"cannot write it to the disk"_s, error);
    return {};
}

Result<void> rename(const QString &from, const QString &to)
{
    if (std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) != 0)
        return systemFailure(u"cannot rename it"_s, errno);
    return {};
}

/// \returns false on a file system that cannot.
Result<bool> exchange(const QString &one, const QString &other)
{
    if (::renameat2(AT_FDCWD, QFile::encodeName(one).constData(), AT_FDCWD,
                    QFile::encodeName(other).constData(), RENAME_EXCHANGE)
        == 0)
        return true;
    const int error = errno;
    if (error == EINVAL || error == ENOSYS || error == EOPNOTSUPP)
        return false;
    return systemFailure(u"cannot rename it"_s, error);
}

/// What the old file is called; there is none of this name.
QString nameAside(const QFileInfo &file)
{
    const QString date = QDateTime::currentDateTime().toString(u"yyyy-MM-dd-HHmmss"_s);
    const QString suffix = file.suffix().isEmpty() ? QString() : u'.' + file.suffix();
    const QString begin = file.path() + u'/' + file.completeBaseName() + u".cleared-"_s + date;
    QString name = begin + suffix;
    for (int number = 2; QFileInfo::exists(name); ++number)
        name = begin + u'-' + QString::number(number) + suffix;
    return name;
}

/// Nobody keeps a file of this name.
QString freshName(const QFileInfo &file)
{
    return file.path() + u"/."_s + file.fileName() + u".clearing"_s;
}

QByteArray quoted(const QString &text)
{
    return "'" + text.toUtf8().replace("'", "''") + "'";
}

class Clearing
{
public:
    Clearing(const QString &path, api::ClearScope scope, const ClearHooks &hooks)
        : m_path(path)
        , m_fresh(freshName(QFileInfo(path)))
        , m_aside(nameAside(QFileInfo(path)))
        , m_scope(scope)
        , m_hooks(hooks)
    {}

    [[nodiscard]] Result<api::DataCleared> run()
    {
        // Another process may be about to clear it, too: nothing there is ours yet.
        if (Result<void> locked = step(ClearStep::Lock, [this] { return m_lock.take(m_path); });
            !locked)
            return tl::unexpected<Error>(locked.error());
        Result<void> done = prepare();
        if (done)
            done = step(ClearStep::Exchange, [this] { return change(); });
        if (!done) {
            removeFresh();
            return tl::unexpected<Error>(done.error());
        }
        const Result<void> synced = step(ClearStep::SyncFolder, [this] {
            return sync(QFileInfo(m_path).path(), O_RDONLY | O_DIRECTORY);
        });
        if (!synced)
            return takeBack(synced.error());
        return leave();
    }

private:
    template<typename Work>
    [[nodiscard]] Result<void> step(ClearStep step, Work work)
    {
        Result<void> done = m_hooks.before ? m_hooks.before(step) : Result<void>();
        return done ? work() : done;
    }

    [[nodiscard]] Result<void> prepare()
    {
        Result<void> done = step(ClearStep::Make, [this] { return make(); });
        if (done)
            done = step(ClearStep::Settle, [this] { return settle(); });
        if (done) {
            done = step(ClearStep::Sync, [this] {
                QFile::setPermissions(m_fresh, QFile::permissions(m_path));
                return sync(m_fresh, O_RDONLY);
            });
        }
        if (done)
            done = step(ClearStep::Name, [this] { return rename(m_fresh, m_aside); });
        if (done)
            m_isNamed = true;
        return done;
    }

    [[nodiscard]] Result<void> make() const
    {
        removeFile(m_fresh); // of a process that was killed
        Database fresh;
        Result<void> done = fresh.open(m_fresh);
        if (done)
            done = migrate(&fresh);
        fresh.close();
        Database old;
        if (done)
            done = old.open(m_path);
        if (done)
            done = migrate(&old); // both have the same columns
        if (done)
            done = copyTo(&old);
        return done;
    }

    [[nodiscard]] Result<void> copyTo(Database *old) const
    {
        // Ids that people noted are not given again, whatever the clock says.
        QByteArray script = "INSERT INTO fresh.meta SELECT key, value FROM main.meta"
                            " WHERE key = 'last_id';"_ba;
        if (m_scope == api::ClearScope::History) {
            for (const Table &table : {appsTable, functionsTable})
                script += "INSERT INTO fresh."_ba + table.name + " (" + table.columns()
                          + ") SELECT " + table.columns() + " FROM main." + table.name
                          + " ORDER BY " + table.key + ';';
        }
        Result<void> done = old->execute("ATTACH " + quoted(m_fresh)
                                         + " AS fresh;"
                                           "PRAGMA fresh.synchronous = FULL;");
        if (!done)
            return done;
        Transaction transaction(old);
        done = transaction.begin();
        if (done)
            done = old->execute(script);
        return done ? transaction.commit() : done;
    }

    /// The log belongs to the name of the file: it must be gone before another file has that name.
    [[nodiscard]] Result<void> settle() const
    {
        Database old;
        if (Result<void> opened = old.open(m_path); !opened)
            return opened;
        const Result<qint64> isBusy = old.number("PRAGMA wal_checkpoint(TRUNCATE)"_ba);
        if (!isBusy)
            return tl::unexpected<Error>(isBusy.error());
        old.close(); // the last one to leave removes the log
        if (*isBusy != 0 || QFileInfo::exists(m_path + u"-wal"_s))
            return failure(ErrorCode::StoreLocked, u"another program has it open"_s);
        return sync(m_path, O_RDONLY);
    }

    /// The old file gets its other name and the new one its place.
    [[nodiscard]] Result<void> change()
    {
        const Result<bool> isExchanged =
            m_hooks.canExchange ? exchange(m_aside, m_path) : Result<bool>(false);
        if (!isExchanged)
            return tl::unexpected<Error>(isExchanged.error());
        if (*isExchanged)
            return {};
        // For a moment the old file has both names.
        Result<void> done = rename(m_aside, m_fresh);
        if (!done)
            return done;
        m_isNamed = false;
        if (::link(QFile::encodeName(m_path).constData(), QFile::encodeName(m_aside).constData())
            != 0)
            return systemFailure(u"cannot keep the old one beside it"_s, errno);
        m_isNamed = true;
        return step(ClearStep::Exchange, [this] { return rename(m_fresh, m_path); });
    }

    /// A power cut could bring the old file back under its name, beside the log of the new one,
    /// which would be replayed into it.
    [[nodiscard]] Result<api::DataCleared> takeBack(const Error &error)
    {
        if (const Result<void> back = rename(m_aside, m_path); !back)
            return failure(error.code, error.message + u"; the old file is "_s + m_aside);
        return tl::unexpected<Error>(error);
    }

    [[nodiscard]] api::DataCleared leave()
    {
        QString inTrash;
        const Result<void> thrown = step(ClearStep::Trash, [this, &inTrash]() -> Result<void> {
            inTrash = m_hooks.trash ? m_hooks.trash(m_aside) : QString();
            return {};
        });
        const bool isInTrash = thrown && !inTrash.isEmpty();
        return {.oldFile = isInTrash ? inTrash : m_aside, .isInTrash = isInTrash};
    }

    /// While the old file is in its place.
    void removeFresh() const
    {
        removeFile(m_fresh);
        if (m_isNamed)
            QFile::remove(m_aside);
    }

    static void removeFile(const QString &path)
    {
        for (const QString &suffix : {QString(), u"-journal"_s, u"-wal"_s, u"-shm"_s})
            QFile::remove(path + suffix);
    }

    QString m_path;
    QString m_fresh; ///< the new file, until it has a name
    QString m_aside; ///< the new file before the exchange, the old one afterwards
    api::ClearScope m_scope;
    const ClearHooks &m_hooks;
    FileLock m_lock; ///< until the old file is away
    bool m_isNamed = false;
};

} // namespace

QString moveToTrash(const QString &path)
{
    QString inTrash;
    return QFile::moveToTrash(path, &inTrash) ? inTrash : QString();
}

Result<api::DataCleared> clearDataFile(const QString &path, api::ClearScope scope,
                                       const ClearHooks &hooks)
{
    const QString file = QFileInfo(path).canonicalFilePath(); // the lock's name, as DataFile has it
    if (file.isEmpty() || !QFileInfo(file).isFile())
        return failure(ErrorCode::Store, path + u": no such file"_s);
    Result<api::DataCleared> cleared = Clearing(file, scope, hooks).run();
    if (!cleared)
        return failure(cleared.error().code, file + u": "_s + cleared.error().message);
    return cleared;
}

} // namespace devserver::store
