// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/fieldprofile.h"

#include "devserver/model/jsonreader.h"

#include <QCoreApplication>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::JsonReader;
using devserver::JsonToken;

namespace {

QString typeWord(const QByteArray &type)
{
    return QCoreApplication::translate("FieldProfile", type.constData());
}

QByteArray typeOf(JsonToken token)
{
    switch (token) {
    case JsonToken::BeginObject:
        return QByteArray(QT_TRANSLATE_NOOP("FieldProfile", "object"));
    case JsonToken::BeginArray:
        return QByteArray(QT_TRANSLATE_NOOP("FieldProfile", "list"));
    case JsonToken::String:
        return QByteArray(QT_TRANSLATE_NOOP("FieldProfile", "text"));
    case JsonToken::Number:
        return QByteArray(QT_TRANSLATE_NOOP("FieldProfile", "number"));
    case JsonToken::True:
    case JsonToken::False:
        return QByteArray(QT_TRANSLATE_NOOP("FieldProfile", "true or false"));
    default:
        return QByteArray(QT_TRANSLATE_NOOP("FieldProfile", "null"));
    }
}

QByteArray joined(const QByteArray &path, const QByteArray &name)
{
    return path.isEmpty() ? name : path + '.' + name;
}

QByteArray unquoted(QByteArrayView token)
{
    return token.size() < 2 ? QByteArray() : token.sliced(1, token.size() - 2).toByteArray();
}

/// A container that is open at the place.
struct Open {
    bool isObject = false;
    bool isKeyNext = false;
    QByteArray key;
};

} // namespace

void FieldProfile::clear()
{
    m_fields.clear();
    m_events = 0;
}

void FieldProfile::learn(const QByteArray &data)
{
    JsonReader reader(data);
    if (reader.next() != JsonToken::BeginObject)
        return;
    ++m_events;
    std::vector<QByteArray> paths{QByteArray()};
    QByteArray key;
    bool isAfterKey = false;
    for (JsonToken token = reader.next(); token != JsonToken::End && token != JsonToken::Error;
         token = reader.next()) {
        if (token == JsonToken::Key) {
            key = unquoted(reader.raw());
            isAfterKey = true;
            continue;
        }
        if (isAfterKey) {
            Known &known = m_fields[paths.back()][key];
            ++known.seen;
            known.type = typeOf(token);
        }
        if (token == JsonToken::BeginObject || token == JsonToken::BeginArray)
            paths.push_back(isAfterKey ? joined(paths.back(), key) : paths.back());
        else if (token == JsonToken::EndObject || token == JsonToken::EndArray)
            paths.pop_back();
        isAfterKey = false;
        if (paths.empty())
            break;
    }
}

std::vector<FieldProfile::Field> FieldProfile::fieldsAt(const QByteArray &path) const
{
    std::vector<Field> fields;
    const auto known = m_fields.find(path);
    if (known == m_fields.end())
        return fields;
    for (const auto &[name, field] : known->second)
        fields.push_back({.name = QString::fromUtf8(name),
                          .type = typeWord(field.type),
                          .seen = std::min(field.seen, m_events)});
    std::stable_sort(fields.begin(), fields.end(),
                     [](const Field &a, const Field &b) { return a.seen > b.seen; });
    return fields;
}

DraftSpot spotAt(const QByteArray &text, qsizetype offset)
{
    std::vector<Open> open;
    qsizetype at = 0;
    DraftSpot spot;
    const auto isKeyNext = [&] {
        return !open.empty() && open.back().isObject && open.back().isKeyNext;
    };
    while (at < offset) {
        const char c = text[at];
        if (c == '"') {
            qsizetype end = at + 1;
            while (end < offset && text[end] != '"' && text[end] != '\n')
                end += text[end] == '\\' ? 2 : 1;
            if (end >= offset) { // the place is inside of this string
                spot.isKey = isKeyNext();
                spot.begin = at;
                spot.begun = text.sliced(at + 1, offset - at - 1);
                break;
            }
            if (isKeyNext()) {
                open.back().key = text.sliced(at + 1, end - at - 1);
                open.back().isKeyNext = false;
            }
            at = end + 1;
            continue;
        }
        if (c == '{' || c == '[')
            open.push_back({.isObject = c == '{', .isKeyNext = c == '{', .key = {}});
        else if ((c == '}' || c == ']') && !open.empty())
            open.pop_back();
        else if (c == ',' && !open.empty())
            open.back().isKeyNext = open.back().isObject;
        ++at;
    }
    if (at >= offset && spot.begun.isEmpty() && !spot.isKey) {
        spot.begin = offset;
        while (
            spot.begin > 0
            && QChar::isLetterOrNumber(static_cast<uint>(static_cast<uchar>(text[spot.begin - 1]))))
            --spot.begin;
        spot.begun = text.sliced(spot.begin, offset - spot.begin);
        spot.isKey = isKeyNext();
    }
    for (std::size_t i = 0; i + 1 < open.size(); ++i) {
        if (open[i].isObject)
            spot.path = joined(spot.path, open[i].key);
    }
    return spot;
}

} // namespace console
