// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/logend.h"
#include "devserver/store/sqlite.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace devserver;
using namespace devserver::store;

namespace {

constexpr qsizetype frameBytes = 24 + 4096;

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A log of real commits, one small and one of many pages, as it is while the server runs.
QByteArray realLog(const QString &folder, bool isSecondRound = false)
{
    const QString path = folder + u"/log.db"_s;
    Database database;
    const auto run = [&](const QByteArray &sql) { return database.execute(sql).has_value(); };
    if (!database.open(path) || !run("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL")
        || !run("CREATE TABLE t (x)") || !run("INSERT INTO t VALUES (randomblob(20000))"))
        return {};
    if (isSecondRound
        && (!run("PRAGMA wal_checkpoint(RESTART)") || !run("INSERT INTO t VALUES (1)")))
        return {};
    return contentOf(path + u"-wal"_s);
}

QByteArray toText(const LogEnd &end)
{
    return QByteArray::number(end.committed) + (end.unfinished > 0 ? " unfinished " : "")
           + (end.unfinished > 0 ? QByteArray::number(end.unfinished) : QByteArray())
           + (end.isTorn ? " torn" : "");
}

} // namespace

/// What is behind the last whole commit of a write-ahead log (semantics §10.7, 10.14).
class TestLogEnd : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void judges_data()
    {
        QTest::addColumn<QByteArray>("log");
        QTest::addColumn<QByteArray>("end");
        const QTemporaryDir folder;
        const QByteArray log = realLog(folder.path());
        const qsizetype frames = log.size() / frameBytes;
        QVERIFY(frames > 6);
        const QByteArray all = QByteArray::number(frames);
        const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &end) {
            QTest::addRow("%s", name) << bytes << end;
        };
        row("whole", log, all);
        row("empty", {}, "0");
        row("no log", "hello", "0");
        row("only a header", log.first(32), "0");
        row("of another program behind", log + QByteArray(10000, 'x'), all);
        row("eleven bytes behind", log + QByteArray(11, '\0'), all);
        // All but the last frame of a commit may be cut off or garbled by a kill.
        const qsizetype before = log.size() - frameBytes;
        const QByteArray kept = "2"; // the table, and the root of its schema
        const QByteArray lost = QByteArray::number(frames - 3);
        row("the last frame missing", log.first(before), QByteArray(kept + " unfinished " + lost));
        row("half of the last but one", log.first(before - frameBytes / 2),
            QByteArray(kept + " unfinished " + lost));
        row("half of the last frame", log.first(before + frameBytes / 2),
            QByteArray(kept + " unfinished " + lost + " torn"));
        row("one byte missing", log.chopped(1), QByteArray(kept + " unfinished " + lost + " torn"));
        QByteArray garbled = log;
        garbled[log.size() - 10] = static_cast<char>(~garbled[log.size() - 10]);
        row("one bit wrong", garbled, QByteArray(kept + " unfinished " + lost + " torn"));
        QByteArray head = log;
        head[20] = static_cast<char>(~head[20]);
        row("a wrong head", head, "0");
    }

    void judges()
    {
        QFETCH(const QByteArray, log);
        QFETCH(const QByteArray, end);
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"x-wal"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(log), log.size());
        file.close();
        QCOMPARE(toText(readLogEnd(file.fileName())), end);
    }

    void framesOfAnEarlierRoundAreNoLoss()
    {
        const QTemporaryDir folder;
        const QByteArray log = realLog(folder.path(), true);
        QVERIFY(log.size() > 3 * frameBytes); // what was written first is still behind
        QFile file(folder.filePath(u"x-wal"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(log), log.size());
        file.close();
        QCOMPARE(toText(readLogEnd(file.fileName())), "1"_ba);
        QCOMPARE(readLogEnd(folder.filePath(u"no such file"_s)), LogEnd{});
    }
};

QTEST_GUILESS_MAIN(TestLogEnd)
#include "tst_logend.moc"
