// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonreader.h"
#include "devserver/model/jsonvalue.h"
#include "devserver/protocol/restcodec.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace devserver;
namespace protocol = devserver::protocol;

namespace {

constexpr TimePoint now = fromMs(1'893'553'445'678); // 2030-01-02T03:04:05.678Z

RunId runId(char last = '0')
{
    return *RunId::fromText(QByteArray("01KRYN0000000000000000000"_ba + last));
}

EventId eventId(char last = '0')
{
    return *EventId::fromText(QByteArray("01KEVT0000000000000000000"_ba + last));
}

FunctionId functionId()
{
    return FunctionId{Uuid::fromName("demo-app", "demo-app-one")};
}

Event storedEvent()
{
    Event event;
    event.internalId = eventId();
    event.id = "mine"_ba;
    event.name = "demo/one"_ba;
    event.ts = now - 1h;
    event.receivedAt = now;
    event.json = RawJson::fromTrusted(
        R"({"name":"demo/one","data":{ "n":1.0 },"id":"mine","ts":1893549845678,"user":{},"v":"1"})"_ba);
    return event;
}

api::RunDetail runDetail(RunStatus status)
{
    api::RunDetail detail;
    detail.run.id = runId();
    detail.run.function = functionId();
    detail.run.functionVersion = 3;
    detail.run.status = status;
    detail.run.events = {eventId()};
    detail.run.queuedAt = now;
    detail.run.scheduledAt = now;
    detail.slug = "demo-app-one"_ba;
    detail.functionName = "One"_ba;
    return detail;
}

Job job(JobKind kind, JobState state, TimePoint runAt)
{
    Job job;
    job.id = toName(kind) + ':' + toName(state);
    job.run = runId();
    job.kind = kind;
    job.state = state;
    job.name = kind == JobKind::Step || kind == JobKind::Sleep ? "step"_ba : QByteArray();
    job.runAt = runAt;
    job.enqueuedAt = now;
    return job;
}

Memo memo(const QByteArray &step, int index, int droppedInCycle = 0)
{
    return {.step = step,
            .index = index,
            .kind = MemoKind::Data,
            .name = step,
            .json = RawJson::fromTrusted("{\"data\":\""_ba + step + "\"}"_ba),
            .at = now,
            .droppedInCycle = droppedInCycle};
}

Attempt failedAttempt()
{
    Attempt attempt;
    attempt.request = *RequestId::fromText("01KREQ00000000000000000000");
    attempt.run = runId();
    attempt.job = "job"_ba;
    attempt.kind = JobKind::Discovery;
    attempt.step = "reported"_ba;
    attempt.stepName = "charge card"_ba;
    attempt.attempt = 1;
    attempt.maxAttempts = 5;
    attempt.generation = 2;
    attempt.requestVersion = 2;
    attempt.url = "http://localhost:3000/x?fnId=demo-app-one&stepId=step"_ba;
    attempt.memoCount = 2;
    attempt.enqueuedAt = now - 20s;
    attempt.runAt = now - 8s;
    attempt.firstEligibleAt = now - 7s;
    attempt.sentAt = now - 5s;
    attempt.timing = {.dns = 1ms, .connect = 2ms, .tls = 3ms, .firstByte = 40ms, .total = 90ms};
    attempt.finishedAt = now;
    attempt.outcome = AttemptOutcome::RetryableError;
    attempt.httpStatus = 500;
    attempt.responseHeaders = RawJson::fromTrusted(R"([["x-inngest-sdk","js"]])"_ba);
    attempt.responseBody = "{\"message\":\"m\"}"_ba;
    attempt.responseSize = 15;
    attempt.signature = SignatureCheck::Valid;
    attempt.error = RawJson::fromTrusted(R"({"error":"m","name":"Error","message":"m"})"_ba);
    attempt.nextAttemptAt = now + 15s;
    return attempt;
}

api::LetterDetail letterDetail()
{
    api::LetterDetail detail;
    detail.letter.run = runId();
    detail.letter.function = functionId();
    detail.letter.failedAt = now;
    detail.letter.reason = "attempts_exhausted"_ba;
    detail.letter.error = failedAttempt().error;
    detail.letter.fingerprint = "f00d"_ba;
    detail.letter.failedStep = "abc"_ba;
    detail.letter.failedStepName = "charge card"_ba;
    detail.letter.failedStepAttempts = 5;
    detail.letter.completedSteps = RawJson::fromTrusted(R"(["reserve","price"])"_ba);
    detail.slug = "demo-app-one"_ba;
    detail.functionName = "One"_ba;
    return detail;
}

/// The text of the value at a path such as `data.0.run_id`; `-` if there is none.
QByteArray at(const QByteArray &body, const QByteArray &path)
{
    if (!validateJson(body))
        return "invalid JSON: "_ba + body;
    JsonValue value(body);
    for (const QByteArray &part : path.split('.')) {
        std::optional<JsonValue> next;
        if (value.isArray()) {
            int index = part.toInt();
            for (const JsonValue &element : value.elements()) {
                if (index-- == 0)
                    next = element;
            }
        } else {
            next = value.find(part);
        }
        if (!next)
            return "-"_ba;
        value = *next;
    }
    return value.toBytes();
}

QByteArray keysOf(const QByteArray &json)
{
    QByteArrayList keys;
    for (const auto &[key, value] : JsonValue(json).members())
        keys.append(key.toUtf8());
    return keys.join(' ');
}

} // namespace

class TestRestCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersEventSenders();
    void answersInvokeAndSync();
    void answersErrors();
    void wrapsDataInTheEnvelope();
    void showsEvents();
    void showsRuns_data();
    void showsRuns();
    void showsRunsAndRefusalsOfAnEvent();
    void derivesActivities_data();
    void derivesActivities();
    void ordersActivitiesByTime();
    void showsTimelines();
    void showsAttemptsWithRequestAndResponse();
    void showsTheTimesOfAnAttempt_data();
    void showsTheTimesOfAnAttempt();
    void rebuildsTheMemosOfEachCycle();
    void leavesLargeRequestBodiesOut();
    void showsLetters();
    void showsLetterGroups();
    void showsAppsAndDev();
};

void TestRestCodec::answersEventSenders()
{
    QCOMPARE(
        protocol::encodeEventReply({eventId('1'), eventId('2')}, {}),
        R"({"ids":["01KEVT00000000000000000001","01KEVT00000000000000000002"],"status":200})"_ba);
    QCOMPARE(protocol::encodeEventReply({}, {}), R"({"ids":[""],"status":200})"_ba);
    QCOMPARE(
        protocol::encodeEventReply({eventId('1')}, Error{ErrorCode::InvalidInput, u"bad \"x\""_s}),
        R"({"ids":["01KEVT00000000000000000001"],"status":400,"error":"bad \"x\""})"_ba);
    QCOMPARE(protocol::encodeEventReply({}, Error{ErrorCode::InvalidInput, u"e"_s}),
             R"({"ids":[],"status":400,"error":"e"})"_ba);
}

void TestRestCodec::answersInvokeAndSync()
{
    QCOMPARE(protocol::encodeInvokeReply(eventId()),
             R"({"id":"01KEVT00000000000000000000","status":200})"_ba);
    const AppId app{Uuid::fromName("a", "b")};
    const QByteArray reply =
        protocol::encodeRegisterReply(app, Uuid::fromName("s", "1"), true); // row 5
    QCOMPARE(keysOf(reply), "ok modified sync_id app_id"_ba);
    QCOMPARE(at(reply, "ok"_ba), "true"_ba);
    QCOMPARE(at(reply, "app_id"_ba), QByteArray('"' + app.toText() + '"'));
    QCOMPARE(protocol::encodeSyncError({ErrorCode::InvalidInput, u"App ID required"_s}),
             R"({"error":"App ID required"})"_ba);
    QCOMPARE(protocol::encodeSyncError({ErrorCode::Unsupported, u"old"_s}),
             R"({"error":"old","code":"sdk_version_denied"})"_ba);
}

void TestRestCodec::answersErrors()
{
    QCOMPARE(protocol::encodeError(404, u"no such run"_s),
             R"({"error":"no such run","status":404})"_ba);
    QCOMPARE(protocol::encodeError(409, u"closed"_s, "conflict",
                                   RawJson::fromTrusted(R"({"state":"resolved"})"_ba)),
             R"({"error":"closed","status":409,"code":"conflict","data":{"state":"resolved"}})"_ba);
    QCOMPARE(protocol::httpStatusOf(ErrorCode::NotFound), 404);
    QCOMPARE(protocol::httpStatusOf(ErrorCode::Conflict), 409);
    QCOMPARE(protocol::httpStatusOf(ErrorCode::InvalidInput), 400);
    QCOMPARE(protocol::httpStatusOf(ErrorCode::Store), 500);
}

void TestRestCodec::wrapsDataInTheEnvelope()
{
    QCOMPARE(protocol::encodeRetryReply(runId(), 1, now),
             R"({"data":{"run_id":"01KRYN00000000000000000000","cycle":1},)"
             R"("metadata":{"fetched_at":"2030-01-02T03:04:05.678Z",)"
             R"("cached_until":"2030-01-02T03:04:05.678Z"}})"_ba);
    QCOMPARE(at(protocol::encodeBulkReply(BulkId{runId().value}, 48, now), "data"_ba),
             R"({"operation_id":"01KRYN00000000000000000000","letters":48})"_ba);
    const QByteArray rerun = protocol::encodeRerunReply(runId('1'), runId('0'), now);
    QCOMPARE(at(rerun, "data.original_run_id"_ba), "\"01KRYN00000000000000000000\""_ba);
}

void TestRestCodec::showsEvents()
{
    api::EventPage page;
    page.events = {storedEvent()};
    const QByteArray body = protocol::encodeEvents(page, now);
    QCOMPARE(
        at(body, "data.0"_ba),
        R"({"internal_id":"01KEVT00000000000000000000",)"
        R"("account_id":"00000000-0000-4000-a000-000000000000",)"
        R"("environment_id":"00000000-0000-4000-b000-000000000000","source":"","source_id":"",)"
        R"("received_at":"2030-01-02T03:04:05.678Z","name":"demo/one","data":{ "n":1.0 },)"
        R"("id":"mine","ts":1893549845678,"user":{},"v":"1"})"_ba);
    QCOMPARE(at(protocol::encodeEvents({}, now), "data"_ba), "[]"_ba);
    const QByteArray single = protocol::encodeEvent(page, now);
    QCOMPARE(at(single, "data.id"_ba), "\"mine\""_ba);
    QCOMPARE(at(single, "metadata.cached_until"_ba), "\"2030-01-02T03:04:10.678Z\""_ba);
}

void TestRestCodec::showsRuns_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("hasActivity");
    QTest::addRow("queued") << 100 << "\"Scheduled\""_ba << true;
    QTest::addRow("running") << 200 << "\"Running\""_ba << true;
    QTest::addRow("completed") << 300 << "\"Completed\""_ba << false;
    QTest::addRow("failed") << 400 << "\"Failed\""_ba << false;
    QTest::addRow("cancelled") << 500 << "\"Cancelled\""_ba << false;
}

void TestRestCodec::showsRuns()
{
    QFETCH(int, status);
    QFETCH(QByteArray, name);
    QFETCH(bool, hasActivity);
    api::RunDetail detail = runDetail(static_cast<RunStatus>(status));
    if (!hasActivity) {
        detail.run.startedAt = now + 1s;
        detail.run.endedAt = now + 2s;
        detail.run.output = RawJson::fromTrusted("{\"a\":1.0}"_ba);
    }
    const QByteArray body = protocol::encodeRun(detail, now); // row 140
    QCOMPARE(at(body, "data.status"_ba), name);
    QCOMPARE(at(body, "data.run_id"_ba), "\"01KRYN00000000000000000000\""_ba);
    QCOMPARE(at(body, "data.function_id"_ba), QByteArray('"' + functionId().toText() + '"'));
    QCOMPARE(at(body, "data.function_slug"_ba), "\"demo-app-one\""_ba);
    QCOMPARE(at(body, "data.function_version"_ba), "3"_ba);
    QCOMPARE(at(body, "data.event_id"_ba), "\"01KEVT00000000000000000000\""_ba);
    QCOMPARE(at(body, "data.ended_at"_ba),
             hasActivity ? "null"_ba : "\"2030-01-02T03:04:07.678Z\""_ba);
    QCOMPARE(at(body, "data.output"_ba), hasActivity ? "-"_ba : "{\"a\":1.0}"_ba);
    QCOMPARE(at(body, "data.activity"_ba), hasActivity ? "[]"_ba : "-"_ba);
    QCOMPARE(at(body, "data.original_run_id"_ba), "-"_ba);
}

void TestRestCodec::showsRunsAndRefusalsOfAnEvent()
{
    api::EventRuns runs;
    runs.runs = {runDetail(RunStatus::Running)};
    runs.refusals = {{.event = eventId(),
                      .function = functionId(),
                      .refusal = Refusal::Idempotency,
                      .heldBy = runId('9'),
                      .detail = "event id mine"_ba,
                      .at = now},
                     {.event = eventId(),
                      .function = functionId(),
                      .refusal = Refusal::FilterNotSupported,
                      .heldBy = {},
                      .detail = {},
                      .at = now}};
    const QByteArray body = protocol::encodeEventRuns(runs, now); // row 39
    QCOMPARE(at(body, "data.0.run_id"_ba), "\"01KRYN00000000000000000000\""_ba);
    QCOMPARE(at(body, "metadata.skipped.0.reason"_ba), "\"idempotency\""_ba);
    QCOMPARE(at(body, "metadata.skipped.0.run_id"_ba), "\"01KRYN00000000000000000009\""_ba);
    QCOMPARE(at(body, "metadata.skipped.1.reason"_ba), "\"filter_not_supported\""_ba);
    QCOMPARE(at(body, "metadata.skipped.1.run_id"_ba), "null"_ba);
    QCOMPARE(at(protocol::encodeEventRuns({}, now), "data"_ba), "[]"_ba);
}

void TestRestCodec::derivesActivities_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("state");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("hasUntil");
    const auto row = [](const char *title, JobKind kind, JobState state, const char *name,
                        bool hasUntil) {
        QTest::addRow("%s", title) << int(kind) << int(state) << QByteArray(name) << hasUntil;
    };
    row("future start", JobKind::Start, JobState::Queued, "delayed", true);
    row("discovery", JobKind::Discovery, JobState::Queued, "queued", false);
    row("in flight", JobKind::Step, JobState::Leased, "executing", false);
    row("after an error", JobKind::Step, JobState::BackingOff, "backing_off", true);
    row("sleep", JobKind::Sleep, JobState::Queued, "sleeping", true);
    row("app offline", JobKind::Discovery, JobState::AppOffline, "app_offline", false);
    row("function is gone", JobKind::Discovery, JobState::NoHandler, "no_handler", false);
    row("interrupted", JobKind::Discovery, JobState::Interrupted, "queued", false);
}

void TestRestCodec::derivesActivities()
{
    QFETCH(int, kind);
    QFETCH(int, state);
    QFETCH(QByteArray, name);
    QFETCH(bool, hasUntil);
    api::RunDetail detail = runDetail(RunStatus::Running);
    detail.jobs = {job(static_cast<JobKind>(kind), static_cast<JobState>(state), now + 1min)};
    const QByteArray body = protocol::encodeRun(detail, now);
    QCOMPARE(at(body, "data.activity.0.kind"_ba), QByteArray('"' + name + '"'));
    QCOMPARE(at(body, "data.activity.0.until"_ba),
             hasUntil ? "\"2030-01-02T03:05:05.678Z\""_ba : "null"_ba);
    QCOMPARE(at(protocol::encodeJobs(detail, now), "data.0.run_at"_ba),
             "\"2030-01-02T03:05:05.678Z\""_ba);
    QCOMPARE(at(protocol::encodeJobs(detail, now), "data.0.leased_at"_ba), "null"_ba);
    QCOMPARE(at(protocol::encodeJobs(detail, now), "data.0.first_eligible_at"_ba), "null"_ba);
    detail.jobs.front().firstEligibleAt = now;
    QCOMPARE(at(protocol::encodeJobs(detail, now), "data.0.first_eligible_at"_ba),
             QByteArray('"' + toRfc3339(now) + '"'));
    detail.jobs.front().request = RequestId{Ulid::fromParts(now, {})};
    QCOMPARE(at(protocol::encodeJobs(detail, now), "data.0.leased_at"_ba),
             QByteArray('"' + toRfc3339(now) + '"'));
}

void TestRestCodec::ordersActivitiesByTime()
{
    const std::vector<Activity> activities =
        protocol::activitiesOf({job(JobKind::Sleep, JobState::Queued, now + 2h),
                                job(JobKind::Step, JobState::BackingOff, now + 1h),
                                job(JobKind::Step, JobState::Leased, now)},
                               now);
    QCOMPARE(activities[0].kind, ActivityKind::Executing);
    QCOMPARE(activities[1].kind, ActivityKind::BackingOff);
    QCOMPARE(activities[2].kind, ActivityKind::Sleeping);
}

void TestRestCodec::showsTimelines()
{
    api::Timeline timeline;
    timeline.records = {{.run = runId(),
                         .number = 4,
                         .at = now,
                         .type = TimelineType::StepCompleted,
                         .step = "abc"_ba,
                         .attempt = 0,
                         .payload = RawJson::fromTrusted("{\"size\":1}"_ba)},
                        {.run = runId(),
                         .number = 5,
                         .at = now,
                         .type = TimelineType::RunCompleted,
                         .step = {},
                         .attempt = -1,
                         .payload = {}}};
    const QByteArray body = protocol::encodeTimeline(timeline, now);
    QCOMPARE(
        at(body, "data.0"_ba),
        R"({"sequence":4,"run_id":"01KRYN00000000000000000000","at":"2030-01-02T03:04:05.678Z",)"
        R"("type":"step.completed","step_id":"abc","attempt":0,"payload":{"size":1}})"_ba);
    QCOMPARE(at(body, "data.1.attempt"_ba), "null"_ba);
    QCOMPARE(at(body, "data.1.step_id"_ba), "null"_ba);
}

void TestRestCodec::showsAttemptsWithRequestAndResponse()
{
    api::Attempts attempts;
    attempts.attempts = {failedAttempt(), failedAttempt()};
    attempts.attempts[1].signature = {};
    attempts.memos = {memo("a"_ba, 0), memo("b"_ba, 1), memo("later"_ba, 2)};
    attempts.events = {storedEvent()};
    const QByteArray body = protocol::encodeAttempts(attempts, now);
    const QByteArray attempt = at(body, "data.0"_ba);
    QCOMPARE(at(attempt, "attempt"_ba), "1"_ba);
    QCOMPARE(at(attempt, "outcome"_ba), "\"retryable_error\""_ba);
    QCOMPARE(at(attempt, "step"_ba), "\"charge card\""_ba);
    QCOMPARE(at(attempt, "error.message"_ba), "\"m\""_ba);
    QCOMPARE(at(attempt, "next_attempt_at"_ba), "\"2030-01-02T03:04:20.678Z\""_ba);
    QCOMPARE(at(attempt, "request.method"_ba), "\"POST\""_ba);
    // A discovery: the step was only reported, not asked for.
    QCOMPARE(at(attempt, "request.url"_ba),
             "\"http://localhost:3000/x?fnId=demo-app-one&stepId=step\""_ba);
    QCOMPARE(at(attempt, "request.memo_ids"_ba), R"(["a","b"])"_ba);
    QCOMPARE(at(attempt, "request.body.steps"_ba), R"({"a":{"data":"a"},"b":{"data":"b"}})"_ba);
    QCOMPARE(at(attempt, "request.body.ctx.attempt"_ba), "1"_ba);
    QCOMPARE(at(attempt, "request.body.version"_ba), "2"_ba);
    QCOMPARE(at(attempt, "request.body.event.data"_ba), "{ \"n\":1.0 }"_ba);
    QCOMPARE(at(attempt, "request.headers.0.0"_ba), "\"Content-Type\""_ba);
    QCOMPARE(at(attempt, "response.status"_ba), "500"_ba);
    QCOMPARE(at(attempt, "response.headers"_ba), R"([["x-inngest-sdk","js"]])"_ba);
    QCOMPARE(at(attempt, "response.body"_ba), R"("{\"message\":\"m\"}")"_ba);
    QCOMPARE(at(attempt, "response.signature"_ba), "\"valid\""_ba);
    QVERIFY(!at(body, "data.1.response"_ba).contains("signature")); // nothing is known
    QCOMPARE(at(attempt, "timing.total_us"_ba), "90000"_ba);
}

void TestRestCodec::showsTheTimesOfAnAttempt_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("time"); // of the attempt that was recorded at 03:04:05.678

    QTest::newRow("enqueued") << "enqueued_at"_ba
                              << "03:03:45.678"_ba;
    QTest::newRow("due") << "run_at"_ba
                         << "03:03:57.678"_ba;
    QTest::newRow("eligible") << "first_eligible_at"_ba
                              << "03:03:58.678"_ba;
    QTest::newRow("sent") << "sent_at"_ba
                          << "03:04:00.678"_ba;
    QTest::newRow("connected") << "connected_at"_ba
                               << "03:04:00.684"_ba;
    QTest::newRow("first byte") << "first_byte_at"_ba
                                << "03:04:00.718"_ba;
    QTest::newRow("responded") << "responded_at"_ba
                               << "03:04:00.768"_ba;
    QTest::newRow("recorded") << "recorded_at"_ba
                              << "03:04:05.678"_ba;
    QTest::newRow("finished") << "finished_at"_ba
                              << "03:04:05.678"_ba;
}

void TestRestCodec::showsTheTimesOfAnAttempt()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, time);
    api::Attempts attempts;
    attempts.attempts = {failedAttempt()};
    attempts.events = {storedEvent()};
    const QByteArray body = protocol::encodeAttempts(attempts, now);
    QCOMPARE(at(body, "data.0." + key), QByteArray("\"2030-01-02T" + time + "Z\""));
    const QByteArray delays =
        R"({"expected_ms":12000,"constraint_wait_ms":2000,"latency_ms":1000})"_ba;
    QCOMPARE(at(body, "data.0.delays"_ba), delays);
    attempts.attempts.front().runAt.reset(); // recorded by an older version
    QCOMPARE(at(protocol::encodeAttempts(attempts, now), "data.0.delays"_ba), "null"_ba);
}

void TestRestCodec::rebuildsTheMemosOfEachCycle()
{
    // A resume into cycle 1 dropped the failed step; its place is never used again.
    api::Attempts attempts;
    Attempt before = failedAttempt();
    before.memoCount = 2;
    Attempt after = failedAttempt();
    after.cycle = 1;
    after.memoCount = 3;
    after.kind = JobKind::Step;
    after.step = "planned"_ba;
    after.httpStatus = 0;
    attempts.attempts = {before, after};
    attempts.memos = {memo("a"_ba, 0), memo("bad"_ba, 1, 1), memo("c"_ba, 2)};
    attempts.events = {storedEvent()};
    const QByteArray body = protocol::encodeAttempts(attempts, now);
    QCOMPARE(at(body, "data.0.request.memo_ids"_ba), R"(["a","bad"])"_ba);
    QCOMPARE(at(body, "data.1.request.memo_ids"_ba), R"(["a","c"])"_ba);
    QVERIFY(at(body, "data.1.request.url"_ba).endsWith("stepId=planned\""));
    QCOMPARE(at(body, "data.1.response"_ba), "null"_ba);
}

void TestRestCodec::leavesLargeRequestBodiesOut()
{
    api::Attempts attempts;
    attempts.events = {storedEvent()};
    Memo large = memo("a"_ba, 0);
    large.json = RawJson::fromTrusted('"' + QByteArray(3 * 1024 * 1024, 'x') + '"');
    attempts.memos = {large};
    for (int i = 0; i < 8; ++i) {
        attempts.attempts.push_back(failedAttempt());
        if (i < 7)
            attempts.attempts.back().error = {};
    }
    const QByteArray body = protocol::encodeAttempts(attempts, now);
    QVERIFY(body.size() < 17 * 1024 * 1024);
    QVERIFY(at(body, "data.0.request.body"_ba).size() > 100);
    QCOMPARE(at(body, "data.6.request.body"_ba), "null"_ba);
    QVERIFY(at(body, "data.7.request.body"_ba).size() > 100); // it failed, so it came first
}

void TestRestCodec::showsLetters()
{
    api::LetterPage page;
    page.letters = {letterDetail()};
    page.next = "cursor"_ba;
    const QByteArray list = protocol::encodeLetters(page, now);
    QCOMPARE(at(list, "data.0.id"_ba), "\"01KRYN00000000000000000000\""_ba);
    QCOMPARE(at(list, "data.0.state"_ba), "\"open\""_ba);
    QCOMPARE(at(list, "data.0.function"_ba), "\"demo-app-one\""_ba);
    QCOMPARE(at(list, "data.0.failed_step"_ba),
             R"({"id":"abc","name":"charge card","attempts":5})"_ba);
    QCOMPARE(at(list, "data.0.completed_steps"_ba),
             R"({"count":2,"names":["reserve","price"]})"_ba);
    QCOMPARE(at(list, "data.0.resolution"_ba), "null"_ba);
    QCOMPARE(at(list, "data.0.attempts"_ba), "-"_ba);
    QCOMPARE(at(list, "metadata.next_cursor"_ba), "\"cursor\""_ba);
    QCOMPARE(at(protocol::encodeLetters({}, now), "metadata.next_cursor"_ba), "null"_ba);

    api::LetterDetail detail = letterDetail();
    detail.letter.failedStep.clear();
    detail.letter.failedStepName.clear();
    detail.letter.completedSteps = {};
    detail.attempts = {failedAttempt()};
    detail.events = {storedEvent()};
    detail.event = detail.events.front().internalId;
    const QByteArray single = protocol::encodeLetter(detail, now);
    QCOMPARE(at(single, "data.failed_step"_ba), "null"_ba);
    QCOMPARE(at(single, "data.completed_steps"_ba), R"({"count":0,"names":[]})"_ba);
    QCOMPARE(at(single, "data.attempts.0.index"_ba), "1"_ba);
    QCOMPARE(at(single, "data.attempts.0.http_status"_ba), "500"_ba);
    QCOMPARE(at(single, "data.events.0.id"_ba), "\"mine\""_ba);
    QCOMPARE(at(single, "data.attempts_ref"_ba),
             "\"/v1/runs/01KRYN00000000000000000000/attempts\""_ba);
    QCOMPARE(at(single, "data.payload_ref"_ba),
             QByteArray("\"/v1/events/" + detail.event.toText() + '"'));
    QCOMPARE(at(single, "data.logs_ref"_ba), "null"_ba);
}

void TestRestCodec::showsLetterGroups()
{
    api::LetterGroups groups;
    groups.groups = {{.fingerprint = "f00d"_ba,
                      .slug = "demo-app-one"_ba,
                      .error = failedAttempt().error,
                      .count = 7,
                      .firstSeen = now - 1h,
                      .lastSeen = now}};
    QCOMPARE(
        at(protocol::encodeLetterGroups(groups, now), "data.0"_ba),
        R"({"fingerprint":"f00d","function":"demo-app-one",)"
        R"("error":{"error":"m","name":"Error","message":"m"},"count":7,)"
        R"("first_seen":"2030-01-02T02:04:05.678Z","last_seen":"2030-01-02T03:04:05.678Z"})"_ba);
}

void TestRestCodec::showsAppsAndDev()
{
    api::CatalogApp app;
    app.app.name = "demo-app"_ba;
    app.app.url = "http://localhost:3000/x"_ba;
    app.app.error = "unreachable"_ba;
    Function function;
    function.id = functionId();
    function.config.slug = "demo-app-one"_ba;
    function.config.triggers = {{.event = "demo/one"_ba, .expression = {}, .cron = {}}};
    function.config.notEnforced = {"cron"_ba};
    function.config.config = RawJson::fromTrusted("{\"id\":\"demo-app-one\"}"_ba);
    app.functions = {function};
    const api::Catalog catalog{{app}};

    const QByteArray body = protocol::encodeApp(catalog, now);
    QCOMPARE(at(body, "data.name"_ba), "\"demo-app\""_ba);
    QCOMPARE(at(body, "data.error"_ba), "\"unreachable\""_ba);
    QCOMPARE(at(body, "data.functions.0.slug"_ba), "\"demo-app-one\""_ba);
    QCOMPARE(at(body, "data.functions.0.triggers"_ba), R"([{"event":"demo/one"}])"_ba);
    QCOMPARE(at(body, "data.functions.0.not_enforced"_ba), R"(["cron"])"_ba);

    protocol::DevReport report;
    report.version = "0.1.0"_ba;
    report.urls = {"http://localhost:3000/x"_ba};
    report.catalog = catalog;
    const QByteArray dev = protocol::encodeDev(report); // row 23
    QCOMPARE(keysOf(dev), "version authed startOpts functions handlers isSingleNodeService "
                          "isMissingSigningKey isMissingEventKeys features"_ba);
    QCOMPARE(at(dev, "startOpts.urls.0"_ba), "\"http://localhost:3000/x\""_ba);
    QCOMPARE(at(dev, "startOpts.poll_interval"_ba), "5"_ba);
    report.pollSeconds = 0.5;
    QCOMPARE(at(protocol::encodeDev(report), "startOpts.poll_interval"_ba), "0.5"_ba);
    QCOMPARE(at(dev, "functions.0.slug"_ba), "\"demo-app-one\""_ba);
    QCOMPARE(at(dev, "handlers.0.name"_ba), "\"demo-app\""_ba);
}

QTEST_GUILESS_MAIN(TestRestCodec)

#include "tst_restcodec.moc"
