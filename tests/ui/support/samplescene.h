// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/uifixture.h"

/// Apps of a first run: one that somebody brought, and the sample.
namespace console::test {

inline devserver::App shopApp()
{
    devserver::App app;
    app.id.value = devserver::Uuid::fromName("apps", "shop");
    app.name = "shop";
    app.url = "http://localhost:3000/api/inngest";
    return app;
}

inline devserver::Function orderFunction(const devserver::App &app)
{
    devserver::Function function;
    function.id.value = devserver::Uuid::fromName("functions", "order");
    function.app = app.id;
    function.config.slug = "shop-order";
    function.config.name = "order";
    function.config.triggers = {{.event = "shop/order.placed"}};
    return function;
}

/// The functions of this process, one for each event.
inline void startSample(UiFixture &ui, const QByteArrayList &events)
{
    devserver::App app = shopApp();
    app.id.value = devserver::Uuid::fromName("apps", "sample");
    app.name = "sample";
    app.kind = devserver::AppKind::InProcess;
    ui.backend.apps = {app};
    for (const QByteArray &event : events) {
        devserver::Function function = orderFunction(app);
        function.id.value = devserver::Uuid::fromName("functions", event);
        function.config.slug = "sample-" + event;
        function.config.triggers = {{.event = event}};
        ui.backend.functions.push_back(function);
    }
    ui.backend.state.hasSample = true;
    ui.catalog.reload();
    ui.beat();
}

} // namespace console::test
