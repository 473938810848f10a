// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/ui/runstory.h"
#include "ui/core/timelinecursor.h"
#include "ui/core/timelinelayout.h"
#include "ui/core/timelinetext.h"
#include "ui/core/timeticks.h"

#include <QRandomGenerator>
#include <QTest>

#include <cmath>

using namespace console;
using namespace console::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::TimePoint;

namespace {

constexpr int runs = 1000;
constexpr double width = 900;

TimePoint at(qint64 ms)
{
    return TimePoint(std::chrono::milliseconds(ms));
}

/// Steps one after the other with waits of all lengths in between.
TimelineDataPtr randomRun(QRandomGenerator &random)
{
    auto data = std::make_shared<TimelineData>();
    data->rows.push_back({.kind = RowKind::Run, .name = u"run"_s});
    qint64 now = 0;
    const int steps = 1 + random.bounded(12);
    for (int step = 0; step < steps; ++step) {
        TimelineRow row{.step = QByteArray::number(step), .name = u"step %1"_s.arg(step)};
        const int attempts = 1 + random.bounded(4);
        for (int attempt = 0; attempt < attempts; ++attempt) {
            const qint64 took = static_cast<qint64>(std::pow(10, random.bounded(4.0)));
            const bool isLast = attempt + 1 == attempts;
            row.bars.push_back({.state = isLast ? BarState::Succeeded : BarState::WillRetry,
                                .from = at(now),
                                .to = at(now + took),
                                .attempt = attempt});
            data->active.push_back({at(now), at(now + took)});
            now += took;
            const qint64 wait = static_cast<qint64>(std::pow(10, random.bounded(8.0)));
            if (!isLast)
                row.bars.push_back(
                    {.state = BarState::Backoff, .from = at(now), .to = at(now + wait)});
            now += wait;
        }
        data->rows.push_back(std::move(row));
    }
    data->end = data->active.back().to;
    return data;
}

TimelineLayout layoutOf(TimelineDataPtr data, AxisMode mode)
{
    TimelineLayout layout;
    layout.setData(std::move(data));
    layout.setMode(mode);
    layout.camera().setViewWidth(width);
    return layout;
}

/// 1,000 equal steps of 5 ms, one of which failed.
TimelineDataPtr manySteps(int count)
{
    auto data = std::make_shared<TimelineData>();
    data->rows.push_back({.kind = RowKind::Run, .name = u"run"_s});
    for (int step = 0; step < count; ++step) {
        const TimePoint from = at(6LL * step);
        const BarState state = step == count / 2 ? BarState::Failed : BarState::Succeeded;
        data->rows.push_back({.step = QByteArray::number(step),
                              .name = u"resize-image-%1"_s.arg(step),
                              .state = state,
                              .bars = {{.state = state, .from = from, .to = from + 5ms}},
                              .startedAt = from,
                              .endedAt = from + 5ms});
        data->active.push_back({from, from + 5ms});
    }
    data->end = data->active.back().to;
    return data;
}

} // namespace

class TestTimelineLayout final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mappingIsMonotoneAndHasAnInverse();
    void breaksAreOutsideOfActivity();
    void hitTestFindsWhatIsDrawn();
    void zoomKeepsTheTimeUnderThePointer();
    void longIdleSpansBecomeBreaks();
    void breaksAreAsWideAsTheirLabels();
    void anOpenBreakSaysWhatItsBarDoes();
    void openedBreakIsLinear();
    void failureIsNeverPaintedOver();
    void equalStepsFold();
    void cursorSurvivesFolding();
    void nextFailedGoesByTime();
    void filterHidesAndFindDims();
    void callsHaveRowsUnderTheirStep();
    void zoomGoesBack();
    void liveAxisGrowsInJumps();
    void orderGivesEachRowTheSameWidth();
    void tickTexts_data();
    void tickTexts();
};

void TestTimelineLayout::mappingIsMonotoneAndHasAnInverse()
{
    QRandomGenerator random(1);
    for (int run = 0; run < runs; ++run) {
        for (const AxisMode mode : {AxisMode::Real, AxisMode::Squeezed}) {
            const TimelineLayout layout = layoutOf(randomRun(random), mode);
            const TimelineCamera &camera = layout.camera();
            const double length = camera.axis().length();
            QVERIFY(std::abs(camera.contentWidth() - width) < 0.5);
            double before = -1;
            for (int part = 0; part <= 200; ++part) {
                const double ms = length * part / 200;
                const double x = camera.xAt(ms);
                QVERIFY2(x >= before, qPrintable(u"run %1 at %2 ms"_s.arg(run).arg(ms)));
                before = x;
                QVERIFY(std::abs(camera.xAt(camera.msAt(x)) - x) < 1);
            }
        }
    }
}

void TestTimelineLayout::breaksAreOutsideOfActivity()
{
    QRandomGenerator random(2);
    int breaks = 0;
    for (int run = 0; run < runs; ++run) {
        const TimelineLayout layout = layoutOf(randomRun(random), AxisMode::Squeezed);
        for (const AxisSegment &segment : layout.camera().axis().segments()) {
            if (!segment.isBreak)
                continue;
            ++breaks;
            QVERIFY(segment.length() > 2'000);
            for (const TimeSpan &span : layout.data()->active)
                QVERIFY(layout.msOf(span.to) <= segment.from
                        || layout.msOf(span.from) >= segment.to);
        }
    }
    QVERIFY(breaks > runs);
}

void TestTimelineLayout::hitTestFindsWhatIsDrawn()
{
    QRandomGenerator random(3);
    int bars = 0;
    for (int run = 0; run < runs; ++run) {
        TimelineLayout layout = layoutOf(randomRun(random), AxisMode::Squeezed);
        if (run % 2 == 1)
            layout.camera().zoomAt(random.bounded(width), 1 + random.bounded(20.0));
        for (int row = 1; row < layout.rowCount(); ++row) {
            const std::vector<DrawnBar> drawn = layout.bars(row);
            for (std::size_t index = 0; index < drawn.size(); ++index) {
                const double middle = drawn[index].x + drawn[index].width / 2;
                const std::optional<DrawnBar> hit = layout.hit(row, middle);
                QVERIFY(hit.has_value());
                // What is painted later lies on top.
                std::size_t top = index;
                for (std::size_t other = index + 1; other < drawn.size(); ++other) {
                    if (drawn[other].contains(middle))
                        top = other;
                }
                QVERIFY(*hit == drawn[top]);
                ++bars;
            }
        }
    }
    QVERIFY(bars > runs);
}

void TestTimelineLayout::zoomKeepsTheTimeUnderThePointer()
{
    QRandomGenerator random(4);
    int kept = 0;
    for (int run = 0; run < runs; ++run) {
        TimelineLayout layout = layoutOf(randomRun(random), AxisMode::Squeezed);
        TimelineCamera &camera = layout.camera();
        for (int turn = 0; turn < 6; ++turn) {
            const double x = random.bounded(width);
            const double ms = camera.msAt(x);
            camera.zoomAt(x, 1.2);
            // At the ends of the run the view stops.
            const bool isAtEnd =
                camera.offset() <= 0 || camera.offset() >= camera.contentWidth() - width - 0.5;
            QVERIFY(isAtEnd || std::abs(camera.xAt(ms) - x) <= 1);
            kept += isAtEnd ? 0 : 1;
        }
    }
    QVERIFY(kept > runs);
}

void TestTimelineLayout::longIdleSpansBecomeBreaks()
{
    RunStory story;
    story.start().step("load", 800ms).beginSleep("cool-down", 2h).pass(2h).endSleep("cool-down");
    story.step("charge", 400ms).complete();
    TimelineLayout layout;
    layout.setData(makeTimeline(story.record(), story.now()));
    QCOMPARE(layout.suitableMode(), AxisMode::Squeezed);
    layout.setMode(layout.suitableMode());
    layout.camera().setViewWidth(width);
    const std::vector<AxisSegment> segments = layout.camera().axis().segments();
    QCOMPARE(segments.size(), std::size_t{3});
    QVERIFY(segments[1].isBreak);
    QVERIFY(std::abs(layout.camera().xAt(segments[1].to) - layout.camera().xAt(segments[1].from)
                     - TimeAxis::breakWidth)
            < 0.01);
    QCOMPARE(layout.breakAt(layout.camera().xAt(segments[1].from) + 10), 1);
    RunStory busy;
    layout.setData(makeTimeline(busy.start().step("load", 10s).record(), busy.now()));
    QCOMPARE(layout.suitableMode(), AxisMode::Real);
}

/// Of three breaks the last one needs much: as long as there is room all have what they want, then
/// they become narrower, then the short waits lose their labels, and without labels all are bare
/// bands.
void TestTimelineLayout::breaksAreAsWideAsTheirLabels()
{
    TimeAxis axis(std::vector<AxisSegment>{{0, 100, false},
                                           {100, 9'000, true},
                                           {9'000, 9'100, false},
                                           {9'100, 20'000, true},
                                           {20'000, 20'100, false},
                                           {20'100, 90'000, true}});
    axis.setBreakNeed([](const AxisSegment &segment) { return segment.to > 80'000 ? 90 : 30; });
    const auto widths = [&axis](double width) {
        axis.setScale(axis.scaleToFit(width));
        QList<int> found;
        for (std::size_t index = 1; index < 6; index += 2)
            found.append(static_cast<int>(std::lround(axis.segments()[index].width)));
        return found;
    };
    constexpr int withSign = 104;
    QCOMPARE(widths(900), QList<int>({60, 60, withSign}));
    QCOMPARE(std::lround(axis.width()), 900);
    QCOMPARE(widths(400), QList<int>({48, 48, withSign}));
    QCOMPARE(std::lround(axis.width()), 400);
    QCOMPARE(widths(360), QList<int>({44, 44, withSign}));
    QCOMPARE(std::lround(axis.width()), 360);
    QCOMPARE(widths(240), QList<int>({30, 30, 90}));
    QCOMPARE(std::lround(axis.width()), 240);
    QCOMPARE(widths(200), QList<int>({10, 30, 90}));
    QCOMPARE(std::lround(axis.width()), 200);
    QCOMPARE(widths(120), QList<int>({10, 10, 10}));
    QCOMPARE(std::lround(axis.width()), 120);
}

/// At each moment, not once a second.
void TestTimelineLayout::anOpenBreakSaysWhatItsBarDoes()
{
    RunStory story;
    story.start().failAttempt("charge", 130ms, 60s).pass(5s);
    TimelineLayout layout = layoutOf(makeTimeline(story.record(), story.now()), AxisMode::Squeezed);
    const TimelineBar wait = layout.data()->rows.at(1).bars.back();
    QCOMPARE(wait.state, BarState::Backoff);
    for (int tick = 1; tick < 20; ++tick) {
        layout.setNow(story.now() + tick * 70ms);
        const AxisSegment &last = layout.camera().axis().segments().back();
        QVERIFY(last.isOpen);
        QCOMPARE(breakDuration(last), tookText(wait, layout.now()));
    }
}

void TestTimelineLayout::openedBreakIsLinear()
{
    RunStory story;
    story.start().step("load", 800ms).beginSleep("nap", 1h).pass(1h).endSleep("nap").complete();
    TimelineLayout layout = layoutOf(makeTimeline(story.record(), story.now()), AxisMode::Squeezed);
    QVERIFY(layout.camera().axis().segments()[1].isBreak);
    layout.openBreak(1);
    for (const AxisSegment &segment : layout.camera().axis().segments())
        QVERIFY(!segment.isBreak);
    QVERIFY(layout.hasOpenedBreaks());
    layout.closeBreaks();
    QVERIFY(layout.camera().axis().segments()[1].isBreak);
}

void TestTimelineLayout::failureIsNeverPaintedOver()
{
    auto data = std::make_shared<TimelineData>();
    data->rows.push_back({.kind = RowKind::Run, .name = u"run"_s});
    TimelineRow row{.step = "a", .name = u"a"_s};
    constexpr int attempts = 10'000;
    constexpr int failed = 4'321;
    for (int attempt = 0; attempt < attempts; ++attempt)
        row.bars.push_back({.state = attempt == failed ? BarState::Failed : BarState::Succeeded,
                            .from = at(10LL * attempt),
                            .to = at(10LL * attempt + 9)});
    data->rows.push_back(row);
    data->active.push_back({at(0), at(10LL * attempts)});
    data->end = at(10LL * attempts);
    TimelineLayout layout = layoutOf(data, AxisMode::Real);
    layout.camera().setViewWidth(400);
    const double x = layout.camera().xAt(10.0 * failed);
    const std::vector<DrawnBar> drawn = layout.bars(1);
    QVERIFY(drawn.size() < 200);
    int errors = 0;
    for (std::size_t index = 0; index < drawn.size(); ++index) {
        if (drawn[index].state != BarState::Failed)
            continue;
        ++errors;
        QVERIFY(drawn[index].contains(x));
        QCOMPARE(drawn[index].bar, failed);
        QCOMPARE(index, drawn.size() - 1); // painted last
    }
    QCOMPARE(errors, 1);
    QCOMPARE(layout.hit(1, x)->state, BarState::Failed);
}

void TestTimelineLayout::equalStepsFold()
{
    TimelineLayout layout = layoutOf(manySteps(1000), AxisMode::Real);
    QCOMPARE(layout.rowCount(), 2);
    QVERIFY(layout.rows()[1].isFold());
    const StepFold fold = layout.fold(0);
    QCOMPARE(fold.name, u"resize-image-*"_s);
    QCOMPARE(fold.rows.size(), std::size_t{1000});
    QCOMPARE(fold.failed, 1);
    QCOMPARE(fold.worst, BarState::Failed);
    QCOMPARE(fold.mean, 5ms);
    const std::vector<DrawnBar> strip = layout.bars(1);
    QVERIFY(std::any_of(strip.begin(), strip.end(),
                        [](const DrawnBar &bar) { return bar.state == BarState::Failed; }));
    layout.setOpen(0, true);
    QCOMPARE(layout.rowCount(), 1002);
    layout.setAllOpen(false);
    QCOMPARE(layout.rowCount(), 2);
    QCOMPARE(layoutOf(manySteps(20), AxisMode::Real).rowCount(), 21); // few enough to see
}

void TestTimelineLayout::cursorSurvivesFolding()
{
    TimelineLayout layout = layoutOf(manySteps(100), AxisMode::Real);
    TimelineCursor cursor(layout);
    layout.setOpen(0, true);
    cursor.setShownRow(42);
    const Selection selection = cursor.selection();
    QCOMPARE(selection.kind, Selection::Kind::Step);
    QCOMPARE(selection.step, "40"_ba);
    layout.setOpen(0, false);
    QCOMPARE(cursor.shownRow(), 1); // the fold that hides it
    QVERIFY(cursor.selection() == selection);
    layout.setOpen(0, true);
    QCOMPARE(cursor.shownRow(), 42);
}

void TestTimelineLayout::nextFailedGoesByTime()
{
    RunStory story;
    story.start().failAttempt("a", 10ms, 1s).pass(1s).failAttempt("a", 10ms, 1s).pass(1s);
    story.step("a", 5ms).failAttempt("b", 10ms, 1s).pass(1s).failForGood("b", 10ms).fail();
    TimelineLayout layout = layoutOf(makeTimeline(story.record(), story.now()), AxisMode::Real);
    TimelineCursor cursor(layout);
    QByteArrayList visited;
    while (cursor.moveToFailed(1)) {
        const TimelineRow &row = layout.data()->rows[static_cast<std::size_t>(cursor.dataRow())];
        const int attempt = row.bars[static_cast<std::size_t>(cursor.bar())].attempt;
        visited.append(row.name.toUtf8() + QByteArray::number(attempt + 1));
        QCOMPARE(cursor.selection().kind, Selection::Kind::Attempt);
        QVERIFY(visited.size() < 10);
    }
    QCOMPARE(visited.join(' '), "a1 a2 b1 b2"_ba);
    QVERIFY(cursor.moveToFailed(-1));
    QCOMPARE(layout.data()->rows[static_cast<std::size_t>(cursor.dataRow())].name, u"b"_s);
}

void TestTimelineLayout::filterHidesAndFindDims()
{
    RunStory story;
    story.start().step("load", 10ms).failAttempt("charge", 10ms, 1s).pass(1s).step("charge", 5ms);
    TimelineLayout layout = layoutOf(makeTimeline(story.record(), story.now()), AxisMode::Real);
    QCOMPARE(layout.rowCount(), 3);
    layout.setFilter({.only = RowFilter::Only::Failed, .find = {}});
    QCOMPARE(layout.rowCount(), 2);
    QCOMPARE(layout.rowOf(layout.rows()[1]).name, u"charge"_s);
    layout.setFilter({.only = RowFilter::Only::All, .find = u"LOAD"_s});
    QVERIFY(!layout.rows()[1].isDimmed);
    QVERIFY(layout.rows()[2].isDimmed);
}

void TestTimelineLayout::callsHaveRowsUnderTheirStep()
{
    RunStory story;
    story.start().step("load", 10ms).failAttempt("charge", 10ms, 1s).pass(1s).step("charge", 5ms);
    TimelineLayout layout = layoutOf(makeTimeline(story.record(), story.now()), AxisMode::Order);
    const double length = layout.camera().axis().length();
    layout.setShowsCalls(true);
    QCOMPARE(layout.rowCount(), 6);                    // run, load and one call, charge and two
    QCOMPARE(layout.camera().axis().length(), length); // no room of their own in the order
    QVERIFY(layout.rows()[2].isCall() && layout.rows()[2].row == 1);
    for (const int shown : {4, 5}) {
        const ShownRow &call = layout.rows()[static_cast<std::size_t>(shown)];
        QVERIFY(call.isCall() && call.row == 2 && call.depth == 2);
        const std::vector<DrawnBar> drawn = layout.bars(shown);
        QCOMPARE(drawn.size(), 1U);
        QCOMPARE(drawn.front().bar, call.call);
        QCOMPARE(layout.shownIndex(2, call.call), shown);
    }
    QCOMPARE(layout.shownIndex(2), 3);
    TimelineCursor cursor(layout);
    cursor.setShownRow(5);
    QCOMPARE(cursor.shownRow(), 5);
    layout.setShowsCalls(false);
    QCOMPARE(cursor.shownRow(), 2); // the same attempt, in the row of its step
    QCOMPARE(layout.rowCount(), 3);
}

void TestTimelineLayout::zoomGoesBack()
{
    QRandomGenerator random(5);
    TimelineLayout layout = layoutOf(randomRun(random), AxisMode::Real);
    TimelineCamera &camera = layout.camera();
    const double length = camera.axis().length();
    camera.showRange(length * 0.2, length * 0.4);
    QVERIFY(std::abs(camera.msAt(0) - length * 0.2) < length / width);
    QVERIFY(std::abs(camera.msAt(width) - length * 0.4) < length / width);
    const TimelineCamera::Pose first = camera.pose();
    camera.zoomAt(100, 3);
    QVERIFY(camera.back().has_value());
    QVERIFY(camera.pose() == first);
    QVERIFY(camera.back().has_value());
    QVERIFY(camera.isFit());
    QVERIFY(!camera.back().has_value());
}

void TestTimelineLayout::liveAxisGrowsInJumps()
{
    RunStory story;
    story.start().plan({"stock"}).sendStep("stock").pass(10s);
    TimelineLayout layout = layoutOf(makeTimeline(story.record(), story.now()), AxisMode::Real);
    const double length = layout.camera().axis().length();
    const double now = layout.camera().xAt(layout.msOf(story.now()));
    QVERIFY(length > layout.msOf(story.now()));
    QVERIFY(!layout.setNow(story.now() + 500ms));
    QCOMPARE(layout.camera().axis().length(), length);
    const DrawnBar bar = layout.bars(1).back();
    QVERIFY(bar.x + bar.width > now); // the bar grew, nothing else moved
    QVERIFY(layout.setNow(story.now() + 3s));
    QVERIFY(layout.camera().axis().length() > length);
}

void TestTimelineLayout::orderGivesEachRowTheSameWidth()
{
    RunStory story;
    story.start().step("a", 10s).step("b", 1ms).beginSleep("nap", 1h).pass(1h).endSleep("nap");
    const TimelineLayout layout =
        layoutOf(makeTimeline(story.complete().record(), story.now()), AxisMode::Order);
    const double slot = (width - TimelineCamera::usualMargin) / 3;
    QCOMPARE(layout.rowCount(), 4); // the run and its steps
    for (int row = 1; row < layout.rowCount(); ++row) {
        const DrawnBar bar = layout.bars(row).front();
        QVERIFY(std::abs(bar.width - slot) < 0.01);
        QVERIFY(std::abs(bar.x - (row - 1) * slot) < 0.01);
    }
}

void TestTimelineLayout::tickTexts_data()
{
    QTest::addColumn<double>("ms");
    QTest::addColumn<double>("step");
    QTest::addColumn<double>("length");
    QTest::addColumn<QString>("text");
    QTest::addRow("short run") << 12.0 << 2.0 << 80.0 << u"+12 ms"_s;
    QTest::addRow("parts of a millisecond") << 0.25 << 0.05 << 3.0 << u"+0.25 ms"_s;
    QTest::addRow("seconds") << 4000.0 << 1000.0 << 9000.0 << u"+4 s"_s;
    QTest::addRow("tenths") << 1200.0 << 200.0 << 4000.0 << u"+1.2 s"_s;
    QTest::addRow("minutes") << 65'000.0 << 5000.0 << 200'000.0 << u"+1 m 05 s"_s;
    QTest::addRow("whole minutes") << 120'000.0 << 60'000.0 << 900'000.0 << u"+2 m"_s;
    QTest::addRow("a second among milliseconds") << 1000.0 << 200.0 << 1300.0 << u"+1.0 s"_s;
    QTest::addRow("more than that") << 1200.0 << 200.0 << 1300.0 << u"+1.2 s"_s;
    QTest::addRow("and finer") << 1000.5 << 0.5 << 1300.0 << u"+1.0005 s"_s;
    QTest::addRow("just not a second") << 999.9999 << 0.1 << 1500.0 << u"+1 s"_s;
    QTest::addRow("just not a minute") << 59'999.99999 << 100.0 << 2e8 << u"+1 m 00.0 s"_s;
    QTest::addRow("a whole minute among seconds") << 120'000.0 << 30'000.0 << 2e5 << u"+2 m"_s;
    QTest::addRow("whole hours") << 7'200'000.0 << 1'800'000.0 << 1e7 << u"+2 h"_s;
    QTest::addRow("half an hour more") << 9'000'000.0 << 1'800'000.0 << 1e7 << u"+2 h 30 m"_s;
    QTest::addRow("whole days") << 172'800'000.0 << 86'400'000.0 << 2e8 << u"+2 d"_s;
    QTest::addRow("hours of days") << 183'600'000.0 << 60'000.0 << 2e8 << u"+2 d 3 h"_s;
    QTest::addRow("days") << 183'600'000.0 << 3'600'000.0 << 2e8 << u"+2 d 3 h"_s;
    QTest::addRow("minutes of days") << 183'900'000.0 << 60'000.0 << 2e8 << u"+2 d 3 h 05 m"_s;
    QTest::addRow("seconds of days") << 183'901'000.0 << 1000.0 << 2e8 << u"+2 d 3 h 05 m 01 s"_s;
    QTest::addRow("behind two days") << 172'800'200.0 << 100.0 << 2e8 << u"+2 d 0.2 s"_s;
    QTest::addRow("behind a long break") << 7'200'020.0 << 10.0 << 8e6 << u"+2 h 00 m 00.02 s"_s;
}

void TestTimelineLayout::tickTexts()
{
    QFETCH(double, ms);
    QFETCH(double, step);
    QFETCH(double, length);
    QTEST(relativeTickText(ms, step, length), "text");
}

QTEST_GUILESS_MAIN(TestTimelineLayout)
#include "tst_timelinelayout.moc"
