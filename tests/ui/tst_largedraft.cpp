// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/composerstage.h"

#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUrl>

#include <ctime>

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
    void aDroppedFileIsLoaded();
    void eachDraftHasItsOwn();
};

namespace {

constexpr double longestStall = 50; // ms

/// One line, as a server writes it.
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

struct Stage : ComposerStage {
    using ComposerStage::ComposerStage;

    [[nodiscard]] QWidget *large() const { return child<QWidget>(composer.get(), "composerLarge"); }

    /// Ctrl+V over all that is there.
    /// \returns ms that the window stood still.
    [[nodiscard]] double paste(const QString &text) const
    {
        arrange::clipboard(text);
        editor->setFocus();
        QTest::keyClick(editor, Qt::Key_A, Qt::ControlModifier);
        const double before = threadMs();
        QTest::keyClick(editor, Qt::Key_V, Qt::ControlModifier);
        return threadMs() - before;
    }
};

} // namespace

void TestLargeDraft::aLargePasteIsShownOnly()
{
    Stage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"mine\": 1"_s);
    const QByteArray json = jsonOf(1024 * 1024);
    const double stall = ui.paste(QString::fromUtf8(json));
    QVERIFY2(stall < longestStall, qPrintable(QString::number(stall)));
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
    std::ignore = ui.paste(QString::fromUtf8(json));
    QVERIFY(ui.large()->isVisible());
    std::ignore = ui.paste(u"{}"_s);
    QVERIFY(!ui.large()->isVisible());
    QCOMPARE(ui.editor->draftText(), "{}"_ba);
}

void TestLargeDraft::anUnsendablePasteChangesNothing()
{
    Stage ui;
    ui.typeName(u"order/created"_s);
    ui.typeText(u"{\n\"mine\": 1"_s);
    const double stall = ui.paste(QString(20 * 1024 * 1024, u'x'));
    QVERIFY2(stall < longestStall, qPrintable(QString::number(stall)));
    QCOMPARE(ui.status(), u"The text has 20.0 MiB, the limit is 3.0 MiB: nothing was pasted"_s);
    QCOMPARE(ui.editor->draftText(), "{\n  \"mine\": 1\n}"_ba);
    QVERIFY(ui.send->isEnabled());
}

void TestLargeDraft::aLargeTextCanBeEdited()
{
    Stage ui;
    ui.typeName(u"order/created"_s);
    std::ignore = ui.paste(QString::fromUtf8(jsonOf(100 * 1024)));
    QVERIFY(ui.large()->isVisible());
    QTest::mouseClick(child<QToolButton>(ui.composer.get(), "composerLargeEdit"), Qt::LeftButton);
    QTRY_VERIFY(!ui.large()->isVisible());
    QVERIFY(ui.editor->hasFocus());
    QVERIFY(ui.editor->blockCount() > 1000); // short lines are fast
    QTest::keyClicks(ui.editor, u" "_s);
    QVERIFY(ui.editor->draftText().startsWith(" {\n  \"rows\": ["));
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
    QWidget *onto = ui.editor->viewport();
    const QPoint at = onto->rect().center();
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(onto, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(onto, &drop);
    QTRY_COMPARE(ui.name->text(), u"user/signup"_s);
    QCOMPARE(ui.editor->draftText(), R"({"id":"u_1"})"_ba);
}

void TestLargeDraft::eachDraftHasItsOwn()
{
    Stage ui;
    ui.typeName(u"order/created"_s);
    const QByteArray json = jsonOf(100 * 1024);
    std::ignore = ui.paste(QString::fromUtf8(json));
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
    QTest::mouseClick(tabs, Qt::LeftButton, Qt::NoModifier, tabs->tabRect(1).center());
    QCOMPARE(ui.editor->draftText(), "{\n  \"other\": 1\n}"_ba);
}

UI_TEST_MAIN(TestLargeDraft)

#include "tst_largedraft.moc"
