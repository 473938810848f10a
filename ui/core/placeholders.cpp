// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/placeholders.h"

#include "devserver/model/id.h"
#include "devserver/model/jsonreader.h"
#include "devserver/model/jsonwriter.h"

#include <QCoreApplication>

#include <array>
#include <optional>

namespace console {

using namespace Qt::StringLiterals;
using devserver::ErrorCode;
using devserver::failure;
using devserver::Result;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Placeholders", text);
}

/// `+2h`, `-15m`; nothing if it is not one.
std::optional<std::chrono::milliseconds> offsetOf(QByteArrayView text)
{
    if (text.size() < 3 || (text[0] != '+' && text[0] != '-'))
        return std::nullopt;
    bool isNumber = false;
    qsizetype digits = 1;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
        ++digits;
    const qint64 count = text.sliced(1, digits - 1).toByteArray().toLongLong(&isNumber);
    const QByteArrayView unit = text.sliced(digits);
    constexpr qint64 most = 1'000'000'000;
    if (!isNumber || count > most)
        return std::nullopt;
    const qint64 ms = unit == "ms"  ? 1
                      : unit == "s" ? 1000
                      : unit == "m" ? 60'000
                      : unit == "h" ? 3'600'000
                      : unit == "d" ? 86'400'000
                                    : 0;
    if (ms == 0)
        return std::nullopt;
    return std::chrono::milliseconds(text[0] == '-' ? -count * ms : count * ms);
}

bool isTime(const QByteArray &word)
{
    return word == "now" || (word.startsWith("now") && offsetOf(word.sliced(3)));
}

std::optional<qint64> numberOf(const QByteArray &word)
{
    bool isNumber = false;
    const qint64 number = word.toLongLong(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

template<std::size_t N>
std::array<std::uint8_t, N> randomBytes(const PlaceholderValues &values)
{
    std::array<std::uint8_t, N> bytes{};
    for (std::uint8_t &byte : bytes)
        byte = static_cast<std::uint8_t>(values.random(256));
    return bytes;
}

QByteArray freshUuid(const PlaceholderValues &values)
{
    devserver::Uuid uuid;
    uuid.bytes = randomBytes<16>(values);
    uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0fU) | 0x40U);
    uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3fU) | 0x80U);
    return uuid.toText();
}

struct Value {
    QByteArray text;
    bool isJson = false; ///< stands without quotes as a whole value
};

bool isScalar(const QByteArray &text)
{
    return !text.startsWith('"') && devserver::validateJson(text).has_value();
}

Value valueOf(const QByteArrayList &words, const PlaceholderValues &values)
{
    const QByteArray &what = words.front();
    if (what == "uuid")
        return {freshUuid(values)};
    if (what == "ulid")
        return {devserver::Ulid::fromParts(values.now, randomBytes<10>(values)).toText()};
    if (what == "ts")
        return {QByteArray::number(devserver::toMs(values.now)), true};
    if (what == "seq")
        return {QByteArray::number(values.seq), true};
    if (what == "i")
        return {QByteArray::number(values.i), true};
    if (what == "random") {
        const qint64 first = words[1].toLongLong();
        const auto width = static_cast<quint64>(words[2].toLongLong() - first) + 1;
        return {QByteArray::number(first + static_cast<qint64>(values.random(width))), true};
    }
    if (what == "pick") {
        const auto at =
            static_cast<qsizetype>(values.random(static_cast<quint64>(words.size() - 1)));
        const QByteArray &word = words[at + 1];
        return {word, isScalar(word)};
    }
    if (what == "env")
        return {values.env ? values.env(words[1]) : QByteArray()};
    if (what == "file") {
        const QByteArray content =
            values.file ? values.file(words.sliced(1).join(' ')) : QByteArray();
        return {content, devserver::validateJson(content).has_value()};
    }
    const auto offset =
        offsetOf(QByteArrayView(what).sliced(3)).value_or(std::chrono::milliseconds(0));
    return {devserver::toRfc3339(values.now + offset)};
}

QByteArray written(const Value &value, bool isInString)
{
    if (!isInString)
        return value.isJson ? value.text : devserver::jsonString(value.text);
    const QByteArray quoted = devserver::jsonString(value.text);
    return quoted.sliced(1, quoted.size() - 2);
}

} // namespace

std::vector<Placeholder> findPlaceholders(QByteArrayView text)
{
    std::vector<Placeholder> found;
    bool isInString = false;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\n')
            isInString = false; // a string cannot go on: the error stays in its line
        else if (c == '\\' && isInString)
            ++at;
        else if (c == '"')
            isInString = !isInString;
        else if (c == '{' && at + 1 < text.size() && text[at + 1] == '{') {
            const qsizetype end = text.indexOf(QByteArrayView("}}"), at + 2);
            const qsizetype lineEnd = text.indexOf('\n', at);
            if (end < 0 || (lineEnd >= 0 && lineEnd < end))
                continue;
            const QByteArray inner = text.sliced(at + 2, end - at - 2).toByteArray().simplified();
            found.push_back({.begin = at,
                             .end = end + 2,
                             .isInString = isInString,
                             .words = inner.isEmpty() ? QByteArrayList() : inner.split(' ')});
            at = end + 1;
        }
    }
    return found;
}

QByteArray placeholderFile(const Placeholder &placeholder)
{
    const QByteArrayList &words = placeholder.words;
    if (words.size() < 2 || words.front() != "file")
        return {};
    return words.sliced(1).join(' ');
}

QString placeholderProblem(const Placeholder &placeholder)
{
    const QByteArrayList &words = placeholder.words;
    if (words.isEmpty())
        return tr("empty placeholder");
    const QByteArray &what = words.front();
    const qsizetype count = words.size() - 1;
    if (what == "random") {
        const std::optional<qint64> first = count == 2 ? numberOf(words[1]) : std::nullopt;
        const std::optional<qint64> last = count == 2 ? numberOf(words[2]) : std::nullopt;
        return first && last && *first <= *last
                   ? QString()
                   : tr("random takes two whole numbers: {{random 1 100}}");
    }
    if (what == "pick")
        return count > 0 ? QString() : tr("pick takes what to choose from: {{pick a b c}}");
    if (what == "env")
        return count == 1 ? QString() : tr("env takes one name: {{env NAME}}");
    if (what == "file")
        return count > 0 ? QString() : tr("file takes a path: {{file order.json}}");
    const bool isPlain =
        what == "uuid" || what == "ulid" || what == "ts" || what == "seq" || what == "i";
    if (count == 0 && (isPlain || isTime(what)))
        return {};
    return tr("unknown placeholder {{%1}}").arg(QString::fromUtf8(words.join(' ')));
}

Result<QByteArray> resolvePlaceholders(const QByteArray &text, const PlaceholderValues &values)
{
    QByteArray made;
    made.reserve(text.size());
    qsizetype at = 0;
    for (const Placeholder &each : findPlaceholders(text)) {
        if (const QString problem = placeholderProblem(each); !problem.isEmpty())
            return failure(ErrorCode::InvalidInput, problem);
        made += QByteArrayView(text).sliced(at, each.begin - at);
        made += written(valueOf(each.words, values), each.isInString);
        at = each.end;
    }
    made += QByteArrayView(text).sliced(at);
    return made;
}

QString placeholderHelp(const Placeholder &placeholder, const PlaceholderValues &values)
{
    if (const QString problem = placeholderProblem(placeholder); !problem.isEmpty())
        return problem;
    // Neither secrets nor files are read for a look.
    const QByteArrayList &words = placeholder.words;
    if (words.front() == "env")
        return tr("The environment variable %1, read when it is sent")
            .arg(QString::fromUtf8(words[1]));
    if (const QByteArray path = placeholderFile(placeholder); !path.isEmpty())
        return tr("What is in the file %1 when it is sent").arg(QString::fromUtf8(path));
    return tr("For example %1").arg(QString::fromUtf8(valueOf(words, values).text));
}

QByteArrayList placeholderExamples()
{
    return {"{{uuid}}"_ba,       "{{ulid}}"_ba,     "{{now}}"_ba,      "{{now+2h}}"_ba,
            "{{ts}}"_ba,         "{{seq}}"_ba,      "{{i}}"_ba,        "{{random 1 100}}"_ba,
            "{{pick a b c}}"_ba, "{{env NAME}}"_ba, "{{file PATH}}"_ba};
}

} // namespace console
