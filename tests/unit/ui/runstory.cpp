// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/ui/runstory.h"

#include "devserver/model/jsonwriter.h"

#include <QCryptographicHash>

#include <algorithm>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::Attempt;
using devserver::AttemptOutcome;
using devserver::Job;
using devserver::JobKind;
using devserver::JobState;
using devserver::MemoKind;
using devserver::RawJson;
using devserver::RunStatus;
using devserver::TimelineType;

namespace {

constexpr int maxAttempts = 5;
constexpr auto noon =
    std::chrono::sys_days(std::chrono::year(2030) / 1 / 1) + std::chrono::hours(12);
const QByteArray timeout =
    R"({"name":"TimeoutError","message":"the payment provider did not answer within 2 s"})"_ba;

QByteArray nameJson(const QByteArray &name, const QByteArray &more = {})
{
    return R"({"name":")" + name + '"' + more + '}';
}

} // namespace

devserver::StepId RunStory::idOf(const QByteArray &name)
{
    return QCryptographicHash::hash(name, QCryptographicHash::Sha1).toHex();
}

RunStory::RunStory(int number, const QByteArray &function)
    : m_now(noon + std::chrono::seconds(number))
{
    m_record.run.id = devserver::RunId{m_ids.next(m_now)};
    m_record.run.queuedAt = m_now;
    m_record.run.scheduledAt = m_now;
    devserver::Event event{
        .internalId = devserver::EventId{m_ids.next(m_now)},
        .name = "order/created"_ba,
        .ts = m_now,
        .receivedAt = m_now,
        .json = RawJson::fromTrusted(
            R"({"name":"order/created","data":{"orderId":"o-1","total":42.50}})"_ba)};
    event.id = event.internalId.toText();
    m_record.run.events = {event.internalId};
    m_record.events = {event};
    m_record.summary.id = m_record.run.id;
    m_record.summary.slug = "shop-" + function;
    m_record.summary.functionName = function;
    m_record.summary.appName = "shop"_ba;
    m_record.summary.trigger = event.name;
    m_record.summary.event = event.internalId;
    m_record.summary.queuedAt = m_now;
    m_record.summary.maxAttempts = maxAttempts;
    note(TimelineType::RunScheduled, {}, -1, R"({"source":"event"})"_ba);
}

RunStory &RunStory::pass(Ms by)
{
    m_now += by;
    return *this;
}

void RunStory::note(TimelineType type, const devserver::StepId &step, int attempt,
                    const QByteArray &payload)
{
    m_record.timeline.push_back({.run = m_record.run.id,
                                 .number = m_record.run.timelineNext++,
                                 .at = m_now,
                                 .type = type,
                                 .step = step,
                                 .attempt = attempt,
                                 .payload = RawJson::fromTrusted(payload)});
}

Attempt &RunStory::send(const QByteArray &jobCause, JobKind kind, const QByteArray &step)
{
    Attempt attempt{.request = devserver::RequestId{m_ids.next(m_now)},
                    .run = m_record.run.id,
                    .job = m_record.run.id.toText() + ':' + jobCause,
                    .kind = kind,
                    .step = step.isEmpty() ? QByteArray() : idOf(step),
                    .stepName = step,
                    .attempt = m_attempt,
                    .maxAttempts = maxAttempts,
                    .cycle = m_record.run.cycle,
                    .sentAt = m_now};
    m_record.summary.attempt = std::max(m_record.summary.attempt, m_attempt + 1);
    note(TimelineType::AttemptStarted, attempt.step, m_attempt,
         R"({"request_id":")" + attempt.request.toText() + R"("})");
    m_record.attempts.push_back(std::move(attempt));
    return m_record.attempts.back();
}

void RunStory::finish(Attempt &attempt, AttemptOutcome outcome, const QByteArray &step,
                      const QByteArray &error)
{
    attempt.finishedAt = m_now;
    attempt.outcome = outcome;
    attempt.httpStatus = outcome == AttemptOutcome::AppOffline ? 0 : 206;
    attempt.error = error.isEmpty() ? RawJson() : RawJson::fromTrusted(error);
    if (attempt.step.isEmpty() && !step.isEmpty()) {
        attempt.step = idOf(step);
        attempt.stepName = step;
    }
    note(TimelineType::AttemptFinished, attempt.step, attempt.attempt, "{}"_ba);
}

void RunStory::memo(const QByteArray &name, MemoKind kind, int attempts)
{
    m_record.memos.push_back({.step = idOf(name),
                              .index = m_record.run.memoNext++,
                              .kind = kind,
                              .name = name,
                              .json = RawJson::fromTrusted(R"({"data":{"ok":true}})"_ba),
                              .at = m_now,
                              .attempts = attempts});
    ++m_record.summary.stepsDone;
    ++m_record.summary.stepsKnown;
}

RunStory &RunStory::start()
{
    m_record.run.status = RunStatus::Running;
    m_record.run.startedAt = m_now;
    note(TimelineType::RunStarted, {}, -1, "{}"_ba);
    return *this;
}

RunStory &RunStory::step(const QByteArray &name, Ms took)
{
    if (m_failing != name) {
        ++m_jobs;
        m_attempt = 0;
    }
    Attempt &attempt = send("discovery:" + QByteArray::number(m_jobs), JobKind::Discovery, {});
    pass(took);
    finish(attempt, AttemptOutcome::Ok, name);
    note(TimelineType::StepCompleted, idOf(name), m_attempt,
         nameJson(name, R"(,"output_bytes":20)"));
    memo(name, MemoKind::Data, m_attempt + 1);
    m_attempt = 0;
    m_failing.clear();
    m_live.clear();
    return *this;
}

RunStory &RunStory::failAttempt(const QByteArray &name, Ms took, Ms backoff)
{
    if (m_failing != name) {
        ++m_jobs;
        m_attempt = 0;
    }
    m_failing = name;
    Attempt &attempt = send("discovery:" + QByteArray::number(m_jobs), JobKind::Discovery, {});
    pass(took);
    attempt.nextAttemptAt = m_now + backoff;
    finish(attempt, AttemptOutcome::RetryableError, name, timeout);
    note(TimelineType::StepErrored, idOf(name), m_attempt, nameJson(name));
    ++m_attempt;
    m_live = {Job{.id = attempt.job,
                  .run = m_record.run.id,
                  .kind = JobKind::Discovery,
                  .name = name,
                  .state = JobState::BackingOff,
                  .attempt = m_attempt,
                  .runAt = m_now + backoff}};
    return *this;
}

RunStory &RunStory::failForGood(const QByteArray &name, Ms took)
{
    if (m_failing != name) {
        ++m_jobs;
        m_attempt = 0;
    }
    Attempt &attempt = send("discovery:" + QByteArray::number(m_jobs), JobKind::Discovery, {});
    pass(took);
    finish(attempt, AttemptOutcome::FinalError, name, timeout);
    note(TimelineType::StepFailed, idOf(name), m_attempt, nameJson(name));
    memo(name, MemoKind::Error, m_attempt + 1);
    m_record.run.failedStep = idOf(name);
    m_attempt = 0;
    m_failing.clear();
    m_live.clear();
    return *this;
}

RunStory &RunStory::failBody(Ms took)
{
    ++m_jobs;
    m_attempt = 0;
    Attempt &attempt = send("discovery:" + QByteArray::number(m_jobs), JobKind::Discovery, {});
    pass(took);
    finish(attempt, AttemptOutcome::FinalError, {}, timeout);
    return *this;
}

RunStory &RunStory::breakOff(const QByteArray &name, AttemptOutcome outcome, Ms took)
{
    if (m_failing != name) {
        ++m_jobs;
        m_attempt = 0;
    }
    m_failing = name;
    Attempt &attempt = send("discovery:" + QByteArray::number(m_jobs), JobKind::Discovery, {});
    attempt.url = "http://localhost:5000/api"_ba;
    pass(took);
    attempt.nextAttemptAt = m_now + Ms(500);
    finish(attempt, outcome, {},
           outcome == AttemptOutcome::RetryableError ? timeout : QByteArray());
    attempt.httpStatus = 0;
    m_attempt += outcome == AttemptOutcome::RetryableError ? 1 : 0;
    return *this;
}

RunStory &RunStory::offline(const QByteArray &name)
{
    if (m_failing != name)
        ++m_jobs;
    m_failing = name;
    Attempt &attempt = send("discovery:" + QByteArray::number(m_jobs), JobKind::Discovery, {});
    finish(attempt, AttemptOutcome::AppOffline, {},
           R"({"name":"AppUnreachable","message":"connection refused"})"_ba);
    m_live = {Job{.id = attempt.job,
                  .run = m_record.run.id,
                  .kind = JobKind::Discovery,
                  .state = JobState::AppOffline,
                  .runAt = m_now}};
    return *this;
}

void RunStory::discover()
{
    ++m_jobs;
    m_attempt = 0;
    Attempt &attempt = send("discovery:" + QByteArray::number(m_jobs), JobKind::Discovery, {});
    pass(2ms);
    finish(attempt, AttemptOutcome::Ok, {});
}

RunStory &RunStory::plan(const QByteArrayList &names)
{
    discover();
    for (const QByteArray &name : names) {
        note(TimelineType::StepPlanned, idOf(name), -1, nameJson(name));
        m_live.push_back({.id = m_record.run.id.toText() + ":step:" + idOf(name),
                          .run = m_record.run.id,
                          .kind = JobKind::Step,
                          .step = idOf(name),
                          .name = name,
                          .state = JobState::Queued,
                          .enqueuedAt = m_now,
                          .runAt = m_now});
    }
    return *this;
}

RunStory &RunStory::sendStep(const QByteArray &name)
{
    (void)send("step:" + idOf(name), JobKind::Step, name);
    for (Job &job : m_live) {
        if (job.step == idOf(name))
            job.state = JobState::Leased;
    }
    return *this;
}

RunStory &RunStory::parallel(const QByteArrayList &names, Ms took)
{
    plan(names);
    const devserver::TimePoint from = m_now;
    for (const QByteArray &name : names) {
        m_now = from;
        sendStep(name);
    }
    const std::size_t first = m_record.attempts.size() - static_cast<std::size_t>(names.size());
    for (std::size_t index = 0; index < static_cast<std::size_t>(names.size()); ++index) {
        const QByteArray &name = names.at(static_cast<qsizetype>(index));
        m_now = from + took * (2 + static_cast<int>(index)) / 2;
        finish(m_record.attempts[first + index], AttemptOutcome::Ok, name);
        note(TimelineType::StepCompleted, idOf(name), 0, nameJson(name));
        memo(name, MemoKind::Data, 1);
    }
    m_live.clear();
    return *this;
}

RunStory &RunStory::beginSleep(const QByteArray &name, Ms length)
{
    return beginSleeps({name}, length);
}

RunStory &RunStory::beginSleeps(const QByteArrayList &names, Ms length)
{
    discover();
    const QByteArray until = devserver::toRfc3339(m_now + length);
    m_live.clear();
    for (const QByteArray &name : names) {
        note(TimelineType::StepSleeping, idOf(name), -1,
             nameJson(name, R"(,"until":")" + until + '"'));
        m_live.push_back(Job{.id = m_record.run.id.toText() + ":sleep:" + idOf(name),
                             .run = m_record.run.id,
                             .kind = JobKind::Sleep,
                             .step = idOf(name),
                             .name = name,
                             .runAt = m_now + length});
    }
    return *this;
}

RunStory &RunStory::endSleep(const QByteArray &name, bool isByHand)
{
    memo(name, MemoKind::Sleep, 1);
    note(TimelineType::StepWoke, idOf(name), -1,
         isByHand ? nameJson(name, R"(,"skipped":true,"until":"2031-01-01T00:00:00.000Z")")
                  : nameJson(name, R"(,"late_ms":0)"));
    m_live.clear();
    return *this;
}

void RunStory::end(RunStatus status, TimelineType type, const QByteArray &payload)
{
    m_record.run.status = status;
    m_record.run.endedAt = m_now;
    m_live.clear();
    note(type, {}, -1, payload);
}

RunStory &RunStory::complete()
{
    discover();
    end(RunStatus::Completed, TimelineType::RunCompleted, "{}"_ba);
    m_record.run.output = RawJson::fromTrusted(R"({"status":"shipped","receipt":"r-17"})"_ba);
    return *this;
}

RunStory &RunStory::fail()
{
    end(RunStatus::Failed, TimelineType::RunFailed, R"({"error":)" + timeout + '}');
    m_record.run.output = RawJson::fromTrusted(timeout);
    m_record.summary.letter = devserver::LetterState::Open;
    m_record.summary.errorName = "TimeoutError"_ba;
    return *this;
}

RunStory &RunStory::resume()
{
    ++m_record.run.cycle;
    m_record.run.status = RunStatus::Running;
    m_record.run.endedAt.reset();
    m_record.run.output = {};
    qsizetype kept = 0;
    for (devserver::Memo &each : m_record.memos) {
        if (each.kind == MemoKind::Error && each.droppedInCycle == 0)
            each.droppedInCycle = m_record.run.cycle;
        else if (each.droppedInCycle == 0)
            ++kept;
    }
    m_record.summary.letter = devserver::LetterState::Retrying;
    note(TimelineType::RunResumed, {}, -1,
         R"({"cycle":1,"dropped_steps":[],"kept_steps":)" + QByteArray::number(kept) + '}');
    return *this;
}

RunStory &RunStory::cancel()
{
    note(TimelineType::CancelRequested, {}, -1, R"({"cause":"manual"})"_ba);
    end(RunStatus::Cancelled, TimelineType::RunCancelled, R"({"cause":"manual"})"_ba);
    return *this;
}

RunStory &RunStory::recover(const QByteArray &cause, int calls, int keptSteps)
{
    devserver::JsonWriter json;
    json.beginObject().key("message").string("for developers");
    if (!cause.isEmpty())
        json.key("cause").string(cause);
    if (calls > 0)
        json.key("calls").value(calls).key("kept_steps").value(keptSteps);
    note(TimelineType::RunRecovered, {}, -1, json.endObject().take());
    return *this;
}

devserver::api::RunRecord RunStory::record() const
{
    devserver::api::RunRecord record = m_record;
    record.jobs = m_live;
    record.summary.status = record.run.status;
    record.summary.cycle = record.run.cycle;
    record.summary.startedAt = record.run.startedAt;
    record.summary.endedAt = record.run.endedAt;
    record.summary.activities.clear();
    for (const Job &job : m_live) {
        devserver::Activity activity{.kind = devserver::ActivityKind::Queued,
                                     .job = job.id,
                                     .stepName = job.name,
                                     .attempt = job.attempt,
                                     .until = job.runAt};
        if (job.state == JobState::Leased)
            activity.kind = devserver::ActivityKind::Executing;
        else if (job.state == JobState::BackingOff)
            activity.kind = devserver::ActivityKind::BackingOff;
        else if (job.state == JobState::AppOffline)
            activity.kind = devserver::ActivityKind::AppOffline;
        else if (job.kind == JobKind::Sleep)
            activity.kind = devserver::ActivityKind::Sleeping;
        record.summary.activities.push_back(activity);
    }
    return record;
}

} // namespace console::test
