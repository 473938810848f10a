// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonvalue.h"
#include "devserver/protocol/restcodec.h"
#include "devserver/protocol/restenvelope.h"

namespace devserver::protocol {

using namespace Qt::StringLiterals;

namespace {

void writeFailedStep(JsonWriter &writer, const DeadLetter &letter)
{
    writer.key("failed_step");
    if (letter.failedStep.isEmpty() && letter.failedStepName.isEmpty()) {
        writer.null(); // the function body failed
        return;
    }
    writer.beginObject();
    writer.key("id").string(letter.failedStep);
    writer.key("name").string(letter.failedStepName);
    writer.key("attempts").value(letter.failedStepAttempts);
    writer.endObject();
}

void writeCompletedSteps(JsonWriter &writer, const DeadLetter &letter)
{
    const JsonValue names = JsonValue::of(letter.completedSteps);
    writer.key("completed_steps").beginObject();
    writer.key("count").value(names.size());
    writer.key("names").raw(names.isArray() ? names.raw() : QByteArrayView("[]"));
    writer.endObject();
}

void writeReferences(JsonWriter &writer, const api::LetterDetail &detail)
{
    const QByteArray run = "/v1/runs/"_ba + detail.letter.run.toText();
    writer.key("run_ref").string(run);
    writer.key("payload_ref").string(QByteArray("/v1/events/"_ba + detail.event.toText()));
    writer.key("logs_ref").null(); // apps send no logs yet
    writer.key("timeline_ref").string(QByteArray(run + "/timeline"_ba));
    writer.key("attempts_ref").string(QByteArray(run + "/attempts"_ba));
}

/// The members that lists and single entries share; the object stays open.
void beginLetter(JsonWriter &writer, const api::LetterDetail &detail)
{
    const DeadLetter &letter = detail.letter;
    writer.beginObject();
    writer.key("id").string(letter.run.toText());
    writer.key("run_id").string(letter.run.toText());
    writer.key("function").string(detail.slug);
    writer.key("function_name").string(detail.functionName);
    writer.key("function_id").string(letter.function.toText());
    writer.key("version").value(detail.functionVersion);
    writer.key("state").string(toName(letter.state));
    writeTime(writer, "failed_at", letter.failedAt);
    writer.key("cycle").value(letter.cycle);
    writer.key("reason").string(letter.reason);
    writer.key("error").raw(letter.error);
    writer.key("fingerprint").string(letter.fingerprint);
    writeFailedStep(writer, letter);
    writeCompletedSteps(writer, letter);
    writer.key("resolution").raw(letter.resolution);
    writeTime(writer, "closed_at", letter.closedAt);
    writeReferences(writer, detail);
}

void writeAttempts(JsonWriter &writer, const std::vector<Attempt> &attempts)
{
    writer.key("attempts").beginArray();
    for (const Attempt &attempt : attempts) {
        writer.beginObject();
        writer.key("index").value(attempt.attempt);
        writer.key("request_id").string(attempt.request.toText());
        writer.key("cycle").value(attempt.cycle);
        writeText(writer, "step_id", attempt.step);
        writeText(writer, "step", attempt.stepName);
        writeTime(writer, "started_at", attempt.sentAt);
        writeTime(writer, "ended_at", attempt.finishedAt);
        writer.key("outcome").string(toName(attempt.outcome));
        writer.key("http_status").value(attempt.httpStatus);
        writer.key("error").raw(attempt.error);
        writer.endObject();
    }
    writer.endArray();
}

} // namespace

QByteArray encodeLetters(const api::LetterPage &page, TimePoint now)
{
    JsonWriter writer;
    writer.beginArray();
    for (const api::LetterDetail &letter : page.letters) {
        beginLetter(writer, letter);
        writer.endObject();
    }
    writer.endArray();
    return envelope(writer.take(), {.fetchedAt = now, .nextCursor = page.next});
}

QByteArray encodeLetterGroups(const api::LetterGroups &groups, TimePoint now)
{
    JsonWriter writer;
    writer.beginArray();
    for (const api::LetterGroup &group : groups.groups) {
        writer.beginObject();
        writer.key("fingerprint").string(group.fingerprint);
        writer.key("function").string(group.slug);
        writer.key("error").raw(group.error);
        writer.key("count").value(group.count);
        writeTime(writer, "first_seen", group.firstSeen);
        writeTime(writer, "last_seen", group.lastSeen);
        writer.endObject();
    }
    writer.endArray();
    return envelope(writer.take(), {.fetchedAt = now});
}

QByteArray encodeLetter(const api::LetterDetail &letter, TimePoint now)
{
    JsonWriter writer;
    beginLetter(writer, letter);
    writeAttempts(writer, letter.attempts);
    writer.key("events").beginArray();
    for (const Event &event : letter.events)
        writer.raw(event.json);
    writer.endArray();
    writer.endObject();
    return envelope(writer.take(), {.fetchedAt = now});
}

} // namespace devserver::protocol
