// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/columnwidths.h"
#include "tests/ui/support/contextmenu.h"
#include "tests/ui/support/runsstage.h"
#include "ui/core/listcell.h"
#include "ui/core/runcolumns.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/rowdelegate.h"

#include <QScrollBar>
#include <QTimer>

#include <map>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;

/// No text is cut beside room that nobody needs, in a font as most desktops have it.
class TestColumnRoom : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QApplication::setFont(QFont(u"DejaVu Sans"_s, 9)); }

    void countdownsAreSaidBesideAScrollBar();
    void namesTakeWhatStatesDoNotNeed();
    void idsGiveWayToNames();
    void namesAreWholeBesideShortTriggers();
    void noColumnGoesWhileOneReads_data();
    void noColumnGoesWhileOneReads();
    void noColumnComesAndGoesWithSingleRows_data();
    void noColumnComesAndGoesWithSingleRows();
    void noRowMovesTheBorderOfTheState_data();
    void noRowMovesTheBorderOfTheState();
    void whatWasNeededIsKeptForOtherRows();
    void longDurationsAreNotCut();
    void aPointerThatRestsIsNoUse();
    void aScrollBarMovesNoColumn();
    void columnsStandStillWhileOneIsDragged();
    void aChosenWidthLeavesTheRestToTheOthers();
    void noBorderMovesOnceAScreenIsFull();
    void chosenWidthsAreKeptOverTheNextStart();
    void chipsHaveAsManyWordsAsThereIsRoomFor();
    void chipsKeepTheSameDistanceFromTheEdge();
    void onlyWhatSomebodyTickedMayStay();
    void aChosenWidthGivesWayBeforeItsColumn();
};

namespace {

/// How long is waited at least, in some form that is not cut.
bool isStateSaid(const Stage &stage, int row)
{
    const QModelIndex index = stage.list()->index(row, static_cast<int>(RunColumn::State));
    const Cell cell = index.data(CellDataRole).value<Cell>();
    const QFontMetrics metrics = stage.table->fontMetrics();
    const int gap = 8;
    const int room = stage.table->columnWidth(index.column()) - 2 * RowDelegate::padding
                     - (16 + gap) - metrics.horizontalAdvance(cell.text) - gap;
    const QString words = RowDelegate::secondIn(room, cell, metrics);
    return !words.isEmpty() && metrics.horizontalAdvance(words) <= room;
}

devserver::api::RunSummary waitingRun(int number)
{
    devserver::api::RunSummary run = runIn(DisplayState::Waiting, WaitReason::Backoff, number);
    for (auto &activity : run.activities)
        activity.until = noon() + std::chrono::hours(1) + std::chrono::seconds(8 * 60 + 40);
    return run;
}

/// With names that are cut beside a state that is waited for long.
std::vector<devserver::api::RunSummary> longNames(int count)
{
    std::vector<devserver::api::RunSummary> runs = completedRuns(count);
    for (devserver::api::RunSummary &run : runs) {
        run.functionName = "bill-the-customer";
        run.trigger = "shop/bill.requested";
    }
    return runs;
}

std::vector<int> leftsIn(const Stage &stage)
{
    std::vector<int> lefts;
    for (int column = 0; column < stage.list()->columnCount({}); ++column) {
        if (!stage.table->isColumnHidden(column))
            lefts.push_back(stage.table->columnViewportPosition(column));
    }
    return lefts;
}

void leave(const Stage &stage)
{
    for (const QPoint at : {QPoint(5, 5), QPoint(9, 9)}) // it may have stood there
        QTest::mouseMove(stage.filter, at);
    QTRY_VERIFY(!stage.table->rect().contains(stage.table->mapFromGlobal(QCursor::pos())));
}

int hiddenIn(const Stage &stage)
{
    const std::vector<ColumnSpec> columns = runColumns();
    int hidden = 0;
    for (int at = 0; at < static_cast<int>(columns.size()); ++at) {
        const bool isUsual = columns[static_cast<std::size_t>(at)].isShown;
        hidden += isUsual && stage.table->isColumnHidden(at) ? 1 : 0;
    }
    return hidden;
}

/// \returns  the width of the column then
int dragBorder(const Stage &stage, RunColumn column, int pixels)
{
    ListHeader *header = stage.table->header();
    const int section = static_cast<int>(column);
    const int border = header->sectionViewportPosition(section) + header->sectionSize(section);
    const int width = header->sectionSize(section) + pixels;
    QTest::mousePress(header->viewport(), Qt::LeftButton, {}, {border - 1, 12});
    QTest::mouseMove(header->viewport(), {border - 1 + pixels / 2, 12});
    QTest::mouseMove(header->viewport(), {border - 1 + pixels, 12});
    QTest::mouseRelease(header->viewport(), Qt::LeftButton, {}, {border - 1 + pixels, 12});
    return width;
}

/// Moves the pointer over the list.
void use(const Stage &stage)
{
    for (const int x : {50, 51})
        QTest::mouseMove(stage.table->viewport(), {x, 50});
    QTRY_VERIFY(stage.table->underMouse());
}

/// What a clock of the machine would do after that time.
void pass(Stage &stage, std::chrono::seconds time)
{
    stage.fixture.backend.advance(time);
    for (QTimer *timer : stage.table->header()->findChildren<QTimer *>()) {
        if (timer->isActive() && timer->intervalAsDuration() <= time)
            timer->start(0);
    }
    stage.settle();
    QCoreApplication::processEvents();
    stage.settle();
}

void postLonger(Stage &stage, int number)
{
    devserver::api::RunSummary run = longNames(number).front();
    run.functionName += "-again";
    stage.fixture.backend.post(run);
}

void complete(Stage &stage, devserver::api::RunSummary run)
{
    const int number = 30; // as the others, but for its id
    devserver::api::RunSummary done = longNames(number).front();
    done.id = run.id;
    stage.fixture.backend.post(done);
    stage.settle();
}

} // namespace

/// What gives way is what says least; and nothing is cut because a row more made the list scroll.
void TestColumnRoom::countdownsAreSaidBesideAScrollBar()
{
    for (const int count : {2, 60}) {
        std::vector<devserver::api::RunSummary> runs;
        for (int number = count; number > 0; --number)
            runs.push_back(waitingRun(number));
        Stage stage(runs);
        for (int width = 560; width < 1'000; width += 13) {
            showIn(stage, {width, 400});
            QTRY_VERIFY(count < 60 || stage.table->verticalScrollBar()->isVisible());
            QVERIFY2(isStateSaid(stage, 0), qPrintable(QString::number(width)));
        }
    }
}

void TestColumnRoom::namesTakeWhatStatesDoNotNeed()
{
    std::vector<devserver::api::RunSummary> runs = completedRuns(60);
    for (devserver::api::RunSummary &run : runs) {
        run.functionName = "bill-the-customer";
        run.trigger = "shop/bill.requested";
    }
    Stage stage(runs);
    showIn(stage, {850, 600});
    for (const RunColumn column : {RunColumn::State, RunColumn::Function, RunColumn::Trigger}) {
        const int lack = missing(stage, 0, column);
        QVERIFY2(lack <= 0, qPrintable(u"%1 px in %2"_s.arg(lack).arg(int(column))));
    }
    stage.fixture.backend.post(waitingRun(61));
    stage.settle();
    QCOMPARE(stage.list()->rowCount({}), 61);
    QVERIFY(isStateSaid(stage, 0));
}

/// The least that a row says: it is in the tooltip, in the panel and in the inspector.
void TestColumnRoom::idsGiveWayToNames()
{
    for (int width = 640; width < 1'400; width += 19) {
        Stage stage(longNames(9));
        devserver::api::RunSummary failed = runIn(DisplayState::Dead, WaitReason::None, 10);
        failed.functionName = "many-steps-of-a-customer";
        failed.errorName = "RetryAfterError";
        failed.errorMessage = "the card gateway in the other data centre did not answer at all";
        stage.fixture.backend.post(failed);
        showIn(stage, {width, 600});
        leave(stage);
        QTRY_COMPARE(stage.list()->rowCount({}), 10);
        stage.settle();
        QCoreApplication::processEvents();
        if (stage.table->isColumnHidden(static_cast<int>(RunColumn::RunId)))
            continue;
        for (int row = 0; row < 2; ++row) {
            const QModelIndex error = stage.list()->index(row, static_cast<int>(RunColumn::Error));
            const CellWidths words = RowDelegate::widthsOf(stage.table->font(), error);
            QVERIFY2(missing(stage, row, RunColumn::Function) <= 0
                         && stage.table->columnWidth(error.column()) >= words.lead,
                     qPrintable(u"row %1 at %2: %3 px"_s.arg(row).arg(width).arg(
                         missing(stage, row, RunColumn::Function))));
        }
    }
}

/// A column of short texts needs its title only.
void TestColumnRoom::namesAreWholeBesideShortTriggers()
{
    std::vector<devserver::api::RunSummary> runs = completedRuns(9);
    for (devserver::api::RunSummary &run : runs) {
        run.functionName = "poison-job-again (failure)";
        run.trigger = "a/b";
    }
    Stage stage(runs);
    for (int width = 420; width < 800; width += 13) {
        showIn(stage, {width, 600});
        const bool hasTrigger = !stage.table->isColumnHidden(static_cast<int>(RunColumn::Trigger));
        const int spare = hasTrigger ? std::max(-missing(stage, 0, RunColumn::Trigger), 0) : 0;
        const int lack = missing(stage, 0, RunColumn::Function);
        QVERIFY2(lack <= 0 || spare < 45, // its title
                 qPrintable(u"%1 px beside %2 at %3"_s.arg(lack).arg(spare).arg(width)));
    }
}

void TestColumnRoom::noColumnGoesWhileOneReads_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {560, 620, 700, 768, 836, 900, 1'000})
        QTest::addRow("%d", width) << width;
}

/// A state that needs more takes it from its neighbours, and pushes none out.
void TestColumnRoom::noColumnGoesWhileOneReads()
{
    QFETCH(const int, width);
    Stage stage(completedRuns(60));
    showIn(stage, {width, 600});
    const auto hidden = [&stage] {
        QList<int> columns;
        for (int column = 0; column < stage.list()->columnCount({}); ++column) {
            if (stage.table->isColumnHidden(column))
                columns.append(column);
        }
        return columns;
    };
    const QList<int> before = hidden();
    use(stage);
    stage.fixture.backend.post(waitingRun(61));
    stage.settle();
    QCOMPARE(stage.list()->rowCount({}), 61);
    QCOMPARE(hidden(), before);
    QCOMPARE(stage.table->header()->length(), stage.table->viewport()->width());
    QVERIFY(isStateSaid(stage, 0));
}

/// What had to go for a state that needs much would have to go again with the next one.
void TestColumnRoom::noColumnComesAndGoesWithSingleRows_data()
{
    QTest::addColumn<int>("width");
    for (int width = 420; width < 1'000; width += 20)
        QTest::addRow("%d", width) << width;
}

void TestColumnRoom::noColumnComesAndGoesWithSingleRows()
{
    QFETCH(const int, width);
    Stage stage(longNames(8));
    showIn(stage, {width, 600});
    leave(stage);
    stage.fixture.backend.post(waitingRun(9));
    pass(stage, std::chrono::seconds(1));
    const std::size_t before = leftsIn(stage).size();
    for (int number = 9; number < 12; ++number) {
        complete(stage, waitingRun(number));
        pass(stage, std::chrono::seconds(12));
        QCOMPARE(leftsIn(stage).size(), before);
        stage.fixture.backend.post(waitingRun(number + 1));
        pass(stage, std::chrono::seconds(12));
        QCOMPARE(leftsIn(stage).size(), before);
        QVERIFY(isStateSaid(stage, 0));
    }
}

/// Nothing moves while somebody moves it; nor soon after. Then no name is cut beside empty room.
void TestColumnRoom::aPointerThatRestsIsNoUse()
{
    Stage stage(completedRuns(9));
    showIn(stage, {900, 600});
    const std::vector<int> before = leftsIn(stage);
    use(stage);
    postLonger(stage, 10);
    stage.settle();
    QVERIFY(missing(stage, 0, RunColumn::Function) > 0);
    for (int times = 0; times < 5; ++times) {
        use(stage);
        pass(stage, std::chrono::seconds(2));
        QCOMPARE(leftsIn(stage), before);
    }
    QTest::keyClick(stage.table, Qt::Key_Down);
    pass(stage, std::chrono::seconds(2));
    QCOMPARE(leftsIn(stage), before);
    pass(stage, std::chrono::seconds(3));
    QVERIFY(leftsIn(stage) != before);
    QVERIFY(missing(stage, 0, RunColumn::Function) <= 0);
    QVERIFY(stage.table->underMouse());
}

/// Its width is of the window alone, whatever comes into sight, leaves it, is sorted or begins
/// anew.
void TestColumnRoom::noRowMovesTheBorderOfTheState()
{
    QFETCH(const int, width);
    Stage stage(longNames(60));
    showIn(stage, {width, 400});
    leave(stage);
    const std::vector<int> before = leftsIn(stage);
    devserver::api::RunSummary asleep = longNames(61).front(); // the same but for its state
    asleep.status = devserver::RunStatus::Running;
    asleep.stepsKnown = asleep.stepsDone + 1;
    asleep.activities = waitingRun(61).activities;
    stage.fixture.backend.post(asleep);
    pass(stage, std::chrono::seconds(1));
    QCOMPARE(stage.list()->rowCount({}), 61);
    QCOMPARE(leftsIn(stage), before);
    QVERIFY(isStateSaid(stage, 0));
    stage.table->verticalScrollBar()->setValue(stage.table->verticalScrollBar()->maximum());
    pass(stage, std::chrono::seconds(1));
    QCOMPARE(leftsIn(stage), before);
    QTest::mouseClick(stage.table->header()->viewport(), Qt::LeftButton, {}, {20, 12});
    stage.settle();
    pass(stage, std::chrono::seconds(3));
    QCOMPARE(leftsIn(stage), before);
    complete(stage, asleep);
    pass(stage, std::chrono::seconds(12));
    QCOMPARE(leftsIn(stage), before);
    Stage other({asleep});
    showIn(other, {width, 400});
    const auto state = static_cast<int>(RunColumn::State);
    QCOMPARE(other.table->columnWidth(state), stage.table->columnWidth(state));
}

void TestColumnRoom::noRowMovesTheBorderOfTheState_data()
{
    QTest::addColumn<int>("width");
    for (int width = 480; width < 1'500; width += 120)
        QTest::addRow("%d", width) << width;
}

/// What a name or a message needed once is not taken from it when it is out of sight.
void TestColumnRoom::whatWasNeededIsKeptForOtherRows()
{
    std::vector<devserver::api::RunSummary> runs = completedRuns(30);
    runs[2].functionName = "bill-the-customer-again";
    Stage stage(runs);
    showIn(stage, {900, 600});
    leave(stage);
    QVERIFY(missing(stage, 2, RunColumn::Function) <= 0);
    const std::vector<int> before = leftsIn(stage);
    stage.typeFilter("-fn:bill-the-customer-again");
    QTRY_COMPARE(stage.list()->rowCount({}), 29);
    leave(stage);
    pass(stage, std::chrono::seconds(12));
    QCOMPARE(leftsIn(stage), before);
    stage.typeFilter("state:completed");
    QTRY_COMPARE(stage.list()->rowCount({}), 30);
    QCOMPARE(leftsIn(stage), before);
}

/// `12 m 05 s` where there is room, which the message has, and `12 m` where there is none.
void TestColumnRoom::longDurationsAreNotCut()
{
    std::vector<devserver::api::RunSummary> runs = longNames(9);
    Stage stage(runs);
    const auto words = [&stage] {
        const QModelIndex index = stage.list()->index(0, static_cast<int>(RunColumn::Duration));
        return RowDelegate::wordsIn(
            stage.table->columnWidth(index.column()) - 2 * RowDelegate::padding,
            index.data(CellDataRole).value<Cell>(), stage.table->fontMetrics());
    };
    showIn(stage, {1'400, 600});
    leave(stage);
    devserver::api::RunSummary longer = longNames(10).front();
    longer.errorName = "TimeoutError";
    longer.errorMessage = "the card gateway in the other data centre did not answer at all";
    longer.endedAt = *longer.startedAt + std::chrono::minutes(58) + std::chrono::seconds(48);
    stage.fixture.backend.post(longer);
    stage.settle();
    QTRY_COMPARE(words(), u"58 m 48 s"_s);
    QVERIFY(missing(stage, 0, RunColumn::Duration) <= 0);
    int briefs = 0;
    for (int width = 560; width < 1'400; width += 30) {
        showIn(stage, {width, 600});
        if (stage.table->isColumnHidden(static_cast<int>(RunColumn::Duration)))
            continue;
        const QString here = words();
        QVERIFY2(here == u"58 m 48 s"_s || here == u"58 m"_s, qPrintable(here));
        briefs += here == u"58 m"_s ? 1 : 0;
        QVERIFY2(here != u"58 m"_s || width < 900, qPrintable(QString::number(width)));
    }
    QVERIFY(briefs > 0);
}

/// Which comes with one row more than has room.
void TestColumnRoom::aScrollBarMovesNoColumn()
{
    Stage stage(longNames(4));
    for (int width = 560; width < 1'200; width += 37) {
        showIn(stage, {width, 600});
        const std::vector<int> before = leftsIn(stage);
        QVERIFY(!stage.table->verticalScrollBar()->isVisible());
        const int free = stage.table->viewport()->height() - 3 * stage.table->rowHeight(0);
        stage.view->resize(width, 600 - free); // only the height is another one
        QTRY_VERIFY(stage.table->verticalScrollBar()->isVisible());
        stage.settle();
        QCOMPARE(stage.table->header()->length(), stage.table->viewport()->width());
        QCOMPARE(leftsIn(stage), before);
    }
}

/// The pointer may leave the list then.
void TestColumnRoom::columnsStandStillWhileOneIsDragged()
{
    Stage stage(completedRuns(4));
    showIn(stage, {840, 600});
    leave(stage);
    const std::vector<int> before = leftsIn(stage);
    ListHeader *header = stage.table->header();
    const int section = static_cast<int>(RunColumn::Progress);
    const QPoint at(header->sectionViewportPosition(section) + 20, header->height() / 2);
    QTest::mousePress(header->viewport(), Qt::LeftButton, {}, at);
    leave(stage);
    postLonger(stage, 5);
    stage.settle();
    QCoreApplication::processEvents();
    QCOMPARE(stage.list()->rowCount({}), 5);
    QVERIFY(missing(stage, 0, RunColumn::Function) > 0);
    QCOMPARE(leftsIn(stage), before);
    QTest::mouseRelease(header->viewport(), Qt::LeftButton, {}, at);
    pass(stage, std::chrono::seconds(3));
    QVERIFY(leftsIn(stage) != before);
    QVERIFY(missing(stage, 0, RunColumn::Function) <= 0);
}

/// It stays as it is, and so do the others but for one behind it that gives what it has; none comes
/// or goes, then or later.
void TestColumnRoom::aChosenWidthLeavesTheRestToTheOthers()
{
    for (const int pixels : {-40, 30, 200}) {
        Stage stage(completedRuns(9));
        showIn(stage, {1'000, 600});
        const int hidden = hiddenIn(stage);
        std::map<int, int> widths;
        for (int column = 0; column < stage.list()->columnCount({}); ++column)
            widths[column] = stage.table->columnWidth(column);
        const auto dragged = static_cast<int>(RunColumn::Function);
        const int chosen = dragBorder(stage, RunColumn::Function, pixels);
        QCOMPARE(stage.table->columnWidth(dragged), chosen);
        QCOMPARE(hiddenIn(stage), hidden);
        widths[dragged] = chosen;
        int others = 0;
        for (const auto &[column, width] : widths)
            others += stage.table->columnWidth(column) == width ? 0 : 1;
        const bool scrolls = stage.table->header()->length() > stage.table->viewport()->width();
        QCOMPARE(scrolls, pixels == 200);
        QVERIFY2(others <= (scrolls ? 2 : 1), qPrintable(QString::number(others)));
        const std::vector<int> lefts = leftsIn(stage);
        leave(stage);
        stage.fixture.backend.post(longNames(10).front());
        pass(stage, std::chrono::seconds(12));
        QCOMPARE(leftsIn(stage), lefts);
        for (const int width : {800, 1'300, 1'000}) {
            showIn(stage, {width, 600});
            QCOMPARE(stage.table->columnWidth(dragged), chosen);
            QVERIFY(!stage.table->horizontalScrollBar()->isVisible());
            QVERIFY(!stage.table->header()->hasOtherRoom()); // each resize would measure again
        }
    }
}

/// What the first screenful of rows needs is what columns have, until the window has another size.
void TestColumnRoom::noBorderMovesOnceAScreenIsFull()
{
    Stage stage(completedRuns(40));
    showIn(stage, {900, 600});
    leave(stage);
    const std::vector<int> before = leftsIn(stage);
    devserver::api::RunSummary longer = longNames(41).front();
    longer.errorName = "RetryAfterError";
    longer.appName = "another-shop";
    longer.queuedAt -= std::chrono::hours(30);
    longer.endedAt = *longer.startedAt + std::chrono::hours(3);
    stage.fixture.backend.post(longer);
    pass(stage, std::chrono::seconds(12));
    QCOMPARE(stage.list()->rowCount({}), 41);
    QCOMPARE(leftsIn(stage), before);
    stage.view->hide();
    stage.settle();
    stage.view->show();
    pass(stage, std::chrono::seconds(12));
    QCOMPARE(leftsIn(stage), before);
    QTest::mouseClick(stage.table->header()->viewport(), Qt::LeftButton, {}, {20, 12});
    stage.settle();
    pass(stage, std::chrono::seconds(12));
    QCOMPARE(leftsIn(stage), before);
    showIn(stage, {901, 600}); // with the long names in sight
    QVERIFY(leftsIn(stage) != before);
}

/// The same columns as before, as wide as before, and no scroll bar.
void TestColumnRoom::chosenWidthsAreKeptOverTheNextStart()
{
    for (const int pixels : {-40, 90, 200}) {
        Stage stage(completedRuns(9));
        showIn(stage, {900, 600});
        const int chosen = dragBorder(stage, RunColumn::Function, pixels);
        showIn(stage, {901, 600}); // what was left of the border may share again
        showIn(stage, {900, 600});
        const std::vector<int> before = leftsIn(stage);
        Stage next(completedRuns(9));
        next.view->restoreState(stage.view->saveState());
        showIn(next, {900, 600});
        QCOMPARE(leftsIn(next), before);
        QCOMPARE(next.table->columnWidth(static_cast<int>(RunColumn::Function)), chosen);
        QVERIFY(!next.table->horizontalScrollBar()->isVisible());
    }
}

/// Of the states of many runs, one of which is chosen.
void TestColumnRoom::chipsHaveAsManyWordsAsThereIsRoomFor()
{
    Stage stage(completedRuns(9));
    stage.fixture.backend.post(devserver::api::Counters{.all = 1'049,
                                                        .running = 4,
                                                        .waiting = 404,
                                                        .completed = 634,
                                                        .failed = 1,
                                                        .dead = 5,
                                                        .cancelled = 1});
    stage.typeFilter("state:completed");
    const auto wordOf = [](const QAbstractButton *chip) {
        return chip->accessibleName().section(u',', 0, 0);
    };
    int some = 0;
    for (int width = 560; width < 1'000; width += 7) {
        showIn(stage, {width, 600});
        int words = 0;
        int right = 0;
        int widest = 0; // of the words that are not there
        for (const auto *chip : stage.view->findChildren<QAbstractButton *>()) {
            if (!chip->objectName().startsWith(u"runsChip"_s) || !chip->isVisible())
                continue;
            right = std::max(right, chip->geometry().right());
            if (chip->toolTip().startsWith(wordOf(chip)))
                widest = std::max(widest, chip->fontMetrics().horizontalAdvance(wordOf(chip)) + 8);
            else
                ++words;
        }
        const int room = child<QWidget>(stage.view.get(), "runsChipAll")->parentWidget()->width();
        QVERIFY2(right < room && (widest == 0 || room - right < widest),
                 qPrintable(u"%1 of %2 at %3"_s.arg(right).arg(room).arg(width)));
        some += words > 1 && widest > 0 ? 1 : 0;
    }
    QVERIFY(some > 0);
}

void TestColumnRoom::chipsKeepTheSameDistanceFromTheEdge()
{
    Stage stage(completedRuns(9));
    showIn(stage, {1'200, 600});
    stage.fixture.backend.post(devserver::api::Counters{
        .all = 43, .running = 0, .waiting = 2, .completed = 29, .dead = 10});
    stage.settle();
    int before = 0;
    for (const char *name :
         {"runsChipRunning", "runsChipWaiting", "runsChipDead", "runsChipCompleted"}) {
        const auto *chip = child<QAbstractButton>(stage.view.get(), name);
        const QString words = chip->accessibleName().remove(u',');
        const int around = chip->width() - chip->fontMetrics().horizontalAdvance(words);
        QVERIFY2(before == 0 || std::abs(around - before) <= 2, qPrintable(words));
        before = around;
    }
}

void TestColumnRoom::onlyWhatSomebodyTickedMayStay()
{
    Stage stage(completedRuns(5));
    stage.view->resize(1'900, 800);
    stage.settle();
    const auto tick = [&stage](const QString &title) {
        QMenu *menu = contextMenuOf(stage.table->header()->viewport());
        QVERIFY(menu != nullptr);
        QVERIFY(clickAction(menu, [&](const QAction *each) { return each->text() == title; }));
    };
    const std::vector<ColumnSpec> columns = runColumns();
    const auto app = std::ranges::find(columns, u"App"_s, &ColumnSpec::title);
    QVERIFY(app != columns.end() && !app->isShown);
    tick(app->title);
    for (const ColumnSpec &column : columns) {
        if (column.isShown)
            tick(column.title);
    }
    stage.view->resize(700, 800);
    stage.settle();
    const ListHeader *header = stage.table->header();
    QCOMPARE(header->count() - header->hiddenSectionCount(), 1);
    QVERIFY(!header->isSectionHidden(static_cast<int>(app - columns.begin())));
    QTRY_COMPARE(header->length(), stage.table->viewport()->width());
}

void TestColumnRoom::aChosenWidthGivesWayBeforeItsColumn()
{
    Stage stage(longNames(20));
    stage.view->resize(1'400, 800);
    stage.settle();
    const int wide = dragBorder(stage, RunColumn::Function, 160);
    stage.settle();
    const auto width = [&stage] {
        return stage.table->columnWidth(static_cast<int>(RunColumn::Function));
    };
    QCOMPARE(width(), wide);
    stage.view->resize(400, 800);
    stage.settle();
    QVERIFY(!stage.table->isColumnHidden(static_cast<int>(RunColumn::Function)));
    QVERIFY(width() < wide);
    QTRY_COMPARE(stage.table->header()->length(), stage.table->viewport()->width());
    stage.view->resize(1'400, 800);
    stage.settle();
    QTRY_COMPARE(width(), wide);
}

UI_TEST_MAIN(TestColumnRoom)

#include "tst_columnroom.moc"
