// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/stage.h"

#include "tests/perf/measure.h"

#include <algorithm>
#include <array>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace perf {

namespace {

constexpr std::int64_t finishLimitNs = 60'000'000'000;

std::string freshDataFile(const std::string &directory)
{
    static int count = 0;
    return directory + "/bench" + std::to_string(++count) + ".db";
}

bool waitUntilFinished(const FakeApp &app, std::size_t total)
{
    std::int64_t lastProgress = nowNs();
    std::uint64_t last = app.finished();
    while (last < total) {
        pollfd wait{.fd = app.finishedFd(), .events = POLLIN, .revents = 0};
        ::poll(&wait, 1, 1000);
        eventfd_t ignored = 0;
        ::eventfd_read(app.finishedFd(), &ignored);
        const std::uint64_t now = app.finished();
        if (now != last)
            lastProgress = nowNs();
        else if (nowNs() - lastProgress > finishLimitNs)
            return false;
        last = now;
    }
    return true;
}

} // namespace

Stage::Stage(Bench &bench, std::vector<std::string> arguments)
    : m_bench(bench)
    , m_dataFile(freshDataFile(bench.directory))
{
    restart(std::move(arguments));
    if (!m_bench.app.registerAtServer())
        m_bench.report.fail("POST /fn/register was not answered with 200");
    m_bench.app.takeRecords();
}

Stage::~Stage()
{
    stop();
    m_bench.app.setServerPort(0);
    for (const char *suffix : {"", "-wal", "-shm", ".lock"})
        ::unlink((m_dataFile + suffix).c_str());
}

void Stage::stop()
{
    if (m_server == nullptr)
        return;
    const std::string end = m_server->stop();
    if (!end.empty())
        m_bench.report.fail("the server " + end + "; its log is " + m_dataFile + ".stderr");
}

void Stage::restart(std::vector<std::string> arguments)
{
    stop();
    m_server.reset();
    m_server = std::make_unique<ServerProcess>(ServerProcess::Options{
        .binary = m_bench.binary, .dataFile = m_dataFile, .arguments = std::move(arguments)});
    m_bench.app.setServerPort(m_server->port());
}

Stage::RunResult Stage::run(const RunLoad &load)
{
    FakeApp &app = m_bench.app;
    app.takeRecords();
    EventRequest request(port(), load.event);
    const std::int64_t begin = nowNs();
    const UsageProbe usage(m_server->pid());
    const LoadResult sent = drive({
        .port = port(),
        .connections = std::min(load.connections, load.inFlight),
        .total = load.total,
        .request = [&request] { return request.stamped(); },
        .allowed =
            [&app, &load, begin] {
                const double elapsed = static_cast<double>(nowNs() - begin) / 1e9;
                const std::size_t due = load.perSecond > 0
                                            ? static_cast<std::size_t>(elapsed * load.perSecond) + 1
                                            : load.total;
                return std::min(due, app.finished() + load.inFlight);
            },
        .wakeFd = app.finishedFd(),
    });
    const bool isFinished = waitUntilFinished(app, load.total);
    RunResult result;
    result.seconds = static_cast<double>(nowNs() - begin) / 1e9;
    result.cpuMicroseconds = usage.cpuMicroseconds(load.total);
    ::usleep(50'000); // what comes after the last answer would be a repeated call

    const std::uint64_t finished = app.finished();
    result.records = app.takeRecords();
    const std::string name(load.event);
    if (sent.failed > 0)
        m_bench.report.fail(name + ": " + std::to_string(sent.failed) + " events not accepted");
    if (!isFinished || finished != load.total)
        m_bench.report.fail(name + ": " + std::to_string(finished) + " runs finished, "
                            + std::to_string(load.total) + " were due");
    if (result.records.unexpected > 0)
        m_bench.report.fail(name + ": " + std::to_string(result.records.unexpected)
                            + " unexpected calls");
    return result;
}

UsageProbe::UsageProbe(pid_t pid)
    : m_pid(pid)
    , m_start(preciseCpuSeconds(pid))
{}

double UsageProbe::cpuMicroseconds(std::size_t operations) const
{
    return (preciseCpuSeconds(m_pid) - m_start) * 1e6 / static_cast<double>(operations);
}

} // namespace perf
