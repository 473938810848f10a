// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/payloadfilter.h"

#include "devserver/model/jsonvalue.h"
#include "ui/core/filtertext.h"
#include "ui/core/filtervocabulary.h"

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::JsonValue;

namespace {

constexpr qsizetype longestValue = 500; // bytes; a filter line is one line

QString keyOf(PayloadRole role, QString path)
{
    switch (role) {
    case PayloadRole::Other:
        return {};
    case PayloadRole::Event:
        return path;
    case PayloadRole::Request:
        for (const QString &prefix : {u"event."_s, u"events[0]."_s}) {
            if (path.startsWith(prefix))
                return path.mid(prefix.size());
        }
        return {};
    case PayloadRole::Output:
        if (path.isEmpty())
            return u"output"_s;
        return path.startsWith(u'[') ? u"output"_s + path : u"output."_s + path;
    }
    Q_UNREACHABLE();
}

/// Names with spaces and quotes are no words of a filter line.
bool canBeSaid(const QString &key)
{
    const auto isPlain = [](QChar c) {
        return c.isLetterOrNumber() || c == u'_' || c == u'.' || c == u'-' || c == u'['
               || c == u']';
    };
    return isFilterPath(key.toUtf8()) && std::all_of(key.begin(), key.end(), isPlain);
}

} // namespace

std::optional<QString> payloadFilter(PayloadRole role, const PayloadPart &part)
{
    const QString key = keyOf(role, part.path);
    if (part.value.isEmpty() || part.value.size() > longestValue || !canBeSaid(key))
        return std::nullopt;
    const JsonValue value(part.value);
    if (value.isObject() || value.isArray())
        return std::nullopt;
    const QByteArray text = value.isString() ? value.toString().toUtf8() : part.value.trimmed();
    if (text.isEmpty() || text.contains('\n'))
        return std::nullopt;
    return filterTermText(key.toUtf8(), {text});
}

std::optional<PayloadDraft> payloadDraft(PayloadRole role, const PayloadPart &part)
{
    if (!part.value.startsWith('{'))
        return std::nullopt;
    const JsonValue value(part.value);
    const bool isEvent = (role == PayloadRole::Event && part.path.isEmpty())
                         || (role == PayloadRole::Request
                             && (part.path == u"event"_s || part.path == u"events[0]"_s));
    if (!isEvent)
        return PayloadDraft{.name = {}, .data = part.value};
    const std::optional<JsonValue> name = value.find("name");
    const std::optional<JsonValue> data = value.find("data");
    return PayloadDraft{.name = name && name->isString() ? name->toString().toUtf8() : QByteArray(),
                        .data = data ? data->toBytes() : "{}"_ba};
}

} // namespace console
