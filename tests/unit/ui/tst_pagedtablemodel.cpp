// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/fakebackend.h"
#include "ui/core/frameclock.h"
#include "ui/core/pagedrows.h"

#include <QAbstractItemModelTester>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using console::Fit;
using devserver::RunId;
using devserver::TimePoint;
using devserver::Ulid;
using devserver::api::PageToken;
using devserver::api::RunPage;
using devserver::api::RunsQuery;
using devserver::api::RunSummary;
using devserver::test::FakeBackend;

namespace {

constexpr auto noon =
    std::chrono::sys_days(std::chrono::year(2030) / 1 / 1) + std::chrono::hours(12);

RunSummary row(int number)
{
    RunSummary run;
    run.id = RunId{Ulid::fromParts(noon + std::chrono::seconds(number), {1, 2, 3})};
    run.queuedAt = noon + std::chrono::seconds(number);
    run.stepsDone = number;
    return run;
}

struct Rows {
    using Row = RunSummary;
    using Page = RunPage;
    using Key = RunId;

    static Key key(const Row &row) { return row.id; }

    static TimePoint bornAt(const Row &row) { return row.queuedAt; }
};

/// A number that stays and one that tells the time; rows fit unless their key says otherwise.
class TestModel final : public console::PagedRows<Rows>
{
public:
    TestModel(FakeBackend &backend, console::FrameClock &clock)
        : PagedRows<Rows>(backend, clock, {{"n"_ba, u"n"_s}, {"m"_ba, u"m"_s}})
    {}

    bool isOrdered = true;
    bool canAsk = false;
    QPointer<devserver::api::Reply> question; ///< the last one about rows

protected:
    devserver::api::Reply *askAbout(std::vector<RunId> runs) override
    {
        question =
            canAsk ? backend().ask(RunsQuery{.after = {}, .among = std::move(runs)}) : nullptr;
        return question;
    }

    devserver::api::Reply *askPage(const PageToken &after, int limit) override
    {
        return backend().ask(RunsQuery{.after = after, .limit = limit});
    }

    Fit fit(const RunSummary &run) const override
    {
        if (run.key == "no")
            return Fit::No;
        return run.key == "unknown" ? Fit::Unknown : Fit::Yes;
    }

    bool takesNew() const override { return isOrdered; }

    bool isByIds() const override { return isOrdered; }

    console::Cell cell(int at, int column) const override
    {
        const RunSummary &run = this->at(at);
        return {.text = QString::number(column == 0 ? run.stepsDone : (now() - run.queuedAt) / 1s)};
    }

    std::optional<std::chrono::milliseconds> timeUntilChange(int at, TimePoint) const override
    {
        return this->at(at).key == "ticks" ? std::optional(5ms) : std::nullopt;
    }
};

/// What new rows leave of a list, and the page that they may grow over it.
constexpr int keptRows = console::PagedTableModel::keptRows;
constexpr int mostRows = keptRows + console::PagedTableModel::pageSize;

struct Stage {
    explicit Stage(int rows)
    {
        clock.setManual();
        for (int number = rows; number > 0; --number)
            backend.runs.push_back(row(number));
        newest = rows;
        backend.setNow(noon + 1h);
    }

    void load()
    {
        model.load();
        QTRY_VERIFY(model.isLoaded());
        model.setVisibleRows(0, 30);
    }

    void beat()
    {
        QCoreApplication::processEvents(); // the answers of the fake are queued
        clock.beat();
        QCoreApplication::processEvents();
    }

    /// \a count more runs, as many per frame as a busy server makes.
    void grow(int count)
    {
        for (int left = count; left > 0; left -= 4000) {
            std::vector<RunSummary> fresh;
            newest += std::min(left, 4000);
            for (int more = 0; more < std::min(left, 4000); ++more)
                fresh.push_back(row(newest - more));
            backend.runs.insert(backend.runs.begin(), fresh.begin(), fresh.end());
            model.take(fresh);
            beat();
        }
    }

    /// Numbers of the rows from \a first to \a last.
    QStringList numbers(int first, int last)
    {
        QStringList texts;
        for (int at = first; at <= last && at < model.rowCount(); ++at)
            texts.append(model.index(at, 0).data().toString());
        return texts;
    }

    int newest = 0;
    FakeBackend backend;
    console::FrameClock clock;
    TestModel model{backend, clock};
    std::optional<QAbstractItemModelTester> tester{
        std::in_place, &model, QAbstractItemModelTester::FailureReportingMode::QtTest};
    QSignalSpy resets{&model, &QAbstractItemModel::modelReset};
    QSignalSpy inserts{&model, &QAbstractItemModel::rowsInserted};
    QSignalSpy removals{&model, &QAbstractItemModel::rowsRemoved};
    QSignalSpy changes{&model, &QAbstractItemModel::dataChanged};
};

RunSummary withKey(int number, const QByteArray &key)
{
    RunSummary run = row(number);
    run.key = key;
    return run;
}

} // namespace

class TestPagedTableModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fetchesPageByPage();
    void insertsNewRowsOnTopOnceAFrame();
    void putsLateRowsInTheirPlace();
    void leavesRowsBehindTheLastPageToIt();
    void keepsChangesThatComeWhileAPageIsRead();
    void countsNewRowsInOtherOrders();
    void countsRowsThatItCannotJudge();
    void asksAboutRowsThatItCannotJudge();
    void aQuestionThatFailsIsToldAndNotTheLast();
    void aQuestionEndsWithItsList();
    void mergesChanges();
    void announcesOnlyVisibleRows();
    void removesLeftRowsTogether();
    void keepsRowsThatFitAgain();
    void keepsRowsWhileHeld();
    void stopsAfterAFailure();
    void ticksOnlyForVisibleTexts();
    void ticksInABusyList();
    void doesNotGrowForEver();
    void keepsWhatIsInUse_data();
    void keepsWhatIsInUse();
    void neverResets();
};

void TestPagedTableModel::fetchesPageByPage()
{
    Stage stage(1200);
    stage.model.load();
    QVERIFY(!stage.model.canFetchMore({}));
    QTRY_VERIFY(stage.model.isLoaded());
    QCOMPARE(stage.model.rowCount(), 500);
    QVERIFY(stage.model.canFetchMore({}));
    stage.model.fetchMore({});
    QVERIFY(!stage.model.canFetchMore({})); // one at a time, or the view asks in a loop
    stage.model.fetchMore({});
    QTRY_COMPARE(stage.model.rowCount(), 1000);
    stage.model.fetchMore({});
    QTRY_COMPARE(stage.model.rowCount(), 1200);
    QVERIFY(!stage.model.canFetchMore({}));
    QCOMPARE(stage.backend.askedFor<RunsQuery>().size(), 3U);
    QCOMPARE(stage.model.index(1199, 0).data().toString(), u"1"_s);
    QCOMPARE(stage.resets.count(), 0);
}

void TestPagedTableModel::insertsNewRowsOnTopOnceAFrame()
{
    Stage stage(10);
    stage.load();
    stage.inserts.clear();
    stage.model.take({row(11), row(13)});
    stage.model.take({row(12)});
    QCOMPARE(stage.model.rowCount(), 10);
    stage.beat();
    QCOMPARE(stage.inserts.count(), 1);
    QCOMPARE(stage.numbers(0, 4), QStringList({u"13"_s, u"12"_s, u"11"_s, u"10"_s, u"9"_s}));
    QCOMPARE(stage.model.rowOfKey(row(11).id), 2);
    QCOMPARE(stage.model.rowOf(row(1).id.toText()), 12);
}

void TestPagedTableModel::putsLateRowsInTheirPlace()
{
    Stage stage(0);
    for (int number = 100; number > 0; number -= 10)
        stage.backend.runs.push_back(row(number));
    stage.load();
    stage.model.take({row(95), row(55), row(56), row(101)});
    stage.beat();
    QCOMPARE(stage.numbers(0, 8), QStringList({u"101"_s, u"100"_s, u"95"_s, u"90"_s, u"80"_s,
                                               u"70"_s, u"60"_s, u"56"_s, u"55"_s}));
    // Often between the same two, until there is no room for places left.
    for (int step = 0; step < 60; ++step) {
        RunSummary run = row(50);
        run.id = RunId{Ulid::fromParts(noon + 50s + std::chrono::milliseconds(step + 1), {1})};
        run.stepsDone = 1000 + step;
        stage.model.take({run});
        stage.beat();
        const int at = stage.model.rowOfKey(run.id);
        QCOMPARE(stage.model.index(at, 0).data().toString(), QString::number(1000 + step));
        QCOMPARE(stage.model.rowOfKey(row(55).id), at - 1);
    }
    QCOMPARE(stage.model.rowOfKey(row(10).id), stage.model.rowCount() - 1);
}

void TestPagedTableModel::leavesRowsBehindTheLastPageToIt()
{
    Stage stage(600);
    stage.load(); // 600..101
    stage.model.take({row(50)});
    stage.beat();
    QCOMPARE(stage.model.rowCount(), 500);
    stage.model.fetchMore({});
    QTRY_COMPARE(stage.model.rowCount(), 600);
}

void TestPagedTableModel::keepsChangesThatComeWhileAPageIsRead()
{
    Stage stage(600);
    stage.load();
    stage.backend.holdReplies(true);
    stage.model.fetchMore({});
    RunSummary changed = row(50);
    changed.stepsDone = 5000;
    stage.model.take({changed});
    stage.beat();
    stage.backend.releaseReplies(); // the page was read before the change
    QCOMPARE(stage.model.rowCount(), 600);
    QCOMPARE(stage.model.index(stage.model.rowOfKey(changed.id), 0).data().toString(), u"5000"_s);
}

void TestPagedTableModel::countsNewRowsInOtherOrders()
{
    Stage stage(600);     // and a page is loaded
    stage.tester.reset(); // it asks for the next page each time
    stage.model.isOrdered = false;
    stage.load();
    QSignalSpy unseen(&stage.model, &console::PagedTableModel::unseenCountChanged);
    RunSummary old = row(595);
    old.stepsDone = 77;
    stage.model.take({row(4000), row(4001), old, row(-5)});
    stage.beat();
    QCOMPARE(stage.model.rowCount(), 500);
    QCOMPARE(stage.model.unseenCount(), 2); // -5 was there before the query: on a later page
    QCOMPARE(unseen.count(), 1);
    QCOMPARE(stage.numbers(5, 5), QStringList{u"77"_s}); // changed, but where it was
    stage.model.take({row(4000), withKey(4001, "no"_ba)});
    stage.beat();
    QCOMPARE(stage.model.unseenCount(), 1);
}

void TestPagedTableModel::countsRowsThatItCannotJudge()
{
    Stage stage(10);
    stage.load();
    stage.model.take({withKey(4000, "unknown"_ba), withKey(4001, "no"_ba), row(4002)});
    stage.beat();
    QCOMPARE(stage.model.rowCount(), 11);
    QCOMPARE(stage.model.unseenCount(), 0); // it may be none
    QVERIFY(stage.model.mayHaveMissed());
}

void TestPagedTableModel::asksAboutRowsThatItCannotJudge()
{
    Stage stage(10);
    stage.model.canAsk = true;
    stage.load();
    stage.backend.runMatches = [](const devserver::api::Filter &, const RunSummary &run) {
        return run.stepsDone % 2 == 0;
    };
    stage.backend.holdReplies(true);
    for (int number = 4000; number < 4004; ++number)
        stage.backend.post(withKey(number, "unknown"_ba));
    stage.model.take({withKey(4000, "unknown"_ba), withKey(4001, "unknown"_ba),
                      withKey(4002, "unknown"_ba), withKey(4003, "unknown"_ba)});
    stage.beat();
    RunSummary changed = withKey(4002, "unknown"_ba); // newer than the answer
    changed.attempt = 7;
    stage.model.take({changed});
    stage.backend.releaseReplies();
    stage.backend.holdReplies(false);
    stage.beat();
    QCOMPARE(stage.numbers(0, 2), QStringList({u"4002"_s, u"4000"_s, u"10"_s}));
    QCOMPARE(stage.model.at(0).attempt, 7);
    QVERIFY(!stage.model.mayHaveMissed());
    const std::size_t asked = stage.backend.askedFor<RunsQuery>().size();
    stage.backend.advance(1min);
    stage.beat();
    QCOMPARE(stage.backend.askedFor<RunsQuery>().size(), asked);
}

void TestPagedTableModel::aQuestionThatFailsIsToldAndNotTheLast()
{
    Stage stage(10);
    stage.model.canAsk = true;
    stage.load();
    const devserver::Error busy{devserver::ErrorCode::Store, u"busy"_s};
    stage.backend.queryError = busy;
    stage.model.take({withKey(4000, "unknown"_ba)});
    stage.beat();
    stage.beat();
    QVERIFY(stage.model.mayHaveMissed());
    QCOMPARE(stage.model.rowCount(), 10);
    stage.backend.queryError.reset();
    stage.backend.post(withKey(4001, "unknown"_ba));
    stage.model.take({withKey(4001, "unknown"_ba)});
    stage.beat();
    QCOMPARE(stage.model.rowCount(), 10); // not at once
    stage.backend.advance(1s);
    stage.beat();
    stage.beat();
    QCOMPARE(stage.numbers(0, 1), QStringList({u"4001"_s, u"10"_s}));
}

/// As when somebody types on in a filter: the store is not to look for what nobody sees.
void TestPagedTableModel::aQuestionEndsWithItsList()
{
    Stage stage(10);
    auto model = std::make_unique<TestModel>(stage.backend, stage.clock);
    model->canAsk = true;
    model->load();
    QTRY_VERIFY(model->isLoaded());
    stage.backend.holdReplies(true);
    model->take({withKey(4000, "unknown"_ba)});
    stage.beat();
    const QPointer<devserver::api::Reply> question = model->question;
    QVERIFY(question);
    const QSignalSpy cancelled(question, &devserver::api::Reply::cancelled);
    QVERIFY(!question->isCancelled());
    model.reset();
    QCOMPARE(cancelled.count(), 1);
    stage.backend.holdReplies(false);
    stage.backend.releaseReplies(); // it comes too late, and to nobody
    stage.beat();
}

void TestPagedTableModel::mergesChanges()
{
    Stage stage(100);
    stage.load();
    stage.model.setVisibleRows(0, 60);
    stage.changes.clear();
    // Twelve places with gaps in between.
    std::vector<RunSummary> changed;
    for (int number = 100; number > 40; number -= 5)
        changed.push_back(row(number));
    changed.push_back(row(99));
    stage.model.take(changed);
    stage.model.take({row(100)});
    stage.beat();
    QVERIFY(stage.changes.count() > 1);
    QVERIFY(stage.changes.count() <= 8);
    QCOMPARE(stage.changes.first().at(1).toModelIndex().column(), 1);
}

void TestPagedTableModel::announcesOnlyVisibleRows()
{
    Stage stage(100);
    stage.load();
    stage.model.setVisibleRows(0, 10);
    stage.changes.clear();
    RunSummary far = row(1);
    far.stepsDone = 1234;
    stage.model.take({far});
    stage.beat();
    QCOMPARE(stage.changes.count(), 0);
    QCOMPARE(stage.numbers(99, 99), QStringList{u"1234"_s}); // known all the same
}

void TestPagedTableModel::removesLeftRowsTogether()
{
    Stage stage(20);
    stage.load();
    stage.model.take({withKey(20, "no"_ba), withKey(19, "no"_ba), withKey(10, "no"_ba)});
    stage.beat();
    QCOMPARE(stage.model.rowCount(), 20);
    QVERIFY(stage.model.isLeaving(0));
    QVERIFY(stage.model.index(0, 0).data(console::RowDimmedRole).toBool());
    QVERIFY(!stage.model.isLeaving(2));
    stage.backend.advance(1999ms);
    stage.beat();
    QCOMPARE(stage.model.rowCount(), 20);
    stage.backend.advance(1ms);
    stage.beat();
    QCOMPARE(stage.model.rowCount(), 17);
    QCOMPARE(stage.removals.count(), 2); // 20 and 19 go together
    QCOMPARE(stage.numbers(0, 0), QStringList{u"18"_s});
    QCOMPARE(stage.model.rowOfKey(row(10).id), -1);
    QCOMPARE(stage.model.rowOfKey(row(9).id), 8);
}

void TestPagedTableModel::keepsRowsThatFitAgain()
{
    Stage stage(3);
    stage.load();
    stage.model.take({withKey(2, "no"_ba)});
    stage.beat();
    stage.backend.advance(1s);
    stage.model.take({row(2)});
    stage.beat();
    stage.backend.advance(5s);
    stage.beat();
    QCOMPARE(stage.model.rowCount(), 3);
    QVERIFY(!stage.model.isLeaving(1));
}

void TestPagedTableModel::keepsRowsWhileHeld()
{
    Stage stage(3);
    stage.load();
    stage.model.hold();
    stage.model.hold();
    stage.model.take({withKey(2, "no"_ba)});
    stage.beat();
    stage.backend.advance(5s);
    stage.beat();
    QCOMPARE(stage.model.rowCount(), 3);
    stage.model.release();
    stage.beat();
    QCOMPARE(stage.model.rowCount(), 3);
    stage.model.release();
    stage.beat();
    QCOMPARE(stage.model.rowCount(), 2);
}

void TestPagedTableModel::stopsAfterAFailure()
{
    Stage stage(600);
    stage.load();
    QSignalSpy failed(&stage.model, &console::PagedTableModel::failed);
    stage.backend.queryError = devserver::Error{devserver::ErrorCode::Store, u"disk"_s};
    stage.model.fetchMore({});
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!stage.model.canFetchMore({})); // not by itself again
    QCOMPARE(stage.model.rowCount(), 500);
    stage.backend.queryError.reset();
    stage.model.load();
    QTRY_COMPARE(stage.model.rowCount(), 600);
}

void TestPagedTableModel::ticksOnlyForVisibleTexts()
{
    Stage stage(100);
    stage.backend.runs[50].key = "ticks"_ba;
    stage.load();
    QVERIFY(!stage.model.isTicking());
    stage.model.setVisibleRows(45, 60);
    QVERIFY(stage.model.isTicking());
    QSignalSpy changes(&stage.model, &QAbstractItemModel::dataChanged);
    QSignalSpy rows(&stage.model, &console::PagedTableModel::rowsChanged);
    stage.backend.setNow(noon + 1h + 1s);
    QTRY_COMPARE(changes.count(), 1); // after a second, though the text says 5 ms
    QCOMPARE(changes.first().at(0).toModelIndex(), stage.model.index(50, 1));
    QCOMPARE(changes.first().at(1).toModelIndex(), stage.model.index(50, 1));
    QCOMPARE(rows.count(), 0);         // the row is what it was
    stage.model.setVisibleRows(0, -1); // hidden
    QVERIFY(!stage.model.isTicking());
}

/// Frames come all the time: no text may wait for a pause.
void TestPagedTableModel::ticksInABusyList()
{
    Stage stage(100);
    stage.backend.runs[50].key = "ticks"_ba;
    stage.load();
    stage.model.setVisibleRows(45, 60);
    QSignalSpy changes(&stage.model, &QAbstractItemModel::dataChanged);
    stage.backend.setNow(noon + 1h + 1s);
    QTimer frames;
    connect(&frames, &QTimer::timeout, &stage.clock, &console::FrameClock::beat);
    frames.start(50ms);
    QTRY_COMPARE(changes.count(), 1);
}

/// Its end goes, can be asked for again, and then stays.
void TestPagedTableModel::doesNotGrowForEver()
{
    Stage stage(100);
    stage.load();
    QVERIFY(!stage.model.hasMore());
    stage.grow(mostRows - 100);
    QCOMPARE(stage.model.rowCount(), mostRows);
    stage.grow(1);
    QCOMPARE(stage.model.rowCount(), keptRows);
    stage.tester.reset(); // it asks for the next page each time, as who is at the end
    QCOMPARE(stage.resets.count(), 0);
    stage.grow(mostRows);
    QVERIFY(stage.model.rowCount() <= mostRows);
    const int oldest = stage.model.at(stage.model.rowCount() - 1).stepsDone;
    QCOMPARE(oldest, stage.newest - stage.model.rowCount() + 1);

    QVERIFY(stage.model.canFetchMore({}));
    const int before = stage.model.rowCount();
    stage.model.fetchMore({});
    QTRY_COMPARE(stage.model.rowCount(), before + 500);
    QCOMPARE(stage.model.at(before).stepsDone, oldest - 1);
    QCOMPARE(stage.model.at(before + 499).stepsDone, oldest - 500);
    stage.grow(1);
    QCOMPARE(stage.model.rowCount(), before + 501); // somebody was there
}

void TestPagedTableModel::keepsWhatIsInUse_data()
{
    QTest::addColumn<QByteArray>("use");
    for (const char *use : {"seen", "chosen", "held"})
        QTest::addRow("%s", use) << QByteArray(use);
}

void TestPagedTableModel::keepsWhatIsInUse()
{
    QFETCH(const QByteArray, use);
    Stage stage(100);
    stage.tester.reset(); // it looks at all rows each time
    stage.load();
    const QPersistentModelIndex oldest(stage.model.index(99, 0));
    if (use == "chosen")
        stage.model.setChoice([&oldest] { return oldest.row(); });
    if (use == "held")
        stage.model.hold();
    if (use == "seen") { // as a list does that stays at its end
        connect(&stage.model, &QAbstractItemModel::rowsInserted, &stage.model, [&stage] {
            stage.model.setVisibleRows(stage.model.rowCount() - 20, stage.model.rowCount() - 1);
        });
    }
    for (int more = 0; more < 6; ++more)
        stage.grow(4000);
    QCOMPARE(stage.model.rowCount(), 24'100);
    QCOMPARE(oldest.row(), 24'099);
}

void TestPagedTableModel::neverResets()
{
    Stage stage(2000);
    stage.load();
    int next = 4000;
    for (int round = 0; round < 120; ++round) { // the tester looks at every row each time
        std::vector<RunSummary> mail;
        for (int of = 0; of < 20; ++of) {
            const int number = of % 3 == 0 ? ++next : (round * 37 + of * 101) % 2000 + 1;
            mail.push_back(of % 5 == 0 ? withKey(number, "no"_ba) : row(number));
        }
        stage.model.take(mail);
        stage.backend.advance(100ms);
        stage.beat();
        if (round % 40 == 0)
            stage.model.fetchMore({});
    }
    QCOMPARE(stage.resets.count(), 0);
    QVERIFY(stage.inserts.count() > 100);
    QVERIFY(stage.removals.count() > 20);
    for (int at = 1; at < stage.model.rowCount(); ++at)
        QVERIFY(stage.model.at(at).id < stage.model.at(at - 1).id);
    for (int at = 0; at < stage.model.rowCount(); at += 7)
        QCOMPARE(stage.model.rowOfKey(stage.model.at(at).id), at);
}

QTEST_GUILESS_MAIN(TestPagedTableModel)
#include "tst_pagedtablemodel.moc"
