// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/perf/stage.h"

namespace perf {

// Each measures one row of the table of issue 2 and adds its figures to the report.

void measureEvents(Bench &bench);
void measureEventArrays(Bench &bench);
void measureStart(Bench &bench); ///< event sent -> app called
void measureSteps(Bench &bench);
void measureThreeSteps(Bench &bench);
void measureParallel(Bench &bench);
void measureSleep(Bench &bench);
void measureRetry(Bench &bench);
/// Memory per run, start and idling with 140,000 runs on disk (100,000 are asked for).
void measureHistory(Bench &bench);
void measureIdle(Bench &bench); ///< a fresh server without apps
void measureIdleConnections(Bench &bench);

} // namespace perf
