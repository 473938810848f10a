// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Stage 5, gate: may this event start this function? Flow control joins here in the order of
// semantics §6.1; until then the only gate is the idempotency of the event id.

#include "devserver/engine/stages.h"

#include <algorithm>

namespace devserver::engine {

namespace {

constexpr std::chrono::hours idempotencyWindow{24};

/// The run that this event id started less than 24 h ago (semantics §3.2).
std::optional<RunId> holderOf(const Turn &turn, const Function &function, const Event &event)
{
    const auto fresh = turn.scheduleKeys.find({event.id, function.id});
    if (fresh != turn.scheduleKeys.end())
        return fresh->second;
    const auto &holders = turn.recalled.holders;
    const auto held = std::find_if(holders.begin(), holders.end(), [&](const KeyHolder &holder) {
        return holder.scheduleKey == event.id && holder.function == function.id
               && turn.now - holder.run.value.time() < idempotencyWindow;
    });
    return held == holders.end() ? std::nullopt : std::optional(held->run);
}

} // namespace

std::optional<Delivery> gate(Turn &turn, const Function &function, const Event &event)
{
    if (!event.hasOwnId)
        return std::nullopt;
    const std::optional<RunId> holder = holderOf(turn, function, event);
    if (!holder)
        return std::nullopt;
    return Delivery{.event = event.internalId,
                    .function = function.id,
                    .refusal = Refusal::Idempotency,
                    .heldBy = *holder,
                    .detail = "event id " + event.id + " is taken until "
                              + toRfc3339(holder->value.time() + idempotencyWindow),
                    .at = turn.now};
}

} // namespace devserver::engine
