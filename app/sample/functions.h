// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/sdk/context.h"
#include "devserver/sdk/json.h"
#include "devserver/sdk/task.h"

namespace console::sample {

namespace sdk = devserver::sdk;

/// `order/created`: parallel steps, a short sleep, and a rollback when the card is declined.
sdk::Task<sdk::Json> processOrder(sdk::Context ctx);

/// `sample/import`: a step that fails twice, asks for a retry after a second, and then works.
sdk::Task<sdk::Json> flakyImport(sdk::Context ctx);

/// `sample/poison`: never works; a dead letter after three quick attempts.
sdk::Task<sdk::Json> poisonJob(sdk::Context ctx);
/// Runs once for each dead letter of `poisonJob`.
sdk::Task<sdk::Json> reportPoison(sdk::Context ctx);
/// `{"works": true}`: from now on poison-job works, so that its dead letters can be retried.
sdk::Task<sdk::Json> repair(sdk::Context ctx);

/// `sample/sleep`: sleeps for `seconds`.
sdk::Task<sdk::Json> sleeper(sdk::Context ctx);

/// `sample/steps`: takes `count` steps, 200 if it is not said, one after the other.
sdk::Task<sdk::Json> manySteps(sdk::Context ctx);

} // namespace console::sample
