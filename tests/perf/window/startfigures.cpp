// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/host/embeddedbackend.h"
#include "devserver/store/sqlitestore.h"
#include "tests/perf/manyruns.h"
#include "tests/perf/window/figures.h"
#include "tests/perf/window/scenes.h"
#include "tests/ui/support/uifixture.h"
#include "ui/shell/mainwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QProcess>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <cstdio>

namespace console::test {

using namespace Qt::StringLiterals;

namespace {

constexpr int manyRuns = 100'000;
constexpr int fewRuns = 2'000; // enough for each filter to find what it looks for
constexpr int manyStarts = 5;
constexpr double startBudgetMs = 800;
constexpr double filterBudgetMs = 150;
constexpr int patienceMs = 30'000;

/// What is typed, and whether it finds anything.
constexpr std::array<std::pair<const char *, bool>, 6> filters = {{
    {"state:failed", true},
    {"fn:fn-3", true},
    {"error~\"in [35] s\"", true},
    {"data.total:>490", true},
    {"data.customer.id:998", true},
    {"data.customer.id:nobody", false},
}};

/// Milliseconds of a clock that all processes of the machine share.
double clockMs()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double, std::milli>(now).count();
}

devserver::host::ServerSettings settingsOf(const QString &file)
{
    devserver::host::ServerSettings settings;
    settings.addresses = {QHostAddress(QHostAddress::LocalHost)};
    settings.port = 0;
    settings.dataFile = file;
    settings.routes.hasDiscovery = false;
    return settings;
}

template<typename Condition>
bool waitFor(Condition condition)
{
    QElapsedTimer patience;
    patience.start();
    while (!condition()) {
        if (patience.elapsed() > patienceMs)
            return false;
        QApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
    }
    return true;
}

/// From the last key to the first page, painted. Negative: nothing came.
double timeFilter(QTableView *table, QLineEdit *line, const char *text, bool finds)
{
    const QAbstractItemModel *before = table->model();
    line->setFocus();
    QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(line, QString::fromLatin1(text));
    const double begin = clockMs();
    QTest::keyClick(line, Qt::Key_Return);
    const bool hasCome = waitFor(
        [&] { return table->model() != before && (table->model()->rowCount() > 0) == finds; });
    QApplication::processEvents();
    return hasCome ? clockMs() - begin : -1;
}

std::vector<double> figuresOf(const QString &file)
{
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QApplication::applicationFilePath(),
                {u"start-once"_s, file, QString::number(clockMs(), 'f', 3)});
    std::vector<double> figures;
    if (!child.waitForFinished(4 * patienceMs))
        return figures;
    for (const QByteArray &word : child.readAllStandardOutput().simplified().split(' '))
        figures.push_back(word.toDouble());
    return figures;
}

/// `perf_start` of ui.md §27.4, and the first page after a filter change, both on a real store.
/// Each start is a process of its own, measured from before it exists.
void measure(int runs, int starts)
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"start.db"_s);
    {
        devserver::store::SqliteStore store(file);
        if (!store.open().takeResult() || !devserver::test::fillWithRuns(store, runs)) {
            printFailure(u"perf_start: the store cannot be filled"_s);
            return;
        }
    }
    std::array<Series, 2 + filters.size()> series;
    for (int i = 0; i < starts; ++i) {
        const std::vector<double> figures = figuresOf(file);
        if (figures.size() != series.size()) {
            printFailure(u"perf_start: the window did not come"_s);
            return;
        }
        if (std::any_of(figures.begin(), figures.end(), [](double ms) { return ms < 0; })) {
            printFailure(u"perf_start: a filter did not show what it should"_s);
            return;
        }
        for (std::size_t k = 0; k < series.size(); ++k)
            series[k].add(figures[k]);
    }
    printFigure(u"perf_start: window shown"_s, series[0].quantile(0.5), u"ms"_s, startBudgetMs);
    printFigure(u"perf_start: first page of %L1 runs"_s.arg(runs), series[1].quantile(0.5), u"ms"_s,
                startBudgetMs);
    for (std::size_t k = 0; k < filters.size(); ++k)
        printFigure(u"filter "_s + QString::fromLatin1(filters[k].first),
                    series[k + 2].quantile(0.5), u"ms"_s, filterBudgetMs);
}

} // namespace

int startOnce(const QString &file, double begin)
{
    devserver::host::EmbeddedBackend backend(settingsOf(file));
    FakeDesktop desktop;
    MainWindow window(backend, {.settingsPath = {}}, desktop);
    window.resize(1440, 900);
    window.show();
    std::ignore = backend.startServer(0);
    QApplication::processEvents();
    std::printf("%.1f ", clockMs() - begin);
    auto *table = window.findChild<QTableView *>(u"runsTable"_s);
    auto *line = window.findChild<QLineEdit *>(u"runsFilter"_s);
    if (table == nullptr || line == nullptr)
        return 1;
    if (!waitFor([table] { return table->model() != nullptr && table->model()->rowCount() > 0; }))
        return 1;
    QApplication::processEvents();
    std::printf("%.1f ", clockMs() - begin);
    for (const auto &[text, finds] : filters)
        std::printf("%.1f ", timeFilter(table, line, text, finds));
    std::printf("\n");
    return 0;
}

void measureStart()
{
    measure(manyRuns, manyStarts);
}

void measureSmallStart()
{
    measure(fewRuns, 1);
}

} // namespace console::test
