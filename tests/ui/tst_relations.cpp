// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/contextmenu.h"
#include "tests/ui/support/eventsstage.h"
#include "tests/ui/support/inspectorstage.h"
#include "tests/ui/support/panelstage.h"
#include "tests/ui/support/runsstage.h"
#include "tests/ui/support/scene.h"
#include "ui/core/callmodel.h"
#include "ui/core/runcolumns.h"
#include "ui/runs/relatedmodel.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/rowdelegate.h"

#include <QImage>
#include <QLabel>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTabWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;
using devserver::RunId;
using devserver::api::RunRecord;
using devserver::api::RunSummary;

namespace {

/// With an inspector beside it.
struct RelationsStage : PanelStage {
    RelationsStage()
        : inspector(ui.context)
    {
        inspector.resize(500, 600);
        inspector.show();
    }

    [[nodiscard]] QString relation(int row) const
    {
        return cellOf(list(), row, RelatedModel::Relation);
    }

    [[nodiscard]] QTableView *list() const { return child<QTableView>(&panel, "relatedList"); }

    Inspector inspector;
};

RunRecord failedRun(RunStory &story)
{
    RunRecord record =
        story.start().step("load-order", 800ms).failForGood("charge-card", 500ms).fail().record();
    record.letter = devserver::DeadLetter{.run = record.run.id};
    return record;
}

} // namespace

/// Where a run, an event and a dead letter lead to each other.
class TestRelations final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameErrorIsItsSignature();
    void sameErrorOfALiveRun_data();
    void sameErrorOfALiveRun();
    void aFailureNamesItsHandlerAndItsLetter();
    void aHandlerNamesWhatFailed();
    void relatedRunsFollowTheFeed();
    void idsAreWholeWhereThereIsRoom();
    void eachRunHasWidthsOfItsOwn();
    void runsOfTheEventAreThoseOfThisEvent();
    void anEventWithoutRunsLeadsNowhere();
    void offlineAppShowsItsCalls();
    void anAppInCloudModeIsNamed_data();
    void anAppInCloudModeIsNamed();
    void aPinnedInspectorStaysWithItsSubject();
    void idleIsNeverLonger();
    void ageAndDurationAgree();
    void theHeaderSaysTheState();
    void relatedRunsHaveAMenu();
    void attemptsAndCallsHaveAMenu();
    void whatAnEventStartedHasAMenu();
};

void TestRelations::sameErrorIsItsSignature()
{
    RunSummary same = runIn(DisplayState::Dead, WaitReason::None, 3);
    same.errorName = "Error";
    same.fingerprint = "00ff11ee";
    RunSummary other = runIn(DisplayState::Dead, WaitReason::None, 2);
    other.errorName = "Error";
    other.fingerprint = "22dd33cc";
    Stage stage({same, other, runRow(1)});
    stage.clickRow(0);
    chooseInMenu(stage.fixture, stage.table->viewport(), u"Filter"_s, u"list.sameError"_s);
    QTRY_COMPARE(stage.filter->text(), u"sig:00ff11ee"_s);
    stage.settle();
    QTRY_COMPARE(stage.list()->rowCount(), 1);
    QCOMPARE(stage.list()->at(0).id, same.id);
}

void TestRelations::sameErrorOfALiveRun_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("term");
    QTest::addRow("its class") << "TimeoutError"_ba << u"error:TimeoutError"_s;
    QTest::addRow("a class of all errors") << "Error"_ba << u"error:\"no answer in time\""_s;
    QTest::addRow("no class") << QByteArray() << u"error:\"no answer in time\""_s;
}

/// Without a letter it has no signature yet.
void TestRelations::sameErrorOfALiveRun()
{
    QFETCH(const QByteArray, name);
    RunSummary run = runIn(DisplayState::Waiting, WaitReason::Backoff);
    run.errorName = name;
    run.errorMessage = "no answer in time";
    Stage stage({run});
    stage.clickRow(0);
    chooseInMenu(stage.fixture, stage.table->viewport(), u"Filter"_s, u"list.sameError"_s);
    QFETCH(const QString, term);
    QTRY_COMPARE(stage.filter->text(), term);
}

void TestRelations::aFailureNamesItsHandlerAndItsLetter()
{
    RunStory story;
    RunRecord record = failedRun(story);
    RunSummary handler = runRow(50);
    handler.trigger = "inngest/function.failed";
    handler.event = eventId(77);
    record.related = {handler};
    RelationsStage stage;
    stage.show(record, story.now());
    auto *tabs = child<QTabWidget>(&stage.panel, "runTabs");
    QCOMPARE(tabs->tabText(3), u"Related (2)"_s);
    clickTab(tabs, 3);
    QCOMPARE(stage.relation(0), u"Failure handler"_s);
    QCOMPARE(stage.relation(1), u"Dead letter"_s);
    QCOMPARE(stage.list()->model()->index(1, RelatedModel::State).data().toString(), u"Open"_s);
    shoot(&stage.panel, u"run_related_failure"_s);
    QSignalSpy went(&stage.ui.navigator, &Navigator::goRequested);
    clickCell(stage.list(), stage.list()->model()->index(1, 0));
    QTest::keyClick(stage.list(), Qt::Key_Return);
    QCOMPARE(went.size(), 1);
    QCOMPARE(went.front().at(0).value<Place>().view, "dead"_ba);
    QCOMPARE(went.front().at(0).value<Place>().subject, record.run.id.toText());
    QTest::keyClick(stage.list(), Qt::Key_Up);
    QTest::keyClick(stage.list(), Qt::Key_Return);
    QCOMPARE(went.back().at(0).value<Place>().view, "runs"_ba);
    QCOMPARE(went.back().at(0).value<Place>().subject, handler.id.toText());
}

void TestRelations::aHandlerNamesWhatFailed()
{
    const RunSummary failed = runIn(DisplayState::Dead, WaitReason::None, 12);
    RunStory story;
    RunRecord record = story.start().step("tell", 80ms).complete().record();
    record.summary.trigger = "inngest/function.failed";
    record.events.front().name = "inngest/function.failed";
    record.events.front().json = devserver::RawJson::fromTrusted(
        R"({"name":"inngest/function.failed","data":{"run_id":")" + failed.id.toText() + R"("}})");
    record.related = {failed};
    RelationsStage stage;
    stage.show(record, story.now());
    clickTab(child<QTabWidget>(&stage.panel, "runTabs"), 3);
    QCOMPARE(stage.relation(0), u"Failed run that started this"_s);
}

void TestRelations::relatedRunsFollowTheFeed()
{
    RunStory story;
    RunRecord record = failedRun(story);
    RunSummary handler = runIn(DisplayState::Running, WaitReason::None, 50);
    handler.trigger = "inngest/function.failed";
    record.related = {handler};
    RelationsStage stage;
    stage.show(record, story.now());
    clickTab(child<QTabWidget>(&stage.panel, "runTabs"), 3);
    const auto state = [&stage] {
        return stage.list()->model()->index(0, RelatedModel::State).data().toString();
    };
    QCOMPARE(state(), u"Running"_s);
    RunSummary done = runIn(DisplayState::Completed, WaitReason::None, 50);
    done.trigger = handler.trigger;
    stage.ui.backend.post(done);
    stage.ui.beat();
    QCOMPARE(state(), u"Completed"_s);
}

/// Where not, both ends of one are told.
void TestRelations::idsAreWholeWhereThereIsRoom()
{
    RunStory story;
    RunRecord record = failedRun(story);
    record.related = {runRow(50)};
    RelationsStage stage;
    stage.show(record, story.now());
    clickTab(child<QTabWidget>(&stage.panel, "runTabs"), 3);
    QTableView *list = stage.list();
    const QModelIndex id = list->model()->index(0, RelatedModel::Run);
    QCOMPARE(id.data().toString().toLatin1(), runRow(50).id.toText());
    const int whole = RowDelegate::widthsOf(list->font(), id).whole;
    const auto inkWidth = [&] {
        const QRect cell = list->visualRect(id).adjusted(RowDelegate::padding, 0, 0, 0);
        const QImage image = list->viewport()->grab(cell).toImage();
        int width = 0;
        for (int x = 0; x < image.width(); ++x) {
            for (int y = 4; y < image.height() - 4; ++y)
                width = image.pixel(x, y) != image.pixel(0, 0) ? x : width;
        }
        return width;
    };
    QVERIFY(list->columnWidth(RelatedModel::Run) >= whole);
    const int wide = inkWidth();
    QVERIFY2(wide > whole * 3 / 4, qPrintable(QString::number(wide)));
    const int room = list->columnWidth(RelatedModel::Run);
    stage.panel.resize(stage.panel.width() - room + whole - 4, 520);
    stage.ui.beat();
    QCOMPARE(list->columnWidth(RelatedModel::Run), whole - 4);
    const int narrow = inkWidth();
    QVERIFY2(narrow > 0 && narrow < whole / 2, qPrintable(QString::number(narrow)));
}

/// Not those that names beside another run needed.
void TestRelations::eachRunHasWidthsOfItsOwn()
{
    RunStory story;
    RunRecord record = failedRun(story);
    record.related = {runRow(50)};
    RunRecord other = record;
    other.run.id = other.summary.id = runId(60);
    other.related.front().functionName = QByteArray(26, 'm');
    RelationsStage stage;
    stage.show(record, story.now());
    clickTab(child<QTabWidget>(&stage.panel, "runTabs"), 3);
    const int usual = stage.list()->columnWidth(RelatedModel::Function);
    stage.show(other, story.now());
    QTRY_VERIFY(stage.list()->columnWidth(RelatedModel::Function) > usual);
    stage.show(record, story.now());
    QTRY_COMPARE(stage.list()->columnWidth(RelatedModel::Function), usual);
}

void TestRelations::runsOfTheEventAreThoseOfThisEvent()
{
    UiFixture ui;
    const Scene scene = fillScene(ui.backend);
    devserver::api::EventRecord &record = ui.backend.eventRecords[scene.order];
    const auto row = std::find_if(
        ui.backend.events.begin(), ui.backend.events.end(),
        [&](const devserver::api::EventSummary &each) { return each.internalId == scene.order; });
    QVERIFY(row != ui.backend.events.end());
    RunSummary another = runRow(3);
    another.event = scene.order;
    record.runs.push_back(another);
    row->started.push_back({.id = another.id, .functionName = another.functionName});
    QVERIFY(record.runs.size() > 1);
    ui.catalog.reload();
    EventsView view(ui.context);
    const ListTable *table = showEvents(ui, view);
    selectEvent(ui, view, scene.order);
    QSignalSpy went(&ui.navigator, &Navigator::goRequested);
    chooseInMenu(ui, table->viewport(), {}, u"event.goRuns"_s);
    QTRY_COMPARE(went.size(), 1);
    const QString filter = went.front().at(0).value<Place>().filter;
    QCOMPARE(filter, u"event-id:"_s + QString::fromLatin1(scene.order.toText()));
    // The list of runs judges by it, too.
    const ParsedFilter parsed = parseFilter(filter, ui.backend.now());
    QVERIFY(!parsed.error);
    RunSummary elsewhere = runRow(4);
    elsewhere.event = eventId(4);
    elsewhere.trigger = another.trigger;
    QCOMPARE(filterFits(parsed.filter, another, ui.backend.now()), Fit::Yes);
    QCOMPARE(filterFits(parsed.filter, elsewhere, ui.backend.now()), Fit::No);
}

void TestRelations::anEventWithoutRunsLeadsNowhere()
{
    UiFixture ui;
    const Scene scene = fillScene(ui.backend);
    ui.catalog.reload();
    EventsView view(ui.context);
    showEvents(ui, view);
    selectEvent(ui, view, scene.lonely);
    ui.actions.refresh();
    QCoreApplication::processEvents();
    QVERIFY(!ui.actions.action("event.goRuns"_ba)->isEnabled());
    QCOMPARE(ui.actions.reason("event.goRuns"_ba), u"It started no run"_s);
    selectEvent(ui, view, scene.order);
    ui.actions.refresh();
    QCoreApplication::processEvents();
    QVERIFY(ui.actions.action("event.goRuns"_ba)->isEnabled());
}

void TestRelations::offlineAppShowsItsCalls()
{
    RunStory story;
    RelationsStage stage;
    stage.show(story.start().step("load", 10ms).offline("charge").pass(1min));
    QSignalSpy wanted(&stage.ui.navigator, &Navigator::callsRequested);
    auto *calls = child<QToolButton>(&stage.panel, "runWaitShowCalls");
    QVERIFY(calls->isVisible());
    shoot(&stage.panel, u"run_offline"_s);
    QTest::mouseClick(calls, Qt::LeftButton);
    stage.ui.beat();
    stage.ui.beat();
    QCOMPARE(wanted.size(), 1); // the window shows the dock
    auto *tabs = child<QTabBar>(&stage.inspector, "inspectorTabs");
    QCOMPARE(tabs->tabText(tabs->currentIndex()), u"Calls"_s);
    QVERIFY(child<QTableView>(&stage.inspector, "inspCalls")->model()->rowCount() > 0);
    // From another tab of the same run it comes back to them.
    clickTab(tabs, u"Overview"_s);
    QTest::mouseClick(calls, Qt::LeftButton);
    stage.ui.beat();
    QCOMPARE(tabs->tabText(tabs->currentIndex()), u"Calls"_s);
    // Nothing else waits for an app.
    RunStory sleeping(2);
    stage.show(sleeping.start().beginSleep("nap", 2h));
    QVERIFY(!calls->isVisible());
}

void TestRelations::anAppInCloudModeIsNamed_data()
{
    QTest::addColumn<bool>("wasSent");
    QTest::newRow("sent away") << true;
    QTest::newRow("never sent") << false;
}

/// It answers; its runs wait all the same, also those that it was never asked to run.
void TestRelations::anAppInCloudModeIsNamed()
{
    QFETCH(const bool, wasSent);
    RunStory story;
    RelationsStage stage;
    RunRecord record = story.start().step("load", 10ms).offline("charge").pass(1min).record();
    record.attempts.back().httpStatus = 401;
    if (!wasSent)
        record.attempts.clear();
    stage.ui.backend.setNow(story.now());
    stage.ui.backend.records[record.run.id] = record;
    stage.panel.showRun(record.run.id);
    const auto *text = child<QLabel>(&stage.panel, "runWaitText");
    devserver::App app;
    app.id.value = devserver::Uuid::fromName("apps", "shop");
    app.name = "shop"_ba;
    const auto says = [&](const QByteArray &error) {
        app.error = error;
        stage.ui.backend.post(devserver::AppChanged{.app = app, .isGone = false});
        stage.ui.beat();
        return text->text();
    };
    QTRY_COMPARE(says(devserver::cloudMode),
                 u"App shop runs in cloud mode and refuses its calls: set INNGEST_DEV=1 for it. "
                 "Attempts are not used up meanwhile."_s);
    const QString down =
        wasSent ? u"App shop does not answer."_s : u"App shop has not answered since 12:00:01."_s;
    QTRY_VERIFY2(says("unreachable"_ba).startsWith(down), qPrintable(text->text()));
    QTRY_VERIFY2(!says({}).contains(u"cloud mode"_s), qPrintable(text->text()));
}

void TestRelations::aPinnedInspectorStaysWithItsSubject()
{
    RunStory story;
    RelationsStage stage;
    stage.show(story.start().step("load", 10ms).offline("charge").pass(1min));
    RunStory sleeping(2);
    const RunRecord other = sleeping.start().beginSleep("nap", 2h).record();
    stage.ui.backend.records[other.run.id] = other;
    arrange::selection(stage.ui, {.kind = Selection::Kind::Run, .run = other.run.id});
    stage.ui.beat();
    QTest::mouseClick(child<QToolButton>(&stage.inspector, "inspPin"), Qt::LeftButton);
    QTest::mouseClick(child<QToolButton>(&stage.panel, "runWaitShowCalls"), Qt::LeftButton);
    stage.ui.beat();
    stage.ui.beat();
    QCOMPARE(stage.inspector.inspection().subject.run, other.run.id);
    auto *another = stage.inspector.findChild<Inspector *>(u"inspectorWindow"_s);
    QVERIFY(another != nullptr);
    QCOMPARE(another->inspection().subject.run, story.record().run.id);
    auto *tabs = child<QTabBar>(another, "inspectorTabs");
    QCOMPARE(tabs->tabText(tabs->currentIndex()), u"Calls"_s);
}

/// Both are cut down, as long as they go on: `going on for 1 m 12 s (idle 1 m 12 s)`.
void TestRelations::idleIsNeverLonger()
{
    RunStory story;
    RelationsStage stage;
    stage.show(story.start().step("load", 10ms).beginSleep("nap", 2h).pass(72'700ms));
    const QString times = child<QLabel>(&stage.panel, "runTimes")->text();
    QVERIFY2(times.endsWith(u"going on for 1 m 12 s (idle 1 m 12 s)"_s), qPrintable(times));
}

/// A run is not queued 20 s ago and going on for 24 s; and both say what the list says of it.
void TestRelations::ageAndDurationAgree()
{
    RunStory story;
    RelationsStage stage;
    const auto *times = child<QLabel>(&stage.panel, "runTimes");
    stage.show(story.start().step("load", 10ms).beginSleep("nap", 2h).pass(24'300ms));
    QVERIFY2(times->text().startsWith(u"queued 20 s ago  ·  going on for 20 s (idle 20 s)"_s),
             qPrintable(times->text()));
    const devserver::api::RunSummary run = story.record().summary;
    const RunCellStyle list{.now = stage.ui.backend.now(), .times = TimeStyle::Relative};
    QCOMPARE(runCell(run, RunColumn::Queued, list).text, u"20 s ago"_s);
    QCOMPARE(runCell(run, RunColumn::Duration, list).text, u"20 s"_s);
    stage.ui.backend.advance(1s);
    QTRY_VERIFY2(times->text().startsWith(u"queued 25 s ago  ·  going on for 25 s"_s),
                 qPrintable(times->text()));
    RunStory other(2);
    stage.show(other.start().step("load", 10ms).beginSleep("nap", 2h).pass(25'300ms).cancel());
    QVERIFY2(times->text().startsWith(u"queued 25 s ago  ·  took 25 s"_s),
             qPrintable(times->text()));
    stage.ui.backend.advance(5s);
    QTRY_VERIFY2(times->text().startsWith(u"queued 30 s ago"_s), qPrintable(times->text()));
}

void TestRelations::theHeaderSaysTheState()
{
    InspectorStage stage;
    stage.inspector.resize(416, 600); // the usual width of the dock
    const auto *state = child<QLabel>(&stage.inspector, "inspHeaderState");
    stage.selectRun(stage.scene.deadCharge);
    QCOMPARE(state->text(), u"Dead · attempt 5 of 5"_s);
    QVERIFY(state->width() >= state->fontMetrics().horizontalAdvance(state->text()));
    shoot(&stage.inspector, u"insp_header"_s);
    stage.selectRun(stage.scene.completed);
    QCOMPARE(state->text(), u"Completed"_s);
    stage.select({.kind = Selection::Kind::Event, .event = stage.scene.order});
    QVERIFY(!state->isVisible());
    stage.select({.kind = Selection::Kind::App, .app = stage.ui.backend.apps.front().id});
    QCOMPARE(state->text(), u"Synced"_s);
}

/// It is about the row, not about the run of the panel.
void TestRelations::relatedRunsHaveAMenu()
{
    RunStory story;
    RunRecord record = failedRun(story);
    RunSummary handler = runRow(50);
    handler.trigger = "inngest/function.failed";
    record.related = {handler};
    PanelStage stage;
    stage.show(record, story.now());
    stage.open(3);
    auto *list = child<QTableView>(&stage.panel, "relatedList");
    list->clearFocus();
    list->setFocus(Qt::TabFocusReason); // no lines around a row that nothing is about
    QVERIFY(list->selectionModel()->isRowSelected(0));
    clickCell(list, list->model()->index(0, 0));
    chooseInMenu(stage.ui, list->viewport(), {}, u"run.copyId"_s);
    QCOMPARE(stage.ui.desktop.copied, QString::fromLatin1(handler.id.toText()));
    chooseInMenu(stage.ui, list->viewport(), {}, u"list.copy"_s);
    QVERIFY2(stage.ui.desktop.copied.contains(u"\tFailure handler\t"_s),
             qPrintable(stage.ui.desktop.copied));
    QSignalSpy went(&stage.ui.navigator, &Navigator::goRequested);
    chooseInMenu(stage.ui, list->viewport(), {}, u"run.open"_s);
    QCOMPARE(went.size(), 1);
    QCOMPARE(went.front().at(0).value<Place>().subject, handler.id.toText());
}

void TestRelations::attemptsAndCallsHaveAMenu()
{
    InspectorStage stage;
    UiFixture &ui = stage.ui;
    stage.selectRun(stage.scene.deadCharge);
    for (const char *name : {"inspAttempts", "inspCalls"}) {
        stage.open(name == "inspCalls"_ba ? InspectorStage::Calls : InspectorStage::Attempts);
        auto *table = child<QTableView>(&stage.inspector, name);
        clickCell(table, table->model()->index(0, 0));
        chooseInMenu(ui, table->viewport(), {}, u"attempts.copyId"_s);
        const QByteArray id = table->model()->index(0, 0).data(RowIdRole).toByteArray();
        QCOMPARE(ui.desktop.copied.toLatin1(), id);
        chooseInMenu(ui, table->viewport(), {}, u"list.copy"_s);
        QVERIFY2(ui.desktop.copied.contains(u'\t'), qPrintable(ui.desktop.copied));
    }
    auto *calls = child<QTableView>(&stage.inspector, "inspCalls");
    chooseInMenu(ui, calls->viewport(), {}, u"calls.copyCurl"_s);
    QTRY_VERIFY2(ui.desktop.copied.startsWith(u"curl "_s), qPrintable(ui.desktop.copied));
}

void TestRelations::whatAnEventStartedHasAMenu()
{
    UiFixture ui;
    const Scene scene = fillScene(ui.backend);
    ui.catalog.reload();
    EventsView view(ui.context);
    showEvents(ui, view);
    selectEvent(ui, view, scene.order);
    const RunId run = ui.backend.eventRecords[scene.order].runs.front().id;
    clickTab(child<QTabWidget>(&view, "eventTabs"), u"Runs"_s);
    auto *runs = child<QTableView>(&view, "eventRuns");
    clickCell(runs, runs->model()->index(0, 0));
    chooseInMenu(ui, runs->viewport(), {}, u"run.copyId"_s);
    QCOMPARE(ui.desktop.copied.toLatin1(), run.toText());
    clickTab(child<QTabWidget>(&view, "eventTabs"), u"Matching"_s);
    auto *matching = child<QTableView>(&view, "eventMatching");
    clickCell(matching, matching->model()->index(0, 0));
    QSignalSpy went(&ui.navigator, &Navigator::goRequested);
    chooseInMenu(ui, matching->viewport(), {}, u"run.goFunction"_s);
    QCOMPARE(went.size(), 1);
    QCOMPARE(went.front().at(0).value<Place>().view, "functions"_ba);
    chooseInMenu(ui, matching->viewport(), {}, u"list.copy"_s);
    QVERIFY2(ui.desktop.copied.contains(u'\t'), qPrintable(ui.desktop.copied));
}

UI_TEST_MAIN(TestRelations)
#include "tst_relations.moc"
