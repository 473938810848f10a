// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace perf {

/// A call of the server (protocol.md 5), as far as the script needs it.
struct AppCall {
    std::string_view target; ///< path and query: `fnId`, `stepId`
    std::string_view body;
    std::int64_t receivedNs = 0;
};

/// The answer (protocol.md 6).
struct AppAnswer {
    int status = 200;
    bool asksForRetry = false; ///< `Retry-After: 1`
    std::string body{};
};

struct AppFunction;
struct AppPosition;

/// What the calls showed; times in ms.
struct AppRecords {
    std::vector<double> startMs{}; ///< event sent -> first call of the run
    std::vector<double> runMs{};   ///< event sent -> last answer of the run
    std::vector<double> stepMs{};  ///< per step, first to last call of a run with 10 or 100 steps
    std::vector<double> lateMs{};  ///< how late a sleep or a retry came; negative is early
    std::uint64_t calls = 0;
    std::uint64_t unexpected = 0; ///< calls that fit no rule of the protocol
};

/// The functions of the fake app. Looks only at the few members of a call that it needs, by text
/// search, so that answering costs the two cores as little as possible. Not thread-safe.
class AppScript
{
public:
    /// Body of `POST /fn/register` (protocol.md 2.4) for an app that listens at \p port.
    static std::string registration(int port);

    AppAnswer answer(const AppCall &call);

    /// Takes the records and forgets the runs in flight.
    AppRecords takeRecords();

private:
    AppAnswer answerParallel(const AppFunction &function, const AppPosition &at);
    AppAnswer answerSleep(const AppPosition &at);
    AppAnswer answerRetry(const AppPosition &at);
    AppAnswer answerSequence(const AppFunction &function, const AppPosition &at);
    AppAnswer finish(const AppPosition &at);

    AppRecords m_records;
    std::unordered_map<std::string, std::int64_t> m_since; ///< by run id; meaning by function
};

} // namespace perf
