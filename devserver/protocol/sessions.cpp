// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/sessions.h"

#include "devserver/model/jsonwriter.h"
#include "devserver/protocol/jsonmembers.h"

#include <map>
#include <optional>

namespace devserver::protocol {

using namespace Qt::StringLiterals;

namespace {

constexpr int maxOwnSessions = 5;
constexpr qsizetype maxKeyBytes = 128;
constexpr qsizetype maxIdBytes = 512;

using Sessions = std::map<QByteArray, std::optional<QByteArray>>;

tl::unexpected<Error> invalid(const QByteArray &message)
{
    return failure(ErrorCode::InvalidInput, QString::fromUtf8(message));
}

Result<Sessions> readSessions(const JsonValue &meta, const QByteArray &name)
{
    Sessions sessions;
    const std::optional<JsonValue> object = member(meta, name);
    if (!object)
        return sessions;
    if (!object->isObject())
        return invalid("meta."_ba + name + " is "_ba + kindName(*object) + ", not an object"_ba);

    for (const auto &[key, value] : object->members()) {
        const QByteArray text = key.toUtf8();
        const QByteArray id = value.toUtf8();
        if (!value.isNull() && !value.isString())
            return invalid("meta."_ba + name + '.' + text + " is "_ba + kindName(value)
                           + ", not a string"_ba);
        if (text.size() > maxKeyBytes || id.size() > maxIdBytes) {
            return invalid("meta."_ba + name
                           + ": a key has at most 128 bytes and an id at most 512"_ba);
        }
        sessions.insert_or_assign(text, value.isNull() ? std::nullopt : std::optional(id));
    }
    return sessions;
}

} // namespace

Result<RawJson> decodeMeta(const JsonValue &meta)
{
    if (meta.isNull())
        return RawJson();
    if (!meta.isObject())
        return invalid("meta is "_ba + kindName(meta) + ", not an object"_ba);
    Result<Sessions> merged = readSessions(meta, "propagated_sessions"_ba);
    if (!merged)
        return tl::unexpected(merged.error());
    const Result<Sessions> own = readSessions(meta, "sessions"_ba);
    if (!own)
        return tl::unexpected(own.error());
    if (own->size() > maxOwnSessions) {
        return invalid("meta.sessions has "_ba + QByteArray::number(own->size())
                       + " entries, at most 5 are allowed"_ba);
    }

    for (const auto &[key, id] : *own)
        merged->insert_or_assign(key, id);
    std::erase_if(*merged, [](const auto &entry) { return !entry.second; });
    if (merged->empty())
        return RawJson();

    JsonWriter writer;
    writer.beginObject().key("sessions").beginObject();
    for (const auto &[key, id] : *merged)
        writer.key(key).string(*id); // NOLINT(bugprone-unchecked-optional-access): see erase_if
    writer.endObject().endObject();
    return RawJson::fromTrusted(writer.take());
}

} // namespace devserver::protocol
