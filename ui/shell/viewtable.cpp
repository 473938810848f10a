// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/shell/viewtable.h"

#include "ui/catalog/appsview.h"
#include "ui/catalog/functionsview.h"
#include "ui/events/composer.h"
#include "ui/events/eventsview.h"
#include "ui/letters/activityview.h"
#include "ui/letters/deadview.h"
#include "ui/letters/waitingview.h"
#include "ui/runs/inspector.h"
#include "ui/runs/runsview.h"
#include "ui/widgets/lowscroll.h"

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int leastComposer = 84; // beside a run in the smallest window

/// A maker for the table; only views are returned as views.
template<typename Made, typename Result>
Result *make(Context &context, QWidget *parent)
{
    return new Made(context, parent);
}

QWidget *makeComposer(Context &context, QWidget *parent)
{
    // It has its window from the start: some of its actions are the window's.
    auto *panel = new LowScroll(new Composer(context, parent), leastComposer, parent);
    panel->setGrowing(true);
    return panel;
}

} // namespace

const std::vector<ViewEntry> &viewTable()
{
    static const std::vector<ViewEntry> table = {
        {"runs"_ba, "navRuns"_ba, "go.runs"_ba, QT_TRANSLATE_NOOP("Rail", "Runs"), "nav-runs",
         make<RunsView, View>},
        {"events"_ba, "navEvents"_ba, "go.events"_ba, QT_TRANSLATE_NOOP("Rail", "Events"),
         "nav-events", make<EventsView, View>},
        {"dead"_ba, "navDead"_ba, "go.dead"_ba, QT_TRANSLATE_NOOP("Rail", "Dead letters"),
         "nav-dead", make<DeadView, View>},
        {"waiting"_ba, "navWaiting"_ba, "go.waiting"_ba, QT_TRANSLATE_NOOP("Rail", "Waiting"),
         "nav-waiting", make<WaitingView, View>},
        {"functions"_ba, "navFunctions"_ba, "go.functions"_ba,
         QT_TRANSLATE_NOOP("Rail", "Functions"), "nav-functions", make<FunctionsView, View>},
        {"apps"_ba, "navApps"_ba, "go.apps"_ba, QT_TRANSLATE_NOOP("Rail", "Apps"), "nav-apps",
         make<AppsView, View>},
        {"activity"_ba, "navActivity"_ba, "go.activity"_ba, QT_TRANSLATE_NOOP("Rail", "Activity"),
         "nav-activity", make<ActivityView, View>},
    };
    return table;
}

const std::vector<PanelEntry> &panelTable()
{
    static const std::vector<PanelEntry> table = {
        {"inspector"_ba, "view.inspector"_ba, QT_TRANSLATE_NOOP("Rail", "Inspector"),
         Qt::RightDockWidgetArea, make<Inspector, QWidget>},
        {"composer"_ba, "view.composer"_ba, QT_TRANSLATE_NOOP("Rail", "Composer"),
         Qt::BottomDockWidgetArea, makeComposer},
    };
    return table;
}

} // namespace console
