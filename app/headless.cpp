// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/headless.h"

#include "app/process.h"
#include "app/runprinter.h"
#include "app/stopsignal.h"
#include "devserver/host/taskscope.h"

#include <QCoreApplication>

#include <cstdio>
#include <utility>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Error;
using devserver::ErrorCode;
using devserver::Result;
using devserver::host::Server;

namespace {

ExitCode exitCodeOf(ErrorCode code)
{
    if (code == ErrorCode::AddressInUse)
        return ExitCode::PortInUse;
    return code == ErrorCode::StoreLocked ? ExitCode::DataInUse : ExitCode::Failure;
}

void complain(const QString &text)
{
    std::fprintf(stderr, "redrived: %s\n", qUtf8Printable(text));
}

/// Start, serve, stop: the whole life of the process.
QCoro::Task<> start(Server *server, const Options *options)
{
    const Result<quint16> port = co_await server->start();
    if (!port) {
        complain(port.error().message);
        QCoreApplication::exit(static_cast<int>(exitCodeOf(port.error().code)));
        co_return;
    }
    const QString host = options->bindAddresses.value(0).contains(u':')
                             ? u"[%1]"_s.arg(options->bindAddresses.value(0))
                             : options->bindAddresses.value(0);
    std::printf("redrived listening on http://%s:%d\n", qUtf8Printable(host),
                static_cast<int>(*port));
    std::fflush(stdout);
}

QCoro::Task<> stop(Server *server, int exitCode)
{
    co_await server->stop();
    QCoreApplication::exit(exitCode);
}

} // namespace

int runHeadless(const Options &options, devserver::host::ServerSettings settings)
{
    prepareProcess();
    if (const QString line = withoutEffectLine(options); !line.isEmpty())
        complain(line);
    Server server(std::move(settings));
    RunPrinter printer(options.logLevel);
    server.publisher().watch(
        [&printer](const std::vector<devserver::Change> &changes) { printer.print(changes); });

    devserver::host::TaskScope tasks;
    bool isStopping = false;
    const auto beginStop = [&](int exitCode) {
        if (isStopping)
            return;
        isStopping = true;
        tasks.spawn("stop", stop(&server, exitCode));
    };
    StopSignal signal;
    QObject::connect(&signal, &StopSignal::received, &server,
                     [&] { beginStop(static_cast<int>(ExitCode::Ok)); });
    QObject::connect(&server, &Server::failed, &server, [&](const Error &error) {
        complain(error.message);
        beginStop(static_cast<int>(ExitCode::Failure));
    });
    // From inside the loop: exit() of a start that fails at once would otherwise come before
    // exec().
    QMetaObject::invokeMethod(
        &server, [&] { tasks.spawn("start", start(&server, &options)); }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace console
