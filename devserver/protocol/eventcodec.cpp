// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/eventcodec.h"

#include "devserver/model/jsonreader.h"
#include "devserver/model/jsonvalue.h"
#include "devserver/model/jsonwriter.h"
#include "devserver/protocol/eventseed.h"
#include "devserver/protocol/formbody.h"
#include "devserver/protocol/jsonmembers.h"
#include "devserver/protocol/sessions.h"

#include <algorithm>

namespace devserver::protocol {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxNameCharacters = 512;
constexpr qint64 earliestTs = 315'532'800'000; // 1980-01-01
constexpr qint64 latestTs = 4'102'444'800'000; // 2100-01-01
constexpr QByteArrayView reservedPrefix = "inngest/";
constexpr QByteArrayView internalKey = "_inngest";

Error inputError(ErrorCode code, const QByteArray &message)
{
    return {code, QString::fromUtf8(message)};
}

tl::unexpected<Error> invalid(const QByteArray &message)
{
    return tl::unexpected<Error>(inputError(ErrorCode::InvalidInput, message));
}

bool isJsonSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

QByteArrayView withoutLeadingSpace(QByteArrayView text)
{
    while (!text.isEmpty() && isJsonSpace(text.front()))
        text = text.sliced(1);
    return text;
}

qsizetype characterCount(QByteArrayView utf8)
{
    return std::count_if(utf8.begin(), utf8.end(),
                         [](char c) { return (static_cast<uchar>(c) & 0xc0) != 0x80; });
}

/// Known members; of duplicates the last one counts, null counts as absent.
struct Fields {
    std::optional<JsonValue> name;
    std::optional<JsonValue> data;
    std::optional<JsonValue> id;
    std::optional<JsonValue> ts;
    std::optional<JsonValue> user;
    std::optional<JsonValue> v;
    std::optional<JsonValue> meta;
};

Fields readFields(const JsonValue &event)
{
    Fields fields;
    for (const auto &[key, value] : event.members()) {
        const std::optional<JsonValue> given = value.isNull() ? std::nullopt : std::optional(value);
        if (key.equalsIgnoringCase("name"))
            fields.name = given;
        else if (key.equalsIgnoringCase("data"))
            fields.data = given;
        else if (key.equalsIgnoringCase("id"))
            fields.id = given;
        else if (key.equalsIgnoringCase("ts"))
            fields.ts = given;
        else if (key.equalsIgnoringCase("user"))
            fields.user = given;
        else if (key.equalsIgnoringCase("v"))
            fields.v = given;
        else if (key.equalsIgnoringCase("meta"))
            fields.meta = given;
    }
    return fields;
}

Result<QByteArray> decodeName(const std::optional<JsonValue> &field)
{
    if (!field)
        return invalid("name is missing"_ba);
    if (!field->isString())
        return invalid("name is "_ba + kindName(*field) + ", not a string"_ba);
    QByteArray name = field->toUtf8();
    if (name.isEmpty())
        return invalid("name is empty"_ba);
    const qsizetype characters = characterCount(name);
    if (characters > maxNameCharacters) {
        return invalid("name has "_ba + QByteArray::number(characters) + " characters, at most "_ba
                       + QByteArray::number(maxNameCharacters) + " are allowed"_ba);
    }
    if (QByteArrayView(name)
            .first(std::min(name.size(), reservedPrefix.size()))
            .compare(reservedPrefix, Qt::CaseInsensitive)
        == 0)
        return invalid("event name is reserved for internal use: "_ba + name);
    return name;
}

Result<RawJson> decodeObject(QByteArrayView what, const std::optional<JsonValue> &field)
{
    if (!field)
        return RawJson::fromTrusted("{}"_ba);
    if (!field->isObject())
        return invalid(what.toByteArray() + " is "_ba + kindName(*field) + ", not an object"_ba);
    return toRawJson(*field);
}

/// Our own key inside `data` is never taken from outside (protocol.md 3.2).
Result<RawJson> decodeData(const std::optional<JsonValue> &field)
{
    Result<RawJson> data = decodeObject("data", field);
    if (!data)
        return data;
    const QByteArrayView bytes = data->bytes();
    // Without the name and without escapes it cannot be there: skip the walk.
    if (bytes.indexOf(internalKey) < 0 && !bytes.contains('\\'))
        return data;
    const JsonValue object = JsonValue::of(*data);
    if (!object.find(internalKey))
        return data;
    return RawJson::fromTrusted(withoutMember(bytes, internalKey));
}

Result<std::optional<TimePoint>> decodeTs(const std::optional<JsonValue> &field)
{
    if (!field)
        return std::nullopt;
    const std::optional<qint64> ms = field->toInt64();
    if (!ms) {
        return invalid("ts is "_ba + (field->isNumber() ? field->raw() : kindName(*field))
                       + ", not an integer of milliseconds"_ba);
    }
    if (*ms == 0)
        return std::nullopt;
    if (*ms < earliestTs || *ms >= latestTs) {
        return invalid("ts "_ba + QByteArray::number(*ms)
                       + " is not between the years 1980 and 2100 in milliseconds"_ba);
    }
    return fromMs(*ms);
}

Result<QByteArray> decodeText(QByteArrayView what, const std::optional<JsonValue> &field)
{
    if (!field)
        return QByteArray();
    if (!field->isString())
        return invalid(what.toByteArray() + " is "_ba + kindName(*field) + ", not a string"_ba);
    return field->toUtf8();
}

/// All fields but the name, which differs between the two doors.
Result<EventDraft> decodeFields(const Fields &fields)
{
    EventDraft draft;
    Result<RawJson> data = decodeData(fields.data);
    if (!data)
        return tl::unexpected(data.error());
    Result<RawJson> user = decodeObject("user", fields.user);
    if (!user)
        return tl::unexpected(user.error());
    const Result<std::optional<TimePoint>> ts = decodeTs(fields.ts);
    if (!ts)
        return tl::unexpected(ts.error());
    Result<QByteArray> id = decodeText("id", fields.id);
    if (!id)
        return tl::unexpected(id.error());
    const Result<QByteArray> v = decodeText("v", fields.v);
    if (!v)
        return tl::unexpected(v.error());
    Result<RawJson> meta = decodeMeta(fields.meta.value_or(JsonValue()));
    if (!meta)
        return tl::unexpected(meta.error());

    draft.data = *std::move(data);
    draft.user = *std::move(user);
    draft.ts = *ts;
    if (!id->isEmpty())
        draft.id = *std::move(id);
    if (fields.v)
        draft.v = toRawJson(*fields.v);
    draft.meta = *std::move(meta);
    return draft;
}

Result<Fields> fieldsOf(QByteArrayView raw)
{
    if (raw.size() > maxEventBytes) {
        return tl::unexpected(
            inputError(ErrorCode::TooLarge,
                       "the event has "_ba + QByteArray::number(raw.size()) + " bytes, at most "_ba
                           + QByteArray::number(maxEventBytes) + " are allowed"_ba));
    }
    const JsonValue event(raw);
    if (!event.isObject())
        return invalid("an event is an object, not "_ba + kindName(event));
    return readFields(event);
}

Result<EventDraft> decodeEvent(QByteArrayView raw)
{
    const Result<Fields> fields = fieldsOf(raw);
    if (!fields)
        return tl::unexpected(fields.error());
    Result<QByteArray> name = decodeName(fields->name);
    if (!name)
        return tl::unexpected(name.error());
    Result<EventDraft> draft = decodeFields(*fields);
    if (draft)
        draft->name = *std::move(name);
    return draft;
}

/// The events of a JSON body, undecoded, up to the first syntax error.
struct Slices {
    std::vector<QByteArrayView> events; ///< no more than a request may have
    std::size_t total = 0;              ///< how many there are
    std::optional<Error> error;

    void add(QByteArrayView event)
    {
        // The others are only counted: `[1,1,...]` would become a gigabyte of views.
        if (++total <= maxEventsPerRequest)
            events.push_back(event);
    }
};

Error syntaxError(const JsonReader &reader)
{
    Error error = reader.error();
    error.message.prepend("the body is not valid JSON: "_L1);
    return error;
}

Slices sliceBody(QByteArrayView body)
{
    Slices slices;
    JsonReader reader(body);
    const bool isArray = reader.next() == JsonToken::BeginArray;
    if (!isArray) {
        slices.add(reader.takeValue());
    } else {
        while (reader.next() != JsonToken::EndArray && reader.token() != JsonToken::Error) {
            const QByteArrayView event = reader.takeValue();
            if (reader.token() == JsonToken::Error)
                break;
            slices.add(event);
        }
    }
    if (reader.token() != JsonToken::Error)
        reader.next(); // nothing may follow
    if (reader.token() == JsonToken::Error) {
        slices.error = syntaxError(reader);
        if (!isArray)
            slices.events.clear();
    }
    return slices;
}

EventBatch decodeSlices(const Slices &slices, QByteArrayView seedHeader)
{
    EventBatch batch;
    const std::size_t total = slices.total;
    if (total > maxEventsPerRequest) {
        batch.error =
            inputError(ErrorCode::TooLarge,
                       "the request has "_ba + QByteArray::number(total) + " events, at most "_ba
                           + QByteArray::number(maxEventsPerRequest) + " are allowed"_ba);
        return batch;
    }

    const std::optional<EventSeed> seed = EventSeed::fromHeader(seedHeader);
    batch.drafts.reserve(total);
    for (const QByteArrayView slice : slices.events) {
        Result<EventDraft> draft = decodeEvent(slice);
        const std::size_t number = batch.drafts.size() + 1;
        if (!draft) {
            batch.error = draft.error();
            batch.error->message.prepend(QString::fromUtf8("event "_ba + QByteArray::number(number)
                                                           + " of "_ba + QByteArray::number(total)
                                                           + ": "_ba));
            return batch;
        }
        if (seed)
            draft->seededId = seed->idAt(static_cast<quint32>(number)); // 1-based, protocol §3.4
        batch.drafts.push_back(*std::move(draft));
    }
    batch.error = slices.error;
    return batch;
}

} // namespace

EventBatch decodeEvents(QByteArrayView body, QByteArrayView contentType, QByteArrayView seedHeader)
{
    const QByteArrayView start = withoutLeadingSpace(body);
    if (start.isEmpty())
        return {};
    if (start.front() == '{' || start.front() == '[')
        return decodeSlices(sliceBody(body), seedHeader);

    const Result<QByteArray> event = formToEvent(body, contentType);
    if (!event)
        return {.drafts = {}, .error = event.error()};
    return decodeSlices({.events = {*event}, .total = 1, .error = {}}, seedHeader);
}

EventBatch decodeInvoke(QByteArrayView body, QByteArrayView slug, QByteArrayView seedHeader)
{
    EventBatch batch;
    const bool isEmpty = withoutLeadingSpace(body).isEmpty();
    const Slices slices = sliceBody(isEmpty ? QByteArrayView("{}") : body);
    if (slices.error)
        return {.drafts = {}, .error = slices.error};
    if (slices.total != 1)
        return {.drafts = {}, .error = invalid("the body is not one object"_ba).value()};

    const Result<Fields> fields = fieldsOf(slices.events.front());
    if (!fields)
        return {.drafts = {}, .error = fields.error()};
    Result<EventDraft> draft = decodeFields(*fields);
    if (!draft)
        return {.drafts = {}, .error = draft.error()};

    JsonWriter internal;
    internal.beginObject().key("fn_id").string(slug).endObject();
    draft->name = "inngest/function.invoked"_ba;
    draft->target = slug.toByteArray();
    draft->data =
        RawJson::fromTrusted(withMember(draft->data.bytes(), internalKey, internal.take()));
    if (const std::optional<EventSeed> seed = EventSeed::fromHeader(seedHeader))
        draft->seededId = seed->idAt(0);
    batch.drafts.push_back(*std::move(draft));
    return batch;
}

} // namespace devserver::protocol
