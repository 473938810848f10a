// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/eventsstage.h"
#include "tests/ui/support/panelstage.h"
#include "tests/ui/support/runscenes.h"
#include "tests/ui/support/scene.h"
#include "ui/core/callmodel.h"
#include "ui/core/stepmodel.h"
#include "ui/runs/inspector.h"
#include "ui/runs/relatedmodel.h"
#include "ui/widgets/textclock.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTabWidget>
#include <QTest>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;
using devserver::api::RunRecord;
using devserver::api::RunSummary;

namespace {

/// Those that keep texts true.
int runningClocks(const QWidget *in)
{
    int running = 0;
    for (const QTimer *timer : in->findChildren<QTimer *>()) {
        if (timer->isActive() && dynamic_cast<const TextClock *>(timer->parent()) != nullptr)
            ++running;
    }
    return running;
}

} // namespace

/// Ages and what still goes on are told anew while they are seen, and nothing ticks otherwise
/// (ui.md 4.1). A tick is a second at the least: these tests wait for it.
class TestLiveTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsThatRunGetLonger();
    void relatedRunsGetOlder();
    void callsUnderWayGetLonger();
    void theHeaderOfAnEventGetsOlder();
    void runsOfAnEventGetLonger();
};

void TestLiveTexts::stepsThatRunGetLonger()
{
    RunStory story;
    PanelStage stage;
    stage.show(story.start().step("a", 10ms).plan({"b"}).sendStep("b").pass(20s));
    const auto *steps = child<QTableView>(&stage.panel, "stepTable");
    QCOMPARE(runningClocks(&stage.panel), 0); // another tab is shown
    stage.open(1);
    QCOMPARE(cellOf(steps, 1, StepModel::Duration), u"20 s"_s);
    QCOMPARE(runningClocks(&stage.panel), 1);
    stage.ui.backend.advance(7s);
    QTRY_COMPARE(cellOf(steps, 1, StepModel::Duration), u"27 s"_s);
    stage.open(0);
    QCOMPARE(runningClocks(&stage.panel), 0);
    stage.ui.backend.advance(7s);
    stage.open(1);
    QCOMPARE(cellOf(steps, 1, StepModel::Duration), u"34 s"_s);
    RunStory over(2);
    stage.show(over.start().step("a", 10ms).complete());
    QCOMPARE(runningClocks(&stage.panel), 0);
}

void TestLiveTexts::relatedRunsGetOlder()
{
    RunStory story;
    RunSummary sibling = runIn(DisplayState::Running, WaitReason::None, 2);
    sibling.startedAt = noon();
    PanelStage stage;
    story.start().step("a", 10ms).complete().pass(20s);
    stage.show(story, {sibling});
    stage.ui.backend.setNow(noon() + 40s);
    QCOMPARE(runningClocks(&stage.panel), 0);
    stage.open(3);
    const auto *list = child<QTableView>(&stage.panel, "relatedList");
    QCOMPARE(cellOf(list, 0, RelatedModel::Duration), u"40 s"_s);
    QSignalSpy told(list->model(), &QAbstractItemModel::dataChanged);
    stage.ui.backend.advance(5s);
    QTRY_VERIFY(!told.isEmpty());
    QCOMPARE(cellOf(list, 0, RelatedModel::Duration), u"45 s"_s);
    RunSummary done = sibling;
    done.status = devserver::RunStatus::Completed;
    done.activities.clear();
    done.endedAt = noon() + 45s;
    stage.ui.backend.post(done);
    stage.ui.beat();
    QCOMPARE(runningClocks(&stage.panel), 0);
}

void TestLiveTexts::callsUnderWayGetLonger()
{
    RunStory story;
    story.start().step("a", 10ms).plan({"b"}).sendStep("b").pass(20s);
    const RunRecord record = story.record();
    UiFixture ui;
    ui.backend.setNow(story.now());
    ui.backend.records[record.run.id] = record;
    Inspector inspector(ui.context);
    ui.show(&inspector, {560, 760});
    arrange::selection(ui, {.kind = Selection::Kind::Run, .run = record.run.id});
    ui.beat();
    ui.beat();
    clickTab(child<QTabBar>(&inspector, "inspectorTabs"), u"Calls"_s);
    const auto *calls = child<QTableView>(&inspector, "inspCalls");
    QCOMPARE(cellOf(calls, 0, CallModel::Duration), u"20 s"_s);
    ui.backend.advance(7s);
    QTRY_COMPARE(cellOf(calls, 0, CallModel::Duration), u"27 s"_s);
    clickTab(child<QTabBar>(&inspector, "inspectorTabs"), u"Error"_s);
    QCOMPARE(runningClocks(&inspector), 0);
}

void TestLiveTexts::theHeaderOfAnEventGetsOlder()
{
    UiFixture ui;
    const Scene scene = fillScene(ui.backend);
    ui.catalog.reload();
    ui.backend.setNow(ui.backend.eventRecords.at(scene.lonely).event.receivedAt + 2min + 59s);
    EventsView view(ui.context);
    showEvents(ui, view);
    selectEvent(ui, view, scene.lonely);
    const auto *facts = child<QLabel>(&view, "eventFacts");
    QTRY_VERIFY2(facts->text().contains(u"received 2 m ago"_s), qPrintable(facts->text()));
    ui.backend.advance(1s);
    QTRY_VERIFY2(facts->text().contains(u"received 3 m ago"_s), qPrintable(facts->text()));
    arrange::timeStyle(ui, TimeStyle::Absolute);
    QCOMPARE(runningClocks(&view), 0);
}

void TestLiveTexts::runsOfAnEventGetLonger()
{
    UiFixture ui;
    const Scene scene = fillScene(ui.backend);
    ui.catalog.reload();
    RunSummary running = runIn(DisplayState::Running, WaitReason::None, 2);
    running.event = scene.lonely;
    running.startedAt = ui.backend.now() - 40s;
    ui.backend.eventRecords.at(scene.lonely).runs = {running};
    EventsView view(ui.context);
    showEvents(ui, view);
    selectEvent(ui, view, scene.lonely);
    clickTab(child<QTabWidget>(&view, "eventTabs"), u"Runs"_s);
    const auto *runs = child<QTableView>(&view, "eventRuns");
    constexpr int duration = 4;
    QCOMPARE(cellOf(runs, 0, duration), u"40 s"_s);
    QSignalSpy told(runs->model(), &QAbstractItemModel::dataChanged);
    ui.backend.advance(5s);
    QTRY_VERIFY(!told.isEmpty());
    QCOMPARE(cellOf(runs, 0, duration), u"45 s"_s);
}

UI_TEST_MAIN(TestLiveTexts)
#include "tst_livetexts.moc"
