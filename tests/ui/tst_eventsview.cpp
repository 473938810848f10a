// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/clicks.h"
#include "tests/ui/support/contextmenu.h"
#include "tests/ui/support/eventsstage.h"
#include "tests/ui/support/scene.h"
#include "ui/core/eventlistmodel.h"
#include "ui/core/format.h"
#include "ui/events/matchingmodel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/plaintable.h"
#include "ui/widgets/rowdelegate.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;
using devserver::Delivery;
using devserver::Refusal;
using devserver::api::EventListQuery;

class TestEventsView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listShowsWhatWasStarted();
    void theDataTakeWhatOthersDoNotNeed();
    void saysWhoSentIt();
    void theIdIsWholeWhereItFits();
    void keyAndSizeAreShownOnRequest();
    void newEventsComeInOnTop();
    void goesToAnEventThatIsNotInTheList();
    void enterOpensMatching();
    void eachVerdictSaysWhy();
    void theFailingComparisonIsUnderlined();
    void aDuplicateNamesTheEventBefore();
    void nobodyListensNamesTheClosest();
    void sendAgainPostsTheSameBytes();
    void editAndSendFillsTheComposer();
    void copiesGoToTheClipboard();
    void filterIsAsked();
    void onlyThisValueOfEachColumn_data();
    void onlyThisValueOfEachColumn();
    void rangeWritesTheFilter();
    void liveIsPausedInTheToolbar();
    void othersUnfold();
    void aSentenceAloneHasNoHeader();
    void contextMenuHasFilterCopyAndFavourite();
    void nothingFoundNamesTheWaysBack();
    void internalEventsAreAskedFor();
    void emptyListSaysWhatToDo();
};

namespace {

/// A view over the scene, with everything loaded.
struct Fixture : UiFixture {
    Fixture()
        : scene(fillScene(backend))
    {
        catalog.reload();
        view = std::make_unique<EventsView>(context);
        table = showEvents(*this, *view);
    }

    void select(devserver::EventId event) { selectEvent(*this, *view, event); }

    [[nodiscard]] QStringList matchingRows() const
    {
        const auto *rows = child<PlainTable>(view.get(), "eventMatching");
        QStringList texts;
        for (int row = 0; row < rows->model()->rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < 3; ++column)
                cells.append(rows->model()->index(row, column).data().toString());
            texts.append(cells.join(u" | "_s));
        }
        return texts;
    }

    [[nodiscard]] QString summary() const
    {
        QString text = child<QLabel>(view.get(), "eventMatchingSummary")->text();
        static const QRegularExpression tags(u"<[^>]*>"_s);
        return text.remove(tags);
    }

    Scene scene;
    std::unique_ptr<EventsView> view;
    ListTable *table = nullptr;
};

QStringList idsIn(const QMenu *menu)
{
    QStringList ids;
    for (const QAction *action : menu->actions())
        ids.append(action->objectName());
    return ids;
}

} // namespace

/// At the usual size of the window with the inspector open.
void TestEventsView::theDataTakeWhatOthersDoNotNeed()
{
    Fixture ui;
    ui.view->resize(836, 800);
    QTRY_COMPARE(ui.table->horizontalHeader()->length(), ui.table->viewport()->width());
    const auto width = [&](EventColumn of) { return ui.table->columnWidth(static_cast<int>(of)); };
    QVERIFY2(width(EventColumn::Preview) > 300,
             qPrintable(QString::number(width(EventColumn::Preview))));
    for (const EventColumn of : {EventColumn::Received, EventColumn::Event, EventColumn::Started}) {
        for (int row = 0; row < 10; ++row) {
            const QModelIndex cell = ui.table->model()->index(row, static_cast<int>(of));
            QVERIFY(ui.table->sizeHintForIndex(cell).width() <= width(of));
        }
    }
}

void TestEventsView::listShowsWhatWasStarted()
{
    Fixture ui;
    QVERIFY(ui.table->model()->rowCount() > 20);
    const int row = ui.table->list()->rowOf(ui.scene.order.toText());
    const auto spoken = [&](EventColumn column) {
        return ui.table->model()
            ->index(row, static_cast<int>(column))
            .data(Qt::AccessibleTextRole)
            .toString();
    };
    QCOMPARE(spoken(EventColumn::Event), u"order/paid"_s);
    QVERIFY2(spoken(EventColumn::Started).contains(u"process-order: Completed"_s),
             qPrintable(spoken(EventColumn::Started)));
    const int lonely = ui.table->list()->rowOf(ui.scene.lonely.toText());
    QCOMPARE(
        ui.table->model()->index(lonely, static_cast<int>(EventColumn::Started)).data().toString(),
        u"nothing"_s);
    ui.select(ui.scene.order);
    shoot(ui.view.get(), u"events_list"_s);
    ui.theme.choose(ThemeChoice::Dark, false);
    ui.beat();
    shoot(ui.view.get(), u"events_list_dark"_s);
}

void TestEventsView::goesToAnEventThatIsNotInTheList()
{
    Fixture ui;
    ui.select(ui.scene.order);
    const Place place{.view = "events"_ba, .filter = {}, .subject = eventId(987'654).toText()};
    QVERIFY(ui.table->list()->rowOf(place.subject) < 0);
    ui.view->filterLine()->setFocus();
    arrange::place(*ui.view, place);
    ui.view->mainWidget()->setFocus(); // as the window does
    ui.beat();
    QVERIFY(ui.table->currentId().isEmpty()); // no other one instead
    QVERIFY(ui.table->selectedIds().isEmpty());
    QCOMPARE(ui.view->place().subject, place.subject);
}

void TestEventsView::theIdIsWholeWhereItFits()
{
    Fixture ui;
    const QByteArray own(400, 'x'); // of the sender
    ui.backend.eventRecords.at(ui.scene.lonely).event.id = own;
    ui.select(ui.scene.order);
    const auto *id = child<QLabel>(ui.view.get(), "eventId");
    QTRY_COMPARE(id->text().toUtf8(), ui.backend.eventRecords.at(ui.scene.order).event.id);
    ui.select(ui.scene.lonely);
    QTRY_COMPARE(id->toolTip().toUtf8(), own);
    QCOMPARE(id->text(), shortId(own));
}

void TestEventsView::saysWhoSentIt()
{
    Fixture ui;
    const auto source = [&ui](const QByteArray &id, int role) {
        const int row = ui.table->list()->rowOf(id);
        return ui.table->model()
            ->index(row, static_cast<int>(EventColumn::Source))
            .data(role)
            .toString();
    };
    QVERIFY(!ui.table->isColumnHidden(static_cast<int>(EventColumn::Source)));
    QCOMPARE(source(ui.scene.order.toText(), Qt::DisplayRole), u"app shop"_s);
    QCOMPARE(source(ui.scene.lonely.toText(), Qt::DisplayRole), u"composer"_s);
    ui.view->resize(760, 800); // the data are cut, but not who sent it
    const int row = ui.table->list()->rowOf(ui.scene.lonely.toText());
    const auto at = ui.table->model()->index(row, static_cast<int>(EventColumn::Source));
    const int whole = RowDelegate::widthsOf(ui.table->font(), at).whole;
    QTRY_VERIFY(ui.table->columnWidth(at.column()) >= whole);
    ui.select(ui.scene.order);
    const auto *facts = child<QLabel>(ui.view.get(), "eventFacts");
    QVERIFY2(facts->text().contains(u"sent by app shop"_s), qPrintable(facts->text()));

    devserver::api::EventSummary old = ui.backend.events.front(); // of an older version
    old.receivedAt = ui.backend.now() + 1s;
    old.internalId = devserver::EventId{devserver::Ulid::fromParts(old.receivedAt, {1})};
    old.source.clear();
    ui.backend.post(old);
    ui.beat();
    QCOMPARE(source(old.internalId.toText(), Qt::DisplayRole), u"–"_s);
    QCOMPARE(source(old.internalId.toText(), Qt::AccessibleTextRole), u"not known"_s);

    // What comes in is judged by it, too.
    auto *filter = child<FilterEdit>(ui.view.get(), "eventsFilter");
    filter->setFocus();
    QTest::keyClicks(filter, u"source:curl"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    ui.beat();
    ui.beat();
    const int before = ui.table->model()->rowCount();
    for (const char *sender : {"curl", "app curly"}) {
        old.receivedAt += 1s;
        old.internalId = devserver::EventId{devserver::Ulid::fromParts(old.receivedAt, {1})};
        old.source = sender;
        ui.backend.post(old);
        ui.beat();
    }
    QCOMPARE(ui.table->model()->rowCount(), before + 1);
}

void TestEventsView::keyAndSizeAreShownOnRequest()
{
    Fixture ui;
    for (const EventColumn column : {EventColumn::EventId, EventColumn::Key, EventColumn::Size})
        QVERIFY(ui.table->isColumnHidden(static_cast<int>(column)));
    devserver::api::EventSummary event = ui.backend.events.front();
    event.receivedAt = ui.backend.now() + 1s;
    event.internalId = devserver::EventId{devserver::Ulid::fromParts(event.receivedAt, {1})};
    event.id = "order 7"_ba;
    event.hasOwnId = true;
    event.sizeBytes = 2048;
    ui.backend.post(event);
    ui.beat();
    const int row = ui.table->list()->rowOf(event.internalId.toText());
    const auto cell = [&](EventColumn column, int role) {
        return ui.table->model()->index(row, static_cast<int>(column)).data(role).toString();
    };
    QCOMPARE(cell(EventColumn::Key, Qt::DisplayRole), u"order 7"_s);
    QCOMPARE(cell(EventColumn::Key, FilterTermRole), u"key:\"order 7\""_s);
    QCOMPARE(cell(EventColumn::EventId, CopyTextRole),
             QString::fromLatin1(event.internalId.toText()));
    QCOMPARE(cell(EventColumn::Size, Qt::DisplayRole), formatSize(2048));
    const int other = ui.table->list()->rowOf(ui.scene.order.toText());
    QVERIFY(ui.table->model()
                ->index(other, static_cast<int>(EventColumn::Key))
                .data()
                .toString()
                .isEmpty());
}

void TestEventsView::newEventsComeInOnTop()
{
    Fixture ui;
    const int before = ui.table->model()->rowCount();
    devserver::api::EventSummary event = ui.backend.events.front();
    event.internalId = devserver::EventId{
        devserver::Ulid::fromParts(ui.backend.now() + std::chrono::seconds(1), {1})};
    event.id = event.internalId.toText();
    event.name = "user/upgraded"_ba;
    event.receivedAt = ui.backend.now() + std::chrono::seconds(1);
    event.started.clear();
    ui.backend.post(event);
    ui.beat();
    QCOMPARE(ui.table->model()->rowCount(), before + 1);
    QCOMPARE(ui.table->model()->index(0, 1).data().toString(), u"user/upgraded"_s);
    event.started.push_back({.id = runId(1), .functionName = "audit"_ba});
    ui.backend.post(event);
    ui.beat();
    QCOMPARE(ui.table->model()->index(0, 3).data(Qt::AccessibleTextRole).toString(),
             u"audit: Queued"_s);
    // What the filter would not find does not come in.
    event.internalId = devserver::EventId{
        devserver::Ulid::fromParts(ui.backend.now() + std::chrono::seconds(2), {1})};
    event.name = "inngest/function.finished"_ba;
    ui.backend.post(event);
    ui.beat();
    QCOMPARE(ui.table->model()->rowCount(), before + 1);
}

void TestEventsView::enterOpensMatching()
{
    Fixture ui;
    ui.select(ui.scene.order);
    auto *tabs = child<QTabWidget>(ui.view.get(), "eventTabs");
    QCOMPARE(tabs->currentIndex(), 0);
    QCOMPARE(tabs->tabText(3), u"Whole event"_s); // as in the inspector
    QCOMPARE(ui.navigator.selection().kind, Selection::Kind::Event);
    QCOMPARE(ui.navigator.selection().event, ui.scene.order);
    QTest::keyClick(ui.table, Qt::Key_Return);
    QCOMPARE(tabs->currentIndex(), 1);
    auto *matching = child<PlainTable>(ui.view.get(), "eventMatching");
    QTRY_VERIFY(matching->hasFocus());
    QSignalSpy gone(&ui.navigator, &Navigator::goRequested);
    QTest::keyClick(matching, Qt::Key_Home);
    QTest::keyClick(matching, Qt::Key_Down);
    QTest::keyClick(matching, Qt::Key_Up);
    QTest::keyClick(matching, Qt::Key_Return);
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone[0][0].value<Place>().view, "runs"_ba);
    clickTab(tabs, 2);
    auto *runs = child<PlainTable>(ui.view.get(), "eventRuns");
    clickCell(runs, runs->model()->index(0, 0));
    QTest::keyClick(runs, Qt::Key_Return);
    QCOMPARE(gone.count(), 2);
}

void TestEventsView::eachVerdictSaysWhy()
{
    Fixture ui;
    devserver::api::EventRecord &record = ui.backend.eventRecords.at(ui.scene.order);
    const auto functionId = [&](std::size_t at) { return ui.backend.functions.at(at).id; };
    QVERIFY(ui.backend.functions.size() >= 5);
    record.runs.resize(1);
    const QByteArray started = record.runs.front().slug;
    std::vector<Refusal> kinds = {Refusal::Idempotency, Refusal::FilterNotSupported,
                                  Refusal::FilterFalse, Refusal::FilterError};
    for (std::size_t i = 0, kind = 0; i < ui.backend.functions.size() && kind < kinds.size(); ++i) {
        if (ui.backend.functions[i].config.slug == started)
            continue;
        Delivery delivery{.event = ui.scene.order, .function = functionId(i)};
        delivery.refusal = kinds[kind];
        delivery.detail = kind == 0 ? ""_ba : "event.data.plan == \"pro\""_ba;
        if (kind == 0)
            delivery.heldBy = ui.scene.completed;
        record.refusals.push_back(delivery);
        ++kind;
    }
    ui.select(ui.scene.order);
    clickTab(child<QTabWidget>(ui.view.get(), "eventTabs"), 1);
    const QString rows = ui.matchingRows().join(u'\n');
    for (const QString &text :
         {u" | started | run "_s, u" | duplicate | run "_s,
          u" | filter not supported | event.data.plan == \"pro\""_s,
          u" | filter is false | event.data.plan == \"pro\"   =>   (missing) == \"pro\""_s,
          u" | filter error | "_s, u"listen to other events"_s})
        QVERIFY2(rows.contains(text), qPrintable(rows));
    QVERIFY2(rows.contains(u" was started by the same event ID in the last "_s), qPrintable(rows));
    const auto *matching = child<QTableView>(ui.view.get(), "eventMatching")->model();
    for (int row = 0; row < 5; ++row) { // expressions look as code does, words as words do
        const auto cell =
            matching->index(row, MatchingModel::WhyColumn).data(CellDataRole).value<Cell>();
        QCOMPARE(cell.isMono, cell.text.startsWith(u"event.data.plan ==") && row < 4);
        QCOMPARE(cell.isLink, row < 2); // the run, not what is said of it
        QCOMPARE(cell.text.startsWith(u"run "_s) && !cell.text.contains(u"was"_s), row < 2);
        QCOMPARE(cell.second.isEmpty(), row >= 2);
        QCOMPARE(cell.secondIcon.isEmpty(), row != 0); // a state has its sign
        if (row < 2) // only what is false has a dotted line; that of links is drawn with them
            QCOMPARE(cell.underlineSize, 0);
    }
    QCOMPARE(ui.summary(), u"Started 1 of 5 functions."_s);
    shoot(ui.view.get(), u"events_matching"_s);
}

void TestEventsView::theFailingComparisonIsUnderlined()
{
    Fixture ui;
    devserver::api::EventRecord &record = ui.backend.eventRecords.at(ui.scene.order);
    record.runs.clear();
    record.refusals = {{.event = ui.scene.order,
                        .function = ui.backend.functions.front().id,
                        .refusal = Refusal::FilterFalse,
                        .detail = R"(event.name != "x" && event.data.plan == "pro")"_ba}};
    ui.select(ui.scene.order);
    clickTab(child<QTabWidget>(ui.view.get(), "eventTabs"), 1);
    const QModelIndex why = child<QTableView>(ui.view.get(), "eventMatching")
                                ->model()
                                ->index(0, MatchingModel::WhyColumn);
    const auto cell = why.data(CellDataRole).value<Cell>();
    QCOMPARE(cell.text.mid(cell.underlineFrom, cell.underlineSize), u"(missing) == \"pro\""_s);
    for (const int role : {int(Qt::AccessibleTextRole), int(Qt::ToolTipRole)}) {
        const QString words = why.data(role).toString();
        QVERIFY2(words.endsWith(u", where this is false: (missing) == \"pro\""_s),
                 qPrintable(words));
    }
    shoot(ui.view.get(), u"events_matching_false"_s);
}

void TestEventsView::aDuplicateNamesTheEventBefore()
{
    Fixture ui;
    devserver::api::EventRecord &record = ui.backend.eventRecords.at(ui.scene.order);
    record.runs.clear();
    record.refusals = {{.event = ui.scene.order,
                        .function = ui.backend.functions.front().id,
                        .refusal = Refusal::Idempotency,
                        .heldBy = ui.scene.completed}};
    record.holders = {{.run = ui.scene.completed,
                       .event = ui.scene.lonely,
                       .receivedAt = ui.backend.now() - 3min}};
    ui.select(ui.scene.order);
    clickTab(child<QTabWidget>(ui.view.get(), "eventTabs"), 1);
    const QString expected = u"run %1 was started by event %2 with the same ID, received 3 m ago"_s;
    QCOMPARE(ui.matchingRows().front().section(u" | "_s, 2),
             expected.arg(shortId(ui.scene.completed.toText()), shortId(ui.scene.lonely.toText())));
}

void TestEventsView::nobodyListensNamesTheClosest()
{
    Fixture ui;
    ui.select(ui.scene.lonely);
    clickTab(child<QTabWidget>(ui.view.get(), "eventTabs"), 1);
    QVERIFY2(
        ui.summary().startsWith(u"No function listens to user/singup. Closest: user/signup ("_s),
        qPrintable(ui.summary()));
    shoot(ui.view.get(), u"events_typo"_s);
    // The link has the colour of the theme that is chosen meanwhile.
    ui.theme.choose(ThemeChoice::Dark, false);
    ui.beat();
    const QImage image = child<QLabel>(ui.view.get(), "eventMatchingSummary")->grab().toImage();
    const QColor link = QApplication::palette().color(QPalette::Link);
    int pixels = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            pixels += image.pixelColor(x, y) == link ? 1 : 0;
    }
    QVERIFY2(pixels > 20, qPrintable(QString::number(pixels)));
}

void TestEventsView::sendAgainPostsTheSameBytes()
{
    Fixture ui;
    devserver::api::EventRecord &record = ui.backend.eventRecords.at(ui.scene.order);
    record.event.json = devserver::RawJson::fromTrusted(
        R"({"name":"order/created","data":{"total": 1.50,"n":1e400},"id":"x","ts":1,"user":{}})"_ba);
    ui.select(ui.scene.order);
    QTest::keyClick(ui.table, Qt::Key_R);
    ui.beat();
    QCOMPARE(ui.backend.sent,
             QByteArrayList{R"({"name":"order/created","data":{"total": 1.50,"n":1e400}})"_ba});
    QTest::mouseClick(child<QToolButton>(ui.view.get(), "eventSendAgain"), Qt::LeftButton);
    ui.beat();
    QCOMPARE(ui.backend.sent.size(), 2);
    QCOMPARE(ui.backend.sent[1], ui.backend.sent[0]);
}

void TestEventsView::editAndSendFillsTheComposer()
{
    Fixture ui;
    ui.select(ui.scene.lonely);
    QSignalSpy drafts(&ui.navigator, &Navigator::eventDraftRequested);
    QTest::keyClick(ui.table, Qt::Key_E);
    ui.beat();
    QCOMPARE(drafts.count(), 1);
    QCOMPARE(drafts[0][0].toByteArray(), "user/singup"_ba);
    QCOMPARE(drafts[0][1].toByteArray(), R"({"id":"u_17","plan":"free"})"_ba);
}

void TestEventsView::copiesGoToTheClipboard()
{
    Fixture ui;
    ui.select(ui.scene.lonely);
    QTest::keyClick(ui.table, Qt::Key_C);
    QCOMPARE(ui.desktop.copied, QString::fromLatin1(ui.scene.lonely.toText()));
    ui.desktop.copied.clear();
    QTest::mouseClick(child<QToolButton>(ui.view.get(), "eventCopyId"), Qt::LeftButton);
    QCOMPARE(ui.desktop.copied, QString::fromLatin1(ui.scene.lonely.toText()));
    // Each language by the keys of the menu.
    auto *copy = child<QToolButton>(ui.view.get(), "eventCopyAs");
    for (const auto &[downs, begin] :
         {std::pair{1, u"{"_s}, std::pair{2, u"curl -X POST"_s},
          std::pair{3, u"await inngest.send("_s}, std::pair{4, u"import json"_s},
          std::pair{5, u"var event inngestgo.Event"_s}}) {
        QTimer::singleShot(0, copy, [downs = downs] {
            QWidget *menu = QApplication::activePopupWidget();
            QVERIFY(menu != nullptr);
            for (int i = 0; i < downs; ++i)
                QTest::keyClick(menu, Qt::Key_Down);
            QTest::keyClick(menu, Qt::Key_Return);
        });
        QTest::mouseClick(copy, Qt::LeftButton);
        ui.beat();
        QVERIFY2(ui.desktop.copied.startsWith(begin), qPrintable(ui.desktop.copied));
    }
}

void TestEventsView::filterIsAsked()
{
    Fixture ui;
    auto *filter = child<FilterEdit>(ui.view.get(), "eventsFilter");
    filter->setFocus();
    QTest::keyClicks(filter, u"data.total>100"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    ui.beat();
    const EventListQuery last = ui.backend.askedFor<EventListQuery>().back();
    QCOMPARE(last.filter.term.key, "data.total"_ba);
    QCOMPARE(last.filter.term.values, QByteArrayList{"100"_ba});
}

void TestEventsView::onlyThisValueOfEachColumn_data()
{
    QTest::addColumn<EventColumn>("column");
    QTest::addColumn<QString>("term");
    QTest::addRow("time: its minute") << EventColumn::Received << u"queued:2030-01-01T10:55"_s;
    QTest::addRow("name") << EventColumn::Event << u"event:user/singup"_s;
    QTest::addRow("data: their first field") << EventColumn::Preview << u"data.id:u_17"_s;
    QTest::addRow("nothing") << EventColumn::Started << u"has:none"_s;
    QTest::addRow("who sent it") << EventColumn::Source << u"source:composer"_s;
}

void TestEventsView::onlyThisValueOfEachColumn()
{
    QFETCH(const EventColumn, column);
    QFETCH(const QString, term);
    Fixture ui;
    ui.select(ui.scene.lonely);
    const int row = ui.table->list()->rowOf(ui.scene.lonely.toText());
    const QModelIndex cell = ui.table->model()->index(row, static_cast<int>(column));
    ui.table->scrollTo(cell);
    QTest::mouseClick(ui.table->viewport(), Qt::LeftButton, {},
                      ui.table->visualRect(cell).center());
    auto *filter = child<FilterEdit>(ui.view.get(), "eventsFilter");
    QTest::keyClick(ui.table, Qt::Key_Equal);
    QCOMPARE(filter->text(), term);
    ui.beat();
    QTest::keyClick(ui.table, Qt::Key_Minus);
    QCOMPARE(filter->text(), QString(u'-' + term));
    QVERIFY(ui.backend.askedFor<EventListQuery>().back().filter.kind
            == devserver::api::Filter::Kind::Not);
}

void TestEventsView::rangeWritesTheFilter()
{
    Fixture ui;
    auto *range = child<QComboBox>(ui.view.get(), "eventsRange");
    auto *filter = child<FilterEdit>(ui.view.get(), "eventsFilter");
    range->setFocus();
    QTest::keyClick(range, Qt::Key_Down);
    QTest::keyClick(range, Qt::Key_Down);
    QCOMPARE(filter->text(), u"since:1h"_s);
    QCOMPARE(ui.backend.askedFor<EventListQuery>().back().filter.term.key, "since"_ba);
    QTest::keyClick(range, Qt::Key_End);
    QCOMPARE(filter->text(), u"since:"_s); // to be gone on with
    QVERIFY(filter->hasFocus());
    QTest::keyClicks(filter, u"today"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    QCOMPARE(range->currentText(), u"Today"_s);
}

void TestEventsView::liveIsPausedInTheToolbar()
{
    Fixture ui;
    auto *live = child<QToolButton>(ui.view.get(), "eventsLive");
    QCOMPARE(live->text(), u"Live"_s);
    QTest::mouseClick(live, Qt::LeftButton);
    QCOMPARE(live->text(), u"Paused"_s);
    const int before = ui.table->model()->rowCount();
    devserver::api::EventSummary event = ui.backend.events.front();
    event.internalId = devserver::EventId{
        devserver::Ulid::fromParts(ui.backend.now() + std::chrono::seconds(1), {1})};
    event.receivedAt = ui.backend.now() + std::chrono::seconds(1);
    ui.backend.post(event);
    ui.beat();
    QCOMPARE(ui.table->model()->rowCount(), before);
    QCOMPARE(live->text(), u"1 new"_s);
    QTest::mouseClick(live, Qt::LeftButton);
    ui.beat();
    QCOMPARE(ui.table->model()->rowCount(), before + 1);
}

void TestEventsView::othersUnfold()
{
    Fixture ui;
    ui.select(ui.scene.order);
    clickTab(child<QTabWidget>(ui.view.get(), "eventTabs"), 1);
    auto *matching = child<PlainTable>(ui.view.get(), "eventMatching");
    QAbstractItemModelTester tester(matching->model(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(!matching->horizontalHeader()->isHidden());
    QCOMPARE(ui.matchingRows().size(), 2);
    const QModelIndex others = matching->model()->index(1, 0);
    QCOMPARE(others.data().toString(), u"6 functions listen to other events"_s);
    clickCell(matching, others);
    QCOMPARE(ui.matchingRows().size(), 8);
    QVERIFY2(ui.matchingRows().contains(u"refund | listens to | order/refunded"_s),
             qPrintable(ui.matchingRows().join(u'\n')));
    shoot(ui.view.get(), u"events_others"_s);
    QSignalSpy gone(&ui.navigator, &Navigator::goRequested);
    QTest::keyClick(matching, Qt::Key_Down);
    QTest::keyClick(matching, Qt::Key_Return);
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone[0][0].value<Place>().view, "functions"_ba);
    QTest::keyClick(matching, Qt::Key_Up);
    QTest::keyClick(matching, Qt::Key_Return);
    QCOMPARE(ui.matchingRows().size(), 2);
}

void TestEventsView::aSentenceAloneHasNoHeader()
{
    Fixture ui;
    ui.select(ui.scene.lonely);
    clickTab(child<QTabWidget>(ui.view.get(), "eventTabs"), 1);
    auto *matching = child<PlainTable>(ui.view.get(), "eventMatching");
    QVERIFY(matching->horizontalHeader()->isHidden());
    QCOMPARE(matching->columnSpan(0, 0), 3);
    clickCell(matching, matching->model()->index(0, 0));
    QVERIFY(!matching->horizontalHeader()->isHidden());
    QCOMPARE(ui.matchingRows().size(), 8);
}

void TestEventsView::contextMenuHasFilterCopyAndFavourite()
{
    Fixture ui;
    ui.select(ui.scene.lonely);
    QMenu *menu = contextMenuOf(ui.table->viewport());
    QVERIFY(menu != nullptr);
    QCOMPARE(idsIn(menu).first(), u"event.sendAgain"_s);
    QStringList parts;
    for (const QMenu *part : menu->findChildren<QMenu *>()) {
        for (const QString &id : idsIn(part))
            parts.append(part->title() + u' ' + id);
    }
    for (const QString &id :
         {u"Filter list.only"_s, u"Filter list.not"_s, u"Filter list.sameEvent"_s,
          u"Filter list.aroundTime"_s, u"Copy event.copyPython"_s, u"Copy event.copyGo"_s})
        QVERIFY2(parts.contains(id), qPrintable(id));
    shoot(menu, u"events_menu"_s);
    QSignalSpy kept(&ui.navigator, &Navigator::favouriteRequested);
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    ui.beat();
    QCOMPARE(kept.count(), 1);
    QCOMPARE(kept[0][0].toByteArray(), "user/singup"_ba);
    QCOMPARE(kept[0][1].toByteArray(), R"({"id":"u_17","plan":"free"})"_ba);
}

void TestEventsView::nothingFoundNamesTheWaysBack()
{
    Fixture ui;
    ui.backend.eventMatches = [](const devserver::api::Filter &filter,
                                 const devserver::api::EventSummary &) { return filter.isAll(); };
    auto *filter = child<FilterEdit>(ui.view.get(), "eventsFilter");
    filter->setFocus();
    QTest::keyClicks(filter, u"event:a event:b"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    ui.beat();
    ui.beat();
    auto *empty = child<EmptyState>(ui.view.get(), "eventsEmpty");
    QVERIFY(empty->isVisible());
    QCOMPARE(empty->text(), u"No event matches event:a event:b"_s);
    const auto buttons = empty->findChildren<QPushButton *>();
    QCOMPARE(buttons.size(), 2);
    QTest::mouseClick(buttons[1], Qt::LeftButton);
    QCOMPARE(filter->text(), u"event:a"_s);
}

void TestEventsView::internalEventsAreAskedFor()
{
    Fixture ui;
    auto *internal = child<QCheckBox>(ui.view.get(), "eventsInternal");
    QTest::mouseClick(internal, Qt::LeftButton, {}, {8, internal->height() / 2});
    QVERIFY(internal->isChecked());
    const EventListQuery last = ui.backend.askedFor<EventListQuery>().back();
    QCOMPARE(last.filter.kind, devserver::api::Filter::Kind::Or);
    QCOMPARE(last.filter.parts.front().term.key, "is"_ba);
}

void TestEventsView::emptyListSaysWhatToDo()
{
    UiFixture ui;
    EventsView view(ui.context);
    ui.show(&view);
    ui.beat();
    QVERIFY(child<QWidget>(&view, "eventsEmpty")->isVisible());
    shoot(&view, u"events_none"_s);
}

UI_TEST_MAIN(TestEventsView)

#include "tst_eventsview.moc"
