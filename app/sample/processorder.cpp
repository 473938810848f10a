// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sample/functions.h"
#include "devserver/sdk/all.h"

namespace console::sample {

using namespace std::chrono_literals;
using sdk::Json;

namespace {

Json reserveStock(const Json &order)
{
    return Json::object()
        .with("reservation", "stock-" + order["orderId"].toText())
        .with("items", order["items"].toInt(1));
}

Json checkFraud(const Json &order)
{
    return order["total"].toDouble() > 10000 ? "unusually high" : "fine";
}

Json chargeCard(const Json &order)
{
    if (order["card"].toText() == "declined")
        throw sdk::NonRetriable("the card was declined");
    return Json::object().with("paid", order["total"].toDouble(9.99)).with("currency", "EUR");
}

Json releaseStock(const Json &stock)
{
    return stock["reservation"];
}

Json sendReceipt(const Json &order, const Json &payment)
{
    return Json::object().with("to", order["customer"]).with("payment", payment);
}

} // namespace

sdk::Task<Json> processOrder(sdk::Context ctx)
{
    const Json order = ctx.event().data;

    const auto [stock, fraud] = co_await sdk::all(ctx.step("reserve-stock", reserveStock, order),
                                                  ctx.step("check-fraud", checkFraud, order));
    co_await ctx.sleep("cool-down", 2s);

    const sdk::StepResult payment = co_await ctx.tryStep("charge-card", chargeCard, order);
    if (!payment) {
        co_await ctx.step("release-stock", releaseStock, stock);
        co_return Json::object().with("status", "cancelled").with("why", payment.error().message);
    }
    const Json receipt = co_await ctx.step("send-receipt", sendReceipt, order, *payment);
    co_return Json::object()
        .with("status", "shipped")
        .with("fraud", fraud)
        .with("receipt", receipt);
}

} // namespace console::sample
