// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/contextmenu.h"
#include "tests/ui/support/timelinestage.h"
#include "ui/core/timelinetext.h"
#include "ui/widgets/actionregistry.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QTest>
#include <QToolButton>

using namespace console;
using namespace console::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The keys of the timeline are those of the table of actions (ui.md §5, §18), and what cannot be
/// done says why.
class TestTimelineKeys final : public TimelineStage
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void otherKeysCanBeChosen();
    void lettersAreTypedElsewhere();
    void menuSaysWhyNot();
    void findsStepsInFolds();
    void clicksOpenAndCloseABreak();
    void doubleClicksOpenItOnce();
    void doubleClickOnAWaitZoomsToIt();
    void whatWasOpenedEndsWithTheWait();
    void followsWhatARetryBegins();

private:
    /// Of all that the axis has now: inside of each, in the plot.
    [[nodiscard]] std::vector<int> breaks() const;

    void clickPlot(int x, int row)
    {
        QTest::mouseClick(view().viewport(), Qt::LeftButton, {},
                          {view().nameWidth() + x, view().rowRect(row).center().y()});
        m_ui->beat();
    }

    /// As a mouse does it: Qt Test sends the second press only.
    void doubleClick(QWidget *widget, const QPoint &at)
    {
        QTest::mouseClick(widget, Qt::LeftButton, {}, at);
        QTest::mouseDClick(widget, Qt::LeftButton, {}, at);
        QTest::mouseRelease(widget, Qt::LeftButton, {}, at);
        m_ui->beat();
    }

    void doubleClickPlot(int x, int row)
    {
        doubleClick(view().viewport(), {view().nameWidth() + x, view().rowRect(row).center().y()});
    }

    void clickHeader(int x)
    {
        QTest::mouseClick(child<QWidget>(&view(), "timelineHeader"), Qt::LeftButton, {},
                          {view().nameWidth() + x, 8});
        m_ui->beat();
    }

    /// Texts of the context menu, with the hint of what is greyed.
    [[nodiscard]] QStringList menuEntries();
};

void TestTimelineKeys::init()
{
    setUp();
    RunStory story;
    story.start().step("load-order", 800ms).step("charge-card", 1200ms).complete();
    tell(story);
}

QStringList TestTimelineKeys::menuEntries()
{
    QStringList entries;
    QMenu *menu = contextMenuOf(view().viewport());
    for (const QAction *action : menu->actions())
        entries.append(action->isEnabled() ? action->text()
                                           : action->text() + u": "_s + action->toolTip());
    QTest::keyClick(menu, Qt::Key_Escape);
    [&] {
        QTRY_VERIFY(!entries.isEmpty() && QApplication::activePopupWidget() == nullptr);
        m_pane->activateWindow(); // this platform forgets which one it was
        QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    }();
    return entries;
}

void TestTimelineKeys::otherKeysCanBeChosen()
{
    const auto hint = [this] {
        return child<QToolButton>(m_pane.get(), "timelineCalls")->toolTip();
    };
    QCOMPARE(hint(), u"A row for each call to the app (H)"_s);
    m_ui->actions.setKeys("timeline.calls"_ba, {QKeySequence(u"J"_s)}); // in the settings
    key(Qt::Key_H);
    QVERIFY(!view().timeline().showsCalls());
    key(Qt::Key_J);
    QVERIFY(view().timeline().showsCalls());
    QCOMPARE(hint(), u"A row for each call to the app (J)"_s);
}

void TestTimelineKeys::lettersAreTypedElsewhere()
{
    key(Qt::Key_F);
    auto *find = child<QLineEdit>(m_pane.get(), "timelineFind");
    QTRY_VERIFY(find->hasFocus());
    const QString all = u"wsadzlmneghi 0123"_s;
    QTest::keyClicks(find, all);
    QCOMPARE(find->text(), all);
    QVERIFY(view().timeline().camera().isFit());
    QVERIFY(!view().timeline().showsCalls());
}

void TestTimelineKeys::menuSaysWhyNot()
{
    const QStringList onRun = menuEntries();
    QVERIFY(onRun.contains(u"Copy as text"_s));
    QVERIFY(onRun.contains(u"Whole run: The whole run is shown"_s));
    QVERIFY(onRun.contains(u"Unfold all: No steps of this run are folded"_s));
    key(Qt::Key_Down);
    key(Qt::Key_W);
    const QStringList zoomed = menuEntries();
    QVERIFY2(zoomed.contains(u"Whole run"_s), qPrintable(zoomed.join(u", "_s)));
    QVERIFY(zoomed.contains(u"Zoom to selection"_s));
}

/// A fold matches when one of its steps does, and Enter leads to that.
void TestTimelineKeys::findsStepsInFolds()
{
    RunStory story(2, "squares");
    story.start();
    for (int step = 1; step <= 120; ++step)
        story.step("square-" + QByteArray::number(step), 20ms);
    tell(story.step("sum", 20ms).complete());
    const auto fold = [this] { return view().timeline().rows().at(1); };
    const auto found = [this] { return child<QLabel>(m_pane.get(), "timelineFound"); };
    QVERIFY(fold().isFold());
    QVERIFY(!found()->isVisible());
    key(Qt::Key_F);
    auto *find = child<QLineEdit>(m_pane.get(), "timelineFind");
    QTRY_VERIFY(find->hasFocus());
    QTest::keyClicks(find, u"117"_s);
    QVERIFY(!fold().isDimmed);
    QCOMPARE(rowDuration(view().timeline(), 1), u"1 of 120 found"_s);
    QVERIFY(rowWords(view().timeline(), 1, -1).endsWith(u"1 of 120 found"_s));
    QCOMPARE(found()->text(), u"1 found"_s);
    QTest::keyClick(find, Qt::Key_Return);
    QVERIFY(view().hasFocus());
    QVERIFY(fold().isOpen);
    QCOMPARE(view().cursor().selection().stepName, "square-117"_ba);
    QVERIFY(view().viewport()->rect().contains(view().rowRect(view().cursor().shownRow())));

    key(Qt::Key_F);
    QTest::keyClick(find, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(find, u"-11"_s);
    QCOMPARE(found()->text(), u"11 found"_s); // 11, and 110 to 119
    m_ui->beat();
    QTest::keyClick(find, Qt::Key_F3);
    QCOMPARE(view().cursor().selection().stepName, "square-118"_ba);
    QVERIFY(find->hasFocus());
    view().setFocus();
    key(Qt::Key_F3);
    key(Qt::Key_F3);
    QCOMPARE(view().cursor().selection().stepName, "square-11"_ba); // from the start again
    key(Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(view().cursor().selection().stepName, "square-119"_ba);
    key(Qt::Key_E, Qt::ShiftModifier);
    key(Qt::Key_Home);
    key(Qt::Key_Down); // the fold
    key(Qt::Key_F3);
    QCOMPARE(view().cursor().selection().stepName, "square-11"_ba);

    key(Qt::Key_F);
    QTest::keyClick(find, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(find, u"cube"_s);
    QCOMPARE(found()->text(), u"No step matches."_s);
    QVERIFY(fold().isDimmed);
}

std::vector<int> TestTimelineKeys::breaks() const
{
    const TimelineCamera &camera = view().timeline().camera();
    std::vector<int> inside;
    for (const AxisSegment &segment : camera.axis().segments()) {
        if (segment.isBreak)
            inside.push_back(static_cast<int>(camera.xAt((segment.from + segment.to) / 2)));
    }
    return inside;
}

void TestTimelineKeys::clicksOpenAndCloseABreak()
{
    RunStory story(2);
    story.start().step("load-order", 800ms).beginSleep("nap", 2h).pass(2h).endSleep("nap");
    story.step("charge-card", 700ms).beginSleep("doze", 3h).pass(3h).endSleep("doze");
    tell(story.step("ship", 900ms).complete());
    QCOMPARE(breaks().size(), std::size_t{2});
    int x = breaks()[0];
    clickPlot(x, 1); // where nothing was done
    QCOMPARE(breaks().size(), std::size_t{1});
    clickPlot(x, 1);
    QCOMPARE(breaks().size(), std::size_t{2});

    x = breaks()[1]; // what waits is chosen first
    clickPlot(x, 4);
    QCOMPARE(breaks().size(), std::size_t{2});
    QCOMPARE(view().cursor().selection().stepName, "doze"_ba);
    clickPlot(x, 4);
    QCOMPARE(breaks().size(), std::size_t{1});
    clickPlot(x, 4);
    QCOMPARE(breaks().size(), std::size_t{2});

    const int first = breaks()[0];
    clickHeader(breaks()[1]);
    clickHeader(breaks()[0]);
    QCOMPARE(breaks().size(), std::size_t{0});
    clickHeader(first); // closes no other
    QCOMPARE(breaks().size(), std::size_t{1});
    QVERIFY(view().timeline().hasOpenedBreaks());

    x = breaks()[0];
    const QPoint from(view().nameWidth() + x, view().rowRect(1).center().y());
    QTest::mousePress(view().viewport(), Qt::LeftButton, {}, from);
    QMouseEvent move(QEvent::MouseMove, from + QPoint(3, 0),
                     view().viewport()->mapToGlobal(from + QPoint(3, 0)), Qt::NoButton,
                     Qt::LeftButton, {});
    QApplication::sendEvent(view().viewport(), &move);
    QTest::mouseRelease(view().viewport(), Qt::LeftButton, {}, from + QPoint(3, 0));
    QCOMPARE(breaks().size(), std::size_t{1}); // it was dragged
}

void TestTimelineKeys::doubleClicksOpenItOnce()
{
    RunStory story(2);
    story.start().step("load-order", 800ms).beginSleep("nap", 2h).pass(2h).endSleep("nap");
    tell(story.step("ship", 900ms).complete());
    const TimelineCamera &camera = view().timeline().camera();
    const int x = breaks()[0];
    doubleClickPlot(x, 0); // where the bar of the run lies, too
    QCOMPARE(breaks().size(), std::size_t{0});
    QVERIFY(camera.isFit());
    doubleClickPlot(x, 0);
    QCOMPARE(breaks().size(), std::size_t{1});
    QVERIFY(camera.isFit());
    doubleClick(child<QWidget>(&view(), "timelineHeader"), {view().nameWidth() + x, 8});
    QCOMPARE(breaks().size(), std::size_t{0});
    QVERIFY(view().timeline().hasOpenedBreaks());

    // What was chosen by key is left by a click elsewhere.
    key(Qt::Key_Home);
    key(Qt::Key_Return); // closes it
    QCOMPARE(breaks().size(), std::size_t{1});
    key(Qt::Key_Right);
    QVERIFY(!view().currentBreakWords().isEmpty());
    doubleClickPlot(30, 0);
    QVERIFY(view().currentBreakWords().isEmpty());
    QCOMPARE(breaks().size(), std::size_t{1});
}

/// Chosen or not: its first click does not open the break that the bar is in.
void TestTimelineKeys::doubleClickOnAWaitZoomsToIt()
{
    RunStory story(2);
    story.start().step("load-order", 800ms).beginSleep("nap", 2h).pass(2h).endSleep("nap");
    tell(story.step("ship", 900ms).complete());
    const TimelineCamera &camera = view().timeline().camera();
    const int x = breaks()[0];
    doubleClickPlot(x, 2);
    QCOMPARE(view().cursor().selection().stepName, "nap"_ba);
    QCOMPARE(breaks().size(), std::size_t{1});
    QVERIFY(!camera.isFit());
    const TimelineCamera::Pose zoomed = camera.pose();
    key(Qt::Key_0);
    doubleClickPlot(x, 2);
    QCOMPARE(breaks().size(), std::size_t{1});
    QVERIFY(!camera.isFit());
    QCOMPARE(camera.pose().scale, zoomed.scale);
    QCOMPARE(camera.pose().offset, zoomed.offset);
}

/// It was opened while the run still waited: what comes later belongs to no break.
void TestTimelineKeys::whatWasOpenedEndsWithTheWait()
{
    RunStory story(2);
    story.start().step("load-order", 800ms).beginSleep("nap", 2h).pass(1h);
    tell(story);
    QCOMPARE(breaks().size(), std::size_t{1});
    clickHeader(breaks()[0]);
    QCOMPARE(breaks().size(), std::size_t{0});

    story.pass(1h).endSleep("nap").step("charge-card", 40min);
    tell(story.beginSleep("doze", 3h).pass(3h).endSleep("doze").step("ship", 900ms).complete());
    QCOMPARE(breaks().size(), std::size_t{1});
    const TimelineLayout &layout = view().timeline();
    const auto at = [&layout](std::chrono::milliseconds ms) {
        return static_cast<int>(layout.camera().xAt(static_cast<double>(ms.count())));
    };
    clickHeader(at(2h + 20min)); // charge-card
    QCOMPARE(breaks().size(), std::size_t{1});
    clickHeader(at(1h));
    QCOMPARE(breaks().size(), std::size_t{2});
    QVERIFY(!layout.hasOpenedBreaks());
}

/// What was looked at before is over; but who zooms afterwards keeps that.
void TestTimelineKeys::followsWhatARetryBegins()
{
    RunStory story;
    story.start().step("load", 800ms).failForGood("charge", 900ms).failBody(3ms).fail();
    tell(story);
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {},
                      {40, view().rowRect(shownRow(u"load"_s)).center().y()});
    key(Qt::Key_Return);
    QVERIFY(!view().timeline().camera().isFit());
    story.pass(22s).resume();
    tell(story);
    story.failAttempt("charge", 900ms, 48s).pass(20s);
    tell(story);
    const auto nowAt = [this] {
        return view().timeline().camera().xAt(view().timeline().msOf(view().timeline().now()));
    };
    QVERIFY2(nowAt() >= 0 && nowAt() <= view().plotRect().width(),
             qPrintable(QString::number(nowAt())));
    // The code between the steps waits for nothing: it is not reached.
    const int body = shownRow(u"function body"_s);
    QCOMPARE(rowDuration(view().timeline(), body), u"–"_s);
    QCOMPARE(cellText(view().timeline(), body, 1), u"Not reached"_s);

    key(Qt::Key_Return);
    QVERIFY(!view().timeline().camera().isFit());
    tell(story.pass(1s));
    QVERIFY(!view().timeline().camera().isFit());
}

UI_TEST_MAIN(TestTimelineKeys)
#include "tst_timelinekeys.moc"
