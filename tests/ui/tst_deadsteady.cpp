// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/lettersstage.h"
#include "tests/ui/support/scene.h"
#include "ui/core/format.h"
#include "ui/core/lettergroupmodel.h"
#include "ui/widgets/infobar.h"

#include <QApplication>
#include <QCursor>
#include <QDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPointer>
#include <QScopeGuard>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWindow>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;
using devserver::LetterState;

/// Dead letters where letters change by themselves, or because of what was done: nothing else is
/// chosen, and the keyboard stays where one works.
class TestDeadSteady : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void afterAnEditTheListHasTheKeyboard();
    void aGroupThatGoesGivesWayToNoOther();
    void anEmptiedGroupOffersTheNext_data();
    void anEmptiedGroupOffersTheNext();
    void anEmptiedGroupIsToldApartFromAFilter();
    void afterAnUndoGroupsBeginWithALetter();
    void onlyOpenOnesAreCountedForARetry();
    void whatWasRetriedIsSaid();
    void withoutALetterThereIsNothingToPress();
    void whoReadsALetterThatGoesIsAtTheGroups();
    void retriesMayFollowEachOther();
    void oneGestureIsOneRetry();
    void aRefusedOneIsBackInItsPlace();
    void whatIsRetriedStaysWhereItIsAskedFor();
    void aResultIsSaidForAWhile();
    void theBorderComesBackWithTheRoom();
    void barsMoveNoBorder();
    void aReasonIsTakenAsItIsTyped();
    void timesAreNeverCut();
    void whatIsAskedAboutIsSeen_data();
    void whatIsAskedAboutIsSeen();
};

namespace {

std::chrono::milliseconds doubleClick()
{
    return std::chrono::milliseconds(QApplication::doubleClickInterval());
}

} // namespace

void TestDeadSteady::afterAnEditTheListHasTheKeyboard()
{
    UiFixture ui;
    const Scene scene = fillScene(ui.backend);
    DeadView view(ui.context);
    ListTable *table = selectLetter(ui, view, scene.deadCharge);
    auto *button = child<QToolButton>(&view, "deadEdit");
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    ui.beat();
    const QPointer<QDialog> dialog = child<QDialog>(&view, "deadEditDialog");
    QTRY_VERIFY(child<QWidget>(dialog, "deadEditGo")->isEnabled());
    QTest::keyClick(child<QPlainTextEdit>(dialog, "deadEditNew"), Qt::Key_Return,
                    Qt::ControlModifier);
    for (int i = 0; i < 4; ++i)
        ui.beat();
    QCOMPARE(ui.backend.actedWith<devserver::RetryEdited>().size(), 1U);
    QTRY_VERIFY(dialog.isNull()); // it goes when it is closed
    QTRY_COMPARE(view.focusWidget(), table);
}

void TestDeadSteady::aGroupThatGoesGivesWayToNoOther()
{
    LettersStage stage({letter(30), letter(20, "CurrencyError"_ba), letter(10, "OtherError"_ba)});
    const auto *groups = qobject_cast<LetterGroupModel *>(stage.tree->model());
    const LetterGroupKey key{.slug = "shop-charge-order"_ba,
                             .fingerprint = "print-CurrencyError"_ba};
    QTest::mouseClick(stage.tree->viewport(), Qt::LeftButton, {},
                      stage.tree->visualRect(groups->indexOf(key)).center());
    stage.settle();
    auto *retry = child<QToolButton>(stage.view.get(), "deadRetryGroup");
    QCOMPARE(retry->text(), u"Retry 1…"_s);
    devserver::api::LetterSummary row = letter(20, "CurrencyError"_ba);
    row.state = LetterState::Retrying;
    stage.ui.backend.post(row);
    stage.settle();
    QTRY_VERIFY(!groups->indexOf(key).isValid());
    stage.passTime();
    QVERIFY(stage.tree->selectionModel()->selectedRows().isEmpty());
    QVERIFY(!retry->isEnabled());
    QCOMPARE(stage.table->model()->rowCount(), 0);
    row.state = LetterState::Open; // it failed again
    row.cycle = 1;
    stage.ui.backend.post(row);
    stage.settle();
    QTRY_VERIFY(groups->indexOf(key).isValid());
    QTRY_COMPARE(stage.tree->currentIndex().siblingAtColumn(0), groups->indexOf(key));
    QCOMPARE(retry->text(), u"Retry 1…"_s);
    QVERIFY(retry->isEnabled());
}

namespace {

QString wordsOf(const QWidget *widget)
{
    QStringList all;
    for (const QLabel *label : widget->findChildren<QLabel *>()) {
        if (label->isVisible() && !label->text().isEmpty())
            all.append(label->text());
    }
    return all.join(u'\n');
}

/// Three groups; the letter of one of them is retried by its key, and is gone.
struct Emptied {
    LettersStage stage{{letter(30), letter(20, "CurrencyError"_ba), letter(10, "OtherError"_ba),
                        letter(9, "OtherError"_ba)}};
    const LetterGroupModel *groups = qobject_cast<LetterGroupModel *>(stage.tree->model());
    LetterGroupKey key{.slug = "shop-charge-order"_ba, .fingerprint = "print-CurrencyError"_ba};
    LetterGroupKey next{.slug = "shop-charge-order"_ba, .fingerprint = "print-TimeoutError"_ba};
    devserver::api::LetterSummary row = letter(20, "CurrencyError"_ba);

    void choose()
    {
        QTest::mouseClick(stage.tree->viewport(), Qt::LeftButton, {},
                          stage.tree->visualRect(groups->indexOf(key)).center());
        stage.settle();
    }

    void retry()
    {
        stage.focusRow(0);
        QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
        row.state = LetterState::Retrying;
        stage.ui.backend.post(row);
        stage.settle();
        QTRY_VERIFY(!groups->indexOf(key).isValid());
        stage.passTime();
    }

    [[nodiscard]] bool isTaken() const
    {
        return stage.tree->selectionModel()->selectedRows()
                   == QModelIndexList{groups->indexOf(next)}
               && stage.table->model()->rowCount() == 2
               && child<QToolButton>(stage.view.get(), "deadRetryGroup")->text() == u"Retry 2…"_s;
    }
};

} // namespace

void TestDeadSteady::anEmptiedGroupOffersTheNext_data()
{
    QTest::addColumn<int>("key"); // 0: the mouse
    QTest::newRow("Down") << int(Qt::Key_Down);
    QTest::newRow("Enter") << int(Qt::Key_Return);
    QTest::newRow("click") << 0;
}

/// Nothing is chosen silently, for the next retry would be of what nobody has seen; but one key or
/// click goes on.
void TestDeadSteady::anEmptiedGroupOffersTheNext()
{
    QFETCH(int, key);
    Emptied emptied;
    LettersStage &stage = emptied.stage;
    emptied.choose();
    emptied.retry();
    QTRY_VERIFY(stage.tree->hasFocus());
    QCOMPARE(stage.tree->currentIndex(), emptied.groups->indexOf(emptied.next));
    QVERIFY(!stage.tree->selectionModel()->hasSelection());
    const QString words = wordsOf(child<QWidget>(stage.view.get(), "deadNoMatch"));
    QCOMPARE(words, u"Nothing is left in \"CurrencyError\"\n"
                    "2 other groups hold 3 letters. Choose one on the left, or press Down for the "
                    "next one."_s);
    const auto *retry = child<QToolButton>(stage.view.get(), "deadRetryGroup");
    QVERIFY(!retry->isEnabled());
    QVERIFY2(retry->toolTip().contains(u"No group is chosen"_s), qPrintable(retry->toolTip()));
    QTest::keyClick(stage.tree, Qt::Key_R, Qt::ShiftModifier);
    stage.settle();
    QVERIFY(!child<QWidget>(stage.view.get(), "deadSheet")->isVisible());
    // Others come meanwhile: still nothing is chosen.
    stage.ui.backend.post(letter(40));
    stage.passTime();
    QVERIFY(!stage.tree->selectionModel()->hasSelection());
    QCOMPARE(stage.tree->currentIndex(), emptied.groups->indexOf(emptied.next));
    shoot(stage.view.get(), u"dead_emptied"_s);
    if (key != 0)
        QTest::keyClick(stage.tree, static_cast<Qt::Key>(key));
    else
        QTest::mouseClick(stage.tree->viewport(), Qt::LeftButton, {},
                          stage.tree->visualRect(stage.tree->currentIndex()).center());
    stage.settle();
    QTRY_VERIFY(emptied.isTaken());
}

void TestDeadSteady::anEmptiedGroupIsToldApartFromAFilter()
{
    Emptied emptied;
    LettersStage &stage = emptied.stage;
    auto *line = child<QWidget>(stage.view.get(), "deadFilter");
    line->setFocus();
    QTest::keyClicks(line, u"fn:charge-*"_s);
    QTest::keyClick(line, Qt::Key_Return);
    stage.settle();
    emptied.choose();
    emptied.retry();
    QVERIFY2(wordsOf(child<QWidget>(stage.view.get(), "deadNoMatch"))
                 .startsWith(u"Nothing is left in \"CurrencyError\""_s),
             qPrintable(wordsOf(child<QWidget>(stage.view.get(), "deadNoMatch"))));
    emptied.row.state = LetterState::Open; // it failed again
    emptied.row.cycle = 1;
    stage.ui.backend.post(emptied.row);
    stage.settle();
    QTRY_COMPARE(stage.tree->selectionModel()->selectedRows(),
                 QModelIndexList{emptied.groups->indexOf(emptied.key)});
    QTRY_COMPARE(stage.table->model()->rowCount(), 1);
    QTRY_VERIFY(stage.table->isVisible());
}

void TestDeadSteady::withoutALetterThereIsNothingToPress()
{
    LettersStage stage({letter(30), letter(20)});
    stage.focusRow(0);
    const auto isSeen = [&stage](const char *name) {
        return child<QWidget>(stage.view.get(), name)->isVisible();
    };
    QTRY_VERIFY(isSeen("deadCopyId") && isSeen("deadTabs") && !isSeen("deadNothing"));
    auto *line = child<QWidget>(stage.view.get(), "deadFilter");
    line->setFocus();
    QTest::keyClicks(line, u"nope"_s);
    QTest::keyClick(line, Qt::Key_Return);
    stage.settle();
    QTRY_VERIFY(!isSeen("deadCopyId") && !isSeen("deadTabs") && isSeen("deadNothing"));
    shoot(stage.view.get(), u"dead_nothing"_s);
    line->setFocus();
    QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(line, Qt::Key_Delete);
    QTest::keyClick(line, Qt::Key_Return);
    stage.settle();
    QTRY_VERIFY(isSeen("deadCopyId") && isSeen("deadTabs") && !isSeen("deadNothing"));
}

void TestDeadSteady::onlyOpenOnesAreCountedForARetry()
{
    devserver::api::LetterSummary resolved = letter(20);
    resolved.state = LetterState::Resolved;
    LettersStage stage({letter(30), resolved});
    auto *line = child<QWidget>(stage.view.get(), "deadFilter");
    line->setFocus();
    QTest::keyClicks(line, u"state:open,resolved"_s);
    QTest::keyClick(line, Qt::Key_Return);
    stage.settle();
    QTRY_COMPARE(stage.table->model()->rowCount(), 2);
    auto *retry = child<QToolButton>(stage.view.get(), "deadRetryGroup");
    QTRY_COMPARE(retry->text(), u"Retry 1…"_s);
    QCOMPARE(child<QToolButton>(stage.view.get(), "deadExport")->text(), u"Export 2…"_s);
    stage.focusRow(1);
    const auto *keeps = child<QLabel>(stage.view.get(), "deadKeeps");
    QCOMPARE(keeps->text(), u"Resolved"_s); // how, its record would tell
    QVERIFY(!child<QToolButton>(stage.view.get(), "deadRetry")->isEnabled());
    line->setFocus();
    QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(line, u"state:resolved"_s);
    QTest::keyClick(line, Qt::Key_Return);
    stage.settle();
    QTRY_COMPARE(stage.table->model()->rowCount(), 1);
    QTRY_VERIFY(!retry->isEnabled());
    QVERIFY(!child<QToolButton>(stage.view.get(), "deadDiscardGroup")->isEnabled());
}

/// What was discarded may be taken back before it has left the list.
void TestDeadSteady::afterAnUndoGroupsBeginWithALetter()
{
    LettersStage stage({letter(30), letter(20), letter(10, "OtherError"_ba)});
    const auto *groups = qobject_cast<LetterGroupModel *>(stage.tree->model());
    stage.focusRow(1);
    QTest::keyClick(stage.table, Qt::Key_Delete);
    stage.settle();
    QTest::keyClicks(QApplication::focusWidget(), u"test data"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    stage.settle();
    devserver::api::LetterSummary row = letter(20);
    row.state = LetterState::Discarded;
    stage.ui.backend.post(row);
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 3); // dimmed
    QTest::keyClick(stage.table, Qt::Key_Z, Qt::ControlModifier);
    stage.settle();
    row.state = LetterState::Open;
    stage.ui.backend.post(row);
    stage.settle();
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{runId(20).toText()});
    QTest::mouseClick(stage.tree->viewport(), Qt::LeftButton, {},
                      stage.tree
                          ->visualRect(groups->indexOf({.slug = "shop-charge-order"_ba,
                                                        .fingerprint = "print-OtherError"_ba}))
                          .center());
    stage.settle();
    QTRY_COMPARE(stage.table->model()->rowCount(), 1);
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{runId(10).toText()});
}

void TestDeadSteady::whatWasRetriedIsSaid()
{
    LettersStage stage({letter(60), letter(50), letter(40), letter(30), letter(20)});
    QByteArrayList opened;
    connect(&stage.ui.navigator, &Navigator::goRequested, this,
            [&opened](const Place &place) { opened.append(place.view + ' ' + place.subject); });
    const auto *button = child<QToolButton>(stage.view.get(), "deadRetry");
    const auto place = [&] { return button->mapTo(stage.view.get(), QPoint()); };
    stage.focusRow(0);
    const QPoint before = place();
    stage.click("deadRetry");
    const auto told = [](int number) {
        return u"Retry started: charge-order %1 \u00b7 2 finished steps are kept\n"_s.arg(
            shortId(runId(number).toText()));
    };
    QTRY_COMPARE(stage.bars(), told(60));
    QCOMPARE(place(), before); // the next one is retried at the same place
    stage.view->tipBars().show({.id = "tip"_ba, .text = u"A tip below it all"_s});
    stage.settle();
    QCOMPARE(place(), before);
    stage.view->tipBars().dismiss("tip"_ba);
    stage.settle();
    // Of the next one it takes the place of the first.
    stage.ui.backend.advance(std::chrono::seconds(1));
    stage.click("deadRetry");
    QTRY_COMPARE(stage.bars(), told(50));
    stage.pressBarButton(u"Open run"_s);
    QCOMPARE(opened, QByteArrayList{"runs " + runId(50).toText()});
    QTRY_COMPARE(stage.bars(), QString());
    // Of several it says how many.
    stage.table->setFocus();
    QTest::keyClick(stage.table, Qt::Key_A, Qt::ControlModifier);
    stage.settle();
    stage.ui.backend.advance(std::chrono::seconds(1));
    stage.click("deadRetry");
    QTRY_COMPARE(stage.bars(), u"Retry started: 3 letters\n"_s);
    QCOMPARE(stage.table->model()->rowCount(), 0);
}

/// Not at whatever comes next in the order of Tab.
void TestDeadSteady::whoReadsALetterThatGoesIsAtTheGroups()
{
    Emptied emptied;
    emptied.choose();
    emptied.stage.focusRow(0);
    auto *tabs = child<QTabWidget>(emptied.stage.view.get(), "deadTabs");
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(1).center());
    tabs->tabBar()->setFocus();
    QCOMPARE(emptied.stage.view->window()->focusWidget(), tabs->tabBar());
    emptied.row.state = LetterState::Retrying; // somebody else did it
    emptied.stage.ui.backend.post(emptied.row);
    emptied.stage.passTime();
    QTRY_COMPARE(emptied.stage.table->model()->rowCount(), 0);
    QCOMPARE(emptied.stage.view->window()->focusWidget(), emptied.stage.tree);
}

/// Each shows its bar in place of the one before: no click is taken for one at something else.
void TestDeadSteady::retriesMayFollowEachOther()
{
    std::vector<devserver::api::LetterSummary> letters;
    for (int number = 30; number > 20; --number)
        letters.push_back(letter(number));
    LettersStage stage(std::move(letters));
    stage.focusRow(0);
    const auto *button = child<QToolButton>(stage.view.get(), "deadRetry");
    const QPoint at = button->mapTo(stage.view.get(), button->rect().center());
    QCursor::setPos(stage.view->mapToGlobal(at)); // and lies there
    QTest::mouseMove(stage.view->windowHandle(), at);
    constexpr std::size_t wanted = 6;
    for (std::size_t round = 1; round <= wanted; ++round) {
        QTest::mouseClick(stage.view->windowHandle(), Qt::LeftButton, {}, at);
        const auto acted = stage.ui.backend.actedWith<devserver::RetryLetter>();
        QCOMPARE(acted.size(), round); // each time the next one
        QCOMPARE(acted.back().run, runId(31 - static_cast<int>(round)));
        stage.settle();
        stage.ui.backend.advance(doubleClick() + std::chrono::milliseconds(round % 2 * 70));
    }
    QCOMPARE(stage.bars().count(u"Retry started"_s), 1);
    // It stays until there is something else to say: nothing moves twice.
    stage.ui.backend.advance(std::chrono::milliseconds(600));
    stage.ui.backend.holdReplies(true);
    QTest::mouseClick(stage.view->windowHandle(), Qt::LeftButton, {}, at);
    stage.settle();
    QCOMPARE(stage.ui.backend.actedWith<devserver::RetryLetter>().size(), wanted + 1);
    QCOMPARE(stage.bars().count(u"Retry started"_s), 1);
    stage.ui.backend.releaseReplies();
    QTRY_COMPARE(stage.bars().count(u"Retry started"_s), 1); // the one before is gone
}

/// The next one comes to where it was, and is not what the second click was meant for.
void TestDeadSteady::oneGestureIsOneRetry()
{
    LettersStage stage({letter(40), letter(30), letter(20), letter(10)});
    const auto retried = [&stage] {
        QByteArrayList ids;
        for (const auto &each : stage.ui.backend.actedWith<devserver::RetryLetter>())
            ids.append(each.run.toText());
        return ids;
    };
    const auto *keeps = child<QWidget>(stage.view.get(), "deadRunId");
    stage.focusRow(1);
    auto *button = child<QToolButton>(stage.view.get(), "deadRetry");
    QTest::mouseClick(button, Qt::LeftButton);
    QTest::mouseDClick(button, Qt::LeftButton);
    stage.settle();
    QCOMPARE(retried(), QByteArrayList{runId(30).toText()});
    // Gone before the engine tells of it; the detail shows what the next click is about.
    QCOMPARE(stage.table->model()->rowCount(), 3);
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{runId(20).toText()});
    QCOMPARE(stage.table->selectedRows(), std::vector<int>{1});
    QTRY_VERIFY(keeps->accessibleName().contains(QString::fromLatin1(runId(20).toText())));
    QVERIFY(button->isEnabled());
    stage.ui.backend.advance(doubleClick());
    // A key that is held.
    stage.table->setFocus();
    for (int repeated = 0; repeated < 10; ++repeated) {
        QTest::simulateEvent(stage.table, true, Qt::Key_R, Qt::ShiftModifier, u"R"_s, repeated > 0);
        stage.ui.backend.advance(doubleClick() / 4);
    }
    QTest::keyRelease(stage.table, Qt::Key_R, Qt::ShiftModifier);
    stage.settle();
    QCOMPARE(retried(), (QByteArrayList{runId(30).toText(), runId(20).toText()}));
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{runId(10).toText()});
    // One that is pressed again and again is for the letter that is chosen by then.
    for (int pressed = 0; pressed < 3; ++pressed) {
        QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
        stage.ui.backend.advance(doubleClick() * 7 / 10);
    }
    stage.settle();
    QCOMPARE(retried(), (QByteArrayList{runId(30).toText(), runId(20).toText(), runId(10).toText(),
                                        runId(40).toText()}));
}

void TestDeadSteady::aRefusedOneIsBackInItsPlace()
{
    LettersStage stage({letter(40), letter(30), letter(20)});
    stage.focusRow(1);
    stage.ui.backend.holdReplies(true);
    stage.ui.backend.refuseNext({devserver::ErrorCode::Conflict, u"the server stops"_s});
    stage.click("deadRetry");
    QCOMPARE(stage.table->model()->rowCount(), 2);
    stage.ui.backend.post(letter(30)); // on its way before the engine answered
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 2);
    stage.ui.backend.advance(std::chrono::seconds(2));
    stage.ui.backend.releaseReplies();
    QTRY_COMPARE((stage.settle(), stage.table->list()->idAt(1)), runId(30).toText());
    QCOMPARE(stage.cell(1, LetterColumn::Reason), u"the server stops"_s);
    const QString words =
        u"Retry of charge-order %1 was refused"_s.arg(shortId(runId(30).toText()));
    QVERIFY2(stage.bars().contains(words), qPrintable(stage.bars()));
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{runId(20).toText()}); // as it is read
}

/// A list of what is being retried keeps it.
void TestDeadSteady::whatIsRetriedStaysWhereItIsAskedFor()
{
    LettersStage stage({letter(40), letter(30)});
    auto *line = child<QWidget>(stage.view.get(), "deadFilter");
    line->setFocus();
    QTest::keyClicks(line, u"state:open,retrying"_s);
    QTest::keyClick(line, Qt::Key_Return);
    stage.settle();
    stage.focusRow(0);
    stage.click("deadRetry");
    QCOMPARE(stage.ui.backend.actedWith<devserver::RetryLetter>().size(), 1U);
    QCOMPARE(stage.table->model()->rowCount(), 2);
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{runId(40).toText()});
}

/// Activity keeps it; only that it was stopped by errors asks for something.
void TestDeadSteady::aResultIsSaidForAWhile()
{
    LettersStage stage({letter(30), letter(20), letter(10)});
    const QPoint away = stage.view->rect().center(); // the mouse is not on the bar
    QCursor::setPos(stage.view->mapToGlobal(away));
    QTest::mouseMove(stage.view->windowHandle(), away);
    QByteArray id;
    connect(&stage.ui.navigator, &Navigator::goRequested, this,
            [&id](const Place &place) { id = place.subject; });
    for (const auto state : {devserver::BulkState::Done, devserver::BulkState::StoppedByErrors}) {
        stage.click("deadRetryGroup");
        stage.click("deadSheetGo");
        stage.pressBarButton(u"Show activity"_s);
        devserver::Bulk bulk;
        bulk.id = devserver::BulkId::fromText(id).value();
        bulk.total = 20;
        bulk.completed = 18;
        bulk.failedAgain = 2;
        bulk.state = state;
        stage.ui.backend.post(bulk);
        stage.settle();
        QVERIFY(stage.bars().contains(u"18 completed, 2 failed again"_s));
        stage.view->infoBars().show(
            {.id = "done"_ba, .kind = InfoKind::Success, .text = u"Done"_s});
        stage.ui.backend.advance(std::chrono::seconds(31));
        QTRY_VERIFY(!stage.bars().contains(u"Done"_s));
        stage.ui.backend.advance(std::chrono::seconds(31)); // since it is seen
        QTRY_COMPARE(stage.bars().contains(u"18 completed"_s),
                     state == devserver::BulkState::StoppedByErrors);
    }
}

void TestDeadSteady::theBorderComesBackWithTheRoom()
{
    LettersStage stage({letter(30), letter(20), letter(10)});
    stage.focusRow(0);
    auto *tree = stage.tree;
    QSplitter *splitter = nullptr;
    for (auto *each : stage.view->findChildren<QSplitter *>()) {
        if (each->orientation() == Qt::Vertical && each->isAncestorOf(tree))
            splitter = each;
    }
    QVERIFY(splitter != nullptr);
    QSplitterHandle *handle = splitter->handle(1);
    const QPoint grip = handle->rect().center();
    const QList<int> shared = splitter->sizes();
    QTest::mousePress(handle, Qt::LeftButton, {}, grip);
    QTest::mouseMove(handle, grip + QPoint(0, 40));
    QTest::mouseRelease(handle, Qt::LeftButton, {}, grip + QPoint(0, 40));
    const QList<int> chosen = splitter->sizes();
    QVERIFY(chosen.front() > shared.front());
    const QSize size = stage.view->size();
    stage.view->resize(size.width(), 480);
    stage.settle();
    QVERIFY(splitter->sizes().front() < chosen.front());
    DeadView fresh(stage.ui.context); // next time there is room again
    fresh.restoreState(stage.view->saveState());
    stage.view->resize(size);
    stage.settle();
    QCOMPARE(splitter->sizes(), chosen);
    stage.ui.show(&fresh, size);
    stage.settle();
    const auto all = fresh.findChildren<QSplitter *>();
    QVERIFY(std::any_of(all.begin(), all.end(),
                        [&chosen](const QSplitter *each) { return each->sizes() == chosen; }));
}

void TestDeadSteady::barsMoveNoBorder()
{
    LettersStage stage({letter(30), letter(20), letter(10)});
    QWidget window;
    auto *column = new QVBoxLayout(&window);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *bar = new QWidget(&window);
    bar->setFixedHeight(36);
    bar->hide();
    column->addWidget(bar);
    column->addWidget(stage.view.get(), 1);
    const auto takeOut = qScopeGuard([&stage] { stage.view->setParent(nullptr); });
    stage.ui.show(&window, {1200, 900});
    stage.settle();
    const auto *button = child<QToolButton>(stage.view.get(), "deadRetry");
    const auto place = [&] { return button->mapTo(&window, QPoint()).y(); };
    const int before = place();
    const auto visit = [&] {
        stage.view->hide(); // another view is seen
        stage.settle();
        stage.view->show();
        stage.settle();
    };
    devserver::Bulk bulk;
    bulk.id.value = devserver::Ulid::fromParts(stage.ui.backend.now(), {1});
    bulk.total = bulk.waiting = 48;
    for (const bool isThere : {true, false}) {
        bar->setVisible(isThere);
        stage.settle();
        QCOMPARE(place(), before);
        visit();
        QCOMPARE(place(), before);
        bulk.state = isThere ? devserver::BulkState::Running : devserver::BulkState::Done;
        stage.ui.backend.post(bulk);
        stage.settle();
        QCOMPARE(place(), before);
        visit();
        QCOMPARE(place(), before);
    }
}

void TestDeadSteady::aReasonIsTakenAsItIsTyped()
{
    LettersStage stage({letter(30), letter(20), letter(10)});
    const auto discard = [&stage](const QString &reason) {
        stage.focusRow(0);
        QTest::keyClick(stage.table, Qt::Key_Delete);
        stage.settle();
        QTest::keyClicks(QApplication::focusWidget(), reason);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        stage.settle();
        return stage.ui.backend.actedWith<devserver::DiscardLetter>();
    };
    const auto first = discard(u"test order"_s);
    QCOMPARE(first.size(), 1U);
    const auto second = discard(u"test"_s);
    QCOMPARE(second.size(), 2U);
    QCOMPARE(second.back().reason, "test"_ba);
    stage.focusRow(0); // an earlier one is a key away
    QTest::keyClick(stage.table, Qt::Key_Delete);
    stage.settle();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    stage.settle();
    const auto third = stage.ui.backend.actedWith<devserver::DiscardLetter>();
    QCOMPARE(third.size(), 3U);
    QCOMPARE(third.back().reason, "test order"_ba);
}

/// Also of letters that were fresh when the columns were shared out, and whose reason grows.
void TestDeadSteady::timesAreNeverCut()
{
    LettersStage stage({letter(599), letter(598), letter(597)});
    for (int width = 700; width <= 1200; width += 20) {
        stage.view->resize(width, 800);
        stage.ui.backend.setNow(runRow(600).queuedAt);
        devserver::api::LetterSummary row = letter(597);
        stage.ui.backend.post(row);
        stage.settle();
        stage.ui.backend.advance(std::chrono::minutes(36));
        row.reason = "limit_exceeded"_ba;
        stage.ui.backend.post(row);
        stage.settle();
        const QModelIndex when =
            stage.table->model()->index(2, static_cast<int>(LetterColumn::When));
        const QString text = when.data().toString();
        const int need = stage.table->fontMetrics().horizontalAdvance(text);
        QVERIFY2(stage.table->visualRect(when).width() >= need + 16,
                 qPrintable(u"%1 at %2"_s.arg(text).arg(width)));
    }
}

void TestDeadSteady::whatIsAskedAboutIsSeen_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("the first row") << int(Qt::Key_Home);
    QTest::newRow("the last row") << int(Qt::Key_End);
}

/// The list makes room for the sheet; in a low window it lies over the header, too.
void TestDeadSteady::whatIsAskedAboutIsSeen()
{
    QFETCH(const int, key);
    std::vector<devserver::api::LetterSummary> letters;
    for (int number = 60; number > 0; --number)
        letters.push_back(letter(number));
    LettersStage stage(std::move(letters));
    stage.focusRow(2);
    QTest::keyClick(stage.table, static_cast<Qt::Key>(key));
    stage.settle();
    QTest::keyClick(stage.table, Qt::Key_Delete);
    stage.settle();
    auto *sheet = child<QWidget>(stage.view.get(), "deadDiscardSheet");
    QVERIFY(sheet->isVisible());
    const auto topOf = [&stage](const QWidget *widget) {
        return widget->mapTo(stage.view.get(), QPoint()).y();
    };
    constexpr int shade = 6;
    QCOMPARE(topOf(stage.table), topOf(sheet) + sheet->height() - shade);
    const QRect row = stage.table->visualRect(stage.table->currentIndex());
    QVERIFY(stage.table->viewport()->rect().contains(row));
    shoot(stage.view.get(), u"dead_discard"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    stage.settle();
    QCOMPARE(topOf(stage.table), topOf(sheet));
    const QSize least = stage.view->minimumSizeHint();
    stage.view->resize(least);
    stage.table->setFocus();
    QTest::keyClick(stage.table, Qt::Key_Delete);
    stage.settle();
    QVERIFY(sheet->isVisible());
    QCOMPARE(stage.view->size(), least);
    QCOMPARE(stage.view->minimumSizeHint(), least);
    QCOMPARE(topOf(stage.table), topOf(sheet));
}

UI_TEST_MAIN(TestDeadSteady)
#include "tst_deadsteady.moc"
