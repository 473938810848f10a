// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/uifixture.h"
#include "ui/core/waitingmodel.h"
#include "ui/letters/waitingview.h"
#include "ui/widgets/listtable.h"

#include <QTest>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace console::test {

/// A run whose step waits, if that has an end counted from the start of the stage below.
inline devserver::api::RunSummary waiting(int number, devserver::ActivityKind kind,
                                          std::optional<std::chrono::milliseconds> dueIn)
{
    devserver::api::RunSummary run = runRow(number);
    run.status = devserver::RunStatus::Running;
    run.endedAt.reset();
    run.errorName = "TimeoutError";
    devserver::Activity activity;
    activity.kind = kind;
    activity.job = run.id.toText() + ":step";
    activity.stepName = "charge-card";
    activity.attempt = 2;
    if (dueIn)
        activity.until = runRow(0).queuedAt + *dueIn;
    run.activities = {activity};
    return run;
}

/// A shown list of what waits.
struct WaitingStage {
    explicit WaitingStage(std::vector<devserver::api::RunSummary> runs, const QString &filter = {})
    {
        ui.backend.runs = std::move(runs);
        ui.backend.setNow(runRow(0).queuedAt);
        view = std::make_unique<WaitingView>(ui.context);
        if (!filter.isEmpty())
            arrange::place(*view, {.view = "waiting", .filter = filter});
        ui.show(view.get());
        settle();
        table = child<ListTable>(view.get(), "waitingTable");
    }

    void settle()
    {
        for (int i = 0; i < 3; ++i)
            ui.beat();
    }

    void post(const devserver::api::RunSummary &run)
    {
        ui.backend.post(run);
        settle();
    }

    void clickCell(int row, WaitingColumn column)
    {
        const QModelIndex index = table->model()->index(row, static_cast<int>(column));
        table->scrollTo(index);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(index).center());
        settle();
    }

    [[nodiscard]] QStringList column(WaitingColumn column) const
    {
        QStringList texts;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            texts.append(table->model()->index(row, static_cast<int>(column)).data().toString());
        return texts;
    }

    [[nodiscard]] const WaitingModel &model() const
    {
        return *qobject_cast<WaitingModel *>(table->list());
    }

    UiFixture ui;
    std::unique_ptr<WaitingView> view;
    ListTable *table = nullptr;
};

} // namespace console::test
