// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/modelwatch.h"
#include "tests/ui/support/clicks.h"
#include "tests/ui/support/lettersstage.h"
#include "tests/ui/support/listrows.h"
#include "tests/ui/support/scene.h"
#include "ui/core/format.h"
#include "ui/core/lettergroupmodel.h"
#include "ui/core/letterhistorymodel.h"
#include "ui/core/letterlistmodel.h"
#include "ui/letters/deadview.h"
#include "ui/widgets/listtable.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;
using devserver::LetterState;
using devserver::api::LetterSummary;

class TestDeadView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsFollowWithoutReset();
    void aGroupFillsTheTable();
    void aRetriedLetterLeavesAndComesBack();
    void whenOneLeavesTheNextIsChosen();
    void aRefusedRetryLeavesAMark();
    void aClickReadsAgainWhatFailed();
    void theSheetWaitsForTheCount();
    void theSheetSaysHow();
    void aStoppedBulkTellsWhatIsLeft();
    void editedDataAreChecked();
    void editedLettersSayWhyInTheirHistory();
    void discardNeedsAReasonAndCanBeUndone();
    void discardedOnesAreShownAndRestored();
    void theDetailSaysWhatIsKept();
    void withoutLettersItSaysSo();
    void groupsCanStandByError();
    void narrowItShowsWhatMatters();
    void aBulkIsFollowedAndStopped();
    void sameErrorsAreFound();
    void pictures();
};

void TestDeadView::countsFollowWithoutReset()
{
    LettersStage stage({letter(30), letter(20), letter(10, "CurrencyError"_ba)});
    auto *groups = qobject_cast<LetterGroupModel *>(stage.tree->model());
    const ModelWatch watch(groups, "LetterGroupModel");
    QSignalSpy resets(groups, &QAbstractItemModel::modelReset);
    const auto count = [groups](const QByteArray &fingerprint) {
        return groups->indexOf({.slug = "shop-charge-order"_ba, .fingerprint = fingerprint})
            .data(LetterGroupModel::CountRole)
            .toInt();
    };
    QCOMPARE(count("print-TimeoutError"_ba), 2);
    QCOMPARE(count("print-CurrencyError"_ba), 1);
    QCOMPARE(count({}), 3); // the function
    QCOMPARE(groups->total(), 3);
    const QPersistentModelIndex known =
        groups->indexOf({.slug = "shop-charge-order"_ba, .fingerprint = "print-CurrencyError"_ba});

    stage.ui.backend.post(letter(40, "CurrencyError"_ba));
    stage.ui.backend.post(letter(41, "OtherError"_ba));
    stage.settle();
    QTRY_COMPARE(count("print-CurrencyError"_ba), 2);
    QTRY_COMPARE(count("print-OtherError"_ba), 1);
    QCOMPARE(groups->total(), 5);
    LetterSummary gone = letter(41, "OtherError"_ba);
    gone.state = LetterState::Resolved;
    stage.ui.backend.post(gone);
    stage.settle();
    QTRY_VERIFY(
        !groups->indexOf({.slug = "shop-charge-order"_ba, .fingerprint = "print-OtherError"_ba})
             .isValid());
    QVERIFY(known.isValid());
    QCOMPARE(known.data(LetterGroupModel::CountRole).toInt(), 2);
    QCOMPARE(resets.count(), 0);
}

void TestDeadView::aGroupFillsTheTable()
{
    LettersStage stage({letter(30), letter(20), letter(10, "CurrencyError"_ba)});
    QCOMPARE(stage.table->model()->rowCount(), 3);
    const auto *groups = qobject_cast<LetterGroupModel *>(stage.tree->model());
    const QModelIndex error =
        groups->indexOf({.slug = "shop-charge-order"_ba, .fingerprint = "print-CurrencyError"_ba});
    QTest::mouseClick(stage.tree->viewport(), Qt::LeftButton, {},
                      stage.tree->visualRect(error).center());
    stage.settle();
    QCOMPARE(stage.ui.backend.askedFor<devserver::api::LetterListQuery>().back().fingerprint,
             "print-CurrencyError"_ba);
    QCOMPARE(stage.table->model()->rowCount(), 1);
    QTest::keyClick(stage.tree, Qt::Key_Up);
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 2);
    QTest::keyClick(stage.tree, Qt::Key_Home);
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 3);
}

void TestDeadView::aRetriedLetterLeavesAndComesBack()
{
    LettersStage stage({letter(30), letter(20)});
    stage.focusRow(1);
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    stage.settle();
    const auto acted = stage.ui.backend.actedWith<devserver::RetryLetter>();
    QCOMPARE(acted.size(), 1U);
    QCOMPARE(acted.front().run, runId(20));
    QCOMPARE(stage.table->model()->rowCount(), 1);

    LetterSummary row = letter(20);
    row.state = LetterState::Retrying;
    stage.ui.backend.post(row);
    stage.passTime();
    QCOMPARE(stage.table->model()->rowCount(), 1);

    row.state = LetterState::Open;
    row.cycle = 1;
    row.failedAt = stage.ui.backend.now();
    stage.ui.backend.post(row);
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 2);
    QCOMPARE(stage.cell(0, LetterColumn::Retried), u"1×"_s);
}

void TestDeadView::whenOneLeavesTheNextIsChosen()
{
    LettersStage stage(
        {letter(70), letter(60), letter(50), letter(40), letter(30), letter(20), letter(10)});
    const auto leave = [&stage](std::initializer_list<int> numbers) {
        for (const int number : numbers) {
            LetterSummary row = letter(number);
            row.state = LetterState::Retrying;
            stage.ui.backend.post(row);
        }
        stage.passTime();
    };
    const auto isChosen = [&stage](int number) {
        const QByteArray id = runId(number).toText();
        return stage.table->selectedIds() == QByteArrayList{id} && stage.table->currentId() == id
               && child<QWidget>(stage.view.get(), "deadRetry")->isEnabled()
               && stage.ui.navigator.selection().run == runId(number); // as the detail
    };
    stage.focusRow(1);
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    leave({60});
    QTRY_VERIFY(isChosen(50));
    stage.click("deadRetry");
    leave({50});
    QTRY_VERIFY(isChosen(40));
    QTest::keyClick(stage.table, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(stage.table->selectedIds().size(), 2);
    leave({40, 30}); // a bulk
    QTRY_VERIFY(isChosen(20));
    // What is still chosen stays so.
    stage.focusRow(0);
    QTest::mouseClick(stage.table->viewport(), Qt::LeftButton, Qt::ControlModifier,
                      stage.table->visualRect(stage.table->model()->index(2, 0)).center());
    QCOMPARE(stage.table->selectedIds().size(), 2);
    leave({10});
    QTRY_VERIFY(isChosen(70));
    leave({70});
    QTRY_VERIFY(isChosen(20));
    leave({20});
    QTRY_COMPARE(stage.ui.navigator.selection(), Selection());
    QVERIFY(stage.table->currentId().isEmpty());
    QVERIFY(!stage.table->isVisible()); // instead of it: that nothing is left
}

void TestDeadView::aRefusedRetryLeavesAMark()
{
    LettersStage stage({letter(30), letter(20)});
    stage.focusRow(0);
    stage.ui.backend.refuseNext(
        {devserver::ErrorCode::Conflict, u"its function is not registered any more"_s});
    stage.click("deadRetry");
    QCOMPARE(stage.table->model()->rowCount(), 2);
    QCOMPARE(stage.cell(0, LetterColumn::Reason), u"its function is not registered any more"_s);
    QTRY_COMPARE(stage.table->selectedIds(),
                 QByteArrayList{runId(30).toText()}); // not the next one
    QVERIFY2(stage.bars().contains(u"its function is not registered any more"_s),
             qPrintable(stage.bars()));
}

/// What was read before it changed does not stand for what could not be read.
void TestDeadView::aClickReadsAgainWhatFailed()
{
    LettersStage stage({letter(30), letter(20)});
    devserver::api::RunRecord record;
    record.run.id = runId(30);
    stage.ui.backend.records[runId(30)] = record;
    stage.focusRow(0);
    QVERIFY(stage.view->findChild<QPushButton *>(u"deadTryAgain"_s) == nullptr);
    stage.ui.backend.queryError = {devserver::ErrorCode::Store, u"disk I/O error"_s};
    LetterSummary changed = letter(30);
    changed.cycle = 1;
    stage.ui.backend.post(changed);
    const auto again = [&stage] {
        const auto *button = stage.view->findChild<QPushButton *>(u"deadTryAgain"_s);
        return button != nullptr && button->isVisible();
    };
    QTRY_VERIFY((stage.settle(), again()));
    stage.ui.backend.queryError.reset();
    stage.focusRow(0);
    QTRY_VERIFY((stage.settle(), !again()));
}

void TestDeadView::theSheetWaitsForTheCount()
{
    LettersStage stage({letter(30), letter(20), letter(10)});
    stage.ui.backend.bulkPreview = {.eligible = 2, .notOpen = 0, .functionGone = 1};
    stage.ui.backend.holdReplies(true);
    stage.click("deadRetryGroup");
    auto *go = child<QPushButton>(stage.view.get(), "deadSheetGo");
    auto *count = child<QLabel>(stage.view.get(), "deadSheetCount");
    QVERIFY(child<QWidget>(stage.view.get(), "deadSheet")->isVisible());
    QCOMPARE(go->text(), u"Counting…"_s);
    QVERIFY(!count->isVisible());
    QVERIFY(!go->isEnabled());
    QVERIFY(!go->hasFocus());
    stage.ui.backend.releaseReplies(); // the ids
    stage.settle();
    QVERIFY(!go->isEnabled());
    stage.ui.backend.releaseReplies(); // the preview of exactly these
    stage.settle();
    QCOMPARE(stage.ui.backend.previewed.size(), 1U);
    QCOMPARE(stage.ui.backend.previewed.front().runs.size(), 3U);
    QCOMPARE(go->text(), u"Retry 2"_s);
    QVERIFY(go->isEnabled());
    QVERIFY(go->hasFocus());
    QVERIFY(count->isVisible());
    QCOMPARE(count->text(), u"2 can be retried  ·  1 cannot, its function is gone"_s);

    stage.ui.backend.holdReplies(false);
    QSignalSpy gone(&stage.ui.navigator, &Navigator::goRequested);
    QTest::keyClick(go, Qt::Key_Return);
    stage.settle();
    QCOMPARE(stage.ui.backend.started.size(), 1U);
    const devserver::BulkPlan plan = stage.ui.backend.started.front();
    QVERIFY(plan.triesOneFirst);
    QCOMPARE(plan.perSecond, 5); // as README says
    QCOMPARE(plan.stopAfterSame, 3);
    QCOMPARE(plan.runs.front(), runId(30));
    QVERIFY(!child<QWidget>(stage.view.get(), "deadSheet")->isVisible());
    stage.pressBarButton(u"Show activity"_s);
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone[0][0].value<Place>().view, "activity"_ba);
}

void TestDeadView::theSheetSaysHow()
{
    LettersStage stage({letter(30), letter(20)});
    stage.click("deadRetryGroup");
    QVERIFY(!child<QLabel>(stage.view.get(), "deadSheetCount")->isVisible()); // the title says it
    auto *paced = child<QAbstractButton>(stage.view.get(), "deadSheetPaced");
    QCOMPARE(paced->text(), u"All, at the rate below"_s);
    QTest::mouseClick(paced, Qt::LeftButton, {}, {8, paced->height() / 2});
    auto *rate = child<QSpinBox>(stage.view.get(), "deadSheetRate");
    rate->setFocus();
    QTest::keyClick(rate, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(rate, u"7"_s);
    auto *stops = child<QWidget>(stage.view.get(), "deadSheetStops");
    QTest::mouseClick(stops, Qt::LeftButton, {}, {8, stops->height() / 2});
    stage.click("deadSheetGo");
    QCOMPARE(stage.ui.backend.started.size(), 1U);
    QVERIFY(!stage.ui.backend.started.front().triesOneFirst);
    QCOMPARE(stage.ui.backend.started.front().perSecond, 7);
    QCOMPARE(stage.ui.backend.started.front().stopAfterSame, 0);

    // The rate is for what follows a trial as well; that is how it begins.
    stage.ui.backend.post(letter(41)); // the others are being retried
    stage.settle();
    stage.click("deadRetryGroup");
    QVERIFY(rate->isEnabled());
    auto *canary = child<QWidget>(stage.view.get(), "deadSheetCanary");
    QTest::mouseClick(canary, Qt::LeftButton, {}, {8, canary->height() / 2});
    QVERIFY(rate->isEnabled());
    rate->setFocus();
    QTest::keyClick(rate, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(rate, u"5"_s);
    stage.click("deadSheetGo");
    QVERIFY(stage.ui.backend.started.back().triesOneFirst);
    QCOMPARE(stage.ui.backend.started.back().perSecond, 5);

    stage.ui.backend.post(letter(42)); // the others are being retried
    stage.settle();
    stage.click("deadRetryGroup");
    auto *now = child<QWidget>(stage.view.get(), "deadSheetNow");
    QTest::mouseClick(now, Qt::LeftButton, {}, {8, now->height() / 2});
    QVERIFY(!rate->isEnabled());
    QVERIFY(!child<QLabel>(stage.view.get(), "deadSheetAtMost")->isEnabled());
    stage.click("deadSheetGo");
    QVERIFY(!stage.ui.backend.started.back().triesOneFirst);
    QCOMPARE(stage.ui.backend.started.back().perSecond, 0);

    // Esc takes it away and nothing happens.
    stage.ui.backend.post(letter(43)); // the others are being retried
    stage.settle();
    stage.click("deadRetryGroup");
    QTest::keyClick(child<QWidget>(stage.view.get(), "deadSheetCanary"), Qt::Key_Escape);
    QVERIFY(!child<QWidget>(stage.view.get(), "deadSheet")->isVisible());
    QCOMPARE(stage.ui.backend.started.size(), 3U);
    QVERIFY(stage.table->hasFocus());
}

void TestDeadView::aStoppedBulkTellsWhatIsLeft()
{
    std::vector<LetterSummary> letters;
    for (int i = 47; i > 0; --i)
        letters.push_back(letter(i));
    LettersStage stage(std::move(letters));
    stage.click("deadRetryGroup");
    stage.click("deadSheetGo");
    QSignalSpy gone(&stage.ui.navigator, &Navigator::goRequested);
    stage.pressBarButton(u"Show activity"_s);
    QCOMPARE(gone.count(), 1);
    const auto id = devserver::BulkId::fromText(gone[0][0].value<Place>().subject);
    QVERIFY(id.has_value());

    devserver::Bulk bulk;
    bulk.id = *id;
    bulk.title = stage.ui.backend.started.front().title;
    bulk.total = 47;
    bulk.waiting = 46;
    bulk.retrying = 1;
    bulk.startedAt = stage.ui.backend.now();
    stage.ui.backend.post(bulk);
    stage.settle();
    QVERIFY(!stage.bars().contains(u"untouched"_s));
    bulk.retrying = 0;
    bulk.failedAgain = 1;
    bulk.sameError = 1;
    bulk.state = devserver::BulkState::StoppedByErrors;
    stage.ui.backend.post(bulk);
    stage.settle();
    QVERIFY2(stage.bars().contains(u"Stopped, the same error came back: 0 completed, 1 failed "
                                   "again, 46 untouched"_s),
             qPrintable(stage.bars()));
    stage.pressBarButton(u"Show 1 failed again"_s);
    QCOMPARE(child<QLineEdit>(stage.view.get(), "deadFilter")->text(),
             u"bulk-failed:"_s + QString::fromLatin1(bulk.id.toText())
                 + u" state:open,retrying,resolved,discarded"_s);
}

void TestDeadView::editedDataAreChecked()
{
    UiFixture ui;
    const Scene scene = fillScene(ui.backend);
    DeadView view(ui.context);
    QDialog *dialog = editLetter(ui, view, scene.deadCharge);
    auto *edit = child<QPlainTextEdit>(dialog, "deadEditNew");
    auto *old = child<QPlainTextEdit>(dialog, "deadEditOld");
    auto *go = child<QPushButton>(dialog, "deadEditGo");
    QVERIFY(old->isReadOnly());
    QCOMPARE(dialog->windowTitle(), u"Edit and retry charge-order"_s);
    const auto *run = child<QLabel>(dialog, "deadEditRun");
    QCOMPARE(run->text(), QString::fromLatin1(scene.deadCharge.toText()));
    QVERIFY(QFontInfo(run->font()).fixedPitch());
    QCOMPARE(edit->toPlainText(), old->toPlainText());
    QVERIFY(edit->toPlainText().contains(u"\"id\""_s));
    shoot(dialog, u"dead_edit"_s);
    QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClicks(edit, u"{\"id\" 1"_s);
    QTRY_VERIFY(!go->isEnabled());
    QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClicks(edit, u"{\"id\": 1}"_s);
    QTRY_VERIFY(go->isEnabled());
    QCOMPARE(child<QLabel>(dialog, "deadEditStatus")->text(), u"Valid JSON · 9 B"_s);
    QTRY_VERIFY(!old->extraSelections().isEmpty()); // what was taken out
    QCOMPARE(go->text(), u"Retry as a new run"_s);
    QVERIFY(go->isDefault());
    const auto *cancel =
        child<QDialogButtonBox>(dialog, "deadEditButtons")->button(QDialogButtonBox::Cancel);
    QVERIFY(cancel->x() < go->x());
    const auto *kept = child<QLabel>(dialog, "deadEditKept");
    QCOMPARE(kept->text(), u"Every step runs again."_s);
    auto *keeps = child<QCheckBox>(dialog, "deadEditKeep");
    QTest::mouseClick(keeps, Qt::LeftButton, {}, {8, keeps->height() / 2});
    QVERIFY2(kept->text().startsWith(u"Retry keeps "_s), qPrintable(kept->text()));
    auto *why = child<QLineEdit>(dialog, "deadEditWhy");
    why->setFocus();
    QTest::keyClicks(why, u" the customer had moved "_s);
    edit->setFocus(); // where Enter is a new line
    QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
    ui.beat();
    const auto acted = ui.backend.actedWith<devserver::RetryEdited>();
    QCOMPARE(acted.size(), 1U);
    QCOMPARE(acted.front().run, scene.deadCharge);
    QCOMPARE(acted.front().data.bytes(), R"({"id": 1})"_ba);
    QVERIFY(acted.front().reusesSteps);
    QCOMPARE(acted.front().note, "the customer had moved"_ba);
}

void TestDeadView::editedLettersSayWhyInTheirHistory()
{
    devserver::api::RunRecord record;
    record.letter = devserver::DeadLetter{};
    record.letter->state = LetterState::Resolved;
    record.letter->closedAt = runRow(20).queuedAt;
    record.letter->resolution = devserver::RawJson::fromTrusted(
        R"({"how":"edited","note":"the customer had moved","run_id":")" + runId(30).toText()
        + R"("})");
    LetterHistoryModel model;
    model.setRecord(record);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, LetterHistoryModel::What).data().toString(), u"Edited and retried"_s);
    QCOMPARE(model.index(0, LetterHistoryModel::Detail).data().toString(),
             u"Goes on as run %1: the customer had moved"_s.arg(shortId(runId(30).toText())));
}

void TestDeadView::discardNeedsAReasonAndCanBeUndone()
{
    LettersStage stage({letter(40), letter(30), letter(20)});
    stage.focusRow(1);
    QTest::keyClick(stage.table, Qt::Key_Delete);
    stage.settle();
    auto *go = child<QPushButton>(stage.view.get(), "deadDiscardGo");
    auto *reason = child<QComboBox>(stage.view.get(), "deadDiscardReason");
    QVERIFY(!go->isEnabled());
    // Its row may lie below: which one it is stands above.
    QCOMPARE(child<QWidget>(stage.view.get(), "deadDiscardSheet")->accessibleName(),
             u"Discard the dead letter of charge-order (9 m ago)"_s);
    QVERIFY(child<QLabel>(stage.view.get(), "deadDiscardLabel")->isVisible());
    QCOMPARE(child<QLabel>(stage.view.get(), "deadDiscardNote")->text(),
             u"It leaves the list and can be restored for 7 days."_s);
    QVERIFY(go->mapTo(stage.view.get(), QPoint()).y() // no empty band between them
            < reason->mapTo(stage.view.get(), QPoint(0, reason->height())).y() + go->height());
    QTest::keyClick(reason->lineEdit(), Qt::Key_Return); // not without a reason
    QVERIFY(stage.ui.backend.actedWith<devserver::DiscardLetter>().empty());
    QTest::keyClicks(reason->lineEdit(), u"test data"_s);
    QVERIFY(go->isEnabled());
    QTest::mouseClick(go, Qt::LeftButton);
    stage.settle();
    const auto acted = stage.ui.backend.actedWith<devserver::DiscardLetter>();
    QCOMPARE(acted.size(), 1U);
    QCOMPARE(acted.front().run, runId(30));
    QCOMPARE(acted.front().reason, "test data"_ba);
    LetterSummary row = letter(30);
    row.state = LetterState::Discarded;
    stage.ui.backend.post(row);
    stage.passTime();
    QCOMPARE(stage.table->model()->rowCount(), 2);
    QVERIFY2(stage.bars().contains(u"1 letter discarded"_s), qPrintable(stage.bars()));

    stage.table->setFocus();
    stage.settle();
    QTest::keyClick(stage.table, Qt::Key_Z, Qt::ControlModifier);
    stage.settle();
    QCOMPARE(stage.ui.backend.actedWith<devserver::RestoreLetter>().size(), 1U);
    row.state = LetterState::Open;
    stage.ui.backend.post(row);
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 3);
    QCOMPARE(stage.table->list()->idAt(1), runId(30).toText());
    QCOMPARE(stage.table->selectedIds(), QByteArrayList{runId(30).toText()});

    // The reason is offered the next time.
    QTest::keyClick(stage.table, Qt::Key_Delete);
    stage.settle();
    QCOMPARE(reason->currentText(), u"test data"_s);
    QVERIFY(go->isEnabled());
}

void TestDeadView::discardedOnesAreShownAndRestored()
{
    LetterSummary binned = letter(20);
    binned.state = LetterState::Discarded;
    binned.discardReason = "test data"_ba;
    LettersStage stage({letter(30), binned});
    QCOMPARE(stage.table->model()->rowCount(), 1);
    auto *box = child<QCheckBox>(stage.view.get(), "deadShowDiscarded");
    QTest::mouseClick(box, Qt::LeftButton, {}, {8, box->height() / 2});
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 2);
    QCOMPARE(stage.cell(1, LetterColumn::Reason), u"discarded: test data"_s);
    stage.focusRow(1);
    QVERIFY(!child<QToolButton>(stage.view.get(), "deadRetry")->isEnabled());
    QTRY_COMPARE(child<QLabel>(stage.view.get(), "deadKeeps")->text(),
                 u"Discarded: restore it to retry it"_s);
    stage.click("deadRestore");
    const auto acted = stage.ui.backend.actedWith<devserver::RestoreLetter>();
    QCOMPARE(acted.size(), 1U);
    QCOMPARE(acted.front().run, runId(20));
}

void TestDeadView::theDetailSaysWhatIsKept()
{
    LettersStage stage({letter(30), letter(20)});
    stage.focusRow(0);
    QTRY_COMPARE(child<QLabel>(stage.view.get(), "deadKeeps")->text(),
                 u"Retry keeps load-order and check-fraud and goes on at charge-card"_s);
    QVERIFY(
        child<QLabel>(stage.view.get(), "deadFacts")->text().contains(u"5 of 5 attempts used"_s));
    auto *tabs = child<QTabWidget>(stage.view.get(), "deadTabs");
    QCOMPARE(tabs->count(), 5);
    clickTab(tabs, 3);
    QSignalSpy gone(&stage.ui.navigator, &Navigator::goRequested);
    stage.table->setFocus();
    QTest::keyClick(stage.table, Qt::Key_Return);
    QCOMPARE(gone.count(), 1);
}

void TestDeadView::withoutLettersItSaysSo()
{
    LettersStage stage({});
    auto *empty = child<QWidget>(stage.view.get(), "deadEmpty");
    QVERIFY(empty->isVisible());
    QStringList texts;
    for (const QLabel *label : empty->findChildren<QLabel *>())
        texts.append(label->text());
    QVERIFY(texts.contains(u"No dead letters"_s));
    QVERIFY(texts.contains(u"Failed work that used up its attempts will wait here."_s));
    shoot(stage.view.get(), u"dead_empty"_s);
    devserver::Function function;
    function.config.slug = letter(30).slug;
    stage.ui.backend.post(devserver::FunctionChanged{.function = function});
    stage.ui.backend.post(letter(30));
    stage.settle();
    QTRY_VERIFY(!empty->isVisible());
    // What dies while it is looked at can be retried, wherever the focus is.
    for (const char *name : {"deadRetryGroup", "deadRetry", "deadDiscard", "deadEdit"})
        QTRY_VERIFY2(child<QToolButton>(stage.view.get(), name)->isEnabled(), name);
}

void TestDeadView::groupsCanStandByError()
{
    LetterSummary refund = letter(25);
    refund.slug = "shop-refund"_ba;
    refund.functionName = "refund"_ba;
    LettersStage stage({letter(30), refund, letter(10, "CurrencyError"_ba)});
    auto *groups = qobject_cast<LetterGroupModel *>(stage.tree->model());
    QAbstractItemModelTester tester(groups, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy resets(groups, &QAbstractItemModel::modelReset);
    QTest::mouseClick(stage.tree->viewport(), Qt::LeftButton, {},
                      stage.tree
                          ->visualRect(groups->indexOf(
                              {.slug = "shop-refund"_ba, .fingerprint = "print-TimeoutError"_ba}))
                          .center());
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 1);
    QTest::keyClick(stage.tree, Qt::Key_G);
    stage.settle();
    QCOMPARE(child<QToolButton>(stage.view.get(), "deadGroupBy")->text(), u"Error, function"_s);
    QCOMPARE(groups->rowCount(), 3); // all, two errors
    const QModelIndex error = groups->indexOf({.fingerprint = "print-TimeoutError"_ba});
    QCOMPARE(error.data().toString(), u"TimeoutError"_s);
    QCOMPARE(error.data(LetterGroupModel::MessageRole).toString(), u"the gateway did not answer"_s);
    QCOMPARE(error.data(LetterGroupModel::CountRole).toInt(), 2);
    QCOMPARE(groups->rowCount(error), 2);
    QCOMPARE(stage.tree->currentIndex().data().toString(), u"refund"_s); // the choice stays
    QCOMPARE(stage.table->model()->rowCount(), 1);
    QTest::mouseClick(stage.tree->viewport(), Qt::LeftButton, {},
                      stage.tree->visualRect(error).center());
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 2);
    QCOMPARE(child<QToolButton>(stage.view.get(), "deadRetryGroup")->text(), u"Retry 2…"_s);
    QCOMPARE(resets.count(), 0);
}

void TestDeadView::narrowItShowsWhatMatters()
{
    LettersStage stage({letter(30), letter(20)});
    stage.view->resize(748, 560);
    stage.settle();
    QVERIFY(!stage.table->horizontalScrollBar()->isVisible());
    QVERIFY(!stage.table->isColumnHidden(static_cast<int>(LetterColumn::Error)));
    QVERIFY(stage.table->columnWidth(static_cast<int>(LetterColumn::Error)) >= 100);
    // The whole width of the pane is for the words of a group.
    const auto *groups = qobject_cast<LetterGroupModel *>(stage.tree->model());
    const QModelIndex error =
        groups->indexOf({.slug = "shop-charge-order"_ba, .fingerprint = "print-TimeoutError"_ba});
    QVERIFY(stage.tree->visualRect(error).width() >= 200);
    QVERIFY(stage.tree->visualRect(error).height() > 2 * stage.tree->fontMetrics().height());
    stage.focusRow(0);
    auto *title = child<QLabel>(stage.view.get(), "deadTitle");
    QTRY_COMPARE(title->text(), u"charge-order"_s);
    QVERIFY(title->width() >= title->fontMetrics().horizontalAdvance(title->text()));
    for (const char *name : {"deadRetry", "deadEdit", "deadDiscard", "deadOpenRun", "deadExport"}) {
        auto *button = child<QToolButton>(stage.view.get(), name);
        const QRect inView(button->mapTo(stage.view.get(), QPoint()), button->size());
        QVERIFY2(stage.view->rect().contains(inView), name);
    }
    shoot(stage.view.get(), u"dead_narrow"_s);
}

void TestDeadView::aBulkIsFollowedAndStopped()
{
    LettersStage stage({letter(30), letter(20)});
    auto *strip = child<QWidget>(stage.view.get(), "deadProgress");
    QVERIFY(!strip->isVisible());
    devserver::Bulk bulk; // begun before the window was there
    bulk.id.value = devserver::Ulid::fromParts(stage.ui.backend.now(), {1});
    bulk.title = "48 letters in \"TimeoutError\""_ba;
    bulk.total = 48;
    bulk.completed = 20;
    bulk.failedAgain = 2;
    bulk.retrying = 4;
    bulk.waiting = 22;
    bulk.perSecond = 5;
    stage.ui.backend.post(bulk);
    stage.settle();
    QVERIFY(strip->isVisible());
    const QString numbers = child<QLabel>(stage.view.get(), "deadProgressNumbers")->text();
    for (const QString &part :
         {u"22 of 48 done"_s, u"2 failed again"_s, u"26 left"_s, u"5 per second"_s})
        QVERIFY2(numbers.contains(part), qPrintable(numbers));
    shoot(stage.view.get(), u"dead_progress"_s);
    stage.click("deadProgressStop");
    QCOMPARE(stage.ui.backend.stopped, std::vector<devserver::BulkId>{bulk.id});
    bulk.state = devserver::BulkState::StoppedByHand;
    stage.ui.backend.post(bulk);
    stage.settle();
    QVERIFY(!strip->isVisible());
}

void TestDeadView::sameErrorsAreFound()
{
    LettersStage stage({letter(30), letter(20), letter(10, "CurrencyError"_ba)});
    stage.focusRow(2);
    stage.click("deadFindError");
    QCOMPARE(child<QLineEdit>(stage.view.get(), "deadFilter")->text(),
             u"sig:print-CurrencyError"_s);
    QTRY_COMPARE(stage.table->model()->rowCount(), 1);
    stage.click("deadErrorCopy");
    QVERIFY2(stage.ui.desktop.copied.contains(u"CurrencyError"_s),
             qPrintable(stage.ui.desktop.copied));
}

void TestDeadView::pictures()
{
    UiFixture ui;
    const Scene scene = fillScene(ui.backend);
    for (LetterSummary &row : ui.backend.letters) {
        const bool isCharge = row.slug.contains("charge");
        row.errorName = isCharge ? "TimeoutError"_ba : "CurrencyError"_ba;
        row.errorMessage =
            isCharge ? "the card gateway did not answer within 30 s"_ba : "unknown currency"_ba;
        row.fingerprint = row.errorName;
    }
    DeadView view(ui.context);
    ui.show(&view, {1440, 860});
    const auto settle = [&ui] {
        for (int i = 0; i < 4; ++i)
            ui.beat();
    };
    settle();
    auto *table = child<ListTable>(&view, "deadTable");
    clickRowOf(table, scene.deadCharge.toText());
    QTRY_VERIFY(!child<QLabel>(&view, "deadKeeps")->text().isEmpty());
    settle();
    shoot(&view, u"dead_groups"_s);
    auto *button = child<QToolButton>(&view, "deadRetryGroup");
    QTest::mouseClick(button, Qt::LeftButton);
    settle();
    QVERIFY(child<QWidget>(&view, "deadSheet")->isVisible());
    shoot(&view, u"dead_sheet"_s);
    ui.theme.choose(ThemeChoice::Dark, false);
    settle();
    shoot(&view, u"dead_sheet_dark"_s);
    QTest::keyClick(child<QWidget>(&view, "deadSheetGo"), Qt::Key_Escape);
    auto *tabs = child<QTabWidget>(&view, "deadTabs");
    for (const int tab : {0, 1, 2, 3, 4}) {
        clickTab(tabs, tab);
        settle();
        shoot(&view, u"dead_dark_%1"_s.arg(tab));
    }
    QCOMPARE(tabs->currentIndex(), 4);
}

UI_TEST_MAIN(TestDeadView)

#include "tst_deadview.moc"
