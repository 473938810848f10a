// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sample/functions.h"
#include "app/sample/parser.h"

namespace console::sample {

using namespace std::chrono_literals;
using sdk::Json;

namespace {

Json fetchMessage(const Json &message)
{
    return Json::object().with("body", message);
}

Json parseMessage(const Json &message)
{
    if (!isParserRepaired)
        throw sdk::RetryAfter("the message cannot be read", 1s);
    return message["body"];
}

Json repairParser(bool works)
{
    isParserRepaired = works;
    return works;
}

Json openTicket(const Json &runId, const Json &message)
{
    return Json::object().with("run", runId).with("title", message);
}

} // namespace

sdk::Task<Json> poisonJob(sdk::Context ctx)
{
    const Json message =
        co_await ctx.step("fetch-message", fetchMessage, ctx.event().data["message"]);
    const Json text = co_await ctx.step("parse-message", parseMessage, message);
    co_return Json::object().with("delivered", text);
}

sdk::Task<Json> repair(sdk::Context ctx)
{
    const bool works = ctx.event().data["works"].toBool(true);
    co_return co_await ctx.step("replace-parser", repairParser, works);
}

sdk::Task<Json> reportPoison(sdk::Context ctx)
{
    const Json failure = ctx.event().data;
    co_return co_await ctx.step("open-ticket", openTicket, failure["run_id"],
                                failure["error"]["message"]);
}

} // namespace console::sample
