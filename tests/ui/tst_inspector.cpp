// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonreader.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/uifixture.h"
#include "ui/core/attemptmodel.h"
#include "ui/runs/inspector.h"
#include "ui/widgets/consolestyle.h"
#include "ui/widgets/diffview.h"
#include "ui/widgets/payloadview.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using console::test::child;
using console::test::Scene;
using console::test::UiFixture;
using devserver::api::RunRecordQuery;
using Kind = Selection::Kind;

namespace {

enum Tab { Overview, Attempts, Error, Input, Output, Calls, Raw };

struct Stage {
    Stage()
        : scene(console::test::fillScene(ui.backend))
        , inspector(ui.context)
    {
        ui.catalog.reload();
        ui.show(&inspector, {560, 760});
        ui.beat();
    }

    void select(const Selection &selection)
    {
        ui.navigator.select(selection);
        ui.beat();
        ui.beat();
    }

    void selectRun(devserver::RunId run) { select({.kind = Kind::Run, .run = run}); }

    /// The step of this name in the record.
    void selectStep(devserver::RunId run, const QByteArray &name)
    {
        Selection selection{.kind = Kind::Step, .run = run, .step = {}, .stepName = name};
        for (const devserver::Attempt &attempt : ui.backend.records.at(run).attempts) {
            if (attempt.stepName == name)
                selection.step = attempt.step;
        }
        select(selection);
    }

    QTabBar *tabs() { return child<QTabBar>(&inspector, "inspectorTabs"); }

    void open(Tab tab)
    {
        QTest::mouseClick(tabs(), Qt::LeftButton, {}, tabs()->tabRect(tab).center());
        QCOMPARE(tabs()->currentIndex(), static_cast<int>(tab));
        ui.beat();
    }

    QString label(const char *name) { return child<QLabel>(&inspector, name)->text(); }

    UiFixture ui;
    Scene scene;
    Inspector inspector;
};

QStringList visibleTabs(const QTabBar *tabs)
{
    QStringList titles;
    for (int tab = 0; tab < tabs->count(); ++tab) {
        if (tabs->isTabVisible(tab))
            titles.append(tabs->tabText(tab));
    }
    return titles;
}

void clickRow(QTableView *table, int row, Qt::KeyboardModifiers modifiers = {})
{
    QTest::mouseClick(
        table->viewport(), Qt::LeftButton, modifiers,
        table->visualRect(table->model()->index(row, AttemptModel::Message)).center());
}

QString cell(const QTableView *table, int row, int column)
{
    return table->model()->index(row, column).data().toString();
}

} // namespace

class TestInspector : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QApplication::setStyle(new ConsoleStyle); }

    void showsTabsForEachKind();
    void saysWhyInASentence();
    void remembersTabPerKind();
    void pinKeepsSubject();
    void followsChanges();
    void asksOnceAtATime();
    void listsAttempts();
    void collapsesEqualErrors();
    void countsDownAndRetries();
    void comparesTwoAttempts();
    void opensFramesInEditor();
    void saysWhenFileIsMissing();
    void copiesAndFindsError();
    void showsWhatWasSent();
    void showsOutput();
    void showsCalls();
    void hidesSecrets();
    void showsStoredRecords();
    void pictures();
};

void TestInspector::showsTabsForEachKind()
{
    Stage stage;
    QVERIFY(!stage.tabs()->isVisible());
    const QStringList ofRun{u"Overview"_s, u"Attempts"_s, u"Error"_s, u"Input"_s,
                            u"Output"_s,   u"Calls"_s,    u"Raw"_s};
    stage.selectRun(stage.scene.deadCharge);
    QCOMPARE(visibleTabs(stage.tabs()), ofRun);
    QCOMPARE(stage.label("inspTitle"), u"charge-order"_s);
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    QCOMPARE(visibleTabs(stage.tabs()), ofRun);
    QCOMPARE(stage.label("inspTitle"), u"charge-card"_s);
    QCOMPARE(stage.label("inspKind"), u"Step · charge-order"_s);
    stage.select({.kind = Kind::Letter, .run = stage.scene.deadCharge});
    QCOMPARE(visibleTabs(stage.tabs()), ofRun);
    stage.select({.kind = Kind::Event, .event = stage.scene.order});
    QCOMPARE(visibleTabs(stage.tabs()), QStringList({u"Overview"_s, u"Payload"_s, u"Raw"_s}));
    QCOMPARE(stage.label("inspTitle"), u"order/paid"_s);
    const devserver::Function &function = stage.ui.backend.functions.front();
    stage.select({.kind = Kind::Function, .slug = function.config.slug});
    QCOMPARE(visibleTabs(stage.tabs()), QStringList({u"Overview"_s, u"Raw"_s}));
    stage.select({.kind = Kind::App, .app = stage.ui.backend.apps.front().id});
    QCOMPARE(visibleTabs(stage.tabs()), QStringList({u"Overview"_s}));
}

void TestInspector::saysWhyInASentence()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    QVERIFY2(stage.label("inspSentence").startsWith(u"Failed for good: "_s),
             qPrintable(stage.label("inspSentence")));
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    QCOMPARE(stage.label("inspSentence"),
             u"Failed for good: 5 of 5 attempts used. The last error was TimeoutError."_s);
    stage.selectRun(stage.scene.sleeping);
    QVERIFY(stage.label("inspSentence").contains(u"wakes up in 1 d"_s));
    stage.selectRun(stage.scene.backingOff);
    QVERIFY2(
        stage.label("inspSentence").contains(u"Attempt 2 of 5 failed. The next one starts in"_s),
        qPrintable(stage.label("inspSentence")));
}

void TestInspector::remembersTabPerKind()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Error);
    stage.select({.kind = Kind::Event, .event = stage.scene.order});
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Overview));
    stage.open(Input);
    stage.selectRun(stage.scene.completed);
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Error));
    stage.select({.kind = Kind::Event, .event = stage.scene.lonely});
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Input));
}

void TestInspector::pinKeepsSubject()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    auto *pin = child<QToolButton>(&stage.inspector, "inspPin");
    QTest::mouseClick(pin, Qt::LeftButton);
    stage.selectRun(stage.scene.completed);
    QCOMPARE(stage.label("inspTitle"), u"charge-order"_s);
    QTest::mouseClick(pin, Qt::LeftButton);
    stage.ui.beat();
    QCOMPARE(stage.label("inspTitle"), u"process-order"_s);
}

void TestInspector::followsChanges()
{
    Stage stage;
    stage.selectRun(stage.scene.backingOff);
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.backingOff);
    record.run.status = devserver::RunStatus::Cancelled;
    record.run.cancelCause = "manual"_ba;
    record.summary.status = devserver::RunStatus::Cancelled;
    record.summary.activities.clear();
    record.jobs.clear();
    stage.ui.backend.post(record.summary);
    stage.ui.beat();
    stage.ui.beat();
    QCOMPARE(stage.label("inspSentence"), u"Cancelled by hand."_s);
    QCOMPARE(stage.label("inspState"), u"Cancelled"_s);
}

void TestInspector::asksOnceAtATime()
{
    Stage stage;
    stage.selectRun(stage.scene.backingOff);
    const auto asked = [&] { return stage.ui.backend.askedFor<RunRecordQuery>().size(); };
    const std::size_t before = asked();
    stage.ui.backend.holdReplies(true);
    const devserver::api::RunSummary row =
        stage.ui.backend.records.at(stage.scene.backingOff).summary;
    for (int i = 0; i < 5; ++i) {
        stage.ui.backend.post(row);
        stage.ui.beat();
    }
    QCOMPARE(asked(), before + 1);
    QCOMPARE(stage.label("inspTitle"), u"charge-order"_s); // the old content stays
    stage.ui.backend.holdReplies(false);
    stage.ui.backend.releaseReplies();
    stage.ui.beat();
    stage.ui.beat();
    QCOMPARE(asked(), before + 2);
    // A step of the same run needs no question.
    stage.selectStep(stage.scene.backingOff, "charge-card"_ba);
    QCOMPARE(asked(), before + 2);
}

void TestInspector::listsAttempts()
{
    Stage stage;
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    QAbstractItemModelTester tester(table->model(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(table->model()->rowCount(), 5);
    QCOMPARE(cell(table, 0, AttemptModel::Number), u"#5"_s);
    QCOMPARE(cell(table, 0, AttemptModel::State), u"Failed (final)"_s);
    QCOMPARE(cell(table, 0, AttemptModel::Error), u"TimeoutError"_s);
    QCOMPARE(cell(table, 0, AttemptModel::Decided), u"No: attempts used"_s);
    QVERIFY(cell(table, 4, AttemptModel::Decided).startsWith(u"Retry in "_s));
    QCOMPARE(cell(table, 4, AttemptModel::State), u"Failed (will retry)"_s);
    // Enter shows what happened in it.
    clickRow(table, 4);
    QTest::keyClick(table, Qt::Key_Return);
    stage.ui.beat();
    QCOMPARE(stage.ui.navigator.selection().kind, Kind::Attempt);
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Error));
    QCOMPARE(stage.label("inspKind"), u"Attempt 1 · charge-order"_s);
}

void TestInspector::collapsesEqualErrors()
{
    Stage stage;
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.deadCharge);
    devserver::RawJson same;
    for (devserver::Attempt &attempt : record.attempts) {
        if (attempt.stepName != "charge-card")
            continue;
        if (same.isEmpty())
            same = attempt.error;
        attempt.error = same;
    }
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    QSignalSpy resets(table->model(), &QAbstractItemModel::modelReset);
    QCOMPARE(table->model()->rowCount(), 2);
    QCOMPARE(cell(table, 0, AttemptModel::Number), u"#5"_s);
    QCOMPARE(cell(table, 1, AttemptModel::Number), u"#1–#4"_s);
    QCOMPARE(cell(table, 1, AttemptModel::State), u"Same error"_s);
    clickRow(table, 1);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(table->model()->rowCount(), 6);
    QCOMPARE(cell(table, 2, AttemptModel::Number), u"#4"_s);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(table->model()->rowCount(), 2);
    QCOMPARE(resets.count(), 0);
}

void TestInspector::countsDownAndRetries()
{
    Stage stage;
    stage.selectStep(stage.scene.backingOff, "charge-card"_ba);
    stage.open(Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    QCOMPARE(table->model()->rowCount(), 3);
    QCOMPARE(cell(table, 0, AttemptModel::State), u"Next attempt"_s);
    const devserver::Job &job = stage.ui.backend.records.at(stage.scene.backingOff).jobs.front();
    stage.ui.backend.setNow(job.runAt - 7s);
    QTRY_COMPARE(cell(table, 0, AttemptModel::Started), u"in 7 s"_s);
    stage.ui.backend.advance(3s);
    QTRY_COMPARE(cell(table, 0, AttemptModel::Started), u"in 4 s"_s);
    QTRY_COMPARE(stage.label("inspNext"), u"Attempt 3 of 5 starts in 4 s"_s);
    QTest::mouseClick(child<QPushButton>(&stage.inspector, "inspRetryNow"), Qt::LeftButton);
    const auto acted = stage.ui.backend.actedWith<devserver::RetryNow>();
    QCOMPARE(acted.size(), std::size_t(1));
    QCOMPARE(acted.front().run, stage.scene.backingOff);
    QCOMPARE(acted.front().job, job.id);
}

void TestInspector::comparesTwoAttempts()
{
    Stage stage;
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    auto *diff = child<DiffView>(&stage.inspector, "inspAttemptDiff");
    QVERIFY(!diff->isVisible());
    clickRow(table, 0);
    QVERIFY(!diff->isVisible());
    clickRow(table, 1, Qt::ControlModifier);
    QVERIFY(diff->isVisible());
    const QStringList lines = diff->toPlainText().split(u'\n');
    // The older one is what the newer one is compared with; only that line differs.
    QCOMPARE(lines.value(0), u"Error"_s);
    QCOMPARE(lines.value(1), u"- TimeoutError: card gateway did not answer in 3 s"_s);
    QCOMPARE(lines.value(2), u"+ TimeoutError: card gateway did not answer in 2 s"_s);
    QCOMPARE(lines.filter(u"Output: no difference"_s).size(), 1);
    QCOMPARE(lines.filter(u"Response headers: no difference"_s).size(), 1);
    test::shoot(&stage.inspector, u"insp_attempt_diff"_s);
    // The same error text but one digit: nothing else is marked.
    QCOMPARE(lines.filter(u"at charge"_s).filter(u"- "_s).size(), 0);
}

void TestInspector::opensFramesInEditor()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a file; rm.ts"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    Stage stage;
    stage.ui.settings.setEditorCommand(u"code --goto \"{file}:{line}:{column}\""_s);
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.deadCharge);
    for (devserver::Attempt &attempt : record.attempts) {
        attempt.error = devserver::RawJson::fromTrusted(
            R"({"name":"TimeoutError","message":"late","stack":"TimeoutError: late\n    at charge ()"
            + path.toUtf8() + R"x(:42:11)\n    at x (/a/node_modules/y.js:1:2)"})x");
    }
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Error);
    auto *link = child<QToolButton>(&stage.inspector, "frameLink");
    QTest::mouseClick(link, Qt::LeftButton);
    QCOMPARE(stage.ui.desktop.launched.size(), std::size_t(1));
    QCOMPARE(stage.ui.desktop.launched.front().first, u"code"_s);
    QCOMPARE(stage.ui.desktop.launched.front().second,
             QStringList({u"--goto"_s, path + u":42:11"_s}));
    QTRY_COMPARE(stage.label("frameNote"), QString());
}

void TestInspector::saysWhenFileIsMissing()
{
    Stage stage;
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Error);
    QCOMPARE(stage.label("inspErrorName"), u"TimeoutError"_s);
    QCOMPARE(stage.label("inspErrorMessage"), u"card gateway did not answer in 2 s"_s);
    const auto links = stage.inspector.findChildren<QToolButton *>(u"frameLink"_s);
    QCOMPARE(links.size(), 2);
    QCOMPARE(links.front()->text(), u"src/functions/charge.ts:42:11"_s);
    QTRY_COMPARE(stage.label("frameNote"), u"not on this machine"_s);
    auto *library = child<QToolButton>(&stage.inspector, "framesLibrary");
    QCOMPARE(library->text(), u"library (2)"_s);
    auto *box = child<QWidget>(&stage.inspector, "framesLibraryBox");
    QVERIFY(!box->isVisible());
    library->setFocus();
    QTest::keyClick(library, Qt::Key_Space);
    QVERIFY(box->isVisible());
}

void TestInspector::copiesAndFindsError()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Error);
    QTest::mouseClick(child<QPushButton>(&stage.inspector, "inspErrorMarkdown"), Qt::LeftButton);
    QVERIFY(stage.ui.desktop.copied.contains(u"```"_s));
    QVERIFY(stage.ui.desktop.copied.contains(u"in `charge-order`"_s));
    QSignalSpy went(&stage.ui.navigator, &Navigator::goRequested);
    QTest::mouseClick(child<QPushButton>(&stage.inspector, "inspErrorFind"), Qt::LeftButton);
    QCOMPARE(went.count(), 1);
    const auto place = went.front().front().value<Place>();
    QCOMPARE(place.view, "runs"_ba);
    const QByteArray mark = stage.ui.backend.records.at(stage.scene.deadCharge).letter->fingerprint;
    QCOMPARE(place.filter, u"sig:"_s + QString::fromLatin1(mark));
}

void TestInspector::showsWhatWasSent()
{
    Stage stage;
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Input);
    auto *view = child<PayloadView>(&stage.inspector, "inspInput");
    QTRY_VERIFY(!view->payload().isEmpty());
    // Event and memos as they are stored: 120.50 stays.
    QVERIFY(view->payload().contains(R"("total":120.50,"currency":"EUR")"));
    const qsizetype first = view->payload().indexOf(R"({"data":{"id":"o_300","total":120.50}})");
    const qsizetype second = view->payload().indexOf(R"({"data":{"score":0.02}})");
    QVERIFY(first > 0);
    QVERIFY(second > first);
    QVERIFY(view->payload().contains(R"("attempt":4,"max_attempts":5)"));
}

void TestInspector::showsOutput()
{
    Stage stage;
    stage.selectRun(stage.scene.completed);
    stage.open(Output);
    auto *view = child<PayloadView>(&stage.inspector, "inspOutput");
    QCOMPARE(view->payload(), R"({"ok":true,"total":120.0})"_ba);
    stage.selectStep(stage.scene.completed, "load-order"_ba);
    stage.open(Output);
    QCOMPARE(view->payload(), R"({"data":{"id":"o_1","lines":3}})"_ba);
}

void TestInspector::showsCalls()
{
    Stage stage;
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.deadCharge);
    for (devserver::Attempt &attempt : record.attempts)
        attempt.url = "http://localhost:3000/api/inngest?fnId=shop-charge-order&stepId=step"_ba;
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Calls);
    auto *table = child<QTableView>(&stage.inspector, "inspCalls");
    QCOMPARE(table->model()->rowCount(), 5);
    QCOMPARE(cell(table, 0, 1), u"POST"_s);
    QVERIFY(stage.label("callLine")
                .startsWith(u"POST http://localhost:3000/api/inngest?fnId=shop-charge-order"_s));
    auto *body = child<PayloadView>(&stage.inspector, "callBody");
    QVERIFY(body->payload().contains("StepError"));
    auto *tabs = child<QTabBar>(&stage.inspector, "callTabs");
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(0).center());
    QTRY_VERIFY(body->payload().contains("\"ctx\""));
    QTest::mouseClick(child<QPushButton>(&stage.inspector, "callCurl"), Qt::LeftButton);
    QTRY_VERIFY(stage.ui.desktop.copied.startsWith(u"curl -sS -X POST 'http://localhost:3000"_s));
    QVERIFY(stage.ui.desktop.copied.contains(u"-H 'x-request-id: "_s));
    test::shoot(&stage.inspector, u"insp_calls"_s);
}

void TestInspector::hidesSecrets()
{
    Stage stage;
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.deadCharge);
    for (devserver::Attempt &attempt : record.attempts)
        attempt.responseHeaders = devserver::RawJson::fromTrusted(
            R"([["X-Inngest-Signature","t=1&s=topsecret"],["server","x"]])"_ba);
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Calls);
    auto *tabs = child<QTabBar>(&stage.inspector, "callTabs");
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(2).center());
    const QString headers = child<QPlainTextEdit>(&stage.inspector, "callHeaders")->toPlainText();
    QVERIFY(headers.contains(u"X-Inngest-Signature: (hidden)"_s));
    QVERIFY(headers.contains(u"server: x"_s));
    QVERIFY(!headers.contains(u"topsecret"_s));
    stage.open(Raw);
    auto *raw = child<PayloadView>(&stage.inspector, "inspRaw");
    QTRY_VERIFY(!raw->payload().isEmpty());
    QVERIFY(!raw->payload().contains("topsecret"));
}

void TestInspector::showsStoredRecords()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Raw);
    auto *raw = child<PayloadView>(&stage.inspector, "inspRaw");
    QTRY_VERIFY(!raw->payload().isEmpty());
    QVERIFY(devserver::validateJson(raw->payload()).has_value());
    QVERIFY(raw->payload().contains(stage.scene.deadCharge.toText()));
    QVERIFY(raw->payload().contains("\"dead_letter\""));
}

void TestInspector::pictures()
{
    Stage stage;
    const auto shootTab = [&](Tab tab, const QString &name) {
        stage.open(tab);
        QTest::qWait(120); // highlighting and reading on the other thread
        test::shoot(&stage.inspector, name);
    };
    stage.selectRun(stage.scene.deadCharge);
    shootTab(Overview, u"insp_overview"_s);
    stage.selectStep(stage.scene.backingOff, "charge-card"_ba);
    shootTab(Attempts, u"insp_attempts"_s);
    shootTab(Error, u"insp_error"_s);
    shootTab(Input, u"insp_payload"_s);
    stage.ui.theme.choose(ThemeChoice::Dark, true);
    stage.ui.beat();
    shootTab(Error, u"insp_error_dark"_s);
    shootTab(Input, u"insp_payload_dark"_s);
    shootTab(Calls, u"insp_calls_dark"_s);
    shootTab(Attempts, u"insp_attempts_dark"_s);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    clickRow(table, 1);
    clickRow(table, 2, Qt::ControlModifier);
    stage.ui.beat();
    test::shoot(&stage.inspector, u"insp_attempt_diff_dark"_s);
    stage.selectRun(stage.scene.sleeping);
    shootTab(Overview, u"insp_overview_dark"_s);
    stage.select({.kind = Kind::Event, .event = stage.scene.order});
    shootTab(Overview, u"insp_event_dark"_s);
    QVERIFY(!stage.inspector.grab().isNull());
}

UI_TEST_MAIN(TestInspector)
#include "tst_inspector.moc"
