// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/clicks.h"
#include "tests/ui/support/contextmenu.h"
#include "tests/ui/support/lettersstage.h"
#include "tests/ui/support/scene.h"
#include "ui/core/format.h"
#include "ui/core/listcell.h"
#include "ui/widgets/codefont.h"

#include <QApplication>
#include <QFontInfo>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTabWidget>
#include <QToolButton>

#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;

/// What is said of the selected dead letter, and the buttons above it (ui.md 11).
class TestLetterDetail : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDetailSaysSinceWhen();
    void tablesOfTheDetailHaveMenus();
    void theErrorIsCopiedAndFound();
    void aFileThatIsMissingIsTold();
    void theRunIsNamedBesideItsButton();
    void buttonsOfARowLookAlike_data();
    void buttonsOfARowLookAlike();
    void rowsOfButtonsLookAlike();
    void nothingOfAnotherLetterStays();
    void itSaysWhatARetryWouldDo_data();
    void itSaysWhatARetryWouldDo();
    void oneThatWasEditedLeadsToItsRun();
    void rowsThatAreNotMeantAreNotChecked();
    void aClickIntoNothingKeepsTheChoice();
    void aRetryAsItIsWaitsForItsFunction();
};

namespace {

/// Letters whose runs have what happened to the dead one of the scene.
struct RecordedLetters : LettersStage {
    explicit RecordedLetters(std::initializer_list<int> numbers)
        : LettersStage(lettersOf(numbers))
    {
        devserver::test::FakeBackend backend;
        const Scene scene = fillScene(backend);
        for (const int number : numbers) {
            devserver::api::RunRecord record = backend.records.at(scene.deadCharge);
            record.run.id = runId(number);
            ui.backend.records[runId(number)] = std::move(record);
        }
    }

    static std::vector<devserver::api::LetterSummary> lettersOf(std::initializer_list<int> numbers)
    {
        std::vector<devserver::api::LetterSummary> letters;
        for (const int number : numbers)
            letters.push_back(letter(number));
        return letters;
    }
};

} // namespace

void TestLetterDetail::theDetailSaysSinceWhen()
{
    LettersStage stage({letter(30)});
    stage.focusRow(0);
    const auto *facts = child<QLabel>(stage.view.get(), "deadFacts");
    QTRY_VERIFY2(facts->text().startsWith(u"died 9 m ago, 12:00:30"_s), qPrintable(facts->text()));
    stage.ui.backend.advance(3h);
    stage.view->hide();
    stage.view->show(); // looked at again
    QTRY_VERIFY2(facts->text().startsWith(u"died 12:00:30"_s), qPrintable(facts->text()));
}

/// As the tables of the inspector.
void TestLetterDetail::tablesOfTheDetailHaveMenus()
{
    RecordedLetters stage({30});
    stage.focusRow(0);
    auto *tabs = child<QTabWidget>(stage.view.get(), "deadTabs");
    for (const auto &[name, title] :
         {std::pair("deadAttempts", u"Attempts"_s), std::pair("deadHistory", u"History"_s),
          std::pair("deadCalls", u"Calls"_s)}) {
        clickTab(tabs, title);
        auto *table = child<QTableView>(stage.view.get(), name);
        QTRY_VERIFY2(table->model()->rowCount() > 0, name);
        clickCell(table, table->model()->index(0, 0));
        stage.ui.desktop.copied.clear();
        chooseInMenu(stage.ui, table->viewport(), {}, u"list.copy"_s);
        QVERIFY2(stage.ui.desktop.copied.contains(u'\t'), qPrintable(stage.ui.desktop.copied));
        if (name == "deadHistory"_ba)
            continue;
        chooseInMenu(stage.ui, table->viewport(), {}, u"attempts.copyId"_s);
        const QByteArray id = table->model()->index(0, 0).data(RowIdRole).toByteArray();
        QVERIFY(!id.isEmpty());
        QCOMPARE(stage.ui.desktop.copied.toLatin1(), id);
    }
    auto *calls = child<QTableView>(stage.view.get(), "deadCalls");
    chooseInMenu(stage.ui, calls->viewport(), {}, u"calls.copyCurl"_s);
    QTRY_VERIFY2(stage.ui.desktop.copied.startsWith(u"curl "_s),
                 qPrintable(stage.ui.desktop.copied));
}

/// With the buttons of the inspector, in one row.
void TestLetterDetail::theErrorIsCopiedAndFound()
{
    RecordedLetters stage({30});
    stage.focusRow(0);
    stage.click("deadErrorMarkdown");
    QVERIFY2(stage.ui.desktop.copied.contains(u"in `charge-order`"_s),
             qPrintable(stage.ui.desktop.copied));
    stage.click("deadErrorCopy");
    QVERIFY(!stage.ui.desktop.copied.contains(u"```"_s));
    const auto topOf = [&stage](const char *name) {
        return child<QWidget>(stage.view.get(), name)->geometry().center().y();
    };
    for (const char *name : {"deadErrorRuns", "deadFindError", "deadErrorMarkdown", "deadShowRule"})
        QVERIFY2(std::abs(topOf(name) - topOf("deadErrorCopy")) <= 1, name);
    Place gone;
    connect(&stage.ui.navigator, &Navigator::goRequested, this,
            [&gone](const Place &place) { gone = place; });
    stage.click("deadErrorRuns");
    QCOMPARE(gone.view, "runs"_ba);
    QCOMPARE(gone.filter, u"sig:print-TimeoutError"_s);
}

void TestLetterDetail::aFileThatIsMissingIsTold()
{
    RecordedLetters stage({30});
    stage.focusRow(0);
    const auto *link = child<QToolButton>(stage.view.get(), "frameLink");
    QTRY_VERIFY2(link->toolTip().endsWith(u"is not on this machine"_s),
                 qPrintable(link->toolTip()));
    stage.click("frameLink");
    QVERIFY(stage.ui.desktop.opened.isEmpty());
    const auto *text = child<QLabel>(stage.view.get(), "infoBarText");
    QVERIFY2(text->text().contains(u"is not on this machine"_s), qPrintable(text->text()));
}

/// In the font of all ids, with its button beside it.
void TestLetterDetail::theRunIsNamedBesideItsButton()
{
    LettersStage stage({letter(30)});
    stage.focusRow(0);
    const auto *id = child<QLabel>(stage.view.get(), "deadRunId");
    QTRY_VERIFY(!id->text().isEmpty());
    QVERIFY(runId(30).toText().startsWith(id->text().left(5).toLatin1()));
    QCOMPARE(id->font().family(), codeFont(QApplication::font()).family());
    QVERIFY(QFontInfo(id->font()).fixedPitch());
    const auto *copy = child<QToolButton>(stage.view.get(), "deadCopyId");
    const int gap = copy->mapTo(stage.view.get(), QPoint()).x()
                    - id->mapTo(stage.view.get(), QPoint(id->width(), 0)).x();
    QVERIFY2(gap >= 0 && gap < 16, qPrintable(QString::number(gap)));
    // Whole where there is room, and in whole on the clipboard and in the tooltip anyhow.
    const QString whole = QString::fromLatin1(runId(30).toText());
    stage.view->resize(1400, 800);
    QTRY_COMPARE(id->text(), whole);
    QTRY_VERIFY(id->width() >= id->fontMetrics().horizontalAdvance(whole));
    shoot(stage.view.get(), u"dead_id_whole"_s);
    stage.view->resize(620, 800);
    QTRY_COMPARE(id->text(), shortId(runId(30).toText()));
    QCOMPARE(id->toolTip(), whole);
    stage.click("deadCopyId");
    QCOMPARE(stage.ui.desktop.copied, whole);
}

void TestLetterDetail::buttonsOfARowLookAlike_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<Qt::ToolButtonStyle>("first");
    QTest::addColumn<Qt::ToolButtonStyle>("others");
    QTest::newRow("wide") << 2000 << Qt::ToolButtonTextBesideIcon << Qt::ToolButtonTextBesideIcon;
    QTest::newRow("less") << 840 << Qt::ToolButtonTextOnly << Qt::ToolButtonTextOnly;
    QTest::newRow("narrow") << 600 << Qt::ToolButtonTextBesideIcon << Qt::ToolButtonIconOnly;
}

void TestLetterDetail::buttonsOfARowLookAlike()
{
    QFETCH(const int, width);
    LettersStage stage({letter(30)});
    stage.view->resize(width, 800);
    stage.settle();
    const auto styleOf = [&stage](const char *button) {
        return child<QToolButton>(stage.view.get(), button)->toolButtonStyle();
    };
    QTEST(styleOf("deadRetryGroup"), "first");
    QTEST(styleOf("deadDiscardGroup"), "others");
    QTEST(styleOf("deadExport"), "others");
    // Those of the letters are on the same line.
    QTEST(styleOf("deadRetry"), "first");
    QTEST(styleOf("deadEdit"), "others");
    QTEST(styleOf("deadDiscard"), "others");
    QTEST(styleOf("deadOpenRun"), "others");
    for (const char *button : {"deadRetryGroup", "deadExport", "deadOpenRun"}) {
        const auto *shown = child<QToolButton>(stage.view.get(), button);
        QVERIFY2(shown->width() >= shown->minimumSizeHint().width(), button);
    }
    shoot(stage.view.get(), u"dead_buttons_%1"_s.arg(width));
}

/// At any width all buttons on the line have icons, or none has.
void TestLetterDetail::rowsOfButtonsLookAlike()
{
    LettersStage stage({letter(30)});
    for (int width = 560; width <= 2000; width += 12) {
        stage.view->resize(width, 800);
        stage.settle();
        const auto hasIcon = [&stage](const char *button) {
            return child<QToolButton>(stage.view.get(), button)->toolButtonStyle()
                   != Qt::ToolButtonTextOnly;
        };
        for (const char *button : {"deadRetryGroup", "deadExport", "deadRetry", "deadOpenRun"})
            QVERIFY2(hasIcon(button) == hasIcon("deadDiscardGroup"),
                     qPrintable(u"%1 at %2"_s.arg(QLatin1String(button)).arg(width)));
    }
}

/// While its record is not there, and when it cannot be read.
void TestLetterDetail::nothingOfAnotherLetterStays()
{
    RecordedLetters stage({30, 20});
    stage.focusRow(0);
    clickTab(child<QTabWidget>(stage.view.get(), "deadTabs"), u"Attempts"_s);
    const auto *attempts = child<QTableView>(stage.view.get(), "deadAttempts");
    QTRY_VERIFY(attempts->model()->rowCount() > 0);
    const auto *problem = child<QWidget>(stage.view.get(), "deadProblem");
    QVERIFY(!problem->isVisible());

    stage.ui.backend.queryError =
        devserver::Error{devserver::ErrorCode::StoreFull, u"disk I/O error"_s};
    stage.focusRow(1);
    QCOMPARE(attempts->model()->rowCount(), 0);
    QTRY_VERIFY(problem->isVisible()); // on the tab that is shown
    QVERIFY(
        child<QLabel>(stage.view.get(), "deadProblemWords")->text().contains(u"disk I/O error"_s));
    QVERIFY(attempts->isVisible());

    stage.ui.backend.queryError.reset();
    stage.click("deadProblemAgain");
    QTRY_VERIFY(attempts->model()->rowCount() > 0);
    QVERIFY(!problem->isVisible());
    QVERIFY(stage.view->window()->focusWidget() != nullptr);
}

void TestLetterDetail::itSaysWhatARetryWouldDo_data()
{
    using devserver::LetterState;
    QTest::addColumn<LetterState>("state");
    QTest::addColumn<int>("daysAgo"); // it was closed
    QTest::addColumn<bool>("isGone"); // its function
    QTest::addColumn<QString>("words");
    QTest::newRow("open") << LetterState::Open << 0 << false
                          << u"Retry keeps load-order and check-fraud and goes on at charge-card"_s;
    QTest::newRow("its function is gone")
        << LetterState::Open << 0 << true
        << u"Its function is not registered: a retry waits until it is"_s;
    QTest::newRow("it is retried")
        << LetterState::Retrying << 0 << false << u"It is being retried now"_s;
    QTest::newRow("discarded") << LetterState::Discarded << 6 << false
                               << u"Discarded: restore it to retry it"_s;
    QTest::newRow("discarded long ago") << LetterState::Discarded << 8 << false
                                        << u"Discarded more than 7 days ago: its steps are gone"_s;
}

void TestLetterDetail::itSaysWhatARetryWouldDo()
{
    QFETCH(const devserver::LetterState, state);
    QFETCH(const int, daysAgo);
    QFETCH(const bool, isGone);
    devserver::api::LetterSummary shown = letter(30);
    shown.state = state;
    if (daysAgo > 0)
        shown.closedAt = runRow(600).queuedAt - std::chrono::hours(24 * daysAgo);
    LettersStage stage({shown});
    auto *line = child<QWidget>(stage.view.get(), "deadFilter");
    line->setFocus();
    QTest::keyClicks(line, u"state:open,retrying,discarded"_s);
    QTest::keyClick(line, Qt::Key_Return);
    stage.settle();
    stage.focusRow(0);
    devserver::Function function;
    function.config.slug = shown.slug;
    function.isArchived = isGone;
    stage.ui.backend.post(devserver::FunctionChanged{.function = function});
    stage.settle();
    QTEST(child<QLabel>(stage.view.get(), "deadKeeps")->text(), "words");
}

/// The new run may still be at work, and it is not seen in Dead letters.
void TestLetterDetail::oneThatWasEditedLeadsToItsRun()
{
    LettersStage stage({letter(30)});
    stage.focusRow(0);
    devserver::api::RunRecord record;
    record.run.id = runId(30);
    record.letter = devserver::DeadLetter{};
    record.letter->state = devserver::LetterState::Resolved;
    record.letter->resolution = devserver::RawJson::fromTrusted(R"({"how":"edited","run_id":")"
                                                                + runId(40).toText() + R"("})");
    stage.ui.backend.records[runId(30)] = record;
    stage.ui.backend.holdReplies(true);
    devserver::api::LetterSummary edited = letter(30);
    edited.state = devserver::LetterState::Resolved;
    stage.ui.backend.post(edited);
    stage.settle();
    const auto *words = child<QLabel>(stage.view.get(), "deadKeeps");
    QTRY_COMPARE(words->text(), u"Resolved"_s); // how is not known yet
    stage.ui.backend.holdReplies(false);
    stage.ui.backend.releaseReplies();
    stage.settle();
    auto *link = child<QLabel>(stage.view.get(), "deadEdited");
    QTRY_VERIFY(link->isVisible());
    QVERIFY(!words->isVisible());
    QVERIFY2(link->text().contains(u"Edited, and goes on as run "_s + shortId(runId(40).toText())),
             qPrintable(link->text()));
    shoot(stage.view.get(), u"dead_edited"_s);
    QSignalSpy gone(&stage.ui.navigator, &Navigator::goRequested);
    QTest::mouseClick(link, Qt::LeftButton, {}, {10, link->height() / 2});
    QCOMPARE(gone.size(), 1);
    QCOMPARE(gone.front().at(0).value<Place>().view, "runs"_ba);
    QCOMPARE(gone.front().at(0).value<Place>().subject, runId(40).toText());
}

/// While much goes on some row changes with each frame.
void TestLetterDetail::rowsThatAreNotMeantAreNotChecked()
{
    LettersStage stage({letter(30), letter(20), letter(10)});
    stage.focusRow(0);
    const auto *retry = stage.ui.actions.action("dead.retry"_ba);
    const auto post = [&stage](int number, devserver::LetterState state, int cycle) {
        devserver::api::LetterSummary row = letter(number);
        row.state = state;
        row.cycle = cycle;
        stage.ui.backend.post(row);
        stage.settle();
    };
    QTRY_VERIFY(retry->isEnabled());
    post(20, devserver::LetterState::Open, 1); // seen once
    QSignalSpy checked(&stage.ui.actions, &ActionRegistry::refreshed);
    for (int cycle = 2; cycle < 6; ++cycle)
        post(20, devserver::LetterState::Open, cycle);
    QCOMPARE(checked.size(), 0);
    post(30, devserver::LetterState::Retrying, 1);
    QTRY_VERIFY(!retry->isEnabled());
    post(30, devserver::LetterState::Open, 1);
    QTRY_VERIFY(retry->isEnabled());
}

/// The details go on showing it, and what can be done is about it.
void TestLetterDetail::aClickIntoNothingKeepsTheChoice()
{
    LettersStage stage({letter(30), letter(20)});
    stage.focusRow(0);
    const auto *title = child<QLabel>(stage.view.get(), "deadTitle");
    QVERIFY(child<QToolButton>(stage.view.get(), "deadRetry")->isEnabled());
    QWidget *viewport = stage.table->viewport();
    QVERIFY(!stage.table->indexAt(viewport->rect().bottomLeft() + QPoint(20, -4)).isValid());
    QTest::mouseClick(viewport, Qt::LeftButton, {}, viewport->rect().bottomLeft() + QPoint(20, -4));
    stage.settle();
    QCOMPARE(stage.table->selectedRows(), std::vector<int>{0});
    QVERIFY(!title->text().isEmpty());
    QVERIFY(child<QToolButton>(stage.view.get(), "deadRetry")->isEnabled());
    stage.focusRow(1); // and rows are chosen as before
    QCOMPARE(stage.table->selectedRows(), std::vector<int>{1});
}

/// A new run does not.
void TestLetterDetail::aRetryAsItIsWaitsForItsFunction()
{
    LettersStage stage({letter(30)});
    stage.focusRow(0);
    const auto *edit = child<QAbstractButton>(stage.view.get(), "deadEdit");
    const auto *retry = child<QAbstractButton>(stage.view.get(), "deadRetry");
    QTRY_VERIFY(edit->isEnabled());
    const auto turn = [&stage](bool isGone) {
        devserver::Function function;
        function.config.slug = "shop-charge-order";
        function.isArchived = isGone;
        stage.ui.backend.post(devserver::FunctionChanged{.function = function});
        stage.settle();
    };
    turn(true);
    QTRY_VERIFY(!edit->isEnabled());
    QVERIFY(retry->isEnabled());
    QCOMPARE(stage.ui.actions.reason("dead.edit"_ba),
             u"Its function is not registered: only a retry with the same data waits for it"_s);
    turn(false);
    QTRY_VERIFY(edit->isEnabled());
}

UI_TEST_MAIN(TestLetterDetail)
#include "tst_letterdetail.moc"
