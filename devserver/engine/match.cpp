// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Stage 4, match: which functions does an event start, and if not, why not?

#include "devserver/engine/stages.h"
#include "devserver/expr/triggerfilter.h"

#include <algorithm>
#include <set>

namespace devserver::engine {

namespace {

/// The name itself and one pattern per delimiter (protocol §4.1): `a/b.c` -> `a/b.c`, `a/*`,
/// `a/b.*`.
std::vector<QByteArray> patternsOf(const QByteArray &name)
{
    std::vector<QByteArray> patterns{name};
    for (qsizetype i = 0; i < name.size(); ++i) {
        if (name[i] == '/' || name[i] == '.')
            patterns.push_back(name.first(i + 1) + '*');
    }
    return patterns;
}

std::set<FunctionId> candidates(const State &state, const Event &event)
{
    std::set<FunctionId> found;
    if (!event.target.isEmpty()) { // an invoke is for one function, whatever its triggers say
        if (const auto target = state.bySlug.find(event.target); target != state.bySlug.end())
            found.insert(target->second);
        return found;
    }
    if (state.byTrigger.empty())
        return found;
    for (const QByteArray &pattern : patternsOf(event.name)) {
        if (const auto listed = state.byTrigger.find(pattern); listed != state.byTrigger.end())
            found.insert(listed->second.begin(), listed->second.end());
    }
    return found;
}

bool nameMatches(const Trigger &trigger, const std::vector<QByteArray> &patterns)
{
    return !trigger.event.isEmpty() && std::ranges::find(patterns, trigger.event) != patterns.end();
}

/// Nothing if one of the triggers is true; otherwise why the last one that was tried is not.
std::optional<Delivery> refuseByFilter(const Turn &turn, const Function &function,
                                       const Event &event)
{
    if (!event.target.isEmpty())
        return std::nullopt;
    const std::vector<QByteArray> patterns = patternsOf(event.name);
    Delivery refused{.event = event.internalId, .function = function.id, .at = turn.now};
    for (const Trigger &trigger : function.config.triggers) {
        if (!nameMatches(trigger, patterns))
            continue;
        if (trigger.expression.isEmpty())
            return std::nullopt;
        switch (expr::evaluateTriggerFilter(trigger.expression, event.json)) {
        case expr::Verdict::True:
            return std::nullopt;
        case expr::Verdict::False:
            refused.refusal = Refusal::FilterFalse;
            break;
        case expr::Verdict::Unsupported:
            refused.refusal = Refusal::FilterNotSupported;
            break;
        }
        refused.detail = trigger.expression;
    }
    return refused;
}

} // namespace

MatchCount match(Turn &turn, const EventPtr &event)
{
    MatchCount count;
    for (const FunctionId &id : candidates(turn.state, *event)) {
        const Function function = turn.state.functions.at(id);
        if (function.isArchived)
            continue;
        std::optional<Delivery> refused = refuseByFilter(turn, function, *event);
        const bool isSilent = refused && refused->refusal == Refusal::FilterFalse
                              && event->name.startsWith("inngest/");
        if (!refused)
            refused = gate(turn, function, *event);
        if (!refused) {
            schedule(turn, function, {event},
                     {.source = event->target.isEmpty() ? "event" : "invoke", .originalRun = {}});
            ++count.runs;
            continue;
        }
        if (isSilent)
            continue; // every failure passes every other function's handler: no news for anybody
        if (refused->refusal == Refusal::FilterNotSupported)
            notice(turn, "event " + event->internalId.toText() + " (" + event->name
                             + ") did not start " + function.config.slug
                             + ": this version cannot evaluate its trigger expression "
                             + refused->detail);
        turn.outcome.writes.emplace_back(std::move(*refused));
        ++count.refusals;
    }
    return count;
}

} // namespace devserver::engine
