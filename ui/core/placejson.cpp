// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/placejson.h"

#include <array>

namespace console {

using namespace Qt::StringLiterals;

namespace {

using Kind = Selection::Kind;

/// Words, not numbers: those of an enum change their meaning with the next value.
struct KindWord {
    Kind kind;
    const char *word;
};

constexpr std::array<KindWord, 7> kindWords = {{{Kind::Run, "run"},
                                                {Kind::Step, "step"},
                                                {Kind::Attempt, "attempt"},
                                                {Kind::Event, "event"},
                                                {Kind::Letter, "letter"},
                                                {Kind::Function, "function"},
                                                {Kind::App, "app"}}};

QByteArray bytes(const QJsonValue &value)
{
    return value.toString().toUtf8();
}

template<typename Id>
Id idFrom(const QJsonValue &value)
{
    return Id::fromText(bytes(value)).value_or(Id());
}

void put(QJsonObject &json, QLatin1StringView key, const QByteArray &text)
{
    if (!text.isEmpty())
        json.insert(key, QString::fromUtf8(text));
}

template<typename Id>
void putId(QJsonObject &json, QLatin1StringView key, const Id &id)
{
    if (!id.isNull())
        json.insert(key, QString::fromLatin1(id.toText()));
}

} // namespace

QJsonObject toJson(const Selection &selection)
{
    QJsonObject json;
    for (const KindWord &known : kindWords) {
        if (known.kind == selection.kind)
            json.insert("kind"_L1, QString::fromLatin1(known.word));
    }
    putId(json, "run"_L1, selection.run);
    put(json, "step"_L1, selection.step);
    put(json, "stepName"_L1, selection.stepName);
    if (selection.attempt)
        putId(json, "attempt"_L1, *selection.attempt);
    putId(json, "event"_L1, selection.event);
    put(json, "function"_L1, selection.slug);
    putId(json, "app"_L1, selection.app);
    return json;
}

Selection selectionFromJson(const QJsonObject &json)
{
    Selection selection;
    for (const KindWord &known : kindWords) {
        if (json["kind"_L1].toString() == QLatin1StringView(known.word))
            selection.kind = known.kind;
    }
    selection.run = idFrom<devserver::RunId>(json["run"_L1]);
    selection.step = bytes(json["step"_L1]);
    selection.stepName = bytes(json["stepName"_L1]);
    selection.attempt = devserver::RequestId::fromText(bytes(json["attempt"_L1]));
    selection.event = idFrom<devserver::EventId>(json["event"_L1]);
    selection.slug = bytes(json["function"_L1]);
    selection.app = idFrom<devserver::AppId>(json["app"_L1]);
    return selection;
}

} // namespace console
