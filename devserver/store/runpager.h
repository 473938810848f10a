// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/queries.h"
#include "devserver/store/sqlcondition.h"
#include "devserver/store/summaries.h"

class QSqlDatabase;

namespace devserver::store {

class SqlSelect;

/// A part of all runs with the index that it is read from.
struct RunPart {
    QByteArray condition;
    QByteArray from;
};

[[nodiscard]] const std::vector<RunPart> &runParts();

/// Finds the ids of a page of the list of runs, in an index that has what filters and sorts mostly
/// ask for.
class RunPager
{
public:
    struct Row {
        SqlValue key;
        QByteArray id; ///< of the run; by trigger: of the event and of the run
    };

    /// \a database and \a query  outlive it.
    RunPager(const QSqlDatabase &database, const api::RunsQuery &query, SqlCondition filter,
             std::optional<PageEnd> after, TimePoint now);

    /// At most \a limit, in the order of the list.
    [[nodiscard]] Result<std::vector<Row>> rows(int limit) const;

    /// What the sort values are of.
    [[nodiscard]] qint64 now() const { return m_now; }

private:
    [[nodiscard]] bool asksForPayloads() const;
    [[nodiscard]] Result<std::vector<Row>> byRun(int limit, const QByteArray &until) const;
    [[nodiscard]] Result<std::vector<Row>> ofPart(const RunPart &part, int limit,
                                                  const QByteArray &until) const;
    [[nodiscard]] Result<QByteArray> endOfFirst() const;
    [[nodiscard]] Result<qint64> payloads() const;
    [[nodiscard]] Result<std::vector<Row>> byPayload(int limit) const;
    [[nodiscard]] Result<std::vector<Row>> byTrigger(int limit) const;

    const QSqlDatabase &m_database;
    const api::RunsQuery &m_query;
    SqlCondition m_filter;
    std::optional<PageEnd> m_after;
    qint64 m_now;
    QByteArray m_order;
    QByteArray m_next;
    QByteArray m_previous;
};

} // namespace devserver::store
