// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/subjectfacts.h"

#include "devserver/api/excerpts.h"
#include "devserver/model/attempttimes.h"
#include "ui/core/appwords.h"
#include "ui/core/attemptfacts.h"
#include "ui/core/attemptmodel.h"
#include "ui/core/callsteps.h"
#include "ui/core/configsentences.h"
#include "ui/core/inspection.h"
#include "ui/core/matchingverdicts.h"
#include "ui/core/runcolumns.h"
#include "ui/core/runwords.h"
#include "ui/core/statesentence.h"
#include "ui/core/timelinedata.h"
#include "ui/core/timelinetext.h"

#include <QCoreApplication>

namespace console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::Attempt;
using devserver::TimePoint;
using devserver::api::RunRecord;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Facts", text);
}

QString text(const QByteArray &utf8)
{
    return QString::fromUtf8(utf8);
}

/// Collects the rows of one section; empty values are left out.
class Section
{
public:
    explicit Section(const QString &title)
        : m_section{.title = title, .facts = {}}
    {}

    Section &add(const QString &label, const QString &value, const FactLink &link = {})
    {
        if (!value.isEmpty())
            m_section.facts.push_back({.label = label, .value = value, .link = link});
        return *this;
    }

    /// \a value, of which \a codes are expressions.
    Section &sentence(const QString &label, const QString &value, const QStringList &codes)
    {
        m_section.facts.push_back({.label = label, .value = value, .link = {}, .codes = codes});
        return *this;
    }

    /// \a value, of which \a part leads somewhere.
    Section &leading(const QString &label, const QString &value, const QString &part,
                     const FactLink &link)
    {
        m_section.facts.push_back({.label = label, .value = value, .link = link, .part = part});
        return *this;
    }

    /// \a value and the expression that it is about.
    Section &code(const QString &label, const QString &value, const QString &code)
    {
        m_section.facts.push_back({.label = label, .value = value, .code = code, .link = {}});
        return *this;
    }

    /// Its state, and the way there.
    Section &run(const devserver::api::RunSummary &run)
    {
        const DisplayState state = displayState(run);
        const WaitReason reason = waitReason(run);
        m_section.facts.push_back({.label = text(run.functionName),
                                   .value = stateWords(run),
                                   .link = {.kind = FactLink::Kind::Run, .target = run.id.toText()},
                                   .token = stateToken(state, reason),
                                   .icon = stateIcon(state, reason),
                                   .linked = text(run.id.toText())});
        return *this;
    }

    Section &id(const QString &label, const QByteArray &value, const FactLink &link = {})
    {
        if (!value.isEmpty())
            m_section.facts.push_back({.label = label,
                                       .value = text(value),
                                       .isMono = true,
                                       .isCopyable = true,
                                       .link = link});
        return *this;
    }

    void to(SubjectFacts &facts)
    {
        if (!m_section.facts.empty())
            facts.sections.push_back(std::move(m_section));
    }

private:
    FactSection m_section;
};

QString when(const std::optional<TimePoint> &time, TimeStyle style)
{
    const TimeStyle exact = style == TimeStyle::Relative ? TimeStyle::Absolute : style;
    return time ? formatTimeExactly(*time, exact) : QString();
}

/// It is part of the duration, but nobody worked or waited then. Empty: it was not.
QString downWords(std::chrono::milliseconds down)
{
    return down > 0ms ? atMost(down) : QString();
}

void addTimes(SubjectFacts &facts, const RunRecord &record, TimePoint now, TimeStyle style)
{
    const devserver::Run &run = record.run;
    Section times(tr("Times"));
    times.add(tr("Queued"), when(run.queuedAt, style));
    times.add(tr("Started"), when(run.startedAt, style));
    times.add(tr("Ended"), when(run.endedAt, style));
    if (run.startedAt) {
        const auto took = run.endedAt.value_or(now) - *run.startedAt;
        times.add(tr("In queue"), formatDuration(*run.startedAt - run.queuedAt));
        times.add(tr("Duration"), run.endedAt ? formatDuration(took) : formatElapsed(took));
        const TimelineDataPtr timeline = makeTimeline(record, now);
        const auto dead = timeline->deadTime();
        const auto idle = took - timeline->activeTime() - dead;
        const bool isMuch = idle > 1s && idle > took / 10;
        times.add(tr("Idle"), isMuch ? formatDuration(idle) : QString());
        times.add(tr("Server was down"), downWords(timeline->down));
        times.add(tr("Dead before retry"), dead > 0ms ? formatDuration(dead) : QString());
    }
    times.to(facts);
}

void addConfiguration(SubjectFacts &facts, const devserver::Function &function)
{
    Section section(tr("Configuration"));
    Section kept(notEnforcedWords());
    for (const ConfigLine &line : configLines(function))
        (line.isEnforced ? section : kept).sentence(line.title, line.sentence, line.codes);
    section.to(facts);
    kept.to(facts);
}

void describeRun(SubjectFacts &facts, const Inspection &inspection, TimePoint now, TimeStyle style)
{
    const RunRecord &record = *inspection.run;
    const DisplayState state = displayState(record.summary);
    const WaitReason reason = waitReason(record.summary);
    facts.kind = tr("Run · %1").arg(text(record.summary.appName));
    facts.word = stateWords(record.summary);
    facts.tried = triedWords(record.summary); // as above the timeline
    facts.icon = stateIcon(state, reason);
    facts.token = stateToken(state, reason);
    facts.sentence = runSentence(record, now);
    const devserver::Run &run = record.run;
    Section about(tr("Identity"));
    about.id(tr("Run ID"), run.id.toText());
    about.add(tr("Function"), text(record.summary.functionName),
              {.kind = FactLink::Kind::Function, .target = record.summary.slug});
    about.add(tr("Version"), QString::number(run.functionVersion));
    FactLink cause;
    if (!run.events.empty())
        cause = {.kind = FactLink::Kind::Event, .target = run.events.front().toText()};
    about.add(tr("Trigger"), text(record.summary.trigger), cause);
    about.add(tr("Source"), text(record.summary.source));
    for (const devserver::EventId &event : run.events)
        about.id(tr("Event ID"), event.toText(),
                 {.kind = FactLink::Kind::Event, .target = event.toText()});
    about.id(tr("Idempotency key"), run.scheduleKey);
    if (!run.originalRun.isNull())
        about.id(record.summary.isEditedRetry ? tr("Edited retry of") : tr("Rerun of"),
                 run.originalRun.toText(),
                 {.kind = FactLink::Kind::Run, .target = run.originalRun.toText()});
    if (!record.timeline.empty()) // of an edited retry
        about.add(tr("Note"), text(devserver::api::noteIn(record.timeline.front().payload)));
    const bool isOpen = record.letter && record.letter->state == devserver::LetterState::Open;
    if (isOpen && inspection.subject.kind != Selection::Kind::Letter)
        about.add(tr("Dead letter"), tr("Open"),
                  {.kind = FactLink::Kind::Letter, .target = run.id.toText()});
    about.to(facts);
    addTimes(facts, record, now, style);
    Section progress(tr("Progress"));
    progress.add(tr("Steps"), progressWords(record.summary));
    progress.add(tr("Calls"), formatCount(static_cast<qint64>(record.attempts.size())));
    progress.add(tr("Retried by hand"), run.cycle > 0 ? formatCount(run.cycle) : QString());
    progress.to(facts);
    if (record.function)
        addConfiguration(facts, *record.function);
}

/// Why it was not sent earlier (semantics §1.5); mostly there is nothing to tell.
void addDelays(Section &times, const Attempt &attempt)
{
    const std::optional<devserver::QueueDelays> delays = devserver::delaysOf(attempt);
    if (!delays)
        return;
    const auto add = [&times](const QString &label, std::chrono::milliseconds length) {
        times.add(label, length.count() > 0 ? formatDuration(length) : QString());
    };
    add(tr("Expected delay"), delays->expected);
    add(tr("Constraint wait"), delays->constraintWait);
    add(tr("System latency"), delays->latency);
}

void addTimes(SubjectFacts &facts, const Inspection &inspection, TimePoint now, TimeStyle style)
{
    const std::vector<const Attempt *> attempts = inspection.attempts();
    const bool isAttempt = inspection.subject.kind == Selection::Kind::Attempt;
    Section times(tr("Times"));
    if (const Attempt *attempt = inspection.attempt(); attempt != nullptr && !attempts.empty()) {
        const Attempt &first = isAttempt ? *attempt : *attempts.front();
        if (isAttempt) {
            addDelays(times, *attempt);
            for (const AttemptInstant &instant : attemptInstants(*attempt))
                times.add(instant.word, when(instant.at, style));
        } else {
            times.add(tr("Started"), when(first.sentAt, style));
            times.add(tr("Ended"), when(attempt->finishedAt, style));
        }
        Attempt whole = *attempt;
        whole.sentAt = first.sentAt;
        times.add(tr("Duration"), callDuration(whole, now));
        if (!isAttempt) // of the one attempt the duration says it
            times.add(tr("Server was down"), downWords(downTime(attempts)));
    }
    if (const devserver::Memo *memo = inspection.memo())
        times.add(tr("Stored"), when(memo->at, style));
    times.to(facts);
}

/// Of a step while no attempt of it says it, in the words of the timeline.
std::optional<BarState> quietState(const Inspection &inspection)
{
    if (const devserver::Memo *memo = inspection.memo(); memo != nullptr) {
        if (inspection.attempt() != nullptr)
            return std::nullopt;
        return memo->kind == devserver::MemoKind::Error ? BarState::Failed : BarState::Succeeded;
    }
    const devserver::Job *job = inspection.job();
    if (job == nullptr)
        return std::nullopt;
    if (job->state == devserver::JobState::BackingOff)
        return BarState::Backoff;
    if (job->state == devserver::JobState::AppOffline)
        return BarState::Offline;
    const bool sleeps =
        job->kind == devserver::JobKind::Sleep && job->state == devserver::JobState::Queued;
    return sleeps ? std::optional(BarState::Sleeping) : std::nullopt;
}

void describeStep(SubjectFacts &facts, const Inspection &inspection, TimePoint now, TimeStyle style)
{
    const RunRecord &record = *inspection.run;
    const std::vector<const Attempt *> attempts = inspection.attempts();
    const Attempt *attempt = inspection.attempt();
    const devserver::Memo *memo = inspection.memo();
    const bool isAttempt = inspection.subject.kind == Selection::Kind::Attempt;
    const QString function = text(record.summary.functionName);
    facts.kind = isAttempt && attempt != nullptr
                     ? tr("Attempt %1 · %2").arg(attempt->attempt + 1).arg(function)
                     : tr("Step · %1").arg(function);
    if (inspection.subject.step.isEmpty() && !isAttempt)
        facts.kind = tr("Function body · %1").arg(function);
    if (attempt != nullptr) {
        facts.word = attemptWord(*attempt, retryFate(record, *attempt).kind);
        if (!isAttempt && attempt->attempt > 0) // of an attempt it stands behind its name
            facts.tried = attemptWords(attempt->attempt + 1, attempt->maxAttempts);
        facts.icon = attemptIcon(*attempt);
        facts.token = attemptToken(*attempt);
    }
    if (const std::optional<BarState> state = isAttempt ? std::nullopt : quietState(inspection)) {
        facts.word = barWord(*state);
        facts.icon = barIcon(*state);
        facts.token = barIconToken(*state);
    }
    facts.sentence = stepSentence(inspection, now);
    Section about(tr("Identity"));
    about.id(tr("Step ID"), inspection.subject.step);
    about.id(tr("Run ID"), record.run.id.toText(),
             {.kind = FactLink::Kind::Run, .target = record.run.id.toText()});
    about.add(tr("Function"), function,
              {.kind = FactLink::Kind::Function, .target = record.summary.slug});
    if (attempt != nullptr && isAttempt)
        about.id(tr("Request ID"), attempt->request.toText());
    about.to(facts);
    addTimes(facts, inspection, now, style);
    Section result(tr("Result"));
    if (!attempts.empty())
        result.add(tr("Attempts"), tr("%1 of %2 used")
                                       .arg(attempts.back()->attempt + 1)
                                       .arg(attempts.back()->maxAttempts));
    if (attempt != nullptr && attempt->httpStatus > 0)
        result.add(tr("HTTP status"), QString::number(attempt->httpStatus));
    if (memo != nullptr)
        result.add(tr("Output"), formatSize(memo->json.sizeBytes()));
    result.to(facts);
}

/// Why an event started no run, as the Matching tab says it.
QString whyNothing(const devserver::api::EventRecord &record,
                   const std::vector<devserver::Function> &functions, const MatchingTimes &times)
{
    const Matching matching = matchingOf(record, functions, times);
    if (!matching.nothing.isEmpty())
        return QString(matching.nothing).replace(u'`', u'"');
    if (matching.verdicts.size() > 1)
        return tr("%1 functions listen to it, and none was started.").arg(matching.verdicts.size());
    const MatchingVerdict &only = matching.verdicts.front();
    const QString name = text(only.functionName);
    if (!only.error.isEmpty())
        return tr("%1: %2, %3.").arg(name, only.verdict, only.error);
    return only.code.isEmpty() ? tr("%1: %2, %3.").arg(name, only.verdict, only.why)
                               : tr("%1: %2.").arg(name, only.verdict);
}

/// Which functions the event did not start, each with its reason.
void addRefusals(SubjectFacts &facts, const devserver::api::EventRecord &record,
                 const std::vector<devserver::Function> &functions)
{
    Section refused(tr("Not started"));
    for (const devserver::Delivery &refusal : record.refusals) {
        const MatchingVerdict verdict = refusalOf(refusal, record.event.name, functions);
        const QString name =
            verdict.slug.isEmpty() ? tr("Removed function") : text(verdict.functionName);
        if (!verdict.error.isEmpty())
            refused.code(name, tr("%1 (%2):").arg(verdict.verdict, verdict.error), verdict.code);
        else if (!verdict.code.isEmpty())
            refused.code(name, tr("%1:").arg(verdict.verdict), verdict.code);
        else if (verdict.target.isEmpty())
            refused.add(name, tr("%1: %2").arg(verdict.verdict, verdict.why));
        else
            refused.leading(name, tr("%1: %2").arg(verdict.verdict, verdict.why), verdict.target,
                            {.kind = FactLink::Kind::Run, .target = verdict.run.toText()});
    }
    const bool isHeard =
        !record.refusals.empty() || listenerCount(record.event.name, functions) > 0;
    refused.to(facts);
    if (!record.runs.empty())
        return;
    Section matching(tr("Matching")); // as the tab that it leads to
    matching.add(
        tr("Functions"),
        isHeard ? tr("See why for each function") : tr("See which events functions listen to"),
        {.kind = FactLink::Kind::Event, .target = record.event.internalId.toText() + "/matching"});
    matching.to(facts);
}

void describeEvent(SubjectFacts &facts, const Inspection &inspection,
                   const std::vector<devserver::Function> &functions, TimePoint now,
                   TimeStyle style)
{
    const devserver::Event &event = inspection.event->event;
    facts.kind = tr("Event");
    facts.icon = u"nav-events"_s;
    facts.token = Token::TextDim;
    const auto runs = static_cast<int>(inspection.event->runs.size());
    facts.sentence =
        runs == 0 ? tr("It started no run. %1")
                        .arg(whyNothing(*inspection.event, functions, {.now = now, .style = style}))
        : runs == 1 ? tr("It started 1 run.")
                    : tr("It started %1 runs.").arg(runs);
    Section about(tr("Identity"));
    about.add(tr("Name"), text(event.name));
    about.id(tr("Event ID"), event.id);
    if (event.hasOwnId)
        about.id(tr("Internal ID"), event.internalId.toText());
    about.add(tr("For"), text(event.target));
    about.add(tr("Source"), text(event.source));
    about.add(tr("Size"), formatSize(event.json.sizeBytes()));
    about.to(facts);
    Section times(tr("Times"));
    times.add(tr("Time of event"), when(event.ts, style));
    times.add(tr("Received"), when(event.receivedAt, style));
    times.to(facts);
    Section started(tr("Runs"));
    for (const devserver::api::RunSummary &run : inspection.event->runs)
        started.run(run);
    started.to(facts);
    addRefusals(facts, *inspection.event, functions);
}

void describeFunction(SubjectFacts &facts, const devserver::Function &function)
{
    facts.title = text(function.config.name);
    facts.kind = tr("Function");
    facts.icon = u"nav-functions"_s;
    facts.token = Token::TextDim;
    Section about(tr("Identity"));
    about.id(tr("Slug"), function.config.slug);
    about.add(tr("Version"), QString::number(function.version));
    for (const devserver::Trigger &trigger : function.config.triggers)
        about.sentence(tr("Trigger"), triggerWords(trigger), triggerCodes(trigger));
    about.to(facts);
    addConfiguration(facts, function);
}

void describeApp(SubjectFacts &facts, const devserver::App &app, int functions, TimeStyle style)
{
    const AppState state = appState(app, functions);
    facts.title = appTitle(app);
    facts.kind = tr("App");
    facts.word = appStateWord(state);
    facts.icon = appStateIcon(state);
    facts.token = appStateToken(state);
    facts.sentence = appFix(app, functions);
    Section about(tr("Identity"));
    about.id(tr("Address"), app.url);
    about.add(tr("SDK"), sdkWords(app.sdk));
    about.add(tr("Framework"), text(app.framework));
    about.add(tr("Version"), text(app.version));
    about.add(tr("Last sync"),
              devserver::toMs(app.syncedAt) == 0 ? tr("never") : when(app.syncedAt, style));
    about.to(facts);
}

/// What its record would say is not known: which one it is and of what kind.
void describeUnread(SubjectFacts &facts, const Selection &subject)
{
    const bool isEvent = subject.kind == Selection::Kind::Event;
    const bool isLetter = subject.kind == Selection::Kind::Letter;
    const QString id = shortId(isEvent ? subject.event.toText() : subject.run.toText());
    facts.token = Token::TextDim;
    facts.icon = isEvent ? u"nav-events"_s : isLetter ? u"nav-dead"_s : u"nav-runs"_s;
    if (facts.title.isEmpty())
        facts.title = id;
    if (isEvent)
        facts.kind = tr("Event");
    else if (isLetter)
        facts.kind = tr("Dead letter");
    else if (subject.kind == Selection::Kind::Run)
        facts.kind = tr("Run");
    else
        facts.kind = tr("Step of run %1").arg(id);
}

} // namespace

SubjectFacts factsOf(const Inspection &inspection,
                     const std::vector<devserver::Function> &functions, TimePoint now,
                     TimeStyle style)
{
    SubjectFacts facts;
    facts.title = inspection.title();
    if (inspection.isOfStep() && inspection.run)
        describeStep(facts, inspection, now, style);
    else if (inspection.isOfRun() && inspection.run)
        describeRun(facts, inspection, now, style);
    else if (inspection.event)
        describeEvent(facts, inspection, functions, now, style);
    else if (inspection.function)
        describeFunction(facts, *inspection.function);
    else if (inspection.app)
        describeApp(facts, *inspection.app, static_cast<int>(functions.size()), style);
    else if (inspection.isOfRun() || inspection.subject.kind == Selection::Kind::Event)
        describeUnread(facts, inspection.subject);
    return facts;
}

} // namespace console
