// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/bulk.h"
#include "devserver/model/call.h"
#include "devserver/model/job.h"
#include "devserver/model/run.h"

#include <array>
#include <utility>

namespace devserver {

using namespace Qt::StringLiterals;

namespace {

const std::array<std::pair<OpCode, QByteArray>, 17> opNames{
    {{OpCode::None, "None"_ba},
     {OpCode::StepRun, "StepRun"_ba},
     {OpCode::Step, "Step"_ba},
     {OpCode::StepError, "StepError"_ba},
     {OpCode::StepFailed, "StepFailed"_ba},
     {OpCode::StepPlanned, "StepPlanned"_ba},
     {OpCode::Sleep, "Sleep"_ba},
     {OpCode::RunComplete, "RunComplete"_ba},
     {OpCode::WaitForEvent, "WaitForEvent"_ba},
     {OpCode::WaitForSignal, "WaitForSignal"_ba},
     {OpCode::InvokeFunction, "InvokeFunction"_ba},
     {OpCode::Gateway, "Gateway"_ba},
     {OpCode::AiGateway, "AIGateway"_ba},
     {OpCode::SyncRunComplete, "SyncRunComplete"_ba},
     {OpCode::DiscoveryRequest, "DiscoveryRequest"_ba},
     {OpCode::DeferAdd, "DeferAdd"_ba},
     {OpCode::DeferAbort, "DeferAbort"_ba}}};

} // namespace

bool isTerminal(RunStatus status)
{
    switch (status) {
    case RunStatus::Queued:
    case RunStatus::Running:
        return false;
    case RunStatus::Completed:
    case RunStatus::Failed:
    case RunStatus::Cancelled:
    case RunStatus::Skipped:
        return true;
    }
    Q_UNREACHABLE();
}

QByteArray toName(RunStatus status)
{
    switch (status) {
    case RunStatus::Queued:
        return "Scheduled"_ba;
    case RunStatus::Running:
        return "Running"_ba;
    case RunStatus::Completed:
        return "Completed"_ba;
    case RunStatus::Failed:
        return "Failed"_ba;
    case RunStatus::Cancelled:
        return "Cancelled"_ba;
    case RunStatus::Skipped:
        return "Skipped"_ba;
    }
    Q_UNREACHABLE();
}

QByteArray toName(OpCode code)
{
    for (const auto &[known, name] : opNames) {
        if (known == code)
            return name;
    }
    Q_UNREACHABLE();
}

std::optional<OpCode> opCodeFromName(QByteArrayView name)
{
    for (const auto &[code, known] : opNames) {
        if (name.compare(known, Qt::CaseInsensitive) == 0)
            return code;
    }
    return std::nullopt;
}

QByteArray toName(TimelineType type)
{
    switch (type) {
    case TimelineType::RunScheduled:
        return "run.scheduled"_ba;
    case TimelineType::RunStarted:
        return "run.started"_ba;
    case TimelineType::RunSkipped:
        return "run.skipped"_ba;
    case TimelineType::AttemptStarted:
        return "attempt.started"_ba;
    case TimelineType::AttemptFinished:
        return "attempt.finished"_ba;
    case TimelineType::StepPlanned:
        return "step.planned"_ba;
    case TimelineType::StepCompleted:
        return "step.completed"_ba;
    case TimelineType::StepErrored:
        return "step.errored"_ba;
    case TimelineType::StepFailed:
        return "step.failed"_ba;
    case TimelineType::StepSleeping:
        return "step.sleeping"_ba;
    case TimelineType::StepWoke:
        return "step.woke"_ba;
    case TimelineType::CancelRequested:
        return "run.cancel_requested"_ba;
    case TimelineType::RetryRequested:
        return "attempt.hurried"_ba;
    case TimelineType::RunCompleted:
        return "run.completed"_ba;
    case TimelineType::RunFailed:
        return "run.failed"_ba;
    case TimelineType::RunCancelled:
        return "run.cancelled"_ba;
    case TimelineType::RunResumed:
        return "run.resumed"_ba;
    case TimelineType::RunRecovered:
        return "run.recovered"_ba;
    case TimelineType::Warning:
        return "warning"_ba;
    }
    Q_UNREACHABLE();
}

QByteArray toName(LetterState state)
{
    switch (state) {
    case LetterState::Open:
        return "open"_ba;
    case LetterState::Retrying:
        return "retrying"_ba;
    case LetterState::Resolved:
        return "resolved"_ba;
    case LetterState::Discarded:
        return "discarded"_ba;
    }
    Q_UNREACHABLE();
}

QByteArray toName(JobState state)
{
    switch (state) {
    case JobState::Queued:
        return "queued"_ba;
    case JobState::Leased:
        return "leased"_ba;
    case JobState::BackingOff:
        return "backing_off"_ba;
    case JobState::AppOffline:
        return "app_offline"_ba;
    case JobState::Interrupted:
        return "interrupted"_ba;
    case JobState::NoHandler:
        return "no_handler"_ba;
    }
    Q_UNREACHABLE();
}

QByteArray toName(JobKind kind)
{
    switch (kind) {
    case JobKind::Start:
        return "start"_ba;
    case JobKind::Discovery:
        return "discovery"_ba;
    case JobKind::Step:
        return "step"_ba;
    case JobKind::Sleep:
        return "sleep"_ba;
    }
    Q_UNREACHABLE();
}

QByteArray toName(SignatureCheck check)
{
    switch (check) {
    case SignatureCheck::Unchecked:
        return "unchecked"_ba;
    case SignatureCheck::Missing:
        return "missing"_ba;
    case SignatureCheck::Valid:
        return "valid"_ba;
    case SignatureCheck::Invalid:
        return "invalid"_ba;
    }
    Q_UNREACHABLE();
}

QByteArray toName(AttemptOutcome outcome)
{
    switch (outcome) {
    case AttemptOutcome::Started:
        return "started"_ba;
    case AttemptOutcome::Ok:
        return "ok"_ba;
    case AttemptOutcome::RetryableError:
        return "retryable_error"_ba;
    case AttemptOutcome::FinalError:
        return "final_error"_ba;
    case AttemptOutcome::Discarded:
        return "discarded"_ba;
    case AttemptOutcome::Interrupted:
        return "interrupted"_ba;
    case AttemptOutcome::AppOffline:
        return "app_offline"_ba;
    }
    Q_UNREACHABLE();
}

QByteArray toName(BulkState state)
{
    switch (state) {
    case BulkState::Running:
        return "running"_ba;
    case BulkState::Done:
        return "done"_ba;
    case BulkState::StoppedByHand:
        return "stopped"_ba;
    case BulkState::StoppedByErrors:
        return "stopped_by_errors"_ba;
    }
    Q_UNREACHABLE();
}

QByteArray toName(BulkItemState state)
{
    switch (state) {
    case BulkItemState::Waiting:
        return "waiting"_ba;
    case BulkItemState::Retrying:
        return "retrying"_ba;
    case BulkItemState::Completed:
        return "completed"_ba;
    case BulkItemState::FailedAgain:
        return "failed_again"_ba;
    case BulkItemState::Refused:
        return "refused"_ba;
    case BulkItemState::Cancelled:
        return "cancelled"_ba;
    }
    Q_UNREACHABLE();
}

} // namespace devserver
