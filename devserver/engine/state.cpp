// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/engine/state.h"

namespace devserver::engine {

State::State(const Options &given)
    : options(given)
    , ids(given.seed)
{}

AppEntry *findApp(State &state, const Function &function)
{
    const auto found = state.apps.find(function.app);
    return found == state.apps.end() ? nullptr : &found->second;
}

void indexFunction(State &state, const Function &function)
{
    for (auto it = state.byTrigger.begin(); it != state.byTrigger.end();) {
        it->second.erase(function.id);
        it = it->second.empty() ? state.byTrigger.erase(it) : std::next(it);
    }
    // Another app may have a function of the same slug: one that is gone must not hide it.
    if (function.isArchived) {
        state.bySlug.emplace(function.config.slug, function.id);
        return;
    }
    state.bySlug[function.config.slug] = function.id;
    for (const Trigger &trigger : function.config.triggers) {
        if (!trigger.event.isEmpty())
            state.byTrigger[trigger.event].insert(function.id);
    }
}

} // namespace devserver::engine
