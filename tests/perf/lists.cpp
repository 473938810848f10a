// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What the window's lists cost with many runs (ui.md 4.2): makes a store and prints the time of
// first pages. usage: lists [number of runs, 100000] [file, a temporary one]

#include "devserver/store/sqlitestore.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using api::Filter;

namespace {

constexpr qint64 budgetMs = 150;
constexpr int functions = 12;

Ulid ulid(int number)
{
    std::array<std::uint8_t, 10> entropy{};
    qToBigEndian(static_cast<quint32>(number), entropy.data() + 6);
    return Ulid::fromParts(fromMs(1'700'000'000'000 + number * 50LL), entropy);
}

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
        attempt.request = {ulid(number * 3 + step)};
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
    const TimePoint at = ulid(number).time();
    Event event;
    event.internalId = {ulid(number)};
    event.id = event.internalId.toText();
    event.name = "order/" + QByteArray::number(number % 30);
    event.receivedAt = event.ts = at;
    event.json = RawJson::fromTrusted(R"({"name":"order/created","data":{"customer":{"id":")"
                                      + QByteArray::number(number % 1000) + R"("},"total":)"
                                      + QByteArray::number(number % 500) + ",\"note\":\""
                                      + QByteArray(200, 'x') + R"("},"user":{}})");
    writes->emplace_back(std::make_shared<const Event>(event));
    Run run;
    run.id = {ulid(number)};
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

bool fill(store::Store &store, int runs)
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

Filter term(const QByteArray &key, const QByteArray &value, api::FilterOp op = api::FilterOp::Equal)
{
    Filter filter;
    filter.kind = Filter::Kind::Term;
    filter.term.key = key;
    filter.term.op = op;
    filter.term.values = {value};
    bool isNumber = false;
    const double number = value.toDouble(&isNumber);
    if (isNumber)
        filter.term.number = number;
    return filter;
}

class Watch
{
public:
    explicit Watch(store::Store *store)
        : m_store(store)
    {}

    void time(const char *what, const api::Query &query)
    {
        std::array<qint64, 3> took{};
        for (qint64 &one : took) {
            QElapsedTimer timer;
            timer.start();
            const Result<api::QueryAnswer> answer = m_store->query(query).takeResult();
            one = timer.nsecsElapsed() / 1000;
            if (!answer)
                std::printf("%s: %s\n", what, qPrintable(answer.error().message));
        }
        std::sort(took.begin(), took.end());
        const bool isSlow = took[1] > budgetMs * 1000;
        m_isSlow = m_isSlow || isSlow;
        std::printf("%8.1f ms  %s%s\n", static_cast<double>(took[1]) / 1000, what,
                    isSlow ? "  TOO SLOW" : "");
    }

    [[nodiscard]] bool isSlow() const { return m_isSlow; }

private:
    store::Store *m_store;
    bool m_isSlow = false;
};

void timeLists(Watch *watch)
{
    const auto runs = [](const Filter &filter, api::RunSort sort = api::RunSort::Queued) {
        return api::RunsQuery{.filter = filter, .sort = sort};
    };
    using Sort = api::RunSort;
    watch->time("runs, first page", runs({}));
    const std::pair<const char *, Sort> sorts[] = {
        {"runs by start", Sort::Started},     {"runs by end", Sort::Ended},
        {"runs by duration", Sort::Duration}, {"runs by wait", Sort::Waited},
        {"runs by function", Sort::Function}, {"runs by trigger", Sort::Trigger},
        {"runs by state", Sort::State},       {"runs by attempts", Sort::Attempts}};
    for (const auto &[name, sort] : sorts)
        watch->time(name, runs({}, sort));
    watch->time("runs state:failed", runs(term("state"_ba, "failed"_ba)));
    watch->time("runs state:dead by duration", runs(term("state"_ba, "dead"_ba), Sort::Duration));
    watch->time("runs state:waiting", runs(term("state"_ba, "waiting"_ba)));
    watch->time("runs fn:fn-3", runs(term("fn"_ba, "fn-3"_ba)));
    watch->time("runs fn:nobody", runs(term("fn"_ba, "nobody"_ba)));
    watch->time("runs event:order/7", runs(term("event"_ba, "order/7"_ba)));
    watch->time("runs event:none", runs(term("event"_ba, "none"_ba)));
    watch->time("runs attempts>2", runs(term("attempts"_ba, "2"_ba, api::FilterOp::Greater)));
    watch->time("runs free word, nothing found", runs(term({}, "zebra"_ba)));
    watch->time("runs error~", runs(term("error"_ba, "in [35] s"_ba, api::FilterOp::Matches)));
    watch->time("runs data.total>490",
                runs(term("data.total"_ba, "490"_ba, api::FilterOp::Greater)));
    watch->time("runs data.total>900, nothing found",
                runs(term("data.total"_ba, "900"_ba, api::FilterOp::Greater)));
    watch->time("runs id prefix", runs(term("id"_ba, ulid(5000).toText().first(9))));
    watch->time("count of all runs", api::CountQuery{});
    watch->time("count state:failed", api::CountQuery{.filter = term("state"_ba, "failed"_ba)});
    watch->time("full count state:completed",
                api::CountQuery{.filter = term("state"_ba, "completed"_ba), .isFull = true});
    watch->time("waiting", api::WaitingQuery{});
    watch->time("events, first page", api::EventListQuery{});
    watch->time("events event:order/7",
                api::EventListQuery{.filter = term("event"_ba, "order/7"_ba)});
    watch->time("event names", api::EventNamesQuery{});
    watch->time("letters, first page", api::LetterListQuery{});
    watch->time("letter groups", api::LetterGroupListQuery{});
    watch->time("all letter ids", api::LetterIdsQuery{});
    watch->time("run record", api::RunRecordQuery{{ulid(500)}});
    watch->time("function stats", api::FunctionStatsQuery{"shop-fn-3"_ba});
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int runs = arguments.size() > 1 ? arguments[1].toInt() : 100'000;
    const QTemporaryDir folder;
    const QString path = arguments.size() > 2 ? arguments[2] : folder.filePath(u"lists.db"_s);
    store::SqliteStore store(path);
    QElapsedTimer timer;
    timer.start();
    if (!store.open().takeResult() || !fill(store, runs)) {
        std::fputs("the store cannot be filled\n", stderr);
        return 2;
    }
    std::printf("%d runs in %lld ms\n", runs, timer.elapsed());
    Watch watch(&store);
    timeLists(&watch);
    return watch.isSlow() ? 1 : 0;
}
