// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/expr/triggerfilter.h"

#include "devserver/model/jsonvalue.h"

namespace devserver::expr {

std::optional<QByteArray> functionIdFilter(QByteArrayView expression)
{
    const QByteArray text = expression.trimmed().toByteArray();
    constexpr QByteArrayView path = "event.data.function_id";
    if (!text.startsWith(path))
        return std::nullopt;
    const QByteArray rest = text.mid(path.size()).trimmed();
    if (!rest.startsWith("=="))
        return std::nullopt;
    const QByteArray literal = rest.mid(2).trimmed();
    if (literal.size() < 2 || (literal.front() != '\'' && literal.front() != '"')
        || literal.back() != literal.front())
        return std::nullopt;
    const QByteArray slug = literal.mid(1, literal.size() - 2);
    // An escape or a second literal makes it another expression than the one we know.
    if (slug.contains('\\') || slug.contains(literal.front()))
        return std::nullopt;
    return slug;
}

Verdict evaluateTriggerFilter(const QByteArray &expression, const RawJson &event)
{
    const std::optional<QByteArray> slug = functionIdFilter(expression);
    if (!slug)
        return Verdict::Unsupported;
    const JsonValue root = JsonValue::of(event);
    const std::optional<JsonValue> data = root.find("data");
    const std::optional<JsonValue> id = data ? data->find("function_id") : std::nullopt;
    return id && id->isString() && id->toUtf8() == *slug ? Verdict::True : Verdict::False;
}

} // namespace devserver::expr
