// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/engine/state.h"

#include <algorithm>
#include <utility>

namespace devserver::engine {

State::State(const Options &given)
    : options(given)
    , ids(given.seed)
{}

namespace {

/// Another function of the same slug that is not archived; else the same one.
FunctionId liveNamesake(const State &state, const Function &archived)
{
    for (const auto &[id, each] : state.functions) {
        if (!each.isArchived && id != archived.id && each.config.slug == archived.config.slug)
            return id;
    }
    return archived.id;
}

} // namespace

AppEntry *findApp(State &state, const Function &function)
{
    const auto found = state.apps.find(function.app);
    return found == state.apps.end() ? nullptr : &found->second;
}

void keepMemo(RunState &run, MemoPtr memo)
{
    run.memoised.insert(memo->step);
    run.stateBytes += memo->json.sizeBytes();
    run.errorMemos += memo->kind == MemoKind::Error ? 1 : 0;
    run.memos.push_back(std::move(memo));
}

RunState stateOf(const RunSnapshot &snapshot)
{
    RunState run;
    run.run = snapshot.run;
    run.events = snapshot.events;
    run.letter = snapshot.letter;
    run.isEditedRetry = snapshot.isEditedRetry;
    run.isStored = true;
    for (const EventPtr &event : run.events)
        run.stateBytes += event->json.sizeBytes();
    for (const MemoPtr &memo : snapshot.memos) {
        if (memo->droppedInCycle == 0)
            keepMemo(run, memo);
    }
    if (run.run.startedAt)
        run.highestAttempt = snapshot.highestAttempt + 1;
    return run;
}

void indexFunction(State &state, const Function &function)
{
    for (auto it = state.byTrigger.begin(); it != state.byTrigger.end();) {
        it->second.erase(function.id);
        it = it->second.empty() ? state.byTrigger.erase(it) : std::next(it);
    }
    // Another app may have a function of the same slug: one that is gone must not hide it.
    const QByteArray &slug = function.config.slug;
    if (function.isArchived) {
        const auto known = state.bySlug.emplace(slug, function.id).first;
        if (known->second == function.id)
            known->second = liveNamesake(state, function);
        return;
    }
    state.bySlug[slug] = function.id;
    for (const Trigger &trigger : function.config.triggers) {
        if (!trigger.event.isEmpty())
            state.byTrigger[trigger.event].insert(function.id);
    }
}

} // namespace devserver::engine
