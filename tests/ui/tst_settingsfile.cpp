// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/textfile.h"
#include "tests/ui/support/windowstage.h"
#include "ui/widgets/settings.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QLockFile>
#include <QTemporaryDir>

namespace console::test {

using namespace Qt::StringLiterals;

/// The file of the settings: one that an earlier version wrote, and one that takes long.
class TestSettingsFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsNotEnforcedStaysClosed();
    void theEndWaitsOnce();
    void whatAKillLeftIsTakenAway();
};

/// Version 3 had what was closed about an app beside the questions that are not asked again.
void TestSettingsFile::whatIsNotEnforcedStaysClosed()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.ini"_s);
    write(path, "[General]\nversion=3\n\n[notices]\nnotEnforced=shop/cron, shop/throttle\n");
    WindowStage stage(path);
    devserver::App shop;
    shop.id.value = devserver::Uuid::fromName("apps", "shop");
    shop.name = "shop";
    devserver::Function function;
    function.id.value = devserver::Uuid::fromName("functions", "pay");
    function.app = shop.id;
    function.config.slug = "shop-pay";
    function.config.notEnforced = {"cron"_ba};
    stage.backend.apps = {shop};
    stage.backend.functions = {function};
    stage.open();
    const auto tell = [&stage] {
        stage.backend.post(devserver::Notice{.text = "app shop uses settings",
                                             .about = devserver::aboutNotEnforced});
        stage.backend.advance(std::chrono::seconds(10));
        stage.settle();
        return stage.window->findChildren<QLabel *>(u"infoBarText"_s).size();
    };
    QCOMPARE(tell(), 0);
    QVERIFY(!stage.window->workspace().settings.value(u"notices/notEnforced"_s).isValid());
    function.id.value = devserver::Uuid::fromName("functions", "send");
    function.config.slug = "shop-send";
    stage.backend.post(devserver::FunctionChanged{.function = function}); // that is news
    QTRY_COMPARE(tell(), 1);
}

/// Not by what the window does when it is closed, and again when it is gone.
void TestSettingsFile::theEndWaitsOnce()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.ini"_s);
    auto settings = std::make_unique<Settings>(path);
    settings->write();
    QLockFile lock(path + u".lock"_s);
    lock.setStaleLockTime(0);
    QVERIFY(lock.lock());
    settings->setTheme(ThemeChoice::Dark);
    bool isOver = false;
    QElapsedTimer time;
    time.start();
    settings->whenWritten([&isOver] { isOver = true; });
    QVERIFY(!isOver);
    QTRY_VERIFY(isOver); // nobody waits for ever
    time.restart();
    settings->write();
    settings->setTheme(ThemeChoice::Light);
    settings.reset();
    QVERIFY2(time.elapsed() < 3000, qPrintable(QString::number(time.elapsed())));
    lock.unlock();
    QTRY_VERIFY(contentOf(path).contains("theme=light")); // nothing is lost by it
}

/// In the middle of a write. What is no draft, and what is one of another window, stays.
void TestSettingsFile::whatAKillLeftIsTakenAway()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.ini"_s);
    std::make_unique<Settings>(path)->write(); // then a start has nothing to write
    const QDir root(folder.path());
    const QString left = u"settings.ini.aBcDeF"_s;
    const QString other = u"settings.ini.backup"_s;
    for (const QString &name : {left, other, u"settings.ini.abcdefg"_s, u"other.ini.abcdef"_s})
        QVERIFY(root.mkpath(name));
    write(root.filePath(left + u"/draft"_s), "[General]\n");
    write(root.filePath(left + u"/copy.lock"_s), "");
    write(root.filePath(other + u"/settings.ini"_s), "mine");
    const QStringList before = root.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QCOMPARE(before.size(), 4);
    {
        QLockFile lock(path + u".lock"_s);
        lock.setStaleLockTime(0);
        QVERIFY(lock.lock()); // as another window that writes
        Settings settings(path);
        settings.write(); // waits for the thread
        QCOMPARE(root.entryList(QDir::Dirs | QDir::NoDotAndDotDot), before);
    }
    Settings settings(path);
    settings.write();
    QStringList after = before;
    after.removeAll(left);
    QCOMPARE(root.entryList(QDir::Dirs | QDir::NoDotAndDotDot), after);
    QVERIFY(contentOf(path).contains("version="));
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestSettingsFile)
#include "tst_settingsfile.moc"
