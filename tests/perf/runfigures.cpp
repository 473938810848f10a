// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/figures.h"
#include "tests/perf/measure.h"

#include <algorithm>

namespace perf {

namespace {

/// The trials of one load, each on a fresh server and after a short warm-up.
struct Trials {
    std::vector<Stage::RunResult> results;
    double rssMiB = 0;
    double fsyncMs = 0;
    double leastFsyncMs = 0; ///< of the best trial: what the disk can do undisturbed

    double median(double (*of)(const Stage::RunResult &)) const
    {
        std::vector<double> values;
        values.reserve(results.size());
        for (const Stage::RunResult &result : results)
            values.push_back(of(result));
        return perf::median(std::move(values));
    }

    Figure figure() const
    {
        Figure figure;
        figure.cpuMicroseconds =
            median([](const Stage::RunResult &result) { return result.cpuMicroseconds; });
        figure.rssMiB = rssMiB;
        figure.fsyncMs = fsyncMs;
        return figure;
    }
};

Trials tryRuns(Bench &bench, const Stage::RunLoad &load)
{
    Trials trials;
    std::vector<double> rss;
    std::vector<double> fsync;
    for (int i = 0; i < bench.trials(); ++i) {
        fsync.push_back(fsyncMs(bench.directory, 50));
        Stage stage(bench);
        Stage::RunLoad warmUp{.event = "bench/three"};
        warmUp.total = bench.amount(200, 5);
        warmUp.inFlight = 10;
        stage.run(warmUp);
        trials.results.push_back(stage.run(load));
        rss.push_back(rssMiB(stage.server().pid()));
    }
    trials.rssMiB = median(std::move(rss));
    trials.leastFsyncMs = percentile(fsync, 0);
    trials.fsyncMs = median(std::move(fsync));
    return trials;
}

double startP50(const Stage::RunResult &result)
{
    return percentile(result.records.startMs, 0.5);
}

double startP99(const Stage::RunResult &result)
{
    return percentile(result.records.startMs, 0.99);
}

double stepP50(const Stage::RunResult &result)
{
    return percentile(result.records.stepMs, 0.5);
}

double runP50(const Stage::RunResult &result)
{
    return percentile(result.records.runMs, 0.5);
}

double lateP50(const Stage::RunResult &result)
{
    return percentile(result.records.lateMs, 0.5);
}

double lateP99(const Stage::RunResult &result)
{
    return percentile(result.records.lateMs, 0.99);
}

double lateLeast(const Stage::RunResult &result)
{
    return percentile(result.records.lateMs, 0);
}

void measureLateness(Bench &bench, const char *event, Figure texts)
{
    const std::size_t total = bench.amount(150, 10);
    const Trials trials =
        tryRuns(bench, {.event = event, .total = total, .inFlight = total, .perSecond = 97});
    Figure figure = trials.figure();
    figure.what = std::move(texts.what);
    figure.memoryServer = std::move(texts.memoryServer);
    double least = 1000;
    for (const Stage::RunResult &result : trials.results) {
        least = std::min(least, lateLeast(result));
        if (result.records.lateMs.size() != total)
            bench.report.fail(figure.what + ": not every run waited exactly once");
    }
    const double p50 = trials.median(lateP50);
    const double p99 = trials.median(lateP99);
    figure.measured =
        "late p50 " + number(p50) + " p99 " + number(p99) + " least " + number(least) + " ms";
    figure.must = "never early, p50<=3 p99<=20";
    figure.verdict = verdict(least >= 0 && p50 <= 3 && p99 <= 20);
    bench.report.add(figure);
}

void measureParallel(Bench &bench, const char *event, Figure texts, double limitMs)
{
    const Trials trials = tryRuns(bench, {.event = event, .total = bench.amount(7, 1)});
    Figure figure = trials.figure();
    const double ms = trials.median(runP50);
    figure.what = std::move(texts.what);
    figure.measured = number(ms) + " ms";
    figure.must = "<= " + number(limitMs) + " ms";
    figure.verdict = verdict(ms <= limitMs);
    figure.memoryServer = std::move(texts.memoryServer);
    figure.durableEngine = std::move(texts.durableEngine);
    bench.report.add(figure);
}

void measureSteps(Bench &bench, const char *event, const char *what, std::size_t runs)
{
    const Trials trials = tryRuns(bench, {.event = event, .total = runs});
    Figure figure = trials.figure();
    const double ms = trials.median(stepP50);
    const double limit = std::max(0.5, trials.leastFsyncMs + 0.3);
    figure.what = what;
    figure.measured = number(ms) + " ms";
    figure.must = "<= " + number(limit) + " ms (0.5, fsync+0.3)";
    figure.verdict = verdict(ms <= limit);
    figure.memoryServer = "150 ms";
    figure.durableEngine = "3 ms";
    bench.report.add(figure);
}

} // namespace

void measureStart(Bench &bench)
{
    const Trials trials = tryRuns(bench, {.event = "bench/zero", .total = bench.amount(1000, 20)});
    Figure figure = trials.figure();
    const double p50 = trials.median(startP50);
    const double p99 = trials.median(startP99);
    figure.what = "event sent -> app called";
    figure.measured = "p50 " + number(p50) + " p99 " + number(p99) + " ms";
    figure.must = "p50 <= 2 ms, p99 <= 10 ms";
    figure.verdict = verdict(p50 <= 2 && p99 <= 10);
    figure.memoryServer = "222 ms";
    figure.durableEngine = "7 ms";
    bench.report.add(figure);
}

void measureSteps(Bench &bench)
{
    measureSteps(bench, "bench/steps10", "each of 10 sequential steps", bench.amount(40, 2));
    measureSteps(bench, "bench/steps100", "each of 100 sequential steps", bench.amount(10, 1));
}

void measureThreeSteps(Bench &bench)
{
    const std::size_t total = bench.amount(6000, 50);
    const Trials trials = tryRuns(bench, {.event = "bench/three", .total = total, .inFlight = 50});
    Figure figure = trials.figure();
    const double seconds =
        trials.median([](const Stage::RunResult &result) { return result.seconds; });
    const double rate = static_cast<double>(total) / seconds;
    figure.what = "3-step runs, 50 in flight";
    figure.measured = number(rate) + "/s, p50 " + number(trials.median(runP50)) + " ms";
    figure.must = ">= 1,500/s";
    figure.verdict = verdict(rate >= 1500);
    figure.memoryServer = "16/s";
    figure.durableEngine = "156/s";
    bench.report.add(figure);
}

void measureParallel(Bench &bench)
{
    Figure hundred;
    hundred.what = "one run with 100 parallel steps";
    hundred.memoryServer = "1,360 ms";
    hundred.durableEngine = "91 ms";
    measureParallel(bench, "bench/parallel100", hundred, 60);
    Figure fiveHundred;
    fiveHundred.what = "one run with 500 parallel steps";
    fiveHundred.memoryServer = "9,000 ms";
    fiveHundred.durableEngine = "952 ms";
    measureParallel(bench, "bench/parallel500", fiveHundred, 400);
}

void measureSleep(Bench &bench)
{
    Figure texts;
    texts.what = "1 s sleep";
    texts.memoryServer = "late p50 16 ms";
    measureLateness(bench, "bench/sleep", texts);
}

void measureRetry(Bench &bench)
{
    Figure texts;
    texts.what = "1 s retry-after";
    texts.memoryServer = "up to 850 ms early";
    measureLateness(bench, "bench/retry", texts);
}

} // namespace perf
