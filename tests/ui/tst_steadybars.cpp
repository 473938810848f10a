// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/scene.h"
#include "tests/ui/support/waitingstage.h"
#include "tests/ui/support/windowstage.h"
#include "ui/widgets/infobar.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QWindow>

#include <algorithm>
#include <map>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::ActivityKind;

/// A bar that comes or goes moves nothing that can be pressed (ui.md §2/1).
class TestSteadyBars : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingMovesWithABar_data();
    void nothingMovesWithABar();
    void anOpenQuestionStays();
    void theChosenRowStaysInSight();
    void aBarUnderTheMouseTakesNoClickAtOnce();
    void aHintIsOfTheButtonUnderTheMouse();
};

namespace {

/// Where each button and line is that can be used, by its name.
std::map<QByteArray, QPoint> placesOf(const WindowStage &stage)
{
    std::map<QByteArray, QPoint> places;
    for (const auto *each : stage.window->currentView()->findChildren<QWidget *>()) {
        const bool isUsed = qobject_cast<const QAbstractButton *>(each) != nullptr
                            || qobject_cast<const QLineEdit *>(each) != nullptr;
        const QByteArray name = each->objectName().toLatin1();
        if (isUsed && each->isVisible() && !name.isEmpty() && !name.startsWith("qt_")
            && !name.startsWith("infoBar"))
            places.emplace(name, each->mapTo(stage.window.get(), QPoint()));
    }
    return places;
}

QByteArray firstMoved(const std::map<QByteArray, QPoint> &before,
                      const std::map<QByteArray, QPoint> &after)
{
    for (const auto &[name, place] : before) {
        const auto now = after.find(name);
        if (now == after.end() || now->second != place)
            return name;
    }
    return {};
}

/// One of the window, and one of the view.
void sayTwo(WindowStage &stage)
{
    stage.backend.post(devserver::Notice{.text = "one"});
    stage.window->currentView()->infoBars().show({.id = "two"_ba, .text = u"Two"_s});
    stage.settle();
}

} // namespace

void TestSteadyBars::nothingMovesWithABar_data()
{
    QTest::addColumn<QByteArray>("view");
    QTest::addColumn<QByteArray>("button"); // one that must be among them
    QTest::newRow("runs") << "runs"_ba
                          << "runRetry"_ba;
    QTest::newRow("events") << "events"_ba
                            << "eventSendAgain"_ba;
    QTest::newRow("dead letters") << "dead"_ba
                                  << "deadRetry"_ba;
    QTest::newRow("waiting") << "waiting"_ba
                             << "waitingRetryNow"_ba;
    QTest::newRow("apps") << "apps"_ba
                          << "appsAdd"_ba;
    QTest::newRow("functions") << "functions"_ba
                               << "function_invoke"_ba;
}

void TestSteadyBars::nothingMovesWithABar()
{
    QFETCH(const QByteArray, view);
    QFETCH(const QByteArray, button);
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    const bool isOfRun = view == "runs" || view == "dead";
    arrange::place(*stage.window,
                   {.view = view, .subject = isOfRun ? scene.deadCharge.toText() : QByteArray()});
    stage.settle();
    if (view == "events") {
        child<QWidget>(stage.window.get(), "eventsTable")->setFocus();
        stage.key(Qt::Key_Down);
        stage.settle();
    }
    const std::map<QByteArray, QPoint> before = placesOf(stage);
    QVERIFY(before.contains(button));
    sayTwo(stage);
    const auto bars = stage.window->findChildren<QWidget *>(u"infoBar"_s);
    QCOMPARE(bars.size(), 2);
    QVERIFY(bars[0]->isVisible() != bars[1]->isVisible()); // they share one place
    QCOMPARE(firstMoved(before, placesOf(stage)), QByteArray());
    for (std::size_t closed = 0; closed < 2; ++closed) {
        stage.backend.advance(1s);
        const auto left = stage.window->findChildren<QWidget *>(u"infoBar"_s);
        const auto seen = std::find_if(left.begin(), left.end(),
                                       [](const QWidget *bar) { return bar->isVisible(); });
        QVERIFY(seen != left.end());
        QTest::mouseClick(child<QAbstractButton>(*seen, "infoBarClose"), Qt::LeftButton);
        stage.settle();
        QCOMPARE(firstMoved(before, placesOf(stage)), QByteArray());
    }
}

/// Nor when a bulk retry, which is told below, begins or ends.
void TestSteadyBars::anOpenQuestionStays()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    arrange::place(*stage.window, {.view = "dead"_ba, .subject = scene.deadCharge.toText()});
    stage.settle();
    child<QWidget>(stage.window.get(), "deadTable")->setFocus();
    stage.key(Qt::Key_Delete);
    stage.settle();
    const auto *go = child<QWidget>(stage.window.get(), "deadDiscardGo");
    QVERIFY(go->isVisible());
    const QPoint before = go->mapTo(stage.window.get(), QPoint());
    sayTwo(stage);
    QCOMPARE(go->mapTo(stage.window.get(), QPoint()), before);
    devserver::Bulk bulk;
    bulk.id.value = devserver::Ulid::fromParts(stage.backend.now(), {1});
    bulk.total = bulk.waiting = 48;
    bulk.state = devserver::BulkState::Running;
    for (const auto state : {devserver::BulkState::Running, devserver::BulkState::Done}) {
        bulk.state = state;
        stage.backend.post(bulk);
        stage.settle();
        QCOMPARE(go->mapTo(stage.window.get(), QPoint()), before);
    }
}

void TestSteadyBars::theChosenRowStaysInSight()
{
    std::vector<devserver::api::RunSummary> runs;
    for (int number = 1; number <= 80; ++number)
        runs.push_back(waiting(number, ActivityKind::BackingOff, std::chrono::seconds(number)));
    WaitingStage stage(std::move(runs));
    const auto isSeen = [&stage](int row) {
        const QRect place = stage.table->visualRect(stage.table->model()->index(row, 0));
        return stage.table->viewport()->rect().contains(place.center().x(), place.bottom());
    };
    stage.clickCell(0, WaitingColumn::What);
    QTest::mouseMove(child<QWidget>(stage.view.get(), "waitingFilter"));
    int row = 0;
    for (; isSeen(row + 1); ++row)
        QTest::keyClick(stage.table, Qt::Key_Down);
    stage.settle();
    QVERIFY(isSeen(row));
    stage.view->infoBars().show({.id = "one"_ba, .text = u"One"_s});
    stage.settle();
    QTRY_VERIFY(isSeen(row));
    // Under a mouse that is used the rows stay.
    QTest::keyClick(stage.table, Qt::Key_PageDown);
    stage.settle();
    QTest::mouseMove(stage.table->viewport(), {60, 60});
    const int top = stage.table->rowAt(60);
    stage.view->infoBars().show({.id = "two"_ba, .text = u"Two"_s});
    stage.settle();
    QCOMPARE(stage.table->rowAt(60), top);
}

/// Who aims at what was there does not press its button.
void TestSteadyBars::aBarUnderTheMouseTakesNoClickAtOnce()
{
    WaitingStage stage({waiting(1, ActivityKind::BackingOff, 4s)});
    QWidget *window = stage.view->window();
    const auto *below = child<QWidget>(stage.view.get(), "waitingRetryNow");
    const int end = below->mapTo(window, QPoint()).y();
    bool isPressed = false;
    const InfoText info{.id = "one"_ba,
                        .text = u"One"_s,
                        .buttons = {{u"Do it"_s, [&isPressed] { isPressed = true; }}}};
    stage.view->infoBars().show(info); // to see where its button is
    stage.settle();
    QPoint at;
    for (const auto *button : stage.view->findChildren<QAbstractButton *>()) {
        if (button->text() == u"Do it"_s)
            at = button->mapTo(window, button->rect().center());
    }
    QVERIFY(!at.isNull() && at.y() < end);
    stage.view->infoBars().dismiss("one"_ba);
    stage.settle();
    stage.ui.backend.advance(10s);
    QTest::mouseMove(window->windowHandle(), at);
    stage.view->infoBars().show(info);
    for (int round = 0; round < 3; ++round)
        QCoreApplication::processEvents();
    QTest::mouseClick(window->windowHandle(), Qt::LeftButton, {}, at);
    QVERIFY(!isPressed);
    stage.ui.backend.advance(1s);
    QTest::mouseClick(window->windowHandle(), Qt::LeftButton, {}, at);
    QVERIFY(isPressed);
}

/// While it is there, and as the button stands then.
void TestSteadyBars::aHintIsOfTheButtonUnderTheMouse()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    arrange::place(*stage.window, {.view = "dead"_ba, .subject = scene.deadCharge.toText()});
    stage.settle();
    const auto *hint = child<QLabel>(stage.window.get(), "statusHint");
    auto *button = child<QAbstractButton>(stage.window.get(), "deadDiscard");
    QTest::mouseMove(button);
    QTRY_VERIFY(!hint->text().isEmpty());
    const QString words = hint->text();
    child<QWidget>(stage.window.get(), "deadTable")->setFocus();
    stage.key(Qt::Key_Delete); // a question is open
    stage.settle();
    QVERIFY(!button->isEnabled());
    QTRY_COMPARE((stage.beat(), hint->text()), button->statusTip());
    QVERIFY(hint->text() != words);
    stage.key(Qt::Key_Escape);
    stage.settle();
    QVERIFY(button->isEnabled());
    QTRY_COMPARE((stage.beat(), hint->text()), words);
    stage.key(Qt::Key_Delete);
    stage.settle();
    QTest::mouseMove(child<QWidget>(stage.window.get(), "deadGroups"));
    QTRY_COMPARE((stage.beat(), hint->text()), QString());
    // Its page goes while the mouse is there.
    stage.key(Qt::Key_Escape);
    stage.settle();
    QTest::mouseMove(button);
    QTRY_COMPARE((stage.beat(), hint->text()), words);
    stage.key(Qt::Key_2, Qt::ControlModifier);
    stage.settle();
    QTRY_VERIFY((stage.beat(), hint->text() != words));
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestSteadyBars)
#include "tst_steadybars.moc"
