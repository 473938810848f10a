// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/queries.h"
#include "devserver/store/sqlcondition.h"
#include "devserver/store/sqlselect.h"

#include <QSqlDatabase>

/// Pieces of the answers that the window's lists are made of.
namespace devserver::store {

/// Rows in the order of \a ids; a run that is not there is left out.
[[nodiscard]] Result<std::vector<api::RunSummary>>
runSummaries(const QSqlDatabase &database, const std::vector<RunId> &ids, TimePoint now);
/// Runs that these events started, oldest first.
[[nodiscard]] Result<std::vector<RunId>> runsOfEvent(const QSqlDatabase &database, EventId event);

[[nodiscard]] TimePoint systemNow();
void bindAll(SqlSelect *select, const std::vector<SqlValue> &values);

/// Where a page ended, as text that only this store reads.
struct PageEnd {
    SqlValue key; ///< qint64 or QByteArray
    QByteArray id;
    qint64 now = 0;        ///< what unfinished durations were measured against
    bool isIdOnly = false; ///< no key: the order must be that of the ids
};

[[nodiscard]] api::PageToken tokenOf(const PageEnd &end);
/// InvalidInput if the token is not one of ours.
[[nodiscard]] Result<PageEnd> endOf(const api::PageToken &token);

inline constexpr int pageLimit = 10'000;

} // namespace devserver::store
