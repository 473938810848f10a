// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/listrows.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/uifixture.h"
#include "ui/letters/deadview.h"
#include "ui/widgets/bigtextview.h"
#include "ui/widgets/jsoneditor.h"
#include "ui/widgets/listtable.h"

#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QElapsedTimer>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <ctime>

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
    void nothingIsUndoneAtFirst();
    void dataAreNoDraft();
    void nothingIsWrittenBeforeItIsRead();
};

namespace {

constexpr double longestStall = 50; // ms of work without an answer to events

QByteArray jsonOf(qsizetype size)
{
    QByteArray json = R"({"rows":[)"_ba;
    for (int row = 0; json.size() < size; ++row)
        json += R"({"id":)" + QByteArray::number(row) + R"(,"name":"something to read"},)";
    json.chop(1);
    return json + "]}";
}

/// Processor time of this thread, which other programs do not lengthen.
double threadMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// The longest work between two turns of the event loop.
class StallWatch : public QObject
{
public:
    StallWatch()
    {
        connect(&m_timer, &QTimer::timeout, this, [this] {
            const double now = threadMs();
            longest = std::max(longest, now - m_last);
            m_last = now;
        });
        m_last = threadMs();
        m_timer.start(0);
    }

    double longest = 0;

private:
    QTimer m_timer;
    double m_last = 0;
};

struct Stage {
    explicit Stage(const QByteArray &data = {})
    {
        if (!data.isEmpty())
            ui.backend.records[scene.deadCharge].events.front().json =
                devserver::RawJson::fromTrusted("{\"data\":" + data + '}');
        ui.show(&view);
        for (int i = 0; i < 4; ++i)
            ui.beat();
        auto *table = child<ListTable>(&view, "deadTable");
        clickRowOf(table, scene.deadCharge.toText());
        ui.beat();
        before = threadMs();
        QTest::keyClick(table, Qt::Key_E);
        ui.beat();
        opening = threadMs() - before;
        dialog = child<QDialog>(&view, "deadEditDialog");
        edit = child<JsonEditor>(dialog, "deadEditNew");
        go = child<QPushButton>(dialog, "deadEditGo");
    }

    void paste(const QString &text) const
    {
        arrange::clipboard(text);
        QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(edit, Qt::Key_V, Qt::ControlModifier);
    }

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
    double before = 0;
    double opening = 0; ///< ms
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

} // namespace

void TestEditDialog::largeDataAnswerAtOnce_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("19 KiB") << 19 * 1024;
    QTest::newRow("60 KiB, edited") << 40 * 1024;
    QTest::newRow("226 KiB") << 226 * 1024;
    QTest::newRow("3 MiB") << 3 * 1024 * 1024 - 200;
}

void TestEditDialog::largeDataAnswerAtOnce()
{
    QFETCH(const int, size);
    Stage stage(jsonOf(size));
    qInfo("%d bytes: opened in %.1f ms", size, stage.opening);
    QVERIFY2(stage.opening < 2 * longestStall, qPrintable(QString::number(stage.opening)));
    StallWatch watch;
    QTRY_VERIFY2(stage.status().startsWith(u"Valid JSON · "_s), qPrintable(stage.status()));
    QVERIFY(stage.go->isEnabled());
    QTRY_COMPARE(stage.note(), u"Nothing is changed yet."_s);
    QTest::qWait(300); // what is done later, in slices
    qInfo("longest stall %.1f ms", watch.longest);
    QVERIFY2(watch.longest < longestStall, qPrintable(QString::number(watch.longest)));
    const double before = threadMs();
    QTest::keyClick(stage.edit, Qt::Key_Escape);
    QVERIFY2(threadMs() - before < longestStall, qPrintable(QString::number(threadMs() - before)));
    QTRY_VERIFY(stage.dialog.isNull());
}

void TestEditDialog::typingAnswersAtOnce()
{
    Stage stage(jsonOf(30 * 1024));
    QTRY_COMPARE(stage.note(), u"Nothing is changed yet."_s);
    QTest::keyClick(stage.edit, Qt::Key_End, Qt::ControlModifier);
    QTest::keyClick(stage.edit, Qt::Key_Left);
    StallWatch watch;
    for (int i = 0; i < 5; ++i) {
        const double before = threadMs();
        QTest::keyClicks(stage.edit, u" "_s);
        QVERIFY2(threadMs() - before < longestStall,
                 qPrintable(QString::number(threadMs() - before)));
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY(stage.note().startsWith(u"A new run gets"_s));
    QVERIFY2(watch.longest < longestStall, qPrintable(QString::number(watch.longest)));
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
    QTRY_COMPARE(stage.status(), u"Valid JSON · 9 bytes"_s);
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
}

void TestEditDialog::changedLinesAreMarked()
{
    Stage stage("{\n  \"a\": 1,\n  \"b\": 2\n}");
    const Theme &theme = stage.ui.context.theme;
    const auto *old = child<QPlainTextEdit>(stage.dialog, "deadEditOld");
    stage.paste(u"{\n  \"a\": 1,\n  \"b\": 3,\n  \"c\": 4\n}"_s);
    QTRY_COMPARE(markedLines(old, theme.color(Token::DiffRemoved)), QList<int>{2});
    QTRY_COMPARE(markedLines(stage.edit, theme.color(Token::DiffAdded)), (QList<int>{2, 3}));
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
    const Stage stage(jsonOf(2'000'000));
    QCOMPARE(stage.status(), u"Reading…"_s);
    QVERIFY(!child<QWidget>(stage.dialog, "deadEditLoad")->isEnabled());
    const QByteArray empty = stage.edit->draftText();
    stage.paste(u"{\"mine\": 1}"_s);
    QCOMPARE(stage.edit->draftText(), empty);
    QTRY_COMPARE(stage.note(), u"Nothing is changed yet."_s);
    QTRY_VERIFY(stage.edit->isAncestorOf(QApplication::focusWidget()) || stage.edit->hasFocus());
    stage.paste(u"{\"mine\": 1}"_s);
    QCOMPARE(stage.edit->draftText(), "{\"mine\": 1}"_ba);
}

UI_TEST_MAIN(TestEditDialog)

#include "tst_editdialog.moc"
