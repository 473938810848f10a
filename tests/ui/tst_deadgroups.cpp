// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/clicks.h"
#include "tests/ui/support/lettersstage.h"
#include "ui/core/lettergroupmodel.h"
#include "ui/shell/navrail.h"
#include "ui/shell/railbutton.h"
#include "ui/widgets/filteredit.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QDateTimeEdit>
#include <QDialog>
#include <QHeaderView>
#include <QHelpEvent>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>
#include <QToolTip>

#include <algorithm>
#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;
using devserver::LetterState;
using devserver::api::LetterSummary;

/// Groups of Dead letters beyond function and error, and what is done with them.
class TestDeadGroups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void byApp();
    void byHour();
    void cellsThatFilter();
    void aMutedGroupIsNotCounted();
    void mutingEndsInTime();
    void mutedUntilADate();
    void whatIsTooOldIsNotRestored();
    void bothNumbersOfABulkAreLinks();
    void runningWorkDrawsARing();
    void retriedSaysWhenAndHow();
    void theRuleIsExplained();
    void rowsSayWhatTheGroupDoesNot();
    void whatDiffersHasRoomBesideTheInspector();
    void trendsHaveTheSameAxes();
    void liveCanBePaused();
    void theSheetFitsALowPane();
    void theSheetCutsNoRow();
    void cancelTakesTheEnterKey();
    void anOpenQuestionComesFirst();
    void theRightArrowGoesIntoTheTable();
    void buttonsOfLettersStayThat();
    void aNumberIsSaidWhereItIsKnown_data();
    void aNumberIsSaidWhereItIsKnown();
};

namespace {

LetterSummary mailLetter(int number)
{
    LetterSummary row = letter(number, "SmtpError"_ba);
    row.slug = "mail-send-welcome"_ba;
    row.functionName = "send-welcome"_ba;
    row.appName = "mail"_ba;
    row.errorMessage = "connection refused"_ba;
    row.preview = R"({"id":"u_1"})"_ba;
    return row;
}

void clickRow(LettersStage &stage, const QModelIndex &index)
{
    QVERIFY(index.isValid());
    QTest::mouseClick(stage.tree->viewport(), Qt::LeftButton, {},
                      stage.tree->visualRect(index).center());
    stage.settle();
}

/// Until the groups stand by this.
void groupBy(LettersStage &stage, const QString &words)
{
    auto *button = child<QToolButton>(stage.view.get(), "deadGroupBy");
    stage.tree->setFocus();
    for (int i = 0; i < 4 && button->text() != words; ++i) {
        QTest::keyClick(stage.tree, Qt::Key_G);
        stage.settle();
    }
    QCOMPARE(button->text(), words);
}

/// Opens the menu of `Mute` and chooses the entry.
void chooseMute(LettersStage &stage, const QString &entry)
{
    auto *menu = child<QMenu>(stage.view.get(), "deadMuteMenu");
    auto *button = child<QToolButton>(stage.view.get(), "deadMute");
    QVERIFY(button->isEnabled());
    QTimer::singleShot(0, menu, [menu, entry] { // the menu has an event loop of its own
        for (QAction *action : menu->actions()) {
            if (action->text() == entry)
                QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
        }
    });
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(!menu->isVisible());
    stage.view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(stage.view.get()));
    stage.settle();
}

void pressKey(LettersStage &stage, LetterColumn column, Qt::Key key)
{
    stage.table->scrollTo(stage.table->model()->index(0, static_cast<int>(column)));
    QTest::mouseClick(
        stage.table->viewport(), Qt::LeftButton, {},
        stage.table->visualRect(stage.table->model()->index(0, static_cast<int>(column))).center());
    stage.settle();
    QTest::keyClick(stage.table, key);
    stage.settle();
}

} // namespace

void TestDeadGroups::byApp()
{
    LettersStage stage({letter(30), letter(20), mailLetter(15), letter(10, "CurrencyError"_ba)});
    auto *groups = qobject_cast<LetterGroupModel *>(stage.tree->model());
    QAbstractItemModelTester tester(groups, QAbstractItemModelTester::FailureReportingMode::QtTest);
    groupBy(stage, u"App"_s);
    QCOMPARE(groups->rowCount(), 3); // all, two apps
    const QModelIndex shop = groups->indexOf({.app = "shop"_ba});
    QCOMPARE(shop.data().toString(), u"shop"_s);
    QCOMPARE(shop.data(LetterGroupModel::CountRole).toInt(), 3);
    QCOMPARE(groups->rowCount(shop), 2);
    const QModelIndex error = groups->index(0, 0, groups->indexOf({.app = "mail"_ba}));
    QCOMPARE(error.data(LetterGroupModel::MessageRole).toString(),
             u"send-welcome: connection refused"_s);
    clickRow(stage, shop);
    QTRY_COMPARE(stage.table->model()->rowCount(), 3);
    QCOMPARE(child<QToolButton>(stage.view.get(), "deadRetryGroup")->text(), u"Retry 3…"_s);
    clickRow(stage, error);
    QTRY_COMPARE(stage.table->model()->rowCount(), 1);
    stage.click("deadRetryGroup");
    stage.click("deadSheetGo");
    QCOMPARE(stage.ui.backend.started.size(), 1U);
    QCOMPARE(stage.ui.backend.started.front().runs, std::vector{runId(15)});
    const QByteArray title = stage.ui.backend.started.front().title; // an error has many functions
    QVERIFY2(title.startsWith("1 letter in \"") && title.endsWith("\" of mail-send-welcome"),
             title.constData());
}

void TestDeadGroups::byHour()
{
    LetterSummary early = letter(10, "CurrencyError"_ba);
    early.failedAt -= 2h;
    LetterSummary before = mailLetter(15);
    before.failedAt -= 24h;
    LettersStage stage({letter(30), letter(20), early, before});
    auto *groups = qobject_cast<LetterGroupModel *>(stage.tree->model());
    QAbstractItemModelTester tester(groups, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy resets(groups, &QAbstractItemModel::modelReset);
    groupBy(stage, u"Hour"_s);
    QTRY_COMPARE(groups->rowCount(), 4);
    QCOMPARE(groups->index(1, 0).data().toString(), u"12:00 – 13:00"_s); // newest on top
    QCOMPARE(groups->index(2, 0).data().toString(), u"10:00 – 11:00"_s);
    QCOMPARE(groups->index(3, 0).data().toString(), u"Yesterday, 12:00 – 13:00"_s);
    QVERIFY(stage.tree->isExpanded(groups->index(1, 0)));
    QVERIFY(!stage.tree->isExpanded(groups->index(2, 0)));
    clickRow(stage, groups->index(2, 0));
    QTRY_COMPARE(stage.table->model()->rowCount(), 1);
    QCOMPARE(stage.table->list()->idAt(0), runId(10).toText());
    clickRow(stage, groups->index(1, 0));
    QTRY_COMPARE(stage.table->model()->rowCount(), 2);
    shoot(stage.view.get(), u"dead_hours"_s);
    stage.ui.backend.post(mailLetter(40));
    stage.settle();
    QTRY_COMPARE(groups->index(1, 0).data(LetterGroupModel::CountRole).toInt(), 3);
    QCOMPARE(stage.table->model()->rowCount(), 3);
    QCOMPARE(resets.count(), 0);
    groupBy(stage, u"Function, error"_s);
    QTRY_COMPARE(groups->rowCount(), 3);
    QTRY_COMPARE(stage.table->model()->rowCount(), 5); // the hour is no group any more
}

void TestDeadGroups::cellsThatFilter()
{
    LetterSummary other = letter(20);
    other.reason = "non_retriable"_ba;
    other.failedAt -= 1h;
    LettersStage stage({letter(30), other});
    auto *line = child<QLineEdit>(stage.view.get(), "deadFilter");
    pressKey(stage, LetterColumn::When, Qt::Key_Equal);
    QCOMPARE(line->text(), u"ended:2030-01-01T12:00"_s);
    QTRY_COMPARE(stage.table->model()->rowCount(), 1);
    pressKey(stage, LetterColumn::When, Qt::Key_Minus);
    QTRY_COMPARE(stage.table->list()->idAt(0), runId(20).toText());
    line->setFocus();
    QTest::keyClick(line, Qt::Key_Escape);
    QTRY_COMPARE(stage.table->model()->rowCount(), 2);
    pressKey(stage, LetterColumn::Reason, Qt::Key_Equal);
    QCOMPARE(line->text(), u"reason:used-up"_s);
    QTRY_COMPARE(stage.table->model()->rowCount(), 1);
    // What the language cannot say is said.
    pressKey(stage, LetterColumn::Payload, Qt::Key_Equal);
    QCOMPARE(line->text(), u"reason:used-up"_s);
    QVERIFY2(stage.bars().contains(u"A payload holds many values"_s), qPrintable(stage.bars()));
}

void TestDeadGroups::aMutedGroupIsNotCounted()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u".redrive/muted.json"_s);
    LettersStage stage({letter(30), letter(20), mailLetter(15), letter(10, "CurrencyError"_ba)});
    stage.ui.muted.setFile(file);
    NavRail rail(stage.ui.context);
    const auto *dead = child<RailButton>(&rail, "navDead");
    stage.ui.backend.post(devserver::api::Counters{.dead = 4});
    QObject::connect(&stage.ui.feed, &Feed::countersChanged, &rail, &NavRail::setCounters);
    stage.settle();
    QCOMPARE(dead->badge(), u"4"_s);
    const auto *groups = qobject_cast<LetterGroupModel *>(stage.tree->model());
    clickRow(stage, groups->indexOf(
                        {.slug = "shop-charge-order"_ba, .fingerprint = "print-TimeoutError"_ba}));
    chooseMute(stage, u"Until the error changes"_s);
    QTRY_COMPARE(stage.ui.muted.letters(), 2);
    QCOMPARE(dead->badge(), u"2"_s);
    QVERIFY2(stage.bars().contains(u"charge-order, the gateway did not answer: muted until"_s),
             qPrintable(stage.bars())); // not by the class alone, which others have, too
    QCOMPARE(child<QToolButton>(stage.view.get(), "deadMute")->text(), u"Muted"_s);
    // It stays so after a restart; another error of the same function is counted.
    stage.ui.muted.waitForWrites();
    MutedGroups again(stage.ui.backend, stage.ui.feed, stage.ui.settings);
    again.setFile(file);
    QTRY_COMPARE(again.letters(), 2);
    QVERIFY(!again.isMuted({"shop-charge-order"_ba, "print-CurrencyError"_ba}));
    chooseMute(stage, u"Unmute"_s);
    QTRY_COMPARE(dead->badge(), u"4"_s);
    QCOMPARE(child<QToolButton>(stage.view.get(), "deadMute")->text(), u"Mute"_s);
}

void TestDeadGroups::mutingEndsInTime()
{
    LettersStage stage({letter(30), letter(20), mailLetter(15)});
    const auto *groups = qobject_cast<LetterGroupModel *>(stage.tree->model());
    QVERIFY(child<QToolButton>(stage.view.get(), "deadMute")->isEnabled()); // all of them
    clickRow(stage, groups->indexOf({.slug = "shop-charge-order"_ba}));     // of a function
    chooseMute(stage, u"For an hour"_s);
    QTRY_COMPARE(stage.ui.muted.letters(), 2);
    stage.ui.backend.post(letter(40)); // one more of the same
    stage.settle();
    QTRY_COMPARE(stage.ui.muted.letters(), 3);
    shoot(stage.view.get(), u"dead_muted"_s);
    stage.ui.backend.advance(61min);
    stage.ui.backend.post(letter(41));
    stage.settle();
    QTRY_COMPARE(stage.ui.muted.letters(), 0);
    QCOMPARE(child<QToolButton>(stage.view.get(), "deadMute")->text(), u"Mute"_s);
}

void TestDeadGroups::mutedUntilADate()
{
    LettersStage stage({letter(30), letter(20)});
    auto *menu = child<QMenu>(stage.view.get(), "deadMuteMenu");
    const auto openDialog = [&stage, menu]() -> QDialog * {
        QTimer::singleShot(0, menu, [menu] { // the menu has an event loop of its own
            for (QAction *action : menu->actions()) {
                if (action->text() == u"Until a date…"_s)
                    QTest::mouseClick(menu, Qt::LeftButton, {},
                                      menu->actionGeometry(action).center());
            }
        });
        QTest::mouseClick(child<QToolButton>(stage.view.get(), "deadMute"), Qt::LeftButton);
        auto *dialog = child<QDialog>(stage.view->window(), "muteDialog");
        return QTest::qWaitForWindowActive(dialog) ? dialog : nullptr;
    };
    QDialog *dialog = openDialog();
    QVERIFY(dialog != nullptr);
    auto *until = child<QDateTimeEdit>(dialog, "muteUntil");
    QVERIFY(until->dateTime().toMSecsSinceEpoch() > devserver::toMs(stage.ui.backend.now()));
    shoot(dialog, u"dead_mute_date"_s);
    const QString name = child<QLabel>(dialog, "muteGroup")->text();
    QCOMPARE(name, u"All dead letters"_s); // what is chosen
    const auto *note = child<QLabel>(dialog, "muteNote");
    QVERIFY(note->height() < 2 * note->fontMetrics().height()); // no word stands alone
    QTest::keyClick(until, Qt::Key_Down);                       // a year earlier
    QVERIFY(!child<QPushButton>(dialog, "muteGo")->isEnabled());
    QCOMPARE(child<QLabel>(dialog, "muteNote")->text(),
             u"This time is over: choose a later one."_s);
    QTest::keyClick(until, Qt::Key_Up);
    QTest::mouseClick(child<QPushButton>(dialog, "muteGo"), Qt::LeftButton);
    QTRY_COMPARE(stage.ui.muted.letters(), 2);
    stage.ui.backend.advance(71h);
    stage.ui.backend.post(letter(41));
    stage.settle();
    QTRY_COMPARE(stage.ui.muted.letters(), 3);
    stage.ui.backend.advance(2h);
    stage.ui.backend.post(letter(42));
    stage.settle();
    QTRY_COMPARE(stage.ui.muted.letters(), 0);
}

/// A row may stay in the list for longer than the bin keeps it.
void TestDeadGroups::whatIsTooOldIsNotRestored()
{
    LetterSummary fresh = letter(20);
    fresh.state = LetterState::Discarded;
    fresh.closedAt = runRow(600).queuedAt - 24h * 7 + 10s;
    LettersStage stage({letter(30), fresh});
    auto *box = child<QCheckBox>(stage.view.get(), "deadShowDiscarded");
    QTest::mouseClick(box, Qt::LeftButton, {}, {8, box->height() / 2});
    stage.settle();
    stage.focusRow(1);
    const auto *restore = child<QToolButton>(stage.view.get(), "deadRestore");
    QTRY_VERIFY(restore->isEnabled());
    stage.ui.backend.advance(20s);
    stage.focusRow(0);
    stage.focusRow(1);
    QTRY_VERIFY(!restore->isEnabled());
    QCOMPARE(restore->toolTip(), u"Discarded more than 7 days ago: its steps are gone"_s);
}

void TestDeadGroups::bothNumbersOfABulkAreLinks()
{
    LettersStage stage({letter(30), letter(20)});
    QSignalSpy gone(&stage.ui.navigator, &Navigator::goRequested);
    stage.click("deadRetryGroup");
    stage.click("deadSheetGo");
    stage.pressBarButton(u"Show activity"_s);
    devserver::Bulk bulk;
    bulk.id = *devserver::BulkId::fromText(gone[0][0].value<Place>().subject);
    bulk.title = "47 letters"_ba;
    bulk.total = 47;
    bulk.completed = 45;
    bulk.failedAgain = 2;
    bulk.state = devserver::BulkState::Done;
    bulk.startedAt = runRow(60).queuedAt;
    const auto end = [&] {
        stage.ui.backend.post(bulk);
        stage.settle();
    };
    end();
    QVERIFY2(stage.bars().contains(u"45 completed, 2 failed again"_s), qPrintable(stage.bars()));
    stage.pressBarButton(u"Show 45 completed"_s);
    QCOMPARE(gone.count(), 2);
    QCOMPARE(gone[1][0].value<Place>().view, "runs"_ba);
    const QString id = QString::fromLatin1(bulk.id.toText());
    QCOMPARE(gone[1][0].value<Place>().filter, u"bulk-completed:"_s + id);
}

void TestDeadGroups::runningWorkDrawsARing()
{
    UiFixture ui;
    devserver::Bulk bulk; // runs since before the window was there
    bulk.id.value = devserver::Ulid::fromParts(ui.backend.now(), {1});
    bulk.total = 48;
    bulk.completed = 12;
    ui.backend.bulks = {bulk};
    NavRail rail(ui.context);
    ui.show(&rail, {184, 600});
    ui.beat();
    const auto *activity = child<RailButton>(&rail, "navActivity");
    QTRY_VERIFY(activity->hasRing());
    QCOMPARE(activity->accessibleName(), u"Activity, 1 running"_s);
    shoot(&rail, u"rail_ring"_s);
    const int job = ui.jobs.add(ui.backend.now(), u"Sending 250 order/created"_s, 250);
    QCOMPARE(activity->accessibleName(), u"Activity, 2 running"_s);
    ui.jobs.finish(job);
    bulk.state = devserver::BulkState::Done;
    ui.backend.post(bulk);
    ui.beat();
    QTRY_VERIFY(!activity->hasRing());
    QCOMPARE(activity->accessibleName(), u"Activity"_s);
}

void TestDeadGroups::retriedSaysWhenAndHow()
{
    LetterSummary row = letter(30);
    row.cycle = 1;
    LettersStage stage({row});
    devserver::api::RunRecord record;
    const auto add = [&record](int at, devserver::TimelineType type) {
        devserver::TimelineRecord entry;
        entry.at = runRow(at).queuedAt;
        entry.type = type;
        record.timeline.push_back(entry);
    };
    add(1, devserver::TimelineType::RunFailed);
    add(20, devserver::TimelineType::RunResumed);
    add(30, devserver::TimelineType::RunFailed);
    stage.ui.backend.records[runId(30)] = record;
    const QRect cell = stage.table->visualRect(
        stage.table->model()->index(0, static_cast<int>(LetterColumn::Retried)));
    QHelpEvent help(QEvent::ToolTip, cell.center(),
                    stage.table->viewport()->mapToGlobal(cell.center()));
    QApplication::sendEvent(stage.table->viewport(), &help);
    QTRY_COMPARE(QToolTip::text(), u"Retried 2030-01-01 12:00:20.000 UTC: died again"_s);
    QToolTip::hideText();
}

void TestDeadGroups::theRuleIsExplained()
{
    LettersStage stage({letter(30)});
    stage.focusRow(0);
    stage.click("deadShowRule");
    const auto *note = child<QDialog>(stage.view.get(), "deadRule");
    QVERIFY(note->isVisible());
    QString words;
    for (const QLabel *label : note->findChildren<QLabel *>())
        words += label->text() + u'\n';
    QVERIFY2(words.contains(u"sig:print-TimeoutError"_s), qPrintable(words));
    shoot(const_cast<QDialog *>(note), u"dead_rule"_s);
    stage.click("deadRuleClose");
    QTRY_VERIFY(stage.view->findChild<QDialog *>(u"deadRule"_s) == nullptr);
}

void TestDeadGroups::rowsSayWhatTheGroupDoesNot()
{
    LettersStage stage({letter(30), letter(20), mailLetter(10)});
    const int error = static_cast<int>(LetterColumn::Error);
    const auto cell = [&] {
        return stage.table->model()->index(0, error).data(CellDataRole).value<Cell>();
    };
    QCOMPARE(cell().text, u"TimeoutError: the gateway did not answer"_s);
    const auto *groups = qobject_cast<LetterGroupModel *>(stage.tree->model());
    clickRow(stage, groups->indexOf(
                        {.slug = "shop-charge-order"_ba, .fingerprint = "print-TimeoutError"_ba}));
    QTRY_COMPARE(stage.table->model()->rowCount(), 2);
    QCOMPARE(cell().text, u"the gateway did not answer"_s);
    QVERIFY(!stage.table->isColumnHidden(static_cast<int>(LetterColumn::Payload)));
    QVERIFY(stage.table->isColumnHidden(static_cast<int>(LetterColumn::Age)));
    QCOMPARE(stage.cell(0, LetterColumn::Age), u"9 m"_s);
}

/// As wide as the view is at 1440 pixels with the inspector open.
void TestDeadGroups::whatDiffersHasRoomBesideTheInspector()
{
    LettersStage stage({letter(30), letter(20), mailLetter(10)});
    stage.view->resize(836, 800);
    stage.settle();
    const auto isShown = [&stage](LetterColumn column) {
        return !stage.table->isColumnHidden(static_cast<int>(column));
    };
    QVERIFY(isShown(LetterColumn::Reason));   // a refused retry has its mark there
    QVERIFY(isShown(LetterColumn::Function)); // rows of several groups differ in them
    QVERIFY(isShown(LetterColumn::Error));
    const auto *groups = qobject_cast<LetterGroupModel *>(stage.tree->model());
    clickRow(stage, groups->indexOf(
                        {.slug = "shop-charge-order"_ba, .fingerprint = "print-TimeoutError"_ba}));
    QTRY_COMPARE(stage.table->model()->rowCount(), 2);
    QVERIFY(isShown(LetterColumn::Tries));
    QVERIFY(isShown(LetterColumn::Retried));
    QVERIFY(isShown(LetterColumn::Reason));
    QVERIFY(isShown(LetterColumn::Payload));
    QVERIFY(!isShown(LetterColumn::Error));
    QVERIFY(!isShown(LetterColumn::Function));
    clickRow(stage, groups->index(0, 0));
    QTRY_COMPARE(stage.table->model()->rowCount(), 3);
    QVERIFY(isShown(LetterColumn::Error));
}

/// Of one error three at once, of the other one half of the time later.
void TestDeadGroups::trendsHaveTheSameAxes()
{
    LetterSummary late = mailLetter(40);
    std::vector<LetterSummary> letters = {letter(30), letter(31), letter(32), late};
    const auto now = runRow(600).queuedAt;
    for (LetterSummary &row : letters)
        row.failedAt = now - 30min;
    letters.back().failedAt = now - 15min;
    LettersStage stage(letters);
    const auto *groups = qobject_cast<LetterGroupModel *>(stage.tree->model());
    const auto trend = [groups](const QModelIndex &index) {
        return index.data(LetterGroupModel::TrendRole).value<std::vector<int>>();
    };
    const QModelIndex shop = groups->indexOf({.slug = "shop-charge-order"_ba});
    const QModelIndex mail = groups->indexOf({.slug = "mail-send-welcome"_ba});
    QCOMPARE(trend(shop).front(), 3);
    QCOMPARE(trend(mail).at(15), 1);
    QCOMPARE(trend(groups->index(0, 0)).front(), 3);
    QCOMPARE(trend(groups->index(0, 0)).at(15), 1);
    QCOMPARE(mail.data(LetterGroupModel::TrendScaleRole).toInt(), 3);
    QVERIFY2(mail.data(Qt::ToolTipRole)
                 .toString()
                 .endsWith(u"One bar for each 1 m; the highest in the list: 3 letters"_s),
             qPrintable(mail.data(Qt::ToolTipRole).toString()));
    stage.ui.backend.post(letters.front()); // the letter of a retry that failed again
    QSignalSpy changed(stage.tree->model(), &QAbstractItemModel::dataChanged);
    LetterSummary more = letter(33);
    more.failedAt = now - 30min;
    stage.ui.backend.post(more);
    stage.settle();
    QTRY_COMPARE(mail.data(LetterGroupModel::TrendScaleRole).toInt(), 4);
    QVERIFY(std::any_of(changed.begin(), changed.end(), [&mail](const QList<QVariant> &told) {
        return told[0].toModelIndex().parent() == mail.parent()
               && told[1].toModelIndex().row() >= mail.row();
    }));
}

void TestDeadGroups::liveCanBePaused()
{
    LettersStage stage({letter(30)});
    stage.click("deadLive");
    stage.ui.backend.post(letter(40));
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 1);
    QCOMPARE(child<QToolButton>(stage.view.get(), "deadLive")->text(), u"1 new"_s);
    stage.click("deadLive");
    QTRY_COMPARE(stage.table->model()->rowCount(), 2);
}

void TestDeadGroups::theSheetFitsALowPane()
{
    LettersStage stage({letter(30), letter(20)});
    stage.view->resize(836, 740);
    stage.settle();
    stage.click("deadRetryGroup");
    const auto *go = child<QPushButton>(stage.view.get(), "deadSheetGo");
    QCOMPARE(go->visibleRegion().boundingRect(), go->rect());
}

/// Where there is too little room for both, it lies over the list.
void TestDeadGroups::theSheetCutsNoRow()
{
    std::vector<LetterSummary> letters;
    for (int number = 60; number > 40; --number)
        letters.push_back(letter(number));
    LettersStage stage(letters);
    stage.view->resize(1200, 520);
    stage.settle();
    stage.click("deadDiscardGroup");
    const auto *sheet = child<QWidget>(stage.view.get(), "deadDiscardSheet");
    const QRect covered(sheet->mapTo(stage.table->window(), QPoint()), sheet->size());
    // Over the header, too: it would look like one of the sheet.
    QCOMPARE(covered.topLeft(), stage.table->mapTo(stage.table->window(), QPoint()));
    QCOMPARE(covered.width(), stage.table->width());
    constexpr int shadow = 6;
    const int end = covered.height() - shadow;
    const int endOfRow = end - stage.table->horizontalHeader()->height();
    QVERIFY(stage.table->rowAt(endOfRow) > 0); // there are more
    QCOMPARE(stage.table->rowViewportPosition(stage.table->rowAt(endOfRow)), endOfRow);
    // However high it is, the title is at its top, and the buttons are near its end; what it asks
    // begins with what is below.
    QCOMPARE(sheet->layout()->contentsMargins().top(), 14);
    const auto *go = child<QPushButton>(stage.view.get(), "deadDiscardGo");
    const int higher = end - go->geometry().bottom() - 1 - 16;
    QVERIFY2(higher >= 0 && higher <= 12, qPrintable(QString::number(higher)));
    const auto *note = child<QWidget>(stage.view.get(), "deadDiscardNote");
    const auto *below = child<QToolButton>(stage.view.get(), "deadRetry");
    QCOMPARE(note->mapTo(stage.view.get(), QPoint()).x(),
             below->mapTo(stage.view.get(), QPoint()).x());
}

/// The key does what the button says that has the focus.
void TestDeadGroups::cancelTakesTheEnterKey()
{
    LettersStage stage({letter(30), letter(20)});
    const auto leave = [&stage](const char *sheet, const char *cancel) {
        auto *button = child<QPushButton>(stage.view.get(), cancel);
        QWidget *shown = child<QWidget>(stage.view.get(), sheet);
        QVERIFY(shown->isVisible());
        for (int i = 0; i < 10 && !button->hasFocus(); ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
        QVERIFY(button->hasFocus());
        QTest::keyClick(button, Qt::Key_Return);
        stage.settle();
        if (auto *question = stage.view->findChild<QMessageBox *>(u"discardQuestion"_s))
            QTest::mouseClick(child<QWidget>(question, "discardAccept"), Qt::LeftButton);
        QTRY_VERIFY(!shown->isVisible());
    };
    stage.click("deadRetryGroup");
    leave("deadSheet", "deadSheetCancel");
    stage.click("deadDiscardGroup");
    QTest::keyClicks(QApplication::focusWidget(), u"test data"_s);
    for (int i = 0; i < 2; ++i) // to the last button; from there back to Cancel
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    leave("deadDiscardSheet", "deadDiscardCancel");
    QVERIFY(stage.ui.backend.started.empty());
    QVERIFY(stage.ui.backend.acted.empty());
}

/// Nothing else is begun with letters while a sheet asks.
void TestDeadGroups::anOpenQuestionComesFirst()
{
    LettersStage stage({letter(30), letter(20)});
    stage.focusRow(0);
    stage.click("deadRetryGroup");
    stage.settle();
    const std::vector<const char *> begin = {"deadRetryGroup", "deadDiscardGroup", "deadRetry",
                                             "deadEdit", "deadDiscard"};
    for (const char *name : begin) {
        const auto *button = child<QToolButton>(stage.view.get(), name);
        QVERIFY2(!button->isEnabled(), name);
        QVERIFY2(button->toolTip().contains(u"Answer or cancel the question above"_s),
                 qPrintable(button->toolTip()));
    }
    QVERIFY(child<QToolButton>(stage.view.get(), "deadOpenRun")->isEnabled());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    stage.settle();
    for (const char *name : begin)
        QVERIFY2(child<QToolButton>(stage.view.get(), name)->isEnabled(), name);
}

void TestDeadGroups::theRightArrowGoesIntoTheTable()
{
    LettersStage stage({letter(30), letter(20), mailLetter(15)});
    const auto *groups = qobject_cast<LetterGroupModel *>(stage.tree->model());
    const QModelIndex shop = groups->indexOf({.slug = "shop-charge-order"_ba});
    clickRow(stage, shop);
    stage.tree->setFocus();
    QTest::keyClick(stage.tree, Qt::Key_Right); // to its error
    QCOMPARE(stage.tree->currentIndex().parent(), shop);
    QVERIFY(stage.tree->hasFocus());
    stage.settle();
    QTest::keyClick(stage.tree, Qt::Key_Right);
    QVERIFY(stage.table->hasFocus());
    QCOMPARE(stage.table->currentId(), runId(30).toText());
    QTest::keyClick(stage.table, Qt::Key_Down);
    QCOMPARE(stage.table->currentId(), runId(20).toText());
}

/// Also with the focus on a group; the keys are the group's there.
void TestDeadGroups::buttonsOfLettersStayThat()
{
    LettersStage stage({letter(30), letter(20)});
    stage.focusRow(0);
    stage.tree->setFocus();
    stage.settle();
    QCOMPARE(child<QToolButton>(stage.view.get(), "deadRetry")->text(), u"Retry"_s);
    QCOMPARE(child<QToolButton>(stage.view.get(), "deadDiscard")->text(), u"Discard…"_s);
    QTest::keyClick(stage.tree, Qt::Key_Delete);
    stage.settle();
    const auto *sheet = child<QWidget>(stage.view.get(), "deadDiscardSheet");
    QCOMPARE(sheet->accessibleName(), u"Discard 2 letters"_s);
}

void TestDeadGroups::aNumberIsSaidWhereItIsKnown_data()
{
    QTest::addColumn<int>("letters");
    QTest::addColumn<QString>("text");
    QTest::newRow("all are loaded") << 30 << u"Retry 20…"_s;
    QTest::newRow("a page is loaded") << 750 << u"Retry group…"_s;
}

/// Closed letters are in the group, too, and are not retried.
void TestDeadGroups::aNumberIsSaidWhereItIsKnown()
{
    QFETCH(const int, letters);
    std::vector<LetterSummary> rows;
    for (int number = letters; number > 0; --number) {
        rows.push_back(letter(number));
        rows.back().state = number % 3 == 0 ? LetterState::Resolved : LetterState::Open;
    }
    LettersStage stage(rows);
    auto *filter = child<FilterEdit>(stage.view.get(), "deadFilter");
    filter->setFocus();
    QTest::keyClicks(filter, u"state:open,resolved"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    stage.settle();
    stage.settle();
    QTRY_COMPARE(stage.table->model()->rowCount(), std::min(letters, PagedTableModel::pageSize));
    QTEST(child<QToolButton>(stage.view.get(), "deadRetryGroup")->text(), "text");
}

UI_TEST_MAIN(TestDeadGroups)

#include "tst_deadgroups.moc"
