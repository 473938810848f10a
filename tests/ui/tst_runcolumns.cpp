// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/runsstage.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/rowdelegate.h"

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;

/// What the columns of the runs have room for, in a window of 1440 pixels with the inspector open.
class TestRunColumns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreWhole();
    void barsAboveEachOtherEndAlike();
    void stateIsAsWideInEveryList();
};

namespace {

constexpr QSize besideInspector(836, 800);

std::vector<devserver::api::RunSummary> runsWith(const QByteArray &function, int steps)
{
    std::vector<devserver::api::RunSummary> runs;
    for (int number = 60; number > 0; --number) {
        devserver::api::RunSummary run = runIn(DisplayState::Completed, WaitReason::None, number);
        run.functionName = number % 2 == 0 ? function : "audit"_ba;
        run.stepsDone = run.stepsKnown = number % 2 == 0 ? steps : 5;
        runs.push_back(run);
    }
    return runs;
}

/// The space inside of a cell, and what it holds.
struct Room {
    int pixels;
    Cell cell;
};

Room roomOf(const Stage &stage, int row, RunColumn column)
{
    const QModelIndex index = stage.list()->index(row, static_cast<int>(column));
    return {.pixels = stage.table->columnWidth(index.column()) - 2 * RowDelegate::padding,
            .cell = index.data(CellDataRole).value<Cell>()};
}

void show(Stage &stage, QSize size = besideInspector)
{
    stage.view->resize(size);
    stage.settle();
    QTRY_COMPARE(stage.table->header()->length(), stage.table->viewport()->width());
}

} // namespace

void TestRunColumns::namesAreWhole()
{
    Stage stage(runsWith("send-welcome"_ba, 5));
    show(stage);
    const Room room = roomOf(stage, 0, RunColumn::Function);
    QCOMPARE(room.cell.text, u"send-welcome"_s);
    QVERIFY(room.pixels > stage.table->fontMetrics().horizontalAdvance(room.cell.text));
    for (const RunColumn column : {RunColumn::Progress, RunColumn::Attempts, RunColumn::Duration,
                                   RunColumn::Queued, RunColumn::Error})
        QVERIFY(!stage.table->isColumnHidden(static_cast<int>(column)));
}

void TestRunColumns::barsAboveEachOtherEndAlike()
{
    const Stage stage({});
    const QFontMetrics metrics = stage.table->fontMetrics();
    const int needed = metrics.horizontalAdvance(u"120/120"_s);
    for (int room = needed + 26; room < 200; ++room) {
        const int narrow = RowDelegate::barWidthIn(room, u"120/120"_s, metrics);
        QVERIFY2(narrow > 0, qPrintable(QString::number(room)));
        QCOMPARE(RowDelegate::barWidthIn(room, u"5/5"_s, metrics), narrow);
    }
    QCOMPARE(RowDelegate::barWidthIn(needed, u"120/120"_s, metrics), 0);
}

/// Whether a row that sleeps for days is in sight or not.
void TestRunColumns::stateIsAsWideInEveryList()
{
    Stage usual(runsWith("audit"_ba, 5));
    show(usual);
    devserver::api::RunSummary sleeping = runIn(DisplayState::Waiting, WaitReason::Sleep, 61);
    std::vector<devserver::api::RunSummary> runs = runsWith("audit"_ba, 5);
    for (auto &activity : sleeping.activities)
        activity.until = usual.fixture.backend.now() + std::chrono::hours(26);
    runs.insert(runs.begin(), sleeping);
    Stage other(runs);
    show(other);
    const QString words = roomOf(other, 0, RunColumn::State).cell.second;
    QVERIFY2(words.endsWith(u"in 1 d 2 h"_s), qPrintable(words));
    const auto width = [](const Stage &stage) {
        return stage.table->columnWidth(static_cast<int>(RunColumn::State));
    };
    QCOMPARE(width(other), width(usual));
}

UI_TEST_MAIN(TestRunColumns)

#include "tst_runcolumns.moc"
