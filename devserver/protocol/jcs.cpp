// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/jcs.h"

#include "devserver/model/jsonreader.h"
#include "devserver/model/jsonscan.h"
#include "devserver/model/jsonvalue.h"
#include "devserver/model/jsonwriter.h"

#include <QString>

#include <algorithm>
#include <utility>
#include <vector>

namespace devserver {

namespace {

/// Unescapes a raw string to UTF-16 and, unlike `JsonValue::toString`, keeps lone surrogates.
QString toUtf16(QByteArrayView raw)
{
    const char *at = raw.begin() + 1;
    const char *const end = raw.end() - 1;
    QString out;
    out.reserve(end - at);
    while (at != end) {
        const char *run = at;
        at = std::find(at, end, '\\');
        out += QString::fromUtf8(run, at - run);
        if (at == end)
            break;
        if (at[1] == 'u') {
            out += QChar(jsonscan::escapedUnit(at));
            at += 6;
        } else {
            out += QLatin1Char(jsonscan::simpleEscape(at[1]));
            at += 2;
        }
    }
    return out;
}

/// Where the first surrogate without partner is at or behind `from`, or the size.
qsizetype findLoneSurrogate(const QString &text, qsizetype from)
{
    for (qsizetype i = from; i < text.size(); ++i) {
        if (!text[i].isSurrogate())
            continue;
        if (text[i].isLowSurrogate() || i + 1 == text.size() || !text[i + 1].isLowSurrogate())
            return i;
        ++i;
    }
    return text.size();
}

QByteArray writeString(const QString &text)
{
    qsizetype lone = findLoneSurrogate(text, 0);
    if (lone == text.size())
        return jsonString(text.toUtf8());

    QByteArray out("\"");
    for (qsizetype at = 0; at < text.size(); lone = findLoneSurrogate(text, at)) {
        const QByteArray run = jsonString(QStringView(text).sliced(at, lone - at).toUtf8());
        out += run.sliced(1, run.size() - 2);
        if (lone == text.size())
            break;
        out += "\\u" + QByteArray::number(text[lone].unicode(), 16); // d800 and up: 4 digits
        at = lone + 1;
    }
    return out + '"';
}

QByteArray writeNumber(QByteArrayView raw)
{
    const std::optional<double> number = JsonValue(raw).toDouble();
    return number ? jsonNumber(*number) : raw.toByteArray();
}

QByteArray writeValue(JsonReader &reader);

QByteArray writeArray(JsonReader &reader)
{
    JsonWriter writer;
    writer.beginArray();
    while (reader.next() != JsonToken::EndArray)
        writer.raw(writeValue(reader));
    return writer.endArray().take();
}

QByteArray writeObject(JsonReader &reader)
{
    std::vector<std::pair<QString, QByteArray>> members;
    while (reader.next() != JsonToken::EndObject) {
        QString name = toUtf16(reader.raw());
        reader.next();
        members.emplace_back(std::move(name), writeValue(reader));
    }
    // RFC 8785 §3.2.3: by code units, which is how QString compares.
    std::ranges::stable_sort(members,
                             [](const auto &a, const auto &b) { return a.first < b.first; });

    QByteArray out("{");
    for (auto member = members.begin(); member != members.end(); ++member) {
        const auto next = std::next(member);
        if (next != members.end() && next->first == member->first)
            continue; // of duplicates the last counts
        out += (out.size() > 1 ? "," : "") + writeString(member->first) + ':' + member->second;
    }
    return out + '}';
}

/// The value that begins with the reader's token; leaves the reader on its last token.
QByteArray writeValue(JsonReader &reader)
{
    switch (reader.token()) {
    case JsonToken::BeginObject:
        return writeObject(reader);
    case JsonToken::BeginArray:
        return writeArray(reader);
    case JsonToken::String:
        return writeString(toUtf16(reader.raw()));
    case JsonToken::Number:
        return writeNumber(reader.raw());
    default:
        return reader.raw().toByteArray();
    }
}

} // namespace

QByteArray canonicalJson(const RawJson &json)
{
    if (json.isEmpty())
        return {};
    JsonReader reader(json.bytes());
    reader.next();
    return writeValue(reader);
}

} // namespace devserver
