// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/copyas.h"

#include "devserver/model/jsonreader.h"
#include "devserver/model/jsonwriter.h"
#include "ui/core/jsonformat.h"

#include <QUrl>

#include <utility>
#include <vector>

namespace console {

using namespace Qt::StringLiterals;
using devserver::JsonReader;
using devserver::JsonToken;

namespace {

/// What is no JSON stays as it is: of its layout the end would be missing.
QString pretty(const QByteArray &json)
{
    const FormattedJson formatted = formatJson(json, {.longestString = 0});
    return QString::fromUtf8(formatted.error ? json : formatted.text);
}

/// Inside of single quotes of a shell.
QString shellQuoted(const QString &text)
{
    return u'\'' + QString(text).replace(u"'"_s, u"'\\''"_s) + u'\'';
}

QString curlPost(const QString &url, const QByteArray &json)
{
    return u"curl -X POST %1 \\\n  -H 'Content-Type: application/json' \\\n  -d %2\n"_s.arg(
        url, shellQuoted(QString::fromUtf8(json)));
}

/// JSON text itself: literals such as `true` are not Python.
QString pythonCode(const QString &json, bool isBatch)
{
    // Three quotes would end the text; they are in strings of the JSON only.
    const QString text = QString(json).replace(u"'''"_s, u"''\\u0027"_s);
    const QString name = isBatch ? u"events"_s : u"event"_s;
    return u"import json\nimport inngest\n\n"_s + name + u" = json.loads(r'''"_s + text
           + u"''')\nawait client.send("_s
           + (isBatch ? u"[inngest.Event(**event) for event in events]"_s
                      : u"inngest.Event(**event)"_s)
           + u")\n"_s;
}

QString goCode(const QString &json, bool isBatch)
{
    const QString text = u'`' + QString(json).replace(u"`"_s, u"` + \"`\" + `"_s) + u'`';
    if (!isBatch)
        return u"var event inngestgo.Event\nif err := json.Unmarshal([]byte("_s + text
               + u"), &event); err != nil {\n\treturn err\n}\n_, err := client.Send(ctx, "_s
                 u"event)\n"_s;
    return u"var events []inngestgo.Event\nif err := json.Unmarshal([]byte("_s + text
           + u"), &events); err != nil {\n\treturn err\n}\nbatch := make([]any, len(events))\n"_s
             u"for i, event := range events {\n\tbatch[i] = event\n}\n_, err := "_s
             u"client.SendMany(ctx, batch)\n"_s;
}

/// Members of an object: key token and value, as they were written.
std::vector<std::pair<QByteArray, QByteArray>> membersOf(const QByteArray &json)
{
    std::vector<std::pair<QByteArray, QByteArray>> members;
    JsonReader reader(json);
    if (reader.next() != JsonToken::BeginObject)
        return members;
    while (reader.next() == JsonToken::Key) {
        const QByteArray key = reader.raw().toByteArray();
        reader.next();
        members.emplace_back(key, reader.takeValue().toByteArray());
    }
    return members;
}

} // namespace

QString languageName(CopyLanguage language)
{
    switch (language) {
    case CopyLanguage::Json:
        return u"JSON"_s;
    case CopyLanguage::Curl:
        return u"curl"_s;
    case CopyLanguage::TypeScript:
        return u"TypeScript"_s;
    case CopyLanguage::Python:
        return u"Python"_s;
    case CopyLanguage::Go:
        return u"Go"_s;
    }
    Q_UNREACHABLE();
}

bool canInvoke(CopyLanguage language)
{
    return language == CopyLanguage::Json || language == CopyLanguage::Curl;
}

QString copyInvocationAs(CopyLanguage language, const QByteArray &slug, const QByteArray &data,
                         const QString &address)
{
    Q_ASSERT(canInvoke(language));
    if (language == CopyLanguage::Json)
        return pretty(data);
    devserver::JsonWriter body(data.size() + 16);
    body.beginObject().key("data").raw(data.isEmpty() ? QByteArrayView("{}") : data).endObject();
    return curlPost(u"http://"_s + address + u"/invoke/"_s
                        + QString::fromLatin1(QUrl::toPercentEncoding(QString::fromUtf8(slug))),
                    body.take());
}

QString copyAs(CopyLanguage language, const QByteArray &eventJson, const QString &address)
{
    const QString json = pretty(eventJson);
    const bool isBatch = eventJson.startsWith('[');
    switch (language) {
    case CopyLanguage::Json:
        return json;
    case CopyLanguage::Curl:
        return curlPost(u"http://"_s + address + u"/e/dev"_s, eventJson);
    case CopyLanguage::TypeScript:
        return u"await inngest.send("_s + json + u");\n"_s;
    case CopyLanguage::Python:
        return pythonCode(json, isBatch);
    case CopyLanguage::Go:
        return goCode(json, isBatch);
    }
    Q_UNREACHABLE();
}

QByteArrayList elementsOf(const QByteArray &json)
{
    QByteArrayList elements;
    JsonReader reader(json);
    if (reader.next() != JsonToken::BeginArray)
        return elements;
    for (JsonToken token = reader.next();
         token != JsonToken::EndArray && token != JsonToken::Error && token != JsonToken::End;
         token = reader.next())
        elements.append(reader.takeValue().toByteArray());
    return elements;
}

QByteArray eventToSend(const QByteArray &name, const QByteArray &id, const QByteArray &data,
                       std::optional<devserver::TimePoint> ts, const QByteArray &user)
{
    devserver::JsonWriter writer(data.size() + user.size() + name.size() + 64);
    writer.beginObject().key("name").string(name);
    if (!id.isEmpty())
        writer.key("id").string(id);
    if (ts)
        writer.key("ts").value(devserver::toMs(*ts));
    if (!user.isEmpty())
        writer.key("user").raw(QByteArrayView(user));
    writer.key("data").raw(QByteArrayView(data)).endObject();
    return writer.take();
}

QByteArray eventAsSent(const QByteArray &storedJson, bool hasOwnId)
{
    QByteArray made("{");
    for (const auto &[key, value] : membersOf(storedJson)) {
        const bool isAdded = key == "\"ts\"" || (key == "\"id\"" && !hasOwnId)
                             || (key == "\"user\"" && value == "{}");
        if (isAdded)
            continue;
        if (made.size() > 1)
            made += ',';
        made += key + ':' + value;
    }
    return made + '}';
}

QByteArray memberOf(const QByteArray &json, const QByteArray &wanted)
{
    for (const auto &[key, value] : membersOf(json)) {
        if (key == '"' + wanted + '"')
            return value;
    }
    return {};
}

QByteArray userOf(const QByteArray &eventJson)
{
    const QByteArray user = memberOf(eventJson, "user"_ba);
    return membersOf(user).empty() ? QByteArray() : user;
}

} // namespace console
