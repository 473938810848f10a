// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/panelstage.h"
#include "tests/ui/support/runsstage.h"
#include "ui/letters/letterediting.h"
#include "ui/widgets/infobar.h"

#include <QContextMenuEvent>
#include <QDialog>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;
using devserver::api::RunSummary;

class TestRunActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersWhatFitsTheState_data();
    void offersWhatFitsTheState();
    void editsTheDataOfADeadRun();
    void editsNothingWithoutAFunction();
    void leadsToTheLetter();
    void countsWhatAnActionFits();
    void asksBeforeManyRuns();
    void manyLettersAreOneBulk();
    void showsARefusal();
    void saysWhatItBegan();
    void offersToRerunWhatWasCancelled();
    void aRefusalKeepsWhatWasSaid();
    void keysThatDoNothingSayWhy_data();
    void keysThatDoNothingSayWhy();
    void contextMenuHasTheActions();
    void copiesRows();
    void copiesReports();
    void actsOnAllThatMatch();
    void leavesAllThatMatch();
    void rowsThatAreNotMeantAreNotChecked();
    void aRetryAskedForTwiceIsToldOnce_data();
    void aRetryAskedForTwiceIsToldOnce();
    void ofOtherDataNoFailureIsTold();
};

void TestRunActions::offersWhatFitsTheState_data()
{
    QTest::addColumn<RunSummary>("run");
    QTest::addColumn<QByteArrayList>("offered");
    const QByteArrayList live = {"run.cancel"_ba};
    const QByteArrayList over = {"run.rerun"_ba, "run.rerunWatch"_ba};
    QTest::addRow("queued") << runIn(DisplayState::Queued) << live;
    QTest::addRow("running") << runIn(DisplayState::Running) << live;
    QTest::addRow("sleeping") << runIn(DisplayState::Waiting, WaitReason::Sleep)
                              << QByteArrayList({"run.cancel"_ba, "run.skip"_ba});
    QTest::addRow("backing off") << runIn(DisplayState::Waiting, WaitReason::Backoff)
                                 << QByteArrayList({"run.cancel"_ba, "run.retryNow"_ba});
    QTest::addRow("app offline") << runIn(DisplayState::Waiting, WaitReason::AppOffline) << live;
    QTest::addRow("completed") << runIn(DisplayState::Completed) << over;
    QTest::addRow("failed") << runIn(DisplayState::Failed) << over;
    QTest::addRow("dead") << runIn(DisplayState::Dead)
                          << QByteArrayList({"run.retry"_ba, "run.edit"_ba, "run.rerun"_ba,
                                             "run.rerunWatch"_ba, "run.goLetter"_ba});
    QTest::addRow("cancelled") << runIn(DisplayState::Cancelled) << over;
    QTest::addRow("skipped") << runIn(DisplayState::Skipped) << over;
}

void TestRunActions::offersWhatFitsTheState()
{
    QFETCH(RunSummary, run);
    QFETCH(QByteArrayList, offered);
    Stage stage({run});
    stage.clickRow(0);
    for (const char *id : {"run.retry", "run.edit", "run.retryNow", "run.rerun", "run.rerunWatch",
                           "run.cancel", "run.skip", "run.goLetter"}) {
        const Availability now = stage.actionNow(id);
        QVERIFY2(now.isEnabled == offered.contains(QByteArray(id)), id);
        QVERIFY2(now.isEnabled || !now.reason.isEmpty(), id);
    }
}

namespace {

/// By the keys of the context menu.
void chooseInMenu(Stage &stage, const QString &id)
{
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {5, 5}, {5, 5});
    QApplication::sendEvent(stage.table->viewport(), &event);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu != nullptr);
    for (int step = 0; step < menu->actions().size(); ++step) {
        QTest::keyClick(menu, Qt::Key_Down);
        if (menu->activeAction() != nullptr && menu->activeAction()->objectName() == id)
            break;
    }
    QVERIFY2(menu->activeAction() != nullptr && menu->activeAction()->objectName() == id,
             qPrintable(id));
    QTest::keyClick(menu, Qt::Key_Return);
}

} // namespace

/// By the same dialog as in Dead letters.
void TestRunActions::editsTheDataOfADeadRun()
{
    RunSummary dead = runIn(DisplayState::Dead);
    dead.errorName = "CardDeclined"_ba;
    Stage stage({dead});
    editRunsWhenAsked(stage.fixture.context);
    stage.clickRow(0);
    chooseInMenu(stage, u"run.edit"_s);
    QTRY_VERIFY(stage.view->findChild<QDialog *>(u"deadEditDialog"_s) != nullptr);
    const auto *dialog = stage.view->findChild<QDialog *>(u"deadEditDialog"_s);
    QCOMPARE(dialog->windowTitle(), u"Edit and retry charge-order"_s);
    const auto *facts = child<QLabel>(dialog, "deadEditFacts");
    QVERIFY2(facts->text().contains(u"CardDeclined"_s), qPrintable(facts->text()));
    auto *edit = child<QPlainTextEdit>(dialog, "deadEditNew");
    QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClicks(edit, u"{\"id\": 1}"_s);
    auto *go = child<QPushButton>(dialog, "deadEditGo");
    QTRY_VERIFY(go->isEnabled());
    QTest::mouseClick(go, Qt::LeftButton);
    QTRY_COMPARE(stage.fixture.backend.actedWith<devserver::RetryEdited>().size(), 1U);
    QCOMPARE(stage.fixture.backend.actedWith<devserver::RetryEdited>().front().run, dead.id);
    QTRY_VERIFY(stage.view->findChild<QDialog *>(u"deadEditDialog"_s) == nullptr);
    QCOMPARE(stage.view->focusWidget(), stage.table);
    QStringList texts;
    for (const QLabel *label : stage.view->infoBars().findChildren<QLabel *>())
        texts.append(label->text());
    QVERIFY2(texts.join(u' ').contains(u"A new run goes on with the changed data"_s),
             qPrintable(texts.join(u'\n')));
}

/// A retry as it is waits for it, a new run does not.
void TestRunActions::editsNothingWithoutAFunction()
{
    const RunSummary dead = runIn(DisplayState::Dead);
    Stage stage({dead});
    stage.clickRow(0);
    QVERIFY(stage.actionNow("run.edit"_ba).isEnabled);
    devserver::Function function;
    function.config.slug = dead.slug;
    function.isArchived = true;
    stage.fixture.backend.post(devserver::FunctionChanged{.function = function});
    stage.settle();
    const Availability edit = stage.actionNow("run.edit"_ba);
    QVERIFY(!edit.isEnabled);
    QCOMPARE(edit.reason,
             u"Its function is not registered: only a retry with the same data waits for it"_s);
    QVERIFY(stage.actionNow("run.retry"_ba).isEnabled);
    QTest::keyClick(stage.table, Qt::Key_Return); // and so says its panel
    stage.settle();
    child<QWidget>(stage.view.get(), "timelineView")->setFocus();
    QTRY_COMPARE(stage.actionNow("run.edit"_ba).reason, edit.reason);
}

void TestRunActions::leadsToTheLetter()
{
    const RunSummary dead = runIn(DisplayState::Dead);
    Stage stage({dead});
    stage.clickRow(0);
    QSignalSpy gone(&stage.fixture.navigator, &Navigator::goRequested);
    chooseInMenu(stage, u"run.goLetter"_s);
    QTRY_COMPARE(gone.size(), 1);
    const auto place = gone.front().front().value<Place>();
    QCOMPARE(place.view, "dead"_ba);
    QCOMPARE(place.subject, dead.id.toText());
}

void TestRunActions::countsWhatAnActionFits()
{
    std::vector<RunSummary> rows = completedRuns(5);
    for (const std::size_t at : {0U, 2U, 3U}) {
        rows[at].status = devserver::RunStatus::Failed;
        rows[at].letter = devserver::LetterState::Open;
    }
    Stage stage(rows);
    stage.clickRow(0);
    stage.clickRow(4, 1, Qt::ShiftModifier);
    QCOMPARE(stage.actionNow("run.retry"_ba).text, u"Retry 3 of 5"_s);
    QCOMPARE(stage.actionNow("run.rerun"_ba).text, u"Rerun 5"_s);
    QVERIFY(!stage.actionNow("run.cancel"_ba).isEnabled);
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    const auto acted = stage.fixture.backend.actedWith<devserver::RetryLetter>();
    QCOMPARE(acted.size(), 3U);
    QCOMPARE(acted[0].run, rows[0].id);
    QCOMPARE(acted[1].run, rows[2].id);
    QCOMPARE(acted[2].run, rows[3].id);
}

void TestRunActions::asksBeforeManyRuns()
{
    Stage stage(completedRuns(30));
    stage.clickRow(0);
    QTest::keyClick(stage.table, Qt::Key_A, Qt::ControlModifier);
    (void)stage.actionNow("run.rerun"_ba);
    const auto box = [&stage] { return stage.view->findChild<QMessageBox *>(u"runsConfirm"_s); };
    QTest::keyClick(stage.table, Qt::Key_R);
    QVERIFY(box() != nullptr);
    QVERIFY(stage.fixture.backend.acted.empty());
    QCOMPARE(box()->windowTitle(), u"Rerun 30"_s);
    QTest::keyClick(box(), Qt::Key_Return); // Cancel is the default
    QTRY_VERIFY(box() == nullptr);
    QVERIFY(stage.fixture.backend.acted.empty());
    stage.view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(stage.view.get()));
    stage.table->setFocus();
    (void)stage.actionNow("run.rerun"_ba);
    QTest::keyClick(stage.table, Qt::Key_R);
    QTRY_VERIFY(box() != nullptr);
    for (QAbstractButton *button : box()->buttons()) {
        if (box()->buttonRole(button) == QMessageBox::AcceptRole)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QTRY_COMPARE(stage.fixture.backend.acted.size(), 30U);
}

void TestRunActions::manyLettersAreOneBulk()
{
    std::vector<RunSummary> rows;
    for (int number = 30; number > 0; --number) {
        RunSummary run = runIn(DisplayState::Dead);
        run.id = runId(number);
        rows.push_back(run);
    }
    Stage stage(std::move(rows));
    const auto box = [&stage] { return stage.view->findChild<QMessageBox *>(u"runsConfirm"_s); };
    stage.clickRow(0);
    QTest::keyClick(stage.table, Qt::Key_A, Qt::ControlModifier);
    (void)stage.actionNow("run.retry"_ba);
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    QTRY_VERIFY(box() != nullptr);
    QCOMPARE(box()->windowTitle(), u"Retry 30"_s);
    QVERIFY2(box()->text().contains(u"One is tried first"_s), qPrintable(box()->text()));
    for (QAbstractButton *button : box()->buttons()) {
        if (box()->buttonRole(button) == QMessageBox::AcceptRole)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QTRY_COMPARE(stage.fixture.backend.started.size(), 1U);
    QVERIFY(stage.fixture.backend.started.front().triesOneFirst);
    QCOMPARE(stage.fixture.backend.started.front().runs.size(), 30U);
    QVERIFY(stage.fixture.backend.acted.empty());
}

void TestRunActions::showsARefusal()
{
    Stage stage({runIn(DisplayState::Dead)});
    stage.clickRow(0);
    (void)stage.actionNow("run.retry"_ba);
    stage.fixture.backend.refuseNext({devserver::ErrorCode::Conflict, u"it is retrying"_s});
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    QTRY_VERIFY(stage.view->findChild<QWidget *>(u"infoBar"_s) != nullptr);
    QCOMPARE(stage.view->findChild<QWidget *>(u"infoBar"_s)->accessibleName(),
             u"Retry was refused: it is retrying"_s);
}

void TestRunActions::saysWhatItBegan()
{
    Stage stage({runIn(DisplayState::Dead), runRow(1)});
    const auto bars = [&stage] {
        QStringList all;
        for (const QWidget *bar : stage.view->findChildren<QWidget *>(u"infoBar"_s))
            all.append(bar->accessibleName());
        return all.join(u'\n');
    };
    const auto idOf = [&stage](int row) {
        return shortId(qobject_cast<PagedTableModel *>(stage.table->model())->idAt(row));
    };
    stage.clickRow(0);
    (void)stage.actionNow("run.retry"_ba);
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    QTRY_COMPARE(bars(), u"Retry started: "_s + idOf(0));
    QTest::keyClick(stage.table, Qt::Key_R);
    QTRY_VERIFY2(bars().contains(u"Rerun started: "_s), qPrintable(bars()));
    QTest::keyClick(stage.table, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(stage.table, Qt::Key_R);
    QTRY_VERIFY2(bars().contains(u"Rerun started: 2 runs"_s), qPrintable(bars()));
    QCOMPARE(bars().count(u"Rerun started"_s), 1);
}

/// In the list and in the panel of the run.
void TestRunActions::offersToRerunWhatWasCancelled()
{
    const RunSummary waiting = runIn(DisplayState::Waiting, WaitReason::Sleep);
    Stage stage({waiting});
    const auto bar = [&stage]() -> QWidget * {
        for (auto *each : stage.view->findChildren<QWidget *>(u"infoBar"_s)) {
            if (each->isVisible() && each->accessibleName().startsWith(u"Cancelled"_s))
                return each;
        }
        return nullptr;
    };
    const QString said = u"Cancelled charge-order "_s + shortId(waiting.id.toText());
    stage.clickRow(0);
    chooseInMenu(stage, u"run.cancel"_s);
    QTRY_VERIFY(bar() != nullptr);
    QCOMPARE(stage.fixture.backend.actedWith<devserver::CancelRun>().size(), 1U);
    QCOMPARE(bar()->accessibleName(), said);
    QTest::mouseClick(bar()->findChild<QPushButton *>(), Qt::LeftButton);
    QTRY_COMPARE(stage.fixture.backend.actedWith<devserver::RerunRun>().size(), 1U);
    QCOMPARE(stage.fixture.backend.actedWith<devserver::RerunRun>().front().run, waiting.id);
    stage.table->setFocus();
    QTest::keyClick(stage.table, Qt::Key_Return);
    stage.settle();
    auto *cancel = child<QAbstractButton>(stage.view.get(), "runCancel");
    QTRY_VERIFY(cancel->isVisible() && cancel->isEnabled());
    QTest::mouseClick(cancel, Qt::LeftButton);
    QTRY_VERIFY(bar() != nullptr);
    QCOMPARE(bar()->accessibleName(), said);
    QCOMPARE(stage.fixture.backend.actedWith<devserver::CancelRun>().size(), 2U);
}

/// What was begun can still be opened.
void TestRunActions::aRefusalKeepsWhatWasSaid()
{
    Stage stage({runIn(DisplayState::Waiting, WaitReason::Sleep), runRow(1)});
    const auto bars = [&stage] {
        QStringList all;
        for (const QWidget *bar : stage.view->findChildren<QWidget *>(u"infoBar"_s))
            all.append(bar->accessibleName());
        return all.join(u'\n');
    };
    stage.clickRow(1);
    (void)stage.actionNow("run.rerun"_ba);
    QTest::keyClick(stage.table, Qt::Key_R);
    QTRY_VERIFY2(bars().contains(u"Rerun started: "_s), qPrintable(bars()));
    stage.clickRow(0);
    QVERIFY(!stage.actionNow("run.rerun"_ba).isEnabled);
    // Until it is not taken for the second press of the gesture before.
    QTRY_VERIFY2(
        (QTest::keyClick(stage.table, Qt::Key_R), bars().contains(u"Nothing to rerun yet: "_s)),
        qPrintable(bars()));
    QVERIFY2(bars().contains(u"Rerun started: "_s), qPrintable(bars()));
    // Of several only the last one is said.
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    QTRY_VERIFY2(bars().contains(u"Nothing to retry: "_s), qPrintable(bars()));
    QTRY_COMPARE(bars().count(u"Nothing to"_s), 1);
}

void TestRunActions::keysThatDoNothingSayWhy_data()
{
    QTest::addColumn<RunSummary>("run");
    QTest::addColumn<QKeyCombination>("keys");
    QTest::addColumn<QString>("words");
    const RunSummary completed = runIn(DisplayState::Completed);
    QTest::addRow("retry now") << completed << QKeyCombination(Qt::Key_T)
                               << u"Nothing to retry now: this run completed."_s;
    QTest::addRow("retry") << completed << QKeyCombination(Qt::ShiftModifier, Qt::Key_R)
                           << u"Nothing to retry: this run completed."_s;
    RunSummary failed = runIn(DisplayState::Failed);
    QTest::addRow("discarded")
        << failed << QKeyCombination(Qt::ShiftModifier, Qt::Key_R)
        << u"Nothing to retry: this run failed, and its dead letter was discarded; "
           "restore it first."_s;
    failed.letter = devserver::LetterState::Resolved;
    QTest::addRow("edited") << failed << QKeyCombination(Qt::ShiftModifier, Qt::Key_R)
                            << u"Nothing to retry: this run failed, and it was retried as a new "
                               "run."_s;
    failed.letter.reset();
    QTest::addRow("no letter") << failed << QKeyCombination(Qt::ShiftModifier, Qt::Key_R)
                               << u"Nothing to retry: this run failed."_s;
    QTest::addRow("cancel") << runIn(DisplayState::Cancelled)
                            << QKeyCombination(Qt::ControlModifier, Qt::Key_Period)
                            << u"Nothing to cancel: this run was cancelled."_s;
    QTest::addRow("rerun") << runIn(DisplayState::Waiting, WaitReason::Sleep)
                           << QKeyCombination(Qt::Key_R)
                           << u"Nothing to rerun yet: this run sleeps."_s;
}

/// In the list and in the panel of the run, each at its own place.
void TestRunActions::keysThatDoNothingSayWhy()
{
    QFETCH(const RunSummary, run);
    QFETCH(const QKeyCombination, keys);
    Stage stage({run});
    stage.clickRow(0);
    QTest::keyClick(stage.table, keys.key(), keys.keyboardModifiers());
    const auto saidIn = [](const QWidget &view) {
        QStringList said;
        for (const QWidget *bar : view.findChildren<QWidget *>(u"infoBar"_s))
            said.append(bar->accessibleName());
        return said.join(u'\n');
    };
    QFETCH(const QString, words);
    QVERIFY2(saidIn(*stage.view).contains(words), qPrintable(saidIn(*stage.view)));
    // The panel of the run says it itself.
    PanelStage panel;
    devserver::api::RunRecord record;
    record.run.id = run.id;
    record.run.status = run.status;
    record.run.queuedAt = run.queuedAt;
    record.run.startedAt = run.startedAt;
    record.run.endedAt = run.endedAt;
    record.summary = run;
    panel.show(record, stage.fixture.backend.now());
    panel.panel.setFocus();
    panel.ui.beat();
    QTest::keyClick(QApplication::focusWidget(), keys.key(), keys.keyboardModifiers());
    QVERIFY2(saidIn(panel.panel).contains(words), qPrintable(saidIn(panel.panel)));
    QVERIFY(stage.fixture.backend.acted.empty() && panel.ui.backend.acted.empty());
}

void TestRunActions::contextMenuHasTheActions()
{
    Stage stage({runIn(DisplayState::Dead), runRow(1)});
    stage.clickRow(0);
    QTest::keyClick(stage.table, Qt::Key_Menu);
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {5, 5}, {5, 5});
    QApplication::sendEvent(stage.table->viewport(), &event);
    QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu != nullptr);
    QStringList ids;
    for (const QAction *action : menu->actions()) {
        if (!action->isSeparator())
            ids.append(action->objectName());
    }
    QCOMPARE(ids.first(), u"run.open"_s);
    QVERIFY(ids.contains(u"run.retry"_s));
    QStringList inParts;
    for (const QMenu *part : menu->findChildren<QMenu *>()) {
        for (const QAction *action : part->actions())
            inParts.append(action->objectName());
    }
    QVERIFY(inParts.contains(u"list.sameError"_s) && inParts.contains(u"list.aroundTime"_s));
    QVERIFY(inParts.contains(u"run.copyReport"_s));
    shoot(menu, u"runs_menu"_s);
    // A row that leaves waits until the menu is closed.
    stage.fixture.backend.advance(1s);
    QTest::keyClick(menu, Qt::Key_Escape);
    QTRY_VERIFY(QApplication::activePopupWidget() == nullptr);
}

void TestRunActions::copiesRows()
{
    Stage stage(completedRuns(3));
    stage.clickRow(0);
    stage.clickRow(1, 1, Qt::ControlModifier);
    (void)stage.actionNow("list.copy"_ba);
    QTest::keyClick(stage.table, Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = stage.fixture.desktop.copied.split(u'\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines.first().startsWith(u"Completed\tcharge-order\torder/created\t"_s));
    QVERIFY(lines.first().contains(QString::fromLatin1(runId(3).toText())));
    QTest::keyClick(stage.table, Qt::Key_C);
    QCOMPARE(stage.fixture.desktop.copied,
             QString::fromLatin1(runId(3).toText() + '\n' + runId(2).toText()));
}

void TestRunActions::copiesReports()
{
    std::vector<RunSummary> rows = completedRuns(3);
    rows.front().errorName = "Bad|Error"_ba;
    Stage stage(rows);
    const auto choose = [&stage](const QByteArray &id) { // by the keys of the context menu
        stage.fixture.desktop.copied.clear();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {5, 5}, {5, 5});
        QApplication::sendEvent(stage.table->viewport(), &event);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        if (menu == nullptr)
            return;
        const auto goTo = [](QMenu *in, const auto &isIt) {
            for (int step = 0; step < in->actions().size(); ++step) {
                QTest::keyClick(in, Qt::Key_Down);
                if (in->activeAction() != nullptr && isIt(in->activeAction()))
                    return;
            }
        };
        goTo(menu, [](const QAction *action) { return action->text() == u"Copy"_s; });
        QTest::keyClick(menu, Qt::Key_Right);
        auto *part = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        const QString name = QString::fromLatin1(id);
        if (part->activeAction() == nullptr || part->activeAction()->objectName() != name)
            goTo(part, [&name](const QAction *action) { return action->objectName() == name; });
        QTest::keyClick(part, Qt::Key_Return);
    };
    stage.clickRow(0);
    choose("run.copyJson"_ba);
    QTRY_VERIFY(stage.fixture.desktop.copied.startsWith(u"{\n  \"id\": \""_s));
    QVERIFY(stage.fixture.desktop.copied.contains(u"\"state\": \"completed\""_s));
    QVERIFY(stage.fixture.desktop.copied.contains(u"\"queuedAt\": \"2030-01-01T12:00:03.000Z\""_s));
    choose("run.copyReport"_ba);
    QTRY_VERIFY(stage.fixture.desktop.copied.startsWith(u"### charge-order: Completed\n"_s));
    stage.clickRow(1, 1, Qt::ControlModifier);
    choose("run.copyReport"_ba);
    QTRY_COMPARE(stage.fixture.desktop.copied.count(u'\n'), 4);
    QVERIFY(stage.fixture.desktop.copied.contains(u"Bad\\|Error"_s));
}

namespace {

/// 1,200 runs, of which every third is dead.
std::vector<RunSummary> manyRuns()
{
    std::vector<RunSummary> rows = completedRuns(1200);
    for (std::size_t at = 0; at < rows.size(); at += 3) {
        rows[at].status = devserver::RunStatus::Failed;
        rows[at].letter = devserver::LetterState::Open;
    }
    return rows;
}

void selectAllMatching(Stage &stage)
{
    stage.clickRow(0);
    QTest::keyClick(stage.table, Qt::Key_A, Qt::ControlModifier);
    const auto button = [&stage] {
        return stage.view->findChild<QPushButton *>(u"runsSelectMatching"_s);
    };
    QTRY_VERIFY(button() != nullptr && button()->text() == u"Select all 1,200 matching"_s);
    QTest::mouseClick(button(), Qt::LeftButton);
    QTRY_VERIFY(stage.view->findChild<QPushButton *>(u"runsSelectLoaded"_s) != nullptr);
}

void accept(QMessageBox *box)
{
    for (QAbstractButton *button : box->buttons()) {
        if (box->buttonRole(button) == QMessageBox::AcceptRole)
            QTest::mouseClick(button, Qt::LeftButton);
    }
}

} // namespace

void TestRunActions::actsOnAllThatMatch()
{
    Stage stage(manyRuns());
    const auto box = [&stage] { return stage.view->findChild<QMessageBox *>(u"runsConfirm"_s); };
    selectAllMatching(stage);
    shoot(stage.view.get(), u"runs_matching"_s);
    QCOMPARE(stage.list()->rowCount(), 500); // the others are not loaded for it
    QCOMPARE(stage.actionNow("run.retry"_ba).text, u"Retry all that match…"_s);
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    QTRY_VERIFY(box() != nullptr);
    QCOMPARE(box()->windowTitle(), u"Retry 400"_s); // what will be acted on
    QVERIFY(stage.fixture.backend.started.empty());
    accept(box());
    QTRY_COMPARE(stage.fixture.backend.started.size(), 1U);
    QCOMPARE(stage.fixture.backend.started.front().runs.size(), 400U);
    QVERIFY(stage.fixture.backend.acted.empty());
    QTRY_VERIFY(box() == nullptr);

    stage.view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(stage.view.get()));
    stage.table->setFocus();
    (void)stage.actionNow("run.rerun"_ba);
    QTest::keyClick(stage.table, Qt::Key_R);
    QTRY_VERIFY(box() != nullptr);
    QCOMPARE(box()->windowTitle(), u"Rerun 1,200"_s);
    accept(box());
    QTRY_COMPARE(stage.fixture.backend.actedWith<devserver::RerunRun>().size(), 1200U);
    QCOMPARE(stage.fixture.backend.actedWith<devserver::RerunRun>().back().run, runId(1));
}

void TestRunActions::leavesAllThatMatch()
{
    Stage stage(manyRuns());
    const auto *note = child<QWidget>(stage.view.get(), "runsMatching");
    selectAllMatching(stage);
    QVERIFY(note->isVisible());
    // What comes in belongs to it.
    stage.fixture.backend.post(runRow(1201));
    stage.fixture.beat();
    QCOMPARE(stage.table->selectedRows().size(), 501U);
    QVERIFY(note->isVisible());
    stage.clickRow(2);
    QVERIFY(!note->isVisible());
    QCOMPARE(stage.actionNow("run.rerun"_ba).text, u"Rerun"_s);
    // All rows are loaded: there is nothing to offer.
    Stage few(completedRuns(20));
    few.clickRow(0);
    QTest::keyClick(few.table, Qt::Key_A, Qt::ControlModifier);
    QVERIFY(!child<QWidget>(few.view.get(), "runsMatching")->isVisible());
}

/// While much goes on some row changes with each frame.
void TestRunActions::rowsThatAreNotMeantAreNotChecked()
{
    Stage stage(completedRuns(20));
    const auto changeRow = [&stage](int row) {
        RunSummary run = stage.list()->at(row);
        ++run.stepsDone;
        stage.fixture.backend.post(run);
        stage.settle();
        QCOMPARE(stage.list()->at(row).stepsDone, run.stepsDone);
    };
    stage.clickRow(0);
    changeRow(1); // seen once
    QSignalSpy checked(&stage.fixture.actions, &ActionRegistry::refreshed);
    changeRow(1);
    changeRow(2);
    QCOMPARE(checked.size(), 0);
    changeRow(0);
    QVERIFY(!checked.isEmpty());
}

namespace {

RunSummary deadRun(int cycle)
{
    RunSummary run = runRow(2);
    run.status = devserver::RunStatus::Failed;
    run.letter = devserver::LetterState::Open;
    run.errorName = "TimeoutError";
    run.cycle = cycle;
    return run;
}

QString barsOf(const Stage &stage)
{
    QString all;
    for (const QWidget *bar : stage.view->findChildren<QWidget *>(u"infoBar"_s))
        all += bar->isVisible() ? bar->accessibleName() + u'\n' : QString();
    return all;
}

} // namespace

void TestRunActions::aRetryAskedForTwiceIsToldOnce_data()
{
    QTest::addColumn<bool>("isAnswered"); // the first, before the second is asked for
    QTest::newRow("before the answer") << false;
    QTest::newRow("after it") << true;
}

void TestRunActions::aRetryAskedForTwiceIsToldOnce()
{
    QFETCH(const bool, isAnswered);
    Stage stage({deadRun(0), runRow(1)});
    devserver::test::FakeBackend &backend = stage.fixture.backend;
    backend.holdReplies(true);
    stage.clickRow(0);
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    if (isAnswered)
        backend.releaseReplies();
    backend.refuseNext({devserver::ErrorCode::Stopping, u"not dead"_s});
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    QCOMPARE(backend.actedWith<devserver::RetryLetter>().size(), 2U);
    backend.releaseReplies();
    backend.holdReplies(false);
    backend.post(deadRun(1));
    stage.fixture.beat();
    QTRY_VERIFY2(barsOf(stage).contains(u"Failed again: TimeoutError"_s),
                 qPrintable(barsOf(stage)));
}

void TestRunActions::ofOtherDataNoFailureIsTold()
{
    Stage stage({deadRun(0), runRow(1)});
    stage.clickRow(0);
    QTest::keyClick(stage.table, Qt::Key_R, Qt::ShiftModifier);
    QTRY_VERIFY(barsOf(stage).contains(u"Retry started"_s));
    stage.fixture.backend.post(deadRun(1));
    stage.fixture.beat();
    QTRY_VERIFY(barsOf(stage).contains(u"Failed again"_s));
    devserver::api::ServerState other = stage.fixture.backend.server();
    other.dataFile = u"/srv/other/redrive.db"_s;
    stage.fixture.backend.setState(other);
    stage.fixture.beat();
    QTRY_VERIFY(!barsOf(stage).contains(u"Failed again"_s));
}

UI_TEST_MAIN(TestRunActions)
#include "tst_runactions.moc"
