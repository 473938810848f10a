// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/perf/window/figures.h"
#include "tests/perf/window/scenes.h"
#include "tests/ui/support/uifixture.h"
#include "tests/unit/ui/runstory.h"
#include "ui/runs/runpanel.h"
#include "ui/runs/timelineview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>
#include <QWheelEvent>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

double msOf(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

/// Steps with different words in their names, or they would fold into one row.
QByteArray stepName(int number)
{
    QByteArray name = "step-";
    for (int rest = number + 26; rest > 0; rest /= 26)
        name += static_cast<char>('a' + rest % 26);
    return name;
}

devserver::api::RunRecord longRun(int steps, int attempts)
{
    RunStory story;
    story.start();
    for (int step = 0; step < steps; ++step) {
        for (int attempt = 1; attempt < attempts; ++attempt)
            story.failAttempt(stepName(step), 20ms, 1s).pass(1s);
        story.step(stepName(step), 20ms);
    }
    story.complete();
    return story.record();
}

void wheel(QWidget *over, QPointF at, int delta, Qt::KeyboardModifiers modifiers)
{
    QWheelEvent event(at, over->mapToGlobal(at), {}, {0, delta}, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(over, &event);
}

void measure(int steps, int attempts)
{
    UiFixture ui;
    const devserver::api::RunRecord record = longRun(steps, attempts);
    ui.backend.setNow(record.summary.endedAt.value_or(ui.backend.now()));
    ui.backend.runs.push_back(record.summary);
    ui.backend.records[record.summary.id] = record;
    RunPanel panel(ui.context, nullptr);
    ui.show(&panel);
    const QString name = u"perf_timeline %1 steps x %2: "_s.arg(steps).arg(attempts);

    QElapsedTimer timer;
    timer.start();
    panel.showRun(record.summary.id);
    ui.beat();
    ui.beat();
    auto *view = child<TimelineView>(&panel, "timelineView");
    view->viewport()->repaint();
    printFigure(name + u"open to first paint"_s, msOf(timer), u"ms"_s, 120);

    Series paint;
    const QPointF middle(view->viewport()->width() * 0.6, view->viewport()->height() * 0.5);
    for (int frame = 0; frame < 200; ++frame) {
        switch (frame % 4) {
        case 0:
            wheel(view->viewport(), middle, frame < 100 ? 120 : -120, Qt::ControlModifier);
            break;
        case 1:
            wheel(view->viewport(), middle, -120, Qt::NoModifier);
            break;
        case 2:
            QTest::keyClick(view, Qt::Key_D);
            break;
        default:
            QTest::keyClick(view, Qt::Key_Down);
        }
        QApplication::processEvents();
        timer.start();
        view->viewport()->repaint();
        paint.add(msOf(timer));
    }
    printFigure(name + u"repaint p95"_s, paint.quantile(0.95), u"ms"_s, 3);
}

} // namespace

void measureTimeline()
{
    measure(1000, 1);
    measure(1000, 5);
    measure(10'000, 1);
}

} // namespace console::test
