// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/sdk/app.h"
#include "tests/unit/sdk/driver.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
using devserver::tests::Driver;
using sdk::Context;
using sdk::Json;
using sdk::Task;

namespace {

std::atomic<int> s_effects = 0; ///< steps that really ran

QByteArray greet(const Json &name)
{
    ++s_effects;
    return "hello " + name.toText();
}

int twice(int number)
{
    ++s_effects;
    return 2 * number;
}

void note()
{
    ++s_effects;
}

Task<Json> sequential(Context ctx)
{
    const Json greeting = co_await ctx.step("greet", greet, ctx.event().data["name"]);
    const Json number = co_await ctx.step("number", twice, 21);
    co_await ctx.step("note", note);
    co_return Json::object().with("greeting", greeting).with("number", number);
}

Task<Json> sleeping(Context ctx)
{
    co_await ctx.sleep("nap", 1500ms);
    co_await ctx.sleepUntil("night", fromMs(1893456000000));
    co_return "awake";
}

Task<Json> parallel(Context ctx)
{
    const auto [one, two, nothing] = co_await sdk::all(
        ctx.step("one", twice, 1), ctx.step("two", twice, 2), ctx.sleep("pause", 2s));
    const Json after = co_await ctx.step("after", twice, 3);
    co_return one.toInt() + two.toInt() + after.toInt() + (nothing.isNull() ? 0 : 100);
}

Task<Json> many(Context ctx)
{
    std::vector<sdk::Step> steps;
    for (int number = 1; number <= 3; ++number)
        steps.push_back(ctx.step("part-" + QByteArray::number(number), twice, number));
    const std::vector<Json> parts = co_await sdk::all(std::move(steps));
    co_return parts;
}

Task<int> branch(Context ctx, QByteArray name, int number)
{
    const Json first = co_await ctx.step(name + "1", twice, number);
    const Json second = co_await ctx.step(name + "2", twice, static_cast<int>(first.toInt()));
    co_return static_cast<int>(second.toInt());
}

Task<Json> branches(Context ctx)
{
    const auto [a, b] = co_await sdk::all(branch(ctx, "a", 1), branch(ctx, "b", 10));
    co_return a + b;
}

Task<Json> repeats(Context ctx)
{
    int sum = 0;
    for (int number = 1; number <= 3; ++number)
        sum += static_cast<int>((co_await ctx.step("same", twice, number)).toInt());
    co_return sum;
}

Task<Json> clash(Context ctx)
{
    co_await ctx.step("same:1", twice, 1);
    co_await ctx.step("same", twice, 1);
    co_await ctx.step("same", twice, 1);
    co_return nullptr;
}

Task<Json> lambdas(Context ctx)
{
    const QByteArray text = "a text that is long enough to live on the heap";
    const Json byReference = co_await ctx.step("by-reference", [&]() { return text; });
    const auto named = [text]() { return text.size(); };
    const Json byValue = co_await ctx.step("named", named);
    co_return Json::object().with("text", byReference).with("size", byValue);
}

struct Tracked {
    static inline std::atomic<int> alive = 0;
    QByteArray text = "something on the heap that a leak would show";

    Tracked() { ++alive; }

    ~Tracked() { --alive; }

    Q_DISABLE_COPY_MOVE(Tracked)
};

Task<int> inner(Context ctx)
{
    const Tracked local;
    co_return static_cast<int>((co_await ctx.step("deep", twice, 4)).toInt());
}

Task<Json> dropping(Context ctx)
{
    const Tracked outside;
    int sum = 0;
    for (int round = 0; round < 3; ++round) {
        const auto shared = std::make_shared<Tracked>();
        sum += co_await inner(ctx);
        co_await ctx.sleep("nap", 1s);
    }
    const auto [a, b] = co_await sdk::all(inner(ctx), inner(ctx));
    co_return sum + a + b;
}

Task<Json> contextual(Context ctx)
{
    co_return Json::object()
        .with("event", ctx.event().name)
        .with("id", ctx.event().id)
        .with("ts", toMs(ctx.event().ts))
        .with("data", ctx.event().data)
        .with("attempt", ctx.attempt())
        .with("run", ctx.runId().size());
}

Task<Json> longLoop(Context ctx)
{
    qint64 sum = 0;
    for (int number = 0; number < 999; ++number)
        sum += (co_await ctx.step("step-" + QByteArray::number(number), twice, number)).toInt();
    co_return sum;
}

sdk::App testApp()
{
    sdk::App app("test");
    app.function({.id = "sequential", .trigger = "test/event"}, sequential);
    app.function({.id = "sleeping", .trigger = "test/event"}, sleeping);
    app.function({.id = "parallel", .trigger = "test/event"}, parallel);
    app.function({.id = "many", .trigger = "test/event"}, many);
    app.function({.id = "branches", .trigger = "test/event"}, branches);
    app.function({.id = "repeats", .trigger = "test/event"}, repeats);
    app.function({.id = "clash", .trigger = "test/event"}, clash);
    app.function({.id = "lambdas", .trigger = "test/event"}, lambdas);
    app.function({.id = "dropping", .trigger = "test/event"}, dropping);
    app.function({.id = "contextual", .trigger = "test/event"}, contextual);
    app.function({.id = "long-loop", .trigger = "test/event"}, longLoop);
    return app;
}

QByteArray sha1(QByteArrayView text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex();
}

} // namespace

class TestReplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init() { s_effects = 0; }

    void runsOneStepPerCall();
    void followsFunctions_data();
    void followsFunctions();
    void reportsSleeps();
    void plansParallelSteps();
    void executesTheTargetAlone();
    void plansALoneStepWhenTold();
    void refusesATargetThatIsNotThere();
    void countsRepeats();
    void takesTheNextFreeIdOnAClash();
    void destroysWhatItLeavesUnfinished();
    void takes999Steps();
    void runsOnManyThreads();

private:
    Driver drive(const QByteArray &function, const QByteArray &data = "{}")
    {
        Driver driver(m_app.registration(),
                      [this](const CallRequest &request) { return m_app.run(request); });
        driver.run("test-" + function, data);
        return driver;
    }

    sdk::App m_app = testApp();
};

void TestReplay::runsOneStepPerCall()
{
    const Driver run = drive("sequential", R"({"name":"Ada"})");
    QCOMPARE(run.log, (QByteArrayList{"StepRun greet", "StepRun number", "StepRun note",
                                      R"(result {"greeting":"hello Ada","number":42})"}));
    QCOMPARE(s_effects, 3);

    const StepOp op = std::get<AnswerOps>(run.answers.front().outcome).ops.front();
    StepOp expected;
    expected.code = OpCode::StepRun;
    expected.id = sha1("greet");
    expected.name = "greet";
    expected.userId = "greet";
    expected.data = RawJson::fromTrusted("\"hello Ada\"");
    QCOMPARE(op, expected);
    QCOMPARE(run.answers.front().httpStatus, 206);
    QCOMPARE(run.answers.front().requestVersion, 2);
    QCOMPARE(run.answers.back().httpStatus, 200);
}

void TestReplay::followsFunctions_data()
{
    QTest::addColumn<QByteArray>("function");
    QTest::addColumn<QByteArrayList>("log");
    const auto row = [](const char *function, const QByteArrayList &log) {
        QTest::addRow("%s", function) << QByteArray(function) << log;
    };
    row("sleeping", {"Sleep nap", "Sleep night", "result \"awake\""});
    row("parallel", {"StepPlanned one, StepPlanned two, Sleep pause", "StepRun one", "StepRun two",
                     "StepRun after", "result 12"});
    row("many", {"StepPlanned part-1, StepPlanned part-2, StepPlanned part-3", "StepRun part-1",
                 "StepRun part-2", "StepRun part-3", "result [2,4,6]"});
    row("branches", {"StepPlanned a1, StepPlanned b1", "StepRun a1", "StepRun b1",
                     "StepPlanned a2, StepPlanned b2", "StepRun a2", "StepRun b2", "result 44"});
    row("repeats", {"StepRun same", "StepRun same", "StepRun same", "result 12"});
    row("lambdas",
        {"StepRun by-reference", "StepRun named",
         R"(result {"text":"a text that is long enough to live on the heap","size":46})"});
    row("contextual",
        {R"(result {"event":"test/event","id":"evt-1","ts":1767225600000,"data":{},"attempt":0,"run":26})"});
}

void TestReplay::followsFunctions()
{
    QFETCH(QByteArray, function);
    QFETCH(QByteArrayList, log);
    QCOMPARE(drive(function).log, log);
}

void TestReplay::reportsSleeps()
{
    const Driver run = drive("sleeping");
    const StepOp nap = std::get<AnswerOps>(run.answers[0].outcome).ops.front();
    QCOMPARE(nap.id, sha1("nap"));
    QCOMPARE(std::get<std::chrono::milliseconds>(nap.sleep), 1500ms);
    const StepOp night = std::get<AnswerOps>(run.answers[1].outcome).ops.front();
    QCOMPARE(std::get<TimePoint>(night.sleep), fromMs(1893456000000));
}

void TestReplay::plansParallelSteps()
{
    const Driver run = drive("parallel");
    QCOMPARE(s_effects, 3); // planning runs nothing
    QVERIFY(run.requests.at(1).forceStepPlan);
    QCOMPARE(run.requests.at(1).step, sha1("one"));
    QVERIFY(!run.requests.back().forceStepPlan);
    const StepOp planned = std::get<AnswerOps>(run.answers[0].outcome).ops.front();
    QVERIFY(planned.data.isEmpty());
}

void TestReplay::executesTheTargetAlone()
{
    Driver run = drive("parallel");
    CallRequest request = run.requests.front();
    request.step = sha1("two");
    s_effects = 0;
    const CallAnswer answer = m_app.run(request);
    QCOMPARE(s_effects, 1);
    const auto &ops = std::get<AnswerOps>(answer.outcome).ops;
    QCOMPARE(ops.size(), std::size_t(1));
    QCOMPARE(ops.front().code, OpCode::StepRun);
    QCOMPARE(ops.front().data.bytes(), "4");
}

void TestReplay::plansALoneStepWhenTold()
{
    CallRequest request = drive("sequential").requests.front();
    s_effects = 0;
    request.forceStepPlan = true;
    const CallAnswer answer = m_app.run(request);
    QCOMPARE(std::get<AnswerOps>(answer.outcome).ops.front().code, OpCode::StepPlanned);
    QCOMPARE(s_effects, 0);
}

void TestReplay::refusesATargetThatIsNotThere()
{
    CallRequest request = drive("sequential").requests.front();
    request.step = sha1("renamed");
    const CallAnswer answer = m_app.run(request);
    QVERIFY(std::holds_alternative<AnswerError>(answer.outcome));
    QCOMPARE(answer.noRetry, false);
    QCOMPARE(answer.httpStatus, 500);
}

void TestReplay::countsRepeats()
{
    const Driver run = drive("repeats");
    for (int index = 0; index < 3; ++index) {
        const StepOp op =
            std::get<AnswerOps>(run.answers.at(std::size_t(index)).outcome).ops.front();
        QCOMPARE(op.id, sha1(index == 0 ? "same"_ba : "same:"_ba + QByteArray::number(index)));
        QCOMPARE(op.userId, "same");
        QCOMPARE(op.userIndex, index);
    }
}

void TestReplay::takesTheNextFreeIdOnAClash()
{
    const Driver run = drive("clash");
    QCOMPARE(run.output, "null"_ba);
    QCOMPARE(s_effects, 3);
    QCOMPARE(std::get<AnswerOps>(run.answers[2].outcome).ops.front().id, sha1("same:2"));
}

void TestReplay::destroysWhatItLeavesUnfinished()
{
    int stopped = 0;
    Driver driver(m_app.registration(), [&](const CallRequest &request) {
        const CallAnswer answer = m_app.run(request);
        if (Tracked::alive == 0)
            ++stopped;
        return answer;
    });
    driver.run("test-dropping");
    QCOMPARE(driver.output, "40"_ba);
    QCOMPARE(stopped, static_cast<int>(driver.requests.size()));
    QCOMPARE(Tracked::alive, 0);
}

void TestReplay::takes999Steps()
{
    QElapsedTimer timer;
    timer.start();
    const Driver run = drive("long-loop");
    QCOMPARE(run.output, "997002"_ba);
    QCOMPARE(run.requests.size(), std::size_t(1000));
    QCOMPARE(s_effects, 999);
    qInfo("999 steps: %lld ms", timer.elapsed());
}

void TestReplay::runsOnManyThreads()
{
    std::atomic<int> completed = 0;
    std::vector<std::thread> threads;
    for (int number = 0; number < 4; ++number) {
        threads.emplace_back([&] {
            for (int round = 0; round < 20; ++round) {
                if (drive("parallel").output == "12")
                    ++completed;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(completed, 80);
}

QTEST_GUILESS_MAIN(TestReplay)
#include "tst_replay.moc"
