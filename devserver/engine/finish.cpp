// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Stage 11, finish: the one terminal transition of a run, with all that belongs to it in the same
// step.

#include "devserver/engine/stages.h"
#include "devserver/model/jsonwriter.h"

namespace devserver::engine {

using namespace Qt::StringLiterals;

namespace {

/// Data of the run-end events (semantics §11.1). Every run has one event until batches exist.
QByteArray endData(const Turn &turn, const RunState &run, const Ending &ending)
{
    const Function &function = turn.state.functions.at(run.run.function);
    const RawJson &event = run.events.front()->json;
    JsonWriter json(2 * event.sizeBytes() + ending.output.sizeBytes() + 256);
    json.beginObject().key("function_id").string(function.config.slug);
    json.key("run_id").string(run.run.id.toText());
    json.key("event").raw(event.bytes());
    json.key("events").beginArray();
    for (const EventPtr &each : run.events)
        json.raw(each->json.bytes());
    json.endArray();
    if (ending.status == RunStatus::Failed)
        json.key("error").raw(ending.output);
    else if (ending.status == RunStatus::Completed)
        json.key("result").raw(ending.output);
    json.key("_inngest").beginObject().key("status").string(toName(ending.status));
    if (!ending.cancelCause.isEmpty())
        json.key("cause").string(ending.cancelCause);
    return json.endObject().endObject().take();
}

/// Runs that were started by a run-end event emit none themselves, or they would never stop
/// (§2.10).
bool emitsEvents(const RunState &run)
{
    const QByteArray &name = run.events.front()->name;
    return name != "inngest/function.failed" && name != "inngest/function.finished";
}

void emitEvents(Turn &turn, const RunState &run, const Ending &ending)
{
    if (!emitsEvents(run))
        return;
    const QByteArray data = endData(turn, run, ending);
    const EventPtr about =
        run.events.front(); // ingesting may start runs and move this one in memory
    const QByteArray id = run.run.cycle == 0
                              ? run.run.id.toText()
                              : run.run.id.toText() + '-' + QByteArray::number(run.run.cycle);
    ingestSystemEvent(turn, "inngest/function.finished"_ba, {}, data, *about);
    if (ending.status == RunStatus::Failed)
        ingestSystemEvent(turn, "inngest/function.failed"_ba, id, data, *about);
    if (ending.status == RunStatus::Cancelled)
        ingestSystemEvent(turn, "inngest/function.cancelled"_ba, id, data, *about);
}

TimelineType typeOf(RunStatus status)
{
    switch (status) {
    case RunStatus::Failed:
        return TimelineType::RunFailed;
    case RunStatus::Cancelled:
        return TimelineType::RunCancelled;
    case RunStatus::Skipped:
        return TimelineType::RunSkipped;
    case RunStatus::Completed:
    case RunStatus::Queued:
    case RunStatus::Running:
        break;
    }
    return TimelineType::RunCompleted;
}

Cause causeOf(RunStatus status)
{
    if (status == RunStatus::Failed)
        return Cause::Failed;
    return status == RunStatus::Cancelled ? Cause::Cancelled : Cause::Returned;
}

QByteArray endPayload(const RunState &run, const Ending &ending)
{
    JsonWriter json;
    json.beginObject().key("cycle").value(run.run.cycle);
    if (ending.status == RunStatus::Failed) {
        json.key("error").raw(ending.output);
    } else if (ending.status == RunStatus::Cancelled) {
        json.key("cause").string(ending.cancelCause);
    } else {
        json.key("output_bytes").value(ending.output.sizeBytes());
    }
    return json.endObject().take();
}

/// What was tried again: of several the attempt that was sent last, as the store finds it.
RawJson errorTriedAgain(const Turn &turn, const RunState &run)
{
    const JobEntry *last = nullptr;
    for (const JobId &id : run.jobs) {
        const JobEntry &entry = turn.state.jobs.at(id);
        if (!entry.lastError.isEmpty()
            && (last == nullptr || last->failedRequest < entry.failedRequest))
            last = &entry;
    }
    return last == nullptr ? RawJson() : last->lastError;
}

} // namespace

void finish(Turn &turn, RunState &run, const Ending &ending)
{
    moveTo(turn, run, ending.status, causeOf(ending.status));
    run.run.endedAt = turn.now;
    run.run.output = ending.output;
    run.run.cancelCause = ending.cancelCause;
    run.run.pending.clear();
    if (ending.status == RunStatus::Cancelled)
        run.cancelledAfter = errorTriedAgain(turn, run); // the jobs go
    const std::set<JobId> jobs = run.jobs;
    for (const JobId &job : jobs)
        removeJob(turn, run, job);
    record(turn, run, typeOf(ending.status), {}, -1, endPayload(run, ending));
    if (ending.status == RunStatus::Failed)
        writeLetter(turn, run, ending);
    else if (run.run.cycle > 0)
        closeLetter(turn, run, ending);
    tellBulk(turn, run);
    emitEvents(turn, run, ending);
}

void complete(Turn &turn, RunState &run, const RawJson &output)
{
    if (checkOutput(turn, run, output))
        finish(turn, run,
               {.status = RunStatus::Completed,
                .output = output,
                .cancelCause = {},
                .letterReason = {}});
}

RawJson errorJson(const QByteArray &name, const QByteArray &message)
{
    JsonWriter json;
    json.beginObject().key("error").string(message).key("name").string(name);
    return RawJson::fromTrusted(json.key("message").string(message).endObject().take());
}

void failEarly(Turn &turn, RunState &run, const QByteArray &name, const QByteArray &message)
{
    finish(turn, run,
           {.status = RunStatus::Failed,
            .output = errorJson(name, message),
            .cancelCause = {},
            .letterReason = name.startsWith("InngestErr") ? "limit_exceeded"_ba : QByteArray()});
}

} // namespace devserver::engine
