// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/clicks.h"
#include "tests/ui/support/filedialog.h"
#include "tests/ui/support/listrows.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/textfile.h"
#include "tests/ui/support/windowstage.h"
#include "ui/core/placejson.h"
#include "ui/core/runlistmodel.h"
#include "ui/shell/navrail.h"
#include "ui/shell/runwindow.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/projectplaces.h"

#include <QCheckBox>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QProcess>
#include <QScreen>
#include <QScrollBar>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeView>

namespace console::test {

using namespace Qt::StringLiterals;

/// Closing and starting again finds everything as it was (ui.md 25).
class TestRemembered : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsInFullSizeWithTheirAxis();
    void runsWithFilterTabAndScrolling();
    void stepThatIsSelected();
    void whatWasChosenLast();
    void events();
    void deadLetters();
    void appsAndWaiting();
    void furtherWindows();
    void selectionIsJson();
    void eachDataFileIsFoundAsItWas();
    void eachDataFileHasItsOrder();
    void anotherFileAtItsPath();
    void whatIsGoneIsLeftOut();
    void whatWasDoneBeforeAKillIsThere();
    void worksUntilKilled();
    void oldestPlacesAreForgotten();
    void waitsForTheServer();
    void paletteSelectsAnApp();
    void firstSizeFitsTheScreen();
    void sizeOfALargerScreenFits();
    void isSavedBeforeTheNextWindowStarts();
    void staysIfTheNextWindowCannotStart();
};

namespace {

struct Start {
    QTemporaryDir folder;
    WindowStage stage{folder.filePath(u"settings.ini"_s)};
    Scene scene = fillScene(stage.backend);

    Start() { stage.open(); }

    /// Closes the window, as people do, and opens the next one.
    void again()
    {
        close();
        stage.open();
        stage.settle();
    }

    void close()
    {
        stage.settle();
        closeNow();
    }

    void closeNow()
    {
        stage.window->close();
        // Something is being executed in the scene.
        if (auto *question = stage.window->findChild<QMessageBox *>(u"quitQuestion"_s))
            QTest::keyClick(question, Qt::Key_Return);
        QTRY_VERIFY(!stage.window->isVisible());
        stage.window.reset();
    }

    /// In the main window itself, not in one of its further windows.
    template<typename T>
    T *find(const char *name) const
    {
        for (T *found : stage.window->findChildren<T *>(QString::fromLatin1(name))) {
            if (found->window() == stage.window.get() || found->isWindow())
                return found;
        }
        qFatal("no child named %s", name);
    }

    void click(const char *name)
    {
        QTest::mouseClick(find<QWidget>(name), Qt::LeftButton);
        stage.settle();
    }

    void clickTab(const char *tabs, int index)
    {
        test::clickTab(find<QTabWidget>(tabs), index);
        stage.settle();
    }

    [[nodiscard]] Place place() const { return stage.window->currentView()->place(); }

    /// The data file cannot be used any more, and somebody takes the one named \a name.
    void chooseOtherFile(const QString &name)
    {
        devserver::api::ServerState state = stage.backend.state;
        state.phase = devserver::api::ServerPhase::Failed;
        state.error = {devserver::ErrorCode::StoreDamaged, u"malformed"_s};
        stage.backend.setState(state);
        stage.beat();
        QTest::mouseClick(find<QWidget>("troubleOtherFile"), Qt::LeftButton);
        chooseFileIn(stage.window->findChild<QFileDialog *>(u"dataFileDialog"_s), name);
        QTRY_VERIFY(stage.window->findChild<QFileDialog *>() == nullptr);
    }
};

} // namespace

void TestRemembered::runsInFullSizeWithTheirAxis()
{
    Start start;
    auto *table = start.find<ListTable>("runsTable");
    clickRowOf(table, start.scene.completed.toText());
    start.stage.settle();
    start.click("timelineAxisOrder");
    start.click("timelineCalls");
    table->setFocus();
    start.stage.key(Qt::Key_Return);
    start.stage.settle();
    const Place before = start.place();
    QVERIFY(before.isFullSize);
    start.again();
    QCOMPARE(start.place(), before);
    QVERIFY(start.find<QToolButton>("timelineAxisOrder")->isChecked());
    QVERIFY(start.find<QToolButton>("timelineCalls")->isChecked());
    QVERIFY(!start.find<QWidget>("runsTable")->isVisible());
    QVERIFY(!start.find<QToolButton>("backButton")->isEnabled()); // it began there
    // Another run has the axis that suits it.
    start.stage.key(Qt::Key_Escape);
    clickRowOf(start.find<ListTable>("runsTable"), start.scene.deadCharge.toText());
    start.stage.settle();
    QVERIFY(!start.find<QToolButton>("timelineAxisOrder")->isChecked());
}

void TestRemembered::runsWithFilterTabAndScrolling()
{
    Start start;
    QTest::keyClicks(start.find<QLineEdit>("runsFilter"), u"fn:*"_s);
    QTest::keyClick(start.find<QLineEdit>("runsFilter"), Qt::Key_Return);
    start.stage.settle();
    auto *table = start.find<ListTable>("runsTable");
    table->verticalScrollBar()->setValue(5 * table->rowHeight(0));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, {60, 4 * table->rowHeight(0)});
    start.stage.settle();
    start.clickTab("runTabs", 1);
    const QByteArray chosen = table->currentId();
    QVERIFY(table->rowAt(0) > 0);
    const QByteArray top = table->list()->idAt(table->rowAt(0));
    const int offset = table->rowViewportPosition(table->rowAt(0));
    start.again();
    QCOMPARE(start.place().filter, u"fn:*"_s);
    QCOMPARE(start.place().subject, chosen);
    table = start.find<ListTable>("runsTable");
    QCOMPARE(table->currentId(), chosen);
    QCOMPARE(start.find<QTabWidget>("runTabs")->currentIndex(), 1);
    QCOMPARE(table->list()->idAt(table->rowAt(0)), top);
    QCOMPARE(table->rowViewportPosition(table->rowAt(0)), offset);
}

void TestRemembered::stepThatIsSelected()
{
    Start start;
    clickRowOf(start.find<ListTable>("runsTable"), start.scene.deadCharge.toText());
    start.stage.settle();
    start.find<QWidget>("timelineView")->setFocus();
    start.stage.key(Qt::Key_Down);
    start.stage.key(Qt::Key_Down);
    start.stage.settle();
    const QString kind = start.find<QLabel>("inspKind")->text();
    const QString title = start.find<QLabel>("inspTitle")->text();
    QCOMPARE(start.stage.window->workspace().navigator.selection().kind, Selection::Kind::Step);
    start.again();
    QCOMPARE(start.find<QLabel>("inspKind")->text(), kind);
    QCOMPARE(start.find<QLabel>("inspTitle")->text(), title);
}

/// Details come a little after the keys; who closes the window before that has chosen nevertheless.
void TestRemembered::whatWasChosenLast()
{
    Start start;
    auto *table = start.find<ListTable>("runsTable");
    clickRowOf(table, start.scene.deadCharge.toText());
    start.stage.settle();
    QTest::keyClick(table, Qt::Key_Down);
    const QByteArray chosen = table->currentId();
    QVERIFY(chosen != start.place().subject); // or nothing waits
    start.closeNow();
    start.stage.open();
    start.stage.settle();
    QCOMPARE(start.place().subject, chosen);
    QCOMPARE(start.find<ListTable>("runsTable")->currentId(), chosen);
    QCOMPARE(start.stage.window->workspace().navigator.selection().run.toText(), chosen);
}

void TestRemembered::events()
{
    Start start;
    start.stage.key(Qt::Key_2, Qt::ControlModifier);
    start.stage.settle();
    start.click("eventsInternal");
    clickRowOf(start.find<ListTable>("eventsTable"), start.scene.order.toText());
    start.stage.settle();
    start.clickTab("eventTabs", 2);
    start.again();
    QCOMPARE(start.stage.currentView(), u"eventsView"_s);
    QVERIFY(start.find<QCheckBox>("eventsInternal")->isChecked());
    QCOMPARE(start.place().subject, start.scene.order.toText());
    QCOMPARE(start.find<QTabWidget>("eventTabs")->currentIndex(), 2);
}

void TestRemembered::deadLetters()
{
    Start start;
    start.stage.key(Qt::Key_3, Qt::ControlModifier);
    start.stage.settle();
    start.click("deadShowDiscarded");
    auto *tree = start.find<QTreeView>("deadGroups");
    const QModelIndex function = tree->model()->index(1, 0);
    QVERIFY(function.isValid());
    tree->scrollTo(function);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(function).center());
    start.stage.settle();
    const QString group = function.data().toString();
    const int letters = start.find<ListTable>("deadTable")->list()->rowCount();
    start.clickTab("deadTabs", 1);
    start.again();
    QCOMPARE(start.stage.currentView(), u"deadView"_s);
    QVERIFY(start.find<QCheckBox>("deadShowDiscarded")->isChecked());
    QCOMPARE(start.find<QTreeView>("deadGroups")->currentIndex().siblingAtColumn(0).data(), group);
    QCOMPARE(start.find<ListTable>("deadTable")->list()->rowCount(), letters);
    QCOMPARE(start.find<QTabWidget>("deadTabs")->currentIndex(), 1);
}

void TestRemembered::appsAndWaiting()
{
    Start start;
    start.stage.key(Qt::Key_4, Qt::ControlModifier);
    start.stage.settle();
    start.stage.key(Qt::Key_Down);
    start.stage.settle();
    const Place waiting = start.place();
    QVERIFY(!waiting.subject.isEmpty());
    start.stage.key(Qt::Key_6, Qt::ControlModifier);
    start.stage.key(Qt::Key_Down);
    start.stage.settle();
    const Place apps = start.place();
    QVERIFY(!apps.subject.isEmpty());
    start.again();
    QCOMPARE(start.place(), apps);
    start.stage.key(Qt::Key_4, Qt::ControlModifier);
    start.stage.settle();
    QCOMPARE(start.place(), waiting);
}

void TestRemembered::furtherWindows()
{
    Start start;
    clickRowOf(start.find<ListTable>("runsTable"), start.scene.deadCharge.toText());
    start.stage.settle();
    start.click("inspAnother");
    start.stage.window->activateWindow();
    start.click("inspPin");
    const QString pinned = start.find<QLabel>("inspTitle")->text();
    auto *table = start.find<ListTable>("runsTable");
    clickRowOf(table, start.scene.completed.toText());
    start.stage.settle();
    QTest::keyClick(table, Qt::Key_Return, Qt::ControlModifier);
    start.stage.settle();
    auto *runWindow = start.find<QWidget>("runWindow");
    QCOMPARE(runWindow->focusWidget()->objectName(), u"timelineView"_s); // no button
    runWindow->resize(760, 555);
    start.again();
    QCOMPARE(start.stage.window->findChildren<QWidget *>(u"runWindow"_s).size(), 1);
    const auto *again = start.find<RunWindow>("runWindow");
    QCOMPARE(again->run(), start.scene.completed);
    QCOMPARE(again->size(), QSize(760, 555));
    QVERIFY(again->isVisible());
    QCOMPARE(again->focusWidget()->objectName(), u"timelineView"_s);
    QCOMPARE(start.stage.window->findChildren<QWidget *>(u"inspectorWindow"_s).size(), 1);
    QVERIFY(start.find<QToolButton>("inspPin")->isChecked());
    QCOMPARE(start.find<QLabel>("inspTitle")->text(), pinned);
}

void TestRemembered::selectionIsJson()
{
    Selection selection;
    selection.kind = Selection::Kind::Attempt;
    selection.run = runId(7);
    selection.step = "0123abcd"_ba;
    selection.stepName = "charge-card"_ba;
    selection.attempt = devserver::RequestId::fromText(runId(8).toText());
    QCOMPARE(selectionFromJson(toJson(selection)), selection);
    Selection app;
    app.kind = Selection::Kind::App;
    app.app.value = devserver::Uuid::fromName("apps", "shop");
    QCOMPARE(selectionFromJson(toJson(app)), app);
    QCOMPARE(selectionFromJson({{"kind"_L1, u"planet"_s}, {"run"_L1, 7}}), Selection());
}

void TestRemembered::eachDataFileIsFoundAsItWas()
{
    Start start;
    QTest::keyClicks(start.find<QLineEdit>("runsFilter"), u"fn:*"_s);
    QTest::keyClick(start.find<QLineEdit>("runsFilter"), Qt::Key_Return);
    start.stage.settle();
    clickRowOf(start.find<ListTable>("runsTable"), start.scene.deadCharge.toText());
    start.stage.settle();
    start.stage.key(Qt::Key_B, Qt::ControlModifier); // no labels
    start.stage.window->resize(1300, 700);           // the screen may be small
    const Place ours = start.place();
    start.close();
    const QString file =
        std::exchange(start.stage.backend.state.dataFile, u"/etc/passwd/other/redrive.db"_s);
    // A new one begins without what was looked for in the other one; the window looks alike.
    start.stage.open({1200, 660});
    start.stage.settle();
    QCOMPARE(start.place().filter, QString());
    QVERIFY(start.place().subject != ours.subject);
    QVERIFY(!start.stage.window->rail().areLabelsShown());
    start.stage.key(Qt::Key_B, Qt::ControlModifier);
    start.stage.key(Qt::Key_6, Qt::ControlModifier);
    start.stage.settle();
    start.close();
    for (int round = 0; round < 2; ++round) {
        const bool isOurs = round == 0;
        start.stage.backend.state.dataFile = isOurs ? file : u"/etc/passwd/other/redrive.db"_s;
        start.stage.window = std::make_unique<MainWindow>(start.stage.backend, start.stage.options,
                                                          start.stage.desktop);
        start.stage.window->show();
        start.stage.settle();
        QCOMPARE(start.stage.window->height(), isOurs ? 700 : 660);
        QCOMPARE(start.stage.window->rail().areLabelsShown(), !isOurs);
        QCOMPARE(start.stage.currentView(), isOurs ? u"runsView"_s : u"appsView"_s);
        if (isOurs)
            QCOMPARE(start.place(), ours);
        else
            start.stage.key(Qt::Key_N, Qt::ControlModifier); // the composer is open
        start.close();
    }
    // A new one begins at the first page, and nothing stands before that.
    start.stage.backend.state.dataFile = u"/etc/passwd/third/redrive.db"_s;
    start.stage.open({1200, 660});
    start.stage.settle();
    QCOMPARE(start.stage.currentView(), u"runsView"_s);
    QVERIFY(start.find<QWidget>("composerName")->visibleRegion().isEmpty());
}

/// Which rows, in which order, is of the file; how wide a column is, of the person.
void TestRemembered::eachDataFileHasItsOrder()
{
    Start start;
    const auto query = [&start] {
        return qobject_cast<RunListModel *>(start.find<ListTable>("runsTable")->list())->query();
    };
    const auto openAnother = [&start](const QString &file) {
        start.close();
        start.stage.backend.state.dataFile = file;
        start.stage.open();
        start.stage.settle();
    };
    const auto *header = start.find<ListTable>("runsTable")->horizontalHeader();
    const int trigger = static_cast<int>(RunColumn::Trigger);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                      {header->sectionViewportPosition(trigger) + 20, 12});
    start.stage.settle();
    QCOMPARE(query().sort, devserver::api::RunSort::Trigger);
    start.stage.key(Qt::Key_2, Qt::ControlModifier);
    start.stage.settle();
    start.click("eventsInternal");
    start.stage.key(Qt::Key_1, Qt::ControlModifier);
    const QString ours = start.stage.backend.state.dataFile;
    openAnother(u"/etc/passwd/other/redrive.db"_s);
    QCOMPARE(query().sort, devserver::api::RunSort::Queued);
    QVERIFY(query().isDescending);
    start.stage.key(Qt::Key_2, Qt::ControlModifier);
    start.stage.settle();
    QVERIFY(!start.find<QCheckBox>("eventsInternal")->isChecked());
    openAnother(ours);
    QCOMPARE(query().sort, devserver::api::RunSort::Trigger);
    start.stage.key(Qt::Key_2, Qt::ControlModifier);
    start.stage.settle();
    QVERIFY(start.find<QCheckBox>("eventsInternal")->isChecked());
}

namespace {

constexpr auto killedFolder = "REDRIVE_TEST_KILLED";

} // namespace

/// It was deleted, and the same command begun a new one.
void TestRemembered::anotherFileAtItsPath()
{
    Start start;
    start.stage.backend.state.dataFileBornAt = 1'000;
    start.again(); // it is known from now on
    QTest::keyClicks(start.find<QLineEdit>("runsFilter"), u"fn:*"_s);
    QTest::keyClick(start.find<QLineEdit>("runsFilter"), Qt::Key_Return);
    start.stage.settle();
    clickRowOf(start.find<ListTable>("runsTable"), start.scene.deadCharge.toText());
    start.stage.settle();
    const Place ours = start.place();
    start.again();
    QCOMPARE(start.place(), ours);
    start.close();
    start.stage.backend.state.dataFileBornAt = 2'000;
    start.stage.open();
    start.stage.settle();
    QCOMPARE(start.place().subject, QByteArray());
    QCOMPARE(start.place().filter, QString());
    QVERIFY(!start.find<QWidget>("runPanel")->isVisible());
    QVERIFY(start.stage.window->workspace().navigator.selection() == Selection());
}

void TestRemembered::whatIsGoneIsLeftOut()
{
    Start start;
    auto *table = start.find<ListTable>("runsTable");
    clickRowOf(table, start.scene.deadCharge.toText());
    start.stage.settle();
    QTest::keyClick(table, Qt::Key_Return, Qt::ControlModifier);
    start.stage.settle();
    QVERIFY(start.stage.window->findChild<RunWindow *>() != nullptr);
    start.stage.window->activateWindow();
    start.close();
    start.stage.backend.records.erase(start.scene.deadCharge);
    std::erase_if(start.stage.backend.runs,
                  [&start](const auto &run) { return run.id == start.scene.deadCharge; });
    start.stage.open();
    start.stage.settle();
    QCOMPARE(start.place().subject, QByteArray());
    QVERIFY(!start.find<QWidget>("runPanel")->isVisible());
    QTRY_VERIFY(start.stage.window->findChild<RunWindow *>() == nullptr);
    QVERIFY(start.stage.window->workspace().navigator.selection() == Selection());
    // Who goes to it is told.
    arrange::run(*start.stage.window, start.scene.deadCharge);
    start.stage.settle();
    QVERIFY(start.find<QLabel>("runMessage")->isVisible());
    QCOMPARE(start.place().subject, start.scene.deadCharge.toText());
}

/// Not a test of its own: what the process does that `whatWasDoneBeforeAKillIsThere` kills.
void TestRemembered::worksUntilKilled()
{
    const QString folder = qEnvironmentVariable(killedFolder);
    if (folder.isEmpty())
        return;
    WindowStage stage(folder + u"/settings.ini"_s);
    const Scene scene = fillScene(stage.backend);
    stage.backend.state.dataFile = folder + u"/redrive.db"_s;
    stage.open({1300, 700});
    clickRowOf(child<ListTable>(stage.window.get(), "runsTable"), scene.completed.toText());
    stage.settle();
    stage.key(Qt::Key_B, Qt::ControlModifier); // no labels
    stage.key(Qt::Key_3, Qt::ControlModifier);
    stage.settle();
    for (;;)
        QTest::qWait(100); // until somebody ends it
}

void TestRemembered::whatWasDoneBeforeAKillIsThere()
{
    const QTemporaryDir folder;
    const QString settings = folder.filePath(u"settings.ini"_s);
    QProcess other;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QString::fromLatin1(killedFolder), folder.path());
    other.setProcessEnvironment(environment);
    other.start(QCoreApplication::applicationFilePath(), {u"worksUntilKilled"_s});
    QVERIFY(other.waitForStarted());
    QTRY_VERIFY2_WITH_TIMEOUT(contentOf(settings).contains("\nview=@ByteArray(dead)"),
                              contentOf(settings).constData(), 20'000);
    other.kill();
    QVERIFY(other.waitForFinished());
    QCOMPARE(other.exitStatus(), QProcess::CrashExit);
    WindowStage stage(settings);
    const Scene scene = fillScene(stage.backend);
    stage.backend.state.dataFile = folder.filePath(u"redrive.db"_s);
    stage.window = std::make_unique<MainWindow>(stage.backend, stage.options, stage.desktop);
    stage.window->show();
    stage.settle();
    QCOMPARE(stage.window->height(), 700);
    QCOMPARE(stage.currentView(), u"deadView"_s);
    QVERIFY(!stage.window->rail().areLabelsShown());
    stage.key(Qt::Key_1, Qt::ControlModifier);
    stage.settle();
    QCOMPARE(stage.window->currentView()->place().subject, scene.completed.toText());
}

void TestRemembered::oldestPlacesAreForgotten()
{
    const QTemporaryDir folder;
    Settings settings(folder.filePath(u"settings.ini"_s));
    const auto places = [&settings](int number) {
        return ProjectPlaces(settings, u"/home/dev/p%1/redrive.db"_s.arg(number));
    };
    for (int number = 0; number < ProjectPlaces::most; ++number) {
        ProjectPlaces made = places(number);
        made.setValue(u"runs/subject"_s, number); // not before it is touched
        QVERIFY(!made.isKnown());
        made.touch();
        made.setValue(u"runs/subject"_s, number);
    }
    places(0).touch(); // the next one is the oldest now
    places(ProjectPlaces::most).touch();
    QCOMPARE(places(0).value(u"runs/subject"_s).toInt(), 0);
    QVERIFY(!places(1).isKnown());
    QVERIFY(
        !settings.value(ProjectPlaces::groupOf(u"/home/dev/p1/redrive.db"_s) + u"/runs/subject"_s)
             .isValid());
    QCOMPARE(places(2).value(u"runs/subject"_s).toInt(), 2);
    QVERIFY(!ProjectPlaces(settings, {}).isKnown());
}

void TestRemembered::waitsForTheServer()
{
    Start start;
    clickRowOf(start.find<ListTable>("runsTable"), start.scene.deadCharge.toText());
    start.stage.settle();
    start.close();
    devserver::api::ServerState state = start.stage.backend.state;
    state.phase = devserver::api::ServerPhase::Starting;
    start.stage.backend.state = state;
    start.stage.backend.queryError = {devserver::ErrorCode::Stopping, u"not yet"_s};
    start.stage.open();
    QVERIFY(start.place().subject != start.scene.deadCharge.toText());
    start.close(); // nobody saw anything: nothing is forgotten
    start.stage.open();
    start.stage.backend.queryError.reset();
    state.phase = devserver::api::ServerPhase::Serving;
    start.stage.backend.setState(state);
    start.stage.settle();
    QCOMPARE(start.place().subject, start.scene.deadCharge.toText());
    QCOMPARE(start.find<ListTable>("runsTable")->currentId(), start.scene.deadCharge.toText());
}

void TestRemembered::paletteSelectsAnApp()
{
    Start start;
    start.stage.key(Qt::Key_6, Qt::ControlModifier);
    start.stage.key(Qt::Key_Down);
    const Place second = start.place();
    start.stage.key(Qt::Key_Up);
    QVERIFY(start.place().subject != second.subject);
    const devserver::App *app =
        start.stage.window->workspace().catalog.app(*devserver::AppId::fromText(second.subject));
    QVERIFY(app != nullptr);
    start.stage.key(Qt::Key_1, Qt::ControlModifier);
    start.stage.key(Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), QString::fromUtf8(app->name));
    start.stage.beat();
    const auto *list = start.find<QAbstractItemView>("paletteList");
    int row = 0;
    while (row < list->model()->rowCount()
           && !list->model()
                   ->index(row, 0)
                   .data(Qt::AccessibleTextRole)
                   .toString()
                   .endsWith(u", app"_s)) {
        start.stage.key(Qt::Key_Down);
        ++row;
    }
    start.stage.key(Qt::Key_Return);
    start.stage.settle();
    QCOMPARE(start.place(), second);
}

/// The offscreen one is 800 x 800.
void TestRemembered::firstSizeFitsTheScreen()
{
    WindowStage stage;
    const MainWindow window(stage.backend, stage.options, stage.desktop);
    const int room = window.screen()->availableGeometry().height();
    QVERIFY(room < 900); // else there is nothing to see
    QVERIFY(window.height() < room);
    QCOMPARE(window.width(), window.minimumWidth());
}

void TestRemembered::sizeOfALargerScreenFits()
{
    const QTemporaryDir folder;
    WindowStage stage(folder.filePath(u"settings.ini"_s));
    stage.open({2400, 1500});
    stage.window->close();
    QTRY_VERIFY(!stage.window->isVisible());
    stage.window.reset();
    const MainWindow window(stage.backend, stage.options, stage.desktop);
    const QRect room = window.screen()->availableGeometry();
    QVERIFY2(window.height() <= room.height(), qPrintable(QString::number(window.height())));
    QCOMPARE(window.width(), window.minimumWidth());
    QVERIFY(room.contains(window.pos()));
}

/// The next window reads the same settings, and the same drafts if its file is in the same folder.
void TestRemembered::isSavedBeforeTheNextWindowStarts()
{
    Start start;
    start.close();
    start.stage.backend.state.dataFile = start.folder.filePath(u"redrive.db"_s);
    start.stage.open();
    start.stage.settle();
    start.stage.key(Qt::Key_N, Qt::ControlModifier);
    QTest::keyClicks(start.find<QLineEdit>("composerName"), u"order/half"_s);
    start.stage.key(Qt::Key_3, Qt::ControlModifier);
    QCOMPARE(start.stage.window->currentView()->name(), "dead"_ba);

    const QString path = start.folder.filePath(u"settings.ini"_s);
    QByteArray settings;
    QByteArray drafts;
    start.stage.desktop.whenLaunched = [&] {
        settings = contentOf(path);
        drafts = contentOf(start.folder.filePath(u".redrive/composer.json"_s));
        // As another process does it: what it changes is not taken back by this one.
        QFile next(path);
        QVERIFY(next.open(QIODevice::WriteOnly));
        QByteArray changed = settings;
        next.write(changed.replace("\nview=@ByteArray(dead)", "\nview=@ByteArray(apps)"));
    };
    start.chooseOtherFile(u"other.db"_s);
    QCOMPARE(start.stage.desktop.launched.size(), std::size_t(1));
    QVERIFY2(settings.contains("\nview=@ByteArray(dead)"), settings.constData());
    const QByteArray file = "\\dataFile="_ba + start.stage.backend.state.dataFile.toUtf8();
    QVERIFY2(settings.contains(file), settings.constData());
    QVERIFY2(drafts.contains("\"order/half\""), drafts.constData());
    QVERIFY(!start.stage.window->isVisible());
    start.stage.window.reset();
    QVERIFY2(contentOf(path).contains("\nview=@ByteArray(apps)"), contentOf(path).constData());
}

void TestRemembered::staysIfTheNextWindowCannotStart()
{
    Start start;
    start.stage.backend.state.dataFile = start.folder.filePath(u"redrive.db"_s);
    start.stage.desktop.cannotLaunch = u"Permission denied"_s;
    start.chooseOtherFile(u"other.db"_s);
    QVERIFY(start.stage.window->isVisible());
    const QString said = start.find<QLabel>("serverTroubleAnswer")->text();
    QVERIFY2(said.contains(u"other.db could not be started: Permission denied"_s),
             qPrintable(said));
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestRemembered)
#include "tst_remembered.moc"
