// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/fieldprofile.h"

#include "devserver/model/jsonreader.h"
#include "ui/core/jsoncheck.h"
#include "ui/core/placeholders.h"

#include <QCoreApplication>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::JsonReader;
using devserver::JsonToken;

namespace {

constexpr int oftenEnough = 3;          ///< events before a type counts as the usual one
constexpr std::size_t mostProposed = 5; ///< values
constexpr std::size_t mostKept = 100;   ///< different values of one member
constexpr qsizetype longestKept = 80;   ///< bytes of a value
constexpr std::size_t fewEnough = 3;    ///< different values are proposed though seen once each

bool isScalar(JsonToken token)
{
    return token == JsonToken::String || token == JsonToken::Number || token == JsonToken::True
           || token == JsonToken::False;
}

bool isContainer(JsonToken token)
{
    return token == JsonToken::BeginObject || token == JsonToken::BeginArray;
}

bool isEnd(JsonToken token)
{
    return token == JsonToken::EndObject || token == JsonToken::EndArray;
}

/// As JSON names it, in every language.
QByteArray typeOf(JsonToken token)
{
    switch (token) {
    case JsonToken::BeginObject:
        return "object"_ba;
    case JsonToken::BeginArray:
        return "array"_ba;
    case JsonToken::String:
        return "string"_ba;
    case JsonToken::Number:
        return "number"_ba;
    case JsonToken::True:
    case JsonToken::False:
        return "boolean"_ba;
    default:
        return "null"_ba;
    }
}

QString typeWithArticle(const QByteArray &type)
{
    static const std::map<QByteArray, const char *> words = {
        {"object"_ba, QT_TRANSLATE_NOOP("FieldProfile", "an object")},
        {"array"_ba, QT_TRANSLATE_NOOP("FieldProfile", "an array")},
        {"string"_ba, QT_TRANSLATE_NOOP("FieldProfile", "a string")},
        {"number"_ba, QT_TRANSLATE_NOOP("FieldProfile", "a number")},
        {"boolean"_ba, QT_TRANSLATE_NOOP("FieldProfile", "a boolean")},
    };
    const auto found = words.find(type);
    return found == words.end() ? QString::fromLatin1(type)
                                : QCoreApplication::translate("FieldProfile", found->second);
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

/// Calls \a visit with path, name and token of each member of the object that the reader begins.
template<typename Visit>
void walkMembers(JsonReader &reader, const Visit &visit)
{
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
        if (isAfterKey)
            visit(paths.back(), key, token);
        if (isContainer(token))
            paths.push_back(isAfterKey ? joined(paths.back(), key) : paths.back());
        else if (isEnd(token))
            paths.pop_back();
        isAfterKey = false;
        if (paths.empty())
            break;
    }
}

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
    walkMembers(reader, [&](const QByteArray &path, const QByteArray &name, JsonToken token) {
        Known &known = m_fields[path][name];
        ++known.seen;
        ++known.types[typeOf(token)];
        if (!isScalar(token) || reader.raw().size() > longestKept)
            return;
        const QByteArray value = reader.raw().toByteArray();
        if (known.values.size() < mostKept || known.values.contains(value))
            ++known.values[value];
    });
}

std::vector<FieldProfile::Field> FieldProfile::fieldsAt(const QByteArray &path) const
{
    std::vector<Field> fields;
    const auto known = m_fields.find(path);
    if (known == m_fields.end())
        return fields;
    for (const auto &[name, field] : known->second) {
        const auto usual =
            std::max_element(field.types.begin(), field.types.end(),
                             [](const auto &a, const auto &b) { return a.second < b.second; });
        fields.push_back({.name = QString::fromUtf8(name),
                          .type = QString::fromLatin1(usual->first),
                          .seen = std::min(field.seen, m_events)});
    }
    std::stable_sort(fields.begin(), fields.end(),
                     [](const Field &a, const Field &b) { return a.seen > b.seen; });
    return fields;
}

std::vector<FieldProfile::Value> FieldProfile::valuesOf(const QByteArray &path,
                                                        const QByteArray &name) const
{
    std::vector<Value> values;
    const auto fields = m_fields.find(path);
    if (fields == m_fields.end() || !fields->second.contains(name))
        return values;
    const std::map<QByteArray, int> &known = fields->second.at(name).values;
    for (const auto &[json, seen] : known) {
        if (seen > 1 || known.size() <= fewEnough)
            values.push_back({.json = json, .seen = seen});
    }
    std::stable_sort(values.begin(), values.end(),
                     [](const Value &a, const Value &b) { return a.seen > b.seen; });
    if (values.size() > mostProposed)
        values.resize(mostProposed);
    return values;
}

std::vector<FieldProfile::Doubt> FieldProfile::doubtsIn(const QByteArray &draft) const
{
    std::vector<Doubt> doubts;
    if (m_events < oftenEnough)
        return doubts;
    const QByteArray clean = withoutComments(draft);
    const std::vector<Placeholder> placeholders = findPlaceholders(clean);
    // Nobody knows the type of what a placeholder will stand for.
    const auto isPlaceholder = [&](qsizetype offset) {
        return std::any_of(placeholders.begin(), placeholders.end(), [&](const Placeholder &each) {
            return !each.isInString && each.begin == offset;
        });
    };
    const QByteArray plain = withoutPlaceholders(clean);
    JsonReader reader(plain);
    const JsonToken first = reader.next(); // of a batch each element is an event
    if (first != JsonToken::BeginObject && first != JsonToken::BeginArray)
        return doubts;
    walkMembers(reader, [&](const QByteArray &path, const QByteArray &name, JsonToken token) {
        const auto fields = m_fields.find(path);
        if (fields == m_fields.end() || !fields->second.contains(name)
            || isPlaceholder(reader.offset()))
            return;
        const Known &known = fields->second.at(name);
        if (known.seen < oftenEnough || known.types.contains(typeOf(token)))
            return;
        const auto usual =
            std::max_element(known.types.begin(), known.types.end(),
                             [](const auto &a, const auto &b) { return a.second < b.second; });
        doubts.push_back(
            {.begin = reader.offset(),
             .end = reader.offset() + reader.raw().size(),
             .message = QCoreApplication::translate("FieldProfile", "%1 was %2 in %3 of %4 events",
                                                    "name of a field, `a number`, two counts")
                            .arg(QString::fromUtf8(name), typeWithArticle(usual->first))
                            .arg(std::min(usual->second, m_events))
                            .arg(m_events)});
    });
    return doubts;
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
    spot.isInString = at < offset;
    if (!spot.isInString) {
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
    qsizetype before = spot.begin;
    while (before > 0 && QChar::isSpace(static_cast<uint>(static_cast<uchar>(text[before - 1]))))
        --before;
    const bool isValue = before > 0 && text[before - 1] == ':';
    if (isValue && !open.empty() && open.back().isObject)
        spot.key = open.back().key;
    return spot;
}

} // namespace console
