// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/clicks.h"
#include "tests/ui/support/contextmenu.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/windowstage.h"
#include "ui/shell/fixedkeys.h"
#include "ui/shell/shortcutmodel.h"
#include "ui/shell/viewtable.h"

#include <QAction>
#include <QDialog>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <QTableView>
#include <QToolButton>

namespace console::test {

using namespace Qt::StringLiterals;

namespace {

/// The table of the sheet of keys, with what \a words find on top.
QTableView *keysOf(WindowStage &stage, const QString &words)
{
    stage.key(Qt::Key_F1, Qt::ControlModifier);
    auto *sheet = child<QDialog>(stage.window.get(), "shortcutSheet");
    QTest::keyClicks(child<QWidget>(sheet, "shortcutSearch"), words);
    return child<QTableView>(sheet, "shortcutTable");
}

} // namespace

class TestActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noTwoActionsShareAKeyInOneContext();
    void everyIconExists();
    void menusHaveUniqueMnemonicsAndNoEmptyOnes();
    void whatIsDoneInTheCatalogIsInTheMenuBar_data();
    void whatIsDoneInTheCatalogIsInTheMenuBar();
    void aRightClickChoosesTheApp();
    void keysOfViewsFollowTheNavigation();
    void whatCannotActKeepsNoOtherFromIt();
    void sheetListsEveryAction();
    void sheetNamesActionsBySentences();
    void keysStandOnTheLineOfTheWords();
    void theSheetIsMirrored();
    void windowActionsWorkByTheirKeys();
};

void TestActions::noTwoActionsShareAKeyInOneContext()
{
    ActionRegistry actions;
    for (const ActionSpec &spec : actionTable())
        QCOMPARE(conflictingAction(actions, spec.id, actions.action(spec.id)->shortcuts()),
                 QByteArray());
    // The check finds what it is for.
    QCOMPARE(conflictingAction(actions, "view.rail"_ba, {QKeySequence(u"Ctrl+K"_s)}),
             "go.palette"_ba);
    QCOMPARE(conflictingAction(actions, "run.cancel"_ba, {QKeySequence(u"T"_s)}),
             "run.retryNow"_ba);
    QCOMPARE(conflictingAction(actions, "timeline.zoomIn"_ba, {QKeySequence(u"T"_s)}),
             "run.retryNow"_ba); // it has the focus inside the panel of a run
    // One key of a name stands for both, and somebody may have written down both.
    actions.setKeys("view.rail"_ba,
                    {QKeySequence(u"Ctrl+Return"_s), QKeySequence(u"Ctrl+Enter"_s)});
    QCOMPARE(actions.action("view.rail"_ba)->shortcuts().size(), 2);
}

void TestActions::everyIconExists()
{
    for (const ActionSpec &spec : actionTable()) {
        const QString icon = QString::fromLatin1(spec.icon);
        QVERIFY2(icon.isEmpty() || Icons::exists(icon), spec.icon);
    }
    for (const char *state : {"completed", "failed", "running", "queued", "waiting", "backoff",
                              "offline", "paused", "cancelled", "skipped", "dead"})
        QVERIFY2(Icons::exists(u"state-"_s + QString::fromLatin1(state)), state);
    // Each is a shape of its own, also without colour (ui.md 23).
    Theme theme;
    const Icons icons(theme);
    QList<QImage> shapes;
    for (const char *state : {"completed", "failed", "running", "queued", "waiting", "backoff",
                              "offline", "paused", "cancelled", "skipped", "dead"}) {
        const QImage shape =
            icons.pixmap(u"state-"_s + QString::fromLatin1(state), Token::Text, 16).toImage();
        QVERIFY2(!shapes.contains(shape), state);
        shapes.append(shape);
    }
}

void TestActions::menusHaveUniqueMnemonicsAndNoEmptyOnes()
{
    WindowStage stage;
    stage.open();
    const auto *bar = child<QMenuBar>(stage.window.get(), "menuBar");
    QSet<QString> mnemonics;
    for (const QAction *entry : bar->actions()) {
        const QString mnemonic = QKeySequence::mnemonic(entry->text()).toString();
        QVERIFY2(!mnemonic.isEmpty() && !mnemonics.contains(mnemonic), qPrintable(entry->text()));
        mnemonics.insert(mnemonic);
        QVERIFY(!entry->menu()->isEmpty());
    }
    QVERIFY(mnemonics.size() >= 4);
    // What is done in the drawing of a run is found beside what is done with the run.
    QStringList timeline;
    for (const QAction *entry : child<QMenu>(stage.window.get(), "menuTimeline")->actions())
        timeline.append(entry->objectName());
    for (const ActionSpec &spec : actionTable())
        QCOMPARE(timeline.contains(QString::fromLatin1(spec.id)), spec.id.startsWith("timeline."));
    QVERIFY(child<QMenu>(stage.window.get(), "menuRun")
                ->actions()
                .contains(child<QMenu>(stage.window.get(), "menuTimeline")->menuAction()));
}

void TestActions::whatIsDoneInTheCatalogIsInTheMenuBar_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QString>("menu");
    QTest::addColumn<QString>("within");
    QTest::addRow("apps") << "app."_ba << u"menuApp"_s << u"menuFile"_s;
    QTest::addRow("functions") << "function."_ba << u"menuFunction"_s << u"menuRun"_s;
    QTest::addRow("activity") << "activity."_ba << u"menuActivity"_s << u"menuLetters"_s;
}

void TestActions::whatIsDoneInTheCatalogIsInTheMenuBar()
{
    QFETCH(const QByteArray, kind);
    QFETCH(const QString, menu);
    QFETCH(const QString, within);
    WindowStage stage;
    stage.open();
    const auto *inner = stage.window->findChild<QMenu *>(menu);
    QVERIFY(inner != nullptr);
    QVERIFY(stage.window->findChild<QMenu *>(within)->actions().contains(inner->menuAction()));
    const QStringList entries = entriesOf(inner);
    for (const ActionSpec &spec : actionTable()) {
        const QString id = QString::fromLatin1(spec.id);
        if (spec.id.startsWith(kind) && spec.id != "app.add")
            QVERIFY2(entries.contains(id), spec.id.constData());
    }
    for (const QAction *entry : inner->actions()) {
        if (!entry->isSeparator()) { // nothing is chosen: why it cannot be done
            QVERIFY2(!entry->isEnabled(), qPrintable(entry->text()));
            QVERIFY2(entry->toolTip() != entry->text(), qPrintable(entry->text()));
        }
    }
}

void TestActions::aRightClickChoosesTheApp()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    stage.key(Qt::Key_6, Qt::ControlModifier);
    stage.settle();
    const auto *table = child<QTableView>(stage.window.get(), "appsTable");
    const int row = 1; // what is at http://localhost:3000 in the scene
    QVERIFY(table->currentIndex().row() != row);
    const QPoint at = table->visualRect(table->model()->index(row, 0)).center();
    QMenu *menu = contextMenuAt(table->viewport(), at);
    QVERIFY(menu != nullptr);
    QCOMPARE(table->currentIndex().row(), row);
    QCOMPARE(entriesOf(menu),
             QStringList({u"app.sync"_s, u"app.editAddress"_s, u"list.copy"_s, u"app.remove"_s}));
    QVERIFY(
        clickAction(menu, [](const QAction *each) { return each->objectName() == u"app.sync"_s; }));
    QCOMPARE(stage.backend.syncedApps.size(), 1U);
    stage.beat(); // the window is active again: that would close the next menu
    // An entry would do it to the next one: the menu goes with its row.
    const devserver::AppId app = stage.backend.syncedApps.front();
    QVERIFY(contextMenuAt(table->viewport(), at) != nullptr);
    const std::vector<devserver::App> known = stage.backend.apps; // posting changes it
    for (const devserver::App &each : known) {
        if (each.id == app)
            stage.backend.post(devserver::AppChanged{.app = each, .isGone = true});
    }
    stage.beat();
    QVERIFY(QApplication::activePopupWidget() == nullptr);
}

/// Who counts the entries of the navigation knows the keys.
void TestActions::keysOfViewsFollowTheNavigation()
{
    WindowStage stage;
    stage.open();
    int number = 0;
    for (const ViewEntry &entry : viewTable()) {
        const QAction *action = stage.window->workspace().actions.action(entry.action);
        QCOMPARE(action->shortcut(), QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + ++number)));
    }
}

/// A list where nothing is chosen, and beside it a panel that shows a run.
void TestActions::whatCannotActKeepsNoOtherFromIt()
{
    ActionRegistry actions;
    QWidget window;
    QWidget panel(&window);
    QWidget list(&window);
    QWidget elsewhere(&window);
    for (QWidget *each : {&list, &elsewhere})
        each->setFocusPolicy(Qt::StrongFocus);
    elsewhere.setFocus();
    int cancelled = 0;
    bool hasChosen = false;
    actions.bind("run.cancel"_ba, &panel, [&cancelled] { cancelled += 1; });
    actions.bind(
        "run.cancel"_ba, &list, [&cancelled] { cancelled += 100; },
        [&hasChosen]() -> Availability {
            return {.isEnabled = hasChosen, .reason = u"No run is selected"_s, .text = {}};
        });
    QAction *cancel = actions.action("run.cancel"_ba);
    QToolButton button(&window); // takes no focus when it is clicked
    button.setDefaultAction(cancel);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTRY_VERIFY(elsewhere.hasFocus());
    QCoreApplication::processEvents(); // actions are checked again
    QVERIFY(cancel->isEnabled());
    QTest::mouseClick(&button, Qt::LeftButton);
    QCOMPARE(cancelled, 1);
    list.setFocus(); // here it is about the list
    QTRY_VERIFY(!cancel->isEnabled());
    QCOMPARE(cancel->toolTip(), u"No run is selected"_s);
    hasChosen = true;
    actions.refresh();
    QTRY_VERIFY(cancel->isEnabled());
    QTest::mouseClick(&button, Qt::LeftButton);
    QCOMPARE(cancelled, 101);
}

/// Though they are in another font.
void TestActions::keysStandOnTheLineOfTheWords()
{
    WindowStage stage;
    stage.open();
    const QTableView *table = keysOf(stage, u"next difference"_s);
    QCOMPARE(table->model()->index(0, 0).data().toString().first(4), u"Next"_s);
    QCOMPARE(table->model()->index(0, 1).data().toString(), u"F8"_s);
    stage.beat();
    const QImage seen = table->viewport()->grab().toImage();
    const auto lowestInk = [&](int column) {
        const QRect cell = table->visualRect(table->model()->index(0, column));
        const int left = cell.left() + 8; // the stems of N and F end on the line
        const QColor ground = seen.pixelColor(left - 4, cell.center().y());
        int lowest = 0;
        for (int y = cell.top(); y <= cell.bottom(); ++y) {
            for (int x = left; x < left + 6; ++x)
                lowest = seen.pixelColor(x, y).lightness() < ground.lightness() - 80 ? y : lowest;
        }
        return lowest;
    };
    QVERIFY(lowestInk(0) > 0);
    QCOMPARE(lowestInk(1), lowestInk(0));
}

void TestActions::theSheetIsMirrored()
{
    WindowStage stage;
    stage.open();
    QTableView *table = keysOf(stage, u"next difference"_s);
    for (const Qt::LayoutDirection direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        table->setLayoutDirection(direction);
        stage.beat();
        const QImage seen = table->viewport()->grab().toImage();
        const QRect cell = table->visualRect(table->model()->index(0, 0));
        const auto hasInk = [&](int left) {
            const QColor ground = seen.pixelColor(cell.left() + 2, cell.center().y());
            for (int y = cell.top() + 2; y < cell.bottom() - 2; ++y) {
                for (int x = left; x < left + 40; ++x) {
                    if (seen.pixelColor(x, y).lightness() < ground.lightness() - 80)
                        return true;
                }
            }
            return false;
        };
        QCOMPARE(hasInk(cell.left() + 6), direction == Qt::LeftToRight);
        QCOMPARE(hasInk(cell.right() - 46), direction == Qt::RightToLeft);
    }
}

void TestActions::sheetListsEveryAction()
{
    WindowStage stage;
    stage.open();
    stage.key(Qt::Key_F1, Qt::ControlModifier);
    auto *sheet = child<QDialog>(stage.window.get(), "shortcutSheet");
    QVERIFY(sheet->isVisible());
    const auto *table = child<QTableView>(sheet, "shortcutTable");
    QCOMPARE(table->model()->rowCount(),
             static_cast<int>(actionTable().size() + fixedKeys().size()));
    QCOMPARE(a11yFindings(sheet), QStringList());
    shoot(sheet, u"shortcut_sheet"_s);
    // Area by area; what has no keys comes last, area by area too.
    QStringList groups;
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        const bool hasKeys = !table->model()->index(row, 1).data().toString().isEmpty();
        const QString area = table->model()->index(row, 2).data().toString();
        const QString group = (hasKeys ? u"keys "_s : u"none "_s) + area;
        if (groups.isEmpty() || groups.back() != group)
            groups.append(group);
    }
    QCOMPARE(groups.front(), u"keys Window"_s);
    QCOMPARE(QSet<QString>(groups.begin(), groups.end()).size(), groups.size());
    QVERIFY(!groups.mid(groups.indexOf(u"none Window"_s)).join(u' ').contains(u"keys"_s));
    // Two keys are called Enter; one is written.
    int enters = 0;
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        const QString keys = table->model()->index(row, 1).data().toString();
        QVERIFY2(!keys.contains(u"Return"), qPrintable(keys));
        enters += keys.contains(u"Ctrl+Enter"_s) ? 1 : 0;
    }
    QCOMPARE(enters, 2); // a list and the composer
    QTest::keyClicks(child<QWidget>(sheet, "shortcutSearch"), u"palette"_s);
    QCOMPARE(table->model()->rowCount(), 1);
    QTest::keyClick(child<QWidget>(sheet, "shortcutSearch"), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(child<QWidget>(sheet, "shortcutSearch"), u"zoom"_s);
    QStringList zooms;
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        QCOMPARE(table->model()->index(row, 2).data().toString(), u"Timeline"_s);
        zooms.append(table->model()->index(row, 1).data().toString());
    }
    QCOMPARE(zooms, QStringList({u"W"_s, u"S"_s, u"Z"_s, u"Shift+Z"_s}));
    // What the parts of the window have for themselves stands there, too.
    QTest::keyClick(child<QWidget>(sheet, "shortcutSearch"), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(child<QWidget>(sheet, "shortcutSearch"), u"composer"_s);
    QStringList composer;
    for (int row = 0; row < table->model()->rowCount(); ++row)
        composer.append(table->model()->index(row, 1).data().toString());
    for (const char *keys :
         {"Ctrl+Enter", "Ctrl+Shift+Enter", "Ctrl+S", "Alt+1", "Alt+2", "Ctrl+W",
          "Ctrl+Up; Ctrl+Down", "Alt+Shift+F", "Ctrl+Space", "F7", "Shift+Enter"})
        QVERIFY2(composer.contains(QString::fromLatin1(keys)), keys);
    QTest::keyClick(sheet, Qt::Key_Escape);
    QTRY_VERIFY(stage.window->findChild<QDialog *>(u"shortcutSheet"_s) == nullptr);
}

/// No title of a menu is read before them.
void TestActions::sheetNamesActionsBySentences()
{
    WindowStage stage;
    stage.open();
    stage.key(Qt::Key_F1, Qt::ControlModifier);
    const auto *table = child<QTableView>(stage.window.get(), "shortcutTable");
    QStringList names;
    for (int row = 0; row < table->model()->rowCount(); ++row)
        names.append(table->model()->index(row, 0).data().toString());
    for (const QString &name : {u"Go to Runs"_s, u"Show inspector"_s, u"Go back"_s})
        QVERIFY2(names.contains(name), qPrintable(name));
    QVERIFY(!names.contains(u"Runs"_s));
    QTest::keyClick(child<QDialog>(stage.window.get(), "shortcutSheet"), Qt::Key_Escape);
}

void TestActions::windowActionsWorkByTheirKeys()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    Workspace &workspace = stage.window->workspace();
    stage.key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(workspace.feed.isPaused());
    stage.key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(!workspace.feed.isPaused());
    stage.key(Qt::Key_T, Qt::ControlModifier);
    QCOMPARE(workspace.settings.timeStyle(), TimeStyle::Absolute);
    stage.key(Qt::Key_T, Qt::ControlModifier);
    stage.key(Qt::Key_T, Qt::ControlModifier);
    QCOMPARE(workspace.settings.timeStyle(), TimeStyle::Relative);
    stage.key(Qt::Key_F11);
    QVERIFY(stage.window->isFullScreen());
    stage.key(Qt::Key_F11);
    QVERIFY(!stage.window->isFullScreen());
    stage.key(Qt::Key_G, Qt::ControlModifier);
    QVERIFY(child<QWidget>(stage.window.get(), "palette")->isVisible());
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestActions)
#include "tst_actions.moc"
