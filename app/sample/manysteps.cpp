// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sample/functions.h"

#include <algorithm>

namespace console::sample {

using sdk::Json;

namespace {

constexpr qint64 usualSteps = 200; // what the button of the console asks for, too
constexpr qint64 mostSteps = 999;  // a run may take fewer than 1,000

qint64 square(qint64 number)
{
    return number * number;
}

} // namespace

sdk::Task<Json> manySteps(sdk::Context ctx)
{
    const qint64 asked = ctx.event().data["count"].toInt(usualSteps);
    const qint64 count = std::clamp<qint64>(asked, 1, mostSteps);

    qint64 sum = 0;
    for (qint64 number = 1; number <= count; ++number) {
        const Json result =
            co_await ctx.step("square-" + QByteArray::number(number), square, number);
        sum += result.toInt();
    }
    co_return Json::object().with("steps", count).with("sum", sum);
}

} // namespace console::sample
