// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/runreport.h"

#include "devserver/model/jsonwriter.h"
#include "ui/core/errorinfo.h"
#include "ui/core/format.h"
#include "ui/core/inspection.h"
#include "ui/core/jsonformat.h"
#include "ui/core/runwords.h"
#include "ui/core/timelinelayout.h"
#include "ui/core/timelinetext.h"

#include <QCoreApplication>
#include <QDateTime>

namespace console {

using namespace Qt::StringLiterals;
using devserver::JsonWriter;
using devserver::TimePoint;
using devserver::api::RunSummary;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("RunReport", text);
}

QString isoTime(TimePoint time)
{
    return QDateTime::fromMSecsSinceEpoch(devserver::toMs(time), Qt::UTC)
        .toString(Qt::ISODateWithMs);
}

QString nameOf(const RunSummary &run)
{
    return QString::fromUtf8(run.functionName.isEmpty() ? run.slug : run.functionName);
}

QString errorOf(const RunSummary &run)
{
    const QString name = QString::fromUtf8(run.errorName);
    const QString message = QString::fromUtf8(run.errorMessage);
    return name.isEmpty() || message.isEmpty() ? QString(name + message)
                                               : QString(name + u": "_s + message);
}

std::optional<std::chrono::milliseconds> timeOf(const RunSummary &run, TimePoint now)
{
    if (!run.startedAt)
        return std::nullopt;
    return std::max(run.endedAt.value_or(now), *run.startedAt) - *run.startedAt;
}

/// In a cell of a table a bar ends the cell and a line break the table.
QString cell(QString text)
{
    return text.replace(u'|', u"\\|"_s).replace(u'\n', u' ');
}

QString line(const QStringList &cells)
{
    return u"| "_s + cells.join(u" | "_s) + u" |\n"_s;
}

void writeTime(JsonWriter &json, const char *key, const std::optional<TimePoint> &time)
{
    if (time)
        json.key(key).value(isoTime(*time));
}

void writeRun(JsonWriter &json, const RunSummary &run, TimePoint now)
{
    const auto text = [&json](const char *key, const QByteArray &value) {
        if (!value.isEmpty())
            json.key(key).string(value);
    };
    json.beginObject();
    text("id", run.id.toText());
    text("function", run.slug);
    text("name", run.functionName);
    text("app", run.appName);
    text("state", stateKey(displayState(run)));
    text("event", run.trigger);
    if (!run.event.isNull())
        text("eventId", run.event.toText());
    json.key("stepsDone").value(run.stepsDone).key("stepsKnown").value(run.stepsKnown);
    json.key("attempt").value(run.attempt).key("maxAttempts").value(run.maxAttempts);
    json.key("retried").value(run.cycle);
    writeTime(json, "queuedAt", run.queuedAt);
    writeTime(json, "startedAt", run.startedAt);
    writeTime(json, "endedAt", run.endedAt);
    if (const auto took = timeOf(run, now))
        json.key("durationMs").value(static_cast<qint64>(took->count()));
    if (!run.errorName.isEmpty() || !run.errorMessage.isEmpty()) {
        json.key("error").beginObject();
        json.key("name").string(run.errorName).key("message").string(run.errorMessage);
        json.endObject();
    }
    if (!run.originalRun.isNull())
        text("rerunOf", run.originalRun.toText());
    text("key", run.key);
    json.endObject();
}

QString stepLine(const TimelineRow &row, TimePoint now)
{
    const QString attempts =
        row.attempts > 1 ? u"%1/%2"_s.arg(row.attempts).arg(row.maxAttempts) : QString();
    const QString took =
        row.startedAt
            ? timelineDuration(std::max(row.endedAt.value_or(now), *row.startedAt) - *row.startedAt)
            : QString();
    return line({cell(row.name), row.isKept ? tr("Kept") : rowWord(row), attempts, took,
                 cell(row.openError())});
}

} // namespace

QByteArray runsJson(const std::vector<RunSummary> &runs, TimePoint now)
{
    JsonWriter json;
    if (runs.size() != 1)
        json.beginArray();
    for (const RunSummary &run : runs)
        writeRun(json, run, now);
    if (runs.size() != 1)
        json.endArray();
    return formatJson(json.take(), {.longestString = 0}).text;
}

QString runsMarkdown(const std::vector<RunSummary> &runs, TimePoint now)
{
    QString text = line({tr("Run"), tr("Function"), tr("State"), tr("Attempts"), tr("Queued"),
                         tr("Duration"), tr("Error")});
    text += line(QStringList(7, u"---"_s));
    for (const RunSummary &run : runs) {
        const auto took = timeOf(run, now);
        text += line(
            {u"`%1`"_s.arg(QString::fromLatin1(run.id.toText())), cell(nameOf(run)),
             stateWords(run),
             run.attempt > 1 ? u"%1/%2"_s.arg(run.attempt).arg(run.maxAttempts) : QString(),
             isoTime(run.queuedAt), took ? formatDuration(*took) : QString(), cell(errorOf(run))});
    }
    return text;
}

QString runMarkdown(const devserver::api::RunRecord &record, TimePoint now)
{
    const RunSummary &run = record.summary;
    const auto fact = [](const QString &what, const QString &value) {
        return value.isEmpty() ? QString() : u"- %1: %2\n"_s.arg(what, value);
    };
    QString text = u"### %1: %2\n\n"_s.arg(nameOf(run), stateWords(run));
    text += fact(tr("Run"), u"`%1`"_s.arg(QString::fromLatin1(run.id.toText())));
    text += fact(tr("App"), QString::fromUtf8(run.appName));
    text += fact(tr("Event"), QString::fromUtf8(run.trigger));
    text += fact(tr("Queued"), isoTime(run.queuedAt));
    text += fact(tr("Ended"), run.endedAt ? isoTime(*run.endedAt) : QString());
    if (const auto took = timeOf(run, now))
        text += fact(tr("Duration"), formatDuration(*took));
    text += fact(tr("Error"), errorOf(run));
    const TimelineDataPtr timeline = makeTimeline(record, now);
    if (timeline->rows.size() < 2)
        return text;
    text += u'\n' + line({tr("Step"), tr("State"), tr("Attempts"), tr("Duration"), tr("Error")})
            + line(QStringList(5, u"---"_s));
    for (std::size_t row = 1; row < timeline->rows.size(); ++row)
        text += stepLine(timeline->rows[row], now);
    return text;
}

QString runLink(const QString &serverAddress, devserver::RunId run)
{
    return u"http://%1/v1/runs/%2"_s.arg(serverAddress, QString::fromLatin1(run.toText()));
}

QByteArray runPayload(const devserver::api::RunRecord &record)
{
    return record.events.empty() ? QByteArray() : record.events.front().json.bytes();
}

QString runErrorText(const devserver::api::RunRecord &record)
{
    if (const devserver::Attempt *tried = triedBeforeCancel(record))
        return errorText(errorChain(tried->error));
    devserver::RawJson error;
    for (const devserver::Attempt &attempt : record.attempts) {
        if (!attempt.error.isEmpty())
            error = attempt.error;
    }
    if (record.run.status == devserver::RunStatus::Failed && !record.run.output.isEmpty())
        error = record.run.output;
    return errorText(errorChain(error));
}

} // namespace console
