// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/composerstage.h"
#include "tests/ui/support/eventsstage.h"
#include "ui/widgets/enterpresses.h"

#include <QComboBox>
#include <QFile>
#include <QSpinBox>
#include <QTabBar>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;

/// Sends of the composer that are under way at the same time.
class TestSends : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copiesGoOnBesideOneSend();
    void copiesGoOnWhenOneIsRefused();
    void copiesAreNotSentBesideOthers();
    void ctrlEnterStopsNothing_data();
    void ctrlEnterStopsNothing();
    void theButtonDoesWhatItSays();
    void theLastOneIsSentAgainBesideCopies();
    void aFileThatIsReadIsNotForgotten();
    void copiesAreStoppedWhileTheirFileIsRead();
    void copiesStayWithTheirDraft();
    void aNewDraftIsSentOnce_data();
    void aNewDraftIsSentOnce();
    void answersThatWaitHaveTheirName();
    void copiesComeBackFromTheHistory();
    void aWalkEndsWithItsDraft();
};

namespace {

void chooseCopies(const ComposerStage &ui, int count)
{
    auto *copies = child<QSpinBox>(ui.composer.get(), "composerCopies");
    copies->setFocus();
    QTest::keyClick(copies, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(copies, QString::number(count));
}

void chooseTenPerSecond(const ComposerStage &ui)
{
    auto *rate = child<QComboBox>(ui.composer.get(), "composerRate");
    rate->setFocus();
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(rate, Qt::Key_Down);
    QCOMPARE(rate->currentText(), u"10 per second"_s);
}

/// 25 of them, ten per second.
void writeCopies(ComposerStage &ui)
{
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\"i\":{{i}}"_s);
    chooseCopies(ui, 25);
    chooseTenPerSecond(ui);
}

/// A draft with a file of the project in it.
struct WithFile {
    WithFile()
    {
        QFile file(folder.filePath(u"cart.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[1, 2]\n");
        file.close();
        ui.typeName(u"order/created"_s);
        ui.typeText(u"{\"cart\":{{file cart.json}}"_s);
    }

    QTemporaryDir folder;
    ComposerStage ui{folder.filePath(u"redrive.db"_s)};
};

/// `12 at 1 per second`
QString shownCopies(const ComposerStage &ui)
{
    const auto *rate = child<QComboBox>(ui.composer.get(), "composerRate");
    const QString count =
        QString::number(child<QSpinBox>(ui.composer.get(), "composerCopies")->value());
    return rate->isVisible() ? count + u" at "_s + rate->currentText() : count;
}

void clickTab(const ComposerStage &ui, int index)
{
    auto *tabs = child<QTabBar>(ui.composer.get(), "composerTabs");
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(index).center());
}

/// By the key, from the editor.
void send(const ComposerStage &ui)
{
    ui.editor->setFocus();
    QTest::keyClick(ui.editor, Qt::Key_Return, Qt::ControlModifier);
}

/// What was sent, without the time, the newest first.
QStringList headings(const ComposerStage &ui)
{
    const auto *model = qobject_cast<const AnswersModel *>(
        child<PlainTable>(ui.composer.get(), "composerAnswers")->model());
    QStringList found;
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->isHeading(row))
            found.append(ui.answer(row).section(u"   "_s, 1, 1).section(u',', 0, 0));
    }
    return found;
}

} // namespace

/// It may be the event that their runs wait for.
void TestSends::copiesGoOnBesideOneSend()
{
    ComposerStage ui;
    devserver::UlidSource ids; // gives the same ones as the backend's
    const devserver::EventId ofCopies{ids.next(ui.backend.now())};
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\"i\":{{i}}"_s);
    chooseCopies(ui, 10);
    ui.backend.holdReplies(true);
    send(ui);
    QCOMPARE(ui.backend.sent.size(), 10); // no answer yet
    ui.typeName(u"user/signup"_s);
    chooseCopies(ui, 1);
    send(ui);
    QCOMPARE(ui.backend.sent.size(), 11);
    QVERIFY(ui.backend.sent[10].contains("user/signup"));
    ui.backend.holdReplies(false);
    ui.backend.releaseReplies();
    ui.backend.post(ui.runOf(ofCopies));
    ui.beat();
    QCOMPARE(ui.jobs.all().size(), std::size_t{1});
    QTRY_VERIFY(ui.jobs.all().front().isOver);
    QCOMPARE(ui.jobs.all().front().done, 10);
    // Each has what it started below it.
    QTRY_COMPARE(headings(ui), QStringList({u"user/signup"_s, u"10 × order/created"_s}));
    QVERIFY2(ui.answers().value(1).contains(u"10 × order/created"_s),
             qPrintable(ui.answers().join(u'\n')));
    QCOMPARE(ui.answers().value(2), u"charge-order, Running"_s);
}

void TestSends::copiesGoOnWhenOneIsRefused()
{
    ComposerStage ui;
    writeCopies(ui);
    send(ui);
    QCOMPARE(ui.backend.sent.size(), 1);
    ui.beat();
    ui.typeText(u"{\"cart\":{{file /nowhere/a.json}}"_s);
    chooseCopies(ui, 1);
    send(ui);
    QTRY_VERIFY2(ui.status().contains(u"/nowhere/a.json"_s), qPrintable(ui.status()));
    ui.backend.advance(3s);
    QTRY_COMPARE(ui.backend.sent.size(), 25);
    QVERIFY(ui.backend.sent.back().contains("{\"i\":25}"));
    QTRY_VERIFY(ui.jobs.all().front().isOver);
    QCOMPARE(ui.jobs.all().front().done, 25);
    QVERIFY2(ui.status().contains(u"/nowhere/a.json"_s), qPrintable(ui.status()));
}

/// The key says why, and goes on doing so for as long as it is true.
void TestSends::copiesAreNotSentBesideOthers()
{
    ComposerStage ui;
    writeCopies(ui);
    send(ui);
    ui.beat();
    QTRY_COMPARE(ui.status(), u"Sent 1 of 25"_s);
    send(ui);
    QCOMPARE(ui.status(), u"Sent 1 of 25: stop these copies or wait before you send more"_s);
    QCOMPARE(ui.backend.sent.size(), 1);
    ui.backend.advance(1s);
    QTRY_COMPARE(ui.backend.sent.size(), 11); // they go on
    QTRY_COMPARE(ui.status(), u"Sent 11 of 25: stop these copies or wait before you send more"_s);
    chooseCopies(ui, 40); // as many are sent as were asked for
    QTRY_VERIFY2(ui.status().startsWith(u"Sent 11 of 25"_s), qPrintable(ui.status()));
    QCOMPARE(ui.jobs.all().size(), std::size_t{1});
    QTest::mouseClick(ui.send, Qt::LeftButton);
    QTRY_VERIFY(ui.jobs.all().front().isOver);
    QVERIFY2(ui.status().startsWith(u"Valid JSON"_s), qPrintable(ui.status()));
    send(ui);
    QCOMPARE(ui.jobs.all().size(), std::size_t{2});
    QCOMPARE(ui.jobs.all().back().total, 40);
}

void TestSends::ctrlEnterStopsNothing_data()
{
    QTest::addColumn<bool>("isByMouse");
    QTest::addColumn<Qt::Key>("key");
    QTest::newRow("after Enter") << false << Qt::Key_Return;
    QTest::newRow("after a click") << true << Qt::Key_Return;
    QTest::newRow("of the digits") << true << Qt::Key_Enter;
}

/// Where the focus is does not matter: the key sends, also while the button would stop.
void TestSends::ctrlEnterStopsNothing()
{
    QFETCH(const bool, isByMouse);
    QFETCH(const Qt::Key, key);
    ComposerStage ui;
    const EnterPresses presses; // as in the window
    writeCopies(ui);
    if (isByMouse) {
        QTest::mouseClick(ui.send, Qt::LeftButton);
    } else {
        QTest::keyClick(ui.composer->focusWidget(), Qt::Key_Tab);
        QVERIFY(ui.send->hasFocus());
        QTest::keyClick(ui.send, Qt::Key_Return);
    }
    ui.beat();
    QTRY_COMPARE(ui.status(), u"Sent 1 of 25"_s);
    QCOMPARE(ui.send->text(), u"Stop"_s);
    ui.send->setFocus(Qt::MouseFocusReason);
    QTest::keyClick(ui.send, key, Qt::ControlModifier);
    QTRY_COMPARE(ui.status(), u"Sent 1 of 25: stop these copies or wait before you send more"_s);
    ui.backend.advance(3s);
    QTRY_COMPARE(ui.backend.sent.size(), 25);
    QTRY_VERIFY(ui.jobs.all().front().isOver);
    // Then it sends again, as often as it is asked to.
    QTest::keyClick(ui.send, key, Qt::ControlModifier);
    QCOMPARE(ui.backend.sent.size(), 26);
    QCOMPARE(ui.jobs.all().size(), std::size_t{2});
}

void TestSends::theButtonDoesWhatItSays()
{
    ComposerStage ui;
    const auto *keys = child<QLabel>(ui.composer.get(), "composerKeys");
    writeCopies(ui);
    QTest::mouseClick(ui.send, Qt::LeftButton);
    QCOMPARE(ui.send->text(), u"Stop"_s);
    QVERIFY(!keys->isVisible()); // they would only say that it does not go
    chooseCopies(ui, 1);
    QCOMPARE(ui.send->text(), u"Send"_s); // at once, not with the next copy
    QVERIFY(keys->isVisible());
    QTest::mouseClick(ui.send, Qt::LeftButton);
    QCOMPARE(ui.backend.sent.size(), 2);
    ui.beat();
    chooseCopies(ui, 2);
    QCOMPARE(ui.send->text(), u"Stop"_s);
    QVERIFY(!ui.jobs.all().front().isOver);
    QTest::mouseClick(ui.send, Qt::LeftButton);
    QTRY_VERIFY(ui.jobs.all().front().isOver);
    QCOMPARE(ui.send->text(), u"Send"_s);
}

void TestSends::theLastOneIsSentAgainBesideCopies()
{
    ComposerStage ui;
    writeCopies(ui);
    send(ui);
    ui.beat();
    QTRY_COMPARE(ui.status(), u"Sent 1 of 25"_s); // it is in the history
    QTest::keyClick(ui.editor, Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(ui.backend.sent.size(), 2);
    ui.backend.advance(3s);
    QTRY_COMPARE(ui.backend.sent.size(), 26);
    QTRY_VERIFY(ui.jobs.all().front().isOver);
    QCOMPARE(ui.jobs.all().size(), std::size_t{1});
    QCOMPARE(headings(ui), QStringList({u"order/created"_s, u"25 × order/created"_s}));
}

void TestSends::aFileThatIsReadIsNotForgotten()
{
    WithFile stage;
    ComposerStage &ui = stage.ui;
    send(ui);
    send(ui);
    QTRY_COMPARE(ui.backend.sent.size(), 2);
}

void TestSends::copiesAreStoppedWhileTheirFileIsRead()
{
    WithFile stage;
    ComposerStage &ui = stage.ui;
    chooseCopies(ui, 3);
    QTest::mouseClick(ui.send, Qt::LeftButton);
    QCOMPARE(ui.send->text(), u"Stop"_s);
    QTest::mouseClick(ui.send, Qt::LeftButton);
    QCOMPARE(ui.send->text(), u"Send"_s);
    // It would have been read before this one, which is sent.
    chooseCopies(ui, 1);
    send(ui);
    QTRY_COMPARE(ui.backend.sent.size(), 1);
    QVERIFY(ui.jobs.all().empty());
}

void TestSends::copiesStayWithTheirDraft()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    chooseCopies(ui, 12);
    chooseTenPerSecond(ui);
    QTest::mouseClick(child<QWidget>(ui.composer.get(), "composerNew"), Qt::LeftButton);
    QCOMPARE(shownCopies(ui), u"1"_s);
    ui.typeName(u"user/signup"_s);
    chooseCopies(ui, 3);
    QCOMPARE(shownCopies(ui), u"3 at all at once"_s);
    clickTab(ui, 0);
    QCOMPARE(shownCopies(ui), u"12 at 10 per second"_s);
    clickTab(ui, 1);
    QCOMPARE(shownCopies(ui), u"3 at all at once"_s);
    // Closed and had back.
    ui.editor->setFocus();
    QTest::keyClick(ui.editor, Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(shownCopies(ui), u"12 at 10 per second"_s);
    QTest::keyClick(ui.editor, Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(shownCopies(ui), u"3 at all at once"_s);
    send(ui);
    QCOMPARE(ui.backend.sent.size(), 3);
}

void TestSends::aNewDraftIsSentOnce_data()
{
    QTest::addColumn<QByteArray>("way");
    QTest::addColumn<bool>("wasSent");
    for (const char *way : {"edit and send", "new", "new by the button", "invoke", "history"}) {
        QTest::addRow("%s, after a send", way) << QByteArray(way) << true;
        if (qstrcmp(way, "history") != 0)
            QTest::addRow("%s, beside a draft", way) << QByteArray(way) << false;
    }
}

/// It would start more than anybody asked for.
void TestSends::aNewDraftIsSentOnce()
{
    QFETCH(const QByteArray, way);
    QFETCH(const bool, wasSent);
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    chooseCopies(ui, 12);
    if (wasSent) {
        send(ui);
        QTRY_VERIFY(ui.jobs.all().front().isOver);
    } else {
        chooseTenPerSecond(ui);
    }
    ui.backend.sent.clear();
    EventsView view(ui.context);
    if (way == "edit and send") {
        ListTable *events = showEvents(ui, view);
        selectEvent(ui, view, ui.scene.order);
        QTest::keyClick(events, Qt::Key_E);
    } else if (way == "new") {
        arrange::draft(ui); // Ctrl+N in the window
    } else if (way == "new by the button") {
        QTest::mouseClick(child<QWidget>(ui.composer.get(), "composerNew"), Qt::LeftButton);
    } else if (way == "invoke") {
        arrange::invocation(ui, "charge-order"_ba);
    } else {
        ui.typeText(u"{\"is\": \"edited\""_s);
        QTest::keyClick(ui.editor, Qt::Key_Up, Qt::ControlModifier);
    }
    ui.beat();
    QTRY_COMPARE(shownCopies(ui), u"1"_s);
    if (ui.name->text().isEmpty())
        ui.typeName(u"user/signup"_s);
    QTRY_VERIFY2(ui.send->isEnabled(), qPrintable(ui.status()));
    send(ui);
    ui.beat();
    QCOMPARE(static_cast<int>(ui.backend.sent.size()) + static_cast<int>(ui.backend.invoked.size()),
             1);
}

/// Why they wait, and how long it took to send, are as long as the panel is wide.
void TestSends::answersThatWaitHaveTheirName()
{
    ComposerStage ui;
    devserver::UlidSource ids; // gives the same ones as the backend's
    ui.typeName(u"order/created"_s);
    chooseCopies(ui, 12);
    devserver::api::RunSummary run = ui.runOf(devserver::EventId{ids.next(ui.backend.now())});
    run.activities = {{.kind = devserver::ActivityKind::AppOffline}};
    send(ui);
    ui.backend.post(run);
    ui.beat();
    QTRY_VERIFY(ui.jobs.all().front().isOver);
    const auto *table = child<PlainTable>(ui.composer.get(), "composerAnswers");
    const QAbstractItemModel *model = table->model();
    QTRY_COMPARE(ui.answer(1), u"charge-order, Waiting · for its app"_s);
    for (const int width : {1900, 1280, 480}) {
        ui.composer->resize(width, 420);
        ui.beat();
        const auto lacking = [&](int row, int column) {
            const QModelIndex index = model->index(row, column);
            return table->itemDelegate()->sizeHint(QStyleOptionViewItem(), index).width()
                   - table->columnWidth(column);
        };
        const QByteArray where = QByteArray::number(width);
        QVERIFY2(lacking(1, AnswersModel::WhatColumn) <= 0
                     || 4 * table->columnWidth(AnswersModel::WhatColumn)
                            >= table->viewport()->width() - 4,
                 where.data());
        QVERIFY2(table->isColumnHidden(AnswersModel::FigureColumn)
                     || lacking(0, AnswersModel::FigureColumn) <= 0,
                 where.data());
        int sum = 0;
        for (int column = 0; column < AnswersModel::ColumnCount; ++column)
            sum += table->columnWidth(column);
        QVERIFY2(sum <= table->viewport()->width(), where.data());
    }
}

void TestSends::copiesComeBackFromTheHistory()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    send(ui);
    ui.beat();
    ui.typeText(u"{\"is\": \"edited\""_s);
    chooseCopies(ui, 12);
    ui.editor->setFocus();
    QTest::keyClick(ui.editor, Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(shownCopies(ui), u"1"_s);
    QTest::keyClick(ui.editor, Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(shownCopies(ui), u"12 at all at once"_s);
    QVERIFY(ui.editor->toPlainText().contains(u"edited"_s));
}

void TestSends::aWalkEndsWithItsDraft()
{
    ComposerStage ui;
    ui.typeName(u"order/created"_s);
    send(ui);
    ui.beat();
    ui.typeText(u"{\"is\": \"edited\""_s);
    chooseCopies(ui, 12);
    ui.editor->setFocus();
    QTest::keyClick(ui.editor, Qt::Key_Up, Qt::ControlModifier);
    QTest::mouseClick(child<QWidget>(ui.composer.get(), "composerNew"), Qt::LeftButton);
    ui.beat();
    ui.typeName(u"user/signup"_s);
    ui.editor->setFocus();
    QTest::keyClick(ui.editor, Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(shownCopies(ui), u"1"_s);
    QVERIFY(!ui.editor->toPlainText().contains(u"edited"_s));
}

UI_TEST_MAIN(TestSends)

#include "tst_sends.moc"
