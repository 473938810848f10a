// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/migrations.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace devserver;
using namespace devserver::store;

class TestMigrations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listIsAppendOnly();
    void emptyFileGetsTheNewestSchema();
    void jobsMoveToTheirNewKey();
    void olderJobsAndCallsHaveNoQueueTimes();
    void olderCallsWereNotSigned();
    void olderEventsDoNotSayWhoSentThem();
    void sourcesOfLargeOlderEventsAreIndexed();
    void isDoneOnce();
    void continuesFromAnOlderVersion();
    void failedStepLeavesTheOldVersion();
    void newerVersionIsRefused();
    void databaseOfAnotherProgramIsRefused();
};

namespace {

struct Fixture {
    QTemporaryDir folder;
    Database database;

    Fixture()
    {
        if (!database.open(folder.filePath(u"a.db"_s)))
            qFatal("cannot open");
    }

    qint64 number(const QByteArray &sql) { return database.number(sql).value_or(-1); }

    qint64 version() { return number("PRAGMA user_version"_ba); }
};

const std::vector<Migration> twoSteps = {
    {1, "CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1), (2)"},
    {2, "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO b SELECT x * 10 FROM a"},
};

} // namespace

void TestMigrations::listIsAppendOnly()
{
    int expected = 1;
    for (const Migration &step : migrations())
        QCOMPARE(step.version, expected++);
}

void TestMigrations::emptyFileGetsTheNewestSchema()
{
    Fixture file;
    QVERIFY(migrate(&file.database));
    QCOMPARE(file.version(), migrations().back().version);
    QCOMPARE(file.number("SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
                         " AND name IN ('events', 'runs', 'memos', 'jobs', 'attempts', 'timeline',"
                         " 'letters', 'deliveries', 'apps', 'functions', 'meta')"_ba),
             11);
}

void TestMigrations::jobsMoveToTheirNewKey()
{
    Fixture file;
    QVERIFY(migrate(&file.database, {migrations()[0]}));
    QVERIFY(file.database.execute(
        "INSERT INTO jobs VALUES (x'0b', x'aa', 1, x'01', x'02', 2, 3, 4, 5, 6, NULL, 1),"
        " (x'0a', x'aa', 1, x'01', x'02', 2, 3, 4, 5, 7, x'03', 0)"_ba));
    QVERIFY(migrate(&file.database));
    QCOMPARE(file.number("SELECT count(*) FROM jobs WHERE run_id = x'aa'"_ba), 2);
    QCOMPARE(file.number("SELECT run_at FROM jobs WHERE run_id = x'aa' AND id = x'0a'"_ba), 7);
    QCOMPARE(file.number("SELECT request IS NULL AND is_race = 1 FROM jobs WHERE id = x'0b'"_ba),
             1);
}

void TestMigrations::olderJobsAndCallsHaveNoQueueTimes()
{
    Fixture file;
    QVERIFY(migrate(&file.database, {migrations().begin(), migrations().begin() + 4}));
    QVERIFY(file.database.execute(
        "INSERT INTO jobs VALUES (x'0b', x'aa', 1, x'01', x'02', 2, 3, 4, 5, 6, NULL, 1);"
        "INSERT INTO attempts VALUES (1, x'aa', x'01', x'02', 1, 1, 5, 0, 0, 0, 2, 0, 0, 6, 1, 7, "
        "200,"
        " 3, 0, NULL, 1, 2, 3, 4, 5, x'03', x'04', x'05', x'06', x'07', x'08')"_ba));
    QVERIFY(migrate(&file.database));
    QCOMPARE(file.number("SELECT count(*) FROM jobs WHERE run_at = 6 AND is_race = 1"
                         " AND first_eligible_at IS NULL"_ba),
             1);
    QCOMPARE(file.number("SELECT count(*) FROM attempts WHERE sent_at = 6 AND finished_at = 7"
                         " AND enqueued_at IS NULL AND run_at IS NULL"
                         " AND first_eligible_at IS NULL"_ba),
             1);
}

void TestMigrations::olderCallsWereNotSigned()
{
    Fixture file;
    QVERIFY(migrate(&file.database, {migrations().begin(), migrations().begin() + 4}));
    QVERIFY(file.database.execute(
        "INSERT INTO attempts VALUES (1, x'aa', x'01', x'02', 1, 1, 5, 0, 0, 0, 2, 0, 0, 6, 1, 7, "
        "200,"
        " 3, 0, NULL, 1, 2, 3, 4, 5, x'03', x'04', x'05', x'06', x'07', x'08');"
        "INSERT INTO apps VALUES (x'0a', x'01', 1, x'02', x'03', x'04', x'05', x'06', x'', x'', 8)"_ba));
    QVERIFY(migrate(&file.database));
    QCOMPARE(file.number("SELECT signature FROM attempts WHERE http_status = 200"_ba), 0);
    QCOMPARE(file.number("SELECT is_found + is_named FROM apps WHERE synced_at = 8"_ba), 0);
}

void TestMigrations::olderEventsDoNotSayWhoSentThem()
{
    Fixture file;
    QVERIFY(migrate(&file.database, {migrations().begin(), migrations().begin() + 8}));
    QVERIFY(file.database.execute(
        "INSERT INTO events VALUES (1, x'aa', x'01', 2, 3, 0, x'02', x'', x'7b7d')"_ba));
    QVERIFY(migrate(&file.database));
    QCOMPARE(file.number("SELECT received_at FROM events WHERE LENGTH(source) = 0"
                         " AND json = x'7b7d'"_ba),
             2);
}

void TestMigrations::sourcesOfLargeOlderEventsAreIndexed()
{
    Fixture file;
    QVERIFY(migrate(&file.database, {migrations().begin(), migrations().begin() + 11}));
    QVERIFY(file.database.execute(
        "INSERT INTO events VALUES (1, x'aa', x'01', 2, 3, 0, x'02', x'', zeroblob(3000), x'a0'),"
        " (2, x'ab', x'01', 2, 3, 0, x'02', x'', zeroblob(3001), x'a1')"_ba));
    QVERIFY(migrate(&file.database));
    const QByteArray large = "SELECT count(*) FROM events INDEXED BY events_large"
                             " WHERE LENGTH(json) > 3000"_ba;
    QCOMPARE(file.number(large), 1);
    QCOMPARE(file.number(large + " AND id = x'ab' AND source = x'a1'"), 1);
}

void TestMigrations::isDoneOnce()
{
    Fixture file;
    QVERIFY(migrate(&file.database, twoSteps));
    QVERIFY(migrate(&file.database, twoSteps));
    QCOMPARE(file.number("SELECT count(*) FROM b"_ba), 2);
}

void TestMigrations::continuesFromAnOlderVersion()
{
    Fixture file;
    QVERIFY(migrate(&file.database, {twoSteps[0]}));
    QCOMPARE(file.version(), 1);
    QVERIFY(file.database.execute("INSERT INTO a VALUES (3)"_ba));
    QVERIFY(migrate(&file.database, twoSteps));
    QCOMPARE(file.version(), 2);
    QCOMPARE(file.number("SELECT sum(x) FROM b"_ba), 60);
}

void TestMigrations::failedStepLeavesTheOldVersion()
{
    Fixture file;
    const std::vector<Migration> broken = {
        twoSteps[0], {2, "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1)"}};
    const Result<void> done = migrate(&file.database, broken);
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::Store);
    QVERIFY(done.error().message.contains("nowhere"_L1));
    QCOMPARE(file.version(), 1);
    QCOMPARE(file.number("SELECT count(*) FROM sqlite_schema WHERE name = 'b'"_ba), 0);
}

void TestMigrations::newerVersionIsRefused()
{
    Fixture file;
    QVERIFY(migrate(&file.database, twoSteps));
    const Result<void> done = migrate(&file.database, {twoSteps[0]});
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::Store);
    QVERIFY2(done.error().message.contains("newer version"_L1), qPrintable(done.error().message));
    QCOMPARE(file.version(), 2);
}

void TestMigrations::databaseOfAnotherProgramIsRefused()
{
    Fixture file;
    QVERIFY(file.database.execute("CREATE TABLE recipes (name TEXT)"_ba));
    const Result<void> done = migrate(&file.database);
    QVERIFY(!done);
    QVERIFY2(done.error().message.contains("another program"_L1), qPrintable(done.error().message));
    QCOMPARE(file.number("SELECT count(*) FROM sqlite_schema"_ba), 1);
}

QTEST_GUILESS_MAIN(TestMigrations)
#include "tst_migrations.moc"
