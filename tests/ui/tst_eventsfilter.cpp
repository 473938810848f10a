// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/arrange.h"
#include "tests/ui/support/eventsstage.h"
#include "tests/ui/support/scene.h"
#include "ui/core/eventcolumns.h"
#include "ui/core/eventlistmodel.h"
#include "ui/widgets/filteredit.h"
#include "ui/widgets/listtable.h"

#include <QCheckBox>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace console;
using namespace console::test;

/// What another filter does to the event whose details are shown.
class TestEventsFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheFilterLeavesOutIsNotShown();
    void norIsWhatTheTickLeavesOut();
    void whatWasGoneToStays();
};

namespace {

struct Stage : UiFixture {
    Stage()
        : scene(fillScene(backend))
    {
        devserver::api::EventSummary internal = backend.events.front(); // the newest
        internal.internalId =
            devserver::EventId{devserver::Ulid::fromParts(internal.receivedAt + 1ms, {7})};
        internal.id = internal.internalId.toText();
        internal.name = "inngest/function.failed"_ba;
        own = internal.internalId;
        backend.events.insert(backend.events.begin(), internal);
        devserver::api::EventRecord record = backend.eventRecords.at(scene.order);
        record.event.internalId = own;
        record.event.name = internal.name;
        backend.eventRecords[own] = record;
        backend.eventMatches = [this](const auto &asked, const auto &event) {
            return filterFits(asked, event, backend.now()) == Fit::Yes;
        };
        catalog.reload();
        view = std::make_unique<EventsView>(context);
        table = showEvents(*this, *view);
        filter = child<FilterEdit>(view.get(), "eventsFilter");
        detail = child<QWidget>(view.get(), "eventDetail");
    }

    void typeFilter(const char *text)
    {
        filter->setFocus();
        QTest::keyClick(filter, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(filter, QString::fromUtf8(text));
        QTest::keyClick(filter, Qt::Key_Return);
        settle();
    }

    void settle()
    {
        QTRY_VERIFY(table->coming() == nullptr);
        beat();
    }

    void tick()
    {
        auto *internal = child<QCheckBox>(view.get(), "eventsInternal");
        QTest::mouseClick(internal, Qt::LeftButton, {}, {8, internal->height() / 2});
        settle();
    }

    [[nodiscard]] bool isNothingShown() const
    {
        return !detail->isVisible() && view->place().subject.isEmpty()
               && navigator.selection().kind == Selection::Kind::None
               && table->selectedIds().isEmpty();
    }

    Scene scene;
    devserver::EventId own; ///< of the server, which the list hides
    std::unique_ptr<EventsView> view;
    ListTable *table = nullptr;
    FilterEdit *filter = nullptr;
    QWidget *detail = nullptr;
};

} // namespace

/// Nor is another one chosen instead of it.
void TestEventsFilter::whatTheFilterLeavesOutIsNotShown()
{
    Stage ui;
    selectEvent(ui, *ui.view, ui.scene.order);
    QCOMPARE(ui.navigator.selection().event, ui.scene.order);
    ui.typeFilter("event:user/singup");
    QVERIFY(ui.table->list()->rowCount() > 0);
    QTRY_VERIFY(ui.isNothingShown());
    ui.filter->setFocus();
    QTest::keyClick(ui.filter, Qt::Key_Escape);
    ui.settle();
    QTRY_VERIFY(ui.detail->isVisible()); // its row is back
    QCOMPARE(ui.table->selectedIds(), QByteArrayList{ui.scene.order.toText()});
    ui.typeFilter("event:order/paid");
    QTRY_VERIFY(ui.detail->isVisible());
    ui.typeFilter("event:no/such.name");
    QCOMPARE(ui.table->list()->rowCount(), 0);
    QTRY_VERIFY(ui.isNothingShown());
}

void TestEventsFilter::norIsWhatTheTickLeavesOut()
{
    Stage ui;
    QVERIFY(ui.table->list()->rowOf(ui.own.toText()) < 0);
    ui.tick();
    QTRY_VERIFY(ui.table->list()->rowOf(ui.own.toText()) >= 0);
    selectEvent(ui, *ui.view, ui.own);
    ui.tick();
    QTRY_VERIFY(ui.table->list()->rowOf(ui.own.toText()) < 0);
    QTRY_VERIFY(ui.isNothingShown());
}

/// A link led to it: its row need not be there.
void TestEventsFilter::whatWasGoneToStays()
{
    Stage ui;
    ui.typeFilter("event:user/singup");
    arrange::place(*ui.view, {.view = "events"_ba,
                              .filter = u"event:user/singup"_s,
                              .subject = ui.scene.order.toText()});
    ui.settle();
    QVERIFY(ui.table->list()->rowOf(ui.scene.order.toText()) < 0);
    QTRY_VERIFY(ui.detail->isVisible());
    ui.typeFilter("event:user/*"); // another question
    QTRY_VERIFY(ui.isNothingShown());
}

UI_TEST_MAIN(TestEventsFilter)
#include "tst_eventsfilter.moc"
