// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/runprinter.h"

#include "devserver/model/jsonvalue.h"

#include <QDateTime>

#include <cstdio>
#include <optional>

namespace console {

using namespace devserver;

namespace {

QByteArray clock(TimePoint at)
{
    return QDateTime::fromMSecsSinceEpoch(toMs(at))
        .toString(QStringLiteral("hh:mm:ss.zzz"))
        .toLatin1();
}

QByteArray textOf(const JsonValue &object, QByteArrayView key)
{
    const std::optional<JsonValue> value = object.find(key);
    return value ? value->toUtf8() : QByteArray();
}

QByteArray messageOf(const JsonValue &payload)
{
    const std::optional<JsonValue> error = payload.find("error");
    return error ? textOf(*error, "message") : QByteArray();
}

/// What people want to follow, in words; nothing for the records in between.
std::optional<QByteArray> wordsFor(const TimelineRecord &record)
{
    const JsonValue payload = JsonValue::of(record.payload);
    const QByteArray name = textOf(payload, "name");
    switch (record.type) {
    case TimelineType::RunScheduled:
        return "scheduled by " + textOf(payload, "source");
    case TimelineType::StepCompleted:
        return "step " + name + " completed";
    case TimelineType::StepErrored:
        return "step " + name + " failed at attempt " + QByteArray::number(record.attempt + 1)
               + ": " + messageOf(payload) + "; next attempt at "
               + textOf(payload, "next_attempt_at");
    case TimelineType::StepFailed:
        return "step " + name + " failed for good: " + messageOf(payload);
    case TimelineType::StepSleeping:
        return "sleeps (" + name + ") until " + textOf(payload, "until");
    case TimelineType::AttemptFinished:
        if (textOf(payload, "outcome") == "retryable_error" && record.step.isEmpty())
            return "failed at attempt " + QByteArray::number(record.attempt + 1) + ": "
                   + messageOf(payload) + "; next attempt at " + textOf(payload, "next_attempt_at");
        return std::nullopt;
    case TimelineType::RunCompleted:
        return "completed";
    case TimelineType::RunFailed:
        return "FAILED: " + messageOf(payload);
    case TimelineType::RunCancelled:
        return "cancelled";
    case TimelineType::RunResumed:
        return "resumed by hand";
    case TimelineType::RunRecovered:
        return "recovered after a crash";
    case TimelineType::Warning:
        return "warning: " + textOf(payload, "message");
    case TimelineType::RunStarted:
    case TimelineType::RunSkipped:
    case TimelineType::AttemptStarted:
    case TimelineType::StepPlanned:
    case TimelineType::StepWoke:
    case TimelineType::CancelRequested:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

} // namespace

RunPrinter::RunPrinter(LogLevel level)
    : m_level(level)
{}

void RunPrinter::print(const std::vector<Change> &changes)
{
    if (m_level == LogLevel::Warning || m_level == LogLevel::Error)
        return;
    // A run is named before its first record, though its row comes later in the list.
    for (const Change &change : changes) {
        if (const auto *run = std::get_if<RunChanged>(&change))
            m_slugs.insert_or_assign(run->run.id, run->slug);
    }
    for (const Change &change : changes) {
        if (const auto *record = std::get_if<TimelineRecord>(&change))
            printRecord(*record);
        else if (const auto *app = std::get_if<AppChanged>(&change);
                 app != nullptr && !app->app.name.isEmpty())
            std::printf(
                "app %s %s %s\n", app->app.name.constData(), app->app.url.constData(),
                app->isGone
                    ? "removed"
                    : (app->app.error.isEmpty() ? "synced" : app->app.errorDetail.constData()));
        else if (const auto *notice = std::get_if<Notice>(&change))
            std::printf("%s\n", notice->text.constData());
    }
    for (const Change &change : changes) {
        const auto *run = std::get_if<RunChanged>(&change);
        if (run != nullptr && isTerminal(run->run.status))
            m_slugs.erase(run->run.id);
    }
    std::fflush(stdout);
}

void RunPrinter::printRecord(const TimelineRecord &record)
{
    const std::optional<QByteArray> words = wordsFor(record);
    if (!words)
        return;
    const auto slug = m_slugs.find(record.run);
    std::printf("%s  %s  %s  %s\n", clock(record.at).constData(), record.run.toText().constData(),
                slug == m_slugs.end() ? "" : slug->second.constData(), words->constData());
}

} // namespace console
