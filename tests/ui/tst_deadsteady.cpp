// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/lettersstage.h"
#include "tests/ui/support/scene.h"
#include "ui/core/lettergroupmodel.h"

#include <QDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPointer>
#include <QToolButton>

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
    void onlyOpenOnesAreCountedForARetry();
    void withoutALetterThereIsNothingToPress();
};

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
    QVERIFY(!stage.tree->currentIndex().isValid());
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
    QCOMPARE(keeps->text(), u"Resolved: there is nothing to retry"_s);
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

UI_TEST_MAIN(TestDeadSteady)
#include "tst_deadsteady.moc"
