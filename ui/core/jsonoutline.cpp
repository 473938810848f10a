// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/jsonoutline.h"

#include "devserver/model/jsonvalue.h"
#include "devserver/model/jsonwriter.h"

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::JsonReader;
using devserver::JsonToken;

namespace {

constexpr int tokensPerLook = 4096;

bool opens(JsonToken token)
{
    return token == JsonToken::BeginObject || token == JsonToken::BeginArray;
}

bool closes(JsonToken token)
{
    return token == JsonToken::EndObject || token == JsonToken::EndArray;
}

} // namespace

devserver::Result<JsonOutline> outlineOf(QByteArrayView json, const CancelFlag *isCancelled)
{
    JsonOutline outline;
    std::vector<qsizetype> open;
    JsonReader reader(json);
    for (int count = 1;; ++count) {
        const JsonToken token = reader.next();
        if (token == JsonToken::Error)
            return tl::unexpected(reader.error());
        if (token == JsonToken::End)
            break;
        if (count == 1)
            outline.root = token;
        const qsizetype begin = reader.offset();
        const qsizetype end = begin + reader.raw().size();
        if (closes(token)) {
            if (end - open.back() >= JsonOutline::largeBytes)
                outline.large.push_back({.begin = open.back(), .end = end});
            open.pop_back();
        } else if (token != JsonToken::Key) {
            outline.size += open.size() == 1 ? 1 : 0;
            if (opens(token))
                open.push_back(begin);
            else if (end - begin >= JsonOutline::largeBytes)
                outline.large.push_back({.begin = begin, .end = end});
        }
        if (count % tokensPerLook == 0 && isCancelled != nullptr
            && isCancelled->load(std::memory_order_relaxed))
            break;
    }
    std::sort(outline.large.begin(), outline.large.end(),
              [](const auto &a, const auto &b) { return a.begin < b.begin; });
    return outline;
}

qsizetype skipJsonSpace(QByteArrayView json, qsizetype at)
{
    while (at < json.size()
           && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t'))
        ++at;
    return at;
}

qsizetype endOfJsonString(QByteArrayView json, qsizetype at)
{
    for (++at; at < json.size(); ++at) {
        if (json[at] == '\\')
            ++at;
        else if (json[at] == '"')
            return at + 1;
    }
    return json.size();
}

qsizetype JsonOutline::endOfValue(QByteArrayView json, qsizetype at) const
{
    const auto known =
        std::lower_bound(large.begin(), large.end(), at,
                         [](const Large &value, qsizetype offset) { return value.begin < offset; });
    if (known != large.end() && known->begin == at)
        return known->end;
    int depth = 0;
    while (at < json.size()) {
        const char c = json[at];
        if (c == '"') {
            at = endOfJsonString(json, at);
        } else if (c == '{' || c == '[') {
            ++depth;
            ++at;
            continue;
        } else if (c == '}' || c == ']') {
            --depth;
            ++at;
        } else if (depth > 0) {
            ++at;
            continue;
        } else {
            while (at < json.size() && !QByteArrayView(",]} \n\r\t").contains(json[at]))
                ++at;
        }
        if (depth <= 0)
            return at;
    }
    return json.size();
}

std::vector<int> jsonPlaceAt(QByteArrayView json, qsizetype offset)
{
    std::vector<int> counts;
    std::vector<int> place;
    bool isAfterKey = false;
    JsonReader reader(json);
    for (;;) {
        const JsonToken token = reader.next();
        if (token == JsonToken::End || token == JsonToken::Error || reader.offset() > offset)
            break;
        if (closes(token)) {
            counts.pop_back();
            place = counts;
            isAfterKey = false;
            continue;
        }
        if (!isAfterKey && !counts.empty())
            ++counts.back();
        place = counts;
        isAfterKey = token == JsonToken::Key;
        if (opens(token))
            counts.push_back(-1);
    }
    return place;
}

QString jsonPathStep(const QString &path, const QString &key)
{
    const bool isPlain =
        !key.isEmpty() && !key.at(0).isDigit() && std::all_of(key.begin(), key.end(), [](QChar c) {
            return c.isLetterOrNumber() || c == u'_' || c == u'$' || c == u'-';
        });
    if (isPlain)
        return path.isEmpty() ? key : QString(path + u'.' + key);
    return path + u'[' + QString::fromUtf8(devserver::jsonString(key.toUtf8())) + u']';
}

JsonPart jsonPart(QByteArrayView json, const std::vector<int> &place)
{
    using devserver::JsonValue;
    QString path;
    JsonValue value(json);
    for (const int number : place) {
        int at = 0;
        bool isFound = false;
        if (value.isArray()) {
            for (const JsonValue &element : value.elements()) {
                if (at++ != number)
                    continue;
                path += u'[' + QString::number(number) + u']';
                value = element;
                isFound = true;
                break;
            }
        } else {
            for (const auto &[key, member] : value.members()) {
                if (at++ != number)
                    continue;
                path = jsonPathStep(path, key.toString());
                value = member;
                isFound = true;
                break;
            }
        }
        if (!isFound)
            break;
    }
    return {.path = path, .value = value.raw()};
}

} // namespace console
