// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/engine/engine.h"

#include "devserver/engine/stages.h"

namespace devserver::engine {

namespace {

/// One named function per kind of input, each in the file of its stage (style.md 2.2).
struct Take {
    Turn &turn;

    void operator()(EventsReceived &&input) const { ingest(turn, input); }

    void operator()(FunctionsSynced &&input) const { sync(turn, input); }

    void operator()(SyncRefused &&input) const { noteRefusal(turn, input); }

    void operator()(AppNamed &&input) const { nameApp(turn, input); }

    void operator()(AppRemoved &&input) const { removeApp(turn, input); }

    void operator()(AppMoved &&input) const { moveApp(turn, input); }

    void operator()(AppPolled &&input) const { notePoll(turn, input); }

    void operator()(ProbeFinished &&input) const { finishProbe(turn, input); }

    void operator()(CallFinished &&input) const { applyAnswer(turn, input); }

    void operator()(TimeReached &&) const {} // what is due is dispatched after all inputs

    void operator()(Restored &&input) const { repair(turn, input); }

    void operator()(Stopping &&) const { turn.state.isStopping = true; }

    void operator()(VerbRequested &&input) const { obey(turn, input); }
};

/// Collects what an input needs to know of the past.
struct Ask {
    const State &state;
    Recall &recall;

    void operator()(const EventsReceived &input) const
    {
        for (const EventDraft &draft : input.drafts) {
            if (draft.seededId)
                recall.seededEvents.push_back(*draft.seededId);
            if (draft.id && !draft.id->isEmpty())
                recall.scheduleKeys.push_back(*draft.id);
        }
    }

    void operator()(const VerbRequested &input) const
    {
        std::visit(
            [this](const auto &verb) {
                if constexpr (requires { verb.run; })
                    recall.runs.push_back(verb.run);
            },
            input.verb);
    }

    void operator()(const auto &) const {}
};

} // namespace

Engine::Engine(Options options)
    : m_state(options)
{}

Recall Engine::needs(TimePoint now, const std::vector<Input> &inputs) const
{
    Recall recall{.runs = dueBulkRuns(m_state, now)};
    for (const Input &input : inputs)
        std::visit(Ask{m_state, recall}, input);
    return recall;
}

Outcome Engine::step(TimePoint now, std::vector<Input> inputs, const Recalled &recalled)
{
    Outcome outcome;
    Turn turn{.now = now, .state = m_state, .recalled = recalled, .outcome = outcome};
    turn.seededEvents.insert(recalled.storedEvents.begin(), recalled.storedEvents.end());
    takeHeldKeys(turn);
    for (Input &input : inputs)
        std::visit(Take{turn}, std::move(input));
    advanceBulks(turn);
    dispatch(turn);
    if (now >= m_state.nextRelease)
        releaseDiscarded(turn);
    flush(turn);
    outcome.wakeAt = nextDeadline(m_state);
    return outcome;
}

} // namespace devserver::engine
