// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

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
};

namespace {

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

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
    QVERIFY(time.elapsed() < 500);
    QTRY_VERIFY(isOver); // nobody waits for ever
    time.restart();
    settings->write();
    settings->setTheme(ThemeChoice::Light);
    settings.reset();
    QVERIFY2(time.elapsed() < 3000, qPrintable(QString::number(time.elapsed())));
    lock.unlock();
    QTRY_VERIFY(contentOf(path).contains("theme=light")); // nothing is lost by it
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestSettingsFile)
#include "tst_settingsfile.moc"
