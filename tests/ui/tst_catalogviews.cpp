// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/scene.h"
#include "tests/ui/support/uifixture.h"
#include "ui/catalog/appsview.h"
#include "ui/catalog/functionsview.h"
#include "ui/core/apptablemodel.h"
#include "ui/core/functiontreemodel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;
using devserver::App;
using devserver::AppChanged;

class TestCatalogViews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void functionsShowTheirLastRun();
    void treeFollowsTheCatalogWithoutReset();
    void buttonsOpenComposerAndRuns();
    void configurationIsInSentences();
    void aTickOfTheStripOpensItsRun();
    void addressIsCheckedWhileTyping_data();
    void addressIsCheckedWhileTyping();
    void anAddedAddressGoesToTheServer();
    void aRefusedAddressLeavesAMessage();
    void anUnreachableAppSaysHowToMendIt_data();
    void anUnreachableAppSaysHowToMendIt();
    void removedAppCanComeBack();
};

namespace {

/// A row of a tree or table is clicked where people click it.
void clickIndex(QAbstractItemView *view, const QModelIndex &index)
{
    view->scrollTo(index);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
}

} // namespace

void TestCatalogViews::functionsShowTheirLastRun()
{
    UiFixture ui;
    fillScene(ui.backend);
    FunctionsView view(ui.context);
    ui.show(&view);
    ui.beat();
    auto *tree = child<QTreeView>(&view, "functionsTree");
    QAbstractItemModel *model = tree->model();
    QCOMPARE(model->rowCount(), 2); // apps
    QStringList functions;
    for (int app = 0; app < 2; ++app) {
        const QModelIndex parent = model->index(app, 0);
        for (int row = 0; row < model->rowCount(parent); ++row)
            functions.append(model->index(row, 0, parent).data(Qt::AccessibleTextRole).toString());
    }
    QVERIFY2(functions.contains(u"trial-reminder, last run Waiting · sleep"_s),
             qPrintable(functions.join(u'\n')));
    QVERIFY(functions.contains(u"send-welcome, last run Running"_s));
    QVERIFY(functions.contains(u"refund, last run Dead"_s));

    // A newer run changes the dot.
    devserver::api::RunSummary run = runRow(1);
    run.id = devserver::RunId{devserver::Ulid::fromParts(ui.backend.now(), {})};
    run.slug = "refund"_ba;
    ui.backend.post(run);
    ui.beat();
    const auto *tree2 = qobject_cast<FunctionTreeModel *>(model);
    QCOMPARE(tree2->indexOf("refund"_ba).data(Qt::AccessibleTextRole).toString(),
             u"refund, last run Completed"_s);
    shoot(&view, u"functions"_s);
}

void TestCatalogViews::treeFollowsTheCatalogWithoutReset()
{
    UiFixture ui;
    fillScene(ui.backend);
    FunctionTreeModel model(ui.catalog, ui.feed);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    ui.beat();
    QCOMPARE(model.rowCount({}), 2);

    devserver::Function extra = ui.backend.functions.front();
    extra.config.slug = "aaa"_ba;
    extra.config.name = "aaa"_ba;
    extra.id = devserver::FunctionId{devserver::Uuid::fromName("x", "aaa")};
    ui.backend.post(devserver::FunctionChanged{extra});
    ui.beat();
    QVERIFY(model.indexOf("aaa"_ba).isValid());
    extra.isArchived = true;
    ui.backend.post(devserver::FunctionChanged{extra});
    ui.beat();
    QVERIFY(!model.indexOf("aaa"_ba).isValid());
    ui.backend.post(AppChanged{.app = ui.backend.apps.front(), .isGone = true});
    ui.beat();
    QCOMPARE(model.rowCount({}), 1);
    QCOMPARE(resets.count(), 0);
}

void TestCatalogViews::buttonsOpenComposerAndRuns()
{
    UiFixture ui;
    fillScene(ui.backend);
    FunctionsView view(ui.context);
    ui.show(&view);
    ui.beat();
    auto *tree = child<QTreeView>(&view, "functionsTree");
    clickIndex(tree, qobject_cast<FunctionTreeModel *>(tree->model())->indexOf("refund"_ba));
    ui.beat();
    QCOMPARE(child<QLabel>(&view, "functionTitle")->text(), u"refund"_s);

    QSignalSpy invoked(&ui.navigator, &Navigator::invokeDraftRequested);
    QSignalSpy composed(&ui.navigator, &Navigator::eventDraftRequested);
    QSignalSpy gone(&ui.navigator, &Navigator::goRequested);
    QTest::mouseClick(child<QToolButton>(&view, "function_invoke"), Qt::LeftButton);
    QCOMPARE(invoked.count(), 1);
    QCOMPARE(invoked[0][0].toByteArray(), "refund"_ba);
    QTest::mouseClick(child<QToolButton>(&view, "function_sample"), Qt::LeftButton);
    QCOMPARE(composed.count(), 1);
    QCOMPARE(composed[0][0].toByteArray(), "order/refunded"_ba);
    QTest::mouseClick(child<QToolButton>(&view, "function_runs"), Qt::LeftButton);
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone[0][0].value<Place>().filter, u"fn:refund"_s);
}

void TestCatalogViews::configurationIsInSentences()
{
    UiFixture ui;
    fillScene(ui.backend);
    for (devserver::Function &function : ui.backend.functions) {
        if (function.config.slug != "refund")
            continue;
        function.config.config = devserver::RawJson::fromTrusted(
            R"({"concurrency":[{"limit":5,"key":"event.data.customer"}],"throttle":{"limit":30,"period":"1m"},)"
            R"("cancel":[{"event":"order/stopped","if":"event.data.id == async.data.id"}]})"_ba);
        function.config.notEnforced = {"concurrency"_ba, "throttle"_ba, "cancelOn"_ba};
    }
    ui.catalog.reload();
    FunctionsView view(ui.context);
    ui.show(&view);
    ui.beat();
    view.showPlace({.view = "functions"_ba, .filter = {}, .subject = "refund"_ba});
    ui.beat();
    auto *tabs = child<QTabWidget>(&view, "functionTabs");
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(1).center());
    QCOMPARE(tabs->currentIndex(), 1);
    QStringList texts;
    for (const QLabel *label :
         child<QWidget>(&view, "functionConfiguration")->findChildren<QLabel *>())
        texts.append(label->text());
    const QString all = texts.join(u'\n');
    QVERIFY2(all.contains(u"Up to 5 attempts for each step, 4 of them retries."_s),
             qPrintable(all));
    QVERIFY2(all.contains(u"At most 5 at once per event.data.customer."_s), qPrintable(all));
    QVERIFY2(all.contains(u"Starts at most 30 runs every 1m; the others wait."_s), qPrintable(all));
    QVERIFY2(all.contains(u"Cancelled by order/stopped if event.data.id == async.data.id."_s),
             qPrintable(all));
    QVERIFY2(all.contains(u"does not enforce it yet"_s), qPrintable(all));
    shoot(&view, u"fn_config"_s);
}

void TestCatalogViews::aTickOfTheStripOpensItsRun()
{
    UiFixture ui;
    fillScene(ui.backend);
    devserver::api::FunctionStats stats;
    for (const devserver::api::RunSummary &run : ui.backend.runs) {
        if (run.slug == "process-order")
            stats.last.push_back(run);
    }
    stats.completed = 20;
    stats.median = std::chrono::milliseconds(420);
    stats.p95 = std::chrono::milliseconds(1900);
    ui.backend.stats["process-order"_ba] = stats;
    FunctionsView view(ui.context);
    ui.show(&view);
    ui.beat();
    view.showPlace({.view = "functions"_ba, .filter = {}, .subject = "process-order"_ba});
    ui.beat();
    QCOMPARE(child<QLabel>(&view, "functionFigures")->text(),
             u"100 % completed   ·   median 420 ms   ·   95 % within 1.9 s"_s);
    QSignalSpy gone(&ui.navigator, &Navigator::goRequested);
    auto *strip = child<QWidget>(&view, "functionStrip");
    strip->setFocus();
    QTest::keyClick(strip, Qt::Key_Home);
    QTest::keyClick(strip, Qt::Key_Return);
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone[0][0].value<Place>().subject, stats.last.back().id.toText());
    QTest::mouseClick(strip, Qt::LeftButton, {}, {5, strip->height() - 8});
    QCOMPARE(gone.count(), 2);
    shoot(&view, u"fn_overview"_s);
    ui.theme.choose(ThemeChoice::Dark, false);
    ui.beat();
    shoot(&view, u"fn_overview_dark"_s);
}

void TestCatalogViews::addressIsCheckedWhileTyping_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("note");
    QTest::addColumn<bool>("isAddress");
    QTest::addRow("port") << u"3000"_s << u"Syncs with http://localhost:3000/api/inngest"_s << true;
    QTest::addRow("host and port")
        << u"127.0.0.1:4000"_s << u"Syncs with http://127.0.0.1:4000/api/inngest"_s << true;
    QTest::addRow("url with path")
        << u"https://a.test/x/inngest"_s << u"Syncs with https://a.test/x/inngest"_s << true;
    QTest::addRow("other scheme") << u"ftp://a.test"_s
                                  << u"Not an address: a port, host:port or http URL is needed."_s
                                  << false;
    QTest::addRow("nothing") << QString() << u"Apps on the usual ports are found by themselves."_s
                             << false;
}

void TestCatalogViews::addressIsCheckedWhileTyping()
{
    QFETCH(const QString, typed);
    UiFixture ui;
    AppsView view(ui.context);
    ui.show(&view);
    auto *address = child<QLineEdit>(&view, "appsAddress");
    address->setFocus();
    QTest::keyClicks(address, typed);
    QTEST(child<QLabel>(&view, "appsAddressNote")->text(), "note");
    QTEST(child<QPushButton>(&view, "appsAdd")->isEnabled(), "isAddress");
}

void TestCatalogViews::anAddedAddressGoesToTheServer()
{
    UiFixture ui;
    AppsView view(ui.context);
    ui.show(&view);
    auto *address = child<QLineEdit>(&view, "appsAddress");
    address->setFocus();
    QTest::keyClicks(address, u"3000"_s);
    QTest::mouseClick(child<QPushButton>(&view, "appsAdd"), Qt::LeftButton);
    ui.beat();
    QCOMPARE(ui.backend.addedApps, QByteArrayList{"http://localhost:3000/api/inngest"_ba});
    QVERIFY(address->text().isEmpty());
}

void TestCatalogViews::aRefusedAddressLeavesAMessage()
{
    UiFixture ui;
    AppsView view(ui.context);
    ui.show(&view);
    auto *address = child<QLineEdit>(&view, "appsAddress");
    address->setFocus();
    QTest::keyClicks(address, u"3000"_s);
    ui.backend.refuseNext({devserver::ErrorCode::Stopping, u"the server is stopping"_s});
    QTest::keyClick(address, Qt::Key_Return);
    ui.beat();
    QCOMPARE(address->text(), u"3000"_s); // nothing is lost
    QString shown;
    for (const QLabel *label : view.findChildren<QLabel *>())
        shown += label->text() + u'\n';
    QVERIFY2(shown.contains(u"the server is stopping"_s), qPrintable(shown));
}

void TestCatalogViews::anUnreachableAppSaysHowToMendIt_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("fix");
    QTest::addRow("unreachable") << "unreachable"_ba << u"Unreachable"_s
                                 << u"Nothing listens on localhost:3000."_s;
    QTest::addRow("unauthorized") << "unauthorized"_ba << u"Refuses us"_s << u"INNGEST_DEV"_s;
    QTest::addRow("not found") << "url_not_found"_ba << u"Sync failed"_s
                               << u"there is nothing at /api/inngest"_s;
    QTest::addRow("no SDK") << "bad_response"_ba << u"Sync failed"_s
                            << u"does not look like an SDK: said what it said"_s;
    QTest::addRow("app fails") << "internal_server_error"_ba << u"Sync failed"_s
                               << u"an error of its own: said what it said"_s;
}

void TestCatalogViews::anUnreachableAppSaysHowToMendIt()
{
    QFETCH(const QByteArray, error);
    UiFixture ui;
    fillScene(ui.backend);
    AppsView view(ui.context);
    ui.show(&view);
    ui.beat();
    const std::vector<App> known = ui.backend.apps; // posting changes it
    for (App app : known) {
        if (app.name != "shop")
            continue;
        app.error = error;
        app.errorDetail = "said what it said"_ba;
        ui.backend.post(AppChanged{.app = app});
    }
    ui.beat();
    auto *table = child<QTableView>(&view, "appsTable");
    QAbstractItemModelTester tester(table->model(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    clickIndex(table, table->model()->index(1, 0));
    QTEST(table->model()->index(1, AppTableModel::State).data().toString(), "word");
    QFETCH(const QString, fix);
    const QString text = child<QLabel>(&view, "appsFix")->text();
    QVERIFY2(text.contains(fix), qPrintable(text));
    shoot(&view, u"apps_error_"_s + QString::fromLatin1(error));
}

void TestCatalogViews::removedAppCanComeBack()
{
    UiFixture ui;
    fillScene(ui.backend);
    AppsView view(ui.context);
    ui.show(&view);
    ui.beat();
    auto *table = child<QTableView>(&view, "appsTable");
    clickIndex(table, table->model()->index(0, 0));
    ui.beat();
    shoot(&view, u"apps"_s);
    table->setFocus();
    ui.beat();
    QTest::keyClick(table, Qt::Key_Delete);
    ui.beat();
    QCOMPARE(ui.backend.removedApps.size(), 1U);
    QPushButton *undo = nullptr;
    for (QPushButton *button : view.findChildren<QPushButton *>()) {
        if (button->text() == u"Undo"_s)
            undo = button;
    }
    QVERIFY(undo != nullptr);
    QTest::mouseClick(undo, Qt::LeftButton);
    ui.beat();
    QCOMPARE(ui.backend.addedApps.size(), 1);
}

UI_TEST_MAIN(TestCatalogViews)

#include "tst_catalogviews.moc"
