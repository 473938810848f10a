// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/matchingverdicts.h"

#include "devserver/model/triggerform.h"
#include "ui/core/configsentences.h"
#include "ui/core/falsecomparison.h"
#include "ui/core/nearestnames.h"
#include "ui/core/runwords.h"

#include <QCoreApplication>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Delivery;
using devserver::Function;
using devserver::Refusal;
using devserver::api::EventRecord;
using devserver::api::RunSummary;

namespace {

constexpr QStringView arrow = u"   =>   "; // the sign of one is small among code

QString tr(const char *text)
{
    return QCoreApplication::translate("Matching", text);
}

QString functionCount(int count)
{
    return QCoreApplication::translate("Matching", "%Ln function(s)", nullptr, count);
}

bool listens(const Function &function, const QByteArray &name)
{
    return std::any_of(
        function.config.triggers.begin(), function.config.triggers.end(),
        [&](const devserver::Trigger &trigger) { return triggerFits(trigger.event, name); });
}

const Function *functionWith(const std::vector<Function> &functions, devserver::FunctionId id)
{
    const auto found = std::find_if(functions.begin(), functions.end(),
                                    [&](const Function &function) { return function.id == id; });
    return found == functions.end() ? nullptr : &*found;
}

QString runWords(devserver::RunId run)
{
    return tr("run %1").arg(shortId(run.toText()));
}

MatchingVerdict startedBy(const RunSummary &run)
{
    const DisplayState state = displayState(run);
    const WaitReason reason = waitReason(run);
    const QString target = runWords(run.id);
    return {.slug = run.slug,
            .functionName = run.functionName,
            .verdict = tr("started"),
            .why = target + u"   "_s + stateWords(run),
            .target = target,
            .icon = u"check"_s,
            .token = state == DisplayState::Dead ? Token::StateDead : Token::StateCompleted,
            .run = run.id,
            .stateIcon = stateIcon(state, reason),
            .stateToken = stateToken(state, reason)};
}

MatchingVerdict refused(const Delivery &delivery, const Function *function)
{
    MatchingVerdict verdict;
    verdict.slug = function == nullptr ? QByteArray() : function->config.slug;
    verdict.functionName = function == nullptr ? delivery.function.toText() : function->config.name;
    verdict.icon = u"close"_s;
    verdict.token = Token::StateCancelled;
    verdict.run = delivery.heldBy;
    const QString detail = QString::fromUtf8(delivery.detail);
    switch (delivery.refusal) {
    case Refusal::Idempotency:
        verdict.verdict = tr("duplicate");
        verdict.icon = u"copy"_s;
        if (!delivery.heldBy.isNull())
            verdict.target = runWords(delivery.heldBy);
        verdict.why = delivery.heldBy.isNull()
                          ? tr("the same event ID started it in the last 24\u00a0h")
                          : tr("%1 was started by the same event ID in the last 24\u00a0h")
                                .arg(verdict.target);
        break;
    case Refusal::FilterNotSupported:
        verdict.verdict = filterNotSupported();
        verdict.icon = u"warning"_s;
        verdict.token = Token::StateBackoff;
        verdict.code = verdict.why = detail;
        break;
    case Refusal::FilterFalse:
        verdict.verdict = tr("filter is false");
        verdict.code = verdict.why = detail;
        break;
    case Refusal::FilterError:
        verdict.verdict = tr("filter error");
        verdict.icon = u"warning"_s;
        verdict.token = Token::StateFailed;
        verdict.why = detail;
        break;
    }
    return verdict;
}

/// Of the triggers that fit; empty: none has one, or nothing says which of several it was.
QString onlyExpression(const Function &function, const QByteArray &eventName)
{
    QByteArrayList expressions;
    for (const devserver::Trigger &trigger : function.config.triggers) {
        if (triggerFits(trigger.event, eventName) && !trigger.expression.isEmpty()
            && !expressions.contains(trigger.expression))
            expressions.append(trigger.expression);
    }
    return expressions.size() == 1 ? QString::fromUtf8(expressions.front()) : QString();
}

/// The engine keeps only how it failed.
void addFailedCode(MatchingVerdict *verdict, const QString &code)
{
    if (code.isEmpty())
        return;
    verdict->error = verdict->why;
    verdict->code = code;
    verdict->why = code + arrow + verdict->error;
}

/// The expression, and the same with the values of the event.
void addValues(MatchingVerdict *verdict, const Delivery &refusal, const QByteArray &event)
{
    TextRange part = falseComparison(verdict->code, event);
    const QString values = withValues(refusal.detail, event, &part);
    if (values.isEmpty())
        return;
    const QString before = verdict->code + arrow;
    verdict->code = verdict->why = before + values;
    if (part.size > 0)
        verdict->falsePart = {static_cast<int>(before.size()) + part.from, part.size};
}

/// Which event was there before, and when it came.
void addHolder(MatchingVerdict *verdict, const EventRecord &record, const MatchingTimes &times)
{
    const auto holder = std::find_if(
        record.holders.begin(), record.holders.end(),
        [&](const devserver::api::KeyHolder &each) { return each.run == verdict->run; });
    if (holder == record.holders.end())
        return;
    verdict->why = tr("%1 was started by event %2 with the same ID, received %3")
                       .arg(verdict->target, shortId(holder->event.toText()),
                            formatTime(holder->receivedAt, times.now, times.style));
}

QByteArrayList namesOf(const std::vector<Function> &functions)
{
    QByteArrayList names;
    for (const Function &function : functions) {
        for (const devserver::Trigger &trigger : function.config.triggers) {
            if (!trigger.event.isEmpty() && !trigger.event.contains('*'))
                names.append(trigger.event);
        }
    }
    return names;
}

OtherListener otherListener(const Function &function)
{
    QStringList triggers;
    for (const devserver::Trigger &trigger : function.config.triggers)
        triggers.append(triggerWords(trigger));
    return {.slug = function.config.slug,
            .functionName = function.config.name,
            .triggers = triggers.isEmpty() ? tr("nothing; it can only be invoked")
                                           : triggers.join(u", "_s)};
}

QString nobodyListens(const QByteArray &name, const std::vector<Function> &functions,
                      QByteArrayList *nearest)
{
    QString text = tr("No function listens to `%1`.").arg(QString::fromUtf8(name));
    *nearest = nearestNames(name, namesOf(functions));
    if (nearest->isEmpty())
        return text;
    QStringList near;
    for (const QByteArray &each : *nearest)
        near.append(u"`%1` (%2)"_s.arg(QString::fromUtf8(each),
                                       functionCount(listenerCount(each, functions))));
    return text + u' ' + tr("Closest: %1.").arg(near.join(u", "_s));
}

} // namespace

QString Matching::summary() const
{
    if (!nothing.isEmpty())
        return nothing;
    const auto started =
        std::count_if(verdicts.begin(), verdicts.end(),
                      [](const MatchingVerdict &verdict) { return verdict.icon == u"check"; });
    if (static_cast<std::size_t>(started) == verdicts.size())
        return tr("Started %1.").arg(functionCount(static_cast<int>(started)));
    return tr("Started %1 of %2.")
        .arg(formatCount(started), functionCount(static_cast<int>(verdicts.size())));
}

MatchingVerdict refusalOf(const Delivery &delivery, const QByteArray &eventName,
                          const std::vector<Function> &functions)
{
    const Function *function = functionWith(functions, delivery.function);
    MatchingVerdict verdict = refused(delivery, function);
    if (delivery.refusal == Refusal::FilterError && function != nullptr)
        addFailedCode(&verdict, onlyExpression(*function, eventName));
    return verdict;
}

Matching matchingOf(const EventRecord &record, const std::vector<Function> &functions,
                    const MatchingTimes &times)
{
    Matching matching;
    QByteArrayList mentioned;
    for (const RunSummary &run : record.runs) {
        if (!run.originalRun.isNull())
            continue; // a rerun was not started by the event
        matching.verdicts.push_back(startedBy(run));
        mentioned.append(run.slug);
    }
    for (const Delivery &delivery : record.refusals) {
        matching.verdicts.push_back(refusalOf(delivery, record.event.name, functions));
        if (delivery.refusal == Refusal::FilterFalse)
            addValues(&matching.verdicts.back(), delivery, record.event.json.bytes());
        else if (delivery.refusal == Refusal::Idempotency)
            addHolder(&matching.verdicts.back(), record, times);
        mentioned.append(matching.verdicts.back().slug);
    }
    const bool isInvoke = !record.event.target.isEmpty();
    for (const Function &function : functions) {
        if (mentioned.contains(function.config.slug))
            continue;
        if (isInvoke || !listens(function, record.event.name)) {
            matching.others.push_back(otherListener(function));
            continue;
        }
        matching.verdicts.push_back({.slug = function.config.slug,
                                     .functionName = function.config.name,
                                     .verdict = tr("not registered then"),
                                     .why = tr("it listens now, send the event again"),
                                     .icon = u"info"_s,
                                     .token = Token::TextDim,
                                     .run = {}});
    }
    if (isInvoke && matching.verdicts.empty())
        matching.nothing =
            tr("No function `%1` is registered.").arg(QString::fromUtf8(record.event.target));
    else if (matching.verdicts.empty())
        matching.nothing = nobodyListens(record.event.name, functions, &matching.nearest);
    return matching;
}

QString filterNotSupported()
{
    return tr("filter not supported");
}

Starters startersOf(const QByteArray &name, const std::vector<Function> &functions)
{
    Starters starters;
    for (const Function &function : functions) {
        if (!listens(function, name))
            continue;
        // One trigger that is true is enough.
        QStringList *found = &starters.unsupported;
        for (const devserver::Trigger &trigger : function.config.triggers) {
            if (!triggerFits(trigger.event, name))
                continue;
            if (trigger.expression.isEmpty())
                found = &starters.certain;
            else if (found == &starters.unsupported
                     && devserver::mayEvaluateFilter(trigger.expression))
                found = &starters.filtered;
        }
        found->append(QString::fromUtf8(function.config.name));
    }
    return starters;
}

int listenerCount(const QByteArray &name, const std::vector<Function> &functions)
{
    return static_cast<int>(
        std::count_if(functions.begin(), functions.end(),
                      [&](const Function &function) { return listens(function, name); }));
}

QString whoListens(const QByteArray &name, const std::vector<Function> &functions)
{
    if (name.isEmpty())
        return {};
    if (const int count = listenerCount(name, functions); count > 0)
        return tr("Will go to %1").arg(functionCount(count));
    QByteArrayList nearest;
    return nobodyListens(name, functions, &nearest);
}

} // namespace console
