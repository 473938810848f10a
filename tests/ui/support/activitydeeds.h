// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/deeds.h"
#include "ui/widgets/listtable.h"

namespace console::test {

using namespace Qt::StringLiterals;

/// A bulk that runs, and one that is over.
inline void onWork(ScreenStage &stage)
{
    devserver::Bulk running;
    running.id.value = devserver::Ulid::fromParts(runRow(2).queuedAt, {1});
    running.startedAt = runRow(2).queuedAt;
    running.total = 10;
    running.completed = running.failedAgain = 2;
    running.waiting = 6;
    devserver::Bulk ended = running;
    ended.id.value = devserver::Ulid::fromParts(runRow(1).queuedAt, {1});
    ended.state = devserver::BulkState::StoppedByHand;
    stage.backend.bulks = {running, ended};
    stage.goTo("activity"_ba);
    stage.pick("activityTable", running.id.toText());
}

[[nodiscard]] inline std::vector<Deed> activityDeeds()
{
    using Stage = ScreenStage;
    return {
        {"activity.completed", onWork,
         [](Stage &stage) { return stage.currentView() == u"runsView"; }},
        {"activity.failed", onWork,
         [](Stage &stage) { return stage.currentView() == u"deadView"; }},
        {"activity.stop", onWork, [](Stage &stage) { return stage.backend.stopped.size() == 1; }},
        {"activity.clear", onWork,
         [](Stage &stage) {
             auto *table = child<ListTable>(stage.window.get(), "activityTable");
             return table->model()->rowCount() == 1;
         }},
    };
}

} // namespace console::test
