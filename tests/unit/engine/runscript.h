// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/call.h"

#include <QByteArray>

#include <chrono>
#include <optional>
#include <variant>
#include <vector>

/// A scenario of semantics as data: what there is, what happens, and the exact log of it.
namespace devserver::test {

/// The function `orders`, to which the event `orders` with the data `{"n":7}` is sent.
struct Given {
    int retries = 4;
    std::chrono::milliseconds startsIn{}; ///< `ts` of the event, counted from now
    /// Filter of `orders-failure`, a function on `inngest/function.failed`; empty: it has none.
    std::optional<QByteArray> handler = {};
};

/// The answer to the call that targets this step; a CallAnswer alone is for the oldest call that
/// targets none. Time goes on until there is one.
struct To {
    StepId step;
    CallAnswer answer;
};

/// The app registers again, with other retries.
struct Configure {
    int retries;
};

struct Wait {
    std::chrono::milliseconds duration;
};

/// Somebody cancels the run.
struct Cancel {};

/// The server is killed and comes back.
struct Kill {
    std::chrono::milliseconds downtime{};
};

/// The server is killed before its last commit reached the disk, and comes back.
struct KillBeforeCommit {};

/// Nobody listens at the address of the app for so long.
struct AppIsAway {
    std::chrono::milliseconds duration;
};

using Move =
    std::variant<CallAnswer, To, Configure, Wait, Cancel, Kill, KillBeforeCommit, AppIsAway>;
using Script = std::vector<Move>;

/// Plays the script, then a day more if all runs have ended, and tells what became of each run:
/// \code
/// orders Completed "done", queued 0 s, scheduled 0 s, started 0 s, ended 1 s
///   0 s: scheduled, started, a attempt 0 retryable_error (boom), a errored
///   1 s: a attempt 1 ok, a completed, attempt 0 ok, completed
///   memos: a data
/// events: orders, inngest/function.finished
/// \endcode
/// Attempts fail after 1 s, not after the times of the table.
[[nodiscard]] QByteArray play(const Given &given, const Script &script);

} // namespace devserver::test
