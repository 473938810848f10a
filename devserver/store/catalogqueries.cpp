// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/answers.h"
#include "devserver/store/sqlselect.h"
#include "devserver/store/summaries.h"
#include "devserver/store/tables.h"

using namespace Qt::StringLiterals;

namespace devserver::store {

namespace {

// One look into the index for each function, however many runs there are.
constexpr char lastRunIds[] = R"(
SELECT (
    SELECT runs.id
    FROM runs INDEXED BY runs_by_function
    WHERE runs.function_id = functions.id
    ORDER BY runs.id DESC
    LIMIT 1)
FROM functions
WHERE functions.is_archived = 0)";

} // namespace

Answer answerQuery(const QSqlDatabase &database, const api::CatalogQuery &query)
{
    const bool all = query.appName.isEmpty();
    SqlSelect select(database, appsTable.select(all ? "ORDER BY name, id"_ba
                                                    : "WHERE name = ? ORDER BY name, id"_ba));
    if (!all)
        select.bind(query.appName);
    Result<std::vector<App>> apps = select.rows<App>();
    if (!apps)
        return tl::unexpected(apps.error());
    api::Catalog catalog;
    const QByteArray functionsOfApp = functionsTable.select("WHERE app_id = ? ORDER BY slug"_ba);
    for (App &app : *apps) {
        if (app.name.isEmpty()) // only an address, of which the engine tells
            continue;
        Result<std::vector<Function>> functions =
            SqlSelect(database, functionsOfApp).bind(app.id).rows<Function>();
        if (!functions)
            return tl::unexpected(functions.error());
        catalog.apps.push_back(api::CatalogApp{std::move(app), std::move(*functions)});
    }
    return catalog;
}

Answer answerQuery(const QSqlDatabase &database, const api::LastRunsQuery &)
{
    std::vector<RunId> ids;
    SqlSelect select(database, lastRunIds);
    const Result<void> done = select.each([&ids](const QSqlQuery &row) {
        if (!row.isNull(0))
            ids.push_back(RunId::fromBytes(row.value(0).toByteArray()));
    });
    if (!done)
        return tl::unexpected(done.error());
    Result<std::vector<api::RunSummary>> runs = runSummaries(database, ids, systemNow());
    if (!runs)
        return tl::unexpected(runs.error());
    return api::RunPage{std::move(*runs), {}};
}

} // namespace devserver::store
