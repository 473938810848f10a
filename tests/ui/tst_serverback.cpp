// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/clicks.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/uifixture.h"
#include "ui/core/format.h"
#include "ui/core/pagedtablemodel.h"
#include "ui/events/eventsview.h"
#include "ui/letters/deadview.h"
#include "ui/runs/inspector.h"
#include "ui/runs/runsview.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/navigator.h"

#include <QLabel>
#include <QPushButton>
#include <QTabBar>
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
    [[nodiscard]] QPushButton *tryAgain() const { return tryAgain(view.get()); }

    [[nodiscard]] static QPushButton *tryAgain(const QWidget *in)
    {
        QPushButton *found = nullptr;
        for (QPushButton *button : in->findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == u"Try again"_s)
                found = button;
        }
        return found;
    }

    /// The heading of the inspector.
    [[nodiscard]] QString title() const
    {
        return child<QLabel>(inspector.get(), "inspTitle")->text();
    }

    [[nodiscard]] bool hasTabs() const
    {
        return child<QTabBar>(inspector.get(), "inspectorTabs")->isVisible();
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
    void theInspectorSpeaksOfNothingElse_data();
    void theInspectorSpeaksOfNothingElse();
    void theInspectorTriesAgain();
    void theInspectorKeepsWhatIsChosen();

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

void TestServerBack::theInspectorSpeaksOfNothingElse_data()
{
    views();
}

/// Not of the one that was selected before.
void TestServerBack::theInspectorSpeaksOfNothingElse()
{
    QFETCH(const QByteArray, view);
    Stage stage(view);
    stage.clickRow(0);
    const Selection before = stage.inspector->inspection().subject;
    QVERIFY(stage.hasTabs());
    stage.stop();
    stage.clickRow(2);
    const Selection chosen = stage.ui.navigator.selection();
    QVERIFY(chosen != before);
    QCOMPARE(stage.inspector->inspection().subject, chosen);
    QVERIFY(!stage.hasTabs());
    const bool isEvent = chosen.kind == Selection::Kind::Event;
    QCOMPARE(stage.title(), shortId(isEvent ? chosen.event.toText() : chosen.run.toText()));
    QVERIFY(child<QLabel>(stage.inspector.get(), "inspTitle")->isVisible());
    QVERIFY(stage.inspectorSaysWhy());
    shoot(stage.inspector.get(), u"inspunread_"_s + QString::fromLatin1(view));
    stage.start();
    QVERIFY(!stage.inspectorSaysWhy());
    QVERIFY(stage.hasTabs());
    QVERIFY(stage.title() != shortId(chosen.run.toText()));
}

void TestServerBack::theInspectorTriesAgain()
{
    Stage stage("runs"_ba);
    stage.clickRow(0);
    stage.stop();
    stage.clickRow(2);
    QPushButton *again = Stage::tryAgain(stage.inspector.get());
    QVERIFY(again != nullptr);
    stage.inspector->activateWindow();
    QTRY_VERIFY(stage.inspector->isActiveWindow());
    QTest::mouseClick(again, Qt::LeftButton);
    stage.settle();
    QCOMPARE(Stage::tryAgain(stage.inspector.get()), again); // it has the keyboard
    stage.ui.backend.queryError.reset();
    QTest::keyClick(again, Qt::Key_Space);
    stage.settle();
    QVERIFY(stage.hasTabs());
    QVERIFY(Stage::tryAgain(stage.inspector.get()) == nullptr);
    QVERIFY(stage.inspector->focusWidget() != nullptr
            && stage.inspector->focusWidget()->isVisible());
}

/// What it shows is of the time before, and is what is meant.
void TestServerBack::theInspectorKeepsWhatIsChosen()
{
    Stage stage("runs"_ba);
    stage.clickRow(0);
    const QString title = stage.title();
    stage.stop();
    stage.ui.backend.post(stage.ui.backend.records.at(stage.ui.navigator.selection().run).summary);
    stage.settle();
    QVERIFY(stage.inspectorSaysWhy()); // in a bar
    QVERIFY(stage.hasTabs());
    QCOMPARE(stage.title(), title);
}

UI_TEST_MAIN(TestServerBack)
#include "tst_serverback.moc"
