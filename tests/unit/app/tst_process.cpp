// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/headless.h"
#include "app/process.h"
#include "app/serversettings.h"
#include "devserver/sdk/app.h"
#include "devserver/transport/inprocesscaller.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QProcess>
#include <QRegularExpression>
#include <QSemaphore>
#include <QTcpSocket>
#include <QTest>
#include <QThread>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <unistd.h>

using namespace Qt::StringLiterals;
namespace sdk = devserver::sdk;
using devserver::CallAnswer;
using devserver::CallRequest;
using devserver::transport::InProcessCaller;

namespace {

constexpr int givenCode = 7;
constexpr int takenDown = 8;

QSemaphore never;

sdk::Json block()
{
    std::puts("it blocks now");
    std::fflush(stdout);
    never.acquire();
    return sdk::Json(1);
}

sdk::Task<sdk::Json> blocked(sdk::Context ctx)
{
    co_return co_await ctx.step("block", block);
}

/// `redrived` with a function in it that never returns.
int serve()
{
    const console::Options options{
        .port = 0, .bindAddresses = {u"127.0.0.1"_s}, .discovery = false, .memory = true};
    const auto app = std::make_shared<sdk::App>("demo");
    app->function({.id = "blocked", .trigger = "demo/blocked"}, blocked);
    devserver::host::ServerSettings settings = console::serverSettings(options);
    settings.sample = {.registration = app->registration(),
                       .runner = [app](const CallRequest &request) { return app->run(request); }};
    return console::endProcess(console::runHeadless(options, std::move(settings)));
}

/// A server that ran a function, then the end of main().
int endOfMain(bool isBlocked)
{
    static QSemaphore begun;
    std::atexit([] { _exit(takenDown); });
    {
        InProcessCaller caller([isBlocked](const CallRequest &) {
            begun.release();
            if (isBlocked)
                never.acquire();
            return CallAnswer();
        });
        caller.call({}, [](const CallAnswer &) {});
        begun.acquire();
        while (!isBlocked && InProcessCaller::isAnyRunning())
            QThread::yieldCurrentThread();
    }
    return console::endProcess(givenCode);
}

/// Reads what it prints until that has \a pattern.
QRegularExpressionMatch waitForOutput(QProcess &process, const QString &pattern)
{
    const QRegularExpression wanted(pattern);
    QString output;
    QRegularExpressionMatch match;
    while (!match.hasMatch() && (process.bytesAvailable() > 0 || process.waitForReadyRead())) {
        output += QString::fromUtf8(process.readAll());
        match = wanted.match(output);
    }
    return match;
}

} // namespace

class TestProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsWithoutTheFunctionThatRuns_data();
    void endsWithoutTheFunctionThatRuns();
    void endsOnCtrlCAlthoughAStepBlocks();
};

void TestProcess::endsWithoutTheFunctionThatRuns_data()
{
    QTest::addColumn<QString>("function");
    QTest::addColumn<int>("code");
    QTest::newRow("none runs: all is taken down") << u"quick"_s << takenDown;
    QTest::newRow("one runs: nothing that it may need is taken down") << u"blocked"_s << givenCode;
}

void TestProcess::endsWithoutTheFunctionThatRuns()
{
    QFETCH(const QString, function);
    QFETCH(const int, code);
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(), {u"--end"_s, function});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), code);
}

void TestProcess::endsOnCtrlCAlthoughAStepBlocks()
{
    QProcess process;
    process.start(QCoreApplication::applicationFilePath(), {u"--serve"_s});
    const QRegularExpressionMatch listening =
        waitForOutput(process, u"listening on http://127.0.0.1:(\\d+)\n"_s);
    QVERIFY(listening.hasMatch());
    QTcpSocket sender;
    sender.connectToHost(QHostAddress::LocalHost, listening.captured(1).toUShort());
    QVERIFY(sender.waitForConnected());
    sender.write("POST /e/key HTTP/1.1\r\nHost: localhost\r\nContent-Length: 23\r\n\r\n"
                 R"({"name":"demo/blocked"})");
    QVERIFY(sender.waitForBytesWritten());
    QVERIFY(waitForOutput(process, u"it blocks now"_s).hasMatch());
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
}

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--serve"_s)
        return serve();
    if (arguments.value(1) == u"--end"_s)
        return endOfMain(arguments.value(2) == u"blocked"_s);
    TestProcess test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_process.moc"
