// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/composerstage.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHelpEvent>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QShortcut>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;

/// What the composer's editor knows of earlier events, and what it does with texts as they are.
class TestJsonEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesOfEarlierEventsAreProposed();
    void fiftyEventsAreLearnt();
    void nothingIsWrongWhileProposalsAreShown();
    void unusualTypesAreUnderlined();
    void formatKeepsCommentsAndPlaceholders();
    void formatGoesToTheError();
    void placeholdersExplainThemselves();
    void aFileIsLoaded();
    void filesAreLookedForInNoHiddenFolder();
    void whatIsNoTextIsRefused();
    void whatIsMissingIsNamed();
    void aBlankDraftIsWrittenIn();
    void aDraftWithoutDataGetsTheLast();
    void anEventBecomesAFavourite();
    void theLineOfTheCaretIsMarkedFromEdgeToEdge();
    void bracketsGoAroundAPartOnly();
    void altWritesNothing();
    void ctrlEnterSendsOverProposals();
    void keysMeanTheText_data();
    void keysMeanTheText();
};

namespace {

/// Twelve events `plan/chosen`: `plan` is free or pro, `total` a number.
struct Stage : ComposerStage {
    explicit Stage(int count = 12, const QString &dataFile = {})
        : ComposerStage(dataFile)
    {
        backend.eventMatches = [](const devserver::api::Filter &filter,
                                  const devserver::api::EventSummary &event) {
            return filter.isAll() || filter.term.values.contains(event.name);
        };
        for (int i = 0; i < count; ++i) {
            devserver::api::EventSummary event = backend.events.front();
            event.internalId = eventId(500 + i);
            event.name = "plan/chosen"_ba;
            devserver::api::EventRecord record;
            record.event.internalId = event.internalId;
            record.event.name = event.name;
            record.event.json =
                devserver::RawJson::fromTrusted("{\"name\":\"plan/chosen\",\"data\":{\"plan\":\""
                                                + QByteArray(i % 3 == 0 ? "pro" : "free")
                                                + "\",\"total\":" + QByteArray::number(i) + "}}");
            backend.eventRecords[event.internalId] = record;
            backend.events.insert(backend.events.begin(), event);
        }
        devserver::Function listener = backend.functions.front();
        listener.id.value = devserver::Uuid::fromName("functions", "plan/chosen");
        listener.config.slug = "plan-chosen";
        listener.config.triggers = {{.event = "plan/chosen"}};
        backend.functions.push_back(listener);
        catalog.reload();
        beat();
    }

    void chooseName(const QString &text)
    {
        name->setFocus();
        QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(name, text);
        QTest::keyClick(name, Qt::Key_Escape);
        QTest::keyClick(name, Qt::Key_Return);
        QTRY_VERIFY(child<QToolButton>(composer.get(), "composerLast")->isEnabled());
        beat();
    }

    /// The popup's texts, opened with the key.
    [[nodiscard]] QStringList proposals()
    {
        QTest::keyClick(editor, Qt::Key_Space, Qt::ControlModifier);
        const auto *popup = qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
        QStringList texts;
        for (int row = 0; popup != nullptr && row < popup->model()->rowCount(); ++row)
            texts.append(popup->model()->index(row, 0).data().toString());
        return texts;
    }

    void choose() const { QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return); }

    /// What the mouse is told over the first place of a text.
    [[nodiscard]] QString toolTipAt(const QString &text) const
    {
        const QTextCursor cursor = editor->document()->find(text);
        QTextCursor begin(editor->document());
        begin.setPosition(cursor.selectionStart() + 1);
        const QPoint at = editor->cursorRect(begin).center();
        QHelpEvent event(QEvent::ToolTip, at, editor->viewport()->mapToGlobal(at));
        QApplication::sendEvent(editor->viewport(), &event);
        return QToolTip::isVisible() ? QToolTip::text() : QString();
    }

    void load(const QString &path) const
    {
        QTest::mouseClick(child<QToolButton>(composer.get(), "composerLoad"), Qt::LeftButton);
        auto *dialog = child<QFileDialog>(composer.get(), "draftLoadDialog");
        auto *file = child<QLineEdit>(dialog, "fileNameEdit");
        file->setFocus();
        QTest::keyClick(file, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(file, QFileInfo(path).fileName()); // it opened beside the data file
        // The dialog looks for the file on another thread.
        auto *buttons = child<QDialogButtonBox>(dialog, "buttonBox");
        QTRY_VERIFY(buttons->button(QDialogButtonBox::Open)->isEnabled());
        QTest::keyClick(file, Qt::Key_Return);
    }
};

QString written(const QTemporaryDir &folder, const QString &name, const QByteArray &bytes)
{
    QFile file(folder.filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                : QString();
}

} // namespace

void TestJsonEditor::valuesOfEarlierEventsAreProposed()
{
    Stage ui;
    ui.chooseName(u"plan/chosen"_s);
    ui.typeText(u"{\n\"plan\": "_s);
    const QStringList proposals = ui.proposals();
    QCOMPARE(proposals.mid(0, 2),
             (QStringList{u"\"free\"   in 8 of 12"_s, u"\"pro\"   in 4 of 12"_s}));
    QVERIFY(proposals.contains(u"{{uuid}}"_s));
    shoot(ui.composer.get(), u"composer_values"_s);
    ui.choose();
    QCOMPARE(ui.editor->toPlainText(), u"{\n  \"plan\": \"free\"\n}"_s);
    // Behind a quote that was typed, and only what goes on so.
    ui.typeText(u"{\n\"plan\": \"pr"_s);
    QCOMPARE(ui.proposals(), QStringList{u"\"pro\"   in 4 of 12"_s});
    ui.choose();
    QCOMPARE(ui.editor->toPlainText(), u"{\n  \"plan\": \"pro\"\n}"_s);
    // Values that are another one each time are none.
    ui.typeText(u"{\n\"total\": "_s);
    QVERIFY(ui.proposals().constFirst().startsWith(u"{{"_s));
}

void TestJsonEditor::fiftyEventsAreLearnt()
{
    Stage ui(60);
    ui.chooseName(u"plan/chosen"_s);
    ui.typeText(u"{\n\"pl"_s);
    QCOMPARE(ui.proposals(), QStringList{u"plan   string, in 50 of 50"_s});
}

void TestJsonEditor::nothingIsWrongWhileProposalsAreShown()
{
    Stage ui;
    ui.chooseName(u"plan/chosen"_s);
    ui.typeText(u"{\n\""_s);
    QVERIFY2(ui.status().startsWith(u"Line "_s), qPrintable(ui.status()));
    const auto isUnderlined = [&ui] {
        const QList<QTextEdit::ExtraSelection> marks = ui.editor->extraSelections();
        return std::any_of(marks.begin(), marks.end(), [](const QTextEdit::ExtraSelection &mark) {
            return mark.format.underlineStyle() == QTextCharFormat::WaveUnderline;
        });
    };
    QVERIFY(isUnderlined());
    QVERIFY(!ui.proposals().isEmpty());
    QVERIFY(!isUnderlined());
    QCOMPARE(ui.status(), u"Enter inserts, Esc closes"_s);
    QVERIFY(!ui.send->isEnabled());
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Escape);
    QVERIFY(isUnderlined());
    QVERIFY2(ui.status().startsWith(u"Line "_s), qPrintable(ui.status()));
}

void TestJsonEditor::unusualTypesAreUnderlined()
{
    Stage ui;
    ui.chooseName(u"plan/chosen"_s);
    ui.typeText(u"{\n\"plan\": \"free\",\n\"total\": \"12"_s);
    const QString doubt = u"total was a number in 12 of 12 events"_s;
    QVERIFY2(ui.status().contains(doubt), qPrintable(ui.status()));
    QVERIFY(ui.send->isEnabled()); // it is no error
    int dotted = 0;
    for (const QTextEdit::ExtraSelection &mark : ui.editor->extraSelections()) {
        if (mark.format.underlineStyle() == QTextCharFormat::DotLine) {
            ++dotted;
            QCOMPARE(mark.cursor.selectedText(), u"\"12\""_s);
        }
    }
    QCOMPARE(dotted, 1);
    QCOMPARE(ui.toolTipAt(u"\"12\""_s), doubt);
    shoot(ui.composer.get(), u"composer_doubt"_s);
    ui.typeText(u"{\n\"plan\": \"free\",\n\"total\": 12"_s);
    QVERIFY2(!ui.status().contains(u"total"_s), qPrintable(ui.status()));
}

void TestJsonEditor::formatKeepsCommentsAndPlaceholders()
{
    Stage ui(0);
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\"n\":{{seq}},\n// off\n\"a\":[1.50]"_s);
    QTest::mouseClick(child<QToolButton>(ui.composer.get(), "composerFormat"), Qt::LeftButton);
    QCOMPARE(ui.editor->toPlainText(),
             u"{\n  \"n\": {{seq}},\n  // off\n  \"a\": [\n    1.50\n  ]\n}"_s);
    QTest::keyClick(ui.editor, Qt::Key_Z, Qt::ControlModifier); // one step of undo
    QVERIFY(ui.editor->toPlainText().contains(u"[1.50]"_s));
}

void TestJsonEditor::formatGoesToTheError()
{
    Stage ui(0);
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"a\" 1,\n\"b\": 2"_s);
    const QString before = ui.editor->toPlainText();
    QTest::mouseClick(child<QToolButton>(ui.composer.get(), "composerFormat"), Qt::LeftButton);
    QCOMPARE(ui.editor->toPlainText(), before);
    QVERIFY(ui.editor->hasFocus());
    QCOMPARE(ui.editor->textCursor().blockNumber(), 1);
    QCOMPARE(ui.editor->textCursor().positionInBlock(), 6);
    QVERIFY2(ui.status().startsWith(u"Line 2, column 7: "_s), qPrintable(ui.status()));
}

void TestJsonEditor::placeholdersExplainThemselves()
{
    Stage ui(0);
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"at\": {{now+2h}},\n\"key\": \"{{env TOKEN}}"_s);
    QCOMPARE(ui.toolTipAt(u"{{now"_s), QString(u"For example "_s
                                               + QString::fromLatin1(devserver::toRfc3339(
                                                   ui.backend.now() + std::chrono::hours(2)))));
    QCOMPARE(ui.toolTipAt(u"{{env"_s), u"The environment variable TOKEN, read when it is sent"_s);
    (void)ui.toolTipAt(u"\"at\""_s); // nothing is said about a name: the old one goes
    QTRY_VERIFY(!QToolTip::isVisible());
}

void TestJsonEditor::aFileIsLoaded()
{
    QTemporaryDir folder;
    Stage ui(0, folder.filePath(u"redrive.db"_s));
    ui.typeName(u"order/created"_s);
    ui.load(written(folder, u"data.json"_s, "{\n\t\"total\": 1.50\n}\n"_ba));
    QTRY_COMPARE(ui.editor->toPlainText(), u"{\n\t\"total\": 1.50\n}"_s);
    QCOMPARE(ui.name->text(), u"order/created"_s);
    QTest::keyClick(ui.editor, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(ui.editor->toPlainText(), u"{\n  \n}"_s); // what was there
    ui.load(written(folder, u"event.json"_s, R"({"name":"user/signup","data":{"id":"u_1"}})"_ba));
    QTRY_COMPARE(ui.name->text(), u"user/signup"_s);
    QCOMPARE(ui.editor->toPlainText(), u"{\"id\":\"u_1\"}"_s);
}

/// The usual data file is in one, where nobody keeps files.
void TestJsonEditor::filesAreLookedForInNoHiddenFolder()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(u".local/share"_s));
    Stage ui(12, folder.filePath(u".local/share/redrive.db"_s));
    QTest::mouseClick(child<QToolButton>(ui.composer.get(), "composerLoad"), Qt::LeftButton);
    auto *dialog = child<QFileDialog>(ui.composer.get(), "draftLoadDialog");
    QVERIFY2(!dialog->directory().path().contains(u"/."_s), qPrintable(dialog->directory().path()));
    QTest::keyClick(dialog, Qt::Key_Escape);
}

void TestJsonEditor::whatIsNoTextIsRefused()
{
    QTemporaryDir folder;
    Stage ui(0, folder.filePath(u"redrive.db"_s));
    ui.typeName(u"order/created"_s);
    const QString before = ui.editor->toPlainText();
    ui.load(written(folder, u"picture.json"_s, "\xff\xd8\xff\xe0"_ba));
    QTRY_COMPARE(ui.status(), u"picture.json is no text"_s);
    ui.load(written(folder, u"large.json"_s, QByteArray(3 * 1024 * 1024 + 1, ' ')));
    QTRY_VERIFY2(ui.status().endsWith(u"the limit is 3.0 MiB"_s), qPrintable(ui.status()));
    QCOMPARE(ui.editor->toPlainText(), before);
}

void TestJsonEditor::whatIsMissingIsNamed()
{
    Stage ui;
    ui.chooseName(u"plan/chosen"_s);
    ui.typeText(u"{\n\"x\": 1"_s);
    QCOMPARE(ui.status(), u"Valid JSON · 12 B · earlier events also had plan, total"_s);
    for (int width = 700; width > 300 && !ui.status().endsWith(u" plan +1"_s); --width) {
        ui.composer->resize(width, 420);
        ui.beat();
    }
    QVERIFY2(ui.status().endsWith(u" plan +1"_s), qPrintable(ui.status()));
    QVERIFY(
        child<QLabel>(ui.composer.get(), "composerStatus")->toolTip().endsWith(u" plan, total"_s));
    ui.typeText(u"{\n\"total\": 1"_s);
    QVERIFY(child<QLabel>(ui.composer.get(), "composerStatus")->toolTip().endsWith(u" plan"_s));
}

void TestJsonEditor::aBlankDraftIsWrittenIn()
{
    Stage ui;
    ui.name->setFocus();
    QTest::keyClicks(ui.name, u"zebra"_s);
    QTest::keyClick(ui.name, Qt::Key_Return);
    QVERIFY(ui.editor->hasFocus());
    QTest::keyClicks(ui.editor, u"\"a\": 1"_s);
    QCOMPARE(ui.editor->toPlainText(), u"{\n  \"a\": 1\n}"_s);
}

void TestJsonEditor::aDraftWithoutDataGetsTheLast()
{
    Stage ui;
    arrange::draft(ui, "plan/chosen"_ba);
    QTRY_COMPARE(ui.editor->toPlainText(), u"{\n  \"plan\": \"free\",\n  \"total\": 11\n}"_s);
    // Not over what somebody writes meanwhile.
    ui.backend.holdReplies(true);
    arrange::draft(ui, "user/singup"_ba);
    ui.typeText(u"{\n\"mine\": 1"_s);
    ui.backend.holdReplies(false);
    ui.backend.releaseReplies();
    ui.beat();
    ui.beat();
    QCOMPARE(ui.editor->toPlainText(), u"{\n  \"mine\": 1\n}"_s);
}

void TestJsonEditor::anEventBecomesAFavourite()
{
    QTemporaryDir folder;
    Stage ui(0, folder.filePath(u"redrive.db"_s));
    arrange::favourite(ui, "order/created"_ba, R"({"total":1.50})"_ba);
    auto *name = child<QLineEdit>(ui.composer.get(), "composerFavouriteName");
    QTRY_VERIFY(name->hasFocus());
    QCOMPARE(name->selectedText(), u"order/created"_s);
    QTest::keyClicks(name, u"first"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(
        child<QAbstractItemView>(ui.composer.get(), "composerFavourites")->model()->rowCount(), 1);
    QFile file(folder.filePath(u".redrive/events/first.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("\\\"total\\\": 1.50"));
}

void TestJsonEditor::theLineOfTheCaretIsMarkedFromEdgeToEdge()
{
    Stage ui(0);
    ui.typeText(u"{\n\"a\": 1"_s);
    const QRect caret = ui.editor->cursorRect();
    const QImage seen = ui.editor->viewport()->grab().toImage();
    const auto at = [&seen](int x, int y) { return seen.pixelColor(x, y); };
    const int last = ui.editor->viewport()->width() - 1;
    const QColor ground = at(last, ui.editor->viewport()->height() - 2);
    QVERIFY(at(0, caret.center().y()) != ground);
    QCOMPARE(at(last, caret.center().y()), at(0, caret.center().y()));
    const auto isMarked = [&ui, ground, y = caret.center().y()] {
        return ui.editor->viewport()->grab().toImage().pixelColor(0, y) != ground;
    };
    QVERIFY(isMarked());
    QTest::keyClick(ui.editor, Qt::Key_Up);
    QVERIFY(!isMarked());
    QTest::keyClick(ui.editor, Qt::Key_Down);
    QVERIFY(isMarked());
    QTest::keyClick(ui.editor, Qt::Key_Tab); // the caret is elsewhere
    QVERIFY(!ui.editor->hasFocus());
    QVERIFY(!isMarked());
}

/// Who has chosen the whole text writes another one.
void TestJsonEditor::bracketsGoAroundAPartOnly()
{
    Stage ui;
    ui.typeText(u"[1"_s);
    QTest::keyClick(ui.editor, Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClick(ui.editor, Qt::Key_Right);
    QTest::keyClick(ui.editor, Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClicks(ui.editor, u"{"_s);
    QCOMPARE(ui.editor->toPlainText(), u"[{1}]"_s);
    QTest::keyClick(ui.editor, Qt::Key_A, Qt::ControlModifier);
    type(ui.editor, u"{\n\"a\": 1"_s);
    QCOMPARE(ui.editor->toPlainText(), u"{\n  \"a\": 1\n}"_s);
    QTest::keyClick(ui.editor, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(ui.editor, u"\""_s);
    QCOMPARE(ui.editor->toPlainText(), u"\"\""_s);
}

/// It is for menus; AltGr is a part of writing.
void TestJsonEditor::altWritesNothing()
{
    Stage ui;
    ui.typeText(u"[1"_s);
    QTest::keyClick(ui.editor, Qt::Key_K, Qt::AltModifier);
    QTest::keyClick(ui.editor, Qt::Key_K, Qt::AltModifier | Qt::ShiftModifier);
    QTest::keyClick(ui.editor, Qt::Key_K, Qt::MetaModifier);
    QCOMPARE(ui.editor->toPlainText(), u"[1]"_s);
    QTest::keyClick(ui.editor, Qt::Key_7, Qt::GroupSwitchModifier);
    QTest::keyClick(ui.editor, Qt::Key_8, Qt::AltModifier | Qt::GroupSwitchModifier);
    QCOMPARE(ui.editor->toPlainText(), u"[178]"_s);
}

/// What is written, not what is proposed.
void TestJsonEditor::ctrlEnterSendsOverProposals()
{
    Stage ui;
    ui.chooseName(u"plan/chosen"_s);
    ui.typeText(u"{\n"_s);
    QVERIFY(!ui.proposals().isEmpty());
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return, Qt::ControlModifier);
    ui.beat();
    QVERIFY(!ui.editor->isCompleting());
    QCOMPARE(ui.backend.sent.size(), 1);
    QVERIFY(!ui.backend.sent.front().contains("plan\":"));
}

void TestJsonEditor::keysMeanTheText_data()
{
    QTest::addColumn<QKeyCombination>("keys");
    QTest::addColumn<bool>("isForLarge");
    const auto row = [](const char *name, QKeyCombination keys, bool isForLarge = true) {
        QTest::newRow(name) << keys << isForLarge;
    };
    row("double the line", Qt::CTRL | Qt::Key_D);
    row("comment", Qt::CTRL | Qt::Key_Slash);
    row("line up", Qt::ALT | Qt::Key_Up);
    row("line down", Qt::ALT | Qt::Key_Down);
    row("send", Qt::CTRL | Qt::Key_Return);
    row("send and open", Qt::CTRL | Qt::SHIFT | Qt::Key_Return);
    row("older", Qt::CTRL | Qt::Key_Up);
    row("newer", Qt::CTRL | Qt::Key_Down);
    row("propose", Qt::CTRL | Qt::Key_Space);
    row("format", Qt::ALT | Qt::SHIFT | Qt::Key_F);
    row("undo", Qt::CTRL | Qt::Key_Z);
    row("redo", Qt::CTRL | Qt::SHIFT | Qt::Key_Z);
    row("paste", Qt::CTRL | Qt::Key_V);
    row("all", Qt::CTRL | Qt::Key_A);
    row("letter", QKeyCombination(Qt::Key_R), false);
}

/// A key of the editor is no shortcut of the window while it has the focus.
void TestJsonEditor::keysMeanTheText()
{
    QFETCH(const QKeyCombination, keys);
    QFETCH(const bool, isForLarge);
    Stage ui(0);
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"a\": 1"_s);
    QShortcut shortcut(QKeySequence(keys), ui.composer.get());
    const QSignalSpy used(&shortcut, &QShortcut::activated);
    const auto press = [keys](QWidget *where) {
        QTest::keyClick(where, keys.key(), keys.keyboardModifiers());
    };
    press(ui.editor);
    QCOMPARE(used.count(), 0);
    QTest::keyClick(ui.editor, Qt::Key_Escape); // proposals
    if (isForLarge) {
        arrange::clipboard(QString(JsonEditor::mostEdited + 1, u'1'));
        ui.editor->setFocus();
        QTest::keyClick(ui.editor, Qt::Key_V, Qt::ControlModifier);
        press(ui.editor);
        QCOMPARE(used.count(), 0);
    }
    auto *other = child<QToolButton>(ui.composer.get(), "composerFormat");
    other->setFocus();
    press(other);
    QCOMPARE(used.count(), 1);
}

UI_TEST_MAIN(TestJsonEditor)

#include "tst_jsoneditor.moc"
