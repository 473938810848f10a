// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/model/result.h"
#include "devserver/store/rows.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

namespace devserver::store {

/// The current row of a query, left to right.
class QueryColumns
{
public:
    explicit QueryColumns(const QSqlQuery *query, int first = 0)
        : m_query(query)
        , m_column(first)
    {}

    qint64 number() { return m_query->value(m_column++).toLongLong(); }

    QByteArray bytes() { return m_query->value(m_column++).toByteArray(); }

    bool isNull() const { return m_query->isNull(m_column); }

private:
    const QSqlQuery *m_query;
    int m_column;
};

/// One SELECT, forward only. Values are bound left to right.
class SqlSelect
{
public:
    SqlSelect(const QSqlDatabase &database, const QByteArray &sql);

    SqlSelect &bind(const QByteArray &value);
    SqlSelect &bind(qint64 value);
    SqlSelect &bind(double value);

    SqlSelect &bind(int value) { return bind(qint64{value}); }

    SqlSelect &bind(const QString &value);

    SqlSelect &bind(TimePoint value) { return bind(toMs(value)); }

    template<typename Tag, typename Value>
    SqlSelect &bind(const Id<Tag, Value> &id)
    {
        return bind(id.toBytes());
    }

    /// Ready to be bound anew; the statement stays prepared.
    SqlSelect &again();

    /// Calls \a visit with the query at each row.
    template<typename Visit>
    [[nodiscard]] Result<void> each(Visit visit)
    {
        if (Result<void> done = execute(); !done)
            return done;
        while (m_query.next())
            visit(m_query);
        return outcome();
    }

    template<typename T>
    [[nodiscard]] Result<std::vector<T>> rows()
    {
        std::vector<T> found;
        const Result<void> read = each([&found](const QSqlQuery &query) {
            found.push_back(readRow<T>(QueryColumns(&query)));
        });
        if (!read)
            return tl::unexpected(read.error());
        return found;
    }

private:
    Result<void> execute();
    [[nodiscard]] Result<void> outcome() const;

    QSqlQuery m_query;
    bool m_isPrepared = false;
    int m_bound = 0;
};

} // namespace devserver::store
