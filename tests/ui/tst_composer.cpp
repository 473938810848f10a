// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/composerstage.h"
#include "tests/ui/support/pasting.h"
#include "ui/core/sendqueue.h"
#include "ui/events/answersmodel.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;

class TestComposer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typingClosesAndIndents();
    void linesAreMovedDoubledAndCommented();
    void invalidJsonDisablesSend();
    void ctrlEnterSendsAndKeepsTheFocus();
    void placeholdersAreResolved();
    void whatCameOfASendIsReadInANarrowPanel();
    void answersFollowTheRuns();
    void whatCameBeforeTheAnswerCounts();
    void theStateOfAnAnswerIsWhole();
    void shiftGoesToTheFirstRun();
    void nobodyListensIsSaid();
    void aRefusalShowsTheServersWords();
    void aPauseIsSaidWhileItLasts();
    void tooLargeIsSaidBefore();
    void nothingStartsFromInvalidJson();
    void copiesAreAJob();
    void invokeStartsAFunction();
    void whatIsCopiedDoesTheSame();
    void whatIsCopiedIsWhole_data();
    void whatIsCopiedIsWhole();
    void whatIsWrongIsNotCopied_data();
    void whatIsWrongIsNotCopied();
    void historyIsWalked();
    void favouritesAreFiles();
    void keysOfEarlierEventsAreProposed();
    void draftsSurvive();
    void draftsAreTakenOver();
};

namespace {

/// The id that the fake backend will give to the next event, from a second one in the same state.
devserver::EventId firstEvent(const devserver::test::FakeBackend &backend)
{
    return devserver::EventId{devserver::UlidSource().next(backend.now())};
}

/// Takes an entry of *Copy as* by keys; answers those that can be taken.
QStringList takeCopy(const ComposerStage &ui, const QString &entry)
{
    auto *button = child<QToolButton>(ui.composer.get(), "composerCopyAs");
    QStringList enabled;
    QTimer::singleShot(0, button, [&enabled, entry] {
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu != nullptr);
        for (const QAction *action : menu->actions()) {
            if (action->isEnabled())
                enabled.append(action->text());
        }
        do
            QTest::keyClick(menu, Qt::Key_Down);
        while (menu->activeAction() != nullptr && menu->activeAction()->text() != entry);
        QTest::keyClick(menu, Qt::Key_Return);
    });
    QTest::mouseClick(button, Qt::LeftButton);
    return enabled;
}

} // namespace

void TestComposer::typingClosesAndIndents()
{
    ComposerStage ui;
    ui.typeText(u"{"_s);
    QCOMPARE(ui.editor->toPlainText(), u"{}"_s);
    QTest::keyClick(ui.editor, Qt::Key_Return);
    type(ui.editor, u"\"id\": \"a"_s);
    QCOMPARE(ui.editor->toPlainText(), u"{\n  \"id\": \"a\"\n}"_s);
    type(ui.editor, u"\",\n\"tags\": ["_s);
    QCOMPARE(ui.editor->toPlainText(), u"{\n  \"id\": \"a\",\n  \"tags\": []\n}"_s);
    QTest::keyClick(ui.editor, Qt::Key_Backspace);
    type(ui.editor, u"1"_s);
    QCOMPARE(ui.editor->toPlainText(), u"{\n  \"id\": \"a\",\n  \"tags\": 1\n}"_s);
    QTest::keyClick(ui.editor, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(ui.editor->toPlainText() != u"{\n  \"id\": \"a\",\n  \"tags\": 1\n}"_s);
}

void TestComposer::linesAreMovedDoubledAndCommented()
{
    ComposerStage ui;
    ui.typeText(u"[\n1,\n2"_s);
    QCOMPARE(ui.editor->toPlainText(), u"[\n  1,\n  2\n]"_s);
    QTest::keyClick(ui.editor, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(ui.editor->toPlainText(), u"[\n  2\n  1,\n]"_s);
    QTest::keyClick(ui.editor, Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(ui.editor, Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(ui.editor->toPlainText(), u"[\n  1,\n  2\n  2\n]"_s);
    QTest::keyClick(ui.editor, Qt::Key_Slash, Qt::ControlModifier);
    QCOMPARE(ui.editor->toPlainText(), u"[\n  1,\n  2\n  // 2\n]"_s);
    QTest::keyClick(ui.editor, Qt::Key_Slash, Qt::ControlModifier);
    QCOMPARE(ui.editor->toPlainText(), u"[\n  1,\n  2\n  2\n]"_s);
}

void TestComposer::invalidJsonDisablesSend()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"id\" 1"_s);
    QVERIFY(!ui.send->isEnabled());
    QVERIFY2(ui.status().startsWith(u"Line 2, column 8: "_s), qPrintable(ui.status()));
    QVERIFY(ui.editor->accessibleDescription().startsWith(u"line 2, column 8: "_s));
    ui.pressSend();
    QVERIFY(ui.backend.sent.isEmpty());
    // Still the button that is meant, but muted.
    const Theme &theme = ui.context.theme;
    const QColor fill = ui.send->grab().toImage().pixelColor(10, ui.send->height() / 2);
    QVERIFY(fill != theme.color(Token::Window) && fill != theme.color(Token::Selection));
    QVERIFY(fill.blue() > fill.red());
    shoot(ui.composer.get(), u"composer_invalid"_s);
    ui.typeText(u"{\n\"id\": 1"_s);
    QVERIFY(ui.send->isEnabled());
    QVERIFY(ui.status().startsWith(u"Valid JSON"_s));
}

void TestComposer::ctrlEnterSendsAndKeepsTheFocus()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n// \"off\": 1,\n\"total\": 1.50"_s);
    ui.pressSend();
    QCOMPARE(ui.backend.sent,
             QByteArrayList{"{\"name\":\"order/created\",\"data\":{\n  \"total\": 1.50\n}}"_ba});
    QVERIFY(ui.editor->hasFocus());
    QTest::mouseClick(ui.send, Qt::LeftButton);
    ui.beat();
    QCOMPARE(ui.backend.sent.size(), 2);
    // The same once more counts once in the history.
    QCOMPARE(child<QListView>(ui.composer.get(), "composerHistory")->model()->rowCount(), 1);
    ui.typeName(u"inngest/mine"_s);
    QVERIFY(!ui.send->isEnabled());
}

void TestComposer::placeholdersAreResolved()
{
    ComposerStage ui;
    qputenv("REDRIVE_TEST_SECRET", "s3");
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"n\": {{i}},\n\"t\": {{ts}},\n\"e\": \"{{env REDRIVE_TEST_SECRET}}"_s);
    QVERIFY2(ui.send->isEnabled(), qPrintable(ui.editor->toPlainText() + ui.status()));
    ui.pressSend();
    const QByteArray ts = QByteArray::number(devserver::toMs(ui.backend.now()));
    QCOMPARE(ui.backend.sent.size(), 1);
    QCOMPARE(ui.backend.sent[0], "{\"name\":\"order/created\",\"data\":{\n  \"n\": 1,\n  \"t\": "
                                     + ts + ",\n  \"e\": \"s3\"\n}}");
    const QString kept = child<QListView>(ui.composer.get(), "composerHistory")
                             ->model()
                             ->index(0, 0)
                             .data(Qt::UserRole)
                             .toString();
    QVERIFY(kept.contains(u"{{env REDRIVE_TEST_SECRET}}"_s));
    QVERIFY(!kept.contains(u"s3"_s));
}

/// A short run may have ended before the server has said that it took the event.
void TestComposer::whatCameBeforeTheAnswerCounts()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    devserver::api::RunSummary run = ui.runOf(firstEvent(ui.backend));
    run.status = devserver::RunStatus::Queued;
    ui.backend.post(run);
    ui.beat();
    run.status = devserver::RunStatus::Completed;
    run.endedAt = *run.startedAt + 80ms;
    ui.backend.post(run);
    ui.beat();
    ui.pressSend();
    QCOMPARE(ui.answers().value(1), u"charge-order, Completed"_s);
}

/// Where there is little room a name is cut, and how far the run is goes unsaid.
void TestComposer::theStateOfAnAnswerIsWhole()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    devserver::api::RunSummary run = ui.runOf(firstEvent(ui.backend));
    run.functionName = "charge-order-and-tell-everybody-who-waits"_ba;
    run.stepsDone = 1;
    run.stepsKnown = 2;
    ui.pressSend();
    ui.backend.post(run);
    ui.beat();
    const auto *table = child<PlainTable>(ui.composer.get(), "composerAnswers");
    const QModelIndex state = table->model()->index(1, AnswersModel::StateColumn);
    const auto cell = state.data(CellDataRole).value<Cell>();
    QCOMPARE(cell.text, u"Running"_s);
    QCOMPARE(cell.token, Token::StateRunning);
    QCOMPARE(state.siblingAtColumn(AnswersModel::FigureColumn).data().toString(), u"1/2"_s);
    for (const int width : {1280, 480}) {
        ui.composer->resize(width, 420);
        ui.beat();
        const QRect place = table->visualRect(state);
        QVERIFY(place.width()
                >= table->itemDelegate()->sizeHint(QStyleOptionViewItem(), state).width());
        QVERIFY2(table->viewport()->rect().contains(place), qPrintable(QString::number(width)));
        QVERIFY(table->columnWidth(AnswersModel::WhatColumn) > 0);
    }
}

/// Where there is no room for how far each run is.
void TestComposer::whatCameOfASendIsReadInANarrowPanel()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    ui.pressSend();
    const auto *table = child<QTableView>(ui.composer.get(), "composerAnswers");
    const auto said = [table](int column) {
        return table->model()->index(0, column).data().toString();
    };
    QTRY_VERIFY((ui.beat(), !said(AnswersModel::FigureColumn).isEmpty()));
    const QString what = said(AnswersModel::FigureColumn);
    ui.composer->resize(480, 420);
    QTRY_VERIFY((ui.beat(), table->isColumnHidden(AnswersModel::FigureColumn)));
    QCOMPARE(said(AnswersModel::StateColumn), what);
    QCOMPARE(table->columnSpan(0, 0), 1);
    ui.composer->resize(1'280, 420);
    QTRY_VERIFY((ui.beat(), !table->isColumnHidden(AnswersModel::FigureColumn)));
    QCOMPARE(said(AnswersModel::FigureColumn), what);
    QCOMPARE(said(AnswersModel::StateColumn), QString());
    QCOMPARE(table->columnSpan(0, 0), 2);
}

void TestComposer::answersFollowTheRuns()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"id\": \"o_{{seq}}\",\n\"customer\": {\n\"email\": \"ada@example.org"_s);
    const devserver::EventId event = firstEvent(ui.backend);
    devserver::api::RunSummary run = ui.runOf(event);
    ui.backend.post(run); // faster than the answer
    ui.pressSend();
    ui.beat();
    QCOMPARE(ui.answers().size(), 2);
    QCOMPARE(ui.answers()[1], u"charge-order, Running"_s);
    run.stepsDone = run.stepsKnown = 1; // more may come
    ui.backend.post(run);
    ui.beat();
    QCOMPARE(child<PlainTable>(ui.composer.get(), "composerAnswers")
                 ->model()
                 ->index(1, AnswersModel::FigureColumn)
                 .data()
                 .toString(),
             u"1 done"_s);
    run.status = devserver::RunStatus::Completed;
    run.endedAt = *run.startedAt + 80ms;
    ui.backend.post(run);
    ui.beat();
    QCOMPARE(ui.answers()[1], u"charge-order, Completed"_s);
    shoot(ui.composer.get(), u"composer_full"_s);
    ui.theme.choose(ThemeChoice::Dark, false);
    ui.beat();
    shoot(ui.composer.get(), u"composer_dark"_s);

    auto *table = child<PlainTable>(ui.composer.get(), "composerAnswers");
    QSignalSpy gone(&ui.navigator, &Navigator::goRequested);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(1, 0)).center());
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone[0][0].value<Place>().subject, run.id.toText());
}

void TestComposer::shiftGoesToTheFirstRun()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{"_s);
    QSignalSpy gone(&ui.navigator, &Navigator::goRequested);
    QTest::keyClick(ui.editor, Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    const devserver::EventId event = firstEvent(ui.backend);
    ui.beat();
    QCOMPARE(gone.count(), 0);
    const devserver::api::RunSummary run = ui.runOf(event);
    ui.backend.post(run);
    ui.beat();
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone[0][0].value<Place>().subject, run.id.toText());
}

void TestComposer::nobodyListensIsSaid()
{
    ComposerStage ui;
    ui.typeName(u"user/singup"_s);
    ui.typeText(u"{"_s);
    QVERIFY(child<QLabel>(ui.composer.get(), "composerWho")
                ->text()
                .startsWith(u"No function listens to user/singup. Closest: user/signup ("_s));
    const QString warning = u"No function listens to user/singup. Closest: user/signup"_s;
    QCOMPARE(ui.status(), warning);
    ui.pressSend();
    QCOMPARE(ui.answers().mid(1),
             QStringList({u"No function listens to user/singup"_s, u"Closest: user/signup"_s}));
    // With answers, where it is low: still before the next one is sent.
    ui.composer->resize(1280, 300);
    ui.beat();
    ui.typeText(u"{"_s);
    QCOMPARE(ui.status(), warning);
    // Where it is narrow words go, not the name that is probably meant.
    int width = 1280;
    while (ui.status() == warning && width > 300) {
        ui.composer->resize(--width, 300);
        ui.beat();
    }
    QCOMPARE(ui.status(), u"Nobody listens. Closest: user/signup"_s);
}

void TestComposer::aRefusalShowsTheServersWords()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{"_s);
    ui.backend.refuseNext({devserver::ErrorCode::StoreFull, u"no space left on the disk"_s});
    ui.pressSend();
    QCOMPARE(ui.status(), u"no space left on the disk"_s);
    QCOMPARE(ui.answers()[1], u"no space left on the disk"_s);
    QCOMPARE(child<QListView>(ui.composer.get(), "composerHistory")->model()->rowCount(), 0);
}

void TestComposer::aPauseIsSaidWhileItLasts()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{"_s);
    const QString before = ui.status();
    devserver::api::ServerState state = ui.backend.state;
    state.pause = {devserver::ErrorCode::StoreFull, u"the disk is full"_s};
    ui.backend.setState(state);
    ui.backend.refuseNext(*state.pause);
    ui.pressSend();
    QCOMPARE(ui.status(), u"the disk is full"_s);
    state.pause.reset();
    ui.backend.setState(state);
    QCOMPARE(ui.status(), before);
}

void TestComposer::tooLargeIsSaidBefore()
{
    ComposerStage ui;
    arrange::draft(ui, "order/created"_ba, "{\"a\":\"" + QByteArray(3 * 1024 * 1024, 'x') + "\"}");
    QTRY_VERIFY(!ui.editor->isChecking());
    QTRY_VERIFY2(ui.status().contains(u"the limit is 3.0 MiB"_s), qPrintable(ui.status()));
    QVERIFY(!ui.send->isEnabled());
    QVERIFY(ui.backend.sent.isEmpty());
}

/// The keys are not praised, and who would start waits, until it can be sent.
void TestComposer::nothingStartsFromInvalidJson()
{
    ComposerStage ui;
    const auto *keys = child<QLabel>(ui.composer.get(), "composerKeys");
    const auto *title = child<QLabel>(ui.composer.get(), "composerWhoTitle");
    const auto *who = child<QLabel>(ui.composer.get(), "composerWho");
    ui.typeName(u"user/signup"_s);
    ui.typeText(u"{"_s); // the editor closes it
    QTRY_VERIFY(ui.send->isEnabled());
    QVERIFY(keys->isVisible());
    QCOMPARE(title->text(), u"Will start"_s);
    QCOMPARE(who->foregroundRole(), QPalette::WindowText);
    ui.typeText(u"{\n\"id\" 1"_s);
    QTRY_VERIFY(!ui.send->isEnabled());
    QVERIFY(!keys->isVisible());
    QCOMPARE(title->text(), u"Will start once the JSON is valid"_s);
    QCOMPARE(who->foregroundRole(), QPalette::PlaceholderText);
    ui.typeName(u"user/singup"_s); // nobody
    QCOMPARE(title->text(), u"Will start"_s);
}

namespace {

/// Another job has sent several copies: the one before would have, too.
void waitForBeats()
{
    devserver::test::FakeBackend backend;
    SendQueue queue(backend);
    queue.start(
        {.copies = 10, .perSecond = 10, .send = [&](int) { return backend.send("{}"_ba); }});
    for (int copies = 2; copies < 5; ++copies) {
        backend.advance(100ms);
        QTRY_COMPARE(backend.sent.size(), copies);
    }
}

} // namespace

void TestComposer::copiesAreAJob()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"n\": {{i}}"_s);
    auto *copies = child<QSpinBox>(ui.composer.get(), "composerCopies");
    copies->setFocus();
    QTest::keyClick(copies, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(copies, u"25"_s);
    auto *rate = child<QComboBox>(ui.composer.get(), "composerRate");
    rate->setFocus();
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(rate, Qt::Key_Down);
    QCOMPARE(rate->currentText(), u"10 per second"_s);
    QTest::mouseClick(ui.send, Qt::LeftButton);
    QCOMPARE(ui.backend.sent.size(), 1);
    QCOMPARE(ui.jobs.all().size(), std::size_t{1});
    QCOMPARE(ui.jobs.all().front().total, 25);
    ui.backend.advance(1s);
    QTRY_COMPARE(ui.backend.sent.size(), 11);
    QTRY_COMPARE(ui.jobs.all().front().done, 11);
    QVERIFY(ui.backend.sent[10].contains("\"n\": 11"));
    QCOMPARE(ui.send->text(), u"Stop"_s);
    QTest::mouseClick(ui.send, Qt::LeftButton);
    QVERIFY(ui.jobs.all().front().isOver);
    ui.backend.advance(5s);
    waitForBeats();
    QCOMPARE(ui.backend.sent.size(), 11);
    QCOMPARE(ui.send->text(), u"Send"_s);
}

void TestComposer::invokeStartsAFunction()
{
    ComposerStage ui;
    auto *invoke = child<QRadioButton>(ui.composer.get(), "composerTargetInvoke");
    QTest::mouseClick(invoke, Qt::LeftButton, {}, {8, invoke->height() / 2});
    QTRY_COMPARE(ui.send->text(), u"Invoke"_s);
    QCOMPARE(child<QLabel>(ui.composer.get(), "composerKeys")->text(), u"Ctrl+Enter invokes"_s);
    ui.typeName(u"nothing"_s);
    ui.typeText(u"{\n\"a\": 1"_s);
    QVERIFY(!ui.send->isEnabled());
    ui.typeName(u"refund"_s);
    QVERIFY(!child<QLineEdit>(ui.composer.get(), "composerId")->isVisible());
    ui.pressSend();
    QCOMPARE(ui.backend.invoked.size(), std::size_t{1});
    QCOMPARE(ui.backend.invoked[0].first, "refund"_ba);
    QCOMPARE(ui.backend.invoked[0].second, "{\n  \"a\": 1\n}"_ba);
}

void TestComposer::whatIsCopiedDoesTheSame()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"total\": 1.0"_s);
    QCOMPARE(takeCopy(ui, u"curl"_s).size(), 5);
    QCOMPARE(ui.desktop.copied,
             u"curl -X POST http://127.0.0.1:8288/e/dev \\\n  -H 'Content-Type: "
             u"application/json' \\\n  -d '{\"name\":\"order/created\",\"data\":{\n  "
             u"\"total\": 1.0\n}}'\n"_s);
    auto *invoke = child<QRadioButton>(ui.composer.get(), "composerTargetInvoke");
    QTest::mouseClick(invoke, Qt::LeftButton, {}, {8, invoke->height() / 2});
    ui.typeName(u"shop-charge-order"_s);
    // From outside no SDK invokes a function.
    QCOMPARE(takeCopy(ui, u"curl"_s), (QStringList{u"JSON"_s, u"curl"_s}));
    QVERIFY2(ui.desktop.copied.startsWith(
                 u"curl -X POST http://127.0.0.1:8288/invoke/shop-charge-order "_s),
             qPrintable(ui.desktop.copied));
    QVERIFY(ui.desktop.copied.contains(u"-d '{\"data\":{"_s));
}

void TestComposer::whatIsCopiedIsWhole_data()
{
    QTest::addColumn<QString>("entry");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    const QString one = u"{\"a\": {{seq}}, \"b\": 2}"_s;
    const QString two = u"[{\"n\": 1}, {\"n\": {{seq}}}]"_s;
    const auto row = [](const QString &entry, const QString &text, const QString &code) {
        QTest::addRow("%s of %s", qPrintable(entry), qPrintable(text.left(1)))
            << entry << text << code;
    };
    const QString json = u"{\n  \"name\": \"order/created\",\n  \"data\": {\n    \"a\": 1,\n"
                         u"    \"b\": 2\n  }\n}"_s;
    const QString element = u"  {\n    \"name\": \"order/created\",\n    \"data\": {\n"
                            u"      \"n\": 1\n    }\n  }"_s;
    const QString batch = u"[\n"_s + element + u",\n"_s + element + u"\n]"_s;
    row(u"JSON"_s, one, json);
    row(u"JSON"_s, two, batch);
    row(u"curl"_s, one, u"  -d '{\"name\":\"order/created\",\"data\":{\"a\": 1, \"b\": 2}}'\n"_s);
    row(u"curl"_s, two,
        u"  -d '[{\"name\":\"order/created\",\"data\":{\"n\": 1}},"
        u"{\"name\":\"order/created\",\"data\":{\"n\": 1}}]'\n"_s);
    row(u"TypeScript"_s, one, u"await inngest.send("_s + json + u");\n"_s);
    row(u"TypeScript"_s, two, u"await inngest.send("_s + batch + u");\n"_s);
    row(u"Python"_s, one,
        u"event = json.loads(r'''"_s + json
            + u"''')\nawait client.send(inngest.Event(**event))\n"_s);
    row(u"Python"_s, two,
        u"events = json.loads(r'''"_s + batch
            + u"''')\nawait client.send([inngest.Event(**event) for event in events])\n"_s);
    row(u"Go"_s, one, u"json.Unmarshal([]byte(`"_s + json + u"`), &event)"_s);
    row(u"Go"_s, two, u"json.Unmarshal([]byte(`"_s + batch + u"`), &events)"_s);
}

void TestComposer::whatIsCopiedIsWhole()
{
    QFETCH(const QString, entry);
    QFETCH(const QString, text);
    QFETCH(const QString, code);
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    pasteOver(ui.editor, text);
    takeCopy(ui, entry);
    QTRY_VERIFY2(ui.desktop.copied.contains(code), qPrintable(ui.desktop.copied));
    // It does not count as sent.
    ui.pressSend();
    QCOMPARE(ui.backend.sent.size(), 1);
    QVERIFY(!ui.backend.sent.front().contains(": 2}}]")
            && !ui.backend.sent.front().contains("\"a\": 2"));
}

void TestComposer::whatIsWrongIsNotCopied_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("said");
    const QString name = u"order/created"_s;
    QTest::newRow("invalid") << name << u"{\"a\" 1}"_s
                             << u"Nothing is copied: line 1, column 6: expected ':'"_s;
    QTest::newRow("no placeholder") << name << u"{\"a\": {{sqe}}}"_s
                                    << u"Nothing is copied: line 1, column 7: "
                                       u"unknown placeholder {{sqe}}"_s;
    QTest::newRow("no name") << QString() << u"{}"_s
                             << u"Nothing is copied: Write the name of an event"_s;
    QTest::newRow("no file") << name << u"{\"a\": {{file /nowhere/a.json}}}"_s
                             << u"Nothing is copied: /nowhere/a.json: No such file or directory"_s;
}

void TestComposer::whatIsWrongIsNotCopied()
{
    QFETCH(const QString, name);
    QFETCH(const QString, text);
    QFETCH(const QString, said);
    ComposerStage ui;
    ui.typeName(name);
    pasteOver(ui.editor, text);
    for (const QString &entry : {u"JSON"_s, u"curl"_s, u"TypeScript"_s}) {
        takeCopy(ui, entry);
        QTRY_COMPARE(ui.status(), said);
        QVERIFY(ui.desktop.copied.isNull());
    }
}

void TestComposer::historyIsWalked()
{
    ComposerStage ui;
    for (const QString &name : {u"a/one"_s, u"a/two"_s}) {
        ui.typeName(name);
        ui.typeText(u"{"_s);
        ui.pressSend();
    }
    ui.typeName(u"a/three"_s);
    QTest::keyClick(ui.editor, Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(ui.name->text(), u"a/two"_s);
    QTest::keyClick(ui.editor, Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(ui.name->text(), u"a/one"_s);
    QTest::keyClick(ui.editor, Qt::Key_Down, Qt::ControlModifier);
    QTest::keyClick(ui.editor, Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(ui.name->text(), u"a/three"_s);
    auto *search = child<QLineEdit>(ui.composer.get(), "composerHistorySearch");
    search->setFocus();
    QTest::keyClicks(search, u"ONE"_s);
    auto *list = child<QListView>(ui.composer.get(), "composerHistory");
    QCOMPARE(list->model()->rowCount(), 1);
    QTest::mouseDClick(list->viewport(), Qt::LeftButton, {},
                       list->visualRect(list->model()->index(0, 0)).center());
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Home);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(ui.name->text(), u"a/one"_s);
}

void TestComposer::favouritesAreFiles()
{
    QTemporaryDir folder;
    ComposerStage ui(folder.filePath(u"redrive.db"_s));
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"n\": {{seq}}"_s);
    QTest::keyClick(ui.editor, Qt::Key_S, Qt::ControlModifier);
    auto *name = child<QLineEdit>(ui.composer.get(), "composerFavouriteName");
    QTRY_VERIFY(name->hasFocus());
    QTest::keyClicks(name, u"orders/new"_s);
    QTest::keyClick(name, Qt::Key_Return);
    auto *list = child<QAbstractItemView>(ui.composer.get(), "composerFavourites");
    QTRY_COMPARE(list->model()->rowCount(), 1);
    const QString path = folder.filePath(u".redrive/events/orders/new.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), R"({
    "event": "order/created",
    "text": [
        "{",
        "  \"n\": {{seq}}",
        "}"
    ]
}
)"_ba);
    file.close();
    // Somebody else edits it.
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(R"({"event":"user/signup","text":["{}"]})");
    file.close();
    const QModelIndex folderRow = list->model()->index(0, 0);
    const QModelIndex row = list->model()->index(0, 0, folderRow);
    QTRY_VERIFY(row.data(Qt::ToolTipRole).toString().startsWith(u"user/signup"_s));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Home);
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(ui.name->text(), u"user/signup"_s);
    QCOMPARE(ui.editor->toPlainText(), u"{}"_s);
}

void TestComposer::keysOfEarlierEventsAreProposed()
{
    ComposerStage ui;
    ui.backend.eventMatches = [](const devserver::api::Filter &filter,
                                 const devserver::api::EventSummary &event) {
        return filter.term.values.contains(event.name);
    };
    ui.name->setFocus();
    QTest::keyClicks(ui.name, u"user/singup"_s);
    QTest::keyClick(ui.name, Qt::Key_Escape);
    QTest::keyClick(ui.name, Qt::Key_Return);
    ui.beat();
    ui.beat();
    ui.typeText(u"{\n\"pl"_s);
    QTest::keyClick(ui.editor, Qt::Key_Space, Qt::ControlModifier);
    QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
    auto *popup = qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
    QVERIFY(popup != nullptr);
    QCOMPARE(popup->objectName(), u"composerCompletion"_s);
    QCOMPARE(popup->model()->rowCount(), 1);
    QCOMPARE(popup->model()->index(0, 0).data().toString(), u"plan   string, in 1 of 1"_s);
    QTest::keyClick(popup, Qt::Key_Return);
    QCOMPARE(ui.editor->toPlainText(), u"{\n  \"plan\": \n}"_s);
}

void TestComposer::draftsSurvive()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"half\":"_s);
    ui.composer.reset();
    ui.make();
    QCOMPARE(ui.name->text(), u"order/created"_s);
    QCOMPARE(ui.editor->toPlainText(), u"{\n  \"half\":\n}"_s);
    QVERIFY(!ui.send->isEnabled());
}

void TestComposer::draftsAreTakenOver()
{
    ComposerStage ui;
    shoot(ui.composer.get(), u"composer_empty"_s);
    arrange::draft(ui, "user/signup"_ba, R"({"a":1})"_ba);
    QTRY_VERIFY(ui.editor->hasFocus());
    QCOMPARE(ui.name->text(), u"user/signup"_s);
    QCOMPARE(ui.editor->toPlainText(), u"{\n  \"a\": 1\n}"_s);
    arrange::draft(ui); // a new one
    QTRY_VERIFY(ui.name->hasFocus());
    QCOMPARE(ui.name->text(), QString());
    arrange::invocation(ui, "refund"_ba);
    QVERIFY(child<QRadioButton>(ui.composer.get(), "composerTargetInvoke")->isChecked());
    QCOMPARE(ui.name->text(), u"refund"_s);
}

UI_TEST_MAIN(TestComposer)

#include "tst_composer.moc"
