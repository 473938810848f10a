// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/filtersql.h"

#include "devserver/store/filterterms.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

using api::Filter;
using api::FilterTerm;

class Compiler
{
public:
    Compiler(FilterTarget target, TimePoint now)
        : m_target(target)
        , m_now(now)
    {}

    [[nodiscard]] Result<SqlCondition> compile(const Filter &filter) const
    {
        switch (filter.kind) {
        case Filter::Kind::All:
            return SqlCondition{"1"_ba, {}};
        case Filter::Kind::Term:
            return term(filter.term);
        case Filter::Kind::Not:
            return negation(filter);
        case Filter::Kind::And:
            return parts(filter, "AND"_ba);
        case Filter::Kind::Or:
            return parts(filter, "OR"_ba);
        }
        Q_UNREACHABLE();
    }

private:
    [[nodiscard]] Result<SqlCondition> term(const FilterTerm &one) const
    {
        if (one.values.isEmpty())
            return cannot(one, u"it has no value"_s);
        switch (m_target) {
        case FilterTarget::Runs:
            return runTerm(one, m_now);
        case FilterTarget::Events:
            return eventTerm(one, m_now);
        case FilterTarget::Letters:
            return letterTerm(one, m_now);
        }
        Q_UNREACHABLE();
    }

    /// What cannot be said of a row (no duration yet) is not true, so its opposite is.
    [[nodiscard]] Result<SqlCondition> negation(const Filter &filter) const
    {
        if (filter.parts.size() != 1)
            return failure(ErrorCode::InvalidInput, u"not: it takes one term"_s);
        Result<SqlCondition> part = compile(filter.parts.front());
        if (!part)
            return part;
        return part->within("(("_ba, ") IS NOT TRUE)"_ba);
    }

    [[nodiscard]] Result<SqlCondition> parts(const Filter &filter, const QByteArray &word) const
    {
        std::vector<SqlCondition> all;
        for (const Filter &part : filter.parts) {
            Result<SqlCondition> compiled = compile(part);
            if (!compiled)
                return compiled;
            all.push_back(std::move(*compiled));
        }
        return joined(all, word);
    }

    FilterTarget m_target;
    TimePoint m_now;
};

} // namespace

Result<SqlCondition> compileFilter(const Filter &filter, FilterTarget target, TimePoint now)
{
    return Compiler(target, now).compile(filter);
}

bool hasTerm(const Filter &filter, QByteArrayView key, QByteArrayView valueBegin)
{
    if (filter.kind == Filter::Kind::Term) {
        return filter.term.key == key
               && std::any_of(
                   filter.term.values.begin(), filter.term.values.end(),
                   [&](const QByteArray &value) { return value.startsWith(valueBegin); });
    }
    return std::any_of(filter.parts.begin(), filter.parts.end(),
                       [&](const Filter &part) { return hasTerm(part, key, valueBegin); });
}

QByteArray liveState(TimePoint now)
{
    // Codes of JobState and JobKind; the first job is the one that ends soonest.
    return R"((CASE WHEN EXISTS (SELECT 1 FROM jobs WHERE jobs.run_id = runs.id AND jobs.state = 2)
    THEN 2
    ELSE IFNULL((
        SELECT jobs.state IN (4, 6) OR (jobs.state IN (1, 5) AND jobs.kind = 4) OR jobs.run_at > )"
           + QByteArray::number(toMs(now)) + R"(
        FROM jobs
        WHERE jobs.run_id = runs.id
        ORDER BY CASE WHEN jobs.state IN (4, 6) THEN -1 ELSE jobs.run_at END, jobs.id
        LIMIT 1), 0)
    END))";
}

} // namespace devserver::store
