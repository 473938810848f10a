// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/filter.h"
#include "devserver/model/result.h"

#include <QByteArray>
#include <QString>

#include <variant>
#include <vector>

namespace devserver::store {

/// What a `?` stands for. A text is compared with a text, bytes with a BLOB column.
using SqlValue = std::variant<QByteArray, QString, qint64, double>;

/// A piece of a WHERE clause with the values of its `?`, left to right.
struct SqlCondition {
    QByteArray sql;
    std::vector<SqlValue> values;

    /// Never true; used where a word asks for something that this version does not have. No plain
    /// `0`: SQLite would drop the terms beside it, and with them the right to use a partial index.
    [[nodiscard]] static SqlCondition never() { return {QByteArrayLiteral("(SELECT 0)"), {}}; }

    /// This one between \a before and \a after.
    [[nodiscard]] SqlCondition within(const QByteArray &before, const QByteArray &after) const;
};

/// \a word (`AND`, `OR`) between the parts, with brackets. No parts: true for AND, false for OR.
[[nodiscard]] SqlCondition joined(const std::vector<SqlCondition> &parts, const QByteArray &word);

/// The id is one of \a ids, of which there are some.
template<typename Key>
[[nodiscard]] SqlCondition isAmong(const QByteArray &column, const std::vector<Key> &ids)
{
    SqlCondition among{column + " IN (?" + QByteArray(", ?").repeated(std::ssize(ids) - 1) + ')',
                       {}};
    for (const Key &id : ids)
        among.values.push_back(id.toBytes());
    return among;
}

/// A text or BLOB of text against the values of a term: equal or pattern with `*` (letters A-Z
/// ignore case), unequal, a regular expression (ignores case), or an order.
[[nodiscard]] Result<SqlCondition> textMatches(const QByteArray &expression,
                                               const api::FilterTerm &term);
/// The text contains \a word somewhere, ignoring case of A-Z.
[[nodiscard]] SqlCondition textContains(const QByteArray &expression, const QByteArray &word);
/// A value of a payload: numbers by size, also in lists and unequal, texts as above.
/// \param path  names with dots between; an index of an array stands in brackets, or as a name
[[nodiscard]] Result<SqlCondition> partMatches(const QByteArray &json, const QByteArray &path,
                                               const api::FilterTerm &term);
/// An integer expression against \a value.
[[nodiscard]] Result<SqlCondition> numberMatches(const QByteArray &expression,
                                                 const api::FilterTerm &term, double value);
/// A column of time: a time of the term, or how long ago.
[[nodiscard]] Result<SqlCondition> timeMatches(const QByteArray &expression,
                                               const api::FilterTerm &term, TimePoint now);
/// `since:` and `until:` as an order of the column of time; a duration is so long ago.
[[nodiscard]] Result<SqlCondition> boundMatches(const QByteArray &column,
                                                const api::FilterTerm &term, TimePoint now);
/// A BLOB column of a ULID whose text begins with one of the values; a `*` at the end is ignored.
[[nodiscard]] Result<SqlCondition> idMatches(const QByteArray &column, const api::FilterTerm &term);
/// Nothing if no id begins so.
[[nodiscard]] std::optional<SqlCondition> idBeginsWith(const QByteArray &column,
                                                       QByteArrayView text);

/// The term as one would type it, for messages.
[[nodiscard]] QString textOf(const api::FilterTerm &term);
/// InvalidInput that names the term.
[[nodiscard]] tl::unexpected<Error> cannot(const api::FilterTerm &term, const QString &why);

} // namespace devserver::store
