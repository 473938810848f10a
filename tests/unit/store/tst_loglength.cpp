// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/sqlite.h"
#include "tests/unit/store/storefixture.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace devserver;
using namespace devserver::store;

/// The write-ahead log is made longer ahead of its use, which no reader may notice.
class TestLogLength : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBusyLogGetsItsFullLengthOnce();
    void itsLengthIsNoData();
    void aQuietLogStaysShort();
    void whatIsNotKeptIsNotLengthened();
    void aKilledServerFindsAllOfALongLog();
    void nothingIsAddedWhileAnotherProgramWrites();
};

namespace {

constexpr qint64 miB = 1024 * 1024;
constexpr int busy = 60; // commits of two pages and more: beyond what counts as hardly used

qint64 logBytes(const QString &path)
{
    return QFileInfo(path + u"-wal"_s).size();
}

qint64 logBytes(const StoreFixture &store)
{
    return logBytes(store.path());
}

/// One commit each; a piece is added behind a commit, so before the next one returns.
void commitEvents(StoreFixture *store, int from, int count)
{
    for (int i = from; i < from + count; ++i)
        QVERIFY(store->commit({share(fullEvent(i))}));
}

std::size_t countEvents(StoreFixture *store)
{
    api::EventsQuery query;
    query.limit = 1000;
    return store->ask<api::EventPage>(query).events.size();
}

} // namespace

void TestLogLength::aBusyLogGetsItsFullLengthOnce()
{
    StoreFixture store;
    QVERIFY(store.open());
    commitEvents(&store, 1, busy);
    const qint64 length = logBytes(store);
    QVERIFY2(length > 16 * miB && length < 18 * miB, qPrintable(QString::number(length)));
    commitEvents(&store, 1 + busy, busy);
    QCOMPARE(logBytes(store), length);
}

void TestLogLength::itsLengthIsNoData()
{
    StoreFixture store;
    QVERIFY(store.open());
    commitEvents(&store, 1, busy);
    QVERIFY(logBytes(store) > 16 * miB);
    const qint64 bytes = store.dataBytes();
    QVERIFY2(bytes > 0 && bytes < miB, qPrintable(QString::number(bytes)));
    // What is left of both files is exactly that.
    store.close();
    QCOMPARE(QFileInfo(store.path()).size(), bytes);
    QCOMPARE(logBytes(store), 0);
    QVERIFY(store.open());
    QCOMPARE(store.dataBytes(), bytes);
}

void TestLogLength::aQuietLogStaysShort()
{
    StoreFixture store;
    QVERIFY(store.open());
    commitEvents(&store, 1, 3);
    QVERIFY(logBytes(store) < miB);
}

void TestLogLength::whatIsNotKeptIsNotLengthened()
{
    StoreFixture store(Durability::None);
    QVERIFY(store.open());
    commitEvents(&store, 1, busy);
    QVERIFY(logBytes(store) < miB);
}

void TestLogLength::aKilledServerFindsAllOfALongLog()
{
    StoreFixture store;
    QVERIFY(store.open());
    commitEvents(&store, 1, busy);
    StoreFixture killed;
    QVERIFY(QDir().mkpath(QFileInfo(killed.path()).path()));
    QVERIFY(QFile::copy(store.path(), killed.path()));
    QVERIFY(QFile::copy(store.path() + u"-wal"_s, killed.path() + u"-wal"_s));
    QVERIFY(killed.open());
    QCOMPARE(countEvents(&killed), static_cast<std::size_t>(busy));
    commitEvents(&killed, 1 + busy, 5);
    QCOMPARE(countEvents(&killed), static_cast<std::size_t>(busy + 5));
}

/// What is added behind the end would lie over what that program writes there.
void TestLogLength::nothingIsAddedWhileAnotherProgramWrites()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"redrive.db"_s);
    Database ours;
    QVERIFY(ours.open(path));
    QCOMPARE(ours.text("PRAGMA journal_mode = WAL"_ba).value_or(QByteArray()), "wal"_ba);
    ours.watchLog();
    QVERIFY(ours.execute("CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(600000))"_ba));
    QVERIFY(ours.wantsLongerLog());
    Database foreign; // such as sqlite3 on the command line
    QVERIFY(foreign.open(path));
    QVERIFY(foreign.execute("BEGIN IMMEDIATE; INSERT INTO t VALUES (1)"_ba));
    const qint64 before = logBytes(path);
    ours.lengthenLog();
    QCOMPARE(logBytes(path), before);
    const Result<void> tried = ours.tryToWrite(true);
    QVERIFY(!tried);
    QCOMPARE(tried.error().code, ErrorCode::StoreLocked);
    QCOMPARE(logBytes(path), before);
    QVERIFY(foreign.execute("COMMIT"_ba));
    const qint64 after = logBytes(path);
    QVERIFY(ours.tryToWrite(true));
    QCOMPARE(logBytes(path), after);
    QVERIFY(ours.wantsLongerLog()); // later, then
    ours.lengthenLog();
    QCOMPARE(logBytes(path), after + miB);
    QCOMPARE(foreign.number("SELECT count(*) FROM t"_ba).value_or(0), 2);
    QVERIFY(foreign.execute("INSERT INTO t VALUES (2)"_ba)); // it is no longer locked
    foreign.close();
    ours.close();
}

QTEST_GUILESS_MAIN(TestLogLength)
#include "tst_loglength.moc"
