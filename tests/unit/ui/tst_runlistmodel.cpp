// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/fakebackend.h"
#include "ui/core/feed.h"
#include "ui/core/filtermatch.h"
#include "ui/core/filterparser.h"
#include "ui/core/frameclock.h"
#include "ui/core/runlistmodel.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using console::Fit;
using console::RunColumn;
using devserver::Activity;
using devserver::ActivityKind;
using devserver::LetterState;
using devserver::RunId;
using devserver::RunStatus;
using devserver::Ulid;
using devserver::api::RunSummary;

Q_DECLARE_METATYPE(Fit)

namespace {

constexpr auto noon =
    std::chrono::sys_days(std::chrono::year(2030) / 1 / 1) + std::chrono::hours(12);

RunSummary row(int number)
{
    RunSummary run;
    run.id = RunId{Ulid::fromParts(noon + std::chrono::seconds(number), {1, 2, 3})};
    run.slug = "shop-charge-order"_ba;
    run.functionName = "Charge order"_ba;
    run.appName = "shop"_ba;
    run.trigger = "order/created"_ba;
    run.status = RunStatus::Completed;
    run.stepsDone = 3;
    run.stepsKnown = 4;
    run.attempt = 2;
    run.maxAttempts = 5;
    run.queuedAt = noon + std::chrono::seconds(number);
    run.startedAt = run.queuedAt + 20ms;
    run.endedAt = run.queuedAt + 1220ms;
    return run;
}

RunSummary dead()
{
    RunSummary run = row(1);
    run.status = RunStatus::Failed;
    run.letter = LetterState::Open;
    run.errorName = "TimeoutError"_ba;
    run.errorMessage = "no answer after 5 s"_ba;
    run.key = "cus_1"_ba;
    return run;
}

RunSummary waiting(ActivityKind kind)
{
    RunSummary run = row(1);
    run.status = RunStatus::Running;
    run.endedAt.reset();
    Activity activity;
    activity.kind = kind;
    activity.until = noon + 2h;
    run.activities = {activity};
    return run;
}

struct Stage {
    explicit Stage(const char *filter = "")
    {
        clock.setManual();
        query.filter = console::parseFilter(QString::fromUtf8(filter), backend.now()).filter;
    }

    console::RunListModel &load()
    {
        model = std::make_unique<console::RunListModel>(backend, clock, feed, query);
        tester = std::make_unique<QAbstractItemModelTester>(
            model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        model->load();
        QCoreApplication::processEvents();
        model->setVisibleRows(0, 30);
        return *model;
    }

    void beat()
    {
        QCoreApplication::processEvents();
        clock.beat();
    }

    devserver::test::FakeBackend backend;
    console::FrameClock clock;
    console::Feed feed{backend, clock};
    devserver::api::RunsQuery query;
    std::unique_ptr<console::RunListModel> model;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

} // namespace

class TestRunListModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase()
    {
        qputenv("TZ", "UTC");
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    }

    void writesCells_data();
    void writesCells();
    void onlyTheEndFillsTheBar();
    void errorsAreClassAndFirstLine();
    void speaksInFullWords();
    void namesTheAppWhereThereAreSeveral();
    void asksForItsOrder();
    void followsTheFeed();
    void insertsOnlyInItsOwnOrder();
    void ticksWhileTextsChange_data();
    void ticksWhileTextsChange();
    void judgesRows_data();
    void judgesRows();
    void termsOfCellsFindTheirRow();
};

void TestRunListModel::writesCells_data()
{
    QTest::addColumn<RunSummary>("run");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("text");
    const auto add = [](const char *name, const RunSummary &run, RunColumn column,
                        const char *text) {
        QTest::addRow("%s", name) << run << static_cast<int>(column) << QString::fromUtf8(text);
    };
    RunSummary bare = row(1);
    bare.status = RunStatus::Queued;
    bare.attempt = 0;
    bare.stepsKnown = 0;
    bare.startedAt.reset();
    bare.endedAt.reset();
    RunSummary rerun = row(1);
    rerun.originalRun = row(7).id;
    RunSummary invoked = row(1);
    invoked.trigger = "inngest/function.invoked"_ba;
    add("completed", row(1), RunColumn::State, "Completed");
    add("dead", dead(), RunColumn::State, "Dead");
    add("sleeping", waiting(ActivityKind::Sleeping), RunColumn::State,
        "Waiting sleep · in 1 h 59 m");
    add("backing off", waiting(ActivityKind::BackingOff), RunColumn::State,
        "Waiting backoff · in 1 h 59 m");
    add("queued", bare, RunColumn::State, "Queued");
    add("function", row(1), RunColumn::Function, "Charge order");
    add("trigger", row(1), RunColumn::Trigger, "order/created");
    add("invoke", invoked, RunColumn::Trigger, "invoke");
    add("progress", row(1), RunColumn::Progress, "3/4");
    RunSummary works = waiting(ActivityKind::Executing);
    works.stepsDone = works.stepsKnown = 1;
    add("may have more steps", works, RunColumn::Progress, "1 done");
    RunSummary cancelled = row(1);
    cancelled.status = devserver::RunStatus::Cancelled;
    cancelled.stepsDone = cancelled.stepsKnown = 1;
    add("would have had more steps", cancelled, RunColumn::Progress, "1 done");
    add("no steps", bare, RunColumn::Progress, "");
    add("attempts", row(1), RunColumn::Attempts, "2/5");
    add("no attempts", bare, RunColumn::Attempts, "");
    add("queued at", row(1), RunColumn::Queued, "55 s ago");
    add("duration", row(1), RunColumn::Duration, "1.2 s");
    add("no duration", bare, RunColumn::Duration, "");
    RunSummary live = waiting(ActivityKind::Executing);
    live.queuedAt = live.startedAt.emplace(noon + 1400ms);
    live.endedAt.reset();
    RunSummary waits = bare;
    waits.queuedAt = noon + 200ms;
    add("age", live, RunColumn::Queued, "55 s ago");
    add("no longer than its age", live, RunColumn::Duration, "55 s");
    add("waits no longer than its age", waits, RunColumn::Waited, "55 s");
    add("live duration", waiting(ActivityKind::Executing), RunColumn::Duration, "55 s");
    add("waited", row(1), RunColumn::Waited, "20 ms");
    add("still waits", bare, RunColumn::Waited, "55 s");
    add("error", dead(), RunColumn::Error, "TimeoutError: no answer after 5 s");
    add("app", row(1), RunColumn::App, "shop");
    add("rerun", rerun, RunColumn::Origin,
        qPrintable(u"rerun of "_s + console::shortId(row(7).id.toText())));
    rerun.isEditedRetry = true;
    add("edited retry", rerun, RunColumn::Origin,
        qPrintable(u"edited retry of "_s + console::shortId(row(7).id.toText())));
    add("key", dead(), RunColumn::Key, "cus_1");
}

void TestRunListModel::writesCells()
{
    QFETCH(RunSummary, run);
    QFETCH(int, column);
    QFETCH(QString, text);
    Stage stage;
    stage.backend.setNow(noon + 1min);
    stage.backend.runs = {run};
    const console::RunListModel &model = stage.load();
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0, column).data().toString(), text);
}

/// A full bar is one of a run that has done all; of another one nobody knows what is left.
void TestRunListModel::onlyTheEndFillsTheBar()
{
    RunSummary works = waiting(ActivityKind::Executing);
    works.stepsDone = works.stepsKnown = 1;
    RunSummary cancelled = works;
    cancelled.activities.clear();
    cancelled.status = devserver::RunStatus::Cancelled;
    RunSummary completed = cancelled;
    completed.status = devserver::RunStatus::Completed;
    const auto bar = [](const RunSummary &run) {
        return console::runCell(run, RunColumn::Progress, {}).fraction;
    };
    QVERIFY(bar(works) < 0);
    QVERIFY(bar(cancelled) < 0);
    cancelled.stepsKnown = 2;
    QCOMPARE(bar(cancelled), 0.5);
    QCOMPARE(console::runCell(cancelled, RunColumn::Progress, {}).iconToken,
             console::Token::StateCancelled);
    QCOMPARE(bar(completed), 1.0);
}

/// Its class and the first line; a class that says nothing gives way where room is scarce.
void TestRunListModel::errorsAreClassAndFirstLine()
{
    const auto cellOf = [](const QByteArray &name, const QByteArray &message) {
        RunSummary run = dead();
        run.errorName = name;
        run.errorMessage = message;
        return console::runCell(run, RunColumn::Error, {});
    };
    const console::Cell usual = cellOf("TimeoutError", "no answer\nafter 5 s");
    QCOMPARE(usual.text, u"TimeoutError: no answer"_s);
    QCOMPARE(usual.brief, QString());
    QCOMPARE(usual.text.left(usual.keptStart), u"TimeoutError: "_s);
    for (const char *plain : {"Error", "exception"}) {
        const console::Cell cell = cellOf(plain, "no answer");
        QCOMPARE(cell.text, QString(QString::fromLatin1(plain) + u": no answer"_s));
        QCOMPARE(cell.brief, u"no answer"_s);
        QCOMPARE(cell.keptStart, 0);
    }
    QCOMPARE(cellOf("", "\n  no answer \n at x").text, u"no answer"_s);
    QCOMPARE(cellOf("TimeoutError", "").text, u"TimeoutError"_s);
    RunSummary run = dead();
    run.errorMessage = "no answer\nafter 5 s";
    QVERIFY(console::runCopyText(run, RunColumn::Error, {}).endsWith(u"no answer\nafter 5 s"_s));
}

void TestRunListModel::speaksInFullWords()
{
    Stage stage;
    stage.backend.setNow(noon + 1min);
    stage.backend.runs = {waiting(ActivityKind::Sleeping)};
    const console::RunListModel &model = stage.load();
    const auto spoken = [&model](RunColumn column) {
        return model.index(0, static_cast<int>(column)).data(Qt::AccessibleTextRole).toString();
    };
    QCOMPARE(spoken(RunColumn::State), u"Waiting, sleep, ends Tuesday 1 January 2030 14:00:00"_s);
    QCOMPARE(spoken(RunColumn::Progress), u"3 of 4 steps"_s);
    QCOMPARE(spoken(RunColumn::Queued), u"Tuesday 1 January 2030 12:00:01"_s);
    const QModelIndex id = model.index(0, static_cast<int>(RunColumn::RunId));
    QCOMPARE(id.data(Qt::ToolTipRole).toString(), QString::fromLatin1(row(1).id.toText()));
    QCOMPARE(id.data(console::CopyTextRole).toString(), QString::fromLatin1(row(1).id.toText()));
    QCOMPARE(model.index(0, static_cast<int>(RunColumn::Queued)).data(Qt::ToolTipRole).toString(),
             u"2030-01-01 12:00:01.000 UTC"_s);
}

void TestRunListModel::namesTheAppWhereThereAreSeveral()
{
    Stage stage;
    stage.backend.runs = {row(1)};
    console::RunListModel &model = stage.load();
    const QModelIndex function = model.index(0, static_cast<int>(RunColumn::Function));
    QCOMPARE(function.data().toString(), u"Charge order"_s);
    model.setShowsApps(true);
    QCOMPARE(function.data().toString(), u"Charge order shop"_s);
}

void TestRunListModel::asksForItsOrder()
{
    Stage stage("state:dead");
    stage.query.sort = devserver::api::RunSort::Duration;
    stage.load();
    const auto asked = stage.backend.askedFor<devserver::api::RunsQuery>();
    QCOMPARE(asked.size(), 1U);
    QVERIFY(asked.front().sort == devserver::api::RunSort::Duration);
    QVERIFY(asked.front().isDescending);
    QVERIFY(asked.front().filter == stage.query.filter);
    QCOMPARE(asked.front().limit, 500);
}

void TestRunListModel::followsTheFeed()
{
    Stage stage("state:running");
    RunSummary run = row(1);
    run.status = RunStatus::Running;
    run.endedAt.reset();
    stage.backend.runs = {run};
    const console::RunListModel &model = stage.load();
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    RunSummary second = run;
    second.id = row(2).id;
    stage.backend.post(second);
    stage.backend.post(row(3)); // completed: does not belong here
    stage.beat();
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.idAt(0), second.id.toText());
    stage.backend.post(row(1));
    stage.beat();
    QCOMPARE(model.index(1, 0).data().toString(), u"Completed"_s);
    QVERIFY(model.isLeaving(1));
    stage.backend.advance(2s);
    stage.beat();
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(resets.count(), 0);
}

void TestRunListModel::insertsOnlyInItsOwnOrder()
{
    Stage stage;
    stage.query.isDescending = false;
    stage.backend.runs = {row(1)};
    const console::RunListModel &model = stage.load();
    stage.backend.post(row(5));
    stage.beat();
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.unseenCount(), 1);
}

void TestRunListModel::ticksWhileTextsChange_data()
{
    QTest::addColumn<RunSummary>("run");
    QTest::addColumn<qint64>("ageSeconds");
    QTest::addColumn<bool>("ticks");
    QTest::addRow("ended a minute ago") << row(0) << qint64(60) << true;
    QTest::addRow("ended two hours ago") << row(0) << qint64(7200) << false;
    QTest::addRow("executing for two hours")
        << waiting(ActivityKind::Executing) << qint64(7300) << true;
    QTest::addRow("sleeps") << waiting(ActivityKind::Sleeping) << qint64(7100) << true;
}

void TestRunListModel::ticksWhileTextsChange()
{
    QFETCH(RunSummary, run);
    QFETCH(qint64, ageSeconds);
    QFETCH(bool, ticks);
    Stage stage;
    stage.backend.setNow(noon + std::chrono::seconds(ageSeconds));
    stage.backend.runs = {run};
    QCOMPARE(stage.load().isTicking(), ticks);
}

void TestRunListModel::judgesRows_data()
{
    QTest::addColumn<RunSummary>("run");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<Fit>("fit");
    const auto add = [](const RunSummary &run, const char *filter, Fit fit) {
        QTest::addRow("%s %s", run.errorName.isEmpty() ? "row" : "dead", filter)
            << run << QString::fromUtf8(filter) << fit;
    };
    using enum Fit;
    for (const char *filter : {"",
                               "state:failed",
                               "state:dead",
                               "is:dead",
                               "is:ended",
                               "is:retried",
                               "state!=running",
                               "-state:running",
                               "fn:charge-order",
                               "fn:shop-charge-order",
                               "fn:\"charge order\"",
                               "fn:charge*",
                               "fn~^Ch",
                               "app:shop",
                               "event:order/*",
                               "error:TimeoutError",
                               "error:answer",
                               "error~\"no .* 5\"",
                               "timeout",
                               "charge",
                               "key:cus_1",
                               "attempts:2",
                               "attempts>1",
                               "dur>1s",
                               "dur:1200ms",
                               "waited<30ms",
                               "queued:today",
                               "queued<2h",
                               "since:today",
                               "since:1h",
                               "until:12:01",
                               "ended>12:00",
                               "has:error",
                               "has:letter",
                               "source:event",
                               "kind:function",
                               "state:dead or data.x:1",
                               "is:rerun or state:dead"})
        add(dead(), filter, Yes);
    for (const char *filter : {"state:completed",
                               "state:running,queued",
                               "is:live",
                               "is:rerun",
                               "fn:charge",
                               "fn!=charge-order",
                               "-fn:charge-order",
                               "app:sh",
                               "event:payment/*",
                               "error:Other",
                               "refused",
                               "key:cus",
                               "attempts>2",
                               "dur>2s",
                               "waited>1s",
                               "queued:yesterday",
                               "since:12:30",
                               "until:yesterday",
                               "source:invoke",
                               "state:dead state:running",
                               "data.x:1 state:running"})
        add(dead(), filter, No);
    for (const char *filter : {"data.total>100", "-data.total>100", "output.x:1", "sig:abc",
                               "has:output", "state:dead data.x:1", "state:running or data.x:1"})
        add(dead(), filter, Unknown);
    RunSummary sent = dead();
    sent.source = "app shop";
    for (const char *filter : {"source:app", "source:Shop", "source:\"app shop\"",
                               "source:curl,app", "source~^app", "source!=composer"})
        QTest::addRow("sent by an app, %s", filter) << sent << QString::fromUtf8(filter) << Yes;
    for (const char *filter : {"source:composer,rerun", "source:app-shop", "source!=app"})
        QTest::addRow("sent by an app, %s", filter) << sent << QString::fromUtf8(filter) << No;
    RunSummary known = dead();
    known.fingerprint = "abc";
    QTest::addRow("its signature") << known << u"sig:abc"_s << Yes;
    QTest::addRow("another signature") << known << u"sig:abd"_s << No;
    add(row(1), "sig:abc", No);
    add(row(1), "has:error", No);
    add(row(1), "error!=x", Yes);
    add(row(1), "state:completed", Yes);
}

void TestRunListModel::judgesRows()
{
    QFETCH(RunSummary, run);
    QFETCH(QString, filter);
    QFETCH(Fit, fit);
    const auto now = noon + 1min;
    const console::ParsedFilter parsed = console::parseFilter(filter, now);
    QVERIFY2(!parsed.error, qPrintable(parsed.error ? parsed.error->message : QString()));
    QCOMPARE(static_cast<int>(console::filterFits(parsed.filter, run, now)), static_cast<int>(fit));
}

void TestRunListModel::termsOfCellsFindTheirRow()
{
    Stage stage;
    RunSummary run = dead();
    run.originalRun = row(7).id;
    stage.backend.setNow(noon + 1min);
    stage.backend.runs = {run};
    const console::RunListModel &model = stage.load();
    int found = 0;
    for (int column = 0; column < model.columnCount(); ++column) {
        const QString term = model.index(0, column).data(console::FilterTermRole).toString();
        if (term.isEmpty())
            continue;
        const console::ParsedFilter parsed = console::parseFilter(term, stage.backend.now());
        QVERIFY2(!parsed.error, qPrintable(term));
        QVERIFY2(console::filterFits(parsed.filter, run, stage.backend.now()) == Fit::Yes,
                 qPrintable(term));
        ++found;
    }
    QCOMPARE(found, 12);
}

QTEST_GUILESS_MAIN(TestRunListModel)
#include "tst_runlistmodel.moc"
