// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/serverprocess.h"

#include "tests/perf/http.h"
#include "tests/perf/measure.h"

#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace perf {

namespace {

constexpr std::int64_t startLimitNs = 20'000'000'000;
constexpr std::int64_t stopLimitNs = 10'000'000'000;

void redirect(const std::string &path, int target)
{
    const int file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
    if (file >= 0)
        ::dup2(file, target);
}

/// The number behind \p announcement, 0 as long as it is not there.
int portIn(const std::string &path, const std::string &announcement)
{
    std::ifstream file(path);
    std::string line;
    while (std::getline(file, line)) {
        const std::size_t start = line.find(announcement);
        // Without the end of the line the number may still be growing.
        if (start != std::string::npos && !file.eof())
            return std::atoi(line.c_str() + start + announcement.size());
    }
    return 0;
}

} // namespace

ServerProcess::ServerProcess(Options options)
    : m_options(std::move(options))
    , m_outputFile(m_options.dataFile + ".stdout")
{
    ::unlink(m_outputFile.c_str());
    const std::int64_t start = nowNs();
    launch();
    while (nowNs() - start < startLimitNs) {
        m_port = announcedPort();
        if (m_port > 0 && httpRequest(m_port, "GET", "/health").status == 200) {
            m_startMs = static_cast<double>(nowNs() - start) / 1e6;
            return;
        }
        if (hasEnded())
            throw std::runtime_error("the server ended at once; see " + m_options.dataFile
                                     + ".stderr");
        ::usleep(500);
    }
    ::kill(m_pid, SIGKILL);
    ::waitpid(m_pid, nullptr, 0);
    throw std::runtime_error("the server did not answer /health; see " + m_outputFile);
}

ServerProcess::~ServerProcess()
{
    stop();
}

void ServerProcess::launch()
{
    std::vector<std::string> arguments{m_options.binary, "--port",           "0",
                                       "--data",         m_options.dataFile, "--no-sample",
                                       "--no-discovery"};
    arguments.insert(arguments.end(), m_options.arguments.begin(), m_options.arguments.end());
    std::vector<char *> argv;
    argv.reserve(arguments.size() + 1);
    for (std::string &argument : arguments)
        argv.push_back(argument.data());
    argv.push_back(nullptr);

    m_pid = ::fork();
    if (m_pid < 0)
        throw std::runtime_error("fork failed");
    if (m_pid == 0) {
        // A file, not a pipe: nobody has to drain it while the load runs.
        redirect(m_outputFile, STDOUT_FILENO);
        redirect(m_options.dataFile + ".stderr", STDERR_FILENO);
        // For `redrive`: a window that nobody sees, with settings of its own.
        ::setenv("QT_QPA_PLATFORM", "offscreen", 0);
        ::setenv("XDG_CONFIG_HOME", (m_options.dataFile + ".config").c_str(), 1);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }
}

int ServerProcess::announcedPort() const
{
    const int port = portIn(m_outputFile, "listening on http://127.0.0.1:");
    // The window says it in its log only.
    return port > 0
               ? port
               : portIn(m_options.dataFile + ".stderr", "listening address \"127.0.0.1\" port ");
}

bool ServerProcess::hasEnded()
{
    if (m_pid > 0 && ::waitpid(m_pid, &m_endStatus, WNOHANG) == m_pid)
        m_pid = -1;
    return m_pid < 0;
}

std::string ServerProcess::endText() const
{
    if (WIFSIGNALED(m_endStatus))
        return "was ended by signal " + std::to_string(WTERMSIG(m_endStatus));
    if (WEXITSTATUS(m_endStatus) != 0)
        return "ended with code " + std::to_string(WEXITSTATUS(m_endStatus));
    return {};
}

std::string ServerProcess::stop()
{
    if (m_pid < 0)
        return {};
    if (hasEnded())
        return "ended by itself, " + endText();
    ::kill(m_pid, SIGINT);
    const std::int64_t start = nowNs();
    while (!hasEnded()) {
        if (nowNs() - start > stopLimitNs)
            ::kill(m_pid, SIGKILL);
        ::usleep(1000);
    }
    return endText();
}

} // namespace perf
