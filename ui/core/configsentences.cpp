// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/configsentences.h"

#include "devserver/model/jsonvalue.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <functional>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Function;
using devserver::JsonValue;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigSentences", text);
}

QString text(const JsonValue &value)
{
    return value.isString() ? value.toString() : QString::fromUtf8(value.raw());
}

// Around what is code, until the sentence is made.
constexpr QChar codeBegin(0xe000);
constexpr QChar codeEnd(0xe001);

QString code(QString text)
{
    text.remove(codeBegin).remove(codeEnd);
    return text.isEmpty() ? text : QString(codeBegin + text + codeEnd);
}

/// Takes the signs from \a sentence.
QStringList takeCodes(QString *sentence)
{
    QStringList codes;
    for (const QString &part : sentence->split(codeBegin).mid(1))
        codes.append(part.section(codeEnd, 0, 0));
    sentence->remove(codeBegin).remove(codeEnd);
    return codes;
}

QString member(const JsonValue &value, QByteArrayView name)
{
    const std::optional<JsonValue> found = value.find(name);
    return !found || found->isNull() ? QString() : text(*found);
}

/// `90m` and `1h30m` of a registration as durations are written everywhere else, never parted at
/// the end of a line.
QString duration(const JsonValue &value, QByteArrayView name)
{
    static const QRegularExpression whole(u"^(\\d+[a-z]+)+$"_s);
    static const QRegularExpression seam(u"(?<=\\d)(?=[a-z])|(?<=[a-z])(?=\\d)"_s);
    QString given = member(value, name);
    return whole.match(given).hasMatch() ? given.replace(seam, u"\u00a0"_s) : given;
}

/// What stands behind `every`.
QString everyPeriod(const JsonValue &value)
{
    const QString given = member(value, "period");
    if (given == u"1s"_s)
        return tr("second");
    if (given == u"1m"_s || given == u"60s"_s)
        return tr("minute");
    if (given == u"1h"_s || given == u"60m"_s)
        return tr("hour");
    if (given == u"1d"_s || given == u"24h"_s)
        return tr("day");
    return duration(value, "period");
}

QString perKey(const JsonValue &value)
{
    const QString key = member(value, "key");
    return key.isEmpty() ? QString() : QString(u' ' + tr("per %1").arg(code(key)));
}

QString concurrency(const JsonValue &value)
{
    if (value.isArray()) {
        QStringList parts;
        for (const JsonValue &entry : value.elements())
            parts.append(concurrency(entry));
        return parts.join(u' ');
    }
    if (value.isObject() && !value.find("limit")) {
        QStringList parts;
        for (const QByteArrayView name : {QByteArrayView("fn"), QByteArrayView("step")}) {
            if (const std::optional<JsonValue> entries = value.find(name))
                parts.append(concurrency(*entries));
        }
        return parts.join(u' ');
    }
    const QString limit = value.isObject() ? member(value, "limit") : text(value);
    return tr("At most %1 at once%2.").arg(limit, value.isObject() ? perKey(value) : QString());
}

QString throttle(const JsonValue &value)
{
    return tr("Starts at most %1 runs every %2%3; the\u00a0others\u00a0wait.")
        .arg(member(value, "limit"), everyPeriod(value), perKey(value));
}

QString rateLimit(const JsonValue &value)
{
    return tr("Starts at most %1 runs every %2%3; further events are dropped.")
        .arg(member(value, "limit"), everyPeriod(value), perKey(value));
}

QString debounce(const JsonValue &value)
{
    const QString timeout = duration(value, "timeout");
    const QString sentence =
        tr("Starts %1 after the last event%2.").arg(duration(value, "period"), perKey(value));
    return timeout.isEmpty()
               ? sentence
               : QString(sentence + u' ' + tr("At the latest after %1.").arg(timeout));
}

QString batchEvents(const JsonValue &value)
{
    return tr("Collects up to %1 events for %2%3.")
        .arg(member(value, "maxSize"), duration(value, "timeout"), perKey(value));
}

QString priority(const JsonValue &value)
{
    return tr("Goes ahead in the queue by %1\u00a0s.").arg(member(value, "run"));
}

QString singleton(const JsonValue &value)
{
    return member(value, "mode") == u"cancel"_s
               ? tr("One run at a time%1; a new one cancels the old one.").arg(perKey(value))
               : tr("One run at a time%1; new ones are skipped.").arg(perKey(value));
}

/// One sentence, as short as it can be; its last words stay together at the end of a line.
QString timeouts(const JsonValue &value)
{
    const QString start = duration(value, "start");
    const QString finish = duration(value, "finish");
    if (finish.isEmpty())
        return start.isEmpty() ? QString()
                               : tr("Cancelled if not started after\u00a0%1.").arg(start);
    return start.isEmpty() ? tr("Cancelled if not ended after\u00a0%1.").arg(finish)
                           : tr("Cancelled if not started after\u00a0%1, "
                                "or\u00a0not\u00a0ended\u00a0after\u00a0%2.")
                                 .arg(start, finish);
}

QString cancelOn(const JsonValue &value)
{
    QStringList parts;
    for (const JsonValue &entry : value.elements()) {
        const QString condition = member(entry, "if");
        parts.append(
            condition.isEmpty()
                ? tr("Cancelled by %1.").arg(member(entry, "event"))
                : tr("Cancelled by %1 if %2.").arg(member(entry, "event"), code(condition)));
    }
    return parts.join(u' ');
}

QString idempotency(const JsonValue &value)
{
    return tr("One run per %1 within 24\u00a0h.").arg(code(text(value)));
}

struct Setting {
    QByteArray name; ///< of the registration
    const char *title;
    QString (*sentence)(const JsonValue &);
};

const std::array<Setting, 10> &settings()
{
    static const std::array<Setting, 10> all = {{
        {"concurrency"_ba, QT_TRANSLATE_NOOP("ConfigSentences", "Concurrency"), concurrency},
        {"throttle"_ba, QT_TRANSLATE_NOOP("ConfigSentences", "Throttle"), throttle},
        {"rateLimit"_ba, QT_TRANSLATE_NOOP("ConfigSentences", "Rate limit"), rateLimit},
        {"debounce"_ba, QT_TRANSLATE_NOOP("ConfigSentences", "Debounce"), debounce},
        {"batchEvents"_ba, QT_TRANSLATE_NOOP("ConfigSentences", "Batch"), batchEvents},
        {"priority"_ba, QT_TRANSLATE_NOOP("ConfigSentences", "Priority"), priority},
        {"singleton"_ba, QT_TRANSLATE_NOOP("ConfigSentences", "Singleton"), singleton},
        {"timeouts"_ba, QT_TRANSLATE_NOOP("ConfigSentences", "Timeouts"), timeouts},
        {"cancel"_ba, QT_TRANSLATE_NOOP("ConfigSentences", "Cancel on"), cancelOn},
        {"idempotency"_ba, QT_TRANSLATE_NOOP("ConfigSentences", "Idempotency"), idempotency},
    }};
    return all;
}

bool isEnforced(const Function &function, const QByteArray &name)
{
    return !function.config.notEnforced.contains(name);
}

/// Nothing if the registration says nothing about it.
std::optional<JsonValue> given(const JsonValue &config, const Setting &setting)
{
    std::optional<JsonValue> value = config.find(setting.name);
    if (value && (value->isNull() || (value->isArray() && value->size() == 0)))
        value.reset();
    return value;
}

/// Whether it is what SDKs register for `onFailure` of that function.
bool handlesFailureOf(const devserver::Trigger &trigger, const QByteArray &slug)
{
    static const QRegularExpression whole(
        u"^\\s*event\\.data\\.function_id\\s*==\\s*(['\"])(.*)\\1\\s*$"_s);
    if (trigger.event != "inngest/function.failed")
        return false;
    const auto match = whole.match(QString::fromUtf8(trigger.expression));
    return match.hasMatch() && match.captured(2) == QString::fromUtf8(slug);
}

} // namespace

QString triggerWords(const devserver::Trigger &trigger)
{
    if (!trigger.cron.isEmpty())
        return QString::fromUtf8(trigger.cron);
    const QString event = QString::fromUtf8(trigger.event);
    return trigger.expression.isEmpty()
               ? event
               : tr("%1 if %2").arg(event, QString::fromUtf8(trigger.expression));
}

QStringList triggerCodes(const devserver::Trigger &trigger)
{
    const QByteArray &code = trigger.cron.isEmpty() ? trigger.expression : trigger.cron;
    return code.isEmpty() ? QStringList() : QStringList{QString::fromUtf8(code)};
}

std::vector<ConfigLine> configLines(const Function &function)
{
    std::vector<ConfigLine> lines;
    const int retries = function.config.retries;
    lines.push_back(
        {.title = tr("Retries"),
         .sentence = retries == 0 ? tr("None: each step has one attempt.")
                     : retries == 1
                         ? tr("1 for each step: up to 2 attempts.")
                         : tr("%1 for each step: up to %2 attempts.").arg(retries).arg(retries + 1),
         .raw = {}});
    const JsonValue config = JsonValue::of(function.config.config);
    for (const Setting &setting : settings()) {
        const std::optional<JsonValue> value = given(config, setting);
        if (!value)
            continue;
        // A plain number stands in the sentence already.
        const bool saysMore = value->isObject() || value->isArray() || value->isString();
        ConfigLine line{.title = tr(setting.title),
                        .sentence = setting.sentence(*value),
                        .raw = saysMore ? QString::fromUtf8(value->raw()) : QString(),
                        .isEnforced = isEnforced(function, setting.name)};
        line.codes = takeCodes(&line.sentence);
        lines.push_back(line);
    }
    std::stable_partition(lines.begin(), lines.end(), std::mem_fn(&ConfigLine::isEnforced));
    return lines;
}

QString notEnforcedWords()
{
    return tr("Kept, not enforced yet");
}

QString failureHandlerTitle()
{
    return tr("Failure handler");
}

std::optional<ConfigLine> failureHandlerLine(const Function &function,
                                             const std::vector<Function> &all)
{
    QStringList names;
    QString expression;
    for (const Function &other : all) {
        if (other.id == function.id)
            continue;
        for (const devserver::Trigger &trigger : other.config.triggers) {
            if (!handlesFailureOf(trigger, function.config.slug))
                continue;
            names.append(QString::fromUtf8(other.config.name));
            expression = QString::fromUtf8(trigger.expression);
        }
    }
    if (names.isEmpty())
        return std::nullopt;
    return ConfigLine{
        .title = failureHandlerTitle(),
        .sentence =
            tr("When a run has failed for good, %1 runs with its error.").arg(names.join(u", "_s)),
        .raw = names.size() == 1 ? expression : QString()};
}

QStringList unsetSettings(const Function &function)
{
    QStringList titles;
    const JsonValue config = JsonValue::of(function.config.config);
    for (const Setting &setting : settings()) {
        if (!given(config, setting))
            titles.append(tr(setting.title));
    }
    return titles;
}

} // namespace console
