// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

namespace perf {

/// A server under test: started by the constructor, ended by the destructor.
class ServerProcess
{
public:
    struct Options {
        std::string binary;
        std::string dataFile;
        std::vector<std::string> arguments{};
    };

    /// Returns when `/health` answers 200. Throws std::runtime_error after 20 s without it.
    explicit ServerProcess(Options options);
    ~ServerProcess();
    ServerProcess(const ServerProcess &) = delete;
    ServerProcess &operator=(const ServerProcess &) = delete;

    int port() const { return m_port; }

    pid_t pid() const { return m_pid; }

    /// From fork to the answer of `/health`.
    double startMs() const { return m_startMs; }

    /// Interrupts the server and waits for its end; kills it after 10 s. Harmless when repeated.
    /// \returns what was wrong with its end, or nothing.
    std::string stop();

private:
    void launch();
    int announcedPort() const;
    bool hasEnded();
    std::string endText() const;

    Options m_options;
    std::string m_outputFile;
    pid_t m_pid = -1;
    int m_endStatus = 0; ///< of waitpid
    int m_port = 0;
    double m_startMs = 0;
};

} // namespace perf
