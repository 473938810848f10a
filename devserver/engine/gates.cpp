// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Stage 5, gate: may this event start this function? Flow control joins here in the order of
// semantics §6.1; until then the only gate is the idempotency of the event id.

#include "devserver/engine/stages.h"

namespace devserver::engine {

namespace {

constexpr std::chrono::hours idempotencyWindow{24};

} // namespace

void takeHeldKeys(Turn &turn)
{
    for (const KeyHolder &holder : turn.recalled.holders) {
        if (turn.now - holder.run.value.time() < idempotencyWindow)
            turn.scheduleKeys[{holder.scheduleKey, holder.function}] = holder.run;
    }
}

std::optional<Delivery> gate(Turn &turn, const Function &function, const Event &event)
{
    if (!event.hasOwnId)
        return std::nullopt;
    const auto held = turn.scheduleKeys.find({event.id, function.id});
    if (held == turn.scheduleKeys.end())
        return std::nullopt;
    const RunId holder = held->second;
    return Delivery{.event = event.internalId,
                    .function = function.id,
                    .refusal = Refusal::Idempotency,
                    .heldBy = holder,
                    .detail = "event id " + event.id + " is taken until "
                              + toRfc3339(holder.value.time() + idempotencyWindow),
                    .at = turn.now};
}

} // namespace devserver::engine
