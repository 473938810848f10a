// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/modelwatch.h"
#include "tests/ui/support/clicks.h"
#include "tests/ui/support/contextmenu.h"
#include "tests/ui/support/listrows.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/shownbars.h"
#include "tests/ui/support/uifixture.h"
#include "ui/catalog/functionpage.h"
#include "ui/catalog/functionsview.h"
#include "ui/core/functiontreemodel.h"
#include "ui/core/runwords.h"
#include "ui/core/stepstatsmodel.h"
#include "ui/widgets/actionregistry.h"
#include "ui/widgets/rowdelegate.h"

#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QHelpEvent>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QToolTip>
#include <QTreeView>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;
using devserver::api::FunctionStats;

/// The Steps tab of a function (ui.md 13.1).
class TestFunctionSteps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsOfTheLastRunsAreCounted();
    void theTableFitsBesideTheInspector();
    void theFailureHandlerIsNamed();
    void functionsBeginBelowTheTextOfTheirApp();
    void aClickOnAnAppLeavesTheFunctionChosen();
    void aFunctionThatRanLongAgoHasItsDot();
    void actionsStandBesideTheTitle();
    void aLongTitleStaysInOneLine();
    void aWordWiderThanThePageGivesWay();
    void aChosenRowWithoutTheKeysHasItsColour();
    void aNumberIsSaidOnce();
    void lastRunsAreReadOnceTheServerServes();
    void ofOtherDataNoLastRunIsKept();
    void whatCouldNotBeReadIsNoFunctionThatNeverRan();
    void runsThatEndWhileNobodyLooksAreShown();
    void anIdWithABlankFindsItsRuns();
    void aRightClickChoosesTheFunction();
    void aRightClickOnAnArrowIsAboutTheApp();
    void theMenuGoesWithItsFunction();
};

namespace {

/// What a view of functions needs, with those of the scene.
struct ShopFixture : UiFixture {
    ShopFixture()
    {
        fillScene(backend);
        catalog.reload();
    }
};

/// The catalog is there, whatever else is not answered.
struct KnownShop : ShopFixture {
    explicit KnownShop(bool isServing = true)
    {
        for (int frame = 0; frame < 3; ++frame)
            beat();
        backend.stats["refund"_ba] = {.last = {runRow(1), runRow(2), runRow(3)}};
        backend.stats["charge-order"_ba] = {.last = {runRow(4)}};
        setServing(isServing);
    }

    void setServing(bool isServing)
    {
        backend.queryError.reset();
        if (!isServing)
            backend.queryError =
                devserver::Error{devserver::ErrorCode::Stopping, u"the server is not running"_s};
        devserver::api::ServerState state = backend.server();
        state.phase =
            isServing ? devserver::api::ServerPhase::Serving : devserver::api::ServerPhase::Stopped;
        backend.setState(state);
    }
};

/// The view of all of them, nothing clicked yet.
struct ShopTree {
    explicit ShopTree(bool isServing = true)
        : ui(isServing)
        , view(ui.context)
        , tree(child<QTreeView>(&view, "functionsTree"))
    {
        ui.show(&view);
        ui.beat();
        refund = indexOf("refund"_ba);
    }

    [[nodiscard]] QModelIndex indexOf(const QByteArray &slug) const
    {
        return qobject_cast<const FunctionTreeModel *>(tree->model())->indexOf(slug);
    }

    void choose(const QByteArray &slug)
    {
        clickCell(tree, indexOf(slug));
        ui.beat();
        ui.beat(); // its figures come with the answer
    }

    [[nodiscard]] bool saysUnread() const { return allBars(view).contains(u"could not be read"_s); }

    KnownShop ui;
    FunctionsView view;
    QTreeView *tree;
    QModelIndex refund; ///< the row of this function
};

QString print(const QAbstractItemModel *model)
{
    QStringList lines;
    for (int row = 0; row < model->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < StepStatsModel::ColumnCount; ++column)
            cells.append(model->index(row, column).data().toString());
        lines.append(cells.join(u' '));
    }
    return lines.join(u" | "_s);
}

} // namespace

void TestFunctionSteps::stepsOfTheLastRunsAreCounted()
{
    ShopFixture ui;
    FunctionStats &stats = ui.backend.stats["refund"_ba];
    stats.last = {runRow(1), runRow(2), runRow(3)};
    stats.steps = {{.step = "s1"_ba,
                    .name = "load"_ba,
                    .runs = 3,
                    .failures = 1,
                    .successes = 20,
                    .mean = 120ms,
                    .median = 80ms,
                    .p95 = 900ms,
                    .lastOutput = R"({"order":7})"_ba},
                   {.step = "s2"_ba,
                    .name = "pay"_ba,
                    .runs = 2,
                    .failures = 4,
                    .mean = std::nullopt,
                    .median = std::nullopt,
                    .p95 = std::nullopt}};
    FunctionPage page(ui.context);
    page.showFunction("refund"_ba);
    ui.show(&page);
    ui.beat();
    ui.beat();
    clickTab(child<QTabWidget>(&page, "functionTabs"), u"Steps"_s);
    QAbstractItemModel *model = child<QTableView>(&page, "functionSteps")->model();
    const ModelWatch watch(model, "StepStatsModel");
    QSignalSpy resets(model, &QAbstractItemModel::modelReset);
    const auto *note = child<QLabel>(&page, "functionStepsNote");
    QTRY_COMPARE(note->text(),
                 u"In its last 3 runs. Durations are those of attempts that succeeded."_s);
    QCOMPARE(print(model),
             u"load 3 1 (4 %) 120 ms 80 ms 900 ms {\"order\":7} | pay 2 4 (100 %) – – – –"_s);
    shoot(&page, u"fn_steps"_s);

    // One more run, with one more step.
    stats.steps[1].runs = 3;
    devserver::api::StepStats mail{.step = "s3"_ba, .name = "mail"_ba, .runs = 1, .successes = 19};
    mail.mean = 71ms;
    mail.median = 70ms;
    mail.p95 = 75ms;
    stats.steps.push_back(mail);
    devserver::api::RunSummary run = runRow(4);
    run.slug = "refund"_ba;
    ui.backend.post(run);
    QTRY_COMPARE((ui.beat(), print(model)),
                 u"load 3 1 (4 %) 120 ms 80 ms 900 ms {\"order\":7} | pay 3 4 (100 %) – – – – | "
                 "mail 1 0 71 ms 70 ms – –"_s);

    // Another function, that has not run.
    page.showFunction("shop-nothing"_ba);
    QCOMPARE(print(model), QString());
    QCOMPARE(note->text(), QString()); // nobody knows yet
    QTRY_COMPARE((ui.beat(), note->text()), u"It has not run yet."_s);
    QVERIFY(!child<QTableView>(&page, "functionSteps")->isVisible());
    QCOMPARE(resets.count(), 0);
}

/// What says least is hidden, and the header says so; that the durations are of attempts that
/// succeeded is said there, too.
void TestFunctionSteps::theTableFitsBesideTheInspector()
{
    ShopFixture ui;
    FunctionStats &stats = ui.backend.stats["refund"_ba];
    stats.last = {runRow(1)};
    stats.steps = {{.step = "s1"_ba,
                    .name = "load-order"_ba,
                    .runs = 10,
                    .failures = 47,
                    .successes = 20,
                    .mean = 120ms,
                    .median = 80ms,
                    .p95 = 900ms,
                    .lastOutput = R"({"order":7,"id":"a"})"_ba}};
    FunctionPage page(ui.context);
    page.showFunction("refund"_ba);
    ui.show(&page);
    ui.beat();
    ui.beat();
    clickTab(child<QTabWidget>(&page, "functionTabs"), u"Steps"_s);
    auto *table = child<QTableView>(&page, "functionSteps");
    for (const int width : {900, 612, 420}) { // beside the inspector at 1440 pixels, and less
        page.resize(width, 600);
        QTRY_COMPARE(table->horizontalHeader()->length(), table->viewport()->width());
        QCOMPARE(table->horizontalScrollBar()->maximum(), 0);
        QVERIFY(!table->isColumnHidden(StepStatsModel::Mean));
        // The output is not cut beside free room.
        const int output = table->columnWidth(StepStatsModel::LastOutput);
        const QModelIndex last = table->model()->index(0, StepStatsModel::LastOutput);
        QVERIFY(width < 600 || output >= RowDelegate::widthsOf(table->font(), last).whole);
    }
    QVERIFY(table->isColumnHidden(StepStatsModel::LastOutput));
    // Of another function: the room that these figures had is free again.
    page.resize(900, 600);
    QTRY_COMPARE(table->horizontalHeader()->length(), table->viewport()->width());
    const int before = table->columnWidth(StepStatsModel::Failures);
    stats.steps.front().failures = 0;
    ui.backend.stats["charge-order"_ba] = stats;
    page.showFunction("charge-order"_ba);
    QTRY_VERIFY((ui.beat(), table->columnWidth(StepStatsModel::Failures) < before));
    page.showFunction("refund"_ba);
    page.resize(420, 600);
    QTRY_VERIFY((ui.beat(), table->isColumnHidden(StepStatsModel::LastOutput)));
    QVERIFY(child<QToolButton>(table, "hiddenColumns")->isVisible());
    const QPoint mean(table->columnViewportPosition(StepStatsModel::Mean) + 4, 8);
    QWidget *header = table->horizontalHeader()->viewport();
    QHelpEvent help(QEvent::ToolTip, mean, header->mapToGlobal(mean));
    QApplication::sendEvent(header, &help);
    QCOMPARE(QToolTip::text(), u"Mean duration of the attempts that succeeded"_s);
}

/// SDKs register it as a function beside the one whose failures it handles.
void TestFunctionSteps::theFailureHandlerIsNamed()
{
    ShopFixture ui;
    FunctionPage page(ui.context);
    page.showFunction("refund"_ba);
    ui.show(&page);
    ui.beat();
    ui.beat();
    clickTab(child<QTabWidget>(&page, "functionTabs"), u"Configuration"_s);
    const auto says = [&page](const QString &text) {
        const auto labels =
            child<QWidget>(&page, "functionConfiguration")->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&text](const QLabel *label) { return label->text().contains(text); });
    };
    QTRY_VERIFY(says(u", Failure handler"_s)); // of what is not set
    devserver::Function handler = *ui.catalog.functionBySlug("refund"_ba);
    handler.id.value = devserver::Uuid::fromName("functions", "refund-failure");
    handler.config.slug = "refund-failure"_ba;
    handler.config.name = "refund (failure)"_ba;
    handler.config.triggers = {{.event = "inngest/function.failed"_ba,
                                .expression = "event.data.function_id == 'refund'"_ba}};
    ui.backend.post(devserver::FunctionChanged{handler});
    QTRY_VERIFY((ui.beat(),
                 says(u"When a run has failed for good, refund (failure) runs with its error."_s)));
    QVERIFY(says(u"event.data.function_id == 'refund'"_s));
    QVERIFY(!says(u", Failure handler"_s));
}

/// The state of a function begins below the text of their app.
void TestFunctionSteps::functionsBeginBelowTheTextOfTheirApp()
{
    const ShopTree shop;
    const QTreeView *tree = shop.tree;
    const QModelIndex &refund = shop.refund;
    QVERIFY(refund.isValid() && tree->currentIndex() != refund);
    const QImage image = tree->viewport()->grab().toImage();
    const auto inkFrom = [&](const QModelIndex &index, int x) {
        const int y = tree->visualRect(index).center().y();
        for (; x < image.width(); ++x) {
            for (int line = y - 4; line <= y + 4; ++line) {
                if (qGray(image.pixel(x, line)) < 160)
                    return x;
            }
        }
        return x;
    };
    const int name = inkFrom(refund.parent(), tree->indentation());
    const int state = inkFrom(refund, 0);
    QVERIFY2(qAbs(state - name) <= 2, qPrintable(u"%1 %2"_s.arg(state).arg(name)));
}

/// The page, what is chosen and what the actions are about stay one and the same.
void TestFunctionSteps::aClickOnAnAppLeavesTheFunctionChosen()
{
    ShopTree shop;
    QTreeView *tree = shop.tree;
    const QModelIndex &refund = shop.refund;
    clickCell(tree, refund);
    shop.ui.beat();
    clickCell(tree, refund.parent());
    shop.ui.beat();
    QCOMPARE(tree->currentIndex(), refund.parent()); // for the keys
    QCOMPARE(tree->selectionModel()->selectedIndexes(), QModelIndexList{refund});
    QCOMPARE(child<QLabel>(&shop.view, "functionTitle")->text(), u"refund"_s);
    QCOMPARE(shop.view.place().subject, "refund"_ba);
    QVERIFY(shop.ui.actions.action("function.invoke"_ba)->isEnabled());
}

/// However many runs of others are newer.
void TestFunctionSteps::aFunctionThatRanLongAgoHasItsDot()
{
    UiFixture ui;
    fillScene(ui.backend);
    ui.backend.runs.clear();
    for (int number = 700; number > 0; --number) {
        devserver::api::RunSummary run = runRow(number);
        run.slug = number > 1 ? "charge-order"_ba : "refund"_ba;
        ui.backend.runs.push_back(run);
    }
    ui.catalog.reload();
    FunctionsView view(ui.context);
    ui.show(&view);
    ui.beat();
    const auto *model =
        qobject_cast<FunctionTreeModel *>(child<QTreeView>(&view, "functionsTree")->model());
    const QModelIndex refund = model->indexOf("refund"_ba);
    QVERIFY(refund.isValid());
    QTRY_COMPARE((ui.beat(), refund.data(FunctionTreeModel::StateRole).toInt()),
                 static_cast<int>(DisplayState::Completed));
    QCOMPARE(refund.data(Qt::AccessibleTextRole).toString(), u"refund, last run Completed"_s);
}

/// At the end of its line, as in the other details.
void TestFunctionSteps::actionsStandBesideTheTitle()
{
    ShopFixture ui;
    FunctionPage page(ui.context);
    page.showFunction("refund"_ba);
    ui.show(&page, {700, 400});
    const auto placeOf = [&page](const char *name) {
        const auto *widget = child<QWidget>(&page, name);
        return QRect(widget->mapTo(&page, QPoint()), widget->size());
    };
    QTRY_COMPARE(page.width() - placeOf("function_runs").right() - 1, 12);
    const int line = placeOf("functionTitle").center().y();
    QVERIFY(qAbs(placeOf("function_runs").center().y() - line) <= 1);
    page.resize(380, 400); // below it, where there is no room for both
    QTRY_VERIFY(placeOf("function_invoke").top() > line);
    QCOMPARE(placeOf("function_invoke").left(), 12);
}

/// Not broken beside free room.
void TestFunctionSteps::aLongTitleStaysInOneLine()
{
    UiFixture ui;
    fillScene(ui.backend);
    auto &functions = ui.backend.functions;
    const auto refund = std::find_if(functions.begin(), functions.end(), [](const auto &each) {
        return each.config.slug.endsWith("refund");
    });
    QVERIFY(refund != functions.end());
    refund->config.name = "send-abandoned-cart-reminder-to-all-who-left"_ba;
    ui.catalog.reload();
    FunctionPage page(ui.context);
    page.showFunction(refund->config.slug);
    ui.show(&page, {1'100, 400});
    const auto *title = child<QLabel>(&page, "functionTitle");
    const auto wide = [title] { return title->fontMetrics().horizontalAdvance(title->text()); };
    QTRY_VERIFY2(title->width() >= wide(), qPrintable(QString::number(title->width())));
    QVERIFY(title->height() < 2 * title->fontMetrics().height());
    const int line = title->mapTo(&page, QPoint()).y();
    QVERIFY(child<QWidget>(&page, "function_runs")->mapTo(&page, QPoint()).y() < line + 10);
    page.resize(300, 400); // only where it is wider than the page
    QTRY_VERIFY(title->height() >= 2 * title->fontMetrics().height());
}

/// The page is as wide as it was.
void TestFunctionSteps::aWordWiderThanThePageGivesWay()
{
    ShopFixture ui;
    QTRY_VERIFY((ui.beat(), ui.catalog.functionBySlug("refund"_ba) != nullptr));
    devserver::Function renamed = *ui.catalog.functionBySlug("refund"_ba);
    renamed.config.name = QByteArray(120, 'x');
    FunctionPage page(ui.context);
    page.showFunction("refund"_ba);
    ui.show(&page, {500, 400});
    const int before = page.minimumSizeHint().width();
    ui.backend.post(devserver::FunctionChanged{renamed});
    auto *title = child<QLabel>(&page, "functionTitle");
    QTRY_VERIFY((ui.beat(), title->text().startsWith(u"xx"_s)));
    QTRY_VERIFY(title->text().endsWith(u'…'));
    QCOMPARE(title->toolTip(), QString(120, u'x'));
    QCOMPARE(page.minimumSizeHint().width(), before);
    QVERIFY(title->geometry().right() < page.width());
    QFont larger = title->font();
    larger.setPointSizeF(larger.pointSizeF() * 1.5);
    title->setFont(larger);
    QVERIFY(title->fontMetrics().horizontalAdvance(title->text()) <= title->width());
}

/// The icon is not in the colour for the strong selection.
void TestFunctionSteps::aChosenRowWithoutTheKeysHasItsColour()
{
    ShopTree shop;
    const QRect row = shop.tree->visualRect(shop.refund);
    QTest::mouseClick(shop.tree->viewport(), Qt::LeftButton, {}, row.center());
    const auto paints = [&](const QColor &color) {
        const QImage image = shop.tree->viewport()->grab(row.adjusted(-40, 0, 0, 0)).toImage();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < 60; ++x) {
                if (image.pixelColor(x, y).rgb() == color.rgb())
                    return true;
            }
        }
        return false;
    };
    child<QWidget>(&shop.view, "function_invoke")->setFocus();
    shop.ui.beat();
    QVERIFY(!shop.tree->hasFocus());
    const auto state =
        static_cast<DisplayState>(shop.refund.data(FunctionTreeModel::StateRole).toInt());
    QVERIFY(paints(shop.ui.theme.color(stateToken(state))));
    QVERIFY(!paints(shop.ui.theme.color(Token::SelectionText)));
}

/// `At most 2 at once`, and no `2` below it.
void TestFunctionSteps::aNumberIsSaidOnce()
{
    ShopFixture ui;
    QTRY_VERIFY((ui.beat(), ui.catalog.functionBySlug("refund"_ba) != nullptr));
    devserver::Function function = *ui.catalog.functionBySlug("refund"_ba);
    function.config.config = devserver::RawJson::fromTrusted("{\"concurrency\":2}"_ba);
    FunctionPage page(ui.context);
    page.showFunction("refund"_ba);
    ui.show(&page);
    ui.backend.post(devserver::FunctionChanged{function});
    clickTab(child<QTabWidget>(&page, "functionTabs"), u"Configuration"_s);
    const auto texts = [&page] {
        QStringList all;
        for (const QLabel *label :
             child<QWidget>(&page, "functionConfiguration")->findChildren<QLabel *>())
            all.append(label->text());
        return all;
    };
    QTRY_VERIFY2((ui.beat(), texts().contains(u"At most 2 at once."_s)),
                 qPrintable(texts().join(u'|')));
    QVERIFY(!texts().contains(u"2"_s));
}

/// The window is there before.
void TestFunctionSteps::lastRunsAreReadOnceTheServerServes()
{
    ShopTree shop(false);
    QTRY_VERIFY((shop.ui.beat(), shop.saysUnread()));
    QVERIFY(!shop.refund.data(FunctionTreeModel::StateRole).isValid());
    shop.ui.setServing(true);
    QTRY_VERIFY((shop.ui.beat(), shop.refund.data(FunctionTreeModel::StateRole).isValid()));
    QTRY_VERIFY2((shop.ui.beat(), !shop.saysUnread()), qPrintable(allBars(shop.view)));
}

/// As after its data were cleared, or with another file.
void TestFunctionSteps::ofOtherDataNoLastRunIsKept()
{
    ShopTree shop;
    QTRY_VERIFY((shop.ui.beat(), shop.refund.data(FunctionTreeModel::StateRole).isValid()));
    shop.ui.setServing(false);
    shop.ui.backend.runs.clear();
    shop.ui.setServing(true);
    QTRY_VERIFY((shop.ui.beat(), !shop.refund.data(FunctionTreeModel::StateRole).isValid()));
}

/// Of a function that is chosen while the server is stopped; what was read before stays.
void TestFunctionSteps::whatCouldNotBeReadIsNoFunctionThatNeverRan()
{
    ShopTree shop;
    const auto *figures = child<QLabel>(&shop.view, "functionFigures");
    const auto *note = child<QLabel>(&shop.view, "functionStepsNote");
    const auto *strip = child<QWidget>(&shop.view, "functionStrip");
    shop.choose("refund"_ba);
    QTRY_COMPARE((shop.ui.beat(), note->text()), u"Its last runs tried no step."_s);
    const QString known = figures->text();
    shop.ui.setServing(false);
    devserver::api::RunSummary run = runRow(5);
    run.slug = "refund"_ba;
    shop.ui.backend.post(run);
    QTRY_VERIFY((shop.ui.beat(), shop.saysUnread()));
    QCOMPARE(figures->text(), known);
    QCOMPARE(note->text(), u"Its last runs tried no step."_s);

    shop.choose("charge-order"_ba);
    const QString unread = u"Its last runs could not be read."_s;
    QTRY_COMPARE((shop.ui.beat(), figures->text()), unread);
    QCOMPARE(note->text(), unread);
    QVERIFY(!strip->isVisible());
    QVERIFY(shop.saysUnread());
    shoot(&shop.view, u"function_unread"_s);

    shop.ui.setServing(true);
    QTRY_COMPARE((shop.ui.beat(), note->text()), u"Its last runs tried no step."_s);
    QVERIFY(figures->text() != unread);
    QVERIFY(strip->isVisible());
    QTRY_VERIFY2((shop.ui.beat(), !shop.saysUnread()), qPrintable(allBars(shop.view)));
}

/// Another view is shown meanwhile.
void TestFunctionSteps::runsThatEndWhileNobodyLooksAreShown()
{
    ShopTree shop;
    shop.choose("refund"_ba);
    const auto *figures = child<QLabel>(&shop.view, "functionFigures");
    QTRY_COMPARE((shop.ui.beat(), figures->text()), u"It has not ended a run yet."_s);
    shop.view.hide();
    shop.ui.backend.stats["refund"_ba].failed = 1;
    devserver::api::RunSummary run = runRow(5);
    run.slug = "refund"_ba;
    shop.ui.backend.post(run);
    shop.ui.beat();
    shop.view.show();
    QTRY_COMPARE((shop.ui.beat(), figures->text()), u"1 run has ended, it failed"_s);
}

void TestFunctionSteps::anIdWithABlankFindsItsRuns()
{
    ShopTree shop;
    devserver::Function odd = *shop.ui.catalog.functionBySlug("refund"_ba);
    odd.id.value = devserver::Uuid::fromName("functions", "mail, (all)");
    odd.config.slug = "shop-mail, (all)"_ba;
    shop.ui.backend.post(devserver::FunctionChanged{odd});
    QTRY_VERIFY((shop.ui.beat(), shop.indexOf(odd.config.slug).isValid()));
    shop.choose(odd.config.slug);
    const QSignalSpy went(&shop.ui.navigator, &Navigator::goRequested);
    QTest::mouseClick(child<QWidget>(&shop.view, "function_runs"), Qt::LeftButton);
    QCOMPARE(went.count(), 1);
    QCOMPARE(went[0][0].value<Place>().filter, u"fn:\"shop-mail, (all)\""_s);
}

void TestFunctionSteps::aRightClickChoosesTheFunction()
{
    ShopTree shop;
    shop.choose("charge-order"_ba);
    QMenu *menu = contextMenuAt(shop.tree->viewport(), shop.tree->visualRect(shop.refund).center());
    QVERIFY(menu != nullptr);
    QCOMPARE(shop.view.place().subject, "refund"_ba);
    QCOMPARE(entriesOf(menu), QStringList({u"function.invoke"_s, u"function.sample"_s,
                                           u"function.runs"_s, u"function.goApp"_s}));
    const QSignalSpy invoked(&shop.ui.navigator, &Navigator::invokeDraftRequested);
    QVERIFY(clickAction(
        menu, [](const QAction *each) { return each->objectName() == u"function.invoke"_s; }));
    QCOMPARE(invoked.count(), 1);
    QCOMPARE(invoked[0][0].toByteArray(), "refund"_ba);
    // By its key it is about the chosen one, wherever that is.
    shop.choose("charge-order"_ba);
    menu = contextMenuOf(shop.tree->viewport());
    QVERIFY(menu != nullptr);
    QCOMPARE(shop.view.place().subject, "charge-order"_ba);
    QCOMPARE(menu->pos(), shop.tree->viewport()->mapToGlobal(
                              shop.tree->visualRect(shop.tree->currentIndex()).bottomLeft()));
    QTest::keyClick(menu, Qt::Key_Escape);
}

/// And folds nothing.
void TestFunctionSteps::aRightClickOnAnArrowIsAboutTheApp()
{
    ShopTree shop;
    shop.choose("refund"_ba);
    const QModelIndex app = shop.tree->model()->index(shop.refund.parent().row() == 0 ? 1 : 0, 0);
    const QRect row = shop.tree->visualRect(app);
    const QPoint arrow(shop.tree->indentation() / 2, row.center().y());
    QVERIFY(arrow.x() < row.left() && shop.tree->isExpanded(app));
    QMenu *menu = contextMenuAt(shop.tree->viewport(), arrow);
    QVERIFY(menu != nullptr);
    QVERIFY(shop.tree->isExpanded(app));
    QCOMPARE(shop.tree->currentIndex(), app);
    QCOMPARE(entriesOf(menu), QStringList({u"function.goApp"_s}));
    QCOMPARE(shop.view.place().subject, "refund"_ba); // the page stays
    const QSignalSpy went(&shop.ui.navigator, &Navigator::goRequested);
    QVERIFY(clickAction(menu, [](const QAction *) { return true; }));
    const QByteArray slug =
        app.model()->index(0, 0, app).data(FunctionTreeModel::SlugRole).toByteArray();
    QCOMPARE(went.count(), 1);
    QCOMPARE(went[0][0].value<Place>().view, "apps"_ba);
    QCOMPARE(went[0][0].value<Place>().subject, shop.ui.catalog.functionBySlug(slug)->app.toText());
}

/// An entry would do it to another one.
void TestFunctionSteps::theMenuGoesWithItsFunction()
{
    ShopTree shop;
    QVERIFY(contextMenuAt(shop.tree->viewport(), shop.tree->visualRect(shop.refund).center())
            != nullptr);
    const std::vector<devserver::App> known = shop.ui.backend.apps; // posting changes it
    for (const devserver::App &app : known) {
        if (app.id == shop.ui.catalog.functionBySlug("refund"_ba)->app)
            shop.ui.backend.post(devserver::AppChanged{.app = app, .isGone = true});
    }
    QTRY_VERIFY((shop.ui.beat(), !shop.indexOf("refund"_ba).isValid()));
    QVERIFY(QApplication::activePopupWidget() == nullptr);
}

UI_TEST_MAIN(TestFunctionSteps)

#include "tst_functionsteps.moc"
