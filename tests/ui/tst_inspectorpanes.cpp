// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/modelwatch.h"
#include "tests/ui/support/inspectorstage.h"
#include "ui/core/filterparser.h"
#include "ui/core/runwords.h"
#include "ui/widgets/consolestyle.h"
#include "ui/widgets/diffview.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/rowdelegate.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using console::test::cellOf;
using console::test::child;
using console::test::clickRow;
namespace arrange = console::test::arrange;
using Kind = Selection::Kind;
using Stage = console::test::InspectorStage;

/// Attempts and Error of the inspector.
class TestInspectorPanes : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QApplication::setStyle(new ConsoleStyle); }

    void tabsAreWholeOrNotThere();
    void headerAndSentenceNameOneAttempt();
    void listsAttempts();
    void collapsesEqualErrors();
    void dividesCycles();
    void startTimesFollowTheSetting();
    void countsDownAndRetries();
    void comparesTwoAttempts();
    void namesBeginInOneLine_data();
    void namesBeginInOneLine();
    void ofAStartedRunTheIdIsALink();
    void linksHaveOneLook();
    void comparesByKeyboard();
    void asksBeforeComparingLargeBodies();
    void opensFramesInEditor();
    void offersEditorsWhereNoneIsChosen();
    void saysWhyAnEventStartedNothing();
    void saysWhenFileIsMissing();
    void opensLibraryFramesInEditor();
    void findsFilesInChosenFolder();
    void copiesAndFindsError();
    void findsErrorOfLiveRun();
};

/// In the smallest window: no part of a word stands before the arrows.
void TestInspectorPanes::tabsAreWholeOrNotThere()
{
    Stage stage;
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    const auto *tabs = child<QTabBar>(&stage.inspector, "inspectorTabs");
    int cut = 0;
    for (int width = 280; width < 480; width += 10) {
        stage.inspector.resize(width, 600);
        QCoreApplication::processEvents();
        int end = tabs->width();
        for (const auto *arrow : tabs->findChildren<QToolButton *>()) {
            if (arrow->isVisible())
                end = std::min(end, arrow->x());
        }
        const QImage image = const_cast<QTabBar *>(tabs)->grab().toImage();
        for (int tab = 0; tab < tabs->count(); ++tab) {
            const QRect rect = tabs->tabRect(tab);
            if (!tabs->isTabVisible(tab) || rect.left() >= end || rect.right() < end
                || rect.left() < 0 || tab == tabs->currentIndex())
                continue;
            ++cut;
            const int middle = rect.center().y();
            const QRgb ground = image.pixel(rect.left() + 2, middle - 4);
            for (int x = rect.left() + 2; x < end; ++x) {
                for (int y = middle - 4; y <= middle + 4; ++y)
                    QVERIFY2(image.pixel(x, y) == ground, qPrintable(tabs->tabText(tab)));
            }
        }
    }
    QVERIFY(cut > 0);
}

/// Another step of the run may have needed more.
void TestInspectorPanes::headerAndSentenceNameOneAttempt()
{
    Stage stage;
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.backingOff);
    QCOMPARE(record.summary.attempt, 2);
    devserver::Job job = record.jobs.front();
    job.name.clear();
    job.state = devserver::JobState::Leased;
    for (const int attempt : {0, 1}) {
        job.attempt = attempt;
        record.jobs = {job};
        record.summary.activities = {{.kind = devserver::ActivityKind::Executing,
                                      .job = job.id,
                                      .stepName = {},
                                      .attempt = attempt,
                                      .until = {}}};
        stage.selectRun(stage.scene.backingOff);
        stage.open(Stage::Overview);
        stage.ui.backend.post(record.summary);
        stage.ui.beat();
        stage.ui.beat();
        QCOMPARE(stage.label("inspSentence"), u"Attempt %1 of 5 is running."_s.arg(attempt + 1));
        QCOMPARE(stage.label("inspHeaderState"),
                 attempt == 0 ? u"Running"_s : u"Running · attempt 2 of 5"_s);
    }
}

void TestInspectorPanes::listsAttempts()
{
    Stage stage;
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Stage::Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    const console::test::ModelWatch watch(table->model(), "AttemptModel");
    QCOMPARE(table->model()->rowCount(), 5);
    QCOMPARE(cellOf(table, 0, AttemptModel::Step), u"#5"_s); // the name stands above
    QCOMPARE(cellOf(table, 0, AttemptModel::Result), u"TimeoutError"_s);
    QCOMPARE(cellOf(table, 0, AttemptModel::Decided), u"No: attempts used"_s);
    for (const int column : {AttemptModel::Step, AttemptModel::Started}) { // given up before cut
        const QModelIndex cell = table->model()->index(0, column);
        const int need = RowDelegate::widthsOf(table->font(), cell).whole;
        QTRY_VERIFY(table->isColumnHidden(column) || table->columnWidth(column) >= need);
    }
    const QString decided = cellOf(table, 4, AttemptModel::Decided);
    QVERIFY2(decided.startsWith(u"Retried after "_s) && !decided.endsWith(u"by hand"_s),
             qPrintable(decided));
    // The newest one is described below.
    QCOMPARE(stage.label("inspAttemptTitle"), u"Attempt 5 · charge-card"_s);
    auto *facts = child<QWidget>(&stage.inspector, "inspAttemptFacts");
    QCOMPARE(child<QLabel>(facts, "inspState")->text(), u"Failed (final)"_s);
    clickRow(table, 4);
    QCOMPARE(child<QLabel>(facts, "inspState")->text(), u"Failed (retried)"_s);
    // Enter shows what happened in it.
    clickRow(table, 4);
    QTest::keyClick(table, Qt::Key_Return);
    stage.ui.beat();
    QCOMPARE(stage.ui.navigator.selection().kind, Kind::Attempt);
    QCOMPARE(stage.tabs()->currentIndex(), static_cast<int>(Stage::Error));
    QCOMPARE(stage.label("inspKind"), u"Attempt 1 · charge-order"_s);
}

static void failAlike(Stage &stage)
{
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.deadCharge);
    devserver::RawJson same;
    for (devserver::Attempt &attempt : record.attempts) {
        if (attempt.stepName != "charge-card")
            continue;
        if (same.isEmpty())
            same = attempt.error;
        attempt.error = same;
    }
}

void TestInspectorPanes::collapsesEqualErrors()
{
    Stage stage;
    failAlike(stage);
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Stage::Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    QSignalSpy resets(table->model(), &QAbstractItemModel::modelReset);
    QCOMPARE(table->model()->rowCount(), 2);
    QCOMPARE(cellOf(table, 0, AttemptModel::Step), u"#5"_s);
    QCOMPARE(cellOf(table, 1, AttemptModel::Step), u"#1–#4"_s);
    QCOMPARE(cellOf(table, 1, AttemptModel::Result), u"Same error TimeoutError"_s);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(table->model()->rowCount(), 6);
    QCOMPARE(cellOf(table, 2, AttemptModel::Step), u"#4"_s);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(table->model()->rowCount(), 2);
    QCOMPARE(resets.count(), 0);
}

void TestInspectorPanes::dividesCycles()
{
    Stage stage;
    stage.selectRun(stage.scene.retried);
    stage.open(Stage::Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    const QAbstractItemModelTester tester(table->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QStringList names;
    for (int row = 0; row < table->model()->rowCount(); ++row)
        names.append(cellOf(table, row, AttemptModel::Step));
    const qsizetype divider = names.indexOf(QRegularExpression(u"Retried \\d\\d:\\d\\d.*"_s));
    QVERIFY2(divider > 0, qPrintable(names.join(u", "_s)));
    QCOMPARE(cellOf(table, static_cast<int>(divider), AttemptModel::Result), u"2 steps kept"_s);
    QVERIFY(names.mid(0, divider).contains(u"#1 charge-card"_s));
    QVERIFY(names.mid(divider).contains(u"#1 charge-card"_s));
    // It is passed over, by mouse and by keys.
    clickRow(table, static_cast<int>(divider));
    QVERIFY(!table->selectionModel()->isRowSelected(static_cast<int>(divider)));
    clickRow(table, static_cast<int>(divider) - 1);
    QCOMPARE(stage.label("inspAttemptTitle"), u"Attempt 1 after the retry · charge-card"_s);
    QTest::keyClick(table, Qt::Key_Down);
    QCOMPARE(table->currentIndex().row(), static_cast<int>(divider) + 1);
    QVERIFY(!stage.label("inspAttemptTitle").contains(u"retry"_s));
    console::test::shoot(&stage.inspector, u"insp_cycles"_s);
}

void TestInspectorPanes::startTimesFollowTheSetting()
{
    Stage stage;
    stage.inspector.resize(1100, 760);
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    const int first = table->model()->rowCount() - 1;
    QCOMPARE(cellOf(table, first, AttemptModel::Started), u"+0 ms"_s);
    arrange::timeStyle(stage.ui, TimeStyle::Absolute);
    QCOMPARE(cellOf(table, first, AttemptModel::Started).count(u':'), 2);
    arrange::timeStyle(stage.ui, TimeStyle::Relative);
    QCOMPARE(cellOf(table, first, AttemptModel::Started), u"+0 ms"_s);
}

void TestInspectorPanes::countsDownAndRetries()
{
    Stage stage;
    stage.selectStep(stage.scene.backingOff, "charge-card"_ba);
    stage.open(Stage::Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    QCOMPARE(table->model()->rowCount(), 3);
    QCOMPARE(cellOf(table, 0, AttemptModel::Step), u"#3"_s);
    const devserver::Job &job = stage.ui.backend.records.at(stage.scene.backingOff).jobs.front();
    stage.ui.backend.setNow(job.runAt - 7s);
    QTRY_COMPARE(cellOf(table, 0, AttemptModel::Result), u"in 7 s"_s);
    stage.ui.backend.advance(3s);
    QTRY_COMPARE(cellOf(table, 0, AttemptModel::Result), u"in 4 s"_s);
    QTRY_COMPARE(stage.label("inspNext"), u"Attempt 3 of 5 starts in 4 s"_s);
    QTest::mouseClick(child<QPushButton>(&stage.inspector, "inspRetryNow"), Qt::LeftButton);
    const auto acted = stage.ui.backend.actedWith<devserver::RetryNow>();
    QCOMPARE(acted.size(), std::size_t(1));
    QCOMPARE(acted.front().run, stage.scene.backingOff);
    QCOMPARE(acted.front().job, job.id);
}

void TestInspectorPanes::comparesTwoAttempts()
{
    Stage stage;
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Stage::Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    auto *diff = child<DiffView>(&stage.inspector, "inspAttemptDiff");
    QVERIFY(!diff->isVisible());
    clickRow(table, 0);
    QVERIFY(!diff->isVisible());
    clickRow(table, 1, Qt::ControlModifier);
    QVERIFY(diff->isVisible());
    QTRY_VERIFY(diff->toPlainText().startsWith(u"Error"_s));
    const QStringList lines = diff->toPlainText().split(u'\n');
    // The older one is what the newer one is compared with; only that line differs.
    QCOMPARE(lines.value(0), u"Error"_s);
    QCOMPARE(lines.value(1), u"- TimeoutError: card gateway did not answer in 3 s"_s);
    QCOMPARE(lines.value(2), u"+ TimeoutError: card gateway did not answer in 2 s"_s);
    // What the app answered has the error in it.
    QCOMPARE(lines.count(u"Output"_s), 1);
    QCOMPARE(lines.last(), u"No difference: Request headers, Response headers"_s);
    // Headings are set off: by a gap, and in the font of the window.
    const auto heading = static_cast<int>(lines.indexOf(u"Stack"_s));
    QCOMPARE(lines.value(heading - 1), QString());
    const auto fontAt = [diff](int line, int at) {
        QTextCursor cursor(diff->document()->findBlockByNumber(line));
        cursor.setPosition(cursor.position() + at + 1);
        return QFontInfo(cursor.charFormat().fontFamilies().toStringList().isEmpty()
                             ? diff->font()
                             : cursor.charFormat().font());
    };
    QVERIFY(!fontAt(heading, 0).fixedPitch());
    QVERIFY(fontAt(heading, 0).weight() > QFont::Normal);
    QVERIFY(fontAt(heading + 1, 0).fixedPitch());
    QVERIFY(!lines.filter(u"Request · \"attempt\" counts from 0"_s).isEmpty());
    // What was sent: the number of the attempt.
    QCOMPARE(lines.filter(u"+     \"attempt\": 4,"_s).size(), 1);
    // Not what is another one in each request.
    QVERIFY(lines.filter(u"request-id"_s).isEmpty());
    QVERIFY(lines.filter(u"generation-id"_s).isEmpty());
    QVERIFY(lines.filter(QRegularExpression(u"^[-+] .*(request|generation)_id"_s)).isEmpty());
    test::shoot(&stage.inspector, u"insp_attempt_diff"_s);
    // The same error text but one digit: nothing else is marked.
    QCOMPARE(lines.filter(u"-     at charge"_s).size(), 0);
    // Long lines can be wrapped.
    QVERIFY(diff->horizontalScrollBar()->maximum() > 0);
    auto *wrap = child<QToolButton>(&stage.inspector, "inspDiffWrap");
    QTest::mouseClick(wrap, Qt::LeftButton);
    QTRY_COMPARE(diff->horizontalScrollBar()->maximum(), 0);
    test::shoot(&stage.inspector, u"insp_attempt_diff_wrapped"_s);
    QTest::mouseClick(wrap, Qt::LeftButton);
    QTRY_VERIFY(diff->horizontalScrollBar()->maximum() > 0);
}

void TestInspectorPanes::namesBeginInOneLine_data()
{
    QTest::addColumn<bool>("areAlike");
    QTest::addColumn<int>("rows");
    QTest::newRow("each a row") << false << 5;
    QTest::newRow("beside those in one row") << true << 2;
}

/// Digits of the font are not equally wide.
void TestInspectorPanes::namesBeginInOneLine()
{
    QFETCH(const bool, areAlike);
    QFETCH(const int, rows);
    Stage stage;
    if (areAlike)
        failAlike(stage);
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    table->clearFocus();
    const QImage image = table->viewport()->grab().toImage();
    const auto nameLeft = [&](int row) {
        const QRect rect = table->visualRect(table->model()->index(row, AttemptModel::Step))
                               .adjusted(30, 3, 0, -3);
        const QColor ground = image.pixelColor(rect.left() - 28, rect.center().y());
        int blank = 0;
        bool isInNumber = false;
        for (int x = rect.left(); x < rect.right(); ++x) {
            bool hasInk = false;
            for (int y = rect.top(); y <= rect.bottom() && !hasInk; ++y)
                hasInk = std::abs(image.pixelColor(x, y).lightness() - ground.lightness()) > 40;
            if (hasInk && isInNumber && blank >= 4)
                return x;
            isInNumber = isInNumber || hasInk;
            blank = hasInk ? 0 : blank + 1;
        }
        return -1;
    };
    QSet<int> lefts;
    for (int row = 1; row <= rows; ++row) {
        QVERIFY(cellOf(table, row, AttemptModel::Step).endsWith(u"charge-card"_s));
        lefts.insert(nameLeft(row));
    }
    QCOMPARE(lefts.size(), 1);
    QVERIFY(!lefts.contains(-1));
}

void TestInspectorPanes::ofAStartedRunTheIdIsALink()
{
    Stage stage;
    stage.select({.kind = Kind::Event, .event = stage.scene.order});
    stage.open(Stage::Overview);
    const devserver::api::RunSummary run =
        stage.ui.backend.eventRecords.at(stage.scene.order).runs.front();
    QLabel *state = nullptr;
    for (QLabel *value : stage.inspector.findChildren<QLabel *>(u"inspValue"_s)) {
        if (value->accessibleName() == QString::fromUtf8(run.functionName))
            state = value;
    }
    QVERIFY(state != nullptr);
    QCOMPARE(state->text(), stateWords(run));
    QCOMPARE(state->palette().color(state->foregroundRole()),
             stage.ui.theme.color(stateToken(displayState(run), waitReason(run))));
    auto *link = child<QLabel>(&stage.inspector, "inspLink");
    QVERIFY2(link->text().contains(QString::fromLatin1(run.id.toText())), qPrintable(link->text()));
    QSignalSpy went(&stage.ui.navigator, &Navigator::goRequested);
    QTest::mouseClick(state, Qt::LeftButton, {}, {8, 11});
    QCOMPARE(went.size(), 0);
    QTest::mouseClick(link, Qt::LeftButton, {}, {8, 11});
    QCOMPARE(went.size(), 1);
    QCOMPARE(went.front().at(0).value<Place>().subject, run.id.toText());
}

/// Alone beside its label as among words, whether the mouse is there or not.
void TestInspectorPanes::linksHaveOneLook()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Overview);
    int links = 0;
    for (const QLabel *value : stage.inspector.findChildren<QLabel *>()) {
        if (!value->text().contains(u"<a "_s))
            continue;
        ++links;
        QVERIFY2(value->text().contains(u"decoration:underline"_s), qPrintable(value->text()));
    }
    QVERIFY2(links >= 3, qPrintable(QString::number(links))); // function, trigger, event, …
}

void TestInspectorPanes::comparesByKeyboard()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    auto *diff = child<DiffView>(&stage.inspector, "inspAttemptDiff");
    // The number is never cut, however long the name is.
    QCOMPARE(cellOf(table, 1, AttemptModel::Step), u"#5 charge-card"_s);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    stage.ui.beat(); // what can be done is known after what was done
    QTest::keyClick(table, Qt::Key_B);
    QVERIFY(diff->isVisible());
    QCOMPARE(stage.label("inspAttemptTitle"), u"Attempt 4 compared with 5 · charge-card"_s);
    const QString legend = stage.label("inspDiffLegend").remove(QRegularExpression(u"<[^>]*>"_s));
    QVERIFY2(legend.contains(u"- only in attempt 4"_s) && legend.contains(u"+ only in attempt 5"_s),
             qPrintable(legend));
    QTRY_VERIFY(diff->differences() > 1);
    stage.ui.beat();
    QTest::keyClick(table, Qt::Key_F8);
    QCOMPARE(diff->textCursor().blockNumber(), 1);
    QTest::keyClick(table, Qt::Key_F8);
    const int second = diff->textCursor().blockNumber();
    QVERIFY(second > 2);
    QTest::keyClick(table, Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(diff->textCursor().blockNumber(), 1);
    // One row again: what is known of it.
    QTest::keyClick(table, Qt::Key_Up);
    QVERIFY(!diff->isVisible());
    // The button does the same.
    QTest::keyClick(table, Qt::Key_Down);
    QTest::mouseClick(child<QPushButton>(&stage.inspector, "inspCompare"), Qt::LeftButton);
    QVERIFY(diff->isVisible());
    QVERIFY(diff->hasFocus()); // the button has gone
}

void TestInspectorPanes::asksBeforeComparingLargeBodies()
{
    Stage stage;
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.deadCharge);
    char mark = 'a';
    for (devserver::Attempt &attempt : record.attempts) {
        if (attempt.stepName == "charge-card")
            attempt.responseBody = "{\"id\":\"" + QByteArray(1, mark++) + "\",\"x\":\""
                                   + QByteArray(3'000'000, 'x') + "\"}";
    }
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Stage::Attempts);
    auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    auto *diff = child<DiffView>(&stage.inspector, "inspAttemptDiff");
    auto *anyway = child<QPushButton>(&stage.inspector, "inspCompareAnyway");
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down, Qt::ShiftModifier);
    QTRY_VERIFY(anyway->isVisible());
    QVERIFY(diff->toPlainText().contains(u"Output: 2.9 MiB and 2.9 MiB, they differ"_s));
    QTest::mouseClick(anyway, Qt::LeftButton);
    QTRY_VERIFY(!anyway->isVisible());
    QVERIFY(diff->toPlainText().contains(u"+   \"id\": \"e\","_s));
}

void TestInspectorPanes::opensFramesInEditor()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a file; rm.ts"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    Stage stage;
    arrange::editorCommand(stage.ui, u"code --goto \"{file}:{line}:{column}\""_s);
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.deadCharge);
    for (devserver::Attempt &attempt : record.attempts) {
        attempt.error = devserver::RawJson::fromTrusted(
            R"({"name":"TimeoutError","message":"late","stack":"TimeoutError: late\n    at charge ()"
            + path.toUtf8() + R"x(:42:11)\n    at x (/a/node_modules/y.js:1:2)"})x");
    }
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Stage::Error);
    auto *link = child<QToolButton>(&stage.inspector, "frameLink");
    QTest::mouseClick(link, Qt::LeftButton);
    QCOMPARE(stage.ui.desktop.launched.size(), std::size_t(1));
    QCOMPARE(stage.ui.desktop.launched.front().first, u"code"_s);
    QCOMPARE(stage.ui.desktop.launched.front().second,
             QStringList({u"--goto"_s, path + u":42:11"_s}));
    QTRY_VERIFY(link->toolTip().startsWith(u"Open "_s));
    QVERIFY(!child<QLabel>(&stage.inspector, "framesMissing")->isVisible());
}

void TestInspectorPanes::offersEditorsWhereNoneIsChosen()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"charge.ts"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    Stage stage;
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.deadCharge);
    for (devserver::Attempt &attempt : record.attempts) {
        attempt.error = devserver::RawJson::fromTrusted(
            R"({"name":"Error","message":"late","stack":"Error: late\n    at charge ()"
            + path.toUtf8() + R"x(:42:11)"})x");
    }
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Stage::Error);
    auto *notices = child<InfoBarStack>(&stage.inspector, "framesNotices");
    auto *link = child<QToolButton>(&stage.inspector, "frameLink");
    const auto place = [&] { return link->mapTo(&stage.inspector, QPoint()); };
    const QPoint before = place();
    QTest::mouseClick(link, Qt::LeftButton);
    QCOMPARE(stage.ui.desktop.opened, QList<QUrl>{QUrl::fromLocalFile(path)});
    QTRY_COMPARE(notices->count(), 1);
    QTRY_VERIFY(notices->isVisible() && notices->height() > 0);
    QCOMPARE(place(), before);
    QSignalSpy went(&stage.ui.navigator, &Navigator::goRequested);
    for (QPushButton *button : notices->findChildren<QPushButton *>()) {
        if (button->text() == u"Choose an editor…"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(went.size(), 1);
    QCOMPARE(went.front().at(0).value<Place>().view, "settings"_ba);
    QCOMPARE(went.front().at(0).value<Place>().subject, "editor"_ba);
}

void TestInspectorPanes::saysWhyAnEventStartedNothing()
{
    Stage stage;
    stage.select({.kind = Kind::Event, .event = stage.scene.lonely});
    stage.open(Stage::Overview);
    const QString said = stage.label("inspSentence");
    QVERIFY2(
        said.startsWith(u"It started no run. No function listens to \"user/singup\". Closest: "_s),
        qPrintable(said));
    QSignalSpy went(&stage.ui.navigator, &Navigator::goRequested);
    for (QLabel *value : stage.inspector.findChildren<QLabel *>(u"inspValue"_s)) {
        if (value->accessibleName() == u"Functions"_s)
            QTest::mouseClick(value, Qt::LeftButton, {}, {8, 11});
    }
    QCOMPARE(went.size(), 1);
    QCOMPARE(went.front().at(0).value<Place>().view, "events"_ba);
    QCOMPARE(went.front().at(0).value<Place>().subject, stage.scene.lonely.toText() + "/matching");
}

void TestInspectorPanes::saysWhenFileIsMissing()
{
    Stage stage;
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Stage::Error);
    QCOMPARE(stage.label("inspErrorName"), u"TimeoutError"_s);
    QCOMPARE(stage.label("inspErrorMessage"), u"card gateway did not answer in 2 s"_s);
    const auto links = stage.inspector.findChildren<QToolButton *>(u"frameLink"_s);
    QCOMPARE(links.size(), 2);
    QCOMPARE(links.front()->text(), u"src/functions/charge.ts:42:11"_s);
    QTRY_COMPARE(stage.label("framesMissing"), u"2 files are not on this machine."_s);
    const auto *missing = child<QLabel>(&stage.inspector, "framesMissing");
    const auto *locate = child<QPushButton>(&stage.inspector, "framesLocate");
    QTRY_COMPARE(locate->geometry().center().y(), missing->geometry().center().y()); // one line
    QVERIFY(locate->x() > missing->geometry().right());
    // Why nothing opens is said in words, too.
    QTest::mouseClick(links.front(), Qt::LeftButton);
    QVERIFY(stage.ui.desktop.launched.empty());
    QVERIFY(stage.ui.desktop.opened.isEmpty());
    QCOMPARE(child<InfoBarStack>(&stage.inspector, "inspInfoBars")->count(), 1);
    auto *library = child<QToolButton>(&stage.inspector, "framesLibrary");
    QCOMPARE(library->text(), u"Library (2)"_s);
    auto *box = child<QWidget>(&stage.inspector, "framesLibraryBox");
    QVERIFY(!box->isVisible());
    library->setFocus();
    QTest::keyClick(library, Qt::Key_Space);
    QVERIFY(box->isVisible());
}

/// They are links, too, but quieter, and what is only in the program that ran is none.
void TestInspectorPanes::opensLibraryFramesInEditor()
{
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(u"node_modules/inngest"_s));
    const QString path = folder.filePath(u"node_modules/inngest/function.js"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    Stage stage;
    arrange::editorCommand(stage.ui, u"code --goto {file}:{line}"_s);
    devserver::api::RunRecord &record = stage.ui.backend.records.at(stage.scene.deadCharge);
    for (devserver::Attempt &attempt : record.attempts) {
        attempt.error = devserver::RawJson::fromTrusted(
            R"({"name":"Error","message":"late","stack":"Error: late\n    at charge (/gone/a.ts:1:2)\n    at run ()"
            + path.toUtf8()
            + R"x(:118:9)\n    at next (node:internal/process/task_queues:95:5)"})x");
    }
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Stage::Error);
    auto *library = child<QToolButton>(&stage.inspector, "framesLibrary");
    QTest::mouseClick(library, Qt::LeftButton);
    const auto links = stage.inspector.findChildren<QToolButton *>(u"frameLibraryLink"_s);
    QCOMPARE(links.size(), 1);
    auto *link = links.front();
    QTRY_VERIFY(link->toolTip().startsWith(u"Open "_s));
    QVERIFY(link->palette().color(QPalette::ButtonText)
            != child<QToolButton>(&stage.inspector, "frameLink")
                   ->palette()
                   .color(QPalette::ButtonText));
    QTest::mouseClick(link, Qt::LeftButton, {}, {8, link->height() / 2});
    QCOMPARE(stage.ui.desktop.launched.size(), std::size_t(1));
    QCOMPARE(stage.ui.desktop.launched.front().second,
             QStringList({u"--goto"_s, path + u":118"_s}));
    test::shoot(&stage.inspector, u"insp_error_library"_s);
}

void TestInspectorPanes::findsFilesInChosenFolder()
{
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(u"src/functions"_s));
    for (const QString &name : {u"charge.ts"_s, u"order.ts"_s}) {
        QFile file(folder.filePath(u"src/functions/"_s + name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    Stage stage;
    arrange::editorCommand(stage.ui, u"code --goto {file}:{line}"_s);
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Stage::Error);
    auto *locate = child<QPushButton>(&stage.inspector, "framesLocate");
    QTRY_VERIFY(locate->isVisible());
    const auto choose = [&](const QString &path) {
        QTest::mouseClick(locate, Qt::LeftButton);
        auto *dialog = stage.inspector.findChild<QFileDialog *>(u"framesFolder"_s);
        QVERIFY(dialog != nullptr);
        auto *line = dialog->findChild<QLineEdit *>(u"fileNameEdit"_s);
        QVERIFY(line != nullptr);
        line->setFocus();
        // Pasted: while a path is typed the dialog selects the folders on the way.
        auto *copied = new QMimeData;
        copied->setData(u"text/plain"_s, path.toUtf8());
        QApplication::clipboard()->setMimeData(copied); // owns it
        QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(line, Qt::Key_V, Qt::ControlModifier);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY(stage.inspector.findChild<QFileDialog *>(u"framesFolder"_s) == nullptr);
    };
    QTemporaryDir other;
    choose(other.path());
    auto *bars = child<InfoBarStack>(&stage.inspector, "inspInfoBars");
    QTRY_COMPARE(bars->count(), 1);
    choose(folder.path());
    QTRY_VERIFY(!locate->isVisible());
    auto *link = child<QToolButton>(&stage.inspector, "frameLink");
    QTest::mouseClick(link, Qt::LeftButton);
    QCOMPARE(stage.ui.desktop.launched.size(), std::size_t(1));
    QCOMPARE(stage.ui.desktop.launched.front().second.last(),
             QString(folder.path() + u"/src/functions/charge.ts:42"_s));
}

void TestInspectorPanes::copiesAndFindsError()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Error);
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
    QTest::mouseClick(child<QPushButton>(&stage.inspector, "inspErrorLetters"), Qt::LeftButton);
    QCOMPARE(went.back().front().value<Place>().view, "dead"_ba);
}

/// A run that still tries has no signature yet; what it says is looked for.
void TestInspectorPanes::findsErrorOfLiveRun()
{
    Stage stage;
    stage.selectRun(stage.scene.backingOff);
    stage.open(Stage::Error);
    QSignalSpy went(&stage.ui.navigator, &Navigator::goRequested);
    auto *find = child<QPushButton>(&stage.inspector, "inspErrorFind");
    find->setFocus();
    QTest::keyClick(find, Qt::Key_Space);
    QCOMPARE(went.count(), 1);
    const QString filter = went.front().front().value<Place>().filter;
    QVERIFY2(filter.startsWith(u"error:\"card gateway did not answer"_s), qPrintable(filter));
    const ParsedFilter parsed = parseFilter(filter, stage.ui.backend.now());
    QVERIFY(!parsed.error);
}

UI_TEST_MAIN(TestInspectorPanes)
#include "tst_inspectorpanes.moc"
