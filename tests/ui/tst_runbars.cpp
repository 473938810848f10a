// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/unit/ui/runstory.h"
#include "ui/runs/timelinepane.h"
#include "ui/runs/timelineview.h"

#include <QImage>
#include <QTest>

#include <algorithm>

using namespace console;
using namespace console::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The bar of a run says how it ended, also to those who see no colours (ui.md §3.1).
class TestRunBars final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsDifferInShape();
    void backoffEndsWithItsSign();

private:
    [[nodiscard]] QImage shapeOfEnd(const devserver::api::RunRecord &record,
                                    devserver::TimePoint now);

    UiFixture m_ui;
};

/// Its last pixels: black where something is painted.
QImage TestRunBars::shapeOfEnd(const devserver::api::RunRecord &record, devserver::TimePoint now)
{
    TimelinePane pane(m_ui.context);
    m_ui.show(&pane, {1000, 400});
    m_ui.backend.setNow(now);
    pane.setTimeline(makeTimeline(record, now));
    m_ui.beat();
    TimelineView &view = pane.view();
    const DrawnBar bar = view.timeline().bars(0).back();
    const int right = view.plotRect().left() + static_cast<int>(bar.x + bar.width);
    const QRect row = view.rowRect(0);
    const QImage seen = view.viewport()->grab().toImage();
    const QRgb ground = seen.pixel(right - 20, row.top() + 3);
    QImage shape(18, 14, QImage::Format_Grayscale8);
    for (int y = 0; y < shape.height(); ++y) {
        for (int x = 0; x < shape.width(); ++x) {
            const QRgb pixel = seen.pixel(right - 15 + x, row.center().y() - 7 + y);
            const bool isGround = std::abs(qGray(pixel) - qGray(ground)) < 24;
            shape.setPixelColor(x, y, isGround ? Qt::white : Qt::black);
        }
    }
    return shape;
}

void TestRunBars::endsDifferInShape()
{
    arrange::reducedMotion(m_ui, true);
    RunStory completed;
    completed.start().step("load-order", 900ms).step("charge-card", 100ms).complete();
    RunStory dead;
    dead.start().step("load-order", 900ms).failForGood("charge-card", 100ms).fail();
    devserver::api::RunRecord discarded = dead.record();
    discarded.summary.letter = devserver::LetterState::Discarded;
    RunStory cancelled;
    cancelled.start().step("load-order", 900ms).step("charge-card", 100ms).cancel();
    const QList<QImage> shapes{
        shapeOfEnd(completed.record(), completed.now()), shapeOfEnd(dead.record(), dead.now()),
        shapeOfEnd(discarded, dead.now()), shapeOfEnd(cancelled.record(), cancelled.now())};
    for (qsizetype one = 0; one < shapes.size(); ++one) {
        for (qsizetype other = one + 1; other < shapes.size(); ++other) {
            int distance = 0;
            for (int y = 0; y < shapes[one].height(); ++y) {
                for (int x = 0; x < shapes[one].width(); ++x)
                    distance += shapes[one].pixel(x, y) == shapes[other].pixel(x, y) ? 0 : 1;
            }
            QVERIFY2(distance >= 8, qPrintable(u"%1 %2 %3"_s.arg(one).arg(other).arg(distance)));
        }
    }
}

/// Also when it is over: another attempt followed.
void TestRunBars::backoffEndsWithItsSign()
{
    arrange::reducedMotion(m_ui, true);
    RunStory story;
    story.start().failAttempt("charge-card", 900ms, 1s).pass(1s);
    story.step("charge-card", 600ms).complete();
    TimelinePane pane(m_ui.context);
    m_ui.show(&pane, {1000, 400});
    m_ui.backend.setNow(story.now());
    pane.setTimeline(makeTimeline(story.record(), story.now()));
    m_ui.beat();
    const TimelineView &view = pane.view();
    const std::vector<DrawnBar> bars = view.timeline().bars(1);
    const auto wait = std::find_if(bars.begin(), bars.end(), [](const DrawnBar &bar) {
        return bar.state == BarState::Backoff;
    });
    QVERIFY(wait != bars.end());
    const QImage seen = view.viewport()->grab().toImage();
    const int end = view.plotRect().left() + static_cast<int>(wait->x + wait->width);
    const QRect row = view.rowRect(1);
    int painted = 0; // above the dashed line
    for (int x = end - 13; x < end - 2; ++x) {
        for (int y = row.center().y() - 6; y < row.center().y() - 2; ++y)
            painted += seen.pixel(x, y) == seen.pixel(end - 3, row.top() + 2) ? 0 : 1;
    }
    QVERIFY2(painted > 8, qPrintable(QString::number(painted)));
}

UI_TEST_MAIN(TestRunBars)
#include "tst_runbars.moc"
