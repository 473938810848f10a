// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/sdk/json.h"

#include "devserver/model/jsonvalue.h"
#include "devserver/model/jsonwriter.h"

namespace devserver::sdk {

using namespace Qt::StringLiterals;

Json::Json()
    : m_raw(RawJson::null())
{}

Json::Json(std::nullptr_t)
    : Json()
{}

Json::Json(double number)
    : m_raw(RawJson::fromTrusted(jsonNumber(number)))
{}

Json::Json(const QString &text)
    : m_raw(fromText(text.toUtf8()))
{}

Json::Json(RawJson raw)
    : m_raw(raw.isEmpty() ? RawJson::null() : std::move(raw))
{}

Json::Json(const std::vector<Json> &elements)
{
    JsonWriter writer;
    writer.beginArray();
    for (const Json &element : elements)
        writer.raw(element.m_raw);
    m_raw = RawJson::fromTrusted(writer.endArray().take());
}

Json Json::object()
{
    return RawJson::fromTrusted("{}"_ba);
}

Json Json::with(QByteArrayView key, const Json &value) const
{
    Q_ASSERT(JsonValue::of(m_raw).isObject());
    QByteArray text = m_raw.bytes();
    text.chop(1);
    const JsonMembers members = JsonValue::of(m_raw).members();
    if (!(members.begin() == members.end()))
        text.append(',');
    text.append(jsonString(key)).append(':').append(value.m_raw.bytes()).append('}');
    return RawJson::fromTrusted(std::move(text));
}

Json Json::operator[](QByteArrayView key) const
{
    const std::optional<JsonValue> member = JsonValue::of(m_raw).find(key);
    return member ? Json(RawJson::fromTrusted(member->toBytes())) : Json();
}

std::vector<Json> Json::elements() const
{
    std::vector<Json> list;
    for (const JsonValue &element : JsonValue::of(m_raw).elements())
        list.emplace_back(RawJson::fromTrusted(element.toBytes()));
    return list;
}

bool Json::isNull() const
{
    return JsonValue::of(m_raw).isNull();
}

bool Json::toBool(bool fallback) const
{
    return JsonValue::of(m_raw).toBool().value_or(fallback);
}

qint64 Json::toInt(qint64 fallback) const
{
    return JsonValue::of(m_raw).toInt64().value_or(fallback);
}

double Json::toDouble(double fallback) const
{
    return JsonValue::of(m_raw).toDouble().value_or(fallback);
}

QByteArray Json::toText() const
{
    return JsonValue::of(m_raw).toUtf8();
}

QString Json::toString() const
{
    return JsonValue::of(m_raw).toString();
}

RawJson Json::fromInteger(bool value)
{
    return RawJson::fromTrusted(value ? "true"_ba : "false"_ba);
}

RawJson Json::fromSigned(qint64 number)
{
    return RawJson::fromTrusted(QByteArray::number(number));
}

RawJson Json::fromUnsigned(quint64 number)
{
    return RawJson::fromTrusted(QByteArray::number(number));
}

RawJson Json::fromText(const QByteArray &utf8)
{
    return RawJson::fromTrusted(jsonString(utf8));
}

} // namespace devserver::sdk
