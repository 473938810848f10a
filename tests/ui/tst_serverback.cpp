// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/clicks.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/uifixture.h"
#include "ui/core/pagedtablemodel.h"
#include "ui/events/eventsview.h"
#include "ui/letters/deadview.h"
#include "ui/runs/inspector.h"
#include "ui/runs/runsview.h"
#include "ui/widgets/listtable.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <functional>
#include <memory>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;
using devserver::api::ServerPhase;

namespace {

/// Each view that asks for one record, beside an inspector that asks for it, too.
struct Stage {
    explicit Stage(const QByteArray &name)
        : scene(fillScene(ui.backend))
    {
        ui.catalog.reload();
        if (name == "runs")
            view = std::make_unique<RunsView>(ui.context);
        else if (name == "events")
            view = std::make_unique<EventsView>(ui.context);
        else
            view = std::make_unique<DeadView>(ui.context);
        inspector = std::make_unique<Inspector>(ui.context);
        ui.show(view.get());
        inspector->resize(500, 700);
        inspector->show();
        settle();
        table = child<ListTable>(view.get(), QByteArray(name + "Table").constData());
    }

    void settle()
    {
        test::settle(view.get(), [this] { ui.beat(); });
    }

    void stop()
    {
        ui.backend.queryError =
            devserver::Error{devserver::ErrorCode::Stopping, u"the server is not running"_s};
        devserver::api::ServerState state = ui.backend.server();
        state.phase = ServerPhase::Stopped;
        ui.backend.setState(state);
        settle();
    }

    void start()
    {
        ui.backend.queryError.reset();
        devserver::api::ServerState state = ui.backend.server();
        state.phase = ServerPhase::Serving;
        ui.backend.setState(state);
        settle();
    }

    void clickRow(int row)
    {
        clickCell(table, table->model()->index(row, 1));
        settle();
    }

    /// What the view says instead of a record.
    [[nodiscard]] bool saysWhy() const { return says(view.get()); }

    [[nodiscard]] bool inspectorSaysWhy() const { return says(inspector.get()); }

    /// In the place of the record, not in a bar above the view.
    [[nodiscard]] QPushButton *tryAgain() const
    {
        QPushButton *found = nullptr;
        for (QPushButton *button : view->findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == u"Try again"_s)
                found = button;
        }
        return found;
    }

    UiFixture ui;
    Scene scene;
    std::unique_ptr<View> view;
    std::unique_ptr<Inspector> inspector;
    ListTable *table = nullptr;

private:
    static bool says(const QWidget *widget)
    {
        for (const QLabel *label : widget->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(u"the server is not running"_s))
                return true;
        }
        return false;
    }
};

} // namespace

/// What was chosen while the server was stopped is readable when it is back.
class TestServerBack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAgainWhenItServes_data();
    void readsAgainWhenItServes();
    void tryAgainReads_data();
    void tryAgainReads();
    void aClickOnTheSameRowReads_data();
    void aClickOnTheSameRowReads();
    void anotherEventIsNotShownInItsPlace();

private:
    static void views();
};

void TestServerBack::views()
{
    QTest::addColumn<QByteArray>("view");
    QTest::addRow("runs") << "runs"_ba;
    QTest::addRow("events") << "events"_ba;
    QTest::addRow("dead letters") << "dead"_ba;
}

void TestServerBack::readsAgainWhenItServes_data()
{
    views();
}

void TestServerBack::readsAgainWhenItServes()
{
    QFETCH(const QByteArray, view);
    Stage stage(view);
    stage.clickRow(0);
    QVERIFY(!stage.saysWhy());
    stage.stop();
    stage.clickRow(2);
    QVERIFY(stage.saysWhy());
    QVERIFY(stage.inspectorSaysWhy());
    shoot(stage.view.get(), u"serverback_"_s + QString::fromLatin1(view));
    stage.start();
    QVERIFY(!stage.saysWhy());
    QVERIFY(!stage.inspectorSaysWhy());
    QVERIFY(stage.tryAgain() == nullptr);
}

void TestServerBack::tryAgainReads_data()
{
    views();
}

void TestServerBack::tryAgainReads()
{
    QFETCH(const QByteArray, view);
    Stage stage(view);
    stage.clickRow(0);
    stage.stop();
    stage.clickRow(2);
    QPushButton *again = stage.tryAgain();
    QVERIFY(again != nullptr);
    stage.ui.backend.queryError.reset();
    QTest::mouseClick(again, Qt::LeftButton);
    stage.settle();
    QVERIFY(!stage.saysWhy());
    QVERIFY(stage.tryAgain() == nullptr);
}

void TestServerBack::aClickOnTheSameRowReads_data()
{
    views();
}

void TestServerBack::aClickOnTheSameRowReads()
{
    QFETCH(const QByteArray, view);
    Stage stage(view);
    stage.clickRow(0);
    stage.stop();
    stage.clickRow(2);
    QVERIFY(stage.saysWhy());
    stage.ui.backend.queryError.reset();
    stage.clickRow(2);
    QVERIFY(!stage.saysWhy());
    QVERIFY(!stage.inspectorSaysWhy());
}

void TestServerBack::anotherEventIsNotShownInItsPlace()
{
    Stage stage("events"_ba);
    stage.clickRow(0);
    QVERIFY(child<QLabel>(stage.view.get(), "eventTitle")->isVisible());
    stage.stop();
    stage.clickRow(2);
    QVERIFY(!child<QLabel>(stage.view.get(), "eventTitle")->isVisible());
    stage.start();
    QVERIFY(child<QLabel>(stage.view.get(), "eventTitle")->isVisible());
}

UI_TEST_MAIN(TestServerBack)
#include "tst_serverback.moc"
