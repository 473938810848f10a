// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/summaries.h"
#include "ui/core/callsteps.h"
#include "ui/core/runwords.h"
#include "ui/core/theme.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace console {

/// What a bar of the timeline says, and how it is drawn (ui.md §3.1, §7.3).
enum class BarState {
    Queued,  ///< due, but not sent
    Running, ///< a call is in flight
    Succeeded,
    WillRetry,   ///< failed, another attempt follows
    Failed,      ///< failed for good
    Cancelled,   ///< the run ended first, or the answer came too late
    Interrupted, ///< the server died or stopped during it; delivered again
    Sleeping,
    Slept,
    SleepSkipped, ///< ended by hand
    Backoff,
    Offline,    ///< the app cannot be reached or refuses calls
    Kept,       ///< a retry reuses the result
    NotReached, ///< planned, and the run ended before
};

[[nodiscard]] bool isCall(BarState state);
/// Sleeping, backoff, app that takes no calls: nothing happens meanwhile.
[[nodiscard]] bool isWait(BarState state);
/// Failed final, or will be retried.
[[nodiscard]] bool isError(BarState state);
/// What is shown where two bars share a pixel (ui.md §7.3/9): an error is never painted over.
[[nodiscard]] BarState worse(BarState one, BarState other);
/// Of the bar; an ended sleep keeps the colour of waiting.
[[nodiscard]] Token barToken(BarState state);
/// Of the state, as its word says it: an ended sleep is done like all else.
[[nodiscard]] QString barIcon(BarState state);
[[nodiscard]] Token barIconToken(BarState state);
/// `Succeeded`, translated; of WillRetry what is so until the next attempt.
[[nodiscard]] QString barWord(BarState state);

struct TimelineBar {
    BarState state = BarState::Queued;
    devserver::TimePoint from;
    std::optional<devserver::TimePoint> to;    ///< still open: it ends now
    std::optional<devserver::TimePoint> until; ///< when a wait ends, or should have ended
    int attempt = -1;                          ///< counted from 0; -1: not an attempt
    int maxAttempts = 0;
    int delivery = 0;
    int cycle = 0;
    bool isEndUnknown = false; ///< the server died meanwhile: it took at most as long as this
    RetryFate fate;            ///< of an attempt that was to be retried
    QString decided; ///< the same in words, as the list of attempts says it; empty: nothing was
    std::optional<devserver::RequestId> request;
    devserver::JobId job;
    int httpStatus = 0;
    QString error; ///< `TimeoutError: no answer`, one line
    std::chrono::microseconds took{};
    std::chrono::microseconds connected{}; ///< since the call began: name, connection, encryption
    std::chrono::microseconds answered{};  ///< since the call began: the first byte came

    [[nodiscard]] devserver::TimePoint end(devserver::TimePoint now) const
    {
        return std::max(from, to.value_or(now));
    }

    [[nodiscard]] bool isOpen() const { return !to.has_value(); }

    bool operator==(const TimelineBar &) const = default;
};

enum class RowKind {
    Run,
    Body, ///< code of the function between its steps; shown when something happened to it
    Step,
    Sleep,
};

/// One step with all its attempts.
struct TimelineRow {
    RowKind kind = RowKind::Step;
    devserver::StepId step; ///< empty: run or body
    QString name;
    BarState state = BarState::Queued;
    bool isKept = false;           ///< done before, a retry reuses it
    std::vector<TimelineBar> bars; ///< by time
    int attempts = 0;              ///< in the last cycle that called it
    int attemptsBefore = 0;        ///< in earlier ones: a retry called it again
    int maxAttempts = 0;
    int group = -1; ///< rows that one answer planned together
    std::optional<devserver::TimePoint> queuedAt;
    std::optional<devserver::TimePoint> startedAt;
    std::optional<devserver::TimePoint> endedAt;
    QString error;   ///< of the last failed attempt, one line
    QString preview; ///< of the output, at most 160 characters
    qint64 outputBytes = -1;

    /// Attempts and times are of the last retry only, and there were some before it. Not of a step
    /// that is kept: they are of an earlier one.
    [[nodiscard]] bool isTriedAgain() const { return attemptsBefore > 0 && !isKept; }

    /// What it failed at, unless something else came of it; also if it was cancelled after that.
    [[nodiscard]] QString openError() const;

    bool operator==(const TimelineRow &) const = default;
};

/// With what came of a failure: `Failed (will retry)`, later `Failed (retried)`.
[[nodiscard]] QString barWord(const TimelineBar &bar);
/// Of its state, likewise.
[[nodiscard]] QString rowWord(const TimelineRow &row);

/// Something that happened to the run as a whole.
struct TimelineMark {
    enum class Kind { Resumed, Recovered, CancelRequested, Warning };

    Kind kind = Kind::Warning;
    devserver::TimePoint at;
    QString text;
    int kept = 0; ///< of Resumed: how many memos the run went on with

    bool operator==(const TimelineMark &) const = default;
};

struct TimeSpan {
    devserver::TimePoint from;
    devserver::TimePoint to;

    bool operator==(const TimeSpan &) const = default;
};

/// A run as it is drawn: an immutable snapshot, replaced as a whole.
struct TimelineData {
    devserver::RunId run;
    DisplayState state = DisplayState::Queued;
    WaitReason reason = WaitReason::None;
    std::vector<TimelineRow> rows; ///< the first one is the run
    std::vector<TimelineMark> marks;
    std::vector<TimeSpan> active; ///< in which calls were made; sorted, disjoint; of a live one to
                                  ///< the time of the snapshot
    bool isExecuting = false;     ///< a call is in flight: the last active span grows
    bool isLive = false;
    devserver::TimePoint start;
    devserver::TimePoint end; ///< of a live run: time of the snapshot
    /// At most: the server died in the midst of a call, and it is known only when it was back.
    std::chrono::milliseconds down{};

    [[nodiscard]] std::chrono::milliseconds activeTime() const;
    /// From each failure for good to the retry of it.
    [[nodiscard]] std::chrono::milliseconds deadTime() const;
    /// Index of the row; -1 if there is none. The body has an empty id.
    [[nodiscard]] int indexOf(const devserver::StepId &step, RowKind kind) const;
    /// How often a retry in place let it go on.
    [[nodiscard]] int retries() const;
    /// Steps and sleeps, as the progress of a run counts them.
    [[nodiscard]] int stepCount() const;

    bool operator==(const TimelineData &) const = default;
};

using TimelineDataPtr = std::shared_ptr<const TimelineData>;

/// What the code of a function between its steps is called, in all lists of a run.
[[nodiscard]] QString functionBodyName();

/// `TimeoutError: no answer`, from a normalised error; at most 200 characters, one line.
[[nodiscard]] QString errorLine(const devserver::RawJson &error);

/// \a now  time of the snapshot; what is open reaches up to it.
/// Cost O(n log n) in attempts and records.
[[nodiscard]] TimelineDataPtr makeTimeline(const devserver::api::RunRecord &record,
                                           devserver::TimePoint now);

} // namespace console
