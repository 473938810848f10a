// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/falsecomparison.h"

#include "devserver/model/jsonvalue.h"
#include "devserver/model/rawjson.h"
#include "devserver/model/result.h"

#include <algorithm>
#include <array>
#include <compare>
#include <optional>
#include <vector>

namespace console {

using namespace Qt::StringLiterals;
using devserver::JsonValue;

namespace {

constexpr int deepest = 30;                   ///< brackets inside each other
constexpr qsizetype largestEvent = 64 * 1024; ///< bytes, as for the values

/// Reads the logic of an expression, as far as comparisons of values go.
class Reading
{
public:
    Reading(const QString &expression, const QByteArray &event)
        : m_text(expression)
        , m_event(event)
    {}

    [[nodiscard]] TextRange falsePart() const
    {
        const TextRange whole = trimmed({0, static_cast<int>(m_text.size())});
        return falsePartOf(whole, 0);
    }

private:
    /// Without blanks around it, nor brackets that hold all of it.
    [[nodiscard]] TextRange trimmed(TextRange range) const
    {
        const auto at = [&](int index) { return m_text.at(range.from + index); };
        while (range.size > 0 && at(0).isSpace())
            range = {range.from + 1, range.size - 1};
        while (range.size > 0 && at(range.size - 1).isSpace())
            --range.size;
        if (range.size >= 2 && at(0) == u'(' && closing(range) == range.from + range.size - 1)
            return trimmed({range.from + 1, range.size - 2});
        return range;
    }

    /// Where the bracket that begins \a range is closed.
    [[nodiscard]] int closing(TextRange range) const
    {
        int depth = 0;
        int found = -1;
        walk(range, [&](int index, QChar c) {
            depth += opens(c) ? 1 : closes(c) ? -1 : 0;
            if (depth == 0 && found < 0)
                found = index;
        });
        return found;
    }

    static bool opens(QChar c) { return c == u'(' || c == u'[' || c == u'{'; }

    static bool closes(QChar c) { return c == u')' || c == u']' || c == u'}'; }

    /// Calls back for what stands in no string.
    template<typename Each>
    void walk(TextRange range, const Each &each) const
    {
        QChar quote;
        for (int index = range.from; index < range.from + range.size; ++index) {
            const QChar c = m_text.at(index);
            if (!quote.isNull()) {
                if (c == u'\\')
                    ++index;
                else if (c == quote)
                    quote = {};
                continue;
            }
            if (c == u'"' || c == u'\'')
                quote = c;
            each(index, c);
        }
    }

    /// The parts between an operator of two characters that stands in no bracket.
    [[nodiscard]] std::vector<TextRange> parts(TextRange range, QStringView between) const
    {
        std::vector<TextRange> found;
        int depth = 0;
        int from = range.from;
        walk(range, [&](int index, QChar c) {
            depth += opens(c) ? 1 : closes(c) ? -1 : 0;
            if (depth == 0 && index >= from && QStringView(m_text).sliced(index).startsWith(between)
                && index + 1 < range.from + range.size) {
                found.push_back(trimmed({from, index - from}));
                from = index + 2;
            }
        });
        found.push_back(trimmed({from, range.from + range.size - from}));
        return found;
    }

    [[nodiscard]] TextRange falsePartOf(TextRange range, int depth) const
    {
        if (depth > deepest || parts(range, u"||").size() > 1)
            return range; // each of them is false
        const std::vector<TextRange> all = parts(range, u"&&");
        if (all.size() == 1)
            return range;
        const TextRange *open = nullptr;
        int opens = 0;
        for (const TextRange &part : all) {
            const std::optional<bool> value = valueOf(part, depth + 1);
            if (value == false)
                return falsePartOf(part, depth + 1);
            if (!value) {
                open = &part;
                ++opens;
            }
        }
        return opens == 1 ? falsePartOf(*open, depth + 1) : TextRange();
    }

    /// Nothing: it cannot be told here.
    [[nodiscard]] std::optional<bool> valueOf(TextRange range, int depth) const
    {
        if (depth > deepest)
            return std::nullopt;
        for (const bool isOr : {true, false}) {
            const std::vector<TextRange> all = parts(range, isOr ? u"||" : u"&&");
            if (all.size() == 1)
                continue;
            bool isKnown = true;
            for (const TextRange &part : all) {
                const std::optional<bool> value = valueOf(part, depth + 1);
                if (value == isOr)
                    return isOr;
                isKnown = isKnown && value.has_value();
            }
            return isKnown ? std::optional(!isOr) : std::nullopt;
        }
        return comparison(range);
    }

    [[nodiscard]] std::optional<bool> comparison(TextRange range) const
    {
        static constexpr std::array<QStringView, 6> operators = {u"==", u"!=", u"<=",
                                                                 u">=", u"<",  u">"};
        int depth = 0;
        int at = -1;
        walk(range, [&](int index, QChar c) {
            depth += opens(c) ? 1 : closes(c) ? -1 : 0;
            const bool isOne = c == u'=' || c == u'!' || c == u'<' || c == u'>';
            if (depth == 0 && isOne && at < 0)
                at = index;
        });
        if (at < 0)
            return std::nullopt;
        const auto rest = QStringView(m_text).sliced(at, range.from + range.size - at);
        const auto *found =
            std::find_if(operators.begin(), operators.end(),
                         [&rest](QStringView each) { return rest.startsWith(each); });
        if (found == operators.end())
            return std::nullopt;
        const std::optional<QByteArray> left = value({range.from, at - range.from});
        const std::optional<QByteArray> right = value(
            {at + static_cast<int>(found->size()), static_cast<int>(rest.size() - found->size())});
        if (!left || !right)
            return std::nullopt;
        return compared(*left, *found, *right);
    }

    /// JSON of a path into the event, or of a literal; what the event does not have is `null`.
    [[nodiscard]] std::optional<QByteArray> value(TextRange range) const
    {
        range = trimmed(range);
        const QString text = m_text.mid(range.from, range.size);
        if (isEventPath(text)) {
            const QByteArray found = eventValueAt(text, m_event);
            return found.isEmpty() ? "null"_ba : found;
        }
        QByteArray json = text.toUtf8();
        if (json.size() >= 2 && json.startsWith('\'') && json.endsWith('\'') && !json.contains('"')
            && !json.contains('\\'))
            json = '"' + json.mid(1, json.size() - 2) + '"';
        const auto parsed = devserver::RawJson::parse(json);
        return parsed ? std::optional(parsed->bytes()) : std::nullopt;
    }

    static std::optional<bool> compared(const QByteArray &left, QStringView op,
                                        const QByteArray &right)
    {
        const JsonValue a(left);
        const JsonValue b(right);
        std::optional<std::partial_ordering> order;
        if (a.isString() && b.isString())
            order = a.toUtf8().compare(b.toUtf8()) <=> 0;
        else if (a.isNumber() && b.isNumber())
            order = left.toDouble() <=> right.toDouble();
        const bool isEquality = op == u"==" || op == u"!=";
        if (!order && !isEquality)
            return std::nullopt;
        const bool isEqual = order ? *order == 0 : left == right;
        if (isEquality)
            return isEqual == (op == u"==");
        if (isEqual)
            return op.size() == 2;
        return (*order < 0) == op.startsWith(u'<');
    }

    const QString &m_text;
    const QByteArray &m_event;
};

} // namespace

TextRange falseComparison(const QString &expression, const QByteArray &eventJson)
{
    return eventJson.size() > largestEvent ? TextRange()
                                           : Reading(expression, eventJson).falsePart();
}

} // namespace console
