// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/filesizelimit.h"
#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/windowstage.h"
#include "ui/core/filterparser.h"
#include "ui/core/savedviews.h"
#include "ui/widgets/filteredit.h"

#include <QAbstractButton>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QSignalSpy>
#include <QTemporaryDir>

namespace console::test {

using namespace Qt::StringLiterals;

/// Filter lines with a name: kept, listed, renamed and removed, by mouse and keys (ui.md §17).
class TestSavedViews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void presetsAreValidFilters();
    void keptInAReadableFile();
    void brokenFileIsLeftAsItIs();
    void aFullDiskIsToldByTheWindow();
    void savedWithAKeyAndListedEverywhere();
    void menuShowsAView();
    void columnsComeBack();
    void renamedRemovedAndUndone();
    void asksBeforeANameIsLost();
    void chipsAtTheFilterLine();
    void theRestIsReachedFromTheRail();
    void thereAreEightChipsAtMost();
    void nothingIsLeftBehind();
};

namespace {

/// A window over a data file in a folder of its own, on Runs.
struct Stage : WindowStage {
    Q_DISABLE_COPY_MOVE(Stage)

    ~Stage() { window.reset(); } // before its folder, which it would make again

    Stage()
    {
        fillScene(backend);
        backend.state.dataFile = folder.filePath(u"redrive.db"_s);
        open();
        key(Qt::Key_1, Qt::ControlModifier);
        edit = qobject_cast<FilterEdit *>(window->currentView()->filterLine());
    }

    void type(const QString &filter)
    {
        key(Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(edit, filter);
        QTest::keyClick(edit, Qt::Key_Return);
        beat();
    }

    void saveAs(const QString &name)
    {
        key(Qt::Key_D, Qt::ControlModifier);
        auto *dialog = child<QWidget>(window.get(), "saveViewDialog");
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        auto *line = child<QLineEdit>(dialog, "saveViewName");
        const auto *note = child<QLabel>(dialog, "saveViewNote");
        QVERIFY2(!note->text().contains(u"this menu"_s), qPrintable(note->text())); // none is there
        QVERIFY(child<QWidget>(dialog, "saveViewCancel")->x()
                < child<QWidget>(dialog, "saveViewSave")->x());
        QTest::keyClicks(line, name); // over the proposal, which is selected
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY(window->findChild<QWidget *>(u"saveViewDialog"_s) == nullptr);
        window->activateWindow(); // the platform of the tests does not
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
    }

    [[nodiscard]] SavedViews &views() const { return window->workspace().savedViews; }

    QTemporaryDir folder;
    FilterEdit *edit = nullptr;
};

} // namespace

void TestSavedViews::presetsAreValidFilters()
{
    devserver::test::FakeBackend backend;
    QVERIFY(SavedViews::presets().size() > 1U);
    for (const SavedView &preset : SavedViews::presets()) {
        const FilterSubject subject = preset.view == "runs"     ? FilterSubject::Runs
                                      : preset.view == "events" ? FilterSubject::Events
                                                                : FilterSubject::Letters;
        const ParsedFilter parsed = parseFilter(preset.filter, backend.now(), subject);
        QVERIFY2(!parsed.error, qPrintable(preset.name));
    }
}

void TestSavedViews::keptInAReadableFile()
{
    QTemporaryDir folder;
    const QString path = SavedViews::fileBeside(folder.filePath(u"redrive.db"_s));
    {
        SavedViews views;
        views.setFile(path);
        views.save({.name = u"Slow ones"_s, .view = "runs"_ba, .filter = u"dur:>2s"_s});
        views.save({.name = u"Slow ones"_s, .view = "runs"_ba, .filter = u"dur:>9s"_s});
        QVERIFY(!views.rename("runs"_ba, u"Slow ones"_s, u" "_s));
        QVERIFY(views.rename("runs"_ba, u"Slow ones"_s, u"Very slow"_s));
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    const QJsonObject kept = root["views"_L1].toArray().first().toObject();
    QCOMPARE(kept["name"_L1].toString(), u"Very slow"_s);
    QCOMPARE(kept["filter"_L1].toString(), u"dur:>9s"_s);
    root.insert("later"_L1, 5); // of a newer version
    file.resize(0);
    file.write(QJsonDocument(root).toJson());
    file.close();
    {
        SavedViews views;
        views.setFile(path);
        QCOMPARE(views.own("runs"_ba).size(), std::size_t(1));
        QCOMPARE(views.withFilter("runs"_ba, u"dur:>9s"_s)->name, u"Very slow"_s);
        views.remove("runs"_ba, u"Very slow"_s);
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    root = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(root["views"_L1].toArray().size(), 0);
    QCOMPARE(root["later"_L1].toInt(), 5);
}

void TestSavedViews::brokenFileIsLeftAsItIs()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"views.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{ views: oops");
    file.close();
    SavedViews views;
    QSignalSpy problem(&views, &SavedViews::problem);
    views.setFile(file.fileName());
    QCOMPARE(problem.size(), 1);
    views.save({.name = u"New"_s, .view = "runs"_ba, .filter = u"is:live"_s});
    views.waitForWrites();
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "{ views: oops"_ba);
}

void TestSavedViews::aFullDiskIsToldByTheWindow()
{
    Stage ui;
    ui.type(u"state:failed"_s);
    ui.saveAs(u"Broken"_s);
    const QString path = SavedViews::fileBeside(ui.backend.state.dataFile);
    const auto content = [&path] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QTRY_VERIFY(content().contains("Broken"));
    const QByteArray before = content();
    devserver::api::ServerState state = ui.backend.state;
    const auto told = [&ui] {
        int bars = 0;
        for (const auto *text : ui.window->findChildren<QLabel *>(u"infoBarText"_s))
            bars += text->text().contains(u"views.json could not be kept: the disk is full"_s);
        return bars;
    };
    {
        const devserver::test::FileSizeLimit limit(64);
        ui.type(u"dur:>9s"_s);
        ui.saveAs(u"Slow ones"_s);
        QTRY_COMPARE(told(), 1);
        QCOMPARE(content(), before);
        state.pause = devserver::Error{devserver::ErrorCode::StoreFull, u"the disk is full"_s};
        ui.backend.setState(state);
        ui.settle();
    }
    state.pause.reset();
    ui.backend.setState(state);
    constexpr int atOnce = 1000; // ms: before it is tried again anyway
    QTRY_VERIFY_WITH_TIMEOUT(content().contains("Slow ones"), atOnce);
    QVERIFY(content().contains("Broken"));
    QTRY_COMPARE(told(), 0);
}

void TestSavedViews::savedWithAKeyAndListedEverywhere()
{
    Stage stage;
    stage.key(Qt::Key_D, Qt::ControlModifier); // nothing to save yet
    QVERIFY(stage.window->findChild<QWidget *>(u"saveViewDialog"_s) == nullptr);
    stage.type(u"state:dead"_s);
    stage.saveAs(u"Graveyard"_s);
    QCOMPARE(stage.views().own("runs"_ba).size(), std::size_t(1));
    // In the navigation: a click shows it again.
    stage.key(Qt::Key_6, Qt::ControlModifier);
    auto *entry = child<QAbstractButton>(stage.window.get(), "navSaved0");
    QCOMPARE(entry->text(), u"Graveyard"_s);
    QCOMPARE(a11yFindings(stage.window.get()), QStringList());
    shoot(stage.window.get(), u"saved_views_rail"_s);
    QTest::mouseClick(entry, Qt::LeftButton);
    QCOMPARE(stage.currentView(), u"runsView"_s);
    QCOMPARE(stage.edit->text(), u"state:dead"_s);
    // In the palette.
    stage.key(Qt::Key_6, Qt::ControlModifier);
    stage.key(Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"*grave"_s);
    shoot(stage.window.get(), u"saved_views_palette"_s);
    stage.key(Qt::Key_Return);
    QTRY_COMPARE(stage.currentView(), u"runsView"_s);
    QCOMPARE(stage.edit->text(), u"state:dead"_s);
    // Without labels there is no room for names.
    stage.key(Qt::Key_B, Qt::ControlModifier);
    QVERIFY(!child<QWidget>(stage.window.get(), "navSaved0")->isVisible());
}

void TestSavedViews::menuShowsAView()
{
    Stage stage;
    stage.key(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    auto *menu = child<QMenu>(stage.window.get(), "savedViewsMenu");
    QTRY_COMPARE(QApplication::activePopupWidget(), menu);
    shoot(menu, u"saved_views_menu"_s);
    QStringList texts;
    for (const QAction *action : menu->actions())
        texts.append(action->text());
    QVERIFY(texts.contains(u"In flight"_s));
    while (menu->activeAction() == nullptr || menu->activeAction()->text() != u"Failed today"_s)
        QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    stage.beat();
    QCOMPARE(stage.edit->text(), u"state:failed since:today"_s);
}

void TestSavedViews::columnsComeBack()
{
    Stage stage;
    stage.type(u"state:dead"_s);
    stage.saveAs(u"Graveyard"_s);
    const QJsonObject before =
        QJsonDocument::fromJson(stage.window->currentView()->saveState()).object();
    QVERIFY(stage.views().own().front().look.contains("columns"_L1));
    QVERIFY(!stage.views().own().front().look.contains("splitter"_L1));
    SavedView other = stage.views().own().front();
    other.look.insert("sort"_L1, 1);
    const bool isDescending = stage.window->currentView()->saveRows()["descending"_L1].toBool();
    QCOMPARE(other.look["descending"_L1].toBool(!isDescending), isDescending);
    other.look.insert("descending"_L1, !isDescending);
    stage.views().save(other);
    QTest::mouseClick(child<QWidget>(stage.window.get(), "navSaved0"), Qt::LeftButton);
    stage.beat();
    const QJsonObject after =
        QJsonDocument::fromJson(stage.window->currentView()->saveState()).object();
    const QJsonObject rows = stage.window->currentView()->saveRows();
    QCOMPARE(rows["sort"_L1].toInt(), 1);
    QCOMPARE(rows["descending"_L1].toBool(), !isDescending);
    QCOMPARE(after["splitter"_L1].toString(), before["splitter"_L1].toString());
}

void TestSavedViews::renamedRemovedAndUndone()
{
    Stage stage;
    stage.type(u"state:dead"_s);
    stage.saveAs(u"Graveyard"_s);
    stage.key(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    auto *menu = child<QMenu>(stage.window.get(), "savedViewsMenu");
    QTRY_COMPARE(QApplication::activePopupWidget(), menu);
    QTest::keyClick(menu, Qt::Key_Up); // the last one
    QTest::keyClick(menu, Qt::Key_Return);
    auto *dialog = child<QWidget>(stage.window.get(), "savedViewsDialog");
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    QCOMPARE(a11yFindings(dialog), QStringList());
    shoot(dialog, u"saved_views_dialog"_s);
    auto *list = child<QListWidget>(dialog, "savedViewsList");
    QTest::keyClick(list, Qt::Key_F2);
    QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()) != nullptr);
    QTest::keyClicks(QApplication::focusWidget(), u"Crypt"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(stage.views().own().front().name, u"Crypt"_s);
    QTRY_COMPARE(list->item(0)->text(), u"Crypt"_s);
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Delete);
    QTRY_COMPARE(list->count(), 0);
    QVERIFY(stage.views().own().empty());
    QTest::mouseClick(child<QWidget>(dialog, "savedViewsUndo"), Qt::LeftButton);
    QTRY_COMPARE(list->count(), 1);
    QCOMPARE(stage.views().own().front().name, u"Crypt"_s);
    QTest::keyClick(dialog, Qt::Key_Escape);
}

void TestSavedViews::chipsAtTheFilterLine()
{
    Stage stage;
    QVERIFY(stage.window->findChild<QWidget *>(u"runsFilterSaved0"_s) == nullptr);
    stage.type(u"state:dead"_s);
    stage.saveAs(u"Graveyard"_s);
    auto *chip = child<QAbstractButton>(stage.window.get(), "runsFilterSaved0");
    QCOMPARE(chip->accessibleName(), u"Graveyard"_s);
    QVERIFY(chip->isVisible());
    QVERIFY(chip->isChecked());
    shoot(stage.window.get(), u"saved_views_chip"_s);
    QTest::mouseClick(chip, Qt::LeftButton); // a second time: none
    stage.beat();
    QCOMPARE(stage.edit->text(), QString());
    QVERIFY(!chip->isChecked());
    QTest::mouseClick(chip, Qt::LeftButton);
    stage.beat();
    QCOMPARE(stage.edit->text(), u"state:dead"_s);
    QVERIFY(chip->isChecked());
    QCOMPARE(a11yFindings(chip->parentWidget()), QStringList());
}

/// Six names stand in the rail, the others in a menu.
void TestSavedViews::theRestIsReachedFromTheRail()
{
    Stage stage;
    for (int number = 1; number <= 8; ++number)
        stage.views().save({.name = u"View %1"_s.arg(number),
                            .view = "runs"_ba,
                            .filter = u"dur:>%1s"_s.arg(number)});
    stage.beat();
    QVERIFY(stage.window->findChild<QWidget *>(u"navSaved6"_s) == nullptr);
    auto *more = child<QAbstractButton>(stage.window.get(), "navSavedMore");
    QCOMPARE(more->text(), u"2 more…"_s);
    QVERIFY(more->y() > child<QWidget>(stage.window.get(), "navSaved5")->y());
    shoot(stage.window.get(), u"saved_views_more"_s);
    QTest::mouseClick(more, Qt::LeftButton);
    auto *menu = child<QMenu>(stage.window.get(), "navSavedMenu");
    QTRY_COMPARE(QApplication::activePopupWidget(), menu);
    QCOMPARE(menu->actions().size(), 2);
    QTest::keyClick(menu, Qt::Key_Up); // the last one
    QTest::keyClick(menu, Qt::Key_Return);
    stage.beat();
    QCOMPARE(stage.edit->text(), u"dur:>8s"_s);
}

void TestSavedViews::thereAreEightChipsAtMost()
{
    Stage stage;
    for (int number = 1; number <= 9; ++number)
        stage.views().save({.name = u"View %1"_s.arg(number),
                            .view = "runs"_ba,
                            .filter = u"dur:>%1s"_s.arg(number)});
    QCOMPARE(stage.views().pinned("runs"_ba).size(), std::size_t{8});
    stage.key(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    auto *menu = child<QMenu>(stage.window.get(), "savedViewsMenu");
    QTRY_COMPARE(QApplication::activePopupWidget(), menu);
    QTest::keyClick(menu, Qt::Key_Up); // the last one
    QTest::keyClick(menu, Qt::Key_Return);
    auto *dialog = child<QWidget>(stage.window.get(), "savedViewsDialog");
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    auto *list = child<QListWidget>(dialog, "savedViewsList");
    const auto *full = child<QLabel>(dialog, "savedViewsFull");
    QCOMPARE(list->item(8)->checkState(), Qt::Unchecked);
    QTest::keyClick(list, Qt::Key_End);
    QTest::keyClick(list, Qt::Key_Space);
    QCOMPARE(list->item(8)->checkState(), Qt::Unchecked);
    QVERIFY(full->isVisible());
    shoot(dialog, u"saved_views_full"_s);
    QTest::keyClick(list, Qt::Key_Home);
    QTest::keyClick(list, Qt::Key_Space);
    QTRY_COMPARE(stage.views().pinned("runs"_ba).size(), std::size_t{7});
    QVERIFY(!full->isVisible());
    QCoreApplication::processEvents(); // the list is filled again after a change
    QTest::keyClick(list, Qt::Key_End);
    QTest::keyClick(list, Qt::Key_Space);
    QTRY_COMPARE(stage.views().pinned("runs"_ba).size(), std::size_t{8});
    QCOMPARE(stage.views().pinned("runs"_ba).back().name, u"View 9"_s);
    QTest::keyClick(dialog, Qt::Key_Escape);
    // Kept in the file.
    SavedViews again;
    stage.views().waitForWrites();
    again.setFile(SavedViews::fileBeside(stage.backend.state.dataFile));
    QCOMPARE(again.pinned("runs"_ba).size(), std::size_t{8});
    QVERIFY(!again.own("runs"_ba).front().isPinned);
}

void TestSavedViews::asksBeforeANameIsLost()
{
    Stage stage;
    stage.type(u"state:dead"_s);
    const auto open = [&stage] {
        stage.key(Qt::Key_D, Qt::ControlModifier);
        auto *dialog = child<QWidget>(stage.window.get(), "saveViewDialog");
        return dialog;
    };
    const auto isGone = [&stage] {
        return stage.window->findChild<QWidget *>(u"saveViewDialog"_s) == nullptr;
    };
    QWidget *dialog = open();
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    QTest::keyClick(dialog, Qt::Key_Escape); // the proposal is nobody's work
    QTRY_VERIFY(isGone());
    QVERIFY(stage.window->findChild<QMessageBox *>() == nullptr);

    stage.window->activateWindow(); // the platform of the tests does not
    QVERIFY(QTest::qWaitForWindowActive(stage.window.get()));
    dialog = open();
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    QTest::keyClicks(child<QLineEdit>(dialog, "saveViewName"), u"Graveyard"_s);
    QTest::keyClick(dialog, Qt::Key_Escape);
    auto *question = child<QMessageBox>(dialog, "discardQuestion");
    QVERIFY(QTest::qWaitForWindowActive(question));
    QTest::mouseClick(child<QWidget>(question, "discardAccept"), Qt::LeftButton);
    QTRY_VERIFY(isGone());
    QVERIFY(stage.views().own().empty());
}

/// Of a test like these: closing, a window writes once more.
void TestSavedViews::nothingIsLeftBehind()
{
    QString path;
    {
        const Stage stage;
        path = stage.folder.path();
    }
    QVERIFY(!path.isEmpty() && !QFile::exists(path));
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestSavedViews)
#include "tst_savedviews.moc"
