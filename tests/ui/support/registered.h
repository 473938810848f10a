// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/fakebackend.h"

#include <algorithm>

namespace console::test {

/// As if an app had registered what the runs and letters are of; before the window asks.
inline void registerFunctions(devserver::test::FakeBackend &backend)
{
    devserver::App app;
    app.id.value = devserver::Uuid::fromName("apps", "registered");
    app.name = "shop";
    const auto add = [&backend, &app](const QByteArray &slug) {
        const bool isKnown =
            std::any_of(backend.functions.begin(), backend.functions.end(),
                        [&slug](const auto &known) { return known.config.slug == slug; });
        if (isKnown)
            return;
        devserver::Function function;
        function.id.value = devserver::Uuid::fromName("functions", slug);
        function.app = app.id;
        function.config.slug = slug;
        function.config.name = slug;
        backend.functions.push_back(function);
    };
    for (const devserver::api::RunSummary &run : backend.runs)
        add(run.slug);
    for (const devserver::api::LetterSummary &letter : backend.letters)
        add(letter.slug);
    backend.apps.push_back(app);
}

} // namespace console::test
