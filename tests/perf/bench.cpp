// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The bench of the headless server, black box: starts `redrived` on fresh data files, loads it
// and prints each figure of issue 2 ("Speed and memory") with its target, what two comparable
// servers reach on the same machine, the server's CPU time per operation, its memory, and what one
// fsync costs the disk at that time. Figures are the median of five trials, each on a fresh
// server. Load program and fake app are plain epoll loops in this process.
//
//   cmake --build --preset release && build/release/tests/perf/bench
//
//   --server BIN   the server (default: app/redrived in the build folder of this program)
//   --data DIR     folder for the data files (default: the current one). Must be on a real disk:
//                  a figure on tmpfs says nothing about durability.
//   --only NAME    only the figures whose name begins so: events, arrays, start, steps, three,
//                  parallel, sleep, retry, history, idle, connections. Repeatable.
//   --smoke        tiny counts: checks what was stored and run, and never a time
//
// Exit code: 0 measured (also when targets are missed: the table says so), 1 wrong results,
// 2 wrong use or no server. Takes about six minutes; nothing else should run meanwhile.

#include "tests/perf/figures.h"
#include "tests/perf/measure.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <optional>
#include <string_view>
#include <sys/resource.h>
#include <unistd.h>

namespace {

struct Options {
    std::string server;
    std::string data{"."};
    std::vector<std::string> only{};
    bool isSmoke = false;
};

struct NamedFigure {
    std::string_view name;
    void (*measure)(perf::Bench &);
};

constexpr std::array<NamedFigure, 11> figures{{
    {"events", perf::measureEvents},
    {"arrays", perf::measureEventArrays},
    {"start", perf::measureStart},
    {"steps", perf::measureSteps},
    {"three", perf::measureThreeSteps},
    {"parallel", perf::measureParallel},
    {"sleep", perf::measureSleep},
    {"retry", perf::measureRetry},
    {"history", perf::measureHistory},
    {"idle", perf::measureIdle},
    {"connections", perf::measureIdleConnections},
}};

std::string defaultServer()
{
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
    return (self.parent_path() / "../../app/redrived").lexically_normal();
}

std::optional<Options> parse(int argc, char **argv)
{
    Options options{.server = defaultServer()};
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        const char *value = i + 1 < argc ? argv[i + 1] : nullptr;
        if (name == "--smoke") {
            options.isSmoke = true;
            continue;
        }
        if (value == nullptr)
            return std::nullopt;
        ++i;
        if (name == "--server")
            options.server = value;
        else if (name == "--data")
            options.data = value;
        else if (name == "--only")
            options.only.emplace_back(value);
        else
            return std::nullopt;
    }
    return options;
}

bool isWanted(const Options &options, std::string_view name)
{
    return options.only.empty()
           || std::ranges::any_of(
               options.only, [name](const std::string &only) { return name.starts_with(only); });
}

/// 1,000 connections on this side and as many in the server, which inherits the limit.
void raiseFileLimit()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 8192);
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

int run(const Options &options, const std::string &directory)
{
    std::printf("server %s, data in %s, %ld cores, fsync p50 %s ms\n", options.server.c_str(),
                directory.c_str(), ::sysconf(_SC_NPROCESSORS_ONLN),
                perf::number(perf::fsyncMs(directory, 200)).c_str());
    perf::Report report(options.isSmoke);
    perf::FakeApp app;
    perf::Bench bench{.binary = options.server,
                      .directory = directory,
                      .isSmoke = options.isSmoke,
                      .report = report,
                      .app = app};
    for (const NamedFigure &figure : figures) {
        if (!isWanted(options, figure.name))
            continue;
        try {
            figure.measure(bench);
        } catch (const std::exception &error) {
            report.fail(std::string(figure.name) + ": " + error.what());
        }
    }
    report.end();
    return report.hasFailed() ? 1 : 0;
}

} // namespace

int main(int argc, char **argv)
{
    const std::optional<Options> options = parse(argc, argv);
    if (!options) {
        std::fprintf(stderr, "usage: bench [--server BIN] [--data DIR] [--only NAME] [--smoke]\n");
        return 2;
    }
    if (::access(options->server.c_str(), X_OK) != 0) {
        std::fprintf(stderr, "bench: no server at %s\n", options->server.c_str());
        return 2;
    }
    raiseFileLimit();
    std::string directory = options->data + "/redrive-bench-XXXXXX";
    if (::mkdtemp(directory.data()) == nullptr) {
        std::perror("bench: no folder for the data files");
        return 2;
    }
    const int code = run(*options, directory);
    if (code == 0) // otherwise the logs of the servers are worth reading
        std::filesystem::remove_all(directory);
    return code;
}
