// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/attempttimes.h"
#include "devserver/protocol/callcodec.h"
#include "devserver/protocol/restcodec.h"
#include "devserver/protocol/restenvelope.h"

namespace devserver::protocol {

namespace {

/// A run of hundreds of steps carried its memos hundreds of times; nobody reads all of that.
constexpr qsizetype maxRequestBytes = 16 * 1024 * 1024;

/// The memos that were live when the attempt was sent (semantics §9.6 drops some later).
bool wasCarried(const Memo &memo, const Attempt &attempt)
{
    return memo.index < attempt.memoCount
           && (memo.droppedInCycle == 0 || memo.droppedInCycle > attempt.cycle);
}

/// Shared once, so that each request only refers to them.
struct Material {
    std::vector<EventPtr> events;
    std::vector<MemoPtr> memos;
};

Material materialOf(const api::Attempts &attempts)
{
    Material material;
    for (const Event &event : attempts.events)
        material.events.push_back(std::make_shared<const Event>(event));
    for (const Memo &memo : attempts.memos)
        material.memos.push_back(std::make_shared<const Memo>(memo));
    return material;
}

CallRequest requestOf(const Attempt &attempt, const Material &material)
{
    CallRequest request;
    request.request = attempt.request;
    request.run = attempt.run;
    request.job = attempt.job;
    request.url = attempt.url;
    if (attempt.kind == JobKind::Step)
        request.step = attempt.step; // otherwise it is what the answer reported
    request.attempt = attempt.attempt;
    request.maxAttempts = attempt.maxAttempts;
    request.generation = attempt.generation;
    request.requestVersion = attempt.requestVersion;
    request.forceStepPlan = attempt.forceStepPlan;
    request.events = material.events;
    for (const MemoPtr &memo : material.memos) {
        if (wasCarried(*memo, attempt))
            request.memos.push_back(memo);
    }
    return request;
}

bool hasFailed(const Attempt &attempt)
{
    return !attempt.error.isEmpty();
}

/// Which attempts show the body of their request: those that failed first, while it fits.
std::vector<bool> chooseBodies(const api::Attempts &attempts, const Material &material)
{
    std::vector<bool> chosen(attempts.attempts.size(), false);
    qsizetype left = maxRequestBytes;
    for (const bool failed : {true, false}) {
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            const Attempt &attempt = attempts.attempts[i];
            if (hasFailed(attempt) != failed)
                continue;
            const qsizetype size = callSizeBytes(requestOf(attempt, material));
            chosen[i] = size <= left;
            left -= chosen[i] ? size : 0;
        }
    }
    return chosen;
}

void writeRequest(JsonWriter &writer, const CallRequest &request, bool hasBody)
{
    writer.key("request").beginObject();
    writer.key("method").string("POST");
    if (request.url.isEmpty())
        writer.key("url").null(); // a function of this process
    else
        writer.key("url").string(callUrl(request));
    writer.key("headers").beginArray();
    for (const auto &[name, value] : callHeaders(request))
        writer.beginArray().string(name).string(value).endArray();
    writer.endArray();
    writer.key("memo_ids").beginArray();
    for (const MemoPtr &memo : request.memos)
        writer.string(memo->step);
    writer.endArray();
    if (hasBody)
        writer.key("body").raw(encodeCall(request, exceedsCallLimit(request)));
    else
        writer.key("body").null();
    writer.endObject();
}

void writeResponse(JsonWriter &writer, const Attempt &attempt)
{
    writer.key("response");
    if (attempt.httpStatus == 0) {
        writer.null();
        return;
    }
    writer.beginObject();
    writer.key("status").value(attempt.httpStatus);
    writer.key("headers").raw(attempt.responseHeaders);
    writer.key("size").value(attempt.responseSize);
    if (attempt.signature != SignatureCheck::Unchecked)
        writer.key("signature").string(toName(attempt.signature));
    writeText(writer, "body", attempt.responseBody);
    writer.endObject();
}

void writeTiming(JsonWriter &writer, const CallTiming &timing)
{
    writer.key("timing").beginObject();
    writer.key("dns_us").value(timing.dns.count());
    writer.key("connect_us").value(timing.connect.count());
    writer.key("tls_us").value(timing.tls.count());
    writer.key("first_byte_us").value(timing.firstByte.count());
    const auto transfer =
        timing.firstByte.count() == 0 ? timing.firstByte : timing.total - timing.firstByte;
    writer.key("transfer_us").value(transfer.count());
    writer.key("total_us").value(timing.total.count());
    writer.endObject();
}

/// semantics.md 1.5; `finished_at` is another word for `recorded_at`.
void writeTimes(JsonWriter &writer, const Attempt &attempt)
{
    const AttemptTimes times = timesOf(attempt);
    writeTime(writer, "enqueued_at", attempt.enqueuedAt);
    writeTime(writer, "run_at", attempt.runAt);
    writeTime(writer, "first_eligible_at", attempt.firstEligibleAt);
    writeTime(writer, "sent_at", attempt.sentAt);
    writeTime(writer, "connected_at", times.connectedAt);
    writeTime(writer, "first_byte_at", times.firstByteAt);
    writeTime(writer, "responded_at", times.respondedAt);
    writeTime(writer, "recorded_at", times.recordedAt);
    writeTime(writer, "finished_at", times.recordedAt);
    writer.key("delays");
    const std::optional<QueueDelays> delays = delaysOf(attempt);
    if (!delays) {
        writer.null();
        return;
    }
    writer.beginObject();
    writer.key("expected_ms").value(delays->expected.count());
    writer.key("constraint_wait_ms").value(delays->constraintWait.count());
    writer.key("latency_ms").value(delays->latency.count());
    writer.endObject();
}

void writeAttempt(JsonWriter &writer, const Attempt &attempt, const Material &material,
                  bool hasBody)
{
    writer.beginObject();
    writer.key("request_id").string(attempt.request.toText());
    writer.key("run_id").string(attempt.run.toText());
    writer.key("job_id").string(attempt.job);
    writer.key("kind").string(toName(attempt.kind));
    writeText(writer, "step_id", attempt.step);
    writeText(writer, "step", attempt.stepName);
    writer.key("attempt").value(attempt.attempt);
    writer.key("max_attempts").value(attempt.maxAttempts);
    writer.key("delivery").value(attempt.delivery);
    writer.key("cycle").value(attempt.cycle);
    writer.key("outcome").string(toName(attempt.outcome));
    writer.key("no_retry").value(attempt.noRetry);
    writer.key("http_status").value(attempt.httpStatus);
    writeTimes(writer, attempt);
    writeTime(writer, "next_attempt_at", attempt.nextAttemptAt);
    writer.key("error").raw(attempt.error);
    writeTiming(writer, attempt.timing);
    writeRequest(writer, requestOf(attempt, material), hasBody);
    writeResponse(writer, attempt);
    writer.endObject();
}

} // namespace

QByteArray encodeAttempts(const api::Attempts &attempts, TimePoint now)
{
    const Material material = materialOf(attempts);
    const std::vector<bool> bodies = chooseBodies(attempts, material);
    JsonWriter writer;
    writer.beginArray();
    for (std::size_t i = 0; i < attempts.attempts.size(); ++i)
        writeAttempt(writer, attempts.attempts[i], material, bodies[i]);
    writer.endArray();
    return envelope(writer.take(), {.fetchedAt = now});
}

QByteArray encodeTimeline(const api::Timeline &timeline, TimePoint now)
{
    JsonWriter writer;
    writer.beginArray();
    for (const TimelineRecord &record : timeline.records) {
        writer.beginObject();
        writer.key("sequence").value(record.number);
        writer.key("run_id").string(record.run.toText());
        writeTime(writer, "at", record.at);
        writer.key("type").string(toName(record.type));
        writeText(writer, "step_id", record.step);
        if (record.attempt < 0)
            writer.key("attempt").null();
        else
            writer.key("attempt").value(record.attempt);
        writer.key("payload").raw(record.payload);
        writer.endObject();
    }
    writer.endArray();
    return envelope(writer.take(), {.fetchedAt = now});
}

} // namespace devserver::protocol
