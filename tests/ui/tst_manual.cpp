// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/clicks.h"
#include "tests/ui/support/listrows.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/windowstage.h"
#include "ui/shell/manual.h"
#include "ui/widgets/listtable.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QListWidget>
#include <QPointer>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QTextBrowser>
#include <QToolButton>

namespace console::test {

using namespace Qt::StringLiterals;

/// F1 opens the manual at the passage of what is looked at (ui.md §18, §21).
class TestManual : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensAtThePassageOfEachView();
    void opensAtThePanelThatHasTheFocus();
    void opensFromARunWindow();
    void goesToWhatHasTheFocusNow();
    void goesOnFromWithin();
    void contentsLeadToTheirPassage();
    void linksLeadWithinIt();
    void keysAreThoseInForce();
    void everyKeyInItIsAnAction();
    void emptyViewsLeadThere_data();
    void emptyViewsLeadThere();
    void pictures();
};

namespace {

Manual *manualOf(const WindowStage &stage)
{
    return stage.window->findChild<Manual *>(u"manualWindow"_s);
}

/// What the eye begins to read with.
QString topLine(const Manual *manual)
{
    const auto *text = child<QTextBrowser>(manual, "manualText");
    return text->cursorForPosition(QPoint(40, 20)).block().text();
}

QString currentSection(const Manual *manual)
{
    return child<QListWidget>(manual, "manualContents")->currentItem()->text();
}

QString titleOf(const Manual *manual, const QByteArray &name)
{
    for (const ManualSection &section : manual->sections()) {
        if (section.name == name)
            return section.title;
    }
    return {};
}

/// It has the keyboard from then on.
void closeManual(WindowStage &stage)
{
    QTest::keyClick(child<QWidget>(manualOf(stage), "manualText"), Qt::Key_Escape);
    QTRY_VERIFY(manualOf(stage) == nullptr);
    stage.window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(stage.window.get()));
}

} // namespace

void TestManual::opensAtThePassageOfEachView()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    for (const ViewEntry &entry : viewTable()) {
        stage.goTo(entry);
        stage.settle();
        stage.key(Qt::Key_F1);
        const Manual *manual = manualOf(stage);
        QVERIFY2(manual != nullptr, entry.name.constData());
        const QString title = titleOf(manual, entry.name);
        QVERIFY2(!title.isEmpty(), entry.name.constData());
        QTRY_COMPARE(topLine(manual), title);
        QCOMPARE(currentSection(manual), title);
        closeManual(stage);
    }
}

void TestManual::opensAtThePanelThatHasTheFocus()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    stage.key(Qt::Key_F1);
    QTRY_COMPARE(currentSection(manualOf(stage)), u"Composer"_s);
    closeManual(stage);
    stage.key(Qt::Key_1, Qt::ControlModifier);
    stage.key(Qt::Key_F, Qt::ControlModifier);
    stage.key(Qt::Key_F1);
    QTRY_COMPARE(currentSection(manualOf(stage)), u"Filter lines and saved views"_s);
    closeManual(stage);
    clickRowOf(child<ListTable>(stage.window.get(), "runsTable"), scene.deadCharge.toText());
    stage.settle();
    child<QWidget>(stage.window.get(), "timelineView")->setFocus();
    stage.key(Qt::Key_F1);
    QTRY_COMPARE(currentSection(manualOf(stage)), u"Timeline"_s);
    QTRY_COMPARE(topLine(manualOf(stage)), u"Timeline"_s);
}

void TestManual::opensFromARunWindow()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    auto *table = child<ListTable>(stage.window.get(), "runsTable");
    clickRowOf(table, scene.completed.toText());
    stage.settle();
    QTest::keyClick(table, Qt::Key_Return, Qt::ControlModifier);
    stage.settle();
    auto *window = child<QWidget>(stage.window.get(), "runWindow");
    QVERIFY(QTest::qWaitForWindowActive(window));
    QTest::keyClick(window, Qt::Key_F1);
    QTRY_VERIFY(manualOf(stage) != nullptr);
    QCOMPARE(currentSection(manualOf(stage)), u"Timeline"_s);
}

/// Open as it is, beside the window or below it.
void TestManual::goesToWhatHasTheFocusNow()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    stage.key(Qt::Key_F1);
    QPointer<Manual> manual = manualOf(stage);
    QTRY_COMPARE(topLine(manual), u"Runs"_s);
    // A window counts as active while one of its children is: what has the keys tells.
    const auto backToTheWindow = [&stage] {
        stage.window->activateWindow();
        return QTest::qWaitFor([&stage] {
            const QWidget *focus = QApplication::focusWidget();
            return focus != nullptr && focus->window() == stage.window.get();
        });
    };
    for (const ViewEntry &entry : viewTable()) {
        QVERIFY(backToTheWindow());
        stage.goTo(entry);
        stage.settle();
        stage.key(Qt::Key_F1);
        QTRY_COMPARE(topLine(manual), titleOf(manual, entry.name));
        QCOMPARE(currentSection(manual), titleOf(manual, entry.name));
    }
    QVERIFY(backToTheWindow());
    stage.key(Qt::Key_N, Qt::ControlModifier);
    stage.settle();
    stage.key(Qt::Key_F1);
    QTRY_COMPARE(topLine(manual), u"Composer"_s);
    // One that was made small comes back.
    manual->showMinimized();
    QVERIFY(backToTheWindow());
    stage.key(Qt::Key_1, Qt::ControlModifier);
    clickRowOf(child<ListTable>(stage.window.get(), "runsTable"), scene.deadCharge.toText());
    stage.settle();
    stage.key(Qt::Key_F1);
    QTRY_COMPARE(topLine(manual), u"Runs"_s);
    QVERIFY(!manual->isMinimized());
    QCOMPARE(stage.window->findChildren<Manual *>().size(), 1);
}

/// In the manual F1 leads back to what one came from.
void TestManual::goesOnFromWithin()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    stage.key(Qt::Key_3, Qt::ControlModifier);
    stage.settle();
    stage.key(Qt::Key_F1);
    Manual *manual = manualOf(stage);
    QTRY_COMPARE(topLine(manual), u"Dead letters"_s);
    QVERIFY(QTest::qWaitForWindowActive(manual));
    auto *text = child<QTextBrowser>(manual, "manualText");
    QTest::keyClick(text, Qt::Key_Home);
    QTRY_COMPARE(currentSection(manual), u"Getting started"_s);
    QCOMPARE(topLine(manual), u"Getting started"_s);
    QTest::keyClick(text, Qt::Key_End);
    QTRY_COMPARE(topLine(manual), manual->sections().back().title);
    QTest::keyClick(text, Qt::Key_F1);
    QTRY_COMPARE(topLine(manual), u"Dead letters"_s);
    QCOMPARE(currentSection(manual), u"Dead letters"_s);
}

void TestManual::contentsLeadToTheirPassage()
{
    WindowStage stage;
    stage.open();
    stage.key(Qt::Key_F1);
    const Manual *manual = manualOf(stage);
    auto *contents = child<QListWidget>(manual, "manualContents");
    auto *text = child<QTextBrowser>(manual, "manualText");
    for (int row = 0; row < contents->count(); ++row) {
        QTest::mouseClick(contents->viewport(), Qt::LeftButton, {},
                          contents->visualItemRect(contents->item(row)).center());
        const QString title = contents->item(row)->text();
        QCOMPARE(currentSection(manual), title);
        const QScrollBar *bar = text->verticalScrollBar();
        if (bar->value() < bar->maximum()) // the end of it is no longer than the window
            QTRY_COMPARE(topLine(manual), title);
    }
    // And reading on tells where one is.
    QTest::keyClick(contents, Qt::Key_Home);
    QTRY_COMPARE(currentSection(manual), u"Getting started"_s);
    QTRY_COMPARE(topLine(manual), u"Getting started"_s);
    for (int page = 0; page < 3; ++page)
        QTest::keyClick(text, Qt::Key_PageDown);
    QTRY_VERIFY(currentSection(manual) != u"Getting started"_s);
}

void TestManual::linksLeadWithinIt()
{
    WindowStage stage;
    stage.open();
    stage.key(Qt::Key_F1);
    const Manual *manual = manualOf(stage);
    auto *text = child<QTextBrowser>(manual, "manualText");
    // Every one of them has a passage to go to.
    QStringList names;
    for (const ManualSection &section : manual->sections())
        names.append(u'#' + QString::fromLatin1(section.name));
    int links = 0;
    for (QTextBlock block = text->document()->begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            const QString link = part.fragment().charFormat().anchorHref();
            QVERIFY2(link.isEmpty() || names.contains(link), qPrintable(link));
            links += link.isEmpty() ? 0 : 1;
        }
    }
    QVERIFY(links > 3);
    QTest::keyClick(text, Qt::Key_Tab); // to the first link
    QTest::keyClick(text, Qt::Key_Return);
    QTRY_COMPARE(currentSection(manual), u"Apps"_s);
    QTRY_COMPARE(topLine(manual), u"Apps"_s);
}

void TestManual::keysAreThoseInForce()
{
    const QTemporaryDir folder; // longer than the window, which writes into it
    WindowStage stage;
    stage.open();
    stage.key(Qt::Key_F1);
    const auto textOf = [&stage] {
        return child<QTextBrowser>(manualOf(stage), "manualText")->toPlainText().simplified();
    };
    QVERIFY2(textOf().contains(u"Retry Shift+R : the failed run"_s), qPrintable(textOf()));
    QVERIFY(!textOf().contains(u"{run."_s));
    QVERIFY(textOf().contains(u"{{uuid}}"_s)); // a placeholder of the composer is none of ours
    stage.window.reset();
    QFile file(folder.filePath(u"settings.ini"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[keys]\nactions\\run.retry=Ctrl+Alt+R\nsingle=false\n");
    file.close();
    stage.options.settingsPath = file.fileName();
    stage.open();
    stage.key(Qt::Key_F1);
    QVERIFY2(textOf().contains(u"Retry Ctrl+Alt+R : the failed run"_s), qPrintable(textOf()));
}

void TestManual::everyKeyInItIsAnAction()
{
    WindowStage stage;
    stage.open();
    stage.key(Qt::Key_F1); // reads it
    QFile file(u":/manual/manual.html"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const ActionRegistry actions;
    static const QRegularExpression pattern(u"\\{([a-z]+\\.[A-Za-z]+)\\}"_s);
    auto found = pattern.globalMatch(QString::fromUtf8(file.readAll()));
    int count = 0;
    while (found.hasNext()) {
        const QByteArray id = found.next().captured(1).toLatin1();
        QVERIFY2(actions.spec(id) != nullptr, id.constData());
        QVERIFY2(!actions.action(id)->shortcuts().isEmpty(), id.constData());
        ++count;
    }
    QVERIFY(count > 20);
}

void TestManual::emptyViewsLeadThere_data()
{
    QTest::addColumn<QByteArray>("view");
    for (const char *view : {"events", "dead", "waiting", "functions", "apps", "activity"})
        QTest::newRow(view) << QByteArray(view);
}

void TestManual::emptyViewsLeadThere()
{
    QFETCH(const QByteArray, view);
    WindowStage stage;
    stage.open();
    for (const ViewEntry &entry : viewTable()) {
        if (entry.name == view)
            stage.goTo(entry);
    }
    stage.settle();
    auto *link = child<QToolButton>(stage.window->currentView(), "emptyManual");
    QTRY_VERIFY(link->isVisible());
    const auto links = link->parentWidget()->findChildren<QToolButton *>();
    QCOMPARE(std::ranges::count_if(links, &QWidget::isVisible), 1); // one way to read about it
    QTest::mouseClick(link, Qt::LeftButton);
    QTRY_VERIFY(manualOf(stage) != nullptr);
    QCOMPARE(currentSection(manualOf(stage)), titleOf(manualOf(stage), view));
}

void TestManual::pictures()
{
    WindowStage stage;
    stage.open();
    stage.key(Qt::Key_F1);
    shoot(manualOf(stage), u"manual"_s);
    QVERIFY2(a11yFindings(manualOf(stage)).isEmpty(),
             qPrintable(a11yFindings(manualOf(stage)).join(u'\n')));
    arrange::theme(*stage.window, ThemeChoice::Dark);
    stage.beat();
    shoot(manualOf(stage), u"manual_dark"_s);
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestManual)
#include "tst_manual.moc"
