// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/queries.h"

#include <QString>

#include <atomic>

struct sqlite3;

namespace devserver::store {

/// Answers api/queries.h from a read-only connection through Qt Sql. Each answer is one moment of
/// the store. Belongs to the thread of the first query, which makes the connection.
class QueryReader
{
public:
    /// \param closing  ends all work with an error once it is true; null: nothing does
    explicit QueryReader(QString path, const std::atomic<bool> *closing = nullptr);

    /// \param withdrawn  the same for this query
    [[nodiscard]] Result<api::QueryAnswer> answer(const api::Query &query,
                                                  const std::atomic<bool> *withdrawn = nullptr);
    void close();

private:
    Result<void> connect();

    QString m_path;
    const std::atomic<bool> *m_closing;
    QString m_connection;
    sqlite3 *m_handle = nullptr; ///< of the connection; Qt owns it
};

} // namespace devserver::store
