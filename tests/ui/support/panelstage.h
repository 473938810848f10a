// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/clicks.h"
#include "tests/ui/support/uifixture.h"
#include "tests/unit/ui/runstory.h"
#include "ui/runs/runpanel.h"

#include <QTabWidget>

namespace console::test {

/// A shown panel of runs that have stories.
struct PanelStage {
    PanelStage()
        : panel(ui.context)
    {
        ui.show(&panel, {1200, 520});
    }

    void show(const devserver::api::RunRecord &record, devserver::TimePoint now)
    {
        ui.backend.setNow(now);
        ui.backend.records[record.run.id] = record;
        panel.showRun(record.run.id);
        ui.beat();
        ui.beat();
    }

    void show(const RunStory &story, const std::vector<devserver::api::RunSummary> &related = {})
    {
        devserver::api::RunRecord record = story.record();
        record.related = related;
        show(record, story.now());
    }

    void open(int tab) { clickTab(child<QTabWidget>(&panel, "runTabs"), tab); }

    UiFixture ui;
    RunPanel panel;
};

} // namespace console::test
