// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/embeddedbackend.h"
#include "devserver/store/filelock.h"
#include "tests/support/filesizelimit.h"
#include "tests/unit/host/replywait.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace devserver;
using namespace devserver::host;

/// A data file that is there but of no use now: the window is told why, and can start again once
/// the reason is gone.
class TestFailedStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFileInUseIsSaid();
    void aFullDiskIsSaid();
    void aFullDiskIsSaidOfAFileThatWasGood();
};

namespace {

struct Fixture {
    QTemporaryDir folder;
    QString file = folder.filePath(u"redrive.db"_s);
    std::unique_ptr<EmbeddedBackend> backend;

    void open()
    {
        ServerSettings settings;
        settings.addresses = {QHostAddress(QHostAddress::LocalHost)};
        settings.port = 0;
        settings.dataFile = file;
        settings.routes.hasDiscovery = false;
        backend = std::make_unique<EmbeddedBackend>(settings);
    }

    [[nodiscard]] Result<api::Done> start() const
    {
        return tests::answerOf<api::Done>(backend->startServer(0));
    }

    [[nodiscard]] api::ServerState state() const { return backend->server(); }
};

} // namespace

#define FAILS_TO_START(on, expected)                                                               \
    do {                                                                                           \
        const Result<api::Done> started = (on).start();                                            \
        QVERIFY(!started);                                                                         \
        QCOMPARE(started.error().code, expected);                                                  \
        QTRY_COMPARE((on).state().phase, api::ServerPhase::Failed);                                \
        QCOMPARE((on).state().error.code, expected);                                               \
        QVERIFY2((on).state().error.message.contains((on).file),                                   \
                 qPrintable((on).state().error.message));                                          \
    } while (false)

void TestFailedStart::aFileInUseIsSaid()
{
    Fixture on;
    store::FileLock other;
    QVERIFY(other.take(on.file));
    on.open();
    FAILS_TO_START(on, ErrorCode::StoreLocked);
    const QString holder = QString::number(QCoreApplication::applicationPid());
    QVERIFY2(on.state().error.message.contains(holder), qPrintable(on.state().error.message));

    other.release();
    QVERIFY(on.start());
    QTRY_COMPARE(on.state().phase, api::ServerPhase::Serving);
    QCOMPARE(on.state().error.message, QString());
}

void TestFailedStart::aFullDiskIsSaid()
{
    Fixture on;
    on.open();
    {
        const test::FileSizeLimit limit(1024);
        FAILS_TO_START(on, ErrorCode::StoreFull);
    }
    QVERIFY(on.start());
    QTRY_COMPARE(on.state().phase, api::ServerPhase::Serving);
}

/// The file is opened, and then nothing can be written to it.
void TestFailedStart::aFullDiskIsSaidOfAFileThatWasGood()
{
    Fixture on;
    on.open();
    QVERIFY(on.start());
    on.backend.reset();
    on.open();
    {
        const test::FileSizeLimit limit(1024);
        FAILS_TO_START(on, ErrorCode::StoreFull);
    }
    QVERIFY(on.start());
    QTRY_COMPARE(on.state().phase, api::ServerPhase::Serving);
}

QTEST_GUILESS_MAIN(TestFailedStart)
#include "tst_failedstart.moc"
