// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/run.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace devserver::engine {

/// Why a run changed its status.
enum class Cause {
    FirstCall, ///< about to be sent
    Returned,  ///< 200 or RunComplete
    Failed,    ///< final error or limit
    Cancelled, ///< by hand
    Resumed,   ///< a failed run goes on in place
};

struct Transition {
    RunStatus from;
    RunStatus to;
    Cause cause;
};

/// All that is allowed (semantics §1.2). A step that is not in here is a bug.
inline constexpr std::array transitionTable{
    Transition{RunStatus::Queued, RunStatus::Running, Cause::FirstCall},
    Transition{RunStatus::Queued, RunStatus::Cancelled, Cause::Cancelled},
    Transition{RunStatus::Queued, RunStatus::Failed, Cause::Failed},
    Transition{RunStatus::Running, RunStatus::Completed, Cause::Returned},
    Transition{RunStatus::Running, RunStatus::Failed, Cause::Failed},
    Transition{RunStatus::Running, RunStatus::Cancelled, Cause::Cancelled},
    Transition{RunStatus::Failed, RunStatus::Running, Cause::Resumed},
};

using TransitionCounts = std::array<std::uint64_t, transitionTable.size()>;

/// Index into the table; asserts that the transition is allowed.
[[nodiscard]] std::size_t transitionIndex(RunStatus from, RunStatus to, Cause cause);

} // namespace devserver::engine
