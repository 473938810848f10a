// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sample/functions.h"

#include <algorithm>
#include <chrono>

namespace console::sample {

using sdk::Json;

namespace {

constexpr qint64 defaultSeconds = 5;
constexpr qint64 mostSeconds = qint64{366} * 24 * 60 * 60; // a sleep may last a year

} // namespace

sdk::Task<Json> sleeper(sdk::Context ctx)
{
    const qint64 asked = ctx.event().data["seconds"].toInt(defaultSeconds);
    const std::chrono::seconds nap(std::clamp<qint64>(asked, 0, mostSeconds));

    co_await ctx.sleep("nap", nap);
    co_return Json::object().with("slept_seconds", nap.count());
}

} // namespace console::sample
