// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/window/figures.h"
#include "tests/perf/window/scenes.h"
#include "tests/ui/support/uifixture.h"
#include "ui/runs/runsview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

namespace console::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int rows = 100'000;
constexpr int ticks = 600; // 10 s at 60 Hz
constexpr int insertsPerTick = 10;
constexpr int changesPerTick = 23;

double msOf(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

/// Scrolls down until every row is loaded, as people do with the End key.
void loadAll(UiFixture &ui, QTableView *table)
{
    for (int pages = 0; pages < rows && table->model()->rowCount() < rows; ++pages) {
        QTest::keyClick(table, Qt::Key_End, Qt::ControlModifier);
        ui.beat();
    }
}

} // namespace

/// `perf_runs` of ui.md §27.4: a long list under 2,000 updates a second.
void measureRuns()
{
    UiFixture ui;
    for (int i = rows; i > 0; --i)
        ui.backend.runs.push_back(runRow(i));
    RunsView view(ui.context);
    ui.show(&view);
    ui.beat();
    ui.beat();
    auto *table = child<QTableView>(&view, "runsTable");
    auto *filter = child<QLineEdit>(&view, "runsFilter");
    const double idle = memoryMiB();
    loadAll(ui, table);
    printFigure(u"perf_runs: rows loaded"_s, table->model()->rowCount(), u"rows"_s, rows);
    printFigure(u"perf_runs: memory over idle"_s, memoryMiB() - idle, u"MiB"_s, 60);
    QTest::keyClick(table, Qt::Key_Home, Qt::ControlModifier);

    QSignalSpy resets(table->model(), &QAbstractItemModel::modelReset);
    Series tick;
    Series paint;
    Series stall;
    Series key;
    int next = rows;
    for (int frame = 0; frame < ticks; ++frame) {
        for (int i = 0; i < insertsPerTick; ++i)
            ui.backend.mailbox().post(runRow(++next));
        for (int i = 0; i < changesPerTick; ++i) {
            devserver::api::RunSummary changed = runRow(next - 7 * i - frame % 100);
            changed.stepsDone = frame % 4;
            ui.backend.mailbox().post(changed);
        }
        ui.backend.advance(std::chrono::milliseconds(16));
        QElapsedTimer loop;
        loop.start();
        QElapsedTimer timer;
        timer.start();
        ui.clock.beat();
        tick.add(msOf(timer));
        if (frame % 20 == 0)
            QTest::keyClick(table, frame % 40 == 0 ? Qt::Key_PageDown : Qt::Key_PageUp);
        timer.start();
        table->viewport()->repaint();
        paint.add(msOf(timer));
        if (frame % 10 == 5) {
            timer.start();
            filter->setFocus();
            QTest::keyClick(filter, frame % 20 == 5 ? Qt::Key_O : Qt::Key_Backspace);
            filter->repaint();
            key.add(msOf(timer));
        }
        QApplication::processEvents();
        stall.add(msOf(loop));
    }
    printFigure(u"perf_runs: tick p95 at 2,000 updates/s"_s, tick.quantile(0.95), u"ms"_s, 4);
    printFigure(u"perf_runs: repaint of the list p95"_s, paint.quantile(0.95), u"ms"_s, 3);
    printFigure(u"perf_runs: key in the filter to painted p95"_s, key.quantile(0.95), u"ms"_s, 33);
    printFigure(u"perf_runs: longest stall"_s, stall.worst(), u"ms"_s, 50);
    printFigure(u"perf_runs: model resets"_s, static_cast<double>(resets.count()), u""_s, 0);
}

} // namespace console::test
