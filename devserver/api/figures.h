// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"

#include <QByteArray>

#include <chrono>
#include <optional>
#include <vector>

/// What the window counts: of one function, and of the data file.
namespace devserver::api {

/// Last runs and durations of one function. -> FunctionStats
struct FunctionStatsQuery {
    QByteArray slug;
};

/// The newest run of each registered function that has one, in any order. -> RunPage (without a
/// next page)
struct LastRunsQuery {};

/// How one step of a function went in its last runs.
struct StepStats {
    QByteArray step; ///< its id
    QByteArray name;
    int runs = 0;                                    ///< that tried it
    int failures = 0;                                ///< attempts that failed
    int successes = 0;                               ///< attempts that did not
    std::optional<std::chrono::milliseconds> mean;   ///< of the attempts that succeeded
    std::optional<std::chrono::milliseconds> median; ///< the same
    std::optional<std::chrono::milliseconds> p95;    ///< the same
    QByteArray lastOutput; ///< of the newest of these runs that has one, at most 120 characters

    bool operator==(const StepStats &) const = default;
};

struct FunctionStats {
    std::vector<RunSummary> last; ///< at most 50, newest first
    std::vector<StepStats> steps; ///< of these runs, in the order in which they were first tried
    qint64 completed = 0;         ///< of the last 1,000 ended ones
    qint64 failed = 0;
    std::optional<std::chrono::milliseconds> median; ///< of the completed ones
    std::optional<std::chrono::milliseconds> p95;
};

/// What takes up the space of the data file. Reads every page once. -> StorageUse
struct StorageQuery {};

struct StorageUse {
    qint64 events = 0; ///< bytes, as all of these; with their payloads
    qint64 runs = 0;   ///< with their timelines and outputs
    qint64 steps = 0;  ///< results of steps
    qint64 calls = 0;  ///< attempts, with what failed ones answered
    qint64 letters = 0;
    qint64 other = 0; ///< apps, functions, what the file needs for itself
    qint64 free = 0;  ///< inside of the file, used again before it grows

    bool operator==(const StorageUse &) const = default;
};

} // namespace devserver::api
