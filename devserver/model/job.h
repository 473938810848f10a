// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/id.h"
#include "devserver/model/rawjson.h"

#include <QByteArray>

#include <chrono>
#include <optional>

namespace devserver {

/// What a job does when it is due (semantics §0.2).
enum class JobKind {
    Start = 1, ///< first discovery of a run
    Discovery, ///< call with `stepId=step`
    Step,      ///< call one planned step
    Sleep,     ///< write the memo of a sleep, then discover
};

enum class JobState {
    Queued = 1,  ///< waits for `runAt`
    Leased,      ///< a call is in flight
    BackingOff,  ///< waits for `runAt` after an error
    AppOffline,  ///< parked: the app cannot be reached, or takes no calls in cloud mode (§10.6)
    Interrupted, ///< was in flight when the server died; delivered again at `runAt`
    NoHandler,   ///< parked: its app does not have the function any more (semantics §9.5)
};

[[nodiscard]] QByteArray toName(JobKind kind);
[[nodiscard]] QByteArray toName(JobState state);

/// A durable intent of a run. Owns its attempt counter (semantics §2.3).
struct Job {
    JobId id; ///< `<run>:<kind>:<cause>`, see engine/queue.h
    RunId run;
    JobKind kind = JobKind::Discovery;
    StepId step;     ///< target of Step and Sleep; empty for Start and Discovery
    QByteArray name; ///< what people call the step
    JobState state = JobState::Queued;
    int attempt = 0;
    int interruptions = 0; ///< deliveries of this attempt that the engine itself broke off
    TimePoint enqueuedAt;  ///< written, or put back for another delivery or attempt
    TimePoint runAt;       ///< when it may run
    /// When the scheduler first wanted to run it, at or after `runAt` (semantics §1.5); none
    /// before. Differs from when it is leased if it waits for the app (offline, or at its most
    /// calls), or for its function (`no_handler`). On disk with the next write of the row: a job
    /// that only waits in line when the server dies is first looked at after the restart.
    std::optional<TimePoint> firstEligibleAt;
    RequestId request; ///< delivery in flight, null unless leased
    bool isRace =
        false; ///< its completion discovers at once (`parallelMode: "race"`, protocol §8.4)

    bool operator==(const Job &) const = default;
};

/// What became of one delivery (semantics §1.4).
enum class AttemptOutcome {
    Started = 1, ///< in flight
    Ok,
    RetryableError,
    FinalError,
    Discarded,   ///< the run had ended before the answer came
    Interrupted, ///< the server died or stopped; delivered again with the same index
    AppOffline,  ///< never sent, or refused in cloud mode; the attempt is not used up
};

[[nodiscard]] QByteArray toName(AttemptOutcome outcome);

/// Phases of the HTTP exchange; zero if unknown or in this process.
struct CallTiming {
    std::chrono::microseconds dns{};
    std::chrono::microseconds connect{};
    std::chrono::microseconds tls{};
    std::chrono::microseconds firstByte{}; ///< since the start
    std::chrono::microseconds total{};     ///< since the start

    bool operator==(const CallTiming &) const = default;
};

/// What the signature of an answer says (protocol §14.3).
enum class SignatureCheck {
    Unchecked, ///< nothing is known: there is no signing key, or the server ended meanwhile
    Missing,   ///< the call was signed; the answer is not, or there was none
    Valid,
    Invalid, ///< of another key, of another body, or too old
};

[[nodiscard]] QByteArray toName(SignatureCheck check);

/// One delivery of one attempt, with what is needed to show request and response again.
struct Attempt {
    RequestId request;
    RunId run;
    JobId job;
    JobKind kind = JobKind::Discovery;
    StepId step; ///< target, or the step that the answer reported; empty for a plain discovery
    QByteArray stepName;
    int attempt = 0; ///< zero-based
    int maxAttempts = 0;
    int delivery = 0; ///< > 0: the same attempt was delivered before
    int cycle = 0;
    QByteArray url;
    int generation = 0;
    int requestVersion = -1;
    bool forceStepPlan = false;
    int memoCount = 0; ///< the request carried the live memos with a smaller stack index
    // Of its job when it was leased (semantics §1.5); none in records of before format 5.
    std::optional<TimePoint> enqueuedAt;
    std::optional<TimePoint> runAt;
    std::optional<TimePoint> firstEligibleAt;
    TimePoint sentAt; ///< and leased: the step that did it; it leaves after that step's commit
    std::optional<TimePoint> finishedAt; ///< the step that recorded its outcome
    AttemptOutcome outcome = AttemptOutcome::Started;
    int httpStatus = 0;      ///< 0 if no response came
    RawJson responseHeaders; ///< `[["name","value"],…]`
    QByteArray responseBody; ///< kept for errors (at most 64 KiB); else the memos have it
    qint64 responseSize = 0;
    RawJson error; ///< normalised (semantics §2.8), empty if there was none
    bool noRetry = false;
    std::optional<TimePoint> nextAttemptAt;
    CallTiming timing;
    SignatureCheck signature = SignatureCheck::Unchecked;

    bool operator==(const Attempt &) const = default;
};

/// semantics §1.6; names as there with a dot (`run.scheduled`).
enum class TimelineType {
    RunScheduled = 1,
    RunStarted,
    RunSkipped,
    AttemptStarted,
    AttemptFinished,
    StepPlanned,
    StepCompleted,
    StepErrored,
    StepFailed,
    StepSleeping,
    StepWoke,
    CancelRequested,
    RunCompleted,
    RunFailed,
    RunCancelled,
    RunResumed,
    RunRecovered,
    Warning,
    RetryRequested, ///< somebody does not want to wait for the end of a backoff
};

[[nodiscard]] QByteArray toName(TimelineType type);

/// Append-only; the console draws a run from these alone.
struct TimelineRecord {
    RunId run;
    int number = 0; ///< 0, 1, 2, … within the run
    TimePoint at;
    TimelineType type = TimelineType::RunScheduled;
    StepId step;      ///< may be empty
    int attempt = -1; ///< -1: not about an attempt
    RawJson payload;  ///< an object, by type (semantics §1.6)

    bool operator==(const TimelineRecord &) const = default;
};

/// States of a dead letter (semantics §9.4).
enum class LetterState { Open = 1, Retrying, Resolved, Discarded };

[[nodiscard]] QByteArray toName(LetterState state);

/// How long a discarded dead letter can be restored (semantics §9.6); lists leave it out then.
inline constexpr std::chrono::hours restoreWindow{24 * 7};

/// An index entry over a failed run; its id is the run id. The run has all the rest.
struct DeadLetter {
    RunId run;
    FunctionId function;
    LetterState state = LetterState::Open;
    int cycle = 0; ///< which failure of the run
    TimePoint failedAt;
    QByteArray reason; ///< `attempts_exhausted`, `non_retriable`, `limit_exceeded`
    RawJson error;
    QByteArray fingerprint; ///< hex; equal for errors that only differ in numbers and ids
    StepId failedStep;
    QByteArray failedStepName; ///< empty: the body failed
    int failedStepAttempts = 0;
    RawJson completedSteps; ///< array of names that a retry reuses
    RawJson resolution;     ///< `{"how","at","by","reason"?,"note"?,"run_id"?}`, empty while open
    std::optional<TimePoint> closedAt;

    bool operator==(const DeadLetter &) const = default;
};

} // namespace devserver
