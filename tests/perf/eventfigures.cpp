// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/figures.h"
#include "tests/perf/measure.h"

namespace perf {

namespace {

struct EventTrial {
    double perSecond = 0;
    double p50Ms = 0;
    double p99Ms = 0;
    double cpuMicroseconds = 0;
    double rssMiB = 0;
};

/// Sends \p requests of \p perRequest events over 64 connections and counts the rows afterwards.
EventTrial sendEvents(Bench &bench, std::size_t requests, std::size_t perRequest)
{
    Stage stage(bench);
    EventRequest request(stage.port(), "bench/nobody-listens", perRequest);
    LoadPlan plan{.port = stage.port(),
                  .connections = 64,
                  .total = requests / 10,
                  .request = [&request] { return request.stamped(); }};
    const LoadResult warmUp = drive(plan);

    plan.total = requests;
    const UsageProbe usage(stage.server().pid());
    const LoadResult result = drive(plan);
    const std::size_t events = requests * perRequest;
    EventTrial trial{.perSecond = static_cast<double>(events) / result.seconds,
                     .p50Ms = percentile(result.latencyMs, 0.5),
                     .p99Ms = percentile(result.latencyMs, 0.99),
                     .cpuMicroseconds = usage.cpuMicroseconds(events),
                     .rssMiB = rssMiB(stage.server().pid())};

    stage.stop();
    const auto sent = static_cast<std::int64_t>((requests + requests / 10) * perRequest);
    const std::int64_t rows = countRows(stage.dataFile(), "events");
    if (warmUp.failed + result.failed > 0 || rows != sent)
        bench.report.fail(std::to_string(sent) + " events sent, "
                          + std::to_string(warmUp.failed + result.failed)
                          + " requests failed, rows stored: " + std::to_string(rows));
    return trial;
}

Figure measure(Bench &bench, std::size_t requests, std::size_t perRequest)
{
    std::vector<double> rate;
    std::vector<double> p50;
    std::vector<double> p99;
    std::vector<double> cpu;
    std::vector<double> rss;
    std::vector<double> fsync;
    for (int i = 0; i < bench.trials(); ++i) {
        fsync.push_back(fsyncMs(bench.directory, 50));
        const EventTrial trial = sendEvents(bench, requests, perRequest);
        rate.push_back(trial.perSecond);
        p50.push_back(trial.p50Ms);
        p99.push_back(trial.p99Ms);
        cpu.push_back(trial.cpuMicroseconds);
        rss.push_back(trial.rssMiB);
    }
    Figure figure;
    figure.measured = number(median(rate)) + "/s, p50 " + number(median(p50)) + " p99 "
                      + number(median(p99)) + " ms";
    const double least = perRequest == 1 ? 10'000 : 40'000;
    figure.verdict = verdict(median(rate) >= least && (perRequest > 1 || median(p50) <= 5));
    figure.cpuMicroseconds = median(cpu);
    figure.rssMiB = median(rss);
    figure.fsyncMs = median(fsync);
    return figure;
}

} // namespace

void measureEvents(Bench &bench)
{
    Figure figure = measure(bench, bench.amount(40'000, 1000), 1);
    figure.what = "events accepted, 64 connections";
    figure.must = ">= 10,000/s, p50 <= 5 ms";
    figure.memoryServer = "2,700/s";
    figure.durableEngine = "2,300/s";
    bench.report.add(figure);
}

void measureEventArrays(Bench &bench)
{
    Figure figure = measure(bench, bench.amount(2000, 20), 100);
    figure.what = "the same in arrays of 100";
    figure.must = ">= 40,000/s";
    figure.memoryServer = "3,900/s";
    bench.report.add(figure);
}

} // namespace perf
