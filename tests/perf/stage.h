// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/perf/fakeapp.h"
#include "tests/perf/load.h"
#include "tests/perf/report.h"
#include "tests/perf/serverprocess.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace perf {

/// What all figures share.
struct Bench {
    std::string binary;
    std::string directory; ///< of the data files
    bool isSmoke = false;
    Report &report;
    FakeApp &app;

    int trials() const { return isSmoke ? 1 : 5; }

    /// \p full in a real bench, \p few in a smoke test.
    std::size_t amount(std::size_t full, std::size_t few) const { return isSmoke ? few : full; }
};

/// A fresh server on a fresh data file with the fake app registered; both end with it.
class Stage
{
public:
    explicit Stage(Bench &bench, std::vector<std::string> arguments = {"--no-poll"});
    ~Stage();
    Stage(const Stage &) = delete;
    Stage &operator=(const Stage &) = delete;

    ServerProcess &server() { return *m_server; }

    int port() const { return m_server->port(); }

    const std::string &dataFile() const { return m_dataFile; }

    /// Stops the server; reports it if it had ended by itself or did not end well.
    void stop();

    /// Starts the server again on the same file. Throws like ServerProcess.
    void restart(std::vector<std::string> arguments);

    /// Runs started by \p total events called \p event with at most \p inFlight unfinished, from
    /// first event to last answer. Reports wrong counts.
    struct RunLoad {
        std::string_view event;
        std::size_t total = 0;
        std::size_t inFlight = 1;
        double perSecond = 0; ///< above 0: events are sent evenly at this rate
        std::size_t connections = 8;
    };

    struct RunResult {
        AppRecords records{};
        double seconds = 0;
        double cpuMicroseconds = 0; ///< of the server, per run
    };

    RunResult run(const RunLoad &load);

private:
    Bench &m_bench;
    std::string m_dataFile;
    std::unique_ptr<ServerProcess> m_server;
};

/// CPU time and memory around a piece of load.
class UsageProbe
{
public:
    explicit UsageProbe(pid_t pid);

    /// CPU microseconds per operation since the construction.
    double cpuMicroseconds(std::size_t operations) const;

private:
    pid_t m_pid;
    double m_start;
};

} // namespace perf
