// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/api/queries.h"

#include <QSqlDatabase>
#include <QString>

namespace devserver::store {

/// Answers api/queries.h from a read-only connection through Qt Sql. Each answer is one moment of
/// the store. Belongs to the reader thread, where the connection is made by the first query.
class QueryReader
{
public:
    explicit QueryReader(QString path);

    [[nodiscard]] Result<api::QueryAnswer> answer(const api::Query &query);
    void close();

private:
    Result<void> connect();

    QString m_path;
    QString m_connection;
};

} // namespace devserver::store
