// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/samplescene.h"
#include "tests/ui/support/uifixture.h"
#include "ui/widgets/consolestyle.h"
#include "ui/widgets/welcomepage.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace console::test {

using namespace Qt::StringLiterals;
using devserver::ErrorCode;
using devserver::api::ServerPhase;

/// The sample functions on the first page (ui.md §19).
class TestSampleCard : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QApplication::setStyle(new ConsoleStyle); }

    void sampleOnAndOff();
    void oneOfEachSampleIsSent();
    void loadIsSentAndStopped();
    void loadStopsWithTheSample();
    void sampleEventsAreSent_data();
    void sampleEventsAreSent();
    void sampleEventsFollowTheSample();
    void rowsHaveOneHeight();
};

namespace {

QString text(const QWidget *page, const char *label)
{
    return child<QLabel>(page, label)->text();
}

} // namespace

void TestSampleCard::sampleOnAndOff()
{
    UiFixture ui;
    WelcomePage page(ui.context);
    ui.show(&page);
    auto *start = child<QPushButton>(&page, "sampleStart");
    QCOMPARE(start->text(), u"Start"_s);
    QTest::mouseClick(start, Qt::LeftButton);
    QCOMPARE(ui.backend.sampleSwitches, std::vector<bool>{true});
    // So that no view is empty: one of each, without the event that mends the poison job.
    QTRY_COMPARE(ui.backend.sent.size(), 1);
    const QByteArray all = ui.backend.sent.front();
    for (const char *event :
         {"order/created", "sample/import", "sample/poison", "sample/sleep", "sample/steps"})
        QCOMPARE(all.count(event), 1);
    QVERIFY(!all.contains("sample/repair"));
    QTRY_VERIFY(text(&page, "sampleAnswer").startsWith(u"One of each event is sent"_s));
    devserver::api::ServerState state = ui.backend.state;
    state.hasSample = true;
    ui.backend.setState(state);
    QCOMPARE(start->text(), u"Stop sample"_s);
    QVERIFY2(start->toolTip().startsWith(u"Takes the sample functions away"_s),
             qPrintable(start->toolTip()));
    QTest::mouseClick(start, Qt::LeftButton);
    QCOMPARE(ui.backend.sampleSwitches, (std::vector<bool>{true, false}));
    QCOMPARE(ui.backend.sent.size(), 1);
    ui.backend.refuseNext({ErrorCode::Conflict, u"runs are in flight"_s});
    QTest::mouseClick(start, Qt::LeftButton);
    QTRY_COMPARE(text(&page, "sampleAnswer"), u"runs are in flight"_s);
}

/// Also while the sample is on, as it is when the window opens.
void TestSampleCard::oneOfEachSampleIsSent()
{
    UiFixture ui;
    startSample(ui, {"order/created", "sample/poison", "sample/repair"});
    WelcomePage page(ui.context);
    ui.show(&page);
    ui.beat();
    auto *all = child<QPushButton>(&page, "sampleSendAll");
    QCOMPARE(all->palette().color(QPalette::Button), ui.theme.color(Token::Selection));
    QTest::mouseClick(all, Qt::LeftButton);
    QCOMPARE(ui.backend.sent.size(), 1);
    QVERIFY(ui.backend.sent.front().startsWith(R"([{"name":"order/created","data":{)"));
    ui.backend.refuseNext({ErrorCode::Stopping, u"shutting down"_s});
    QTest::mouseClick(all, Qt::LeftButton);
    QTRY_COMPARE(text(&page, "sampleAnswer"), u"One of each event was not sent: shutting down"_s);
}

/// It is sent at its rate, goes on beside the page, and can be stopped from any place that shows
/// it.
void TestSampleCard::loadIsSentAndStopped()
{
    UiFixture ui;
    startSample(ui, {"order/created"});
    WelcomePage page(ui.context);
    WelcomePage other(ui.context);
    ui.show(&page);
    ui.beat();
    auto *load = child<QPushButton>(&page, "sampleLoad");
    QCOMPARE(load->text(), u"Send many"_s);
    QTest::mouseClick(load, Qt::LeftButton);
    QTRY_COMPARE(ui.backend.sent.size(), 1); // what is due at once
    QCOMPARE(load->text(), u"Stop sending"_s);
    QCOMPARE(child<QPushButton>(&other, "sampleLoad")->text(), u"Stop sending"_s);
    ui.backend.advance(std::chrono::seconds(1));
    QTRY_COMPARE(ui.backend.sent.size(), 201);
    QCOMPARE(ui.backend.sent.back(),
             R"({"name":"order/created","data":{"orderId":"load-201","items":2,"total":49.9,)"
             R"("customer":"ada@example.org"}})"_ba);
    QCOMPARE(ui.jobs.all().size(), std::size_t{1});
    QTest::mouseClick(load, Qt::LeftButton);
    QTRY_COMPARE(load->text(), u"Send many"_s);
    QCOMPARE(load->accessibleDescription(), u"Stopped after 201 events."_s);
    QVERIFY(ui.jobs.all().front().isOver);

    QTest::mouseClick(load, Qt::LeftButton); // again, and Activity stops it
    QCOMPARE(load->text(), u"Stop sending"_s);
    ui.jobs.stop(ui.jobs.all().back().id);
    QTRY_COMPARE(load->text(), u"Send many"_s);
    QTest::mouseClick(load, Qt::LeftButton); // whole
    ui.backend.advance(std::chrono::seconds(10));
    QTRY_COMPARE(load->accessibleDescription(), u"2,000 events are sent."_s);
}

/// Nobody takes the orders any more, and its button goes with the functions.
void TestSampleCard::loadStopsWithTheSample()
{
    UiFixture ui;
    startSample(ui, {"order/created"});
    WelcomePage page(ui.context);
    ui.show(&page);
    ui.beat();
    auto *load = child<QPushButton>(&page, "sampleLoad");
    QTest::mouseClick(load, Qt::LeftButton);
    QTRY_COMPARE(load->text(), u"Stop sending"_s);
    QTest::mouseClick(child<QPushButton>(&page, "sampleStart"), Qt::LeftButton);
    QTRY_COMPARE(load->text(), u"Send many"_s);
    QVERIFY(ui.jobs.all().front().isOver);
}

/// With the sample on, its events are there to be sent with one click: nobody has to know them.
void TestSampleCard::sampleEventsAreSent_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QString>("label");
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("order") << "order/created"_ba << u"Send order/created"_s
                           << R"({"name":"order/created","data":{"orderId":"o-1001","items":2,)"
                              R"("total":49.9,"customer":"ada@example.org"}})"_ba;
    QTest::newRow("poison") << "sample/poison"_ba << u"Send sample/poison"_s
                            << R"({"name":"sample/poison","data":{"message":"unreadable"}})"_ba;
    QTest::newRow("repair") << "sample/repair"_ba << u"Send sample/repair"_s
                            << R"({"name":"sample/repair","data":{"works":true}})"_ba;
    QTest::newRow("one that is not known here")
        << "sample/new"_ba << u"Send sample/new"_s << R"({"name":"sample/new","data":{}})"_ba;
}

void TestSampleCard::sampleEventsAreSent()
{
    QFETCH(QByteArray, event);
    QFETCH(QString, label);
    QFETCH(QByteArray, sent);
    UiFixture ui;
    startSample(ui, {event});
    WelcomePage page(ui.context);
    ui.show(&page);
    ui.beat();
    auto *button = child<QPushButton>(&page, QByteArray("sample:" + event).constData());
    QVERIFY(button->isVisible());
    QCOMPARE(button->text(), label);
    QVERIFY(!button->accessibleDescription().isEmpty());
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(ui.backend.sent, QByteArrayList{sent});
    QTRY_VERIFY(text(&page, "sampleAnswer").startsWith(QString::fromUtf8(event) + u" is sent"_s));
    QSignalSpy places(&ui.navigator, &Navigator::goRequested);
    QTest::mouseClick(child<QWidget>(&page, "sampleShowRuns"), Qt::LeftButton);
    QCOMPARE(places.size(), 1);
    ui.backend.refuseNext({ErrorCode::Stopping, u"the server is shutting down"_s});
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(text(&page, "sampleAnswer").endsWith(u"the server is shutting down"_s));
    QVERIFY(!child<QWidget>(&page, "sampleShowRuns")->isVisible());
}

/// Switched off, the buttons go; switched on, they come back.
void TestSampleCard::sampleEventsFollowTheSample()
{
    UiFixture ui;
    startSample(ui, {"sample/sleep"_ba, "order/created"_ba, "inngest/function.failed"_ba});
    WelcomePage page(ui.context);
    ui.show(&page);
    ui.beat();
    const auto shown = [&page] {
        QStringList names;
        for (const QPushButton *button : page.findChildren<QPushButton *>()) {
            if (button->objectName().startsWith(u"sample:"_s) && button->isVisible())
                names.append(button->objectName().mid(7));
        }
        return names;
    };
    QCOMPARE(shown(), (QStringList{u"order/created"_s, u"sample/sleep"_s}));
    devserver::api::ServerState state = ui.backend.state;
    state.phase = ServerPhase::Stopped;
    ui.backend.setState(state);
    QVERIFY(!child<QPushButton>(&page, "sample:order/created")->isEnabled());
    state.phase = ServerPhase::Serving;
    state.hasSample = false;
    ui.backend.setState(state);
    QTRY_COMPARE(shown(), QStringList());
    state.hasSample = true;
    ui.backend.setState(state);
    QTRY_COMPARE(shown().size(), 2);
}

/// Whether their sentences have one line or two; nothing stays of what a narrow card needed.
void TestSampleCard::rowsHaveOneHeight()
{
    UiFixture ui;
    startSample(ui, {"order/created"_ba, "sample/import"_ba, "sample/poison"_ba, "sample/repair"_ba,
                     "sample/sleep"_ba, "sample/steps"_ba});
    WelcomePage page(ui.context);
    ui.show(&page, {600, 900});
    ui.beat();
    const auto *first = child<QPushButton>(&page, "sample:order/created");
    const auto *below = child<QPushButton>(&page, "sample:sample/import");
    const auto *last = child<QPushButton>(&page, "sample:sample/steps");
    QTRY_VERIFY(below->y() > first->y());
    page.resize(1200, 900);
    QTRY_COMPARE(below->y(), first->y());
    const auto *second = child<QPushButton>(&page, "sample:sample/repair");
    QTRY_COMPARE(last->y() - second->y(), second->y() - first->y());
    QTRY_VERIFY(last->parentWidget()->height() - last->geometry().bottom() < last->height());
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestSampleCard)
#include "tst_samplecard.moc"
