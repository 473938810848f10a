// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/attempttimes.h"
#include "devserver/model/jsonwriter.h"
#include "ui/core/callexchange.h"
#include "ui/core/inspection.h"

namespace console {

using devserver::Attempt;
using devserver::JsonWriter;
using devserver::TimePoint;

namespace {

void time(JsonWriter &writer, QByteArrayView key, const std::optional<TimePoint> &at)
{
    writer.key(key);
    if (at)
        writer.string(devserver::toRfc3339(*at));
    else
        writer.null();
}

void write(JsonWriter &writer, const devserver::Run &run, const QByteArray &slug)
{
    writer.beginObject();
    writer.key("id").string(run.id.toText());
    writer.key("function").string(slug);
    writer.key("function_version").value(run.functionVersion);
    writer.key("status").string(devserver::toName(run.status));
    writer.key("events").beginArray();
    for (const devserver::EventId &event : run.events)
        writer.string(event.toText());
    writer.endArray();
    writer.key("cycle").value(run.cycle);
    time(writer, "queued_at", run.queuedAt);
    time(writer, "scheduled_at", run.scheduledAt);
    time(writer, "started_at", run.startedAt);
    time(writer, "ended_at", run.endedAt);
    writer.key("cancel_cause").string(run.cancelCause);
    writer.key("request_version").value(run.requestVersion);
    writer.key("generation").value(run.generation);
    writer.key("failed_step").string(run.failedStep);
    writer.key("output").raw(run.output);
    writer.endObject();
}

void write(JsonWriter &writer, const Attempt &attempt)
{
    writer.beginObject();
    writer.key("request").string(attempt.request.toText());
    writer.key("job").string(attempt.job);
    writer.key("kind").string(devserver::toName(attempt.kind));
    writer.key("step").string(attempt.step);
    writer.key("step_name").string(attempt.stepName);
    writer.key("attempt").value(attempt.attempt);
    writer.key("max_attempts").value(attempt.maxAttempts);
    writer.key("delivery").value(attempt.delivery);
    writer.key("cycle").value(attempt.cycle);
    writer.key("url").string(attempt.url);
    writer.key("memo_count").value(attempt.memoCount);
    time(writer, "enqueued_at", attempt.enqueuedAt);
    time(writer, "run_at", attempt.runAt);
    time(writer, "first_eligible_at", attempt.firstEligibleAt);
    time(writer, "sent_at", attempt.sentAt);
    const devserver::AttemptTimes times = devserver::timesOf(attempt);
    time(writer, "connected_at", times.connectedAt);
    time(writer, "first_byte_at", times.firstByteAt);
    time(writer, "responded_at", times.respondedAt);
    time(writer, "recorded_at", times.recordedAt);
    writer.key("outcome").string(devserver::toName(attempt.outcome));
    writer.key("http_status").value(attempt.httpStatus);
    writer.key("response_headers").beginArray();
    for (const auto &[name, value] : responseHeaders(attempt))
        writer.beginArray().string(name).string(value).endArray();
    writer.endArray();
    writer.key("response_bytes").value(attempt.responseSize);
    if (attempt.signature != devserver::SignatureCheck::Unchecked)
        writer.key("signature").string(devserver::toName(attempt.signature));
    writer.key("error").raw(attempt.error);
    writer.key("no_retry").value(attempt.noRetry);
    time(writer, "next_attempt_at", attempt.nextAttemptAt);
    writer.endObject();
}

void write(JsonWriter &writer, const devserver::Job &job)
{
    writer.beginObject();
    writer.key("id").string(job.id);
    writer.key("kind").string(devserver::toName(job.kind));
    writer.key("step").string(job.step);
    writer.key("state").string(devserver::toName(job.state));
    writer.key("attempt").value(job.attempt);
    time(writer, "enqueued_at", job.enqueuedAt);
    time(writer, "run_at", job.runAt);
    time(writer, "first_eligible_at", job.firstEligibleAt);
    writer.endObject();
}

void write(JsonWriter &writer, const devserver::Memo &memo)
{
    writer.beginObject();
    writer.key("step").string(memo.step);
    writer.key("name").string(memo.name);
    writer.key("index").value(memo.index);
    time(writer, "at", memo.at);
    writer.key("attempts").value(memo.attempts);
    writer.key("dropped_in_cycle").value(memo.droppedInCycle);
    writer.key("value").raw(memo.json);
    writer.endObject();
}

void write(JsonWriter &writer, const devserver::TimelineRecord &record)
{
    writer.beginObject();
    writer.key("number").value(record.number);
    time(writer, "at", record.at);
    writer.key("type").string(devserver::toName(record.type));
    writer.key("step").string(record.step);
    writer.key("attempt").value(record.attempt);
    writer.key("payload").raw(record.payload);
    writer.endObject();
}

void write(JsonWriter &writer, const devserver::DeadLetter &letter)
{
    writer.beginObject();
    writer.key("state").string(devserver::toName(letter.state));
    writer.key("cycle").value(letter.cycle);
    time(writer, "failed_at", letter.failedAt);
    writer.key("reason").string(letter.reason);
    writer.key("fingerprint").string(letter.fingerprint);
    writer.key("failed_step").string(letter.failedStep);
    writer.key("error").raw(letter.error);
    writer.key("completed_steps").raw(letter.completedSteps);
    writer.key("resolution").raw(letter.resolution);
    writer.endObject();
}

template<typename List>
void writeList(JsonWriter &writer, QByteArrayView key, const List &list, const Inspection &of)
{
    writer.key(key).beginArray();
    for (const auto &entry : list) {
        if (!of.isOfStep() || entry.step == of.subject.step)
            write(writer, entry);
    }
    writer.endArray();
}

void writeRun(JsonWriter &writer, const Inspection &inspection)
{
    const devserver::api::RunRecord &record = *inspection.run;
    writer.key("run");
    write(writer, record.run, record.summary.slug);
    writeList(writer, "jobs", record.jobs, inspection);
    writeList(writer, "attempts", record.attempts, inspection);
    writeList(writer, "memos", record.memos, inspection);
    writeList(writer, "timeline", record.timeline, inspection);
    writer.key("events").beginArray();
    for (const devserver::Event &event : record.events)
        writer.raw(event.json);
    writer.endArray();
    if (record.letter) {
        writer.key("dead_letter");
        write(writer, *record.letter);
    }
}

} // namespace

QByteArray storedRecords(const Inspection &inspection)
{
    JsonWriter writer(4096);
    writer.beginObject();
    if (inspection.isOfRun() && inspection.run)
        writeRun(writer, inspection);
    if (inspection.event) {
        const devserver::Event &event = inspection.event->event;
        writer.key("internal_id").string(event.internalId.toText());
        writer.key("has_own_id").value(event.hasOwnId);
        time(writer, "received_at", event.receivedAt);
        writer.key("target").string(event.target);
        writer.key("event").raw(event.json);
    }
    writer.endObject();
    return writer.take();
}

} // namespace console
