// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/engine/transitions.h"

#include <QtGlobal>

namespace devserver::engine {

std::size_t transitionIndex(RunStatus from, RunStatus to, Cause cause)
{
    for (std::size_t i = 0; i < transitionTable.size(); ++i) {
        const Transition &row = transitionTable[i];
        if (row.from == from && row.to == to && row.cause == cause)
            return i;
    }
    qFatal("engine: transition %d -> %d is not allowed", static_cast<int>(from),
           static_cast<int>(to));
}

} // namespace devserver::engine
