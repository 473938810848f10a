// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/api/excerpts.h"

#include "devserver/model/jsonvalue.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace devserver::api {

namespace {

constexpr qsizetype messageBytes = 200;
constexpr qsizetype previewCharacters = 120;
/// Long strings of a payload are not walked to their end for a preview.
constexpr qsizetype previewSource = 2048;

QByteArray textAt(const JsonValue &object, QByteArrayView key)
{
    const std::optional<JsonValue> value = object.find(key);
    return value ? value->toUtf8() : QByteArray();
}

/// At most so many bytes, without a cut character at the end.
QByteArrayView wholeCharacters(QByteArrayView text, qsizetype bytes)
{
    if (text.size() <= bytes)
        return text;
    while (bytes > 0 && (static_cast<uchar>(text[bytes]) & 0xc0) == 0x80)
        --bytes;
    return text.first(bytes);
}

ActivityKind kindOf(const Job &job, TimePoint now)
{
    switch (job.state) {
    case JobState::Leased:
        return ActivityKind::Executing;
    case JobState::BackingOff:
        // Due, but its app is busy: it stands in line.
        return job.runAt > now ? ActivityKind::BackingOff : ActivityKind::Queued;
    case JobState::AppOffline:
        return ActivityKind::AppOffline;
    case JobState::NoHandler:
        return ActivityKind::NoHandler;
    case JobState::Queued:
    case JobState::Interrupted:
        break;
    }
    if (job.kind == JobKind::Sleep)
        return ActivityKind::Sleeping;
    return job.runAt > now ? ActivityKind::Delayed : ActivityKind::Queued;
}

} // namespace

ErrorExcerpt excerptOf(const RawJson &error)
{
    if (error.isEmpty())
        return {};
    const JsonValue root = JsonValue::of(error);
    const QByteArray message = textAt(root, "message");
    const qsizetype end = message.indexOf('\n');
    const QByteArrayView line = QByteArrayView(message).first(end < 0 ? message.size() : end);
    ErrorExcerpt excerpt{.name = textAt(root, "name"), .message = line.toByteArray()};
    if (line.size() > messageBytes) {
        const QByteArray more = "\u2026"_ba;
        excerpt.message = wholeCharacters(line, messageBytes - more.size()).toByteArray() + more;
    }
    return excerpt;
}

QByteArray dataPreview(const RawJson &event)
{
    const std::optional<JsonValue> data = JsonValue::of(event).find("data");
    if (!data)
        return {};
    return jsonPreview(data->raw());
}

QByteArray jsonPreview(QByteArrayView json)
{
    const QByteArray source = wholeCharacters(json, previewSource).toByteArray();
    const QString line = QString::fromUtf8(source.simplified());
    if (line.size() <= previewCharacters)
        return line.toUtf8();
    return QString(line.first(previewCharacters - 1) + u'\u2026').toUtf8();
}

QByteArrayList namesIn(const RawJson &array)
{
    QByteArrayList names;
    for (const JsonValue &name : JsonValue::of(array).elements())
        names.append(name.toUtf8());
    return names;
}

QByteArray reasonIn(const RawJson &resolution)
{
    return resolution.isEmpty() ? QByteArray() : textAt(JsonValue::of(resolution), "reason");
}

QByteArray noteIn(const RawJson &json)
{
    return json.isEmpty() ? QByteArray() : textAt(JsonValue::of(json), "note");
}

std::vector<Activity> activitiesOf(const std::vector<Job> &jobs, TimePoint now)
{
    std::vector<Activity> activities;
    activities.reserve(jobs.size());
    for (const Job &job : jobs) {
        Activity activity{.kind = kindOf(job, now),
                          .job = job.id,
                          .stepName = job.name,
                          .attempt = job.attempt,
                          .until = job.runAt};
        if (activity.kind == ActivityKind::Executing || activity.kind == ActivityKind::AppOffline
            || activity.kind == ActivityKind::NoHandler)
            activity.until.reset();
        activities.push_back(std::move(activity));
    }
    // What has no time of its own is happening now.
    std::stable_sort(
        activities.begin(), activities.end(), [](const Activity &a, const Activity &b) {
            return a.until.value_or(TimePoint::min()) < b.until.value_or(TimePoint::min());
        });
    return activities;
}

std::optional<ActivityKind> leadingKind(const std::vector<Activity> &activities)
{
    if (activities.empty())
        return std::nullopt;
    const bool isExecuting =
        std::any_of(activities.begin(), activities.end(), [](const Activity &activity) {
            return activity.kind == ActivityKind::Executing;
        });
    return isExecuting ? ActivityKind::Executing : activities.front().kind;
}

EventSummary summaryOf(const Event &event)
{
    return {.internalId = event.internalId,
            .id = event.id,
            .hasOwnId = event.hasOwnId,
            .name = event.name,
            .ts = event.ts,
            .receivedAt = event.receivedAt,
            .preview = dataPreview(event.json),
            .sizeBytes = event.json.sizeBytes(),
            .target = event.target,
            .source = event.source,
            .started = {},
            .refusals = 0};
}

StartedRun chipOf(const RunSummary &run)
{
    return {.id = run.id,
            .functionName = run.functionName,
            .status = run.status,
            .activity = leadingKind(run.activities),
            .letter = run.letter};
}

RunId failedRunOf(const Event &event)
{
    if (event.name != "inngest/function.failed")
        return {};
    const std::optional<JsonValue> data = JsonValue::of(event.json).find("data");
    return data ? RunId::fromText(textAt(*data, "run_id")).value_or(RunId()) : RunId();
}

bool isInternalName(QByteArrayView eventName)
{
    return eventName.startsWith("inngest/");
}

} // namespace devserver::api
