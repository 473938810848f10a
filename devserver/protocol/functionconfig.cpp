// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/functionconfig.h"

#include "devserver/protocol/appurl.h"
#include "devserver/protocol/cronsyntax.h"
#include "devserver/protocol/durations.h"
#include "devserver/protocol/jsonmembers.h"

#include <algorithm>

namespace devserver::protocol {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype maxTriggers = 10;
constexpr qsizetype maxTriggerName = 255;
constexpr qint64 maxRetries = 20;

/// Wildcards may only end a name: `app/*`, `app/user.*` (semantics §4.2).
QByteArray triggerNameProblem(const QByteArray &name)
{
    if (QString::fromUtf8(name).size() > maxTriggerName)
        return "has more than 255 characters"_ba;
    const qsizetype star = name.indexOf('*');
    const bool isSuffix =
        star >= 2 && star == name.size() - 1 && (name[star - 1] == '/' || name[star - 1] == '.');
    return star < 0 || isSuffix ? QByteArray() : "has a wildcard that is not the last part"_ba;
}

void checkJitter(const JsonValue &trigger, const QByteArray &path, QByteArrayList &problems)
{
    const std::optional<JsonValue> jitter = member(trigger, "jitter");
    if (!jitter)
        return;
    const Result<std::chrono::milliseconds> value = parseDuration(jitter->toUtf8());
    if (!jitter->isString() || !value || *value < 1s || *value > 5min)
        problems.append(path + ".jitter is not a duration from 1s to 5m"_ba);
}

Trigger decodeTrigger(const JsonValue &value, const QByteArray &path, DecodedFunction &decoded)
{
    QByteArrayList &problems = decoded.problems;
    Trigger trigger{.event = textMember(value, "event"),
                    .expression = textMember(value, "expression"),
                    .cron = textMember(value, "cron")};
    if (trigger.event.isEmpty() == trigger.cron.isEmpty()) {
        problems.append(path + " has neither or both of event and cron"_ba);
        return trigger;
    }
    if (!trigger.cron.isEmpty()) {
        if (const Result<void> valid = validateCron(trigger.cron); !valid)
            problems.append(path + ".cron \""_ba + trigger.cron + "\" is invalid: "_ba
                            + valid.error().message.toUtf8());
        checkJitter(value, path, problems);
        return trigger;
    }
    if (const QByteArray problem = triggerNameProblem(trigger.event); !problem.isEmpty())
        problems.append(path + ".event \""_ba + trigger.event + "\" "_ba + problem);
    takeExpression(value, "expression", path + ".expression"_ba, decoded);
    return trigger;
}

void decodeTriggers(const JsonValue &function, DecodedFunction &decoded)
{
    const std::optional<JsonValue> triggers = member(function, "triggers");
    if (!triggers)
        return;
    if (!triggers->isArray()) {
        decoded.problems.append("triggers is "_ba + kindName(*triggers) + ", not an array"_ba);
        return;
    }
    // First, because the list may be megabytes long.
    if (const qsizetype count = triggers->size(); count > maxTriggers) {
        decoded.problems.append(QByteArray::number(count) + " triggers, at most 10 are allowed"_ba);
        return;
    }
    std::vector<Trigger> &list = decoded.config.triggers;
    for (const JsonValue &value : triggers->elements()) {
        const QByteArray path = "triggers["_ba + QByteArray::number(list.size()) + ']';
        Trigger trigger = decodeTrigger(value, path, decoded);
        if (std::ranges::find(list, trigger) != list.end())
            decoded.problems.append(path + " repeats an earlier trigger"_ba);
        list.push_back(std::move(trigger));
    }
    const auto isCron = [](const Trigger &trigger) { return !trigger.cron.isEmpty(); };
    if (std::ranges::any_of(list, isCron))
        decoded.config.notEnforced.append("cron"_ba);
}

/// `{"attempts":N}`, or N alone as some SDKs write it.
void decodeRetries(const std::optional<JsonValue> &retries, const QByteArray &path,
                   DecodedFunction &decoded)
{
    if (!retries)
        return;
    const std::optional<JsonValue> attempts =
        retries->isObject() ? member(*retries, "attempts") : retries;
    if (!attempts)
        return;
    const std::optional<qint64> count = attempts->toInt64();
    if (!count || *count < 0) {
        decoded.problems.append(path + " is not a number of attempts from 0 on"_ba);
        return;
    }
    decoded.config.retries = static_cast<int>(std::min(*count, maxRetries));
}

/// SDKs register one step, named `step`; the first member counts if it has another name.
JsonValue onlyStep(const JsonValue &function)
{
    const JsonValue steps = member(function, "steps").value_or(JsonValue());
    if (const std::optional<JsonValue> step = member(steps, "step"))
        return *step;
    for (const auto &[key, value] : steps.members())
        return value;
    return {};
}

void decodeStep(const JsonValue &function, DecodedFunction &decoded)
{
    const JsonValue step = onlyStep(function);
    decodeRetries(member(function, "retries"), "retries"_ba, decoded);
    decodeRetries(member(step, "retries"), "steps.step.retries"_ba, decoded);

    const JsonValue runtime = member(step, "runtime").value_or(JsonValue());
    const QByteArray type = textMember(runtime, "type");
    if (type == "ws") {
        decoded.problems.append("runtime type ws (Connect) is not supported by this version"_ba);
        return;
    }
    const QByteArray url = textMember(runtime, "url");
    if (url.isEmpty()) {
        decoded.problems.append("steps.step.runtime.url is missing"_ba);
        return;
    }
    Result<QByteArray> normalised = normaliseUrl(url);
    if (normalised)
        decoded.config.url = *std::move(normalised);
    else
        decoded.problems.append("steps.step.runtime.url: "_ba
                                + normalised.error().message.toUtf8());
}

} // namespace

void takeExpression(const JsonValue &object, QByteArrayView what, const QByteArray &path,
                    DecodedFunction &decoded)
{
    const std::optional<JsonValue> expression = member(object, what);
    if (!expression)
        return;
    if (!expression->isString()) {
        decoded.problems.append(path + " is "_ba + kindName(*expression)
                                + ", not an expression"_ba);
        return;
    }
    decoded.expressions.push_back(
        {.function = decoded.config.slug, .path = path, .text = expression->toUtf8()});
}

DecodedFunction decodeFunction(const JsonValue &function)
{
    DecodedFunction decoded;
    if (!function.isObject()) {
        decoded.problems.append("it is "_ba + kindName(function) + ", not an object"_ba);
        return decoded;
    }
    decoded.config.slug = textMember(function, "id");
    decoded.config.name = textMember(function, "name");
    decoded.config.config = toRawJson(function);
    if (decoded.config.slug.isEmpty())
        decoded.problems.append("id is missing"_ba);
    if (decoded.config.name.isEmpty())
        decoded.config.name = decoded.config.slug;
    decodeTriggers(function, decoded);
    decodeStep(function, decoded);
    checkFlowControl(function, decoded);
    return decoded;
}

} // namespace devserver::protocol
