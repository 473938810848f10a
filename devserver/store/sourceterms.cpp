// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/sourceterms.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

using api::FilterOp;
using api::FilterTerm;

std::optional<SqlCondition> runWord(const QByteArray &word)
{
    const QByteArray named = "events.name = CAST('"_ba;
    if (word == "rerun")
        return SqlCondition{"runs.original_run IS NOT NULL"_ba, {}};
    if (word == "invoke")
        return SqlCondition{named + "inngest/function.invoked' AS BLOB)", {}};
    if (word == "failure")
        return SqlCondition{named + "inngest/function.failed' AS BLOB)", {}};
    if (word == "event")
        return SqlCondition{
            "(runs.original_run IS NULL AND CAST(events.name AS TEXT) NOT LIKE 'inngest/%')"_ba,
            {}};
    return std::nullopt;
}

std::optional<SqlCondition> eventWord(const QByteArray &word)
{
    if (word == "internal")
        return SqlCondition{"CAST(events.name AS TEXT) LIKE 'inngest/%'"_ba, {}};
    if (word == "invoke")
        return SqlCondition{"LENGTH(events.target) > 0"_ba, {}};
    if (word == "event")
        return SqlCondition{"CAST(events.name AS TEXT) NOT LIKE 'inngest/%'"_ba, {}};
    return std::nullopt;
}

template<typename Word>
Result<SqlCondition> sourceMatches(const FilterTerm &term, Word meaning)
{
    if (term.op != FilterOp::Equal && term.op != FilterOp::NotEqual)
        return textMatches(sourceOfEvent, term);
    std::vector<SqlCondition> any;
    FilterTerm senders = term;
    senders.op = FilterOp::Equal;
    senders.values.clear();
    for (const QByteArray &value : term.values) {
        if (std::optional<SqlCondition> word = meaning(value.toLower()))
            any.push_back(std::move(*word));
        else
            senders.values += {value, value + " *", "* " + value};
    }
    if (!senders.values.isEmpty()) {
        Result<SqlCondition> sent = textMatches(sourceOfEvent, senders);
        if (!sent)
            return sent;
        any.push_back(std::move(*sent));
    }
    const SqlCondition either = joined(any, "OR"_ba);
    return term.op == FilterOp::Equal ? either : either.within("("_ba, " IS NOT TRUE)"_ba);
}

} // namespace

Result<SqlCondition> runSource(const FilterTerm &term)
{
    return sourceMatches(term, runWord);
}

Result<SqlCondition> eventSource(const FilterTerm &term)
{
    return sourceMatches(term, eventWord);
}

} // namespace devserver::store
