// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/outcometext.h"

#include <QCryptographicHash>

#include <algorithm>

namespace devserver::test {

namespace {

constexpr qsizetype longestValue = 2000;

QByteArray brief(const QByteArray &text)
{
    if (text.size() <= longestValue)
        return text;
    return QByteArray::number(text.size()) + " bytes "
           + QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex();
}

/// `kind key=value …`; what is empty, zero or false is left out.
class Line
{
public:
    explicit Line(const char *kind)
        : m_text(kind)
    {}

    Line &add(const char *key, const QByteArray &value)
    {
        if (!value.isEmpty())
            m_text += QByteArray(" ") + key + '=' + brief(value);
        return *this;
    }

    Line &add(const char *key, const RawJson &value) { return add(key, value.bytes()); }

    Line &add(const char *key, qint64 number, qint64 usual = 0)
    {
        return number == usual ? *this : add(key, QByteArray::number(number));
    }

    Line &add(const char *key, TimePoint at)
    {
        return add(key, "t+" + QByteArray::number((at - startTime).count()));
    }

    Line &add(const char *key, const std::optional<TimePoint> &at)
    {
        return at ? add(key, *at) : *this;
    }

    template<typename Tag, typename Value>
    Line &add(const char *key, const Id<Tag, Value> &id)
    {
        return id.isNull() ? *this : add(key, id.toText());
    }

    Line &flag(const char *key, bool isSet)
    {
        if (isSet)
            m_text += QByteArray(" ") + key;
        return *this;
    }

    [[nodiscard]] const QByteArray &text() const { return m_text; }

private:
    QByteArray m_text;
};

QByteArray joined(const std::vector<StepId> &ids)
{
    QByteArray text;
    for (const StepId &id : ids)
        text += (text.isEmpty() ? "" : ",") + id;
    return text;
}

QByteArray line(const Event &event)
{
    return Line("event")
        .add("id", event.internalId)
        .flag("own-id", event.hasOwnId)
        .add("received", event.receivedAt)
        .add("target", event.target)
        .add("source", event.source)
        .add("json", event.json)
        .text();
}

QByteArray line(const Run &run)
{
    QByteArray events;
    for (const EventId &id : run.events)
        events += (events.isEmpty() ? "" : ",") + id.toText();
    return Line("run")
        .add("id", run.id)
        .add("status", toName(run.status))
        .add("function", run.function)
        .add("fn-version", run.functionVersion, 1)
        .add("events", events)
        .add("key", run.scheduleKey)
        .add("original", run.originalRun)
        .add("cycle", run.cycle)
        .add("queued", run.queuedAt)
        .add("scheduled", run.scheduledAt)
        .add("started", run.startedAt)
        .add("ended", run.endedAt)
        .add("output", run.output)
        .add("cause", run.cancelCause)
        .add("version", run.requestVersion, -1)
        .flag("plan", run.forceStepPlan)
        .add("pending", joined(run.pending))
        .add("generation", run.generation)
        .add("timeline", run.timelineNext)
        .add("memos", run.memoNext)
        .add("failed-step", run.failedStep)
        .text();
}

QByteArray line(const Job &job)
{
    return Line("job")
        .add("id", job.id)
        .add("state", toName(job.state))
        .add("step", job.step)
        .add("attempt", job.attempt)
        .add("interruptions", job.interruptions)
        .add("enqueued", job.enqueuedAt)
        .add("at", job.runAt)
        .add("eligible", job.firstEligibleAt)
        .add("request", job.request)
        .flag("race", job.isRace)
        .text();
}

QByteArray line(const Attempt &attempt)
{
    return Line("attempt")
        .add("request", attempt.request)
        .add("job", attempt.job)
        .add("step", attempt.step)
        .add("name", attempt.stepName)
        .add("attempt", attempt.attempt)
        .add("max", attempt.maxAttempts)
        .add("delivery", attempt.delivery)
        .add("cycle", attempt.cycle)
        .add("generation", attempt.generation)
        .add("version", attempt.requestVersion, -1)
        .flag("plan", attempt.forceStepPlan)
        .add("memos", attempt.memoCount)
        .add("enqueued", attempt.enqueuedAt)
        .add("due", attempt.runAt)
        .add("eligible", attempt.firstEligibleAt)
        .add("sent", attempt.sentAt)
        .add("finished", attempt.finishedAt)
        .add("outcome", toName(attempt.outcome))
        .add("status", attempt.httpStatus)
        .add("error", attempt.error)
        .flag("no-retry", attempt.noRetry)
        .add("next", attempt.nextAttemptAt)
        .add("signature", attempt.signature == SignatureCheck::Unchecked
                              ? QByteArray()
                              : toName(attempt.signature))
        .text();
}

QByteArray line(const TimelineRecord &record)
{
    return Line("timeline")
        .add("run", record.run)
        .add("number", record.number, -1)
        .add("type", toName(record.type))
        .add("at", record.at)
        .add("step", record.step)
        .add("attempt", record.attempt, -1)
        .add("payload", record.payload)
        .text();
}

QByteArray line(const DeadLetter &letter)
{
    return Line("letter")
        .add("run", letter.run)
        .add("state", toName(letter.state))
        .add("cycle", letter.cycle)
        .add("failed", letter.failedAt)
        .add("reason", letter.reason)
        .add("error", letter.error)
        .add("fingerprint", letter.fingerprint)
        .add("step", letter.failedStep)
        .add("attempts", letter.failedStepAttempts)
        .add("completed", letter.completedSteps)
        .add("resolution", letter.resolution)
        .add("closed", letter.closedAt)
        .text();
}

QByteArray line(const App &app)
{
    return Line("app")
        .add("id", app.id)
        .add("name", app.name)
        .add("url", app.url)
        .add("checksum", app.checksum)
        .add("error", app.error)
        .add("synced", app.syncedAt)
        .flag("found", app.isFound)
        .text();
}

QByteArray line(const Function &function)
{
    return Line("function")
        .add("id", function.id)
        .add("app", function.app)
        .add("slug", function.config.slug)
        .add("version", function.version, 1)
        .add("retries", function.config.retries, -1)
        .flag("archived", function.isArchived)
        .text();
}

QByteArray line(const MemoWrite &write)
{
    return Line("memo")
        .add("run", write.run)
        .add("step", write.memo->step)
        .add("index", write.memo->index, -1)
        .add("kind", static_cast<int>(write.memo->kind))
        .add("json", write.memo->json)
        .add("at", write.memo->at)
        .add("attempts", write.memo->attempts, 1)
        .add("dropped", write.memo->droppedInCycle)
        .text();
}

QByteArray line(const Delivery &delivery)
{
    return Line("delivery")
        .add("event", delivery.event)
        .add("function", delivery.function)
        .add("refusal", static_cast<int>(delivery.refusal))
        .add("held-by", delivery.heldBy)
        .add("detail", delivery.detail)
        .text();
}

QByteArray line(const CallRequest &call)
{
    std::vector<StepId> memos;
    memos.reserve(call.memos.size());
    for (const MemoPtr &memo : call.memos)
        memos.push_back(memo->step);
    QByteArray events;
    for (const EventPtr &event : call.events)
        events += (events.isEmpty() ? "" : ",") + event->internalId.toText();
    return Line("call")
        .add("request", call.request)
        .add("job", call.job)
        .add("slug", call.slug)
        .add("url", call.url)
        .add("step", call.step)
        .add("attempt", call.attempt)
        .add("max", call.maxAttempts)
        .add("generation", call.generation)
        .add("version", call.requestVersion, -1)
        .flag("plan", call.forceStepPlan)
        .add("events", events)
        .add("memos", joined(memos))
        .text();
}

QByteArray line(const Bulk &bulk)
{
    return Line("bulk")
        .add("id", bulk.id)
        .add("state", toName(bulk.state))
        .add("total", bulk.total)
        .add("waiting", bulk.waiting)
        .add("retrying", bulk.retrying)
        .add("completed", bulk.completed)
        .add("failed", bulk.failedAgain)
        .add("refused", bulk.refused)
        .add("same", bulk.sameError)
        .add("started", bulk.startedAt)
        .add("ended", bulk.endedAt)
        .text();
}

struct ToText {
    QByteArray operator()(const EventPtr &event) const { return line(*event); }

    QByteArray operator()(const BulkItemWrite &write) const
    {
        return Line("bulk-item")
            .add("bulk", write.bulk)
            .add("index", write.index, -1)
            .add("run", write.item.run)
            .add("state", toName(write.item.state))
            .add("detail", write.item.detail)
            .text();
    }

    QByteArray operator()(const BulkChanged &changed) const { return line(changed.bulk); }

    QByteArray operator()(const JobGone &gone) const
    {
        return Line("job-gone").add("id", gone.job).text();
    }

    QByteArray operator()(const AppGone &gone) const
    {
        return Line("app-gone").add("id", gone.app).text();
    }

    QByteArray operator()(const ReleaseDiscarded &release) const
    {
        return Line("release-discarded").add("before", release.before).text();
    }

    QByteArray operator()(const engine::SendCall &send) const { return line(send.request); }

    QByteArray operator()(const engine::ProbeApp &probe) const
    {
        return Line("probe").add("app", probe.app).add("url", probe.url).text();
    }

    QByteArray operator()(const engine::Reply &reply) const
    {
        return "reply token=" + QByteArray::number(reply.token) + ' '
               + std::visit(*this, reply.body);
    }

    QByteArray operator()(const engine::EventsAccepted &accepted) const
    {
        QByteArray text = "accepted";
        for (const EventId &id : accepted.ids)
            text += ' ' + id.toText();
        return text;
    }

    QByteArray operator()(const SyncDone &done) const
    {
        return Line("synced").add("app", done.app).flag("modified", done.isModified).text();
    }

    QByteArray operator()(const VerbDone &done) const
    {
        return Line("done")
            .add("run", done.run)
            .add("original", done.originalRun)
            .add("cycle", done.cycle)
            .add("bulk", done.bulk)
            .text();
    }

    QByteArray operator()(const Error &error) const
    {
        return Line("error")
            .add("code", static_cast<int>(error.code), -1)
            .add("message", error.message.toUtf8())
            .text();
    }

    QByteArray operator()(const RunChanged &changed) const
    {
        QByteArray text = line(changed.run) + " slug=" + changed.slug;
        text += Line("")
                    .add("trigger", changed.trigger)
                    .add("key", changed.key)
                    .flag("edited-retry", changed.isEditedRetry)
                    .add("steps-done", changed.stepsDone)
                    .add("steps-known", changed.stepsKnown)
                    .add("attempt", changed.attempt)
                    .add("max", changed.maxAttempts)
                    .add("letter", changed.letter ? toName(*changed.letter) : QByteArray())
                    .add("error", changed.error)
                    .text();
        for (const Activity &activity : changed.activities)
            text += Line(" activity")
                        .add("kind", static_cast<int>(activity.kind))
                        .add("job", activity.job)
                        .add("attempt", activity.attempt)
                        .add("until", activity.until)
                        .text();
        return text;
    }

    QByteArray operator()(const EventStored &stored) const
    {
        return Line("stored")
            .add("id", stored.event->internalId)
            .add("runs", stored.runs)
            .add("refusals", stored.refusals)
            .text();
    }

    QByteArray operator()(const AppChanged &changed) const
    {
        return line(changed.app) + (changed.isGone ? " gone" : "");
    }

    QByteArray operator()(const FunctionChanged &changed) const { return line(changed.function); }

    QByteArray operator()(const LetterChanged &changed) const { return line(changed.letter); }

    QByteArray operator()(const Notice &notice) const
    {
        return Line("notice").add("text", notice.text).text();
    }

    QByteArray operator()(const auto &row) const { return line(row); }
};

bool isIdCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
}

/// 26 characters of base 32 that begin like a time of this century, or a UUID in lower case.
bool isId(const QByteArray &word)
{
    if (word.size() == 36)
        return word[8] == '-' && word[13] == '-' && word[18] == '-' && word[23] == '-';
    return word.size() == 26 && word.startsWith('0')
           && std::ranges::none_of(word, [](char c) { return c >= 'a' || c == '-'; });
}

} // namespace

QByteArray toText(const Write &write)
{
    return std::visit(ToText{}, write);
}

QByteArray toText(const engine::Action &action)
{
    return std::visit(ToText{}, action);
}

QByteArray toText(const Change &change)
{
    return std::visit(ToText{}, change);
}

QByteArray toText(const engine::Outcome &outcome)
{
    QByteArray text;
    for (const Write &write : outcome.writes)
        text += "write  " + toText(write) + '\n';
    for (const engine::Action &action : outcome.actions)
        text += "action " + toText(action) + '\n';
    for (const Change &change : outcome.changes)
        text += "change " + toText(change) + '\n';
    text += Line("wake").add("at", outcome.wakeAt).text() + '\n';
    return text;
}

QByteArray IdCounter::counted(const QByteArray &text)
{
    QByteArray replaced;
    for (qsizetype i = 0; i < text.size();) {
        qsizetype end = i;
        while (end < text.size() && isIdCharacter(text[end]))
            ++end;
        if (end == i) {
            replaced += text[i++];
            continue;
        }
        const QByteArray word = text.mid(i, end - i);
        // The failure event of a later cycle has the id `<run>-<cycle>`.
        const QByteArray head = word.size() > 27 && word[26] == '-' ? word.first(26) : word;
        if (isId(head)) {
            const QByteArray name = '#' + QByteArray::number(m_names.size() + 1);
            replaced += m_names.emplace(head, name).first->second + word.mid(head.size());
        } else {
            replaced += word;
        }
        i = end;
    }
    return replaced;
}

} // namespace devserver::test
