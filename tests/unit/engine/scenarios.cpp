// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/engine/scenarios.h"

#include <QTest>

#include <algorithm>

namespace devserver::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

bool has(const CallRequest &call, const char *step)
{
    return std::any_of(call.memos.begin(), call.memos.end(),
                       [&](const MemoPtr &memo) { return memo->step == step; });
}

void registerOrders(EngineFixture &engine)
{
    engine.registerFunction("orders");
}

Command sendOrder(std::chrono::milliseconds delay = 0ms)
{
    return {.act = [delay](EngineFixture &engine) {
        engine.send(EventDraft{.name = "orders", .id = "order-1", .ts = startTime + delay});
    }};
}

Command verb(bool isAtRest, std::function<Verb(RunId)> make)
{
    return {.isAtRest = isAtRest, .act = [make = std::move(make)](EngineFixture &engine) {
                engine.obey(make(engine.runsOf("orders").front()));
            }};
}

Verb cancel(RunId run)
{
    return CancelRun{run};
}

Verb retry(RunId run)
{
    return RetryLetter{run};
}

CallAnswer sequential(const EngineFixture &, const CallRequest &call)
{
    if (!has(call, "a"))
        return ops({call.attempt < 2 ? op::error("a") : op::run("a")});
    if (!has(call, "nap"))
        return ops({op::sleep("nap", 1h)});
    if (!has(call, "b"))
        return call.attempt == 0 ? failure("body") : ops({op::run("b")});
    return result();
}

CallAnswer parallel(int version, const CallRequest &call)
{
    if (call.step == "b" && call.attempt == 0)
        return ops({op::error("b")}, version);
    if (!call.step.isEmpty())
        return ops({op::run(call.step)}, version);
    std::vector<StepOp> open;
    for (const char *step : {"a", "b"}) {
        if (!has(call, step))
            open.push_back(op::planned(step));
    }
    if (!has(call, "nap"))
        open.push_back(op::sleep("nap", 10min));
    if (!open.empty())
        return ops(open, version);
    if (!has(call, "after"))
        return ops({call.forceStepPlan ? op::planned("after") : op::run("after")}, version);
    return result();
}

CallAnswer failingWithHandler(const EngineFixture &, const CallRequest &call)
{
    if (call.slug == "orders")
        return has(call, "a") ? failure("never works") : ops({op::run("a")});
    return has(call, "clean up") ? result() : ops({op::run("clean up")});
}

/// Step b works from the second retry by hand on.
CallAnswer fixedInCycleTwo(const EngineFixture &engine, const CallRequest &call)
{
    if (!has(call, "a"))
        return ops({op::run("a")});
    const bool isFixed = engine.run(call.run).cycle >= 2;
    if (!has(call, "b"))
        return ops({isFixed ? op::run("b") : op::error("b")});
    return isFixed ? result() : finally(failure());
}

/// Fails at first, and sleeps for long once it was retried by hand.
CallAnswer sleepsInCycleOne(const EngineFixture &engine, const CallRequest &call)
{
    if (engine.run(call.run).cycle == 0)
        return fixedInCycleTwo(engine, call);
    return ops({op::sleep("nap", 24h * 30)});
}

/// Works from the first retry by hand on, or never if it is for somebody else.
CallAnswer fixedInCycleOne(const EngineFixture &engine, const CallRequest &call)
{
    if (!has(call, "a"))
        return ops({op::run("a")});
    const bool isFixed = call.slug != "invoices" && engine.run(call.run).cycle > 0;
    return isFixed ? result() : finally(failure());
}

/// Works with other data, which only the second event has.
CallAnswer fixedByData(const EngineFixture &, const CallRequest &call)
{
    if (!has(call, "a"))
        return ops({op::run("a")});
    return call.events[0]->json.bytes().contains("\"fixed\"") ? result() : finally(failure());
}

CallAnswer sleepsForLong(const EngineFixture &, const CallRequest &call)
{
    if (!has(call, "a"))
        return ops({call.attempt < 2 ? op::error("a") : op::run("a")});
    return has(call, "nap") ? result() : ops({op::sleep("nap", 24h * 30)});
}

Verb bulk(const EngineFixture &engine, bool triesOneFirst)
{
    BulkPlan plan{.title = "all", .triesOneFirst = triesOneFirst, .perSecond = 5};
    for (const auto &[id, letter] : engine.disk().letters) {
        if (letter.state == LetterState::Open)
            plan.runs.push_back(id);
    }
    return StartBulk{plan};
}

CallAnswer offlineAtFirst(const EngineFixture &engine, const CallRequest &call)
{
    return engine.now() < startTime + 3s ? unreachable() : sequential(engine, call);
}

void addLetters(std::vector<Scenario> &all)
{
    const auto add = [&](Scenario scenario) { all.push_back(std::move(scenario)); };
    add({"a letter is retried twice",
         {},
         [](EngineFixture &engine) { engine.registerFunction("orders", {.retries = 1}); },
         fixedInCycleTwo,
         {sendOrder(), verb(true, retry), verb(true, retry)}});
    add({"a letter is retried, and the retry cancelled",
         {},
         [](EngineFixture &engine) { engine.registerFunction("orders", {.retries = 1}); },
         sleepsInCycleOne,
         {sendOrder(), verb(true, retry), verb(false, cancel)}});
    add({"a letter is discarded and run again",
         {},
         [](EngineFixture &engine) { engine.registerFunction("orders", {.retries = 0}); },
         fixedInCycleTwo,
         {sendOrder(),
          verb(true,
               [](RunId run) {
                   return Verb{DiscardLetter{run, "no"}};
               }),
          verb(true, [](RunId run) { return Verb{RerunRun{run}}; })}});
}

/// Retried while its app does not have the function, which comes back later.
void addGoneFunction(std::vector<Scenario> &all)
{
    const auto atRest = [](auto act) { return Command{.isAtRest = true, .act = act}; };
    all.push_back(
        {"a letter is retried while its function is gone",
         {},
         [](EngineFixture &engine) { engine.registerFunction("orders", {.retries = 0}); },
         fixedInCycleTwo,
         {sendOrder(), atRest([](EngineFixture &engine) { engine.unregisterFunction("orders"); }),
          verb(true, retry), atRest([](EngineFixture &engine) {
              engine.registerFunction("orders", {.retries = 0});
          })}});
}

void addBulks(std::vector<Scenario> &all)
{
    for (const bool triesOneFirst : {true, false}) {
        all.push_back(
            {triesOneFirst ? "three letters in bulk, one first"
                           : "three letters in bulk, one after the other",
             {},
             [](EngineFixture &engine) {
                 engine.registerFunction("orders", {.retries = 0});
                 engine.registerFunction("invoices", {.retries = 0, .event = "orders"});
                 engine.registerFunction("parcels", {.retries = 0, .event = "orders"});
             },
             fixedInCycleOne,
             {sendOrder(), {.isAtRest = true, .act = [=](EngineFixture &engine) {
                                engine.startBulk(
                                    std::get<StartBulk>(bulk(engine, triesOneFirst)).plan);
                            }}}});
    }
}

void addHurries(std::vector<Scenario> &all)
{
    const auto add = [&](Scenario scenario) { all.push_back(std::move(scenario)); };
    add({"a letter is retried with other data",
         {},
         [](EngineFixture &engine) { engine.registerFunction("orders", {.retries = 0}); },
         fixedByData,
         {sendOrder(), verb(true, [](RunId run) {
              return Verb{RetryEdited{run, json(R"({"fixed":true})"), true}};
          })}});
    const auto retryNow = [](RunId run) { return Verb{RetryNow{run, {}}}; };
    add({"backoffs and a sleep are cut short",
         {},
         registerOrders,
         sleepsForLong,
         {sendOrder(), verb(false, retryNow), verb(false, retryNow), verb(false, [](RunId run) {
              return Verb{SkipSleep{run, {}}};
          })}});
}

std::vector<Scenario> makeScenarios()
{
    std::vector<Scenario> all;
    const auto add = [&](Scenario scenario) { all.push_back(std::move(scenario)); };
    add({"sequential with sleep and retries", {}, registerOrders, sequential, {sendOrder()}});
    for (const int version : {1, 2})
        add({version == 1 ? "parallel, version 1" : "parallel, version 2",
             {},
             registerOrders,
             [version](const EngineFixture &, const CallRequest &call) {
                 return parallel(version, call);
             },
             {sendOrder()}});
    add({"failing, with handler",
         {},
         [](EngineFixture &engine) {
             engine.registerFunction("orders", {.retries = 1});
             engine.registerFunction("orders-failure",
                                     {.event = "inngest/function.failed",
                                      .expression = "event.data.function_id == 'orders'"});
         },
         failingWithHandler,
         {sendOrder()}});
    add({"cancelled while it sleeps",
         {},
         registerOrders,
         [](const EngineFixture &, const CallRequest &) {
             return ops({op::sleep("nap", 24h * 30)});
         },
         {sendOrder(), verb(false, cancel)}});
    add({"cancelled before it starts",
         {},
         registerOrders,
         sequential,
         {sendOrder(24h * 30), verb(false, cancel)}});
    addLetters(all);
    addGoneFunction(all);
    addBulks(all);
    addHurries(all);
    add({"over a limit before it starts",
         {.retryInterval = {}, .stepLimit = 0},
         registerOrders,
         sequential,
         {sendOrder()}});
    add({"the app is offline at first", {}, registerOrders, offlineAtFirst, {sendOrder()}});
    return all;
}

} // namespace

const std::vector<Scenario> &scenarios()
{
    static const std::vector<Scenario> all = makeScenarios();
    return all;
}

Player::Player(EngineFixture &engine, const Scenario &scenario)
    : m_engine(engine)
    , m_scenario(scenario)
{
    m_scenario.prepare(m_engine);
    m_firstCommit = m_engine.commits();
}

void Player::answerFront()
{
    const CallRequest call = m_engine.openCalls().front();
    const CallAnswer answer = m_scenario.app(m_engine, call);
    if (const auto *reported = std::get_if<AnswerOps>(&answer.outcome)) {
        const QByteArray memos = ' ' + m_engine.memos(call.run);
        for (const StepOp &op : reported->ops) {
            const QByteArray executed = ' ' + op.id + '=';
            if (op.code == OpCode::StepRun && memos.contains(executed))
                QTest::qFail("a recorded step was executed again", __FILE__, __LINE__);
        }
    }
    m_engine.answer(call, answer);
}

bool Player::advanceOnce()
{
    if (!m_engine.openCalls().empty()) {
        answerFront();
        return true;
    }
    if (!m_engine.probes().empty()) {
        m_engine.answerProbe(m_engine.now() >= startTime + 3s);
        return true;
    }
    const std::vector<Command> &commands = m_scenario.commands;
    if (m_nextCommand < commands.size()
        && !(commands[m_nextCommand].isAtRest && m_engine.wakeAt())) {
        commands[m_nextCommand++].act(m_engine);
        m_durableAt.push_back(m_engine.commits());
        return true;
    }
    if (!m_engine.wakeAt())
        return false;
    m_engine.advance(std::max(*m_engine.wakeAt() - m_engine.now(), 0ms));
    return true;
}

void Player::play()
{
    int steps = 0;
    while (advanceOnce()) {
        if (++steps == 1000)
            return QTest::qFail("the scenario does not end", __FILE__, __LINE__);
    }
}

void Player::crashAndPlay(std::size_t kept, std::chrono::milliseconds downtime)
{
    const auto lost = std::find_if(m_durableAt.begin(), m_durableAt.end(),
                                   [&](std::size_t commits) { return commits > kept; });
    m_durableAt.erase(lost, m_durableAt.end());
    m_nextCommand = m_durableAt.size();
    m_engine.crash(kept, downtime);
    m_engine.advance(1s); // what was in flight is delivered again
    play();
}

QByteArray Player::summary() const
{
    QByteArray text;
    const MemoryDisk &disk = m_engine.disk();
    std::map<QByteArray, int> events;
    for (const auto &[id, event] : disk.events)
        ++events[event->name];
    for (const auto &[name, count] : events)
        text += name + ": " + QByteArray::number(count) + '\n';
    for (const auto &[id, run] : disk.runs) {
        QByteArrayList memos = m_engine.memos(id).split(' ');
        std::sort(memos.begin(), memos.end()); // the order in which branches end may change
        text += disk.functions.at(run.function).config.slug + ' ' + toName(run.status) + " cycle "
                + QByteArray::number(run.cycle) + ' ' + run.output.bytes() + " memos "
                + memos.join(' ') + " letter " + m_engine.letter(id) + '\n';
    }
    for (const auto &[id, bulk] : disk.bulks)
        text += m_engine.bulk(id) + " (" + m_engine.bulkItems(id) + ")\n";
    text += QByteArray::number(disk.jobs.size()) + " jobs left\n";
    return text;
}

} // namespace devserver::test
