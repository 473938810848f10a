// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/screens.h"

#include <QAbstractItemView>
#include <QTableView>

#include <chrono>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

void chooseFunction(ScreenStage &stage, const QString &name)
{
    stage.goTo("functions"_ba);
    auto *tree = child<QAbstractItemView>(stage.window.get(), "functionsTree");
    for (int step = 0; step < 20 && tree->currentIndex().data().toString() != name; ++step)
        stage.key(step == 0 ? Qt::Key_Home : Qt::Key_Down);
    QCOMPARE(tree->currentIndex().data().toString(), name);
}

void functions(ScreenStage &stage)
{
    chooseFunction(stage, u"charge-order"_s);
}

/// With a little of everything that an app can register.
void configured(ScreenStage &stage)
{
    fillDay(stage);
    for (devserver::Function &each : stage.backend.functions) {
        if (each.config.name != "charge-order")
            continue;
        each.config.config = devserver::RawJson::fromTrusted(
            R"({"concurrency":[{"limit":5,"key":"event.data.customer"}],)"
            R"("throttle":{"limit":30,"period":"1m"},"timeouts":{"start":"10m","finish":"2h"},)"
            R"("cancel":[{"event":"order/cancelled","if":"event.data.id == async.data.id"}],)"
            R"("idempotency":"event.data.id"})"_ba);
        // As `protocol::checkFlowControl` names them, in its order.
        each.config.notEnforced = {"throttle"_ba, "timeouts"_ba, "idempotency"_ba, "concurrency"_ba,
                                   "cancel"_ba};
    }
}

void functionConfiguration(ScreenStage &stage)
{
    functions(stage);
    stage.openTab("functionTabs", u"Configuration"_s);
}

void functionSteps(ScreenStage &stage)
{
    chooseFunction(stage, u"process-order"_s); // has run often enough for each figure
    stage.openTab("functionTabs", u"Steps"_s);
}

void apps(ScreenStage &stage)
{
    stage.goTo("apps"_ba);
}

void brokenApp(ScreenStage &stage)
{
    fillDay(stage);
    devserver::App app;
    app.id.value = devserver::Uuid::fromName("apps", "billing");
    app.name = "billing"_ba;
    app.url = "http://localhost:3002/api/inngest"_ba;
    app.sdk = "js:v4.24.0"_ba;
    app.framework = "express"_ba;
    app.error = "unreachable"_ba;
    app.errorDetail = "Connection refused"_ba;
    app.syncedAt = stage.backend.now() - 10min;
    stage.backend.apps.insert(stage.backend.apps.begin(), app);
    devserver::Function invoice = stage.backend.functions.front();
    invoice.id.value = devserver::Uuid::fromName("functions", "invoice");
    invoice.app = app.id;
    invoice.config.slug = "billing-invoice"_ba;
    invoice.config.name = "invoice"_ba;
    stage.backend.functions.push_back(invoice);
}

void appError(ScreenStage &stage)
{
    stage.goTo("apps"_ba);
    auto *table = child<QTableView>(stage.window.get(), "appsTable");
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        if (table->model()->index(row, 0).data().toString() == u"billing"_s)
            stage.click(table, table->model()->index(row, 0));
    }
}

} // namespace

std::vector<Screen> catalogScreens()
{
    return {
        {"functions", fillDay, functions},
        {"function_configuration", configured, functionConfiguration},
        {"function_steps", fillDay, functionSteps},
        {"apps", fillDay, apps},
        {"app_error", brokenApp, appError},
    };
}

} // namespace console::test
