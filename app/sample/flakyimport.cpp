// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sample/functions.h"

namespace console::sample {

using namespace std::chrono_literals;
using sdk::Json;

namespace {

Json download(int attempt)
{
    if (attempt < 2)
        throw sdk::RetryAfter("the supplier's server is busy", 1s);
    return Json::object().with("rows", 120).with("attempts", attempt + 1);
}

Json store(const Json &table)
{
    return table["rows"];
}

} // namespace

sdk::Task<Json> flakyImport(sdk::Context ctx)
{
    const Json table = co_await ctx.step("download", download, ctx.attempt());
    const Json rows = co_await ctx.step("store", store, table);
    co_return Json::object().with("imported", rows);
}

} // namespace console::sample
