// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/filedialog.h"
#include "tests/ui/support/windowstage.h"
#include "ui/shell/filelook.h"
#include "ui/shell/recentprojects.h"

#include <QAbstractItemView>
#include <QAction>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QThreadPool>

#include <atomic>
#include <chrono>
#include <memory>

namespace console::test {

using namespace Qt::StringLiterals;

/// The data files that were open before, and another one in place of this one (ui.md §25).
class TestProjects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newestIsOnTop();
    void theListHasAnEnd();
    void whatIsGoneCannotBeOpened();
    void theListIsCleared();
    void nothingWasOpenBefore();
    void serverStopsBeforeTheOtherWindowStarts();
    void staysIfTheOtherWindowCannotStart();
    void runningWorkIsAskedAbout();
    void paletteOpensAProject();
    void anyFileCanBeChosen();
    void anotherNameOfTheOpenFileIsTheSame();
    void filesAreLookedForBesideOtherWork();
    void aFolderThatDoesNotAnswerHoldsUpNothing();
    void othersAreOpenedBesideAFolderThatDoesNotAnswer();
    void foldersThatDoNotAnswerHaveAnEnd();
};

namespace {

struct Desk {
    QTemporaryDir folder;
    WindowStage stage{folder.filePath(u"settings.ini"_s)};

    Desk() { stage.backend.state.dataFile = file(u"shop"_s); }

    /// Its path; it is there afterwards.
    [[nodiscard]] QString file(const QString &project) const
    {
        QDir(folder.path()).mkpath(project);
        const QString path = folder.filePath(project + u"/redrive.db"_s);
        QFile made(path);
        return made.open(QIODevice::ReadWrite) ? path : QString();
    }

    /// One after the other; the last one stays.
    void openAll(const QStringList &projects)
    {
        for (const QString &project : projects) {
            if (stage.window) {
                stage.window->close();
                stage.window.reset();
            }
            stage.backend.state.dataFile = file(project);
            stage.open();
            stage.settle();
        }
    }

    /// By its letters, as people do: the File menu, then the one in it.
    QMenu *openMenu()
    {
        stage.key(Qt::Key_F, Qt::AltModifier);
        stage.key(Qt::Key_R);
        auto *menu = child<QMenu>(stage.window.get(), "menuRecent");
        if (!QTest::qWaitFor([menu] { return menu->isVisible(); }))
            qFatal("the menu does not open");
        return menu;
    }

    /// Down to the entry, and Enter.
    void choose(const QString &name)
    {
        const QMenu *menu = openMenu();
        for (int step = 0; step < 20; ++step) {
            const QAction *active = menu->activeAction();
            if (active != nullptr && active->objectName() == name) {
                stage.key(Qt::Key_Return);
                return;
            }
            stage.key(Qt::Key_Down);
        }
        qFatal("no entry %s", qPrintable(name));
    }

    /// In the dialog, by its name beside the open one.
    void chooseFile(const QString &name)
    {
        stage.window->activateWindow(); // a dialog had the keyboard
        QVERIFY(QTest::qWaitForWindowActive(stage.window.get()));
        stage.key(Qt::Key_O, Qt::ControlModifier);
        chooseFileIn(child<QFileDialog>(stage.window.get(), "dataFileDialog"), name);
        QTRY_VERIFY(stage.window->findChild<QFileDialog *>() == nullptr);
    }

    void closeMenus()
    {
        while (QApplication::activePopupWidget() != nullptr)
            QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Escape);
    }

    /// By the bar above the views.
    [[nodiscard]] QString said() const
    {
        const auto *text = stage.window->findChild<QLabel *>(u"infoBarText"_s);
        return text == nullptr ? QString() : text->text();
    }

    [[nodiscard]] QStringList files() const
    {
        QStringList found;
        for (const RecentProject &project : recent())
            found.append(project.dataFile);
        return found;
    }

    [[nodiscard]] const std::vector<RecentProject> &recent() const
    {
        return stage.window->workspace().navigator.recentProjects();
    }

    [[nodiscard]] QAction *entry(int number) const
    {
        return stage.window->findChild<QAction *>(u"recentProject%1"_s.arg(number));
    }
};

} // namespace

void TestProjects::newestIsOnTop()
{
    Desk desk;
    desk.openAll({u"shop"_s, u"billing"_s, u"mail"_s, u"shop"_s});
    const QStringList wanted{desk.file(u"mail"_s), desk.file(u"billing"_s)};
    QCOMPARE(desk.files(), wanted); // without the one that is open
    QMenu *menu = desk.openMenu();
    QVERIFY2(desk.entry(0)->text().startsWith(u"mail "_s), qPrintable(desk.entry(0)->text()));
    QVERIFY(desk.entry(0)->isEnabled());
    QCOMPARE(desk.entry(0)->toolTip(), desk.file(u"mail"_s));
    QVERIFY(desk.entry(1)->text().startsWith(u"billing "_s));
    QCOMPARE(menu->actions().indexOf(desk.entry(0)), 0);
    QVERIFY(menu->actions().at(2)->isSeparator());
    shoot(menu, u"recent_menu"_s);
    desk.closeMenus();
}

void TestProjects::theListHasAnEnd()
{
    Desk desk;
    QStringList projects;
    for (int number = 0; number < RecentProjects::most + 2; ++number)
        projects.append(u"p%1"_s.arg(number));
    desk.openAll(projects);
    QCOMPARE(desk.files().size(), RecentProjects::most - 1);
    QCOMPARE(desk.files().front(), desk.file(u"p12"_s));
    QCOMPARE(desk.files().back(), desk.file(u"p2"_s));
}

void TestProjects::whatIsGoneCannotBeOpened()
{
    Desk desk;
    desk.openAll({u"billing"_s, u"mail"_s, u"shop"_s});
    QVERIFY(QFile::remove(desk.file(u"mail"_s)));
    desk.openMenu();
    QTRY_VERIFY((desk.stage.beat(), !desk.entry(0)->isEnabled()));
    QVERIFY2(desk.entry(0)->toolTip().endsWith(u"is not there any more"_s),
             qPrintable(desk.entry(0)->toolTip()));
    QVERIFY(desk.entry(1)->isEnabled());
    desk.closeMenus();
    // Gone since the list was read: nothing is made in its place.
    QVERIFY(QFile::remove(desk.file(u"billing"_s)));
    desk.stage.key(Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"data file of billing"_s);
    desk.stage.key(Qt::Key_Return);
    QTRY_VERIFY2(desk.said().contains(u"is not there any more"_s), qPrintable(desk.said()));
    QVERIFY(desk.stage.desktop.launched.empty());
    QCOMPARE(desk.stage.backend.serverStops, 0);
}

void TestProjects::theListIsCleared()
{
    Desk desk;
    desk.openAll({u"mail"_s, u"shop"_s});
    desk.choose(u"project.clearRecent"_s);
    QTRY_VERIFY(desk.recent().empty());
    QVERIFY(!child<QMenu>(desk.stage.window.get(), "menuRecent")->menuAction()->isEnabled());
    desk.openAll({u"mail"_s}); // only what was open since
    QCOMPARE(desk.files(), QStringList{desk.file(u"shop"_s)});
}

void TestProjects::nothingWasOpenBefore()
{
    Desk desk;
    desk.openAll({u"shop"_s});
    const QAction *entry = child<QMenu>(desk.stage.window.get(), "menuRecent")->menuAction();
    QVERIFY(!entry->isEnabled());
    QCOMPARE(entry->toolTip(), u"No other data file was open before"_s);
    // In memory nothing is noted.
    desk.stage.window->close();
    desk.stage.window.reset();
    desk.stage.backend.state.dataFile.clear();
    desk.stage.open();
    QCOMPARE(desk.files(), QStringList{desk.file(u"shop"_s)});
}

void TestProjects::serverStopsBeforeTheOtherWindowStarts()
{
    Desk desk;
    desk.openAll({u"mail"_s, u"shop"_s});
    int stopsAtLaunch = 0;
    desk.stage.desktop.whenLaunched = [&] { stopsAtLaunch = desk.stage.backend.serverStops; };
    desk.choose(u"recentProject0"_s);
    QTRY_COMPARE(desk.stage.desktop.launched.size(), std::size_t(1));
    QCOMPARE(stopsAtLaunch, 1);
    const QStringList arguments = desk.stage.desktop.launched.front().second;
    QCOMPARE(arguments.last(2), (QStringList{u"--data"_s, desk.file(u"mail"_s)}));
    QTRY_VERIFY(!desk.stage.window->isVisible());
}

void TestProjects::staysIfTheOtherWindowCannotStart()
{
    Desk desk;
    desk.openAll({u"mail"_s, u"shop"_s});
    desk.stage.desktop.cannotLaunch = u"Permission denied"_s;
    desk.choose(u"recentProject0"_s);
    QTRY_VERIFY2(desk.said().contains(u"Permission denied"_s), qPrintable(desk.said()));
    QVERIFY(desk.stage.window->isVisible());
    QCOMPARE(desk.stage.backend.serverStarts, std::vector<quint16>{8288}); // it serves again
}

void TestProjects::runningWorkIsAskedAbout()
{
    Desk desk;
    desk.openAll({u"mail"_s, u"shop"_s});
    desk.stage.backend.post(devserver::api::Counters{.running = 2});
    desk.stage.settle();
    const auto question = [&desk] {
        return desk.stage.window->findChild<QMessageBox *>(u"quitQuestion"_s);
    };
    for (const auto &[key, launches] :
         {std::pair(Qt::Key_Escape, 0), std::pair(Qt::Key_Return, 1)}) {
        desk.stage.window->activateWindow(); // the question had the keyboard
        QVERIFY(QTest::qWaitForWindowActive(desk.stage.window.get()));
        desk.choose(u"recentProject0"_s);
        QTRY_VERIFY(question() != nullptr);
        QCOMPARE(question()->text(), u"2 runs are being executed. Open the other data file?"_s);
        QTest::keyClick(question(), key);
        QTRY_VERIFY(question() == nullptr);
        QTRY_COMPARE(desk.stage.desktop.launched.size(), std::size_t(launches));
        QTRY_COMPARE(desk.stage.window->isVisible(), launches == 0);
    }
}

void TestProjects::paletteOpensAProject()
{
    Desk desk;
    desk.openAll({u"mail"_s, u"shop"_s});
    desk.stage.key(Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"data file of mail"_s);
    desk.stage.beat();
    const auto *list = child<QAbstractItemView>(desk.stage.window.get(), "paletteList");
    QCOMPARE(list->model()->index(0, 0).data().toString(), u"Open data file of mail"_s);
    desk.stage.key(Qt::Key_Return);
    QTRY_COMPARE(desk.stage.desktop.launched.size(), std::size_t(1));
    QCOMPARE(desk.stage.desktop.launched.front().second.last(), desk.file(u"mail"_s));
}

void TestProjects::anyFileCanBeChosen()
{
    Desk desk;
    desk.openAll({u"shop"_s});
    desk.chooseFile(u"redrive.db"_s); // the one that is open
    QTRY_VERIFY2(desk.said().contains(u"is open in this window already"_s),
                 qPrintable(desk.said()));
    QCOMPARE(desk.stage.backend.serverStops, 0);
    QVERIFY(desk.stage.window->isVisible());
    desk.chooseFile(u"fresh"_s);
    QTRY_COMPARE(desk.stage.desktop.launched.size(), std::size_t(1));
    QCOMPARE(desk.stage.desktop.launched.front().second.last(),
             desk.folder.filePath(u"shop/fresh.db"_s));
}

/// Two programs on one file: the second one would find it locked, and this window would be gone.
void TestProjects::anotherNameOfTheOpenFileIsTheSame()
{
    Desk desk;
    desk.openAll({u"shop"_s});
    QVERIFY(QFile::link(desk.file(u"shop"_s), desk.folder.filePath(u"shop/link.db"_s)));
    desk.chooseFile(u"link.db"_s);
    QTRY_VERIFY2(desk.said().contains(u"shop/link.db is open in this window already"_s),
                 qPrintable(desk.said()));
    QVERIFY(desk.stage.desktop.launched.empty());
    QCOMPARE(desk.stage.backend.serverStops, 0);
}

/// All threads of the pool are busy, such as with a search.
void TestProjects::filesAreLookedForBesideOtherWork()
{
    Desk desk;
    desk.openAll({u"mail"_s, u"shop"_s});
    QSemaphore end;
    QThreadPool &pool = *QThreadPool::globalInstance();
    pool.waitForDone();
    const int threads = pool.maxThreadCount();
    const auto go = qScopeGuard([&end, threads] { end.release(threads); });
    for (int thread = 0; thread < threads; ++thread)
        pool.start([&end] { end.acquire(); });
    QVERIFY(QFile::remove(desk.file(u"mail"_s)));
    desk.openMenu();
    QTRY_VERIFY((desk.stage.beat(), !desk.entry(0)->isEnabled()));
    desk.closeMenus();
}

void TestProjects::aFolderThatDoesNotAnswerHoldsUpNothing()
{
    struct Doors {
        QSemaphore open;
        QSemaphore passed;
    };

    const auto behind = [](const std::shared_ptr<Doors> &doors) {
        return [doors](const QString &) {
            doors->open.acquire();
            doors->open.release();
            doors->passed.release();
            return true;
        };
    };
    Desk desk;
    desk.openAll({u"mail"_s, u"shop"_s});
    const auto doors = std::make_shared<Doors>();
    RecentProjects &recent = desk.stage.window->recentProjects();
    recent.lookWith(behind(doors), std::chrono::milliseconds(50));
    desk.choose(u"recentProject0"_s);
    QTRY_VERIFY2(desk.said().contains(u"its folder does not answer"_s), qPrintable(desk.said()));
    QCOMPARE(doors->passed.available(), 0);
    // It answers at last: nobody waits for that any more. The list looked twice.
    doors->open.release();
    QTRY_COMPARE(doors->passed.available(), 3);
    desk.stage.settle();
    QVERIFY(desk.stage.desktop.launched.empty());
    QCOMPARE(desk.stage.backend.serverStops, 0);
    // Nor does the end of the window.
    const auto others = std::make_shared<Doors>();
    recent.lookWith(behind(others), std::chrono::milliseconds(50));
    desk.openMenu();
    desk.closeMenus();
    desk.stage.window->close();
    desk.stage.window.reset();
    QCOMPARE(others->passed.available(), 0);
    others->open.release();
    QVERIFY(others->passed.tryAcquire(1, 5000));
}

void TestProjects::othersAreOpenedBesideAFolderThatDoesNotAnswer()
{
    Desk desk;
    desk.openAll({u"billing"_s, u"mail"_s, u"shop"_s});
    const auto door = std::make_shared<QSemaphore>();
    const auto open = qScopeGuard([door] { door->release(100); });
    desk.stage.window->recentProjects().lookWith(
        [door, stuck = desk.file(u"mail"_s)](const QString &file) {
            if (file == stuck)
                door->acquire();
            return true;
        },
        std::chrono::milliseconds(500));
    desk.choose(u"recentProject0"_s);
    QTRY_VERIFY2(desk.said().contains(u"mail/redrive.db was not opened"_s),
                 qPrintable(desk.said()));
    desk.choose(u"recentProject1"_s);
    QTRY_COMPARE(desk.stage.desktop.launched.size(), std::size_t(1));
    QCOMPARE(desk.stage.desktop.launched.front().second.last(), desk.file(u"billing"_s));
}

void TestProjects::foldersThatDoNotAnswerHaveAnEnd()
{
    const auto door = std::make_shared<QSemaphore>();
    const auto begun = std::make_shared<std::atomic<int>>(0);
    const auto stuck = [door, begun]() -> FileLook::Then {
        ++*begun;
        door->acquire();
        return [] {};
    };
    FileLook look;
    look.setPatience(std::chrono::milliseconds(20));
    int late = 0;
    for (int number = 1; number <= FileLook::mostStuck + 3; ++number) {
        look.start(stuck, [&late] { ++late; });
        QTRY_COMPARE(late, number);
    }
    QCOMPARE(begun->load(), FileLook::mostStuck + 1);
    // One of them answers at last.
    bool isSeen = false;
    look.setPatience(FileLook::usualPatience);
    look.start([&isSeen]() -> FileLook::Then { return [&isSeen] { isSeen = true; }; });
    door->release(FileLook::mostStuck + 1);
    QTRY_VERIFY(isSeen);
    // One that waits for another one, which does not answer, has its own time.
    look.setPatience(std::chrono::milliseconds(500));
    late = 0;
    isSeen = false;
    look.start(stuck, [&late] { ++late; });
    look.start([&isSeen]() -> FileLook::Then { return [&isSeen] { isSeen = true; }; },
               [&late] { ++late; });
    QTRY_VERIFY(isSeen);
    QCOMPARE(late, 0);
    door->release();
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestProjects)
#include "tst_projects.moc"
