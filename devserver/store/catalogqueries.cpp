// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/answers.h"
#include "devserver/store/sqlselect.h"
#include "devserver/store/tables.h"

using namespace Qt::StringLiterals;

namespace devserver::store {

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
        Result<std::vector<Function>> functions =
            SqlSelect(database, functionsOfApp).bind(app.id).rows<Function>();
        if (!functions)
            return tl::unexpected(functions.error());
        catalog.apps.push_back(api::CatalogApp{std::move(app), std::move(*functions)});
    }
    return catalog;
}

} // namespace devserver::store
