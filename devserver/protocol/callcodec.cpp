// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/callcodec.h"

#include "devserver/model/jsonwriter.h"
#include "devserver/protocol/appurl.h"

namespace devserver::protocol {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxBodyBytes = 4 * 1024 * 1024;
constexpr qsizetype maxStateBytes = maxBodyBytes - 1024;
constexpr qsizetype fixedBytes = 400; ///< names, flags, numbers and ids of a body
constexpr QByteArrayView discoveryStep = "step";

qsizetype eventBytes(const CallRequest &request)
{
    qsizetype bytes = 0;
    for (const EventPtr &event : request.events)
        bytes += event->json.sizeBytes() + 1;
    return bytes;
}

qsizetype memoBytes(const CallRequest &request)
{
    qsizetype bytes = 0;
    for (const MemoPtr &memo : request.memos)
        bytes += memo->step.size() + memo->json.sizeBytes() + 4;
    return bytes;
}

qsizetype stackBytes(const CallRequest &request)
{
    qsizetype bytes = 0;
    for (const MemoPtr &memo : request.memos)
        bytes += memo->step.size() + 3;
    return bytes;
}

qsizetype smallBytes(const CallRequest &request)
{
    const qsizetype first = request.events.empty() ? 0 : request.events.front()->json.sizeBytes();
    return fixedBytes + request.job.size() + stackBytes(request) + first;
}

QByteArrayView stepOf(const CallRequest &request)
{
    return request.step.isEmpty() ? discoveryStep : QByteArrayView(request.step);
}

void writeContext(JsonWriter &writer, const CallRequest &request, bool useApi)
{
    writer.key("ctx").beginObject();
    writer.key("run_id").string(request.run.toText());
    writer.key("env").string("");
    writer.key("step_id").string(discoveryStep);
    writer.key("attempt").value(request.attempt);
    writer.key("max_attempts").value(request.maxAttempts);
    writer.key("stack").beginObject().key("stack").beginArray();
    for (const MemoPtr &memo : request.memos)
        writer.string(memo->step);
    writer.endArray().key("current").value(request.memos.size()).endObject();
    writer.key("request_id").string(request.request.toText());
    writer.key("generation_id").value(request.generation);
    writer.key("job_id").string(request.job);
    writer.key("disable_immediate_execution").value(request.forceStepPlan);
    writer.key("use_api").value(useApi);
    writer.endObject();
}

/// Ids are opaque, so they might end a header line or a query; hashes come through unchanged.
QByteArray headerSafe(QByteArrayView text)
{
    return text.toByteArray().toPercentEncoding(" !\"#$&'()*+,/:;<=>?@[]^_`{|}");
}

/// W3C trace context: one trace per run, one span per delivery. Both ids are made of ours, so that
/// they can be told again later.
QByteArray traceParent(const CallRequest &request)
{
    constexpr qsizetype spanBytes = 8;
    return "00-"_ba + request.run.toBytes().toHex() + '-'
           + request.request.toBytes().last(spanBytes).toHex() + "-01"_ba;
}

} // namespace

QByteArray encodeCall(const CallRequest &request, bool useApi)
{
    const qsizetype state = useApi ? 0 : eventBytes(request) + memoBytes(request);
    JsonWriter writer(smallBytes(request) + state);
    writer.beginObject();
    // `ctx.fn_id` and `ctx.qi_id` stay out until checkpoints exist (protocol.md 10.1).
    writeContext(writer, request, useApi);
    writer.key("event").raw(request.events.empty() ? RawJson() : request.events.front()->json);
    writer.key("events").beginArray();
    if (!useApi) {
        for (const EventPtr &event : request.events)
            writer.raw(event->json);
    }
    writer.endArray();
    writer.key("steps").beginObject();
    if (!useApi) {
        for (const MemoPtr &memo : request.memos)
            writer.key(memo->step).raw(memo->json);
    }
    writer.endObject();
    writer.key("defers").beginObject().endObject();
    writer.key("version").value(request.requestVersion);
    writer.key("use_api").value(useApi);
    writer.endObject();
    return writer.take();
}

qsizetype callSizeBytes(const CallRequest &request)
{
    return smallBytes(request) + eventBytes(request) + memoBytes(request);
}

bool exceedsCallLimit(const CallRequest &request)
{
    const qsizetype state = eventBytes(request) + memoBytes(request);
    return state > maxStateBytes || smallBytes(request) + state > maxBodyBytes;
}

HeaderList callHeaders(const CallRequest &request)
{
    HeaderList headers{
        {"Content-Type"_ba, "application/json"_ba},
        {"x-inngest-req-version"_ba, QByteArray::number(request.requestVersion)},
        {"X-Run-ID"_ba, request.run.toText()},
        {"x-request-id"_ba, request.request.toText()},
        {"x-inngest-job-id"_ba, headerSafe(request.job)},
        {"X-Inngest-Step-ID"_ba, headerSafe(stepOf(request))},
        {"account-id"_ba, accountId.toByteArray()},
        {"traceparent"_ba, traceParent(request)},
        {"tracestate"_ba, "redrive="_ba + request.run.toText()},
    };
    if (request.generation != 0) {
        headers.emplace_back("x-inngest-generation-id"_ba, QByteArray::number(request.generation));
    }
    return headers;
}

QByteArray callUrl(const CallRequest &request)
{
    return withQueryValue(request.url, "stepId", stepOf(request));
}

QByteArray encodeBatch(const std::vector<Event> &events)
{
    qsizetype bytes = 2;
    for (const Event &event : events)
        bytes += event.json.sizeBytes() + 1;
    JsonWriter writer(bytes);
    writer.beginArray();
    for (const Event &event : events)
        writer.raw(event.json);
    writer.endArray();
    return writer.take();
}

QByteArray encodeActions(const std::vector<Memo> &memos)
{
    qsizetype bytes = 2;
    for (const Memo &memo : memos)
        bytes += memo.step.size() + memo.json.sizeBytes() + 4;
    JsonWriter writer(bytes);
    writer.beginObject();
    for (const Memo &memo : memos)
        writer.key(memo.step).raw(memo.json);
    writer.endObject();
    return writer.take();
}

} // namespace devserver::protocol
