// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/runprinter.h"

#include "devserver/model/jsonvalue.h"

#include <QDateTime>

#include <algorithm>
#include <chrono>
#include <optional>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace console {

using namespace devserver;
using namespace Qt::StringLiterals;

namespace {

using namespace std::chrono_literals;

/// A pipe that is writable takes 4,096 bytes without blocking; some are for the note on losses.
constexpr qsizetype mostAtOnce = 4000;
constexpr qsizetype longestLine = 3900;
constexpr auto aMoment = 20ms;

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

QByteArray wordsForResume(const QByteArray &actor)
{
    if (actor == "window")
        return "resumed from the window"_ba;
    if (actor == "api")
        return "resumed over the API"_ba;
    return actor == "bulk" ? "resumed by a bulk retry"_ba : "resumed"_ba;
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
        return wordsForResume(textOf(payload, "actor"));
    case TimelineType::RunRecovered:
        return textOf(payload, "cause") == "disk"
                   ? "recovered after the data file could not be written"
                   : "recovered after a restart";
    case TimelineType::Warning:
        return "warning: " + textOf(payload, "message");
    case TimelineType::RunStarted:
    case TimelineType::RunSkipped:
    case TimelineType::AttemptStarted:
    case TimelineType::StepPlanned:
    case TimelineType::StepWoke:
    case TimelineType::CancelRequested:
    case TimelineType::RetryRequested:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

QByteArray lineFor(const AppChanged &change)
{
    const App &app = change.app;
    if (app.name.isEmpty()) // an address that was named, until its first sync
        return change.isGone ? QByteArray() : QByteArray("app " + app.url + ": " + app.errorDetail);
    const QByteArray state = app.error.isEmpty() ? "synced" : app.errorDetail;
    return "app " + app.name + ' ' + app.url + ' '
           + (change.isGone ? QByteArray("removed") : state);
}

} // namespace

RunPrinter::RunPrinter(LogLevel level)
    : m_level(level)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(aMoment);
    QObject::connect(&m_soon, &QTimer::timeout, &m_soon, [this] { printPending(); });
}

RunPrinter::~RunPrinter()
{
    printPending();
}

void RunPrinter::print(const std::vector<Change> &changes)
{
    if (m_level == LogLevel::Error)
        return;
    if (m_level == LogLevel::Warning)
        takeWarnings(changes);
    else
        takeAll(changes);
    if (!m_pending.empty() && !m_soon.isActive())
        m_soon.start();
}

void RunPrinter::takeWarnings(const std::vector<Change> &changes)
{
    for (const Change &change : changes) {
        const auto *notice = std::get_if<Notice>(&change);
        if (notice != nullptr && notice->level == NoticeLevel::Warning)
            m_pending.push_back({.record = {}, .text = notice->text});
    }
}

void RunPrinter::takeAll(const std::vector<Change> &changes)
{
    // A run is named before its first record, though its row comes later in the list.
    for (const Change &change : changes) {
        if (const auto *run = std::get_if<RunChanged>(&change))
            m_slugs.insert_or_assign(run->run.id, run->slug);
    }
    for (const Change &change : changes) {
        if (const auto *record = std::get_if<TimelineRecord>(&change)) {
            const auto slug = m_slugs.find(record->run);
            m_pending.push_back(
                {.record = *record, .text = slug == m_slugs.end() ? QByteArray() : slug->second});
        } else if (const auto *app = std::get_if<AppChanged>(&change)) {
            m_pending.push_back({.record = {}, .text = lineFor(*app)});
        } else if (const auto *notice = std::get_if<Notice>(&change)) {
            m_pending.push_back({.record = {}, .text = notice->text});
        }
    }
    for (const Change &change : changes) {
        const auto *run = std::get_if<RunChanged>(&change);
        if (run != nullptr && isTerminal(run->run.status))
            m_slugs.erase(run->run.id);
    }
}

void RunPrinter::printPending()
{
    for (const Pending &pending : std::exchange(m_pending, {})) {
        if (pending.record)
            printRecord(*pending.record, pending.text);
        else if (!pending.text.isEmpty())
            printLine(pending.text);
    }
    write();
}

void RunPrinter::printRecord(const TimelineRecord &record, const QByteArray &slug)
{
    if (const std::optional<QByteArray> words = wordsFor(record))
        printLine(clock(record.at) + "  " + record.run.toText() + "  " + slug + "  " + *words);
}

void RunPrinter::printLine(const QByteArray &line)
{
    const QByteArray shown = line.first(std::min(line.size(), longestLine)) + '\n';
    if (m_text.size() + shown.size() > mostAtOnce)
        write();
    m_text += shown;
}

void RunPrinter::write()
{
    if (m_text.isEmpty())
        return;
    QByteArray text = std::exchange(m_text, {});
    // A reader that has stopped reading must not stop the server: what does not fit is left out.
    pollfd out{STDOUT_FILENO, POLLOUT, 0};
    if (poll(&out, 1, 0) != 1 || (out.revents & POLLOUT) == 0) {
        m_dropped += text.count('\n');
        return;
    }
    if (m_dropped > 0) {
        const QByteArray note =
            "(" + QByteArray::number(std::exchange(m_dropped, 0)) + " lines were not printed)\n";
        text.prepend(note);
    }
    [[maybe_unused]] const auto written =
        ::write(STDOUT_FILENO, text.constData(), static_cast<std::size_t>(text.size()));
}

} // namespace console
