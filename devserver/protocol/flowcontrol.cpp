// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/durations.h"
#include "devserver/protocol/functionconfig.h"
#include "devserver/protocol/jsonmembers.h"

#include <array>
#include <chrono>

// Validation of protocol.md 2.6 and semantics.md 6.2. Nothing here is enforced yet.
namespace devserver::protocol {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using std::chrono::milliseconds;

constexpr qsizetype maxCancels = 5;
constexpr qsizetype maxRunConcurrency = 1;
constexpr qsizetype maxStepConcurrency = 2;

struct Range {
    milliseconds lowest{0};
    milliseconds highest = milliseconds::max();
    QByteArrayView text; ///< `from 1s to 24h`
    bool isRequired = true;
};

/// A member of the function, with where to put what is wrong with it.
struct Rule {
    const JsonValue &object;
    QByteArrayView name;
    DecodedFunction &decoded;

    void problem(const QByteArray &text) const
    {
        decoded.problems.append(name.toByteArray() + text);
    }

    void duration(QByteArrayView key, const Range &range) const
    {
        const std::optional<JsonValue> value = member(object, key);
        if (!value && !range.isRequired)
            return;
        const Result<milliseconds> parsed = parseDuration(value ? value->toUtf8() : QByteArray());
        if (!value || !value->isString() || !parsed || *parsed < range.lowest
            || *parsed > range.highest)
            problem('.' + key.toByteArray() + " is not a duration "_ba + range.text);
    }

    void number(QByteArrayView key, qint64 lowest, bool isRequired = true) const
    {
        const std::optional<JsonValue> value = member(object, key);
        if (!value && !isRequired)
            return;
        const std::optional<qint64> count = value ? value->toInt64() : std::nullopt;
        if (!count || *count < lowest) {
            problem('.' + key.toByteArray() + " is not a whole number from "_ba
                    + QByteArray::number(lowest) + " on"_ba);
        }
    }

    void expression(QByteArrayView key) const
    {
        takeExpression(object, key, name.toByteArray() + '.' + key, decoded);
    }
};

void checkRateLimit(const Rule &rule)
{
    rule.number("limit", 1);
    rule.duration("period", {.lowest = 1s, .highest = 24h, .text = "from 1s to 24h"});
    rule.expression("key");
}

void checkThrottle(const Rule &rule)
{
    rule.number("limit", 0);
    rule.number("burst", 0, false);
    rule.duration("period", {.lowest = 1s, .text = "of at least 1s"});
    rule.expression("key");
}

void checkDebounce(const Rule &rule)
{
    rule.duration("period", {.lowest = 1s, .highest = 168h, .text = "from 1s to 7d"});
    rule.duration("timeout", {.text = "", .isRequired = false});
    const std::optional<JsonValue> key = member(rule.object, "key");
    if (key && key->raw() == "\"\"") // some clients send it; the reference takes it as absent
        return;
    rule.expression("key");
}

void checkBatch(const Rule &rule)
{
    rule.number("maxSize", 2, false);
    const std::optional<JsonValue> timeout = member(rule.object, "timeout");
    if (timeout) {
        const Result<milliseconds> parsed = parseStrictDuration(timeout->toUtf8());
        if (!timeout->isString() || !parsed || *parsed < 1s || *parsed > 10min)
            rule.problem(".timeout is not a duration from 1s to 10m"_ba);
    }
    rule.expression("key");
    rule.expression("if");
}

void checkSingleton(const Rule &rule)
{
    const QByteArray mode = textMember(rule.object, "mode");
    if (mode != "skip" && mode != "cancel")
        rule.problem(".mode is neither skip nor cancel"_ba);
    rule.expression("key");
}

void checkTimeouts(const Rule &rule)
{
    rule.duration("start", {.text = "", .isRequired = false});
    rule.duration("finish", {.text = "", .isRequired = false});
}

void checkPriority(const Rule &rule)
{
    rule.expression("run");
}

void checkConcurrencyEntry(const JsonValue &entry, const QByteArray &path, bool isWholeRun,
                           DecodedFunction &decoded)
{
    if (entry.isNumber()) {
        if (entry.toInt64().value_or(-1) < 0)
            decoded.problems.append(path + " is not a whole number from 0 on"_ba);
        return;
    }
    if (!entry.isObject()) {
        decoded.problems.append(path + " is "_ba + kindName(entry) + ", not a limit"_ba);
        return;
    }
    const Rule rule{entry, path, decoded};
    rule.number("limit", 0, false);
    rule.expression("key");
    const std::optional<JsonValue> scopeMember = member(entry, "scope");
    const QByteArray scope = scopeMember ? scopeMember->toUtf8() : "fn"_ba;
    if (scope != "fn" && scope != "env" && scope != "account")
        rule.problem(".scope is none of fn, env, account"_ba);
    else if (isWholeRun && scope != "fn")
        rule.problem(".scope of a limit on runs is not fn"_ba);
    else if (scope != "fn" && !member(entry, "key"))
        rule.problem(".scope "_ba + scope + " needs a key"_ba);
}

/// A number, an entry, or an array of entries. \returns how many there are; of too many, nothing
/// else is checked.
qsizetype checkConcurrencyList(const JsonValue &list, const QByteArray &path, bool isWholeRun,
                               DecodedFunction &decoded)
{
    if (!list.isArray()) {
        checkConcurrencyEntry(list, path, isWholeRun, decoded);
        return 1;
    }
    const qsizetype total = list.size();
    if (total > (isWholeRun ? maxRunConcurrency : maxStepConcurrency))
        return total;
    qsizetype count = 0;
    for (const JsonValue &entry : list.elements()) {
        checkConcurrencyEntry(entry, path + '[' + QByteArray::number(count) + ']', isWholeRun,
                              decoded);
        ++count;
    }
    return total;
}

void checkConcurrency(const JsonValue &value, DecodedFunction &decoded)
{
    const std::optional<JsonValue> wholeRun = member(value, "fn");
    const std::optional<JsonValue> perStep = member(value, "step");
    qsizetype steps = 0;
    if (wholeRun || perStep) {
        if (wholeRun
            && checkConcurrencyList(*wholeRun, "concurrency.fn"_ba, true, decoded)
                   > maxRunConcurrency)
            decoded.problems.append("concurrency.fn has more than 1 entry"_ba);
        if (perStep)
            steps = checkConcurrencyList(*perStep, "concurrency.step"_ba, false, decoded);
    } else {
        steps = checkConcurrencyList(value, "concurrency"_ba, false, decoded);
    }
    if (steps > maxStepConcurrency) {
        decoded.problems.append("concurrency has "_ba + QByteArray::number(steps)
                                + " entries, at most 2 are allowed"_ba);
    }
}

void checkCancel(const JsonValue &entry, const QByteArray &path, DecodedFunction &decoded)
{
    const QByteArray event = textMember(entry, "event");
    if (event.isEmpty() || QString::fromUtf8(event).size() > 255)
        decoded.problems.append(path + ".event is not a name of 1 to 255 characters"_ba);
    takeExpression(entry, "if", path + ".if"_ba, decoded);
    const std::optional<JsonValue> timeout = member(entry, "timeout");
    if (timeout && (!timeout->isString() || !parseSleep(timeout->toUtf8())))
        decoded.problems.append(path + ".timeout is neither a duration nor a time"_ba);
}

/// \returns whether there is any.
bool checkCancels(const JsonValue &value, DecodedFunction &decoded)
{
    if (!value.isArray()) {
        decoded.problems.append("cancel is "_ba + kindName(value) + ", not an array"_ba);
        return true;
    }
    const qsizetype total = value.size();
    if (total > maxCancels) {
        decoded.problems.append("cancel has "_ba + QByteArray::number(total)
                                + " entries, at most 5 are allowed"_ba);
        return true;
    }
    qsizetype count = 0;
    for (const JsonValue &entry : value.elements()) {
        checkCancel(entry, "cancel["_ba + QByteArray::number(count) + ']', decoded);
        ++count;
    }
    return total > 0;
}

struct ObjectCheck {
    QByteArrayView name;
    void (*check)(const Rule &);
};

constexpr std::array<ObjectCheck, 7> objectChecks{{{"batchEvents", checkBatch},
                                                   {"rateLimit", checkRateLimit},
                                                   {"throttle", checkThrottle},
                                                   {"debounce", checkDebounce},
                                                   {"priority", checkPriority},
                                                   {"singleton", checkSingleton},
                                                   {"timeouts", checkTimeouts}}};

void checkCombinations(DecodedFunction &decoded)
{
    const QByteArrayList &used = decoded.config.notEnforced;
    if (!used.contains("batchEvents"_ba))
        return;
    for (const QByteArray &other : {"cancel"_ba, "debounce"_ba, "singleton"_ba, "priority"_ba}) {
        if (used.contains(other))
            decoded.problems.append("batchEvents cannot be combined with "_ba + other);
    }
}

} // namespace

void checkFlowControl(const JsonValue &function, DecodedFunction &decoded)
{
    QByteArrayList &used = decoded.config.notEnforced;
    for (const ObjectCheck &entry : objectChecks) {
        const std::optional<JsonValue> value = member(function, entry.name);
        if (!value)
            continue;
        used.append(entry.name.toByteArray());
        if (value->isObject())
            entry.check({*value, entry.name, decoded});
        else
            decoded.problems.append(entry.name.toByteArray() + " is "_ba + kindName(*value)
                                    + ", not an object"_ba);
    }
    if (member(function, "idempotency")) {
        used.append("idempotency"_ba);
        takeExpression(function, "idempotency", "idempotency"_ba, decoded);
    }
    if (const std::optional<JsonValue> concurrency = member(function, "concurrency")) {
        used.append("concurrency"_ba);
        checkConcurrency(*concurrency, decoded);
    }
    if (const std::optional<JsonValue> cancel = member(function, "cancel");
        cancel && checkCancels(*cancel, decoded))
        used.append("cancel"_ba);
    checkCombinations(decoded);
}

} // namespace devserver::protocol
