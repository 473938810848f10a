// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/listrows.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/windowstage.h"
#include "ui/core/projectport.h"
#include "ui/shell/navrail.h"
#include "ui/shell/placehistory.h"
#include "ui/shell/projectname.h"
#include "ui/shell/viewtable.h"

#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QSplitter>
#include <QTemporaryDir>
#include <QToolButton>

#include <algorithm>

namespace console::test {

using namespace Qt::StringLiterals;

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ctrlDigitsShowTheViews();
    void railShowsViewsAndLabels();
    void railNamesAreWholeBesideLargeCounts();
    void anAppThatIsAskedIsNotBroken();
    void backAndForwardWithKeysAndMouse();
    void historyIsHundredDeep();
    void docksAreToggledAndRemembered();
    void resetLayoutBringsDocksBack();
    void resetLayoutReachesInside();
    void resetLayoutForgetsViewsThatAreNotBuilt();
    void f6WalksThePanes();
    void titleNamesProjectAndView();
    void darkThemeIsSwitchedLive();
    void fontSizeFollowsTheKeys();
    void rememberedAcrossStarts();
    void brokenServerReplacesTheViews();
    void otherPortIsKept_data();
    void otherPortIsKept();
    void escapeLeavesTheFilter();
    void runOpensInItsOwnWindowOnce();
    void inspectorFollowsTheViewThatIsSeen();
    void noticeShowsItsRuns_data();
    void noticeShowsItsRuns();
    void newsTakeThePlaceOfWhatTheyEnd();
    void addAppFromAnywhere();
    void everythingHasAName();
    void nothingIsCutOff_data();
    void nothingIsCutOff();
    void docksHaveTheirFirstSizeAndFloat();
};

namespace {

void drag(QWidget *widget, const QPoint &from, const QPoint &by)
{
    const QPoint to = from + by;
    QTest::mousePress(widget, Qt::LeftButton, {}, from);
    QMouseEvent move(QEvent::MouseMove, to, widget->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                     Qt::NoModifier);
    QApplication::sendEvent(widget, &move);
    QTest::mouseRelease(widget, Qt::LeftButton, {}, to);
}

const ViewEntry &viewEntry(const QByteArray &name)
{
    const std::vector<ViewEntry> &all = viewTable();
    return *std::find_if(all.begin(), all.end(),
                         [&name](const ViewEntry &entry) { return entry.name == name; });
}

/// Clicks it in Runs.
void selectRun(WindowStage &stage, devserver::RunId run)
{
    stage.key(Qt::Key_1, Qt::ControlModifier);
    auto *table = child<ListTable>(stage.window.get(), "runsTable");
    QTRY_VERIFY((stage.beat(), table->list() != nullptr));
    clickRowOf(table, run.toText());
    stage.beat();
}

} // namespace

void TestMainWindow::ctrlDigitsShowTheViews()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    auto *stack = child<QWidget>(stage.window.get(), "viewStack");
    QVERIFY(stack != nullptr);
    for (const ViewEntry &entry : viewTable()) {
        const QKeySequence keys =
            stage.window->workspace().actions.action(entry.action)->shortcut();
        stage.key(keys[0].key(), keys[0].keyboardModifiers());
        QCOMPARE(stage.currentView(), QString::fromLatin1(entry.name) + u"View"_s);
        QVERIFY(
            child<QAbstractButton>(stage.window.get(), entry.objectName.constData())->isChecked());
    }
}

void TestMainWindow::railShowsViewsAndLabels()
{
    WindowStage stage;
    stage.open();
    auto *rail = child<NavRail>(stage.window.get(), "navRail");
    QVERIFY(rail->width() >= 184);
    stage.key(Qt::Key_B, Qt::ControlModifier);
    QTRY_COMPARE(rail->width(), 56);
    QTest::mouseClick(child<QWidget>(stage.window.get(), "navApps"), Qt::LeftButton);
    QCOMPARE(stage.currentView(), u"appsView"_s);
    devserver::api::Counters counters;
    counters.running = 12;
    stage.backend.post(counters);
    stage.beat();
    QTRY_VERIFY(child<QWidget>(stage.window.get(), "navRuns")->accessibleName().contains(u"12"_s));
}

/// As they are where there is all the room in the world.
void TestMainWindow::railNamesAreWholeBesideLargeCounts()
{
    WindowStage stage;
    stage.open();
    auto *dead = child<QWidget>(stage.window.get(), "navDead");
    QTest::mouseClick(dead, Qt::LeftButton); // the chosen one is bold
    QCOMPARE(stage.currentView(), u"deadView"_s);
    QTest::mouseMove(child<QWidget>(stage.window.get(), "viewStack"));
    QFont bold = dead->font();
    bold.setWeight(QFont::DemiBold);
    const int before = 50; // the icon
    const QRect name(
        before, 0,
        8 + QFontMetrics(bold).horizontalAdvance(qobject_cast<QAbstractButton *>(dead)->text()),
        dead->height());
    for (const int count : {123, 1'234}) {
        stage.backend.post(devserver::api::Counters{.dead = count});
        stage.beat();
        QTRY_VERIFY(dead->accessibleName().contains(QString::number(count)));
        const QImage shown = dead->grab(name).toImage();
        const QSize narrow = dead->size();
        dead->resize(narrow.width() + 200, narrow.height());
        const QImage whole = dead->grab(name).toImage();
        dead->resize(narrow);
        QVERIFY2(shown == whole, qPrintable(QString::number(count)));
    }
}

/// It is no trouble before it has not answered.
void TestMainWindow::anAppThatIsAskedIsNotBroken()
{
    WindowStage stage;
    stage.open();
    const auto *button = child<QWidget>(stage.window.get(), "navApps");
    const auto *counts = child<QWidget>(stage.window.get(), "statusApps");
    devserver::App app;
    app.id.value = devserver::Uuid::fromName("apps", "asked");
    app.url = "http://localhost:3000/api/inngest"_ba;
    app.error = "unreachable"_ba;
    app.errorDetail = "not synced yet"_ba;
    stage.backend.post(devserver::AppChanged{app});
    QTRY_VERIFY((stage.beat(), counts->accessibleName().contains(u"0 of 1"_s)));
    QVERIFY2(!button->accessibleName().contains(u"not reachable"_s),
             qPrintable(button->accessibleName()));
    app.errorDetail = "connection refused"_ba;
    stage.backend.post(devserver::AppChanged{app});
    QTRY_VERIFY((stage.beat(), button->accessibleName().contains(u"1 not reachable"_s)));
    app.isFound = true; // by a scan; nobody ever wanted it
    stage.backend.post(devserver::AppChanged{app});
    QTRY_VERIFY((stage.beat(), !button->accessibleName().contains(u"not reachable"_s)));
    app.error = devserver::cloudMode; // it is an app, but it refuses us
    stage.backend.post(devserver::AppChanged{app});
    QTRY_VERIFY((stage.beat(), button->accessibleName().contains(u"1 not reachable"_s)));
}

void TestMainWindow::backAndForwardWithKeysAndMouse()
{
    WindowStage stage;
    stage.open();
    const QString first = stage.currentView();
    stage.key(Qt::Key_5, Qt::ControlModifier);
    stage.key(Qt::Key_6, Qt::ControlModifier);
    QCOMPARE(stage.currentView(), u"appsView"_s);
    stage.key(Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(stage.currentView(), u"functionsView"_s);
    auto *stack = child<QWidget>(stage.window.get(), "viewStack");
    QTest::mouseClick(stack, Qt::BackButton);
    QCOMPARE(stage.currentView(), first);
    QTRY_VERIFY(!child<QToolButton>(stage.window.get(), "backButton")->isEnabled());
    QTest::mouseClick(stack, Qt::ForwardButton);
    QCOMPARE(stage.currentView(), u"functionsView"_s);
    QTRY_VERIFY(child<QToolButton>(stage.window.get(), "forwardButton")->isEnabled());
    QTest::mouseClick(child<QWidget>(stage.window.get(), "forwardButton"), Qt::LeftButton);
    QCOMPARE(stage.currentView(), u"appsView"_s);
}

void TestMainWindow::historyIsHundredDeep()
{
    PlaceHistory history;
    for (int number = 0; number < 150; ++number)
        history.add({.view = "runs"_ba, .filter = QString::number(number)});
    history.add({.view = "runs"_ba, .filter = u"149"_s}); // where we are already
    int steps = 0;
    QString last;
    while (const std::optional<Place> place = history.back()) {
        last = place->filter;
        ++steps;
    }
    QCOMPARE(steps, 99);
    QCOMPARE(last, u"50"_s);
    history.add({.view = "events"_ba});
    QVERIFY(!history.canGoForward());
}

void TestMainWindow::docksAreToggledAndRemembered()
{
    QTemporaryDir folder;
    WindowStage stage(folder.filePath(u"settings.ini"_s));
    stage.open();
    const PanelEntry &panel = panelTable().front();
    QDockWidget *dock = stage.window->dock(panel.name);
    const bool wasVisible = dock->isVisible();
    const QKeySequence keys = stage.window->workspace().actions.action(panel.action)->shortcut();
    stage.key(keys[0].key(), keys[0].keyboardModifiers());
    QTRY_COMPARE(dock->isVisible(), !wasVisible);
    stage.window->close();
    stage.open();
    QTRY_COMPARE(stage.window->dock(panel.name)->isVisible(), !wasVisible);
}

void TestMainWindow::resetLayoutBringsDocksBack()
{
    WindowStage stage;
    stage.open();
    QDockWidget *dock = stage.window->dock(panelTable().front().name);
    const bool wasVisible = dock->isVisible();
    const QKeySequence keys =
        stage.window->workspace().actions.action(panelTable().front().action)->shortcut();
    stage.key(keys[0].key(), keys[0].keyboardModifiers());
    QTRY_COMPARE(dock->isVisible(), !wasVisible);
    stage.key(Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u">reset layout"_s);
    stage.key(Qt::Key_Return);
    QTRY_COMPARE(dock->isVisible(), wasVisible);
}

void TestMainWindow::resetLayoutReachesInside()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    selectRun(stage, scene.deadCharge); // the panel opens
    auto *splitter = child<QSplitter>(stage.window.get(), "runsSplitter");
    auto *table = child<QTableView>(stage.window.get(), "runsTable");
    const QList<int> sizes = splitter->sizes();
    const int width = table->columnWidth(0);
    QVERIFY(sizes.value(1) > 0);
    drag(splitter->handle(1), splitter->handle(1)->rect().center(), {0, -90});
    const auto *header = table->horizontalHeader();
    drag(header->viewport(), {header->sectionPosition(1) - 1, header->height() / 2}, {60, 0});
    QVERIFY(splitter->sizes() != sizes);
    QVERIFY(table->columnWidth(0) > width);
    stage.key(Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u">reset layout"_s);
    stage.key(Qt::Key_Return);
    QTRY_COMPARE(splitter->sizes(), sizes);
    QTRY_VERIFY(table->columnWidth(0) <= width); // what the rows that are seen now need
    QCOMPARE(header->length(), header->viewport()->width());
}

/// What a view had that is not built yet must not come back with it.
void TestMainWindow::resetLayoutForgetsViewsThatAreNotBuilt()
{
    QTemporaryDir folder;
    WindowStage stage(folder.filePath(u"settings.ini"_s));
    stage.open();
    stage.goTo(viewEntry("functions"_ba));
    auto *splitter = child<QSplitter>(stage.window.get(), "functionsSplitter");
    const QList<int> sizes = splitter->sizes();
    drag(splitter->handle(1), splitter->handle(1)->rect().center(), {120, 0});
    QVERIFY(splitter->sizes() != sizes);
    stage.goTo(viewEntry("runs"_ba));
    stage.window->close();
    stage.open();
    stage.key(Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u">reset layout"_s);
    stage.key(Qt::Key_Return);
    stage.beat();
    stage.goTo(viewEntry("functions"_ba));
    QCOMPARE(child<QSplitter>(stage.window.get(), "functionsSplitter")->sizes(), sizes);
}

void TestMainWindow::f6WalksThePanes()
{
    WindowStage stage;
    stage.open();
    const auto isIn = [](const QWidget *pane) {
        const QWidget *focus = QApplication::focusWidget();
        return focus != nullptr && (pane == focus || pane->isAncestorOf(focus));
    };
    auto *rail = child<QWidget>(stage.window.get(), "navRail");
    auto *server = child<QWidget>(stage.window.get(), "statusServer");
    bool wasInRail = false;
    bool wasInStatus = false;
    for (int step = 0; step < 6; ++step) {
        stage.key(Qt::Key_F6);
        wasInRail = wasInRail || isIn(rail);
        wasInStatus = wasInStatus || isIn(server->parentWidget());
    }
    QVERIFY(wasInRail);
    QVERIFY(wasInStatus);
}

void TestMainWindow::titleNamesProjectAndView()
{
    QCOMPARE(projectName({}), u"memory"_s);
    QCOMPARE(projectName(u"/home/dev/shop/redrive.db"_s), u"shop"_s);
    QCOMPARE(projectName(u"/home/dev/orders.db"_s), u"orders"_s);
    QCOMPARE(projectName(u"/home/dev/.db"_s), u".db"_s);
    QCOMPARE(projectName(u"/home/dev/.local/share/redrive/redrive.db"_s), u"default"_s);
    WindowStage stage;
    stage.open();
    stage.key(Qt::Key_6, Qt::ControlModifier);
    QCOMPARE(stage.window->windowTitle(), u"shop - Apps - Redrive (local)"_s);
}

void TestMainWindow::darkThemeIsSwitchedLive()
{
    WindowStage stage;
    stage.open();
    const QColor before = QApplication::palette().color(QPalette::Base);
    stage.key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(stage.window->workspace().theme.isDark());
    QVERIFY(QApplication::palette().color(QPalette::Base) != before);
    stage.key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QApplication::palette().color(QPalette::Base), before);
}

void TestMainWindow::fontSizeFollowsTheKeys()
{
    WindowStage stage;
    stage.open();
    const double before = QApplication::font().pointSizeF();
    const auto *heading = child<QToolButton>(stage.window.get(), "breadcrumb");
    const double headingBefore = heading->font().pointSizeF();
    QVERIFY(headingBefore > before);
    stage.key(Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(stage.window->workspace().settings.fontPercent(), 110);
    QVERIFY(QApplication::font().pointSizeF() > before);
    QCOMPARE(heading->font().pointSizeF(), headingBefore * 1.1);
    stage.key(Qt::Key_Minus, Qt::ControlModifier);
    QCOMPARE(heading->font().pointSizeF(), headingBefore);
    QCOMPARE(QApplication::font().pointSizeF(), before);
}

void TestMainWindow::rememberedAcrossStarts()
{
    QTemporaryDir folder;
    WindowStage stage(folder.filePath(u"settings.ini"_s));
    stage.open({1300, 800});
    stage.key(Qt::Key_B, Qt::ControlModifier);
    stage.key(Qt::Key_6, Qt::ControlModifier);
    stage.window->close();
    stage.window.reset();
    stage.window = std::make_unique<MainWindow>(stage.backend, stage.options, stage.desktop);
    stage.window->show();
    QCOMPARE(stage.currentView(), u"appsView"_s);
    QCOMPARE(stage.window->size(), QSize(1300, 800));
    QVERIFY(!stage.window->rail().areLabelsShown());
}

void TestMainWindow::brokenServerReplacesTheViews()
{
    WindowStage stage;
    stage.open();
    const QString before = stage.currentView();
    devserver::api::ServerState state = stage.backend.state;
    state.phase = devserver::api::ServerPhase::Failed;
    state.error = {devserver::ErrorCode::AddressInUse, u"the port is taken"_s};
    state.portHolder = u"node (pid 123)"_s;
    stage.backend.setState(state);
    stage.beat();
    auto *title =
        child<QLabel>(child<QWidget>(stage.window.get(), "troublePage"), "serverTroubleTitle");
    QCOMPARE(title->text(), u"Port 8288 is used by node (pid 123)"_s);
    QVERIFY(!child<QWidget>(stage.window.get(), "navApps")->isEnabled());
    stage.key(Qt::Key_6, Qt::ControlModifier); // it would not be seen
    shoot(stage.window.get(), u"main_port"_s);
    QTest::mouseClick(child<QWidget>(stage.window.get(), "troubleOtherPort"), Qt::LeftButton);
    QCOMPARE(stage.backend.serverStarts, std::vector<quint16>{8290});
    state.error.code = devserver::ErrorCode::StoreFull;
    stage.backend.setState(state);
    stage.beat();
    QTest::mouseClick(child<QWidget>(stage.window.get(), "troubleFolder"), Qt::LeftButton);
    QCOMPARE(stage.desktop.opened.size(), 1);
    shoot(stage.window.get(), u"main_disk_full"_s);
    state.phase = devserver::api::ServerPhase::Serving;
    stage.backend.setState(state);
    stage.beat();
    QCOMPARE(stage.currentView(), before);
    QTest::mouseClick(child<QWidget>(stage.window.get(), "navApps"), Qt::LeftButton);
    stage.beat();
    QCOMPARE(stage.currentView(), u"appsView"_s);
}

void TestMainWindow::otherPortIsKept_data()
{
    QTest::addColumn<bool>("isTaken"); // at first
    QTest::newRow("at once") << false;
    QTest::newRow("when it is tried again") << true;
}

/// As the engine does: the server is Starting at once, the answer comes when it serves or not.
void TestMainWindow::otherPortIsKept()
{
    QFETCH(const bool, isTaken);
    const QTemporaryDir folder;
    WindowStage stage;
    stage.backend.state.dataFile = folder.filePath(u"redrive.db"_s);
    stage.open();
    const auto become = [&stage](devserver::api::ServerPhase phase, quint16 port) {
        devserver::api::ServerState state = stage.backend.state;
        state.phase = phase;
        state.port = port;
        state.error = {devserver::ErrorCode::AddressInUse, u"port %1 is in use"_s.arg(port)};
        stage.backend.setState(state);
        stage.beat();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    const auto clickIn = [&stage](const char *button) {
        auto *page = child<QWidget>(stage.window.get(), "troublePage");
        QTest::mouseClick(child<QWidget>(page, button), Qt::LeftButton);
    };
    const auto release = [&stage] {
        stage.backend.releaseReplies();
        stage.backend.holdReplies(true);
        stage.beat();
    };
    using devserver::api::ServerPhase;
    become(ServerPhase::Failed, 8288);
    stage.backend.holdReplies(true);
    if (isTaken) {
        stage.backend.refuseNext({devserver::ErrorCode::AddressInUse, u"port 8290 is in use"_s});
        clickIn("troubleOtherPort");
        become(ServerPhase::Starting, 8290);
        become(ServerPhase::Failed, 8290);
        release();
        auto *answer =
            child<QLabel>(child<QWidget>(stage.window.get(), "troublePage"), "serverTroubleAnswer");
        QVERIFY(answer->isVisible());
        QCOMPARE(answer->text(), u"Not started: port 8290 is in use"_s);
        QCOMPARE(projectPort(stage.backend.state.dataFile), quint16(0)); // it serves nowhere yet
    }
    clickIn(isTaken ? "troubleTryAgain" : "troubleOtherPort");
    QCOMPARE(stage.backend.serverStarts.back(), quint16(8290));
    become(ServerPhase::Starting, 8290);
    become(ServerPhase::Serving, 8290);
    QVERIFY(stage.window->currentView() != nullptr);
    release();
    QTRY_COMPARE(projectPort(stage.backend.state.dataFile), quint16(8290));
}

void TestMainWindow::escapeLeavesTheFilter()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    stage.key(Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(stage.currentView(), u"runsView"_s);
    stage.key(Qt::Key_F, Qt::ControlModifier);
    const QWidget *line = stage.window->currentView()->filterLine();
    const QWidget *focus = QApplication::focusWidget();
    QVERIFY(focus != nullptr && (focus == line || line->isAncestorOf(focus)));
    stage.key(Qt::Key_Escape);
    QCOMPARE(QApplication::focusWidget(), stage.window->currentView()->mainWidget());
}

void TestMainWindow::runOpensInItsOwnWindowOnce()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    selectRun(stage, scene.deadCharge);
    stage.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(stage.window->findChildren<QWidget *>(u"runWindow"_s).size(), 1);
    auto *opened = child<QWidget>(stage.window.get(), "runWindow");
    QVERIFY(opened->isWindow());
    QVERIFY(opened->windowTitle().contains(u"(local)"_s));
    stage.window->activateWindow(); // back to the list, and once more
    QVERIFY(QTest::qWaitForWindowActive(stage.window.get()));
    selectRun(stage, scene.deadCharge);
    stage.key(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(stage.window->findChildren<QWidget *>(u"runWindow"_s).size(), 1);
    stage.beat();
    shoot(opened, u"run_window"_s);
    QTest::keyClick(opened, Qt::Key_Escape);
    QTRY_COMPARE(stage.window->findChildren<QWidget *>(u"runWindow"_s).size(), 0);
}

/// Going back to a run that is selected already is a change of what is looked at, too.
void TestMainWindow::inspectorFollowsTheViewThatIsSeen()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    const auto kind = [&] { return child<QLabel>(stage.window.get(), "inspKind")->text(); };
    stage.key(Qt::Key_1, Qt::ControlModifier);
    stage.key(Qt::Key_Down);
    stage.settle(); // also the pause after a key before details are shown
    const QString run = kind();
    QVERIFY2(run.startsWith(u"Run"_s), qPrintable(run));
    stage.key(Qt::Key_6, Qt::ControlModifier);
    stage.key(Qt::Key_Down);
    QTRY_VERIFY2((stage.beat(), kind() == u"App"_s), qPrintable(kind()));
    stage.key(Qt::Key_1, Qt::ControlModifier);
    QTRY_VERIFY2((stage.beat(), kind() == run), qPrintable(kind() + u" instead of "_s + run));
}

void TestMainWindow::noticeShowsItsRuns_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("button");
    QTest::addRow("one") << 1 << u"Show 1 run"_s;
    QTest::addRow("some") << 3 << u"Show 3 runs"_s;
    QTest::addRow("none that can be named") << 0 << QString();
}

/// As many as the button says, by the line that says which.
void TestMainWindow::noticeShowsItsRuns()
{
    QFETCH(const int, count);
    QFETCH(const QString, button);
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    stage.settle();
    std::vector<devserver::RunId> ids;
    QStringList texts;
    for (int i = 0; i < count; ++i) {
        ids.push_back(stage.backend.runs[static_cast<std::size_t>(2 * i + 1)].id);
        texts.append(QString::fromLatin1(ids.back().toText()));
    }
    stage.backend.post(devserver::Notice{
        .text = "taken up again", .level = devserver::NoticeLevel::Info, .runs = ids});
    stage.settle();
    QTRY_VERIFY(stage.window->findChild<QWidget *>(u"infoBar"_s) != nullptr); // at rest
    const auto *bar = child<QWidget>(stage.window.get(), "infoBar");
    const QList<QPushButton *> buttons = bar->findChildren<QPushButton *>();
    QCOMPARE(buttons.size(), count == 0 ? 0 : 1);
    if (count == 0)
        return;
    QCOMPARE(buttons.front()->text(), button);
    QTest::mouseClick(buttons.front(), Qt::LeftButton);
    stage.settle();
    QCOMPARE(stage.currentView(), u"runsView"_s);
    QCOMPARE(child<QLineEdit>(stage.window.get(), "runsFilter")->text(),
             count == 1 ? QString() : QString(u"id:"_s + texts.join(u',')));
    if (count == 1)
        QCOMPARE(stage.window->workspace().navigator.selection().run, ids.front());
}

/// And go by themselves: nobody has to close what is good.
void TestMainWindow::newsTakeThePlaceOfWhatTheyEnd()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    stage.settle();
    const auto texts = [&] {
        QStringList all;
        for (const auto *bar : stage.window->findChildren<QLabel *>(u"infoBarText"_s)) {
            if (bar->isVisible())
                all.append(bar->text());
        }
        return all;
    };
    stage.backend.post({.text = "app shop cannot be reached", .about = "app:1"});
    stage.settle();
    QTRY_COMPARE(texts(), QStringList{u"App shop cannot be reached"_s});
    stage.backend.advance(std::chrono::hours(1));
    stage.backend.post({.text = "app shop is back", .about = "app:1", .isPassing = true});
    stage.settle();
    QTRY_COMPARE(texts(), QStringList{u"App shop is back"_s});
    stage.backend.advance(std::chrono::seconds(20));
    QTRY_COMPARE(texts(), QStringList());
}

void TestMainWindow::addAppFromAnywhere()
{
    WindowStage stage;
    stage.open();
    stage.key(Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u">add app"_s);
    stage.key(Qt::Key_Return);
    QTRY_COMPARE(stage.currentView(), u"appsView"_s);
    QTRY_VERIFY(child<QWidget>(stage.window.get(), "appsAddress")->hasFocus());
}

void TestMainWindow::everythingHasAName()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    for (const ViewEntry &entry : viewTable()) {
        stage.goTo(entry);
        const QStringList findings = a11yFindings(stage.window.get());
        QVERIFY2(findings.isEmpty(),
                 qPrintable(QString::fromLatin1(entry.name) + u": "_s + findings.join(u"\n"_s)));
    }
}

void TestMainWindow::nothingIsCutOff_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("fontPercent");
    QTest::newRow("smallest") << QSize(1024, 640) << 100;
    QTest::newRow("usual") << QSize(1440, 900) << 100;
    QTest::newRow("125 percent") << QSize(1280, 800) << 125;
    QTest::newRow("200 percent") << QSize(1280, 800) << 200;
}

void TestMainWindow::nothingIsCutOff()
{
    QFETCH(QSize, size);
    QFETCH(int, fontPercent);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.ini"_s);
    Settings(path).setFontPercent(fontPercent);
    WindowStage stage(path);
    const Scene scene = fillScene(stage.backend);
    stage.open(size);
    const auto restore = qScopeGuard([&stage] { arrange::fontPercent(*stage.window, 100); });
    if (size.width() < 1200) // it would not have been open at the start
        stage.key(Qt::Key_I, Qt::ControlModifier);
    QStringList findings;
    if (stage.window->size() != size)
        findings.append(
            u"the window is %1x%2"_s.arg(stage.window->width()).arg(stage.window->height()));
    stage.eachView(scene.deadCharge, [&](const QByteArray &name) {
        for (const QString &finding :
             a11yFindings(stage.window.get()) + cutOffFindings(stage.window.get()))
            findings.append(QString::fromLatin1(name) + u": "_s + finding);
        shoot(stage.window.get(),
              u"cut_%1_%2_%3"_s.arg(size.width()).arg(fontPercent).arg(QString::fromLatin1(name)));
    });
    QVERIFY2(findings.isEmpty(), qPrintable(findings.join(u'\n')));
}

void TestMainWindow::docksHaveTheirFirstSizeAndFloat()
{
    WindowStage stage;
    stage.open();
    QDockWidget *inspector = stage.window->dock("inspector"_ba);
    QTRY_COMPARE(inspector->width(), 416);
    stage.key(Qt::Key_J, Qt::ControlModifier);
    QDockWidget *composer = stage.window->dock("composer"_ba);
    QTRY_VERIFY(composer->height() > 240 && composer->height() <= stage.window->height() * 2 / 5);
    QTest::mouseClick(child<QWidget>(composer, "composerDockFloat"), Qt::LeftButton);
    QTRY_VERIFY(composer->isFloating());
    QTest::mouseClick(child<QWidget>(composer, "composerDockFloat"), Qt::LeftButton);
    QTRY_VERIFY(!composer->isFloating());
    QTest::mouseClick(child<QWidget>(composer, "composerDockClose"), Qt::LeftButton);
    QTRY_VERIFY(!composer->isVisible());
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestMainWindow)
#include "tst_mainwindow.moc"
