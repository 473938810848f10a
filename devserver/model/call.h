// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/function.h"
#include "devserver/model/job.h"
#include "devserver/model/run.h"

#include <QByteArray>
#include <QByteArrayList>

#include <chrono>
#include <optional>
#include <variant>
#include <vector>

namespace devserver {

/// One call from the engine to a function (protocol §5); the caller encodes it.
struct CallRequest {
    RequestId request;
    RunId run;
    JobId job;
    AppId app;
    AppKind appKind = AppKind::Http;
    QByteArray slug;
    QByteArray url;
    StepId step; ///< target of a planned step; empty = discovery (`step`)
    int attempt = 0;
    int maxAttempts = 5;
    int generation = 0;
    int requestVersion = -1;
    bool forceStepPlan = false;   ///< `ctx.disable_immediate_execution`
    std::vector<EventPtr> events; ///< at least one
    std::vector<MemoPtr> memos;   ///< in stack order

    bool operator==(const CallRequest &) const = default;
};

/// Opcodes that the decoder knows (protocol §7.2). Those that the engine does not handle yet fail
/// the run.
enum class OpCode {
    None,
    StepRun,
    Step,
    StepError,
    StepFailed,
    StepPlanned,
    Sleep,
    RunComplete,
    WaitForEvent,
    WaitForSignal,
    InvokeFunction,
    Gateway,
    AiGateway,
    SyncRunComplete,
    DiscoveryRequest,
    DeferAdd,
    DeferAbort,
};

/// Name on the wire, `StepRun`.
[[nodiscard]] QByteArray toName(OpCode code);
/// Ignores case (protocol §7.1).
[[nodiscard]] std::optional<OpCode> opCodeFromName(QByteArrayView name);

/// One op of an answer, decoded (protocol §7.1).
struct StepOp {
    OpCode code = OpCode::None;
    StepId id;
    QByteArray name;     ///< displayName, else name, else id
    QByteArray userId;   ///< `userland.id`, empty if not given
    int userIndex = 0;   ///< `userland.index`
    bool isRace = false; ///< `opts.parallelMode == "race"`
    RawJson data;        ///< empty if absent
    /// Empty if absent. In StepError and StepFailed an object that has a `name` and a `message`,
    /// both strings: the codec adds what the app left out (protocol §5.3). Otherwise as reported.
    RawJson error;
    RawJson opts; ///< empty if absent
    /// Sleep only: how long from the answer on, or until when.
    std::variant<std::chrono::milliseconds, TimePoint> sleep;

    bool operator==(const StepOp &) const = default;
};

// Limits of semantics §5.13 that an answer must keep.
inline constexpr std::size_t mostOpsPerAnswer = 1000;         ///< more fail the run
inline constexpr qsizetype mostAnswerBytes = 8 * 1024 * 1024; ///< more fail the attempt
inline constexpr qsizetype mostStepBytes = 4 * 1024 * 1024;   ///< input or output; likewise

/// The app answered 206: progress.
struct AnswerOps {
    std::vector<StepOp> ops; ///< of too many, the first ones

    bool operator==(const AnswerOps &) const = default;
};

/// The app answered 200: the function returned.
struct AnswerResult {
    RawJson result;

    bool operator==(const AnswerResult &) const = default;
};

/// The attempt failed: the app said so, or what it said cannot be used.
struct AnswerError {
    RawJson error;            ///< normalised (semantics §2.8)
    bool isSdk = true;        ///< false: whatever answered was not an SDK (`not_sdk`)
    bool isCloudMode = false; ///< an SDK in cloud mode, which refused an unsigned call

    bool operator==(const AnswerError &) const = default;
};

/// No connection: nothing was sent, so the attempt is not used up (semantics §10.6).
struct AppUnreachable {
    RawJson error;

    bool operator==(const AppUnreachable &) const = default;
};

/// We broke the call off because the server stops; delivered again (semantics §10.4).
struct CallAborted {
    bool operator==(const CallAborted &) const = default;
};

/// What came of a CallRequest (protocol §6), decoded.
struct CallAnswer {
    std::variant<AnswerOps, AnswerResult, AnswerError, AppUnreachable, CallAborted> outcome;
    int httpStatus = 0;          ///< 0 if no response came; the inner one of a streamed answer
    std::optional<bool> noRetry; ///< header `x-inngest-no-retry`
    std::optional<std::variant<std::chrono::seconds, TimePoint>> retryAfter; ///< unclamped
    bool hasBadRetryAfter = false;     ///< the header was there and cannot be read
    std::optional<int> requestVersion; ///< header `x-inngest-req-version`
    RawJson headers;                   ///< response headers as `[["name","value"],…]`
    QByteArray body;                   ///< as received, at most 64 KiB of it
    qint64 bodySize = 0;
    CallTiming timing;
    SignatureCheck signature = SignatureCheck::Unchecked;

    bool operator==(const CallAnswer &) const = default;
};

} // namespace devserver
