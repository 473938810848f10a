// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/runsstage.h"
#include "ui/core/format.h"
#include "ui/widgets/infobar.h"

#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;
using devserver::RunId;
using devserver::api::RunSummary;

namespace {

constexpr int keptRows = PagedTableModel::keptRows;

/// More runs than the list keeps come in on top.
void grow(Stage *stage)
{
    constexpr int frames = 6;
    constexpr int perFrame = keptRows / 5;
    RunSummary run = stage->fixture.backend.runs.front();
    for (int frame = 0; frame < frames; ++frame) {
        std::vector<RunSummary> fresh;
        for (int number = perFrame; number > 0; --number) {
            const auto age = std::chrono::milliseconds(frame * perFrame + number);
            run.queuedAt = noon() + std::chrono::hours(1) + age;
            run.id = RunId{devserver::Ulid::fromParts(run.queuedAt, {1, 2, 3})};
            fresh.push_back(run);
        }
        auto &all = stage->fixture.backend.runs;
        all.insert(all.begin(), fresh.begin(), fresh.end());
        for (const RunSummary &one : fresh)
            stage->fixture.backend.mailbox().post(one);
        stage->fixture.beat();
    }
}

QStringList said(const Stage &stage)
{
    QStringList texts;
    for (const auto *text : stage.view->infoBars().findChildren<QLabel *>(u"infoBarText"_s)) {
        if (!text->isHidden() && !text->parentWidget()->isHidden())
            texts.append(text->text());
    }
    return texts;
}

/// One each second, newest first.
std::vector<RunSummary> hourOfRuns()
{
    std::vector<RunSummary> runs;
    RunSummary run = runRow(1);
    for (int second = 3600; second > 0; --second) {
        run.queuedAt = noon() + std::chrono::seconds(second);
        run.id = RunId{devserver::Ulid::fromParts(run.queuedAt, {1, 2, 3})};
        runs.push_back(run);
    }
    return runs;
}

} // namespace

/// New runs come in for hours: the end of the list goes, and nobody notices.
class TestLongList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasOpenedStaysOpen();
    void severalChosenStay();
    void theStripNeverSaysThatItIsAll();
    void theEndComesAgain();
    void aHiddenListKeepsItsPlace();
    void aTimeFarDownIsGoneTo();
    void beforeTheFirstRunThereIsNothing();
    void aPageThatFailsOnTheWayIsSaid();
    void aPageThatFailedBeforeIsAskedForAgain();
};

void TestLongList::whatWasOpenedStaysOpen()
{
    Stage stage(sampleRuns());
    // By key: half a second after a click Qt scrolls to the row, wherever it is by then.
    QTest::keyClick(stage.table, Qt::Key_Home, Qt::ControlModifier);
    const QByteArray chosen = stage.table->currentId();
    const auto *id = child<QLabel>(stage.view.get(), "runIdText");
    QTRY_COMPARE(id->toolTip().toLatin1(), chosen);
    // The panel takes its place, and keeps the row in sight.
    settle(stage.view.get(), [&stage] { stage.fixture.beat(); });
    grow(&stage);
    QVERIFY(stage.list()->rowCount() <= keptRows + PagedTableModel::pageSize);
    QCOMPARE(stage.list()->rowOf(chosen), -1);
    QVERIFY(stage.table->selectedIds().isEmpty()); // no other one was chosen for it
    stage.fixture.beat();
    QCOMPARE(id->toolTip().toLatin1(), chosen);
}

void TestLongList::severalChosenStay()
{
    Stage stage(sampleRuns());
    stage.clickRow(0);
    stage.clickRow(2, 1, Qt::ControlModifier);
    const QByteArrayList chosen = stage.table->selectedIds();
    QCOMPARE(chosen.size(), 2);
    grow(&stage);
    QCOMPARE(stage.table->selectedIds(), chosen);
    QVERIFY(stage.list()->rowCount() > keptRows + PagedTableModel::pageSize);
}

/// Also at once, when the end goes for the first time.
void TestLongList::theStripNeverSaysThatItIsAll()
{
    Stage stage(sampleRuns());
    const auto *count = child<QLabel>(stage.view.get(), "listCount");
    QStringList said;
    connect(stage.list(), &QAbstractItemModel::rowsRemoved, count,
            [&] { said.append(count->text()); });
    grow(&stage);
    QVERIFY(!said.isEmpty());
    QCOMPARE(said.first(), u"First 20,000 runs"_s);
}

void TestLongList::theEndComesAgain()
{
    Stage stage(sampleRuns());
    const QByteArray oldest = stage.list()->idAt(stage.list()->rowCount() - 1);
    grow(&stage);
    QCOMPARE(stage.list()->rowOf(oldest), -1);
    stage.table->setFocus();
    for (int pages = 0; pages < 20 && stage.list()->rowOf(oldest) < 0; ++pages) {
        QTest::keyClick(stage.table, Qt::Key_End, Qt::ControlModifier);
        stage.fixture.beat();
    }
    QCOMPARE(stage.list()->rowOf(oldest), stage.list()->rowCount() - 1);
    QCOMPARE(static_cast<std::size_t>(stage.list()->rowCount()), stage.fixture.backend.runs.size());
}

/// Somebody is elsewhere for a while: the rows above the place go on coming.
void TestLongList::aHiddenListKeepsItsPlace()
{
    Stage stage(sampleRuns());
    stage.view->resize(stage.view->width(), 320); // there is something to scroll
    stage.fixture.beat();
    QScrollBar *bar = stage.table->verticalScrollBar();
    stage.table->verticalScrollBar()->setValue(bar->maximum());
    stage.fixture.beat();
    const QByteArray top = stage.list()->idAt(stage.table->rowAt(0));
    QVERIFY(stage.list()->rowOf(top) > 0);
    stage.view->hide();
    grow(&stage);
    QVERIFY(stage.list()->rowOf(top) > keptRows + PagedTableModel::pageSize);
    stage.view->show();
    QVERIFY(QTest::qWaitForWindowExposed(stage.view.get()));
    QCOMPARE(stage.list()->idAt(stage.table->rowAt(0)), top);
}

/// Its page is not loaded yet, nor are those above it; later the list stays there.
void TestLongList::aTimeFarDownIsGoneTo()
{
    Stage stage(hourOfRuns());
    const devserver::TimePoint time = noon() + std::chrono::minutes(20);
    arrange::runsAt(stage.fixture, time + std::chrono::milliseconds(500));
    const auto current = [&stage] { return stage.table->currentIndex().row(); };
    QTRY_VERIFY((stage.fixture.beat(), current() > 0));
    const int row = current();
    QCOMPARE(stage.list()->at(row).queuedAt, time);
    QCOMPARE(stage.table->rowAt(0), row);
    QVERIFY(row > PagedTableModel::pageSize);
    QCOMPARE(stage.filter->text(), QString());
}

/// That is about this list: it goes with another filter, or to another view.
void TestLongList::beforeTheFirstRunThereIsNothing()
{
    Stage stage(hourOfRuns());
    const auto ask = [&stage] {
        arrange::runsAt(stage.fixture, noon() - std::chrono::hours(1));
        QTRY_COMPARE((stage.fixture.beat(), said(stage)),
                     QStringList{u"No run of this list was queued until "_s
                                 + formatTime(noon() - std::chrono::hours(1),
                                              stage.fixture.backend.now(), TimeStyle::Absolute)
                                 + u". Later ones are above."_s});
    };
    ask();
    QVERIFY(stage.table->currentIndex().row() <= 0);
    QVERIFY(stage.table->isFollowing());
    QTest::keyClicks(stage.filter, u"state:completed"_s);
    QTest::keyClick(stage.filter, Qt::Key_Return);
    QTRY_COMPARE((stage.fixture.beat(), said(stage)), QStringList());
    ask();
    stage.view->hide();
    stage.view->show();
    QVERIFY(QTest::qWaitForWindowExposed(stage.view.get()));
    QCOMPARE((stage.fixture.beat(), said(stage)), QStringList());
}

/// The filter stays: rows did not run out.
void TestLongList::aPageThatFailsOnTheWayIsSaid()
{
    Stage stage(hourOfRuns());
    devserver::test::FakeBackend &backend = stage.fixture.backend;
    backend.holdReplies(true);
    arrange::runsAt(stage.fixture, noon() + std::chrono::minutes(20));
    backend.releaseReplies(); // which run it is
    QVERIFY(stage.list()->isAsking());
    backend.queryError = devserver::Error{devserver::ErrorCode::Store, u"disk I/O error"_s};
    backend.releaseReplies();
    backend.holdReplies(false);
    QTRY_VERIFY(
        (stage.fixture.beat(),
         said(stage).contains(u"The runs down to that time could not be read: disk I/O error"_s)));
    QCOMPARE(stage.filter->text(), QString());
    QVERIFY(stage.list()->rowCount() < PagedTableModel::maxRows);
}

void TestLongList::aPageThatFailedBeforeIsAskedForAgain()
{
    Stage stage(hourOfRuns());
    devserver::test::FakeBackend &backend = stage.fixture.backend;
    backend.queryError = devserver::Error{devserver::ErrorCode::Store, u"disk I/O error"_s};
    QSignalSpy failed(stage.list(), &PagedTableModel::failed);
    QTest::keyClick(stage.table, Qt::Key_End, Qt::ControlModifier);
    QTRY_VERIFY((stage.fixture.beat(), !failed.isEmpty()));
    QVERIFY(!stage.list()->canFetchMore({}));
    backend.queryError.reset();
    const devserver::TimePoint time = noon() + std::chrono::minutes(20);
    arrange::runsAt(stage.fixture, time);
    QTRY_VERIFY((stage.fixture.beat(), stage.table->rowAt(0) > PagedTableModel::pageSize));
    QCOMPARE(stage.list()->at(stage.table->rowAt(0)).queuedAt, time);
    QCOMPARE(stage.filter->text(), QString());
}

UI_TEST_MAIN(TestLongList)
#include "tst_longlist.moc"
