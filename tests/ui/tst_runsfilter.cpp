// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/runsstage.h"
#include "ui/core/filtertext.h"
#include "ui/core/runwords.h"
#include "ui/widgets/listheader.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;
using devserver::api::RunsQuery;
using devserver::api::RunSummary;

class TestRunsFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chipsWriteTheFilter();
    void whatNoChipStandsForChecksNone();
    void failedIsOfferedWhereItFindsMore();
    void rangeWritesTheFilter();
    void filterAppliesOnEnterAndAfterAPause();
    void wrongFilterKeepsTheLastOne();
    void historyKeys();
    void downLeadsToWhatWasFound();
    void nothingIsWrongWhileItIsWritten();
    void completionInserts();
    void chipsAreCountedInALaterView();
    void completionCountsRows();
    void completionCountsWithinTheLine();
    void downChoosesAlsoWhereOneWasLeftOut();
    void whatTheFilterLeavesOutIsNotShown();
    void aSortedListSaysThatNewRowsWait();
    void cellKeysWriteTheFilter();
    void menuFiltersLikeTheRow();
    void rowsAreCountedBelow();
};

void TestRunsFilter::chipsWriteTheFilter()
{
    Stage stage(sampleRuns());
    stage.fixture.backend.post(sampleCounters());
    stage.fixture.beat();
    auto *failed = child<QAbstractButton>(stage.view.get(), "runsChipFailed");
    auto *running = child<QAbstractButton>(stage.view.get(), "runsChipRunning");
    auto *all = child<QAbstractButton>(stage.view.get(), "runsChipAll");
    QVERIFY(all->isChecked());
    QTest::mouseClick(failed, Qt::LeftButton);
    QCOMPARE(stage.filter->text(), u"state:failed"_s);
    QVERIFY(failed->isChecked() && !all->isChecked());
    QTest::mouseClick(running, Qt::LeftButton, Qt::ControlModifier);
    QCOMPARE(stage.filter->text(), u"state:failed,running"_s);
    stage.settle();
    const auto asked = stage.fixture.backend.askedFor<RunsQuery>();
    QCOMPARE(asked.back().filter.term.values, QByteArrayList({"failed"_ba, "running"_ba}));
    QTest::mouseClick(failed, Qt::LeftButton, Qt::ControlModifier);
    QCOMPARE(stage.filter->text(), u"state:running"_s);
    QTest::mouseClick(running, Qt::LeftButton);
    QCOMPARE(stage.filter->text(), QString());
    QVERIFY(all->isChecked());
    stage.typeFilter("fn:x state:failed");
    QVERIFY(failed->isChecked());
    failed->setFocus();
    QTest::keyClick(failed, Qt::Key_Space);
    QCOMPARE(stage.filter->text(), u"fn:x"_s);
    // The server counts all runs: beside another term a chip would find fewer.
    QCOMPARE(failed->accessibleName(), u"Failed"_s);
    QCOMPARE(all->accessibleName(), u"All"_s);
    stage.fixture.backend.post(sampleCounters());
    stage.fixture.beat();
    QCOMPARE(failed->accessibleName(), u"Failed"_s);
    stage.typeFilter("state:failed");
    QCOMPARE(failed->accessibleName(), u"Failed, 61"_s);
    stage.typeFilter("-state:failed");
    QCOMPARE(failed->accessibleName(), u"Failed"_s);
}

/// Below the list: those that it has, or those that are chosen. Of more than were read nobody knows
/// how many there are.
void TestRunsFilter::rowsAreCountedBelow()
{
    Stage stage(completedRuns(3));
    const auto *count = child<QLabel>(stage.view.get(), "listCount");
    QTRY_COMPARE(count->text(), u"3 runs"_s);
    stage.filter->setFocus();
    QTest::keyClick(stage.filter, Qt::Key_Escape); // back to the list
    QTRY_VERIFY(stage.table->hasFocus());
    stage.clickRow(0);
    QCOMPARE(count->text(), u"3 runs"_s);
    stage.clickRow(1, 1, Qt::ShiftModifier);
    QCOMPARE(count->text(), u"2 selected"_s);
    QTest::keyClick(stage.table, Qt::Key_Down);
    QCOMPARE(count->text(), u"3 runs"_s);
    stage.fixture.backend.post(runRow(4));
    stage.fixture.beat();
    QTRY_COMPARE(count->text(), u"4 runs"_s);
    stage.typeFilter("fn:nothing-of-this-name");
    QTRY_COMPARE(count->text(), QString());
    stage.fixture.backend.runs = completedRuns(2'000);
    stage.typeFilter("state:completed");
    QTRY_VERIFY2(count->text().startsWith(u"First "_s), qPrintable(count->text()));
}

void TestRunsFilter::whatNoChipStandsForChecksNone()
{
    Stage stage(sampleRuns());
    const auto *all = child<QAbstractButton>(stage.view.get(), "runsChipAll");
    QVERIFY(all->isChecked());
    stage.filter->setFocus();
    QTest::keyClicks(stage.filter, u"-state:completed"_s);
    QTest::keyClick(stage.filter, Qt::Key_Return);
    stage.settle();
    QVERIFY(!all->isChecked()); // the line is not about all of them
    for (const QAbstractButton *chip : all->parentWidget()->findChildren<QAbstractButton *>())
        QVERIFY2(!chip->isChecked(), qPrintable(chip->objectName()));
}

/// As long as all that failed are dead, both chips would find the same runs.
void TestRunsFilter::failedIsOfferedWhereItFindsMore()
{
    Stage stage(sampleRuns());
    const auto *failed = child<QAbstractButton>(stage.view.get(), "runsChipFailed");
    const auto *dead = child<QAbstractButton>(stage.view.get(), "runsChipDead");
    const auto count = [&stage](qint64 discarded) {
        devserver::api::Counters counters = sampleCounters();
        counters.failed = discarded;
        stage.fixture.backend.post(counters);
        stage.fixture.beat();
    };
    count(0);
    QVERIFY(dead->isVisible() && !failed->isVisible());
    count(4);
    QVERIFY(dead->isVisible() && failed->isVisible());
    QCOMPARE(failed->accessibleName(), u"Failed, 61"_s);
    const QString counted = u"61 failed, 57 of them with an open dead letter"_s;
    QVERIFY2(failed->toolTip().endsWith(counted), qPrintable(failed->toolTip()));
    stage.typeFilter("fn:charge-*"); // of these there is no number
    QVERIFY2(failed->toolTip().contains(u"all that failed"_s), qPrintable(failed->toolTip()));
    stage.typeFilter("");
    count(0);
    QVERIFY(!failed->isVisible());
    stage.typeFilter("state:failed");
    QVERIFY(failed->isVisible() && failed->isChecked()); // what is in force is seen
    stage.typeFilter("state:dead");
    QVERIFY(!failed->isVisible());
}

void TestRunsFilter::rangeWritesTheFilter()
{
    Stage stage(sampleRuns());
    auto *range = child<QComboBox>(stage.view.get(), "runsRange");
    range->setFocus();
    QTest::keyClick(range, Qt::Key_Down);
    QCOMPARE(stage.filter->text(), u"since:15m"_s);
    QTest::keyClick(range, Qt::Key_Up);
    QCOMPARE(stage.filter->text(), QString());
    stage.typeFilter("since:today a");
    QCOMPARE(range->currentText(), u"Today"_s);
    stage.typeFilter("since:3h");
    QCOMPARE(range->currentText(), u"Custom…"_s);
}

void TestRunsFilter::filterAppliesOnEnterAndAfterAPause()
{
    Stage stage(sampleRuns());
    const auto asked = [&stage] { return stage.fixture.backend.askedFor<RunsQuery>().size(); };
    const std::size_t before = asked();
    stage.filter->setFocus();
    QTest::keyClicks(stage.filter, u"state:dead"_s);
    QCOMPARE(asked(), before);
    QTRY_COMPARE(asked(), before + 1);
    stage.settle();
    QVERIFY(stage.list()->rowCount() > 0);
    for (int row = 0; row < stage.list()->rowCount(); ++row)
        QCOMPARE(stage.list()->index(row, 0).data().toString(), u"Dead"_s);
    QTest::keyClicks(stage.filter, u" fn:charge*"_s);
    QTest::keyClick(stage.filter, Qt::Key_Return);
    QCOMPARE(asked(), before + 2);
    QTest::keyClick(stage.filter, Qt::Key_Escape);
    QCOMPARE(stage.filter->text(), QString());
    // The proposals were another window; the offscreen platform does not come back by itself.
    stage.view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(stage.view.get()));
    QTest::keyClick(stage.filter, Qt::Key_Escape);
    QTRY_VERIFY(stage.table->hasFocus()); // as soon as it has rows again
}

void TestRunsFilter::wrongFilterKeepsTheLastOne()
{
    Stage stage(sampleRuns());
    stage.typeFilter("state:dead");
    const std::size_t asked = stage.fixture.backend.askedFor<RunsQuery>().size();
    QSignalSpy shown(stage.filter, &FilterEdit::errorShown);
    QTest::keyClicks(stage.filter, u" foo:bar"_s);
    QTRY_VERIFY(!shown.isEmpty() && !shown.last().first().toString().isEmpty());
    QCOMPARE(shown.last().at(1).toInt(), 11);
    const QString message = shown.last().first().toString();
    QVERIFY2(message.endsWith(u"The list still shows the last filter"_s), qPrintable(message));
    QCOMPARE(stage.fixture.backend.askedFor<RunsQuery>().size(), asked);
    QCOMPARE(filterText(stage.filter->filter()), u"state:dead"_s);
    shoot(stage.view.get(), u"filter_error"_s);
    for (int key = 0; key < 8; ++key)
        QTest::keyClick(stage.filter, Qt::Key_Backspace);
    QVERIFY(shown.last().first().toString().isEmpty());
}

void TestRunsFilter::historyKeys()
{
    Stage stage(sampleRuns());
    stage.typeFilter("state:dead");
    stage.typeFilter("fn:charge*");
    QTest::keyClick(stage.filter, Qt::Key_Escape);
    QCOMPARE(stage.filter->text(), QString());
    QTest::keyClick(stage.filter, Qt::Key_Up);
    QCOMPARE(stage.filter->text(), u"fn:charge*"_s);
    QTest::keyClick(stage.filter, Qt::Key_Up);
    QCOMPARE(stage.filter->text(), u"state:dead"_s);
    QTest::keyClick(stage.filter, Qt::Key_Down);
    QTest::keyClick(stage.filter, Qt::Key_Down);
    QCOMPARE(stage.filter->text(), QString());
}

/// Not as long as something is proposed, and not where a value is still to come.
void TestRunsFilter::nothingIsWrongWhileItIsWritten()
{
    Stage stage(sampleRuns());
    stage.filter->setFocus();
    QSignalSpy shown(stage.filter, &FilterEdit::errorShown);
    const auto isShown = [&shown] {
        return !shown.isEmpty() && !shown.last().first().toString().isEmpty();
    };
    QTest::keyClicks(stage.filter, u"state:f"_s);
    QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
    QVERIFY(stage.filter->error().has_value());
    QElapsedTimer since;
    since.start();
    QTRY_VERIFY(since.hasExpired(600)); // longer than the pause after which an error is said
    QVERIFY(!isShown());
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Escape);
    QTRY_VERIFY(isShown());
    QTest::keyClick(stage.filter, Qt::Key_Backspace); // `state:`
    QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
    QVERIFY(!isShown());
    const auto *list = qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
    QVERIFY(list != nullptr && list->model()->rowCount() > 6);
    QCOMPARE(list->viewport()->height() % list->sizeHintForRow(0), 0); // whole rows
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Escape);
    QTest::keyClick(stage.filter, Qt::Key_Return);
    QVERIFY(isShown()); // that is what was meant
}

void TestRunsFilter::completionInserts()
{
    Stage stage(sampleRuns());
    stage.filter->setFocus();
    QTest::keyClicks(stage.filter, u"stat"_s);
    const auto popup = [] { return QApplication::activePopupWidget(); };
    QTRY_VERIFY(popup() != nullptr);
    // Nothing is chosen yet, and it is said how to; it lies above the list.
    QVERIFY(!qobject_cast<QAbstractItemView *>(popup())->currentIndex().isValid());
    const auto *hint = child<QLabel>(popup(), "completionHint");
    QVERIFY(hint->isVisible() && hint->text().startsWith(u"Down chooses"_s));
    QCOMPARE(popup()->palette().color(QPalette::Base), stage.fixture.theme.color(Token::Raised));
    QTest::keyClick(popup(), Qt::Key_Down);
    QTest::keyClick(popup(), Qt::Key_Return);
    QCOMPARE(stage.filter->text(), u"state:"_s);
    QTRY_VERIFY(popup() != nullptr);
    shoot(popup(), u"filter_completion"_s);
    QTest::keyClick(popup(), Qt::Key_D);
    QTest::keyClick(popup(), Qt::Key_E);
    QTest::keyClick(popup(), Qt::Key_Down);
    QTest::keyClick(popup(), Qt::Key_Return);
    QCOMPARE(stage.filter->text(), u"state:dead"_s);
}

/// What a value would find stands beside it.
/// The window began with another view, and nothing has changed since.
void TestRunsFilter::chipsAreCountedInALaterView()
{
    Stage stage(completedRuns(3));
    stage.fixture.backend.post(sampleCounters());
    stage.fixture.beat();
    RunsView later(stage.fixture.context);
    stage.fixture.show(&later);
    const auto *dead = child<QAbstractButton>(&later, "runsChipDead");
    const auto *all = child<QAbstractButton>(&later, "runsChipAll");
    QCOMPARE(dead->accessibleName(), u"Dead, 57"_s);
    QCOMPARE(all->accessibleName(), u"All, 8,214"_s);
    auto *filter = child<FilterEdit>(&later, "runsFilter");
    filter->setFocus();
    QTest::keyClicks(filter, u"charge"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_COMPARE(all->accessibleName(), u"All"_s); // not what the line finds
    QTest::keyClick(filter, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(filter, Qt::Key_Delete);
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_COMPARE(all->accessibleName(), u"All, 8,214"_s);
    QCOMPARE(dead->accessibleName(), u"Dead, 57"_s);
}

void TestRunsFilter::completionCountsRows()
{
    Stage stage(sampleRuns());
    stage.filter->setFocus();
    QTest::keyClicks(stage.filter, u"state:dea"_s);
    const auto proposal = [] {
        const auto *view = qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
        return view == nullptr ? QString() : view->model()->index(0, 0).data().toString();
    };
    QTRY_COMPARE(proposal(), u"dead"_s);
    qint64 dead = 0;
    for (const devserver::api::RunSummary &run : sampleRuns())
        dead += displayState(run) == DisplayState::Dead ? 1 : 0;
    QVERIFY(dead > 0);
    QTRY_COMPARE((stage.settle(), proposal()), u"dead   %1"_s.arg(dead));
    shoot(QApplication::activePopupWidget(), u"filter_counts"_s);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Down);
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
    QCOMPARE(stage.filter->text(), u"state:dead"_s);
}

/// What the list would show with it.
void TestRunsFilter::completionCountsWithinTheLine()
{
    Stage stage(sampleRuns());
    std::vector<devserver::api::RunSummary> dead = sampleRuns();
    std::erase_if(dead, [](const auto &run) { return displayState(run) != DisplayState::Dead; });
    QVERIFY(!dead.empty());
    const QByteArray function = dead.front().functionName;
    const auto ofFunction = std::ranges::count(dead, function, &RunSummary::functionName);
    QVERIFY(ofFunction < static_cast<qint64>(dead.size()));
    stage.filter->setFocus();
    QTest::keyClicks(stage.filter, u"fn:%1 state:dea"_s.arg(QString::fromUtf8(function)));
    const auto proposal = [] {
        const auto *view = qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
        return view == nullptr ? QString() : view->model()->index(0, 0).data().toString();
    };
    QTRY_COMPARE((stage.settle(), proposal()), u"dead   %1"_s.arg(ofFunction));
}

void TestRunsFilter::downChoosesAlsoWhereOneWasLeftOut()
{
    Stage stage(sampleRuns());
    QTest::keyClick(stage.filter, Qt::Key_Down); // from an empty line, too
    QVERIFY(stage.table->hasFocus());
    int completed = 0;
    while (stage.list()->index(completed, 0).data().toString() != u"Completed"_s)
        ++completed;
    stage.clickRow(completed);
    QTRY_VERIFY(child<QWidget>(stage.view.get(), "runPanel")->isVisible());
    stage.typeFilter("state:dead");
    QTRY_COMPARE(stage.table->selectedIds(), QByteArrayList());
    stage.view->activateWindow(); // the proposals have closed
    QVERIFY(QTest::qWaitForWindowActive(stage.view.get()));
    QTest::keyClick(stage.filter, Qt::Key_Down);
    QVERIFY(stage.table->hasFocus());
    QCOMPARE(stage.table->selectedRows(), std::vector<int>{0});
}

/// Nor is another one chosen instead of it.
void TestRunsFilter::whatTheFilterLeavesOutIsNotShown()
{
    Stage stage(sampleRuns());
    int completed = 0;
    while (stage.list()->index(completed, 0).data().toString() != u"Completed"_s)
        ++completed;
    stage.clickRow(completed);
    const QByteArray chosen = stage.list()->idAt(completed);
    const auto *panel = child<QWidget>(stage.view.get(), "runPanel");
    QTRY_VERIFY(panel->isVisible());
    stage.typeFilter("state:dead");
    QVERIFY(stage.list()->rowCount() > 0);
    QTRY_VERIFY(!panel->isVisible());
    QVERIFY(stage.view->place().subject.isEmpty());
    QCOMPARE(stage.fixture.navigator.selection().kind, Selection::Kind::None);
    QCOMPARE(stage.table->selectedIds(), QByteArrayList());
    stage.filter->setFocus();
    QTest::keyClick(stage.filter, Qt::Key_Escape);
    stage.settle();
    QTRY_VERIFY(panel->isVisible()); // its row is back
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{chosen});
    stage.typeFilter("state:completed");
    QVERIFY(panel->isVisible());
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{chosen});
}

void TestRunsFilter::aSortedListSaysThatNewRowsWait()
{
    Stage stage(completedRuns(20));
    const auto *live = child<QToolButton>(stage.view.get(), "runsLive");
    QCOMPARE(live->text(), u"Live"_s);
    const ListHeader *header = stage.table->header();
    const auto click = [&] {
        const auto section = static_cast<int>(RunColumn::Function);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          {header->sectionViewportPosition(section) + 20, 12});
        stage.settle();
    };
    click();
    QCOMPARE(live->text(), u"Live, sorted"_s);
    QVERIFY(live->toolTip().contains(u"new ones wait"_s));
    click();
    QCOMPARE(live->text(), u"Live, sorted"_s);
    click();
    QCOMPARE(live->text(), u"Live"_s);
}

void TestRunsFilter::cellKeysWriteTheFilter()
{
    Stage stage(sampleRuns());
    stage.clickRow(0, static_cast<int>(RunColumn::Function));
    const QString name = stage.list()->index(0, 1).data().toString();
    QTest::keyClick(stage.table, Qt::Key_Equal);
    QCOMPARE(stage.filter->text(), QString(u"fn:"_s + name));
    stage.settle();
    QTest::keyClick(stage.table, Qt::Key_Minus);
    QCOMPARE(stage.filter->text(), QString(u"-fn:"_s + name));
}

void TestRunsFilter::menuFiltersLikeTheRow()
{
    Stage stage(completedRuns(10));
    const auto choose = [&stage](const QString &name) {
        stage.clickRow(0);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {5, 5}, {5, 5});
        QApplication::sendEvent(stage.table->viewport(), &event);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu != nullptr);
        const auto goTo = [](QMenu *in, const auto &isIt) {
            for (int step = 0; step < in->actions().size(); ++step) {
                if (in->activeAction() != nullptr && isIt(in->activeAction()))
                    return;
                QTest::keyClick(in, Qt::Key_Down);
            }
        };
        goTo(menu, [](const QAction *action) { return action->text() == u"Filter"_s; });
        QTest::keyClick(menu, Qt::Key_Right);
        auto *part = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(part != nullptr && part != menu);
        goTo(part, [&name](const QAction *action) { return action->objectName() == name; });
        QTest::keyClick(part, Qt::Key_Return);
        QTRY_VERIFY(QApplication::activePopupWidget() == nullptr);
        stage.settle();
    };
    choose(u"list.sameFunction"_s);
    QCOMPARE(stage.filter->text(), u"fn:charge-order"_s);
    choose(u"list.sameEvent"_s);
    QCOMPARE(stage.filter->text(), u"fn:charge-order event:order/created"_s);
    stage.typeFilter("since:1h");
    choose(u"list.aroundTime"_s);
    QCOMPARE(stage.filter->text(), u"since:2030-01-01T11:59:10 until:2030-01-01T12:01:10"_s);
    QCOMPARE(stage.list()->rowCount(), 10);
}

/// Where it does not walk through earlier lines.
void TestRunsFilter::downLeadsToWhatWasFound()
{
    Stage stage(completedRuns(3));
    stage.typeFilter("charge");
    QVERIFY(stage.filter->hasFocus());
    QTest::keyClick(stage.filter, Qt::Key_Down);
    QVERIFY(stage.table->hasFocus());
    QCOMPARE(stage.table->selectedRows(), std::vector<int>{0});
    stage.typeFilter("charge-order");
    QTest::keyClick(stage.filter, Qt::Key_Escape);
    QTest::keyClick(stage.filter, Qt::Key_Up);
    QTest::keyClick(stage.filter, Qt::Key_Up);
    QCOMPARE(stage.filter->text(), u"charge"_s);
    QTest::keyClick(stage.filter, Qt::Key_Down); // among those
    QVERIFY(stage.filter->hasFocus());
    QCOMPARE(stage.filter->text(), u"charge-order"_s);
    QTest::keyClick(stage.filter, Qt::Key_Return);
    stage.settle();
    QTest::keyClick(stage.filter, Qt::Key_Down); // it is applied, and no search among them
    QVERIFY(stage.table->hasFocus());
    QCOMPARE(stage.filter->text(), u"charge-order"_s);
}

UI_TEST_MAIN(TestRunsFilter)
#include "tst_runsfilter.moc"
