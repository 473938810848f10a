// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/runsstage.h"
#include "ui/core/eventlistmodel.h"
#include "ui/events/eventsview.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/listheader.h"
#include "ui/widgets/pill.h"

#include <QAbstractButton>
#include <QLabel>
#include <QScopeGuard>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;
using devserver::EventId;
using devserver::api::EventListQuery;
using devserver::api::EventSummary;
using devserver::api::Filter;
using devserver::api::RunSort;
using devserver::api::RunsQuery;
using devserver::api::RunSummary;

namespace {

void sortByTrigger(Stage &stage)
{
    ListHeader *header = stage.table->header();
    const auto section = static_cast<int>(RunColumn::Trigger);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                      {header->sectionViewportPosition(section) + 20, 12});
    stage.settle();
    QCOMPARE(stage.list()->query().sort, RunSort::Trigger);
}

RunSummary sleeper(int number, devserver::RunStatus status = devserver::RunStatus::Running)
{
    RunSummary run = runRow(number);
    run.functionName = "sleeper"_ba;
    run.slug = "shop-sleeper"_ba;
    run.status = status;
    return run;
}

bool saysNothing(const Stage &stage)
{
    return child<QWidget>(stage.view.get(), "runsEmpty")->isVisible();
}

EventSummary eventRow(int number, const QByteArray &name, const QByteArray &preview = {})
{
    EventSummary made;
    made.internalId = eventId(number);
    made.id = made.internalId.toText();
    made.name = name;
    made.receivedAt = devserver::TimePoint(1h) + std::chrono::seconds(number);
    made.preview = preview;
    return made;
}

/// As the store: words are looked for in names, `data.…` here in the preview.
bool finds(const Filter &filter, const EventSummary &event)
{
    if (filter.kind != Filter::Kind::Term)
        return true;
    if (filter.term.key.isEmpty())
        return event.name.contains(filter.term.values.front());
    return event.preview.contains(filter.term.values.front());
}

struct EventStage : UiFixture {
    EventStage()
    {
        backend.eventMatches = finds;
        backend.events = {eventRow(1, "shop/refund"_ba, "no"_ba)};
        view = std::make_unique<EventsView>(context);
        show(view.get());
        table = child<ListTable>(view.get(), "eventsTable");
        pill = child<Pill>(view.get(), "eventsPill");
        empty = child<QWidget>(view.get(), "eventsEmpty");
        QTRY_VERIFY(table->list() != nullptr);
    }

    void typeFilter(const char *text)
    {
        auto *filter = child<FilterEdit>(view.get(), "eventsFilter");
        filter->setFocus();
        QTest::keyClicks(filter, QString::fromUtf8(text));
        QTest::keyClick(filter, Qt::Key_Return);
        beat();
        QTRY_VERIFY(table->coming() == nullptr);
    }

    [[nodiscard]] int rows() const { return table->list()->rowCount({}); }

    /// Questions about some events, not about all.
    [[nodiscard]] std::vector<std::vector<EventId>> doubts() const
    {
        std::vector<std::vector<EventId>> ids;
        for (const EventListQuery &query : backend.askedFor<EventListQuery>()) {
            if (!query.among.empty())
                ids.push_back(query.among);
        }
        return ids;
    }

    std::unique_ptr<EventsView> view;
    ListTable *table = nullptr;
    Pill *pill = nullptr;
    QWidget *empty = nullptr;
};

} // namespace

/// A list that is live learns of what it does not show, also where a row does not tell it.
class TestLiveLists : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyListInAnotherOrderLearnsOfARun();
    void anEmptyListInAnotherOrderLearnsOfAnEnd();
    void anEmptyListAsksOnceASecond();
    void theCountWithoutTheFilterIsTheLast();
    void aWordFindsAnEventThatComes();
    void aPayloadThatMatchesComesByItself();
    void oneQuestionAtATime();
    void saysWhereItIsNotKnown();
    void thePillOfAnotherOrderCountsMatches();
    void thePillCoversNoCount();
    void besideTheSwitchIsNothing();
};

void TestLiveLists::anEmptyListInAnotherOrderLearnsOfARun()
{
    Stage stage(completedRuns(8));
    sortByTrigger(stage);
    stage.typeFilter("fn:sleeper");
    QVERIFY(saysNothing(stage));
    stage.fixture.backend.post(sleeper(4000));
    QTRY_VERIFY((stage.fixture.beat(), !saysNothing(stage)));
    QCOMPARE(stage.list()->rowCount(), 1);
    QCOMPARE(stage.list()->unseenCount(), 0);
    // With a row there the place of others is not known, but that there are some is.
    stage.fixture.backend.post(sleeper(4001));
    stage.fixture.beat();
    QCOMPARE(stage.list()->rowCount(), 1);
    auto *pill = child<Pill>(stage.view.get(), "runsPill");
    QVERIFY(pill->isVisible());
    QCOMPARE(pill->text(), u"1 new, show"_s);
    QTest::mouseClick(pill, Qt::LeftButton);
    stage.settle();
    QCOMPARE(stage.list()->rowCount(), 2);
}

/// It was there when the list was asked for, and matches only now.
void TestLiveLists::anEmptyListInAnotherOrderLearnsOfAnEnd()
{
    std::vector<RunSummary> runs = completedRuns(3);
    for (RunSummary &run : runs)
        run.status = devserver::RunStatus::Failed;
    Stage stage(runs);
    sortByTrigger(stage);
    stage.typeFilter("state:completed");
    QVERIFY(saysNothing(stage));
    stage.fixture.backend.post(runRow(2));
    QTRY_VERIFY((stage.fixture.beat(), !saysNothing(stage)));
    QCOMPARE(stage.list()->at(0).id, runId(2));
}

/// However often something matches and then does not.
void TestLiveLists::anEmptyListAsksOnceASecond()
{
    Stage stage(completedRuns(3));
    sortByTrigger(stage);
    stage.typeFilter("fn:sleeper");
    devserver::test::FakeBackend &backend = stage.fixture.backend;
    backend.runMatches = [](const Filter &, const RunSummary &) { return false; };
    const std::size_t before = backend.askedFor<RunsQuery>().size();
    for (int number = 4000; number < 4100; ++number) {
        backend.post(sleeper(number));
        stage.fixture.beat();
    }
    QCOMPARE(backend.askedFor<RunsQuery>().size(), before + 1);
    backend.advance(1s);
    stage.fixture.beat();
    QCOMPARE(backend.askedFor<RunsQuery>().size(), before + 2);
    for (int number = 4100; number < 4200; ++number) { // and for nothing that does not match
        backend.post(runRow(number));
        backend.advance(1s);
        stage.fixture.beat();
    }
    QCOMPARE(backend.askedFor<RunsQuery>().size(), before + 2);
}

void TestLiveLists::theCountWithoutTheFilterIsTheLast()
{
    Stage stage(completedRuns(3));
    stage.typeFilter("fn:sleeper");
    const auto *empty = child<EmptyState>(stage.view.get(), "runsEmpty");
    QTRY_COMPARE(empty->accessibleDescription(), u"3 runs without the filter."_s);
    for (int number = 4000; number < 4005; ++number)
        stage.fixture.backend.post(runRow(number));
    stage.fixture.backend.post(devserver::api::Counters{.all = 8});
    stage.fixture.beat();
    QTRY_COMPARE(empty->accessibleDescription(), u"8 runs without the filter."_s);
}

void TestLiveLists::aWordFindsAnEventThatComes()
{
    EventStage stage;
    stage.typeFilter("zebra/one");
    QVERIFY(stage.empty->isVisible());
    stage.backend.post(eventRow(2, "shop/other"_ba));
    stage.backend.post(eventRow(3, "zebra/one"_ba));
    stage.beat();
    QVERIFY(!stage.empty->isVisible());
    QCOMPARE(stage.rows(), 1);
    QVERIFY(!stage.pill->isVisible());
    QVERIFY(stage.doubts().empty()); // nobody had to be asked
}

void TestLiveLists::aPayloadThatMatchesComesByItself()
{
    EventStage stage;
    stage.typeFilter("data.kind:yes");
    QVERIFY(stage.empty->isVisible());
    stage.backend.post(eventRow(2, "shop/order"_ba, "no"_ba));
    stage.backend.post(eventRow(3, "shop/order"_ba, "yes"_ba));
    stage.backend.post(eventRow(4, "shop/order"_ba, "no"_ba));
    stage.beat();
    stage.beat();
    QVERIFY(!stage.empty->isVisible());
    QCOMPARE(stage.rows(), 1);
    QVERIFY(!stage.pill->isVisible());
    QCOMPARE(stage.doubts().size(), 1U);
    QCOMPARE(stage.doubts().front().size(), 3U);
    // What was not found is not asked about again.
    stage.backend.advance(10s);
    stage.beat();
    QCOMPARE(stage.doubts().size(), 1U);
}

void TestLiveLists::oneQuestionAtATime()
{
    EventStage stage;
    stage.typeFilter("data.kind:yes");
    for (int number = 2; number < 602; ++number) {
        stage.backend.post(eventRow(number, "shop/order"_ba, number % 2 == 0 ? "yes"_ba : "no"_ba));
        if (number % 100 == 0)
            stage.beat();
    }
    for (int beats = 0; beats < 5; ++beats)
        stage.beat();
    QCOMPARE(stage.doubts().size(), 1U); // then it rests
    for (int beats = 0; beats < 10; ++beats) {
        stage.backend.advance(1s);
        stage.beat();
    }
    QCOMPARE(stage.rows(), 300);
    QVERIFY(stage.doubts().size() <= 4);
    QVERIFY(!stage.pill->isVisible());
}

void TestLiveLists::saysWhereItIsNotKnown()
{
    EventStage stage;
    stage.backend.events.push_back(eventRow(0, "shop/order"_ba, "yes"_ba));
    stage.typeFilter("data.kind:yes");
    QCOMPARE(stage.rows(), 1);
    stage.backend.queryError = devserver::Error{devserver::ErrorCode::Store, u"disk I/O error"_s};
    stage.backend.post(eventRow(5, "shop/order"_ba, "yes"_ba));
    stage.beat();
    stage.beat();
    QTRY_VERIFY((stage.beat(), stage.pill->isVisible()));
    QCOMPARE(stage.pill->text(), u"New events may match, look again"_s);
    stage.backend.queryError.reset();
    QTest::mouseClick(stage.pill, Qt::LeftButton);
    QTRY_COMPARE((stage.beat(), stage.rows()), 2);
    QVERIFY(!stage.pill->isVisible());
}

void TestLiveLists::thePillOfAnotherOrderCountsMatches()
{
    Stage stage(completedRuns(4));
    stage.fixture.backend.runMatches = [](const Filter &filter, const RunSummary &run) {
        return filter.isAll() || run.errorName == "yes" || run.id == runId(1);
    };
    sortByTrigger(stage);
    stage.typeFilter("data.kind:yes");
    QCOMPARE(stage.list()->rowCount(), 1);
    auto *pill = child<Pill>(stage.view.get(), "runsPill");
    RunSummary run = runRow(4000);
    stage.fixture.backend.post(run);
    stage.fixture.beat();
    stage.fixture.beat();
    QVERIFY(!pill->isVisible());
    run = runRow(4001);
    run.errorName = "yes"_ba;
    stage.fixture.backend.post(run);
    stage.fixture.backend.advance(1s);
    QTRY_COMPARE((stage.fixture.beat(), pill->text()), u"1 new, show"_s);
}

void TestLiveLists::thePillCoversNoCount()
{
    const QFont font = QApplication::font();
    const auto back = qScopeGuard([&font] { QApplication::setFont(font); });
    QFont large = font;
    large.setPointSizeF(font.pointSizeF() * 2);
    QApplication::setFont(large);
    Stage stage(completedRuns(600));
    devserver::test::FakeBackend &backend = stage.fixture.backend;
    backend.runMatches = [](const Filter &, const RunSummary &) { return true; };
    stage.typeFilter("data.kind:yes");
    const auto *count = child<QLabel>(stage.view.get(), "listCount");
    const QString text = count->text();
    QCOMPARE(text, u"First 500 runs"_s);
    backend.queryError = devserver::Error{devserver::ErrorCode::Store, u"disk I/O error"_s};
    backend.post(runRow(4000));
    const auto *pill = child<Pill>(stage.view.get(), "runsPill");
    QTRY_VERIFY((stage.fixture.beat(), pill->isVisible()));
    bool wasWhole = false;
    bool wasGone = false;
    for (const int width : {1400, 1000, 800, 700}) {
        stage.view->resize(width, 600);
        stage.fixture.beat();
        const int free = (pill->width() - pill->sizeHint().width()) / 2;
        const int end = count->fontMetrics().horizontalAdvance(count->text());
        QVERIFY2(end <= free, qPrintable(QString::number(width)));
        QVERIFY(count->text().isEmpty() || count->text() == text);
        wasWhole = wasWhole || count->text() == text;
        wasGone = wasGone || count->text().isEmpty();
    }
    QVERIFY(wasWhole && wasGone);
    backend.queryError.reset();
    QTest::mouseClick(child<Pill>(stage.view.get(), "runsPill"), Qt::LeftButton);
    stage.settle();
    QTRY_COMPARE(count->text(), text); // it has the strip for itself
}

void TestLiveLists::besideTheSwitchIsNothing()
{
    EventStage stage;
    auto *live = child<QAbstractButton>(stage.view.get(), "eventsLive");
    QVERIFY(live->isEnabled());
    const int middle = live->height() / 2;
    QVERIFY(live->width() > live->fontMetrics().horizontalAdvance(live->text()) + 50); // spare
    QTest::mouseClick(live, Qt::LeftButton, {}, {3, middle});
    QVERIFY(!stage.feed.isPaused());
    QTest::mouseClick(live, Qt::LeftButton, {}, {live->width() - 20, middle});
    QVERIFY(stage.feed.isPaused());
}

UI_TEST_MAIN(TestLiveLists)
#include "tst_livelists.moc"
