// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sample/sampleapp.h"

#include "app/sample/functions.h"
#include "devserver/sdk/app.h"

#include <memory>

namespace console::sample {

devserver::host::InProcessApp inProcessApp()
{
    const auto app = std::make_shared<sdk::App>("sample");
    app->function({.id = "process-order", .trigger = "order/created"}, processOrder);
    app->function({.id = "flaky-import", .trigger = "sample/import"}, flakyImport);
    app->function(
        {.id = "poison-job", .trigger = "sample/poison", .retries = 2, .onFailure = reportPoison},
        poisonJob);
    app->function({.id = "repair", .trigger = "sample/repair"}, repair);
    app->function({.id = "sleeper", .trigger = "sample/sleep"}, sleeper);
    app->function({.id = "many-steps", .trigger = "sample/steps"}, manySteps);

    return {.registration = app->registration(),
            .runner = [app](const devserver::CallRequest &request) { return app->run(request); }};
}

} // namespace console::sample
