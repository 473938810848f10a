// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/largedata.h"
#include "tests/ui/support/lettersstage.h"
#include "tests/ui/support/pasting.h"
#include "tests/ui/support/scene.h"
#include "ui/core/readable.h"
#include "ui/widgets/bigtextview.h"
#include "ui/widgets/jsoneditor.h"
#include "ui/widgets/listtable.h"

#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <QToolButton>
#include <QWheelEvent>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;

/// *Edit & retry* of a dead letter: data of any size, checked and compared as they are typed.
class TestEditDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void largeDataAnswerAtOnce_data();
    void largeDataAnswerAtOnce();
    void typingAnswersAtOnce();
    void largeDataAreReplaced();
    void whatIsWrongIsShownInItsPlace();
    void thePanesKeepTheirWidth();
    void changedLinesAreMarked();
    void thePanesStandBesideEachOther();
    void nothingIsUndoneAtFirst();
    void dataAreNoDraft();
    void nothingIsWrittenBeforeItIsRead();
    void whatNobodyChangedGoesAsItCame_data();
    void whatNobodyChangedGoesAsItCame();
    void largeDataGoAsTheyCame();
    void namesHaveSigns();
};

namespace {

struct Stage {
    explicit Stage(const QByteArray &data = {})
    {
        if (!data.isEmpty())
            ui.backend.records[scene.deadCharge].events.front().json =
                devserver::RawJson::fromTrusted("{\"data\":" + data + '}');
        ListTable *table = selectLetter(ui, view, scene.deadCharge);
        const StallWatch watch; // not all the work: much of it is done between other events
        QTest::keyClick(table, Qt::Key_E);
        ui.beat();
        opening = watch.longest;
        dialog = child<QDialog>(&view, "deadEditDialog");
        edit = child<JsonEditor>(dialog, "deadEditNew");
        go = child<QPushButton>(dialog, "deadEditGo");
    }

    void paste(const QString &text) const { pasteOver(edit, text); }

    [[nodiscard]] QString status() const
    {
        return child<QLabel>(dialog.data(), "deadEditStatus")->text();
    }

    [[nodiscard]] QString note() const
    {
        return child<QLabel>(dialog.data(), "deadEditNote")->text();
    }

    UiFixture ui;
    Scene scene = fillScene(ui.backend);
    DeadView view{ui.context};
    double opening = 0; ///< ms without an answer
    QPointer<QDialog> dialog;
    JsonEditor *edit = nullptr;
    QPushButton *go = nullptr;
};

/// Lines whose ground is marked.
QList<int> markedLines(const QPlainTextEdit *edit, const QColor &color)
{
    QList<int> lines;
    for (const QTextEdit::ExtraSelection &mark : edit->extraSelections()) {
        if (mark.format.background().color() == color)
            lines.append(mark.cursor.blockNumber());
    }
    return lines;
}

QImage pictureOf(const QPlainTextEdit *edit)
{
    QImage picture(edit->size(), QImage::Format_RGB32);
    const_cast<QPlainTextEdit *>(edit)->render(&picture);
    return picture;
}

/// Behind the number of the line.
bool hasSign(const QPlainTextEdit *edit, int line)
{
    const QImage picture = pictureOf(edit);
    const QRect text = edit->viewport()->geometry();
    const QRect row = edit->cursorRect(QTextCursor(edit->document()->findBlockByNumber(line)))
                          .translated(text.topLeft());
    const int width = edit->fontMetrics().horizontalAdvance(u'9');
    const QColor empty = picture.pixelColor(text.left() - 3, row.top());
    for (int x = text.left() - 10 - width; x < text.left() - 10; ++x) {
        for (int y = row.top(); y <= row.bottom(); ++y) {
            if (picture.pixelColor(x, y) != empty)
                return true;
        }
    }
    return false;
}

/// To its end, if it has a text.
bool isColoured(const QPlainTextEdit *edit)
{
    QTextBlock block = edit->document()->lastBlock();
    while (block.isValid() && !block.text().contains(u'"'))
        block = block.previous();
    return !block.isValid() || !block.layout()->formats().isEmpty();
}

/// The line at the upper edge.
int topLine(const QPlainTextEdit *edit)
{
    return edit->verticalScrollBar()->value();
}

} // namespace

void TestEditDialog::largeDataAnswerAtOnce_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("19 KiB") << 19 * 1024;
    QTest::newRow("60 KiB, edited") << 40 * 1024;
    QTest::newRow("226 KiB") << 226 * 1024;
    QTest::newRow("3 MiB") << 3 * 1024 * 1024 - 200;
}

/// However large they are: no longer than a few times what data take that are laid out at once.
/// These are opened at the same moment, so that whatever else the machine does slows both.
void TestEditDialog::largeDataAnswerAtOnce()
{
    QFETCH(const int, size);
    const QByteArray small = jsonOf(20 * 1024);
    (void)Stage(small).opening; // what only the first one takes, as fonts
    // The best of three, in openings of the small one.
    double opening = 1e9;
    double stall = 1e9;
    double closing = 1e9;
    const auto isQuick = [&] { return opening < 10 && stall < 3 && closing < 1; };
    for (int time = 0; time < 3 && !isQuick(); ++time) {
        const double usual = Stage(small).opening;
        Stage stage(jsonOf(size));
        opening = std::min(opening, stage.opening / usual);
        const StallWatch watch;
        QTRY_VERIFY2(stage.status().startsWith(u"Valid JSON · "_s), qPrintable(stage.status()));
        QVERIFY(stage.go->isEnabled());
        QTRY_COMPARE(stage.note(), u"Nothing is changed yet."_s);
        // Colours come later, in slices.
        QTRY_VERIFY(isColoured(child<QPlainTextEdit>(stage.dialog, "deadEditOld")));
        stall = std::min(stall, watch.longest / usual);
        const double start = threadMs();
        QTest::keyClick(stage.edit, Qt::Key_Escape);
        closing = std::min(closing, (threadMs() - start) / usual);
        QTRY_VERIFY(stage.dialog.isNull());
        qInfo("a small one opens in %.1f ms", usual);
    }
    const QString found =
        u"%1 times to open, %2 in one go, %3 to close"_s.arg(opening).arg(stall).arg(closing);
    qInfo("%d bytes: %s", size, qPrintable(found));
    QVERIFY2(isQuick(), qPrintable(found));
}

void TestEditDialog::typingAnswersAtOnce()
{
    Stage stage(jsonOf(30 * 1024));
    QTRY_COMPARE(stage.note(), u"Nothing is changed yet."_s);
    QTest::keyClick(stage.edit, Qt::Key_End, Qt::ControlModifier);
    QTest::keyClick(stage.edit, Qt::Key_Left);
    const double slow = slowness();
    StallWatch watch;
    double typing = 0;
    for (int i = 0; i < 5; ++i) {
        const double before = threadMs();
        QTest::keyClicks(stage.edit, u" "_s);
        typing = std::max(typing, threadMs() - before);
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY(stage.note().startsWith(u"A new run gets"_s));
    const double budget = longestStall * std::max(slow, slowness());
    QVERIFY2(typing < budget, qPrintable(QString::number(typing)));
    QVERIFY2(watch.longest < budget, qPrintable(QString::number(watch.longest)));
}

void TestEditDialog::largeDataAreReplaced()
{
    const QByteArray data = jsonOf(226 * 1024);
    Stage stage(data);
    const auto *large = child<QWidget>(stage.edit, "composerLarge");
    QTRY_VERIFY(large->isVisible());
    QTRY_COMPARE(stage.note(), u"Nothing is changed yet."_s);
    QVERIFY(child<BigTextView>(stage.dialog, "deadEditOldLarge")->isVisible());
    shoot(stage.dialog, u"dead_edit_large"_s);
    // By a paste, by undo, by a file.
    stage.paste(u"{\"id\": 1}"_s);
    QTRY_COMPARE(stage.status(), u"Valid JSON · 9 B"_s);
    QTRY_VERIFY(stage.note().startsWith(u"A new run gets"_s));
    QTest::keyClick(stage.edit, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(stage.note(), u"Nothing is changed yet."_s);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"data.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"file\": 1}\n");
    file.close();
    stage.ui.backend.state.dataFile = folder.filePath(u"redrive.db"_s);
    QTest::mouseClick(child<QToolButton>(stage.dialog, "deadEditLoad"), Qt::LeftButton);
    auto *chooser = child<QFileDialog>(stage.dialog, "draftLoadDialog");
    auto *path = child<QLineEdit>(chooser, "fileNameEdit");
    path->setFocus();
    QTest::keyClick(path, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(path, u"data.json"_s); // it opened beside the data file
    // The dialog looks for the file on another thread.
    auto *buttons = child<QDialogButtonBox>(chooser, "buttonBox");
    QTRY_VERIFY(buttons->button(QDialogButtonBox::Open)->isEnabled());
    QTest::keyClick(path, Qt::Key_Return);
    QTRY_COMPARE(stage.edit->draftText(), "{\"file\": 1}"_ba);
    // Where that was is remembered by Qt, and by this program only.
    const QString home = QDir::homePath();
    QVERIFY2(home.startsWith(QDir::tempPath() + u"/tst_editdialog-"_s), qPrintable(home));
    QVERIFY(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
                .startsWith(home + u'/'));
    QTRY_VERIFY(stage.note().startsWith(u"A new run gets"_s));
    QTest::keyClick(stage.edit, Qt::Key_Return, Qt::ControlModifier);
    stage.ui.beat();
    const auto acted = stage.ui.backend.actedWith<devserver::RetryEdited>();
    QCOMPARE(acted.size(), 1U);
    QCOMPARE(acted.front().data.bytes(), "{\"file\": 1}"_ba);
}

void TestEditDialog::whatIsWrongIsShownInItsPlace()
{
    Stage stage;
    stage.paste(u"{\n  \"id\" 1\n}"_s);
    QVERIFY(stage.edit->isChecking()); // not at each key
    QTRY_COMPARE(stage.status(), u"Line 2, column 8: expected ':'"_s);
    QVERIFY(!stage.go->isEnabled());
    shoot(stage.dialog, u"dead_edit_invalid"_s);
    QCOMPARE(stage.note(), QString()); // there is no new run for these
    QVERIFY(stage.edit->accessibleDescription().startsWith(u"line 2, column 8: "_s));
    const auto isWave = [](const QTextEdit::ExtraSelection &mark) {
        return mark.format.underlineStyle() == QTextCharFormat::WaveUnderline
               && mark.cursor.blockNumber() == 1;
    };
    const auto marks = stage.edit->extraSelections();
    QVERIFY(std::any_of(marks.begin(), marks.end(), isWave));
    stage.paste(u"[1]"_s);
    QTRY_COMPARE(stage.status(), u"Line 1, column 1: the data must be an object"_s);
    QVERIFY(!stage.go->isEnabled());
    // Ctrl+Enter does not send what was not checked.
    stage.paste(u"{\"a\""_s);
    QTest::keyClick(stage.edit, Qt::Key_Return, Qt::ControlModifier);
    stage.ui.beat();
    QVERIFY(stage.ui.backend.acted.empty());
    QVERIFY(!stage.go->isEnabled());
}

void TestEditDialog::thePanesKeepTheirWidth()
{
    Stage stage;
    const auto *old = child<QWidget>(stage.dialog, "deadEditOld");
    const int width = stage.edit->width();
    const int height = stage.edit->height();
    QVERIFY(std::abs(old->width() - width) <= 1);
    QCOMPARE(old->mapToGlobal(QPoint()).y(), stage.edit->mapToGlobal(QPoint()).y());
    stage.paste(u"{\"a\": {{no placeholder here}}, \"b\": 1}"_s + QString(300, u' '));
    QTRY_VERIFY(!stage.go->isEnabled());
    QCOMPARE(stage.edit->width(), width);
    QCOMPARE(stage.edit->height(), height);
    stage.dialog->resize(stage.dialog->minimumSizeHint());
    QTRY_VERIFY(std::abs(old->width() - stage.edit->width()) <= 1);
    QFont large = stage.dialog->font(); // while it is open
    large.setPointSizeF(large.pointSizeF() * 1.5);
    stage.dialog->setFont(large);
    QCoreApplication::processEvents();
    stage.dialog->resize(stage.dialog->minimumSizeHint());
    QTRY_VERIFY(std::abs(old->width() - stage.edit->width()) <= 1);
}

void TestEditDialog::changedLinesAreMarked()
{
    Stage stage("{\n  \"a\": 1,\n  \"b\": 2\n}");
    const Theme &theme = stage.ui.context.theme;
    const auto *old = child<QPlainTextEdit>(stage.dialog, "deadEditOld");
    stage.paste(u"{\n  \"a\": 1,\n  \"b\": 3,\n  \"c\": 4\n}"_s);
    QTRY_COMPARE(markedLines(old, theme.color(Token::DiffRemoved)), QList<int>{2});
    QTRY_COMPARE(markedLines(stage.edit, theme.color(Token::DiffAdded)), (QList<int>{2, 3}));
    // What is another in the line stands out of it, and can be read on that ground.
    QCOMPARE(markedLines(old, theme.blend(Token::StateFailed, 0.32)), QList<int>{2});
    QCOMPARE(markedLines(stage.edit, theme.blend(Token::StateCompleted, 0.32)), QList<int>{2});
    for (const QTextEdit::ExtraSelection &mark : old->extraSelections())
        QVERIFY(contrast(mark.format.foreground().color(), mark.format.background().color())
                >= 4.5);
    // From edge to edge, and with a sign: a colour alone says nothing to some.
    for (const QPlainTextEdit *edit :
         std::initializer_list<const QPlainTextEdit *>{stage.edit, old}) {
        const QColor ground = theme.color(edit == old ? Token::DiffRemoved : Token::DiffAdded);
        const QImage picture = pictureOf(edit);
        const QRect text = edit->viewport()->geometry();
        const QRect line = edit->cursorRect(QTextCursor(edit->document()->findBlockByNumber(2)));
        const int y = text.y() + line.bottom() - 1;
        QCOMPARE(picture.pixelColor(text.left(), y), ground);
        QCOMPARE(picture.pixelColor(text.right(), y), ground);
        QVERIFY(hasSign(edit, 2));
        QVERIFY(!hasSign(edit, 1));
    }
    // Also the line that the caret is in.
    QTest::keyClick(stage.edit, Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClick(stage.edit, Qt::Key_Down);
    QTest::keyClick(stage.edit, Qt::Key_Down);
    const auto isOver = [](const QTextEdit::ExtraSelection &mark) {
        return mark.cursor.blockNumber() == 2
               && mark.format.boolProperty(QTextFormat::FullWidthSelection);
    };
    const auto marks = stage.edit->extraSelections();
    QCOMPARE(std::count_if(marks.begin(), marks.end(), isOver), 1);
    QTest::keyClick(stage.edit, Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(markedLines(stage.edit, theme.color(Token::DiffAdded)).isEmpty());
    QVERIFY(markedLines(old, theme.color(Token::DiffRemoved)).isEmpty());
}

/// Both have numbers, and scroll as one: opposite lines are the same ones.
void TestEditDialog::thePanesStandBesideEachOther()
{
    Stage stage(jsonOf(4'000));
    auto *old = child<QPlainTextEdit>(stage.dialog, "deadEditOld");
    QTRY_COMPARE(stage.note(), u"Nothing is changed yet."_s);
    QCOMPARE(old->viewport()->geometry(), stage.edit->viewport()->geometry());
    QVERIFY(old->viewport()->x() > old->fontMetrics().horizontalAdvance(u"999"_s));
    const QRect first = old->cursorRect(QTextCursor(old->document()->firstBlock()));
    QCOMPARE(stage.edit->cursorRect(QTextCursor(stage.edit->document()->firstBlock())), first);

    QTest::keyClick(stage.edit, Qt::Key_PageDown);
    QTest::keyClick(stage.edit, Qt::Key_PageDown);
    QVERIFY(topLine(stage.edit) > 0);
    QCOMPARE(topLine(old), topLine(stage.edit));
    QTest::keyClick(stage.edit, Qt::Key_Home, Qt::ControlModifier);
    QCOMPARE(topLine(old), 0);
    QTest::keyClick(stage.edit, Qt::Key_End);
    QTest::keyClicks(stage.edit, u"\r\r\r"_s);
    QTRY_VERIFY(stage.note().startsWith(u"A new run gets"_s));
    const QColor added = stage.ui.context.theme.color(Token::DiffAdded);
    QTRY_COMPARE(markedLines(stage.edit, added).size(), 3);
    QTest::keyClick(stage.edit, Qt::Key_PageDown);
    QTest::keyClick(stage.edit, Qt::Key_PageDown);
    QVERIFY(topLine(stage.edit) > 10);
    QCOMPARE(topLine(old), topLine(stage.edit) - 3);
    const QPoint middle = old->viewport()->rect().center();
    const int before = topLine(old);
    QWheelEvent turn(middle, old->viewport()->mapToGlobal(middle), {}, {0, -120}, Qt::NoButton, {},
                     Qt::NoScrollPhase, false);
    QApplication::sendEvent(old->viewport(), &turn);
    QVERIFY(topLine(old) > before);
    QCOMPARE(topLine(stage.edit), topLine(old) + 3);
    shoot(stage.dialog, u"dead_edit_scrolled"_s);
}

void TestEditDialog::nothingIsUndoneAtFirst()
{
    Stage stage("{\n  \"a\": 1\n}");
    QTest::keyClick(stage.edit, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(stage.edit->draftText(), "{\n  \"a\": 1\n}"_ba);
}

/// Placeholders and comments are sent as they stand: they mean nothing here.
void TestEditDialog::dataAreNoDraft()
{
    Stage stage(R"({"template":"Dear {{name}}"})");
    QTRY_VERIFY2(stage.status().startsWith(u"Valid JSON"_s), qPrintable(stage.status()));
    stage.paste(u"{\n  // \"a\": 1\n}"_s);
    QTRY_VERIFY2(stage.status().startsWith(u"Line 2, column 3: "_s), qPrintable(stage.status()));
    stage.paste(u"{\"a\": {{seq}}}"_s);
    QTRY_VERIFY2(stage.status().startsWith(u"Line 1, column 8: "_s), qPrintable(stage.status()));
    QTest::keyClick(stage.edit, Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(!stage.edit->isCompleting());
    stage.paste(u"{\"a\": 1}"_s);
    QTest::keyClick(stage.edit, Qt::Key_Slash, Qt::ControlModifier);
    QCOMPARE(stage.edit->draftText(), "{\"a\": 1}"_ba);
}

void TestEditDialog::nothingIsWrittenBeforeItIsRead()
{
    std::optional<Stage> shown;
    const auto isRead = [&shown] {
        return child<QWidget>(shown->dialog, "deadEditLoad")->isEnabled();
    };
    int tries = 0;
    do { // until this thread was quicker than the one that reads
        shown.emplace(jsonOf(2'000'000));
    } while (isRead() && ++tries < 20);
    const Stage &stage = *shown;
    QVERIFY(!isRead());
    QCOMPARE(stage.status(), u"Reading…"_s);
    const QByteArray empty = stage.edit->draftText();
    stage.paste(u"{\"mine\": 1}"_s);
    QCOMPARE(stage.edit->draftText(), empty);
    QTRY_COMPARE(stage.note(), u"Nothing is changed yet."_s);
    QTRY_VERIFY(stage.edit->isAncestorOf(QApplication::focusWidget()) || stage.edit->hasFocus());
    stage.paste(u"{\"mine\": 1}"_s);
    QCOMPARE(stage.edit->draftText(), "{\"mine\": 1}"_ba);
}

namespace {

QByteArray sentFrom(Stage &stage)
{
    QTest::keyClick(stage.edit, Qt::Key_Return, Qt::ControlModifier);
    const auto acted = [&stage] { return stage.ui.backend.actedWith<devserver::RetryEdited>(); };
    const bool isSent = QTest::qWaitFor([&acted] { return acted().size() == 1; });
    return isSent ? acted().front().data.bytes() : QByteArray();
}

/// Numbers as they were written, a name that is there twice, and no line ends.
QByteArray oddJsonOf(qsizetype size)
{
    QByteArray json = R"({"a":1.0,"a":1e2,"big":12345678901234567890.10,"u":"\u00e9\/",  "rows":)";
    return json + jsonOf(size) + '}';
}

} // namespace

void TestEditDialog::whatNobodyChangedGoesAsItCame_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("edited") << 100;
    QTest::newRow("too large when it is laid out") << 60 * 1024;
    QTest::newRow("large") << 300 * 1024;
}

/// Laid out or not: only a note was written.
void TestEditDialog::whatNobodyChangedGoesAsItCame()
{
    QFETCH(const int, size);
    const QByteArray data = oddJsonOf(size);
    Stage stage(data);
    QTRY_COMPARE(stage.note(), u"Nothing is changed yet."_s);
    QCOMPARE(sentFrom(stage), data);
}

/// Read in short lines, and still the bytes that came.
void TestEditDialog::largeDataGoAsTheyCame()
{
    const QByteArray data = oddJsonOf(300 * 1024);
    Stage stage(data);
    QTRY_COMPARE(stage.note(), u"Nothing is changed yet."_s);
    QCOMPARE(stage.edit->draftText(), data);
    auto *old = child<BigTextView>(stage.dialog, "deadEditOldLarge");
    QVERIFY(old->isVisible());
    QTest::keyClick(old, Qt::Key_A, Qt::ControlModifier);
    QVERIFY2(old->selectedBytes().startsWith("{\n  \"a\": 1.0,\n  \"a\": 1e2,\n"),
             old->selectedBytes().left(80).constData());
    // What is put in its place and taken back is what came.
    stage.paste(u"{\"id\": 1}"_s);
    QTRY_VERIFY(stage.note().startsWith(u"A new run gets"_s));
    QTest::keyClick(stage.edit, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(stage.note(), u"Nothing is changed yet."_s);
    QCOMPARE(sentFrom(stage), data);
}

/// As in the list: nothing in them turns what stands beside it.
void TestEditDialog::namesHaveSigns()
{
    UiFixture ui;
    const Scene scene = fillScene(ui.backend);
    for (devserver::api::LetterSummary &letter : ui.backend.letters) {
        if (letter.run == scene.deadCharge)
            letter.functionName = u"charge\u202eorder"_s.toUtf8();
    }
    DeadView view(ui.context);
    const QDialog *dialog = editLetter(ui, view, scene.deadCharge);
    QCOMPARE(child<QLabel>(dialog, "deadEditName")->text(), u"charge\\u202eorder"_s);
}

UI_TEST_MAIN(TestEditDialog)

#include "tst_editdialog.moc"
