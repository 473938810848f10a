// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/store/filtersql.h"

/// What one term of a filter means for the rows of one table; `filtersql.cpp` puts terms together.
namespace devserver::store {

[[nodiscard]] Result<SqlCondition> runTerm(const api::FilterTerm &term, TimePoint now);
[[nodiscard]] Result<SqlCondition> eventTerm(const api::FilterTerm &term, TimePoint now);
[[nodiscard]] Result<SqlCondition> letterTerm(const api::FilterTerm &term, TimePoint now);

/// What stands behind `runs` in FROM: conditions of runs may ask for columns of the first event. A
/// join, as its cursors stay where they are from run to run, those of a subquery do not.
[[nodiscard]] QByteArray joinOfRuns(const SqlCondition &condition);

/// `function_id` of a table belongs to a function, or to an app, of this name.
[[nodiscard]] Result<SqlCondition> functionMatches(const QByteArray &column,
                                                   const api::FilterTerm &term);
[[nodiscard]] Result<SqlCondition> appMatches(const QByteArray &column,
                                              const api::FilterTerm &term);
/// Name or message of a stored error.
[[nodiscard]] Result<SqlCondition> errorMatches(const QByteArray &json,
                                                const api::FilterTerm &term);

/// `word:a,b`: one of the words that \a meaning knows; InvalidInput for others.
template<typename Meaning>
[[nodiscard]] Result<SqlCondition> wordMatches(const api::FilterTerm &term, Meaning meaning)
{
    if (term.op != api::FilterOp::Equal && term.op != api::FilterOp::NotEqual)
        return cannot(term, QStringLiteral("it takes : and != only"));
    std::vector<SqlCondition> parts;
    for (const QByteArray &value : term.values) {
        std::optional<SqlCondition> part = meaning(value.toLower());
        if (!part) {
            return cannot(term,
                          QStringLiteral("there is no such word as ") + QString::fromUtf8(value));
        }
        parts.push_back(std::move(*part));
    }
    const SqlCondition any = joined(parts, QByteArrayLiteral("OR"));
    return term.op == api::FilterOp::Equal ? any : any.within("(", " IS NOT TRUE)");
}

} // namespace devserver::store
