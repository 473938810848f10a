// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/answererror.h"

#include "devserver/model/jsonvalue.h"
#include "devserver/model/jsonwriter.h"
#include "devserver/protocol/jsonmembers.h"

namespace devserver::protocol {

using namespace Qt::StringLiterals;

namespace {

constexpr int maxNesting = 3;
constexpr QByteArrayView genericMessage = "Function execution error";

/// Text as it is, anything else as its JSON; empty for null and for the empty string.
QByteArray shownText(const std::optional<JsonValue> &value)
{
    if (!value || value->isNull())
        return {};
    return value->isString() ? value->toUtf8() : value->toBytes();
}

bool isErrorObject(const JsonValue &value)
{
    return member(value, "message") || member(value, "name");
}

/// The object that describes the error: the value, or what it nests (protocol.md 3.7).
RawJson innermost(const RawJson &body, int depth = 0)
{
    const JsonValue value = JsonValue::of(body);
    if (!value.isObject() || isErrorObject(value) || depth == maxNesting)
        return body;
    for (const QByteArrayView key : {QByteArrayView("error"), QByteArrayView("body")}) {
        const std::optional<JsonValue> nested = member(value, key);
        if (!nested)
            continue;
        if (nested->isObject())
            return innermost(toRawJson(*nested), depth + 1);
        if (nested->isString() && key == "body") {
            // A body inside a body is often serialised once more.
            const Result<RawJson> parsed = RawJson::parse(nested->toUtf8());
            return parsed ? innermost(*parsed, depth + 1) : toRawJson(*nested);
        }
    }
    return body;
}

void copyMember(JsonWriter &writer, const JsonValue &object, QByteArrayView key)
{
    if (const std::optional<JsonValue> value = member(object, key))
        writer.key(key).raw(value->raw());
}

} // namespace

RawJson normaliseError(const RawJson &body, QByteArrayView defaultName)
{
    const RawJson source = innermost(body);
    const JsonValue value = JsonValue::of(source);

    const QByteArray shortForm = textMember(value, "error");
    QByteArray message = value.isObject() ? shownText(member(value, "message")) : shownText(value);
    if (message.isEmpty())
        message = shortForm.isEmpty() ? genericMessage.toByteArray() : shortForm;
    const QByteArray name = textMember(value, "name");

    JsonWriter writer(source.sizeBytes() + message.size() + 64);
    writer.beginObject();
    writer.key("error").string(shortForm.isEmpty() ? message : shortForm);
    writer.key("name").string(name.isEmpty() ? defaultName : QByteArrayView(name));
    writer.key("message").string(message);
    for (const QByteArrayView key :
         {QByteArrayView("stack"), QByteArrayView("cause"), QByteArrayView("data"),
          QByteArrayView("code"), QByteArrayView("noRetry")})
        copyMember(writer, value, key);
    writer.endObject();
    return RawJson::fromTrusted(writer.take());
}

RawJson normaliseErrorBody(const QByteArray &body)
{
    if (const Result<RawJson> json = RawJson::parse(body))
        return normaliseError(*json);
    JsonWriter writer;
    writer.beginObject().key("message").string(genericMessage);
    if (!body.trimmed().isEmpty())
        writer.key("stack").string(excerpt(body));
    writer.endObject();
    return normaliseError(RawJson::fromTrusted(writer.take()));
}

RawJson ownError(QByteArrayView code, const QByteArray &message)
{
    JsonWriter writer;
    writer.beginObject();
    writer.key("error").string(code);
    writer.key("name").string("Error");
    writer.key("message").string(message);
    writer.key("code").string(code);
    writer.endObject();
    return RawJson::fromTrusted(writer.take());
}

CallAnswer unreachableError(const QByteArray &message)
{
    CallAnswer answer;
    answer.outcome =
        AppUnreachable{ownError("http_unreachable", "Unable to reach SDK URL: "_ba + message)};
    return answer;
}

CallAnswer brokenError(QByteArrayView code, const QByteArray &message)
{
    CallAnswer answer;
    answer.outcome = AnswerError{.error = ownError(code, message), .isSdk = true};
    return answer;
}

QByteArray excerpt(const QByteArray &body)
{
    if (body.size() <= maxExcerptBytes)
        return body;
    qsizetype end = maxExcerptBytes;
    while (end > maxExcerptBytes - 4 && (static_cast<uchar>(body[end]) & 0xc0) == 0x80)
        --end;
    return body.first(end);
}

} // namespace devserver::protocol
