// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/window/figures.h"
#include "tests/perf/window/scenes.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/uifixture.h"
#include "ui/shell/mainwindow.h"

#include <QApplication>
#include <QTest>

namespace console::test {

using namespace Qt::StringLiterals;

namespace {

/// Counts what wakes the GUI thread.
class EventCounter final : public QObject
{
public:
    int timers = 0;
    int paints = 0;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        Q_UNUSED(watched)
        timers += event->type() == QEvent::Timer ? 1 : 0;
        paints += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
};

} // namespace

/// `perf_idle` of ui.md §27.4: nothing happens for 5 s, so nothing is done.
void measureIdle()
{
    devserver::test::FakeBackend backend;
    fillScene(backend);
    // Nothing counts down and nothing is younger than an hour: no text changes by itself.
    std::erase_if(backend.runs, [](const auto &run) { return !run.activities.empty(); });
    backend.advance(std::chrono::hours(3));
    FakeDesktop desktop;
    MainWindow window(backend, {.settingsPath = {}}, desktop);
    window.resize(1440, 900);
    window.show();
    QTest::qWait(3000);
    EventCounter counter;
    qApp->installEventFilter(&counter);
    QTest::qWait(5000);
    qApp->removeEventFilter(&counter);
    // Of the test's own wait there are timers of another kind, not QEvent::Timer to an object.
    printFigure(u"perf_idle: timer events in 5 s"_s, counter.timers, u""_s, 0);
    printFigure(u"perf_idle: paints in 5 s"_s, counter.paints, u""_s, 0);
}

} // namespace console::test
