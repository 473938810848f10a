// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/draft.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace console {

using namespace Qt::StringLiterals;

QByteArray draftFile(const Draft &draft)
{
    QJsonArray lines;
    for (const QByteArray &line : draft.text.split('\n'))
        lines.append(QString::fromUtf8(line));
    QJsonObject file;
    const bool isInvoke = draft.target == Draft::Target::Invoke;
    file.insert(isInvoke ? "function"_L1 : "event"_L1, QString::fromUtf8(draft.name));
    if (!draft.id.isEmpty())
        file.insert("id"_L1, QString::fromUtf8(draft.id));
    file.insert("text"_L1, lines);
    return QJsonDocument(file).toJson(QJsonDocument::Indented);
}

std::optional<Draft> draftFromFile(const QByteArray &bytes)
{
    const QJsonObject file = QJsonDocument::fromJson(bytes).object();
    const bool isInvoke = file.contains("function"_L1);
    if ((!isInvoke && !file.contains("event"_L1)) || !file["text"_L1].isArray())
        return std::nullopt;
    Draft draft;
    draft.target = isInvoke ? Draft::Target::Invoke : Draft::Target::Event;
    draft.name = file[isInvoke ? "function"_L1 : "event"_L1].toString().toUtf8();
    draft.id = file["id"_L1].toString().toUtf8();
    QByteArrayList lines;
    for (const QJsonValue &line : file["text"_L1].toArray())
        lines.append(line.toString().toUtf8());
    draft.text = lines.join('\n');
    return draft;
}

} // namespace console
