// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/scene.h"

#include "devserver/api/excerpts.h"
#include "devserver/model/jsonvalue.h"
#include "devserver/model/jsonwriter.h"
#include "tests/support/enginefixture.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <vector>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace api = devserver::api;
namespace op = devserver::test::op;
using devserver::App;
using devserver::CallAnswer;
using devserver::CallRequest;
using devserver::EventId;
using devserver::Function;
using devserver::RawJson;
using devserver::RunId;
using devserver::StepOp;
using devserver::test::EngineFixture;

namespace {

RawJson error(const QByteArray &name, const QByteArray &message, const QByteArray &stack)
{
    const QByteArray text = name + ": " + message;
    return RawJson::fromTrusted("{\"name\":\"" + name + "\",\"message\":\"" + message
                                + "\",\"stack\":\"" + text + stack + "\"}");
}

const QByteArray timeoutStack =
    "\\n    at charge (/home/dev/shop/src/functions/charge.ts:42:11)"
    "\\n    at processTicksAndRejections (node:internal/process/task_queues:95:5)"
    "\\n    at async /home/dev/shop/src/functions/order.ts:17:20"
    "\\n    at async InngestFunction.runFn (/home/dev/shop/node_modules/inngest/function.js:118:9)"_ba;
const QByteArray currencyStack =
    "\\n    at toMinorUnits (/home/dev/shop/src/money.ts:9:9)"
    "\\n    at refund (/home/dev/shop/src/functions/refund.ts:23:18)"_ba;

/// One day, told call by call.
class Story
{
public:
    explicit Story(Scene &scene)
        : m_scene(scene)
    {
        m_engine.registerFunction("charge-order"_ba, {.event = "order/created"});
        m_engine.registerFunction("process-order"_ba, {.event = "order/paid"});
        m_engine.registerFunction("refund"_ba, {.event = "order/refunded"});
        m_engine.registerFunction("send-welcome"_ba, {.app = "mail", .event = "user/signup"});
        m_engine.registerFunction("trial-reminder"_ba, {.app = "mail", .event = "trial/started"});
        m_engine.registerFunction("resize-images"_ba, {.event = "images/uploaded"});
        m_engine.registerFunction("weekly-digest"_ba, {.app = "mail", .event = "digest/due"});
    }

    EngineFixture &engine() { return m_engine; }

    void tell()
    {
        m_engine.advance(9h);
        for (int i = 0; i < 14; ++i)
            processOrder(100 + i, 40ms + i * 7ms);
        for (int i = 0; i < 6; ++i)
            welcome(i);
        refundFails("XTS"_ba);
        for (int i = 0; i < 7; ++i) {
            if (i == 2)
                m_engine.advance(35min); // the gateway was fine for a while
            chargeFails(200 + i);
        }
        refundFails("XXX"_ba);
        m_scene.deadCharge = chargeFails(300);
        m_scene.retried = chargeFails(301);
        retryCharge(m_scene.retried);
        m_scene.manySteps = resizeImages();
        cancelled();
        for (int i = 0; i < 6; ++i)
            processOrder(120 + i, 60ms);
        m_scene.lonely = send("user/singup"_ba, R"({"id":"u_17","plan":"free"})"_ba);
        m_scene.completed = processOrder(140, 400ms);
        m_scene.order = m_engine.run(m_scene.completed).events.front();
        m_scene.sleeping = sleeping();
        m_scene.backingOff = backingOff();
        m_scene.running = runningNow();
    }

private:
    EventId send(const QByteArray &name, const QByteArray &data)
    {
        devserver::EventDraft draft;
        draft.name = name;
        draft.data = RawJson::fromTrusted(data);
        draft.user = RawJson::fromTrusted("{}"_ba);
        draft.sender.kind = name == "user/singup" ? "composer"_ba : "app shop"_ba;
        return m_engine.send(draft);
    }

    RunId startOn(const QByteArray &slug, const QByteArray &name, const QByteArray &data)
    {
        m_engine.advance(47s);
        send(name, data);
        return m_engine.runsOf(slug).back();
    }

    /// What an app would have sent to say that.
    static QByteArray bodyOf(const CallAnswer &answer)
    {
        if (const auto *result = std::get_if<devserver::AnswerResult>(&answer.outcome))
            return result->result.bytes();
        if (const auto *error = std::get_if<devserver::AnswerError>(&answer.outcome))
            return error->error.bytes();
        const auto *progress = std::get_if<devserver::AnswerOps>(&answer.outcome);
        if (progress == nullptr)
            return {};
        devserver::JsonWriter writer(1024);
        writer.beginArray();
        for (const StepOp &op : progress->ops) {
            writer.beginObject();
            writer.key("op").string(devserver::toName(op.code));
            writer.key("id").string(op.id);
            writer.key("displayName").string(op.name);
            if (!op.data.isEmpty())
                writer.key("data").raw(op.data);
            if (!op.error.isEmpty())
                writer.key("error").raw(op.error);
            writer.endObject();
        }
        writer.endArray();
        return writer.take();
    }

    CallAnswer withHeaders(CallAnswer answer, std::chrono::milliseconds took)
    {
        answer.body = bodyOf(answer);
        answer.bodySize = answer.body.size();
        answer.headers = RawJson::fromTrusted(
            R"([["content-type","application/json"],["x-inngest-sdk","js:v4.24.0"]])"_ba);
        answer.timing.connect = 180us;
        answer.timing.firstByte = took - 300us;
        answer.timing.total = took;
        return answer;
    }

    void answer(RunId run, CallAnswer given, std::chrono::milliseconds took)
    {
        m_engine.advance(took);
        m_engine.answer(run, withHeaders(std::move(given), took));
    }

    /// The function's body ends with the error of its step.
    static CallAnswer uncaught(const QByteArray &name, const QByteArray &message,
                               const QByteArray &stack)
    {
        CallAnswer answer = devserver::test::finally(devserver::test::failure());
        std::get<devserver::AnswerError>(answer.outcome).error = error(name, message, stack);
        return answer;
    }

    /// Step ids are hashes in real life; names are what people see.
    void step(RunId run, const QByteArray &name, const char *data, std::chrono::milliseconds took)
    {
        answer(run, devserver::test::ops({op::run(name, data)}), took);
    }

    void stepError(RunId run, const QByteArray &name, RawJson with, std::chrono::milliseconds took)
    {
        StepOp failing = op::error(name);
        failing.error = std::move(with);
        answer(run, devserver::test::ops({std::move(failing)}), took);
    }

    RunId processOrder(int number, std::chrono::milliseconds pace)
    {
        const RunId run = startOn("process-order"_ba, "order/paid"_ba,
                                  "{\"id\":\"o_" + QByteArray::number(number)
                                      + "\",\"total\":120,\"customer\":{\"id\":\"cus_1\"}}");
        step(run, "load-order"_ba, R"({"id":"o_1","lines":3})", pace);
        answer(
            run,
            devserver::test::ops({op::planned("reserve-stock"_ba), op::planned("print-label"_ba)}),
            2ms);
        m_engine.advance(pace);
        m_engine.answerStep(
            run, "reserve-stock"_ba,
            withHeaders(devserver::test::ops({op::run("reserve-stock"_ba, "true")}), pace));
        m_engine.advance(pace * 2);
        m_engine.answerStep(
            run, "print-label"_ba,
            withHeaders(devserver::test::ops({op::run("print-label"_ba, R"("label.pdf")")}),
                        pace * 3));
        answer(run, devserver::test::ops({op::sleep("cool-down"_ba, 5s)}), 2ms);
        m_engine.advance(5s);
        step(run, "send-receipt"_ba, R"({"sent":true})", pace);
        answer(run, devserver::test::result(R"({"ok":true,"total":120.0})"), 3ms);
        return run;
    }

    void welcome(int number)
    {
        const RunId run =
            startOn("send-welcome"_ba, "user/signup"_ba,
                    "{\"id\":\"u_" + QByteArray::number(number) + "\",\"plan\":\"free\"}");
        step(run, "render"_ba, R"("<h1>Welcome</h1>")", 12ms);
        step(run, "send"_ba, R"({"id":"msg_1"})", 85ms);
        answer(run, devserver::test::result(), 2ms);
    }

    RunId chargeStarts(int number)
    {
        const RunId run = startOn("charge-order"_ba, "order/created"_ba,
                                  "{\"id\":\"o_" + QByteArray::number(number)
                                      + "\",\"total\":120.50,\"currency\":\"EUR\",\"customer\":"
                                        "{\"id\":\"cus_12\",\"email\":\"ada@example.org\"}}");
        step(run, "load-order"_ba, R"({"id":"o_300","total":120.50})", 800ms);
        step(run, "check-fraud"_ba, R"({"score":0.02})", 240ms);
        return run;
    }

    void chargeOnce(RunId run, int seconds)
    {
        stepError(run, "charge-card"_ba,
                  error("TimeoutError"_ba,
                        "card gateway did not answer in " + QByteArray::number(seconds) + " s",
                        timeoutStack),
                  std::chrono::seconds(seconds));
    }

    RunId chargeFails(int number)
    {
        const RunId run = chargeStarts(number);
        for (int attempt = 0; attempt < 5; ++attempt) {
            chargeOnce(run, 2 + attempt % 2);
            if (attempt < 4)
                m_engine.advanceToNextCall();
        }
        // The failure goes to the function's body, which does not catch it.
        if (!m_engine.openCalls().empty())
            answer(
                run,
                uncaught("TimeoutError"_ba, "card gateway did not answer in 2 s"_ba, timeoutStack),
                3ms);
        return run;
    }

    void retryCharge(RunId run)
    {
        m_engine.advance(4min);
        m_engine.obey(devserver::RetryLetter{.run = run});
        step(run, "charge-card"_ba, R"({"charge":"ch_77"})", 700ms);
        step(run, "send-receipt"_ba, R"({"sent":true})", 90ms);
        answer(run, devserver::test::result(R"({"ok":true})"), 2ms);
    }

    void refundFails(const QByteArray &currency)
    {
        const RunId run = startOn("refund"_ba, "order/refunded"_ba,
                                  R"({"id":"o_9","currency":")" + currency + R"("})");
        StepOp failing = op::failed("convert"_ba);
        failing.error = error("NonRetriableError"_ba, R"(unknown currency \")" + currency + R"(\")",
                              currencyStack);
        answer(run, devserver::test::ops({std::move(failing)}), 6ms);
        if (!m_engine.openCalls().empty())
            answer(run,
                   uncaught("NonRetriableError"_ba, R"(unknown currency \")" + currency + R"(\")",
                            currencyStack),
                   2ms);
    }

    RunId resizeImages()
    {
        const RunId run = startOn("resize-images"_ba, "images/uploaded"_ba,
                                  R"({"album":"spring","count":120})"_ba);
        for (int i = 1; i <= 120; ++i)
            step(run, "resize-" + QByteArray::number(i), R"({"bytes":20480})", 8ms + (i % 9) * 4ms);
        answer(run, devserver::test::result(R"({"images":120})"), 4ms);
        return run;
    }

    void cancelled()
    {
        const RunId run = startOn("weekly-digest"_ba, "digest/due"_ba, R"({"week":46})"_ba);
        step(run, "collect"_ba, R"([1,2,3])", 130ms);
        answer(run, devserver::test::ops({op::sleep("until-monday"_ba, 24h)}), 2ms);
        m_engine.advance(20s);
        m_engine.obey(devserver::CancelRun{.run = run});
    }

    RunId sleeping()
    {
        const RunId run =
            startOn("trial-reminder"_ba, "trial/started"_ba, R"({"user":"u_4","plan":"pro"})"_ba);
        step(run, "load-user"_ba, R"({"id":"u_4"})", 30ms);
        answer(run, devserver::test::ops({op::sleep("two-days"_ba, 48h)}), 2ms);
        return run;
    }

    RunId backingOff()
    {
        const RunId run = chargeStarts(302);
        chargeOnce(run, 2);
        m_engine.advanceToNextCall();
        chargeOnce(run, 3);
        m_engine.advance(9s);
        return run;
    }

    RunId runningNow()
    {
        // Not a minute later, or the others would be called again.
        send("user/signup"_ba, R"({"id":"u_18","plan":"pro"})"_ba);
        const RunId run = m_engine.runsOf("send-welcome"_ba).back();
        step(run, "render"_ba, R"("<h1>Welcome</h1>")", 12ms);
        m_engine.advance(640ms);
        return run;
    }

    Scene &m_scene;
    EngineFixture m_engine;
};

/// What the store and the publisher would say of the engine's rows.
class Exporter
{
public:
    Exporter(const EngineFixture &engine, devserver::test::FakeBackend &backend)
        : m_engine(engine)
        , m_disk(engine.disk())
        , m_backend(backend)
    {}

    /// \returns what it counted
    api::Counters run()
    {
        catalog();
        for (auto row = m_disk.runs.rbegin(); row != m_disk.runs.rend(); ++row)
            m_backend.runs.push_back(summary(row->second));
        for (const auto &[id, stored] : m_disk.runs)
            m_backend.records[id] = record(stored);
        for (auto row = m_disk.events.rbegin(); row != m_disk.events.rend(); ++row)
            event(*row->second);
        for (auto row = m_disk.letters.rbegin(); row != m_disk.letters.rend(); ++row)
            letter(row->second);
        m_backend.setNow(m_engine.now());
        return counters();
    }

private:
    const Function &functionOf(const devserver::Run &run) const
    {
        return m_disk.functions.at(run.function);
    }

    void catalog()
    {
        for (const auto &[id, stored] : m_disk.apps) {
            App app = stored;
            app.url = urlOf(app);
            app.sdk = app.name == "mail" ? "js:v3.54.2"_ba : "js:v4.24.0"_ba;
            app.framework = "express"_ba;
            app.syncedAt = m_engine.now() - 25min;
            m_backend.apps.push_back(app);
        }
        for (const auto &[id, function] : m_disk.functions)
            m_backend.functions.push_back(function);
    }

    static QByteArray urlOf(const App &app)
    {
        return app.name == "mail" ? "http://localhost:3001/api/inngest"_ba
                                  : "http://localhost:3000/api/inngest"_ba;
    }

    api::RunSummary summary(const devserver::Run &run) const
    {
        const devserver::RunChanged &shown = m_engine.shown(run.id);
        const Function &function = functionOf(run);
        const api::ErrorExcerpt excerpt = api::excerptOf(shown.error);
        api::RunSummary row;
        row.id = run.id;
        row.slug = function.config.slug;
        row.functionName = function.config.name;
        row.appName = m_disk.apps.at(function.app).name;
        row.trigger = shown.trigger;
        row.event = run.events.front();
        row.status = run.status;
        row.activities = shown.activities;
        row.letter = shown.letter;
        row.cycle = run.cycle;
        row.stepsDone = shown.stepsDone;
        row.stepsKnown = shown.stepsKnown;
        row.attempt = shown.attempt;
        row.maxAttempts = shown.maxAttempts;
        row.queuedAt = run.queuedAt;
        row.startedAt = run.startedAt;
        row.endedAt = run.endedAt;
        row.errorName = excerpt.name;
        row.errorMessage = excerpt.message;
        row.originalRun = run.originalRun;
        return row;
    }

    api::RunRecord record(const devserver::Run &run) const
    {
        api::RunRecord record;
        record.summary = summary(run);
        record.run = run;
        record.function = functionOf(run);
        for (const auto &[id, job] : m_disk.jobs) {
            if (job.run == run.id)
                record.jobs.push_back(job);
        }
        if (const auto found = m_disk.timelines.find(run.id); found != m_disk.timelines.end())
            record.timeline = found->second;
        for (const auto &[id, attempt] : m_disk.attempts) {
            if (attempt.run != run.id)
                continue;
            const App &app = m_disk.apps.at(record.function->app);
            record.attempts.push_back(attempt);
            record.attempts.back().url = urlOf(app) + "?fnId=" + app.name + '-'
                                         + record.function->config.slug + "&stepId=step";
        }
        std::stable_sort(record.attempts.begin(), record.attempts.end(),
                         [](const auto &a, const auto &b) { return a.sentAt < b.sentAt; });
        if (const auto found = m_disk.memos.find(run.id); found != m_disk.memos.end()) {
            for (const auto &[index, memo] : found->second)
                record.memos.push_back(*memo);
        }
        for (const EventId &id : run.events)
            record.events.push_back(*m_disk.events.at(id));
        if (const auto found = m_disk.letters.find(run.id); found != m_disk.letters.end())
            record.letter = found->second;
        return record;
    }

    void event(const devserver::Event &stored)
    {
        api::EventRecord record{.event = stored, .runs = {}, .refusals = {}};
        api::EventSummary row = api::summaryOf(stored);
        for (const api::RunSummary &run : m_backend.runs) {
            if (run.event != stored.internalId)
                continue;
            record.runs.push_back(run);
            row.started.push_back(api::chipOf(run));
        }
        m_backend.eventRecords[stored.internalId] = std::move(record);
        if (!api::isInternalName(stored.name))
            m_backend.events.push_back(std::move(row));
        const auto known =
            std::find_if(m_backend.eventNames.begin(), m_backend.eventNames.end(),
                         [&](const api::EventName &name) { return name.name == stored.name; });
        if (api::isInternalName(stored.name))
            return;
        if (known == m_backend.eventNames.end())
            m_backend.eventNames.push_back(
                {.name = stored.name, .lastSeen = stored.receivedAt, .count = 1});
        else
            ++known->count;
    }

    void letter(const devserver::DeadLetter &stored)
    {
        const devserver::Run &run = m_disk.runs.at(stored.run);
        const Function &function = functionOf(run);
        const api::ErrorExcerpt excerpt = api::excerptOf(stored.error);
        if (stored.state != devserver::LetterState::Open)
            return;
        api::LetterSummary row;
        row.run = stored.run;
        row.slug = function.config.slug;
        row.functionName = function.config.name;
        row.appName = m_disk.apps.at(function.app).name;
        row.state = stored.state;
        row.cycle = stored.cycle;
        row.failedAt = stored.failedAt;
        row.reason = stored.reason;
        row.errorName = excerpt.name;
        row.errorMessage = excerpt.message;
        row.fingerprint = stored.fingerprint;
        row.failedStepName = stored.failedStepName;
        row.failedStepAttempts = stored.failedStepAttempts;
        row.maxAttempts = function.config.retries + 1;
        row.keptSteps = api::namesIn(stored.completedSteps);
        row.preview = api::dataPreview(m_disk.events.at(run.events.front())->json);
        m_backend.letters.push_back(std::move(row));
    }

    api::Counters counters()
    {
        api::Counters numbers;
        numbers.all = static_cast<qint64>(m_backend.runs.size());
        numbers.events = static_cast<qint64>(m_backend.events.size());
        for (const api::RunSummary &run : m_backend.runs) {
            if (run.status == devserver::RunStatus::Completed)
                ++numbers.completed;
            else if (run.status == devserver::RunStatus::Cancelled)
                ++numbers.cancelled;
            else if (run.status == devserver::RunStatus::Failed)
                ++numbers.dead;
            else if (!run.activities.empty()
                     && run.activities.front().kind == devserver::ActivityKind::Executing)
                ++numbers.running;
            else
                ++numbers.waiting;
        }
        numbers.eventsPerSecond = 2;
        numbers.dataBytes = 1'482'752;
        m_backend.post(numbers);
        return numbers;
    }

    const EngineFixture &m_engine;
    const devserver::test::MemoryDisk &m_disk;
    devserver::test::FakeBackend &m_backend;
};

/// What the step last returned, in the newest of these runs that has it.
QByteArray lastOutput(const devserver::test::FakeBackend &backend,
                      const devserver::api::FunctionStats &stats, const devserver::StepId &step)
{
    for (const devserver::api::RunSummary &run : stats.last) {
        const auto record = backend.records.find(run.id);
        if (record == backend.records.end())
            continue;
        for (const devserver::Memo &memo : record->second.memos) {
            const auto data = memo.step == step && memo.kind == devserver::MemoKind::Data
                                  ? devserver::JsonValue::of(memo.json).find("data")
                                  : std::nullopt;
            if (data)
                return data->toBytes().left(120);
        }
    }
    return {};
}

/// As the store counts them: of the runs in \a stats, step by step.
void addSteps(const devserver::test::FakeBackend &backend, devserver::api::FunctionStats &stats)
{
    std::map<QByteArray, std::vector<std::chrono::milliseconds>> took;
    for (auto run = stats.last.rbegin(); run != stats.last.rend(); ++run) {
        const auto record = backend.records.find(run->id);
        if (record == backend.records.end())
            continue;
        std::set<QByteArray> tried;
        for (const devserver::Attempt &attempt : record->second.attempts) {
            if (attempt.step.isEmpty() || !attempt.finishedAt)
                continue;
            auto step = std::ranges::find_if(
                stats.steps, [&attempt](const auto &known) { return known.step == attempt.step; });
            if (step == stats.steps.end())
                step = stats.steps.insert(stats.steps.end(),
                                          {.step = attempt.step, .name = attempt.stepName});
            step->runs += tried.insert(attempt.step).second ? 1 : 0;
            if (attempt.outcome == devserver::AttemptOutcome::Ok)
                took[attempt.step].push_back(*attempt.finishedAt - attempt.sentAt);
            else
                ++step->failures;
        }
    }
    for (devserver::api::StepStats &step : stats.steps) {
        std::vector<std::chrono::milliseconds> &times = took[step.step];
        std::sort(times.begin(), times.end());
        if (!times.empty())
            step.median = times[(times.size() - 1) / 2];
        if (!times.empty())
            step.p95 = times[(times.size() * 95 + 99) / 100 - 1];
        if (!times.empty())
            step.mean = std::accumulate(times.begin(), times.end(), std::chrono::milliseconds(0))
                        / static_cast<int>(times.size());
        step.successes = static_cast<int>(times.size());
        step.lastOutput = lastOutput(backend, stats, step.step);
    }
}

} // namespace

Scene fillScene(devserver::test::FakeBackend &backend)
{
    Scene scene;
    Story story(scene);
    story.tell();
    scene.counters = Exporter(story.engine(), backend).run();
    backend.storage = {.events = 9'412'608,
                       .runs = 22'020'096,
                       .steps = 31'457'280,
                       .calls = 14'680'064,
                       .letters = 1'048'576,
                       .other = 262'144,
                       .free = 5'242'880};
    std::map<QByteArray, std::vector<std::chrono::milliseconds>> took;
    for (const devserver::api::RunSummary &run : backend.runs) {
        devserver::api::FunctionStats &stats = backend.stats[run.slug];
        if (stats.last.size() < 50)
            stats.last.push_back(run);
        stats.completed += run.status == devserver::RunStatus::Completed ? 1 : 0;
        stats.failed += run.status == devserver::RunStatus::Failed ? 1 : 0;
        if (run.status == devserver::RunStatus::Completed && run.startedAt && run.endedAt)
            took[run.slug].push_back(*run.endedAt - *run.startedAt);
    }
    for (auto &[slug, times] : took) {
        std::sort(times.begin(), times.end());
        backend.stats[slug].median = times[times.size() / 2];
        backend.stats[slug].p95 = times[(times.size() - 1) * 95 / 100];
    }
    for (auto &[slug, stats] : backend.stats)
        addSteps(backend, stats);
    return scene;
}

void fillSample(devserver::test::FakeBackend &backend)
{
    App app;
    app.id.value = devserver::Uuid::fromName("apps", "sample");
    app.name = "sample"_ba;
    app.kind = devserver::AppKind::InProcess;
    backend.state.hasSample = true;
    backend.apps = {app};
    for (const char *event : {"order/created", "sample/import", "sample/poison", "sample/repair",
                              "sample/sleep", "sample/steps"}) {
        Function function;
        function.id.value = devserver::Uuid::fromName("functions", event);
        function.app = app.id;
        function.config.slug = "sample-" + QByteArray(event).replace('/', '-');
        function.config.name = QByteArray(event).mid(QByteArray(event).indexOf('/') + 1);
        function.config.triggers = {{.event = event}};
        backend.functions.push_back(function);
    }
}

} // namespace console::test
