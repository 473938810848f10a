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
#include <sys/stat.h>
#include <unistd.h>

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
    void whatMayNotBeWrittenIsSaid_data();
    void whatMayNotBeWrittenIsSaid();
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

/// Root may write everything: while this lives, we are nobody in particular.
struct WithoutRoot {
    WithoutRoot() { isSwitched = geteuid() == 0 && seteuid(nobody) == 0; }

    ~WithoutRoot()
    {
        if (isSwitched && seteuid(0) != 0)
            qFatal("root again");
    }

    Q_DISABLE_COPY_MOVE(WithoutRoot)

    static constexpr uid_t nobody = 65534;
    bool isSwitched = false;
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

void TestFailedStart::whatMayNotBeWrittenIsSaid_data()
{
    QTest::addColumn<int>("folderMode");
    QTest::newRow("the file") << 0777;
    QTest::newRow("its folder as well") << 0555;
}

/// At the start, not with the first commit.
void TestFailedStart::whatMayNotBeWrittenIsSaid()
{
    QFETCH(const int, folderMode);
    Fixture on;
    on.open();
    QVERIFY(on.start());
    on.backend.reset();
    QVERIFY(QFile::remove(on.file + u".lock"_s));
    const QByteArray folder = QFile::encodeName(on.folder.path());
    QCOMPARE(chmod(QFile::encodeName(on.file).constData(), 0444), 0);
    QCOMPARE(chmod(folder.constData(), mode_t(folderMode)), 0);
    {
        const WithoutRoot user;
        on.open();
        FAILS_TO_START(on, ErrorCode::StoreReadOnly);
        on.backend.reset();
    }
    QCOMPARE(chmod(folder.constData(), 0700), 0);
    QCOMPARE(chmod(QFile::encodeName(on.file).constData(), 0600), 0);
    QFile::remove(on.file + u".lock"_s); // of somebody else
    on.open();
    QVERIFY(on.start());
}

QTEST_GUILESS_MAIN(TestFailedStart)
#include "tst_failedstart.moc"
