// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/panelstage.h"
#include "tests/ui/support/runsstage.h"
#include "ui/core/waitingmodel.h"
#include "ui/letters/waitingview.h"
#include "ui/widgets/clickguard.h"
#include "ui/widgets/infobar.h"

#include <QAbstractButton>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QWindow>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;
using devserver::RunStatus;
using devserver::api::RunSummary;

namespace {

/// By the window, as a mouse does it: the second click goes to what is there then.
void doubleClick(QWidget *widget, QPoint at)
{
    QTest::mouseDClick(widget->window()->windowHandle(), Qt::LeftButton, {},
                       widget->mapTo(widget->window(), at));
}

RunSummary sleeping(int number, std::chrono::milliseconds due)
{
    RunSummary run = runRow(number);
    run.status = RunStatus::Running;
    run.endedAt.reset();
    devserver::Activity sleep;
    sleep.kind = devserver::ActivityKind::Sleeping;
    sleep.job = run.id.toText();
    sleep.until = noon() + due;
    run.activities = {sleep};
    return run;
}

/// Two runs that sleep, and the pointer on the button of the first.
struct Sleepers {
    Sleepers()
    {
        ui.backend.setNow(noon());
        ui.backend.runs = {sleeping(1, 4s), sleeping(2, 9s)};
        view = std::make_unique<WaitingView>(ui.context);
        ui.show(view.get());
        settle(view.get(), [this] { ui.beat(); });
        table = child<ListTable>(view.get(), "waitingTable");
        button =
            table->visualRect(table->model()->index(0, static_cast<int>(WaitingColumn::Action)))
                .center();
    }

    void hit() const
    {
        QTest::mouseClick(view->windowHandle(), Qt::LeftButton, {},
                          table->viewport()->mapTo(view.get(), button));
    }

    /// Within the time of a double click.
    void hitSoon() const
    {
        QTest::lastMouseTimestamp -= QTest::mouseDoubleClickInterval;
        hit();
    }

    void endFirst()
    {
        ui.backend.post(runRow(1));
        QTRY_COMPARE((ui.beat(), table->model()->rowCount()), 1);
    }

    UiFixture ui;
    std::unique_ptr<WaitingView> view;
    ListTable *table = nullptr;
    QPoint button; ///< in the viewport
};

} // namespace

class TestClickGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cancelTwiceDoesNotRerun();
    void aRowThatComesUnderThePointerIsNotHit();
    void norByMoreQuickClicks();
    void theSameButtonIsClickedTwice();
    void whatIsSwitchedIsSwitchedBack();
    void aDoubleClickLeavesDetailsOpen();
    void aRowIsOpenedByTwoClicks();
    void whatAChildLetsThroughIsNotLost();
    void oneGestureIsOneAttempt();

private:
    ClickGuard m_guard; // there is one in each window
};

void TestClickGuard::cancelTwiceDoesNotRerun()
{
    std::vector<RunSummary> runs = completedRuns(3);
    runs.front().status = RunStatus::Running;
    runs.front().endedAt.reset();
    Stage stage(runs);
    stage.clickRow(0);
    auto *cancel = child<QAbstractButton>(stage.view.get(), "runCancel");
    auto *rerun = child<QAbstractButton>(stage.view.get(), "runRerun");
    QTRY_VERIFY((stage.fixture.beat(), cancel->isVisible() && cancel->isEnabled()));
    settle(stage.view.get(), [&stage] { stage.fixture.beat(); });
    connect(cancel, &QAbstractButton::clicked, &stage.fixture.backend, [&] {
        runs.front().status = RunStatus::Cancelled; // the engine is fast
        runs.front().endedAt = stage.fixture.backend.now();
        stage.fixture.backend.post(runs.front());
        settle(stage.view.get(), [&stage] { stage.fixture.beat(); });
    });
    QSignalSpy reruns(rerun, &QAbstractButton::clicked);
    doubleClick(cancel, cancel->rect().center());
    QVERIFY(rerun->isVisible() && rerun->isEnabled());
    QVERIFY(child<QWidget>(stage.view.get(), "infoBar")
                ->isVisible()); // has a Rerun, too, and moved what is below it
    QCOMPARE(stage.fixture.backend.actedWith<devserver::CancelRun>().size(), 1U);
    QVERIFY(reruns.isEmpty());
    QVERIFY(stage.fixture.backend.actedWith<devserver::RerunRun>().empty());
    // It is no other click that is lost.
    QTest::mouseClick(rerun->window()->windowHandle(), Qt::LeftButton, {},
                      rerun->mapTo(rerun->window(), rerun->rect().center()));
    QCOMPARE(reruns.size(), 1);
}

void TestClickGuard::aRowThatComesUnderThePointerIsNotHit()
{
    Sleepers sleepers;
    const std::vector<devserver::Verb> &acted = sleepers.ui.backend.acted;
    sleepers.hit();
    QCOMPARE(acted.size(), 1U);
    sleepers.endFirst();
    QCOMPARE(sleepers.table->indexAt(sleepers.button).row(), 0); // another one
    sleepers.hitSoon();
    QCOMPARE(acted.size(), 1U);
    sleepers.hit(); // later, on purpose
    QCOMPARE(acted.size(), 2U);
}

/// As it is for people who click *Retry now* until the row is gone.
void TestClickGuard::norByMoreQuickClicks()
{
    Sleepers sleepers;
    const std::vector<devserver::Verb> &acted = sleepers.ui.backend.acted;
    sleepers.hit();
    sleepers.hitSoon();
    const std::size_t done = acted.size(); // with the row that was hit
    sleepers.endFirst();
    for (int more = 0; more < 4; ++more) { // the third one, and so on
        sleepers.hitSoon();
        QCOMPARE(acted.size(), done);
    }
    sleepers.hit(); // later, on purpose
    QCOMPARE(acted.size(), done + 1);
}

void TestClickGuard::whatIsSwitchedIsSwitchedBack()
{
    Stage stage(completedRuns(3));
    auto *pressed = child<QAbstractButton>(stage.view.get(), "runsLive");
    QCOMPARE(pressed->text(), u"Live"_s);
    QSignalSpy clicks(pressed, &QAbstractButton::clicked);
    doubleClick(pressed, pressed->rect().center());
    settle(stage.view.get(), [&stage] { stage.fixture.beat(); });
    QCOMPARE(clicks.size(), 2);
    QCOMPARE(pressed->text(), u"Live"_s);
}

/// They open upwards, and take the button along: the second click is for nothing that came there.
void TestClickGuard::aDoubleClickLeavesDetailsOpen()
{
    Stage stage(completedRuns(3));
    stage.view->infoBars().show({.id = "one"_ba, .text = u"One"_s, .details = u"More of it"_s});
    settle(stage.view.get(), [&stage] { stage.fixture.beat(); });
    stage.fixture.backend.advance(1s);
    auto *pressed = child<QAbstractButton>(stage.view.get(), "infoBarDetailsButton");
    const QPoint at = pressed->mapTo(stage.view.get(), pressed->rect().center());
    QTest::mouseClick(stage.view->windowHandle(), Qt::LeftButton, {}, at);
    settle(stage.view.get(), [&stage] { stage.fixture.beat(); });
    QTest::lastMouseTimestamp -= QTest::mouseDoubleClickInterval;
    QTest::mouseClick(stage.view->windowHandle(), Qt::LeftButton, {}, at);
    settle(stage.view.get(), [&stage] { stage.fixture.beat(); });
    QCOMPARE(pressed->text(), u"Hide details"_s);
    QVERIFY(child<QWidget>(stage.view.get(), "infoBarDetails")->isVisible());
    QVERIFY(stage.view->infoBars().has("one"_ba));
    QVERIFY(stage.fixture.desktop.copied.isEmpty());
}

void TestClickGuard::theSameButtonIsClickedTwice()
{
    QWidget window;
    QPushButton button(QStringLiteral("Next"), &window);
    button.setGeometry(10, 10, 80, 30);
    window.resize(200, 100);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QSignalSpy clicks(&button, &QAbstractButton::clicked);
    doubleClick(&button, {20, 10});
    QCOMPARE(clicks.size(), 2);
}

void TestClickGuard::aRowIsOpenedByTwoClicks()
{
    Stage stage(completedRuns(30));
    QSignalSpy opened(stage.table, &ListTable::opened);
    const QByteArray third = stage.list()->idAt(2);
    doubleClick(stage.table->viewport(),
                stage.table->visualRect(stage.table->model()->index(2, 1)).center());
    QTRY_COMPARE(opened.size(), 1);
    QCOMPARE(opened[0][0].toByteArray(), third);
}

void TestClickGuard::whatAChildLetsThroughIsNotLost()
{
    Stage stage(completedRuns(30));
    QSignalSpy opened(stage.table, &ListTable::opened);
    QLabel over(stage.table->viewport());
    over.setGeometry(stage.table->visualRect(stage.table->model()->index(2, 1)));
    over.show();
    doubleClick(&over, over.rect().center());
    QTRY_COMPARE(opened.size(), 1);
}

/// The attempt fails at once, so that the button is back for the second click.
void TestClickGuard::oneGestureIsOneAttempt()
{
    PanelStage stage;
    RunStory story;
    stage.show(story.start().failAttempt("charge-card", 100ms, 12s));
    devserver::test::FakeBackend &backend = stage.ui.backend;
    auto *retry = child<QAbstractButton>(&stage.panel, "runWaitRetryNow");
    const auto failAgain = [&] {
        devserver::api::RunRecord works = story.record();
        works.summary.activities.clear();
        for (const auto &record : {works, story.failAttempt("charge-card", 1ms, 12s).record()}) {
            backend.records[record.run.id] = record;
            backend.post(record.summary);
            const bool isWaiting = !record.summary.activities.empty();
            QTRY_COMPARE((stage.ui.beat(), retry->isVisible()), isWaiting);
        }
    };
    const auto sent = [&] { return backend.actedWith<devserver::RetryNow>().size(); };
    const auto click = [&] { QTest::mouseClick(retry, Qt::LeftButton); };
    click();
    QCOMPARE(sent(), 1U);
    for (int more = 0; more < 3; ++more) { // each of them begins the time anew
        failAgain();
        backend.advance(std::chrono::milliseconds(QApplication::doubleClickInterval() - 100));
        click();
        QCOMPARE(sent(), 1U);
    }
    failAgain();
    backend.advance(1s);
    click();
    QCOMPARE(sent(), 2U);
    auto *timeline = child<QWidget>(&stage.panel, "timelineView");
    timeline->setFocus();
    auto &bars = *stage.panel.findChild<console::InfoBarStack *>();
    failAgain();
    backend.advance(60ms);
    QVERIFY(!bars.has("run.refused"_ba));
    QTest::keyClick(timeline, Qt::Key_T); // a key is a gesture, too, and not silent
    QCOMPARE(sent(), 2U);
    QVERIFY(bars.has("run.refused"_ba));
    backend.advance(1s);
    QTest::keyClick(timeline, Qt::Key_T);
    QCOMPARE(sent(), 3U);
}

UI_TEST_MAIN(TestClickGuard)
#include "tst_clickguard.moc"
