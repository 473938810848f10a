// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/modelwatch.h"
#include "tests/ui/support/arrange.h"
#include "tests/ui/support/clicks.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/uifixture.h"
#include "ui/catalog/appsview.h"
#include "ui/catalog/functionsview.h"
#include "ui/core/apptablemodel.h"
#include "ui/core/functiontreemodel.h"

#include <QAbstractButton>
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
#include <QTreeView>

#include <memory>

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
    void unfinishedRunsStandTall();
    void addressIsCheckedWhileTyping_data();
    void addressIsCheckedWhileTyping();
    void theNoteSaysWhetherAppsAreLookedFor();
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

/// A view of the catalog.
template<typename View>
struct Stage {
    /// Shows the view over what the backend has by now.
    void open(QSize size = {1200, 800})
    {
        ui.catalog.reload();
        view = std::make_unique<View>(ui.context);
        ui.show(view.get(), size);
        ui.beat();
    }

    template<typename T>
    [[nodiscard]] T *find(const char *name) const
    {
        return child<T>(view.get(), name);
    }

    void press(const char *button)
    {
        QTest::mouseClick(find<QAbstractButton>(button), Qt::LeftButton);
        ui.beat();
    }

    void shoot(const QString &name) const { test::shoot(view.get(), name); }

    UiFixture ui;
    std::unique_ptr<View> view;
};

struct FunctionsStage : Stage<FunctionsView> {
    FunctionsStage() { fillScene(ui.backend); }

    void select(const QByteArray &slug)
    {
        auto *tree = find<QTreeView>("functionsTree");
        clickCell(tree, qobject_cast<FunctionTreeModel *>(tree->model())->indexOf(slug));
        ui.beat();
        ui.beat(); // its figures come with the answer
    }
};

struct AppsStage : Stage<AppsView> {
    /// What is at http://localhost:3000 in the scene.
    static constexpr int shopRow = 1;

    explicit AppsStage(bool hasScene = true)
    {
        if (hasScene)
            fillScene(ui.backend);
    }

    void open(QSize size = {1200, 800})
    {
        Stage::open(size);
        table = find<QTableView>("appsTable");
        address = find<QLineEdit>("appsAddress");
    }

    void selectApp(int row)
    {
        clickCell(table, table->model()->index(row, 0));
        ui.beat();
    }

    void typeAddress(const QString &text) const
    {
        address->setFocus();
        QTest::keyClicks(address, text);
    }

    /// The app `shop` could not be synced.
    void failShop(const QByteArray &error, const QByteArray &detail)
    {
        const std::vector<App> known = ui.backend.apps; // posting changes it
        for (App app : known) {
            if (app.name != "shop")
                continue;
            app.error = error;
            app.errorDetail = detail;
            ui.backend.post(AppChanged{.app = app});
        }
        ui.beat();
    }

    QTableView *table = nullptr;
    QLineEdit *address = nullptr;
};

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
    FunctionsStage stage;
    stage.open();
    auto *tree = stage.find<QTreeView>("functionsTree");
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
    run.id = devserver::RunId{devserver::Ulid::fromParts(stage.ui.backend.now(), {})};
    run.slug = "refund"_ba;
    stage.ui.backend.post(run);
    stage.ui.beat();
    const auto *tree2 = qobject_cast<FunctionTreeModel *>(model);
    QCOMPARE(tree2->indexOf("refund"_ba).data(Qt::AccessibleTextRole).toString(),
             u"refund, last run Completed"_s);
    stage.shoot(u"functions"_s);
}

void TestCatalogViews::treeFollowsTheCatalogWithoutReset()
{
    UiFixture ui;
    fillScene(ui.backend);
    FunctionTreeModel model(ui.catalog, ui.feed);
    const ModelWatch watch(&model, "FunctionTreeModel");
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
    FunctionsStage stage;
    stage.open();
    stage.select("refund"_ba);
    QCOMPARE(stage.find<QLabel>("functionTitle")->text(), u"refund"_s);
    QSignalSpy invoked(&stage.ui.navigator, &Navigator::invokeDraftRequested);
    QSignalSpy composed(&stage.ui.navigator, &Navigator::eventDraftRequested);
    QSignalSpy gone(&stage.ui.navigator, &Navigator::goRequested);
    stage.press("function_invoke");
    QCOMPARE(invoked.count(), 1);
    QCOMPARE(invoked[0][0].toByteArray(), "refund"_ba);
    stage.press("function_sample");
    QCOMPARE(composed.count(), 1);
    QCOMPARE(composed[0][0].toByteArray(), "order/refunded"_ba);
    stage.press("function_runs");
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone[0][0].value<Place>().filter, u"fn:refund"_s);
}

void TestCatalogViews::configurationIsInSentences()
{
    FunctionsStage stage;
    for (devserver::Function &function : stage.ui.backend.functions) {
        if (function.config.slug != "refund")
            continue;
        function.config.config = devserver::RawJson::fromTrusted(
            R"({"concurrency":[{"limit":5,"key":"event.data.customer"}],"throttle":{"limit":30,"period":"1m"},"timeouts":{"finish":"1h30m"},"idempotency":"event.data.id",)"
            R"("cancel":[{"event":"order/stopped","if":"event.data.id == async.data.id"}]})"_ba);
        function.config.notEnforced = {"concurrency"_ba, "throttle"_ba, "cancel"_ba};
    }
    stage.open();
    stage.select("refund"_ba);
    auto *tabs = stage.find<QTabWidget>("functionTabs");
    clickTab(tabs, 1);
    QStringList texts;
    const auto labels = stage.find<QWidget>("functionConfiguration")->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        texts.append(label->text());
    const QString all = texts.join(u'\n');
    QVERIFY2(all.contains(u"4 for each step: up to 5 attempts."_s), qPrintable(all));
    QVERIFY2(all.contains(u"once per <code>event.data.customer</code>."_s), qPrintable(all));
    QVERIFY2(all.contains(u"Starts at most 30 runs every minute; the\u00a0others\u00a0wait."_s),
             qPrintable(all));
    QVERIFY2(all.contains(u"Cancelled if not ended after\u00a01\u00a0h\u00a030\u00a0m."_s),
             qPrintable(all));
    QVERIFY2(all.contains(u"One run per <code>event.data.id</code> within"_s), qPrintable(all));
    QVERIFY2(all.contains(u"stopped if <code>event.data.id\u00a0==\u00a0async.data.id</code>."_s),
             qPrintable(all));
    QCOMPARE(texts.filter(u"enforced"_s), QStringList{u"Kept, not enforced yet"_s}); // said once
    const int note = stage.find<QLabel>("functionNotEnforced")->y();
    for (const QLabel *label : labels) {
        if (label->text() == u"Throttle"_s || label->text() == u"Not set"_s)
            QCOMPARE(label->y() > note, label->text() == u"Throttle"_s);
    }
    // Each setting is a row of its own, and what is not set is one.
    QCOMPARE(texts.filter(u"Throttle"_s), QStringList{u"Throttle"_s});
    QVERIFY2(texts.contains(u"Rate limit, Debounce, Batch, Priority, Singleton, Failure handler"_s),
             qPrintable(all));
    stage.shoot(u"fn_config"_s);
}

void TestCatalogViews::aTickOfTheStripOpensItsRun()
{
    FunctionsStage stage;
    devserver::api::FunctionStats stats;
    for (const devserver::api::RunSummary &run : stage.ui.backend.runs) {
        if (run.slug == "process-order")
            stats.last.push_back(run);
    }
    stats.completed = 20;
    stats.median = std::chrono::milliseconds(420);
    stats.p95 = std::chrono::milliseconds(1900);
    stage.ui.backend.stats["process-order"_ba] = stats;
    stage.open();
    stage.select("process-order"_ba);
    QCOMPARE(
        stage.find<QLabel>("functionFigures")->text(),
        u"20 of 20 ended runs completed (100 %)   ·   median 420 ms   ·   95 % within 1.9 s"_s);
    // Of one run there is no median.
    stats.completed = 1;
    stage.ui.backend.stats["process-order"_ba] = stats;
    stage.ui.backend.post(stats.last.front());
    QTRY_COMPARE((stage.ui.beat(), stage.find<QLabel>("functionFigures")->text()),
                 u"1 run has ended, it took 420 ms"_s);
    QSignalSpy gone(&stage.ui.navigator, &Navigator::goRequested);
    auto *strip = stage.find<QWidget>("functionStrip");
    strip->setFocus();
    QTest::keyClick(strip, Qt::Key_Home);
    QTest::keyClick(strip, Qt::Key_Return);
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone[0][0].value<Place>().subject, stats.last.back().id.toText());
    QTest::mouseClick(strip, Qt::LeftButton, {}, {5, strip->height() - 8});
    QCOMPARE(gone.count(), 2);
    stage.shoot(u"fn_overview"_s);
    stage.ui.theme.choose(ThemeChoice::Dark, false);
    stage.ui.beat();
    stage.shoot(u"fn_overview_dark"_s);
}

void TestCatalogViews::unfinishedRunsStandTall()
{
    FunctionsStage stage;
    devserver::api::FunctionStats stats;
    devserver::api::RunSummary ended;
    ended.status = devserver::RunStatus::Completed;
    ended.queuedAt = stage.ui.backend.now();
    ended.startedAt = ended.queuedAt;
    ended.endedAt = ended.queuedAt + std::chrono::minutes(9);
    devserver::api::RunSummary running = ended;
    running.status = devserver::RunStatus::Running;
    running.endedAt.reset();
    stats.last = {running, ended}; // the newest first
    stage.ui.backend.stats["process-order"_ba] = stats;
    stage.open();
    stage.select("process-order"_ba);
    auto *strip = stage.find<QWidget>("functionStrip");
    const QImage picture = strip->grab().toImage();
    const QColor ground = picture.pixelColor(picture.width() - 1, 0);
    const auto topOf = [&](int x) {
        int y = 0;
        while (y < picture.height() && picture.pixelColor(x, y) == ground)
            ++y;
        return y;
    };
    QCOMPARE(topOf(13), topOf(3)); // in the middle of the second and of the first
    QVERIFY(topOf(3) < picture.height() / 4);
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
    QTest::addRow("nothing") << QString()
                             << u"Apps are not looked for; enter the address of yours."_s << false;
}

void TestCatalogViews::theNoteSaysWhetherAppsAreLookedFor()
{
    AppsStage stage(false);
    stage.open();
    const auto *note = stage.find<QLabel>("appsAddressNote");
    QCOMPARE(note->text(), u"Apps are not looked for; enter the address of yours."_s);
    auto state = stage.ui.backend.state;
    state.isDiscovering = true;
    stage.ui.backend.setState(state);
    QVERIFY2(note->text().startsWith(u"Apps on ports 80, 443, "_s), qPrintable(note->text()));
    QVERIFY2(note->text().contains(u"3000\u2060–\u20603010"_s), qPrintable(note->text()));
    QVERIFY2(note->text().endsWith(u" are found automatically."_s), qPrintable(note->text()));
    AppsStage another; // where an app has answered
    another.open();
    QCOMPARE(another.find<QLabel>("appsAddressNote")->text(),
             u"Other apps are not looked for; enter the address of another one."_s);
}

void TestCatalogViews::addressIsCheckedWhileTyping()
{
    QFETCH(const QString, typed);
    AppsStage stage(false);
    stage.open();
    stage.typeAddress(typed);
    QTEST(stage.find<QLabel>("appsAddressNote")->text(), "note");
    QTEST(stage.find<QPushButton>("appsAdd")->isEnabled(), "isAddress");
}

void TestCatalogViews::anAddedAddressGoesToTheServer()
{
    AppsStage stage(false);
    stage.open();
    stage.typeAddress(u"3000"_s);
    stage.press("appsAdd");
    QCOMPARE(stage.ui.backend.addedApps, QByteArrayList{"http://localhost:3000/api/inngest"_ba});
    QVERIFY(stage.address->text().isEmpty());
}

void TestCatalogViews::aRefusedAddressLeavesAMessage()
{
    AppsStage stage(false);
    stage.open();
    stage.typeAddress(u"3000"_s);
    stage.ui.backend.refuseNext({devserver::ErrorCode::Stopping, u"the server is stopping"_s});
    QTest::keyClick(stage.address, Qt::Key_Return);
    stage.ui.beat();
    QCOMPARE(stage.address->text(), u"3000"_s); // nothing is lost
    QString shown;
    for (const QLabel *label : stage.view->findChildren<QLabel *>())
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
    QTest::addRow("old SDK")
        << "sdk_version_denied"_ba << u"SDK too old"_s
        << u"The registration was refused: said what it said. Update the SDK of the app "
           "and start it again."_s;
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
    AppsStage stage;
    stage.open();
    stage.failShop(error, "said what it said"_ba);
    const ModelWatch watch(stage.table->model(), "AppTableModel");
    stage.selectApp(AppsStage::shopRow);
    QTEST(stage.table->model()->index(1, AppTableModel::State).data().toString(), "word");
    QFETCH(const QString, fix);
    const QString text = stage.find<QLabel>("appsFix")->text();
    QVERIFY2(text.contains(fix), qPrintable(text));
    stage.shoot(u"apps_error_"_s + QString::fromLatin1(error));
}

void TestCatalogViews::removedAppCanComeBack()
{
    AppsStage stage;
    stage.open();
    stage.selectApp(0);
    stage.shoot(u"apps"_s);
    stage.table->setFocus();
    stage.ui.beat();
    QTest::keyClick(stage.table, Qt::Key_Delete);
    stage.ui.beat();
    QCOMPARE(stage.ui.backend.removedApps.size(), 1U);
    QPushButton *undo = nullptr;
    for (QPushButton *button : stage.view->findChildren<QPushButton *>()) {
        if (button->text() == u"Undo"_s)
            undo = button;
    }
    QVERIFY(undo != nullptr);
    QTest::mouseClick(undo, Qt::LeftButton);
    stage.ui.beat();
    QCOMPARE(stage.ui.backend.addedApps.size(), 1);
}

void TestCatalogViews::theAddedAppIsShown()
{
    AppsStage stage;
    stage.open();
    stage.typeAddress(u"4000"_s);
    QTest::keyClick(stage.address, Qt::Key_Return);
    stage.ui.beat();
    const QByteArray url = "http://localhost:4000/api/inngest"_ba;
    QCOMPARE(stage.ui.backend.addedApps, QByteArrayList{url});
    const auto current = [&] {
        return stage.table->currentIndex().siblingAtColumn(AppTableModel::Name).data().toString();
    };
    const App waiting = httpApp({}, url, "unreachable"_ba);
    stage.ui.backend.post(AppChanged{.app = waiting});
    stage.ui.beat();
    QCOMPARE(current(), u"localhost:4000"_s);
    // It answers: another row takes the place of the address.
    App found = httpApp("billing"_ba, url);
    found.syncedAt = stage.ui.backend.now();
    devserver::Function function = stage.ui.backend.functions.front();
    function.app = found.id;
    function.config.slug = "billing-pay"_ba;
    function.config.name = "Pay"_ba;
    function.id = devserver::FunctionId{devserver::Uuid::fromName("x", "pay")};
    stage.ui.backend.post(AppChanged{.app = waiting, .isGone = true});
    stage.ui.backend.post(AppChanged{.app = found});
    stage.ui.backend.post(devserver::FunctionChanged{function});
    stage.ui.beat();
    QCOMPARE(current(), u"billing"_s);
    auto *functions = stage.find<QLabel>("appsFunctions");
    QVERIFY2(functions->text().contains(u">Pay</a>"_s), qPrintable(functions->text()));
    // And each leads to its page.
    QSignalSpy gone(&stage.ui.navigator, &Navigator::goRequested);
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
    AppsStage stage;
    stage.open();
    auto *add = stage.find<QPushButton>("appsAdd");
    stage.selectApp(AppsStage::shopRow);
    stage.press("app_editAddress");
    QVERIFY(stage.address->hasFocus());
    QCOMPARE(stage.address->text(), u"http://localhost:3000/api/inngest"_s);
    QCOMPARE(add->text(), u"Change"_s);
    QTest::keyClicks(stage.address, u"3100"_s);
    QCOMPARE(stage.find<QLabel>("appsAddressNote")->text(),
             u"Calls to shop wait until it registers at http://localhost:3100/api/inngest; Esc "
             u"keeps the old address."_s);
    stage.shoot(u"apps_edit"_s);
    QTest::keyClick(stage.address, Qt::Key_Return);
    stage.ui.beat();
    stage.ui.beat();
    const auto &moved = stage.ui.backend.movedApps;
    QCOMPARE(moved.size(), std::size_t{1});
    QCOMPARE(moved[0].second, "http://localhost:3100/api/inngest"_ba);
    QVERIFY(stage.ui.backend.removedApps.empty());
    QVERIFY(stage.ui.backend.addedApps.empty());
    QCOMPARE(add->text(), u"Add app"_s);
    QVERIFY(stage.address->text().isEmpty());
    // The same again is no change.
    stage.table->setFocus();
    QTest::keyClick(stage.table, Qt::Key_Home);
    QTest::keyClick(stage.table, Qt::Key_F2);
    QVERIFY(stage.address->hasFocus());
    QTest::keyClick(stage.address, Qt::Key_Return);
    stage.ui.beat();
    QCOMPARE(moved.size(), std::size_t{1});
    QCOMPARE(add->text(), u"Add app"_s);
    // What is refused changes nothing, and the text can be mended.
    QTest::keyClick(stage.table, Qt::Key_F2);
    QTest::keyClicks(stage.address, u"3200"_s);
    stage.ui.backend.refuseNext({devserver::ErrorCode::Stopping, u"shutting down"_s});
    QTest::keyClick(stage.address, Qt::Key_Return);
    stage.ui.beat();
    QCOMPARE(add->text(), u"Change"_s);
    QCOMPARE(stage.address->text(), u"3200"_s);
    QVERIFY(stage.ui.backend.removedApps.empty());
    QVERIFY(
        stage.find<QLabel>("infoBarText")->text().contains(u"address of shop was not changed"_s));
}

void TestCatalogViews::whatWasTriedStandsThere()
{
    AppsStage stage;
    stage.open();
    stage.selectApp(AppsStage::shopRow);
    auto *tried = stage.find<QLabel>("appsTried");
    QVERIFY(!tried->isVisible()); // it answered, and that is all
    stage.failShop("unreachable"_ba, "connection refused"_ba);
    stage.ui.backend.advance(std::chrono::seconds(5));
    stage.failShop("internal_server_error"_ba, "the app answered 500"_ba);
    stage.failShop("internal_server_error"_ba, "the app answered 500"_ba); // nothing new
    QVERIFY(tried->isVisible());
    const QStringList lines = tried->accessibleName().split(u'\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY2(lines[0].endsWith(u"Sync failed: the app answered 500"_s), qPrintable(lines[0]));
    QVERIFY2(lines[1].endsWith(u"Unreachable: connection refused"_s), qPrintable(lines[1]));
    QVERIFY2(lines[2].endsWith(u"Answered and registered its functions"_s), qPrintable(lines[2]));
    stage.shoot(u"apps_tried"_s);
}

void TestCatalogViews::timesFollowTheSettings()
{
    AppsStage stage;
    for (App &app : stage.ui.backend.apps)
        app.syncedAt = stage.ui.backend.now() - std::chrono::minutes(25);
    stage.open();
    const QModelIndex cell = stage.table->model()->index(0, AppTableModel::LastSync);
    QCOMPARE(cell.data().toString(), u"25 m ago"_s);
    arrange::timeStyle(stage.ui, TimeStyle::Absolute);
    QCOMPARE(cell.data().toString(), formatTime(stage.ui.backend.now() - std::chrono::minutes(25),
                                                stage.ui.backend.now(), TimeStyle::Absolute));
    arrange::timeStyle(stage.ui, TimeStyle::Relative);
    stage.ui.backend.advance(std::chrono::hours(49)); // a date, not only an hour
    arrange::timeStyle(stage.ui, TimeStyle::Utc);
    QVERIFY2(cell.data().toString().contains(u"01-01"_s)
                 || cell.data().toString().contains(u"Jan"_s),
             qPrintable(cell.data().toString()));
}

void TestCatalogViews::columnsHaveRoomForTheirTexts()
{
    AppsStage stage;
    stage.open({805, 700}); // beside rail and inspector at 1440
    QVERIFY(!stage.table->horizontalScrollBar()->isVisible());
    const QFontMetrics metrics(stage.table->font());
    QFont strong = stage.table->horizontalHeader()->font();
    strong.setWeight(QFont::DemiBold);
    for (int column = 0; column < stage.table->model()->columnCount(); ++column) {
        const QString title = stage.table->model()->headerData(column, Qt::Horizontal).toString();
        int wanted = QFontMetrics(strong).horizontalAdvance(title);
        for (int row = 0; row < stage.table->model()->rowCount(); ++row) {
            const QString text = stage.table->model()->index(row, column).data().toString();
            wanted = std::max(wanted, metrics.horizontalAdvance(text) + (column == 0 ? 20 : 0));
        }
        if (!stage.table->isColumnHidden(column)) // some wait for room
            QVERIFY2(wanted + 16 <= stage.table->columnWidth(column), qPrintable(title));
    }
}

void TestCatalogViews::theLastErrorOpensItsRun()
{
    FunctionsStage stage;
    stage.open();
    stage.select("refund"_ba);
    auto *error = stage.find<QLabel>("functionLastError");
    QVERIFY(error->isVisible());
    QVERIFY2(error->text().startsWith(u"NonRetriableError"_s), qPrintable(error->text()));
    static const QRegularExpression whereAndWhen(
        u"<br>in <a href[^>]*underline\">run [^<]*</a> · \\d\\d:\\d\\d:\\d\\d$"_s);
    QVERIFY2(error->text().contains(whereAndWhen), qPrintable(error->text()));
    QSignalSpy gone(&stage.ui.navigator, &Navigator::goRequested);
    error->setFocus();
    QTest::keyClick(error, Qt::Key_Tab);
    QTest::keyClick(error, Qt::Key_Return);
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone[0][0].value<Place>().view, "runs"_ba);
}

UI_TEST_MAIN(TestCatalogViews)

#include "tst_catalogviews.moc"
