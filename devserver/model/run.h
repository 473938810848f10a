// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/event.h"
#include "devserver/model/id.h"
#include "devserver/model/rawjson.h"

#include <QByteArray>

#include <memory>
#include <optional>
#include <vector>

namespace devserver {

/// semantics §1.1, with its codes.
enum class RunStatus {
    Queued = 100,
    Running = 200,
    Completed = 300,
    Failed = 400,
    Cancelled = 500,
    Skipped = 600,
};

/// Completed, Failed, Cancelled, Skipped.
[[nodiscard]] bool isTerminal(RunStatus status);
/// As `/v1` says it: `Scheduled`, `Running`, `Completed`, ….
[[nodiscard]] QByteArray toName(RunStatus status);

/// One execution of one function (semantics §1). One row in the store.
struct Run {
    RunId id;
    FunctionId function;
    int functionVersion = 1;
    RunStatus status = RunStatus::Queued;
    std::vector<EventId> events; ///< at least one
    QByteArray scheduleKey; ///< id of the event if its sender chose it, else empty (semantics §3.2)
    RunId originalRun;      ///< first run of a chain of reruns, else null
    int cycle = 0;          ///< how often it was resumed after a failure
    TimePoint queuedAt;
    TimePoint scheduledAt;
    std::optional<TimePoint> startedAt;
    std::optional<TimePoint> endedAt;
    RawJson output;              ///< result, or normalised error; empty while it is live
    QByteArray cancelCause;      ///< `manual`, …; empty unless cancelled
    int requestVersion = -1;     ///< protocol §6.5
    bool forceStepPlan = false;  ///< protocol §8.4
    std::vector<StepId> pending; ///< pending set of the parallel group (semantics §5.9)
    int generation = 0;          ///< counts deliveries; fences late answers
    int timelineNext = 0;        ///< number of the next timeline record
    int memoNext = 0;            ///< stack index of the next memo
    StepId failedStep; ///< the step whose error ended it; dropped by a resume (semantics §9.6)

    bool operator==(const Run &) const = default;
};

/// How a memo came to be.
enum class MemoKind {
    Data = 1, ///< `{"data": …}` of a step that ran
    Error,    ///< `{"error": …}` of a step that failed
    Sleep,    ///< `null` of a sleep that elapsed
    Plain,    ///< as reported (`Step`, waits)
};

/// The stored result of a step; written once (semantics §0.3/2).
struct Memo {
    StepId step;
    int index = 0; ///< place in the stack, in completion order; never used twice in a run
    MemoKind kind = MemoKind::Data;
    QByteArray name; ///< what people call the step
    RawJson json;    ///< the value of protocol §5.3, wrapper included
    TimePoint at;
    int attempts = 1;       ///< how many the step took
    int droppedInCycle = 0; ///< > 0: a resume took it off the stack; kept to show old requests

    bool operator==(const Memo &) const = default;
};

/// Shared: runs, call requests and writes all hold the same one.
using MemoPtr = std::shared_ptr<const Memo>;
using EventPtr = std::shared_ptr<const Event>;

} // namespace devserver
