// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/sqlcondition.h"

#include "devserver/model/id.h"

#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

using api::FilterOp;
using api::FilterTerm;

constexpr qint64 minuteMs = 60'000;
constexpr qint64 dayMs = 86'400'000;
constexpr qsizetype ulidLength = 26;

QByteArray sqlOf(FilterOp op)
{
    switch (op) {
    case FilterOp::Equal:
    case FilterOp::Matches:
        return "="_ba;
    case FilterOp::NotEqual:
        return "<>"_ba;
    case FilterOp::Greater:
        return ">"_ba;
    case FilterOp::GreaterEqual:
        return ">="_ba;
    case FilterOp::Less:
        return "<"_ba;
    case FilterOp::LessEqual:
        return "<="_ba;
    }
    Q_UNREACHABLE();
}

QString signOf(FilterOp op)
{
    if (op == FilterOp::Equal)
        return u":"_s;
    if (op == FilterOp::NotEqual)
        return u"!="_s;
    return op == FilterOp::Matches ? u"~"_s : QString::fromLatin1(sqlOf(op));
}

/// For LIKE with ESCAPE '\'.
QString likePattern(const QByteArray &text, bool hasStars)
{
    QString pattern;
    const QString wanted = QString::fromUtf8(text);
    for (const QChar c : wanted) {
        if (c == u'*' && hasStars) {
            pattern += u'%';
            continue;
        }
        if (c == u'%' || c == u'_' || c == u'\\')
            pattern += u'\\';
        pattern += c;
    }
    return pattern;
}

SqlCondition like(const QByteArray &text, const QByteArray &value)
{
    return {text + " LIKE ? ESCAPE '\\'", {likePattern(value, true)}};
}

SqlCondition anyLike(const QByteArray &text, const QByteArrayList &values)
{
    std::vector<SqlCondition> parts;
    for (const QByteArray &value : values)
        parts.push_back(like(text, value));
    return joined(parts, "OR"_ba);
}

Result<SqlCondition> regularExpression(const QByteArray &text, const FilterTerm &term)
{
    std::vector<SqlCondition> parts;
    for (const QByteArray &value : term.values) {
        const QString pattern = QString::fromUtf8(value);
        const QRegularExpression compiled(pattern, QRegularExpression::CaseInsensitiveOption);
        if (!compiled.isValid())
            return cannot(term, compiled.errorString());
        parts.push_back({text + " REGEXP ?", {pattern}});
    }
    return joined(parts, "OR"_ba);
}

/// `text` is an SQL expression of type TEXT.
Result<SqlCondition> castMatches(const QByteArray &text, const FilterTerm &term)
{
    if (term.values.isEmpty())
        return cannot(term, u"it has no value"_s);
    switch (term.op) {
    case FilterOp::Equal:
        return anyLike(text, term.values);
    case FilterOp::NotEqual:
        return anyLike(text, term.values).within("("_ba, " IS NOT TRUE)"_ba);
    case FilterOp::Matches:
        return regularExpression(text, term);
    case FilterOp::Greater:
    case FilterOp::GreaterEqual:
    case FilterOp::Less:
    case FilterOp::LessEqual:
        return SqlCondition{text + ' ' + sqlOf(term.op) + " ?",
                            {QString::fromUtf8(term.values.front())}};
    }
    Q_UNREACHABLE();
}

/// `items[3].sku` as `items.3.sku`: the functions that read a payload split a path at its dots.
QByteArray withDots(QByteArrayView path)
{
    QByteArray dotted;
    while (!path.isEmpty()) {
        const qsizetype end = path.front() == '[' ? path.indexOf(']') : -1;
        const QByteArrayView index = end < 0 ? QByteArrayView() : path.sliced(1, end - 1);
        const bool isIndex =
            !index.isEmpty()
            && std::all_of(index.begin(), index.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!isIndex) {
            dotted += path.front();
            path = path.sliced(1);
            continue;
        }
        if (!dotted.isEmpty())
            dotted += '.';
        dotted += index;
        path = path.sliced(end + 1);
    }
    return dotted;
}

bool isEquality(FilterOp op)
{
    return op == FilterOp::Equal || op == FilterOp::NotEqual;
}

std::optional<double> numberIn(const QByteArray &value)
{
    bool isNumber = false;
    const double number = value.toDouble(&isNumber);
    return isNumber && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

/// The text of the part of \a json at \a path, against the values of \a term.
Result<SqlCondition> partTextMatches(const QByteArray &json, const SqlValue &path,
                                     const FilterTerm &term)
{
    // Each function that reads a payload stands in the statement once: it is what costs time.
    const QByteArray part = "json_part(" + json + ", ?)";
    if (term.values.size() == 1) {
        // What is not LIKE it need not be read: a negation is true of NULL, too.
        const QByteArray read = isEquality(term.op) ? "json_part(" + json + ", ?, ?)" : part;
        Result<SqlCondition> matches = castMatches("CAST(" + read + " AS TEXT)", term);
        if (!matches)
            return matches;
        std::vector<SqlValue> first{path};
        if (isEquality(term.op))
            first.push_back(matches->values.front());
        matches->values.insert(matches->values.begin(), first.begin(), first.end());
        return matches;
    }
    // Each `?` of the path stands before the values of the term, so one text may occur once only.
    Result<SqlCondition> matches = castMatches("part"_ba, term);
    if (!matches)
        return matches;
    SqlCondition whole =
        matches->within("(SELECT "_ba, " FROM (SELECT CAST("_ba + part + " AS TEXT) AS part))");
    whole.values.push_back(path);
    return whole;
}

/// The part is one of the values: numbers by size, texts as LIKE has it.
Result<SqlCondition> partIsOneOf(const QByteArray &json, const SqlValue &path,
                                 const FilterTerm &term)
{
    if (term.values.isEmpty())
        return cannot(term, u"it has no value"_s);
    FilterTerm texts = term;
    texts.op = FilterOp::Equal;
    texts.values.clear();
    std::vector<SqlCondition> any;
    for (const QByteArray &value : term.values) {
        if (const std::optional<double> number = numberIn(value))
            any.push_back(
                {"json_equals(" + json + ", ?, ?, ?)", {path, *number, QString::fromUtf8(value)}});
        else
            texts.values.append(value);
    }
    if (!texts.values.isEmpty()) {
        Result<SqlCondition> isText = partTextMatches(json, path, texts);
        if (!isText)
            return isText;
        any.push_back(std::move(*isText));
    }
    return joined(any, "OR"_ba);
}

/// As a balanced tree: an expression may be 1,000 levels deep, and each word is one.
SqlCondition joinedPart(const std::vector<SqlCondition> &parts, std::size_t from, std::size_t to,
                        const QByteArray &word)
{
    if (to - from == 1)
        return parts[from];
    const std::size_t middle = from + (to - from) / 2;
    SqlCondition all = joinedPart(parts, from, middle, word);
    const SqlCondition rest = joinedPart(parts, middle, to, word);
    all.sql = '(' + all.sql + ' ' + word + ' ' + rest.sql + ')';
    all.values.insert(all.values.end(), rest.values.begin(), rest.values.end());
    return all;
}

} // namespace

SqlCondition SqlCondition::within(const QByteArray &before, const QByteArray &after) const
{
    return {before + sql + after, values};
}

SqlCondition joined(const std::vector<SqlCondition> &parts, const QByteArray &word)
{
    if (parts.empty())
        return word == "AND" ? SqlCondition{"1"_ba, {}} : SqlCondition::never();
    return joinedPart(parts, 0, parts.size(), word);
}

Result<SqlCondition> textMatches(const QByteArray &expression, const api::FilterTerm &term)
{
    return castMatches("CAST(" + expression + " AS TEXT)", term);
}

SqlCondition textContains(const QByteArray &expression, const QByteArray &word)
{
    return {"CAST(" + expression + " AS TEXT) LIKE ? ESCAPE '\\'",
            {QString(u'%' + likePattern(word, true) + u'%')}};
}

Result<SqlCondition> partMatches(const QByteArray &json, const QByteArray &path,
                                 const api::FilterTerm &term)
{
    const SqlValue bound = QString::fromUtf8(withDots(path));
    if (isEquality(term.op)) {
        const Result<SqlCondition> isOne = partIsOneOf(json, bound, term);
        if (!isOne || term.op == FilterOp::Equal)
            return isOne;
        return isOne->within("("_ba, " IS NOT TRUE)"_ba);
    }
    if (term.number && term.op != FilterOp::Matches)
        return SqlCondition{"json_number(" + json + ", ?) " + sqlOf(term.op) + " ?",
                            {bound, *term.number}};
    return partTextMatches(json, bound, term);
}

Result<SqlCondition> numberMatches(const QByteArray &expression, const api::FilterTerm &term,
                                   double value)
{
    if (term.op == FilterOp::Matches)
        return cannot(term, u"a number has no pattern"_s);
    return SqlCondition{'(' + expression + ") " + sqlOf(term.op) + " ?", {value}};
}

Result<SqlCondition> timeMatches(const QByteArray &expression, const api::FilterTerm &term,
                                 TimePoint now)
{
    if (term.op == FilterOp::Matches)
        return cannot(term, u"a time has no pattern"_s);
    if (term.duration && !term.time) { // how long ago
        return numberMatches(QByteArray::number(toMs(now)) + " - " + expression, term,
                             static_cast<double>(term.duration->count()));
    }
    if (!term.time)
        return cannot(term, u"it takes a time, such as 12:03, today or 2h"_s);
    const qint64 at = toMs(*term.time);
    if (term.op == FilterOp::Equal || term.op == FilterOp::NotEqual) {
        // A day begins at midnight, everything else was written to the minute.
        const bool isDay = QDateTime::fromMSecsSinceEpoch(at).time() == QTime(0, 0);
        const qint64 end = at + (isDay ? dayMs : minuteMs);
        const QByteArray negation = term.op == FilterOp::NotEqual ? " NOT"_ba : QByteArray();
        return SqlCondition{'(' + expression + negation + " BETWEEN ? AND ?)", {at, end - 1}};
    }
    return SqlCondition{expression + ' ' + sqlOf(term.op) + " ?", {at}};
}

std::optional<SqlCondition> idBeginsWith(const QByteArray &column, QByteArrayView text)
{
    if (text.isEmpty() || text.size() > ulidLength)
        return std::nullopt;
    const QByteArray begin = text.toByteArray().toUpper();
    const QByteArray low = begin + QByteArray(ulidLength - begin.size(), '0');
    const QByteArray high = begin + QByteArray(ulidLength - begin.size(), 'Z');
    const std::optional<Ulid> from = Ulid::fromText(low);
    const std::optional<Ulid> to = Ulid::fromText(high);
    if (!from || !to)
        return std::nullopt;
    return SqlCondition{'(' + column + " BETWEEN ? AND ?)", {from->toBytes(), to->toBytes()}};
}

Result<SqlCondition> boundMatches(const QByteArray &column, const api::FilterTerm &term,
                                  TimePoint now)
{
    if (term.op != FilterOp::Equal)
        return cannot(term, u"it takes : only"_s);
    if (!term.time && !term.duration)
        return cannot(term, u"it takes a time, such as 12:03, today or 2h"_s);
    const TimePoint at = term.time ? *term.time : now - *term.duration;
    return SqlCondition{column + (term.key == "since" ? " >= ?" : " < ?"), {toMs(at)}};
}

Result<SqlCondition> idMatches(const QByteArray &column, const api::FilterTerm &term)
{
    if (term.op != FilterOp::Equal && term.op != FilterOp::NotEqual)
        return cannot(term, u"ids take : and != only"_s);
    std::vector<SqlCondition> parts;
    for (const QByteArray &value : term.values) {
        QByteArrayView text = value;
        while (text.endsWith('*'))
            text.chop(1);
        if (std::optional<SqlCondition> part = idBeginsWith(column, text))
            parts.push_back(std::move(*part));
    }
    SqlCondition any = joined(parts, "OR"_ba);
    return term.op == FilterOp::Equal ? any : any.within("NOT "_ba, {});
}

QString textOf(const api::FilterTerm &term)
{
    const QString values = QString::fromUtf8(term.values.join(','));
    if (term.key.isEmpty())
        return values;
    return QString::fromUtf8(term.key) + signOf(term.op) + values;
}

tl::unexpected<Error> cannot(const api::FilterTerm &term, const QString &why)
{
    return failure(ErrorCode::InvalidInput, textOf(term) + u": "_s + why);
}

} // namespace devserver::store
