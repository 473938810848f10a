// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/inspectorstage.h"
#include "ui/widgets/consolestyle.h"
#include "ui/widgets/payloadview.h"

#include <QApplication>
#include <QImage>

using namespace Qt::StringLiterals;
using namespace console;
using console::test::child;
using Kind = Selection::Kind;
using Stage = console::test::InspectorStage;

namespace {

/// Column of the first pixel of a word in a bar of tabs.
int firstInk(QWidget *tabs)
{
    const QImage image = tabs->grab().toImage();
    for (int x = 0; x < image.width(); ++x) {
        for (int y = image.height() / 4; y < image.height() * 3 / 5; ++y) {
            if (image.pixel(x, y) != image.pixel(0, y))
                return x;
        }
    }
    return -1;
}

} // namespace

/// What the inspector shows of payloads, and that it says whose they are.
class TestInspectorPayloads : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QApplication::setStyle(new ConsoleStyle); }

    void showsWhatWasSent();
    void showsOutput();
    void beginsAtOneEdge();
    void theFirstTabStaysAtTheEdge();
    void everySubjectHasASign();
};

void TestInspectorPayloads::showsWhatWasSent()
{
    Stage stage;
    stage.selectStep(stage.scene.deadCharge, "charge-card"_ba);
    stage.open(Stage::Input);
    auto *view = child<PayloadView>(&stage.inspector, "inspInput");
    QTRY_VERIFY(!view->payload().isEmpty());
    // Event and memos as they are stored: 120.50 stays.
    QVERIFY(view->payload().contains(R"("total":120.50,"currency":"EUR")"));
    const qsizetype first = view->payload().indexOf(R"({"data":{"id":"o_300","total":120.50}})");
    const qsizetype second = view->payload().indexOf(R"({"data":{"score":0.02}})");
    QVERIFY(first > 0);
    QVERIFY(second > first);
    QVERIFY(view->payload().contains(R"("attempt":4,"max_attempts":5)"));
    auto *of = child<QLabel>(&stage.inspector, "inspInputOf");
    QVERIFY(of->isVisible());
    QCOMPARE(of->text(), u"Latest request: attempt 5 · charge-card"_s);
    // The run was called once more, to hear of the failure: not what it failed at.
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Input);
    QCOMPARE(of->text(), u"Request that failed: attempt 5 · charge-card"_s);
    stage.selectRun(stage.scene.completed);
    stage.open(Stage::Input);
    QCOMPARE(of->text(), u"Latest request: attempt 1 · function body"_s);
    QTRY_VERIFY(view->payload().contains(R"("attempt":0)"));
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Input);
    QTRY_VERIFY(view->payload().contains(R"("attempt":4,"max_attempts":5)"));
    stage.select({.kind = Kind::Event, .event = stage.scene.order});
    stage.open(Stage::Input);
    QVERIFY(!of->isVisible());
}

void TestInspectorPayloads::showsOutput()
{
    Stage stage;
    stage.selectRun(stage.scene.completed);
    stage.open(Stage::Output);
    auto *view = child<PayloadView>(&stage.inspector, "inspOutput");
    QCOMPARE(view->payload(), R"({"ok":true,"total":120.0})"_ba);
    QCOMPARE(stage.label("inspOutputOf"), u"What the run returned"_s);
    stage.selectStep(stage.scene.completed, "load-order"_ba);
    stage.open(Stage::Output);
    QCOMPARE(view->payload(), R"({"data":{"id":"o_1","lines":3}})"_ba);
    QCOMPARE(stage.label("inspOutputOf"), u"What the step returned"_s);
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Output);
    QCOMPARE(stage.label("inspOutputOf"), u"The error that ended the run"_s);
}

/// However many tabs there are, and however little room they have.
void TestInspectorPayloads::theFirstTabStaysAtTheEdge()
{
    Stage stage;
    stage.select({.kind = Kind::Event, .event = stage.scene.order});
    stage.open(Stage::Overview);
    const int place = firstInk(stage.tabs());
    QVERIFY(place >= 12);
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Overview);
    QCOMPARE(firstInk(stage.tabs()), place);
    const int roomy = stage.tabs()->tabRect(1).width();
    stage.inspector.resize(410, 760);
    stage.ui.beat();
    QVERIFY(stage.tabs()->tabRect(1).width() < roomy);
    QCOMPARE(firstInk(stage.tabs()), place);
}

/// Whatever stands in the other tabs, or above: one edge.
void TestInspectorPayloads::beginsAtOneEdge()
{
    Stage stage;
    const auto left = [&stage](const QWidget *widget, int inside) {
        return widget->mapTo(&stage.inspector, QPoint(inside, 0)).x();
    };
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Input);
    const auto *of = child<QLabel>(&stage.inspector, "inspInputOf");
    const int edge = left(of, of->contentsMargins().left());
    const auto firstWord = [](const QTabBar *tabs) { // where there is room
        return (tabs->tabRect(0).width() - tabs->fontMetrics().horizontalAdvance(tabs->tabText(0)))
               / 2;
    };
    QCOMPARE(left(stage.tabs(), firstWord(stage.tabs())), edge);
    stage.open(Stage::Overview);
    QCOMPARE(left(child<QLabel>(&stage.inspector, "inspSentence"), 0), edge);
    stage.open(Stage::Error);
    QCOMPARE(left(child<QLabel>(&stage.inspector, "inspErrorName"), 0), edge);
    stage.open(Stage::Calls);
    const auto *line = child<QLabel>(&stage.inspector, "callLine");
    const auto *parts = child<QTabBar>(&stage.inspector, "callTabs");
    const auto *ways = child<QTabBar>(child<QWidget>(&stage.inspector, "callBody"), "payloadTabs");
    QCOMPARE(left(line, 0), edge);
    QCOMPARE(left(parts, firstWord(parts)), edge);
    QCOMPARE(left(ways, firstWord(ways)), edge);
}

/// Or the title would jump from one to the next.
void TestInspectorPayloads::everySubjectHasASign()
{
    Stage stage;
    const auto *icon = child<QLabel>(&stage.inspector, "inspIcon");
    const auto *title = child<QLabel>(&stage.inspector, "inspTitle");
    stage.selectRun(stage.scene.deadCharge);
    const int place = title->x();
    const devserver::Function &function = stage.ui.backend.functions.front();
    for (const Selection &subject :
         {Selection{.kind = Kind::Event, .event = stage.scene.order},
          Selection{.kind = Kind::Function, .slug = function.config.slug},
          Selection{.kind = Kind::App, .app = stage.ui.backend.apps.front().id}}) {
        stage.select(subject);
        QVERIFY(icon->isVisible());
        QVERIFY(!icon->accessibleName().isEmpty());
        QCOMPARE(title->x(), place);
    }
}

UI_TEST_MAIN(TestInspectorPayloads)
#include "tst_inspectorpayloads.moc"
