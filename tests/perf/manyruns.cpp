// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/manyruns.h"

#include <QtEndian>

#include <array>
#include <utility>

namespace devserver::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int functions = 12;

QByteArray slugOf(int number)
{
    return "shop-fn-" + QByteArray::number(number % functions);
}

FunctionId functionOf(int number)
{
    return {Uuid::fromName("function", slugOf(number))};
}

RawJson errorOf(int number)
{
    return RawJson::fromTrusted(
        R"({"name":"TimeoutError","message":"card gateway did not answer in )"
        + QByteArray::number(number % 7) + R"( s","stack":"at charge"})");
}

RunStatus statusOf(int number, int runs)
{
    if (number > runs - 200)
        return RunStatus::Running;
    return number % 20 == 0 ? RunStatus::Failed : RunStatus::Completed;
}

void addSteps(Writes *writes, const Run &run, int number)
{
    const TimePoint at = run.queuedAt;
    for (int step = 0; step < 3; ++step) {
        const Memo memo{.step = QByteArray(40, 'a'),
                        .index = step,
                        .kind = MemoKind::Data,
                        .name = "step"_ba,
                        .json = RawJson::fromTrusted(R"({"data":{"ok":true}})"_ba),
                        .at = at};
        writes->emplace_back(MemoWrite{run.id, std::make_shared<const Memo>(memo)});
        Attempt attempt;
        attempt.request = {ulidOf(number * 3 + step)};
        attempt.run = run.id;
        attempt.job = "job"_ba;
        attempt.attempt = number % 10 == 0 ? step : 0;
        attempt.sentAt = at;
        attempt.outcome = AttemptOutcome::Ok;
        writes->emplace_back(attempt);
    }
}

void addRun(Writes *writes, int number, int runs)
{
    const RunStatus status = statusOf(number, runs);
    const TimePoint at = ulidOf(number).time();
    Event event;
    event.internalId = {ulidOf(number)};
    event.id = event.internalId.toText();
    event.name = "order/" + QByteArray::number(number % 30);
    event.receivedAt = event.ts = at;
    event.json = RawJson::fromTrusted(R"({"name":"order/created","data":{"customer":{"id":")"
                                      + QByteArray::number(number % 1000) + R"("},"total":)"
                                      + QByteArray::number(number % 500) + ",\"note\":\""
                                      + QByteArray(200, 'x') + R"("},"user":{}})");
    writes->emplace_back(std::make_shared<const Event>(event));
    Run run;
    run.id = {ulidOf(number)};
    run.function = functionOf(number);
    run.status = status;
    run.events = {event.internalId};
    run.queuedAt = run.scheduledAt = at;
    run.startedAt = at + std::chrono::milliseconds(number % 40);
    if (isTerminal(status))
        run.endedAt = *run.startedAt + std::chrono::milliseconds(number * 7919LL % 5000);
    run.output = status == RunStatus::Failed      ? errorOf(number)
                 : status == RunStatus::Completed ? RawJson::fromTrusted(R"({"ok":true})"_ba)
                                                  : RawJson();
    writes->emplace_back(run);
    addSteps(writes, run, number);
    if (!isTerminal(status)) {
        writes->emplace_back(Job{.id = run.id.toText() + ":sleep",
                                 .run = run.id,
                                 .kind = JobKind::Sleep,
                                 .enqueuedAt = at,
                                 .runAt = at + 24h});
    }
    if (status == RunStatus::Failed) {
        writes->emplace_back(DeadLetter{.run = run.id,
                                        .function = run.function,
                                        .failedAt = at,
                                        .reason = "attempts_exhausted"_ba,
                                        .error = run.output,
                                        .fingerprint = QByteArray::number(number % 7),
                                        .completedSteps = RawJson::fromTrusted("[]"_ba)});
    }
}

} // namespace

Ulid ulidOf(int number)
{
    std::array<std::uint8_t, 10> entropy{};
    qToBigEndian(static_cast<quint32>(number), entropy.data() + 6);
    return Ulid::fromParts(fromMs(1'700'000'000'000 + number * 50LL), entropy);
}

bool fillWithRuns(store::Store &store, int runs)
{
    App app;
    app.id = {Uuid::fromName("app", "shop")};
    app.name = "shop"_ba;
    Writes writes{app};
    for (int i = 0; i < functions; ++i) {
        Function function;
        function.id = functionOf(i);
        function.app = app.id;
        function.config.slug = slugOf(i);
        function.config.name = "fn-" + QByteArray::number(i);
        writes.emplace_back(function);
    }
    for (int number = 1; number <= runs; ++number) {
        addRun(&writes, number, runs);
        if ((number % 1000 == 0 || number == runs)
            && !store.commit(std::exchange(writes, {})).takeResult())
            return false;
    }
    return true;
}

} // namespace devserver::test
