// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/filesizelimit.h"
#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/textfile.h"
#include "tests/ui/support/windowstage.h"
#include "ui/core/theme.h"
#include "ui/shell/settingsform.h"
#include "ui/widgets/projectplaces.h"
#include "ui/widgets/rule.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLockFile>
#include <QScopeGuard>
#include <QScrollArea>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>

namespace console::test {

using namespace Qt::StringLiterals;

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrip();
    void hintsFollowTheSizeOfTheText();
    void unknownKeysAreKept();
    void brokenFileIsKeptAsideWithANotice();
    void newerFileIsOnlyRead();
    void olderFileIsConverted();
    void placesOfOneDataFileAreKept();
    void nothingWaitsForTheFile();
    void windowsDoNotUndoEachOther();
    void aFailedWriteIsToldOnce();
    void aFullDiskKeepsTheOldFile();
    void motionFollowsTheDesktopUntilItIsChosen();
    void pathsMoveIntoTheProject();
    void pathsStayAsLongAsThereIsNoProject();
    void unknownWordsMeanTheDefault();
    void dialogAppliesAtOnce();
    void highContrastHasThickLines();
    void editorPreset();
    void searchFindsThePage();
    void dataPageSaysWhereTheDataAre();
    void keysCanBeChangedAndConflictsShow();
    void everyPageFitsAtTheSmallestSize();
    void theDialogIsAsWideAsItsPages();
    void fieldsOfAllPagesBeginAlike();
    void pictures();
};

namespace {

QDialog *openDialog(WindowStage &stage, int page)
{
    stage.key(Qt::Key_Comma, Qt::ControlModifier);
    auto *dialog = child<QDialog>(stage.window.get(), "settingsDialog");
    auto *categories = child<QListWidget>(dialog, "settingsCategories");
    for (int step = 0; step < page; ++step)
        QTest::keyClick(categories, Qt::Key_Down);
    return dialog;
}

} // namespace

void TestSettings::roundTrip()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.ini"_s);
    {
        Settings settings(path);
        QVERIFY(settings.problem().isEmpty());
        QCOMPARE(settings.theme(), ThemeChoice::System);
        settings.setTheme(ThemeChoice::Dark);
        settings.setDensity(Density::Roomy);
        settings.setFontPercent(500);
        settings.setTimeStyle(TimeStyle::Utc);
        settings.setSingleKeys(false);
        settings.setReducesMotion(true);
        settings.setEditorCommand(u"kate {file}"_s);
        settings.setValue(u"runs/columns"_s, QByteArray("\x00\x01\xff", 3));
    }
    const Settings again(path);
    QCOMPARE(again.theme(), ThemeChoice::Dark);
    QCOMPARE(again.density(), Density::Roomy);
    QCOMPARE(again.fontPercent(), 200);
    QCOMPARE(again.timeStyle(), TimeStyle::Utc);
    QVERIFY(!again.hasSingleKeys());
    QVERIFY(again.reducesMotion());
    QCOMPARE(again.editorCommand(), u"kate {file}"_s);
    QCOMPARE(again.value(u"runs/columns"_s).toByteArray(), QByteArray("\x00\x01\xff", 3));
}

void TestSettings::unknownKeysAreKept()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.ini"_s);
    write(path, "version=1\n[future]\nthing=7\n");
    {
        Settings settings(path);
        settings.setTheme(ThemeChoice::Light);
    }
    QCOMPARE(QSettings(path, QSettings::IniFormat).value(u"future/thing"_s).toInt(), 7);
}

void TestSettings::brokenFileIsKeptAsideWithANotice()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.ini"_s);
    const QByteArray broken = "[look\ntheme=dark\nno equals sign here\n";
    write(path, broken);
    const Settings settings(path);
    QVERIFY(settings.problem().contains(path + u".broken"_s));
    QCOMPARE(settings.theme(), ThemeChoice::System);
    QFile copy(path + u".broken"_s);
    QVERIFY(copy.open(QIODevice::ReadOnly));
    QCOMPARE(copy.readAll(), broken);
}

void TestSettings::newerFileIsOnlyRead()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.ini"_s);
    const QByteArray newer = "[General]\nversion=99\n\n[look]\ntheme=dark\n";
    write(path, newer);
    {
        Settings settings(path);
        QVERIFY(!settings.problem().isEmpty());
        QCOMPARE(settings.theme(), ThemeChoice::Dark);
        settings.setTheme(ThemeChoice::Light);
        QCOMPARE(settings.theme(), ThemeChoice::Light); // in this window, but not in the file
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), newer);
}

/// Version 1 kept what was selected for whatever data file came next.
void TestSettings::olderFileIsConverted()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.ini"_s);
    write(path, "[General]\nversion=1\n\n[views]\nruns\\filter=dur:>2s\nruns\\subject=01J\n");
    {
        const Settings settings(path);
        QVERIFY(settings.problem().isEmpty());
        QCOMPARE(settings.value(u"views/runs/filter"_s).toString(), u"dur:>2s"_s);
        QVERIFY(!settings.value(u"views/runs/subject"_s).isValid());
    }
    QCOMPARE(QSettings(path, QSettings::IniFormat).value(u"version"_s).toInt(), 4);
}

/// Version 2 knew the places of one data file.
void TestSettings::placesOfOneDataFileAreKept()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.ini"_s);
    write(path, "[General]\nversion=2\n\n[places]\ndataFile=/home/dev/shop/redrive.db\n"
                "runs\\subject=@ByteArray(01J)\nwindows=@ByteArray({})\n");
    {
        Settings settings(path);
        const ProjectPlaces places(settings, u"/home/dev/shop/redrive.db"_s);
        QVERIFY(places.isKnown());
        QCOMPARE(places.value(u"runs/subject"_s).toByteArray(), "01J"_ba);
        QVERIFY(!ProjectPlaces(settings, u"/home/dev/mail/redrive.db"_s).isKnown());
        QVERIFY(!settings.value(u"places/dataFile"_s).isValid());
        QVERIFY(!settings.value(u"places/windows"_s).isValid());
    }
    // From which folder a relative one was meant, nobody knows.
    write(path, "[General]\nversion=2\n\n[places]\ndataFile=shop/redrive.db\n"
                "runs\\subject=@ByteArray(01J)\n");
    {
        Settings settings(path);
        QVERIFY(!settings.value(u"places/order"_s).isValid());
        QVERIFY(!settings.value(ProjectPlaces::groupOf(u"shop/redrive.db"_s) + u"/dataFile"_s)
                     .isValid());
        QVERIFY(!ProjectPlaces(settings, u"shop/redrive.db"_s).isKnown());
    }
    // Nothing of any: nothing is made up.
    write(path, "[General]\nversion=2\n");
    Settings settings(path);
    QVERIFY(!settings.value(u"places/order"_s).isValid());
}

/// Somebody else writes it, and takes long.
void TestSettings::nothingWaitsForTheFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.ini"_s);
    Settings settings(path);
    settings.write();
    const QByteArray before = contentOf(path);
    QVERIFY(!before.isEmpty());
    QLockFile lock(path + u".lock"_s);
    lock.setStaleLockTime(0);
    QVERIFY(lock.lock());
    settings.setTheme(ThemeChoice::Dark);
    QCoreApplication::processEvents(); // it is being written from now on
    ProjectPlaces places(settings, u"/home/dev/shop/redrive.db"_s);
    places.touch();
    places.setValue(u"runs/subject"_s, u"01J"_s);
    settings.setValue(u"runs/columns"_s, u"wide"_s);
    settings.remove(u"runs/columns"_s);
    QCOMPARE(settings.theme(), ThemeChoice::Dark);
    QCOMPARE(places.value(u"runs/subject"_s).toString(), u"01J"_s);
    QVERIFY(!settings.value(u"runs/columns"_s).isValid());
    QVERIFY(!settings.value(u"runs/never"_s).isValid());
    QCOMPARE(contentOf(path), before);
    lock.unlock();
    QTRY_VERIFY(contentOf(path).contains("theme=dark"));
    QTRY_VERIFY(contentOf(path).contains("subject=01J"));
    QVERIFY(!contentOf(path).contains("columns"));
}

void TestSettings::windowsDoNotUndoEachOther()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.ini"_s);
    const QString list = u"projects/recent"_s;
    Settings one(path);
    one.setValue(u"one/first"_s, 1);
    one.setValue(u"both"_s, false);
    one.setValue(u"gone"_s, 7);
    one.write();
    Settings other(path);
    one.setDensity(Density::Compact);
    one.prepend(list, u"one"_s);
    other.setTheme(ThemeChoice::Dark);
    other.setValue(u"both"_s, true);
    other.prepend(list, u"other"_s);
    other.remove(u"gone"_s);
    one.write();
    other.write();
    // What is as it was here is not written again.
    one.setValue(u"both"_s, false);
    one.setValue(u"one/later"_s, 2);
    one.write();
    {
        const Settings file(path);
        QCOMPARE(file.theme(), ThemeChoice::Dark);
        QCOMPARE(file.density(), Density::Compact);
        QVERIFY(file.value(u"both"_s).toBool());
        QCOMPARE(file.value(list).toStringList(), (QStringList{u"other"_s, u"one"_s}));
        QCOMPARE(file.value(u"one/first"_s).toInt(), 1);
        QCOMPARE(file.value(u"one/later"_s).toInt(), 2);
        QVERIFY(!file.value(u"gone"_s).isValid());
    }
    // And after it wrote a window knows what the other one did.
    QTRY_COMPARE(one.theme(), ThemeChoice::Dark);
    QVERIFY(one.value(u"both"_s).toBool());
    QVERIFY(!one.value(u"gone"_s).isValid());
    QCOMPARE(one.value(list).toStringList(), (QStringList{u"other"_s, u"one"_s}));
    QCOMPARE(one.density(), Density::Compact);
    QTRY_COMPARE(other.density(), Density::Compact);
}

void TestSettings::aFailedWriteIsToldOnce()
{
    const QString path = u"/etc/passwd/redrive/settings.ini"_s; // no folder
    WindowStage stage(path);
    fillScene(stage.backend);
    stage.open();
    const auto told = [&stage, &path] {
        int bars = 0;
        for (const auto *text : stage.window->findChildren<QLabel *>(u"infoBarText"_s))
            bars += text->text().contains(path) ? 1 : 0;
        return bars;
    };
    QTRY_COMPARE(told(), 1);
    QTest::mouseClick(child<QWidget>(stage.window.get(), "infoBarClose"), Qt::LeftButton);
    QTRY_COMPARE(told(), 0);
    stage.key(Qt::Key_B, Qt::ControlModifier);
    Settings &settings = stage.window->workspace().settings;
    settings.setTheme(ThemeChoice::Dark);
    settings.write();
    stage.settle();
    QCOMPARE(told(), 0);
    QCOMPARE(settings.theme(), ThemeChoice::Dark);
}

void TestSettings::aFullDiskKeepsTheOldFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.ini"_s);
    Settings settings(path);
    settings.setValue(u"runs/columns"_s, QString(2000, u'w'));
    settings.write();
    const QByteArray before = contentOf(path);
    QVERIFY(before.contains("columns=www"));
    QSignalSpy failed(&settings, &Settings::writeFailed);
    QSignalSpy recovered(&settings, &Settings::writeRecovered);
    {
        const devserver::test::FileSizeLimit limit(300); // the lock file has room
        settings.setTheme(ThemeChoice::Dark);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(contentOf(path), before);
    }
    QCOMPARE(recovered.size(), 0);
    QTRY_VERIFY(contentOf(path).contains("theme=dark")); // nobody changes anything
    QTRY_COMPARE(recovered.size(), 1);
    QVERIFY(contentOf(path).contains("columns=www"));
}

void TestSettings::motionFollowsTheDesktopUntilItIsChosen()
{
    Settings settings;
    QSignalSpy changed(&settings, &Settings::changed);
    settings.setMotionWish(true);
    QVERIFY(settings.reducesMotion());
    QCOMPARE(changed.size(), 1);
    settings.setReducesMotion(false);
    QVERIFY(!settings.reducesMotion());
    settings.resetMotion();
    QVERIFY(settings.reducesMotion());
}

void TestSettings::pathsMoveIntoTheProject()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.ini"_s);
    Settings(path).setValue(u"editor/paths"_s, QStringList{u"/app"_s, u"/home/dev/shop"_s});
    WindowStage stage(path);
    stage.backend.state.dataFile = folder.filePath(u"redrive.db"_s);
    stage.open();
    const std::vector<PathRewrite> moved{{.from = u"/app"_s, .to = u"/home/dev/shop"_s}};
    QCOMPARE(stage.window->workspace().paths.rules(), moved);
    const Settings &settings = stage.window->workspace().settings;
    QTRY_VERIFY(!settings.value(u"editor/paths"_s).isValid());
    stage.window->close();
    stage.window.reset();
    QVERIFY(QFile::exists(folder.filePath(u".redrive/paths.json"_s)));
    stage.open();
    QCOMPARE(stage.window->workspace().paths.rules(), moved);
    QVERIFY(!stage.window->workspace().settings.value(u"editor/paths"_s).isValid());
}

/// In memory, or when they cannot be written: they are in force, and still there the next time.
void TestSettings::pathsStayAsLongAsThereIsNoProject()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.ini"_s);
    const QStringList kept{u"/app"_s, u"/home/dev/shop"_s};
    Settings(path).setValue(u"editor/paths"_s, kept);
    const std::vector<PathRewrite> rules{{.from = u"/app"_s, .to = u"/home/dev/shop"_s}};
    for (const QString &dataFile : {QString(), u"/etc/passwd/redrive.db"_s}) {
        WindowStage stage(path);
        stage.backend.state.dataFile = dataFile;
        stage.open();
        QCOMPARE(stage.window->workspace().paths.rules(), rules);
        stage.window->workspace().paths.waitForWrites();
        stage.beat();
        stage.window->close();
        stage.window.reset();
        QCOMPARE(Settings(path).value(u"editor/paths"_s).toStringList(), kept);
    }
}

void TestSettings::unknownWordsMeanTheDefault()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.ini"_s);
    write(path, "[look]\ntheme=plaid\nfontPercent=9\n");
    const Settings settings(path);
    QCOMPARE(settings.theme(), ThemeChoice::System);
    QCOMPARE(settings.fontPercent(), 80);
}

void TestSettings::dialogAppliesAtOnce()
{
    WindowStage stage;
    stage.open();
    QDialog *dialog = openDialog(stage, 0);
    auto *theme = child<QComboBox>(dialog, "settingsTheme");
    QTest::keyClick(theme, Qt::Key_Down); // Light
    QTest::keyClick(theme, Qt::Key_Down); // Dark
    QVERIFY(stage.window->workspace().theme.isDark());
    QTest::keyClick(child<QCheckBox>(dialog, "settingsMotion"), Qt::Key_Space);
    QVERIFY(stage.window->workspace().settings.reducesMotion());
    QTest::mouseClick(child<QWidget>(dialog, "resetAppearance"), Qt::LeftButton);
    QVERIFY(!stage.window->workspace().theme.isDark());
    QVERIFY(!child<QCheckBox>(dialog, "settingsMotion")->isChecked());
}

void TestSettings::highContrastHasThickLines()
{
    WindowStage stage;
    fillScene(stage.backend);
    stage.open();
    QCOMPARE(lineWidth(QApplication::palette()), 1);
    stage.key(Qt::Key_4, Qt::ControlModifier);
    const auto *rule = child<QWidget>(child<QWidget>(stage.window.get(), "waitingView"), "rule");
    QTRY_COMPARE(rule->height(), 1);
    QDialog *dialog = openDialog(stage, 0);
    QTest::keyClick(child<QComboBox>(dialog, "settingsTheme"), Qt::Key_End);
    QCOMPARE(lineWidth(QApplication::palette()), 2);
    QCOMPARE(QApplication::palette().color(QPalette::Text), QColor(Qt::black));
    QTRY_COMPARE(rule->height(), 2);
    shoot(stage.window.get(), u"high_contrast"_s);
    shoot(dialog, u"settings_high_contrast"_s);
    QTest::mouseClick(child<QWidget>(dialog, "resetAppearance"), Qt::LeftButton);
    QTRY_COMPARE(rule->height(), 1);
}

void TestSettings::editorPreset()
{
    WindowStage stage;
    stage.open();
    QDialog *dialog = openDialog(stage, 2);
    for (const char *name : {"settingsEditor", "settingsLibraries"}) // no value of its own
        QVERIFY(child<QLineEdit>(dialog, name)->placeholderText().startsWith(u"for example: "_s));
    QTest::keyClick(child<QComboBox>(dialog, "settingsEditorPreset"), Qt::Key_Down);
    QCOMPARE(stage.window->workspace().settings.editorCommand(),
             u"code --goto {file}:{line}:{column}"_s);
    QTest::keyClicks(child<QLineEdit>(dialog, "settingsEditor"), u" x"_s);
    QVERIFY(stage.window->workspace().settings.editorCommand().endsWith(u" x"_s));
    QTest::keyClicks(child<QLineEdit>(dialog, "settingsLibraries"), u"vendor"_s);
    QCOMPARE(stage.window->workspace().settings.value(u"errors/libraries"_s).toString(),
             u"vendor"_s);
    QTest::mouseClick(child<QWidget>(dialog, "resetEditor"), Qt::LeftButton);
    QVERIFY(child<QLineEdit>(dialog, "settingsLibraries")->text().isEmpty());
    QVERIFY(stage.window->workspace().settings.value(u"errors/libraries"_s).toString().isEmpty());
}

void TestSettings::searchFindsThePage()
{
    WindowStage stage;
    stage.open();
    QDialog *dialog = openDialog(stage, 0);
    auto *categories = child<QListWidget>(dialog, "settingsCategories");
    QTest::keyClicks(child<QLineEdit>(dialog, "settingsSearch"), u"stack fra"_s);
    QCOMPARE(categories->currentItem()->text(), u"Editor"_s);
    QVERIFY(categories->item(0)->isHidden());
    QVERIFY(child<QLineEdit>(dialog, "settingsEditor")->isVisible());
    shoot(dialog, u"settings_search"_s);
    QTest::keyClick(child<QLineEdit>(dialog, "settingsSearch"), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(child<QLineEdit>(dialog, "settingsSearch"), u"confirmation"_s);
    QCOMPARE(categories->currentItem()->text(), u"Confirmations"_s);
}

void TestSettings::dataPageSaysWhereTheDataAre()
{
    WindowStage stage;
    stage.open();
    stage.backend.post(devserver::api::Counters{.dataBytes = 5 * 1024 * 1024});
    stage.beat();
    stage.backend.storage = {.events = 3 * 1024 * 1024, .calls = 1536 * 1024};
    stage.backend.holdReplies(true);
    QDialog *dialog = openDialog(stage, 3);
    QCOMPARE(child<QLineEdit>(dialog, "settingsDataFile")->text(), stage.backend.state.dataFile);
    QCOMPARE(child<QLabel>(dialog, "settingsDataSize")->text(), u"5.0 MiB"_s);
    // What takes up the space is counted by the server while the page is seen.
    QVERIFY(child<QLabel>(dialog, "settingsStorageNote")->text().startsWith(u"Counting"_s));
    stage.backend.releaseReplies();
    QTRY_COMPARE(child<QLabel>(dialog, "storageEvents")->text(), u"3.0 MiB"_s);
    QCOMPARE(child<QLabel>(dialog, "storageCalls")->text(), u"1.5 MiB"_s);
    QCOMPARE(child<QLabel>(dialog, "storageLetters")->accessibleName(), u"Dead letters: 0 B"_s);
    // And how much of the file that is, in words and as a bar.
    QCOMPARE(child<QLabel>(dialog, "storageEventsShare")->text(), u"67 %"_s);
    QCOMPARE(child<QLabel>(dialog, "storageCallsShare")->text(), u"33 %"_s);
    QCOMPARE(child<QLabel>(dialog, "storageLettersShare")->text(), u"0 %"_s);
    const auto filled = [&](const char *name) {
        auto *bar = child<QWidget>(dialog, name);
        const QImage image = bar->grab().toImage();
        const QColor colour = stage.window->workspace().theme.color(Token::Accent);
        int count = 0;
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, image.height() / 2) == colour ? 1 : 0;
        return 100 * count / image.width();
    };
    QVERIFY2(qAbs(filled("storageEventsBar") - 67) <= 2,
             qPrintable(QString::number(filled("storageEventsBar"))));
    QCOMPARE(filled("storageLettersBar"), 0);
    QVERIFY(!child<QLabel>(dialog, "settingsStorageNote")->isVisible());
    stage.backend.holdReplies(false);
    // Whoever leaves the page calls the next count off.
    stage.backend.holdReplies(true);
    auto *categories = child<QListWidget>(dialog, "settingsCategories");
    QTest::keyClick(categories, Qt::Key_Up);
    QTest::keyClick(categories, Qt::Key_Down);
    QTest::keyClick(categories, Qt::Key_Up);
    QCOMPARE(stage.backend.askedFor<devserver::api::StorageQuery>().size(), 2U);
    QTest::keyClick(categories, Qt::Key_Down);
    stage.backend.releaseReplies();
    stage.backend.holdReplies(false);
    stage.beat();
    shoot(dialog, u"settings_data"_s);
    QTest::mouseClick(child<QWidget>(dialog, "settingsDataFolder"), Qt::LeftButton);
    QCOMPARE(stage.desktop.opened.size(), 1);
    QVERIFY(stage.desktop.opened.front().isLocalFile());
}

void TestSettings::keysCanBeChangedAndConflictsShow()
{
    WindowStage stage;
    stage.open();
    QDialog *dialog = openDialog(stage, 1);
    auto *table = child<QTableView>(dialog, "shortcutTable");
    QTest::keyClicks(child<QLineEdit>(dialog, "shortcutSearch"), u"Full screen"_s);
    QCOMPARE(table->model()->rowCount(), 1);
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                      table->visualRect(table->model()->index(0, 1)).center());
    QTest::keyClick(table, Qt::Key_F2);
    QWidget *editor = QApplication::focusWidget();
    QVERIFY(qobject_cast<QLineEdit *>(editor) != nullptr);
    QTest::keyClicks(editor, u"Ctrl+K"_s);
    QTest::keyClick(editor, Qt::Key_Return);
    const QAction *action = stage.window->workspace().actions.action("view.fullScreen"_ba);
    QTRY_COMPARE(action->shortcut(), QKeySequence(u"Ctrl+K"_s));
    QCOMPARE(table->model()->index(0, 2).data().toString(), u"Also: Command palette…"_s);
    QTest::mouseClick(child<QWidget>(dialog, "resetKeyboard"), Qt::LeftButton);
    QTRY_COMPARE(action->shortcut(), QKeySequence(u"F11"_s));
    const QCheckBox *single = child<QCheckBox>(dialog, "settingsSingleKeys");
    QTest::keyClick(const_cast<QCheckBox *>(single), Qt::Key_Space);
    const QAction *retry = stage.window->workspace().actions.action("run.retryNow"_ba);
    QTRY_VERIFY(retry->shortcuts().isEmpty());
}

void TestSettings::everyPageFitsAtTheSmallestSize()
{
    WindowStage stage;
    stage.open();
    stage.backend.storage = {.events = 3 * 1024 * 1024, .calls = 1536 * 1024};
    QDialog *dialog = openDialog(stage, 0);
    auto *categories = child<QListWidget>(dialog, "settingsCategories");
    const QSize usual = dialog->size();
    QVERIFY(categories->count() >= 5);
    for (int page = 0; page < categories->count(); ++page) {
        for (const QSize size : {usual, QSize(1, 1)}) {
            dialog->resize(size); // not below what its layout needs
            stage.beat();
            const QString name = categories->item(page)->text().toLower();
            QTRY_VERIFY2(a11yFindings(dialog).isEmpty(),
                         qPrintable(name + u'\n' + a11yFindings(dialog).join(u'\n')));
            QVERIFY2(cutOffFindings(dialog).isEmpty(),
                     qPrintable(name + u'\n' + cutOffFindings(dialog).join(u'\n')));
            shoot(dialog, u"settings_%1_%2"_s.arg(name).arg(dialog->width()));
        }
        QTest::keyClick(categories, Qt::Key_Down);
    }
}

/// Letters of some fonts are wider than their figures say (DejaVu Sans).
void TestSettings::theDialogIsAsWideAsItsPages()
{
    const auto restore =
        qScopeGuard([before = QApplication::font()] { QApplication::setFont(before); });
    QFont font = QApplication::font();
    font.setLetterSpacing(QFont::AbsoluteSpacing, 2.5);
    QApplication::setFont(font);
    WindowStage stage;
    stage.open();
    stage.backend.storage = {.events = 1023 * 1024, .calls = 1023LL * 1024 * 1024};
    QDialog *dialog = openDialog(stage, 3);
    QTRY_VERIFY(dialog->findChild<QLabel *>(u"storageCalls"_s) != nullptr);
    auto *categories = child<QListWidget>(dialog, "settingsCategories");
    const QSize usual = dialog->size();
    for (const QSize size : {usual, QSize(1, 1)}) {
        dialog->resize(size); // not below its least
        for (int page = 0; page < categories->count(); ++page) {
            QTest::keyClick(categories, page == 0 ? Qt::Key_Home : Qt::Key_Down);
            stage.beat();
            const QString name = categories->item(page)->text().toLower();
            for (const QScrollArea *area : dialog->findChildren<QScrollArea *>()) {
                if (area->isVisible())
                    QTRY_VERIFY2(area->horizontalScrollBar()->maximum() == 0, qPrintable(name));
            }
            shoot(dialog, u"settings_wide_%1_%2"_s.arg(name).arg(dialog->width()));
        }
    }
}

void TestSettings::fieldsOfAllPagesBeginAlike()
{
    WindowStage stage;
    stage.open();
    QDialog *dialog = openDialog(stage, 0);
    const auto leftOf = [dialog](const char *name) {
        return child<QWidget>(dialog, name)->mapTo(dialog, QPoint()).x();
    };
    const int left = leftOf("settingsTheme");
    auto *categories = child<QListWidget>(dialog, "settingsCategories");
    QTest::keyClick(categories, Qt::Key_Down);
    QTest::keyClick(categories, Qt::Key_Down);
    QTRY_COMPARE(leftOf("settingsEditor"), left);
    QTest::keyClick(categories, Qt::Key_Down);
    QTRY_COMPARE(leftOf("settingsDataFile"), left);
    QCOMPARE(leftOf("settingsStorage"), left);
    QCOMPARE(leftOf("settingsDataSize"), left);
}

void TestSettings::pictures()
{
    WindowStage stage;
    stage.open();
    QDialog *dialog = openDialog(stage, 0);
    shoot(dialog, u"settings_appearance"_s);
    QVERIFY2(a11yFindings(dialog).isEmpty(), qPrintable(a11yFindings(dialog).join(u"\n"_s)));
    QTest::keyClick(child<QListWidget>(dialog, "settingsCategories"), Qt::Key_Down);
    shoot(dialog, u"settings_keyboard"_s);
    QVERIFY2(a11yFindings(dialog).isEmpty(), qPrintable(a11yFindings(dialog).join(u"\n"_s)));
    QTest::keyClick(child<QListWidget>(dialog, "settingsCategories"), Qt::Key_Down);
    shoot(dialog, u"settings_editor"_s);
    QVERIFY2(a11yFindings(dialog).isEmpty(), qPrintable(a11yFindings(dialog).join(u"\n"_s)));
}

/// Lines with code are as high as the font of now wants, also a smaller one.
void TestSettings::hintsFollowTheSizeOfTheText()
{
    QWidget page;
    QLabel *hint = makeHint(u"Start it with --signing-key"_s, &page);
    const QFont usual = hint->font();
    const int height = hint->sizeHint().height();
    QFont large = usual;
    large.setPointSizeF(usual.pointSizeF() * 2);
    hint->setFont(large);
    QVERIFY(hint->sizeHint().height() > height);
    hint->setFont(usual);
    QCOMPARE(hint->sizeHint().height(), height);
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestSettings)
#include "tst_settings.moc"
