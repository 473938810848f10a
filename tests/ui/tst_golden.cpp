// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/golden.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/uifixture.h"
#include "ui/shell/mainwindow.h"

#include <QApplication>
#include <QTabBar>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;

/// One picture of every view in both themes, of the whole window with the scene's data.
class TestGolden : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looksAsItDid_data();
    void looksAsItDid();
};

namespace {

void settleWindow(MainWindow &window)
{
    settle(&window, [&window] { window.workspace().clock.beat(); });
}

/// \a tabs  a QTabBar, or what has one
void openTab(MainWindow &window, const char *tabs, const QString &title)
{
    auto *widget = child<QWidget>(&window, tabs);
    auto *bar = qobject_cast<QTabBar *>(widget);
    if (bar == nullptr)
        bar = widget->findChild<QTabBar *>();
    for (int tab = 0; tab < bar->count(); ++tab) {
        if (bar->tabText(tab).startsWith(title))
            QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(tab).center());
    }
}

} // namespace

void TestGolden::looksAsItDid_data()
{
    QTest::addColumn<QByteArray>("view");
    QTest::addColumn<QString>("theme");
    for (const char *view : {"first_run", "runs", "run_retried", "run_folded", "events", "dead",
                             "waiting", "functions", "apps", "activity", "composer", "palette"}) {
        for (const char *theme : {"light", "dark"})
            QTest::addRow("%s %s", view, theme) << QByteArray(view) << QString::fromLatin1(theme);
    }
}

void TestGolden::looksAsItDid()
{
    QFETCH(const QByteArray, view);
    QFETCH(const QString, theme);
    devserver::test::FakeBackend backend;
    Scene scene;
    if (view != "first_run")
        scene = fillScene(backend);
    FakeDesktop desktop;
    MainWindow window(backend, {.settingsPath = {}, .isClockManual = true}, desktop);
    window.workspace().settings.setTheme(theme == u"dark"_s ? ThemeChoice::Dark
                                                            : ThemeChoice::Light);
    window.resize(1440, 900);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    Place place{.view = view, .filter = {}, .subject = {}};
    if (view == "runs")
        place = {.view = "runs"_ba, .filter = {}, .subject = scene.deadCharge.toText()};
    else if (view == "run_retried")
        place = {
            .view = "runs"_ba, .filter = {}, .subject = scene.retried.toText(), .isFullSize = true};
    else if (view == "run_folded")
        place = {.view = "runs"_ba,
                 .filter = {},
                 .subject = scene.manySteps.toText(),
                 .isFullSize = true};
    else if (view == "events")
        place = {.view = "events"_ba, .filter = {}, .subject = scene.lonely.toText()};
    else if (view == "dead")
        place = {.view = "dead"_ba, .filter = {}, .subject = scene.deadCharge.toText()};
    else if (view == "functions")
        place = {.view = "functions"_ba, .filter = {}, .subject = "charge-order"_ba};
    else if (view == "first_run" || view == "composer" || view == "palette")
        place = {.view = "runs"_ba, .filter = {}, .subject = {}};
    window.go(place);
    settleWindow(window);
    if (view == "runs")
        openTab(window, "inspectorTabs", u"Error"_s);
    else if (view == "run_retried")
        openTab(window, "inspectorTabs", u"Attempts"_s);
    else if (view == "events")
        openTab(window, "eventTabs", u"Matching"_s);
    else if (view == "composer")
        window.workspace().navigator.composeEvent("order/created"_ba,
                                                  "{\"id\": \"o_1\", \"total\": 120.50}"_ba);
    else if (view == "palette")
        QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    settleWindow(window);
    COMPARE_GOLDEN(&window, QString::fromLatin1(view) + u'_' + theme);
}

UI_TEST_MAIN(TestGolden)

#include "tst_golden.moc"
