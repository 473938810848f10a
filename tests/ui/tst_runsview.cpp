// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/modelwatch.h"
#include "tests/ui/support/arrange.h"
#include "tests/ui/support/clicks.h"
#include "tests/ui/support/runsstage.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/pill.h"

#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStyleOptionSlider>
#include <QToolButton>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;
using devserver::RunId;
using devserver::api::RunRecordQuery;
using devserver::api::RunSort;
using devserver::api::RunsQuery;
using devserver::api::RunSummary;

namespace {

/// Lightness of the words of a row.
int darkestInk(const Stage &stage)
{
    const QRect row = stage.table->visualRect(stage.list()->index(3, 1));
    const QImage image = stage.table->viewport()->grab(row).toImage();
    int darkest = 255;
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y)
            darkest = std::min(darkest, image.pixelColor(x, y).lightness());
    }
    return darkest;
}

} // namespace

class TestRunsView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsRowsStillWhileNewOnesCome();
    void neverResets();
    void headerSorts();
    void asksForDetailsWhenKeysRest();
    void opensFullSizeAndComesBack();
    void goesToPlaces();
    void goesBackToARunThatLeftTheFilter();
    void keepsSelectionOverAQuery();
    void explainsEmptyLists();
    void showsErrorsAndTriesAgain();
    void saysThatTheServerIsStopped();
    void columnsCanBeHiddenAndReset();
    void liveButtonSaysHowFast();
    void columnsFitTheWidth();
    void stateIsAsWideWhateverItSays();
    void olderTimesHaveTheirDay();
    void progressIsThereBesideTheInspector();
    void idIsWholeOrNotThere();
    void chosenRowStaysInSight();
    void theUpperRowIsNeverCut();
    void aDraggedBarGoesOneWay();
    void stateIsRemembered();
    void everythingHasAName();
    void looksRight();
};

void TestRunsView::keepsRowsStillWhileNewOnesCome()
{
    Stage stage(completedRuns(500));
    stage.table->verticalScrollBar()->setValue(300 * stage.table->rowHeight(0));
    const int row = stage.table->rowAt(40);
    const QByteArray before = stage.list()->idAt(row);
    const int y = stage.table->rowViewportPosition(row);
    for (int number = 501; number <= 1000; ++number)
        stage.fixture.backend.post(runRow(number));
    while (!stage.fixture.backend.mailbox().isEmpty())
        stage.fixture.beat();
    QCOMPARE(stage.list()->rowCount(), 1000);
    const int now = stage.table->rowAt(40);
    QCOMPARE(stage.list()->idAt(now), before);
    QCOMPARE(stage.table->rowViewportPosition(now), y);
    auto *pill = child<Pill>(stage.view.get(), "runsPill");
    QVERIFY(pill->isVisible());
    QCOMPARE(pill->text(), u"500 new"_s);
    QTest::mouseClick(pill, Qt::LeftButton);
    QCOMPARE(stage.table->verticalScrollBar()->value(), 0);
    QVERIFY(!pill->isVisible());
    // At the top new rows are followed, without a pill.
    stage.fixture.backend.post(runRow(1001));
    stage.fixture.beat();
    QCOMPARE(stage.table->rowAt(1), 0);
    QCOMPARE(stage.list()->idAt(0), runId(1001).toText());
    QVERIFY(!pill->isVisible());
}

void TestRunsView::neverResets()
{
    Stage stage(completedRuns(600));
    const ModelWatch watch(stage.table->model(), "RunListModel");
    QSignalSpy resets(stage.table->model(), &QAbstractItemModel::modelReset);
    for (int update = 0; update < 2000; ++update) {
        RunSummary run = runRow(update % 4 == 0 ? 600 + update : update % 500 + 1);
        run.stepsDone = update % 4;
        stage.fixture.backend.post(run);
        if (update % 50 == 0) {
            stage.fixture.backend.advance(16ms);
            stage.fixture.beat();
        }
    }
    while (!stage.fixture.backend.mailbox().isEmpty())
        stage.fixture.beat();
    QCOMPARE(stage.list()->rowCount(), 1099); // 499 are new
    QCOMPARE(resets.count(), 0);
}

void TestRunsView::headerSorts()
{
    Stage stage(completedRuns(50));
    ListHeader *header = stage.table->header();
    const auto click = [&](RunColumn column) {
        const auto section = static_cast<int>(column);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          {header->sectionViewportPosition(section) + 20, 12});
        stage.settle();
        return stage.fixture.backend.askedFor<RunsQuery>().back();
    };
    RunsQuery query = click(RunColumn::Duration);
    QVERIFY(query.sort == RunSort::Duration && query.isDescending);
    // An update does not re-order, and a new run is only counted.
    const QByteArray third = stage.list()->idAt(2);
    RunSummary changed = stage.list()->at(2);
    changed.endedAt = *changed.startedAt + 50min;
    stage.fixture.backend.post(changed);
    RunSummary fresh = runRow(4000);
    stage.fixture.backend.post(fresh);
    stage.fixture.beat();
    QCOMPARE(stage.list()->idAt(2), third);
    auto *pill = child<Pill>(stage.view.get(), "runsPill");
    QCOMPARE(pill->text(), u"1 new, show"_s);
    QTest::mouseClick(pill, Qt::LeftButton);
    stage.settle();
    QCOMPARE(stage.list()->rowCount(), 51);
    QVERIFY(!pill->isVisible());
    query = click(RunColumn::Duration);
    QVERIFY(query.sort == RunSort::Duration && !query.isDescending);
    query = click(RunColumn::Duration);
    QVERIFY(query.sort == RunSort::Queued && query.isDescending);
    query = click(RunColumn::Function);
    QVERIFY(query.sort == RunSort::Function && !query.isDescending);
    const std::size_t asked = stage.fixture.backend.askedFor<RunsQuery>().size();
    (void)click(RunColumn::Error); // has no order
    QCOMPARE(stage.fixture.backend.askedFor<RunsQuery>().size(), asked);
}

void TestRunsView::asksForDetailsWhenKeysRest()
{
    Stage stage(completedRuns(300));
    stage.clickRow(0);
    QTRY_COMPARE(stage.fixture.backend.askedFor<RunRecordQuery>().size(), 1U);
    for (int key = 0; key < 200; ++key)
        QTest::keyClick(stage.table, Qt::Key_Down);
    QCOMPARE(stage.table->currentIndex().row(), 200);
    const RunId last = stage.list()->at(200).id;
    QTRY_COMPARE(stage.fixture.navigator.selection().run, last);
    QTRY_COMPARE(stage.fixture.backend.askedFor<RunRecordQuery>().back().run, last);
    // 200 keys took far less than a second: only a few rests of 80 ms fit in between.
    QVERIFY(stage.fixture.backend.askedFor<RunRecordQuery>().size() < 20U);
}

void TestRunsView::opensFullSizeAndComesBack()
{
    Stage stage(completedRuns(20));
    stage.clickRow(3);
    QTest::keyClick(stage.table, Qt::Key_Return);
    QVERIFY(stage.view->place().isFullSize);
    QCOMPARE(stage.view->place().subject, stage.list()->idAt(3));
    QVERIFY(!stage.table->isVisible());
    QVERIFY(stage.view->stepBack());
    QVERIFY(stage.table->isVisible() && stage.table->hasFocus());
    QCOMPARE(stage.table->currentIndex().row(), 3);
    QVERIFY(stage.view->stepBack()); // the selection
    QVERIFY(stage.view->place().subject.isEmpty());
    stage.filter->setFocus();
    stage.table->setFocus(); // what was left on purpose stays left
    QVERIFY(!stage.table->currentIndex().isValid());
    QVERIFY(!stage.view->stepBack());
    const QModelIndex fifth = stage.list()->index(5, 1);
    stage.clickRow(5);
    QTest::mouseDClick(stage.table->viewport(), Qt::LeftButton, {},
                       stage.table->visualRect(fifth).center());
    QVERIFY(stage.view->place().isFullSize);
}

void TestRunsView::goesToPlaces()
{
    Stage stage(sampleRuns());
    const Place empty = stage.view->place();
    QSignalSpy moved(stage.view.get(), &View::placeChanged);
    const RunId run = stage.list()->at(4).id;
    arrange::place(*stage.view, {.view = "runs"_ba, .filter = u"fn:*"_s, .subject = run.toText()});
    stage.settle();
    QCOMPARE(stage.table->currentId(), run.toText());
    QCOMPARE(stage.filter->text(), u"fn:*"_s);
    QCOMPARE(stage.fixture.navigator.selection().run, run);
    QCOMPARE(moved.count(), 0); // whoever sends it there knows
    arrange::place(*stage.view, empty);
    stage.settle();
    QCOMPARE(stage.view->place(), empty);
    stage.clickRow(1);
    QTRY_VERIFY(moved.count() >= 1);
}

void TestRunsView::goesBackToARunThatLeftTheFilter()
{
    Stage stage(sampleRuns());
    stage.typeFilter("state:running");
    QVERIFY(stage.list()->rowCount() > 0);
    stage.clickRow(0);
    const RunId run = stage.list()->at(0).id;
    QTRY_COMPARE(stage.view->place().subject, run.toText());
    const Place before = stage.view->place();
    stage.typeFilter("fn:*");
    for (RunSummary &row : stage.fixture.backend.runs) { // meanwhile it ended
        if (row.status != devserver::RunStatus::Running)
            continue;
        row.status = devserver::RunStatus::Completed;
        row.endedAt = stage.fixture.backend.now();
    }
    for (const int others : {0, 1}) { // alone, and beside runs that still fit
        if (others > 0) {
            stage.fixture.backend.runs.back().status = devserver::RunStatus::Running;
            stage.fixture.backend.runs.back().endedAt.reset();
        }
        arrange::place(*stage.view, {.view = "runs"_ba, .filter = u"fn:*"_s, .subject = {}});
        stage.settle();
        arrange::place(*stage.view, before);
        stage.view->mainWidget()->setFocus(); // as the window does
        stage.settle();
        QCOMPARE(stage.list()->rowCount(), others);
        const auto *panel = child<QWidget>(stage.view.get(), "runPanel");
        QVERIFY(panel->isVisible());
        QCOMPARE(stage.view->place(), before);
        QCOMPARE(stage.fixture.navigator.selection().run, run);
        // What can be done is done with it, not with what the list has.
        QTRY_VERIFY((stage.fixture.beat(), stage.actionNow("run.rerun").isEnabled));
        const QWidget *focus = stage.view->window()->focusWidget();
        QVERIFY(focus == panel || panel->isAncestorOf(focus));
    }
    // What is asked afterwards is another question.
    stage.typeFilter("fn:nobody");
    QTRY_VERIFY(!child<QWidget>(stage.view.get(), "runPanel")->isVisible());
}

void TestRunsView::keepsSelectionOverAQuery()
{
    Stage stage(completedRuns(100));
    stage.clickRow(7);
    const QByteArray id = stage.table->currentId();
    stage.fixture.backend.holdReplies(true);
    stage.filter->setFocus();
    QTest::keyClicks(stage.filter, u"state:completed"_s);
    QTest::keyClick(stage.filter, Qt::Key_Return);
    QVERIFY(stage.table->coming() != nullptr);
    QCOMPARE(stage.list()->rowCount(), 100); // the old ones stay
    stage.fixture.backend.holdReplies(false);
    stage.fixture.backend.releaseReplies();
    stage.settle();
    QCOMPARE(stage.table->currentId(), id);
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{id});
}

void TestRunsView::explainsEmptyLists()
{
    Stage stage(sampleRuns());
    int dead = 0;
    while (stage.list()->index(dead, 0).data().toString() != u"Dead"_s)
        ++dead;
    stage.clickRow(dead);
    const QByteArray chosen = stage.list()->idAt(dead);
    QTRY_VERIFY(child<QWidget>(stage.view.get(), "runPanel")->isVisible());
    stage.typeFilter("state:dead fn:nobody");
    auto *empty = child<QWidget>(stage.view.get(), "runsEmpty");
    QTRY_VERIFY(empty->isVisible());
    QVERIFY(!child<QWidget>(stage.view.get(), "runPanel")->isVisible()); // of none of its rows
    QVERIFY(stage.view->place().subject.isEmpty());
    QTRY_COMPARE(empty->accessibleDescription(), u"42 runs without the filter."_s);
    shoot(stage.view.get(), u"runs_filtered_empty"_s);
    for (QPushButton *button : empty->findChildren<QPushButton *>()) {
        if (button->text() == u"Remove last term"_s) {
            QTest::mouseClick(button, Qt::LeftButton);
            break;
        }
    }
    QCOMPARE(stage.filter->text(), u"state:dead"_s);
    stage.settle();
    QTRY_VERIFY(stage.table->isVisible());
    QTRY_VERIFY(child<QWidget>(stage.view.get(), "runPanel")->isVisible()); // it is there again
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{chosen});

    Stage never({});
    QTRY_VERIFY(!never.table->isVisible());
    QVERIFY(!child<QWidget>(never.view.get(), "runsEmpty")->isVisible());
    shoot(never.view.get(), u"runs_empty"_s);
    never.fixture.backend.post(runRow(1));
    never.fixture.beat();
    QTRY_VERIFY(never.table->isVisible());
}

void TestRunsView::showsErrorsAndTriesAgain()
{
    Stage stage(sampleRuns());
    const int rows = stage.list()->rowCount();
    stage.fixture.backend.queryError =
        devserver::Error{devserver::ErrorCode::Store, u"the data file is damaged"_s};
    stage.filter->setFocus();
    QTest::keyClicks(stage.filter, u"charge"_s);
    QTest::keyClick(stage.filter, Qt::Key_Return);
    const auto bar = [&stage] { return stage.view->findChild<QWidget *>(u"infoBar"_s); };
    QTRY_VERIFY(bar() != nullptr);
    QCOMPARE(stage.list()->rowCount(), rows); // the old ones stay
    QTRY_VERIFY(darkestInk(stage) > 100);     // of an older filter
    QVERIFY2(child<QLabel>(bar(), "infoBarText")
                 ->text()
                 .endsWith(u"\nThese rows are from before the filter."_s),
             qPrintable(child<QLabel>(bar(), "infoBarText")->text()));
    const auto *live = child<QToolButton>(stage.view.get(), "runsLive");
    QCOMPARE(live->text(), u"Stale"_s);
    shoot(stage.view.get(), u"runs_error_bar"_s);
    stage.fixture.backend.queryError.reset();
    clickButtonIn(bar());
    stage.settle();
    QTRY_VERIFY(bar() == nullptr);
    QTRY_VERIFY(darkestInk(stage) < 100);
    QCOMPARE(live->text(), u"Live"_s);
}

void TestRunsView::saysThatTheServerIsStopped()
{
    Stage stage(sampleRuns());
    devserver::api::ServerState stopped = stage.fixture.backend.state;
    stopped.phase = devserver::api::ServerPhase::Stopped;
    stage.fixture.backend.setState(stopped);
    QTRY_VERIFY(stage.view->findChild<QWidget *>(u"infoBar"_s) != nullptr);
    QVERIFY(!child<QToolButton>(stage.view.get(), "runsLive")->isEnabled());
    QVERIFY(stage.list()->rowCount() > 0);
    clickButtonIn(child<QWidget>(stage.view.get(), "infoBar"));
    QCOMPARE(stage.fixture.backend.serverStarts, std::vector<quint16>{8288});
    stopped.phase = devserver::api::ServerPhase::Serving;
    const std::size_t asked = stage.fixture.backend.askedFor<RunsQuery>().size();
    stage.fixture.backend.setState(stopped);
    QCOMPARE(stage.fixture.backend.askedFor<RunsQuery>().size(), asked + 1);
}

void TestRunsView::columnsCanBeHiddenAndReset()
{
    Stage stage(sampleRuns());
    auto *button = child<QToolButton>(stage.view.get(), "runsColumns");
    const auto menu = [] { return qobject_cast<QMenu *>(QApplication::activePopupWidget()); };
    const auto started = static_cast<int>(RunColumn::Started);
    QVERIFY(stage.table->isColumnHidden(started));
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(menu() != nullptr);
    for (int down = 0; down <= started; ++down)
        QTest::keyClick(menu(), Qt::Key_Down);
    QTest::keyClick(menu(), Qt::Key_Return);
    QVERIFY(!stage.table->isColumnHidden(started));
    QTRY_VERIFY(menu() == nullptr);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(menu() != nullptr);
    QTest::keyClick(menu(), Qt::Key_Up);
    QTest::keyClick(menu(), Qt::Key_Return);
    QVERIFY(stage.table->isColumnHidden(started));
}

void TestRunsView::liveButtonSaysHowFast()
{
    Stage stage(completedRuns(20));
    auto *live = child<QToolButton>(stage.view.get(), "runsLive");
    bool isSlow = true;
    connect(&stage.fixture.feed, &Feed::runsChanged, live, [&stage, &isSlow] {
        if (isSlow) // a model with too much to do
            stage.fixture.backend.advance(5ms);
    });
    for (int frame = 0; frame < 60; ++frame) {
        QCOMPARE(live->text(), u"Live"_s);
        stage.fixture.backend.post(runRow(100 + frame));
        stage.fixture.clock.beat();
    }
    QCOMPARE(live->text(), u"Live (5/s)"_s);
    isSlow = false;
    const auto isCalm = [&] {
        stage.fixture.clock.beat();
        return live->text() == u"Live"_s;
    };
    QTRY_VERIFY(isCalm());
    // Paused, rows stand still.
    const int rows = stage.list()->rowCount();
    QTest::mouseClick(live, Qt::LeftButton);
    stage.fixture.backend.post(runRow(3700)); // queued after that
    stage.fixture.beat();
    QCOMPARE(stage.list()->rowCount(), rows);
    QCOMPARE(live->text(), u"1 new"_s);
    QTest::mouseClick(live, Qt::LeftButton);
    stage.fixture.beat();
    QCOMPARE(stage.list()->rowCount(), rows + 1);
}

void TestRunsView::columnsFitTheWidth()
{
    Stage stage(sampleRuns());
    const auto hidden = [&stage](RunColumn column) {
        return stage.table->isColumnHidden(static_cast<int>(column));
    };
    QVERIFY(!hidden(RunColumn::RunId));
    ListHeader *header = stage.table->header();
    QTRY_COMPARE(header->length(), stage.table->viewport()->width());
    stage.view->resize(700, 800);
    QTRY_VERIFY(hidden(RunColumn::RunId)); // the last one waits for room
    QTRY_COMPARE(header->length(), stage.table->viewport()->width());
    QVERIFY(!hidden(RunColumn::Queued) && !hidden(RunColumn::Error)); // by their rank
    QVERIFY(hidden(RunColumn::Progress));
    const QByteArray saved = header->saveColumns();
    QVERIFY(saved.contains(R"("id":"id","shown":true)"));
    stage.view->resize(1200, 800);
    QTRY_VERIFY(!hidden(RunColumn::RunId));
    // A width that somebody chose stays.
    const int border = header->sectionViewportPosition(static_cast<int>(RunColumn::Trigger));
    QTest::mousePress(header->viewport(), Qt::LeftButton, {}, {border - 1, 12});
    QTest::mouseMove(header->viewport(), {border + 20, 12});
    QTest::mouseMove(header->viewport(), {border + 59, 12});
    QTest::mouseRelease(header->viewport(), Qt::LeftButton, {}, {border + 59, 12});
    const int wide = header->sectionSize(static_cast<int>(RunColumn::Function));
    stage.view->resize(760, 800);
    QTRY_COMPARE(header->length(), stage.table->viewport()->width()); // others wait for room
    QCOMPARE(header->sectionSize(static_cast<int>(RunColumn::Function)), wide);
}

/// What takes longer than a minute is said in fewer words; the names beside it stay.
void TestRunsView::stateIsAsWideWhateverItSays()
{
    Stage stage(completedRuns(20));
    stage.view->resize(1'600, 800);
    QTRY_VERIFY(child<QWidget>(stage.view.get(), "runPanel")->isVisible()); // a bar, too
    const auto width = [&stage](RunColumn column) {
        return stage.table->header()->sectionSize(static_cast<int>(column));
    };
    const int usual = width(RunColumn::State);
    const int error = width(RunColumn::Error);
    devserver::api::RunSummary waiting = runRow(100);
    waiting.status = devserver::RunStatus::Running;
    waiting.endedAt.reset();
    for (const auto left : std::initializer_list<std::chrono::seconds>{45s, 59min, 5s}) {
        waiting.activities = {{.kind = devserver::ActivityKind::BackingOff,
                               .until = stage.fixture.backend.now() + left}};
        stage.fixture.backend.post(waiting);
        stage.fixture.beat();
        QCOMPARE(stage.list()->rowCount(), 21);
        QCOMPARE(width(RunColumn::State), usual);
        QCOMPARE(width(RunColumn::Error), error);
        const auto need = stage.table->sizeHintForIndex(stage.list()->index(0, 0)).width();
        QCOMPARE(need <= usual, left < 1min);
    }
    stage.typeFilter("state:completed");
    QCOMPARE(width(RunColumn::State), usual);
}

/// Of another day, the day is as important as the time; the seconds are in the tooltip.
void TestRunsView::olderTimesHaveTheirDay()
{
    Stage stage(completedRuns(20));
    stage.view->resize(1'600, 800);
    devserver::api::RunSummary older = runRow(1);
    older.queuedAt -= 48h;
    older.id = runId(0);
    stage.fixture.backend.post(older);
    stage.fixture.beat();
    const auto queued = static_cast<int>(RunColumn::Queued);
    const QModelIndex last = stage.list()->index(stage.list()->rowCount() - 1, queued);
    QCOMPARE(last.data().toString().size(), u"2030-01-01 12:00:00"_s.size());
    const auto words = [&] {
        return RowDelegate::wordsIn(stage.table->columnWidth(queued) - 2 * RowDelegate::padding,
                                    last.data(CellDataRole).value<Cell>(),
                                    stage.table->fontMetrics());
    };
    QCOMPARE(words(), u"30 Dec 12:00"_s);
    stage.view->resize(800, 800);
    stage.settle();
    QVERIFY2(words().startsWith(u"30 Dec"_s), qPrintable(words()));
}

/// With the inspector beside it, in a window of 1440 pixels.
void TestRunsView::progressIsThereBesideTheInspector()
{
    Stage stage(completedRuns(60));
    stage.view->resize(836, 800);
    QTRY_COMPARE(stage.table->header()->length(), stage.table->viewport()->width());
    QVERIFY(!stage.table->isColumnHidden(static_cast<int>(RunColumn::Progress)));
    QVERIFY(!stage.table->isColumnHidden(static_cast<int>(RunColumn::Attempts)));
    // What is elided in a narrow column is whole in its tool tip.
    const QModelIndex trigger = stage.list()->index(0, static_cast<int>(RunColumn::Trigger));
    QCOMPARE(trigger.data(Qt::ToolTipRole).toString(), u"order/created"_s);
    shoot(stage.view.get(), u"runs_beside_inspector"_s);
}

void TestRunsView::idIsWholeOrNotThere()
{
    Stage stage(completedRuns(60));
    const int column = static_cast<int>(RunColumn::RunId);
    int shown = 0;
    for (int width = 1400; width >= 700; width -= 10) {
        stage.view->resize(width, 800);
        QTRY_COMPARE(stage.table->header()->length(), stage.table->viewport()->width());
        const QModelIndex id = stage.list()->index(0, column);
        if (stage.table->isColumnHidden(column))
            continue;
        ++shown;
        QVERIFY2(stage.table->columnWidth(column) >= stage.table->sizeHintForIndex(id).width(),
                 QByteArray::number(width).constData());
    }
    QVERIFY(shown > 0 && shown < 71);
}

void TestRunsView::chosenRowStaysInSight()
{
    Stage stage(completedRuns(100));
    const int last = stage.table->rowAt(stage.table->viewport()->height() - 1) - 1;
    stage.clickRow(last);
    QTRY_VERIFY(child<QWidget>(stage.view.get(), "runPanel")->isVisible());
    const auto isSeen = [&] {
        const QRect row = stage.table->visualRect(stage.table->currentIndex());
        return stage.table->currentIndex().row() == last
               && stage.table->viewport()->rect().contains(row.adjusted(200, 0, -200, 0));
    };
    QTRY_VERIFY(stage.table->verticalScrollBar()->value() > 0);
    QTRY_VERIFY(isSeen());
}

void TestRunsView::theUpperRowIsNeverCut()
{
    const auto turnWheel = [](QAbstractItemView &list, int eighths) {
        const QPointF at = list.viewport()->rect().center();
        QWheelEvent event(at, list.viewport()->mapToGlobal(at), {}, {0, eighths}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(list.viewport(), &event);
    };
    Stage stage(completedRuns(100));
    const QScrollBar *bar = stage.table->verticalScrollBar();
    const auto upperEdge = [&stage] {
        return stage.table->rowViewportPosition(stage.table->rowAt(0));
    };
    stage.view->resize(1200, 517); // no multiple of a row
    QTRY_VERIFY(bar->maximum() > 0);
    QTest::keyClick(stage.table, Qt::Key_End, Qt::ControlModifier);
    QTRY_COMPARE(bar->value(), bar->maximum());
    QCOMPARE(upperEdge(), 0);
    QVERIFY(stage.table->visualRect(stage.table->currentIndex()).bottom()
            < stage.table->viewport()->height());
    stage.view->resize(1200, 555);
    QTRY_COMPARE(upperEdge(), 0);
    QTest::keyClick(stage.table, Qt::Key_PageUp);
    QTRY_COMPARE(upperEdge(), 0);
    // A mouse wheel by rows; a touchpad turns by less, which adds up.
    const int row = stage.table->rowHeight(0);
    turnWheel(*stage.table, 120);
    QCOMPARE(bar->value() % row, 0);
    const int before = bar->value();
    turnWheel(*stage.table, 15);
    QCOMPARE(bar->value(), before);
    for (int turn = 0; turn < 7; ++turn)
        turnWheel(*stage.table, 15);
    QCOMPARE(bar->value(), before - QApplication::wheelScrollLines() * row);
    QCOMPARE(upperEdge(), 0);
}

void TestRunsView::aDraggedBarGoesOneWay()
{
    Stage stage(completedRuns(100));
    QScrollBar *bar = stage.table->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0);
    QStyleOptionSlider option;
    option.initFrom(bar);
    option.subControls = QStyle::SC_All;
    option.orientation = Qt::Vertical;
    option.maximum = bar->maximum();
    option.pageStep = bar->pageStep();
    const QPoint start =
        bar->style()
            ->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, bar)
            .center();
    const auto dragTo = [&](int pixels) {
        const QPoint to = start + QPoint(0, pixels);
        QMouseEvent move(QEvent::MouseMove, to, bar->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                         Qt::NoModifier);
        QApplication::sendEvent(bar, &move);
        return bar->value();
    };
    QTest::mousePress(bar, Qt::LeftButton, {}, start);
    QVERIFY(bar->isSliderDown());
    int before = 0;
    for (int pixels = 1; pixels <= 80; ++pixels) {
        const int value = dragTo(pixels);
        QVERIFY(value >= before);
        QCOMPARE(value % stage.table->rowHeight(0), 0);
        before = value;
    }
    QVERIFY(before > 0);
    for (int pixels = 79; pixels >= 0; --pixels) {
        const int value = dragTo(pixels);
        QVERIFY(value <= before);
        before = value;
    }
    QCOMPARE(before, 0);
    QTest::mouseRelease(bar, Qt::LeftButton, {}, start);
    QCOMPARE(bar->value(), 0);
}

void TestRunsView::stateIsRemembered()
{
    QByteArray saved;
    {
        Stage stage(sampleRuns());
        stage.table->header()->hideSection(static_cast<int>(RunColumn::Trigger));
        stage.table->header()->moveSection(0, 2);
        saved = stage.view->saveState();
    }
    Stage stage(sampleRuns());
    stage.view->restoreState(saved);
    QVERIFY(stage.table->isColumnHidden(static_cast<int>(RunColumn::Trigger)));
    QCOMPARE(stage.table->header()->visualIndex(0), 2);
    stage.view->restoreState("broken"_ba);
    QCOMPARE(stage.table->header()->visualIndex(0), 2);
}

void TestRunsView::everythingHasAName()
{
    Stage stage(sampleRuns());
    int named = 0;
    for (const QWidget *widget : stage.view->findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible()
            || !widget->objectName().startsWith(u"runs"_s))
            continue;
        QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        ++named;
    }
    QVERIFY(named >= 2); // the filter and the list, at least
}

void TestRunsView::looksRight()
{
    Stage stage(sampleRuns());
    stage.fixture.backend.post(sampleCounters());
    stage.fixture.beat();
    stage.clickRow(2);
    QTRY_VERIFY(!stage.fixture.navigator.selection().run.isNull());
    settle(stage.view.get(), [&stage] { stage.fixture.beat(); });
    const auto shootBoth = [&stage](const QString &name) {
        stage.fixture.theme.choose(ThemeChoice::Light, false);
        QCoreApplication::processEvents();
        shoot(stage.view.get(), name + u"_light"_s);
        stage.fixture.theme.choose(ThemeChoice::Dark, true);
        QCoreApplication::processEvents();
        shoot(stage.view.get(), name + u"_dark"_s);
    };
    shootBoth(u"runs_selected"_s);
    QVERIFY(stage.view->stepBack());
    shootBoth(u"runs"_s);
    stage.fixture.theme.choose(ThemeChoice::Light, false);
    stage.typeFilter("state:failed,dead since:today -app:sample dur:>2s");
    shoot(stage.view.get(), u"runs_filter"_s);
    stage.view->resize(760, 500);
    QCoreApplication::processEvents();
    shoot(stage.view.get(), u"runs_narrow"_s);
    // Nothing sticks out of the window.
    for (const char *name : {"runsFilter", "runsRange", "runsColumns", "runsLive", "runsTable"}) {
        const auto *widget = child<QWidget>(stage.view.get(), name);
        const QRect there(widget->mapTo(stage.view.get(), QPoint()), widget->size());
        QVERIFY2(stage.view->rect().contains(there), name);
    }
}

UI_TEST_MAIN(TestRunsView)
#include "tst_runsview.moc"
