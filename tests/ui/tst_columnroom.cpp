// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/runsstage.h"
#include "ui/core/listcell.h"
#include "ui/core/runcolumns.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/rowdelegate.h"

#include <QScrollBar>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;

/// No text is cut beside room that nobody needs, in a font as most desktops have it.
class TestColumnRoom : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QApplication::setFont(QFont(u"DejaVu Sans"_s, 9)); }

    void countdownsAreWholeBesideAScrollBar();
    void namesTakeWhatStatesDoNotNeed();
};

namespace {

void show(Stage &stage, QSize size)
{
    stage.view->resize(size);
    stage.settle();
    QTRY_COMPARE(stage.table->header()->length(), stage.table->viewport()->width());
}

int missing(const Stage &stage, int row, RunColumn column)
{
    const QModelIndex index = stage.list()->index(row, static_cast<int>(column));
    return RowDelegate::widthsOf(stage.table->font(), index).whole
           - stage.table->columnWidth(index.column());
}

devserver::api::RunSummary waitingRun(int number)
{
    devserver::api::RunSummary run = runIn(DisplayState::Waiting, WaitReason::Backoff, number);
    for (auto &activity : run.activities)
        activity.until = noon() + std::chrono::hours(1) + std::chrono::seconds(8 * 60 + 40);
    return run;
}

} // namespace

/// What gives way is what says least; and nothing is cut because a row more made the list scroll.
void TestColumnRoom::countdownsAreWholeBesideAScrollBar()
{
    for (const int count : {5, 60}) {
        std::vector<devserver::api::RunSummary> runs;
        for (int number = count; number > 0; --number)
            runs.push_back(waitingRun(number));
        Stage stage(runs);
        for (int width = 560; width < 1'000; width += 13) {
            show(stage, {width, 400});
            QCOMPARE(stage.table->verticalScrollBar()->isVisible(), count == 60);
            const int lack = missing(stage, 0, RunColumn::State);
            QVERIFY2(lack <= 0, qPrintable(u"%1 px at %2"_s.arg(lack).arg(width)));
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
    show(stage, {850, 600});
    for (const RunColumn column : {RunColumn::State, RunColumn::Function, RunColumn::Trigger}) {
        const int lack = missing(stage, 0, column);
        QVERIFY2(lack <= 0, qPrintable(u"%1 px in %2"_s.arg(lack).arg(int(column))));
    }
    QVERIFY(!stage.table->isColumnHidden(static_cast<int>(RunColumn::RunId)));
    // One waits, and is read whole at once.
    stage.fixture.backend.post(waitingRun(61));
    stage.settle();
    QTRY_VERIFY(missing(stage, 0, RunColumn::State) <= 0);
}

UI_TEST_MAIN(TestColumnRoom)

#include "tst_columnroom.moc"
