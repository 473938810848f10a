// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace console::test {

using namespace Qt::StringLiterals;

/// The program itself, started twice with one data file.
class TestSecondStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void raisesTheFirstAndEnds();
    void endsInOrderAsSoonAsItListens();
    void saysWhatIsWrongWithTheRequest();
};

namespace {

constexpr int patience = 20'000; // ms; nothing waits that long on its own

struct Program {
    QProcess process;

    Program(const QTemporaryDir &home, const QStringList &arguments)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        environment.insert(u"XDG_CONFIG_HOME"_s, home.path());
        environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s);
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(REDRIVE_WINDOW), arguments);
    }
};

} // namespace

void TestSecondStart::raisesTheFirstAndEnds()
{
    const QTemporaryDir home;
    const QString file = home.filePath(u"redrive.db"_s);
    const QStringList options = {u"--data"_s, file, u"--port"_s, u"0"_s, u"--no-discovery"_s};
    Program first(home, options);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), patience);
    Program second(home,
                   options + QStringList{u"open"_s, u"run"_s, u"01J9K7M2REAAAAAAAAAAAAAAAA"_s});
    QVERIFY(second.process.waitForFinished(patience));
    QCOMPARE(second.process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(second.process.exitCode(), 0);
    const QString said = QString::fromUtf8(second.process.readAll()); // Qt's own words as well
    QVERIFY2(said.endsWith(
                 u"Redrive already runs with %1: its window was brought forward.\n"_s.arg(file)),
             qPrintable(said));
    QCOMPARE(first.process.state(), QProcess::Running);
    first.process.terminate(); // nobody is there to answer a question
    QVERIFY(first.process.waitForFinished(patience));
    QCOMPARE(first.process.exitCode(), 0);
}

/// The server is there before the window is built.
void TestSecondStart::endsInOrderAsSoonAsItListens()
{
    const QTemporaryDir home;
    Program program(home, {u"--data"_s, home.filePath(u"redrive.db"_s), u"--port"_s, u"0"_s,
                           u"--no-discovery"_s});
    QByteArray log;
    QElapsedTimer time;
    time.start();
    while (!log.contains("listening") && time.elapsed() < patience
           && program.process.waitForReadyRead(patience))
        log += program.process.readAll();
    QVERIFY2(log.contains("listening"), log.constData());
    program.process.terminate();
    QVERIFY(program.process.waitForFinished(patience));
    QCOMPARE(program.process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.process.exitCode(), 0);
}

void TestSecondStart::saysWhatIsWrongWithTheRequest()
{
    const QTemporaryDir home;
    Program program(home, {u"open"_s, u"run"_s, u"nonsense"_s});
    QVERIFY(program.process.waitForFinished(patience));
    QCOMPARE(program.process.exitCode(), 2);
    QVERIFY(program.process.readAll().contains("the ID of a run is expected"));
}

} // namespace console::test

QTEST_GUILESS_MAIN(console::test::TestSecondStart)
#include "tst_secondstart.moc"
