// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/deeds.h"

#include "tests/ui/support/activitydeeds.h"
#include "tests/ui/support/filedialog.h"
#include "ui/core/filtermatch.h"
#include "ui/core/letterfilter.h"
#include "ui/events/favouritefolder.h"
#include "ui/runs/timelineview.h"
#include "ui/shell/navrail.h"
#include "ui/shell/recentprojects.h"
#include "ui/widgets/diffview.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/sampleevents.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDialog>
#include <QDockWidget>
#include <QFileDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSplitter>
#include <QTest>

namespace console::test {

using namespace Qt::StringLiterals;
namespace api = devserver::api;

namespace {

using Stage = ScreenStage;

// --- where it is done ---

void atOnce(Stage &) {}

void withSample(Stage &stage)
{
    api::ServerState state = stage.backend.state;
    state.hasSample = true;
    stage.backend.setState(state);
}

void inRuns(Stage &stage)
{
    stage.goTo("runs"_ba);
    stage.pick("runsTable", stage.scene.completed.toText());
}

void onDeadRun(Stage &stage)
{
    stage.goTo("runs"_ba);
    stage.pick("runsTable", stage.scene.deadCharge.toText());
}

void onEvent(Stage &stage)
{
    stage.goTo("events"_ba);
    stage.pick("eventsTable", stage.scene.order.toText());
}

void onLetter(Stage &stage)
{
    stage.goTo("dead"_ba);
    stage.pick("deadTable", stage.scene.deadCharge.toText());
}

void onDiscarded(Stage &stage)
{
    stage.goTo("dead"_ba);
    auto *box = child<QWidget>(stage.window.get(), "deadShowDiscarded");
    QTest::mouseClick(box, Qt::LeftButton, {}, {8, box->height() / 2});
    stage.pick("deadTable", stage.backend.letters.back().run.toText());
}

void onFunction(Stage &stage)
{
    stage.goTo("functions"_ba);
    const auto *tree = child<QAbstractItemView>(stage.window.get(), "functionsTree");
    for (int step = 0; step < 20 && tree->currentIndex().data().toString() != u"charge-order"_s;
         ++step)
        stage.key(step == 0 ? Qt::Key_Home : Qt::Key_Down);
}

void onApp(Stage &stage)
{
    stage.goTo("apps"_ba);
    stage.key(Qt::Key_Home);
}

void withRecentProject(Stage &stage)
{
    stage.window->recentProjects().note(u"/home/dev/mail/redrive.db"_s);
}

void inComposer(Stage &stage)
{
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
}

/// On the only entry of the history, with something else in the editor.
void onSent(Stage &stage)
{
    inComposer(stage);
    stage.type(u"order/created"_s);
    stage.closeList();
    auto *editor = child<QWidget>(stage.window.get(), "composerEditor");
    for (const QString &text : {u"{\"n\": {{seq}}"_s, u"{"_s}) {
        editor->setFocus();
        stage.key(Qt::Key_A, Qt::ControlModifier);
        stage.key(Qt::Key_Delete);
        stage.type(text);
        stage.settle();
        if (stage.backend.sent.isEmpty())
            stage.key(Qt::Key_Return, Qt::ControlModifier);
        stage.settle();
    }
    QCOMPARE(stage.backend.sent.size(), 1);
    auto *history = child<QAbstractItemView>(stage.window.get(), "composerHistory");
    if (!history->isVisible()) // there is little room
        QTest::mouseClick(child<QWidget>(stage.window.get(), "composerLists"), Qt::LeftButton);
    QTRY_COMPARE((stage.beat(), history->model()->rowCount()), 1);
    history->setFocus();
    stage.key(Qt::Key_Home);
}

void withOtherFolder(Stage &stage)
{
    inComposer(stage);
    stage.chooseInPalette(u"Choose folder of the favourites…"_s);
    chooseFileOf(stage.window.get(), u"favouriteFolderDialog"_s, stage.folder.path());
}

QString editorText(const Stage &stage)
{
    return child<QPlainTextEdit>(stage.window.get(), "composerEditor")->toPlainText();
}

void withFilter(Stage &stage)
{
    stage.goTo("runs"_ba);
    stage.key(Qt::Key_F, Qt::ControlModifier);
    stage.type(u"state:failed"_s);
    stage.key(Qt::Key_Return); // with no proposal chosen
}

void scrolledAway(Stage &stage)
{
    onDeadRun(stage); // its details leave less room for the list
    stage.key(Qt::Key_End, Qt::ControlModifier);
    stage.settle();
    QVERIFY(!child<ListTable>(stage.window.get(), "runsTable")->isFollowing());
}

TimelineView &timelineOf(const Stage &stage)
{
    return *child<TimelineView>(stage.window.get(), "timelineView");
}

/// On the name of a row.
void inTimeline(Stage &stage, devserver::RunId run, int row)
{
    stage.goTo("runs"_ba);
    stage.pick("runsTable", run.toText());
    const TimelineView &view = timelineOf(stage);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, {120, view.rowRect(row).center().y()});
    stage.beat();
    QVERIFY(view.hasFocus());
}

void onFailedStep(Stage &stage)
{
    inTimeline(stage, stage.scene.deadCharge, 1);
    stage.key(Qt::Key_End);
    QCOMPARE(timelineOf(stage).cursor().bar(), -1);
}

void onFold(Stage &stage)
{
    inTimeline(stage, stage.scene.manySteps, 2);
    QVERIFY(timelineOf(stage).timeline().hasFolds());
}

void inUnfolded(Stage &stage)
{
    onFold(stage);
    stage.key(Qt::Key_3);
    QVERIFY(timelineOf(stage).timeline().rowCount() > 100);
}

void inZoomed(Stage &stage)
{
    onFailedStep(stage);
    stage.key(Qt::Key_W);
    stage.settle();
}

/// One that failed after others.
void onAttempt(Stage &stage)
{
    onDeadRun(stage);
    stage.openTab("inspectorTabs", u"Attempts"_s);
    auto *table = child<QAbstractItemView>(stage.window.get(), "inspAttempts");
    stage.click(table, table->model()->index(1, 0));
}

void onCall(Stage &stage)
{
    onDeadRun(stage);
    stage.openTab("inspectorTabs", u"Calls"_s);
    auto *table = child<QAbstractItemView>(stage.window.get(), "inspCalls");
    stage.click(table, table->model()->index(1, 0));
}

void inComparison(Stage &stage)
{
    onAttempt(stage);
    stage.key(Qt::Key_B);
    const auto *diff = child<DiffView>(stage.window.get(), "inspAttemptDiff");
    QTRY_VERIFY((stage.beat(), diff->differences() > 0));
}

void inRunningRun(Stage &stage)
{
    inTimeline(stage, stage.scene.running, 1);
}

/// What is looked for is a step in the fold.
void lookingForStep(Stage &stage)
{
    onFold(stage);
    stage.key(Qt::Key_F);
    stage.type(u"-117"_s);
}

// --- what shows that it was done ---

bool isOnFoundStep(Stage &stage)
{
    return timelineOf(stage).cursor().selection().stepName.endsWith("-117");
}

/// Of what differs between two attempts.
int diffLine(const Stage &stage)
{
    return child<DiffView>(stage.window.get(), "inspAttemptDiff")->textCursor().blockNumber();
}

bool isWhole(Stage &stage)
{
    return timelineOf(stage).timeline().camera().isFit();
}

bool isZoomed(Stage &stage)
{
    return !isWhole(stage);
}

/// How far the middle is from that of the run, in pixels.
double shift(const Stage &stage)
{
    const TimelineCamera &camera = timelineOf(stage).timeline().camera();
    return camera.offset() - (camera.contentWidth() - camera.viewWidth()) / 2;
}

bool isUnfolded(Stage &stage)
{
    return timelineOf(stage).timeline().rowCount() > 100;
}

bool isFolded(Stage &stage)
{
    return !isUnfolded(stage);
}

bool isOnAttempt(Stage &stage)
{
    return timelineOf(stage).cursor().bar() >= 0;
}

template<typename V>
bool acted(Stage &stage)
{
    return stage.backend.actedWith<V>().size() == 1;
}

bool isAt(const Stage &stage, const char *view)
{
    return stage.currentView() == QLatin1StringView(view);
}

bool isCopied(Stage &stage)
{
    return !stage.desktop.copied.isEmpty();
}

bool isShown(const Stage &stage, const char *name)
{
    const auto *widget = stage.window->findChild<QWidget *>(QString::fromLatin1(name));
    return widget != nullptr && widget->isVisible();
}

bool isFiltered(Stage &stage)
{
    return !child<FilterEdit>(stage.window.get(), "runsFilter")->text().isEmpty();
}

QString composerName(Stage &stage)
{
    return isShown(stage, "composer") ? child<QLineEdit>(stage.window.get(), "composerName")->text()
                                      : QString();
}

bool isOutOfTheList(Stage &stage)
{
    const QWidget *stack = child<QWidget>(stage.window.get(), "viewStack");
    return !stack->isAncestorOf(QApplication::focusWidget());
}

std::vector<Deed> fileDeeds()
{
    return {
        {"event.new", inRuns,
         [](Stage &stage) {
             return child<QWidget>(stage.window.get(), "composerName")->hasFocus();
         }},
        {"event.sendLast",
         [](Stage &stage) {
             stage.key(Qt::Key_N, Qt::ControlModifier);
             stage.settle();
             stage.type(u"order/created"_s);
             stage.key(Qt::Key_Escape);
             stage.type("composerEditor", u"{"_s);
             stage.key(Qt::Key_Return, Qt::ControlModifier);
             QCOMPARE(stage.backend.sent.size(), 1);
         },
         [](Stage &stage) { return stage.backend.sent.size() == 2; }},
        {"app.add", inRuns,
         [](Stage &stage) {
             return stage.currentView() == u"appsView"_s
                    && child<QWidget>(stage.window.get(), "appsAddress")->hasFocus();
         }},
        {"sample.toggle", atOnce,
         [](Stage &stage) { return stage.backend.sampleSwitches.size() == 1; }},
        {"sample.sendEach", withSample,
         [](Stage &stage) { return stage.backend.sent.contains(oneOfEachSample()); }},
        {"sample.sendMany", withSample,
         [](Stage &stage) { return stage.backend.sent.join().contains("load-"); }},
        {"server.start",
         [](Stage &stage) {
             api::ServerState state = stage.backend.state;
             state.phase = api::ServerPhase::Stopped;
             stage.backend.setState(state);
         },
         [](Stage &stage) { return stage.backend.serverStarts.size() == 1; }},
        {"server.stop", atOnce, [](Stage &stage) { return stage.backend.serverStops == 1; }},
        {"server.restart", atOnce, [](Stage &stage) { return stage.backend.serverStops == 1; }},
        {"window.settings", atOnce, [](Stage &stage) { return isShown(stage, "settingsDialog"); }},
        // A run is being executed: that is asked about first.
        {"window.quit", atOnce, [](Stage &stage) { return isShown(stage, "quitQuestion"); }},
        {"project.open", atOnce, [](Stage &stage) { return isShown(stage, "dataFileDialog"); }},
        {"project.clear", atOnce, [](Stage &stage) { return isShown(stage, "clearDialog"); }},
        {"project.clearRecent", withRecentProject,
         [](Stage &stage) { return stage.window->workspace().navigator.recentProjects().empty(); }},
        {"help.manual", inRuns, [](Stage &stage) { return isShown(stage, "manualWindow"); }},
        {"help.shortcuts", inRuns, [](Stage &stage) { return isShown(stage, "shortcutSheet"); }},
        {"help.start", inRuns,
         [](Stage &stage) { return stage.window->windowTitle().contains(u"Getting started"_s); }},
        {"help.about", atOnce, [](Stage &stage) { return isShown(stage, "aboutDialog"); }},
    };
}

std::vector<Deed> viewDeeds()
{
    return {
        {"view.rail", atOnce, [](Stage &stage) { return !stage.window->rail().areLabelsShown(); }},
        {"view.inspector", atOnce,
         [](Stage &stage) { return !stage.window->dock("inspector"_ba)->isVisible(); }},
        {"view.composer", atOnce,
         [](Stage &stage) { return stage.window->dock("composer"_ba)->isVisible(); }},
        {"view.detailPosition", onDeadRun,
         [](Stage &stage) {
             return child<QSplitter>(stage.window.get(), "runsSplitter")->orientation()
                    == Qt::Horizontal;
         }},
        {"view.theme", atOnce,
         [](Stage &stage) { return stage.window->workspace().theme.isDark(); }},
        {"view.timeStyle", atOnce,
         [](Stage &stage) {
             return stage.window->workspace().settings.timeStyle() == TimeStyle::Absolute;
         }},
        {"view.live", atOnce,
         [](Stage &stage) { return stage.window->workspace().feed.isPaused(); }},
        {"view.larger", atOnce,
         [](Stage &stage) { return stage.window->workspace().settings.fontPercent() == 110; }},
        {"view.smaller", atOnce,
         [](Stage &stage) { return stage.window->workspace().settings.fontPercent() == 90; }},
        {"view.wrapLines", atOnce,
         [](Stage &stage) { return stage.window->workspace().settings.wrapsLines(); }},
        {"view.fullScreen", atOnce, [](Stage &stage) { return stage.window->isFullScreen(); }},
        {"view.resetLayout", [](Stage &stage) { stage.key(Qt::Key_I, Qt::ControlModifier); },
         [](Stage &stage) { return stage.window->dock("inspector"_ba)->isVisible(); }},
    };
}

std::vector<Deed> goDeeds()
{
    return {
        {"go.runs", onEvent, [](Stage &stage) { return isAt(stage, "runsView"); }},
        {"go.events", inRuns, [](Stage &stage) { return isAt(stage, "eventsView"); }},
        {"go.dead", inRuns, [](Stage &stage) { return isAt(stage, "deadView"); }},
        {"go.waiting", inRuns, [](Stage &stage) { return isAt(stage, "waitingView"); }},
        {"go.functions", inRuns, [](Stage &stage) { return isAt(stage, "functionsView"); }},
        {"go.apps", inRuns, [](Stage &stage) { return isAt(stage, "appsView"); }},
        {"go.activity", inRuns, [](Stage &stage) { return isAt(stage, "activityView"); }},
        {"go.palette", inRuns, [](Stage &stage) { return isShown(stage, "palette"); }},
        {"go.id", inRuns,
         [](Stage &stage) {
             return isShown(stage, "palette")
                    && child<QLineEdit>(stage.window.get(), "paletteEdit")->text() == u"#"_s;
         }},
        {"go.filter", inRuns,
         [](Stage &stage) { return child<QWidget>(stage.window.get(), "runsFilter")->hasFocus(); }},
        {"filter.save", withFilter,
         [](Stage &stage) { return stage.window->findChild<QDialog *>() != nullptr; }},
        {"filter.views", inRuns, [](Stage &stage) { return isShown(stage, "savedViewsMenu"); }},
        {"go.back",
         [](Stage &stage) {
             stage.goTo("events"_ba);
             stage.goTo("apps"_ba);
         },
         [](Stage &stage) { return isAt(stage, "eventsView"); }},
        {"go.forward",
         [](Stage &stage) {
             stage.goTo("events"_ba);
             stage.goTo("apps"_ba);
             stage.key(Qt::Key_Left, Qt::AltModifier);
             QCOMPARE(stage.currentView(), u"eventsView"_s);
         },
         [](Stage &stage) { return isAt(stage, "appsView"); }},
        {"go.nextPane", inRuns, isOutOfTheList},
        {"go.previousPane", inRuns, isOutOfTheList},
    };
}

std::vector<Deed> runDeeds()
{
    return {
        {"run.open", inRuns, [](Stage &stage) { return !isShown(stage, "runsTable"); }},
        {"run.openWindow", inRuns, [](Stage &stage) { return isShown(stage, "runWindow"); }},
        {"run.retry", onDeadRun, acted<devserver::RetryLetter>},
        {"run.retryNow",
         [](Stage &stage) {
             stage.goTo("runs"_ba);
             stage.pick("runsTable", stage.scene.backingOff.toText());
         },
         acted<devserver::RetryNow>},
        {"run.rerun", inRuns, acted<devserver::RerunRun>},
        {"run.rerunWatch", inRuns, acted<devserver::RerunRun>},
        {"run.skip",
         [](Stage &stage) {
             stage.goTo("runs"_ba);
             stage.pick("runsTable", stage.scene.sleeping.toText());
         },
         acted<devserver::SkipSleep>},
        {"run.cancel",
         [](Stage &stage) {
             stage.goTo("runs"_ba);
             stage.pick("runsTable", stage.scene.running.toText());
         },
         acted<devserver::CancelRun>},
        {"run.copyId", inRuns, isCopied},
        {"run.copyJson", inRuns, isCopied},
        {"run.copyReport", inRuns, isCopied},
        {"run.copyLink", inRuns, isCopied},
        {"run.copyPayload", inRuns, isCopied},
        {"run.copyError", onDeadRun, isCopied},
        {"run.goOriginal",
         [](Stage &stage) {
             stage.goTo("runs"_ba);
             stage.pick("runsTable", stage.scene.manySteps.toText());
         },
         [](Stage &stage) {
             return child<ListTable>(stage.window.get(), "runsTable")->currentId()
                    == stage.scene.deadCharge.toText();
         }},
        {"run.goRelated", inRuns,
         [](Stage &stage) {
             return isShown(stage, "relatedList") || isShown(stage, "relatedEmpty");
         }},
        {"run.edit", onDeadRun, [](Stage &stage) { return isShown(stage, "deadEditDialog"); }},
        {"run.goLetter", onDeadRun, [](Stage &stage) { return isAt(stage, "deadView"); }},
        {"run.goEvent", inRuns, [](Stage &stage) { return isAt(stage, "eventsView"); }},
        {"run.goFunction", inRuns, [](Stage &stage) { return isAt(stage, "functionsView"); }},
    };
}

std::vector<Deed> zoomDeeds()
{
    return {
        {"timeline.zoomIn", onFailedStep, isZoomed},
        {"timeline.zoomOut", inZoomed, isWhole},
        {"timeline.zoomTo", onFailedStep, isZoomed},
        {"timeline.zoomBack", inZoomed, isWhole},
        {"timeline.whole", inZoomed, isWhole},
        {"timeline.earlier", inZoomed, [](Stage &stage) { return shift(stage) < -20; }},
        {"timeline.later", inZoomed, [](Stage &stage) { return shift(stage) > 20; }},
        {"timeline.follow", inRunningRun,
         [](Stage &stage) { return !timelineOf(stage).isFollowing(); }},
        {"timeline.axis", onFailedStep,
         [](Stage &stage) {
             const TimelineLayout &timeline = timelineOf(stage).timeline();
             return timeline.mode() != timeline.suitableMode();
         }},
        {"timeline.clock", onFailedStep,
         [](Stage &stage) { return timelineOf(stage).usesClockTime(); }},
        {"timeline.ruler", onFailedStep,
         [](Stage &stage) {
             return timelineOf(stage).viewport()->cursor().shape() == Qt::CrossCursor;
         }},
    };
}

std::vector<Deed> attemptDeeds()
{
    return {
        {"attempts.compare", onAttempt,
         [](Stage &stage) { return isShown(stage, "inspAttemptDiff"); }},
        {"attempts.copyId", onAttempt, isCopied},
        {"calls.copyCurl", onCall, isCopied},
        {"attempts.nextDifference", inComparison, [](Stage &stage) { return diffLine(stage) > 0; }},
        {"attempts.previousDifference", inComparison,
         [](Stage &stage) { return diffLine(stage) > 0; }},
    };
}

std::vector<Deed> rowDeeds()
{
    const auto showsCalls = [](Stage &stage) { return timelineOf(stage).timeline().showsCalls(); };
    return {
        {"timeline.calls", onFailedStep, showsCalls},
        {"timeline.wrap", onFailedStep,
         [](Stage &stage) { return timelineOf(stage).wrapsNames(); }},
        {"timeline.unfold", onFold, isUnfolded},
        {"timeline.fold", inUnfolded, isFolded},
        {"timeline.level1", inUnfolded, isFolded},
        {"timeline.level2", onFold, isUnfolded},
        {"timeline.level3", onFold, showsCalls},
        {"timeline.nextFailed", onFailedStep, isOnAttempt},
        {"timeline.previousFailed", onFailedStep, isOnAttempt},
        {"timeline.card", onFailedStep, [](Stage &stage) { return isShown(stage, "timelineTip"); }},
        {"timeline.nextFound", lookingForStep, isOnFoundStep},
        {"timeline.previousFound", lookingForStep, isOnFoundStep},
        {"timeline.find", onFailedStep,
         [](Stage &stage) {
             return child<QWidget>(stage.window.get(), "timelineFind")->hasFocus();
         }},
    };
}

std::vector<Deed> listDeeds()
{
    return {
        {"list.only", inRuns, isFiltered},
        {"list.not", inRuns, isFiltered},
        {"list.sameError", onDeadRun, isFiltered},
        {"list.sameFunction", inRuns, isFiltered},
        {"list.sameEvent", inRuns, isFiltered},
        {"list.aroundTime", inRuns, isFiltered},
        {"list.copy", inRuns, isCopied},
        {"list.follow", scrolledAway,
         [](Stage &stage) {
             return child<ListTable>(stage.window.get(), "runsTable")->isFollowing();
         }},
    };
}

std::vector<Deed> eventDeeds()
{
    return {
        {"event.sendAgain", onEvent, [](Stage &stage) { return stage.backend.sent.size() == 1; }},
        {"event.editSend", onEvent,
         [](Stage &stage) { return composerName(stage) == u"order/paid"_s; }},
        {"event.favourite", onEvent,
         [](Stage &stage) { return isShown(stage, "composerFavouriteName"); }},
        {"event.copyId", onEvent, isCopied},
        {"event.copyJson", onEvent, isCopied},
        {"event.copyCurl", onEvent, isCopied},
        {"event.copyTypeScript", onEvent, isCopied},
        {"event.copyPython", onEvent, isCopied},
        {"event.copyGo", onEvent, isCopied},
        {"event.goRuns", onEvent, [](Stage &stage) { return isAt(stage, "runsView"); }},
        {"draft.useWritten", onSent,
         [](Stage &stage) { return editorText(stage).contains(u"{{seq}}"_s); }},
        {"draft.useSent", onSent,
         [](Stage &stage) {
             static const QRegularExpression resolved(uR"(^\{"n": \d+\}$)"_s);
             return resolved.match(editorText(stage)).hasMatch();
         }},
        {"draft.changes", onSent, [](Stage &stage) { return isShown(stage, "draftChanges"); }},
        {"draft.folder", inComposer,
         [](Stage &stage) { return isShown(stage, "favouriteFolderDialog"); }},
        {"draft.usualFolder", withOtherFolder,
         [](Stage &stage) { return stage.window->findChild<FavouriteFolder *>()->isUsual(); }},
        {"function.invoke", onFunction,
         [](Stage &stage) { return composerName(stage) == u"charge-order"_s; }},
        {"function.sample", onFunction,
         [](Stage &stage) { return composerName(stage) == u"order/created"_s; }},
        {"function.runs", onFunction,
         [](Stage &stage) { return stage.currentView() == u"runsView"_s && isFiltered(stage); }},
        {"function.goApp", onFunction, [](Stage &stage) { return isAt(stage, "appsView"); }},
        {"app.sync", onApp, [](Stage &stage) { return stage.backend.syncedApps.size() == 1; }},
        {"app.editAddress", onApp,
         [](Stage &) {
             const auto *line = qobject_cast<QLineEdit *>(QApplication::focusWidget());
             return line != nullptr && line->text().startsWith(u"http"_s);
         }},
        {"app.remove", onApp, [](Stage &stage) { return stage.backend.removedApps.size() == 1; }},
    };
}

std::vector<Deed> letterDeeds()
{
    return {
        {"dead.retry", onLetter, acted<devserver::RetryLetter>},
        {"dead.retryGroup", onLetter, [](Stage &stage) { return isShown(stage, "deadSheet"); }},
        {"dead.edit", onLetter, [](Stage &stage) { return isShown(stage, "deadEditDialog"); }},
        {"dead.discard", onLetter, [](Stage &stage) { return isShown(stage, "deadDiscardSheet"); }},
        {"dead.undo",
         [](Stage &stage) {
             onLetter(stage);
             stage.key(Qt::Key_Delete);
             stage.settle();
             stage.type(u"test data"_s);
             stage.key(Qt::Key_Return);
             QCOMPARE(stage.backend.actedWith<devserver::DiscardLetter>().size(), 1U);
         },
         acted<devserver::RestoreLetter>},
        {"dead.restore", onDiscarded, acted<devserver::RestoreLetter>},
        {"dead.discardGroup", onLetter,
         [](Stage &stage) { return isShown(stage, "deadDiscardSheet"); }},
        {"dead.mute", onLetter,
         [](Stage &) { return QApplication::activePopupWidget() != nullptr; }},
        {"dead.nextGrouping", onLetter,
         [](Stage &stage) {
             return !child<QAbstractButton>(stage.window.get(), "deadGroupBy")
                         ->text()
                         .startsWith(u"Function"_s);
         }},
        {"dead.findError", onLetter,
         [](Stage &stage) {
             return child<FilterEdit>(stage.window.get(), "deadFilter")
                 ->text()
                 .startsWith(u"sig:"_s);
         }},
        {"dead.export", onLetter,
         [](Stage &stage) { return stage.window->findChild<QFileDialog *>() != nullptr; }},
        {"dead.openRun", onLetter, [](Stage &stage) { return isAt(stage, "runsView"); }},
        {"dead.copyId", onLetter, isCopied},
    };
}

} // namespace

void fillForDeeds(ScreenStage &stage)
{
    stage.scene = fillScene(stage.backend);
    devserver::test::FakeBackend &backend = stage.backend;
    backend.letters.back().state = devserver::LetterState::Discarded;
    backend.letters.back().discardReason = "test data"_ba;
    for (api::RunSummary &run : backend.runs) {
        if (run.id == stage.scene.manySteps)
            run.originalRun = stage.scene.deadCharge;
    }
    backend.runMatches = [&backend](const api::Filter &filter, const api::RunSummary &run) {
        return filterFits(filter, run, backend.now()) == Fit::Yes;
    };
    backend.letterMatches = [&backend](const api::Filter &filter, const api::LetterSummary &row) {
        return letterFits(filter, row, backend.now()) != Fit::No;
    };
}

std::vector<Deed> deeds()
{
    std::vector<Deed> all;
    for (const std::vector<Deed> &some :
         {fileDeeds(), viewDeeds(), goDeeds(), runDeeds(), zoomDeeds(), rowDeeds(), attemptDeeds(),
          listDeeds(), eventDeeds(), letterDeeds(), activityDeeds()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

} // namespace console::test
