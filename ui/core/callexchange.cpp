// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/callexchange.h"

#include "devserver/model/jsonvalue.h"
#include "devserver/model/jsonwriter.h"

#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Attempt;
using devserver::JobKind;
using devserver::JsonValue;
using devserver::JsonWriter;
using devserver::Memo;
using devserver::api::RunRecord;

namespace {

const QByteArray hiddenValue = "(hidden)"_ba;

/// The memos that were live when the attempt was sent (semantics §9.6 drops some later).
bool wasCarried(const Memo &memo, const Attempt &attempt)
{
    return memo.index < attempt.memoCount
           && (memo.droppedInCycle == 0 || memo.droppedInCycle > attempt.cycle);
}

/// A plain discovery carries no step: what the attempt has then is what its answer reported.
QByteArray targetOf(const Attempt &attempt)
{
    return attempt.kind == JobKind::Step && !attempt.step.isEmpty() ? attempt.step : "step"_ba;
}

void writeContext(JsonWriter &writer, const Attempt &attempt,
                  const std::vector<const Memo *> &memos)
{
    writer.key("ctx").beginObject();
    writer.key("run_id").string(attempt.run.toText());
    writer.key("env").string("");
    writer.key("step_id").string("step");
    writer.key("attempt").value(attempt.attempt);
    writer.key("max_attempts").value(attempt.maxAttempts);
    writer.key("stack").beginObject().key("stack").beginArray();
    for (const Memo *memo : memos)
        writer.string(memo->step);
    writer.endArray().key("current").value(memos.size()).endObject();
    writer.key("request_id").string(attempt.request.toText());
    writer.key("generation_id").value(attempt.generation);
    writer.key("job_id").string(attempt.job);
    writer.key("disable_immediate_execution").value(attempt.forceStepPlan);
    writer.key("use_api").value(false);
    writer.endObject();
}

QString quoted(QString text)
{
    return u'\'' + text.replace(u"'"_s, u"'\\''"_s) + u'\'';
}

} // namespace

bool isHttpCall(const Attempt &attempt)
{
    return !attempt.url.isEmpty();
}

QByteArray callAddress(const Attempt &attempt)
{
    if (attempt.url.isEmpty())
        return {};
    QUrl url(QString::fromUtf8(attempt.url));
    QUrlQuery query(url);
    query.removeQueryItem(u"stepId"_s);
    query.addQueryItem(u"stepId"_s, QString::fromUtf8(targetOf(attempt)));
    url.setQuery(query);
    return url.toEncoded();
}

HeaderLines requestHeaders(const Attempt &attempt)
{
    HeaderLines headers{
        {"Content-Type"_ba, "application/json"_ba},
        {"x-inngest-req-version"_ba, QByteArray::number(attempt.requestVersion)},
        {"X-Run-ID"_ba, attempt.run.toText()},
        {"x-request-id"_ba, attempt.request.toText()},
        {"x-inngest-job-id"_ba, attempt.job},
        {"X-Inngest-Step-ID"_ba, targetOf(attempt)},
    };
    if (attempt.generation != 0)
        headers.emplace_back("x-inngest-generation-id"_ba, QByteArray::number(attempt.generation));
    if (attempt.signature != devserver::SignatureCheck::Unchecked)
        headers.emplace_back("X-Inngest-Signature"_ba, hiddenValue);
    return headers;
}

QByteArray requestBody(const RunRecord &record, const Attempt &attempt)
{
    std::vector<const Memo *> memos;
    qsizetype bytes = 1024;
    for (const Memo &memo : record.memos) {
        if (!wasCarried(memo, attempt))
            continue;
        memos.push_back(&memo);
        bytes += memo.json.sizeBytes() + 100;
    }
    for (const devserver::Event &event : record.events)
        bytes += 2 * event.json.sizeBytes();
    JsonWriter writer(bytes);
    writer.beginObject();
    writeContext(writer, attempt, memos);
    writer.key("event").raw(record.events.empty() ? devserver::RawJson()
                                                  : record.events.front().json);
    writer.key("events").beginArray();
    for (const devserver::Event &event : record.events)
        writer.raw(event.json);
    writer.endArray().key("steps").beginObject();
    for (const Memo *memo : memos)
        writer.key(memo->step).raw(memo->json);
    writer.endObject();
    writer.key("defers").beginObject().endObject();
    writer.key("version").value(attempt.requestVersion);
    writer.key("use_api").value(false);
    writer.endObject();
    return writer.take();
}

bool isSecretHeader(const QByteArray &name)
{
    const QByteArray lower = name.toLower();
    return lower.contains("signature") || lower.contains("authorization")
           || lower.contains("cookie") || lower.contains("signing-key")
           || lower.contains("event-key") || lower.contains("api-key") || lower.contains("secret")
           || lower.contains("token");
}

HeaderLines responseHeaders(const Attempt &attempt)
{
    HeaderLines headers;
    const JsonValue list = JsonValue::of(attempt.responseHeaders);
    for (const JsonValue &line : list.elements()) {
        std::pair<QByteArray, QByteArray> header;
        int at = 0;
        for (const JsonValue &part : line.elements())
            (at++ == 0 ? header.first : header.second) = part.toUtf8();
        if (isSecretHeader(header.first))
            header.second = hiddenValue;
        headers.push_back(std::move(header));
    }
    return headers;
}

QString headerText(const HeaderLines &headers)
{
    QString text;
    for (const auto &[name, value] : headers)
        text += QString::fromUtf8(name) + u": "_s + QString::fromUtf8(value) + u'\n';
    text.chop(1);
    return text;
}

QString curlCommand(const Attempt &attempt, const QByteArray &body)
{
    QString command = u"curl -sS -X POST "_s + quoted(QString::fromUtf8(callAddress(attempt)));
    for (const auto &[name, value] : requestHeaders(attempt)) {
        if (isSecretHeader(name)) // what is hidden cannot be sent again
            continue;
        command += u" \\\n  -H "_s + quoted(QString::fromUtf8(name + ": " + value));
    }
    return command + u" \\\n  --data-binary "_s + quoted(QString::fromUtf8(body));
}

QByteArray outputOf(const RunRecord &record, const Attempt &attempt)
{
    if (!attempt.responseBody.isEmpty())
        return attempt.responseBody;
    const bool isOk = attempt.outcome == devserver::AttemptOutcome::Ok;
    if (!isOk)
        return attempt.error.bytes();
    if (!attempt.step.isEmpty()) {
        // A step that failed before a resume has a dropped memo and a live one.
        for (auto memo = record.memos.rbegin(); memo != record.memos.rend(); ++memo) {
            const bool isOfThen = memo->droppedInCycle == 0 || memo->droppedInCycle > attempt.cycle;
            if (memo->step == attempt.step && isOfThen)
                return memo->json.bytes();
        }
        return {};
    }
    const bool isLast = !record.attempts.empty()
                        && record.attempts.back().request == attempt.request
                        && record.run.status == devserver::RunStatus::Completed;
    return isLast ? record.run.output.bytes() : QByteArray();
}

} // namespace console
