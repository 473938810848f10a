// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/inspectorstage.h"
#include "ui/widgets/addressline.h"
#include "ui/widgets/consolestyle.h"
#include "ui/widgets/diffview.h"
#include "ui/widgets/payloadview.h"

#include <QApplication>
#include <QClipboard>
#include <QImage>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextLayout>

using namespace Qt::StringLiterals;
using namespace console;
using console::test::cellOf;
using console::test::child;
using console::test::clickRow;
namespace test = console::test;
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
    void callsSayHowAttemptsAreCounted();
    void aKeyOfTheDataIsNoAttempt();
    void anAddressIsBrokenAtItsParts();
    void showsOutput();
    void beginsAtOneEdge();
    void theFirstTabStaysAtTheEdge();
    void everySubjectHasASign();
    void namesOfSendersTurnNothing();
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
    const auto *note = child<QLabel>(&stage.inspector, "inspInputNote");
    QVERIFY(note->isVisible());
    QCOMPARE(note->text(), u"\"attempt\" counts from 0"_s);
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
    QVERIFY(!note->isVisible());
}

/// Only of a request, which has a number of an attempt.
void TestInspectorPayloads::callsSayHowAttemptsAreCounted()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Calls);
    auto *tabs = child<QTabBar>(&stage.inspector, "callTabs");
    const auto *note = child<QLabel>(&stage.inspector, "callBodyNote");
    for (const auto &[tab, isSaid] : {std::pair(u"Request"_s, true),
                                      {u"Headers"_s, false},
                                      {u"Request"_s, true},
                                      {u"Response"_s, false}}) {
        test::clickTab(tabs, tab);
        QCOMPARE(note->isVisible(), isSaid);
    }
}

/// That a step returned something of that name says nothing of how attempts are counted.
void TestInspectorPayloads::aKeyOfTheDataIsNoAttempt()
{
    Stage stage;
    const devserver::RunId run = stage.scene.deadCharge;
    devserver::api::RunRecord &record = stage.ui.backend.records.at(run);
    for (devserver::Memo &memo : record.memos)
        memo.json = devserver::RawJson::fromTrusted(R"({"data":{"attempt":7}})");
    stage.selectRun(run);
    stage.open(Stage::Attempts);
    const auto *table = child<QTableView>(&stage.inspector, "inspAttempts");
    const auto *diff = child<DiffView>(&stage.inspector, "inspAttemptDiff");
    const auto compare = [&](const QString &step) {
        const int rows = table->model()->rowCount();
        int row = 0;
        while (row < rows && cellOf(table, row, AttemptModel::Step) != step)
            ++row;
        clickRow(table, row);
        clickRow(table, rows - 1, Qt::ControlModifier); // load-order
        stage.ui.beat();
    };
    const auto requests = [&] { return diff->exact().split(u'\n').filter(u"Request · "_s); };
    compare(u"#1 check-fraud"_s);
    QTRY_VERIFY2(diff->exact().contains(u"+         \"attempt\": 7"_s), qPrintable(diff->exact()));
    QCOMPARE(requests(), QStringList());
    compare(u"#5 charge-card"_s);
    QTRY_COMPARE(requests(), QStringList{u"Request · \"attempt\" counts from 0"_s});
}

/// A line ends at a part of it, and what is copied has no sign of that.
void TestInspectorPayloads::anAddressIsBrokenAtItsParts()
{
    Stage stage;
    stage.selectRun(stage.scene.deadCharge);
    stage.open(Stage::Calls);
    auto *line = child<AddressLine>(&stage.inspector, "callLine");
    const auto shown = [line] {
        const QTextBlock block = line->document()->firstBlock();
        QStringList lines;
        for (int at = 0; at < block.layout()->lineCount(); ++at) {
            const QTextLine each = block.layout()->lineAt(at);
            lines.append(block.text().mid(each.textStart(), each.textLength()));
            lines.last().remove(QRegularExpression(u"[\\x{200b}\\x{2060}]"_s));
        }
        return lines;
    };
    const QString first = u"POST http://localhost:3000/api/inngest"_s;
    const QStringList wanted{first, u"?fnId=shop-charge-order&stepId=step"_s};
    const int room = line->fontMetrics().horizontalAdvance(first + u"?fnId=shop-charge"_s);
    stage.inspector.resize(stage.inspector.width() - line->width() + room, 760);
    stage.ui.beat();
    QCOMPARE(shown(), wanted);
    QVERIFY(line->height() >= 2 * line->fontMetrics().lineSpacing());
    QTest::mouseClick(line->viewport(), Qt::LeftButton, {}, {20, 6});
    QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(line, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), wanted.join(QString()));
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
    QCOMPARE(left(child<QWidget>(&stage.inspector, "inspSentence"), 0), edge);
    stage.open(Stage::Error);
    QCOMPARE(left(child<QLabel>(&stage.inspector, "inspErrorName"), 0), edge);
    stage.open(Stage::Calls);
    const auto *line = child<AddressLine>(&stage.inspector, "callLine");
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

/// What nobody sees, or turns what stands beside it, has a sign; a copy is what was sent.
void TestInspectorPayloads::namesOfSendersTurnNothing()
{
    Stage stage;
    devserver::Event &event = stage.ui.backend.eventRecords.at(stage.scene.lonely).event;
    event.name = "shop/\u202Eevil"_ba;
    event.id = "id-\u202E1"_ba;
    stage.select({.kind = Kind::Event, .event = stage.scene.lonely});
    QTRY_COMPARE(stage.label("inspTitle"), u"shop/\\u202eevil"_s);
    QVERIFY2(stage.label("inspSentence").contains(u"shop/\\u202eevil"_s),
             qPrintable(stage.label("inspSentence")));
    QStringList values;
    for (const QLabel *label : stage.inspector.findChildren<QLabel *>()) {
        QVERIFY2(!label->text().contains(QChar(0x202e)), qPrintable(label->objectName()));
        values.append(label->objectName() == u"inspValue"_s ? label->text() : QString());
    }
    QVERIFY(values.contains(u"shop/\\u202eevil"_s));
    QVERIFY(values.contains(u"id-\\u202e1"_s));
    QTest::mouseClick(child<QWidget>(&stage.inspector, "inspCopy"), Qt::LeftButton);
    QCOMPARE(stage.ui.desktop.copied, QString::fromUtf8(event.id));
}

UI_TEST_MAIN(TestInspectorPayloads)
#include "tst_inspectorpayloads.moc"
