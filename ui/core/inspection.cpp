// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/inspection.h"

#include "ui/core/callexchange.h"
#include "ui/core/callsteps.h"

#include <algorithm>
#include <set>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Attempt;
using devserver::AttemptOutcome;
using devserver::Job;
using devserver::Memo;
using devserver::RawJson;

/// As `store::errorOfCancelled`.
const Attempt *triedBeforeCancel(const devserver::api::RunRecord &record)
{
    if (record.run.status != devserver::RunStatus::Cancelled)
        return nullptr;
    std::set<devserver::JobId> over;
    for (auto each = record.attempts.rbegin(); each != record.attempts.rend(); ++each) {
        if (each->outcome == AttemptOutcome::Ok || each->outcome == AttemptOutcome::FinalError)
            over.insert(each->job);
        else if (each->outcome == AttemptOutcome::RetryableError && each->cycle == record.run.cycle
                 && !over.contains(each->job))
            return &*each;
    }
    return nullptr;
}

bool Inspection::isOfStep() const
{
    return subject.kind == Selection::Kind::Step || subject.kind == Selection::Kind::Attempt;
}

bool Inspection::isOfRun() const
{
    return isOfStep() || subject.kind == Selection::Kind::Run
           || subject.kind == Selection::Kind::Letter;
}

std::vector<const Attempt *> Inspection::attempts() const
{
    std::vector<const Attempt *> found;
    if (!run)
        return found;
    const CallSteps steps = isOfStep() ? CallSteps(*run) : CallSteps();
    for (const Attempt &attempt : run->attempts) {
        if (!isOfStep() || steps.of(attempt).id == subject.step)
            found.push_back(&attempt);
    }
    return found;
}

const Attempt *Inspection::attempt() const
{
    const std::vector<const Attempt *> all = attempts();
    if (all.empty())
        return nullptr;
    if (subject.attempt) {
        const auto known = std::find_if(all.begin(), all.end(), [this](const Attempt *attempt) {
            return attempt->request == *subject.attempt;
        });
        if (known != all.end())
            return *known;
    }
    return all.back();
}

const Attempt *Inspection::failedAttempt() const
{
    if (!run || isOfStep() || run->run.status != devserver::RunStatus::Failed)
        return nullptr;
    const devserver::StepId step = run->letter ? run->letter->failedStep : devserver::StepId();
    const auto last =
        std::find_if(run->attempts.rbegin(), run->attempts.rend(), [&step](const Attempt &attempt) {
            return !attempt.error.isEmpty() && (step.isEmpty() || attempt.step == step);
        });
    return last == run->attempts.rend() ? nullptr : &*last;
}

bool Inspection::isCancelledWhileTried() const
{
    return run && !isOfStep() && triedBeforeCancel(*run) != nullptr;
}

const Attempt *Inspection::lastAnswered() const
{
    const std::vector<const Attempt *> all = attempts();
    const auto last = std::find_if(all.rbegin(), all.rend(), [](const Attempt *attempt) {
        return attempt->outcome != AttemptOutcome::Started;
    });
    return last == all.rend() ? attempt() : *last;
}

bool Inspection::isUsedUp(const Attempt &attempt) const
{
    if (!run || attempt.outcome != devserver::AttemptOutcome::FinalError)
        return false;
    if (!attempt.noRetry || attempt.attempt + 1 >= attempt.maxAttempts)
        return true;
    // The body passes on the error of a step: what was decided on that counts.
    const std::optional<devserver::DeadLetter> &letter = run->letter;
    return attempt.step.isEmpty() && letter && letter->cycle == attempt.cycle
           && letter->reason == "attempts_exhausted";
}

const Job *Inspection::job() const
{
    if (!run)
        return nullptr;
    const Job *next = nullptr;
    for (const Job &job : run->jobs) {
        // A step found by a discovery is tried again by the job of that discovery.
        const Attempt *newest = attempt();
        const bool isMeant =
            !isOfStep() || job.step == subject.step || (newest != nullptr && newest->job == job.id);
        if (isMeant && (next == nullptr || job.runAt < next->runAt))
            next = &job;
    }
    return next;
}

const Memo *Inspection::memo() const
{
    if (!run || subject.step.isEmpty())
        return nullptr;
    const Memo *found = nullptr;
    for (const Memo &memo : run->memos) {
        if (memo.step == subject.step
            && (found == nullptr || found->droppedInCycle > 0 || memo.droppedInCycle == 0))
            found = &memo;
    }
    return found;
}

RawJson Inspection::error() const
{
    if (!run)
        return {};
    const Attempt *shown = subject.kind == Selection::Kind::Attempt ? attempt() : lastAnswered();
    if (subject.kind == Selection::Kind::Attempt || subject.kind == Selection::Kind::Step)
        return shown == nullptr ? RawJson() : shown->error;
    if (const Attempt *tried = triedBeforeCancel(*run))
        return tried->error;
    if (run->letter)
        return run->letter->error;
    if (run->run.status == devserver::RunStatus::Failed)
        return run->run.output;
    return shown == nullptr || devserver::isTerminal(run->run.status) ? RawJson() : shown->error;
}

QByteArray Inspection::output() const
{
    if (!run)
        return {};
    const Attempt *shown = attempt();
    if (subject.kind == Selection::Kind::Attempt)
        return shown == nullptr ? QByteArray() : outputOf(*run, *shown);
    if (isOfStep() && !subject.step.isEmpty()) {
        if (const Memo *result = memo())
            return result->json.bytes();
        return shown == nullptr ? QByteArray() : outputOf(*run, *shown);
    }
    return run->run.output.bytes();
}

QString Inspection::title() const
{
    switch (subject.kind) {
    case Selection::Kind::Step:
    case Selection::Kind::Attempt: {
        if (!subject.stepName.isEmpty())
            return QString::fromUtf8(subject.stepName);
        const Attempt *shown = attempt();
        const QByteArray name = shown == nullptr ? QByteArray() : CallSteps(*run).of(*shown).name;
        if (!name.isEmpty())
            return QString::fromUtf8(name);
        return run ? QString::fromUtf8(run->summary.functionName) : QString();
    }
    case Selection::Kind::Run:
    case Selection::Kind::Letter:
        return run ? QString::fromUtf8(run->summary.functionName) : QString();
    case Selection::Kind::Event:
        return event ? QString::fromUtf8(event->event.name) : QString();
    case Selection::Kind::Function:
    case Selection::Kind::App:
    case Selection::Kind::None:
        break;
    }
    return QString::fromUtf8(subject.slug);
}

QByteArray Inspection::fingerprint() const
{
    return run && run->letter ? run->letter->fingerprint : QByteArray();
}

} // namespace console
