// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/clicks.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/uifixture.h"
#include "ui/catalog/appsview.h"
#include "ui/core/apptablemodel.h"
#include "ui/core/format.h"
#include "ui/core/inspection.h"
#include "ui/core/subjectfacts.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/rowdelegate.h"

#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;

/// Where apps came from, and what asking one comes to (ui.md 13.2).
class TestAppsView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void foundAppsAreMarked();
    void whatNobodySeesHasASign_data();
    void whatNobodySeesHasASign();
    void theListHasTheFocusOnceItIsThere_data();
    void theListHasTheFocusOnceItIsThere();
    void theStateStandsBesideTheTitle();
    void hostAndPortAreNeverCut();
    void anAppThatMovesStaysInItsRow();
    void whatNeverSyncedHasNoDate();
    void theAddressGivesWidthToWhatIsCut_data();
    void theAddressGivesWidthToWhatIsCut();
    void columnsWaitOnlyForWantOfRoom();
    void onlyWhatIsSeenGivesRoomWhileOneReads();
    void whatIsBeingSelectedStays();
    void columnsThatAreNotThereHaveNoTitle();
    void syncSaysWhatCameOfIt_data();
    void syncSaysWhatCameOfIt();
    void whatASyncSaysGoesWithItsApp();
    void aRemovedOneIsToldApart();
    void refusedCallsAreSaid();
    void tabComesToALinkThatIsSeen();
    void sdkIsNamedByItsLanguage_data();
    void sdkIsNamedByItsLanguage();
};

namespace {

QModelIndex rowOf(const QTableView *table, const QString &app)
{
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        const QModelIndex name = table->model()->index(row, AppTableModel::Name);
        if (name.data().toString() == app)
            return name;
    }
    return {};
}

/// The usual apps.
struct AppsStage {
    AppsStage()
        : view(filled(ui))
    {
        ui.show(&view);
        ui.beat();
        table = child<QTableView>(&view, "appsTable");
    }

    static Context &filled(UiFixture &ui)
    {
        fillScene(ui.backend);
        ui.catalog.reload();
        return ui.context;
    }

    void post(const devserver::App &app)
    {
        ui.backend.post(devserver::AppChanged{.app = app});
        ui.beat();
        QCoreApplication::processEvents(); // a change is measured before the next frame
    }

    /// What the widest text of \a column is cut by.
    [[nodiscard]] int lack(int column) const
    {
        int widest = 0;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            widest = std::max(
                widest,
                RowDelegate::widthsOf(table->font(), table->model()->index(row, column)).whole);
        return widest - table->columnWidth(column);
    }

    UiFixture ui;
    AppsView view;
    QTableView *table = nullptr;
};

} // namespace

void TestAppsView::foundAppsAreMarked()
{
    UiFixture ui;
    fillScene(ui.backend);
    for (devserver::App &app : ui.backend.apps)
        app.isFound = app.name == "shop";
    ui.catalog.reload();
    AppsView view(ui.context);
    ui.show(&view);
    ui.beat();
    auto *table = child<QTableView>(&view, "appsTable");
    const auto *facts = child<QLabel>(&view, "appsFacts");
    QVERIFY(table->model()->rowCount() > 1);
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        const QModelIndex name = table->model()->index(row, AppTableModel::Name);
        const bool isFound = name.data().toString() == u"shop"_s;
        const QModelIndex method = name.siblingAtColumn(AppTableModel::Method);
        QCOMPARE(method.data().toString() == u"Found"_s, isFound);
        QCOMPARE(method.data(Qt::AccessibleTextRole).toString().contains(u"usual ports"_s),
                 isFound);
        clickCell(table, name);
        QCOMPARE(facts->text().contains(u"found on one of the usual ports"_s), isFound);
        if (isFound)
            shoot(&view, u"apps_found"_s);
    }
}

void TestAppsView::whatNobodySeesHasASign_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("shown");
    QTest::newRow("line end") << "a-shop\n"_ba << u"a-shop␊"_s;
    QTest::newRow("right to left")
        << u"a-shop/\u202etxt.exe"_s.toUtf8() << u"a-shop/\\u202etxt.exe"_s;
}

/// In headings, and in the cells of lists, which are as wide as what is painted; what is copied is
/// the name itself.
void TestAppsView::whatNobodySeesHasASign()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QString, shown);
    AppsStage stage;
    devserver::App app;
    app.id = devserver::AppId{devserver::Uuid::fromName("app", name)};
    app.name = name;
    app.url = "http://localhost:3009/api/inngest"_ba;
    stage.ui.backend.post(devserver::AppChanged{.app = app});
    stage.ui.beat();
    const QModelIndex cell = stage.table->model()->index(0, AppTableModel::Name);
    QCOMPARE(cell.data().toString(), QString::fromUtf8(name));
    clickCell(stage.table, cell);
    QCOMPARE(child<QLabel>(&stage.view, "appsTitle")->text(), shown);
    const int wide = stage.table->sizeHintForIndex(cell).width();
    app.name = shown.toUtf8();
    stage.ui.backend.post(devserver::AppChanged{.app = app});
    stage.ui.beat();
    const QModelIndex plain = stage.table->model()->index(0, AppTableModel::Name);
    QCOMPARE(plain.data().toString(), shown);
    QCOMPARE(stage.table->sizeHintForIndex(plain).width(), wide);
    shoot(&stage.view, u"apps_unseen"_s);
}

void TestAppsView::theListHasTheFocusOnceItIsThere_data()
{
    QTest::addColumn<bool>("isLoaded"); // as in a window that has been open for a while
    QTest::addColumn<bool>("isTyped");
    QTest::addColumn<bool>("isList");
    QTest::newRow("after a start") << false << false << true;
    QTest::newRow("someone types") << false << true << false;
    QTest::newRow("the first app comes") << true << false << false;
}

/// A window opens its last page before the server has said which apps there are.
void TestAppsView::theListHasTheFocusOnceItIsThere()
{
    QFETCH(const bool, isLoaded);
    QFETCH(const bool, isTyped);
    QFETCH(const bool, isList);
    UiFixture ui;
    if (isLoaded)
        ui.beat();
    ui.backend.holdReplies(true);
    fillScene(ui.backend);
    ui.catalog.reload();
    AppsView view(ui.context);
    ui.show(&view);
    QCOMPARE(ui.catalog.isLoaded(), isLoaded);
    view.mainWidget()->setFocus(); // as the window does
    auto *address = child<QLineEdit>(&view, "appsAddress");
    QVERIFY(address->hasFocus());
    if (isTyped)
        QTest::keyClicks(address, u"30"_s);
    ui.backend.holdReplies(false);
    ui.backend.releaseReplies();
    ui.beat();
    ui.beat();
    auto *table = child<QTableView>(&view, "appsTable");
    QVERIFY(table->model()->rowCount() > 0);
    QCOMPARE(table->hasFocus(), isList);
    QCOMPARE(address->hasFocus(), !isList);
}

void TestAppsView::theStateStandsBesideTheTitle()
{
    UiFixture ui;
    fillScene(ui.backend);
    ui.backend.apps.front().error = "unreachable"_ba;
    ui.catalog.reload();
    AppsView view(ui.context);
    ui.show(&view);
    ui.beat();
    auto *table = child<QTableView>(&view, "appsTable");
    const auto *title = child<QLabel>(&view, "appsTitle");
    const auto *state = child<QLabel>(&view, "appsState");
    for (const auto &[app, word, token] :
         {std::tuple(ui.backend.apps.front().name, u"Unreachable"_s, Token::StateFailed),
          std::tuple(ui.backend.apps.back().name, u"Synced"_s, Token::StateCompleted)}) {
        clickCell(table, rowOf(table, QString::fromUtf8(app)));
        QCOMPARE(title->text(), QString::fromUtf8(app));
        QCOMPARE(state->text(), word);
        QCOMPARE(state->palette().color(QPalette::WindowText), ui.context.theme.color(token));
    }
}

/// Same row, still selected: it is the same app at another address.
void TestAppsView::anAppThatMovesStaysInItsRow()
{
    AppsStage stage;
    QTableView *table = stage.table;
    const int row = table->model()->rowCount() - 1;
    const QString name = table->model()->index(row, AppTableModel::Name).data().toString();
    clickCell(table, table->model()->index(row, AppTableModel::Name));
    const QSignalSpy gone(table->model(), &QAbstractItemModel::rowsRemoved);
    for (devserver::App &app : stage.ui.backend.apps) {
        if (QString::fromUtf8(app.name) == name)
            app.url = "http://localhost:1/api/a"_ba;
    }
    stage.ui.catalog.reload();
    stage.ui.beat();
    QTRY_COMPARE(table->model()->index(row, AppTableModel::Address).data().toString(),
                 u"localhost:1/api/a"_s);
    QCOMPARE(table->model()->index(row, AppTableModel::Name).data().toString(), name);
    QVERIFY(gone.isEmpty());
    QCOMPARE(table->currentIndex().row(), row);
}

void TestAppsView::hostAndPortAreNeverCut()
{
    AppsStage stage;
    const QTableView *table = stage.table;
    const QModelIndex address = table->model()->index(0, AppTableModel::Address);
    const int text = table->fontMetrics().horizontalAdvance(address.data().toString());
    QVERIFY(!table->isColumnHidden(AppTableModel::Framework));
    QVERIFY(table->columnWidth(AppTableModel::Address) > text);
    stage.view.resize(700, 600);
    QTRY_VERIFY(table->isColumnHidden(AppTableModel::Framework));
    QTRY_VERIFY(table->columnWidth(AppTableModel::Address) > text);
    // Where there is no room, the end of the path stays as well.
    const auto cell = address.data(CellDataRole).value<Cell>();
    const QString host = cell.text.section(u'/', 0, 0);
    const QString cut = RowDelegate::wordsIn(text - 12, cell, table->fontMetrics());
    QVERIFY2(cut.startsWith(host + u'…') && cut.endsWith(cell.text.right(5)), qPrintable(cut));
    stage.view.resize(1200, 600);
    QTRY_VERIFY(!table->isColumnHidden(AppTableModel::Framework));
}

void TestAppsView::whatNeverSyncedHasNoDate()
{
    Inspection inspection;
    inspection.app = devserver::App{.url = "http://localhost:3000/api/inngest"_ba};
    const auto lastSync = [&inspection] {
        for (const Fact &fact :
             factsOf(inspection, {}, {}, TimeStyle::Utc).sections.front().facts) {
            if (fact.label == u"Last sync"_s)
                return fact.value;
        }
        return QString();
    };
    QCOMPARE(lastSync(), u"never"_s);
    inspection.app->syncedAt = devserver::TimePoint(std::chrono::hours(24));
    QVERIFY2(lastSync().startsWith(u"1970-01-02"_s), qPrintable(lastSync()));
}

void TestAppsView::theAddressGivesWidthToWhatIsCut_data()
{
    QTest::addColumn<bool>("isLater");
    QTest::newRow("there at first") << false;
    QTest::newRow("comes later") << true;
}

/// Whatever the font is: these texts are wider than the columns are at first.
void TestAppsView::theAddressGivesWidthToWhatIsCut()
{
    QFETCH(const bool, isLater);
    UiFixture ui;
    fillScene(ui.backend);
    devserver::App app = ui.backend.apps.front();
    app.id.value = devserver::Uuid::fromName("url", "wide");
    app.name = "checkout-and-billing"_ba;
    app.url = "http://localhost:3/api/inngest"_ba;
    app.sdk = "js:v4.24.0-beta.12-nightly"_ba;
    if (!isLater)
        ui.backend.apps.push_back(app);
    ui.catalog.reload();
    AppsView view(ui.context);
    view.resize(1200, 600);
    ui.show(&view);
    ui.beat();
    const auto *table = child<QTableView>(&view, "appsTable");
    if (isLater) {
        ui.backend.post(devserver::AppChanged{app});
        ui.beat();
    }
    QTRY_VERIFY(rowOf(table, u"checkout-and-billing"_s).isValid());
    const auto isCut = [&](int column) {
        const QModelIndex cell = rowOf(table, u"checkout-and-billing"_s).siblingAtColumn(column);
        return table->columnWidth(column) < RowDelegate::widthsOf(table->font(), cell).whole;
    };
    for (int column = 0; column < AppTableModel::ColumnCount; ++column) {
        QVERIFY(!table->isColumnHidden(column));
        QTRY_VERIFY2(!isCut(column), qPrintable(QString::number(column)));
    }
    view.resize(760, 600); // the address is not pushed out
    QTRY_VERIFY(table->isColumnHidden(AppTableModel::Framework));
    QVERIFY(table->columnWidth(AppTableModel::Address)
            >= 20 * table->fontMetrics().averageCharWidth());
    QVERIFY(!isCut(AppTableModel::Name));
}

/// Also when one app more comes; and a sign in the header says which.
void TestAppsView::columnsWaitOnlyForWantOfRoom()
{
    AppsStage stage;
    const QTableView *table = stage.table;
    const auto *sign = child<QToolButton>(table, "hiddenColumns");
    const auto needOf = [table](int column) {
        int need = table->horizontalHeader()->fontMetrics().horizontalAdvance(
                       table->model()->headerData(column, Qt::Horizontal).toString())
                   + 2 * RowDelegate::padding;
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            const QModelIndex cell = table->model()->index(row, column);
            need = std::max(need, RowDelegate::widthsOf(table->font(), cell).whole);
        }
        return need;
    };
    int kept = 0;
    int given = 0;
    const auto check = [&] {
        const int framework = AppTableModel::Framework;
        QCOMPARE(sign->isVisible(), table->isColumnHidden(framework));
        ++(table->isColumnHidden(framework) ? given : kept);
        if (!table->isColumnHidden(framework))
            return;
        QVERIFY2(sign->toolTip().contains(u"Framework"_s), qPrintable(sign->toolTip()));
        if (table->isColumnHidden(AppTableModel::Method))
            return; // it is not the only one
        int spare = 0;
        for (int column = 0; column < AppTableModel::ColumnCount; ++column) {
            if (column != framework && column != AppTableModel::State) // room for each of its words
                spare += table->columnWidth(column) - needOf(column);
        }
        const int most = needOf(framework) + 2 * sign->width(); // short texts may become longer
        QVERIFY2(spare < most,
                 qPrintable(u"%1 of %2 at %3"_s.arg(spare).arg(most).arg(stage.view.width())));
    };
    devserver::App app = stage.ui.backend.apps.front();
    for (int round = 0; round < 2; ++round) {
        for (int width = 1'000; width > 600; width -= 20) {
            stage.view.resize(width, 600);
            QTRY_COMPARE(table->horizontalHeader()->length(), table->viewport()->width());
            check();
        }
        stage.view.resize(840, 600);
        app.id.value = devserver::Uuid::fromName("url", "another");
        app.name = "warehouse"_ba;
        app.url = "http://localhost:3002/api/inngest"_ba;
        stage.ui.backend.post(devserver::AppChanged{app});
        stage.ui.beat();
        QTRY_VERIFY(rowOf(table, u"warehouse"_s).isValid());
        check();
    }
    QVERIFY2(kept > 3 && given > 3, qPrintable(u"%1, %2"_s.arg(kept).arg(given)));
}

/// What has no room itself cannot give any to a name that comes.
void TestAppsView::onlyWhatIsSeenGivesRoomWhileOneReads()
{
    AppsStage stage;
    devserver::App app = stage.ui.backend.apps.front();
    app.framework = QByteArray(40, 'W');
    stage.post(app);
    stage.view.resize(480, 600);
    QTRY_VERIFY(stage.table->isColumnHidden(AppTableModel::Framework));
    for (const int x : {20, 21}) // it may have stood there
        QTest::mouseMove(stage.table->viewport(), {x, 20});
    QVERIFY(stage.table->underMouse());
    const int before = stage.table->columnWidth(AppTableModel::Name);
    app.id.value = devserver::Uuid::fromName("url", "long");
    app.name = QByteArray(28, 'm');
    stage.post(app);
    QTRY_VERIFY(stage.table->columnWidth(AppTableModel::Name) > before);
    QVERIFY(stage.lack(AppTableModel::Name) > 0); // no column goes for it
}

/// Its age goes on meanwhile, and is told when nothing is selected any more.
void TestAppsView::whatIsBeingSelectedStays()
{
    AppsStage stage;
    auto *facts = child<QLabel>(&stage.view, "appsFacts");
    QTRY_VERIFY(facts->isVisible());
    const auto pass = [&stage] {
        stage.ui.backend.advance(std::chrono::hours(2));
        stage.ui.backend.post(devserver::AppChanged{.app = stage.ui.backend.apps.front()});
        stage.ui.beat();
    };
    QTest::mousePress(facts, Qt::LeftButton, {}, {2, facts->height() / 2});
    QTest::mouseMove(facts, {60, facts->height() / 2});
    QTest::mouseMove(facts, {90, facts->height() / 2});
    QTest::mouseRelease(facts, Qt::LeftButton, {}, {90, facts->height() / 2});
    const QString selected = facts->selectedText();
    const QString before = facts->text();
    QVERIFY(!selected.isEmpty());
    pass();
    QCOMPARE(facts->selectedText(), selected);
    QCOMPARE(facts->text(), before);
    clickCell(stage.table, stage.table->model()->index(0, AppTableModel::State));
    QVERIFY(!facts->hasSelectedText());
    pass();
    QTRY_VERIFY(facts->text() != before);
    // Of another app at once.
    QTest::mouseDClick(facts, Qt::LeftButton, {}, {20, facts->height() / 2});
    QVERIFY(facts->hasSelectedText());
    const QString name = cellOf(stage.table, 0, AppTableModel::Name);
    for (devserver::App app : stage.ui.backend.apps) {
        app.url = "http://localhost:1/elsewhere";
        if (QString::fromUtf8(app.name) == name)
            stage.post(app);
    }
    QTRY_VERIFY(facts->text().contains(u"elsewhere"_s));
}

/// Views and testers ask for such, too.
void TestAppsView::columnsThatAreNotThereHaveNoTitle()
{
    const AppsStage stage;
    const QAbstractItemModel *model = stage.table->model();
    for (const int column : {-1, model->columnCount(), 999'999})
        QVERIFY(!model->headerData(column, Qt::Horizontal).isValid());
    QCOMPARE(model->headerData(0, Qt::Horizontal).toString(), u"State"_s);
}

void TestAppsView::syncSaysWhatCameOfIt_data()
{
    QTest::addColumn<QString>("row");
    QTest::addColumn<bool>("isModified");
    QTest::addColumn<QByteArray>("error");
    QTest::addColumn<QString>("words");
    QTest::addRow("nothing new") << u"shop"_s << false << QByteArray()
                                 << u"shop synced at %1: nothing changed"_s;
    QTest::addRow("other functions")
        << u"shop"_s << true << QByteArray() << u"shop synced at %1: its registration changed"_s;
    QTest::addRow("no answer") << u"shop"_s << false << "unreachable"_ba
                               << u"shop was asked at %1 and could not be synced"_s;
    QTest::addRow("cloud mode") << u"shop"_s << false << QByteArray(devserver::callsRefused)
                                << u"shop synced at %1, but it refuses its calls"_s;
    QTest::addRow("an address gets its name")
        << u"localhost:3007"_s << true << QByteArray()
        << u"localhost:3007 synced at %1: it is the app shop"_s;
    QTest::addRow("an address without answer")
        << u"localhost:3007"_s << false << "unreachable"_ba
        << u"localhost:3007 was asked at %1 and could not be synced"_s;
}

void TestAppsView::syncSaysWhatCameOfIt()
{
    QFETCH(QString, row);
    QFETCH(bool, isModified);
    QFETCH(QByteArray, error);
    QFETCH(QString, words);
    UiFixture ui;
    fillScene(ui.backend);
    devserver::App placeholder;
    placeholder.id.value = devserver::Uuid::fromName("apps", "placeholder");
    placeholder.url = "http://localhost:3007/api/inngest"_ba;
    placeholder.error = "unreachable"_ba;
    ui.backend.apps.push_back(placeholder);
    ui.backend.syncAnswer = {.name = "shop", .isModified = isModified, .error = error};
    ui.catalog.reload();
    AppsView view(ui.context);
    ui.show(&view);
    ui.beat();
    auto *table = child<QTableView>(&view, "appsTable");
    clickCell(table, rowOf(table, row));
    const devserver::TimePoint now = ui.backend.now();
    const QString time = formatTime(now, now, TimeStyle::Absolute);
    for (int times = 1; times <= 2; ++times) { // again: one bar, said anew
        QTest::mouseClick(child<QToolButton>(&view, "app_sync"), Qt::LeftButton);
        ui.beat();
        QCOMPARE(ui.backend.syncedApps.size(), static_cast<std::size_t>(times));
        QCOMPARE(view.infoBars().count(), 1);
        QCOMPARE(child<QLabel>(&view.infoBars(), "infoBarText")->text(), words.arg(time));
    }
}

void TestAppsView::whatASyncSaysGoesWithItsApp()
{
    UiFixture ui;
    fillScene(ui.backend);
    devserver::App placeholder;
    placeholder.id.value = devserver::Uuid::fromName("apps", "placeholder");
    placeholder.url = "http://localhost:3007/api/inngest"_ba;
    ui.backend.apps.push_back(placeholder);
    ui.catalog.reload();
    AppsView view(ui.context);
    ui.show(&view);
    ui.beat();
    auto *table = child<QTableView>(&view, "appsTable");
    const auto press = [&](const QString &row, const char *button) {
        clickCell(table, rowOf(table, row));
        QTest::mouseClick(child<QToolButton>(&view, button), Qt::LeftButton);
        ui.beat();
    };
    const auto saysSynced = [&view] {
        const QList<QLabel *> bars = view.infoBars().findChildren<QLabel *>(u"infoBarText"_s);
        return std::any_of(bars.begin(), bars.end(), [](const QLabel *bar) { // also if it is folded
            return bar->text().contains(u"shop synced at"_s);
        });
    };
    press(u"shop"_s, "app_sync");
    QVERIFY(saysSynced());
    press(u"localhost:3007"_s, "app_remove");
    QCOMPARE(view.infoBars().count(), 2);
    QVERIFY(saysSynced());
    press(u"shop"_s, "app_remove");
    QTRY_VERIFY(!saysSynced());
}

/// From another one at the same port; one that never registered has no functions.
void TestAppsView::aRemovedOneIsToldApart()
{
    UiFixture ui;
    fillScene(ui.backend);
    for (const char *path : {"api/inngest", "api/other"}) {
        devserver::App placeholder;
        placeholder.id.value = devserver::Uuid::fromName("apps", path);
        placeholder.url = QByteArray("http://localhost:3007/") + path;
        ui.backend.apps.push_back(placeholder);
    }
    ui.catalog.reload();
    AppsView view(ui.context);
    ui.show(&view);
    ui.beat();
    auto *table = child<QTableView>(&view, "appsTable");
    const auto removed = [&](const QString &row) {
        clickCell(table, rowOf(table, row));
        QTest::mouseClick(child<QToolButton>(&view, "app_remove"), Qt::LeftButton);
        ui.beat();
        QString said;
        for (const QLabel *bar : view.infoBars().findChildren<QLabel *>(u"infoBarText"_s)) {
            if (bar->isVisible() && bar->text().contains(u" is removed"_s))
                said = bar->text();
        }
        return said;
    };
    const QString said = removed(u"localhost:3007"_s);
    QVERIFY2(said == u"localhost:3007/api/inngest is removed."_s
                 || said == u"localhost:3007/api/other is removed."_s,
             qPrintable(said));
    QCOMPARE(removed(u"shop"_s), u"shop is removed; its functions start no more runs."_s);
}

/// Until one of its calls is answered.
void TestAppsView::refusedCallsAreSaid()
{
    AppsStage stage;
    const QModelIndex name = rowOf(stage.table, u"shop"_s);
    const QPersistentModelIndex state = name.siblingAtColumn(AppTableModel::State);
    clickCell(stage.table, name);
    const auto *fix = child<QLabel>(&stage.view, "appsFix");
    QCOMPARE(state.data().toString(), u"Synced"_s);
    QVERIFY(!fix->isVisible());
    devserver::App shop;
    for (const devserver::App &app : stage.ui.backend.apps) {
        if (app.name == "shop")
            shop = app;
    }
    shop.error = devserver::callsRefused;
    stage.post(shop);
    QCOMPARE(state.data().toString(), u"Refuses us"_s);
    QVERIFY(fix->isVisible());
    QVERIFY(fix->text().startsWith(u"Its calls are refused (401)"_s));
    QVERIFY(state.data(Qt::ToolTipRole).toString().contains(u"INNGEST_DEV=1"_s));
    shoot(&stage.view, u"apps_refused"_s);
    shop.error.clear();
    stage.post(shop);
    QCOMPARE(state.data().toString(), u"Synced"_s);
    QVERIFY(!fix->isVisible());
}

/// Of several among words each is a stop, and none is invisible.
void TestAppsView::tabComesToALinkThatIsSeen()
{
    AppsStage stage;
    clickCell(stage.table, rowOf(stage.table, u"shop"_s));
    auto *functions = child<QLabel>(&stage.view, "appsFunctions");
    QVERIFY(functions->isVisible());
    const auto links = functions->text().count(u"<a "_s);
    QVERIFY(links > 1);
    stage.table->setFocus();
    for (int tab = 0; tab < 30 && QApplication::focusWidget() != functions; ++tab)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), functions);
    QStringList seen;
    while (QApplication::focusWidget() == functions && seen.size() <= links) {
        seen.append(functions->selectedText());
        QTest::keyClick(functions, Qt::Key_Tab);
    }
    QCOMPARE(seen.size(), links);
    QVERIFY2(!seen.contains(QString()), qPrintable(seen.join(u'|')));
}

void TestAppsView::sdkIsNamedByItsLanguage_data()
{
    QTest::addColumn<QByteArray>("sdk");
    QTest::addColumn<QByteArray>("framework");
    QTest::addColumn<QString>("words");
    QTest::newRow("TypeScript") << "js:v4.24.0"_ba
                                << "express"_ba << u"TypeScript 4.24.0"_s;
    QTest::newRow("Python") << "py:v0.5.19"_ba
                            << "fast_api"_ba << u"Python 0.5.19"_s;
    QTest::newRow("another") << "rb:v1.0"_ba
                             << "rails"_ba << u"rb 1.0"_s;
}

void TestAppsView::sdkIsNamedByItsLanguage()
{
    QFETCH(const QByteArray, sdk);
    QFETCH(const QByteArray, framework);
    QFETCH(const QString, words);
    UiFixture ui;
    fillScene(ui.backend);
    for (devserver::App &app : ui.backend.apps) {
        if (app.name != "shop")
            continue;
        app.sdk = sdk;
        app.framework = framework;
    }
    ui.catalog.reload();
    AppsView view(ui.context);
    ui.show(&view);
    ui.beat();
    const QModelIndex name = rowOf(child<QTableView>(&view, "appsTable"), u"shop"_s);
    QCOMPARE(name.siblingAtColumn(AppTableModel::Sdk).data().toString(), words);
    QCOMPARE(name.siblingAtColumn(AppTableModel::Framework).data().toString(),
             QString::fromUtf8(framework));
}

UI_TEST_MAIN(TestAppsView)

#include "tst_appsview.moc"
