// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/queries.h"

#include <QSqlDatabase>

/// One function per query of api/queries.h, in <noun>queries.cpp. Called inside a read transaction.
namespace devserver::store {

using Answer = Result<api::QueryAnswer>;

Answer answerQuery(const QSqlDatabase &database, const api::EventsQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::EventQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::EventRunsQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::RunQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::TimelineQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::AttemptsQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::RunStateQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::LettersQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::LetterGroupsQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::LetterQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::CatalogQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::RunsQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::CountQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::EventListQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::EventRecordQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::EventNamesQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::RunRecordQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::LetterListQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::LetterGroupListQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::LetterIdsQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::WaitingQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::BulksQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::FunctionStatsQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::LastRunsQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::StorageQuery &query);
Answer answerQuery(const QSqlDatabase &database, const api::StockQuery &query);

/// Pieces that more than one of them needs.
[[nodiscard]] Result<std::vector<Event>> eventsById(const QSqlDatabase &database,
                                                    const std::vector<EventId> &ids);
[[nodiscard]] Result<std::vector<Attempt>> attemptsOf(const QSqlDatabase &database, RunId run);
[[nodiscard]] Result<std::vector<Memo>> memosOf(const QSqlDatabase &database, RunId run,
                                                const QByteArray &condition);
/// Nothing if there is no such letter.
[[nodiscard]] Result<std::vector<DeadLetter>> letterOf(const QSqlDatabase &database, RunId run);
/// What the list of events, or of letters, leaves out unless its filter asks for it: internal
/// events, closed letters; in any case letters that were in the bin for too long. A condition, `1`
/// if there is nothing to leave out.
[[nodiscard]] QByteArray hiddenEvents(const api::Filter &filter);
[[nodiscard]] QByteArray hiddenLetters(const api::Filter &filter, TimePoint now);
/// The run with its names and, while it is live, its jobs; nothing if there is no such run.
[[nodiscard]] Result<std::vector<api::RunDetail>> runDetails(const QSqlDatabase &database,
                                                             const QByteArray &condition,
                                                             const std::vector<QByteArray> &values);

} // namespace devserver::store
