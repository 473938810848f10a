// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/clicks.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/uifixture.h"
#include "ui/catalog/appsview.h"
#include "ui/core/apptablemodel.h"
#include "ui/widgets/infobar.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;
using devserver::App;
using devserver::AppChanged;

/// Editing the address of an app, and what is said when it answers elsewhere (ui.md 13.2).
class TestAppAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSameAddressIsToldAsSuch_data();
    void theSameAddressIsToldAsSuch();
    void anUneditedAddressIsLeftByReturn();
    void whereAScanFoundAnAppIsNoRow_data();
    void whereAScanFoundAnAppIsNoRow();
    void whatIsFoundFirstIsARowAtOnce();
    void anAppInCloudModeIsARowBesideOthers();
    void whatIsStillToBeAskedWasNotTried();
    void timesOfTheDetailGoOn();
    void aFailedTryIsListedAndItsBarGoesWhenTheAppIsBack();
    void theStateMovesNoColumn();
};

namespace {

const auto oldUrl = "http://localhost:3000/api/inngest"_ba;
const auto newUrl = "http://localhost:4000/api/inngest"_ba;

App foundAt(const QByteArray &url, const QByteArray &error, const QByteArray &detail)
{
    App app;
    app.id = devserver::AppId{devserver::Uuid::fromName("url", url)};
    app.url = url;
    app.error = error;
    app.errorDetail = detail;
    app.isFound = true;
    return app;
}

struct Stage {
    explicit Stage(bool hasScene = true)
    {
        if (hasScene)
            fillScene(ui.backend);
        ui.catalog.reload();
        ui.show(&view);
        ui.beat();
    }

    [[nodiscard]] QStringList rows() const
    {
        QStringList words;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            words.append(table->model()->index(row, AppTableModel::Address).data().toString());
        return words;
    }

    /// The app at the old address, which the scene has.
    void selectShop()
    {
        const auto row = rows().indexOf(u"localhost:3000/api/inngest"_s);
        clickCell(table, table->model()->index(static_cast<int>(row), AppTableModel::Name));
        ui.beat();
    }

    void beginEdit()
    {
        selectShop();
        QTest::keyClick(table, Qt::Key_F2);
        QVERIFY(address->hasFocus());
    }

    /// It was moved and did not answer there.
    void moveShop(const QByteArray &detail = "connection refused"_ba)
    {
        const std::vector<App> known = ui.backend.apps; // posting changes it
        for (App app : known) {
            if (app.name != "shop")
                continue;
            app.url = newUrl;
            app.checksum.clear();
            app.error = "unreachable"_ba;
            app.errorDetail = detail;
            ui.backend.post(AppChanged{.app = app});
        }
        ui.beat();
    }

    UiFixture ui;
    AppsView view{ui.context};
    QTableView *table = child<QTableView>(&view, "appsTable");
    QLineEdit *address = child<QLineEdit>(&view, "appsAddress");
    QLabel *note = child<QLabel>(&view, "appsAddressNote");
    QPushButton *add = child<QPushButton>(&view, "appsAdd");
};

} // namespace

void TestAppAddress::theSameAddressIsToldAsSuch_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("isAsked"); // only the server knows it
    QTest::addColumn<QString>("words");
    QTest::newRow("short") << u"3000"_s << false
                           << u"http://localhost:3000/api/inngest is the address of shop now; Esc "
                              u"keeps it."_s;
    QTest::newRow("another name of it")
        << u"127.0.0.1:3000"_s << true
        << u"http://127.0.0.1:3000/api/inngest is the same as http://localhost:3000/api/inngest, "
           u"the address of shop now; Esc keeps it."_s;
}

/// The line stays, so that it can be mended.
void TestAppAddress::theSameAddressIsToldAsSuch()
{
    QFETCH(const QString, typed);
    QFETCH(const bool, isAsked);
    QFETCH(const QString, words);
    Stage stage;
    stage.beginEdit();
    QTest::keyClicks(stage.address, typed);
    QTest::keyClick(stage.address, Qt::Key_Return);
    stage.ui.beat();
    stage.ui.beat();
    QCOMPARE(stage.ui.backend.movedApps.size(), isAsked ? std::size_t{1} : std::size_t{0});
    QCOMPARE(stage.note->text(), words);
    QCOMPARE(stage.address->text(), typed);
    QVERIFY(stage.address->hasFocus());
    QVERIFY(!stage.add->isEnabled());
    QTest::keyClick(stage.address, Qt::Key_1); // another port
    QVERIFY(stage.add->isEnabled());
    QVERIFY2(stage.note->text().startsWith(u"Calls to shop wait"_s),
             qPrintable(stage.note->text()));
    QTest::keyClick(stage.address, Qt::Key_Return);
    stage.ui.beat();
    stage.ui.beat();
    QCOMPARE(stage.add->text(), u"Add app"_s);
    QVERIFY(stage.table->hasFocus());
}

void TestAppAddress::anUneditedAddressIsLeftByReturn()
{
    Stage stage;
    stage.beginEdit();
    QCOMPARE(stage.note->text(),
             u"http://localhost:3000/api/inngest is the address of shop now; Esc keeps it."_s);
    QTest::keyClick(stage.address, Qt::Key_Return);
    stage.ui.beat();
    QVERIFY(stage.table->hasFocus());
    QCOMPARE(stage.add->text(), u"Add app"_s);
    QVERIFY(stage.ui.backend.movedApps.empty());
}

void TestAppAddress::whereAScanFoundAnAppIsNoRow_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<QByteArray>("detail");
    QTest::addColumn<bool>("isRow");
    QTest::addColumn<bool>("isTold");
    QTest::newRow("not asked yet") << "unreachable"_ba
                                   << "not synced yet"_ba << false << false;
    QTest::newRow("it is the app")
        << "other_address"_ba
        << "app shop registered at " + oldUrl + ", but its address here is " + newUrl << false
        << true;
    QTest::newRow("another one") << "internal_server_error"_ba
                                 << "the app answered 500"_ba << true << false;
}

void TestAppAddress::whereAScanFoundAnAppIsNoRow()
{
    QFETCH(const QByteArray, error);
    QFETCH(const QByteArray, detail);
    QFETCH(const bool, isRow);
    QFETCH(const bool, isTold);
    Stage stage;
    stage.selectShop();
    stage.moveShop();
    auto *told = child<QLabel>(&stage.view, "appsFoundAt");
    QVERIFY(!told->isVisible());
    const QStringList before = stage.rows();
    const App found = foundAt(oldUrl, error, detail);
    stage.ui.backend.post(AppChanged{.app = found});
    stage.ui.beat();
    QCOMPARE(stage.rows().size(), before.size() + (isRow ? 1 : 0));
    QCOMPARE(told->isVisible(), isTold);
    if (!isTold)
        return;
    QCOMPARE(told->accessibleName(),
             u"It still answers at http://localhost:3000/api/inngest. Call it there"_s);
    shoot(&stage.view, u"apps_found_elsewhere"_s);
    const int words = told->fontMetrics().horizontalAdvance(
        u"It still answers at http://localhost:3000/api/inngest. "_s);
    QTest::mouseClick(told, Qt::LeftButton, {}, {words + 20, told->height() / 2});
    stage.ui.beat();
    QCOMPARE(stage.ui.backend.movedApps.size(), std::size_t{1});
    QCOMPARE(stage.ui.backend.movedApps[0].second, oldUrl);
    stage.ui.backend.post(AppChanged{.app = found, .isGone = true});
    stage.ui.beat();
    QVERIFY(!told->isVisible());
}

/// Where no app is known there is nothing that it could be instead.
void TestAppAddress::whatIsFoundFirstIsARowAtOnce()
{
    Stage stage(false);
    QVERIFY(stage.rows().isEmpty());
    stage.ui.backend.post(
        AppChanged{.app = foundAt(oldUrl, "unreachable"_ba, "not synced yet"_ba)});
    stage.ui.beat();
    QCOMPARE(stage.rows(), QStringList{u"localhost:3000/api/inngest"_s});
}

/// It says what to do about it.
void TestAppAddress::anAppInCloudModeIsARowBesideOthers()
{
    Stage stage;
    stage.ui.backend.post(AppChanged{
        .app = foundAt("http://localhost:3009/api/inngest"_ba, devserver::cloudMode, {})});
    stage.ui.beat();
    const auto row = static_cast<int>(stage.rows().indexOf(u"localhost:3009/api/inngest"_s));
    QVERIFY(row >= 0);
    const QModelIndex name = stage.table->model()->index(row, AppTableModel::Name);
    QCOMPARE(name.data().toString(), u"localhost:3009"_s);
    QCOMPARE(name.siblingAtColumn(AppTableModel::State).data().toString(), u"Refuses us"_s);
    clickCell(stage.table, name);
    stage.ui.beat();
    const auto *fix = child<QLabel>(&stage.view, "appsFix");
    QVERIFY(fix->isVisible());
    QVERIFY2(fix->text().contains(u"INNGEST_DEV=1"_s), qPrintable(fix->text()));
}

void TestAppAddress::whatIsStillToBeAskedWasNotTried()
{
    Stage stage;
    stage.selectShop();
    stage.moveShop("not synced yet"_ba);
    const auto *tried = child<QLabel>(&stage.view, "appsTried");
    QVERIFY2(!tried->isVisible(), qPrintable(tried->accessibleName()));
    stage.moveShop("connection refused"_ba);
    QVERIFY(tried->isVisible());
    QVERIFY2(tried->accessibleName().endsWith(u", Unreachable: connection refused"_s),
             qPrintable(tried->accessibleName()));
    QVERIFY(!tried->accessibleName().contains(u'\n'));
}

/// Also those of an app that has just changed, while all others are old.
void TestAppAddress::timesOfTheDetailGoOn()
{
    Stage stage;
    stage.selectShop();
    stage.moveShop();
    const auto *tried = child<QLabel>(&stage.view, "appsTried");
    QVERIFY2(tried->accessibleName().startsWith(u"now, "_s), qPrintable(tried->accessibleName()));
    stage.ui.backend.advance(std::chrono::seconds(4));
    QTRY_VERIFY2(tried->accessibleName().startsWith(u"4 s ago, "_s),
                 qPrintable(tried->accessibleName()));
}

/// A try by hand is one, whatever came of the one before.
void TestAppAddress::aFailedTryIsListedAndItsBarGoesWhenTheAppIsBack()
{
    Stage stage;
    stage.selectShop();
    stage.moveShop();
    const auto *tried = child<QLabel>(&stage.view, "appsTried");
    QCOMPARE(tried->accessibleName().count(u"Unreachable"_s), 1);
    stage.ui.backend.syncAnswer = {.name = "shop", .isModified = false, .error = "unreachable"_ba};
    stage.ui.backend.advance(std::chrono::seconds(4));
    QTest::mouseClick(child<QToolButton>(&stage.view, "app_sync"), Qt::LeftButton);
    stage.ui.beat();
    QCOMPARE(stage.view.infoBars().count(), 1);
    QCOMPARE(tried->accessibleName().section(u'\n', 0, 0),
             u"now, Unreachable: connection refused"_s);
    QCOMPARE(tried->accessibleName().count(u"Unreachable"_s), 2);
    const std::vector<App> known = stage.ui.backend.apps;
    for (App app : known) {
        if (app.name != "shop")
            continue;
        stage.ui.backend.post(AppChanged{.app = app}); // as before
        stage.ui.beat();
        QCOMPARE(stage.view.infoBars().count(), 1);
        app.error.clear();
        app.errorDetail.clear();
        app.syncedAt = stage.ui.backend.now();
        stage.ui.backend.post(AppChanged{.app = app});
    }
    stage.ui.beat();
    QCOMPARE(stage.view.infoBars().count(), 0);
    QVERIFY(tried->accessibleName().contains(u"registered its functions"_s));
}

/// None wanders, and none waits for room, because an app stops or is back.
void TestAppAddress::theStateMovesNoColumn()
{
    Stage stage;
    const auto places = [&stage] {
        QList<int> found;
        for (int column = 0; column < AppTableModel::ColumnCount; ++column)
            found << (stage.table->isColumnHidden(column)
                          ? -1
                          : stage.table->columnViewportPosition(column));
        return found;
    };
    for (const int width : {560, 700, 900, 1'100}) {
        stage.view.resize(width, 600);
        QCoreApplication::processEvents();
        const QList<int> before = places();
        const std::vector<App> known = stage.ui.backend.apps;
        for (const QByteArray &error : {"other_app"_ba, "sdk_version_denied"_ba, "unreachable"_ba,
                                        QByteArray(devserver::cloudMode), QByteArray()}) {
            for (App app : known) {
                app.error = error;
                stage.ui.backend.post(AppChanged{.app = app});
            }
            stage.ui.beat();
            QCoreApplication::processEvents();
            const QByteArray which = error + " in " + QByteArray::number(width);
            QVERIFY2(places() == before, which.constData());
        }
    }
}

UI_TEST_MAIN(TestAppAddress)

#include "tst_appaddress.moc"
