// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/measure.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace perf {

std::int64_t nowNs()
{
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return (std::int64_t{time.tv_sec} * 1'000'000'000) + time.tv_nsec;
}

double percentile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    const auto last = static_cast<double>(values.size() - 1);
    const auto index = static_cast<std::ptrdiff_t>(std::llround(share * last));
    const auto position = values.begin() + index;
    std::nth_element(values.begin(), position, values.end());
    return *position;
}

double median(std::vector<double> values)
{
    return percentile(std::move(values), 0.5);
}

double fsyncMs(const std::string &directory, int samples)
{
    const std::string path = directory + "/fsync.probe";
    const int file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0)
        return 0;
    std::array<char, 4096> block{};
    block.fill('x');
    // The blocks exist before: a growing file would measure the file system's journal as well.
    for (int i = 0; i < samples; ++i)
        [[maybe_unused]] const ssize_t size = ::write(file, block.data(), block.size());
    ::fsync(file);
    ::lseek(file, 0, SEEK_SET);
    std::vector<double> times;
    for (int i = 0; i < samples; ++i) {
        const std::int64_t start = nowNs();
        if (::write(file, block.data(), block.size()) < 0 || ::fdatasync(file) < 0)
            break;
        times.push_back(static_cast<double>(nowNs() - start) / 1e6);
    }
    ::close(file);
    ::unlink(path.c_str());
    return median(std::move(times));
}

double cpuSeconds(pid_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    std::getline(file, line);
    const std::size_t end = line.rfind(')'); // the process name may contain anything
    if (end == std::string::npos)
        return 0;
    std::istringstream fields(line.substr(end + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i)
        fields >> skipped;
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double preciseCpuSeconds(pid_t pid)
{
    std::error_code error;
    double sum = 0;
    bool isKnown = false;
    const std::string tasks = "/proc/" + std::to_string(pid) + "/task";
    for (const auto &task : std::filesystem::directory_iterator(tasks, error)) {
        std::ifstream file(task.path() / "schedstat");
        double runNs = 0;
        if (file >> runNs) {
            isKnown = true;
            sum += runNs / 1e9;
        }
    }
    return isKnown ? sum : cpuSeconds(pid);
}

double rssMiB(pid_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    std::string line;
    while (std::getline(file, line)) {
        if (line.starts_with("VmRSS:"))
            return std::stod(line.substr(6)) / 1024;
    }
    return 0;
}

std::int64_t countRows(const std::string &file, const std::string &table)
{
    sqlite3 *database = nullptr;
    sqlite3_stmt *statement = nullptr;
    std::int64_t count = -1;
    const std::string sql = "SELECT count(*) FROM " + table;
    // Read-write: after a kill the log must be recovered before it can be read.
    if (sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK
        && sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK
        && sqlite3_step(statement) == SQLITE_ROW)
        count = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return count;
}

} // namespace perf
