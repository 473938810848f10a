// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/fakebackend.h"

namespace console::test {

/// A working day of a small web shop, played through the real engine and the same every time: two
/// apps, runs in every state with their whole records, events with and without runs, dead letters
/// in groups. For pictures, and for tests that want plausible data.
struct Scene {
    devserver::api::Counters counters;
    devserver::RunId deadCharge; ///< charge-order: 3 of 4 steps, dead after 5 attempts
    devserver::RunId backingOff; ///< charge-order, waits for its next attempt
    devserver::RunId sleeping;   ///< trial-reminder, sleeps two days
    devserver::RunId running;    ///< send-welcome, executing
    devserver::RunId completed;  ///< process-order with parallel steps and a sleep
    devserver::RunId retried;    ///< charge-order: failed, retried by hand, completed
    devserver::RunId manySteps;  ///< resize-images with 120 equal steps
    devserver::EventId lonely;   ///< `user/singup`: nothing listens
    devserver::EventId order;    ///< `order/paid` of `completed`
};

/// Fills the backend; its clock stands at the end of the day.
Scene fillScene(devserver::test::FakeBackend &backend);
/// The sample functions of this process are on, and nothing has run yet.
void fillSample(devserver::test::FakeBackend &backend);

} // namespace console::test
