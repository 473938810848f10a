// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/engine/runscript.h"

#include "devserver/model/jsonvalue.h"
#include "tests/support/enginefixture.h"

#include <QTest>

#include <algorithm>

namespace devserver::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// `1 h 5 min`, `250 ms`; `0 s` for nothing.
QByteArray toText(std::chrono::milliseconds duration)
{
    QByteArrayList parts;
    const auto take = [&](std::chrono::milliseconds unit, const char *name) {
        if (duration >= unit)
            parts.push_back(QByteArray::number(qint64(duration / unit)) + ' ' + name);
        duration %= unit;
    };
    take(1h, "h");
    take(1min, "min");
    take(1s, "s");
    take(1ms, "ms");
    return parts.isEmpty() ? "0 s"_ba : parts.join(' ');
}

QByteArray toText(TimePoint at)
{
    return toText(at - startTime);
}

/// Those that a scenario ends in.
QByteArray toText(ActivityKind kind)
{
    if (kind == ActivityKind::Sleeping)
        return "sleeping";
    return kind == ActivityKind::Delayed ? "delayed" : "busy";
}

QByteArray member(const RawJson &object, QByteArrayView key)
{
    const std::optional<JsonValue> value = JsonValue::of(object).find(key);
    return value ? value->toUtf8() : QByteArray();
}

void sleepThroughProbes(EngineFixture &engine, TimePoint until)
{
    while (engine.openCalls().empty()) {
        if (!engine.probes().empty())
            engine.answerProbe(engine.now() >= until);
        else if (engine.wakeAt())
            engine.advance(*engine.wakeAt() - engine.now());
        else
            return QTest::qFail("nothing looks for the app", __FILE__, __LINE__);
    }
}

/// Does one move of a script.
struct Mover {
    EngineFixture &engine;

    void operator()(const CallAnswer &answer) const { (*this)(To{{}, answer}); }

    void operator()(const To &to) const
    {
        engine.advanceToNextCall();
        for (const CallRequest &call : engine.openCalls()) {
            if (call.step == to.step) {
                engine.answer(call, to.answer);
                return;
            }
        }
        QTest::qFail("no call is open for this answer", __FILE__, __LINE__);
    }

    void operator()(const Configure &move) const
    {
        engine.registerFunction("orders", {.retries = move.retries});
    }

    void operator()(const Wait &move) const { engine.advance(move.duration); }

    void operator()(const Cancel &) const
    {
        QCOMPARE(engine.obey(CancelRun{engine.runsOf("orders").front()}), "done"_ba);
    }

    void operator()(const Kill &move) const { engine.crash(move.downtime); }

    void operator()(const KillBeforeCommit &) const { engine.crash(engine.commits() - 1); }

    void operator()(const AppIsAway &move) const
    {
        sleepThroughProbes(engine, engine.now() + move.duration);
    }
};

/// Tells the story of the runs.
class Teller
{
public:
    explicit Teller(const EngineFixture &engine)
        : m_engine(engine)
        , m_disk(engine.disk())
    {}

    [[nodiscard]] QByteArray tell() const
    {
        QByteArray text;
        for (const auto &[id, run] : m_disk.runs)
            text += head(run) + told(run) + log(id) + activity(run) + memos(id) + letter(id);
        QByteArrayList names;
        for (const auto &[id, event] : m_disk.events)
            names.push_back(event->name);
        return text + "events: " + names.join(", ") + '\n';
    }

private:
    [[nodiscard]] QByteArray head(const Run &run) const
    {
        const auto when = [](const char *what, std::optional<TimePoint> at) {
            return at ? QByteArray(", ") + what + ' ' + toText(*at) : QByteArray();
        };
        QByteArray text = m_disk.functions.at(run.function).config.slug + ' ' + toName(run.status);
        if (run.status == RunStatus::Failed)
            text += " (" + member(run.output, "error") + ')';
        else if (!run.output.isEmpty())
            text += ' ' + run.output.bytes();
        return text + when("queued", run.queuedAt) + when("scheduled", run.scheduledAt)
               + when("started", run.startedAt) + when("ended", run.endedAt) + '\n';
    }

    /// What a failure handler is told, if the event in it is the very one that was sent.
    [[nodiscard]] QByteArray told(const Run &run) const
    {
        const Event &trigger = *m_disk.events.at(run.events.front());
        if (trigger.name != "inngest/function.failed")
            return {};
        const JsonValue data = JsonValue::of(trigger.json).find("data").value_or(JsonValue());
        const QByteArray original = data.find("event").value_or(JsonValue()).toBytes();
        const bool wasSent =
            std::any_of(m_disk.events.begin(), m_disk.events.end(), [&](const auto &each) {
                return each.second->name == "orders" && each.second->json.bytes() == original;
            });
        const JsonValue error = data.find("error").value_or(JsonValue());
        return "  told: " + error.find("message").value_or(JsonValue()).toUtf8() + " of "
               + (wasSent ? "the event that was sent"_ba : original) + '\n';
    }

    /// One line per moment.
    [[nodiscard]] QByteArray log(RunId id) const
    {
        QByteArray text;
        std::optional<TimePoint> last;
        for (const TimelineRecord &record : m_disk.timelines.at(id)) {
            const QByteArray entry = words(record);
            if (entry.isEmpty())
                continue;
            if (last == record.at)
                text += ", ";
            else
                text += (text.isEmpty() ? "  " : "\n  ") + toText(record.at) + ": ";
            text += entry;
            last = record.at;
        }
        return text + '\n';
    }

    [[nodiscard]] QByteArray words(const TimelineRecord &record) const
    {
        const QByteArray step = record.step.isEmpty() ? QByteArray() : record.step + ' ';
        const bool begins = record.type == TimelineType::AttemptStarted;
        if (begins || record.type == TimelineType::AttemptFinished) {
            const QByteArray request = member(record.payload, "request_id");
            return begins && isFinished(record.run, request) ? QByteArray()
                                                             : step + attempt(request);
        }
        const QByteArray type = toName(record.type);
        return step + type.mid(type.indexOf('.') + 1);
    }

    [[nodiscard]] bool isFinished(RunId id, const QByteArray &request) const
    {
        const std::vector<TimelineRecord> &records = m_disk.timelines.at(id);
        return std::any_of(records.begin(), records.end(), [&](const TimelineRecord &record) {
            return record.type == TimelineType::AttemptFinished
                   && member(record.payload, "request_id") == request;
        });
    }

    [[nodiscard]] QByteArray attempt(const QByteArray &request) const
    {
        for (const auto &[id, attempt] : m_disk.attempts) {
            if (id.toText() != request)
                continue;
            QByteArray text =
                "attempt " + QByteArray::number(attempt.attempt) + ' ' + toName(attempt.outcome);
            if (attempt.error.isEmpty())
                return text;
            const QByteArray code = member(attempt.error, "code");
            text += " (" + (code.isEmpty() ? member(attempt.error, "error") : code);
            if (const QByteArray page = member(attempt.error, "stack"); !page.isEmpty())
                text += ", with " + QByteArray::number(page.size()) + " B of the page";
            return text + ')';
        }
        return "attempt without a row";
    }

    [[nodiscard]] QByteArray activity(const Run &run) const
    {
        if (isTerminal(run.status))
            return {};
        QByteArrayList parts;
        for (const Activity &each : m_engine.shown(run.id).activities)
            parts.push_back(toText(each.kind)
                            + (each.until ? " until " + toText(*each.until) : QByteArray()));
        const int calls = m_engine.state().apps.at(m_engine.appId()).inFlight;
        return "  now: " + parts.join(", ") + ", " + QByteArray::number(calls)
               + " calls in flight\n";
    }

    [[nodiscard]] QByteArray memos(RunId id) const
    {
        QByteArrayList parts;
        if (const auto rows = m_disk.memos.find(id); rows != m_disk.memos.end()) {
            for (const auto &[index, memo] : rows->second)
                parts.push_back(memo->step + ' ' + memo->json.bytes());
        }
        return parts.isEmpty() ? QByteArray() : "  memos: " + parts.join(", ") + '\n';
    }

    [[nodiscard]] QByteArray letter(RunId id) const
    {
        return m_disk.letters.contains(id) ? "  dead letter: " + m_engine.letter(id) + '\n'
                                           : QByteArray();
    }

    const EngineFixture &m_engine;
    const MemoryDisk &m_disk;
};

} // namespace

QByteArray play(const Given &given, const Script &script)
{
    EngineFixture engine({.retryInterval = 1s});
    engine.registerFunction("orders", {.retries = given.retries});
    if (given.handler)
        engine.registerFunction(
            "orders-failure",
            {.retries = 0, .event = "inngest/function.failed", .expression = *given.handler});
    engine.send(EventDraft{
        .name = "orders", .ts = engine.now() + given.startsIn, .data = json(R"({"n":7})")});
    for (const Move &move : script) {
        std::visit(Mover{engine}, move);
        if (QTest::currentTestFailed())
            break;
    }
    if (engine.state().runs.empty())
        engine.advance(24h);
    return Teller(engine).tell();
}

} // namespace devserver::test
