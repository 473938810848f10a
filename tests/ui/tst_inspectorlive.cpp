// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/modelwatch.h"
#include "tests/ui/support/inspectorstage.h"
#include "ui/core/format.h"
#include "ui/runs/runreport.h"
#include "ui/widgets/consolestyle.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/rowdelegate.h"

#include <QApplication>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace console;
using console::test::cellOf;
using console::test::child;
using console::test::clickRow;
using Stage = console::test::InspectorStage;

/// The inspector of a run that goes on while it is read.
class TestInspectorLive : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QApplication::setStyle(new ConsoleStyle); }

    void staysOnItsTabWhileARunGoesOn();
    void keepsWhatIsChosenWhenEqualErrorsCollapse();
    void unfoldsEqualErrorsByKeysAndMouse();
    void comparesWhatIsUnfolded();
    void aClickIntoNothingKeepsTheChoice();
    void saysThatAttemptsAreUsedUp();
    void cutsNoAttempt();
    void whatIsSaidOfTheNextAttemptMovesNoRow();
    void whatIsSaidOfTheNextAttemptIsWholeAtOnce();
    void aLongerNameGetsItsRoomWhenNobodyReads();
    void longDurationsAreNotCut();
    void codesThatSayNothingAreLeftOut_data();
    void codesThatSayNothingAreLeftOut();
    void idsOfRunsAreWholeWhereThereIsRoom();
    void aRunCancelledWhileItWasTriedKeepsItsError();
};

/// What is read does not go away because the next attempt begins, or ends.
void TestInspectorLive::staysOnItsTabWhileARunGoesOn()
{
    Stage stage;
    stage.selectRun(stage.scene.backingOff);
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Stage::Error));
    const QString error = stage.label("inspErrorName");
    QVERIFY(!error.isEmpty());
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.backingOff);
    const auto post = [&] {
        stage.ui.backend.post(record.summary);
        stage.ui.beat();
        stage.ui.beat();
    };
    devserver::Attempt next = record.attempts.back();
    next.request = devserver::RequestId::fromText("01JB00000000000000000000ZZ"_ba).value();
    ++next.attempt;
    next.outcome = devserver::AttemptOutcome::Started;
    next.finishedAt.reset();
    next.nextAttemptAt.reset();
    next.error = {};
    record.attempts.push_back(next);
    record.jobs.front().state = devserver::JobState::Leased;
    post();
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Stage::Error));
    QCOMPARE(stage.label("inspErrorName"), error);
    record.attempts.back().outcome = devserver::AttemptOutcome::Ok;
    post();
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Stage::Error));
    record.attempts.back().outcome = devserver::AttemptOutcome::FinalError;
    record.attempts.back().error = record.attempts.front().error;
    post();
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Stage::Error));
    stage.open(Stage::Calls);
    post();
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Stage::Calls));
}

/// What is read does not go away.
void TestInspectorLive::aClickIntoNothingKeepsTheChoice()
{
    Stage stage;
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Stage::Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    clickRow(table, 0);
    const auto *detail = child<QWidget>(&stage.inspector, "inspAttemptDetail");
    QVERIFY(detail->isVisible());
    const QModelIndexList chosen = table->selectionModel()->selectedRows();
    const QPoint below(20, table->viewport()->height() - 2);
    QVERIFY(!table->indexAt(below).isValid());
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, below);
    stage.ui.beat();
    QCOMPARE(table->selectionModel()->selectedRows(), chosen);
    QVERIFY(detail->isVisible());
}

void TestInspectorLive::keepsWhatIsChosenWhenEqualErrorsCollapse()
{
    Stage stage;
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.deadCharge);
    std::erase_if(record.attempts, [](const devserver::Attempt &attempt) {
        return attempt.stepName != "charge-card";
    });
    for (devserver::Attempt &attempt : record.attempts)
        attempt.error = record.attempts.front().error;
    const std::vector<devserver::Attempt> all = record.attempts;
    record.attempts.resize(2);
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Stage::Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    QCOMPARE(table->model()->rowCount(), 2);
    clickRow(table, 1);
    QCOMPARE(stage.label("inspAttemptTitle"), u"Attempt 1 · charge-card"_s);
    for (std::size_t count = 3; count <= all.size(); ++count) {
        record.attempts.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count));
        stage.ui.backend.post(record.summary);
        stage.ui.beat();
        stage.ui.beat();
        const QModelIndexList rows = table->selectionModel()->selectedRows();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(cellOf(table, rows.front().row(), AttemptModel::Step), u"#1"_s);
        QCOMPARE(stage.label("inspAttemptTitle"), u"Attempt 1 · charge-card"_s);
        QVERIFY(child<QWidget>(&stage.inspector, "inspAttemptDetail")->isVisible());
    }
    QCOMPARE(cellOf(table, 1, AttemptModel::Step), u"#1–#4"_s);
    clickRow(table, 1); // it can still be closed, and stays so
    QCOMPARE(table->model()->rowCount(), 2);
    stage.ui.backend.post(record.summary);
    stage.ui.beat();
    stage.ui.beat();
    QCOMPARE(table->model()->rowCount(), 2);
}

namespace {

/// Five attempts of one step with the same error; the inspector shows them.
QTableView *showEqualErrors(Stage &stage)
{
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.deadCharge);
    std::erase_if(record.attempts, [](const devserver::Attempt &attempt) {
        return attempt.stepName != "charge-card";
    });
    for (devserver::Attempt &attempt : record.attempts)
        attempt.error = record.attempts.front().error;
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Stage::Attempts);
    return child<QTableView>(&stage.inspector, "inspAttempts");
}

} // namespace

/// Right and Left as in a tree.
void TestInspectorLive::unfoldsEqualErrorsByKeysAndMouse()
{
    Stage stage;
    auto *table = showEqualErrors(stage);
    const QAbstractItemModel *model = table->model();
    const console::test::ModelWatch watch(table->model(), "AttemptModel");
    QCOMPARE(model->rowCount(), 2);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QCOMPARE(cellOf(table, table->currentIndex().row(), AttemptModel::Step), u"#1–#4"_s);
    QTest::keyClick(table, Qt::Key_Right);
    QCOMPARE(model->rowCount(), 6);
    QTest::keyClick(table, Qt::Key_Right); // it is unfolded
    QCOMPARE(model->rowCount(), 6);
    QTest::keyClick(table, Qt::Key_Down);
    QTest::keyClick(table, Qt::Key_Down);
    QCOMPARE(stage.label("inspAttemptTitle"), u"Attempt 3 · charge-card"_s);
    QTest::keyClick(table, Qt::Key_Left); // to the line that it stands below
    QCOMPARE(table->currentIndex().row(), 1);
    QCOMPARE(stage.label("inspAttemptTitle"), u"Attempts 1–4 · charge-card"_s);
    QCOMPARE(model->rowCount(), 6);
    QTest::keyClick(table, Qt::Key_Left);
    QCOMPARE(model->rowCount(), 2);
    const auto at = [table] {
        return table->visualRect(table->model()->index(1, AttemptModel::Step)).center();
    };
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, at());
    QCOMPARE(model->rowCount(), 6);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, at());
    QCOMPARE(model->rowCount(), 2);
}

/// A button that cannot compare says why; two of those that were folded can be compared.
void TestInspectorLive::comparesWhatIsUnfolded()
{
    Stage stage;
    auto *table = showEqualErrors(stage);
    const auto *compare = child<QPushButton>(&stage.inspector, "inspCompare");
    const auto *diff = child<QWidget>(&stage.inspector, "inspAttemptDiff");
    QVERIFY(compare->isEnabled()); // the newest with the one before it
    clickRow(table, 1);
    QCOMPARE(table->model()->rowCount(), 6);
    QVERIFY(compare->isVisible() && !compare->isEnabled());
    const QString why = u"Unfold the line of equal errors and choose one or two of its attempts"_s;
    QCOMPARE(compare->toolTip(), why);
    QCOMPARE(compare->accessibleDescription(), why);
    clickRow(table, 5);
    QVERIFY(!compare->isEnabled());
    QVERIFY2(compare->accessibleDescription().contains(u"first attempt"_s),
             qPrintable(compare->accessibleDescription()));
    clickRow(table, 3, Qt::ControlModifier);
    QVERIFY(diff->isVisible());
    QCOMPARE(stage.label("inspAttemptTitle"), u"Attempt 1 compared with 3 · charge-card"_s);
    clickRow(table, 2, Qt::ControlModifier);
    QVERIFY(compare->isVisible() && !compare->isEnabled());
    QCOMPARE(compare->toolTip(), u"Choose one attempt, or two, to compare them"_s);
}

/// An SDK says `no retry` with the last attempt, too, and with an error of a step that the body
/// passes on.
void TestInspectorLive::saysThatAttemptsAreUsedUp()
{
    Stage stage;
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.deadCharge);
    QCOMPARE(record.letter->reason, "attempts_exhausted"_ba);
    QVERIFY(record.attempts.back().stepName.isEmpty()); // the body, after its step
    record.attempts.back().noRetry = true;
    record.attempts.at(record.attempts.size() - 2).noRetry = true;
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    QCOMPARE(cellOf(table, 0, AttemptModel::Decided), u"No: its step failed"_s);
    QCOMPARE(cellOf(table, 1, AttemptModel::Decided), u"No: attempts used"_s);
    record.letter->reason = "non_retriable"_ba;
    stage.ui.backend.post(record.summary);
    stage.ui.beat();
    stage.ui.beat();
    QCOMPARE(cellOf(table, 0, AttemptModel::Decided), u"No: non-retriable"_s);
}

/// And the bar begins below the header.
void TestInspectorLive::cutsNoAttempt()
{
    Stage stage;
    stage.selectRun(stage.scene.retried);
    stage.open(Stage::Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    const int row = table->verticalHeader()->defaultSectionSize();
    const QScrollBar *bar = table->verticalScrollBar();
    QSet<bool> wasScrolled;
    for (int height = 480; height < 1000; height += 7) {
        stage.inspector.resize(420, height);
        QCoreApplication::processEvents();
        QVERIFY2(table->viewport()->height() % row == 0, qPrintable(QString::number(height)));
        wasScrolled.insert(bar->isVisible());
        if (bar->isVisible())
            QCOMPARE(bar->mapTo(table, QPoint()).y(), table->horizontalHeader()->height());
    }
    QCOMPARE(wasScrolled.size(), 2);
}

void TestInspectorLive::whatIsSaidOfTheNextAttemptMovesNoRow()
{
    Stage stage;
    stage.selectStep(stage.scene.backingOff, "charge-card"_ba);
    stage.open(Stage::Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    auto *retry = child<QWidget>(&stage.inspector, "inspRetryNow");
    auto *detail = child<QWidget>(&stage.inspector, "inspAttemptDetail");
    const int row = table->verticalHeader()->defaultSectionSize();
    const auto place = [&](const QWidget *widget) {
        return widget->mapTo(&stage.inspector, QPoint()).y();
    };
    QTRY_VERIFY(retry->isVisible());
    QCOMPARE(table->viewport()->height() % row, 0);
    const int rows = place(table->viewport());
    const int facts = place(detail);
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.backingOff);
    const devserver::JobState before = record.jobs.front().state;
    const auto post = [&](devserver::JobState state) {
        record.jobs.front().state = state;
        stage.ui.backend.post(record.summary);
        console::test::settle(&stage.inspector, [&stage] { stage.ui.beat(); });
    };
    post(devserver::JobState::Leased);
    QTRY_VERIFY(!retry->isVisible());
    QCOMPARE(place(table->viewport()), rows);
    QCOMPARE(place(detail), facts);
    QCOMPARE(table->viewport()->height() % row, 0);
    post(before);
    QTRY_VERIFY(retry->isVisible());
    QCOMPARE(place(table->viewport()), rows);
    QCOMPARE(place(detail), facts);
}

/// In whatever width: not only when it counts down next.
void TestInspectorLive::whatIsSaidOfTheNextAttemptIsWholeAtOnce()
{
    Stage stage;
    stage.selectStep(stage.scene.backingOff, "charge-card"_ba);
    stage.open(Stage::Attempts);
    const auto *next = child<QLabel>(&stage.inspector, "inspNext");
    QTRY_VERIFY(next->isVisible());
    QFont large = stage.inspector.font(); // in a small one two lines fit where one has to
    large.setPointSizeF(2 * large.pointSizeF());
    stage.inspector.setFont(large);
    const int single = next->heightForWidth(2'000);
    bool isWrapped = false;
    for (int width = 560; width > 180; width -= 20) {
        stage.inspector.resize(width, 760);
        QCoreApplication::processEvents();
        const int needed = next->heightForWidth(next->width());
        isWrapped = isWrapped || needed > single;
        QVERIFY2(next->height() >= needed, qPrintable(QString::number(width)));
    }
    QVERIFY(isWrapped);
}

/// Less important columns go for it; but not under the pointer.
void TestInspectorLive::aLongerNameGetsItsRoomWhenNobodyReads()
{
    Stage stage;
    stage.inspector.resize(416, 760);
    stage.selectRun(stage.scene.backingOff);
    stage.open(Stage::Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.backingOff);
    QTest::mouseMove(table->viewport(), {20, 20});
    QVERIFY(table->underMouse());
    devserver::Attempt next = record.attempts.back();
    next.request = devserver::RequestId::fromText("01JB00000000000000000000ZZ"_ba).value();
    next.job += "-other";
    next.step = "0123456789";
    next.stepName = "reserve-stock-in-far-away-town";
    record.attempts.push_back(next);
    stage.ui.backend.post(record.summary);
    stage.ui.beat();
    stage.ui.beat();
    const auto lack = [table] {
        const QModelIndex cell = table->model()->index(1, AttemptModel::Step); // below the next one
        return RowDelegate::widthsOf(table->font(), cell).whole
               - table->columnWidth(AttemptModel::Step);
    };
    QVERIFY2(lack() > 0, qPrintable(QString::number(lack()))); // nothing moves while one reads
    QTest::mouseMove(stage.tabs(), stage.tabs()->rect().center());
    QTRY_VERIFY2(lack() <= 0, qPrintable(QString::number(lack())));
}

/// Whole where the message has room for it, else the first figure; the tip has both.
void TestInspectorLive::longDurationsAreNotCut()
{
    Stage stage;
    stage.inspector.resize(416, 760);
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.deadCharge);
    devserver::Attempt &last = record.attempts.back();
    last.finishedAt = last.sentAt + std::chrono::minutes(58) + std::chrono::seconds(48);
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    const QModelIndex cell = table->model()->index(0, AttemptModel::Duration);
    const auto words = [&] {
        return RowDelegate::wordsIn(table->columnWidth(cell.column()) - 2 * RowDelegate::padding,
                                    cell.data(CellDataRole).value<Cell>(), table->fontMetrics());
    };
    QCOMPARE(cell.data(Qt::ToolTipRole).toString(), u"58 m 48 s"_s);
    int wholes = 0;
    for (const int width : {330, 380, 416, 520, 700, 900, 1'200}) {
        stage.inspector.resize(width, 760);
        QTRY_COMPARE(table->horizontalHeader()->length(), table->viewport()->width());
        if (table->isColumnHidden(cell.column()))
            continue;
        QVERIFY2(words() == u"58 m 48 s"_s || words() == u"58 m"_s, qPrintable(words()));
        wholes += words() == u"58 m 48 s"_s ? 1 : 0;
    }
    QVERIFY(wholes > 1);
    QCOMPARE(words(), u"58 m 48 s"_s);
}

void TestInspectorLive::codesThatSayNothingAreLeftOut_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("shown");
    QTest::newRow("unknown") << "unknown"_ba << QString();
    QTest::newRow("of any step") << "step_errored"_ba << QString();
    QTest::newRow("other") << "ETIMEDOUT"_ba << u"Code ETIMEDOUT"_s;
}

void TestInspectorLive::codesThatSayNothingAreLeftOut()
{
    QFETCH(const QByteArray, code);
    QFETCH(const QString, shown);
    Stage stage;
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.backingOff);
    record.attempts.back().error = devserver::RawJson::fromTrusted(
        R"({"name":"KeyError","message":"'amount'","code":")" + code + R"("})");
    stage.selectRun(stage.scene.backingOff);
    stage.open(Stage::Error);
    QCOMPARE(stage.label("inspErrorName"), u"KeyError"_s);
    const auto *facts = stage.inspector.findChild<QLabel *>(u"inspErrorFacts"_s);
    QCOMPARE(facts == nullptr ? QString() : facts->text(), shown);
}

/// Else they are short, and not in two lines.
void TestInspectorLive::idsOfRunsAreWholeWhereThereIsRoom()
{
    Stage stage;
    stage.select({.kind = Stage::Kind::Event, .event = stage.scene.order});
    stage.open(Stage::Overview);
    const QByteArray id =
        stage.ui.backend.eventRecords.at(stage.scene.order).runs.front().id.toText();
    const auto *link = child<QLabel>(&stage.inspector, "inspLink");
    stage.inspector.resize(900, 760);
    QTRY_VERIFY2(link->text().contains(QString::fromLatin1(id)), qPrintable(link->text()));
    stage.inspector.resize(320, 760);
    QTRY_VERIFY2(link->text().contains(shortId(id)), qPrintable(link->text()));
    QVERIFY(!link->text().contains(u"<br>"_s));
}

/// As the list and the search by error do.
void TestInspectorLive::aRunCancelledWhileItWasTriedKeepsItsError()
{
    Stage stage;
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.backingOff);
    stage.selectRun(stage.scene.backingOff);
    stage.open(Stage::Error);
    const QString name = stage.label("inspErrorName");
    QVERIFY(stage.inspector.findChild<QLabel *>(u"inspErrorPast"_s) == nullptr);
    record.run.status = devserver::RunStatus::Cancelled;
    record.run.cancelCause = "manual"_ba;
    record.summary.status = devserver::RunStatus::Cancelled;
    record.summary.activities.clear();
    record.jobs.clear();
    stage.ui.backend.post(record.summary);
    stage.ui.beat();
    stage.ui.beat();
    QCOMPARE(stage.label("inspErrorName"), name);
    QCOMPARE(stage.label("inspErrorPast"), u"The run was cancelled while it was tried again."_s);
    QVERIFY(child<QWidget>(&stage.inspector, "frameLink")->isVisible());
    QSignalSpy went(&stage.ui.navigator, &Navigator::goRequested);
    QTest::mouseClick(child<QPushButton>(&stage.inspector, "inspErrorFind"), Qt::LeftButton);
    QCOMPARE(went.count(), 1);
    QVERIFY(went.front().front().value<Place>().filter.startsWith(u"error:"_s));
    const QString message = stage.label("inspErrorMessage");
    const QString report = runMarkdown(record, stage.ui.backend.now());
    QVERIFY2(report.section(u"| Step |"_s, 1).contains(message), qPrintable(report));
    // What went well later is no error of it any more, in none of the texts.
    record.attempts.push_back(record.attempts.back());
    record.attempts.back().outcome = devserver::AttemptOutcome::Ok;
    record.attempts.back().error = {};
    stage.ui.backend.post(record.summary);
    stage.ui.beat();
    stage.ui.beat();
    QVERIFY(stage.inspector.findChild<QLabel *>(u"inspErrorName"_s) == nullptr);
}

UI_TEST_MAIN(TestInspectorLive)
#include "tst_inspectorlive.moc"
