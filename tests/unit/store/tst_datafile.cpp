// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/logend.h"
#include "devserver/store/migrations.h"
#include "devserver/store/sqlite.h"
#include "tests/support/filesizelimit.h"
#include "tests/unit/store/storefixture.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace devserver;
using namespace devserver::store;

/// What can be wrong with the file, and what stays when something was.
class TestDataFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void restartKeepsEverything();
    void secondOpenIsLocked_data();
    void secondOpenIsLocked();
    void closeLetsTheNextOneIn();
    void damagedFileIsRefusedAndUntouched_data();
    void damagedFileIsRefusedAndUntouched();
    void damagedPageIsFoundAtStart();
    void emptyFileWithLogIsRefused();
    void tornLogKeepsTheLastCommit_data();
    void tornLogKeepsTheLastCommit();
    void newerVersionIsRefused();
    void versionZeroBecomesNewest();
    void missingEventIsDamage();
    void fullDiskIsReportedAndLaterCommitsWork_data();
    void fullDiskIsReportedAndLaterCommitsWork();
    void foreignWriterIsWaitedForAndSurvived();
    void folderThatCannotBeMadeIsAnError();
    void memoryKeepsNothing();
    void openIsQuickWithMuchHistory();
    void idleCheckpointLeavesASmallLogAlone();
    void itsTimeOfBirthTellsItFromAnother();
};

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly)
           && file.write(content) == content.size();
}

/// File and log as a kill would leave them: taken while the store is still open.
bool copyAsKilled(const QString &from, const QString &to)
{
    return writeFile(to, contentOf(from)) && writeFile(to + u"-wal"_s, contentOf(from + u"-wal"_s));
}

/// A log without what lies behind its last commit: the file may be longer than that.
QByteArray usedLog(const QString &path)
{
    constexpr qsizetype pageBytes = 4096;
    return contentOf(path).first(32 + readLogEnd(path).committed * (24 + pageBytes));
}

std::size_t countEvents(StoreFixture *store)
{
    api::EventsQuery query;
    query.limit = 1000;
    return store->ask<api::EventPage>(query).events.size();
}

} // namespace

void TestDataFile::restartKeepsEverything()
{
    StoreFixture store;
    QVERIFY(store.open());
    const Run run = fullRun(2, {eventId(1)});
    QVERIFY(store.commit(
        {share(fullEvent(1)), run, memoOf(run.id, fullMemo(0)), fullJob("j", run.id)}));
    for (int restart = 0; restart < 3; ++restart) {
        const Result<Snapshot> snapshot = store.open();
        QVERIFY(snapshot);
        QCOMPARE(snapshot->runs.size(), 1U);
        QCOMPARE(snapshot->runs[0].run, run);
        QCOMPARE(*snapshot->runs[0].memos.at(0), fullMemo(0));
        QCOMPARE(snapshot->runs[0].jobs, std::vector{fullJob("j", run.id)});
        QVERIFY(store.commit({share(fullEvent(10 + restart))}));
    }
    QCOMPARE(countEvents(&store), 4U);
}

void TestDataFile::secondOpenIsLocked_data()
{
    QTest::addColumn<bool>("isLink");
    QTest::newRow("10.12 two engines on one data file") << false;
    QTest::newRow("10.12 the second one by a symbolic link") << true;
}

void TestDataFile::secondOpenIsLocked()
{
    QFETCH(const bool, isLink);
    StoreFixture store;
    QVERIFY(store.open());
    const QTemporaryDir other;
    const QString path = isLink ? other.filePath(u"link.db"_s) : store.path();
    QVERIFY(!isLink || QFile::link(store.path(), path));
    SqliteStore second(path);
    const Result<Snapshot> opened = second.open().takeResult();
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::StoreLocked);
    const QString process = QString::number(QCoreApplication::applicationPid());
    QCOMPARE(opened.error().message,
             store.path() + u": another server is using it (process "_s + process + u')');
    QVERIFY(store.commit({share(fullEvent(1))}));
    QCOMPARE(countEvents(&store), 1U);
}

void TestDataFile::closeLetsTheNextOneIn()
{
    StoreFixture store;
    QVERIFY(store.open());
    store.store().close();
    SqliteStore second(store.path());
    QVERIFY(second.open().takeResult());
}

void TestDataFile::damagedFileIsRefusedAndUntouched_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addRow("text") << "this is not a database\n"_ba.repeated(1000);
    QTest::addRow("one byte") << "x"_ba;
    QTest::addRow("zeros") << QByteArray(8192, '\0');
    QTest::addRow("only the header") << QByteArray("SQLite format 3\0", 16);
}

void TestDataFile::damagedFileIsRefusedAndUntouched()
{
    QFETCH(const QByteArray, content);
    StoreFixture store;
    QVERIFY(writeFile(store.path(), content));
    const Result<Snapshot> opened = store.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::StoreDamaged);
    QVERIFY2(opened.error().message.startsWith(store.path()), qPrintable(opened.error().message));
    QVERIFY(!store.commit({share(fullEvent(1))}));
    store.close();
    QCOMPARE(contentOf(store.path()), content);
}

void TestDataFile::damagedPageIsFoundAtStart()
{
    StoreFixture store;
    QVERIFY(store.open());
    for (int i = 1; i <= 200; ++i)
        QVERIFY(store.commit({share(fullEvent(i))}));
    store.close();
    QByteArray content = contentOf(store.path());
    QVERIFY(content.size() > 10 * 4096);
    // Every page but the first: which of them holds what is SQLite's choice.
    for (qsizetype page = 1; page < content.size() / 4096; ++page)
        content.replace(page * 4096, 64, QByteArray(64, '\x5a'));
    QVERIFY(writeFile(store.path(), content));
    const Result<Snapshot> opened = store.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::StoreDamaged);
}

void TestDataFile::emptyFileWithLogIsRefused()
{
    StoreFixture store;
    QVERIFY(store.open());
    QVERIFY(store.commit({share(fullEvent(1))}));
    StoreFixture copy;
    QVERIFY(copyAsKilled(store.path(), copy.path()));
    QVERIFY(writeFile(copy.path(), {}));
    const QByteArray log = contentOf(copy.path() + u"-wal"_s);
    const Result<Snapshot> opened = copy.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::StoreDamaged);
    QVERIFY(!log.isEmpty());
    QCOMPARE(contentOf(copy.path() + u"-wal"_s), log);
}

void TestDataFile::tornLogKeepsTheLastCommit_data()
{
    QTest::addColumn<int>("cut");
    QTest::addColumn<QByteArray>("append");
    QTest::addColumn<int>("expected");
    QTest::newRow("whole") << 0 << QByteArray() << 5;
    QTest::newRow("garbage behind") << 0 << QByteArray(10000, '\x77') << 5;
    QTest::newRow("half a frame header behind") << 0 << QByteArray(11, '\0') << 5;
    QTest::newRow("10.14 last byte missing") << 1 << QByteArray() << 4;
    QTest::newRow("10.14 half a page missing") << 2048 << QByteArray() << 4;
    QTest::newRow("10.14 half a page replaced") << 2048 << QByteArray(2048, '\x77') << 4;
}

void TestDataFile::tornLogKeepsTheLastCommit()
{
    QFETCH(const int, cut);
    QFETCH(const QByteArray, append);
    QFETCH(const int, expected);
    StoreFixture store;
    QVERIFY(store.open());
    for (int i = 1; i <= 5; ++i)
        QVERIFY(store.commit({share(fullEvent(i))}));
    StoreFixture torn;
    QVERIFY(copyAsKilled(store.path(), torn.path()));
    const QString log = torn.path() + u"-wal"_s;
    QVERIFY(writeFile(log, usedLog(log).chopped(cut) + append));
    const QRegularExpression report(u"torn write-ahead log"_s);
    if (cut > 0)
        QTest::ignoreMessage(QtWarningMsg, report); // and fails if there was none
    else
        QTest::failOnWarning(report); // nothing was lost
    QVERIFY(torn.open());
    QCOMPARE(countEvents(&torn), static_cast<std::size_t>(expected));
    QVERIFY(torn.commit({share(fullEvent(100))}));
    QVERIFY(torn.open());
    QCOMPARE(countEvents(&torn), static_cast<std::size_t>(expected) + 1);
}

void TestDataFile::newerVersionIsRefused()
{
    StoreFixture store;
    QVERIFY(store.open());
    store.close();
    {
        Database database;
        QVERIFY(database.open(store.path()));
        QVERIFY(database.execute("PRAGMA user_version = 99"_ba));
    }
    const Result<Snapshot> opened = store.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::Store);
    QVERIFY2(opened.error().message.contains("newer version of Redrive (format 99"_L1),
             qPrintable(opened.error().message));
}

void TestDataFile::versionZeroBecomesNewest()
{
    StoreFixture store;
    QVERIFY(writeFile(store.path(), {})); // as `touch` makes it
    QVERIFY(store.open());
    QVERIFY(store.commit({share(fullEvent(1))}));
    store.close();
    Database database;
    QVERIFY(database.open(store.path()));
    QCOMPARE(database.number("PRAGMA user_version"_ba), qint64{migrations().back().version});
}

void TestDataFile::missingEventIsDamage()
{
    StoreFixture store;
    QVERIFY(store.open());
    QVERIFY(store.commit({fullRun(2, {eventId(1)})}));
    const Result<Snapshot> opened = store.open();
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::StoreDamaged);
}

void TestDataFile::fullDiskIsReportedAndLaterCommitsWork_data()
{
    QTest::addColumn<int>("bytes"); // that the disk has for a file
    QTest::addColumn<bool>("fitsSmall");
    QTest::newRow("10.13 disk full in the middle of a commit") << 1'000'000 << true;
    QTest::newRow("10.13 disk full, no block free") << 0 << false;
}

void TestDataFile::fullDiskIsReportedAndLaterCommitsWork()
{
    QFETCH(const int, bytes);
    QFETCH(const bool, fitsSmall);
    StoreFixture store;
    QVERIFY(store.open());
    QVERIFY(store.commit({share(fullEvent(1))}));
    Event large = fullEvent(3);
    large.json = json(QByteArray(4'000'000, '1'));
    const Writes writes = {share(fullEvent(2)), share(large)};
    {
        const test::FileSizeLimit limit(static_cast<rlim_t>(bytes));
        const Result<void> done = store.commit(writes);
        QVERIFY(!done);
        QVERIFY2(done.error().code == ErrorCode::StoreFull, qPrintable(done.error().message));
        QVERIFY(done.error().message.startsWith(store.path()));
        QCOMPARE(countEvents(&store), 1U);
        QCOMPARE(store.commit({share(fullEvent(4))}).has_value(), fitsSmall);
    }
    QVERIFY(store.commit(writes));
    const std::size_t kept = fitsSmall ? 4 : 3;
    QCOMPARE(countEvents(&store), kept);
    QVERIFY(store.open()->lastId >= ulidAt(4)); // reserved ahead
    QCOMPARE(countEvents(&store), kept);
}

void TestDataFile::foreignWriterIsWaitedForAndSurvived()
{
    StoreFixture store;
    QVERIFY(store.open());
    Database foreign; // such as sqlite3 on the command line
    QVERIFY(foreign.open(store.path()));
    QVERIFY(foreign.execute("BEGIN IMMEDIATE"));
    const Result<void> locked = store.commit({share(fullEvent(1))}); // gives up after 5 s
    QVERIFY(!locked);
    QCOMPARE(locked.error().code, ErrorCode::StoreLocked);
    const Result<Snapshot> tried = store.store().open().takeResult();
    QVERIFY(!tried);
    QCOMPARE(tried.error().code, ErrorCode::StoreLocked);
    QVERIFY(foreign.execute("ROLLBACK"));
    QVERIFY(store.store().open().takeResult());
    QVERIFY(store.commit({share(fullEvent(2))}));
    QCOMPARE(countEvents(&store), 1U);
}

void TestDataFile::folderThatCannotBeMadeIsAnError()
{
    QTemporaryDir folder;
    QVERIFY(writeFile(folder.filePath(u"file"_s), "x"));
    SqliteStore store(folder.filePath(u"file/below/redrive.db"_s));
    QCOMPARE(store.open().takeResult().error().code, ErrorCode::Store);
}

void TestDataFile::memoryKeepsNothing()
{
    QString path;
    {
        SqliteStore store({}, Durability::None);
        path = store.path();
        QVERIFY(store.open().takeResult());
        QVERIFY(store.commit({share(fullEvent(1))}).takeResult());
        QVERIFY(QFile::exists(path));
    }
    QVERIFY(!QFile::exists(path));
    QVERIFY(!QFileInfo(path).dir().exists());
}

void TestDataFile::openIsQuickWithMuchHistory()
{
    // A check of the plan, not of the clock: live runs come from the partial index.
    StoreFixture store;
    QVERIFY(store.open());
    store.close();
    Database database;
    QVERIFY(database.open(store.path()));
    Result<Statement> plan =
        database.prepare("EXPLAIN QUERY PLAN SELECT * FROM runs WHERE status < 300 ORDER BY id"_ba);
    QVERIFY(plan);
    QVERIFY(plan->next());
    QVERIFY2(plan->bytesAt(3).contains("runs_live"), plan->bytesAt(3).constData());
}

void TestDataFile::idleCheckpointLeavesASmallLogAlone()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.db"_s);
    DataFile file;
    QVERIFY(file.open(path, Durability::Full));
    QVERIFY(file.commit({share(fullEvent(1))}));
    const QByteArray before = contentOf(path);
    file.checkpoint();
    QCOMPARE(contentOf(path), before);
    Writes many;
    for (int number = 2; number < 200; ++number)
        many.push_back(share(fullEvent(number)));
    QVERIFY(file.commit(many));
    QCOMPARE(contentOf(path), before);
    file.checkpoint();
    const QByteArray moved = contentOf(path);
    QVERIFY(moved.size() > before.size());
    QVERIFY(file.commit({share(fullEvent(300))}));
    file.checkpoint(); // nothing much since
    QCOMPARE(contentOf(path), moved);
    file.close();
}

/// What a window kept of one file is not shown with another at the same path.
void TestDataFile::itsTimeOfBirthTellsItFromAnother()
{
    StoreFixture store;
    QVERIFY(!QFile::exists(store.path()));
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    QVERIFY(store.open());
    const qint64 born = store.bornAt();
    if (!QFileInfo(store.path()).fileTime(QFileDevice::FileBirthTime).isValid()) {
        QCOMPARE(born, 0); // of a file system that does not know
        return;
    }
    constexpr qint64 tick = 20; // the clock of the files is a little behind
    QVERIFY2(born >= before - tick && born <= QDateTime::currentMSecsSinceEpoch(),
             qPrintable(u"%1, %2"_s.arg(born).arg(before)));
    QVERIFY(store.commit({share(fullEvent(1))}));
    QVERIFY(store.open()); // the same file once more
    QCOMPARE(store.bornAt(), born);

    store.close();
    const QString aside = store.path() + u".old"_s;
    QVERIFY(QFile::rename(store.path(), aside));
    QTRY_VERIFY(QDateTime::currentMSecsSinceEpoch() > born + tick);
    QVERIFY(store.open());
    QVERIFY(store.bornAt() > born);
    SqliteStore moved(aside);    // another name is no birth
    QCOMPARE(moved.bornAt(), 0); // not open yet
    QVERIFY(moved.open().takeResult());
    QCOMPARE(moved.bornAt(), born);
}

QTEST_GUILESS_MAIN(TestDataFile)
#include "tst_datafile.moc"
