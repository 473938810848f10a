// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/bulk.h"
#include "devserver/model/event.h"
#include "devserver/model/function.h"
#include "devserver/model/job.h"
#include "devserver/model/run.h"

#include <QByteArray>

#include <optional>
#include <variant>
#include <vector>

namespace devserver {

/// Why a live run is not executing (semantics §1.1, "derived activity").
enum class ActivityKind {
    Executing = 1,
    Queued,
    Delayed, ///< the event's `ts` is in the future
    BackingOff,
    Sleeping,
    AppOffline,
    NoHandler, ///< its app does not have the function any more
};

struct Activity {
    ActivityKind kind = ActivityKind::Queued;
    JobId job;
    QByteArray stepName; ///< empty: the function body
    int attempt = 0;
    std::optional<TimePoint> until;

    bool operator==(const Activity &) const = default;
};

/// Last one wins, by run.
struct RunChanged {
    Run run;
    QByteArray slug;
    std::vector<Activity> activities; ///< soonest first; empty when it ended
    // What a row of the window's list shows; the engine has it at hand.
    QByteArray trigger;         ///< name of the first event
    QByteArray source;          ///< who sent it, see Event::source
    QByteArray key;             ///< idempotency key that its sender chose, or empty
    bool isEditedRetry = false; ///< made of a dead letter, with other data
    int stepsDone = 0;
    int stepsKnown = 0; ///< done, planned and running
    int attempt = 0;    ///< the highest that one step used, counted from 1
    int maxAttempts = 0;
    std::optional<LetterState> letter;
    /// Of the attempt that it backs off from, or that was tried again when it was cancelled, or
    /// what it failed with; else empty.
    RawJson error;
};

/// A bulk retry began, went on or ended.
struct BulkChanged {
    Bulk bulk;
};

struct EventStored {
    EventPtr event;
    int runs = 0; ///< started by it
    int refusals = 0;
};

struct AppChanged {
    App app;
    bool isGone = false;
};

struct FunctionChanged {
    Function function;
};

struct LetterChanged {
    DeadLetter letter;
};

enum class NoticeLevel { Info, Warning };

/// Notice::about of what apps use and this version does not act on.
inline constexpr char aboutNotEnforced[] = "not-enforced";

/// Something that people should be told once, in the log and as an info bar.
struct Notice {
    QByteArray text;
    NoticeLevel level = NoticeLevel::Warning; ///< in the log
    /// That it is about, all of them: a filter can name them. Empty: none, or too many for that.
    std::vector<RunId> runs = {};
    /// Whose state it tells: a later one about the same takes its place. Empty: it stands for
    /// itself.
    QByteArray about = {};
    bool isPassing = false; ///< good news, which nobody needs for long
};

/// What the window and the log are told after the commit.
using Change = std::variant<RunChanged, EventStored, AppChanged, FunctionChanged, LetterChanged,
                            TimelineRecord, BulkChanged, Notice>;

} // namespace devserver
