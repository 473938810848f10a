// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/lettersstage.h"
#include "tests/ui/support/scene.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QWindow>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;

/// What is written in a dialog or a sheet is not lost by a key.
class TestAskingDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changedDataAreAskedFor_data();
    void changedDataAreAskedFor();
    void unchangedDataAreNot_data();
    void unchangedDataAreNot();
    void aReasonIsAskedFor();
    void aReasonStaysWhileOthersAreChosen();
};

namespace {

enum class Way { Esc, Cancel, Frame };

void addWays()
{
    QTest::addColumn<Way>("way");
    QTest::newRow("Esc") << Way::Esc;
    QTest::newRow("Cancel") << Way::Cancel;
    QTest::newRow("button of the frame") << Way::Frame;
}

/// *Edit & retry* of a letter.
struct EditStage {
    EditStage()
    {
        dialog = editLetter(ui, view, scene.deadCharge);
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        edit = child<QPlainTextEdit>(dialog, "deadEditNew");
    }

    void leave(Way way) const
    {
        if (way == Way::Esc)
            QTest::keyClick(edit, Qt::Key_Escape);
        else if (way == Way::Frame)
            dialog->windowHandle()->close();
        else
            QTest::mouseClick(child<QDialogButtonBox>(dialog, "deadEditButtons")
                                  ->button(QDialogButtonBox::Cancel),
                              Qt::LeftButton);
    }

    [[nodiscard]] QMessageBox *question() const
    {
        auto *box = dialog->findChild<QMessageBox *>(u"discardQuestion"_s);
        return box != nullptr && box->isVisible() ? box : nullptr;
    }

    [[nodiscard]] bool isGone() const
    {
        return view.findChild<QDialog *>(u"deadEditDialog"_s) == nullptr;
    }

    UiFixture ui;
    Scene scene = fillScene(ui.backend);
    DeadView view{ui.context};
    QDialog *dialog = nullptr;
    QPlainTextEdit *edit = nullptr;
};

} // namespace

Q_DECLARE_METATYPE(Way)

void TestAskingDialog::changedDataAreAskedFor_data()
{
    addWays();
}

void TestAskingDialog::changedDataAreAskedFor()
{
    QFETCH(const Way, way);
    EditStage stage;
    QTest::keyClick(stage.edit, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(stage.edit, u"{\"id\": 1}"_s);
    const QString text = stage.edit->toPlainText();
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Escape}) { // both are safe
        stage.leave(way);
        QTRY_VERIFY(stage.question() != nullptr);
        QCOMPARE(stage.question()->text(), u"Discard your changes?"_s);
        QTest::keyClick(stage.question(), key);
        QTRY_VERIFY(stage.question() == nullptr);
        QVERIFY(stage.dialog->isVisible());
        QCOMPARE(stage.edit->toPlainText(), text);
    }
    stage.leave(way);
    QTRY_VERIFY(stage.question() != nullptr);
    QTest::mouseClick(child<QWidget>(stage.question(), "discardAccept"), Qt::LeftButton);
    QTRY_VERIFY(stage.isGone());
    QVERIFY(stage.ui.backend.acted.empty());
}

void TestAskingDialog::unchangedDataAreNot_data()
{
    addWays();
}

void TestAskingDialog::unchangedDataAreNot()
{
    QFETCH(const Way, way);
    EditStage stage;
    QTest::keyClicks(stage.edit, u"x"_s);
    QTest::keyClick(stage.edit, Qt::Key_Backspace); // as it was
    stage.leave(way);
    QTRY_VERIFY(stage.isGone());
}

void TestAskingDialog::aReasonIsAskedFor()
{
    LettersStage stage({letter(30), letter(20)});
    const auto *sheet = child<QWidget>(stage.view.get(), "deadDiscardSheet");
    const auto *reason = child<QComboBox>(stage.view.get(), "deadDiscardReason");
    const auto open = [&] {
        stage.focusRow(0);
        QTest::keyClick(stage.table, Qt::Key_Delete);
        stage.settle();
        QVERIFY(sheet->isVisible());
    };
    open();
    QTest::keyClick(reason->lineEdit(), Qt::Key_Escape); // nothing is written
    QVERIFY(!sheet->isVisible());

    open();
    QTest::keyClicks(reason->lineEdit(), u"test data"_s);
    QTest::keyClick(reason->lineEdit(), Qt::Key_Escape);
    auto *question = child<QMessageBox>(stage.view.get(), "discardQuestion");
    QTRY_VERIFY(question->isVisible());
    QVERIFY(sheet->isVisible());
    QTest::mouseClick(child<QWidget>(question, "discardAccept"), Qt::LeftButton);
    QTRY_VERIFY(!sheet->isVisible());
    QVERIFY(stage.ui.backend.acted.empty());
}

void TestAskingDialog::aReasonStaysWhileOthersAreChosen()
{
    LettersStage stage({letter(90), letter(80), letter(70), letter(60), letter(50), letter(40),
                        letter(30), letter(20)});
    const auto *sheet = child<QWidget>(stage.view.get(), "deadDiscardSheet");
    const auto *reason = child<QComboBox>(stage.view.get(), "deadDiscardReason");
    stage.focusRow(0);
    QTest::keyClick(stage.table, Qt::Key_Delete);
    stage.settle();
    const QString first = sheet->accessibleName();
    QTest::keyClicks(reason->lineEdit(), u"test data"_s);
    stage.focusRow(7); // below the sheet
    QTest::keyClick(stage.table, Qt::Key_Delete);
    stage.settle();
    QCOMPARE(sheet->accessibleName(), first); // it is answered first
    QCOMPARE(reason->currentText(), u"test data"_s);
}

UI_TEST_MAIN(TestAskingDialog)
#include "tst_askingdialog.moc"
