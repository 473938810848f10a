// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/ui/support/a11ywalk.h"
#include "tests/ui/support/golden.h"
#include "tests/ui/support/listrows.h"
#include "tests/ui/support/scene.h"
#include "tests/ui/support/uifixture.h"
#include "tests/ui/support/windowstage.h"
#include "ui/core/feed.h"
#include "ui/shell/statusline.h"
#include "ui/widgets/consolestyle.h"
#include "ui/widgets/listtable.h"
#include "ui/widgets/livebutton.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <memory>

namespace console::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using devserver::ErrorCode;
using devserver::api::Counters;
using devserver::api::ServerPhase;

class TestStatusBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QApplication::setStyle(new ConsoleStyle); }

    void numbersAtMostFourTimesASecond();
    void mutedOnesAreNamed();
    void countersLeadToTheirLists_data();
    void countersLeadToTheirLists();
    void serverPhases();
    void failuresAreNamed_data();
    void failuresAreNamed();
    void noFiguresBeforeItServes();
    void theMenuIsOfThisMoment();
    void appsAreCounted();
    void pausedCountsWhatIsNew();
    void aListThatCannotBeReadIsNotLive();
    void overloadIsShown();
    void lastMinuteIsDrawn();
    void everythingHasAName();
    void hintFollowsItsAction();
    void everyStateLooksAsItDid();
};

namespace {

/// More than the frames can take, 60 times in a row.
void overload(UiFixture &ui)
{
    QObject slow;
    QObject::connect(&ui.feed, &Feed::runsChanged, &slow,
                     [&ui] { ui.backend.advance(5ms); }); // a model with too much to do
    for (int frame = 1; frame <= 60; ++frame) {
        ui.backend.post(runRow(frame));
        ui.clock.beat();
    }
}

/// One below the other: each state of the server, an app that does not answer, paused, too much.
class StatusColumn : public QWidget
{
public:
    std::vector<std::unique_ptr<UiFixture>> uis; ///< one for each line
    StatusLine *paused;

    StatusColumn()
    {
        new QVBoxLayout(this);
        setFocusPolicy(Qt::StrongFocus);
        setFocus(); // no button says what it would do
        for (const ServerPhase phase : {ServerPhase::Stopped, ServerPhase::Starting,
                                        ServerPhase::Failed, ServerPhase::Stopping})
            add(phase);
        StatusLine *busy = add(ServerPhase::Serving);
        devserver::App app;
        app.id.value = devserver::Uuid::fromName("apps", "good");
        app.name = "good"_ba;
        uis.back()->backend.post(devserver::AppChanged{app});
        busy->setCounters({.queued = 3,
                           .running = 1'200,
                           .waiting = 40,
                           .dead = 4,
                           .eventsPerSecond = 312.4,
                           .dataBytes = 84'000'000});
        add(ServerPhase::Serving);
        app = {};
        app.id.value = devserver::Uuid::fromName("apps", "bad");
        app.error = "unreachable"_ba;
        uis.back()->backend.post(devserver::AppChanged{app});
        paused = add(ServerPhase::Serving);
        UiFixture &ui = *uis.back();
        ui.actions.bind("view.live"_ba, paused, [&ui] { ui.feed.setPaused(true); });
        add(ServerPhase::Serving);
    }

    ~StatusColumn() override { qDeleteAll(findChildren<StatusLine *>()); }

    [[nodiscard]] UiFixture &overloaded() { return *uis.back(); }

    void pause()
    {
        QTest::mouseClick(child<QToolButton>(paused, "statusLive"), Qt::LeftButton);
        QTest::mouseMove(this, QPoint(1, 1));
        devserver::test::FakeBackend &backend = uis.at(uis.size() - 2)->backend;
        for (int number : {1, 2}) {
            devserver::api::RunSummary run = runRow(number);
            run.queuedAt = backend.now() + std::chrono::seconds(number);
            backend.post(run);
        }
    }

    /// Not of the last: some beats without news, and it keeps up again.
    void beat()
    {
        for (auto ui = uis.begin(); ui + 1 != uis.end(); ++ui)
            (*ui)->clock.beat();
    }

private:
    StatusLine *add(ServerPhase phase)
    {
        UiFixture &ui = *uis.emplace_back(std::make_unique<UiFixture>());
        ui.backend.state.phase = phase;
        ui.backend.state.error.message = u"port 8288 is in use"_s;
        auto *line = new StatusLine(ui.context, this);
        line->setFixedHeight(32);
        layout()->addWidget(line);
        return line;
    }
};

} // namespace

void TestStatusBar::numbersAtMostFourTimesASecond()
{
    UiFixture ui;
    StatusLine line(ui.context);
    ui.show(&line, {1200, 32});
    QSignalSpy shown(&line, &StatusLine::countersShown);
    QElapsedTimer spent;
    spent.start();
    for (qint64 number = 1; number <= 100; ++number)
        line.setCounters(Counters{.running = number});
    QCOMPARE(shown.size(), 1);
    auto *running = child<QToolButton>(&line, "statusRunning");
    QCOMPARE(running->text(), u"1"_s);
    QTRY_COMPARE(running->text(), u"100"_s); // the last one wins
    QVERIFY(spent.elapsed() >= 240);
    QCOMPARE(shown.size(), 2);
}

/// The navigation does not count them.
void TestStatusBar::mutedOnesAreNamed()
{
    UiFixture ui;
    devserver::api::LetterSummary letter;
    letter.run = runId(1);
    ui.backend.letters = {letter};
    StatusLine line(ui.context);
    ui.show(&line, {1200, 32});
    line.setCounters({.dead = 12});
    const auto *dead = child<QToolButton>(&line, "statusDead");
    QCOMPARE(dead->toolTip(), u"12 dead letters"_s);
    ui.muted.mute({{"shop-charge-order"_ba, "print"_ba}}, {});
    QTRY_COMPARE((ui.beat(), dead->toolTip()), u"12 dead letters, of them 1 muted"_s);
    QCOMPARE(dead->accessibleName(), dead->toolTip());
    QCOMPARE(dead->text(), u"12"_s);
}

void TestStatusBar::countersLeadToTheirLists_data()
{
    QTest::addColumn<QByteArray>("button");
    QTest::addColumn<QByteArray>("view");
    QTest::addColumn<QString>("filter");
    QTest::newRow("running") << "statusRunning"_ba
                             << "runs"_ba << u"state:running"_s;
    QTest::newRow("queued") << "statusQueued"_ba
                            << "runs"_ba << u"state:queued"_s;
    QTest::newRow("waiting") << "statusWaiting"_ba
                             << "waiting"_ba << QString();
    QTest::newRow("dead") << "statusDead"_ba
                          << "dead"_ba << QString();
    QTest::newRow("rate") << "statusRate"_ba
                          << "events"_ba << QString();
    QTest::newRow("apps") << "statusApps"_ba
                          << "apps"_ba << QString();
}

void TestStatusBar::countersLeadToTheirLists()
{
    QFETCH(QByteArray, button);
    QFETCH(QByteArray, view);
    QFETCH(QString, filter);
    UiFixture ui;
    StatusLine line(ui.context);
    ui.show(&line, {1200, 32});
    QList<Place> places;
    connect(&ui.navigator, &Navigator::goRequested, &line,
            [&places](const Place &place) { places.append(place); });
    QTest::mouseClick(child<QWidget>(&line, button.constData()), Qt::LeftButton);
    QCOMPARE(places.size(), 1);
    QCOMPARE(places[0].view, view);
    QCOMPARE(places[0].filter, filter);
}

/// It opens in the same turn in which the server stops.
void TestStatusBar::theMenuIsOfThisMoment()
{
    UiFixture ui;
    StatusLine line(ui.context);
    ui.actions.bind(
        "server.start"_ba, &line, [] {},
        [&ui] {
            return Availability{.isEnabled = ui.backend.state.phase == ServerPhase::Stopped};
        });
    ui.show(&line, {1200, 32});
    ui.beat();
    devserver::api::ServerState state = ui.backend.state;
    state.phase = ServerPhase::Stopped;
    ui.backend.setState(state);
    QTest::mouseClick(child<QToolButton>(&line, "statusServer"), Qt::LeftButton);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu != nullptr);
    QVERIFY(ui.actions.action("server.start"_ba)->isEnabled());
    QTest::keyClick(menu, Qt::Key_Down);
    QCOMPARE(menu->activeAction(), ui.actions.action("server.start"_ba));
    QTest::keyClick(menu, Qt::Key_Escape);
}

void TestStatusBar::serverPhases()
{
    UiFixture ui;
    StatusLine line(ui.context);
    ui.show(&line, {1200, 32});
    auto *server = child<QToolButton>(&line, "statusServer");
    QCOMPARE(server->text(), u"127.0.0.1:8288"_s);
    devserver::api::ServerState state = ui.backend.state;
    const std::pair<ServerPhase, QString> phases[] = {{ServerPhase::Stopped, u"Stopped"_s},
                                                      {ServerPhase::Starting, u"Starting"_s},
                                                      {ServerPhase::Stopping, u"Stopping"_s},
                                                      {ServerPhase::Failed, u"Failed to start"_s}};
    for (const auto &[phase, words] : phases) {
        state.phase = phase;
        state.error.message = u"the port is taken"_s;
        ui.backend.setState(state);
        QCOMPARE(server->text(), words);
        QVERIFY(server->accessibleName().contains(words));
        QCOMPARE(child<QToolButton>(&line, "statusLive")->text(), u"Not live"_s);
    }
    QCOMPARE(server->toolTip(), u"the port is taken"_s);
    // The menu is driven by keys, from within its own loop.
    QTimer keys;
    connect(&keys, &QTimer::timeout, &line, [&keys] {
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        if (menu == nullptr)
            return;
        keys.stop();
        QTest::keyClick(menu, Qt::Key_Up); // the last entry
        QTest::keyClick(menu, Qt::Key_Return);
    });
    keys.start(1);
    QTest::keyClick(server, Qt::Key_Space);
    QTRY_COMPARE(ui.desktop.copied, u"http://127.0.0.1:8288"_s);
}

void TestStatusBar::failuresAreNamed_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("words");
    QTest::newRow("port") << ErrorCode::AddressInUse << u"Port in use"_s;
    QTest::newRow("locked") << ErrorCode::StoreLocked << u"Data file in use"_s;
    QTest::newRow("damaged") << ErrorCode::StoreDamaged << u"Data file damaged"_s;
    QTest::newRow("full") << ErrorCode::StoreFull << u"Disk full"_s;
    QTest::newRow("other") << ErrorCode::Network << u"Failed to start"_s;
}

void TestStatusBar::failuresAreNamed()
{
    QFETCH(ErrorCode, code);
    QFETCH(QString, words);
    UiFixture ui;
    ui.backend.state.phase = ServerPhase::Failed;
    ui.backend.state.error = {code, u"what the system said"_s};
    StatusLine line(ui.context);
    ui.show(&line, {1200, 32});
    const auto *server = child<QToolButton>(&line, "statusServer");
    QCOMPARE(server->text(), words);
    QCOMPARE(server->toolTip(), u"what the system said"_s);
}

/// Of a file that cannot be read nobody knows how much is in it; what was known stays.
void TestStatusBar::noFiguresBeforeItServes()
{
    UiFixture ui;
    ui.backend.state.phase = ServerPhase::Failed;
    StatusLine line(ui.context);
    ui.show(&line, {1200, 32});
    const auto shown = [&line] {
        QStringList names;
        for (const QToolButton *button : line.findChildren<QToolButton *>()) {
            if (button->isVisible())
                names.append(button->objectName());
        }
        return names;
    };
    QCOMPARE(shown(), QStringList({u"statusServer"_s, u"statusLive"_s}));
    for (const ServerPhase phase :
         {ServerPhase::Serving, ServerPhase::Stopping, ServerPhase::Stopped}) {
        devserver::api::ServerState state = ui.backend.state;
        state.phase = phase;
        ui.backend.setState(state);
        QCOMPARE(shown().size(), 9);
    }
}

void TestStatusBar::appsAreCounted()
{
    UiFixture ui;
    StatusLine line(ui.context);
    QCOMPARE(child<QToolButton>(&line, "statusApps")->text(), u"No app"_s);
    devserver::App sample;
    sample.id.value = devserver::Uuid::fromName("apps", "sample");
    sample.name = "sample"_ba;
    sample.kind = devserver::AppKind::InProcess;
    ui.backend.post(devserver::AppChanged{sample});
    ui.beat();
    QTRY_COMPARE(child<QToolButton>(&line, "statusApps")->text(), u"Sample only"_s);
    devserver::App good;
    good.id.value = devserver::Uuid::fromName("apps", "good");
    good.name = "good"_ba;
    devserver::App bad = good;
    bad.id.value = devserver::Uuid::fromName("apps", "bad");
    bad.error = "unreachable"_ba;
    const auto plug = [&line] {
        // Its shape: the colour says nothing to some.
        const QImage image = child<QToolButton>(&line, "statusApps")->icon().pixmap(16).toImage();
        return image.convertToFormat(QImage::Format_Alpha8);
    };
    ui.backend.post(devserver::AppChanged{good});
    ui.beat();
    QTRY_COMPARE(child<QToolButton>(&line, "statusApps")->text(), u"Apps 2/2"_s);
    const QImage whole = plug();
    ui.backend.post(devserver::AppChanged{bad});
    ui.beat();
    QTRY_COMPARE(child<QToolButton>(&line, "statusApps")->text(), u"Apps 2/3"_s);
    QCOMPARE(child<QToolButton>(&line, "statusApps")->toolTip(),
             u"2 of 3 apps answer; the sample functions run in this program"_s);
    QVERIFY(plug() != whole);
    devserver::App found; // by a scan: perhaps no app at all
    found.id.value = devserver::Uuid::fromName("apps", "found");
    found.error = "bad_response"_ba;
    found.isFound = true;
    bad.error.clear();
    ui.backend.post(devserver::AppChanged{found});
    ui.backend.post(devserver::AppChanged{bad});
    ui.beat();
    QTRY_COMPARE(child<QToolButton>(&line, "statusApps")->text(), u"Apps 3/3"_s);
    QVERIFY(plug() == whole);
    found.error = devserver::cloudMode; // an app, and there is something to do about it
    ui.backend.post(devserver::AppChanged{found});
    ui.beat();
    QTRY_COMPARE(child<QToolButton>(&line, "statusApps")->text(), u"Apps 3/4"_s);
    QVERIFY(plug() != whole);
}

void TestStatusBar::pausedCountsWhatIsNew()
{
    UiFixture ui;
    StatusLine line(ui.context);
    ui.actions.bind("view.live"_ba, &line, [&ui] { ui.feed.setPaused(!ui.feed.isPaused()); });
    ui.show(&line, {1200, 32});
    ui.beat();
    auto *live = child<QToolButton>(&line, "statusLive");
    QCOMPARE(live->text(), u"Live"_s);
    QTest::mouseClick(live, Qt::LeftButton);
    QVERIFY(ui.feed.isPaused());
    QTRY_COMPARE(live->text(), u"Paused"_s);
    std::vector<devserver::api::RunSummary> handed;
    connect(&ui.feed, &Feed::runsChanged, &line,
            [&handed](const std::vector<devserver::api::RunSummary> &runs) {
                handed.insert(handed.end(), runs.begin(), runs.end());
            });
    qint64 shownRunning = 0;
    connect(&ui.feed, &Feed::countersChanged, &line,
            [&shownRunning](const Counters &counters) { shownRunning = counters.running; });
    const auto after = [&ui](int seconds) {
        devserver::api::RunSummary run = runRow(seconds);
        run.queuedAt = ui.backend.now() + std::chrono::seconds(seconds);
        return run;
    };
    ui.backend.post(after(1));
    ui.backend.post(after(2));
    ui.beat();
    devserver::api::RunSummary changed = after(2); // the same one again is no news
    changed.attempt = 3;
    ui.backend.post(changed);
    ui.backend.post(after(-60)); // was there before: it only changed
    ui.backend.post(Counters{.running = 7});
    ui.beat();
    QTRY_COMPARE(live->text(), u"Paused · 2 new"_s);
    QCOMPARE(shownRunning, 7); // numbers go on
    QCOMPARE(handed.size(), std::size_t(0));
    QTest::mouseClick(live, Qt::LeftButton);
    QTRY_COMPARE(live->text(), u"Live"_s);
    ui.beat();
    QCOMPARE(handed.size(), std::size_t(3));
    QCOMPARE(handed[1].attempt, 3); // the last state of it
}

/// That of another view, which is not seen, is no matter.
void TestStatusBar::aListThatCannotBeReadIsNotLive()
{
    UiFixture ui;
    StatusLine line(ui.context);
    ui.show(&line, {1200, 32});
    QWidget page;
    auto *list = new LiveButton(
        ui.context, u"click to pause"_s, [](const FeedNews &news) { return news.runs; }, &page);
    line.watchLists(page);
    page.show();
    const auto *live = child<QToolButton>(&line, "statusLive");
    QCOMPARE(live->text(), u"Live"_s);
    const QImage usual = live->icon().pixmap(16).toImage();
    list->setStale(true);
    QCOMPARE(list->text(), u"Stale"_s);
    QCOMPARE(live->text(), u"Stale"_s);
    QCOMPARE(live->toolTip(), u"The list could not be read; its rows are from before"_s);
    QVERIFY(live->icon().pixmap(16).toImage() != usual);
    page.hide();
    QCOMPARE(live->text(), u"Live"_s);
    page.show();
    QCOMPARE(live->text(), u"Stale"_s);
    list->setStale(false);
    QCOMPARE(live->text(), u"Live"_s);
    QCOMPARE(live->icon().pixmap(16).toImage(), usual);
}

/// More than the frames can take, 60 times in a row: 5 frames per second until it is less.
void TestStatusBar::overloadIsShown()
{
    UiFixture ui;
    StatusLine line(ui.context);
    ui.show(&line, {1200, 32});
    bool isSlow = true;
    connect(&ui.feed, &Feed::runsChanged, &line, [&ui, &isSlow] {
        if (isSlow) // a model with too much to do
            ui.backend.advance(5ms);
    });
    auto *live = child<QToolButton>(&line, "statusLive");
    for (int frame = 1; frame <= 60; ++frame) {
        QCOMPARE(live->text(), u"Live"_s);
        ui.backend.post(runRow(frame));
        ui.clock.beat();
    }
    QCOMPARE(live->text(), u"Live (5/s)"_s);
    isSlow = false;
    for (int frame = 1; frame <= 5; ++frame) {
        QCOMPARE(live->text(), u"Live (5/s)"_s);
        ui.clock.beat();
    }
    QCOMPARE(live->text(), u"Live"_s);
}

void TestStatusBar::lastMinuteIsDrawn()
{
    UiFixture ui;
    StatusLine line(ui.context);
    ui.show(&line, {1200, 32});
    const auto setRate = [&](double rate) {
        line.setCounters(Counters{.eventsPerSecond = rate});
        ui.backend.advance(std::chrono::seconds(15));
    };
    setRate(900); // more than a minute ago at the end
    setRate(0);
    for (const double rate : {40.0, 40.0, 0.0, 80.0})
        setRate(rate);
    auto *rate = child<QToolButton>(&line, "statusRate");
    QTest::mouseMove(rate, rate->rect().center());
    auto *tip = child<QWidget>(&line, "statusRateTip");
    QTRY_VERIFY(tip->isVisible()); // after the usual pause of a tooltip
    QCOMPARE(tip->accessibleDescription(), u"Events per second, last minute: most 80, mean 40"_s);
    QVERIFY(tip->geometry().bottom() < rate->mapToGlobal(QPoint(0, 0)).y());
    shoot(tip, u"status_rate"_s);
    QTest::mouseClick(rate, Qt::LeftButton);
    QTRY_VERIFY(!tip->isVisible());
}

void TestStatusBar::everythingHasAName()
{
    UiFixture ui;
    StatusLine line(ui.context);
    ui.show(&line, {1024, 32});
    line.setCounters(Counters{.queued = 3,
                              .running = 1'200,
                              .waiting = 40,
                              .dead = 4,
                              .eventsPerSecond = 312.4,
                              .dataBytes = 84'000'000});
    QCoreApplication::processEvents();
    QCOMPARE(child<QToolButton>(&line, "statusRate")->text(), u"312 events/s"_s);
    QCOMPARE(child<QToolButton>(&line, "statusRunning")->accessibleName(), u"1,200 running"_s);
    QCOMPARE(a11yFindings(&line), QStringList());
    QCOMPARE(tabWalkFindings(&line), QStringList());
}

/// The mouse rests on a button while its words change.
void TestStatusBar::hintFollowsItsAction()
{
    WindowStage stage;
    const Scene scene = fillScene(stage.backend);
    stage.open();
    stage.settle();
    auto *table = child<ListTable>(stage.window.get(), "runsTable");
    clickRowOf(table, scene.completed.toText());
    stage.settle();
    const auto *hint = child<QLabel>(stage.window.get(), "statusHint");
    QTest::mouseMove(child<QWidget>(stage.window.get(), "runRerun"));
    QTRY_COMPARE(hint->text(), u"Rerun (R)"_s);
    const auto few = [&] {
        return hint->text().startsWith(u"Rerun 1 of 2"_s) || hint->text().startsWith(u"Rerun 2"_s);
    };
    QTest::keyClick(table, Qt::Key_Down, Qt::ShiftModifier);
    QTRY_VERIFY2((stage.beat(), few()), qPrintable(hint->text()));
    QTest::mouseMove(child<QWidget>(stage.window.get(), "viewStack"));
    QTRY_COMPARE(hint->text(), QString());
    QTest::keyClick(table, Qt::Key_Down, Qt::ShiftModifier);
    stage.settle();
    QCOMPARE(hint->text(), QString());
}

void TestStatusBar::everyStateLooksAsItDid()
{
    StatusColumn column;
    column.overloaded().show(&column, {1200, 340});
    overload(column.overloaded());
    column.pause();
    const auto beat = [&column] { column.beat(); };
    QTRY_COMPARE((beat(), child<QToolButton>(column.paused, "statusLive")->text()),
                 u"Paused · 2 new"_s);
    QStringList problems;
    for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
        for (const auto &ui : column.uis)
            ui->theme.choose(theme, false);
        settle(&column, beat);
        problems += compareGolden(&column, theme == ThemeChoice::Dark
                                               ? u"status/status_all_states_dark"_s
                                               : u"status/status_all_states_light"_s);
    }
    problems.removeAll(QString());
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    QCOMPARE(goldenPictures(u"status"_s),
             QStringList({u"status_all_states_dark"_s, u"status_all_states_light"_s}));
}

} // namespace console::test

UI_TEST_MAIN(console::test::TestStatusBar)
#include "tst_statusbar.moc"
