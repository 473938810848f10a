// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/composerstage.h"
#include "tests/ui/support/lettersstage.h"
#include "tests/ui/support/pasting.h"
#include "tests/ui/support/scene.h"
#include "ui/widgets/bigtextview.h"
#include "ui/widgets/codeedit.h"
#include "ui/widgets/payloadview.h"

#include <QDialog>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;

/// What is read, edited, copied and pasted is what was sent: each character (ui.md §2/11).
class TestExactText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDraftKeepsThem_data();
    void aDraftKeepsThem();
    void pastedTextKeepsThem_data();
    void pastedTextKeepsThem();
    void anEditedLetterKeepsThem_data();
    void anEditedLetterKeepsThem();
    void aCopiedPartKeepsThem_data();
    void aCopiedPartKeepsThem();
};

namespace {

/// `text` is in a JSON string; `written` is what an editor makes of it.
void addTexts()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written");
    const auto row = [](const char *name, const QString &text, const QString &written) {
        QTest::newRow(name) << text << written;
    };
    row("no-break space", u"a\u00a0b"_s, u"a\u00a0b"_s);
    row("line separator", u"a\u2028b"_s, u"a\u2028b"_s);
    row("other blanks", u"a\u2007\u202f\u3000\ufeff b"_s, u"a\u2007\u202f\u3000\ufeff b"_s);
    row("paragraph separator", u"a\u2029b"_s, u"a\\u2029b"_s);
    row("no characters", u"a\ufdd0b\ufdd1c"_s, u"a\\ufdd0b\\ufdd1c"_s);
    row("object", u"a\ufffcb"_s, u"a\ufffcb"_s);
    row("beyond 16 bits", u"a\U0001f600b"_s, u"a\U0001f600b"_s);
}

QByteArray jsonOf(const QString &text)
{
    return "{\n  \"text\": \"" + text.toUtf8() + "\"\n}";
}

QByteArray clipboard()
{
    return QGuiApplication::clipboard()->text().toUtf8();
}

} // namespace

void TestExactText::aDraftKeepsThem_data()
{
    addTexts();
}

void TestExactText::aDraftKeepsThem()
{
    QFETCH(const QString, text);
    QFETCH(const QString, written);
    ComposerStage ui;
    arrange::draft(ui, "order/created"_ba, jsonOf(text));
    QTRY_COMPARE(ui.editor->draftText(), jsonOf(written));
    QVERIFY2(ui.status().startsWith(u"Valid JSON"_s), qPrintable(ui.status()));
    ui.pressSend();
    QCOMPARE(ui.backend.sent.size(), 1);
    QVERIFY(ui.backend.sent.front().contains(jsonOf(written)));
}

void TestExactText::pastedTextKeepsThem_data()
{
    addTexts();
}

void TestExactText::pastedTextKeepsThem()
{
    QFETCH(const QString, text);
    QFETCH(const QString, written);
    ComposerStage ui;
    ui.editor->setFocus();
    pasteOver(ui.editor, QString::fromUtf8(jsonOf(text)));
    QCOMPARE(ui.editor->draftText(), jsonOf(written));
    for (const Qt::Key key : {Qt::Key_C, Qt::Key_X}) { // copied, then cut
        arrange::clipboard({});
        QTest::keyClick(ui.editor, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(ui.editor, key, Qt::ControlModifier);
        QCOMPARE(clipboard(), jsonOf(written));
    }
    QCOMPARE(ui.editor->draftText(), QByteArray());
}

void TestExactText::anEditedLetterKeepsThem_data()
{
    addTexts();
}

void TestExactText::anEditedLetterKeepsThem()
{
    QFETCH(const QString, text);
    QFETCH(const QString, written);
    UiFixture ui;
    const Scene scene = fillScene(ui.backend);
    ui.backend.records[scene.deadCharge].events.front().json =
        devserver::RawJson::fromTrusted("{\"data\":" + jsonOf(text) + '}');
    DeadView view(ui.context);
    auto *edit = child<QWidget>(editLetter(ui, view, scene.deadCharge), "deadEditNew");
    QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(edit, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(clipboard(), jsonOf(written));
    QTest::keyClick(edit, Qt::Key_End, Qt::ControlModifier);
    QTest::keyClick(edit, Qt::Key_Space); // what nobody changed would go as it came
    QTest::keyClick(edit, Qt::Key_Return, Qt::ControlModifier);
    ui.beat();
    const auto acted = ui.backend.actedWith<devserver::RetryEdited>();
    QCOMPARE(acted.size(), 1U);
    QCOMPARE(acted.front().data.bytes().trimmed(), jsonOf(written));
}

void TestExactText::aCopiedPartKeepsThem_data()
{
    addTexts();
}

void TestExactText::aCopiedPartKeepsThem()
{
    QFETCH(const QString, text);
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {700, 500});
    view.setPayload(jsonOf(text));
    QWidget *shown = child<CodeEdit>(&view, "payloadText");
    if (!shown->isVisible())
        shown = child<BigTextView>(&view, "payloadBigText");
    shown->setFocus();
    arrange::clipboard({});
    QTest::keyClick(shown, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(shown, Qt::Key_C, Qt::ControlModifier);
    const QByteArray copied =
        shown->inherits("console::CodeEdit") ? clipboard() : ui.desktop.copied.toUtf8();
    QCOMPARE(copied, jsonOf(text)); // not to be edited: as it is
}

UI_TEST_MAIN(TestExactText)

#include "tst_exacttext.moc"
