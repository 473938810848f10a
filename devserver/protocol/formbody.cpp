// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/protocol/formbody.h"

#include "devserver/model/jsonwriter.h"
#include "devserver/model/rawjson.h"

#include <QByteArrayList>
#include <QHash>

#include <optional>
#include <utility>
#include <vector>

namespace devserver::protocol {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxFields = 10'000; ///< each costs more memory than its bytes

/// Fields in the order in which they first appear, each with all its values.
class Form
{
public:
    void add(const QByteArray &name, const QByteArray &value)
    {
        const auto known = m_places.constFind(name);
        if (known != m_places.constEnd()) {
            m_fields[*known].second.append(value);
            return;
        }
        m_places.insert(name, m_fields.size());
        m_fields.emplace_back(name, QByteArrayList{value});
    }

    std::optional<QByteArray> first(const QByteArray &name) const
    {
        const auto known = m_places.constFind(name);
        if (known == m_places.constEnd())
            return std::nullopt;
        return m_fields[*known].second.constFirst();
    }

    auto begin() const { return m_fields.cbegin(); }

    auto end() const { return m_fields.cend(); }

private:
    std::vector<std::pair<QByteArray, QByteArrayList>> m_fields;
    QHash<QByteArray, std::size_t> m_places;
};

QByteArray decodeComponent(QByteArrayView text)
{
    return text.toByteArray().replace('+', ' ').percentDecoded();
}

Form parseUrlEncoded(QByteArrayView body)
{
    Form form;
    qsizetype from = 0;
    while (from < body.size()) {
        qsizetype end = body.indexOf('&', from);
        if (end < 0)
            end = body.size();
        const QByteArrayView pair = body.sliced(from, end - from);
        const qsizetype equals = pair.indexOf('=');
        if (equals >= 0)
            form.add(decodeComponent(pair.first(equals)), decodeComponent(pair.sliced(equals + 1)));
        else if (!pair.isEmpty())
            form.add(decodeComponent(pair), {});
        from = end + 1;
    }
    return form;
}

/// `name="value"` or `name=value` in a header; nothing if it is not there.
std::optional<QByteArray> parameter(QByteArrayView header, QByteArrayView name)
{
    qsizetype at = header.indexOf(';');
    while (at >= 0) {
        QByteArrayView rest = header.sliced(at + 1).trimmed();
        at = header.indexOf(';', at + 1);
        const qsizetype equals = rest.indexOf('=');
        if (equals < 0 || rest.first(equals).trimmed().compare(name, Qt::CaseInsensitive) != 0)
            continue;
        rest = rest.sliced(equals + 1);
        if (rest.startsWith('"')) {
            const qsizetype close = rest.indexOf('"', 1);
            return close < 0 ? std::nullopt
                             : std::optional(rest.sliced(1, close - 1).toByteArray());
        }
        const qsizetype end = rest.indexOf(';');
        return (end < 0 ? rest : rest.first(end)).trimmed().toByteArray();
    }
    return std::nullopt;
}

tl::unexpected<Error> tooManyFields(qsizetype count)
{
    return failure(ErrorCode::TooLarge, u"the form has %1 fields, at most %2 are allowed"_s.arg(
                                            QString::number(count), QString::number(maxFields)));
}

/// Adds one part, its head and its content, if it is a field.
void addPart(Form &form, QByteArrayView part)
{
    const qsizetype headEnd = part.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return;
    const QByteArrayView content = part.sliced(headEnd + 4);
    for (const QByteArray &line : part.first(headEnd).toByteArray().split('\n')) {
        constexpr QByteArrayView disposition = "content-disposition:";
        if (QByteArrayView(line)
                .first(std::min(line.size(), disposition.size()))
                .compare(disposition, Qt::CaseInsensitive)
            != 0)
            continue;
        const std::optional<QByteArray> name = parameter(line, "name");
        if (name && !parameter(line, "filename"))
            form.add(*name, content.toByteArray());
    }
}

Result<Form> parseMultipart(QByteArrayView body, QByteArrayView contentType)
{
    const auto broken = [] {
        return failure(ErrorCode::InvalidInput,
                       u"the body is not multipart/form-data with the boundary of its header"_s);
    };
    const std::optional<QByteArray> boundary = parameter(contentType, "boundary");
    if (!boundary || boundary->isEmpty())
        return broken();
    const QByteArray delimiter = "--"_ba + *boundary;
    qsizetype at = body.indexOf(delimiter);
    if (at < 0)
        return broken();

    Form form;
    const QByteArray next = "\r\n"_ba + delimiter;
    if (const qsizetype parts = body.count(next); parts > maxFields)
        return tooManyFields(parts);
    at += delimiter.size();
    while (body.sliced(at).startsWith("\r\n")) {
        const qsizetype end = body.indexOf(next, at);
        if (end < 0)
            return broken(); // cut off
        addPart(form, body.sliced(at + 2, std::max<qsizetype>(0, end - at - 2)));
        at = end + next.size();
    }
    return form;
}

void writeObjectField(JsonWriter &writer, QByteArrayView key, const QByteArray &text)
{
    // What is no JSON stays a string, which the decoder of the event refuses by name.
    writer.key(key);
    if (const Result<RawJson> json = RawJson::parse(text))
        writer.raw(*json);
    else
        writer.string(text);
}

QByteArray writeEvent(const Form &form)
{
    JsonWriter writer;
    writer.beginObject();
    for (const QByteArray &field : {"name"_ba, "id"_ba, "v"_ba}) {
        if (const std::optional<QByteArray> value = form.first(field))
            writer.key(field).string(*value);
    }
    for (const QByteArray &field : {"ts"_ba, "user"_ba, "data"_ba}) {
        if (const std::optional<QByteArray> value = form.first(field))
            writeObjectField(writer, field, *value);
    }
    if (!form.first("data"_ba)) {
        writer.key("data").beginObject();
        for (const auto &[name, values] : form) {
            writer.key(name).beginArray();
            for (const QByteArray &value : values)
                writer.string(value);
            writer.endArray();
        }
        writer.endObject();
    }
    writer.endObject();
    return writer.take();
}

} // namespace

Result<QByteArray> formToEvent(QByteArrayView body, QByteArrayView contentType)
{
    const qsizetype semicolon = contentType.indexOf(';');
    const QByteArrayView type =
        (semicolon < 0 ? contentType : contentType.first(semicolon)).trimmed();
    if (type.compare("application/x-www-form-urlencoded", Qt::CaseInsensitive) == 0) {
        const qsizetype fields = body.count('&') + 1;
        if (fields > maxFields)
            return tooManyFields(fields);
        return writeEvent(parseUrlEncoded(body));
    }
    if (type.compare("multipart/form-data", Qt::CaseInsensitive) == 0) {
        const Result<Form> form = parseMultipart(body, contentType);
        if (!form)
            return tl::unexpected(form.error());
        return writeEvent(*form);
    }
    return failure(ErrorCode::InvalidInput,
                   u"the body is neither a JSON object, a JSON array, nor a form"_s);
}

} // namespace devserver::protocol
