// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/arrangewindow.h"
#include "tests/ui/support/windowstage.h"
#include "ui/shell/cleardialog.h"
#include "ui/shell/runwindow.h"
#include "ui/shell/windowkeeper.h"

#include <QAccessible>
#include <QDialog>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QKeySequence>
#include <QLabel>
#include <QLineEdit>
#include <QLockFile>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QRadioButton>
#include <QTemporaryDir>

#include <functional>

namespace console::test {

using namespace Qt::StringLiterals;
using devserver::ErrorCode;
using devserver::api::ClearScope;
using devserver::api::ServerPhase;

/// File › Clear data: the question, what it leads to, and the window afterwards (ui.md §6.3, §25).
class TestClearing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nameHasToBeTyped();
    void nameIsTheProjects_data();
    void nameIsTheProjects();
    void enterClearsOnceTheNameIsRight();
    void cancels_data();
    void cancels();
    void choiceReachesTheServer_data();
    void choiceReachesTheServer();
    void runsThatEndAreNamed_data();
    void runsThatEndAreNamed();
    void sizesAreSaid();
    void unknownSizeIsSaid();
    void reasonWhyNot_data();
    void reasonWhyNot();
    void serverThatStopsMeanwhile();
    void settingsLeadThere();
    void failureIsSaidAndTheServerStarts();
    void anotherWindowTakesOver_data();
    void anotherWindowTakesOver();
    void anotherWindowLooksTheSame_data();
    void anotherWindowLooksTheSame();
    void filtersStay();
    void nothingWaitsForTheSettings();
    void placesOfViewsNotShownAreForgotten();
    void windowThatClosesMeanwhileForgetsItsPlaces();
};

namespace {

void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
{
    QWidget *focus = QApplication::activePopupWidget(); // it has the keyboard
    QTest::keyClick(focus == nullptr ? QApplication::focusWidget() : focus, key, modifiers);
}

/// By the menu, as people do.
void askIn(MainWindow *window, const std::function<void()> &beat)
{
    key(Qt::Key_F, Qt::AltModifier);
    const auto *menu = child<QMenu>(window, "menuFile");
    QTRY_VERIFY(menu->isVisible());
    for (int step = 0; step < 30; ++step) {
        const QAction *active = menu->activeAction();
        if (active != nullptr && active->objectName() == u"project.clear"_s)
            break;
        key(Qt::Key_Down);
    }
    key(Qt::Key_Return);
    QTRY_VERIFY(window->findChild<ClearDialog *>() != nullptr);
    QVERIFY(QTest::qWaitForWindowActive(window->findChild<ClearDialog *>()));
    beat();
}

/// A project with some data.
struct Shop {
    QTemporaryDir folder;
    WindowStage stage{folder.filePath(u"settings.ini"_s)};

    explicit Shop(const devserver::api::Counters &counters = {.all = 1204,
                                                              .dead = 12,
                                                              .events = 3010},
                  const QString &file = u"shop/redrive.db"_s)
    {
        stage.backend.state.dataFile = folder.filePath(file);
        QDir().mkpath(QFileInfo(stage.backend.state.dataFile).path());
        stage.backend.runs = {runRow(2), runRow(1)};
        stage.backend.post(counters);
    }

    [[nodiscard]] MainWindow *window() const { return stage.window.get(); }

    [[nodiscard]] ClearDialog *dialog() const { return window()->findChild<ClearDialog *>(); }

    template<typename T>
    [[nodiscard]] T *part(const char *name) const
    {
        return child<T>(dialog(), name);
    }

    void ask()
    {
        if (!stage.window) {
            stage.open();
            stage.settle();
        }
        askIn(window(), [this] { stage.beat(); });
    }

    /// Types the name and presses the button.
    void confirm()
    {
        QTest::keyClicks(part<QLineEdit>("clearName"), u"shop"_s);
        QTest::mouseClick(part<QPushButton>("clearGo"), Qt::LeftButton);
        QTRY_VERIFY(dialog() == nullptr);
    }
};

/// The program of a shop.
struct Program {
    Shop &shop;
    WindowKeeper keeper{shop.stage.backend, shop.stage.options, shop.stage.desktop};

    [[nodiscard]] MainWindow &window() const { return keeper.window(); }

    void beat() const
    {
        QCoreApplication::processEvents();
        window().workspace().clock.beat();
        QCoreApplication::processEvents();
    }

    void settle() const
    {
        test::settle(&window(), [this] { beat(); });
    }

    void show() const
    {
        window().show();
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        settle();
    }

    void ask() const
    {
        askIn(&window(), [this] { beat(); });
    }

    /// Until the other window has taken over.
    void confirm() const
    {
        const QPointer<MainWindow> old = &window();
        auto *dialog = window().findChild<ClearDialog *>();
        QVERIFY(dialog != nullptr);
        QTest::keyClicks(child<QLineEdit>(dialog, "clearName"), u"shop"_s);
        QTest::mouseClick(child<QPushButton>(dialog, "clearGo"), Qt::LeftButton);
        QTRY_VERIFY(old.isNull());
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        settle();
    }
};

QString barOf(const MainWindow &window)
{
    const auto *text = window.findChild<QLabel *>(u"infoBarText"_s);
    return text == nullptr ? QString() : text->text();
}

} // namespace

void TestClearing::nameHasToBeTyped()
{
    Shop shop;
    shop.ask();
    QCOMPARE(shop.dialog()->windowTitle(), u"Clear data of shop"_s);
    const auto *go = shop.part<QPushButton>("clearGo");
    auto *name = shop.part<QLineEdit>("clearName");
    QVERIFY(name->hasFocus());
    QCOMPARE(go->text(), u"Clear runs and events"_s);
    QVERIFY(!go->isEnabled());
    QCOMPARE(go->toolTip(), u"Type the name of the project first"_s);
    QCOMPARE(a11yFindings(shop.dialog()), QStringList());
    shoot(shop.dialog(), u"clear_dialog"_s);
    QTest::keyClicks(name, u"sho"_s);
    QVERIFY(!go->isEnabled());
    QTest::keyClicks(name, u"p"_s);
    QVERIFY(go->isEnabled());
    QCOMPARE(go->toolTip(), QString());
    QTest::keyClicks(name, u"s"_s);
    QVERIFY(!go->isEnabled());
    QVERIFY(shop.stage.backend.cleared.empty());
}

void TestClearing::nameIsTheProjects_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("name");
    QTest::newRow("with a &") << u"R&D/redrive.db"_s << u"R&D"_s;
    QTest::newRow("with spaces") << u" my  shop /redrive.db"_s << u"my shop"_s;
    QTest::newRow("of nothing but an ending") << u"shop/.db"_s << u".db"_s;
}

void TestClearing::nameIsTheProjects()
{
    QFETCH(const QString, file);
    QFETCH(const QString, name);
    Shop shop({}, file);
    shop.ask();
    const QString words = u"To confirm, type the name of the project: "_s + name;
    const auto *label = shop.part<QLabel>("clearNameLabel");
    QCOMPARE(QAccessible::queryAccessibleInterface(shop.part<QWidget>("clearNameLabel"))
                 ->text(QAccessible::Name),
             words);
    QVERIFY2(QKeySequence::mnemonic(label->text()).isEmpty(), qPrintable(label->text()));
    auto *line = shop.part<QLineEdit>("clearName");
    QCOMPARE(line->accessibleDescription(), words);
    const auto *go = shop.part<QPushButton>("clearGo");
    QVERIFY(!go->isEnabled());
    QTest::keyClicks(line, name);
    QVERIFY(go->isEnabled());
}

void TestClearing::enterClearsOnceTheNameIsRight()
{
    Shop shop;
    shop.ask();
    auto *name = shop.part<QLineEdit>("clearName");
    for (const QString &letters : {QString(), u"sho"_s}) {
        QTest::keyClicks(name, letters);
        QTest::keyClick(name, Qt::Key_Return);
        QTest::keyClick(shop.part<QRadioButton>("clearHistory"), Qt::Key_Return);
        QVERIFY(shop.dialog() != nullptr && shop.dialog()->isVisible());
    }
    QVERIFY(shop.stage.backend.cleared.empty());
    QTest::keyClicks(name, u"p"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(shop.stage.backend.cleared.size(), std::size_t(1));
    QTRY_VERIFY(shop.dialog() == nullptr);
}

void TestClearing::cancels_data()
{
    QTest::addColumn<QString>("where");
    QTest::addColumn<Qt::Key>("pressed");
    QTest::newRow("Esc") << u"clearName"_s << Qt::Key_Escape;
    QTest::newRow("Enter on Cancel") << u"clearCancel"_s << Qt::Key_Return;
    QTest::newRow("Space on Cancel") << u"clearCancel"_s << Qt::Key_Space;
}

void TestClearing::cancels()
{
    QFETCH(const QString, where);
    QFETCH(const Qt::Key, pressed);
    Shop shop;
    shop.ask();
    QTest::keyClicks(shop.part<QLineEdit>("clearName"), u"shop"_s);
    for (int step = 0; step < 6 && shop.dialog()->focusWidget()->objectName() != where; ++step)
        QTest::keyClick(shop.dialog()->focusWidget(), Qt::Key_Tab);
    QCOMPARE(shop.dialog()->focusWidget()->objectName(), where);
    QTest::keyClick(shop.dialog()->focusWidget(), pressed);
    QTRY_VERIFY(shop.dialog() == nullptr);
    QVERIFY(shop.stage.backend.cleared.empty());
    QCOMPARE(barOf(*shop.window()), QString());
}

void TestClearing::choiceReachesTheServer_data()
{
    QTest::addColumn<bool>("isEverything");
    QTest::addColumn<QString>("words");
    QTest::newRow("history") << false << u"Clear runs and events"_s;
    QTest::newRow("everything") << true << u"Clear everything"_s;
}

void TestClearing::choiceReachesTheServer()
{
    QFETCH(const bool, isEverything);
    QFETCH(const QString, words);
    Shop shop;
    shop.ask();
    auto *history = shop.part<QRadioButton>("clearHistory");
    QVERIFY(history->isChecked());
    if (isEverything) {
        history->setFocus();
        QTest::keyClick(history, Qt::Key_Down);
        QVERIFY(shop.part<QRadioButton>("clearEverything")->isChecked());
    }
    QTest::keyClicks(shop.part<QLineEdit>("clearName"), u"shop"_s);
    auto *go = shop.part<QPushButton>("clearGo");
    QCOMPARE(go->text(), words);
    go->setFocus();
    QTest::keyClick(go, Qt::Key_Space);
    QTRY_COMPARE(shop.stage.backend.cleared.size(), std::size_t(1));
    QCOMPARE(shop.stage.backend.cleared.front(),
             isEverything ? ClearScope::Everything : ClearScope::History);
}

void TestClearing::runsThatEndAreNamed_data()
{
    QTest::addColumn<qint64>("running");
    QTest::addColumn<qint64>("queued");
    QTest::addColumn<qint64>("waiting");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, int running, int queued, int waiting,
                        const QString &words) {
        QTest::newRow(name) << qint64(running) << qint64(queued) << qint64(waiting) << words;
    };
    row("none", 0, 0, 0, {});
    row("one", 1, 0, 0, u"1 run is under way: it ends here, unfinished."_s);
    row("queued, too", 1, 2, 0, u"3 runs are under way: they end here, unfinished."_s);
    row("one waits", 0, 0, 1, u"1 run is waiting: it ends here, unfinished."_s);
    row("both", 1, 0, 2, u"1 run is under way, 2 runs are waiting: they end here, unfinished."_s);
}

void TestClearing::runsThatEndAreNamed()
{
    QFETCH(const qint64, running);
    QFETCH(const qint64, queued);
    QFETCH(const qint64, waiting);
    QFETCH(const QString, words);
    Shop shop({.queued = queued, .running = running, .waiting = waiting});
    shop.ask();
    QCOMPARE(shop.part<QWidget>("clearWarning")->isVisible(), !words.isEmpty());
    if (!words.isEmpty())
        QCOMPARE(shop.part<QLabel>("clearWarningText")->text(), words);
    // As it is now, not as it was.
    shop.stage.backend.post(devserver::api::Counters{.waiting = 7});
    shop.stage.beat();
    QCOMPARE(shop.part<QLabel>("clearWarningText")->text(),
             u"7 runs are waiting: they end here, unfinished."_s);
    QVERIFY(shop.part<QWidget>("clearWarning")->isVisible());
}

void TestClearing::sizesAreSaid()
{
    Shop shop;
    constexpr qint64 mebibyte = 1024 * 1024;
    shop.stage.backend.storage = {.events = 2 * mebibyte,
                                  .runs = mebibyte,
                                  .steps = mebibyte,
                                  .calls = mebibyte,
                                  .letters = mebibyte,
                                  .other = 4 * mebibyte,
                                  .free = mebibyte};
    shop.ask();
    QTRY_COMPARE(shop.part<QLabel>("clearHistoryHint")->text(),
                 u"1,204 runs, 3,010 events, 12 dead letters (7.0 MiB). Apps and their functions "
                 "stay, so that you can go on at once."_s);
    const QString everything = shop.part<QLabel>("clearEverythingHint")->text();
    QVERIFY2(everything.startsWith(u"Also 0 apps with 0 functions (11.0 MiB in all)."_s),
             qPrintable(everything));
    QCOMPARE(shop.part<QRadioButton>("clearEverything")->accessibleDescription(), everything);
}

void TestClearing::unknownSizeIsSaid()
{
    Shop shop;
    shop.stage.open();
    shop.stage.settle();
    shop.stage.backend.queryError = devserver::Error{ErrorCode::Store, u"no such table"_s};
    shop.ask();
    QTRY_VERIFY(shop.part<QLabel>("clearHistoryHint")
                    ->text()
                    .contains(u"(size not known: no such table)"_s));
    shop.confirm();
    QCOMPARE(shop.stage.backend.cleared.size(), std::size_t(1));
}

void TestClearing::reasonWhyNot_data()
{
    QTest::addColumn<bool>("isMemory");
    QTest::addColumn<ServerPhase>("phase");
    QTest::addColumn<devserver::Error>("error");
    QTest::addColumn<QString>("reason");
    using enum ServerPhase;
    QTest::newRow("memory")
        << true << Serving << devserver::Error()
        << u"The data are only in memory: they are gone when the program ends"_s;
    QTest::newRow("stopped") << false << Stopped << devserver::Error()
                             << u"The server does not run"_s;
    QTest::newRow("being cleared")
        << false << Stopping << devserver::Error() << u"The server does not run"_s;
    QTest::newRow("read-only") << false << Failed
                               << devserver::Error{ErrorCode::Store, u"readonly database"_s}
                               << u"The data file cannot be used: readonly database"_s;
    QTest::newRow("foreign") << false << Failed
                             << devserver::Error{ErrorCode::Store,
                                                 u"it is a database of another program"_s}
                             << u"The data file cannot be used: it is a database of another "
                                "program"_s;
    QTest::newRow("port in use") << false << Failed
                                 << devserver::Error{ErrorCode::AddressInUse, u"8288"_s}
                                 << u"The server does not run"_s;
}

void TestClearing::reasonWhyNot()
{
    QFETCH(const bool, isMemory);
    QFETCH(const ServerPhase, phase);
    QFETCH(const devserver::Error, error);
    QFETCH(const QString, reason);
    Shop shop;
    devserver::api::ServerState &state = shop.stage.backend.state;
    if (isMemory)
        state.dataFile.clear();
    state.phase = phase;
    state.error = error;
    shop.stage.open();
    shop.stage.settle();
    const QAction *action = shop.window()->workspace().actions.action("project.clear"_ba);
    QVERIFY(!action->isEnabled());
    QCOMPARE(action->toolTip(), reason);
}

void TestClearing::serverThatStopsMeanwhile()
{
    Shop shop;
    shop.ask();
    QTest::keyClicks(shop.part<QLineEdit>("clearName"), u"shop"_s);
    const auto *go = shop.part<QPushButton>("clearGo");
    QVERIFY(go->isEnabled());
    devserver::api::ServerState state = shop.stage.backend.state;
    state.phase = ServerPhase::Stopped;
    shop.stage.backend.setState(state);
    QVERIFY(!go->isEnabled());
    QCOMPARE(go->toolTip(), u"The server does not run"_s);
}

void TestClearing::settingsLeadThere()
{
    Shop shop;
    shop.stage.open();
    shop.stage.settle();
    QTest::mouseClick(child<QWidget>(shop.window(), "statusData"), Qt::LeftButton);
    const auto *settings = shop.window()->findChild<QDialog *>(u"settingsDialog"_s);
    QVERIFY(settings != nullptr);
    auto *clear = child<QPushButton>(settings, "settingsDataClear");
    QVERIFY(clear->isEnabled());
    QTest::mouseClick(clear, Qt::LeftButton);
    QTRY_VERIFY(shop.dialog() != nullptr && shop.dialog()->isVisible());
    QTRY_VERIFY(shop.window()->findChild<QDialog *>(u"settingsDialog"_s) == nullptr);
}

void TestClearing::failureIsSaidAndTheServerStarts()
{
    Shop shop;
    shop.ask();
    shop.stage.backend.refuseNext({ErrorCode::StoreFull, u"/shop.db: no space left"_s});
    shop.confirm();
    QTRY_COMPARE(barOf(*shop.window()),
                 u"Nothing was cleared, the data file is as before: /shop.db: no space left"_s);
    QCOMPARE(shop.stage.backend.serverStarts, std::vector<quint16>{shop.stage.backend.state.port});
    QVERIFY(shop.window()->isVisible());
}

void TestClearing::anotherWindowTakesOver_data()
{
    QTest::addColumn<bool>("isInTrash");
    QTest::addColumn<QString>("words");
    const QString cleared =
        u"Runs, events and dead letters were cleared; apps and their functions stayed. "_s;
    QTest::newRow("trash") << true
                           << QString(cleared
                                      + u"The old file is in the trash: shop.cleared-1.db"_s);
    QTest::newRow("beside")
        << false << QString(cleared + u"The old file is beside the new one: shop.cleared-1.db"_s);
}

void TestClearing::anotherWindowTakesOver()
{
    QFETCH(const bool, isInTrash);
    QFETCH(const QString, words);
    Shop shop;
    devserver::test::FakeBackend &backend = shop.stage.backend;
    backend.clearAnswer = {.oldFile = u"/away/shop.cleared-1.db"_s, .isInTrash = isInTrash};
    const Program program{shop};
    const QPointer<MainWindow> old = &program.window();
    old->resize(1300, 800);
    program.show();
    program.ask();
    old->openRunWindow(runRow(1).id); // that run will not be there any more
    QCOMPARE(old->findChildren<RunWindow *>().size(), 1);
    backend.runs.clear();
    backend.mailbox().post(runRow(2)); // what the server says last
    program.confirm();
    QVERIFY(old.isNull());
    MainWindow &now = program.window();
    QVERIFY(now.isVisible());
    QVERIFY(QGuiApplication::quitOnLastWindowClosed());
    QCOMPARE(now.size(), QSize(1300, 800));
    QCOMPARE(barOf(now), words);
    QCOMPARE(backend.serverStarts, std::vector<quint16>{backend.state.port});
    QVERIFY(now.findChildren<RunWindow *>().isEmpty());
    const auto *rows = child<QAbstractItemView>(&now, "runsTable");
    QCOMPARE(rows->model() == nullptr ? 0 : rows->model()->rowCount(), 0);
    for (QPushButton *button : now.findChildren<QPushButton *>()) {
        if (button->text() == u"Open folder"_s && button->isVisible())
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(shop.stage.desktop.opened, QList<QUrl>{QUrl(u"file:///away"_s)});
}

void TestClearing::anotherWindowLooksTheSame_data()
{
    QTest::addColumn<int>("fontPercent");
    QTest::addColumn<ThemeChoice>("theme");
    QTest::newRow("large") << 150 << ThemeChoice::System;
    QTest::newRow("small") << 80 << ThemeChoice::Light;
    QTest::newRow("dark") << 100 << ThemeChoice::Dark;
}

/// What the settings say is of the desktop's look, and not of what the window before made of it.
void TestClearing::anotherWindowLooksTheSame()
{
    QFETCH(const int, fontPercent);
    QFETCH(const ThemeChoice, theme);
    const QFont font = QApplication::font();
    const QPalette palette = QApplication::palette();
    QVERIFY(palette.color(QPalette::Window).lightness() > 128);
    Shop shop;
    {
        Settings settings(shop.stage.options.settingsPath);
        settings.setFontPercent(fontPercent);
        settings.setTheme(theme);
    }
    {
        const Program program{shop};
        program.show();
        const double size = font.pointSizeF() * fontPercent / 100;
        for (int time = 0; time < 2; ++time) {
            QCOMPARE(QApplication::font().pointSizeF(), size);
            QCOMPARE(program.window().workspace().theme.isDark(), theme == ThemeChoice::Dark);
            program.ask();
            program.confirm();
        }
        QCOMPARE(QApplication::font().pointSizeF(), size);
        QCOMPARE(program.window().workspace().theme.isDark(), theme == ThemeChoice::Dark);
        arrange::theme(program.window(), ThemeChoice::System);
        QVERIFY(!program.window().workspace().theme.isDark());
    }
    QCOMPARE(QApplication::font(), font);
    QCOMPARE(QApplication::palette(), palette);
}

/// The new file is no other project, although it is as young as one.
void TestClearing::filtersStay()
{
    Shop shop;
    devserver::test::FakeBackend &backend = shop.stage.backend;
    backend.state.dataFileBornAt = 1'000;
    const Program program{shop};
    program.show();
    auto *filter = child<QLineEdit>(&program.window(), "runsFilter");
    QTest::keyClicks(filter, u"fn:*"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    program.settle();
    program.ask();
    backend.holdReplies(true);
    const QPointer<MainWindow> old = &program.window();
    auto *dialog = old->findChild<ClearDialog *>();
    QTest::keyClicks(child<QLineEdit>(dialog, "clearName"), u"shop"_s);
    QTest::mouseClick(child<QPushButton>(dialog, "clearGo"), Qt::LeftButton);
    QTRY_COMPARE(backend.cleared.size(), std::size_t(1));
    backend.state.dataFileBornAt = 2'000;
    backend.holdReplies(false);
    backend.releaseReplies();
    QTRY_VERIFY(old.isNull());
    QVERIFY(QTest::qWaitForWindowActive(&program.window()));
    program.settle();
    QCOMPARE(program.window().currentView()->place().filter, u"fn:*"_s);
}

/// A disk that takes long holds up neither the window nor for ever what was asked for.
void TestClearing::nothingWaitsForTheSettings()
{
    Shop shop;
    const Program program{shop};
    program.show();
    program.ask();
    const QPointer<MainWindow> old = &program.window();
    auto *dialog = old->findChild<ClearDialog *>();
    QTest::keyClicks(child<QLineEdit>(dialog, "clearName"), u"shop"_s);
    old->workspace().settings.write();
    QLockFile lock(shop.stage.options.settingsPath + u".lock"_s);
    lock.setStaleLockTime(0);
    QVERIFY(lock.lock());
    QElapsedTimer time;
    time.start();
    QTest::mouseClick(child<QPushButton>(dialog, "clearGo"), Qt::LeftButton);
    QTRY_COMPARE(shop.stage.backend.cleared.size(), std::size_t(1));
    QVERIFY2(time.elapsed() < 1500, qPrintable(QString::number(time.elapsed())));
    QVERIFY(!old.isNull());
    lock.unlock();
    QTRY_VERIFY(old.isNull());
    program.settle();
    QVERIFY(program.window().isVisible());
}

void TestClearing::placesOfViewsNotShownAreForgotten()
{
    Shop shop;
    const Place chosen{
        .view = "runs"_ba, .filter = {}, .subject = runRow(1).id.toText(), .isFullSize = true};
    shop.stage.open();
    shop.stage.settle();
    arrange::place(*shop.window(), chosen);
    shop.stage.settle();
    QCOMPARE(shop.window()->currentView()->place(), chosen);
    shop.stage.key(Qt::Key_6, Qt::ControlModifier);
    shop.stage.settle();
    shop.window()->close();
    shop.stage.window.reset();

    const Program program{shop};
    program.show();
    QVERIFY(program.window().findChild<QWidget *>(u"runsView"_s) == nullptr);
    program.ask();
    program.confirm();
    key(Qt::Key_1, Qt::ControlModifier);
    program.settle();
    const View *runs = program.window().currentView();
    QCOMPARE(runs->objectName(), u"runsView"_s);
    QVERIFY(!runs->place().isFullSize);
    QVERIFY(runs->place().subject != chosen.subject);
}

/// Nobody is left to forget them when it is done.
void TestClearing::windowThatClosesMeanwhileForgetsItsPlaces()
{
    Shop shop;
    const QByteArray chosen = runRow(1).id.toText();
    shop.stage.open();
    shop.stage.settle();
    arrange::place(*shop.window(),
                   {.view = "runs"_ba, .filter = {}, .subject = chosen, .isFullSize = true});
    shop.stage.settle();
    shop.ask();
    MainWindow *old = shop.window();
    old->openRunWindow(runRow(1).id);
    QCOMPARE(old->findChildren<RunWindow *>().size(), 1);
    shop.stage.backend.holdReplies(true);
    shop.confirm();
    QCOMPARE(shop.stage.backend.cleared.size(), std::size_t(1));
    shop.window()->close();
    shop.stage.window.reset();
    shop.stage.backend.holdReplies(false);

    shop.stage.open();
    shop.stage.settle();
    QVERIFY(shop.window()->findChildren<RunWindow *>().isEmpty());
    QVERIFY(!shop.window()->currentView()->place().isFullSize);
    QVERIFY(shop.window()->currentView()->place().subject != chosen);
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestClearing)
#include "tst_clearing.moc"
