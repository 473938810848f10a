// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/draft.h"

#include "devserver/model/jsonvalue.h"
#include "ui/core/copyas.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace console {

using namespace Qt::StringLiterals;

std::optional<devserver::TimePoint> dueAt(const QByteArray &when, devserver::TimePoint now)
{
    const QString text = QString::fromUtf8(when).trimmed().toLower();
    if (text.isEmpty() || text == u"now"_s)
        return now;
    static const QRegularExpression later(u"^(?:in\\s+|\\+)(\\d{1,6})\\s*(ms|s|m|min|h|d)$"_s);
    if (const QRegularExpressionMatch match = later.match(text); match.hasMatch()) {
        const QString unit = match.captured(2);
        const qint64 ms = unit == u"ms"_s  ? 1
                          : unit == u"s"_s ? 1000
                          : unit == u"h"_s ? 3'600'000
                          : unit == u"d"_s ? 86'400'000
                                           : 60'000;
        return now + std::chrono::milliseconds(match.captured(1).toLongLong() * ms);
    }
    for (const QString &form : {u"yyyy-MM-dd HH:mm:ss"_s, u"yyyy-MM-dd HH:mm"_s}) {
        const QDateTime time = QDateTime::fromString(text, form);
        if (time.isValid())
            return devserver::fromMs(time.toMSecsSinceEpoch());
    }
    return std::nullopt;
}

Draft draftWith(const QByteArray &json, const Draft &now)
{
    if (const std::optional<Draft> kept = draftFromFile(json))
        return *kept;
    Draft draft = now;
    draft.text = json.trimmed();
    const QByteArray data = memberOf(json, "data"_ba);
    const QByteArray name = memberOf(json, "name"_ba);
    if (data.startsWith('{') && name.startsWith('"')) {
        draft.target = Draft::Target::Event;
        draft.name = devserver::JsonValue(name).toUtf8();
        draft.id.clear();
        if (const QByteArray id = memberOf(json, "id"_ba); id.startsWith('"'))
            draft.id = devserver::JsonValue(id).toUtf8();
        draft.when.clear();
        draft.user = userOf(json);
        draft.text = data;
    }
    return draft;
}

QJsonObject draftJson(const Draft &draft)
{
    QJsonArray lines;
    for (const QByteArray &line : draft.text.split('\n'))
        lines.append(QString::fromUtf8(line));
    QJsonObject json;
    const bool isInvoke = draft.target == Draft::Target::Invoke;
    json.insert(isInvoke ? "function"_L1 : "event"_L1, QString::fromUtf8(draft.name));
    if (!draft.id.isEmpty())
        json.insert("id"_L1, QString::fromUtf8(draft.id));
    if (!draft.when.isEmpty())
        json.insert("when"_L1, QString::fromUtf8(draft.when));
    if (!draft.user.isEmpty())
        json.insert("user"_L1, QString::fromUtf8(draft.user));
    json.insert("text"_L1, lines);
    return json;
}

std::optional<Draft> draftFromJson(const QJsonObject &json)
{
    const bool isInvoke = json.contains("function"_L1);
    if ((!isInvoke && !json.contains("event"_L1)) || !json["text"_L1].isArray())
        return std::nullopt;
    Draft draft;
    draft.target = isInvoke ? Draft::Target::Invoke : Draft::Target::Event;
    draft.name = json[isInvoke ? "function"_L1 : "event"_L1].toString().toUtf8();
    draft.id = json["id"_L1].toString().toUtf8();
    draft.when = json["when"_L1].toString().toUtf8();
    draft.user = json["user"_L1].toString().toUtf8();
    QByteArrayList lines;
    for (const QJsonValue &line : json["text"_L1].toArray())
        lines.append(line.toString().toUtf8());
    draft.text = lines.join('\n');
    return draft;
}

QByteArray draftFile(const Draft &draft)
{
    return QJsonDocument(draftJson(draft)).toJson(QJsonDocument::Indented);
}

std::optional<Draft> draftFromFile(const QByteArray &file)
{
    return draftFromJson(QJsonDocument::fromJson(file).object());
}

} // namespace console
