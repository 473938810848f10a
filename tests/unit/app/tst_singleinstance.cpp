// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/openrequest.h"
#include "app/singleinstance.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

namespace console::test {

using namespace Qt::StringLiterals;

class TestSingleInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsOfTheCommandLine_data();
    void wordsOfTheCommandLine();
    void secondStartHandsOver();
    void everyDataFileHasItsOwn();
    void sameFileWrittenInAnotherWay();
    void memoryIsAlwaysAlone();
    void leftOverSocketIsNoWindow();
};

namespace {

const QString someRun = u"01J9K7M2REAAAAAAAAAAAAAAAA"_s;

/// As another process would: it waits, so that it needs a thread of its own here.
bool handsOver(const QString &dataFile, const QStringList &words)
{
    bool isDone = false;
    std::thread other([&] {
        SingleInstance second(dataFile);
        isDone = second.handOver(words);
    });
    // The first one answers from the event loop.
    QDeadlineTimer deadline(5000);
    std::atomic_bool isOver = false;
    std::thread waiter([&] {
        other.join();
        isOver = true;
    });
    while (!isOver && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    waiter.join();
    return isDone;
}

} // namespace

void TestSingleInstance::wordsOfTheCommandLine_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("rest");
    QTest::addColumn<QString>("run");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("nothing") << QStringList{u"-p"_s, u"0"_s} << QStringList{u"-p"_s, u"0"_s}
                             << QString() << true;
    QTest::newRow("a run") << QStringList{u"--memory"_s, u"open"_s, u"run"_s, someRun}
                           << QStringList{u"--memory"_s} << someRun << true;
    QTest::newRow("no id") << QStringList{u"open"_s, u"run"_s} << QStringList() << QString()
                           << false;
    QTest::newRow("wrong id") << QStringList{u"open"_s, u"run"_s, u"x"_s} << QStringList()
                              << QString() << false;
    QTest::newRow("value of an option")
        << QStringList{u"--event-key"_s, u"open"_s} << QStringList{u"--event-key"_s, u"open"_s}
        << QString() << true;
    QTest::newRow("more behind it") << QStringList{u"open"_s, u"run"_s, someRun, u"-p"_s}
                                    << QStringList() << QString() << false;
}

void TestSingleInstance::wordsOfTheCommandLine()
{
    QFETCH(QStringList, arguments);
    QFETCH(QStringList, rest);
    QFETCH(QString, run);
    QFETCH(bool, isGood);
    const devserver::Result<OpenRequest> request = takeOpenRequest(arguments);
    QCOMPARE(request.has_value(), isGood);
    QCOMPARE(arguments, rest);
    if (!isGood)
        return;
    QCOMPARE(request->run.isNull() ? QString() : QString::fromLatin1(request->run.toText()), run);
    QCOMPARE(fromWords(toWords(*request)), *request);
}

void TestSingleInstance::secondStartHandsOver()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"redrive.db"_s);
    SingleInstance first(file);
    QVERIFY(!first.handOver({}));
    QSignalSpy asked(&first, &SingleInstance::asked);
    QVERIFY(handsOver(file, {u"open"_s, u"run"_s, someRun}));
    QTRY_COMPARE(asked.size(), 1);
    QCOMPARE(asked[0][0].toStringList(), QStringList({u"open"_s, u"run"_s, someRun}));
    QVERIFY(handsOver(file, {})); // just the window
    QTRY_COMPARE(asked.size(), 2);
    QCOMPARE(asked[1][0].toStringList(), QStringList());
}

void TestSingleInstance::everyDataFileHasItsOwn()
{
    const QTemporaryDir folder;
    SingleInstance first(folder.filePath(u"a.db"_s));
    QVERIFY(!first.handOver({}));
    SingleInstance other(folder.filePath(u"b.db"_s));
    QVERIFY(!other.handOver({}));
}

void TestSingleInstance::sameFileWrittenInAnotherWay()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(u"sub"_s));
    SingleInstance first(folder.filePath(u"redrive.db"_s)); // not there yet
    QVERIFY(!first.handOver({}));
    QFile file(folder.filePath(u"redrive.db"_s));
    QVERIFY(file.open(QIODevice::WriteOnly)); // now it is
    QVERIFY(handsOver(folder.filePath(u"sub/../redrive.db"_s), {}));
}

void TestSingleInstance::memoryIsAlwaysAlone()
{
    SingleInstance first({});
    QVERIFY(!first.handOver({}));
    SingleInstance second({});
    QVERIFY(!second.handOver({}));
}

void TestSingleInstance::leftOverSocketIsNoWindow()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"redrive.db"_s);
    // Killed: nobody took the socket away. A file of that name stands for it.
    QString socket;
    {
        SingleInstance killed(file);
        QVERIFY(!killed.handOver({}));
        socket = killed.socketPath();
    }
    QFile stale(socket);
    QVERIFY(stale.open(QIODevice::WriteOnly));
    stale.close();
    SingleInstance next(file);
    QVERIFY(!next.handOver({}));
    QSignalSpy asked(&next, &SingleInstance::asked);
    QVERIFY(handsOver(file, {}));
    QTRY_COMPARE(asked.size(), 1);
}

} // namespace console::test

QTEST_GUILESS_MAIN(console::test::TestSingleInstance)
#include "tst_singleinstance.moc"
