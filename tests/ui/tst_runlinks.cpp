// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/contextmenu.h"
#include "tests/ui/support/runsstage.h"
#include "tests/unit/ui/runstory.h"
#include "ui/runs/runpanel.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/rowdelegate.h"

#include <QMenu>
#include <QSignalSpy>
#include <QTabWidget>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;
using devserver::api::RunSummary;

namespace {

RunSummary rerun()
{
    RunSummary run = runIn(DisplayState::Completed);
    run.originalRun = runId(7);
    return run;
}

} // namespace

/// Where a row of the list leads, and what of it can be taken along.
class TestRunLinks final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void middleClickOpensAWindow();
    void originLeads_data();
    void originLeads();
    void copiesWhatTheRecordHas();
    void goesToRelatedRuns();
    void reasonAndCountdownAreNeverCut_data();
    void reasonAndCountdownAreNeverCut();
};

void TestRunLinks::middleClickOpensAWindow()
{
    Stage stage(completedRuns(3));
    stage.clickRow(0);
    QSignalSpy windows(&stage.fixture.navigator, &Navigator::runWindowRequested);
    const QModelIndex index = stage.table->model()->index(2, 1);
    QTest::mouseClick(stage.table->viewport(), Qt::MiddleButton, {},
                      stage.table->visualRect(index).center());
    QCOMPARE(windows.size(), 1);
    QCOMPARE(windows.front().front().value<devserver::RunId>(), runId(1));
    QCOMPARE(stage.table->currentIndex().row(), 0); // what is looked at here stays
}

void TestRunLinks::originLeads_data()
{
    QTest::addColumn<RunSummary>("run");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("view");
    QTest::addColumn<QByteArray>("subject");
    RunSummary event = runIn(DisplayState::Completed);
    event.event = eventId(9);
    QTest::addRow("event") << event << QString(u"event "_s + shortId(eventId(9).toText()))
                           << "events"_ba << eventId(9).toText();
    QTest::addRow("rerun") << rerun() << QString(u"rerun of "_s + shortId(runId(7).toText()))
                           << "runs"_ba << runId(7).toText();
}

void TestRunLinks::originLeads()
{
    QFETCH(const RunSummary, run);
    Stage stage({run});
    const auto column = static_cast<int>(RunColumn::Origin);
    QSignalSpy went(&stage.fixture.navigator, &Navigator::goRequested);
    QTEST(stage.table->model()->index(0, column).data().toString(), "text");
    // The column is not shown at first.
    QContextMenuEvent event(QContextMenuEvent::Mouse, {30, 10},
                            stage.table->header()->viewport()->mapToGlobal(QPoint(30, 10)));
    QApplication::sendEvent(stage.table->header()->viewport(), &event);
    auto *columns = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(columns != nullptr);
    for (QAction *action : columns->actions()) {
        if (action->text() == u"Origin"_s)
            QTest::mouseClick(columns, Qt::LeftButton, {},
                              columns->actionGeometry(action).center());
    }
    stage.view->resize(1900, 800);
    stage.fixture.beat();
    QVERIFY(!stage.table->isColumnHidden(column));
    stage.clickRow(0, column);
    QTRY_COMPARE(went.size(), 1);
    const Place place = went.front().front().value<Place>();
    QTEST(place.view, "view");
    QTEST(place.subject, "subject");
}

void TestRunLinks::copiesWhatTheRecordHas()
{
    RunStory story;
    story.start().step("load-order", 800ms).failForGood("charge-card", 500ms).fail();
    const devserver::api::RunRecord record = story.record();
    Stage stage({record.summary});
    stage.fixture.backend.records[record.run.id] = record;
    QString &copied = stage.fixture.desktop.copied;
    stage.clickRow(0);
    chooseInMenu(stage.fixture, stage.table->viewport(), u"Copy"_s, u"run.copyLink"_s);
    QTRY_COMPARE(copied,
                 u"http://%1/v1/runs/%2"_s.arg(stage.fixture.backend.server().address,
                                               QString::fromLatin1(record.run.id.toText())));
    chooseInMenu(stage.fixture, stage.table->viewport(), u"Copy"_s, u"run.copyPayload"_s);
    QTRY_COMPARE(copied, QString::fromUtf8(record.events.front().json.bytes()));
    chooseInMenu(stage.fixture, stage.table->viewport(), u"Copy"_s, u"run.copyError"_s);
    QTRY_VERIFY(copied.startsWith(u"TimeoutError: "_s));
}

void TestRunLinks::goesToRelatedRuns()
{
    RunStory story;
    const devserver::api::RunRecord record =
        story.start().step("load-order", 800ms).complete().record();
    Stage stage({record.summary});
    stage.fixture.backend.records[record.run.id] = record;
    stage.clickRow(0);
    QVERIFY(!stage.actionNow("run.goOriginal"_ba).isEnabled);
    chooseInMenu(stage.fixture, stage.table->viewport(), {}, u"run.goRelated"_s);
    auto *panel = child<RunPanel>(stage.view.get(), "runPanel");
    QTRY_VERIFY(panel->isVisible());
    const auto *tabs = child<QTabWidget>(panel, "runTabs");
    QTRY_VERIFY(tabs->tabText(tabs->currentIndex()).startsWith(u"Related"_s));
}

void TestRunLinks::reasonAndCountdownAreNeverCut_data()
{
    QTest::addColumn<int>("width");
    QTest::addRow("window of 1440 with the inspector") << 840;
    QTest::addRow("window of 1024") << 620;
    QTest::addRow("wide") << 1600;
}

void TestRunLinks::reasonAndCountdownAreNeverCut()
{
    QFETCH(int, width);
    RunSummary run = runIn(DisplayState::Waiting, WaitReason::Backoff);
    run.activities.front().until = noon() + 1h + 59min + 59s;
    Stage stage({run});
    stage.view->resize(width, 700);
    stage.fixture.beat();
    const QModelIndex index = stage.table->model()->index(0, static_cast<int>(RunColumn::State));
    const auto cell = index.data(CellDataRole).value<Cell>();
    QCOMPARE(cell.second, u"backoff · in 59 m 59 s"_s);
    const QFontMetrics metrics = stage.table->fontMetrics();
    const int icon = 16 + 8;
    const int room = stage.table->columnWidth(index.column()) - 2 * RowDelegate::padding - icon
                     - metrics.horizontalAdvance(cell.text) - 8;
    const QString words = RowDelegate::secondIn(room, cell, metrics);
    QVERIFY2(words
                 == (width < 800   ? u"59 m"_s
                     : width < 900 ? u"retry · 59 m"_s
                                   : u"backoff · 59 m"_s),
             qPrintable(words));
    QVERIFY(metrics.horizontalAdvance(words) <= room);
    QVERIFY2(index.data(Qt::ToolTipRole).toString().contains(u"in 59 m 59 s"_s),
             qPrintable(index.data(Qt::ToolTipRole).toString()));
    QVERIFY2(index.data(Qt::AccessibleTextRole).toString().contains(u"backoff"_s),
             qPrintable(index.data(Qt::AccessibleTextRole).toString()));
    // At the usual size no column of the defaults gives way to it, but the id.
    QVERIFY(width < 800 || !stage.table->isColumnHidden(static_cast<int>(RunColumn::Duration)));
    QFont title = stage.table->header()->font();
    title.setWeight(QFont::Medium);
    const auto attempts = static_cast<int>(RunColumn::Attempts);
    QVERIFY(stage.table->isColumnHidden(attempts)
            || stage.table->columnWidth(attempts)
                   >= QFontMetrics(title).horizontalAdvance(u"Attempts"_s)
                          + 2 * RowDelegate::padding);
    shoot(stage.view.get(), u"runs_%1"_s.arg(width));
}

UI_TEST_MAIN(TestRunLinks)
#include "tst_runlinks.moc"
