// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sample/functions.h"

namespace console::sample {

using namespace std::chrono_literals;
using sdk::Json;

namespace {

Json parseMessage()
{
    throw sdk::RetryAfter("the message cannot be read", 1s);
}

Json openTicket(const Json &runId, const Json &message)
{
    return Json::object().with("run", runId).with("title", message);
}

} // namespace

sdk::Task<Json> poisonJob(sdk::Context ctx)
{
    co_return co_await ctx.step("parse-message", parseMessage);
}

sdk::Task<Json> reportPoison(sdk::Context ctx)
{
    const Json failure = ctx.event().data;
    co_return co_await ctx.step("open-ticket", openTicket, failure["run_id"],
                                failure["error"]["message"]);
}

} // namespace console::sample
