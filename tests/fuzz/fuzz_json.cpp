// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonreader.h"
#include "devserver/model/jsonvalue.h"
#include "devserver/model/jsonwriter.h"
#include "devserver/model/rawjson.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using devserver::JsonReader;
using devserver::JsonToken;
using devserver::JsonValue;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// Walks a value in every way there is; returns the number of values met.
qsizetype visit(const JsonValue &value, int depth)
{
    require(depth <= devserver::jsonDepthLimit && !value.raw().isEmpty());
    qsizetype met = 1;
    const QByteArray text = value.toUtf8();
    require(value.isString() || text.isEmpty());
    require(text.size() <= 3 * value.raw().size());
    (void)value.toString();
    (void)value.toInt64();
    (void)value.toDouble();
    (void)value.toBool();
    qsizetype parts = 0;
    for (const auto &[key, member] : value.members()) {
        require(key.equals(key.toUtf8()) && key.equalsIgnoringCase(key.toUtf8()));
        require(value.find(key.toUtf8()).has_value());
        met += visit(member, depth + 1);
        ++parts;
    }
    for (const JsonValue &element : value.elements()) {
        met += visit(element, depth + 1);
        ++parts;
    }
    require(value.size() == parts);
    return met;
}

/// The same number by the tokens; -1 after an error.
qsizetype countValues(QByteArrayView text)
{
    JsonReader reader(text);
    qsizetype met = 0;
    for (;;) {
        switch (reader.next()) {
        case JsonToken::BeginObject:
        case JsonToken::BeginArray:
        case JsonToken::String:
        case JsonToken::Number:
        case JsonToken::True:
        case JsonToken::False:
        case JsonToken::Null:
            ++met;
            break;
        case JsonToken::EndObject:
        case JsonToken::EndArray:
        case JsonToken::Key:
            break;
        case JsonToken::End:
            return met;
        case JsonToken::Error:
            require(!reader.error().message.isEmpty());
            return -1;
        }
        require(reader.raw().data() >= text.data()
                && reader.raw().data() + reader.raw().size() <= text.data() + text.size());
    }
}

} // namespace

/// Accepted = valid JSON; then tokens and values must tell the same story.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView text(data, static_cast<qsizetype>(size));
    const qsizetype counted = countValues(text);
    const bool isValid = devserver::validateJson(text).has_value();
    require(isValid == (counted >= 0));
    if (!isValid)
        return -1;
    // Quadratic for objects with thousands of members, hence the cut.
    if (counted <= 2000)
        require(visit(JsonValue(text.trimmed()), 0) == counted);
    return 0;
}
