// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/embeddedbackend.h"
#include "devserver/store/sqlite.h"
#include "tests/support/filesizelimit.h"
#include "tests/unit/host/replywait.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace devserver;
using namespace devserver::host;

/// A disk that gets full while the server runs, or a file that another program writes to: the
/// window is told that nothing goes on and why, once, and when it does again.
class TestFullDisk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFullDiskIsToldUntilThereIsRoom();
    void aLockedFileIsToldUntilItIsFree();
};

namespace {

constexpr rlim_t sizeLimit = 1024 * 1024;

Result<api::Sent> send(EmbeddedBackend &backend, qsizetype bytes)
{
    return tests::answerOf<api::Sent>(
        backend.send(R"({"name":"demo/large","data":{"a":")" + QByteArray(bytes, 'x') + "\"}}"));
}

ServerSettings settingsIn(const QTemporaryDir &folder)
{
    ServerSettings settings;
    settings.addresses = {QHostAddress(QHostAddress::LocalHost)};
    settings.port = 0;
    settings.dataFile = folder.filePath(u"redrive.db"_s);
    settings.routes.hasDiscovery = false;
    return settings;
}

} // namespace

void TestFullDisk::aFullDiskIsToldUntilThereIsRoom()
{
    const QTemporaryDir folder;
    EmbeddedBackend backend(settingsIn(folder));
    QVERIFY(tests::answerOf<api::Done>(backend.startServer(0)));
    QTRY_COMPARE(backend.server().phase, api::ServerPhase::Serving);
    QVERIFY(!backend.server().pause);
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"disk full"_s)); // no second time
    {
        // Not even the first commit of the next try has room.
        const test::FileSizeLimit limit(1024);
        const Result<api::Sent> sent = send(backend, 2 * sizeLimit);
        QVERIFY(!sent);
        QCOMPARE(sent.error().code, ErrorCode::StoreFull);
        QCOMPARE(sent.error().message, u"the disk is full, work is paused until there is room"_s);
        QTRY_VERIFY(backend.server().pause.has_value());
        QCOMPARE(*backend.server().pause, sent.error());
        QCOMPARE(backend.server().phase, api::ServerPhase::Serving);

        QSignalSpy changed(&backend, &api::ConsoleBackend::serverChanged);
        QVERIFY(!changed.wait(2500)); // it is tried each second, which is no news
        QVERIFY(!send(backend, 1));
        QVERIFY(backend.server().pause.has_value());
    }
    QTRY_VERIFY(!backend.server().pause);
    QCOMPARE(backend.server().phase, api::ServerPhase::Serving);
    QVERIFY(send(backend, 1));
}

/// Nothing is alive, so nothing is to be done when it is free again; nobody need ask for anything.
void TestFullDisk::aLockedFileIsToldUntilItIsFree()
{
    const QTemporaryDir folder;
    const ServerSettings settings = settingsIn(folder);
    EmbeddedBackend backend(settings);
    QVERIFY(tests::answerOf<api::Done>(backend.startServer(0)));
    QTRY_COMPARE(backend.server().phase, api::ServerPhase::Serving);
    QVERIFY(send(backend, 1));
    store::Database foreign; // such as sqlite3 on the command line
    QVERIFY(foreign.open(settings.dataFile));
    QVERIFY(foreign.execute("BEGIN IMMEDIATE"));
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"in use by another"_s));
    const Result<api::Sent> sent = send(backend, 1); // waits for 5 s
    QVERIFY(!sent);
    QCOMPARE(sent.error().code, ErrorCode::StoreLocked);
    QTRY_VERIFY(backend.server().pause.has_value());
    QSignalSpy changed(&backend, &api::ConsoleBackend::serverChanged);
    QVERIFY(!changed.wait(2500)); // it is tried each second, which is no news
    QVERIFY(foreign.execute("COMMIT"));
    QTRY_VERIFY(!backend.server().pause);
    QVERIFY(send(backend, 1));
}

QTEST_GUILESS_MAIN(TestFullDisk)
#include "tst_fulldisk.moc"
