// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/appscript.h"

#include "tests/perf/measure.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <utility>

namespace perf {

struct AppFunction {
    enum class Kind { Sequence, Parallel, Sleep, Retry };

    std::string_view id;
    std::string_view event;
    Kind kind;
    std::int64_t steps;
};

struct AppPosition {
    std::string runId;
    std::string_view stepId;
    std::int64_t completed; ///< `ctx.stack.current`
    std::int64_t attempt;
    std::int64_t sentNs; ///< written into the event by the sender
    std::int64_t receivedNs;
};

namespace {

constexpr std::int64_t pauseNs = 1'000'000'000; // of the sleep and of the retry-after

double msBetween(std::int64_t from, std::int64_t to)
{
    return static_cast<double>(to - from) / 1e6;
}

/// The integer after the first \p key (with quotes and colon), or \p missing.
std::int64_t numberAfter(std::string_view text, std::string_view key, std::int64_t missing)
{
    const std::size_t start = text.find(key);
    std::int64_t value = missing;
    if (start != std::string_view::npos)
        std::from_chars(text.data() + start + key.size(), text.data() + text.size(), value);
    return value;
}

std::string_view textAfter(std::string_view text, std::string_view key, std::string_view end)
{
    const std::size_t start = text.find(key);
    if (start == std::string_view::npos)
        return {};
    const std::size_t first = start + key.size();
    return text.substr(first, text.find_first_of(end, first) - first);
}

/// 40 hex digits as an SDK's hash would be; the server treats them as opaque.
std::string stepId(std::int64_t index)
{
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%040llx",
                  static_cast<unsigned long long>(0xbe0000 + index));
    return text.data();
}

std::string op(std::string_view kind, std::string_view id, std::string_view rest)
{
    std::string text(R"({"id":")");
    text.append(id).append(R"(","op":")").append(kind);
    return text.append(R"(","name":"s","displayName":"s","opts":{},)").append(rest).append("}");
}

AppAnswer ran(std::string_view id)
{
    return {.status = 206, .body = "[" + op("StepRun", id, R"("data":{"n":1})") + "]"};
}

} // namespace

namespace {

using Function = AppFunction;

constexpr std::array<Function, 8> functions{{
    {"bench-zero", "bench/zero", Function::Kind::Sequence, 0},
    {"bench-three", "bench/three", Function::Kind::Sequence, 3},
    {"bench-steps10", "bench/steps10", Function::Kind::Sequence, 10},
    {"bench-steps100", "bench/steps100", Function::Kind::Sequence, 100},
    {"bench-parallel100", "bench/parallel100", Function::Kind::Parallel, 100},
    {"bench-parallel500", "bench/parallel500", Function::Kind::Parallel, 500},
    {"bench-sleep", "bench/sleep", Function::Kind::Sleep, 1},
    {"bench-retry", "bench/retry", Function::Kind::Retry, 1},
}};

const Function *functionOf(std::string_view id)
{
    for (const Function &function : functions) {
        if (function.id == id)
            return &function;
    }
    return nullptr;
}

} // namespace

std::string AppScript::registration(int port)
{
    const std::string url = "http://127.0.0.1:" + std::to_string(port) + "/api/inngest";
    std::string text =
        R"({"url":")" + url
        + R"(","deployType":"ping","framework":"express","appName":"bench","sdk":"js:v4.24.0",)"
          R"("v":"0.1","capabilities":{},"functions":[)";
    for (const Function &function : functions) {
        if (text.back() != '[')
            text += ',';
        const std::string id(function.id);
        text += R"({"id":")" + id + R"(","name":")" + id + R"(","triggers":[{"event":")";
        text.append(function.event);
        text +=
            R"("}],"steps":{"step":{"id":"step","name":"step","runtime":{"type":"http","url":")";
        text += url + "?fnId=" + id + R"(&stepId=step"},"retries":{"attempts":4}}}})";
    }
    return text + "]}";
}

AppAnswer AppScript::answer(const AppCall &call)
{
    ++m_records.calls;
    const Function *function = functionOf(textAfter(call.target, "fnId=", "& "));
    const AppPosition at{
        .runId = std::string(textAfter(call.body, R"("run_id":")", "\"")),
        .stepId = textAfter(call.target, "stepId=", "& "),
        .completed = numberAfter(call.body, R"("current":)", -1),
        .attempt = numberAfter(call.body, R"("attempt":)", -1),
        .sentNs = numberAfter(call.body, R"("sentAt":")", -1),
        .receivedNs = call.receivedNs,
    };
    const bool isComplete = at.completed >= 0 && at.attempt >= 0 && at.sentNs >= 0;
    if (function == nullptr || !isComplete || at.runId.empty()) {
        ++m_records.unexpected;
        return {.status = 500, .body = R"({"name":"Error","message":"unexpected call"})"};
    }
    if (at.completed == 0 && at.attempt == 0 && at.stepId == "step")
        m_records.startMs.push_back(msBetween(at.sentNs, at.receivedNs));
    switch (function->kind) {
    case Function::Kind::Parallel:
        return answerParallel(*function, at);
    case Function::Kind::Sleep:
        return answerSleep(at);
    case Function::Kind::Retry:
        return answerRetry(at);
    case Function::Kind::Sequence:
        break;
    }
    return answerSequence(*function, at);
}

AppRecords AppScript::takeRecords()
{
    m_since.clear();
    return std::exchange(m_records, {});
}

AppAnswer AppScript::answerSequence(const AppFunction &function, const AppPosition &at)
{
    const bool isTimed = function.steps >= 10;
    if (isTimed && at.completed == 0)
        m_since[at.runId] = at.receivedNs;
    if (at.completed < function.steps)
        return ran(stepId(at.completed));
    if (isTimed) {
        const double total = msBetween(m_since[at.runId], at.receivedNs);
        m_records.stepMs.push_back(total / static_cast<double>(function.steps));
        m_since.erase(at.runId);
    }
    return finish(at);
}

AppAnswer AppScript::answerParallel(const AppFunction &function, const AppPosition &at)
{
    if (at.stepId != "step")
        return ran(at.stepId);
    if (at.completed >= function.steps)
        return finish(at);
    if (at.completed > 0)
        ++m_records.unexpected; // protocol.md 8.4: one discovery, after the last step
    std::string ops("[");
    for (std::int64_t i = 0; i < function.steps; ++i) {
        if (i > 0)
            ops += ',';
        ops += op("StepPlanned", stepId(i), R"("data":null)");
    }
    return {.status = 206, .body = ops + "]"};
}

AppAnswer AppScript::answerSleep(const AppPosition &at)
{
    if (at.completed == 0) {
        m_since[at.runId] = nowNs();
        return {.status = 206,
                .body =
                    "[{\"id\":\"" + stepId(0)
                    + R"(","op":"Sleep","name":"1s","displayName":"s","opts":{},"data":null}])"};
    }
    m_records.lateMs.push_back(msBetween(m_since[at.runId] + pauseNs, at.receivedNs));
    m_since.erase(at.runId);
    return finish(at);
}

AppAnswer AppScript::answerRetry(const AppPosition &at)
{
    if (at.completed > 0)
        return finish(at);
    if (at.attempt == 0) {
        m_since[at.runId] = nowNs();
        return {.status = 206,
                .asksForRetry = true,
                .body = "["
                        + op("StepError", stepId(0),
                             R"("error":{"name":"Error","message":"once"},"data":null)")
                        + "]"};
    }
    m_records.lateMs.push_back(msBetween(m_since[at.runId] + pauseNs, at.receivedNs));
    m_since.erase(at.runId);
    return ran(stepId(0));
}

AppAnswer AppScript::finish(const AppPosition &at)
{
    m_records.runMs.push_back(msBetween(at.sentNs, at.receivedNs));
    return {.status = 200, .body = R"({"ok":true})"};
}

} // namespace perf
