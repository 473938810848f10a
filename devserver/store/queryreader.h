// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/queries.h"

#include <QString>

#include <atomic>

struct sqlite3;

namespace devserver::store {

/// Answers api/queries.h from a read-only connection through Qt Sql. Each answer is one moment of
/// the store. Belongs to the reader thread, where the connection is made by the first query.
class QueryReader
{
public:
    explicit QueryReader(QString path);

    /// \param withdrawn  ends the work with an error once it is true; null: nothing does
    [[nodiscard]] Result<api::QueryAnswer> answer(const api::Query &query,
                                                  const std::atomic<bool> *withdrawn = nullptr);
    void close();

private:
    Result<void> connect();

    QString m_path;
    QString m_connection;
    sqlite3 *m_handle = nullptr; ///< of the connection; Qt owns it
};

} // namespace devserver::store
