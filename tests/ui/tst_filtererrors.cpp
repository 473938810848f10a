// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/clicks.h"
#include "tests/ui/support/eventsstage.h"
#include "tests/ui/support/inspectorstage.h"
#include "ui/events/matchingmodel.h"

#include <QTableView>
#include <QTabWidget>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace console;
using namespace console::test;
using devserver::Refusal;
using devserver::Trigger;

/// An expression that could not be evaluated is named beside how it failed.
class TestFilterErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchingNamesTheExpression_data();
    void matchingNamesTheExpression();
    void theInspectorNamesTheExpression();
};

namespace {

constexpr auto plan = R"(event.data.plan == "pro")";
constexpr auto total = "event.data.total > 1";

/// The event started nothing: the expression of the one function that listens failed.
void fail(devserver::test::FakeBackend &backend, const Scene &scene, std::vector<Trigger> triggers)
{
    devserver::api::EventRecord &record = backend.eventRecords.at(scene.order);
    backend.functions.front().config.triggers = std::move(triggers);
    record.runs.clear();
    record.refusals = {{.event = scene.order,
                        .function = backend.functions.front().id,
                        .refusal = Refusal::FilterError,
                        .detail = "no such key: plan"_ba}};
}

} // namespace

void TestFilterErrors::matchingNamesTheExpression_data()
{
    QTest::addColumn<std::vector<Trigger>>("triggers");
    QTest::addColumn<bool>("isNamed");
    const Trigger fits{.event = "order/paid"_ba, .expression = plan, .cron = {}};
    const Trigger alsoFits{.event = "order/*"_ba, .expression = plan, .cron = {}};
    const Trigger another{.event = "order/paid"_ba, .expression = total, .cron = {}};
    const Trigger elsewhere{.event = "user/signup"_ba, .expression = total, .cron = {}};
    const Trigger all{.event = "order/paid"_ba, .expression = {}, .cron = {}};
    QTest::newRow("its only one") << std::vector{fits} << true;
    QTest::newRow("the same one twice") << std::vector{fits, alsoFits} << true;
    QTest::newRow("another event has another one") << std::vector{elsewhere, fits} << true;
    QTest::newRow("which of two is not known") << std::vector{fits, another} << false;
    QTest::newRow("it has none any more") << std::vector{all} << false;
}

void TestFilterErrors::matchingNamesTheExpression()
{
    QFETCH(const std::vector<Trigger>, triggers);
    QFETCH(const bool, isNamed);
    UiFixture ui;
    const Scene scene = fillScene(ui.backend);
    QCOMPARE(ui.backend.eventRecords.at(scene.order).event.name, "order/paid"_ba);
    fail(ui.backend, scene, triggers);
    ui.catalog.reload();
    EventsView view(ui.context);
    showEvents(ui, view);
    selectEvent(ui, view, scene.order);
    clickTab(child<QTabWidget>(&view, "eventTabs"), 1);
    const QModelIndex why =
        child<QTableView>(&view, "eventMatching")->model()->index(0, MatchingModel::WhyColumn);
    const QString error = u"no such key: plan"_s;
    const QString code = isNamed ? QString(QLatin1StringView(plan) + u"   =>   "_s) : QString();
    QCOMPARE(why.data().toString(), QString(code + error));
    const auto cell = why.data(CellDataRole).value<Cell>();
    QCOMPARE(cell.isMono, isNamed); // the expression looks as code does, how it failed as words do
    QCOMPARE(cell.text, isNamed ? code : error);
    QCOMPARE(cell.second, isNamed ? error : QString());
}

void TestFilterErrors::theInspectorNamesTheExpression()
{
    InspectorStage stage;
    fail(stage.ui.backend, stage.scene,
         {{.event = "order/paid"_ba, .expression = plan, .cron = {}}});
    stage.ui.catalog.reload();
    stage.ui.beat();
    stage.select({.kind = Selection::Kind::Event, .event = stage.scene.order});
    QString said;
    for (const QLabel *label : stage.inspector.findChildren<QLabel *>()) {
        if (label->isVisible())
            said += label->text() + u'\n';
    }
    said.replace(QChar::Nbsp, u' '); // what is compared stays in one line
    const QString code = QString::fromLatin1(plan).toHtmlEscaped();
    const QString expected = u"filter error (no such key: plan): <code>%1</code>"_s.arg(code);
    QVERIFY2(said.contains(expected), qPrintable(said));
}

UI_TEST_MAIN(TestFilterErrors)
#include "tst_filtererrors.moc"
