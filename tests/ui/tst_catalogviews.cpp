// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/uifixture.h"
#include "ui/catalog/appsview.h"
#include "ui/catalog/functionsview.h"
#include "ui/core/apptablemodel.h"
#include "ui/core/functiontreemodel.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
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
    void idsWithASlashAreInFolders();
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
    void theAddedAppIsShown();
    void anAddressIsEdited();
    void whatWasTriedStandsThere();
    void timesFollowTheSettings();
    void columnsHaveRoomForTheirTexts();
    void theLastErrorOpensItsRun();
};

namespace {

/// A row of a tree or table is clicked where people click it.
void clickIndex(QAbstractItemView *view, const QModelIndex &index)
{
    view->scrollTo(index);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
}

App httpApp(const QByteArray &name, const QByteArray &url, const QByteArray &error = {})
{
    App app;
    app.id = devserver::AppId{devserver::Uuid::fromName("test", QByteArray(name + url))};
    app.name = name;
    app.url = url;
    app.error = error;
    return app;
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

void TestCatalogViews::idsWithASlashAreInFolders()
{
    UiFixture ui;
    const App app = httpApp("shop"_ba, "http://localhost:3000/api/inngest"_ba);
    ui.backend.apps = {app};
    const auto function = [&](const QByteArray &id, const QByteArray &name) {
        devserver::Function made;
        made.id = devserver::FunctionId{devserver::Uuid::fromName("f", id)};
        made.app = app.id;
        made.config.slug = "shop-" + id;
        made.config.name = name;
        return made;
    };
    ui.backend.functions = {function("orders/new"_ba, "orders/new"_ba),
                            function("ping"_ba, "ping"_ba),
                            function("orders/old"_ba, "Close old orders"_ba),
                            function("mail.welcome"_ba, "mail.welcome"_ba)};
    FunctionTreeModel model(ui.catalog, ui.feed);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    ui.catalog.reload();
    ui.beat();
    const auto print = [&model] {
        QStringList lines;
        const std::function<void(const QModelIndex &, int)> add = [&](const QModelIndex &parent,
                                                                      int depth) {
            for (int row = 0; row < model.rowCount(parent); ++row) {
                const QModelIndex index = model.index(row, 0, parent);
                lines.append(QString(depth, u'>') + index.data().toString());
                add(index, depth + 1);
            }
        };
        add({}, 0);
        return lines.join(u'|');
    };
    QCOMPARE(print(), u"shop|>ping|>mail|>>welcome|>orders|>>new|>>Close old orders"_s);
    QCOMPARE(model.index(2, 0, model.index(0, 0, {})).data(Qt::AccessibleTextRole).toString(),
             u"Folder orders, 2 functions"_s);
    // Folders come and go with their functions.
    devserver::Function gone = ui.backend.functions[3];
    gone.isArchived = true;
    ui.backend.post(devserver::FunctionChanged{gone});
    ui.backend.post(devserver::FunctionChanged{function("users/new"_ba, "users/new"_ba)});
    ui.beat();
    QCOMPARE(print(), u"shop|>ping|>orders|>>new|>>Close old orders|>users|>>new"_s);
    QCOMPARE(model.indexOf("shop-users/new"_ba).data().toString(), u"new"_s);
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

void TestCatalogViews::theAddedAppIsShown()
{
    UiFixture ui;
    fillScene(ui.backend);
    AppsView view(ui.context);
    ui.show(&view);
    ui.beat();
    auto *address = child<QLineEdit>(&view, "appsAddress");
    address->setFocus();
    QTest::keyClicks(address, u"4000"_s);
    QTest::keyClick(address, Qt::Key_Return);
    ui.beat();
    const QByteArray url = "http://localhost:4000/api/inngest"_ba;
    QCOMPARE(ui.backend.addedApps, QByteArrayList{url});
    auto *table = child<QTableView>(&view, "appsTable");
    const auto current = [&] {
        return table->currentIndex().siblingAtColumn(AppTableModel::Name).data().toString();
    };
    const App waiting = httpApp({}, url, "unreachable"_ba);
    ui.backend.post(AppChanged{.app = waiting});
    ui.beat();
    QCOMPARE(current(), u"localhost:4000"_s);
    // It answers: another row takes the place of the address.
    App found = httpApp("billing"_ba, url);
    found.syncedAt = ui.backend.now();
    devserver::Function function = ui.backend.functions.front();
    function.app = found.id;
    function.config.slug = "billing-pay"_ba;
    function.config.name = "Pay"_ba;
    function.id = devserver::FunctionId{devserver::Uuid::fromName("x", "pay")};
    ui.backend.post(AppChanged{.app = waiting, .isGone = true});
    ui.backend.post(AppChanged{.app = found});
    ui.backend.post(devserver::FunctionChanged{function});
    ui.beat();
    QCOMPARE(current(), u"billing"_s);
    auto *functions = child<QLabel>(&view, "appsFunctions");
    QVERIFY2(functions->text().contains(u">Pay</a>"_s), qPrintable(functions->text()));
    // And each leads to its page.
    QSignalSpy gone(&ui.navigator, &Navigator::goRequested);
    functions->setFocus();
    QTest::keyClick(functions, Qt::Key_Tab);
    QTest::keyClick(functions, Qt::Key_Return);
    if (gone.isEmpty())
        QTest::mouseClick(functions, Qt::LeftButton, {},
                          {functions->fontMetrics().horizontalAdvance(u"Functions: P"_s),
                           functions->height() / 2});
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone[0][0].value<Place>().subject, "billing-pay"_ba);
}

void TestCatalogViews::anAddressIsEdited()
{
    UiFixture ui;
    fillScene(ui.backend);
    AppsView view(ui.context);
    ui.show(&view);
    ui.beat();
    auto *table = child<QTableView>(&view, "appsTable");
    auto *address = child<QLineEdit>(&view, "appsAddress");
    auto *add = child<QPushButton>(&view, "appsAdd");
    clickIndex(table, table->model()->index(1, 0));
    QTest::mouseClick(child<QToolButton>(&view, "app_editAddress"), Qt::LeftButton);
    QVERIFY(address->hasFocus());
    QCOMPARE(address->text(), u"http://localhost:3000/api/inngest"_s);
    QCOMPARE(add->text(), u"Change"_s);
    QTest::keyClicks(address, u"3100"_s);
    QCOMPARE(child<QLabel>(&view, "appsAddressNote")->text(),
             u"shop is asked at http://localhost:3100/api/inngest from now on; Esc leaves it as it "
             u"is."_s);
    shoot(&view, u"apps_edit"_s);
    QTest::keyClick(address, Qt::Key_Return);
    ui.beat();
    ui.beat();
    QCOMPARE(ui.backend.removedApps.size(), std::size_t{1});
    QCOMPARE(ui.backend.addedApps, QByteArrayList{"http://localhost:3100/api/inngest"_ba});
    QCOMPARE(add->text(), u"Add app"_s);
    QVERIFY(address->text().isEmpty());
    // The same again is no change.
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Home);
    QTest::keyClick(table, Qt::Key_F2);
    QVERIFY(address->hasFocus());
    QTest::keyClick(address, Qt::Key_Return);
    ui.beat();
    QCOMPARE(ui.backend.removedApps.size(), std::size_t{1});
    QCOMPARE(add->text(), u"Add app"_s);
}

void TestCatalogViews::whatWasTriedStandsThere()
{
    UiFixture ui;
    fillScene(ui.backend);
    ui.catalog.reload();
    AppsView view(ui.context);
    ui.show(&view);
    ui.beat();
    auto *table = child<QTableView>(&view, "appsTable");
    clickIndex(table, table->model()->index(1, 0));
    auto *tried = child<QLabel>(&view, "appsTried");
    QVERIFY(!tried->isVisible()); // it answered, and that is all
    const std::vector<App> known = ui.backend.apps;
    const auto say = [&](const QByteArray &error, const QByteArray &detail) {
        for (App app : known) {
            if (app.name != "shop")
                continue;
            app.error = error;
            app.errorDetail = detail;
            ui.backend.post(AppChanged{.app = app});
        }
        ui.beat();
    };
    say("unreachable"_ba, "connection refused"_ba);
    ui.backend.advance(std::chrono::seconds(5));
    say("internal_server_error"_ba, "the app answered 500"_ba);
    say("internal_server_error"_ba, "the app answered 500"_ba); // nothing new
    QVERIFY(tried->isVisible());
    const QStringList lines = tried->accessibleName().split(u'\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY2(lines[0].endsWith(u"Sync failed: the app answered 500"_s), qPrintable(lines[0]));
    QVERIFY2(lines[1].endsWith(u"Unreachable: connection refused"_s), qPrintable(lines[1]));
    QVERIFY2(lines[2].endsWith(u"Answered and registered its functions"_s), qPrintable(lines[2]));
    shoot(&view, u"apps_tried"_s);
}

void TestCatalogViews::timesFollowTheSettings()
{
    UiFixture ui;
    fillScene(ui.backend);
    for (App &app : ui.backend.apps)
        app.syncedAt = ui.backend.now() - std::chrono::minutes(25);
    ui.catalog.reload();
    AppsView view(ui.context);
    ui.show(&view);
    ui.beat();
    const auto *table = child<QTableView>(&view, "appsTable");
    const QModelIndex cell = table->model()->index(0, AppTableModel::LastSync);
    QCOMPARE(cell.data().toString(), u"25 m ago"_s);
    arrange::timeStyle(ui, TimeStyle::Absolute);
    QCOMPARE(cell.data().toString(), formatTime(ui.backend.now() - std::chrono::minutes(25),
                                                ui.backend.now(), TimeStyle::Absolute));
    arrange::timeStyle(ui, TimeStyle::Relative);
    ui.backend.advance(std::chrono::hours(49)); // a date, not only an hour
    arrange::timeStyle(ui, TimeStyle::Utc);
    QVERIFY2(cell.data().toString().contains(u"01-01"_s)
                 || cell.data().toString().contains(u"Jan"_s),
             qPrintable(cell.data().toString()));
}

void TestCatalogViews::columnsHaveRoomForTheirTexts()
{
    UiFixture ui;
    fillScene(ui.backend);
    AppsView view(ui.context);
    ui.show(&view, {805, 700}); // beside rail and inspector at 1440
    ui.beat();
    auto *table = child<QTableView>(&view, "appsTable");
    QVERIFY(!table->horizontalScrollBar()->isVisible());
    const QFontMetrics metrics(table->font());
    QFont strong = table->horizontalHeader()->font();
    strong.setWeight(QFont::DemiBold);
    for (int column = 0; column < table->model()->columnCount(); ++column) {
        const QString title = table->model()->headerData(column, Qt::Horizontal).toString();
        int wanted = QFontMetrics(strong).horizontalAdvance(title);
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            const QString text = table->model()->index(row, column).data().toString();
            wanted = std::max(wanted, metrics.horizontalAdvance(text) + (column == 0 ? 20 : 0));
        }
        QVERIFY2(wanted + 16 <= table->columnWidth(column), qPrintable(title));
    }
}

void TestCatalogViews::theLastErrorOpensItsRun()
{
    UiFixture ui;
    fillScene(ui.backend);
    FunctionsView view(ui.context);
    ui.show(&view);
    ui.beat();
    auto *tree = child<QTreeView>(&view, "functionsTree");
    clickIndex(tree, qobject_cast<FunctionTreeModel *>(tree->model())->indexOf("refund"_ba));
    ui.beat();
    ui.beat();
    auto *error = child<QLabel>(&view, "functionLastError");
    QVERIFY(error->isVisible());
    QVERIFY2(error->text().startsWith(u"NonRetriableError"_s), qPrintable(error->text()));
    QSignalSpy gone(&ui.navigator, &Navigator::goRequested);
    error->setFocus();
    QTest::keyClick(error, Qt::Key_Tab);
    QTest::keyClick(error, Qt::Key_Return);
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone[0][0].value<Place>().view, "runs"_ba);
}

UI_TEST_MAIN(TestCatalogViews)

#include "tst_catalogviews.moc"
