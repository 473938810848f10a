// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What takes up the space of the data file.

#include "devserver/store/answers.h"
#include "devserver/store/sqlselect.h"

#include <array>

namespace devserver::store {

using namespace Qt::StringLiterals;

namespace {

/// Bytes of each table with its indexes, whole pages; the schema itself has no name in the list.
/// Page by page, so that it can be broken off in the middle of a large table.
constexpr char pagesByTable[] = R"(
SELECT IFNULL(entry.tbl_name, ''), SUM(trees.bytes)
FROM (SELECT name, SUM(pgsize) AS bytes FROM dbstat GROUP BY name) AS trees
LEFT JOIN sqlite_schema AS entry ON entry.name = trees.name
GROUP BY 1)";

constexpr char freePages[] = R"(
SELECT freelist_count * page_size FROM pragma_freelist_count(), pragma_page_size())";

struct Kind {
    const char *table;
    qint64 api::StorageUse::*bytes;
};

constexpr std::array<Kind, 9> kinds = {{{"events", &api::StorageUse::events},
                                        {"deliveries", &api::StorageUse::events},
                                        {"runs", &api::StorageUse::runs},
                                        {"run_events", &api::StorageUse::runs},
                                        {"jobs", &api::StorageUse::runs},
                                        {"timeline", &api::StorageUse::runs},
                                        {"memos", &api::StorageUse::steps},
                                        {"attempts", &api::StorageUse::calls},
                                        {"letters", &api::StorageUse::letters}}};

qint64 &bytesOf(api::StorageUse *use, const QString &table)
{
    for (const Kind &kind : kinds) {
        if (table == QLatin1StringView(kind.table))
            return use->*kind.bytes;
    }
    return use->other;
}

} // namespace

Answer answerQuery(const QSqlDatabase &database, const api::StorageQuery &query)
{
    Q_UNUSED(query)
    api::StorageUse use;
    SqlSelect tables(database, pagesByTable);
    Result<void> done = tables.each([&use](const QSqlQuery &row) {
        bytesOf(&use, row.value(0).toString()) += row.value(1).toLongLong();
    });
    if (!done)
        return tl::unexpected(done.error());
    SqlSelect free(database, freePages);
    done = free.each([&use](const QSqlQuery &row) { use.free = row.value(0).toLongLong(); });
    if (!done)
        return tl::unexpected(done.error());
    return use;
}

} // namespace devserver::store
