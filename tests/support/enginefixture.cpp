// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/enginefixture.h"

#include <QTest>

#include <algorithm>

namespace devserver::test {

using namespace Qt::StringLiterals;
using engine::Input;
using engine::Outcome;

namespace {

void fail(const QByteArray &message)
{
    QTest::qFail(message.constData(), __FILE__, __LINE__);
}

QByteArray kindOf(ErrorCode code)
{
    if (code == ErrorCode::NotFound)
        return "NotFound";
    if (code == ErrorCode::Conflict)
        return "Conflict";
    if (code == ErrorCode::InvalidInput)
        return "InvalidInput";
    return "error " + QByteArray::number(static_cast<int>(code));
}

} // namespace

EngineFixture::EngineFixture(engine::Options options)
    : m_options(options)
{
    begin({});
}

EngineFixture::~EngineFixture()
{
    countTransitions();
    if (!QTest::currentTestFailed())
        replay();
}

void EngineFixture::begin(const Snapshot &snapshot)
{
    countTransitions();
    m_seen = {};
    m_engine.emplace(m_options);
    m_engine->restore(snapshot);
    m_fresh = Life{.options = m_options, .snapshot = snapshot};
}

void EngineFixture::countTransitions()
{
    if (!m_engine)
        return;
    const engine::TransitionCounts &counts = m_engine->state().transitions;
    for (std::size_t i = 0; i < counts.size(); ++i)
        m_transitions[i] += counts[i] - m_seen[i];
    m_seen = counts;
}

Outcome EngineFixture::step(std::vector<Input> inputs)
{
    Recalled recalled = m_disk.recall(m_engine->needs(m_now, inputs));
    const Outcome outcome = m_engine->step(m_now, inputs, recalled);
    m_steps.push_back({.life = std::exchange(m_fresh, std::nullopt),
                       .now = m_now,
                       .inputs = std::move(inputs),
                       .recalled = std::move(recalled),
                       .outcome = toText(outcome)});
    take(outcome);
    return outcome;
}

void EngineFixture::take(const Outcome &outcome)
{
    m_commits.emplace_back(m_now, outcome.writes);
    m_disk.apply(outcome.writes);
    m_wakeAt = outcome.wakeAt;
    countTransitions();
    for (const engine::Action &action : outcome.actions) {
        if (const auto *call = std::get_if<engine::SendCall>(&action))
            m_calls.push_back(call->request);
        else if (const auto *probe = std::get_if<engine::ProbeApp>(&action))
            m_probes.push_back(*probe);
        else
            m_lastReply = std::get<engine::Reply>(action);
    }
    for (const Change &change : outcome.changes) {
        if (const auto *notice = std::get_if<Notice>(&change))
            m_notices.push_back(notice->text);
        else if (const auto *run = std::get_if<RunChanged>(&change))
            m_shown.insert_or_assign(run->run.id, *run);
    }
    const QString problem = m_disk.inconsistency(m_engine->state());
    if (!problem.isEmpty())
        fail("after step " + QByteArray::number(m_commits.size()) + ": " + problem.toUtf8() + "\n"
             + m_steps.back().outcome);
}

void EngineFixture::replay() const
{
    std::optional<engine::Engine> again;
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const Step &each = m_steps[i];
        if (each.life) {
            again.emplace(each.life->options);
            again->restore(each.life->snapshot);
        }
        const QByteArray text = toText(again->step(each.now, each.inputs, each.recalled));
        if (text == each.outcome)
            continue;
        fail("step " + QByteArray::number(i) + " came out differently when replayed:\n" + text
             + "--- was ---\n" + each.outcome);
        return;
    }
}

void EngineFixture::advance(std::chrono::milliseconds duration)
{
    const TimePoint until = m_now + duration;
    for (int i = 0; m_wakeAt && *m_wakeAt <= until; ++i) {
        if (i == 100'000) {
            fail("the engine never stops asking to be woken");
            return;
        }
        m_now = std::max(m_now, *m_wakeAt);
        step({engine::TimeReached{}});
    }
    m_now = until;
}

void EngineFixture::advanceToNextCall()
{
    for (int i = 0; m_wakeAt && openCalls().empty(); ++i) {
        if (i == 100'000) {
            fail("the engine never stops asking to be woken");
            return;
        }
        m_now = std::max(m_now, *m_wakeAt);
        step({engine::TimeReached{}});
    }
}

FunctionId EngineFixture::registerFunction(const QByteArray &slug, const FunctionOptions &options)
{
    FunctionConfig config;
    config.slug = slug;
    config.name = slug;
    config.triggers = {Trigger{.event = options.event.isEmpty() ? slug : options.event,
                               .expression = options.expression,
                               .cron = {}}};
    config.url = "http://127.0.0.1:3000/api?fnId=" + slug + "&stepId=step";
    config.retries = options.retries;
    config.notEnforced = options.notEnforced;
    std::vector<FunctionConfig> &functions = m_functions[options.app];
    std::erase_if(functions, [&](const FunctionConfig &each) { return each.slug == slug; });
    functions.push_back(std::move(config));
    syncApp(options.app);
    return FunctionId{Uuid::fromName(appId(options.app).toBytes(), slug)};
}

void EngineFixture::unregisterFunction(const QByteArray &slug, const QByteArray &app)
{
    std::erase_if(m_functions[app], [&](const FunctionConfig &each) { return each.slug == slug; });
    syncApp(app);
}

Outcome EngineFixture::syncApp(const QByteArray &app)
{
    Registration registration;
    registration.appName = app;
    registration.url = "http://127.0.0.1:3000/" + app;
    registration.checksum = "checksum-" + QByteArray::number(++m_syncs);
    registration.functions = m_functions[app];
    return step({engine::FunctionsSynced{.token = ++m_token, .registration = registration}});
}

AppId EngineFixture::appId(const QByteArray &app) const
{
    return AppId{Uuid::fromName("app", app)};
}

EventId EngineFixture::send(EventDraft draft)
{
    draft.user = json("{}");
    if (draft.data.isEmpty())
        draft.data = json("{}");
    step({engine::EventsReceived{.token = ++m_token, .drafts = {std::move(draft)}}});
    const auto *accepted = std::get_if<engine::EventsAccepted>(&m_lastReply.body);
    if (accepted == nullptr || m_lastReply.token != m_token) {
        fail("the event was not accepted");
        return {};
    }
    return accepted->ids.front();
}

EventId EngineFixture::send(const QByteArray &name)
{
    return send(EventDraft{.name = name});
}

RunId EngineFixture::start(const QByteArray &slug)
{
    const std::size_t before = m_disk.runs.size();
    send(slug);
    if (m_disk.runs.size() != before + 1) {
        fail("the event did not start one run");
        return {};
    }
    return m_disk.runs.rbegin()->first;
}

QByteArray EngineFixture::obey(Verb verb)
{
    step({engine::VerbRequested{.token = ++m_token, .verb = std::move(verb), .actor = "api"}});
    if (m_lastReply.token != m_token)
        return "no reply";
    const auto *error = std::get_if<Error>(&m_lastReply.body);
    return error == nullptr ? "done"_ba : kindOf(error->code);
}

QByteArray EngineFixture::refusal() const
{
    const auto *error = std::get_if<Error>(&m_lastReply.body);
    return error == nullptr ? QByteArray() : error->message.toUtf8();
}

BulkId EngineFixture::startBulk(BulkPlan plan)
{
    if (obey(StartBulk{std::move(plan)}) != "done") {
        fail("the bulk was refused: " + refusal());
        return {};
    }
    return std::get<VerbDone>(m_lastReply.body).bulk;
}

std::vector<CallRequest> EngineFixture::openCalls() const
{
    std::vector<CallRequest> open;
    for (std::size_t i = m_firstOpen; i < m_calls.size(); ++i) {
        if (!m_answered.contains(m_calls[i].request))
            open.push_back(m_calls[i]);
    }
    return open;
}

CallRequest EngineFixture::openCall(RunId run, const StepId &step) const
{
    for (const CallRequest &call : openCalls()) {
        if (call.run == run && (step.isEmpty() || call.step == step))
            return call;
    }
    fail("the run has no open call " + step);
    return {};
}

Outcome EngineFixture::answer(const CallRequest &call, CallAnswer answer)
{
    m_answered.insert(call.request);
    return step({engine::CallFinished{
        .run = call.run, .job = call.job, .request = call.request, .answer = std::move(answer)}});
}

Outcome EngineFixture::answer(RunId run, CallAnswer given)
{
    return answer(openCall(run), std::move(given));
}

Outcome EngineFixture::answerStep(RunId run, const StepId &step, CallAnswer given)
{
    return answer(openCall(run, step), std::move(given));
}

void EngineFixture::answerProbe(bool isReachable)
{
    if (m_probes.empty()) {
        fail("no probe waits for its answer");
        return;
    }
    const AppId app = m_probes.front().app;
    m_probes.erase(m_probes.begin());
    step({engine::ProbeFinished{.app = app, .isReachable = isReachable}});
}

void EngineFixture::dropConnections()
{
    m_firstOpen = m_calls.size();
    m_answered.clear(); // ids that were never committed may come again
    m_probes.clear();
}

void EngineFixture::crash(std::size_t kept, std::chrono::milliseconds downtime,
                          engine::RestoreCause cause)
{
    if (kept < m_commits.size() && kept > 0)
        m_now = m_commits[kept - 1].first;
    m_commits.resize(kept);
    m_disk = {};
    for (const auto &[at, writes] : m_commits)
        m_disk.apply(writes);
    dropConnections();
    m_now += downtime;
    begin(m_disk.snapshot());
    step({engine::Restored{cause}});
}

void EngineFixture::crashWithout(const JobId &job)
{
    m_disk.jobs.erase(job);
    for (auto &[request, attempt] : m_disk.attempts) {
        if (attempt.job == job)
            attempt.outcome = AttemptOutcome::Interrupted;
    }
    dropConnections();
    begin(m_disk.snapshot());
    step({engine::Restored{}});
}

QByteArray EngineFixture::log() const
{
    QByteArray text;
    for (const Step &each : m_steps)
        text += each.outcome;
    return text;
}

QByteArray EngineFixture::timeline(RunId id) const
{
    QByteArrayList parts;
    for (const TimelineRecord &record : m_disk.timelines.at(id)) {
        QByteArray part = toName(record.type);
        if (!record.step.isEmpty())
            part += '(' + record.step + ')';
        if (record.attempt >= 0)
            part += ':' + QByteArray::number(record.attempt);
        parts.push_back(part);
    }
    return parts.join(' ');
}

QByteArray EngineFixture::memos(RunId id) const
{
    QByteArrayList parts;
    if (const auto rows = m_disk.memos.find(id); rows != m_disk.memos.end()) {
        for (const auto &[index, memo] : rows->second) {
            if (memo->droppedInCycle == 0)
                parts.push_back(memo->step + '=' + memo->json.bytes());
        }
    }
    return parts.join(' ');
}

QByteArray EngineFixture::attempts(RunId id, const StepId &step) const
{
    QByteArrayList parts;
    for (const auto &[request, attempt] : m_disk.attempts) {
        if (attempt.run == id && (step.isEmpty() || attempt.step == step))
            parts.push_back(QByteArray::number(attempt.attempt) + ':' + toName(attempt.outcome));
    }
    return parts.join(' ');
}

QByteArray EngineFixture::letter(RunId id) const
{
    const auto found = m_disk.letters.find(id);
    if (found == m_disk.letters.end())
        return "none";
    return toName(found->second.state) + ' ' + found->second.reason + " cycle "
           + QByteArray::number(found->second.cycle);
}

QByteArray EngineFixture::bulk(BulkId id) const
{
    const Bulk &bulk = m_disk.bulks.at(id);
    QByteArray text = toName(bulk.state);
    const auto add = [&](const char *what, int count) {
        if (count > 0)
            text += QByteArray(" ") + what + ' ' + QByteArray::number(count);
    };
    add("waiting", bulk.waiting);
    add("retrying", bulk.retrying);
    add("completed", bulk.completed);
    add("failed", bulk.failedAgain);
    add("refused", bulk.refused);
    add("same", bulk.sameError);
    return text + (bulk.endedAt ? ", ended" : "");
}

QByteArray EngineFixture::bulkItems(BulkId id) const
{
    QByteArrayList states;
    for (const auto &[index, item] : m_disk.bulkItems.at(id))
        states.push_back(toName(item.state));
    return states.join(' ');
}

QByteArrayList EngineFixture::events(const QByteArray &name) const
{
    QByteArrayList ids;
    for (const auto &[id, event] : m_disk.events) {
        if (event->name == name)
            ids.push_back(event->id);
    }
    return ids;
}

std::vector<RunId> EngineFixture::runsOf(const QByteArray &slug) const
{
    std::vector<RunId> found;
    for (const auto &[id, run] : m_disk.runs) {
        if (m_disk.functions.at(run.function).config.slug == slug)
            found.push_back(id);
    }
    return found;
}

} // namespace devserver::test
