// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/store/sqlitestore.h"

#include <QTemporaryDir>

#include <memory>

namespace devserver::store {

/// 2030-01-01T00:00Z, and \a ms later.
[[nodiscard]] TimePoint timeAt(qint64 ms);
/// Ids of test rows; larger numbers are later.
[[nodiscard]] Ulid ulidAt(int number);
[[nodiscard]] EventId eventId(int number);
[[nodiscard]] RunId runId(int number);
[[nodiscard]] RequestId requestId(int number);
[[nodiscard]] FunctionId functionId(const QByteArray &slug);
[[nodiscard]] RawJson json(const QByteArray &text);

/// Rows in which no member has its default value.
[[nodiscard]] Event fullEvent(int number);
[[nodiscard]] Run fullRun(int number, const std::vector<EventId> &events);
[[nodiscard]] Memo fullMemo(int index);
/// Its id begins with that of the run, as the engine makes them.
[[nodiscard]] Job fullJob(const QByteArray &id, RunId run);
[[nodiscard]] Attempt fullAttempt(int number, RunId run);
[[nodiscard]] TimelineRecord fullRecord(RunId run, int number);
[[nodiscard]] DeadLetter fullLetter(RunId run);
[[nodiscard]] App fullApp(const QByteArray &name);
[[nodiscard]] Function fullFunction(const QByteArray &app, const QByteArray &slug);

[[nodiscard]] EventPtr share(const Event &event);
[[nodiscard]] MemoWrite memoOf(RunId run, const Memo &memo);

/// A store on a file of its own that can be closed and opened again.
class StoreFixture
{
public:
    explicit StoreFixture(Durability durability = Durability::Full);

    /// Ends the store if there is one, and starts a new one on the same file.
    Result<Snapshot> open();
    Result<void> commit(const Writes &writes);
    Result<Recalled> recall(const Recall &recall);
    /// The run as the engine gets it; nothing if it does not exist.
    std::optional<RunSnapshot> recallRun(RunId run);

    /// \a Part is the alternative of QueryAnswer; an error is a failed test of the caller.
    template<typename Part>
    Part ask(const api::Query &query)
    {
        Result<api::QueryAnswer> answer = askAny(query);
        if (!answer || !std::holds_alternative<Part>(*answer)) {
            qCritical("unexpected answer: %s",
                      answer ? "other type" : qPrintable(answer.error().message));
            std::abort();
        }
        return std::get<Part>(std::move(*answer));
    }

    Result<api::QueryAnswer> askAny(const api::Query &query);

    [[nodiscard]] QString path() const;

    [[nodiscard]] Store &store() { return *m_store; }

    [[nodiscard]] qint64 dataBytes() const { return m_store->dataBytes(); }

    [[nodiscard]] qint64 bornAt() const { return m_store->bornAt(); }

    void close() { m_store.reset(); }

private:
    QTemporaryDir m_folder;
    Durability m_durability;
    std::unique_ptr<SqliteStore> m_store;
};

} // namespace devserver::store
