// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/engine/input.h"
#include "devserver/engine/outcome.h"
#include "devserver/engine/state.h"
#include "devserver/model/snapshot.h"

#include <memory>
#include <vector>

namespace devserver::engine {

/// The pure state machine: `(state, now, inputs) -> (state, outcome)`. No clock, no input or
/// output, no thread. The same inputs at the same times give the same outcomes, byte for byte.
///
/// One thread at a time; never blocks, never throws. Source: style.md 2.3, semantics §0.3.
class Engine
{
public:
    explicit Engine(Options options = {});

    /// Builds the state from rows; to be followed by a `Restored` input.
    void restore(const Snapshot &snapshot);

    /// What the store must look up before these inputs can be taken, and before the bulk retries
    /// can go on that are due at \a now; at most 50 runs for those, more in the next step.
    [[nodiscard]] Recall needs(TimePoint now, const std::vector<Input> &inputs) const;

    /// The only function that changes the state.
    ///
    /// \param now       UTC; may go back, ids and deadlines do not mind.
    /// \param recalled  the answer to `needs`, which was asked after the step before.
    [[nodiscard]] Outcome step(TimePoint now, std::vector<Input> inputs,
                               const Recalled &recalled = {});

    [[nodiscard]] const State &state() const { return m_state; }

private:
    State m_state;
};

} // namespace devserver::engine
