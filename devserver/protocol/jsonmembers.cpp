// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/jsonmembers.h"

#include "devserver/model/jsonwriter.h"

namespace devserver::protocol {

std::optional<JsonValue> member(const JsonValue &object, QByteArrayView key)
{
    const std::optional<JsonValue> found = object.findIgnoringCase(key);
    return found && !found->isNull() ? found : std::nullopt;
}

QByteArray textMember(const JsonValue &object, QByteArrayView key)
{
    const std::optional<JsonValue> found = member(object, key);
    return found ? found->toUtf8() : QByteArray();
}

QByteArray withoutMember(QByteArrayView object, QByteArrayView key, Qt::CaseSensitivity sensitivity)
{
    const auto matches = [&](const JsonKey &name) {
        return sensitivity == Qt::CaseSensitive ? name.equals(key) : name.equalsIgnoringCase(key);
    };

    QByteArray out;
    out.reserve(object.size());
    const char *done = object.begin(); // what lies before was copied or cut
    const char *previousEnd = nullptr; // of the member before this one
    bool hasMember = false;            // in `out`
    for (const auto &[name, value] : JsonValue(object).members()) {
        const char *begin = name.raw().begin();
        const char *end = value.raw().end();
        if (matches(name)) {
            if (previousEnd == nullptr)
                out.append(QByteArrayView(done, begin));
        } else {
            // A comma in front belongs to the member, unless it became the first.
            const bool isFirst = previousEnd == nullptr;
            out.append(QByteArrayView(hasMember || isFirst ? done : begin, end));
            hasMember = true;
        }
        done = end;
        previousEnd = end;
    }
    out.append(QByteArrayView(done, object.end()));
    return out;
}

QByteArray withMember(QByteArrayView object, QByteArrayView key, QByteArrayView value)
{
    qsizetype end = object.lastIndexOf('}');
    while (end > 1 && QByteArrayView(" \t\r\n").contains(object[end - 1]))
        --end;

    QByteArray out;
    out.reserve(object.size() + key.size() + value.size() + 4);
    out.append(object.first(end));
    if (object[end - 1] != '{')
        out.append(',');
    out.append(jsonString(key)).append(':').append(value).append('}');
    return out;
}

QByteArrayView kindName(const JsonValue &value)
{
    switch (value.kind()) {
    case JsonValue::Kind::Null:
        return "null";
    case JsonValue::Kind::Bool:
        return "a boolean";
    case JsonValue::Kind::Number:
        return "a number";
    case JsonValue::Kind::String:
        return "a string";
    case JsonValue::Kind::Array:
        return "an array";
    case JsonValue::Kind::Object:
        return "an object";
    }
    Q_UNREACHABLE();
}

RawJson toRawJson(const JsonValue &value)
{
    return RawJson::fromTrusted(value.toBytes());
}

} // namespace devserver::protocol
