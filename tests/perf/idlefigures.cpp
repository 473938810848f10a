// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/figures.h"
#include "tests/perf/http.h"
#include "tests/perf/measure.h"

#include <algorithm>
#include <unistd.h>

namespace perf {

namespace {

/// CPU share of the idle server in percent.
double idlePercent(Bench &bench, pid_t pid)
{
    const double seconds = bench.isSmoke ? 1 : 20;
    ::usleep(bench.isSmoke ? 200'000 : 2'000'000); // let what follows the start end
    const double before = preciseCpuSeconds(pid);
    ::usleep(static_cast<useconds_t>(seconds * 1e6));
    return (preciseCpuSeconds(pid) - before) / seconds * 100;
}

/// Finishes runs until \p upTo, given that \p done exist. RSS in MiB a little later.
double rssAfter(Bench &bench, Stage &stage, std::size_t done, std::size_t upTo)
{
    stage.run({.event = "bench/zero", .total = upTo - done, .inFlight = 200, .connections = 32});
    ::usleep(bench.isSmoke ? 100'000 : 2'000'000);
    return rssMiB(stage.server().pid());
}

/// What each run adds once the queues and caches of the load have their size.
void addMemory(Bench &bench, const std::vector<std::pair<std::size_t, double>> &points)
{
    std::string course;
    for (const auto &[runs, memory] : points)
        course += (course.empty() ? "" : ", ") + number(memory);
    const auto &[runsBefore, before] = points[points.size() - 2];
    const auto &[runsAfter, after] = points.back();
    const double bytes =
        (after - before) * 1024 * 1024 / static_cast<double>(runsAfter - runsBefore);
    Figure figure;
    figure.what = "memory per run (20k, 60k, 100k, 140k)";
    figure.measured = number(bytes) + " B (" + course + " MiB)";
    figure.must = "none (< 16 B: noise)";
    figure.verdict = verdict(bytes < 16);
    figure.memoryServer = "grows";
    figure.rssMiB = points.back().second;
    bench.report.add(figure);
}

void addStart(Bench &bench, Stage &stage)
{
    std::vector<double> times;
    std::vector<double> memory;
    for (int i = 0; i < bench.trials(); ++i) {
        stage.restart({"--no-poll"});
        times.push_back(stage.server().startMs());
        memory.push_back(rssMiB(stage.server().pid()));
    }
    Figure figure;
    figure.what = "start, 140,000 finished runs on disk";
    figure.measured = number(median(times)) + " ms";
    figure.must = "<= 100 ms";
    figure.verdict = verdict(median(times) <= 100);
    figure.memoryServer = "238 ms";
    figure.rssMiB = median(memory);
    figure.fsyncMs = fsyncMs(bench.directory, 50);
    bench.report.add(figure);
}

void addPolledIdle(Bench &bench, Stage &stage)
{
    const std::string url = "http://127.0.0.1:" + std::to_string(bench.app.port()) + "/api/inngest";
    std::vector<std::string> arguments{"-u", url};
    if (bench.isSmoke)
        arguments.insert(arguments.end(), {"--poll-interval", "1"});
    stage.restart(std::move(arguments));
    const std::uint64_t syncs = bench.app.syncs();
    const double percent = idlePercent(bench, stage.server().pid());
    if (bench.app.syncs() == syncs)
        bench.report.fail("the app was not polled");

    Figure figure;
    figure.what = "idle CPU, one polled app";
    figure.measured = number(percent) + " %";
    figure.must = "<= 0.1 %";
    figure.verdict = verdict(percent <= 0.1);
    figure.memoryServer = "2 %";
    bench.report.add(figure);

    Figure memory;
    memory.what = "idle memory, 140,000 runs on disk";
    memory.rssMiB = rssMiB(stage.server().pid());
    memory.measured = number(memory.rssMiB) + " MiB";
    memory.must = "<= 40 MiB";
    memory.verdict = verdict(memory.rssMiB <= 40);
    memory.memoryServer = "124 MiB";
    bench.report.add(memory);
}

/// p50 in ms of \p bytes sent one after the other on one connection.
double p50Of(Bench &bench, int port, const std::function<std::string_view()> &bytes)
{
    std::vector<double> trials;
    for (int i = 0; i < bench.trials(); ++i) {
        const LoadResult result =
            drive({.port = port, .total = bench.amount(1000, 20), .request = bytes});
        if (result.failed > 0)
            bench.report.fail("requests failed beside idle connections");
        trials.push_back(percentile(result.latencyMs, 0.5));
    }
    return median(std::move(trials));
}

} // namespace

void measureHistory(Bench &bench)
{
    Stage stage(bench);
    std::vector<std::pair<std::size_t, double>> points;
    std::size_t done = 0;
    for (const std::size_t upTo : {20'000UL, 60'000UL, 100'000UL, 140'000UL}) {
        const std::size_t runs = bench.amount(upTo, upTo / 500);
        points.emplace_back(runs, rssAfter(bench, stage, done, runs));
        done = runs;
    }
    if (!bench.isSmoke)
        addMemory(bench, points);
    addStart(bench, stage);
    addPolledIdle(bench, stage);
}

void measureIdle(Bench &bench)
{
    Stage stage(bench);
    const std::string url = "http://127.0.0.1:" + std::to_string(bench.app.port()) + "/api/inngest";
    if (httpRequest(stage.port(), "DELETE", "/fn/remove?url=" + url).status != 200)
        bench.report.fail("DELETE /fn/remove was not answered with 200");
    stage.restart({});
    const double percent = idlePercent(bench, stage.server().pid());
    Figure figure;
    figure.what = "idle CPU, no app";
    figure.measured = number(percent) + " %";
    figure.must = "0";
    figure.verdict = verdict(percent < 0.005);
    figure.memoryServer = "2 %";
    figure.rssMiB = rssMiB(stage.server().pid());
    bench.report.add(figure);
}

void measureIdleConnections(Bench &bench)
{
    Stage stage(bench);
    const int port = stage.port();
    EventRequest event(port, "bench/nobody-listens");
    const std::string health = requestBytes(port, "GET", "/health", {});
    const auto sendEvent = [&event] { return event.stamped(); };
    const auto sendHealth = [&health] { return std::string_view(health); };
    p50Of(bench, port, sendEvent);
    const double healthBefore = p50Of(bench, port, sendHealth);
    const double eventBefore = p50Of(bench, port, sendEvent);

    const std::size_t count = bench.amount(1000, 50);
    const IdleConnections idle(port, count);
    const double healthAfter = p50Of(bench, port, sendHealth);
    const double eventAfter = p50Of(bench, port, sendEvent);
    if (idle.open() != count)
        bench.report.fail(std::to_string(idle.open()) + " idle connections of "
                          + std::to_string(count) + " are still open");

    Figure figure;
    figure.what = "1,000 idle connections: health p50";
    figure.measured = number(healthBefore) + " -> " + number(healthAfter) + " ms";
    figure.must = "no noticeable delay (+0.5)";
    figure.verdict = verdict(healthAfter - healthBefore <= 0.5);
    figure.rssMiB = rssMiB(stage.server().pid());
    bench.report.add(figure);
    figure.what = "1,000 idle connections: event p50";
    figure.measured = number(eventBefore) + " -> " + number(eventAfter) + " ms";
    figure.verdict = verdict(eventAfter - eventBefore <= 0.5);
    bench.report.add(figure);
}

} // namespace perf
