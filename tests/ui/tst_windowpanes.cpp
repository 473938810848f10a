// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/scene.h"
#include "tests/ui/support/wholecomposer.h"
#include "tests/ui/support/windowstage.h"
#include "ui/runs/timelineview.h"
#include "ui/widgets/lowscroll.h"

#include <QApplication>
#include <QCheckBox>
#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>

namespace console::test {

using namespace Qt::StringLiterals;

/// Ways through the window by keys, and what its status bar says of them.
class TestWindowPanes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void composerIsThreePanes();
    void aDraftIsSentByKeysAlone();
    void tabGoesThroughTheComposer();
    void composerComesWithTheFocus();
    void theListYieldsToTheTimeline();
    void nothingIsCutAboveTheTimeline();
    void allIsInReachInTheSmallestWindow();
    void theComposerIsSeenWhole();
    void composerIsWholeBesideWhatIsChosen_data();
    void composerIsWholeBesideWhatIsChosen();
    void composerIsWholeBesideEverything_data();
    void composerIsWholeBesideEverything();
    void sentBesideARunInTheSmallestWindow();
    void idAndTimeStayInReach_data();
    void idAndTimeStayInReach();
    void aNewEventIsSeenInTheSmallestWindow_data();
    void aNewEventIsSeenInTheSmallestWindow();
    void escapeInTheNameStaysInTheComposer();
    void placesThatAreNoViews();
    void theLastEventIsSentWithoutTheComposer();
    void slashLeadsToTheFilter();
    void questionMarkShowsTheKeys();
    void signsCanBeSwitchedOff();
    void hoveredActionsExplainThemselves();
    void dataSizeLeadsToTheSettings();
    void serverIsRestarted();
};

namespace {

bool hasFocus(const QWidget *pane)
{
    const QWidget *focus = QApplication::focusWidget();
    return focus != nullptr && (pane == focus || pane->isAncestorOf(focus));
}

/// After a dialog or a popup had the focus; a desktop does it by itself.
void comeBack(const WindowStage &stage)
{
    stage.window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(stage.window.get()));
}

} // namespace

void TestWindowPanes::composerIsThreePanes()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open({1600, 950});
    stage.key(Qt::Key_I, Qt::ControlModifier); // room for all three
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    const auto *splitter = child<QSplitter>(stage.window.get(), "composerSplitter");
    QCOMPARE(splitter->count(), 3);
    QVERIFY(splitter->widget(0)->isVisible());
    // From the target, which belongs to the editor.
    stage.key(Qt::Key_F6, Qt::ShiftModifier);
    QVERIFY(hasFocus(splitter->widget(0)));
    stage.key(Qt::Key_F6);
    QVERIFY(hasFocus(splitter->widget(1)));
    QVERIFY(qobject_cast<QPlainTextEdit *>(QApplication::focusWidget()) != nullptr);
    stage.key(Qt::Key_F6);
    QVERIFY(hasFocus(splitter->widget(2)));
    stage.key(Qt::Key_F6);
    QVERIFY(!hasFocus(stage.window->dock("composer"_ba)));
}

/// Compose, complete, send, go to the run, come back.
void TestWindowPanes::aDraftIsSentByKeysAlone()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    const QDockWidget *composer = stage.window->dock("composer"_ba);
    const auto typed = [](const QString &text) {
        QTest::keyClicks(QApplication::focusWidget(), text);
    };
    stage.key(Qt::Key_2, Qt::ControlModifier);
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    typed(u"der/crea"_s);
    stage.key(Qt::Key_Down);
    stage.key(Qt::Key_Return); // takes it and goes on
    comeBack(stage);
    QCOMPARE(child<QLineEdit>(composer, "composerName")->text(), u"order/created"_s);
    const auto *editor = child<QPlainTextEdit>(composer, "composerEditor");
    QVERIFY(editor->hasFocus());
    typed(u"\"id\": \"o_9\""_s);
    QCOMPARE(editor->toPlainText(), u"{\n  \"id\": \"o_9\"\n}"_s);
    // The id that the backend will give to the event: its twin counts the same.
    devserver::api::RunSummary run = runRow(900);
    run.event = devserver::EventId{devserver::UlidSource().next(stage.backend.now())};
    stage.key(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(stage.backend.sent.size(), 1);
    stage.backend.post(run);
    stage.settle();
    QCOMPARE(stage.currentView(), u"runsView"_s);
    QCOMPARE(stage.window->currentView()->place().subject, run.id.toText());
    QVERIFY(hasFocus(stage.window->currentView()));
    stage.key(Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(stage.currentView(), u"eventsView"_s);
    for (int press = 0; press < 2; ++press) // away, and back as it was left
        stage.key(Qt::Key_J, Qt::ControlModifier);
    stage.settle();
    QVERIFY(hasFocus(composer));
    QVERIFY(editor->hasFocus());
    QCOMPARE(editor->toPlainText(), u"{\n  \"id\": \"o_9\"\n}"_s);
    // The run stands in the answers, too.
    stage.key(Qt::Key_F6);
    stage.key(Qt::Key_Down);
    stage.key(Qt::Key_Down);
    stage.key(Qt::Key_Return);
    QCOMPARE(stage.currentView(), u"runsView"_s);
    QCOMPARE(stage.window->currentView()->place().subject, run.id.toText());
}

/// From the name to the data as they are read; where Tab stops, one sees it.
void TestWindowPanes::tabGoesThroughTheComposer()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    QStringList stops;
    for (int tabs = 0; tabs < 12 && !stops.contains(u"composerSend"_s); ++tabs) {
        QWidget *stop = QApplication::focusWidget();
        stops.append(stop->objectName());
        const QImage with = stop->grab().toImage();
        stage.key(Qt::Key_Tab);
        QVERIFY(!stop->hasFocus());
        QVERIFY2(stop->grab().toImage() != with, qPrintable(stops.constLast()));
    }
    const auto at = [&stops](const QString &name) { return stops.indexOf(name); };
    QCOMPARE(at(u"composerName"_s), 0);
    QCOMPARE(at(u"composerId"_s), 1);
    QCOMPARE(at(u"composerWhen"_s), 2);
    QVERIFY2(at(u"composerEditor"_s) > 2 && at(u"composerEditor"_s) <= 5,
             qPrintable(stops.join(u' ')));
    QVERIFY(at(u"composerAnswers"_s) > at(u"composerEditor"_s));
    QVERIFY(!stops.contains(u"composerTargetEvent"_s)); // it is read before
}

void TestWindowPanes::composerComesWithTheFocus()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    QDockWidget *composer = stage.window->dock("composer"_ba);
    stage.key(Qt::Key_1, Qt::ControlModifier);
    stage.key(Qt::Key_J, Qt::ControlModifier);
    QVERIFY(child<QPlainTextEdit>(composer, "composerEditor")->hasFocus());
    QVERIFY(composer->height() <= stage.window->height() * 2 / 5);
    stage.key(Qt::Key_J, Qt::ControlModifier);
    QVERIFY(!composer->isVisible());
    QVERIFY(stage.window->currentView()->mainWidget()->hasFocus());
}

void TestWindowPanes::theListYieldsToTheTimeline()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open({1440, 900});
    arrange::place(*stage.window, {.view = "runs"_ba, .subject = scene.running.toText()});
    stage.settle();
    const auto *splitter = child<QSplitter>(stage.window.get(), "runsSplitter");
    const QList<int> before = splitter->sizes();
    const auto *table = child<QTableView>(stage.window.get(), "runsTable");
    QCOMPARE(table->viewport()->height() % table->rowHeight(0), 0); // none is cut
    stage.key(Qt::Key_J, Qt::ControlModifier);
    stage.settle();
    QVERIFY(splitter->sizes().at(0) < before.at(0));
    QVERIFY(table->viewport()->height() >= 2 * table->rowHeight(0));
    QCOMPARE(table->viewport()->height() % table->rowHeight(0), 0);
    for (const char *part : {"timelineFind", "overviewStrip"})
        QVERIFY2(child<QWidget>(stage.window.get(), part)->isVisible(), part);
    stage.key(Qt::Key_J, Qt::ControlModifier);
    stage.settle();
    QCOMPARE(splitter->sizes(), before);
    // What somebody has dragged stays.
    const QPoint grip = splitter->handle(1)->rect().center();
    QTest::mousePress(splitter->handle(1), Qt::LeftButton, {}, grip);
    QTest::mouseMove(splitter->handle(1), grip + QPoint(0, 60));
    QTest::mouseRelease(splitter->handle(1), Qt::LeftButton, {}, grip + QPoint(0, 60));
    const int dragged = splitter->sizes().at(0);
    QVERIFY(dragged > before.at(0));
    stage.window->resize(1440, 960);
    stage.settle();
    QVERIFY(splitter->sizes().at(0) >= dragged);
}

/// With the composer below there is little room for a run: its tools are whole, or not there.
void TestWindowPanes::nothingIsCutAboveTheTimeline()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open({1280, 720});
    arrange::place(*stage.window, {.view = "runs"_ba, .subject = scene.deadCharge.toText()});
    stage.settle();
    stage.key(Qt::Key_J, Qt::ControlModifier);
    stage.settle();
    shoot(stage.window.get(), u"panes_low"_s);
    for (const char *name : {"timelineFind", "timelineOnly", "timelineCalls", "timelineAxisReal",
                             "timelineAxisSqueezed", "timelineAxisOrder", "timelineFit", "runRetry",
                             "runRerun", "timelineView"}) {
        const auto *tool = stage.window->findChild<QWidget *>(QString::fromLatin1(name));
        QVERIFY2(tool != nullptr, name);
        if (!tool->isVisible())
            continue;
        QVERIFY2(tool->height() >= tool->minimumSizeHint().height()
                     || qobject_cast<const TimelineView *>(tool) != nullptr,
                 name);
        QCOMPARE(tool->visibleRegion().boundingRect(), tool->rect());
    }
    // The drawing has the room, with a row at least below that of the run.
    auto *view = child<TimelineView>(stage.window.get(), "timelineView");
    QVERIFY(view->viewport()->height() >= 2 * view->rowHeight());
    auto *find = child<QLineEdit>(stage.window.get(), "timelineFind");
    // Whoever looks for a step has the tools whole.
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, {20, 10});
    QTest::keyClick(view, Qt::Key_F);
    QTRY_VERIFY(find->hasFocus());
    QCOMPARE(find->height(), find->sizeHint().height());
    QTest::keyClicks(find, u"charge"_s);
    QTest::keyClick(find, Qt::Key_Return);
    stage.settle();
    QVERIFY(find->isVisible());
}

/// With the composer open: what does not fit is scrolled to.
void TestWindowPanes::allIsInReachInTheSmallestWindow()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open({1024, 640});
    QCOMPARE(stage.window->size(), stage.window->minimumSize());
    arrange::place(*stage.window, {.view = "runs"_ba, .subject = scene.deadCharge.toText()});
    stage.settle();
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    shoot(stage.window.get(), u"panes_smallest"_s);
    const QRect inside = stage.window->rect();
    for (const char *name : {"runRetry", "runRerun", "runTabs", "composerName", "composerSend"}) {
        auto *part = child<QWidget>(stage.window.get(), name);
        QVERIFY2(part->isVisible(), name);
        for (QWidget *above = part; above != nullptr; above = above->parentWidget()) {
            if (auto *area = qobject_cast<LowScroll *>(above))
                area->verticalScrollBar()->setValue(
                    part->mapTo(area->widget(), part->rect().bottomLeft()).y() + 1
                    - area->viewport()->height());
        }
        stage.settle();
        const QRect place(part->mapTo(stage.window.get(), QPoint()), part->size());
        QVERIFY2(inside.contains(place) || name == "runTabs"_ba, name);
        const QRect seen = part->visibleRegion().boundingRect();
        QVERIFY2(seen.width() == part->width() && seen.height() >= std::min(part->height(), 24),
                 name);
    }
    // A row of the list is seen whole, too.
    const auto *table = child<QTableView>(stage.window.get(), "runsTable");
    QVERIFY(table->viewport()->visibleRegion().boundingRect().height() >= table->rowHeight(0));
}

void TestWindowPanes::composerIsWholeBesideWhatIsChosen_data()
{
    QTest::addColumn<QByteArray>("view");
    QTest::newRow("event") << "events"_ba;
    QTest::newRow("letter") << "dead"_ba;
}

void TestWindowPanes::composerIsWholeBesideWhatIsChosen()
{
    QFETCH(const QByteArray, view);
    WindowStage stage;
    fillScene(stage.backend);
    stage.open({1024, 640});
    arrange::place(*stage.window, {.view = view, .subject = {}});
    stage.settle();
    auto *table =
        child<QTableView>(stage.window.get(), view == "events"_ba ? "eventsTable" : "deadTable");
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(0, 0)).center());
    stage.settle();
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    shoot(stage.window.get(), u"panes_chosen_"_s + QString::fromLatin1(view));
    QCOMPARE(hiddenOfComposer(stage.window.get()), QByteArrayList());
}

void TestWindowPanes::composerIsWholeBesideEverything_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::newRow("events") << "eventsTable"_ba;
    QTest::newRow("dead") << "deadTable"_ba;
    QTest::newRow("waiting") << "waitingTable"_ba;
}

/// The details and the inspector: they give way, the window cannot grow.
void TestWindowPanes::composerIsWholeBesideEverything()
{
    QFETCH(const QByteArray, table);
    const QByteArray name = QTest::currentDataTag();
    WindowStage stage;
    fillScene(stage.backend);
    stage.open({1024, 640});
    arrange::place(*stage.window, {.view = name, .subject = {}});
    stage.settle();
    auto *list = child<QTableView>(stage.window.get(), table.constData());
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(0, 0)).center());
    stage.settle();
    const QDockWidget *inspector = stage.window->dock("inspector"_ba);
    for (int times = 0; times < 2 && !inspector->isVisible(); ++times) {
        stage.key(Qt::Key_I, Qt::ControlModifier);
        stage.settle();
    }
    QVERIFY(inspector->isVisible());
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    shoot(stage.window.get(), u"panes_everything_"_s + QString::fromLatin1(name));
    QCOMPARE(hiddenOfComposer(stage.window.get()), QByteArrayList());
    const QRect send(child<QWidget>(stage.window.get(), "composerSend")->rect());
    const QPoint below = child<QWidget>(stage.window.get(), "composerSend")
                             ->mapTo(stage.window.get(), send.bottomLeft());
    QVERIFY(below.y() < 640);
    QCOMPARE(stage.window->size(), QSize(1024, 640));
}

/// A name, some lines of data, what to send with, and what came of it, without scrolling for it.
void TestWindowPanes::sentBesideARunInTheSmallestWindow()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open({1024, 640});
    arrange::place(*stage.window, {.view = "runs"_ba, .subject = scene.deadCharge.toText()});
    stage.settle();
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    QTest::keyClicks(QApplication::focusWidget(), u"order/created"_s);
    stage.key(Qt::Key_Escape);
    // The id that the backend will give to the event: its twin counts the same.
    const devserver::EventId id{devserver::UlidSource().next(stage.backend.now())};
    stage.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(stage.backend.sent.size(), 1);
    devserver::api::RunSummary run = runRow(900);
    run.event = id;
    stage.backend.post(run);
    stage.settle();
    shoot(stage.window.get(), u"panes_sent_smallest"_s);
    QCOMPARE(hiddenOfComposer(stage.window.get()), QByteArrayList());
    const auto *answers = child<QTableView>(stage.window.get(), "composerAnswers");
    QVERIFY(answers->model()->rowCount() >= 2);
    QVERIFY(answers->viewport()->visibleRegion().boundingRect().height()
            >= 2 * answers->rowHeight(0));
    // The rest of the fields comes on demand.
    QVERIFY(!child<QWidget>(stage.window.get(), "composerId")->isVisible());
    auto *more = child<QToolButton>(stage.window.get(), "composerMore");
    for (const bool isShown : {true, false}) {
        QVERIFY(more->isVisible());
        QTest::mouseClick(more, Qt::LeftButton);
        stage.settle();
        for (const char *name : {"composerId", "composerWhen"}) {
            const auto *field = child<QWidget>(stage.window.get(), name);
            QCOMPARE(field->isVisible(), isShown);
            QVERIFY(!isShown || field->visibleRegion().boundingRect() == field->rect());
        }
        if (isShown)
            shoot(stage.window.get(), u"panes_sent_more"_s);
    }
    // The run is read beside it, and the row that it is of.
    for (const char *name : {"runTitle", "runTabs"})
        QVERIFY2(child<QWidget>(stage.window.get(), name)->isVisible(), name);
    const auto *table = child<QTableView>(stage.window.get(), "runsTable");
    QVERIFY(table->viewport()->visibleRegion().boundingRect().height() >= 3 * table->rowHeight(0));
    // With the inspector as well.
    for (int times = 0; times < 2; ++times) {
        stage.key(Qt::Key_I, Qt::ControlModifier);
        stage.settle();
        if (stage.window->dock("inspector"_ba)->isVisible())
            break;
    }
    shoot(stage.window.get(), u"panes_all_smallest"_s);
    QVERIFY(stage.window->dock("inspector"_ba)->isVisible());
    QVERIFY(table->viewport()->visibleRegion().boundingRect().height() >= 3 * table->rowHeight(0));
    QVERIFY(answers->viewport()->visibleRegion().boundingRect().height()
            >= 2 * answers->rowHeight(0));
    QCOMPARE(stage.window->size(), QSize(1024, 640));
}

void TestWindowPanes::idAndTimeStayInReach_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("smallest") << QSize(1024, 640);
    QTest::newRow("a little wider") << QSize(1120, 640);
    QTest::newRow("small laptop") << QSize(1280, 720);
    QTest::newRow("usual") << QSize(1440, 900);
}

/// Beside a run, where the composer is low: by keys, and seen whole.
void TestWindowPanes::idAndTimeStayInReach()
{
    QFETCH(const QSize, size);
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open(size);
    arrange::place(*stage.window, {.view = "runs"_ba, .subject = scene.deadCharge.toText()});
    stage.settle();
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    const auto isWhole = [&stage](const char *name) {
        const auto *part = child<QWidget>(stage.window.get(), name);
        return part->isVisible() && part->visibleRegion().boundingRect() == part->rect();
    };
    if (!isWhole("composerWhen")) {
        QVERIFY(isWhole("composerMore"));
        const auto *more = child<QToolButton>(stage.window.get(), "composerMore");
        QCOMPARE(more->accessibleName(), u"ID and time"_s);
        QCOMPARE(QApplication::focusWidget()->objectName(), u"composerName"_s);
        for (int tabs = 0; tabs < 5 && !more->hasFocus(); ++tabs)
            stage.key(Qt::Key_Tab);
        QVERIFY(more->hasFocus());
        stage.key(Qt::Key_Space);
        stage.settle();
    }
    for (const char *name : {"composerId", "composerWhen"})
        QVERIFY2(isWhole(name), name);
}

void TestWindowPanes::aNewEventIsSeenInTheSmallestWindow_data()
{
    QTest::addColumn<bool>("wasLarge");
    QTest::newRow("from the start") << false;
    QTest::newRow("made small while it was closed") << true;
}

/// The list gives way, also after views were shown that need more.
void TestWindowPanes::aNewEventIsSeenInTheSmallestWindow()
{
    QFETCH(const bool, wasLarge);
    const QSize least(1024, 640);
    WindowStage stage;
    fillScene(stage.backend);
    stage.open(wasLarge ? QSize(1440, 900) : least);
    if (wasLarge) {
        for (int i = 0; i < 2; ++i) { // there and away
            stage.key(Qt::Key_J, Qt::ControlModifier);
            stage.settle();
        }
        stage.window->resize(least);
    }
    for (const ViewEntry &entry : viewTable()) {
        stage.goTo(entry);
        stage.settle();
    }
    stage.goTo(viewTable().front());
    stage.settle();
    stage.key(Qt::Key_Escape); // no run is chosen, so there is no panel of one
    stage.settle();
    QVERIFY(!child<QWidget>(stage.window.get(), "runTabs")->isVisible());
    const auto *inspector = child<QDockWidget>(stage.window.get(), "inspectorDock");
    const int beside = inspector->width();
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    shoot(stage.window.get(), wasLarge ? u"panes_new_event_large"_s : u"panes_new_event"_s);
    for (const char *name : {"composerName", "composerSend"}) {
        const auto *part = child<QWidget>(stage.window.get(), name);
        QCOMPARE(part->visibleRegion().boundingRect(), part->rect());
    }
    const auto *editor = child<QPlainTextEdit>(stage.window.get(), "composerEditor");
    QVERIFY(editor->viewport()->visibleRegion().boundingRect().height()
            >= 3 * editor->fontMetrics().lineSpacing());
    QCOMPARE(inspector->width(), beside);
    const auto *table = child<QTableView>(stage.window.get(), "runsTable");
    QVERIFY(table->viewport()->visibleRegion().boundingRect().height() >= table->rowHeight(0));
}

/// It would act on the list from there, while the bar still says what Ctrl+Enter sends.
void TestWindowPanes::escapeInTheNameStaysInTheComposer()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    QCOMPARE(QApplication::focusWidget()->objectName(), u"composerName"_s);
    QTest::keyClicks(QApplication::focusWidget(), u"a/b"_s);
    stage.settle();
    if (QApplication::activePopupWidget() != nullptr)
        stage.key(Qt::Key_Escape);
    stage.window->activateWindow(); // the popup was a window of its own
    QVERIFY(QTest::qWaitForWindowActive(stage.window.get()));
    stage.settle();
    QCOMPARE(QApplication::focusWidget()->objectName(), u"composerName"_s);
    stage.key(Qt::Key_Escape);
    QCOMPARE(QApplication::focusWidget()->objectName(), u"composerEditor"_s);
    stage.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(stage.backend.sent.size(), 1);
    QVERIFY(stage.backend.sent.front().contains("a/b"));
    QVERIFY(stage.window->findChild<QWidget *>(u"runWindow"_s) == nullptr);
}

/// What is led to from elsewhere: a page of the settings, a tab of an event.
void TestWindowPanes::placesThatAreNoViews()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    arrange::place(*stage.window,
                   {.view = "events"_ba, .subject = scene.lonely.toText() + "/matching"});
    stage.settle();
    QCOMPARE(stage.currentView(), u"eventsView"_s);
    QVERIFY(child<QWidget>(stage.window.get(), "eventMatchingSummary")->isVisible());
    arrange::place(*stage.window, {.view = "settings"_ba, .subject = "editor"_ba});
    stage.settle();
    QCOMPARE(stage.currentView(), u"eventsView"_s);
    const auto *pages = child<QListWidget>(stage.window.get(), "settingsCategories");
    QCOMPARE(pages->currentItem()->text(), u"Editor"_s);
}

/// In the usual window, with the lists beside the text.
void TestWindowPanes::theComposerIsSeenWhole()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open({1440, 900});
    arrange::place(*stage.window, {.view = "runs"_ba, .subject = scene.deadCharge.toText()});
    stage.settle();
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    auto *lists = child<QToolButton>(stage.window.get(), "composerLists");
    if (!lists->isChecked())
        QTest::mouseClick(lists, Qt::LeftButton);
    stage.settle();
    for (const char *name : {"composerName", "composerLists", "composerHistory", "composerSend"}) {
        const auto *part = child<QWidget>(stage.window.get(), name);
        QCOMPARE(part->visibleRegion().boundingRect(), part->rect());
    }
}

/// What was sent last is sent again also while the composer is not seen.
void TestWindowPanes::theLastEventIsSentWithoutTheComposer()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    QTest::keyClicks(QApplication::focusWidget(), u"order/created"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    stage.settle();
    QCOMPARE(stage.backend.sent.size(), 1);
    stage.key(Qt::Key_J, Qt::ControlModifier);
    stage.settle();
    QVERIFY(!child<QWidget>(stage.window.get(), "composer")->isVisible());
    stage.key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    stage.settle();
    QCOMPARE(stage.backend.sent.size(), 2);
}

void TestWindowPanes::slashLeadsToTheFilter()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    stage.key(Qt::Key_1, Qt::ControlModifier);
    stage.key(Qt::Key_Slash);
    QWidget *line = stage.window->currentView()->filterLine();
    QVERIFY(hasFocus(line));
    // In a text field it is a letter.
    QTest::keyClicks(QApplication::focusWidget(), u"a/b"_s);
    QCOMPARE(line->property("text").toString(), u"a/b"_s);
}

void TestWindowPanes::questionMarkShowsTheKeys()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    stage.key(Qt::Key_1, Qt::ControlModifier);
    QTest::keyClick(QApplication::focusWidget(), '?');
    auto *sheet = child<QDialog>(stage.window.get(), "shortcutSheet");
    QVERIFY(sheet->isVisible());
    QTest::keyClick(sheet, Qt::Key_Escape);
    QTRY_VERIFY(stage.window->findChild<QDialog *>(u"shortcutSheet"_s) == nullptr);
    comeBack(stage);
    stage.key(Qt::Key_Slash);
    QTest::keyClicks(QApplication::focusWidget(), u"?"_s);
    QVERIFY(stage.window->findChild<QDialog *>(u"shortcutSheet"_s) == nullptr);
}

void TestWindowPanes::signsCanBeSwitchedOff()
{
    WindowStage stage;
    stage.open();
    stage.key(Qt::Key_Comma, Qt::ControlModifier);
    auto *dialog = child<QDialog>(stage.window.get(), "settingsDialog");
    QTest::keyClick(child<QListWidget>(dialog, "settingsCategories"), Qt::Key_Down);
    QTest::keyClick(child<QCheckBox>(dialog, "settingsSingleKeys"), Qt::Key_Space);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(stage.window->findChild<QDialog *>(u"settingsDialog"_s) == nullptr);
    comeBack(stage);
    stage.key(Qt::Key_1, Qt::ControlModifier);
    QTest::keyClick(QApplication::focusWidget(), '?');
    QVERIFY(stage.window->findChild<QDialog *>(u"shortcutSheet"_s) == nullptr);
    stage.key(Qt::Key_F1, Qt::ControlModifier); // the other keys stay
    QVERIFY(stage.window->findChild<QDialog *>(u"shortcutSheet"_s) != nullptr);
}

void TestWindowPanes::hoveredActionsExplainThemselves()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    stage.settle();
    const auto *hint = child<QLabel>(stage.window.get(), "statusHint");
    // An entry of a menu.
    auto *menu = child<QMenu>(stage.window.get(), "menuFile");
    auto *bar = child<QMenuBar>(stage.window.get(), "menuBar");
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->actionGeometry(menu->menuAction()).center());
    QTRY_VERIFY(menu->isVisible());
    const QAction *stop = stage.window->workspace().actions.action("server.stop"_ba);
    for (int step = 0; step < 20 && menu->activeAction() != stop; ++step)
        QTest::keyClick(menu, Qt::Key_Down);
    QCOMPARE(hint->text(), u"Stop server"_s);
    QTest::keyClick(menu, Qt::Key_Escape);
    QTRY_VERIFY(!menu->isVisible());
    // A button in the window, too; it is on the left, where reading begins.
    QTest::mouseMove(child<QWidget>(stage.window.get(), "statusDead"));
    QTRY_VERIFY(hint->text().endsWith(u"dead letters"_s));
    QVERIFY(hint->alignment().testFlag(Qt::AlignLeft));
    QTest::mouseMove(child<QWidget>(stage.window.get(), "viewStack"));
    QTRY_COMPARE(hint->text(), QString());
}

void TestWindowPanes::dataSizeLeadsToTheSettings()
{
    WindowStage stage;
    stage.open();
    QTest::mouseClick(child<QWidget>(stage.window.get(), "statusData"), Qt::LeftButton);
    auto *dialog = child<QDialog>(stage.window.get(), "settingsDialog");
    QCOMPARE(child<QListWidget>(dialog, "settingsCategories")->currentItem()->text(), u"Data"_s);
    QVERIFY(child<QWidget>(dialog, "settingsDataFile")->isVisible());
}

void TestWindowPanes::serverIsRestarted()
{
    WindowStage stage;
    stage.open();
    QTest::mouseClick(child<QWidget>(stage.window.get(), "statusServer"), Qt::LeftButton);
    auto *menu = child<QMenu>(stage.window.get(), "statusServerMenu");
    QTRY_VERIFY(menu->isVisible());
    QAction *restart = stage.window->workspace().actions.action("server.restart"_ba);
    QVERIFY(menu->actions().contains(restart));
    QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(restart).center());
    QTRY_COMPARE(stage.backend.serverStarts, std::vector<quint16>{8288});
    QCOMPARE(stage.backend.serverStops, 1);
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestWindowPanes)
#include "tst_windowpanes.moc"
