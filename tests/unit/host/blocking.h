// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/sdk/app.h"

#include <QSemaphore>

/// A function that stands still until the test lets it go on.
namespace devserver::tests {

inline QSemaphore blocked;   ///< one for each that is
inline QSemaphore mayReturn; ///< one for each that may go on

inline sdk::Json block()
{
    blocked.release();
    mayReturn.acquire();
    return sdk::Json(1);
}

inline sdk::Task<sdk::Json> blocking(sdk::Context ctx)
{
    co_return co_await ctx.step("block", block);
}

} // namespace devserver::tests
