// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/columnwidths.h"
#include "tests/ui/support/runsstage.h"
#include "ui/core/runcolumns.h"
#include "ui/core/timecell.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/rowdelegate.h"

#include <QScrollBar>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;

/// Columns have their widths by a screenful of rows; what comes then moves no border, and is read
/// all the same.
class TestSettledColumns : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QApplication::setFont(QFont(u"DejaVu Sans"_s, 9)); }

    void aHigherWindowSettlesAnew();
    void whatComesWhileHiddenIsMeasured();
    void appsGoWithALaterNameThatHasNoRoom();
    void laterTimesAreNotCut();
    void aSortBeforeAFilterCountsNoMore();
    void sortedHeadingsAreWhole();
    void messagesAreReadBesideFewColumns();
    void anErrorHasRoomBeforeThereIsOne();
};

namespace {

std::vector<int> leftsIn(const Stage &stage)
{
    std::vector<int> lefts;
    for (int column = 0; column < stage.list()->columnCount({}); ++column) {
        if (!stage.table->isColumnHidden(column))
            lefts.push_back(stage.table->columnViewportPosition(column));
    }
    return lefts;
}

/// Newest first, and the first ones have short names.
std::vector<devserver::api::RunSummary> longNamesBelow(int shortOnes, int count)
{
    std::vector<devserver::api::RunSummary> runs = completedRuns(count);
    for (std::size_t row = 0; row < runs.size(); ++row)
        runs[row].functionName =
            static_cast<int>(row) < shortOnes ? "audit"_ba : "bill-the-customer-again"_ba;
    return runs;
}

void clickHeading(Stage &stage, RunColumn column)
{
    const int section = static_cast<int>(column);
    QTest::mouseClick(stage.table->header()->viewport(), Qt::LeftButton, {},
                      {stage.table->columnViewportPosition(section) + 20, 12});
}

/// Left and right end of the letters of a title.
std::pair<int, int> inkOf(const Stage &stage, RunColumn column)
{
    ListHeader *header = stage.table->header();
    const int section = static_cast<int>(column);
    const int middle = header->height() / 2;
    const QImage image = header
                             ->grab({header->sectionViewportPosition(section) + 2, middle - 3,
                                     header->sectionSize(section) - 4, 6})
                             .toImage();
    std::pair<int, int> ends{image.width(), -1};
    for (int x = 0; x < image.width(); ++x) {
        for (int y = 0; y < image.height(); ++y) {
            if (std::abs(image.pixelColor(x, y).lightness() - image.pixelColor(0, 0).lightness())
                > 60)
                ends = {std::min(ends.first, x), std::max(ends.second, x)};
        }
    }
    return ends;
}

} // namespace

/// The three rows of a low window say little of all that are seen in a high one.
void TestSettledColumns::aHigherWindowSettlesAnew()
{
    Stage stage(longNamesBelow(3, 40));
    showIn(stage, {900, 600});
    const int rest = 600 - stage.table->viewport()->height();
    Stage low(longNamesBelow(3, 40));
    const int height = low.table->rowHeight(0);
    showIn(low, {899, rest + 3 * height});
    showIn(low, {900, rest + 3 * height});
    const std::vector<int> before = leftsIn(low);
    QVERIFY(missing(low, 3, RunColumn::Function) > 0);
    showIn(low, {900, rest + 6 * height}); // not that many more
    QCOMPARE(leftsIn(low), before);
    showIn(low, {900, rest + 12 * height});
    QVERIFY(leftsIn(low) != before);
    QVERIFY(missing(low, 3, RunColumn::Function) <= 0);
    const std::vector<int> after = leftsIn(low);
    showIn(low, {900, rest + 3 * height});
    showIn(low, {900, rest + 12 * height});
    QCOMPARE(leftsIn(low), after);
}

void TestSettledColumns::whatComesWhileHiddenIsMeasured()
{
    Stage stage(longNamesBelow(40, 40));
    showIn(stage, {900, 600});
    QVERIFY(missing(stage, 0, RunColumn::Function) <= 0);
    stage.view->hide();
    stage.fixture.backend.runs = longNamesBelow(0, 40);
    stage.table->replace(new RunListModel(stage.fixture.backend, stage.fixture.clock,
                                          stage.fixture.feed, {}, stage.table));
    stage.settle();
    stage.view->show();
    stage.settle();
    QCOMPARE(stage.list()->rowCount(), 40);
    QVERIFY(missing(stage, 0, RunColumn::Function) <= 0);
}

/// Or it would look as if that one were of no app; and the name is read before its app is.
void TestSettledColumns::appsGoWithALaterNameThatHasNoRoom()
{
    std::vector<devserver::api::RunSummary> runs = longNamesBelow(40, 40);
    for (devserver::api::RunSummary &run : runs) {
        run.appName = "shop";
        run.slug = "shop-audit";
    }
    Stage stage(runs);
    devserver::Function shop;
    shop.app = devserver::AppId{devserver::Uuid::fromName("test", "shop")};
    shop.config.slug = "shop-audit";
    devserver::Function other = shop;
    other.app = devserver::AppId{devserver::Uuid::fromName("test", "office")};
    other.config.slug = "office-audit";
    stage.fixture.backend.functions = {shop, other};
    stage.fixture.backend.apps = {{.id = shop.app, .name = "shop"_ba},
                                  {.id = other.app, .name = "office"_ba}};
    stage.fixture.catalog.reload();
    showIn(stage, {900, 600});
    const auto secondOf = [&stage](int row) {
        return stage.list()
            ->index(row, static_cast<int>(RunColumn::Function))
            .data(CellDataRole)
            .value<Cell>()
            .second;
    };
    QTRY_COMPARE((stage.fixture.beat(), secondOf(0)), u"shop"_s);
    showIn(stage, {901, 600});
    const auto hasApps = [&stage] {
        return stage.table->header()->hasRoomForSeconds(static_cast<int>(RunColumn::Function));
    };
    QVERIFY(hasApps());
    const std::vector<int> before = leftsIn(stage);
    devserver::api::RunSummary same = runs.front();
    same.id = runRow(41).id;
    stage.fixture.backend.post(same);
    stage.settle();
    QVERIFY(hasApps());
    devserver::api::RunSummary longer = same;
    longer.id = runRow(42).id;
    longer.functionName = "bill-the-customer-again";
    stage.fixture.backend.post(longer);
    stage.settle();
    QCOMPARE(stage.list()->rowCount(), 42);
    QTRY_VERIFY(!hasApps());
    QCOMPARE(leftsIn(stage), before);
}

/// A column that was settled by the times of today has room for those of other days.
void TestSettledColumns::laterTimesAreNotCut()
{
    Stage stage(completedRuns(40));
    const auto column = static_cast<int>(RunColumn::Queued);
    int shown = 0;
    for (int width = 480; width < 1'400; width += 40) {
        showIn(stage, {width, 600});
        if (stage.table->isColumnHidden(column))
            continue;
        ++shown;
        const int room = stage.table->columnWidth(column) - 2 * RowDelegate::padding;
        for (const auto ago :
             {2s, 59s, 3'599s, 3'601s, 90'000s, 864'000s, 26'000'000s, 90'000'000s}) {
            const auto now = stage.fixture.backend.now();
            const Cell cell = timeCell(now - ago, now, TimeStyle::Relative);
            const QString words = RowDelegate::wordsIn(room, cell, stage.table->fontMetrics());
            QVERIFY2(!words.contains(u'…') && !words.isEmpty(),
                     qPrintable(u"%1 at %2"_s.arg(words).arg(width)));
        }
    }
    QVERIFY(shown > 5);
}

/// A filter that is typed before the sort is answered is another question: what is read stays.
void TestSettledColumns::aSortBeforeAFilterCountsNoMore()
{
    Stage stage(completedRuns(200));
    const int height = stage.table->rowHeight(0);
    const QScrollBar *bar = stage.table->verticalScrollBar();
    stage.table->verticalScrollBar()->setValue(60 * height);
    stage.fixture.backend.holdReplies(true);
    clickHeading(stage, RunColumn::Duration);
    QVERIFY(stage.table->coming() != nullptr);
    stage.filter->setFocus();
    QTest::keyClicks(stage.filter, u"state:completed"_s);
    QTest::keyClick(stage.filter, Qt::Key_Return);
    stage.fixture.backend.holdReplies(false);
    stage.fixture.backend.releaseReplies();
    stage.settle();
    QVERIFY(bar->value() > 0);
}

/// And stand where they stood: what is sorted by moves no title and no border.
void TestSettledColumns::sortedHeadingsAreWhole()
{
    for (const int width : {620, 760, 840, 1'000}) {
        Stage stage(completedRuns(40));
        showIn(stage, {width, 600});
        for (const RunColumn column : {RunColumn::State, RunColumn::Function, RunColumn::Duration,
                                       RunColumn::Attempts, RunColumn::Queued}) {
            if (stage.table->isColumnHidden(static_cast<int>(column)))
                continue;
            const std::vector<int> lefts = leftsIn(stage);
            const auto [left, right] = inkOf(stage, column);
            QVERIFY(right > left + 20);
            clickHeading(stage, column);
            stage.settle();
            showIn(stage, {width + 1, 600});
            showIn(stage, {width, 600});
            QCOMPARE(leftsIn(stage), lefts);
            const auto [sortedLeft, sortedRight] = inkOf(stage, column);
            QVERIFY2(std::abs(sortedLeft - left) <= 1 && std::abs(sortedRight - right) <= 1,
                     qPrintable(u"%1..%2, %3..%4 at %5"_s.arg(left)
                                    .arg(right)
                                    .arg(sortedLeft)
                                    .arg(sortedRight)
                                    .arg(width)));
        }
    }
}

/// Where columns go anyway, one more does before of an error nothing but its class is read.
void TestSettledColumns::messagesAreReadBesideFewColumns()
{
    std::vector<devserver::api::RunSummary> runs = completedRuns(40);
    runs.front() = runIn(DisplayState::Dead, WaitReason::None, 40);
    runs.front().errorName = "TimeoutError";
    runs.front().errorMessage = "card gateway did not answer in 2 s";
    Stage stage(runs);
    const auto error = static_cast<int>(RunColumn::Error);
    int looked = 0;
    for (int width = 640; width < 800; width += 10, ++looked) {
        showIn(stage, {width, 600});
        if (!stage.table->isColumnHidden(static_cast<int>(RunColumn::Progress)))
            break;
        const Cell cell = stage.list()->index(0, error).data(CellDataRole).value<Cell>();
        const QString words =
            RowDelegate::wordsIn(stage.table->columnWidth(error) - 2 * RowDelegate::padding, cell,
                                 stage.table->fontMetrics());
        QVERIFY2(words.startsWith(u"TimeoutError: card"_s),
                 qPrintable(u"%1 at %2"_s.arg(words).arg(width)));
        QVERIFY(!stage.table->isColumnHidden(static_cast<int>(RunColumn::Function)));
    }
    QVERIFY(looked > 2);
}

/// The borders stand by then: the next rows may have some.
void TestSettledColumns::anErrorHasRoomBeforeThereIsOne()
{
    Stage stage(completedRuns(40));
    const auto error = static_cast<int>(RunColumn::Error);
    const int least = stage.table->fontMetrics().horizontalAdvance(u"TimeoutE"_s);
    for (int width = 620; width < 1'000; width += 10) {
        showIn(stage, {width, 600});
        QVERIFY(!stage.table->isColumnHidden(error));
        QVERIFY2(stage.table->columnWidth(error) - 2 * RowDelegate::padding >= least,
                 qPrintable(u"%1 at %2"_s.arg(stage.table->columnWidth(error)).arg(width)));
    }
}

UI_TEST_MAIN(TestSettledColumns)

#include "tst_settledcolumns.moc"
