// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/golden.h"
#include "tests/unit/ui/runstory.h"
#include "ui/core/timelinedata.h"
#include "ui/runs/timelinepane.h"
#include "ui/runs/timelineview.h"

#include <QApplication>
#include <QTest>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Pictures of the timeline by itself, in light and dark (ui.md §7.2); that of a retried step also
/// in processes with QT_SCALE_FACTOR 1.5 and 2.
class TestTimelinePictures final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looksAsItDid_data();
    void looksAsItDid();
    void noPictureIsMissingOrLeftOver();
};

namespace {

struct Picture {
    const char *name;
    RunStory (*story)();
    void (*open)(TimelinePane &pane);
    Qt::LayoutDirection direction = Qt::LeftToRight;
};

RunStory simple()
{
    RunStory story;
    story.start().step("load-order", 800ms).step("check-fraud", 240ms);
    return story.step("charge-card", 1'300ms).step("send-receipt", 90ms).complete();
}

RunStory retry()
{
    RunStory story;
    story.start().step("load-order", 800ms);
    for (const auto wait : {20s, 58s, 74s})
        story.failAttempt("charge-card", 2s, wait).pass(wait);
    return story.step("charge-card", 700ms).step("send-receipt", 90ms).complete();
}

RunStory parallel()
{
    RunStory story;
    story.start().step("load-order", 300ms);
    story.parallel({"reserve-stock", "print-label", "book-courier", "notify-warehouse"}, 400ms);
    return story.step("send-receipt", 90ms).complete();
}

RunStory sleepOf(RunStory::Ms length)
{
    RunStory story(1, "trial-reminder");
    story.start().step("load-user", 120ms).beginSleep("until-day-before-end", length).pass(length);
    story.endSleep("until-day-before-end").step("render", 60ms);
    return story.step("send-reminder", 240ms).complete();
}

RunStory longSleep()
{
    return sleepOf(48h);
}

/// So short that the rest is still seen at its real length.
RunStory shortSleep()
{
    return sleepOf(20s);
}

RunStory thousandSteps()
{
    RunStory story(1, "resize-images");
    story.start();
    for (int step = 1; step <= 1'000; ++step)
        story.step("resize-image-" + QByteArray::number(step),
                   20ms + (step * 7 % 30) * 1ms + (step % 97 == 0 ? 400ms : 0ms));
    return story.complete();
}

/// One step waits for its next attempt, one executes, one is queued.
RunStory live()
{
    RunStory story;
    story.start().step("load-order", 800ms).failAttempt("charge-card", 2s, 20s);
    story.plan({"reserve-stock", "print-label"}).sendStep("reserve-stock");
    return story.pass(1'400ms);
}

RunStory reused()
{
    RunStory story;
    story.start().step("load-order", 800ms).step("check-fraud", 240ms);
    story.failAttempt("charge-card", 2s, 20s).pass(20s);
    story.failForGood("charge-card", 2s).failBody(3ms).fail().pass(4min).resume();
    return story.step("charge-card", 700ms).step("send-receipt", 90ms).complete();
}

void asItOpens(TimelinePane &) {}

void onTheRealAxis(TimelinePane &pane)
{
    QTest::mouseClick(child<QWidget>(&pane, "timelineAxisReal"), Qt::LeftButton);
}

void unfolded(TimelinePane &pane)
{
    QTest::keyClick(&pane.view(), Qt::Key_2);
}

const Picture pictures[] = {
    {"tl_simple", simple, asItOpens},
    {"tl_retry", retry, asItOpens},
    {"tl_parallel", parallel, asItOpens},
    {"tl_sleep_squeezed", longSleep, asItOpens},
    {"tl_sleep_real", shortSleep, onTheRealAxis},
    {"tl_1000", thousandSteps, unfolded},
    {"tl_folded", thousandSteps, asItOpens},
    {"tl_live", live, asItOpens},
    {"tl_reused", reused, asItOpens},
    {"tl_rtl", reused, asItOpens, Qt::RightToLeft},
};

/// The picture that is there at other scales.
constexpr auto scaled = "tl_retry";

QString pictureName(const char *name, bool isDark, int percent)
{
    const QString picture = u"%1_%2"_s.arg(QLatin1StringView(name), isDark ? u"dark" : u"light");
    return percent == 100 ? picture : u"%1_%2"_s.arg(picture).arg(percent);
}

} // namespace

void TestTimelinePictures::looksAsItDid_data()
{
    QTest::addColumn<int>("at");
    for (int at = 0; at < static_cast<int>(std::size(pictures)); ++at) {
        if (qFuzzyCompare(qApp->devicePixelRatio(), 1.0) || qstrcmp(pictures[at].name, scaled) == 0)
            QTest::newRow(pictures[at].name) << at;
    }
}

void TestTimelinePictures::looksAsItDid()
{
    QFETCH(const int, at);
    const Picture &picture = pictures[at];
    UiFixture ui;
    arrange::reducedMotion(ui, true);
    TimelinePane pane(ui.context);
    pane.setLayoutDirection(picture.direction);
    ui.show(&pane, {1100, 520});
    pane.view().setFocus();
    const RunStory story = picture.story();
    ui.backend.setNow(story.now());
    pane.setTimeline(makeTimeline(story.record(), story.now()));
    ui.beat();
    picture.open(pane);
    QStringList problems;
    for (const bool isDark : {false, true}) {
        ui.theme.choose(isDark ? ThemeChoice::Dark : ThemeChoice::Light, false);
        settle(&pane, [&ui] { ui.beat(); });
        const int percent = qRound(qApp->devicePixelRatio() * 100);
        const QString problem =
            compareGolden(&pane, u"timeline/"_s + pictureName(picture.name, isDark, percent));
        if (!problem.isEmpty())
            problems.append(problem);
    }
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
}

void TestTimelinePictures::noPictureIsMissingOrLeftOver()
{
    if (qEnvironmentVariableIsSet("REDRIVE_UPDATE_GOLDEN"))
        return; // they are being made
    QStringList wanted;
    for (const bool isDark : {false, true}) {
        for (const Picture &picture : pictures)
            wanted.append(pictureName(picture.name, isDark, 100));
        for (const int percent : {150, 200})
            wanted.append(pictureName(scaled, isDark, percent));
    }
    wanted.sort();
    QCOMPARE(goldenPictures(u"timeline"_s), wanted);
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestTimelinePictures)

#include "tst_timelinepictures.moc"
