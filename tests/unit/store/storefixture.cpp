// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/store/storefixture.h"

#include <QtEndian>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace devserver::store {

TimePoint timeAt(qint64 ms)
{
    return fromMs(1893456000000 + ms);
}

Ulid ulidAt(int number)
{
    std::array<std::uint8_t, 10> entropy{0xff, 0x00, 0x80};
    qToBigEndian(static_cast<quint32>(number), entropy.data() + 6);
    return Ulid::fromParts(timeAt(number), entropy);
}

EventId eventId(int number)
{
    return {ulidAt(number)};
}

RunId runId(int number)
{
    return {ulidAt(number)};
}

RequestId requestId(int number)
{
    return {ulidAt(number)};
}

FunctionId functionId(const QByteArray &slug)
{
    return {Uuid::fromName("function", slug)};
}

RawJson json(const QByteArray &text)
{
    return RawJson::fromTrusted(text);
}

Event fullEvent(int number)
{
    const QByteArray n = QByteArray::number(number);
    Event event;
    event.internalId = eventId(number);
    event.id = "own-" + n;
    event.hasOwnId = true;
    event.name = "order/created";
    event.ts = timeAt(-5000);
    event.receivedAt = timeAt(number);
    event.json =
        json(R"({"name":"order/created","data":{"n":)" + n + R"(},"id":"x","ts":1,"user":{}})");
    event.target = "shop-orders";
    event.source = "app shop";
    return event;
}

Run fullRun(int number, const std::vector<EventId> &events)
{
    Run run;
    run.id = runId(number);
    run.function = functionId("shop-orders");
    run.functionVersion = 3;
    run.status = RunStatus::Running;
    run.events = events;
    run.scheduleKey = "key-" + QByteArray::number(number);
    run.originalRun = runId(100000);
    run.cycle = 2;
    run.queuedAt = timeAt(number);
    run.scheduledAt = timeAt(number + 1);
    run.startedAt = timeAt(number + 2);
    run.endedAt = timeAt(number + 3);
    run.output = json(R"({"ok":true})");
    run.cancelCause = "manual";
    run.requestVersion = 2;
    run.forceStepPlan = true;
    run.pending = {"a"_ba, QByteArray(), QByteArray(300, 'b')};
    run.generation = 7;
    run.timelineNext = 8;
    run.memoNext = 9;
    run.failedStep = "step-f";
    return run;
}

Memo fullMemo(int index)
{
    Memo memo;
    memo.step = "step-" + QByteArray::number(index);
    memo.index = index;
    memo.kind = MemoKind::Error;
    memo.name = "charge card";
    memo.json = json(R"({"error":{"name":"E"}})");
    memo.at = timeAt(index);
    memo.droppedInCycle = 1;
    return memo;
}

Job fullJob(const QByteArray &id, RunId run)
{
    Job job;
    job.id = run.toText() + ':' + id;
    job.run = run;
    job.kind = JobKind::Step;
    job.step = "step-1";
    job.name = "charge card";
    job.state = JobState::BackingOff;
    job.attempt = 2;
    job.interruptions = 1;
    job.enqueuedAt = timeAt(4);
    job.runAt = timeAt(5);
    job.firstEligibleAt = timeAt(7);
    job.request = requestId(6);
    return job;
}

Attempt fullAttempt(int number, RunId run)
{
    Attempt attempt;
    attempt.request = requestId(number);
    attempt.run = run;
    attempt.job = "job-1";
    attempt.kind = JobKind::Step;
    attempt.step = "step-1";
    attempt.stepName = "charge card";
    attempt.attempt = 1;
    attempt.maxAttempts = 5;
    attempt.delivery = 2;
    attempt.cycle = 3;
    attempt.url = "http://localhost:3000/api/inngest?fnId=x";
    attempt.generation = 4;
    attempt.requestVersion = 2;
    attempt.forceStepPlan = true;
    attempt.memoCount = 6;
    attempt.enqueuedAt = timeAt(number - 3);
    attempt.runAt = timeAt(number - 2);
    attempt.firstEligibleAt = timeAt(number - 1);
    attempt.sentAt = timeAt(number);
    attempt.finishedAt = timeAt(number + 1);
    attempt.outcome = AttemptOutcome::RetryableError;
    attempt.httpStatus = 500;
    attempt.responseHeaders = json(R"([["a","b"]])");
    attempt.responseBody = QByteArray("\0\xff body", 7);
    attempt.responseSize = 5'000'000'000;
    attempt.error = json(R"({"name":"Error"})");
    attempt.noRetry = true;
    attempt.nextAttemptAt = timeAt(number + 30000);
    attempt.timing = {1us, 2us, 3us, 4us, 5us};
    attempt.signature = SignatureCheck::Invalid;
    return attempt;
}

TimelineRecord fullRecord(RunId run, int number)
{
    return {run,      number, timeAt(number),   TimelineType::StepCompleted,
            "step-1", 2,      json("{\"a\":1}")};
}

DeadLetter fullLetter(RunId run)
{
    DeadLetter letter;
    letter.run = run;
    letter.function = functionId("shop-orders");
    letter.state = LetterState::Discarded;
    letter.cycle = 1;
    letter.failedAt = timeAt(50);
    letter.reason = "attempts_exhausted";
    letter.error = json(R"({"message":"no"})");
    letter.fingerprint = "f00d";
    letter.failedStep = "step-1";
    letter.failedStepName = "charge card";
    letter.failedStepAttempts = 5;
    letter.completedSteps = json(R"(["a","b"])");
    letter.resolution = json(R"({"how":"discarded"})");
    letter.closedAt = timeAt(60);
    return letter;
}

App fullApp(const QByteArray &name)
{
    App app;
    app.id = {Uuid::fromName("app", name)};
    app.name = name;
    app.kind = AppKind::InProcess;
    app.url = "http://localhost:3000/api/inngest";
    app.sdk = "js:v4.24.0";
    app.framework = "express";
    app.version = "1.2";
    app.checksum = QByteArray::fromHex("00ff80");
    app.error = "unreachable";
    app.errorDetail = "connection refused";
    app.syncedAt = timeAt(1);
    app.isFound = true;
    app.isNamed = true;
    return app;
}

Function fullFunction(const QByteArray &app, const QByteArray &slug)
{
    Function function;
    function.id = functionId(slug);
    function.app = fullApp(app).id;
    function.version = 3;
    function.isArchived = true;
    function.config.slug = slug;
    function.config.name = "Name of " + slug;
    function.config.triggers = {{"order/created", "event.data.n > 1", {}}, {{}, {}, "0 * * * *"}};
    function.config.url = "http://localhost:3000/api/inngest?fnId=" + slug;
    function.config.retries = 10;
    function.config.notEnforced = {"cron", "rateLimit"};
    function.config.config = json(R"({"id":")" + slug + R"("})");
    return function;
}

EventPtr share(const Event &event)
{
    return std::make_shared<const Event>(event);
}

MemoWrite memoOf(RunId run, const Memo &memo)
{
    return {run, std::make_shared<const Memo>(memo)};
}

StoreFixture::StoreFixture(Durability durability)
    : m_durability(durability)
{}

Result<Snapshot> StoreFixture::open()
{
    m_store.reset();
    m_store = std::make_unique<SqliteStore>(path(), m_durability);
    return m_store->open().takeResult();
}

Result<void> StoreFixture::commit(const Writes &writes)
{
    return m_store->commit(writes).takeResult();
}

Result<Recalled> StoreFixture::recall(const Recall &recall)
{
    return m_store->recall(recall).takeResult();
}

std::optional<RunSnapshot> StoreFixture::recallRun(RunId run)
{
    Recall wanted;
    wanted.runs = {run};
    Result<Recalled> recalled = recall(wanted);
    if (!recalled || recalled->runs.empty())
        return std::nullopt;
    return std::move(recalled->runs.front());
}

Result<api::QueryAnswer> StoreFixture::askAny(const api::Query &query)
{
    return m_store->query(query).takeResult();
}

QString StoreFixture::path() const
{
    return m_folder.filePath(u"data/redrive.db"_s);
}

} // namespace devserver::store
