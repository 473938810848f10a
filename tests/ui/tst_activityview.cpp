// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/modelwatch.h"
#include "tests/ui/support/clicks.h"
#include "tests/ui/support/contextmenu.h"
#include "tests/ui/support/shownbars.h"
#include "tests/ui/support/uifixture.h"
#include "ui/core/activitymodel.h"
#include "ui/letters/activityview.h"
#include "ui/widgets/listtable.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;
using devserver::Bulk;
using devserver::BulkState;

class TestActivityView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void progressAndEnd();
    void stopGoesToTheServer();
    void stopIsNeverCut();
    void aDoubleClickShowsWhatItIsAbout();
    void jobsOfTheWindowStandBeside();
    void completedOnesAreALink();
    void failedOnesAreALink();
    void aFailedSendSaysWhy();
    void finishedOnesAreCleared();
    void whatWasClearedStaysGone();
    void workBeganWhenItBegan();
    void narrowRowsSayWhatAndHow();
    void theUsualWindowSaysItWhole();
    void nothingYet();
    void pictures();
    void oneWithoutANameSaysWhatItRetries();
    void isReadOnceTheServerServes();
    void aRightClickChoosesTheRow();
    void theMenuGoesWithTheRows();
};

namespace {

Bulk bulk(int number, int total = 48)
{
    Bulk made;
    made.id.value = devserver::Ulid::fromParts(runRow(number).queuedAt, {1});
    made.title = QByteArray::number(total) + " letters in \"TimeoutError\"";
    made.total = total;
    made.waiting = total;
    made.startedAt = runRow(number).queuedAt;
    return made;
}

struct Stage {
    explicit Stage(std::vector<Bulk> bulks = {}, bool isServing = true)
    {
        setServing(isServing);
        ui.backend.bulks = std::move(bulks);
        ui.backend.setNow(runRow(90).queuedAt);
        view = std::make_unique<ActivityView>(ui.context);
        ui.show(view.get());
        settle();
        table = child<ListTable>(view.get(), "activityTable");
    }

    void settle()
    {
        for (int i = 0; i < 3; ++i)
            ui.beat();
    }

    void setServing(bool isServing)
    {
        ui.backend.queryError.reset();
        if (!isServing)
            ui.backend.queryError =
                devserver::Error{devserver::ErrorCode::Stopping, u"the server is not running"_s};
        devserver::api::ServerState state = ui.backend.server();
        state.phase =
            isServing ? devserver::api::ServerPhase::Serving : devserver::api::ServerPhase::Stopped;
        ui.backend.setState(state);
    }

    [[nodiscard]] QPoint middleOf(int row) const
    {
        return table->visualRect(table->model()->index(row, 0)).center();
    }

    [[nodiscard]] QString cell(int row, ActivityColumn column) const
    {
        return table->model()->index(row, static_cast<int>(column)).data().toString();
    }

    [[nodiscard]] Cell state(int row) const
    {
        return table->model()
            ->index(row, static_cast<int>(ActivityColumn::State))
            .data(CellDataRole)
            .value<Cell>();
    }

    void clickCell(int row, ActivityColumn column)
    {
        test::clickCell(table, table->model()->index(row, static_cast<int>(column)));
        settle();
    }

    UiFixture ui;
    std::unique_ptr<ActivityView> view;
    ListTable *table = nullptr;
};

} // namespace

void TestActivityView::progressAndEnd()
{
    Stage stage({bulk(1)});
    QAbstractItemModel *model = stage.table->model();
    const ModelWatch watch(model, "ActivityModel");
    QSignalSpy resets(model, &QAbstractItemModel::modelReset);
    QCOMPARE(model->rowCount(), 1);
    QCOMPARE(stage.cell(0, ActivityColumn::State), u"Trying one first"_s);
    Bulk next = bulk(1);
    next.completed = 20;
    next.failedAgain = 2;
    next.waiting = 20;
    next.retrying = 6;
    stage.ui.backend.post(next);
    stage.settle();
    QCOMPARE(stage.cell(0, ActivityColumn::Progress), u"22 of 48"_s);
    QCOMPARE(stage.cell(0, ActivityColumn::Completed), u"20"_s);
    QCOMPARE(stage.cell(0, ActivityColumn::Left), u"26"_s);
    next.completed = 46;
    next.waiting = next.retrying = 0;
    next.state = BulkState::Done;
    stage.ui.backend.post(next);
    stage.ui.backend.post(bulk(50)); // a newer one stands above
    stage.settle();
    QCOMPARE(model->rowCount(), 2);
    QCOMPARE(stage.state(1).text, u"Done"_s);
    QCOMPARE(stage.state(1).second, u"2 failed again"_s);
    QCOMPARE(stage.state(1).iconToken, Token::StateBackoff); // not as if all were well
    QCOMPARE(stage.state(0).second, QString());              // it runs
    QCOMPARE(stage.cell(1, ActivityColumn::Action), QString());
    QCOMPARE(stage.cell(0, ActivityColumn::Action), u"Stop"_s);
    QCOMPARE(resets.count(), 0);
}

void TestActivityView::stopIsNeverCut()
{
    Bulk stopped = bulk(20, 47);
    stopped.failedAgain = 1;
    stopped.waiting = 46;
    stopped.state = BulkState::StoppedByErrors;
    Bulk running = bulk(60, 120);
    running.completed = 51;
    running.waiting = 69;
    Stage stage({running, stopped});
    for (int width = 1400; width >= 700; width -= 6) {
        stage.ui.show(stage.view.get(), {width, 600});
        stage.settle();
        const QModelIndex stop =
            stage.table->model()->index(0, static_cast<int>(ActivityColumn::Action));
        const int need = stage.table->fontMetrics().horizontalAdvance(u"Stop"_s) + 20; // and a sign
        QVERIFY2(stage.table->isColumnHidden(stop.column())
                     || stage.table->visualRect(stop).width() >= need + 16,
                 qPrintable(QString::number(width)));
    }
}

void TestActivityView::aDoubleClickShowsWhatItIsAbout()
{
    Stage stage({bulk(1)});
    Place shown;
    connect(&stage.ui.navigator, &Navigator::goRequested, this,
            [&shown](const Place &place) { shown = place; });
    const QModelIndex what = stage.table->model()->index(0, static_cast<int>(ActivityColumn::What));
    const QPoint at = stage.table->visualRect(what).center();
    QTest::mouseClick(stage.table->viewport(), Qt::LeftButton, {}, at);
    QTest::mouseDClick(stage.table->viewport(), Qt::LeftButton, {}, at);
    stage.settle();
    QCOMPARE(shown.view, "dead"_ba);
    QVERIFY2(shown.filter.startsWith(u"bulk:"_s + QString::fromUtf8(bulk(1).id.toText())),
             qPrintable(shown.filter));
    QVERIFY(shown.filter.contains(u"resolved"_s)); // whatever became of them
}

void TestActivityView::stopGoesToTheServer()
{
    Stage stage({bulk(1)});
    auto *stop = child<QPushButton>(stage.view.get(), "activityStop");
    QVERIFY(stop->isEnabled());
    QTest::mouseClick(stop, Qt::LeftButton);
    stage.settle();
    QCOMPARE(stage.ui.backend.stopped.size(), 1U);
    QCOMPARE(stage.ui.backend.stopped.front(), bulk(1).id);
    stage.clickCell(0, ActivityColumn::Action);
    QCOMPARE(stage.ui.backend.stopped.size(), 2U);
    Bulk ended = bulk(1);
    ended.state = BulkState::StoppedByHand;
    stage.ui.backend.post(ended);
    stage.settle();
    QVERIFY(!stop->isEnabled());
    stage.clickCell(0, ActivityColumn::Action);
    QCOMPARE(stage.ui.backend.stopped.size(), 2U);
}

void TestActivityView::jobsOfTheWindowStandBeside()
{
    Stage stage;
    const int id = stage.ui.jobs.add(stage.ui.backend.now(), u"Sending 250 order/created"_s, 250);
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 1);
    stage.ui.jobs.update(id, 100, 3);
    stage.settle();
    QCOMPARE(stage.cell(0, ActivityColumn::What), u"Sending 250 order/created"_s);
    QCOMPARE(stage.cell(0, ActivityColumn::Progress), u"100 of 250"_s);
    QCOMPARE(stage.cell(0, ActivityColumn::Failed), u"3"_s);
    QSignalSpy stops(&stage.ui.jobs, &Jobs::stopRequested);
    stage.clickCell(0, ActivityColumn::Action);
    QCOMPARE(stops.count(), 1);
    stage.ui.jobs.finish(id);
    stage.settle();
    QCOMPARE(stage.state(0).text, u"Stopped"_s);
    QCOMPARE(stage.state(0).second, u"3 failed"_s);
}

void TestActivityView::completedOnesAreALink()
{
    Bulk running = bulk(2);
    Bulk ended = bulk(1);
    ended.completed = 46;
    ended.waiting = 0;
    ended.state = BulkState::Done;
    Stage stage({running, ended});
    QSignalSpy gone(&stage.ui.navigator, &Navigator::goRequested);
    stage.clickCell(0, ActivityColumn::Completed);
    QVERIFY(gone.isEmpty()); // it completed none yet
    auto *show = child<QPushButton>(stage.view.get(), "activityCompleted");
    QVERIFY(!show->isEnabled());
    stage.clickCell(1, ActivityColumn::Completed);
    QTest::mouseClick(show, Qt::LeftButton);
    stage.table->setFocus();
    QTest::keyClick(stage.table, Qt::Key_Return);
    QCOMPARE(gone.count(), 3);
    for (const QList<QVariant> &signal : gone) {
        const auto place = signal[0].value<Place>();
        QCOMPARE(place.view, "runs"_ba);
        QCOMPARE(place.filter, u"bulk-completed:"_s + QString::fromLatin1(ended.id.toText()));
    }
}

void TestActivityView::failedOnesAreALink()
{
    Bulk ended = bulk(1);
    ended.completed = 46;
    ended.failedAgain = 2;
    ended.waiting = 0;
    ended.state = BulkState::Done;
    Stage stage({ended});
    QCOMPARE(stage.cell(0, ActivityColumn::Failed), u"2"_s);
    QSignalSpy gone(&stage.ui.navigator, &Navigator::goRequested);
    stage.clickCell(0, ActivityColumn::Failed);
    QCOMPARE(gone.count(), 1);
    const auto place = gone[0][0].value<Place>();
    QCOMPARE(place.view, "dead"_ba);
    QCOMPARE(place.filter, u"bulk-failed:"_s + QString::fromLatin1(ended.id.toText())
                               + u" state:open,retrying,resolved,discarded"_s);
}

void TestActivityView::aFailedSendSaysWhy()
{
    Stage stage;
    const int id = stage.ui.jobs.add(stage.ui.backend.now(), u"Sending 250 order/created"_s, 250);
    int shown = 0;
    stage.ui.jobs.update(id, 100, 1);
    stage.ui.jobs.setProblem(id, u"the name is too long"_s, [&shown] { ++shown; });
    stage.ui.jobs.finish(id);
    stage.settle();
    QCOMPARE(stage.cell(0, ActivityColumn::Failed), u"1"_s);
    stage.clickCell(0, ActivityColumn::Failed);
    const auto *bar = child<QWidget>(stage.view.get(), "infoBar");
    QCOMPARE(bar->accessibleName(), u"Sending 250 order/created: the name is too long"_s);
    for (QPushButton *button : bar->findChildren<QPushButton *>()) {
        if (button->text() == u"Show it"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(shown, 1);
}

void TestActivityView::finishedOnesAreCleared()
{
    Bulk ended = bulk(1);
    ended.completed = 48;
    ended.waiting = 0;
    ended.state = BulkState::Done;
    Stage stage({bulk(50), ended});
    const int job = stage.ui.jobs.add(stage.ui.backend.now(), u"Sending 250 order/created"_s, 250);
    stage.ui.jobs.finish(job);
    stage.settle();
    QAbstractItemModel *model = stage.table->model();
    QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy resets(model, &QAbstractItemModel::modelReset);
    QCOMPARE(model->rowCount(), 3);
    auto *clear = child<QPushButton>(stage.view.get(), "activityClear");
    QVERIFY(clear->isEnabled());
    QTest::mouseClick(clear, Qt::LeftButton);
    stage.settle();
    QCOMPARE(model->rowCount(), 1); // what runs stays
    QCOMPARE(stage.cell(0, ActivityColumn::Action), u"Stop"_s);
    QVERIFY(!clear->isEnabled());
    stage.ui.backend.post(ended); // told again
    stage.settle();
    QCOMPARE(model->rowCount(), 1);
    QCOMPARE(resets.count(), 0);

    ActivityView another(stage.ui.context); // after a restart
    stage.ui.show(&another);
    stage.settle();
    auto *list = qobject_cast<ActivityModel *>(child<ListTable>(&another, "activityTable")->list());
    QVERIFY(list->rowOf(bulk(50).id.toText()) >= 0);
    QCOMPARE(list->rowOf(ended.id.toText()), -1);
}

/// Where it is narrow the time gives way to what it is and how it stands.
/// Though the list is read again.
void TestActivityView::whatWasClearedStaysGone()
{
    Stage stage({bulk(50)});
    const int job = stage.ui.jobs.add(stage.ui.backend.now(), u"Sending 250 order/created"_s, 250);
    stage.ui.jobs.finish(job);
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 2);
    QTest::mouseClick(child<QPushButton>(stage.view.get(), "activityClear"), Qt::LeftButton);
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 1);
    const QAbstractItemModel *before = stage.table->model();
    stage.setServing(false);
    stage.settle();
    stage.setServing(true);
    stage.settle();
    QTRY_VERIFY((stage.settle(), stage.table->model() != before));
    QCOMPARE(stage.table->model()->rowCount(), 1);
}

/// Not when somebody looked at it first.
void TestActivityView::workBeganWhenItBegan()
{
    Stage stage;
    const devserver::TimePoint began = stage.ui.backend.now();
    (void)stage.ui.jobs.add(began, u"Sending 250 order/created"_s, 250);
    stage.ui.backend.advance(5min);
    ActivityView late(stage.ui.context);
    stage.ui.show(&late);
    stage.settle();
    const auto *list =
        qobject_cast<ActivityModel *>(child<ListTable>(&late, "activityTable")->list());
    QTRY_COMPARE(list->rowCount(), 1);
    QVERIFY(list->at(0).startedAt == began);
}

void TestActivityView::narrowRowsSayWhatAndHow()
{
    Bulk broken = bulk(20, 47);
    broken.state = BulkState::StoppedByErrors;
    broken.triesOneFirst = true;
    broken.failedAgain = 1;
    Stage stage({broken});
    QCOMPARE(stage.state(0).second, u"the first failed again"_s);
    stage.view->resize(815, 700);
    stage.settle();
    const QFontMetrics metrics = stage.table->fontMetrics();
    const auto room = [&stage](ActivityColumn column) {
        return stage.table->columnWidth(static_cast<int>(column));
    };
    const QString state = stage.state(0).text;
    QCOMPARE(state, u"Stopped by errors"_s);
    constexpr int sign = 40; // the icon and the space around
    QVERIFY(room(ActivityColumn::State) >= metrics.horizontalAdvance(state) + sign);
    const QModelIndex first =
        stage.table->model()->index(0, static_cast<int>(ActivityColumn::What));
    const QString what = first.data(CellDataRole).value<Cell>().text;
    QCOMPARE(what, u"Retry 47 letters in \"TimeoutError\""_s);
    QVERIFY(room(ActivityColumn::What) >= metrics.horizontalAdvance(what) + sign);
    QCOMPARE(room(ActivityColumn::Left), 0);   // the progress says it
    QVERIFY(room(ActivityColumn::Action) > 0); // Stop stays
}

/// At 1440 pixels, beside the names of the views.
void TestActivityView::theUsualWindowSaysItWhole()
{
    Bulk broken = bulk(20, 47);
    broken.state = BulkState::StoppedByErrors;
    broken.triesOneFirst = true;
    broken.failedAgain = 1;
    broken.perSecond = 50;
    Stage stage({broken});
    stage.view->resize(1256, 700);
    stage.settle();
    for (const ActivityColumn column : {ActivityColumn::What, ActivityColumn::State}) {
        const QModelIndex index = stage.table->model()->index(0, static_cast<int>(column));
        const Cell cell = index.data(CellDataRole).value<Cell>();
        QVERIFY(!cell.second.isEmpty());
        QStyleOptionViewItem option;
        option.font = stage.table->font();
        const int wanted = stage.table->itemDelegate()->sizeHint(option, index).width();
        QVERIFY2(stage.table->columnWidth(index.column()) >= wanted, qPrintable(cell.second));
    }
}

void TestActivityView::nothingYet()
{
    Stage stage;
    QVERIFY(child<QWidget>(stage.view.get(), "activityEmpty")->isVisible());
    for (const char *name :
         {"activityStop", "activityCompleted", "activityFailed", "activityClear"})
        QVERIFY2(!child<QPushButton>(stage.view.get(), name)->isVisible(), name);
    shoot(stage.view.get(), u"activity_empty"_s);
    stage.ui.backend.post(bulk(1));
    stage.settle();
    QVERIFY(child<QPushButton>(stage.view.get(), "activityStop")->isVisible());
    QVERIFY(!child<QWidget>(stage.view.get(), "activityEmpty")->isVisible());
}

void TestActivityView::pictures()
{
    Bulk first = bulk(1);
    first.completed = 46;
    first.failedAgain = 2;
    first.waiting = 0;
    first.state = BulkState::Done;
    Bulk second = bulk(20, 47);
    second.failedAgain = 1;
    second.waiting = 46;
    second.state = BulkState::StoppedByErrors;
    Bulk third = bulk(60, 120);
    third.completed = 51;
    third.waiting = 60;
    third.retrying = 9;
    third.perSecond = 5;
    Stage stage({third, second, first});
    stage.ui.jobs.update(
        stage.ui.jobs.add(stage.ui.backend.now(), u"Sending 250 order/created"_s, 250), 180, 0);
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 4);
    shoot(stage.view.get(), u"activity"_s);
    stage.ui.theme.choose(ThemeChoice::Dark, false);
    stage.settle();
    shoot(stage.view.get(), u"activity_dark"_s);
}

/// As others than the window may start it.
void TestActivityView::oneWithoutANameSaysWhatItRetries()
{
    Bulk nameless = bulk(10);
    nameless.title.clear();
    Bulk ofFunction = bulk(11, 1);
    ofFunction.title = "fn:shop-charge-order";
    Stage stage({ofFunction, nameless});
    const auto what = [&stage](int row) {
        return stage.table->model()
            ->index(row, static_cast<int>(ActivityColumn::What))
            .data(CellDataRole)
            .value<Cell>()
            .text;
    };
    QCOMPARE(what(0), u"Retry 1 letter of shop-charge-order"_s);
    QCOMPARE(what(1), u"Retry 48 letters"_s);
}

/// The window is there before. Work of the window keeps the time when it began.
void TestActivityView::isReadOnceTheServerServes()
{
    Stage stage({bulk(1)}, false);
    QVERIFY(allBars(*stage.view).contains(u"could not be read"_s));
    stage.setServing(true);
    stage.settle();
    QVERIFY(stage.table->model() != nullptr);
    QCOMPARE(stage.table->model()->rowCount(), 1);
    QVERIFY2(!allBars(*stage.view).contains(u"could not be read"_s),
             qPrintable(allBars(*stage.view)));
    [[maybe_unused]] const int job =
        stage.ui.jobs.add(stage.ui.backend.now(), u"Sending 250 order/created"_s, 250);
    stage.settle();
    const auto beganAt = [&stage](int row) {
        const auto column = static_cast<int>(ActivityColumn::Started);
        return stage.table->model()->index(row, column).data(Qt::ToolTipRole).toString();
    };
    const QString began = beganAt(0);
    QVERIFY(!began.isEmpty());
    stage.setServing(false);
    stage.ui.backend.setNow(runRow(900).queuedAt);
    stage.ui.backend.bulks = {bulk(800)}; // of another file
    stage.setServing(true);
    stage.settle();
    QCOMPARE(stage.table->model()->rowCount(), 2);
    QCOMPARE(stage.cell(1, ActivityColumn::What), u"Sending 250 order/created"_s);
    QCOMPARE(beganAt(1), began);
}

void TestActivityView::aRightClickChoosesTheRow()
{
    Bulk ended = bulk(1);
    ended.completed = 46;
    ended.failedAgain = 2;
    ended.waiting = 0;
    ended.state = BulkState::Done;
    Stage stage({bulk(2), ended});
    QCOMPARE(stage.table->currentId(), bulk(2).id.toText());
    QMenu *menu = contextMenuAt(stage.table->viewport(), stage.middleOf(1));
    QVERIFY(menu != nullptr);
    QCOMPARE(stage.table->currentId(), ended.id.toText());
    QCOMPARE(entriesOf(menu),
             QStringList({u"activity.completed"_s, u"activity.failed"_s, u"list.copy"_s,
                          u"activity.stop"_s, u"activity.clear"_s}));
    QVERIFY(!stage.ui.actions.action("activity.stop"_ba)->isEnabled());
    QCOMPARE(stage.ui.actions.reason("activity.stop"_ba), u"Select something that is running"_s);
    const QSignalSpy went(&stage.ui.navigator, &Navigator::goRequested);
    QVERIFY(clickAction(
        menu, [](const QAction *each) { return each->objectName() == u"activity.failed"_s; }));
    QCOMPARE(went.count(), 1);
    QCOMPARE(went[0][0].value<Place>().view, "dead"_ba);
    // By its key it is about the chosen one.
    menu = contextMenuAt(stage.table->viewport(), stage.middleOf(0));
    QTest::keyClick(menu, Qt::Key_Escape);
    menu = contextMenuOf(stage.table->viewport());
    QVERIFY(clickAction(
        menu, [](const QAction *each) { return each->objectName() == u"activity.stop"_s; }));
    QCOMPARE(stage.ui.backend.stopped, std::vector{bulk(2).id});
}

/// `Stop` would be for another row.
void TestActivityView::theMenuGoesWithTheRows()
{
    Stage stage({bulk(1)});
    QVERIFY(contextMenuAt(stage.table->viewport(), stage.middleOf(0)) != nullptr);
    stage.setServing(false);
    stage.ui.backend.bulks = {bulk(8)};
    stage.setServing(true);
    stage.settle();
    QCOMPARE(stage.table->currentId(), bulk(8).id.toText());
    QVERIFY(QApplication::activePopupWidget() == nullptr);
}

UI_TEST_MAIN(TestActivityView)

#include "tst_activityview.moc"
