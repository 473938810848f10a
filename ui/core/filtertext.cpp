// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/filtertext.h"

#include <QStringList>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::api::Filter;
using devserver::api::FilterOp;
using devserver::api::FilterTerm;

namespace {

QString opText(FilterOp op)
{
    switch (op) {
    case FilterOp::Equal:
        return u":"_s;
    case FilterOp::NotEqual:
        return u"!="_s;
    case FilterOp::Greater:
        return u">"_s;
    case FilterOp::GreaterEqual:
        return u">="_s;
    case FilterOp::Less:
        return u"<"_s;
    case FilterOp::LessEqual:
        return u"<="_s;
    case FilterOp::Matches:
        return u"~"_s;
    }
    Q_UNREACHABLE();
}

QString inQuotes(QString text)
{
    return u'"' + text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"';
}

bool hasAny(const QString &text, QStringView marks)
{
    return std::any_of(text.begin(), text.end(),
                       [marks](QChar c) { return c.isSpace() || marks.contains(c); });
}

QString valueText(const QByteArray &bytes, bool isFirst)
{
    const QString value = QString::fromUtf8(bytes);
    // `key:>x` is another way to write `key>x`.
    const bool startsLikeOp = isFirst && !value.isEmpty() && u"=<>~"_s.contains(value.front());
    return value.isEmpty() || startsLikeOp || hasAny(value, u"\",()") ? inQuotes(value) : value;
}

QString wordText(const QByteArray &bytes)
{
    const QString word = QString::fromUtf8(bytes);
    const QString lower = word.toLower();
    const bool isKeyword =
        lower == "and"_L1 || lower == "or"_L1 || lower == "not"_L1 || word.startsWith(u'-');
    return word.isEmpty() || isKeyword || hasAny(word, u"\"():=!<>~") ? inQuotes(word) : word;
}

QString termText(const FilterTerm &term)
{
    return term.key.isEmpty() ? wordText(term.values.value(0))
                              : filterTermText(term.key, term.values, term.op);
}

QString inBrackets(const Filter &filter)
{
    const QString text = filterText(filter);
    const bool needsThem = filter.kind == Filter::Kind::And || filter.kind == Filter::Kind::Or;
    return needsThem ? QString(u'(' + text + u')') : text;
}

bool isAbout(const Filter &part, const QByteArray &key)
{
    if (part.kind == Filter::Kind::Not)
        return isAbout(part.parts.front(), key);
    return part.kind == Filter::Kind::Term && part.term.key == key;
}

std::vector<Filter> conditions(const Filter &filter)
{
    if (filter.isAll())
        return {};
    return filter.kind == Filter::Kind::And ? filter.parts : std::vector<Filter>{filter};
}

Filter all(std::vector<Filter> parts)
{
    if (parts.empty())
        return {};
    if (parts.size() == 1)
        return std::move(parts.front());
    return {.kind = Filter::Kind::And, .term = {}, .parts = std::move(parts)};
}

} // namespace

QString filterTermText(const QByteArray &key, const QByteArrayList &values, FilterOp op)
{
    QStringList texts;
    for (const QByteArray &value : values)
        texts.append(valueText(value, texts.isEmpty()));
    return QString::fromUtf8(key) + opText(op) + texts.join(u',');
}

QString filterText(const Filter &filter)
{
    switch (filter.kind) {
    case Filter::Kind::All:
        return {};
    case Filter::Kind::Term:
        return termText(filter.term);
    case Filter::Kind::Not:
        return u'-' + inBrackets(filter.parts.front());
    case Filter::Kind::And:
    case Filter::Kind::Or:
        break;
    }
    QStringList texts;
    for (const Filter &part : filter.parts) {
        const bool isTighter = filter.kind == Filter::Kind::Or && part.kind == Filter::Kind::And;
        texts.append(isTighter ? filterText(part) : inBrackets(part));
    }
    return texts.join(filter.kind == Filter::Kind::And ? u" "_s : u" or "_s);
}

std::optional<QByteArrayList> filterValues(const Filter &filter, const QByteArray &key)
{
    std::optional<QByteArrayList> values;
    for (const Filter &part : conditions(filter)) {
        if (!isAbout(part, key))
            continue;
        if (values || part.kind != Filter::Kind::Term || part.term.op != FilterOp::Equal)
            return std::nullopt;
        values = part.term.values;
    }
    return values;
}

bool filterHasOnly(const Filter &filter, const QByteArray &key, const QByteArray &value)
{
    return filterValues(filter, key) == QByteArrayList{value};
}

Filter filterWithout(const Filter &filter, const QByteArray &key)
{
    std::vector<Filter> parts = conditions(filter);
    std::erase_if(parts, [&key](const Filter &part) { return isAbout(part, key); });
    return all(std::move(parts));
}

Filter filterWithOnly(const Filter &filter, const QByteArray &key, const QByteArrayList &values)
{
    std::vector<Filter> parts = conditions(filter);
    const auto isOld = [&key](const Filter &part) { return isAbout(part, key); };
    // In the place of the old one, so that the line does not jump about.
    const auto place = std::find_if(parts.begin(), parts.end(), isOld) - parts.begin();
    std::erase_if(parts, isOld);
    if (!values.isEmpty()) {
        FilterTerm term;
        term.key = key;
        term.values = values;
        parts.insert(parts.begin() + std::min(place, std::ssize(parts)),
                     {.kind = Filter::Kind::Term, .term = std::move(term), .parts = {}});
    }
    return all(std::move(parts));
}

Filter filterNot(const Filter &filter)
{
    if (filter.isAll())
        return filter;
    if (filter.kind == Filter::Kind::Not)
        return filter.parts.front();
    return {.kind = Filter::Kind::Not, .term = {}, .parts = {filter}};
}

Filter filterAnd(const Filter &filter, const Filter &condition)
{
    if (condition.isAll())
        return filter;
    std::vector<Filter> parts = conditions(filter);
    std::erase(parts, filterNot(condition));
    if (std::find(parts.begin(), parts.end(), condition) == parts.end())
        parts.push_back(condition);
    return all(std::move(parts));
}

Filter filterWithoutLast(const Filter &filter)
{
    std::vector<Filter> parts = conditions(filter);
    if (!parts.empty())
        parts.pop_back();
    return all(std::move(parts));
}

} // namespace console
