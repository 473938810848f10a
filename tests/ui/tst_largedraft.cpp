// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/clicks.h"
#include "tests/ui/support/composerstage.h"
#include "tests/ui/support/largedata.h"
#include "tests/ui/support/pasting.h"
#include "ui/widgets/bigtextview.h"

#include <QAbstractItemView>
#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUrl>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;

/// Texts that come into the composer and would hold up the window (ui.md §4.2, §10).
class TestLargeDraft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLargePasteIsShownOnly();
    void anUnsendablePasteChangesNothing();
    void aLargeTextCanBeEdited();
    void noKeyLosesIt_data();
    void noKeyLosesIt();
    void itIsUndoneStepByStep();
    void theTextBelowIsNotCompleted();
    void formatShowsTheProblem();
    void manyPastesBecomeLarge();
    void aDroppedFileIsLoaded();
    void whatIsLoadedIsSentAsItIs_data();
    void whatIsLoadedIsSentAsItIs();
    void itCoversTheNumbers_data();
    void itCoversTheNumbers();
    void aLateFileTakesNothingAway();
    void eachDraftHasItsOwn();
    void itIsThereAfterARestart();
    void aLargeSendLeavesTheHistory();
    void whatHasNoRoomIsSaid();
    void whatIsRemovedIsInTheHistory_data();
    void whatIsRemovedIsInTheHistory();
};

namespace {

struct Stage : ComposerStage {
    using ComposerStage::ComposerStage;

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QTest::keyClick(editor, key, modifiers);
    }

    void undo() const { press(Qt::Key_Z, Qt::ControlModifier); }

    void redo() const { press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier); }

    void press(const char *button) const
    {
        QTest::mouseClick(child<QToolButton>(composer.get(), button), Qt::LeftButton);
    }

    [[nodiscard]] QTabBar *tabs() const { return child<QTabBar>(composer.get(), "composerTabs"); }

    void clickTab(int at) const
    {
        QTest::mouseClick(tabs(), Qt::LeftButton, Qt::NoModifier, tabs()->tabRect(at).center());
    }

    void drop(const QMimeData &data, QWidget *onto) const
    {
        const QPoint at = onto->rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(onto, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent dropped(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(onto, &dropped);
    }

    [[nodiscard]] QAbstractItemModel *history() const
    {
        return child<QAbstractItemView>(composer.get(), "composerHistory")->model();
    }

    [[nodiscard]] QWidget *large() const { return child<QWidget>(composer.get(), "composerLarge"); }

    /// Ctrl+V over all that is there.
    /// \returns ms that the window stood still.
    double paste(const QString &text) const
    {
        editor->setFocus();
        return pasteOver(editor, text);
    }
};

} // namespace

void TestLargeDraft::aLargePasteIsShownOnly()
{
    Stage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"mine\": 1"_s);
    const QByteArray json = jsonOf(1024 * 1024);
    const double slow = slowness();
    const double stall = ui.paste(QString::fromUtf8(json));
    QVERIFY2(stall < longestStall * std::max(slow, slowness()), qPrintable(QString::number(stall)));
    QVERIFY(ui.large()->isVisible());
    QTRY_VERIFY(!ui.editor->isChecking());
    QTRY_COMPARE(ui.status(), u"Valid JSON · 1.0 MiB"_s);
    shoot(ui.composer.get(), u"composer_large"_s);
    ui.pressSend();
    QCOMPARE(ui.backend.sent.size(), 1);
    QVERIFY(ui.backend.sent.front().contains(json));
    QVERIFY(ui.editor->hasFocus());
    // Letters do not go into the text below.
    QTest::keyClicks(ui.editor, u"x"_s);
    QCOMPARE(ui.editor->draftText(), json);
    QTest::keyClick(ui.editor, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!ui.large()->isVisible());
    QCOMPARE(ui.editor->draftText(), "{\n  \"mine\": 1\n}"_ba);
    // What is pasted over it takes its place.
    ui.paste(QString::fromUtf8(json));
    QVERIFY(ui.large()->isVisible());
    ui.paste(u"{}"_s);
    QVERIFY(!ui.large()->isVisible());
    QCOMPARE(ui.editor->draftText(), "{}"_ba);
}

void TestLargeDraft::anUnsendablePasteChangesNothing()
{
    Stage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"mine\": 1"_s);
    const QString text(20 * 1024 * 1024, u'x');
    const double slow = slowness();
    const double stall = ui.paste(text);
    QVERIFY2(stall < longestStall * std::max(slow, slowness()), qPrintable(QString::number(stall)));
    QCOMPARE(ui.status(), u"The text has 20.0 MiB, the limit is 3.0 MiB: nothing was pasted"_s);
    QCOMPARE(ui.editor->draftText(), "{\n  \"mine\": 1\n}"_ba);
    QVERIFY(ui.send->isEnabled());
}

void TestLargeDraft::aLargeTextCanBeEdited()
{
    Stage ui;
    ui.typeName(u"order/created"_s);
    ui.paste(QString::fromUtf8(jsonOf(100 * 1024)));
    QVERIFY(ui.large()->isVisible());
    QTest::mouseClick(child<QToolButton>(ui.composer.get(), "composerLargeEdit"), Qt::LeftButton);
    QTRY_VERIFY(!ui.large()->isVisible());
    QVERIFY(ui.editor->hasFocus());
    QVERIFY(ui.editor->blockCount() > 1000); // short lines are fast
    QTest::keyClicks(ui.editor, u" "_s);
    QVERIFY(ui.editor->draftText().startsWith(" {\n  \"rows\": ["));
}

void TestLargeDraft::noKeyLosesIt_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    for (const Qt::Key key : {Qt::Key_Delete, Qt::Key_Backspace}) {
        for (const Qt::KeyboardModifiers modifiers :
             {Qt::KeyboardModifiers(), Qt::KeyboardModifiers(Qt::ShiftModifier),
              Qt::KeyboardModifiers(Qt::ControlModifier), Qt::KeyboardModifiers(Qt::AltModifier)})
            QTest::addRow("%x %x", key, modifiers.toInt()) << key << modifiers;
    }
    QTest::newRow("cut") << Qt::Key_X << Qt::KeyboardModifiers(Qt::ControlModifier);
    QTest::newRow("enter") << Qt::Key_Return << Qt::KeyboardModifiers();
}

void TestLargeDraft::noKeyLosesIt()
{
    QFETCH(const Qt::Key, key);
    QFETCH(const Qt::KeyboardModifiers, modifiers);
    Stage ui;
    const QByteArray json = jsonOf(100 * 1024);
    ui.paste(QString::fromUtf8(json));
    ui.press(key, modifiers);
    QVERIFY(ui.large()->isVisible());
    QCOMPARE(ui.editor->draftText(), json);
    ui.undo();
    QCOMPARE(ui.editor->draftText(), "{\n  \n}"_ba);
    ui.redo();
    QVERIFY(ui.large()->isVisible());
    QCOMPARE(ui.editor->draftText(), json);
}

void TestLargeDraft::itIsUndoneStepByStep()
{
    Stage ui;
    ui.typeText(u"{\n\"mine\": 1"_s);
    const QByteArray mine = ui.editor->draftText();
    const QByteArray one = jsonOf(100 * 1024);
    const QByteArray other = jsonOf(200 * 1024);
    ui.paste(QString::fromUtf8(one));
    ui.paste(QString::fromUtf8(other));
    ui.paste(u"{}"_s);
    QTest::keyClicks(ui.editor, u" "_s);
    const QByteArray typed = ui.editor->draftText();
    QVERIFY(typed != "{}"_ba);
    for (const QByteArray &text : {"{}"_ba, other, one, mine}) {
        ui.undo();
        QCOMPARE(ui.editor->draftText(), text);
        QCOMPARE(ui.large()->isVisible(), text.size() > JsonEditor::mostEdited);
    }
    for (const QByteArray &text : {one, other, "{}"_ba}) {
        ui.redo();
        QCOMPARE(ui.editor->draftText(), text);
        QCOMPARE(ui.large()->isVisible(), text.size() > JsonEditor::mostEdited);
    }
    // What its button removed comes back as its tool tip says.
    ui.undo();
    const auto *remove = child<QToolButton>(ui.composer.get(), "composerLargeRemove");
    QCOMPARE(remove->toolTip(), u"Ctrl+Z brings it back"_s);
    ui.press("composerLargeRemove");
    QCOMPARE(ui.editor->draftText(), mine);
    ui.undo();
    QCOMPARE(ui.editor->draftText(), other);
    // Also what was laid out to be edited.
    ui.press("composerLargeEdit");
    QTRY_VERIFY(!ui.large()->isVisible());
    ui.undo();
    QCOMPARE(ui.editor->draftText(), other);
}

void TestLargeDraft::theTextBelowIsNotCompleted()
{
    Stage ui;
    ui.typeText(u"{\n\"mine\": tr"_s);
    const QByteArray mine = ui.editor->draftText();
    ui.paste(QString::fromUtf8(jsonOf(100 * 1024)));
    ui.press(Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(!ui.editor->isCompleting());
    ui.undo();
    QCOMPARE(ui.editor->draftText(), mine);
    ui.press(Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(ui.editor->isCompleting() || ui.editor->draftText() != mine);
}

void TestLargeDraft::formatShowsTheProblem()
{
    Stage ui;
    ui.typeName(u"order/created"_s);
    QByteArray json = jsonOf(100 * 1024).replace("},", "},\n");
    json.insert(json.indexOf("\"id\":1000"), '?');
    ui.paste(QString::fromUtf8(json));
    const auto *view = child<BigTextView>(ui.composer.get(), "composerLargeText");
    QCOMPARE(view->firstRow(), 0);
    ui.press(Qt::Key_F, Qt::ShiftModifier | Qt::AltModifier);
    QTRY_COMPARE(view->selectedBytes(), "?"_ba);
    QVERIFY(view->firstRow() > 900);
    QVERIFY(ui.status().startsWith(u"Line 1001, column 2: "_s));
}

void TestLargeDraft::manyPastesBecomeLarge()
{
    Stage ui;
    ui.paste(QString::fromUtf8(jsonOf(40 * 1024)));
    QVERIFY(!ui.large()->isVisible());
    const QByteArray first = ui.editor->draftText();
    ui.press(Qt::Key_End, Qt::ControlModifier);
    ui.press(Qt::Key_V, Qt::ControlModifier);
    QVERIFY(ui.large()->isVisible());
    QCOMPARE(ui.editor->draftText(), first + first);
    ui.undo();
    QCOMPARE(ui.editor->draftText(), first);
    // What is edited although it is large stays so.
    ui.redo();
    ui.press("composerLargeEdit");
    QTRY_VERIFY(!ui.large()->isVisible());
    arrange::clipboard(u"[]"_s);
    ui.press(Qt::Key_V, Qt::ControlModifier);
    QVERIFY(!ui.large()->isVisible());
}

void TestLargeDraft::aDroppedFileIsLoaded()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"event.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"name":"user/signup","data":{"id":"u_1"}})");
    file.close();
    Stage ui;
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file.fileName())});
    ui.drop(data, ui.editor->viewport());
    QTRY_COMPARE(ui.name->text(), u"user/signup"_s);
    QCOMPARE(ui.editor->draftText(), R"({"id":"u_1"})"_ba);
    // Onto a large text, too.
    const QByteArray json = jsonOf(100 * 1024);
    ui.paste(QString::fromUtf8(json));
    ui.drop(data, ui.large());
    QTRY_COMPARE(ui.editor->draftText(), R"({"id":"u_1"})"_ba);
    ui.undo();
    QCOMPARE(ui.editor->draftText(), json);
    QMimeData words;
    words.setData(u"text/plain"_s, "[1]"_ba);
    ui.drop(words, ui.large());
    QCOMPARE(ui.editor->draftText(), "[1]"_ba);
}

void TestLargeDraft::whatIsLoadedIsSentAsItIs_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("small") << jsonOf(500);
    QTest::newRow("large") << jsonOf(100 * 1024);
    QTest::newRow("too large if it were laid out") << jsonOf(qsizetype{2750} * 1024);
}

void TestLargeDraft::whatIsLoadedIsSentAsItIs()
{
    QFETCH(const QByteArray, json);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"data.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(json);
    file.close();
    Stage ui;
    ui.typeName(u"order/created"_s);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file.fileName())});
    ui.drop(data, ui.editor->viewport());
    QTRY_COMPARE(ui.editor->draftText(), json);
    QTRY_VERIFY(!ui.editor->isChecking());
    QVERIFY2(ui.send->isEnabled(), qPrintable(ui.status()));
    if (ui.large()->isVisible()) { // laid out for the screen alone
        const auto *view = child<BigTextView>(ui.composer.get(), "composerLargeText");
        QTRY_COMPARE(view->rowText(1), u"  \"rows\": ["_s);
        QCOMPARE(ui.editor->draftText(), json);
        ui.press(Qt::Key_A, Qt::ControlModifier);
        ui.press(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(ui.desktop.copied.toUtf8(), json);
    }
    ui.pressSend();
    QCOMPARE(ui.backend.sent, QByteArrayList{R"({"name":"order/created","data":)" + json + '}'});
    // The same of an event that is sent again.
    if (ui.large()->isVisible()) {
        arrange::draft(ui, "order/created"_ba, json);
        QCOMPARE(ui.editor->draftText(), json);
    }
}

void TestLargeDraft::itCoversTheNumbers_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {420, 700, 1280})
        QTest::addRow("%d", width) << width;
}

/// They are those of the lines below it, and lay over its left edge.
void TestLargeDraft::itCoversTheNumbers()
{
    QFETCH(const int, width);
    Stage ui;
    ui.paste(QString::fromUtf8(jsonOf(100 * 1024)));
    ui.composer->resize(width, 420);
    ui.beat();
    QCOMPARE(ui.large()->geometry(), ui.editor->contentsRect());
    const auto *view = child<BigTextView>(ui.composer.get(), "composerLargeText");
    const auto *words = child<QWidget>(ui.composer.get(), "composerLargeWords");
    QVERIFY(words->width() >= words->sizeHint().width());
    const std::initializer_list<const QWidget *> parts{words, view->viewport()};
    for (const QWidget *part : parts) {
        for (int x = 0; x < part->width(); ++x) {
            const QPoint at = part->mapTo(ui.composer.get(), QPoint(x, part->height() / 2));
            QCOMPARE(ui.composer->childAt(at), part);
        }
    }
}

void TestLargeDraft::aLateFileTakesNothingAway()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"event.json"_s);
    // Whoever reads a pipe waits for what is written into it.
    QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    Stage ui;
    ui.typeName(u"order/created"_s);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    ui.drop(data, ui.editor->viewport());
    ui.typeText(u"{\n\"mine\": 1"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"file":1})");
    file.close();
    QTRY_COMPARE(ui.editor->draftText(), R"({"file":1})"_ba);
    QCOMPARE(ui.tabs()->count(), 2);
    ui.clickTab(0);
    QCOMPARE(ui.editor->draftText(), "{\n  \"mine\": 1\n}"_ba);
}

void TestLargeDraft::eachDraftHasItsOwn()
{
    Stage ui;
    ui.typeName(u"order/created"_s);
    const QByteArray json = jsonOf(100 * 1024);
    ui.paste(QString::fromUtf8(json));
    QTest::mouseClick(child<QToolButton>(ui.composer.get(), "composerNew"), Qt::LeftButton);
    QVERIFY(!ui.large()->isVisible());
    ui.typeText(u"{\n\"other\": 1"_s);
    auto *tabs = child<QTabBar>(ui.composer.get(), "composerTabs");
    QTest::mouseClick(tabs, Qt::LeftButton, Qt::NoModifier, tabs->tabRect(0).center());
    QVERIFY(ui.large()->isVisible());
    QCOMPARE(ui.editor->draftText(), json);
    // Below it is no text of the other draft.
    QTest::mouseClick(child<QToolButton>(ui.composer.get(), "composerLargeRemove"), Qt::LeftButton);
    QCOMPARE(ui.editor->draftText(), "{\n  \n}"_ba);
    ui.undo();
    QCOMPARE(ui.editor->draftText(), json);
    ui.undo(); // it came with the draft
    QCOMPARE(ui.editor->draftText(), json);
    ui.redo();
    QCOMPARE(ui.editor->draftText(), "{\n  \n}"_ba);
    QTest::mouseClick(tabs, Qt::LeftButton, Qt::NoModifier, tabs->tabRect(1).center());
    QCOMPARE(ui.editor->draftText(), "{\n  \"other\": 1\n}"_ba);
}

void TestLargeDraft::itIsThereAfterARestart()
{
    Stage ui;
    ui.typeName(u"order/created"_s);
    const QByteArray json = jsonOf(1024 * 1024);
    ui.paste(QString::fromUtf8(json));
    ui.composer.reset();
    ui.make();
    QTRY_COMPARE(ui.name->text(), u"order/created"_s);
    QVERIFY(ui.large()->isVisible());
    QCOMPARE(ui.editor->draftText(), json);
}

void TestLargeDraft::aLargeSendLeavesTheHistory()
{
    Stage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"mine\": 1"_s);
    ui.pressSend();
    QTRY_COMPARE(ui.history()->rowCount(), 1);
    ui.paste(QString::fromUtf8(jsonOf(2 * 1024 * 1024)));
    QTRY_VERIFY(!ui.editor->isChecking());
    ui.pressSend();
    QTRY_COMPARE(ui.history()->rowCount(), 2);
    ui.composer.reset();
    ui.make();
    QTRY_COMPARE(ui.history()->rowCount(), 1);
    QVERIFY(ui.history()->index(0, 0).data(Qt::ToolTipRole).toString().contains(u"mine"_s));
}

void TestLargeDraft::whatHasNoRoomIsSaid()
{
    Stage ui;
    ui.typeName(u"order/created"_s);
    const QString json = QString::fromUtf8(jsonOf(5 * 1024 * 1024 / 2));
    ui.paste(json);
    ui.press("composerNew");
    ui.typeName(u"order/other"_s);
    ui.paste(json);
    QTRY_COMPARE(ui.status(), u"The drafts are too large to be all kept when Redrive ends"_s);
    ui.composer.reset();
    ui.make();
    QTRY_COMPARE(ui.name->text(), u"order/other"_s);
    QCOMPARE(ui.editor->draftText(), json.toUtf8());
}

void TestLargeDraft::whatIsRemovedIsInTheHistory_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<QString>("said");
    QTest::addColumn<bool>("isSaved");
    QTest::newRow("usual") << 100 * 1024 << u"The text is removed; the history keeps it"_s << true;
    QTest::newRow("too large to be saved")
        << 2 * 1024 * 1024 << u"The text is removed; the history keeps it until Redrive ends"_s
        << false;
}

void TestLargeDraft::whatIsRemovedIsInTheHistory()
{
    QFETCH(const int, size);
    QFETCH(const bool, isSaved);
    Stage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"mine\": 1"_s);
    const QByteArray mine = ui.editor->draftText();
    ui.pressSend();
    QTRY_COMPARE(ui.history()->rowCount(), 1);
    const QByteArray json = jsonOf(size);
    ui.paste(QString::fromUtf8(json));
    ui.press("composerLargeRemove");
    QTEST(ui.status(), "said");
    QCOMPARE(ui.editor->draftText(), mine);
    QCOMPARE(ui.history()->rowCount(), 2);

    ui.composer.reset();
    ui.make();
    QTRY_COMPARE(ui.history()->rowCount(), isSaved ? 2 : 1);
    auto *list = child<QAbstractItemView>(ui.composer.get(), "composerHistory");
    list->setFocus();
    clickCell(list, list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_COMPARE(ui.editor->draftText(), isSaved ? json : mine);
}

UI_TEST_MAIN(TestLargeDraft)

#include "tst_largedraft.moc"
