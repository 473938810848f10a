// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/contextmenu.h"
#include "tests/ui/support/timelinestage.h"
#include "tests/ui/support/timelinestories.h"
#include "ui/core/timelinetext.h"
#include "ui/runs/overviewstrip.h"
#include "ui/runs/timeheader.h"

#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QImage>
#include <QMenu>
#include <QSet>
#include <QTest>

#include <cmath>

using namespace console;
using namespace console::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

RunStory manySteps(int count)
{
    RunStory story(1, "resize-images");
    story.start();
    for (int step = 1; step <= count; ++step)
        story.step("resize-image-" + QByteArray::number(step), 20ms);
    return story.complete();
}

} // namespace

/// How the drawing of a run is laid out: what stands where, and that nothing is in the way of
/// something else.
class TestTimelineLook final : public TimelineStage
{
    Q_OBJECT

private Q_SLOTS:
    void labelsCrossNeitherBreaksNorRetries();
    void longErrorsAreShortened();
    void lengthBesideABarIsItsOwn();
    void attemptsAreNumberedWhereItIsNarrow();
    void foldEndsWithTheRun();
    void runHasTheColourOfItsState();
    void headStandsOverItsColumn();
    void noRoomIsLeftUnused();
    void groundEndsWithTheRows();
    void overviewStandsAboveThePlot();
    void breaksSpeak();
    void breaksSayWhatTheBarsSay();
    void keysUnfoldLevels();
    void longNamesWrap();
    void foldSaysWhatItsStepsTook();
    void bodySaysWhatItIs();
    void rightToLeftMirrorsAllButTime();
    void namesAreInFullWhereItIsNarrow();
    void namesAreNotCutByAFraction();
    void namesThatAreLetInGetTheirRoom();
    void factsStandInAColumn();

private:
    [[nodiscard]] std::optional<TimelinePainter::Tail> tail(int shown) const
    {
        TimelineStyle style;
        style.smallFont = view().smallFont();
        return TimelinePainter(view().timeline(), style)
            .tail(shown, view().timeline().camera().viewWidth());
    }

    void chooseInMenu(const QString &text)
    {
        QMenu *menu = contextMenuOf(view().viewport());
        QVERIFY(menu != nullptr);
        QVERIFY(clickAction(menu, [&](const QAction *each) { return each->text() == text; }));
    }
};

void TestTimelineLook::labelsCrossNeitherBreaksNorRetries()
{
    tell(retriedRun());
    const TimelineLayout &layout = view().timeline();
    const TimelineCamera &camera = layout.camera();
    QCOMPARE(layout.mode(), AxisMode::Squeezed);
    int labels = 0;
    for (int shown = 1; shown < layout.rowCount(); ++shown) {
        const auto label = tail(shown);
        if (!label)
            continue;
        ++labels;
        const double right = label->x + label->width;
        QVERIFY(right <= camera.viewWidth());
        for (const AxisSegment &segment : camera.axis().segments())
            QVERIFY2(!segment.isBreak || right <= camera.xAt(segment.from)
                         || label->x >= camera.xAt(segment.to),
                     qPrintable(label->text));
        for (const TimelineMark &mark : layout.data()->marks) {
            const double x = camera.xAt(layout.msOf(mark.at));
            QVERIFY2(right <= x || label->x >= x, qPrintable(label->text));
        }
    }
    QVERIFY(labels >= 3);
    shoot(m_pane.get(), u"look_retried"_s);
}

void TestTimelineLook::longErrorsAreShortened()
{
    RunStory story;
    story.start().step("load-order", 1s).failForGood("charge-card", 20s).fail();
    tell(story);
    const auto label = tail(shownRow(u"charge-card"_s));
    QVERIFY(label.has_value());
    QCOMPARE(label->text, u"TimeoutError"_s);
    QVERIFY(label->x + label->width <= view().timeline().camera().viewWidth());
}

/// That of all attempts is in the column of names.
void TestTimelineLook::lengthBesideABarIsItsOwn()
{
    RunStory story;
    story.start().failAttempt("charge-card", 2s, 20s).pass(20s).step("charge-card", 700ms);
    tell(story.complete());
    const int shown = shownRow(u"charge-card"_s);
    const auto label = tail(shown);
    QVERIFY(label.has_value());
    QCOMPARE(label->text, u"700 ms"_s);
    QCOMPARE(rowDuration(view().timeline(), shown), u"23 s"_s);
}

/// As in the smallest window: breaks have their labels, and the bars keep room for their numbers.
void TestTimelineLook::attemptsAreNumberedWhereItIsNarrow()
{
    tell(failedRun(RunStory().start()));
    m_pane->resize(520, 400);
    m_ui->beat();
    QVERIFY(view().nameWidth() <= 0.4 * view().viewport()->width());
    QCOMPARE(child<TimeHeader>(m_pane.get(), "timelineHeader")->labels().waits.size(), 4U);
    const int row = shownRow(u"charge-card"_s);
    const QImage image = view().viewport()->grab().toImage();
    const int y = view().rowRect(row).center().y();
    int numbers = 0;
    for (const DrawnBar &bar : view().timeline().bars(row)) {
        if (!isCall(bar.state))
            continue;
        // A digit is darker, or on the last one brighter, than the bar between its edges.
        const int left = view().plotRect().left() + static_cast<int>(bar.x);
        QSet<QRgb> colours;
        for (int x = left + 3; x < left + static_cast<int>(bar.width) - 4; ++x)
            colours.insert(image.pixel(x, y));
        numbers += colours.size() > 1 ? 1 : 0;
    }
    QCOMPARE(numbers, 5);
    shoot(m_pane.get(), u"look_numbers"_s);
}

void TestTimelineLook::foldEndsWithTheRun()
{
    for (const int width : {900, 901, 902, 903}) {
        tell(manySteps(300));
        m_pane->resize(width, 560);
        m_ui->beat();
        const TimelineLayout &layout = view().timeline();
        const std::vector<DrawnBar> run = layout.bars(0);
        const std::vector<DrawnBar> fold = layout.bars(1);
        const double end = run.back().x + run.back().width;
        QVERIFY(end > 100);
        QVERIFY(std::abs(fold.back().x + fold.back().width - end) < 0.5);
        QVERIFY(std::abs(fold.front().x - run.front().x) < 0.5);
        // One step after the other: nowhere is more going on than elsewhere.
        for (const DrawnBar &each : fold)
            QVERIFY2(each.density > 0.6, qPrintable(QString::number(each.density)));
    }
}

/// As the icon beside it, the heading and the row of the list.
void TestTimelineLook::runHasTheColourOfItsState()
{
    RunStory story;
    story.start().step("load-order", 800ms).failForGood("charge-card", 2s).fail();
    devserver::api::RunRecord record = story.record();
    record.summary.letter = devserver::LetterState::Open;
    m_ui->backend.setNow(story.now());
    m_pane->setTimeline(makeTimeline(record, story.now()));
    m_ui->beat();
    const QRect row = view().rowRect(0);
    const auto colourOfRun = [&] {
        const double middle = view().timeline().camera().viewWidth() / 3;
        return view().viewport()->grab().toImage().pixelColor(
            view().plotRect().left() + static_cast<int>(middle), row.center().y());
    };
    QCOMPARE(colourOfRun(), m_ui->theme.color(Token::StateDead));
    QCOMPARE(cardFor(view().timeline(), 0, -1).token, Token::StateDead);
    QCOMPARE(cardFor(view().timeline(), 0, -1).icon, stateIcon(DisplayState::Dead));
    // Retried, the time before it stays that of a failure.
    story.pass(1s).resume().step("charge-card", 3s).complete();
    tell(story);
    QCOMPARE(colourOfRun(), m_ui->theme.color(Token::StateFailed));
    QCOMPARE(cardFor(view().timeline(), 0, -1).token, Token::StateCompleted);
}

/// `Duration` ends where the durations end.
void TestTimelineLook::headStandsOverItsColumn()
{
    tell(manySteps(3));
    const QColor ground = m_ui->theme.color(Token::Window);
    const auto lastInk = [&](const QImage &image, const QColor &behind, int y) {
        for (int x = view().nameWidth() - 3; x > 100; --x) {
            for (int dy = -6; dy <= 6; ++dy) {
                if (image.pixelColor(x, y + dy) != behind)
                    return x;
            }
        }
        return -1;
    };
    const auto *header = child<TimeHeader>(m_pane.get(), "timelineHeader");
    const int title = lastInk(child<QWidget>(m_pane.get(), "timelineHeader")->grab().toImage(),
                              ground, header->height() / 2);
    const int value = lastInk(view().viewport()->grab().toImage(), m_ui->theme.color(Token::Base),
                              view().rowRect(1).center().y());
    QVERIFY(title > 200);
    QVERIFY2(std::abs(title - value) <= 1, qPrintable(u"%1, %2"_s.arg(title).arg(value)));
}

void TestTimelineLook::noRoomIsLeftUnused()
{
    tell(retriedRun());
    const TimelineCamera &camera = view().timeline().camera();
    double widest = 0;
    for (int shown = 1; shown < view().timeline().rowCount(); ++shown) {
        if (const auto label = tail(shown))
            widest = std::max(widest, label->x + label->width);
    }
    QVERIFY(camera.viewWidth() - widest <= 16);
}

void TestTimelineLook::groundEndsWithTheRows()
{
    tell(retriedRun());
    const TimelineLayout &layout = view().timeline();
    const QImage image = view().viewport()->grab().toImage();
    const int below = view().rowRect(layout.rowCount() - 1).bottom() + 30;
    QVERIFY(below < image.height());
    const QColor base = m_ui->theme.color(Token::Base);
    for (int x = view().nameWidth(); x < image.width(); ++x)
        QCOMPARE(image.pixelColor(x, below), base);
}

void TestTimelineLook::overviewStandsAboveThePlot()
{
    tell(retriedRun());
    const auto *overview = child<OverviewStrip>(m_pane.get(), "overviewStrip");
    QCOMPARE(overview->frameRect().left(), view().nameWidth());
    QCOMPARE(overview->mapToGlobal(QPoint()).x(), view().viewport()->mapToGlobal(QPoint()).x());
    // Breaks are seen in it in both themes.
    const TimelineCamera &camera = view().timeline().camera();
    int breaks = 0;
    for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
        m_ui->theme.choose(theme, false);
        m_ui->beat();
        const QImage image = m_pane->findChild<OverviewStrip *>()->grab().toImage();
        for (const AxisSegment &segment : camera.axis().segments()) {
            if (!segment.isBreak)
                continue;
            ++breaks;
            const int middle =
                view().nameWidth()
                + static_cast<int>((camera.xAt(segment.from) + camera.xAt(segment.to)) / 2);
            QVERIFY(image.pixelColor(middle, 2) != m_ui->theme.color(Token::Window));
        }
    }
    QVERIFY(breaks >= 2); // in each theme
}

void TestTimelineLook::breaksSpeak()
{
    tell(retriedRun());
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&view());
    QAccessibleTableInterface *table = interface->tableInterface();
    QVERIFY(table->cellAt(0, 0)->text(QAccessible::Description).startsWith(u"squeezed: 20 s, "_s));
    QVERIFY(table->cellAt(0, 0)->text(QAccessible::Name).startsWith(u"run, "_s));
    key(Qt::Key_Right); // on the row of the run: to the first break
    QCOMPARE(table->cellAt(0, 0)->text(QAccessible::Name),
             u"20 s of waiting, squeezed; Enter shows it"_s);
    key(Qt::Key_Return);
    QVERIFY(view().timeline().hasOpenedBreaks());
    QVERIFY(table->cellAt(0, 0)->text(QAccessible::Name).startsWith(u"run, "_s));
}

void TestTimelineLook::breaksSayWhatTheBarsSay()
{
    tell(retriedRun());
    const TimelineLayout &layout = view().timeline();
    const TimelineRow &row = layout.data()->rows[3];
    QCOMPARE(row.name, u"charge-card"_s);
    QStringList waits;
    for (const TimelineBar &bar : row.bars) {
        if (bar.state == BarState::Backoff)
            waits.append(timelineDuration(bar.end(layout.now()) - bar.from));
    }
    QStringList breaks;
    for (const AxisSegment &segment : layout.camera().axis().segments()) {
        if (segment.isBreak)
            breaks.append(breakDuration(segment));
    }
    QCOMPARE(waits.size(), 4);
    QCOMPARE(breaks.mid(0, waits.size()), waits);
}

void TestTimelineLook::keysUnfoldLevels()
{
    tell(manySteps(30));
    QCOMPARE(view().timeline().rowCount(), 2);
    key(Qt::Key_2);
    QCOMPARE(view().timeline().rowCount(), 31 + 1); // and the fold itself
    key(Qt::Key_3);
    QVERIFY(view().timeline().showsCalls());
    QCOMPARE(view().timeline().rowCount(), 61 + 1);
    key(Qt::Key_4); // there is no such level
    QCOMPARE(view().timeline().rowCount(), 61 + 1);
    key(Qt::Key_1);
    QVERIFY(!view().timeline().showsCalls());
    QCOMPARE(view().timeline().rowCount(), 2);
}

void TestTimelineLook::longNamesWrap()
{
    RunStory story;
    const QByteArray name = "notify-the-warehouse-about-an-order-of-a-customer";
    story.start().step(name, 800ms).step("ship", 9s).complete();
    tell(story);
    const int height = view().rowHeight();
    chooseInMenu(u"Wrap long names"_s);
    QTRY_VERIFY(view().rowHeight() > height);
    shoot(m_pane.get(), u"look_wrapped"_s);
    TimelinePane other(m_ui->context);
    QCOMPARE(other.view().rowHeight(), view().rowHeight()); // it is remembered
    chooseInMenu(u"Wrap long names"_s);
    QTRY_COMPARE(view().rowHeight(), height);
}

void TestTimelineLook::foldSaysWhatItsStepsTook()
{
    tell(manySteps(30));
    QCOMPARE(rowDuration(view().timeline(), 1), u"×30 · min 20 · mean 20 · max 20 ms"_s);
    StepFold fold{.name = u"a-*"_s, .key = {}, .rows = std::vector<int>(1'000)};
    fold.shortest = 20ms;
    fold.mean = 38ms;
    fold.longest = 449ms;
    QCOMPARE(foldDuration(fold, false), u"×1,000 · min 20 · mean 38 · max 449 ms"_s);
    QCOMPARE(foldDuration(fold, true), u"×1,000 · 20–449 ms"_s);
    fold.longest = 1'200ms;
    QCOMPARE(foldDuration(fold, false), u"×1,000 · min 20 ms · mean 38 ms · max 1.2 s"_s);
    shoot(m_pane.get(), u"look_folded"_s);
}

void TestTimelineLook::bodySaysWhatItIs()
{
    tell(retriedRun());
    const QRect row = view().rowRect(shownRow(u"function body"_s));
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, {20, row.center().y()});
    QTest::keyClick(&view(), Qt::Key_Space);
    const auto *tip = child<QWidget>(&view(), "timelineTip");
    QVERIFY(tip->isVisible());
    const QString text = tip->accessibleDescription();
    QVERIFY2(text.startsWith(u"function body\n"_s), qPrintable(text));
    QVERIFY2(text.contains(u"Succeeded"_s), qPrintable(text));
    QVERIFY2(text.contains(u"outside of its steps"_s), qPrintable(text));
}

/// The names stand at the right, and are worked with there; time goes from left to right.
void TestTimelineLook::rightToLeftMirrorsAllButTime()
{
    m_pane->setLayoutDirection(Qt::RightToLeft);
    tell(retriedRun());
    const QRect plot = view().plotRect();
    QCOMPARE(plot.left(), 0);
    QCOMPARE(plot.width() + view().nameWidth(), view().viewport()->width());
    const auto *overview = child<OverviewStrip>(m_pane.get(), "overviewStrip");
    QCOMPARE(overview->frameRect().left(), view().viewport()->x());
    const int row = shownRow(u"charge-card"_s);
    const int y = view().rowRect(row).center().y();
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, QPoint(plot.right() + 40, y));
    QCOMPARE(view().cursor().shownRow(), row);
    const std::vector<DrawnBar> bars = view().timeline().bars(row);
    QVERIFY(bars.size() >= 2);
    QVERIFY(bars.front().x < bars.back().x);
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {},
                      QPoint(static_cast<int>(bars.back().x + bars.back().width / 2), y));
    QCOMPARE(view().cursor().bar(), bars.back().bar);
    // Dragged to the left the divider makes room for names.
    const int before = view().nameWidth();
    const QPoint divider(plot.right() + 1, y);
    QTest::mousePress(view().viewport(), Qt::LeftButton, {}, divider);
    QTest::mouseMove(view().viewport(), divider - QPoint(60, 0));
    QTest::mouseRelease(view().viewport(), Qt::LeftButton, {}, divider - QPoint(60, 0));
    QCOMPARE(view().nameWidth(), before + 60);
}

/// How often a step was tried gives way: its bars say it, too.
void TestTimelineLook::namesAreInFullWhereItIsNarrow()
{
    tell(failedRun(twoSteps()));
    m_pane->resize(508, 400);
    m_ui->beat();
    QVERIFY(view().nameWidth() <= 0.4 * view().viewport()->width());
    const QImage image = view().viewport()->grab().toImage();
    const QRect row = view().rowRect(shownRow(u"charge-card"_s));
    const auto isRed = [&](int x) {
        for (int y = row.top(); y < row.bottom(); ++y) {
            const QColor color = image.pixelColor(x, y);
            if (color.red() - color.blue() > 100)
                return true;
        }
        return false;
    };
    constexpr int behindTheIcon = 46;
    for (int x = behindTheIcon; x < view().nameWidth() - 1; ++x)
        QVERIFY2(!isRed(x), qPrintable(QString::number(x)));
    // Where there is room for both it is written.
    m_pane->resize(900, 400);
    m_ui->beat();
    const QImage wide = view().viewport()->grab().toImage();
    int red = 0;
    for (int x = behindTheIcon; x < view().nameWidth() - 1; ++x)
        red +=
            wide.pixelColor(x, row.center().y()).red() - wide.pixelColor(x, row.center().y()).blue()
                    > 100
                ? 1
                : 0;
    QVERIFY(red > 0);
}

/// The column is as wide as the longest one needs, rounded up.
void TestTimelineLook::namesAreNotCutByAFraction()
{
    for (const char *name : {"open-ticket", "send-the-receipt", "fetch-message", "ship", "tell-it",
                             "load-order", "check-stock", "print-label"}) {
        tell(RunStory().start().step(name, 20ms).complete());
        const int row = shownRow(QString::fromLatin1(name));
        const auto start = [&](int width) {
            m_pane->resize(width, 400);
            m_ui->beat();
            const QRect rect = view().rowRect(row);
            const int words = view().fontMetrics().horizontalAdvance(QString::fromLatin1(name));
            constexpr int left = 46; // behind the icon
            return view().viewport()->grab(QRect(left, rect.top(), words, rect.height())).toImage();
        };
        const QImage whole = start(900);
        const int wide = view().nameWidth();
        QVERIFY2(start(508) == whole, name);
        QVERIFY(view().nameWidth() < wide);
    }
}

/// Rows that are let in again may need more; left out they give nothing back: nothing jumps.
void TestTimelineLook::namesThatAreLetInGetTheirRoom()
{
    tell(RunStory().start().step("send-the-receipt", 20ms).failForGood("pay", 20ms).fail());
    m_pane->resize(560, 400);
    m_ui->beat();
    const int all = view().nameWidth();
    auto *only = child<QComboBox>(m_pane.get(), "timelineOnly");
    const auto showFailed = [&](bool isOn) {
        QTest::keyClick(only, isOn ? Qt::Key_Down : Qt::Key_Home);
        m_ui->beat();
    };
    showFailed(true);
    QVERIFY(view().timeline().rowCount() < 4);
    QCOMPARE(view().nameWidth(), all);
    m_pane->resize(561, 400); // shared anew
    m_ui->beat();
    QVERIFY(view().nameWidth() < all);
    showFailed(false);
    QCOMPARE(view().nameWidth(), all);
}

/// `after retry` ends at the same place before `700 ms` and before `2 ms`.
void TestTimelineLook::factsStandInAColumn()
{
    tell(retriedRun());
    const QImage image = view().viewport()->grab().toImage();
    const QColor base = m_ui->theme.color(Token::Base);
    const auto endOfWords = [&](const QString &name) {
        const QRect row = view().rowRect(shownRow(name));
        bool hasDuration = false;
        int ground = 0;
        for (int x = view().nameWidth() - 3; x > 0; --x) {
            bool isInked = false;
            for (int y = row.top() + 2; y < row.bottom() - 2; ++y)
                isInked = isInked || image.pixelColor(x, y) != base;
            if (isInked && hasDuration && ground >= 7)
                return x;
            hasDuration = hasDuration || isInked;
            ground = isInked ? 0 : ground + 1;
        }
        return -1;
    };
    const int end = endOfWords(u"charge-card"_s);
    QVERIFY(end > 100);
    QCOMPARE(endOfWords(u"function body"_s), end);
}

UI_TEST_MAIN(TestTimelineLook)
#include "tst_timelinelook.moc"
