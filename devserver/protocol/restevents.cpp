// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonvalue.h"
#include "devserver/protocol/callcodec.h"
#include "devserver/protocol/restcodec.h"
#include "devserver/protocol/restenvelope.h"

namespace devserver::protocol {

using namespace std::chrono_literals;

namespace {

QByteArrayView refusalName(Refusal refusal)
{
    switch (refusal) {
    case Refusal::Idempotency:
        return "idempotency";
    case Refusal::FilterNotSupported:
        return "filter_not_supported";
    case Refusal::FilterFalse:
        return "filter";
    case Refusal::FilterError:
        return "filter_error";
    }
    Q_UNREACHABLE();
}

void writeEvent(JsonWriter &writer, const Event &event)
{
    writer.beginObject();
    writer.key("internal_id").string(event.internalId.toText());
    writer.key("account_id").string(accountId);
    writer.key("environment_id").string(environmentId);
    writer.key("source").string(event.source);
    writer.key("source_id").string("");
    writeTime(writer, "received_at", event.receivedAt);
    // The rest is the event as calls carry it: name, data, id, ts, user, v, meta.
    for (const auto &[key, value] : JsonValue::of(event.json).members())
        writer.key(key.toUtf8()).raw(value.raw());
    writer.endObject();
}

RawJson skippedOf(const std::vector<Delivery> &refusals)
{
    JsonWriter writer;
    writer.beginArray();
    for (const Delivery &delivery : refusals) {
        writer.beginObject();
        writer.key("function_id").string(delivery.function.toText());
        writer.key("reason").string(refusalName(delivery.refusal));
        writeId(writer, "run_id", delivery.heldBy);
        writeText(writer, "detail", delivery.detail);
        writeTime(writer, "at", delivery.at);
        writer.endObject();
    }
    writer.endArray();
    return RawJson::fromTrusted(writer.take());
}

QByteArrayView activityName(ActivityKind kind)
{
    switch (kind) {
    case ActivityKind::Executing:
        return "executing";
    case ActivityKind::Queued:
        return "queued";
    case ActivityKind::Delayed:
        return "delayed";
    case ActivityKind::BackingOff:
        return "backing_off";
    case ActivityKind::Sleeping:
        return "sleeping";
    case ActivityKind::AppOffline:
        return "app_offline";
    case ActivityKind::NoHandler:
        return "no_handler";
    }
    Q_UNREACHABLE();
}

void writeActivities(JsonWriter &writer, const std::vector<Activity> &activities)
{
    writer.key("activity").beginArray();
    for (const Activity &activity : activities) {
        writer.beginObject();
        writer.key("kind").string(activityName(activity.kind));
        writer.key("job_id").string(activity.job);
        writeText(writer, "step", activity.stepName);
        writer.key("attempt").value(activity.attempt);
        writeTime(writer, "until", activity.until);
        writer.endObject();
    }
    writer.endArray();
}

void writeRun(JsonWriter &writer, const api::RunDetail &detail, TimePoint now)
{
    const Run &run = detail.run;
    writer.beginObject();
    writer.key("run_id").string(run.id.toText());
    writeTime(writer, "run_started_at", run.startedAt.value_or(run.queuedAt));
    writer.key("function_id").string(run.function.toText());
    writer.key("function_slug").string(detail.slug);
    writer.key("function_name").string(detail.functionName);
    writer.key("function_version").value(run.functionVersion);
    writer.key("environment_id").string(environmentId);
    writeId(writer, "event_id", run.events.empty() ? EventId() : run.events.front());
    if (!run.originalRun.isNull())
        writeId(writer, "original_run_id", run.originalRun);
    writer.key("status").string(toName(run.status));
    writeTime(writer, "queued_at", run.queuedAt);
    writeTime(writer, "scheduled_at", run.scheduledAt);
    writeTime(writer, "ended_at", run.endedAt);
    writer.key("cycle").value(run.cycle);
    if (!run.output.isEmpty())
        writer.key("output").raw(run.output);
    if (!run.cancelCause.isEmpty())
        writer.key("cancel_cause").string(run.cancelCause);
    if (!isTerminal(run.status))
        writeActivities(writer, activitiesOf(detail.jobs, now));
    writer.endObject();
}

} // namespace

QByteArray encodeEvents(const api::EventPage &page, TimePoint now)
{
    JsonWriter writer;
    writer.beginArray();
    for (const Event &event : page.events)
        writeEvent(writer, event);
    writer.endArray();
    return envelope(writer.take(), {.fetchedAt = now});
}

QByteArray encodeEvent(const api::EventPage &page, TimePoint now)
{
    JsonWriter writer;
    if (page.events.empty())
        writer.null();
    else
        writeEvent(writer, page.events.front());
    return envelope(writer.take(), {.fetchedAt = now, .cachedFor = 5s});
}

QByteArray encodeEventRuns(const api::EventRuns &runs, TimePoint now)
{
    JsonWriter writer;
    writer.beginArray();
    for (const api::RunDetail &run : runs.runs)
        writeRun(writer, run, now);
    writer.endArray();
    return envelope(writer.take(), {.fetchedAt = now, .skipped = skippedOf(runs.refusals)});
}

QByteArray encodeRun(const api::RunDetail &run, TimePoint now)
{
    JsonWriter writer;
    writeRun(writer, run, now);
    return envelope(writer.take(), {.fetchedAt = now});
}

QByteArray encodeJobs(const api::RunDetail &run, TimePoint now)
{
    JsonWriter writer;
    writer.beginArray();
    for (const Job &job : run.jobs) {
        writer.beginObject();
        writer.key("id").string(job.id);
        writer.key("kind").string(toName(job.kind));
        writer.key("state").string(toName(job.state));
        writeText(writer, "step_id", job.step);
        writeText(writer, "step", job.name);
        writer.key("attempt").value(job.attempt);
        writer.key("interruptions").value(job.interruptions);
        writeTime(writer, "enqueued_at", job.enqueuedAt);
        writeTime(writer, "run_at", job.runAt);
        writeTime(writer, "first_eligible_at", job.firstEligibleAt);
        // A delivery gets its id when it is handed out.
        writeTime(writer, "leased_at",
                  job.request.isNull() ? std::nullopt : std::optional(job.request.value.time()));
        writeId(writer, "request_id", job.request);
        writer.endObject();
    }
    writer.endArray();
    return envelope(writer.take(), {.fetchedAt = now});
}

} // namespace devserver::protocol
