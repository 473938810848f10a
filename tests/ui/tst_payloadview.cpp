// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/modelwatch.h"
#include "tests/ui/support/largedata.h"
#include "tests/ui/support/uifixture.h"
#include "ui/core/filterparser.h"
#include "ui/core/jsontreemodel.h"
#include "ui/widgets/bigtextview.h"
#include "ui/widgets/codeedit.h"
#include "ui/widgets/consolestyle.h"
#include "ui/widgets/notebar.h"
#include "ui/widgets/payloadview.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace console;
using console::test::child;
using console::test::UiFixture;

namespace {

const QByteArray odd =
    R"({"b":1.0,"a":{"price":1e3,"price":12345678901234567890},"c":[true,null,"é\u00e9"]})"_ba;

QByteArray largeJson(qsizetype bytes)
{
    QByteArray json = "{\"items\":[";
    json.reserve(bytes + 200);
    for (int i = 0; json.size() < bytes; ++i) {
        json += (i == 0 ? "" : ",") + QByteArray(R"({"id":)") + QByteArray::number(i)
                + R"(,"name":"item of a long list","tags":["a","b"],"price":12.50})";
    }
    return json + "],\"last\":\"needle-at-the-end\"}";
}

} // namespace

class TestPayloadView : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QApplication::setStyle(new ConsoleStyle); }

    void showsBytesAsSent();
    void copiesAsReceived();
    void copiesValueAndPath();
    void treeUnfoldsOnDemand();
    void findsWords();
    void cutsLongStrings();
    void showsWhatIsNoJson();
    void showsBytesThatAreNoText();
    void keepsTabsWhole();
    void factsGiveWayToTabs();
    void keepsPlaceForSameBytes();
    void copiesLargePayloadWhole();
    void saysWhyBytesAreNoText();
    void filtersByValue();
    void filtersFromTreeAndRequest();
    void composesFromPayload();
    void saysWhyValueCannotBeAsked();
    void wrapsLines();
    void largePayloadNeverStalls();
    void longLinesAreWrappedWithoutAStall();

private:
    static void click(QTabBar *tabs, int tab)
    {
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(tab).center());
    }

    /// The menu over a place of a view, by a right click.
    static QMenu *openMenu(QAbstractScrollArea *view, QPoint at)
    {
        QTest::mouseClick(view->viewport(), Qt::RightButton, {}, at);
        // Offscreen no platform makes the event of a right click.
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, view->viewport()->mapToGlobal(at));
        QApplication::sendEvent(view->viewport(), &event);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        return menu;
    }

    static QAction *entry(const QMenu *menu, const char *name)
    {
        return child<QAction>(menu, name);
    }

    static void choose(QMenu *menu, const char *name)
    {
        QTest::mouseClick(menu, Qt::LeftButton, {},
                          menu->actionGeometry(entry(menu, name)).center());
    }

    /// Middle of the first place of a text in the editor.
    static QPoint placeOf(const QPlainTextEdit *edit, const QString &text)
    {
        QTextCursor cursor = edit->document()->find(text);
        cursor.setPosition(cursor.selectionStart() + 1);
        return edit->cursorRect(cursor).center();
    }
};

void TestPayloadView::showsBytesAsSent()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {600, 500});
    view.setPayload(odd);
    auto *text = child<QPlainTextEdit>(&view, "payloadText");
    QVERIFY(text->isVisible());
    QCOMPARE(text->toPlainText(), QString::fromUtf8(R"({
  "b": 1.0,
  "a": {
    "price": 1e3,
    "price": 12345678901234567890
  },
  "c": [
    true,
    null,
    "é\u00e9"
  ]
})"));
    QCOMPARE(child<QLabel>(&view, "payloadFacts")->text(), u"Object, 3 members · 83 B"_s);
    click(child<QTabBar>(&view, "payloadTabs"), 2);
    QCOMPARE(text->toPlainText().toUtf8(), odd);
}

void TestPayloadView::copiesAsReceived()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {600, 500});
    view.setPayload(odd);
    QTest::mouseClick(child<QToolButton>(&view, "payloadCopy"), Qt::LeftButton);
    QCOMPARE(ui.desktop.copied.toUtf8(), odd);
}

void TestPayloadView::copiesValueAndPath()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {600, 500});
    view.setPayload(odd);
    click(child<QTabBar>(&view, "payloadTabs"), 1);
    auto *tree = child<QTreeView>(&view, "payloadTree");
    QVERIFY(tree->isVisible());
    const QModelIndex object = tree->model()->index(1, 0);
    const QModelIndex second = tree->model()->index(1, 0, object);
    QCOMPARE(second.data(JsonTreeModel::PathRole).toString(), u"a.price"_s);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(second).center());
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(ui.desktop.copied, u"12345678901234567890"_s);
    QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(object).center());
    QTest::keyClick(tree, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(ui.desktop.copied, u"{\"price\":1e3,\"price\":12345678901234567890}"_s);
}

void TestPayloadView::treeUnfoldsOnDemand()
{
    QByteArray json = "{\"list\":[";
    for (int i = 0; i < 1000; ++i)
        json += (i == 0 ? "" : ",") + QByteArray::number(i);
    json += "]}";
    JsonTreeModel model(json, *outlineOf(json));
    const console::test::ModelWatch watch(&model, "JsonTreeModel");
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const QModelIndex list = model.index(0, 0);
    QVERIFY(model.hasChildren(list));
    while (model.canFetchMore(list))
        model.fetchMore(list);
    QCOMPARE(model.rowCount(list), 1000);
    const QModelIndex last = model.index(999, JsonTreeModel::Value, list);
    QCOMPARE(last.data().toString(), u"999"_s);
    QCOMPARE(last.data(JsonTreeModel::PathRole).toString(), u"list[999]"_s);
    QCOMPARE(resets.count(), 0);
}

void TestPayloadView::findsWords()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {600, 500});
    view.setPayload(odd);
    auto *text = child<QPlainTextEdit>(&view, "payloadText");
    text->setFocus();
    QTest::keyClick(text, Qt::Key_F, Qt::ControlModifier);
    auto *line = child<QLineEdit>(&view, "findText");
    QTRY_VERIFY(line->hasFocus());
    QTest::keyClicks(line, u"PRICE"_s);
    auto *count = child<QLabel>(&view, "findCount");
    QCOMPARE(count->text(), u"1 of 2"_s);
    QCOMPARE(text->textCursor().selectedText(), u"price"_s);
    const int first = text->textCursor().position();
    QTest::keyClick(line, Qt::Key_F3);
    QCOMPARE(count->text(), u"2 of 2"_s);
    QVERIFY(text->textCursor().position() > first);
    QTest::keyClick(line, Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(text->textCursor().position(), first);
    QTest::keyClicks(line, u"x"_s);
    QCOMPARE(count->text(), u"Not found"_s);
    QTest::keyClick(line, Qt::Key_Escape);
    QVERIFY(!line->isVisible());
    QTRY_VERIFY(text->hasFocus());
}

void TestPayloadView::cutsLongStrings()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {600, 500});
    const QByteArray json = "{\"long\":\"" + QByteArray(15'000, 'x') + "\",\"short\":1}";
    view.setPayload(json);
    auto *text = child<QPlainTextEdit>(&view, "payloadText");
    QVERIFY(text->toPlainText().contains(u"… [5000 characters more]\""_s));
    auto *button = child<QPushButton>(&view, "payloadShowStrings");
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(text->toPlainText().contains(QString(15'000, u'x')));
}

void TestPayloadView::showsWhatIsNoJson()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {700, 500});
    view.setPayload("<html>\n<h1>502 Bad Gateway</h1>"_ba);
    auto *text = child<QPlainTextEdit>(&view, "payloadText");
    QVERIFY(text->toPlainText().contains(u"502 Bad Gateway"_s));
    auto *tabs = child<QTabBar>(&view, "payloadTabs");
    QVERIFY(!tabs->isTabVisible(1));
    QVERIFY(child<QLabel>(&view, "payloadFacts")->text().startsWith(u"Text"_s));
    click(tabs, 2);
    QVERIFY(text->toPlainText().startsWith(u"00000000  3c 68 74 6d 6c 3e 0a 3c"_s));
    // And back to JSON.
    view.setPayload("[1]"_ba);
    QVERIFY(tabs->isTabVisible(1));
}

void TestPayloadView::showsBytesThatAreNoText()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {700, 500});
    view.setPayload("\"caf\xe9\"\x00\x01"_ba);
    auto *text = child<QPlainTextEdit>(&view, "payloadText");
    QVERIFY(text->toPlainText().contains(u"22 63 61 66 e9 22"_s));
    QVERIFY(text->toPlainText().contains(u"|\"caf.\"..|"_s));
}

/// Of a text, then of JSON: the tab that comes back has its room, too.
void TestPayloadView::keepsTabsWhole()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {400, 300});
    auto *tabs = child<QTabBar>(&view, "payloadTabs");
    const auto areWhole = [tabs] {
        int right = -1;
        for (int tab = 0; tab < tabs->count(); ++tab) {
            if (!tabs->isTabVisible(tab))
                continue;
            const QRect place = tabs->tabRect(tab);
            const int words = tabs->fontMetrics().horizontalAdvance(tabs->tabText(tab));
            if (place.width() < words || place.left() <= right || !tabs->rect().contains(place))
                return false;
            right = place.right();
        }
        return true;
    };
    view.setPayload("<h1>Bad gateway</h1>"_ba);
    QVERIFY(!tabs->isTabVisible(1));
    QTRY_VERIFY(areWhole());
    view.setPayload(R"([{"op":"StepError"}])"_ba);
    QVERIFY(tabs->isTabVisible(1));
    ui.beat();
    QTRY_VERIFY(areWhole());
    QVERIFY(tabs->width() >= tabs->sizeHint().width());
}

void TestPayloadView::factsGiveWayToTabs()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {600, 300});
    view.setPayload(odd);
    auto *facts = child<QLabel>(&view, "payloadFacts");
    QCOMPARE(facts->text(), u"Object, 3 members · 83 B"_s);
    view.resize(380, 300);
    QTRY_COMPARE(facts->text(), u"Object · 83 B"_s);
    view.resize(350, 300);
    QTRY_COMPARE(facts->text(), u"83 B"_s);
    QCOMPARE(facts->toolTip(), u"Object, 3 members · 83 B"_s);
    view.resize(600, 300);
    QTRY_COMPARE(facts->text(), u"Object, 3 members · 83 B"_s);
}

void TestPayloadView::keepsPlaceForSameBytes()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {600, 200});
    view.setPayload(largeJson(20'000));
    auto *text = child<QPlainTextEdit>(&view, "payloadText");
    text->setFocus();
    ui.beat();
    QTest::keyClick(text, Qt::Key_PageDown);
    const int at = text->verticalScrollBar()->value();
    QVERIFY(at > 0);
    view.setPayload(largeJson(20'000));
    QCOMPARE(text->verticalScrollBar()->value(), at);
}

void TestPayloadView::saysWhyBytesAreNoText()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {700, 500});
    view.setPayload("\"caf\xe9\"\x00\x01"_ba);
    auto *notes = child<NoteBar>(&view, "payloadNotes");
    QVERIFY(notes->isVisible());
    const auto labels = notes->findChildren<QLabel *>();
    QVERIFY(!labels.isEmpty());
    QVERIFY2(labels.front()->text().startsWith(u"This is not text: "_s),
             qPrintable(labels.front()->text()));
    // A clipboard of text would change the bytes.
    auto *copy = child<QToolButton>(&view, "payloadCopy");
    QVERIFY(!copy->isEnabled());
    QVERIFY(!copy->toolTip().isEmpty());
}

void TestPayloadView::filtersByValue()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {600, 500});
    view.setOrigin({.role = PayloadRole::Event, .view = "events"_ba});
    view.setPayload(R"({"name":"a/b","data":{"items":[{"sku":"x 1"},{"sku":"y"}],"n":1.50}})"_ba);
    QSignalSpy went(&ui.navigator, &Navigator::goRequested);
    auto *text = child<QPlainTextEdit>(&view, "payloadText");
    QMenu *menu = openMenu(text, placeOf(text, u"x 1"_s));
    QVERIFY(menu != nullptr);
    choose(menu, "payloadOnlyThis");
    QCOMPARE(went.count(), 1);
    const auto place = went.front().front().value<Place>();
    QCOMPARE(place.view, "events"_ba);
    QCOMPARE(place.filter, u"data.items[0].sku:\"x 1\""_s);
    QVERIFY(!parseFilter(place.filter, ui.backend.now(), FilterSubject::Events).error);
    menu = openMenu(text, placeOf(text, u"1.50"_s));
    choose(menu, "payloadOnlyThis");
    QCOMPARE(went.back().front().value<Place>().filter, u"data.n:1.50"_s);
}

void TestPayloadView::filtersFromTreeAndRequest()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {600, 500});
    view.setOrigin({.role = PayloadRole::Request});
    view.setPayload(R"({"event":{"name":"a/b","data":{"ok":true}},"ctx":{"run_id":"r"}})"_ba);
    click(child<QTabBar>(&view, "payloadTabs"), 1);
    auto *tree = child<QTreeView>(&view, "payloadTree");
    const QModelIndex event = tree->model()->index(0, 0);
    const QModelIndex data = tree->model()->index(1, 0, event);
    const QModelIndex value = tree->model()->index(0, 0, data);
    QSignalSpy went(&ui.navigator, &Navigator::goRequested);
    QMenu *menu = openMenu(tree, tree->visualRect(value).center());
    QVERIFY(menu != nullptr);
    choose(menu, "payloadOnlyThis");
    QCOMPARE(went.count(), 1);
    QCOMPARE(went.front().front().value<Place>().view, "runs"_ba);
    QCOMPARE(went.front().front().value<Place>().filter, u"data.ok:true"_s);
}

void TestPayloadView::composesFromPayload()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {600, 500});
    view.setOrigin({.role = PayloadRole::Event, .view = "events"_ba});
    view.setPayload(R"({"name":"a/b","data":{"b":1.0,"a":{"deep":1}}})"_ba);
    click(child<QTabBar>(&view, "payloadTabs"), 0);
    QSignalSpy drafted(&ui.navigator, &Navigator::eventDraftRequested);
    auto *text = child<QPlainTextEdit>(&view, "payloadText");
    QMenu *menu = openMenu(text, QPoint(5, 10)); // the first brace: all of it
    QVERIFY(menu != nullptr);
    choose(menu, "payloadCompose");
    QCOMPARE(drafted.count(), 1);
    QCOMPARE(drafted.front().at(0).toByteArray(), "a/b"_ba);
    QCOMPARE(drafted.front().at(1).toByteArray(), R"({"b":1.0,"a":{"deep":1}})"_ba);
    click(child<QTabBar>(&view, "payloadTabs"), 1);
    auto *tree = child<QTreeView>(&view, "payloadTree");
    const QModelIndex data = tree->model()->index(1, 0);
    menu = openMenu(tree, tree->visualRect(tree->model()->index(1, 0, data)).center());
    choose(menu, "payloadCompose");
    QCOMPARE(drafted.count(), 2);
    QCOMPARE(drafted.back().at(0).toByteArray(), QByteArray());
    QCOMPARE(drafted.back().at(1).toByteArray(), R"({"deep":1})"_ba);
}

void TestPayloadView::saysWhyValueCannotBeAsked()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {600, 500});
    view.setPayload(R"({"a":{"b":1}})"_ba);
    auto *text = child<QPlainTextEdit>(&view, "payloadText");
    QMenu *menu = openMenu(text, placeOf(text, u"1"_s));
    QVERIFY(menu != nullptr);
    QVERIFY(!entry(menu, "payloadOnlyThis")->isEnabled());
    QCOMPARE(entry(menu, "payloadOnlyThis")->toolTip(),
             u"No list can be filtered by this payload."_s);
    QVERIFY(!entry(menu, "payloadCompose")->isEnabled());
    QVERIFY(entry(menu, "payloadCopyPath")->isEnabled());
    choose(menu, "payloadCopyPath");
    QCOMPARE(ui.desktop.copied, u"a.b"_s);
    menu = openMenu(text, placeOf(text, u"1"_s));
    QTest::keyClick(menu, Qt::Key_Escape);
    QTRY_VERIFY(QApplication::activePopupWidget() == nullptr);
}

void TestPayloadView::copiesLargePayloadWhole()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {700, 600});
    const QByteArray json = largeJson(20 * 1024 * 1024);
    QSignalSpy shown(&view, &PayloadView::shown);
    view.setPayload(json);
    QTRY_COMPARE_WITH_TIMEOUT(shown.count(), 1, 10'000);
    // Only its beginning is shown; all of it is copied, and nothing stands still.
    const double slow = test::slowness();
    test::StallWatch watch;
    QTest::mouseClick(child<QToolButton>(&view, "payloadCopy"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(ui.desktop.copied.size(), json.size(), 5'000);
    QCoreApplication::processEvents();
    const double stall = watch.longest;
    QCOMPARE(ui.desktop.copied.toUtf8(), json);
    qInfo("copying 20 MiB: longest stall %f ms", stall);
    QVERIFY2(stall <= test::longestStall * std::max(slow, test::slowness()),
             qPrintable(QString::number(stall)));
}

void TestPayloadView::wrapsLines()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {420, 300});
    view.setPayload("{\"stack\":\"" + QByteArray("at a line ").repeated(40) + "\"}");
    auto *text = child<QPlainTextEdit>(&view, "payloadText");
    auto *button = child<QToolButton>(&view, "payloadWrap");
    QVERIFY(text->isVisible());
    QVERIFY(text->horizontalScrollBar()->maximum() > 0);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(text->horizontalScrollBar()->maximum(), 0);
    QVERIFY(button->isChecked());
    // It is one choice, and is remembered.
    PayloadView other(ui.context);
    QVERIFY(child<QToolButton>(&other, "payloadWrap")->isChecked());
    QCOMPARE(child<QPlainTextEdit>(&other, "payloadText")->lineWrapMode(),
             QPlainTextEdit::WidgetWidth);
    click(child<QTabBar>(&view, "payloadTabs"), 1);
    QVERIFY(!button->isEnabled()); // a tree has no lines
    click(child<QTabBar>(&view, "payloadTabs"), 0);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(text->horizontalScrollBar()->maximum() > 0);
}

/// All of it in one line: found, selected and copied as before.
void TestPayloadView::longLinesAreWrappedWithoutAStall()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {500, 400});
    const QByteArray json = largeJson(8 * 1024 * 1024);
    QSignalSpy shown(&view, &PayloadView::shown);
    view.setPayload(json);
    QTRY_COMPARE_WITH_TIMEOUT(shown.count(), 1, 10'000);
    QTest::mouseClick(child<QPushButton>(&view, "payloadShowAll"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(shown.count(), 2, 20'000);
    click(child<QTabBar>(&view, "payloadTabs"), 2);
    auto *big = child<BigTextView>(&view, "payloadBigText");
    const int before = big->text()->rowCount();
    const double slow = test::slowness();
    test::StallWatch watch;
    QTest::mouseClick(child<QToolButton>(&view, "payloadWrap"), Qt::LeftButton);
    QTRY_VERIFY(big->text()->rowCount() > 5 * before);
    QCOMPARE(big->horizontalScrollBar()->maximum(), 0);
    const int wide = big->text()->rowCount();
    view.resize(300, 400);
    QTRY_VERIFY(big->text()->rowCount() > wide * 3 / 2);
    view.repaint();
    big->setFocus();
    QTest::keyClick(big, Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(child<QLineEdit>(&view, "findText"), u"needle"_s);
    QTRY_COMPARE_WITH_TIMEOUT(child<QLabel>(&view, "findCount")->text(), u"1 of 1"_s, 10'000);
    QCOMPARE(big->selectedBytes(), "needle"_ba);
    QVERIFY(big->firstRow() > big->text()->rowCount() - 100);
    test::shoot(&view, u"payload_wrapped"_s);
    QVERIFY2(watch.longest <= test::longestStall * std::max(slow, test::slowness()),
             qPrintable(QString::number(watch.longest)));
    QTest::mouseClick(child<QToolButton>(&view, "payloadWrap"), Qt::LeftButton);
    QTRY_COMPARE(big->text()->rowCount(), before);
}

void TestPayloadView::largePayloadNeverStalls()
{
    UiFixture ui;
    PayloadView view(ui.context);
    ui.show(&view, {700, 600});
    const QByteArray json = largeJson(20 * 1024 * 1024);
    const double slow = test::slowness();
    test::StallWatch watch;
    QSignalSpy shown(&view, &PayloadView::shown);
    const double start = test::threadMs();
    view.setPayload(json);
    auto *big = child<BigTextView>(&view, "payloadBigText");
    view.repaint();
    const double firstPaint = test::threadMs() - start;
    QVERIFY(big->isVisible());
    QCOMPARE(big->rowText(1), u"  \"items\": ["_s);
    QVERIFY2(firstPaint < 2 * test::longestStall * slow, qPrintable(QString::number(firstPaint)));
    QTRY_COMPARE_WITH_TIMEOUT(shown.count(), 1, 10'000);
    auto *button = child<QPushButton>(&view, "payloadShowAll");
    QCOMPARE(button->text(), u"Show all (20.0 MiB)"_s);
    QVERIFY(big->text()->text().size() < 4 * 1024 * 1024);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(shown.count(), 2, 20'000);
    big->setFocus();
    QTest::keyClick(big, Qt::Key_F, Qt::ControlModifier);
    auto *line = child<QLineEdit>(&view, "findText");
    QTest::keyClicks(line, u"NEEDLE"_s);
    QTRY_COMPARE_WITH_TIMEOUT(child<QLabel>(&view, "findCount")->text(), u"1 of 1"_s, 10'000);
    QTest::keyClick(line, Qt::Key_F3);
    QVERIFY(big->firstRow() > 100'000);
    QCOMPARE(big->selectedBytes(), "needle"_ba);
    test::shoot(&view, u"insp_payload_big"_s);
    qInfo("first paint %f ms, longest stall %f ms", firstPaint, watch.longest);
    QVERIFY2(watch.longest <= test::longestStall * std::max(slow, test::slowness()),
             qPrintable(QString::number(watch.longest)));
}

UI_TEST_MAIN(TestPayloadView)
#include "tst_payloadview.moc"
