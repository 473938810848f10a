// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/clicks.h"
#include "tests/ui/support/uifixture.h"
#include "tests/unit/ui/runstory.h"
#include "ui/runs/relatedmodel.h"
#include "ui/runs/runpanel.h"
#include "ui/runs/steptable.h"
#include "ui/runs/timelineview.h"
#include "ui/widgets/payloadview.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSet>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace console;
using namespace console::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::api::RunRecordQuery;

namespace {

RunStory deadRun()
{
    RunStory story;
    story.pass(20ms).start().step("load-order", 800ms);
    story.failAttempt("charge-card", 900ms, 1s).pass(1s).failForGood("charge-card", 500ms).fail();
    return story;
}

} // namespace

class TestRunPanel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void showsWhatTheRunDid();
    void saysHowLongItWasDead();
    void itsTimesGoOn();
    void itsTimesAreNeverCut();
    void itsIdStaysWhileItRuns();
    void itsIdTakesTheRoomThatTimesLeave();
    void mostLikelyButtonComesFirst_data();
    void mostLikelyButtonComesFirst();
    void retryIsSent();
    void refusedVerbSaysSo();
    void rerunOffersTheNewRun();
    void backoffCountsDown();
    void sleepCanBeSkipped();
    void waitOfTheChosenStepEnds();
    void offlineAppIsNamed();
    void changesAreAskedForOneAtATime();
    void oldPictureStaysUntilTheNewOneIsThere();
    void lateAnswerOfAnotherRunIsDropped();
    void selectionGoesBothWays();
    void payloadIsShownByteForByte();
    void relatedRunsOpen();
    void relatedRunsSayHow();
    void anEditedRetryIsNoRerun();
    void originLinksLead();
    void unknownRunSaysSo();
    void aRunThatIsChosenAgainSaysSo();
    void moreMenuCopiesAReport();
    void stepsAreSorted();
    void tabsGiveTheFocusToWhatTheyShow();
    void theFirstStepCanBeChosen_data();
    void theFirstStepCanBeChosen();
    void everythingHasAName();

private:
    void show(const RunStory &story)
    {
        m_ui->backend.setNow(story.now());
        const auto record = story.record();
        m_ui->backend.records[record.run.id] = record;
        m_panel->showRun(record.run.id);
        m_ui->beat();
    }

    template<typename T>
    T *find(const char *name)
    {
        return child<T>(m_panel.get(), name);
    }

    std::unique_ptr<UiFixture> m_ui;
    std::unique_ptr<RunPanel> m_panel;
};

void TestRunPanel::init()
{
    m_ui = std::make_unique<UiFixture>();
    m_panel = std::make_unique<RunPanel>(m_ui->context);
    m_ui->show(m_panel.get(), {1200, 520});
}

void TestRunPanel::cleanup()
{
    m_panel.reset();
    m_ui.reset();
}

void TestRunPanel::showsWhatTheRunDid()
{
    show(deadRun());
    QCOMPARE(find<QLabel>("runTitle")->text(), u"charge-order"_s);
    QCOMPARE(find<QLabel>("runState")->text(), u"Dead"_s);
    QVERIFY(find<QLabel>("runTimes")->text().contains(u"waited 20 ms"_s));
    QVERIFY(find<QLabel>("runTimes")->text().contains(u"took 3.2 s"_s));
    QCOMPARE(find<TimelineView>("timelineView")->timeline().rowCount(), 3);
    QCOMPARE(find<QTabWidget>("runTabs")->tabText(1), u"Steps (2)"_s);
    QVERIFY(!find<QWidget>("runWaitBar")->isVisible());
    const auto *steps = find<StepTable>("stepTable");
    QCOMPARE(steps->model()->index(1, StepModel::State).data().toString(), u"Failed"_s);
    QCOMPARE(steps->model()->index(1, StepModel::Attempts).data().toString(), u"2 of 5"_s);
    // Of what there is none, no number is said.
    show(RunStory(2).start().complete());
    QCOMPARE(find<QTabWidget>("runTabs")->tabText(1), u"Steps"_s);
    QCOMPARE(find<QTabWidget>("runTabs")->tabText(3), u"Related"_s);
}

/// Until its retry it did not idle; the time that it took has both in it.
void TestRunPanel::saysHowLongItWasDead()
{
    RunStory story;
    story.start().failForGood("charge-card", 20ms).fail().pass(4min).resume();
    show(story.step("charge-card", 700ms).complete());
    const QString times = find<QLabel>("runTimes")->text();
    QVERIFY2(times.contains(u"took 4 m 01 s (dead 4 m)"_s), qPrintable(times));
}

/// As those of the list beside it.
void TestRunPanel::itsTimesGoOn()
{
    const RunStory story = deadRun();
    show(story);
    const auto *times = find<QLabel>("runTimes");
    const QString before = times->text();
    m_ui->backend.setNow(story.now() + 7s);
    QTRY_VERIFY2(times->text() != before, qPrintable(before));
    QVERIFY2(times->text().contains(u"s ago"_s), qPrintable(times->text()));
}

/// Whole parts make room; what is left out is in the tool tip.
void TestRunPanel::itsTimesAreNeverCut()
{
    show(deadRun());
    const auto *times = find<QLabel>("runTimes");
    const QString whole = times->text();
    QVERIFY(!times->toolTip().contains(whole));
    m_panel->resize(420, 520);
    const auto *id = find<QLabel>("runIdText");
    QTRY_VERIFY2(times->text() != whole && times->text().contains(u"took 3.2 s"_s),
                 qPrintable(times->text()));
    const QString fitting = times->text();
    QVERIFY2(!fitting.contains(u"waited"_s), qPrintable(fitting));
    QVERIFY2(id->text().contains(u'…'), qPrintable(id->text())); // it gives way first
    QVERIFY(times->fontMetrics().horizontalAdvance(fitting) <= times->width());
    QVERIFY2(times->toolTip().startsWith(whole), qPrintable(times->toolTip()));
    m_panel->resize(1200, 520);
    QTRY_COMPARE(times->text(), whole);
    QTRY_COMPARE(id->text(), id->toolTip());
}

/// What stands behind it is clicked meanwhile, and the id is selected to be copied.
void TestRunPanel::itsIdStaysWhileItRuns()
{
    RunStory story;
    story.start().step("load", 10ms).plan({"b"}).sendStep("b");
    const auto *id = find<QLabel>("runIdText");
    QSet<bool> wasWhole;
    for (int width = 500; width < 900; width += 12) {
        m_panel->resize(width, 520);
        RunStory running = story;
        show(running.pass(1s));
        const QString before = id->text();
        for (int second = 2; second < 130; second += second < 59 || second > 70 ? 9 : 1) {
            running.pass(second < 59 || second > 70 ? 9s : 1s);
            show(running);
            QVERIFY2(id->text() == before, qPrintable(u"%1 wide, %2 s"_s.arg(width).arg(second)));
        }
        wasWhole.insert(before == id->toolTip());
    }
    QCOMPARE(wasWhole.size(), 2);
}

/// Which hardly become longer when the run has ended.
void TestRunPanel::itsIdTakesTheRoomThatTimesLeave()
{
    show(deadRun());
    const auto *id = find<QLabel>("runIdText");
    const auto *times = find<QLabel>("runTimes");
    m_panel->resize(400, 520);
    QTRY_VERIFY(id->text() != id->toolTip());
    for (int width = 420; width < 1200 && id->text() != id->toolTip(); width += 4) {
        m_panel->resize(width, 520);
        QCoreApplication::processEvents();
    }
    QCOMPARE(id->text(), id->toolTip());
    const int left = times->width() - times->fontMetrics().horizontalAdvance(times->text());
    QVERIFY2(left >= 0 && left < 40, qPrintable(QString::number(left)));
}

void TestRunPanel::mostLikelyButtonComesFirst_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QStringList>("buttons");
    QTest::addRow("dead") << u"dead"_s << u"runRetry"_s
                          << QStringList{u"runRetry"_s, u"runRerun"_s};
    QTest::addRow("live") << u"live"_s << u"runCancel"_s << QStringList{u"runCancel"_s};
    QTest::addRow("done") << u"done"_s << u"runRerun"_s << QStringList{u"runRerun"_s};
}

void TestRunPanel::mostLikelyButtonComesFirst()
{
    QFETCH(QString, state);
    QFETCH(QString, first);
    QFETCH(QStringList, buttons);
    RunStory story;
    if (state == u"dead"_s)
        story = deadRun();
    else if (state == u"live"_s)
        story.start().plan({"a"}).sendStep("a").pass(1s);
    else
        story.start().step("a", 10ms).complete();
    show(story);
    QStringList shown;
    QString leftmost;
    int left = 100'000;
    for (const QString &name : {u"runRetry"_s, u"runRerun"_s, u"runCancel"_s}) {
        const auto *button = m_panel->findChild<QToolButton *>(name);
        if (!button->isVisible())
            continue;
        QVERIFY2(button->isEnabled(), qPrintable(name));
        shown.append(name);
        const int x = button->mapTo(m_panel.get(), QPoint()).x();
        if (x < left) {
            left = x;
            leftmost = name;
        }
    }
    QCOMPARE(shown, buttons);
    QCOMPARE(leftmost, first);
}

void TestRunPanel::retryIsSent()
{
    show(deadRun());
    QTest::mouseClick(find<QToolButton>("runRetry"), Qt::LeftButton);
    QCOMPARE(m_ui->backend.actedWith<devserver::RetryLetter>().size(), std::size_t{1});
    QVERIFY(m_ui->backend.actedWith<devserver::RetryLetter>().front().run == m_panel->run());
    find<TimelineView>("timelineView")->setFocus();
    QTest::keyClick(find<TimelineView>("timelineView"), Qt::Key_R, Qt::ShiftModifier);
    QCOMPARE(m_ui->backend.actedWith<devserver::RetryLetter>().size(), std::size_t{2});
}

void TestRunPanel::refusedVerbSaysSo()
{
    show(deadRun());
    m_ui->backend.refuseNext({devserver::ErrorCode::Conflict, u"it is retrying"_s});
    QTest::mouseClick(find<QToolButton>("runRetry"), Qt::LeftButton);
    m_ui->beat();
    bool isSaid = false;
    for (const QLabel *label : m_panel->findChildren<QLabel *>())
        isSaid = isSaid || (label->isVisible() && label->text().contains(u"it is retrying"_s));
    QVERIFY(isSaid);
    QCOMPARE(find<QLabel>("runState")->text(), u"Dead"_s);
}

void TestRunPanel::rerunOffersTheNewRun()
{
    RunStory story;
    show(story.start().step("a", 10ms).complete());
    QSignalSpy went(&m_ui->navigator, &Navigator::goRequested);
    QTest::mouseClick(find<QToolButton>("runRerun"), Qt::LeftButton);
    m_ui->beat();
    QCOMPARE(m_ui->backend.actedWith<devserver::RerunRun>().size(), std::size_t{1});
    QCOMPARE(went.size(), 0); // it does not take people away
    find<TimelineView>("timelineView")->setFocus();
    QTest::keyClick(find<TimelineView>("timelineView"), Qt::Key_R,
                    Qt::ControlModifier | Qt::ShiftModifier);
    m_ui->beat();
    QCOMPARE(went.size(), 1);
}

void TestRunPanel::backoffCountsDown()
{
    RunStory story;
    show(story.start().failAttempt("charge-card", 100ms, 12s));
    QVERIFY(find<QWidget>("runWaitBar")->isVisible());
    QCOMPARE(find<QLabel>("runWaitText")->text(),
             u"Next attempt of charge-card in 12 s (attempt 2 of 5)."_s);
    QVERIFY(!find<QToolButton>("runWaitSkip")->isVisible());
    QTest::mouseClick(find<QToolButton>("runWaitRetryNow"), Qt::LeftButton);
    QCOMPARE(m_ui->backend.actedWith<devserver::RetryNow>().size(), std::size_t{1});
    m_ui->backend.advance(5s);
    QTRY_COMPARE(find<QLabel>("runWaitText")->text(),
                 u"Next attempt of charge-card in 7 s (attempt 2 of 5)."_s);
}

void TestRunPanel::sleepCanBeSkipped()
{
    RunStory story;
    show(story.start().beginSleep("nap", 2h));
    QVERIFY(find<QLabel>("runWaitText")->text().startsWith(u"Sleeping until 14:00:01"_s));
    QTest::mouseClick(find<QToolButton>("runWaitSkip"), Qt::LeftButton);
    QCOMPARE(m_ui->backend.actedWith<devserver::SkipSleep>().size(), std::size_t{1});
}

/// Of several sleeps the one that is chosen ends; with the run chosen all, and the button says so.
void TestRunPanel::waitOfTheChosenStepEnds()
{
    RunStory story;
    story.start().step("load", 10ms);
    show(story.beginSleeps({"nap", "doze", "rest"}, 2h));
    auto *view = find<TimelineView>("timelineView");
    const auto *button = find<QToolButton>("runWaitSkip");
    const auto skipped = [this] {
        return m_ui->backend.actedWith<devserver::SkipSleep>().back().job;
    };
    const auto sleepJob = [this](const QByteArray &name) -> devserver::JobId {
        return m_panel->run().toText() + ":sleep:" + RunStory::idOf(name);
    };
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Home);
    QTRY_COMPARE(button->text(), u"Skip 3 sleeps"_s);
    QTest::keyClick(view, Qt::Key_K);
    QCOMPARE(skipped(), QByteArray());
    QTest::keyClick(view, Qt::Key_Down); // has long ended
    m_ui->beat();
    QCOMPARE(button->text(), u"Skip 3 sleeps"_s);
    QTest::keyClick(view, Qt::Key_Down);
    QTest::keyClick(view, Qt::Key_Down);
    QTRY_COMPARE(button->text(), u"Skip sleep of doze"_s);
    QTest::keyClick(view, Qt::Key_K);
    QCOMPARE(skipped(), sleepJob("doze"));
    clickTab(find<QTabBar>("qt_tabwidget_tabbar"), u"Steps"_s);
    auto *steps = find<StepTable>("stepTable");
    clickCell(steps, steps->model()->index(3, 0));
    QTRY_COMPARE(button->text(), u"Skip sleep of rest"_s);
    QTest::keyClick(steps, Qt::Key_K);
    QCOMPARE(skipped(), sleepJob("rest"));
}

void TestRunPanel::offlineAppIsNamed()
{
    RunStory story;
    show(story.start().step("load", 10ms).offline("charge").pass(1min));
    QVERIFY(find<QLabel>("runWaitText")
                ->text()
                .startsWith(u"App shop has not answered since 12:00:01."_s));
}

void TestRunPanel::changesAreAskedForOneAtATime()
{
    RunStory story;
    show(story.start().step("a", 10ms).plan({"b"}));
    const auto asked = [&] { return m_ui->backend.askedFor<RunRecordQuery>().size(); };
    QCOMPARE(asked(), std::size_t{1});
    // A change asks again; from then on the backend does not answer.
    m_ui->backend.holdReplies(true);
    story.sendStep("b").pass(1s);
    m_ui->backend.records[m_panel->run()] = story.record();
    for (int change = 0; change < 10; ++change) {
        auto row = story.record().summary;
        row.stepsDone = change;
        m_ui->backend.post(row);
        m_ui->beat();
    }
    QTRY_COMPARE(asked(), std::size_t{2}); // after the pause between two questions
    auto late = story.record().summary;
    late.stepsDone = 1;
    m_ui->backend.post(late);
    m_ui->beat();
    QCOMPARE(asked(), std::size_t{2});
    m_ui->backend.holdReplies(false);
    m_ui->backend.releaseReplies();
    QTRY_COMPARE(asked(), std::size_t{3}); // what changed meanwhile
    m_ui->beat();
    QCOMPARE(asked(), std::size_t{3});
    auto other = runRow(77);
    m_ui->backend.post(other);
    m_ui->beat();
    QCOMPARE(asked(), std::size_t{3});
}

void TestRunPanel::oldPictureStaysUntilTheNewOneIsThere()
{
    show(deadRun());
    m_ui->backend.holdReplies(true);
    RunStory other(2, "send-mail");
    show(other.start().step("write", 10ms).complete());
    QCOMPARE(find<QLabel>("runTitle")->text(), u"charge-order"_s);
    QVERIFY(!m_ui->actions.reason("run.retry"_ba).isEmpty()); // it would mean the other one
    m_ui->backend.holdReplies(false);
    m_ui->backend.releaseReplies();
    QTRY_COMPARE(find<QLabel>("runTitle")->text(), u"send-mail"_s);
}

void TestRunPanel::lateAnswerOfAnotherRunIsDropped()
{
    m_ui->backend.holdReplies(true);
    show(deadRun());
    RunStory other(2, "send-mail");
    show(other.start().step("write", 10ms).complete());
    m_ui->backend.holdReplies(false);
    m_ui->backend.releaseReplies();
    QTRY_COMPARE(find<QLabel>("runTitle")->text(), u"send-mail"_s);
}

void TestRunPanel::selectionGoesBothWays()
{
    show(deadRun());
    auto *view = find<TimelineView>("timelineView");
    auto *steps = find<StepTable>("stepTable");
    QTest::keyClick(view, Qt::Key_End);
    QCOMPARE(m_ui->navigator.selection().stepName, "charge-card"_ba);
    QCOMPARE(steps->currentIndex().row(), 1);
    auto *tabs = find<QTabWidget>("runTabs");
    clickTab(tabs, 1);
    clickCell(steps, steps->model()->index(0, StepModel::Step));
    QCOMPARE(m_ui->navigator.selection().stepName, "load-order"_ba);
    QCOMPARE(view->cursor().shownRow(), 1);
    arrange::selection(*m_ui, {.kind = Selection::Kind::Step,
                               .run = m_panel->run(),
                               .step = RunStory::idOf("charge-card")});
    QCOMPARE(view->cursor().shownRow(), 2);
    QCOMPARE(steps->currentIndex().row(), 1);
    arrange::selection(*m_ui, {.kind = Selection::Kind::Run, .run = m_panel->run()});
    QVERIFY(!steps->currentIndex().isValid());
    QVERIFY(!steps->selectionModel()->hasSelection());
}

void TestRunPanel::payloadIsShownByteForByte()
{
    RunStory story;
    show(story.start().step("a", 10ms).complete());
    QCOMPARE(find<PayloadView>("runInput")->payload(),
             R"({"name":"order/created","data":{"orderId":"o-1","total":42.50}})"_ba);
    QCOMPARE(find<PayloadView>("runOutput")->payload(),
             R"({"status":"shipped","receipt":"r-17"})"_ba);
    auto *tabs = find<QTabWidget>("runTabs");
    clickTab(tabs, 2);
    auto *text = child<QPlainTextEdit>(find<PayloadView>("runInput"), "payloadText");
    QTRY_VERIFY(text->toPlainText().contains(u"\"total\": 42.50"_s));
}

void TestRunPanel::relatedRunsOpen()
{
    auto record = deadRun().record();
    auto sibling = runRow(5);
    sibling.event = record.summary.event;
    record.related = {record.summary, sibling};
    m_ui->backend.records[record.run.id] = record;
    m_panel->showRun(record.run.id);
    m_ui->beat();
    auto *tabs = find<QTabWidget>("runTabs");
    QCOMPARE(tabs->tabText(3), u"Related (1)"_s);
    clickTab(tabs, 3);
    auto *list = find<QTableView>("relatedList");
    const QAbstractItemModelTester tester(list->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy went(&m_ui->navigator, &Navigator::goRequested);
    clickCell(list, list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(went.size(), 1);
    QCOMPARE(went.front().at(0).value<Place>().subject, sibling.id.toText());
}

/// None is selected before somebody selects one: what is inspected is the run of the panel.
void TestRunPanel::relatedRunsSayHow()
{
    auto record = deadRun().record();
    record.run.originalRun = runId(4);
    record.related = {record.summary};
    for (int number = 5; number < 9; ++number) {
        auto &row = record.related.emplace_back(runRow(number));
        row.originalRun = number < 7 ? record.run.id : record.run.originalRun;
        row.isEditedRetry = number % 2 == 0;
    }
    clickTab(find<QTabWidget>("runTabs"), 3);
    const auto *list = find<QTableView>("relatedList");
    for (const auto &[isEdited, words] :
         {std::pair(false, u"Another rerun of the same run|Edited retry of the same run"_s),
          std::pair(true, u"Rerun of the same run|Another edited retry of the same run"_s)}) {
        record.summary.isEditedRetry = isEdited;
        m_ui->backend.records[record.run.id] = record;
        m_panel->showRun(record.run.id);
        m_ui->backend.post(record.summary);
        const auto relations = [list] {
            QString all;
            for (int row = 0; row < list->model()->rowCount(); ++row)
                all += list->model()->index(row, RelatedModel::Relation).data().toString() + u'|';
            return all;
        };
        const QString wanted = u"Rerun of this run|Edited retry of this run|"_s + words;
        QTRY_VERIFY2((m_ui->beat(), relations().startsWith(wanted)), qPrintable(relations()));
        QVERIFY(!list->selectionModel()->hasSelection());
    }
}

/// It goes on with other data; a rerun does not.
void TestRunPanel::anEditedRetryIsNoRerun()
{
    auto record = deadRun().record();
    record.summary.originalRun = record.run.originalRun = runId(7);
    for (const auto &[isEdited, words] :
         {std::pair(false, u"; rerun of "_s), std::pair(true, u"; edited retry of "_s)}) {
        record.summary.isEditedRetry = isEdited;
        m_ui->backend.records[record.run.id] = record;
        m_panel->showRun(record.run.id);
        m_ui->backend.post(record.summary);
        const auto *origin = find<QLabel>("runOrigin");
        QTRY_VERIFY2((m_ui->beat(), origin->text().contains(words)), qPrintable(origin->text()));
    }
}

void TestRunPanel::originLinksLead()
{
    show(deadRun());
    auto *origin = find<QLabel>("runOrigin");
    QSignalSpy went(&m_ui->navigator, &Navigator::goRequested);
    find<QToolButton>("runCopyId")->setFocus();
    QTest::keyClick(find<QToolButton>("runCopyId"), Qt::Key_Tab);
    QVERIFY(origin->hasFocus());
    QVERIFY(origin->hasSelectedText()); // the link, which is seen: not just the label
    QTest::keyClick(origin, Qt::Key_Return);
    QCOMPARE(went.size(), 1);
    QTest::mouseClick(origin, Qt::LeftButton, {}, {12, origin->height() / 2});
    QCOMPARE(went.size(), 2);
    QCOMPARE(went.front().at(0).value<Place>().view, "events"_ba);
    QTest::mouseClick(find<QToolButton>("runCopyId"), Qt::LeftButton);
    QCOMPARE(m_ui->desktop.copied, QString::fromLatin1(m_panel->run().toText()));
}

void TestRunPanel::unknownRunSaysSo()
{
    m_ui->backend.queryError = devserver::Error{devserver::ErrorCode::NotFound, u"no such run"_s};
    m_panel->showRun(runId(99));
    m_ui->beat();
    QVERIFY(find<QLabel>("runMessage")->isVisible());
    QVERIFY(find<QLabel>("runMessage")->text().contains(u"no such run"_s));
    m_ui->backend.queryError.reset();
    m_panel = std::make_unique<RunPanel>(m_ui->context); // as before anything was selected
    QVERIFY(find<QLabel>("runMessage")->text().startsWith(u"Select a run"_s));
}

/// It was shown as at the last start, but then somebody came back to it.
void TestRunPanel::aRunThatIsChosenAgainSaysSo()
{
    const QSignalSpy gone(m_panel.get(), &RunPanel::wentMeanwhile);
    m_ui->backend.queryError = devserver::Error{devserver::ErrorCode::NotFound, u"no such run"_s};
    m_panel->showRun(runId(99));
    m_panel->restoreSpot({});
    m_panel->showRun(runId(98));
    m_panel->showRun(runId(99));
    m_ui->beat();
    QCOMPARE(gone.size(), 0);
    QVERIFY(find<QLabel>("runMessage")->text().contains(u"no such run"_s));
    m_ui->backend.queryError.reset();
}

void TestRunPanel::moreMenuCopiesAReport()
{
    show(deadRun());
    QTest::mouseClick(find<QToolButton>("runMore"), Qt::LeftButton);
    QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu != nullptr);
    shoot(menu, u"run_more"_s);
    for (int step = 0; step < menu->actions().size(); ++step) {
        QTest::keyClick(menu, Qt::Key_Down);
        if (menu->activeAction()->objectName() == u"run.copyReport"_s)
            break;
    }
    QTest::keyClick(menu, Qt::Key_Return);
    QTRY_VERIFY(m_ui->desktop.copied.startsWith(u"### charge-order: Dead\n"_s));
    QVERIFY(m_ui->desktop.copied.contains(u"| Step | State | Attempts | Duration | Error |"_s));
    QVERIFY2(m_ui->desktop.copied.contains(u"| charge-card | Failed | 2/"_s),
             qPrintable(m_ui->desktop.copied));
}

void TestRunPanel::stepsAreSorted()
{
    show(deadRun());
    auto *tabs = find<QTabWidget>("runTabs");
    clickTab(tabs, 1);
    auto *steps = find<StepTable>("stepTable");
    QHeaderView *header = steps->horizontalHeader();
    QTRY_COMPARE(header->length(), steps->viewport()->width()); // nothing to scroll to
    const auto first = [&] { return steps->model()->index(0, 1).data().toString(); };
    const auto click = [&] {
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          {header->sectionViewportPosition(1) + 20, 12});
    };
    QCOMPARE(first(), u"load-order"_s);
    click();
    QCOMPARE(first(), u"charge-card"_s);
    click();
    QCOMPARE(first(), u"load-order"_s);
    click(); // as the run went
    QCOMPARE(first(), u"load-order"_s);
    click();
    QCOMPARE(first(), u"charge-card"_s);
}

/// Not to the filter above it, which nobody asked for.
void TestRunPanel::tabsGiveTheFocusToWhatTheyShow()
{
    show(deadRun());
    QTest::mouseClick(find<TimelineView>("timelineView")->viewport(), Qt::LeftButton);
    QVERIFY(find<TimelineView>("timelineView")->hasFocus());
    auto *tabs = find<QTabWidget>("runTabs");
    const Selection before = m_ui->navigator.selection();
    clickTab(tabs, u"Steps"_s);
    auto *steps = find<StepTable>("stepTable");
    QVERIFY(steps->hasFocus());
    QCOMPARE(m_ui->navigator.selection(), before); // to look at steps chooses none
    QVERIFY(!steps->currentIndex().isValid());     // nor does one look chosen
    const QImage image = steps->viewport()->grab().toImage();
    for (const int y : {0, image.height() - 1}) // the ring is around all of them
        QCOMPARE(image.pixel(image.width() / 2, y), m_ui->theme.color(Token::Accent).rgb());
    clickTab(tabs, u"Timeline"_s);
    QVERIFY(find<TimelineView>("timelineView")->hasFocus());
}

void TestRunPanel::theFirstStepCanBeChosen_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("click") << 0;
    QTest::newRow("Home") << int(Qt::Key_Home);
    QTest::newRow("Space") << int(Qt::Key_Space);
    QTest::newRow("Return") << int(Qt::Key_Return);
    QTest::newRow("Down") << int(Qt::Key_Down);
}

void TestRunPanel::theFirstStepCanBeChosen()
{
    QFETCH(const int, key);
    RunStory story;
    for (const bool hasOthers : {false, true}) {
        story.start().step("load-order", 10ms);
        if (hasOthers)
            story.step("b", 10ms);
        show(story);
        QTest::mouseClick(find<TimelineView>("timelineView")->viewport(), Qt::LeftButton);
        clickTab(find<QTabWidget>("runTabs"), u"Steps"_s);
        auto *steps = find<StepTable>("stepTable");
        QVERIFY(steps->hasFocus());
        QVERIFY(m_ui->navigator.selection().stepName.isEmpty());
        if (key == 0)
            clickCell(steps, steps->model()->index(0, StepModel::Step));
        else
            QTest::keyClick(steps, static_cast<Qt::Key>(key));
        QCOMPARE(m_ui->navigator.selection().stepName, "load-order"_ba);
        QCOMPARE(steps->selectionModel()->selectedRows().size(), 1);
        cleanup();
        init();
        story = RunStory();
    }
}

void TestRunPanel::everythingHasAName()
{
    show(deadRun());
    int named = 0;
    for (const QWidget *widget : m_panel->findChildren<QWidget *>()) {
        const bool isFocusable = widget->focusPolicy() != Qt::NoFocus && widget->isVisible();
        const bool isInner = widget->objectName().startsWith(u"qt_"_s)
                             || widget->focusProxy() != nullptr
                             || qobject_cast<const QTabBar *>(widget) != nullptr;
        QVERIFY2(!isFocusable || isInner || !widget->accessibleName().isEmpty(),
                 qPrintable(widget->objectName() + u' '
                            + QString::fromLatin1(widget->metaObject()->className())));
        named += isFocusable && !isInner ? 1 : 0;
    }
    QVERIFY(named > 1);
}

UI_TEST_MAIN(TestRunPanel)
#include "tst_runpanel.moc"
