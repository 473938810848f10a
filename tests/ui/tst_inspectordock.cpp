// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrangewindow.h"
#include "tests/ui/support/listrows.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/windowstage.h"
#include "tests/unit/ui/runstory.h"
#include "ui/core/pagedtablemodel.h"
#include "ui/runs/inspector.h"
#include "ui/widgets/listtable.h"

#include <QDockWidget>
#include <QImage>
#include <QLabel>
#include <QPointer>
#include <QToolButton>

#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;

/// The inspector as a dock of the window: one header names dock and subject.
class TestInspectorDock final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysItsNameWhereNothingIsSelected();
    void comesWithTheFirstChoice();
    void comesForWhatIsNotCountedYet();
    void hasOneHeader();
    void openAnotherAndFloatLookDifferent();
    void goesWithItsWindow();
    void linksFollowTheTheme();
    void showsWhatTheViewHasSelected();
    void showsTheLetterThatIsLeft();
    void makesRoomWhereNothingCanBeInspected();
    void comesForACallOfAnotherWindow();
};

namespace {

/// Whether something is painted in that colour.
bool has(QLabel *label, const QColor &color)
{
    const QImage image = label->grab().toImage();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            const int distance = std::abs(pixel.red() - color.red())
                                 + std::abs(pixel.green() - color.green())
                                 + std::abs(pixel.blue() - color.blue());
            if (distance < 24)
                return true;
        }
    }
    return false;
}

QLabel *nameOfDock(const QDockWidget *dock)
{
    for (QLabel *label : dock->titleBarWidget()->findChildren<QLabel *>()) {
        if (label->text() == dock->windowTitle())
            return label;
    }
    qFatal("the dock has no name");
}

/// A window in which nothing had run, and now the first run has come.
struct FirstRun : WindowStage {
    FirstRun()
    {
        backend.post(devserver::api::Counters{});
        open();
        dock = child<QDockWidget>(window.get(), "inspectorDock");
        QTRY_VERIFY((beat(), !dock->isVisible()));
        backend.runs = {runRow(1)};
        backend.post(runRow(1));
    }

    /// Clicks it in the list.
    void choose()
    {
        auto *table = child<ListTable>(window.get(), "runsTable");
        QTRY_VERIFY((beat(), table->list() != nullptr && table->list()->rowCount() == 1));
        clickRowOf(table, backend.runs.front().id.toText());
    }

    QDockWidget *dock = nullptr;
};

} // namespace

void TestInspectorDock::saysItsNameWhereNothingIsSelected()
{
    WindowStage stage; // without runs
    stage.open();
    const auto *dock = child<QDockWidget>(stage.window.get(), "inspectorDock");
    QVERIFY(!nameOfDock(dock)->isHidden());
    QCOMPARE(dock->titleBarWidget()->height(),
             child<QWidget>(stage.window.get(), "breadcrumb")->parentWidget()->height());
    QVERIFY(child<QWidget>(stage.window.get(), "inspHeader")->isHidden());
}

/// Before it there is nothing to inspect, and a run that comes by itself takes no room from who
/// writes the next event; later on it is as people want it.
void TestInspectorDock::comesWithTheFirstChoice()
{
    FirstRun stage;
    const QDockWidget *dock = stage.dock;
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    const QWidget *composer = child<QWidget>(stage.window.get(), "composer");
    const int width = composer->width();
    stage.backend.post(devserver::api::Counters{.all = 1});
    stage.backend.setState(stage.backend.state); // as it says after some changes of its own
    stage.settle();
    QVERIFY(!dock->isVisible());
    QCOMPARE(composer->width(), width);
    stage.choose();
    QTRY_VERIFY((stage.beat(), dock->isVisible()));
    stage.key(Qt::Key_I, Qt::ControlModifier);
    QVERIFY(!dock->isVisible());
    stage.backend.post(devserver::api::Counters{.all = 2});
    stage.settle();
    QVERIFY(!dock->isVisible());
    // Where the server does not run there is nothing, either.
    stage.key(Qt::Key_I, Qt::ControlModifier);
    devserver::api::ServerState state = stage.backend.state;
    state.phase = devserver::api::ServerPhase::Failed;
    state.error = {devserver::ErrorCode::StoreLocked, u"locked"_s};
    stage.backend.setState(state);
    QTRY_VERIFY((stage.beat(), !dock->isVisible()));
    // Its main button is what the keyboard is at.
    const auto *page = child<QWidget>(stage.window.get(), "troublePage");
    QTRY_COMPARE(QApplication::focusWidget(), child<QWidget>(page, "troubleTryAgain"));
    state.phase = devserver::api::ServerPhase::Serving;
    stage.backend.setState(state);
    QTRY_VERIFY((stage.beat(), dock->isVisible()));
}

/// The counters come a few times a second only: somebody may be quicker.
void TestInspectorDock::comesForWhatIsNotCountedYet()
{
    FirstRun stage;
    const QDockWidget *dock = stage.dock;
    stage.choose();
    QTRY_VERIFY((stage.beat(), dock->isVisible()));
}

void TestInspectorDock::hasOneHeader()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    auto *dock = child<QDockWidget>(stage.window.get(), "inspectorDock");
    arrange::place(*stage.window, {.view = "runs"_ba, .subject = scene.deadCharge.toText()});
    stage.settle();
    auto *title = child<QLabel>(stage.window.get(), "inspTitle");
    QCOMPARE(title->text(), u"charge-order"_s);
    QVERIFY(title->isVisible());
    QVERIFY(dock->titleBarWidget()->isAncestorOf(title));
    QLabel *name = nameOfDock(dock);
    QVERIFY(!name->isVisible());
    const auto left = [dock](const QWidget *widget) {
        return widget->mapTo(dock->titleBarWidget(), widget->contentsRect().topLeft()).x();
    };
    const int icon = left(child<QLabel>(stage.window.get(), "inspIcon"));
    // Its line goes on where the row beside it has one, with a subject and without.
    const auto end = [&stage](const QWidget *widget) {
        return widget->mapTo(stage.window.get(), QPoint(0, widget->height())).y();
    };
    const QWidget *beside = child<QWidget>(stage.window.get(), "breadcrumb")->parentWidget();
    QCOMPARE(end(dock->titleBarWidget()), end(beside));
    // Little of the height is spent on it.
    const auto *tabs = child<QWidget>(stage.window.get(), "inspectorTabs");
    QVERIFY(tabs->mapTo(dock, QPoint()).y() <= 56);
    QVERIFY(child<QToolButton>(stage.window.get(), "inspPin")->isVisible());
    shoot(stage.window.get(), u"inspector_dock"_s);
    arrange::place(*stage.window, {.view = "runs"_ba, .filter = u"fn:nothing"_s});
    stage.settle();
    QVERIFY(name->isVisible());
    QCOMPARE(left(name), icon);
}

/// A view where nothing is selected has nothing to inspect, whatever another one has.
void TestInspectorDock::showsWhatTheViewHasSelected()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    arrange::place(*stage.window, {.view = "runs"_ba, .subject = scene.completed.toText()});
    stage.settle();
    const auto *inspector = child<Inspector>(stage.window.get(), "inspector");
    const auto shown = [&] { return inspector->inspection().subject; };
    QCOMPARE(shown().run, scene.completed);
    stage.key(Qt::Key_7, Qt::ControlModifier); // Activity
    stage.settle();
    QCOMPARE(shown(), Selection());
    stage.key(Qt::Key_3, Qt::ControlModifier); // Dead letters: the first one
    stage.settle();
    QCOMPARE(shown().kind, Selection::Kind::Letter);
    stage.key(Qt::Key_1, Qt::ControlModifier);
    stage.settle();
    QCOMPARE(shown().run, scene.completed);
    QCOMPARE(shown().kind, Selection::Kind::Run);
    // Emptied while another view is seen, and where nothing ever was.
    stage.backend.letters.clear();
    for (devserver::api::RunSummary &run : stage.backend.runs) {
        run.status = devserver::RunStatus::Completed;
        run.endedAt = stage.backend.now();
        stage.backend.post(run);
    }
    for (const Qt::Key view : {Qt::Key_4, Qt::Key_7, Qt::Key_4}) {
        stage.key(view, Qt::ControlModifier);
        stage.settle();
        QCOMPARE(shown(), Selection());
    }
}

/// Activity has no subjects: the dock comes back with the next view, unless people want it there.
void TestInspectorDock::makesRoomWhereNothingCanBeInspected()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    arrange::place(*stage.window, {.view = "runs"_ba, .subject = scene.completed.toText()});
    stage.settle();
    const auto *dock = child<QDockWidget>(stage.window.get(), "inspectorDock");
    const int width = dock->width();
    const auto show = [&stage](Qt::Key view) {
        stage.key(view, Qt::ControlModifier);
        stage.settle();
    };
    show(Qt::Key_7); // Activity
    QVERIFY(!dock->isVisible());
    show(Qt::Key_1);
    QVERIFY(dock->isVisible());
    QCOMPARE(dock->width(), width);
    show(Qt::Key_7);
    show(Qt::Key_I); // all the same
    QVERIFY(dock->isVisible());
    show(Qt::Key_1);
    QVERIFY(dock->isVisible());
    QTest::mouseClick(child<QToolButton>(stage.window.get(), "inspPin"), Qt::LeftButton);
    show(Qt::Key_7);
    QVERIFY(dock->isVisible());
    QCOMPARE(child<Inspector>(stage.window.get(), "inspector")->inspection().subject.run,
             scene.completed);
}

/// Its dock is in the main window, which comes to the front with it.
void TestInspectorDock::comesForACallOfAnotherWindow()
{
    RunStory story;
    story.start().step("load", 10ms).offline("charge").pass(1min);
    const devserver::api::RunRecord record = story.record();
    WindowStage stage;
    stage.backend.setNow(story.now());
    stage.backend.records[record.run.id] = record;
    devserver::api::RunSummary row = runRow(1);
    row.id = record.run.id;
    stage.backend.runs = {row};
    stage.open();
    stage.backend.post(devserver::api::Counters{.all = 1});
    stage.key(Qt::Key_1, Qt::ControlModifier);
    auto *table = child<ListTable>(stage.window.get(), "runsTable");
    QTRY_VERIFY((stage.beat(), table->list() != nullptr));
    clickRowOf(table, record.run.id.toText());
    stage.settle();
    stage.key(Qt::Key_Return, Qt::ControlModifier);
    auto *opened = child<QWidget>(stage.window.get(), "runWindow");
    const auto *dock = child<QDockWidget>(stage.window.get(), "inspectorDock");
    arrange::place(*stage.window, {.view = "activity"_ba, .subject = {}});
    stage.settle();
    QVERIFY(!dock->isVisible());
    opened->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(opened));
    auto *calls = child<QToolButton>(opened, "runWaitShowCalls");
    QTRY_VERIFY((stage.beat(), calls->isVisible()));
    QTest::mouseClick(calls, Qt::LeftButton);
    QVERIFY(dock->isVisible());
    QTRY_VERIFY(stage.window->isActiveWindow());
    // Who closes it does not find it open again.
    QTest::mouseClick(child<QToolButton>(stage.window.get(), "inspectorDockClose"), Qt::LeftButton);
    QVERIFY(!dock->isVisible());
    stage.key(Qt::Key_1, Qt::ControlModifier);
    stage.settle();
    QVERIFY(!dock->isVisible());
}

/// The one that was chosen went while another view was seen.
void TestInspectorDock::showsTheLetterThatIsLeft()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    const auto *inspector = child<Inspector>(stage.window.get(), "inspector");
    const auto shown = [&] { return inspector->inspection().subject; };
    stage.key(Qt::Key_3, Qt::ControlModifier);
    stage.settle();
    const auto *table = child<ListTable>(stage.window.get(), "deadTable");
    const devserver::RunId first = shown().run;
    QCOMPARE(table->currentId(), first.toText());
    stage.key(Qt::Key_7, Qt::ControlModifier); // Activity
    stage.settle();
    for (devserver::api::LetterSummary &letter : stage.backend.letters) {
        if (letter.run != first)
            continue;
        letter.state = devserver::LetterState::Resolved;
        stage.backend.post(letter);
    }
    stage.settle();
    stage.backend.advance(std::chrono::seconds(3));
    QTRY_VERIFY((stage.beat(), table->list()->rowOf(first.toText()) < 0));
    stage.settle();
    QCOMPARE(shown(), Selection()); // of the view that is seen
    stage.key(Qt::Key_3, Qt::ControlModifier);
    stage.settle();
    QCOMPARE(shown().kind, Selection::Kind::Letter);
    QVERIFY(shown().run != first);
    QCOMPARE(shown().run.toText(), table->currentId());
}

void TestInspectorDock::openAnotherAndFloatLookDifferent()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    arrange::place(*stage.window, {.view = "runs"_ba, .subject = scene.deadCharge.toText()});
    stage.settle();
    auto *another = child<QToolButton>(stage.window.get(), "inspAnother");
    const auto picture = [](const QToolButton *button) {
        return button->icon().pixmap(16, 16).toImage();
    };
    QVERIFY(picture(another)
            != picture(child<QToolButton>(stage.window.get(), "inspectorDockFloat")));
    QTest::mouseClick(another, Qt::LeftButton);
    stage.settle();
    const auto *other = stage.window->findChild<Inspector *>(u"inspectorWindow"_s);
    QVERIFY(other != nullptr && other->isVisible());
    QCOMPARE(child<QLabel>(other, "inspTitle")->text(), u"charge-order"_s);
    QVERIFY(child<QLabel>(other, "inspTitle")->isVisible()); // it has its own header
    shoot(stage.window->findChild<Inspector *>(u"inspectorWindow"_s), u"inspector_other"_s);
}

/// The title bar is gone before the inspector that fills it.
void TestInspectorDock::goesWithItsWindow()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    arrange::place(*stage.window, {.view = "runs"_ba, .subject = scene.deadCharge.toText()});
    stage.settle();
    QTest::mouseClick(child<QToolButton>(stage.window.get(), "inspAnother"), Qt::LeftButton);
    stage.settle();
    QList<QPointer<QWidget>> parts;
    for (Inspector *inspector : stage.window->findChildren<Inspector *>())
        parts.append(inspector);
    for (const QDockWidget *dock : stage.window->findChildren<QDockWidget *>())
        parts.append(dock->titleBarWidget());
    parts.removeAll(nullptr);
    QVERIFY(parts.size() >= 4); // two inspectors and their headers
    stage.window.reset();
    for (const QPointer<QWidget> &part : parts)
        QVERIFY(part.isNull());
}

void TestInspectorDock::linksFollowTheTheme()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    arrange::place(*stage.window, {.view = "runs"_ba, .subject = scene.completed.toText()});
    stage.settle();
    const Theme &theme = stage.window->workspace().theme;
    const bool wasDark = theme.isDark();
    stage.key(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    stage.settle();
    QVERIFY(theme.isDark() != wasDark);
    auto *header = child<QLabel>(stage.window.get(), "runOrigin");
    QVERIFY(has(header, theme.color(Token::Accent)));
    bool isInOverview = false;
    for (QLabel *value : stage.window->findChildren<QLabel *>(u"inspValue"_s))
        isInOverview = isInOverview || has(value, theme.color(Token::Accent));
    QVERIFY(isInOverview);
}

UI_TEST_MAIN(TestInspectorDock)
#include "tst_inspectordock.moc"
