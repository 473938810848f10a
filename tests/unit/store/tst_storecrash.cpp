// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/store/storefixture.h"

#include <QCoreApplication>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace devserver;
using namespace devserver::store;

/// A child process commits numbered batches and says which were acknowledged; it is killed at
/// random.
class TestStoreCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acknowledgedBatchesSurviveSigkill();
};

namespace {

constexpr int kills = 20;

/// Events, a run and its job, under ids that follow from the number of the batch.
Writes batch(int number)
{
    const int first = number * 10;
    Run run = fullRun(first + 2, {eventId(first)});
    run.endedAt.reset();
    return {share(fullEvent(first)), share(fullEvent(first + 1)), run,
            fullJob("job-" + QByteArray::number(number), run.id)};
}

int commitForEver(const QString &path, int from)
{
    SqliteStore store(path);
    if (!store.open().takeResult())
        return 1;
    for (int number = from;; ++number) {
        if (!store.commit(batch(number)).takeResult())
            return 2;
        std::printf("%d\n", number);
        std::fflush(stdout);
    }
}

/// The last number that the child could say before it was killed after \a wanted lines and a bit.
int runAndKill(const QString &path, int from, int wanted)
{
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(),
                {u"--child"_s, path, QString::number(from)});
    QByteArray said;
    while (said.count('\n') < wanted && child.waitForReadyRead(20000))
        said += child.readAllStandardOutput();
    child.kill();
    child.waitForFinished();
    said += child.readAllStandardOutput();
    const QByteArrayList lines = said.left(said.lastIndexOf('\n')).split('\n');
    return lines.back().isEmpty() ? from - 1 : lines.back().toInt();
}

} // namespace

void TestStoreCrash::acknowledgedBatchesSurviveSigkill()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"redrive.db"_s);
    int acknowledged = 0;
    for (int kill = 0; kill < kills; ++kill) {
        const int wanted = QRandomGenerator::global()->bounded(1, 40);
        const int last = runAndKill(path, acknowledged + 1, wanted);
        QVERIFY2(last > acknowledged, "the child could not go on after a kill");
        acknowledged = last;

        SqliteStore store(path);
        const Result<Snapshot> snapshot = store.open().takeResult();
        QVERIFY2(snapshot, snapshot ? "" : qPrintable(snapshot.error().message));
        // Whole batches in order: all acknowledged ones, and at most one that was still on its way.
        const int found = static_cast<int>(snapshot->runs.size());
        QVERIFY2(found == acknowledged || found == acknowledged + 1,
                 qPrintable(QString::number(found)));
        for (int number = 1; number <= found; ++number) {
            const RunSnapshot &run = snapshot->runs[static_cast<std::size_t>(number - 1)];
            QCOMPARE(run.run.id, runId(number * 10 + 2));
            QCOMPARE(*run.events.at(0), fullEvent(number * 10));
            QCOMPARE(run.jobs.size(), 1U);
        }
        QVERIFY(snapshot->lastId >= ulidAt(found * 10 + 2)); // reserved ahead
        acknowledged = found;
    }
    QVERIFY(acknowledged >= kills);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 4 && arguments[1] == u"--child")
        return commitForEver(arguments[2], arguments[3].toInt());
    TestStoreCrash test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_storecrash.moc"
